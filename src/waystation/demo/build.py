"""Making the demo node through the same actions that the pages use; the same seed gives the same demo."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account
from waystation.accounts.setup import set_up
from waystation.casework.actions import HelpDraft, NeedDraft, count_unnamed, record_urgent
from waystation.casework.codes import Severity, Threat
from waystation.demo import casework
from waystation.demo.accounts import COUNTRY, OFFICER, ORGANISATION, PASSPHRASE, POSTS, STAFF, DemoAccount
from waystation.demo.arrivals import arrive
from waystation.demo.asked import referred_by_message
from waystation.demo.asking import may_be_looked_for
from waystation.demo.barriers import turned_away
from waystation.demo.days import days_of_posts
from waystation.demo.directory import listed
from waystation.demo.exchange import known_nodes
from waystation.demo.feedback import said
from waystation.demo.handover import handed_over
from waystation.demo.health import looked_after
from waystation.demo.lists import brought
from waystation.demo.missing import remembered
from waystation.demo.news import news_of_families
from waystation.demo.outreach import went_out
from waystation.demo.papers import kept
from waystation.demo.people import HOUSEHOLDS
from waystation.demo.procedures import followed
from waystation.demo.requests import asked_and_answered
from waystation.demo.retention import keeping
from waystation.demo.reunions import came_together
from waystation.demo.safety import kept_safe
from waystation.demo.staff import at_work, equip, hire
from waystation.demo.tracing import looked_for, may_be_found
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Via
from waystation.organisations.actions import change_post
from waystation.organisations.models import Post
from waystation.people.codes import AgeBand, Sex

SEED = 20111128
TALLY = 37


def build() -> None:
    """Make the whole demo; the node is unlocked afterwards."""
    chance = random.Random(SEED)
    first = set_up(
        organisation=ORGANISATION, country=COUNTRY, post=POSTS[0][0], handle=OFFICER.handle, passphrase=PASSPHRASE
    )
    officer = actor_of(first.account, Via.COMMAND)
    posts = _posts(officer)
    equip(first.account, OFFICER, posts)
    for who in STAFF:
        equip(hire(who), who, posts)
    desk = {name: _actor_at(post) for name, post in posts.items()}
    with transaction.atomic():
        known: dict[str, UUID] = {}
        for household in HOUSEHOLDS:
            known |= arrive(household, desk[household.post])
        _today(chance, list(desk.values()))
        second = Account.objects.get(handle="lena")
        casework.fill(known, caseworker=desk[POSTS[1][0]], coordinator=actor_of(second, Via.COMMAND))
        kept(known["Hawa"], desk[POSTS[1][0]])
        looked_after(known, nurse=at_work("giulia"), volunteer=at_work("tomas"))
        kept_safe(known, desk[POSTS[1][0]])
        keeping(next(iter(desk.values())))
        said(desk[POSTS[1][0]])
        went_out(desk[POSTS[1][0]], chance)
        days_of_posts(list(desk.values()), chance)
        listed(desk[POSTS[1][0]])
        followed(known, desk[POSTS[1][0]])
        turned_away(known, desk[POSTS[1][0]], chance)
        known_nodes(officer)
        handed_over(known, desk[POSTS[1][0]], actor_of(second, Via.COMMAND))
        referred_by_message(known, desk[POSTS[1][0]])
        asked_and_answered(known, desk[POSTS[1][0]])
        sought = looked_for(known, at_work("karim"))
        brought(known, at_work("sofia"))
        came_together(known, at_work("karim"), actor_of(second, Via.COMMAND))
        may_be_found(at_work("karim"), at_work("sofia"))
        may_be_looked_for(known, at_work("karim"))
        remembered(sought, at_work("karim"), chance)
        news_of_families(known, chance)


def demo_accounts() -> list[DemoAccount]:
    """Everyone who may sign in, the officer first."""
    return [OFFICER, *STAFF]


def _posts(by: Actor) -> dict[str, Post]:
    first = Post.objects.get()
    change_post(by=by, post_id=first.pk, kind=POSTS[0][1], hours="07:00-21:00")
    for name, kind in POSTS[1:]:
        Post.objects.create(name=name, kind=kind)
    return {post.name: post for post in Post.objects.all()}


def _actor_at(post: Post) -> Actor:
    return replace(at_work("aicha"), post_id=post.pk)


def _today(chance: random.Random, desks: list[Actor]) -> None:
    threats = frozenset({Threat.PHYSICAL_HEALTH.value, Threat.SURVIVAL.value})
    record_urgent(
        by=desks[0],
        draft=HelpDraft(
            needs=[NeedDraft(code="health", severity=Severity.IMMEDIATE, threats=threats)],
            given=["first_aid"],
            at=clock.now() - timedelta(minutes=25),
            states={"health": "partly"},
        ),
        sex=Sex.MALE,
        age_band=AgeBand.ADULT,
    )
    bands = [band.value for band in AgeBand if band != AgeBand.NOT_KNOWN]
    for _ in range(TALLY):
        count_unnamed(by=chance.choice(desks), sex=chance.choice(["female", "male"]), age_band=chance.choice(bands))
