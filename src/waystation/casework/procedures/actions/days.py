"""Days that must not be missed: each warns a week ahead, two days ahead and on the day, until it is settled."""

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import DUE_WITHIN
from waystation.casework.followups.codes import State as ToDo
from waystation.casework.followups.models import FollowUp
from waystation.casework.procedures import queries
from waystation.casework.procedures.codes import (
    AHEAD,
    DAY_TABLE,
    KEEPS,
    Act,
    DayAct,
    DayKind,
    DayState,
    ProcedureClock,
    Work,
)
from waystation.casework.procedures.documents import DayDocument, EarlierDay
from waystation.casework.procedures.models import Day, Procedure
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.vault import open_document, open_documents, seal
from waystation.web.components.cldr import day as in_words

NOTE = cleaning.LONGEST_NOTE


@action("procedures.work")
def add_day(*, by: Actor, procedure_id: UUID, document: DayDocument) -> Day:
    """Write down a day that must not be missed; its warnings are set. Raises NotFound, Invalid."""
    row = queries.get_for(by, procedure_id, lock=True)
    refuse_ended(row)
    errors: cleaning.Errors = {}
    cleaning.require_code(DayKind, document.kind, "kind", errors)
    _check_moment(document.day, document.at, errors)
    cleaned = cleaning.texts(document, errors, place=NOTE, bring=NOTE)
    cleaning.refuse(errors)
    day = Day(procedure=row)
    seal(day, "sealed", replace(cleaned, state=DayState.OPEN, came="", earlier=()))
    day.save(force_insert=True)
    _warn(by, day, cleaned)
    journal.about(by, "procedures.day", row)
    return day


@action("procedures.work")
def move_day(*, by: Actor, day_id: UUID, document: DayDocument, why: str = "") -> Day:
    """Correct a day or move it; what stood there is kept, the warnings follow. Raises NotFound, WrongState, Invalid."""
    day = queries.day_for(by, day_id, lock=True)
    before = open_document(day, DayDocument, by=by)
    DAY_TABLE.after(before.state, DayAct.MOVE)
    refuse_ended(day.procedure)
    errors: cleaning.Errors = {}
    cleaning.require_code(DayKind, document.kind, "kind", errors)
    moved = (document.day, document.at) != (before.day, before.at)
    if moved:
        _check_moment(document.day, document.at, errors)
    cleaned = cleaning.texts(document, errors, place=NOTE, bring=NOTE)
    reason = cleaning.note(why)
    if problem := cleaning.too_long(reason, NOTE):
        errors["why"] = problem
    cleaning.refuse(errors)
    earlier = EarlierDay(day=before.day, at=before.at, why=reason, changed_at=clock.now(), by=by.account_id)
    kept = (*before.earlier, earlier) if moved else before.earlier
    after = replace(cleaned, state=before.state, came=before.came, earlier=kept)
    _keep(by, day, after, "procedures.day_moved")
    followups.drop_all(by=by, subject=day.pk)
    _warn(by, day, after)
    return day


@action("procedures.work")
def say_what_became(*, by: Actor, day_id: UUID, act: str, words: str = "") -> Day:
    """Kept, missed, called off, or open again after all. Raises NotFound, WrongState, Invalid."""
    day = queries.day_for(by, day_id, lock=True)
    said = open_document(day, DayDocument, by=by)
    if act == DayAct.MOVE or act not in DayAct.values:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    state = DayState(DAY_TABLE.after(said.state, act))
    refuse_ended(day.procedure)
    errors: cleaning.Errors = {}
    after = cleaning.texts(replace(said, state=state.value, came=words), errors, came=NOTE)
    cleaning.refuse(errors)
    _keep(by, day, after, f"procedures.day_{act}")
    settle(by, day, state)
    if state == DayState.OPEN:
        _warn(by, day, after)
    if state == DayState.MISSED:
        _open(by, day, ProcedureClock.MISSED, clock.end_of(clock.today()), _in_words(after))
    return day


@action("procedures.work")
def see_to(*, by: Actor, day_id: UUID) -> int:
    """Ready as far as today: the warning that is due ends, the next opens, the day itself stays. Raises NotFound.

    Returns how many warnings ended.
    """
    day = queries.day_for(by, day_id, lock=True)
    due = FollowUp.objects.filter(subject=day.pk, state=ToDo.OPEN, due_at__lte=clock.now() + DUE_WITHIN)
    kinds = set(due.exclude(kind=ProcedureClock.DAY).values_list("kind", flat=True))
    ended = sum(followups.finish_follow_up(by=by, kind=kind, subject=day.pk) for kind in sorted(kinds))
    said = open_document(day, DayDocument, by=by)
    if ended and said.state == DayState.OPEN:
        _warn_ahead(by, day, said, after=clock.now() + DUE_WITHIN)
    journal.about(by, "procedures.day_seen_to", day.procedure)
    return ended


@action("procedures.work")
def export_days(*, by: Actor, whose: str = "", within: int | None = None) -> list[queries.Coming]:
    """The list of days to come as it leaves for a file: without names and places. Raises NotAllowed, BudgetSpent."""
    rows = queries.days_to_come(by, whose=whose, within=within).order_by("due_at", "pk")
    journal.record(by, journal.Entry(action="procedures.export"))
    return queries.coming(rows, by=by)


def settle(by: Actor, day: Day, state: DayState) -> None:
    """Nothing more warns of a day; it counts as done when it was kept."""
    if state == DayState.KEPT:
        followups.finish_follow_up(by=by, kind=ProcedureClock.DAY, subject=day.pk)
    followups.drop_all(by=by, subject=day.pk)


def keep_days(by: Actor, row: Procedure, act: str) -> None:
    """A step says that days were kept: an appeal its last day, a hearing the days of hearings that have come."""
    for day, said in _open_days(by, row):
        has_come = said.day is not None and said.day <= clock.today()
        if DayKind(said.kind) in KEEPS.get(act, frozenset()) and (act == Act.APPEAL or has_come):
            _keep(by, day, replace(said, state=DayState.KEPT.value), f"procedures.day_{DayAct.KEEP}")
            settle(by, day, DayState.KEPT)


def quiet(by: Actor, row: Procedure) -> None:
    """A procedure has ended: none of its days warns any more."""
    for day, _said in _open_days(by, row):
        followups.drop_all(by=by, subject=day.pk)


def warn_again(by: Actor, row: Procedure) -> None:
    """It has not ended after all: its days warn again."""
    for day, said in _open_days(by, row):
        _warn(by, day, said)


def refuse_ended(row: Procedure) -> None:
    """Raises Invalid for a procedure that has ended."""
    if row.state == Work.ENDED:
        raise Invalid({}, _("This has ended. Take the last step back first."))


def moment(day: date, at: str) -> datetime:
    """When it is too late: the time told, or the end of the day."""
    if not at:
        return clock.end_of(day)
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(at)))


def _open_days(by: Actor, row: Procedure) -> list[tuple[Day, DayDocument]]:
    days = list(Day.objects.select_for_update(of=("self",)).filter(procedure=row).select_related("procedure"))
    texts = open_documents(days, DayDocument, by=by)
    return [(day, texts[day.pk]) for day in days if day.pk in texts and texts[day.pk].state == DayState.OPEN]


def _check_moment(day: date | None, at: str, errors: cleaning.Errors) -> None:
    if day is None:
        errors["day"] = _("Say on which day.")
    elif day < clock.today():
        errors["day"] = _("This day has passed. Choose a day to come.")
    try:
        time.fromisoformat(at or "00:00")
    except ValueError:
        errors["at"] = _("Write the time like 09:30.")


def _warn(by: Actor, day: Day, said: DayDocument) -> None:
    assert said.day is not None
    _warn_ahead(by, day, said, after=clock.now())
    _open(by, day, ProcedureClock.DAY, moment(said.day, said.at), _in_words(said))


def _warn_ahead(by: Actor, day: Day, said: DayDocument, after: datetime) -> None:
    """The first warning that is still ahead, if any is."""
    assert said.day is not None
    for kind, ahead in AHEAD.items():
        due = clock.end_of(said.day - ahead)
        if due > after:
            _open(by, day, kind, due, _in_words(said))
            return


def _in_words(said: DayDocument) -> str:
    parts = (str(DayKind(said.kind).label), in_words(said.day), said.at, said.place.replace("\n", " "))
    return ", ".join(part for part in parts if part)


def _open(by: Actor, day: Day, kind: ProcedureClock, due_at: datetime, text: str) -> None:
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=day.pk,
        compartment=Compartment.LEGAL,
        person_id=day.procedure.person_id,
        due_at=due_at,
        owner=day.procedure.owner,
        text=text[:NOTE],
    )


def _keep(by: Actor, day: Day, said: DayDocument, name: str) -> None:
    seal(day, "sealed", said)
    day.save(update_fields=["sealed"])
    journal.about(by, name, day.procedure)
