"""Keeping a record to one post, and opening it to every post: asked first, because other posts lose sight of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waystation.kernel.errors import Conflict
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import visible_to as posts_visible_to
from waystation.people import actions, queries
from waystation.people.views.common import opened, show


@page("people.keep-to-post")
def keep(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Which post would see the person from now on and which no longer; then it is done."""
    kept = request.POST.get("kept") == "yes"
    # Whoever went to work at another post meanwhile read the name of a post that is not meant any more.
    moved = kept and request.POST.get("post") != str(request.actor.post_id)
    if request.method == "POST" and not moved:
        found = actions.keep_to_post(by=request.actor, person_id=person_id, kept=kept)
        messages.success(request, _said(kept=kept))
        return redirect("people:person", found.pk)
    found, identity = opened(request, person_id)
    posts = list(posts_visible_to(request.actor))
    view = queries.household_of(found, by=request.actor)
    context = {
        "here": next((post for post in posts if post.pk == request.actor.post_id), None),
        "others": [post for post in posts if post.pk != request.actor.post_id],
        "along": [member for member in view.members if not member.is_self] if view else [],
        "moved": moved,
    }
    return show(request, "keep", found, identity, context, Conflict.status if moved else 200)


def _said(*, kept: bool) -> str:
    return _("Only this post sees this person now.") if kept else _("Every post of this organisation sees this person.")
