"""Lists of people that others keep: what they say, row by row, and when it must be forgotten."""
