"""Pages of family messages: the list, one message with its road, writing, checking, sending on, answering."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.familylinks.news import queries, words
from waystation.familylinks.news.actions import carrying, writing
from waystation.familylinks.news.codes import LONGEST_WORDS, TABLE, Act, Forbidden, State
from waystation.familylinks.news.forms import (
    NOTHING,
    AnswerForm,
    CheckForm,
    FailForm,
    ListForm,
    SendForm,
    WishForm,
    WriteForm,
)
from waystation.familylinks.news.models import RedCrossMessage
from waystation.kernel import clock
from waystation.kernel.errors import Invalid, NotAllowed, NotFound, Problem
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.codes import USUAL_CONSENT, GivenBy
from waystation.people.views.common import suggested_languages
from waystation.web.forms import mend, status_of

PER_PAGE = 25


@page("news.view")
def messages_(request: StaffRequest) -> HttpResponse:
    """All messages that go on, those that changed last at the end; one state on request."""
    form = ListForm(request.GET)
    wanted = form.cleaned_data.get("state", "") if form.is_valid() else ""
    rows = queries.visible_to(request.actor).select_related("person", "came_from", "sent_to")
    rows = rows.filter(state=wanted) if wanted else rows.exclude(state=State.CLOSED)
    shown = Paginator(rows.order_by("state_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    by, listed = request.actor, list(shown)
    context = {
        "rows": listed,
        "page": shown,
        "form": form,
        "query": f"state={wanted}&" if wanted else "",
        "wanted": wanted,
        "names": people.identities([row.person for row in listed if row.person], by=by),
        "addresses": queries.addresses(listed, by=by),
        "due": queries.due(listed, by=by),
        "now": clock.now(),
    }
    return render(request, "news/list.html", context)


@page("news.view")
def message(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """One message: where it stands since when, to whom it goes, what may be done now."""
    return _show(request, queries.get_for(request.actor, message_id))


@page("news.write")
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Write down what a person wants to say."""
    person = people.get_for(request.actor, person_id)
    identity = people.identity_of(person, by=request.actor)
    form = WriteForm(_sent(request), initial={"language": next(iter(identity.languages), "")})
    made = _done_with(form, lambda: writing.begin(by=request.actor, person_id=person.pk, draft=form.draft()))
    if isinstance(made, RedCrossMessage):
        return redirect("news:hand-in", made.pk)
    context = {"form": form, "person": person, "identity": identity, "suggestions": suggested_languages()}
    return render(request, "news/write.html", context, status=status_of(form))


@page("news.write")
def rewrite(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Change what one wrote down."""
    row = _draft_of(request, message_id)
    address, said = queries.address_of(row, by=request.actor), queries.words_of(row, by=request.actor)
    known = {name: getattr(address, name) for name in ("name", "parents", "place", "phone")}
    known |= {"words": said.words if said else "", "language": row.language, "office": str(row.office_id or "")}
    form = (AnswerForm if row.reply_to else WriteForm)(_sent(request), initial=known)
    made = _done_with(form, lambda: writing.rewrite(by=request.actor, message_id=row.pk, draft=form.draft()))
    if isinstance(made, RedCrossMessage):
        return redirect("news:hand-in", made.pk)
    context = {"form": form, "message": row, "suggestions": suggested_languages()}
    return render(request, "news/write.html", context, status=status_of(form))


@page("news.write")
def hand_in(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """What was written, to read out; then the writer's yes."""
    row = _draft_of(request, message_id)
    initial = {"given_by": GivenBy.SELF, "expires_on": clock.today() + USUAL_CONSENT}
    form = WishForm(_sent(request), initial=initial)

    def act() -> RedCrossMessage:
        until = form.cleaned_data["expires_on"]
        return writing.hand_in(by=request.actor, message_id=row.pk, document=form.document(), expires_on=until)

    return _form_page(
        request, row, form, act, title=_("Read it to the writer"), button=_("Hand it in"), read_aloud=True
    )


@page("news.work")
def check(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Somebody else reads it once, for what may not be carried."""
    row = queries.get_for(request.actor, message_id, permission="news.work")
    if not TABLE.allows(row.state, Act.CHECK):
        raise NotFound
    form = CheckForm(_sent(request))

    def act() -> RedCrossMessage:
        said: dict[str, Any] = {"by": request.actor, "message_id": row.pk}
        if form.cleaned_data["reason"] != NOTHING:
            return carrying.give_back(**said, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"])
        return carrying.check(**said)

    more = {"rules": words.RULES, "own": row.made_by == request.actor.account_id}
    return _form_page(request, row, form, act, title=_("Check it"), button=_("Record"), **more)


@page("news.work")
def send(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """It goes on to an office: the one agreed, or of another office's message the one nearest to the family."""
    row = queries.get_for(request.actor, message_id, permission="news.work")
    came_by = row.reply_to.came_from_id if row.reply_to else None
    form = SendForm(_sent(request), initial={"office": str(row.office_id or came_by or "")})

    def act() -> RedCrossMessage:
        office = UUID(form.cleaned_data["office"])
        return carrying.send(by=request.actor, message_id=row.pk, office_id=office)

    return _form_page(request, row, form, act, title=_("Send it on"), button=_("Send it on"))


@page("news.work")
def fail(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """It did not reach the family."""
    row = queries.get_for(request.actor, message_id, permission="news.work")
    form = FailForm(_sent(request))

    def act() -> RedCrossMessage:
        return carrying.fail(by=request.actor, message_id=row.pk, reason=form.cleaned_data["reason"])

    return _form_page(request, row, form, act, title=_("It could not be delivered"), button=_("Record"))


@page("news.work")
def answer(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """The family answers."""
    row = queries.get_for(request.actor, message_id, permission="news.work")
    said = queries.words_of(row, by=request.actor)
    if said is None or row.state not in {State.DELIVERED, State.REPLIED}:
        raise NotFound
    form = AnswerForm(_sent(request), initial={"name": said.writer, "language": row.language})
    made = _done_with(form, lambda: writing.answer(by=request.actor, message_id=row.pk, draft=form.draft()))
    if isinstance(made, RedCrossMessage):
        return redirect("news:hand-in", made.pk)
    context = {"form": form, "message": row, "suggestions": suggested_languages(), "answers": said}
    return render(request, "news/write.html", context, status=status_of(form))


@page("news.write")
@require_POST
def at_once(request: StaffRequest, message_id: UUID, act: str) -> HttpResponse:
    """One tap for what needs no words."""
    if act not in AT_ONCE:
        raise NotFound
    try:
        AT_ONCE[act](by=request.actor, message_id=message_id)
    except (NotFound, NotAllowed):
        raise
    except Problem as problem:
        return _show(request, queries.get_for(request.actor, message_id), problem=str(problem))
    messages.success(request, _("Recorded."))
    return redirect("news:message", message_id)


AT_ONCE: dict[str, Callable[..., object]] = {
    "deliver": carrying.deliver,
    "delivered": carrying.hand_over,
    "told": carrying.tell_writer,
    "close": carrying.close,
    "back": writing.take_back,
}


def _sent(request: StaffRequest) -> Any:
    """What was typed into the page's form, if it was sent."""
    return request.POST if request.method == "POST" else None


def _draft_of(request: StaffRequest, message_id: UUID) -> RedCrossMessage:
    row = queries.get_for(request.actor, message_id, permission="news.write")
    if row.state != State.DRAFT or row.made_by != request.actor.account_id:
        raise NotFound
    return row


def _done_with(form: BaseForm, act: Callable[[], RedCrossMessage]) -> RedCrossMessage | None:
    """What an action made of a form that was sent, or None with what to mend in it."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act()
    except Invalid as problem:
        mend(form, problem)
    except NotFound:
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
    return None


def _form_page(
    request: StaffRequest, row: RedCrossMessage, form: BaseForm, act: Callable[[], RedCrossMessage], **more: Any
) -> HttpResponse:
    if _done_with(form, act):
        messages.success(request, _("Recorded."))
        return redirect("news:message", row.pk)
    context = {**_base(request, row), "form": form, **more}
    return render(request, "news/part.html", context, status=status_of(form))


def _base(request: StaffRequest, row: RedCrossMessage) -> dict[str, Any]:
    by = request.actor
    said = queries.words_of(row, by=by)
    return {
        "message": row,
        "person": row.person,
        "identity": people.identities([row.person], by=by).get(row.person.pk) if row.person else None,
        "address": queries.address_of(row, by=by),
        "knows": queries.may_know_address(row, by=by),
        "said": said,
        "why": Forbidden(said.reason).label if said and said.reason in Forbidden.values else "",
        "letters": (len(said.words), LONGEST_WORDS) if said else None,
        "readers": words.readers_of(row),
    }


def _show(request: StaffRequest, row: RedCrossMessage, problem: str = "") -> HttpResponse:
    by = request.actor
    context = {
        **_base(request, row),
        "steps": words.spans(list(row.steps.all()), clock.now()),
        "due": queries.due([row], by=by).get(row.pk),
        "now": clock.now(),
        "handles": handles({one for one in (row.made_by, row.checked_by) if one}),
        "lost": words.why_lost(row),
        "says": words.next_of(row),
        "answers": list(row.replies.filter(pk__in=queries.visible_to(by).values("pk"))),
        "may": queries.may(row, by=by),
        "problem": problem,
    }
    return render(request, "news/message.html", context, status=409 if problem else 200)
