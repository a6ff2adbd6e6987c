"""What we publish: one key and one set for each circle, made anew when their time is over; the old key is destroyed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from uuid import UUID

import numpy as np
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from waystation.exchange import actions as exchange
from waystation.exchange import identity
from waystation.exchange.circles import rules
from waystation.exchange.circles.documents import Circle
from waystation.exchange.identity import exchange_actor
from waystation.exchange.queries import trusted
from waystation.familylinks.asking import finding
from waystation.familylinks.asking.codes import APART, LASTS, LASTS_IN_DANGER, PART, PART_BYTES, PUBLICATION
from waystation.familylinks.asking.documents import KeyDocument, TagsDocument
from waystation.familylinks.asking.models import OwnPublication, OwnTags, Publishing
from waystation.familylinks.asking.problems import NoSodium
from waystation.familylinks.asking.protocol import golomb, publishing, questions, ristretto
from waystation.familylinks.asking.protocol.publication import FOUR, Publication, facts_for
from waystation.familylinks.asking.protocol.tokens import FEW_PEOPLE, Facts
from waystation.familylinks.asking.protocol.voprf import KeyPair
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import new_id
from waystation.kernel.rows import insert
from waystation.vault import erase_person, new_person_key, seal
from waystation.vault.sealing import open_for_keeping

TAG, NUMBER = golomb.TAG_BYTES, 16
ENTRY = TAG + NUMBER
IN_A_TABLE = 2048
Who = Sequence[tuple[UUID, Facts]] | Iterator[tuple[UUID, Facts]]


@dataclass(frozen=True, slots=True)
class Made:
    """A publication before it stands anywhere: its keys, its set, whose tags are whose, sorted."""

    keys: KeyPair
    people: int
    facts: int
    set: bytes
    slots: int
    entries: bytes


@action("asking.publish")
def begin(*, by: Actor, circle_id: UUID, in_danger: bool = False) -> Publishing:
    """Publish in a circle from now on: at once where few may be found, else within the hour.

    Raises NotFound, NoSodium, Invalid where nobody may be found.
    """
    if not ristretto.is_there():
        raise NoSodium
    circle = _circle(circle_id)
    row, _new = Publishing.objects.update_or_create(
        circle=circle.id, defaults={"in_danger": in_danger, "at": clock.now(), "by": by.account_id}
    )
    journal.record(by, journal.Entry(action="asking.publish", subject=circle.id))
    people = list(islice(finding.findable(circle.name), FEW_PEOPLE))
    if not people:
        raise Invalid({}, _("Nobody has said yet that the family may find them through this circle."))
    if len(people) < FEW_PEOPLE:
        put(row, circle, made(people))
    return row


@action("asking.publish")
def stop(*, by: Actor, circle_id: UUID) -> None:
    """Publish no more: the key is destroyed now, and every copy of the set is noise. Raises NotFound."""
    gone, _rows = Publishing.objects.filter(circle=circle_id).delete()
    if not gone:
        raise NotFound
    for row in OwnPublication.objects.select_for_update().filter(circle=circle_id, ended_at__isnull=True):
        end(row)
    journal.record(by, journal.Entry(action="asking.stop", subject=circle_id))


def publish_due() -> None:
    """Make anew what is over or not there yet. Raises NodeLocked."""
    if not ristretto.is_there():
        return
    current = {one.circle: one for one in OwnPublication.objects.filter(ended_at__isnull=True).defer("tags")}
    for row in Publishing.objects.all():
        own = current.get(row.circle)
        circle = next((one for one in rules.joined() if one.id == row.circle and one.until > clock.now()), None)
        if own is not None and own.until > clock.now():
            if own.sent_at is None and circle is not None:
                with transaction.atomic():
                    _send_when_taken(own, circle)
            continue
        # Outside any transaction: with a million people this takes a quarter of an hour.
        found = made(finding.findable(circle.name)) if circle is not None else None
        with transaction.atomic():
            if found is not None and circle is not None and found.people:
                put(row, circle, found)
            else:
                for old in OwnPublication.objects.select_for_update().filter(circle=row.circle, ended_at__isnull=True):
                    end(old)


def made(people: Who) -> Made:
    """Keys, tags, set and table for people and their facts; nothing is written."""
    every = iter(people)
    first = list(islice(every, FEW_PEOPLE))
    keys, facts = questions.new_keys(), facts_for(len(first))
    numbers: list[UUID] = []

    def known() -> Iterator[Facts]:
        for number, one in chain(first, every):
            numbers.append(number)
            yield one

    entries, found = bytearray(), 0
    for place, tags in enumerate(publishing.tags_of_people(keys.secret, known(), few=facts == FOUR)):
        found += bool(tags)
        for tag in tags:
            entries += tag + numbers[place].bytes
    rows = np.frombuffer(bytes(entries), dtype=np.uint8).reshape(-1, ENTRY)
    heads = np.ascontiguousarray(rows[:, :8]).view(">u8").ravel().astype(np.uint64)
    slots = golomb.slots_for(len(np.unique(heads)))
    ordered = np.ascontiguousarray(rows[np.argsort(heads, kind="stable")]).tobytes()
    return Made(keys, found, facts, golomb.build(heads, slots), slots, ordered)


def put(row: Publishing, circle: Circle, found: Made) -> OwnPublication:
    """End the publication before, keep the new one, and send it to the circle; inside a transaction."""
    for old in OwnPublication.objects.select_for_update().filter(circle=circle.id, ended_at__isnull=True):
        end(old)
    now, number = clock.now(), new_id()
    moment = _moment_after(circle.id, now)
    signed = Publication(
        id=number,
        node=identity.node_id(),
        circle=circle.id,
        key=found.keys.public,
        people=max(found.people, 1),
        slots=found.slots,
        facts=found.facts,
        digest=hashlib.sha256(found.set).digest(),
        size=len(found.set),
        at=moment,
        until=max(now + (LASTS_IN_DANGER if row.in_danger else LASTS), moment),
    )
    kept = OwnPublication(
        id=number,
        circle=circle.id,
        people=signed.people,
        file=signed.signed(identity.signing_key()),
        tags=found.set,
        tables=_tables(len(found.entries) // ENTRY),
        at=moment,
        until=signed.until,
    )
    new_person_key(number)
    seal(kept, "sealed", KeyDocument(secret=found.keys.secret, public=found.keys.public))
    kept.save(force_insert=True)
    _put_tables(kept, found.entries)
    entry = journal.Entry(action="asking.made", subject=number, detail={"people": signed.people})
    journal.record(exchange_actor(), entry)
    _send_when_taken(kept, circle)
    return kept


def _moment_after(circle_id: UUID, now: datetime) -> datetime:
    """Now, and at least a day later than what others got before: they take nothing that is dated closer."""
    sent = OwnPublication.objects.filter(circle=circle_id, sent_at__isnull=False)
    last = sent.aggregate(last=Max("at"))["last"]
    return max(now, last + APART) if last else now


def _send_when_taken(row: OwnPublication, circle: Circle) -> None:
    """Made anew once in a day it leaves now, dated a day after the one before; more often, it waits for its day."""
    if row.at > clock.now() + APART:
        return
    row.sent_at = clock.now()
    row.save(update_fields=["sent_at"])
    _send(exchange_actor(), row, circle)


def end(row: OwnPublication) -> None:
    """Destroy the key of a publication: nothing is answered under it any more, nobody is meant by its tags."""
    erase_person(row.pk)
    row.held.all().delete()
    row.tags, row.sealed, row.ended_at = b"", None, clock.now()
    row.save(update_fields=["tags", "sealed", "ended_at"])


def people_of(row: OwnPublication, tags: Sequence[bytes]) -> list[set[UUID]]:
    """Whose each tag is; nobody's where it was made up. Raises NodeLocked."""
    places = {tag: _place(tag, row.tables) for tag in tags}
    held = {
        table.place: open_for_keeping(table, TagsDocument).entries
        for table in OwnTags.objects.filter(publication=row, place__in=set(places.values()))
    }
    return [_whose(tag, held.get(place, b"")) for tag, place in places.items()]


def _whose(tag: bytes, entries: bytes) -> set[UUID]:
    return {
        UUID(bytes=entries[at + TAG : at + ENTRY])
        for at in range(0, len(entries), ENTRY)
        if entries[at : at + TAG] == tag
    }


def _tables(count: int) -> int:
    """Into how many parts a table of so many entries falls: a power of two."""
    return 1 << max(count // IN_A_TABLE - 1, 0).bit_length()


def _place(tag: bytes, tables: int) -> int:
    return int.from_bytes(tag[:8], "big") >> (64 - tables.bit_length() + 1)


def _put_tables(row: OwnPublication, entries: bytes) -> None:
    parts: dict[int, bytearray] = {}
    for at in range(0, len(entries), ENTRY):
        parts.setdefault(_place(entries[at : at + TAG], row.tables), bytearray()).extend(entries[at : at + ENTRY])
    made_rows = [OwnTags(publication=row, place=place) for place in parts]
    for one in made_rows:
        seal(one, "sealed", TagsDocument(entries=bytes(parts[one.place])))
    insert(made_rows)


def _circle(circle_id: UUID) -> Circle:
    """A circle that binds us and is not over. Raises NotFound."""
    circle = next((one for one in rules.joined() if one.id == circle_id and one.until > clock.now()), None)
    if circle is None:
        raise NotFound
    return circle


def _send(by: Actor, row: OwnPublication, circle: Circle) -> None:
    members = trusted().filter(pk__in=circle.nodes).values_list("pk", flat=True)
    tags = bytes(row.tags)
    parts = [
        (row.pk, {"publication": row.pk.bytes, "place": place, "part": tags[at : at + PART_BYTES]})
        for place, at in enumerate(range(0, len(tags), PART_BYTES))
    ]
    for peer in rules.open_to(PUBLICATION, members):
        exchange.send(by=by, peer_id=peer, kind=PUBLICATION, subject=row.pk, body={"file": bytes(row.file)})
        exchange.send_many(by=by, peer_id=peer, kind=PART, messages=parts)
