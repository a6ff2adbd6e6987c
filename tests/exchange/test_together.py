"""What comes together is taken in one transaction, and yet each file ends as it would alone."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from tests.exchange.test_folders import put
from tests.exchange.test_inbox import note
from waystation.audit.models import Leaf
from waystation.exchange import actions, folders, inbox, kinds
from waystation.exchange.kinds import Field, Kind, Received
from waystation.exchange.models import Held, Incoming, Outgoing, Peer
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, StorageFailed
from waystation.organisations.models import Partner


def take(received: Received) -> None:
    """Write a row, and then do as the message says."""
    Partner.objects.create(name=str(uuid4()), kind="school", services=received.id.hex)
    if received.body["text"] == "refuses":
        raise Invalid({})
    if received.body["text"] == "breaks":
        raise ZeroDivisionError


@pytest.fixture
def rows() -> Iterator[None]:
    """A kind whose effect is a row."""
    fields = {"text": Field("text")}
    kind = Kind(
        code="test.row", version=1, purpose="Test", legal_basis="Test", fields=fields, retention_days=1, handler=take
    )
    kinds.register(kind)
    yield
    kinds.forget(kind.wire)


MADE: dict[str, Callable[[Far], bytes]] = {
    "does": lambda far: far.sealed(far.message("test.row/1", {"text": "does"})),
    "refuses": lambda far: far.sealed(far.message("test.row/1", {"text": "refuses"})),
    "breaks": lambda far: far.sealed(far.message("test.row/1", {"text": "breaks"}, seq=far.seq + 1)),
    "undeclared": lambda far: far.sealed(far.message("test.row/1", {"more": 1})),
    "unknown": lambda far: far.sealed(far.message("nobody.knows/1", {})),
    "forged": lambda far: far.sealed(far.message("test.row/1", {"text": "x"}, seq=9), Ed25519PrivateKey.generate()),
    "stranger": lambda _far: (stranger := Far()).sealed(stranger.message("test.row/1", {"text": "does"})),
    "receipt": lambda far: far.receipt(),
    "junk": lambda _far: b"junk",
}
ENDS = {
    "does": ("taken", "done"),
    "refuses": ("taken", "invalid"),
    "breaks": ("held", None),
    "undeclared": ("taken", "undeclared-field"),
    "unknown": ("taken", "unknown-kind"),
    "forged": ("held", None),
    "stranger": ("dropped", None),
    "receipt": ("answer", None),
    "junk": ("held", None),
}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(MADE)), min_size=1, max_size=8), again=st.booleans())
def test_each_ends_as_it_would_alone(far: Far, rows: None, names: list[str], again: bool) -> None:
    files = [MADE[name](far) for name in names]
    before, effects = Incoming.objects.count(), Partner.objects.count()
    taken = inbox.take_some([*files, *(files if again else [])], "stick")
    ended = [(one.outcome.value, outcome_of(one.message_id)) for one in taken]
    assert ended[: len(names)] == [ENDS[name] for name in names]
    counted = sum(ENDS[name][1] is not None for name in names)
    assert [how for how, _outcome in ended].count("again") == (counted if again else 0)
    assert Incoming.objects.count() == before + counted
    assert Partner.objects.count() == effects + names.count("does")


def outcome_of(message_id: UUID | None) -> str | None:
    row = Incoming.objects.filter(message_id=message_id).first() if message_id else None
    return row.outcome if row else None


def test_one_that_breaks_takes_no_count_from_its_neighbours(far: Far, rows: None) -> None:
    files = [MADE["does"](far), far.sealed(far.message("test.row/1", {"text": "breaks"})), MADE["does"](far)]
    inbox.take_some(files, "stick")
    peer = Peer.objects.get()
    assert (peer.came_to, peer.came_later) == (1, [[3, 3]])
    assert Held.objects.get().reason == "effect-failed"


def test_the_log_says_which_came_and_left_together(far: Far, book: Book, actors: dict[str, Actor]) -> None:
    inbox.take_some([note(far) for _time in range(3)], "stick")
    inbox.take_some([note(far)], "stick")
    by = actors["caseworker"]
    messages = [(None, {"text": "one"}), (None, {"text": "two"})]
    sent = actions.send_many(by=by, peer_id=far.id, kind="test.note", messages=messages)
    assert [(row.seq, far.opened(bytes(row.envelope.file)).body["text"]) for row in sent] == [(1, "one"), (2, "two")]
    assert Outgoing.objects.count() == 2
    entries = Leaf.objects.filter(action__in=["exchange.take", "exchange.send"]).order_by("index")
    assert [leaf.subject is not None for leaf in entries] == [False, True, False]


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_fills_during_an_import_loses_nothing(
    far: Far, rows: None, actors: dict[str, Actor], tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite lets itself be made small from here")
    stick, by = tmp_path / "stick", actors["caseworker"]
    stick.mkdir()
    for number in range(500):
        put(stick, far.sealed(far.message("test.row/1", {"text": f"{number}" * 300})))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages + 60}")
        with pytest.raises(StorageFailed):
            folders.take_in(by=by, folder=stick)
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert Incoming.objects.count() == Partner.objects.count() < 500
    assert not Held.objects.exists()
    outcomes = Counter(folders.take_in(by=by, folder=stick).outcomes)
    assert outcomes.total() == 500
    assert set(outcomes) <= {"taken", "again"}
    assert Incoming.objects.count() == Partner.objects.count() == 500


def test_an_envelope_under_a_signing_key_that_was_replaced_is_held(far: Far, book: Book) -> None:
    old, far.signing = far.signing, Ed25519PrivateKey.generate()
    told = far.message("exchange.descriptor/1", {"file": far.descriptor(2)})
    inbox.take(far.sealed(told, signing=old), "https")
    message = far.message("test.note/1", {"text": "x"})
    assert inbox.take(far.sealed(message, signing=old), "https") == []
    assert Held.objects.get().reason == "not-signed"
    inbox.take(far.sealed(message), "https")
    assert len(book.taken) == 1
