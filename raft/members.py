"""The membership in force, and what snapshots remember of the group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from raft import codec, guards
from raft.configuration import Configuration, Membership, listed
from raft.engine_view import EngineView
from raft.entry import Entry
from raft.errors import CodecError
from raft.replication import Progress
from raft.sessions import Sessions
from raft.states import FIRST_INDEX, EntryKind, Role

__all__ = ["Members", "Own", "is_membership", "load_own"]

ROWS = 100
"""Sessions encoded or decoded at once: a fraction of a millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a snapshot remembers besides the state; `configuration` None: never changed."""

    configuration: Configuration | None
    sessions: Sessions


def load_own(data: bytes) -> Iterator[Own | None]:
    """Decodes what `Members.own` gave; None after each step, and the result last.

    Raises:
        CodecError: it is no such thing.
    """
    sessions = Sessions()
    configuration: Any = None
    if data:
        reader = codec.Reader(data)
        if reader.read_array() != 2:
            raise CodecError("not a membership and sessions")
        configuration = reader.read_value()
        for number in range(reader.read_array()):
            sessions.load(reader.read_value())
            if number % ROWS == 0:
                yield None
        reader.check_end()
    yield Own(configuration=configuration and Configuration.load(configuration), sessions=sessions)


def is_membership(entry: Entry) -> bool:
    """Whether the entry changes the membership."""
    return entry.command[0] == EntryKind.MEMBERSHIP


class Members(EngineView):
    """One change at a time, in force from the log on (thesis 4.1)."""

    def own(self) -> Iterator[bytes]:
        """Returns what a snapshot of the applied state, as it is now, must remember besides it.

        In pieces, which are made as they are drawn; no piece: nothing.
        """
        configuration, rows = self._applied_configuration, self.sessions.dump()
        if configuration is None and not rows:
            return iter(())
        return _encode_own(None if configuration is None else configuration.dump(), rows)

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
        self._follow_up({peer: self._progress.get(peer) or self._new_progress() for peer in peers})
        for node in others:
            self._SyncObj__raftNextIndex[node] = self.last.index + 1
            self._SyncObj__raftMatchIndex[node] = self._progress[node.id].match_index
            self._SyncObj__lastResponseTime.setdefault(node, now)

    def _follow_up(self, progress: dict[int, Progress]) -> None:
        """These are the nodes that get the log from this leader."""
        voters = self.configuration.voters
        self._progress = progress
        self._voting = {peer: p for peer, p in progress.items() if peer in voters}
        self._observing = {peer: p for peer, p in progress.items() if peer not in voters}
        if not self._observing:
            # Nobody is left whom the round, and what is kept for it, is for.
            self._observers_left = []
            self._feeds.clear()

    def _new_progress(self) -> Progress:
        return Progress(next_index=self.last.index + 1, match_index=FIRST_INDEX)

    def refusal_of(self, configuration: Configuration) -> str | None:
        """Returns why the leader must not begin this change, or None."""
        first = self._journal[0].index
        uncommitted = self._journal[self.commit_index + 1 - first :]
        if self.commit_index < self._SyncObj__noopIDx:
            return "the leader has not committed anything in its term"
        if not guards.may_change_membership(uncommitted, is_membership):
            return "another change is not committed"
        if not guards.is_single_change(self.configuration, configuration):
            return self._no_step(configuration)
        if self.node_id not in configuration.voters:
            return "the leader must first transfer its leadership"
        for voter in configuration.voters:
            progress = self._progress.get(voter)
            if voter in self.configuration.voters:
                continue
            if progress is None or not self._is_heard(voter):
                return f"{voter} does not answer"
            if not guards.is_caught_up(progress.match_index, last_index=self.last.index):
                return f"{voter} has not caught up"
        if configuration.voters != self.configuration.voters:
            heard = [voter for voter in configuration.voters if self._is_heard(voter)]
            if not guards.may_commit(heard, configuration.voters):
                silent = [voter for voter in configuration.voters if voter not in heard]
                return f"too few voters would be left that answer; {listed(silent)} do not"
        return None

    def _is_heard(self, peer: int) -> bool:
        if peer == self.node_id:
            return True
        progress = self._progress.get(peer)
        return progress is not None and guards.is_heard(self._clock() - progress.heard_at)

    def _no_step(self, configuration: Configuration) -> str:
        """Returns what is wrong with a change that is none or too much."""
        for node_id in configuration.changed_from(self.configuration):
            if self.configuration.membership_of(node_id) is Membership.REMOVED:
                return f"{node_id} was removed, and stays removed under its id"
        return "one node at a time: a stranger becomes an observer, an observer a voter"


def _encode_own(configuration: Any, rows: Sequence[tuple[int, Any]]) -> Iterator[bytes]:
    yield codec.array_head(2) + codec.encode(configuration) + codec.array_head(len(rows))
    for start in range(0, len(rows), ROWS):
        part = rows[start : start + ROWS]
        yield b"".join(codec.encode([client, *answer]) for client, answer in part)
