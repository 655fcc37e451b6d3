"""The read path when the partition goes away under it."""

from collections.abc import Sequence
from typing import Any, cast

import trio

from appliance.partition import Partition
from appliance.server.reads import Reads

LOG = 3


class Logs:
    """A volume whose extent is freed and written by somebody else while it is being read."""

    def __init__(self, partition: Partition) -> None:
        self._partition = partition

    async def read(self, log_id: int, lsn: int, position: int, length: int) -> memoryview:
        (view,) = await self.read_many(log_id, [(lsn, position, length)])
        return view

    async def read_many(
        self, log_id: int, spans: Sequence[tuple[int, int, int]]
    ) -> list[memoryview]:
        await trio.lowlevel.checkpoint()
        self._partition.deleted = True
        return [memoryview(b"other's records") for _ in spans]


async def test_read_of_a_topic_deleted_meanwhile_returns_nothing() -> None:
    """A deleted partition's extents may be another one's already: what was read is not sent."""
    partition = Partition(
        1, topic_id=bytes(16), topic_name="t", index=0, leader_epoch=0, log_start_offset=0,
        committed_end=0, touched=[],
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
    )

    assert await reads.read(partition, 0, 1000, at_least_one=True) == []
    assert counted == []
