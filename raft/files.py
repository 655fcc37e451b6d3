"""Files of one directory: the port used by journal and snapshots, and its real adapter.

`write`, `rename` and `remove` are durable only after `sync` of the file, or `sync_directory`.
Every failure is a `StorageFailedError`; after it the state of the disk is unknown.
Whatever may take a file system long is awaited and leaves the event loop alone: a flush, for which
a thread is kept, and removing or replacing a large file, whose blocks and cached pages are given
back in that call.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Protocol, TypeVar

import trio

from raft.aio import Flusher, KernelFlusher, NotBegunError
from raft.errors import StorageFailedError

__all__ = ["Directory", "Files", "OpenFile"]

_T = TypeVar("_T")


class OpenFile(Protocol):
    """A file open for writing, each time behind what was written before."""

    def write(self, data: bytes) -> None:
        """Writes all of `data`; not durable before `sync`."""
        ...

    async def write_bulk(self, data: bytes) -> None:
        """Writes off the event loop: a kernel that has too much to flush lets writers wait."""
        ...

    async def fill(self, length: int) -> None:
        """Writes zeros behind what was written, where the next writes go, if there is room."""
        ...

    def try_sync(self) -> bool:
        """Does what `sync` does where that cannot take long; else begins it, and returns False.

        After False the next call is `sync`, which ends it. One file of a directory at a time.
        """
        ...

    async def wait_sync(self) -> None:
        """Returns when what `try_sync` began, now or later, needs no more waiting of `sync`."""
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

    def open(self, name: str, *, position: int) -> OpenFile:
        """Opens an existing file to write from `position` on."""
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
        sync_inline: all of it in the event loop, which it holds up, however long it takes: a third
            more commits per second, and a disk that stalls costs a leader its term.
    """

    def __init__(self, path: str, *, sync_inline: bool = False) -> None:
        self._path = path
        self._sync_inline = sync_inline
        # One each: the journal, a snapshot of its own, one received, and one sent in pieces. None
        # waits for another.
        self._limiter = trio.CapacityLimiter(4)
        self._flusher: KernelFlusher | _ThreadFlusher | None = None
        self._left_flushers: list[KernelFlusher | _ThreadFlusher] = []
        try:
            os.makedirs(path, mode=0o700, exist_ok=True)
            # At every start: the one that made it may have been killed before it did this.
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
        if self._flusher is not None:
            self._left_flushers.append(self._flusher)
        for flusher in self._left_flushers:
            flusher.close()
        os.close(self._directory)

    def _flushing(self) -> KernelFlusher | _ThreadFlusher:
        """Returns what flushes; made when it is needed, so that an importer starts nothing."""
        if self._flusher is None:
            self._flusher = _make_flusher()
        return self._flusher

    def _leave_flush(self) -> None:
        """Nobody waits for the flush that runs: its end must not be taken for another one's."""
        assert self._flusher is not None
        self._left_flushers.append(self._flusher)
        self._flusher = None

    def _give_up_kernel(self) -> None:
        """Lets a thread flush from now on; nothing is with the kernel."""
        assert isinstance(self._flusher, KernelFlusher)
        assert not self._flusher.is_busy
        self._flusher.close()
        self._flusher = _ThreadFlusher()

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

    def open(self, name: str, *, position: int) -> OpenFile:
        return self._open(name, 0, position=position)

    def _open(self, name: str, flags: int, *, position: int = 0) -> OpenFile:
        flags |= os.O_WRONLY | os.O_CLOEXEC
        path = self.path(name)
        descriptor = _guarded(
            path, "opening", lambda: os.open(name, flags, 0o600, dir_fd=self._directory)
        )
        os.lseek(descriptor, position, os.SEEK_SET)
        return _RealFile(path, descriptor, self, position)

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


class _ThreadFlusher(Flusher):
    """A thread that flushes, one file at a time, where the kernel does not do so by itself.

    It costs a third of the processor time of trio's worker threads, which is most of a commit's.
    """

    def __init__(self) -> None:
        super().__init__()
        self._descriptors: SimpleQueue[int | None] = SimpleQueue()
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._serve, name="raft flush", daemon=True)
        self._thread.start()

    def begin(self, descriptor: int) -> None:
        """See `KernelFlusher.begin`."""
        assert not self.is_busy
        self.is_busy = True
        self._descriptors.put(descriptor)

    async def end(self) -> None:
        """See `KernelFlusher.end`."""
        await self._wait_done()
        error, self._error = self._error, None
        if error is not None:
            raise error

    def close(self) -> None:
        """Ends the thread."""
        self._descriptors.put(None)
        self._thread.join()
        os.close(self._done)

    def _serve(self) -> None:
        while (descriptor := self._descriptors.get()) is not None:
            try:
                os.fdatasync(descriptor)
            except OSError as error:  # Raised where it is waited for.
                self._error = error
            os.eventfd_write(self._done, 1)


def _make_flusher() -> KernelFlusher | _ThreadFlusher:
    try:
        return KernelFlusher()
    except OSError:
        return _ThreadFlusher()


class _RealFile:
    def __init__(self, path: str, descriptor: int, owner: Directory, position: int) -> None:
        self._path = path
        self._descriptor = descriptor
        self._owner = owner
        self._position = position
        self._has_begun = False

    def write(self, data: bytes) -> None:
        try:
            written = os.write(self._descriptor, data)
            while written < len(data):
                written += os.write(self._descriptor, memoryview(data)[written:])
        except OSError as error:
            raise StorageFailedError(self._path, "writing", error) from error
        self._position += len(data)

    async def write_bulk(self, data: bytes) -> None:
        await self._owner._run(lambda: self.write(data))

    async def fill(self, length: int) -> None:
        await self._owner._run(lambda: self._fill(length))

    def _fill(self, length: int) -> None:
        try:
            written = 0
            while written < length:
                zeros = bytes(length - written)
                written += os.pwrite(self._descriptor, zeros, self._position + written)
        except OSError as error:
            # The next write says so itself if it does not fit either.
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFailedError(self._path, "writing", error) from error

    def try_sync(self) -> bool:
        if self._owner._sync_inline:
            self._flush()
            return True
        flusher = self._owner._flushing()
        assert not flusher.is_busy
        flusher.begin(self._descriptor)
        self._has_begun = True
        return False

    async def wait_sync(self) -> None:
        await self._owner._flushing().wait()

    async def sync(self) -> None:
        if not self._has_begun:
            await self._owner._run(self._flush)
            return
        flusher = self._owner._flushing()
        self._has_begun = False
        try:
            await flusher.end()
        except NotBegunError:
            self._owner._give_up_kernel()
            await self._owner._run(self._flush)
        except OSError as error:
            raise StorageFailedError(self._path, "flushing", error) from error

    def _flush(self) -> None:
        try:
            os.fdatasync(self._descriptor)
        except OSError as error:
            raise StorageFailedError(self._path, "flushing", error) from error

    def close(self) -> None:
        os.close(self._descriptor)
        if self._has_begun:
            self._has_begun = False
            self._owner._leave_flush()


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
