"""The International Patient Summary as a file: writing one, and reading what others wrote. Pure; knows no database."""
