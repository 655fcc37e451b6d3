"""Who votes and who only follows. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Configuration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The members of the group, each list sorted.

    Invariants:
        1. No node is in two of the lists.
        2. A node that was removed never comes back under its id.
    """

    voters: tuple[int, ...]
    observers: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for ids in (self.voters, self.observers, self.removed):
            assert list(ids) == sorted(set(ids))
        everyone = (*self.voters, *self.observers, *self.removed)
        assert len(everyone) == len(set(everyone))

    @classmethod
    def of_voters(cls, voters: Iterable[int]) -> Configuration:
        """Returns the configuration of a new group."""
        return cls(voters=tuple(sorted(voters)))

    def peers_of(self, node_id: int) -> tuple[int, ...]:
        """Returns everyone who gets the log from `node_id` when it leads."""
        return tuple(sorted(peer for peer in (*self.voters, *self.observers) if peer != node_id))
