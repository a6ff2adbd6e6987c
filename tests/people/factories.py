"""People and staff for the tests of this room."""

from typing import Any
from uuid import uuid4

from waystation.accounts.roles import CARDS, Role
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post
from waystation.people import actions
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import MemberDraft, Registered, RegistrationDraft


def staff(role: str, post: Post | None, **changes: Any) -> Actor:
    """A member of staff with a role's compartments and budget."""
    card = CARDS[Role(role)]
    return Actor(
        **{
            "account_id": uuid4(),
            "handle": f"{role}-{uuid4().hex[:4]}",
            "role": role,
            "compartments": card.compartments,
            "post_id": post.pk if post else None,
            "people_per_hour": card.people_per_hour,
            **changes,
        }
    )


def draft(given: str = "", family: str = "", **changes: Any) -> RegistrationDraft:
    """A draft; what belongs to the identity is sorted into it."""
    own = {name: changes.pop(name) for name in list(changes) if name in RegistrationDraft.__dataclass_fields__}
    return RegistrationDraft(identity=IdentityDocument(given_name=given, family_name=family, **changes), **own)


def registered(by: Actor, given: str = "", family: str = "", **changes: Any) -> Registered:
    """Someone just registered."""
    return actions.register(by=by, draft=draft(given, family, **changes))


def family(by: Actor, *names: str, relation: str = "child") -> tuple[Registered, ...]:
    """A household: the first name and those who travel with them."""
    return actions.register_household(
        by=by, drafts=[MemberDraft(person=draft(name), relation=relation) for name in names]
    )
