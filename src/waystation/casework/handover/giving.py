"""Every write on what we hand over. Nothing leaves without a consent that stands at that very moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import actions as of_cases
from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import Act, CaseState, Closing
from waystation.casework.cases.models import Case
from waystation.casework.followups import actions as followups
from waystation.casework.handover import moving, queries, told
from waystation.casework.handover.codes import (
    ARRIVAL_WITHIN,
    GIVER,
    LEFT,
    LONGEST_OFFER,
    STANDING,
    TELL_WITHIN,
    GiverAct,
    Giving,
    HandoverClock,
    Told,
)
from waystation.casework.handover.documents import GivenDocument
from waystation.casework.handover.enclosures import choosing, going
from waystation.casework.handover.models import Given
from waystation.casework.handover.problems import AlreadyOffered
from waystation.casework.referrals.codes import Service
from waystation.casework.referrals.queries import kind_of_node
from waystation.casework.talk import cleaned_words, refuse_names
from waystation.exchange import queries as exchange
from waystation.exchange.codes import SentState
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound, Text
from waystation.kernel.ids import new_id
from waystation.kernel.states import WrongState
from waystation.people import actions as consents
from waystation.people import cleaning, coverage, permission
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import CHILDREN, DisclosureKind, GivenBy, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Person
from waystation.vault import seal

TOGETHER, ALONE, TWO = "together", "alone", 2


@dataclass(frozen=True, kw_only=True)
class Draft:
    """To whom, until when, what is asked (codes of `referrals.codes.Service`), what may be told (`codes.Told`),
    which enclosures go along (ids of `files`, where the field of enclosures is told).

    `household`: who travels with others goes "together" with them (a handover for each, each with their own yes) or
    "alone", and all know it.
    """

    peer_id: UUID
    recipient_kind: str
    until: date
    asked: Sequence[str] = ()
    fields: Sequence[str] = ()
    files: Sequence[UUID] = ()
    household: str = ""


@action("handover.work")
def begin(*, by: Actor, case_id: UUID, draft: Draft) -> Given:
    """Begin to hand a case over; nothing leaves yet.

    Raises NotFound, Invalid, NotYet, AuthorityRefused, AlreadyOffered.
    """
    case = cases.get_for(by, case_id, lock=True)
    peer = exchange.trusted().filter(pk=draft.peer_id).first()
    _check(draft, known=peer is not None)
    if peer is None:
        raise NotFound
    _refuse_closed(by, case)
    kind = kind_of_node(peer, draft.recipient_kind)
    if kind == RecipientKind.AUTHORITY:
        raise AuthorityRefused
    row = Given(
        case=case,
        person_id=case.person_id,
        peer=peer,
        recipient_kind=kind,
        compartment=case.compartment_of_row,
        state_at=clock.now(),
        made_at=clock.now(),
        made_by=by.account_id,
        post_id=by.post_id,
        until=draft.until,
        asked=list(draft.asked),
        group=_group(by, case.person, draft),
    )
    fields = tuple(code for code in Told.values if code in draft.fields)
    seal(row, "sealed", GivenDocument(fields=fields, files=choosing.chosen(case, draft.files, by=by)))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        raise AlreadyOffered from problem
    moving.note(by, "handover.begin", row)
    return row


@action("handover.work")
def agree(
    *, by: Actor, handover_id: UUID, document: ConsentDocument, expires_on: date | None, tell_back: bool = False
) -> Given:
    """Record that the person agreed to exactly this: these fields, to this organisation; for a child a guardian does.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.given_for(by, handover_id, lock=True)
    GIVER.after(row.state, GiverAct.AGREE)
    person = people.get_for(by, row.person_id)
    if person.age_band in CHILDREN and document.given_by != GivenBy.GUARDIAN:
        raise Invalid({"given_by": _("For a child a parent or guardian decides. Ask them, together with the child.")})
    fields = queries.document_of(row, by=by).fields
    if not fields:
        raise Invalid({}, _("Say first what may be told. Nothing is ticked."))
    words = ", ".join(str(Told(code).label) for code in fields)
    row.consent = consents.give_consent(
        by=by,
        person_id=row.person_id,
        purpose=Purpose.REFERRAL,
        recipient_kind=row.recipient_kind,
        document=replace(document, recipients=(row.peer.name,), note=words),
        expires_on=expires_on,
    )
    row.tell_back = tell_back
    moving.give(by, row, GiverAct.AGREE, "consent", "tell_back")
    return row


@action("handover.work")
def offer(*, by: Actor, handover_id: UUID) -> Given:
    """Ask the other organisation, without saying who it is.

    Raises NotFound, WrongState, ConsentMissing, NotYet, PeerNotTrusted.
    """
    row = _locked(by, handover_id, GiverAct.OFFER)
    _require_yes(by, row)
    _refuse_closed(by, row.case)
    number = moving.tell(by, row, moving.OFFER, queries.preview(row, by=by))
    _disclose(by, row, number, (_("Kind of case, risk, age, sex, languages, needs; no name"),))
    moving.give(by, row, GiverAct.OFFER)
    moving.remind(by, row, HandoverClock.ANSWER, clock.end_of(row.until))
    return row


@action("handover.work")
def reply(*, by: Actor, handover_id: UUID, words: str) -> Given:
    """Answer their question; nothing by which one could know who it is. Raises NotFound, WrongState, Invalid."""
    row = queries.given_for(by, handover_id, lock=True)
    if row.state not in {Giving.OFFERED, Giving.ACCEPTED}:
        raise WrongState
    said = cleaned_words(words)
    refuse_names(by, people.get_for(by, row.person_id), said)
    _require_yes(by, row)
    moving.say(row, said, at=clock.now(), theirs=False)
    moving.tell(by, row, "handover.answer", {"answer": "reply", "words": said})
    followups.finish_follow_up(by=by, kind=HandoverClock.QUESTION, subject=row.pk)
    moving.note(by, "handover.reply", row)
    return row


@action("handover.work")
def send(*, by: Actor, handover_id: UUID) -> Given:
    """They accepted: what was agreed leaves now. We stay responsible until they confirm that it has come.

    Raises NotFound, WrongState, ConsentMissing, NotYet, PeerNotTrusted.
    """
    row = _locked(by, handover_id, GiverAct.SEND)
    _require_yes(by, row)
    _refuse_closed(by, row.case)
    said, document = queries.leaving(row, by=by), queries.document_of(row, by=by)
    enclosures = going.begin(row, document, by=by)
    seal(row, "sealed", replace(document, sent=told.kept({**said, **going.remembered(enclosures)})))
    moving.give(by, row, GiverAct.SEND, "sealed")
    more = {"group": row.group.bytes} if row.group else {}
    leaving = {"feedback": row.tell_back, **more, **said, **going.announced(enclosures)}
    number = moving.tell(by, row, moving.CONTENT, leaving)
    _disclose(by, row, number, [label for _code, label, _value in told.lines(said)])
    for enclosure, one in enclosures:
        going.queue(by, row, enclosure)
        _disclose(by, row, enclosure.pk, [choosing.listed(one)])
    moving.remind(by, row, HandoverClock.ARRIVAL, clock.now() + ARRIVAL_WITHIN)
    return row


@action("handover.work")
def withdraw(*, by: Actor, handover_id: UUID) -> Given:
    """Take it back; what was sent, only where it has not left, or nobody knows whether it came.

    Raises NotFound, WrongState.
    """
    row = queries.given_for(by, handover_id, lock=True)
    stopped = moving.call_back(by, row)
    if row.state == Giving.SENT and moving.CONTENT not in stopped and not was_given_up(row):
        raise WrongState
    _withdraw(by, row, stopped)
    return row


@action("handover.work")
def correct(*, by: Actor, handover_id: UUID) -> Given:
    """Tell what is written otherwise since it was sent. Raises NotFound, WrongState, ConsentMissing, Invalid."""
    row = queries.given_for(by, handover_id)
    coverage.locked(row.person_id)
    row = queries.given_for(by, handover_id, lock=True)
    if row.state not in LEFT:
        raise WrongState
    _require_yes(by, row)
    document = queries.document_of(row, by=by)
    now = told.changed(document.sent, queries.leaving(row, by=by))
    if not now:
        raise Invalid({}, _("Nothing that was told is written otherwise here now."))
    number = moving.tell(by, row, moving.CORRECT, now)
    _disclose(by, row, number, [label for _code, label, _value in told.lines(now)])
    sent = {part.name: part for part in (*document.sent, *told.kept(now))}
    seal(row, "sealed", replace(document, sent=tuple(sent[name] for name in sorted(sent))))
    row.save(update_fields=["sealed"])
    moving.note(by, "handover.correct", row)
    return row


@action("handover.work")
def seen_to(*, by: Actor, handover_id: UUID) -> Given:
    """What had to be told or looked at was. Raises NotFound."""
    row = queries.given_for(by, handover_id, lock=True)
    for kind in (HandoverClock.BACK, HandoverClock.TELL, HandoverClock.ENCLOSURE):
        followups.finish_follow_up(by=by, kind=kind, subject=row.pk)
    moving.note(by, "handover.seen_to", row)
    return row


def was_given_up(row: Given) -> bool:
    """Whether nobody knows if what was sent came: its keys are gone and no receipt came back."""
    content = exchange.sent_about(row.pk).filter(kind__startswith="handover.content/").first()
    return content is not None and content.state == SentState.GIVEN_UP


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """A consent was taken back: nothing leaves any more, not even what waits; what has left is told to stop.

    Inside that action.
    """
    rows = Given.objects.select_for_update(of=("self",)).select_related("case", "peer").filter(consent=consent)
    for row in rows:
        stopped = moving.call_back(by, row)
        if row.state == Giving.AGREED:
            moving.give(by, row, GiverAct.REVOKE)
        elif row.state in {Giving.OFFERED, Giving.ACCEPTED} or moving.CONTENT in stopped:
            _withdraw(by, row, stopped)
        elif row.state in LEFT:
            going.stop(by, row, tell=True)
            moving.tell_surely(by, row, "handover.recall")
            moving.remind(by, row, HandoverClock.TELL, clock.now() + TELL_WITHIN)
            moving.note(by, "handover.recall", row)


def _withdraw(by: Actor, row: Given, stopped: frozenset[str]) -> None:
    """Nothing comes of it; they are told, unless the offer itself never left (`stopped`: kinds that did not)."""
    before = row.state
    moving.give(by, row, GiverAct.WITHDRAW)
    going.stop(by, row, tell=False)
    if before not in {Giving.DRAFT, Giving.AGREED} and moving.OFFER not in stopped:
        moving.tell_surely(by, row, "handover.withdraw")


def _locked(by: Actor, handover_id: UUID, act: str) -> Given:
    """A handover from which something is to leave. The person's consents are locked before they are looked at, so that
    a withdrawal either comes first and nothing leaves, or waits until this has happened."""
    coverage.locked(queries.given_for(by, handover_id).person_id)
    row = queries.given_for(by, handover_id, lock=True)
    GIVER.after(row.state, act)
    return row


def _require_yes(by: Actor, row: Given) -> None:
    """Raise ConsentMissing unless the very consent that names these fields stands and nobody withheld the name."""
    person = people.get_for(by, row.person_id)
    everything = Consent.objects.filter(person__in=people.one_person_ids(person))
    if row.consent is None or not permission.stands(row.consent, everything):
        raise ConsentMissing
    coverage.consent_for(
        by, person, purpose=Purpose.REFERRAL, recipient_kind=row.recipient_kind, recipient=row.peer.name
    )


def _refuse_closed(by: Actor, case: Case) -> None:
    """Raise Invalid for a closed case, NotYet while something speaks against letting it go."""
    if case.state == CaseState.CLOSED:
        raise Invalid({}, _("This case is closed. Open it again first."))
    if queries.is_going_back(case):
        raise Invalid({}, _("This case is on its way back to who handed it over."))
    if missing := of_cases.missing_for(by, case, Act.CLOSE, Closing.HANDED_OVER):
        raise of_cases.NotYet(missing)


def _disclose(by: Actor, row: Given, number: UUID, fields: Sequence[Text]) -> None:
    """Write down what the message of this number tells, in its transaction; refused, nothing of it is kept."""
    document = DisclosureDocument(
        recipient=row.peer.name,
        fields=tuple(str(one) for one in fields) or (str(_("What is asked")),),
        why=str(_("Handing a case over")),
    )
    consents.record_disclosure(
        by=by,
        person_id=row.person_id,
        purpose=Purpose.REFERRAL,
        recipient_kind=row.recipient_kind,
        kind=DisclosureKind.MESSAGE,
        document=document,
        number=number,
    )


def _check(draft: Draft, *, known: bool) -> None:
    errors: cleaning.Errors = {}
    cleaning.require_code(RecipientKind, draft.recipient_kind, "recipient_kind", errors)
    if not known:
        errors["peer"] = _("Choose an organisation from the list.")
    if draft.recipient_kind == RecipientKind.AUTHORITY:
        raise AuthorityRefused
    if draft.until < clock.today() or draft.until > clock.today() + LONGEST_OFFER:
        errors["until"] = _("Choose a day within the next three months.")
    if set(draft.asked) - set(Service.values):
        errors["asked"] = _("Choose one of the answers offered.")
    if set(draft.fields) - set(Told.values):
        errors["fields_told"] = _("Choose from the list: one of the codes is not known.")
    cleaning.refuse(errors)


def _group(by: Actor, person: Person, draft: Draft) -> UUID | None:
    """The group of those who go together to one organisation. Raises Invalid when nobody said how they go."""
    household = people.household_of(person, by=by)
    if household is None or len(household.members) < TWO:
        return None
    if draft.household not in {TOGETHER, ALONE}:
        raise Invalid({"household": _("Others travel with this person. Say how they go.")})
    if draft.household == ALONE:
        return None
    others = Given.objects.filter(
        person__in=[member.person.pk for member in household.members], peer=draft.peer_id, state__in=STANDING
    )
    return others.exclude(group=None).values_list("group", flat=True).first() or new_id()
