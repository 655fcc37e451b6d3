"""A replicated state machine on Raft. Knows nothing of what is replicated."""

from raft.configuration import Membership
from raft.errors import (
    CallFailedError,
    CodecError,
    CommandTooLargeError,
    EngineMismatchError,
    ForeignDirectoryError,
    JournalCorruptError,
    MembershipRefusedError,
    NewerFormatError,
    NotLeaderError,
    OutcomeUnknownError,
    PeerLostError,
    PeerUnreachableError,
    RaftError,
    SafetyViolationError,
    SnapshotCorruptError,
    StateMachineFailedError,
    StorageFailedError,
    TransferFailedError,
)
from raft.files import Directory, Files
from raft.links import Links
from raft.node import Node
from raft.sessions import SessionRejected
from raft.state_machine import CommandRejected, StateMachine
from raft.states import Role
from raft.status import Status

__all__ = [
    "CallFailedError",
    "CodecError",
    "CommandRejected",
    "CommandTooLargeError",
    "Directory",
    "EngineMismatchError",
    "Files",
    "ForeignDirectoryError",
    "JournalCorruptError",
    "Links",
    "Membership",
    "MembershipRefusedError",
    "NewerFormatError",
    "Node",
    "NotLeaderError",
    "OutcomeUnknownError",
    "PeerLostError",
    "PeerUnreachableError",
    "RaftError",
    "Role",
    "SafetyViolationError",
    "SessionRejected",
    "SnapshotCorruptError",
    "StateMachine",
    "StateMachineFailedError",
    "Status",
    "StorageFailedError",
    "TransferFailedError",
]
