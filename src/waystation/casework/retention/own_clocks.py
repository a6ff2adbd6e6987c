"""The clocks of what is kept so far (DOMAIN.md 2.1): people, consents, meetings, and this room's own rows."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDay
from django.utils.translation import gettext_lazy as _

from waystation.casework import clocks
from waystation.casework.cases.codes import OPEN_STATES
from waystation.casework.cases.models import Case
from waystation.casework.clocks import YEAR, Block, Clock, Then
from waystation.casework.codes import OPEN
from waystation.casework.followups.codes import State
from waystation.casework.followups.models import FollowUp
from waystation.casework.models import Encounter, Need, ServiceGiven
from waystation.casework.retention import periods, queries
from waystation.casework.retention.actions.requests import forget_words
from waystation.casework.retention.codes import ACTIVE
from waystation.casework.retention.models import Done, Hold, Kept, Proof, Wish
from waystation.kernel import clock
from waystation.people.codes import ConsentState, Purpose
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person
from waystation.vault import PersonErased, seal
from waystation.vault.problems import SealBroken
from waystation.vault.sealing import open_for_keeping

CHUNK = 200
"""Rows that an automatic clock does in one transaction, so that nobody at a desk waits for it."""

WISH, DORMANT, OVER = "person.wish", "person.dormant", "person.over"
SINCE = Coalesce("last_met_at", "registered_at")


def _own(rows: "QuerySet[Any]") -> Exists:
    """Whether a person, or a record joined in them, has such a row."""
    return Exists(rows.filter(Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk"))))


def _at_rest(before: datetime) -> "QuerySet[Person]":
    """People not met since a moment, whom no hold and no earlier review keeps, with `since`."""
    met_after = Person.objects.filter(merged_into=OuterRef("pk"), last_met_at__gte=before)
    return (
        Person.objects.filter(erased_at__isnull=True, sealed_at__isnull=True, merged_into__isnull=True)
        .filter(Q(last_met_at__lt=before) | Q(last_met_at__isnull=True, registered_at__lt=before))
        .exclude(Exists(met_after))
        .exclude(_own(Hold.objects.filter(state__in=ACTIVE)))
        .exclude(_own(Kept.objects.filter(until__gt=clock.today())))
        .annotate(since=SINCE)
    )


def dormant(before: datetime) -> "QuerySet[Person]":
    """Nobody met them, nothing is open, no consent stands."""
    # One without a last day stands for ever: it must not keep a record for ever too.
    people = _at_rest(before).exclude(
        _own(Consent.objects.filter(state=ConsentState.GIVEN, expires_on__gte=clock.today()))
    )
    for block in clocks.blocks():
        people = people.exclude(_own(block.rows()))
    return people


def over(before: datetime) -> "QuerySet[Person]":
    """Nobody met them for so long that even an open need waits in vain. Who looks for family stays."""
    people = _at_rest(before)
    for block in clocks.blocks():
        if block.keeps:
            people = people.exclude(_own(block.rows()))
    return people


def wished(_before: datetime) -> "QuerySet[Person]":
    """They asked to be erased while a hold stood, and it stands no more."""
    people = Person.objects.filter(erased_at__isnull=True, sealed_at__isnull=True, merged_into__isnull=True)
    return (
        people.filter(_own(Wish.objects.all()))
        .exclude(_own(Hold.objects.filter(state__in=ACTIVE)))
        .annotate(since=SINCE)
    )


def open_needs() -> "QuerySet[Need]":
    """What people still wait for."""
    return Need.objects.filter(state__in=OPEN)


def open_cases() -> "QuerySet[Case]":
    """Cases that are not closed."""
    return Case.objects.filter(state__in=OPEN_STATES)


def open_follow_ups() -> "QuerySet[FollowUp]":
    """What any room still has to do about someone."""
    return FollowUp.objects.filter(state=State.OPEN)


def tracing() -> "QuerySet[Consent]":
    """Consents to look for family that stand."""
    return Consent.objects.filter(state=ConsentState.GIVEN, purpose=Purpose.TRACING, expires_on__gte=clock.today())


def forget_consent_words(code: str, state: Q) -> int:
    """Take the words of consents that are over: who must never be told stays, for that holds for ever."""
    done = Done.objects.filter(clock=code, row=OuterRef("pk"))
    # Sealed away: there is nothing that this node could take out of it.
    here = Consent.objects.filter(state, sealed__isnull=False, person__sealed_at__isnull=True)
    rows = list(here.exclude(Exists(done)).exclude(person__in=queries.held().values("pk"))[:CHUNK])
    for row in rows:
        try:
            withheld = open_for_keeping(row, ConsentDocument).withheld
            seal(row, "sealed", ConsentDocument(withheld=withheld))
            row.save(update_fields=["sealed"])
        except (PersonErased, SealBroken):
            continue
    Done.objects.bulk_create([Done(clock=code, row=row.pk) for row in rows])
    return len(rows)


def withdrawn(before: datetime) -> int:
    """Consents that were taken back before a moment."""
    state = Q(state=ConsentState.WITHDRAWN, withdrawn_at__lt=before)
    return forget_consent_words("consent.withdrawn", state)


def expired(before: datetime) -> int:
    """Consents whose last day is long over."""
    state = Q(state=ConsentState.GIVEN, expires_on__lt=before.date())
    return forget_consent_words("consent.expired", state)


def forget_hours(before: datetime) -> int:
    """Meetings without a person keep the day and lose the hour, so that nobody is found by when they came."""
    sharp = Encounter.objects.filter(person__isnull=True, met_at__lt=before).exclude(met_at=TruncDay("met_at"))
    ids = list(sharp.values_list("pk", flat=True)[:CHUNK])
    Encounter.objects.filter(pk__in=ids).update(met_at=TruncDay("met_at"))
    Need.objects.filter(encounter__in=ids, person__isnull=True).update(
        recorded_at=TruncDay("recorded_at"), state_at=TruncDay("state_at")
    )
    ServiceGiven.objects.filter(encounter__in=ids, person__isnull=True).update(given_at=TruncDay("given_at"))
    return len(ids)


def forget_requests(before: datetime) -> int:
    """What identifies in old requests of authorities."""
    return forget_words(before.date(), CHUNK)


def forget_proofs(before: datetime) -> int:
    """Proofs that nobody took for so long."""
    ids = list(Proof.objects.filter(at__lt=before).values_list("pk", flat=True)[:CHUNK])
    Proof.objects.filter(pk__in=ids).delete()
    return len(ids)


def run(one: Clock, days: int) -> int:
    """Let an automatic clock do all that is due, in short transactions. How many rows."""
    assert one.act is not None
    count, moment = 0, periods.before(days)
    while True:
        with transaction.atomic():
            done = one.act(moment)
        count += done
        if done < CHUNK:
            return count


def last_day(since: date, days: int) -> date:
    """When a clock is over that began on a day."""
    return since + timedelta(days=days)


CLOCKS = (
    Clock(
        code=WISH,
        order=10,
        says=_("A person who asked to be erased while a legal hold stood"),
        since=_("the end of the hold"),
        days=0,
        then=Then.ANONYMISE,
        rows=wished,
        fixed=True,
    ),
    Clock(
        code=OVER,
        order=20,
        says=_("A person whom nobody met, unless they look for family or a legal hold stands"),
        since=_("the last meeting"),
        days=5 * YEAR,
        then=Then.ANONYMISE,
        rows=over,
    ),
    Clock(
        code=DORMANT,
        order=30,
        says=_("A person whom nobody met, with no open need and no consent that stands"),
        since=_("the last meeting"),
        days=2 * YEAR,
        then=Then.REVIEW,
        rows=dormant,
    ),
    Clock(
        code="consent.withdrawn",
        order=40,
        says=_("What was written about a consent that was taken back (who must never be told is kept)"),
        since=_("the day it was taken back"),
        days=30,
        then=Then.WORDS,
        act=withdrawn,
    ),
    Clock(
        code="consent.expired",
        order=41,
        says=_("What was written about a consent that is over (who must never be told is kept)"),
        since=_("its last day"),
        days=YEAR,
        then=Then.WORDS,
        act=expired,
    ),
    Clock(
        code="meeting.nameless",
        order=50,
        says=_("The hour of a meeting without a person; the day stays, for counts"),
        since=_("the meeting"),
        days=90,
        then=Then.WORDS,
        act=forget_hours,
    ),
    Clock(
        code="authority.request",
        order=60,
        says=_("Who asked for an authority, and about whom"),
        since=_("the day they asked"),
        days=5 * YEAR,
        then=Then.WORDS,
        act=forget_requests,
    ),
    Clock(
        code="erasure.proof",
        order=61,
        says=_("The proof of an erasure, on this node; the person may have taken it"),
        since=_("the erasure"),
        days=90,
        then=Then.ERASE,
        act=forget_proofs,
    ),
    Clock(
        code="vault.opening",
        order=90,
        says=_("Which account opened which record in an hour, for the limit of people an hour"),
        since=_("the hour"),
        days=2,
        then=Then.ERASE,
        fixed=True,
    ),
    Clock(
        code="vault.epoch",
        order=91,
        says=_("Whatever an older copy of this node could still open of a person who was erased or sealed away"),
        since=_("the last change of the epoch key"),
        days=30,
        then=Then.ERASE,
        fixed=True,
    ),
)


BLOCKS = (
    Block(code="needs", says=_("A need is open. Say what became of it first."), rows=open_needs),
    Block(code="cases", says=_("A case is open. Close it first."), rows=open_cases),
    Block(code="to-do", says=_("Something is still to be done about this person. End it first."), rows=open_follow_ups),
    Block(code="tracing", says=_("This person looks for family, and allows it still."), rows=tracing, keeps=True),
)


def declare() -> None:
    """Register them all."""
    for one in CLOCKS:
        clocks.register(one)
    for block in BLOCKS:
        clocks.register_block(block)
