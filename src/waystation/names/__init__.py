"""Names in any script, as a pure library: what they sound like, how like two are, and who among many has one.

`writing` reads each script into the alphabet of `symbols`; `words` takes a name apart; `vocabulary` says which words
sound near; `index` finds people. Search and duplicate warnings stand on it, family tracing will.
"""
