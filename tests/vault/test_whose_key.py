"""Whatever is sealed knows for whom: found out here, not when somebody first writes it."""

from django.apps import apps

from waystation.vault import SealedField


def test_every_sealed_row_knows_whose_key_seals_it() -> None:
    sealed = [row for row in apps.get_models() if any(isinstance(field, SealedField) for field in row._meta.fields)]
    assert len(sealed) > 20
    assert [row.__name__ for row in sealed if not hasattr(row, "sealed_for")] == []
