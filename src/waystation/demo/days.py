"""Days of the demo's posts: what they give out, when they were open, and eight weeks of people without names."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from waystation.casework.codes import Service
from waystation.casework.models import Unnamed, UnnamedService
from waystation.casework.supplies import actions as supplies
from waystation.casework.supplies.actions import MovementDraft
from waystation.casework.supplies.models import Item
from waystation.casework.tally import actions
from waystation.casework.tally.actions import ContactDraft
from waystation.casework.tally.codes import State
from waystation.casework.tally.models import Opening
from waystation.kernel import clock
from waystation.kernel.actors import Actor

THINGS = (
    ("Blanket", "pieces", "clothing", 30, "ordinary", False, 60),
    ("Socks", "pairs", "clothing", 40, "ordinary", False, 120),
    ("Hygiene kit", "kits", "hygiene", 32, "ordinary", False, 34),
    ("Water, half a litre", "bottles", "water", 100, "ordinary", False, 400),
    ("Warm meal", "portions", "food", 40, "ordinary", False, 180),
    ("Family tent", "pieces", "shelter", 2, "ordinary", True, 4),
    ("Crutches", "pairs", "health_care", 2, "assistive", False, 5),
    ("Dressing, sterile", "pieces", "first_aid", 50, "medical", False, 140),
)
BUSY = (14, 17, 12, 19, 22, 31, 25, 28)
"""People on a usual day, week by week: more come from week to week."""
BANDS = ("18-24", "18-24", "25-59", "25-59", "25-59", "12-17", "5-11", "0-4", "60+")
GIVEN = (
    ("food", "water"),
    ("food", "charging", "wifi"),
    ("information", "phone"),
    ("first_aid",),
    ("clothing", "food"),
)


def days_of_posts(desks: list[Actor], chance: random.Random) -> None:
    """What the pages of a post's day and of its stock show."""
    things = [
        supplies.save_item(
            by=_leader(desks[0]), name=name, unit=unit, service=service, low_at=low, material=material, shared=shared
        )
        for name, unit, service, low, material, shared, _quantity in THINGS
    ]
    for by in desks:
        for thing, line in zip(things, THINGS, strict=True):
            supplies.receive(by=by, draft=_moved(thing, line[-1], note="Regional warehouse, note 2026/114"))
        _weeks(by, chance)
        _today(by, things, chance)
    blankets, crutches = things[0], things[6]
    here, there = desks[0], desks[1]
    assert there.post_id is not None
    supplies.send(by=here, draft=_moved(blankets, 10, note="With Tomás, note 12"), to_post_id=there.post_id)
    assert here.post_id is not None
    supplies.send(by=there, draft=_moved(blankets, 8, note="Note 9"), to_post_id=here.post_id)
    supplies.lose(by=here, draft=_moved(crutches, 1, reason="damaged"))
    supplies.count(by=here, draft=_moved(things[1], 117, reason="unwritten"))


def _leader(by: Actor) -> Actor:
    return replace(by, role="coordinator")


def _moved(thing: Item, quantity: int, **said: str) -> MovementDraft:
    return MovementDraft(movement_id=uuid4(), item_id=thing.pk, quantity=quantity, **said)


def _weeks(by: Actor, chance: random.Random) -> None:
    """The past, which no page can write any more."""
    assert by.post_id is not None
    people, given, openings = [], [], []
    for days_ago in range(1, 56):
        day = clock.today() - timedelta(days=days_ago)
        is_open = day.weekday() != 6 and days_ago != 12
        opening = Opening(
            post_id=by.post_id, day=day, state=State.NOT_OPENED, why_not="weather" if days_ago == 12 else "rest"
        )
        if is_open:
            opening = Opening(
                post_id=by.post_id,
                day=day,
                state=State.CLOSED,
                planned_from=time(8),
                planned_to=time(18),
                opened_at=_moment(day, 8, chance.randrange(0, 25)),
                closed_at=_moment(day, 18, chance.randrange(0, 50)),
                opened_by=by.account_id,
                closed_by=by.account_id,
            )
            for _group in range(max(1, BUSY[7 - days_ago // 7] // 3 + chance.randrange(-2, 3))):
                row = _group_on(by, day, chance)
                people.append(row)
                given += [UnnamedService(contact=row, code=code) for code in chance.choice(GIVEN)]
        openings.append(opening)
    Opening.objects.bulk_create(openings)
    Unnamed.objects.bulk_create(people)
    UnnamedService.objects.bulk_create(given)


def _group_on(by: Actor, day: date, chance: random.Random) -> Unnamed:
    return Unnamed(
        post_id=by.post_id,
        day=day,
        at=_moment(day, chance.randrange(8, 18), chance.randrange(0, 60)),
        sex=chance.choice(("male", "male", "female", "not-known")),
        age_band=chance.choice(BANDS),
        count=chance.randrange(1, 5),
        by=by.account_id,
    )


def _today(by: Actor, things: list[Item], chance: random.Random) -> None:
    assert by.post_id is not None
    begins = timezone.localtime(clock.now()) - timedelta(minutes=30)
    draft = actions.OpeningDraft(
        at=begins.time() if begins.date() == clock.today() else time(0), planned_from=time(8), planned_to=time(18)
    )
    actions.open_post(by=by, day=clock.today(), draft=draft)
    for _contact in range(14):
        out: tuple[UUID, ...] = tuple(one.pk for one in chance.sample(things[:5], chance.randrange(0, 3)))
        contact = ContactDraft(
            id=uuid4(),
            post_id=by.post_id,
            at=clock.now(),
            sex=chance.choice(("male", "female")),
            age_band=chance.choice(BANDS),
            people=chance.randrange(1, 4),
            services=(chance.choice((Service.INFORMATION, Service.CHARGING, Service.PHONE)).value,),
            items=out,
        )
        actions.count(by=by, draft=contact)


def _moment(day: date, hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
