"""Circles: groups of nodes that agreed on what each may begin."""
