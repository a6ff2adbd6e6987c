"""Handing a case over to another organisation, and taking one over: offered without a name, told only once accepted."""
