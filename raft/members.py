"""The membership in force, and what snapshots remember of the group."""

from __future__ import annotations

from raft import codec, guards
from raft.configuration import Configuration, Membership
from raft.engine_view import EngineView
from raft.journal import Entry
from raft.replication import Progress
from raft.sessions import Sessions
from raft.states import FIRST_INDEX, EntryKind, Role

__all__ = ["Members", "is_membership"]


def is_membership(entry: Entry) -> bool:
    """Whether the entry changes the membership."""
    return entry.command[0] == EntryKind.MEMBERSHIP


class Members(EngineView):
    """One change at a time, in force from the log on (thesis 4.1)."""

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
                silent = [str(voter) for voter in configuration.voters if voter not in heard]
                return f"too few voters would be left that answer; {', '.join(silent)} do not"
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
