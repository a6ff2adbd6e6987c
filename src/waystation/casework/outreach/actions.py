"""Every write about outreach."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.codes import Service
from waystation.casework.followups import actions as followups
from waystation.casework.outreach import queries
from waystation.casework.outreach.codes import (
    TABLE,
    VISIT_EVERY,
    Act,
    CalledOff,
    Check,
    DoorKind,
    Fear,
    OutreachClock,
    PlaceKind,
    State,
    Way,
)
from waystation.casework.outreach.models import (
    Contact,
    Door,
    DoorDocument,
    Place,
    PlaceDocument,
    Round,
    RoundDocument,
)
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import cleaning
from waystation.people.codes import AgeBand, Sex
from waystation.vault import new_person_key, open_document, seal

NOTE, LINE = cleaning.LONGEST_NOTE, 200


@action("outreach.plan")
def add_door(*, by: Actor, kind: str, document: DoorDocument) -> Door:
    """Write down who opens a door for us. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(DoorKind, kind, "kind", errors)
    cleaned = cleaning.texts(document, errors, name=LINE, contact=LINE, known_to=LINE, note=NOTE)
    if not cleaned.name:
        errors["name"] = _("Say who it is.")
    cleaning.refuse(errors)
    row = Door(kind=kind, seen_on=clock.today())
    _keep(by, row, cleaned, "outreach.door")
    _next_visit(by, row)
    return row


@action("outreach.plan")
def look_in(*, by: Actor, door_id: UUID) -> Door:
    """We were there; the next visit is set. Raises NotFound."""
    row = _door(door_id)
    row.seen_on, row.is_active = clock.today(), True
    row.save(update_fields=["seen_on", "is_active"])
    _next_visit(by, row)
    _journal(by, "outreach.look_in", row.pk)
    return row


@action("outreach.plan")
def pause_door(*, by: Actor, door_id: UUID) -> Door:
    """They open no doors for now: nobody is sent there. Raises NotFound."""
    row = _door(door_id)
    row.is_active = False
    row.save(update_fields=["is_active"])
    followups.drop_all(by=by, subject=row.pk)
    _journal(by, "outreach.pause_door", row.pk)
    return row


@action("outreach.plan")
def add_place(*, by: Actor, kind: str, document: PlaceDocument) -> Place:
    """Write down where people are. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(PlaceKind, kind, "kind", errors)
    cleaned = cleaning.texts(document, errors, name=LINE, how=NOTE, risk=NOTE)
    if not cleaned.name:
        errors["name"] = _("Say which place.")
    cleaning.refuse(errors)
    row = Place(kind=kind)
    _keep(by, row, cleaned, "outreach.place")
    return row


@dataclass(frozen=True, kw_only=True)
class RoundDraft:
    """A round to plan."""

    place_id: UUID
    way: str
    starts_at: datetime
    document: RoundDocument
    door_id: UUID | None = None


@action("outreach.plan")
def plan(*, by: Actor, draft: RoundDraft) -> Round:
    """Plan a round; it stands under To do on its day. Raises NotFound, Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(Way, draft.way, "way", errors)
    if draft.starts_at <= clock.now():
        errors["starts_at"] = _("Choose a time to come.")
    cleaned = cleaning.texts(draft.document, errors, purpose=NOTE, team=LINE)
    cleaning.refuse(errors)
    place = Place.objects.filter(pk=draft.place_id, is_active=True).first()
    if place is None:
        raise NotFound
    row = Round(
        place=place,
        door=_open_door(draft.door_id) if draft.door_id else None,
        post_id=by.post_id,
        way=draft.way,
        starts_at=draft.starts_at,
        state_at=clock.now(),
        made_by=by.account_id,
    )
    _keep(by, row, cleaned, "outreach.plan")
    _clock(by, OutreachClock.ROUND, row.pk, draft.starts_at)
    return row


@action("outreach.go")
def set_out(*, by: Actor, round_id: UUID, checks: Sequence[str]) -> Round:
    """Set out, once everything that keeps us and others safe was checked. Raises NotFound, WrongState, Invalid."""
    row = queries.round_for(by, round_id, lock=True)
    end = TABLE.after(row.state, Act.SET_OUT)
    if missing := [check for check in Check if check.value not in checks]:
        raise Invalid({"checks": _("Not yet so: %(what)s.") % {"what": "; ".join(str(one.label) for one in missing)}})
    return _move(by, row, end, "outreach.set_out", checks=tuple(Check.values))


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """Somebody met. `fears` are codes of `Fear`, `services` of the desk's services."""

    sex: str = Sex.NOT_KNOWN
    age_band: str = AgeBand.NOT_KNOWN
    through_door: bool = False
    services: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()


@action("outreach.go")
def meet(*, by: Actor, round_id: UUID, contact_id: UUID, draft: ContactDraft) -> Contact:
    """Write down a contact; sent again with the same id it counts once. Raises NotFound, WrongState, Invalid."""
    row = queries.round_for(by, round_id, lock=True)
    known = Contact.objects.filter(pk=contact_id).first()
    if known is not None and known.round_id == row.pk:
        return known
    if known is not None:
        raise NotFound
    TABLE.after(row.state, Act.MEET)
    errors: cleaning.Errors = {}
    cleaning.require_code(Sex, draft.sex, "sex", errors)
    cleaning.require_code(AgeBand, draft.age_band, "age_band", errors)
    if set(draft.fears) - set(Fear.values) or set(draft.services) - set(Service.values):
        errors["fears"] = _("Choose from the list: one of the codes is not known.")
    cleaning.refuse(errors)
    return Contact.objects.create(
        id=contact_id,
        round=row,
        day=clock.today(),
        sex=draft.sex,
        age_band=draft.age_band,
        through_door=draft.through_door and row.door_id is not None,
        services=sorted(set(draft.services)),
        fears=sorted(set(draft.fears)),
    )


@action("outreach.go")
def take_back(*, by: Actor, round_id: UUID, contact_id: UUID) -> None:
    """Take a contact back while the round is under way. Raises NotFound, WrongState."""
    row = queries.round_for(by, round_id, lock=True)
    TABLE.after(row.state, Act.MEET)
    gone, _rows = Contact.objects.filter(pk=contact_id, round=row).delete()
    if not gone:
        raise NotFound


@action("outreach.go")
def end(*, by: Actor, round_id: UUID, heard: str = "") -> Round:
    """We are back. Raises NotFound, WrongState, Invalid."""
    row = queries.round_for(by, round_id, lock=True)
    state = TABLE.after(row.state, Act.END)
    _finish(by, row)
    return _move(by, row, state, "outreach.end", heard=heard)


@action("outreach.go")
def call_off(*, by: Actor, round_id: UUID, why: str, words: str = "") -> Round:
    """It does not take place, or not to its end. Raises NotFound, WrongState, Invalid."""
    row = queries.round_for(by, round_id, lock=True)
    state = TABLE.after(row.state, Act.CALL_OFF)
    errors: cleaning.Errors = {}
    cleaning.require_code(CalledOff, why, "why", errors)
    cleaning.refuse(errors)
    row.called_off = why
    _finish(by, row)
    return _move(by, row, state, "outreach.call_off", called_off=words)


def _move(by: Actor, row: Round, state: str, name: str, **said: object) -> Round:
    errors: cleaning.Errors = {}
    document = replace(open_document(row, RoundDocument, by=by), **said)  # type: ignore[arg-type]
    seal(row, "sealed", cleaning.texts(document, errors, heard=NOTE, called_off=NOTE))
    cleaning.refuse(errors)
    row.state, row.state_at = State(state), clock.now()
    row.save(update_fields=["state", "state_at", "called_off", "sealed"])
    _journal(by, name, row.pk)
    return row


def _keep(
    by: Actor, row: Door | Place | Round, document: DoorDocument | PlaceDocument | RoundDocument, name: str
) -> None:
    new_person_key(row.pk)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    _journal(by, name, row.pk)


def _door(door_id: UUID) -> Door:
    row = Door.objects.filter(pk=door_id).first()
    if row is None:
        raise NotFound
    return row


def _open_door(door_id: UUID) -> Door:
    row = _door(door_id)
    if not row.is_active:
        raise NotFound
    return row


def _next_visit(by: Actor, row: Door) -> None:
    followups.finish_follow_up(by=by, kind=OutreachClock.VISIT, subject=row.pk)
    _clock(by, OutreachClock.VISIT, row.pk, clock.now() + VISIT_EVERY)


def _finish(by: Actor, row: Round) -> None:
    followups.finish_follow_up(by=by, kind=OutreachClock.ROUND, subject=row.pk)


def _clock(by: Actor, kind: str, subject: UUID, due_at: datetime) -> None:
    followups.open_follow_up(
        by=by, kind=kind, subject=subject, compartment=Compartment.BASIC, due_at=due_at, owner=by.account_id
    )


def _journal(by: Actor, name: str, subject: UUID) -> None:
    journal.record(by, journal.Entry(action=name, subject=subject))
