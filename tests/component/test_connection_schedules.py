"""The connection loop under random schedules, with its bounds scaled down.

A seed says what clients send in which pieces, when answers are ready and taken, and when clients
leave. However that falls: each whole request is dispatched once and in order, each answer is sent
once and in order, and everything that was held comes back.

Fault model of the stream:
    - Arrivals and ends are told once, maybe late, as an edge-triggered epoll does.
    - A send takes a part, or blocks until the client reads on.
    - A reset is noticed by whatever comes first: the poller, a receive or a send.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import trio
import trio.testing

from appliance import limits
from appliance.server.buffers import ReceivePool
from appliance.server.connection import Connection, OutputBudget, Slot, Waiting
from raft.testing.simulation import seeded_scheduler

SEEDS_PER_TEST = 40
SCALED = {
    "RECEIVE_BUFFER_BYTES": 256,
    "RECEIVE_STASH_BYTES": 16,
    "RECEIVE_BULK_BYTES": 64,
    "RECEIVE_POOL_BYTES_MAX": 4096,
    "REQUESTS_PER_TURN": 4,
    "CONNECTION_REQUESTS_MAX": 8,
    "CONNECTION_OUTPUT_BYTES_MAX": 2000,
    "NODE_OUTPUT_BYTES_MAX": 6000,
    "SEND_BUFFERS_MAX": 3,
    "SPINS_MAX": 3,
}
HANG_S = 100
"""Of the virtual clock; what is slow by itself takes a few seconds."""
HEARTBEAT = 12

BODY = struct.Struct(">IcHcH")
"""Number of the request, kind, bytes of the answer, option, ms until the answer."""
NOW, LATER, AWAITED, SILENT, BEAT = KINDS = [b"n", b"l", b"a", b"s", b"b"]
NONE, MUTES, DETACHED = b"n", b"m", b"d"


@pytest.fixture(autouse=True)
def scaled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in SCALED.items():
        monkeypatch.setattr(limits, name, value)
    yield


class Poller:
    """Tells streams of what came, after a while."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._ready: dict[Stream, None] = {}
        self._changed = trio.Event()

    def mark(self, stream: Stream) -> None:
        self._ready[stream] = None
        self._changed.set()

    async def run(self) -> None:
        while True:
            await self._changed.wait()
            self._changed = trio.Event()
            await trio.sleep(self._rng.choice([0, 0, 0, 0.001, 0.01]))
            for stream in list(self._ready):
                del self._ready[stream]
                stream.on_readable()


class Stream:
    """A `ByteStream` with the client's end of it."""

    peer = "client:1"

    def __init__(self, rng: random.Random, poller: Poller) -> None:
        self._rng = rng
        self._poller = poller
        self._incoming = bytearray()
        self._window = rng.choice([0, 50, 1 << 30])
        self._has_ended = self._is_reset = self.is_closed = False
        self._step: Callable[[], bool] | None = None
        self._is_ready = self._is_end_told = False
        self._parked = self._writable = trio.Event()
        self.resets_at = -1
        self.sent = bytearray()

    # The client.

    def feed(self, data: bytes) -> None:
        self._incoming += data
        self._poller.mark(self)

    def end(self) -> None:
        self._has_ended = True
        self._poller.mark(self)

    def reset(self) -> None:
        self._is_reset = True
        self._on_writable()
        self._poller.mark(self)

    def read_on(self, size: int) -> None:
        self._window += size
        self._on_writable()

    # The poller.

    def on_readable(self) -> None:
        step, is_end = self._step, self._has_ended or self._is_reset
        if step is None:
            self._is_ready = True
            self._is_end_told = self._is_end_told or is_end
        elif is_end or not step():
            self._step = None
            self._parked.set()

    # The port.

    def recv_into(self, buffer: memoryview) -> int:
        if self.is_closed:
            raise OSError
        count = min(len(buffer), len(self._incoming))
        if count == 0 and self._is_reset:
            raise ConnectionResetError
        if count == 0 and not self._has_ended:
            raise BlockingIOError
        buffer[:count] = self._incoming[:count]
        del self._incoming[:count]
        return count

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        if 0 <= self.resets_at <= len(self.sent) and not self._is_reset:
            self.reset()
        if self.is_closed or self._is_reset:
            raise BrokenPipeError
        if self._window == 0:
            raise BlockingIOError
        data = b"".join(buffers)[: self._window]
        if self._rng.random() < 0.3:
            data = data[: self._rng.randint(1, len(data))]
        self._window -= len(data)
        self.sent += data
        return len(data)

    async def serve_readable(self, step: Callable[[], bool]) -> None:
        self._check_open()
        is_ready, is_end = self._is_ready, self._is_end_told
        self._is_ready = self._is_end_told = False
        if is_end or (is_ready and not step()):
            return
        self._check_open()
        self._parked = trio.Event()
        self._step = step
        try:
            await self._parked.wait()
        finally:
            self._step = None
        self._check_open()

    def be_patient(self, is_patient: bool) -> None:
        assert not self.is_closed
        self._poller.mark(self)

    async def wait_writable(self) -> None:
        await trio.lowlevel.checkpoint()
        while self._window == 0 and not self._is_reset:
            self._check_open()
            await self._writable.wait()
        self._check_open()

    def close(self) -> None:
        self.is_closed = True
        self._step = None
        self._parked.set()
        self._on_writable()

    def _on_writable(self) -> None:
        self._writable.set()
        self._writable = trio.Event()

    def _check_open(self) -> None:
        if self.is_closed:
            raise trio.ClosedResourceError


class Client:
    """One client, its connection, and what its requests want of the handler."""

    def __init__(self, name: str, poller: Poller, pool: ReceivePool, budget: OutputBudget) -> None:
        self.name = name
        self._rng = random.Random(name)
        self.stream = Stream(random.Random(f"{name}'s stream"), poller)
        self.evictions = 0
        telemetry = SimpleNamespace(observe=lambda *_: None, log_repeated=self._on_line)
        submitting = SimpleNamespace(after_wakeup=lambda: None)
        self.connection = Connection(
            self.stream,
            SimpleNamespace(submitting=submitting, telemetry=telemetry),
            budget,
            dispatch=self._dispatch,
            pool=pool,
            request_bytes_max=5000,
        )
        self.asked: list[bytes] = []
        self.served: list[bytes] = []
        self.owed = bytearray()
        self.is_gone = trio.Event()
        self.is_reset = False
        self._answers: trio.Nursery | None = None

    def _on_line(self, now: float, level: str, text: str, **_: Any) -> None:
        self.evictions += "stalled" in text

    # The node.

    async def serve(self) -> None:
        async with trio.open_nursery() as self._answers:
            await self.connection.run()
            self.is_gone.set()

    def _dispatch(self, connection: Connection, slot: Slot, request: memoryview) -> Waiting | None:
        body = bytes(request)
        self.served.append(body)
        _, kind, _, option, delay_ms = BODY.unpack_from(body)
        if kind == SILENT:
            slot.complete([], 0)
            slot.abandoned = True
        elif kind == LATER:
            assert self._answers is not None
            self._answers.start_soon(self._answer_later, slot, body, delay_ms)
        elif kind == AWAITED:
            slot.is_detached = option == DETACHED
            return self._answer_soon(slot, body, delay_ms)
        else:
            if kind == BEAT:
                slot.api_key = HEARTBEAT
            self._answer(slot, body)
        return None

    async def _answer_later(self, slot: Slot, body: bytes, delay_ms: int) -> None:
        await self._answer_soon(slot, body, delay_ms)
        self.connection.flush()

    async def _answer_soon(self, slot: Slot, body: bytes, delay_ms: int) -> None:
        await trio.sleep(delay_ms / 1000)
        self._answer(slot, body)

    def _answer(self, slot: Slot, body: bytes) -> None:
        if slot.abandoned:
            return
        if BODY.unpack_from(body)[3] == MUTES:
            slot.connection.mute(0.05)
        answer = answer_of(body)
        slot.complete([answer[:4], answer[4:]], len(answer))

    # The client.

    async def run(self) -> None:
        rng, stream = self._rng, self.stream
        if rng.random() < 0.3:
            self.is_reset = True
            stream.resets_at = rng.choice([0, 1, 50, 4000])
        for _ in range(rng.randint(1, 5)):
            kinds = rng.choice([KINDS, KINDS, [LATER], [BEAT]])
            count = rng.choice([1, 1, 2, 6, 30])
            data = b"".join(self._request(rng.choice(kinds)) for _ in range(count))
            while data:
                size = rng.choice([1, 7, 64, 300, 1 << 20])
                stream.feed(data[:size])
                data = data[size:]
                if rng.random() < 0.4:
                    await trio.sleep(rng.choice([0, 0.001, 0.03]))
                if rng.random() < 0.5:
                    stream.read_on(rng.choice([10, 1000, 1 << 20]))
            if rng.random() < 0.3:
                await self._wait(lambda: len(stream.sent) >= len(self.owed))
        if rng.random() < 0.3:
            stream.feed(framed(bytes(50))[: rng.randint(1, 53)])
        if self.is_reset:
            await trio.sleep(rng.choice([0, 0.01, 0.1]))
            stream.reset()
        else:
            stream.end()
        await self._wait(self.is_gone.is_set)

    async def _wait(self, holds: Callable[[], bool]) -> None:
        """Read on until something comes true."""
        with trio.fail_after(HANG_S):
            while not (holds() or self.is_gone.is_set()):
                self.stream.read_on(self._rng.choice([100, 1 << 20]))
                await trio.sleep(0.01)

    def _request(self, kind: bytes) -> bytes:
        rng = self._rng
        answer_bytes = 0 if kind == BEAT else rng.choice([0, 10, 300, 1500, 3000])
        option = rng.choice([NONE, NONE, MUTES, DETACHED])
        delay_ms = rng.choice([0, 1, 20, 100])
        head = BODY.pack(len(self.asked), kind, answer_bytes, option, delay_ms)
        body = head + bytes(rng.choice([0, 0, 0, 3, 200, 240, 700, 2000]))
        self.asked.append(body)
        if kind != SILENT:
            self.owed += answer_of(body)
        return framed(body)

    def judge(self) -> None:
        """Compare what was done with what was asked for."""
        served, sent = self.served, self.stream.sent
        if self.is_reset or self.evictions:
            assert served == self.asked[: len(served)], self.name
            assert self.owed.startswith(sent), self.name
        else:
            assert served == self.asked, self.name
            assert sent == self.owed, self.name


def framed(body: bytes) -> bytes:
    return struct.pack(">i", len(body)) + body


def answer_of(body: bytes) -> bytes:
    number, _, size, _, _ = BODY.unpack_from(body)
    return struct.pack(">I", number) + b"." * size


async def scenario(seed: int) -> None:
    rng = random.Random(seed)
    poller = Poller(random.Random(f"{seed}'s poller"))
    pool = ReceivePool(rng.choice([1024, 4096]))
    budget = OutputBudget()
    budget.queued_bytes = others_bytes = rng.choice([0, 0, limits.NODE_OUTPUT_BYTES_MAX])
    async with trio.open_nursery() as nursery:
        nursery.start_soon(poller.run)
        clients = [
            Client(f"client {number} of seed {seed}", poller, pool, budget)
            for number in range(rng.randint(1, 6))
        ]
        async with trio.open_nursery() as running:
            for client in clients:
                running.start_soon(client.serve)
                running.start_soon(client.run)
        nursery.cancel_scope.cancel()
    for client in clients:
        client.judge()
    assert pool.held_bytes == 0
    assert budget.queued_bytes == others_bytes


@pytest.mark.parametrize("first", range(0, 4 * SEEDS_PER_TEST, SEEDS_PER_TEST))
def test_requests_are_done_once_and_what_they_held_comes_back(first: int) -> None:
    """Whatever comes together: pieces, waits, mutes, full sockets, scarce memory, ends, resets."""
    for seed in range(first, first + SEEDS_PER_TEST):
        with seeded_scheduler(seed):
            trio.run(scenario, seed, clock=trio.testing.MockClock(autojump_threshold=0))
