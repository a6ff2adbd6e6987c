"""Every write on what we ask. Nothing leaves without a consent that stands at that very moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import KINDS, CaseKind
from waystation.casework.followups import actions as followups
from waystation.casework.handover import told, writing
from waystation.casework.referrals.queries import kind_of_node
from waystation.casework.requests import moving, queries, telling
from waystation.casework.requests.codes import (
    ASKER,
    FIND_CODES,
    FIND_WITHIN,
    FOUND_TABLE,
    LONGEST,
    ON_THE_ROAD,
    PART_CODES,
    PLACE,
    AskerAct,
    Asking,
    FoundState,
    RequestClock,
    Why,
)
from waystation.casework.requests.documents import AskedDocument
from waystation.casework.requests.models import Found, OurRequest
from waystation.casework.requests.problems import TooMany
from waystation.casework.talk import cleaned_words, refuse_names
from waystation.exchange import queries as exchange
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as consents
from waystation.people import cleaning, coverage, permission
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import CHILDREN, GivenBy, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent
from waystation.vault import seal


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Whom we ask, why, until when, about which field of help; what is asked, by what they may find the person.

    `parts` are codes of `codes.PARTS`, `find_by` of `codes.FIND_CHOICES`; `when` is a year, a month or a day.
    """

    peer_id: UUID
    recipient_kind: str
    why: str
    case_kind: str
    until: date
    parts: Sequence[str] = ()
    find_by: Sequence[str] = ()
    when: str = ""
    place: str = ""


@action("requests.work")
def begin(*, by: Actor, person_id: UUID, draft: Draft) -> OurRequest:
    """Begin to ask; nothing leaves yet. Raises NotFound, Invalid, AuthorityRefused."""
    person = people.get_for(by, person_id)
    peer = exchange.trusted().filter(pk=draft.peer_id).first()
    when, place = cleaning.line(draft.when), cleaning.line(draft.place)
    _check(by, draft, known=peer is not None, when=when, place=place)
    if peer is None:
        raise NotFound
    kind = kind_of_node(peer, draft.recipient_kind)
    if kind == RecipientKind.AUTHORITY:
        raise AuthorityRefused
    row = OurRequest(
        person=person,
        peer=peer,
        recipient_kind=kind,
        compartment=KINDS[CaseKind(draft.case_kind)].compartment,
        case_kind=draft.case_kind,
        why=draft.why,
        state_at=clock.now(),
        made_at=clock.now(),
        made_by=by.account_id,
        post_id=by.post_id,
        until=draft.until,
    )
    document = AskedDocument(
        parts=tuple(code for code in PART_CODES if code in draft.parts),
        find_by=tuple(code for code in FIND_CODES if code in draft.find_by),
        when=when,
        place=place,
    )
    seal(row, "sealed", document)
    row.save(force_insert=True)
    moving.note(by, "requests.begin", row)
    return row


@action("requests.work")
def agree(*, by: Actor, request_id: UUID, document: ConsentDocument, expires_on: date | None) -> OurRequest:
    """Record that the person agreed to exactly this: what they may know to find her, what comes here from them.

    For a child a guardian decides. Raises NotFound, WrongState, Invalid.
    """
    row = queries.ours_for(by, request_id, lock=True)
    ASKER.after(row.state, AskerAct.AGREE)
    if row.person.age_band in CHILDREN and document.given_by != GivenBy.GUARDIAN:
        raise Invalid({"given_by": _("For a child a parent or guardian decides. Ask them, together with the child.")})
    asked = queries.asked_of(row, by=by)
    if not queries.leaving(row, by=by):
        raise Invalid({}, _("Nothing by which they could find the person is ticked and written in the record."))
    words = _("To find the person: %(find)s. What comes here: %(parts)s.") % {
        "find": _labels(asked.find_by),
        "parts": _labels(asked.parts),
    }
    row.consent = consents.give_consent(
        by=by,
        person_id=row.person_id,
        purpose=Purpose.REFERRAL,
        recipient_kind=row.recipient_kind,
        document=replace(document, recipients=(row.peer.name,), note=str(words)),
        expires_on=expires_on,
    )
    moving.ours(by, row, AskerAct.AGREE, "consent")
    return row


@action("requests.work")
def ask(*, by: Actor, request_id: UUID) -> OurRequest:
    """Ask the other organisation, without saying who it is.

    Raises NotFound, WrongState, ConsentMissing, TooMany, PeerNotTrusted.
    """
    row = _locked(by, request_id, AskerAct.ASK)
    _require_yes(by, row)
    if queries.ours_too_many(row.peer_id):
        raise TooMany
    number = moving.tell(by, row, moving.ASK, queries.question(row, by=by))
    said = (_("What is asked, why, age, sex, languages, about when; no name"),)
    moving.disclose(by, row.person_id, row, row.recipient_kind, number, said)
    row.asked_at = clock.now()
    moving.ours(by, row, AskerAct.ASK, "asked_at")
    moving.remind(by, row, RequestClock.ANSWER, clock.end_of(row.until))
    return row


@action("requests.work")
def reply(*, by: Actor, request_id: UUID, words: str) -> OurRequest:
    """Answer their question; nothing by which one could know who it is. Raises NotFound, WrongState, Invalid."""
    row = queries.ours_for(by, request_id, lock=True)
    if row.state not in {Asking.ASKED, Asking.ACCEPTED}:
        raise WrongState
    said = cleaned_words(words)
    refuse_names(by, people.get_for(by, row.person_id), said)
    _require_yes(by, row)
    moving.say(row, said, at=clock.now(), theirs=False)
    moving.tell(by, row, moving.ANSWER, {"answer": "reply", "words": said})
    followups.finish_follow_up(by=by, kind=RequestClock.QUESTION, subject=row.pk)
    moving.note(by, "requests.reply", row)
    return row


@action("requests.work")
def name(*, by: Actor, request_id: UUID) -> OurRequest:
    """They will look: now they hear by what they may find the person, and the consent under which we ask.

    Raises NotFound, WrongState, ConsentMissing, PeerNotTrusted.
    """
    row = _locked(by, request_id, AskerAct.NAME)
    consent = _require_yes(by, row)
    said = queries.leaving(row, by=by)
    if not said:
        raise Invalid({}, _("Nothing by which they could find the person is ticked and written in the record."))
    number = moving.tell(by, row, moving.WHO, {**said, **queries.statement(consent, by=by)})
    fields = [label for _code, label, _value in telling.lines(said)]
    moving.disclose(by, row.person_id, row, row.recipient_kind, number, [*fields, _("When and how consent was given")])
    seal(row, "sealed", replace(queries.asked_of(row, by=by), sent=told.kept(said)))
    moving.ours(by, row, AskerAct.NAME, "sealed")
    moving.remind(by, row, RequestClock.RESULT, clock.now() + FIND_WITHIN)
    return row


@action("requests.work")
def withdraw(*, by: Actor, request_id: UUID) -> OurRequest:
    """Take the question back: they stop, and forget what they were told. Raises NotFound, WrongState."""
    row = queries.ours_for(by, request_id, lock=True)
    ASKER.after(row.state, AskerAct.WITHDRAW)
    _withdraw(by, row)
    return row


@action("requests.work")
def seen_to(*, by: Actor, request_id: UUID) -> OurRequest:
    """What they answered was read. Raises NotFound."""
    row = queries.ours_for(by, request_id, lock=True)
    followups.finish_follow_up(by=by, kind=RequestClock.LOOK, subject=row.pk)
    moving.note(by, "requests.seen_to", row)
    return row


@action("requests.work")
def decide(*, by: Actor, found_id: UUID, act: str, revision: int = 0) -> Found:
    """Take one field that came over, or leave what stands here. `revision` is of the record that stood beside it.

    Raises NotFound, WrongState, Invalid, Conflict once somebody changed that record.
    """
    row = queries.found_for(by, found_id)
    if act not in {"use", "leave"}:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    row.state, row.decided_by = FOUND_TABLE.after(row.state, act), by.account_id
    if act == "use":
        _write(by, row, revision)
    row.save(update_fields=["state", "decided_by"])
    if not row.request.found.filter(state=FoundState.WAITING).exists():
        followups.finish_follow_up(by=by, kind=RequestClock.LOOK, subject=row.request_id)
    moving.note(by, f"requests.found.{act}", row.request)
    return row


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """A consent was taken back: what waits never leaves, what left is taken back, what came and nobody used goes.

    Inside that action.
    """
    rows = OurRequest.objects.select_for_update(of=("self",)).select_related("peer").filter(consent=consent)
    for row in rows:
        if row.state == Asking.AGREED:
            moving.ours(by, row, AskerAct.REVOKE)
        elif row.state in ON_THE_ROAD:
            _withdraw(by, row)
        elif row.state == Asking.TOLD:
            row.found.filter(state=FoundState.WAITING).delete()
            followups.finish_follow_up(by=by, kind=RequestClock.LOOK, subject=row.pk)
            moving.note(by, "requests.let_go", row)


def _withdraw(by: Actor, row: OurRequest) -> None:
    """They are told, unless the question itself never left."""
    before, stopped = row.state, moving.call_back(by, row)
    moving.ours(by, row, AskerAct.WITHDRAW)
    if before in ON_THE_ROAD and moving.ASK not in stopped:
        moving.tell_surely(by, row, moving.WITHDRAW)


def _locked(by: Actor, request_id: UUID, act: str) -> OurRequest:
    """A request of which something is to leave. The person's consents are locked before they are looked at, so that a
    withdrawal either comes first and nothing leaves, or waits until this has happened."""
    coverage.locked(queries.ours_for(by, request_id).person_id)
    row = queries.ours_for(by, request_id, lock=True)
    ASKER.after(row.state, act)
    return row


def _require_yes(by: Actor, row: OurRequest) -> Consent:
    """The very consent that names these fields. Raises ConsentMissing unless it stands and nobody withheld the name."""
    person = people.get_for(by, row.person_id)
    everything = Consent.objects.filter(person__in=people.one_person_ids(person))
    if row.consent is None or not permission.stands(row.consent, everything):
        raise ConsentMissing
    coverage.consent_for(
        by, person, purpose=Purpose.REFERRAL, recipient_kind=row.recipient_kind, recipient=row.peer.name
    )
    return row.consent


def _check(by: Actor, draft: Draft, *, known: bool, when: str, place: str) -> None:
    if draft.recipient_kind == RecipientKind.AUTHORITY:
        raise AuthorityRefused
    errors: cleaning.Errors = {}
    for name, codes in (("recipient_kind", RecipientKind), ("why", Why), ("case_kind", CaseKind)):
        cleaning.require_code(codes, getattr(draft, name), name, errors)
    field = KINDS.get(CaseKind(draft.case_kind)) if "case_kind" not in errors else None
    if field is not None and not by.opens(field.compartment):
        errors["case_kind"] = _("What would come is not for your role to see. Ask a colleague of that field.")
    if not known:
        errors["peer"] = _("Choose an organisation from the list.")
    if not clock.today() <= draft.until <= clock.today() + LONGEST:
        errors["until"] = _("Choose a day within the next three months.")
    errors |= _mistakes_in(draft, when=when, place=place)
    cleaning.refuse(errors)


def _mistakes_in(draft: Draft, *, when: str, place: str) -> cleaning.Errors:
    errors: cleaning.Errors = {}
    if not draft.parts or set(draft.parts) - set(PART_CODES):
        errors["parts"] = _("Tick what is asked.")
    if set(draft.find_by) - set(FIND_CODES):
        errors["find_by"] = _("Choose from the list: one of the codes is not known.")
    if when and not cleaning.is_when(when):
        errors["when"] = cleaning.WRITE_WHEN
    if problem := cleaning.too_long(place, cleaning.LONGEST_NAME):
        errors["place"] = problem
    elif PLACE in draft.find_by and not place:
        errors["place"] = _("Write where it was, or do not tick it.")
    return errors


def _labels(codes: Sequence[str]) -> str:
    return ", ".join(str(telling.LABELS[code]) for code in codes)


def _write(by: Actor, row: Found, revision: int) -> None:
    if row.name in {"first_met", "last_met"}:
        raise Invalid({}, _("These days are theirs: there is no place for them in our record."))
    person = people.get_for(by, row.request.person_id)
    case = queries.open_case_about(row.request, person, by=by)
    if case is None and not told.of_identity(row.name):
        raise Invalid({}, _("Open a case first: this belongs in one."))
    said = {row.name: queries.value_of(row, by=by)}
    writing.write(
        by=by, person_id=person.pk, case_id=case.pk if case else None, name=row.name, said=said, revision=revision
    )
