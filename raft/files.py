"""Files of one directory: the port used by journal and snapshots, and its real adapter.

`write`, `rename` and `remove` are durable only after `sync` of the file, or `sync_directory`.
Every failure is a `StorageFailedError`; after it the state of the disk is unknown.
Short flushes are done in the event loop while the disk is quick: a thread takes as long as they do,
and twice that of the processor. Whatever else may take a file system long is awaited and leaves
the event loop alone: so does removing or replacing a large file, whose blocks and cached pages are
given back in that call.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

import trio

from raft import limits
from raft.errors import StorageFailedError

__all__ = ["Directory", "Files", "OpenFile"]

_T = TypeVar("_T")


class OpenFile(Protocol):
    """A file open for appending."""

    def write(self, data: bytes) -> None:
        """Appends all of `data`; not durable before `sync`."""
        ...

    async def write_bulk(self, data: bytes) -> None:
        """Writes off the event loop: a kernel that has too much to flush lets writers wait."""
        ...

    def try_sync(self) -> bool:
        """Does what `sync` does, or nothing: False where that may take long. Never waits for it."""
        ...

    async def sync(self) -> None:
        """Returns when everything written so far survives a power loss (fdatasync)."""
        ...

    def close(self) -> None:
        """Releases the descriptor; flushes nothing."""
        ...


class Files(Protocol):
    """One directory, used by one process."""

    def path(self, name: str) -> str:
        """Returns what an operator calls the file."""
        ...

    def list_names(self) -> list[str]:
        """Returns the names of the files, sorted."""
        ...

    async def read(self, name: str, *, bytes_max: int, start: int = 0) -> bytes | None:
        """Returns at most `bytes_max` + 1 bytes from `start` on; None if there is no such file."""
        ...

    async def create(self, name: str) -> OpenFile:
        """Creates an empty file, or empties an existing one."""
        ...

    def open_append(self, name: str) -> OpenFile:
        """Opens an existing file behind its last byte."""
        ...

    async def rename(self, source: str, target: str) -> None:
        """Replaces `target` atomically."""
        ...

    async def remove(self, name: str) -> None:
        """Removes an existing file."""
        ...

    async def sync_directory(self) -> None:
        """Returns when creations, renames and removals survive a power loss."""
        ...


class Directory:
    """The real thing, in a directory that is created if need be and locked by flock until close.

    Args:
        path: the directory.
        sync_inline: all of it in the event loop, which it holds up, however long it takes.
    """

    def __init__(self, path: str, *, sync_inline: bool = False) -> None:
        self._path = path
        self._sync_inline = sync_inline
        # One each: the journal, a snapshot of its own, one received, and one sent in pieces. None
        # waits for another.
        self._limiter = trio.CapacityLimiter(4)
        # Of the last short flushes; a disk has to prove that it is quick.
        self._sync_s_mean = 0.0 if sync_inline else 1.0
        try:
            if not os.path.isdir(path):
                os.makedirs(path, mode=0o700, exist_ok=True)
                _sync_path(os.path.dirname(os.path.abspath(path)))
            self._directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise StorageFailedError(path, "opening", error) from error
        try:
            fcntl.flock(self._directory, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._directory)
            raise StorageFailedError(path, "locking", error) from error

    def close(self) -> None:
        """Releases the lock."""
        os.close(self._directory)

    def path(self, name: str) -> str:
        return os.path.join(self._path, name)

    def list_names(self) -> list[str]:
        return sorted(_guarded(self._path, "listing", lambda: os.listdir(self._directory)))

    async def read(self, name: str, *, bytes_max: int, start: int = 0) -> bytes | None:
        def run() -> bytes | None:
            try:
                with open(self.path(name), "rb") as file:
                    file.seek(start)
                    return file.read(bytes_max + 1)
            except FileNotFoundError:
                return None

        return await self._run(lambda: _guarded(self.path(name), "reading", run))

    async def create(self, name: str) -> OpenFile:
        return await self._run(lambda: self._open(name, os.O_CREAT | os.O_TRUNC))

    def open_append(self, name: str) -> OpenFile:
        return self._open(name, 0)

    def _open(self, name: str, flags: int) -> OpenFile:
        flags |= os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
        path = self.path(name)
        descriptor = _guarded(
            path, "opening", lambda: os.open(name, flags, 0o600, dir_fd=self._directory)
        )
        return _RealFile(path, descriptor, self)

    async def rename(self, source: str, target: str) -> None:
        directory = self._directory
        await self._guard(
            self.path(target),
            "replacing",
            lambda: os.replace(source, target, src_dir_fd=directory, dst_dir_fd=directory),
        )

    async def remove(self, name: str) -> None:
        await self._guard(
            self.path(name), "removing", lambda: os.unlink(name, dir_fd=self._directory)
        )

    async def sync_directory(self) -> None:
        await self._guard(self._path, "flushing", lambda: os.fsync(self._directory))

    @property
    def _is_quick(self) -> bool:
        """Whether a short flush is done in the event loop."""
        return self._sync_s_mean <= limits.SYNC_INLINE_S

    def _note_sync(self, elapsed_s: float) -> None:
        """A slow one has held the event loop up once; those behind it do not."""
        if not self._sync_inline:
            self._sync_s_mean += limits.SYNC_SHARE * (elapsed_s - self._sync_s_mean)

    async def _guard(self, path: str, operation: str, call: Callable[[], None]) -> None:
        await self._run(lambda: _guarded(path, operation, call))

    async def _run(self, call: Callable[[], _T]) -> _T:
        if not self._sync_inline:
            return await trio.to_thread.run_sync(
                call, limiter=self._limiter, abandon_on_cancel=False
            )
        result = call()
        await trio.lowlevel.checkpoint()
        return result


class _RealFile:
    def __init__(self, path: str, descriptor: int, owner: Directory) -> None:
        self._path = path
        self._descriptor = descriptor
        self._owner = owner
        self._unflushed_bytes = 0

    def write(self, data: bytes) -> None:
        self._unflushed_bytes += len(data)
        try:
            written = os.write(self._descriptor, data)
            while written < len(data):
                written += os.write(self._descriptor, memoryview(data)[written:])
        except OSError as error:
            raise StorageFailedError(self._path, "writing", error) from error

    async def write_bulk(self, data: bytes) -> None:
        await self._owner._run(lambda: self.write(data))

    def try_sync(self) -> bool:
        if self._unflushed_bytes > limits.WRITE_INLINE_BYTES_MAX or not self._owner._is_quick:
            return False
        self._flush()
        return True

    async def sync(self) -> None:
        await self._owner._run(self._flush)

    def _flush(self) -> None:
        is_short = self._unflushed_bytes <= limits.WRITE_INLINE_BYTES_MAX
        self._unflushed_bytes = 0
        start = time.perf_counter()
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise StorageFailedError(self._path, "flushing", error) from error
        if is_short:
            self._owner._note_sync(time.perf_counter() - start)

    def close(self) -> None:
        os.close(self._descriptor)


def _guarded(path: str, operation: str, call: Callable[[], _T]) -> _T:
    try:
        return call()
    except OSError as error:
        raise StorageFailedError(path, operation, error) from error


def _sync_path(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
