"""Filter and order of the list of cases, and who may hold one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.accounts.models import Account
from waystation.accounts.roles import CARDS, Role
from waystation.casework.cases import queries
from waystation.casework.cases.codes import KINDS, OPEN_STATES, CaseKind, CaseState, Risk
from waystation.casework.cases.models import Case
from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel.actors import Actor
from waystation.people.forms.fields import choice_field

ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-opened_at", "pk"),
    "oldest": ("opened_at", "pk"),
    "changed": ("state_at", "pk"),
}


class ListForm(forms.Form):
    """Coarse facts only."""

    state = choice_field(_("State"), [("", _("All that are open")), *CaseState.choices], required=False)
    kind = choice_field(_("About"), [("", _("Anything")), *CaseKind.choices], required=False)
    risk = choice_field(_("Risk"), [("", _("Any")), *Risk.choices], required=False)
    whose = choice_field(
        _("Whose"),
        [("", _("Anyone's")), ("mine", _("Mine")), ("none", _("Nobody's")), ("late", _("Overdue"))],
        required=False,
    )
    order = choice_field(
        _("Order"),
        [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("changed", _("Longest unchanged first"))],
        required=False,
    )


def narrowed(rows: QuerySet[Case], form: ListForm, *, by: Actor) -> QuerySet[Case]:
    """The rows a form asks for; an answer that cannot be read narrows nothing."""
    answers: dict[str, Any] = getattr(form, "cleaned_data", {})
    wanted = {name: answers.get(name) for name in ("state", "kind", "risk")}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if not wanted["state"]:
        rows = rows.filter(state__in=OPEN_STATES)
    match answers.get("whose"):
        case "mine":
            rows = rows.filter(owner=by.account_id)
        case "none":
            rows = rows.filter(owner=None)
        case "late":
            rows = queries.overdue(rows)
    return rows.order_by(*ORDERS[answers.get("order") or "newest"])


def colleagues(case: Case) -> list[tuple[str, str]]:
    """Active staff whose role works on such cases, by sign-in name."""
    compartment = KINDS[CaseKind(case.kind)].compartment
    roles = [role for role in Role if role in CASE_WORKERS and compartment in CARDS[role].compartments]
    rows = Account.objects.filter(is_active=True, role__in=roles).order_by("handle")
    return [(str(row.pk), f"{row.handle} ({CARDS[Role(row.role)].label})") for row in rows if row.pk != case.owner]
