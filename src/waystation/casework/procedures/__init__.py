"""What is being done with an office or a court, and by when: steps, days that must not be missed, who represents."""
