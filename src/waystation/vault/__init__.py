"""The vault: keys of the node and of each person, sealed documents, erasure, the decryption budget.

Rooms use the names below; they are imported at first use, so that importing the package needs no settings.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waystation.vault.documents import SealedDocument
    from waystation.vault.erasure import erase_people, erase_person
    from waystation.vault.fields import SealedField
    from waystation.vault.persons import new_person_key, new_person_keys
    from waystation.vault.problems import PersonErased, SealBroken
    from waystation.vault.sealing import open_document, open_documents, seal, stream_for_count, stream_for_index
    from waystation.vault.secrets import (
        log_number,
        log_numbers,
        open_detail,
        open_for_node,
        person_mac,
        seal_detail,
        seal_for_node,
    )

__all__ = [
    "PersonErased",
    "SealBroken",
    "SealedDocument",
    "SealedField",
    "erase_people",
    "erase_person",
    "log_number",
    "log_numbers",
    "new_person_key",
    "new_person_keys",
    "open_detail",
    "open_document",
    "open_documents",
    "open_for_node",
    "person_mac",
    "seal",
    "seal_detail",
    "seal_for_node",
    "stream_for_count",
    "stream_for_index",
]

_HOMES = {
    "SealedDocument": "documents",
    "SealedField": "fields",
    "erase_people": "erasure",
    "erase_person": "erasure",
    "new_person_key": "persons",
    "new_person_keys": "persons",
    "PersonErased": "problems",
    "SealBroken": "problems",
    "open_document": "sealing",
    "open_documents": "sealing",
    "seal": "sealing",
    "stream_for_count": "sealing",
    "stream_for_index": "sealing",
    "log_number": "secrets",
    "log_numbers": "secrets",
    "open_detail": "secrets",
    "open_for_node": "secrets",
    "person_mac": "secrets",
    "seal_detail": "secrets",
    "seal_for_node": "secrets",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"waystation.vault.{_HOMES[name]}"), name)
