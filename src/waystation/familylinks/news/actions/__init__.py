"""Every write of family news."""
