"""Strict CBOR for commands and snapshots: plain values only.

Accepted: null, bool, 64-bit integers, float64, byte and text strings, arrays and maps whose keys
are text strings, byte strings or integers. Refused: every tag, indefinite lengths, duplicate keys,
nesting deeper than `limits.CODEC_DEPTH_MAX`, bytes behind the value. Decoding runs no code chosen
by the bytes.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, NoReturn

import cbor2

from raft import limits
from raft.errors import CodecError

__all__ = ["decode", "encode"]

_PLAIN = (type(None), bool, int, float, str, bytes)


def encode(value: Any) -> bytes:
    """Encodes plain data; equal values built in the same order give equal bytes.

    Raises:
        CodecError: the value has another type, an integer beyond 64 bits or is nested too deep.
    """
    _check(value, limits.CODEC_DEPTH_MAX)
    return cbor2.dumps(value)


def decode(data: bytes) -> Any:
    """Decodes exactly one value.

    Raises:
        CodecError: the bytes are anything but one value of the subset.
    """
    stream = BytesIO(data)
    try:
        value = cbor2.CBORDecoder(
            stream,
            tag_hook=_refuse,
            semantic_decoders=_TAGS_REFUSED,
            max_depth=limits.CODEC_DEPTH_MAX,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        ).decode()
    except (cbor2.CBORDecodeError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise CodecError(f"not a plain CBOR value: {error}") from error
    if stream.tell() != len(data):
        raise CodecError(f"{len(data) - stream.tell()} bytes behind the value")
    _check(value, limits.CODEC_DEPTH_MAX)
    return value


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
