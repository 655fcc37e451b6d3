"""Files of one directory: the port used by journal and snapshots, and its real adapter.

`write`, `rename` and `remove` are durable only after `sync` of the file, or `sync_directory`.
Every failure is a `StorageFailedError`; after it the state of the disk is unknown.
Whatever may take a file system long is awaited and leaves the event loop alone: so does removing or
replacing a large file, whose blocks and cached pages are given back in that call.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from typing import Protocol, TypeVar

import trio

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
        sync_inline: all of it in the event loop instead of a thread; saves about 0.1 ms per flush
            and holds everything else up meanwhile.
    """

    def __init__(self, path: str, *, sync_inline: bool = False) -> None:
        self._path = path
        self._sync_inline = sync_inline
        # One each: the journal, a snapshot of its own, one received, and one sent in pieces. None
        # waits for another.
        self._limiter = trio.CapacityLimiter(4)
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

    def write(self, data: bytes) -> None:
        def run() -> None:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]

        _guarded(self._path, "writing", run)

    async def write_bulk(self, data: bytes) -> None:
        await self._owner._run(lambda: self.write(data))

    async def sync(self) -> None:
        await self._owner._guard(self._path, "flushing", lambda: os.fdatasync(self._descriptor))

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
