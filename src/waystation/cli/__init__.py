"""The `waystation` command: thin. Each command parses, calls one thing, and says what happened."""
