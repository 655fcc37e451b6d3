"""The protocol: what this package puts in the place of the engine's private methods.

The engine keeps the turn and the election timer. What enters the log, what is committed (Raft
5.4.2; the engine counts behind `advance_commit` and finds nothing more), how it is applied and what
comes from or goes to a peer is decided here, with the rules of `guards`. Names that begin with
`_SyncObj__` are the engine's.
"""

from __future__ import annotations

from typing import Any, NoReturn

from raft import guards, limits
from raft.configuration import Configuration
from raft.elections import Elections
from raft.entry import Entry
from raft.following import Following
from raft.leading import Leading
from raft.members import Own
from raft.messages import (
    Acquainted,
    Appended,
    AppendEntries,
    Feed,
    Heartbeat,
    HeartbeatReply,
    InstallSnapshot,
    Message,
    RequestVote,
    SnapshotReceived,
    TimeoutNow,
    Vote,
)
from raft.replication import Mode
from raft.sessions import decode_command
from raft.state_machine import CommandRejected
from raft.states import EntryKind, Outcome, Role

__all__ = ["Guarded"]

_LEADER = int(Role.LEADER)
_COMMAND, _MEMBERSHIP = int(EntryKind.COMMAND), int(EntryKind.MEMBERSHIP)


class Guarded(Elections, Following, Leading):
    """The engine with everything replaced that is not safe as it is."""

    def start(self, applied_index: int, own: Own) -> None:
        """The state machine holds everything up to `applied_index`; `own` is of its snapshot."""
        self._applied_configuration, self.sessions = own.configuration, own.sessions
        self._read_configuration()
        self._SyncObj__raftLastApplied = applied_index
        self._SyncObj__raftCommitIndex = applied_index
        self._proven_commit = applied_index
        if self.configuration.voters == (self.node_id,):
            # It has nobody to wait for: it stands for election in its first turn.
            self._SyncObj__raftElectionDeadline = float("-inf")

    def correct_deadlines(self) -> None:
        """A clock that went back would let this node wait as long as it went."""
        now = self._clock()
        if self._SyncObj__raftElectionDeadline > now + limits.ELECTION_S_MAX:
            self._new_deadline()
        if self._SyncObj__newAppendEntriesTime > now + limits.HEARTBEAT_S:
            self._SyncObj__newAppendEntriesTime = now
        if now + limits.COMMIT_TOLD_S < self._commit_due < float("inf"):
            self._commit_due = now
        self._founding_due = min(self._founding_due, now + limits.FOUNDING_S)
        if self._observers_due > now + limits.OBSERVER_S * limits.OBSERVERS_AT_ONCE:
            self._observers_due = now

    def next_deadline(self) -> float:
        """When the engine must turn again even if nothing happens."""
        if self.role is Role.LEADER:
            return self.leading_deadline()
        if not self._founding.is_over:
            return self._founding_due
        if not self.is_voter:
            return float("inf")
        return self._SyncObj__raftElectionDeadline

    # Messages.

    def receive(self, sender: int, message: Message) -> None:
        """Handles one message; answers go to `outbox`.

        Raises:
            SafetyViolationError: the group contradicts itself.
        """
        if not guards.is_member(sender, self.committed_configuration):
            return
        if not (self._founding.is_over or self._founding.is_heard(sender, message)):
            return
        if not isinstance(message, Appended | HeartbeatReply):
            self.has_news = True  # Those two say so themselves.
        match message:
            case RequestVote():
                self._on_request_vote(sender, message)
            case Vote():
                self._on_vote(sender, message)
            case AppendEntries() | Feed():
                self._on_append_entries(sender, message)
            case Appended():
                self._on_appended(sender, message)
            case Heartbeat():
                self._on_heartbeat(sender, message)
            case HeartbeatReply():
                self._on_heartbeat_reply(sender, message)
            case InstallSnapshot():
                self._on_install_snapshot(sender, message)
            case SnapshotReceived():
                self._on_snapshot_received(sender, message)
            case Acquainted():
                self._on_acquainted(sender, message)
            case TimeoutNow():
                self._on_timeout_now(sender, message)

    def is_log_awaited(self, lag_max: int) -> bool:
        """Whether somebody who answers gets a snapshot, or lags by more than so many entries."""
        now, applied_index = self._clock(), self.applied_index
        return any(
            (progress.mode is Mode.SNAPSHOT or applied_index - progress.match_index > lag_max)
            and guards.is_heard(now - progress.heard_at)
            for progress in self._progress.values()
        )

    def step_down(self) -> None:
        """Leads no longer, if somebody else could; hears of the next leader like any other."""
        if self.role is Role.LEADER and self._voting:
            self._SyncObj__setState(Role.FOLLOWER)
            self._SyncObj__raftLeader = None
            self._new_deadline()

    # Commands.

    def on_state_changed(self, old: int, new: int) -> None:
        """Who waits for an entry learns now that its fate is open.

        The engine tells it when an entry is applied in its place, which may be never.
        """
        if old == Role.LEADER and new != Role.LEADER:
            self._follow_up({})
            self._transfer_target = None
            self._refuse_reads()
            waiting, self._waiting = self._waiting, {}
            for _, callback in waiting.values():
                callback(Outcome.UNKNOWN, None)

    def _checkCommandsToApply(self) -> None:
        # The engine would forward them to the leader it knows, with nobody to tell their fate.
        if not self.queued:
            return
        queued, self.queued = self.queued, []
        if self.role is not Role.LEADER or self._transfer_target is not None:
            for _, callback in queued:
                callback(Outcome.NOT_LEADER, None)
            return
        term, index, waiting = self.term, self.last.index, self._waiting
        entries: list[Entry] = []
        for command, callback in queued:
            if command[0] == _MEMBERSHIP:
                # Whether it may begin depends on what is in the log before it.
                self._journal.extend(entries)
                entries = []
                if not self._change_members(command):
                    callback(Outcome.DENIED, None)
                    continue
            index += 1
            entries.append(Entry(command, index, term))
            waiting[index] = term, callback
        self._journal.extend(entries)

    def _change_members(self, command: bytes) -> bool:
        """Puts a change in force, as of the entry that follows, if it may begin now."""
        request = Configuration.decode(command[1:])
        if self.refusal_of(request) is not None:
            return False
        self._set_configuration(request)
        return True

    def _SyncObj__applyLogEntries(self) -> bool:
        self._proven_commit = max(self._proven_commit, self._SyncObj__raftCommitIndex)
        applied = self.applied_index
        commit_index = min(self._durable_commit(), applied + limits.APPLY_ENTRIES_MAX)
        self._SyncObj__raftCommitIndex = commit_index = max(commit_index, applied)
        if commit_index > applied:
            first = self._journal[0].index
            self._apply(self._journal[applied + 1 - first : commit_index + 1 - first])
        return False

    def _apply(self, entries: list[Entry]) -> None:
        """Applies what is committed, and tells whoever waits for it."""
        waiting, state_machine = self._waiting, self._state_machine
        for command, index, term in entries:
            try:
                if command[0] == _COMMAND:
                    result = Outcome.APPLIED, state_machine.apply(index, command[1:])
                else:
                    result = self._apply_other(index, command)
            except CommandRejected as rejected:
                result = Outcome.REJECTED, rejected
            except Exception as error:
                raise guards.apply_failure(index, error) from error
            self._SyncObj__raftLastApplied = index
            waiter = waiting.pop(index, None)
            if waiter is not None:
                expected, callback = waiter
                # Another leader's entry may be in the place of the one that is waited for.
                callback(*(result if expected == term else (Outcome.UNKNOWN, None)))

    @property
    def has_unapplied(self) -> bool:
        """Whether this turn left something for the next one to apply."""
        applied_index = self._SyncObj__raftLastApplied
        # Mostly there is nothing; it is asked several times a turn.
        if not self._voting and self._SyncObj__raftState == _LEADER:
            # Alone it commits what is durable: no answer will come that brings a turn.
            return self._journal.durable_index > applied_index
        return self._proven_commit > applied_index and self._durable_commit() > applied_index

    def _durable_commit(self) -> int:
        return guards.durable_commit(self._proven_commit, self._journal.durable_index)

    def _apply_other(self, index: int, command: bytes) -> tuple[Outcome, object]:
        """Applies an entry that is no plain command."""
        match command[0]:
            case EntryKind.EMPTY:
                return Outcome.APPLIED, None
            case EntryKind.MEMBERSHIP:
                self._applied_configuration = Configuration.decode(command[1:])
                return Outcome.APPLIED, None
            case EntryKind.SESSION:
                return Outcome.APPLIED, self.sessions.open(index)
            case EntryKind.SESSION_COMMAND:
                client, sequence, inner = decode_command(command[1:])
                return self.sessions.apply(
                    client, sequence, lambda: self._state_machine.apply(index, inner)
                )
            case kind:
                raise AssertionError(f"log entry of type {kind}")

    # Parts of the engine that have no work any more.

    def _SyncObj__loadDumpFile(self, clearJournal: bool) -> NoReturn:
        raise AssertionError("snapshots are loaded before the engine is built")

    def _SyncObj__onMessageReceived(self, node: Any, message: Any) -> NoReturn:
        raise AssertionError("messages come by `receive`")

    def _SyncObj__parseChangeClusterRequest(self, command: bytes) -> NoReturn:
        raise AssertionError("commands are taken from the queue here")

    def _SyncObj__changeCluster(self, request: Any) -> NoReturn:
        raise AssertionError("memberships change by `_change_members`")

    def _SyncObj__doApplyCommand(self, command: bytes) -> NoReturn:
        raise AssertionError("entries are applied by `_apply`")

    def _SyncObj__sendNextNodeIdx(self, *_: Any, **__: Any) -> NoReturn:
        raise AssertionError("answers are `Appended`")
