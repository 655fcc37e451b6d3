"""Produce requests of several batches over a real writer on the fake device."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from appliance.partition import Partition
from appliance.protocol import batch, messages
from appliance.server import produce
from appliance.server.parked import ParkedFetches
from appliance.server.table import log_settings
from wal import limits, volume
from wal.errors import FencedError
from wal.format import Identity
from wal.testing import FakeDevice
from wal.writer import Writer

M: Any = messages
NOW_MS = 1_700_000_000_000
EXTENT = 256 << 10
PRODUCER = 5
KAFKA_STORAGE_ERROR = 56
MESSAGE_TOO_LARGE = 10
OUT_OF_ORDER_SEQUENCE_NUMBER = 45


class Wire:
    """A slot, and its connection: what the client is told."""

    def __init__(self) -> None:
        self.abandoned = self.is_closed = False
        self.connection = self
        self.answers: list[Any] = []

    def close(self) -> None:
        self.is_closed = True

    def complete(self, buffers: list[Any], size: int) -> None:
        self.answers.append(None)

    def answer(self, version: int, correlation_id: int, response: Any) -> None:
        self.answers.append(response)

    def codes(self) -> list[int]:
        (answer,) = self.answers
        return [line.error_code for line in answer.responses[0].partition_responses]

    def offsets(self) -> list[int]:
        (answer,) = self.answers
        return [line.base_offset for line in answer.responses[0].partition_responses]


class World:
    """Partitions of one topic, and the WAL under them."""

    def __init__(self, device: FakeDevice, superblock: Any, count: int) -> None:
        self.device = device
        self.touched: list[Partition] = []
        self.writer = Writer(
            device,
            superblock=superblock,
            slot=0,
            identity=Identity(broker_id=1, writer_epoch=1, incarnation=2),
            arena_bytes=limits.ARENA_BYTES_MIN,
            need_extents=lambda: None,
        )
        parked = ParkedFetches(flush=lambda: None)
        self.writer.on_commit = lambda: parked.on_commit(self.touched)
        self.partitions = [self._partition(index) for index in range(count)]
        self.context = cast(
            "Any",
            SimpleNamespace(
                table=SimpleNamespace(inspected=(), get=self._get, has_topic=lambda _: True),
                writer=self.writer,
                log_id=9,
                now_ms=lambda: NOW_MS,
                telemetry=SimpleNamespace(records_in=0, bytes_in=0),
                flush_later={},
            ),
        )

    def _partition(self, index: int) -> Partition:
        partition = Partition(
            index + 1,
            topic_id=bytes(16),
            topic_name="t",
            index=index,
            leader_epoch=3,
            log_start_offset=0,
            committed_end=0,
            touched=self.touched,
            with_tail=set(),
        )
        partition.settings = log_settings("t", {})
        return partition

    def _get(self, key: str, index: int) -> Partition | None:
        return self.partitions[index] if 0 <= index < len(self.partitions) else None

    def send(self, lines: list[tuple[int, bytearray | None]], *, acks: int = -1) -> Wire:
        """Append (partition index, batch) at once, whether or not there is room."""
        wire = Wire()
        data = [
            M.ProduceRequest.PartitionProduceData(
                index=index, records=None if data is None else memoryview(data)
            )
            for index, data in lines
        ]
        topic = M.ProduceRequest.TopicProduceData(name="t", partition_data=data)
        request = M.ProduceRequest(acks=acks, timeout_ms=1000, topic_data=[topic])
        produce._append_all(self.context, cast("Any", wire), 9, 1, request)
        return wire

    def complete(self) -> None:
        """Let everything at the device, and what follows it, become durable."""
        self.writer.submit_nowait()
        while self.device.pending:
            self.device.complete(0)

    def watermarks(self) -> list[int]:
        return [partition.high_watermark for partition in self.partitions]


async def make(count: int, *, extents: int = 10) -> World:
    device = FakeDevice((1 << 20) + 30 * EXTENT, manual=True)
    vol = await volume.format_volume(device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT)
    world = World(device, vol.superblock, count)
    world.writer.add_extents(range(extents))
    return world


def records(size: int, *, count: int = 1, sequence: int = -1) -> bytearray:
    """A batch; of an idempotent producer if it has a sequence."""
    is_idempotent = sequence >= 0
    return batch.build(
        [(None, bytes(size))] * count,
        timestamp=NOW_MS,
        producer_id=PRODUCER if is_idempotent else -1,
        producer_epoch=0 if is_idempotent else -1,
        base_sequence=sequence,
    )


async def test_request_within_a_frame_is_answered_when_that_is_durable() -> None:
    """One acknowledgement moves the watermarks of all its partitions, then sends the answer."""
    world = await make(3)
    wire = world.send([(0, records(10)), (1, records(10, count=5)), (2, records(10))])

    assert wire.answers == []
    assert world.watermarks() == [0, 0, 0]
    world.complete()
    assert wire.codes() == [0, 0, 0]
    assert world.watermarks() == [1, 5, 1]
    assert world.writer.frames == 1
    assert (world.context.telemetry.records_in, list(world.context.flush_later)) == (7, [wire])
    for partition in world.partitions:
        entry = partition.entry(0)
        view = world.writer.view(entry.lsn, entry.position, entry.length)
        assert view is not None
        assert batch.check(view[:]).leader_epoch == 3


async def test_watermarks_follow_each_frame_of_a_request() -> None:
    """What is below durable_lsn is below them: an upload frees no batch that it did not see."""
    world = await make(8)
    wire = world.send([(index, records(100_000)) for index in range(8)])
    world.writer.submit_nowait()
    seen: set[int] = set()
    while world.device.pending:
        world.device.complete(0)
        for partition in world.partitions:
            is_durable = partition.entry(0).lsn < world.writer.durable_lsn
            assert partition.high_watermark == is_durable
        seen.add(sum(world.watermarks()))
        assert bool(wire.answers) == (sum(world.watermarks()) == 8)

    assert wire.codes() == [0] * 8
    assert seen == {0, 2, 4, 6, 8}


async def test_partition_named_twice_gets_both_batches_in_order() -> None:
    """The second is checked against the first, as if it came in a request of its own."""
    world = await make(2)
    wire = world.send(
        [
            (0, records(10, sequence=0)),
            (1, records(10)),
            (0, records(10, sequence=1)),
            (0, records(10, sequence=1)),
            (0, records(10, sequence=7)),
        ]
    )
    world.complete()

    assert wire.codes() == [0, 0, 0, 0, OUT_OF_ORDER_SEQUENCE_NUMBER]
    assert wire.offsets() == [0, 0, 1, 1, -1]
    assert world.watermarks() == [2, 1]


async def test_duplicate_is_answered_when_the_first_append_is_durable() -> None:
    """A batch sent again waits for the watermark, and is not stored again."""
    world = await make(1)
    first = world.send([(0, records(10, sequence=0))])
    again = world.send([(0, records(10, sequence=0))])

    assert (first.answers, again.answers) == ([], [])
    world.complete()
    assert first.offsets() == again.offsets() == [0]
    assert world.partitions[0].log_end_offset == 1


async def test_full_wal_takes_what_fits_and_refuses_the_rest() -> None:
    """Each batch is tried; a refused one leaves no gap, and comes first when it is sent again."""
    world = await make(4, extents=1)
    sizes = [100_000, 200_000, 100, 200_000]
    wire = world.send([(index, records(size, sequence=0)) for index, size in enumerate(sizes)])
    world.complete()

    assert wire.codes() == [0, KAFKA_STORAGE_ERROR, 0, KAFKA_STORAGE_ERROR]
    assert wire.offsets() == [0, -1, 0, -1]
    assert world.watermarks() == [1, 0, 1, 0]
    world.writer.add_extents([(number, number) for number in range(1, 5)])
    behind = world.send([(1, records(10, sequence=1)), (3, records(10, sequence=0))])
    world.complete()
    assert behind.codes() == [OUT_OF_ORDER_SEQUENCE_NUMBER, 0]


async def test_batch_larger_than_a_frame_is_refused_alone() -> None:
    """The others of its request are stored."""
    world = await make(3)
    wire = world.send([(0, records(10)), (1, records(EXTENT)), (2, records(10))])
    world.complete()

    assert wire.codes() == [0, MESSAGE_TOO_LARGE, 0]
    assert world.watermarks() == [1, 0, 1]


async def test_request_of_refusals_alone_is_answered_at_once() -> None:
    """Nothing to wait for."""
    world = await make(1)

    assert world.send([(0, None), (5, records(10))]).codes() == [87, 3]
    assert world.send([(0, records(10))], acks=2).codes() == [21]
    assert world.watermarks() == [0]


@pytest.mark.parametrize("index", [0, 5])
async def test_without_acks_only_a_refusal_is_told_by_closing(index: int) -> None:
    """acks=0: nothing is sent; a producer learns of an error by its connection's end."""
    world = await make(1)
    wire = world.send([(index, records(10))], acks=0)
    world.complete()

    assert wire.answers == [None]
    assert wire.is_closed == (index == 5)
    assert world.watermarks() == [1 if index == 0 else 0]
    assert not world.context.flush_later


async def test_writer_that_has_ended_ends_the_request() -> None:
    """A fenced writer's error is the node's, not one partition's."""
    world = await make(1)
    world.writer._fail(FencedError(slot=0, our_epoch=1, their_epoch=2))

    with pytest.raises(FencedError):
        world.send([(0, records(10))])
    assert world.partitions[0].log_end_offset == 0
