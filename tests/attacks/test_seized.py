"""Promise 3: seizing a node yields nothing. Real processes, real files, searched byte for byte."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attacks.plant import secrets_of

PLANTED = 500
CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="looks at the files of a SQLite node")


def run(folder: Path, count: int, then: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
        "TMPDIR": str(folder / "tmp"),
    }
    (folder / "tmp").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.plant", str(folder), str(count), then],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout


def everything_in(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def written_as(secret: str) -> list[bytes]:
    return [secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


@pytest.mark.parametrize(("then", "planted"), [("lock", PLANTED), ("killed", 60)])
def test_nothing_planted_stands_readable_in_the_folder_of_a_locked_or_dead_node(
    tmp_path: Path, then: str, planted: int
) -> None:
    run(tmp_path, planted, then)
    disk = everything_in(tmp_path)
    assert len(disk) > 100_000, "the node wrote its people to this folder"
    found = [
        secret
        for number in range(planted)
        for secret in secrets_of(number).values()
        if any(text in disk for text in written_as(secret))
    ]
    assert found == []


def test_the_search_for_planted_words_would_find_them(tmp_path: Path) -> None:
    secret = secrets_of(3)["name"]
    (tmp_path / "note.txt").write_text(secret, encoding="utf-16-le")
    assert any(text in everything_in(tmp_path) for text in written_as(secret))


def test_an_erased_person_cannot_be_brought_back(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, 3, "erase").splitlines()[-1])
    assert told["key_left"] is False, "the erased person's wrapped key still stands in the database's files"
    assert told["still"] == {"erased": False, "others": False}


def test_a_person_sealed_to_the_offline_key_is_opened_by_nothing_that_the_node_has(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, 3, "seal").splitlines()[-1])
    assert told["key_left"] is False, "the sealed person's wrapped key still stands in the database's files"
    assert told["now"] == {"sealed": False, "others": True}, "every key, every copy, every 32 bytes of what they open"
    assert told["still"] == {"erased": False, "others": False}, "a copy from before is worthless after the epoch"
    assert told["holder"] is False, "and so is a copy of the package, even for whoever holds the offline key"
    assert told["back"] is True, "what stands there now is what the offline key opens"
