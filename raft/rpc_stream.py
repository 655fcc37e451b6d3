"""One stream of an RPC connection: bytes in both directions, each with a window.

What is not read is not sent, so a slow reader holds up its own stream and no other.
"""

from __future__ import annotations

from collections.abc import Callable

import trio

from raft import limits
from raft.errors import CallFailedError, LinkError, PeerLostError
from raft.rpc_frames import Code, Credit, Data, End, Failed
from raft.rpc_queue import FrameQueue

__all__ = ["Stream"]


class Stream:
    """One stream, at one end.

    Args:
        number: what both ends call it.
        queue: takes what is said on it.
        forget_closed: is told its number when this end has said the last of it.

    Attributes:
        peer: id of the other node.
        method: what was asked for.
        scope: of whoever answers it; cancelled when the other end gives it up.

    Invariants:
        1. At most a window of bytes is on its way, or waits to be read, in each direction.
        2. Behind what was said last there is no data; behind a failure, of either end, nothing.
    """

    def __init__(
        self,
        number: int,
        *,
        peer: int,
        method: str,
        queue: FrameQueue,
        forget_closed: Callable[[int], None],
    ) -> None:
        self.peer = peer
        self.method = method
        self._number = number
        self._queue = queue
        self._forget_closed = forget_closed
        self._received = bytearray()
        self._window = limits.RPC_WINDOW_BYTES  # that we may send
        self._granted = limits.RPC_WINDOW_BYTES  # that they may send
        self._read = 0
        self._is_ended = self._has_ended = False
        self._error: CallFailedError | PeerLostError | None = None
        self._changed = trio.Event()
        self.scope = trio.CancelScope()

    @property
    def is_open(self) -> bool:
        """Whether anything may still be said on it."""
        return self._error is None and not (self._is_ended and self._has_ended)

    async def send(self, data: bytes) -> None:
        """Sends bytes; returns when all of them are on their way.

        Raises:
            CallFailedError, PeerLostError

        Cancellation: a part of them may have been sent; the stream is of no use any more.
        """
        assert not self._is_ended
        await trio.lowlevel.checkpoint()
        position = 0
        while position < len(data):
            while not self._window or self._queue.is_full:
                await self._wait()
            self._check()
            size = min(len(data) - position, self._window, limits.RPC_PIECE_BYTES)
            self._window -= size
            self._queue.put(Data(self._number, bytes(data[position : position + size])))
            position += size

    def end(self) -> None:
        """Says that everything is said; again is nothing."""
        if self._error is None and not self._is_ended:
            self._is_ended = True
            self._queue.put(End(self._number))
            self._forget_closed(self._number)

    async def receive(self) -> bytes:
        """Returns what has come, some at least; empty: the other end has said everything.

        Raises:
            CallFailedError, PeerLostError
        """
        await trio.lowlevel.checkpoint()
        while not self._received:
            if self._has_ended:
                return b""
            self._check()
            await self._changed.wait()
        piece = bytes(self._received)
        self._received.clear()
        self._read += len(piece)
        if self._read >= limits.RPC_WINDOW_BYTES // 2 and not self._has_ended and self.is_open:
            self._granted += self._read
            self._queue.put(Credit(self._number, self._read))
            self._read = 0
        return piece

    async def receive_all(self, *, bytes_max: int = limits.RPC_CALL_BYTES_MAX) -> bytes:
        """Returns everything the other end says.

        Raises:
            CallFailedError, PeerLostError
        """
        pieces: list[bytes] = []
        size = 0
        while piece := await self.receive():
            size += len(piece)
            if size > bytes_max:
                raise CallFailedError(Code.TOO_LONG, f"more than {bytes_max} bytes")
            pieces.append(piece)
        return b"".join(pieces)

    async def _wait(self) -> None:
        """Returns when there may be a window or room."""
        self._check()
        if self._queue.is_full:
            await self._queue.wait_room()
        else:
            await self._changed.wait()
        self._check()

    def _check(self) -> None:
        if self._error is not None:
            raise self._error

    # What the connection reports.

    def on_data(self, data: bytes) -> None:
        """A piece came.

        Raises:
            LinkError: beyond the window, or behind the end.
        """
        self._granted -= len(data)
        if self._has_ended or self._granted < 0:
            raise LinkError("data beyond the window or the end of a stream")
        self._received += data  # One buffer: pieces of a byte each would cost a hundred.
        self._notify()

    def on_end(self) -> None:
        """The other end has said everything.

        Raises:
            LinkError: twice.
        """
        if self._has_ended:
            raise LinkError("a stream ended twice")
        self._has_ended = True
        self._notify()

    def on_credit(self, size: int) -> None:
        """More may be sent.

        Raises:
            LinkError: more than a window in all.
        """
        self._window += size
        if self._window > limits.RPC_WINDOW_BYTES:
            raise LinkError("credit beyond the window")
        self._notify()

    def on_failed(self, error: CallFailedError | PeerLostError) -> None:
        """It is over; what the other end has said to its end may still be read."""
        self._error = error
        if not self._has_ended:
            self._received.clear()
        self._notify()
        self.scope.cancel()

    def abort(self, code: int, text: str) -> None:
        """Gives it up, if it is not over."""
        if self.is_open:
            text = " ".join(text.split())[: limits.RPC_TEXT_CHARS_MAX]
            self._error = CallFailedError(code, text)
            self._queue.put(Failed(self._number, int(code), text))
            self._forget_closed(self._number)
            self._notify()

    def _notify(self) -> None:
        self._changed.set()
        self._changed = trio.Event()
