"""The column that holds one sealed document."""

from typing import TYPE_CHECKING, Any

from django.db import models

from waystation.vault.documents import SealedDocument

if TYPE_CHECKING:
    Binary = models.BinaryField[Any, Any]
else:
    Binary = models.BinaryField


class SealedField(Binary):
    """A sealed column: 0x01, schema version (2 bytes), nonce (12 bytes), AES-256-GCM ciphertext.

    Null means that nothing was written yet, or that it was erased.
    """

    def __init__(self, document: type[SealedDocument] | None = None, **kwargs: Any) -> None:
        self.document = document or SealedDocument
        super().__init__(**{"null": True, "editable": False, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """Migrations keep a plain binary column: what a document holds is no matter of the schema."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


def column_of(model: type[models.Model], document: type[SealedDocument]) -> SealedField:
    """The column of a model that holds a kind of document. Raises LookupError when there is none."""
    for field in model._meta.concrete_fields:
        if isinstance(field, SealedField) and field.document is document:
            return field
    raise LookupError(f"{model.__name__} has no sealed column for {document.__name__}")
