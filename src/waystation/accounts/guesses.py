"""Wrong tries at passphrases and codes, counted by django-axes for a name and the address they come from."""

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from waystation.accounts.backends import client_address


def may_try(request: HttpRequest, name: str) -> bool:
    """False after so many wrong tries under this name from here that the next one must wait."""
    return bool(AxesProxyHandler.is_allowed(request, _credentials(name)))


def count_wrong(request: HttpRequest, name: str) -> None:
    """One more wrong try under this name from here."""
    user_login_failed.send(sender=__name__, request=request, credentials=_credentials(name))


def forget(request: HttpRequest, name: str) -> None:
    """The right one was given: earlier wrong tries under this name from here count no more."""
    reset(ip=client_address(request), username=name)


def _credentials(name: str) -> dict[str, str]:
    return {"username": name, "handle": name}
