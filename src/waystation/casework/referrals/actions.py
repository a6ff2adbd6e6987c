"""Every write on referrals. Nothing leaves without a consent that stands at that very moment."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import queries as cases
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import WaitingOn
from waystation.casework.referrals import authority, queries
from waystation.casework.referrals.codes import (
    ANSWER_WITHIN,
    FEEDBACK_WITHIN,
    OUTCOME_WITHIN,
    START_WITHIN,
    TABLE,
    TELL_WITHIN,
    Act,
    Declined,
    Passed,
    Priority,
    ReferralClock,
    Service,
    State,
    Verdict,
    Way,
    compartment_for,
)
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.organisations.models import Partner, Post
from waystation.people import actions as consents
from waystation.people import cleaning, coverage
from waystation.people import queries as people
from waystation.people.codes import DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent
from waystation.vault import seal

NOTE = cleaning.LONGEST_NOTE
LETTERS = "23456789CFGHJMPQRVWX"
WAYS: Mapping[str, str] = {
    Way.TELEPHONE: DisclosureKind.TELEPHONE,
    Way.EMAIL: DisclosureKind.LETTER,
    Way.PAPER: DisclosureKind.PAPER,
    Way.IN_PERSON: DisclosureKind.SPOKEN,
}


@dataclass(frozen=True, kw_only=True)
class ReferralDraft:
    """What is asked of whom. Exactly one of `partner_id` and `to_post_id`."""

    service: str
    priority: str
    document: ReferralDocument
    partner_id: UUID | None = None
    to_post_id: UUID | None = None
    case_id: UUID | None = None


@action("referrals.work")
def draft(*, by: Actor, person_id: UUID, draft: ReferralDraft) -> Referral:
    """Begin a referral; nothing leaves yet. Raises NotFound, NotAllowed, Invalid."""
    person = people.get_for(by, person_id)
    document = _checked(draft)
    case = cases.get_for(by, draft.case_id) if draft.case_id else None
    if case is not None and case.person_id not in people.one_person_ids(person):
        raise NotFound
    now = clock.now()
    referral = Referral(
        number=_number(),
        person=person,
        case=case,
        partner_id=draft.partner_id,
        to_post_id=draft.to_post_id,
        service=draft.service,
        compartment=compartment_for(draft.service, by.compartments),
        priority=draft.priority,
        made_at=now,
        made_by=by.account_id,
        post_id=by.post_id,
        state_at=now,
    )
    seal(referral, "sealed", document)
    referral.save(force_insert=True)
    journal.about(by, "referrals.draft", referral)
    return referral


@action("referrals.work")
def rewrite(*, by: Actor, referral_id: UUID, document: ReferralDocument) -> Referral:
    """Change a draft. Once the person agreed, what was agreed to stays. Raises NotFound, WrongState, Invalid."""
    referral = queries.get_for(by, referral_id, lock=True)
    if referral.state != State.DRAFT:
        raise Invalid({}, _("The person has agreed to this as it is. Take the consent back first to change it."))
    errors: cleaning.Errors = {}
    seal(referral, "sealed", _cleaned(document, errors))
    cleaning.refuse(errors)
    referral.save(update_fields=["sealed"])
    journal.about(by, "referrals.write", referral)
    return referral


@action("referrals.work")
def agree(
    *,
    by: Actor,
    referral_id: UUID,
    document: ConsentDocument,
    expires_on: date | None,
) -> Referral:
    """Record that the person agreed to exactly this: these fields, to this recipient.

    Raises NotFound, WrongState, Invalid.
    """
    referral = queries.get_for(by, referral_id, lock=True)
    end = TABLE.after(referral.state, Act.CONSENT)
    fields = queries.document_of(referral, by=by).fields
    if not fields:
        raise Invalid({}, _("Say first what may be told. Nothing is ticked."))
    told = ", ".join(str(Passed(code).label) for code in fields)
    consent = consents.give_consent(
        by=by,
        person_id=referral.person_id,
        purpose=Purpose.REFERRAL,
        recipient_kind=queries.recipient_kind(referral),
        document=replace(document, recipients=(referral.to_name,), note=f"{referral.number}: {told}"),
        expires_on=expires_on,
    )
    referral.consent, referral.disclosure = consent, None
    _move(by, referral, Act.CONSENT, end, "consent", "disclosure")
    return referral


@action("referrals.work")
def send(*, by: Actor, referral_id: UUID, way: str) -> Referral:
    """Let it leave, now, under the consent. Call it before anything is told.

    The person's consents are locked before they are looked at, so that a withdrawal either comes first and nothing
    leaves, or waits until this has happened and recalls it. To an authority nothing leaves before a second officer
    agreed. Raises NotFound, WrongState, ConsentMissing, SecondOfficer, Invalid.
    """
    if way not in Way.values:
        raise Invalid({"way": _("Choose one of the answers offered.")})
    coverage.locked(queries.get_for(by, referral_id).person_id)
    referral = queries.get_for(by, referral_id, lock=True)
    end = TABLE.after(referral.state, Act.SEND)
    with translation.override("en"):  # each page then says it in the language of who reads
        fields = tuple(label for _code, label, _value in queries.leaving(referral, by=by))
    document = DisclosureDocument(
        recipient=referral.to_name,
        fields=fields,
        why=str(Service(referral.service).label),
    )
    kind = queries.recipient_kind(referral)
    if kind == RecipientKind.AUTHORITY:
        authority.require_both(by, referral, WAYS[way], document)
    else:
        consents.record_disclosure(
            by=by,
            person_id=referral.person_id,
            purpose=Purpose.REFERRAL,
            recipient_kind=kind,
            kind=WAYS[way],
            document=document,
        )
    referral.way, referral.sent_at = way, clock.now()
    _move(by, referral, Act.SEND, end, "way", "sent_at")
    return referral


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became known: a reason of `Declined`, a verdict of `Verdict`, and words for the sealed part."""

    declined: str = ""
    verdict: str = ""
    words: str = ""


@action("referrals.work")
def go_on(*, by: Actor, referral_id: UUID, act: str, answer: Answer | None = None) -> Referral:
    """Record what the partner or the person says. Raises NotFound, WrongState, Invalid."""
    answer = answer or Answer()
    if act in {Act.CONSENT, Act.SEND, Act.WITHDRAW} or act not in Act.values:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    referral = queries.get_for(by, referral_id, lock=True)
    end = TABLE.after(referral.state, act)
    _check_answer(act, answer)
    if act in {Act.ACCEPT, Act.DECLINE}:
        referral.answered_at = clock.now()
    referral.declined, referral.verdict = answer.declined or referral.declined, answer.verdict or referral.verdict
    if answer.words and act in _WORDS:
        words: dict[str, Any] = {_WORDS[act]: answer.words}
        document = replace(queries.document_of(referral, by=by), **words)
        errors: cleaning.Errors = {}
        seal(referral, "sealed", _cleaned(document, errors))
        cleaning.refuse(errors)
    _move(by, referral, act, end, "answered_at", "declined", "verdict", "sealed")
    return referral


_WORDS: Mapping[str, str] = {
    Act.DECLINE: "declined",
    Act.COMPLETE: "outcome",
    Act.FAIL: "outcome",
    Act.FEEDBACK: "feedback",
    Act.CLOSE: "outcome",
}


@action("referrals.work")
def escalate(*, by: Actor, referral_id: UUID) -> Referral:
    """No answer in time: a coordinator finds another way, today. Raises NotFound, Invalid."""
    referral = queries.get_for(by, referral_id, lock=True)
    if referral.state not in {State.SENT, State.ACKNOWLEDGED} or referral.escalated_at is not None:
        raise Invalid({}, _("Only what was sent and not answered can be put before a coordinator, and only once."))
    referral.escalated_at = clock.now()
    referral.save(update_fields=["escalated_at"])
    _open(by, referral, ReferralClock.ESCALATED, timedelta(hours=24), immediate=referral.priority == Priority.EMERGENCY)
    journal.about(by, "referrals.escalate", referral)
    return referral


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """A consent was taken back: what did not leave goes back to draft, what did is recalled. Inside that action."""
    for referral in Referral.objects.select_for_update().filter(consent=consent, state__in=_UNDER_CONSENT):
        left = referral.state != State.CONSENTED
        referral.state, referral.state_at = TABLE.after(referral.state, Act.WITHDRAW), clock.now()
        referral.save(update_fields=["state", "state_at"])
        followups.drop_all(by=by, subject=referral.pk)
        if left:
            _open(by, referral, ReferralClock.TELL, TELL_WITHIN)
        journal.about(by, "referrals.withdraw", referral)


_UNDER_CONSENT = [State.CONSENTED, State.SENT, State.ACKNOWLEDGED, State.ACCEPTED, State.STARTED]


_STARTS: Mapping[str, tuple[str, timedelta | None, str]] = {
    Act.SEND: (ReferralClock.ANSWER, None, WaitingOn.PARTNER),
    Act.ACCEPT: (ReferralClock.START, START_WITHIN, WaitingOn.PARTNER),
    Act.START: (ReferralClock.OUTCOME, OUTCOME_WITHIN, WaitingOn.PARTNER),
    Act.COMPLETE: (ReferralClock.FEEDBACK, FEEDBACK_WITHIN, WaitingOn.US),
    Act.FAIL: (ReferralClock.FEEDBACK, FEEDBACK_WITHIN, WaitingOn.US),
    Act.DECLINE: (ReferralClock.FEEDBACK, timedelta(hours=24), WaitingOn.US),
}
"""The clock an act starts; the answer's time is set by the priority. Other acts than a receipt stop those before."""


def _move(by: Actor, referral: Referral, act: str, end: str, *changed: str) -> None:
    referral.state, referral.state_at = end, clock.now()
    referral.save(update_fields=["state", "state_at", *changed])
    if act != Act.ACKNOWLEDGE:
        followups.drop_all(by=by, subject=referral.pk)
    if act in _STARTS:
        kind, within, waiting_on = _STARTS[act]
        _open(by, referral, kind, within or ANSWER_WITHIN[referral.priority], waiting_on=waiting_on)
    journal.about(by, f"referrals.{act}", referral)


def _open(
    by: Actor,
    referral: Referral,
    kind: str,
    within: timedelta,
    *,
    waiting_on: str = WaitingOn.US,
    immediate: bool = False,
) -> None:
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=referral.pk,
        compartment=referral.compartment_of_row,
        person_id=referral.person_id,
        due_at=clock.now() + within,
        owner=None if kind == ReferralClock.ESCALATED else referral.made_by,
        immediate=immediate,
        waiting_on=waiting_on,
    )


def _checked(wanted: ReferralDraft) -> ReferralDocument:
    errors: cleaning.Errors = {}
    cleaning.require_code(Service, wanted.service, "service", errors)
    cleaning.require_code(Priority, wanted.priority, "priority", errors)
    known = Partner.objects.filter(pk=wanted.partner_id).exists() if wanted.partner_id else False
    post = Post.objects.filter(pk=wanted.to_post_id, is_open=True).exists() if wanted.to_post_id else False
    if known is post:
        errors["to"] = _("Choose who is asked.")
    document = _cleaned(wanted.document, errors)
    cleaning.refuse(errors)
    return document


def _cleaned(document: ReferralDocument, errors: cleaning.Errors) -> ReferralDocument:
    if set(document.fields) - set(Passed.values):
        errors["fields"] = _("Choose from the list: one of the codes is not known.")
    longest = dict.fromkeys(("reason", "given", "special", "declined", "outcome", "feedback"), NOTE)
    return cleaning.texts(document, errors, caregiver=200, deadline_of=200, **longest)


def _check_answer(act: str, answer: Answer) -> None:
    errors: cleaning.Errors = {}
    if act == Act.DECLINE:
        cleaning.require_code(Declined, answer.declined, "declined", errors)
    if act == Act.FEEDBACK:
        cleaning.require_code(Verdict, answer.verdict, "verdict", errors)
    cleaning.refuse(errors)


def _number() -> str:
    """What stands on the form instead of a name: R-XXXXXXXX, drawn at random."""
    return "R-" + "".join(secrets.choice(LETTERS) for _place in range(8))
