"""Partitions of an OffsetCommit as consumers send it all the time: without metadata.

Ten objects with four fields each cost more than everything else that a node does to decode such a
request. All lines are of one size then, so one call unpacks them, and the few that must tell them
from others look at the bytes behind each.
"""

import functools
import struct
from collections.abc import Callable, Iterator
from itertools import starmap
from typing import Any

from appliance import limits

_LINE = struct.Struct(">iqi2x")  # partition, offset, leader epoch; metadata and tags, or its length
_POSITION = "4x12s2x"  # offset and leader epoch
_LINE_BYTES = _LINE.size
assert _LINE_BYTES == struct.calcsize(_POSITION) == 18
_POSITIONS = tuple(struct.Struct(_POSITION * count) for count in range(65))
_CORRELATION_ID = struct.Struct(">i")

# Last two bytes of a line -> its metadata.
_COMPACT: dict[bytes, str | None] = {b"\1\0": "", b"\0\0": None}
_CLASSIC: dict[bytes, str | None] = {b"\0\0": "", b"\xff\xff": None}


class PlainLines:
    """Stands for the list of a topic's partitions; makes their objects for whoever looks at them.

    It keeps their bytes: a node that stores offsets as Kafka does need not know the numbers.

    Attributes:
        place: where they began in what was decoded.
        partitions: of all lines, int32 each, by column: what `partition_numbers` takes.
        positions: offset and leader epoch of each line, int64 int32.
    """

    __slots__ = ("_lines", "_make", "_metadata", "partitions", "place", "positions")

    def __init__(
        self, lines: bytes, place: int, make: Callable[..., Any], metadata: str | None
    ) -> None:
        """Args: make: the class of a partition; metadata: of every one, empty or None."""
        self._lines = lines
        self._make = make
        self._metadata = metadata
        self.place = place
        self.partitions = b"".join((lines[::18], lines[1::18], lines[2::18], lines[3::18]))
        self.positions = _positions(lines)

    def move(self, lines: bytes, positions: tuple[bytes, ...]) -> None:
        """Be other lines, which differ in their positions alone."""
        self._lines = lines
        self.positions = positions

    def alike(self, lines: bytes) -> "PlainLines | None":
        """Return other lines of the same form, or None: they are not."""
        if not _all_end(lines, self._lines[16:18]):
            return None
        return PlainLines(lines, self.place, self._make, self._metadata)

    def __len__(self) -> int:
        return len(self._lines) // _LINE_BYTES

    def __getitem__(self, index: int) -> Any:
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._line(*_LINE.unpack_from(self._lines, index % len(self) * _LINE_BYTES))

    def __iter__(self) -> Iterator[Any]:
        return starmap(self._line, _LINE.iter_unpack(self._lines))

    def _line(self, partition: int, offset: int, epoch: int) -> Any:
        return self._make(
            partition_index=partition,
            committed_offset=offset,
            committed_leader_epoch=epoch,
            committed_metadata=self._metadata,
        )

    def __eq__(self, other: object) -> bool:
        return list(self) == (list(other) if isinstance(other, PlainLines) else other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


def read_plain(
    buf: memoryview, pos: int, count: int, make: Callable[..., Any], *, is_flexible: bool
) -> PlainLines | None:
    """Return `count` partitions from `pos` on, or None: they are not all plain and alike.

    Args:
        buf: holds `count` times 18 bytes from `pos` on.
        pos: of the first.
        count: of them.
        make: the class of a partition.
        is_flexible: whether the version has tagged fields.
    """
    if not count:
        return None
    lines = bytes(buf[pos : pos + count * _LINE_BYTES])
    end = lines[16:18]
    forms = _COMPACT if is_flexible else _CLASSIC
    if end not in forms or not _all_end(lines, end):
        return None
    return PlainLines(lines, pos, make, forms[end])


def partition_numbers(partitions: bytes) -> tuple[int, ...]:
    """Return the numbers of `PlainLines.partitions`."""
    count = len(partitions) // 4
    lines = b"".join([partitions[at::count] for at in range(count)])
    return struct.unpack(f">{count}i", lines)


def _positions(lines: bytes) -> tuple[bytes, ...]:
    count = len(lines) // _LINE_BYTES
    if count < len(_POSITIONS):
        return _POSITIONS[count].unpack(lines)
    return tuple([lines[at : at + 12] for at in range(4, len(lines), _LINE_BYTES)])


def _all_end(lines: bytes, end: bytes) -> bool:
    count = len(lines) // _LINE_BYTES
    return lines[16::_LINE_BYTES] == end[:1] * count and lines[17::_LINE_BYTES] == end[1:] * count


@functools.lru_cache(maxsize=limits.REPEATED_COMMIT_LAYOUTS_MAX)
def _layout(size: int, start: int, count: int) -> struct.Struct:
    """Return the layout of an OffsetCommit of `size` bytes with `count` lines from `start` on.

    Fields that may differ from the last commit's, the correlation id and then the position of each
    line, come in turn with what must not: API key and version; what is before the first position;
    between two of them the end of a line and the partition of the next; what is behind the last.
    """
    behind = size - start - count * _LINE_BYTES
    between = "12s6s" * (count - 1)
    layout = struct.Struct(f">4si{start - 4}s{between}12s{2 + behind}s")
    assert layout.size == size
    return layout


class RepeatedCommit:
    """An OffsetCommit for plain partitions of one topic, to tell the next one alike by its bytes.

    A consumer sends the same all its life but for the correlation id and the numbers in its lines.

    Attributes:
        version: of the request.
        client_id: of its header.
    """

    __slots__ = (
        "_end", "_lines", "_request", "_same", "_size", "_start", "_topic", "_unpack", "client_id",
        "version",
    )  # fmt: skip

    def __init__(
        self,
        version: int,
        view: memoryview,
        *,
        request: Any,
        lines: PlainLines,
        client_id: str | None,
    ) -> None:
        """Args: view: the whole request, from its header on; lines: its only partitions."""
        self.version = version
        self.client_id = client_id
        self._size = len(view)
        self._start = lines.place
        self._end = lines.place + len(lines) * _LINE_BYTES
        self._unpack = _layout(self._size, self._start, len(lines)).unpack
        self._same = b"".join(self._unpack(view)[::2])
        self._lines = lines
        self._request = request
        self._topic = request.topics[0]

    def decode(self, view: memoryview) -> tuple[int, Any] | None:
        """Return correlation id and request, or None: it is another one.

        It is the same object each time, with other lines: it is good until the next one.
        """
        if len(view) != self._size:
            return None
        fields = self._unpack(view)
        if b"".join(fields[::2]) != self._same:
            return self._decode_others(bytes(view))
        self._lines.move(bytes(view[self._start : self._end]), fields[3::2])
        self._topic.partitions = self._lines
        return fields[1], self._request

    def _decode_others(self, raw: bytes) -> tuple[int, Any] | None:
        """Do it for other partitions: some consumers commit for one at a time, each in turn."""
        before, behind = raw[:4] + raw[8 : self._start], raw[self._end :]
        if not (self._same.startswith(before) and self._same.endswith(behind)):
            return None
        lines = self._lines.alike(raw[self._start : self._end])
        if lines is None:
            return None
        self._topic.partitions = lines
        return _CORRELATION_ID.unpack_from(raw, 4)[0], self._request


def repeated_commit(
    version: int, view: memoryview, request: Any, *, client_id: str | None
) -> RepeatedCommit | None:
    """Return what tells the next OffsetCommit like this one, if there can be one."""
    if len(view) > limits.REPEATED_COMMIT_BYTES_MAX or len(request.topics) != 1:
        return None
    lines = request.topics[0].partitions
    if type(lines) is not PlainLines:
        return None
    return RepeatedCommit(version, view, request=request, lines=lines, client_id=client_id)
