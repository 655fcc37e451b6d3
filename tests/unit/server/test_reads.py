"""The read path when the partition goes away under it."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import pytest
import trio

from appliance.partition import Partition
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
