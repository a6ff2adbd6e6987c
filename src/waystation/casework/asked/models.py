"""A referral as who is asked keeps it. Nobody is known here before we would help and were told."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.asked.codes import State
from waystation.casework.referrals.codes import Declined, Priority, Service, Verdict
from waystation.casework.referrals.telling import Part
from waystation.casework.talk import Line
from waystation.kernel.actors import Compartment
from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, Sex
from waystation.vault import SealedDocument, SealedField


@dataclass(frozen=True, kw_only=True)
class AskedDocument(SealedDocument):
    """What is said: the languages of the preview, what was `told` once we would help, questions and answers, what came
    of it in words."""

    compartment: ClassVar = Compartment.BASIC
    schema_version: ClassVar = 1

    languages: tuple[str, ...] = ()
    told: tuple[Part, ...] = ()
    talk: tuple[Line, ...] = ()
    outcome: str = ""
    feedback: str = ""


class Asked(models.Model):
    """One referral of another organisation. Each row has a key of its own, so that it can be forgotten by itself.

    `exchange` is what the other side calls it. A row without `service` is a withdrawal that came before its offer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    peer = models.ForeignKey("exchange.Peer", on_delete=models.PROTECT, related_name="+")
    exchange = models.UUIDField()
    compartment = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Compartment])
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    state_at = models.DateTimeField()
    came_at = models.DateTimeField()
    service = models.CharField(max_length=14, choices=Service.choices, blank=True, default="")
    priority = models.CharField(max_length=9, choices=Priority.choices, default=Priority.NORMAL)
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    needed_by = models.DateField(null=True)
    accepted_by = models.UUIDField(null=True)
    declined = models.CharField(max_length=12, choices=Declined.choices, blank=True, default="")
    tell_back = models.BooleanField(default=False)
    verdict = models.CharField(max_length=7, choices=Verdict.choices, blank=True, default="")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="asked")
    sealed = SealedField(AskedDocument)

    class Meta:
        indexes = [models.Index("state", "came_at", name="asked_by_state")]
        constraints = [
            models.CheckConstraint(name="asked_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="asked_helped_with_person",
                condition=~Q(state__in=[State.TOLD, State.STARTED, State.COMPLETED]) | Q(person__isnull=False),
            ),
            models.UniqueConstraint("peer", "exchange", name="each_referral_to_us_once"),
        ]

    def __str__(self) -> str:
        return f"referral to us {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk

    @property
    def compartment_of_row(self) -> Compartment:
        """Where it belongs, by the help asked for."""
        return Compartment(self.compartment)
