"""What a node must pass to start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution

from waystation.config.status_check.places import findings
from waystation.familylinks.asking.protocol import ristretto

HINT = (
    "Need, never status: take the question out. Where legal help truly needs it, it is free text in a legal referral."
)


def status_is_never_asked(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """One error for each model, form, code list, rule or API field that asks for legal or immigration status."""
    if app_configs is not None:
        return []
    return [
        Error(f'{found.where} asks for legal or immigration status ("{found.words}").', hint=HINT, id="waystation.S001")
        for found in findings()
    ]


def the_road_can_be_asked(app_configs: Sequence[AppConfig] | None, **_kwargs: Any) -> list[CheckMessage]:
    """A caution where the system lacks the library for asking other nodes blindly; everything else works without."""
    if app_configs is not None or ristretto.is_there():
        return []
    hint = "Debian and Ubuntu: apt install libsodium23. macOS: brew install libsodium. Then start the node again."
    says = "libsodium 1.0.18 or newer is not installed: this node can neither ask the road for people nor answer."
    return [Caution(says, hint=hint, id="waystation.S002")]
