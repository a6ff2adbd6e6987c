"""What is kept how long, what stands against it, what is sealed away, and who asked for what."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.retention.codes import (
    ACTIVE,
    STILL_AWAY,
    Answer,
    AskedFor,
    Authority,
    Away,
    OfTwo,
    Paper,
    Told,
)
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.models import Person
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedDocument, SealedField


def _codes(field: str, codes: type[models.TextChoices], table: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=f"{table}_{field}_declared", condition=Q(**{f"{field}__in": codes.values}))


@dataclass(frozen=True, kw_only=True)
class ReasonDocument(SealedDocument):
    """Why a record is held or kept, and why a hold was lifted."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    reason: str = ""
    lifted_because: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestDocument(SealedDocument):
    """What an authority asked: `fields` are exactly what was given, `order` is what a court ordered."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    who: str = ""
    paper: str = ""
    about: str = ""
    note: str = ""
    order: str = ""
    fields: tuple[str, ...] = ()


class Hold(SealedForPerson, models.Model):
    """A legal hold: until it ends, this person is neither erased nor sealed away."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    state = models.CharField(max_length=8, choices=OfTwo.choices, default=OfTwo.ASKED)
    until = models.DateField()
    asked_at = models.DateTimeField()
    by = models.UUIDField()
    approved_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    sealed = SealedField(ReasonDocument)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            _codes("state", OfTwo, "hold"),
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=ACTIVE), name="hold_one_at_a_time"),
            models.CheckConstraint(
                name="hold_by_two",
                condition=~Q(state=OfTwo.STANDS) | (Q(approved_by__isnull=False) & ~Q(approved_by=models.F("by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Wish(models.Model):
    """A person asked to be erased while a hold stood: to be done when it ends."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="erasure_wish")
    at = models.DateTimeField()
    by = models.UUIDField()

    def __str__(self) -> str:
        return f"wish {self.person_id}"


class Kept(SealedForPerson, models.Model):
    """A coordinator looked at a record that was due and keeps it until a day, with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept")
    clock = models.CharField(max_length=40)
    until = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    sealed = SealedField(ReasonDocument)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"kept {self.pk}"


class Period(models.Model):
    """How long a clock runs on this node, in days, where it is not what the program declares."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clock = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=OfTwo.choices, default=OfTwo.ASKED)
    at = models.DateTimeField()
    by = models.UUIDField()
    approved_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            _codes("state", OfTwo, "period"),
            models.UniqueConstraint(fields=["clock"], condition=Q(state=OfTwo.STANDS), name="period_one_stands"),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.days}"


class OfflinePublicKey(models.Model):
    """The public half of the organisation's offline key. Records sealed to an earlier one stay sealed to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    public = models.BinaryField()
    mark = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=OfTwo.choices, default=OfTwo.ASKED)
    at = models.DateTimeField()
    by = models.UUIDField()
    approved_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            _codes("state", OfTwo, "offlinekey"),
            models.UniqueConstraint(fields=["state"], condition=Q(state=OfTwo.STANDS), name="offlinekey_one_stands"),
            models.CheckConstraint(
                name="offlinekey_by_two",
                condition=~Q(state=OfTwo.STANDS) | (Q(approved_by__isnull=False) & ~Q(approved_by=models.F("by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.mark


class SealedRecord(models.Model):
    """A record that only the offline key opens. `card_mac` lets the slip's code find it, and nothing else does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sealed_records")
    offline_key = models.ForeignKey(OfflinePublicKey, on_delete=models.PROTECT, related_name="records")
    state = models.CharField(max_length=8, choices=Away.choices, default=Away.SEALED)
    at = models.DateTimeField()
    by = models.UUIDField()
    card_mac = models.BinaryField(default=b"")
    asked_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    return_public = models.BinaryField(default=b"")
    return_private = models.BinaryField(default=b"")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            _codes("state", Away, "sealedrecord"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=STILL_AWAY), name="sealedrecord_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it by: it says nothing of the person."""
        return f"{self.pk.hex[:4]}-{self.pk.hex[4:8]}".upper()


class Batch(models.Model):
    """Several people whom one officer wants erased after a review, for a second officer to decide at once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=8, choices=OfTwo.choices, default=OfTwo.ASKED)
    clock = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.UUIDField()
    people = models.ManyToManyField(Person, related_name="+")

    class Meta:
        constraints = [_codes("state", OfTwo, "batch")]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Proof(models.Model):
    """That someone was erased: nameless words and counts, for the person to take along. Kept for a while only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.UUIDField(unique=True)
    at = models.DateTimeField()
    unreadable_on = models.DateField()
    records = models.PositiveSmallIntegerField()
    counts = models.JSONField(default=list)
    words = models.TextField()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"proof {self.pk}"


class Done(models.Model):
    """That an automatic clock has done its work on a row, so that it need not look again."""

    clock = models.CharField(max_length=40)
    row = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "row"], name="done_once")]

    def __str__(self) -> str:
        return f"{self.clock} {self.row}"


class AuthorityRequest(models.Model):
    """An authority asked for something. Refused unless two officers gave exactly named fields under a court order.

    What identifies is sealed: under the person's key when it is about someone on record, else under a key that this
    row has for itself (it counts as a person to the vault), so that it can be erased like everything else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="authority_requests")
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField()
    authority = models.CharField(max_length=10, choices=Authority.choices)
    asked_for = models.CharField(max_length=10, choices=AskedFor.choices)
    paper = models.CharField(max_length=6, choices=Paper.choices, default=Paper.NO)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.REFUSED)
    told = models.CharField(max_length=10, choices=Told.choices, default=Told.NOT_YET)
    recorded_at = models.DateTimeField()
    by = models.UUIDField()
    asked_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    sealed = SealedField(RequestDocument)

    class Meta:
        ordering = ["-asked_on", "-recorded_at", "id"]
        constraints = [
            _codes("answer", Answer, "authorityrequest"),
            _codes("told", Told, "authorityrequest"),
            models.CheckConstraint(
                name="authorityrequest_given_by_two",
                condition=~Q(answer=Answer.GIVEN)
                | (
                    Q(paper=Paper.ORDER, approved_by__isnull=False, asked_by__isnull=False)
                    & ~Q(approved_by=models.F("asked_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals what identifies."""
        return self.person_id or self.pk
