"""What left as PFIF and to whom, so that it can be followed by a placeholder once its time is over."""

from datetime import UTC, datetime, time
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.kernel.ids import new_id
from waystation.people.codes import RecipientKind


class PfifRecord(models.Model):
    """One person's record with one recipient; told again, it keeps its number.

    What left stands in the person's disclosures, not here. Once it is over (`over_at`: its last day passed, the consent
    was taken back, the person was erased) nothing leads to the person: only the number and the dates are left, for the
    placeholder that tells the recipient. `over_told_at`: when that was written.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recipient_kind = models.CharField(max_length=12, choices=RecipientKind.choices)
    recipient = models.CharField(max_length=200)
    domain = models.CharField(max_length=100)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    over_at = models.DateTimeField(null=True)
    over_told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["told_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="pfif_over_leads_to_nobody",
                condition=Q(over_at__isnull=False, person__isnull=True, consent__isnull=True)
                | Q(over_at__isnull=True, person__isnull=False, consent__isnull=False),
            ),
            models.UniqueConstraint("person", "recipient_kind", "recipient", "domain", name="pfif_one_record_each"),
        ]

    def __str__(self) -> str:
        return f"PFIF record {self.pk}"

    @property
    def number(self) -> str:
        """What the recipient calls it: our domain, and a number that says nothing."""
        return f"{self.domain}/{self.number_of(self.pk)}"

    @staticmethod
    def number_of(key: UUID) -> str:
        """Our part of it."""
        return f"person.{key.hex}"

    @property
    def ends_at(self) -> datetime:
        """Its `expiry_date`; one day later everybody who holds it has reduced it."""
        return datetime.combine(self.until, time.min, UTC)
