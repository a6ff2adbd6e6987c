"""A pair in words for pages and paper."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from waystation.familylinks.reunification.codes import LINE, Act, ProofKind, Side, State, Submitter
from waystation.familylinks.reunification.documents import ReunificationDocument
from waystation.familylinks.reunification.models import Reunification
from waystation.familylinks.reunification.queries import Pair, has_child
from waystation.people.documents import IdentityDocument
from waystation.web.components.cldr import day

ONWARD = (Act.PROVE, Act.WEIGH, Act.SUBMIT, Act.GRANT, Act.APPEAL, Act.ARRANGE, Act.MEET, Act.FOLLOW)
"""What leads on along the road; the first that is possible is the page's main action."""


def line(
    row: Reunification, said: ReunificationDocument | None, names: Mapping[UUID, IdentityDocument]
) -> dict[str, Any]:
    """One line of a list: who, with whom, how far."""
    person, other = names.get(row.person_id), names.get(row.other_id) if row.other_id else None
    told = said.other_name if said and row.other_id is None else ""
    return {
        "row": row,
        "name": str(person.called) if person else "",
        "other": str(other.called) if other else told,
    }


def road(whole: Pair) -> list[dict[str, Any]]:
    """The states it has come through with their days, then those still to come, as a line of stops takes them."""
    row, been = whole.row, [(step.state, step.on) for step, _text in whole.steps]
    passed = [_stop(State.OPENED, day(row.opened_at.date())), *(_stop(state, day(on)) for state, on in been)]
    if row.state == State.CLOSED:
        return passed
    here = State.SUBMITTED if row.state == State.REFUSED else State(row.state)
    ahead = LINE[LINE.index(here) + 1 :]
    child = has_child(row, whole.said)
    return passed + [_stop(state, "", "destination") for state in ahead if child or state != State.BEST]


def _stop(state: str, when: str, kind: str = "") -> dict[str, Any]:
    return {"kind": kind, "label": when, "place": State(state).label, "country": "", "when": ""}


def sides(whole: Pair) -> list[dict[str, Any]]:
    """Both, with the yes of each."""
    row = whole.row
    known = whole.names.get(row.person_id)
    names = {Side.PERSON: str(known.called) if known else "", Side.OTHER: whole.other_name}
    of_book = {Side.PERSON: row.person_id, Side.OTHER: row.other_id if row.other_id in whole.names else None}
    return [
        {
            "side": side.value,
            "name": names[side],
            "person_id": of_book[side],
            "relation": row.get_relation_display() if side == Side.OTHER else "",
            "yes": whole.agreement(side),
            "before": [pair for pair in whole.agreements if pair[0].side == side],
        }
        for side in Side
    ]


def proofs(whole: Pair) -> list[tuple[Any, str, Any]]:
    """What shows that they are family."""
    return [(ProofKind(one.kind).label, one.words, one.on) for one in whole.said.proofs]


def submitter(whole: Pair) -> Any:
    """Who brings it before the authority."""
    return Submitter(whole.said.submitter).label if whole.said.submitter else ""


def steps(whole: Pair) -> list[tuple[Any, Any, str]]:
    """Each step in words."""
    return [(step, Act(step.act).label, text.words) for step, text in whole.steps]
