"""People who come to a demo node: registered, helped, and asked what they allow, as pages do it."""

from datetime import timedelta
from uuid import UUID

from waystation.casework.actions import HelpDraft, NeedDraft, record_help
from waystation.demo.people import DemoHousehold, DemoNeed, DemoPerson
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.ids import new_id
from waystation.people import actions as people
from waystation.people.codes import USUAL_CONSENT, AgeBand, Sex
from waystation.people.documents import ConsentDocument, DisclosureDocument, IdentityDocument, StopDocument
from waystation.people.drafts import MemberDraft, RegistrationDraft
from waystation.people.models import Person


def arrive(household: DemoHousehold, by: Actor) -> dict[str, UUID]:
    """Write one household down; its members by given name or alias."""
    met = clock.now() - timedelta(days=household.days_ago, hours=1)
    drafts = [_member(member, household) for member in household.members]
    if len(drafts) == 1:
        made = [people.register(by=by, draft=drafts[0].person)]
    else:
        made = list(people.register_household(by=by, drafts=drafts))
    for member, registered in zip(household.members, made, strict=True):
        Person.objects.filter(pk=registered.person.pk).update(registered_at=met)
        _helped(by, registered.person.pk, member)
        for stage, country, place, when in household.road:
            stop = StopDocument(country=country, place=place, when=when)
            people.add_stop(by=by, person_id=registered.person.pk, stage=stage, stop=stop)
        _allowed(by, registered.person.pk, household)
    people_made = zip(household.members, made, strict=True)
    return {member.given or member.alias: registered.person.pk for member, registered in people_made}


def _member(member: DemoPerson, household: DemoHousehold) -> MemberDraft:
    identity = IdentityDocument(
        given_name=member.given,
        family_name=member.family,
        alias=member.alias,
        names_as_written=member.other_names,
        birth_year=None if member.age is None else clock.today().year - member.age,
        origin=household.origin,
        languages=household.languages,
        phone=member.phone,
        know_now=member.know_now,
    )
    draft = RegistrationDraft(
        identity=identity,
        sex=member.sex if member.sex in Sex.values else Sex.NOT_KNOWN,
        age_band=member.age_band or AgeBand.NOT_KNOWN,
        interpreter_needed=member.interpreter,
        person_id=new_id(),
    )
    return MemberDraft(person=draft, relation=member.relation or "first")


def _helped(by: Actor, person_id: UUID, member: DemoPerson) -> None:
    for need in sorted(member.needs, key=lambda need: -need.hours_ago):
        draft = HelpDraft(
            needs=[_need(need)],
            given=need.given,
            at=clock.now() - timedelta(hours=need.hours_ago),
            states={need.code: need.state},
        )
        record_help(by=by, person_id=person_id, draft=draft)


def _need(need: DemoNeed) -> NeedDraft:
    return NeedDraft(code=need.code, severity=need.severity, threats=frozenset(need.threats), note=need.note)


def _allowed(by: Actor, person_id: UUID, household: DemoHousehold) -> None:
    language = household.languages[0] if household.languages else ""
    for purpose, state in household.consents:
        document = ConsentDocument(read_back=True, language=language, explained_by="aicha")
        said = {"person_id": person_id, "purpose": purpose, "recipient_kind": "society", "document": document}
        if state == "refused":
            people.refuse_consent(by=by, **said)  # type: ignore[arg-type]
            continue
        consent = people.give_consent(by=by, **said, expires_on=clock.today() + USUAL_CONSENT)  # type: ignore[arg-type]
        if state == "withdrawn":
            people.withdraw_consent(by=by, consent_id=consent.pk)
        elif purpose == "tracing":
            told = DisclosureDocument(
                recipient="Family-links office, Two Rivers Society", fields=("name", "year of birth")
            )
            people.record_disclosure(
                by=by, person_id=person_id, purpose=purpose, recipient_kind="society", kind="letter", document=told
            )
