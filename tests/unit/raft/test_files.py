"""How files are flushed and written. The rest of the port is covered by journal and node."""

from __future__ import annotations

from pathlib import Path

import raft
from raft import limits
from raft.snapshot import _joined


async def test_short_flush_is_done_at_once_while_the_disk_is_quick(tmp_path: Path) -> None:
    """It has to prove that first, and after a slow flush again: the next ones are for threads."""
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    file.write(b"x")
    assert not file.try_sync()
    for _ in range(100):
        directory._note_sync(limits.SYNC_INLINE_S / 2)
    assert file.try_sync()

    directory._note_sync(1.0)
    assert not file.try_sync()
    await file.sync()
    file.close()
    directory.close()


async def test_long_flush_is_done_in_a_thread_however_quick_the_disk(tmp_path: Path) -> None:
    """It takes as long as its bytes do; once it is done the next short one is at once again."""
    directory = raft.Directory(f"{tmp_path}/raft", sync_inline=True)
    file = await directory.create("snapshot")
    await file.write_bulk(bytes(limits.WRITE_INLINE_BYTES_MAX + 1))
    assert not file.try_sync()
    await file.sync()
    file.write(b"x")

    assert file.try_sync()
    file.close()
    directory.close()


def test_snapshot_pieces_are_written_in_long_parts() -> None:
    """The bytes stay the same, however short or long the pieces are; each piece ends a step."""
    size = limits.SNAPSHOT_PIECE_BYTES
    pieces = [b"a" * 10, b"", b"b" * (2 * size + 1), b"c" * (size - 11), b"d" * 3]
    parts = list(_joined(pieces))

    assert parts.count(None) == len(pieces)
    written = [part for part in parts if part is not None]
    assert b"".join(written) == b"".join(pieces)
    assert [len(part) for part in written] == [size, size, size, 3]
