"""Counting free calls, Wi-Fi and charging, and the weeks before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.familylinks.news import queries
from waystation.familylinks.news.actions import calls as actions
from waystation.familylinks.news.codes import Contact
from waystation.familylinks.news.forms import CallForm
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people.queries import overrides_since
from waystation.web.forms import mend, status_of


@page("news.count")
def calls(request: StaffRequest) -> HttpResponse:
    """Count one more; beneath, the weeks of the post where one is."""
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.count_session(by=request.actor, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
            for says in [str(problem)] if not problem.fields else []:
                form.add_error(None, says)
        else:
            messages.success(request, _("Counted."))
            return redirect("news:calls")
    post_id = request.actor.post_id
    found = queries.weeks(request.actor, post_id) if post_id else []
    lines = [(week, [week.sessions.get(kind.value, 0) for kind in Contact]) for week in reversed(found)]
    context = {
        "form": form,
        "lines": lines,
        "kinds": list(Contact),
        "has_post": post_id is not None,
        "overrides": overrides_since(2),
    }
    return render(request, "news/calls.html", context, status=status_of(form))
