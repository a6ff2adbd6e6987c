"""Without what a case about trafficking does not close, and whose yes lets anything reach an authority."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import OPEN_STATES, Act, CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.safety import queries
from waystation.casework.safety.codes import NOBODY_TO_ASK, TimeState
from waystation.casework.safety.models import TimeToThink
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.people import queries as people
from waystation.people.codes import CHILDREN, GivenBy, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person
from waystation.web.components.cldr import day


def against(by: Actor, case: Case, act: str, closing: str) -> list[Text]:
    """Why a case about trafficking may not close: one sentence for each thing that is missing."""
    if case.kind != CaseKind.TRAFFICKING or act != Act.CLOSE:
        return []
    missing: list[Text] = []
    if closing not in NOBODY_TO_ASK and queries.plans_of(case.person, by=by).standing is None:
        missing.append(
            _("No safety plan was read back to the person. If the person wants none, write down that they said so.")
        )
    waiting = TimeToThink.objects.filter(case=case, state__in=[TimeState.ACCEPTED, TimeState.RUNNING]).first()
    if waiting is not None:
        missing.append(_time_runs(waiting))
    return missing


def _time_runs(row: TimeToThink) -> Text:
    if row.last_day is None:
        return _("The person wants time to think, and it has not begun. Let it begin, or write down that they do not.")
    words = _("Time to think runs until %(day)s. If the person wishes to end it, write that down first.")
    return words % {"day": day(row.last_day)}


def own_yes(_by: Actor, person: Person, recipient_kind: str, document: ConsentDocument) -> Text | None:
    """Who may be in the hands of others says yes to an authority themself, or nobody does."""
    if recipient_kind != RecipientKind.AUTHORITY or document.given_by == GivenBy.SELF or person.age_band in CHILDREN:
        return None
    open_cases = Case.objects.filter(kind=CaseKind.TRAFFICKING, state__in=OPEN_STATES)
    if not open_cases.filter(person__in=people.one_person_ids(person)).exists():
        return None
    return _("Only the person's own yes counts here, not somebody else's. Ask the person alone.")
