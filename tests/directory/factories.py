"""Entries of the directory in tests, made as its keepers make them."""

from datetime import time
from typing import Any

from waystation.directory import actions, places
from waystation.directory.codes import SafeCheck
from waystation.directory.models import Service, ServiceAt
from waystation.kernel.actors import Actor

DAILY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SAFE = tuple(SafeCheck.values)


def texts(name: str = "Clinic by the lake", language: str = "eng", **said: str) -> actions.TextsDraft:
    return actions.TextsDraft(name=name, language=language, **said)


def draft(name: str = "Clinic by the lake", **said: Any) -> actions.ServiceDraft:
    facts = {"kind": "health", "provider_name": "Lake Hospital", "languages": ("eng", "swa")} | said
    return actions.ServiceDraft(texts=texts(name, description="A nurse, every day."), **facts)


def service(by: Actor, name: str = "Clinic by the lake", **said: Any) -> Service:
    return actions.add_service(by=by, draft=draft(name, **said))


def placed(by: Actor, name: str = "Clinic by the lake", *, point: str = "0.10, 34.75", **said: Any) -> ServiceAt:
    """A service at a place, open day and night."""
    hours = said.pop("hours", (time(0), time(0)))
    where: dict[str, Any] = {"city": "Kisumu", "country": "KE", "zone": "Africa/Nairobi", "address": "Pier Road 1"}
    where |= said.pop("where", {})
    row = service(by, name, **said)
    at = places.add_place(by=by, service_id=row.pk, draft=places.PlaceDraft(point=point, **where))
    if hours:
        opens = places.HoursDraft(days=DAILY, opens_at=hours[0], closes_at=hours[1])
        places.add_hours(by=by, at_id=at.pk, draft=opens)
    return at
