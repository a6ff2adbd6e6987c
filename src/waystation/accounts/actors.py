"""From an account to the actor that every other room sees."""

from uuid import UUID

from django.db.models import F, FilteredRelation, Q

from waystation.accounts.models import Account
from waystation.accounts.roles import CARDS, SENSITIVE, Role
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment, Via


def actor_of(account: Account, via: Via = Via.PAGE, *, trained: frozenset[Compartment] | None = None) -> Actor:
    """What this account may do today: its role's compartments, less sensitive ones without a valid training record.

    `trained` is given by who fetched it together with the account (`with_training`).
    """
    card = CARDS[Role(account.role)]
    if trained is None:
        trained = with_training(account.pk)[1]
    return Actor(
        account_id=account.pk,
        handle=account.handle,
        role=account.role,
        compartments=(card.compartments - SENSITIVE) | (card.compartments & SENSITIVE & trained),
        post_id=account.post_id,
        post_ids=account.post_ids,
        people_per_hour=card.people_per_hour,
        via=via,
    )


def with_training(account_id: UUID) -> tuple[Account | None, frozenset[Compartment]]:
    """An active account and the compartments it holds a valid training record for, in one query."""
    day = clock.today()
    valid = Q(trainings__completed_on__lte=day, trainings__lapses_on__gte=day)
    rows = Account.objects.filter(pk=account_id, is_active=True).annotate(
        valid=FilteredRelation("trainings", condition=valid)
    )
    found = list(rows.annotate(opened=F("valid__compartment")))
    opened = frozenset(Compartment(row.opened) for row in found if row.opened)
    return (found[0] if found else None), opened
