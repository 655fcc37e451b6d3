"""Exactly-once: what was answered to each client's last command. Pure, part of the state.

A client opens a session through the log; its id is the index of that entry, so no two clients share
one. It numbers its commands and has one at a time: a repeated command is answered again and not
applied again. Sessions that were not used for the longest time are dropped when there are too
many; their clients are told, for what they repeat may have been applied.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from raft import codec, limits
from raft.errors import CodecError
from raft.state_machine import CommandRejected
from raft.states import Outcome

__all__ = ["SessionRejected", "Sessions", "decode_command", "encode_command"]

_HEAD = struct.Struct("<QQ")  # client, sequence; the command follows
assert _HEAD.size == 16


class SessionRejected(CommandRejected):
    """The session is unknown, or has gone on: whether the command was applied is not known here.

    Open another session. `is_expired` tells a dropped session from a number that is too old.
    """

    def __init__(self, reason: str, *, is_expired: bool) -> None:
        super().__init__(reason)
        self.is_expired = is_expired


def encode_command(client: int, sequence: int, command: bytes) -> bytes:
    """Encodes a command of a session."""
    return _HEAD.pack(client, sequence) + command


def decode_command(payload: bytes) -> tuple[int, int, bytes]:
    """Returns (client, sequence, command)."""
    client, sequence = _HEAD.unpack_from(payload)
    return client, sequence, payload[_HEAD.size :]


class Sessions:
    """The open sessions, the least recently used first.

    Invariant: equal on all nodes at equal applied indexes.
    """

    def __init__(self) -> None:
        self._answers: dict[int, tuple[int, bool, Any]] = {}

    def __len__(self) -> int:
        return len(self._answers)

    def open(self, index: int) -> int:
        """Opens a session in the entry `index`; returns the client id."""
        self._answers[index] = (0, False, None)
        if len(self._answers) > limits.SESSIONS_MAX:
            del self._answers[next(iter(self._answers))]
        return index

    def apply(
        self, client: int, sequence: int, run: Callable[[], object]
    ) -> tuple[Outcome, object]:
        """Runs a command unless it was run before; returns its first answer either way.

        Raises:
            CodecError: the result is no plain data, and could not be kept.
        """
        answer = self._answers.pop(client, None)
        if answer is None:
            return Outcome.REJECTED, SessionRejected(
                f"no session {client}: it was dropped", is_expired=True
            )
        self._answers[client] = answer  # the most recently used is the last
        last, is_rejected, value = answer
        if sequence < last:
            return Outcome.REJECTED, SessionRejected(
                f"session {client} has gone on to {last}, {sequence} is too old", is_expired=False
            )
        if sequence > last:
            is_rejected, value = self._run(run)
            self._answers[client] = (sequence, is_rejected, value)
        if is_rejected:
            return Outcome.REJECTED, CommandRejected(*value)
        return Outcome.APPLIED, value

    @staticmethod
    def _run(run: Callable[[], object]) -> tuple[bool, Any]:
        try:
            value = run()
        except CommandRejected as rejected:
            return True, [str(argument) for argument in rejected.args]
        # What is kept is what a snapshot would give back.
        return False, codec.decode(codec.encode(value))

    def dump(self) -> list[tuple[int, tuple[int, bool, Any]]]:
        """Returns the sessions as they are now: `(client, (sequence, is rejected, answer))`."""
        return list(self._answers.items())

    def load(self, row: Any) -> None:
        """Adds one session of a snapshot, the least recently used first.

        Raises:
            CodecError: it is none.
        """
        if type(row) is not list or len(row) != 4:
            raise CodecError("not a session")
        client, sequence, is_rejected, value = row
        self._answers[client] = sequence, is_rejected, value
