"""Commands of the metadata state machine and their encoding.

**Layout**, canonical CBOR: `[1, kind, {field: value, ...}]`. `1` is the format version, `kind` the
number in `_KINDS`; every field is present, unknown ones are refused. An `ObjectRangeCommit` is the
array of its fields. Numbers of kinds are never given to another command.

Wall clock and fresh ids are chosen by the proposer and carried inside, so that every node applies
the same. `Image.apply` says what each command does and returns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from appliance.metadata import limits, schema
from appliance.metadata.schema import Array, Bytes, Integer, Optional, Row, Schema, Text, TextMap

VERSION = 1


class InvalidCommandError(Exception):
    """Bytes or a value that are no command of this format: a newer node's, damaged, or hostile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitCluster:
    """Names the cluster. Once; again with the same id is success. Result: the cluster id."""

    cluster_id: str
    now_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBroker:
    """Starts one incarnation (one run) of a broker, with a log of its own.

    The current incarnation again, while its log is open, is success and changes no epoch.
    Result: `Registration`.

    Attributes:
        incarnation: random u64 of this run.
        host, port: what clients are told to connect to.
    """

    broker_id: int
    incarnation: int
    host: str
    port: int
    rack: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatVolume:
    """Records the volume's geometry. Once; again with the same values is success. Result: it."""

    volume_uuid: bytes
    extent_bytes: int
    extent_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateExtents:
    """Gives an open log the lowest free extents. Result: list of `ExtentRef`.

    Attributes:
        first_chain_sequence: where the proposer's chain ends; a repeated command then gets the
            extents it got before. None: always new ones.
    """

    log_id: int
    count: int
    first_chain_sequence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeExtents:
    """Frees a log's extents below a chain sequence; all in them must be uploaded.

    Result: tuple of the freed extent indices, empty when they were free before.
    """

    log_id: int
    below_chain_sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FenceLog:
    """Ends a log's right to extents; the recoverer does it before it scans. Result: the log."""

    log_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealLog:
    """Records a log's end, once, and frees the extents beyond; the same again is success.

    Result: the log.
    """

    log_id: int
    end_lsn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceLog:
    """Says that nothing below an LSN is unsaved, without an object.

    For frames that hold only checkpoints or batches of deleted partitions. A lower LSN than the
    recorded one changes nothing. Result: the log.
    """

    log_id: int
    uploaded_lsn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLog:
    """Frees all extents of a sealed log that is uploaded to its end.

    Result: tuple of the freed extent indices, empty when they were free before.
    """

    log_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTopic:
    """Creates a topic. The same command again is success. Result: `Topic`.

    Attributes:
        topic_id: 16 random bytes.
        partitions: how many.
        assignment: broker ids of each partition, the first leads; None lets the image place them.
        configs: overrides, validated.
    """

    name: str
    topic_id: bytes
    partitions: int
    assignment: Sequence[Sequence[int]] | None = None
    configs: Mapping[str, str]
    now_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTopic:
    """Removes a topic and its partitions. Result: the `Topic`, or None when it was not there."""

    topic_id: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePartitions:
    """Raises a topic's partition count to `total`; the present count is success. Result: `Topic`.

    Attributes:
        assignment: broker ids of each *new* partition, the first leads.
    """

    name: str
    total: int
    assignment: Sequence[Sequence[int]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterTopicConfigs:
    """Sets and deletes overrides of a topic. Result: `Topic`."""

    name: str
    set: Mapping[str, str]
    delete: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterBrokerConfigs:
    """Sets and deletes dynamic configs of a broker, or (None) the cluster-wide defaults.

    Names and values are the proposer's to validate. Result: dict of what is set now.
    """

    broker_id: int | None
    set: Mapping[str, str]
    delete: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateProducerIds:
    """Hands a block of producer ids to a broker. Result: the first; a repeat gets another block."""

    broker_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateObjectIds:
    """Hands out object ids before their upload. Result: the first; a repeat gets others."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRangeCommit:
    """One partition's records in an object: offsets [start_offset, end_offset), `size` bytes."""

    partition_id: int
    start_offset: int
    end_offset: int
    size: int
    max_timestamp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitObject:
    """Names a durable object; its ranges must continue their partitions' committed ends.

    Records below the log start may be left out.

    Ranges of deleted partitions are ignored. The same object again is success.
    Result: `StoredObject`.

    Attributes:
        size: bytes of the object.
        log_id: the log that the records come from.
        uploaded_lsn: nothing of that log below this LSN is unsaved any more; never goes back.
    """

    object_id: int
    key: str
    size: int
    created_ms: int
    log_id: int
    uploaded_lsn: int
    ranges: Sequence[ObjectRangeCommit]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRecords:
    """Raises a partition's log start; a lower value changes nothing. Result: the log start."""

    partition_id: int
    log_start_offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DropObjects:
    """Marks objects that no partition needs for deletion; marked or missing ones are success.

    Result: None.
    """

    object_ids: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsDeleted:
    """Forgets marked objects that are gone from the store; missing ones are success.

    Result: None.
    """

    object_ids: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterClientQuotas:
    """Sets and deletes quotas of one entity. Result: dict of what is set now.

    Attributes:
        entity: `((type, name or None), ...)`, ascending by type; see `client_quotas`.
        set: key -> number, as Python writes the float.
    """

    entity: Sequence[tuple[str, str | None]]
    set: Mapping[str, str]
    delete: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterNamedConfigs:
    """Sets and deletes configs of a resource that is nothing but its name.

    Names and values are the proposer's to validate. Result: dict of what is set now.

    Attributes:
        resource_type: Kafka's number: of groups, of client metrics.
    """

    resource_type: int
    name: str
    set: Mapping[str, str]
    delete: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStore:
    """Gives the cluster what its object store knows it by. Once; again changes nothing.

    Two clusters may have the same cluster id, by accident; they never have this one.
    Result: the one that holds.

    Attributes:
        owner_id: random.
    """

    owner_id: bytes


Command = (
    InitCluster | RegisterBroker | FormatVolume | AllocateExtents | FreeExtents | FenceLog
    | SealLog | AdvanceLog | ReleaseLog | CreateTopic | DeleteTopic | CreatePartitions
    | AlterTopicConfigs | AlterBrokerConfigs | AllocateProducerIds | AllocateObjectIds
    | CommitObject | DeleteRecords | DropObjects | ObjectsDeleted | AlterClientQuotas
    | AlterNamedConfigs | OwnStore
)  # fmt: skip

BROKER_ID = Integer(0, limits.I32_MAX)
ID = Integer(0, limits.I64_MAX)
COUNT = Integer(1, limits.ID_BLOCK_MAX)
LSN = OFFSET = SIZE = TIME_MS = Integer(0, limits.I64_MAX)
TIMESTAMP = Integer(limits.I64_MIN, limits.I64_MAX)
UUID = Bytes(16)
NAME = Text(limits.TEXT_CHARS_MAX, 1)
U64 = Integer(0, limits.U64_MAX)
PORT = Integer(0, 65535)
EXTENT_BYTES = Integer(4096, 1 << 40)
EXTENT_COUNT = Integer(1, limits.EXTENTS_MAX)
CONFIGS = TextMap(NAME, Text(limits.CONFIG_CHARS_MAX), limits.CONFIGS_MAX)
RESOURCE_TYPE = Integer(0, 127)
_NAMES = Array(NAME, limits.CONFIGS_MAX)
_ASSIGNMENT = Optional(Array(Array(BROKER_ID, limits.REPLICAS_MAX), limits.PARTITIONS_MAX))
_IDS = Array(ID, limits.OBJECTS_MAX)
ENTITY = Array(schema.as_row(NAME, Optional(NAME)), limits.ENTITY_PARTS_MAX)
_PARTITIONS = Integer(1, limits.PARTITIONS_MAX)
_range_fields = attrgetter("partition_id", "start_offset", "end_offset", "size", "max_timestamp")


def _check_range(start_offset: int, end_offset: int) -> None:
    if start_offset >= end_offset:
        raise schema.SchemaError(f"empty range [{start_offset}, {end_offset})")


def _range_columns(line: ObjectRangeCommit) -> tuple[int, ...]:
    _check_range(line.start_offset, line.end_offset)
    return _range_fields(line)


def _build_range(
    partition_id: int, start_offset: int, end_offset: int, size: int, max_timestamp: int
) -> ObjectRangeCommit:
    _check_range(start_offset, end_offset)
    return ObjectRangeCommit(
        partition_id=partition_id,
        start_offset=start_offset,
        end_offset=end_offset,
        size=size,
        max_timestamp=max_timestamp,
    )


_RANGES = Array(
    Row(_build_range, _range_columns, (ID, OFFSET, OFFSET, SIZE, TIMESTAMP)),
    limits.RANGES_MAX,
)

_KINDS: dict[int, tuple[type[Any], dict[str, Schema]]] = {
    1: (InitCluster, {"cluster_id": NAME, "now_ms": TIME_MS}),
    2: (
        RegisterBroker,
        {"broker_id": BROKER_ID, "incarnation": U64, "host": NAME, "port": PORT,
         "rack": Optional(Text(limits.TEXT_CHARS_MAX))},
    ),
    3: (
        FormatVolume,
        {"volume_uuid": UUID, "extent_bytes": EXTENT_BYTES, "extent_count": EXTENT_COUNT},
    ),
    4: (
        AllocateExtents,
        {"log_id": ID, "count": Integer(1, limits.EXTENTS_PER_ALLOCATION_MAX),
         "first_chain_sequence": Optional(ID)},
    ),
    5: (FreeExtents, {"log_id": ID, "below_chain_sequence": ID}),
    6: (FenceLog, {"log_id": ID}),
    7: (SealLog, {"log_id": ID, "end_lsn": LSN}),
    8: (AdvanceLog, {"log_id": ID, "uploaded_lsn": LSN}),
    9: (ReleaseLog, {"log_id": ID}),
    10: (
        CreateTopic,
        {"name": NAME, "topic_id": UUID, "partitions": _PARTITIONS, "assignment": _ASSIGNMENT,
         "configs": CONFIGS, "now_ms": TIME_MS},
    ),
    11: (DeleteTopic, {"topic_id": UUID}),
    12: (CreatePartitions, {"name": NAME, "total": _PARTITIONS, "assignment": _ASSIGNMENT}),
    13: (AlterTopicConfigs, {"name": NAME, "set": CONFIGS, "delete": _NAMES}),
    14: (
        AlterBrokerConfigs,
        {"broker_id": Optional(BROKER_ID), "set": CONFIGS, "delete": _NAMES},
    ),
    15: (AllocateProducerIds, {"broker_id": BROKER_ID, "count": COUNT}),
    16: (AllocateObjectIds, {"count": COUNT}),
    17: (
        CommitObject,
        {"object_id": ID, "key": NAME, "size": SIZE, "created_ms": TIME_MS, "log_id": ID,
         "uploaded_lsn": LSN, "ranges": _RANGES},
    ),
    18: (DeleteRecords, {"partition_id": ID, "log_start_offset": OFFSET}),
    19: (DropObjects, {"object_ids": _IDS}),
    20: (ObjectsDeleted, {"object_ids": _IDS}),
    21: (AlterClientQuotas, {"entity": ENTITY, "set": CONFIGS, "delete": _NAMES}),
    22: (
        AlterNamedConfigs,
        {"resource_type": RESOURCE_TYPE, "name": NAME, "set": CONFIGS, "delete": _NAMES},
    ),
    23: (OwnStore, {"owner_id": UUID}),
}  # fmt: skip
_KIND_OF = {cls: kind for kind, (cls, _) in _KINDS.items()}


def encode(command: Command) -> bytes:
    """Return the bytes of a command.

    Raises:
        InvalidCommandError: a field is out of its type, range or length.
    """
    kind = _KIND_OF.get(type(command))
    if kind is None:
        raise InvalidCommandError(f"not a command: {type(command).__name__}")
    wire: dict[str, Any] = {}
    for name, field in _KINDS[kind][1].items():
        try:
            wire[name] = field.encode(getattr(command, name))
        except schema.SchemaError as error:
            raise InvalidCommandError(f"{type(command).__name__}.{name}: {error}") from error
    try:
        data = schema.dumps([VERSION, kind, wire])
    except schema.SchemaError as error:
        raise InvalidCommandError(f"{type(command).__name__}: {error}") from error
    if len(data) > limits.COMMAND_BYTES_MAX:
        raise InvalidCommandError(f"{len(data)} bytes; at most {limits.COMMAND_BYTES_MAX}")
    return data


def decode(data: bytes) -> Command:
    """Return the command that `encode` made these bytes of; arrays are tuples, maps new dicts.

    Raises:
        InvalidCommandError: for every other input.
    """
    try:
        wire = schema.loads(data, bytes_max=limits.COMMAND_BYTES_MAX)
    except schema.SchemaError as error:
        raise InvalidCommandError(str(error)) from error
    if type(wire) is not list or len(wire) != 3 or type(wire[0]) is not int:
        raise InvalidCommandError("not [version, kind, fields]")
    version, kind, fields = wire
    if version != VERSION:
        raise InvalidCommandError(f"command format {version}; this node knows {VERSION}")
    if type(kind) is not int or kind not in _KINDS or type(fields) is not dict:
        raise InvalidCommandError(f"unknown kind of command: {kind!r:.80}")
    build, expected = _KINDS[kind]
    if fields.keys() != expected.keys():
        odd = sorted(map(repr, fields.keys() ^ expected.keys()))
        raise InvalidCommandError(f"{build.__name__}: missing or unknown fields {odd!s:.200}")
    values: dict[str, Any] = {}
    for name, field in expected.items():
        try:
            values[name] = field.decode(fields[name])
        except schema.SchemaError as error:
            raise InvalidCommandError(f"{build.__name__}.{name}: {error}") from error
    return build(**values)
