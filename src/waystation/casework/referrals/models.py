"""A referral: to whom, for what, by when, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from waystation.casework.referrals.codes import Declined, Priority, Service, State, Verdict, Way
from waystation.casework.talk import Line
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.codes import RecipientKind
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
    talk: tuple[Line, ...] = ()


class Referral(SealedForPerson, models.Model):
    """One request: to one partner, to colleagues in this organisation (`to_post`), or to an organisation that is known
    by its node alone.

    `peer` is the node to which a sealed message goes; where there is neither partner nor post, it is who is asked, and
    `node_kind` (`people.codes.RecipientKind`) what they are. The id names the referral on both sides. `told_at`: when
    that node was told who it is, after it had been asked without a name at `sent_at`. `lost` is the code of why a
    message of ours had no effect there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referrals")
    case = models.ForeignKey("cases.Case", on_delete=models.SET_NULL, null=True, related_name="referrals")
    partner = models.ForeignKey("organisations.Partner", on_delete=models.PROTECT, null=True, related_name="+")
    to_post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, null=True, related_name="+")
    node_kind = models.CharField(max_length=10, choices=RecipientKind.choices, blank=True, default="")
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
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=9, choices=Way.choices, blank=True, default="")
    declined = models.CharField(max_length=12, choices=Declined.choices, blank=True, default="")
    lost = models.CharField(max_length=60, blank=True, default="")
    tell_back = models.BooleanField(default=False)
    verdict = models.CharField(max_length=7, choices=Verdict.choices, blank=True, default="")
    escalated_at = models.DateTimeField(null=True)
    sealed = SealedField(ReferralDocument)

    class Meta:
        indexes = [models.Index("state", "sent_at", name="referral_by_state")]
        constraints = [
            models.CheckConstraint(name="referral_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="referral_to_someone",
                condition=(Q(partner__isnull=False) ^ Q(to_post__isnull=False))
                | Q(partner__isnull=True, to_post__isnull=True, peer__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_by_message_to_a_node", condition=~Q(way=Way.NODE) | Q(peer__isnull=False)
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
        asked = self.partner or self.to_post or self.peer
        return asked.name if asked else ""

    @property
    def by_message(self) -> bool:
        """Whether it went to another node: what they answer comes by message too."""
        return self.way == Way.NODE
