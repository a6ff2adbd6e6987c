"""Every write to posts."""

from uuid import UUID

from waystation.accounts.models import Account
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations import queries
from waystation.organisations.models import Organisation, Post


@action("posts.manage")
def add_post(*, by: Actor, name: str, kind: str, place: str = "", hours: str = "", languages: str = "") -> Post:
    """Open a new post."""
    post = Post.objects.create(name=name, kind=kind, place=place, hours=hours, languages=languages)
    journal.record(by, journal.Entry(action="posts.add", subject=post.pk))
    return post


@action("posts.manage")
def change_post(*, by: Actor, post_id: UUID, **changes: str | bool) -> Post:
    """Change what is said about a post, or close and open it (`is_open`). Raises NotFound."""
    post = queries.get_for(by, post_id)
    for field, value in changes.items():
        setattr(post, field, value)
    post.save(update_fields=list(changes))
    journal.record(by, journal.Entry(action="posts.change", subject=post.pk))
    return post


@action("posts.switch")
def switch_post(*, by: Actor, post_id: UUID) -> Post:
    """Work at another post from now on. Raises NotFound for a closed one."""
    post = queries.get_for(by, post_id)
    if not post.is_open:
        raise NotFound
    Account.objects.filter(pk=by.account_id).update(post_id=post.pk)
    journal.record(by, journal.Entry(action="posts.switch", subject=post.pk))
    return post


def open_house(organisation: str, country: str, post: str) -> Post:
    """Make our own organisation and its first post, at set-up."""
    Organisation.objects.create(name=organisation, country=country)
    return Post.objects.create(name=post)
