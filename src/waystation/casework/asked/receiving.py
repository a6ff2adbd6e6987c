"""What was agreed has come: somebody is registered, in the name of who said that we would help. No case is opened."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from waystation.casework import arrivals
from waystation.casework.asked import moving
from waystation.casework.asked.codes import TABLE, Act, State
from waystation.casework.asked.models import Asked, AskedDocument
from waystation.casework.problems import NobodyToTake, NotAccepted, TooLate
from waystation.casework.referrals.telling import FIELDS, Part
from waystation.exchange.kinds import Received
from waystation.kernel import clock
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.people import actions as people
from waystation.people.codes import AgeBand, Sex
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import RegistrationDraft
from waystation.people.tongues import LANGUAGES
from waystation.vault.sealing import open_for_keeping


def take(row: Asked, received: Received) -> None:
    """Register the person and keep what was told. A second copy changes nothing.

    Raises NotAccepted, TooLate, NobodyToTake, Invalid.
    """
    if row.person_id is not None and row.state != State.WITHDRAWN:
        return
    if row.state in {State.FAILED, State.WITHDRAWN}:
        raise TooLate
    if not TABLE.allows(row.state, Act.TELL):
        raise NotAccepted
    said = _checked({name: arrivals.cleaned(received.body[name]) for name in FIELDS if name in received.body})
    by = arrivals.who_accepted(row.accepted_by)
    if not by.opens(row.compartment_of_row):
        raise NobodyToTake
    draft = RegistrationDraft(
        identity=_identity(said), sex=said.get("sex", row.sex), age_band=said.get("age_band", row.age_band)
    )
    try:
        row.person_id = people.register(by=by, draft=draft).person.pk
    except NotAllowed as problem:
        raise NobodyToTake from problem
    row.tell_back = received.body["feedback"]
    told = tuple(Part(name=name, value=json.dumps(said[name])) for name in sorted(said))
    moving.write(row, replace(open_for_keeping(row, AskedDocument), told=told))
    moving.move(by, row, Act.TELL, "person", "tell_back")


def _checked(said: dict[str, Any]) -> dict[str, Any]:
    """Codes and days that this node knows. Raises Invalid."""
    for name, codes in (("sex", Sex), ("age_band", AgeBand)):
        if name in said and said[name] not in codes.values:
            raise Invalid({name: str(said[name])})
    try:
        date.fromisoformat(said.get("deadline", "2000-01-01"))
    except ValueError as problem:
        raise Invalid({"deadline": said["deadline"]}) from problem
    known = [code for code in said.get("languages", ()) if code in LANGUAGES]
    return said | ({"languages": known} if known else {})


def _identity(said: dict[str, Any]) -> IdentityDocument:
    """Who it is, as far as was told; of an age in years the year of birth is as near as anybody knows."""
    identity = arrivals.identity(said)
    if "age" not in said:
        return identity
    return replace(identity, birth_year=clock.today().year - said["age"])
