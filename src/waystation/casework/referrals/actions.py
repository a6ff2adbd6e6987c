"""Every write on referrals. Nothing leaves without a consent that stands at that very moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import queries as cases
from waystation.casework.referrals import authority, queries, road
from waystation.casework.referrals.codes import (
    NODE_OF,
    ONLY_BY_MESSAGE,
    TABLE,
    THEIRS,
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
from waystation.casework.referrals.moving import move, remind
from waystation.exchange import queries as exchange
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import drawn_number
from waystation.organisations.models import Partner, Post
from waystation.people import actions as consents
from waystation.people import cleaning, coverage
from waystation.people import queries as people
from waystation.people.codes import DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.vault import seal

NOTE = cleaning.LONGEST_NOTE
WAYS: Mapping[str, str] = {
    Way.TELEPHONE: DisclosureKind.TELEPHONE,
    Way.EMAIL: DisclosureKind.LETTER,
    Way.PAPER: DisclosureKind.PAPER,
    Way.IN_PERSON: DisclosureKind.SPOKEN,
}
"""What a way is on the list of what left; a sealed message is listed by who sends it (`road`)."""


@dataclass(frozen=True, kw_only=True)
class ReferralDraft:
    """What is asked of whom. Exactly one of `partner_id`, `to_post_id` and `peer_id`, the last with `node_kind`."""

    service: str
    priority: str
    document: ReferralDocument
    partner_id: UUID | None = None
    to_post_id: UUID | None = None
    peer_id: UUID | None = None
    node_kind: str = ""
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
        number=drawn_number("R"),
        person=person,
        case=case,
        partner_id=draft.partner_id,
        to_post_id=draft.to_post_id,
        peer_id=draft.peer_id,
        node_kind=draft.node_kind if draft.peer_id else "",
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
    tell_back: bool = False,
) -> Referral:
    """Record that the person agreed to exactly this: these fields, to this recipient.

    `tell_back`: another node may tell in words how it went, and what the person says of it. Raises NotFound,
    WrongState, Invalid.
    """
    referral = queries.get_for(by, referral_id, lock=True)
    TABLE.after(referral.state, Act.CONSENT)
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
    referral.consent, referral.disclosure, referral.tell_back = consent, None, tell_back
    move(by, referral, Act.CONSENT, "consent", "disclosure", "tell_back")
    return referral


@action("referrals.work")
def send(*, by: Actor, referral_id: UUID, way: str) -> Referral:
    """Let it leave, now, under the consent. Call it before anything is told.

    The person's consents are locked before they are looked at, so that a withdrawal either comes first and nothing
    leaves, or waits until this has happened and recalls it. To an authority nothing leaves before a second officer
    agreed. By a sealed message it is first asked without a name (`road.offer`). Raises NotFound, WrongState,
    ConsentMissing, SecondOfficer, Invalid.
    """
    if way == Way.NODE:
        return road.offer(by=by, referral_id=referral_id)
    if way not in WAYS:
        raise Invalid({"way": _("Choose one of the answers offered.")})
    coverage.locked(queries.get_for(by, referral_id).person_id)
    referral = queries.get_for(by, referral_id, lock=True)
    TABLE.after(referral.state, Act.SEND)
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
    move(by, referral, Act.SEND, "way", "sent_at")
    return referral


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became known: a reason of `Declined`, a verdict of `Verdict`, and words for the sealed part."""

    declined: str = ""
    verdict: str = ""
    words: str = ""


@action("referrals.work")
def go_on(*, by: Actor, referral_id: UUID, act: str, answer: Answer | None = None) -> Referral:
    """Record what the partner or the person says. What another node answers comes by itself.

    Raises NotFound, WrongState, Invalid.
    """
    answer = answer or Answer()
    if act in OTHERWISE or act not in Act.values:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    referral = queries.get_for(by, referral_id, lock=True)
    TABLE.after(referral.state, act)
    if referral.by_message and act in THEIRS:
        raise Invalid({"act": _("They were asked by a sealed message, and answer by one.")})
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
    if referral.by_message and act == Act.FAIL:
        road.call_off(by, referral)
    move(by, referral, act, "answered_at", "declined", "verdict", "sealed")
    return referral


OTHERWISE = frozenset({Act.CONSENT, Act.SEND, Act.WITHDRAW, *ONLY_BY_MESSAGE})
"""What is done by an action of its own, or by their message alone."""
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
    urgent = referral.priority == Priority.EMERGENCY
    remind(by, referral, ReferralClock.ESCALATED, timedelta(hours=24), immediate=urgent)
    journal.about(by, "referrals.escalate", referral)
    return referral


def _checked(wanted: ReferralDraft) -> ReferralDocument:
    errors: cleaning.Errors = {}
    cleaning.require_code(Service, wanted.service, "service", errors)
    cleaning.require_code(Priority, wanted.priority, "priority", errors)
    asked = (
        (Partner.objects.all(), wanted.partner_id),
        (Post.objects.filter(is_open=True), wanted.to_post_id),
        (exchange.trusted(), wanted.peer_id),
    )
    if [rows.filter(pk=number).exists() for rows, number in asked if number] != [True]:
        errors["to"] = _("Choose who is asked.")
    if wanted.peer_id and wanted.node_kind not in dict(NODE_OF):
        errors["node_kind"] = _("Choose one of the answers offered.")
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
