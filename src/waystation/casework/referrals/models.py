"""A referral: to whom, for what, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from waystation.casework.referrals.codes import Declined, Priority, Service, State, Verdict, Way
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class ReferralDocument(SealedDocument):
    """What is said in a referral. `fields` are codes of `Passed`: what may be told, and nothing else."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    fields: tuple[str, ...] = ()
    reason: str = ""
    given: str = ""
    special: str = ""
    caregiver: str = ""
    deadline: date | None = None
    deadline_of: str = ""
    declined: str = ""
    outcome: str = ""
    feedback: str = ""


class Referral(SealedForPerson, models.Model):
    """One request to one partner, or to colleagues in this organisation (`partner` empty)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referrals")
    case = models.ForeignKey("cases.Case", on_delete=models.SET_NULL, null=True, related_name="referrals")
    partner = models.ForeignKey("organisations.Partner", on_delete=models.PROTECT, null=True, related_name="+")
    to_post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, null=True, related_name="referrals")
    disclosure = models.ForeignKey("people.Disclosure", on_delete=models.SET_NULL, null=True, related_name="+")
    service = models.CharField(max_length=14, choices=Service.choices)
    compartment = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Compartment])
    priority = models.CharField(max_length=9, choices=Priority.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    state_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=9, choices=Way.choices, blank=True, default="")
    declined = models.CharField(max_length=12, choices=Declined.choices, blank=True, default="")
    verdict = models.CharField(max_length=7, choices=Verdict.choices, blank=True, default="")
    escalated_at = models.DateTimeField(null=True)
    sealed = SealedField(ReferralDocument)

    class Meta:
        indexes = [models.Index("state", "sent_at", name="referral_by_state")]
        constraints = [
            models.CheckConstraint(name="referral_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="referral_to_someone", condition=Q(partner__isnull=False) ^ Q(to_post__isnull=False)
            ),
            models.CheckConstraint(
                name="referral_sent_with_consent",
                condition=Q(state=State.DRAFT) | Q(state=State.CLOSED) | Q(consent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.number} {self.state}"

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs."""
        return Compartment(self.compartment)

    @property
    def to_name(self) -> str:
        """Who is asked."""
        return self.partner.name if self.partner else (self.to_post.name if self.to_post else "")
