"""The driver: turns the engine, flushes the journal, releases messages and results.

With peers the journal's flush begins behind what a turn sends, and is waited for in a task of its
own, so that heartbeats go on while a disk is slow. Alone there is nobody to speak to meanwhile, and
the turn waits for its flush.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NoReturn

import trio

from raft import guards, limits, messages
from raft.acquaintance import Acquaintance
from raft.configuration import Configuration, Membership, is_address
from raft.engine_view import ReceivedPiece
from raft.errors import (
    CodecError,
    CommandTooLargeError,
    ForeignDirectoryError,
    JournalCorruptError,
    MembershipRefusedError,
    NewerFormatError,
    NotLeaderError,
    OutcomeUnknownError,
    SnapshotCorruptError,
    StateMachineFailedError,
    TransferFailedError,
)
from raft.files import Files
from raft.journal import FILE as JOURNAL_FILE, Entry, Identity, Journal
from raft.links import Links, Owner
from raft.members import Own, load_own
from raft.messages import AppendEntries, InstallSnapshot, Message
from raft.removal import Removal
from raft.sessions import Sessions, encode_command
from raft.snapshot import Snapshot, SnapshotStore
from raft.state_machine import CommandRejected, StateMachine
from raft.states import FIRST_INDEX, EntryKind, Outcome, Role
from raft.syncobj import Engine

__all__ = ["Node", "Status"]

_TICK_S = 0.001
_MESSAGE_BYTES = 1 << 10  # what the shortest message costs, in bytes of a long one


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What an operator wants to know. `commit_index` etc. are 0 while the node does not run.

    `peers_without_disk` came back with another directory than they had, since this node's start.
    `told_removed` is by which peers, and as of which index of the log, this node was removed: what
    they say, and no proof; empty while it has a leader.
    """

    node_id: int
    voters: tuple[int, ...]
    observers: tuple[int, ...]
    removed: tuple[int, ...]
    addresses: Mapping[int, str]
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
    journal_sync_s_max: float
    journal_syncs_slow: int
    proposals_pending: int
    messages_refused: int
    messages_dropped: int
    peers_refused: int
    peers_without_disk: tuple[int, ...]
    told_removed: Mapping[int, int]


class Node:
    """A replicated state machine.

    Args:
        node_id: of this node, at least 0.
        voters: ids of all voters of the new group; the log knows better once it says so.
        cluster_id: 16 bytes that bind the files to the cluster.
        files: the directory of journal and snapshots.
        state_machine: in its initial state; changed only by `run`.
        rng: randomness of file salts and election timeouts.
        links: to the other nodes; None: there are none.
        observers: ids of nodes that follow without a vote.
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
        links: Links | None = None,
        observers: Sequence[int] = (),
        clock: Callable[[], float] = trio.current_time,
        create: bool = True,
        snapshot_entries: int = limits.SNAPSHOT_ENTRIES,
    ) -> None:
        if links is None and tuple(voters) != (node_id,):
            raise ValueError("a node without links must be the only voter of its cluster")
        identity = Identity(cluster_id=cluster_id, node_id=node_id)
        self._cluster_id = cluster_id
        self._acquaintance = Acquaintance(files, rng=rng)
        self._removal = Removal(files)
        self._node_id = node_id
        self._files = files
        self._state_machine = state_machine
        self._rng = rng
        self._links = links
        self._configuration = Configuration(
            voters=tuple(sorted(voters)), observers=tuple(sorted(observers))
        )
        self._clock = clock
        self._create = create
        self._snapshot_entries = snapshot_entries
        self._journal = Journal(files, identity=identity, rng=rng)
        self._store = SnapshotStore(files, identity=identity)
        self._engine: Engine | None = None
        self._wake = trio.Event()
        self._sleep = trio.CancelScope()
        self._is_turning = False
        self._failure: BaseException | None = None
        self._proposals_done = 0
        self._flush_wake = trio.Event()
        self._inbox_bytes = 0
        self._inbox: deque[tuple[int, bytes]] = deque()
        self._leader_changed = trio.Event()
        self._leader_seen: tuple[int | None, Role] = None, Role.FOLLOWER
        self._reads: set[trio.Event] = set()
        self._held: list[tuple[int, Message]] = []
        self._pieces_in: list[ReceivedPiece] = []
        self._pieces_due: dict[int, InstallSnapshot] = {}
        self._piece_wake = trio.Event()
        self._install_wake = trio.Event()
        self._flushed = trio.Event()
        self._is_flushing = False
        self._flush_held: list[tuple[int, Message]] = []
        self._sync_began = 0.0
        self._sync_s_max = 0.0
        self._syncs_slow = 0
        self._messages_refused = 0
        self._peers_refused = 0
        self._peers_without_disk: set[int] = set()
        self._strangers: set[int] = set()
        self._members_told: tuple[object, object] = None, None
        self._messages_dropped = 0
        self._slots = trio.Semaphore(limits.PROPOSALS_PENDING_MAX)
        self._proposals: dict[_Proposal, None] = {}
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
        configuration = self._configuration if engine is None else engine.configuration
        return Status(
            node_id=self._node_id,
            voters=configuration.voters,
            observers=configuration.observers,
            removed=configuration.removed,
            addresses=dict(configuration.addresses),
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
            journal_sync_s_max=self._sync_s_max,
            journal_syncs_slow=self._syncs_slow,
            proposals_pending=len(self._proposals),
            messages_refused=self._messages_refused,
            messages_dropped=self._messages_dropped,
            peers_refused=self._peers_refused,
            peers_without_disk=tuple(sorted(self._peers_without_disk)),
            told_removed=dict(sorted(self._removal.told.items())),
        )

    async def propose(
        self, command: bytes, *, client: int | None = None, sequence: int = 0
    ) -> object:
        """Replicates a command and returns what the state machine's `apply` returned for it.

        On return the command is durable and applied here.

        Args:
            command: at most `limits.COMMAND_BYTES_MAX` bytes.
            client: a session of `open_session`: repeated with the same sequence, the command is
                applied once and answered with the first result, which must be plain data.
            sequence: of the client's commands, one at a time: 1, 2, 3 …

        Raises:
            CommandRejected: by the state machine; the command is in the log without effect.
            SessionRejected: the session was dropped or has gone on.
            NotLeaderError: not accepted; it will never be applied.
            OutcomeUnknownError: the node stopped or lost the leadership meanwhile.
            CommandTooLargeError: longer than `limits.COMMAND_BYTES_MAX`.

        Cancellation: the command may be applied later or never (unknown, not failed).
        """
        if len(command) > limits.COMMAND_BYTES_MAX:
            raise CommandTooLargeError(len(command), limits.COMMAND_BYTES_MAX)
        if client is None:
            return await self._submit(bytes(command), EntryKind.COMMAND)
        assert sequence > 0
        encoded = encode_command(client, sequence, command)
        return await self._submit(encoded, EntryKind.SESSION_COMMAND)

    async def open_session(self) -> int:
        """Returns a new client id for exactly-once commands; never given twice.

        Raises:
            NotLeaderError, OutcomeUnknownError: try again; an unused session is dropped in time.
        """
        client = await self._submit(b"", EntryKind.SESSION)
        assert isinstance(client, int)
        return client

    async def _submit(self, command: bytes, kind: EntryKind) -> object:
        try:
            # Taking a free one needs no turn of the scheduler.
            self._slots.acquire_nowait()
        except trio.WouldBlock:
            await self._slots.acquire()
        engine = self._engine
        if engine is None or engine.role is not Role.LEADER:
            self._slots.release()
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        proposal = _Proposal(self)
        self._proposals[proposal] = None
        # The slot belongs to the engine's queue, not to the caller, who may be cancelled.
        engine.submit(command, proposal.finish, kind=kind)
        is_alone = len(self._proposals) == 1 and self._proposals_done <= 1
        if is_alone and self._links is not None and not self._wake.is_set():
            # Nobody is about to come along.
            self._turn_now()
        else:
            self._wake.set()
        await proposal.wait()
        match proposal.outcome:
            case Outcome.APPLIED:
                return proposal.value
            case Outcome.REJECTED:
                assert isinstance(proposal.value, CommandRejected)
                raise proposal.value
            case Outcome.NOT_LEADER:
                raise NotLeaderError(self.leader)
            case Outcome.DENIED:
                raise MembershipRefusedError("another change was faster")
            case _:
                raise OutcomeUnknownError("the node stopped leading before the result was known")

    async def read_barrier(self) -> None:
        """Returns when the state machine here holds everything acknowledged before the call.

        A read of the state machine behind it is linearizable; nothing is written to the log.

        Raises:
            NotLeaderError: ask the leader.
            OutcomeUnknownError: the node stopped.
        """
        engine = self._engine
        if engine is None or engine.role is not Role.LEADER:
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        done = trio.Event()
        indexes: list[int | None] = []

        def on_index(index: int | None) -> None:
            indexes.append(index)
            done.set()

        engine.ask_read(on_index)
        self._reads.add(done)
        self._wake.set()
        try:
            await done.wait()
        finally:
            self._reads.discard(done)
        if not indexes:
            raise OutcomeUnknownError("the node stopped")
        if indexes[0] is None:
            raise NotLeaderError(self.leader)
        await self.wait_applied(indexes[0])

    async def watch_leader(self) -> AsyncIterator[int | None]:
        """Yields the leader as far as known, now and whenever that changes; only the newest."""
        while True:
            changed, leader = self._leader_changed, self.leader
            yield leader
            while self.leader == leader:
                await changed.wait()
                changed = self._leader_changed

    async def wait_told_removed(self) -> None:
        """Returns when a peer has said that this node was removed: see `Status.told_removed`."""
        await self._removal.wait_told()

    async def transfer_leadership(self, target: int) -> None:
        """Returns when this node no longer leads, and the target has most likely taken over.

        Commands are refused meanwhile.

        Raises:
            NotLeaderError: ask the leader.
            TransferFailedError: the target is no other voter, or did not take over in
                `limits.TRANSFER_S_MAX`; this node leads on.
        """
        engine = self._engine
        if engine is None or engine.role is not Role.LEADER:
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        if target == self._node_id or target not in engine.configuration.voters:
            await trio.lowlevel.checkpoint()
            raise TransferFailedError(f"{target} is no other voter")
        engine.begin_transfer(target)
        self._wake.set()
        try:
            with trio.move_on_after(limits.TRANSFER_S_MAX):
                while engine.role is Role.LEADER:
                    await self._leader_changed.wait()
        finally:
            engine.end_transfer()
        if engine.role is Role.LEADER:
            raise TransferFailedError(f"{target} did not take over")

    async def change_member(
        self, node_id: int, membership: Membership, *, address: str | None = None
    ) -> None:
        """Makes a node an observer, a voter or removed; returns when that is committed.

        One change at a time: a stranger becomes an observer, and a voter once it has the log. A
        removed node stays removed under its id.

        Args:
            node_id: whom it is about.
            membership: what it becomes.
            address: where the links of all members find it; None: they know.

        Raises:
            ValueError: the address is empty or too long.
            MembershipRefusedError: nothing was begun; the text says what must be so first.
            NotLeaderError, OutcomeUnknownError: as for `propose`.
        """
        if address is not None and not is_address(address):
            raise ValueError("an address has 1 to 300 characters")
        engine = self._engine
        if engine is None or engine.role is not Role.LEADER:
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        if self._links is None:
            await trio.lowlevel.checkpoint()
            raise MembershipRefusedError("this node was started without links to others")
        configuration = engine.configuration.with_member(
            node_id,
            membership,
            address=address,
            directories={
                **self._acquaintance.known,
                self._node_id: self._acquaintance.directory_id,
            },
        )
        refusal = engine.refusal_of(configuration)
        if refusal is not None:
            await trio.lowlevel.checkpoint()
            raise MembershipRefusedError(refusal)
        await self._submit(configuration.encode(), EntryKind.MEMBERSHIP)

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
        """Recovers, then serves until cancelled.

        `started` when it takes part; a single voter leads then and has caught up.
        Every exception means that the process should end: what is in memory must not be used.

        Raises:
            JournalCorruptError, SnapshotCorruptError, ForeignDirectoryError, NewerFormatError:
                nothing was changed; the text names file and remedy.
            StorageFailedError, StateMachineFailedError, SafetyViolationError
        """
        assert self._engine is None
        try:
            applied_index, own = await self._recover()
            if self._links is not None:
                await self._acquaintance.open()
                await self._removal.open()
            # Before the snapshot writer runs: catching up may start it, and this removes its file.
            await self._store.remove_old()
            self._engine = Engine(
                self._node_id,
                configuration=self._configuration,
                journal=self._journal,
                state_machine=self._state_machine,
                snapshots=self._store,
                applied_index=applied_index,
                own=own,
                told_removed=self._removal.told,
                snapshot_entries=self._snapshot_entries,
                clock=self._clock,
                rng=self._rng,
            )
            await self._serve(self._engine, task_status)
        finally:
            self._stop()

    # Recovery.

    async def _recover(self) -> tuple[int, Own]:
        """Opens the files and restores the newest usable snapshot.

        Returns:
            The applied index, and what the snapshot remembers of the group.
        """
        snapshots = await self._store.load()
        await self._journal.open(create=self._create and not snapshots)
        received = await self._store.load_received()
        if received is not None and self._find(received) is not None:
            # It ended after the journal had been replaced.
            await self._store.adopt(received)
            snapshots.insert(0, (received.last.index, received))
            snapshots.sort(key=lambda item: item[0], reverse=True)
        await self._store.remove_received()
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
            own = await _load_own(snapshot)
            try:
                for _ in self._state_machine.restore(snapshot.take_pieces()):
                    await trio.lowlevel.checkpoint()
            except Exception as error:  # A newer software's state, or a bug: not to be used.
                raise StateMachineFailedError(index, error) from error
            self._snapshot_index = index
            self._snapshot_bytes = snapshot.state_bytes
            return index, own
        if len(self._journal) and self._journal[0].index != FIRST_INDEX:
            for _, snapshot in snapshots:
                if isinstance(snapshot, SnapshotCorruptError):
                    raise snapshot
            raise self._journal_error("the log starts late and no snapshot joins on to it")
        if any(isinstance(snapshot, Snapshot) for _, snapshot in snapshots):
            raise self._journal_error("the log and a snapshot differ")
        return FIRST_INDEX, Own(configuration=None, sessions=Sessions())

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
                if self._links is None:
                    await self._catch_up(engine)
                else:
                    nursery.start_soon(self._flush, engine, self._links)
                    nursery.start_soon(self._install_snapshots, engine)
                    self._tell_members(engine, self._links)
                    nursery.start_soon(self._send_pieces, self._links)
                    await nursery.start(self._links.run, self._owner())
                task_status.started()
                await self._drive(engine)
        except ExceptionGroup as group:
            # The caller asked for one task; the nursery inside is our affair.
            if len(group.exceptions) == 1:
                raise group.exceptions[0] from None
            raise

    async def _catch_up(self, engine: Engine) -> None:
        """Turns until this voter leads and all of its log is applied."""
        while True:
            self._turn(engine)
            if self._journal.is_dirty:
                await self._journal.sync()
            if engine.role is Role.LEADER and engine.applied_index == engine.last_index:
                return
            assert engine.role is Role.LEADER, "a single voter wins its first election"

    def _owner(self) -> Owner:
        return Owner(
            node_id=self._node_id,
            cluster_id=self._cluster_id,
            directory_id=self._acquaintance.directory_id,
            admits=self._admits,
            receive=self._receive,
            received=self._on_news,
            applied_index=lambda: self.applied_index,
            on_removed=self._on_removed,
        )

    def _admits(self, peer: int, directory_id: bytes) -> bool:
        configuration = self._configuration if self._engine is None else self._engine.configuration
        is_admitted = self._acquaintance.admits(peer, directory_id, configuration)
        if is_admitted:
            self._peers_without_disk.discard(peer)
            self._removal.forget(peer)
        else:
            self._peers_refused += 1
            self._peers_without_disk.add(peer)
        if self._acquaintance.is_dirty or self._removal.is_dirty:
            self._flush_wake.set()
        return is_admitted

    def _on_removed(self, peer: int, index: int) -> None:
        """A peer says that this node was removed: nothing that a leader does not know better."""
        assert self._engine is not None
        if not self._engine.is_led:
            self._removal.on_told(peer, index)
            self._flush_wake.set()

    def _receive(self, peer: int, message: bytes) -> None:
        if peer in self._strangers:
            return
        is_full = self._inbox_bytes + len(message) > limits.INBOX_BYTES_MAX
        if is_full or len(self._inbox) >= limits.INBOX_MESSAGES_MAX:
            self._messages_dropped += 1
            return
        self._inbox_bytes += len(message)
        self._inbox.append((peer, message))

    async def _drive(self, engine: Engine) -> NoReturn:
        while True:
            # One for many turns: to make one costs almost as much as a turn.
            with trio.CancelScope() as self._sleep:
                while not self._sleep.cancel_called:
                    if self._failure is not None:
                        raise self._failure
                    wake = self._wake = trio.Event()
                    self._turn(engine)
                    if self._links is None and self._journal.is_dirty:
                        self._sync_began = trio.current_time()
                        await self._journal.sync()
                        self._note_sync()
                    elif engine.has_work or self._inbox:
                        await trio.lowlevel.checkpoint()
                    else:
                        self._plan_turn(engine)
                        await wake.wait()
                        if self._links is None:
                            # A flush must not be cut short.
                            self._sleep.deadline = math.inf

    def _turn(self, engine: Engine) -> None:
        """One turn: inbox, tick, release. With links whoever has something to do may take it."""
        self._is_turning = True
        self._proposals_done = 0
        self._drain_inbox(engine)
        if self._removal.told and engine.is_led:
            self._removal.forget_all()
            self._flush_wake.set()
        engine.tick()
        self._release(engine)
        self._is_turning = False

    def _plan_turn(self, engine: Engine) -> None:
        """The driver sleeps until then at most."""
        # A little later than due: the engine's comparisons are strict.
        due_s = engine.next_deadline() - self._clock() + _TICK_S
        due = trio.current_time() + min(max(due_s, 0), limits.IDLE_WAKE_S)
        if due != self._sleep.deadline:
            self._sleep.deadline = due

    def _on_news(self) -> None:
        """Takes the turn of what was received or flushed, or leaves it to the driver.

        That one takes, a pass of the event loop later, all commands and answers in one turn: better
        where there are many.
        """
        if len(self._proposals) > 1 or self._wake.is_set():
            self._wake.set()
        else:
            self._turn_now()

    def _turn_now(self) -> None:
        """Takes a turn in the task that has something for it: to wake the driver costs as much."""
        engine = self._engine
        if engine is None or self._is_turning or self._failure is not None:
            self._wake.set()
            return
        try:
            self._drain_inbox(engine)
            if not (engine.has_news or self._inbox or self._removal.told):
                # A turn, a fifth of a commit's, would do nothing; what is due later is planned.
                return
            self._turn(engine)
        except BaseException as failure:
            # Whatever it is, it ends the node and not the task that happened to be here.
            self._failure = failure
            self._wake.set()
            return
        if engine.has_work or self._inbox:
            self._wake.set()
        else:
            self._plan_turn(engine)

    def _drain_inbox(self, engine: Engine) -> None:
        size = 0
        while self._inbox and size < limits.TURN_BYTES:
            peer, data = self._inbox.popleft()
            size += len(data) + _MESSAGE_BYTES
            self._inbox_bytes -= len(data)
            try:
                message = messages.decode(data)
            except CodecError:
                self._messages_refused += 1
                continue
            engine.receive(peer, message)

    def _release(self, engine: Engine) -> None:
        """Wakes who waits for this turn; with links sends what it brought, and begins its flush."""
        while self._waiters and self._waiters[0][0] <= engine.applied_index:
            heapq.heappop(self._waiters)[2].set()
        leader_seen = engine.leader, engine.role
        if leader_seen != self._leader_seen:
            self._leader_seen = leader_seen
            self._leader_changed.set()
            self._leader_changed = trio.Event()
        self._maybe_snapshot(engine)
        self._maybe_install(engine)
        if self._links is not None:
            self._tell_members(engine, self._links)
            self._send(engine, self._links)

    def _tell_members(self, engine: Engine, links: Links) -> None:
        """The links follow the members in force, which count before they are committed."""
        configuration, removed = members = engine.configuration, engine.removed
        # Both are replaced as a whole, never changed.
        if configuration is not self._members_told[0] or removed is not self._members_told[1]:
            self._members_told = members
            # A wiped disk may have come before this node had heard of the right one.
            self._strangers = self._acquaintance.strangers(configuration)
            self._peers_without_disk |= self._strangers.difference(configuration.removed)
            links.set_members(dict(configuration.addresses), removed=removed)

    def _send(self, engine: Engine, links: Links) -> None:
        """Sends what needs no flush, and holds the rest until its flush is done."""
        term_durable = self._journal.term_durable
        encoded: dict[int, bytes] = {}
        for peer, message in engine.take_messages():
            if guards.may_leave_before_flush(message, term_durable=term_durable):
                if type(message) is AppendEntries:
                    # The same object goes to several, and lives as long as this loop.
                    data = encoded.get(id(message)) or messages.encode(message)
                    encoded[id(message)] = data
                    links.send(peer, data)
                else:
                    self._post(links, peer, message)
            else:
                self._held.append((peer, message))
        if self._is_flushing or not (self._held or self._journal.is_dirty):
            return
        if self._acquaintance.is_dirty or self._removal.is_dirty:
            self._flush_wake.set()
            return
        self._start_flush()
        if not self._journal.is_dirty or self._journal.try_sync():
            # All that they tell of is durable: there was nothing to flush, or it is done inline.
            self._end_flush(links)
        else:
            self._flush_wake.set()

    def _start_flush(self) -> None:
        """What is held tells at most of what is queued now; what is added may tell of more."""
        self._is_flushing = True
        self._flush_held, self._held = self._held, []
        self._sync_began = trio.current_time()

    def _note_sync(self) -> None:
        elapsed_s = trio.current_time() - self._sync_began
        self._sync_s_max = max(self._sync_s_max, elapsed_s)
        self._syncs_slow += elapsed_s > limits.ELECTION_S_MIN

    def _end_flush(self, links: Links) -> None:
        self._note_sync()
        self._is_flushing = False
        held, self._flush_held = self._flush_held, []
        for peer, message in held:
            self._post(links, peer, message)
        self._flushed.set()
        self._flushed = trio.Event()

    def _post(self, links: Links, peer: int, message: Message) -> None:
        if isinstance(message, InstallSnapshot):
            self._pieces_due[peer] = message
            self._piece_wake.set()
        else:
            links.send(peer, messages.encode(message))

    async def _send_pieces(self, links: Links) -> None:
        """Reads pieces of the snapshot and sends them; the newest wish of each peer counts."""
        while True:
            await self._piece_wake.wait()
            self._piece_wake = trio.Event()
            while self._pieces_due:
                peer = next(iter(self._pieces_due))
                message = self._pieces_due.pop(peer)
                data = await self._store.read_piece(message.index, message.offset)
                # If it is gone there is a newer one, and the leader comes to that by itself.
                if data is not None:
                    links.send(peer, messages.encode(message._replace(data=data)))

    async def _flush(self, engine: Engine, links: Links) -> None:
        """Flushes the journal whenever it is dirty; then releases what waited for that."""
        while True:
            await self._flush_wake.wait()
            self._flush_wake = trio.Event()
            while self._is_flush_due:
                if not self._is_flushing:
                    self._start_flush()
                if self._acquaintance.is_dirty:
                    await self._acquaintance.sync()
                if self._removal.is_dirty:
                    await self._removal.sync()
                if self._journal.is_dirty:
                    await self._journal.sync()
                self._end_flush(links)
                if engine.has_work:
                    self._on_news()

    @property
    def _is_flush_due(self) -> bool:
        return (
            self._is_flushing
            or bool(self._held)
            or self._journal.is_dirty
            or self._acquaintance.is_dirty
            or self._removal.is_dirty
        )

    # Snapshots.

    def _maybe_install(self, engine: Engine) -> None:
        received = engine.take_received_piece()
        if received is not None:
            self._pieces_in.append(received)
            self._install_wake.set()

    async def _install_snapshots(self, engine: Engine) -> None:
        while True:
            await self._install_wake.wait()
            self._install_wake = trio.Event()
            while self._pieces_in:
                index, offset, data = self._pieces_in.pop(0)
                await self._store.stage(data, offset=offset)
                is_complete = engine.on_piece_staged()
                self._wake.set()
                if not is_complete:
                    continue
                try:
                    snapshot = await self._store.take_staged(index)
                except (SnapshotCorruptError, ForeignDirectoryError, NewerFormatError):
                    # Damaged on the leader's disk or of newer software: never acknowledged.
                    self._messages_refused += 1
                    snapshot = None
                if snapshot is not None and not await self._install(engine, snapshot):
                    snapshot = None
                engine.end_install(snapshot)
                self._wake.set()

    async def _install(self, engine: Engine, snapshot: Snapshot) -> bool:
        """Puts a received snapshot in force: file, journal, name, each durable before the next.

        Returns:
            False: it was not newer any more.
        """
        await self._store.write(
            previous=snapshot.previous,
            last=snapshot.last,
            pieces=snapshot.pieces,
            own=(snapshot.own,),
            is_received=True,
        )
        if not await self._restore(engine, snapshot):
            await self._store.remove_received()
            return False
        self._snapshot_index = snapshot.last.index
        self._snapshot_bytes = snapshot.state_bytes
        self._flush_wake.set()
        while self._journal.durable_index < snapshot.last.index:
            await self._flushed.wait()
        await self._store.adopt(snapshot)
        await self._store.remove_older()
        return True

    async def _restore(self, engine: Engine, snapshot: Snapshot) -> bool:
        """Restores the state of a received snapshot and puts it in force; False: it is old."""
        own = await _load_own(snapshot)
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
        self._snapshot_send.send_nowait(
            _SnapshotJob(previous=previous, last=last, own=engine.own(), pieces=pieces)
        )

    async def _write_snapshots(
        self, engine: Engine, jobs: trio.MemoryReceiveChannel[_SnapshotJob]
    ) -> None:
        async for job in jobs:
            self._snapshot_bytes = await self._store.write(
                previous=job.previous, last=job.last, own=job.own, pieces=job.pieces
            )
            self._snapshot_index = max(self._snapshot_index, job.last.index)
            await self._store.remove_older()
            self._is_snapshot_running = False
            engine.on_snapshot_written()
            self._wake.set()

    def _stop(self) -> None:
        self._journal.close()
        self._store.close()
        self._engine = None
        for proposal in list(self._proposals):
            proposal.finish(Outcome.UNKNOWN, None)
        for _, _, done in self._waiters:
            done.set()
        self._waiters.clear()
        for done in list(self._reads):
            done.set()
        self._leader_changed.set()
        self._leader_changed = trio.Event()


class _Proposal:
    """A command between `propose` and its result."""

    __slots__ = ("_node", "_task", "outcome", "value")

    def __init__(self, node: Node) -> None:
        self._node = node
        self._task: trio.lowlevel.Task | None = None
        self.outcome = Outcome.UNKNOWN
        self.value: object = None

    def finish(self, outcome: Outcome, value: object) -> None:
        """Takes the result; the first one counts."""
        node = self._node
        if node._proposals.pop(self, self) is self:
            return
        self.outcome, self.value = outcome, value
        node._proposals_done += 1
        node._slots.release()
        if self._task is not None:
            trio.lowlevel.reschedule(self._task)
            self._task = None

    async def wait(self) -> None:
        """Returns when the result is there.

        An event of its own would cost each command more than all the rest of this class.
        """
        if self not in self._node._proposals:
            await trio.lowlevel.checkpoint()
            return
        self._task = trio.lowlevel.current_task()

        def abort(_: object) -> trio.lowlevel.Abort:
            self._task = None
            return trio.lowlevel.Abort.SUCCEEDED

        await trio.lowlevel.wait_task_rescheduled(abort)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SnapshotJob:
    """A snapshot to write: its place in the log and the frozen state."""

    previous: Entry
    last: Entry
    own: Iterable[bytes]
    pieces: Iterable[bytes]


async def _load_own(snapshot: Snapshot) -> Own:
    """Returns what a snapshot remembers of the group; others have their turn meanwhile.

    Raises:
        StateMachineFailedError: a newer software's.
    """
    own: Own | None = None
    try:
        for step in load_own(snapshot.own):
            own = step
            await trio.lowlevel.checkpoint()
    except CodecError as error:
        raise StateMachineFailedError(snapshot.last.index, error) from error
    assert own is not None
    return own
