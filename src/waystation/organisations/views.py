"""Pages about posts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from waystation.accounts.models import Account
from waystation.kernel import policies
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.ids import known_id
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations import actions, closing, queries
from waystation.organisations.forms import CloseForm, PartnerForm, PostForm, WorkplacesForm
from waystation.web.forms import mend
from waystation.web.ways import next_of

MANAGE = "posts.manage"


@page("posts.view")
def posts(request: StaffRequest) -> HttpResponse:
    """All posts."""
    context = {"posts": queries.visible_to(request.actor), "may_manage": policies.permits(request.actor, MANAGE)}
    context["may_assign"] = policies.permits(request.actor, "posts.assign")
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
    if "reopen" in request.POST:
        actions.reopen_post(by=request.actor, post_id=post_id)
        return redirect("organisations:posts")
    name = post.name
    form = PostForm(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        actions.change_post(by=request.actor, post_id=post_id, **form.cleaned_data)
        return redirect("organisations:posts")
    return render(request, "organisations/post.html", {"form": form, "post": post, "name": name})


@page(MANAGE)
def close(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Close a post; asked first, with what is kept to it."""
    post = queries.get_for(request.actor, post_id)
    others = [(str(one.pk), one.name) for one in queries.open_posts() if one.pk != post.pk]
    form = CloseForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        heir = form.cleaned_data["to_post"]
        try:
            actions.close_post(by=request.actor, post_id=post.pk, to_post_id=UUID(heir) if heir else None)
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("organisations:posts")
    context = {"form": form, "post": post, "kept": closing.in_words(post.pk)}
    return render(request, "organisations/close.html", context)


@page("posts.assign")
def workplaces(request: StaffRequest) -> HttpResponse:
    """Who works where."""
    names = dict(queries.visible_to(request.actor).values_list("pk", "name"))
    rows = [
        (account, [names[number] for number in account.post_ids if number in names])
        for account in Account.objects.filter(is_active=True)
    ]
    return render(request, "organisations/workplaces.html", {"rows": rows})


@page("posts.assign")
def workplace(request: StaffRequest, account_id: UUID) -> HttpResponse:
    """Where one member of staff works."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    posts = [(str(one.pk), one.name) for one in queries.visible_to(request.actor)]
    form = WorkplacesForm(request.POST or None, posts=posts, initial={"posts": account.posts})
    if request.method == "POST" and form.is_valid():
        wanted = [UUID(number) for number in form.cleaned_data["posts"]]
        try:
            actions.assign_posts(by=request.actor, account_id=account.pk, post_ids=wanted)
        except (Invalid, NotAllowed) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("organisations:workplaces")
    return render(request, "organisations/workplace.html", {"form": form, "account": account})


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
    actions.switch_post(by=request.actor, post_id=known_id(request.POST.get("post", "")))
    return redirect(next_of(request))
