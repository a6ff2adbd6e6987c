"""Opening times and distances in templates."""

from django import template

from waystation.directory import showing
from waystation.directory.models import DayOff, Schedule, ServiceAt
from waystation.directory.search import Line
from waystation.kernel import clock
from waystation.people.tongues import LANGUAGES

register = template.Library()


@register.filter
def stands(line: Line) -> str:
    """How it stands at this moment."""
    has_rules = bool(line.at.schedules.all())
    return showing.standing_words(line.standing, line.location.time_zone, clock.now(), has_rules=has_rules)


@register.filter
def far(km: float | None) -> str:
    """A distance."""
    return showing.distance_words(km)


@register.filter
def rule(schedule: Schedule) -> str:
    """One rule of opening times."""
    return showing.rule_words(schedule)


@register.filter
def off(days: DayOff) -> str:
    """Days off."""
    return showing.span_words(days.first_day, days.last_day)


@register.filter
def days_off_ahead(at: ServiceAt) -> list[DayOff]:
    """Days off that have not passed, of a row that was fetched with them."""
    return [day for day in at.days_off.all() if day.last_day >= clock.today()]


@register.filter
def tag(code: str) -> str:
    """A language as pages name it (BCP 47), from ISO 639-3."""
    return LANGUAGES.get(code, code).replace("_", "-")
