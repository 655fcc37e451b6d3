"""How files are flushed and written. The rest of the port is covered by journal and node."""

from __future__ import annotations

from raft import limits
from raft.snapshot import _joined


def test_snapshot_pieces_are_written_in_long_parts() -> None:
    """The bytes stay the same, however short or long the pieces are; each piece ends a step."""
    size = limits.SNAPSHOT_PIECE_BYTES
    pieces = [b"a" * 10, b"", b"b" * (2 * size + 1), b"c" * (size - 11), b"d" * 3]
    parts = list(_joined(pieces))

    assert parts.count(None) == len(pieces)
    written = [part for part in parts if part is not None]
    assert b"".join(written) == b"".join(pieces)
    assert [len(part) for part in written] == [size, size, size, 3]
