"""Things in stock for tests, moved as the pages move them."""

from typing import Any
from uuid import uuid4

from waystation.casework.supplies import actions
from waystation.casework.supplies.actions import MovementDraft
from waystation.casework.supplies.models import Item
from waystation.kernel.actors import Actor


def thing(by: Actor, name: str = "Blanket", **said: Any) -> Item:
    """Something to give out."""
    usual: dict[str, Any] = {"name": name, "unit": "pieces", "service": "clothing", "low_at": 5}
    return actions.save_item(by=by, **usual | said)


def moved(item: Item, quantity: int, **said: Any) -> MovementDraft:
    """A movement under an id of its own."""
    return MovementDraft(movement_id=uuid4(), item_id=item.pk, quantity=quantity, **said)
