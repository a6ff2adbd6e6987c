"""What the API promises, as OpenAPI: django-ninja's own description, with permissions and refusals added."""

from typing import Any

from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from waystation.accounts.api import PersonalToken

PROBLEM = "application/problem+json"


class ProblemOut(Schema):
    """What was refused (RFC 9457): a stable code, words for a person, and what to mend by field."""

    type: str
    title: str
    status: int
    fields: dict[str, str]


class Contract(OpenAPISchema):
    """The description of every operation; its security names the permission that the operation declares."""

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """One operation, with the refusals that any operation may answer."""
        details: dict[str, Any] = super().operation_details(operation)
        refusal = {"$ref": "#/components/responses/Refusal"}
        # Ranges, because what refuses (budget, lock, consent) belongs to the actions and grows with them.
        answers = {str(status): answer for status, answer in details["responses"].items()}
        details["responses"] = {**answers, "4XX": refusal, "5XX": refusal}
        return details

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        """OpenAPI 3.1 lets a scheme list what the caller must be allowed: here the permission."""
        asked: list[dict[str, Any]] | None = super().operation_security(operation)
        permissions = [door.permission for door in operation.auth_callbacks if isinstance(door, PersonalToken)]
        return [dict.fromkeys(scheme, permissions) for scheme in asked or []]

    def get_components(self) -> dict[str, Any]:
        """What operations refer to, and the one shape of every refusal."""
        components: dict[str, Any] = super().get_components()
        components["schemas"]["ProblemOut"] = ProblemOut.json_schema()
        schema = {"$ref": "#/components/schemas/ProblemOut"}
        components["responses"] = {
            "Refusal": {"description": "Refused, and what to mend", "content": {PROBLEM: {"schema": schema}}}
        }
        return components


class DescribedAPI(NinjaAPI):
    """A django-ninja API that describes itself by `Contract`."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The contract as it is served and kept in tests/contracts/openapi.json."""
        return Contract(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)
