"""Somebody looks for a member of the family: the request, its dated steps, what the enquirer was told."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from waystation.familylinks.tracing.codes import Act, Ending, How, News, Refusal, Relation, State
from waystation.familylinks.tracing.documents import NewsDocument, RequestDocument
from waystation.kernel.ids import new_id
from waystation.people.codes import AgeBand, Sex
from waystation.people.models.person import SealedForPerson
from waystation.vault import SealedField


class TracingRequest(SealedForPerson, models.Model):
    """One person sought by one enquirer, who is `person`: their key seals it, and it goes when they are erased.

    `relation`, `sex` and `age_band` are coarse facts of the person sought; `told_at` is when the enquirer last heard.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="tracing_requests")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    state_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    owner = models.UUIDField(null=True)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    sex = models.CharField(max_length=9, choices=Sex.choices, default=Sex.NOT_KNOWN)
    age_band = models.CharField(max_length=9, choices=AgeBand.choices, default=AgeBand.NOT_KNOWN)
    acknowledged_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=10, choices=Refusal.choices, blank=True, default="")
    ending = models.CharField(max_length=11, choices=Ending.choices, blank=True, default="")
    sealed = SealedField(RequestDocument)

    class Meta:
        ordering = ["-opened_at", "id"]
        indexes = [models.Index("state", "opened_at", name="tracing_by_state")]
        constraints = [
            models.CheckConstraint(name="tracing_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="tracing_refused_with_reason",
                condition=Q(state=State.REFUSED, refusal__in=Refusal.values) | ~Q(state=State.REFUSED),
            ),
            models.CheckConstraint(
                name="tracing_closed_with_reason",
                condition=Q(state=State.CLOSED, ending__in=Ending.values) | (~Q(state=State.CLOSED) & Q(ending="")),
            ),
        ]

    def __str__(self) -> str:
        return f"tracing request {self.number} {self.state}"


class DatedStep(models.Model):
    """One day in the life of something: which act led to which state, and who did it. A noun adds `act` and `state`
    of its own tables, and what it is a step of, as `steps`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    act: "models.CharField[str, str]"
    state: "models.CharField[str, str]"

    def __str__(self) -> str:
        return f"{self.act}: {self.state}"


class TracingStep(DatedStep):
    """A day in the life of a request."""

    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=9, choices=Act.choices)
    state = models.CharField(max_length=10, choices=State.choices)


class Told(models.Model):
    """One time when the enquirer was told something."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(TracingRequest, on_delete=models.CASCADE, related_name="told")
    news = models.CharField(max_length=9, choices=News.choices)
    how = models.CharField(max_length=7, choices=How.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    sealed = SealedField(NewsDocument)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="tracing_news_known", condition=Q(news__in=News.values))]

    def __str__(self) -> str:
        return f"told {self.news}"

    @property
    def sealed_for(self) -> UUID:
        """Whose key seals it: the enquirer's."""
        return self.request.person_id
