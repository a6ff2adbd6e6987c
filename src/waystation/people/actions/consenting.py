"""What a person allows, refuses and takes back; what they were told; what left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound, Problem
from waystation.kernel.ids import new_id
from waystation.kernel.journal import Entry
from waystation.people import approvals, cleaning, coverage, permission, queries
from waystation.people.codes import (
    ASKED,
    CONSENT_TABLE,
    LONGEST_CONSENT,
    Basis,
    ConsentAct,
    ConsentState,
    DisclosureKind,
    GivenBy,
    NoticeVia,
    Purpose,
    RecipientKind,
)
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Disclosure, NoticeReading, Person
from waystation.people.tongues import LANGUAGES
from waystation.vault import open_document, open_documents, seal


class AuthorityRefused(Problem):
    """Something was to go to an authority as if it were anyone."""

    code = "authority-refused"
    status = 409
    keeps = True
    message = _(
        "Authorities are told nothing. Only what the person wants told to an authority named in a consent may go, and "
        "only when a second officer agrees."
    )


class Withheld(Problem):
    """The person named this recipient as one that must never be told."""

    code = "withheld"
    status = 409
    message = _("The person said that this recipient must never be told. Think of another way to save the life first.")


@action("people.consent")
def give_consent(
    *,
    by: Actor,
    person_id: UUID,
    purpose: str,
    recipient_kind: str,
    document: ConsentDocument,
    expires_on: date | None,
) -> Consent:
    """Record that the person allows one purpose to one kind of recipient until a day. Raises NotFound, Invalid."""
    return _answer(by, person_id, (purpose, recipient_kind), document, expires_on, ConsentAct.GIVE)


@action("people.consent")
def refuse_consent(
    *, by: Actor, person_id: UUID, purpose: str, recipient_kind: str, document: ConsentDocument
) -> Consent:
    """Record that the person was asked and said no; earlier consent to the same ends here. Raises NotFound, Invalid."""
    return _answer(by, person_id, (purpose, recipient_kind), document, None, ConsentAct.REFUSE)


@action("people.consent")
def withdraw_consent(*, by: Actor, consent_id: UUID) -> Consent:
    """Take a consent back: from this moment nothing leaves under it. Raises NotFound, WrongState."""
    found = Consent.objects.filter(pk=consent_id).first()
    if found is None:
        raise NotFound
    rows = coverage.locked(queries.get_for(by, found.person_id))
    consent = next((row for row in rows if row.pk == consent_id), None)
    if consent is None:
        raise NotFound
    consent.state = ConsentState(CONSENT_TABLE.after(consent.state, ConsentAct.WITHDRAW))
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["state", "withdrawn_at"])
    permission.withdrawn(by, consent)
    _end_others(by, consent, rows)
    _journal(by, "people.consent.withdraw", consent)
    return consent


@action("people.disclose")
def record_disclosure(
    *,
    by: Actor,
    person_id: UUID,
    purpose: str,
    recipient_kind: str,
    kind: str,
    document: DisclosureDocument,
    number: UUID | None = None,
) -> Disclosure:
    """Record that something leaves now, under the person's consent. Call it before anything is told or sent.

    With the `number` of a message that tells it, it can be taken off the list if that never leaves.
    Raises ConsentMissing unless a standing consent covers the purpose and the recipient and nobody withheld it;
    NotFound, Invalid.
    """
    person = queries.get_for(by, person_id)
    if recipient_kind == RecipientKind.AUTHORITY:
        journal.record(by, Entry(action="people.disclose.authority_refused", subject=person.pk, person=person.pk))
        raise AuthorityRefused
    cleaned = checked_disclosure(purpose, recipient_kind, kind, document)
    consent = _allowing(by, person, purpose, recipient_kind, cleaned.recipient)
    return disclose(by, person, (purpose, recipient_kind, kind), cleaned, consent, clock.now(), number=number)


def did_not_leave(by: Actor, number: UUID) -> None:
    """The message of this number was called back before it left: what it was to tell is listed no more.

    Inside the caller's action, which asked its own permission.
    """
    for row in Disclosure.objects.filter(pk=number):
        _journal(by, "people.disclose.called_back", row)
        row.delete()


@action("people.disclose")
def request_authority_disclosure(
    *, by: Actor, person_id: UUID, purpose: str, kind: str, document: DisclosureDocument
) -> Disclosure:
    """Ask a second officer to let something go to an authority that the person named in a consent.

    It waits as a vital disclosure does. Raises ConsentMissing unless the person allowed exactly this authority;
    NotFound, Invalid.
    """
    person = queries.get_for(by, person_id)
    codes = (purpose, RecipientKind.AUTHORITY, kind)
    cleaned = checked_disclosure(*codes, document)
    if not cleaned.why:
        raise Invalid({"why": _("Say why the person wants this. The second officer decides by these words.")})
    consent = _allowing(by, person, purpose, RecipientKind.AUTHORITY, cleaned.recipient)
    disclosure = disclose(by, person, codes, cleaned, consent, None)
    approvals.ask(approvals.AUTHORITY, by=by, subject=disclosure.pk, reason=cleaned.why)
    return disclosure


def let_reach_authority(by: Actor, subject: UUID) -> None:
    """The second officer allowed it: it leaves now, if the consent still stands. Raises NotFound, ConsentMissing."""
    waiting = Disclosure.objects.select_related("person").filter(pk=subject, sent_at__isnull=True).first()
    if waiting is None:
        raise NotFound
    told = open_document(waiting, DisclosureDocument, by=by)
    _allowing(by, waiting.person, waiting.purpose, waiting.recipient_kind, told.recipient)
    approvals.let_leave(by, subject)


@action("people.disclose-vital")
def request_vital_disclosure(
    *,
    by: Actor,
    person_id: UUID,
    purpose: str,
    recipient_kind: str,
    kind: str,
    document: DisclosureDocument,
    although_withheld: bool = False,
) -> Disclosure:
    """Ask a second officer to let something leave without consent, because a life depends on it.

    `document.why` is the reason and must be given. The disclosure waits (no `sent_at`) until the officer decides, and
    is thrown away when refused. To a recipient whom the person named as never to be told it is asked only
    `although_withheld`. Raises NotFound, Invalid, Withheld.
    """
    person = queries.get_for(by, person_id)
    cleaned = checked_disclosure(purpose, recipient_kind, kind, document)
    if not cleaned.why:
        raise Invalid({"why": _("Say why a life depends on it. The second officer decides by these words.")})
    asked = replace(cleaned, although_withheld=although_withheld)
    _refuse_withheld(by, person, asked)
    disclosure = disclose(by, person, (purpose, recipient_kind, kind), asked, None, None)
    approvals.ask(approvals.VITAL, by=by, subject=disclosure.pk, reason=cleaned.why)
    return disclosure


def let_leave_for_life(by: Actor, subject: UUID) -> None:
    """The second officer allowed it: it leaves now, unless the person withheld the recipient since it was asked.

    Raises NotFound, Withheld.
    """
    waiting = Disclosure.objects.select_related("person").filter(pk=subject, sent_at__isnull=True).first()
    if waiting is None:
        raise NotFound
    _refuse_withheld(by, waiting.person, open_document(waiting, DisclosureDocument, by=by))
    approvals.let_leave(by, subject)


def _refuse_withheld(by: Actor, person: Person, told: DisclosureDocument) -> None:
    opened = open_documents(coverage.locked(person), ConsentDocument, by=by).values()
    if permission.is_withheld(opened, told.recipient) and not told.although_withheld:
        raise Withheld


@action("people.notice")
def record_notice(*, by: Actor, person_id: UUID, language: str, understood: bool, via: str) -> NoticeReading:
    """Record that the person was told who sees their record and who never will. Raises NotFound, Invalid."""
    person = queries.get_for(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(NoticeVia, via, "via", errors)
    if language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    cleaning.refuse(errors)
    reading = NoticeReading.objects.create(
        person=person, language=language, at=clock.now(), by=by.account_id, understood=understood, via=via
    )
    journal.record(
        by,
        Entry(action="people.notice", subject=reading.pk, person=person.pk, detail={"understood": understood}),
    )
    return reading


def _answer(
    by: Actor,
    person_id: UUID,
    question: tuple[str, str],
    document: ConsentDocument,
    expires_on: date | None,
    act: ConsentAct,
) -> Consent:
    person = queries.get_for(by, person_id)
    state = ConsentState(CONSENT_TABLE.after(ASKED, act))
    errors: cleaning.Errors = {}
    purpose, recipient_kind = question
    cleaning.require_code(Purpose, purpose, "purpose", errors)
    cleaning.require_code(RecipientKind, recipient_kind, "recipient_kind", errors)
    cleaned = _checked_consent(document, errors)
    if recipient_kind == RecipientKind.AUTHORITY and state == ConsentState.GIVEN and not cleaned.recipients:
        errors["recipients"] = _("Name the authority. No consent opens the record to authorities in general.")
    if state == ConsentState.GIVEN:
        _check_yes(cleaned, expires_on, errors)
    cleaning.refuse(errors)
    consent = Consent(
        person=person,
        purpose=purpose,
        recipient_kind=recipient_kind,
        state=state,
        given_at=clock.now(),
        expires_on=expires_on,
        recorded_by=by.account_id,
    )
    seal(consent, "sealed", cleaned)
    earlier = coverage.locked(person) if cleaned.withheld or state != ConsentState.GIVEN else []
    consent.save(force_insert=True)
    _end_others(by, consent, earlier)
    _journal(by, f"people.consent.{act}", consent)
    return consent


def _end_others(by: Actor, answer: Consent, rows: Sequence[Consent]) -> None:
    """What hangs on another yes that this answer ends stops too, in whichever record of the person it stands."""
    given = [row for row in rows if row.state == ConsentState.GIVEN and row.pk != answer.pk]
    if not given:
        return
    opened = open_documents([answer, *given], ConsentDocument, by=by)
    said = opened.get(answer.pk, ConsentDocument())
    for row in given:
        if row.pk in opened and permission.ends(answer, said, row, opened[row.pk]):
            permission.withdrawn(by, row)


def _check_yes(document: ConsentDocument, expires_on: date | None, errors: cleaning.Errors) -> None:
    """A yes is understood and has an end. A no needs neither."""
    if expires_on is None:
        errors["expires_on"] = _("Say until when. It can be taken back on any day before.")
    elif expires_on < clock.today():
        errors["expires_on"] = _("This day has passed. Choose a later one.")
    elif expires_on > clock.today() + LONGEST_CONSENT:
        errors["expires_on"] = _("Two years at the most: then ask again.")
    if not document.read_back:
        errors["read_back"] = _("Ask the person to say in their own words what they allow. Without that it is no yes.")


def _checked_consent(document: ConsentDocument, errors: cleaning.Errors) -> ConsentDocument:
    cleaning.require_code(GivenBy, document.given_by, "given_by", errors)
    cleaning.require_code(Basis, document.basis, "basis", errors)
    if document.language and document.language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    return cleaning.texts(document, errors, recipients=200, withheld=200, explained_by=200, note=cleaning.LONGEST_NOTE)


def checked_disclosure(
    purpose: str, recipient_kind: str, kind: str, document: DisclosureDocument
) -> DisclosureDocument:
    """What is to leave, cleaned. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(Purpose, purpose, "purpose", errors)
    cleaning.require_code(RecipientKind, recipient_kind, "recipient_kind", errors)
    cleaning.require_code(DisclosureKind, kind, "kind", errors)
    cleaned = cleaning.texts(document, errors, recipient=200, fields=200, why=cleaning.LONGEST_NOTE)
    if not cleaned.recipient:
        errors["recipient"] = _("Say to whom it goes.")
    if not cleaned.fields:
        errors["fields"] = _("Say what is passed on.")
    cleaning.refuse(errors)
    return cleaned


def _allowing(by: Actor, person: Person, purpose: str, recipient_kind: str, recipient: str) -> Consent:
    """The consent under which it may be told now, locked. Raises ConsentMissing."""
    return coverage.consent_for(
        by, person, purpose=purpose, recipient_kind=recipient_kind, recipient=recipient, lock=True
    )


def disclose(
    by: Actor,
    person: Person,
    codes: Sequence[str],
    document: DisclosureDocument,
    consent: Consent | None,
    sent_at: datetime | None,
    *,
    number: UUID | None = None,
) -> Disclosure:
    """Write down that it leaves at `sent_at`, or waits for a second officer, inside the caller's action."""
    purpose, recipient_kind, kind = codes
    disclosure = Disclosure(
        id=number or new_id(),
        person=person,
        consent=consent,
        basis=Basis.CONSENT if consent else Basis.VITAL_INTEREST,
        purpose=purpose,
        recipient_kind=recipient_kind,
        kind=kind,
        sent_at=sent_at,
        sent_by=by.account_id,
    )
    seal(disclosure, "sealed", document)
    disclosure.save(force_insert=True)
    _journal(by, "people.disclose" if sent_at else "people.disclose.ask", disclosure)
    return disclosure


def _journal(by: Actor, name: str, row: Consent | Disclosure) -> None:
    journal.record(
        by,
        Entry(
            action=name,
            subject=row.pk,
            person=row.person_id,
            detail={"purpose": row.purpose, "recipient_kind": row.recipient_kind},
        ),
    )
