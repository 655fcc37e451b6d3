"""What a leader sends to observers: what is committed, and seldom when they are many.

Also what it sends to voters and observers alike.
"""

from __future__ import annotations

from operator import itemgetter

from raft import limits, messages
from raft.entry import Entry
from raft.members import Members
from raft.messages import Feed, Heartbeat, InstallSnapshot
from raft.replication import Progress
from raft.states import Role

__all__ = ["Feeding"]

_COMMAND = itemgetter(0)


class Feeding(Members):
    """The part of a leader that observers are fed by."""

    # All of them.

    def _is_behind(self, progress: Progress) -> bool:
        return progress.commit_sent < min(self.commit_index, progress.match_index)

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

    def _entries(self, next_index: int, last: int) -> tuple[int, list[Entry], int]:
        """Returns the term of the entry before these, them as far as they fit, and their bytes."""
        log = self._journal
        position = next_index - log[0].index
        entries, entries_bytes = _that_fit(log[position : position + last + 1 - next_index])
        return log[position - 1].term, entries, entries_bytes

    def _begin_snapshot(self, peer: int, progress: Progress) -> None:
        newest = self._snapshots.newest()
        if newest is None or newest[0] <= self._journal[0].index:
            return  # The one this log begins with is just being put in force.
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
        # The bytes are read by whoever sends it: a disk may take its time.
        self._send(peer, InstallSnapshot(self.term, index, offset, total_bytes, b""))

    # Observers.

    @property
    def _are_observers_many(self) -> bool:
        return len(self._observing) > limits.OBSERVERS_FEW

    def feed_before_cut(self) -> None:
        """The log is about to be cut at the newest snapshot: observers get what they lack before.

        One that is only waiting for its turn would need the snapshot otherwise.
        """
        newest = self._snapshots.newest()
        if self.role is not Role.LEADER or newest is None:
            return
        last = self._next_round()
        if last < newest[0]:
            last = self.commit_index
        for peer, progress in self._observing.items():
            if progress.next_index < newest[0]:
                self._feed_to(peer, progress, last)
        if not self._observers_left:
            self._feeds.clear()

    def _feed_some(self) -> None:
        """Sends what is committed to the next few of the observers.

        All of them get the same, which is made only once: what had been committed when the first
        of them was sent to.
        """
        is_many = self._are_observers_many
        if is_many and not self._observers_left:
            self._begin_round(self._next_round())
        if not self._observers_left:
            self._begin_round(self.commit_index)
        peers = self._observers_left[: limits.OBSERVERS_AT_ONCE]
        del self._observers_left[: limits.OBSERVERS_AT_ONCE]
        for peer in peers:
            progress = self._observing.get(peer)
            if progress is not None:
                self._feed_to(peer, progress, self._observers_commit)
                if self._is_behind(progress):
                    self._send_heartbeat(peer, progress)
        if not self._observers_left:
            self._feeds.clear()
        if is_many:
            # To look for somebody in every turn would cost as much, if none of them answers.
            count = len(peers) or limits.OBSERVERS_AT_ONCE
            self._observers_due = self._clock() + limits.OBSERVER_S * count

    def _next_round(self) -> int:
        """Returns the last index of the next round: whole messages, unless there is less."""
        size = limits.OBSERVER_BATCH_ENTRIES
        whole = (self.commit_index + 1) // size * size - 1
        return whole if whole > self._observers_commit else self.commit_index

    def _begin_round(self, last: int) -> None:
        self._feeds.clear()
        self._observers_commit = last
        self._observers_left = [
            peer
            for peer, progress in self._observing.items()
            if (progress.has_room and progress.next_index <= last) or self._is_behind(progress)
        ]

    def _feed_to(self, peer: int, progress: Progress, last: int) -> None:
        """Sends what is committed up to `last`; of short messages only the last is answered."""
        size, unasked_bytes = limits.OBSERVER_BATCH_ENTRIES, 0
        while progress.has_room and progress.next_index <= last:
            next_index = progress.next_index
            if next_index - 1 < self._journal[0].index:
                self._begin_snapshot(peer, progress)
                return
            # Whatever an observer begins with, it soon is sent the same as the others.
            end = min(last, next_index - next_index % size + size - 1)
            is_asked = (
                end == last
                or progress.is_room_short
                or unasked_bytes >= limits.FEED_UNASKED_BYTES_MAX
            )
            message, entries_bytes = self._feed_message(next_index, end, is_asked=is_asked)
            if is_asked:
                progress.asked_period, unasked_bytes = self._periods, 0
            else:
                unasked_bytes += entries_bytes
            last_index = message.previous_index + len(message.entries)
            progress.on_sent(last_index, entries_bytes)
            progress.commit_sent = min(self.commit_index, last_index)
            self._send(peer, message)

    def _feed_message(self, next_index: int, last: int, *, is_asked: bool) -> tuple[Feed, int]:
        """Returns the same for an observer, which is shared for a round."""
        key = next_index, last, is_asked
        shared = self._feeds.get(key)
        if shared is None:
            previous_term, entries, entries_bytes = self._entries(next_index, last)
            message = Feed(
                self.term, next_index - 1, previous_term, self.commit_index, is_asked, entries
            )
            # To pack it costs as much as to send it to some twenty.
            messages.encode_feed(message, is_packed=self._are_observers_many)
            shared = self._feeds[key] = message, entries_bytes
        return shared


def _that_fit(entries: list[Entry]) -> tuple[list[Entry], int]:
    """Returns the first entries, as many as a message takes but one at least, and their bytes."""
    entries_bytes = sum(map(len, map(_COMMAND, entries)))
    if entries_bytes <= limits.BATCH_BYTES:
        return entries, entries_bytes
    entries_bytes = 0
    for count, entry in enumerate(entries):
        if count and entries_bytes + len(entry.command) > limits.BATCH_BYTES:
            return entries[:count], entries_bytes
        entries_bytes += len(entry.command)
    return entries, entries_bytes
