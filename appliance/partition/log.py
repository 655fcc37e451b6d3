"""One partition as its leader sees it: offsets, watermark, and the index of its unsaved tail.

```
log_start_offset .. committed_end ........ high_watermark ...... log_end_offset
   in objects          on the volume, readable     written, not yet durable
```
Once records are deleted that no object held, log_start_offset lies above committed_end; the tail
begins at the batch that holds it.

Invariant 9: the high watermark never falls, and offsets below it have no gap: batches are
appended in offset order, become durable in LSN order, and the tail index holds each exactly once.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from appliance.partition.producers import ProducerStates

_TIMESTAMPS_AT_ONCE = 1024
_new_tuple = tuple.__new__  # A named tuple's own takes twice as long.
_NO_COLUMN = array("q")
"""Of a tail without batches; never appended to."""


class TailEntry(NamedTuple):
    """Where one batch of the tail lies.

    Attributes:
        base_offset, next_offset: `[base, next)` of the batch.
        log_id: the writer incarnation whose log holds it.
        lsn: LSN of its frame.
        position: bytes from the start of the frame.
        length: bytes of the batch.
        max_timestamp: of its records, ms.
    """

    base_offset: int
    next_offset: int
    log_id: int
    lsn: int
    position: int
    length: int
    max_timestamp: int


class Appends:
    """Called when a request's batches in one frame are durable: moves the watermarks, then reports.

    Attributes:
        ends: the partitions and the offsets behind their batches, in the order of the log; whoever
            appended them fills it in before the frame can be durable.
    """

    __slots__ = ("_then", "ends")

    def __init__(self, then: Callable[[], None]) -> None:
        """Args: then: called when all watermarks are moved."""
        self.ends: list[tuple[Partition, int]] = []
        self._then = then

    def __call__(self) -> None:
        for partition, next_offset in self.ends:
            partition.on_durable(next_offset)
        self._then()


class Partition:
    """State of one partition on its leader; changed only from the node's own tasks."""

    __slots__ = (
        "_base",
        "_bytes_end",
        "_length",
        "_log",
        "_lsn",
        "_max_timestamp",
        "_next",
        "_position",
        "committed_end",
        "deleted",
        "epochs",
        "high_watermark",
        "index",
        "leader_epoch",
        "log_end_offset",
        "log_start_offset",
        "partition_id",
        "producers",
        "settings",
        "topic_id",
        "topic_name",
        "touched",
        "waiters",
        "with_tail",
    )

    def __init__(
        self,
        partition_id: int,
        *,
        topic_id: bytes,
        topic_name: str,
        index: int,
        leader_epoch: int,
        log_start_offset: int,
        committed_end: int,
        touched: list["Partition"],
        with_tail: set["Partition"],
        producers: ProducerStates | None = None,
    ) -> None:
        """Build it from the metadata, with an empty tail.

        Args:
            partition_id: the metadata's own id, never used again.
            topic_id: 16 bytes.
            topic_name: for answers and messages.
            index: Kafka's partition number.
            leader_epoch: written into every batch appended from now on.
            log_start_offset: first readable offset.
            committed_end: offsets below it are in committed objects.
            touched: the node's list of partitions with waiters whose watermark moved.
            with_tail: the node's set of partitions whose tail is not empty.
            producers: without any; None: with a budget of their own.
        """
        assert log_start_offset >= 0
        self.partition_id = partition_id
        self.topic_id = topic_id
        self.topic_name = topic_name
        self.index = index
        self.leader_epoch = leader_epoch
        self.log_start_offset = log_start_offset
        self.committed_end = committed_end
        self.log_end_offset = max(committed_end, log_start_offset)
        self.high_watermark = self.log_end_offset
        self.deleted = False
        self.producers = ProducerStates() if producers is None else producers
        self.settings: Any = None
        self.waiters: dict[Any, None] = {}
        self.touched = touched
        self.with_tail = with_tail
        self.epochs: list[tuple[int, int]] = []
        self._base = self._next = self._log = self._lsn = _NO_COLUMN
        self._position = self._length = self._bytes_end = self._max_timestamp = _NO_COLUMN

    def _begin_tail(self) -> None:
        """Prepare the first append: of ten thousand partitions most have no tail."""
        if not self.deleted:
            self.with_tail.add(self)
        self._base = array("q")
        self._next = array("q")
        self._log = array("q")
        self._lsn = array("q")
        self._position = array("q")
        self._length = array("q")
        self._bytes_end = array("q")  # bytes of all batches up to this one, since the start
        self._max_timestamp = array("q")

    def on_append(
        self,
        base_offset: int,
        next_offset: int,
        *,
        log_id: int,
        lsn: int,
        position: int,
        length: int,
        max_timestamp: int,
    ) -> None:
        """Add a batch at the end of the tail; not readable before the watermark passes it."""
        assert base_offset == self.log_end_offset
        assert next_offset > base_offset
        if not self._base:
            self._begin_tail()
        self._base.append(base_offset)
        self._next.append(next_offset)
        self._log.append(log_id)
        self._lsn.append(lsn)
        self._position.append(position)
        self._length.append(length)
        ends = self._bytes_end
        ends.append(ends[-1] + length if ends else length)
        self._max_timestamp.append(max_timestamp)
        self.log_end_offset = next_offset
        epochs = self.epochs
        if not epochs or epochs[-1][0] != self.leader_epoch:
            epochs.append((self.leader_epoch, base_offset))

    def on_durable(self, next_offset: int) -> None:
        """Move the watermark behind a batch that is durable; who waits for it is touched."""
        assert next_offset > self.high_watermark
        self.high_watermark = next_offset
        if self.waiters:
            self.touched.append(self)

    def on_recovered(self, entry: TailEntry, leader_epoch: int) -> bool:
        """Add a batch found by a recovery scan; False when objects hold it or it was deleted."""
        if entry.next_offset <= self.log_end_offset:
            return False
        if not self._base and self.committed_end <= entry.base_offset < self.log_start_offset:
            # The log start lies within this batch: it is readable from there, and whole on disk.
            self.log_end_offset = entry.base_offset
        assert entry.base_offset == self.log_end_offset
        current, self.leader_epoch = self.leader_epoch, leader_epoch
        self.on_append(
            entry.base_offset,
            entry.next_offset,
            log_id=entry.log_id,
            lsn=entry.lsn,
            position=entry.position,
            length=entry.length,
            max_timestamp=entry.max_timestamp,
        )
        self.leader_epoch = current
        self.high_watermark = entry.next_offset
        return True

    def on_recovered_run(
        self,
        base_offsets: Sequence[int],
        next_offsets: Sequence[int],
        *,
        log_id: int,
        lsns: Sequence[int],
        positions: Sequence[int],
        lengths: Sequence[int],
        max_timestamps: Sequence[int],
        leader_epochs: Sequence[int],
    ) -> None:
        """Add batches of one log as `on_recovered` does one after the other, each a fifth the cost.

        Args:
            base_offsets: where each batch begins: where the one before it ends.
            next_offsets: where each ends.
            log_id, lsns, positions, lengths, max_timestamps: see `TailEntry`.
            leader_epochs: of each batch.
        """
        first = bisect_right(next_offsets, self.log_end_offset)
        count = len(base_offsets) - first
        if not count:
            return
        start = base_offsets[first]
        if not self._base and self.committed_end <= start < self.log_start_offset:
            self.log_end_offset = start  # As in `on_recovered`.
        assert start == self.log_end_offset
        if not self._base:
            self._begin_tail()
        before = self._bytes_end[-1] if self._bytes_end else 0
        self._base.extend(base_offsets[first:])
        self._next.extend(next_offsets[first:])
        self._log.extend([log_id] * count)
        self._lsn.extend(lsns[first:])
        self._position.extend(positions[first:])
        self._length.extend(lengths[first:])
        self._bytes_end.extend(accumulate(lengths[first + 1 :], initial=before + lengths[first]))
        self._max_timestamp.extend(max_timestamps[first:])
        self.log_end_offset = self.high_watermark = next_offsets[-1]
        epochs = self.epochs
        some = leader_epochs[first:]
        if not epochs or some.count(epochs[-1][0]) < count:
            for base_offset, epoch in zip(base_offsets[first:], some, strict=True):
                if not epochs or epochs[-1][0] != epoch:
                    epochs.append((epoch, base_offset))

    @property
    def tail_start_offset(self) -> int:
        """First offset of the tail; reads below it go to objects."""
        return self._base[0] if self._base else self.log_end_offset

    @property
    def tail_count(self) -> int:
        """Batches in the tail."""
        return len(self._base)

    def tail_bytes(self) -> int:
        """Bytes of the batches in the tail."""
        return self._bytes_end[-1] - self._bytes_end[0] + self._length[0] if self._base else 0

    def find(self, offset: int) -> int:
        """Return the index in the tail of the batch that holds `offset`, or -1."""
        if not self._base or offset < self._base[0] or offset >= self.log_end_offset:
            return -1
        return bisect_right(self._base, offset) - 1

    def entry(self, index: int) -> TailEntry:
        """Return the `index`-th batch of the tail."""
        return _new_tuple(
            TailEntry,
            (
                self._base[index],
                self._next[index],
                self._log[index],
                self._lsn[index],
                self._position[index],
                self._length[index],
                self._max_timestamp[index],
            ),
        )

    def plan(self, offset: int, bytes_max: int, *, at_least_one: bool) -> list[TailEntry]:
        """Return the readable batches from the one holding `offset`, within `bytes_max`."""
        index = self.find(offset)
        if index < 0:
            return []
        entries: list[TailEntry] = []
        room = bytes_max
        count = len(self._base)
        high_watermark = self.high_watermark
        while index < count and self._next[index] <= high_watermark:
            length = self._length[index]
            if length > room and not (at_least_one and not entries):
                break
            entries.append(self.entry(index))
            room -= length
            index += 1
        return entries

    def readable_bytes(self, offset: int, bytes_max: int) -> int:
        """Bytes of the tail that a read of `offset` would return, cut at `bytes_max`."""
        index = self.find(offset)
        if index < 0:
            return 0
        # Asked at each commit for each fetch that waits: the tail may hold a million batches.
        last = bisect_right(self._next, self.high_watermark) - 1
        if last < index:
            return 0
        ends = self._bytes_end
        return min(ends[last] - ends[index] + self._length[index], bytes_max)

    def unsaved(
        self, log_id: int, below_lsn: int, *, start_offset: int, count_max: int
    ) -> list[TailEntry]:
        """Return batches of log `log_id` in frames below `below_lsn`, in the tail's order.

        Args:
            log_id: of the log.
            below_lsn: LSN in that log.
            start_offset: batches below it are left out.
            count_max: so many at most; the next call goes on behind the last one.
        """
        first = bisect_right(self._next, start_offset)
        last = bisect_right(self._next, self.high_watermark)
        entries: list[TailEntry] = []
        for index in range(first, min(first + count_max, last)):
            if self._log[index] != log_id or self._lsn[index] >= below_lsn:
                break
            entries.append(self.entry(index))
        return entries

    def on_committed(self, end_offset: int) -> None:
        """Forget the tail below `end_offset`: committed objects hold it now."""
        assert end_offset <= self.high_watermark
        self.committed_end = max(self.committed_end, end_offset)
        self._cut(end_offset)

    def on_log_start(self, offset: int) -> None:
        """Forget the tail wholly below a raised log start: nobody reads or uploads it any more."""
        if offset <= self.log_start_offset:
            return
        assert offset <= self.high_watermark
        self.log_start_offset = offset
        self._cut(offset)
        if self.waiters:
            self.touched.append(self)

    def _cut(self, end_offset: int) -> None:
        """Drop the tail's batches that end at or below an offset."""
        cut = bisect_right(self._next, end_offset)
        for column in (
            self._base,
            self._next,
            self._log,
            self._lsn,
            self._position,
            self._length,
            self._bytes_end,
            self._max_timestamp,
        ):
            del column[:cut]
        if not self._base:
            self.with_tail.discard(self)

    def tail_max_timestamp(self, *, first: int = 0) -> tuple[int, int] | None:
        """Return (timestamp, index in the tail) of the readable batch with the highest one.

        Args:
            first: index of the first batch that counts.
        """
        readable = self._max_timestamp[first : bisect_right(self._next, self.high_watermark)]
        if not readable:
            return None
        best = max(readable)
        return best, first + readable.index(best)

    def find_timestamp(self, timestamp: int) -> int:
        """Return the index of the first readable batch with max timestamp >= it, or -1."""
        readable = bisect_right(self._next, self.high_watermark)
        for start in range(0, readable, _TIMESTAMPS_AT_ONCE):
            some = self._max_timestamp[start : min(start + _TIMESTAMPS_AT_ONCE, readable)]
            if max(some) >= timestamp:
                return start + next(i for i, one in enumerate(some) if one >= timestamp)
        return -1

    def epoch_end(self, epoch: int) -> tuple[int, int]:
        """Answer OffsetForLeaderEpoch: (largest epoch <= `epoch`, its end offset), or (-1, -1)."""
        if epoch == self.leader_epoch:
            return epoch, self.high_watermark
        if epoch > self.leader_epoch:
            return -1, -1
        found, end = -1, -1
        for position, (known, _) in enumerate(self.epochs):
            if known <= epoch:
                found = known
                following = position + 1
                end = (
                    self.epochs[following][1]
                    if following < len(self.epochs)
                    else self.high_watermark
                )
        if found < 0:
            # Older epochs are not remembered after a restart; all they wrote is below this.
            return epoch, self.epochs[0][1] if self.epochs else self.high_watermark
        return found, end
