"""Encode and decode Kafka requests and responses, headers and frames.

Decoding takes memoryviews and never copies records; encoding returns a list of buffers that goes
to a gathered send as it is.
"""

import copy
import importlib
import re
import struct
import sys
from collections.abc import Callable, Collection, Iterator
from typing import Any

from appliance.errors import LocalProtocolError, RemoteProtocolError
from appliance.protocol.generated import MESSAGES, MODULES
from appliance.protocol.primitives import DecodeError, read_uvarint

Buffers = list[bytes | memoryview]

_REQUEST_HEAD = struct.Struct(">hhih")
_SIZE = struct.Struct(">i")
_FRAME_V0 = struct.Struct(">ii")
_FRAME_V1 = struct.Struct(">iib")
assert _REQUEST_HEAD.size == 10
assert _FRAME_V1.size == 9
_SMALL_BYTES = 512

_API_VERSIONS = 18

API_VERSIONS: dict[int, tuple[int, int]] = {
    key: (low, high) for (key, kind), (low, high, _, _) in MESSAGES.items() if kind == "request"
}
"""API key -> (lowest, highest) version that can be encoded and decoded."""

_FLEXIBLE_RESPONSES = {
    key: flexible if key != _API_VERSIONS else sys.maxsize
    for (key, kind), (_, _, flexible, _) in MESSAGES.items()
    if kind == "response"
}
"""API key -> first version of the response with a flexible header."""

_KEYS = {(line[3], kind): key for (key, kind), line in MESSAGES.items()}
_RECORDS = {line[3]: (key, kind) for (key, kind), line in MESSAGES.items() if "coordinator" in kind}
_RECORD_KIND = struct.Struct(">h")
_UNENCODABLE = (struct.error, ValueError, OverflowError, AttributeError, TypeError)
_BAD = (IndexError, struct.error, UnicodeDecodeError, ValueError, OverflowError, MemoryError)
_cache: dict[tuple[int, str, int, str], Callable[..., Any]] = {}


class ProtocolError(RemoteProtocolError):
    """Bytes that are not a message of the version they claim to be."""


def _function(api_key: int, kind: str, version: int, verb: str) -> Callable[..., Any]:
    found = _cache.get((api_key, kind, version, verb))
    if found is not None:
        return found
    line = MESSAGES.get((api_key, kind))
    if line is None or not line[0] <= version <= line[1]:
        raise ProtocolError(f"no {kind} of API key {api_key} in version {version}")
    name = line[3]
    module = importlib.import_module(f"appliance.protocol.generated.{MODULES[name]}")
    snake = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()
    found = getattr(module, f"{verb}_{snake}_v{version}")
    _cache[api_key, kind, version, verb] = found
    return found


def _words(error: Exception) -> str:
    """Say what is wrong with a peer's bytes; Python's own words are about its functions."""
    match error:
        case DecodeError():
            return str(error)[:100]
        case UnicodeDecodeError():
            return "text that is not UTF-8"
        case IndexError() | struct.error():
            return "it ends too early"
        case _:
            return "a size or value that cannot be"


def _decode(api_key: int, kind: str, version: int, view: memoryview, position: int) -> Any:
    function = _function(api_key, kind, version, "decode")
    try:
        message, _ = function(view, position, len(view))
    except _BAD as error:
        raise ProtocolError(f"bad {kind} {api_key} v{version}: {_words(error)}") from None
    return message


def decode_request(api_key: int, version: int, view: memoryview, position: int = 0) -> Any:
    """Return the request that begins at `position`; `records` fields are slices of `view`.

    Raises:
        ProtocolError: whatever is wrong with the bytes.
    """
    return _decode(api_key, "request", version, view, position)


def decode_response(api_key: int, version: int, view: memoryview, position: int = 0) -> Any:
    """Return the response that begins at `position`; see `decode_request`."""
    return _decode(api_key, "response", version, view, position)


def _encode_into(parts: Buffers, api_key: int, kind: str, version: int, message: Any) -> None:
    try:
        encode = _function(api_key, kind, version, "encode")
    except ProtocolError as error:  # the peer did not choose this version: we did
        raise LocalProtocolError(str(error)) from None
    try:
        encode(message, parts.append, parts.extend)
    except _UNENCODABLE as error:
        raise LocalProtocolError(
            f"cannot encode {type(message).__name__} v{version}: {str(error)[:100]}"
        ) from error


def _encode(api_key: int, kind: str, version: int, message: Any) -> Buffers:
    parts: Buffers = []
    _encode_into(parts, api_key, kind, version, message)
    return parts


def _key_of(message: Any, kind: str) -> int:
    key = _KEYS.get((type(message).__name__, kind))
    if key is None:
        raise LocalProtocolError(f"{type(message).__name__} is no {kind}")
    return key


def response_key(message: Any) -> int:
    """Return the API key that a response belongs to."""
    return _key_of(message, "response")


def encode_request(message: Any, version: int) -> Buffers:
    """Return the buffers of a request body."""
    return _encode(_key_of(message, "request"), "request", version, message)


def encode_response(message: Any, version: int) -> Buffers:
    """Return the buffers of a response body; records are not joined."""
    return _encode(response_key(message), "response", version, message)


def request_header_version(api_key: int, version: int) -> int:
    """Return 2 for flexible versions, else 1."""
    return 2 if version >= MESSAGES[api_key, "request"][2] else 1


def response_header_version(api_key: int, version: int) -> int:
    """Return 1 for flexible versions, else 0; always 0 for ApiVersions (KIP-511)."""
    return 1 if version >= _FLEXIBLE_RESPONSES[api_key] else 0


def decode_request_header(
    view: memoryview, position: int = 0
) -> tuple[int, int, int, str | None, int]:
    """Return (API key, version, correlation id, client id, position of the body).

    An unknown key or version is no error here; its header is read as version 1.

    Raises:
        ProtocolError: the header is cut short or not text where text must be.
    """
    try:
        key, version, correlation_id, length = _REQUEST_HEAD.unpack_from(view, position)
        position += 10
        client_id = None
        if length >= 0:
            end = position + length
            if end > len(view):
                raise ProtocolError("client id reaches behind the end of the request")
            client_id = str(view[position:end], "utf-8")
            position = end
        line = MESSAGES.get((key, "request"))
        if line is not None and line[2] <= version <= line[1]:
            if view[position] == 0:
                position += 1
            else:
                position = _skip_tags(view, position)
    except ProtocolError:
        raise
    except _BAD as error:
        raise ProtocolError(f"bad request header: {_words(error)}") from None
    return key, version, correlation_id, client_id, position


def _skip_tags(view: memoryview, position: int) -> int:
    count, position = read_uvarint(view, position)
    for _ in range(min(count, len(view))):
        _, position = read_uvarint(view, position)
        size, position = read_uvarint(view, position)
        position += size
        if position > len(view):
            raise ProtocolError("tagged field reaches behind the end of the request")
    return position


def encode_response_frame(
    api_key: int, version: int, correlation_id: int, message: Any
) -> tuple[Buffers, int]:
    """Return (buffers, total bytes) of a whole response: size, header, body."""
    parts: Buffers = [b""]
    _encode_into(parts, api_key, "response", version, message)
    return _frame(api_key, version, correlation_id, parts)


def encode_response_in_blocks(
    message: Any, version: int, field: str, inner: str = "", *, lines_max: int
) -> Iterator[bytes]:
    """Yield a response body in pieces; together they are what `encode_response` returns.

    To encode a long answer in one go would keep everybody else waiting.

    Args:
        field: the array of the message that may be long; anything with a length that is gone
            through once, so that its elements need not be there all at the same time.
        inner: an array in each of its elements that may be long, too.
        lines_max: elements of a piece, those of the inner arrays counted.
    """
    api_key = response_key(message)
    lines = getattr(message, field)
    is_first = True
    pieces = _cut(lines, inner, lines_max)
    following = next(pieces, None)
    while following is not None:
        (some, part), following = following, next(pieces, None)
        parts: Buffers = []
        message = copy.copy(message)
        block = _Block(some, len(lines), parts)
        setattr(message, field, block)
        inside = None
        if part is not None:
            (line,) = some
            whole = getattr(line, inner)
            inside = _Block(whole[part], len(whole), parts)
            block.items = [copy.copy(line)]
            setattr(block.items[0], inner, inside)
        _encode_into(parts, api_key, "response", version, message)
        start, end = block.start, block.end
        if inside is not None and part is not None:
            start = inside.start if part.start else start
            end = inside.end if part.stop < len(inside) else end
        if is_first:
            start, is_first = 0, False
        if following is None:
            end = len(parts)
        yield b"".join(parts[start:end])


class _Block:
    """Stands for an array while a part of it is encoded, and notes where in the output that is."""

    def __init__(self, items: list[Any], count: int, parts: Buffers) -> None:
        self.items = items
        self.start = self.end = -1
        self._count = count
        self._parts = parts

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        self.start = len(self._parts)
        yield from self.items
        self.end = len(self._parts)


def _cut(
    lines: Collection[Any], inner: str, lines_max: int
) -> Iterator[tuple[list[Any], slice | None]]:
    """Yield (elements, None), or (one element, the part of its inner array)."""
    some: list[Any] = []
    room = lines_max
    for line in lines:
        count = len(getattr(line, inner) or ()) if inner else 0
        if some and room < 1 + count:
            yield some, None
            some, room = [], lines_max
        if count > lines_max:
            for first in range(0, count, lines_max):
                yield [line], slice(first, min(first + lines_max, count))
        else:
            some.append(line)
            room -= 1 + count
    if some or not lines:
        yield some, None


def frame_response(
    api_key: int, version: int, correlation_id: int, *bodies: bytes
) -> tuple[Buffers, int]:
    """Return (buffers, total bytes) of a response whose body is encoded already, in pieces."""
    if len(bodies) == 1 and len(bodies[0]) < _SMALL_BYTES:
        # One buffer costs less to send than the copy does.
        body = bodies[0]
        size = len(body)
        if response_header_version(api_key, version):
            return [_FRAME_V1.pack(size + 5, correlation_id, 0) + body], size + 9
        return [_FRAME_V0.pack(size + 4, correlation_id) + body], size + 8
    return _frame(api_key, version, correlation_id, [b"", *bodies])


def _frame(api_key: int, version: int, correlation_id: int, parts: Buffers) -> tuple[Buffers, int]:
    """Put size and header into the first, empty part."""
    size = sum(map(len, parts))
    if response_header_version(api_key, version):
        parts[0] = _FRAME_V1.pack(size + 5, correlation_id, 0)
        size += 9
    else:
        parts[0] = _FRAME_V0.pack(size + 4, correlation_id)
        size += 8
    if len(parts) < 64:
        return parts, size
    return _join_small(parts), size


def _join_small(parts: Buffers) -> Buffers:
    """Join runs of small pieces: a gathered send takes at most 1,024."""
    out: Buffers = []
    run: list[bytes | memoryview] = []
    for part in parts:
        if len(part) < _SMALL_BYTES:
            run.append(part)
            continue
        if run:
            out.append(b"".join(run))
            run = []
        out.append(part)
    if run:
        out.append(b"".join(run))
    return out


def encode_request_frame(
    api_key: int, version: int, correlation_id: int, client_id: str | None, message: Any
) -> Buffers:
    """Return the buffers of a whole request: size, header, body."""
    body = _encode(api_key, "request", version, message)
    text = b"" if client_id is None else client_id.encode()
    head = _REQUEST_HEAD.pack(
        api_key, version, correlation_id, -1 if client_id is None else len(text)
    )
    head += text
    if request_header_version(api_key, version) == 2:
        head += b"\0"
    return [_SIZE.pack(len(head) + sum(map(len, body))), head, *body]


def encode_coordinator_record(message: Any, version: int = 0) -> bytes:
    """Return a stored key or value of `__consumer_offsets`.

    **Layout**: i16 record type (of a key) or version (of a value), then the fields. Keys exist in
    version 0 only.
    """
    known = _RECORDS.get(type(message).__name__)
    if known is None:
        raise LocalProtocolError(f"{type(message).__name__} is no coordinator record")
    key, kind = known
    head = _RECORD_KIND.pack(key if kind == "coordinator-key" else version)
    return b"".join([head, *_encode(key, kind, version, message)])


def decode_coordinator_key(view: memoryview) -> Any:
    """Return the `OffsetCommitKey` or `GroupMetadataKey` of a stored key.

    Raises:
        ProtocolError: unknown record type, or bytes that are not such a key.
    """
    return _decode(_record_head(view), "coordinator-key", 0, view, 2)


def decode_coordinator_value(key: Any, view: memoryview) -> Any:
    """Return the value that belongs to `key`, the answer of `decode_coordinator_key`.

    Raises:
        ProtocolError: unknown version, or bytes that are not such a value.
    """
    known = _RECORDS.get(type(key).__name__)
    if known is None or known[1] != "coordinator-key":
        raise LocalProtocolError(f"{type(key).__name__} is no coordinator key")
    return _decode(known[0], "coordinator-value", _record_head(view), view, 2)


def _record_head(view: memoryview) -> int:
    if len(view) < 2:
        raise ProtocolError("coordinator record is cut short")
    return _RECORD_KIND.unpack_from(view, 0)[0]
