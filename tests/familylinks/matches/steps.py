"""The steps on the way to the enquirer, as officers do them."""

from tests.familylinks.factories import colleague
from waystation.familylinks.matches import actions, comparing
from waystation.familylinks.matches.actions import Answer
from waystation.familylinks.matches.codes import Allowed
from waystation.familylinks.matches.index import service
from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person

YES = Answer(allowed=(Allowed.ALIVE, Allowed.WORDS), told="Tell Selam that I work and am well.", read_back=True)

HIDDEN = ConsentDocument()


def found(by: Actor, row: TracingRequest) -> list[comparing.Candidate]:
    index = service.ready()
    assert index is not None
    return comparing.candidates(index, row, requests.document_of(row, by=by), by=by)


def verified(by: Actor, row: TracingRequest, person: Person) -> Match:
    made = actions.propose(by=by, request_id=row.pk, person_id=person.pk)
    actions.confirm(by=by, match_id=made.pk, words="Both name the well behind the school.")
    return actions.verify(by=colleague(by), match_id=made.pk, words="I spoke with each of them.")


def asked(by: Actor, row: TracingRequest, person: Person) -> Match:
    made = verified(by, row, person)
    return actions.ask(by=by, match_id=made.pk, words="A colleague at the harbour, alone, in Tigrinya")
