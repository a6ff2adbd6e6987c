"""Counting people without a name, one at a time or as a phone kept them; each counts once, with what it was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.actions import MOST_AT_ONCE
from waystation.casework.codes import Service, TimeFrom
from waystation.casework.models import Unnamed, UnnamedService
from waystation.casework.supplies import ledger
from waystation.casework.supplies.models import Item
from waystation.casework.tally.codes import BELIEVABLE, CLOCK_OFF, LONGEST_WAIT, MOST_ROWS, Verdict
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound, Text
from waystation.people import cleaning
from waystation.people.codes import AgeBand, Sex
from waystation.web.components.cldr import day as day_in_words


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """Somebody served, or a group of one sex and age. Whoever counts makes the id; `at` is by their clock.

    `day` is chosen where that clock cannot be believed; `taken_back`: it was a slip of the thumb.
    """

    id: UUID
    post_id: UUID
    at: datetime
    sex: str
    age_band: str
    people: int = 1
    services: tuple[str, ...] = ()
    items: tuple[UUID, ...] = ()
    day: date | None = None
    taken_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of one count, and for a refused one why, by field."""

    id: UUID
    verdict: Verdict
    why: Mapping[str, Text]


@action("casework.count")
def count(*, by: Actor, draft: ContactDraft) -> Answer:
    """Count somebody now, at one's own post; sent again it counts once. Raises Invalid."""
    answer = _write(by, [draft], timedelta())[0]
    if answer.verdict == Verdict.REFUSED:
        raise Invalid(answer.why)
    return answer


@action("casework.count")
def sync(*, by: Actor, drafts: Sequence[ContactDraft], phone_now: datetime | None) -> list[Answer]:
    """Count what a phone kept, and answer for each; what cannot be counted does not hold up the others.

    `phone_now` is the phone's clock as it sends: where it is far off, all its times are moved by as much. Raises
    Invalid for more than a phone sends at once.
    """
    if len(drafts) > MOST_ROWS:
        raise Invalid({"contacts": _("Send at most %(most)d at once.") % {"most": MOST_ROWS}})
    off = clock.now() - phone_now if phone_now and phone_now.year in BELIEVABLE else timedelta()
    return _write(by, drafts, off if abs(off) > CLOCK_OFF else timedelta())


@action("casework.count")
def take_back(*, by: Actor, contact_id: UUID) -> Unnamed:
    """Take back, once, what one counted today; what was given is in stock again. Raises NotFound."""
    post_id = ledger.hold(by.post_id)
    row = Unnamed.objects.filter(pk=contact_id, by=by.account_id, post=post_id).first()
    if row is None or timezone.localdate(row.at) != clock.today():
        raise NotFound(_("There is nothing of yours from today to take back."))
    if row.taken_back_at is not None:
        return row
    ledger.settle(by=by, post_id=post_id, item_ids=_undo(by, row))
    journal.record(by, journal.Entry(action="tally.take_back", subject=row.pk, detail={"count": row.count}))
    return row


def _write(by: Actor, drafts: Sequence[ContactDraft], off: timedelta) -> list[Answer]:
    """Posts are held and ids are written in one order, so that two phones never wait for each other."""
    for post_id in sorted({draft.post_id for draft in drafts} & by.post_ids):
        ledger.hold(post_id)
    items = Item.objects.in_bulk({item for draft in drafts for item in draft.items})
    moved: dict[UUID, set[UUID]] = {}
    answers: dict[int, Answer] = {}
    for place, draft in sorted(enumerate(drafts), key=lambda pair: pair[1].id):
        try:
            verdict = _one(by, draft, off, items, moved)
        except Invalid as refused:
            answers[place] = Answer(id=draft.id, verdict=Verdict.REFUSED, why=refused.fields)
        else:
            answers[place] = Answer(id=draft.id, verdict=verdict, why={})
    for post_id, touched in moved.items():
        ledger.settle(by=by, post_id=post_id, item_ids=touched)
    fresh = sum(answer.verdict == Verdict.COUNTED for answer in answers.values())
    journal.record(by, journal.Entry(action="tally.count", detail={"sent": len(drafts), "counted": fresh}))
    return [answers[place] for place in range(len(drafts))]


def _one(
    by: Actor, draft: ContactDraft, off: timedelta, items: Mapping[UUID, Item], moved: dict[UUID, set[UUID]]
) -> Verdict:
    known = Unnamed.objects.filter(pk=draft.id).first()
    if known is None:
        _check(by, draft, items)
        day, at, time_from = _when(draft, off)
        known = Unnamed(
            id=draft.id,
            post_id=draft.post_id,
            day=day,
            at=at,
            time_from=time_from,
            sex=draft.sex,
            age_band=draft.age_band,
            count=draft.people,
            by=by.account_id,
            taken_back_at=clock.now() if draft.taken_back else None,
        )
        if draft.taken_back:
            return Verdict.TAKEN_BACK if _insert(known) else Verdict.ALREADY
        if _insert(known):
            given = [items[item] for item in dict.fromkeys(draft.items)]
            _give(by, known, draft, given)
            moved.setdefault(draft.post_id, set()).update(item.pk for item in given)
            return Verdict.COUNTED
        return Verdict.ALREADY
    if draft.taken_back and known.post_id in by.post_ids & {draft.post_id} and known.taken_back_at is None:
        moved.setdefault(known.post_id, set()).update(_undo(by, known))
        return Verdict.TAKEN_BACK
    return Verdict.ALREADY


def _insert(row: Unnamed) -> bool:
    """Write a count unless another phone or tab was quicker."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _give(by: Actor, row: Unnamed, draft: ContactDraft, given: Sequence[Item]) -> None:
    codes = dict.fromkeys([*draft.services, *(item.service for item in given)])
    UnnamedService.objects.bulk_create([UnnamedService(contact=row, code=code) for code in codes])
    quantities = {item.pk: 1 if item.shared else row.count for item in given}
    ledger.issue_to_contact(by=by, post_id=draft.post_id, contact=row.pk, day=row.day, moment=row.at, items=quantities)


def _undo(by: Actor, row: Unnamed) -> list[UUID]:
    row.taken_back_at = clock.now()
    row.save(update_fields=["taken_back_at"])
    return ledger.take_back_from_contact(by=by, post_id=row.post_id, contact=row.pk) if row.post_id else []


def _check(by: Actor, draft: ContactDraft, items: Mapping[UUID, Item]) -> None:
    errors: cleaning.Errors = {}
    if draft.post_id not in by.post_ids:
        errors["post"] = _("You do not work at the post where this was counted.")
    cleaning.require_code(Sex, draft.sex, "sex", errors)
    cleaning.require_code(AgeBand, draft.age_band, "age_band", errors)
    if not 1 <= draft.people <= MOST_AT_ONCE:
        errors["people"] = _("Count from 1 to %(most)d people at once.") % {"most": MOST_AT_ONCE}
    if set(draft.services) - set(Service.values):
        errors["services"] = _("Choose from the list: one of the codes is not known.")
    if set(draft.items) - set(items):
        errors["items"] = _("One of the things given is not in the book of this post.")
    cleaning.refuse(errors)


def _when(draft: ContactDraft, off: timedelta) -> tuple[date, datetime, TimeFrom]:
    """The day and the moment of a count, and who says so. Raises Invalid for a clock that cannot be believed."""
    now, today = clock.now(), clock.today()
    first = today - LONGEST_WAIT
    if draft.day is not None:
        if not first <= draft.day <= today:
            raise Invalid({"day": _("Choose today, or one of the last %(days)d days.") % {"days": LONGEST_WAIT.days}})
        return draft.day, min(clock.end_of(draft.day), now), TimeFrom.CHOSEN
    at = draft.at + off if draft.at.year in BELIEVABLE else now - 2 * LONGEST_WAIT
    if not first <= timezone.localdate(at) or at > now + CLOCK_OFF:
        said = {"day": day_in_words(draft.at.date())}
        raise Invalid({"day": _("By the phone's clock this was counted on %(day)s. Choose the day.") % said})
    at = min(at, now)
    return timezone.localdate(at), at, TimeFrom.MOVED if off else TimeFrom.CLOCK
