"""Pages of who was aboard and of who was found dead."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import lost as actions
from waystation.familylinks.missing.codes import OUTCOMES, Outcome, Samples, Sure
from waystation.familylinks.missing.documents import AboardDocument, BodyDocument
from waystation.familylinks.missing.forms.lost import AboardForm, BodiesForm, BodyForm, initial_of
from waystation.familylinks.missing.models import Aboard
from waystation.familylinks.missing.showing import features
from waystation.familylinks.missing.views.common import form_page, readers
from waystation.kernel.ids import known_id
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import Sex
from waystation.vault import open_documents

PER_PAGE = 25


@page("missing.aboard")
def aboard(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Who was aboard in one incident, as far as anybody told."""
    incident = queries.incident_for(request.actor, incident_id)
    pairs = queries.aboard_of(incident, by=request.actor)
    context = {
        "incident": incident,
        "people": [_person(row, said) for row, said in pairs],
        "counts": [(code.label, sum(row.outcome == code for row, _said in pairs)) for code in Outcome],
        "readers": readers("missing.aboard"),
    }
    return render(request, "missing/aboard.html", context)


@page("missing.aboard")
def add_aboard(request: StaffRequest, incident_id: UUID) -> HttpResponse:
    """Write down somebody who was aboard."""
    incident = queries.incident_for(request.actor, incident_id)

    def save(form: Any) -> Any:
        return actions.write_aboard(by=request.actor, incident_id=incident.pk, document=form.document())

    return _aboard_page(request, AboardForm(request.POST or None), save, _("Somebody who was aboard"), incident.pk)


@page("missing.aboard")
def mend_aboard(request: StaffRequest, aboard_id: UUID) -> HttpResponse:
    """What became known since."""
    row = queries.aboard_for(request.actor, aboard_id)
    said = open_documents([row], AboardDocument, by=request.actor).get(row.pk, AboardDocument())
    told = {name: getattr(said, name) for name in AboardForm.base_fields}

    def save(form: Any) -> Any:
        return actions.mend_aboard(by=request.actor, aboard_id=row.pk, document=form.document())

    form = AboardForm(request.POST or None, initial=told)
    return _aboard_page(request, form, save, _("Change what is known"), row.incident_id)


@page("missing.aboard")
@require_POST
def outcome(request: StaffRequest, aboard_id: UUID) -> HttpResponse:
    """One tap: what became of them."""
    row = actions.set_outcome(by=request.actor, aboard_id=aboard_id, outcome=request.POST.get("outcome", ""))
    return redirect("missing:aboard", row.incident_id)


@page("missing.forensic")
def bodies(request: StaffRequest) -> HttpResponse:
    """People found dead whom nobody could name."""
    form = BodiesForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = queries.bodies(request.actor)
    if answers.get("state"):
        rows = rows.filter(state=answers["state"])
    rows = rows.order_by("at" if answers.get("order") == "oldest" else "-at", "pk")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    texts = queries.bodies_opened(shown, by=request.actor)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "lines": [(row, texts.get(row.pk, BodyDocument())) for row in shown],
        "page": shown,
        "form": form,
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "missing/bodies.html", context)


@page("missing.forensic")
def body(request: StaffRequest, body_id: UUID) -> HttpResponse:
    """One of them: how they are described, and whose family may be theirs."""
    row = queries.body_for(request.actor, body_id)
    said = queries.bodies_opened([row], by=request.actor).get(row.pk, BodyDocument())
    context = {
        "body": row,
        "said": said,
        "features": features(said.features),
        "samples": Samples(said.samples).label if said.samples else "",
        "hypotheses": list(queries.hypotheses(request.actor).filter(body=row)),
        "handles": handles({row.by}),
        "readers": readers("missing.forensic"),
    }
    return render(request, "missing/body.html", context)


@page("missing.forensic")
def add_body(request: StaffRequest) -> HttpResponse:
    """Describe somebody found dead; `incident` in the address says in which incident."""
    told = request.GET.get("incident")
    incident = queries.incident_for(request.actor, known_id(told)) if told else None

    def save(form: Any) -> Any:
        number = incident.pk if incident else None
        return actions.write_body(by=request.actor, document=form.document(), incident_id=number)

    return _body_page(request, BodyForm(request.POST or None), save, _("Describe somebody found dead"))


@page("missing.forensic")
def mend_body(request: StaffRequest, body_id: UUID) -> HttpResponse:
    """What became known since."""
    row = queries.body_for(request.actor, body_id)
    said = queries.bodies_opened([row], by=request.actor).get(row.pk, BodyDocument())

    def save(form: Any) -> Any:
        return actions.mend_body(by=request.actor, body_id=row.pk, document=form.document())

    form = BodyForm(request.POST or None, initial=initial_of(said))
    return _body_page(request, form, save, _("Change what is known"))


def _person(row: Aboard, said: AboardDocument) -> dict[str, Any]:
    return {
        "row": row,
        "said": said,
        "name": _(", ").join(said.names),
        "sex": Sex(said.sex).label if said.sex else "",
        "sure": Sure(said.sure).label if said.sure else "",
        "acts": [(act, Outcome(act).label) for act in OUTCOMES.acts(row.outcome)],
    }


def _aboard_page(request: StaffRequest, form: AboardForm, save: Any, title: str, incident_id: UUID) -> HttpResponse:
    back = reverse("missing:aboard", args=[incident_id])
    context = {"title": title, "back": back, "readers": readers("missing.aboard"), "up": _("Who was aboard")}
    return form_page(request, form, save, context, then=lambda _made: back)


def _body_page(request: StaffRequest, form: BodyForm, save: Any, title: str) -> HttpResponse:
    back, up = reverse("missing:bodies"), _("Found dead, and nobody knows who")
    context = {"title": title, "back": back, "readers": readers("missing.forensic"), "up": up}
    return form_page(request, form, save, context, then=lambda made: reverse("missing:body", args=[made.pk]))
