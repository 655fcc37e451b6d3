"""Flushes by Linux AIO through ctypes: the kernel flushes, and signals when it is done.

No thread of this process is woken for it, and none waits for the interpreter's lock afterwards.
Numbers and layouts are those of `linux/aio_abi.h` and `io_submit(2)`. A kernel before Linux 4.18
takes no flush.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

import trio

__all__ = ["Flusher", "KernelFlusher", "NotBegunError"]

# By architecture: io_setup, io_destroy, io_submit, io_getevents.
_SYSTEM_CALLS = {"x86_64": (206, 207, 209, 208), "aarch64": (0, 1, 2, 4)}
_FDSYNC = 3
_SIGNAL_EVENT_FD = 1
# data, key, rw_flags, opcode, priority, fd, buffer, length, position, reserved, flags, eventfd
_IOCB = struct.Struct("<QIIHhIQQqQII")
_EVENT = struct.Struct("<QQqq")  # data, iocb, result, second result

# To drop and retake the interpreter's lock costs more than these calls do.
_call = ctypes.PyDLL(None, use_errno=True).syscall
_call.restype = ctypes.c_long


class NotBegunError(OSError):
    """The kernel did not take a flush: it has done nothing, and another way may be tried."""


class Flusher:
    """One flush at a time, the end of which an eventfd tells."""

    def __init__(self) -> None:
        self.is_busy = False
        self._done = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    async def wait(self) -> None:
        """Returns when a flush has ended, which may begin meanwhile, for `end` to say how."""
        await trio.lowlevel.wait_readable(self._done)

    async def _wait_done(self) -> None:
        """Returns when the end was told; cancelled or not, the flush goes on until then."""
        try:
            try:
                os.eventfd_read(self._done)
            except BlockingIOError:
                with trio.CancelScope(shield=True):
                    await trio.lowlevel.wait_readable(self._done)
                os.eventfd_read(self._done)
        finally:
            self.is_busy = False


class KernelFlusher(Flusher):
    """Flushes one file at a time (fdatasync).

    Raises:
        OSError: not here: another architecture, forbidden, or fs.aio-max-nr is used up.
    """

    def __init__(self) -> None:
        calls = _SYSTEM_CALLS.get(platform.machine())
        if calls is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        setup, self._destroy, self._submit, self._get_events = calls
        self._context = ctypes.c_ulong(0)
        if _call(setup, 1, ctypes.byref(self._context)) != 0:
            raise _error()
        self._iocb = ctypes.create_string_buffer(_IOCB.size)  # The kernel copies it.
        self._pointer = ctypes.c_void_p(ctypes.addressof(self._iocb))
        self._event = ctypes.create_string_buffer(_EVENT.size)
        super().__init__()
        self._refused: NotBegunError | None = None

    def begin(self, descriptor: int) -> None:
        """Begins to flush; `end` must follow."""
        assert not self.is_busy
        self.is_busy = True
        _IOCB.pack_into(
            self._iocb, 0, 0, 0, 0, _FDSYNC, 0, descriptor, 0, 0, 0, 0, _SIGNAL_EVENT_FD, self._done
        )
        if _call(self._submit, self._context, 1, ctypes.byref(self._pointer)) != 1:
            number = ctypes.get_errno()
            self._refused = NotBegunError(number, os.strerror(number))
            os.eventfd_write(self._done, 1)

    async def end(self) -> None:
        """Returns when the file is flushed.

        Raises:
            NotBegunError: it is not, and nobody has tried: older kernels know no such flush.
            OSError: it is not, or nobody knows.
        """
        await self._wait_done()
        refused, self._refused = self._refused, None
        if refused is not None:
            raise refused
        if _call(self._get_events, self._context, 1, 1, self._event, None) != 1:
            raise _error()
        _, _, result, _ = _EVENT.unpack(self._event)
        if result != 0:
            raise OSError(-result, os.strerror(-result))

    def close(self) -> None:
        """Waits for a flush that nobody waited for."""
        _call(self._destroy, self._context)
        os.close(self._done)


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
