"""What the pages about one person share."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest
from waystation.people import facts, queries, search
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.people.search import Found
from waystation.people.tongues import language_choices, own_name


def opened(request: StaffRequest, person_id: UUID) -> tuple[Person, IdentityDocument]:
    """A person and who they are. Raises NotFound."""
    person = queries.get_for_page(request.actor, person_id)
    return person, queries.identity_of(person, by=request.actor)


def show(
    request: HttpRequest,
    template: str,
    person: Person,
    identity: IdentityDocument,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page about one person: its frame names them."""
    base = {"person": person, "identity": identity, "readers": facts.readers(person)}
    return render(request, f"people/{template}.html", base | context, status=status)


def found_others(text: str, person: Person, *, by: Actor, without: set[UUID] | None = None) -> tuple[list[Found], str]:
    """Other people near to what was typed, and what to mend about it."""
    try:
        found = search.find(text, by=by, limit=8)
    except Invalid as problem:
        return [], str(next(iter(problem.fields.values())))
    left_out = {person.pk} | (without or set())
    return [one for one in found if one.person.pk not in left_out], ""


def suggested_languages() -> list[tuple[str, str]]:
    """Every language by its name in the reader's language and in its own, for typing."""
    return [(name, own_name(code)) for code, name in language_choices()]
