"""The group coordinator at work, on a fake WAL: room, durability, checkpoints, loads."""

from __future__ import annotations

from typing import Any, cast

import pytest
import trio
import trio.testing

from appliance import limits
from appliance.coordinator import PARTITION_COUNT, Policy, checkpoint, group_partition
from appliance.metadata import Image, commands, topic_names
from appliance.partition import TailEntry
from appliance.protocol import batch, codec, messages as m
from appliance.server.connection import Slot
from appliance.server.group_log import GroupLog
from appliance.server.group_recovery import RecoveredGroups
from appliance.server.group_runtime import GroupRuntime
from appliance.server.table import PartitionTable
from appliance.telemetry import Telemetry
from wal.errors import WalFullError
from wal.format import KIND_BATCH, KIND_GROUPS
from wal.writer import Location

TOPIC = "t"
GROUP = "g"


class Wal:
    """A WAL in memory; what is appended becomes durable when the test says so.

    Faults: no room for a while (`has_room`), no room until the store takes something
    (`spare_extents`).
    """

    def __init__(self) -> None:
        self.entries: list[tuple[int, int, int, int, bytes]] = []
        self.durable_lsn = 0
        self.has_room = True
        self.spare_extents, self.spares_kept = 3, 1
        self.batch_bytes_max = 1 << 20
        self.lot = trio.lowlevel.ParkingLot()

    def room_for(self, length: int, batches: int = 1) -> bool:
        return self.has_room

    def append_nowait(
        self,
        partition_id: int,
        base: int,
        delta: int,
        timestamp: int,
        kind: int,
        data: Any,
        ack: Any,
    ) -> Location:
        if not self.has_room:
            raise WalFullError("no room")
        self.entries.append((partition_id, base, base + delta + 1, kind, bytes(data)))
        assert ack is None
        return Location(len(self.entries), 0, len(data))

    def submit_nowait(self) -> None:
        return None

    async def wait_room(self) -> None:
        await self.lot.park()

    def batches(self) -> list[bytes]:
        return [entry[4] for entry in self.entries if entry[3] == KIND_BATCH]

    def recovered(self, *, has_batches: bool) -> RecoveredGroups:
        found = RecoveredGroups()
        for partition_id, base, end, kind, data in self.entries:
            if kind == KIND_GROUPS:
                found.add_piece(partition_id, base, data)
            elif has_batches:
                found.add_batch(partition_id, base, end, memoryview(data))
        return found


class Peer:
    """What counts of a connection here."""

    client_id = "c"
    peer = "127.0.0.1:1"

    def on_answer(self, slot: Slot, size: int) -> None:
        return None


class World:
    """One life of a node's groups; `restart` begins the next one on the same WAL."""

    def __init__(
        self,
        wal: Wal | None = None,
        image: Image | None = None,
        *,
        has_batches: bool = False,
        policy: Policy | None = None,
    ) -> None:
        self.wal = wal or Wal()
        self.image = image or _image()
        self.table = PartitionTable()
        self.table.sync_all(self.image, sorted(self.image.topics_by_id))
        for number, (partition_id, base, end, kind, data) in enumerate(self.wal.entries, 1):
            partition = self.table.by_id(partition_id)
            if kind == KIND_BATCH and partition is not None:
                entry = TailEntry(base, end, 1, number, 0, len(data), 0)
                partition.on_recovered(entry, 0)
        self.telemetry = Telemetry()
        self.answers: list[tuple[int, Any]] = []
        self.flush_later: dict[Any, None] = {}
        self.peer = Peer()
        writer = cast("Any", self.wal)
        log = GroupLog(
            table=self.table, writer=writer, log_id=1, reads=cast("Any", self), now_ms=lambda: 0
        )
        self.groups = GroupRuntime(
            image=self.image,
            log=log,
            writer=writer,
            telemetry=self.telemetry,
            policy=policy or Policy(),
            flush_later=self.flush_later,
            flush=self.flush_later.clear,
            now_ms=lambda: 1_700_000_000_000,
            random_bytes=bytes,
            recovered=self.wal.recovered(has_batches=has_batches),
        )
        self.groups.open()

    def restart(self, *, has_batches: bool = False) -> World:
        """Start again; the recovery has the batches at hand, or they are read again."""
        return World(self.wal, self.image, has_batches=has_batches)

    async def read(
        self, partition: Any, offset: int, bytes_max: int, *, at_least_one: bool
    ) -> list[memoryview]:
        """Be the read path: one batch a call."""
        for partition_id, base, end, kind, data in self.wal.entries:
            if kind == KIND_BATCH and partition_id == partition.partition_id:
                if base <= offset < end:
                    return [memoryview(data)]
        return []

    def ask(self, key: int, version: int, request: Any) -> Slot:
        slot = Slot(cast("Any", self.peer))
        slot.api_key = key
        self.groups.serve(slot, version, 1, request)
        return slot

    def commit(
        self, offset: int, *, group: str = GROUP, metadata: str = "", count: int = 1
    ) -> Slot:
        part = m.OffsetCommitRequest.OffsetCommitRequestPartition
        topic = m.OffsetCommitRequest.OffsetCommitRequestTopic(
            name=TOPIC,
            partitions=[
                part(partition_index=i, committed_offset=offset, committed_metadata=metadata)
                for i in range(count)
            ],
        )
        request = m.OffsetCommitRequest(
            group_id=group, generation_id_or_member_epoch=-1, topics=[topic]
        )
        return self.ask(8, 8, request)

    def committed(self, group: str = GROUP) -> tuple[int, int]:
        """Return (error code, offset)."""
        cls = m.OffsetFetchRequest
        topic = cls.OffsetFetchRequestTopics(name=TOPIC, partition_indexes=[0])
        wanted = cls.OffsetFetchRequestGroup(group_id=group, topics=[topic])
        answer = answer_of(self.ask(9, 8, cls(groups=[wanted])), 8).groups[0]
        if answer.error_code:
            return answer.error_code, -1
        return 0, answer.topics[0].partitions[0].committed_offset

    def complete(self, count: int | None = None) -> None:
        """Make everything appended durable, or the first so many batches of all."""
        self.wal.durable_lsn = (len(self.wal.entries) if count is None else count) + 1
        self.groups.on_commit()


def _image() -> Image:
    image = Image()
    image.apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
    for name, count in ((TOPIC, 400), (topic_names.OFFSETS, PARTITION_COUNT)):
        image.apply(
            commands.CreateTopic(
                name=name, topic_id=name[:1].encode() * 16, partitions=count, configs={}, now_ms=0
            )
        )
    return image


def answer_of(slot: Slot, version: int) -> Any:
    data = b"".join(bytes(piece) for piece in slot.buffers or ())
    head = 8 + codec.response_header_version(slot.api_key, version)
    return codec.decode_response(slot.api_key, version, memoryview(data), head)


def code_of(slot: Slot) -> int:
    """Return the code of an OffsetCommit's answer."""
    (topic,) = answer_of(slot, 8).topics
    return topic.partitions[0].error_code


async def test_commit_is_answered_when_it_is_durable() -> None:
    """Not before; it is one batch, and is seen from then on."""
    world = World()
    slot = world.commit(7)
    assert slot.buffers is None
    assert world.committed() == (0, -1)
    world.complete()

    assert world.flush_later == {world.peer: None}
    assert code_of(slot) == 0
    assert world.committed() == (0, 7)
    assert len(world.wal.entries) == 1
    assert world.telemetry.offsets_committed == 1


async def test_commit_is_answered_when_its_last_batch_is_durable_and_those_behind_it_later() -> (
    None
):
    """Whichever partitions they are of; what is readable ends where what is durable does."""
    world = World()
    world.wal.batch_bytes_max = 3000
    slots = [world.commit(1), world.commit(2, count=400), world.commit(3, group="other")]
    assert group_partition("other") != group_partition(GROUP)
    ends = [0, *(entry[2] for entry in world.wal.entries[:-1])]
    partition = world.table.get(topic_names.OFFSETS, group_partition(GROUP))
    assert partition is not None

    for count, end in enumerate(ends):
        world.complete(count)
        is_answered = [slot.buffers is not None for slot in slots]
        assert is_answered == [count >= 1, count == len(ends) - 1, False]
        assert partition.high_watermark == end
    world.complete()
    assert [code_of(slot) for slot in slots] == [0, 0, 0]


async def test_commits_wait_for_a_full_volume_as_produce_does(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """An upload that frees the volume in time costs a client no error."""
    world = World()
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room, world.wal.spare_extents = False, 1
        slot = world.commit(7)
        await trio.sleep(limits.GROUP_APPEND_WAIT_S / 2)
        assert slot.buffers is None
        world.wal.has_room, world.wal.spare_extents = True, 3
        world.wal.lot.unpark_all()
        await trio.testing.wait_all_tasks_blocked()
        world.complete()
        nursery.cancel_scope.cancel()

    assert code_of(slot) == 0
    assert world.committed() == (0, 7)


async def test_commits_that_find_the_volume_full_for_long_are_to_be_repeated(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """COORDINATOR_NOT_AVAILABLE, and nothing is left behind; later ones are stored again."""
    world = World()
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room, world.wal.spare_extents = False, 1
        slots = [world.commit(7), world.commit(8)]
        await trio.sleep(limits.GROUP_APPEND_WAIT_S + 1)
        assert [code_of(slot) for slot in slots] == [15, 15]
        assert world.committed() == (0, -1)
        world.wal.has_room, world.wal.spare_extents = True, 3
        slot = world.commit(9)
        world.complete()
        nursery.cancel_scope.cancel()

    assert code_of(slot) == 0
    assert world.committed() == (0, 9)


async def test_records_that_wait_for_room_are_bounded(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a full volume keeps of commits in memory; those above are refused at once."""
    monkeypatch.setattr(limits, "GROUP_APPENDS_WAITING_BYTES_MAX", 1000)
    world = World()
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room = False
        slots = [world.commit(7, metadata="x" * 400) for _ in range(3)]
        assert [slot.buffers is None for slot in slots] == [True, True, False]
        assert code_of(slots[2]) == 15
        await trio.testing.wait_all_tasks_blocked()
        world.wal.has_room = True
        world.wal.lot.unpark_all()
        await trio.testing.wait_all_tasks_blocked()
        world.complete()
        world.wal.has_room = False
        slots[2] = world.commit(8, metadata="x" * 400)
        assert slots[2].buffers is None
        nursery.cancel_scope.cancel()

    assert [code_of(slot) for slot in slots[:2]] == [0, 0]


async def test_commits_wait_in_order_for_room(autojump_clock: trio.testing.MockClock) -> None:
    """Memory that is full for a moment is no error."""
    world = World()
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room = False
        slots = [world.commit(7), world.commit(8)]
        await trio.testing.wait_all_tasks_blocked()
        assert world.wal.entries == []
        world.wal.has_room = True
        world.wal.lot.unpark_all()
        await trio.testing.wait_all_tasks_blocked()
        world.complete()
        nursery.cancel_scope.cancel()

    assert [code_of(slot) for slot in slots] == [0, 0]
    assert world.committed() == (0, 8)


async def test_room_that_comes_before_anybody_waits_for_it_is_used() -> None:
    """It is told once; and until the commit gives up, seconds later, nothing else may happen."""
    world = World()
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        await trio.testing.wait_all_tasks_blocked()
        world.wal.has_room = False
        slot = world.commit(7)
        world.wal.has_room = True
        world.wal.lot.unpark_all()
        await trio.testing.wait_all_tasks_blocked()
        world.complete()
        nursery.cancel_scope.cancel()

    assert code_of(slot) == 0


async def test_commit_does_not_wait_for_ever(autojump_clock: trio.testing.MockClock) -> None:
    """After Kafka's offsets.commit.timeout.ms the client is told to try again."""
    world = World()
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room = False
        slot = world.commit(7)
        await trio.sleep(limits.GROUP_APPEND_WAIT_S + 1)
        nursery.cancel_scope.cancel()

    assert code_of(slot) == 15


async def test_commit_waits_no_longer_than_the_shortest_session_lasts(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A client with one request in flight beats in time, whatever the operator allows."""
    world = World(policy=Policy(session_timeout_ms_min=1000))
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room = False
        slot = world.commit(7)
        await trio.sleep(0.6)
        nursery.cancel_scope.cancel()

    assert code_of(slot) == 15


async def test_many_records_make_several_batches_and_one_answer() -> None:
    """An append that exceeds the topic's max.message.bytes is cut; it is durable as a whole."""
    world = World()
    world.wal.batch_bytes_max = 3000
    slot = world.commit(7, count=400)
    batches = world.wal.batches()
    assert len(batches) > 5
    assert max(map(len, batches)) <= 3000
    counts = [batch.check(memoryview(one)).count for one in batches]
    assert sum(counts) == 400
    world.complete()

    assert code_of(slot) == 0


async def test_record_that_fits_no_batch_is_refused() -> None:
    """UNKNOWN_SERVER_ERROR, as in Kafka; nothing of it is in the log."""
    world = World()
    world.wal.batch_bytes_max = 300

    assert code_of(world.commit(7, metadata="x" * 300)) == -1
    assert world.wal.entries == []


async def test_record_that_fits_no_batch_does_not_hold_up_those_behind_it(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """It is refused when its turn comes, though it had to wait for room like the others."""
    world = World()
    world.wal.batch_bytes_max = 300
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        world.wal.has_room = False
        slots = [world.commit(7), world.commit(8, metadata="x" * 300), world.commit(9)]
        await trio.testing.wait_all_tasks_blocked()
        world.wal.has_room = True
        world.wal.lot.unpark_all()
        await trio.testing.wait_all_tasks_blocked()
        world.complete()
        nursery.cancel_scope.cancel()

    assert [code_of(slot) for slot in slots] == [0, -1, 0]
    assert world.committed() == (0, 9)


async def _load(world: World) -> None:
    async with trio.open_nursery() as nursery:
        await nursery.start(world.groups.run)
        with trio.fail_after(100):
            while world.groups.is_loading:
                await trio.sleep(0.001)
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("has_batches", [False, True])
async def test_groups_load_from_the_log_and_nothing_is_answered_before(
    autojump_clock: trio.testing.MockClock, has_batches: bool
) -> None:
    """COORDINATOR_LOAD_IN_PROGRESS for what has a log; groups of an empty one are served."""
    world = World()
    for offset in range(20):
        world.commit(offset)
    world.complete()
    again = world.restart(has_batches=has_batches)
    assert again.committed() == (14, -1)
    other = next(f"g{n}" for n in range(99) if group_partition(f"g{n}") != group_partition(GROUP))
    assert again.committed(other) == (0, -1)
    await _load(again)

    assert again.committed() == (0, 19)


@pytest.mark.parametrize("has_batches", [False, True])
async def test_many_records_make_a_checkpoint_that_shortens_the_load(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch, has_batches: bool
) -> None:
    """It is written without the uploader's help, in pieces, and only the log behind it is read."""
    monkeypatch.setattr(limits, "GROUP_RECORDS_BEHIND_MAX", 50)
    monkeypatch.setattr(limits, "CHECKPOINT_BYTES_MAX", 40)
    world = World()
    for offset in range(60):
        world.commit(offset)
        world.complete()
    assert len([e for e in world.wal.entries if e[3] == KIND_GROUPS]) > 1
    again = world.restart(has_batches=has_batches)
    behind = 50 if not has_batches else 60
    world.wal.entries = [e for e in world.wal.entries if e[3] != KIND_BATCH or e[1] >= behind]
    await _load(again)

    assert again.committed() == (0, 59)


async def test_no_room_for_a_checkpoint_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again after as many records."""
    monkeypatch.setattr(limits, "GROUP_RECORDS_BEHIND_MAX", 10)
    world = World()
    for offset in range(25):
        world.commit(offset)
        world.wal.has_room = offset > 15
        world.complete()
        world.wal.has_room = True

    partition = world.table.get(topic_names.OFFSETS, group_partition(GROUP))
    assert partition is not None
    raw, _ = world.wal.recovered(has_batches=False).take(partition.partition_id)
    assert raw is not None


async def test_checkpoint_of_a_partition_that_loads_is_kept(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The uploader frees extents meanwhile: what was found there is written again."""
    world = World()
    world.commit(7)
    world.complete()
    pieces = list(world.groups.checkpoint_records(1 << 20))
    for partition_id, covered, piece in pieces:
        world.wal.append_nowait(partition_id, covered, 0, -1, KIND_GROUPS, piece, None)
    again = world.restart()
    assert [piece for _, _, piece in again.groups.checkpoint_records(1 << 20)] == [
        p[2] for p in pieces
    ]
    await _load(again)
    assert again.committed() == (0, 7)
    assert [piece for _, _, piece in again.groups.checkpoint_records(1 << 20)] == [
        p[2] for p in pieces
    ]


@pytest.mark.parametrize("raw", [b"PGC1 is damaged", b""])
async def test_damaged_checkpoint_costs_time_not_offsets(
    autojump_clock: trio.testing.MockClock, raw: bytes
) -> None:
    """The log tells the state without it."""
    world = World()
    world.commit(7)
    world.complete()
    partition = world.table.get(topic_names.OFFSETS, group_partition(GROUP))
    assert partition is not None
    for piece in checkpoint.split(raw or b"short", 100):
        world.wal.append_nowait(partition.partition_id, 1, 0, -1, KIND_GROUPS, piece, None)
    again = world.restart()
    await _load(again)

    assert again.committed() == (0, 7)


async def test_log_that_does_not_decode_is_not_served(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """NOT_COORDINATOR for its groups, as in Kafka; the others go on."""
    world = World()
    world.commit(7)
    world.complete()
    partition_id, base, end, kind, data = world.wal.entries[0]
    world.wal.entries[0] = (partition_id, base, end, kind, data[:-1] + b"!")
    again = world.restart()
    await _load(again)

    assert again.committed() == (16, -1)
    other = next(f"g{n}" for n in range(99) if group_partition(f"g{n}") != group_partition(GROUP))
    slot = again.commit(3, group=other)
    again.complete()
    assert code_of(slot) == 0


def test_joiner_takes_only_whole_checkpoints() -> None:
    """A crash between two pieces leaves a beginning that the next checkpoint ends."""
    one, two = list(checkpoint.split(b"a" * 10, 4)), list(checkpoint.split(b"b" * 10, 4))
    joiner = checkpoint.Joiner()
    for piece in one[:2] + two[:1] + one[:3] + two[1:]:
        joiner.add(1, piece)
    assert joiner.complete == {1: b"a" * 10}
    for piece in two:
        joiner.add(1, piece)
    assert joiner.complete == {1: b"b" * 10}
    joiner.add(1, b"\x02" + one[0][1:])
    assert joiner.complete == {1: b"b" * 10}


def _batches(count: int) -> list[tuple[int, int, int, memoryview]]:
    return [(1, offset, offset + 1, memoryview(bytes(10))) for offset in range(count)]


def test_recovery_keeps_the_batches_behind_a_checkpoint() -> None:
    """Those that it covers are let go when it is whole, not before."""
    found = RecoveredGroups()
    for one in _batches(5):
        found.add_batch(*one)
    pieces = list(checkpoint.split(b"c" * 10, 6))
    found.add_piece(1, 3, pieces[0])
    assert found.size == 50
    found.add_piece(1, 3, pieces[1])
    assert found.size == 20
    raw, tail = found.take(1)

    assert raw == b"c" * 10
    assert [(one.base_offset, one.next_offset) for one in tail] == [(3, 4), (4, 5)]
    assert (found.size, found.take(1)) == (0, (None, []))


def test_recovery_keeps_an_end_without_a_gap() -> None:
    """What lies before a gap is read from the log."""
    found = RecoveredGroups()
    for one in _batches(5):
        if one[1] != 2:
            found.add_batch(*one)

    assert [one.base_offset for one in found.take(1)[1]] == [3, 4]


def test_recovery_keeps_a_bounded_number_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest ones of a partition, as long as others leave room."""
    monkeypatch.setattr(limits, "GROUP_TAIL_BYTES_MAX", 35)
    found = RecoveredGroups()
    for one in _batches(5):
        found.add_batch(*one)
        assert found.size <= 35
    found.add_batch(2, 0, 1, memoryview(bytes(20)))
    assert [one.base_offset for one in found.take(1)[1]] == [3, 4]
    assert found.take(2)[1] == []
    found.add_batch(3, 0, 1, memoryview(bytes(36)))

    assert found.size == 0
