"""PFIF, the format in which registries of missing people exchange records: 1.1 to 1.4."""
