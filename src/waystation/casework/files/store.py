"""The folder of files: sealed parts, each written whole or not at all. Knows no table."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings

from waystation.vault import stream
from waystation.vault.problems import SealBroken


def folder_of(file_id: UUID) -> Path:
    """Where a file's parts stand."""
    return Path(settings.FILES) / file_id.hex[-2:] / file_id.hex


def how_many(size: int) -> int:
    """Parts of a file of so many bytes; an empty file has one."""
    return max(1, -(-size // stream.PART))


def size_of_part(size: int, number: int) -> int:
    """Plain bytes of one part."""
    return min(stream.PART, size - number * stream.PART)


def put(file_id: UUID, key: bytes, number: int, plain: bytes, *, is_last: bool) -> None:
    """Write one part, sealed. On return it is on the disk; cut off, it is not there. Raises OSError."""
    sealed = stream.seal_part(key, plain, file=file_id.bytes, number=number, is_last=is_last)
    folder = folder_of(file_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / str(number)
    arriving = target.with_suffix(f".{os.urandom(4).hex()}")
    try:
        with arriving.open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        arriving.replace(target)
    except BaseException:
        arriving.unlink(missing_ok=True)
        raise
    _settle(folder)


def there(file_id: UUID, size: int) -> list[int]:
    """The parts that are there, by their length."""
    folder = folder_of(file_id)
    return [number for number in range(how_many(size)) if _length(folder / str(number)) == _sealed_length(size, number)]


def numbers(file_id: UUID) -> frozenset[int]:
    """The parts that are there, however long: each is written whole or not at all."""
    folder = folder_of(file_id)
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return frozenset(int(name) for name in names if name.isdecimal())


def read(file_id: UUID, key: bytes, count: int) -> Iterator[bytes]:
    """The file in its so many parts. Raises SealBroken where a part is missing, moved or changed."""
    for number in range(count):
        try:
            sealed = (folder_of(file_id) / str(number)).read_bytes()
        except FileNotFoundError as problem:
            raise SealBroken from problem
        yield stream.open_part(key, sealed, file=file_id.bytes, number=number, is_last=number == count - 1)


def pieces(plain: Iterable[bytes], length: int) -> Iterator[bytes]:
    """The same bytes in pieces of one length, the last one shorter. Memory: one piece and what comes at once."""
    waiting = bytearray()
    for chunk in plain:
        waiting += chunk
        while len(waiting) >= length:
            yield bytes(waiting[:length])
            del waiting[:length]
    if waiting:
        yield bytes(waiting)


def erase(file_id: UUID) -> None:
    """Nothing of it stays. Its key is gone with its row; this frees the room."""
    shutil.rmtree(folder_of(file_id), ignore_errors=True)


def every() -> Iterator[tuple[UUID, float]]:
    """Every file in the folder with the moment it was last written to."""
    root = Path(settings.FILES)
    for folder in root.glob("??/*") if root.is_dir() else ():
        try:
            yield UUID(hex=folder.name), folder.stat().st_mtime
        except (ValueError, FileNotFoundError):
            continue


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def _sealed_length(size: int, number: int) -> int:
    plain = size_of_part(size, number)
    return stream.SALT_BYTES + plain + stream.TAG_BYTES * max(1, -(-plain // stream.CHUNK))


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
