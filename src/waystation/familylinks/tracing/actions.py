"""Every write on tracing requests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import WaitingOn
from waystation.familylinks.tracing import guards, queries
from waystation.familylinks.tracing.codes import (
    ACKNOWLEDGE_WITHIN,
    BY_HAND,
    BY_OFFICER,
    OF_A_MATCH,
    OPEN,
    REPORT_EVERY,
    TABLE,
    Act,
    Ending,
    How,
    News,
    Refusal,
    Relation,
    State,
    TracingClock,
)
from waystation.familylinks.tracing.documents import NewsDocument, RequestDocument
from waystation.familylinks.tracing.fitting import fit
from waystation.familylinks.tracing.models import Told, TracingRequest, TracingStep
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import drawn_number
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import AgeBand, Sex
from waystation.vault import seal

NOTE = cleaning.LONGEST_NOTE


@dataclass(frozen=True, kw_only=True)
class RequestDraft:
    """A request as it is typed: coarse facts of the person sought, and the sealed rest."""

    relation: str
    document: RequestDocument
    sex: str = Sex.NOT_KNOWN
    age_band: str = AgeBand.NOT_KNOWN


@dataclass(frozen=True, kw_only=True)
class MoveDraft:
    """What goes with an act: why it is not taken up, to whom it went, how it ends, in codes and words."""

    act: str
    refusal: str = ""
    ending: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class NewsDraft:
    """What the enquirer was told, how, on which day, in which words; what they said."""

    how: str
    news: str = News.FOUND
    on: date | None = None
    words: str = ""
    answer: str = ""


@action("tracing.work")
def open_request(*, by: Actor, person_id: UUID, draft: RequestDraft) -> TracingRequest:
    """Write down that a person looks for somebody. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    document = _checked(draft)
    now = clock.now()
    row = TracingRequest(
        number=drawn_number("T"),
        person=person,
        relation=draft.relation,
        sex=draft.sex,
        age_band=draft.age_band,
        state=TABLE.first,
        state_at=now,
        opened_at=now,
        opened_by=by.account_id,
        owner=by.account_id,
        post_id=by.post_id,
    )
    seal(row, "sealed", document)
    row.save(force_insert=True)
    _remind(by, row, TracingClock.ACKNOWLEDGE, now + ACKNOWLEDGE_WITHIN)
    journal.about(by, "tracing.open", row)
    return row


@action("tracing.work")
def rewrite(*, by: Actor, request_id: UUID, draft: RequestDraft) -> TracingRequest:
    """Write down what became known of the person sought. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, request_id, lock=True)
    if row.state not in OPEN:
        raise Invalid({}, _("This request is closed. Look again first, then change it."))
    document = _checked(draft)
    before = queries.document_of(row, by=by)
    row.relation, row.sex, row.age_band = draft.relation, draft.sex, draft.age_band
    seal(row, "sealed", replace(document, not_taken_up=before.not_taken_up, sent_to=before.sent_to))
    row.save(update_fields=["relation", "sex", "age_band", "sealed"])
    journal.about(by, "tracing.rewrite", row)
    return row


@action("tracing.work")
def move(*, by: Actor, request_id: UUID, draft: MoveDraft) -> TracingRequest:
    """Do what an officer does by hand. Raises NotFound, WrongState, Invalid."""
    if draft.act not in BY_HAND:
        raise NotFound
    row = queries.get_for(by, request_id, lock=True)
    TABLE.after(row.state, draft.act)
    if says := guards.against(row, draft.act):
        raise Invalid({}, says)
    _say(by, row, draft)
    step(by, row, draft.act)
    if row.state not in OPEN:
        followups.drop_all(by=by, subject=row.pk)
    elif draft.act == Act.REOPEN:
        _remind(by, row, TracingClock.REPORT, clock.now() + REPORT_EVERY)
    return row


def step(by: Actor, row: TracingRequest, act: str) -> None:
    """Move a locked request along its table, with its dated step, inside the caller's action. Raises WrongState."""
    row.state, row.state_at = TABLE.after(row.state, act), clock.now()
    if row.state != State.CLOSED:
        row.ending = ""
    row.save(update_fields=["state", "state_at", "refusal", "ending", "sealed"])
    TracingStep.objects.create(request=row, act=act, state=row.state, at=row.state_at, by=by.account_id)
    # What would tell helpers that somebody may have been found does not stand on the page of the enquirer's record.
    person = None if act in OF_A_MATCH else row.person_id
    journal.record(by, journal.Entry(action=f"tracing.{act}", subject=row.pk, person=person))


@action("tracing.work")
def tell(*, by: Actor, request_id: UUID, draft: NewsDraft) -> Told:
    """Record what the enquirer was told. Raises NotFound, Invalid."""
    row = queries.get_for(by, request_id, lock=True)
    if draft.news not in BY_OFFICER:
        raise Invalid({"news": _("Choose one of the answers offered.")})
    return record_told(by, row, draft)


def record_told(by: Actor, row: TracingRequest, draft: NewsDraft) -> Told:
    """The enquirer of a locked request was told something, inside the caller's action. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(How, draft.how, "how", errors)
    on = draft.on or clock.today()
    if on > clock.today() or on < row.opened_at.date() - timedelta(days=1):
        errors["on"] = _("Choose a day between the request and today.")
    document = cleaning.texts(NewsDocument(words=draft.words, answer=draft.answer), errors, words=NOTE, answer=NOTE)
    if draft.news == News.FOUND and not document.words:
        errors["words"] = _("Write down what may be told, in the words of the person found.")
    cleaning.refuse(errors)
    told = Told(request=row, news=draft.news, how=draft.how, on=on, at=clock.now(), by=by.account_id)
    seal(told, "sealed", document)
    told.save(force_insert=True)
    row.told_at = told.at
    row.acknowledged_at = row.acknowledged_at or told.at
    row.save(update_fields=["told_at", "acknowledged_at"])
    _owe_next(by, row)
    journal.about(by, "tracing.tell", row)
    return told


def tell_found(by: Actor, row: TracingRequest, draft: NewsDraft) -> Told:
    """The enquirer of a locked request heard what somebody found allows, inside the caller's action. Raises Invalid."""
    told = record_told(by, row, replace(draft, news=News.FOUND))
    if TABLE.allows(row.state, Act.FIND):
        step(by, row, Act.FIND)
    return told


@action("tracing.work")
def take(*, by: Actor, request_id: UUID) -> TracingRequest:
    """Make it one's own. Raises NotFound."""
    row = queries.get_for(by, request_id, lock=True)
    row.owner = by.account_id
    row.save(update_fields=["owner"])
    followups.give_all(subject=row.pk, owner=by.account_id)
    journal.about(by, "tracing.take", row)
    return row


def _owe_next(by: Actor, row: TracingRequest) -> None:
    for kind in TracingClock:
        followups.finish_follow_up(by=by, kind=kind, subject=row.pk)
    if row.state in OPEN:
        _remind(by, row, TracingClock.REPORT, clock.now() + REPORT_EVERY)


def _remind(by: Actor, row: TracingRequest, kind: str, due_at: datetime) -> None:
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=Compartment.FAMILY_LINKS,
        person_id=row.person_id,
        due_at=due_at,
        owner=row.owner,
        waiting_on=WaitingOn.US,
    )


def _say(by: Actor, row: TracingRequest, draft: MoveDraft) -> None:
    """What an act needs beside it."""
    errors: cleaning.Errors = {}
    told: dict[str, Any] = {}
    if draft.act == Act.REFUSE:
        cleaning.require_code(Refusal, draft.refusal, "refusal", errors)
        row.refusal = draft.refusal
    if draft.act == Act.CLOSE:
        cleaning.require_code(Ending, draft.ending, "ending", errors)
        row.ending = draft.ending
    if field := WORDED.get(draft.act):
        if not draft.words.strip():
            errors["words"] = MISSING[draft.act]
        told[field] = draft.words
    cleaning.refuse(errors)
    if told:
        document = replace(queries.document_of(row, by=by), **told)
        seal(row, "sealed", cleaning.texts(document, errors, **dict.fromkeys(told, NOTE)))
        cleaning.refuse(dict.fromkeys(["words"], *errors.values()) if errors else {})


WORDED: Mapping[str, str] = {Act.REFUSE: "not_taken_up", Act.SEND: "sent_to"}
MISSING: Mapping[str, Any] = {
    Act.REFUSE: _("Say who else can help, so that nobody goes away with nothing."),
    Act.SEND: _("Say which society it went to, and how."),
}


def _checked(draft: RequestDraft) -> RequestDocument:
    errors: cleaning.Errors = {}
    cleaning.require_code(Relation, draft.relation, "relation", errors)
    cleaning.require_code(Sex, draft.sex, "sex", errors)
    cleaning.require_code(AgeBand, draft.age_band, "age_band", errors)
    document = fit(draft.document, errors)
    cleaning.refuse(errors)
    return document
