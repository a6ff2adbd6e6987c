"""Accounts, invitations, training, and what needs two."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import PASSPHRASE, make_account, sign_in
from waystation.accounts import actions, approvals, factors, queries, setup
from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account, Approval
from waystation.accounts.roles import Role
from waystation.accounts.setup import AlreadyMade, set_up
from waystation.audit.models import Leaf
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import BudgetSpent, Conflict, Invalid, NotAllowed, NotFound
from waystation.organisations.models import Organisation, Post
from waystation.vault import budget
from waystation.vault import node as vault_node
from waystation.vault.recovery import RecoveryCode, RecoveryCodeOfAnotherNode

WORDS = "four grey herons wade slowly"


def test_first_run_makes_a_node_that_its_recovery_code_opens(db: None) -> None:
    made = set_up(organisation="Two Rivers", country="it", post="Bridge", handle="Nadia", passphrase=WORDS)
    assert Organisation.objects.get().country == "IT"
    assert Post.objects.get().pk == made.account.post_id
    vault_node.lock("test")
    vault_node.unlock_with_recovery(RecoveryCode.parse(str(made.recovery).lower().replace("-", " ")))
    assert vault_node.is_unlocked()
    vault_node.lock("end of test")


def test_the_set_up_page_shows_the_recovery_code_that_opens_the_node(client: Client, db: None) -> None:
    typed = {"organisation": "Two Rivers", "country": "IT", "post": "Bridge", "handle": "nadia", "passphrase": WORDS}
    page = client.post("/set-up/", {**typed, "again": WORDS}).content.decode()
    shown = re.search(r'<bdi class="code big">([A-Z2-7-]+)</bdi>', page)
    assert shown, page
    vault_node.lock("test")
    vault_node.unlock_with_recovery(RecoveryCode.parse(shown[1]))
    assert vault_node.is_unlocked()
    vault_node.lock("end of test")


def test_all_that_is_wrong_at_set_up_is_said_at_once(db: None) -> None:
    with pytest.raises(Invalid) as refusal:
        set_up(organisation=" ", country="Narnia", post="Bridge", handle="n b", passphrase="short")
    assert set(refusal.value.fields) == {"organisation", "country", "handle", "passphrase"}


def test_the_set_up_page_says_what_to_mend_and_keeps_what_was_typed(client: Client, db: None) -> None:
    assert client.get("/").headers["Location"] == "/set-up/"
    typed = {"organisation": "Two Rivers", "country": "IT", "post": "Bridge", "handle": "nadia", "passphrase": "short"}
    page = client.post("/set-up/", {**typed, "again": "short"}).content.decode()
    assert 'value="Two Rivers"' in page
    assert "at least 14 characters" in page
    assert not vault_node.is_initialised()


@pytest.mark.django_db(transaction=True)
def test_a_set_up_that_fails_late_leaves_no_keys_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_words: str) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(setup, "_open_house", [full])
    with pytest.raises(OSError, match="disk full"):
        set_up(organisation="Two Rivers", country="IT", post="Bridge", handle="nadia", passphrase=WORDS)
    assert not vault_node.is_unlocked()
    assert not vault_node.is_initialised()


def test_a_made_node_cannot_be_set_up_again(client: Client, node: Any) -> None:
    assert client.get("/set-up/").status_code == 404


def test_a_second_click_at_set_up_is_told_what_stands_and_locks_nothing(client: Client, db: None) -> None:
    typed = {"organisation": "Two Rivers", "country": "IT", "post": "Bridge", "handle": "nadia", "passphrase": WORDS}
    first, second = (client.post("/set-up/", {**typed, "again": WORDS}) for _click in range(2))
    assert (first.status_code, second.status_code) == (200, 409)
    assert "This node is made" in second.content.decode()
    assert "My account" in second.content.decode()
    assert vault_node.is_unlocked()
    assert Account.objects.get().handle == "nadia"
    vault_node.lock("end of test")


@pytest.mark.parametrize("handle", ["nadia", "someone-else"])
def test_the_later_of_two_set_ups_at_one_moment_leaves_the_node_of_the_first_open(db: None, handle: str) -> None:
    house = {"organisation": "Two Rivers", "country": "IT", "post": "Bridge", "passphrase": WORDS}
    set_up(**house, handle="nadia")
    with pytest.raises(AlreadyMade):
        set_up(**house, handle=handle)
    assert vault_node.is_unlocked()
    assert (Account.objects.count(), Organisation.objects.count()) == (1, 1)
    vault_node.lock("end of test")


def test_an_invitation_works_once(actors: dict[str, Actor], client: Client) -> None:
    invited = actions.invite(by=actors["coordinator"], role="volunteer", post_id=actors["coordinator"].post_id)
    answers = {"handle": "lucia", "name": "Lucía", "passphrase": WORDS, "again": WORDS}
    assert client.post(f"/invitations/{invited.token}/", answers).headers["Location"] == "/sign-in/first/"
    account = Account.objects.get(handle="lucia")
    assert "Lucía".encode() not in bytes(account.name_sealed)
    assert client.get(f"/invitations/{invited.token}/").status_code == 404


def test_an_administrators_invitation_to_open_people_waits_for_a_coordinator(actors: dict[str, Actor]) -> None:
    invited = actions.invite(by=actors["administrator"], role="caseworker", post_id=None)
    answers = {"handle": "mole", "name": "M", "passphrase": WORDS}
    with pytest.raises(NotFound):
        actions.accept_invitation(token=invited.token, **answers)
    waiting = Approval.objects.get(subject=invited.invitation.pk)
    with pytest.raises(NotAllowed):
        approvals.approve(by=actors["administrator"], approval_id=waiting.pk)
    approvals.approve(by=actors["coordinator"], approval_id=waiting.pk)
    assert actions.accept_invitation(token=invited.token, **answers).role == "caseworker"


def test_nobody_approves_what_they_asked_and_nothing_is_decided_twice(actors: dict[str, Actor], node: Any) -> None:
    one = actors["coordinator"]
    two = actor_of(make_account(Role.COORDINATOR, handle="second", post=node))
    asked = approvals.request(by=one, kind="vault.release_budget", subject=one.account_id, reason="a bus of sixty")
    with pytest.raises(NotAllowed):
        approvals.approve(by=one, approval_id=asked.pk)
    assert [waiting.pk for waiting in approvals.waiting_for(two)] == [asked.pk]
    approvals.approve(by=two, approval_id=asked.pk)
    with pytest.raises(Conflict):
        approvals.refuse(by=two, approval_id=asked.pk)
    assert budget.released(one.account_id) == 100


def test_a_sensitive_compartment_closes_when_the_training_lapses(node: Any) -> None:
    account = make_account(Role.HEALTH, post=node, with_training=False)
    assert not actor_of(account).opens(Compartment.HEALTH)
    day = clock.today()
    training = account.trainings.create(
        compartment="health", completed_on=day - timedelta(days=400), lapses_on=day - timedelta(days=1)
    )
    assert not actor_of(account).opens(Compartment.HEALTH)
    training.lapses_on = day + timedelta(days=1)
    training.save()
    assert actor_of(account).opens(Compartment.HEALTH)


def test_an_administrator_opens_nobody(actors: dict[str, Actor]) -> None:
    assert actors["administrator"].compartments == frozenset()
    assert actors["administrator"].people_per_hour == 0


def test_the_last_officer_cannot_be_shut_out(actors: dict[str, Actor], node: Any) -> None:
    last = Account(handle="nadia", role=Role.COORDINATOR, post_id=node.pk)
    last.save()
    from waystation.vault.models import KeySlot

    vault_node.add_slot(last.pk, WORDS)
    KeySlot.objects.filter(kind="officer").exclude(id=last.pk).delete()
    with pytest.raises(Conflict):
        actions.set_active(by=actors["administrator"], account_id=last.pk, active=False)


@pytest.mark.parametrize("has_slot", [False, True])
def test_changing_a_passphrase_needs_the_present_one_and_a_wrong_one_stands_in_the_log(
    client: Client, node: Any, has_slot: bool
) -> None:
    account = make_account(Role.COORDINATOR if has_slot else Role.VOLUNTEER, handle="tomas", post=node)
    if has_slot:
        vault_node.add_slot(account.pk, PASSPHRASE)
    sign_in(client, account)
    new = "nine brown otters sleep ashore"
    page = client.post("/me/", {"old": "not it at all", "new": new})
    assert "This is not your present passphrase." in page.content.decode()
    (entry,) = Leaf.objects.filter(action="vault.wrong_passphrase")
    assert (entry.subject, entry.account) == (account.pk, account.pk)
    assert client.post("/me/", {"old": PASSPHRASE, "new": new}).status_code == 302
    assert client.post("/sign-in/", {"handle": "tomas", "passphrase": new}).status_code == 302
    assert Leaf.objects.filter(action="vault.wrong_passphrase").count() == 1


def test_a_clock_set_back_is_told_on_every_page(client_for: Callable[..., Client]) -> None:
    client = client_for("volunteer")
    with CaptureQueriesContext(connection) as before:
        assert "Set the clock" not in client.get("/me/").content.decode()
    with time_machine.travel(clock.now() - timedelta(hours=20)), CaptureQueriesContext(connection) as after:
        assert "Set the clock" in client.get("/me/").content.decode()
    assert len(after) <= len(before), "it is known without asking the database"


def test_a_spent_budget_leads_to_a_second_officer(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    from tests.crowd import make_household
    from waystation.people import queries

    poor = replace(actors["volunteer"], people_per_hour=2)
    make_household(actors["caseworker"], members=4)
    with pytest.raises(BudgetSpent):
        queries.identities(queries.visible_to(poor), by=poor)
    assert budget.spent(poor) == 0, "what was refused is not counted"
    page = client_for("volunteer").get("/me/more-people/").content.decode()
    assert "second officer" in page


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_a_forgotten_passphrase_is_renewed_by_a_link_of_a_coordinator(
    client: Client, client_for: Callable[..., Client], actors: dict[str, Actor], node: Any, role: Role
) -> None:
    account = Account(handle="forgetful", role=role, post_id=node.pk)
    account.save()
    vault_node.add_slot(account.pk, WORDS) if role == Role.COORDINATOR else None
    page = client_for("coordinator").post(f"/accounts/{account.pk}/renew/").content.decode()
    link = re.search(r"http://testserver(/invitations/[^/<]+/)", page)
    assert link, page
    new = "nine brown otters sleep ashore"
    assert client.post(link[1], {"passphrase": "short", "again": "short"}).status_code == 200
    assert client.post(link[1], {"passphrase": new, "again": new}).headers["Location"] == "/sign-in/"
    assert client.get(link[1]).status_code == 404, "the link works once"
    assert client.post("/sign-in/", {"handle": "forgetful", "passphrase": new}).status_code == 302
    assert Leaf.objects.filter(action="accounts.renew", subject=account.pk).count() == 1


def test_only_a_coordinator_lets_a_passphrase_be_renewed_and_nobody_for_themselves(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        actions.let_renew(by=actors["administrator"], account_id=actors["caseworker"].account_id)
    with pytest.raises(NotAllowed):
        actions.let_renew(by=actors["coordinator"], account_id=actors["coordinator"].account_id)


def test_a_new_recovery_code_opens_the_node_and_the_old_one_no_more(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    old = actions.new_recovery_code(by=actors["coordinator"])
    page = client_for("coordinator").post("/me/recovery-code/", {"passphrase": PASSPHRASE}).content.decode()
    shown = re.search(r'<bdi class="code big">([A-Z2-7-]+)</bdi>', page)
    assert shown
    vault_node.lock("test")
    with pytest.raises(RecoveryCodeOfAnotherNode):
        vault_node.unlock_with_recovery(RecoveryCode.parse(old))
    vault_node.unlock_with_recovery(RecoveryCode.parse(shown[1]))
    assert vault_node.is_unlocked()


def test_a_second_step_is_taken_away_only_when_there_is_one_and_someone_said_so(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    client, other = client_for("coordinator"), Account.objects.get(pk=actors["volunteer"].account_id)
    address, asking = f"/accounts/{other.pk}/", f"/accounts/{other.pk}/reset-factor/"
    assert asking not in client.get(address).content.decode()
    assert client.get(asking).headers["Location"] == address
    factors.add_totp(other, factors.new_seed())
    shown = client.get(address).content.decode()
    assert f'href="{asking}"' in shown
    assert f'action="{asking}"' not in shown
    assert "the passphrase alone opens this account" in client.get(asking).content.decode()
    assert other.factors.exists()
    client.post(asking)
    assert not other.factors.exists()


def test_nobody_is_offered_to_close_their_own_account(client_for: Callable[..., Client]) -> None:
    own = client_for("coordinator")
    mine = Account.objects.get(pk=own.session["account"])
    shown = own.get(f"/accounts/{mine.pk}/").content.decode()
    assert f"/accounts/{mine.pk}/active/" not in shown
    assert f"/accounts/{mine.pk}/reset-factor/" not in shown


def test_when_every_officer_forgot_the_paper_opens_the_node_and_one_gets_in_again(client: Client, db: None) -> None:
    made = set_up(organisation="Two Rivers", country="IT", post="Bridge", handle="nadia", passphrase=WORDS)
    vault_node.lock("test")
    new = "nine brown otters sleep ashore"
    answers = {"code": str(made.recovery), "handle": "nadia", "passphrase": new, "again": new}
    assert "with the paper" in client.post("/recover/", {**answers, "code": "AAAA-BBBB"}).content.decode()
    assert not vault_node.is_unlocked()
    assert "No officer has" in client.post("/recover/", {**answers, "handle": "nobody"}).content.decode()
    assert client.post("/recover/", answers).headers["Location"] == "/sign-in/"
    vault_node.lock("test")
    assert client.post("/sign-in/", {"handle": "nadia", "passphrase": WORDS}).status_code == 200
    assert client.post("/sign-in/", {"handle": "nadia", "passphrase": new}).status_code == 302
    vault_node.lock("end of test")


def test_a_second_coordinator_does_not_make_a_third_alone(actors: dict[str, Actor], node: Any) -> None:
    by = actors["coordinator"]
    assert not actions.invite(by=by, role=Role.COORDINATOR, post_id=node.pk).invitation.needs_approval
    make_account(Role.COORDINATOR, handle="lena", post=node)
    invited = actions.invite(by=by, role=Role.COORDINATOR, post_id=node.pk)
    assert invited.invitation.needs_approval
    with pytest.raises(NotFound):
        queries.open_invitation(invited.token)


def test_who_is_closed_leaves_no_way_in(actors: dict[str, Actor], client_for: Callable[..., Client], node: Any) -> None:
    other = make_account(Role.CASEWORKER, handle="leaving", post=node)
    client = Client()
    sign_in(client, other)
    link = actions.invite(
        by=actor_of(make_account(Role.COORDINATOR, handle="lena", post=node)), role="volunteer", post_id=None
    )
    lena = Account.objects.get(handle="lena")
    actions.set_active(by=actors["coordinator"], account_id=other.pk, active=False)
    actions.set_active(by=actors["coordinator"], account_id=lena.pk, active=False)
    with pytest.raises(NotFound):
        queries.open_invitation(link.token)
    actions.set_active(by=actors["coordinator"], account_id=other.pk, active=True)
    assert client.get("/today/").status_code == 302, "the old session does not live again"


def test_a_changed_passphrase_ends_the_other_sessions(client_for: Callable[..., Client], node: Any) -> None:
    account = make_account(Role.VOLUNTEER, handle="tomas", post=node)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, account)
    here.post("/me/", {"old": PASSPHRASE, "new": "nine brown otters sleep ashore"})
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_two_sign_in_names_do_not_look_the_same(node: Any) -> None:
    make_account(Role.VOLUNTEER, handle="nadia", post=node)
    with pytest.raises(Invalid):
        setup.clean_handle("n\u0430dia")


def test_what_a_closed_account_asked_has_lapsed_and_stays_so(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    one, two, gone = actors["coordinator"], client_for("coordinator", handle="second"), actors["caseworker"]
    asked = approvals.request(by=gone, kind="vault.release_budget", subject=gone.account_id, reason="a bus of sixty")
    assert "a bus of sixty" in two.get("/approvals/").content.decode()
    actions.set_active(by=one, account_id=gone.account_id, active=False)
    assert "a bus of sixty" not in two.get("/approvals/").content.decode()
    actions.set_active(by=one, account_id=gone.account_id, active=True)
    answer = two.post(f"/approvals/{asked.pk}/", {"answer": "yes"})
    assert (answer.status_code, "has lapsed" in answer.content.decode()) == (409, True)
    assert budget.released(gone.account_id) == 0
    assert Approval.objects.get(pk=asked.pk).state == Approval.State.LAPSED
    assert Leaf.objects.filter(action="approvals.lapsed", subject=asked.pk).exists()


def test_whoever_closed_an_account_behind_our_back_has_let_its_questions_lapse_too(actors: dict[str, Actor]) -> None:
    one, gone = actors["coordinator"], actors["caseworker"]
    asked = approvals.request(by=gone, kind="vault.release_budget", subject=gone.account_id, reason="a bus of sixty")
    Account.objects.filter(pk=gone.account_id).update(is_active=False)
    assert not approvals.waiting_for(one).exists()
    with pytest.raises(approvals.Lapsed):
        approvals.approve(by=one, approval_id=asked.pk)
    assert budget.released(gone.account_id) == 0


LASTING = {
    "/me/tokens/": ({"label": "night import", "days": "7"}, "wst_"),
    "/me/spare-codes/": ({}, "Each works once instead"),
    "/me/recovery-code/": ({}, "kept nowhere"),
}


@pytest.mark.parametrize("has_slot", [False, True])
@pytest.mark.parametrize("address", LASTING)
def test_what_outlasts_a_session_asks_for_the_passphrase_again_and_keeps_what_was_typed(
    client: Client, node: Any, address: str, has_slot: bool
) -> None:
    account = make_account(Role.COORDINATOR, handle="lena", post=node)
    if has_slot:
        vault_node.add_slot(account.pk, PASSPHRASE)
    sign_in(client, account)
    typed, given = LASTING[address]
    assert given not in client.get(address).content.decode()
    for words in ({}, {"passphrase": "not the passphrase"}):
        page = client.post(address, {**typed, **words}).content.decode()
        assert given not in page
        assert all(f'value="{answer}"' in page for answer in typed.values())
        assert "not the passphrase" not in page
    assert Leaf.objects.filter(action="vault.wrong_passphrase", account=account.pk).count() == 1
    assert given in client.post(address, {**typed, "passphrase": PASSPHRASE}).content.decode()


@pytest.mark.parametrize("form", [("/me/spare-codes/", "passphrase", {}), ("/me/", "old", {"new": WORDS})])
def test_guessing_the_passphrase_at_a_signed_in_screen_is_slowed_down_and_shuts_nobody_out_elsewhere(
    settings: Any, client: Client, node: Any, form: tuple[str, str, dict[str, str]]
) -> None:
    settings.AXES_ENABLED = True
    sign_in(client, make_account(Role.VOLUNTEER, handle="tomas", post=node))
    address, field, more = form
    tries = [client.post(address, {field: "guess after guess", **more}) for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in tries] == [200, 200, 200, 200, 429]
    assert client.post(address, {field: PASSPHRASE, **more}).status_code == 429
    assert Client().post("/sign-in/", {"handle": "tomas", "passphrase": PASSPHRASE}).status_code == 302
