"""Names in any script, as a pure library: what a name sounds like. Search and duplicate warnings stand on it.

Comparison and index stand in `people.index` until family tracing needs them too; then they come here.
"""
