"""What happens on routes, as it is published, and our own in the same form. Nothing here is about one person."""

from django.db import models
from django.db.models import F, Q

from waystation.familylinks.missing.codes import Source, Why
from waystation.kernel.ids import new_id


class Reading(models.Model):
    """One file that was read, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file_name = models.CharField(max_length=200)
    read_at = models.DateTimeField()
    by = models.UUIDField()
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-read_at", "id"]

    def __str__(self) -> str:
        return f"file read {self.read_at:%Y-%m-%d}"


class Remark(models.Model):
    """A row, or one field of it, that could not be taken as it stood: by line and reason."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="remarks")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=20, blank=True, default="")
    why = models.CharField(max_length=12, choices=Why.choices)
    said = models.CharField(max_length=200, blank=True, default="")
    taken = models.BooleanField(default=True)

    class Meta:
        ordering = ["taken", "line", "id"]

    def __str__(self) -> str:
        return f"line {self.line} {self.why}"


class Incident(models.Model):
    """People who died or went missing on a route: one part of an incident, as one row of its source tells it.

    `source_id` is its number there, `part` counts the rows of one number. A count may be None (not told) and, in a
    correction of the source, below zero; `total` is dead and missing as the source adds them. `day` is None where
    the source tells only the year.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=3, choices=Source.choices)
    source_id = models.CharField(max_length=80)
    part = models.PositiveSmallIntegerField(default=1)
    year = models.PositiveSmallIntegerField()
    day = models.DateField(null=True)
    region = models.CharField(max_length=80, blank=True, default="")
    route = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=120, blank=True, default="")
    place = models.CharField(max_length=1000, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    dead = models.IntegerField(null=True)
    missing = models.IntegerField(null=True)
    total = models.IntegerField()
    survivors = models.IntegerField(null=True)
    women = models.IntegerField(null=True)
    men = models.IntegerField(null=True)
    children = models.IntegerField(null=True)
    cause = models.CharField(max_length=300, blank=True, default="")
    quality = models.PositiveSmallIntegerField(null=True)
    sources = models.CharField(max_length=500, blank=True, default="")
    url = models.CharField(max_length=1000, blank=True, default="")
    written_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        ordering = [F("day").desc(nulls_last=True), "-year", "source_id", "part"]
        indexes = [
            models.Index("year", "day", name="incident_by_day"),
            models.Index("route", "year", name="incident_by_route"),
        ]
        constraints = [
            models.UniqueConstraint("source", "source_id", "part", name="incident_of_a_source_once"),
            models.CheckConstraint(name="incident_source_known", condition=Q(source__in=Source.values)),
            models.CheckConstraint(
                name="incident_quality_known", condition=Q(quality__isnull=True) | Q(quality__range=(1, 5))
            ),
            models.CheckConstraint(
                name="incident_on_earth",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="incident_own_counts_people", condition=~Q(source=Source.OWN) | Q(total__gte=0, part=1)
            ),
        ]

    def __str__(self) -> str:
        return f"incident {self.source_id}"
