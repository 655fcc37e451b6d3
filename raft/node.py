"""The driver: turns the engine, hands its messages to the outbox, releases results.

With peers the outbox flushes the journal behind what a turn sends. Alone there is nobody to speak
to meanwhile, and the turn waits for its flush.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import AsyncIterator, Callable, Sequence
from random import Random
from typing import NoReturn

import trio

from raft import limits
from raft.acquaintance import Acquaintance
from raft.bootstrap import has_taken_part, is_known_by_log, settle_bootstrap
from raft.configuration import Configuration, Membership, is_address, listed
from raft.errors import (
    CommandTooLargeError,
    ForeignDirectoryError,
    MembershipRefusedError,
    NotLeaderError,
    OutcomeUnknownError,
    TransferFailedError,
)
from raft.files import Files
from raft.founding import Founding
from raft.inbox import Inbox
from raft.journal import Journal
from raft.journal_format import FILE as JOURNAL_FILE, Identity
from raft.links import Links, Owner
from raft.members import Own
from raft.outbox import FlushTimes, Outbox
from raft.proposals import Proposals
from raft.removal import Removal
from raft.restoring import restore
from raft.sessions import encode_command
from raft.snapshot import SnapshotStore
from raft.snapshotting import Snapshotting
from raft.state_machine import CommandRejected, StateMachine
from raft.states import EntryKind, Outcome, Role
from raft.status import Status
from raft.syncobj import Engine

__all__ = ["Node"]

_TICK_S = 0.001
_EARLY_S = 0.1


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
        self._founding: Founding | None = None
        self._node_id = node_id
        self._files = files
        self._state_machine = state_machine
        self._rng = rng
        self._configuration = Configuration(
            voters=tuple(sorted(voters)), observers=tuple(sorted(observers))
        )
        self._clock = clock
        self._trio_time = trio.current_time
        self._create = create
        self._snapshot_entries = snapshot_entries
        self._journal = Journal(files, identity=identity, rng=rng)
        self._store = SnapshotStore(files, identity=identity)
        self._flush_times = FlushTimes()
        self._outbox = (
            Outbox(
                links,
                journal=self._journal,
                acquaintance=self._acquaintance,
                removal=self._removal,
                store=self._store,
                times=self._flush_times,
            )
            if links is not None
            else None
        )
        self._snapshotting = Snapshotting(
            journal=self._journal,
            store=self._store,
            state_machine=state_machine,
            outbox=self._outbox,
            wake=self._wake_driver,
        )
        self._engine: Engine | None = None
        self._has_stopped = False
        self._wake = trio.Event()
        self._sleep = trio.CancelScope()
        self._is_turning = False
        self._failure: BaseException | None = None
        self._inbox = Inbox()
        self._leader_changed = trio.Event()
        self._leader_seen: tuple[int | None, Role] = None, Role.FOLLOWER
        self._reads: set[trio.Event] = set()
        self._peers_refused = 0
        self._peers_without_disk: set[int] = set()
        self._strangers: set[int] = set()
        self._members_told: tuple[object, object] = None, None
        self._proposals = Proposals()
        self._numbers = itertools.count()
        self._waiters: list[tuple[int, int, trio.Event]] = []

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
            snapshot_index=self._snapshotting.newest_index,
            snapshot_bytes=self._snapshotting.newest_bytes,
            journal_bytes=self._journal.file_bytes,
            journal_syncs=self._journal.syncs,
            journal_sync_s_max=self._flush_times.longest_s,
            journal_syncs_slow=self._flush_times.slow,
            proposals_pending=len(self._proposals),
            messages_refused=self._inbox.refused + self._snapshotting.refused,
            messages_dropped=self._inbox.dropped,
            peers_refused=self._peers_refused,
            peers_without_disk=tuple(
                sorted(self._peers_without_disk.difference(configuration.removed))
            ),
            voters_awaited=() if self._founding is None else self._founding.awaited,
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
        proposals = self._proposals
        await proposals.take_place(len(command))
        engine = self._engine
        if engine is None or engine.role is not Role.LEADER:
            proposals.release(len(command))
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        proposal = proposals.begin(len(command))
        engine.submit(command, proposal.finish, kind=kind)
        is_alone = len(proposals) == 1 and proposals.done_in_turn <= 1
        if is_alone and self._outbox is not None and not self._wake.is_set():
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
        """Yields the leader as far as known, now and whenever that changes; only the newest.

        Ends with the node.
        """
        while not self._has_stopped:
            changed, leader = self._leader_changed, self.leader
            yield leader
            while self.leader == leader and not self._has_stopped:
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
            OutcomeUnknownError: the node stopped.
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
                while engine.role is Role.LEADER and not self._has_stopped:
                    await self._leader_changed.wait()
        finally:
            engine.end_transfer()
        if self._has_stopped:
            raise OutcomeUnknownError("the node stopped")
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
        if self._outbox is None:
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
        if not self._has_stopped:
            done = trio.Event()
            waiter = index, next(self._numbers), done
            heapq.heappush(self._waiters, waiter)
            try:
                await done.wait()
            finally:
                if not done.is_set():
                    # Given up: it may be for what is never applied.
                    self._waiters.remove(waiter)
                    heapq.heapify(self._waiters)
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
        # The same without two calls around it; a turn asks some ten times.
        self._trio_time = trio.lowlevel.current_clock().current_time
        self._flush_times.clock = self._trio_time
        if self._clock is trio.current_time:
            self._clock = self._trio_time
        try:
            opened = await restore(
                self._files,
                journal=self._journal,
                store=self._store,
                state_machine=self._state_machine,
                create=self._create,
            )
            self._snapshotting.begin_with(opened)
            self._configuration = await settle_bootstrap(
                self._files,
                self._configuration,
                node_id=self._node_id,
                journal=self._journal,
                own=opened.own,
                has_peers=self._outbox is not None,
            )
            if self._outbox is not None:
                await self._acquaintance.open()
                await self._removal.open()
            self._founding = self._begin_founding(opened.own)
            # Before the snapshot writer runs: catching up may start it, and this removes its file.
            await self._store.remove_old()
            self._engine = Engine(
                self._node_id,
                configuration=self._configuration,
                journal=self._journal,
                state_machine=self._state_machine,
                snapshots=self._store,
                applied_index=opened.applied_index,
                own=opened.own,
                told_removed=self._removal.told,
                founding=self._founding,
                snapshot_entries=self._snapshot_entries,
                clock=self._clock,
                rng=self._rng,
            )
            if self._outbox is None:
                self._check_alone(self._engine.configuration)
            await self._serve(self._engine, task_status)
        finally:
            self._stop()

    def _begin_founding(self, own: Own) -> Founding:
        journal, voters = self._journal, self._configuration.voters
        is_known = is_known_by_log(journal, own) or self._node_id not in voters
        founding = Founding(
            self._node_id,
            voters,
            self._acquaintance,
            is_over=is_known or voters == (self._node_id,),
        )
        if self._acquaintance.is_older and has_taken_part(journal):
            founding.end()
        return founding

    def _check_alone(self, configuration: Configuration) -> None:
        """Raises ForeignDirectoryError if the log has other voters, whom this node cannot reach."""
        if configuration.voters != (self._node_id,):
            raise ForeignDirectoryError(
                self._files.path(JOURNAL_FILE),
                0,
                f"its group has the voters {listed(configuration.voters)},"
                " and it was started alone",
                "Start it as one of them, with links to the others",
            )

    # Serving.

    async def _serve(self, engine: Engine, task_status: trio.TaskStatus[None]) -> None:
        snapshotting, outbox = self._snapshotting, self._outbox
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(snapshotting.run_writer, engine)
                if outbox is None:
                    await self._catch_up(engine)
                else:
                    nursery.start_soon(outbox.run_flushes, self._on_flushed)
                    nursery.start_soon(outbox.run_pieces)
                    nursery.start_soon(self._watch_disk, engine)
                    nursery.start_soon(snapshotting.run_installer, engine)
                    self._tell_members(engine, outbox.links)
                    await nursery.start(outbox.links.run, self._owner())
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
        was_known = self._acquaintance.knows([peer])
        is_admitted = self._acquaintance.admits(peer, directory_id, configuration)
        if self._engine is not None and self._acquaintance.knows([peer]) and not was_known:
            self._engine.on_acquainted()
            self._wake.set()
        if is_admitted:
            self._peers_without_disk.discard(peer)
            self._removal.forget(peer)
        else:
            self._peers_refused += 1
            self._peers_without_disk.add(peer)
        if self._acquaintance.is_dirty or self._removal.is_dirty:
            self._flush_soon()
        return is_admitted

    def _on_removed(self, peer: int, index: int) -> None:
        """A peer says that this node was removed: nothing that a leader does not know better."""
        assert self._engine is not None
        if not self._engine.is_led:
            self._removal.on_told(peer, index)
            self._flush_soon()

    def _receive(self, peer: int, message: bytes) -> None:
        if peer not in self._strangers:
            self._inbox.put(peer, message)

    async def _watch_disk(self, engine: Engine) -> None:
        """A leader whose disk hangs commits nothing, and nobody else leads while it speaks."""
        while True:
            await trio.sleep(limits.LEADER_FLUSH_S_MAX / 4)
            if self._flush_times.running_s > limits.LEADER_FLUSH_S_MAX:
                engine.step_down()
                self._wake.set()

    async def _drive(self, engine: Engine) -> NoReturn:
        while True:
            # One for many turns: to make one costs almost as much as a turn.
            with trio.CancelScope() as self._sleep:
                while not self._sleep.cancel_called:
                    if self._failure is not None:
                        raise self._failure
                    wake = self._wake = trio.Event()
                    self._turn(engine)
                    if self._outbox is None and self._journal.is_dirty:
                        self._flush_times.begin()
                        await self._journal.sync()
                        self._flush_times.end()
                    elif engine.has_work or self._inbox:
                        await trio.lowlevel.checkpoint()
                    else:
                        self._plan_turn(engine)
                        await wake.wait()
                        if self._outbox is None:
                            # A flush must not be cut short.
                            self._sleep.deadline = math.inf

    def _turn(self, engine: Engine) -> None:
        """One turn: inbox, tick, release. With links whoever has something to do may take it."""
        self._inbox.drain(engine)
        self._turn_drained(engine)

    def _turn_drained(self, engine: Engine) -> None:
        self._is_turning = True
        self._proposals.done_in_turn = 0
        if self._outbox is not None and self._journal.is_dirty:
            # What a follower was sent is on its way to the disk while the turn goes on.
            self._outbox.send(engine)
        if self._removal.told and engine.is_led:
            self._removal.forget_all()
            self._flush_soon()
        engine.tick()
        self._release(engine)
        self._is_turning = False

    def _plan_turn(self, engine: Engine) -> None:
        """The driver sleeps until then at most."""
        # A little later than due: the engine's comparisons are strict.
        due_s = engine.next_deadline() - self._clock() + _TICK_S
        now = self._trio_time()
        due = now + min(max(due_s, 0), limits.IDLE_WAKE_S)
        # To move a deadline costs a tenth of a turn. A follower's moves with each message, and one
        # turn too many now and then is cheaper.
        if not now + _EARLY_S < self._sleep.deadline <= due:
            self._sleep.deadline = due

    def _on_flushed(self) -> None:
        if self._engine is not None:
            self._engine.on_flushed()
            if self._engine.has_news:
                self._on_news()

    def _flush_soon(self) -> None:
        if self._outbox is not None:
            self._outbox.flush_soon()

    def _wake_driver(self) -> None:
        self._wake.set()

    def _on_news(self) -> None:
        """Takes the turn of what was received or flushed, or leaves it to the driver.

        That one takes, a pass of the event loop later, all commands and answers in one turn: better
        where there are many.
        """
        if not self._wake.is_set():
            self._turn_now(is_left=len(self._proposals) > 1)

    def _turn_now(self, *, is_left: bool = False) -> None:
        """Takes a turn in the task that has something for it: to wake the driver costs as much.

        Args:
            is_left: leaves it to the driver, if there is to be one.
        """
        engine = self._engine
        if engine is None or self._is_turning or self._failure is not None:
            self._wake.set()
            return
        try:
            self._inbox.drain(engine)
            if not (engine.has_news or self._inbox or self._removal.told):
                # A turn, a fifth of a commit's, would do nothing; what is due later is planned.
                return
            if is_left:
                self._wake.set()
                return
            self._turn_drained(engine)
        except BaseException as failure:
            # Whatever it is, it ends the node and not the task that happened to be here.
            self._failure = failure
            self._wake.set()
            return
        if engine.has_work or self._inbox:
            self._wake.set()
        else:
            self._plan_turn(engine)

    def _release(self, engine: Engine) -> None:
        """Wakes who waits for this turn; with links sends what it brought, and begins its flush."""
        while self._waiters and self._waiters[0][0] <= engine.applied_index:
            heapq.heappop(self._waiters)[2].set()
        leader_seen = engine.leader, engine.role
        if leader_seen != self._leader_seen:
            self._leader_seen = leader_seen
            self._leader_changed.set()
            self._leader_changed = trio.Event()
        self._snapshotting.after_turn(engine)
        if self._outbox is not None:
            self._tell_members(engine, self._outbox.links)
            self._outbox.send(engine)

    def _tell_members(self, engine: Engine, links: Links) -> None:
        """The links follow the members in force, which count before they are committed."""
        configuration, removed = members = engine.configuration, engine.removed
        # Both are replaced as a whole, never changed.
        if configuration is not self._members_told[0] or removed is not self._members_told[1]:
            self._members_told = members
            # A wiped disk may have come before this node had heard of the right one.
            self._strangers = self._acquaintance.strangers(configuration)
            self._peers_without_disk |= self._strangers
            links.set_members(dict(configuration.addresses), removed=removed)

    def _stop(self) -> None:
        self._journal.close()
        self._store.close()
        self._engine = None
        self._has_stopped = True
        self._proposals.abandon_all()
        for _, _, done in self._waiters:
            done.set()
        self._waiters.clear()
        for done in list(self._reads):
            done.set()
        self._leader_changed.set()
        self._leader_changed = trio.Event()
