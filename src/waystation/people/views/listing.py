"""All people this reader may see, by coarse facts."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import visible_to as posts_visible_to
from waystation.people import facts, queries
from waystation.people.forms import ListForm
from waystation.people.models import Person

if TYPE_CHECKING:
    PeoplePaginator = Paginator[Person]
else:
    PeoplePaginator = Paginator

PER_PAGE = 25
FARTHEST = 5000
"""Who looks farther than this needs a filter, and counting a million rows would keep everyone waiting."""


class NearPaginator(PeoplePaginator):
    """Counts no farther than anyone turns pages."""

    @cached_property
    def count(self) -> int:
        """How many rows, up to FARTHEST."""
        rows: QuerySet[Person] = self.object_list  # type: ignore[assignment]
        return rows.order_by()[:FARTHEST].count()


@page("people.view")
def people(request: StaffRequest) -> HttpResponse:
    """The list: filter, order, turn pages. Names are opened for the rows shown and for no others."""
    posts = {post.pk: post for post in posts_visible_to(request.actor)}
    form = ListForm(request.GET, posts=posts)
    form.is_valid()
    rows = queries.visible_to(request.actor).filter(**form.conditions()).order_by(*form.columns())
    shown = NearPaginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = queries.identities(shown, by=request.actor)
    lines = [
        {
            "person": person,
            "identity": names[person.pk],
            "age": facts.age(person, names[person.pk]),
            "post": posts.get(person.last_met_post_id) if person.last_met_post_id else None,
        }
        for person in shown
        if person.pk in names
    ]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": lines,
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
        "farthest": FARTHEST if shown.paginator.count >= FARTHEST else 0,
    }
    return render(request, "people/list.html", context)
