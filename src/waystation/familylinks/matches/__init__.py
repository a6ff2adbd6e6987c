"""Possible matches: ranked, compared side by side, verified by two, decided by the found person."""
