"""Telling a family that somebody has died: only after an authority confirmed it, planned, by a trained officer with a
second person beside them. Before that nothing of it reaches the family."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions.lost import trained
from waystation.familylinks.missing.codes import STANDING, TELLINGS, MissingClock, State, TellingAct
from waystation.familylinks.missing.documents import TellingDocument
from waystation.familylinks.missing.models import Hypothesis, Telling
from waystation.familylinks.tracing import actions as tracing_actions
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.codes import TABLE
from waystation.familylinks.tracing.codes import Act as TracingAct
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.tongues import LANGUAGES
from waystation.vault import new_person_key, open_document, seal

LINE, NOTE = cleaning.LONGEST_NAME, cleaning.LONGEST_NOTE


@dataclass(frozen=True, kw_only=True)
class TellingDraft:
    """When, with whom beside us, where, in which language, with which support; when told: to whom, what they said."""

    on: date
    document: TellingDocument


@action("missing.notify")
def plan_telling(*, by: Actor, hypothesis_id: UUID, draft: TellingDraft) -> Telling:
    """Plan how a family is told. Raises NotFound, NotAllowed without the training, Invalid before it is confirmed."""
    trained(by)
    hypothesis = queries.hypothesis_for(by, hypothesis_id, lock=True)
    request = tracing.get_for(by, hypothesis.request_id, lock=True)
    _ready(hypothesis, request)
    errors: cleaning.Errors = {}
    document = _cleaned(draft.document, errors, second=_("Name the second person: nobody tells it alone."))
    if draft.on < clock.today():
        errors["on"] = _("Choose today or a day to come.")
    cleaning.refuse(errors)
    row = Telling(request=request, hypothesis=hypothesis, at=clock.now(), by=by.account_id, planned_on=draft.on)
    new_person_key(row.pk)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    followups.open_follow_up(
        by=by,
        kind=MissingClock.TELL,
        subject=request.pk,
        compartment=Compartment.FAMILY_LINKS,
        due_at=clock.end_of(draft.on),
        owner=by.account_id,
    )
    _noted(by, "missing.plan_telling", row)
    return row


@action("missing.notify")
def told(*, by: Actor, telling_id: UUID, draft: TellingDraft) -> Telling:
    """The family was told: on which day, by whom, to whom, where, with which support. The request moves on with it.

    Raises NotFound, NotAllowed without the training, WrongState, Invalid.
    """
    trained(by)
    row = queries.telling_for(by, telling_id, lock=True)
    row.state = TELLINGS.after(row.state, TellingAct.TELL)
    request = tracing.get_for(by, row.request_id, lock=True)
    if row.hypothesis.state != State.CONFIRMED:
        raise Invalid({}, NOT_CONFIRMED)
    errors: cleaning.Errors = {}
    document = _cleaned(draft.document, errors, **NEEDED)
    if not row.at.date() <= draft.on <= clock.today():
        errors["on"] = _("Choose the day on which they were told, not before it was planned.")
    cleaning.refuse(errors)
    row.told_on, row.told_by = draft.on, by.account_id
    seal(row, "sealed", document)
    row.save(update_fields=["state", "told_on", "told_by", "sealed"])
    tracing_actions.step(by, request, TracingAct.FIND_DEAD)
    followups.finish_follow_up(by=by, kind=MissingClock.TELL, subject=request.pk)
    _noted(by, "missing.tell", row)
    return row


@action("missing.notify")
def call_off(*, by: Actor, telling_id: UUID, words: str) -> Telling:
    """It is not told: why. Raises NotFound, WrongState, Invalid."""
    row = queries.telling_for(by, telling_id, lock=True)
    row.state = TELLINGS.after(row.state, TellingAct.CALL_OFF)
    if not words.strip():
        raise Invalid({"words": _("Say why.")})
    errors: cleaning.Errors = {}
    said = replace(open_document(row, TellingDocument, by=by), why_not=words)
    document = cleaning.texts(said, errors, why_not=NOTE)
    if errors:
        raise Invalid({"words": errors["why_not"]})
    seal(row, "sealed", document)
    row.save(update_fields=["state", "sealed"])
    followups.finish_follow_up(by=by, kind=MissingClock.TELL, subject=row.request_id)
    _noted(by, "missing.call_off", row)
    return row


NOT_CONFIRMED = _("A forensic authority has not confirmed it. Nothing of it is told to the family.")
NOT_READY = _("Take up the request first, and decide on whoever else may be the one. Then plan the telling.")
NEEDED: dict[str, Any] = {
    "second": _("Name the second person: nobody tells it alone."),
    "told_to": _("Say who of the family was told."),
    "place": _("Say where."),
    "support": _("Say which support was offered, also if they did not want it."),
}


def _noted(by: Actor, name: str, row: Telling) -> None:
    """In the log, and not in the history of the enquirer's record, which others read and which they may ask for."""
    journal.record(by, journal.Entry(action=name, subject=row.pk, person=row.pk))


def _ready(hypothesis: Hypothesis, request: TracingRequest) -> None:
    if hypothesis.state != State.CONFIRMED:
        raise Invalid({}, NOT_CONFIRMED)
    if not TABLE.allows(request.state, TracingAct.FIND_DEAD):
        raise Invalid(
            {}, _("Take up the request first, and decide on whoever else may be the one. Then plan the telling.")
        )
    if Telling.objects.filter(request=request, state__in=STANDING).exists():
        raise Invalid({}, _("It is planned already, or was told."))


def _cleaned(document: TellingDocument, errors: cleaning.Errors, **needed: Any) -> TellingDocument:
    if document.language and document.language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    cleaned = cleaning.texts(document, errors, second=LINE, place=LINE, support=NOTE, told_to=LINE, said=NOTE)
    for name, words in needed.items():
        if not getattr(cleaned, name):
            errors[name] = words
    return cleaned
