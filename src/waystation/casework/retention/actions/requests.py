"""What authorities ask for: refused, written down, and never answered from here by the program itself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework.retention import queries as waiting
from waystation.casework.retention.actions import checks
from waystation.casework.retention.codes import ANSWER, AskedFor, Authority, Paper, Told
from waystation.casework.retention.models import AuthorityRequest, RequestDocument
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, queries
from waystation.people.actions.duties import record_duty
from waystation.vault import new_person_key, open_document, seal

GIVE = "retention.give"
LINE, NOTE = 200, 4000


@action("retention.record-request")
def record_request(
    *,
    by: Actor,
    authority: str,
    asked_for: str,
    document: RequestDocument,
    paper: str = Paper.NO,
    asked_on: date | None = None,
    person_id: UUID | None = None,
) -> AuthorityRequest:
    """Write down that an authority asked, and that it was refused. Opens nothing, tells nobody.

    `document` says who asked, by which paper, about whom or what; with `person_id` it is about someone on record, and
    sealed under their key. Raises Invalid, NotFound.
    """
    errors: cleaning.Errors = {}
    cleaning.require_code(Authority, authority, "authority", errors)
    cleaning.require_code(AskedFor, asked_for, "asked_for", errors)
    cleaning.require_code(Paper, paper, "paper", errors)
    if asked_on is not None and asked_on > clock.today():
        errors["asked_on"] = _("This day lies in the future.")
    cleaned = cleaning.texts(document, errors, who=LINE, paper=LINE, about=NOTE, note=NOTE)
    cleaning.refuse(errors)
    row = AuthorityRequest(
        person=queries.get_for(by, person_id) if person_id else None,
        post_id=by.post_id,
        asked_on=asked_on or clock.today(),
        authority=authority,
        asked_for=asked_for,
        paper=paper,
        told=Told.NOT_YET if asked_for == AskedFor.PERSON else Told.NOBODY,
        recorded_at=clock.now(),
        by=by.account_id,
    )
    if row.person_id is None:
        new_person_key(row.pk)
    seal(row, "sealed", cleaned)
    row.save(force_insert=True)
    _journal(by, "retention.request", row, {"authority": authority, "asked_for": asked_for})
    return row


@action("retention.requests")
def say_told(*, by: Actor, request_id: UUID, told: str) -> AuthorityRequest:
    """Write down whether the person knows. Raises NotFound, Invalid."""
    row = _locked(request_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Told, told, "told", errors)
    cleaning.refuse(errors)
    row.told = told
    row.save(update_fields=["told"])
    _journal(by, "retention.request.told", row, {"told": told})
    return row


@action("retention.requests")
def ask_to_give(*, by: Actor, request_id: UUID, order: str, fields: Sequence[str]) -> AuthorityRequest:
    """Ask a second officer to allow an answer that a court of this country ordered, with exactly these fields.

    Raises NotFound, Invalid (no court order was shown; `order`, `fields`), WrongState.
    """
    row = _locked(request_id)
    if row.paper != Paper.ORDER:
        raise Invalid({"order": _("Without a court order nothing is given. Without a paper, nothing at all.")})
    errors: cleaning.Errors = {}
    said = checks.reason(order, errors, "order")
    wanted = tuple(line for line in (cleaning.line(field)[:LINE] for field in fields) if line)
    if not wanted:
        errors["fields"] = _("Write down exactly what would be given, one a line.")
    cleaning.refuse(errors)
    _add(by, row, order=said, fields=wanted)
    row.answer, row.asked_by = ANSWER.after(row.answer, "ask"), by.account_id
    row.save(update_fields=["answer", "asked_by", "sealed"])
    _journal(by, "retention.request.ask", row, {"fields": len(wanted)})
    approvals.request(by=by, kind=GIVE, subject=row.pk, reason=said)
    return row


@action("retention.requests")
def export_requests(*, by: Actor) -> None:
    """Write down that the list left the house."""
    journal.record(by, Entry(action="retention.request.export"))


def give(by: Actor, request_id: UUID) -> None:
    """The second officer agreed. What leaves is handed over by people, not by this program; it stands on her sheet."""
    row = _locked(request_id)
    row.answer = ANSWER.after(row.answer, "approve")
    row.approved_by, row.decided_at = by.account_id, clock.now()
    row.save(update_fields=["answer", "approved_by", "decided_at"])
    if row.person_id is not None and row.asked_by is not None:
        told = open_document(row, RequestDocument, by=by)
        record_duty(
            by=by,
            asked_by=row.asked_by,
            person_id=row.person_id,
            recipient=told.who,
            fields=told.fields,
            why=told.order,
        )
    _journal(by, "retention.request.give", row, {})


def refuse(by: Actor, request_id: UUID) -> None:
    """The second officer refused, or nobody decided in time: it stays refused."""
    row = _locked(request_id)
    row.answer, row.decided_at = ANSWER.after(row.answer, "refuse"), clock.now()
    row.save(update_fields=["answer", "decided_at"])
    _journal(by, "retention.request.refuse", row, {})


def forget_words(before: date, most: int) -> int:
    """Erase what identifies in old requests; the day, the kind and the answer stay. How many; a clock calls this."""
    from waystation.vault import erase_person

    old = AuthorityRequest.objects.filter(asked_on__lt=before, sealed__isnull=False)
    rows = list(old.exclude(person__in=waiting.held().values("pk"))[:most])
    for row in rows:
        if row.person_id is None:
            erase_person(row.pk)
    AuthorityRequest.objects.filter(pk__in=[row.pk for row in rows]).update(sealed=None, person=None)
    return len(rows)


def _add(by: Actor, row: AuthorityRequest, *, order: str, fields: tuple[str, ...]) -> None:
    held = open_document(row, RequestDocument, by=by)
    added = RequestDocument(
        who=held.who, paper=held.paper, about=held.about, note=held.note, order=order, fields=fields
    )
    seal(row, "sealed", added)


def _locked(request_id: UUID) -> AuthorityRequest:
    row = AuthorityRequest.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise NotFound
    return row


def _journal(by: Actor, name: str, row: AuthorityRequest, detail: dict[str, str | int | bool | None]) -> None:
    # A request about nobody on record has a key of its own, which seals its entries just as well.
    journal.record(by, Entry(action=name, subject=row.pk, person=row.sealed_for, detail=detail))
