"""The only door to posts and to our own organisation."""

from uuid import UUID

from django.db.models import QuerySet

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations.models import Organisation, Post


def own_organisation() -> Organisation | None:
    """The organisation that runs this node; None before set-up."""
    return Organisation.objects.first()


def visible_to(actor: Actor) -> QuerySet[Post]:
    """All posts, for whoever may see them."""
    return Post.objects.filter(policies.rows(actor, "posts.view"))


def open_posts() -> QuerySet[Post]:
    """Posts that take meetings."""
    return Post.objects.filter(is_open=True)


def get_for(actor: Actor, post_id: UUID) -> Post:
    """One post. Raises NotFound."""
    post = visible_to(actor).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post
