"""Opening times and distances in the reader's words; times stand in the clock of their place."""

from datetime import date, datetime, time, timedelta, tzinfo

from babel.dates import format_date, format_time, get_day_names
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waystation.directory.codes import WHICH
from waystation.directory.hours import DAYS, Rule, Standing
from waystation.directory.models import Schedule
from waystation.web.components.cldr import day, locale

WEEK = timedelta(days=7)
ALL_DAYS = tuple(range(7))


def standing_words(standing: Standing, zone: tzinfo, now: datetime, *, has_rules: bool) -> str:
    """`Open now until 17:00`, `Opens tomorrow at 09:00`."""
    if standing.always:
        return _("Open day and night")
    if standing.is_open and standing.until:
        return _open_words(standing.until.astimezone(zone), now.astimezone(zone))
    if standing.opens:
        return _opens_words(standing.opens.astimezone(zone), now.astimezone(zone))
    return _("Closed for now") if has_rules else _("Opening times not known: call first")


def distance_words(km: float | None) -> str:
    """`350 m`, `2.4 km`, `18 km`."""
    if km is None:
        return ""
    if km < 0.95:
        return _("%(metres)s m") % {"metres": format_decimal(max(round(km * 1000, -1), 10), locale=locale())}
    return _("%(km)s km") % {"km": format_decimal(round(km, 1) if km < 10 else round(km), locale=locale())}


def at_time(moment: time) -> str:
    """A time of day, with 24 hours: nobody takes evening for morning."""
    return str(format_time(moment, "HH:mm", locale=locale()))


def rule_words(schedule: Schedule) -> str:
    """`Monday – Friday, 09:00 – 17:00`."""
    rule = schedule.rule
    if rule.opens_at == rule.closes_at == time.min:
        return _("%(days)s: day and night") % {"days": _days_words(rule)}
    return _("%(days)s: %(opens)s – %(closes)s") % {
        "days": _days_words(rule),
        "opens": at_time(rule.opens_at),
        "closes": at_time(rule.closes_at),
    }


def span_words(first: date, last: date) -> str:
    """One day, or from one to another."""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _open_words(until: datetime, now: datetime) -> str:
    if until.date() == now.date() or until - now < timedelta(hours=12):
        return _("Open now until %(time)s") % {"time": at_time(until.time())}
    return _("Open now until %(day)s, %(time)s") % {"day": _day_words(until, now), "time": at_time(until.time())}


def _opens_words(opens: datetime, now: datetime) -> str:
    days = (opens.date() - now.date()).days
    said = {"time": at_time(opens.time()), "day": _day_words(opens, now)}
    if days == 0:
        return _("Opens today at %(time)s") % said
    if days == 1:
        return _("Opens tomorrow at %(time)s") % said
    return _("Opens %(day)s at %(time)s") % said


def _day_words(moment: datetime, now: datetime) -> str:
    if moment - now < WEEK:
        return str(format_date(moment.date(), "EEEE", locale()))
    return day(moment.date())


def _days_words(rule: Rule) -> str:
    if not rule.freq and rule.starts:
        return day(rule.starts)
    if rule.freq == "MONTHLY":
        return _month_words(rule)
    weekdays = sorted({weekday for _which, weekday in rule.days}) or list(ALL_DAYS)
    words = _("Every day") if len(weekdays) == len(DAYS) else _runs(weekdays)
    if rule.every > 1:
        every = ngettext("every %(count)d week", "every %(count)d weeks", rule.every) % {"count": rule.every}
        return _("%(days)s, %(every)s") % {"days": words, "every": every}
    return words


def _month_words(rule: Rule) -> str:
    names = get_day_names("wide", locale=locale())
    parts = [
        _("%(which)s %(day)s of the month") % {"which": WHICH.get(which, which), "day": names[weekday]}
        for which, weekday in rule.days
    ]
    parts += [_("day %(day)s of the month") % {"day": number} for number in rule.month_days]
    if not parts and rule.starts:
        parts = [_("day %(day)s of the month") % {"day": rule.starts.day}]
    return _(", ").join(parts)


def _runs(weekdays: list[int]) -> str:
    """Monday – Friday, Sunday."""
    names = get_day_names("wide", locale=locale())
    runs: list[list[int]] = []
    for weekday in weekdays:
        if runs and weekday == runs[-1][-1] + 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return _(", ").join(
        f"{names[run[0]]} – {names[run[-1]]}" if len(run) > 2 else _(", ").join(names[one] for one in run)
        for run in runs
    )
