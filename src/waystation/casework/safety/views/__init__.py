"""Pages of safety, by noun."""
