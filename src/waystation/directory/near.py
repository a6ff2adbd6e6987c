"""Where two points are to one another, and how somebody tells where they are."""

import math
import re
import unicodedata
from dataclasses import dataclass

EARTH_KM = 6371.0088
"""The mean radius of the Earth (IUGG)."""
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_PAIR = re.compile(rf"(?:geo:)?{_NUMBER}[\s,;]+{_NUMBER}(?:[;?].*)?")
ROUNDED_TO = 2
"""Decimals that stand in an address: about a kilometre, so that a telephone's history does not tell a door."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the Earth, in degrees."""

    latitude: float
    longitude: float

    @property
    def coarse(self) -> "Point":
        """The same, to about a kilometre."""
        return Point(round(self.latitude, ROUNDED_TO), round(self.longitude, ROUNDED_TO))

    def __str__(self) -> str:
        return f"{self.latitude:g},{self.longitude:g}"


def distance_km(one: Point, other: Point) -> float:
    """How far as the bird flies (haversine)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    half_up = math.sin((south - north) / 2) ** 2
    half_along = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half_up + math.cos(north) * math.cos(south) * half_along)))


def read_point(text: str) -> Point:
    """Two numbers as maps show them, in digits of any script; `geo:` in front may stay. Raises ValueError."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.strip())
    plain = plain.replace("٫", ".").replace("،", ",").replace("−", "-").replace("°", "")
    match = _PAIR.fullmatch(plain)
    if match is None:
        raise ValueError("not two numbers")
    point = Point(float(match[1]), float(match[2]))
    if not is_on_earth(point.latitude, point.longitude):
        raise ValueError("not on the Earth")
    return point


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Whether there is such a place."""
    return -90 <= latitude <= 90 and -180 <= longitude <= 180
