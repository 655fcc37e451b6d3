"""Streams between two nodes, many on one connection: calls, and data of any length both ways.

The dialler opens streams, the other end answers them. Each direction of a stream has a window: what
is not read is not sent, so a slow reader holds up its own stream and no other. The bytes are
described in WIRE.md.
"""

from __future__ import annotations

import contextlib
import itertools
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from enum import IntEnum

import trio

from raft import limits, rpc_frames
from raft.errors import CallFailedError, CodecError, LinkError, PeerLostError
from raft.rpc_frames import Credit, Data, End, Failed, Frame, Open, Ping, Pong

__all__ = ["Code", "Connection", "Handler", "Stream"]

_FRAME_BYTES = 64
"""Memory of a frame that waits, besides its bytes."""

Handler = Callable[["Stream"], Awaitable[None]]
"""Answers one stream; it raises `CallFailedError` to refuse. It is cancelled when the other end
gives the stream up. When it returns, what it has sent is the answer."""


class Code(IntEnum):
    """Why a stream failed."""

    NO_METHOD = 1
    REFUSED = 2
    CANCELLED = 3
    TOO_LONG = 4


class Stream:
    """One stream, at one end.

    Attributes:
        peer: id of the other node.
        method: what was asked for.
    """

    def __init__(self, connection: Connection, number: int, method: str) -> None:
        self.peer = connection.peer
        self.method = method
        self._connection = connection
        self._number = number
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
            while not self._window or self._connection.is_full:
                await self._wait()
            self._check()
            size = min(len(data) - position, self._window, limits.RPC_PIECE_BYTES)
            self._window -= size
            self._connection.put(Data(self._number, bytes(data[position : position + size])))
            position += size

    def end(self) -> None:
        """Says that everything is said; again is nothing."""
        if self._error is None and not self._is_ended:
            self._is_ended = True
            self._connection.put(End(self._number))
            self._connection.forget_closed(self._number)

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
            self._connection.put(Credit(self._number, self._read))
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
        if self._connection.is_full:
            await self._connection.wait_room()
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
            self._connection.put(Failed(self._number, int(code), text))
            self._connection.forget_closed(self._number)
            self._notify()

    def _notify(self) -> None:
        self._changed.set()
        self._changed = trio.Event()


class Connection:
    """One end of a connection whose other end is known.

    Args:
        stream: behind both hellos.
        read: returns the next frame; LinkError: there is none.
        peer: id of the other node.
        handlers: by method, if this end answers; None: this end opens.

    Invariants:
        1. At most `limits.RPC_STREAMS_MAX` streams are open.
        2. At most a window of bytes is held for each direction of a stream.
        3. At most `limits.RPC_OUTBOX_BYTES_MAX` bytes wait to be sent.
    """

    def __init__(
        self,
        stream: trio.abc.Stream,
        *,
        read: Callable[[], Awaitable[bytes]],
        peer: int,
        handlers: Mapping[str, Handler] | None,
    ) -> None:
        self.peer = peer
        self._stream = stream
        self._read_frame = read
        self._handlers = handlers
        self._streams: dict[int, Stream] = {}
        self._last_number = 0
        self._slots = trio.Semaphore(limits.RPC_STREAMS_MAX)
        self._queue: deque[bytes] = deque()
        self._queue_bytes = 0
        self._wake = trio.Event()
        self._room = trio.Event()
        self._pong: int | None = None
        self._running = 0
        self._is_over = False
        self._retired = trio.Event()
        self._scope = trio.CancelScope()

    async def run(self) -> None:
        """Serves until the connection ends or breaks the rules; closes it.

        Cancellation: every stream fails.
        """
        with self._scope:
            try:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._write)
                    nursery.start_soon(self._ping)
                    nursery.start_soon(self._retire)
                    await self._read(nursery)
            finally:
                self._end()
                await trio.aclose_forcefully(self._stream)

    def close(self) -> None:
        """Ends it; every stream fails."""
        self._scope.cancel()

    def retire(self) -> None:
        """Takes no new stream, and ends soon: those that are open have a moment to be answered."""
        self._retired.set()

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._is_over

    @contextlib.asynccontextmanager
    async def open(self, method: str) -> AsyncIterator[Stream]:
        """Opens a stream; gives it up on exit, unless both ends have said everything.

        Raises:
            PeerLostError: the connection has ended.
        """
        assert self._handlers is None and 0 < len(method) <= limits.RPC_METHOD_CHARS_MAX
        async with self._slots:
            if self._is_over:
                raise PeerLostError(f"the connection to node {self.peer} has ended")
            self._last_number += 1
            stream = Stream(self, self._last_number, method)
            self._streams[self._last_number] = stream
            self.put(Open(self._last_number, method))
            try:
                yield stream
            finally:
                stream.abort(Code.CANCELLED, "given up")

    async def call(self, method: str, request: bytes) -> bytes:
        """Returns the answer to a request, both of `limits.RPC_CALL_BYTES_MAX` bytes at most.

        Raises:
            CallFailedError, PeerLostError
        """
        failure: CallFailedError | PeerLostError | None = None
        answer = b""
        async with self.open(method) as stream, trio.open_nursery() as nursery:
            # Beside each other: who answers as he reads would wait for us, and we for him.
            nursery.start_soon(_say, stream, request)
            try:
                answer = await stream.receive_all()
            except (CallFailedError, PeerLostError) as error:
                failure = error
            nursery.cancel_scope.cancel()
        if failure is not None:
            raise failure
        return answer

    # Sending.

    @property
    def is_full(self) -> bool:
        """Whether data has to wait."""
        return self._queue_bytes >= limits.RPC_OUTBOX_BYTES

    async def wait_room(self) -> None:
        """Returns when data may no longer have to wait, or the connection has ended."""
        await self._room.wait()

    def put(self, frame: Frame) -> None:
        """Queues a frame."""
        if self._is_over:
            return
        data = rpc_frames.encode(frame)
        self._queue.append(len(data).to_bytes(4, "little") + data)
        self._queue_bytes += len(self._queue[-1]) + _FRAME_BYTES
        if self._queue_bytes > limits.RPC_OUTBOX_BYTES_MAX:
            self.close()  # It asks and does not read.
        self._wake.set()

    async def _write(self) -> None:
        try:
            while True:
                await self._wake.wait()
                self._wake = trio.Event()
                while self._queue or self._pong is not None:
                    if self._pong is not None:
                        self.put(Pong(self._pong))
                        self._pong = None
                    # A peer that takes nothing for so long is gone, or might as well be.
                    with trio.fail_after(limits.SEND_S_MAX):
                        await self._stream.send_all(self._take())
        except (OSError, trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError):
            self.close()

    def _take(self) -> bytes:
        """Returns frames that wait, as many as one may wait for."""
        frames = [self._queue.popleft()]
        size = len(frames[0])
        while self._queue and size + len(self._queue[0]) <= limits.RPC_WINDOW_BYTES:
            frames.append(self._queue.popleft())
            size += len(frames[-1])
        self._queue_bytes -= size + _FRAME_BYTES * len(frames)
        if not self.is_full:
            self._room.set()
            self._room = trio.Event()
        return b"".join(frames)

    async def _ping(self) -> None:
        number = 0
        while True:
            await trio.sleep(limits.RPC_PING_S)
            number += 1
            self.put(Ping(number))

    async def _retire(self) -> None:
        await self._retired.wait()
        await trio.sleep(limits.RPC_FAREWELL_S)
        self.close()

    # Receiving.

    async def _read(self, nursery: trio.Nursery) -> None:
        try:
            for number in itertools.count():
                with trio.fail_after(limits.RPC_SILENCE_S_MAX):
                    data = await self._read_frame()
                self._on_frame(rpc_frames.decode(data), nursery)
                if number % limits.RPC_FRAMES_PER_TURN == 0:
                    await trio.lowlevel.checkpoint()
        except (
            OSError,
            trio.BrokenResourceError,
            trio.ClosedResourceError,
            trio.TooSlowError,
            LinkError,
            CodecError,
        ):
            self.close()

    def _on_frame(self, frame: Frame, nursery: trio.Nursery) -> None:
        match frame:
            case Ping():
                self._pong = frame.number
                self._wake.set()
            case Pong():
                pass
            case Open():
                self._on_open(frame, nursery)
            case Data():
                if (stream := self._find(frame.stream)) is not None:
                    stream.on_data(frame.data)
            case Credit():
                if (stream := self._find(frame.stream)) is not None:
                    stream.on_credit(frame.size)
            case End():
                if (stream := self._find(frame.stream)) is not None:
                    stream.on_end()
                    self.forget_closed(frame.stream)
            case Failed():
                if (stream := self._find(frame.stream)) is not None:
                    stream.on_failed(CallFailedError(frame.code, frame.text))
                    self.forget_closed(frame.stream)

    def _on_open(self, frame: Open, nursery: trio.Nursery) -> None:
        if self._handlers is None or self._retired.is_set():
            raise LinkError("only the dialler opens streams, while it is a member")
        if frame.stream <= self._last_number or len(self._streams) >= limits.RPC_STREAMS_MAX:
            raise LinkError("a stream out of order, or too many")
        if self._running >= limits.RPC_HANDLERS_MAX:
            raise LinkError("streams are opened and given up faster than handlers end")
        self._last_number = frame.stream
        self._streams[frame.stream] = stream = Stream(self, frame.stream, frame.method)
        handler = self._handlers.get(frame.method)
        if handler is None:
            stream.abort(Code.NO_METHOD, f"there is no {frame.method}")
            return
        self._running += 1
        nursery.start_soon(self._answer, stream, handler)

    async def _answer(self, stream: Stream, handler: Handler) -> None:
        """Runs the handler of one stream; its own errors end the node."""
        try:
            with stream.scope:
                await handler(stream)
                stream.end()
        except CallFailedError as error:
            stream.abort(error.code, str(error))
        except PeerLostError:
            pass
        finally:
            self._running -= 1
            # What it did not read is of no interest, and must not hold a window.
            stream.abort(Code.CANCELLED, "answered")

    def _find(self, number: int) -> Stream | None:
        """Returns an open stream, or None: it is over, and this was on its way."""
        if number > self._last_number:
            raise LinkError("a stream that was never opened")
        return self._streams.get(number)

    def forget_closed(self, number: int) -> None:
        """Forgets a stream if nothing more is said on it."""
        stream = self._streams.get(number)
        if stream is not None and not stream.is_open:
            del self._streams[number]

    def _end(self) -> None:
        self._is_over = True
        self._queue.clear()
        self._queue_bytes = 0
        for stream in self._streams.values():
            stream.on_failed(PeerLostError(f"the connection to node {self.peer} ended"))
        self._streams.clear()
        self._room.set()


async def _say(stream: Stream, request: bytes) -> None:
    """Sends a request; whoever waits for its answer learns if it fails."""
    with contextlib.suppress(CallFailedError, PeerLostError):
        await stream.send(request)
        stream.end()
