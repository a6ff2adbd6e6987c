"""Requests and officers for the tests of family links."""

from dataclasses import replace
from typing import Any

from waystation.familylinks.tracing import actions
from waystation.familylinks.tracing.actions import MoveDraft, RequestDraft
from waystation.familylinks.tracing.codes import Act
from waystation.familylinks.tracing.documents import NamePart, RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Actor
from waystation.kernel.ids import new_id
from waystation.people.models import Person

BROTHER = (NamePart(kind="given", text="ሚካኤል"), NamePart(kind="father", text="ተኽለ"))


def requested(
    by: Actor, enquirer: Person, *, sex: str = "male", relation: str = "brother", **said: Any
) -> TracingRequest:
    """Somebody looks for a brother."""
    document = RequestDocument(**{"names": BROTHER, "birth_year": 1999, "country": "ER", **said})
    draft = RequestDraft(relation=relation, sex=sex, document=document)
    return actions.open_request(by=by, person_id=enquirer.pk, draft=draft)


def searching(by: Actor, enquirer: Person, **said: Any) -> TracingRequest:
    """The same, taken up and being looked for."""
    row = requested(by, enquirer, **said)
    for act in (Act.ASSESS, Act.ACCEPT, Act.SEARCH):
        row = actions.move(by=by, request_id=row.pk, draft=MoveDraft(act=act))
    return row


def colleague(of: Actor) -> Actor:
    """Another officer of the same role at the same post."""
    return replace(of, account_id=new_id(), handle=f"{of.handle}-2")
