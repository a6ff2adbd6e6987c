"""What the demo shows of keeping records: two people whom nobody met for six years, and a refusal."""

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
LONG_AGO = (
    (IdentityDocument(given_name="Marta", family_name="Ilunga", origin="CD", languages=("fra", "lin")), "female"),
    (IdentityDocument(given_name="Besnik", family_name="Hoxha", origin="AL", languages=("sqi",)), "male"),
)
ASKED = RequestDocument(
    who="Patrol of the border unit, no names given",
    about="A list of everyone who slept at the bridge last night",
    note="They came twice and left when told that only a coordinator may answer. Nobody was named.",
)


def keeping(by: Actor) -> None:
    """Two people due for review, one request of an authority that was refused."""
    met = clock.now() - YEARS
    for identity, sex in LONG_AGO:
        draft = RegistrationDraft(identity=identity, sex=sex, age_band="25-59")
        person = people.register(by=by, draft=draft).person
        Person.objects.filter(pk=person.pk).update(registered_at=met, last_met_at=met)
    yesterday = clock.today() - timedelta(days=1)
    record_request(by=by, authority="border", asked_for="list", document=ASKED, asked_on=yesterday)
