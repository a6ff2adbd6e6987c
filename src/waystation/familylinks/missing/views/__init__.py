"""Pages about the missing and the dead, by noun."""
