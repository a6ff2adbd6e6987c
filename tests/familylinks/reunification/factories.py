"""Families for tests, brought together as the pages do it."""

from datetime import timedelta
from typing import Any

from tests.people.factories import registered
from waystation.familylinks.reunification import actions
from waystation.familylinks.reunification.applying import StepDraft
from waystation.familylinks.reunification.codes import Act
from waystation.familylinks.reunification.documents import AgreementDocument, ReunificationDocument, Travel
from waystation.familylinks.reunification.models import Reunification
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person

OTHER = ReunificationDocument(other_name="Dawit Tesfaye", other_place="Khartoum", other_reach="Through Marta")
GONE_THROUGH = (Act.PROVE, Act.SUBMIT, Act.GRANT, Act.ARRANGE, Act.MEET, Act.FOLLOW)


def somebody(by: Actor, given: str = "Selam", **said: Any) -> Person:
    return registered(by, given, "Tesfaye", **{"age_band": "25-59", **said}).person


def allowed(by: Actor, person: Person, **said: Any) -> Consent:
    """Somebody lets the family be told."""
    return people.give_consent(
        by=by,
        person_id=person.pk,
        purpose="tracing",
        recipient_kind="family",
        document=ConsentDocument(read_back=True, **said),
        expires_on=clock.today() + timedelta(days=180),
    )


def opened(by: Actor, person: Person | None = None, other: Person | None = None, **said: Any) -> Reunification:
    """A pair; the other in words unless somebody is given."""
    who = person or somebody(by)
    document = ReunificationDocument(**{**vars_of(OTHER), **said}) if other is None else ReunificationDocument(**said)
    draft = actions.ReunificationDraft(relation="brother", other_id=other.pk if other else None, document=document)
    return actions.open_pair(by=by, person_id=who.pk, draft=draft)


def vars_of(document: ReunificationDocument) -> dict[str, Any]:
    return {name: getattr(document, name) for name in ("other_name", "other_place", "other_reach")}


def says_yes(by: Actor, row: Reunification, side: str, words: str = "I want to live with her") -> Any:
    person = row.person if side == "person" else row.other
    if person is not None and not Consent.objects.filter(person=person, purpose="tracing", state="given").exists():
        allowed(by, person)
    return actions.agree(by=by, row_id=row.pk, side=side, document=AgreementDocument(words=words))


def both(by: Actor, row: Reunification) -> None:
    for side in ("person", "other"):
        says_yes(by, row, side)


def step(by: Actor, row: Reunification, act: str, **said: Any) -> Reunification:
    """One step, with all that it needs unless told otherwise."""
    needed: dict[str, dict[str, Any]] = {
        Act.WEIGH: {"words": "The panel; he wants to go to her"},
        Act.SUBMIT: {"authority": "Office of families", "submitter": "family"},
        Act.APPEAL: {"submitter": "lawyer"},
        Act.REFUSE: {"refusal": "proof", "words": "They want a test", "appeal_by": clock.today() + timedelta(days=30)},
        Act.ARRANGE: {
            "travel": Travel(on=clock.today() + timedelta(days=9), route="By air", escort="Marta", met_by="Selam")
        },
        Act.FOLLOW: {"words": "He goes to school"},
        Act.WITHDRAW: {"side": "other"},
        Act.CLOSE: {"ending": "died"},
    }
    return actions.go_on(by=by, row_id=row.pk, draft=StepDraft(act=act, **{**needed.get(act, {}), **said}))


def proved(by: Actor, row: Reunification) -> None:
    actions.add_proof(by=by, row_id=row.pk, kind="witnesses", words="Two neighbours of the family")
    step(by, row, Act.PROVE)


def granted(by: Actor, **said: Any) -> Reunification:
    """A pair of grown people to whom the authority said yes."""
    row = opened(by, **said)
    both(by, row)
    proved(by, row)
    step(by, row, Act.SUBMIT)
    return step(by, row, Act.GRANT)
