"""What people lived through and fear, their plans to stay safe, and time to think."""

from datetime import date, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.casework.cases.codes import Risk
from waystation.casework.cases.models import Case
from waystation.casework.safety.codes import (
    SHORTEST_DAYS,
    STANDING,
    Ending,
    PlanState,
    RiskKind,
    RiskState,
    TimeState,
)
from waystation.casework.safety.documents import PlanDocument, RiskDocument, TimeDocument
from waystation.kernel.ids import new_id
from waystation.people.codes import Stage
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField


class _Kept(models.Model):
    """What all of them share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.UUIDField()
    state_at = models.DateTimeField()

    class Meta:
        abstract = True


class RiskEvent(SealedForPerson, _Kept):
    """One thing lived through or feared. Written anew it stays, and the newer one points to it."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="risk_events")
    risk = models.CharField(max_length=15, choices=RiskKind.choices)
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True, default="")
    state = models.CharField(max_length=9, choices=RiskState.choices, default=RiskState.STANDS)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="corrected_by")
    sealed = SealedField(RiskDocument)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(name="risk_event_known", condition=Q(risk__in=RiskKind.values)),
            models.CheckConstraint(name="risk_event_stage_known", condition=Q(stage__in=["", *Stage.values])),
            models.CheckConstraint(name="risk_event_state_known", condition=Q(state__in=RiskState.values)),
        ]

    def __str__(self) -> str:
        return f"risk event {self.state}"


class SafetyPlan(SealedForPerson, _Kept):
    """One version of a person's plan. `no_contact` is the mark that all helpers see, without its reason."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="safety_plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    risk = models.CharField(max_length=6, choices=Risk.choices, blank=True, default="")
    no_contact = models.BooleanField(default=False)
    review_on = models.DateField(null=True)
    sealed = SealedField(PlanDocument)

    class Meta:
        ordering = ["-at", "-version"]
        constraints = [
            models.CheckConstraint(name="safety_plan_state_known", condition=Q(state__in=PlanState.values)),
            models.CheckConstraint(
                name="safety_plan_agreed_is_reviewed", condition=~Q(state=PlanState.AGREED) | Q(review_on__isnull=False)
            ),
            models.CheckConstraint(
                name="safety_plan_risk_said", condition=Q(risk__in=Risk.values) | ~Q(state__in=["draft", "agreed"])
            ),
            models.UniqueConstraint("person", "version", name="safety_plan_version_once"),
            models.UniqueConstraint("person", condition=Q(state=PlanState.DRAFT), name="safety_plan_one_draft"),
            models.UniqueConstraint("person", condition=Q(state__in=STANDING), name="safety_plan_one_stands"),
        ]

    def __str__(self) -> str:
        return f"safety plan {self.version} {self.state}"


class TimeToThink(_Kept):
    """Time to recover and think, in a case about trafficking: offered, and if wanted at least thirty days."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="times_to_think")
    state = models.CharField(max_length=8, choices=TimeState.choices, default=TimeState.OFFERED)
    started_on = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    ending = models.CharField(max_length=7, choices=Ending.choices, blank=True, default="")
    sealed = SealedField(TimeDocument)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(name="time_to_think_state_known", condition=Q(state__in=TimeState.values)),
            models.CheckConstraint(
                name="time_to_think_long_enough",
                condition=Q(state__in=["offered", "accepted", "declined"], started_on__isnull=True, days__isnull=True)
                | Q(state__in=["running", "ended"], started_on__isnull=False, days__gte=SHORTEST_DAYS),
            ),
            models.CheckConstraint(
                name="time_to_think_ended_with_reason",
                condition=Q(state=TimeState.ENDED, ending__in=Ending.values)
                | (~Q(state=TimeState.ENDED) & Q(ending="")),
            ),
            models.UniqueConstraint(
                "case", condition=Q(state__in=["offered", "accepted", "running"]), name="time_to_think_once_open"
            ),
        ]

    def __str__(self) -> str:
        return f"time to think {self.state}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it."""
        return self.case.person_id

    @property
    def last_day(self) -> date | None:
        """The last day on which nothing has to be decided; None before it began."""
        if self.started_on is None or self.days is None:
            return None
        return self.started_on + timedelta(days=self.days)
