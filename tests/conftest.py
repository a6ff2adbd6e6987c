"""What every test may ask for: an unlocked node, its cast, and a client signed in as one of them."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation.config.settings")
os.environ.setdefault("WAYSTATION_DATA", tempfile.mkdtemp(prefix="waystation-test-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

CHEAP_ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
OFFICER_PASSPHRASE = "lantern harbour seven quiet rivers"
OF_OTHER_PROCESSES = ("tests/roads/", "tests/attacks/", "tests/config/")
"""Where tests wait for a browser or a server beside them, on a machine that may be busy."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What hangs on another process is tried once more, and the report names it (decision 0026)."""
    for item in items:
        if item.get_closest_marker("browser") or item.nodeid.startswith(OF_OTHER_PROCESSES):
            item.add_marker(pytest.mark.flaky(reruns=1))


def shared_folder() -> Path:
    """The data folder beside the checkout; the test is skipped, by name, where it is absent."""
    named = os.environ.get("WAYSTATION_SHARED")
    checkout = Path(__file__).resolve().parent.parent
    candidates = [Path(named)] if named else [checkout.parent / "shared", checkout.parent.parent / "shared"]
    for folder in candidates:
        if (folder / "data").is_dir():
            return folder / "data"
    if os.environ.get("CI"):
        pytest.fail("CI has the shared data folder beside the checkout, but it was not found")
    pytest.skip("needs the shared data folder beside the checkout")


@pytest.fixture(autouse=True)
def _small_and_quick(settings: Any, tmp_path: Path) -> None:
    settings.ARGON2 = CHEAP_ARGON2
    settings.KEYS = tmp_path / "keys"
    settings.SEARCH_BUILD = "now"
    settings.AXES_ENABLED = False
    cache.clear()
    # A request in another language leaves its thread speaking it.
    translation.activate("en")


@pytest.fixture
def node(db: None) -> Iterator[Any]:
    """An initialised, unlocked node with one organisation and one post; gives the post."""
    from tests.nodes import make_node
    from waystation.vault import node as vault_node

    yield make_node(OFFICER_PASSPHRASE)
    vault_node.lock("end of test")


@pytest.fixture
def actors(node: Any) -> dict[str, Any]:
    """One actor for each role, trained, at the node's post."""
    from tests.accounts.factories import make_account
    from waystation.accounts.actors import actor_of
    from waystation.accounts.roles import Role
    from waystation.kernel.actors import Via

    return {role.value: actor_of(make_account(role, handle=f"{role}-1", post=node), via=Via.PAGE) for role in Role}


@pytest.fixture
def client_for(node: Any) -> Callable[..., Client]:
    """A test client fully signed in as a new account of a role."""
    from tests.accounts.factories import make_account, sign_in
    from waystation.accounts.roles import Role

    def make(role: str, **kwargs: Any) -> Client:
        client = Client()
        sign_in(client, make_account(Role(role), post=kwargs.pop("post", node), **kwargs))
        return client

    return make
