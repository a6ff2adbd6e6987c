"""Whoever comes later is looked at, and an officer is told once."""

from datetime import timedelta

from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.matches import actions, watching
from waystation.familylinks.matches.codes import MatchClock
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.codes import Purpose, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person


def test_an_officer_is_told_once_of_somebody_new(by: Actor, request_row: TracingRequest, brother: Person) -> None:
    assert (watching.notice(), watching.notice()) == (1, 0)
    born = {"birth_year": 1999, "origin": "ER", "sex": "male"}
    newcomer = registered(by, "ሚካኤል", "ተኽለ", names_as_written=("Mikael Tekle", "ሚካኤል ተኽለ"), **born).person
    assert (watching.notice(), watching.notice()) == (1, 0)
    (told,) = FollowUp.objects.filter(kind=MatchClock.LOOK, state="open")
    assert (told.subject, told.owner) == (request_row.pk, by.account_id)
    actions.propose(by=by, request_id=request_row.pk, person_id=newcomer.pk)
    assert not FollowUp.objects.filter(kind=MatchClock.LOOK, state="open").exists()


def test_nobody_is_told_of_somebody_who_bars_the_enquirer(
    by: Actor, request_row: TracingRequest, brother: Person
) -> None:
    document = ConsentDocument(withheld=("Selam Tekle",), read_back=True)
    people.give_consent(
        by=by,
        person_id=brother.pk,
        purpose=Purpose.SERVICES,
        recipient_kind=RecipientKind.NGO,
        document=document,
        expires_on=clock.today() + timedelta(days=5),
    )
    assert watching.notice() == 0
