"""Where other nodes put their files when there is a line: no cookie, no account; an envelope proves itself."""

from typing import Any

from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from waystation.exchange import bundles, cutting, inbox
from waystation.exchange.codes import Road
from waystation.exchange.inbox import Outcome
from waystation.kernel.errors import NodeLocked, StorageFailed
from waystation.kernel.pages import ANYONE, page
from waystation.vault import node

CONTENT = "application/cbor-seq"
RETRY_SECONDS = 300
MOST_FRUITLESS, WINDOW_SECONDS = 60, 60
"""Files of nobody we trust, or of no use, that one address may send in a minute."""
FRUITLESS = {Outcome.HELD, Outcome.DROPPED}


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
        _count_fruitless(request, 1)
        return _empty(400)
    try:
        taken, answers = inbox.take_all(files, Road.HTTPS)
    except (NodeLocked, StorageFailed, OperationalError):
        return _empty(503, retry=RETRY_SECONDS)
    _count_fruitless(request, sum(one.outcome in FRUITLESS for one in taken))
    return HttpResponse(bundles.pack(answers), content_type=CONTENT)


def _body(request: HttpRequest) -> bytes | None:
    """The whole body, past Django's limit for forms; None when there is more than a bundle may have."""
    length: Any = request.META.get("CONTENT_LENGTH") or 0
    if int(length) > bundles.MOST_BYTES:
        return None
    body = request.read(bundles.MOST_BYTES + 1)
    return body if len(body) <= bundles.MOST_BYTES else None


def _key(request: HttpRequest) -> str:
    return f"exchange-fruitless-{request.META.get('REMOTE_ADDR', '')}"


def _is_shut_out(request: HttpRequest) -> bool:
    return bool(cache.get(_key(request), 0) > MOST_FRUITLESS)


def _count_fruitless(request: HttpRequest, count: int) -> None:
    if count:
        cache.add(_key(request), 0, WINDOW_SECONDS)
        cache.incr(_key(request), count)


def _empty(status: int, *, retry: int = 0) -> HttpResponse:
    headers = {"Retry-After": str(retry)} if retry else {}
    return HttpResponse(status=status, content_type=CONTENT, headers=headers)
