"""Every write about the missing and the dead, by noun."""
