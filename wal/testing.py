"""A deterministic volume for simulation and tests: memory, no threads, faults by seed.

Fault model:
    - A write in flight is not on the medium. `crash` keeps or loses each 512-byte sector of each
      such write independently, in any order of the writes; completed writes are kept.
    - Operations complete in any order: by virtual delays (`latency_s`), or by the test's hand
      (`manual=True`: `pending`, `complete`).
    - `fail_next(error)` lets the next matching operation fail, with any part of it written.
    - After `crash` or `detach` nothing completes any more and nothing reaches the medium.
    - Reads see completed writes only, at the moment they complete.
"""

import dataclasses
import errno
import functools
import random
from collections.abc import Callable
from typing import NoReturn

import outcome
import trio

from wal.device import OnDone
from wal.errors import DeviceError
from wal.limits import BLOCK_BYTES, SECTOR_BYTES


@dataclasses.dataclass(slots=True, kw_only=True)
class Operation:
    """A submitted operation that has not completed."""

    is_write: bool
    buffer: memoryview
    position: int
    on_done: OnDone
    error: BaseException | None = None


class FakeDevice:
    """A `BlockDevice` in memory; several may share one `medium` (hosts on a shared volume)."""

    def __init__(
        self,
        size_bytes: int,
        *,
        medium: bytearray | None = None,
        name: str = "fake",
        manual: bool = False,
        latency_s: Callable[[], float] | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """Args: latency_s: virtual seconds per operation; medium: shared bytes; rng: of faults."""
        self.name = name
        self.size_bytes = size_bytes & -BLOCK_BYTES
        self.medium = bytearray(self.size_bytes) if medium is None else medium
        assert len(self.medium) == self.size_bytes
        self.pending: list[Operation] = []
        self.writes = self.reads = 0
        self.is_alive = True
        self._manual = manual
        self._latency_s = latency_s
        self._rng = rng or random.Random(0)
        # Waits that were cancelled, and may not end before the device lets go of the buffer.
        self._cancelled: list[tuple[Operation, Callable[[], object]]] = []
        self._faults: list[tuple[bool, int, BaseException]] = []
        self._unwritten: list[tuple[int, int]] = []

    # ---- port -----------------------------------------------------------------------------

    def submit_commit(
        self,
        buffer: memoryview,
        position: int,
        fence: memoryview,
        fence_position: int,
        on_done: OnDone,
    ) -> None:
        """See `BlockDevice.submit_commit`: a write and then a read, each pending for itself."""

        def on_written(error: BaseException | None) -> None:
            if error is not None:
                on_done(error)
                return
            read = Operation(is_write=False, buffer=fence, position=fence_position, on_done=on_done)
            self._submit(read)

        self._submit(Operation(is_write=True, buffer=buffer, position=position, on_done=on_written))

    async def write(self, buffer: memoryview | bytes, position: int) -> None:
        """See `BlockDevice.write`."""
        await self._wait(is_write=True, buffer=memoryview(bytes(buffer)), position=position)

    async def read(self, position: int, length: int) -> memoryview:
        """See `BlockDevice.read`."""
        start = position & -BLOCK_BYTES
        end = (position + length + BLOCK_BYTES - 1) & -BLOCK_BYTES
        view = memoryview(bytearray(end - start))
        await self._wait(is_write=False, buffer=view, position=start)
        return view[position - start : position - start + length]

    def is_unwritten(self, position: int, length: int) -> bool:
        """See `BlockDevice.is_unwritten`; true in ranges given to `mark_unwritten`."""
        return any(a <= position and position + length <= b for a, b in self._unwritten)

    def close(self) -> None:
        """Nothing completes any more."""
        self.detach()

    # ---- faults ---------------------------------------------------------------------------

    def mark_unwritten(self, position: int, length: int) -> None:
        """Let a range count as never written."""
        self._unwritten.append((position, position + length))

    def fail_next(
        self, error: BaseException | None = None, *, is_write: bool = True, skip: int = 0
    ) -> None:
        """Let the next write (or read) fail, after `skip` more that succeed."""
        fault = error or OSError(errno.EIO, "Input/output error")
        self._faults.append((is_write, skip, fault))

    def detach(self) -> None:
        """Cut the device off: what is in flight never completes and is lost as a whole."""
        self.is_alive = False
        for _, end_wait in self._cancelled:
            end_wait()
        self._cancelled.clear()
        self.pending.clear()

    def crash(self, rng: random.Random) -> "FakeDevice":
        """Cut the power; return the device as it comes back, with writes in flight torn."""
        writes = [op for op in self.pending if op.is_write]
        rng.shuffle(writes)
        for operation in writes:
            self._tear(operation, rng.choice((0.0, 0.3, 0.5, 0.9, 1.0)), rng)
        self.detach()
        return FakeDevice(
            self.size_bytes,
            medium=self.medium,
            name=self.name,
            manual=self._manual,
            latency_s=self._latency_s,
            rng=self._rng,
        )

    def complete(self, number: int = 0) -> Operation:
        """Complete one pending operation (of `manual` mode) and call back."""
        operation = self.pending[number]
        self._finish(operation)
        return operation

    # ---- inside ---------------------------------------------------------------------------

    def _tear(self, operation: Operation, share: float, rng: random.Random) -> None:
        view, position = operation.buffer, operation.position
        for offset in range(0, len(view), SECTOR_BYTES):
            if rng.random() < share:
                at = position + offset
                self.medium[at : at + SECTOR_BYTES] = view[offset : offset + SECTOR_BYTES]

    def _submit(self, operation: Operation) -> None:
        length = len(operation.buffer)
        assert length > 0 and length % BLOCK_BYTES == 0
        assert operation.position % BLOCK_BYTES == 0
        assert 0 <= operation.position <= self.size_bytes - length
        if not self.is_alive:
            return
        for number, (is_write, skip, error) in enumerate(self._faults):
            if is_write == operation.is_write:
                if skip:
                    self._faults[number] = (is_write, skip - 1, error)
                else:
                    operation.error = error
                    del self._faults[number]
                break
        self.pending.append(operation)
        if not self._manual:
            trio.lowlevel.spawn_system_task(self._complete_later, operation)

    async def _complete_later(self, operation: Operation) -> None:
        await trio.sleep(self._latency_s() if self._latency_s is not None else 0)
        if self.is_alive:
            self._finish(operation)

    def _finish(self, operation: Operation) -> None:
        self.pending = [other for other in self.pending if other is not operation]
        self._cancelled = [wait for wait in self._cancelled if wait[0] is not operation]
        view, position = operation.buffer, operation.position
        end = position + len(view)
        if operation.error is not None:
            if operation.is_write:
                self._tear(operation, self._rng.random(), self._rng)
        elif operation.is_write:
            self.writes += 1
            self.medium[position:end] = view
        else:
            self.reads += 1
            view[:] = self.medium[position:end]
        operation.on_done(operation.error)

    async def _wait(self, *, is_write: bool, buffer: memoryview, position: int) -> None:
        task = trio.lowlevel.current_task()
        results: list[BaseException | None] = []

        def on_done(error: BaseException | None) -> None:
            results.append(error)
            trio.lowlevel.reschedule(task)

        operation = Operation(is_write=is_write, buffer=buffer, position=position, on_done=on_done)
        if self._manual:
            # The test's hand completes writer operations only.
            await trio.lowlevel.checkpoint()
            operation.on_done = results.append
            self.pending.append(operation)
            self._finish(operation)
        else:
            self._submit(operation)

            def abort(raise_cancel: Callable[[], NoReturn]) -> trio.lowlevel.Abort:
                if not self.is_alive:
                    return trio.lowlevel.Abort.SUCCEEDED
                cancelled = functools.partial(outcome.capture, raise_cancel)
                self._cancelled.append(
                    (operation, lambda: trio.lowlevel.reschedule(task, cancelled()))
                )
                return trio.lowlevel.Abort.FAILED

            await trio.lowlevel.wait_task_rescheduled(abort)
        error = results[0]
        if error is not None:
            raise DeviceError(f"{self.name}: {error}") from error
