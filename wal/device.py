"""The port the WAL writes through: a volume as an array of 4 KiB blocks."""

from collections.abc import Callable
from typing import Protocol

OnDone = Callable[[BaseException | None], None]


class BlockDevice(Protocol):
    """One open volume, file or raw device.

    Contract: a completed write is durable (survives power loss of device and host) and seen by a
    read that starts afterwards on any host. Writes of several blocks may tear at 512 bytes and
    writes in flight may be applied in any order. A failed operation leaves any mixture behind.

    Attributes:
        name: path, for messages.
        size_bytes: length in bytes, rounded down to whole blocks.
    """

    name: str
    size_bytes: int

    def submit_commit(
        self,
        buffer: memoryview,
        position: int,
        fence: memoryview,
        fence_position: int,
        on_done: OnDone,
    ) -> None:
        """Start a write that is followed, once it is durable, by a read of the fence block.

        Both in one operation: a hand-over between threads costs as much as the read. One read may
        serve several writes that were durable before it. At most `limits.FRAMES_AT_DEVICE_MAX`
        are under way. `buffer` (page-aligned, whole blocks) and `fence` (page-aligned, one block)
        are lent until `on_done`, which is called once, in the trio loop, with None or the error,
        never from within this call.
        """
        ...

    async def write(self, buffer: memoryview | bytes, position: int) -> None:
        """Write whole blocks from any memory; durable on return.

        Raises:
            DeviceError: outcome unknown.

        Cancellation: not cancelled once begun.
        """
        ...

    async def read(self, position: int, length: int) -> memoryview:
        """Return `length` bytes from any byte position, in memory of the caller's own.

        Raises:
            DeviceError: failed or short.

        Cancellation: not cancelled once begun.
        """
        ...

    def is_unwritten(self, position: int, length: int) -> bool:
        """Tell whether the range was never written (reads as zeros, and its first write is slow).

        Only a promise when True; False may mean "cannot tell".
        """
        ...

    def close(self) -> None:
        """Wait for operations in flight, release the device."""
        ...
