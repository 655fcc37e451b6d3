"""The port to the other nodes: unreliable messages, as datagrams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import trio

__all__ = ["Links", "Receive"]

Receive = Callable[[int, bytes], None]
"""Called with the id of a peer, as the link has established it, and one message."""


class Links(Protocol):
    """Messages to and from peers: perhaps lost, late, doubled or out of order, never altered."""

    def send(self, peer: int, message: bytes) -> None:
        """Queues a message, or drops it if the peer is out of reach or slow; never blocks."""
        ...

    async def run(
        self, receive: Receive, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Serves until cancelled."""
        ...
