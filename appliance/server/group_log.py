"""`__consumer_offsets` on this node: the coordinator's records go into the WAL like a produce.

What is durable is known by its LSN when the WAL tells that something is: there are many small
appends, and a call for each would cost more than the rest of its end.

A checkpoint of groups lies in the WAL, too: a load needs no object store while the tail is on the
volume. One is written with the producers' before extents are freed, and whenever many records are
behind the last one.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence

import trio

from appliance import limits
from appliance.coordinator import Append, PlainRecords, checkpoint
from appliance.metadata import topic_names
from appliance.partition import Partition
from appliance.protocol import batch
from appliance.server.group_recovery import FoundBatch
from appliance.server.reads import Reads
from appliance.server.table import PartitionTable
from wal.errors import BatchTooLargeError, WalFullError
from wal.format import KIND_BATCH, KIND_GROUPS
from wal.writer import Writer

Records = Sequence[tuple[bytes, bytes | None]]

_RECORD_OVERHEAD_BYTES = 32  # varints of a record whose key and value are shorter than 2 GiB


class GroupLog:
    """Appends to and reads of the partitions of one topic; owns no data."""

    def __init__(
        self,
        *,
        table: PartitionTable,
        writer: Writer,
        log_id: int,
        reads: Reads,
        now_ms: Callable[[], int],
    ) -> None:
        """Args: now_ms: wall clock, for the records' timestamps."""
        self._table = table
        self._writer = writer
        self._log_id = log_id
        self._reads = reads
        self._now_ms = now_ms
        # LSN of the frame, partition and offset behind each batch that is not known to be durable;
        # with the last batch of an append comes that.
        self._flying: deque[tuple[int, Partition, int, Append | None]] = deque()

    def partition(self, index: int) -> Partition:
        """Return an open partition; the topic exists, and is never deleted."""
        found = self._table.get(topic_names.OFFSETS, index)
        assert found is not None
        return found

    def append(self, append: Append) -> None:
        """Append records in one batch, or in as few as the topic's config allows.

        When all are durable `take_durable` returns it.

        Raises:
            WalFullError: there is no room now; nothing happened.
            BatchTooLargeError: a record is too long for the topic; nothing happened.
            DeviceError, FencedError: the writer has ended.
        """
        records = append.records
        partition = self.partition(append.partition)
        writer = self._writer
        bytes_max = min(partition.settings.message_bytes_max, writer.batch_bytes_max)
        now_ms = self._now_ms()
        base_offset, leader_epoch = partition.log_end_offset, partition.leader_epoch
        count = len(records)
        if isinstance(records, PlainRecords):
            whole = batch.build_encoded(
                records.pieces(),
                count,
                timestamp=now_ms,
                base_offset=base_offset,
                leader_epoch=leader_epoch,
            )
        else:
            whole = batch.build(
                records, timestamp=now_ms, base_offset=base_offset, leader_epoch=leader_epoch
            )
        if len(whole) <= bytes_max:
            self._append_batch(partition, count, now_ms, memoryview(whole), append)
            return
        batches = _batches(
            records, bytes_max, now_ms, base_offset=base_offset, leader_epoch=leader_epoch
        )
        for _, view in batches:
            if len(view) > bytes_max:
                raise BatchTooLargeError(f"a record of {len(view)} bytes exceeds {bytes_max}")
        if not writer.room_for(sum(len(view) for _, view in batches), len(batches)):
            raise _no_room()
        for number, (count, view) in enumerate(batches, 1):
            on_last = append if number == len(batches) else None
            try:
                self._append_batch(partition, count, now_ms, view, on_last)
            except WalFullError:
                assert number == 1  # half of it in the log would be neither done nor undone
                raise

    def _append_batch(
        self,
        partition: Partition,
        count: int,
        now_ms: int,
        view: memoryview,
        append: Append | None,
    ) -> None:
        base_offset = partition.log_end_offset
        next_offset = base_offset + count
        lsn, position, length = self._writer.append_nowait(
            partition.partition_id, base_offset, count - 1, now_ms, KIND_BATCH, view, None
        )
        partition.on_append(
            base_offset,
            next_offset,
            log_id=self._log_id,
            lsn=lsn,
            position=position,
            length=length,
            max_timestamp=now_ms,
        )
        self._flying.append((lsn, partition, next_offset, append))

    def take_durable(self) -> list[tuple[Append, int]]:
        """Move the watermarks behind what is durable; returns (append, offset behind it) of that.

        Called from the WAL's completion, after all acks of it.
        """
        durable: list[tuple[Append, int]] = []
        flying, below_lsn = self._flying, self._writer.durable_lsn
        while flying and flying[0][0] < below_lsn:
            _, partition, next_offset, append = flying.popleft()
            partition.on_durable(next_offset)
            if append is not None:
                durable.append((append, next_offset))
        return durable

    def append_checkpoint(self, index: int, covered: int, raw: bytes) -> bool:
        """Append a checkpoint of a partition's groups; False when there is no room for it now.

        Args:
            index: of the partition.
            covered: offset up to which, exclusively, it speaks for the log.
            raw: the checkpoint.
        """
        partition_id = self.partition(index).partition_id
        bytes_max = min(limits.CHECKPOINT_BYTES_MAX, self._writer.batch_bytes_max // 4)
        pieces = list(checkpoint.split(raw, bytes_max))
        if not self._writer.room_for(sum(map(len, pieces)), len(pieces)):
            return False
        try:
            for piece in pieces:
                self._writer.append_nowait(partition_id, covered, 0, -1, KIND_GROUPS, piece, None)
        except WalFullError:
            return False  # What is there of it ends with the next one's first piece.
        return True

    async def read(
        self, index: int, start_offset: int, end_offset: int, take: Callable[[Records], None]
    ) -> None:
        """Call `take` with the records of [start, end), batch by batch, from wherever they lie.

        Raises:
            objects' StoreError, CorruptObjectError; batch.CorruptBatchError.
        """
        partition = self.partition(index)
        offset = start_offset
        while offset < end_offset:
            views = await self._reads.read(
                partition, offset, limits.GROUP_READ_BYTES, at_least_one=True
            )
            assert views  # below the watermark, and of a topic that is never deleted
            for joined in views:
                for view in batch.iterate_batches(joined):
                    offset = _take(view, offset, take)
            await trio.lowlevel.checkpoint()


async def replay_found(
    batches: Sequence[FoundBatch], start_offset: int, take: Callable[[Records], None]
) -> None:
    """Call `take` with the records of batches at hand, from an offset on.

    Raises:
        batch.CorruptBatchError.
    """
    size = 0
    for found in batches:
        if found.next_offset > start_offset:
            _take(memoryview(found.data), start_offset, take)
            size += len(found.data)
        if size >= limits.GROUP_READ_BYTES:
            size = 0
            await trio.lowlevel.checkpoint()


def _take(view: memoryview, offset: int, take: Callable[[Records], None]) -> int:
    """Check a batch and take its records from an offset on; returns the offset behind it."""
    header = batch.check(view)
    behind = header.base_offset + header.count
    if behind <= offset:
        return offset
    take(_wanted(view, offset))
    return behind


def _wanted(view: memoryview, offset: int) -> Records:
    return [
        (record.key, record.value)
        for record in batch.iterate_records(view)
        if record.offset >= offset and record.key is not None
    ]


def _batches(
    records: Records, bytes_max: int, now_ms: int, *, base_offset: int, leader_epoch: int
) -> list[tuple[int, memoryview]]:
    """Return (count of records, batch) of records that one batch must not hold."""
    found: list[tuple[int, memoryview]] = []
    for some in _cut(records, bytes_max):
        view = batch.build(
            some, timestamp=now_ms, base_offset=base_offset, leader_epoch=leader_epoch
        )
        found.append((len(some), memoryview(view)))
        base_offset += len(some)
    return found


def _no_room() -> WalFullError:
    return WalFullError("no room for records of groups: retry")


def _cut(records: Records, bytes_max: int) -> Iterator[Records]:
    """Yield records in pieces that fit batches of bounded size; a longer one is alone."""
    some: list[tuple[bytes, bytes | None]] = []
    room = bytes_max - batch.BATCH_OVERHEAD
    for key, value in records:
        need = len(key) + len(value or b"") + _RECORD_OVERHEAD_BYTES
        if some and need > room:
            yield some
            some, room = [], bytes_max - batch.BATCH_OVERHEAD
        some.append((key, value))
        room -= need
    yield some
