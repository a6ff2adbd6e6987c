"""Promise: what is erased is gone with its keys, and what has ended is not kept longer than its clock says."""

from datetime import timedelta

from tests.familylinks.news.offices import Office, again, handed_in, sent
from tests.familylinks.news.test_well import draft
from waystation.casework.clocks import blocked
from waystation.familylinks.news import keeping
from waystation.familylinks.news.actions import carrying, well
from waystation.familylinks.news.models import NewsStep, RedCrossMessage, SafeAndWell
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.vault.models import PersonKey


def test_an_erased_persons_news_is_gone_and_called_back(
    volunteer: Actor, officer: Actor, actors: dict[str, Actor], valley: Office
) -> None:
    row = sent(volunteer, officer, valley)
    valley.hears()
    answer = valley.brings(reply_to=row.exchange.bytes)
    assert row.person_id
    well.say(by=volunteer, person_id=row.person_id, draft=draft())
    preview = people.erasure_preview(by=actors["coordinator"], person_id=row.person_id)
    assert {"Family messages", "Words that they are safe and well"} <= {str(label) for label, _count in preview.losses}
    assert answer.person_id == row.person_id
    people.erase(by=actors["coordinator"], person_id=row.person_id, reason="person-asked")
    assert not RedCrossMessage.objects.exists()
    assert not NewsStep.objects.exists()
    assert not SafeAndWell.objects.exists()


def test_what_is_still_on_its_way_is_called_back_by_an_erasure(
    volunteer: Actor, officer: Actor, actors: dict[str, Actor], valley: Office
) -> None:
    row = sent(volunteer, officer, valley)
    valley.hears()
    assert row.person_id
    people.erase(by=actors["coordinator"], person_id=row.person_id, reason="person-asked")
    assert [message.kind for message in valley.hears()] == ["news.withdraw/1"]


def test_what_ended_is_forgotten_with_its_key(volunteer: Actor, officer: Actor, shore: Office, valley: Office) -> None:
    came = carrying.deliver(by=officer, message_id=shore.brings().pk)
    carrying.hand_over(by=officer, message_id=came.pk)
    ours = carrying.give_back(by=officer, message_id=handed_in(volunteer).pk, reason="coded")
    going = sent(volunteer, officer, valley)
    assert keeping.forget(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget(clock.now() + timedelta(seconds=1)) == 2
    assert not RedCrossMessage.objects.filter(pk=came.pk).exists()
    assert not PersonKey.objects.filter(person=came.pk).exists()
    assert (again(ours).address, again(ours).words) == (None, None)
    assert again(going).words is not None
    assert keeping.forget(clock.now() + timedelta(seconds=1)) == 0


def test_who_has_news_on_its_way_is_not_sealed_away(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    other = handed_in(volunteer)
    carrying.give_back(by=officer, message_id=other.pk, reason="other")
    assert row.person_id
    assert list(keeping.BLOCK.rows()) == [row]
    assert row.person_id in blocked([row.person_id])


def test_words_of_a_notice_that_is_over_are_forgotten(volunteer: Actor, officer: Actor, valley: Office) -> None:
    person_id = sent(volunteer, officer, valley).person_id
    assert person_id
    over = well.say(by=volunteer, person_id=person_id, draft=draft())
    well.take_back(by=volunteer, notice_id=over.pk)
    holds = well.say(by=volunteer, person_id=person_id, draft=draft())
    assert keeping.forget_notices(clock.now() + timedelta(seconds=1)) == 1
    assert SafeAndWell.objects.get(pk=over.pk).sealed is None
    assert SafeAndWell.objects.get(pk=holds.pk).sealed is not None
