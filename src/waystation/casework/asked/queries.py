"""The only door to what is referred to us."""

import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.asked.models import Asked, AskedDocument
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import open_document


def visible_to(actor: Actor) -> QuerySet[Asked]:
    """What this actor may see; a withdrawal whose offer has not come is nobody's matter."""
    return Asked.objects.filter(policies.rows(actor, "asked.view")).exclude(service="")


def get_for(actor: Actor, number: UUID, *, lock: bool = False) -> Asked:
    """One referral to us. Raises NotFound."""
    rows = visible_to(actor).select_related("person", "peer")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def document_of(row: Asked, *, by: Actor) -> AskedDocument:
    """What is said in it; of one that is long over nothing is left."""
    return open_document(row, AskedDocument, by=by) if row.sealed else AskedDocument()


def preview_of(row: Asked, said: AskedDocument) -> dict[str, Any]:
    """What they asked without a name."""
    plain = {name: getattr(row, name) for name in ("service", "priority", "age_band", "sex", "needed_by")}
    return {**plain, "languages": said.languages}


def told_in(said: AskedDocument) -> dict[str, Any]:
    """The fields that they told once we would help."""
    return {part.name: json.loads(part.value) for part in said.told}
