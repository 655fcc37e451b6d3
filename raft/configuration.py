"""Who votes and who only follows. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from raft import codec
from raft.errors import CodecError

__all__ = ["Configuration", "Membership"]


class Membership(Enum):
    """What a node is to the group."""

    STRANGER = "stranger"
    OBSERVER = "observer"
    VOTER = "voter"
    REMOVED = "removed"


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
    def of(
        cls, voters: Iterable[int], observers: Iterable[int] = (), removed: Iterable[int] = ()
    ) -> Configuration:
        """Returns the configuration with these members, in any order."""
        return cls(
            voters=tuple(sorted(voters)),
            observers=tuple(sorted(observers)),
            removed=tuple(sorted(removed)),
        )

    def peers_of(self, node_id: int) -> tuple[int, ...]:
        """Returns everyone who gets the log from `node_id` when it leads."""
        return tuple(sorted(peer for peer in (*self.voters, *self.observers) if peer != node_id))

    def membership_of(self, node_id: int) -> Membership:
        """Returns what the node is to the group."""
        if node_id in self.voters:
            return Membership.VOTER
        if node_id in self.observers:
            return Membership.OBSERVER
        return Membership.REMOVED if node_id in self.removed else Membership.STRANGER

    def with_member(self, node_id: int, membership: Membership) -> Configuration:
        """Returns the configuration in which one node is something else."""
        lists = {
            kind: {peer for peer in ids if peer != node_id}
            for kind, ids in (
                (Membership.VOTER, self.voters),
                (Membership.OBSERVER, self.observers),
                (Membership.REMOVED, self.removed),
            )
        }
        if membership is not Membership.STRANGER:
            lists[membership].add(node_id)
        return Configuration.of(
            lists[Membership.VOTER], lists[Membership.OBSERVER], lists[Membership.REMOVED]
        )

    def changed_from(self, before: Configuration) -> list[int]:
        """Returns the nodes that were something else before."""
        everyone: set[int] = set()
        for configuration in (self, before):
            everyone.update(configuration.voters, configuration.observers, configuration.removed)
        return sorted(
            node for node in everyone if self.membership_of(node) != before.membership_of(node)
        )

    def dump(self) -> list[Any]:
        """Returns plain data."""
        return [list(self.voters), list(self.observers), list(self.removed)]

    @classmethod
    def load(cls, data: Any) -> Configuration:
        """Returns the configuration in plain data.

        Raises:
            CodecError: it is none.
        """
        if type(data) is not list or len(data) != 3:
            raise CodecError("not a configuration")
        for ids in data:
            if type(ids) is not list or any(type(i) is not int or i < 0 for i in ids):
                raise CodecError("not a list of node ids")
        everyone = [node for ids in data for node in ids]
        if len(everyone) != len(set(everyone)) or not data[0]:
            raise CodecError("a node in two lists, or nobody votes")
        return cls.of(*data)

    def encode(self) -> bytes:
        """Encodes it for a log entry."""
        return codec.encode(self.dump())

    @classmethod
    def decode(cls, data: bytes) -> Configuration:
        """Decodes a log entry.

        Raises:
            CodecError: it is none.
        """
        return cls.load(codec.decode(data))
