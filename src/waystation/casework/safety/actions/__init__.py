"""Every write about safety, by noun."""
