"""Files of others into people: tables in whatever letters, delimiters, words and digits their keepers write them."""
