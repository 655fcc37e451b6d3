"""Formatting, opening and describing volumes. Never writes to what is not ours."""

import dataclasses
from collections.abc import Callable

from wal import limits
from wal.device import BlockDevice
from wal.errors import (
    AlreadyFormattedError,
    DeviceError,
    ForeignVolumeError,
    NewerFormatError,
    NotAVolumeError,
    VolumeError,
    VolumeShrunkError,
)
from wal.fencing import read_fence, write_fence
from wal.format import (
    SUPERBLOCK_MAGIC,
    ExtentHeader,
    Fence,
    Superblock,
    decode_extent_header,
    decode_frame_header,
    decode_superblock,
    encode_superblock,
)
from wal.layout import (
    FENCE_POSITION,
    FIRST_EXTENT_POSITION,
    SUPERBLOCK_POSITIONS,
    extent_count,
)
from wal.limits import BLOCK_BYTES, SECTOR_BYTES, SLOTS

__all__ = [
    "ExtentInfo",
    "Volume",
    "VolumeInfo",
    "dump",
    "format_volume",
    "info",
    "open_or_format",
    "open_volume",
    "read_fence",
    "refuse_used",
    "write_fence",
]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """An opened volume."""

    device: BlockDevice
    superblock: Superblock


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VolumeInfo:
    """What `info` reports: superblock, the fences that are set, extents with a readable header."""

    superblock: Superblock
    fences: list[Fence]
    extents: list[tuple[int, ExtentHeader]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExtentInfo:
    """One extent as `dump` finds it: the frames that follow the header by their own chain.

    Attributes:
        frames: (offset in the extent, frame bytes, entries, durable_lsn) per frame; headers only
            are checked.
    """

    header: ExtentHeader
    frames: list[tuple[int, int, int, int]]


def default_extent_bytes(size_bytes: int) -> int:
    """Return the default extent size of a volume: 64 MiB, less on a small one."""
    extent_bytes = limits.EXTENT_BYTES_DEFAULT
    while (
        extent_bytes > 1 << 20
        and extent_count(size_bytes, extent_bytes) < limits.EXTENTS_PER_VOLUME_MIN
    ):
        extent_bytes //= 2
    return extent_bytes


async def format_volume(
    device: BlockDevice,
    *,
    cluster_id: str,
    uuid: bytes,
    extent_bytes: int | None = None,
    force: bool = False,
) -> Volume:
    """Write a superblock on an empty device.

    Args:
        device: to be formatted; its first and last MiB must be zero.
        cluster_id: the only cluster that may open it.
        uuid: 16 random bytes.
        extent_bytes: multiple of 4 KiB; None for `default_extent_bytes`.
        force: overwrite whatever is there.

    Raises:
        NotAVolumeError: something else is there.
        AlreadyFormattedError: a volume is there.
        VolumeError: too small, or a bad extent size.

    Cancellation: the device is formatted or not; format again.
    """
    assert len(uuid) == 16
    extent_bytes = extent_bytes or default_extent_bytes(device.size_bytes)
    if (
        extent_bytes % BLOCK_BYTES
        or not limits.EXTENT_BYTES_MIN <= extent_bytes <= limits.EXTENT_BYTES_MAX
    ):
        raise VolumeError(
            f"extent size {extent_bytes} must be a multiple of {BLOCK_BYTES} between"
            f" {limits.EXTENT_BYTES_MIN} and {limits.EXTENT_BYTES_MAX}"
        )
    count = extent_count(device.size_bytes, extent_bytes)
    if count < limits.SPARE_EXTENTS_MIN + 1:
        raise VolumeError(
            f"{device.name} has {device.size_bytes} bytes, room for {count} extents of"
            f" {extent_bytes}: give a larger volume or a smaller extent size"
        )
    if not 0 < len(cluster_id.encode()) <= limits.CLUSTER_ID_BYTES_MAX:
        raise VolumeError(f"a cluster id has 1 to {limits.CLUSTER_ID_BYTES_MAX} bytes")
    if not force:
        await _refuse_unless_empty(device)
    elif device.size_bytes:
        # Old superblocks first: nothing may take half of the old for the new.
        await device.write(bytes(FIRST_EXTENT_POSITION), 0)
    superblock = Superblock(
        volume_uuid=uuid,
        cluster_id=cluster_id,
        extent_bytes=extent_bytes,
        extent_count=count,
        slot_count=SLOTS,
        first_extent_position=FIRST_EXTENT_POSITION,
        size_bytes=device.size_bytes,
    )
    block = encode_superblock(superblock)
    assert decode_superblock(block) == superblock
    # Fences of an earlier life would stop the writers of the new one.
    fences = bytes(superblock.slot_count * BLOCK_BYTES)
    await device.write(fences, FENCE_POSITION)
    for position in SUPERBLOCK_POSITIONS:
        await device.write(block, position)
    return Volume(device=device, superblock=superblock)


async def _refuse_unless_empty(device: BlockDevice) -> None:
    if await _read_superblock(device) is not None:
        raise AlreadyFormattedError(
            f"{device.name} is formatted already; formatting again loses what it holds:"
            " use it as it is, or force"
        )
    await _refuse_unless_zero(device)


async def _refuse_unless_zero(device: BlockDevice) -> None:
    if not await _is_empty(device):
        raise NotAVolumeError(
            f"{device.name} holds something that is not a volume: choose another path, or clear"
            " it (or force) if nobody needs it"
        )


async def _is_empty(device: BlockDevice) -> bool:
    """Tell whether the first and last MiB are zero: every usual label lies in one of them."""
    length = FIRST_EXTENT_POSITION
    if device.size_bytes < length:
        raise NotAVolumeError(
            f"{device.name} has {device.size_bytes} bytes, too few for a volume: choose another"
            " path, or remove it if nobody needs it"
        )
    for position in (0, device.size_bytes - length):
        data = await device.read(position, length)
        if data != bytes(length):
            return False
    return True


async def _is_torn(device: BlockDevice) -> bool:
    """Tell whether the device holds nothing but a part of our first superblock's sectors.

    A power cut during the very first write of a format leaves this; nothing was stored yet.
    """
    length = FIRST_EXTENT_POSITION
    if device.size_bytes < length:
        return False
    data = bytes(await device.read(0, length))
    sectors = {i for i in range(0, length, SECTOR_BYTES) if any(data[i : i + SECTOR_BYTES])}
    last = BLOCK_BYTES - SECTOR_BYTES
    if not sectors or sectors - {0, last}:
        return False
    is_ours = 0 not in sectors or data.startswith(SUPERBLOCK_MAGIC)
    if not is_ours or any(data[last : BLOCK_BYTES - 4]):
        return False
    rest = min(device.size_bytes - length, length)
    return rest == 0 or await device.read(device.size_bytes - rest, rest) == bytes(rest)


async def _read_superblock(device: BlockDevice) -> Superblock | None:
    """Return the superblock, None when neither copy is one.

    One sound copy is enough: a crash while formatting leaves the second one unwritten, and a bad
    block may take either.
    """
    found: list[Superblock] = []
    failed: DeviceError | None = None
    for position in SUPERBLOCK_POSITIONS:
        if position + BLOCK_BYTES > device.size_bytes:
            break
        try:
            block = await device.read(position, BLOCK_BYTES)
        except DeviceError as error:
            failed = error
            continue
        try:
            superblock = decode_superblock(block)
        except NewerFormatError as error:
            raise NewerFormatError(f"{device.name}: {error}") from None
        if superblock is not None:
            found.append(superblock)
    if not found:
        if failed is not None:
            raise failed
        return None
    if found[0] != found[-1]:
        one, two = (f"{s.volume_uuid.hex()} of cluster {s.cluster_id}" for s in found)
        raise VolumeError(
            f"{device.name}: the two copies of the superblock differ (volume {one}, volume {two}):"
            " two nodes or tools have formatted it at once; find out whose it is, then format it"
            " with force, which loses what it holds"
        )
    return found[0]


async def open_volume(device: BlockDevice, *, cluster_id: str | None = None) -> Volume:
    """Read the superblock and check that the volume can be used; writes nothing.

    Args:
        device: the volume.
        cluster_id: the cluster it must belong to; None for any.

    Raises:
        NotAVolumeError, NewerFormatError, ForeignVolumeError, VolumeShrunkError.
    """
    superblock = await _read_superblock(device)
    if superblock is None:
        raise NotAVolumeError(
            f"{device.name} holds no volume: check the path, or format it"
            " (`penstock volume format`)"
        )
    if cluster_id is not None and superblock.cluster_id != cluster_id:
        raise ForeignVolumeError(
            f"{device.name} belongs to cluster {superblock.cluster_id}, not to {cluster_id}:"
            " give this cluster its own volume"
        )
    if device.size_bytes < superblock.size_bytes:
        raise VolumeShrunkError(
            f"{device.name} has {device.size_bytes} bytes but was formatted with"
            f" {superblock.size_bytes}: restore its full size, records may lie in the missing part"
        )
    return Volume(device=device, superblock=superblock)


async def open_or_format(
    device: BlockDevice, *, cluster_id: str, uuid: bytes, extent_bytes: int | None = None
) -> Volume:
    """Open the volume, formatting an empty device first, or one whose formatting was cut short.

    Raises:
        As `open_volume` and `format_volume`.
    """
    superblock = await _read_superblock(device)
    if superblock is None:
        is_torn = await _is_torn(device)
        if not is_torn:
            await _refuse_unless_zero(device)
        await format_volume(
            device, cluster_id=cluster_id, uuid=uuid, extent_bytes=extent_bytes, force=is_torn
        )
    return await open_volume(device, cluster_id=cluster_id)


async def refuse_used(volume: Volume) -> None:
    """Refuse a volume that a writer has used: a fence is set or an extent has a header.

    Raises:
        VolumeError: it is used.
    """
    if await _is_used(volume):
        name, cluster_id = volume.device.name, volume.superblock.cluster_id
        raise VolumeError(
            f"{name} holds records, but this node's metadata is empty: restore or give the data"
            " folder that belongs to it; or, if nobody needs the records, clear it with"
            f" `penstock volume format {name} --cluster-id {cluster_id} --force`"
        )


async def _is_used(volume: Volume) -> bool:
    device, superblock = volume.device, volume.superblock
    for slot in range(superblock.slot_count):
        if await read_fence(device, superblock, slot=slot) is not None:
            return True
    for index in range(superblock.extent_count):
        if await _extent_header(device, superblock, index) is not None:
            return True
    return False


async def info(
    device: BlockDevice, *, on_progress: Callable[[int, int], object] | None = None
) -> VolumeInfo:
    """Describe a volume by its superblock, fences and extent headers; reads one block each.

    Args:
        device: the volume.
        on_progress: told (extents looked at, extents) now and then.
    """
    superblock = (await open_volume(device, cluster_id=None)).superblock
    fences: list[Fence] = []
    for slot in range(superblock.slot_count):
        fence = await read_fence(device, superblock, slot=slot)
        if fence is not None:
            fences.append(fence)
    extents: list[tuple[int, ExtentHeader]] = []
    for index in range(superblock.extent_count):
        header = await _extent_header(device, superblock, index)
        if header is not None:
            extents.append((index, header))
        if on_progress is not None:
            on_progress(index + 1, superblock.extent_count)
    return VolumeInfo(superblock=superblock, fences=fences, extents=extents)


async def _extent_header(
    device: BlockDevice, superblock: Superblock, index: int
) -> ExtentHeader | None:
    header = decode_extent_header(await device.read(superblock.extent_position(index), BLOCK_BYTES))
    if header is None or header.volume_uuid != superblock.volume_uuid:
        return None
    return header


async def dump(device: BlockDevice, superblock: Superblock, *, index: int) -> ExtentInfo | None:
    """Describe the frames of one extent, None when it has no header; for tools."""
    header = await _extent_header(device, superblock, index)
    if header is None:
        return None
    frames: list[tuple[int, int, int, int]] = []
    position = superblock.extent_position(index)
    offset, chain = BLOCK_BYTES, header.chain
    base_lsn = header.chain_sequence * superblock.extent_bytes
    while offset < superblock.extent_bytes:
        head = decode_frame_header(await device.read(position + offset, BLOCK_BYTES))
        if (
            head is None
            or head.lsn != base_lsn + offset
            or head.incarnation != header.identity.incarnation
            or head.previous_crc != chain
            or offset + head.frame_bytes > superblock.extent_bytes
        ):
            break
        frames.append((offset, head.frame_bytes, head.entry_count, head.durable_lsn))
        offset, chain = offset + head.frame_bytes, head.header_crc
    return ExtentInfo(header=header, frames=frames)
