"""What is packed comes back; what anybody else made of it is refused before much is allocated."""

from __future__ import annotations

import tracemalloc
from random import Random

import cramjam
import pytest

from raft import packing
from raft.errors import CodecError

WORDS = b" ".join(b"partition %d of topic %d" % (i % 7, i) for i in range(4000))
MAGIC = b"\x28\xb5\x2f\xfd"


@pytest.mark.parametrize("size", [0, 1, 60, 255, 256, 1000, 65_791, 65_792, 90_000, 3_000_000])
def test_packed_bytes_come_back(size: int) -> None:
    """Of every form of the frame's head, whether or not they become shorter."""
    for data in ((WORDS * 40)[:size], bytes(size), Random(size).randbytes(size)):
        packed = packing.pack(data)

        assert len(packed) <= len(data)
        assert packing.unpack(packed, size) == data


def test_only_shorter_bytes_are_packed() -> None:
    """Then they are the frame."""
    noise = Random(1).randbytes(10_000)

    assert packing.pack(noise) == noise
    assert packing.pack(WORDS) == bytes(cramjam.zstd.compress(WORDS, 1))
    assert len(packing.pack(WORDS)) < len(WORDS) / 3


def test_a_frame_that_is_cut_or_flipped_never_becomes_something_of_another_size() -> None:
    """At every byte and bit: refused, or as many bytes as were announced."""
    data = WORDS[:500]
    packed = packing.pack(data)
    for end in range(len(packed)):
        with pytest.raises(CodecError):
            packing.unpack(packed[:end], len(data))
    for position in range(8 * len(packed)):
        flipped = bytearray(packed)
        flipped[position // 8] ^= 1 << position % 8
        try:
            unpacked = packing.unpack(bytes(flipped), len(data))
        except CodecError:
            continue
        assert len(unpacked) == len(data)


def raw(data: bytes, *, head: bytes, is_last: bool = True, kind: int = 0) -> bytes:
    """A frame with one block, as it is."""
    return MAGIC + head + (len(data) << 3 | kind << 1 | is_last).to_bytes(3, "little") + data


def run(size: int, *, head: bytes) -> bytes:
    """A frame of so many equal bytes."""
    return MAGIC + head + (size << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"a"


@pytest.mark.parametrize(
    ("packed", "size"),
    [
        (run(100, head=b"\x20\x64"), 100),
        (run(1000, head=b"\x60\xe8\x02"), 1000),
        (run(1000, head=b"\xa0\xe8\x03\x00\x00"), 1000),
        (run(1000, head=b"\xe0\xe8\x03" + bytes(6)), 1000),
        (run(1000, head=b"\x80\x50\xe8\x03\x00\x00"), 1000),
    ],
)
def test_every_form_of_the_head_is_read(packed: bytes, size: int) -> None:
    """As RFC 8878 3.1.1.1 has it; a decoder of others agrees."""
    assert bytes(cramjam.zstd.decompress(packed)) == b"a" * size

    assert packing.unpack(packed, size) == b"a" * size


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(run(1000, head=b"\x00\x58"), id="says no size"),
        pytest.param(run(1000, head=b"\x60\xe7\x02"), id="says another size"),
        pytest.param(run(999, head=b"\x60\xe8\x02"), id="has another size"),
        pytest.param(run(1001, head=b"\x60\xe8\x02"), id="has more"),
        pytest.param(run(1000, head=b"\x80\x58\xe8\x03\x00\x00"), id="window of 2 MiB"),
        pytest.param(run(1000, head=b"\x64\xe8\x02") + bytes(4), id="checksum"),
        pytest.param(run(1000, head=b"\x61\x01\xe8\x02"), id="dictionary"),
        pytest.param(run(1000, head=b"\x68\xe8\x02"), id="reserved bit"),
        pytest.param(raw(b"a" * 9, head=b"\x60\xe8\x02", kind=3), id="reserved block"),
        pytest.param(raw(b"a" * 9, head=b"\x60\xe8\x02", is_last=False), id="no last block"),
        pytest.param(run(1000, head=b"\x60\xe8\x02") + b"\x00", id="a byte behind"),
        pytest.param(
            run(1000, head=b"\x60\xe8\x02") + raw(b"", head=b"\x20\x00"), id="an empty frame behind"
        ),
        pytest.param(
            run(1000, head=b"\x60\xe8\x02") + b"\x50\x2a\x4d\x18\x01\x00\x00\x00x",
            id="a frame to skip behind",
        ),
        pytest.param(b"", id="nothing"),
        pytest.param(MAGIC, id="magic alone"),
        pytest.param(MAGIC + b"\x60", id="no size"),
        pytest.param(b"\x28\xb5\x2f\xfc" + run(1000, head=b"\x60\xe8\x02")[4:], id="another magic"),
        pytest.param(b"a" * 999, id="no frame"),
        pytest.param(b"a" * 1001, id="more than the size"),
    ],
)
def test_other_bytes_are_refused(packed: bytes) -> None:
    """Exactly one frame, which says its size and needs little to be read."""
    with pytest.raises(CodecError):
        packing.unpack(packed, 1000)


def test_no_more_than_the_size_is_allocated() -> None:
    """Whatever a frame would become."""
    bomb = bytes(cramjam.zstd.compress(bytes(100 << 20), 1))
    tracemalloc.start()
    for size in (1000, 100_000, 1 << 20):
        with pytest.raises(CodecError):
            packing.unpack(bomb, size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 << 20
