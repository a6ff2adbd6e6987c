"""What may have happened to somebody sought: raised, examined, held unlikely or supported, confirmed by an authority.

Nothing here tells a family anything, nor stands in the history of their record: telling is `tellings`, after a
confirmation and by a trained officer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing import fitting, queries
from waystation.familylinks.missing.codes import HYPOTHESES, Act, BodyState, State
from waystation.familylinks.missing.documents import AnteMortemDocument, HypothesisDocument
from waystation.familylinks.missing.models import AnteMortem, Hypothesis, HypothesisStep, UnidentifiedBody
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.codes import OPEN
from waystation.kernel import clock, journal, policies
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.vault import new_person_key, open_document, seal

LINE, NOTE = cleaning.LONGEST_NAME, cleaning.LONGEST_NOTE


@dataclass(frozen=True, kw_only=True)
class MoveDraft:
    """What goes with an act: words, and for a confirmation the authority and its reference."""

    act: str
    words: str = ""
    authority: str = ""
    reference: str = ""


@action("missing.work")
def raise_hypothesis(
    *, by: Actor, request_id: UUID, why: str, incident_id: UUID | None = None, body_id: UUID | None = None
) -> Hypothesis:
    """Somebody sought may have been in an incident, or be somebody found dead. Raises NotFound, Invalid."""
    request = tracing.get_for(by, request_id, lock=True)
    if request.state not in OPEN:
        raise Invalid({}, _("This request is closed. Look again first."))
    incident = queries.incident_for(by, incident_id) if incident_id else None
    body = queries.body_for(by, body_id) if body_id else None
    errors: cleaning.Errors = {}
    document = cleaning.texts(HypothesisDocument(why=why), errors, why=NOTE)
    if not document.why:
        errors["why"] = _("Say why: which day, which place, which words lead you to it.")
    if incident is None and body is None:
        errors["incident_id"] = _("Choose an incident, or somebody found dead.")
    elif _stands(request.pk, incident_id, body_id):
        errors["incident_id" if body is None else "body_id"] = _("This hypothesis stands already.")
    cleaning.refuse(errors)
    now = clock.now()
    row = Hypothesis(request=request, incident=incident, body=body, at=now, by=by.account_id, state_at=now)
    new_person_key(row.pk)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    _noted(by, row, Act.RAISE)
    return row


@action("missing.work")
def move(*, by: Actor, hypothesis_id: UUID, draft: MoveDraft) -> Hypothesis:
    """Do one act of the table. Raises NotFound, WrongState, NotAllowed, Invalid."""
    row = queries.hypothesis_for(by, hypothesis_id, lock=True)
    end = HYPOTHESES.after(row.state, draft.act)
    said = open_document(row, HypothesisDocument, by=by)
    errors: cleaning.Errors = {}
    _may(by, row, draft, errors)
    if draft.act in MISSING and not draft.words.strip():
        errors["words"] = MISSING[draft.act]
    words = cleaning.texts(replace(said, found=(draft.words,)), errors, found=NOTE).found
    confirmed = {"authority": draft.authority, "reference": draft.reference} if draft.act == Act.CONFIRM else {}
    document = cleaning.texts(
        replace(said, found=(*said.found, *words), **confirmed), errors, authority=LINE, reference=LINE
    )
    if "found" in errors:
        errors["words"] = errors.pop("found")
    cleaning.refuse(errors)
    _sign(by, row, draft.act)
    row.state, row.state_at = end, clock.now()
    seal(row, "sealed", document)
    row.save(update_fields=["state", "state_at", "supported_by", "confirmed_by", "sealed"])
    _name_body(row)
    _noted(by, row, draft.act)
    return row


MISSING: Mapping[str, Any] = {
    Act.REJECT: _("Say what speaks against it."),
    Act.SUPPORT: _("Say what was compared, and what agrees."),
    Act.DOUBT: _("Say what is in doubt, and who says so."),
}


NOBODY_FOUND = _("Only somebody found can be confirmed. Describe whom the authority found, then link it.")
TO_BE_TOLD = _("The family was told, or is about to be. Call that off first, or go to the family with it.")


def _may(by: Actor, row: Hypothesis, draft: MoveDraft, errors: cleaning.Errors) -> None:
    """What an act needs besides its state."""
    if draft.act == Act.CONFIRM:
        policies.require(by, "missing.forensic")
        if row.body_id is None:
            raise Invalid(
                {}, _("Only somebody found can be confirmed. Describe whom the authority found, then link it.")
            )
        if row.supported_by == by.account_id:
            raise Invalid({}, _("Another officer takes up the confirmation: nobody does both."))
        for name in ("authority", "reference"):
            if not getattr(draft, name).strip():
                errors[name] = _("Write down which authority confirmed it, and its reference.")
    if draft.act == Act.DOUBT and queries.is_to_be_told(row):
        raise Invalid(
            {}, _("The family was told, or is about to be. Call that off first, or go to the family with it.")
        )


def _sign(by: Actor, row: Hypothesis, act: str) -> None:
    """Whose word it is."""
    if act == Act.SUPPORT:
        row.supported_by = by.account_id
    elif act == Act.CONFIRM:
        row.confirmed_by = by.account_id
    else:
        row.supported_by = row.confirmed_by = None


def _name_body(row: Hypothesis) -> None:
    """Somebody found is identified while one confirmed hypothesis says so."""
    if row.body_id is not None:
        known = Hypothesis.objects.filter(body=row.body_id, state=State.CONFIRMED).exists()
        state = BodyState.IDENTIFIED if known else BodyState.UNIDENTIFIED
        UnidentifiedBody.objects.filter(pk=row.body_id).exclude(state=state).update(state=state, changed_at=clock.now())


@action("missing.work")
def write_ante_mortem(*, by: Actor, request_id: UUID, document: AnteMortemDocument) -> AnteMortem:
    """What the family tells of the person sought; written again, it stands in place of the words before.

    Raises NotFound, Invalid.
    """
    request = tracing.get_for(by, request_id, lock=True)
    errors: cleaning.Errors = {}
    cleaned = fitting.ante_mortem(document, errors)
    cleaning.refuse(errors)
    row = AnteMortem.objects.filter(request=request).first() or AnteMortem(request=request)
    row.request, row.at, row.by = request, clock.now(), by.account_id
    seal(row, "sealed", cleaned)
    row.save()
    journal.about(by, "missing.ante_mortem", row)
    return row


def _stands(request_id: UUID, incident_id: UUID | None, body_id: UUID | None) -> bool:
    rows = Hypothesis.objects.filter(request=request_id).exclude(state=State.UNLIKELY)
    rows = rows.filter(body=body_id) if body_id else rows.filter(incident=incident_id, body=None)
    return rows.exists()


def _noted(by: Actor, row: Hypothesis, act: str) -> None:
    HypothesisStep.objects.create(hypothesis=row, act=act, state=row.state, at=row.state_at, by=by.account_id)
    journal.record(by, journal.Entry(action=f"missing.{act}", subject=row.pk, person=row.pk))
