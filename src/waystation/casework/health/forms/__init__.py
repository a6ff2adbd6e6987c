"""Forms of health, one file for each noun."""
