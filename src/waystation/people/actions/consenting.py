"""What a person allows, refuses and takes back; what they were told; what left."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import approvals, cleaning, permission, queries
from waystation.people.codes import Basis, ConsentState, DisclosureKind, GivenBy, NoticeVia, Purpose, RecipientKind
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.models import Consent, Disclosure, NoticeReading, Person
from waystation.people.tongues import LANGUAGES
from waystation.vault import open_documents, seal


@action("people.consent")
def give_consent(
    *,
    by: Actor,
    person_id: UUID,
    purpose: str,
    recipient_kind: str,
    document: ConsentDocument,
    expires_on: date | None = None,
) -> Consent:
    """Record that the person allows one purpose to one kind of recipient. Raises NotFound, Invalid."""
    return _answer(by, person_id, (purpose, recipient_kind), document, expires_on, ConsentState.GIVEN)


@action("people.consent")
def refuse_consent(
    *, by: Actor, person_id: UUID, purpose: str, recipient_kind: str, document: ConsentDocument
) -> Consent:
    """Record that the person was asked and said no; earlier consent to the same ends here. Raises NotFound, Invalid."""
    return _answer(by, person_id, (purpose, recipient_kind), document, None, ConsentState.REFUSED)


@action("people.consent")
def withdraw_consent(*, by: Actor, consent_id: UUID) -> Consent:
    """Take a consent back: from this moment nothing leaves under it. Raises NotFound."""
    consent = Consent.objects.select_for_update().filter(pk=consent_id, state=ConsentState.GIVEN).first()
    if consent is None:
        raise NotFound
    queries.get_for(by, consent.person_id)
    consent.state, consent.withdrawn_at = ConsentState.WITHDRAWN, clock.now()
    consent.save(update_fields=["state", "withdrawn_at"])
    permission.withdrawn(by, consent)
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
) -> Disclosure:
    """Record that something leaves now, under the person's consent. Call it before anything is told or sent.

    Raises ConsentMissing unless a standing consent covers the purpose and the recipient and nobody withheld it;
    NotFound, Invalid.
    """
    person = queries.get_for(by, person_id)
    cleaned = _checked_disclosure(purpose, recipient_kind, kind, document)
    # Locked, so that a withdrawal going on beside this waits or is seen (SQLite writers wait anyway).
    rows = list(Consent.objects.select_for_update().filter(person__in=queries.one_person_ids(person)))
    consent = permission.allowing(
        rows,
        open_documents(rows, ConsentDocument, by=by),
        purpose=purpose,
        recipient_kind=recipient_kind,
        recipient=cleaned.recipient,
    )
    if consent is None:
        raise ConsentMissing
    return _disclose(by, person, (purpose, recipient_kind, kind), cleaned, consent)


@action("people.disclose-vital")
def request_vital_disclosure(
    *,
    by: Actor,
    person_id: UUID,
    purpose: str,
    recipient_kind: str,
    kind: str,
    document: DisclosureDocument,
) -> Disclosure:
    """Ask a second officer to let something leave without consent, because a life depends on it.

    `document.why` is the reason and must be given. The disclosure waits (no `sent_at`) until the officer decides, and
    is thrown away when refused. Raises NotFound, Invalid.
    """
    person = queries.get_for(by, person_id)
    cleaned = _checked_disclosure(purpose, recipient_kind, kind, document)
    if not cleaned.why:
        raise Invalid({"why": _("Say why a life depends on it. The second officer decides by these words.")})
    disclosure = _disclose(by, person, (purpose, recipient_kind, kind), cleaned, None)
    approvals.ask(approvals.VITAL, by=by, subject=disclosure.pk, reason=cleaned.why)
    return disclosure


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
    state: ConsentState,
) -> Consent:
    person = queries.get_for(by, person_id)
    errors: cleaning.Errors = {}
    purpose, recipient_kind = question
    cleaning.require_code(Purpose, purpose, "purpose", errors)
    cleaning.require_code(RecipientKind, recipient_kind, "recipient_kind", errors)
    cleaned = _checked_consent(document, errors)
    if expires_on is not None and expires_on < clock.today():
        errors["expires_on"] = _("This day has passed. Choose a later one, or leave it empty.")
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
    consent.save(force_insert=True)
    _journal(by, "people.consent.give" if state == ConsentState.GIVEN else "people.consent.refuse", consent)
    return consent


def _checked_consent(document: ConsentDocument, errors: cleaning.Errors) -> ConsentDocument:
    cleaning.require_code(GivenBy, document.given_by, "given_by", errors)
    cleaning.require_code(Basis, document.basis, "basis", errors)
    if document.language and document.language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    return cleaning.texts(document, errors, recipients=200, withheld=200, explained_by=200, note=cleaning.LONGEST_NOTE)


def _checked_disclosure(
    purpose: str, recipient_kind: str, kind: str, document: DisclosureDocument
) -> DisclosureDocument:
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


def _disclose(
    by: Actor,
    person: Person,
    codes: Sequence[str],
    document: DisclosureDocument,
    consent: Consent | None,
) -> Disclosure:
    purpose, recipient_kind, kind = codes
    disclosure = Disclosure(
        person=person,
        consent=consent,
        basis=Basis.CONSENT if consent else Basis.VITAL_INTEREST,
        purpose=purpose,
        recipient_kind=recipient_kind,
        kind=kind,
        sent_at=clock.now() if consent else None,
        sent_by=by.account_id,
    )
    seal(disclosure, "sealed", document)
    disclosure.save(force_insert=True)
    _journal(by, "people.disclose" if consent else "people.disclose.ask", disclosure)
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
