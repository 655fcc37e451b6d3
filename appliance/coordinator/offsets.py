"""Committed offsets of one group.

An offset is visible when its record is durable, never before: `apply` is called for records of the
log alone, in their order, both when they become durable and when they are read back after a
restart. Commits on their way are only counted, so that a deletion in between removes them too.
"""

from collections.abc import Callable, Iterator

from appliance.coordinator import limits
from appliance.coordinator.records import CommittedOffset, OffsetRecord
from appliance.coordinator.usage import Usage

TopicPartition = tuple[str, int]


class Offsets:
    """Offsets of one group, by topic and partition.

    Attributes:
        by_topic: topic -> partition -> what is committed; read only.
        size: bytes that they cost; see `usage.py`.
    """

    __slots__ = ("_pending", "_usage", "by_topic", "size")

    def __init__(self, usage: Usage) -> None:
        self.by_topic: dict[str, dict[int, CommittedOffset]] = {}
        self._pending: dict[TopicPartition, int] = {}
        self._usage = usage
        self.size = 0

    def release(self) -> None:
        """Take what they cost off the sums."""
        self._usage.offset_bytes -= self.size
        self.size = 0

    def count_in(self, usage: Usage) -> None:
        """Count anew what they cost, into other sums."""
        self.release()
        self._usage = usage
        for partitions in self.by_topic.values():
            self.size += sum(map(offset_bytes, partitions.values()))
        usage.offset_bytes += self.size

    def __len__(self) -> int:
        return sum(map(len, self.by_topic.values()))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is committed and nothing on its way."""
        return not self.by_topic and not self._pending

    @property
    def has_pending(self) -> bool:
        """Whether records of this group's offsets are on their way to the log."""
        return bool(self._pending)

    def topics(self) -> set[str]:
        """Return the topics of everything committed or on its way."""
        return self.by_topic.keys() | {topic for topic, _ in self._pending}

    def get(self, topic: str, partition: int) -> CommittedOffset | None:
        """Return what is committed, or None."""
        partitions = self.by_topic.get(topic)
        return None if partitions is None else partitions.get(partition)

    def is_known(self, topic: str, partition: int) -> bool:
        """Whether something is committed or on its way."""
        return self.get(topic, partition) is not None or (topic, partition) in self._pending

    def apply(self, record: OffsetRecord) -> None:
        """Take over a durable record."""
        committed = record.committed
        partitions = self.by_topic.get(record.topic)
        before = None if partitions is None else partitions.get(record.partition)
        if committed is not None:
            if partitions is None:
                partitions = self.by_topic[record.topic] = {}
            partitions[record.partition] = committed
            # Most commits move an offset that has no metadata: they cost nothing more.
            if before is None or before.metadata != committed.metadata:
                self._grow(offset_bytes(committed) - offset_bytes(before))
        elif partitions is not None and before is not None:
            del partitions[record.partition]
            self._grow(-offset_bytes(before))
            if not partitions:
                del self.by_topic[record.topic]

    def _grow(self, by: int) -> None:
        self.size += by
        self._usage.offset_bytes += by

    def on_sent(self, record: OffsetRecord) -> None:
        """Count a record that is on its way to the log."""
        key = record.topic, record.partition
        self._pending[key] = self._pending.get(key, 0) + 1

    def on_settled(self, record: OffsetRecord) -> None:
        """Count a record as durable or lost."""
        key = record.topic, record.partition
        count = self._pending[key] - 1
        assert count >= 0
        if count:
            self._pending[key] = count
        else:
            del self._pending[key]

    def known(self) -> list[TopicPartition]:
        """Return everything committed or on its way, each once, in a fixed order."""
        found = {(t, p): None for t, partitions in self.by_topic.items() for p in partitions}
        found.update(dict.fromkeys(self._pending))
        return list(found)

    def expired(
        self, now_ms: int, retention_ms: int, *, since_ms: Callable[[CommittedOffset], int]
    ) -> Iterator[TopicPartition]:
        """Yield what may be forgotten now.

        Args:
            now_ms: the time.
            retention_ms: how long an offset is kept after `since_ms` of it.
            since_ms: when the clock of an offset started.
        """
        for topic, partitions in self.by_topic.items():
            for partition, committed in partitions.items():
                if committed.expire_ms != -1:
                    is_over = now_ms >= committed.expire_ms
                else:
                    is_over = now_ms - since_ms(committed) >= retention_ms
                if is_over and (topic, partition) not in self._pending:
                    yield topic, partition


def offset_bytes(committed: CommittedOffset | None) -> int:
    """Return what one committed offset costs; see `usage.py`."""
    return 0 if committed is None else limits.OFFSET_BYTES + len(committed.metadata)
