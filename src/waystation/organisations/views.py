"""Pages about posts."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from waystation.kernel import policies
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations import actions, queries
from waystation.organisations.forms import PartnerForm, PostForm

MANAGE = "posts.manage"


@page("posts.view")
def posts(request: StaffRequest) -> HttpResponse:
    """All posts."""
    context = {"posts": queries.visible_to(request.actor), "may_manage": policies.permits(request.actor, MANAGE)}
    return render(request, "organisations/posts.html", context)


@page(MANAGE)
def add(request: StaffRequest) -> HttpResponse:
    """Open a post."""
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_post(by=request.actor, **form.cleaned_data)
        return redirect("organisations:posts")
    return render(request, "organisations/post.html", {"form": form, "post": None})


@page(MANAGE)
def change(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Change, close or open a post."""
    post = queries.get_for(request.actor, post_id)
    if "is_open" in request.POST:
        actions.change_post(by=request.actor, post_id=post_id, is_open=request.POST["is_open"] == "yes")
        return redirect("organisations:posts")
    name = post.name
    form = PostForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        actions.change_post(by=request.actor, post_id=post_id, **form.cleaned_data)
        return redirect("organisations:posts")
    return render(request, "organisations/post.html", {"form": form, "post": post, "name": name})


@page("partners.view")
def partners(request: StaffRequest) -> HttpResponse:
    """All partners, with what they declared."""
    may_manage = policies.permits(request.actor, "partners.manage")
    context = {"partners": queries.partners_for(request.actor), "may_manage": may_manage}
    return render(request, "organisations/partners.html", context)


@page("partners.manage")
def partner(request: StaffRequest, partner_id: UUID | None = None) -> HttpResponse:
    """Add a partner, or change what is said of one."""
    known = queries.partner_for(request.actor, partner_id) if partner_id else None
    form = PartnerForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        actions.save_partner(by=request.actor, partner_id=partner_id, **form.cleaned_data)
        return redirect("organisations:partners")
    return render(request, "organisations/partner.html", {"form": form, "partner": known})


@page("posts.switch")
@require_POST
def switch_post(request: StaffRequest) -> HttpResponse:
    """Work at another post, and come back to where one was."""
    actions.switch_post(by=request.actor, post_id=_uuid(request.POST.get("post", "")))
    return redirect(_back(request))


def _uuid(text: str) -> UUID:
    from waystation.kernel.errors import NotFound

    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound from problem


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else "/"
