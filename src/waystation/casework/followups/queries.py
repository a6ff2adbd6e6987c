"""The only door to follow-ups, and the order of the page Today."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from waystation.casework.followups.codes import DUE_WITHIN, Section, State, WaitingOn
from waystation.casework.followups.kinds import codes_for, codes_only_when_late
from waystation.casework.followups.models import Cover, FollowUp, FollowUpDocument
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.organisations.queries import open_posts
from waystation.people.policies import of_people_seen_by
from waystation.vault import open_documents


def visible_to(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups of kinds this actor works on, about people this actor may see, in compartments it opens."""
    return FollowUp.objects.filter(
        ~Q(kind__in=codes_only_when_late(), due_at__gt=clock.now()),
        of_people_seen_by(actor),
        policies.rows(actor, "followups.view"),
        kind__in=codes_for(actor),
        compartment__in=[compartment.value for compartment in actor.compartments],
    )


def section_at(now: datetime, decides: Actor | None = None) -> Case:
    """Where a follow-up stands at a moment: the first line that fits.

    What waits on the supervisor does not wait on others for whoever `decides`, unless they asked it themselves.
    """
    waits = Q(waiting_on__gt="")
    if decides is not None:
        waits &= ~Q(waiting_on=WaitingOn.SUPERVISOR) | Q(opened_by=decides.account_id)
    return Case(
        When(immediate=True, then=Value(Section.IMMEDIATE.value)),
        When(due_at__lt=now, then=Value(Section.OVERDUE.value)),
        When(waits, then=Value(Section.WAITING.value)),
        When(due_at__lte=now + DUE_WITHIN, then=Value(Section.DUE.value)),
        When(seen_at__isnull=True, then=Value(Section.NEW.value)),
        default=Value(Section.LATER.value),
        output_field=IntegerField(),
    )


def work_of(actor: Actor, *, team: bool = False, post_id: UUID | None = None) -> QuerySet[FollowUp]:
    """What is open: of a team, or one's own with what nobody has taken and what one covers."""
    rows = visible_to(actor).filter(state=State.OPEN)
    if post_id is not None:
        rows = rows.filter(post=post_id)
    if team:
        return rows
    return rows.filter(Q(owner__isnull=True) | Q(owner__in=[actor.account_id, *covered_by(actor)]))


def in_order(
    rows: QuerySet[FollowUp], now: datetime, section: Section | None = None, *, decides: Actor | None = None
) -> QuerySet[FollowUp]:
    """By section, then what is due first, then what was opened first; `section` is set on each, or only one is kept."""
    ordered = rows.annotate(section=section_at(now, decides))
    if section is not None:
        ordered = ordered.filter(section=section)
    return ordered.order_by("section", F("due_at").asc(nulls_last=True), "opened_at", "pk")


def counts(rows: QuerySet[FollowUp], now: datetime, *, decides: Actor | None = None) -> dict[Section, int]:
    """How many stand in each section."""
    counted = rows.annotate(section=section_at(now, decides)).values("section").annotate(many=Count("*")).order_by()
    found = {line["section"]: line["many"] for line in counted}
    return {section: found.get(section.value, 0) for section in Section}


def by_owner(
    rows: QuerySet[FollowUp], now: datetime, *, decides: Actor | None = None
) -> list[tuple[UUID | None, dict[Section, int]]]:
    """Of a team: how much stands with whom, in which section."""
    placed = rows.annotate(section=section_at(now, decides))
    counted = placed.values("owner", "section").annotate(many=Count("*")).order_by()
    table: dict[UUID | None, dict[Section, int]] = {}
    for line in counted:
        table.setdefault(line["owner"], dict.fromkeys(Section, 0))[Section(line["section"])] = line["many"]
    return sorted(table.items(), key=lambda item: (-item[1][Section.OVERDUE], str(item[0])))


def covered_by(actor: Actor) -> list[UUID]:
    """Whose work this actor does today besides its own."""
    today = clock.today()
    rows = Cover.objects.filter(covered_by=actor.account_id, first_day__lte=today, last_day__gte=today)
    return list(rows.values_list("away", flat=True))


def covers() -> QuerySet[Cover]:
    """Present and coming absences."""
    return Cover.objects.filter(last_day__gte=clock.today()).order_by("first_day")


def texts(rows: Iterable[FollowUp], *, by: Actor) -> dict[UUID, str]:
    """What exactly is to be done, for the rows of one page: what is sealed, or what the thing is called and where."""
    shown = list(rows)
    said = {key: document.text for key, document in open_documents(shown, FollowUpDocument, by=by).items()}
    for kind in {row.kind_card.code: row.kind_card for row in shown if row.kind_card.names}.values():
        about = [row for row in shown if row.kind == kind.code]
        called = kind.names([row.subject for row in about]) if kind.names else {}
        said |= {row.pk: _at_post(called[row.subject], row) for row in about if row.subject in called}
    return said


def _at_post(name: str, row: FollowUp) -> str:
    post = next((post for post in open_posts() if post.pk == row.post_id), None)
    return f"{name} · {post.name}" if post else name


def of_subject(actor: Actor, subject: UUID) -> QuerySet[FollowUp]:
    """Everything open about one thing."""
    return in_order(visible_to(actor).filter(subject=subject, state=State.OPEN), clock.now())
