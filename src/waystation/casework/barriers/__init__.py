"""What help was denied to people, by whom, on which ground, and what was done about it; counted without names."""
