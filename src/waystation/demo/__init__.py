"""Invented people for a demo node. None of them exists; each is shown with respect."""
