"""Who may do what with people, over which rows: one table."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission

FOLLOWERS = frozenset({Role.CASEWORKER, Role.COORDINATOR})
SENDERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.FAMILY_LINKS, Role.HEALTH, Role.DETENTION})


def people_seen_by(actor: Actor) -> Q:
    """Rows of Person this actor may see: not erased, not sealed away, not kept to another post.

    The same holds for any record merged into them.
    """
    from waystation.people.models import Person

    kept_elsewhere = Q(kept_to_post__isnull=False)
    if actor.post_id is not None:
        kept_elsewhere &= ~Q(kept_to_post=actor.post_id)
    absorbed = Person.objects.filter(kept_elsewhere, merged_into=OuterRef("pk"))
    return Q(erased_at__isnull=True, sealed_at__isnull=True) & ~kept_elsewhere & Q(~Exists(absorbed))


def of_people_seen_by(actor: Actor) -> Q:
    """For rows with a `person` that go when the person is erased: those of people this actor may see, or of nobody.

    The same rule as `people_seen_by`, turned around: few are kept to another post, so these are looked up and left out
    with every record joined in them, and a long list stays quick.
    """
    from waystation.people.models import Person

    elsewhere = Person.objects.filter(kept_to_post__isnull=False)
    if actor.post_id is not None:
        elsewhere = elsewhere.exclude(kept_to_post=actor.post_id)
    kept = elsewhere.annotate(root=Coalesce("merged_into_id", "pk")).values("root")
    seen = ~Q(person__in=kept) & ~Q(person__in=Person.objects.filter(merged_into__in=kept).values("pk"))
    return Q(person__isnull=True) | seen if policies.permits(actor, "people.view") else Q(pk__in=[])


TABLE = (
    Permission(name="people.view", roles=HELPERS, says=_("Find people and see their pages."), rows=people_seen_by),
    Permission(name="people.register", roles=HELPERS, says=_("Register people and households.")),
    Permission(name="people.correct", roles=HELPERS, says=_("Correct what is written about a person.")),
    Permission(name="people.household", roles=HELPERS, says=_("Say who travels with whom.")),
    Permission(name="people.journey", roles=HELPERS, says=_("Write down the stops of a person's road.")),
    Permission(name="people.consent", roles=HELPERS, says=_("Record what a person allows, refuses or takes back.")),
    Permission(name="people.notice", roles=HELPERS, says=_("Record that a person was told who sees their record.")),
    Permission(name="people.disclose", roles=SENDERS, says=_("Pass on what a person allowed to be passed on.")),
    Permission(
        name="people.disclose-vital",
        roles=SENDERS,
        says=_("Ask a second officer to pass something on without consent, to save a life."),
    ),
    Permission(name="people.keep-to-post", roles=HELPERS, says=_("Keep a person's record to one post, or open it.")),
    Permission(name="people.merge", roles=FOLLOWERS, says=_("Join two records of one person, and part them again.")),
    Permission(name="people.erase", roles=frozenset({Role.COORDINATOR}), says=_("Erase a person for good.")),
    Permission(name="people.ask-erasure", roles=HELPERS, says=_("Ask a coordinator to erase a person.")),
)


def declare() -> None:
    """Add this room's permissions to the node's table."""
    policies.declare(TABLE)
