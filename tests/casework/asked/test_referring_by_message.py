"""Bar: another organisation is asked without a name and told only what was agreed; the case stays with who asks."""

from tests.casework.asked.mirror import Road, other_side, sent
from waystation.casework.asked import answering, queries
from waystation.casework.cases.models import Case
from waystation.casework.followups.models import FollowUp
from waystation.casework.referrals import road as asking
from waystation.casework.referrals.models import Referral
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.people.models import Disclosure


def running(row: object) -> set[str]:
    """What is owed about either side."""
    return set(FollowUp.objects.filter(subject=row.pk, state="open").values_list("kind", flat=True))  # type: ignore[attr-defined]


def states(row: Referral) -> tuple[str, str]:
    """Where both sides stand."""
    row.refresh_from_db()
    return row.state, other_side(row).state


def willing(by: Actor, road: Road, **said: object) -> Referral:
    """One that they would help with."""
    row = sent(by, road.far, **said)
    assert road.through() == []
    answering.accept(by=by, asked_id=other_side(row).pk)
    assert road.through() == []
    return row


def told(by: Actor, road: Road, **said: object) -> Referral:
    """One that they know all about that was agreed."""
    row = willing(by, road, **said)
    asking.tell(by=by, referral_id=row.pk)
    assert road.through() == []
    return row


def test_the_whole_way(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    assert road.through() == []
    assert states(row) == ("acknowledged", "asked")
    theirs = other_side(row)
    assert (theirs.person_id, theirs.service, theirs.priority) == (None, "shelter", "urgent")
    assert (theirs.age_band, theirs.sex, str(theirs.needed_by)) == ("25-59", "not-known", "2031-05-17")
    assert (running(row), running(theirs)) == ({"referral.answer"}, {"asked.answer"})
    answering.accept(by=by, asked_id=theirs.pk)
    assert road.through() == []
    assert states(row) == ("willing", "accepted")
    assert (running(row), running(theirs)) == ({"referral.content"}, {"asked.content"})
    asking.tell(by=by, referral_id=row.pk)
    assert road.through() == []
    assert states(row) == ("accepted", "told")
    theirs = other_side(row)
    assert theirs.person is not None
    known = people.identity_of(theirs.person, by=by)
    assert (known.given_name, known.birth_year, known.languages, known.phone) == (
        "Selam",
        1994,
        ("tir",),
        "+491705550123",
    )
    said = queries.told_in(queries.document_of(theirs, by=by))
    assert (said["reason"], said["deadline_of"]) == ("No place to sleep", "Hearing in court")
    assert not Case.objects.exists()
    assert (running(row), running(theirs)) == ({"referral.start"}, {"asked.start"})
    answering.go_on(by=by, asked_id=theirs.pk, act="start")
    road.through()
    assert states(row) == ("started", "started")
    answering.go_on(by=by, asked_id=theirs.pk, act="complete", words="A room for six weeks")
    road.through()
    assert states(row) == ("completed", "completed")
    assert (running(row), running(theirs)) == ({"referral.feedback"}, {"asked.feedback"})
    answering.tell_feedback(by=by, asked_id=theirs.pk, verdict="helped", words="She sleeps again")
    road.through()
    assert states(row) == ("feedback", "completed")
    assert row.verdict == "helped"
    assert (running(row), running(theirs)) == (set(), set())
    assert Disclosure.objects.filter(person=row.person_id, kind="message").count() == 2
