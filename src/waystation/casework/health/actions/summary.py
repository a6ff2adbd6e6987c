"""The small summary of somebody's health, line by line."""

import re
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.health import queries
from waystation.casework.health.actions.common import LINE, new, patient, tell
from waystation.casework.health.codes.summary import SYSTEMS, WRITTEN
from waystation.casework.health.models import Line, LineDocument
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.models import Person
from waystation.vault import seal

SINCE = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
CODE = re.compile(r"[^\s]{1,40}")


@action("health.work")
def write_line(*, by: Actor, person_id: UUID, document: LineDocument) -> Line:
    """Write down one allergy, medicine, condition or vaccination. Raises NotAllowed, NotFound, Invalid."""
    person = patient(by, person_id)
    errors: cleaning.Errors = {}
    cleaned = cleaning.texts(document, errors, text=LINE, code=LINE, since=LINE, more=LINE, told_by=LINE)
    if cleaned.kind not in WRITTEN:
        errors["kind"] = _("Choose one of the answers offered.")
    if not cleaned.text:
        errors["text"] = _("Say what it is.")
    if cleaned.since and not SINCE.fullmatch(cleaned.since):
        errors["since"] = _("Write a year, a month or a day, like 2019, 2019-04 or 2019-04-30.")
    if bool(cleaned.code) != bool(cleaned.system):
        errors["code"] = _("A code needs its list, and a list its code.")
    elif cleaned.code and (cleaned.system not in SYSTEMS or not CODE.fullmatch(cleaned.code)):
        errors["code"] = _("Choose the list and write the code without spaces.")
    cleaning.refuse(errors)
    return add_line(by, person, cleaned)


@action("health.work")
def none_known(*, by: Actor, person_id: UUID, kind: str) -> Line:
    """The person was asked and says that there is none. Raises NotAllowed, NotFound, Invalid."""
    person = patient(by, person_id)
    if kind not in WRITTEN:
        raise Invalid({"kind": _("Choose one of the answers offered.")})
    if any(text.kind == kind and not text.none for _row, text in queries.lines_of(person, by=by)):
        raise Invalid({"kind": _("Something is written there. Say first that it is no longer so.")})
    return add_line(by, person, LineDocument(kind=kind, none=True))


@action("health.work")
def end_line(*, by: Actor, line_id: UUID) -> Line:
    """It is no longer so, or was a slip. Raises NotFound."""
    row = queries.get_for(by, Line, line_id, lock=True)
    row.ended_at = row.ended_at or clock.now()
    row.save(update_fields=["ended_at"])
    tell(by, "health.line_end", row)
    return row


def add_line(by: Actor, person: Person, document: LineDocument) -> Line:
    """A line takes the place of "none known" of its kind, and the other way round."""
    said_none = [row.pk for row, text in queries.lines_of(person, by=by) if text.kind == document.kind and text.none]
    Line.objects.filter(pk__in=said_none).update(ended_at=clock.now())
    row = new(Line, by, person)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    tell(by, "health.line", row)
    return row
