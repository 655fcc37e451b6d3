"""The engine: a private, guarded copy of pysyncobj. The only module that imports it.

pysyncobj looks its clock, randomness, codec, journal and snapshots up in the globals of its module.
Executing that module once more, unregistered, gives an engine whose globals are ours; nothing
global is patched. Private methods are overridden, therefore its sources are pinned.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
from collections.abc import Callable, Collection, Iterator
from enum import IntEnum
from importlib.machinery import ModuleSpec
from random import Random
from types import CodeType
from typing import Any, NoReturn

from raft.engine_sources import PACKAGE

# isort: split
# Not before it was checked.
from pysyncobj.node import Node as EngineNode
from pysyncobj.transport import Transport

# isort: split
from raft import limits
from raft.configuration import Configuration
from raft.engine_view import Callback, ReadCallback, ReceivedPiece, SnapshotSource
from raft.entry import Entry
from raft.founding import Founding
from raft.guarded import Guarded
from raft.journal import Journal
from raft.members import Own
from raft.messages import Message
from raft.snapshot import Snapshot
from raft.state_machine import StateMachine
from raft.states import EntryKind, Role

__all__ = ["Engine"]

PRIVATE_NAMES = sorted(
    {name for base in Guarded.__mro__ for name in vars(base) if name.startswith("_SyncObj__")}
)
"""Methods of the engine that are overridden."""


class _Serializing(IntEnum):
    """The engine's SERIALIZER_STATE."""

    NOT_SERIALIZING = 0
    SERIALIZING = 1
    SUCCESS = 2
    FAILED = 3


_KIND_BYTES = {kind: bytes([kind]) for kind in EntryKind}


def _find_spec() -> ModuleSpec:
    spec = importlib.util.find_spec(f"{PACKAGE.name}.syncobj")
    assert spec is not None
    return spec


_SPEC = _find_spec()


class _PreparedLoader(importlib.abc.InspectLoader):
    """Compiles the engine once, however many copies are made."""

    def __init__(self, spec: ModuleSpec) -> None:
        self._code: CodeType = spec.loader.get_code(spec.name)  # type: ignore[union-attr]

    def get_code(self, fullname: str) -> CodeType:
        """Returns the code of the engine."""
        return self._code

    def get_source(self, fullname: str) -> None:
        """Returns nothing: the source is not needed."""


_LOADER = _PreparedLoader(_SPEC)


class Engine:
    """One node of the group: log, election, commit and apply. Pure computation besides the clock.

    Args:
        node_id: of this node.
        configuration: voters and observers in force.
        journal: opened; starts at the snapshot's `previous` entry if there is a snapshot.
        state_machine: holds the state at `applied_index`.
        snapshots: the snapshot files of this node.
        applied_index: index of the last entry in the state; 1 (the engine's first, empty entry)
            for a new state machine.
        own: of the snapshot the state comes from.
        told_removed: who says that this node was removed; changes in place.
        founding: whether the group has begun.
        snapshot_entries: log entries after which `take_snapshot_request` returns something.
        clock: seconds, monotonic.
        rng: randomness of the election timeouts.
    """

    def __init__(
        self,
        node_id: int,
        *,
        configuration: Configuration,
        journal: Journal,
        state_machine: StateMachine,
        snapshots: SnapshotSource,
        applied_index: int,
        own: Own,
        told_removed: Collection[int],
        founding: Founding,
        snapshot_entries: int,
        clock: Callable[[], float],
        rng: Random,
    ) -> None:
        module = importlib.util.module_from_spec(_SPEC)
        _LOADER.exec_module(module)
        serializer = _Serializer(is_held=self._is_snapshot_held)
        module.monotonicTime = clock  # type: ignore[attr-defined]
        module.random = rng  # type: ignore[attr-defined]
        module.pickle = _NoPickle  # type: ignore[attr-defined]
        module.createJournal = lambda _path: journal  # type: ignore[attr-defined]
        module.Serializer = lambda *_: serializer  # type: ignore[attr-defined]
        module.createPoller = lambda _type: _NoPoller  # type: ignore[attr-defined]
        for name in PRIVATE_NAMES:
            assert callable(getattr(module.SyncObj, name))
        self._module: Any = module
        self._serializer = serializer
        self._journal = journal
        self._snapshot_entries = snapshot_entries
        transport = _Transport()
        others = [_Member(voter) for voter in configuration.voters if voter != node_id]
        guarded_class: Any = type("GuardedSyncObj", (Guarded, module.SyncObj), {})
        self._guarded: Guarded = guarded_class(
            _Member(node_id),
            others,
            _make_settings(module, snapshot_entries, transport),
            node_id=node_id,
            configuration=configuration,
            journal=journal,
            state_machine=state_machine,
            snapshots=snapshots,
            told_removed=told_removed,
            founding=founding,
            clock=clock,
            nodeClass=_Member,
            transport=transport,
        )
        transport.guarded = self._guarded
        self._guarded.start(applied_index, own)

    def tick(self) -> None:
        """Runs one turn: election, commit, apply (with callbacks), append of submitted commands.

        Raises:
            StateMachineFailedError: `apply` failed; the engine must not be used any more.
        """
        self._guarded.has_news = self._guarded.has_held_news = False
        self._guarded.correct_deadlines()
        self._guarded.advance_commit()
        self._guarded.ask_first_voters()
        self._guarded.doTick(0)
        self._guarded.replicate()

    def receive(self, sender: int, message: Message) -> None:
        """Handles a message of a peer.

        Raises:
            SafetyViolationError: the group contradicts itself; the process must end.
        """
        self._guarded.receive(sender, message)

    def on_peer_met(self) -> None:
        """A peer was met for the first time."""
        self._guarded.on_peer_met()

    def on_flushed(self) -> None:
        """More of the journal is durable."""
        self._guarded.has_news |= self._guarded.has_held_news

    @property
    def has_news(self) -> bool:
        """Whether something has come since the last tick that needs another one."""
        return self._guarded.has_news or self.has_work

    def take_messages(self) -> list[tuple[int, Message]]:
        """Returns what is to be sent, in order; `guards.may_leave_before_flush` says when."""
        messages, self._guarded.outbox = self._guarded.outbox, []
        return messages

    def next_deadline(self) -> float:
        """Time of the clock at which `tick` is due even if nothing happens; may be infinite."""
        return self._guarded.next_deadline()

    def submit(
        self, command: bytes, callback: Callback, *, kind: EntryKind = EntryKind.COMMAND
    ) -> None:
        """Queues a command, or another kind of entry, for the next turn."""
        self._guarded.queued.append((_KIND_BYTES[kind] + command, callback))

    def ask_read(self, callback: ReadCallback) -> None:
        """Calls back with the index that a linearizable read has to wait for."""
        self._guarded.ask_read(callback)

    def refusal_of(self, configuration: Configuration) -> str | None:
        """Returns why this leader would not begin the change now, or None."""
        return self._guarded.refusal_of(configuration)

    def begin_transfer(self, target: int) -> None:
        """Hands the leadership over as soon as the target has the whole log."""
        self._guarded.begin_transfer(target)

    def end_transfer(self) -> None:
        """Gives the transfer up: commands are taken again."""
        self._guarded.end_transfer()

    def step_down(self) -> None:
        """Lets another voter lead, if there is one."""
        self._guarded.step_down()

    @property
    def has_work(self) -> bool:
        """Whether the next turn has something to do: submitted commands, or committed ones."""
        return bool(self._guarded.queued) or self._guarded.has_unapplied

    @property
    def configuration(self) -> Configuration:
        """Voters and observers in force."""
        return self._guarded.configuration

    @property
    def removed(self) -> tuple[int, ...]:
        """Nodes whose removal is committed."""
        return self._guarded.committed_configuration.removed

    @property
    def role(self) -> Role:
        """This node's state."""
        return self._guarded.role

    @property
    def leader(self) -> int | None:
        """Id of the leader as far as known."""
        return self._guarded.leader_id

    @property
    def is_led(self) -> bool:
        """Whether this node leads, or has heard its leader just now."""
        return self._guarded.is_leader_alive()

    @property
    def term(self) -> int:
        """The current term."""
        return self._guarded.term

    @property
    def commit_index(self) -> int:
        """Index of the last entry known to be committed."""
        return self._guarded.commit_index

    @property
    def applied_index(self) -> int:
        """Index of the last entry in the state machine."""
        return self._guarded.applied_index

    @property
    def last_index(self) -> int:
        """Index of the last entry of the log, durable or not."""
        return self._journal[-1].index

    # Snapshots.

    def _is_snapshot_held(self) -> bool:
        """Whether the log is kept for somebody who is on the way to where it begins.

        A newer snapshot would be sent from its start again; under a load that brings one more often
        than one is sent and restored, nobody would ever catch up.
        """
        return (
            len(self._journal) > self._snapshot_entries
            and self._journal.file_bytes < limits.SNAPSHOT_HELD_BYTES_MAX
            and self._guarded.is_log_awaited(self._snapshot_entries)
        )

    def own(self) -> Iterator[bytes]:
        """Returns what a snapshot of the applied state must remember besides it, in pieces."""
        return self._guarded.own()

    def request_snapshot(self) -> None:
        """Asks for a snapshot at the end of the next turn."""
        self._guarded.forceLogCompaction()

    def take_snapshot_request(self) -> tuple[Entry, Entry] | None:
        """Returns (previous, last) once if the log should be replaced by a snapshot now.

        The state machine holds exactly the state after `last`. Answer with `on_snapshot_written`.
        """
        request, self._serializer.request = self._serializer.request, None
        return request

    def on_snapshot_written(self) -> None:
        """The snapshot is durable: the next turn drops the log before it."""
        self._guarded.feed_before_cut()
        self._serializer.state = _Serializing.SUCCESS

    def take_received_piece(self) -> ReceivedPiece | None:
        """Returns once what has arrived of a leader's snapshot; answer with `on_piece_staged`."""
        received, self._guarded.received = self._guarded.received, None
        return received

    def on_piece_staged(self) -> bool:
        """The piece is in the file; returns whether that is complete.

        Then make it durable, restore its state, `install` it, make the journal durable and answer
        with `end_install`.
        """
        return self._guarded.on_piece_staged()

    def is_newer(self, snapshot: Snapshot) -> bool:
        """Whether a received snapshot holds more than is committed here."""
        return self._guarded.is_newer(snapshot)

    def install(self, snapshot: Snapshot, own: Own) -> None:
        """Replaces the log by a newer snapshot; its state has taken the old one's place just now.

        Nothing may happen in between, or commands are applied to the wrong state.
        """
        self._guarded.install(snapshot, own)

    def end_install(self, snapshot: Snapshot | None) -> None:
        """The snapshot is in force, durably, and can be acknowledged; None: it was refused."""
        self._guarded.end_install(snapshot)


class _Member(int, EngineNode):
    """A node of the engine that is equal to its number, and found as fast: several times a turn."""

    def __init__(self, node_id: int) -> None: ...

    def __bool__(self) -> bool:
        return True

    @property
    def id(self) -> int:
        """Its number."""
        return int(self)


class _NoPickle:
    """Stands in for the codec of the engine; nothing it could encode is in use."""

    @staticmethod
    def dumps(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the engine must not pickle")

    loads = dumps
    load = dumps
    dump = dumps


class _NoPoller:
    """Stands in for the poller of the engine: no descriptors, no system calls."""

    @staticmethod
    def poll(_timeout: float) -> None: ...

    @staticmethod
    def subscribe(*_: object) -> None: ...

    @staticmethod
    def unsubscribe(*_: object) -> None: ...


class _Serializer:
    """Stands in for the Serializer of the engine; the node does the writing."""

    def __init__(self, *, is_held: Callable[[], bool]) -> None:
        self.state = _Serializing.NOT_SERIALIZING
        self.request: tuple[Entry, Entry] | None = None
        self._is_held = is_held
        self._id = 0

    def checkSerializing(self) -> tuple[int, int]:
        state = self.state
        if state is _Serializing.NOT_SERIALIZING and self._is_held():
            # As long as one is being written the engine asks for no other.
            return _Serializing.SERIALIZING, self._id
        if state in (_Serializing.SUCCESS, _Serializing.FAILED):
            self.state = _Serializing.NOT_SERIALIZING
        return state, self._id

    def serialize(self, data: tuple[Any, Entry, Entry, Any], entry_id: int) -> None:
        _, last, previous, _ = data
        self._id = entry_id
        self.request = previous, last
        self.state = _Serializing.SERIALIZING


class _Transport(Transport):
    """Stands in for the transport of the engine, which only asks for votes by it."""

    guarded: Guarded

    def __init__(self) -> None:
        super().__init__(None, None, None)

    def on_state_changed(self, old: int, new: int) -> None:
        self.guarded.on_state_changed(old, new)

    def send(self, node: EngineNode, message: dict[str, Any]) -> bool:
        assert message["type"] == "request_vote"
        self.guarded.request_vote(node.id)
        return True

    def addNode(self, node: EngineNode) -> None: ...

    def dropNode(self, node: EngineNode) -> None: ...

    def destroy(self) -> None: ...


def _make_settings(module: Any, snapshot_entries: int, transport: _Transport) -> Any:
    """Returns the settings of an engine without threads, files or sockets of its own."""
    return module.SyncObjConf(
        autoTick=False,
        fullDumpFile=None,
        journalFile=None,
        password=None,
        dynamicMembershipChange=True,
        commandsWaitLeader=False,
        appendEntriesUseBatch=True,
        appendEntriesBatchSizeBytes=limits.BATCH_BYTES,
        appendEntriesPeriod=limits.HEARTBEAT_S,
        raftMinTimeout=limits.ELECTION_S_MIN,
        raftMaxTimeout=limits.ELECTION_S_MAX,
        leaderFallbackTimeout=limits.LEADER_ALONE_S_MAX,
        logCompactionMinEntries=snapshot_entries,
        logCompactionMinTime=1 << 40,  # by size alone; seconds
        useFork=False,
        onStateChanged=transport.on_state_changed,
    )
