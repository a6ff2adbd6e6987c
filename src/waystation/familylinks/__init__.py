"""Restoring family links: people who look for each other, and the road between those who were asked."""
