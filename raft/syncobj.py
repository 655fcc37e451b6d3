"""The engine: a private, guarded copy of pysyncobj. The only module that imports it.

pysyncobj looks its clock, randomness, codec, journal and snapshots up in the globals of its module.
Executing that module once more, unregistered, gives an engine whose globals are ours; nothing
global is patched. Private methods are overridden, therefore the source is pinned by its SHA-256.
"""

from __future__ import annotations

import hashlib
import importlib.abc
import importlib.util
from collections.abc import Callable
from enum import IntEnum
from importlib.machinery import ModuleSpec
from random import Random
from types import CodeType, ModuleType
from typing import Any, NoReturn

from pysyncobj.node import Node as EngineNode
from pysyncobj.transport import Transport

from raft import limits
from raft.errors import EngineMismatchError, StateMachineFailedError
from raft.journal import Entry, Journal
from raft.state_machine import CommandRejected, StateMachine

__all__ = ["Engine", "Outcome", "Role"]

SOURCE_SHA256 = "e8bdf06797085d734df86e24ab4802fe87893dff77268565ec036f7ad4a1cfe4"

PRIVATE_NAMES = (
    "_SyncObj__applyLogEntries",
    "_SyncObj__doApplyCommand",
    "_SyncObj__loadDumpFile",
    "_SyncObj__onMessageReceived",
)
"""Methods of the engine that are overridden."""


class Role(IntEnum):
    """Raft's states, numbered as in the engine."""

    FOLLOWER = 0
    CANDIDATE = 1
    LEADER = 2


class Outcome(IntEnum):
    """How a submitted command ended."""

    APPLIED = 0
    REJECTED = 1
    NOT_LEADER = 2
    UNKNOWN = 3


class _Serializing(IntEnum):
    """The engine's SERIALIZER_STATE."""

    NOT_SERIALIZING = 0
    SERIALIZING = 1
    SUCCESS = 2
    FAILED = 3


Callback = Callable[[Outcome, object], None]
"""Called once per submitted command, in the turn that decides it; the value is the result of
`apply` (APPLIED) or the CommandRejected (REJECTED). Must not raise."""


def _load_spec() -> ModuleSpec:
    spec = importlib.util.find_spec("pysyncobj.syncobj")
    if spec is None or spec.loader is None or spec.origin is None:
        raise EngineMismatchError("pysyncobj is not installed")
    source: bytes = spec.loader.get_data(spec.origin)  # type: ignore[attr-defined]
    digest = hashlib.sha256(source).hexdigest()
    if digest != SOURCE_SHA256:
        raise EngineMismatchError(
            f"{spec.origin} has SHA-256 {digest}, the guards were written for {SOURCE_SHA256}:"
            " install pysyncobj 0.3.17"
        )
    return spec


_SPEC = _load_spec()


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
    """One voter: log, election, commit and apply. Pure computation besides the clock.

    Args:
        node_id: this voter, the only one.
        journal: opened; starts at the snapshot's `previous` entry if there is a snapshot.
        state_machine: holds the state at `applied_index`.
        applied_index: index of the last entry in the state; 1 (the engine's first, empty entry)
            for a new state machine.
        snapshot_entries: log entries after which `take_snapshot_request` returns something.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        node_id: int,
        *,
        journal: Journal,
        state_machine: StateMachine,
        applied_index: int,
        snapshot_entries: int,
        clock: Callable[[], float],
        rng: Random,
    ) -> None:
        module = importlib.util.module_from_spec(_SPEC)
        _LOADER.exec_module(module)
        snapshots = _Snapshots()
        module.monotonicTime = clock  # type: ignore[attr-defined]
        module.random = rng  # type: ignore[attr-defined]
        module.pickle = _NoPickle  # type: ignore[attr-defined]
        module.createJournal = lambda _path: journal  # type: ignore[attr-defined]
        module.Serializer = lambda *_: snapshots  # type: ignore[attr-defined]
        module.createPoller = lambda _type: _NoPoller  # type: ignore[attr-defined]
        self._module = module
        self._snapshots = snapshots
        self._journal = journal
        self._guarded = _build_guarded(
            module, node_id, journal, state_machine, applied_index, snapshot_entries
        )

    def tick(self) -> None:
        """Runs one turn: election, commit, apply (with callbacks), append of submitted commands.

        Raises:
            StateMachineFailedError: `apply` failed; the engine must not be used any more.
        """
        self._guarded.doTick(0)

    def submit(self, command: bytes, callback: Callback) -> None:
        """Queues a command for the next turn."""
        assert len(command) <= limits.COMMAND_BYTES_MAX
        reasons = self._module.FAIL_REASON

        def on_done(result: tuple[Outcome, object] | None, reason: int) -> None:
            if reason == reasons.SUCCESS:
                assert result is not None
                callback(*result)
            elif reason in (reasons.NOT_LEADER, reasons.MISSING_LEADER, reasons.QUEUE_FULL):
                callback(Outcome.NOT_LEADER, None)
            else:
                callback(Outcome.UNKNOWN, None)

        self._guarded._applyCommand(command, on_done, self._module._COMMAND_TYPE.REGULAR)

    @property
    def has_queued(self) -> bool:
        """Whether submitted commands wait for the next turn."""
        return bool(self._guarded._SyncObj__commandsQueue._FastQueue__queue)

    @property
    def role(self) -> Role:
        """This voter's state."""
        return Role(self._guarded._SyncObj__raftState)

    @property
    def leader(self) -> int | None:
        """Id of the leader as far as known."""
        node = self._guarded._getLeader()
        return None if node is None else node.id

    @property
    def term(self) -> int:
        """The current term."""
        return self._guarded.raftCurrentTerm

    @property
    def commit_index(self) -> int:
        """Index of the last entry known to be committed."""
        return self._guarded.raftCommitIndex

    @property
    def applied_index(self) -> int:
        """Index of the last entry in the state machine."""
        return self._guarded.raftLastApplied

    @property
    def last_index(self) -> int:
        """Index of the last entry of the log, durable or not."""
        return self._journal[-1].index

    # Snapshots.

    def request_snapshot(self) -> None:
        """Asks for a snapshot at the end of the next turn."""
        self._guarded.forceLogCompaction()

    def take_snapshot_request(self) -> tuple[Entry, Entry] | None:
        """Returns (previous, last) once if the log should be replaced by a snapshot now.

        The state machine holds exactly the state after `last`. Answer with `on_snapshot_written`.
        """
        request, self._snapshots.request = self._snapshots.request, None
        return request

    def on_snapshot_written(self) -> None:
        """The snapshot is durable: the next turn drops the log before it."""
        self._snapshots.state = _Serializing.SUCCESS


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


class _Snapshots:
    """Stands in for the Serializer of the engine; the node does the writing."""

    def __init__(self) -> None:
        self.state = _Serializing.NOT_SERIALIZING
        self.request: tuple[Entry, Entry] | None = None
        self._id = 0

    def checkSerializing(self) -> tuple[int, int]:
        state = self.state
        if state in (_Serializing.SUCCESS, _Serializing.FAILED):
            self.state = _Serializing.NOT_SERIALIZING
        return state, self._id

    def serialize(self, data: tuple[Any, Entry, Entry, Any], entry_id: int) -> None:
        _, last, previous, _ = data
        self._id = entry_id
        self.request = previous, last
        self.state = _Serializing.SERIALIZING


class _Silence(Transport):
    """The transport of a single voter: there is nobody to talk to."""

    def __init__(self) -> None:
        super().__init__(None, None, None)

    def send(self, node: EngineNode, message: dict[str, Any]) -> NoReturn:
        raise AssertionError("a single voter sends nothing")

    def destroy(self) -> None: ...


def _build_guarded(
    module: ModuleType,
    node_id: int,
    journal: Journal,
    state_machine: StateMachine,
    applied_index: int,
    snapshot_entries: int,
) -> Any:
    """Builds a GuardedSyncObj of this engine copy."""
    command_type = module._COMMAND_TYPE
    for name in PRIVATE_NAMES:
        assert callable(getattr(module.SyncObj, name))

    class GuardedSyncObj(module.SyncObj):
        """The engine with the private methods replaced that are not safe as they are."""

        def _SyncObj__applyLogEntries(self) -> bool:
            # The engine counts itself towards the quorum when an entry is in memory. Only what is
            # durable here counts; the driver flushes between two turns.
            limit = max(journal.durable_index, self._SyncObj__raftLastApplied)
            if self._SyncObj__raftCommitIndex > limit:
                self._SyncObj__raftCommitIndex = limit
            return super()._SyncObj__applyLogEntries()

        def _SyncObj__doApplyCommand(self, command: bytes) -> tuple[Outcome, object]:
            kind = command[0]
            if kind == command_type.NO_OP:
                return Outcome.APPLIED, None
            index = self._SyncObj__raftLastApplied + 1
            try:
                if kind != command_type.REGULAR:
                    raise AssertionError(f"log entry of type {kind}")
                return Outcome.APPLIED, state_machine.apply(index, command[1:])
            except CommandRejected as rejected:
                return Outcome.REJECTED, rejected
            except Exception as error:
                # The engine would run the command again in every turn.
                raise StateMachineFailedError(index, error) from error

        def _SyncObj__loadDumpFile(self, clearJournal: bool) -> NoReturn:
            raise AssertionError("snapshots are loaded before the engine is built")

        def _SyncObj__onMessageReceived(
            self, node: EngineNode, message: dict[str, Any]
        ) -> NoReturn:
            raise AssertionError("a single voter hears nothing")

    config = module.SyncObjConf(
        autoTick=False,
        fullDumpFile=None,
        journalFile=None,
        password=None,
        dynamicMembershipChange=False,
        commandsWaitLeader=False,
        commandsQueueSize=2 * limits.PROPOSALS_PENDING_MAX,
        appendEntriesUseBatch=True,
        appendEntriesBatchSizeBytes=limits.BATCH_BYTES,
        appendEntriesPeriod=0.1,
        raftMinTimeout=0.4,
        raftMaxTimeout=0.8,
        leaderFallbackTimeout=1.0,
        logCompactionMinEntries=snapshot_entries,
        logCompactionMinTime=1 << 40,  # by size alone; seconds
        useFork=False,
    )
    guarded = GuardedSyncObj(
        EngineNode(node_id), [], config, nodeClass=EngineNode, transport=_Silence()
    )
    guarded._SyncObj__raftLastApplied = applied_index
    guarded._SyncObj__raftCommitIndex = applied_index
    # A single voter has nobody to wait for: it stands for election in its first turn.
    guarded._SyncObj__raftElectionDeadline = float("-inf")
    return guarded
