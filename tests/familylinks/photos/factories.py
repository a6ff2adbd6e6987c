"""Photos for tests, made as the pages make them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.familylinks.photos.drawing import png
from tests.people.factories import registered
from waystation.familylinks.photos import actions
from waystation.familylinks.photos.models import Posting
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person


def somebody(by: Actor, given: str = "Selam", **said: Any) -> Person:
    """Somebody grown up, unless told otherwise."""
    return registered(by, given, "Tesfaye", **{"birth_year": clock.today().year - 30, **said}).person


def allowed(by: Actor, person: Person, *, days: int = 90, **said: Any) -> Consent:
    """The person lets a photo be shown to the public."""
    return people.give_consent(
        by=by,
        person_id=person.pk,
        purpose="photo",
        recipient_kind="public",
        document=ConsentDocument(read_back=True, **said),
        expires_on=clock.today() + timedelta(days=days),
    )


def wanted(**said: Any) -> actions.PhotoDraft:
    return actions.PhotoDraft(**{"looks_for": "mother", "picture": png(), "told": True, **said})


def put_forward(by: Actor, person: Person | None = None, **said: Any) -> Posting:
    """A photo that waits for a second officer."""
    who = person or somebody(by)
    if not Consent.objects.filter(person=who, purpose="photo").exists():
        allowed(by, who)
    return actions.draft(by=by, person_id=who.pk, draft=wanted(**said))


def another(by: Actor) -> Actor:
    """A second officer."""
    return replace(by, account_id=uuid4())


def shown(by: Actor, person: Person | None = None, **said: Any) -> Posting:
    """A photo on the page."""
    return agreed(by, put_forward(by, person, **said).pk)


def agreed(by: Actor, posting_id: UUID) -> Posting:
    return actions.show(by=another(by), posting_id=posting_id, nothing_tells=True)
