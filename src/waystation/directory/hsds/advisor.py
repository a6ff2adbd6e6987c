"""Maps of services as GeoJSON (Services Advisor, UNHCR Jordan, 2014) as tables of HSDS.

What such a map says on who may come stands in its numbered properties; it is carried along only to be counted as left
out. A service whose last day has passed comes as one that has ended.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from waystation.directory.hours import DAYS
from waystation.directory.hsds.tables import Row, Tables, add, derived
from waystation.directory.hsds.writing import KINDS, MARKS, REFERRAL
from waystation.kernel import clock

CATEGORIES: Mapping[str, str] = {
    "HEALTH": "health",
    "EDUCATION": "education",
    "SHELTER": "shelter",
    "FOOD": "food",
    "NFI": "food",
    "CASH": "social",
    "PROTECTION": "protection",
}
ACTIVITIES: Mapping[str, str] = {"Child Protection": "child", "Psychosocial & Mental Health": "psychosocial"}
_DAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*(?:\s*-\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*)?", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2}):(\d{2})\s*(am|pm)", re.IGNORECASE)
AVAILABLE, OPENS, CLOSES, REFERRAL_TOLD = (
    "7. Availability Day",
    "8. Office Open at",
    "9. Office close at",
    "Referral required",
)


def is_map(found: Any) -> bool:
    """Whether this is such a map."""
    return isinstance(found, list) and bool(found) and all(_is_feature(one) for one in found)


def read(features: list[Row]) -> Tables:
    """Rows by table."""
    tables: Tables = {}
    for feature in features:
        _service(tables, feature["properties"], _key(feature), _point(feature))
    return tables


def _is_feature(one: Any) -> bool:
    return isinstance(one, dict) and one.get("type") == "Feature" and isinstance(one.get("properties"), dict)


def _service(tables: Tables, said: Row, key: str, point: Row) -> None:
    partner, place = str(said.get("partnerName", "")), str(said.get("locationName", ""))
    organisation, at = derived("advisor", partner), derived(key, "at")
    where = derived("advisor", place, point)
    name = str(said.get("activityName", ""))
    given = ", ".join(str(kind) for kind, told in _answers(said, "indicators").items() if told)
    add(tables, "organizations", {"id": organisation, "name": partner, "description": ""})
    row = {
        "id": key,
        "organization_id": organisation,
        "name": name,
        "description": given,
        "status": "defunct" if _has_passed(str(said.get("endDate", ""))) else "active",
        "assured_date": said.get("startDate", ""),
    }
    asked = {
        question: "told" for question in said if question[:1].isdigit() and question not in {AVAILABLE, OPENS, CLOSES}
    }
    add(tables, "services", {**row, **asked})
    add(tables, "locations", {"id": where, "location_type": "physical", "name": place, **point})
    add(tables, "service_at_location", {"id": at, "service_id": key, "location_id": where})
    kind = ACTIVITIES.get(name) or CATEGORIES.get(str(said.get("activityCategory", "")), "other")
    _mark(tables, key, KINDS, kind)
    if said.get(REFERRAL_TOLD) == "Yes":
        _mark(tables, key, MARKS, REFERRAL)
    if hours := _hours(said):
        add(tables, "schedules", {"id": derived(key, "hours"), "service_at_location_id": at, **hours})


def _key(feature: Row) -> str:
    """One number stands for several activities of a partner at one place."""
    return derived("advisor", feature.get("id"), feature["properties"].get("activity"))


def _point(feature: Row) -> Row:
    geometry = feature.get("geometry")
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(found, list) or len(found) < 2:
        return {}
    return {"longitude": found[0], "latitude": found[1]}


def _mark(tables: Tables, key: str, taxonomy: str, code: str) -> None:
    term = add(tables, "taxonomy_terms", {"id": derived(taxonomy, code), "code": code, "taxonomy": taxonomy})
    link = {"link_id": key, "link_entity": "service", "taxonomy_term_id": term}
    add(tables, "attributes", {"id": derived(key, taxonomy, code), **link})


def _hours(said: Row) -> Row:
    """Opening times, only where one day, one opening and one closing are told: nothing is guessed."""
    days, opens, closes = (list(_answers(said, name)) for name in (AVAILABLE, OPENS, CLOSES))
    if opens == ["Always open"]:
        return {"freq": "WEEKLY", "byday": ",".join(DAYS), "opens_at": "00:00", "closes_at": "00:00"}
    if not len(days) == len(opens) == len(closes) == 1:
        return {}
    byday, first, last = _days(days[0]), _time(opens[0]), _time(closes[0])
    return {"freq": "WEEKLY", "byday": byday, "opens_at": first, "closes_at": last} if byday and first and last else {}


def _answers(said: Row, name: str) -> Row:
    found = said.get(name)
    return found if isinstance(found, dict) else {}


def _days(text: str) -> str:
    found: list[str] = []
    for first, last in _DAY.findall(text):
        start = DAYS.index(first[:2].upper())
        length = (DAYS.index(last[:2].upper()) - start) % 7 if last else 0
        found += [DAYS[(start + number) % 7] for number in range(length + 1)]
    return ",".join(day for day in DAYS if day in found)


def _time(text: str) -> str:
    """`8:30am`, and `17:00pm`, which means 17:00."""
    match = _TIME.search(text)
    if match is None:
        return ""
    hour, half = int(match[1]), match[3].lower()
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02}:{match[2]}"


def _has_passed(text: str) -> bool:
    try:
        return date.fromisoformat(text) < clock.today()
    except ValueError:
        return False
