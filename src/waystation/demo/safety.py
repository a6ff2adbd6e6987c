"""Safety of the demo: one plan that was read back and time to think, and what some people met on the road."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from waystation.casework.cases.codes import CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.safety.actions import plans, risks, times
from waystation.casework.safety.documents import PlanDocument, RiskDocument, TimeDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor

PLAN = PlanDocument(
    fears="That the man in the next town finds out where she sleeps.",
    warning_signs="A missed call from a number that ends in 08. The grey car by the bridge.",
    safe_people="Inês at the morning desk. Her cousin in Lyon, who knows everything.",
    safe_places="The room with the children's drawings. The library until seven.",
    reach_number="Through Inês, in the mornings",
    reach_when="From seven to nine, never by telephone",
    reach_say="The wool has come",
    no_contact_why="He knows her telephone and reads it.",
    never_know=("The man who held her bag", "Her aunt's neighbour"),
    signal_word="wool",
    take_along="The small rucksack: tablets for a week, the letter, socks.",
    if_then="If he stands at the gate: walk on to the library, ask for the book about lighthouses.",
    pocket="Inês, 7 to 9\nLibrary: the lighthouse book",
)
MET: tuple[tuple[str, str, str, tuple[int, int], RiskDocument], ...] = (
    ("Blessing", "exploitation", "transit", (8, 3), RiskDocument(
        lived="lived", place="Sfax", actor="trafficker", going_on=True,
        words="I cleaned his house for the journey. The sum never became smaller.")),
    ("Blessing", "liberty", "transit", (4, 0), RiskDocument(lived="lived", place="Sfax", actor="trafficker")),
    ("Blessing", "violence", "destination", (0, 0), RiskDocument(
        lived="feared", actor="trafficker", words="He said that he would find me. I want to decide where I go.")),
    ("Mamadou Aliou", "theft", "transit", (12, 0), RiskDocument(
        lived="lived", place="Agadez", actor="armed", words="They took the phone and left me the photo.")),
    ("Ousmane", "theft", "transit", (10, 0), RiskDocument(lived="lived", actor="official")),
    ("Hawa", "theft", "transit", (7, 0), RiskDocument(lived="lived", actor="smuggler")),
    ("Hawa", "family", "origin", (30, 0), RiskDocument(lived="lived", actor="armed")),
    ("Fatoumata", "theft", "transit", (5, 0), RiskDocument(lived="lived", actor="companion")),
    ("Xaliimo", "theft", "transit", (9, 0), RiskDocument(lived="lived", actor="not-known")),
    ("Xaliimo", "family", "transit", (9, 0), RiskDocument(lived="lived", actor="smuggler")),
    ("ሰላም", "theft", "transit", (6, 0), RiskDocument(lived="lived", actor="smuggler")),
    ("ሰላም", "disappearance", "transit", (5, 0), RiskDocument(
        lived="feared", actor="not-known", words="My brother went ahead. He always calls on Sundays.")),
    ("ሰላም", "drowning", "intercepted-sea", (1, 0), RiskDocument(lived="feared", actor="nature")),
    ("Фирдавс", "exploitation", "destination", (6, 2), RiskDocument(
        lived="lived", actor="employer", words="Four months, and no pay.")),
    ("Rojîn", "discrimination", "transit", (14, 0), RiskDocument(lived="lived", actor="local")),
)  # fmt: skip
"""Who, what, where on the road, from how many months ago until how many (0: not told), and what they said."""


def kept_safe(people: Mapping[str, UUID], by: Actor) -> None:
    """People by their given name or alias."""
    for name, risk, stage, (since, until), document in MET:
        told = replace(document, since=_month(since), until=_month(until))
        risks.write_risk(by=by, person_id=people[name], risk=risk, stage=stage, document=told)
    draft = plans.PlanDraft(risk="high", no_contact=True, document=PLAN)
    written = plans.write_plan(by=by, person_id=people["Blessing"], draft=draft)
    plans.read_back(by=by, plan_id=written.pk, words="Yes. And tell Inês that I come on Monday.")
    case = Case.objects.get(person=people["Blessing"], kind=CaseKind.TRAFFICKING)
    said = TimeDocument(explained_by="aicha", words="I want to sleep a whole night before I say anything.")
    time = times.accept(by=by, time_id=times.offer(by=by, case_id=case.pk, document=said).pk)
    times.start(by=by, time_id=time.pk, started_on=clock.today() - timedelta(days=4))


def _month(ago: int) -> str:
    return f"{clock.today() - timedelta(days=30 * ago):%Y-%m}" if ago else ""
