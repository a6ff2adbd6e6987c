"""The days of a post. Who was served without a name stands in the desk's own table."""

from django.db import models
from django.db.models import Q

from waystation.casework.tally.codes import State, WhyNot
from waystation.kernel.ids import new_id


class Opening(models.Model):
    """One day of one post: the hours that were planned, and what became of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey("organisations.Post", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOT_YET)
    planned_from = models.TimeField(null=True)
    planned_to = models.TimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    why_not = models.CharField(max_length=9, choices=WhyNot.choices, blank=True, default="")
    opened_by = models.UUIDField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("post", "day", name="opening_once_a_day"),
            models.CheckConstraint(
                name="opening_says_when_and_why",
                condition=Q(state=State.NOT_YET)
                | Q(state=State.OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | Q(state=State.CLOSED, opened_at__isnull=False, closed_at__isnull=False)
                | (Q(state=State.NOT_OPENED, opened_at__isnull=True) & ~Q(why_not="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"
