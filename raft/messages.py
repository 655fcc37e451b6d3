"""Messages between nodes: one strict CBOR array each, checked field by field.

**Layout**: `[kind, field, ...]` in the order of the class; the kinds are the keys of `_SCHEMAS`.
Entries are `[term, command]` pairs: their indexes follow `previous_index`.

A message is valid if and only if its kind is known, it has exactly the fields of its class, each of
the type and range of its schema, and entry terms do not fall or exceed the sender's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from raft import codec, limits
from raft.errors import CodecError
from raft.journal import Entry

__all__ = [
    "AppendEntries",
    "Appended",
    "Heartbeat",
    "HeartbeatReply",
    "InstallSnapshot",
    "Message",
    "RequestVote",
    "SnapshotReceived",
    "TimeoutNow",
    "Vote",
    "decode",
    "encode",
]


class RequestVote(NamedTuple):
    """A candidate asks for a vote; a poll (PreVote) asks only whether it would be given."""

    term: int
    last_index: int
    last_term: int
    is_poll: bool
    is_transfer: bool


class Vote(NamedTuple):
    """The answer: `term` is that of the request, `voter_term` the voter's own."""

    term: int
    voter_term: int
    is_poll: bool
    is_granted: bool


class AppendEntries(NamedTuple):
    """Entries behind `previous_index` of the leader's log."""

    term: int
    previous_index: int
    previous_term: int
    commit_index: int
    entries: Sequence[Entry]


class Appended(NamedTuple):
    """The answer to AppendEntries that came with `previous_index`.

    Matching: the log of the sender equals the leader's below `next_index`, durably. Otherwise it
    lacks `previous_index` and the leader should go on at `next_index`.
    """

    term: int
    previous_index: int
    next_index: int
    is_matching: bool


class Heartbeat(NamedTuple):
    """The leader lives; `commit_index` never exceeds what the follower has acknowledged.

    The logs match at `match_index` if the follower finds `match_term` there: it may have
    forgotten that in a restart. 0: nothing to compare.
    """

    term: int
    round: int
    commit_index: int
    match_index: int
    match_term: int


class HeartbeatReply(NamedTuple):
    """The follower follows, as of this round."""

    term: int
    round: int


class InstallSnapshot(NamedTuple):
    """A piece of the leader's snapshot file."""

    term: int
    index: int
    offset: int
    total_bytes: int
    data: bytes


class SnapshotReceived(NamedTuple):
    """The pieces before `offset` have arrived: go on there."""

    term: int
    index: int
    offset: int


class TimeoutNow(NamedTuple):
    """The leader asks a follower to stand for election at once."""

    term: int


Message = (
    RequestVote
    | Vote
    | AppendEntries
    | Appended
    | Heartbeat
    | HeartbeatReply
    | InstallSnapshot
    | SnapshotReceived
    | TimeoutNow
)


def encode(message: Message) -> bytes:
    """Encodes a message of this node."""
    fields: list[Any] = [_KINDS[type(message)], *message]
    if type(message) is AppendEntries:
        fields[-1] = [(term, command) for command, _, term in message.entries]
    return codec.encode_checked(fields)


def decode(data: bytes) -> Message:
    """Decodes a message of a peer.

    Raises:
        CodecError: the bytes are anything but one valid message.
    """
    if len(data) > limits.MESSAGE_BYTES_MAX:
        raise CodecError(f"message of {len(data)} bytes")
    # Every item is checked below: its schema is exact.
    value = codec.decode_unchecked(data)
    kind, fields = codec.fields_of(value, _SCHEMAS, "message")
    if kind is AppendEntries:
        fields[-1] = _decode_entries(fields)
    return kind(*fields)


def _decode_entries(fields: list[Any]) -> tuple[Entry, ...]:
    term, previous_index, last_term, _, pairs = fields
    entries: list[Entry] = []
    for index, pair in enumerate(pairs, previous_index + 1):
        if type(pair) is not list or len(pair) != 2:
            raise CodecError("an entry is no pair")
        entry_term, command = pair
        if type(command) is not bytes or not 0 < len(command) <= limits.COMMAND_BYTES_MAX + 32:
            raise CodecError("an entry has no valid command")
        if type(entry_term) is not int or not last_term <= entry_term <= term:
            raise CodecError("the term of an entry is out of order")
        last_term = entry_term
        entries.append(Entry(command, index, entry_term))
    return tuple(entries)


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < 1 << 62


def _is_flag(value: Any) -> bool:
    return type(value) is bool


def _is_list(value: Any) -> bool:
    return type(value) is list


def _is_size(value: Any) -> bool:
    return type(value) is int and 0 <= value <= limits.SNAPSHOT_BYTES_MAX


def _is_piece(value: Any) -> bool:
    return type(value) is bytes and len(value) <= limits.SNAPSHOT_PIECE_BYTES


_SCHEMAS: dict[int, tuple[Callable[..., Message], tuple[Callable[[Any], bool], ...]]] = {
    1: (RequestVote, (_is_number, _is_number, _is_number, _is_flag, _is_flag)),
    2: (Vote, (_is_number, _is_number, _is_flag, _is_flag)),
    3: (AppendEntries, (_is_number, _is_number, _is_number, _is_number, _is_list)),
    4: (Appended, (_is_number, _is_number, _is_number, _is_flag)),
    5: (Heartbeat, (_is_number, _is_number, _is_number, _is_number, _is_number)),
    6: (HeartbeatReply, (_is_number, _is_number)),
    7: (InstallSnapshot, (_is_number, _is_number, _is_size, _is_size, _is_piece)),
    8: (SnapshotReceived, (_is_number, _is_number, _is_size)),
    9: (TimeoutNow, (_is_number,)),
}
_KINDS: dict[Any, int] = {schema[0]: kind for kind, schema in _SCHEMAS.items()}
