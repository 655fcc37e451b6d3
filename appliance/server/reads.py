"""The read path: tail cache, then the volume, then objects.

Reads that the tail cache can answer are synchronous (`tail_views`); all others are `await`ed by
the connection that asked, so a slow object store delays nobody else.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Protocol

from appliance.ids import PartitionId
from appliance.metadata import Image
from appliance.objects.errors import CorruptObjectError
from appliance.objects.reader import Reader
from appliance.partition import Partition, TailEntry
from appliance.protocol import batch
from appliance.server.opener import Aside, Opener
from wal.writer import Writer

Views = list[memoryview]


class LogSource(Protocol):
    """Finds and reads frames of any log of the volume."""

    async def read_many(
        self,
        log_id: int,
        spans: Iterable[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        """Read spans of frames off the device, neighbours in one read.

        Args:
            log_id: of the log.
            spans: (LSN of the frame, position in it, length).
            take: called with a span's number and its bytes, which the caller may keep; not called
                for spans in extents that are the log's no more.
        """
        ...


class CorruptTailError(CorruptObjectError):
    """A batch on the WAL volume does not verify: restore the volume; it is in no object yet."""

    def __init__(self, entry: TailEntry) -> None:
        super().__init__("", position=entry.position, reason="the batch does not verify")
        where = f"log {entry.log_id}, LSN {entry.lsn}, byte {entry.position}"
        self.args = (f"the WAL volume returns damaged records: {where}",)


def is_intact(view: memoryview, entry: TailEntry) -> bool:
    """Tell whether bytes read off the volume are the batch that was appended there."""
    try:
        header = batch.check(view)
    except batch.CorruptBatchError:
        return False
    return (header.base_offset, header.count) == (
        entry.base_offset,
        entry.next_offset - entry.base_offset,
    )


class Reads:
    """Reads of this node's partitions; owns no data."""

    def __init__(
        self,
        *,
        image: Image,
        writer: Writer,
        log_id: int,
        logs: LogSource,
        objects: Reader,
        count: Callable[[str, int], None],
        aside: Aside,
    ) -> None:
        """Args: count: called with ("tail" | "volume" | "objects", bytes) for the metrics.

        `opener` is for everybody who looks into record batches.
        """
        self._image = image
        self._writer = writer
        self._log_id = log_id
        self._logs = logs
        self._objects = objects
        self._count = count
        self.opener = Opener(aside)

    def tail_views(
        self, partition: Partition, offset: int, bytes_max: int, *, at_least_one: bool
    ) -> Views | None:
        """Return the readable batches from the tail cache; None when memory does not hold them.

        The views are of cache memory: sent at once, or copied by `Connection.release_views`.
        """
        if offset >= partition.high_watermark:
            return []
        entries = partition.plan(offset, bytes_max, at_least_one=at_least_one)
        if not entries and partition.find(offset) < 0:
            return None
        views: Views = []
        for entry in entries:
            view = self._cached(entry)
            if view is None:
                return views or None
            views.append(view)
        self._count("tail", sum(map(len, views)))
        return views

    def is_cached(self, partition: Partition, offset: int) -> bool:
        """Tell whether the tail cache holds the batch with an offset."""
        index = partition.find(offset)
        return index >= 0 and self._cached(partition.entry(index)) is not None

    def _cached(self, entry: TailEntry) -> memoryview | None:
        if entry.log_id != self._log_id:
            return None
        return self._writer.view(entry.lsn, entry.position, entry.length)

    async def read(
        self, partition: Partition, offset: int, bytes_max: int, *, at_least_one: bool
    ) -> Views:
        """Return whole batches from the one that holds `offset`, from wherever they are.

        Raises:
            objects' store errors when the object store is away; CorruptObjectError,
            CorruptTailError.
        """
        while not partition.deleted:
            if offset >= partition.high_watermark:
                return []
            views = self.tail_views(partition, offset, bytes_max, at_least_one=at_least_one)
            if views is not None:
                return [memoryview(bytes(view)) for view in views]
            entries = partition.plan(offset, bytes_max, at_least_one=at_least_one)
            if not entries:
                found = await self._from_objects(
                    partition, offset, bytes_max, at_least_one=at_least_one
                )
                if found is not None:
                    return found
                continue
            read = await self._from_volume(partition, entries)
            if read is not None:
                return read
        return []

    async def _from_volume(self, partition: Partition, entries: list[TailEntry]) -> Views | None:
        """Read tail batches off the volume; None when they moved to objects meanwhile.

        An extent is freed only after its batches left the tail index, so batches that are still
        in the index after the read were read from an extent that was theirs. The index of a deleted
        partition is not cut.

        Raises:
            CorruptTailError: twice, for the fault may have happened on the way here.
        """
        log_id = entries[0].log_id
        entries = [entry for entry in entries if entry.log_id == log_id]
        damaged: TailEntry | None = None
        for _ in range(2):
            views = await self._read_volume(log_id, entries)
            if partition.deleted or partition.tail_start_offset > entries[0].base_offset:
                return None
            found = zip(views, entries, strict=True)
            damaged = next((entry for view, entry in found if not is_intact(view, entry)), None)
            if damaged is None:
                self._count("volume", sum(map(len, views)))
                return views
        assert damaged is not None
        raise CorruptTailError(damaged)

    async def _read_volume(self, log_id: int, entries: list[TailEntry]) -> Views:
        views = [memoryview(b"")] * len(entries)
        await self._logs.read_many(
            log_id,
            [(entry.lsn, entry.position, entry.length) for entry in entries],
            views.__setitem__,
        )
        return views

    async def _from_objects(
        self, partition: Partition, offset: int, bytes_max: int, *, at_least_one: bool
    ) -> Views | None:
        where = self._image.find_object_range(partition.partition_id, offset)
        if where is None:
            return None if partition.find(offset) >= 0 else []
        stored = self._image.objects[where.object_id]
        views, _ = await self._objects.read(
            stored.key,
            stored.size,
            partition.partition_id,
            offset,
            max(bytes_max, 1),
            topic_id=partition.topic_id,
        )
        if views and len(views[0]) > bytes_max and not at_least_one:
            return []
        self._count("objects", sum(map(len, views)))
        return views

    async def find_timestamp(self, partition: Partition, timestamp: int) -> tuple[int, int] | None:
        """Return (offset, timestamp) of the first record with a timestamp >= the given one."""
        for where in self._image.partitions[PartitionId(partition.partition_id)].objects:
            if where.max_timestamp < timestamp or where.end <= partition.log_start_offset:
                continue
            found = await self._scan(
                partition,
                max(where.start, partition.log_start_offset),
                where.end,
                lambda record_time: record_time >= timestamp,
            )
            if found is not None:
                return found
        index = partition.find_timestamp(timestamp)
        if index < 0:
            return None
        entry = partition.entry(index)
        return await self._scan(
            partition,
            max(entry.base_offset, partition.log_start_offset),
            partition.high_watermark,
            lambda record_time: record_time >= timestamp,
        )

    async def find_max_timestamp(self, partition: Partition) -> tuple[int, int] | None:
        """Return (offset, timestamp) of the first record with the highest timestamp that is left.

        The newest record of what the log start cuts may be one of those that were deleted.
        """
        log_start = partition.log_start_offset
        places = [
            (where.max_timestamp, where.start, where.end)
            for where in self._image.partitions[PartitionId(partition.partition_id)].objects
            if where.end > log_start
        ]
        is_cut = partition.tail_count > 0 and partition.tail_start_offset < log_start
        if is_cut:
            entry = partition.entry(0)
            places.append((entry.max_timestamp, entry.base_offset, entry.next_offset))
        tail = partition.tail_max_timestamp(first=int(is_cut))
        if tail is not None:
            entry = partition.entry(tail[1])
            places.append((tail[0], entry.base_offset, entry.next_offset))
        # By what they held once, the newest first; of equal ones the first.
        places.sort(key=lambda place: (-place[0], place[1]))
        best: tuple[int, int] | None = None
        for highest, start, end in places:
            if best is not None and best[1] >= highest:
                break
            if start < log_start:
                found = await self._newest(partition, log_start, end, highest)
            else:
                found = await self._first_from(partition, start, end, highest)
            if found is not None and (best is None or found[1] > best[1]):
                best = found
        return best

    async def _newest(
        self, partition: Partition, start: int, end: int, highest: int
    ) -> tuple[int, int] | None:
        """Return the first of the newest records of `[start, end)`, of which none is newer."""
        best: tuple[int, int] | None = None
        whole: tuple[int, int, int] | None = None  # (timestamp, base, next) of the newest batch

        async def look(view: memoryview, header: batch.Header) -> bool:
            nonlocal best, whole
            next_offset = header.base_offset + header.last_offset_delta + 1
            if header.base_offset < start:
                best = await self._newest_record(view, start)
            elif whole is None or header.max_timestamp > whole[0]:
                whole = header.max_timestamp, header.base_offset, next_offset
            known = max(best[1] if best else -1, whole[0] if whole else -1)
            return known >= highest

        await self._visit(partition, start, end, look)
        if whole is None or (best is not None and best[1] >= whole[0]):
            return best
        return await self._first_from(partition, whole[1], whole[2], whole[0]) or best

    async def _first_from(
        self, partition: Partition, start: int, end: int, timestamp: int
    ) -> tuple[int, int] | None:
        """Return the first record of `[start, end)` with a timestamp of at least the given one."""
        return await self._scan(partition, start, end, lambda time: time >= timestamp)

    async def _scan(
        self, partition: Partition, start: int, end: int, matches: Callable[[int], bool]
    ) -> tuple[int, int] | None:
        """Open the batches of `[start, end)` until a record's timestamp matches."""
        found: tuple[int, int] | None = None

        async def look(view: memoryview, header: batch.Header) -> bool:
            nonlocal found
            if matches(header.max_timestamp):
                found = await self._first_match(view, header, start, matches)
            return found is not None

        await self._visit(partition, start, end, look)
        return found

    async def _visit(
        self,
        partition: Partition,
        start: int,
        end: int,
        look: Callable[[memoryview, batch.Header], Awaitable[bool]],
    ) -> None:
        """Show the batches of `[start, end)`, and few behind it, until `look` has seen enough."""
        offset = start
        while offset < end:
            views = await self.read(partition, offset, 1 << 20, at_least_one=True)
            if not views:
                return
            for joined in views:
                for view in batch.iterate_batches(joined):
                    header = batch.read_header(view)
                    next_offset = header.base_offset + header.last_offset_delta + 1
                    if next_offset > offset and await look(view, header):
                        return
                    offset = max(offset, next_offset)

    async def _newest_record(self, view: memoryview, start: int) -> tuple[int, int] | None:
        """Return the first of the newest records of a batch from an offset on."""
        best: tuple[int, int] | None = None

        def visit(record: batch.Record) -> bool:
            nonlocal best
            if record.offset >= start and (best is None or record.timestamp > best[1]):
                best = record.offset, record.timestamp
            return True

        await self.opener.visit(view, visit)
        return best

    async def _first_match(
        self, view: memoryview, header: Any, start: int, matches: Callable[[int], bool]
    ) -> tuple[int, int] | None:
        append_time = bool(header.attributes & batch.LOG_APPEND_TIME)
        found: list[tuple[int, int]] = []

        def visit(record: batch.Record) -> bool:
            timestamp = header.max_timestamp if append_time else record.timestamp
            if record.offset >= start and matches(timestamp):
                found.append((record.offset, timestamp))
            return not found

        try:
            await self.opener.visit(view, visit)
        except batch.CorruptBatchError:
            # A producer's nonsense, its CRC fits: the header stands for it, lest one bad batch
            # hide the timestamps of the whole partition.
            found.append((max(header.base_offset, start), header.max_timestamp))
        return found[0] if found else None
