"""The recovery scan: where a log really ends, and what it holds.

The scan follows the chain from the first extent still owned, accepting frames while every check of
FORMAT.md holds. Acks are in LSN order, so the first failure is the exact end, unless anything of
the same incarnation further on was written when the log was already durable beyond that end: then
acknowledged bytes are damaged and the scan refuses.
"""

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

import trio

from wal import limits
from wal.device import BlockDevice
from wal.errors import CorruptFrameError, DeviceError
from wal.format import (
    CHAIN_START,
    FRAME_HEADER_BYTES,
    DirectoryEntry,
    EntryFields,
    ExtentHeader,
    FrameHeader,
    Identity,
    Superblock,
    crc32c,
    decode_directory,
    decode_extent_header,
    decode_frame_header,
)
from wal.limits import BLOCK_BYTES

ExtentRef = tuple[int, int]
"""(extent index, chain sequence)."""

Visit = Callable[[int, DirectoryEntry, memoryview], object]


class RecoveredFrame(NamedTuple):
    """One frame of the log.

    Attributes:
        entries: of its batches, in the order of their appends.
        position: its byte position on the device.
        end_lsn: where the next frame of the extent begins.
    """

    lsn: int
    header: FrameHeader
    entries: list[EntryFields]
    position: int
    end_lsn: int


OnFrame = Callable[[RecoveredFrame, memoryview], object]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Which parts of the validity rule are applied; all of them, but for tests of the tests."""

    lsn: bool = True
    identity: bool = True
    chain: bool = True


_ALL_CHECKS = Checks()


class _Piece:
    """One large read; `data` once `done` is set, or the error that who needs it gets."""

    __slots__ = ("data", "done", "error")

    def __init__(self) -> None:
        self.done = trio.Event()
        self.data = memoryview(b"")
        self.error: DeviceError | None = None

    async def read(self, device: BlockDevice, position: int, length: int) -> None:
        try:
            self.data = await device.read(position, length)
        except DeviceError as error:
            self.error = error
        self.done.set()


class _Blocks:
    """Sequential reads of one extent in large pieces; the next one is read ahead."""

    def __init__(
        self,
        device: BlockDevice,
        position: int,
        length: int,
        *,
        nursery: trio.Nursery,
        read_beyond: Callable[[], object],
    ) -> None:
        """Read nothing yet.

        Args:
            nursery: in which pieces are read ahead.
            read_beyond: called when the last piece is in use: what lies behind the extent is next.
        """
        self._device = device
        self._position = position
        self._length = length
        self._nursery = nursery
        self._read_beyond = read_beyond
        self._pieces: dict[int, _Piece] = {}
        self._start = self._end = 0
        self._data = memoryview(b"")

    def read_ahead(self, number: int) -> None:
        """Begin to read a piece; one that is read already is left alone."""
        start = number * limits.SCAN_READ_BYTES
        if start >= self._length:
            self._read_beyond()
        elif number not in self._pieces:
            piece = self._pieces[number] = _Piece()
            size = min(limits.SCAN_READ_BYTES, self._length - start)
            self._nursery.start_soon(piece.read, self._device, self._position + start, size)

    def get_nowait(self, offset: int, length: int) -> memoryview | None:
        """Return bytes of the piece in use, as most are, None for others; else as `get`."""
        if self._start <= offset and offset + length <= self._end:
            return self._data[offset - self._start : offset - self._start + length]
        return None

    async def get(self, offset: int, length: int) -> memoryview:
        """Return bytes of the extent; they live until the next call.

        Raises:
            DeviceError: they cannot be read.
        """
        assert length > 0
        assert offset + length <= self._length
        found = self.get_nowait(offset, length)
        if found is not None:
            return found
        first = offset // limits.SCAN_READ_BYTES
        last = (offset + length - 1) // limits.SCAN_READ_BYTES
        for number in [number for number in self._pieces if number < first]:
            del self._pieces[number]
        for number in range(first, last + 2):
            self.read_ahead(number)
        for number in range(first, last + 1):
            piece = self._pieces[number]
            await piece.done.wait()
            if piece.error is not None:
                raise piece.error
        if first < last:  # A frame across pieces: the one copy that a scan makes.
            parts = [self._pieces[number].data for number in range(first, last + 1)]
            parts[0] = parts[0][offset - first * limits.SCAN_READ_BYTES :]
            parts[-1] = parts[-1][: offset + length - last * limits.SCAN_READ_BYTES]
            return memoryview(b"".join(parts))
        self._data = self._pieces[first].data
        self._start = first * limits.SCAN_READ_BYTES
        self._end = self._start + len(self._data)
        return self._data[offset - self._start : offset - self._start + length]


class _Scan:
    def __init__(
        self,
        device: BlockDevice,
        superblock: Superblock,
        chain: Sequence[ExtentRef],
        identity: Identity,
        checks: Checks,
        nursery: trio.Nursery,
    ) -> None:
        self._device = device
        self._nursery = nursery
        self._ahead: tuple[int, _Blocks] | None = None
        self._superblock = superblock
        self._extents = chain
        self._identity = identity
        self._checks = checks
        self._extent_bytes = superblock.extent_bytes
        self.chain = CHAIN_START
        self.durable_lsn = 0
        self.end_lsn = chain[0][1] * self._extent_bytes

    def _blocks(self, number: int) -> _Blocks:
        if self._ahead is not None and self._ahead[0] == number:
            return self._ahead[1]
        index = self._extents[number][0]
        return _Blocks(
            self._device,
            self._superblock.extent_position(index),
            self._extent_bytes,
            nursery=self._nursery,
            read_beyond=lambda: self._read_ahead(number + 1),
        )

    def _read_ahead(self, number: int) -> None:
        """Begin to read an extent while the end of the one before is looked at."""
        if number < len(self._extents) and (self._ahead is None or self._ahead[0] < number):
            blocks = self._blocks(number)
            self._ahead = number, blocks
            blocks.read_ahead(0)

    def _is_ours(self, header: FrameHeader, lsn: int) -> bool:
        checks, identity = self._checks, self._identity
        return (not checks.lsn or header.lsn == lsn) and (
            not checks.identity
            or (
                header.incarnation == identity.incarnation
                and header.writer_epoch == identity.writer_epoch
            )
        )

    async def _extent_header(self, blocks: _Blocks, number: int) -> ExtentHeader | None:
        index, sequence = self._extents[number]
        header = decode_extent_header(await blocks.get(0, BLOCK_BYTES))
        if (
            header is None
            or header.volume_uuid != self._superblock.volume_uuid
            or header.extent_index != index
            or (self._checks.identity and header.identity != self._identity)
            or (self._checks.lsn and header.chain_sequence != sequence)
            or (
                self._checks.lsn and header.first_lsn != sequence * self._extent_bytes + BLOCK_BYTES
            )
        ):
            return None
        return header

    async def run(
        self, on_frame: Callable[[RecoveredFrame, memoryview], bool]
    ) -> tuple[int, int] | None:
        """Walk the log; return (extent number, offset) of the first failure, None if told to stop.

        `end_lsn` is the end found so far.
        """
        number = offset = 0
        while number < len(self._extents):
            blocks = self._blocks(number)
            header = await self._extent_header(blocks, number)
            if header is None or (
                number > 0
                and self._checks.chain
                and (header.chain != self.chain or header.previous_end_lsn != self.end_lsn)
            ):
                break
            if number == 0:
                self.chain = header.chain
            self.durable_lsn = max(self.durable_lsn, header.durable_lsn)
            sequence = self._extents[number][1]
            start_lsn = sequence * self._extent_bytes
            offset = BLOCK_BYTES
            extent_position = self._superblock.extent_position(self._extents[number][0])
            while offset < self._extent_bytes:
                lsn = start_lsn + offset
                # Without a call that may wait: of small frames there are hundreds of thousands.
                view = blocks.get_nowait(offset, FRAME_HEADER_BYTES)
                if view is None:
                    view = await blocks.get(offset, FRAME_HEADER_BYTES)
                head = decode_frame_header(view)
                if (
                    head is None
                    or not self._is_ours(head, lsn)
                    or (self._checks.chain and head.previous_crc != self.chain)
                ):
                    break
                frame_bytes = head.frame_bytes
                if offset + frame_bytes > self._extent_bytes:
                    break
                size = FRAME_HEADER_BYTES + head.body_bytes
                frame = blocks.get_nowait(offset, size)
                if frame is None:
                    frame = await blocks.get(offset, size)
                if crc32c(frame[FRAME_HEADER_BYTES:]) != head.body_crc:
                    break
                entries = decode_directory(frame, head)
                if entries is None:
                    break
                end_lsn = lsn + frame_bytes
                found = RecoveredFrame(lsn, head, entries, extent_position + offset, end_lsn)
                if not on_frame(found, frame):
                    return None
                self.chain = head.header_crc
                self.durable_lsn = max(self.durable_lsn, head.durable_lsn)
                offset += frame_bytes
                self.end_lsn = end_lsn
            number += 1
        return await self._look_beyond()

    async def _look_beyond(self) -> tuple[int, int]:
        """Raise if anything of this incarnation beyond the end proves that more was durable.

        The rest of the extent with the end is looked through, and every later one; those without
        a readable header only if there is a frame of this writer in their beginning, where its
        first ones would lie. How far behind them the one lies that says that the first was
        acknowledged has no bound: later writes may all overtake the first.
        """
        end = self.end_lsn
        durable = self.durable_lsn
        at = (len(self._extents), 0)
        for number, (_, sequence) in enumerate(self._extents):
            start_lsn = sequence * self._extent_bytes
            if start_lsn + self._extent_bytes <= end:
                continue
            blocks = self._blocks(number)
            header = await self._extent_header(blocks, number)
            first = max(end - start_lsn, BLOCK_BYTES)
            is_entered = header is not None
            if header is not None:
                durable = max(durable, header.durable_lsn)
            if at[0] == len(self._extents):
                at = (number, first)
            for offset in range(first, self._extent_bytes, BLOCK_BYTES):
                if not is_entered and offset - first >= limits.LOOK_BEYOND_BYTES:
                    break
                head = decode_frame_header(await blocks.get(offset, FRAME_HEADER_BYTES))
                if head is not None and self._is_ours(head, start_lsn + offset):
                    is_entered = True
                    durable = max(durable, head.durable_lsn)
        self.durable_lsn = durable
        return at


async def scan(
    device: BlockDevice,
    superblock: Superblock,
    *,
    chain: Sequence[ExtentRef],
    identity: Identity,
    end_lsn: int | None = None,
    visit: Visit | None = None,
    on_frame: OnFrame | None = None,
    checks: Checks = _ALL_CHECKS,
) -> int:
    """Return the end LSN of a fenced (or dead) incarnation's log, visiting what it holds.

    Args:
        device: the volume.
        superblock: of the volume.
        chain: (extent index, chain sequence) of every extent the log still owns, in order, spares
            included.
        identity: of the writer.
        end_lsn: the end an earlier scan found and recorded; later frames are then ignored, however
            valid (a zombie's late writes), and an earlier end is damage.
        visit: called per batch in log order with the frame's LSN, the directory entry and a view of
            the whole batch, which lives until `visit` returns.
        on_frame: called per frame, before its batches, with a view of the frame without its
            padding, which lives until `on_frame` returns.
        checks: for tests of the tests.

    Raises:
        CorruptFrameError: acknowledged bytes are unreadable; nothing may be built on this log.
        DeviceError: a read failed.
    """
    if not chain:
        return end_lsn or 0
    for one, two in itertools.pairwise(chain):
        assert two[1] == one[1] + 1

    def found(frame: RecoveredFrame, view: memoryview) -> bool:
        if end_lsn is not None and frame.lsn >= end_lsn:
            return False
        if on_frame is not None:
            on_frame(frame, view)
        if visit is not None:
            for fields in frame.entries:
                entry = DirectoryEntry._make(fields)
                visit(frame.lsn, entry, view[entry.position : entry.position + entry.length])
        return True

    at: tuple[int, int] | None = None
    fault: Exception | None = None
    async with trio.open_nursery() as nursery:
        state = _Scan(device, superblock, chain, identity, checks, nursery)
        try:
            at = await state.run(found)
        except Exception as error:  # Raised below, as it is and not in a group.
            fault = error
        nursery.cancel_scope.cancel()
    if fault is not None:
        raise fault
    durable = state.durable_lsn if end_lsn is None else end_lsn
    if at is None or state.end_lsn >= durable:
        return state.end_lsn if end_lsn is None else max(end_lsn, 0)
    index = chain[min(at[0], len(chain) - 1)][0]
    raise CorruptFrameError(
        f"{device.name}: the log of broker {identity.broker_id} (writer epoch"
        f" {identity.writer_epoch}) is unreadable at LSN {state.end_lsn} (extent {index}, offset"
        f" {at[1]}), but was durable up to {durable}: acknowledged records are damaged; restore"
        " the volume, or seal the log at the readable end knowing that records are lost",
        lsn=state.end_lsn,
        durable_lsn=durable,
    )
