"""Rows of health for tests, made as the pages make them."""

from datetime import timedelta
from typing import Any

from tests.people.factories import registered
from waystation.casework.health import actions
from waystation.casework.health.models import Call, DiseaseScreening, LineDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person


def someone(by: Actor, given: str = "Amal", **told: Any) -> Person:
    """A person."""
    return registered(by, given, "Haddad", **told).person


def asked(by: Actor, person: Person | None = None, *, act: str = "agree", disease: str = "tb") -> DiseaseScreening:
    """Somebody was asked about a screening."""
    draft = actions.ScreeningDraft(disease=disease, act=act, place="reception")
    return actions.ask(by=by, person_id=(person or someone(by)).pk, draft=draft)


def gone_on(by: Actor, row: DiseaseScreening, *acts: str) -> DiseaseScreening:
    """Steps, one after the other."""
    for act in acts:
        draft = actions.StepDraft(act=act, next_stop="Clinic at the harbour" if act == "pass_on" else "")
        actions.go_on(by=by, screening_id=row.pk, draft=draft)
    return row


def called(by: Actor, person: Person | None = None, words: str = "") -> Call:
    """Health staff were called."""
    return actions.call(by=by, person_id=(person or someone(by)).pk, words=words)


def with_lines(by: Actor, person: Person) -> Person:
    """A summary: an allergy, a medicine, no condition."""
    for kind, text, more in (("allergy", "Penicillin", "swells"), ("medicine", "Salbutamol", "two puffs a day")):
        document = LineDocument(kind=kind, text=text, more=more, since="2019")
        actions.write_line(by=by, person_id=person.pk, document=document)
    actions.none_known(by=by, person_id=person.pk, kind="condition")
    return person


def leaving(**told: Any) -> actions.HandOver:
    """What leaves, agreed to."""
    usual: dict[str, Any] = {"lines": frozenset(), "results": frozenset(), "consent": ConsentDocument(read_back=True)}
    return actions.HandOver(**{**usual, "expires_on": clock.today() + timedelta(days=30), **told})
