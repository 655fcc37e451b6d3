"""What waits to be sent on an RPC connection: in order, bounded, and gone with the connection."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio
import trio.testing

from raft import limits, rpc_frames
from raft.rpc_frames import Data, End, Frame, Pong
from raft.rpc_queue import FrameQueue
from tests.unit.raft.test_tcp import frame


class Taker:
    """Takes nothing until it may."""

    def __init__(self) -> None:
        self.may_take = trio.Event()
        self.taken = b""

    async def send_all(self, data: bytes) -> None:
        await self.may_take.wait()
        self.taken += data


class Closed:
    """Notes that the connection was closed."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@asynccontextmanager
async def writing(queue: FrameQueue) -> AsyncIterator[Taker]:
    taker = Taker()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(queue.run, taker)
        yield taker
        nursery.cancel_scope.cancel()


def on_the_wire(*frames: Frame) -> bytes:
    return b"".join(frame(rpc_frames.encode(each)) for each in frames)


async def test_frames_are_sent_in_their_order(autojump_clock: trio.testing.MockClock) -> None:
    """Also those that come while others are being sent."""
    queue = FrameQueue(Closed())
    frames = [Data(1, b"a"), Data(2, b"b"), End(1)]
    async with writing(queue) as taker:
        for each in frames:
            queue.put(each)
            await trio.testing.wait_all_tasks_blocked()
        taker.may_take.set()
        await trio.testing.wait_all_tasks_blocked()

        assert taker.taken == on_the_wire(*frames)


async def test_pings_that_nobody_could_answer_are_one_pong(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The last: others would be memory that the other end decides about."""
    queue = FrameQueue(Closed())
    async with writing(queue) as taker:
        queue.put(End(1))
        await trio.testing.wait_all_tasks_blocked()
        for number in range(1000):
            queue.answer_ping(number)
        taker.may_take.set()
        await trio.testing.wait_all_tasks_blocked()

        assert taker.taken == on_the_wire(End(1), Pong(999))


async def test_full_queue_lets_data_wait_until_some_was_sent(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Whoever waits for room is told."""
    closed = Closed()
    queue = FrameQueue(closed)
    async with writing(queue) as taker, trio.open_nursery() as waiting:
        while not queue.is_full:
            queue.put(Data(1, bytes(limits.RPC_PIECE_BYTES)))
        waiting.start_soon(queue.wait_room)
        await trio.testing.wait_all_tasks_blocked()
        taker.may_take.set()

    assert not queue.is_full
    assert not closed.times


async def test_queue_beyond_its_bound_closes_the_connection() -> None:
    """It asks and does not read."""
    closed = Closed()
    queue = FrameQueue(closed)
    frames = limits.RPC_OUTBOX_BYTES_MAX // limits.RPC_PIECE_BYTES
    for _ in range(frames - 1):
        queue.put(Data(1, bytes(limits.RPC_PIECE_BYTES)))
    assert not closed.times
    queue.put(Data(1, bytes(limits.RPC_PIECE_BYTES)))

    assert closed.times == 1


async def test_peer_that_takes_nothing_is_given_up(autojump_clock: trio.testing.MockClock) -> None:
    """After a bounded time."""
    closed = Closed()
    queue = FrameQueue(closed)
    queue.put(End(1))
    await queue.run(Taker())  # type: ignore[arg-type]

    assert closed.times == 1
    assert trio.current_time() >= limits.SEND_S_MAX


async def test_queue_of_a_connection_that_ended_holds_nothing() -> None:
    """And nobody waits for room in it."""
    queue = FrameQueue(Closed())
    while not queue.is_full:
        queue.put(Data(1, bytes(limits.RPC_PIECE_BYTES)))
    async with trio.open_nursery() as waiting:
        waiting.start_soon(queue.wait_room)
        await trio.testing.wait_all_tasks_blocked()
        queue.end()
    queue.put(End(1))

    assert queue.is_over
    assert not queue._frames
    assert not queue._bytes
