"""A person: coarse facts to count and sort by in the open, everything else sealed under their own key."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, Sex
from waystation.people.documents import IdentityDocument
from waystation.vault import SealedField


class SealedForPerson:
    """A row whose documents are sealed under the key of the person it is about."""

    person_id: UUID

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals them."""
        return self.person_id


class Person(models.Model):
    """Someone helped.

    `merged_into` is set when another record of the same person stands for this one: always the last survivor, never a
    chain (`Merge` rows hold the history). An erased row keeps its day and age band for nameless counts.
    `sealed_at` is set while the record is sealed to the organisation's offline key and nobody here can open it.
    `change_number` grows with every change that search must see; `revision` guards against two people saving at once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    interpreter_needed = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    registered_post = models.ForeignKey(
        "organisations.Post", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    registered_by = models.UUIDField(null=True)
    kept_to_post = models.ForeignKey(
        "organisations.Post", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    last_met_at = models.DateTimeField(null=True)
    last_met_post = models.ForeignKey(
        "organisations.Post", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="absorbed", db_index=False
    )
    erased_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)
    change_number = models.BigIntegerField()
    updated_at = models.DateTimeField()
    updated_by = models.UUIDField(null=True)
    identity = SealedField(IdentityDocument)

    class Meta:
        indexes = [
            models.Index("change_number", name="person_change"),
            models.Index("merged_into", name="person_merged", condition=Q(merged_into__isnull=False)),
            models.Index("kept_to_post", name="person_kept", condition=Q(kept_to_post__isnull=False)),
            models.Index("registered_post", "registered_at", name="person_registered"),
            models.Index("registered_at", "id", name="person_newest"),
            models.Index("last_met_at", "id", name="person_last_met"),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_age_band_known_code", condition=Q(age_band__in=[band.value for band in AgeBand])
            ),
            models.CheckConstraint(name="person_sex_known_code", condition=Q(sex__in=[sex.value for sex in Sex])),
            models.CheckConstraint(
                name="person_not_own_survivor", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))
            ),
        ]

    known_ids: tuple[UUID, ...] | None = None
    """Numbers of all records of this person, when `queries.get_for_page` gave them."""

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals this row's documents."""
        return self.id

    @property
    def is_erased(self) -> bool:
        """Whether the key is destroyed and only a count remains."""
        return self.erased_at is not None


class ChangeCounter(models.Model):
    """One row whose lock gives change numbers in the order of commits (see `changes.next_number`)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="changecounter_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.value)
