"""The HTTP API of a node: rooms' routers behind one door, personal tokens, errors as problem+json (RFC 9457)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.security import HttpBearer

from waystation.accounts.tokens import actor_for_token
from waystation.casework.api import router as desk
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, Problem
from waystation.people.api import router as people


class PersonalToken(HttpBearer):
    """`Authorization: Bearer wst_…`: made under My account or by `waystation token`."""

    def authenticate(self, _request: HttpRequest, token: str) -> Actor | None:
        """The actor of the token; None (401) when it is unknown, expired, or the node is locked."""
        return actor_for_token(token)


class ProblemOut(Schema):
    """What was refused: a stable code, words for a person, and what to mend by field."""

    type: str
    title: str
    status: int
    fields: dict[str, str] = {}


class Description(Schema):
    """Who the token stands for."""

    handle: str
    role: str
    compartments: list[str]


api = NinjaAPI(
    title="Waystation",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=PersonalToken(),
    description="The same actions, permissions, budget and log as the pages.",
)
api.add_router("/people", people)
api.add_router("", desk)


@api.get("/me", response=Description)
def me(request: HttpRequest) -> Description:
    """Who this token stands for."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return Description(handle=actor.handle, role=actor.role, compartments=sorted(actor.compartments))


@api.exception_handler(Problem)
def refused(_request: HttpRequest, problem: Problem) -> HttpResponse:
    """Any refusal of an action."""
    fields = {name: str(says) for name, says in problem.fields.items()} if isinstance(problem, Invalid) else {}
    return _problem(problem.code, str(problem), problem.status, fields)


@api.exception_handler(ValidationError)
def not_read(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """A body that is not of the declared shape."""
    fields = {".".join(str(part) for part in error["loc"][1:]): str(error["msg"]) for error in problem.errors}
    return _problem("invalid", "Some fields need mending.", 422, fields)


def _problem(code: str, title: str, status: int, fields: dict[str, Any]) -> HttpResponse:
    body = {"type": code, "title": title, "status": status, "fields": fields}
    return JsonResponse(body, status=status, content_type="application/problem+json")
