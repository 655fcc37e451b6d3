"""The connection loop on a stream in memory: order, backpressure, bounds."""

from __future__ import annotations

import gc
import socket
import struct
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio
import trio.testing

from appliance import limits
from appliance.errors import RemoteProtocolError
from appliance.partition import Partition
from appliance.protocol import messages
from appliance.server import fetch, produce
from appliance.server.buffers import ReceiveBuffer, ReceivePool
from appliance.server.connection import Connection, Dispatch, OutputBudget, Slot, Waiting
from appliance.server.parked import ParkedFetches
from appliance.server.sockets import ByteStream, Pollers, SocketStream
from appliance.telemetry import Telemetry


class MemoryStream:
    """A `ByteStream`: the test feeds it, and opens its window for what is sent."""

    def __init__(self, *, window: int = 1 << 30) -> None:
        self.peer = "memory"
        self.sent = bytearray()
        self.window = window
        self._incoming = bytearray()
        self._is_ended = self._is_closed = self.is_patient = False
        self._is_end_told = False
        self.is_reset = False
        self._changed = trio.Event()

    def feed(self, data: bytes) -> None:
        self._incoming += data
        self._wake()

    def end(self) -> None:
        self._is_ended = True
        self._wake()

    def open_window(self, size: int) -> None:
        self.window += size
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = trio.Event()

    def recv_into(self, buffer: memoryview) -> int:
        if self._is_closed:
            raise OSError
        count = min(len(buffer), len(self._incoming))
        if count == 0 and not self._is_ended:
            raise BlockingIOError
        buffer[:count] = self._incoming[:count]
        del self._incoming[:count]
        return count

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        if self.is_reset:
            raise ConnectionResetError
        if self.window == 0:
            raise BlockingIOError
        data = b"".join(buffers)[: self.window]
        self.window -= len(data)
        self.sent += data
        return len(data)

    async def serve_readable(self, step: Callable[[], bool]) -> None:
        await trio.lowlevel.checkpoint()
        while True:
            while not self._incoming and (not self._is_ended or self._is_end_told):
                await self._wait()
            if self._is_ended and not self._is_end_told:
                self._is_end_told = True
                return
            if not step():
                return

    def be_patient(self, is_patient: bool) -> None:
        assert not self._is_closed
        self.is_patient = is_patient

    async def wait_writable(self) -> None:
        await trio.lowlevel.checkpoint()
        while self.window == 0:
            await self._wait()

    async def _wait(self) -> None:
        await self._changed.wait()
        if self._is_closed:
            raise trio.ClosedResourceError

    def close(self) -> None:
        self._is_closed = True
        self._wake()

    @property
    def closed(self) -> bool:
        return self._is_closed


class Handler:
    """Remembers requests; answers at once with `answer`, or when the test says so."""

    def __init__(self, answer: bytes | None = None) -> None:
        self.requests: list[bytes] = []
        self.slots: list[Slot] = []
        self.waits: trio.Event | None = None
        self._answer = answer

    def __call__(self, connection: Connection, slot: Slot, request: memoryview) -> Waiting | None:
        self.requests.append(bytes(request))
        self.slots.append(slot)
        if self._answer is not None:
            slot.complete([self._answer], len(self._answer))
        if self.waits is not None:
            slot.is_detached = True
            return self.waits.wait()
        return None


def framed(body: bytes) -> bytes:
    return struct.pack(">i", len(body)) + body


class Served:
    """A connection that runs in a nursery."""

    def __init__(
        self,
        nursery: trio.Nursery,
        handler: Dispatch,
        *,
        window: int = 1 << 30,
        pool: ReceivePool | None = None,
        budget: OutputBudget | None = None,
        stream: ByteStream | None = None,
    ) -> None:
        self.stream = MemoryStream(window=window)
        self.pool = pool or ReceivePool(64 << 20)
        submitting = SimpleNamespace(after_wakeup=lambda: None)
        context = SimpleNamespace(submitting=submitting, telemetry=Telemetry())
        self.connection = Connection(
            stream or self.stream,
            context,
            budget or OutputBudget(),
            dispatch=handler,
            pool=self.pool,
            request_bytes_max=100 << 20,
        )
        self.error: Exception | None = None
        nursery.start_soon(self._run)

    async def _run(self) -> None:
        try:
            await self.connection.run()
        except* RemoteProtocolError as group:
            self.error = group.exceptions[0]  # type: ignore[assignment]


async def test_answers_leave_in_request_order_whatever_order_they_are_ready_in(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Kafka's clients match answers by position."""
    handler = Handler()
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        served.stream.feed(framed(b"one") + framed(b"two") + framed(b"three"))
        await trio.testing.wait_all_tasks_blocked()
        assert handler.requests == [b"one", b"two", b"three"]
        for number in (2, 0, 1):
            handler.slots[number].complete([b"%d" % number], 1)
            served.connection.flush()

        assert served.stream.sent == b"012"
        nursery.cancel_scope.cancel()


async def test_requests_in_any_pieces_are_dispatched_whole(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Chunking never changes the answer; a lone beginning holds no pooled memory."""
    handler = Handler(b"a")
    bodies = [b"x" * size for size in (0, 1, 5, 5000, 3 << 20)]
    data = b"".join(map(framed, bodies))
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        for start in range(0, 5100, 7):
            served.stream.feed(data[start : start + 7])
            await trio.testing.wait_all_tasks_blocked()
            if start < limits.RECEIVE_STASH_BYTES:
                assert served.pool.held_bytes == 0
        for start in range(5103, len(data), 300_000):
            served.stream.feed(data[start : start + 300_000])
            await trio.testing.wait_all_tasks_blocked()

        assert handler.requests == bodies
        assert served.pool.held_bytes == 0
        nursery.cancel_scope.cancel()


async def test_a_client_that_reads_nothing_is_read_no_further_until_it_does(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What is queued stays within its bound, and the connection goes on by itself."""
    answer = bytes(8 << 20)
    handler = Handler(answer)
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler, window=0)
        for _ in range(20):
            served.stream.feed(framed(b"fetch"))
            await trio.testing.wait_all_tasks_blocked()
        held = len(handler.requests)
        assert served.connection.queued_bytes <= limits.CONNECTION_OUTPUT_BYTES_MAX + len(answer)
        assert held < 20

        served.stream.open_window(1 << 30)
        await trio.testing.wait_all_tasks_blocked()
        assert len(handler.requests) == 20
        assert len(served.stream.sent) == 20 * len(answer)
        assert served.connection.queued_bytes == 0
        nursery.cancel_scope.cancel()


async def test_bounds_hold_within_one_received_piece(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A MiB may hold 75,000 requests: their answers are bounded as if they came one by one."""
    answer = bytes(1 << 20)
    handler = Handler(answer)
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler, window=0)
        served.stream.feed(framed(b"list") * 100)
        await trio.testing.wait_all_tasks_blocked()
        assert served.connection.queued_bytes <= limits.CONNECTION_OUTPUT_BYTES_MAX + len(answer)

        served.stream.open_window(1 << 30)
        await trio.testing.wait_all_tasks_blocked()
        assert len(handler.requests) == 100
        assert len(served.stream.sent) == 100 * len(answer)
        nursery.cancel_scope.cancel()


async def test_many_requests_in_one_piece_do_not_keep_others_waiting(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Whoever sends one request waits for a turn of the other client, not for all it sent."""
    handler = Handler(b"a")
    async with trio.open_nursery() as nursery:
        busy = Served(nursery, handler)
        other = Served(nursery, handler)
        busy.stream.feed(framed(b"busy") * 10_000)
        other.stream.feed(framed(b"other"))
        await trio.testing.wait_all_tasks_blocked()

        assert len(handler.requests) == 10_001
        assert handler.requests.index(b"other") <= limits.REQUESTS_PER_TURN * 4
        nursery.cancel_scope.cancel()


async def test_what_follows_a_request_that_ends_the_connection_is_not_served(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """As in Kafka: a refused produce with acks=0 ends it, whatever was received behind it."""
    handler = Handler()

    def end(connection: Connection, slot: Slot, request: memoryview) -> None:
        handler(connection, slot, request)
        connection.close()

    async with trio.open_nursery() as nursery:
        served = Served(nursery, end)
        served.stream.feed(framed(b"bad") + framed(b"behind"))
        await trio.testing.wait_all_tasks_blocked()
        assert handler.requests == [b"bad"]
        assert served.pool.held_bytes == 0
        nursery.cancel_scope.cancel()


async def test_what_a_closed_connection_held_is_the_nodes_again(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Answers, and fetches that waited: the node's sum is exact, or its bound would drift away."""
    handler = Handler(b"answer")
    budget = OutputBudget()
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler, window=0, budget=budget)
        served.stream.feed(framed(b"fetch"))
        await trio.testing.wait_all_tasks_blocked()
        served.connection.count_queued(1000)
        assert budget.queued_bytes == 1000 + len(b"answer")
        served.connection.close()

        assert budget.queued_bytes == 0
        served.connection.count_queued(-1000)
        assert budget.queued_bytes == 0


async def test_too_much_queued_on_the_node_holds_back_only_who_has_a_part_in_it(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Others are served while the sum is above its bound."""
    handler = Handler(b"answer")
    budget = OutputBudget()
    async with trio.open_nursery() as nursery:
        stuck = Served(nursery, handler, window=0, budget=budget)
        other = Served(nursery, handler, budget=budget)
        stuck.stream.feed(framed(b"stuck"))
        await trio.testing.wait_all_tasks_blocked()
        budget.queued_bytes += limits.NODE_OUTPUT_BYTES_MAX
        for _ in range(3):
            stuck.stream.feed(framed(b"stuck"))
            other.stream.feed(framed(b"other"))
            await trio.testing.wait_all_tasks_blocked()

        assert handler.requests.count(b"other") == 3
        assert handler.requests.count(b"stuck") <= 2
        budget.queued_bytes -= limits.NODE_OUTPUT_BYTES_MAX
        stuck.stream.open_window(1000)
        await trio.testing.wait_all_tasks_blocked()
        assert handler.requests.count(b"stuck") == 4
        assert budget.queued_bytes == 0
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    ("answer_bytes", "others_bytes"),
    [(6, limits.NODE_OUTPUT_BYTES_MAX), (limits.CONNECTION_OUTPUT_BYTES_MAX + 1, 0)],
)
async def test_an_answer_that_was_awaited_is_sent_however_much_is_queued(
    autojump_clock: trio.testing.MockClock, answer_bytes: int, others_bytes: int
) -> None:
    """Its connection would wait for itself, for ever: for metadata, or stored records."""
    budget = OutputBudget()
    budget.queued_bytes = others_bytes

    async def answer(slot: Slot) -> None:
        await trio.lowlevel.checkpoint()
        slot.complete([bytes(answer_bytes)], answer_bytes)

    def handle(connection: Connection, slot: Slot, request: memoryview) -> Waiting:
        return answer(slot)

    async with trio.open_nursery() as nursery:
        served = Served(nursery, handle, budget=budget)
        for _ in range(2):
            served.stream.feed(framed(b"metadata"))
            await trio.testing.wait_all_tasks_blocked()

        assert len(served.stream.sent) == 2 * answer_bytes
        assert budget.queued_bytes == others_bytes
        nursery.cancel_scope.cancel()


async def test_a_reset_that_an_answer_meets_ends_a_connection_with_requests_left_to_serve(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """However full its memory: to make room for what is there already would end the node."""
    handler = Handler()
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        served.stream.feed(framed(b"poll") * 2)
        await trio.testing.wait_all_tasks_blocked()
        size = limits.CONNECTION_OUTPUT_BYTES_MAX + 1
        handler.slots[1].complete([bytes(size)], size)
        served.stream.feed(framed(b"behind") * (limits.RECEIVE_BUFFER_BYTES // 10 + 1))
        await trio.testing.wait_all_tasks_blocked()
        served.stream.is_reset = True
        handler.slots[0].complete([b"answer"], 6)
        served.connection.flush()
        await trio.testing.wait_all_tasks_blocked()

        assert handler.requests == [b"poll"] * 2
        assert served.stream.closed
        assert served.pool.held_bytes == 0
        nursery.cancel_scope.cancel()


async def test_a_reset_that_the_answer_to_a_heartbeat_meets_is_no_error_of_ours(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The one that makes the connection patient, though it is closed by then."""

    def handle(connection: Connection, slot: Slot, request: memoryview) -> None:
        slot.api_key = 12
        slot.complete([b"a"], 1)

    async with trio.open_nursery() as nursery:
        served = Served(nursery, handle)
        await trio.testing.wait_all_tasks_blocked()
        served.stream.is_reset = True
        served.stream.feed(framed(b"beat") * limits.PATIENT_BEATS_MIN)
        await trio.testing.wait_all_tasks_blocked()

        assert served.stream.closed
        assert not served.stream.is_patient
        nursery.cancel_scope.cancel()


async def test_what_is_owed_is_sent_after_the_client_ended_its_side(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A half-closed connection still gets its answers, then it is closed."""
    handler = Handler()
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        served.stream.feed(framed(b"produce"))
        served.stream.end()
        await trio.testing.wait_all_tasks_blocked()
        assert not served.stream.closed
        handler.slots[0].complete([b"done"], 4)
        served.connection.flush()
        await trio.testing.wait_all_tasks_blocked()

        assert served.stream.sent == b"done"
        assert served.stream.closed


@pytest.mark.parametrize("last", [b"", framed(b"last")])
async def test_an_end_is_noticed_after_requests_that_were_served_by_plain_calls(
    autojump_clock: trio.testing.MockClock, last: bytes
) -> None:
    """It is told once, with the last request: an acks=0 producer sends that and leaves."""
    handler = Handler(b"a")
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        await trio.testing.wait_all_tasks_blocked()
        for body in (b"one", b"two"):
            served.stream.feed(framed(body))
            await trio.testing.wait_all_tasks_blocked()
        served.stream.feed(last)
        served.stream.end()
        await trio.testing.wait_all_tasks_blocked()

        assert handler.requests == [b"one", b"two", b"last"][: 3 if last else 2]
        assert served.stream.closed


async def test_an_answer_that_never_comes_does_not_keep_an_ended_connection(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The end of a connection is bounded in time, and its slots learn of it."""
    handler = Handler()
    told: list[str] = []
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        served.stream.feed(framed(b"fetch"))
        await trio.testing.wait_all_tasks_blocked()
        handler.slots[0].on_close = lambda: told.append("closed")
        served.stream.end()

    assert served.stream.closed
    assert told == ["closed"]
    assert handler.slots[0].abandoned


@pytest.mark.parametrize("size", [-1, -(2**31), 2**31 - 1, (100 << 20) + 1])
async def test_a_length_out_of_bounds_ends_the_connection(
    autojump_clock: trio.testing.MockClock, size: int
) -> None:
    """`socket.request.max.bytes`, checked before anything is allocated."""
    async with trio.open_nursery() as nursery:
        served = Served(nursery, Handler())
        served.stream.feed(struct.pack(">i", size))
        await trio.testing.wait_all_tasks_blocked()

    assert "socket.request.max.bytes" in str(served.error)
    assert served.pool.held_bytes == 0


@pytest.mark.parametrize(
    ("data", "says"), [(b"\x16\x03\x01\x02\x00", "TLS"), (b"GET / HTTP/1.1\r\n", "HTTP")]
)
async def test_what_speaks_something_else_is_named(
    autojump_clock: trio.testing.MockClock, data: bytes, says: str
) -> None:
    """The first bytes of TLS and HTTP, read as a length, tell an operator nothing."""
    async with trio.open_nursery() as nursery:
        served = Served(nursery, Handler())
        served.stream.feed(data)
        await trio.testing.wait_all_tasks_blocked()

    assert says in str(served.error)


async def test_a_stalled_request_gives_up_its_memory_when_others_need_it(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """`queued.max.request.bytes`: requests wait for memory, and the one that stalls is closed."""
    handler = Handler(b"a")
    pool = ReceivePool(4 << 20)
    async with trio.open_nursery() as nursery:
        stalled = [Served(nursery, handler, pool=pool) for _ in range(3)]
        for served in stalled:
            served.stream.feed(struct.pack(">i", 50 << 20) + bytes(10_000))
        await trio.testing.wait_all_tasks_blocked()
        assert pool.held_bytes == 3 << 20
        await trio.sleep(1)
        honest = Served(nursery, handler, pool=pool)
        honest.stream.feed(framed(bytes(500_000)))
        await trio.testing.wait_all_tasks_blocked()
        assert handler.requests == []
        await trio.sleep(limits.RECEIVE_STALL_S_MIN + 2 * limits.RECEIVE_WAIT_S)

        assert handler.requests == [bytes(500_000)]
        assert [served.stream.closed for served in stalled].count(True) == 1
        assert not honest.stream.closed
        nursery.cancel_scope.cancel()


async def test_a_stalled_request_is_given_up_and_told_of_once_however_many_wait(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Those who wait since the same moment find the same one."""
    handler = Handler(b"a")
    pool = ReceivePool(4 << 20)
    told: list[str] = []
    async with trio.open_nursery() as nursery:
        stalled = [Served(nursery, handler, pool=pool) for _ in range(3)]
        for served in stalled:
            served.connection.context.telemetry = SimpleNamespace(
                log_repeated=lambda *args, **_: told.append(args[2])
            )
            served.stream.feed(struct.pack(">i", 50 << 20) + bytes(10_000))
        await trio.sleep(limits.RECEIVE_STALL_S_MIN)
        honest = [Served(nursery, handler, pool=pool) for _ in range(5)]
        for served in honest:
            served.stream.feed(framed(b"request"))
        await trio.sleep(2 * limits.RECEIVE_WAIT_S)

        assert handler.requests == [b"request"] * 5
        assert [served.stream.closed for served in stalled].count(True) == 1
        assert told == ["closed a connection that stalled while others waited"]
        nursery.cancel_scope.cancel()


async def test_an_answer_is_a_sign_of_life(autojump_clock: trio.testing.MockClock) -> None:
    """`connections.max.idle.ms` counts from it: whoever waited for long is not idle at once."""
    handler = Handler()
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler)
        served.stream.feed(framed(b"join"))
        await trio.sleep(300)
        handler.slots[0].complete([b"joined"], 6)
        served.connection.flush()

        assert served.connection.last_active == trio.current_time()
        nursery.cancel_scope.cancel()


async def test_waits_for_the_object_store_hold_no_receive_memory(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """However many readers wait, requests of others are received and served."""
    handler = Handler()
    pool = ReceivePool(2 << 20)
    async with trio.open_nursery() as nursery:
        readers = [Served(nursery, handler, pool=pool) for _ in range(10)]
        handler.waits = trio.Event()
        for served in readers:
            served.stream.feed(framed(b"fetch"))
            await trio.testing.wait_all_tasks_blocked()
        assert pool.held_bytes == 0
        assert len(handler.requests) == 10

        handler.waits.set()
        await trio.testing.wait_all_tasks_blocked()
        for served in readers:
            served.stream.feed(framed(b"again"))
            await trio.testing.wait_all_tasks_blocked()
        assert handler.requests.count(b"again") == 10
        nursery.cancel_scope.cancel()


async def test_a_client_that_is_not_read_on_holds_no_receive_memory(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Unless it has sent more than what is waited for."""
    handler = Handler(bytes(limits.CONNECTION_OUTPUT_BYTES_MAX + 1))
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler, window=0)
        served.stream.feed(framed(b"fetch"))
        await trio.testing.wait_all_tasks_blocked()
        assert served.pool.held_bytes == 0

        served.stream.open_window(1 << 30)
        served.stream.feed(framed(b"more"))
        await trio.testing.wait_all_tasks_blocked()
        assert handler.requests == [b"fetch", b"more"]
        nursery.cancel_scope.cancel()


async def test_large_requests_that_fill_the_pool_are_all_served(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Requests that arrive do not wait for each other for ever."""
    handler = Handler(b"a")
    pool = ReceivePool(8 << 20)
    async with trio.open_nursery() as nursery:
        many = [Served(nursery, handler, pool=pool) for _ in range(6)]
        body = framed(bytes(3 << 20))
        for start in range(0, len(body), 1 << 20):
            for served in many:
                served.stream.feed(body[start : start + (1 << 20)])
            await trio.testing.wait_all_tasks_blocked()

        assert len(handler.requests) == 6
        assert pool.held_bytes == 0
        nursery.cancel_scope.cancel()


async def test_what_is_kept_for_a_client_is_given_back_when_it_leaves(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Answers and parked fetches alike; what comes after the end counts no more."""
    handler = Handler()
    budget = OutputBudget()
    async with trio.open_nursery() as nursery:
        served = Served(nursery, handler, window=0, budget=budget)
        served.stream.feed(framed(b"fetch") + framed(b"fetch"))
        await trio.testing.wait_all_tasks_blocked()
        served.connection.count_queued(1000)
        handler.slots[0].complete([bytes(50)], 50)
        served.connection.flush()
        assert budget.queued_bytes == 1050
        served.connection.close()
        served.connection.count_queued(-1000)
        handler.slots[1].complete([bytes(70)], 70)

    assert budget.queued_bytes == 0
    assert served.connection.queued_bytes == 0


def _partition(touched: list[Partition]) -> Partition:
    return Partition(
        1, topic_id=b"t" * 16, topic_name="t", index=0, leader_epoch=0, log_start_offset=0,
        committed_end=0, touched=touched, with_tail=set(),
    )  # fmt: skip


async def test_a_produce_answer_that_fails_when_it_is_durable_ends_its_connection_alone(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The WAL's completion calls it: an error there would end the node."""
    line = messages.ProduceResponse.PartitionProduceResponse
    answer = messages.ProduceResponse.TopicProduceResponse
    slots: list[Slot] = []
    flush_later: dict[Any, None] = {}

    def handle(connection: Connection, slot: Slot, request: memoryview) -> None:
        slot.api_key = 0
        slots.append(slot)

    async with trio.open_nursery() as nursery:
        served = [Served(nursery, handle) for _ in range(2)]
        for one in served:
            one.stream.feed(framed(b"produce"))
            await trio.testing.wait_all_tasks_blocked()
        for slot, base_offset in zip(slots, (1 << 70, 7), strict=True):
            topic = answer(name="t", partition_responses=[line(index=0, base_offset=base_offset)])
            context = cast("Any", SimpleNamespace(flush_later=flush_later))
            response = messages.ProduceResponse(responses=[topic])
            produce._Pending(context, slot, 9, 1, response).on_durable()
        for connection in flush_later:
            connection.flush()
        await trio.testing.wait_all_tasks_blocked()

        assert [one.stream.closed for one in served] == [True, False]
        assert served[0].connection.context.telemetry.handler_errors == 1
        assert served[1].stream.sent
        nursery.cancel_scope.cancel()


async def test_a_parked_fetch_that_fails_ends_its_connection_alone(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """It is answered by the WAL's completion, next to those of other clients."""
    touched: list[Partition] = []
    partition = _partition(touched)
    flush_later: dict[Any, None] = {}
    parked = ParkedFetches(flush=flush_later.clear)
    views: list[Any] = [[object()], []]  # of the first fetch: something that is no memory
    context = cast(
        "Any",
        SimpleNamespace(
            table=SimpleNamespace(get=lambda *_: partition, has_topic=lambda _: True),
            parked=parked,
            image=SimpleNamespace(client_quotas={}),
            reads=SimpleNamespace(tail_views=lambda *_, **__: views.pop(0)),
            telemetry=Telemetry(),
            flush_later=flush_later,
        ),
    )
    asked = messages.FetchRequest
    topic = asked.FetchTopic(
        topic="t",
        partitions=[asked.FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=100)],
    )
    asked_for = asked(
        max_wait_ms=1000, min_bytes=1, max_bytes=100, session_epoch=-1, topics=[topic]
    )

    def handle(connection: Connection, slot: Slot, request: memoryview) -> None:
        slot.api_key = 1
        fetch.handle(context, slot, 11, 1, asked_for)

    async with trio.open_nursery() as nursery:
        served = [Served(nursery, handle) for _ in range(2)]
        for one in served:
            one.stream.feed(framed(b"fetch"))
            await trio.testing.wait_all_tasks_blocked()
        assert len(parked) == 2
        partition.on_append(0, 1, log_id=1, lsn=1, position=0, length=10, max_timestamp=0)
        partition.on_durable(1)
        parked.on_commit(touched)
        await trio.testing.wait_all_tasks_blocked()

        assert [one.stream.closed for one in served] == [True, False]
        assert list(flush_later) == [served[1].connection]
        nursery.cancel_scope.cancel()


async def test_only_heartbeats_in_a_row_make_a_connection_patient(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Members that just say that they live are served together; whoever asks for more is not."""
    kinds: list[int] = []

    def handle(connection: Connection, slot: Slot, request: memoryview) -> None:
        slot.api_key = int(bytes(request))
        slot.complete([b"a"], 1)

    async with trio.open_nursery() as nursery:
        served = Served(nursery, handle)
        await trio.testing.wait_all_tasks_blocked()
        for api_key in (12, 12, 8, *[12] * limits.PATIENT_BEATS_MIN, 8, 12):
            served.stream.feed(framed(b"%d" % api_key))
            await trio.testing.wait_all_tasks_blocked()
            kinds.append(served.stream.is_patient)

        assert kinds == [False] * (2 + limits.PATIENT_BEATS_MIN) + [True, False, False]
        nursery.cancel_scope.cancel()


async def test_an_error_of_a_handler_ends_its_connection_whoever_read_the_request(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A request that comes alone is served by the poller, which has others to serve."""

    def handle(connection: Connection, slot: Slot, request: memoryview) -> None:
        if request == b"bad":
            raise RemoteProtocolError("bad")
        slot.complete([b"a"], 1)

    async with trio.open_nursery() as nursery:
        served = [Served(nursery, handle) for _ in range(2)]
        await trio.testing.wait_all_tasks_blocked()
        for one, body in zip(served, (b"bad", b"good"), strict=True):
            one.stream.feed(framed(body))
            await trio.testing.wait_all_tasks_blocked()

        assert str(served[0].error) == "bad"
        assert [one.stream.closed for one in served] == [True, False]
        assert served[1].stream.sent == b"a"
        nursery.cancel_scope.cancel()


async def test_a_fault_found_as_the_connection_was_closed_is_not_lost() -> None:
    """It ends the node, though the connection's task learns of the close first."""

    def handle(connection: Connection, slot: Slot, request: memoryview) -> None:
        connection.close()
        raise AssertionError("fault")

    with trio.fail_after(10), pytest.RaisesGroup(AssertionError, flatten_subgroups=True):
        async with trio.open_nursery() as nursery:
            pollers = Pollers(begin_look=lambda: None, end_look=lambda: None)
            await nursery.start(pollers.run)
            with socket.create_server(("127.0.0.1", 0)) as listening:
                client = socket.create_connection(listening.getsockname())
                accepted, _ = listening.accept()
            with client:
                stream = SocketStream(accepted, "client", pollers)
                served = Served(nursery, handle, stream=stream)
                await trio.testing.wait_all_tasks_blocked()
                client.sendall(framed(b"request"))
                while not served.connection.closed:
                    await trio.sleep(0.001)
                await trio.sleep(0.01)
                nursery.cancel_scope.cancel()


async def test_a_connection_that_ended_is_no_cycle_of_garbage(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Python looks for such cycles among old objects once in a long while."""
    async with trio.open_nursery() as nursery:
        served = Served(nursery, Handler(b"a"))
        served.stream.feed(framed(b"one") + framed(b"two")[:5])
        await trio.testing.wait_all_tasks_blocked()
        served.stream.end()

    holders = [one for one in gc.get_referrers(served.connection) if isinstance(one, ReceiveBuffer)]
    assert holders == []
