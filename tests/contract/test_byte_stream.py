"""The listener's byte stream: one suite for the socket and for the simulator's memory."""

from __future__ import annotations

import random
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import trio
import trio.testing

from appliance.server.sockets import ByteStream, Pollers, SocketStream
from tests.sim.network import make_pair

Pair = tuple[ByteStream, ByteStream]


def socket_pair(pollers: Pollers) -> Pair:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        one = socket.create_connection(listening.getsockname())
        other, _ = listening.accept()
    return SocketStream(one, "one", pollers), SocketStream(other, "other", pollers)


def memory_pair(pollers: Pollers) -> Pair:
    return make_pair("memory", rng=random.Random(1))


@pytest.fixture(params=[socket_pair, memory_pair])
async def pair(request: Any) -> AsyncIterator[Pair]:
    make: Callable[[Pollers], Pair] = request.param
    async with trio.open_nursery() as nursery:
        pollers = Pollers(begin_look=lambda: None, end_look=lambda: None)
        await nursery.start(pollers.run)
        made = make(pollers)
        yield made
        for stream in made:
            stream.close()
        nursery.cancel_scope.cancel()


async def receive(stream: ByteStream, size: int) -> bytes:
    """Return `size` bytes, fewer only at the end."""
    data = b""
    buffer = bytearray(65536)
    while len(data) < size:
        try:
            count = stream.recv_into(memoryview(buffer))
        except BlockingIOError:
            await stream.serve_readable(lambda: False)
            continue
        if count == 0:
            break
        data += buffer[:count]
    return data


async def test_bytes_arrive_in_order_whatever_the_pieces(pair: Pair) -> None:
    """A gathered send takes a part; the rest is sent again."""
    one, other = pair
    whole = random.Random(2).randbytes(3_000_000)

    async def send() -> None:
        rest = memoryview(whole)
        while rest:
            try:
                rest = rest[one.send([rest[:10], rest[10:70_000]]) :]
            except BlockingIOError:
                await one.wait_writable()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(send)
        assert await receive(other, len(whole)) == whole


async def test_nothing_there_would_block(pair: Pair) -> None:
    """Neither data nor end."""
    with pytest.raises(BlockingIOError):
        pair[1].recv_into(memoryview(bytearray(10)))


async def test_end_comes_after_the_data(pair: Pair) -> None:
    """What was sent before a close is received, then 0."""
    one, other = pair
    rest = b"last"
    while rest:
        rest = rest[one.send([rest]) :]
    one.close()

    assert await receive(other, 100) == b"last"


async def test_full_stream_blocks_until_read(pair: Pair) -> None:
    """Backpressure, and the wait that ends it."""
    one, other = pair
    sent = 0
    with pytest.raises(BlockingIOError):
        while True:
            sent += one.send([bytes(50_000)])
    async with trio.open_nursery() as nursery:
        nursery.start_soon(receive, other, sent)
        await one.wait_writable()
    assert one.send([b"x"]) == 1


async def test_close_wakes_who_waits(pair: Pair) -> None:
    """A task that waits for the peer learns that its own side closed the stream."""
    one, _ = pair

    async def wait() -> None:
        with pytest.raises(trio.ClosedResourceError):
            await one.serve_readable(lambda: False)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        one.close()
        one.close()


async def test_step_is_called_for_each_arrival_until_it_says_no(pair: Pair) -> None:
    """A stream is served by plain calls; the task that waits takes over when one of them asks."""
    one, other = pair
    buffer = memoryview(bytearray(100))
    received: list[bytes] = []

    def step() -> bool:
        try:
            count = other.recv_into(buffer)
        except BlockingIOError:
            return True
        received.append(bytes(buffer[:count]))
        return b"".join(received) != b"123"

    async with trio.open_nursery() as nursery:
        nursery.start_soon(other.serve_readable, step)
        for piece in (b"1", b"2", b"3"):
            one.send([piece])
            with trio.fail_after(5):
                while not b"".join(received).endswith(piece):
                    await trio.sleep(0.001)
    assert b"".join(received) == b"123"


async def test_what_came_while_nobody_waited_is_noticed(pair: Pair) -> None:
    """Readiness is told once: a stream remembers it for who waits later."""
    one, other = pair
    buffer = memoryview(bytearray(100))
    one.send([b"1"])
    with trio.fail_after(5):
        assert await receive(other, 1) == b"1"
        one.send([b"2"])
        await trio.sleep(0.01)
        await other.serve_readable(lambda: False)
        assert other.recv_into(buffer) == 1


async def test_end_is_noticed_with_and_without_data_before_it(pair: Pair) -> None:
    """It may come together with the last bytes, whose reader has no reason to look again."""
    one, other = pair
    buffer = memoryview(bytearray(100))

    def step() -> bool:
        return other.recv_into(buffer) > 0

    async with trio.open_nursery() as nursery:
        nursery.start_soon(other.serve_readable, step)
        await trio.testing.wait_all_tasks_blocked()
        one.send([b"last"])
        one.close()
        with trio.fail_after(5):
            while nursery.child_tasks:
                await trio.sleep(0.001)
    assert b"last".startswith(await receive(other, 100))


async def test_end_that_came_while_nobody_waited_is_noticed_once(pair: Pair) -> None:
    """Whoever waits next is told; who waits again has not received what was left, and waits."""
    one, other = pair
    one.send([b"x"])
    one.close()
    await trio.sleep(0.01)
    with trio.fail_after(5):
        await other.serve_readable(lambda: True)
    with trio.move_on_after(0.02) as again:
        await other.serve_readable(lambda: True)

    assert again.cancelled_caught
    assert await receive(other, 100) == b"x"


async def test_patience_loses_no_arrival(pair: Pair) -> None:
    """A stream that is asked to be patient, or no more, is served what came before."""
    one, other = pair
    for is_patient in (True, True, False, True, False):
        one.send([b"x"])
        other.be_patient(is_patient)
        with trio.fail_after(5):
            assert await receive(other, 1) == b"x"
