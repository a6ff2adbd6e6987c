"""What a node must pass to start."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from waystation.config.status_check.places import findings

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
