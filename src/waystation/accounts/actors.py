"""From an account to the actor that every other room sees."""

from waystation.accounts.models import Account
from waystation.accounts.roles import CARDS, SENSITIVE, Role
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment, Via


def actor_of(account: Account, via: Via = Via.PAGE) -> Actor:
    """What this account may do today: its role's compartments, less sensitive ones without a valid training record."""
    card = CARDS[Role(account.role)]
    sensitive = card.compartments & SENSITIVE
    trained = _trained(account) if sensitive else frozenset()
    return Actor(
        account_id=account.pk,
        handle=account.handle,
        role=account.role,
        compartments=(card.compartments - SENSITIVE) | (sensitive & trained),
        post_id=account.post_id,
        people_per_hour=card.people_per_hour,
        via=via,
    )


def _trained(account: Account) -> frozenset[Compartment]:
    day = clock.today()
    valid = account.trainings.filter(completed_on__lte=day, lapses_on__gte=day)
    return frozenset(Compartment(code) for code in valid.values_list("compartment", flat=True))
