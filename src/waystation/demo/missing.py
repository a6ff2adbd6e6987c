"""The missing of the demo: invented incidents on routes, who was aboard of one, somebody found, a family that waits."""

import random
from collections.abc import Mapping
from datetime import timedelta

from waystation.familylinks.missing.actions import families, hypotheses, incidents, lost
from waystation.familylinks.missing.actions.families import PlanDraft
from waystation.familylinks.missing.actions.hypotheses import MoveDraft
from waystation.familylinks.missing.actions.incidents import IncidentDraft
from waystation.familylinks.missing.codes import Act, Cause, Outcome
from waystation.familylinks.missing.documents import (
    AboardDocument,
    AnteMortemDocument,
    BodyDocument,
    Features,
    PlanDocument,
)
from waystation.familylinks.missing.models import Incident
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor

ON_ROUTES: tuple[tuple[str, str, str, str, str], ...] = (
    ("Central Mediterranean", "Mediterranean", "TN", "A wooden boat, two days out from Sfax", Cause.DROWNING),
    ("Sahara Desert crossing", "Northern Africa", "LY", "A lorry that stood still south of Sabha", Cause.HARSH),
    ("Western Balkans", "Europe", "HR", "At the river crossing, in the night", Cause.DROWNING),
    ("Eastern Mediterranean", "Mediterranean", "GR", "Off the east coast of the island, in a storm", Cause.DROWNING),
    ("Mainland Europe to the UK", "Europe", "FR", "On the motorway to the port", Cause.TRANSPORT),
)
ABOARD = (
    ("Idris", "male", "about 20", "Kassala", "saw", Outcome.SURVIVED),
    ("سامر", "male", "in his forties", "حمص", "saw", Outcome.MISSING),
    ("Grace", "female", "with a baby", "Benin City", "heard", Outcome.NOT_KNOWN),
)
YEARS, A_YEAR, DAYS = 4, 4, 365


def remembered(requests: Mapping[str, TracingRequest], by: Actor, chance: random.Random) -> None:
    """What the pages of the missing show."""
    boat = _happened(by, chance)
    for name, sex, age, origin, sure, outcome in ABOARD:
        said = AboardDocument(names=(name,), sex=sex, age=age, origin=origin, told_by="Idris, who survived", sure=sure)
        one = lost.write_aboard(by=by, incident_id=boat.pk, document=said)
        if outcome != Outcome.NOT_KNOWN:
            lost.set_outcome(by=by, aboard_id=one.pk, outcome=outcome)
    lost.write_body(by=by, document=_found(), incident_id=boat.pk)
    _family(by, requests["نور"], boat)


def _happened(by: Actor, chance: random.Random) -> Incident:
    """Some incidents of each year, all invented; gives the boat of this spring."""
    for years in range(1, YEARS + 1):
        for _ in range(A_YEAR):
            route, region, country, place, cause = chance.choice(ON_ROUTES)
            day = clock.today() - timedelta(days=DAYS * years + chance.randrange(300))
            draft = IncidentDraft(
                day=day, route=route, region=region, country=country, place=place, cause=cause,
                dead=chance.randrange(1, 9), missing=chance.randrange(20), quality=chance.randint(1, 5),
                sources="Told at our post",
            )  # fmt: skip
            incidents.record_incident(by=by, draft=draft)
    route, region, country, place, cause = ON_ROUTES[0]
    draft = IncidentDraft(
        day=clock.today() - timedelta(days=160), route=route, region=region, country=country, place=place, cause=cause,
        latitude=34.8, longitude=11.6, dead=2, missing=31, survivors=9, women=6, men=20, children=3, quality=2,
        sources="Nine survivors, at our post by the harbour",
    )  # fmt: skip
    return incidents.record_incident(by=by, draft=draft)


def _found() -> BodyDocument:
    return BodyDocument(
        found_on=f"{clock.today() - timedelta(days=150):%Y-%m}",
        found_at="On the shore below the lighthouse, after the storm",
        features=Features(
            sex="male", age_from=35, age_to=50, height_from=172, height_to=180, hair="Dark, short, grey at the sides",
            teeth="One of the upper front teeth is broken", tattoos="None seen",
            clothing="Blue jacket, inside pocket sewn by hand", belongings="A ring with a green stone",
            written="A telephone number in ink, the last digits gone",
        ),
        lies_at="Cemetery by the harbour, field C, number 17",
        authority="Public prosecutor of the coast",
        reference="C-17/2",
        samples="yes",
        samples_words="Taken by the court's doctor; kept at the institute",
    )  # fmt: skip


def _family(by: Actor, row: TracingRequest, boat: Incident) -> None:
    agreed = PlanDocument(
        who_tells="Karim, or Sofía when he is away", language="ara",
        agreed="Face to face, in the morning, before the children come from school.", beside="Her neighbour",
        never="Her husband's mother, before the family has spoken", needs=("absence", "custody", "income", "group"),
        needs_words="The school asks for his signature, and nobody says what to write.",
    )  # fmt: skip
    families.write_plan(by=by, request_id=row.pk, draft=PlanDraft(document=agreed, every_months=3))
    families.family_asks(by=by, request_id=row.pk, days=7, words="Before the feast, whatever you know.")
    tells = AnteMortemDocument(
        features=Features(
            sex="male", age_from=44, age_to=44, height_from=175, height_to=177, hair="Dark, grey at the sides",
            teeth="A broken front tooth, since he was a boy", clothing="A blue jacket; she sewed the pocket herself",
            belongings="His father's ring",
        ),
        told_by="His wife",
        samples="no",
    )  # fmt: skip
    hypotheses.write_ante_mortem(by=by, request_id=row.pk, document=tells)
    why = "He wrote from Sfax two days before this boat left, and nobody has heard of him since."
    made = hypotheses.raise_hypothesis(by=by, request_id=row.pk, incident_id=boat.pk, why=why)
    words = "We ask the survivors once more who sat at the back."
    hypotheses.move(by=by, hypothesis_id=made.pk, draft=MoveDraft(act=Act.EXAMINE, words=words))
