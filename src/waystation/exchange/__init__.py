"""The road between nodes: sealed envelopes, whom we trust, what left and what came. Knows envelopes, not domains."""
