"""The listener's byte stream: one suite for the socket and for the simulator's memory."""

from __future__ import annotations

import random
import socket
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import trio
import trio.testing

from appliance.server.sockets import ByteStream, SocketStream
from tests.sim.network import make_pair

Pair = tuple[ByteStream, ByteStream]


def socket_pair() -> Pair:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        one = socket.create_connection(listening.getsockname())
        other, _ = listening.accept()
    return SocketStream(one, "one"), SocketStream(other, "other")


def memory_pair() -> Pair:
    return make_pair("memory", rng=random.Random(1))


@pytest.fixture(params=[socket_pair, memory_pair])
async def pair(request: Any) -> AsyncIterator[Pair]:
    make: Callable[[], Pair] = request.param
    made = make()
    yield made
    for stream in made:
        stream.close()


async def receive(stream: ByteStream, size: int) -> bytes:
    """Return `size` bytes, fewer only at the end."""
    data = b""
    buffer = bytearray(65536)
    while len(data) < size:
        try:
            count = stream.recv_into(memoryview(buffer))
        except BlockingIOError:
            await stream.wait_readable()
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
            await one.wait_readable()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(wait)
        await trio.testing.wait_all_tasks_blocked()
        one.close()
        one.close()
