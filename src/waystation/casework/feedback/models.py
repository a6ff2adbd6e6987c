"""What somebody said, and every letter to and fro. Nothing here says who."""

from django.db import models
from django.db.models import Q

from waystation.casework.feedback.codes import Kind, Outcome, State, Via
from waystation.kernel.ids import new_id


class Feedback(models.Model):
    """One thing said. `number` and `reply_to` come of the reply code, which is not kept; empty where none was given."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    sensitive = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    via = models.CharField(max_length=6, choices=Via.choices, default=Via.PAGE)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=3, blank=True, default="")
    received_on = models.DateField()
    state_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True, default="")
    number = models.BinaryField(null=True, unique=True)
    reply_to = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index("state", "received_on", name="feedback_by_state")]
        constraints = [
            models.CheckConstraint(name="feedback_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="feedback_closed_with_outcome",
                condition=(Q(state=State.CLOSED) & ~Q(outcome="")) | ~Q(state=State.CLOSED),
            ),
            models.CheckConstraint(
                name="feedback_code_whole",
                condition=Q(number__isnull=True, reply_to__isnull=True)
                | Q(number__isnull=False, reply_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"feedback {self.kind} {self.state}"


class Letter(models.Model):
    """One letter: `for_us` is sealed to the node, `for_them` to the holder of the reply code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="letters")
    order = models.PositiveSmallIntegerField()
    day = models.DateField()
    from_us = models.BooleanField()
    inside = models.BooleanField(default=False)
    """A note among us, never for them."""
    by = models.UUIDField(null=True)
    for_us = models.BinaryField()
    for_them = models.BinaryField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint("feedback", "order", name="letter_once"),
            models.CheckConstraint(name="letter_inside_stays", condition=Q(inside=False) | Q(for_them__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"letter {self.order}"
