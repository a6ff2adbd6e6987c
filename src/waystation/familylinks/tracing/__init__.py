"""Tracing requests: who looks for whom, where the search stands, what the enquirer was told."""
