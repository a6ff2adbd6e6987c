"""What somebody asks of the directory, and what it answers: nearest first, with how it stands at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property

from django.utils.translation import get_language

from waystation.directory import hours, queries
from waystation.directory.codes import Status
from waystation.directory.models import Location, Service, ServiceAt, Texts, Wording
from waystation.directory.near import Point, distance_km
from waystation.people.tongues import FROM_SHORT

TOWN = "town:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked. Nothing of it is kept."""

    kind: str = ""
    near: Point | None = None
    open_now: bool = False
    language: str = ""
    step_free: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Somewhere to be near to: a post of ours, or a town."""

    code: str
    name: str
    point: Point


@dataclass(frozen=True, kw_only=True)
class Line:
    """One service at one place, at a moment."""

    at: ServiceAt
    text: Texts
    km: float | None
    now: datetime

    @cached_property
    def standing(self) -> hours.Standing:
        """Whether the door is open, and until when; worked out for the lines that are shown."""
        return hours.standing(*_times(self.at), self.now)

    @property
    def service(self) -> Service:
        """What is offered."""
        return self.at.service

    @property
    def spoken(self) -> tuple[str, ...]:
        """Languages in which people are helped."""
        return tuple(one.code for one in self.service.languages.all())

    @property
    def location(self) -> Location:
        """Where."""
        return self.at.location


def answers(question: Question, now: datetime) -> list[Line]:
    """All that fits, nearest first; what has no place on a map comes last."""
    rows = queries.shown_places()
    if question.kind:
        rows = rows.filter(service__kind=question.kind)
    if question.language:
        rows = rows.filter(service__languages__code=question.language)
    if question.step_free:
        rows = rows.filter(location__step_free=True)
    lines = [line_of(at, question.near, now) for at in queries.with_parts(rows, reader())]
    if question.open_now:
        lines = [line for line in lines if hours.is_open(*_times(line.at), now)]
    return sorted(lines, key=_order)


def line_of(at: ServiceAt, near: Point | None, now: datetime) -> Line:
    """A line, of a row that was fetched with its parts."""
    point = at.location.point
    km = distance_km(near, point) if near and point else None
    return Line(at=at, text=in_words(at.service), km=km, now=now)


def _times(at: ServiceAt) -> tuple[list[hours.Rule], list[tuple[date, date]], tzinfo]:
    """Rules, days off and clock of a place. What is closed for now has no rules, whatever is written."""
    if at.service.status != Status.ACTIVE:
        return [], [], at.location.time_zone
    off = [(day.first_day, day.last_day) for day in at.days_off.all()]
    return [schedule.rule for schedule in at.schedules.all()], off, at.location.time_zone


def reader() -> str:
    """The language of the page, as ISO 639-3."""
    return FROM_SHORT.get((get_language() or "en").split("-", maxsplit=1)[0], "eng")


def in_words(service: Service, wordings: Sequence[Wording] | None = None) -> Texts:
    """A service in the reader's language, or else in the one it was written in."""
    wanted = reader()
    if service.language == wanted:
        return service
    known = wordings if wordings is not None else getattr(service, "in_reader", ())
    return next((wording for wording in known if wording.language == wanted), service)


def places() -> list[Place]:
    """Where one may be near to: posts of ours that stand in the directory, then towns, where their places lie."""
    posts, towns = [], dict[str, list[Point]]()
    for location in queries.shown_points():
        point = location.point
        if point and location.post:
            posts.append(Place(code=str(location.pk), name=location.post.name, point=point))
        if point and location.city:
            towns.setdefault(location.city, []).append(point)
    return posts + [Place(code=f"{TOWN}{name}", name=name, point=_middle(found)) for name, found in towns.items()]


def _middle(points: Sequence[Point]) -> Point:
    first = points[0]
    along = [(point.longitude - first.longitude + 180) % 360 - 180 for point in points]
    longitude = (first.longitude + sum(along) / len(points) + 180) % 360 - 180
    return Point(sum(point.latitude for point in points) / len(points), longitude)


def _order(line: Line) -> tuple[bool, float, str, str]:
    return (line.km is None, line.km or 0.0, line.text.name.casefold(), str(line.at.pk))
