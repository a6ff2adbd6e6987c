"""The door of the HTTP API: whose token it is, whether their role may call the operation, and what a body may hold."""

from typing import Any

from django.http import HttpRequest
from ninja import Schema
from ninja.security import HttpBearer
from pydantic import ConfigDict

from waystation.accounts.tokens import actor_for_token
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.pages import SIGNED_IN


class Body(Schema):
    """What a program sends. A field nobody declared is refused: a misspelt one must not be lost without a word."""

    model_config = ConfigDict(extra="forbid", use_enum_values=True)


def example(**values: Any) -> ConfigDict:
    """`model_config` of a whole body: an example for the contract, which the tests send."""
    return ConfigDict(json_schema_extra={"examples": [values]})


class PersonalToken(HttpBearer):
    """`Authorization: Bearer wst_…`, and the one permission an operation declares: `auth=PersonalToken("people.view")`.

    It is asked before the body is read, so that nobody learns from an error what their role may not do. The contract
    and the table of every role on every operation are made from these declarations.
    """

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Actor:  # noqa: ARG002 - django-ninja calls it so
        """The actor of the token. Raises what `actor_for_token` raises, and NotAllowed."""
        actor = actor_for_token(token)
        if self.permission != SIGNED_IN:
            policies.require(actor, self.permission)
        return actor


def actor_of_request(request: HttpRequest) -> Actor:
    """The actor that the token stands for."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor
