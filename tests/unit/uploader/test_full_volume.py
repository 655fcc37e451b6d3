"""What the uploader needs on a full volume is there, whatever producers do meanwhile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import trio
import trio.testing

from appliance import limits
from appliance.ids import LogId
from appliance.metadata import Image, commands
from appliance.node import Logs, Node
from appliance.objects.memory import MemoryStore
from appliance.partition import Partition
from appliance.protocol import batch
from appliance.server.table import PartitionTable
from appliance.settings import Settings
from appliance.telemetry import Telemetry
from appliance.uploader import Ownership, Uploader, producers_max
from wal import limits as wal_limits, volume
from wal.format import Identity
from wal.testing import FakeDevice
from wal.writer import Writer

EXTENT = 64 << 10
TOPIC = b"t" * 16
LOG = LogId(1)
WAIT_S = 60
TURNS = 100


class Store(MemoryStore):
    """A store that takes nothing but its owner's name before `is_there`."""

    def __init__(self) -> None:
        super().__init__()
        self.is_there = trio.Event()

    async def put(self, key: str, parts: Any, *, if_absent: bool = False) -> None:
        if not key.endswith("/owner"):
            await self.is_there.wait()
        await super().put(key, parts, if_absent=if_absent)


class World:
    """Writer, uploader and the task that hands out extents, as a node has them."""

    def __init__(self, *, extents: int, partitions: int) -> None:
        self.extents = extents
        self.image = Image()
        self.store = Store()
        self.table = PartitionTable()
        self.table.producer_budget.count_max = producers_max(EXTENT)
        self.partitions = partitions
        self.has_groups = False
        self.groups_loaded = trio.Event()
        self.groups_loaded.set()
        self.appended = 0

    def group_checkpoints(self, bytes_max: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield as many bytes as the volume has, if there are groups at all."""
        for _ in range(self.extents * EXTENT // bytes_max if self.has_groups else 0):
            yield 0, 0, bytes(bytes_max)

    async def start(self, nursery: trio.Nursery, *, trigger_bytes: int = 1 << 40) -> None:
        size_bytes = (1 << 20) + self.extents * EXTENT
        device = FakeDevice(size_bytes, latency_s=lambda: 0.001, rng=random.Random(1))
        vol = await volume.format_volume(
            device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT
        )
        apply = self.image.apply
        apply(commands.OwnStore(owner_id=b"o" * 16))
        apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
        apply(
            commands.FormatVolume(
                volume_uuid=bytes(16), extent_bytes=EXTENT, extent_count=self.extents
            )
        )
        apply(
            commands.CreateTopic(
                name="t", topic_id=TOPIC, partitions=self.partitions, configs={}, now_ms=0
            )
        )
        self.table.sync_all(self.image, [TOPIC])
        for index in range(self.partitions):
            assert self.table.get("t", index)
        ports: Any = SimpleNamespace(telemetry=Telemetry())
        self.node: Any = Node(Settings(), ports)
        self.node.propose = self.propose
        self.writer = Writer(
            device,
            superblock=vol.superblock,
            slot=0,
            identity=Identity(broker_id=0, writer_epoch=1, incarnation=1),
            arena_bytes=wal_limits.ARENA_BYTES_MIN,
            need_extents=lambda: self.node._extents_wanted.set(),
            clock=trio.current_time,
        )
        self.writer.spares_kept = limits.EXTENTS_KEPT
        self.uploader = self.node.uploader = Uploader(
            image=self.image,
            propose=self.propose,
            table=self.table,
            writer=self.writer,
            log_id=LOG,
            logs=Logs(self.image, device, vol.superblock),
            store=self.store,
            ownership=Ownership(image=self.image, store=self.store, cluster_id="c", place="x"),
            cluster_id="c",
            now_ms=lambda: 0,
            telemetry=Telemetry(),
            trigger_bytes=trigger_bytes,
            trigger_ms=1 << 40,
            group_checkpoints=self.group_checkpoints,
            wait_groups_loaded=lambda: self.groups_loaded.wait(),
        )
        context: Any = SimpleNamespace(writer=self.writer, image=self.image, log_id=LOG)
        await self.node._add_extents(context, limits.EXTENTS_AHEAD)
        await nursery.start(self.writer.run)
        nursery.start_soon(self.node._keep_extents, context)
        await nursery.start(self.uploader.run)

    async def propose(self, command: Any) -> Any:
        await trio.lowlevel.checkpoint()
        result = self.image.apply(command)
        if isinstance(command, commands.DeleteTopic):
            self.table.sync_topic(self.image, command.topic_id)
        return result

    def try_append(self, partition: Partition, *, producer_id: int = 0, size: int = 4000) -> bool:
        """Append one batch as a produce request does; False when there is no room."""
        if not self.writer.room_for(size):
            return False
        view = memoryview(batch.build([(None, bytes(size - 100))], timestamp=0))
        base = partition.log_end_offset
        batch.assign(view, base, 0)
        place = self.writer.append_nowait(
            partition.partition_id, base, 0, 0, 0, view, lambda: partition.on_durable(base + 1)
        )
        partition.on_append(
            base, base + 1, log_id=LOG, lsn=place.lsn, position=place.position,
            length=len(view), max_timestamp=0,
        )  # fmt: skip
        partition.producers.record(
            producer_id, 0, base % 1000, 1, base_offset=base, append_time_ms=-1, now_ms=0
        )
        self.writer.submit_nowait()
        self.appended += 1
        return True

    async def produce(self) -> None:
        """Take all room there is: beside a checkpoint in every turn, else now and then."""
        partitions = list(self.table)
        turns = number = 0
        while True:
            while self.try_append(partitions[number % len(partitions)]):
                number += 1
            if turns:
                turns -= 1
                await trio.lowlevel.checkpoint()
                continue
            with trio.move_on_after(0.01):
                await self.writer.wait_room()
            turns = TURNS if self.uploader.is_checkpointing else 0

    async def fill(self) -> None:
        """Append until the volume is full for good."""
        partitions = list(self.table)
        number = 0
        for _ in range(100):
            while self.try_append(partitions[number % len(partitions)]):
                number += 1
            await trio.sleep(0.1)

    async def wait_committed(self) -> None:
        """Return when all that is appended by now is in objects, and its extents are free."""
        ends = [partition.log_end_offset for partition in self.table]
        first = self.image.logs[LOG].next_chain_sequence
        with trio.fail_after(WAIT_S):
            while [
                min(p.committed_end, e) for p, e in zip(self.table, ends, strict=True)
            ] != ends or self.image.logs[LOG].extents[0].chain_sequence < first - 2:
                await trio.sleep(0.1)


async def test_producers_leave_the_checkpoint_its_room(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A full volume becomes free, though producers append in every turn of the checkpoint."""
    world = World(extents=10, partitions=60)
    async with trio.open_nursery() as nursery:
        await world.start(nursery)
        await world.fill()
        nursery.start_soon(world.produce)
        world.store.is_there.set()
        await world.wait_committed()
        before = world.appended
        await trio.sleep(10)
        nursery.cancel_scope.cancel()

    assert world.appended > before


async def test_any_number_of_producers_leaves_a_full_volume_free_again(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The checkpoint fits what is kept for it, and its records the smallest extents."""
    world = World(extents=10, partitions=2)
    async with trio.open_nursery() as nursery:
        await world.start(nursery)
        for producer_id in range(10_000):
            for partition in world.table:
                partition.producers.record(
                    producer_id, 0, 0, 1, base_offset=0, append_time_ms=-1, now_ms=0
                )
        await world.fill()
        world.store.is_there.set()
        await world.wait_committed()
        nursery.cancel_scope.cancel()

    assert sum(len(partition.producers) for partition in world.table) == producers_max(EXTENT)


async def test_any_number_of_groups_leaves_a_full_volume_free_again(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What does not fit of their checkpoint is left out: their log tells the same."""
    world = World(extents=10, partitions=2)
    world.has_groups = True
    async with trio.open_nursery() as nursery:
        await world.start(nursery)
        await world.fill()
        nursery.start_soon(world.produce)
        world.store.is_there.set()
        await world.wait_committed()
        before = world.appended
        await trio.sleep(10)
        nursery.cancel_scope.cancel()

    assert world.appended > before


async def test_checkpoint_waits_for_groups_that_are_read_but_not_for_ever(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """One without them would make the next start read all of their log again."""
    world = World(extents=10, partitions=2)
    world.has_groups = True
    world.groups_loaded = trio.Event()
    async with trio.open_nursery() as nursery:
        await world.start(nursery)
        world.store.is_there.set()
        await world.fill()
        world.uploader.hurry()
        first = world.image.logs[LOG].extents[0].chain_sequence
        await trio.sleep(limits.GROUP_LOAD_WAIT_S / 2)
        assert world.store.objects
        assert world.image.logs[LOG].extents[0].chain_sequence == first
        await world.wait_committed()
        nursery.cancel_scope.cancel()


async def test_full_volume_of_deleted_topics_becomes_free(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Nothing is left to upload, so nothing but the lack of room asks for it."""
    world = World(extents=10, partitions=2)
    async with trio.open_nursery() as nursery:
        await world.start(nursery)
        partition = next(iter(world.table))
        assert world.try_append(partition)
        await trio.sleep(1)
        world.uploader.hurry()  # An upload begins, and waits for the store.
        await trio.sleep(2)
        await world.fill()
        await world.propose(commands.DeleteTopic(topic_id=TOPIC))
        world.store.is_there.set()
        with trio.fail_after(WAIT_S):
            while not world.writer.room_for(4000):
                await trio.sleep(1)
        proposals = world.image.next_object_id
        await trio.sleep(100)
        nursery.cancel_scope.cancel()

    assert world.image.next_object_id == proposals
    assert list(world.store.objects) == ["c/owner"]


async def test_smallest_volume_is_not_full_from_the_start(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """With one extent in use nobody hurries: else each batch would become an object."""
    world = World(extents=limits.EXTENTS_MIN, partitions=1)
    world.store.is_there.set()
    async with trio.open_nursery() as nursery:
        await world.start(nursery)
        (partition,) = world.table
        for _ in range(5):
            assert world.try_append(partition, size=200)
            await trio.sleep(5)
        nursery.cancel_scope.cancel()

    assert world.image.next_object_id == 1
    assert world.writer.end_lsn < EXTENT
