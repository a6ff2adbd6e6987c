"""Invented people for tests, registered as the desk does it."""

from uuid import UUID

from waystation.casework.actions import HelpDraft, NeedDraft, register_at_desk
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.codes import USUAL_CONSENT
from waystation.people.documents import ConsentDocument, IdentityDocument, StopDocument
from waystation.people.drafts import MemberDraft, RegistrationDraft

NAMES = ("Amina", "Yusuf", "Selam", "Dawit", "Oksana", "Mamadou", "Layla", "Rojin", "Kavitha", "Idris")


def make_household(by: Actor, members: int) -> UUID:
    """A first person with companions, two needs, two stops and a consent; gives the first one's number."""
    drafts = [
        MemberDraft(
            person=RegistrationDraft(
                identity=IdentityDocument(
                    given_name=NAMES[place % len(NAMES)], family_name=f"Tesfay {place}", origin="ER"
                ),
                sex="female",
                age_band="25-59",
            ),
            relation="first" if place == 0 else "child",
        )
        for place in range(members)
    ]
    draft = HelpDraft(needs=[NeedDraft(code="food"), NeedDraft(code="health", severity="high")], given=["food"])
    person = register_at_desk(by=by, members=drafts, draft=draft)[0].person.pk
    for stage, country in (("origin", "ER"), ("transit", "SD")):
        people.add_stop(by=by, person_id=person, stage=stage, stop=StopDocument(country=country))
    people.give_consent(
        by=by,
        person_id=person,
        purpose="services",
        recipient_kind="society",
        document=ConsentDocument(read_back=True, explained_by="me"),
        expires_on=clock.today() + USUAL_CONSENT,
    )
    return person
