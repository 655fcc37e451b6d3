"""Errors of the replicated state machine, named by what the reader does next."""

from __future__ import annotations

import errno

__all__ = [
    "CallFailedError",
    "CodecError",
    "CommandTooLargeError",
    "EngineMismatchError",
    "ForeignDirectoryError",
    "JournalCorruptError",
    "LinkError",
    "MembershipRefusedError",
    "NewerFormatError",
    "NotLeaderError",
    "OutcomeUnknownError",
    "PeerLostError",
    "PeerUnreachableError",
    "RaftError",
    "SafetyViolationError",
    "SnapshotCorruptError",
    "StateMachineFailedError",
    "StorageFailedError",
    "TransferFailedError",
]


class RaftError(Exception):
    """Base of every error raised by this package, except `CommandRejected`."""


class NotLeaderError(RaftError):
    """The proposal was not accepted here and will never be applied; try `leader_hint`."""

    def __init__(self, leader_hint: int | None) -> None:
        super().__init__(f"not the leader (leader: {leader_hint})")
        self.leader_hint = leader_hint


class OutcomeUnknownError(RaftError):
    """The proposal may or may not be applied later; read the state before repeating it."""


class MembershipRefusedError(RaftError):
    """The change of the membership was not begun; the text says what must be so first."""


class TransferFailedError(RaftError):
    """The other node did not take over in time; this one leads on."""


class LinkError(RaftError):
    """The other end has gone, does not speak this protocol, or is not who it should be: close."""


class CallFailedError(RaftError):
    """The other node refused the call, or gave it up; `code` is one of `raft.rpc_frames.Code`."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code


class PeerLostError(RaftError):
    """The connection ended before the answer: whether the call had an effect is unknown."""


class PeerUnreachableError(RaftError):
    """The other node cannot be reached: nothing was sent."""


class CommandTooLargeError(RaftError):
    """The command is longer than the limit; nothing was proposed."""

    def __init__(self, command_bytes: int, command_bytes_max: int) -> None:
        super().__init__(f"command of {command_bytes} bytes, at most {command_bytes_max} allowed")
        self.command_bytes = command_bytes
        self.command_bytes_max = command_bytes_max


class CodecError(RaftError):
    """The bytes are not the strict subset of CBOR, or the value cannot be encoded in it."""


class EngineMismatchError(RaftError):
    """The installed pysyncobj is not the one whose private methods the guards were written for."""


_REMEDIES = {
    errno.ENOSPC: "free space on that disk, then start again",
    errno.EDQUOT: "free space or raise the quota, then start again",
    errno.EACCES: "let this user read and write it, then start again",
    errno.EPERM: "let this user read and write it, then start again",
    errno.EROFS: "mount it for writing, then start again",
    errno.EAGAIN: "another process uses it: stop that one",
}


class StorageFailedError(RaftError):
    """A file operation failed. What is durable is unknown: end the process, never retry."""

    def __init__(self, file: str, operation: str, cause: OSError) -> None:
        remedy = _REMEDIES.get(cause.errno or 0, "check the disk, then start again")
        super().__init__(f"{operation} of {file} failed: {cause.strerror or cause}; {remedy}")
        self.file = file
        self.operation = operation


class StateMachineFailedError(RaftError):
    """`restore` failed, or `apply` raised what is no `CommandRejected`: end the process."""

    def __init__(self, index: int, cause: BaseException) -> None:
        super().__init__(f"state machine failed at index {index}: {cause!r}")
        self.index = index


class SafetyViolationError(RaftError):
    """The group contradicts itself (two leaders of a term, a committed entry lost): stop.

    Some node lost what it had promised to keep, or is not the software it says it is.
    """


class _FileError(RaftError):
    """A file that must not be used; names the file, the byte position and the remedy."""

    def __init__(self, file: str, position: int, reason: str, remedy: str) -> None:
        super().__init__(f"{file} at byte {position}: {reason}. {remedy}")
        self.file = file
        self.position = position
        self.reason = reason
        self.remedy = remedy


class JournalCorruptError(_FileError):
    """The journal is damaged in a way no crash can explain; starting could lose commands."""


class SnapshotCorruptError(_FileError):
    """No usable snapshot joins on to the journal."""


class ForeignDirectoryError(_FileError):
    """The files belong to another cluster or another node."""


class NewerFormatError(_FileError):
    """The files were written by a newer version of this software."""
