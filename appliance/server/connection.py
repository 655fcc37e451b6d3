"""One client connection: read, dispatch, answer in request order.

The loop reads what the socket has, hands every complete request to the dispatcher, and sends all
answers that are ready in one gathered call. A request gets a `Slot`; answers leave in slot order,
whatever order they become ready in. Produce requests complete from the WAL's callbacks, parked
fetches from the watermark's: neither costs a task, a thread or a cancel scope.

Bounds: request size, requests waiting, bytes queued for sending, idle time. A client that exceeds
one is closed or simply not read further; nobody else notices.
"""

import struct
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import trio

from appliance import limits
from appliance.errors import RemoteProtocolError
from appliance.server.buffers import ReceivePool
from appliance.server.sockets import ByteStream

_SIZE = struct.Struct(">i")
assert _SIZE.size == 4

Buffers = list[bytes | memoryview]


class Slot:
    """The place of one answer in the order of its connection."""

    __slots__ = ("abandoned", "api", "buffers", "connection", "on_close", "size", "started")

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self.buffers: Buffers | None = None
        self.size = 0
        self.on_close: Callable[[], None] | None = None
        self.abandoned = False
        self.api = -1  # Set by the dispatcher when the answer comes later: it is timed then.
        self.started = 0.0

    def complete(self, buffers: Buffers, size: int) -> None:
        """Set the answer (empty: none is sent). It leaves with the next `flush`."""
        assert self.buffers is None
        self.buffers = buffers
        self.size = size
        self.connection.queued_bytes += size
        if self.api >= 0:
            elapsed = trio.current_time() - self.started
            self.connection.context.telemetry.observe(self.api, elapsed)


class Dispatch(Protocol):
    """What the connection calls for each complete request.

    Returns None when the slot is or will be completed without help, or an awaitable that the
    connection awaits before it reads the next request.
    """

    def __call__(
        self, connection: "Connection", slot: Slot, request: memoryview
    ) -> Awaitable[None] | None: ...


class Connection:
    """State of one connection; see the module's text."""

    __slots__ = (
        "_blocked",
        "_closed",
        "_last_active",
        "_out",
        "_slots",
        "_stream",
        "_writable",
        "client_id",
        "context",
        "peer",
        "queued_bytes",
        "received_bytes",
        "scope",
        "sent_bytes",
        "software",
    )

    def __init__(self, stream: ByteStream, context: Any) -> None:
        self._stream = stream
        self.context = context
        self.peer = stream.peer
        self.client_id: str | None = None
        self.software = ""
        self._slots: deque[Slot] = deque()
        self._out: Buffers = []
        self._blocked = False
        self._closed = False
        self._writable: trio.Event = trio.Event()
        self.queued_bytes = 0
        self.received_bytes = 0
        self.sent_bytes = 0
        self._last_active = trio.current_time()
        self.scope: trio.CancelScope | None = None

    @property
    def closed(self) -> bool:
        """True once nothing can be sent any more."""
        return self._closed

    @property
    def last_active(self) -> float:
        """Trio time of the last byte received or sent."""
        return self._last_active

    @property
    def busy(self) -> bool:
        """True while an answer is owed or not fully sent."""
        return bool(self._slots or self._out)

    def flush(self) -> None:
        """Send the answers that are ready and next in order, as far as the socket takes them."""
        slots = self._slots
        out = self._out
        while slots and slots[0].buffers is not None:
            out.extend(slots.popleft().buffers or ())
        if not out or self._blocked or self._closed:
            return
        try:
            while out:
                sent = self._stream.send(out[: limits.SEND_BUFFERS_MAX])
                self.queued_bytes -= sent
                self.sent_bytes += sent
                self._drop(sent)
        except BlockingIOError:
            self._blocked = True
            self._writable.set()
        except OSError:
            self.close()

    def _drop(self, sent: int) -> None:
        """Remove `sent` bytes from the front of what is to be sent."""
        out = self._out
        done = 0
        for buffer in out:
            size = len(buffer)
            if sent < size:
                break
            sent -= size
            done += 1
        del out[:done]
        if sent:
            out[0] = memoryview(out[0])[sent:]

    def release_views(self) -> None:
        """Copy what is still to be sent: the memory behind it is about to be written again."""
        self._out[:] = [bytes(b) if isinstance(b, memoryview) else b for b in self._out]
        for slot in self._slots:
            if slot.buffers:
                slot.buffers = [bytes(b) if isinstance(b, memoryview) else b for b in slot.buffers]

    def close(self) -> None:
        """Close the stream; requests whose answers are owed are told that nobody waits."""
        if self._closed:
            return
        self._closed = True
        self._stream.close()
        self._writable.set()
        if self.scope is not None:
            self.scope.cancel()
        for slot in self._slots:
            slot.abandoned = True
            if slot.on_close is not None:
                slot.on_close()
        self._slots.clear()
        self._out.clear()

    async def run(self, dispatch: Dispatch, pool: ReceivePool, *, request_bytes_max: int) -> None:
        """Serve the connection until the peer leaves, breaks the protocol or is idle too long.

        Raises:
            RemoteProtocolError: what the peer did; the caller logs it once.

        Cancellation: closes the connection; appended batches stay appended.
        """
        async with trio.open_nursery() as nursery:
            self.scope = nursery.cancel_scope
            nursery.start_soon(self._drain)
            try:
                await self._receive(dispatch, pool, request_bytes_max)
                await self._finish()
            except (OSError, trio.ClosedResourceError):
                pass
            finally:
                self.close()
                nursery.cancel_scope.cancel()

    async def _finish(self) -> None:
        """The peer closed its side: send what it is still owed, within a bounded time."""
        with trio.move_on_after(limits.CLEANUP_S):
            while self.busy and not self._closed:
                self.flush()
                await trio.sleep(0.01)

    async def _drain(self) -> None:
        """Go on sending when the socket was full; one task per connection, asleep otherwise."""
        try:
            while not self._closed:
                await self._writable.wait()
                self._writable = trio.Event()
                if self._closed:
                    return
                if self._blocked:
                    await self._stream.wait_writable()
                    self._blocked = False
                    self._last_active = trio.current_time()
                    self.flush()
        except (OSError, trio.ClosedResourceError):
            self.close()

    async def _receive(self, dispatch: Dispatch, pool: ReceivePool, request_bytes_max: int) -> None:
        stream = self._stream
        after_wakeup: Callable[[], None] = self.context.after_wakeup
        buffer: bytearray | None = None
        view = memoryview(b"")
        have = spins = 0
        try:
            while not self._closed:
                if buffer is None:
                    await stream.wait_readable()
                    buffer = pool.take_nowait() or await pool.take()
                    view = memoryview(buffer)
                try:
                    count = stream.recv_into(view[have:])
                except BlockingIOError:
                    spins = 0
                    if have == 0:
                        view.release()
                        pool.give(buffer)
                        buffer = None
                    else:
                        await stream.wait_readable()
                    continue
                if count == 0:
                    return
                self._last_active = trio.current_time()
                self.received_bytes += count
                have += count
                spins += 1
                position = 0
                while have - position >= 4:
                    (size,) = _SIZE.unpack_from(buffer, position)
                    if size < 0 or size > request_bytes_max:
                        raise RemoteProtocolError(
                            f"request of {size} bytes; socket.request.max.bytes is"
                            f" {request_bytes_max}"
                        )
                    end = position + 4 + size
                    if have < end:
                        break
                    slot = Slot(self)
                    self._slots.append(slot)
                    waiting = dispatch(self, slot, view[position + 4 : end])
                    if waiting is not None:
                        after_wakeup()
                        self.flush()
                        await waiting
                    position = end
                if position:
                    if have > position:
                        view[: have - position] = view[position:have]
                    have -= position
                    after_wakeup()
                    self.flush()
                if have >= 4:
                    need = 4 + _SIZE.unpack_from(buffer, 0)[0]
                    if have == len(buffer) and need > have:
                        view.release()
                        larger = pool.grow(buffer, have, need)
                        if larger is None:
                            raise RemoteProtocolError("no receive memory left (queued.max.bytes)")
                        buffer, view = larger, memoryview(larger)
                await self._hold_back()
                if spins > limits.SPINS_MAX:
                    spins = 0
                    await trio.lowlevel.checkpoint()
        finally:
            if buffer is not None:
                view.release()
                pool.give(buffer)

    async def _hold_back(self) -> None:
        """Stop reading while the client does not read its answers or waits for too many."""
        while not self._closed and (
            self.queued_bytes > limits.CONNECTION_OUTPUT_BYTES_MAX
            or len(self._slots) > limits.CONNECTION_REQUESTS_MAX
        ):
            await trio.sleep(0.01)
