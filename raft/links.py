"""The port to the other nodes: unreliable messages, as datagrams."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import trio

__all__ = ["Links", "Owner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The node behind a set of links, as it shows itself and decides whom to hear.

    Attributes:
        node_id: its id.
        cluster_id: 16 bytes; peers of other clusters are turned away.
        directory_id: 16 bytes of its disk.
        admits: whether a peer may speak from this directory id; called once per connection.
        receive: takes the id of an admitted peer and one message.
        received: called after one or more calls of `receive`, when no more messages are there.
        applied_index: how much of the log this node's list of removed nodes reflects.
        on_removed: a peer says that this node was removed, as of an index of the log.
    """

    node_id: int
    cluster_id: bytes
    directory_id: bytes
    admits: Callable[[int, bytes], bool]
    receive: Callable[[int, bytes], None]
    received: Callable[[], None]
    applied_index: Callable[[], int]
    on_removed: Callable[[int, int], None]


class Links(Protocol):
    """Messages to and from peers: perhaps lost, late, doubled or out of order, never altered."""

    def send(self, peer: int, *messages: bytes) -> None:
        """Queues messages, or drops what a peer out of reach or slow cannot take; never blocks."""
        ...

    def set_members(self, addresses: Mapping[int, str], *, removed: Collection[int]) -> None:
        """Learns where members are that were added with an address, and whom to turn away.

        Whoever was known before stays known, unless it is removed now.
        """
        ...

    async def run(
        self, owner: Owner, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Serves until cancelled."""
        ...
