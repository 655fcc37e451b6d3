"""Record batch version 2: header checks and in-place edits on memoryviews; records on demand.

**Header** (61 bytes, big-endian): base offset i64 @0, batch length i32 @8 (bytes behind it),
partition leader epoch i32 @12, magic i8 @16, crc u32 @17 (CRC32C of everything from byte 21),
attributes i16 @21, last offset delta i32 @23, base timestamp i64 @27, max timestamp i64 @35,
producer id i64 @43, producer epoch i16 @51, base sequence i32 @53, record count i32 @57.

Base offset and leader epoch lie outside the CRC, so a broker writes them without reading the
records.

A batch fills `view` if and only if: `view` has at least 61 bytes; magic is 2; batch length is the
size of `view` less 12; the CRC fits; record count is positive and one more than the last offset
delta. `check` says which of these fails. Source: KIP-98, KIP-32.
"""

import enum
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, NoReturn

from fastcrc import crc32

from appliance.protocol.errors import ErrorCode

BATCH_OVERHEAD = 61
CODEC = 0x07
LOG_APPEND_TIME = 0x08
TRANSACTIONAL = 0x10
CONTROL = 0x20
DELETE_HORIZON = 0x40
RECORDS_BYTES_MAX = 128 << 20
"""Records of one batch, decompressed: a bomb is refused, not unpacked."""

DECOMPRESSION_FIRST_BYTES_MIN = 64 << 10
"""First guess at the decompressed size; it grows fourfold up to RECORDS_BYTES_MAX."""

_MESSAGE_BYTES_MIN = 14
"""Least length of a message of any format: of format 0, behind its offset and size."""

_SNAPPY_BLOCK_BYTES = 32 << 10

LZ4_LEVEL_FAST = 9
"""Level of LZ4 that stands for its fast form, as in Kafka, whose default it is."""

_LZ4_HEAD = b"\x04\x22\x4d\x18\x60\x40\x82"
_LZ4_BLOCK_BYTES = 64 << 10
_LZ4_STORED = 1 << 31
_LZ4_SIZE = struct.Struct("<I")

SNAPPY_RATIO_MAX = 32
"""Snappy's densest element is 64 bytes out of 3: a header that promises more is a lie."""

_HEADER = struct.Struct(">qiibIhiqqqhii")
_LEADER_FIELDS = struct.Struct(">12xi5xh12xqqhii")
_HEAD_OFFSET = struct.Struct(">q")
_EPOCH = struct.Struct(">i")
_CRC = struct.Struct(">I")
_ATTRIBUTES = struct.Struct(">h")
_TIMESTAMP = struct.Struct(">q")
_UNCHECKED = struct.Struct(">qiibI")  # the header in two, what its CRC does not cover ...
_CHECKED = struct.Struct(">hiqqqhii")  # ... and what it does
_LENGTH_END = 12  # Behind it begins what the length counts.
assert _HEADER.size == _LEADER_FIELDS.size == BATCH_OVERHEAD
assert _UNCHECKED.size + _CHECKED.size == BATCH_OVERHEAD

_crc32c: Any = crc32.iscsi


class BatchFault(enum.StrEnum):
    """What is wrong with a batch."""

    SIZE = "size"
    MAGIC = "magic"
    SEVERAL = "several"
    CRC = "crc"
    COUNTS = "counts"
    RECORDS = "records"
    COMPRESSION = "compression"


class CorruptBatchError(Exception):
    """A batch that is refused; `code` is Kafka's error code for it, `fault` the failed check."""

    def __init__(
        self, code: ErrorCode, message: str, *, fault: BatchFault = BatchFault.RECORDS
    ) -> None:
        super().__init__(message)
        self.code = code
        self.fault = fault


class TooManyBytesError(CorruptBatchError):
    """A batch whose records take more room, once decompressed, than the caller gives them."""


class Header(NamedTuple):
    """The fields of a batch header, in wire order."""

    base_offset: int
    length: int
    leader_epoch: int
    magic: int
    crc: int
    attributes: int
    last_offset_delta: int
    base_timestamp: int
    max_timestamp: int
    producer_id: int
    producer_epoch: int
    base_sequence: int
    count: int


class Record(NamedTuple):
    """One record; `offset` and `timestamp` (ms) are absolute, log append time if that is set."""

    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]


def _refuse(fault: BatchFault, code: ErrorCode, message: str) -> NoReturn:
    raise CorruptBatchError(code, message, fault=fault)


def read_header(view: memoryview) -> Header:
    """Return the header at the start of `view`; checks nothing but the size.

    Raises:
        CorruptBatchError: fewer than 61 bytes.
    """
    if len(view) < BATCH_OVERHEAD:
        _refuse(BatchFault.SIZE, ErrorCode.CORRUPT_MESSAGE, "record batch is cut short")
    return Header._make(_HEADER.unpack_from(view, 0))


read_leader_fields: Callable[[memoryview, int], tuple[int, int, int, int, int, int, int]] = (
    _LEADER_FIELDS.unpack_from
)
"""Return (leader epoch, attributes, max timestamp, producer id, producer epoch, base sequence,
count) of the batch that begins at a position; there must be as many bytes as a header has."""


def check(view: memoryview) -> Header:
    """Return the header of the one batch that fills `view`, after every check that needs no record.

    Whether a control or a transactional batch is welcome is for the caller to say.

    Raises:
        CorruptBatchError: with the fault, and the code a producer gets.
    """
    size = len(view)
    if size < BATCH_OVERHEAD or view[16] != 2:
        _refuse_form(view)
    header = Header._make(_HEADER.unpack_from(view, 0))
    if header.length + 12 != size:
        if header.length < BATCH_OVERHEAD - 12:
            _refuse(
                BatchFault.SIZE,
                ErrorCode.CORRUPT_MESSAGE,
                f"batch length {header.length} in {size} bytes",
            )
        if header.length + 12 > size:
            _refuse(BatchFault.SIZE, ErrorCode.INVALID_RECORD, "no whole record batch")
        _refuse(
            BatchFault.SEVERAL,
            ErrorCode.INVALID_RECORD,
            "a produce request holds one batch per partition",
        )
    if _crc32c(view[21:]) != header.crc:
        _refuse(BatchFault.CRC, ErrorCode.CORRUPT_MESSAGE, "CRC of the record batch is wrong")
    if header.count <= 0 or header.last_offset_delta + 1 != header.count:
        _refuse(
            BatchFault.COUNTS,
            ErrorCode.INVALID_RECORD,
            f"{header.count} records with last offset delta {header.last_offset_delta}",
        )
    return header


def _refuse_form(view: memoryview) -> NoReturn:
    """Refuse what is no batch of format 2, with the codes that Kafka finds on its way."""
    size = len(view)
    length = _EPOCH.unpack_from(view, 8)[0] if size >= 12 else _MESSAGE_BYTES_MIN
    if length < _MESSAGE_BYTES_MIN:
        _refuse(BatchFault.SIZE, ErrorCode.CORRUPT_MESSAGE, f"batch length {length}")
    if size > 16 and not 0 <= view[16] <= 2:
        _refuse(BatchFault.MAGIC, ErrorCode.CORRUPT_MESSAGE, f"message format {view[16]}")
    if size < length + 12 or size <= 16:
        _refuse(BatchFault.SIZE, ErrorCode.INVALID_RECORD, "no whole record batch")
    if view[16] < 2:
        _refuse(
            BatchFault.MAGIC,
            ErrorCode.INVALID_RECORD,
            f"message format {view[16]} is too old",
        )
    _refuse(BatchFault.SIZE, ErrorCode.CORRUPT_MESSAGE, "record batch is cut short")


def assign(view: memoryview, base_offset: int, leader_epoch: int) -> None:
    """Write base offset and leader epoch in place; the CRC does not cover them."""
    _HEAD_OFFSET.pack_into(view, 0, base_offset)
    _EPOCH.pack_into(view, 12, leader_epoch)


def restamp_log_append_time(view: memoryview, timestamp: int) -> None:
    """Set LogAppendTime and the max timestamp in place, with the new CRC (KIP-32).

    The base timestamp stays: readers take the max timestamp for every record.
    """
    (attributes,) = _ATTRIBUTES.unpack_from(view, 21)
    _ATTRIBUTES.pack_into(view, 21, attributes | LOG_APPEND_TIME)
    _TIMESTAMP.pack_into(view, 35, timestamp)
    _CRC.pack_into(view, 17, _crc32c(view[21:]))


def recompress(
    view: memoryview, codec: int, level: int, *, records_bytes_max: int = RECORDS_BYTES_MAX
) -> bytearray:
    """Return the one batch in `view` with its records under another compression.

    Args:
        view: a batch that `check` found sound.
        codec: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.
        level: of gzip, lz4 and zstd.
        records_bytes_max: bound of the decompressed records.

    Raises:
        CorruptBatchError: see `inflate`.
    """
    return deflate(view, inflate(view, records_bytes_max=records_bytes_max), codec, level)


def deflate(view: memoryview, records: bytes, codec: int, level: int) -> bytearray:
    """Return the one batch in `view` with `records`, which `inflate` returned for it, compressed.

    See `recompress`.
    """
    (attributes,) = _ATTRIBUTES.unpack_from(view, 21)
    out = bytearray(view[:BATCH_OVERHEAD])
    out += _compress(codec, level, records)
    _EPOCH.pack_into(out, 8, len(out) - 12)
    _ATTRIBUTES.pack_into(out, 21, attributes & ~CODEC | codec)
    _CRC.pack_into(out, 17, _crc32c(memoryview(out)[21:]))
    return out


def iterate_batches(view: memoryview) -> Iterator[memoryview]:
    """Yield the whole batches of a buffer, each as a slice; a cut one at the end is left out.

    Raises:
        CorruptBatchError: a length that no batch can have.
    """
    position = 0
    end = len(view)
    while end - position >= BATCH_OVERHEAD:
        (length,) = _EPOCH.unpack_from(view, position + 8)
        if length < BATCH_OVERHEAD - 12:
            _refuse(BatchFault.SIZE, ErrorCode.CORRUPT_MESSAGE, f"batch length {length}")
        following = position + 12 + length
        if following > end:
            return
        yield view[position:following]
        position = following


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """Return (value, position behind) of a zigzag varint of at most 64 bits."""
    result = shift = 0
    while shift < 70:
        byte = data[position]
        position += 1
        result |= (byte & 0x7F) << shift
        if byte < 128:
            if result >> 64:
                break
            return (result >> 1) ^ -(result & 1), position
        shift += 7
    raise ValueError("varint is too long")


def _bytes(data: bytes, position: int) -> tuple[bytes | None, int]:
    length, position = _varint(data, position)
    if length < 0:
        return None, position
    end = position + length
    if end > len(data):
        raise ValueError("length reaches behind the records")
    return data[position:end], end


def inflate(view: memoryview, *, records_bytes_max: int = RECORDS_BYTES_MAX) -> bytes:
    """Return the records of the one batch in `view`, decompressed, as `iterate_records` takes them.

    Raises:
        CorruptBatchError: they cannot be decompressed.
        TooManyBytesError: they take more than `records_bytes_max` bytes.
    """
    attributes = read_header(view).attributes
    return _decompress(attributes & CODEC, view[BATCH_OVERHEAD:], records_bytes_max)


def iterate_records(
    view: memoryview, inflated: bytes | None = None, *, records_bytes_max: int = RECORDS_BYTES_MAX
) -> Iterator[Record]:
    """Yield the records of the one batch in `view`, decompressed; the CRC is not looked at.

    Keys and values are copies. A record is yielded before the next one is parsed, so an error may
    follow sound records.

    Args:
        view: one batch.
        inflated: what `inflate` returned for it, None to decompress here.
        records_bytes_max: see `inflate`.

    Raises:
        CorruptBatchError: the records are not what the header says; see also `inflate`.
    """
    header = read_header(view)
    append_time = bool(header.attributes & LOG_APPEND_TIME)
    base_timestamp = header.base_timestamp
    data = inflate(view, records_bytes_max=records_bytes_max) if inflated is None else inflated
    position = 0
    try:
        for _ in range(header.count):
            length, position = _varint(data, position)
            end = position + length
            if length < 0 or end > len(data):
                raise ValueError("record reaches behind the batch")
            position += 1  # attributes of a record: unused by Kafka
            timestamp_delta, position = _varint(data, position)
            offset_delta, position = _varint(data, position)
            key, position = _bytes(data, position)
            value, position = _bytes(data, position)
            count, position = _varint(data, position)
            if count < 0 or count * 2 > end - position:
                raise ValueError("bad header count")
            headers: list[tuple[str, bytes | None]] = []
            for _ in range(count):
                name, position = _bytes(data, position)
                if name is None:
                    raise ValueError("record header without a name")
                content, position = _bytes(data, position)
                headers.append((str(name, "utf-8"), content))
            if position != end:
                raise ValueError("record is not as long as it says")
            yield Record(
                header.base_offset + offset_delta,
                header.max_timestamp if append_time else base_timestamp + timestamp_delta,
                key,
                value,
                headers,
            )
        if position != len(data):
            raise ValueError("bytes behind the last record")
    except (ValueError, IndexError) as error:
        _refuse(BatchFault.RECORDS, ErrorCode.INVALID_RECORD, f"bad records: {error}")


class _WallError(ValueError):
    """Decompression needs more memory than it may have."""

    def __init__(self) -> None:
        super().__init__("records are larger than allowed")


def _compress(codec: int, level: int, data: bytes) -> bytes | memoryview:
    if codec == 0:
        return data
    import cramjam  # costs start-up time, and few nodes ever need it

    if codec == 1:
        return memoryview(cramjam.gzip.compress(data, level=level))
    if codec == 2:
        return _snap(cramjam, data)
    if codec == 3:
        return _frame_lz4(cramjam, data, level)
    assert codec == 4
    return memoryview(cramjam.zstd.compress(data, level=level))


def _frame_lz4(cramjam: Any, data: bytes, level: int) -> bytes:
    """LZ4 in a frame of independent blocks, the one kind that Java's consumers read.

    **Layout**: magic; flags (version 1, independent blocks, no checksums), block size 64 KiB and
    the header's check; blocks of u32 size (little-endian; top bit: stored as it is) and data;
    u32 0.
    """
    out = bytearray(_LZ4_HEAD)
    for start in range(0, len(data), _LZ4_BLOCK_BYTES):
        plain = data[start : start + _LZ4_BLOCK_BYTES]
        if level == LZ4_LEVEL_FAST:
            block = bytes(cramjam.lz4.compress_block(plain, store_size=False))
            if len(block) < len(plain):
                out += _LZ4_SIZE.pack(len(block)) + block
            else:
                out += _LZ4_SIZE.pack(len(plain) | _LZ4_STORED) + plain
            continue
        # The library knows levels in frames only. One block depends on no other.
        frame = bytes(cramjam.lz4.compress(plain, level=level))
        (size,) = _LZ4_SIZE.unpack_from(frame, len(_LZ4_HEAD))
        out += frame[len(_LZ4_HEAD) : len(_LZ4_HEAD) + 4 + (size & ~_LZ4_STORED)]
    return bytes(out + _LZ4_SIZE.pack(0))


def _snap(cramjam: Any, data: bytes) -> bytes:
    """Snappy in the xerial framing, which every Kafka client reads; see `_unsnap`."""
    out = bytearray(b"\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01")
    for start in range(0, len(data), _SNAPPY_BLOCK_BYTES):
        block = bytes(cramjam.snappy.compress_raw(data[start : start + _SNAPPY_BLOCK_BYTES]))
        out += _CRC.pack(len(block)) + block
    return bytes(out)


def _decompress(codec: int, data: memoryview, bytes_max: int) -> bytes:
    """Return the records; every failure is a CorruptBatchError."""
    if codec == 0:
        return bytes(data)
    if codec > 4:
        _refuse(
            BatchFault.COMPRESSION,
            ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
            f"unknown compression {codec}",
        )
    import cramjam  # costs start-up time, and few nodes ever need it

    try:
        if codec == 1:
            return _bounded(cramjam.gzip.decompress_into, cramjam, data, bytes_max)
        if codec == 2:
            return _unsnap(cramjam, data, bytes_max)
        if codec == 3:
            return _bounded(cramjam.lz4.decompress_into, cramjam, data, bytes_max)
        return _bounded(cramjam.zstd.decompress_into, cramjam, data, bytes_max)
    except _WallError as error:
        raise TooManyBytesError(
            ErrorCode.INVALID_RECORD, str(error), fault=BatchFault.COMPRESSION
        ) from None
    except (cramjam.DecompressionError, ValueError, OSError, OverflowError) as error:
        _refuse(
            BatchFault.COMPRESSION,
            ErrorCode.INVALID_RECORD,
            f"records cannot be decompressed: {str(error)[:80]}",
        )


def _bounded(unpack: Any, cramjam: Any, data: memoryview, bytes_max: int) -> bytes:
    """Decompress into memory of our own size, so that a bomb meets a wall instead of the heap."""
    size = min(max(DECOMPRESSION_FIRST_BYTES_MIN, 8 * len(data)), bytes_max)
    while True:
        out = bytearray(size)
        try:
            written = unpack(data, out)
        except cramjam.DecompressionError as error:
            # Only this text means "too small"; growing for any other would reward broken input.
            if "whole buffer" not in str(error):
                raise
            if size >= bytes_max:
                raise _WallError from None
            del out
            size = min(4 * size, bytes_max)
            continue
        return bytes(memoryview(out)[:written])


def _unsnap(cramjam: Any, data: memoryview, bytes_max: int) -> bytes:
    """Snappy, bare or in the xerial framing that Java clients write.

    **Layout** of the framing: magic (8 bytes), two i32 versions, then blocks of i32 size and data.
    """
    if bytes(data[:8]) != b"\x82SNAPPY\x00":
        return _unsnap_block(cramjam, data, bytes_max)
    if len(data) < 16:
        raise ValueError("snappy framing is cut short")
    out = bytearray()
    position = 16
    while position < len(data):
        if len(data) - position < 4:
            raise ValueError("snappy block is cut short")
        (size,) = _CRC.unpack_from(data, position)
        position += 4
        if size > len(data) - position:
            raise ValueError("snappy block reaches behind the batch")
        out += _unsnap_block(cramjam, data[position : position + size], bytes_max - len(out))
        position += size
    return bytes(out)


def _unsnap_block(cramjam: Any, data: memoryview, bytes_max: int) -> bytes:
    promised = cramjam.snappy.decompress_raw_len(data)
    if promised > SNAPPY_RATIO_MAX * len(data):
        raise ValueError("snappy block promises more than it can hold")
    if promised > bytes_max:
        raise _WallError
    return bytes(cramjam.snappy.decompress_raw(data))


def _encode_varint(value: int) -> bytes:
    value = (value << 1) ^ (value >> 63)
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


_VARINTS = tuple(_encode_varint(value) for value in range(256))
"""Lengths and offset deltas of small records, encoded: most of what `build` writes."""

_LONGER_DELTA = 64
"""Offset delta from which on they take two bytes."""

HEADER_ROOM = b""
"""Where a batch that is put together gets its header."""


def _encode_record(offset_delta: int, key: bytes | None, value: bytes | None) -> bytes:
    """Return a record without headers and with the batch's timestamp."""
    parts = [b"\0\0", _encode_varint(offset_delta)]  # attributes and timestamp delta before it
    for part in (key, value):
        parts.append(_encode_varint(-1 if part is None else len(part)))
        parts.append(part or b"")
    parts.append(b"\0")
    return _encode_varint(sum(map(len, parts))) + b"".join(parts)


def build(
    records: Iterable[tuple[bytes | None, bytes | None]],
    *,
    timestamp: int,
    base_offset: int = 0,
    producer_id: int = -1,
    producer_epoch: int = -1,
    base_sequence: int = -1,
    leader_epoch: int = -1,
    attributes: int = 0,
) -> bytearray:
    """Return an uncompressed batch of (key, value) records, all with one timestamp (ms).

    Args:
        records: at least one.
        attributes: TRANSACTIONAL, CONTROL, LOG_APPEND_TIME; no compression.
    """
    assert attributes & CODEC == 0
    varints = _VARINTS
    parts: list[bytes] = [HEADER_ROOM]
    count, key_size, value_size = 0, -1, -1
    head = ahead = behind = b""
    for key, value in records:
        if key is None or value is None or count >= 256 or len(key) + len(value) >= 240:
            parts.append(_encode_record(count, key, value))
            count, key_size = count + 1, -1
            continue
        # What `_encode_record` returns, for offsets that groups commit by the ten thousand: one
        # after another is of the same sizes.
        delta = varints[count]
        if len(value) != value_size or len(key) != key_size or count == _LONGER_DELTA:
            key_size, value_size = len(key), len(value)
            ahead, behind = varints[key_size], varints[value_size]
            size = 3 + key_size + value_size + len(delta) + len(ahead) + len(behind)
            head = varints[size] + b"\0\0"
        parts += (head, delta, ahead, key, behind, value, b"\0")
        count += 1
    assert count > 0
    parts[0] = _CHECKED.pack(
        attributes, count - 1, timestamp, timestamp,
        producer_id, producer_epoch, base_sequence, count,
    )  # fmt: skip
    return bytearray(_sealed(parts, base_offset, leader_epoch))


def _sealed(parts: Iterable[bytes], base_offset: int, leader_epoch: int) -> bytes:
    """Return the batch of what its CRC covers, in parts."""
    checked = b"".join(parts)
    size = len(checked) + _UNCHECKED.size - _LENGTH_END
    return _UNCHECKED.pack(base_offset, size, leader_epoch, 2, _crc32c(checked)) + checked


RECORD_END = b"\0"
"""What follows a record's value: there are no headers."""


def encode_record_head(offset_delta: int, key: bytes, value_bytes: int) -> bytes:
    """Return a record of the batch's timestamp up to its value; `RECORD_END` is behind that."""
    parts = (
        b"\0\0",
        _encode_varint(offset_delta),
        _encode_varint(len(key)),
        key,
        _encode_varint(value_bytes),
    )
    size = sum(map(len, parts)) + value_bytes + len(RECORD_END)
    return _encode_varint(size) + b"".join(parts)


def build_encoded(
    pieces: list[bytes], count: int, *, timestamp: int, base_offset: int, leader_epoch: int
) -> bytes:
    """Return what `build` returns for records that are encoded already.

    Args:
        pieces: `HEADER_ROOM`, which is filled, then of the records, which have the offset deltas
            0, 1, ...
        count: of the records.
        timestamp: of all, ms.
        base_offset: of the first.
        leader_epoch: of the partition.
    """
    pieces[0] = _CHECKED.pack(0, count - 1, timestamp, timestamp, -1, -1, -1, count)
    return _sealed(pieces, base_offset, leader_epoch)
