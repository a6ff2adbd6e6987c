"""How the vectors are made: who is in them, how a file is written, and the cases by noun."""
