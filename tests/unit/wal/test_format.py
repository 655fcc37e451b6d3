"""Codecs: round trips, golden bytes, every flipped bit."""

import dataclasses
import hashlib
import struct

import pytest

from wal import format as f
from wal.errors import NewerFormatError
from wal.limits import BLOCK_BYTES

IDENTITY = f.Identity(broker_id=7, writer_epoch=9, incarnation=0x0102030405060708)
SUPERBLOCK = f.Superblock(
    volume_uuid=bytes(range(16)),
    cluster_id="cluster-1",
    extent_bytes=1 << 20,
    extent_count=15,
    slot_count=64,
    first_extent_position=1 << 20,
    size_bytes=16 << 20,
)
EXTENT = f.ExtentHeader(
    volume_uuid=bytes(range(16)),
    extent_index=3,
    identity=IDENTITY,
    chain_sequence=2,
    first_lsn=(2 << 20) + 4096,
    previous_end_lsn=(2 << 20) - 8192,
    durable_lsn=(2 << 20) - 16384,
    chain=0xDEADBEEF,
)


def frame() -> memoryview:
    memory = memoryview(bytearray(b"\xee" * 8192))
    memory[64:164] = b"a" * 100
    entry = f.ENTRY.pack(5, 1000, 1234, 9, 64, 100, f.KIND_BATCH, 0)
    total, crc = f.seal_frame(
        memory,
        entry,
        164,
        writer_epoch=9,
        incarnation=IDENTITY.incarnation,
        lsn=4096,
        previous_crc=17,
        durable_lsn=4096,
    )
    assert total == 4096
    assert struct.unpack_from("<I", memory, 60)[0] == crc
    return memory[:total]


def test_frame_header_bytes_are_as_documented() -> None:
    """Golden: the layout of FORMAT.md, field by field."""
    data = bytes(frame())

    assert data[:4] == b"WALF"
    assert struct.unpack_from("<HHQQQ", data, 4) == (0, 64, 9, IDENTITY.incarnation, 4096)
    assert struct.unpack_from("<III", data, 32) == (140, 1, 17)
    assert struct.unpack_from("<I", data, 44)[0] == f.crc32c(data[64:204])
    assert struct.unpack_from("<QI", data, 48) == (4096, 0)
    assert struct.unpack_from("<I", data, 60)[0] == f.crc32c(data[:60])
    assert data[164:204] == struct.pack("<QqqIIIHH", 5, 1000, 1234, 9, 64, 100, 0, 0)
    assert data[204:] == bytes(4096 - 204)


def test_golden_digests_do_not_change() -> None:
    """A changed digest is a changed format: raise FORMAT_VERSION and keep reading the old one."""
    blocks = {
        "superblock": f.encode_superblock(SUPERBLOCK),
        "extent": f.encode_extent_header(EXTENT),
        "fence": f.encode_fence(f.Fence(slot=3, writer_epoch=9, broker_id=7)),
        "frame": bytes(frame()),
    }

    assert {k: hashlib.sha256(v).hexdigest()[:16] for k, v in blocks.items()} == GOLDEN


def test_round_trips() -> None:
    """What is encoded decodes to the same value."""
    view = frame()
    header = f.decode_frame_header(view)

    assert f.decode_superblock(f.encode_superblock(SUPERBLOCK)) == SUPERBLOCK
    assert f.decode_extent_header(f.encode_extent_header(EXTENT)) == EXTENT
    fence = f.Fence(slot=3, writer_epoch=9, broker_id=7)
    assert f.decode_fence(f.encode_fence(fence), 3) == fence
    assert f.decode_fence(bytes(BLOCK_BYTES), 3) is None
    assert header is not None
    assert (header.lsn, header.frame_bytes, header.durable_lsn) == (4096, 4096, 4096)
    assert f.decode_directory(view, header) == [
        f.DirectoryEntry(5, 1000, 1234, 9, 64, 100, f.KIND_BATCH)
    ]


@pytest.mark.parametrize(
    ("block", "decode"),
    [
        (f.encode_superblock(SUPERBLOCK), f.decode_superblock),
        (f.encode_extent_header(EXTENT), f.decode_extent_header),
    ],
    ids=["superblock", "extent"],
)
def test_every_flipped_bit_of_a_block_is_found(block: bytes, decode: object) -> None:
    """CRC32C covers the whole block."""
    assert callable(decode)
    for bit in [*range(128 * 8), *range(128 * 8, BLOCK_BYTES * 8, 37)]:
        damaged = bytearray(block)
        damaged[bit // 8] ^= 1 << bit % 8
        assert decode(damaged) is None


def test_every_flipped_bit_of_a_frame_is_found() -> None:
    """The header CRC covers the header, the body CRC batches and directory."""
    good = bytes(frame())
    for bit in range(204 * 8):
        damaged = bytearray(good)
        damaged[bit // 8] ^= 1 << bit % 8
        header = f.decode_frame_header(memoryview(damaged))
        if bit < 64 * 8:
            assert header is None
        else:
            assert header is not None
            assert f.crc32c(damaged[64:204]) != header.body_crc


def test_damaged_fence_fences_everybody() -> None:
    """A fence block that is neither unset nor intact stops every writer."""
    good = f.encode_fence(f.Fence(slot=3, writer_epoch=9, broker_id=7))
    for bit in range(40 * 8):
        damaged = bytearray(good)
        damaged[bit // 8] ^= 1 << bit % 8
        fence = f.decode_fence(damaged, 3)
        assert fence is not None
        assert fence.writer_epoch == (1 << 64) - 1
    other = f.decode_fence(good, 4)
    assert other is not None
    assert other.writer_epoch == (1 << 64) - 1


def test_newer_version_is_told_apart_from_damage() -> None:
    """An intact superblock of a later version names the remedy."""
    block = bytearray(f.encode_superblock(SUPERBLOCK))
    struct.pack_into("<I", block, 8, f.FORMAT_VERSION + 1)
    struct.pack_into("<I", block, BLOCK_BYTES - 4, f.crc32c(block[: BLOCK_BYTES - 4]))
    with pytest.raises(NewerFormatError, match="newer"):
        f.decode_superblock(block)


def test_intact_superblock_with_impossible_geometry_is_refused() -> None:
    """Extents never reach beyond the size the superblock names."""
    bad = dataclasses.replace(SUPERBLOCK, extent_count=16)

    assert f.decode_superblock(f.encode_superblock(bad)) is None


def test_directory_entry_outside_the_body_is_refused() -> None:
    """A position beyond the batches never becomes a slice."""
    memory = memoryview(bytearray(4096))
    for position, length in ((63, 1), (64, 101), (4000, 4000)):
        entry = f.ENTRY.pack(5, 0, 0, 0, position, length, 0, 0)
        f.seal_frame(
            memory, entry, 164, writer_epoch=1, incarnation=1, lsn=0, previous_crc=0, durable_lsn=0
        )
        header = f.decode_frame_header(memory)
        assert header is not None
        assert f.decode_directory(memory, header) is None


GOLDEN = {
    "superblock": "3ae0913ef4a80d3b",
    "extent": "4b8fb5a113179186",
    "fence": "4ec114fadf955ce2",
    "frame": "5b4b7cbd86deef38",
}
