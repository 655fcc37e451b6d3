"""Adapter: a file or raw block device through O_DIRECT|O_DSYNC writes on dedicated threads.

Two threads write, each reading the fence block after its write; each is woken by its queue and
reports through an eventfd that a trio system task waits on. Everything else (bulk reads,
superblocks, zero-filling) goes through trio's worker threads, two at a time.

On CPython below 3.12 a saturated event loop can starve any thread of the GIL for seconds: each
`epoll_wait(0)` drops and at once retakes it. While the device is in use an instrument yields there.
"""

import ctypes
import errno
import fcntl
import mmap
import os
import queue
import stat
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import trio

from wal import limits
from wal.device import OnDone
from wal.errors import DeviceError, VolumeError, VolumeInUseError
from wal.limits import BLOCK_BYTES
from wal.memory import aligned, is_aligned

_T = TypeVar("_T")
_BULK_THREADS = 2
_Job = tuple[memoryview, int, memoryview, int, OnDone]
_Jobs = queue.SimpleQueue[_Job | None]


# Keeps the GIL, unlike os.eventfd_write: to drop and retake it costs more than the call.
_signal = ctypes.PyDLL(None).eventfd_write
_signal.argtypes = [ctypes.c_int, ctypes.c_uint64]


class YieldInstrument(trio.abc.Instrument):
    """Gives other threads the GIL once per turn of a loop that never sleeps."""

    def before_io_wait(self, timeout: float) -> None:
        """Yield when the loop is about to poll without waiting."""
        if timeout == 0:
            time.sleep(0)


class BetweenSteps(trio.abc.Instrument):
    """Runs completions between two steps of tasks.

    One turn of the loop is a step of every task that is ready: with thousands of busy connections
    that takes a tenth of a second, for which an acknowledgement must not wait.
    """

    def __init__(self, done: deque[Any], run: Callable[[], None]) -> None:
        """Args: run: takes everything out of `done`, and never raises."""
        self._done = done
        self._run = run

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        """Look whether a thread has reported something."""
        if self._done:
            self._run()


class DirectDevice:
    """A `wal.device.BlockDevice` over a file descriptor.

    Attributes:
        is_direct: False when the filesystem refuses O_DIRECT; writes are still O_DSYNC.
        is_file: a regular file, so one process only; a raw device may be shared by hosts.
    """

    def __init__(self, name: str, fd: int, *, size_bytes: int, is_direct: bool) -> None:
        self.name = name
        self.size_bytes = size_bytes
        self.is_direct = is_direct
        self.is_file = stat.S_ISREG(os.fstat(fd).st_mode)
        self._fd = fd
        self._event_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        # A queue a thread: threads that share one are all woken by each job.
        self._threads: list[tuple[threading.Thread, _Jobs]] = []
        self._idle: list[_Jobs] = []
        self._done: deque[tuple[_Jobs, OnDone, BaseException | None]] = deque()
        self._is_pumping = False
        self._bulk: trio.CapacityLimiter | None = None

    def submit_commit(
        self,
        buffer: memoryview,
        position: int,
        fence: memoryview,
        fence_position: int,
        on_done: OnDone,
    ) -> None:
        """See `BlockDevice.submit_commit`."""
        if not self._is_pumping:
            self._start()
        assert self._idle, "more commits in flight than WRITES_IN_FLIGHT_MAX"
        self._idle.pop().put((buffer, position, fence, fence_position, on_done))

    async def write(self, buffer: memoryview | bytes, position: int) -> None:
        """See `BlockDevice.write`."""
        length = len(buffer)
        assert length % BLOCK_BYTES == 0 and position % BLOCK_BYTES == 0

        def work() -> None:
            view = memoryview(buffer)
            if not is_aligned(view):
                view = aligned(length)
                view[:] = buffer
            self._transfer(is_write=True, view=view, position=position)

        await self._in_thread(work)

    async def read(self, position: int, length: int) -> memoryview:
        """See `BlockDevice.read`."""
        start = position & -BLOCK_BYTES
        end = (position + length + BLOCK_BYTES - 1) & -BLOCK_BYTES

        def work() -> memoryview:
            view = aligned(max(end - start, BLOCK_BYTES))
            self._transfer(is_write=False, view=view, position=start)
            return view[position - start : position - start + length]

        return await self._in_thread(work)

    def is_unwritten(self, position: int, length: int) -> bool:
        """See `BlockDevice.is_unwritten`: a hole, or reserved but unwritten blocks, of a file."""
        if not self.is_file:
            return False
        try:
            return os.lseek(self._fd, position, os.SEEK_DATA) >= position + length
        except OSError as error:
            return error.errno == errno.ENXIO and position + length <= self.size_bytes

    def close(self) -> None:
        """Finish what is queued, end the threads, release the lock."""
        for _, jobs in self._threads:
            jobs.put(None)
        for worker, _ in self._threads:
            worker.join()
        self._threads.clear()
        if self._fd >= 0:
            os.close(self._fd)
            os.close(self._event_fd)
            self._fd = -1

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        if self._bulk is None:
            self._bulk = trio.CapacityLimiter(_BULK_THREADS)
        return await trio.to_thread.run_sync(work, abandon_on_cancel=False, limiter=self._bulk)

    def _transfer(self, *, is_write: bool, view: memoryview, position: int) -> None:
        try:
            if is_write:
                count = os.pwrite(self._fd, view, position)
            else:
                count = os.preadv(self._fd, [view], position)
        except OSError as error:
            verb = "write" if is_write else "read"
            raise DeviceError(
                f"{self.name}: {verb} of {len(view)} bytes at {position} failed: {error.strerror}"
                f" (errno {error.errno}); check the device, then restart"
            ) from error
        if count != len(view):
            verb = "write" if is_write else "read"
            raise DeviceError(
                f"{self.name}: short {verb} at {position}: {count} of {len(view)} bytes;"
                " check the device, then restart"
            )

    def _serve(self, jobs: _Jobs) -> None:
        done, event_fd, transfer = self._done, self._event_fd, self._transfer
        while True:
            job = jobs.get()
            if job is None:
                return
            view, position, fence, fence_position, on_done = job
            error: BaseException | None = None
            try:
                transfer(is_write=True, view=view, position=position)
                transfer(is_write=False, view=fence, position=fence_position)
            except Exception as fault:  # Reported to the loop, never lost.
                error = fault
            done.append((jobs, on_done, error))
            _signal(event_fd, 1)
            del job, view, fence, on_done, error

    def _start(self) -> None:
        trio.lowlevel.spawn_system_task(self._pump)
        self._is_pumping = True
        if self._threads:
            return
        for number in range(limits.WRITES_IN_FLIGHT_MAX):
            jobs: _Jobs = queue.SimpleQueue()
            worker = threading.Thread(
                target=self._serve, args=(jobs,), name=f"wal-{number}", daemon=True
            )
            worker.start()
            self._threads.append((worker, jobs))
            self._idle.append(jobs)

    async def _pump(self) -> None:
        """Run completions in the loop, in the order the threads reported them."""
        instruments: list[trio.abc.Instrument] = [BetweenSteps(self._done, self._complete)]
        if sys.version_info < (3, 12):
            instruments.append(YieldInstrument())
        for instrument in instruments:
            trio.lowlevel.add_instrument(instrument)
        event_fd = self._event_fd
        try:
            while True:
                await trio.lowlevel.wait_readable(event_fd)
                os.eventfd_read(event_fd)
                self._complete()
        finally:
            self._is_pumping = False
            for instrument in instruments:
                trio.lowlevel.remove_instrument(instrument)

    def _complete(self) -> None:
        """Run what the threads reported; an `on_done` keeps its errors to itself."""
        done = self._done
        while done:
            jobs, on_done, error = done.popleft()
            self._idle.append(jobs)
            on_done(error)


def open_device(
    path: str | os.PathLike[str],
    *,
    read_only: bool = False,
    exclusive: bool = False,
    on_warning: Callable[[str], object] | None = None,
) -> DirectDevice:
    """Open a volume file (locked against other processes) or a raw block device.

    Args:
        path: of the file or device.
        read_only: for tools; takes no lock.
        exclusive: refuse a block device that this host has mounted or otherwise in use, as one must
            before formatting; nodes of one host share a device, so they do not ask for it.
        on_warning: told when the filesystem refuses O_DIRECT.

    Raises:
        VolumeError: missing, neither file nor block device, or not accessible.
        VolumeInUseError: another process holds the file.
    """
    name = os.fspath(path)
    flags = os.O_RDONLY if read_only else os.O_RDWR | os.O_DSYNC
    try:
        mode = Path(name).stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISBLK(mode)):
            raise VolumeError(f"{name} is neither a file nor a block device: give a volume")
        if exclusive and stat.S_ISBLK(mode):
            flags |= os.O_EXCL
        fd, is_direct = _open(name, flags)
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise VolumeInUseError(
                f"{name} is in use (mounted, swap, or part of another device): free it first, or"
                " give another device"
            ) from error
        raise VolumeError(
            f"{name} cannot be opened: {error.strerror}; check the path and its permissions,"
            " or create the volume first"
        ) from error
    try:
        if not is_direct:
            if stat.S_ISBLK(mode):
                raise VolumeError(f"{name} refuses O_DIRECT: it cannot be shared safely")
            if on_warning is not None:
                on_warning(
                    f"{name}: the filesystem refuses O_DIRECT, writing with O_DSYNC through the"
                    " page cache (durable, slower); move the volume to ext4 or xfs"
                )
        if stat.S_ISREG(mode) and not read_only:
            _lock(name, fd)
        size_bytes = os.lseek(fd, 0, os.SEEK_END) & -BLOCK_BYTES
        return DirectDevice(name, fd, size_bytes=size_bytes, is_direct=is_direct)
    except BaseException:
        os.close(fd)
        raise


def _open(name: str, flags: int) -> tuple[int, bool]:
    flags |= os.O_CLOEXEC
    try:
        fd = os.open(name, flags | os.O_DIRECT)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
            raise
        return os.open(name, flags), False
    try:
        with mmap.mmap(-1, BLOCK_BYTES) as probe:
            os.preadv(fd, [probe], 0)
    except OSError as error:
        os.close(fd)
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
            raise
        return os.open(name, flags), False
    return fd, True


def _lock(name: str, fd: int) -> None:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise VolumeInUseError(
            f"{name} is in use by another process: stop it, or give this node its own volume"
        ) from error


def create_volume_file(
    path: str | os.PathLike[str],
    size_bytes: int,
    *,
    on_progress: Callable[[int, int], object] | None = None,
) -> None:
    """Create a volume file with all its space reserved; nothing is written, so it is quick.

    Reserved blocks read as zeros; the writer zero-fills its extents ahead of use. The file comes to
    its name when it has its size: a crash leaves no small volume behind.

    Args:
        path: where nothing is yet.
        size_bytes: rounded down to whole blocks.
        on_progress: told (bytes reserved, all bytes) now and then.

    Raises:
        VolumeError: it exists, or the space is not to be had; nothing is left behind.
    """
    name = os.fspath(path)
    size_bytes &= -BLOCK_BYTES
    if os.path.lexists(name):
        raise VolumeError(f"{name} cannot be created: {os.strerror(errno.EEXIST)}")
    unfinished = f"{name}.creating"
    try:
        fd = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise VolumeError(
            f"{name} cannot be created: {error.strerror}; make its folder, or give another path"
        ) from error
    try:
        _lock(name, fd)
        # Whoever held the lock before may have given the file its name meanwhile.
        if os.fstat(fd).st_nlink != 1 or not os.path.exists(unfinished):
            raise VolumeInUseError(f"{name} was created by another process just now: start again")
        try:
            _reserve(fd, size_bytes, on_progress)
            os.link(unfinished, name)  # Unlike a rename it never replaces what came in between.
            Path(unfinished).unlink()
            _sync_folder(Path(name).parent)
        except OSError as error:
            Path(unfinished).unlink(missing_ok=True)
            raise VolumeError(
                f"{name}: no room for a volume of {size_bytes} bytes: {error.strerror}; free space"
                " or choose a smaller volume"
            ) from error
    finally:
        os.close(fd)


def _reserve(fd: int, size_bytes: int, on_progress: Callable[[int, int], object] | None) -> None:
    os.ftruncate(fd, 0)  # What a crash left behind.
    for start in range(0, size_bytes, limits.RESERVE_BYTES):
        end = min(start + limits.RESERVE_BYTES, size_bytes)
        os.posix_fallocate(fd, start, end - start)
        if on_progress is not None:
            on_progress(end, size_bytes)
    os.fsync(fd)


def _sync_folder(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
