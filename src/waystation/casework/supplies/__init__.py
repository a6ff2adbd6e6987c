"""What a post has to give out: things, a ledger of what came and went, and what runs low."""
