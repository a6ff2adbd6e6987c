"""Missing on the way and the dead: what happens on routes, who was aboard, who was found, what families are owed."""
