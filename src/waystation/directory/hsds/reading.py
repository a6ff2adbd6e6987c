"""Files of others into tables: JSON of any HSDS 3.0 kind, a ZIP of CSV tables, or a map of services (GeoJSON).

Nothing is judged here.
"""

import csv
import io
import json
import zipfile
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.directory.hsds import advisor
from waystation.directory.hsds.tables import KNOWN_FILES, Tables, add, entity_of, flatten
from waystation.kernel.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ROWS = 100_000


def read(data: bytes) -> Tables:
    """Rows by table. Raises Invalid for what is no such file, or too large a one."""
    if len(data) > MOST_BYTES:
        raise _wrong(_("This file is larger than 20 MB. Send it in parts."))
    if data[:2] == b"PK":
        return _archive(data)
    try:
        tables = _of_json(json.loads(data.decode("utf-8-sig")))
    except (UnicodeDecodeError, ValueError, RecursionError) as problem:
        raise _wrong(_("This is neither JSON nor a ZIP of tables. Ask for HSDS 3.0.")) from problem
    return _checked(tables)


def _of_json(found: Any) -> Tables:
    tables: Tables = {}
    if isinstance(found, dict) and any(name.endswith(".csv") for name in found):
        for name, rows in found.items():
            _rows(tables, name, rows)
        return tables
    if advisor.is_map(found):
        return advisor.read(found)
    items = found.get("contents", [found]) if isinstance(found, dict) else found
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and (table := entity_of(item)):
            flatten(tables, table, item)
    return tables


def _archive(data: bytes) -> Tables:
    tables: Tables = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if part.filename.endswith(".csv")]
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _wrong(_("Unpacked, this is too large. Send it in parts."))
            for part in parts:
                text = archive.read(part).decode("utf-8-sig")
                _rows(tables, PurePosixPath(part.filename).name, list(csv.DictReader(io.StringIO(text, newline=""))))
    except (zipfile.BadZipFile, UnicodeDecodeError, csv.Error, NotImplementedError, RuntimeError) as problem:
        raise _wrong(_("This ZIP cannot be read. Its tables must be CSV in UTF-8.")) from problem
    return _checked(tables)


def _rows(tables: Tables, name: str, rows: Any) -> None:
    table = name.removesuffix(".csv")
    if table not in KNOWN_FILES or not isinstance(rows, list):
        return
    for row in rows:
        if isinstance(row, dict):
            kept = {str(key): value for key, value in row.items() if key and value not in (None, "")}
            add(tables, table, kept)


def _checked(tables: Tables) -> Tables:
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise _wrong(_("This file is too long. Send it in parts."))
    return tables


def _wrong(message: Any) -> Invalid:
    return Invalid({"file": message})
