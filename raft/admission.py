"""Which peers a node hears: those that have the disk that they are known by."""

from __future__ import annotations

from raft.acquaintance import Acquaintance
from raft.configuration import Configuration
from raft.links import Links
from raft.removal import Removal
from raft.syncobj import Engine

__all__ = ["Admission"]


class Admission:
    """The peers of one node, as its links ask for them.

    Args:
        acquaintance: whose disk is whose.
        removal: what peers said of this node's removal.

    Attributes:
        refused: how often one was turned away.
        strangers: those with another disk than the members in force say, heard before that was so.
    """

    def __init__(self, acquaintance: Acquaintance, removal: Removal) -> None:
        self._acquaintance = acquaintance
        self._removal = removal
        self._without_disk: set[int] = set()
        self._members_told: tuple[object, object] = None, None
        self.strangers: set[int] = set()
        self.refused = 0

    def without_disk(self, configuration: Configuration) -> tuple[int, ...]:
        """Returns the members that came with another disk than they had, since the start."""
        return tuple(sorted(self._without_disk.difference(configuration.removed)))

    def admits(self, peer: int, directory_id: bytes, configuration: Configuration) -> bool:
        """Whether a peer with this disk is heard.

        Args:
            peer: who it says that it is.
            directory_id: of its disk.
            configuration: in force.
        """
        is_admitted = self._acquaintance.admits(peer, directory_id, configuration)
        if is_admitted:
            self._without_disk.discard(peer)
            self._removal.forget(peer)
        else:
            self.refused += 1
            self._without_disk.add(peer)
        return is_admitted

    def tell_members(self, engine: Engine, links: Links) -> None:
        """The links follow the members in force, which count before they are committed."""
        configuration, removed = members = engine.configuration, engine.removed
        # Both are replaced as a whole, never changed.
        if configuration is not self._members_told[0] or removed is not self._members_told[1]:
            self._members_told = members
            # A wiped disk may have come before this node had heard of the right one.
            self.strangers = self._acquaintance.strangers(configuration)
            self._without_disk |= self.strangers
            links.set_members(dict(configuration.addresses), removed=removed)
