"""Reader: what it returns, what it costs, and what faults do to it."""

import random
from collections import Counter

import pytest
import trio
import trio.testing

from appliance.objects import keys
from appliance.objects.errors import (
    CorruptObjectError,
    ObjectNotFoundError,
    StoreUnavailableError,
)
from appliance.objects.memory import Fault, Faults, MemoryStore
from appliance.objects.object_format import Builder, walk_batches
from appliance.objects.reader import Reader
from appliance.objects.store import RetryingStore

P = 3
KEY = keys.object_key("", 1)


def batch(base_offset: int, count: int, body: int = 100) -> bytes:
    head = base_offset.to_bytes(8, "big") + (49 + body).to_bytes(4, "big")
    fill = bytes([base_offset % 251]) * body
    return head + bytes(11) + (count - 1).to_bytes(4, "big") + bytes(34) + fill


def make(store: MemoryStore, *, blocks: int = 6, batches: int = 5, count: int = 10) -> int:
    """Store an object: offsets from 0, `count` per batch; and one block of another partition."""
    builder = Builder(cluster_id="c", object_id=1)
    offset = 0
    for number in range(blocks):
        start = offset
        data = []
        for _ in range(batches):
            data.append(batch(offset, count))
            offset += count
        builder.add_block(
            partition_id=P, topic_id=bytes(16), partition_index=0, base_offset=start,
            next_offset=offset, max_timestamp=number, batches=data,
        )  # fmt: skip
    builder.add_block(
        partition_id=P + 1, topic_id=bytes(16), partition_index=1, base_offset=0, next_offset=1,
        max_timestamp=0, batches=[batch(0, 1)],
    )  # fmt: skip
    parts, _ = builder.finish()
    store.objects[KEY] = b"".join(parts)
    return len(store.objects[KEY])


def reads(store: MemoryStore) -> int:
    return sum(1 for operation, _ in store.calls if operation == "get_range")


async def test_every_offset_reads_from_the_batch_that_holds_it() -> None:
    store = MemoryStore()
    size = make(store)
    reader = Reader(store, 1 << 20)
    for offset in range(300):
        views, next_offset = await reader.read(KEY, size, P, offset, 1)
        assert [bytes(view) for view in views] == [batch(offset // 10 * 10, 10)]
        assert next_offset == offset // 10 * 10 + 10

    assert await reader.read(KEY, size, P, 300, 1000) == ([], 300)
    assert reads(store) == 7


@pytest.mark.parametrize("max_bytes", [1, 161, 322, 500, 805, 806, 4000, 1 << 20])
async def test_sequential_reads_return_every_batch_once(max_bytes: int) -> None:
    store = MemoryStore()
    size = make(store)
    reader = Reader(store, 1 << 20)
    got, offset = b"", 0
    while offset < 300:
        views, after = await reader.read(KEY, size, P, offset, max_bytes)
        data = b"".join(views)
        assert len(data) <= max(max_bytes, 161)
        ends = [end for _, _, end in walk_batches(data)]
        assert after == ends[-1]
        assert after > offset
        got += data
        offset = after

    assert got == b"".join(batch(base, 10) for base in range(0, 300, 10))


async def test_offset_in_a_gap_reads_the_next_batch() -> None:
    """Key compaction leaves gaps; Kafka returns the next batch there."""
    builder = Builder(cluster_id="c", object_id=1)
    for base, end, data in [(10, 40, [batch(10, 5), batch(20, 5)]), (50, 60, [batch(50, 10)])]:
        builder.add_block(
            partition_id=P, topic_id=bytes(16), partition_index=0, base_offset=base,
            next_offset=end, max_timestamp=0, batches=data,
        )  # fmt: skip
    store = MemoryStore()
    store.objects[KEY] = b"".join(builder.finish()[0])
    reader = Reader(store, 1 << 20)

    async def first(offset: int) -> bytes:
        views, _ = await reader.read(KEY, len(store.objects[KEY]), P, offset, 1)
        return bytes(views[0])

    assert await first(0) == batch(10, 5)
    assert await first(17) == batch(20, 5)
    assert await first(30) == batch(50, 10)
    assert await first(45) == batch(50, 10)


async def test_many_readers_of_one_block_cost_one_read() -> None:
    store = MemoryStore()
    size = make(store)
    reader = Reader(store, 1 << 20)
    async with trio.open_nursery() as nursery:
        for _ in range(50):
            nursery.start_soon(reader.read, KEY, size, P, 0, 100)

    assert reads(store) == 2


async def test_cancelled_loader_hands_over_to_a_waiter(
    autojump_clock: trio.testing.MockClock,
) -> None:
    store = MemoryStore()
    size = make(store)
    reader = Reader(store, 1 << 20)
    await reader.index(KEY, size)
    store.fail_next(Fault.SLOW)
    found: list[bytes] = []

    async def loader(*, task_status: trio.TaskStatus[trio.CancelScope]) -> None:
        with trio.CancelScope() as scope:
            task_status.started(scope)
            await reader.read(KEY, size, P, 0, 1)

    async def waiter() -> None:
        views, _ = await reader.read(KEY, size, P, 0, 1)
        found.append(bytes(views[0]))

    async with trio.open_nursery() as nursery:
        scope = await nursery.start(loader)
        await trio.sleep(0.1)
        nursery.start_soon(waiter)
        await trio.sleep(0.1)
        scope.cancel()

    assert found == [batch(0, 10)]


async def test_read_ahead_gets_the_next_two_blocks() -> None:
    store = MemoryStore()
    size = make(store)
    reader = Reader(store, 1 << 20)
    async with trio.open_nursery() as nursery:
        await nursery.start(reader.run)
        await reader.read(KEY, size, P, 0, 1)
        await trio.testing.wait_all_tasks_blocked()

        assert reads(store) == 1 + 3
        views, next_offset = await reader.read(KEY, size, P, 0, 1 << 20)
        assert next_offset == 150
        assert len(views) == 3
        nursery.cancel_scope.cancel()

    assert (reader.counters.misses, reader.counters.ahead) == (1, 2)


async def test_cache_stays_within_its_bound_and_reads_on_without_room() -> None:
    store = MemoryStore()
    size = make(store, blocks=40)
    for cache_bytes in (0, 805, 3000):
        reader = Reader(store, cache_bytes)
        async with trio.open_nursery() as nursery:
            await nursery.start(reader.run)
            for offset in range(0, 2000, 10):
                views, _ = await reader.read(KEY, size, P, offset, 1)
                assert bytes(views[0]) == batch(offset, 10)
                assert reader.cached_bytes <= cache_bytes
            nursery.cancel_scope.cancel()


async def test_every_flipped_bit_is_found_on_read() -> None:
    """A read returns the bytes that were written, or an error: never other bytes."""
    store = MemoryStore()
    size = make(store, blocks=2, batches=1)
    good = store.objects[KEY]
    other_block = range(2 * 161, 2 * 161 + 161)
    for position in range(size):
        bad = bytearray(good)
        bad[position] ^= 1 << (position % 8)
        store.objects[KEY] = bytes(bad)
        reader = Reader(store, 1 << 20)
        outcomes = Counter[str]()
        for offset in (0, 10):
            try:
                views, _ = await reader.read(KEY, size, P, offset, 1)
                assert bytes(views[0]) == batch(offset, 10)
                outcomes["good"] += 1
            except CorruptObjectError as error:
                assert error.key == KEY
                outcomes["corrupt"] += 1
        if position in other_block:
            assert outcomes["good"] == 2
        else:
            assert outcomes["corrupt"] >= 1


async def test_damage_on_the_way_is_read_again() -> None:
    class Once(MemoryStore):
        damaged = False

        async def get_range(self, key: str, start: int, length: int) -> bytes:
            data = bytearray(await super().get_range(key, start, length))
            if not self.damaged and start == 0:
                self.damaged = True
                data[50] ^= 1
            return bytes(data)

    store = Once()
    size = make(store, blocks=1000)
    reader = Reader(store, 1 << 20)
    views, _ = await reader.read(KEY, size, P, 0, 1)

    assert bytes(views[0]) == batch(0, 10)
    assert reader.counters.corrupt == 1


async def test_wrong_size_wrong_object_wrong_partition_are_corrupt() -> None:
    store = MemoryStore()
    size = make(store)
    for object_size in (0, 100, size - 1, size + 1):
        with pytest.raises(CorruptObjectError):
            await Reader(store, 1 << 20).read(KEY, object_size, P, 0, 1)
    with pytest.raises(CorruptObjectError, match="nothing of partition 99"):
        await Reader(store, 1 << 20).read(KEY, size, 99, 0, 1)
    other = keys.object_key("", 2)
    store.objects[other] = store.objects[KEY]
    with pytest.raises(CorruptObjectError, match="is object 1"):
        await Reader(store, 1 << 20).read(other, size, P, 0, 1)


async def test_store_errors_pass_through_and_leave_nothing_behind() -> None:
    store = MemoryStore()
    size = make(store)
    reader = Reader(store, 1 << 20)
    store.is_down = True
    with pytest.raises(StoreUnavailableError):
        await reader.read(KEY, size, P, 0, 1)
    store.is_down = False
    assert (await reader.read(KEY, size, P, 0, 1))[1] == 10
    with pytest.raises(ObjectNotFoundError):
        await reader.read(keys.object_key("", 5), 1000, P, 0, 1)

    reader.forget(KEY)
    assert reader.cached_bytes == 0


@pytest.mark.parametrize("seed", range(5))
async def test_readers_under_faults_see_the_right_bytes(
    seed: int, autojump_clock: trio.testing.MockClock
) -> None:
    faults = Faults(unavailable=0.2, lost=0.05, ambiguous=0.05, slow=0.3)
    store = MemoryStore(rng=random.Random(seed), faults=faults)
    size = make(store, blocks=20)
    lines: list[str] = []
    reader = Reader(RetryingStore(store, rng=random.Random(seed + 1), log=lines.append), 10_000)

    async def follow(start: int, max_bytes: int) -> None:
        offset = start
        while offset < 1000:
            views, after = await reader.read(KEY, size, P, offset, max_bytes)
            want = b"".join(batch(base, 10) for base in range(offset, after, 10))
            assert b"".join(views) == want
            offset = after

    async with trio.open_nursery() as nursery:
        await nursery.start(reader.run)
        async with trio.open_nursery() as followers:
            for number in range(6):
                followers.start_soon(follow, number * 50, 300 * number + 1)
        nursery.cancel_scope.cancel()


async def test_object_of_another_cluster_under_our_key_is_corrupt() -> None:
    """Ids of two clusters are equal: only the footer tells whose records these are."""
    store = MemoryStore()
    size = make(store)
    assert (await Reader(store, 1 << 20).read(KEY, size, P, 0, 1000, topic_id=bytes(16)))[0]
    with pytest.raises(CorruptObjectError, match="is of topic"):
        await Reader(store, 1 << 20).read(KEY, size, P, 0, 1000, topic_id=b"?" * 16)
    assert (await Reader(store, 1 << 20, cluster_id="c").read(KEY, size, P, 0, 1000))[0]
    with pytest.raises(CorruptObjectError, match="of cluster c"):
        await Reader(store, 1 << 20, cluster_id="d").read(KEY, size, P, 0, 1000)
