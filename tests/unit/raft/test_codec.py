"""Strict CBOR: plain values pass, everything else is a CodecError."""

from __future__ import annotations

from datetime import datetime
from random import Random

import cbor2
import pytest

from raft import codec, limits
from raft.errors import CodecError

SAMPLE = {"a": [1, -2, 1 << 63, None, True, 1.5, b"\x00", "text"], "b": {1: {b"k": []}}}


def test_codec_plain_value_round_trips() -> None:
    """What is encoded is decoded to the same."""
    assert codec.decode(codec.encode(SAMPLE)) == SAMPLE


@pytest.mark.parametrize("tag", [*range(50), 100, 256, 258, 260, 261, 1004, 43000, 55799, 99999])
def test_codec_every_tag_is_refused(tag: int) -> None:
    """No tag is decoded, whatever it wraps."""
    for value in (0, "2013-03-21", b"\x01", [1, 2], [], {}):
        with pytest.raises(CodecError):
            codec.decode(cbor2.dumps(cbor2.CBORTag(tag, value)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x9f\xff",
        b"\xbf\xff",
        b"\x5f\xff",
        b"\xa2\x01\x01\x01\x01",
        b"\x01\x01",
        b"\xf7",
        b"\x81" * (limits.CODEC_DEPTH_MAX + 2) + b"\x01",
        b"\x81" * 100_000,
        b"\x9b" + b"\xff" * 8,
        b"\xe0",
        b"\xa1\x80\x01",
        b"\xa1\xf5\x01",
        b"\x61\xff",
    ],
)
def test_codec_other_bytes_are_refused(data: bytes) -> None:
    """Indefinite, duplicate, trailing, deep, huge, undefined, odd keys, bad UTF-8."""
    with pytest.raises(CodecError):
        codec.decode(data)


@pytest.mark.parametrize("value", [datetime(2024, 1, 1), 1 << 64, {1, 2}, {None: 1}, object()])
def test_codec_other_values_are_not_encoded(value: object) -> None:
    """What could not be decoded is not encoded."""
    with pytest.raises(CodecError):
        codec.encode(value)


def test_codec_mutated_bytes_give_value_or_error() -> None:
    """A decoder fed anything returns a value or raises its own error."""
    rng = Random(4)
    good = codec.encode(SAMPLE)
    for _ in range(5000):
        data = bytearray(good)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            codec.decode(bytes(data))
        except CodecError:
            pass
