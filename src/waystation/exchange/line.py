"""Where other nodes put their files when there is a line: no cookie, no account; an envelope proves itself."""

from contextlib import suppress
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from waystation.exchange import bundles, cutting, descriptors, inbox, standing
from waystation.exchange.codes import Road
from waystation.exchange.inbox import Outcome
from waystation.kernel.errors import NodeLocked, StorageFailed
from waystation.kernel.pages import ANYONE, page
from waystation.vault import node

CONTENT = "application/cbor-seq"
RETRY_SECONDS = 300
MOST_FRUITLESS, WINDOW_SECONDS = 60, 60
"""Files of nobody we trust, or of no use, that one address may send in a minute."""
MOST_REPEATED = 2000
"""Copies of what came before, receipts, and questions for mail that one address may send in a minute: whoever recorded
one of a trusted node may bring it again and again. Of a bundle whose answer was lost, 500 come twice."""
MOST_ASKED = 60
"""How often one address may ask for the descriptor in a minute."""
DESCRIPTOR_LASTS = 300
"""Seconds for which whoever asked, or stands between, may keep the answer."""
COUNTED = {
    "fruitless": (MOST_FRUITLESS, {Outcome.HELD, Outcome.DROPPED}),
    "repeated": (MOST_REPEATED, {Outcome.AGAIN, Outcome.ANSWER}),
}
"""What shuts an address out for a minute: how many, and of which outcomes."""


@page(ANYONE)
@csrf_exempt
@require_POST
def inbox_view(request: HttpRequest) -> HttpResponse:
    """Take one file or a CBOR sequence of files, and answer with files in the same form.

    413: too large. 400: no file and no sequence. 429: too much of no use from this address. 503: locked, or busy;
    nothing was kept, try again later.
    """
    if _is_shut_out(request):
        return _empty(429, retry=WINDOW_SECONDS)
    if cutting.is_cut() or not node.is_unlocked():
        return _empty(503, retry=RETRY_SECONDS)
    body = _body(request)
    if body is None:
        return _empty(413)
    try:
        files = bundles.unpack(body)
    except bundles.NotABundle:
        _count(request, "fruitless", 1)
        return _empty(400)
    try:
        taken, answers = inbox.take_all(files, Road.HTTPS)
    except (NodeLocked, StorageFailed, OperationalError):
        return _empty(503, retry=RETRY_SECONDS)
    for what, (_most, outcomes) in COUNTED.items():
        _count(request, what, sum(one.outcome in outcomes for one in taken))
    return HttpResponse(bundles.pack(answers), content_type=CONTENT)


@page(ANYONE)
@csrf_exempt
@require_safe
def descriptor_view(request: HttpRequest) -> HttpResponse:
    """This node's descriptor, for whoever adds it by its address; of use while the node is locked, too.

    404: it does not say that it is reached at any address, so it does not say whose it is either. 429: asked too often.
    """
    if cache.get(_key(request, "asked"), 0) >= MOST_ASKED:
        return _empty(429, retry=WINDOW_SECONDS)
    _count(request, "asked", 1)
    file = standing.own_descriptor()
    if file is None or not descriptors.read(file).addresses:
        return _empty(404)
    headers = {"Cache-Control": f"public, max-age={DESCRIPTOR_LASTS}"}
    return HttpResponse(file, content_type="application/cbor", headers=headers)


def _body(request: HttpRequest) -> bytes | None:
    """The whole body, past Django's limit for forms; None when there is more than a bundle may have."""
    length: Any = request.META.get("CONTENT_LENGTH") or 0
    if int(length) > bundles.MOST_BYTES:
        return None
    body = request.read(bundles.MOST_BYTES + 1)
    return body if len(body) <= bundles.MOST_BYTES else None


def _key(request: HttpRequest, what: str) -> str:
    return f"exchange-{what}-{_whose(request.META.get('REMOTE_ADDR', ''))}"


def _whose(address: str) -> str:
    """Who is counted as one: whoever has one address of IPv6 has 2^64 of them, and would never be shut out."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    known = getattr(known, "ipv4_mapped", None) or known
    return str(known if isinstance(known, IPv4Address) else ip_network((known, 64), strict=False))


def _is_shut_out(request: HttpRequest) -> bool:
    return any(cache.get(_key(request, what), 0) > most for what, (most, _outcomes) in COUNTED.items())


def _count(request: HttpRequest, what: str, count: int) -> None:
    if count and not cache.add(_key(request, what), count, WINDOW_SECONDS):
        with suppress(ValueError):  # its minute ended just now
            cache.incr(_key(request, what), count)


def _empty(status: int, *, retry: int = 0) -> HttpResponse:
    headers = {"Retry-After": str(retry)} if retry else {}
    return HttpResponse(status=status, content_type=CONTENT, headers=headers)
