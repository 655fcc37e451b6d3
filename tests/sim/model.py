"""What the cluster has promised, and whether it keeps it.

A promise is made when a client receives an answer: an acknowledged batch, a record it could read, a
high watermark, a producer id, a topic that was created or deleted. No crash takes one back.

Numbers in messages are those of DESIGN's invariants.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Key = tuple[bytes, int]
"""(topic id, partition index)."""


class Violation(BaseException):
    """An invariant does not hold. Not an Exception: the node must not contain it."""


@dataclass(slots=True)
class PartitionModel:
    """Promises about one partition.

    Attributes:
        log_start: where an answer said that the log begins; deleted records stay deleted.
        log_start_max: the highest that somebody asked for; nothing above it may be deleted.
    """

    values: dict[int, bytes] = field(default_factory=dict)
    acked: dict[bytes, int] = field(default_factory=dict)
    high_watermark: int = 0
    log_start: int = 0
    log_start_max: float = 0


class Model:
    """All promises; every method raises Violation when one is broken."""

    def __init__(self) -> None:
        self.partitions: dict[Key, PartitionModel] = {}
        self.deleted: dict[bytes, None] = {}
        self.idempotent: dict[bytes, None] = {}  # names of producers whose records never repeat
        self.producer_ids: dict[int, str] = {}
        self.acked_batches = self.read_records = self.checked_commits = self.deletions = 0

    def partition(self, key: Key) -> PartitionModel:
        found = self.partitions.get(key)
        if found is None:
            found = self.partitions[key] = PartitionModel()
        return found

    def on_ack(self, key: Key, base_offset: int, values: Iterable[bytes]) -> None:
        """A produce answer said that these records are stored from `base_offset` on."""
        partition = self.partition(key)
        self.acked_batches += 1
        offset = base_offset
        for offset, value in enumerate(values, base_offset):
            self._observe(partition, key, offset, value)
            before = partition.acked.setdefault(value, offset)
            if before != offset:
                raise Violation(f"8: {value!r} acknowledged at {before} and at {offset} of {key}")
        partition.high_watermark = max(partition.high_watermark, offset + 1)

    def on_read(self, key: Key, offset: int, value: bytes) -> None:
        """A fetch answer held this record."""
        self.read_records += 1
        self._observe(self.partition(key), key, offset, value)

    def on_watermark(self, key: Key, high_watermark: int, *, floor: int) -> None:
        """An answer carried this high watermark; it was `floor` when the request was sent."""
        partition = self.partition(key)
        if high_watermark < floor:
            raise Violation(f"9: high watermark of {key} is {high_watermark}, was {floor}")
        partition.high_watermark = max(partition.high_watermark, high_watermark)

    def on_log_start(self, key: Key, log_start: int, *, floor: int) -> None:
        """An answer said where the log begins; `floor` was promised when the request was sent."""
        partition = self.partition(key)
        if log_start < floor:
            raise Violation(f"log start: {key} begins at {log_start}, was told {floor}")
        if log_start > partition.log_start_max:
            raise Violation(
                f"log start: {key} begins at {log_start}, asked was {partition.log_start_max}"
            )
        partition.log_start = max(partition.log_start, log_start)
        partition.high_watermark = max(partition.high_watermark, log_start)

    def on_producer_id(self, producer_id: int, name: str) -> None:
        """InitProducerId gave out this id."""
        other = self.producer_ids.setdefault(producer_id, name)
        if other != name:
            raise Violation(f"8: producer id {producer_id} is of {other} and of {name}")

    def _observe(self, partition: PartitionModel, key: Key, offset: int, value: bytes) -> None:
        before = partition.values.setdefault(offset, value)
        if before != value:
            raise Violation(f"2: offset {offset} of {key} was {before!r}, now {value!r}")

    def check_complete(self, key: Key, found: list[bytes], *, log_start: int) -> None:
        """Compare a whole partition, read from its start on, with everything promised.

        Args:
            key: the partition.
            found: values from the log start on, in order.
            log_start: offset of the first of them.
        """
        partition = self.partition(key)
        end = log_start + len(found)
        if end < partition.high_watermark:
            raise Violation(f"1: {key} ends at {end}, was {partition.high_watermark}")
        for offset, value in partition.values.items():
            if offset >= end or (offset >= log_start and found[offset - log_start] != value):
                what = found[offset - log_start] if offset < end else None
                raise Violation(f"1: offset {offset} of {key} was {value!r}, is {what!r}")
        last: dict[bytes, int] = {}
        for offset, value in enumerate(found, log_start):
            name, number = value.split(b":")[0], int(value.split(b":")[1])
            if name not in self.idempotent:
                continue
            # The first that is left of a producer may be any.
            expected = last[name] + 1 if name in last else number if log_start else 0
            if number != expected:
                raise Violation(
                    f"8: record {number} of {name!r} at {offset} of {key}, expected {expected}"
                )
            last[name] = number
