"""States of an enclosure on its way, what a message says of it, and how much may go along, as data."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.casework.files.codes import LARGEST
from waystation.exchange.kinds import Field
from waystation.kernel.states import StateTable
from waystation.vault.stream import PART

PIECE = PART - 1024
"""Bytes of one part on the road: with what stands around it, it fills the size class of 1 MiB and not half of the next
(`exchange.wire.size_class`)."""
MOST_FILES = 20
MOST_BYTES = 100 * PART
"""Of all enclosures of one handover. They stand in the outbox until their receipts are back, and a relay holds 512 MiB
for one organisation (`exchange.codes.MOST_RELAYED_BYTES`): no single handover may take more than a fifth of that, and a
line of 1 Mbit a second is free again within a quarter of an hour."""
MOST_PARTS = MOST_BYTES // PIECE + MOST_FILES
HALF_KEPT = timedelta(days=90)
"""How long parts wait for the rest: by then nothing that is missing can be opened any more
(`exchange.codes.GIVE_UP_AFTER`)."""


def how_many(size: int) -> int:
    """Parts on the road of a file of so many bytes."""
    return -(-size // PIECE)


class EnclosureState(TextChoices):
    """Where an enclosure stands, on both sides."""

    COMING = "coming", _("On its way")
    AGAIN = "again", _("On its way again")
    KEPT = "kept", _("Arrived whole")
    FAILED = "failed", _("Did not arrive whole")
    STOPPED = "stopped", _("Stopped: what had come was destroyed")


class EnclosureAct(TextChoices):
    """What happens to an enclosure on its way."""

    KEEP = "keep", _("It is whole and kept")
    WRONG = "wrong", _("What came is not what was sent")
    FAIL = "fail", _("It cannot come any more")
    STOP = "stop", _("It is not to come")


OPEN = (EnclosureState.COMING, EnclosureState.AGAIN)
ENCLOSURES = StateTable(
    states=EnclosureState.values,
    first=EnclosureState.COMING,
    steps=[
        (EnclosureAct.KEEP, OPEN, EnclosureState.KEPT),
        (EnclosureAct.WRONG, EnclosureState.COMING, EnclosureState.AGAIN),
        (EnclosureAct.WRONG, EnclosureState.AGAIN, EnclosureState.FAILED),
        (EnclosureAct.FAIL, OPEN, EnclosureState.FAILED),
        (EnclosureAct.STOP, OPEN, EnclosureState.STOPPED),
    ],
)
"""What came wrong is asked for again once."""
ABOUT: Mapping[str, Field] = {
    "file": Field("bytes", most=16),
    "name": Field("text", most=200),
    "kind": Field("text", most=40),
    "compartment": Field("text", most=20),
    "size": Field("number", most=LARGEST),
    "digest": Field("bytes", most=32),
    "of": Field("number", most=how_many(LARGEST)),
}
"""What the content of a handover says of one enclosure."""
FILES: Mapping[str, Field] = {"files": Field("items", most=MOST_FILES, needed=False, fields=ABOUT)}
