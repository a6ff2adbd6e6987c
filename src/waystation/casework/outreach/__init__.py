"""Going where people are: doors that trust opens, places, rounds, and the fears that keep people away."""
