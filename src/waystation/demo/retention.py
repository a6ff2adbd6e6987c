"""What the demo shows of keeping records: someone whom nobody met for six years, and a refusal."""

from datetime import timedelta

from waystation.casework.retention.actions import record_request
from waystation.casework.retention.models import RequestDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import RegistrationDraft
from waystation.people.models import Person

YEARS = timedelta(days=6 * 365)
ASKED = RequestDocument(
    who="Patrol of the border unit, no names given",
    about="A list of everyone who slept at the bridge last night",
    note="They came twice and left when told that only a coordinator may answer. Nobody was named.",
)


def keeping(by: Actor) -> None:
    """One person due for review, one request of an authority that was refused."""
    identity = IdentityDocument(given_name="Marta", family_name="Ilunga", origin="CD", languages=("fra", "lin"))
    person = people.register(by=by, draft=RegistrationDraft(identity=identity, sex="female", age_band="25-59")).person
    met = clock.now() - YEARS
    Person.objects.filter(pk=person.pk).update(registered_at=met, last_met_at=met)
    yesterday = clock.today() - timedelta(days=1)
    record_request(by=by, authority="border", asked_for="list", document=ASKED, asked_on=yesterday)
