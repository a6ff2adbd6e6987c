"""The offline key: published vectors, files that survive hands and refuse mixing up, the command."""

import hashlib
import hmac
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from waystation.cli.offline_key import offline_key
from waystation.vault import offline_keys
from waystation.vault.offline_keys import OfflineKey, OfflineKeyProblem, Package, Request

CHECKOUT = Path(__file__).resolve().parents[2]
AES_128, AES_256 = (1, 16), (2, 32)
"""The numbers of the ciphers in HPKE, and the bytes of their keys."""


def _extract(salt: bytes, suite: bytes, label: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, hashlib.sha256)


def _expand(key: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    asked = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    out, block = b"", b""
    while len(out) < length:
        block = hmac.digest(key, block + asked + bytes([len(out) // 32 + 1]), hashlib.sha256)
        out += block
    return out[:length]


def shared_secret(private: bytes, enc: bytes) -> bytes:
    """Decap of DHKEM(X25519, HKDF-SHA256), written from RFC 9180 section 4.1."""
    key, suite = X25519PrivateKey.from_private_bytes(private), b"KEM\x00\x20"
    agreed = key.exchange(X25519PublicKey.from_public_bytes(enc))
    context = enc + key.public_key().public_bytes_raw()
    return _expand(_extract(b"", suite, b"eae_prk", agreed), suite, b"shared_secret", context, 32)


def open_hpke(cipher: tuple[int, int], private: bytes, sealed: bytes, *, info: bytes, aad: bytes = b"") -> bytes:
    """HPKE in base mode, one message, written from RFC 9180 sections 5.1 and 5.2: independent of what we use."""
    number, length = cipher
    suite = b"HPKE\x00\x20\x00\x01" + number.to_bytes(2, "big")
    empty, about = _extract(b"", suite, b"psk_id_hash", b""), _extract(b"", suite, b"info_hash", info)
    secret = _extract(shared_secret(private, sealed[:32]), suite, b"secret", b"")
    context = b"\x00" + empty + about
    key, nonce = (_expand(secret, suite, name, context, size) for name, size in ((b"key", length), (b"base_nonce", 12)))
    return AESGCM(key).decrypt(nonce, sealed[32:], aad)


def test_our_reading_of_the_standard_opens_its_published_vector() -> None:
    """RFC 9180 appendix A.1.1, first encryption, and the shared secret of A.2.1."""
    enc = bytes.fromhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
    sealed = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    private = bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
    info = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e")
    opened = open_hpke(AES_128, private, enc + bytes.fromhex(sealed), info=info, aad=b"Count-0")
    assert opened == b"Beauty is truth, truth beauty"
    private = bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    enc = bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a")
    assert shared_secret(private, enc).hex() == "0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7"


def test_what_a_node_seals_opens_by_the_standard_and_not_only_by_our_library() -> None:
    key, person, node = OfflineKey.new(), uuid4(), uuid4()
    sealed = offline_keys.seal_package(b"k" * 32, "Amina", public=key.public, node=node, person=person)
    info = offline_keys.INFO + node.bytes + person.bytes
    assert b"Amina" in open_hpke(AES_256, key.secret, sealed, info=info)
    assert key.open(Package(person, sealed), node) == offline_keys.Opened(b"k" * 32, "Amina")


@pytest.mark.parametrize("wrong", ["person", "node", "key", "bytes"])
def test_a_package_opens_for_its_person_its_node_and_its_key_only(wrong: str) -> None:
    key, person, node = OfflineKey.new(), uuid4(), uuid4()
    sealed = bytearray(offline_keys.seal_package(b"k" * 32, "", public=key.public, node=node, person=person))
    if wrong == "bytes":
        sealed[-1] ^= 1
    package = Package(uuid4() if wrong == "person" else person, bytes(sealed))
    with pytest.raises(OfflineKeyProblem):
        (OfflineKey.new() if wrong == "key" else key).open(package, uuid4() if wrong == "node" else node)


@given(secret=st.binary(min_size=32, max_size=32), case=st.booleans(), gap=st.sampled_from(["-", " ", "", "\u2013"]))
def test_a_key_on_paper_is_read_however_it_is_typed(secret: bytes, case: bool, gap: str) -> None:
    key = OfflineKey(secret)
    typed = key.written().replace("-", gap)
    assert OfflineKey.from_text(typed.lower() if case else typed).secret == secret
    assert OfflineKey.from_text(key.to_text("2026-01-01")).secret == secret
    assert offline_keys.read_public(key.to_text("2026-01-01").split("\n")[-2]) == key.public
    assert offline_keys.read_public(offline_keys.show_public(key.public)) == key.public


@given(secret=st.binary(min_size=32, max_size=32), place=st.integers(0, 55), letter=st.sampled_from("ABCXYZ237"))
def test_one_wrong_letter_is_noticed(secret: bytes, place: int, letter: str) -> None:
    letters = OfflineKey(secret).written().replace("-", "")
    typed = letters[:place] + letter + letters[place + 1 :]
    if typed != letters:
        with pytest.raises(OfflineKeyProblem):
            OfflineKey.from_text(typed)


def test_the_halves_are_never_taken_for_each_other() -> None:
    key = OfflineKey.new()
    with pytest.raises(OfflineKeyProblem):
        offline_keys.read_public(key.written())
    with pytest.raises(OfflineKeyProblem):
        OfflineKey.from_text(offline_keys.show_public(key.public))
    with pytest.raises(OfflineKeyProblem, match="must not be here"):
        offline_keys.read_public(key.to_text("2026-01-01"))


def test_the_private_half_shows_nowhere() -> None:
    key = OfflineKey.new()
    assert key.written() not in repr(key)
    assert key.secret.hex() not in f"{key!r} {key}"


@given(text=st.one_of(st.text(max_size=80), st.recursive(st.none() | st.text(), st.lists).map(json.dumps)))
def test_no_text_makes_the_readers_stumble(text: str) -> None:
    for read in (Request.from_text, OfflineKey.from_text, offline_keys.read_public):
        with pytest.raises(OfflineKeyProblem):
            read(text)
    with pytest.raises(OfflineKeyProblem):
        offline_keys.open_answer(text, UUID(int=1), node=UUID(int=2), private=b"k" * 32)


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "waystation.cli.main", "offline-key", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "src"), "WAYSTATION_DATA": str(folder / "no-node")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def question(key: OfflineKey, **changes: Any) -> tuple[str, bytes]:
    node, record, person = uuid4(), UUID(int=0xABCD << 112), uuid4()
    sealed = offline_keys.seal_package(b"k" * 32, "Amina · 1994", public=key.public, node=node, person=person)
    private, public = offline_keys.new_return_key()
    told = {"mark": offline_keys.mark_of(key.public), "return_to": public, **changes}
    request = Request(node=node, records={record: (Package(person, sealed),)}, **told)
    return request.to_text(), private


def test_the_command_makes_lists_and_opens_without_any_node(tmp_path: Path) -> None:
    made = run("make", "our.key", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "our.key").stat().st_mode & 0o077 == 0
    key = OfflineKey.from_text((tmp_path / "our.key").read_text(encoding="utf-8"))
    assert key.written() not in made.stdout
    assert offline_keys.read_public(made.stdout) == key.public
    text, private = question(key)
    (tmp_path / "asked.json").write_text(text, encoding="utf-8")
    assert "ABCD-0000  Amina · 1994" in run("list", "asked.json", "our.key", folder=tmp_path).stdout
    opened = run("open", "asked.json", "our.key", folder=tmp_path)
    assert "Amina" in opened.stdout, opened.stderr
    request = Request.from_text(text)
    (record,) = request.records
    answer = (tmp_path / "answer.json").read_text(encoding="utf-8")
    assert set(offline_keys.open_answer(answer, record, node=request.node, private=private).values()) == {b"k" * 32}
    assert not (tmp_path / "no-node").exists()


def test_the_command_writes_over_nothing_and_names_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    key = OfflineKey.new()
    Path("our.key").write_text(key.to_text("2026-01-01"), encoding="utf-8")
    Path("asked.json").write_text(question(key)[0], encoding="utf-8")
    Path("list.json").write_text(question(key, return_to=b"")[0], encoding="utf-8")
    Path("other.json").write_text(question(OfflineKey.new())[0], encoding="utf-8")
    Path("answer.json").write_text("mine", encoding="utf-8")
    for arguments, says in (
        (["make", "our.key"], "is there already"),
        (["open", "asked.json", "our.key"], "is there already"),
        (["open", "list.json", "our.key", "--answer", "a.json"], "asks for nobody"),
        (["open", "other.json", "our.key", "--answer", "a.json"], "sealed to the key"),
        (["open", "our.key", "our.key", "--answer", "a.json"], "not a file that a node made"),
        (["list", "asked.json", "asked.json"], "letters and digits"),
    ):
        done = CliRunner().invoke(offline_key, arguments)
        assert done.exit_code == 1, arguments
        assert says in done.output, (arguments, done.output)
    assert Path("answer.json").read_text(encoding="utf-8") == "mine"
    assert not Path("a.json").exists()
