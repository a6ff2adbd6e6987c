"""The key of a file's parts, made of two: one sealed with the person's record, one of the file's own.

The first makes the file go with the person, erased or sealed away; the second, which stands among the keys that every
copy replaces, makes a single erased file unreadable in older copies too.
"""

from waystation.casework.files.models import FileDocument, StoredFile
from waystation.vault import ciphers
from waystation.vault.persons import key_of

PURPOSE = b"ws/file/key/1"


def key_for(row: StoredFile, document: FileDocument) -> bytes:
    """32 bytes. Raises PersonErased for an erased file, NodeLocked."""
    return ciphers.subkey(bytes.fromhex(document.key) + key_of(row.pk), PURPOSE)
