"""How files are flushed and written. The rest of the port is covered by journal and node."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import trio
import trio.testing

import raft
from raft import files, limits
from raft.aio import KernelFlusher
from raft.snapshot import _joined


@pytest.fixture(params=[KernelFlusher, files._ThreadFlusher])
def flusher(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel flushes by itself, or a thread does."""
    monkeypatch.setattr(files, "_make_flusher", request.param)


@pytest.mark.usefixtures("flusher")
async def test_flush_is_begun_at_once_and_waited_for_without_the_event_loop(tmp_path: Path) -> None:
    """Two files at a time, though a flusher takes one at a time; the next flush is like it."""
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


def test_name_of_the_directory_is_durable_at_every_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start that made it may have been killed before it flushed the parent."""
    flushed: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda fd: flushed.append(os.readlink(f"/proc/self/fd/{fd}")))
    for starts in (1, 2):
        raft.Directory(f"{tmp_path}/raft").close()
        assert flushed == [str(tmp_path)] * starts


@pytest.mark.usefixtures("flusher")
async def test_end_of_flushes_can_be_waited_for_before_they_begin(tmp_path: Path) -> None:
    """One task waits for all of them, and is not woken when they begin."""
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    steps: list[str] = []

    async def wait_syncs() -> None:
        for _ in range(3):
            await file.wait_sync()
            steps.append("ended")
            await file.sync()

    with trio.fail_after(10):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(wait_syncs)
            for number in range(1, 4):
                await trio.testing.wait_all_tasks_blocked()
                file.write(b"x")
                assert not file.try_sync()
                while len(steps) < number:
                    await trio.sleep(0.001)
    assert steps == ["ended"] * 3
    file.close()
    directory.close()


@pytest.mark.usefixtures("flusher")
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


@pytest.mark.usefixtures("flusher")
async def test_flush_that_nobody_waits_for_ends_with_the_directory(tmp_path: Path) -> None:
    """As when the node is cancelled meanwhile."""
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    file.write(b"x")
    assert not file.try_sync()
    file.close()
    directory.close()


@pytest.mark.usefixtures("flusher")
async def test_flush_that_nobody_waits_for_is_not_taken_for_a_later_one(tmp_path: Path) -> None:
    """A node was cancelled meanwhile, and another one begins in the same directory."""
    directory = raft.Directory(f"{tmp_path}/raft")
    for _ in range(3):
        left = await directory.create("journal")
        left.write(b"x")
        assert not left.try_sync()
        left.close()
        file = await directory.create("journal")
        file.write(b"y")
        assert not file.try_sync()
        await file.wait_sync()
        await file.sync()
        file.close()
    directory.close()


async def test_kernel_that_does_not_flush_has_a_thread_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a container forbids the calls, or on another architecture."""
    monkeypatch.setattr("platform.machine", lambda: "pdp11")
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    file.write(b"x")
    assert not file.try_sync()
    await file.sync()

    assert isinstance(directory._flusher, files._ThreadFlusher)
    file.close()
    directory.close()


async def test_kernel_that_takes_no_flush_has_a_thread_do_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before 4.18 it has these calls and not this one; what it refuses was not tried."""
    monkeypatch.setattr("raft.aio._FDSYNC", 99)
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    for _ in range(2):
        file.write(b"x")
        assert not file.try_sync()
        await file.sync()

    assert isinstance(directory._flusher, files._ThreadFlusher)
    file.close()
    directory.close()


async def test_zeros_are_written_ahead_and_written_over(tmp_path: Path) -> None:
    """Behind what is there; a file that is opened goes on where it is told."""
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    file.write(b"one")
    await file.fill(10)
    file.write(b"two")
    file.close()
    assert (tmp_path / "raft" / "journal").read_bytes() == b"onetwo" + bytes(7)

    file = directory.open("journal", position=6)
    file.write(b"three")
    file.close()
    assert (tmp_path / "raft" / "journal").read_bytes() == b"onetwothree" + bytes(2)
    directory.close()


async def test_full_disk_has_no_zeros_and_a_broken_one_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody needs the zeros; whoever writes over them is told of a full disk himself."""
    directory = raft.Directory(f"{tmp_path}/raft")
    file = await directory.create("journal")
    number = errno.ENOSPC

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail)
        patch.setattr(os, "pwrite", fail)
        await file.fill(10)
        with pytest.raises(raft.StorageFailedError, match="No space left"):
            file.write(b"x")
        number = errno.EIO
        with pytest.raises(raft.StorageFailedError, match="writing"):
            await file.fill(10)
    file.close()
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
