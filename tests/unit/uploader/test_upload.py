"""What is not in a committed object is never given up."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio

import raft.limits
from appliance import limits as app_limits
from appliance.errors import FailedError
from appliance.ids import LogId
from appliance.metadata import Image, Rejected, commands, limits
from appliance.objects import object_format
from appliance.objects.memory import MemoryStore
from appliance.protocol import batch
from appliance.server.table import PartitionTable
from appliance.telemetry import Telemetry
from appliance.uploader import Ownership, Uploader
from wal.errors import CorruptFrameError
from wal.writer import Writer

EXTENT = 1 << 20


BATCH = bytes(batch.build([(None, b"x" * 20)], timestamp=5))


class Logs:
    """A volume on which every batch is `BATCH`, or damaged for the next `damaged` reads."""

    def __init__(self) -> None:
        self.damaged = 0

    async def read_many(
        self,
        log_id: int,
        spans: Iterable[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        await trio.lowlevel.checkpoint()
        for number, (_, _, length) in enumerate(spans):
            assert length == len(BATCH)
            found = bytearray(BATCH)
            found[-1] ^= self.damaged > 0
            take(number, memoryview(found))
        self.damaged -= 1


class World:
    """A node with one batch in each of some partitions, all durable and none uploaded."""

    def __init__(self, partitions: int, *, cached: bytes | None = None) -> None:
        self.image = Image()
        self.store = MemoryStore()
        self.logs = Logs()
        self.proposals: list[Any] = []
        self.refuse = False
        apply = self.image.apply
        apply(commands.OwnStore(owner_id=b"o" * 16))
        apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
        apply(commands.FormatVolume(volume_uuid=bytes(16), extent_bytes=EXTENT, extent_count=8))
        apply(commands.AllocateExtents(log_id=1, count=4))
        apply(
            commands.CreateTopic(
                name="t", topic_id=b"t" * 16, partitions=partitions, configs={}, now_ms=0
            )
        )
        self.table = PartitionTable()
        self.table.sync_all(self.image, [b"t" * 16])
        for index in range(partitions):
            partition = self.table.get("t", index)
            assert partition is not None
            partition.on_append(
                0, 1, log_id=1, lsn=4096, position=64, length=len(BATCH), max_timestamp=5
            )
            partition.high_watermark = 1
        self.writer = writer = SimpleNamespace(
            durable_lsn=2 * EXTENT, end_lsn=2 * EXTENT, extent_bytes=EXTENT,
            batch_bytes_max=EXTENT,
            view=lambda *_: cached and memoryview(cached),
            submit_nowait=lambda: None, on_freed=lambda _: None,
        )  # fmt: skip
        self.uploader = Uploader(
            image=self.image,
            propose=self.propose,
            table=self.table,
            writer=cast("Writer", writer),
            log_id=LogId(1),
            logs=self.logs,
            store=self.store,
            ownership=Ownership(image=self.image, store=self.store, cluster_id="c", place="x"),
            cluster_id="c",
            now_ms=lambda: 0,
            telemetry=Telemetry(),
            trigger_bytes=1,
            trigger_ms=1,
        )

    async def propose(self, command: Any) -> Any:
        await trio.lowlevel.checkpoint()
        self.proposals.append(type(command))
        if self.refuse and isinstance(command, commands.CommitObject):
            raise Rejected(42, "it does not continue")
        return self.image.apply(commands.decode(commands.encode(command)))


async def test_upload_commits_before_it_frees() -> None:
    """Order: object durable, commit, extents freed; the object holds every batch."""
    world = World(3)
    await world.uploader.upload_once()

    assert world.proposals == [
        commands.AllocateObjectIds, commands.CommitObject, commands.FreeExtents,
    ]  # fmt: skip
    (data,) = world.store.objects.values()
    assert object_format.parse_object(data).footer.partition_count == 3
    assert all(p.tail_count == 0 for p in world.table)


async def test_refused_commit_ends_the_node_and_frees_nothing() -> None:
    """Invariant 5: the log does not advance over batches that are in no committed object."""
    world = World(2)
    world.refuse = True
    with pytest.raises(FailedError, match="does not continue"):
        await world.uploader.upload_once()

    assert world.proposals == [commands.AllocateObjectIds, commands.CommitObject]
    assert world.image.logs[LogId(1)].uploaded_lsn == 0
    assert all(p.tail_count == 1 for p in world.table)
    assert world.store.objects == {}


async def test_object_on_its_way_is_no_orphan() -> None:
    """Between put and commit nobody names it; the search for orphans must not take it."""
    world = World(2)
    found: list[list[str]] = []
    propose = world.propose

    async def look_first(command: Any) -> Any:
        if isinstance(command, commands.CommitObject):
            found.append(await world.uploader.find_orphans())
        return await propose(command)

    world.uploader._propose = look_first
    assert await world.uploader.find_orphans() == []
    await world.uploader.upload_once()

    assert found == [[]]
    assert len(world.store.objects) == 2
    assert await world.uploader.find_orphans() == []


async def test_deleted_records_are_left_out_and_free_extents_without_an_object() -> None:
    """A full volume of deleted records empties itself: there is nothing to put."""
    world = World(2)
    for partition in world.table:
        delete = commands.DeleteRecords(
            partition_id=partition.partition_id, log_start_offset=partition.high_watermark
        )
        world.image.apply(delete)
        world.table.raise_log_start(delete.partition_id, delete.log_start_offset)
    world.writer.durable_lsn = world.writer.end_lsn = 3 * EXTENT
    async with trio.open_nursery() as nursery:
        world.uploader.hurry()
        nursery.start_soon(world.uploader.run)
        with trio.fail_after(5):
            while world.image.free_extents < 7:
                await trio.sleep(0.01)
        nursery.cancel_scope.cancel()

    assert list(world.store.objects) == ["c/owner"]
    assert world.proposals == [commands.AdvanceLog, commands.FreeExtents]


async def test_damage_on_the_volume_does_not_get_into_an_object() -> None:
    """A flipped bit, taken into an object, would verify for ever after."""
    world = World(2)
    world.logs.damaged = 2
    with pytest.raises(CorruptFrameError, match="LSN 4096"):
        await world.uploader.upload_once()

    assert world.store.objects == {}
    assert world.image.logs[LogId(1)].uploaded_lsn == 0
    assert all(p.tail_count == 1 for p in world.table)


async def test_damage_on_the_way_from_the_volume_is_read_again() -> None:
    """What verifies the second time was never damaged on the volume."""
    world = World(2)
    world.logs.damaged = 1
    await world.uploader.upload_once()

    (data,) = world.store.objects.values()
    assert data[: 2 * len(BATCH)] == 2 * BATCH


async def test_more_partitions_than_a_command_holds_make_more_objects(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A commit must fit a Raft command, however many partitions have something to save."""
    monkeypatch.setattr(limits, "RANGES_MAX", 4)
    world = World(10)
    await world.uploader.upload_once()

    assert world.proposals.count(commands.CommitObject) == 3
    assert all(p.tail_count == 0 for p in world.table)
    assert world.image.logs[LogId(1)].uploaded_lsn == 2 * EXTENT


async def test_others_have_their_turn_while_many_small_batches_are_uploaded() -> None:
    """64 MiB may be a million batches: a produce does not wait for all of them."""
    world = World(1, cached=BATCH)
    (partition,) = world.table
    count = 20_000
    for offset in range(1, count):
        partition.on_append(
            offset, offset + 1, log_id=1, lsn=4096, position=64, length=len(BATCH), max_timestamp=5
        )
    partition.high_watermark = count
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await trio.lowlevel.checkpoint()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(other)
        await world.uploader.upload_once()
        nursery.cancel_scope.cancel()

    assert turns >= 2 * count / app_limits.BATCHES_PER_TURN  # to choose, and to copy
    (data,) = world.store.objects.values()
    blocks = object_format.parse_object(data).blocks(partition.partition_id)
    assert sum(block.next_offset - block.base_offset for block in blocks) == count


def test_the_largest_commit_fits_a_raft_command() -> None:
    """The bounds of two packages that do not know each other."""
    assert limits.COMMAND_BYTES_MAX <= raft.limits.COMMAND_BYTES_MAX
    top = (1 << 63) - 1
    commands.encode(
        commands.CommitObject(
            object_id=top,
            key="k" * limits.TEXT_CHARS_MAX,
            size=top,
            created_ms=top,
            log_id=top,
            uploaded_lsn=top,
            ranges=[
                commands.ObjectRangeCommit(
                    partition_id=top, start_offset=top - 1, end_offset=top, size=top,
                    max_timestamp=top,
                )
            ]
            * limits.RANGES_MAX,
        )
    )  # fmt: skip
