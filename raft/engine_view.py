"""What the parts of the protocol share: the engine's state, and this node's.

The class is mixed into a private copy of the engine (`syncobj`); names that begin with `_SyncObj__`
are the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple, Protocol

from raft.configuration import Configuration
from raft.entry import Entry
from raft.founding import Founding
from raft.journal import Journal
from raft.messages import AppendEntries, Feed, InstallSnapshot, Message
from raft.replication import Progress
from raft.sessions import Sessions
from raft.state_machine import StateMachine
from raft.states import Outcome, Role

__all__ = [
    "Callback",
    "EngineView",
    "Incoming",
    "ReadCallback",
    "ReceivedPiece",
    "SnapshotSource",
]

_ROLES = {int(role): role for role in Role}
"""By the engine's number; to call the class costs ten times as much."""

_Base: Any = object  # the engine's class takes this place

Callback = Callable[[Outcome, object], None]
"""Called once per submitted command, in the turn that decides it; the value is the result of
`apply` (APPLIED) or the CommandRejected (REJECTED). Must not raise."""

ReadCallback = Callable[[int | None], None]
"""Called once with the index to wait for, or None: this node does not lead."""


class SnapshotSource(Protocol):
    """The newest snapshot file of this node, for followers that are far behind."""

    def newest(self) -> tuple[int, int] | None:
        """Returns its index and bytes, or None."""
        ...


class EngineView(_Base):
    """State of one node of the group.

    Args:
        args: for the engine's constructor.
        node_id: of this node.
        configuration: voters and observers in force.
        journal: of this node, opened.
        state_machine: holds the state at the applied index.
        snapshots: of this node.
        told_removed: who says that this node was removed; changes in place.
        founding: whether the group has begun.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        *args: Any,
        node_id: int,
        configuration: Configuration,
        journal: Journal,
        state_machine: StateMachine,
        snapshots: SnapshotSource,
        told_removed: Collection[int],
        founding: Founding,
        clock: Callable[[], float],
        **kwargs: Any,
    ) -> None:
        self.node_id = node_id
        self.configuration = configuration
        self.sessions = Sessions()
        self.outbox: list[tuple[int, Message]] = []
        self.received: ReceivedPiece | None = None
        self.has_news = True
        self.has_held_news = False
        self._journal = journal
        self._state_machine = state_machine
        self._snapshots = snapshots
        self._told_removed = told_removed
        self._founding = founding
        self._founding_due = float("-inf")
        self._clock = clock
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
        self._voting: dict[int, Progress] = {}
        self._observing: dict[int, Progress] = {}
        self._observers_due = float("-inf")
        self._observers_commit = 0  # what this round brings to all of them
        self._observers_left: list[int] = []
        self._feeds: dict[tuple[int, int, bool], tuple[Feed, int]] = {}  # as `_shared`, of a round
        self.queued: list[tuple[bytes, Callback]] = []
        self._waiting: dict[int, tuple[int, Callback]] = {}  # by index: term, whom to tell
        self._commit_due = float("inf")
        self._periods = 0
        # By first and last index: what has been sent in this turn, and the bytes of its entries.
        self._shared: dict[tuple[int, int], tuple[AppendEntries, int]] = {}
        self._incoming: Incoming | None = None
        self._staging_bytes: int | None = None
        self._installing_index = 0
        self._bootstrap = configuration
        self._applied_configuration: Configuration | None = None
        self._reads_asked: list[ReadCallback] = []
        self._reads: list[tuple[int, int, ReadCallback]] = []
        self._transfer_target: int | None = None
        self._is_transfer_sent = False
        super().__init__(*args, **kwargs)

    @property
    def term(self) -> int:
        """The current term."""
        return self._SyncObj__raftCurrentTerm

    @property
    def role(self) -> Role:
        """This node's state."""
        return _ROLES[self._SyncObj__raftState]

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
    def committed_configuration(self) -> Configuration:
        """Who is not removed for certain.

        A removal that is not committed may be undone by the very node it would remove.
        """
        return self._applied_configuration or self._bootstrap

    @property
    def is_voter(self) -> bool:
        """Whether this node takes part in elections."""
        return self.node_id in self.configuration.voters

    def _send(self, receiver: int, message: Message) -> None:
        self.outbox.append((receiver, message))

    def _observe_term(self, term: int) -> None:
        """A higher term ends whatever this node was in its own."""
        if term > self.term:
            self.has_news = True
            self._SyncObj__setCurrentTerm(term, None)
            self._SyncObj__setState(Role.FOLLOWER)
            self._SyncObj__raftLeader = None
            self._is_transfer_asked = False

    def _new_deadline(self) -> None:
        self._SyncObj__raftElectionDeadline = self._clock() + self._SyncObj__generateRaftTimeout()


class ReceivedPiece(NamedTuple):
    """The next piece of a snapshot file that comes in; at offset 0 a new file begins."""

    index: int
    offset: int
    data: bytes


class Incoming:
    """A snapshot file on its way in: how much of it is on disk."""

    __slots__ = ("index", "sender", "size", "total_bytes")

    def __init__(self, sender: int, message: InstallSnapshot) -> None:
        self.sender = sender
        self.index = message.index
        self.total_bytes = message.total_bytes
        self.size = 0

    def is_part(self, sender: int, message: InstallSnapshot) -> bool:
        """Whether the piece belongs to this file."""
        return (self.sender, self.index, self.total_bytes) == (
            sender,
            message.index,
            message.total_bytes,
        )

    def is_next(self, message: InstallSnapshot) -> bool:
        """Whether the piece is the next one."""
        is_behind = message.offset == self.size
        return is_behind and self.size + len(message.data) <= self.total_bytes
