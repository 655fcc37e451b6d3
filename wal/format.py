"""Codecs of everything on the volume; byte tables and validity rules are in FORMAT.md.

Little-endian throughout. A decoder returns None for bytes that are not what it looks for and never
raises on what a device returned; only `decode_superblock` tells versions apart by an error.
"""

import dataclasses
import struct
from typing import NamedTuple

import fastcrc

from wal import limits
from wal.errors import NewerFormatError
from wal.layout import FENCE_POSITION, align_up
from wal.limits import BLOCK_BYTES

Buffer = bytes | bytearray | memoryview

FORMAT_VERSION = 1

SUPERBLOCK_MAGIC = b"PENSTOCK"
EXTENT_MAGIC = b"PNSEXTNT"
FENCE_MAGIC = b"PNSFENCE"
FRAME_MAGIC = 0x464C4157  # "WALF"

_SUPERBLOCK = struct.Struct("<8sII16sQQQIIH")
_EXTENT = struct.Struct("<8sII16sQQQQQQQII")
_FENCE = struct.Struct("<8sIIQQII")
_FRAME = struct.Struct("<IHHQQQIIIIQII")
ENTRY = struct.Struct("<QqqIIIHH")
_ENTRY_FIELDS = struct.Struct("<QqqIIIH2x")  # without the zero at its end
CRC = struct.Struct("<I")

FRAME_HEADER_BYTES = 64
ENTRY_BYTES = 40
_FRAME_CRC_AT = FRAME_HEADER_BYTES - CRC.size
_BLOCK_CRC_AT = BLOCK_BYTES - CRC.size

assert _FRAME.size == FRAME_HEADER_BYTES
assert ENTRY.size == _ENTRY_FIELDS.size == ENTRY_BYTES
assert _FENCE.size == 40 <= limits.SECTOR_BYTES
assert _EXTENT.size == 96
assert _SUPERBLOCK.size == 66
assert limits.EXTENT_BYTES_MAX <= 0xFFFFFFFF

KIND_BATCH = 0
KIND_CHECKPOINT = 1
KIND_CHECKPOINT_END = 2
KIND_GROUPS = 3

CHAIN_START = 0
"""Chain value before the first frame of an incarnation."""

crc32c = fastcrc.crc32.iscsi
"""CRC32C of any buffer; a second argument continues an earlier value."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Superblock:
    """What a volume is; written once by `format_volume`, twice on the volume."""

    volume_uuid: bytes
    cluster_id: str
    extent_bytes: int
    extent_count: int
    slot_count: int
    first_extent_position: int
    size_bytes: int

    def extent_position(self, index: int) -> int:
        """Return the byte position of an extent."""
        assert 0 <= index < self.extent_count
        return self.first_extent_position + index * self.extent_bytes


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One run of one node, as every extent header and frame names it."""

    broker_id: int
    writer_epoch: int
    incarnation: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExtentHeader:
    """First block of an extent in use, written together with the extent's first frame.

    Attributes:
        first_lsn: LSN of the extent's first frame.
        previous_end_lsn: end of the chain's last frame before this extent.
        durable_lsn: as in a frame header.
        chain: header CRC of the chain's last frame before this extent.
    """

    volume_uuid: bytes
    extent_index: int
    identity: Identity
    chain_sequence: int
    first_lsn: int
    previous_end_lsn: int
    durable_lsn: int
    chain: int


class FrameHeader(NamedTuple):
    """The 64 bytes before a frame's body."""

    flags: int
    writer_epoch: int
    incarnation: int
    lsn: int
    body_bytes: int
    entry_count: int
    previous_crc: int
    body_crc: int
    durable_lsn: int
    header_crc: int

    @property
    def frame_bytes(self) -> int:
        """Bytes of the frame on the volume, padding included."""
        return align_up(FRAME_HEADER_BYTES + self.body_bytes)


class DirectoryEntry(NamedTuple):
    """Where one batch lies in its frame; `position` counts from the frame's first byte."""

    partition_id: int
    base_offset: int
    max_timestamp: int
    last_offset_delta: int
    position: int
    length: int
    kind: int


EntryFields = tuple[int, int, int, int, int, int, int]
"""The fields of a `DirectoryEntry`: a scan decodes millions, and names would double the cost."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Content of a fence block: writers of this slot up to `writer_epoch` have been taken over."""

    slot: int
    writer_epoch: int
    broker_id: int


def _sealed_block(head: bytes, tail: bytes = b"") -> bytes:
    body = (head + tail).ljust(_BLOCK_CRC_AT, b"\0")
    assert len(body) == _BLOCK_CRC_AT
    return body + CRC.pack(crc32c(body))


def _is_sealed(block: Buffer) -> bool:
    view = memoryview(block)
    return len(view) >= BLOCK_BYTES and CRC.unpack_from(view, _BLOCK_CRC_AT)[0] == crc32c(
        view[:_BLOCK_CRC_AT]
    )


def encode_superblock(superblock: Superblock) -> bytes:
    """Return the block that holds a superblock."""
    cluster_id = superblock.cluster_id.encode()
    assert 0 < len(cluster_id) <= limits.CLUSTER_ID_BYTES_MAX
    head = _SUPERBLOCK.pack(
        SUPERBLOCK_MAGIC,
        FORMAT_VERSION,
        0,
        superblock.volume_uuid,
        superblock.extent_bytes,
        superblock.first_extent_position,
        superblock.size_bytes,
        superblock.extent_count,
        superblock.slot_count,
        len(cluster_id),
    )
    return _sealed_block(head, cluster_id)


def decode_superblock(block: Buffer) -> Superblock | None:
    """Return the superblock in a block, or None.

    Raises:
        NewerFormatError: ours, intact, of a version this release cannot read.
    """
    view = memoryview(block)
    if view[:8] != SUPERBLOCK_MAGIC or not _is_sealed(view):
        return None
    version = CRC.unpack_from(view, 8)[0]
    if version > FORMAT_VERSION:
        raise NewerFormatError(
            f"the volume has format {version}, this release reads up to {FORMAT_VERSION}:"
            " start the release that wrote it, or a newer one"
        )
    fields = _SUPERBLOCK.unpack_from(view)
    _, _, _, uuid, extent_bytes, first, size, count, slots, length = fields
    try:
        cluster_id = bytes(view[_SUPERBLOCK.size : _SUPERBLOCK.size + length]).decode()
    except UnicodeDecodeError:
        return None
    if not (
        0 < length <= limits.CLUSTER_ID_BYTES_MAX
        and limits.EXTENT_BYTES_MIN <= extent_bytes <= limits.EXTENT_BYTES_MAX
        and extent_bytes % BLOCK_BYTES == 0
        and first % BLOCK_BYTES == 0
        and 0 < slots <= (first - FENCE_POSITION) // BLOCK_BYTES
        and first + count * extent_bytes <= size
    ):
        return None
    return Superblock(
        volume_uuid=uuid,
        cluster_id=cluster_id,
        extent_bytes=extent_bytes,
        extent_count=count,
        slot_count=slots,
        first_extent_position=first,
        size_bytes=size,
    )


def encode_extent_header(header: ExtentHeader) -> bytes:
    """Return the block that holds an extent header."""
    identity = header.identity
    return _sealed_block(
        _EXTENT.pack(
            EXTENT_MAGIC,
            FORMAT_VERSION,
            header.extent_index,
            header.volume_uuid,
            identity.broker_id,
            identity.writer_epoch,
            identity.incarnation,
            header.chain_sequence,
            header.first_lsn,
            header.previous_end_lsn,
            header.durable_lsn,
            header.chain,
            0,
        )
    )


def decode_extent_header(block: Buffer) -> ExtentHeader | None:
    """Return the extent header in a block, or None."""
    view = memoryview(block)
    if view[:8] != EXTENT_MAGIC or not _is_sealed(view):
        return None
    (_, version, index, uuid, broker, epoch, incarnation, sequence, first, previous, durable,
     chain, _) = _EXTENT.unpack_from(view)  # fmt: skip
    if version != FORMAT_VERSION:
        return None
    return ExtentHeader(
        volume_uuid=uuid,
        extent_index=index,
        identity=Identity(broker_id=broker, writer_epoch=epoch, incarnation=incarnation),
        chain_sequence=sequence,
        first_lsn=first,
        previous_end_lsn=previous,
        durable_lsn=durable,
        chain=chain,
    )


def encode_fence(fence: Fence) -> bytes:
    """Return a fence block; all that matters lies in its first 512-byte sector."""
    body = _FENCE.pack(
        FENCE_MAGIC, FORMAT_VERSION, fence.slot, fence.writer_epoch, fence.broker_id, 0, 0
    )[: -CRC.size]
    return (body + CRC.pack(crc32c(body))).ljust(BLOCK_BYTES, b"\0")


def decode_fence(block: Buffer, slot: int) -> Fence | None:
    """Return the fence of a slot, None when it was never set (the sector is all zero).

    A block that is neither is read as a fence against everybody (writer_epoch 2**64 - 1): a writer
    that cannot read its fence must not acknowledge.
    """
    sector = bytes(memoryview(block)[: limits.SECTOR_BYTES])  # Views are compared byte by byte.
    if sector == _ZERO_SECTOR:
        return None
    magic, version, number, epoch, broker, _, crc = _FENCE.unpack_from(sector)
    intact = crc == crc32c(sector[: _FENCE.size - CRC.size])
    if magic != FENCE_MAGIC or version != FORMAT_VERSION or number != slot or not intact:
        return Fence(slot=slot, writer_epoch=(1 << 64) - 1, broker_id=0)
    return Fence(slot=slot, writer_epoch=epoch, broker_id=broker)


_ZERO_SECTOR = bytes(limits.SECTOR_BYTES)


def seal_frame(
    frame: memoryview,
    directory: bytes,
    body_end: int,
    *,
    writer_epoch: int,
    incarnation: int,
    lsn: int,
    previous_crc: int,
    durable_lsn: int,
) -> tuple[int, int]:
    """Finish a frame in place: directory, padding, CRCs and header around the batches.

    Args:
        frame: memory from the frame's first byte; batches lie in [64, body_end).
        directory: the packed entries, 40 bytes each.
        body_end: where the batches end.

    Returns:
        The frame's length on the volume, and its header CRC (the chain's next value).
    """
    end = body_end + len(directory)
    frame[body_end:end] = directory
    total = (end + BLOCK_BYTES - 1) & -BLOCK_BYTES
    if total > end:
        frame[end:total] = _ZEROS[: total - end]
    _FRAME.pack_into(
        frame,
        0,
        FRAME_MAGIC,
        0,
        FRAME_HEADER_BYTES,
        writer_epoch,
        incarnation,
        lsn,
        end - FRAME_HEADER_BYTES,
        len(directory) // ENTRY_BYTES,
        previous_crc,
        crc32c(frame[FRAME_HEADER_BYTES:end]),
        durable_lsn,
        0,
        0,
    )
    header_crc = crc32c(frame[:_FRAME_CRC_AT])
    CRC.pack_into(frame, _FRAME_CRC_AT, header_crc)
    return total, header_crc


_ZEROS = memoryview(bytes(BLOCK_BYTES))


def decode_frame_header(view: memoryview) -> FrameHeader | None:
    """Return the frame header at the start of `view`, or None."""
    if len(view) < FRAME_HEADER_BYTES:
        return None
    (magic, flags, length, epoch, incarnation, lsn, body, count, previous, body_crc, durable, _,
     crc) = _FRAME.unpack_from(view)  # fmt: skip
    if (
        magic != FRAME_MAGIC
        or length != FRAME_HEADER_BYTES
        or crc != crc32c(view[:_FRAME_CRC_AT])
        or count * ENTRY_BYTES > body
    ):
        return None
    return FrameHeader(
        flags, epoch, incarnation, lsn, body, count, previous, body_crc, durable, crc
    )


def decode_directory(frame: memoryview, header: FrameHeader) -> list[EntryFields] | None:
    """Return the entries of a frame whose CRCs hold; None when one points outside the body."""
    end = FRAME_HEADER_BYTES + header.body_bytes
    start = end - header.entry_count * ENTRY_BYTES
    entries: list[EntryFields] = list(_ENTRY_FIELDS.iter_unpack(frame[start:end]))
    for _, _, _, _, position, length, _ in entries:
        if position < FRAME_HEADER_BYTES or position + length > start:
            return None
    return entries
