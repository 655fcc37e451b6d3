"""Turns what a recovery scan finds into the tail index and the state of producers and groups.

Small batches come by the million, so they are not looked at one by one: those of a partition are
gathered from many frames and put into its index as columns, and of each producer only the batches
that are remembered at all are recorded. The outcome is the same, except that what comes between is
never seen.
"""

from appliance import limits
from appliance.metadata import topic_names
from appliance.partition import Partition, TailEntry
from appliance.protocol import batch
from appliance.server.group_recovery import RecoveredGroups
from appliance.server.table import PartitionTable
from wal.format import (
    KIND_BATCH,
    KIND_CHECKPOINT,
    KIND_CHECKPOINT_END,
    KIND_GROUPS,
    DirectoryEntry,
    EntryFields,
)
from wal.recovery import RecoveredFrame

_Rows = list[int]
"""Batches of one partition, `_WIDTH` numbers each: the directory entry, what a leader reads of the
header, the LSN of the frame. In one list: a tuple each would be looked at by Python's collector."""

(_PARTITION_ID, _BASE_OFFSET, _ENTRY_TIME, _LAST_DELTA, _POSITION, _LENGTH, _KIND,
 _LEADER_EPOCH, _ATTRIBUTES, _TIME, _PRODUCER_ID, _PRODUCER_EPOCH, _SEQUENCE, _COUNT,
 _LSN, _WIDTH) = range(16)  # fmt: skip
_RUN_MIN = 4
"""Fewer batches of a partition cost less one by one."""


class Replay:
    """Takes the frames of one dead log in order; done after `finish`.

    Attributes:
        start_lsn: where its first extent begins.
        needed_lsn: end of the last frame with a batch or the end of a checkpoint. What follows is
            an unfinished checkpoint.
        has_checkpoint: a finished checkpoint was found.
    """

    def __init__(
        self,
        table: PartitionTable,
        groups: RecoveredGroups,
        *,
        log_id: int,
        start_lsn: int,
        now_ms: int,
    ) -> None:
        """Take nothing yet.

        Args:
            table: of the open partitions, which does not change meanwhile.
            groups: gets what the log says of consumer groups.
            log_id: of the log.
            start_lsn: where its first extent begins.
            now_ms: when producers count as having been active.
        """
        self.start_lsn = self.needed_lsn = start_lsn
        self.has_checkpoint = False
        self._table = table
        self._groups = groups
        self._log_id = log_id
        self._now_ms = now_ms
        self._rows: dict[int, _Rows] = {}
        self._count = 0
        self._of_groups = frozenset(table.partition_ids(topic_names.OFFSETS))

    def add_frame(self, frame: RecoveredFrame, view: memoryview) -> None:
        """Take the next frame; `view` is of its header and body.

        Raises:
            CorruptBatchError: a batch is shorter than its header.
            CheckpointError: a checkpoint is none.
        """
        rows = self._rows
        read = batch.read_leader_fields
        of_groups = self._of_groups
        lsn = frame.lsn
        count = 0
        # One pass, a row per batch: this is what a recovery of small batches waits for.
        for entry in frame.entries:
            partition_id = entry[_PARTITION_ID]
            if (
                entry[_KIND] != KIND_BATCH
                or entry[_LENGTH] < batch.BATCH_OVERHEAD
                or partition_id in of_groups
            ) and not self._take_other(entry, frame, view):
                continue
            some = rows.get(partition_id)
            if some is None:
                some = rows[partition_id] = []
            some += entry
            some += read(view, entry[_POSITION])
            some.append(lsn)
            count += 1
        if count:
            self.needed_lsn = frame.end_lsn
            self._count += count
            if self._count >= limits.RECOVERED_AT_ONCE:
                self.finish()

    def finish(self) -> None:
        """Put into the index, and record, what was gathered so far."""
        gathered = list(self._rows.items())
        self._rows.clear()
        self._count = 0
        recent: list[tuple[Partition, _Rows]] = []
        for partition_id, rows in gathered:
            partition = self._table.by_id(partition_id)
            if partition is not None:
                self._index(partition, rows)
                recent += [(partition, some) for some in _by_producer(rows)]
        self._record(recent)

    def _take_other(self, fields: EntryFields, frame: RecoveredFrame, view: memoryview) -> bool:
        """Take what the row of an entry does not hold; returns whether there is a row to take."""
        entry = DirectoryEntry._make(fields)
        is_batch = entry.kind not in (KIND_CHECKPOINT, KIND_GROUPS, KIND_CHECKPOINT_END)
        if is_batch or entry.kind == KIND_CHECKPOINT_END:
            self.needed_lsn = frame.end_lsn
        if entry.kind == KIND_CHECKPOINT_END:
            self.has_checkpoint = True
            return False
        partition = self._table.by_id(entry.partition_id)
        if partition is None:
            return False
        data = view[entry.position : entry.position + entry.length]
        if entry.kind == KIND_GROUPS:
            self._groups.add_piece(entry.partition_id, entry.base_offset, data)
        elif entry.kind == KIND_CHECKPOINT:
            self.finish()  # It is merged with what the batches before it said.
            partition.producers.load_checkpoint(data)
        else:
            batch.read_header(data)  # Raises for one that is cut short.
            if entry.partition_id in self._of_groups:
                next_offset = entry.base_offset + entry.last_offset_delta + 1
                self._groups.add_batch(entry.partition_id, entry.base_offset, next_offset, data)
        return is_batch

    def _index(self, partition: Partition, rows: _Rows) -> None:
        """Put batches of one partition into its index."""
        log_id = self._log_id
        if len(rows) >= _RUN_MIN * _WIDTH:
            bases = rows[_BASE_OFFSET::_WIDTH]
            deltas = rows[_LAST_DELTA::_WIDTH]
            nexts = [base + delta + 1 for base, delta in zip(bases, deltas, strict=True)]
            if bases[1:] == nexts[:-1]:
                partition.on_recovered_run(
                    bases,
                    nexts,
                    log_id=log_id,
                    lsns=rows[_LSN::_WIDTH],
                    positions=rows[_POSITION::_WIDTH],
                    lengths=rows[_LENGTH::_WIDTH],
                    max_timestamps=rows[_ENTRY_TIME::_WIDTH],
                    leader_epochs=rows[_LEADER_EPOCH::_WIDTH],
                )
                return
        for start in range(0, len(rows), _WIDTH):
            (_, base, time, delta, position, length, _, epoch, _, _, _, _, _, _,
             lsn) = rows[start : start + _WIDTH]  # fmt: skip
            entry = TailEntry(base, base + delta + 1, log_id, lsn, position, length, time)
            partition.on_recovered(entry, epoch)

    def _record(self, recent: list[tuple[Partition, _Rows]]) -> None:
        """Record batches of producers, given those of each in each partition.

        Whoever is to be forgotten to make room is found only by recording all in their order.
        """
        budget = self._table.producer_budget
        if len(budget) + len(recent) > budget.count_max:
            recent = [
                (partition, rows[start : start + _WIDTH])
                for partition, rows in recent
                for start in range(0, len(rows), _WIDTH)
            ]
        # Who was active last comes last in the order in which producers are forgotten.
        recent.sort(key=_last_place)
        for partition, rows in recent:
            first = max(0, len(rows) - limits.PRODUCER_BATCHES_KEPT * _WIDTH)
            if first and len(set(rows[_PRODUCER_EPOCH::_WIDTH])) > 1:
                first = 0
            for start in range(first, len(rows), _WIDTH):
                time = rows[start + _TIME]
                is_append_time = rows[start + _ATTRIBUTES] & batch.LOG_APPEND_TIME
                partition.producers.record(
                    rows[start + _PRODUCER_ID],
                    rows[start + _PRODUCER_EPOCH],
                    rows[start + _SEQUENCE],
                    rows[start + _COUNT],
                    base_offset=rows[start + _BASE_OFFSET],
                    append_time_ms=time if is_append_time else -1,
                    now_ms=self._now_ms,
                )


def _last_place(recent: tuple[Partition, _Rows]) -> tuple[int, int]:
    """Return where the last of some batches lies in the log."""
    rows = recent[1]
    return rows[_LSN - _WIDTH], rows[_POSITION - _WIDTH]


def _by_producer(rows: _Rows) -> list[_Rows]:
    """Return the batches of each idempotent producer."""
    if len(rows) == _WIDTH:
        return [rows] if rows[_PRODUCER_ID] >= 0 else []
    producer_ids = rows[_PRODUCER_ID::_WIDTH]
    if producer_ids.count(producer_ids[0]) == len(producer_ids):
        return [rows] if producer_ids[0] >= 0 else []
    found: dict[int, _Rows] = {}
    for number, producer_id in enumerate(producer_ids):
        if producer_id >= 0:
            some = found.setdefault(producer_id, [])
            some += rows[number * _WIDTH : (number + 1) * _WIDTH]
    return list(found.values())
