"""Adapter: a file or raw block device through O_DIRECT|O_DSYNC.

Commits are carried out by Linux AIO (`wal.aio`), or by dedicated threads (`wal.threads`) where that
is not to be had; both signal an eventfd that a trio system task waits on. Everything else (bulk
reads, superblocks, zero-filling) goes through trio's worker threads, two at a time.

On CPython below 3.12 a saturated event loop can starve any thread of the GIL for seconds: each
`epoll_wait(0)` drops and at once retakes it. While the device is in use an instrument yields there.
"""

import errno
import fcntl
import mmap
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import trio

from wal import limits
from wal.aio import Aio
from wal.commits import Commit, CommitEngine, transfer
from wal.device import OnDone
from wal.errors import VolumeError, VolumeInUseError
from wal.limits import BLOCK_BYTES
from wal.memory import aligned, is_aligned
from wal.threads import Threads

_T = TypeVar("_T")
_BULK_THREADS = 2
_COMPLETIONS_PER_TURN = 4


class YieldInstrument(trio.abc.Instrument):
    """Gives other threads the GIL once per turn of a loop that never sleeps."""

    def before_io_wait(self, timeout: float) -> None:
        """Yield when the loop is about to poll without waiting."""
        if timeout == 0:
            time.sleep(0)


class BetweenSteps(trio.abc.Instrument):
    """Runs completions between two steps of tasks.

    One turn of the loop is a step of every task that is ready: with thousands of busy connections
    that takes a tenth of a second, for which an acknowledgement must not wait. And what is run here
    takes its signal back: after the last step of a turn that saves the next turn a wait for it.
    """

    def __init__(self, engine: CommitEngine, complete: Callable[[], None]) -> None:
        """Args: complete: called when the engine has completed something; never raises."""
        self._engine = engine
        self._complete = complete

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        """Look whether something has ended."""
        if self._engine.has_completed():
            self._complete()

    def after_task_step(self, task: trio.lowlevel.Task) -> None:
        """Look again: the loop may be about to wait."""
        if self._engine.has_completed():
            self._complete()


class DirectDevice:
    """A `wal.device.BlockDevice` over a file descriptor.

    Attributes:
        is_direct: False when the filesystem refuses O_DIRECT; writes are still O_DSYNC.
        is_file: a regular file, so one process only; a raw device may be shared by hosts.
        engine: carries out the commits; None before the first.
    """

    def __init__(
        self, name: str, fd: int, *, size_bytes: int, is_direct: bool, may_use_aio: bool
    ) -> None:
        self.name = name
        self.size_bytes = size_bytes
        self.is_direct = is_direct
        self.is_file = stat.S_ISREG(os.fstat(fd).st_mode)
        self._fd = fd
        self._event_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        # Without O_DIRECT the kernel would carry out a whole AIO write before it returns.
        self._may_use_aio = may_use_aio and is_direct
        self.engine: CommitEngine | None = None
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
        assert self.engine is not None
        self.engine.submit(Commit(buffer, position, fence, fence_position, on_done))

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
        """Wait for what is with the device, end the threads, release the lock."""
        if self._fd < 0:
            return
        if self._is_pumping:
            trio.lowlevel.notify_closing(self._event_fd)
            self._unpump()
        if self.engine is not None:
            self.engine.close()
        os.close(self._fd)
        os.close(self._event_fd)
        self._fd = -1

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        if self._bulk is None:
            self._bulk = trio.CapacityLimiter(_BULK_THREADS)
        return await trio.to_thread.run_sync(work, abandon_on_cancel=False, limiter=self._bulk)

    def _transfer(self, *, is_write: bool, view: memoryview, position: int) -> None:
        transfer(self._fd, self.name, is_write=is_write, view=view, position=position)

    def _start(self) -> None:
        if self.engine is None:
            self.engine = self._open_engine()
        # An instrument is called for every step, so this one only while there is a loop to serve.
        self._instruments: list[trio.abc.Instrument] = [BetweenSteps(self.engine, self._complete)]
        if sys.version_info < (3, 12):
            self._instruments.append(YieldInstrument())
        for instrument in self._instruments:
            trio.lowlevel.add_instrument(instrument)
        self._is_pumping = True
        trio.lowlevel.spawn_system_task(self._pump, self.engine)

    def _open_engine(self) -> CommitEngine:
        if self._may_use_aio:
            try:
                return Aio(self.name, self._fd, self._event_fd)
            except OSError:  # Forbidden or used up: threads always work.
                pass
        return Threads(self.name, self._fd, self._event_fd)

    async def _pump(self, engine: CommitEngine) -> None:
        """Run completions in the loop; an `on_done` keeps its errors to itself."""
        try:
            while self._is_pumping:
                await trio.lowlevel.wait_readable(self._event_fd)
                for _ in range(_COMPLETIONS_PER_TURN):
                    if not self._is_pumping:
                        break  # Closed since this task was woken, or by a completion.
                    self._take_signal()
                    # Mostly `BetweenSteps` has run already what woke this task.
                    if not engine.has_completed():
                        break
                    engine.complete()
        except trio.ClosedResourceError:
            return  # By `close`.
        finally:
            if self._is_pumping:
                self._unpump()

    def _complete(self) -> None:
        assert self.engine is not None
        self._take_signal()
        self.engine.complete()

    def _take_signal(self) -> None:
        """Take the signal back before looking: else it costs a turn in which nothing is done."""
        try:
            os.eventfd_read(self._event_fd)
        except BlockingIOError:
            pass  # Nothing has come since.

    def _unpump(self) -> None:
        self._is_pumping = False
        for instrument in self._instruments:
            trio.lowlevel.remove_instrument(instrument)


def open_device(
    path: str | os.PathLike[str],
    *,
    read_only: bool = False,
    exclusive: bool = False,
    may_use_aio: bool = True,
    on_warning: Callable[[str], object] | None = None,
) -> DirectDevice:
    """Open a volume file (locked against other processes) or a raw block device.

    Args:
        path: of the file or device.
        read_only: for tools; takes no lock.
        exclusive: refuse a block device that this host has mounted or otherwise in use, as one must
            before formatting; nodes of one host share a device, so they do not ask for it.
        may_use_aio: False: commits go through threads.
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
            _keep_name(name)
        size_bytes = os.lseek(fd, 0, os.SEEK_END) & -BLOCK_BYTES
        return DirectDevice(
            name, fd, size_bytes=size_bytes, is_direct=is_direct, may_use_aio=may_use_aio
        )
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


def _keep_name(name: str) -> None:
    """Make the name of a file durable: who made the file may have been killed before it did."""
    try:
        _sync_folder(Path(name).parent)
    except PermissionError:
        return  # A folder that is not to be opened was made by another, long ago.
    except OSError as error:
        raise VolumeError(
            f"the folder of {name} cannot be flushed: {error.strerror}; move the volume"
        ) from error


def _sync_folder(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
