"""Pages of what we hand over: beginning, asking the person, offering, sending, taking back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.cases import queries as cases
from waystation.casework.cases.actions import NotYet
from waystation.casework.cases.codes import CaseState, Closing, ReviewOf
from waystation.casework.followups import queries as followups
from waystation.casework.followups.codes import State
from waystation.casework.handover import giving, queries, told, words
from waystation.casework.handover.codes import GIVER, LEFT, STANDING, GiverAct, Giving, HandoverClock, Told
from waystation.casework.handover.enclosures import choosing, showing
from waystation.casework.handover.forms import AgreeForm, BeginForm, WordsForm
from waystation.casework.handover.models import Given
from waystation.casework.handover.problems import AlreadyOffered
from waystation.casework.handover.showing import preview_lines
from waystation.kernel import clock
from waystation.kernel.errors import Invalid, NotFound, Problem, Text
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.actions import AuthorityRefused
from waystation.people.codes import CHILDREN, USUAL_CONSENT, ConsentState, GivenBy
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25
SEEN_TO = (HandoverClock.BACK, HandoverClock.TELL, HandoverClock.ENCLOSURE)
OFFER_STANDS = timedelta(days=14)
SAID: Mapping[str, Text] = {
    "agree": gettext_lazy("The person's answer is recorded. You can offer it now."),
    "reply": gettext_lazy("Your answer leaves now."),
    GiverAct.OFFER: gettext_lazy("Offered, without a name. Their answer will stand here and under Today."),
    GiverAct.SEND: gettext_lazy("What was agreed leaves now. You stay responsible until they confirm that it came."),
    GiverAct.WITHDRAW: gettext_lazy("Taken back. You stay responsible."),
    "correct": gettext_lazy("What has changed leaves now."),
    "seen-to": gettext_lazy("Recorded: it was seen to."),
}
AT_ONCE = {
    GiverAct.OFFER: giving.offer,
    GiverAct.SEND: giving.send,
    GiverAct.WITHDRAW: giving.withdraw,
    "correct": giving.correct,
    "seen-to": giving.seen_to,
}


@page("handover.view")
def given_list(request: StaffRequest) -> HttpResponse:
    """What we hand over, the newest first; what has ended on request."""
    everything = request.GET.get("which") == "all"
    rows = queries.given(request.actor).select_related("person", "peer").order_by("-made_at", "pk")
    owed = followups.visible_to(request.actor).filter(kind__in=SEEN_TO, state=State.OPEN).values("subject")
    rows = rows if everything else rows.filter(Q(state__in=STANDING) | Q(pk__in=owed))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of(shown, by=request.actor)
    context = {
        "lines": [(row, names.get(row.pk, ""), words.of_given(row)) for row in shown],
        "page": shown,
        "everything": everything,
        "query": "which=all&" if everything else "",
    }
    return render(request, "handover/given_list.html", context)


@page("handover.work")
def choose(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Which case of a person is handed over."""
    person = people.get_for(request.actor, person_id)
    rows = [case for case in cases.of_person(person, by=request.actor) if case.state != CaseState.CLOSED]
    if len(rows) == 1:
        return redirect("handover:begin", rows[0].pk)
    identity = people.identity_of(person, by=request.actor)
    return render(request, "handover/choose.html", {"cases": rows, "person": person, "identity": identity})


@page("handover.work")
def begin(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """To whom, and what would be told; nothing leaves yet."""
    case = cases.get_for(request.actor, case_id)
    case.person = people.get_for_page(request.actor, case.person_id)
    household = people.household_of(case.person, by=request.actor)
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        case=case,
        by=request.actor,
        travels_with_others=household is not None and len(household.members) > 1,
        initial={"until": clock.today() + OFFER_STANDS},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = giving.begin(by=request.actor, case_id=case.pk, draft=form.draft())
        except Invalid as problem:
            mend(form, problem)
        except NotYet as problem:
            for text in problem.missing:
                form.add_error(None, str(text))
        except (AuthorityRefused, AlreadyOffered) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("handover:given", made.pk)
    identity = people.identity_of(case.person, by=request.actor)
    agreed = cases.approved(case, ReviewOf.CLOSURE, Closing.HANDED_OVER) is not None
    context = {"form": form, "person": case.person, "identity": identity, "case": case, "supervisor_agreed": agreed}
    return render(request, "handover/begin.html", context, status=status_of(form))


@page("handover.view")
def given(request: StaffRequest, handover_id: UUID) -> HttpResponse:
    """One handover: who is responsible, exactly what leaves or left, what may be done now."""
    return _show(request, queries.given_for(request.actor, handover_id))


@page("handover.work")
def agree(request: StaffRequest, handover_id: UUID) -> HttpResponse:
    """What would leave, to read out; then the person's answer."""
    row = queries.given_for(request.actor, handover_id)
    decides = GivenBy.GUARDIAN if row.person.age_band in CHILDREN else GivenBy.SELF
    initial = {"given_by": decides, "expires_on": clock.today() + USUAL_CONSENT}
    form = AgreeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            giving.agree(
                by=request.actor,
                handover_id=row.pk,
                document=form.document(),
                expires_on=form.cleaned_data["expires_on"],
                tell_back=form.cleaned_data["tell_back"],
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk, SAID["agree"])
    more = {
        **_would_leave(request, row),
        "suggestions": suggested_languages(),
    }
    return _part(request, row, form, _("Ask the person"), **more)


@page("handover.work")
def reply(request: StaffRequest, handover_id: UUID) -> HttpResponse:
    """Answer their question."""
    row = queries.given_for(request.actor, handover_id)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            giving.reply(by=request.actor, handover_id=row.pk, words=form.cleaned_data["words"])
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk, SAID["reply"])
    return _part(
        request,
        row,
        form,
        _("Answer their question"),
        talk=queries.document_of(row, by=request.actor).talk,
        button=_("Send"),
    )


@page("handover.work")
@require_POST
def go_on(request: StaffRequest, handover_id: UUID) -> HttpResponse:
    """One tap for what the page has shown: offer, send, take back, send corrections."""
    act = AT_ONCE.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound
    try:
        act(by=request.actor, handover_id=handover_id)
    except NotFound:
        raise
    except Problem as problem:
        for text in getattr(problem, "missing", None) or [problem]:
            messages.error(request, str(text))
        return redirect("handover:given", handover_id)
    return _done(request, handover_id, SAID[request.POST["act"]])


def _show(request: StaffRequest, row: Given) -> HttpResponse:
    by = request.actor
    document = queries.document_of(row, by=by) if row.sealed else None
    talk = document.talk if document else ()
    ours = row.state in STANDING and row.state not in LEFT
    left = row.state in LEFT or row.state == Giving.BACK
    acts = GIVER.acts(row.state)
    holds = row.consent is not None and row.consent.state == ConsentState.GIVEN
    context = {
        **_base(request, row),
        "responsible": words.of_given(row),
        "why_not": words.why_not(row),
        "talk": talk,
        "labels": [Told(code).label for code in document.fields] if document else [],
        "left": left,
        "ours": ours,
        "consent_holds": holds,
        **(_would_leave(request, row) if document and ours else {}),
        "enclosures": showing.going(row, document) if left else [],
        "sent": told.lines(told.remembered(document.sent)) if document else [],
        "handles": handles({row.made_by}),
        "may": {
            "agree": GiverAct.AGREE in acts,
            "offer": GiverAct.OFFER in acts,
            "send": GiverAct.SEND in acts,
            "reply": row.state in {Giving.OFFERED, Giving.ACCEPTED} and any(line.theirs for line in talk),
            "withdraw": GiverAct.WITHDRAW in acts and (row.state != Giving.SENT or giving.was_given_up(row)),
            "correct": row.state in LEFT and holds,
            "revoke": row.state in STANDING and holds,
        },
        "owed": [] if ours else [one.kind_card.says for one in followups.of_subject(by, row.pk) if one.kind in SEEN_TO],
    }
    return render(request, "handover/given.html", context)


def _would_leave(request: StaffRequest, row: Given) -> dict[str, Any]:
    """What they would hear first without a name, and then everything else, enclosures among it."""
    by = request.actor
    person = people.get_for_page(by, row.person_id)
    enclosures = choosing.leaving(row, queries.document_of(row, by=by), person, by=by)
    said = {**queries.leaving(row, by=by, person=person), **choosing.shown(enclosures)}
    return {"preview": preview_lines(queries.preview(row, by=by, person=person)), "leaving": told.lines(said)}


def _base(request: StaffRequest, row: Given) -> dict[str, Any]:
    return {
        "handover": row,
        "person": row.person,
        "identity": people.identity_of(row.person, by=request.actor),
        "readers": readers_of("handover.view", row.compartment_of_row, row.person),
    }


def _part(request: StaffRequest, row: Given, form: BaseForm, title: str, **more: Any) -> HttpResponse:
    context = {**_base(request, row), "form": form, "part_title": title, **more}
    return render(request, "handover/part.html", context, status=status_of(form))


def _done(request: StaffRequest, handover_id: UUID, says: Text) -> HttpResponse:
    messages.success(request, str(says))
    return redirect("handover:given", handover_id)
