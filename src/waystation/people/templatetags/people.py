"""What pages of other rooms say of a person whom somebody is about to write or speak of."""

from typing import Any

from django import template

from waystation.people import knowing
from waystation.people.models import Person

register = template.Library()


@register.inclusion_tag("people/to_know.html", takes_context=True)
def to_know(context: dict[str, Any], person: Person) -> dict[str, Any]:
    """What whoever reads this page must know now, as on top of the person's own page. One query for each kind of it."""
    return {"to_know": knowing.about(context["request"].actor, person)}
