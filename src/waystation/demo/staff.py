"""The staff of a demo node, trained for what they may open."""

from dataclasses import replace
from datetime import timedelta

from waystation.accounts import factors
from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account, Training
from waystation.accounts.roles import CARDS, SENSITIVE
from waystation.demo.accounts import PASSPHRASE, DemoAccount
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Via
from waystation.organisations.models import Post
from waystation.vault import node, seal_for_node


def hire(who: DemoAccount) -> Account:
    """Give them an account."""
    account = Account(handle=who.handle, role=who.role)
    if CARDS[who.role].may_unlock:
        account.set_unusable_password()
        node.add_slot(account.pk, PASSPHRASE)
    else:
        account.set_password(PASSPHRASE)
    account.save(force_insert=True)
    return account


def equip(account: Account, who: DemoAccount, posts: dict[str, Post]) -> None:
    """Their name, their posts, a second factor and training."""
    account.name_sealed = seal_for_node("staff-name", who.name.encode())
    account.post_id = posts[who.post].pk
    account.posts = sorted(str(post.pk) for post in posts.values()) if who.roams else [str(account.post_id)]
    account.save(update_fields=["name_sealed", "post_id", "posts"])
    factors.add_totp(account, factors.new_seed())
    day = clock.today()
    for compartment in CARDS[who.role].compartments & SENSITIVE:
        Training.objects.create(
            account=account,
            compartment=compartment,
            completed_on=day - timedelta(days=100),
            lapses_on=day + timedelta(days=265),
        )


def at_work(handle: str) -> Actor:
    """Somebody of the staff, who opens as many people as a demo has."""
    return replace(actor_of(Account.objects.get(handle=handle), Via.COMMAND), people_per_hour=10_000)


def unlock(officer: DemoAccount) -> None:
    """Open the demo node as its officer would."""
    node.unlock(Account.objects.get(handle=officer.handle).pk, PASSPHRASE)
