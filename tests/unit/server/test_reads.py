"""The read path when the partition goes away under it."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import trio

from appliance.partition import Partition
from appliance.server.reads import Reads

LOG = 3


class Logs:
    """A volume whose extent is freed and written by somebody else while it is being read."""

    def __init__(self, partition: Partition) -> None:
        self._partition = partition

    async def read_many(
        self,
        log_id: int,
        spans: Sequence[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        await trio.lowlevel.checkpoint()
        self._partition.deleted = True
        for number in range(len(spans)):
            take(number, memoryview(b"other's records"))


async def test_read_of_a_topic_deleted_meanwhile_returns_nothing() -> None:
    """A deleted partition's extents may be another one's already: what was read is not sent."""
    partition = Partition(
        1, topic_id=bytes(16), topic_name="t", index=0, leader_epoch=0, log_start_offset=0,
        committed_end=0, touched=[],
        with_tail=set(),
    )  # fmt: skip
    partition.on_append(0, 1, log_id=LOG, lsn=4096, position=64, length=15, max_timestamp=0)
    partition.high_watermark = 1
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
