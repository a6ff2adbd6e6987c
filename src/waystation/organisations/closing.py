"""What is kept to a post and needs another when it closes: rooms above say it here when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from waystation.kernel.actors import Actor


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """How much one room keeps to a post, in words, and how another post takes it over (inside the closing action)."""

    count: Callable[[UUID], int]
    says: Callable[[int], str]
    hand_over: Callable[[Actor, UUID, UUID], None]


_kept: list[Kept] = []


def register(kept: Kept) -> None:
    """Tell what a room keeps to posts."""
    if kept not in _kept:
        _kept.append(kept)


def kept_at(post_id: UUID) -> int:
    """How much would be lost sight of if the post closed."""
    return sum(kept.count(post_id) for kept in _kept)


def in_words(post_id: UUID) -> list[str]:
    """What another post must take over, a sentence for each room that keeps something."""
    return [kept.says(count) for kept in _kept if (count := kept.count(post_id))]


def hand_over(by: Actor, post_id: UUID, to_post_id: UUID) -> None:
    """Another post takes it all over."""
    for kept in _kept:
        kept.hand_over(by, post_id, to_post_id)
