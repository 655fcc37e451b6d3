"""Who votes and who only follows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from raft import codec, limits
from raft.errors import CodecError

__all__ = ["DIGEST_BYTES", "DIRECTORY_BYTES", "Configuration", "Membership", "is_address", "listed"]

DIRECTORY_BYTES = 16
"""A directory id: random, drawn once for each disk."""

DIGEST_BYTES = 16
"""A digest of the directory ids of several nodes."""


class Membership(Enum):
    """What a node is to the group."""

    STRANGER = "stranger"
    OBSERVER = "observer"
    VOTER = "voter"
    REMOVED = "removed"


def is_address(value: Any) -> bool:
    """Whether the value can be the address of a member."""
    return type(value) is str and 0 < len(value) <= limits.ADDRESS_CHARS_MAX


def listed(nodes: Iterable[int]) -> str:
    """Returns the ids of nodes as a message names them."""
    return ", ".join(map(str, nodes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The members of the group, each list sorted.

    Attributes:
        voters: who elects and commits.
        observers: who follows the log.
        removed: who was either of them.
        addresses: (node, address) of those who were added with one, for the links; opaque here.
            They outlive a removal, which is only a wish until it is committed.
        directories: (node, directory id) of those who were ever voters, as the leaders met them;
            the first one counts. Who was not there then learns from it whose disk is whose. They
            outlive the vote, which is in question until its end is committed.

    Invariants:
        1. No node is in two of the lists.
        2. A node that was removed never comes back under its id.
        3. The directory id of a node never changes once it is here.
    """

    voters: tuple[int, ...]
    observers: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    addresses: tuple[tuple[int, str], ...] = ()
    directories: tuple[tuple[int, bytes], ...] = ()

    def __post_init__(self) -> None:
        assert list(self.addresses) == sorted(dict(self.addresses).items())
        assert list(self.directories) == sorted(dict(self.directories).items())
        for ids in (self.voters, self.observers, self.removed):
            assert list(ids) == sorted(set(ids))
        everyone = (*self.voters, *self.observers, *self.removed)
        assert len(everyone) == len(set(everyone))
        assert dict(self.directories).keys() <= set(everyone)

    @classmethod
    def of(
        cls,
        voters: Iterable[int],
        observers: Iterable[int] = (),
        removed: Iterable[int] = (),
        *,
        addresses: Mapping[int, str] | None = None,
        directories: Mapping[int, bytes] | None = None,
    ) -> Configuration:
        """Returns the configuration with these members, in any order."""
        return cls(
            voters=tuple(sorted(voters)),
            observers=tuple(sorted(observers)),
            removed=tuple(sorted(removed)),
            addresses=tuple(sorted((addresses or {}).items())),
            directories=tuple(sorted((directories or {}).items())),
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

    def with_member(
        self,
        node_id: int,
        membership: Membership,
        *,
        address: str | None = None,
        directories: Mapping[int, bytes] | None = None,
    ) -> Configuration:
        """Returns the configuration in which one node is something else.

        Args:
            node_id: whom it is about.
            membership: what it becomes.
            address: where it is from now on; None: where it was.
            directories: of nodes as the leader has met them.
        """
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
        addresses = dict(self.addresses)
        if address is not None:
            addresses[node_id] = address
        met = directories or {}
        # Whoever is a voter on either side: the group may fall back to this configuration.
        electors = sorted({*self.voters, *lists[Membership.VOTER]})
        named = {node: met[node] for node in electors if node in met} | dict(self.directories)
        return Configuration.of(
            lists[Membership.VOTER],
            lists[Membership.OBSERVER],
            lists[Membership.REMOVED],
            addresses=addresses,
            directories={n: i for n, i in named.items() if any(n in ids for ids in lists.values())},
        )

    def changed_from(self, before: Configuration) -> list[int]:
        """Returns the nodes that were something else before, or somewhere else."""
        everyone: set[int] = set()
        for configuration in (self, before):
            everyone.update(configuration.voters, configuration.observers, configuration.removed)
        here, there = dict(self.addresses), dict(before.addresses)
        return sorted(
            node
            for node in everyone
            if self.membership_of(node) != before.membership_of(node)
            or here.get(node) != there.get(node)
        )

    def dump(self) -> list[Any]:
        """Returns plain data."""
        lists: list[Any] = [list(self.voters), list(self.observers), list(self.removed)]
        if self.directories:
            return [*lists, dict(self.addresses), dict(self.directories)]
        return [*lists, dict(self.addresses)] if self.addresses else lists

    @classmethod
    def load(cls, data: Any) -> Configuration:
        """Returns the configuration in plain data.

        Raises:
            CodecError: it is none.
        """
        if type(data) is not list or len(data) not in (3, 4, 5):
            raise CodecError("not a configuration")
        lists, addresses = data[:3], data[3] if len(data) > 3 else {}
        directories = data[4] if len(data) > 4 else {}
        for ids in lists:
            if type(ids) is not list or any(type(i) is not int or i < 0 for i in ids):
                raise CodecError("not a list of node ids")
        everyone = [node for ids in lists for node in ids]
        if len(everyone) != len(set(everyone)) or not lists[0]:
            raise CodecError("a node in two lists, or nobody votes")
        if type(addresses) is not dict or not addresses.keys() <= set(everyone):
            raise CodecError("addresses of nobody")
        if any(not is_address(address) for address in addresses.values()):
            raise CodecError("not an address")
        if type(directories) is not dict or not directories.keys() <= set(everyone):
            raise CodecError("directories of nobody")
        if any(type(i) is not bytes or len(i) != DIRECTORY_BYTES for i in directories.values()):
            raise CodecError("not a directory id")
        return cls.of(*lists, addresses=addresses, directories=directories)

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
