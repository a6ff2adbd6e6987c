"""Lists, states and clocks of health, as data: one file for each noun."""
