"""What peers have sent and no turn has taken yet."""

from __future__ import annotations

from collections import deque
from operator import itemgetter

from raft import limits, messages
from raft.errors import CodecError
from raft.messages import Feed
from raft.syncobj import Engine

__all__ = ["Inbox"]

_MESSAGE_BYTES = 1 << 10  # what the shortest message costs, in bytes of a long one
_ENTRY_BYTES = 32  # the same of an entry
_UNPACKED_BYTES = 32  # so many of an entry that was packed cost as much as one
_COMMAND = itemgetter(0)


class Inbox:
    """Messages of all peers, bounded: what does not fit is dropped, as a network would.

    Attributes:
        dropped: how many did not fit.
        refused: how many were no messages.
    """

    def __init__(self) -> None:
        self._messages: deque[tuple[int, bytes]] = deque()
        self._bytes = 0
        self.dropped = 0
        self.refused = 0

    def __len__(self) -> int:
        return len(self._messages)

    def put(self, peer: int, message: bytes) -> None:
        """Takes a message, or drops it."""
        is_full = self._bytes + len(message) > limits.INBOX_BYTES_MAX
        if is_full or len(self._messages) >= limits.INBOX_MESSAGES_MAX:
            self.dropped += 1
            return
        self._bytes += len(message)
        self._messages.append((peer, message))

    def drain(self, engine: Engine) -> None:
        """Gives the engine what a turn takes.

        Raises:
            SafetyViolationError: the group contradicts itself; the process must end.
        """
        size = 0
        while self._messages and size < limits.TURN_BYTES:
            peer, data = self._messages.popleft()
            size += len(data) + _MESSAGE_BYTES
            self._bytes -= len(data)
            try:
                message = messages.decode(data)
            except CodecError:
                # A few of its bytes may have become three million before that was seen.
                self.refused += 1
                size = limits.TURN_BYTES
                continue
            if type(message) is Feed:
                # Packed, its bytes say little of the work.
                lengths = map(len, map(_COMMAND, message.entries))
                size += _ENTRY_BYTES * len(message.entries) + sum(lengths) // _UNPACKED_BYTES
            engine.receive(peer, message)
