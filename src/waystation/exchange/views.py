"""Pages about other nodes: whom we know and trust, what waits, left and came, and the stick."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.exchange import actions, descriptors, identity, meeting, parcels, queries, words
from waystation.exchange.circles.queries import binding
from waystation.exchange.codes import GAP_OLD, PEERS, PeerAct, PeerState
from waystation.exchange.forms import AddressesForm, DescriptorForm, RouteForm, StickForm, WordsForm
from waystation.exchange.meeting import NotMet
from waystation.exchange.models import Peer
from waystation.exchange.problems import NotTheirRoot, OlderDescriptor, OwnDescriptor, WordsDiffer
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now, today
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.web.forms import mend, status_of

PAGE, NEWEST = 50, 10
FITS_A_CODE = 2300
"""Letters that a QR code of the largest version holds, with correction M."""


@page("exchange.view")
def nodes(request: StaffRequest) -> HttpResponse:
    """The nodes we know, and what must not be overlooked."""
    peers = list(queries.with_counts(request.actor))
    gaps = queries.gaps(request.actor)
    context = {
        "peers": peers,
        "old_gaps": queries.old_gaps(gaps),
        "gap_days": GAP_OLD.days,
        "warned": [peer for peer in peers if peer.log_problem],
        **_may(request.actor),
    }
    return render(request, "exchange/nodes.html", context)


@page("exchange.view")
def this_node(request: StaffRequest) -> HttpResponse:
    """This node's descriptor, to give to another node; its words, to read aloud; where it is reached."""
    own = identity.required()
    may = _may(request.actor)
    form = AddressesForm(request.POST or None, initial={"addresses": "\n".join(own.addresses)})
    if request.method == "POST":
        policies.require(request.actor, "exchange.manage")
        if form.is_valid():
            try:
                actions.announce(by=request.actor, addresses=form.cleaned_data["addresses"].splitlines())
            except Invalid as problem:
                mend(form, problem)
            else:
                messages.success(request, _("Recorded. Every trusted node is told."))
                return redirect("exchange:this-node")
    file = bytes(own.descriptor)
    text = descriptors.to_text(file)
    context = {
        "descriptor": descriptors.read(file),
        "text": text,
        "code": text if len(text) <= FITS_A_CODE else "",
        "form": form,
        **may,
    }
    return render(request, "exchange/this_node.html", context, status=status_of(form))


@page("exchange.view")
def descriptor_file(_request: StaffRequest) -> HttpResponse:
    """This node's descriptor as a file."""
    return download(bytes(identity.required().descriptor), "this-node.waystation", "application/cbor")


@page("exchange.manage")
def add(request: StaffRequest) -> HttpResponse:
    """Write down another node by its descriptor."""
    form = DescriptorForm(request.POST, request.FILES) if request.method == "POST" else DescriptorForm()
    if request.method == "POST" and form.is_valid():
        try:
            peer = _met(request.actor, form)
        except Invalid as problem:
            mend(form, Invalid({form.came_as: problem.fields["file"]}))
        except NotMet as problem:
            form.add_error("address", str(problem))
        except (NotTheirRoot, OwnDescriptor, OlderDescriptor) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("exchange:node", peer.pk)
    return render(request, "exchange/add.html", {"form": form}, status=status_of(form))


@page("exchange.view")
def node_page(request: StaffRequest, peer_id: UUID) -> HttpResponse:
    """One node: its state, its words, and the newest of what went between us."""
    peer = queries.get_for(request.actor, peer_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST":
        policies.require(request.actor, "exchange.trust")
        if form.is_valid():
            try:
                actions.trust(by=request.actor, peer_id=peer.pk, words=form.cleaned_data["words"])
            except WordsDiffer as problem:
                form.add_error("words", str(problem))
            else:
                messages.success(request, _("They are trusted. You can send to them now."))
                return redirect("exchange:node", peer.pk)
    return render(request, "exchange/node.html", _of_node(request, peer, form), status=status_of(form))


@page("exchange.manage")
@require_POST
def suspend(request: StaffRequest, peer_id: UUID) -> HttpResponse:
    """Send nothing more to a node and take nothing of it."""
    actions.suspend(by=request.actor, peer_id=peer_id)
    messages.success(request, _("Suspended. What waits for them waits until they are trusted again."))
    return redirect("exchange:node", peer_id)


@page("exchange.manage")
def route(request: StaffRequest, peer_id: UUID) -> HttpResponse:
    """Who holds a node's mail."""
    peer = queries.get_for(request.actor, peer_id)
    others = [(str(one.pk), one.name) for one in queries.trusted().exclude(pk=peer.pk)]
    initial = {"relay": str(peer.relay_id or ""), "holds_mail": peer.holds_mail}
    form = RouteForm(request.POST or None, others=others, initial=initial)
    if request.method == "POST" and form.is_valid():
        relay = form.cleaned_data["relay"]
        holds = form.cleaned_data["holds_mail"]
        actions.route(by=request.actor, peer_id=peer.pk, relay_id=UUID(relay) if relay else None, holds_mail=holds)
        messages.success(request, _("Recorded."))
        return redirect("exchange:node", peer.pk)
    context = {"form": form, "peer": peer}
    return render(request, "exchange/route.html", context, status=status_of(form))


@page("exchange.view")
def mail(request: StaffRequest) -> HttpResponse:
    """What waits, left, came, is missing and is held."""
    sent = Paginator(queries.outgoing(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "sent": words.with_kinds(sent),
        "page": sent,
        "came": words.with_kinds(queries.incoming(request.actor)[:PAGE]),
        "gaps": queries.gaps(request.actor),
        "gap_days": GAP_OLD.days,
        "held": [(row, words.reason(row.reason)) for row in queries.held(request.actor)[:PAGE]],
        "dropped": [(row, words.reason(row.reason)) for row in queries.dropped(request.actor)[:NEWEST]],
        **_may(request.actor),
    }
    return render(request, "exchange/mail.html", context)


@page("exchange.manage")
@require_POST
def throw_away(request: StaffRequest, held_id: int) -> HttpResponse:
    """Throw away a file that could not be taken."""
    actions.throw_away(by=request.actor, held_id=held_id)
    messages.success(request, _("Thrown away."))
    return redirect("exchange:mail")


@page("exchange.carry")
def stick(request: StaffRequest) -> HttpResponse:
    """Take sealed messages along on a stick, and take in those of others."""
    form = StickForm(request.POST, request.FILES) if request.method == "POST" else StickForm()
    said: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        opened = parcels.take(by=request.actor, uploads=form.cleaned_data["parcel"])
        refused = [(name, words.reason(code) if code else words.DAMAGED) for name, code in opened.refused[:NEWEST]]
        said = {"outcomes": words.outcomes(opened.outcomes), "refused": refused}
        form = StickForm()
    context = {"form": form, "anything": parcels.anything_to_carry(), **said}
    return render(request, "exchange/stick.html", context, status=status_of(form))


@page("exchange.carry")
@require_POST
def take_along(request: StaffRequest) -> HttpResponse:
    """What waits, as one file for a stick."""
    return download(parcels.packed(by=request.actor), f"waystation-{today():%Y-%m-%d}.zip", "application/zip")


def _met(actor: Actor, form: DescriptorForm) -> Peer:
    said = form.cleaned_data
    if "raw" in said:
        return actions.meet(by=actor, file=said["raw"])
    return meeting.meet_at(by=actor, address=said["address"])


def _of_node(request: StaffRequest, peer: Peer, form: WordsForm) -> dict[str, Any]:
    return {
        "peer": peer,
        "form": form,
        "words": actions.fingerprint_of(peer) if peer.state == PeerState.TRUSTED else "",
        "calls_itself": descriptors.read(bytes(peer.descriptor)).name,
        "may_be_trusted": PEERS.allows(peer.state, PeerAct.TRUST),
        "may_be_suspended": PEERS.allows(peer.state, PeerAct.SUSPEND),
        "sent": words.with_kinds(queries.outgoing(request.actor, peer=peer)[:NEWEST]),
        "came": words.with_kinds(queries.incoming(request.actor, peer=peer)[:NEWEST]),
        "gaps": [gap for gap in queries.gaps(request.actor) if gap.peer.pk == peer.pk],
        "circles": binding(peer.pk, identity.node_id()),
        "now": now(),
        **_may(request.actor),
    }


def _may(actor: Actor) -> dict[str, bool]:
    return {f"may_{act}": policies.permits(actor, f"exchange.{act}") for act in ("manage", "trust", "carry")}


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
