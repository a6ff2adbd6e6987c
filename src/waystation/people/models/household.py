"""People travelling together, with what each is to the first of them."""

from django.db import models

from waystation.kernel.ids import new_id
from waystation.people.documents import MembershipDocument
from waystation.people.models.person import Person, SealedForPerson
from waystation.vault import SealedField


class Household(models.Model):
    """A group that travels together; nothing is known of it but its members."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    def __str__(self) -> str:
        return f"household {self.pk}"


class Membership(SealedForPerson, models.Model):
    """One person in one household for a while; the relation is sealed under that person's key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    sealed = SealedField(MembershipDocument)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "household", "person", name="membership_once", condition=models.Q(left_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"
