"""Partitions of an OffsetCommit as consumers send it all the time: without metadata.

Ten objects with four fields each cost more than everything else that a node does to decode such a
request. All lines are of one size then, so one call unpacks them, and the few that must tell them
from others look at the bytes behind each.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Any

_LINE = struct.Struct(">iqi2x")  # partition, offset, leader epoch; metadata and tags, or its length
_LINE_BYTES = _LINE.size
assert _LINE_BYTES == 9 * 2

# Last two bytes of a line -> its metadata.
_COMPACT: dict[bytes, str | None] = {b"\1\0": "", b"\0\0": None}
_CLASSIC: dict[bytes, str | None] = {b"\0\0": "", b"\xff\xff": None}


class PlainLines:
    """Stands for the list of a topic's partitions; makes their objects for whoever looks at them.

    Attributes:
        triples: (partition, offset, leader epoch) each.
    """

    __slots__ = ("_make", "_metadata", "triples")

    def __init__(
        self,
        triples: list[tuple[int, int, int]],
        make: Callable[..., Any],
        metadata: str | None,
    ) -> None:
        """Args: make: the class of a partition; metadata: of every one, empty or None."""
        self.triples = triples
        self._make = make
        self._metadata = metadata

    def __len__(self) -> int:
        return len(self.triples)

    def __getitem__(self, index: int) -> Any:
        partition, offset, epoch = self.triples[index]
        return self._make(
            partition_index=partition,
            committed_offset=offset,
            committed_leader_epoch=epoch,
            committed_metadata=self._metadata,
        )

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self.triples)))

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
    lines = buf[pos : pos + count * _LINE_BYTES]
    end = bytes(lines[16:18])
    forms = _COMPACT if is_flexible else _CLASSIC
    # As an array of two bytes each, a line is nine, and its end the last of them.
    if end not in forms or lines.cast("H")[8::9].tobytes() != end * count:
        return None
    return PlainLines(list(_LINE.iter_unpack(lines)), make, forms[end])
