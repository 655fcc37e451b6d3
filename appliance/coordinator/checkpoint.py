"""The durable state of one partition of `__consumer_offsets` in few bytes.

A load that begins with a checkpoint reads only the log behind it, however long the log is.

**Layout** (big-endian; text is a u16 length and UTF-8):

| Part | Fields |
|---|---|
| head | magic "PGC1", i32 partition, i64 next offset of the log, u32 groups |
| group, ascending by id | group id, u32 length of its stored value (0: none), the value as in the log, u32 topics |
| topic | name, u32 offsets |
| offset | i32 partition, i64 offset, i32 leader epoch, i64 commit ms, i64 expire ms, 16 bytes topic id, metadata |
| tail | u32 CRC32C of all before |

It is valid if and only if the magic and the CRC are right and every field fits to the last byte.
Equal states give equal bytes.

In the WAL it lies in pieces of bounded size: `u8 version 1, u32 index, u32 count`, then bytes.
"""  # noqa: E501 -- a table's row is one line.

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import fastcrc

from appliance.coordinator import limits
from appliance.coordinator.records import (
    CommittedOffset,
    decode_offset_value,
    encode_offset_value,
)
from appliance.protocol.primitives import ZERO_UUID

MAGIC = b"PGC1"

_HEAD = struct.Struct(">4siqI")
_U32 = struct.Struct(">I")
_U16 = struct.Struct(">H")
_OFFSET = struct.Struct(">iqiqq16sH")
_PIECE = struct.Struct(">BII")
_PIECE_VERSION = 1
assert _HEAD.size == 20
assert _OFFSET.size == 50
assert _PIECE.size == 9


class InvalidCheckpointError(Exception):
    """Bytes that are no checkpoint of this format; the log alone tells the state."""


class StoredGroup(NamedTuple):
    """What is durable of one group.

    Attributes:
        group_id: of the group.
        value: its stored `GroupMetadataValue`, or None.
        offsets: topic -> partition -> what is committed, as an encoded value.
    """

    group_id: str
    value: bytes | None
    offsets: dict[str, dict[int, bytes]]


def _text(text: str) -> bytes:
    raw = text.encode()
    assert len(raw) <= limits.TEXT_BYTES_MAX
    return _U16.pack(len(raw)) + raw


def encode(partition: int, next_offset: int, groups: Iterable[StoredGroup]) -> bytes:
    """Return a checkpoint.

    Args:
        partition: of `__consumer_offsets`.
        next_offset: the state covers the records of the log below it.
        groups: in any order.
    """
    assert next_offset >= 0
    ordered = sorted(groups)
    parts = [_HEAD.pack(MAGIC, partition, next_offset, len(ordered))]
    for group in ordered:
        value = group.value or b""
        parts += [_text(group.group_id), _U32.pack(len(value)), value]
        parts.append(_U32.pack(len(group.offsets)))
        for topic, partitions in sorted(group.offsets.items()):
            parts += [_text(topic), _U32.pack(len(partitions))]
            for index, encoded in sorted(partitions.items()):
                one = decode_offset_value(encoded)
                raw = one.metadata.encode()
                parts.append(
                    _OFFSET.pack(
                        index,
                        one.offset,
                        one.leader_epoch,
                        one.commit_ms,
                        one.expire_ms,
                        one.topic_id,
                        len(raw),
                    )
                )
                parts.append(raw)
    body = b"".join(parts)
    return body + _U32.pack(fastcrc.crc32.iscsi(body))


def decode(raw: bytes, *, partition: int) -> tuple[int, Iterator[StoredGroup]]:
    """Return (next offset of the log, its groups).

    Raises:
        InvalidCheckpointError: also while the groups are read, if the bytes contradict themselves.
    """
    if len(raw) < _HEAD.size + _U32.size:
        raise InvalidCheckpointError("group checkpoint is cut short")
    (crc,) = _U32.unpack_from(raw, len(raw) - _U32.size)
    if fastcrc.crc32.iscsi(memoryview(raw)[: -_U32.size]) != crc:
        raise InvalidCheckpointError("group checkpoint with a wrong CRC")
    magic, index, next_offset, count = _HEAD.unpack_from(raw, 0)
    if magic != MAGIC:
        raise InvalidCheckpointError(f"group checkpoint of format {magic!r}; this node knows PGC1")
    if index != partition or next_offset < 0 or count > limits.CHECKPOINT_GROUPS_MAX:
        raise InvalidCheckpointError(f"group checkpoint of partition {index}, offset {next_offset}")
    return next_offset, _groups(raw, count)


def _groups(raw: bytes, count: int) -> Iterator[StoredGroup]:
    position = _HEAD.size
    end = len(raw) - _U32.size
    last = ""
    try:
        for number in range(count):
            group_id, position = _read_text(raw, position)
            if number and group_id <= last:
                raise InvalidCheckpointError("groups of a checkpoint are not in order")
            last = group_id
            (length,) = _U32.unpack_from(raw, position)
            position += _U32.size
            value = raw[position : position + length]
            if len(value) != length:
                raise InvalidCheckpointError("group checkpoint is cut short")
            offsets, position = _read_offsets(raw, position + length)
            yield StoredGroup(group_id, value or None, offsets)
    except (struct.error, UnicodeDecodeError) as error:
        raise InvalidCheckpointError(f"group checkpoint: {error}") from error
    if position != end:
        raise InvalidCheckpointError("group checkpoint has bytes behind its end")


def split(raw: bytes, bytes_max: int) -> Iterator[bytes]:
    """Yield a checkpoint in pieces of at most `bytes_max` bytes and a head."""
    count = -(-len(raw) // bytes_max)
    for index in range(count):
        piece = raw[index * bytes_max : (index + 1) * bytes_max]
        yield _PIECE.pack(_PIECE_VERSION, index, count) + piece


class Joiner:
    """Puts pieces found in a log together again, in the order of the log.

    Attributes:
        complete: id that the caller gave with the pieces -> the last checkpoint that is whole.
    """

    def __init__(self) -> None:
        self.complete: dict[int, bytes] = {}
        self._parts: dict[int, list[bytes]] = {}

    def add(self, owner_id: int, piece: bytes | memoryview) -> bool:
        """Take the next piece; one that does not continue the others ends them.

        One of another version is left out: without a checkpoint the log tells the same.

        Returns:
            Whether it was the last of a checkpoint, which is whole now.
        """
        if len(piece) < _PIECE.size or piece[0] != _PIECE_VERSION:
            return False
        _, index, count = _PIECE.unpack_from(piece, 0)
        parts = self._parts.setdefault(owner_id, [])
        if index == 0:
            parts.clear()
        if index != len(parts):
            parts.clear()  # a crash cut the one before short
            return False
        parts.append(bytes(piece[_PIECE.size :]))
        if len(parts) < count:
            return False
        self.complete[owner_id] = b"".join(parts)
        del self._parts[owner_id]
        return True


def _read_text(raw: bytes, position: int) -> tuple[str, int]:
    (length,) = _U16.unpack_from(raw, position)
    position += _U16.size
    piece = raw[position : position + length]
    if len(piece) != length or length > limits.TEXT_BYTES_MAX:
        raise InvalidCheckpointError("a text of a group checkpoint is too long")
    return piece.decode(), position + length


def _read_offsets(raw: bytes, position: int) -> tuple[dict[str, dict[int, bytes]], int]:
    offsets: dict[str, dict[int, bytes]] = {}
    (topics,) = _U32.unpack_from(raw, position)
    position += _U32.size
    unpack = _OFFSET.unpack_from
    for _ in range(topics):
        topic, position = _read_text(raw, position)
        (count,) = _U32.unpack_from(raw, position)
        position += _U32.size
        partitions: dict[int, bytes] = {}
        for _ in range(count):
            index, offset, epoch, commit_ms, expire_ms, topic_id, length = unpack(raw, position)
            position += _OFFSET.size
            metadata = ""
            if length:
                piece = raw[position : position + length]
                if len(piece) != length:
                    raise InvalidCheckpointError("group checkpoint is cut short")
                is_short = topic_id == ZERO_UUID or expire_ms != -1  # in the value it is stored as
                if is_short and length > limits.TEXT_BYTES_MAX:
                    raise InvalidCheckpointError("metadata of a group checkpoint is too long")
                metadata = piece.decode()
                position += length
            partitions[index] = encode_offset_value(
                CommittedOffset(offset, epoch, metadata, commit_ms, expire_ms, topic_id)
            )
        if not partitions:
            raise InvalidCheckpointError("a topic of a group checkpoint without offsets")
        offsets[topic] = partitions
    return offsets, position
