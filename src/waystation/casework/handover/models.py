"""A handover as who gives keeps it, and as who is asked keeps it: two tables, for every node does both."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.cases.codes import CaseKind, Risk
from waystation.casework.handover.codes import (
    FIELDS,
    STANDING,
    BackFor,
    CorrectionState,
    Giving,
    Refusal,
    Taking,
)
from waystation.casework.handover.documents import CorrectionDocument, GivenDocument, OfferedDocument
from waystation.casework.handover.enclosures.models import EnclosureComing, EnclosureGoing
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, RecipientKind, Sex
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField

__all__ = ["Correction", "EnclosureComing", "EnclosureGoing", "Given", "Offered"]
COMPARTMENTS = [(compartment.value, compartment.value) for compartment in Compartment]


class Given(SealedForPerson, models.Model):
    """One case, offered to one organisation. Its id names the handover on both sides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="handovers")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="handovers")
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    recipient_kind = models.CharField(max_length=10, choices=RecipientKind.choices)
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, null=True, related_name="handovers")
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    state = models.CharField(max_length=9, choices=Giving.choices, default=Giving.DRAFT)
    state_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    asked = models.JSONField(default=list)
    tell_back = models.BooleanField(default=False)
    group = models.UUIDField(null=True)
    refused = models.CharField(max_length=60, blank=True, default="")
    back_for = models.CharField(max_length=12, choices=BackFor.choices, blank=True, default="")
    arrived_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    sealed = SealedField(GivenDocument)

    class Meta:
        indexes = [models.Index("state", "made_at", name="given_by_state")]
        constraints = [
            models.CheckConstraint(name="given_state_known", condition=Q(state__in=Giving.values)),
            models.CheckConstraint(
                name="given_with_consent",
                condition=Q(state__in=[Giving.DRAFT, Giving.WITHDRAWN]) | Q(consent__isnull=False),
            ),
            models.CheckConstraint(name="given_to_no_authority", condition=~Q(recipient_kind=RecipientKind.AUTHORITY)),
            models.UniqueConstraint("case", condition=Q(state__in=STANDING), name="one_handover_a_case"),
        ]

    def __str__(self) -> str:
        return f"handover {self.state}"

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs: with the case."""
        return Compartment(self.compartment)


class Offered(models.Model):
    """A case that another organisation offers us. Nobody is known here before we accepted and were told.

    Each row has a key of its own. `exchange` is what the other side calls the handover; `recalled_at`, when the person
    took the consent back there. A row without `case_kind` is a
    withdrawal that came before its offer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    exchange = models.UUIDField()
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    state = models.CharField(max_length=11, choices=Taking.choices, default=Taking.OFFERED)
    state_at = models.DateTimeField()
    came_at = models.DateTimeField()
    case_kind = models.CharField(max_length=12, choices=CaseKind.choices, blank=True, default="")
    risk = models.CharField(max_length=6, choices=Risk.choices, blank=True, default="")
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    until = models.DateField(null=True)
    accepted_by = models.UUIDField(null=True)
    refused = models.CharField(max_length=8, choices=Refusal.choices, blank=True, default="")
    back_for = models.CharField(max_length=12, choices=BackFor.choices, blank=True, default="")
    tell_back = models.BooleanField(default=False)
    told_back = models.JSONField(default=list)
    recalled_at = models.DateTimeField(null=True)
    group = models.UUIDField(null=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="offers")
    case = models.ForeignKey("cases.Case", on_delete=models.SET_NULL, null=True, related_name="offers")
    sealed = SealedField(OfferedDocument)

    class Meta:
        indexes = [models.Index("state", "came_at", name="offered_by_state")]
        constraints = [
            models.CheckConstraint(name="offered_state_known", condition=Q(state__in=Taking.values)),
            models.CheckConstraint(
                name="offered_taken_with_person", condition=~Q(state=Taking.TAKEN) | Q(person__isnull=False)
            ),
            models.UniqueConstraint("peer", "exchange", name="each_offer_once"),
        ]

    def __str__(self) -> str:
        return f"offer {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs, by the kind of the case."""
        return Compartment(self.compartment)


class Correction(models.Model):
    """One field that they say otherwise since. It waits until somebody here looks at both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offered = models.ForeignKey(Offered, on_delete=models.CASCADE, related_name="corrections")
    name = models.CharField(max_length=20, choices=[(name, name) for name in FIELDS])
    said_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=CorrectionState.choices, default=CorrectionState.WAITING)
    decided_by = models.UUIDField(null=True)
    sealed = SealedField(CorrectionDocument)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(name="correction_state_known", condition=Q(state__in=CorrectionState.values))
        ]

    def __str__(self) -> str:
        return f"correction of {self.name} {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the offer's."""
        return self.offered_id

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs: with the offer."""
        return self.offered.compartment_of_row
