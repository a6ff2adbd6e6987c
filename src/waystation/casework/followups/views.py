"""The pages of what is to be done: one's own, a team's, and who stands in for whom."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.models import Account
from waystation.accounts.queries import handles
from waystation.casework import queries as desk
from waystation.casework.followups import actions, queries
from waystation.casework.followups.codes import Section, State
from waystation.casework.followups.forms import CoverForm
from waystation.casework.followups.models import FollowUp
from waystation.casework.followups.policies import CASE_WORKERS
from waystation.casework.followups.words import why_here
from waystation.casework.words import why_here as why_waits
from waystation.kernel import clock, policies
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import known_id
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.web.forms import mend
from waystation.web.ways import next_of

PER_PAGE = 25
MOST_THREATENED = 5


@page("followups.view")
def work(request: StaffRequest) -> HttpResponse:
    """What is to be done, in order; `whose=team` for who leads a team."""
    may_lead = policies.permits(request.actor, "followups.team")
    team = request.GET.get("whose") == "team" and may_lead
    now = clock.now()
    rows = queries.work_of(request.actor, team=team)
    decides = request.actor if may_lead else None
    counts = queries.counts(rows, now, decides=decides)
    section = _section(request.GET.get("section"))
    ordered = queries.in_order(rows, now, section, decides=decides)
    paginator = Paginator(ordered, PER_PAGE)
    paginator.count = counts[section] if section is not None else sum(counts.values())
    shown = paginator.get_page(request.GET.get("page"))
    query = "".join(f"{name}={request.GET[name]}&" for name in ("whose", "section") if request.GET.get(name))
    context = {
        "threatened": _threatened(request) if not team and section is None and shown.number == 1 else [],
        "sections": _sections(request, list(shown), now),
        "counts": [(part, many) for part, many in counts.items() if many],
        "section": section,
        "page": shown,
        "team": team,
        "may_lead": may_lead,
        "shares": _shares(request, rows, now) if team else [],
        "query": query,
    }
    actions.mark_seen(by=request.actor, shown=list(shown))
    return render(request, "followups/work.html", context)


@page("followups.work")
@require_POST
def end(request: StaffRequest, follow_up_id: UUID) -> HttpResponse:
    """One tap: done, or no longer needed; the message offers to take it back."""
    row = actions.end(by=request.actor, follow_up_id=follow_up_id, state=request.POST.get("state", State.DONE))
    context = {"follow_up": row, "next": next_of(request, "/work/")}
    return render(request, "followups/done.html", context)


@page("followups.work")
@require_POST
def reopen(request: StaffRequest, follow_up_id: UUID) -> HttpResponse:
    """Take back one's own tap."""
    actions.reopen(by=request.actor, follow_up_id=follow_up_id)
    messages.success(request, _("It is open again."))
    return redirect(next_of(request, "/work/"))


@page("followups.work")
@require_POST
def take(request: StaffRequest, follow_up_id: UUID) -> HttpResponse:
    """Make it one's own."""
    actions.take(by=request.actor, follow_up_id=follow_up_id)
    messages.success(request, _("It is yours now."))
    return redirect(next_of(request, "/work/"))


@page("followups.team")
def covers(request: StaffRequest) -> HttpResponse:
    """Who stands in for whom."""
    staff = Account.objects.filter(is_active=True, role__in=CASE_WORKERS).order_by("handle")
    names = {row.pk: row.handle for row in staff}
    form = CoverForm(request.POST or None, staff=[(str(key), name) for key, name in names.items()])
    if request.method == "POST" and "end" in request.POST:
        actions.end_cover(by=request.actor, cover_id=known_id(request.POST["end"]))
        return redirect("followups:covers")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            actions.cover(
                by=request.actor,
                away=UUID(answers["away"]),
                covered_by=UUID(answers["covered_by"]),
                first_day=answers["first_day"],
                last_day=answers["last_day"],
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("followups:covers")
    lines = [(row, names.get(row.away, ""), names.get(row.covered_by, "")) for row in queries.covers()]
    return render(request, "followups/covers.html", {"form": form, "lines": lines})


def _sections(request: StaffRequest, rows: list[FollowUp], now: Any) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows of a page under their headings, each with whom it is about and why it stands there."""
    texts = queries.texts(rows, by=request.actor)
    persons = people.visible_to(request.actor).in_bulk([row.person_id for row in rows if row.person_id])
    names = people.identities(persons.values(), by=request.actor)
    owners = handles({row.owner for row in rows if row.owner and row.owner != request.actor.account_id})
    parts: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        part: int = row.section  # type: ignore[attr-defined]
        line = {
            "item": row,
            "text": texts.get(row.pk, ""),
            "identity": names.get(row.person_id) if row.person_id else None,
            "owner": owners.get(row.owner, "") if row.owner else "",
            "why": why_here(row, part, now),
        }
        parts.setdefault(part, []).append(line)
    return [(Section(part), lines) for part, lines in parts.items()]


def _threatened(request: StaffRequest) -> list[tuple[Any, Any, str]]:
    """The first of those whose life, dignity or health is threatened now; everyone stands on the list of who waits."""
    pressing = [line for line in desk.waiting_list(request.actor) if line.reasons.threats][:MOST_THREATENED]
    names = desk.names_of(pressing, by=request.actor)
    return [(line, names.get(line.person.pk) if line.person else None, why_waits(line.reasons)) for line in pressing]


def _shares(request: StaffRequest, rows: Any, now: Any) -> list[tuple[str, list[int]]]:
    shares = queries.by_owner(rows, now, decides=request.actor)
    names = handles({owner for owner, _counts in shares if owner})
    return [(names.get(owner, "") if owner else _("nobody's yet"), list(table.values())) for owner, table in shares]


def _section(text: str | None) -> Section | None:
    return next((section for section in Section if str(section.value) == text), None)
