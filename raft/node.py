"""The driver: one task that turns the engine, flushes the journal and releases the results."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

import trio

from raft import limits
from raft.errors import (
    CommandTooLargeError,
    JournalCorruptError,
    NotLeaderError,
    OutcomeUnknownError,
    SnapshotCorruptError,
    StateMachineFailedError,
)
from raft.files import Files
from raft.journal import FILE as JOURNAL_FILE, Entry, Identity, Journal
from raft.snapshot import Snapshot, SnapshotStore
from raft.state_machine import CommandRejected, StateMachine
from raft.syncobj import Engine, Outcome, Role

__all__ = ["Node", "Status"]

_FIRST_INDEX = 1  # the engine's first entry, empty, is applied by definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What an operator wants to know. `commit_index` etc. are 0 while the node does not run."""

    node_id: int
    voters: tuple[int, ...]
    role: Role
    leader: int | None
    term: int
    commit_index: int
    applied_index: int
    first_index: int
    last_index: int
    snapshot_index: int
    snapshot_bytes: int
    journal_bytes: int
    journal_syncs: int
    proposals_pending: int


class Node:
    """A replicated state machine; for now with a single voter.

    Args:
        node_id: of this node, at least 0.
        voters: ids of all voters; exactly this node for now.
        cluster_id: 16 bytes that bind the files to the cluster.
        files: the directory of journal and snapshots.
        state_machine: in its initial state; changed only by `run`.
        rng: randomness of file salts and election timeouts.
        clock: seconds, monotonic.
        create: whether an empty directory is a new node; False refuses it.
        snapshot_entries: log entries after which a snapshot is written, at least 2.
    """

    def __init__(
        self,
        node_id: int,
        *,
        voters: Sequence[int],
        cluster_id: bytes,
        files: Files,
        state_machine: StateMachine,
        rng: Random,
        clock: Callable[[], float] = trio.current_time,
        create: bool = True,
        snapshot_entries: int = limits.SNAPSHOT_ENTRIES,
    ) -> None:
        if tuple(voters) != (node_id,):
            raise ValueError("a node must be the only voter of its cluster in this version")
        identity = Identity(cluster_id=cluster_id, node_id=node_id)
        self._node_id = node_id
        self._files = files
        self._state_machine = state_machine
        self._rng = rng
        self._clock = clock
        self._create = create
        self._snapshot_entries = snapshot_entries
        self._journal = Journal(files, identity=identity, rng=rng)
        self._store = SnapshotStore(files, identity=identity)
        self._engine: Engine | None = None
        self._wake = trio.Event()
        self._slots = trio.Semaphore(limits.PROPOSALS_PENDING_MAX)
        self._proposals: dict[int, _Proposal] = {}
        self._numbers = itertools.count()
        self._waiters: list[tuple[int, int, trio.Event]] = []
        self._snapshot_index = 0
        self._snapshot_bytes = 0
        self._snapshot_send: trio.MemorySendChannel[_SnapshotJob] | None = None
        self._is_snapshot_running = False

    @property
    def leader(self) -> int | None:
        """Id of the leader as far as known, or None."""
        return None if self._engine is None else self._engine.leader

    @property
    def applied_index(self) -> int:
        """Index of the last entry in the state machine; 0 before `run` has started."""
        return 0 if self._engine is None else self._engine.applied_index

    def status(self) -> Status:
        """Returns the present numbers."""
        engine = self._engine
        return Status(
            node_id=self._node_id,
            voters=(self._node_id,),
            role=Role.FOLLOWER if engine is None else engine.role,
            leader=self.leader,
            term=self._journal.getCurrentTerm(),
            commit_index=0 if engine is None else engine.commit_index,
            applied_index=self.applied_index,
            first_index=self._journal[0].index if len(self._journal) else 0,
            last_index=self._journal[-1].index if len(self._journal) else 0,
            snapshot_index=self._snapshot_index,
            snapshot_bytes=self._snapshot_bytes,
            journal_bytes=self._journal.file_bytes,
            journal_syncs=self._journal.syncs,
            proposals_pending=len(self._proposals),
        )

    async def propose(self, command: bytes) -> object:
        """Replicates a command and returns what the state machine's `apply` returned for it.

        On return the command is durable and applied here.

        Raises:
            CommandRejected: by the state machine; the command is in the log without effect.
            NotLeaderError: not accepted; it will never be applied.
            OutcomeUnknownError: the node stopped meanwhile.
            CommandTooLargeError: longer than `limits.COMMAND_BYTES_MAX`.

        Cancellation: the command may be applied later or never (unknown, not failed).
        """
        if len(command) > limits.COMMAND_BYTES_MAX:
            raise CommandTooLargeError(len(command), limits.COMMAND_BYTES_MAX)
        await self._slots.acquire()
        engine = self._engine
        if engine is None or engine.role is not Role.LEADER:
            self._slots.release()
            raise NotLeaderError(self.leader)
        proposal = _Proposal()
        number = next(self._numbers)
        self._proposals[number] = proposal

        # The slot belongs to the engine's queue, not to the caller, who may be cancelled.
        def on_done(outcome: Outcome, value: object) -> None:
            self._finish(number, outcome, value)

        engine.submit(bytes(command), on_done)
        self._wake.set()
        await proposal.done.wait()
        match proposal.outcome:
            case Outcome.APPLIED:
                return proposal.value
            case Outcome.REJECTED:
                assert isinstance(proposal.value, CommandRejected)
                raise proposal.value
            case Outcome.NOT_LEADER:
                raise NotLeaderError(self.leader)
            case Outcome.UNKNOWN:
                raise OutcomeUnknownError("the node stopped before the result was known")

    async def wait_applied(self, index: int) -> None:
        """Returns when the entry `index` is in the state machine.

        Raises:
            OutcomeUnknownError: the node stopped.
        """
        await trio.lowlevel.checkpoint()
        if self.applied_index >= index:
            return
        done = trio.Event()
        heapq.heappush(self._waiters, (index, next(self._numbers), done))
        await done.wait()
        if self.applied_index < index:
            raise OutcomeUnknownError(f"the node stopped before index {index} was applied")

    def request_snapshot(self) -> None:
        """Asks for a snapshot soon, whatever the size of the log."""
        assert self._engine is not None
        self._engine.request_snapshot()
        self._wake.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Recovers, then serves until cancelled; `started` when it leads and has caught up.

        Every exception means that the process should end: what is in memory must not be used.

        Raises:
            JournalCorruptError, SnapshotCorruptError, ForeignDirectoryError, NewerFormatError:
                nothing was changed; the text names file and remedy.
            StorageFailedError, StateMachineFailedError
        """
        assert self._engine is None
        try:
            applied_index = await self._recover()
            # Before the snapshot writer runs: catching up may start it, and this removes its file.
            self._store.remove_old()
            self._engine = Engine(
                self._node_id,
                journal=self._journal,
                state_machine=self._state_machine,
                applied_index=applied_index,
                snapshot_entries=self._snapshot_entries,
                clock=self._clock,
                rng=self._rng,
            )
            await self._serve(self._engine, task_status)
        finally:
            self._stop()

    # Recovery.

    async def _recover(self) -> int:
        """Opens the files and restores the newest usable snapshot; returns the applied index."""
        snapshots = self._store.load()
        await self._journal.open(create=self._create and not snapshots)
        for index, snapshot in snapshots:
            # A snapshot holds committed entries, which are in the journal. One that ends before
            # them has lost its tail, and with it perhaps later commands.
            if not len(self._journal) or self._journal[-1].index < index:
                raise self._journal_error(f"the log ends before the snapshot at index {index}")
            if isinstance(snapshot, SnapshotCorruptError):
                # Its predecessor, or the whole log, serves as well if the journal was not cut yet.
                continue
            position = self._find(snapshot)
            if position is None:
                break
            self._journal.trim_to(position)
            try:
                self._state_machine.restore(snapshot.state)
            except Exception as error:  # A newer software's state, or a bug: not to be used.
                raise StateMachineFailedError(index, error) from error
            self._snapshot_index = index
            self._snapshot_bytes = len(snapshot.state)
            return index
        if len(self._journal) and self._journal[0].index != _FIRST_INDEX:
            for _, snapshot in snapshots:
                if isinstance(snapshot, SnapshotCorruptError):
                    raise snapshot
            raise self._journal_error("the log starts late and no snapshot joins on to it")
        if any(isinstance(snapshot, Snapshot) for _, snapshot in snapshots):
            raise self._journal_error("the log and a snapshot differ")
        return _FIRST_INDEX

    def _find(self, snapshot: Snapshot) -> int | None:
        """Returns the position of the snapshot's previous entry in the log, or None."""
        journal = self._journal
        if not len(journal):
            return None
        position = snapshot.previous.index - journal[0].index
        if position < 0 or journal[position : position + 2] != [snapshot.previous, snapshot.last]:
            return None
        return position

    def _journal_error(self, reason: str) -> JournalCorruptError:
        return JournalCorruptError(
            self._files.path(JOURNAL_FILE), 0, reason, "Replace this node's directory by a backup"
        )

    # Serving.

    async def _serve(self, engine: Engine, task_status: trio.TaskStatus[None]) -> None:
        # Nothing waits behind a running snapshot: the engine asks for one at a time.
        send, receive = trio.open_memory_channel[_SnapshotJob](1)
        self._snapshot_send = send
        try:
            async with trio.open_nursery() as nursery, send:
                nursery.start_soon(self._write_snapshots, engine, receive)
                await self._catch_up(engine)
                task_status.started()
                while True:
                    await self._turn(engine)
        except ExceptionGroup as group:
            # The caller asked for one task; the nursery inside is our affair.
            if len(group.exceptions) == 1:
                raise group.exceptions[0] from None
            raise

    async def _catch_up(self, engine: Engine) -> None:
        """Turns until this voter leads and all of its log is applied."""
        while True:
            engine.tick()
            await self._release(engine)
            if engine.role is Role.LEADER and engine.applied_index == engine.last_index:
                return
            assert engine.role is Role.LEADER, "a single voter wins its first election"

    async def _turn(self, engine: Engine) -> None:
        """One turn: tick, barrier, release; then sleeps unless there is more to do."""
        wake = self._wake = trio.Event()
        engine.tick()
        is_settled = not await self._release(engine)
        if is_settled and not engine.has_queued:
            with trio.move_on_after(limits.IDLE_WAKE_S):
                await wake.wait()

    async def _release(self, engine: Engine) -> bool:
        """Makes the turn durable and wakes who waits for it; returns whether it was flushed."""
        while self._waiters and self._waiters[0][0] <= engine.applied_index:
            heapq.heappop(self._waiters)[2].set()
        self._maybe_snapshot(engine)
        is_dirty = self._journal.is_dirty
        if is_dirty:
            await self._journal.sync()
        return is_dirty

    def _maybe_snapshot(self, engine: Engine) -> None:
        if self._is_snapshot_running:
            return
        request = engine.take_snapshot_request()
        if request is None:
            if self._journal.file_bytes > limits.SNAPSHOT_JOURNAL_BYTES:
                engine.request_snapshot()
            return
        previous, last = request
        # Applying happens before this in the same turn, so the state is exactly that of `last`.
        assert engine.applied_index == last.index
        assert self._snapshot_send is not None
        self._is_snapshot_running = True
        pieces = iter(self._state_machine.snapshot())
        self._snapshot_send.send_nowait(_SnapshotJob(previous=previous, last=last, pieces=pieces))

    async def _write_snapshots(
        self, engine: Engine, jobs: trio.MemoryReceiveChannel[_SnapshotJob]
    ) -> None:
        async for job in jobs:
            self._snapshot_bytes = await self._store.write(
                previous=job.previous, last=job.last, pieces=job.pieces
            )
            self._snapshot_index = job.last.index
            self._store.remove_old()
            self._is_snapshot_running = False
            engine.on_snapshot_written()
            self._wake.set()

    def _finish(self, number: int, outcome: Outcome, value: object) -> None:
        proposal = self._proposals.pop(number, None)
        if proposal is not None:
            proposal.outcome, proposal.value = outcome, value
            proposal.done.set()
            self._slots.release()

    def _stop(self) -> None:
        self._journal.close()
        self._engine = None
        for number in list(self._proposals):
            self._finish(number, Outcome.UNKNOWN, None)
        for _, _, done in self._waiters:
            done.set()
        self._waiters.clear()


class _Proposal:
    """A command between `propose` and its result."""

    __slots__ = ("done", "outcome", "value")

    def __init__(self) -> None:
        self.done = trio.Event()
        self.outcome = Outcome.UNKNOWN
        self.value: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _SnapshotJob:
    """A snapshot to write: its place in the log and the frozen state."""

    previous: Entry
    last: Entry
    pieces: Iterable[bytes]
