"""Strict CBOR schemas: what may stand in a command or a snapshot, checked value by value.

A schema turns a value into its wire form and back; both directions check type, range and length,
so that nothing is proposed that another node would refuse. Wire forms hold only integers, byte
strings, text, null, arrays and maps; `loads` refuses everything else, and every encoding but the
canonical one (RFC 8949 4.2.3: shortest integers, definite lengths, map keys in length-first order).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NoReturn

import cbor2

from appliance.metadata import limits


class SchemaError(Exception):
    """A value or bytes that do not fit their schema."""


class Schema:
    """One kind of value; subclasses say which."""

    def encode(self, value: Any, /) -> Any:
        """Return the wire form of a value, or raise SchemaError."""
        raise NotImplementedError

    def decode(self, wire: Any, /) -> Any:
        """Return the value of a wire form, or raise SchemaError."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Integer(Schema):
    """An integer in [low, high]; bool is not one."""

    low: int
    high: int

    def decode(self, wire: Any) -> int:
        """See `Schema`."""
        if type(wire) is not int or not self.low <= wire <= self.high:
            raise SchemaError(f"not an integer in [{self.low}, {self.high}]: {wire!r:.80}")
        return wire

    def encode(self, value: Any) -> int:
        """See `Schema`; integer enums become plain integers."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = int(value)
        return self.decode(value)


@dataclass(frozen=True, slots=True)
class Text(Schema):
    """Text of low to high characters."""

    high: int
    low: int = 0

    def decode(self, wire: Any) -> str:
        """See `Schema`."""
        if type(wire) is not str or not self.low <= len(wire) <= self.high:
            raise SchemaError(f"not text of {self.low} to {self.high} characters: {wire!r:.80}")
        return wire

    encode = decode


@dataclass(frozen=True, slots=True)
class Bytes(Schema):
    """Exactly `size` bytes."""

    size: int

    def decode(self, wire: Any) -> bytes:
        """See `Schema`."""
        if type(wire) is not bytes or len(wire) != self.size:
            raise SchemaError(f"not {self.size} bytes: {wire!r:.80}")
        return wire

    encode = decode


@dataclass(frozen=True, slots=True)
class Optional(Schema):
    """Null, or what `item` allows."""

    item: Schema

    def decode(self, wire: Any) -> Any:
        """See `Schema`."""
        return None if wire is None else self.item.decode(wire)

    def encode(self, value: Any) -> Any:
        """See `Schema`."""
        return None if value is None else self.item.encode(value)


@dataclass(frozen=True, slots=True)
class Array(Schema):
    """Up to `high` items; a tuple in memory."""

    item: Schema
    high: int

    def decode(self, wire: Any) -> tuple[Any, ...]:
        """See `Schema`."""
        if type(wire) is not list or len(wire) > self.high:
            raise SchemaError(f"not an array of at most {self.high} items")
        return tuple(map(self.item.decode, wire))

    def encode(self, value: Any) -> list[Any]:
        """See `Schema`; lists and tuples are taken."""
        if not isinstance(value, (list, tuple)) or len(value) > self.high:
            raise SchemaError(f"not a list of at most {self.high} items")
        return list(map(self.item.encode, value))


@dataclass(frozen=True, slots=True)
class TextMap(Schema):
    """Text to text, at most `high` entries; a new dict each time."""

    key: Text
    value: Text
    high: int

    def decode(self, wire: Any) -> dict[str, str]:
        """See `Schema`."""
        if not isinstance(wire, Mapping) or len(wire) > self.high:
            raise SchemaError(f"not a map of at most {self.high} entries")
        return {self.key.decode(k): self.value.decode(v) for k, v in wire.items()}

    encode = decode


@dataclass(frozen=True, slots=True)
class Row(Schema):
    """An array of fixed length, one schema per column, made into `build(*columns)`.

    `columns(value)` is the inverse of `build`.
    """

    build: Callable[..., Any]
    columns: Callable[[Any], Any]
    items: tuple[Schema, ...]

    def decode(self, wire: Any) -> Any:
        """See `Schema`."""
        if type(wire) is not list or len(wire) != len(self.items):
            raise SchemaError(f"not a row of {len(self.items)} columns")
        return self.build(*[item.decode(x) for item, x in zip(self.items, wire, strict=True)])

    def encode(self, value: Any) -> list[Any]:
        """See `Schema`."""
        columns = self.columns(value)
        return [item.encode(x) for item, x in zip(self.items, columns, strict=True)]


def as_row(*items: Schema) -> Row:
    """Return a row that is a plain tuple in memory."""
    return Row(lambda *columns: columns, lambda value: value, items)


def dumps(wire: Any) -> bytes:
    """Return the one encoding of a wire form."""
    try:
        return cbor2.dumps(wire, canonical=True)
    except (ValueError, TypeError, cbor2.CBORError) as error:
        raise SchemaError(f"cannot be encoded: {error}") from error


def array_head(count: int) -> bytes:
    """Return what precedes the items of an array, so that it can be encoded piece by piece."""
    return _head(0x80, count)


def map_head(count: int) -> bytes:
    """Return what precedes the keys and values of a map, which follow in canonical order."""
    return _head(0xA0, count)


def _head(major: int, count: int) -> bytes:
    assert 0 <= count <= 0xFFFFFFFF
    if count < 24:
        return bytes([major | count])
    for code, size in ((24, 1), (25, 2), (26, 4)):
        if count >> 8 * size == 0:
            return bytes([major | code]) + count.to_bytes(size, "big")
    raise AssertionError("not reached")


def loads(data: bytes, *, bytes_max: int | None) -> Any:
    """Return the wire form that `dumps` made these bytes of; anything else raises SchemaError."""
    data = bytes(data)
    if bytes_max is not None and len(data) > bytes_max:
        raise SchemaError(f"{len(data)} bytes; at most {bytes_max} are allowed")
    try:
        wire = cbor2.loads(data, **_STRICTLY)
        same = cbor2.dumps(wire, canonical=True) == data
    except _DECODE_ERRORS as error:
        raise SchemaError(f"not CBOR of the allowed kinds: {error}") from error
    if not same:
        raise SchemaError("not canonical CBOR, or bytes follow it")
    return wire


class Reader:
    """Reads a long value item by item, out of pieces that are cut anywhere.

    A piece is drawn when it is needed, and forgotten once it was read. As with `loads`, any bytes
    but those that `dumps`, `array_head` and `map_head` make raise SchemaError.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._open(b"")

    def _open(self, data: bytes) -> None:
        self._data = data
        self._stream = BytesIO(data)
        self._decoder = cbor2.CBORDecoder(self._stream, **_STRICTLY)

    def _draw(self, start: int) -> None:
        """Draws as many bytes as are left from `start` on: a long item is not begun often."""
        parts, drawn = [self._data[start:]], 0
        for piece in self._pieces:
            parts.append(piece)
            drawn += len(piece)
            if drawn and drawn >= len(parts[0]):
                break
        if not drawn:
            raise SchemaError("cut off")
        self._open(b"".join(parts))

    def read_array(self) -> int:
        """Return how many items of an array follow."""
        return self._read_head(0x80)

    def read_map(self) -> int:
        """Return how many keys and values of a map follow."""
        return self._read_head(0xA0)

    def _read_head(self, major: int) -> int:
        code = self._peek(1)[0] - major
        if not 0 <= code <= 26:
            raise SchemaError("not an array or map of the allowed kind")
        head = self._peek(1 + {24: 1, 25: 2, 26: 4}.get(code, 0))
        count = int.from_bytes(head[1:], "big") if len(head) > 1 else code
        if head != _head(major, count):
            raise SchemaError("not canonical CBOR")
        self._stream.seek(len(head), 1)
        return count

    def _peek(self, count: int) -> bytes:
        while len(self._data) - self._stream.tell() < count:
            self._draw(self._stream.tell())
        start = self._stream.tell()
        return self._data[start : start + count]

    def read_items(self, count: int) -> list[Any]:
        """Return the wire forms of the next items."""
        while True:
            start = self._stream.tell()
            try:
                items = [self._decoder.decode() for _ in range(count)]
                data = self._data[start : self._stream.tell()]
                is_same = cbor2.dumps(items, canonical=True) == array_head(count) + data
            except cbor2.CBORDecodeEOF:
                self._draw(start)
                continue
            except _DECODE_ERRORS as error:
                raise SchemaError(f"not CBOR of the allowed kinds: {error}") from error
            if not is_same:
                raise SchemaError("not canonical CBOR")
            return items

    def check_end(self) -> None:
        """Raise SchemaError if anything follows."""
        if self._stream.tell() != len(self._data) or any(self._pieces):
            raise SchemaError("bytes follow it")


def _refuse_tag(*_: Any) -> NoReturn:
    raise SchemaError("CBOR tags are not allowed")


# Every tag that cbor2 would turn into an object by itself: a date or a regular expression built
# from hostile bytes is work that nobody asked for.
_NO_TAGS = dict.fromkeys(
    (*range(6), *range(21, 38), 52, 54, 100, 256, 258, 260, 261, 1004, 43000, 55799),
    _refuse_tag,
)
_STRICTLY: dict[str, Any] = {
    "max_depth": limits.CBOR_DEPTH_MAX,
    "allow_indefinite": False,
    "allow_duplicate_keys": False,
    "strict_hashable_types": True,
    "semantic_decoders": _NO_TAGS,
    "tag_hook": _refuse_tag,
}
_DECODE_ERRORS = (
    SchemaError,
    cbor2.CBORError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)
