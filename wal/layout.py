"""Where things lie on a volume: pure arithmetic on block-aligned byte positions.

```
0          superblock, first copy
4096       superblock, second copy
8192       fence block of slot 0, of slot 1, ...
1 MiB      extent 0, extent 1, ...
```
"""

from wal.limits import BLOCK_BYTES, SLOTS

SUPERBLOCK_POSITIONS = (0, BLOCK_BYTES)
FENCE_POSITION = 2 * BLOCK_BYTES
FIRST_EXTENT_POSITION = 1 << 20

assert FENCE_POSITION + SLOTS * BLOCK_BYTES <= FIRST_EXTENT_POSITION


def align_up(length: int) -> int:
    """Return the smallest multiple of the block size that is not below `length`."""
    return (length + BLOCK_BYTES - 1) & -BLOCK_BYTES


def fence_position(slot: int) -> int:
    """Return the byte position of a writer slot's fence block."""
    return FENCE_POSITION + slot * BLOCK_BYTES


def extent_count(size_bytes: int, extent_bytes: int) -> int:
    """Return how many whole extents fit on a device."""
    return max(0, (size_bytes - FIRST_EXTENT_POSITION) // extent_bytes)
