"""Safety: what people lived through and fear, a plan to stay safe, and time to think before anything is decided."""
