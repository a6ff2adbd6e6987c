"""Pages of family news."""
