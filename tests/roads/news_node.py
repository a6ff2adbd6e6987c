"""Run as a process of its own: one step in the life of an office that carries family news, whose pages a browser
opens; prints what it found as JSON."""

import os
import sys

from tests.roads.exchange_node import STEPS, main, officer
from tests.roads.exchange_node import make as made


def make(name: str, address: str) -> str:
    """A new node with two family-links officers and a volunteer; its descriptor."""
    from waystation.accounts.models import Account
    from waystation.accounts.roles import Role
    from waystation.demo.accounts import DemoAccount
    from waystation.demo.staff import equip, hire
    from waystation.organisations.models import Post

    text = made(name, address)
    posts = {post.name: post for post in Post.objects.all()}
    (post,) = posts
    equip(Account.objects.get(handle="nadia"), DemoAccount("nadia", Role.COORDINATOR, "Nadia", post), posts)
    for handle, role in (("karim", Role.FAMILY_LINKS), ("salma", Role.FAMILY_LINKS), ("tomas", Role.VOLUNTEER)):
        who = DemoAccount(handle, role, handle.title(), post)
        equip(hire(who), who, posts)
    return text


def person(given: str, family: str) -> str:
    """Somebody whom the volunteer meets; their number."""
    from tests.people.factories import registered
    from waystation.demo.staff import at_work

    officer()
    return str(registered(at_work("tomas"), given, family).person.pk)


STEPS |= {"make": make, "person": person}

if __name__ == "__main__":
    # The second step of signing in then shows its code on the page.
    os.environ["WAYSTATION_DEMO"] = "yes"
    main(*sys.argv[1:])
