"""Every write to posts."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from waystation.accounts.models import Account, Invitation
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.organisations import queries
from waystation.organisations.models import Organisation, Partner, Post


@action("posts.manage")
def add_post(*, by: Actor, name: str, kind: str, place: str = "", hours: str = "", languages: str = "") -> Post:
    """Open a new post. Raises Invalid with what to mend."""
    post = Post(name=name, kind=kind, place=place, hours=hours, languages=languages)
    _check(post)
    post.save(force_insert=True)
    journal.record(by, journal.Entry(action="posts.add", subject=post.pk))
    return post


@action("posts.manage")
def change_post(*, by: Actor, post_id: UUID, **changes: str | bool) -> Post:
    """Change what is said about a post, or close and open it (`is_open`). Raises NotFound, Invalid."""
    post = queries.get_for(by, post_id)
    for field, value in changes.items():
        setattr(post, field, value)
    _check(post)
    post.save(update_fields=list(changes))
    if not post.is_open:
        _empty(post)
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


@action("partners.manage")
def save_partner(*, by: Actor, partner_id: UUID | None = None, **said: str | bool | date | None) -> Partner:
    """Add a partner, or change what is said of one. Raises NotFound, Invalid."""
    partner = queries.partner_for(by, partner_id) if partner_id else Partner()
    for field, value in said.items():
        setattr(partner, field, value)
    _check(partner)
    partner.save()
    journal.record(by, journal.Entry(action="partners.save", subject=partner.pk))
    return partner


def _check(post: Post | Partner) -> None:
    post.name = post.name.strip()
    try:
        post.full_clean()
    except ValidationError as problem:
        raise Invalid({field: " ".join(says) for field, says in problem.message_dict.items()}) from problem


def _empty(post: Post) -> None:
    """Nobody works at a closed post: whoever did chooses another before the next registration."""
    for rows in (Account.objects, Invitation.objects):
        rows.filter(post_id=post.pk).update(post_id=None)


def open_house(organisation: str, country: str, post: str) -> Post:
    """Make our own organisation and its first post, at set-up."""
    Organisation.objects.create(name=organisation, country=country)
    return Post.objects.create(name=post)
