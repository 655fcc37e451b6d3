"""Committed offsets of one group.

An offset is visible when its record is durable, never before: `apply` is called for records of the
log alone, in their order, both when they become durable and when they are read back after a
restart. Commits on their way are only noted, so that a deletion in between removes them too.

What is committed is kept as the value that the log has of it: moved far more often than asked for,
and nothing in it that Python's collector looks at.
"""

from collections.abc import Callable, Iterable, Iterator

from appliance.coordinator import limits
from appliance.coordinator.records import (
    CommittedOffset,
    OffsetRecord,
    TopicCommit,
    decode_offset_value,
)
from appliance.coordinator.usage import Usage

TopicPartition = tuple[str, int]


class Offsets:
    """Offsets of one group, by topic and partition.

    Attributes:
        size: bytes that they cost; see `usage.py`.
    """

    __slots__ = ("_by_topic", "_is_late", "_last", "_sent", "_usage", "size")

    def __init__(self, usage: Usage) -> None:
        self._by_topic: dict[str, dict[int, bytes]] = {}
        # The last commit since when no other record was applied; "late": it takes the places of
        # the one before it, in `_by_topic`, when somebody looks.
        self._last: TopicCommit | None = None
        self._is_late = False
        self._sent: dict[int, OffsetRecord | TopicCommit] = {}  # by `id`: equal ones are several
        self._usage = usage
        self.size = 0

    @property
    def by_topic(self) -> dict[str, dict[int, bytes]]:
        """Topic -> partition -> encoded value of what is committed; read only for others."""
        if self._is_late:
            assert self._last is not None
            self._is_late = False
            self._by_topic[self._last.topic].update(self._last.lines())
        return self._by_topic

    def restore(self, by_topic: dict[str, dict[int, bytes]]) -> None:
        """Begin with what a checkpoint has."""
        assert self._last is None
        self._by_topic = by_topic

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
        return sum(map(len, self._by_topic.values()))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is committed and nothing on its way."""
        return not self._by_topic and not self._sent

    @property
    def has_pending(self) -> bool:
        """Whether records of this group's offsets are on their way to the log."""
        return bool(self._sent)

    def topics(self) -> set[str]:
        """Return the topics of everything committed or on its way."""
        return self._by_topic.keys() | {record.topic for record in self._sent.values()}

    def value(self, topic: str, partition: int) -> bytes | None:
        """Return the encoded value of what is committed, or None."""
        partitions = self.by_topic.get(topic)
        return None if partitions is None else partitions.get(partition)

    def get(self, topic: str, partition: int) -> CommittedOffset | None:
        """Return what is committed, or None."""
        value = self.value(topic, partition)
        return None if value is None else decode_offset_value(value)

    def apply(self, record: OffsetRecord | TopicCommit) -> None:
        """Take over a durable record, or those of a commit."""
        last = self._last
        if isinstance(record, TopicCommit):
            # Consumers move what they moved the last time, far more often than somebody asks.
            if last is not None and last.indexes is record.indexes and last.topic == record.topic:
                self._is_late = True
            else:
                self._move(record.topic, record.lines())
            self._last = record
            return
        if record.value is not None:
            self._move(record.topic, ((record.partition, record.value),))
        else:
            self._remove(record.topic, record.partition)
        self._last = None

    def _move(self, topic: str, lines: Iterable[tuple[int, bytes]]) -> None:
        partitions = self.by_topic.setdefault(topic, {})
        grown = 0
        for index, value in lines:
            before = partitions.get(index)
            partitions[index] = value
            grown += offset_bytes(value) - offset_bytes(before)
        self._grow(grown)

    def _remove(self, topic: str, partition: int) -> None:
        partitions = self.by_topic.get(topic, {})
        before = partitions.pop(partition, None)
        if before is not None:
            self._grow(-offset_bytes(before))
            if not partitions:
                del self.by_topic[topic]

    def _grow(self, by: int) -> None:
        self.size += by
        self._usage.offset_bytes += by

    def on_sent(self, record: OffsetRecord | TopicCommit) -> None:
        """Note a record that is on its way to the log."""
        assert id(record) not in self._sent
        self._sent[id(record)] = record

    def on_settled(self, record: OffsetRecord | TopicCommit) -> None:
        """Note that a record is durable or lost."""
        del self._sent[id(record)]

    def known(self) -> dict[TopicPartition, None]:
        """Return everything committed or on its way, each once, in a fixed order."""
        found = {(t, p): None for t, partitions in self.by_topic.items() for p in partitions}
        return found | self._on_their_way()

    def _on_their_way(self) -> dict[TopicPartition, None]:
        found: dict[TopicPartition, None] = {}
        for record in self._sent.values():
            if isinstance(record, TopicCommit):
                found.update(dict.fromkeys((record.topic, index) for index in record.indexes))
            else:
                found[record.topic, record.partition] = None
        return found

    def expired(
        self, now_ms: int, retention_ms: int, *, since_ms: Callable[[CommittedOffset], int]
    ) -> Iterator[TopicPartition]:
        """Yield what may be forgotten now.

        Args:
            now_ms: the time.
            retention_ms: how long an offset is kept after `since_ms` of it.
            since_ms: when the clock of an offset started.
        """
        sent = self._on_their_way()
        for topic, partitions in self.by_topic.items():
            for partition, value in partitions.items():
                committed = decode_offset_value(value)
                if committed.expire_ms != -1:
                    is_over = now_ms >= committed.expire_ms
                else:
                    is_over = now_ms - since_ms(committed) >= retention_ms
                if is_over and (topic, partition) not in sent:
                    yield topic, partition


def offset_bytes(value: bytes | None) -> int:
    """Return what one committed offset costs; see `usage.py`."""
    return 0 if value is None else limits.OFFSET_BYTES + len(value)
