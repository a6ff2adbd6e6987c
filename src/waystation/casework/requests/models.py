"""A request as who asks keeps it, and as who is asked keeps it: two tables, for every node does both."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.cases.codes import CaseKind
from waystation.casework.handover.models import COMPARTMENTS
from waystation.casework.requests.codes import TELL_FIELDS, Answering, Asking, FoundState, Refusal, Why
from waystation.casework.requests.documents import AskedDocument, FoundDocument, TheirDocument
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, RecipientKind, Sex
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField


class OurRequest(SealedForPerson, models.Model):
    """What we ask one organisation about one person. Its id names the request on both sides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="our_requests")
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    recipient_kind = models.CharField(max_length=10, choices=RecipientKind.choices)
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, null=True, related_name="our_requests")
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    case_kind = models.CharField(max_length=12, choices=CaseKind.choices)
    why = models.CharField(max_length=8, choices=Why.choices)
    state = models.CharField(max_length=9, choices=Asking.choices, default=Asking.DRAFT)
    state_at = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    until = models.DateField()
    refused = models.CharField(max_length=60, blank=True, default="")
    sealed = SealedField(AskedDocument)

    class Meta:
        indexes = [models.Index("state", "made_at", name="our_request_by_state")]
        constraints = [
            models.CheckConstraint(name="our_request_state_known", condition=Q(state__in=Asking.values)),
            models.CheckConstraint(
                name="our_request_with_consent",
                condition=Q(state__in=[Asking.DRAFT, Asking.WITHDRAWN]) | Q(consent__isnull=False),
            ),
            models.CheckConstraint(
                name="our_request_to_no_authority", condition=~Q(recipient_kind=RecipientKind.AUTHORITY)
            ),
        ]

    def __str__(self) -> str:
        return f"request of ours {self.state}"

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs, by the kind of help it asks about."""
        return Compartment(self.compartment)


class TheirRequest(models.Model):
    """What another organisation asks of us. Nobody here is meant by it before an officer has chosen somebody.

    Each row has a key of its own, destroyed as soon as nothing is open any more: what we were told to find the person
    by is then gone. `exchange` is what the other side calls the request. A row without `case_kind` is a withdrawal that
    came before its question. `person` is set only where something was told.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    exchange = models.UUIDField()
    compartment = models.CharField(max_length=20, choices=COMPARTMENTS)
    case_kind = models.CharField(max_length=12, choices=CaseKind.choices, blank=True, default="")
    why = models.CharField(max_length=8, choices=Why.choices, blank=True, default="")
    state = models.CharField(max_length=9, choices=Answering.choices, default=Answering.ASKED)
    state_at = models.DateTimeField()
    came_at = models.DateTimeField()
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    until = models.DateField(null=True)
    accepted_by = models.UUIDField(null=True)
    refused = models.CharField(max_length=8, choices=Refusal.choices, blank=True, default="")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="their_requests")
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, null=True, related_name="their_requests")
    sealed = SealedField(TheirDocument)

    class Meta:
        indexes = [
            models.Index("state", "came_at", name="their_request_by_state"),
            models.Index("peer", "came_at", name="their_request_by_peer"),
        ]
        constraints = [
            models.CheckConstraint(name="their_request_state_known", condition=Q(state__in=Answering.values)),
            models.CheckConstraint(
                name="their_request_names_nobody",
                condition=Q(person__isnull=True) | Q(state__in=[Answering.TOLD, Answering.WITHDRAWN]),
            ),
            models.UniqueConstraint("peer", "exchange", name="each_request_once"),
        ]

    def __str__(self) -> str:
        return f"request of theirs {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs, by the kind of help it asks about."""
        return Compartment(self.compartment)


class Found(models.Model):
    """One field that they told. It waits beside our own record until somebody here has looked at both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(OurRequest, on_delete=models.CASCADE, related_name="found")
    name = models.CharField(max_length=20, choices=[(name, name) for name in TELL_FIELDS])
    came_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=FoundState.choices, default=FoundState.WAITING)
    decided_by = models.UUIDField(null=True)
    sealed = SealedField(FoundDocument)

    class Meta:
        ordering = ["came_at", "id"]
        constraints = [
            models.CheckConstraint(name="found_state_known", condition=Q(state__in=FoundState.values)),
            models.UniqueConstraint("request", "name", name="each_field_found_once"),
        ]

    def __str__(self) -> str:
        return f"found {self.name} {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the person's."""
        return self.request.person_id

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs: with the request."""
        return self.request.compartment_of_row
