"""Papers and pictures that go along when a case is handed over: in parts, whole or not at all."""
