"""Waystation: the book each humanitarian helper keeps of the people it helps on the move."""
