"""The protocol: what this package puts in the place of the engine's private methods.

The engine keeps the turn, the election timer, the commit rule (Raft 5.4.2), the command queue and
the apply loop. Everything that comes from or goes to a peer is decided here, with the rules of
`guards`. The class is mixed into a private copy of the engine (`syncobj`); names that begin with
`_SyncObj__` are the engine's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from raft import codec, guards, limits
from raft.configuration import Configuration
from raft.errors import StateMachineFailedError
from raft.journal import Entry, Journal
from raft.messages import (
    Appended,
    AppendEntries,
    Heartbeat,
    HeartbeatReply,
    InstallSnapshot,
    Message,
    RequestVote,
    SnapshotReceived,
    TimeoutNow,
    Vote,
)
from raft.replication import Mode, Progress
from raft.sessions import Sessions, decode_command
from raft.snapshot import Snapshot
from raft.state_machine import CommandRejected, StateMachine
from raft.states import FIRST_INDEX, EntryKind, Outcome, Role

__all__ = ["Guarded", "SnapshotSource"]

ReadCallback = Callable[[int | None], None]
"""Called once with the index to wait for, or None: this node does not lead."""

_Base: Any = object  # the engine's class takes this place


class SnapshotSource(Protocol):
    """The newest snapshot file of this node, for followers that are far behind."""

    def newest(self) -> tuple[int, int] | None:
        """Returns its index and bytes, or None."""
        ...

    def read_piece(self, index: int, offset: int) -> bytes | None:
        """Returns a piece of it, or None if it is gone."""
        ...


class Guarded(_Base):
    """The engine with everything replaced that is not safe as it is.

    Args:
        args: for the engine's constructor.
        node_id: of this node.
        configuration: voters and observers in force.
        journal: of this node, opened.
        state_machine: holds the state at the applied index.
        snapshots: of this node.
        clock: seconds, monotonic.
        fail_reasons: the engine's reasons why a command failed.
    """

    def __init__(
        self,
        *args: Any,
        node_id: int,
        configuration: Configuration,
        journal: Journal,
        state_machine: StateMachine,
        snapshots: SnapshotSource,
        clock: Callable[[], float],
        fail_reasons: Any,
        **kwargs: Any,
    ) -> None:
        self.node_id = node_id
        self.configuration = configuration
        self.sessions = Sessions()
        self.outbox: list[tuple[int, Message]] = []
        self.received: tuple[int, bytes] | None = None
        self._journal = journal
        self._state_machine = state_machine
        self._snapshots = snapshots
        self._clock = clock
        self._fail_reasons = fail_reasons
        self._polled: list[int] = []
        self._poll_won_term = 0
        self._votes: list[int] = []
        self._is_transfer_asked = False
        self._is_transfer_election = False
        self._leader_heard_at = float("-inf")
        self._matched_term = 0
        self._matched_index = 0
        self._proven_commit = 0
        self._round = 0
        self._progress: dict[int, Progress] = {}
        self._incoming: _Incoming | None = None
        self._installing_index = 0
        self._bootstrap = configuration
        self._applied_configuration: Configuration | None = None
        self._reads_asked: list[ReadCallback] = []
        self._reads: list[tuple[int, int, ReadCallback]] = []
        self._transfer_target: int | None = None
        self._is_transfer_sent = False
        super().__init__(*args, **kwargs)

    # What the engine holds.

    @property
    def term(self) -> int:
        """The current term."""
        return self._SyncObj__raftCurrentTerm

    @property
    def role(self) -> Role:
        """This node's state."""
        return Role(self._SyncObj__raftState)

    @property
    def leader_id(self) -> int | None:
        """The leader of the current term, as far as known."""
        node = self._SyncObj__raftLeader
        return None if node is None else node.id

    @property
    def commit_index(self) -> int:
        """Index of the last entry known to be committed."""
        return self._SyncObj__raftCommitIndex

    @property
    def applied_index(self) -> int:
        """Index of the last entry in the state machine."""
        return self._SyncObj__raftLastApplied

    @property
    def last(self) -> Entry:
        """The last entry of the log, durable or not."""
        return self._journal[-1]

    @property
    def is_voter(self) -> bool:
        """Whether this node takes part in elections."""
        return self.node_id in self.configuration.voters

    def start(self, applied_index: int, own: bytes) -> None:
        """The state machine holds everything up to `applied_index`; `own` is of its snapshot."""
        self._load_own(own)
        self._read_configuration()
        self._SyncObj__raftLastApplied = applied_index
        self._SyncObj__raftCommitIndex = applied_index
        self._proven_commit = applied_index
        if self.configuration.voters == (self.node_id,):
            # It has nobody to wait for: it stands for election in its first turn.
            self._SyncObj__raftElectionDeadline = float("-inf")

    def next_deadline(self) -> float:
        """When the engine must turn again even if nothing happens."""
        if self.role is Role.LEADER:
            return self._SyncObj__newAppendEntriesTime if self._progress else float("inf")
        if not self.is_voter:
            return float("inf")
        return self._SyncObj__raftElectionDeadline

    # Messages.

    def receive(self, sender: int, message: Message) -> None:
        """Handles one message; answers go to `outbox`.

        Raises:
            SafetyViolationError: the group contradicts itself.
        """
        # A removal that is not committed may be undone by the very node it would remove.
        if not guards.is_member(sender, self._applied_configuration or self._bootstrap):
            return
        match message:
            case RequestVote():
                self._on_request_vote(sender, message)
            case Vote():
                self._on_vote(sender, message)
            case AppendEntries():
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
            case TimeoutNow():
                self._on_timeout_now(sender, message)

    def _send(self, receiver: int, message: Message) -> None:
        self.outbox.append((receiver, message))

    def _observe_term(self, term: int) -> None:
        """A higher term ends whatever this node was in its own."""
        if term > self.term:
            self._SyncObj__setCurrentTerm(term, None)
            self._SyncObj__setState(Role.FOLLOWER)
            self._SyncObj__raftLeader = None
            self._is_transfer_asked = False

    def _new_deadline(self) -> None:
        self._SyncObj__raftElectionDeadline = self._clock() + self._SyncObj__generateRaftTimeout()

    # Elections.

    def _SyncObj__connectedToAnyone(self) -> bool:
        # The engine asks this when the election timeout is over: it stands for election if True.
        if not self.is_voter:
            self._new_deadline()
            return False
        self._is_transfer_election = self._is_transfer_asked
        self._is_transfer_asked = False
        is_needed = guards.is_poll_needed(self._poll_won_term, term=self.term)
        is_alone = guards.is_majority([self.node_id], self.configuration.voters)
        if is_alone or self._is_transfer_election or not is_needed:
            self._poll_won_term = 0
            self._votes = [self.node_id]
            return True
        self._polled = [self.node_id]
        self._new_deadline()
        self._SyncObj__raftLeader = None
        for voter in self.configuration.voters:
            if voter != self.node_id:
                self._request_vote(voter, self.term + 1, is_poll=True)
        return False

    def request_vote(self, voter: int) -> None:
        """The engine stands for election and asks this voter."""
        self._request_vote(voter, self.term, is_poll=False)

    def _request_vote(self, voter: int, term: int, *, is_poll: bool) -> None:
        last, is_transfer = self.last, self._is_transfer_election
        self._send(voter, RequestVote(term, last.index, last.term, is_poll, is_transfer))

    def _is_leader_alive(self) -> bool:
        # A leader steps down by itself if no majority answers it.
        return self.role is Role.LEADER or guards.is_leader_alive(
            self._clock() - self._leader_heard_at, election_s_min=limits.ELECTION_S_MIN
        )

    def _on_request_vote(self, sender: int, message: RequestVote) -> None:
        is_up_to_date = guards.is_up_to_date(message, self.last)
        if message.is_poll:
            is_granted = message.term > self.term and is_up_to_date and not self._is_leader_alive()
            self._send(sender, Vote(message.term, self.term, True, is_granted))
            return
        if self._is_leader_alive() and not message.is_transfer:
            if message.term > self.term:
                return
        self._observe_term(message.term)
        vote = self._SyncObj__votedForNodeId
        is_granted = (
            message.term == self.term and is_up_to_date and guards.is_vote_free(vote, sender)
        )
        if is_granted and vote is None:
            self._SyncObj__setCurrentTerm(self.term, sender)
            self._new_deadline()
        self._send(sender, Vote(message.term, self.term, False, is_granted))

    def _on_vote(self, sender: int, message: Vote) -> None:
        self._observe_term(message.voter_term)
        if not message.is_granted or self.role is Role.LEADER:
            return
        if message.is_poll:
            if message.term != self.term + 1:
                return
            self._polled.append(sender)
            if guards.is_majority(self._polled, self.configuration.voters):
                self._polled = []
                self._poll_won_term = message.term
                self._SyncObj__raftElectionDeadline = float("-inf")
        elif message.term == self.term and self.role is Role.CANDIDATE:
            self._votes.append(sender)
            if guards.is_majority(self._votes, self.configuration.voters):
                self._SyncObj__onBecomeLeader()

    def _on_timeout_now(self, sender: int, message: TimeoutNow) -> None:
        if message.term == self.term and sender == self.leader_id and self.is_voter:
            self._is_transfer_asked = True
            self._SyncObj__raftElectionDeadline = float("-inf")

    # Following.

    def _follow(self, sender: int, term: int) -> None:
        """A leader of this or a later term spoke."""
        self._observe_term(term)
        guards.check_one_leader(term, known=self.leader_id, sender=sender)
        if self._matched_term != term:
            self._matched_term, self._matched_index = term, 0
        self._SyncObj__raftLeader = self._SyncObj__nodeClass(sender)
        self._SyncObj__setState(Role.FOLLOWER)
        self._leader_heard_at = self._clock()
        self._poll_won_term = 0
        if not self._is_transfer_asked:
            self._new_deadline()

    def _on_append_entries(self, sender: int, message: AppendEntries) -> None:
        if message.term < self.term:
            self._send(sender, Appended(self.term, message.previous_index, 1, False))
            return
        self._follow(sender, message.term)
        log, previous = self._journal, message.previous_index
        first, last = log[0].index, log[-1].index
        if previous < first:
            # What is committed here is in the leader's log too: it can go on from there.
            self._send(sender, Appended(self.term, previous, self.commit_index + 1, True))
            return
        if not self._holds(previous, message.previous_term):
            if previous <= last:
                guards.check_truncation(previous, commit_index=self._proven_commit)
            retry = guards.retry_index(log[:], previous, commit_index=self.commit_index)
            self._send(sender, Appended(self.term, previous, retry, False))
            return
        behind = log[previous + 1 - first : previous + 1 - first + len(message.entries)]
        matching = guards.count_matching(behind, message)
        fresh = message.entries[matching:]
        if fresh:
            index = fresh[0].index
            if index <= last:
                guards.check_truncation(index, commit_index=self._proven_commit)
                self._truncate(index)
            for entry in fresh:
                log.add(entry.command, entry.index, entry.term)
                if is_membership(entry):
                    self._set_configuration(Configuration.decode(entry.command[1:]))
        next_index = guards.acknowledged_next(message, last_index=self.last.index)
        self._matched_index = max(self._matched_index, next_index - 1)
        self._prove_commit(message.commit_index)
        self._send(sender, Appended(self.term, previous, next_index, True))

    def _holds(self, index: int, term: int) -> bool:
        position = index - self._journal[0].index
        return 0 <= position < len(self._journal) and self._journal[position].term == term

    def _truncate(self, index: int) -> None:
        position = index - self._journal[0].index
        is_membership_dropped = any(map(is_membership, self._journal[position:]))
        self._journal.deleteEntriesFrom(position)
        self._matched_index = min(self._matched_index, index - 1)
        if is_membership_dropped:
            self._read_configuration()

    def _prove_commit(self, commit_index: int) -> None:
        proven = guards.proven_commit(
            commit_index, matched_index=self._matched_index, last_index=self.last.index
        )
        self._proven_commit = max(self._proven_commit, proven)

    def _on_heartbeat(self, sender: int, message: Heartbeat) -> None:
        if message.term >= self.term:
            self._follow(sender, message.term)
            if self._holds(message.match_index, message.match_term):
                self._matched_index = max(self._matched_index, message.match_index)
            self._prove_commit(message.commit_index)
        self._send(sender, HeartbeatReply(self.term, message.round))

    def _on_install_snapshot(self, sender: int, message: InstallSnapshot) -> None:
        if message.term < self.term:
            self._send(sender, SnapshotReceived(self.term, message.index, 0))
            return
        self._follow(sender, message.term)
        if not guards.is_snapshot_newer(message.index, commit_index=self.commit_index):
            # What is committed here is in the leader's log too: it can go on from there.
            self._send(sender, Appended(self.term, message.index, self.commit_index + 1, True))
            return
        if self._installing_index == message.index:
            offset = message.total_bytes
        else:
            offset = self._collect(sender, message)
        self._send(sender, SnapshotReceived(self.term, message.index, offset))

    def _collect(self, sender: int, message: InstallSnapshot) -> int:
        """Adds a piece to the snapshot that comes in; returns the offset of the next one."""
        incoming = self._incoming
        if message.offset == 0 or incoming is None or not incoming.is_part(sender, message):
            incoming = self._incoming = _Incoming(sender, message)
        if message.offset == len(incoming.data):
            incoming.data += message.data
        if len(incoming.data) == message.total_bytes:
            self._incoming = None
            self._installing_index = message.index
            self.received = message.index, bytes(incoming.data)
            return message.total_bytes
        return len(incoming.data)

    def install(self, snapshot: Snapshot) -> bool:
        """Replaces state and log by a received snapshot; returns whether that was done.

        The snapshot must be durable before; acknowledge it once the journal is durable again.

        Raises:
            StateMachineFailedError: the state cannot be restored.
        """
        last = snapshot.last
        if not guards.is_snapshot_newer(last.index, commit_index=self.commit_index):
            return False
        try:
            self._state_machine.restore(snapshot.state)
            self._load_own(snapshot.own)
        except Exception as error:
            raise StateMachineFailedError(last.index, error) from error
        if guards.holds_entry(self._journal[:], last):
            self._journal.trim_to(snapshot.previous.index - self._journal[0].index)
        else:
            self._journal.reset([snapshot.previous, last])
        self._read_configuration()
        self._SyncObj__raftLastApplied = last.index
        self._SyncObj__raftCommitIndex = last.index
        self._proven_commit = max(self._proven_commit, last.index)
        self._matched_index = max(self._matched_index, last.index)
        return True

    def end_install(self, snapshot: Snapshot | None) -> None:
        """The received snapshot is durable and in force (or was refused: None)."""
        self._installing_index = 0
        leader = self.leader_id
        if snapshot is not None and leader is not None and self.role is Role.FOLLOWER:
            index = snapshot.last.index
            self._send(leader, Appended(self.term, index, index + 1, True))

    # Leading.

    def _SyncObj__onBecomeLeader(self) -> None:
        self._progress = {
            peer: self._new_progress() for peer in self.configuration.peers_of(self.node_id)
        }
        super()._SyncObj__onBecomeLeader()

    def _new_progress(self) -> Progress:
        return Progress(next_index=self.last.index + 1, match_index=FIRST_INDEX)

    def _SyncObj__sendAppendEntries(self) -> None:
        # The engine calls this when a heartbeat is due.
        self._SyncObj__newAppendEntriesTime = self._clock() + limits.HEARTBEAT_S
        self._begin_reads()
        for peer, progress in self._progress.items():
            if progress.on_heartbeat() and progress.mode is Mode.SNAPSHOT:
                self._send_piece(peer, progress)
            self._send_heartbeat(peer, progress)
            self._replicate_to(peer, progress)

    def replicate(self) -> None:
        """Sends what this turn brought: entries, or a commit index where there is no entry."""
        if self.role is not Role.LEADER:
            self._refuse_reads()
            return
        is_round_begun = bool(self._reads_asked) and self._begin_reads()
        for peer, progress in self._progress.items():
            self._replicate_to(peer, progress)
            is_behind = progress.commit_sent < min(self.commit_index, progress.match_index)
            if is_round_begun or is_behind:
                self._send_heartbeat(peer, progress)
        self._end_reads()
        self._maybe_transfer()

    def _send_heartbeat(self, peer: int, progress: Progress) -> None:
        progress.commit_sent = min(self.commit_index, progress.match_index)
        match_index = progress.match_index
        position = match_index - self._journal[0].index
        match_term = self._journal[position].term if position >= 0 else 0
        if position < 0:
            match_index = 0  # Cut from the log here: it needs the snapshot.
        self._send(
            peer,
            Heartbeat(self.term, self._round, progress.commit_sent, match_index, match_term),
        )

    def _replicate_to(self, peer: int, progress: Progress) -> None:
        log = self._journal
        first, last = log[0].index, log[-1].index
        while progress.has_room and progress.next_index <= last:
            previous_index = progress.next_index - 1
            if previous_index < first:
                self._begin_snapshot(peer, progress)
                return
            entries, entries_bytes = self._take_entries(progress.next_index - first)
            progress.on_sent(entries[-1].index, entries_bytes)
            progress.commit_sent = min(self.commit_index, entries[-1].index)
            self._send(
                peer,
                AppendEntries(
                    self.term,
                    previous_index,
                    log[previous_index - first].term,
                    self.commit_index,
                    entries,
                ),
            )

    def _take_entries(self, position: int) -> tuple[list[Entry], int]:
        entries = self._journal[position : position + limits.BATCH_ENTRIES]
        entries_bytes = 0
        for count, entry in enumerate(entries):
            if count and entries_bytes + len(entry.command) > limits.BATCH_BYTES:
                return entries[:count], entries_bytes
            entries_bytes += len(entry.command)
        return entries, entries_bytes

    def _begin_snapshot(self, peer: int, progress: Progress) -> None:
        newest = self._snapshots.newest()
        assert newest is not None, "the log begins late because of a snapshot"
        progress.begin_snapshot(newest[0])
        self._send_piece(peer, progress)

    def _send_piece(self, peer: int, progress: Progress) -> None:
        newest = self._snapshots.newest()
        assert newest is not None
        if newest[0] != progress.snapshot_index:
            # A newer one takes its place: the old file may be gone at any time.
            progress.begin_snapshot(newest[0])
        index, total_bytes = newest
        offset = progress.snapshot_offset
        if offset >= total_bytes:
            offset = 0  # It arrived, but was not installed: from the start.
        data = self._snapshots.read_piece(index, offset)
        if data is not None:
            self._send(peer, InstallSnapshot(self.term, index, offset, total_bytes, data))

    def _answering(self, sender: int, term: int) -> Progress | None:
        """Returns the sender's progress if the answer is to this leadership."""
        self._observe_term(term)
        if self.role is not Role.LEADER or not guards.is_answer_current(term, term=self.term):
            return None
        progress = self._progress.get(sender)
        if progress is not None:
            self._SyncObj__lastResponseTime[self._SyncObj__nodeClass(sender)] = self._clock()
        return progress

    def _on_appended(self, sender: int, message: Appended) -> None:
        progress = self._answering(sender, message.term)
        if progress is None:
            return
        if not message.is_matching:
            progress.on_refused(message.previous_index, retry_index=message.next_index)
        else:
            match_index = message.next_index - 1
            if not guards.is_claim_possible(match_index, last_index=self.last.index):
                return
            progress.on_matching(match_index)
            self._SyncObj__raftMatchIndex[self._SyncObj__nodeClass(sender)] = progress.match_index

    def _on_heartbeat_reply(self, sender: int, message: HeartbeatReply) -> None:
        progress = self._answering(sender, message.term)
        if progress is not None:
            progress.round_answered = max(progress.round_answered, message.round)

    def _on_snapshot_received(self, sender: int, message: SnapshotReceived) -> None:
        progress = self._answering(sender, message.term)
        if progress is None:
            return
        newest = self._snapshots.newest()
        is_news = progress.on_snapshot_received(message.index, message.offset)
        if is_news and newest is not None and message.offset < newest[1]:
            self._send_piece(sender, progress)

    # Reads (ReadIndex, thesis 6.4).

    def ask_read(self, callback: ReadCallback) -> None:
        """Calls back with the index a linearizable read needs, or None: not the leader."""
        self._reads_asked.append(callback)

    @property
    def has_reads(self) -> bool:
        """Whether reads wait for the next turn."""
        return bool(self._reads_asked)

    def _begin_reads(self) -> bool:
        """Begins a round of heartbeats; whoever asked to read waits for its answers.

        Before its first commit a leader does not know how far the log is committed.
        """
        self._round += 1
        if self.commit_index < self._SyncObj__noopIDx:
            return False
        asked, self._reads_asked = self._reads_asked, []
        self._reads += [(self._round, self.commit_index, callback) for callback in asked]
        return True

    def _end_reads(self) -> None:
        others = [p for p in self.configuration.voters if p != self.node_id]
        rounds = [self._progress[peer].round_answered for peer in others]
        while self._reads and guards.is_read_confirmed(
            self._reads[0][0], rounds, voters=len(self.configuration.voters)
        ):
            _, index, callback = self._reads.pop(0)
            callback(index)

    def _refuse_reads(self) -> None:
        asked, self._reads_asked = self._reads_asked, []
        waiting, self._reads = self._reads, []
        for callback in (*asked, *(read[2] for read in waiting)):
            callback(None)

    # Leadership transfer (thesis 3.10).

    def begin_transfer(self, target: int) -> None:
        """Lets a voter take over as soon as it has the whole log; takes no commands meanwhile."""
        assert self.role is Role.LEADER
        self._transfer_target, self._is_transfer_sent = target, False

    def end_transfer(self) -> None:
        """Gives the transfer up."""
        self._transfer_target = None

    def _maybe_transfer(self) -> None:
        target = self._transfer_target
        if target is None or self._is_transfer_sent:
            return
        progress = self._progress.get(target)
        if progress is not None and progress.match_index == self.last.index:
            self._is_transfer_sent = True
            self._send(target, TimeoutNow(self.term))

    # Membership.

    def own(self) -> bytes:
        """Returns what a snapshot of the applied state must remember besides it."""
        if self._applied_configuration is None and not len(self.sessions):
            return b""
        configuration = self._applied_configuration
        return codec.encode(
            [None if configuration is None else configuration.dump(), self.sessions.dump()]
        )

    def _load_own(self, own: bytes) -> None:
        if not own:
            self._applied_configuration = None
            self.sessions = Sessions()
            return
        configuration, sessions = codec.decode(own)
        self._applied_configuration = configuration and Configuration.load(configuration)
        self.sessions.load(sessions)

    def _read_configuration(self) -> None:
        """The last change in the log is in force, committed or not."""
        for entry in reversed(self._journal[:]):
            if is_membership(entry):
                self._set_configuration(Configuration.decode(entry.command[1:]))
                return
        self._set_configuration(self._applied_configuration or self._bootstrap)

    def _set_configuration(self, configuration: Configuration) -> None:
        self.configuration = configuration
        node_class, now = self._SyncObj__nodeClass, self._clock()
        others = [node_class(peer) for peer in configuration.voters if peer != self.node_id]
        self._SyncObj__otherNodes = set(others)
        if self.role is not Role.LEADER:
            return
        peers = configuration.peers_of(self.node_id)
        self._progress = {peer: self._progress.get(peer) or self._new_progress() for peer in peers}
        for node in others:
            self._SyncObj__raftNextIndex[node] = self.last.index + 1
            self._SyncObj__raftMatchIndex[node] = self._progress[node.id].match_index
            self._SyncObj__lastResponseTime.setdefault(node, now)

    def refusal_of(self, configuration: Configuration) -> str | None:
        """Returns why the leader must not begin this change, or None."""
        first = self._journal[0].index
        uncommitted = self._journal[self.commit_index + 1 - first :]
        if self.commit_index < self._SyncObj__noopIDx:
            return "the leader has not committed anything in its term"
        if not guards.may_change_membership(uncommitted, is_membership):
            return "another change is not committed"
        if not guards.is_single_change(self.configuration, configuration):
            return "one node at a time: a stranger becomes an observer, an observer a voter"
        if self.node_id not in configuration.voters:
            return "the leader must first transfer its leadership"
        for voter in configuration.voters:
            progress = self._progress.get(voter)
            is_new = voter not in self.configuration.voters
            if is_new and (
                progress is None
                or not guards.is_caught_up(progress.match_index, last_index=self.last.index)
            ):
                return f"{voter} has not caught up"
        return None

    def _SyncObj__parseChangeClusterRequest(self, command: bytes) -> Configuration | None:
        # The engine asks this of every command it takes from its queue.
        if command[0] != EntryKind.MEMBERSHIP:
            return None
        return Configuration.decode(command[1:])

    def _SyncObj__changeCluster(self, request: Configuration) -> bool:
        if self.refusal_of(request) is not None:
            return False
        self._set_configuration(request)
        return True

    # Commands.

    def on_state_changed(self, old: int, new: int) -> None:
        """Who waits for an entry learns now that its fate is open.

        The engine tells it when an entry is applied in its place, which may be never.
        """
        if old == Role.LEADER and new != Role.LEADER:
            self._progress = {}
            self._transfer_target = None
            self._refuse_reads()
            waiting = self._SyncObj__commandsWaitingCommit
            for index in sorted(waiting):
                for _, callback in waiting.pop(index):
                    callback(None, self._fail_reasons.UNKNOWN_OUTCOME)

    def _checkCommandsToApply(self) -> None:
        # The engine would forward them to the leader it knows, with nobody to tell their fate.
        if self.role is Role.LEADER and self._transfer_target is None:
            super()._checkCommandsToApply()
            return
        for _, callback in self.take_queued():
            callback(None, self._fail_reasons.NOT_LEADER)

    def take_queued(self) -> list[tuple[bytes, Callable[[object, int], None]]]:
        """Empties the queue of submitted commands."""
        queue = self._SyncObj__commandsQueue._FastQueue__queue
        commands = list(queue)
        queue.clear()
        return commands

    def _SyncObj__applyLogEntries(self) -> bool:
        self._proven_commit = max(self._proven_commit, self._SyncObj__raftCommitIndex)
        commit_index = guards.durable_commit(self._proven_commit, self._journal.durable_index)
        self._SyncObj__raftCommitIndex = max(commit_index, self.applied_index)
        return super()._SyncObj__applyLogEntries()

    def _SyncObj__doApplyCommand(self, command: bytes) -> tuple[Outcome, object]:
        index = self.applied_index + 1
        try:
            match command[0]:
                case EntryKind.EMPTY:
                    return Outcome.APPLIED, None
                case EntryKind.COMMAND:
                    return Outcome.APPLIED, self._state_machine.apply(index, command[1:])
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
        except CommandRejected as rejected:
            return Outcome.REJECTED, rejected
        except Exception as error:
            raise guards.apply_failure(index, error) from error

    # Parts of the engine that have no work any more.

    def _SyncObj__loadDumpFile(self, clearJournal: bool) -> NoReturn:
        raise AssertionError("snapshots are loaded before the engine is built")

    def _SyncObj__onMessageReceived(self, node: Any, message: Any) -> NoReturn:
        raise AssertionError("messages come by `receive`")

    def _SyncObj__sendNextNodeIdx(self, *_: Any, **__: Any) -> NoReturn:
        raise AssertionError("answers are `Appended`")


def is_membership(entry: Entry) -> bool:
    """Whether the entry changes the membership."""
    return entry.command[0] == EntryKind.MEMBERSHIP


class _Incoming:
    """A snapshot file on its way in."""

    __slots__ = ("data", "index", "sender", "total_bytes")

    def __init__(self, sender: int, message: InstallSnapshot) -> None:
        self.sender = sender
        self.index = message.index
        self.total_bytes = message.total_bytes
        self.data = bytearray()

    def is_part(self, sender: int, message: InstallSnapshot) -> bool:
        """Whether the piece belongs to this file."""
        return (self.sender, self.index, self.total_bytes) == (
            sender,
            message.index,
            message.total_bytes,
        )
