"""Page-aligned memory for direct IO."""

import ctypes
import mmap

from wal.limits import BLOCK_BYTES

_MADV_HUGEPAGE = 14
_MADV_POPULATE_WRITE = 23  # Linux 5.14

_madvise = ctypes.CDLL(None).madvise
_madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)


class Scratch:
    """Large memory that is filled over and over; its pages are kept until `release`.

    A fresh page costs ten times a copy into it, so memory of this size is mapped once.
    """

    def __init__(self, length: int) -> None:
        """Map `length` bytes; they take no memory before they are written."""
        self._map = mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        advise_huge(self._map)
        self.view = memoryview(self._map)
        self.is_used = False

    def release(self) -> None:
        """Give the pages back to the system; nothing may be reading them."""
        self._map.madvise(mmap.MADV_DONTNEED)
        self.is_used = False


def advise_huge(memory: mmap.mmap) -> None:
    """Ask for huge pages; without them only the first lap over the memory is slower."""
    try:
        memory.madvise(_MADV_HUGEPAGE)
    except OSError:
        pass


def populate(memory: memoryview) -> None:
    """Have pages at hand for page-aligned memory, without the interpreter's lock.

    A virtual machine may have to ask its host for them: 4 to 5 ms for each huge page. Older kernels
    do nothing; whoever writes first pays then.
    """
    _madvise(address(memory), len(memory), _MADV_POPULATE_WRITE)


def aligned(length: int) -> memoryview:
    """Return zeroed, writable memory of `length` bytes that starts on a block boundary.

    From the heap, not mapped anew: the allocator hands the same pages out again, and a fresh page
    costs more in its fault than in its copy.
    """
    buffer = bytearray(length + BLOCK_BYTES)
    skip = -address(buffer) % BLOCK_BYTES
    return memoryview(buffer)[skip : skip + length]


def is_aligned(buffer: memoryview | bytes) -> bool:
    """Tell whether direct IO may use the buffer as it is; read-only memory is never asked."""
    if isinstance(buffer, bytes) or buffer.readonly:
        return False
    return address(buffer) % BLOCK_BYTES == 0


def address(buffer: bytearray | memoryview) -> int:
    """Return where writable memory begins."""
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer))
