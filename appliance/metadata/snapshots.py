"""Snapshots of an image: canonical CBOR, so that equal images have equal bytes.

**Layout**: `[1, {name: value}]`, every name present but those of `_ADDED`, which are left out when
they are empty: a snapshot without them is one of an older node. Tables are arrays of rows in
ascending order of their key; what can be derived (free extents, reverse indexes, counts) is left
out.

| Name | Row |
|---|---|
| `brokers` | broker id, incarnation, host, port, rack, broker epoch, writer epoch, log id |
| `broker_configs` | broker id (null: default), configs |
| `client_quotas` | entity (type, name or null), key -> number as text |
| `named_configs` | Kafka's number of a resource type, name, configs |
| `logs` | log id, broker id, writer epoch, incarnation, state, extent indices, next chain sequence, end LSN, uploaded LSN |
| `topics` | name, topic id, configs, created ms, partitions |
| `topics[].partitions` | partition id, leader, leader epoch, log start, committed end, objects |
| ... `objects` | object id, start, end, max timestamp, size |
| `owner_id` | 16 bytes, no table |
| `objects` | object id, key, size, created ms |
| `marked` | object id, in the order of marking |
| others | scalars |
"""  # noqa: E501 -- a table's row is one line.

import heapq
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import chain, islice, pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from appliance.ids import ExtentIndex, ObjectId, PartitionId
from appliance.metadata import commands, limits, schema
from appliance.metadata.client_quotas import Entity
from appliance.metadata.schema import Array, Integer, Optional, Row, Schema, Text, as_row
from appliance.metadata.state import (
    Broker,
    ExtentRef,
    InvalidSnapshotError,
    Log,
    LogState,
    ObjectRange,
    ObjectState,
    Partition,
    StoredObject,
    Topic,
    Volume,
)

if TYPE_CHECKING:
    from appliance.metadata.image import Image

_T = TypeVar("_T")

VERSION = 1

_ROWS_PER_PART = 200
_ROWS_PER_RUN = 1000
_PARTS_PER_PIECE = 200
_PIECE_BYTES = 16 << 10
"""So that a piece is made in about a millisecond: the event loop has others to serve."""
_PAUSE = b""
"""A part that ends a piece: what comes next takes time."""
_ROWS_PER_STEP = 200
"""Rows read or filled in at once, for the same reason."""

_ID, _NAME, _TIME = commands.ID, commands.NAME, commands.TIME_MS
_RACK = Optional(Text(limits.TEXT_CHARS_MAX))
_MAX = limits.SNAPSHOT_ITEMS_MAX
_RANGE = as_row(_ID, commands.OFFSET, commands.OFFSET, commands.TIMESTAMP, commands.SIZE)
_PARTITION = as_row(
    _ID, commands.BROKER_ID, _ID, commands.OFFSET, commands.OFFSET, Array(_RANGE, _MAX)
)
_SCALARS = (
    "topic_epoch",
    "next_broker_epoch",
    "next_writer_epoch",
    "next_log_id",
    "next_partition_id",
    "next_object_id",
    "next_producer_id",
)
_ADDED: dict[str, Schema] = {
    "client_quotas": Array(as_row(commands.ENTITY, commands.CONFIGS), _MAX),
    "named_configs": Array(as_row(commands.RESOURCE_TYPE, _NAME, commands.CONFIGS), _MAX),
    "owner_id": commands.UUID,
}
_FIELDS: dict[str, Schema] = {
    "cluster_id": Optional(_NAME),
    "created_ms": Optional(_TIME),
    "volume": Optional(as_row(commands.UUID, commands.EXTENT_BYTES, commands.EXTENT_COUNT)),
    "brokers": Array(
        as_row(commands.BROKER_ID, commands.U64, _NAME, commands.PORT, _RACK, _ID, _ID, _ID), _MAX
    ),
    "broker_configs": Array(as_row(Optional(commands.BROKER_ID), commands.CONFIGS), _MAX),
    "logs": Array(
        as_row(
            _ID,
            commands.BROKER_ID,
            _ID,
            commands.U64,
            Integer(0, max(LogState)),
            Array(Integer(0, limits.EXTENTS_MAX - 1), limits.EXTENTS_MAX),
            _ID,
            Optional(commands.LSN),
            commands.LSN,
        ),
        _MAX,
    ),
    "topics": Array(
        as_row(
            _NAME,
            commands.UUID,
            commands.CONFIGS,
            _TIME,
            Array(_PARTITION, limits.PARTITIONS_MAX),
        ),
        _MAX,
    ),
    "objects": Array(as_row(_ID, _NAME, commands.SIZE, _TIME), _MAX),
    "marked": Array(_ID, _MAX),
    **dict.fromkeys(_SCALARS, _ID),
}


def dump(image: "Image") -> bytes:
    """Return the snapshot of an image."""
    return b"".join(pieces(image))


def pieces(image: "Image") -> Iterator[bytes]:
    """Return the snapshot of an image, as it is now, in pieces.

    What can change is copied before this returns. The bytes, which take far longer, are made while
    the pieces are drawn; the image may change meanwhile.
    """
    volume = image.volume
    values: dict[str, Iterator[bytes]] = {
        name: _value(int(getattr(image, name))) for name in _SCALARS
    }
    values |= {
        "cluster_id": _value(image.cluster_id),
        "created_ms": _value(image.created_ms),
        "volume": _value(volume and [volume.volume_uuid, volume.extent_bytes, volume.extent_count]),
        "brokers": _value(
            [
                [b.broker_id, b.incarnation, b.host, b.port, b.rack, b.broker_epoch,
                 b.writer_epoch, b.log_id]
                for _, b in sorted(image.brokers.items())
            ]
        ),
        "broker_configs": _value(
            [
                [broker_id, dict(image.broker_configs[broker_id])]
                for broker_id in sorted(image.broker_configs, key=lambda i: -1 if i is None else i)
            ]
        ),
        "logs": _value([_log_row(log) for _, log in sorted(image.logs.items())]),
        "topics": _topics(
            [
                (topic, _frozen(map(image.partitions.__getitem__, topic.partition_ids)))
                for _, topic in sorted(image.topics_by_name.items())
            ]
        ),
        "objects": _sorted(
            list(image.objects.values()),
            by=attrgetter("object_id"),
            columns=lambda stored: list(_OBJECT_COLUMNS(stored)),
        ),
        "marked": _value(list(image.marked)),
    }  # fmt: skip
    assert values.keys() == _FIELDS.keys()
    if image.client_quotas:
        values["client_quotas"] = _sorted(
            list(image.client_quotas.items()),
            by=lambda item: _entity_order(item[0]),
            columns=lambda item: [list(map(list, item[0])), item[1]],
        )
    if image.named_configs:
        values["named_configs"] = _sorted(
            list(image.named_configs.items()),
            by=itemgetter(0),
            columns=lambda item: [*item[0], item[1]],
        )
    if image.owner_id:
        values["owner_id"] = _value(image.owner_id)
    return _joined(_document(values))


_PARTITION_COLUMNS = attrgetter(
    "partition_id", "leader", "leader_epoch", "log_start_offset", "committed_end", "objects"
)
_OBJECT_COLUMNS = attrgetter("object_id", "key", "size", "created_ms")

_FrozenPartition = tuple[tuple[Any, ...], int]
"""The columns of a partition's row, and the length of the list in the last one now."""


def _frozen(partitions: Iterable[Partition]) -> list[_FrozenPartition]:
    """Copy what can change; ten thousand take three milliseconds."""
    columns = list(map(_PARTITION_COLUMNS, partitions))
    return list(zip(columns, [len(objects) for *_, objects in columns], strict=True))


def _document(values: dict[str, Iterator[bytes]]) -> Iterator[bytes]:
    """Yield `[VERSION, values]`, the names in canonical order."""
    yield schema.array_head(2) + schema.dumps(VERSION) + schema.map_head(len(values))
    for name in sorted(map(schema.dumps, values), key=lambda encoded: (len(encoded), encoded)):
        yield name
        yield from values[schema.loads(name, bytes_max=None)]


def _value(wire: Any) -> Iterator[bytes]:
    yield schema.dumps(wire)


def _topics(rows: list[tuple[Topic, list[_FrozenPartition]]]) -> Iterator[bytes]:
    yield schema.array_head(len(rows))
    for topic, partitions in rows:
        yield schema.array_head(5)
        for wire in (topic.name, topic.topic_id, dict(topic.configs), topic.created_ms):
            yield schema.dumps(wire)
        yield schema.array_head(len(partitions))
        for (*columns, ranges), count in partitions:
            yield schema.array_head(6) + _items(columns)
            yield from _ranges(ranges, count)


def _sorted(
    items: list[_T], *, by: Callable[[_T], Any], columns: Callable[[_T], list[Any]]
) -> Iterator[bytes]:
    """Yield an array of the rows of items in order; what is written of an item must not change.

    Ten thousand are not sorted in one step, either. Most tables are almost in order already.
    """
    yield schema.array_head(len(items))
    runs: list[list[_T]] = []
    while items:
        # From the end, and forgotten: all of a large table at once would take long.
        runs.append(sorted(items[-_ROWS_PER_RUN:], key=by))
        del items[-_ROWS_PER_RUN:]
        yield _PAUSE
    is_in_order = all(by(one[0]) >= by(before[-1]) for one, before in pairwise(runs))
    if is_in_order:
        ordered = chain.from_iterable(map(_drained, _drained(runs[::-1])))
    else:
        ordered = heapq.merge(*runs, key=by)
    while rows := list(map(columns, islice(ordered, _ROWS_PER_PART))):
        yield _items(rows)


def _ranges(ranges: list[ObjectRange], count: int) -> Iterator[bytes]:
    """Yield an array of the rows of the first `count` ranges."""
    yield schema.array_head(count)
    for start in range(0, count, _ROWS_PER_PART):
        yield _items(list(map(list, ranges[start : min(start + _ROWS_PER_PART, count)])))


def _items(wire: list[Any]) -> bytes:
    """Return the encoded items of an array without its head."""
    return schema.dumps(wire)[len(schema.array_head(len(wire))) :]


def _joined(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Join parts to pieces that are made in a millisecond or two."""
    piece: list[bytes] = []
    size = 0
    for part in parts:
        piece.append(part)
        size += len(part)
        if part == _PAUSE or size >= _PIECE_BYTES or len(piece) >= _PARTS_PER_PIECE:
            yield b"".join(piece)
            piece, size = [], 0
    yield b"".join(piece)


def _entity_order(entity: Entity) -> list[tuple[str, bool, str]]:
    return [(kind, name is not None, name or "") for kind, name in entity]


def _log_row(log: Log) -> list[Any]:
    return [
        log.log_id,
        log.broker_id,
        log.writer_epoch,
        log.incarnation,
        int(log.state),
        [extent.index for extent in log.extents],
        log.next_chain_sequence,
        log.end_lsn,
        log.uploaded_lsn,
    ]


def load(pieces: Iterator[bytes], *, into: "Image") -> Iterator[int]:
    """Fill a new image from a snapshot, cut anywhere; the caller derives the rest.

    Yields:
        How many rows were read or filled in since.

    Raises:
        InvalidSnapshotError: see there; the image is then of no use.
    """
    values: dict[str, Any] = {}
    try:
        yield from _read(schema.Reader(pieces), values)
        yield from _fill(into, values)
    except (schema.SchemaError, KeyError) as error:
        raise InvalidSnapshotError(f"metadata snapshot: {error}") from error


def paced(steps: Iterator[int]) -> Iterator[None]:
    """Yield when so much was done that the event loop should have its turn."""
    done = 0
    for count in steps:
        done += count
        if done >= _ROWS_PER_STEP:
            yield
            done = 0


def _read(reader: schema.Reader, values: dict[str, Any]) -> Iterator[int]:
    """Read the fields into `values`, those of tables as lists of rows."""
    _require(reader.read_array() == 2, "not [version, fields]")
    version = reader.read_items(1)[0]
    if type(version) is not int or version != VERSION:
        raise schema.SchemaError(f"snapshot format {version!r:.80}; this node knows {VERSION}")
    fields = _FIELDS | _ADDED
    before = (0, b"")
    for _ in range(reader.read_map()):
        name = reader.read_items(1)[0]
        _require(type(name) is str and name in fields, "missing or unknown fields")
        encoded = schema.dumps(name)
        _require(before < (len(encoded), encoded), "fields in another order")
        before = len(encoded), encoded
        field = fields[name]
        if isinstance(field, Array):
            values[name] = yield from _read_rows(reader, field)
        else:
            values[name] = field.decode(reader.read_items(1)[0])
            yield 1
    reader.check_end()
    names = values.keys()
    is_whole = names - _ADDED.keys() == _FIELDS.keys()
    _require(is_whole and all(values[n] for n in names & _ADDED), "missing or unknown fields")


def _read_rows(reader: schema.Reader, field: Array) -> Generator[int, None, list[Any]]:
    """Read an array, some rows at a time; of rows that end in an array of rows, those."""
    count = reader.read_array()
    _require(count <= field.high, f"not an array of at most {field.high} items")
    rows: list[Any] = []
    row = field.item
    last = row.items[-1] if isinstance(row, Row) else None
    if not (isinstance(row, Row) and isinstance(last, Array) and isinstance(last.item, Row)):
        while len(rows) < count:
            wire = reader.read_items(min(_ROWS_PER_PART, count - len(rows)))
            rows += map(row.decode, wire)
            yield len(wire)
        return rows
    columns = row.items[:-1]
    for _ in range(count):
        _require(reader.read_array() == len(row.items), f"not a row of {len(row.items)} columns")
        wire = reader.read_items(len(columns))
        values = [item.decode(x) for item, x in zip(columns, wire, strict=True)]
        values.append((yield from _read_rows(reader, last)))
        rows.append(row.build(*values))
        yield 1
    return rows


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise schema.SchemaError(message)


def _drained(rows: list[_T]) -> Iterator[_T]:
    """Yield the rows and forget them: all at once would take long."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _fill(image: "Image", values: dict[str, Any]) -> Iterator[int]:
    for name in ("cluster_id", "created_ms", *_SCALARS):
        setattr(image, name, values[name])
    if values["volume"] is not None:
        uuid, extent_bytes, extent_count = values["volume"]
        image.volume = Volume(
            volume_uuid=uuid, extent_bytes=extent_bytes, extent_count=extent_count
        )
    for broker_id, configs in _drained(values["broker_configs"]):
        _require(broker_id not in image.broker_configs, "a broker's configs twice")
        image.broker_configs[broker_id] = configs
        yield 1
    for entity, quotas in _drained(values.get("client_quotas", [])):
        _require(entity not in image.client_quotas and quotas, "an entity's quotas")
        image.client_quotas[entity] = quotas
        yield 1
    for resource_type, name, configs in _drained(values.get("named_configs", [])):
        key = resource_type, name
        _require(key not in image.named_configs and configs, "configs of a name")
        image.named_configs[key] = configs
        yield 1
    image.owner_id = values.get("owner_id", b"")
    yield from _fill_logs(image, values["logs"])
    for row in _drained(values["brokers"]):
        broker_id, incarnation, host, port, rack, broker_epoch, writer_epoch, log_id = row
        _require(broker_id not in image.brokers, f"broker {broker_id} twice")
        _require(log_id in image.logs, f"broker {broker_id} without its log {log_id}")
        image.brokers[broker_id] = Broker(
            broker_id=broker_id,
            incarnation=incarnation,
            host=host,
            port=port,
            rack=rack,
            broker_epoch=broker_epoch,
            writer_epoch=writer_epoch,
            log_id=log_id,
        )
        yield 1
    for object_id, key, size, created_ms in _drained(values["objects"]):
        _require(0 < object_id < image.next_object_id, f"object {object_id} was never given out")
        _require(object_id not in image.objects, f"object {object_id} twice")
        image.objects[object_id] = StoredObject(
            object_id=object_id,
            key=key,
            size=size,
            created_ms=created_ms,
            state=ObjectState.COMMITTED,
            live_ranges=0,
        )
        yield 1
    for row in _drained(values["topics"]):
        yield from _fill_topic(image, row)
    yield from _fill_marked(image, values["marked"])


def _fill_logs(image: "Image", rows: list[Any]) -> Iterator[int]:
    count = 0 if image.volume is None else image.volume.extent_count
    owned: set[int] = set()
    for row in _drained(rows):
        log_id, broker_id, epoch, incarnation, state, indices, next_sequence, end, uploaded = row
        _require(0 < log_id < image.next_log_id, f"log {log_id} was never given out")
        _require(log_id not in image.logs, f"log {log_id} twice")
        _require(len(indices) <= next_sequence, f"log {log_id} has too many extents")
        _require((end is not None) == (state >= LogState.SEALED), f"log {log_id} and its end")
        for index in indices:
            _require(index < count and index not in owned, f"extent {index} of log {log_id}")
            owned.add(index)
        first = next_sequence - len(indices)
        image.logs[log_id] = Log(
            log_id=log_id,
            broker_id=broker_id,
            writer_epoch=epoch,
            incarnation=incarnation,
            state=LogState(state),
            extents=[ExtentRef(ExtentIndex(x), first + i) for i, x in enumerate(indices)],
            next_chain_sequence=next_sequence,
            end_lsn=end,
            uploaded_lsn=uploaded,
        )
        yield 1 + len(indices)


def _fill_topic(image: "Image", row: Any) -> Iterator[int]:
    name, topic_id, configs, created_ms, partition_rows = row
    _require(name not in image.topics_by_name, f"topic {name} twice")
    _require(topic_id not in image.topics_by_id, f"topic id {topic_id.hex()} twice")
    partition_ids: list[PartitionId] = []
    for partition in _drained(partition_rows):
        partition_id, leader, epoch, log_start, end, ranges = partition
        known = 0 < partition_id < image.next_partition_id
        _require(known and partition_id not in image.partitions, f"partition {partition_id}")
        objects = [ObjectRange(*line) for line in ranges]
        starts = [line.start for line in objects[1:]] + [end]
        for line, next_start in zip(objects, starts, strict=False):
            _require(line.start < line.end == next_start, f"gap in partition {partition_id}")
            image.objects[line.object_id].live_ranges += 1
        image.partitions[partition_id] = Partition(
            partition_id=partition_id,
            topic_id=topic_id,
            index=len(partition_ids),
            leader=leader,
            leader_epoch=epoch,
            log_start_offset=log_start,
            committed_end=end,
            objects=objects,
        )
        partition_ids.append(partition_id)
        yield 1 + len(ranges)
    topic = Topic(
        topic_id=topic_id,
        name=name,
        partition_ids=tuple(partition_ids),
        configs=configs,
        created_ms=created_ms,
    )
    image.topics_by_name[name] = image.topics_by_id[topic_id] = topic


def _fill_marked(image: "Image", marked: list[ObjectId]) -> Iterator[int]:
    """Marked are those, and only those, that no partition needs."""
    for object_id in _drained(marked):
        stored = image.objects[object_id]
        _require(stored.live_ranges == 0 and object_id not in image.marked, "marked objects")
        stored.state = ObjectState.MARKED
        image.marked[object_id] = None
        yield 1
    for stored in image.objects.values():
        _require((stored.live_ranges == 0) == (stored.object_id in image.marked), "marked objects")
        yield 1
