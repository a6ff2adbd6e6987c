"""The HTTP API of a node: rooms' routers behind one door, personal tokens, errors as problem+json (RFC 9457)."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from waystation.accounts.api import PersonalToken, actor_of_request
from waystation.accounts.tokens import TokenMissing
from waystation.casework.api import router as desk
from waystation.config.contract import DescribedAPI
from waystation.kernel.errors import Invalid, Problem
from waystation.kernel.pages import ANYONE, SIGNED_IN, page
from waystation.people.api import router as people
from waystation.web.middleware import problem_json


class NotJson(Invalid):
    """A body that is no JSON; `fields` says where reading stopped."""

    code = "not-json"
    status = 400
    message = _("The body could not be read. Send one JSON document in UTF-8.")


class WrongContentType(Problem):
    """A form, a file, or a body that does not say what it is."""

    code = "wrong-content-type"
    status = 415
    message = _("Send the body as JSON, with the header “Content-Type: application/json”.")


class BodyTooLong(Problem):
    """More than any call here can need."""

    code = "too-much"
    status = 413
    message = _("The body is too long (2 MB at most). Send it in several calls.")


class JsonOnly(Parser):
    """Reads JSON and nothing else, so that no page of another site can post to the API by a form."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """What stands in the body. Raises WrongContentType, NotJson."""
        if request.content_type != "application/json":
            raise WrongContentType
        try:
            return super().parse_body(request)
        except json.JSONDecodeError as wrong:
            raise NotJson({"body": f"{wrong.msg} (line {wrong.lineno}, column {wrong.colno})"}) from wrong
        except (ValueError, RecursionError) as wrong:
            raise NotJson({}) from wrong


class Description(Schema):
    """Who the token stands for."""

    handle: str
    role: str
    compartments: list[str]


api = DescribedAPI(
    title="Waystation",
    version="1",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    docs_decorator=page(ANYONE),
    parser=JsonOnly(),
    # For an operation that forgets to declare its own: no such permission exists, so nobody may call it.
    auth=PersonalToken(""),
    description="The same actions, permissions, budget and log as the pages.",
)
api.add_router("/people", people)
api.add_router("", desk)


@api.get("/me", response=Description, auth=PersonalToken(SIGNED_IN))
def me(request: HttpRequest) -> Description:
    """Who this token stands for."""
    actor = actor_of_request(request)
    return Description(handle=actor.handle, role=actor.role, compartments=sorted(actor.compartments))


@api.exception_handler(Problem)
def refused(_request: HttpRequest, problem: Problem) -> HttpResponse:
    """Any refusal of the door or of an action."""
    return problem_json(problem)


@api.exception_handler(AuthenticationError)
def without_token(_request: HttpRequest, _problem: AuthenticationError) -> HttpResponse:
    """No token at all, or another kind of authorization."""
    return problem_json(TokenMissing())


@api.exception_handler(HttpError)
def not_parsed(_request: HttpRequest, problem: HttpError) -> HttpResponse:
    """What the parser refused: django-ninja wraps it in an error of its own."""
    cause = problem.__cause__
    if not isinstance(cause, Problem):
        raise problem
    return problem_json(cause)


@api.exception_handler(RequestDataTooBig)
def too_long(_request: HttpRequest, _problem: RequestDataTooBig) -> HttpResponse:
    """A body that is not even read."""
    return problem_json(BodyTooLong())


@api.exception_handler(ValidationError)
def not_of_the_shape(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """A body that is not of the declared shape: each field by its way from the top of the body."""
    return problem_json(Invalid({_way(error["loc"]): str(error["msg"]) for error in problem.errors}))


def _way(location: tuple[str | int, ...]) -> str:
    """`members.0.sex` for what django-ninja calls `body, body, members, 0, sex`; `body` for the whole."""
    return ".".join(map(str, location[2:])) or "body"
