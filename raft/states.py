"""The states of a node, of a proposal and of a log entry."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["FIRST_INDEX", "EntryKind", "Outcome", "Role"]

FIRST_INDEX = 1
"""Every log begins with the same empty entry of term 0, applied by definition."""


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
    DENIED = 4


class EntryKind(IntEnum):
    """First byte of an entry, numbered as in the engine."""

    COMMAND = 0
    EMPTY = 1
    MEMBERSHIP = 2
    SESSION = 4
    """Opens a session."""
    SESSION_COMMAND = 5
