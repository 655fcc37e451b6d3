"""Writes snapshots of the state, and puts those that a leader sends in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import trio

from raft import limits
from raft.engine_view import ReceivedPiece
from raft.entry import Entry
from raft.errors import (
    ForeignDirectoryError,
    NewerFormatError,
    SnapshotCorruptError,
    StateMachineFailedError,
)
from raft.journal import Journal
from raft.outbox import Outbox
from raft.restoring import Opened, own_of
from raft.snapshot import Snapshot, SnapshotStore
from raft.state_machine import StateMachine
from raft.syncobj import Engine

__all__ = ["Snapshotting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """A snapshot to write: its place in the log and the frozen state."""

    previous: Entry
    last: Entry
    own: Iterable[bytes]
    pieces: Iterable[bytes]


class Snapshotting:
    """The snapshots of one node.

    Args:
        journal: is cut where a snapshot takes its place.
        store: their files.
        state_machine: they are of.
        outbox: flushes the journal; None: there are no peers, nothing is received.
        wake: asks for a turn of the engine.

    Attributes:
        newest_index, newest_bytes: of the newest one; 0: there is none.
        refused: received ones that were damaged.
    """

    def __init__(
        self,
        *,
        journal: Journal,
        store: SnapshotStore,
        state_machine: StateMachine,
        outbox: Outbox | None,
        wake: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._store = store
        self._state_machine = state_machine
        self._outbox = outbox
        self._wake = wake
        self._job: _Job | None = None
        self._job_wake = trio.Event()
        self._pieces_in: list[ReceivedPiece] = []
        self._piece_wake = trio.Event()
        self.newest_index = 0
        self.newest_bytes = 0
        self.refused = 0

    def begin_with(self, opened: Opened) -> None:
        """The node was restored from its files."""
        self.newest_index = opened.snapshot_index
        self.newest_bytes = opened.snapshot_bytes

    def after_turn(self, engine: Engine) -> None:
        """Begins what a turn of the engine asked for."""
        self._maybe_write(engine)
        received = engine.take_received_piece()
        if received is not None:
            self._pieces_in.append(received)
            self._piece_wake.set()

    # Own snapshots.

    def _maybe_write(self, engine: Engine) -> None:
        if self._job is not None:
            return
        request = engine.take_snapshot_request()
        if request is None:
            if self._journal.file_bytes > limits.SNAPSHOT_JOURNAL_BYTES:
                engine.request_snapshot()
            return
        previous, last = request
        # Applying happens before this in the same turn, so the state is exactly that of `last`.
        assert engine.applied_index == last.index
        pieces = iter(self._state_machine.snapshot())
        self._job = _Job(previous=previous, last=last, own=engine.own(), pieces=pieces)
        self._job_wake.set()

    async def run_writer(self, engine: Engine) -> None:
        """Writes the snapshots that are asked for, one at a time; ends never."""
        while True:
            await self._job_wake.wait()
            self._job_wake = trio.Event()
            job = self._job
            assert job is not None
            self.newest_bytes = await self._store.write(
                previous=job.previous, last=job.last, own=job.own, pieces=job.pieces
            )
            self.newest_index = max(self.newest_index, job.last.index)
            await self._store.remove_older()
            self._job = None
            engine.on_snapshot_written()
            self._wake()

    # Received snapshots.

    async def run_installer(self, engine: Engine) -> None:
        """Stages what a leader sends, and puts it in force when it is complete; ends never."""
        while True:
            await self._piece_wake.wait()
            self._piece_wake = trio.Event()
            while self._pieces_in:
                index, offset, data = self._pieces_in.pop(0)
                await self._store.stage(data, offset=offset)
                is_complete = engine.on_piece_staged()
                self._wake()
                if is_complete:
                    engine.end_install(await self._install(engine, index))
                    self._wake()

    async def _install(self, engine: Engine, index: int) -> Snapshot | None:
        """Puts what was staged in force: file, journal, name, each durable before the next.

        Returns:
            The snapshot; None: it was damaged, or not newer any more.
        """
        try:
            snapshot = await self._store.take_staged(index)
        except (SnapshotCorruptError, ForeignDirectoryError, NewerFormatError):
            # Damaged on the leader's disk or of newer software: never acknowledged.
            self.refused += 1
            return None
        await self._store.write(
            previous=snapshot.previous,
            last=snapshot.last,
            pieces=snapshot.pieces,
            own=(snapshot.own,),
            is_received=True,
        )
        if not await self._restore(engine, snapshot):
            await self._store.remove_received()
            return None
        self.newest_index = snapshot.last.index
        self.newest_bytes = snapshot.state_bytes
        assert self._outbox is not None
        self._outbox.flush_soon()
        while self._journal.durable_index < snapshot.last.index:
            await self._outbox.wait_flushed()
        await self._store.adopt(snapshot)
        await self._store.remove_older()
        return snapshot

    async def _restore(self, engine: Engine, snapshot: Snapshot) -> bool:
        """Restores the state of a received snapshot and puts it in force; False: it is old."""
        own = await own_of(snapshot)
        steps = self._state_machine.restore(snapshot.take_pieces())
        is_replaced = False
        while is_replaced or engine.is_newer(snapshot):
            try:
                is_changed = next(steps, None)
            except Exception as error:
                raise StateMachineFailedError(snapshot.last.index, error) from error
            if is_changed is None:
                assert is_replaced, "a state machine says when its state is replaced"
                return True
            if is_changed:
                # The log follows in the same moment: nothing may be applied in between.
                engine.install(snapshot, own)
                is_replaced = True
            await trio.lowlevel.checkpoint()
        return False
