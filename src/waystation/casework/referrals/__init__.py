"""Asking someone else to help: with consent, by a clock that need alone sets, and until it is known what came of it."""
