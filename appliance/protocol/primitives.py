"""What the generated codec is made of. Source: KIP-482 (flexible versions)."""

from collections.abc import Sequence
from typing import Any, NoReturn

ELEMENTS_MAX = 1 << 17
"""Array elements of one whole message: each costs far more memory and time than the bytes that
announce it, so the frame size alone does not bound what a message takes. A message is decoded in
one turn of the event loop, at 1 to 3 us an element. The longest that a client has reason to send
names 10,000 partitions and assigns each to a broker: 20,000 elements."""

ZERO_UUID = bytes(16)
ONE = [bytes([i]) for i in range(128)]
MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()


class Struct:
    """A message or a part of one; fields are attributes, equal when all fields are."""

    __slots__: Sequence[str] = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


class DecodeError(ValueError):
    """Bytes that are not the message they claim to be."""


def raise_short() -> NoReturn:
    """Refuse a length that reaches behind the end."""
    raise DecodeError("a length reaches behind the end of the message")


def raise_many() -> NoReturn:
    """Refuse more array elements than one message may hold."""
    raise DecodeError(f"a message holds at most {ELEMENTS_MAX} array elements")


def raise_tag() -> NoReturn:
    """Refuse a known tagged field that does not fill the size it states."""
    raise DecodeError("a tagged field is not as long as it says")


def raise_absent(name: str) -> NoReturn:
    """Refuse to encode a value that the version has no field for: the peer would not see it."""
    raise ValueError(f"{name} has a value that this version cannot carry")


def raise_null(name: str) -> NoReturn:
    """Refuse null where the field does not allow it."""
    raise DecodeError(f"{name} must not be null")


def read_uvarint(buf: memoryview, pos: int) -> tuple[int, int]:
    """Return (value, position behind it) of an unsigned varint of at most 32 bits."""
    result = 0
    shift = 0
    while shift < 35:
        byte = buf[pos]
        pos += 1
        result |= (byte & 0x7F) << shift
        if byte < 128:
            if result > 0xFFFFFFFF:
                break
            return result, pos
        shift += 7
    raise DecodeError("varint is too long")


def uvarint(value: int) -> bytes:
    """Return an unsigned varint."""
    if value < 128:
        return ONE[value]
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
