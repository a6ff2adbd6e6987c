"""What a message does only when it may be what it says: words after an answer; a claim that tells nobody what it met."""

from uuid import UUID

from tests.exchange.far import Far
from tests.familylinks.asking.mirror import Road, asked
from tests.familylinks.asking.test_publishing import SET, made, parts, told
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.asking.codes import QUERY
from waystation.familylinks.asking.models import Word
from waystation.kernel.actors import Actor
from waystation.people.models import Person


def test_words_for_a_question_that_was_not_answered_are_nobody_s(
    far: Far, road: Road, circle: UUID, by: Actor, enquirer: Person
) -> None:
    one = made(far, circle)
    assert told(far, "publication", file=one.signed(far.signing)) == "done"
    assert [told(far, "part", **part) for part in parts(far, one, size=len(SET))] == ["done"]
    asked(by, enquirer)
    road.gather()
    (query,) = road.of_kind(QUERY)

    assert told(far, "word", exchange=query.body["exchange"], words="Brother here. Send money.") == "done"

    assert not Word.objects.exists()
    assert not FollowUp.objects.filter(kind="asking.read").exists()
