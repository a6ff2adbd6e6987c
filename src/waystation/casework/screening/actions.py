"""Every write about screening."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.screening import indicators, placements, queries
from waystation.casework.screening.codes import (
    ACT_WITHIN,
    AGAIN_AFTER,
    CARDS,
    SIGNS_WITHIN,
    TABLE,
    Act,
    Domain,
    Immediate,
    Need,
    Rating,
    Screened,
    State,
)
from waystation.casework.screening.indicators import SIGNS, Found
from waystation.casework.screening.models import (
    DomainDocument,
    DomainView,
    Screening,
    ScreeningDocument,
    Signs,
    SignsDocument,
)
from waystation.casework.screening.placements import Placement
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.codes import CHILDREN, InterviewerSex
from waystation.people.models import Person
from waystation.vault import open_document, seal

NOTE = cleaning.LONGEST_NOTE
LINE = 200


@action("screening.work")
def begin(*, by: Actor, person_id: UUID, document: ScreeningDocument) -> Screening:
    """Begin: what it is for was explained, what cannot wait was heard. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    errors: cleaning.Errors = {}
    _require_known(Need, document.needs, "needs", errors)
    _require_known(Immediate, document.immediate, "immediate", errors)
    if document.talks_with:
        cleaning.require_code(InterviewerSex, document.talks_with, "talks_with", errors)
    heard = cleaning.texts(document, errors, language=LINE, explained_by=LINE, words=NOTE)
    cleaning.refuse(errors)
    now = clock.now()
    row = Screening(person=person, at=now, by=by.account_id, post_id=by.post_id, state_at=now)
    seal(row, "sealed", heard)
    row.save(force_insert=True)
    if heard.immediate:
        _clock(by, Screened.IMMEDIATE, row.pk, person.pk, now, immediate=True)
    journal.about(by, "screening.begin", row)
    return row


@action("screening.work")
def rate(*, by: Actor, screening_id: UUID, domain: str, document: DomainDocument) -> DomainView:
    """Write down what was found in one domain, or write it anew. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, screening_id, lock=True)
    TABLE.after(row.state, Act.RATE)
    errors: cleaning.Errors = {}
    cleaning.require_code(Domain, domain, "domain", errors)
    cleaning.require_code(Rating, document.rating, "rating", errors)
    cleaning.refuse(errors)
    if set(document.prompts) - set(CARDS[Domain(domain)].prompts):
        errors["prompts"] = _UNKNOWN
    found = cleaning.texts(document, errors, answers=NOTE, providers=NOTE, harm=NOTE, summary=NOTE)
    if found.rating == Rating.HIGH and not found.harm:
        errors["harm"] = _("Say what harm is to be feared. A high rating needs it.")
    cleaning.refuse(errors)
    view = DomainView.objects.filter(screening=row, domain=domain).first() or DomainView(screening=row, domain=domain)
    view.at, view.by = clock.now(), by.account_id
    seal(view, "sealed", found)
    view.save()
    journal.about(by, "screening.rate", row)
    return view


@action("screening.work")
def finish(*, by: Actor, screening_id: UUID, placement: str, why: str = "", summary: str = "") -> Screening:
    """Finish: the place looked for is written down, and the clocks of what follows start.

    Every domain must have been looked at; a place that restricts more than the least suggested needs a reason, and
    nobody under age is tagged. Raises NotFound, WrongState, Invalid.
    """
    row = queries.get_for(by, screening_id, lock=True)
    end = TABLE.after(row.state, Act.FINISH)
    opened = queries.opened(row, by=by)
    if opened.missing:
        names = ", ".join(str(domain.label) for domain in opened.missing)
        raise Invalid({}, _("Not looked at yet: %(domains)s.") % {"domains": names})
    suggestion = placements.suggest(opened.ratings)
    errors: cleaning.Errors = {}
    cleaning.require_code(Placement, placement, "placement", errors)
    cleaning.refuse(errors)
    _check_place(Placement(placement), why, suggestion, row.person, errors)
    said = replace(opened.said, placement=placement, placement_why=why, summary=summary)
    said = cleaning.texts(said, errors, placement_why=NOTE, summary=NOTE)
    cleaning.refuse(errors)
    row.overall = suggestion.overall
    _move(by, row, end, said, "screening.finish")
    _start_clocks(by, row, suggestion.overall)
    return row


@action("screening.work")
def stop(*, by: Actor, screening_id: UUID, words: str = "") -> Screening:
    """The person wishes to stop: what was said stays, nothing follows from it. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, screening_id, lock=True)
    end = TABLE.after(row.state, Act.STOP)
    errors: cleaning.Errors = {}
    said = replace(open_document(row, ScreeningDocument, by=by), stopped=words)
    said = cleaning.texts(said, errors, stopped=NOTE)
    cleaning.refuse(errors)
    return _move(by, row, end, said, "screening.stop")


@action("screening.signs")
def pass_on_signs(*, by: Actor, person_id: UUID, document: SignsDocument) -> Found:
    """Pass signs on to who works on protection; whoever helps people may, and need not be able to read them again.

    Gives what the signs come to. Raises NotFound, Invalid.
    """
    person = people.get_for(by, person_id)
    errors: cleaning.Errors = {}
    if set(document.signs) - set(SIGNS):
        errors["signs"] = _UNKNOWN
    told = cleaning.texts(document, errors, words=NOTE, reach=NOTE)
    if not told.signs and not told.words:
        errors["signs"] = _("Tick what you saw or heard, or say it in words.")
    cleaning.refuse(errors)
    result = indicators.found(told.signs, is_child=_is_child(person))
    if result is Found.NONE:
        result = Found.WATCH
    row = Signs(person=person, at=clock.now(), by=by.account_id, post_id=by.post_id)
    seal(row, "sealed", replace(told, found=result))
    row.save(force_insert=True)
    now = clock.now()
    likely = result is Found.LIKELY
    _clock(by, Screened.SIGNS, row.pk, person.pk, now if likely else now + SIGNS_WITHIN, immediate=likely, mine=False)
    journal.record(by, journal.Entry(action="screening.signs", subject=row.pk, person=person.pk))
    return result


_UNKNOWN = _("Choose from the list: one of the codes is not known.")


def _require_known(codes: type[Need | Immediate], chosen: tuple[str, ...], field: str, errors: cleaning.Errors) -> None:
    if set(chosen) - set(codes.values):
        errors[field] = _UNKNOWN


def _check_place(
    place: Placement, why: str, suggestion: placements.Suggestion, person: Person, errors: cleaning.Errors
) -> None:
    if place is Placement.ELECTRONIC and _is_child(person):
        errors["placement"] = _("A child is never tagged.")
    if placements.needs_reason(place, suggestion.places) and not why.strip():
        errors["why"] = _("This place restricts more than another that would do. Say why it must be this one.")


def _is_child(person: Person) -> bool:
    return person.age_band in CHILDREN


def _start_clocks(by: Actor, row: Screening, overall: Rating) -> None:
    now = clock.now()
    followups.finish_follow_up(by=by, kind=Screened.AGAIN, subject=row.person_id)
    if overall in ACT_WITHIN:
        _clock(by, Screened.ACT, row.pk, row.person_id, now + ACT_WITHIN[overall])
    _clock(by, Screened.AGAIN, row.person_id, row.person_id, now + AGAIN_AFTER[overall])


def _clock(
    by: Actor,
    kind: str,
    subject: UUID,
    person_id: UUID,
    due_at: datetime,
    *,
    immediate: bool = False,
    mine: bool = True,
) -> None:
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=subject,
        compartment=Compartment.PROTECTION,
        person_id=person_id,
        due_at=due_at,
        owner=by.account_id if mine else None,
        immediate=immediate,
    )


def _move(by: Actor, row: Screening, end: str, said: ScreeningDocument, name: str) -> Screening:
    row.state, row.state_at = State(end), clock.now()
    seal(row, "sealed", said)
    row.save(update_fields=["state", "state_at", "overall", "sealed"])
    journal.about(by, name, row)
    return row
