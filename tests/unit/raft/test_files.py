"""How files are flushed and written. The rest of the port is covered by journal and node."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import raft
from raft import limits
from raft.snapshot import _joined


async def test_flush_is_begun_at_once_and_waited_for_without_the_event_loop(tmp_path: Path) -> None:
    """Two files at a time, though one thread flushes one at a time; the next flush is like it."""
    directory = raft.Directory(f"{tmp_path}/raft")
    journal, other = await directory.create("journal"), await directory.create("other")
    for _ in range(3):
        journal.write(b"x")
        other.write(b"y")
        assert not journal.try_sync()
        await other.sync()
        await journal.sync()
        await journal.sync()
    journal.close()
    other.close()
    directory.close()


async def test_flush_that_fails_is_raised_where_it_is_waited_for(tmp_path: Path) -> None:
    """Not in the thread, and not at the next one."""
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    os.close(file._descriptor)  # type: ignore[attr-defined]
    assert not file.try_sync()
    with pytest.raises(raft.StorageFailedError, match="flushing"):
        await file.sync()
    sound = await directory.create("sound")
    assert not sound.try_sync()
    await sound.sync()
    sound.close()
    directory.close()


async def test_flush_is_done_at_once_for_whoever_asked_for_that(tmp_path: Path) -> None:
    """Whatever there is to flush."""
    directory = raft.Directory(f"{tmp_path}/raft", sync_inline=True)
    file = await directory.create("journal")
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
