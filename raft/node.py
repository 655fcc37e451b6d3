"""A node of the group: what its owner asks of it, how it begins, and how it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from random import Random

import trio

from raft import limits
from raft.acquaintance import Acquaintance
from raft.admission import Admission
from raft.bootstrap import has_taken_part, is_known_by_log, settle_bootstrap
from raft.configuration import Configuration, Membership, is_address, listed
from raft.driver import Driver
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
from raft.waiters import Waiters

__all__ = ["Node"]


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
        self._inbox = Inbox()
        self._proposals = Proposals()
        self._driver = Driver(
            inbox=self._inbox,
            outbox=self._outbox,
            journal=self._journal,
            proposals=self._proposals,
            removal=self._removal,
            times=self._flush_times,
            after_turn=self._after_turn,
        )
        self._snapshotting = Snapshotting(
            journal=self._journal,
            store=self._store,
            state_machine=state_machine,
            outbox=self._outbox,
            wake=self._driver.wake,
        )
        self._admission = Admission(self._acquaintance, self._removal)
        self._has_stopped = False
        self._leader_changed = trio.Event()
        self._leader_seen: tuple[int | None, Role] = None, Role.FOLLOWER
        self._reads: set[trio.Event] = set()
        self._waiters = Waiters()

    @property
    def leader(self) -> int | None:
        """Id of the leader as far as known, or None."""
        engine = self._driver.engine
        return None if engine is None else engine.leader

    @property
    def applied_index(self) -> int:
        """Index of the last entry in the state machine; 0 before `run` has started."""
        engine = self._driver.engine
        return 0 if engine is None else engine.applied_index

    def status(self) -> Status:
        """Returns the present numbers."""
        engine = self._driver.engine
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
            peers_refused=self._admission.refused,
            peers_without_disk=self._admission.without_disk(configuration),
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
        engine = self._driver.engine
        if engine is None or engine.role is not Role.LEADER:
            proposals.release(len(command))
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        proposal = proposals.begin(len(command))
        engine.submit(command, proposal.finish, kind=kind)
        self._driver.on_command()
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
        engine = self._driver.engine
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
        self._driver.wake()
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
        engine = self._driver.engine
        if engine is None or engine.role is not Role.LEADER:
            await trio.lowlevel.checkpoint()
            raise NotLeaderError(self.leader)
        if target == self._node_id or target not in engine.configuration.voters:
            await trio.lowlevel.checkpoint()
            raise TransferFailedError(f"{target} is no other voter")
        engine.begin_transfer(target)
        self._driver.wake()
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
        engine = self._driver.engine
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
            await self._waiters.wait(index)
        if self.applied_index < index:
            raise OutcomeUnknownError(f"the node stopped before index {index} was applied")

    def request_snapshot(self) -> None:
        """Asks for a snapshot soon, whatever the size of the log."""
        engine = self._driver.engine
        assert engine is not None
        engine.request_snapshot()
        self._driver.wake()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Recovers, then serves until cancelled.

        `started` when it takes part; a single voter leads then and has caught up.
        Every exception means that the process should end: what is in memory must not be used.

        Raises:
            JournalCorruptError, SnapshotCorruptError, ForeignDirectoryError, NewerFormatError:
                nothing was changed; the text names file and remedy.
            StorageFailedError, StateMachineFailedError, SafetyViolationError
        """
        assert self._driver.engine is None
        # The same without two calls around it; a turn asks some ten times.
        trio_time = trio.lowlevel.current_clock().current_time
        self._flush_times.clock = trio_time
        if self._clock is trio.current_time:
            self._clock = trio_time
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
            engine = Engine(
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
                self._check_alone(engine.configuration)
            self._driver.begin(engine, engine_clock=self._clock, time=trio_time)
            await self._serve(engine, task_status)
        finally:
            self._stop()

    def _begin_founding(self, own: Own) -> Founding:
        journal, voters = self._journal, self._configuration.voters
        acquaintance, is_other = self._acquaintance, self._node_id not in voters
        # The log last: all of it may have to be looked at.
        is_over = is_other or voters == (self._node_id,) or is_known_by_log(journal, own)
        founding = Founding(self._node_id, voters, acquaintance, is_over=is_over)
        if has_taken_part(journal) and (acquaintance.is_older or acquaintance.agreed):
            # Older software may have begun before it had met everybody: then what is known may
            # have grown since that was noted. With other first voters it would not have come here.
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
        driver, snapshotting, outbox = self._driver, self._snapshotting, self._outbox
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(snapshotting.run_writer, engine)
                if outbox is None:
                    await driver.catch_up(engine)
                else:
                    nursery.start_soon(outbox.run_flushes, driver.on_flushed)
                    nursery.start_soon(outbox.run_pieces)
                    nursery.start_soon(driver.watch_disk, engine)
                    nursery.start_soon(snapshotting.run_installer, engine)
                    self._admission.tell_members(engine, outbox.links)
                    await nursery.start(outbox.links.run, self._owner())
                task_status.started()
                await driver.run(engine)
        except ExceptionGroup as group:
            # The caller asked for one task; the nursery inside is our affair.
            if len(group.exceptions) == 1:
                raise group.exceptions[0] from None
            raise

    def _owner(self) -> Owner:
        return Owner(
            node_id=self._node_id,
            cluster_id=self._cluster_id,
            directory_id=self._acquaintance.directory_id,
            admits=self._admits,
            receive=self._receive,
            received=self._driver.on_news,
            applied_index=lambda: self.applied_index,
            on_removed=self._on_removed,
        )

    def _admits(self, peer: int, directory_id: bytes) -> bool:
        engine = self._driver.engine
        configuration = self._configuration if engine is None else engine.configuration
        is_admitted = self._admission.admits(peer, directory_id, configuration)
        if self._acquaintance.is_dirty and engine is not None:
            engine.on_peer_met()
            self._driver.wake()
        if self._acquaintance.is_dirty or self._removal.is_dirty:
            self._flush_soon()
        return is_admitted

    def _on_removed(self, peer: int, index: int) -> None:
        """A peer says that this node was removed: nothing that a leader does not know better."""
        engine = self._driver.engine
        assert engine is not None
        if not engine.is_led:
            self._removal.on_told(peer, index)
            self._flush_soon()

    def _receive(self, peer: int, message: bytes) -> None:
        if peer not in self._admission.strangers:
            self._inbox.put(peer, message)

    def _flush_soon(self) -> None:
        if self._outbox is not None:
            self._outbox.flush_soon()

    def _after_turn(self, engine: Engine) -> None:
        """Wakes who waits for this turn."""
        self._waiters.release(engine.applied_index)
        leader_seen = engine.leader, engine.role
        if leader_seen != self._leader_seen:
            self._leader_seen = leader_seen
            self._leader_changed.set()
            self._leader_changed = trio.Event()
        self._snapshotting.after_turn(engine)
        if self._outbox is not None:
            self._admission.tell_members(engine, self._outbox.links)

    def _stop(self) -> None:
        self._journal.close()
        self._store.close()
        self._driver.end()
        self._has_stopped = True
        self._proposals.abandon_all()
        self._waiters.abandon_all()
        for done in list(self._reads):
            done.set()
        self._leader_changed.set()
        self._leader_changed = trio.Event()
