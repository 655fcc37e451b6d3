"""Page-aligned memory for direct IO."""

import ctypes

from wal.limits import BLOCK_BYTES


def aligned(length: int) -> memoryview:
    """Return zeroed, writable memory of `length` bytes that starts on a block boundary.

    From the heap, not mapped anew: the allocator hands the same pages out again, and a fresh page
    costs more in its fault than in its copy.
    """
    buffer = bytearray(length + BLOCK_BYTES)
    skip = -_address(buffer) % BLOCK_BYTES
    return memoryview(buffer)[skip : skip + length]


def is_aligned(buffer: memoryview | bytes) -> bool:
    """Tell whether direct IO may use the buffer as it is; read-only memory is never asked."""
    if isinstance(buffer, bytes) or buffer.readonly:
        return False
    return _address(buffer) % BLOCK_BYTES == 0


def _address(buffer: bytearray | memoryview) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer))
