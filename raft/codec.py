"""Strict CBOR for commands and snapshots: plain values only.

Accepted: null, bool, 64-bit integers, float64, byte and text strings, arrays and maps whose keys
are text strings, byte strings or integers. Refused: every tag, indefinite lengths, duplicate keys,
nesting deeper than `limits.CODEC_DEPTH_MAX`, bytes behind the value. Decoding runs no code chosen
by the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any, NoReturn, TypeVar

import cbor2

from raft import limits
from raft.errors import CodecError

_T = TypeVar("_T")

__all__ = [
    "ARRAY",
    "BYTES",
    "UNSIGNED",
    "Reader",
    "array_head",
    "decode",
    "decode_unchecked",
    "encode",
    "encode_checked",
    "fields_of",
    "read_head",
]

UNSIGNED, BYTES, ARRAY = 0x00, 0x40, 0x80
"""What an item is, in the upper three bits of its first byte."""

_PLAIN = (type(None), bool, int, float, str, bytes)


def encode(value: Any) -> bytes:
    """Encodes plain data; equal values built in the same order give equal bytes.

    Raises:
        CodecError: the value has another type, an integer beyond 64 bits or is nested too deep.
    """
    _check(value, limits.CODEC_DEPTH_MAX)
    return cbor2.dumps(value)


def encode_checked(value: Any) -> bytes:
    """Encodes data whose maker knows that it is plain: looking at each item costs more."""
    return cbor2.dumps(value)


def decode(data: bytes) -> Any:
    """Decodes exactly one value.

    Raises:
        CodecError: the bytes are anything but one value of the subset.
    """
    value = decode_unchecked(data)
    _check(value, limits.CODEC_DEPTH_MAX)
    return value


def decode_unchecked(data: bytes) -> Any:
    """Decodes one value without tags, for a reader who checks the exact type of every item.

    Raises:
        CodecError
    """
    reader = Reader(data)
    value = reader.read_unchecked()
    reader.check_end()
    return value


def fields_of(
    value: Any,
    schemas: Mapping[int, tuple[Callable[..., _T], Sequence[Callable[[Any], bool]]]],
    name: str,
) -> tuple[Callable[..., _T], list[Any]]:
    """Returns the class and the checked fields of a decoded array [kind, field, ...].

    Args:
        value: what was decoded.
        schemas: by kind: the class, and a check for each field.
        name: of what it should be, for messages.

    Raises:
        CodecError: anything else.
    """
    if type(value) is not list or not value or type(value[0]) is not int:
        raise CodecError(f"not a {name}")
    schema = schemas.get(value[0])
    if schema is None:
        raise CodecError(f"{name} of kind {value[0]}")
    kind, checks = schema
    fields = value[1:]
    if len(fields) != len(checks) or not all(
        check(field) for check, field in zip(checks, fields, strict=True)
    ):
        raise CodecError(f"{kind.__name__} with wrong fields")
    return kind, fields


def array_head(count: int) -> bytes:
    """Encodes the head of an array: so many items follow."""
    assert count >= 0
    for code, size in ((0x98, 1), (0x99, 2), (0x9A, 4)):
        if count < 24:
            return bytes([0x80 + count])
        if count < 1 << 8 * size:
            return bytes([code]) + count.to_bytes(size, "big")
    raise CodecError(f"an array of {count} items")


def read_head(data: bytes, position: int, kind: int) -> tuple[int, int]:
    """Returns the number in the head of an item of this kind, and where the head ends.

    Raises:
        CodecError: there is no such item.
    """
    start = position + 1
    code = data[position] - kind if position < len(data) else -1
    if 0 <= code < 24:
        return code, start
    end = start + (1 << code - 24) if 24 <= code < 28 else 0
    if not start < end <= len(data):
        raise CodecError("no item of this kind")
    return int.from_bytes(data[start:end], "big"), end


class Reader:
    """Decodes a long value item by item; its arrays are opened by their heads."""

    def __init__(self, data: bytes) -> None:
        self._bytes = len(data)
        self._stream = BytesIO(data)
        self._decoder = cbor2.CBORDecoder(
            self._stream,
            tag_hook=_refuse,
            semantic_decoders=_TAGS_REFUSED,
            max_depth=limits.CODEC_DEPTH_MAX,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )

    def read_array(self) -> int:
        """Returns how many items follow.

        Raises:
            CodecError: no array begins here.
        """
        head = self._read(1)[0]
        if 0x80 <= head < 0x98:
            return head - 0x80
        if not 0x98 <= head <= 0x9A:
            raise CodecError("no array")
        return int.from_bytes(self._read(1 << head - 0x98), "big")

    def read_value(self) -> Any:
        """Decodes the next item.

        Raises:
            CodecError: the bytes are anything but a value of the subset.
        """
        value = self.read_unchecked()
        _check(value, limits.CODEC_DEPTH_MAX)
        return value

    def read_unchecked(self) -> Any:
        """Decodes the next item; what is in it may be of types that are not allowed.

        Raises:
            CodecError
        """
        try:
            return self._decoder.decode()
        except (cbor2.CBORDecodeError, ValueError, TypeError, RecursionError, MemoryError) as error:
            raise CodecError(f"not a plain CBOR value: {error}") from error

    def check_end(self) -> None:
        """Returns at the end of the bytes.

        Raises:
            CodecError: there are more.
        """
        if self._stream.tell() != self._bytes:
            raise CodecError(f"{self._bytes - self._stream.tell()} bytes behind the value")

    def _read(self, count: int) -> bytes:
        data = self._stream.read(count)
        if len(data) != count:
            raise CodecError("cut off")
        return data


def _refuse(*_: Any) -> NoReturn:
    raise ValueError("tags are not allowed")


# cbor2 decodes these by itself unless they are overridden; `tag_hook` only sees the unknown ones.
_TAGS_REFUSED: dict[int, Any] = dict.fromkeys(
    (*range(6), 25, *range(28, 39), 100, 256, 258, 260, 261, 1004, 43000, 55799), _refuse
)


def _check(value: Any, depth: int) -> None:
    if depth < 0:
        raise CodecError("nested too deep")
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) not in (str, bytes, int):
                raise CodecError(f"map key of type {type(key).__name__}")
            _check(item, depth - 1)
    elif kind is list or kind is tuple:
        for item in value:
            _check(item, depth - 1)
    elif kind is int:
        if not -(1 << 63) <= value < 1 << 64:
            raise CodecError("integer beyond 64 bits")
    elif kind not in _PLAIN:
        raise CodecError(f"value of type {kind.__name__}")
