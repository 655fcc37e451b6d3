"""What a commit is to the engines that carry it out: `wal.aio` and `wal.threads`."""

import errno
import os
from typing import NamedTuple, Protocol

from wal.device import OnDone
from wal.errors import DeviceError


class Commit(NamedTuple):
    """A write that is followed by a read of the fence block; see `BlockDevice.submit_commit`."""

    buffer: memoryview
    position: int
    fence: memoryview
    fence_position: int
    on_done: OnDone


class CommitEngine(Protocol):
    """Carries out commits; signals an eventfd whenever `complete` has something to do."""

    def submit(self, commit: Commit) -> None:
        """Start a commit; its `on_done` is called by a later `complete`, never from within."""
        ...

    def has_completed(self) -> bool:
        """Tell, cheaply, whether `complete` would do something."""
        ...

    def complete(self) -> None:
        """Call the `on_done` of what has ended, in the thread of the event loop."""
        ...

    def close(self) -> None:
        """Wait for what is with the device; nothing is reported any more."""
        ...


def transfer_error(
    name: str, *, is_write: bool, wanted: int, position: int, result: int
) -> DeviceError:
    """Say what a transfer that was not whole did, and what to do.

    Args:
        name: of the volume.
        is_write: else it was a read.
        wanted: bytes.
        position: of the first byte on the volume.
        result: bytes transferred, or minus an errno.
    """
    verb = "write" if is_write else "read"
    if result < 0:
        return DeviceError(
            f"{name}: {verb} of {wanted} bytes at {position} failed: {os.strerror(-result)}"
            f" (errno {-result}); check the device, then restart"
        )
    return DeviceError(
        f"{name}: short {verb} at {position}: {result} of {wanted} bytes;"
        " check the device, then restart"
    )


def transfer(fd: int, name: str, *, is_write: bool, view: memoryview, position: int) -> None:
    """Read or write the whole of `view`, blocking.

    Raises:
        DeviceError: failed or short.
    """
    cause: OSError | None = None
    try:
        result = os.pwrite(fd, view, position) if is_write else os.preadv(fd, [view], position)
    except OSError as error:
        cause = error
        result = -(error.errno or errno.EIO)
    if result != len(view):
        raise transfer_error(
            name, is_write=is_write, wanted=len(view), position=position, result=result
        ) from cause
