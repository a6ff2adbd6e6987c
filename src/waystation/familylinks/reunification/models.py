"""Two members of a family who want to live together again: where it stands, its dated steps, the yes of each."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.familylinks.reunification.codes import Act, Ending, Refusal, Side, State
from waystation.familylinks.reunification.documents import AgreementDocument, ReunificationDocument, StepDocument
from waystation.familylinks.tracing.codes import Relation
from waystation.kernel.ids import new_id
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField


class Reunification(SealedForPerson, models.Model):
    """One pair. `person` asks, and their key seals it; `other` is empty where the other does not stand in our book.

    `relation` is what the other is to the person. It goes when either of them is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="reunifications")
    other = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="reunifications_as_other"
    )
    request = models.ForeignKey(
        "tracing.TracingRequest", on_delete=models.SET_NULL, null=True, related_name="reunifications"
    )
    relation = models.CharField(max_length=12, choices=Relation.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPENED)
    state_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    owner = models.UUIDField(null=True)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    refusal = models.CharField(max_length=9, choices=Refusal.choices, blank=True, default="")
    appeal_by = models.DateField(null=True)
    met_on = models.DateField(null=True)
    ending = models.CharField(max_length=11, choices=Ending.choices, blank=True, default="")
    ended_by = models.CharField(max_length=6, choices=Side.choices, blank=True, default="")
    sealed = SealedField(ReunificationDocument)

    class Meta:
        ordering = ["-opened_at", "id"]
        indexes = [models.Index("state", "opened_at", name="reunification_by_state")]
        constraints = [
            models.CheckConstraint(name="reunification_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="reunification_of_two", condition=Q(other__isnull=True) | ~Q(other=models.F("person"))
            ),
            models.CheckConstraint(
                name="reunification_refused_with_reason",
                condition=~Q(state=State.REFUSED) | Q(refusal__in=Refusal.values),
            ),
            models.CheckConstraint(
                name="reunification_met_when",
                condition=~Q(state__in=[State.REUNITED, State.FOLLOWED]) | Q(met_on__isnull=False),
            ),
            models.CheckConstraint(
                name="reunification_closed_with_reason",
                condition=Q(state=State.CLOSED, ending__in=Ending.values) | (~Q(state=State.CLOSED) & Q(ending="")),
            ),
            models.CheckConstraint(
                name="reunification_withdrawn_by_whom",
                condition=Q(ending=Ending.WITHDRAWN, ended_by__in=Side.values)
                | (~Q(ending=Ending.WITHDRAWN) & Q(ended_by="")),
            ),
        ]

    def __str__(self) -> str:
        return f"reunification {self.state}"


class _OfPair(models.Model):
    """What hangs on a pair."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        abstract = True

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the key of the person who asks."""
        return self.reunification.person_id  # type: ignore[attr-defined,no-any-return]


class ReunificationStep(_OfPair):
    """One step: what was done, on which day it happened, where it led."""

    reunification = models.ForeignKey(Reunification, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=8, choices=Act.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    on = models.DateField()
    sealed = SealedField(StepDocument)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.act}: {self.state}"


class Agreement(_OfPair):
    """The yes of one side. Of who stands in our book it hangs on a consent, and ends with it in the same moment."""

    reunification = models.ForeignKey(Reunification, on_delete=models.CASCADE, related_name="agreements")
    side = models.CharField(max_length=6, choices=Side.choices)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    consent = models.ForeignKey("people.Consent", on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    sealed = SealedField(AgreementDocument)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="agreement_of_our_people_by_consent",
                condition=Q(person__isnull=True, consent__isnull=True) | Q(person__isnull=False, consent__isnull=False),
            ),
            models.UniqueConstraint(
                "reunification", "side", condition=Q(ended_at__isnull=True), name="agreement_once_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"yes of {self.side}"
