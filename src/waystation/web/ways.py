"""Where a page leads on: only ever to a page of this node."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def next_of(request: HttpRequest, otherwise: str = "/", *, target: str | None = None) -> str:
    """Where a form says one was (its field `next`, or `target`); `otherwise` where it says nothing, or an address
    elsewhere."""
    said = request.POST.get("next", "") if target is None else target
    return said if said and url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}) else otherwise


def page_before(request: HttpRequest) -> str:
    """The page whose button was pressed, as the browser says; empty where it says nothing, or an address elsewhere."""
    before = next_of(request, "", target=request.headers.get("Referer", ""))
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
