"""The partitions of this node, kept in step with the metadata image."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import trio

from appliance import limits
from appliance.ids import PartitionId, TopicId
from appliance.metadata import Image, broker_configs, topic_configs, topic_names
from appliance.partition import Partition, ProducerBudget, ProducerStates


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """Topic configs that the produce path looks at.

    Attributes:
        message_bytes_max: `max.message.bytes`, of a batch.
        log_append_time: `message.timestamp.type` is LogAppendTime.
        timestamp_before_ms_max, timestamp_after_ms_max: how far a record's time may be off.
        compacted: `cleanup.policy` holds compact, so records need a key.
        deletes: `cleanup.policy` holds delete.
        codec: code of the compression that batches are stored under, None for the producer's.
        codec_level: of that compression, 0 where it has none.
        is_internal: clients do not write to it.
    """

    message_bytes_max: int
    log_append_time: bool
    timestamp_before_ms_max: int
    timestamp_after_ms_max: int
    compacted: bool
    is_internal: bool
    deletes: bool
    codec: int | None
    codec_level: int

    @property
    def checks_records(self) -> bool:
        """Whether records have to be seen one by one: the header names the newest time alone."""
        return self.compacted or (
            self.timestamp_before_ms_max < _ANY_AGE_MS and not self.log_append_time
        )

    @property
    def opens_batches(self) -> bool:
        """Whether a batch is looked into before it is appended."""
        return self.checks_records or self.codec is not None


_ANY_AGE_MS = (1 << 63) - 1  # the default of message.timestamp.before.max.ms
_CODECS = {"uncompressed": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}
_LEVELLED = ("gzip", "lz4", "zstd")
_GZIP_LEVEL = 6  # what -1 stands for


def log_settings(name: str, configs: dict[str, str]) -> LogSettings:
    """Return the effective settings of a topic with the given overrides."""
    is_internal = name in topic_names.INTERNAL

    def value(name: str) -> str:
        return str(topic_configs.effective(configs, name))

    codec = value("compression.type")
    level = int(value(f"compression.{codec}.level")) if codec in _LEVELLED else 0
    return LogSettings(
        message_bytes_max=int(value("max.message.bytes")),
        log_append_time=value("message.timestamp.type") == "LogAppendTime",
        timestamp_before_ms_max=int(value("message.timestamp.before.max.ms")),
        timestamp_after_ms_max=int(value("message.timestamp.after.max.ms")),
        # The keys of our own records need no check, and nobody else's get there.
        compacted="compact" in value("cleanup.policy") and not is_internal,
        is_internal=is_internal,
        deletes="delete" in value("cleanup.policy"),
        codec=_CODECS.get(codec),
        codec_level=_GZIP_LEVEL if codec == "gzip" and level < 0 else level,
    )


class PartitionTable:
    """Partitions by id, and by topic for the request path.

    A partition is opened when somebody first asks for it: a command that creates ten thousand is
    one turn of the event loop, and so is their first look at a restart. Until then it has no tail,
    no producers and no waiters, and all there is to know of it is in the image.

    Attributes:
        touched: partitions with waiters whose watermark moved since they were last looked at.
        with_tail: partitions with batches that are in no object yet.
        described: encoded descriptions of all topics, by whoever made them, or an event while one
            is made; a change puts another, empty one in its place.
        producer_budget: bounds the idempotent producers that all partitions remember.
    """

    def __init__(self, broker_id: int = 0) -> None:
        """Args: broker_id: of this node, whose configs may change the defaults of topics."""
        self._broker_id = broker_id
        self._image = Image()
        self._by_id: dict[int, Partition] = {}
        self._by_topic: dict[bytes | str, list[Partition | None]] = {}
        self._topics: dict[bytes, tuple[str, LogSettings]] = {}
        self.touched: list[Partition] = []
        self.with_tail: set[Partition] = set()
        self.described: dict[object, bytes | trio.Event] = {}
        self.producer_budget = ProducerBudget(limits.PRODUCERS_MAX)
        self.inspected: set[bytes] = set()
        """Ids of the open topics whose batches are looked into before they are appended."""

    def __iter__(self) -> Iterator[Partition]:
        """Yield the partitions that somebody asked for: all that hold any state."""
        return iter(self._by_id.values())

    def get(self, topic: bytes | str, index: int) -> Partition | None:
        """Return a partition by topic name or id."""
        partitions = self._by_topic.get(topic)
        if partitions is None or not 0 <= index < len(partitions):
            return None
        return partitions[index] or self._open(topic, index)

    def partition_ids(self, name: str) -> Sequence[int]:
        """Return the metadata's ids of a topic's partitions; none of a topic that is not known."""
        topic = self._image.topics_by_name.get(name)
        return () if topic is None else topic.partition_ids

    def has_topic(self, topic: bytes | str) -> bool:
        """Whether there is a topic of that name or id."""
        return topic in self._by_topic

    def by_id(self, partition_id: int) -> Partition | None:
        """Return a partition by the metadata's id."""
        partition = self._by_id.get(partition_id)
        if partition is None:
            line = self._image.partitions.get(PartitionId(partition_id))
            if line is not None:
                return self.get(line.topic_id, line.index)
        return partition

    def _open(self, topic_key: bytes | str, index: int) -> Partition:
        image = self._image
        topic = (
            image.topics_by_name[topic_key]
            if isinstance(topic_key, str)
            else image.topics_by_id[TopicId(topic_key)]
        )
        partition_id = topic.partition_ids[index]
        line = image.partitions[partition_id]
        assert line.index == index
        partition = Partition(
            partition_id,
            topic_id=topic.topic_id,
            topic_name=topic.name,
            index=index,
            leader_epoch=line.leader_epoch,
            log_start_offset=line.log_start_offset,
            committed_end=line.committed_end,
            touched=self.touched,
            with_tail=self.with_tail,
            producers=ProducerStates(self.producer_budget),
        )
        partition.settings = self._topics[topic.topic_id][1]
        self._by_topic[topic_key][index] = partition
        self._by_id[partition_id] = partition
        return partition

    def sync_topic(self, image: Image, topic_id: bytes) -> None:
        """Take up, update or close one topic after a metadata command."""
        self._image = image
        self.described = {}
        topic = image.topics_by_id.get(TopicId(topic_id))
        if topic is None:
            self._close_topic(topic_id)
            return
        partitions = self._by_topic.setdefault(topic_id, [])
        self._by_topic[topic.name] = partitions
        defaults = broker_configs.topic_defaults(image.broker_configs, self._broker_id)
        settings = log_settings(topic.name, defaults | dict(topic.configs))
        self._topics[topic_id] = topic.name, settings
        if settings.opens_batches:
            self.inspected.add(topic_id)
        else:
            self.inspected.discard(topic_id)
        for partition in partitions:
            if partition is not None:
                partition.settings = settings
        partitions += [None] * (len(topic.partition_ids) - len(partitions))

    def sync_all(self, image: Image, topic_ids: Iterable[bytes]) -> None:
        """Take up or update all given topics."""
        for topic_id in topic_ids:
            self.sync_topic(image, topic_id)

    def raise_log_start(self, partition_id: int, offset: int) -> None:
        """Forget what was deleted from a partition."""
        partition = self._by_id.get(partition_id)
        if partition is not None:
            partition.on_log_start(offset)

    def _close_topic(self, topic_id: bytes) -> None:
        self.inspected.discard(topic_id)
        name, _ = self._topics.pop(topic_id, ("", None))
        partitions = self._by_topic.pop(topic_id, [])
        if self._by_topic.get(name) is partitions:
            del self._by_topic[name]
        for partition in partitions:
            if partition is None:
                continue
            del self._by_id[partition.partition_id]
            partition.deleted = True
            partition.producers.clear()
            self.with_tail.discard(partition)
            if partition.waiters:
                self.touched.append(partition)
