"""Streams between two nodes, many on one connection: calls, and data of any length both ways.

The dialler opens streams, the other end answers them. The bytes are described in WIRE.md.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import trio

from raft import limits, rpc_frames
from raft.errors import CallFailedError, CodecError, LinkError, PeerLostError
from raft.frame_stream import FrameStream
from raft.rpc_frames import Code, Credit, Data, End, Failed, Frame, Open, Ping, Pong
from raft.rpc_queue import FrameQueue
from raft.rpc_stream import Stream

__all__ = ["Connection", "Handler"]

Handler = Callable[[Stream], Awaitable[None]]
"""Answers one stream; it raises `CallFailedError` to refuse. It is cancelled when the other end
gives the stream up. When it returns, what it has sent is the answer."""


class Connection:
    """One end of a connection whose other end is known.

    Args:
        link: behind both hellos.
        peer: id of the other node.
        handlers: by method, if this end answers; None: this end opens.

    Invariants:
        1. At most `limits.RPC_STREAMS_MAX` streams are open.
        2. At most `limits.RPC_HANDLERS_MAX` handlers run.
    """

    def __init__(
        self,
        link: FrameStream,
        *,
        peer: int,
        handlers: Mapping[str, Handler] | None,
    ) -> None:
        self.peer = peer
        self._link = link
        self._handlers = handlers
        self._streams: dict[int, Stream] = {}
        self._last_number = 0
        self._slots = trio.Semaphore(limits.RPC_STREAMS_MAX)
        self._queue = FrameQueue(self.close)
        self._running = 0
        self._retired = trio.Event()
        self._scope = trio.CancelScope()

    async def run(self) -> None:
        """Serves until the connection ends or breaks the rules; closes it.

        Cancellation: every stream fails.
        """
        with self._scope:
            try:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._queue.run, self._link.stream)
                    nursery.start_soon(self._ping)
                    nursery.start_soon(self._retire)
                    await self._read(nursery)
            finally:
                self._end()
                await trio.aclose_forcefully(self._link.stream)

    def close(self) -> None:
        """Ends it; every stream fails."""
        self._scope.cancel()

    def retire(self) -> None:
        """Takes no new stream, and ends soon: those that are open have a moment to be answered."""
        self._retired.set()

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._queue.is_over

    @contextlib.asynccontextmanager
    async def open(self, method: str) -> AsyncIterator[Stream]:
        """Opens a stream; gives it up on exit, unless both ends have said everything.

        Raises:
            PeerLostError: the connection has ended.
        """
        assert self._handlers is None and 0 < len(method) <= limits.RPC_METHOD_CHARS_MAX
        async with self._slots:
            if self._queue.is_over:
                raise PeerLostError(f"the connection to node {self.peer} has ended")
            stream = self._add(self._last_number + 1, method)
            self._queue.put(Open(self._last_number, method))
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

    def _add(self, number: int, method: str) -> Stream:
        self._last_number = number
        self._streams[number] = stream = Stream(
            number,
            peer=self.peer,
            method=method,
            queue=self._queue,
            forget_closed=self._forget_closed,
        )
        return stream

    # Its tasks.

    async def _ping(self) -> None:
        number = 0
        while True:
            await trio.sleep(limits.RPC_PING_S)
            number += 1
            self._queue.put(Ping(number))

    async def _retire(self) -> None:
        await self._retired.wait()
        await trio.sleep(limits.RPC_FAREWELL_S)
        self.close()

    async def _read(self, nursery: trio.Nursery) -> None:
        try:
            for number in itertools.count():
                with trio.fail_after(limits.RPC_SILENCE_S_MAX):
                    data = await self._link.read()
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
                self._queue.answer_ping(frame.number)
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
                    self._forget_closed(frame.stream)
            case Failed():
                if (stream := self._find(frame.stream)) is not None:
                    stream.on_failed(CallFailedError(frame.code, frame.text))
                    self._forget_closed(frame.stream)

    def _on_open(self, frame: Open, nursery: trio.Nursery) -> None:
        if self._handlers is None or self._retired.is_set():
            raise LinkError("only the dialler opens streams, while it is a member")
        if frame.stream <= self._last_number or len(self._streams) >= limits.RPC_STREAMS_MAX:
            raise LinkError("a stream out of order, or too many")
        if self._running >= limits.RPC_HANDLERS_MAX:
            raise LinkError("streams are opened and given up faster than handlers end")
        stream = self._add(frame.stream, frame.method)
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

    def _forget_closed(self, number: int) -> None:
        """Forgets a stream if nothing more is said on it."""
        stream = self._streams.get(number)
        if stream is not None and not stream.is_open:
            del self._streams[number]

    def _end(self) -> None:
        self._queue.end()
        for stream in self._streams.values():
            stream.on_failed(PeerLostError(f"the connection to node {self.peer} ended"))
        self._streams.clear()


async def _say(stream: Stream, request: bytes) -> None:
    """Sends a request; whoever waits for its answer learns if it fails."""
    with contextlib.suppress(CallFailedError, PeerLostError):
        await stream.send(request)
        stream.end()
