"""Making the demo node through the same actions that the pages use; the same seed gives the same demo."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from waystation.accounts import factors
from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account, Training
from waystation.accounts.roles import CARDS, SENSITIVE
from waystation.accounts.setup import set_up
from waystation.casework.actions import HelpDraft, NeedDraft, count_unnamed, record_help, record_urgent
from waystation.casework.codes import Severity, Threat
from waystation.demo import casework
from waystation.demo.accounts import COUNTRY, OFFICER, ORGANISATION, PASSPHRASE, POSTS, STAFF, DemoAccount
from waystation.demo.barriers import turned_away
from waystation.demo.days import days_of_posts
from waystation.demo.directory import listed
from waystation.demo.exchange import known_nodes
from waystation.demo.feedback import said
from waystation.demo.handover import handed_over
from waystation.demo.health import looked_after
from waystation.demo.outreach import went_out
from waystation.demo.papers import kept
from waystation.demo.people import HOUSEHOLDS, DemoHousehold, DemoNeed, DemoPerson
from waystation.demo.procedures import followed
from waystation.demo.requests import asked_and_answered
from waystation.demo.retention import keeping
from waystation.demo.safety import kept_safe
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Via
from waystation.kernel.ids import new_id
from waystation.organisations.actions import change_post
from waystation.organisations.models import Post
from waystation.people import actions as people
from waystation.people.codes import USUAL_CONSENT, AgeBand, Sex
from waystation.people.documents import ConsentDocument, DisclosureDocument, IdentityDocument, StopDocument
from waystation.people.drafts import MemberDraft, RegistrationDraft
from waystation.people.models import Person
from waystation.vault import node, seal_for_node

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
    _equip(first.account, OFFICER, posts)
    for who in STAFF:
        _equip(_hire(who), who, posts)
    desk = {name: _actor_at(post) for name, post in posts.items()}
    with transaction.atomic():
        known: dict[str, UUID] = {}
        for household in HOUSEHOLDS:
            known |= _household(household, desk[household.post])
        _today(chance, list(desk.values()))
        second = Account.objects.get(handle="lena")
        casework.fill(known, caseworker=desk[POSTS[1][0]], coordinator=actor_of(second, Via.COMMAND))
        kept(known["Hawa"], desk[POSTS[1][0]])
        looked_after(known, nurse=_actor("giulia"), volunteer=_actor("tomas"))
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
        asked_and_answered(known, desk[POSTS[1][0]])


def demo_accounts() -> list[DemoAccount]:
    """Everyone who may sign in, the officer first."""
    return [OFFICER, *STAFF]


def unlock() -> None:
    """Open the demo node as its officer would."""
    node.unlock(Account.objects.get(handle=OFFICER.handle).pk, PASSPHRASE)


def _posts(by: Actor) -> dict[str, Post]:
    first = Post.objects.get()
    change_post(by=by, post_id=first.pk, kind=POSTS[0][1], hours="07:00-21:00")
    for name, kind in POSTS[1:]:
        Post.objects.create(name=name, kind=kind)
    return {post.name: post for post in Post.objects.all()}


def _hire(who: DemoAccount) -> Account:
    account = Account(handle=who.handle, role=who.role)
    if CARDS[who.role].may_unlock:
        account.set_unusable_password()
        node.add_slot(account.pk, PASSPHRASE)
    else:
        account.set_password(PASSPHRASE)
    account.save(force_insert=True)
    return account


def _equip(account: Account, who: DemoAccount, posts: dict[str, Post]) -> None:
    account.name_sealed = seal_for_node("staff-name", who.name.encode())
    account.post_id = posts[who.post].pk
    account.posts = sorted(str(post.pk) for post in posts.values()) if who.roams else [str(account.post_id)]
    account.save(update_fields=["name_sealed", "post_id", "posts"])
    factors.add_totp(account, factors.new_seed())
    day = clock.today()
    for compartment in CARDS[who.role].compartments & SENSITIVE:
        Training.objects.create(
            account=account,
            compartment=compartment,
            completed_on=day - timedelta(days=100),
            lapses_on=day + timedelta(days=265),
        )


def _actor_at(post: Post) -> Actor:
    return replace(_actor("aicha"), post_id=post.pk)


def _actor(handle: str) -> Actor:
    return replace(actor_of(Account.objects.get(handle=handle), Via.COMMAND), people_per_hour=10_000)


def _household(household: DemoHousehold, by: Actor) -> dict[str, UUID]:
    met = clock.now() - timedelta(days=household.days_ago, hours=1)
    drafts = [_member(member, household) for member in household.members]
    if len(drafts) == 1:
        made = [people.register(by=by, draft=drafts[0].person)]
    else:
        made = list(people.register_household(by=by, drafts=drafts))
    for member, registered in zip(household.members, made, strict=True):
        Person.objects.filter(pk=registered.person.pk).update(registered_at=met)
        _helped(by, registered.person.pk, member)
        for stage, country, place, when in household.road:
            stop = StopDocument(country=country, place=place, when=when)
            people.add_stop(by=by, person_id=registered.person.pk, stage=stage, stop=stop)
        _allowed(by, registered.person.pk, household)
    people_made = zip(household.members, made, strict=True)
    return {member.given or member.alias: registered.person.pk for member, registered in people_made}


def _member(member: DemoPerson, household: DemoHousehold) -> MemberDraft:
    identity = IdentityDocument(
        given_name=member.given,
        family_name=member.family,
        alias=member.alias,
        names_as_written=member.other_names,
        birth_year=None if member.age is None else clock.today().year - member.age,
        origin=household.origin,
        languages=household.languages,
        phone=member.phone,
        know_now=member.know_now,
    )
    draft = RegistrationDraft(
        identity=identity,
        sex=member.sex if member.sex in Sex.values else Sex.NOT_KNOWN,
        age_band=member.age_band or AgeBand.NOT_KNOWN,
        interpreter_needed=member.interpreter,
        person_id=new_id(),
    )
    return MemberDraft(person=draft, relation=member.relation or "first")


def _helped(by: Actor, person_id: UUID, member: DemoPerson) -> None:
    for need in sorted(member.needs, key=lambda need: -need.hours_ago):
        draft = HelpDraft(
            needs=[_need(need)],
            given=need.given,
            at=clock.now() - timedelta(hours=need.hours_ago),
            states={need.code: need.state},
        )
        record_help(by=by, person_id=person_id, draft=draft)


def _need(need: DemoNeed) -> NeedDraft:
    return NeedDraft(code=need.code, severity=need.severity, threats=frozenset(need.threats), note=need.note)


def _allowed(by: Actor, person_id: UUID, household: DemoHousehold) -> None:
    language = household.languages[0] if household.languages else ""
    for purpose, state in household.consents:
        document = ConsentDocument(read_back=True, language=language, explained_by="aicha")
        said = {"person_id": person_id, "purpose": purpose, "recipient_kind": "society", "document": document}
        if state == "refused":
            people.refuse_consent(by=by, **said)  # type: ignore[arg-type]
            continue
        consent = people.give_consent(by=by, **said, expires_on=clock.today() + USUAL_CONSENT)  # type: ignore[arg-type]
        if state == "withdrawn":
            people.withdraw_consent(by=by, consent_id=consent.pk)
        elif purpose == "tracing":
            told = DisclosureDocument(
                recipient="Family-links office, Two Rivers Society", fields=("name", "year of birth")
            )
            people.record_disclosure(
                by=by, person_id=person_id, purpose=purpose, recipient_kind="society", kind="letter", document=told
            )


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
