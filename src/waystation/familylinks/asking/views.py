"""Pages of asking the road: ask, who may look for somebody here, words that came, what we publish."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.familylinks.asking import deciding, holding, queries, road, watching, words
from waystation.familylinks.asking.codes import BY_ITSELF, CLAIMS, OPEN_CLAIMS, AskingState, CheckedBy, ClaimAct
from waystation.familylinks.asking.documents import WordDocument
from waystation.familylinks.asking.forms import AgreeForm, AskForm, DeclineForm, NoteForm
from waystation.familylinks.asking.models import Claim
from waystation.familylinks.asking.protocol import ristretto
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.codes import AT_WORK, Ask, Relation
from waystation.familylinks.tracing.forms import TellForm
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.vault import open_document
from waystation.web.forms import mend, status_of

PER_PAGE = 25
ANSWERS = {ClaimAct.AGREE: "asking:agree", ClaimAct.DECLINE: "asking:decline"}


@page("asking.ask")
def ask(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Ask about the person sought; then one sentence, whatever comes of it."""
    row = requests.get_for(request.actor, request_id)
    said = requests.document_of(row, by=request.actor)
    asking = queries.asking_of(row)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            road.ask(by=request.actor, request_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("asking:ask", row.pk)
    context = {
        "row": row,
        "said": said,
        "form": form,
        "is_asked": asking is not None and asking.state == AskingState.ASKED,
        "waits": asking is not None and asking.state == AskingState.WAITING,
        "may_ask": Ask.NODES in said.may_ask,
        "looks": row.state in AT_WORK,
        "has_library": ristretto.is_there(),
        "readers": readers_of("asking.ask", Compartment.FAMILY_LINKS, row.person),
    }
    return render(request, "asking/ask.html", context, status=status_of(form))


@page("asking.ask")
@require_POST
def stop_asking(request: StaffRequest, request_id: UUID) -> HttpResponse:
    """Ask no more."""
    road.stop(by=request.actor, request_id=request_id)
    messages.success(request, _("The road is no longer asked about this person."))
    return redirect("tracing:request", request_id)


@page("asking.answer")
def claims(request: StaffRequest) -> HttpResponse:
    """Who of our book may be looked for by other nodes."""
    rows = queries.claims(request.actor).filter(state__in=OPEN_CLAIMS).select_related("peer", "person")
    shown = Paginator(rows.order_by("came_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    names = people.identities([row.person for row in shown], by=request.actor)
    said = queries.documents_of(list(shown), by=request.actor)
    lines = [(row, names.get(row.person_id), _called(Relation, said[row.pk].relation)) for row in shown]
    return render(request, "asking/claims.html", {"lines": lines, "page": shown})


@page("asking.answer")
def claim(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """One: who asks, what they claim to be, and what the person says."""
    row = queries.claim_for(request.actor, claim_id)
    acts = [act for act in CLAIMS.acts(row.state) if act not in BY_ITSELF]
    context = {
        **_about(request, row),
        "quick": [(act, ClaimAct(act).label) for act in acts if act not in ANSWERS],
        "answers": [(ANSWERS[ClaimAct(act)], ClaimAct(act).label) for act in acts if act in ANSWERS],
        "form": NoteForm(),
    }
    return render(request, "asking/claim.html", context)


@page("asking.answer")
@require_POST
def go_on(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """The person is being asked, or it is somebody else."""
    form = NoteForm(request.POST)
    form.is_valid()
    act, note = request.POST.get("act", ""), form.cleaned_data.get("note", "")
    deciding.go_on(by=request.actor, claim_id=claim_id, act=act, note=note)
    return _done(request, claim_id)


@page("asking.answer")
def agree(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """The person wishes to be in touch."""
    row = _open(request, claim_id, ClaimAct.AGREE)
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.agree(by=request.actor, claim_id=row.pk, answer=form.answer())
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, ClaimAct.AGREE.label, suggestions=suggested_languages())


@page("asking.answer")
def decline(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """The person does not wish it."""
    row = _open(request, claim_id, ClaimAct.DECLINE)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.decline(by=request.actor, claim_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, ClaimAct.DECLINE.label, declining=True)


@page("asking.ask")
def word(request: StaffRequest, word_id: UUID) -> HttpResponse:
    """Words that came: read them, tell the enquirer, write down how."""
    row = queries.word_for(request.actor, word_id)
    form = TellForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            words.tell(by=request.actor, word_id=row.pk, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("tracing:request", row.question.asking.request_id)
    sought = row.question.asking.request
    context = {
        "word": row,
        "row": sought,
        "said": open_document(row, WordDocument, by=request.actor),
        "form": form,
        "readers": readers_of("asking.ask", Compartment.FAMILY_LINKS, sought.person),
    }
    return render(request, "asking/word.html", context, status=status_of(form))


@page("asking.publish")
def published(request: StaffRequest) -> HttpResponse:
    """In which circles people may be found here, and who is answered no more."""
    context = {
        "circles": queries.circles(),
        "suspended": list(queries.suspended()),
        "has_library": ristretto.is_there(),
    }
    return render(request, "asking/published.html", context)


@page("asking.publish")
@require_POST
def publish(request: StaffRequest, circle_id: UUID) -> HttpResponse:
    """Publish from now on, or anew."""
    try:
        holding.begin(by=request.actor, circle_id=circle_id, in_danger=bool(request.POST.get("in_danger")))
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("People who said yes can be found through this circle, within the hour."))
    return redirect("asking:published")


@page("asking.publish")
@require_POST
def stop(request: StaffRequest, circle_id: UUID) -> HttpResponse:
    """Publish no more."""
    holding.stop(by=request.actor, circle_id=circle_id)
    messages.success(request, _("The key is destroyed. Nobody is found through this circle any more."))
    return redirect("asking:published")


@page("asking.publish")
def suspect(request: StaffRequest, peer_id: UUID) -> HttpResponse:
    """A node that is answered no more, or of which another node warned: let it ask again."""
    rows = [row for row in queries.suspended() if row.peer_id == peer_id]
    if request.method == "POST":
        watching.lift(by=request.actor, peer_id=peer_id)
        messages.success(request, _("Their questions are answered again."))
        return redirect("asking:published")
    return render(request, "asking/suspect.html", {"rows": rows, "peer": queries.peer_named(peer_id)})


def _about(request: StaffRequest, row: Claim) -> dict[str, Any]:
    said = queries.document_of(row, by=request.actor)
    return {
        "row": row,
        "written": said,
        "identity": people.identity_of(row.person, by=request.actor),
        "relation": _called(Relation, said.relation),
        "checked_by": _called(CheckedBy, said.checked_by),
        "readers": readers_of("asking.answer", Compartment.FAMILY_LINKS, row.person),
    }


def _called(codes: type[TextChoices], code: str) -> Any:
    return dict(codes.choices).get(code, "")


def _open(request: StaffRequest, claim_id: UUID, act: str) -> Claim:
    row = queries.claim_for(request.actor, claim_id)
    if not CLAIMS.allows(row.state, act):
        raise NotFound
    return row


def _part(request: StaffRequest, row: Claim, form: Any, title: Any, **more: Any) -> HttpResponse:
    context = {**_about(request, row), "form": form, "title": title, **more}
    return render(request, "asking/part.html", context, status=status_of(form))


def _done(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("asking:claim", claim_id)
