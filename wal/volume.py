"""Format, open and describe a volume; never writes to something that is not ours."""

from dataclasses import dataclass

from wal import format as layout
from wal.device import BlockDevice
from wal.errors import (
    DeviceError,
    ForeignVolumeError,
    NewerFormatError,
    NotAVolumeError,
    VolumeShrunkError,
)
from wal.format import Superblock
from wal.limits import (
    BLOCK_BYTES,
    EXTENT_BYTES,
    EXTENT_BYTES_MAX,
    EXTENT_BYTES_MIN,
    FILL_WRITE_BYTES,
    SLOTS,
)

_HEAD_BYTES = (2 + SLOTS) * BLOCK_BYTES


@dataclass(frozen=True, slots=True)
class Volume:
    """An opened volume."""

    device: BlockDevice
    superblock: Superblock


async def format_volume(
    device: BlockDevice,
    *,
    cluster_id: str,
    uuid: bytes,
    size_bytes: int,
    extent_bytes: int = EXTENT_BYTES,
    force: bool = False,
) -> Volume:
    """Write fence blocks and superblocks.

    Args:
        uuid: 16 random bytes.
        size_bytes: of the volume; a file grows to it as extents are used.
        force: format even what holds other data or another volume.

    Raises:
        NotAVolumeError: the device holds data that is not ours, or is too small.
        ForeignVolumeError: it is a volume already.
    """
    if not EXTENT_BYTES_MIN <= extent_bytes <= EXTENT_BYTES_MAX or extent_bytes % (1 << 20):
        raise NotAVolumeError(
            f"extent size {extent_bytes} must be a multiple of 1 MiB from {EXTENT_BYTES_MIN} to"
            f" {EXTENT_BYTES_MAX}"
        )
    empty = Superblock(
        version=layout.VERSION,
        volume_uuid=uuid,
        cluster_id=cluster_id,
        extent_bytes=extent_bytes,
        extent_count=0,
        slot_count=SLOTS,
    )
    count = (size_bytes - empty.data_start) // extent_bytes
    if count < 4:
        raise NotAVolumeError(
            f"{device.name}: {size_bytes} bytes hold {max(count, 0)} extents of {extent_bytes};"
            " at least 4 are needed: give a larger --volume-size or a smaller --extent-size"
        )
    if not force and device.size_bytes:
        await _refuse_content(device)
    superblock = Superblock(
        version=layout.VERSION,
        volume_uuid=uuid,
        cluster_id=cluster_id,
        extent_bytes=extent_bytes,
        extent_count=count,
        slot_count=SLOTS,
    )
    head = bytes(superblock.data_start - 2 * BLOCK_BYTES)
    await device.write(head, 2 * BLOCK_BYTES)
    block = superblock.encode()
    await device.write(block, BLOCK_BYTES)
    # The first copy last: a crash before it leaves something that is not a volume yet.
    await device.write(block, 0)
    return Volume(device, superblock)


async def _refuse_content(device: BlockDevice) -> None:
    if device.size_bytes < 2 * BLOCK_BYTES:
        raise NotAVolumeError(
            f"{device.name} holds {device.size_bytes} bytes that are not ours: give another"
            " --volume, or format it with --force"
        )
    head = await device.read(0, min(_HEAD_BYTES, device.size_bytes // BLOCK_BYTES * BLOCK_BYTES))
    for copy in (0, BLOCK_BYTES):
        known = layout.decode_superblock(head[copy : copy + BLOCK_BYTES])
        if known is not None:
            raise ForeignVolumeError(
                f"{device.name} is a volume of cluster {known.cluster_id} already: give another"
                " --volume, or format it with --force, which loses what it holds"
            )
    # A format that was cut off before its superblock left zeros: those are ours to take.
    if any(bytes(head)):
        raise NotAVolumeError(
            f"{device.name} holds data that is not ours: give another --volume, or format it with"
            " --force"
        )


async def open_volume(device: BlockDevice, *, cluster_id: str | None) -> Volume:
    """Read and check the superblock.

    Raises:
        NotAVolumeError, ForeignVolumeError, NewerFormatError, VolumeShrunkError.
    """
    if device.size_bytes < 2 * BLOCK_BYTES:
        raise NotAVolumeError(
            f"{device.name} is no Penstock volume: format it with 'penstock volume format'"
        )
    head = await device.read(0, 2 * BLOCK_BYTES)
    superblock = layout.decode_superblock(head[:BLOCK_BYTES]) or layout.decode_superblock(
        head[BLOCK_BYTES:]
    )
    if superblock is None:
        raise NotAVolumeError(
            f"{device.name} is no Penstock volume, or both superblocks are damaged: check --volume"
        )
    if superblock.version > layout.VERSION:
        raise NewerFormatError(
            f"{device.name} has format {superblock.version}, this program knows up to"
            f" {layout.VERSION}: use a newer penstock"
        )
    if cluster_id is not None and superblock.cluster_id != cluster_id:
        raise ForeignVolumeError(
            f"{device.name} belongs to cluster {superblock.cluster_id}, this node to {cluster_id}:"
            " give the right --volume or --data"
        )
    end = superblock.data_start + superblock.extent_count * superblock.extent_bytes
    if not device.can_grow and device.size_bytes < end:
        raise VolumeShrunkError(
            f"{device.name} has {device.size_bytes} bytes, the volume needs {end}: restore its"
            " size"
        )
    if device.size_bytes < superblock.data_start:
        raise VolumeShrunkError(
            f"{device.name} has {device.size_bytes} bytes and lost its fence blocks: restore it"
        )
    return Volume(device, superblock)


async def fill_extent(device: BlockDevice, superblock: Superblock, index: int) -> None:
    """Write an extent of a file volume once before use, unless that was done before.

    The first lap over blocks that are only allocated is half as fast, and could fail for want of
    disk space in the middle of an acknowledged write's life. The file's size records the progress.

    Raises:
        DeviceError: the filesystem is full.
    """
    if not device.can_grow:
        return
    end = superblock.extent_position(index) + superblock.extent_bytes
    zeros = bytes(FILL_WRITE_BYTES)
    while device.size_bytes < end:
        position = device.size_bytes // BLOCK_BYTES * BLOCK_BYTES
        await device.write(zeros[: min(len(zeros), end - position)], position)


async def write_fence(
    device: BlockDevice, superblock: Superblock, *, slot: int, writer_epoch: int
) -> None:
    """Durably fence all writers of a slot with an epoch <= `writer_epoch`."""
    known = layout.decode_fence(
        await device.read(superblock.fence_position(slot), BLOCK_BYTES)
    )
    if known == (1 << 63) - 1:
        raise DeviceError(
            f"{device.name}: the fence block of slot {slot} is damaged: restore the volume"
        )
    if known < writer_epoch:
        await device.write(
            layout.encode_fence(writer_epoch), superblock.fence_position(slot)
        )


async def describe(device: BlockDevice) -> dict[str, object]:
    """Return what `penstock volume info` prints."""
    opened = await open_volume(device, cluster_id=None)
    superblock = opened.superblock
    fences: dict[int, int] = {}
    for slot in range(superblock.slot_count):
        epoch = layout.decode_fence(
            await device.read(superblock.fence_position(slot), BLOCK_BYTES)
        )
        if epoch >= 0:
            fences[slot] = epoch
    return {
        "path": device.name,
        "format": superblock.version,
        "uuid": superblock.volume_uuid.hex(),
        "cluster": superblock.cluster_id,
        "extent bytes": superblock.extent_bytes,
        "extents": superblock.extent_count,
        "slots": superblock.slot_count,
        "bytes": device.size_bytes,
        "fenced epochs": fences,
    }
