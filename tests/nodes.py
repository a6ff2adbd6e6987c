"""How a test gets a node: initialised the way the set-up page does it, with cheap key stretching."""

from uuid import uuid4

from waystation.organisations.models import Organisation, Post
from waystation.vault import node


def make_node(passphrase: str) -> Post:
    """Initialise and unlock the vault, with one organisation and one border post; the post is returned."""
    if node.is_unlocked():
        node.lock("left over from another test")
    node.initialise(passphrase=passphrase, slot_id=uuid4())
    Organisation.objects.create(name="Lake District Aid Society", country="KE")
    return Post.objects.create(name="Lakeside crossing", kind="border")
