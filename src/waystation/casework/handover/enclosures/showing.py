"""Enclosures on their way, as pages of both sides show them."""

from dataclasses import dataclass
from uuid import UUID

from waystation.casework.handover import told
from waystation.casework.handover.documents import EnclosureDocument, GivenDocument
from waystation.casework.handover.enclosures import coming as of_coming
from waystation.casework.handover.enclosures import going as of_going
from waystation.casework.handover.enclosures import words
from waystation.casework.handover.enclosures.codes import OPEN, EnclosureState
from waystation.casework.handover.models import Given, Offered
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.vault import open_documents


@dataclass(frozen=True, kw_only=True)
class Line:
    """One enclosure: what it is, where it stands, how many of its parts have come (while it is on its way)."""

    what: str
    state: str
    arrived: int
    parts: int
    kept: UUID | None = None

    @property
    def label(self) -> Text:
        """Where it stands, in words."""
        return EnclosureState(self.state).label

    @property
    def is_open(self) -> bool:
        """Whether parts are counted."""
        return self.state in OPEN


def going(row: Given, document: GivenDocument | None) -> list[Line]:
    """What we let go along. Two queries."""
    said = {one["file"]: one for one in told.remembered(document.sent).get("files", ())} if document else {}
    enclosures = list(row.enclosures.order_by("pk"))
    arrived = of_going.progress(enclosures)
    return [
        Line(
            what=words.line(said[enclosure.pk.hex]) if enclosure.pk.hex in said else "",
            state=enclosure.state,
            arrived=arrived.get(enclosure.pk, 0),
            parts=enclosure.parts,
        )
        for enclosure in enclosures
    ]


def coming(row: Offered, *, by: Actor) -> list[Line]:
    """What comes along."""
    enclosures = list(row.enclosures.select_related("offered").order_by("pk"))
    opened = open_documents([enclosure for enclosure in enclosures if enclosure.sealed], EnclosureDocument, by=by)
    return [
        Line(
            what=words.line(vars(opened[enclosure.pk])) if enclosure.pk in opened else "",
            state=enclosure.state,
            arrived=of_coming.arrived(enclosure) if enclosure.state in OPEN else 0,
            parts=enclosure.parts,
            kept=enclosure.kept_id,
        )
        for enclosure in enclosures
    ]
