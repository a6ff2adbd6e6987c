"""Two factors, one door: what lets someone in, what does not, and what they are told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.test import Client

from tests.accounts.factories import PASSPHRASE, make_account
from waystation.accounts import factors, tokens
from waystation.accounts.models import Account
from waystation.accounts.roles import Role
from waystation.kernel import clock
from waystation.vault import ciphers
from waystation.vault import node as vault_node
from waystation.vault.slots import WrongPassphrase

OFFICER = "four grey herons wade slowly"


@pytest.fixture
def tomas(node: Any) -> tuple[Account, bytes]:
    account = make_account(Role.VOLUNTEER, handle="tomas", post=node)
    seed = factors.new_seed()
    factors.add_totp(account, seed)
    return account, seed


def passphrase(client: Client, handle: str, words: str = PASSPHRASE) -> Any:
    return client.post("/sign-in/", {"handle": handle, "passphrase": words})


def code(seed: bytes, steps: int = 0) -> str:
    return factors.code_at(seed, factors.current_step() + steps)


def test_passphrase_and_code_together_let_in(client: Client, tomas: tuple[Account, bytes]) -> None:
    assert passphrase(client, "Tomas").headers["Location"] == "/sign-in/second/"
    assert client.get("/today/").status_code == 302, "one factor is not enough"
    assert client.post("/sign-in/second/", {"code": code(tomas[1])}).headers["Location"] == "/start/"
    assert client.get("/today/").status_code == 200


def test_a_code_works_once(client: Client, tomas: tuple[Account, bytes]) -> None:
    account, seed = tomas
    typed = code(seed)
    assert factors.use_code(account, typed)
    assert not factors.use_code(account, typed)


@pytest.mark.parametrize("locked", [False, True])
def test_every_wrong_try_costs_one_stretching_whoever_the_name_is(
    client: Client,
    tomas: tuple[Account, bytes],
    node: Any,
    monkeypatch: pytest.MonkeyPatch,
    locked: bool,
    settings: Any,
) -> None:
    officer(node)
    make_account(Role.CASEWORKER, handle="closed", post=node)
    Account.objects.filter(handle="closed").update(is_active=False)
    Account.objects.create(handle="without-slot", role=Role.COORDINATOR, password="!")
    if locked:
        vault_node.lock("test")
    spent: list[dict[str, int]] = []
    stretch: Any = ciphers.stretch

    def counted(*words: Any, **cost: int) -> Any:
        spent.append(cost)
        return stretch(*words, **cost)

    monkeypatch.setattr(ciphers, "stretch", counted)
    for handle in ("nadia", "tomas", "closed", "without-slot", "nobody"):
        spent.clear()
        assert passphrase(client, handle, "not the passphrase at all").status_code == 200
        assert spent == [settings.ARGON2], handle


def test_a_passphrase_kept_at_an_older_cost_still_opens_and_is_kept_at_todays(
    client: Client, tomas: tuple[Account, bytes], settings: Any
) -> None:
    settings.ARGON2 = {**settings.ARGON2, "time_cost": 2}
    assert passphrase(client, "tomas").status_code == 302
    assert Account.objects.get(handle="tomas").password.startswith("ws-argon2id$2$64$1$")
    assert passphrase(client, "tomas").status_code == 302
    assert passphrase(client, "tomas", PASSPHRASE + "x").status_code == 200


def test_spare_codes_are_long_and_kept_salted_and_slow(tomas: tuple[Account, bytes], node: Any) -> None:
    account, other = tomas[0], make_account(Role.VOLUNTEER, handle="other", post=node)
    codes = factors.new_spare_codes(account)
    assert len(factors.SPARE_LETTERS) ** factors.SPARE_LENGTH >= 2**60
    assert len(set(codes)) == factors.SPARE_CODES
    factors.new_spare_codes(other)
    (salt,) = {bytes(row.salt) for row in account.spare_codes.all()}
    assert salt not in {bytes(row.salt) for row in other.spare_codes.all()}
    kept = set(account.spare_codes.values_list("digest", flat=True))
    plain = codes[0].replace("-", "")
    assert ciphers.stretch(plain, salt, **factors.SPARE_COST).hex() in kept
    assert factors.SPARE_COST["memory_kib"] >= 19 * 1024
    assert not factors.use_code(other, codes[0])


@pytest.mark.parametrize("typed", ["as it is", "capitals", "spaces", "nothing between", "arabic digits"])
def test_a_spare_code_may_be_typed_as_people_type(tomas: tuple[Account, bytes], typed: str) -> None:
    spare = factors.new_spare_codes(tomas[0])[3]
    ways = {
        "as it is": spare,
        "capitals": spare.upper(),
        "spaces": f" {spare.replace('-', ' ')} ",
        "nothing between": spare.replace("-", ""),
        "arabic digits": spare.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    }
    assert factors.use_code(tomas[0], ways[typed])


def test_guessing_spare_codes_is_slowed_down(settings: Any, client: Client, tomas: tuple[Account, bytes]) -> None:
    settings.AXES_ENABLED = True
    spare = factors.new_spare_codes(tomas[0])[0]
    passphrase(client, "tomas")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post("/sign-in/second/", {"code": "aaaa-bbbb-cccc"})
    assert client.post("/sign-in/second/", {"code": spare}).status_code == 429
    assert factors.use_code(tomas[0], spare), "it was not used up"


def test_a_spare_code_works_once_instead(tomas: tuple[Account, bytes]) -> None:
    account, _seed = tomas
    spare = factors.new_spare_codes(account)[3]
    assert factors.use_code(account, spare.upper())
    assert not factors.use_code(account, spare)


def test_a_wrong_passphrase_and_an_unknown_name_get_the_same_words(
    client: Client, tomas: tuple[Account, bytes]
) -> None:
    wrong = passphrase(client, "tomas", "not the passphrase").content.decode()
    unknown = passphrase(client, "nobody", "not the passphrase").content.decode()
    said = "The sign-in name or passphrase is not right"
    assert said in wrong
    assert said in unknown
    assert "not the passphrase" not in wrong, "a passphrase is never sent back"
    assert 'value="tomas"' in wrong, "the name comes back"


def test_a_wrong_clock_is_named_and_lets_nobody_in(client: Client, tomas: tuple[Account, bytes]) -> None:
    passphrase(client, "tomas")
    answer = client.post("/sign-in/second/", {"code": code(tomas[1], steps=-10)})
    assert "clock seems wrong by about 5 minutes" in answer.content.decode()
    assert client.get("/today/").status_code == 302


def test_a_clock_years_behind_is_named_where_every_code_is_wrong(client: Client, tomas: tuple[Account, bytes]) -> None:
    seed, of_the_phone = tomas[1], code(tomas[1])
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC)):
        passphrase(client, "tomas")
        assert "Set the clock" in client.post("/sign-in/second/", {"code": of_the_phone}).content.decode()
        client.post("/sign-in/second/", {"code": code(seed)})
        assert "Set the clock" in client.get("/").content.decode(), "who came in all the same is told on every page"


def test_setting_up_codes_on_a_machine_whose_clock_is_wrong_says_so(client: Client, node: Any) -> None:
    make_account(Role.VOLUNTEER, handle="new", post=node)
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC)):
        passphrase(client, "new")
        assert "Set the clock" in client.post("/sign-in/first/", {"code": "123456"}).content.decode()


def test_idle_for_longer_than_the_node_allows_ends_the_session(client: Client, tomas: tuple[Account, bytes]) -> None:
    passphrase(client, "tomas")
    client.post("/sign-in/second/", {"code": code(tomas[1])})
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert client.get("/today/").status_code == 302


def test_who_has_no_second_factor_sets_one_up_before_anything_else(client: Client, node: Any) -> None:
    make_account(Role.VOLUNTEER, handle="new", post=node)
    passphrase(client, "new")
    assert client.get("/sign-in/second/").headers["Location"] == "/sign-in/first/"
    client.get("/sign-in/first/")
    seed = factors.open_seed(client.session["seed"])
    answer = client.post("/sign-in/first/", {"code": code(seed)})
    assert "spare codes" in answer.content.decode()
    assert client.get("/today/").status_code == 200


def officer(post: Any) -> Account:
    account = Account(handle="nadia", role=Role.COORDINATOR, post_id=post.pk)
    account.set_unusable_password()
    account.save()
    vault_node.add_slot(account.pk, OFFICER)
    return account


def test_a_locked_node_opens_for_an_officer_and_for_nobody_else(
    client: Client, tomas: tuple[Account, bytes], node: Any
) -> None:
    officer(node)
    vault_node.lock("test")
    assert "An officer must sign in first" in passphrase(client, "tomas").content.decode()
    assert not vault_node.is_unlocked()
    assert passphrase(client, "nadia", "wrong words altogether").status_code == 200
    assert not vault_node.is_unlocked()
    assert passphrase(client, "nadia", OFFICER).status_code == 302
    assert vault_node.is_unlocked()


def test_locking_the_node_signs_everyone_out(client: Client, tomas: tuple[Account, bytes], node: Any) -> None:
    passphrase(client, "tomas")
    client.post("/sign-in/second/", {"code": code(tomas[1])})
    assert client.post("/panic/").status_code == 302
    assert not vault_node.is_unlocked()
    assert client.get("/today/").headers["Location"].startswith("/sign-in/")


def test_guessing_is_slowed_down_with_a_page_that_says_so(
    settings: Any, client: Client, tomas: tuple[Account, bytes]
) -> None:
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = passphrase(client, "Tomas", "guess after guess")
    assert answer.status_code == 429
    assert "Wait fifteen minutes" in answer.content.decode()
    assert passphrase(client, "tomas").status_code == 429, "the right one must wait too"


def test_guessing_the_second_step_is_slowed_down_too_and_the_right_code_forgets_it(
    settings: Any, client: Client, tomas: tuple[Account, bytes]
) -> None:
    settings.AXES_ENABLED = True
    passphrase(client, "tomas")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/second/", {"code": code(tomas[1])}).status_code == 302
    client.post("/lock/")
    passphrase(client, "tomas")
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 200, "earlier ones are forgotten"
    client.post("/sign-in/second/", {"code": "000000"})
    assert client.post("/sign-in/second/", {"code": code(tomas[1], steps=1)}).status_code == 429
    passphrase(client, "tomas")
    assert client.get("/sign-in/second/").status_code == 429, "a fresh first step does not help"


@pytest.mark.parametrize(("role", "start"), [(Role.VOLUNTEER, "/"), (Role.ADMINISTRATOR, "/accounts/")])
def test_everyone_begins_where_they_may_be(client_for: Any, role: Role, start: str) -> None:
    answer = client_for(role).get("/start/")
    assert answer.headers["Location"] == start
    assert client_for(role, handle="another").get(start).status_code == 200


def test_what_was_typed_waits_when_the_session_ended_meanwhile(client: Client, node: Any) -> None:
    answer = client.post("/register/", {"given_name": "Selam <b>", "needs": ["food", "water"]})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert '<input type="hidden" name="given_name" value="Selam &lt;b&gt;">' in page
    assert page.count('name="needs"') == 2
    assert 'action="/register/"' in page
    part = client.post("/", {"q": "Selam"}, headers={"HX-Request": "true"}).content.decode()
    assert "Sign in" in part
    assert "<html" not in part


def test_nothing_of_a_failed_sign_in_is_kept_on_disk(
    settings: Any, client: Client, tomas: tuple[Account, bytes]
) -> None:
    settings.AXES_ENABLED = True
    passphrase(client, "tomas", PASSPHRASE + "z")
    passphrase(client, PASSPHRASE, PASSPHRASE)
    assert not AccessAttempt.objects.exists()
    assert not AccessFailureLog.objects.exists()
    assert not AccessLog.objects.exists()


def test_the_code_that_sets_a_second_step_up_is_used_then(client: Client, node: Any) -> None:
    account = make_account(Role.VOLUNTEER, handle="new", post=node)
    passphrase(client, "new")
    client.get("/sign-in/first/")
    seed = factors.open_seed(client.session["seed"])
    assert seed.hex() not in str(dict(client.session)), "sealed while it waits"
    typed = code(seed)
    client.post("/sign-in/first/", {"code": typed})
    assert not factors.use_code(account, typed)


def test_a_passphrase_alone_makes_no_token(tomas: tuple[Account, bytes]) -> None:
    account, seed = tomas
    ask: dict[str, Any] = {"handle": account.handle, "passphrase": PASSPHRASE, "label": "x", "days": 3}
    with pytest.raises(WrongPassphrase):
        tokens.issue_with_passphrase(**ask, code="000000")
    assert tokens.issue_with_passphrase(**ask, code=code(seed)).startswith(tokens.PREFIX)


def test_a_code_typed_in_arabic_digits_is_the_same_code(client: Client, tomas: tuple[Account, bytes]) -> None:
    passphrase(client, "tomas")
    typed = code(tomas[1]).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post("/sign-in/second/", {"code": typed}).headers["Location"] == "/start/"
    assert client.get("/log/?day=9999-12-31").status_code in {200, 403}
