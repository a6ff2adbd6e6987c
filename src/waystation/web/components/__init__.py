"""What pages are made of, for rooms to import."""
