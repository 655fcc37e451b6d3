"""Records of `__consumer_offsets`: Kafka's own, so that its tools can read them.

**Layout** (big-endian; text is an int16 length and UTF-8):

| Key | int16 type | then |
|---|---|---|
| offset commit | 1 (0 in old logs) | group, topic, int32 partition |
| group metadata | 2 | group |

| Value | int16 version | then |
|---|---|---|
| offset commit | 3 | int64 offset, int32 leader epoch, metadata, int64 commit timestamp |
| | 1 | int64 offset, metadata, int64 commit timestamp, int64 expire timestamp: when the client of an old version asked for a retention time |
| | 4 | as 3 in flexible encoding with a tagged topic id: when the client named the topic by id |
| group metadata | 3 | see `GroupMetadataValue` |

A record without a value is a tombstone. Reading accepts every version that Kafka ever wrote.
Records of other types (the new group protocols, share and streams groups) are skipped with a
reason; one of a known type that does not decode is `InvalidRecordError`, as in Kafka's loader: to
go on without it would be to lose a commit silently.
"""  # noqa: E501 -- a table's row is one line.

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from appliance.coordinator import limits
from appliance.errors import RemoteProtocolError
from appliance.protocol import batch, codec, messages
from appliance.protocol.primitives import ZERO_UUID

OFFSET_KEY = 1
GROUP_KEY = 2
_LEGACY_OFFSET_KEY = 0

_TYPE = struct.Struct(">h")
_OFFSET_V3 = struct.Struct(">hqih")  # version, offset, leader epoch, length of metadata
_OFFSET_V3_EMPTY = struct.Struct(">hqihq")  # ... and no metadata, commit timestamp
_OFFSET_V4_EMPTY = struct.Struct(">hqiBqBBB16s")  # ... compact, topic id as tag 0 of 16 bytes
_V3 = b"\0\3"
_I64 = struct.Struct(">q")
_I32 = struct.Struct(">i")
assert _OFFSET_V3.size == 16
assert _OFFSET_V3_EMPTY.size == 24
assert _OFFSET_V4_EMPTY.size == 42

GROUP_VALUE_VERSION = 3


class InvalidRecordError(Exception):
    """A record of a known type that does not decode: the log is damaged or newer than this node."""


class CommittedOffset(NamedTuple):
    """What one commit says of one partition.

    Attributes:
        offset: next record that the group will read.
        leader_epoch: of the last record it read, or -1.
        metadata: of the client.
        commit_ms: when it was committed.
        expire_ms: when it expires whatever the policy says, or -1.
        topic_id: of the topic committed to, or zero: not known.
    """

    offset: int
    leader_epoch: int
    metadata: str
    commit_ms: int
    expire_ms: int = -1
    topic_id: bytes = ZERO_UUID


_make = CommittedOffset._make


class OffsetRecord(NamedTuple):
    """A commit as an encoded value, or with None the removal of one."""

    group_id: str
    topic: str
    partition: int
    value: bytes | None

    @property
    def committed(self) -> CommittedOffset | None:
        """What the value says."""
        return None if self.value is None else decode_offset_value(self.value)


class TopicCommit(NamedTuple):
    """Commits of one group for one topic, each a record; no partition comes twice.

    Attributes:
        group_id: of the group.
        topic: of the partitions.
        indexes: of the partitions.
        positions: offset and leader epoch of each, int64 int32: the log has them like that.
        commit_ms: when they were committed.
    """

    group_id: str
    topic: str
    indexes: tuple[int, ...]
    positions: tuple[bytes, ...]
    commit_ms: int

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield (partition, value of its record)."""
        behind = b"\0\0" + _I64.pack(self.commit_ms)
        return zip(self.indexes, [_V3 + position + behind for position in self.positions])


class GroupRecord(NamedTuple):
    """State of a group as an encoded value, or with None its removal."""

    group_id: str
    value: bytes | None


class Skipped(NamedTuple):
    """A record that is none of ours, and why."""

    reason: str


GroupLogRecord = OffsetRecord | TopicCommit | GroupRecord


def _text(text: str) -> bytes:
    raw = text.encode()
    assert len(raw) <= limits.TEXT_BYTES_MAX
    return _TYPE.pack(len(raw)) + raw


def _offset_key_prefix(group_id: str, topic: str) -> bytes:
    return b"\x00\x01" + _text(group_id) + _text(topic)


def encode_offset_key(group_id: str, topic: str, partition: int) -> bytes:
    """Return the key of a commit."""
    return _offset_key_prefix(group_id, topic) + _I32.pack(partition)


def encode_offset_value(committed: CommittedOffset) -> bytes:
    """Return the value of a commit, in the oldest version that holds all it says."""
    if committed.expire_ms == -1 and committed.topic_id == ZERO_UUID:
        if not committed.metadata:
            return _OFFSET_V3_EMPTY.pack(
                3, committed.offset, committed.leader_epoch, 0, committed.commit_ms
            )
        raw = committed.metadata.encode()
        assert len(raw) <= limits.TEXT_BYTES_MAX
        head = _OFFSET_V3.pack(3, committed.offset, committed.leader_epoch, len(raw))
        return head + raw + _I64.pack(committed.commit_ms)
    value = messages.OffsetCommitValue(
        offset=committed.offset,
        leader_epoch=committed.leader_epoch,
        metadata=committed.metadata,
        commit_timestamp=committed.commit_ms,
        expire_timestamp=committed.expire_ms,
        topic_id=committed.topic_id,
    )
    # As in Kafka, a retention time asked for weighs more than the leader epoch, which version 1
    # has not; no client sends both.
    return codec.encode_coordinator_record(value, 1 if committed.expire_ms != -1 else 4)


def encode_all(records: Iterable[GroupLogRecord]) -> list[tuple[bytes, bytes | None]]:
    """Return (key, value) of all records, in their order."""
    encoded: list[tuple[bytes, bytes | None]] = []
    pack = _I32.pack
    for record in records:
        if isinstance(record, TopicCommit):
            prefix = _offset_key_prefix(record.group_id, record.topic)
            encoded += [(prefix + pack(index), value) for index, value in record.lines()]
        else:
            encoded.append(encode(record))
    return encoded


def plain_pieces(group_id: str, topics: Iterable[tuple[str, Iterable[int]]]) -> list[bytes]:
    """Return what a batch has of commits, in pieces, without what each commit says anew.

    Room for the header, then of each record three: up to the position, that, and what is behind it.
    """
    pieces = [batch.HEADER_ROOM]
    for topic, indexes in topics:
        prefix = _offset_key_prefix(group_id, topic)
        for index in indexes:
            key, delta = prefix + _I32.pack(index), len(pieces) // 3
            head = batch.encode_record_head(delta, key, _OFFSET_V3_EMPTY.size)
            pieces += (head + _V3, b"", b"")
    return pieces


class PlainRecords(Sequence[tuple[bytes, bytes | None]]):
    """(key, value) of the records of a commit; made when looked at.

    What goes into the log is put together of what stays the same and the positions.
    """

    __slots__ = ("_commits", "_count", "_pieces")

    def __init__(self, commits: list[TopicCommit], pieces: list[bytes]) -> None:
        """Args: commits: at least one, all of one time; pieces: `plain_pieces` of them."""
        self._commits = commits
        self._pieces = pieces
        self._count = len(pieces) // 3

    def pieces(self) -> list[bytes]:
        """Return the pieces of a batch: room for its header, then of the records."""
        commits = self._commits
        positions = commits[0].positions
        for commit in commits[1:]:
            positions += commit.positions
        behind = b"\0\0" + _I64.pack(commits[0].commit_ms) + batch.RECORD_END
        pieces = self._pieces[:]
        pieces[2::3] = positions
        pieces[3::3] = [behind] * len(positions)
        return pieces

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[bytes, bytes | None]]:
        return iter(encode_all(self._commits))

    def __getitem__(self, index: Any) -> Any:
        return encode_all(self._commits)[index]


def encode(record: OffsetRecord | GroupRecord) -> tuple[bytes, bytes | None]:
    """Return (key, value) of a record; the value of a tombstone is None."""
    if isinstance(record, GroupRecord):
        return b"\x00\x02" + _text(record.group_id), record.value
    return encode_offset_key(record.group_id, record.topic, record.partition), record.value


def encode_group_value(value: Any) -> bytes:
    """Return the stored bytes of a `GroupMetadataValue`."""
    return codec.encode_coordinator_record(value, GROUP_VALUE_VERSION)


def decode_group_value(raw: bytes) -> Any:
    """Return the `GroupMetadataValue` of its stored bytes.

    Raises:
        InvalidRecordError: they are none of a version known here.
    """
    return _decode_value(GROUP_KEY, raw)


def decode_offset_value(raw: bytes) -> CommittedOffset:
    """Return the commit of its stored bytes; the two common forms without the general decoder.

    Raises:
        InvalidRecordError: they are none of a version known here.
    """
    size = len(raw)
    if size == _OFFSET_V3_EMPTY.size:
        version, offset, epoch, length, commit_ms = _OFFSET_V3_EMPTY.unpack(raw)
        if version == 3 and length == 0:
            return _make((offset, epoch, "", commit_ms, -1, ZERO_UUID))
    elif size == _OFFSET_V4_EMPTY.size:
        version, offset, epoch, length, commit_ms, tags, tag, width, topic_id = (
            _OFFSET_V4_EMPTY.unpack(raw)
        )
        if version == 4 and length == 1 and tags == 1 and tag == 0 and width == 16:
            return _make((offset, epoch, "", commit_ms, -1, topic_id))
    value = _decode_value(OFFSET_KEY, raw)
    return CommittedOffset(
        value.offset,
        value.leader_epoch,
        value.metadata,
        value.commit_timestamp,
        value.expire_timestamp,
        value.topic_id,
    )


def check_offset_value(raw: bytes) -> None:
    """Refuse what `decode_offset_value` refuses; the common form is known by its look.

    Raises:
        InvalidRecordError: it is none of a version known here.
    """
    is_plain = len(raw) == _OFFSET_V3_EMPTY.size and raw[:2] == b"\x00\x03"
    if not is_plain or raw[14:16] != b"\x00\x00":
        decode_offset_value(raw)


def decode_key(raw: bytes) -> tuple[str, str, int] | str | Skipped:
    """Return (group, topic, partition) of a commit's key, or the group of a group's.

    Raises:
        InvalidRecordError: a key of a known type that is cut short or no text.
    """
    if len(raw) < 2:
        raise InvalidRecordError(f"a key of {len(raw)} bytes")
    record_type = raw[0] << 8 | raw[1]
    if record_type not in (_LEGACY_OFFSET_KEY, OFFSET_KEY, GROUP_KEY):
        return Skipped(f"record type {_TYPE.unpack_from(raw)[0]} is not served")
    if record_type == _LEGACY_OFFSET_KEY:  # the same fields, from before Kafka 0.9
        raw = b"\x00\x01" + bytes(raw[2:])
    if record_type == OFFSET_KEY:
        found = _decode_offset_key(raw)
        if found is not None:
            return found
    try:
        key = codec.decode_coordinator_key(memoryview(raw))
    except RemoteProtocolError as error:
        raise InvalidRecordError(f"key of record type {record_type}: {error}") from error
    if record_type == GROUP_KEY:
        return key.group
    return key.group, key.topic, key.partition


def _decode_offset_key(raw: bytes) -> tuple[str, str, int] | None:
    """Return a commit's key, or None: let the general decoder say what is wrong."""
    try:
        middle = 4 + (raw[2] << 8 | raw[3])
        end = middle + 2 + (raw[middle] << 8 | raw[middle + 1])
        if end + 4 != len(raw) or (raw[2] | raw[middle]) > 127:
            return None
        group_id = str(raw[4:middle], "utf-8")
        topic = str(raw[middle + 2 : end], "utf-8")
    except (IndexError, UnicodeDecodeError):
        return None
    return group_id, topic, _I32.unpack_from(raw, end)[0]


def decode(key: bytes, value: bytes | None) -> OffsetRecord | GroupRecord | Skipped:
    """Return the record of a key and a value as they lie in the log.

    Raises:
        InvalidRecordError: see `decode_key` and `decode_offset_value`.
    """
    found = decode_key(key)
    if isinstance(found, Skipped):
        return found
    if isinstance(found, str):
        if value is not None:
            decode_group_value(value)
        return GroupRecord(found, value)
    group_id, topic, partition = found
    if value is not None:
        check_offset_value(value)
    return OffsetRecord(group_id, topic, partition, value)


def _decode_value(record_type: int, raw: bytes) -> Any:
    # Made here: importing this module must not import the generated ones.
    group_key = record_type == GROUP_KEY
    key = messages.GroupMetadataKey() if group_key else messages.OffsetCommitKey()
    try:
        return codec.decode_coordinator_value(key, memoryview(raw))
    except RemoteProtocolError as error:
        raise InvalidRecordError(f"value of record type {record_type}: {error}") from error
