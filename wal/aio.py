"""Commits by Linux AIO through ctypes: the event loop itself starts writes and collects results.

No thread, so nothing waits for the interpreter's lock between a write, its fence read and the next
write. Not io_uring, which the default profiles of containers forbid. Numbers and layouts are those
of `linux/aio_abi.h` and `io_submit(2)`.
"""

import ctypes
import errno
import os
import platform
import struct

from wal import limits
from wal.commits import Commit, transfer_error
from wal.device import OnDone
from wal.errors import DeviceError
from wal.memory import address

# By architecture: io_setup, io_destroy, io_submit, io_getevents.
_SYSTEM_CALLS = {"x86_64": (206, 207, 209, 208), "aarch64": (0, 1, 2, 4)}
_READ, _WRITE = 0, 1
_SIGNAL_EVENT_FD = 1
# data, key, rw_flags, opcode, priority, fd, buffer, length, position, reserved, flags, eventfd
_IOCB = struct.Struct("<QIIHhIQQqQII")
EVENT = struct.Struct("<QQqq")  # data, iocb, result, second result
# The ring of results in our memory, at the context's address: id, size, head, tail, magic.
_RING_WORDS = 5
_RING_MAGIC = 0xA10A10A1

# Calls that hand over a few bytes keep the GIL: to drop and retake it costs more than they do.
_keeping_gil = ctypes.PyDLL(None, use_errno=True).syscall
_dropping_gil = ctypes.CDLL(None, use_errno=True).syscall
_keeping_gil.restype = _dropping_gil.restype = ctypes.c_long


class Aio:
    """A `wal.commits.CommitEngine` over a file opened with O_DIRECT and O_DSYNC.

    Every commit is with the kernel at once, so there are at most `limits.FRAMES_AT_DEVICE_MAX`
    writes and fence reads together. Writes that are found done together share one fence read.
    """

    def __init__(self, name: str, fd: int, event_fd: int) -> None:
        """Args: event_fd: signalled when `complete` has something to do.

        Raises:
            OSError: not here: another architecture, forbidden, or fs.aio-max-nr is used up.
        """
        calls = _SYSTEM_CALLS.get(platform.machine())
        if calls is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        setup, self._destroy, self._submit, self._get_events = calls
        self._name = name
        self._fd = fd
        self._event_fd = event_fd
        slots = limits.FRAMES_AT_DEVICE_MAX
        self._context = ctypes.c_ulong(0)
        if _keeping_gil(setup, slots, ctypes.byref(self._context)) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        self._slots = slots
        self._iocb = ctypes.create_string_buffer(_IOCB.size)  # The kernel copies it.
        self._pointer = ctypes.c_void_p(ctypes.addressof(self._iocb))
        self._events = ctypes.create_string_buffer(EVENT.size * slots)
        self._submitted = 0
        # By number: what is under way, the commit to write or those that one fence read serves.
        self._under_way: dict[int, tuple[int, list[Commit]]] = {}
        self._refused: list[tuple[OnDone, DeviceError]] = []
        ring = (ctypes.c_uint32 * _RING_WORDS).from_address(self._context.value or 0)
        if ring[4] != _RING_MAGIC:
            _dropping_gil(self._destroy, self._context)
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        self._ring: ctypes.Array[ctypes.c_uint32] | None = ring

    def submit(self, commit: Commit) -> None:
        """See `CommitEngine.submit`."""
        self._start(_WRITE, [commit])

    def has_completed(self) -> bool:
        """See `CommitEngine.has_completed`: no system call, a look at the kernel's ring."""
        ring = self._ring
        return ring is not None and (ring[2] != ring[3] or bool(self._refused))

    def complete(self) -> None:
        """See `CommitEngine.complete`: the device gets its next reads first."""
        finished: list[tuple[OnDone, DeviceError | None]] = [*self._refused]
        self._refused.clear()
        written: list[Commit] = []
        for opcode, commits, error in self._collect():
            if error is not None:
                finished += [(commit.on_done, error) for commit in commits]
            elif opcode == _WRITE:
                written += commits
            else:
                for commit in commits[:-1]:
                    commit.fence[:] = commits[-1].fence
                finished += [(commit.on_done, None) for commit in commits]
        if written:
            self._start(_READ, written)
        for on_done, error in finished:
            on_done(error)

    def close(self) -> None:
        """See `CommitEngine.close`."""
        self._ring = None  # The kernel takes its memory away.
        _dropping_gil(self._destroy, self._context)

    def _collect(self) -> list[tuple[int, list[Commit], DeviceError | None]]:
        """Return what the kernel has done: the opcode, its commits, and what went wrong."""
        count = _keeping_gil(self._get_events, self._context, 0, self._slots, self._events, None)
        collected: list[tuple[int, list[Commit], DeviceError | None]] = []
        for at in range(0, count * EVENT.size, EVENT.size):
            number, _, result, _ = EVENT.unpack_from(self._events, at)
            opcode, commits = self._under_way.pop(number)
            collected.append((opcode, commits, self._judge(opcode, commits[-1], result)))
        return collected

    def _judge(self, opcode: int, commit: Commit, result: int) -> DeviceError | None:
        view, position = _target(opcode, commit)
        if result == len(view):
            return None
        return transfer_error(
            self._name,
            is_write=opcode == _WRITE,
            wanted=len(view),
            position=position,
            result=result,
        )

    def _start(self, opcode: int, commits: list[Commit]) -> None:
        """Give the kernel the write of one commit, or the fence read of several."""
        view, position = _target(opcode, commits[-1])
        number = self._submitted = self._submitted + 1
        _IOCB.pack_into(
            self._iocb, 0,
            number, 0, 0, opcode, 0, self._fd, address(view), len(view), position,
            0, _SIGNAL_EVENT_FD, self._event_fd,
        )  # fmt: skip
        self._under_way[number] = opcode, commits
        if _dropping_gil(self._submit, self._context, 1, ctypes.byref(self._pointer)) != 1:
            error = self._judge(opcode, commits[-1], -ctypes.get_errno())
            assert error is not None
            del self._under_way[number]
            self._refused += [(commit.on_done, error) for commit in commits]
            os.eventfd_write(self._event_fd, 1)


def _target(opcode: int, commit: Commit) -> tuple[memoryview, int]:
    if opcode == _WRITE:
        return commit.buffer, commit.position
    return commit.fence, commit.fence_position
