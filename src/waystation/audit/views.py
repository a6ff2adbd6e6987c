"""The log as a page: who did what and when, without what was in it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from waystation.audit import words
from waystation.audit.models import Leaf
from waystation.kernel import policies
from waystation.kernel.pages import StaffRequest, page

PER_PAGE = 50


@page("audit.view")
def log(request: StaffRequest) -> HttpResponse:
    """The newest entries first, by action where one is chosen."""
    rows = Leaf.objects.filter(policies.rows(request.actor, "audit.view")).order_by("-index")
    chosen = request.GET.get("action", "")
    if chosen:
        rows = rows.filter(action=chosen)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "lines": [(leaf, words.in_words(leaf.action)) for leaf in shown],
        "actions": sorted(words.known().items(), key=lambda pair: str(pair[1])),
        "chosen": chosen,
        "query": f"action={chosen}&" if chosen else "",
    }
    return render(request, "audit/log.html", context)
