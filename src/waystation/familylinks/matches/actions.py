"""Every write on possible matches: two verify, the person found decides, only what they allow is told."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.familylinks.lists import queries as lists
from waystation.familylinks.matches import comparing, queries
from waystation.familylinks.matches.codes import AT_WORK, NONE, TABLE, Act, Allowed, MatchClock, State
from waystation.familylinks.matches.index import service
from waystation.familylinks.matches.models import Match, MatchDocument, MatchStep, Never, NeverDocument
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.codes import TABLE as REQUEST
from waystation.familylinks.tracing.codes import Act as RequestAct
from waystation.familylinks.tracing.codes import How
from waystation.familylinks.tracing.codes import State as RequestState
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import actions as consents
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import USUAL_CONSENT, ConsentState, DisclosureKind, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Person
from waystation.vault import new_person_key, open_documents, seal

NOTE, LINE = cleaning.LONGEST_NOTE, cleaning.LONGEST_NAME
WITHIN = {
    State.CONFIRMED: (MatchClock.VERIFY, 7),
    State.VERIFIED: (MatchClock.ASK, 14),
    State.AGREED: (MatchClock.TELL, 7),
}
"""What comes next, and within how many days."""
BY: dict[str, str] = {
    How.FACE: DisclosureKind.SPOKEN,
    How.PHONE: DisclosureKind.TELEPHONE,
    How.LETTER: DisclosureKind.LETTER,
    How.VISIT: DisclosureKind.SPOKEN,
    How.MESSAGE: DisclosureKind.LETTER,
}
"""What a way of telling is on the list of what left."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the person found said: what may be told, in which words, who explained it in which language.

    `never`: this enquirer must never be told anything, and nobody is to ask again.
    """

    words: str = ""
    allowed: tuple[str, ...] = ()
    told: str = ""
    phone: str = ""
    where: str = ""
    language: str = ""
    explained_by: str = ""
    read_back: bool = False
    until: date | None = None
    never: bool = False


@action("matches.work")
def propose(*, by: Actor, request_id: UUID, person_id: UUID | None = None, listed_id: UUID | None = None) -> Match:
    """Look into whether somebody is the person sought. Raises NotFound, WrongState, Invalid."""
    request = requests.get_for(by, request_id, lock=True)
    person = people.get_for(by, person_id) if person_id else None
    listed = lists.get_for(by, listed_id) if listed_id else None
    if (person is None) == (listed is None):
        raise NotFound
    row = Match.objects.select_for_update().filter(request=request, person=person, listed=listed).first()
    state = TABLE.after(row.state if row else NONE, Act.PROPOSE)
    probability = _probability(by, request, (person or listed).pk)  # type: ignore[union-attr]
    if row is None:
        row = Match(request=request, person=person, listed=listed, proposed_by=by.account_id, state_at=clock.now())
        new_person_key(row.pk)
        seal(row, "sealed", MatchDocument())
        row.probability = round(probability, 4)
        row.save(force_insert=True)
    else:
        row.confirmed_by, row.verified_by, row.second_interview = None, None, False
    followups.finish_follow_up(by=by, kind=MatchClock.LOOK, subject=request.pk)
    _set(by, row, Act.PROPOSE, state)
    _request(by, request, RequestAct.PROPOSE)
    return row


@action("matches.work")
def confirm(*, by: Actor, match_id: UUID, words: str) -> Match:
    """One officer holds them to be the same, and says by what. Raises NotFound, WrongState, Invalid."""
    row = _locked(by, match_id, Act.CONFIRM)
    row.confirmed_by = by.account_id
    _write(by, row, first=_said(words, _("Say by what you know that it is the same person.")))
    _set(by, row, Act.CONFIRM)
    _request(by, row.request, RequestAct.VERIFY)
    return row


@action("matches.work")
def verify(*, by: Actor, match_id: UUID, words: str, second_interview: bool = False) -> Match:
    """A second officer sees the same; or the first after a second interview on another day.

    Raises NotFound, WrongState, Invalid.
    """
    row = _locked(by, match_id, Act.VERIFY)
    if row.confirmed_by == by.account_id:
        _second_day(row, second_interview=second_interview)
    row.verified_by, row.second_interview = by.account_id, row.confirmed_by == by.account_id
    _write(by, row, second=_said(words, _("Say what you looked at, and what you saw.")))
    _set(by, row, Act.VERIFY)
    return row


@action("matches.work")
def dismiss(*, by: Actor, match_id: UUID, words: str) -> Match:
    """It is not the same person. Raises NotFound, WrongState, Invalid."""
    row = _locked(by, match_id, Act.DISMISS)
    _write(by, row, against=_said(words, _("Say by what you know that it is somebody else.")))
    _set(by, row, Act.DISMISS)
    _go_on(by, row)
    return row


@action("matches.work")
def ask(*, by: Actor, match_id: UUID, words: str) -> Match:
    """The person found is asked: by whom, how, and what they were told of who asks. Raises NotFound, WrongState."""
    row = _locked(by, match_id, Act.ASK)
    _write(by, row, asked_how=_said(words, _("Say who asks them, and how.")))
    _set(by, row, Act.ASK)
    return row


@action("matches.work")
def agree(*, by: Actor, match_id: UUID, answer: Answer) -> Match:
    """The person found says yes, and to what: a consent for this enquirer alone.

    Raises NotFound, WrongState, Invalid.
    """
    row = _locked(by, match_id, Act.AGREE)
    if row.never:
        raise Invalid({}, _("They said that this enquirer must never hear of them. It holds."))
    _check(answer)
    if row.person is not None:
        consents.give_consent(
            by=by,
            person_id=row.person.pk,
            purpose=Purpose.TRACING,
            recipient_kind=RecipientKind.FAMILY,
            document=_consent(by, row, answer),
            expires_on=answer.until or clock.today() + USUAL_CONSENT,
        )
    allowed = {"allowed": answer.allowed, "words": answer.told, "phone": answer.phone, "where": answer.where}
    _write(by, row, answer=_added(by, row, answer.words), **allowed)
    _set(by, row, Act.AGREE)
    return row


@action("matches.work")
def decline(*, by: Actor, match_id: UUID, answer: Answer) -> Match:
    """The person found says no: for the enquirer it is as if nobody were known. Raises NotFound, WrongState."""
    row = _locked(by, match_id, Act.DECLINE)
    if row.person is not None and row.state in {State.AGREED, State.TOLD}:
        _withdraw(by, row, row.person)
    if row.person is not None and answer.never:
        consents.refuse_consent(
            by=by,
            person_id=row.person.pk,
            purpose=Purpose.TRACING,
            recipient_kind=RecipientKind.FAMILY,
            document=_consent(by, row, answer),
        )
    if answer.never:
        _never(by, row)
    _write(by, row, answer=_added(by, row, answer.words), allowed=(), words="", phone="", where="")
    _set(by, row, Act.DECLINE)
    _go_on(by, row)
    return row


@action("matches.work")
def tell(*, by: Actor, match_id: UUID, how: str, on: date | None, answer: str = "") -> Match:
    """The enquirer hears what was allowed, and nothing else. Raises NotFound, WrongState, Invalid, ConsentMissing."""
    row = _locked(by, match_id, Act.TELL)
    said = queries.document_of(row, by=by)
    _require_how(how)
    if row.person is not None:
        _disclose(by, row, row.person, said, how)
    tracing.tell_found(by, row.request, tracing.NewsDraft(how=how, on=on, words=told_words(said), answer=answer))
    _set(by, row, Act.TELL)
    return row


def told_words(said: MatchDocument) -> str:
    """What the enquirer is told: what was allowed, in words, then the person's own."""
    told = {Allowed.PHONE: said.phone, Allowed.COUNTRY: said.where, Allowed.WORDS: said.words}
    lines = [told.get(Allowed(code)) or str(Allowed(code).label) for code in said.allowed]
    return "\n".join(lines) or str(Allowed.ALIVE.label)


def _disclose(by: Actor, row: Match, person: Person, said: MatchDocument, how: str) -> None:
    with translation.override("en"):  # each page then says it in the language of who reads
        document = DisclosureDocument(
            recipient=_enquirer(by, row),
            fields=tuple(str(Allowed(code).label) for code in said.allowed),
            why=str(_("A member of the family looks for this person")),
        )
    consents.record_disclosure(
        by=by,
        person_id=person.pk,
        purpose=Purpose.TRACING,
        recipient_kind=RecipientKind.FAMILY,
        kind=BY[how],
        document=document,
    )


def _consent(by: Actor, row: Match, answer: Answer) -> ConsentDocument:
    name = _enquirer(by, row)
    return ConsentDocument(
        recipients=(name,),
        withheld=(name,) if answer.never else (),
        language=answer.language,
        explained_by=answer.explained_by,
        read_back=answer.read_back,
    )


def _withdraw(by: Actor, row: Match, person: Person) -> None:
    """The yes to this enquirer is taken back."""
    rows = Consent.objects.filter(
        person=person, purpose=Purpose.TRACING, recipient_kind=RecipientKind.FAMILY, state=ConsentState.GIVEN
    )
    opened = open_documents(list(rows), ConsentDocument, by=by)
    name = _enquirer(by, row)
    for consent, document in opened.items():
        if name in document.recipients:
            consents.withdraw_consent(by=by, consent_id=consent)


def _enquirer(by: Actor, row: Match) -> str:
    return str(people.identity_of(row.request.person, by=by).called)


def _probability(by: Actor, request: TracingRequest, number: UUID) -> float:
    index = service.ready()
    if index is None:
        raise Invalid({}, _("The names are still being read. Try again in a minute."))
    said = requests.document_of(request, by=by)
    found = comparing.candidates(index, request, said, by=by, only=number)
    return next((one.probability for one in found), 0.0)


def _second_day(row: Match, *, second_interview: bool) -> None:
    """One officer alone verifies only by a second interview, a day after the first."""
    if not second_interview:
        raise Invalid({"words": _("You held them to be the same first. A second officer looks now.")})
    if row.state_at > clock.now() - timedelta(hours=12):
        raise Invalid({"second_interview": _("Speak with the person again on another day.")})


def _check(answer: Answer) -> None:
    errors: cleaning.Errors = {}
    if not answer.allowed or not set(answer.allowed) <= set(Allowed.values):
        errors["allowed"] = _("Tick what the person allows us to tell.")
    for code, (field, says) in NEEDED.items():
        written, ticked = bool(getattr(answer, field).strip()), code in answer.allowed
        if ticked and not written:
            errors[field] = says
        if written and not ticked:
            errors["allowed"] = UNTICKED % {"what": Allowed(code).label}
    cleaning.refuse(errors)


UNTICKED = _("“%(what)s” is written but not ticked. Tick it here, or empty the box below.")
NEEDED: dict[str, tuple[str, Any]] = {
    Allowed.WORDS: ("told", _("Write down the person's own words, as they may be told.")),
    Allowed.PHONE: ("phone", _("Write down the number that may be told.")),
    Allowed.COUNTRY: ("where", _("Write down what may be told of where they are.")),
}


def _added(by: Actor, row: Match, words: str) -> str:
    """What they said before stays, each with its day."""
    before = queries.document_of(row, by=by).answer
    return "\n".join(filter(None, [before, f"{clock.today():%Y-%m-%d}: {words}" if words.strip() else ""]))


def _never(by: Actor, row: Match) -> None:
    """Whoever brings them again, by another list or book, they are not found in this request."""
    side = queries.side_of(row, by=by)
    row.never = True
    never = Never(request=row.request, person=row.person)
    new_person_key(never.pk)
    seal(never, "sealed", NeverDocument(names=side.names, birth_year=side.birth_year))
    never.save(force_insert=True)


def _require_how(how: str) -> None:
    errors: cleaning.Errors = {}
    cleaning.require_code(How, how, "how", errors)
    cleaning.refuse(errors)


def _said(words: str, missing: Any) -> str:
    cleaned = cleaning.note(words)
    if problem := (cleaning.too_long(cleaned, NOTE) if cleaned else missing):
        raise Invalid({"words": problem})
    return cleaned


def _write(by: Actor, row: Match, **said: Any) -> None:
    errors: cleaning.Errors = {}
    document = replace(queries.document_of(row, by=by), **said)
    seal(row, "sealed", cleaning.texts(document, errors, answer=4 * NOTE, words=NOTE, phone=LINE, where=LINE))
    cleaning.refuse(errors)


def _locked(by: Actor, match_id: UUID, act: str) -> Match:
    row = queries.get_for(by, match_id, lock=True)
    row.request = requests.get_for(by, row.request_id, lock=True)
    TABLE.after(row.state, act)
    return row


def _set(by: Actor, row: Match, act: str, state: str = "") -> None:
    row.state, row.state_at = state or TABLE.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", "confirmed_by", "verified_by", "second_interview", "never", "sealed"])
    MatchStep.objects.create(match=row, act=act, state=row.state, at=row.state_at, by=by.account_id)
    followups.drop_all(by=by, subject=row.pk)
    if row.state in WITHIN:
        kind, days = WITHIN[State(row.state)]
        followups.open_follow_up(
            by=by,
            kind=kind,
            subject=row.pk,
            compartment=Compartment.FAMILY_LINKS,
            due_at=clock.now() + timedelta(days=days),
            owner=None if kind == MatchClock.VERIFY else row.request.owner,
        )
    # Under its own key: on the page of who looked at the enquirer's record it would tell that somebody was found.
    journal.record(by, journal.Entry(action=f"matches.{act}", subject=row.pk, person=row.pk))


def _request(by: Actor, request: TracingRequest, act: str) -> None:
    """The request follows where its table lets it; with several at once it stands with the first."""
    if REQUEST.allows(request.state, act):
        tracing.step(by, request, act)


def _go_on(by: Actor, row: Match) -> None:
    """Nobody else is being looked into: the search goes on, whether this one was somebody else or did not wish it."""
    others = Match.objects.filter(request=row.request, state__in=AT_WORK).exclude(pk=row.pk)
    if row.request.state in {RequestState.MATCH, RequestState.VERIFYING} and not others.exists():
        tracing.step(by, row.request, RequestAct.GO_ON)
