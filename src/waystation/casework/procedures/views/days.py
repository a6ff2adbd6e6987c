"""Days that must not be missed: adding, moving, saying what became of them."""

from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework.procedures import actions, queries
from waystation.casework.procedures.codes import DayAct, DayKind
from waystation.casework.procedures.documents import DayDocument
from waystation.casework.procedures.forms import CameForm, DayForm, MoveForm
from waystation.casework.procedures.panels import PERMISSION
from waystation.casework.procedures.views.procedure import answer, done
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.vault import open_document


@page(PERMISSION)
def add(request: StaffRequest, procedure_id: UUID) -> HttpResponse:
    """Write down a day; `kind` in the address says what it most likely is."""
    row = queries.get_for(request.actor, procedure_id)
    asked = request.GET.get("kind", "")
    form = DayForm(request.POST or None, initial={"kind": asked if asked in DayKind.values else ""})

    def save(_answers: dict[str, Any]) -> None:
        actions.add_day(by=request.actor, procedure_id=row.pk, document=DayDocument(**form.answers()))

    return answer(request, row, form, _("A day that must not be missed"), save)


@page(PERMISSION)
def of_day(request: StaffRequest, day_id: UUID) -> HttpResponse:
    """A day stands on the page of its procedure."""
    day = queries.day_for(request.actor, day_id)
    return redirect(f"{reverse('procedures:procedure', args=[day.procedure_id])}#day-{day.pk}")


@page(PERMISSION)
def move(request: StaffRequest, day_id: UUID) -> HttpResponse:
    """Correct a day or move it; what stood there is kept."""
    day = queries.day_for(request.actor, day_id)
    said = open_document(day, DayDocument, by=request.actor)
    initial = {name: getattr(said, name) for name in ("kind", "day", "place", "bring")}
    form = MoveForm(request.POST or None, initial={**initial, "at": time.fromisoformat(said.at) if said.at else None})

    def save(answers: dict[str, Any]) -> None:
        document = DayDocument(**form.answers())
        actions.move_day(by=request.actor, day_id=day.pk, document=document, why=answers["why"])

    return answer(request, day.procedure, form, str(DayAct.MOVE.label), save)


@page(PERMISSION)
def came(request: StaffRequest, day_id: UUID, act: str) -> HttpResponse:
    """What became of it."""
    day = queries.day_for(request.actor, day_id)
    if act not in DayAct.values or act == DayAct.MOVE:
        raise NotFound
    form = CameForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.say_what_became(by=request.actor, day_id=day.pk, act=act, **answers)

    return answer(request, day.procedure, form, str(DayAct(act).label), save)


@page(PERMISSION)
@require_POST
def ready(request: StaffRequest, day_id: UUID) -> HttpResponse:
    """One tap: seen to, as far as today."""
    day = queries.day_for(request.actor, day_id)
    ended = actions.see_to(by=request.actor, day_id=day.pk)
    if not ended:
        messages.info(request, _("Nothing warns yet."))
        return redirect("procedures:procedure", day.procedure_id)
    return done(request, day.procedure_id)
