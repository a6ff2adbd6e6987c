"""The only door to posts and to our own organisation."""

import time
from uuid import UUID

from django.db.models import QuerySet

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations.models import Organisation, Partner, Post

KEPT_SECONDS = 60
_open_posts: dict[str, tuple[float, list[Post]]] = {}


def own_organisation() -> Organisation | None:
    """The organisation that runs this node; None before set-up."""
    return Organisation.objects.first()


def visible_to(actor: Actor) -> QuerySet[Post]:
    """All posts, for whoever may see them."""
    return Post.objects.filter(policies.rows(actor, "posts.view"))


def open_posts() -> list[Post]:
    """Posts that take meetings, by name; kept for a minute, or until this process changes one, for the frame."""
    held = _open_posts.get("held")
    if held is None or time.monotonic() - held[0] > KEPT_SECONDS:
        held = _open_posts["held"] = (time.monotonic(), list(Post.objects.filter(is_open=True)))
    return held[1]


def forget_posts(**_signal: object) -> None:
    """A post changed."""
    _open_posts.clear()


def partners_for(actor: Actor) -> QuerySet[Partner]:
    """All partners, for whoever may see them."""
    return Partner.objects.filter(policies.rows(actor, "partners.view"))


def partner_for(actor: Actor, partner_id: UUID) -> Partner:
    """One partner. Raises NotFound."""
    partner = partners_for(actor).filter(pk=partner_id).first()
    if partner is None:
        raise NotFound
    return partner


def get_for(actor: Actor, post_id: UUID) -> Post:
    """One post. Raises NotFound."""
    post = visible_to(actor).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post
