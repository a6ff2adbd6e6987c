"""Every write about lists: a file comes, somebody looks at its columns, its people are taken, the list goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.lists import erasing, formats, queries, taking
from waystation.familylinks.lists.codes import LONGEST_USE_DAYS, TABLE, Act, State
from waystation.familylinks.lists.documents import FileDocument, ListDocument
from waystation.familylinks.lists.models import PersonList
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.codes import Basis
from waystation.vault import new_person_key, open_document, seal

MOST_BYTES = 10 * 1024 * 1024
MOST_PEOPLE = 20_000
NAME, NOTE = 120, 4000


@dataclass(frozen=True, kw_only=True)
class ListDraft:
    """A list as it is told of. `basis` is a code of `people.codes.Basis`, `agreement` words about by what right."""

    name: str
    keeper: str
    came_on: date
    until: date
    basis: str
    agreement: str = ""


@action("lists.keep")
def bring(*, by: Actor, draft: ListDraft, file_name: str, data: bytes) -> PersonList:
    """Keep a file, sealed, until somebody has looked at its columns. Raises Invalid."""
    errors: cleaning.Errors = {}
    cleaned = _checked(draft, errors)
    words = cleaning.texts(
        ListDocument(file_name=file_name[-NAME:], agreement=draft.agreement), errors, file_name=NAME, agreement=NOTE
    )
    if len(data) > MOST_BYTES:
        errors["file"] = _("This file is larger than 10 MB. Send it in parts.")
    kind = None if "file" in errors else formats.detect(data)
    if kind is None:
        errors.setdefault("file", _("This file cannot be read. Save it as CSV, or ask for PFIF."))
    cleaning.refuse(errors)
    assert kind is not None
    now = clock.now()
    row = PersonList(**cleaned, format=kind.code, made_at=now, made_by=by.account_id, state_at=now)
    new_person_key(row.pk)
    seal(row, "sealed", words)
    seal(row, "file", FileDocument(data=data))
    row.save(force_insert=True)
    journal.record(by, journal.Entry(action="lists.bring", subject=row.pk, person=row.pk))
    return row


@action("lists.keep")
def take(*, by: Actor, list_id: UUID, columns: Sequence[str] | None = None) -> PersonList:
    """Take the people of a file that waits; what cannot be taken as it stands is kept with its line and reason.

    `columns`: what each column holds, codes of `reading.columns.Field`; nothing: as guessed. Raises NotFound,
    WrongState, Invalid.
    """
    row = queries.list_for(by, list_id, lock=True)
    state = TABLE.after(row.state, Act.TAKE)
    found = read(row, columns, by=by)
    if len(found.people) > MOST_PEOPLE:
        raise Invalid({}, _("More than 20,000 people stand in this file. Send it in parts."))
    if not found.people:
        raise Invalid({}, _("No name could be read. Say which column holds names."))
    row.state, row.state_at, row.file = state, clock.now(), None
    row.good, row.bad = len(found.people), len(found.wrong)
    taking.write_faults(row, found.wrong)
    erasing.heed(row, {one.said.number for one in found.people if not one.said.names})
    taking.write_people(row, found.people)
    row.save()
    detail = {"good": row.good, "bad": row.bad}
    journal.record(by, journal.Entry(action="lists.take", subject=row.pk, person=row.pk, detail=detail))
    return row


@action("lists.keep")
def delete(*, by: Actor, list_id: UUID) -> PersonList:
    """Erase everybody of a list with their keys; a line that says so stays. Raises NotFound, WrongState."""
    row = queries.list_for(by, list_id, lock=True)
    state = State(TABLE.after(row.state, Act.DELETE))
    journal.record(by, journal.Entry(action="lists.delete", subject=row.pk, person=row.pk))
    erasing.end(row, state)
    return row


def read(row: PersonList, columns: Sequence[str] | None, *, by: Actor) -> formats.Reading:
    """What came of the file of a list that waits, written nowhere yet."""
    kind = formats.get(row.format)
    if kind is None or not row.file:
        raise Invalid({}, _("This file cannot be read. Save it as CSV, or ask for PFIF."))
    data = open_document(row, FileDocument, by=by).data
    return kind.read(data, row.came_on, columns)


def _checked(draft: ListDraft, errors: cleaning.Errors) -> dict[str, str | date]:
    cleaning.require_code(Basis, draft.basis, "basis", errors)
    cleaned = {"name": cleaning.line(draft.name), "keeper": cleaning.line(draft.keeper)}
    for field, text in cleaned.items():
        if not text:
            errors[field] = _("Say what list this is and who keeps it.")
        elif problem := cleaning.too_long(text, NAME):
            errors[field] = problem
    today = clock.today()
    if draft.came_on > today:
        errors["came_on"] = _("This day lies in the future.")
    if draft.until < today:
        errors["until"] = _("This day has passed. Choose a later one.")
    elif draft.until > today + timedelta(days=LONGEST_USE_DAYS):
        errors["until"] = _("Five years at the most: then ask its keeper again.")
    return {**cleaned, "came_on": draft.came_on, "until": draft.until, "basis": draft.basis}
