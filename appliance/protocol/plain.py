"""Partitions of an OffsetCommit as consumers send it all the time: without metadata.

Ten objects with four fields each cost more than everything else that a node does to decode such a
request. All lines are of one size then, so one call unpacks them, and the few that must tell them
from others look at the bytes behind each.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import starmap
from typing import Any

_LINE = struct.Struct(">iqi2x")  # partition, offset, leader epoch; metadata and tags, or its length
_PARTS = struct.Struct("4s12s2x")  # partition; offset and leader epoch
_LINE_BYTES = _LINE.size
assert _LINE_BYTES == _PARTS.size == 18

# Last two bytes of a line -> its metadata.
_COMPACT: dict[bytes, str | None] = {b"\1\0": "", b"\0\0": None}
_CLASSIC: dict[bytes, str | None] = {b"\0\0": "", b"\xff\xff": None}


class PlainLines:
    """Stands for the list of a topic's partitions; makes their objects for whoever looks at them.

    It keeps their bytes: a node that stores offsets as Kafka does need not know the numbers.
    """

    __slots__ = ("_lines", "_make", "_metadata")

    def __init__(self, lines: bytes, make: Callable[..., Any], metadata: str | None) -> None:
        """Args: make: the class of a partition; metadata: of every one, empty or None."""
        self._lines = lines
        self._make = make
        self._metadata = metadata

    def columns(self) -> tuple[bytes, tuple[bytes, ...]]:
        """Return all partitions, int32 each, and of each its offset and leader epoch, int64 int32.

        There is at least one line.
        """
        partitions, positions = zip(*_PARTS.iter_unpack(self._lines))
        return b"".join(partitions), positions

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
    if (
        end not in forms
        or lines[16::_LINE_BYTES] != end[:1] * count
        or lines[17::_LINE_BYTES] != end[1:] * count
    ):
        return None
    return PlainLines(lines, make, forms[end])
