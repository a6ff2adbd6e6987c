"""Every act of this room asks a declared permission, and administrators have none of them."""

from types import FunctionType

import pytest

from tests.people.factories import staff
from waystation.accounts.roles import Role
from waystation.kernel import policies
from waystation.kernel.errors import NotAllowed
from waystation.people import actions
from waystation.people.policies import TABLE

WITHOUT = {"met", "erasure_preview"}
"""`met` runs under the caller's action; the preview writes nothing and reads by `get_for`."""

acts = [getattr(actions, name) for name in actions.__all__ if isinstance(getattr(actions, name), FunctionType)]


def test_every_act_asks_a_permission_of_the_table() -> None:
    declared = {permission.name for permission in TABLE}
    asked = {act.__name__: getattr(act, "permission", None) for act in acts}
    assert {name for name, permission in asked.items() if permission is None} == WITHOUT
    assert set(asked.values()) - {None} <= declared


@pytest.mark.parametrize("act", acts, ids=lambda act: act.__name__)
def test_an_administrator_is_refused_before_anything_is_looked_at(act: FunctionType) -> None:
    if act.__name__ in WITHOUT:
        assert not hasattr(act, "permission")
        return
    with pytest.raises(NotAllowed):
        act(by=staff(Role.ADMINISTRATOR, None))


@pytest.mark.parametrize("permission", TABLE, ids=lambda permission: permission.name)
def test_no_permission_of_this_room_is_an_administrators(permission: policies.Permission) -> None:
    assert permission.roles
    assert Role.ADMINISTRATOR not in permission.roles
    assert str(permission.says).endswith(".")
