"""The only door to the days of a post."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Sum
from django.utils import timezone

from waystation.casework.codes import Service, TimeFrom
from waystation.casework.models import Encounter, UnnamedService
from waystation.casework.queries import counted
from waystation.casework.supplies import queries as supplies
from waystation.casework.supplies.models import Item
from waystation.casework.tally.codes import WEEKS_SHOWN, State
from waystation.casework.tally.models import Opening
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.people.codes import AgeBand, Sex


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of one post. `cells` counts people without a name by (sex, age band); `wrong_clock` those whose phone's
    clock was wrong; `meetings` is what was written down by name or as urgent help, and is in no other number."""

    day: date
    opening: Opening
    cells: dict[tuple[str, str], int]
    services: list[tuple[Service, int]]
    used: list[tuple[Item, int]]
    wrong_clock: int
    chosen_day: int
    meetings: int

    @property
    def people(self) -> int:
        """Everyone counted."""
        return sum(self.cells.values())


@dataclass(kw_only=True)
class Period:
    """A day or a week of a post: how many were counted, what they were given, on how many days it was open."""

    first: date
    people: int = 0
    days_open: int = 0
    days: int = 1
    services: Counter[str] = field(default_factory=Counter)


def day_of(actor: Actor, post_id: UUID, day: date) -> Day:
    """What happened at a post on a day, without names. Raises NotAllowed."""
    policies.require(actor, "tally.view")
    rows = counted().filter(post=post_id, day=day).order_by()
    sums = rows.values_list("sex", "age_band", "time_from").annotate(Sum("count"))
    cells: Counter[tuple[str, str]] = Counter()
    times: Counter[str] = Counter()
    for sex, band, time_from, total in sums:
        cells[sex, band] += total
        times[time_from] += total
    opening = Opening.objects.filter(post=post_id, day=day).first()
    return Day(
        day=day,
        opening=opening or Opening(post_id=post_id, day=day, state=State.NOT_YET),
        cells=dict(cells),
        services=_services(post_id, day),
        used=supplies.used(post_id, day),
        wrong_clock=times[TimeFrom.MOVED],
        chosen_day=times[TimeFrom.CHOSEN],
        meetings=_meetings(post_id, day),
    )


def _services(post_id: UUID, day: date) -> list[tuple[Service, int]]:
    given = UnnamedService.objects.filter(contact__in=counted().filter(post=post_id, day=day)).order_by()
    sums = dict(given.values_list("code").annotate(Sum("contact__count")))
    return [(service, sums[service.value]) for service in Service if service.value in sums]


def _meetings(post_id: UUID, day: date) -> int:
    begins = timezone.make_aware(datetime.combine(day, time.min))
    rows = Encounter.objects.filter(post=post_id, met_at__gte=begins, met_at__lt=begins + timedelta(days=1))
    return int(rows.aggregate(many=Count("pk"))["many"])


def last_opening(actor: Actor, post_id: UUID) -> Opening | None:
    """When the post was last open, for who opens it. Raises NotAllowed."""
    policies.require(actor, "tally.view")
    return Opening.objects.filter(post=post_id, opened_at__isnull=False).order_by("-day").first()


def trend(actor: Actor, post_id: UUID, *, by_week: bool) -> list[Period]:
    """The last weeks of a post, by day or by week from Monday, the first first. Raises NotAllowed."""
    policies.require(actor, "tally.view")
    today = clock.today()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_SHOWN - 1)
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
    periods: dict[date, Period] = {}
    for day in days:
        start = day - timedelta(days=day.weekday()) if by_week else day
        periods.setdefault(start, Period(first=start, days=0)).days += 1
    in_period = {day: periods[day - timedelta(days=day.weekday()) if by_week else day] for day in days}
    rows = counted().filter(post=post_id, day__range=(first, today)).order_by()
    for day, total in rows.values_list("day").annotate(Sum("count")):
        in_period[day].people += total
    given = UnnamedService.objects.filter(contact__in=rows).order_by()
    for day, code, total in given.values_list("contact__day", "code").annotate(Sum("contact__count")):
        in_period[day].services[code] += total
    was_open = Opening.objects.filter(post=post_id, day__range=(first, today), opened_at__isnull=False)
    for day in was_open.values_list("day", flat=True):
        in_period[day].days_open += 1
    return list(periods.values())


def given_in(periods: list[Period]) -> list[Service]:
    """What was given at all in some periods, in the order of the list."""
    seen = {code for period in periods for code in period.services}
    return [service for service in Service if service.value in seen]


def things(actor: Actor, post_id: UUID) -> list[tuple[Item, int]]:
    """What a post can give out, with how many are there. Raises NotAllowed."""
    return [(shelf.item, shelf.there) for shelf in supplies.shelves(actor, post_id) if shelf.item.is_active]


def table_of(day: Day, sexes: tuple[Sex, ...]) -> list[tuple[str, list[int], int]]:
    """Lines of age bands with a number for each sex and their sum."""
    lines = [(band, [day.cells.get((sex.value, band.value), 0) for sex in sexes]) for band in AgeBand]
    return [(str(band.label), cells, sum(cells)) for band, cells in lines]
