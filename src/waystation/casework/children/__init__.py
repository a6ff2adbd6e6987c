"""What a child's case needs besides: who cares for the child, who speaks for the child, what is best for the child."""
