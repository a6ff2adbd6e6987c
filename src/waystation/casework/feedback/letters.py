"""Writing and opening letters: the only place that seals them."""

from uuid import UUID

from waystation.casework.feedback.models import Feedback, Letter
from waystation.kernel import clock
from waystation.vault import letterbox
from waystation.vault.problems import SealBroken

PAD = 512
"""Letters are filled up to a multiple of this many bytes: their length tells less."""


def write(feedback: Feedback, text: str, *, from_us: bool, by: UUID | None = None, inside: bool = False) -> Letter:
    """Add a letter to what was said. Raises NodeLocked where the node was never opened."""
    letter = Letter(
        feedback=feedback,
        order=feedback.letters.count(),
        day=clock.today(),
        from_us=from_us,
        inside=inside,
        by=by,
    )
    filled = _filled(text)
    letter.for_us = letterbox.put_in(filled, bound_to=letter.id.bytes)
    if feedback.reply_to and not inside:
        letter.for_them = letterbox.seal_to(bytes(feedback.reply_to), filled, bound_to=letter.id.bytes)
    letter.save(force_insert=True)
    return letter


def read(letter: Letter) -> str:
    """A letter as we read it. Raises NodeLocked, SealBroken."""
    return _text(letterbox.take_out(bytes(letter.for_us), bound_to=letter.id.bytes))


def read_by_them(letter: Letter, key: letterbox.ReplyKey) -> str:
    """A letter as the holder of the reply code reads it, locked or not. Raises SealBroken."""
    if letter.for_them is None:
        raise SealBroken
    return _text(letterbox.open_with(key.private, bytes(letter.for_them), bound_to=letter.id.bytes))


def _filled(text: str) -> bytes:
    plain = text.encode() + b"\x80"
    return plain + bytes(-len(plain) % PAD)


def _text(filled: bytes) -> str:
    return filled.rstrip(b"\0")[:-1].decode()
