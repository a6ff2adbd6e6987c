"""Asking the road: whether another node knows somebody, without saying who is sought."""
