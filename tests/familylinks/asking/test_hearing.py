"""Words are heard only after an answer; a claim tells its sender nothing of whom it met."""

import secrets
from uuid import UUID, uuid4

from tests.exchange.far import Far
from tests.familylinks.asking.mirror import Road, asked, claimed
from tests.familylinks.asking.test_limits import query
from tests.familylinks.asking.test_publishing import SET, made, parts, told
from waystation.audit.models import Leaf
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.asking import deciding, housekeeping, resolving
from waystation.familylinks.asking.codes import CLAIM, QUERY
from waystation.familylinks.asking.models import Answered, Claim, OwnPublication, Word
from waystation.kernel import clock
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


def grown(far: Far, published: OwnPublication, tags: list[bytes]) -> int:
    """By how much the log grows when a claim of these tags comes; its size stands in every receipt."""
    number = uuid4().bytes
    assert query(far, published.pk, exchange=number) == "done"
    Answered.objects.filter(left_at__isnull=True).update(leaves_at=clock.now())
    housekeeping.leave()
    before = Leaf.objects.count()
    body = {"exchange": number, "case": uuid4().bytes, "tags": tags, "relation": "brother", "checked_by": "document"}
    assert told(far, "claim", **body) == "done"
    return Leaf.objects.count() - before


def test_the_log_grows_by_the_same_whomever_a_claim_means(
    far: Far, road: Road, published: OwnPublication, by: Actor, enquirer: Person
) -> None:
    claimed(by, enquirer, road)
    tags = road.of_kind(CLAIM)[0].body["tags"]
    nobody = grown(far, published, [secrets.token_bytes(16) for _ in tags])
    somebody = grown(far, published, tags)
    assert Claim.objects.count() == 1
    resolving.look()
    assert Claim.objects.count() == 2
    deciding.decline(by=by, claim_id=Claim.objects.all()[0].pk, note="", never="asker")
    barred = grown(far, published, tags)

    assert nobody == somebody == barred
    resolving.look()
    assert Claim.objects.count() == 2
    assert not Answered.objects.filter(sealed__isnull=False).exists()
