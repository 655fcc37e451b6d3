"""A replicated state machine on Raft. Knows nothing of what is replicated."""

from raft.errors import (
    CodecError,
    CommandTooLargeError,
    EngineMismatchError,
    ForeignDirectoryError,
    JournalCorruptError,
    NewerFormatError,
    NotLeaderError,
    OutcomeUnknownError,
    RaftError,
    SafetyViolationError,
    SnapshotCorruptError,
    StateMachineFailedError,
    StorageFailedError,
)
from raft.files import Directory, Files
from raft.node import Node, Status
from raft.state_machine import CommandRejected, StateMachine
from raft.states import Role

__all__ = [
    "CodecError",
    "CommandRejected",
    "CommandTooLargeError",
    "Directory",
    "EngineMismatchError",
    "Files",
    "ForeignDirectoryError",
    "JournalCorruptError",
    "NewerFormatError",
    "Node",
    "NotLeaderError",
    "OutcomeUnknownError",
    "RaftError",
    "Role",
    "SafetyViolationError",
    "SnapshotCorruptError",
    "StateMachine",
    "StateMachineFailedError",
    "Status",
    "StorageFailedError",
]
