"""The health summary: its lines, handing it on, reading one that another post wrote."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import CheckboxInput
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.health import actions, queries
from waystation.casework.health.codes.diseases import Result
from waystation.casework.health.codes.summary import WRITTEN, Absent, Kind
from waystation.casework.health.forms.summary import HandOverForm, LineForm, ReadForm
from waystation.casework.health.models import LineDocument, Received, ReceivedDocument, ReceivedSection
from waystation.casework.health.views.common import base, home, page_of, patient
from waystation.casework.health.views.person import disease_of
from waystation.kernel import clock
from waystation.kernel.errors import ConsentMissing, Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import USUAL_CONSENT, DisclosureKind, GivenBy, RecipientKind
from waystation.people.views.common import suggested_languages
from waystation.vault import open_document
from waystation.web.forms import mend, status_of

FHIR = "application/fhir+json"


@page("health.work")
def line(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """One line of the summary."""
    person = patient(request, person_id)
    form = LineForm(request.POST or None, initial={"kind": request.GET.get("kind")})

    def save(_answers: dict[str, Any]) -> None:
        actions.write_line(by=request.actor, person_id=person.pk, document=form.document())

    return page_of(request, person, form, _("Write into the health summary"), save)


@page("health.work")
@require_POST
def none(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The person was asked and says that there is none."""
    try:
        actions.none_known(by=request.actor, person_id=person_id, kind=request.POST.get("kind", ""))
        messages.success(request, _("Recorded."))
    except Invalid as problem:
        messages.error(request, str(problem.fields["kind"]))
    return redirect(home(person_id))


@page("health.work")
@require_POST
def end(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """It is no longer so."""
    row = actions.end_line(by=request.actor, line_id=line_id)
    messages.success(request, _("Recorded."))
    return redirect(home(row.person_id))


@page("health.work")
def hand_over(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What the person wants told, to whom; then the file, at once."""
    person, by = patient(request, person_id), request.actor
    lines = [(str(row.pk), _in_words(text)) for row, text in queries.lines_of(person, by=by)]
    results = [
        (str(row.pk), f"{disease_of(text)}: {Result(text.result).label}")
        for row, text in queries.screenings_of(person, by=by)
        if text.result
    ]
    form = HandOverForm(
        request.POST or None, lines=lines, results=results, initial=_usual(lines, request.GET.get("to", "self"))
    )
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            return _file(actions.hand_over(by=by, person_id=person.pk, what=form.what()))
        except Invalid as problem:
            mend(form, problem)
        except ConsentMissing:
            refused = _("The person said earlier that this recipient must never be told. Nothing has left.")
    more = {"form": form, "refused": refused, "back": home(person.pk), "suggestions": suggested_languages()}
    status = 409 if refused else status_of(form)
    return render(request, "health/hand_over.html", {**base(request, person), **more}, status=status)


def _usual(lines: list[tuple[str, str]], to: str) -> dict[str, Any]:
    return {
        "lines": [number for number, _words in lines],
        "to": to,
        "recipient_kind": RecipientKind.HEALTH,
        "kind": DisclosureKind.PAPER,
        "given_by": GivenBy.SELF,
        "expires_on": clock.today() + USUAL_CONSENT,
    }


def _in_words(text: LineDocument) -> str:
    said = _("None known") if text.none else " · ".join(part for part in (text.text, text.more, text.since) if part)
    return f"{Kind(text.kind).label}: {said}"


def _file(content: bytes, name: str = "health-summary.json") -> HttpResponse:
    answer = HttpResponse(content, content_type=FHIR)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@page("health.work")
def read(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A summary that another post wrote. What cannot be read comes back as text, with what to mend."""
    person = patient(request, person_id)
    form = ReadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        raw = form.raw()
        try:
            same = form.cleaned_data["same"]
            row = actions.keep_received(by=request.actor, person_id=person.pk, raw=raw, same_person=same)
        except Invalid as problem:
            form = _returned(form, raw)
            mend(form, problem)
            if "same" in problem.fields:
                form.fields["same"].widget = CheckboxInput()
        else:
            messages.success(request, _("Read and kept. Compare it with the person before you rely on it."))
            return redirect("health:received", row.pk)
    context = {**base(request, person), "form": form, "back": home(person.pk)}
    return render(request, "health/read.html", context, status=status_of(form))


def _returned(form: ReadForm, raw: bytes) -> ReadForm:
    """The same form with what was in the file as its text."""
    typed = {"text": raw.decode("utf-8-sig", errors="replace"), "same": form.cleaned_data["same"]}
    again = ReadForm(typed)
    again.full_clean()
    return again


@page("health.work")
def received(request: StaffRequest, received_id: UUID) -> HttpResponse:
    """What another post wrote, as it wrote it."""
    row = queries.get_for(request.actor, Received, received_id)
    text = open_document(row, ReceivedDocument, by=request.actor)
    context = {
        **base(request, row.person),
        "row": row,
        "text": text,
        "sections": [_shown(number, section) for number, section in enumerate(text.sections)],
        "handles": handles({row.by}),
        "has_file": bool(row.original),
    }
    return render(request, "health/received.html", context)


def _shown(number: int, section: ReceivedSection) -> dict[str, Any]:
    return {
        "number": number,
        "title": Kind(section.kind).label if section.kind else section.title,
        "lines": [(one, Absent(one.absent).label if one.absent else "") for one in section.lines],
        "text": "" if section.lines else section.text,
        "ours": section.kind in WRITTEN,
    }


@page("health.work")
def original(request: StaffRequest, received_id: UUID) -> HttpResponse:
    """The file as it came."""
    row = queries.get_for(request.actor, Received, received_id)
    return _file(queries.original_of(row, by=request.actor), "health-summary-received.json")


@page("health.work")
@require_POST
def take_over(request: StaffRequest, received_id: UUID) -> HttpResponse:
    """Write a line of it into our own summary."""
    section, _dot, number = request.POST.get("line", "").partition(".")
    wanted = (int(section), int(number)) if section.isdecimal() and number.isdecimal() else (-1, -1)
    try:
        actions.take_over(by=request.actor, received_id=received_id, section=wanted[0], line=wanted[1])
        messages.success(request, _("Written into ours, with who told it."))
    except Invalid as problem:
        messages.error(request, str(problem))
    return redirect("health:received", received_id)
