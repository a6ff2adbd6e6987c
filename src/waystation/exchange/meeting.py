"""Meeting a node at its address: its descriptor is asked for there, and for nothing else."""

import ssl
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from waystation.exchange import actions, calling, descriptors
from waystation.exchange.models import Peer
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Problem, Text

PATH = "/exchange/descriptor"
STEP, WHOLE = 10.0, 20.0
"""Seconds for one step of asking, and for the whole of it: a person waits for the page."""
LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
SENT_ON = range(300, 400)
REASONS: dict[str, Text] = {
    "no-address": _("Write the address as it stands on their page “This node”, such as https://help.example.org"),
    "not-reached": _(
        "Nobody answers at this address. Compare it letter by letter, and see that both machines have a line now; "
        "or ask for the descriptor as a file."
    ),
    "no-certificate": _(
        "The certificate of this address is not valid, so what it says was not taken. Ask who runs that node to mend "
        "it, or for the descriptor as a file."
    ),
    "sent-on": _("This address sends on to another one. Ask for the address that stands on their page “This node”."),
    "busy": _("That node takes no more questions just now. Try again in some minutes."),
    "no-node": _(
        "Something answers there, but it gives no descriptor. Compare the address letter by letter. If it is right, "
        "ask them to write it on their page “This node”: a node answers only once it says where it is reached."
    ),
    "too-large": _("What answers there sends more than a descriptor can be, so it was not taken: that is no node."),
    "too-slow": _("It answers too slowly, so it was left. Try again later, or ask for the descriptor as a file."),
}


class NotMet(Problem):
    """No descriptor came from an address; `reason` is a code of REASONS."""

    status = 422

    def __init__(self, reason: str) -> None:
        self.reason, self.code = reason, f"not-met-{reason}"
        super().__init__(REASONS[reason])


def meet_at(*, by: Actor, address: str) -> Peer:
    """Write down the node that answers at an address. It is not trusted by that.

    Raises NotAllowed, NotMet, NotTheirRoot, OwnDescriptor, OlderDescriptor.
    """
    policies.require(by, "exchange.manage")
    file = fetched(address)
    return actions.meet(by=by, file=file)


def fetched(address: str) -> bytes:
    """The descriptor that a node gives of itself, as a file that was read. Raises NotMet."""
    request = urllib.request.Request(_base(address) + PATH)  # noqa: S310 - `_base` lets http and https pass only
    try:
        file = calling.ask(request, step=STEP, whole=WHOLE, most=descriptors.LARGEST)
        descriptors.read(file)
    except urllib.error.HTTPError as problem:
        raise NotMet(_reason(problem.code)) from problem
    except (calling.TooMuch, descriptors.NotADescriptor) as problem:
        raise NotMet("too-large" if isinstance(problem, calling.TooMuch) else "no-node") from problem
    except (OSError, HTTPException, ValueError) as problem:
        raise NotMet(_why_not(problem)) from problem
    return file


def _base(address: str) -> str:
    """Scheme, machine and path of an address: no name or password in it, no question."""
    typed = address.strip().rstrip("/")
    try:
        parts = urlsplit(typed)
        _port = parts.port
    except ValueError as problem:
        raise NotMet("no-address") from problem
    is_plain = descriptors.ADDRESS.fullmatch(typed) and parts.hostname and "@" not in parts.netloc
    if not is_plain or parts.query or parts.fragment or "?" in typed or "#" in typed:
        raise NotMet("no-address")
    return typed


def _reason(status: int) -> str:
    if status in SENT_ON:
        return "sent-on"
    return "busy" if status in LATER else "no-node"


def _why_not(problem: Exception) -> str:
    """Of what went wrong on the way, which words help."""
    inside = getattr(problem, "reason", problem)
    if isinstance(inside, ssl.SSLCertVerificationError):
        return "no-certificate"
    if isinstance(inside, UnicodeError):
        return "no-address"
    if isinstance(inside, TimeoutError):
        return "too-slow" if isinstance(problem, TimeoutError) else "not-reached"
    return "not-reached" if isinstance(problem, OSError) else "no-node"
