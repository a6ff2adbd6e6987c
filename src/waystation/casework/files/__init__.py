"""Papers and pictures of people, sealed on arrival; half a file is never shown."""
