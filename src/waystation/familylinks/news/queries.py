"""The only door to family news, to what was counted at posts, and to who is safe and well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from waystation.casework.followups.models import FollowUp
from waystation.casework.followups.queries import visible_to as follow_ups
from waystation.familylinks.news.codes import (
    READ_WHERE_DELIVERED,
    TABLE,
    TOLD,
    WEEKS_SHOWN,
    Act,
    Audience,
    Reached,
    State,
    WellState,
)
from waystation.familylinks.news.documents import AddressDocument, WellDocument, WordsDocument
from waystation.familylinks.news.models import ContactSession, RedCrossMessage, SafeAndWell
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.codes import ConsentState
from waystation.people.models import Person
from waystation.vault import open_document, open_documents


def visible_to(actor: Actor, permission: str = "news.view") -> QuerySet[RedCrossMessage]:
    """Messages this actor may see; one that was taken back before it came is nobody's matter."""
    return RedCrossMessage.objects.filter(policies.rows(actor, permission)).exclude(number="")


def get_for(actor: Actor, message_id: UUID, *, permission: str = "news.view", lock: bool = False) -> RedCrossMessage:
    """One message. Raises NotFound."""
    rows = visible_to(actor, permission).select_related("person", "came_from", "office", "sent_to", "reply_to")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=message_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> QuerySet[RedCrossMessage]:
    """What a person wrote, and answers that came for them, the newest first."""
    rows = visible_to(by).filter(person__in=people.one_person_ids(person)).select_related("came_from")
    return rows.order_by("-made_at", "pk")


def works(actor: Actor) -> bool:
    """Whether this actor works on family news and opens it."""
    return policies.permits(actor, "news.work") and actor.opens(Compartment.FAMILY_LINKS)


def may_know_address(row: RedCrossMessage, *, by: Actor) -> bool:
    """Whether the actor may know to whom it goes: who writes it down while they do, and family-links officers."""
    return row.made_by == by.account_id if row.state == State.DRAFT else works(by)


def may_read(row: RedCrossMessage, *, by: Actor) -> bool:
    """Whether the actor may read what it says.

    Who writes it down reads it back; any officer reads what waits to be checked; what was given back only who checked
    it and who wrote it down; on the road nobody; where it is delivered, any officer.
    """
    if row.state == State.DRAFT:
        return row.made_by == by.account_id
    if row.state == State.RETURNED:
        return works(by) and by.account_id in {row.checked_by, row.made_by}
    read = row.state == State.WRITTEN or (row.is_here and row.state in READ_WHERE_DELIVERED)
    return works(by) and read


def addresses(rows: Iterable[RedCrossMessage], *, by: Actor) -> dict[UUID, AddressDocument]:
    """To whom messages go, by id, as far as this actor may know. Raises BudgetSpent, NodeLocked."""
    return open_documents([row for row in rows if may_know_address(row, by=by)], AddressDocument, by=by)


def address_of(row: RedCrossMessage, *, by: Actor) -> AddressDocument:
    """To whom one goes; nothing for who may not know, and once it is forgotten."""
    return addresses([row], by=by).get(row.pk, AddressDocument())


def words_of(row: RedCrossMessage, *, by: Actor) -> WordsDocument | None:
    """What it says; None for who may not read it now, and once the words are forgotten."""
    if row.words is None or not may_read(row, by=by):
        return None
    return open_document(row, WordsDocument, by=by)


def may(row: RedCrossMessage, *, by: Actor) -> dict[str, bool]:
    """What this actor may do with a message now, for its page."""
    acts, works_here = TABLE.acts(row.state), works(by) and row.is_here
    mine = row.state == State.DRAFT and row.made_by == by.account_id
    waits = works_here and row.state in {State.CHECKED, State.ARRIVED}
    return {
        "write": mine,
        "check": works(by) and Act.CHECK in acts and row.made_by != by.account_id,
        "send": waits and (row.office_id is not None or not row.is_ours),
        "deliver": waits and row.office_id is None,
        "end": works_here and row.state == State.DELIVERING,
        "answer": works_here and row.state in {State.DELIVERED, State.REPLIED},
        "tell": works(by) and row.is_ours and row.state in TOLD and row.told_at is None,
        "close": works(by) and Act.CLOSE in acts,
        "back": row.is_ours and Act.WITHDRAW in acts and (row.state != State.DRAFT or mine),
        "print": works_here and row.state in READ_WHERE_DELIVERED,
        "print_back": row.state == State.RETURNED and may_read(row, by=by),
    }


def due(rows: Iterable[RedCrossMessage], *, by: Actor) -> dict[UUID, FollowUp]:
    """What is owed next about messages, by message; the newest where there are several."""
    owed = follow_ups(by).filter(subject__in=[row.pk for row in rows], state="open")
    return {one.subject: one for one in owed.order_by("opened_at", "pk")}


# --- Calls, Wi-Fi, charging


@dataclass(kw_only=True)
class Week:
    """A week of one post from its Monday: sessions by kind, minutes of all calls, and of whom somebody was reached."""

    first: date
    sessions: dict[str, int] = field(default_factory=dict)
    minutes: int = 0
    reached: int = 0

    @property
    def people(self) -> int:
        """All sessions."""
        return sum(self.sessions.values())


def weeks(actor: Actor, post_id: UUID) -> list[Week]:
    """The last weeks of a post, the first first; what was taken back is not counted. Raises NotAllowed."""
    policies.require(actor, "news.count")
    today = clock.today()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_SHOWN - 1)
    found = {first + timedelta(weeks=n): Week(first=first + timedelta(weeks=n)) for n in range(WEEKS_SHOWN)}
    rows = ContactSession.objects.filter(
        contact__post=post_id, contact__day__gte=first, contact__day__lte=today, contact__taken_back_at__isnull=True
    ).order_by()
    sums = rows.values_list("contact__day", "kind").annotate(
        many=Count("pk"), told=Sum("minutes"), met=Count("pk", filter=Q(reached=Reached.YES))
    )
    for day, kind, many, minutes, reached in sums:
        week = found[day - timedelta(days=day.weekday())]
        week.sessions[kind] = week.sessions.get(kind, 0) + many
        week.minutes += minutes or 0
        week.reached += reached
    return list(found.values())


# --- Safe and well


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What a matcher may know of a person who said that they are safe and well: to whom that may be told, until when.

    With the audience NOBODY the person is never told of, to whoever asks.
    """

    id: UUID
    person_id: UUID
    audience: Audience
    until: date
    said_at: datetime


def standing_notices(person_ids: Iterable[UUID] | None = None) -> dict[UUID, Notice]:
    """The notices that hold today, by the number that stands for the person; of some people, or of all.

    For rooms that match, which ask their own permission: nothing sealed is opened, and a consent that was taken back
    or is over allows nothing, whatever the notice says.
    """
    rows = SafeAndWell.objects.filter(state=WellState.STANDS, expires_on__gte=clock.today()).filter(
        Q(audience=Audience.NOBODY) | Q(consent__state=ConsentState.GIVEN, consent__expires_on__gte=clock.today())
    )
    if person_ids is not None:
        wanted = list(person_ids)
        rows = rows.filter(Q(person__in=wanted) | Q(person__merged_into__in=wanted))
    told = rows.filter(person__erased_at__isnull=True, person__sealed_at__isnull=True).order_by("made_at", "pk")
    found = {}
    for row in told.select_related("person"):
        root = row.person.merged_into_id or row.person_id
        found[root] = Notice(
            id=row.pk, person_id=root, audience=Audience(row.audience), until=row.expires_on, said_at=row.made_at
        )
    return found


def notices(actor: Actor, permission: str = "news.view") -> QuerySet[SafeAndWell]:
    """Notices of people this actor may see."""
    return SafeAndWell.objects.filter(policies.rows(actor, permission))


def notice_of(person: Person, *, by: Actor) -> SafeAndWell | None:
    """What a person says of it now, if they said anything; also when its last day has passed."""
    rows = notices(by).filter(person__in=people.one_person_ids(person), state=WellState.STANDS)
    return rows.order_by("-made_at").first()


def notice_for(actor: Actor, notice_id: UUID, *, permission: str = "news.view", lock: bool = False) -> SafeAndWell:
    """One notice. Raises NotFound."""
    rows = notices(actor, permission).select_related("person", "consent")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=notice_id).first()
    if row is None:
        raise NotFound
    return row


def well_words(rows: Sequence[SafeAndWell], *, by: Actor) -> dict[UUID, WellDocument]:
    """What may be told, by notice; nothing for who does not work on family news."""
    return open_documents(list(rows), WellDocument, by=by) if works(by) else {}
