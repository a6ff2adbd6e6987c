"""Makes the vectors again: `python spec/exchange/vectors/make.py [--check]`.

What follows from fixed seeds comes out the same. What was sealed is kept for as long as it opens to what it should.
With --check nothing is written: it fails when a file would be another, is missing, or is left over.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making import (  # noqa: E402
    body_cases,
    bundle_cases,
    cbor_cases,
    circle_cases,
    descriptor_cases,
    envelope_cases,
    message_cases,
)
from making.files import Vector  # noqa: E402


def made() -> dict[str, str]:
    """Each file's name and text."""
    vectors: list[Vector] = [
        *cbor_cases.vectors(),
        *envelope_cases.vectors(),
        *message_cases.vectors(),
        *descriptor_cases.vectors(),
        *bundle_cases.vectors(),
        *circle_cases.vectors(),
        *body_cases.vectors(),
    ]
    files = {f"{vector.name}.txt": vector.to_text() for vector in vectors}
    if len({vector.number for vector in vectors}) != len(vectors):
        raise ValueError("Two vectors have one number.")
    return files


def main(*, check: bool) -> int:
    """Write the files, or say which would change; how many those are."""
    files = made()
    there = {path.name: path.read_text(encoding="utf-8") for path in HERE.glob("[0-9]*.txt")}
    other = sorted(name for name in files.keys() | there.keys() if files.get(name) != there.get(name))
    for name in other:
        sys.stderr.write(f"{name}\n")
        if check:
            continue
        if name in files:
            (HERE / name).write_text(files[name], encoding="utf-8")
        else:
            (HERE / name).unlink()
    sys.stderr.write(f"{len(files)} vectors, {len(other)} {'differ' if check else 'written'}\n")
    return len(other)


if __name__ == "__main__":
    checking = "--check" in sys.argv[1:]
    raise SystemExit(bool(main(check=checking)) and checking)
