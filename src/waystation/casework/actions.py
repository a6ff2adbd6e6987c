"""Every write at the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from waystation.casework import queries, triage
from waystation.casework.codes import KEPT_AS, NEEDS, OPEN, EncounterKind, NeedState, Service, Severity, Threat
from waystation.casework.models import Encounter, Need, NeedDocument, ServiceGiven, Unnamed
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.actions import registering
from waystation.people.actions.correcting import met
from waystation.people.codes import AgeBand, Sex
from waystation.people.drafts import MemberDraft, Registered
from waystation.vault import seal

MOST_AT_ONCE = 50


@dataclass(frozen=True, kw_only=True)
class NeedDraft:
    """One need to record: its code, how bad, which threats, and a note (kept in the need's own compartment)."""

    code: str
    severity: str = Severity.MEDIUM
    threats: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HelpDraft:
    """What was needed and given in one meeting. `given` are service codes; needs they answer count as met."""

    needs: Sequence[NeedDraft] = ()
    given: Sequence[str] = ()
    kind: str = EncounterKind.VISIT
    at: datetime | None = None
    states: Mapping[str, str] = field(default_factory=dict)
    """States that differ from what was given, by need code (a demo tells the past)."""


@action("casework.help")
def record_help(*, by: Actor, person_id: UUID, draft: HelpDraft) -> Encounter:
    """Record a meeting with a person: what was needed, what was given. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    _check(draft)
    moment = draft.at or clock.now()
    encounter = Encounter.objects.create(
        person=person,
        post_id=by.post_id,
        kind=draft.kind,
        met_at=moment,
        by=by.account_id,
        sex=person.sex,
        age_band=person.age_band,
    )
    _write(by, encounter, draft, moment)
    if by.post_id is not None:
        met(person_id=person.pk, post_id=by.post_id, at=moment)
    journal.record(by, journal.Entry(action="casework.help", subject=encounter.pk, person=person.pk))
    return encounter


@action("people.register")
def register_at_desk(
    *, by: Actor, members: Sequence[MemberDraft], draft: HelpDraft, encounter_id: UUID | None = None
) -> list[Registered]:
    """Register a person, or a household in the order given, and record the first one's meeting, all or nothing.

    With `encounter_id`, urgent help that came before is now hers. Raises what registering and recording raise.
    """
    if len(members) == 1:
        registered = [registering.register(by=by, draft=members[0].person)]
    else:
        registered = list(registering.register_household(by=by, drafts=members))
    first = registered[0].person
    if encounter_id is not None:
        attach_encounter(by=by, encounter_id=encounter_id, person_id=first.pk)
    record_help(by=by, person_id=first.pk, draft=draft)
    return registered


@action("casework.help")
def record_urgent(
    *, by: Actor, draft: HelpDraft, sex: str = Sex.NOT_KNOWN, age_band: str = AgeBand.NOT_KNOWN
) -> Encounter:
    """Record urgent help before any registration. There is no key to seal a note with, so none is taken."""
    _check(draft)
    if any(need.note for need in draft.needs):
        raise Invalid({"note": _("A note needs a registered person, so that it can be sealed. An age band is enough.")})
    moment = draft.at or clock.now()
    encounter = Encounter.objects.create(
        post_id=by.post_id,
        kind=EncounterKind.URGENT,
        met_at=moment,
        by=by.account_id,
        sex=sex or Sex.NOT_KNOWN,
        age_band=age_band or AgeBand.NOT_KNOWN,
    )
    _write(by, encounter, draft, moment)
    journal.record(by, journal.Entry(action="casework.urgent", subject=encounter.pk))
    return encounter


@action("casework.help")
def attach_encounter(*, by: Actor, encounter_id: UUID, person_id: UUID) -> None:
    """Say whose urgent help it was, once she is registered. Raises NotFound for one that is someone's already."""
    person = people.get_for(by, person_id)
    if queries.unclaimed_for(by, encounter_id) is None:
        raise NotFound
    if not Encounter.objects.filter(pk=encounter_id, person__isnull=True).update(person=person):
        raise NotFound
    for need in Need.objects.filter(encounter=encounter_id):
        need.person = person
        keep(need)
        need.save(update_fields=["person", "code", "detail"])
    ServiceGiven.objects.filter(encounter=encounter_id).update(person=person)
    journal.record(by, journal.Entry(action="casework.attach", subject=encounter_id, person=person.pk))


@action("casework.help")
def set_need_state(*, by: Actor, need_id: UUID, state: str) -> Need:
    """Say what became of a need. Raises NotFound, Invalid."""
    if state not in NeedState.values:
        raise Invalid({"state": _("Choose one of the answers offered.")})
    need = Need.objects.select_related("encounter").filter(pk=need_id).first()
    if need is None or not by.opens(NEEDS[need.code].seen):
        raise NotFound
    if need.person_id is not None:
        people.get_for(by, need.person_id)
    need.state, need.state_at = state, clock.now()
    need.save(update_fields=["state", "state_at"])
    journal.record(by, journal.Entry(action="casework.need_state", subject=need.pk, person=need.person_id))
    return need


@action("casework.count")
def count_unnamed(*, by: Actor, sex: str, age_band: str, count: int = 1) -> Unnamed:
    """Count people served without a name, at this post today. Raises Invalid."""
    if sex not in Sex.values or age_band not in AgeBand.values or not 1 <= count <= MOST_AT_ONCE:
        raise Invalid({"count": _("Choose sex and age band, and at most %(most)d people.") % {"most": MOST_AT_ONCE}})
    row = Unnamed.objects.create(
        post_id=by.post_id,
        day=clock.today(),
        sex=sex,
        age_band=age_band,
        count=count,
        by=by.account_id,
        at=clock.now(),
    )
    journal.record(by, journal.Entry(action="casework.count", subject=row.pk, detail={"count": count}))
    return row


@action("casework.count")
def undo_count(*, by: Actor) -> None:
    """Take back one's own last count of today. Raises NotFound when there is none."""
    mine = queries.counted().filter(by=by.account_id, day=clock.today(), post=by.post_id, services__isnull=True)
    last = mine.order_by("-at").first()
    if last is None:
        raise NotFound(_("There is nothing of yours from today to take back."))
    journal.record(by, journal.Entry(action="casework.undo_count", subject=last.pk, detail={"count": last.count}))
    last.taken_back_at = clock.now()
    last.save(update_fields=["taken_back_at"])


def _check(draft: HelpDraft) -> None:
    unknown = [need.code for need in draft.needs if need.code not in NEEDS or not NEEDS[need.code].chosen]
    if unknown or set(draft.given) - set(Service.values):
        raise Invalid({"needs": _("Choose from the list: one of the codes is not known.")})
    if any(need.severity not in Severity.values or need.threats - set(Threat.values) for need in draft.needs):
        raise Invalid({"severity": _("Choose one of the answers offered.")})
    if len(draft.needs) > MOST_AT_ONCE or len(draft.given) > MOST_AT_ONCE:
        raise Invalid({"needs": _("Record at most %(most)d needs and things given at once.") % {"most": MOST_AT_ONCE}})
    if problems := [
        problem for need in draft.needs if (problem := cleaning.too_long(need.note, cleaning.LONGEST_NOTE))
    ]:
        raise Invalid({"note": problems[0]})


def _write(by: Actor, encounter: Encounter, draft: HelpDraft, moment: datetime) -> None:
    needs = [_need(encounter, need, draft, moment) for need in draft.needs]
    codes = [need.code for need in draft.needs]
    answered = {service: need for need, code in zip(needs, codes, strict=True) for service in NEEDS[code].services}
    Need.objects.bulk_create(needs)
    ServiceGiven.objects.bulk_create(
        [
            ServiceGiven(
                person_id=encounter.person_id,
                encounter=encounter,
                need=answered.get(Service(code)),
                code=code,
                given_at=moment,
            )
            for code in draft.given
        ]
    )
    if draft.given and encounter.person_id is not None:
        _answer_older(by, encounter, draft.given, moment)


def _need(encounter: Encounter, draft: NeedDraft, whole: HelpDraft, moment: datetime) -> Need:
    given = set(whole.given) & set(NEEDS[draft.code].services)
    need = Need(
        person_id=encounter.person_id,
        encounter=encounter,
        code=draft.code,
        severity=draft.severity,
        urgency=triage.urgency(draft.threats, draft.severity),
        recorded_at=moment,
        state=whole.states.get(draft.code) or (NeedState.MET if given else NeedState.UNMET),
        state_at=moment,
        **{f"threat_{threat}": True for threat in draft.threats},
    )
    keep(need, cleaning.note(draft.note))
    return need


def keep(need: Need, note: str = "") -> None:
    """Seal what only some may know of a person's need; a need without a person has no key and tells of nobody."""
    card = NEEDS[need.code]
    sealed_code = need.code if need.person_id is not None and card.seen in KEPT_AS else ""
    if sealed_code:
        need.code = KEPT_AS[card.seen]
    if sealed_code or note:
        seal(need, "detail", NeedDocument(code=sealed_code, note=note))


def _answer_older(by: Actor, encounter: Encounter, given: Sequence[str], moment: datetime) -> None:
    """What is given today answers needs that still stood open from before."""
    answered = [code for code, card in NEEDS.items() if set(card.services) & set(given)]
    older = Need.objects.filter(person=encounter.person_id, state__in=OPEN, code__in=answered, recorded_at__lt=moment)
    visible = [need.pk for need in older if by.opens(NEEDS[need.code].seen)]
    Need.objects.filter(pk__in=visible, severity__in=[Severity.LOW, Severity.MEDIUM]).update(
        state=NeedState.MET, state_at=moment
    )
