"""Group commit: batches are copied once into frames, frames are written, acks follow in LSN order.

```
append_*nowait -> open frame -> sealed -> up to 6 at the device: write, then fence read -> acks
```
The frames lie in one page-aligned ring of memory, the arena, exactly as they lie on the volume, and
stay readable there until the ring comes round: the arena is the tail cache. Everything between an
append and its ack runs in plain calls from the device's completions; the `run` task only carries
errors to the nursery, zero-fills extents and gets pages for the arena ahead of use.

Invariants:
    1. on_durable is called only after the frame's write completed and a fence read that started
       after that completion found the slot unfenced; in LSN order; never after an error.
    2. At most `limits.FRAMES_AT_DEVICE_MAX` frames are at the device, submitted in LSN order; a
       frame is sealed before it is full only while fewer than `limits.WRITES_IN_FLIGHT_MAX` are.
    3. Arena memory is overwritten only when its frame is durable and every reader let go of it.
    4. An extent's header is written in one write with its first frame.
"""

import functools
import mmap
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, cast

import trio

from wal import limits
from wal.device import BlockDevice
from wal.errors import BatchTooLargeError, DeviceError, FencedError, WalFullError
from wal.format import (
    CHAIN_START,
    ENTRY,
    ENTRY_BYTES,
    FRAME_HEADER_BYTES,
    ExtentHeader,
    Identity,
    Superblock,
    decode_fence,
    encode_extent_header,
    seal_frame,
)
from wal.layout import align_up, fence_position
from wal.limits import BLOCK_BYTES
from wal.memory import advise_huge, aligned

__all__ = ["ArenaReader", "BatchFields", "Identity", "Location", "Writer"]

_FIRST_ENTRY_BYTES = FRAME_HEADER_BYTES + ENTRY_BYTES
_ZEROS = aligned(limits.FILL_WRITE_BYTES)
_new_tuple = tuple.__new__  # A third of what the class's own constructor costs.


BatchFields = tuple[int, int, int, int, int, memoryview | bytes]
"""What `append_some_nowait` is given of a batch: partition id, base offset, max timestamp, last
offset delta, kind and bytes; names would cost as much as the rest of an append."""


class Location(NamedTuple):
    """Where an appended batch lies: `position` counts from the first byte of the frame at `lsn`."""

    lsn: int
    position: int
    length: int


class ExtentLike(Protocol):
    """An extent with its place in the chain, as the metadata hands it out."""

    @property
    def index(self) -> int: ...
    @property
    def chain_sequence(self) -> int: ...


class ArenaReader(Protocol):
    """Holds views of arena memory; called before any of it is overwritten."""

    def release_views(self) -> None:
        """Copy what is still to be sent and drop every view."""
        ...


class _Frame:
    __slots__ = (
        "acks", "body_end", "directory", "end_lsn", "enters", "lsn", "previous_end_lsn", "start",
        "started", "stop", "virtual_end", "virtual_start", "written",
    )  # fmt: skip

    lsn: int
    end_lsn: int
    start: int  # arena index of the frame header
    stop: int  # arena index behind the padding
    body_end: int  # bytes from the header to the end of the batches
    directory: bytes
    acks: list[Callable[[], object] | None]
    enters: tuple[int, int] | None  # (extent index, chain sequence) when an extent header precedes
    previous_end_lsn: int
    started: float  # clock when the write was handed to the device
    virtual_start: int  # extent header included
    virtual_end: int
    written: bool


class _Spare:
    __slots__ = ("filling", "index", "sequence", "unwritten")

    def __init__(self, index: int, sequence: int, *, unwritten: bool) -> None:
        self.index = index
        self.sequence = sequence
        self.unwritten = unwritten
        self.filling = False


class Writer:
    """The one writer of one incarnation's chain of extents.

    Attributes:
        durable_lsn: end of the last acknowledged frame.
        extent_bytes: LSN = chain_sequence * extent_bytes + offset in the extent.
        batch_bytes_max: longest batch that can ever be appended.
        spares_kept: spare extents that an append enters only after `use_kept(True)`; the owner's
            to change. What is left of an extent entered so is kept, too, while spares are short.
        on_commit: called once after the acks of each completion.
        on_frame: called with the seconds from a frame's write to its acks, before these.
        frames, bytes_written, commits: counters since the start.
    """

    def __init__(
        self,
        device: BlockDevice,
        *,
        superblock: Superblock,
        slot: int,
        identity: Identity,
        arena_bytes: int,
        need_extents: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
        populate: Callable[[memoryview], Awaitable[object]] | None = None,
    ) -> None:
        """Write nothing yet.

        Args:
            device: the volume.
            superblock: of the volume.
            slot: the writer slot whose fence block is obeyed.
            identity: never used before by any writer.
            arena_bytes: bound of the memory for frames; also the tail cache.
            need_extents: called, never from within `add_extents`, when spares run short; must not
                block or raise.
            clock: seconds, for `on_frame` and `unanswered_s`.
            populate: gets pages for arena memory shortly before its first use, beside the loop.

        Raises:
            OSError: so much memory is not to be had.
        """
        assert 0 <= slot < superblock.slot_count
        arena_bytes = max(arena_bytes, limits.ARENA_BYTES_MIN) & -BLOCK_BYTES
        self.extent_bytes = superblock.extent_bytes
        self.batch_bytes_max = (
            min(self.extent_bytes - BLOCK_BYTES, arena_bytes // 4) - _FIRST_ENTRY_BYTES
        )
        self.spares_kept = 0
        self.durable_lsn = 0
        self.on_commit: Callable[[], object] = _nothing
        self.on_frame: Callable[[float], object] = _ignore
        self.frames = self.bytes_written = self.commits = 0
        self._device = device
        self._superblock = superblock
        self._slot = slot
        self._identity = identity
        self._need_extents = need_extents
        self._clock = clock

        self._memory = mmap.mmap(-1, arena_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        advise_huge(self._memory)
        self._arena = memoryview(self._memory)
        self._arena_bytes = arena_bytes
        # Virtual positions grow for ever; memory index = virtual position % arena_bytes.
        self._head = 0  # behind the last frame opened
        self._safe = 0  # start of the oldest frame that is not durable
        self._clear = arena_bytes  # memory below this holds no cached frame any more
        self._cached: deque[_Frame] = deque()
        self._by_lsn: dict[int, int] = {}
        self._readers: list[ArenaReader] = []

        self._is_open = False
        self._frame = _Frame()
        self._lsn = 0
        self._start = self._cursor = 0
        self._limit = -1  # last arena index a batch may end at, its directory entry counted
        self._entries: list[bytes] = []
        self._acks: list[Callable[[], object] | None] = []
        self._sealed: deque[_Frame] = deque()
        self._sealed_end_lsn = 0
        self._flight: deque[_Frame] = deque()
        self._in_flight = 0
        self._chain = CHAIN_START

        self._spares: deque[_Spare] = deque()
        self._next_sequence: int | None = None
        self._extents: dict[int, int] = {}
        self._extent_sequence = -1
        self._extent_used = self.extent_bytes  # nothing left: the first append enters an extent
        self._asked = False
        self._uses_kept = False
        self._is_in_kept = False  # the extent in use was the last but `spares_kept`
        self._held_frame: _Frame | None = None  # open, and closed to others than who uses the kept
        self._held_limit = -1

        self._fence_blocks = [
            memoryview(mmap.mmap(-1, BLOCK_BYTES)) for _ in range(limits.FRAMES_AT_DEVICE_MAX)
        ]
        self._fence_at = fence_position(slot)
        self._error: BaseException | None = None
        self._failed = trio.Event()
        self._room = trio.lowlevel.ParkingLot()
        self._fill_wanted = trio.Event()
        self._populate = populate
        # The arena has pages up to here, or nobody is to get them ahead.
        self._populated = arena_bytes if populate is None else 0
        self._populate_wanted = trio.Event()

    # ---- appending ------------------------------------------------------------------------

    def append_nowait(
        self,
        partition_id: int,
        base_offset: int,
        last_offset_delta: int,
        max_timestamp: int,
        kind: int,
        batch: memoryview | bytes,
        on_durable: Callable[[], object] | None,
    ) -> Location:
        """Copy one batch into the open frame; the only copy it ever gets here.

        Many at once: `append_some_nowait`.

        Raises:
            WalFullError: no memory or no extent now; nothing happened.
            BatchTooLargeError: longer than `batch_bytes_max`; nothing happened.
            DeviceError, FencedError: the writer has ended.
        """
        length = len(batch)
        cursor = self._cursor
        end = cursor + length
        if end > self._limit:
            self._open(length)
            cursor = self._cursor
            end = cursor + length
        self._arena[cursor:end] = batch
        self._cursor = end
        self._limit -= ENTRY_BYTES
        position = cursor - self._start
        self._entries.append(
            ENTRY.pack(
                partition_id,
                base_offset,
                max_timestamp,
                last_offset_delta,
                position,
                length,
                kind,
                0,
            )
        )
        self._acks.append(on_durable)
        return _new_tuple(Location, (self._lsn, position, length))

    def append_some_nowait(
        self, batches: Sequence[BatchFields], on_durable: Callable[[], object] | None
    ) -> tuple[int, list[int]]:
        """Copy the first of some batches into the open frame, as many as it takes.

        What is appended lies in one frame, which is durable as a whole, so one `on_durable` is
        enough for it. For the rest call again. It costs half as much as one call per batch.

        Args:
            batches: at least one.
            on_durable: as in `append_nowait`, for those that were appended.

        Returns:
            The LSN of their frame, and for each batch appended, one or more, its position in it.

        Raises:
            WalFullError: no memory or no extent now, not even for the first; nothing happened.
            BatchTooLargeError: the first is longer than `batch_bytes_max`; nothing happened.
            DeviceError, FencedError: the writer has ended.
        """
        first_bytes = len(batches[0][5])
        if self._cursor + first_bytes > self._limit:
            self._open(first_bytes)
        arena, start, cursor, limit = self._arena, self._start, self._cursor, self._limit
        pack = ENTRY.pack
        entries: list[bytes] = []
        positions: list[int] = []
        for partition_id, base_offset, max_timestamp, last_offset_delta, kind, batch in batches:
            length = len(batch)
            end = cursor + length
            if end > limit:
                break
            arena[cursor:end] = batch
            position = cursor - start
            entries.append(
                pack(
                    partition_id,
                    base_offset,
                    max_timestamp,
                    last_offset_delta,
                    position,
                    length,
                    kind,
                    0,
                )
            )
            positions.append(position)
            cursor = end
            limit -= ENTRY_BYTES
        assert positions
        # Only now: fields that cannot be packed leave nothing behind.
        self._entries += entries
        self._cursor = cursor
        self._limit = limit
        self._acks.append(on_durable)
        return self._lsn, positions

    def submit_nowait(self) -> None:
        """Start writing what is queued, as far as writes may be in flight."""
        while self._in_flight < limits.WRITES_IN_FLIGHT_MAX:
            if self._sealed:
                self._write(self._sealed.popleft())
            elif self._is_open:
                self._seal()
            else:
                return
        while self._sealed and self._in_flight < limits.FRAMES_AT_DEVICE_MAX:
            self._write(self._sealed.popleft())

    def room_for(self, length: int, batches: int = 1) -> bool:
        """Tell whether batches of `length` bytes together could be appended now."""
        # The limit leaves room for the entry of one batch.
        if self._cursor + length + (batches - 1) * ENTRY_BYTES <= self._limit:
            return True
        if self._error is not None:
            return True  # Not to wait for what never comes: append raises the error.
        if self._is_withheld():
            self._want_extents()
            return False
        extent_bytes = self.extent_bytes
        length += batches * ENTRY_BYTES
        frames = 2 + length // limits.FRAME_BYTES_MAX
        need = align_up(length) + frames * 4 * BLOCK_BYTES
        pending = 0
        if self._is_open:
            pending = align_up(self._cursor - self._start + len(self._entries) * ENTRY_BYTES)
        if pending or self._flight or self._sealed:
            # What is left at the arena's end may be skipped once, so it counts as used up.
            head = self._head + pending
            skip = min(need, self._arena_bytes - head % self._arena_bytes)
            if head + skip + need > self._safe + self._arena_bytes:
                return False
        if self._extent_used + pending + need <= extent_bytes:
            return True
        spares = self._spares
        usable = extent_bytes - BLOCK_BYTES
        if len(spares) - self._kept() < min(-(-need // usable), limits.SPARE_EXTENTS_MIN):
            self._want_extents()
            return False
        if spares[0].filling:
            self._stop_filling()
            return False
        return True

    async def wait_room(self) -> None:
        """Wait for the next ack or extent; ask `room_for` again then.

        Cancellation: changes nothing.
        """
        self.submit_nowait()
        if self._error is not None:
            await trio.lowlevel.checkpoint()
            return
        await self._room.park()

    @property
    def open_bytes(self) -> int:
        """Bytes of the frame that is not sealed yet, without what its end takes."""
        return self._cursor - self._start if self._is_open else 0

    @property
    def end_lsn(self) -> int:
        """Where the log ends once everything appended is durable."""
        if not self._is_open:
            return self._sealed_end_lsn
        body = self._cursor - self._start + len(self._entries) * ENTRY_BYTES
        return self._lsn + align_up(body)

    @property
    def has_failed(self) -> bool:
        """Whether nothing will be acknowledged any more: `run` raises why."""
        return self._error is not None

    @property
    def unanswered_s(self) -> float:
        """Seconds for which the oldest frame at the device has waited for its end; 0: none is."""
        return self._clock() - self._flight[0].started if self._flight else 0.0

    @property
    def spare_extents(self) -> int:
        """Extents handed in and not entered yet."""
        return len(self._spares)

    def view(self, lsn: int, position: int, length: int) -> memoryview | None:
        """Return a batch from the arena, None when its memory was recycled.

        The view is valid until `release_views` of the registered readers is called; a caller that
        never yields to the loop between taking and using it needs no registration.
        """
        start = self._by_lsn.get(lsn)
        if start is None:
            return None
        start += position
        return self._arena[start : start + length]

    def address(self, lsn: int) -> tuple[int, int]:
        """Return (extent index, byte position on the device) of an LSN.

        Raises:
            KeyError: the extent was never entered or is freed.
        """
        sequence, offset = divmod(lsn, self.extent_bytes)
        index = self._extents[sequence]
        return index, self._superblock.extent_position(index) + offset

    def add_reader(self, reader: ArenaReader) -> None:
        """Register a holder of views."""
        self._readers.append(reader)

    def remove_reader(self, reader: ArenaReader) -> None:
        """Forget a holder of views."""
        self._readers.remove(reader)

    # ---- extents --------------------------------------------------------------------------

    def add_extents(self, extents: Iterable[int | tuple[int, int] | ExtentLike]) -> None:
        """Take extents in chain order: indices, (index, chain_sequence) pairs, or such objects."""
        for extent in extents:
            expected = self._next_sequence
            if isinstance(extent, int):
                index, sequence = extent, expected or 0
            elif isinstance(extent, tuple):
                index, sequence = cast("tuple[int, int]", extent)
            else:
                index, sequence = extent.index, extent.chain_sequence
            assert expected is None or sequence == expected
            if expected is None:
                self.durable_lsn = self._sealed_end_lsn = sequence * self.extent_bytes
            self._next_sequence = sequence + 1
            position = self._superblock.extent_position(index)
            unwritten = self._device.is_unwritten(position, self.extent_bytes)
            self._spares.append(_Spare(index, sequence, unwritten=unwritten))
        self._asked = False
        self._fill_wanted.set()
        self._room.unpark_all()

    def on_freed(self, below_sequence: int) -> None:
        """Forget where extents below a chain sequence lie; they are somebody else's now."""
        for sequence in [s for s in self._extents if s < below_sequence]:
            del self._extents[sequence]

    def _want_extents(self) -> None:
        if not self._asked:
            self._asked = True
            self._need_extents()

    def _stop_filling(self) -> None:
        if self._spares and self._spares[0].filling:
            self._spares[0].unwritten = False

    def use_kept(self, is_used: bool) -> None:
        """Let the appends that follow enter the spare extents that are kept, or no more.

        Others may append between two uses, but not to what is left of an extent that was kept:
        whoever it is kept for would find it full.
        """
        self._uses_kept = is_used
        if is_used:
            if self._is_open and self._frame is self._held_frame and self._error is None:
                self._limit = self._held_limit
            self._held_frame = None
        elif self._is_open and self._is_withheld():
            self._held_frame, self._held_limit = self._frame, self._limit
            self._limit = -1  # The next append of others asks `_open`.

    def _kept(self) -> int:
        return 0 if self._uses_kept else self.spares_kept

    def _is_withheld(self) -> bool:
        """Whether the extent in use is kept for others than who appends now."""
        return self._is_in_kept and len(self._spares) <= self.spares_kept and not self._uses_kept

    # ---- frames ---------------------------------------------------------------------------

    def _open(self, length: int) -> None:
        """Open a frame whose first batch has `length` bytes, sealing the one that is open."""
        if self._error is not None:
            raise self._error
        if length > self.batch_bytes_max:
            raise BatchTooLargeError(
                f"a batch of {length} bytes exceeds the {self.batch_bytes_max} that fit a frame"
            )
        if self._is_withheld():
            self._want_extents()
            raise WalFullError("no extent is free on the volume: retry later")
        if self._is_open:
            self._seal()
            self.submit_nowait()
        size = align_up(_FIRST_ENTRY_BYTES + length)
        entered = self._extent_used + size > self.extent_bytes
        if entered:
            if len(self._spares) <= self._kept():
                self._want_extents()
                raise WalFullError("no extent is free on the volume: retry later")
            if self._spares[0].filling:
                self._stop_filling()
                raise WalFullError("the next extent is being prepared: retry")
        prefix = BLOCK_BYTES if entered else 0
        used = BLOCK_BYTES if entered else self._extent_used
        start = self._head
        index = start % self._arena_bytes
        if index + prefix + size > self._arena_bytes:
            start += self._arena_bytes - index
            index = 0
        room = self._safe_start() + self._arena_bytes - start - prefix
        if room < size:
            raise WalFullError("the arena is full of frames that are not durable yet: retry")
        cap = min(
            max(size, limits.FRAME_BYTES_MAX),
            self.extent_bytes - used,
            room & -BLOCK_BYTES,
            self._arena_bytes - index - prefix,
        )
        if start + prefix + cap > self._clear:
            self._recycle(start + prefix + cap)
        if not self._flight and not self._sealed:
            self._safe = start
        frame = _Frame()
        frame.enters = None
        if entered:
            self._is_in_kept = len(self._spares) <= self.spares_kept
            spare = self._spares.popleft()
            frame.enters = (spare.index, spare.sequence)
            self._extents[spare.sequence] = spare.index
            self._extent_sequence = spare.sequence
            if len(self._spares) - self.spares_kept < limits.SPARE_EXTENTS_MIN:
                self._want_extents()
            self._fill_wanted.set()
        frame.previous_end_lsn = self._sealed_end_lsn
        frame.virtual_start = start
        frame.start = index + prefix
        frame.written = False
        frame.lsn = self._lsn = self._extent_sequence * self.extent_bytes + used
        self._extent_used = used
        self._head = start + prefix
        self._start = frame.start
        self._cursor = frame.start + FRAME_HEADER_BYTES
        self._limit = frame.start + cap - ENTRY_BYTES
        self._frame = frame
        self._is_open = True
        self._entries = []
        self._acks = frame.acks = []
        self._by_lsn[frame.lsn] = frame.start

    def _safe_start(self) -> int:
        return self._safe if self._flight or self._sealed or self._is_open else self._head

    def _recycle(self, until: int) -> None:
        """Give up the oldest cached frames so that memory below `until` may be overwritten."""
        arena_bytes = self._arena_bytes
        wanted = until + limits.ARENA_CLEAR_AHEAD_BYTES
        clear = max(until, min(wanted, self._safe_start() + arena_bytes))
        for reader in self._readers:
            reader.release_views()
        cached = self._cached
        while cached and cached[0].virtual_start + arena_bytes < clear:
            del self._by_lsn[cached.popleft().lsn]
        self._clear = clear

    def _seal(self) -> None:
        frame = self._frame
        frame.directory = b"".join(self._entries)
        frame.body_end = self._cursor - self._start
        total = (frame.body_end + len(frame.directory) + BLOCK_BYTES - 1) & -BLOCK_BYTES
        frame.stop = frame.start + total
        frame.end_lsn = self._sealed_end_lsn = frame.lsn + total
        self._extent_used += total
        self._head += total
        if self._populated < min(self._head + limits.ARENA_POPULATE_AHEAD_BYTES, self._arena_bytes):
            self._populate_wanted.set()
        frame.virtual_end = self._head
        self._is_open = False
        self._limit = -1
        self._cached.append(frame)
        self._sealed.append(frame)

    def _write(self, frame: _Frame) -> None:
        identity = self._identity
        start = frame.start
        chain = self._chain
        total, self._chain = seal_frame(
            self._arena[start : frame.stop],
            frame.directory,
            frame.body_end,
            writer_epoch=identity.writer_epoch,
            incarnation=identity.incarnation,
            lsn=frame.lsn,
            previous_crc=chain,
            durable_lsn=self.durable_lsn,
        )
        assert total == frame.stop - start
        offset = frame.lsn % self.extent_bytes
        sequence = frame.lsn // self.extent_bytes
        if frame.enters is not None:
            index, sequence = frame.enters
            start -= BLOCK_BYTES
            offset -= BLOCK_BYTES
            assert offset == 0
            self._arena[start : start + BLOCK_BYTES] = encode_extent_header(
                ExtentHeader(
                    volume_uuid=self._superblock.volume_uuid,
                    extent_index=index,
                    identity=identity,
                    chain_sequence=sequence,
                    first_lsn=frame.lsn,
                    previous_end_lsn=frame.previous_end_lsn,
                    durable_lsn=self.durable_lsn,
                    chain=chain,
                )
            )
        position = self._superblock.extent_position(self._extents[sequence]) + offset
        assert offset + frame.stop - start <= self.extent_bytes
        self._flight.append(frame)
        self._in_flight += 1
        self.frames += 1
        self.bytes_written += frame.stop - start
        frame.started = self._clock()
        fence_block = self._fence_blocks.pop()
        self._device.submit_commit(
            self._arena[start : frame.stop],
            position,
            fence_block,
            self._fence_at,
            functools.partial(self._on_written, frame, fence_block),
        )

    # ---- completions ----------------------------------------------------------------------

    def _on_written(self, frame: _Frame, fence_block: memoryview, error: object) -> None:
        """Acknowledge, in LSN order, what is written and was found unfenced afterwards."""
        if self._error is not None:
            return
        try:
            if error is not None:
                assert isinstance(error, BaseException)
                raise error
            fence = decode_fence(fence_block, self._slot)
            epoch = self._identity.writer_epoch
            if fence is not None and fence.writer_epoch >= epoch:
                raise FencedError(slot=self._slot, our_epoch=epoch, their_epoch=fence.writer_epoch)
            frame.written = True
            self._fence_blocks.append(fence_block)
            self._in_flight -= 1
            self.submit_nowait()  # The device first: the acks below take their time.
            flight = self._flight
            if not flight[0].written:
                return
            now = self._clock()
            while flight and flight[0].written:
                done = flight.popleft()
                self.on_frame(now - done.started)
                assert self.durable_lsn < done.end_lsn
                self.durable_lsn = done.end_lsn
                self._safe = done.virtual_end
                acks = done.acks
                done.acks = []
                done.directory = b""
                for on_durable in acks:
                    if on_durable is not None:
                        on_durable()
            self.commits += 1
            self.on_commit()
            self.submit_nowait()
            self._room.unpark_all()
        except BaseException as fault:  # A fault in a callback, too, must end `run`.
            self._fail(fault)

    def _fail(self, error: BaseException) -> None:
        if self._error is None:
            if isinstance(error, OSError):
                wrapped = DeviceError(f"{self._device.name}: {error}")
                wrapped.__cause__ = error
                error = wrapped
            self._error = error
            self._limit = -1  # The next append raises,
            self._in_flight = limits.FRAMES_AT_DEVICE_MAX  # and nothing more is written.
            self._failed.set()
            self._room.unpark_all()

    # ---- the task -------------------------------------------------------------------------

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Carry errors to the nursery and fill extents ahead; appends work before it starts too.

        Raises:
            DeviceError: a write or a fence read failed; what was not acked is of unknown outcome.
            FencedError: the log has been taken over.

        Cancellation: stops filling and no more errors are reported; writes in flight complete.
        """
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._fill)
            if self._populate is not None:
                nursery.start_soon(self._populate_ahead, self._populate)
            task_status.started()
            await self._failed.wait()
            nursery.cancel_scope.cancel()
        assert self._error is not None
        raise self._error

    async def _populate_ahead(self, populate: Callable[[memoryview], Awaitable[object]]) -> None:
        """Get pages for the arena's first lap, ahead of the frames but not long before."""
        while self._populated < self._arena_bytes:
            start = self._populated
            if start >= self._head + limits.ARENA_POPULATE_AHEAD_BYTES:
                await self._populate_wanted.wait()
                self._populate_wanted = trio.Event()
                continue
            self._populated += limits.ARENA_POPULATE_BYTES
            await populate(self._arena[start : self._populated])

    async def _fill(self) -> None:
        """Zero-fill spare extents of a fresh file: a first write over a hole is half as fast.

        Only the owner of an extent fills it, and only ahead of its own use, so that zeros can
        never land on frames. A writer in need takes an extent half filled.
        """
        while True:
            spare = self._next_unfilled()
            if spare is None:
                await self._fill_wanted.wait()
                self._fill_wanted = trio.Event()
                continue
            position = self._superblock.extent_position(spare.index)
            spare.filling = True
            try:
                for offset in range(0, self.extent_bytes, limits.FILL_WRITE_BYTES):
                    length = min(limits.FILL_WRITE_BYTES, self.extent_bytes - offset)
                    started = self._clock()
                    await self._device.write(_ZEROS[:length], position + offset)
                    if not spare.unwritten:
                        break
                    # The device belongs to the commits: they wait for one write, not for 64 MiB.
                    await trio.sleep(min(self._clock() - started, limits.FILL_PAUSE_S_MAX))
            except (DeviceError, OSError) as error:
                self._fail(error)
            finally:
                spare.unwritten = spare.filling = False
                self._room.unpark_all()

    def _next_unfilled(self) -> _Spare | None:
        """Return the spare to fill next; the very first extent is used as it is."""
        skip = self._extent_sequence < 0
        for number, spare in enumerate(self._spares):
            if spare.unwritten and not (skip and number == 0):
                return spare
        return None

    def close(self) -> None:
        """Forget the arena's views; call when no write is in flight."""
        self._cached.clear()
        self._by_lsn.clear()
        self._readers.clear()


def _nothing() -> None:
    return None


def _ignore(_: float) -> None:
    return None
