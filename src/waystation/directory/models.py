"""Who helps with what, where and when. Nothing here is about a person, and nothing says who may not come."""

from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q

from waystation.casework.referrals.codes import Service as Kind
from waystation.directory import hours
from waystation.directory.codes import FRESH, Freq, PlaceType, Safety, Status
from waystation.directory.near import Point
from waystation.kernel import clock
from waystation.kernel.ids import new_id

LINE, NOTE = 200, 4000


def node_zone() -> str:
    """The node's own time zone."""
    return str(settings.TIME_ZONE)


class Provider(models.Model):
    """An organisation that helps: our own, a partner's, or any other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=LINE)
    description = models.TextField(blank=True, default="")
    website = models.CharField(max_length=LINE, blank=True, default="")
    email = models.CharField(max_length=LINE, blank=True, default="")
    is_own = models.BooleanField(default=False)
    partner = models.OneToOneField(
        "organisations.Partner", on_delete=models.SET_NULL, null=True, related_name="in_directory"
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["is_own"], condition=Q(is_own=True), name="directory_one_own"),
            models.CheckConstraint(
                condition=Q(is_own=False) | Q(partner__isnull=True), name="directory_own_is_no_partner"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Texts(models.Model):
    """What is written about a service in one language (ISO 639-3)."""

    language = models.CharField(max_length=3)
    name = models.CharField(max_length=LINE)
    description = models.TextField(blank=True, default="")
    application = models.TextField(blank=True, default="")
    fees = models.CharField(max_length=LINE, blank=True, default="")
    wait_time = models.CharField(max_length=LINE, blank=True, default="")
    alert = models.TextField(blank=True, default="")
    bring = models.TextField(blank=True, default="")

    class Meta:
        abstract = True


class Service(Texts):
    """Something people are helped with. `safe_by` and `assured_by` are accounts of ours; empty: nobody yet."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    status = models.CharField(max_length=18, choices=Status.choices, default=Status.ACTIVE)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    referral_needed = models.BooleanField(default=False)
    asks_nothing = models.BooleanField(default=False)
    website = models.CharField(max_length=LINE, blank=True, default="")
    email = models.CharField(max_length=LINE, blank=True, default="")
    area = models.CharField(max_length=LINE, blank=True, default="")
    safety = models.CharField(max_length=7, choices=Safety.choices, default=Safety.UNKNOWN)
    safe_on = models.DateField(null=True)
    safe_by = models.UUIDField(null=True)
    assured_on = models.DateField(null=True)
    assured_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("kind", "status", name="directory_by_kind")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="directory_status_known"),
            models.CheckConstraint(
                condition=~Q(safety=Safety.SAFE) | Q(safe_on__isnull=False, safe_by__isnull=False),
                name="directory_safe_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(maximum_age__gte=models.F("minimum_age")),
                name="directory_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"service {self.kind}"

    @property
    def fresh_until(self) -> date | None:
        """The last day on which what was confirmed is taken to be true."""
        return self.assured_on + FRESH if self.assured_on else None

    @property
    def is_stale(self) -> bool:
        """Whether nobody has confirmed it for half a year."""
        return self.fresh_until is None or self.fresh_until < clock.today()


class Wording(Texts):
    """The same in another language."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        ordering = ("language",)
        constraints = [models.UniqueConstraint("service", "language", name="directory_worded_once")]

    def __str__(self) -> str:
        return f"wording {self.language}"


class Spoken(models.Model):
    """A language in which people are helped (ISO 639-3)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint("service", "code", name="directory_spoken_once")]

    def __str__(self) -> str:
        return self.code


class Phone(models.Model):
    """A number to call."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    note = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.number


class Location(models.Model):
    """A place, or a way to reach help without going. Of a post of ours, it is where the post is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.OneToOneField("organisations.Post", on_delete=models.CASCADE, null=True, related_name="in_directory")
    kind = models.CharField(max_length=8, choices=PlaceType.choices, default=PlaceType.PHYSICAL)
    name = models.CharField(max_length=LINE, blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    address = models.CharField(max_length=LINE, blank=True, default="")
    city = models.CharField(max_length=120, blank=True, default="")
    province = models.CharField(max_length=120, blank=True, default="")
    postal_code = models.CharField(max_length=20, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    website = models.CharField(max_length=LINE, blank=True, default="")
    transport = models.CharField(max_length=300, blank=True, default="")
    step_free = models.BooleanField(default=False)
    access = models.CharField(max_length=300, blank=True, default="")
    zone = models.CharField(max_length=40, default=node_zone)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="directory_on_earth",
            )
        ]

    def __str__(self) -> str:
        return f"location {self.kind}"

    @property
    def point(self) -> Point | None:
        """Where it is, if that is known."""
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.post.name if self.post else self.name

    @property
    def words(self) -> str:
        """Where it is, on one line."""
        town = " ".join(part for part in (self.postal_code, self.city) if part)
        parts = dict.fromkeys(part for part in (self.title, self.address, town) if part)
        if self.kind != PlaceType.PHYSICAL:
            return " · ".join([str(self.get_kind_display()), *parts])
        return ", ".join(parts)

    @property
    def time_zone(self) -> tzinfo:
        """Whose clock its opening times follow."""
        return ZoneInfo(self.zone)


class ServiceAt(models.Model):
    """A service at one of its places."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="services")

    class Meta:
        constraints = [models.UniqueConstraint("service", "location", name="directory_at_once")]

    def __str__(self) -> str:
        return "service at location"


class Schedule(models.Model):
    """One rule of opening times; `byday` and `bymonthday` as calendars write them (RFC 5545)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.ForeignKey(ServiceAt, on_delete=models.CASCADE, related_name="schedules")
    freq = models.CharField(max_length=7, choices=Freq.choices, default=Freq.WEEKLY, blank=True)
    interval = models.PositiveSmallIntegerField(default=1)
    byday = models.CharField(max_length=80, blank=True, default="")
    bymonthday = models.CharField(max_length=120, blank=True, default="")
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    dtstart = models.DateField(null=True)
    until = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("freq", "opens_at", "byday", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(freq="") | Q(dtstart__isnull=False), name="directory_once_on_a_day"),
            models.CheckConstraint(
                condition=Q(interval=1) | Q(interval__gt=1, dtstart__isnull=False), name="directory_interval_from_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"schedule {self.freq or 'once'}"

    @property
    def rule(self) -> hours.Rule:
        """The same as arithmetic takes it."""
        return hours.Rule(
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            freq=self.freq,
            every=self.interval,
            days=hours.read_days(self.byday),
            month_days=hours.read_month_days(self.bymonthday),
            starts=self.dtstart,
            ends=self.until,
        )


class DayOff(models.Model):
    """Days on which a place stays closed, whatever its rules say."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.ForeignKey(ServiceAt, on_delete=models.CASCADE, related_name="days_off")
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.CharField(max_length=LINE, blank=True, default="")

    class Meta:
        ordering = ("first_day",)
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="directory_off_ends_later")
        ]

    def __str__(self) -> str:
        return f"off {self.first_day}"


class Import(models.Model):
    """A file that was read, with what came of it. `left_out` are fields that are never taken, with how often."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    read_at = models.DateTimeField()
    by = models.UUIDField()
    file_name = models.CharField(max_length=LINE)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)

    class Meta:
        ordering = ("-read_at",)

    def __str__(self) -> str:
        return f"import {self.read_at:%Y-%m-%d}"


class BadRow(models.Model):
    """A row of a file with something in it that could not be taken. `taken`: the rest of the row was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="bad_rows")
    table = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    """Which row of the table, the first being 1."""
    field = models.CharField(max_length=40)
    why = models.CharField(max_length=12)
    said = models.CharField(max_length=LINE, blank=True, default="")
    taken = models.BooleanField(default=False)
    row = models.JSONField(default=dict)

    class Meta:
        ordering = ("table", "number", "field")

    def __str__(self) -> str:
        return f"{self.table} {self.number} {self.field}"
