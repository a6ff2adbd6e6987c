"""What a step changes besides the state, act by act, with what must be said for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.reunification import guards, queries
from waystation.familylinks.reunification.codes import (
    AFTER_MEETING,
    BEFORE_MEETING,
    BY_HAND,
    Act,
    Ending,
    Refusal,
    Side,
    Submitter,
)
from waystation.familylinks.reunification.documents import ReunificationDocument, Travel
from waystation.familylinks.reunification.models import Reunification
from waystation.kernel import clock
from waystation.people import cleaning

LINE = 200


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """One step: the act, the day on which it happened, words; and what belongs to the one act or the other."""

    act: str
    on: date | None = None
    words: str = ""
    authority: str = ""
    submitter: str = ""
    refusal: str = ""
    appeal_by: date | None = None
    travel: Travel = field(default_factory=Travel)
    side: str = ""
    ending: str = ""


Apply = Callable[[Reunification, ReunificationDocument, StepDraft, cleaning.Errors, date], ReunificationDocument]


def applied(
    row: Reunification, said: ReunificationDocument, draft: StepDraft, errors: cleaning.Errors, day: date
) -> ReunificationDocument:
    """Change the row and give what is sealed from now on; what must be mended stands in `errors`."""
    apply = APPLY.get(draft.act)
    return apply(row, said, draft, errors, day) if apply else said


def end_yes(row: Reunification, side: str) -> None:
    """What one side said before holds no more."""
    row.agreements.filter(side=side, ended_at__isnull=True).update(ended_at=clock.now())


def _submitted(
    row: Reunification, said: ReunificationDocument, draft: StepDraft, errors: cleaning.Errors, _day: date
) -> ReunificationDocument:
    cleaning.require_code(Submitter, draft.submitter, "submitter", errors)
    if says := guards.before_authority(row, draft.submitter):
        errors["submitter"] = says
    changed = cleaning.texts(
        replace(said, authority=draft.authority or said.authority, submitter=draft.submitter), errors, authority=LINE
    )
    if not changed.authority:
        errors["authority"] = _("Say which authority.")
    row.refusal, row.appeal_by = "", None
    return changed


def _refused(
    row: Reunification, said: ReunificationDocument, draft: StepDraft, errors: cleaning.Errors, day: date
) -> ReunificationDocument:
    cleaning.require_code(Refusal, draft.refusal, "refusal", errors)
    if draft.appeal_by is not None and draft.appeal_by < day:
        errors["appeal_by"] = _("This day lies before the answer.")
    row.refusal, row.appeal_by = draft.refusal, draft.appeal_by
    return said


def _arranged(
    row: Reunification, said: ReunificationDocument, draft: StepDraft, errors: cleaning.Errors, _day: date
) -> ReunificationDocument:
    travel = cleaning.texts(draft.travel, errors, route=cleaning.LONGEST_NOTE, escort=LINE, tickets=LINE, met_by=LINE)
    if travel.on is None:
        errors["travel_on"] = _("Say on which day they travel.")
    if queries.has_child(row, said) and not travel.escort:
        errors["escort"] = _("A child does not travel alone: say who travels along.")
    return replace(said, travel=travel)


def _met(
    row: Reunification, said: ReunificationDocument, _draft: StepDraft, _errors: cleaning.Errors, day: date
) -> ReunificationDocument:
    row.met_on = day
    return said


def _withdrawn(
    row: Reunification, said: ReunificationDocument, draft: StepDraft, errors: cleaning.Errors, _day: date
) -> ReunificationDocument:
    cleaning.require_code(Side, draft.side, "side", errors)
    row.ending, row.ended_by = Ending.WITHDRAWN, draft.side
    end_yes(row, draft.side)
    return said


def _closed(
    row: Reunification, said: ReunificationDocument, draft: StepDraft, errors: cleaning.Errors, _day: date
) -> ReunificationDocument:
    if draft.ending not in BY_HAND:
        errors["ending"] = _("Choose one of the answers offered.")
    elif draft.ending in AFTER_MEETING and row.state in BEFORE_MEETING:
        errors["ending"] = _("They have not met yet, as far as is written here.")
    row.ending = draft.ending
    return said


APPLY: Mapping[str, Apply] = {
    Act.SUBMIT: _submitted,
    Act.APPEAL: _submitted,
    Act.REFUSE: _refused,
    Act.ARRANGE: _arranged,
    Act.MEET: _met,
    Act.WITHDRAW: _withdrawn,
    Act.CLOSE: _closed,
}
