"""The committer: group commit into one page-aligned ring arena that is also the tail cache.

A batch is copied once, into the open frame. With a free slot the open frame is closed and written;
frames complete in any order, are acknowledged in LSN order, and only after the fence block was read
unset by a read that was issued after their write completed. One such read covers all frames
completed before it, and runs while the next frame is written.

LSN: `chain sequence * extent bytes + offset in the extent`. A frame never crosses an extent's end.
"""

import mmap
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

import trio

from wal import format as layout
from wal.device import BlockDevice
from wal.errors import BatchTooLargeError, FencedError, WalFullError
from wal.format import ENTRY, ENTRY_BYTES, FRAME_HEADER_BYTES, crc32c
from wal.limits import ARENA_BYTES_MIN, BLOCK_BYTES, FRAME_BYTES_MAX, FRAMES_IN_FLIGHT_MAX


class Identity(NamedTuple):
    """One writer incarnation: one run of one node."""

    broker_id: int
    writer_epoch: int
    incarnation: int


class Location(NamedTuple):
    """Where a batch was put: LSN of its frame, bytes from the frame's start, bytes."""

    lsn: int
    position: int
    length: int


class ArenaReader(Protocol):
    """Somebody that may hold views of arena memory."""

    def release_views(self) -> None:
        """Copy what is still needed: the memory is about to be written again."""
        ...


class _Frame:
    """A frame in the arena: open, closed, in flight, or durable and readable."""

    __slots__ = ("body", "callbacks", "capacity", "directory", "length", "lsn", "start", "state")

    def __init__(self, start: int, capacity: int, lsn: int) -> None:
        self.start = start
        self.capacity = capacity
        self.lsn = lsn
        self.body = FRAME_HEADER_BYTES
        self.length = 0
        self.directory: list[bytes] = []
        self.callbacks: list[Callable[[], None]] = []
        self.state = 0


_OPEN, _CLOSED, _WRITING, _WRITTEN, _COVERED, _DURABLE = range(6)


def _nothing() -> None:
    pass


class Writer:
    """The WAL of one incarnation; see the module's text. All calls from one trio task loop."""

    def __init__(
        self,
        device: BlockDevice,
        *,
        superblock: layout.Superblock,
        slot: int,
        identity: Identity,
        arena_bytes: int,
        need_extents: Callable[[], None],
    ) -> None:
        """Build it; nothing is written before `run`.

        Args:
            slot: writer slot whose fence block is read before acknowledging.
            arena_bytes: memory of the ring; touched only as it is used.
            need_extents: called when fewer than two spare extents are left; must not block.
        """
        self._device = device
        self._superblock = superblock
        self._fence_position = superblock.fence_position(slot)
        self._identity = identity
        self.extent_bytes = superblock.extent_bytes
        size = max(arena_bytes, ARENA_BYTES_MIN) // BLOCK_BYTES * BLOCK_BYTES
        self._arena = mmap.mmap(-1, size)
        self._view = memoryview(self._arena)
        self._arena_bytes = size
        self._head = 0
        self._frames: deque[_Frame] = deque()
        self._by_lsn: dict[int, _Frame] = {}
        self._open: _Frame | None = None
        self._closed: deque[_Frame] = deque()
        self._unacked: deque[_Frame] = deque()
        self._in_flight = 0
        self._fence_busy = False
        self._written_unchecked = False
        self._chain: list[int] = []
        self._chain_first = 0
        self._spare: deque[tuple[int, int]] = deque()
        self._preparing = 0
        self._extent: tuple[int, int] | None = None
        self._extent_used = 0
        self._previous_crc = 0
        self._need_extents = need_extents
        self._readers: list[ArenaReader] = []
        self._room = trio.Event()
        self._failed: BaseException | None = None
        self._failure = trio.Event()
        self._durable_lsn = 0
        self.on_commit: Callable[[], None] = _nothing
        self.frames_written = 0
        self.bytes_written = 0
        self.batches_written = 0

    # ---- state

    @property
    def durable_lsn(self) -> int:
        """All frames below it are durable and acknowledged."""
        return self._durable_lsn

    @property
    def end_lsn(self) -> int:
        """LSN behind the last frame, the open one counted at its present length."""
        if self._open is not None:
            used = self._open.body + len(self._open.directory) * ENTRY_BYTES
            return self._open.lsn + layout.align_up(used)
        if self._extent is None:
            return self._durable_lsn
        return self._extent[1] * self.extent_bytes + self._extent_used

    @property
    def spare_extents(self) -> int:
        """Extents given and not yet begun, those being prepared included."""
        return len(self._spare) + self._preparing

    @property
    def queued_bytes(self) -> int:
        """Bytes that are not durable yet."""
        return max(self.end_lsn - self._durable_lsn, 0)

    def add_reader(self, reader: ArenaReader) -> None:
        """Register somebody whose views are released before memory is written again."""
        self._readers.append(reader)

    # ---- extents

    async def add_extents(self, extents: list[tuple[int, int]]) -> None:
        """Take (extent index, chain sequence) pairs; writes their headers, then uses them."""
        self._preparing += len(extents)
        try:
            for index, sequence in extents:
                header = layout.ExtentHeader(
                    volume_uuid=self._superblock.volume_uuid,
                    index=index,
                    broker_id=self._identity.broker_id,
                    writer_epoch=self._identity.writer_epoch,
                    incarnation=self._identity.incarnation,
                    chain_sequence=sequence,
                    first_lsn=sequence * self.extent_bytes + BLOCK_BYTES,
                )
                await self._device.write(
                    header.encode(), self._superblock.extent_position(index)
                )
                self._preparing -= 1
                self._spare.append((index, sequence))
                self._wake_room()
        except BaseException:
            self._preparing = 0
            raise

    def on_freed(self, below_sequence: int) -> None:
        """Forget extents that the metadata took back."""
        while self._chain and self._chain_first < below_sequence:
            self._chain.pop(0)
            self._chain_first += 1

    def _next_extent(self) -> bool:
        if not self._spare:
            self._need_extents()
            return False
        self._extent = self._spare.popleft()
        if not self._chain:
            self._chain_first = self._extent[1]
        self._chain.append(self._extent[0])
        self._extent_used = BLOCK_BYTES
        if len(self._spare) < 2:
            self._need_extents()
        return True

    # ---- appending

    def _frame_need(self, length: int) -> int:
        return layout.align_up(FRAME_HEADER_BYTES + length + ENTRY_BYTES)

    def room_for(self, length: int) -> bool:
        """Whether `length` bytes, in batches of any size, could be appended now."""
        if self._failed is not None:
            return False
        extent_left = self.extent_bytes - self._extent_used if self._extent else 0
        pieces = length + length // 16 + 8 * BLOCK_BYTES
        if pieces > extent_left + len(self._spare) * (self.extent_bytes - BLOCK_BYTES):
            self._need_extents()
            return False
        # Memory: what is queued and not durable must leave room for this and the open frame.
        return self.queued_bytes + pieces + 2 * FRAME_BYTES_MAX <= self._arena_bytes

    async def wait_room(self) -> None:
        """Return when memory or extents may have become free."""
        await self._room.wait()

    def _wake_room(self) -> None:
        self._room.set()
        self._room = trio.Event()

    def _open_frame(self, length: int) -> _Frame:
        """Begin a frame that fits at least one batch of `length`. Raises WalFullError."""
        need = self._frame_need(length)
        if need > self.extent_bytes - BLOCK_BYTES or need > self._arena_bytes // 2:
            raise BatchTooLargeError(
                f"a batch of {length} bytes does not fit an extent of {self.extent_bytes} bytes"
            )
        if self._extent is None or self._extent_used + need > self.extent_bytes:
            if not self._next_extent():
                raise WalFullError("no free extent on the volume")
        assert self._extent is not None
        capacity = min(max(need, FRAME_BYTES_MAX), self.extent_bytes - self._extent_used)
        if self._head + capacity > self._arena_bytes:
            self._recycle(self._arena_bytes)
            self._head = 0
        self._recycle(self._head + capacity)
        lsn = self._extent[1] * self.extent_bytes + self._extent_used
        frame = _Frame(self._head, capacity, lsn)
        self._open = frame
        self._frames.append(frame)
        self._by_lsn[lsn] = frame
        return frame

    def _recycle(self, end: int) -> None:
        """Give up the readable frames in arena bytes `[head, end)`."""
        frames = self._frames
        released = False
        while frames:
            oldest = frames[0]
            if not self._head <= oldest.start < end:
                return
            if oldest.state != _DURABLE:
                raise WalFullError("memory is full of frames that wait for the device")
            if not released:
                for reader in self._readers:
                    reader.release_views()
                released = True
            frames.popleft()
            del self._by_lsn[oldest.lsn]

    def append_nowait(
        self,
        partition_id: int,
        base_offset: int,
        last_offset_delta: int,
        max_timestamp: int,
        kind: int,
        batch: Any,
        on_durable: Callable[[], None] | None,
    ) -> Location:
        """Copy a batch into the open frame.

        Args:
            batch: any buffer; free again when the call returns.
            on_durable: called once, in LSN order, when the batch is durable and not fenced.

        Raises:
            WalFullError: no extent or no memory now; nothing was appended.
            BatchTooLargeError: it never fits.
        """
        if self._failed is not None:
            raise WalFullError("the WAL has failed")
        length = len(batch)
        frame = self._open
        if frame is not None:
            used = frame.body + length + (len(frame.directory) + 1) * ENTRY_BYTES
            if used > frame.capacity:
                self._close()
                frame = None
        if frame is None:
            frame = self._open_frame(length)
        position = frame.body
        start = frame.start + position
        self._view[start : start + length] = batch
        frame.body = position + length
        frame.directory.append(
            ENTRY.pack(
                partition_id,
                base_offset,
                max_timestamp,
                last_offset_delta,
                position,
                length,
                kind,
                0,
                0,
                0,
            )
        )
        if on_durable is not None:
            frame.callbacks.append(on_durable)
        return Location(frame.lsn, position, length)

    def view(self, lsn: int, position: int, length: int) -> memoryview | None:
        """Return bytes of a frame from memory, or None when it has left it."""
        frame = self._by_lsn.get(lsn)
        if frame is None:
            return None
        start = frame.start + position
        return self._view[start : start + length]

    def address(self, lsn: int) -> int | None:
        """Return the position on the device of a frame of this log, or None when freed."""
        sequence, offset = divmod(lsn, self.extent_bytes)
        number = sequence - self._chain_first
        if not 0 <= number < len(self._chain):
            return None
        return self._superblock.extent_position(self._chain[number]) + offset

    # ---- writing

    def _close(self) -> None:
        """Seal the open frame: directory, padding, CRCs, header."""
        frame = self._open
        assert frame is not None
        assert self._extent is not None
        directory = b"".join(frame.directory)
        view = self._view
        start = frame.start
        end = frame.body + len(directory)
        view[start + frame.body : start + end] = directory
        length = layout.align_up(end)
        if length > end:
            view[start + end : start + length] = bytes(length - end)
        self._previous_crc = layout.encode_frame_header(
            view[start : start + FRAME_HEADER_BYTES],
            writer_epoch=self._identity.writer_epoch,
            incarnation=self._identity.incarnation,
            lsn=frame.lsn,
            body_bytes=end - FRAME_HEADER_BYTES,
            count=len(frame.directory),
            previous_crc=self._previous_crc,
            body_crc=crc32c(view[start + FRAME_HEADER_BYTES : start + end]),
            durable_lsn=self._durable_lsn,
        )
        frame.length = length
        frame.state = _CLOSED
        self.batches_written += len(frame.directory)
        frame.directory = []
        self._extent_used += length
        self._head = start + length
        self._open = None
        self._closed.append(frame)
        self._unacked.append(frame)

    def submit_nowait(self) -> None:
        """With a free slot, write what is queued; called at the end of each wake-up."""
        while self._in_flight < FRAMES_IN_FLIGHT_MAX and self._failed is None:
            if not self._closed:
                if self._open is None or not self._open.directory:
                    return
                self._close()
            frame = self._closed.popleft()
            position = self.address(frame.lsn)
            assert position is not None
            frame.state = _WRITING
            self._in_flight += 1
            self._device.submit_write(
                self._view[frame.start : frame.start + frame.length],
                position,
                lambda error, frame=frame: self._on_written(frame, error),
            )

    def _on_written(self, frame: _Frame, error: BaseException | None) -> None:
        if error is not None:
            self._fail(error)
            return
        self._in_flight -= 1
        self.frames_written += 1
        self.bytes_written += frame.length
        frame.state = _WRITTEN
        self._written_unchecked = True
        self._check_fence()
        self.submit_nowait()

    def _check_fence(self) -> None:
        """Read the fence block for the frames whose write has completed by now."""
        if self._fence_busy or not self._written_unchecked or self._failed is not None:
            return
        covered = [frame for frame in self._unacked if frame.state == _WRITTEN]
        self._written_unchecked = False
        self._fence_busy = True
        self._device.submit_read(
            self._fence_position,
            BLOCK_BYTES,
            lambda result: self._on_fence(covered, result),
        )

    def _on_fence(self, covered: list[_Frame], result: memoryview | BaseException) -> None:
        self._fence_busy = False
        if isinstance(result, BaseException):
            self._fail(result)
            return
        fenced = layout.decode_fence(result)
        if fenced >= self._identity.writer_epoch:
            self._fail(FencedError(self._identity.writer_epoch, fenced))
            return
        for frame in covered:
            frame.state = _COVERED
        unacked = self._unacked
        while unacked and unacked[0].state == _COVERED:
            frame = unacked.popleft()
            frame.state = _DURABLE
            end = frame.lsn + frame.length
            assert end > self._durable_lsn
            self._durable_lsn = end
            for callback in frame.callbacks:
                callback()
            frame.callbacks = []
        self._check_fence()

    def _after_completions(self) -> None:
        if self._failed is None:
            self.on_commit()
            self.submit_nowait()
            self._wake_room()

    def _fail(self, error: BaseException) -> None:
        """Acknowledge nothing any more; `run` raises, and the process ends."""
        if self._failed is None:
            self._failed = error
            self._failure.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Hold the device's completions until a failure or cancellation.

        Raises:
            DeviceError: a write or read failed; outcomes are unknown.
            FencedError: another incarnation took over.
        """
        self._device.after_completions = self._after_completions
        task_status.started()
        await self._failure.wait()
        assert self._failed is not None
        raise self._failed

    def oldest_resident(self) -> int:
        """LSN of the oldest frame in memory; `durable_lsn` when none is."""
        return self._frames[0].lsn if self._frames else self._durable_lsn
