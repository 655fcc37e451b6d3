"""What is to be sent on an RPC connection: the frames of all its streams, in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import trio

from raft import limits, rpc_frames
from raft.frames import encode_frame
from raft.rpc_frames import Frame, Pong

__all__ = ["FrameQueue"]

_FRAME_BYTES = 64
"""Memory of a frame that waits, besides its bytes."""


class FrameQueue:
    """Frames that wait until the connection takes them.

    Args:
        close: ends the connection, whose other end takes nothing, or asks and does not read.

    Attributes:
        is_over: whether the connection has ended.

    Invariants:
        1. At most `limits.RPC_OUTBOX_BYTES_MAX` bytes wait, and none behind `end`.
        2. At most one pong is owed: whoever sends pings and reads nothing gains nothing.
    """

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._pong: int | None = None
        self._wake = trio.Event()
        self._room = trio.Event()
        self.is_over = False

    @property
    def is_full(self) -> bool:
        """Whether data has to wait."""
        return self._bytes >= limits.RPC_OUTBOX_BYTES

    async def wait_room(self) -> None:
        """Returns when data may no longer have to wait, or the connection has ended."""
        await self._room.wait()

    def put(self, frame: Frame) -> None:
        """Queues a frame."""
        if self.is_over:
            return
        self._frames.append(encode_frame(rpc_frames.encode(frame)))
        self._bytes += len(self._frames[-1]) + _FRAME_BYTES
        if self._bytes > limits.RPC_OUTBOX_BYTES_MAX:
            self._close()  # It asks and does not read.
        self._wake.set()

    def answer_ping(self, number: int) -> None:
        """Says that this end is there; to the last ping only."""
        self._pong = number
        self._wake.set()

    def end(self) -> None:
        """The connection has ended: nothing waits any more, nor will anything."""
        self.is_over = True
        self._frames.clear()
        self._bytes = 0
        self._room.set()

    async def run(self, stream: trio.abc.Stream) -> None:
        """Writes what waits; closes the connection if that fails."""
        try:
            while True:
                await self._wake.wait()
                self._wake = trio.Event()
                while self._frames or self._pong is not None:
                    if self._pong is not None:
                        self.put(Pong(self._pong))
                        self._pong = None
                    # A peer that takes nothing for so long is gone, or might as well be.
                    with trio.fail_after(limits.SEND_S_MAX):
                        await stream.send_all(self._take())
        except (OSError, trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError):
            self._close()

    def _take(self) -> bytes:
        """Returns frames that wait, as many as one may wait for."""
        frames = [self._frames.popleft()]
        size = len(frames[0])
        while self._frames and size + len(self._frames[0]) <= limits.RPC_WINDOW_BYTES:
            frames.append(self._frames.popleft())
            size += len(frames[-1])
        self._bytes -= size + _FRAME_BYTES * len(frames)
        if not self.is_full:
            self._room.set()
            self._room = trio.Event()
        return b"".join(frames)
