"""Health in the demo: a day of screening at the harbour, some who were seen, a group, a summary, and a call."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from waystation.casework.health import actions
from waystation.casework.health.models import ContactDocument, LentDocument, LineDocument, SessionDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor

ANSWERS = ("negative", "negative", "decline", "negative", "complete", "negative")
"""What the people of the demo answer and what the test says, one after the other."""
LINES = (
    ("condition", "Diabetes, type 1", "since childhood", "1992", "46635009"),
    ("medicine", "Insulin, long-acting", "18 units in the evening; kept in the fridge of the shop", "2019", ""),
    ("immunisation", "Tetanus", "", "2024-03", ""),
)


def looked_after(people: Mapping[str, UUID], *, nurse: Actor, volunteer: Actor) -> None:
    """People by their given name or alias."""
    for number, person in enumerate(people.values()):
        _screened(person, nurse, ANSWERS[number % len(ANSWERS)])
    _in_treatment(people["Blessing"], nurse)
    _seen(people, nurse)
    _summary(people["கவிதா"], nurse)
    _supported(people["Hawa"], nurse)
    actions.call(
        by=volunteer,
        person_id=people["Фирдавс"],
        words="Said that he is tired of everything, and gave his telephone to a boy he hardly knows.",
    )


def _screened(person: UUID, by: Actor, answer: str) -> None:
    first = {"decline": "decline", "complete": "join"}.get(answer, "agree")
    asked = actions.ScreeningDraft(disease="latent_tb", act=first, place="reception")
    row = actions.ask(by=by, person_id=person, draft=asked)
    if answer != "decline":
        actions.go_on(by=by, screening_id=row.pk, draft=actions.StepDraft(act=answer))


def _in_treatment(person: UUID, by: Actor) -> None:
    draft = actions.ScreeningDraft(
        disease="tb", act="join", place="post", words="Began in Sfax; four months to go. Has tablets until the 20th."
    )
    row = actions.ask(by=by, person_id=person, draft=draft)
    next_on = clock.today() + timedelta(days=14)
    checked = actions.StepDraft(act="check", words="Rifampicin and isoniazid, every morning.", next_on=next_on)
    actions.go_on(by=by, screening_id=row.pk, draft=checked)


def _seen(people: Mapping[str, UUID], by: Actor) -> None:
    cough = ContactDocument(complaints=("breathing", "fever"), done=("medicine", "rest"), words="He coughs at night.")
    tomorrow = clock.today() + timedelta(days=1)
    actions.record_contact(
        by=by,
        person_id=people["ዳዊት"],
        draft=actions.ContactDraft(colour="yellow", document=cough, again_on=tomorrow),
    )
    tablets = ContactDocument(complaints=("medicine", "long"), done=("medicine", "advice"))
    actions.record_contact(
        by=by, person_id=people["أمينة"], draft=actions.ContactDraft(colour="green", document=tablets)
    )
    actions.lend(by=by, person_id=people["أمينة"], document=LentDocument(thing="stick", words="No. 7"), keeps=False)


def _summary(person: UUID, by: Actor) -> None:
    for kind, text, more, since, code in LINES:
        system = "http://snomed.info/sct" if code else ""
        line = LineDocument(kind=kind, text=text, more=more, since=since, system=system, code=code)
        actions.write_line(by=by, person_id=person, document=line)
    actions.none_known(by=by, person_id=person, kind="allergy")


def _supported(person: UUID, by: Actor) -> None:
    week = clock.today() + timedelta(days=7)
    talk = SessionDocument(
        topics=("stress", "family"), words="Wants her tent near the lamp; sleeps better since Tuesday."
    )
    actions.record_session(by=by, draft=actions.SessionDraft(person_id=person, minutes=45, document=talk, next_on=week))
    group = SessionDocument(topics=("stress", "together"), words="Breathing, tea, and an hour of cards.")
    actions.record_session(by=by, draft=actions.SessionDraft(people_count=12, minutes=60, document=group, next_on=week))
