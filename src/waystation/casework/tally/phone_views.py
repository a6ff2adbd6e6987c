"""The page that counts without a line: a form where there is one, kept on the phone where there is none."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from waystation.casework.tally import actions, queries
from waystation.casework.tally import phone as sent
from waystation.casework.tally.forms import CountForm
from waystation.casework.tally.views import ALWAYS_SHOWN, post_of
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import read_id
from waystation.kernel.pages import ANYONE, StaffRequest, page
from waystation.organisations.models import Post
from waystation.people.codes import AgeBand
from waystation.web.forms import mend

STICKS = ("services", "more", "items")
"""What stays ticked for whoever comes next."""


@page("casework.count")
def phone(request: StaffRequest) -> HttpResponse:
    """Count on a phone. Without scripts it is a form whose hidden id makes a double click count once."""
    post = post_of(request)
    if post is None:
        return render(request, "tally/no_post.html", {"title": _("Count without a line")})
    form = _form(request, post)
    if request.method == "POST" and not request.POST.get("who"):
        form.add_error(None, _("Tap who it is: sex and age, in the table below."))
    if request.method == "POST" and form.is_valid():
        try:
            actions.count(by=request.actor, draft=form.draft(post.pk, request.POST["who"]))
        except Invalid as problem:
            mend(form, problem)
        else:
            ticked = {name: form.cleaned_data.get(name, []) for name in STICKS}
            query = urlencode({"last": form.cleaned_data["id"], **ticked}, doseq=True)
            return redirect(f"{reverse('tally:phone')}?{query}")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    context = {**_context(post, form), "last": read_id(request.GET.get("last", ""))}
    return render(request, "tally/phone.html", context, status=status)


@page("casework.count")
@require_safe
def kept(request: StaffRequest) -> HttpResponse:
    """The same page as a phone keeps it: nobody's name, no token, no form that could be sent without the script."""
    post = post_of(request)
    if post is None:
        raise NotFound(_("Choose your post at the top of the page first."))
    form = CountForm(things=queries.things(request.actor, post.pk))
    return render(request, "tally/phone.html", {**_context(post, form), "is_kept": True})


@page("casework.count")
@require_POST
def back(request: StaffRequest) -> HttpResponse:
    """The count before was a slip of the thumb."""
    contact_id = read_id(request.POST.get("last", ""))
    if contact_id is None:
        raise NotFound
    actions.take_back(by=request.actor, contact_id=contact_id)
    return redirect(f"{reverse('tally:phone')}?taken=back")


@page("casework.count")
def sync(request: StaffRequest) -> HttpResponse:
    """A token for the phone; and what it kept, answered row by row."""
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    batch = sent.read(request.body)
    drafts = [row.draft for row in batch.rows if row.draft]
    answers = actions.sync(by=request.actor, drafts=drafts, phone_now=batch.now)
    return JsonResponse({"answers": sent.in_answer(batch, answers)})


@page(ANYONE)
@require_GET
def worker(request: Any) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """The script that opens the page without a line. From here it reaches `phone/` and nothing else."""
    found = finders.find("tally/worker.js")
    return HttpResponse(Path(str(found)).read_bytes(), content_type="text/javascript; charset=utf-8")


def _form(request: StaffRequest, post: Post) -> CountForm:
    ticked = {name: request.GET.getlist(name) for name in STICKS}
    return CountForm(request.POST or None, things=queries.things(request.actor, post.pk), initial=ticked)


def _context(post: Post, form: CountForm) -> dict[str, Any]:
    rows = [(band.label, [(f"{sex.value}:{band.value}", sex.label) for sex in ALWAYS_SHOWN]) for band in AgeBand]
    return {"post": post, "form": form, "rows": rows, "sexes": [sex.label for sex in ALWAYS_SHOWN]}
