"""Copies of the node for a bad day: the book in one place, the keys in another.

EXCHANGE.md section 1: a copy of the book holds no person key, so any number of old ones may be kept; of the keys there
is one copy, replaced each time, so that who was erased is gone from every book once the keys are copied again.
Sealed files stand in one folder beside all books, since the parts of a file never change.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from waystation.kernel import clock

PERSON_KEYS = "person-keys.sqlite3"
EPOCH = "epoch-{:04}.key"
EPOCHS = "epoch-*.key"
FILES = "files"
HALF, GONE = ".half", ".gone"
KNOWN_FILES = {
    "files_storedfile": "SELECT id FROM files_storedfile",
    "handover_enclosurecoming": "SELECT parts_in FROM handover_enclosurecoming WHERE state IN ('coming', 'again')",
}
"""By the table that knows them, which an older book may not have yet."""
WITHOUT_KEYS = "PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON; DELETE FROM vault_personkey; VACUUM;"
MAKE_KEYS = "CREATE TABLE vault_personkey (person char(32) PRIMARY KEY, epoch integer, wrapped blob, away_to text)"
READ_KEYS = "SELECT person, epoch, wrapped, away_to FROM vault_personkey"
WRITE_KEYS = "INSERT INTO vault_personkey (person, epoch, wrapped, away_to) VALUES (?, ?, ?, ?)"


class CannotCopy(Exception):  # noqa: N818 - said to the person at the command line
    """Why a copy cannot be made or brought back, in words."""


def copy_book(folder: Path) -> Path:
    """Write the whole database without person keys into a folder; the node may run and be locked. Returns the file.

    Raises CannotCopy on PostgreSQL, OSError and sqlite3.Error when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"book-{clock.now():%Y%m%d-%H%M%S}.sqlite3"
    half = _half(target)
    with closing(_database()) as here, closing(sqlite3.connect(half)) as copy:
        here.backup(copy)
        copy.executescript(WITHOUT_KEYS)
    return _settle(half, target)


def copy_files(folder: Path, book: Path) -> int:
    """Bring the sealed files beside the books up to date; what the newest book knows no more goes. How many were new.

    Raises OSError and sqlite3.Error.
    """
    known = _known_files(book)
    for old in (folder / FILES).glob("??/*"):
        if old.name not in known:
            shutil.rmtree(old)
    return _copy_parts(Path(settings.FILES), folder / FILES, known)


def copy_keys(folder: Path) -> Path:
    """Replace the one copy of the keys: each person's (wrapped) and the epochs' (wrapped under the node key).

    Returns the file with the persons' keys. Raises as `copy_book`; an epoch that ends just now is a FileNotFoundError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = [_copy_of_persons(folder)]
    with closing(sqlite3.connect(new[0])) as copy:
        epochs = [number for (number,) in copy.execute("SELECT DISTINCT epoch FROM vault_personkey")]
    new += [_copy_of_file(Path(settings.KEYS) / EPOCH.format(number), folder) for number in epochs]
    for old in [*folder.glob(EPOCHS), *folder.glob(PERSON_KEYS)]:
        old.replace(old.with_name(old.name + GONE))
    settled = [_settle(half, half.with_name(half.name.removesuffix(HALF))) for half in new]
    for old in folder.glob("*" + GONE):
        _overwrite(old)
    return settled[0]


def restore(book: Path, keys: Path) -> Path:
    """Bring a book and the keys back into this node's folder, which must be empty; the node stays locked.

    People erased since the book was copied stay erased: their keys are not among the keys. Returns the database.
    Raises CannotCopy when something is there already or is missing.
    """
    target = _place_of_database()
    if target.exists():
        raise CannotCopy(f"There is a node in {target.parent} already. Restore into an empty folder: --data FOLDER.")
    for needed in (book, keys / PERSON_KEYS):
        if not needed.is_file():
            raise CannotCopy(f"{needed} is not there.")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    Path(settings.KEYS).mkdir(parents=True, exist_ok=True, mode=0o700)
    half = _copy_of_file(book, target.parent, name=target.name)
    with closing(sqlite3.connect(half)) as copy, closing(sqlite3.connect(keys / PERSON_KEYS)) as kept:
        copy.executemany(WRITE_KEYS, kept.execute(READ_KEYS))
        copy.commit()
    for path in sorted(keys.glob(EPOCHS)):
        _settle(_copy_of_file(path, Path(settings.KEYS)), Path(settings.KEYS) / path.name)
    _copy_parts(book.parent / FILES, Path(settings.FILES), _known_files(half))
    return _settle(half, target)


def _known_files(book: Path) -> set[str]:
    with closing(sqlite3.connect(book)) as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        asked = [question for table, question in KNOWN_FILES.items() if table in tables]
        return {str(number) for question in asked for (number,) in copy.execute(question)}


def _copy_parts(source: Path, target: Path, known: set[str]) -> int:
    new = 0
    for part in source.glob("??/*/*"):
        there = target / part.relative_to(source)
        if part.parent.name in known and part.name.isdecimal() and not _same(part, there):
            there.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            half = _copy_of_file(part, there.parent, name=there.name)
            os.utime(half, ns=(part.stat().st_atime_ns, part.stat().st_mtime_ns))
            _settle(half, there)
            new += 1
    return new


def _same(one: Path, other: Path) -> bool:
    if not other.is_file():
        return False
    here, there = one.stat(), other.stat()
    return (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)


def _copy_of_persons(folder: Path) -> Path:
    half = _half(folder / PERSON_KEYS)
    with closing(_database()) as here, closing(sqlite3.connect(half)) as copy:
        copy.execute(MAKE_KEYS)
        copy.executemany(WRITE_KEYS, here.execute(READ_KEYS))
        copy.commit()
    return half


def _copy_of_file(path: Path, folder: Path, *, name: str = "") -> Path:
    half = _half(folder / (name or path.name))
    shutil.copyfile(path, half)
    return half


def _place_of_database() -> Path:
    if connection.vendor != "sqlite":
        raise CannotCopy("This node is on PostgreSQL: use its own tools, as docs/reference/vault.md says.")
    return Path(str(settings.DATABASES["default"]["NAME"]))


def _database() -> sqlite3.Connection:
    name = _place_of_database()
    if not name.is_file():
        raise CannotCopy(f"There is no node in {name.parent}.")
    return sqlite3.connect(name.absolute().as_uri() + "?mode=ro", uri=True)


def _half(path: Path) -> Path:
    half = path.with_name(path.name + HALF)
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    return half


def _settle(half: Path, path: Path) -> Path:
    with half.open("r+b") as file:
        os.fsync(file.fileno())
    return half.replace(path)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
