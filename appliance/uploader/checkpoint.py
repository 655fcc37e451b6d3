"""One checkpoint of producers and groups in the own log: what recovery needs of freed extents.

**Entries** (kinds of `wal.format`): any number of `KIND_CHECKPOINT` and `KIND_GROUPS`, then one
`KIND_CHECKPOINT_END`, if there are any. A recovery takes a checkpoint without its end for one that
a crash cut short.
"""

from collections.abc import Iterable

import trio

from appliance import limits
from appliance.partition import Partition
from wal.errors import BatchTooLargeError, WalFullError
from wal.format import KIND_CHECKPOINT, KIND_CHECKPOINT_END, KIND_GROUPS
from wal.writer import Writer


class Checkpoint:
    """A checkpoint that is being written; one at a time, and nobody else uses the kept extents.

    Attributes:
        start_lsn: where it began: extents below it hold no state that is needed.
        record_bytes_max: of one record; room for so much is in an extent that one enters alone.
        size: bytes of its records so far.
    """

    def __init__(self, writer: Writer) -> None:
        """Begin where the log ends now."""
        self.start_lsn = writer.end_lsn
        self.record_bytes_max = min(limits.CHECKPOINT_BYTES_MAX, writer.batch_bytes_max // 4)
        self.size = 0
        self._writer = writer
        self._open = 1  # entries that are not durable, and the checkpoint until it is finished
        self._durable = trio.Event()

    async def add_producers(self, partitions: Iterable[Partition]) -> None:
        """Append the state of all idempotent producers, in the extent kept for it if need be."""
        for partition in partitions:
            if not len(partition.producers):
                continue
            records = partition.producers.encode_checkpoint(
                lambda partition=partition: partition.log_end_offset,
                bytes_max=self.record_bytes_max,
            )
            for covered, record in records:
                await self._append(partition.partition_id, covered, KIND_CHECKPOINT, record)
                await trio.lowlevel.checkpoint()

    async def add_groups(self, records: Iterable[tuple[int, int, bytes]]) -> bool:
        """Append (partition id, offset, piece) of consumer groups, as far as there is room.

        Their log tells of groups, too, if more slowly. How many there are is not bounded, so they
        have no part in what is kept, and nothing waits for them for long.

        Returns:
            Whether all of them found room.
        """
        with trio.move_on_after(limits.GROUP_CHECKPOINT_WAIT_S) as patience:
            for partition_id, covered, record in records:
                await self._append(partition_id, covered, KIND_GROUPS, record, uses_kept=False)
                patience.deadline = trio.current_time() + limits.GROUP_CHECKPOINT_WAIT_S
                await trio.lowlevel.checkpoint()
        return not patience.cancelled_caught

    async def finish(self) -> None:
        """Append the end, and return when all of it is durable."""
        if self._open > 1:
            await self._append(0, 0, KIND_CHECKPOINT_END, b"")
        self._writer.submit_nowait()
        self._on_durable()
        await self._durable.wait()

    async def _append(
        self, partition_id: int, covered: int, kind: int, record: bytes, *, uses_kept: bool = True
    ) -> None:
        """Append one entry, as soon as there is room."""
        while not self._try_append(partition_id, covered, kind, record, uses_kept=uses_kept):
            await self._writer.wait_room()

    def _try_append(
        self, partition_id: int, covered: int, kind: int, record: bytes, *, uses_kept: bool
    ) -> bool:
        """Append one entry, in the extent kept for it if need be; False: there is no room now."""
        writer = self._writer
        writer.use_kept(uses_kept)
        try:
            if not writer.room_for(len(record)):
                return False
            writer.append_nowait(partition_id, covered, 0, -1, kind, record, self._on_durable)
        except BatchTooLargeError:
            raise  # No waiting helps.
        except WalFullError:
            return False
        finally:
            writer.use_kept(False)
        self._open += 1
        self.size += len(record)
        return True

    def _on_durable(self) -> None:
        self._open -= 1
        if not self._open:
            self._durable.set()
