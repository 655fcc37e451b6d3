"""What is to be sent to one peer."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import trio

from raft import limits
from raft.frames import LENGTH_BYTES, encode_frame, encode_head
from raft.sockets import try_write

__all__ = ["PeerQueue"]


class PeerQueue:
    """Messages for one peer: bounded, the newest are dropped.

    Attributes:
        plain: the connection's descriptor while nothing is being written to it: what that takes at
            once needs no step of the writer's task.
        is_connected: whether there is a connection, behind both hellos.
        is_peer_up: set when the peer has dialled this node.
    """

    def __init__(self) -> None:
        self.plain: int | None = None
        self._rest = b""
        self._messages: deque[bytes] = deque()
        self._bytes = 0
        self._wake = trio.Event()
        self.is_connected = False
        self.is_peer_up = trio.Event()

    def put(self, messages: Sequence[bytes]) -> None:
        """Sends what the connection takes at once, in one call, and queues the rest."""
        if self.plain is not None:
            messages = self._write_now(self.plain, messages)
        for message in messages:
            if not self._bytes or self._bytes + len(message) <= limits.OUTBOX_BYTES_MAX:
                self._messages.append(message)
                self._bytes += len(message)
                self._wake.set()

    def _write_now(self, descriptor: int, messages: Sequence[bytes]) -> Sequence[bytes]:
        """Returns the messages of which nothing was sent."""
        parts: list[bytes] = []
        for message in messages:
            parts += (encode_head(message), message)
        left = try_write(descriptor, parts)
        for number, message in enumerate(messages):
            frame_bytes = LENGTH_BYTES + len(message)
            if left < frame_bytes:
                # The writer goes on, and finds out what is wrong.
                self.plain = None
                self._wake.set()
                if not left:
                    return messages[number:]
                self._rest = encode_frame(message)[left:]
                return messages[number + 1 :]
            left -= frame_bytes
        return ()

    @property
    def has_messages(self) -> bool:
        """Whether something waits for the writer."""
        return bool(self._messages)

    async def wait(self) -> None:
        """Returns when there is something to send."""
        await self._wake.wait()

    def take(self) -> bytes:
        """Returns the next messages as frames; some, so that joining them holds nobody up."""
        parts = [self._rest]
        self._rest = b""
        size = 0
        while self._messages and size < limits.SEND_BYTES:
            message = self._messages.popleft()
            size += len(message)
            parts += (encode_head(message), message)
        self._bytes -= size
        if not self._messages:
            self._wake = trio.Event()
        return b"".join(parts)

    def clear(self) -> None:
        self._rest = b""
        self._messages.clear()
        self._bytes = 0
        self._wake = trio.Event()
