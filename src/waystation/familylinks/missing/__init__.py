"""Missing on the way and the dead: incidents, lists of who was aboard, what a body tells."""
