"""Pages of files: the list with its form, taking a file in parts or whole, opening, erasing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.files import actions, queries, store
from waystation.casework.files.arriving import SealingHandler
from waystation.casework.files.codes import LARGEST, Kind
from waystation.casework.files.forms import FileForm
from waystation.casework.files.models import StoredFile
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid, Problem
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.vault.stream import PART
from waystation.web.forms import mend, status_of


@csrf_exempt  # checked below: the check reads the body, which must be sealed as it comes and not before
@page("files.work")
def files(request: StaffRequest, person_id: UUID) -> HttpResponseBase:
    """A person's files, and the form for another."""
    handler = SealingHandler(by=request.actor, person_id=person_id)
    request.upload_handlers = [handler]

    @csrf_protect
    def checked(request: HttpRequest) -> HttpResponse:
        return _files(request, person_id, handler)  # type: ignore[arg-type]

    return checked(request)


def _files(request: StaffRequest, person_id: UUID, handler: SealingHandler) -> HttpResponse:
    person = people.get_for(request.actor, person_id)
    initial = {"kind": Kind.OTHER, "compartment": Compartment.BASIC}
    form = FileForm(request.POST or None, request.FILES or None, by=request.actor, initial=initial)
    if request.method == "POST" and _kept(request, person, form, handler):
        messages.success(request, _("Kept, sealed."))
        return redirect("files:files", person.pk)
    return render(request, "files/files.html", _context(request, person, form), status=status_of(form))


def _kept(request: StaffRequest, person: Person, form: FileForm, handler: SealingHandler) -> bool:
    """Whether the file is whole now. What came already is not asked for again when the words need mending."""
    arrived = request.FILES.get("file")
    if arrived is not None:
        name = form.data.get("name") or arrived.name
        form.data = {**form.data.dict(), "upload": str(arrived.row.pk), "name": name}  # type: ignore[attr-defined]
    if not form.is_valid():
        return False
    try:
        if handler.problem is not None:
            raise handler.problem
        upload = form.cleaned_data["upload"]
        if upload is None:
            raise Invalid({"file": _("Choose a file.")})
        told = {"compartment": form.cleaned_data["compartment"], "document": form.document()}
        begun = queries.arriving_for(request.actor, person, upload)
        actions.finish(by=request.actor, file_id=begun.pk, **told)
    except Invalid as problem:
        mend(form, problem)
    except Problem as problem:
        form.add_error(None, str(problem))
    return not form.errors


@page("files.work")
@require_POST
def begin(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A browser that can send in parts asks where to put them, or goes on with what it sent before."""
    upload, size = request.POST.get("upload", ""), request.POST.get("size", "")
    number = int(size) if size.isdecimal() and len(size) <= len(str(LARGEST)) else 0
    person = people.get_for(request.actor, person_id)
    row = _going_on(request, person, upload, number) if upload else None
    if row is None:
        try:
            row = actions.begin(by=request.actor, person_id=person.pk, size=number, name=request.POST.get("name", ""))
        except Invalid as problem:
            return JsonResponse({"problem": str(next(iter(problem.fields.values())))}, status=422)
    return JsonResponse({"upload": str(row.pk), "part": PART, "there": store.there(row.pk, row.size)})


def _going_on(request: StaffRequest, person: Person, upload: str, size: int) -> StoredFile | None:
    try:
        row = queries.arriving_for(request.actor, person, UUID(upload))
    except (ValueError, Problem):
        return None
    return row if row.size == size else None


@page("files.work")
@require_POST
def part(request: StaffRequest, upload_id: UUID, number: int) -> HttpResponse:
    """One part, as its bytes."""
    try:
        there = actions.put_part(by=request.actor, file_id=upload_id, number=number, plain=request.body)
    except Invalid as problem:
        return JsonResponse({"problem": str(next(iter(problem.fields.values())))}, status=422)
    return JsonResponse({"there": there})


@page("files.work")
def content(request: StaffRequest, file_id: UUID) -> StreamingHttpResponse:
    """The file, to keep and never to run in the browser."""
    row = queries.get_for(request.actor, file_id)
    document, parts = queries.content(row, by=request.actor)
    answer = StreamingHttpResponse(parts, content_type="application/octet-stream")
    answer["Content-Length"] = str(row.size)
    answer["Content-Encoding"] = "identity"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=document.name)
    answer["Cache-Control"] = "no-store"
    return answer


@page("files.work")
def erase(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Ask once more, then erase for good."""
    row = queries.visible_to(request.actor).select_related("person").filter(pk=file_id).first()
    if request.method == "POST":
        person_id = row.person_id if row else file_id
        actions.erase(by=request.actor, file_id=file_id)
        messages.success(request, _("Erased. Nobody can bring it back."))
        return redirect("files:files", person_id)
    row = queries.get_for(request.actor, file_id)
    document, _parts = queries.content(row, by=request.actor)
    context = {**_head(request, row.person), "file": row, "said": document}
    return render(request, "files/erase.html", context)


def _context(request: StaffRequest, person: Person, form: FileForm) -> dict[str, Any]:
    shown = queries.of_person(person, by=request.actor)
    upload = form.data.get("upload", "") if form.is_bound else ""
    return {
        **_head(request, person),
        "form": form,
        "arrived": upload,
        "files": [
            (
                row,
                text,
                Kind(text.kind).label if text.kind else "",
                readers_of("files.work", row.compartment_of_row, person),
            )
            for row, text in shown
            if str(row.pk) != upload
        ],
        "handles": handles({row.by for row, _text in shown}),
        "begin": reverse("files:begin", args=[person.pk]),
        "largest": LARGEST,
    }


def _head(request: StaffRequest, person: Person) -> dict[str, Any]:
    return {"person": person, "identity": people.identity_of(person, by=request.actor)}
