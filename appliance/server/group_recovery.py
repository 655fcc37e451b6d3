"""What a recovery finds of consumer groups: their last checkpoints, and the batches behind them.

The scan has these bytes in its hands. Read again, batch by batch from between those of all other
topics, they would cost a load most of its time.
"""

from typing import NamedTuple

from appliance import limits
from appliance.coordinator import checkpoint


class FoundBatch(NamedTuple):
    """A batch of a partition of `__consumer_offsets`, with the offsets [base, next)."""

    base_offset: int
    next_offset: int
    data: bytes


class RecoveredGroups:
    """Checkpoints and ends of logs, by the metadata's id of a partition.

    **Invariant:** the batches of a partition follow each other without a gap, up to the last found.

    Attributes:
        size: bytes of all batches held.
    """

    def __init__(self) -> None:
        self.size = 0
        self._joiner = checkpoint.Joiner()
        self._tails: dict[int, list[FoundBatch]] = {}

    def add_piece(self, partition_id: int, covered: int, piece: memoryview | bytes) -> None:
        """Take a piece of a checkpoint that speaks for the log below offset `covered`."""
        if self._joiner.add(partition_id, piece):
            tail = self._tails.get(partition_id, [])
            kept = [found for found in tail if found.next_offset > covered]
            self._replace(partition_id, kept)

    def add_batch(
        self, partition_id: int, base_offset: int, next_offset: int, data: memoryview
    ) -> None:
        """Take the next batch of a log; what there is no room for is left to be read again."""
        tail = self._tails.setdefault(partition_id, [])
        is_next = not tail or tail[-1].next_offset == base_offset
        if not is_next or self.size + len(data) > limits.GROUP_TAIL_BYTES_MAX:
            self._replace(partition_id, [])
            tail = self._tails[partition_id]
        if self.size + len(data) <= limits.GROUP_TAIL_BYTES_MAX:
            tail.append(FoundBatch(base_offset, next_offset, bytes(data)))
            self.size += len(data)

    def _replace(self, partition_id: int, tail: list[FoundBatch]) -> None:
        before = self._tails.get(partition_id, [])
        self.size += sum(len(found.data) for found in tail)
        self.size -= sum(len(found.data) for found in before)
        self._tails[partition_id] = tail

    def take(self, partition_id: int) -> tuple[bytes | None, list[FoundBatch]]:
        """Return (the last whole checkpoint, the batches up to the log's end), and forget both."""
        tail = self._tails.get(partition_id, [])
        self._replace(partition_id, [])
        return self._joiner.complete.pop(partition_id, None), tail
