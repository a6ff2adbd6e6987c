"""Every write to posts."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from waystation.accounts.models import Account, Invitation
from waystation.accounts.roles import Role
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.organisations import closing, queries
from waystation.organisations.models import Organisation, Partner, Post


@action("posts.manage")
def add_post(*, by: Actor, name: str, kind: str, place: str = "", hours: str = "", languages: str = "") -> Post:
    """Open a new post. Raises Invalid with what to mend."""
    post = Post(name=name, kind=kind, place=place, hours=hours, languages=languages)
    _check(post)
    post.save(force_insert=True)
    _let_work(by.account_id, by.post_ids | {post.pk})
    journal.record(by, journal.Entry(action="posts.add", subject=post.pk))
    return post


@action("posts.manage")
def change_post(*, by: Actor, post_id: UUID, **changes: str) -> Post:
    """Change what is said about a post. Raises NotFound, Invalid."""
    post = queries.get_for(by, post_id)
    for field, value in changes.items():
        setattr(post, field, value)
    _check(post)
    post.save(update_fields=list(changes))
    journal.record(by, journal.Entry(action="posts.change", subject=post.pk))
    return post


@action("posts.manage")
def close_post(*, by: Actor, post_id: UUID, to_post_id: UUID | None = None) -> Post:
    """Take no more meetings there. Who works there chooses another post; what is kept to it goes to `to_post_id`.

    Raises NotFound, Invalid when something is kept to it and no open post takes it over.
    """
    post = queries.get_for(by, post_id)
    others = Post.objects.filter(is_open=True).exclude(pk=post.pk)
    heir = others.filter(pk=to_post_id).first() if to_post_id else None
    if heir is None and closing.kept_at(post.pk):
        raise Invalid({"to_post": _("Choose the post that takes over what is kept at this one.")})
    if heir is not None:
        closing.hand_over(by, post.pk, heir.pk)
    post.is_open = False
    post.save(update_fields=["is_open"])
    _empty(post)
    journal.record(by, journal.Entry(action="posts.close", subject=post.pk))
    return post


@action("posts.manage")
def reopen_post(*, by: Actor, post_id: UUID) -> Post:
    """Meet people there again. Raises NotFound."""
    post = queries.get_for(by, post_id)
    post.is_open = True
    post.save(update_fields=["is_open"])
    journal.record(by, journal.Entry(action="posts.reopen", subject=post.pk))
    return post


@action("posts.assign")
def assign_posts(*, by: Actor, account_id: UUID, post_ids: Iterable[UUID]) -> Account:
    """Say at which posts someone may work; what is kept to a post is seen only from there.

    Nobody assigns posts to themselves as soon as there is another coordinator. Raises NotFound, NotAllowed, Invalid.
    """
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    others = Account.objects.filter(role=Role.COORDINATOR, is_active=True).exclude(pk=by.account_id)
    if account.pk == by.account_id and others.exists():
        raise NotAllowed(_("Another coordinator says where you work."))
    wanted = set(post_ids)
    if Post.objects.filter(pk__in=wanted).count() != len(wanted):
        raise Invalid({"posts": _("Choose from the list.")})
    _let_work(account.pk, wanted)
    account.refresh_from_db()
    journal.record(by, journal.Entry(action="posts.assign", subject=account.pk))
    return account


def _let_work(account_id: UUID, post_ids: Iterable[UUID]) -> None:
    posts = sorted(str(number) for number in post_ids)
    rows = Account.objects.filter(pk=account_id)
    rows.update(posts=posts)
    rows.exclude(post_id__in=posts).update(post_id=None)


@action("posts.switch")
def switch_post(*, by: Actor, post_id: UUID) -> Post:
    """Work at another of one's posts from now on. Raises NotFound for a closed one and for one where one may not."""
    post = queries.get_for(by, post_id)
    if not post.is_open or post.pk not in by.post_ids:
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
