"""The nouns of the image.

Frozen ones are replaced on change and may be kept by readers; `Log`, `Partition` and
`StoredObject` are changed in place, by the image alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from appliance.ids import (
    BrokerEpoch,
    BrokerId,
    ExtentIndex,
    LogId,
    ObjectId,
    PartitionId,
    TopicId,
    WriterEpoch,
)


class InvalidSnapshotError(Exception):
    """Bytes that are no snapshot of this format, or one that contradicts itself."""


class LogState(IntEnum):
    """Life of a log: OPEN -> FENCED -> SEALED -> FREED; OPEN -> SEALED when it closed cleanly."""

    OPEN = 0
    FENCED = 1
    SEALED = 2
    FREED = 3


class ObjectState(IntEnum):
    """Life of an object that the metadata names; MARKED ones may be deleted from the store."""

    COMMITTED = 0
    MARKED = 1


class ExtentRef(NamedTuple):
    """An extent of a log: its place on the volume and its place in the chain, from 0."""

    index: ExtentIndex
    chain_sequence: int


class ObjectRange(NamedTuple):
    """Offsets [start, end) of a partition in an object; `size` bytes of batches."""

    object_id: ObjectId
    start: int
    end: int
    max_timestamp: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The geometry of the shared volume."""

    volume_uuid: bytes
    extent_bytes: int
    extent_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """The current registration of a broker."""

    broker_id: BrokerId
    incarnation: int
    host: str
    port: int
    rack: str | None
    broker_epoch: BrokerEpoch
    writer_epoch: WriterEpoch
    log_id: LogId


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Answer to `RegisterBroker`: what this incarnation writes its frames with, and where."""

    broker_id: BrokerId
    incarnation: int
    broker_epoch: BrokerEpoch
    writer_epoch: WriterEpoch
    log_id: LogId


@dataclass(slots=True, kw_only=True)
class Log:
    """One writer incarnation's chain of extents.

    Attributes:
        extents: those not freed yet, in chain order; their sequences have no gap.
        next_chain_sequence: of the next extent; LSNs at or above it times `extent_bytes` are free.
        end_lsn: set when SEALED.
        uploaded_lsn: nothing below it is unsaved.
    """

    log_id: LogId
    broker_id: BrokerId
    writer_epoch: WriterEpoch
    incarnation: int
    state: LogState
    extents: list[ExtentRef]
    next_chain_sequence: int
    end_lsn: int | None
    uploaded_lsn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic; `partition_ids[i]` is partition i. `configs` are the overrides; do not change."""

    topic_id: TopicId
    name: str
    partition_ids: tuple[PartitionId, ...]
    configs: Mapping[str, str]
    created_ms: int


@dataclass(slots=True, kw_only=True)
class Partition:
    """A partition.

    Attributes:
        partition_id: unique, never reused.
        index: within the topic.
        leader: broker id.
        log_start_offset: first offset that readers see; may lie above committed_end for a while.
        committed_end: records below it are in committed objects.
        objects: ascending, without gap, the last ends at committed_end. Appended to in place, and
            otherwise replaced: a snapshot that is being written holds it.
    """

    partition_id: PartitionId
    topic_id: TopicId
    index: int
    leader: BrokerId
    leader_epoch: int
    log_start_offset: int
    committed_end: int
    objects: list[ObjectRange]


@dataclass(slots=True, kw_only=True)
class StoredObject:
    """A durable object that the metadata names; `live_ranges` partitions still need it."""

    object_id: ObjectId
    key: str
    size: int
    created_ms: int
    state: ObjectState
    live_ranges: int
