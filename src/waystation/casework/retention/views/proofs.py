"""Proofs of erasures, on paper and as a file."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from waystation.audit import verify
from waystation.casework.retention import queries
from waystation.kernel.pages import StaffRequest, page

PER_PAGE = 25


@page("retention.proofs")
def proofs(request: StaffRequest) -> HttpResponse:
    """Erasures of the last weeks, by the number of the record."""
    shown = Paginator(queries.proofs(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/proofs.html", {"page": shown})


@page("retention.proofs")
def proof(request: StaffRequest, proof_id: UUID) -> HttpResponse:
    """One proof, to be printed and handed over."""
    found = queries.proof_for(request.actor, proof_id)
    counts = [(gettext(label), count) for label, count in found.counts]
    context = {"proof": found, "receipt": queries.receipt_of(found), "counts": counts, "vkey": verify.verifier_key()}
    return render(request, "retention/proof.html", context)


@page("retention.proofs")
def receipt(request: StaffRequest, proof_id: UUID) -> HttpResponse:
    """One proof as a file that `waystation audit verify --proof` reads."""
    found = queries.proof_for(request.actor, proof_id)
    text = queries.receipt_of(found)
    headers = {"Content-Disposition": f'attachment; filename="erased-{found.at:%Y-%m-%d}.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)
