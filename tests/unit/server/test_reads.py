"""The read path: a partition that goes away under it, and the search for the newest record."""

import random
import struct
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio
from fastcrc import crc32

from appliance.ids import ObjectId
from appliance.metadata.state import ObjectRange
from appliance.partition import Partition, TailEntry
from appliance.protocol import batch
from appliance.server.reads import CorruptTailError, Reads

LOG = 3


class Logs:
    """A volume whose extent is freed and written by somebody else while it is being read."""

    def __init__(self, partition: Partition) -> None:
        self._partition = partition

    async def read_many(
        self,
        log_id: int,
        spans: Iterable[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        await trio.lowlevel.checkpoint()
        self._partition.deleted = True
        for number, _ in enumerate(spans):
            take(number, memoryview(b"other's records"))


class Damaged:
    """A volume whose batches have a flipped bit in the first `reads` reads."""

    def __init__(self, batch_bytes: bytes, reads: int) -> None:
        self._batch = batch_bytes
        self._reads = reads

    async def read_many(
        self,
        log_id: int,
        spans: Iterable[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        await trio.lowlevel.checkpoint()
        data = bytearray(self._batch)
        data[70] ^= 4 * (self._reads > 0)
        self._reads -= 1
        for number, _ in enumerate(spans):
            take(number, memoryview(data))


@pytest.mark.parametrize("damaged_reads", [1, 2])
async def test_batch_damaged_on_the_volume_is_not_sent(damaged_reads: int) -> None:
    """Many clients do not look at the CRC; what is damaged on the way only is read again."""
    data = bytes(batch.build([(None, b"v" * 20)], timestamp=5))
    partition = make(len(data))
    reads = Reads(
        image=cast("Any", None),
        writer=cast("Any", None),
        log_id=LOG + 1,
        logs=Damaged(data, damaged_reads),
        objects=cast("Any", None),
        count=lambda *_: None,
        aside=cast("Any", None),
    )

    if damaged_reads == 1:
        assert await reads.read(partition, 0, 1000, at_least_one=True) == [data]
    else:
        with pytest.raises(CorruptTailError, match="LSN 4096"):
            await reads.read(partition, 0, 1000, at_least_one=True)


def make(length: int) -> Partition:
    partition = Partition(
        1, topic_id=bytes(16), topic_name="t", index=0, leader_epoch=0, log_start_offset=0,
        committed_end=0, touched=[],
        with_tail=set(),
    )  # fmt: skip
    partition.on_append(0, 1, log_id=LOG, lsn=4096, position=64, length=length, max_timestamp=0)
    partition.high_watermark = 1
    return partition


async def test_read_of_a_topic_deleted_meanwhile_returns_nothing() -> None:
    """A deleted partition's extents may be another one's already: what was read is not sent."""
    partition = make(15)
    counted: list[str] = []
    reads = Reads(
        image=cast("Any", None),
        writer=cast("Any", None),
        log_id=LOG + 1,
        logs=Logs(partition),
        objects=cast("Any", None),
        count=lambda source, _: counted.append(source),
        aside=cast("Any", None),
    )

    assert await reads.read(partition, 0, 1000, at_least_one=True) == []
    assert counted == []


def timed(times: list[int], base_offset: int) -> bytes:
    """Return a batch whose records have these times, up to 63 ms apart."""
    first = min(times)
    data = batch.build([(b"k", b"v")] * len(times), timestamp=first, base_offset=base_offset)
    record_bytes = (len(data) - batch.BATCH_OVERHEAD) // len(times)
    for number, time in enumerate(times):
        data[batch.BATCH_OVERHEAD + number * record_bytes + 2] = 2 * (time - first)
    struct.pack_into(">q", data, 35, max(times))
    struct.pack_into(">I", data, 17, crc32.iscsi(memoryview(data)[21:]))
    return bytes(data)


class Stored:
    """A partition's batches: the first ones in two objects, the others in the tail."""

    def __init__(self, batches: list[list[int]], *, committed: int, log_start: int) -> None:
        self.batches: list[bytes] = []
        ends = [0]
        for times in batches:
            self.batches.append(timed(times, ends[-1]))
            ends.append(ends[-1] + len(times))
        self.records = [time for times in batches for time in times]
        cut = committed // 2
        self._ranges = [
            ObjectRange(
                object_id=ObjectId(number),
                start=ends[first],
                end=ends[last],
                max_timestamp=max(max(times) for times in batches[first:last]),
                size=0,
            )
            for number, (first, last) in enumerate(((0, cut), (cut, committed)))
            if first < last and ends[last] > log_start
        ]
        self.partition = Partition(
            1, topic_id=bytes(16), topic_name="t", index=0, leader_epoch=0,
            log_start_offset=log_start, committed_end=ends[committed], touched=[], with_tail=set(),
        )  # fmt: skip
        for number in range(committed, len(batches)):
            if ends[number + 1] > max(log_start, ends[committed]):
                entry = TailEntry(
                    ends[number], ends[number + 1], LOG, number, 0, len(self.batches[number]),
                    max(batches[number]),
                )  # fmt: skip
                self.partition.on_recovered(entry, 0)

    def reads(self) -> Reads:
        line = SimpleNamespace(objects=self._ranges)
        image = SimpleNamespace(
            partitions={1: line},
            find_object_range=lambda _, offset: next(
                (where for where in self._ranges if where.start <= offset < where.end), None
            ),
            objects={where.object_id: SimpleNamespace(key="", size=0) for where in self._ranges},
        )
        return Reads(
            image=cast("Any", image),
            writer=cast("Any", None),
            log_id=LOG + 1,
            logs=self,
            objects=cast("Any", SimpleNamespace(read=self._read_object)),
            count=lambda *_: None,
            aside=cast("Any", None),
        )

    async def read_many(
        self,
        log_id: int,
        spans: Iterable[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        await trio.lowlevel.checkpoint()
        for place, (number, _, _) in enumerate(spans):
            take(place, memoryview(self.batches[number]))

    async def _read_object(
        self,
        key: str,
        size: int,
        partition_id: int,
        offset: int,
        bytes_max: int,
        *,
        topic_id: bytes,
    ) -> tuple[list[memoryview], int]:
        await trio.lowlevel.checkpoint()
        views = [memoryview(data) for data in self.batches]
        ends = [h.base_offset + h.count for h in map(batch.read_header, views)]
        return [views[next(i for i, end in enumerate(ends) if end > offset)]], 0


@pytest.mark.parametrize(
    ("batches", "committed", "log_start", "expected"),
    [
        ([[9, 1, 2], [3, 4]], 0, 1, (4, 4)),
        ([[9, 1, 2], [1, 1]], 0, 1, (2, 2)),
        ([[5, 5], [9, 1, 2], [3, 4]], 1, 3, (6, 4)),
        ([[9, 1, 6], [5], [4, 5]], 1, 1, (2, 6)),
        ([[1], [9, 1, 6], [8, 1], [5]], 3, 2, (4, 8)),
        ([[9, 1]], 0, 2, None),
    ],
)
async def test_newest_record_is_one_that_is_left(
    batches: list[list[int]], committed: int, log_start: int, expected: tuple[int, int] | None
) -> None:
    """KIP-734, where the log start cuts the batch with the newest record of all."""
    stored = Stored(batches, committed=committed, log_start=log_start)

    assert await stored.reads().find_max_timestamp(stored.partition) == expected


@pytest.mark.parametrize("seed", range(50))
async def test_newest_record_is_the_first_of_the_highest_time(seed: int) -> None:
    """Wherever batches and log start lie."""
    rng = random.Random(seed)
    batches = [
        [rng.randint(1, 30) for _ in range(rng.randint(1, 4))] for _ in range(rng.randint(1, 9))
    ]
    records = [time for times in batches for time in times]
    log_start = rng.randint(0, len(records))
    stored = Stored(batches, committed=rng.randint(0, len(batches)), log_start=log_start)
    left = records[log_start:]
    expected = (log_start + left.index(max(left)), max(left)) if left else None

    assert await stored.reads().find_max_timestamp(stored.partition) == expected
