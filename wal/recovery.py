"""Recovery scan of one log: accept frames while everything holds; tell a torn tail from damage.

A frame is accepted while magic, header CRC, LSN, writer epoch, incarnation and chain hold, and its
body CRC. Acknowledgements are in LSN order, so the first failure is the exact end of what may have
been acknowledged - unless a later frame says that the failed one was durable: then it is damage,
and the scan refuses.
"""

from collections.abc import Callable, Sequence

from wal import format as layout
from wal.device import BlockDevice
from wal.errors import CorruptFrameError, VolumeShrunkError
from wal.format import DirectoryEntry, FrameHeader, Superblock
from wal.limits import BLOCK_BYTES, SCAN_READ_BYTES
from wal.writer import Identity

Visit = Callable[[int, DirectoryEntry, memoryview], None]


class _Window:
    """Reads an extent in large pieces, each byte once."""

    def __init__(self, device: BlockDevice, start: int, size: int) -> None:
        self._device = device
        self._start = start
        self._size = size
        self._from = 0
        self._data = memoryview(b"")

    async def get(self, offset: int, length: int) -> memoryview:
        """Return bytes `[offset, offset + length)` of the extent, both block-aligned."""
        relative = offset - self._from
        if relative < 0 or relative + length > len(self._data):
            size = min(max(length, SCAN_READ_BYTES), self._size - offset)
            self._data = await self._device.read(self._start + offset, size)
            self._from, relative = offset, 0
        return self._data[relative : relative + length]


async def scan(
    device: BlockDevice,
    superblock: Superblock,
    *,
    chain: Sequence[tuple[int, int]],
    identity: Identity,
    end_lsn: int | None,
    visit: Visit,
) -> int:
    """Read a log from its first extent and report its batches in LSN order.

    Args:
        chain: (extent index, chain sequence) of the log's extents, in order.
        identity: of the writer incarnation.
        end_lsn: the recorded end of a sealed log; None to find it.
        visit: called with (LSN of the frame, directory entry, the batch's bytes); the view is
            valid during the call only.

    Returns:
        The LSN behind the last accepted frame.

    Raises:
        CorruptFrameError: a frame that was acknowledged does not verify.
        VolumeShrunkError: the log lies beyond the end of the device.
    """
    end = chain[0][1] * superblock.extent_bytes if chain else 0
    previous: int | None = None
    for number, (index, sequence) in enumerate(chain):
        position = superblock.extent_position(index)
        if position + superblock.extent_bytes > device.size_bytes:
            if end_lsn is None and number > 0 and device.can_grow:
                break
            raise VolumeShrunkError(
                f"{device.name} ends at {device.size_bytes} bytes, but extent {index} ends at"
                f" {position + superblock.extent_bytes}: restore the volume's size"
            )
        window = _Window(device, position, superblock.extent_bytes)
        first = layout.decode_extent_header(await window.get(0, BLOCK_BYTES))
        if (
            first is None
            or first.volume_uuid != superblock.volume_uuid
            or first.incarnation != identity.incarnation
            or first.chain_sequence != sequence
        ):
            break
        offset = BLOCK_BYTES
        while offset + BLOCK_BYTES <= superblock.extent_bytes:
            lsn = sequence * superblock.extent_bytes + offset
            if end_lsn is not None and lsn >= end_lsn:
                return end_lsn
            frame = await _accept(window, superblock, offset, lsn, identity, previous)
            if frame is None:
                break
            header, body, entries = frame
            for entry in entries:
                visit(lsn, entry, body[entry.position : entry.position + entry.length])
            previous = header.crc
            offset += header.frame_bytes
            end = lsn + header.frame_bytes
        # A frame never crosses the end of an extent: the chain may go on in the next one.
    if end_lsn is not None and end < end_lsn:
        raise CorruptFrameError(
            f"{device.name}: the log ends at LSN {end}, but {end_lsn} was recorded: acknowledged"
            " records are damaged; restore the volume from a snapshot",
            lsn=end,
            position=-1,
        )
    await _refuse_damage(device, superblock, chain, identity, end)
    return end


async def _accept(
    window: _Window,
    superblock: Superblock,
    offset: int,
    lsn: int,
    identity: Identity,
    previous: int | None,
) -> tuple[FrameHeader, memoryview, list[DirectoryEntry]] | None:
    """Return the frame at an offset when everything holds, else None.

    `previous` is None for the first frame that is read: what it links to may be freed.
    """
    header = layout.decode_frame_header(await window.get(offset, BLOCK_BYTES))
    if (
        header is None
        or header.lsn != lsn
        or header.writer_epoch != identity.writer_epoch
        or header.incarnation != identity.incarnation
        or (previous is not None and header.previous_crc != previous)
        or offset + header.frame_bytes > superblock.extent_bytes
    ):
        return None
    frame = await window.get(offset, header.frame_bytes)
    start = layout.FRAME_HEADER_BYTES
    if layout.crc32c(frame[start : start + header.body_bytes]) != header.body_crc:
        return None
    entries = layout.decode_directory(frame, header)
    return None if entries is None else (header, frame, entries)


async def _refuse_damage(
    device: BlockDevice,
    superblock: Superblock,
    chain: Sequence[tuple[int, int]],
    identity: Identity,
    end: int,
) -> None:
    """Look behind the end for a frame of this log that says more was durable.

    Raises:
        CorruptFrameError: there is one.
    """
    for index, sequence in chain:
        base = sequence * superblock.extent_bytes
        if base + superblock.extent_bytes <= end:
            continue
        position = superblock.extent_position(index)
        if position + superblock.extent_bytes > device.size_bytes:
            return
        window = _Window(device, position, superblock.extent_bytes)
        offset = max(end - base, BLOCK_BYTES)
        while offset + BLOCK_BYTES <= superblock.extent_bytes:
            header = layout.decode_frame_header(await window.get(offset, BLOCK_BYTES))
            if (
                header is not None
                and header.incarnation == identity.incarnation
                and header.writer_epoch == identity.writer_epoch
                and header.lsn == base + offset
                and header.durable_lsn > end
            ):
                raise CorruptFrameError(
                    f"{device.name}: the frame at LSN {end} was acknowledged and does not verify:"
                    " the volume is damaged; restore it from a snapshot",
                    lsn=end,
                    position=position + offset,
                )
            offset += BLOCK_BYTES
