"""Leading: replication, linearizable reads, handing over."""

from __future__ import annotations

from raft import guards, limits
from raft.engine_view import ReadCallback
from raft.feeding import Feeding
from raft.messages import (
    Appended,
    AppendEntries,
    HeartbeatReply,
    SnapshotReceived,
    TimeoutNow,
)
from raft.replication import Mode, Progress
from raft.states import Role

__all__ = ["Leading"]


class Leading(Feeding):
    """What a leader sends, and what it concludes from the answers."""

    def _SyncObj__onBecomeLeader(self) -> None:
        self._observers_due, self._commit_due = float("-inf"), float("inf")
        peers = self.configuration.peers_of(self.node_id)
        self._follow_up({peer: self._new_progress() for peer in peers})
        super()._SyncObj__onBecomeLeader()

    def _SyncObj__sendAppendEntries(self) -> None:
        # The engine calls this when a heartbeat is due.
        self._shared.clear()
        self._SyncObj__newAppendEntriesTime = self._clock() + limits.HEARTBEAT_S
        self._periods += 1
        self._begin_reads()
        for peer, progress in self._progress.items():
            if progress.on_heartbeat() and progress.mode is Mode.SNAPSHOT:
                self._send_piece(peer, progress)
        for peer, progress in self._voting.items():
            self._send_heartbeat(peer, progress)
            self._replicate_to(peer, progress, self.last.index)
        share = limits.OBSERVER_HEARTBEATS if self._are_observers_many else 1
        for number, (peer, progress) in enumerate(self._observing.items()):
            if (number + self._periods) % share == 0:
                progress.is_heartbeat_due = True
            # What it was just sent and asked for does as well; then it gets its own a period later.
            if progress.is_heartbeat_due and progress.asked_period < self._periods - 1:
                progress.is_heartbeat_due = False
                self._send_heartbeat(peer, progress)

    def leading_deadline(self) -> float:
        """When this leader must turn again even if nothing happens."""
        if not self._progress:
            return float("inf")
        due: float = min(self._SyncObj__newAppendEntriesTime, self._commit_due)
        if self._observers_left or (self._observing and self._observers_commit < self.commit_index):
            return min(due, self._observers_due)
        return due

    def advance_commit(self) -> None:
        """Counts what a majority holds; the engine would look every entry up for every voter."""
        if self.role is not Role.LEADER:
            return
        held = [progress.match_index for progress in self._voting.values()]
        index = guards.majority_index([*held, self.last.index])
        if index > self.commit_index:
            entry = self._journal[index - self._journal[0].index]
            if guards.is_of_own_term(entry, term=self.term):
                self._SyncObj__raftCommitIndex = index

    def replicate(self) -> None:
        """Sends what this turn brought: entries, or a commit index where there is no entry."""
        if self.role is not Role.LEADER:
            self._refuse_reads()
            return
        self._shared.clear()
        is_round_begun = bool(self._reads_asked) and self._begin_reads()
        # What is committed is told a little later: whoever waited for it may have the next command,
        # and its entries tell it too. One message for each instead of two.
        is_due = self._commit_due < float("inf") and self._clock() >= self._commit_due
        is_untold, last = False, self.last.index
        for peer, progress in self._voting.items():
            if progress.next_index <= last:
                self._replicate_to(peer, progress, last)
            is_behind = self._is_behind(progress)
            if is_round_begun or (is_behind and is_due):
                self._send_heartbeat(peer, progress)
            elif is_behind:
                is_untold = True
        if not is_untold:
            self._commit_due = float("inf")
        elif self._commit_due == float("inf"):
            self._commit_due = self._clock() + limits.COMMIT_TOLD_S
        if self._observing and self._clock() >= self._observers_due:
            self._feed_some()
        self._end_reads()
        self._maybe_transfer()

    def _replicate_to(self, peer: int, progress: Progress, last: int) -> None:
        """Sends entries up to `last` as far as the follower's window allows."""
        first = self._journal[0].index
        while progress.has_room and progress.next_index <= last:
            if progress.next_index - 1 < first:
                self._begin_snapshot(peer, progress)
                return
            message, entries_bytes = self._entries_message(
                progress.next_index, min(last, progress.next_index + limits.BATCH_ENTRIES - 1)
            )
            last_index = message.previous_index + len(message.entries)
            progress.on_sent(last_index, entries_bytes)
            progress.commit_sent = min(self.commit_index, last_index)
            self._send(peer, message)

    def _entries_message(self, next_index: int, last: int) -> tuple[AppendEntries, int]:
        """Returns the message with these entries, as far as they fit, and their bytes.

        Most followers are sent the same in the same turn: it is made, and encoded, only once.
        """
        key = next_index, last
        shared = self._shared.get(key)
        if shared is None:
            previous_term, entries, entries_bytes = self._entries(next_index, last)
            message = AppendEntries(
                self.term, next_index - 1, previous_term, self.commit_index, entries
            )
            shared = self._shared[key] = message, entries_bytes
        return shared

    def _answering(self, sender: int, term: int) -> Progress | None:
        """Returns the sender's progress if the answer is to this leadership."""
        self._observe_term(term)
        if self.role is not Role.LEADER or not guards.is_answer_current(term, term=self.term):
            return None
        progress = self._progress.get(sender)
        if progress is not None:
            progress.heard_at = self._clock()
            if sender in self._voting:
                # By this the engine sees whether a majority of the voters answers.
                self._SyncObj__lastResponseTime[sender] = progress.heard_at
        return progress

    def _on_appended(self, sender: int, message: Appended) -> None:
        progress = self._answering(sender, message.term)
        if progress is None:
            return
        if not message.is_matching:
            self.has_news = True
            progress.on_refused(message.previous_index, retry_index=message.next_index)
        else:
            match_index = message.next_index - 1
            if not guards.is_claim_possible(match_index, last_index=self.last.index):
                return
            progress.on_matching(match_index)
            if sender in self._observing:
                # What is committed meanwhile it gets when its turn comes, not for its answer.
                self.has_news = (
                    self.has_news
                    or progress.next_index <= self._observers_commit
                    or self._is_behind(progress)
                )
                return
            # The last of three to answer brings nothing: the others have committed it. Nor does one
            # that comes before this node's own flush, which will have the turn.
            is_more = match_index > self.commit_index
            is_held = self._journal.durable_index <= self.commit_index
            self.has_held_news = self.has_held_news or (is_more and is_held)
            self.has_news = (
                self.has_news
                or (is_more and not is_held)
                or progress.next_index <= self.last.index
                or self._transfer_target is not None
                or (self._is_behind(progress) and self._commit_due == float("inf"))
            )

    def _on_heartbeat_reply(self, sender: int, message: HeartbeatReply) -> None:
        progress = self._answering(sender, message.term)
        if progress is not None:
            progress.round_answered = max(progress.round_answered, message.round)
            self.has_news = self.has_news or bool(self._reads)

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
        if not self._reads:
            return
        others = [p for p in self.configuration.voters if p != self.node_id]
        rounds = [self._progress[peer].round_answered for peer in others]
        while self._reads and guards.is_read_confirmed(
            self._reads[0][0], rounds, voters=len(self.configuration.voters)
        ):
            _, index, callback = self._reads.pop(0)
            callback(index)

    def _refuse_reads(self) -> None:
        if not (self._reads_asked or self._reads):
            return
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
