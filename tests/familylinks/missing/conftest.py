"""Two officers, a family that looks for a brother, an incident, and somebody found."""

import pytest

from tests.familylinks.factories import colleague, searching
from tests.people.factories import registered
from waystation.familylinks.missing.actions import incidents, lost
from waystation.familylinks.missing.actions.incidents import IncidentDraft
from waystation.familylinks.missing.documents import BodyDocument, Features
from waystation.familylinks.missing.models import Incident, UnidentifiedBody
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


@pytest.fixture
def second(by: Actor) -> Actor:
    return colleague(by)


@pytest.fixture
def enquirer(by: Actor) -> Person:
    return registered(by, "ሰላም", "ተኽለ").person


@pytest.fixture
def row(by: Actor, enquirer: Person) -> TracingRequest:
    return searching(by, enquirer, cause="at-sea", last_on=str(clock.today().year))


@pytest.fixture
def incident(by: Actor) -> Incident:
    draft = IncidentDraft(day=clock.today(), route="Central Mediterranean", place="North of the lighthouse", missing=31)
    return incidents.record_incident(by=by, draft=draft)


FOUND = BodyDocument(
    found_on="2026-05",
    found_at="On the beach below the lighthouse",
    features=Features(sex="male", age_from=20, age_to=30, height_from=170, height_to=178, tattoos="A small bird"),
    lies_at="Cemetery, row 4, number 17",
    authority="Court of the coast",
    reference="77/26",
    samples="yes",
)


@pytest.fixture
def body(by: Actor, incident: Incident) -> UnidentifiedBody:
    return lost.write_body(by=by, document=FOUND, incident_id=incident.pk)
