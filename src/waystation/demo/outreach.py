"""Rounds of the demo: two places, somebody who opens doors, one round done and one to come."""

import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from waystation.casework.outreach import actions
from waystation.casework.outreach.codes import Check
from waystation.casework.outreach.models import DoorDocument, PlaceDocument, Round, RoundDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor

FEARS = (("deportation",), ("deportation", "data"), ("found", "authorities"), ("unknown",), ("language", "cost"), ())


def went_out(by: Actor, chance: random.Random) -> None:
    """What the page of rounds shows."""
    barber = DoorDocument(
        name="Ousmane, barber by the station", contact="In the shop, after six", languages=("Wolof", "Français"),
        known_to="Aïcha",
    )  # fmt: skip
    door = actions.add_door(by=by, kind="shop", document=barber)
    market = PlaceDocument(
        name="Loading bays of the fruit market",
        how="Four to seven in the morning",
        risk="Wait until they call you over.",
    )
    pitch = PlaceDocument(name="Football pitch behind the school", how="Sundays from three")
    work = actions.add_place(by=by, kind="work", document=market)
    rest = actions.add_place(by=by, kind="recreation", document=pitch)
    at_once = clock.now() + timedelta(minutes=1)
    done = _planned(by, work.pk, door.pk, at_once, "Water, and where the free clinic is")
    in_two_days = (clock.now() + timedelta(days=2)).replace(hour=15, minute=0, second=0)
    _planned(by, rest.pk, door.pk, in_two_days, "Tea, and how to reach the family-links officer")
    actions.set_out(by=by, round_id=done.pk, checks=tuple(Check.values))
    for number in range(24):
        draft = actions.ContactDraft(
            sex=chance.choice(("male", "male", "female")),
            age_band=chance.choice(("18-24", "25-59")),
            through_door=number % 3 > 0,
            services=("information",),
            fears=chance.choice(FEARS),
        )
        actions.meet(by=by, round_id=done.pk, contact_id=uuid4(), draft=draft)
    actions.end(by=by, round_id=done.pk, heard="They would come to the clinic if it opened before five.")


def _planned(by: Actor, place: UUID, door: UUID, starts_at: datetime, purpose: str) -> Round:
    draft = actions.RoundDraft(
        place_id=place,
        door_id=door,
        way="outreach",
        starts_at=starts_at,
        document=RoundDocument(purpose=purpose, team=("Aïcha", "Tomás")),
    )
    return actions.plan(by=by, draft=draft)
