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
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import trio

from appliance import limits
from appliance.errors import RemoteProtocolError
from appliance.protocol import codec
from appliance.protocol.plain import RepeatedCommit
from appliance.server.buffers import ReceiveBuffer, ReceivePool
from appliance.server.sockets import ByteStream
from appliance.server.throttle import with_throttle_time
from wal.errors import DeviceError, FencedError

_SIZE = struct.Struct(">i")
assert _SIZE.size == 4

_HEARTBEAT = 12

Buffers = list[bytes | memoryview]
Waiting = Coroutine[Any, Any, None]

ENDS_THE_NODE = (AssertionError, DeviceError, FencedError)
"""What no connection contains; every other error of ours ends the one connection that met it."""


class OutputBudget:
    """Bytes of answers queued on all connections of a listener."""

    __slots__ = ("queued_bytes",)

    def __init__(self) -> None:
        self.queued_bytes = 0

    @property
    def is_scarce(self) -> bool:
        """True while more is queued than the node should hold."""
        return self.queued_bytes > limits.NODE_OUTPUT_BYTES_MAX


class Slot:
    """The place of one answer in the order of its connection.

    Attributes:
        started: trio time of the turn in which the request was decoded.
        is_detached: the handler needs nothing of the request's bytes any more.
        throttle: (API version, throttle time ms) of a request above its client's quota.
    """

    __slots__ = (
        "abandoned", "api_key", "buffers", "connection", "is_detached", "on_close", "started",
        "throttle",
    )  # fmt: skip

    def __init__(self, connection: "Connection", started: float = 0.0) -> None:
        self.connection = connection
        self.started = started
        self.buffers: Buffers | None = None
        self.on_close: Callable[[], None] | None = None
        self.abandoned = self.is_detached = False
        self.api_key = -1
        self.throttle: tuple[int, int] | None = None

    def complete(self, buffers: Buffers, size: int) -> None:
        """Set the answer (empty: none is sent). It leaves with the next `flush`."""
        assert self.buffers is None
        if self.throttle is not None:
            version, throttle_time_ms = self.throttle
            self.connection.mute(throttle_time_ms / 1000)
            if buffers:
                buffers, size = with_throttle_time(self.api_key, version, buffers, throttle_time_ms)
        self.buffers = buffers
        self.connection.on_answer(self, size)

    def answer(self, version: int, correlation_id: int, response: Any) -> None:
        """Encode and set the answer; one that cannot be encoded ends its connection.

        For answers from outside of the connection's own loop, where an error would end another
        client's request, or the WAL.
        """
        try:
            self.complete(
                *codec.encode_response_frame(self.api_key, version, correlation_id, response)
            )
        except ENDS_THE_NODE:
            raise
        except Exception as error:
            self.connection.fail(error)


class Dispatch(Protocol):
    """What the connection calls for each complete request.

    Returns None when the slot is or will be completed without help, and nothing needs the bytes of
    the request any more; or what the connection awaits before it reads the next request.
    """

    def __call__(
        self, connection: "Connection", slot: Slot, request: memoryview
    ) -> Waiting | None: ...


class Connection:
    """State of one connection; see the module's text."""

    __slots__ = (
        "_beats",
        "_blocked_since",
        "_budget",
        "_closed",
        "_dispatch",
        "_is_drained",
        "_is_patient",
        "_last_active",
        "_muted_until",
        "_now",
        "_nursery",
        "_out",
        "_progress",
        "_received",
        "_request_bytes_max",
        "_request_started",
        "_slots",
        "_step_error",
        "_stream",
        "_waiting",
        "client_id",
        "context",
        "full_until",
        "peer",
        "queued_bytes",
        "repeated_commit",
        "software",
    )

    def __init__(
        self,
        stream: ByteStream,
        context: Any,
        budget: OutputBudget,
        *,
        dispatch: Dispatch,
        pool: ReceivePool,
        request_bytes_max: int,
    ) -> None:
        """Serve nothing yet.

        Args:
            stream: connected; closed with the connection.
            context: of the node.
            budget: of the listener.
            dispatch: called for each complete request.
            pool: of receive memory.
            request_bytes_max: a longer request ends the connection.
        """
        self._stream = stream
        self._dispatch = dispatch
        self._received = ReceiveBuffer(pool, self)
        self._request_bytes_max = request_bytes_max
        self._waiting: tuple[Slot, Waiting] | None = None
        self._step_error: Exception | None = None
        self._beats = 0
        self._is_drained = True  # what is there will be noticed
        self._is_patient = False
        self.context = context
        self.peer = stream.peer
        self.client_id: str | None = None
        self.repeated_commit: RepeatedCommit | None = None  # the last OffsetCommit, if it was plain
        self.software = ""
        self._budget = budget
        self._slots: deque[Slot] = deque()
        self._out: Buffers = []
        self._blocked_since: float | None = None
        self._closed = False
        self._muted_until = 0.0
        self._progress: trio.Event | None = None
        self._nursery: trio.Nursery | None = None
        self.queued_bytes = 0
        self.full_until = 0.0
        """Trio time until which its produce requests do not wait for room: one did in vain."""
        self._now = trio.lowlevel.current_clock().current_time  # A third of `trio.current_time`.
        self._last_active = self._request_started = self._now()

    @property
    def closed(self) -> bool:
        """True once nothing can be sent any more."""
        return self._closed

    @property
    def last_active(self) -> float:
        """Trio time of the last byte received or sent."""
        return self._last_active

    @property
    def request_started(self) -> float:
        """Trio time at which the first byte came of the request that is not complete yet."""
        return self._request_started

    @property
    def busy(self) -> bool:
        """True while an answer is owed or not fully sent."""
        return bool(self._slots or self._out)

    @property
    def blocked_since(self) -> float | None:
        """Trio time since which the client takes nothing, None while it does."""
        return self._blocked_since

    @property
    def budget(self) -> OutputBudget:
        """What all connections together have queued."""
        return self._budget

    def count_queued(self, size: int) -> None:
        """Add bytes (or take them off again) that the node keeps for this client."""
        if not self._closed:
            self.queued_bytes += size
            self._budget.queued_bytes += size

    def on_answer(self, slot: Slot, size: int) -> None:
        """Count the bytes and the time of an answer that was just set."""
        if self._closed:
            return
        self.queued_bytes += size
        self._budget.queued_bytes += size
        self._last_active = now = self._now()
        if slot.api_key >= 0:
            self.context.telemetry.observe(slot.api_key, now - slot.started)

    def flush(self) -> None:
        """Send the answers that are ready and next in order, as far as the socket takes them."""
        if self._progress is not None:
            self._progress.set()
        # While nothing can be sent answers stay in their slots, whose number is bounded.
        if self._blocked_since is not None or self._closed:
            return
        slots, out = self._slots, self._out
        while slots and (buffers := slots[0].buffers) is not None:
            slots.popleft()
            out += buffers
        if not out:
            return
        try:
            while out:
                if len(out) == 1:
                    size = len(out[0])
                    sent = self._stream.send(out)
                else:
                    size = sum(map(len, out))
                    sent = self._stream.send(out[: limits.SEND_BUFFERS_MAX])
                self.queued_bytes -= sent
                self._budget.queued_bytes -= sent
                if sent == size:
                    out.clear()
                else:
                    self._drop(sent)
        except BlockingIOError:
            self._blocked_since = trio.current_time()
            assert self._nursery is not None
            self._nursery.start_soon(self._drain)
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

    def mute(self, seconds: float) -> None:
        """Serve no further request for so long; its answer, which says so, leaves at once."""
        self._muted_until = max(self._muted_until, trio.current_time() + seconds)

    async def _sit_out(self) -> None:
        """Wait until the connection is no longer muted."""
        self.context.submitting.after_wakeup()
        self.flush()
        while trio.current_time() < self._muted_until:
            await trio.sleep_until(self._muted_until)
        self._muted_until = 0.0

    def evict(self) -> None:
        """Close it because others need what it holds; told to the operator. Idempotent."""
        if self._closed:
            return
        self.context.telemetry.log_repeated(
            trio.current_time(),
            "info",
            "closed a connection that stalled while others waited",
            peer=self.peer,
            client=self.client_id,
        )
        self.close()

    def fail(self, error: BaseException) -> None:
        """Close it after an unexpected error of ours; told to the operator."""
        self.context.telemetry.handler_errors += 1
        self.context.telemetry.log_repeated(
            trio.current_time(),
            "error",
            "closed a connection after an unexpected error",
            peer=self.peer,
            client=self.client_id,
            exc_info=error,
        )
        self.close()

    def close(self) -> None:
        """Close the stream; requests whose answers are owed are told that nobody waits."""
        if self._closed:
            return
        self._closed = True
        self._stream.close()
        self._budget.queued_bytes -= self.queued_bytes
        self.queued_bytes = 0
        if self._nursery is not None:
            self._nursery.cancel_scope.cancel()
        for slot in self._slots:
            slot.abandoned = True
            if slot.on_close is not None:
                slot.on_close()
        self._slots.clear()
        self._out.clear()

    async def run(self) -> None:
        """Serve the connection until the peer leaves, breaks the protocol or is idle too long.

        Raises:
            RemoteProtocolError: what the peer did; the caller logs it once.

        Cancellation: closes the connection; appended batches stay appended.
        """
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            try:
                await self._receive()
                self._on_end()
                await self._finish()
            except OSError:
                self._on_end()
            except trio.ClosedResourceError:
                pass
            finally:
                self.close()
                self._received.end()
                if self._waiting is not None:
                    self._waiting[1].close()

    def _on_end(self) -> None:
        """The peer is gone: say so where it leaves a request behind that is not whole.

        For who looks closely only: every client that is killed may do that.
        """
        if self._received.have and not self._closed:
            self.context.telemetry.log_repeated(
                trio.current_time(),
                "debug",
                "a client left in the middle of a request",
                peer=self.peer,
                client=self.client_id,
                received_bytes=self._received.have,
            )

    async def _finish(self) -> None:
        """The peer closed its side: send what it is still owed, within a bounded time."""
        self.flush()
        with trio.move_on_after(limits.CLEANUP_S):
            while self.busy and not self._closed:
                await self._wait_progress()

    async def _wait_progress(self) -> None:
        """Return after the next `flush`."""
        self._progress = trio.Event()
        await self._progress.wait()
        self._progress = None

    async def _drain(self) -> None:
        """Go on sending when the socket was full; a task that lives as long as that lasts."""
        try:
            await self._stream.wait_writable()
            self._blocked_since = None
            self._last_active = trio.current_time()
            self.flush()
        except (OSError, trio.ClosedResourceError):
            self.close()

    async def _receive(self) -> None:
        """Receive and serve until the peer ends the stream.

        `_step` does it while nothing has to be waited for; this task is for the rest.
        """
        received = self._received
        spins = 0
        while not self._closed:
            if self._muted_until:
                received.let_go()
                await self._sit_out()
            if not received.is_held:
                if self._is_drained:
                    await self._park()
                    continue
                await received.hold()
            try:
                count = self._stream.recv_into(received.view[received.have :])
            except BlockingIOError:
                spins = 0
                self._is_drained = True
                if not received.let_go():
                    await self._park()
                continue
            if count == 0:
                return
            self._on_received(count, self._now())
            await self._serve()
            spins += 1
            if spins > limits.SPINS_MAX:
                spins = 0
                await trio.lowlevel.checkpoint()

    async def _park(self) -> None:
        """Leave the socket to `_step` until it leaves something to do, and do that."""
        self._is_drained = False
        try:
            await self._stream.serve_readable(self._step)
        finally:
            # Also when the connection was closed meanwhile: some errors end the node.
            if self._step_error is not None:
                raise self._step_error
        if self._received.is_held:
            await self._serve()

    def _step(self) -> bool:
        """Receive and serve what is there; False leaves something to `_receive`.

        Called by whoever notices that the socket is readable, so errors are left to it, too.
        """
        try:
            if self._closed or not self._try_step():
                return False
            self._is_drained = False  # If no call follows, the stream ended with more to receive.
            return True
        except Exception as error:
            self._step_error = error
            return False
        finally:
            if self._received.is_borrowed:
                self._received.keep()

    def _try_step(self) -> bool:
        received = self._received
        self._is_drained = False
        if self._muted_until or not (received.is_held or received.borrow()):
            return False
        for _ in range(limits.SPINS_MAX):
            view, have = received.view, received.have
            room = len(view) - have
            try:
                count = self._stream.recv_into(view[have:] if have else view)
            except BlockingIOError:
                received.let_go()
                return True
            if count == 0:
                return False
            self._is_drained = count < room
            now = self._now()
            self._on_received(count, now)
            is_all = self._serve_some(now)
            is_patient = self._beats >= limits.PATIENT_BEATS_MIN
            if is_patient != self._is_patient and not self._closed:
                self._is_patient = is_patient
                self._stream.be_patient(is_patient)
            if not is_all:
                return False
            received.drop_served()
            if count == room or self._closed or self._muted_until or self._must_wait():
                return False
            if count < limits.RECEIVE_BULK_BYTES:
                received.let_go()
                return True
        return False

    def _on_received(self, count: int, now: float) -> None:
        self._last_active = now
        received = self._received
        if received.have == 0:
            self._request_started = now
        received.have += count

    async def _serve(self) -> None:
        """Serve the complete requests that were received, with turns for others and for waits."""
        received = self._received
        while self._waiting is not None or not self._serve_some(self._now()):
            if self._waiting is not None:
                slot, waiting = self._waiting
                self._waiting = None
                if slot.is_detached and received.served == received.have:
                    # Memory for receiving is not held over a wait for the object store.
                    received.drop_served()
                    received.let_go()
                await waiting
            elif self._muted_until:
                await self._sit_out()
            else:
                await trio.lowlevel.checkpoint()
            if self._must_wait():
                # Nobody else writes what was awaited above, or sends its answer.
                self.context.submitting.after_wakeup()
                self.flush()
                while self._must_wait():
                    await self._wait_progress()
        if self._closed:
            return  # What is received, a whole request perhaps, is served no more.
        received.drop_served()
        if received.is_held and received.have == len(received.view):
            await received.grow(4 + _SIZE.unpack_from(received.view, 0)[0])
        while self._must_wait():
            received.let_go()
            await self._wait_progress()

    def _serve_some(self, now: float) -> bool:
        """Dispatch complete requests in order; False when it stopped before the last of them.

        It stops for a request to wait for (`_waiting`), for a mute, and to give others their turn.
        """
        received = self._received
        view, have, position = received.view, received.have, received.served
        turn = 0
        is_all = True
        while have - position >= 4 and not self._closed:
            (size,) = _SIZE.unpack_from(view, position)
            if size < 0 or size > self._request_bytes_max:
                raise RemoteProtocolError(_size_reason(size, self._request_bytes_max))
            end = position + 4 + size
            if have < end:
                break
            if self._muted_until or turn == limits.REQUESTS_PER_TURN or self._must_wait():
                is_all = False
                break
            slot = Slot(self, now)
            self._slots.append(slot)
            waiting = self._dispatch(self, slot, view[position + 4 : end])
            position = end
            turn += 1
            self._beats = self._beats + 1 if slot.api_key == _HEARTBEAT else 0
            if waiting is not None:
                self._waiting = slot, waiting
                is_all = False
                break
        if position:
            received.served = position
            self._request_started = self._last_active
        self.context.submitting.after_wakeup()
        # Nobody waits for the progress of a connection that is being served.
        if self._out or (self._slots and self._slots[0].buffers is not None):
            self.flush()
        return is_all

    def _must_wait(self) -> bool:
        """Whether to stop reading: the client does not read its answers, or waits for too many."""
        return not self._closed and (
            self.queued_bytes > limits.CONNECTION_OUTPUT_BYTES_MAX
            or len(self._slots) > limits.CONNECTION_REQUESTS_MAX
            or (self.queued_bytes > 0 and self._budget.is_scarce)
        )


def _size_reason(size: int, request_bytes_max: int) -> str:
    """Say what is wrong with a request's first four bytes; often they are no size at all."""
    first = _SIZE.pack(size)
    if first[:2] == b"\x16\x03":
        return "this looks like TLS: the listener speaks plaintext (security.protocol=PLAINTEXT)"
    if first in (b"GET ", b"HEAD", b"POST", b"PUT ", b"OPTI"):
        return "this looks like HTTP: pages are on the admin listener, Kafka clients speak here"
    return f"request of {size} bytes; socket.request.max.bytes is {request_bytes_max}"
