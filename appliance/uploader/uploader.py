"""Moves the tail of the WAL into objects. One task per node; no S3 call when there is no data.

**Order, never changed (invariants 5 and 6):** object durable -> `CommitObject` applied -> tail
index cut -> producer state checkpointed in the own log -> extents freed. A crash between two steps
leaves either an extent that is freed later, or an object that nobody names. Those are searched for
at the next start, an hour later, and an hour after a put or deletion whose outcome is open. Objects
whose last partition is gone are marked by the metadata and deleted after a grace period.

The producer checkpoint is what makes freeing an extent safe for idempotent producers: recovery
reads only the volume, so what it needs must lie in extents that are still there.
"""

import math
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any

import trio

from appliance import limits
from appliance.errors import FailedError, OperatorError
from appliance.ids import LogId, ObjectId
from appliance.metadata import Image, Rejected, commands, limits as metadata_limits
from appliance.objects import keys
from appliance.objects.errors import ObjectExistsError
from appliance.objects.object_format import Builder
from appliance.objects.store import DELETE_MAX, ObjectStore
from appliance.partition import Partition, TailEntry
from appliance.server.reads import LogSource, is_intact
from appliance.server.table import PartitionTable
from appliance.telemetry import Telemetry
from appliance.uploader.checkpoint import Checkpoint
from appliance.uploader.ownership import Ownership
from wal.errors import CorruptFrameError
from wal.memory import Scratch
from wal.writer import Writer

_CHECK_S_MAX = 1.0
_KEEP_MEMORY_S = 30
_COPY_BYTES = 1 << 20
"""Copied in one go, in which nobody else is served: 0.1 ms, or 0.5 ms out of cold memory."""


class Uploader:
    """Uploads, commits, checkpoints and frees; see the module's text."""

    def __init__(
        self,
        *,
        image: Image,
        propose: Callable[[Any], Awaitable[Any]],
        table: PartitionTable,
        writer: Writer,
        log_id: LogId,
        logs: LogSource,
        store: ObjectStore,
        ownership: Ownership,
        cluster_id: str,
        now_ms: Callable[[], int],
        telemetry: Telemetry,
        trigger_bytes: int,
        trigger_ms: int,
        checkpointed_log_id: int = 0,
        group_checkpoints: Callable[[int], Iterator[tuple[int, int, bytes]]] = lambda _: iter(()),
        wait_groups_loaded: Callable[[], Awaitable[None]] = trio.lowlevel.checkpoint,
    ) -> None:
        """Build it; `run` does the work.

        Args:
            checkpointed_log_id: of the newest sealed log that holds a finished checkpoint: all
                older ones may be released without another.
            group_checkpoints: yields (partition id, offset, piece of so many bytes) of all consumer
                groups, which are checkpointed with the producers, and for the same reason.
            wait_groups_loaded: returns when they were read from the log: a checkpoint before that
                would say nothing, and the next load would read all of it again.
            logs: reads frames of sealed logs, and of the own one once memory has let them go.
            ownership: of the store; nothing is uploaded or deleted before it says so.
            trigger_bytes: bytes of unsaved WAL that start an upload.
            trigger_ms: age of the oldest unsaved frame that starts one.
        """
        self._image = image
        self._propose = propose
        self._table = table
        self._writer = writer
        self._log_id = log_id
        self._logs = logs
        self._store = store
        self._ownership = ownership
        self._cluster_id = cluster_id
        self._now_ms = now_ms
        self._telemetry = telemetry
        self._trigger_bytes = trigger_bytes
        self._trigger_s = trigger_ms / 1000
        self._uploaded_lsn = writer.durable_lsn
        self._memory = Scratch(limits.UPLOAD_BYTES_MAX + limits.UPLOAD_INDEX_BYTES_MAX)
        self._checkpointed_log_id = checkpointed_log_id
        self._group_checkpoints = group_checkpoints
        self._wait_groups_loaded = wait_groups_loaded
        self._groups_awaited_until = 0.0
        self._checkpoint_bytes = 0
        self._unsaved_since: float | None = None
        self._uploaded_at = 0.0
        self._urgent = trio.Event()
        self._uploading_id = 0
        self.is_checkpointing = False

    @property
    def unsaved_bytes(self) -> int:
        """Bytes of the own log that are not in objects yet."""
        return self._writer.durable_lsn - self._uploaded_lsn

    def hurry(self) -> None:
        """Upload now: the volume runs short of extents."""
        self._urgent.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Upload the sealed logs of predecessors, then the own log for ever.

        Raises:
            OperatorError: see `find_orphans`; or another cluster writes to the same store.
            FailedError: the metadata refused a commit.

        Cancellation: an object may be left that nobody names; a later run removes it.
        """
        task_status.started()
        self._groups_awaited_until = trio.current_time() + limits.GROUP_LOAD_WAIT_S
        orphans = await self.find_orphans()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self.delete_unneeded, orphans)
            for log_id, end_lsn in self._sealed_logs():
                await self._upload_log(log_id, end_lsn)
                if log_id >= self._checkpointed_log_id:
                    await self._checkpoint_producers()
                await self._propose(commands.ReleaseLog(log_id=log_id))
            while True:
                await self._wait_due()
                await self.upload_once()

    def _sealed_logs(self) -> list[tuple[LogId, int]]:
        """Return (log id, end LSN) of the predecessors' logs that still hold extents."""
        return [
            (log_id, log.end_lsn)
            for log_id, log in sorted(self._image.logs.items())
            if log_id != self._log_id and log.end_lsn is not None and log.extents
        ]

    async def _wait_due(self) -> None:
        """Return when enough is unsaved, for long enough, or the volume runs short."""
        while True:
            unsaved = self.unsaved_bytes
            now = trio.current_time()
            is_urgent = self._urgent.is_set()
            if unsaved <= 0 or not self._table.with_tail:
                self._unsaved_since = None
                if self._memory.is_used and now - self._uploaded_at > _KEEP_MEMORY_S:
                    self._memory.release()
            elif self._unsaved_since is None:
                self._unsaved_since = now
            since = self._unsaved_since
            self._urgent = trio.Event()
            # A checkpoint is no reason for the next upload, which would write another.
            size = unsaved - self._checkpoint_bytes
            if since is not None and (
                size >= self._trigger_bytes or now - since >= self._trigger_s or is_urgent
            ):
                return
            # Nothing to upload: only deleted records, and checkpoints, fill the volume.
            is_wanted = is_urgent or unsaved >= self._trigger_bytes
            if is_wanted and self._below_sequence(self._writer.durable_lsn) is not None:
                return
            with trio.move_on_after(_CHECK_S_MAX):
                await self._urgent.wait()

    async def upload_once(self) -> None:
        """Upload everything durable now, then free what it covered."""
        below = self._writer.durable_lsn
        await self._upload_log(self._log_id, below)
        self._uploaded_lsn = max(self._uploaded_lsn, below)
        self._unsaved_since = None
        self._uploaded_at = trio.current_time()
        checkpoint_lsn = await self._checkpoint_producers()
        await self._free(min(below, checkpoint_lsn))

    async def _free(self, below_lsn: int) -> None:
        """Free the own extents that lie wholly below an LSN."""
        below_sequence = self._below_sequence(below_lsn)
        if below_sequence is not None:
            await self._propose(
                commands.FreeExtents(log_id=self._log_id, below_chain_sequence=below_sequence)
            )
            self._writer.on_freed(below_sequence)
            self._telemetry.log.debug(
                "freed extents whose records are in objects", free=self._image.free_extents
            )

    def _below_sequence(self, below_lsn: int) -> int | None:
        """Return the sequence below which the own extents lie below an LSN, None without any."""
        below_sequence = below_lsn // self._writer.extent_bytes
        extents = self._image.logs[self._log_id].extents
        return below_sequence if extents and extents[0].chain_sequence < below_sequence else None

    async def _upload_log(self, log_id: LogId, below_lsn: int) -> None:
        """Upload the batches of a log in frames below an LSN, in objects of bounded size."""
        while True:
            chosen, more = await self._choose(log_id, below_lsn)
            if chosen:
                await self._upload(log_id, 0 if more else below_lsn, chosen)
            if not more:
                break
        for partition in self._table:
            if partition.tail_count:
                first = partition.entry(0)
                assert (first.log_id, first.lsn) >= (log_id, below_lsn), "unsaved batches below"
        if self._image.logs[log_id].uploaded_lsn < below_lsn:
            # What is left below are checkpoints, and batches of deleted topics.
            await self._propose(commands.AdvanceLog(log_id=log_id, uploaded_lsn=below_lsn))

    async def _choose(
        self, log_id: LogId, below_lsn: int
    ) -> tuple[list[tuple[Partition, list[TailEntry]]], bool]:
        """Return the batches of the next object, and whether there are more than fit it."""
        chosen: list[tuple[Partition, list[TailEntry]]] = []
        room = limits.UPLOAD_BYTES_MAX
        partitions_max = min(limits.UPLOAD_PARTITIONS_MAX, metadata_limits.RANGES_MAX)
        for partition in sorted(self._table.with_tail, key=lambda p: (p.topic_id, p.index)):
            taken: list[TailEntry] = []
            offset = -1
            while some := partition.unsaved(
                log_id, below_lsn, start_offset=offset, count_max=limits.BATCHES_PER_TURN
            ):
                if len(chosen) == partitions_max:
                    return chosen, True
                for entry in some:
                    if room < entry.length and (chosen or taken):
                        return ([*chosen, (partition, taken)] if taken else chosen), True
                    taken.append(entry)
                    room -= entry.length
                offset = taken[-1].next_offset
                await trio.lowlevel.checkpoint()
            if taken:
                chosen.append((partition, taken))
        return chosen, False

    async def _upload(
        self, log_id: LogId, uploaded_lsn: int, chosen: list[tuple[Partition, list[TailEntry]]]
    ) -> None:
        """Build, put and commit one object, in this order; then its batches are saved."""
        object_id = self._uploading_id = await self._propose(commands.AllocateObjectIds(count=1))
        size, ranges = await self._build(log_id, object_id, chosen)
        key = keys.object_key(f"{self._cluster_id}/", object_id)
        put_s = await self._put(key, size)
        current = self._image.logs[log_id].uploaded_lsn
        await self._commit(
            commands.CommitObject(
                object_id=object_id,
                key=key,
                size=size,
                created_ms=self._now_ms(),
                log_id=log_id,
                uploaded_lsn=max(uploaded_lsn, current),
                ranges=ranges,
            )
        )
        for partition, entries in chosen:
            if not partition.deleted:
                partition.on_committed(entries[-1].next_offset)
        self._telemetry.log.debug(
            "uploaded and committed an object",
            key=key,
            bytes=size,
            partitions=len(chosen),
            put_seconds=round(put_s, 3),
        )

    async def _build(
        self, log_id: LogId, object_id: int, chosen: list[tuple[Partition, list[TailEntry]]]
    ) -> tuple[int, tuple[commands.ObjectRangeCommit, ...]]:
        """Build an object in the upload's memory; returns its bytes, and what it holds of whom."""
        body = self._memory.view
        self._memory.is_used = True
        size = await self._gather(log_id, (entry for _, some in chosen for entry in some))
        builder = Builder(cluster_id=self._cluster_id, object_id=object_id)
        ranges: list[commands.ObjectRangeCommit] = []
        position = 0
        for partition, entries in chosen:
            start = position
            latest = -1
            for block in _blocks(entries):
                end = position + sum(entry.length for entry in block)
                block_latest = max(entry.max_timestamp for entry in block)
                latest = max(latest, block_latest)
                builder.add_block(
                    partition_id=partition.partition_id,
                    topic_id=partition.topic_id,
                    partition_index=partition.index,
                    base_offset=block[0].base_offset,
                    next_offset=block[-1].next_offset,
                    max_timestamp=block_latest,
                    batches=[body[position:end]],
                )
                position = end
                await trio.lowlevel.checkpoint()
            ranges.append(
                commands.ObjectRangeCommit(
                    partition_id=partition.partition_id,
                    start_offset=entries[0].base_offset,
                    end_offset=entries[-1].next_offset,
                    size=position - start,
                    max_timestamp=latest,
                )
            )
        assert position == size
        # One piece of memory: no store has to join or copy it.
        end_matter = builder.finish()[0][-1]
        body[size : size + len(end_matter)] = end_matter
        return size + len(end_matter), tuple(ranges)

    async def _put(self, key: str, size: int) -> float:
        """Put what the upload's memory holds; returns the seconds it took."""
        started = trio.current_time()
        try:
            # No id is given out twice: what is there under ours is another cluster's.
            await self._store.put(key, [self._memory.view[:size]], if_absent=True)
        except ObjectExistsError:
            raise OperatorError(
                f"the object store holds another {key} already: another cluster with the id"
                f" {self._cluster_id}, or a copy of this one, writes there; nothing is lost: stop"
                " it, or give each its own --object-store"
            ) from None
        self._telemetry.uploads += 1
        self._telemetry.upload_bytes += size
        return trio.current_time() - started

    async def _commit(self, command: commands.CommitObject) -> None:
        """Let the metadata know of an object that is durable."""
        try:
            await self._propose(command)
        except Rejected as error:
            # Deleted partitions are no reason to reject. The metadata and the tail disagree, and
            # going on would free extents whose batches are in no object.
            await self._store.delete([command.key])
            raise FailedError(
                f"the metadata refused object {command.key}: {error}; nothing is lost: start it"
                " again, and report it if it happens again"
            ) from error

    async def _gather(self, log_id: LogId, entries: Iterable[TailEntry]) -> int:
        """Copy batches into the upload's memory, one behind the other; returns their bytes.

        What the tail cache has let go is read off the volume in few large reads.
        """
        body = self._memory.view
        missing: list[tuple[TailEntry, int]] = []
        size = copied = turn = 0
        for entry in entries:
            end = size + entry.length
            turn += 1
            view = None
            if log_id == self._log_id:
                view = self._writer.view(entry.lsn, entry.position, entry.length)
            if view is None:
                missing.append((entry, size))
            else:
                body[size:end] = view
                copied += entry.length
            if copied >= _COPY_BYTES or turn == limits.BATCHES_PER_TURN:
                copied = turn = 0
                await trio.lowlevel.checkpoint()
            size = end
        assert size <= limits.UPLOAD_BYTES_MAX
        if missing:
            await self._read(log_id, missing)
        return size

    async def _read(self, log_id: LogId, places: list[tuple[TailEntry, int]]) -> None:
        """Copy batches off the volume to their places in the upload's memory.

        Raises:
            CorruptFrameError: twice they did not verify. In an object, under the object's own CRC,
                nobody would ever notice.
        """
        for _ in range(2):  # The fault may have happened on the way here.
            places = await self._try_read(log_id, places)
            if not places:
                return
        lsn = places[0][0].lsn
        raise CorruptFrameError(
            f"the WAL volume returns damaged bytes for acknowledged records (log {log_id}, LSN"
            f" {lsn}); they are in no object yet: restore the volume",
            lsn=lsn,
            durable_lsn=self._writer.durable_lsn,
        )

    async def _try_read(
        self, log_id: LogId, places: list[tuple[TailEntry, int]]
    ) -> list[tuple[TailEntry, int]]:
        """Copy what verifies; return the places of what does not."""
        body = self._memory.view
        taken = 0
        damaged: list[tuple[TailEntry, int]] = []

        def take(number: int, view: memoryview) -> None:
            nonlocal taken
            entry, position = places[number]
            taken += 1
            if is_intact(view, entry):
                body[position : position + entry.length] = view
            else:
                damaged.append(places[number])

        spans = ((entry.lsn, entry.position, entry.length) for entry, _ in places)
        await self._logs.read_many(log_id, spans, take)
        assert taken == len(places), "an extent was freed that held unsaved batches"
        return damaged

    async def _checkpoint_producers(self) -> int:
        """Write all state of producers and groups into the own log, durably.

        Returns:
            The LSN at which the checkpoint began: extents below it hold no state that is needed.
        """
        with trio.move_on_at(self._groups_awaited_until):
            await self._wait_groups_loaded()
        self.is_checkpointing = True
        try:
            start_lsn = await self._write_checkpoint()
        finally:
            self.is_checkpointing = False
        self._checkpointed_log_id = self._log_id
        return start_lsn

    async def _write_checkpoint(self) -> int:
        checkpoint = Checkpoint(self._writer)
        await checkpoint.add_producers(list(self._table))
        pieces = self._group_checkpoints(checkpoint.record_bytes_max)
        if not await checkpoint.add_groups(pieces):
            self._telemetry.log.warning(
                "no room for a checkpoint of consumer groups: a restart would read their whole log"
            )
        await checkpoint.finish()
        self._checkpoint_bytes = checkpoint.size
        return checkpoint.start_lsn

    # ---- deletion -------------------------------------------------------------------------

    async def find_orphans(self) -> list[str]:
        """Return the keys of objects that nobody names: a crash came between put and commit.

        Raises:
            OperatorError: the store is another cluster's, lacks what the metadata names, or holds
                what it never wrote: it is then older than the store, and the next uploads would
                take the ids of others. Found while producers are served, it ends the node as well:
                a store that loses objects, or was swapped, must not get the only copy of more.
        """
        # The object of that id is being uploaded, or was a moment ago.
        return await self._ownership.look(lambda object_id: object_id == self._uploading_id)

    async def delete_unneeded(self, orphans: list[str]) -> None:
        """Delete orphans, then marked objects for ever; beside the uploads, for S3 may be slow.

        An object is deleted after the metadata marked it, and forgotten after it is gone: after a
        crash it is deleted again, which is success.
        """
        await self._delete_orphans(orphans)
        seen: dict[ObjectId, float] = {}
        failures = self._open_outcomes()
        # A put of the process before this one may still be on its way.
        again_at = trio.current_time() + limits.ORPHANS_AGAIN_S
        while True:
            now = trio.current_time()
            if failures != self._open_outcomes():
                failures = self._open_outcomes()
                again_at = now + limits.ORPHANS_AGAIN_S
            if now >= again_at:
                again_at = math.inf
                await self._delete_orphans(await self.find_orphans())
            seen = {object_id: seen.get(object_id, now) for object_id in self._image.marked}
            due = [i for i, since in seen.items() if now - since >= limits.OBJECT_GRACE_S]
            for start in range(0, len(due), DELETE_MAX):
                some = due[start : start + DELETE_MAX]
                await self._store.delete([self._image.objects[i].key for i in some])
                await self._propose(commands.ObjectsDeleted(object_ids=some))
                self._telemetry.objects_deleted += len(some)
                self._telemetry.log.debug("deleted objects that nobody needs", n=len(some))
            await trio.sleep(limits.OBJECT_CHECK_S)

    async def _delete_orphans(self, orphans: list[str]) -> None:
        if orphans:
            self._telemetry.log.info("removing objects that were never committed", n=len(orphans))
            await self._store.delete(orphans)
            self._telemetry.orphans_removed += len(orphans)

    def _open_outcomes(self) -> int:
        """Return how many puts and deletions failed so far: each may be carried out later."""
        counters = self._telemetry.store
        return 0 if counters is None else counters.errors["put"] + counters.errors["delete"]


def producers_max(extent_bytes: int) -> int:
    """Return how many idempotent producers a node may remember.

    Their checkpoint must fit the extent that is kept for it, or a full volume would stay full.
    """
    return min(limits.PRODUCERS_MAX, extent_bytes // limits.CHECKPOINT_PRODUCER_BYTES_MAX)


def _blocks(entries: list[TailEntry]) -> Iterator[list[TailEntry]]:
    """Cut batches into data blocks of bounded size; a longer batch is a block of its own."""
    block: list[TailEntry] = []
    size = 0
    for entry in entries:
        if block and size + entry.length > limits.OBJECT_BLOCK_BYTES:
            yield block
            block, size = [], 0
        block.append(entry)
        size += entry.length
    yield block
