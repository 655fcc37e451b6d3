"""Following a leader: its heartbeats, entries and snapshots."""

from __future__ import annotations

from raft import guards
from raft.configuration import Configuration
from raft.engine_view import Incoming, ReceivedPiece
from raft.members import Members, Own, is_membership
from raft.messages import (
    Appended,
    AppendEntries,
    Feed,
    Heartbeat,
    HeartbeatReply,
    InstallSnapshot,
    SnapshotReceived,
)
from raft.snapshot import Snapshot
from raft.states import Role

__all__ = ["Following"]


class Following(Members):
    """The log of a follower: Raft 5.3, and 7 for snapshots."""

    def _follow(self, sender: int, term: int) -> None:
        """A leader of this or a later term spoke."""
        self._observe_term(term)
        known = self.leader_id
        guards.check_one_leader(term, known=known, sender=sender)
        if self._matched_term != term:
            self._matched_term, self._matched_index = term, 0
        if known != sender:
            self._SyncObj__raftLeader = self._SyncObj__nodeClass(sender)
        self._SyncObj__setState(Role.FOLLOWER)
        self._leader_heard_at = self._clock()
        self._poll_won_term = 0
        if not self._is_transfer_asked:
            self._new_deadline()

    def _on_append_entries(self, sender: int, message: AppendEntries | Feed) -> None:
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
            log.extend(fresh)
            for entry in filter(is_membership, fresh):
                self._set_configuration(Configuration.decode(entry.command[1:]))
        next_index = guards.acknowledged_next(message, last_index=self.last.index)
        self._matched_index = max(self._matched_index, next_index - 1)
        self._prove_commit(message.commit_index)
        if not isinstance(message, Feed) or message.is_asked:
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
        elif self._installing_index:
            offset = 0  # One at a time: this one is sent again when the other is in force.
        elif (incoming := self._collect(sender, message)) is not None:
            offset = incoming.size
        else:
            return
        self._send(sender, SnapshotReceived(self.term, message.index, offset))

    def _collect(self, sender: int, message: InstallSnapshot) -> Incoming | None:
        """Takes a piece of the snapshot that comes in, if it is the next one.

        Returns:
            What has come of it, to be said now; None: it is said when the piece is on disk. One
            piece at a time, so that no more of it is in memory, whatever a peer sends: what comes
            meanwhile is dropped, and its sender repeats it.
        """
        if self._staging_bytes is not None:
            return None
        incoming = self._incoming
        if message.offset == 0 or incoming is None or not incoming.is_part(sender, message):
            incoming = self._incoming = Incoming(sender, message)
        if not incoming.is_next(message):
            return incoming
        self._staging_bytes = len(message.data)
        self.received = ReceivedPiece(message.index, message.offset, message.data)
        return None

    def on_piece_staged(self) -> bool:
        """The piece is on disk; returns whether the file is complete, and to be put in force."""
        incoming, staged_bytes = self._incoming, self._staging_bytes
        assert incoming is not None
        assert staged_bytes is not None
        self._staging_bytes = None
        incoming.size += staged_bytes
        is_complete = incoming.size == incoming.total_bytes
        if is_complete:
            self._incoming = None
            self._installing_index = incoming.index
        if incoming.sender == self.leader_id and self.role is Role.FOLLOWER:
            reply = SnapshotReceived(self.term, incoming.index, incoming.size)
            self._send(incoming.sender, reply)
        return is_complete

    def is_newer(self, snapshot: Snapshot) -> bool:
        """Whether a received snapshot is still of use."""
        return guards.is_snapshot_newer(snapshot.last.index, commit_index=self.commit_index)

    def install(self, snapshot: Snapshot, own: Own) -> None:
        """Replaces the log by a received snapshot whose state has just been restored.

        The snapshot must be durable before; acknowledge it once the journal is durable again.
        """
        assert self.is_newer(snapshot)
        last = snapshot.last
        self._applied_configuration, self.sessions = own.configuration, own.sessions
        if guards.holds_entry(self._journal[:], last):
            self._journal.trim_to(snapshot.previous.index - self._journal[0].index)
        else:
            self._journal.reset([snapshot.previous, last])
        self._read_configuration()
        self._SyncObj__raftLastApplied = last.index
        self._SyncObj__raftCommitIndex = last.index
        self._proven_commit = max(self._proven_commit, last.index)
        self._matched_index = max(self._matched_index, last.index)

    def end_install(self, snapshot: Snapshot | None) -> None:
        """The received snapshot is durable and in force (or was refused: None)."""
        self._installing_index = 0
        leader = self.leader_id
        if snapshot is not None and leader is not None and self.role is Role.FOLLOWER:
            index = snapshot.last.index
            self._send(leader, Appended(self.term, index, index + 1, True))
