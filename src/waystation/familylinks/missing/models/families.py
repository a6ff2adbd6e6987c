"""What hangs on a family's tracing request, and goes when the enquirer is erased.

What the family knows of is sealed under the enquirer's key. What they must not hear by accident has a key of its own,
so that neither the history of their record nor the list of what was opened in it tells of a hypothesis.
"""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from waystation.familylinks.missing.codes import MOST_MONTHS, STANDING, Act, State, TellingState
from waystation.familylinks.missing.documents import (
    AnteMortemDocument,
    HypothesisDocument,
    PlanDocument,
    TellingDocument,
)
from waystation.familylinks.missing.models.incidents import Incident
from waystation.familylinks.missing.models.lost import UnidentifiedBody
from waystation.familylinks.tracing.models import DatedStep, TracingRequest
from waystation.kernel.ids import new_id
from waystation.vault import SealedField


class _OfRequest(models.Model):
    """A row that hangs on a request, sealed under the enquirer's key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        abstract = True

    request: models.ForeignKey[TracingRequest, TracingRequest]

    @property
    def person_id(self) -> UUID:
        """The enquirer."""
        return self.request.person_id

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the enquirer's."""
        return self.person_id


class _OwnKey(_OfRequest):
    """One with a key of its own."""

    class Meta:
        abstract = True

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: its own."""
        return self.pk


class AnteMortem(_OfRequest):
    """What the family tells of the person sought, in the words in which the dead are described."""

    request = models.OneToOneField(TracingRequest, on_delete=models.CASCADE, related_name="ante_mortem")
    sealed = SealedField(AnteMortemDocument)

    def __str__(self) -> str:
        return "what a family tells"


class Hypothesis(_OwnKey):
    """That the person sought was in an incident, or is somebody found dead. Only ever a hypothesis.

    Two officers: whoever confirms (`confirmed_by`) is not the one who held it supported (`supported_by`).
    """

    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="hypotheses")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, null=True, related_name="hypotheses")
    body = models.ForeignKey(UnidentifiedBody, on_delete=models.PROTECT, null=True, related_name="hypotheses")
    state = models.CharField(max_length=9, choices=State.choices, default=State.RAISED)
    state_at = models.DateTimeField()
    supported_by = models.UUIDField(null=True)
    confirmed_by = models.UUIDField(null=True)
    sealed = SealedField(HypothesisDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(name="hypothesis_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="hypothesis_of_something", condition=Q(incident__isnull=False) | Q(body__isnull=False)
            ),
            models.CheckConstraint(
                name="hypothesis_confirmed_by_two",
                condition=(~Q(state=State.CONFIRMED) & Q(confirmed_by__isnull=True))
                | Q(state=State.CONFIRMED, body__isnull=False, supported_by__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("supported_by")),
            ),
            models.UniqueConstraint(
                "request", "body", condition=~Q(state=State.UNLIKELY), name="hypothesis_of_a_body_once"
            ),
            models.UniqueConstraint(
                "request",
                "incident",
                condition=Q(body__isnull=True) & ~Q(state=State.UNLIKELY),
                name="hypothesis_of_an_incident_once",
            ),
        ]

    def __str__(self) -> str:
        return f"hypothesis {self.state}"


class HypothesisStep(DatedStep):
    """A day in the life of a hypothesis."""

    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=7, choices=Act.choices)
    state = models.CharField(max_length=9, choices=State.choices)


class ContactPlan(_OfRequest):
    """How the family of a missing person is kept told. `next_on` is owed; `sooner`: the family asked for it."""

    request = models.OneToOneField(TracingRequest, on_delete=models.CASCADE, related_name="contact_plan")
    every_months = models.PositiveSmallIntegerField(default=MOST_MONTHS)
    next_on = models.DateField()
    sooner = models.BooleanField(default=False)
    sealed = SealedField(PlanDocument)

    class Meta:
        ordering = ["next_on", "id"]
        constraints = [
            models.CheckConstraint(name="plan_often_enough", condition=Q(every_months__range=(1, MOST_MONTHS)))
        ]

    def __str__(self) -> str:
        return f"family told by {self.next_on}"


class Telling(_OwnKey):
    """The telling of a death to a family: planned, then told on a day by an officer, or called off."""

    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="tellings")
    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.CASCADE, related_name="tellings")
    state = models.CharField(max_length=10, choices=TellingState.choices, default=TellingState.PLANNED)
    planned_on = models.DateField()
    told_on = models.DateField(null=True)
    told_by = models.UUIDField(null=True)
    sealed = SealedField(TellingDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(name="telling_state_known", condition=Q(state__in=TellingState.values)),
            models.CheckConstraint(
                name="telling_told_by_somebody",
                condition=Q(state=TellingState.TOLD, told_on__isnull=False, told_by__isnull=False)
                | (~Q(state=TellingState.TOLD) & Q(told_on__isnull=True, told_by__isnull=True)),
            ),
            models.UniqueConstraint("request", condition=Q(state__in=STANDING), name="telling_once"),
        ]

    def __str__(self) -> str:
        return f"telling {self.state}"
