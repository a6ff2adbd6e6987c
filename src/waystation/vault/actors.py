"""The actor of what a node does by itself."""

from uuid import UUID

from waystation.kernel.actors import Actor, Via

NOBODY = UUID(int=0)


def system_actor(account_id: UUID = NOBODY) -> Actor:
    """The node itself, or the account that made it act before anyone was signed in."""
    return Actor(account_id=account_id, handle="node", role="system", via=Via.SYSTEM)
