"""Information requests: what another organisation knows of a person comes here when she wishes it."""
