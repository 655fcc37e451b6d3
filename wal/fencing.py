"""The fence block handshake.

The recoverer writes the victim's fence block, then reads the victim's extents. The owner writes a
frame, then reads its own fence block, and acknowledges only if it is not fenced. If the owner's
read missed the fence, it came before the fence's write, so the frame's write came before the
recoverer's read: an acknowledged frame is always recovered, whatever pauses, no clock involved.
"""

from wal.device import BlockDevice
from wal.format import Fence, Superblock, decode_fence, encode_fence
from wal.layout import fence_position
from wal.limits import BLOCK_BYTES


async def read_fence(device: BlockDevice, superblock: Superblock, *, slot: int) -> Fence | None:
    """Return the fence of a writer slot, None when it was never set."""
    assert 0 <= slot < superblock.slot_count
    return decode_fence(await device.read(fence_position(slot), BLOCK_BYTES), slot)


async def write_fence(
    device: BlockDevice,
    superblock: Superblock,
    *,
    slot: int,
    writer_epoch: int,
    broker_id: int = 0,
) -> Fence:
    """Fence every writer of a slot up to `writer_epoch`; durable on return. Never lowers a fence.

    Cancellation: the fence may or may not be set; call again.
    """
    old = await read_fence(device, superblock, slot=slot)
    if old is not None and writer_epoch <= old.writer_epoch < (1 << 64) - 1:
        return old
    fence = Fence(slot=slot, writer_epoch=writer_epoch, broker_id=broker_id)
    await device.write(encode_fence(fence), fence_position(slot))
    return fence
