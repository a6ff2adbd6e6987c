"""Two records of one person: find, compare, join; and part them again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions, facts, queries
from waystation.people.documents import IdentityDocument
from waystation.people.facts import isolated
from waystation.people.forms import FindForm, MergeForm
from waystation.people.models import Person
from waystation.people.search import Found
from waystation.people.views.common import found_others, opened, show
from waystation.web.components.cldr import minute
from waystation.web.forms import mend, status_of


@page("people.merge")
def same_as(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Find the other record of this person; the search is posted, so that no name stands in an address."""
    found, identity = opened(request, person_id)
    find = FindForm(request.POST or None, initial={"q": identity.display_name})
    others: list[Found] = []
    problem = ""
    if find.is_valid() and find.cleaned_data["q"]:
        others, problem = found_others(find.cleaned_data["q"], found, by=request.actor)
    return show(request, "same_as", found, identity, {"find": find, "others": others, "problem": problem})


@page("people.merge")
def merge(request: StaffRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Both records side by side; then joined, which can be undone."""
    found, other = queries.get_for(request.actor, person_id), queries.get_for(request.actor, other_id)
    if found.pk == other.pk:
        raise NotFound
    names = queries.identities([found, other], by=request.actor)
    if len(names) < 2:
        raise NotFound
    pair = [(found, names[found.pk]), (other, names[other.pk])]
    choices = [(str(one.pk), _called(one, own)) for one, own in pair]
    form = MergeForm(request.POST or None, names=choices, initial={"survivor": str(found.pk)})
    if request.method == "POST" and form.is_valid():
        survivor = UUID(form.cleaned_data["survivor"])
        absorbed = other.pk if survivor == found.pk else found.pk
        try:
            actions.merge(by=request.actor, survivor_id=survivor, absorbed_id=absorbed, note=form.cleaned_data["note"])
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Both records are one person now. You can part them again on this page."))
            return redirect("people:person", survivor)
    context = {"form": form, "rows": _compared(pair), "people": pair}
    return show(request, "merge", found, names[found.pk], context, status_of(form))


@page("people.merge")
def split(request: StaffRequest, person_id: UUID, merge_id: UUID) -> HttpResponse:
    """Part two records again; says first what stays where."""
    found, identity = opened(request, person_id)
    merged = next((one for one in queries.merges_of(found, by=request.actor) if one.row.pk == merge_id), None)
    if merged is None:
        raise NotFound
    if request.method == "POST":
        stays, parted = actions.split(by=request.actor, merge_id=merge_id)
        messages.success(request, _("These are two people again."))
        return redirect("people:parted", stays.pk, parted.pk)
    return show(request, "split", found, identity, {"merged": merged})


@page("people.merge")
def parted(request: StaffRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Both people after a split, so that what was written since can be put right."""
    found, other = queries.get_for(request.actor, person_id), queries.get_for(request.actor, other_id)
    names = queries.identities([found, other], by=request.actor)
    people = [(one, own) for one in (found, other) if (own := names.get(one.pk)) is not None]
    if len(people) < 2:
        raise NotFound
    return show(request, "parted", found, names[found.pk], {"people": people})


def _called(person: Person, identity: IdentityDocument) -> str:
    return _("%(name)s, registered %(when)s") % {
        "name": isolated(str(identity.called)),
        "when": minute(person.registered_at),
    }


def _compared(pair: list[tuple[Person, IdentityDocument]]) -> list[dict[str, Any]]:
    """Each fact of both records in one row, with whether they differ."""
    columns = [{fact.label: fact.value for fact in facts.identity_facts(*one)} for one in pair]
    for (person, identity), column in zip(pair, columns, strict=True):
        column[_("Name")] = identity.called
        column[_("Last met")] = minute(person.last_met_at)
    labels = list(dict.fromkeys([_("Name"), *columns[0], *columns[1]]))
    return [
        {"label": label, "values": (values := [column.get(label, "") for column in columns]), "same": _same(values)}
        for label in labels
    ]


def _same(values: list[Any]) -> bool:
    return len({str(value).casefold() for value in values}) == 1
