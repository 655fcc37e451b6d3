"""Opening hostile batches: the loop goes on, memory and work are bounded."""

import struct
from collections.abc import Callable
from typing import Any

import cramjam
import pytest
import trio

from appliance import limits
from appliance.protocol import batch
from appliance.server.opener import Opener

NULL_KEY = b"\x0c\x00\x00\x00\x01\x01\x00"  # a record of seven bytes: no key, no value


def packed(count: int, record: bytes = NULL_KEY) -> memoryview:
    """Return a zstd batch of equal records: some thousandth of its decompressed size."""
    out = batch.build([(b"k", b"v")], timestamp=1)[: batch.BATCH_OVERHEAD]
    out += bytes(cramjam.zstd.compress(record * count))
    struct.pack_into(">i", out, 8, len(out) - 12)
    struct.pack_into(">h", out, 21, 4)
    struct.pack_into(">i", out, 23, count - 1)
    struct.pack_into(">i", out, 57, count)
    struct.pack_into(">I", out, 17, batch._crc32c(memoryview(out)[21:]))
    return memoryview(out)


async def at_once(work: Callable[[], Any]) -> Any:
    """Work aside, without a thread."""
    await trio.lowlevel.checkpoint()
    return work()


async def test_many_records_of_few_bytes_leave_the_loop_to_others() -> None:
    """A batch of a hundred bytes with 50,000 records costs its own request's time only."""
    view = packed(50_000)
    assert len(view) < 1000
    batch.check(view)
    turns = seen = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await trio.lowlevel.checkpoint()

    def visit(record: batch.Record) -> bool:
        nonlocal seen
        seen += 1
        return True

    async with trio.open_nursery() as nursery:
        nursery.start_soon(other)
        await Opener(at_once).visit(view, visit)
        nursery.cancel_scope.cancel()

    assert seen == 50_000
    assert turns >= seen // limits.RECORDS_PER_TURN - 1


async def test_a_small_batch_does_not_wait_for_a_large_one() -> None:
    """Only batches that take several turns queue up behind each other."""
    opener = Opener(at_once)
    order: list[str] = []

    async def large() -> None:
        await opener.visit(packed(20_000), lambda _: True)
        order.append("large")

    async def small() -> None:
        await opener.visit(packed(10), lambda _: True)
        order.append("small")

    async with trio.open_nursery() as nursery:
        nursery.start_soon(large)
        await trio.lowlevel.checkpoint()
        nursery.start_soon(small)

    assert order == ["small", "large"]


async def test_a_bomb_is_refused_at_the_bound() -> None:
    """Decompressed bytes beyond the bound are an error of the batch, not memory."""
    view = packed(2, NULL_KEY * 300_000)
    assert len(view) < 1000
    with pytest.raises(batch.CorruptBatchError, match="larger than allowed"):
        await Opener(at_once).visit(view, lambda _: True, records_bytes_max=1 << 20)


async def test_visit_ends_when_told_and_lets_the_next_one_in() -> None:
    """Nothing is held after an early end or a cancellation."""
    opener = Opener(at_once)
    seen: list[int] = []
    await opener.visit(packed(5000), lambda record: bool(seen.append(record.offset)))
    with trio.CancelScope() as scope:
        await opener.visit(packed(5000), lambda _: bool(scope.cancel()) or True)
    assert scope.cancelled_caught
    with trio.fail_after(5):
        await opener.visit(packed(5000), lambda _: False)

    assert seen == [0]


@pytest.mark.parametrize(("count", "size", "is_aside"), [(1, 10, False), (1, 500_000, True)])
async def test_large_pieces_of_work_are_done_aside(count: int, size: int, is_aside: bool) -> None:
    """A small batch is not worth the way to a thread; a large one is not the event loop's."""
    done: list[object] = []

    async def aside(work: Callable[[], Any]) -> Any:
        done.append(work)
        return await at_once(work)

    plain = memoryview(batch.build([(b"k", bytes(size))] * count, timestamp=1))
    opener = Opener(aside)
    small = await opener.recompress(plain, 4, 3, records_bytes_max=1 << 20)
    assert len(done) == is_aside
    seen: list[batch.Record] = []
    await opener.visit(memoryview(small), lambda record: not seen.append(record))

    assert len(done) == 2 * is_aside
    assert [len(record.value or b"") for record in seen] == [size] * count
    await opener.visit(plain, lambda _: False)
    assert len(done) == 2 * is_aside
