"""Which enclosures may go along, and which of them would leave now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from waystation.casework.cases.models import Case
from waystation.casework.files import queries as files
from waystation.casework.files.codes import State
from waystation.casework.files.models import StoredFile
from waystation.casework.handover.codes import Told
from waystation.casework.handover.documents import GivenDocument
from waystation.casework.handover.enclosures.codes import MOST_BYTES, MOST_FILES, how_many
from waystation.casework.handover.models import Given
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file of the person's that could go along."""

    row: StoredFile
    name: str
    kind: str
    digest: str

    @property
    def parts(self) -> int:
        """On the road."""
        return how_many(self.row.size)

    def said(self) -> dict[str, Any]:
        """As it is remembered and shown."""
        return {"name": self.name, "kind": self.kind, "size": self.row.size}


def of_case(case: Case, person: Person, *, by: Actor) -> tuple[list[Enclosure], int]:
    """What this actor could let go along with a case, the newest first; and how many others may not.

    Only what everyone may open who reads the handover here, and who takes the case over there: the basic compartment,
    and the one of the case.
    """
    kept = [(row, said) for row, said in files.of_person(person, by=by) if row.state == State.WHOLE]
    readable = {Compartment.BASIC, case.compartment_of_row}
    enclosures = [
        Enclosure(row=row, name=said.name, kind=said.kind, digest=said.digest)
        for row, said in kept
        if row.compartment in readable
    ]
    return enclosures, len(kept) - len(enclosures)


def chosen(case: Case, numbers: Iterable[UUID], *, by: Actor) -> tuple[UUID, ...]:
    """The files that are to go along. Raises Invalid: not to be chosen, too many, too large together."""
    wanted = set(numbers)
    if not wanted:
        return ()
    enclosures = [enclosure for enclosure in of_case(case, case.person, by=by)[0] if enclosure.row.pk in wanted]
    if len(enclosures) != len(wanted):
        raise Invalid({"along": _("One of these papers is gone, or cannot go with this case. Choose again.")})
    if len(enclosures) > MOST_FILES:
        raise Invalid({"along": _("At most %(most)d papers go along. Untick some.") % {"most": MOST_FILES}})
    total = sum(enclosure.row.size for enclosure in enclosures)
    if total > MOST_BYTES:
        says = _(
            "Together these have %(size)s, and at most %(most)s go along with one case. Untick some: the largest is "
            "%(name)s with %(largest)s."
        )
        largest = max(enclosures, key=lambda enclosure: enclosure.row.size)
        sizes = {"size": total, "most": MOST_BYTES, "largest": largest.row.size}
        in_words = {name: filesizeformat(size) for name, size in sizes.items()}
        raise Invalid({"along": says % {**in_words, "name": largest.name}})
    return tuple(enclosure.row.pk for enclosure in enclosures)


def leaving(row: Given, document: GivenDocument, person: Person, *, by: Actor) -> list[Enclosure]:
    """Exactly what would leave now: what was chosen, still stands here, and the person said yes to."""
    if Told.FILES not in document.fields or not document.files:
        return []
    return [enclosure for enclosure in of_case(row.case, person, by=by)[0] if enclosure.row.pk in document.files]


def shown(enclosures: Sequence[Enclosure]) -> dict[str, Any]:
    """Enclosures as a field among what would leave (`told.lines`)."""
    return {"files": [enclosure.said() for enclosure in enclosures]} if enclosures else {}


def listed(enclosure: Enclosure) -> str:
    """An enclosure on the list of what left, which everyone who helps may read: its name where they may open it too."""
    if enclosure.row.compartment == Compartment.BASIC:
        return f"{Told.FILES.label}: {enclosure.name}"
    return str(Told.FILES.label)
