"""A key a month, and two months later it is gone: with a wrong clock too, no mail on the road is lost for nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.exchange import descriptors, housekeeping, identity, inbox
from waystation.exchange.models import Outgoing, OwnKey
from waystation.kernel.actors import Actor

START = datetime.now(UTC)


def at(days: float) -> Any:
    return time_machine.travel(START + timedelta(days=days), tick=False)


def own() -> descriptors.Descriptor:
    return descriptors.read(bytes(identity.required().descriptor))


def test_the_identity_is_made_once_and_says_who_we_are(actors: dict[str, Actor]) -> None:
    first, again = identity.required(), identity.required()
    assert first.pk == again.pk
    said = own()
    assert (said.name, said.country, said.node) == ("Lake District Aid Society", "KE", identity.node_id())
    assert bytes(first.root_private).find(bytes(first.root_public)) == -1
    assert OwnKey.objects.count() == 1


def test_before_set_up_is_done_there_is_no_identity(db: None) -> None:
    assert identity.ensure() is None


def test_every_month_a_new_key_is_made_and_told(far: Far, book: Book) -> None:
    before = own()
    with at(29):
        housekeeping.tidy()
        assert OwnKey.objects.count() == 1
    with at(31):
        housekeeping.tidy()
        housekeeping.tidy()
    assert OwnKey.objects.count() == 2
    assert own().number == before.number + 1
    told = descriptors.read(far.opened(bytes(Outgoing.objects.get().envelope.file)).body["file"])
    assert told.keys[0].public == own().keys[0].public != before.keys[0].public


def test_mail_to_the_old_key_opens_for_two_months_more_and_then_never(far: Far, book: Book) -> None:
    late, too_late = (far.sealed(far.message("test.note/1", {"text": text})) for text in ("late", "too late"))
    with at(31):
        housekeeping.tidy()
    with at(89):
        housekeeping.tidy()
        assert len(inbox.take(late, "stick")) == 1
    with at(95):
        housekeeping.tidy()
        assert bytes(OwnKey.objects.earliest("pk").private) == b""
        assert inbox.take(too_late, "stick") == []
    assert [one.body["text"] for one in book.taken] == ["late"]


def test_a_clock_ten_years_ahead_for_an_hour_destroys_no_key(far: Far, book: Book) -> None:
    file = far.sealed(far.message("test.note/1", {"text": "on the road"}))
    with at(3650):
        housekeeping.tidy()
        housekeeping.tidy()
    with at(1):
        housekeeping.tidy()
        assert OwnKey.objects.filter(destroyed_at__isnull=True).count() == 3
        assert own().keys[0].until < START + timedelta(days=32)
        assert len(inbox.take(file, "stick")) == 1
