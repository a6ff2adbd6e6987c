"""Lists of invented people for tests."""

from datetime import timedelta
from typing import Any

from waystation.familylinks.lists import actions
from waystation.familylinks.lists.models import PersonList
from waystation.kernel import clock
from waystation.kernel.actors import Actor

CAMP = """Nr;Nom et prénom;Sexe;Né le;Pays;Père
1;Yusuf Abdi Warsame;M;١٩٩٤;Somalie;Abdi
2;Hodan Cali;F;17/05/1998;SO;
3;;F;2001;SO;
4;Selam Tesfay;F;le printemps;Érythrée;Tesfay
"""


def draft(**changes: Any) -> actions.ListDraft:
    """A list as its keeper gave it."""
    today = clock.today()
    told: dict[str, Any] = {
        "name": "People at the harbour",
        "keeper": "Hospital on the hill",
        "came_on": today,
        "until": today + timedelta(days=30),
        "basis": "consent",
        "agreement": "Letter of the director",
    }
    return actions.ListDraft(**told | changes)


def brought(by: Actor, data: str | bytes = CAMP, **changes: Any) -> PersonList:
    """A file that waits."""
    raw = data.encode() if isinstance(data, str) else data
    return actions.bring(by=by, draft=draft(**changes), file_name="harbour.csv", data=raw)


def taken(by: Actor, data: str | bytes = CAMP, **changes: Any) -> PersonList:
    """A list in use."""
    return actions.take(by=by, list_id=brought(by, data, **changes).pk)
