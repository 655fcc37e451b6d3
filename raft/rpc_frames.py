"""What the two ends of an RPC connection say to each other: a schema for each frame.

Valid if and only if the frame is a strict CBOR array whose first item is a kind below, with exactly
the fields of its class, each of the type and range of its schema.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, NamedTuple

from raft import codec, limits

__all__ = [
    "Code",
    "Credit",
    "Data",
    "End",
    "Failed",
    "Frame",
    "Open",
    "Ping",
    "Pong",
    "decode",
    "encode",
]


class Code(IntEnum):
    """Why a stream failed."""

    NO_METHOD = 1
    REFUSED = 2
    CANCELLED = 3
    TOO_LONG = 4


class Open(NamedTuple):
    """The dialler begins a stream; numbers ascend."""

    stream: int
    method: str


class Data(NamedTuple):
    """A piece of what this side of the stream says."""

    stream: int
    data: bytes


class End(NamedTuple):
    """This side of the stream has said everything."""

    stream: int


class Credit(NamedTuple):
    """The other side may send so many bytes more."""

    stream: int
    size: int


class Failed(NamedTuple):
    """The stream is over in both directions; nothing more is said on it."""

    stream: int
    code: int
    text: str


class Ping(NamedTuple):
    """Are you there?"""

    number: int


class Pong(NamedTuple):
    """The answer, with the same number."""

    number: int


Frame = Open | Data | End | Credit | Failed | Ping | Pong


def encode(frame: Frame) -> bytes:
    """Encodes a frame of this node."""
    return codec.encode([_KINDS[type(frame)], *frame])


def decode(data: bytes) -> Frame:
    """Decodes a frame of a peer.

    Raises:
        CodecError: the bytes are anything but one valid frame.
    """
    value = codec.decode(data)
    kind, fields = codec.fields_of(value, _SCHEMAS, "frame")
    return kind(*fields)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < 1 << 62


def _is_stream(value: Any) -> bool:
    return type(value) is int and 0 < value < 1 << 62


def _is_method(value: Any) -> bool:
    return type(value) is str and 0 < len(value) <= limits.RPC_METHOD_CHARS_MAX


def _is_piece(value: Any) -> bool:
    return type(value) is bytes and 0 < len(value) <= limits.RPC_PIECE_BYTES


def _is_credit(value: Any) -> bool:
    return type(value) is int and 0 < value <= limits.RPC_WINDOW_BYTES


def _is_code(value: Any) -> bool:
    return type(value) is int and 0 < value < 1 << 16


def _is_text(value: Any) -> bool:
    return type(value) is str and len(value) <= limits.RPC_TEXT_CHARS_MAX


_SCHEMAS: dict[int, tuple[Callable[..., Frame], tuple[Callable[[Any], bool], ...]]] = {
    1: (Open, (_is_stream, _is_method)),
    2: (Data, (_is_stream, _is_piece)),
    3: (End, (_is_stream,)),
    4: (Credit, (_is_stream, _is_credit)),
    5: (Failed, (_is_stream, _is_code, _is_text)),
    6: (Ping, (_is_number,)),
    7: (Pong, (_is_number,)),
}
_KINDS: dict[Any, int] = {schema[0]: kind for kind, schema in _SCHEMAS.items()}
