"""Pages of what leaves as PFIF: what stands with whom, a new file, what is over."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.exchange import identity
from waystation.familylinks.pfif import exporting, queries
from waystation.familylinks.pfif.codes import USUAL_DAYS, Told
from waystation.familylinks.pfif.forms import FileForm
from waystation.kernel import clock
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import RecipientKind
from waystation.web.forms import mend, status_of


@page("pfif.write")
def records(request: StaffRequest) -> HttpResponse:
    """What stands with which registry, and what of it is over."""
    rows = [(row, RecipientKind(row.recipient_kind).label) for row in queries.by_recipient(request.actor)]
    return render(request, "pfif/records.html", {"rows": rows})


@page("pfif.write")
def write(request: StaffRequest) -> HttpResponse:
    """Who allows it today; then the file, each of them written down as told."""
    initial = {
        "until": clock.today() + timedelta(days=USUAL_DAYS),
        "domain": queries.last_domain() or _own_domain(),
        "fields_told": [Told.SEX, Told.BIRTH, Told.COUNTRY],
    }
    form = FileForm(request.POST or None, initial=initial)
    chosen = None
    if request.method == "POST" and form.is_valid():
        try:
            if "write" in request.POST:
                return _file(exporting.write_file(by=request.actor, draft=form.draft()))
            chosen = exporting.chosen(request.actor, form.draft())
        except Invalid as problem:
            mend(form, problem)
            if not problem.fields:
                form.add_error(None, str(problem))
    told = [Told(code).label for code in form.cleaned_data.get("fields_told", ())] if chosen else []
    context = {"form": form, "chosen": chosen, "told": _(", ").join(map(str, [_("Name"), *told]))}
    return render(request, "pfif/write.html", context, status=status_of(form))


@page("pfif.write")
@require_POST
def over(request: StaffRequest) -> HttpResponse:
    """What is over with one registry, as placeholders."""
    kind, recipient = request.POST.get("recipient_kind", ""), request.POST.get("recipient", "")
    try:
        return _file(exporting.write_over(by=request.actor, recipient_kind=kind, recipient=recipient))
    except Invalid as problem:
        messages.error(request, str(problem))
        return redirect("pfif:records")


def _own_domain() -> str:
    """The domain at which other nodes reach us, where there is one."""
    own = identity.ensure()
    hosts = [urlsplit(address).hostname or "" for address in own.addresses] if own else []
    return next((host for host in hosts if exporting.DOMAIN.fullmatch(host)), "")


def _file(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/xml")
    answer["Content-Disposition"] = 'attachment; filename="pfif.xml"'
    return answer
