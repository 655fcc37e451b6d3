"""Object format: golden file, lookups, and that no flipped bit goes unseen."""

import hashlib
import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from appliance.objects import keys, object_format
from appliance.objects.errors import CorruptObjectError
from appliance.objects.object_format import Builder, crc32c

GOLDEN = Path(__file__).with_name("golden_v1.pso")


def batch(base_offset: int, count: int, body: bytes = b"") -> bytes:
    """Return the likeness of a record batch: a 61-byte header and a body."""
    head = struct.pack(">qi", base_offset, 49 + len(body))
    return head + bytes(11) + struct.pack(">i", count - 1) + bytes(34) + body


def build(object_id: int = 7) -> tuple[bytes, object_format.ObjectIndex]:
    builder = Builder(cluster_id="golden-cluster", object_id=object_id)
    builder.add_block(
        partition_id=9, topic_id=b"T" * 16, partition_index=2, base_offset=100, next_offset=105,
        max_timestamp=1700, record_count=5, topic_name="orders",
        batches=[batch(100, 3, b"abc"), batch(103, 2, b"defgh")],
    )  # fmt: skip
    builder.add_block(
        partition_id=4, topic_id=b"U" * 16, partition_index=0, base_offset=1 << 40,
        next_offset=(1 << 40) + 1, max_timestamp=-1, batches=[batch(1 << 40, 1)],
    )  # fmt: skip
    builder.add_block(
        partition_id=9, topic_id=b"T" * 16, partition_index=2, base_offset=110, next_offset=111,
        max_timestamp=1800, record_count=1, topic_name="orders",
        batches=[memoryview(batch(110, 1, b"ijk"))],
    )  # fmt: skip
    parts, index = builder.finish()
    return b"".join(parts), index


def test_build_of_known_input_is_the_golden_file() -> None:
    """The format changes with its version, never by accident."""
    assert build()[0] == GOLDEN.read_bytes()


def test_golden_file_reads_with_no_metadata() -> None:
    index = object_format.parse_object(GOLDEN.read_bytes())

    assert (index.footer.cluster_id, index.footer.object_id) == ("golden-cluster", 7)
    assert [
        (p.partition_id, p.topic_id, p.partition_index, p.topic_name, p.block_count)
        for p in index.partitions()
    ] == [(4, b"U" * 16, 0, "", 1), (9, b"T" * 16, 2, "orders", 2)]
    assert [b.record_count for b in index.blocks(9)] == [5, 1]


@pytest.mark.parametrize(
    ("partition_id", "offset", "base"),
    [(9, 0, 100), (9, 100, 100), (9, 104, 100), (9, 105, 110), (9, 109, 110), (9, 110, 110),
     (9, 111, None), (4, 0, 1 << 40), (4, (1 << 40) + 1, None), (5, 100, None)],
)  # fmt: skip
def test_find_returns_the_first_block_that_ends_behind(
    partition_id: int, offset: int, base: int | None
) -> None:
    found = build()[1].find(partition_id, offset)

    assert (found and found.base_offset) == base


def test_following_and_timestamp_stay_within_the_partition() -> None:
    index = build()[1]
    first = index.find(9, 100)
    assert first is not None
    second = index.following(first, 9)
    assert second is not None

    assert second.base_offset == 110
    assert index.following(second, 9) is None
    assert index.find_timestamp(9, 1701) == second
    assert index.find_timestamp(9, 1801) is None


def test_every_flipped_bit_is_found() -> None:
    data = bytearray(build()[0])
    for position in range(len(data)):
        for bit in range(8):
            data[position] ^= 1 << bit
            with pytest.raises(CorruptObjectError):
                object_format.parse_object(data)
            data[position] ^= 1 << bit

    object_format.parse_object(data)


def test_every_truncation_is_found() -> None:
    data = build()[0]
    for size in range(len(data)):
        with pytest.raises(CorruptObjectError):
            object_format.parse_object(data[:size])


@given(st.binary(max_size=600))
@settings(max_examples=200, deadline=None)
def test_any_bytes_parse_or_raise_the_formats_error(data: bytes) -> None:
    with pytest.raises(CorruptObjectError):
        object_format.parse_object(data)


def test_wrong_fields_under_right_crcs_are_refused() -> None:
    """A CRC proves who wrote it, not that it makes sense."""
    data = build()[0]
    footer = object_format.parse_footer(data)
    rng = random.Random(5)
    for _ in range(3000):
        changed = bytearray(data)
        position = rng.randrange(footer.index_position, len(data) - 4)
        changed[position] ^= rng.randrange(1, 256)
        index = memoryview(changed)[footer.index_position : -192]
        struct.pack_into("<I", changed, len(changed) - 192 + 48, crc32c(index))
        struct.pack_into("<I", changed, len(changed) - 4, crc32c(memoryview(changed)[-192:-4]))
        try:
            object_format.parse_object(changed)
        except CorruptObjectError:
            continue


def test_walk_batches_of_hostile_blocks_raises_the_formats_error() -> None:
    good = batch(5, 2, b"xy") + batch(7, 1)
    assert list(object_format.walk_batches(good)) == [(0, 63, 7), (63, 124, 8)]

    for position in (8, 9, 23):
        bad = bytearray(good)
        bad[position] ^= 0x80
        with pytest.raises(CorruptObjectError):
            list(object_format.walk_batches(bad))
    with pytest.raises(CorruptObjectError):
        list(object_format.walk_batches(good[:-1]))


def test_builder_refuses_overlapping_blocks() -> None:
    builder = Builder(cluster_id="c", object_id=1)
    for base in (0, 4):
        builder.add_block(
            partition_id=1, topic_id=bytes(16), partition_index=0, base_offset=base,
            next_offset=base + 5, max_timestamp=0, batches=[b"x"],
        )  # fmt: skip

    with pytest.raises(AssertionError, match="overlap"):
        builder.finish()


def test_keys_round_trip_and_spread() -> None:
    ids = [0, 1, 2, (1 << 63) - 1, *range(1000, 3000)]

    assert all(keys.parse_object_id(keys.object_key("a/b/", i)) == i for i in ids)
    assert all(keys.parse_object_id(keys.object_key("", i)) == i for i in ids)
    folders = [keys.object_key("", i)[:2] for i in range(2560)]
    assert max(map(folders.count, set(folders))) <= 20
    for other in ["", "x", "00/0000000000000007.pso", keys.object_key("", 7) + "x",
                  "../" * 3, keys.object_key("", 7).upper()]:  # fmt: skip
        assert keys.parse_object_id(other) is None


def test_golden_file_itself_did_not_change() -> None:
    digest = hashlib.sha256(GOLDEN.read_bytes()).hexdigest()

    assert digest == "69287a99ddce519f011f993ad25e22a643e08a58940d6c250dd1ff28465bbe07"
