"""The replay of a log in bulk: the same outcome as batch by batch."""

from __future__ import annotations

import random
import struct
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from appliance import limits
from appliance.coordinator import checkpoint
from appliance.metadata import Image, commands, topic_names
from appliance.partition import Partition, ProducerStates, TailEntry
from appliance.protocol import batch
from appliance.server.group_recovery import RecoveredGroups
from appliance.server.replay import Replay
from appliance.server.table import PartitionTable
from wal.format import (
    ENTRY,
    FRAME_HEADER_BYTES,
    KIND_BATCH,
    KIND_CHECKPOINT,
    KIND_CHECKPOINT_END,
    KIND_GROUPS,
    DirectoryEntry,
    decode_directory,
    decode_frame_header,
    seal_frame,
)
from wal.recovery import RecoveredFrame

PARTITIONS = 5  # with the ids 1 to 5
OF_GROUPS = PARTITIONS + 1
DELETED = PARTITIONS + 2
NOW_MS = 9_000

_BATCH_HEADER = struct.Struct(">qiibIhiqqqhii")

Frame = tuple[RecoveredFrame, memoryview]


class OneByOne:
    """What the bulk way stands for: each entry of the log by itself, in order."""

    def __init__(self, table: PartitionTable, groups: RecoveredGroups, *, log_id: int) -> None:
        self.table = table
        self.groups = groups
        self.log_id = log_id
        self.needed_lsn = 0
        self.has_checkpoint = False

    def add_frame(self, frame: RecoveredFrame, view: memoryview) -> None:
        for fields in frame.entries:
            entry = DirectoryEntry(*fields)
            if entry.kind not in (KIND_CHECKPOINT, KIND_GROUPS):
                self.needed_lsn = frame.end_lsn
            if entry.kind == KIND_CHECKPOINT_END:
                self.has_checkpoint = True
                continue
            partition = self.table.by_id(entry.partition_id)
            if partition is not None:
                data = view[entry.position : entry.position + entry.length]
                self._add(frame.lsn, entry, partition, data)

    def _add(self, lsn: int, entry: DirectoryEntry, partition: Partition, data: memoryview) -> None:
        partition_id = entry.partition_id
        if entry.kind == KIND_GROUPS:
            self.groups.add_piece(partition_id, entry.base_offset, data)
            return
        if entry.kind == KIND_CHECKPOINT:
            partition.producers.load_checkpoint(data)
            return
        header = batch.read_header(data)
        base_offset = entry.base_offset
        next_offset = base_offset + entry.last_offset_delta + 1
        found = TailEntry(
            base_offset, next_offset, self.log_id, lsn, entry.position, entry.length,
            entry.max_timestamp,
        )  # fmt: skip
        partition.on_recovered(found, header.leader_epoch)
        if partition.topic_name == topic_names.OFFSETS:
            self.groups.add_batch(partition_id, base_offset, next_offset, data)
        if header.producer_id >= 0:
            partition.producers.record(
                header.producer_id,
                header.producer_epoch,
                header.base_sequence,
                header.count,
                base_offset=base_offset,
                append_time_ms=header.max_timestamp if header.attributes & 8 else -1,
                now_ms=NOW_MS,
            )

    def finish(self) -> None:
        """Nothing is gathered."""


def make_batch(rng: random.Random, count: int, *, epoch: int, sequence: int) -> bytes:
    # Of one producer alone, often enough that more batches come than are remembered.
    producer_id = rng.choice([-1, 1, 1, 2, 3, 4, 5, 6]) if epoch % 2 else 1
    body = rng.randbytes(rng.randrange(20))
    return _BATCH_HEADER.pack(
        0, len(body) + 49, epoch, 2, 0, rng.choice([0, 0, 8]), count - 1, 0,
        rng.randrange(1000), producer_id, rng.choice([0, 0, 0, 0, 1, 2]), sequence, count,
    ) + body  # fmt: skip


def make_checkpoint(rng: random.Random, offset: int) -> bytes:
    states = ProducerStates()
    for number in range(rng.randint(1, 8)):
        states.record(
            rng.randint(1, 6), rng.choice([0, 1]), number, 1,
            base_offset=max(0, offset - rng.randrange(30)), append_time_ms=-1, now_ms=number,
        )  # fmt: skip
    return next(states.encode_checkpoint(lambda: offset))[1]


def seal(entries: list[tuple[int, int, int, int, bytes, int]], lsn: int) -> Frame:
    """Return a frame of (partition, offset, time, last delta, data, kind)."""
    size = sum(len(entry[4]) for entry in entries) + ENTRY.size * len(entries)
    memory = memoryview(bytearray(FRAME_HEADER_BYTES + size + 4096))
    position = FRAME_HEADER_BYTES
    directory = b""
    for partition_id, offset, time, delta, data, kind in entries:
        memory[position : position + len(data)] = data
        directory += ENTRY.pack(partition_id, offset, time, delta, position, len(data), kind, 0)
        position += len(data)
    total, _ = seal_frame(
        memory, directory, position, writer_epoch=1, incarnation=1, lsn=lsn, previous_crc=0,
        durable_lsn=0,
    )  # fmt: skip
    header = decode_frame_header(memory)
    assert header is not None
    fields = decode_directory(memory, header)
    assert fields is not None
    frame = RecoveredFrame(lsn, header, fields, lsn, lsn + total)
    return frame, memory[: FRAME_HEADER_BYTES + header.body_bytes]


class Log:
    """Frames by seed; remembers where each partition's batches end."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._next_lsn = 4096
        self._sequence = 0
        self._epoch = 1
        self.ends = {partition_id: [rng.randrange(20)] for partition_id in range(1, DELETED + 1)}

    def frame(self, entries_max: int) -> Frame:
        rng = self._rng
        entries = [self._entry() for _ in range(rng.randint(1, entries_max))]
        if rng.random() < 0.1:
            entries.append((0, 0, 0, 0, b"", KIND_CHECKPOINT_END))
        if rng.random() < 0.1:
            self._epoch += 1
        frame, view = seal(entries, self._next_lsn)
        self._next_lsn = frame.end_lsn
        return frame, view

    def _entry(self) -> tuple[int, int, int, int, bytes, int]:
        rng = self._rng
        partition_id = rng.choice([1, 1, 1, rng.randint(1, DELETED)])
        ends = self.ends[partition_id]
        if rng.random() < 0.05:
            return partition_id, 0, 0, 0, make_checkpoint(rng, ends[-1]), KIND_CHECKPOINT
        if rng.random() < 0.05:
            pieces = list(checkpoint.split(rng.randbytes(30), 20))
            return OF_GROUPS, ends[-1], 0, 0, rng.choice(pieces), KIND_GROUPS
        count = rng.randint(1, 4)
        self._sequence += rng.choice([0, 1, 3])
        data = make_batch(rng, count, epoch=self._epoch, sequence=self._sequence)
        base_offset = ends[-1]
        ends.append(base_offset + count)
        return partition_id, base_offset, rng.randrange(1000), count - 1, data, KIND_BATCH


def make_table(seed: int, ends: dict[int, list[int]]) -> PartitionTable:
    """Return partitions of which objects hold something, and from which records were deleted."""
    rng = random.Random(seed)
    image = Image()
    image.apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
    for name, count in (("t", PARTITIONS), (topic_names.OFFSETS, 1)):
        topic_id = name.encode().ljust(16)
        image.apply(
            commands.CreateTopic(
                name=name, topic_id=topic_id[:16], partitions=count, configs={}, now_ms=0
            )
        )
    for partition_id, line in image.partitions.items():
        known = ends[partition_id]
        line.committed_end = rng.choice([known[0], known[0], rng.choice(known), known[-1] + 5])
        line.log_start_offset = rng.choice([0, 0, rng.randint(0, known[-1] + 3)])
        line.leader_epoch = rng.randint(1, 9)
    table = PartitionTable()
    table.producer_budget.count_max = rng.choice([3, 8, 1000])
    table.sync_all(image, sorted(image.topics_by_id))
    return table


def state(table: PartitionTable, groups: RecoveredGroups, replays: list[Any]) -> Any:
    """Return all that a replay may change, in the order that matters."""
    partitions = [partition for i in range(1, DELETED) if (partition := table.by_id(i))]
    lines = [
        (
            partition.log_end_offset,
            partition.high_watermark,
            partition.leader_epoch,
            partition.epochs,
            [partition.entry(index) for index in range(partition.tail_count)],
            list(partition._bytes_end),
            partition in table.with_tail,
            [
                (producer_id, entry.epoch, entry.last_ms, entry.expected, entry.batches)
                for producer_id, entry in partition.producers.items()
            ],
        )
        for partition in partitions
    ]
    budget = [
        (next(p.partition_id for p in partitions if p.producers is states), producer_id)
        for states, producer_id in table.producer_budget._order.values()
    ]
    found = groups.size, groups.take(OF_GROUPS)
    ended = [(replay.needed_lsn, replay.has_checkpoint) for replay in replays]
    return lines, budget, found, ended


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 1 << 32))
def test_bulk_way_equals_the_one_by_one_way(seed: int) -> None:
    """Tail index, producers in the order they are forgotten in, groups, and where the log ends."""
    rng = random.Random(seed)
    log = Log(rng)
    entries_max = rng.choice([1, 4, 30])
    frames = [log.frame(entries_max) for _ in range(rng.randint(1, 40))]
    cut = rng.randint(0, len(frames))
    states: list[Any] = []
    for kind in (OneByOne, Replay):
        table, groups, replays = make_table(seed, log.ends), RecoveredGroups(), list[Any]()
        for log_id, some in ((1, frames[:cut]), (2, frames[cut:])):
            replay = (
                OneByOne(table, groups, log_id=log_id)
                if kind is OneByOne
                else Replay(table, groups, log_id=log_id, start_lsn=0, now_ms=NOW_MS)
            )
            replays.append(replay)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(limits, "RECOVERED_AT_ONCE", rng.choice([1, 7, 50, 8192]))
                for frame in some:
                    replay.add_frame(*frame)
                replay.finish()
        states.append(state(table, groups, replays))

    assert states[0] == states[1]


@pytest.mark.parametrize("batches", [2, 20])
def test_a_gap_is_never_indexed(batches: int) -> None:
    """Offsets without a batch below the watermark would be read as a hole (invariant 9)."""
    log = Log(random.Random(1))
    table = make_table(1, log.ends)
    partition = table.by_id(1)
    assert partition is not None
    partition.committed_end = partition.log_end_offset = partition.log_start_offset = 0
    replay = Replay(table, RecoveredGroups(), log_id=1, start_lsn=0, now_ms=NOW_MS)
    rng = random.Random(2)
    offsets = [*range(batches - 1), batches]
    data = make_batch(rng, 1, epoch=1, sequence=1)
    replay.add_frame(*seal([(1, offset, 0, 0, data, KIND_BATCH) for offset in offsets], 4096))

    with pytest.raises(AssertionError):
        replay.finish()


def test_a_batch_shorter_than_its_header_is_refused() -> None:
    """Its fields would be those of the next one."""
    table = make_table(1, Log(random.Random(1)).ends)
    replay = Replay(table, RecoveredGroups(), log_id=1, start_lsn=0, now_ms=NOW_MS)

    with pytest.raises(batch.CorruptBatchError):
        replay.add_frame(*seal([(1, 0, 0, 0, bytes(60), KIND_BATCH)], 4096))
