"""Pages of referrals: the list, beginning one, one with all its acts, and the printed form."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.referrals import actions, panels, queries, road, telling, words
from waystation.casework.referrals.authority import SecondOfficer
from waystation.casework.referrals.codes import (
    ON_THEIR_WAY,
    ONLY_BY_MESSAGE,
    TABLE,
    THEIRS,
    Act,
    Priority,
    Service,
    State,
    Way,
)
from waystation.casework.referrals.forms import (
    AgreeForm,
    AnswerForm,
    DraftForm,
    ListForm,
    NodeAgreeForm,
    ReplyForm,
    SendForm,
)
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.exchange.problems import PeerNotTrusted
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound, Problem
from waystation.kernel.ids import read_id
from waystation.kernel.pages import StaffRequest, page
from waystation.organisations.queries import own_organisation
from waystation.people import queries as people
from waystation.people.codes import USUAL_CONSENT, GivenBy
from waystation.people.panels import readers_of
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25
PLAIN_ACTS = (Act.ACKNOWLEDGE, Act.ACCEPT, Act.START)
NAMELESS = (State.SENT, State.ACKNOWLEDGED, State.WILLING)
"""States in which another node has been told nothing by which anybody could be known."""
WITH_WORDS = (Act.DECLINE, Act.COMPLETE, Act.FAIL, Act.FEEDBACK, Act.CLOSE)


@page("referrals.view")
def referrals(request: StaffRequest) -> HttpResponse:
    """The list: filter, order, turn pages."""
    form = ListForm(request.GET)
    form.is_valid()
    answers = getattr(form, "cleaned_data", {})
    wanted = {name: answers[name] for name in ("state", "priority", "service") if answers.get(name)}
    rows = queries.visible_to(request.actor).filter(**wanted).select_related("person", "partner", "to_post", "peer")
    if "state" not in wanted:
        rows = rows.exclude(state=State.CLOSED)
    order = "made_at" if answers.get("order") == "oldest" else "-made_at"
    shown = Paginator(rows.order_by(order, "pk"), PER_PAGE).get_page(request.GET.get("page"))
    names = people.identities([row.person for row in shown], by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [(row, names.get(row.person_id)) for row in shown],
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "referrals/list.html", context)


@page("referrals.work")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Whom we ask for what, and what would be told."""
    person = people.get_for(request.actor, person_id)
    asked = _suggested(request)
    known = panels.suggested(request.actor, person, asked.get("service", "")) if request.method == "GET" else {}
    form = DraftForm(request.POST or None, by=request.actor, initial={**asked, **known})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        case_id = read_id(request.GET.get("case", ""))
        try:
            made = actions.draft(
                by=request.actor,
                person_id=person.pk,
                draft=actions.ReferralDraft(
                    service=answers["service"],
                    priority=answers["priority"],
                    document=form.document(),
                    node_kind=answers.get("node_kind", ""),
                    case_id=case_id,
                    **form.to_ids(),
                ),
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            return redirect("referrals:referral", made.pk)
    identity = people.identity_of(person, by=request.actor)
    context = {"form": form, "person": person, "identity": identity}
    return render(request, "referrals/begin.html", context, status=status_of(form))


@page("referrals.view")
def referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """One referral: exactly what leaves or left, where it stands, what may be done now."""
    return _show(request, queries.get_for(request.actor, referral_id))


@page("referrals.work")
def agree(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """What would leave, to read out; then the person's answer."""
    row = queries.get_for(request.actor, referral_id)
    initial = {"given_by": GivenBy.SELF, "expires_on": clock.today() + USUAL_CONSENT}
    node = queries.node_of(row)
    form = (NodeAgreeForm if node else AgreeForm)(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree(
                by=request.actor,
                referral_id=row.pk,
                document=form.document(),
                expires_on=form.cleaned_data["expires_on"],
                tell_back=form.cleaned_data.get("tell_back", False),
            )
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    leaving = queries.leaving(row, by=request.actor)
    more = {"leaving": leaving, "suggestions": suggested_languages(), "button": _("Record the answer")}
    return _part(request, row, form, _("Ask the person"), preview=_preview(request, row) if node else [], **more)


@page("referrals.work")
def send(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """It leaves now, if the consent still stands."""
    row = queries.get_for(request.actor, referral_id)
    node = queries.node_of(row)
    form = SendForm(request.POST or None, node=node is not None, initial={"way": Way.NODE} if node else {})
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(by=request.actor, referral_id=row.pk, way=form.cleaned_data["way"])
        except (Invalid, ConsentMissing, SecondOfficer, PeerNotTrusted) as problem:
            form.add_error(None, str(problem))
        else:
            return _done(request, row.pk)
    more = {"leaving": queries.leaving(row, by=request.actor), "button": _("Send it")}
    return _part(request, row, form, _("Send it"), preview=_preview(request, row) if node else [], **more)


@page("referrals.work")
@require_POST
def go_on(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """One tap for what needs no words."""
    act = request.POST.get("act", "")
    if act not in PLAIN_ACTS:
        raise NotFound
    actions.go_on(by=request.actor, referral_id=referral_id, act=act)
    return _done(request, referral_id)


@page("referrals.work")
@require_POST
def tell(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """They would help: what was agreed leaves now."""
    try:
        road.tell(by=request.actor, referral_id=referral_id)
    except NotFound:
        raise
    except Problem as problem:
        return _show(request, queries.get_for(request.actor, referral_id), problem=str(problem))
    return _done(request, referral_id)


@page("referrals.work")
def reply(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Answer a question of another node."""
    row = queries.get_for(request.actor, referral_id)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            road.reply(by=request.actor, referral_id=row.pk, words=form.cleaned_data["words"])
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    talk = queries.document_of(row, by=request.actor).talk
    return _part(request, row, form, _("Answer their question"), talk=talk, button=_("Send"))


@page("referrals.work")
def answer(request: StaffRequest, referral_id: UUID, act: str) -> HttpResponse:
    """What the partner or the person says, in words."""
    row = queries.get_for(request.actor, referral_id)
    if act not in WITH_WORDS:
        raise NotFound
    form = AnswerForm(request.POST or None, act=act)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_on(by=request.actor, referral_id=row.pk, act=act, answer=actions.Answer(**form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            return _done(request, row.pk)
    return _part(request, row, form, str(Act(act).label))


@page("referrals.work")
@require_POST
def escalate(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """No answer in time: put it before a coordinator."""
    actions.escalate(by=request.actor, referral_id=referral_id)
    return _done(request, referral_id)


@page("referrals.view")
def paper(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The printed form, in the partner's language: what was consented to and nothing else.

    Before consent, after its withdrawal and after its last day there is none, and none for an authority.
    """
    row = queries.get_for(request.actor, referral_id)
    if not queries.may_print(row):
        raise ConsentMissing
    queries.require_consent(row, by=request.actor)
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {**_on_paper(row, request.actor), "languages": settings.LANGUAGES, "language": language}
        return render(request, "referrals/paper.html", context)


def _on_paper(row: Referral, by: Actor) -> dict[str, Any]:
    return {
        "referral": row,
        "leaving": queries.leaving(row, by=by),
        "organisation": own_organisation(),
        "by": by.handle,
    }


def _show(request: StaffRequest, row: Referral, problem: str = "") -> HttpResponse:
    acts = _by_hand(row)
    said = queries.document_of(row, by=request.actor)
    context = {
        **_base(request, row),
        **_of_node(request, row, said),
        "problem": problem,
        "said": said,
        "leaving": queries.leaving(row, by=request.actor),
        "handles": handles({row.made_by}),
        "plain_acts": [(act, Act(act).label) for act in acts if act in PLAIN_ACTS],
        "worded_acts": [(act, Act(act).label) for act in acts if act in WITH_WORDS],
        "may_consent": Act.CONSENT in acts,
        "may_send": Act.SEND in acts,
        "may_print": queries.may_print(row),
        "may_escalate": row.state in {State.SENT, State.ACKNOWLEDGED} and row.escalated_at is None,
        "warns": row.partner is not None and row.partner.declared_on is None,
        "panels": panels.shown_on(request, row),
    }
    return render(request, "referrals/referral.html", context, status=409 if problem else 200)


def _by_hand(row: Referral) -> tuple[str, ...]:
    """What may be done here now; what another node's messages do is done by nobody here."""
    acts = (act for act in TABLE.acts(row.state) if act not in ONLY_BY_MESSAGE)
    return tuple(act for act in acts if not (row.by_message and act in THEIRS))


def _of_node(request: StaffRequest, row: Referral, said: ReferralDocument) -> dict[str, Any]:
    """What stands on the page only of what was asked by a sealed message."""
    if not row.by_message:
        return {}
    return {
        "responsible": words.RESPONSIBLE,
        "next": words.NEXT.get(row.state, ""),
        "lost": words.why_lost(row),
        "asked": _preview(request, row) if row.sent_at else [],
        "goes_on": row.state in NAMELESS,
        "may_tell": row.state == State.WILLING,
        "may_reply": row.state in ON_THEIR_WAY and any(line.theirs for line in said.talk),
    }


def _preview(request: StaffRequest, row: Referral) -> list[tuple[str, str]]:
    return telling.preview_lines(queries.preview(row, by=request.actor))


def _base(request: StaffRequest, row: Referral) -> dict[str, Any]:
    return {
        "referral": row,
        "person": row.person,
        "identity": people.identity_of(row.person, by=request.actor),
        "readers": readers_of("referrals.view", row.compartment_of_row, row.person),
    }


def _part(request: StaffRequest, row: Referral, form: BaseForm, title: str, **more: Any) -> HttpResponse:
    context = {**_base(request, row), "form": form, "part_title": title, **more}
    return render(request, "referrals/part.html", context, status=status_of(form))


def _done(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("referrals:referral", referral_id)


def _suggested(request: StaffRequest) -> dict[str, str]:
    """What another room asks for by its address, where it is on the lists."""
    lists = {"service": Service.values, "priority": Priority.values}
    return {name: request.GET[name] for name, known in lists.items() if request.GET.get(name) in known}
