"""Pages of this room: each parses, calls one action or query, and renders."""
