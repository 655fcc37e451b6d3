"""Object format, version 1: data blocks, directory, block index, names, footer.

An object is readable from its own bytes alone. `FORMAT.md` beside this file tells why it looks so.
All integers are little-endian; offsets, timestamps and positions are i64.

```
data blocks        back to back from byte 0, no padding; whole record batches of one partition each
partition entries  48 bytes each, ascending partition_id      <- index_position
block entries      48 bytes each, ascending (partition_id, base_offset)
names              UTF-8 topic names, back to back
footer             192 bytes, the last of the object
```

Partition entry (48): partition_id u64 @0 | topic_id 16 bytes @8 | partition_index i32 @24 |
first_block u32 @28 | block_count u32 @32 | name_position u32 @36 | name_bytes u32 @40 |
reserved u32 = 0 @44.

Block entry (48): base_offset i64 @0 | next_offset i64 @8 | max_timestamp i64 @16 |
position i64 @24 | length u32 @32 | record_count u32 @36 | crc32c u32 @40 | flags u32 = 0 @44.
`next_offset` is the offset behind the block's last; blocks of a partition do not overlap and may
leave gaps.

Footer (192): magic 8 bytes "PENSTOBJ" @0 | version u16 @8 | flags u16 = 0 @10 |
footer_bytes u32 @12 | object_id i64 @16 | index_position i64 @24 | index_bytes i64 @32 |
partition_count u32 @40 | block_count u32 @44 | index_crc32c u32 @48 | cluster_id_bytes u32 @52 |
cluster_id 64 bytes, zero padded @56 | reserved 68 zero bytes @120 | footer_crc32c u32 @188, over
the 188 bytes before it.

**Valid if and only if** the footer's magic, version and CRC hold, `index_position + index_bytes +
footer_bytes` is the object's size, the index CRC holds over everything between data and footer, the
entries are in order and in bounds, and every block's CRC holds. Blocks tile [0, index_position):
so every bit of the object is under exactly one CRC, or is one.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import fastcrc

from appliance.objects.errors import CorruptObjectError

MAGIC = b"PENSTOBJ"
VERSION = 1

FOOTER = struct.Struct("<8sHHIqqqIIII64s68xI")
PARTITION = struct.Struct("<Q16siIIIII")
BLOCK = struct.Struct("<qqqqIIII")
_CRC = struct.Struct("<I")
_BATCH_HEAD = struct.Struct(">qi")
_BATCH_DELTA = struct.Struct(">i")
assert FOOTER.size == 192
assert PARTITION.size == 48
assert BLOCK.size == 48

FOOTER_BYTES = FOOTER.size
CLUSTER_ID_BYTES_MAX = 64
BATCH_HEADER_BYTES = 61
_BATCH_PREFIX = 12
_DELTA_AT = 23
_LENGTH_MAX = (1 << 32) - 1
_OFFSET_MAX = (1 << 63) - 1

Bytes = bytes | bytearray | memoryview


def crc32c(data: Bytes, initial: int | None = None) -> int:
    """Return the CRC-32C (iSCSI) of a buffer, continued from `initial` when given."""
    if initial is None:
        return fastcrc.crc32.iscsi(data)
    return fastcrc.crc32.iscsi(data, initial)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRef:
    """Where a data block lies in its object.

    Attributes:
        base_offset: first offset.
        next_offset: offset behind the last.
        max_timestamp: highest record timestamp, ms; -1 when none is known.
        position: byte position in the object.
        length: bytes.
        record_count: records, 0 when the writer did not count them.
        crc: CRC-32C of the bytes.
        number: index of the block entry in the object.
    """

    base_offset: int
    next_offset: int
    max_timestamp: int
    position: int
    length: int
    record_count: int
    crc: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionRef:
    """What an object says about one partition.

    Attributes:
        partition_id: id in the metadata.
        topic_id: 16 bytes.
        partition_index: Kafka's partition number.
        topic_name: empty when the writer did not say.
        first_block: number of its first block entry.
        block_count: number of its block entries, >= 1.
    """

    partition_id: int
    topic_id: bytes
    partition_index: int
    topic_name: str
    first_block: int
    block_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """Decoded footer.

    Attributes:
        object_id: id of the object.
        cluster_id: cluster that wrote it.
        index_position: byte position behind the data, where the index begins.
        index_bytes: bytes of the index.
        partition_count: partition entries.
        block_count: block entries.
        index_crc: CRC-32C of the index.
    """

    object_id: int
    cluster_id: str
    index_position: int
    index_bytes: int
    partition_count: int
    block_count: int
    index_crc: int

    @property
    def object_bytes(self) -> int:
        """Size of the whole object."""
        return self.index_position + self.index_bytes + FOOTER_BYTES


class ObjectIndex:
    """Directory and block index of one object; entries stay bytes until asked for."""

    __slots__ = ("_blocks", "_entries", "_partitions", "footer")

    def __init__(
        self, footer: Footer, *, partitions: dict[int, PartitionRef], entries: memoryview
    ) -> None:
        self.footer = footer
        self._partitions = partitions
        self._entries = entries
        self._blocks = range(footer.block_count)

    @property
    def memory_bytes(self) -> int:
        """Memory that the index holds, roughly: what a cache charges for it."""
        return len(self._entries) + 300 * len(self._partitions) + 500

    def partitions(self) -> list[PartitionRef]:
        """Return all partitions, ascending partition_id."""
        return list(self._partitions.values())

    def partition(self, partition_id: int) -> PartitionRef | None:
        """Return what the object says about a partition; None when it holds nothing of it."""
        return self._partitions.get(partition_id)

    def block(self, number: int) -> BlockRef:
        """Return block entry `number`, in [0, footer.block_count)."""
        assert number in self._blocks
        base, after, timestamp, position, length, count, crc, _ = BLOCK.unpack_from(
            self._entries, number * BLOCK.size
        )
        return BlockRef(
            base_offset=base,
            next_offset=after,
            max_timestamp=timestamp,
            position=position,
            length=length,
            record_count=count,
            crc=crc,
            number=number,
        )

    def blocks(self, partition_id: int) -> Iterator[BlockRef]:
        """Yield the blocks of a partition in offset order."""
        partition = self._partitions.get(partition_id)
        if partition is not None:
            for number in range(
                partition.first_block, partition.first_block + partition.block_count
            ):
                yield self.block(number)

    def find(self, partition_id: int, offset: int) -> BlockRef | None:
        """Return the first block of a partition that ends behind `offset`; None when none does.

        The block begins behind `offset` when the offset lies in a gap or before the object's first.
        """
        partition = self._partitions.get(partition_id)
        if partition is None:
            return None
        first, end = partition.first_block, partition.first_block + partition.block_count
        number = bisect_right(range(end), offset, lo=first, hi=end, key=self._next_offset)
        return self.block(number) if number < end else None

    def following(self, block: BlockRef, partition_id: int) -> BlockRef | None:
        """Return the block of the same partition behind `block`; None when it is the last."""
        partition = self._partitions[partition_id]
        number = block.number + 1
        end = partition.first_block + partition.block_count
        return self.block(number) if number < end else None

    def find_timestamp(self, partition_id: int, timestamp: int) -> BlockRef | None:
        """Return the first block with a record at or after `timestamp`; None when none has."""
        for block in self.blocks(partition_id):
            if block.max_timestamp >= timestamp:
                return block
        return None

    def _next_offset(self, number: int) -> int:
        found: int = BLOCK.unpack_from(self._entries, number * BLOCK.size)[1]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Partition:
    topic_id: bytes
    partition_index: int
    topic_name: str


class Builder:
    """Assembles one object in memory, without copying the batches.

    The buffers given must not change until the parts of `finish` are in the store.
    """

    def __init__(self, *, cluster_id: str, object_id: int) -> None:
        """Start an object.

        Args:
            cluster_id: at most 64 bytes of UTF-8.
            object_id: in [0, 2**63).
        """
        assert 0 <= object_id <= _OFFSET_MAX
        assert len(cluster_id.encode()) <= CLUSTER_ID_BYTES_MAX
        self._cluster_id = cluster_id
        self._object_id = object_id
        self._parts: list[Bytes] = []
        self._position = 0
        self._partitions: dict[int, _Partition] = {}
        self._blocks: list[tuple[int, int, int, int, int, int, int, int]] = []
        self._finished = False

    @property
    def data_bytes(self) -> int:
        """Bytes of data blocks added so far."""
        return self._position

    def add_block(
        self,
        *,
        partition_id: int,
        topic_id: bytes,
        partition_index: int,
        base_offset: int,
        next_offset: int,
        max_timestamp: int,
        batches: Sequence[Bytes],
        record_count: int = 0,
        topic_name: str = "",
    ) -> None:
        """Add one data block; blocks may come in any order.

        Args:
            partition_id: in [0, 2**64).
            topic_id: 16 bytes, the same for every block of the partition.
            partition_index: Kafka's partition number.
            base_offset: first offset of the block.
            next_offset: offset behind its last, > base_offset.
            max_timestamp: highest record timestamp, ms; -1 for none.
            batches: whole record batches, ascending; together at most about
                `limits.OBJECT_BLOCK_BYTES`.
            record_count: records, 0 when not counted.
            topic_name: for reading the object without metadata; may be left out.
        """
        assert not self._finished
        assert len(topic_id) == 16
        assert 0 <= base_offset < next_offset <= _OFFSET_MAX
        partition = _Partition(
            topic_id=bytes(topic_id), partition_index=partition_index, topic_name=topic_name
        )
        known = self._partitions.setdefault(partition_id, partition)
        assert known == partition
        crc, length = 0, 0
        for data in batches:
            assert not isinstance(data, memoryview) or data.nbytes == len(data)
            crc = crc32c(data, crc) if length else crc32c(data)
            length += len(data)
        assert 0 < length <= _LENGTH_MAX
        assert 0 <= record_count <= _LENGTH_MAX
        self._parts.extend(batches)
        self._blocks.append(
            (
                partition_id,
                base_offset,
                next_offset,
                max_timestamp,
                self._position,
                length,
                record_count,
                crc,
            )
        )
        self._position += length

    def finish(self) -> tuple[list[Bytes], ObjectIndex]:
        """Return the object's buffers, in order, and its index. The builder is used up.

        The data buffers are the ones given to `add_block`; the last one is index and footer.
        """
        assert not self._finished
        assert self._blocks
        self._finished = True
        self._blocks.sort(key=lambda block: (block[0], block[1]))
        entries = bytearray()
        counts: dict[int, tuple[int, int]] = {}
        previous = (-1, 0)
        for number, (partition_id, base, after, timestamp, at, length, count, crc) in enumerate(
            self._blocks
        ):
            assert partition_id != previous[0] or base >= previous[1], "blocks overlap"
            previous = (partition_id, after)
            entries += BLOCK.pack(base, after, timestamp, at, length, count, crc, 0)
            first, blocks = counts.get(partition_id, (number, 0))
            counts[partition_id] = (first, blocks + 1)
        directory, names = self._directory(counts)
        index = bytes(directory + entries + names)
        cluster_id = self._cluster_id.encode()
        footer = bytearray(
            FOOTER.pack(
                MAGIC,
                VERSION,
                0,
                FOOTER_BYTES,
                self._object_id,
                self._position,
                len(index),
                len(counts),
                len(self._blocks),
                crc32c(index),
                len(cluster_id),
                cluster_id,
                0,
            )
        )
        _CRC.pack_into(footer, FOOTER_BYTES - 4, crc32c(memoryview(footer)[:-4]))
        tail = index + bytes(footer)
        decoded = parse_footer(tail)
        # Read back what will be written: a builder's bug must not become a stored object.
        parsed = parse_index(decoded, tail[: decoded.index_bytes])
        return [*self._parts, tail], parsed

    def _directory(self, counts: dict[int, tuple[int, int]]) -> tuple[bytearray, bytearray]:
        directory, names = bytearray(), bytearray()
        places: dict[str, tuple[int, int]] = {}
        for partition_id, (first, blocks) in counts.items():
            partition = self._partitions[partition_id]
            place = places.get(partition.topic_name)
            if place is None:
                encoded = partition.topic_name.encode()
                place = places[partition.topic_name] = (len(names), len(encoded))
                names += encoded
            directory += PARTITION.pack(
                partition_id,
                partition.topic_id,
                partition.partition_index,
                first,
                blocks,
                place[0],
                place[1],
                0,
            )
        return directory, names


def parse_footer(tail: Bytes, *, object_size: int | None = None, key: str = "") -> Footer:
    """Decode the footer.

    Args:
        tail: the object's last bytes, at least FOOTER_BYTES of them.
        object_size: size of the whole object, checked when given.
        key: named in errors.

    Raises:
        CorruptObjectError: they are not the end of an object, or not of this version.
    """
    at = max((len(tail) if object_size is None else object_size) - FOOTER_BYTES, 0)
    if len(tail) < FOOTER_BYTES:
        raise CorruptObjectError(key, position=0, reason="shorter than a footer")
    footer = memoryview(tail)[-FOOTER_BYTES:]
    (
        magic,
        version,
        flags,
        footer_bytes,
        object_id,
        index_position,
        index_bytes,
        partition_count,
        block_count,
        index_crc,
        cluster_id_bytes,
        cluster_id,
        footer_crc,
    ) = FOOTER.unpack(footer)
    if magic != MAGIC:
        raise CorruptObjectError(key, position=at, reason="no footer: wrong magic")
    if footer_crc != crc32c(footer[:-4]):
        raise CorruptObjectError(key, position=at, reason="footer CRC does not hold")
    if version != VERSION or flags or footer_bytes != FOOTER_BYTES:
        raise CorruptObjectError(
            key, position=at, reason=f"format version {version}, this program reads {VERSION}"
        )
    names_bytes = index_bytes - partition_count * PARTITION.size - block_count * BLOCK.size
    if object_id < 0 or index_position <= 0 or names_bytes < 0 or not block_count:
        raise CorruptObjectError(key, position=at, reason="footer fields out of bounds")
    if cluster_id_bytes > CLUSTER_ID_BYTES_MAX or any(cluster_id[cluster_id_bytes:]):
        raise CorruptObjectError(key, position=at, reason="cluster id out of bounds")
    try:
        cluster = cluster_id[:cluster_id_bytes].decode()
    except UnicodeDecodeError:
        raise CorruptObjectError(key, position=at, reason="cluster id is not UTF-8") from None
    decoded = Footer(
        object_id=object_id,
        cluster_id=cluster,
        index_position=index_position,
        index_bytes=index_bytes,
        partition_count=partition_count,
        block_count=block_count,
        index_crc=index_crc,
    )
    if object_size is not None and decoded.object_bytes != object_size:
        raise CorruptObjectError(
            key, position=at, reason=f"{object_size} bytes, its footer says {decoded.object_bytes}"
        )
    return decoded


def parse_index(footer: Footer, data: Bytes, *, key: str = "") -> ObjectIndex:
    """Decode and check the index.

    Args:
        footer: of the same object.
        data: the `index_bytes` at `index_position`; kept by reference, must not change.
        key: named in errors.

    Raises:
        CorruptObjectError: CRC, order or bounds do not hold.
    """
    at = footer.index_position
    if len(data) != footer.index_bytes:
        raise CorruptObjectError(key, position=at, reason="index is cut off")
    view = memoryview(data)
    if crc32c(view) != footer.index_crc:
        raise CorruptObjectError(key, position=at, reason="index CRC does not hold")
    blocks_at = footer.partition_count * PARTITION.size
    names_at = blocks_at + footer.block_count * BLOCK.size
    entries, names = view[blocks_at:names_at], view[names_at:]
    partitions: dict[int, PartitionRef] = {}
    texts: dict[tuple[int, int], str] = {}
    covered, previous_id = 0, -1
    for (
        partition_id,
        topic_id,
        index,
        first,
        count,
        name_at,
        name_bytes,
        _,
    ) in PARTITION.iter_unpack(view[:blocks_at]):
        if partition_id <= previous_id or first != covered or not count:
            raise CorruptObjectError(key, position=at, reason="partition entries out of order")
        if name_at + name_bytes > len(names):
            raise CorruptObjectError(key, position=at, reason="topic name out of bounds")
        place = (name_at, name_bytes)
        if place not in texts:
            texts[place] = str(names[name_at : name_at + name_bytes], "utf-8", "replace")
        covered, previous_id = covered + count, partition_id
        partitions[partition_id] = PartitionRef(
            partition_id=partition_id,
            topic_id=topic_id,
            partition_index=index,
            topic_name=texts[place],
            first_block=first,
            block_count=count,
        )
    if covered != footer.block_count:
        raise CorruptObjectError(key, position=at, reason="block counts do not add up")
    _check_blocks(footer, partitions, entries, key=key)
    return ObjectIndex(footer, partitions=partitions, entries=entries)


def _check_blocks(
    footer: Footer, partitions: dict[int, PartitionRef], entries: memoryview, *, key: str
) -> None:
    """Refuse entries that are out of order, or that do not tile the data exactly."""
    at = footer.index_position
    starts = {partition.first_block for partition in partitions.values()}
    spans: list[tuple[int, int]] = []
    end = 0
    for number, (base, after, _, position, length, *_rest) in enumerate(BLOCK.iter_unpack(entries)):
        if number in starts:
            end = 0
        if not end <= base < after:
            raise CorruptObjectError(key, position=at, reason="block entries out of order")
        end = after
        spans.append((position, length))
    spans.sort()
    covered = 0
    for position, length in spans:
        if position != covered or not length:
            raise CorruptObjectError(key, position=at, reason="blocks do not tile the data")
        covered += length
    if covered != footer.index_position:
        raise CorruptObjectError(key, position=at, reason="blocks do not tile the data")


def check_block(block: BlockRef, data: Bytes, *, key: str = "") -> None:
    """Check the bytes of a block.

    Raises:
        CorruptObjectError: length or CRC do not hold.
    """
    if len(data) != block.length:
        raise CorruptObjectError(key, position=block.position, reason="block is cut off")
    if crc32c(data) != block.crc:
        raise CorruptObjectError(key, position=block.position, reason="block CRC does not hold")


def parse_object(data: Bytes, *, key: str = "") -> ObjectIndex:
    """Decode a whole object and check every CRC in it: for `fsck` and recovery from a bucket.

    Raises:
        CorruptObjectError: something does not hold.
    """
    view = memoryview(data)
    footer = parse_footer(view, object_size=len(view), key=key)
    index = parse_index(footer, view[footer.index_position : -FOOTER_BYTES], key=key)
    for number in range(footer.block_count):
        block = index.block(number)
        check_block(block, view[block.position : block.position + block.length], key=key)
    return index


def walk_batches(
    data: Bytes, *, position: int = 0, key: str = "", at: int = 0
) -> Iterator[tuple[int, int, int]]:
    """Yield (position, end position, next offset) of each batch of a block.

    Only the headers are read: base_offset i64 @0, length i32 @8, last_offset_delta i32 @23,
    big-endian as on Kafka's wire.

    Args:
        data: a checked block.
        position: where a batch begins.
        key: named in errors.
        at: position of the block in its object, for errors.

    Raises:
        CorruptObjectError: the batches do not fill the block.
    """
    size = len(data)
    while position < size:
        if size - position < BATCH_HEADER_BYTES:
            raise CorruptObjectError(key, position=at + position, reason="cut off batch in block")
        base, length = _BATCH_HEAD.unpack_from(data, position)
        (delta,) = _BATCH_DELTA.unpack_from(data, position + _DELTA_AT)
        end = position + _BATCH_PREFIX + length
        if length < BATCH_HEADER_BYTES - _BATCH_PREFIX or end > size or delta < 0:
            raise CorruptObjectError(key, position=at + position, reason="bad batch in block")
        yield position, end, base + delta + 1
        position = end
