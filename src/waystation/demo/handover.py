"""Handovers of the demo: one offered to a neighbour, one to ask the person about, two that neighbours offer to us."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from waystation.casework.cases import actions as cases
from waystation.casework.files.codes import Kind
from waystation.casework.files.models import FileDocument
from waystation.casework.handover import giving, hearing
from waystation.casework.handover.codes import Told
from waystation.casework.handover.models import Given
from waystation.demo.coming import came
from waystation.demo.papers import kept
from waystation.exchange import queries as exchange
from waystation.exchange.models import Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument

REPORT = b"""Yurany was in class for four months and read for the little ones.
She would do well in the second year.
"""
TOLD = ("name", "born", "languages", "contact", "reason", "wishes")


def handed_over(people: Mapping[str, UUID], by: Actor, supervisor: Actor) -> None:
    """What the pages of handovers show."""
    peer = exchange.trusted().first()
    if peer is None:
        return
    begin = partial(begun, by=by, supervisor=supervisor, peer=peer)
    asked = begin(people["Ousmane"], why="His uncle lives there and has a room.", asked=("shelter", "social"))
    begin(
        people["Yurany"],
        why="A school there has a place.",
        asked=("education",),
        files=(_report(people["Yurany"], by),),
    )
    agreed(asked, by)
    giving.offer(by=by, handover_id=asked.pk)
    _offered(peer, kind="general", risk="high", age="60+", sex="male", languages=("wol", "fra"), asked=("health",))
    _offered(peer, kind="return", risk="low", age="25-59", sex="female", languages=("por",), asked=("return", "social"))


def _report(person_id: UUID, by: Actor) -> UUID:
    """A small paper that goes along."""
    return kept(person_id, by, REPORT, FileDocument(name="School report.txt", kind=Kind.OTHER)).pk


def begun(
    person_id: UUID,
    *,
    by: Actor,
    supervisor: Actor,
    peer: Peer,
    why: str,
    asked: tuple[str, ...],
    files: tuple[UUID, ...] = (),
) -> Given:
    """A case that its supervisor lets go, and a handover of it that the person is to be asked about."""
    draft = cases.CaseDraft(kind="general", risk="medium", reason=why, wishes="To go on with people to talk to.")
    case = cases.open_case(by=by, person_id=person_id, draft=draft)
    review = cases.ask_supervisor(by=by, case_id=case.pk, of="closure", closing="handed_over", asked=why)
    cases.decide(by=supervisor, review_id=review.pk, act="approve")
    wanted = giving.Draft(
        peer_id=peer.pk,
        recipient_kind="society",
        until=clock.today() + timedelta(days=14),
        asked=asked,
        fields=(*TOLD, Told.FILES) if files else TOLD,
        files=files,
        household=giving.ALONE,
    )
    return giving.begin(by=by, case_id=case.pk, draft=wanted)


def agreed(row: Given, by: Actor) -> None:
    """The person said yes to it, and to news of them coming back."""
    giving.agree(
        by=by,
        handover_id=row.pk,
        document=ConsentDocument(read_back=True, given_by="self", explained_by="Interpreter by telephone"),
        expires_on=clock.today() + timedelta(days=90),
        tell_back=True,
    )


def _offered(
    peer: Peer, *, kind: str, risk: str, age: str, sex: str, languages: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    """As it comes from a node whose keys were forgotten when the demo was made: through the same handler."""
    body = {
        "exchange": uuid4().bytes,
        "case_kind": kind,
        "risk": risk,
        "age_band": age,
        "sex": sex,
        "languages": list(languages),
        "needs": ["food", "shelter"],
        "asked": list(asked),
        "until": (clock.today() + timedelta(days=10)).isoformat(),
    }
    hearing.offer(came(peer.pk, "handover.offer", body, ago=timedelta(days=1)))
