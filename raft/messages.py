"""Messages between nodes: one strict CBOR array each, checked field by field.

**Layout**: `[kind, field, ...]` in the order of the class; `_KINDS` has the kinds.
Entries are `[term, command]` pairs: their indexes follow `previous_index`. Those of a Feed are
packed: their number, the bytes `n` of the array of pairs, and that array or, in less than `n`
bytes, a Zstandard frame of it (RFC 8878).

A message is valid if and only if its kind is known, it has exactly the fields of its class, each of
the type and range of its schema, and entry terms do not fall or exceed the sender's. Packed entries
are exactly one array of so many pairs and bytes, in one frame that ends where its bytes end. All
messages begin with the head of their array and their kind in the shortest form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from raft import codec, limits, packing
from raft.configuration import DIGEST_BYTES
from raft.entry import Entry
from raft.errors import CodecError

__all__ = [
    "Acquainted",
    "AppendEntries",
    "Appended",
    "Feed",
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
    "encode_feed",
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


class _Feed(NamedTuple):
    term: int
    previous_index: int
    previous_term: int
    commit_index: int
    is_asked: bool
    entries: Sequence[Entry]


class Feed(_Feed):
    """What AppendEntries is, for an observer.

    Many are sent the same, so its bytes are kept. Not asked, the observer answers only if it lacks
    `previous_index`; its next answer is for this one, too.
    """

    encoded: bytes | None = None


class Appended(NamedTuple):
    """The answer to AppendEntries or Feed that came with `previous_index`.

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


class Acquainted(NamedTuple):
    """A first voter of a new group says whose disks it knows; one that asks wants to hear the same.

    `digest` is that of `Acquaintance.digest`; `is_over`: all of them have said that they know it.
    """

    digest: bytes
    is_asking: bool
    is_over: bool


Message = (
    RequestVote
    | Vote
    | AppendEntries
    | Feed
    | Appended
    | Heartbeat
    | HeartbeatReply
    | InstallSnapshot
    | SnapshotReceived
    | TimeoutNow
    | Acquainted
)


def encode(message: Message) -> bytes:
    """Encodes a message of this node."""
    if type(message) is Feed:
        return message.encoded or encode_feed(message, is_packed=False)
    if type(message) is AppendEntries:
        *fields, entries = message
        head = codec.encode_checked([_KINDS[AppendEntries], *fields])
        # Its last item follows.
        return codec.array_head(2 + len(fields)) + head[1:] + _encode_pairs(entries)
    return codec.encode_checked([_KINDS[type(message)], *message])


def encode_feed(message: Feed, *, is_packed: bool) -> bytes:
    """Encodes a Feed and keeps that; packed if that makes it shorter, in 0.2 ms."""
    *fields, entries = message
    pairs = _encode_pairs(entries)
    data = packing.pack(pairs) if is_packed else pairs
    message.encoded = codec.encode_checked([_KINDS[Feed], *fields, len(entries), len(pairs), data])
    return message.encoded


def _encode_pairs(entries: Sequence[Entry]) -> bytes:
    """Encodes an array of pairs; most have the same head, and an encoder takes twice as long."""
    heads: dict[tuple[int, int], bytes] = {}
    parts = [codec.array_head(len(entries))]
    for command, _, term in entries:
        key = term, len(command)
        head = heads.get(key)
        if head is None:
            pair = codec.encode_checked((term, command))
            head = heads[key] = pair[: len(pair) - len(command)]
        parts += (head, command)
    return b"".join(parts)


def decode(data: bytes) -> Message:
    """Decodes a message of a peer.

    Raises:
        CodecError: the bytes are anything but one valid message.
    """
    if len(data) > limits.MESSAGE_BYTES_MAX:
        raise CodecError(f"message of {len(data)} bytes")
    head = data[:_HEAD_BYTES]
    short = _SHORT.get(head)
    if short is not None:
        return _decode_short(data, *short)
    read = _OTHERS.get(head)
    if read is None:
        raise CodecError("no message of ours")
    return read(data)


def _decode_short(data: bytes, kind: Callable[..., Message], numbers: int, flags: int) -> Message:
    fields: list[int]
    fields, position = _read_numbers(data, _HEAD_BYTES, numbers)
    for _ in range(flags):
        flag, position = _read_flag(data, position)
        fields.append(flag)
    if position != len(data):
        raise CodecError("bytes behind a short message")
    return kind(*fields)


def _decode_append_entries(data: bytes) -> AppendEntries:
    (term, previous_index, previous_term, commit_index), position = _read_numbers(
        data, _HEAD_BYTES, 4
    )
    entries, position = _read_entries(
        data, position, term=term, previous_index=previous_index, last_term=previous_term
    )
    if position != len(data):
        raise CodecError("bytes behind the entries")
    return AppendEntries(term, previous_index, previous_term, commit_index, entries)


def _decode_feed(data: bytes) -> Feed:
    (term, previous_index, previous_term, commit_index), position = _read_numbers(
        data, _HEAD_BYTES, 4
    )
    is_asked, position = _read_flag(data, position)
    (count, size), position = _read_numbers(data, position, 2)
    length, position = codec.read_head(data, position, codec.BYTES)
    if size > limits.FEED_BYTES_MAX or length != len(data) - position:
        raise CodecError("Feed with wrong fields")
    entries, end = _read_entries(
        packing.unpack(data[position:], size),
        0,
        term=term,
        previous_index=previous_index,
        last_term=previous_term,
    )
    if len(entries) != count or end != size:
        raise CodecError("packed entries of another number or size")
    return Feed(term, previous_index, previous_term, commit_index, is_asked, entries)


def _decode_install_snapshot(data: bytes) -> InstallSnapshot:
    (term, index, offset, total_bytes), position = _read_numbers(data, _HEAD_BYTES, 4)
    length, position = codec.read_head(data, position, codec.BYTES)
    if (
        max(offset, total_bytes) > limits.SNAPSHOT_BYTES_MAX
        or length > limits.SNAPSHOT_PIECE_BYTES
        or length != len(data) - position
    ):
        raise CodecError("InstallSnapshot with wrong fields")
    return InstallSnapshot(term, index, offset, total_bytes, data[position:])


def _decode_snapshot_received(data: bytes) -> SnapshotReceived:
    (term, index, offset), position = _read_numbers(data, _HEAD_BYTES, 3)
    if offset > limits.SNAPSHOT_BYTES_MAX or position != len(data):
        raise CodecError("SnapshotReceived with wrong fields")
    return SnapshotReceived(term, index, offset)


def _decode_acquainted(data: bytes) -> Acquainted:
    length, position = codec.read_head(data, _HEAD_BYTES, codec.BYTES)
    digest = data[position : position + length]
    is_asking, position = _read_flag(data, position + length)
    is_over, position = _read_flag(data, position)
    if length != DIGEST_BYTES or position != len(data):
        raise CodecError("Acquainted with wrong fields")
    return Acquainted(digest, is_asking, is_over)


def _read_numbers(data: bytes, position: int, count: int) -> tuple[list[int], int]:
    """Returns so many numbers, and where they end."""
    numbers: list[int] = []
    for _ in range(count):
        number, position = codec.read_head(data, position, codec.UNSIGNED)
        if number >= _NUMBERS:
            raise CodecError(f"{number} is no number of ours")
        numbers.append(number)
    return numbers, position


def _read_flag(data: bytes, position: int) -> tuple[bool, int]:
    """Returns a flag, and where it ends."""
    end = position + 1
    flag = _FLAGS.get(data[position:end])
    if flag is None:
        raise CodecError("no flag")
    return flag, end


def _read_entries(
    data: bytes, position: int, *, term: int, previous_index: int, last_term: int
) -> tuple[tuple[Entry, ...], int]:
    """Returns the entries in the array of pairs that begins at `position`, and where it ends.

    A decoder of any value would first make what is announced, or is there: of four kilobytes that
    were packed, three million lists, which hold the event loop up for most of a second.

    Raises:
        CodecError: the bytes are anything else, or entries that no leader sends.
    """
    count, position = codec.read_head(data, position, codec.ARRAY)
    if count > limits.MESSAGE_ENTRIES_MAX:
        raise CodecError(f"{count} entries")
    entries: list[Entry] = []
    head, size = b"", 0
    for index in range(previous_index + 1, previous_index + 1 + count):
        # Most have the same head as the one before.
        if not head or not data.startswith(head, position):
            if not data.startswith(_PAIR_HEAD, position):
                raise CodecError("an entry is no pair")
            entry_term, end = codec.read_head(data, position + 1, codec.UNSIGNED)
            size, end = codec.read_head(data, end, codec.BYTES)
            if not last_term <= entry_term <= term:
                raise CodecError("the term of an entry is out of order")
            if not 0 < size <= limits.COMMAND_BYTES_MAX + 32:
                raise CodecError("an entry has no valid command")
            last_term = entry_term
            head = data[position:end]
        start = position + len(head)
        position = start + size
        entries.append(Entry(data[start:position], index, last_term))
    if position > len(data):
        raise CodecError("the last entry is cut off")
    return tuple(entries), position


_NUMBERS = 1 << 62
_PAIR_HEAD = codec.array_head(2)
_FLAGS = {codec.encode(flag): flag for flag in (False, True)}

_HEAD_BYTES = 2
"""Of a message: the head of its array, and its kind."""

_KINDS: dict[Any, int] = {
    RequestVote: 1,
    Vote: 2,
    AppendEntries: 3,
    Appended: 4,
    Heartbeat: 5,
    HeartbeatReply: 6,
    InstallSnapshot: 7,
    SnapshotReceived: 8,
    TimeoutNow: 9,
    Feed: 10,
    Acquainted: 11,
}


def _head(kind: type, fields: int) -> bytes:
    head = codec.array_head(1 + fields) + codec.encode(_KINDS[kind])
    assert len(head) == _HEAD_BYTES
    return head


_SHORT: dict[bytes, tuple[Callable[..., Message], int, int]] = {
    _head(kind, numbers + flags): (kind, numbers, flags)
    for kind, numbers, flags in (
        (RequestVote, 3, 2),
        (Vote, 2, 2),
        (Appended, 3, 1),
        (Heartbeat, 5, 0),
        (HeartbeatReply, 2, 0),
        (TimeoutNow, 1, 0),
    )
}
"""Messages of numbers, and flags behind them, by their head; how many of both."""

_OTHERS: dict[bytes, Callable[[bytes], Message]] = {
    _head(AppendEntries, 5): _decode_append_entries,
    _head(InstallSnapshot, 5): _decode_install_snapshot,
    _head(SnapshotReceived, 3): _decode_snapshot_received,
    _head(Feed, 8): _decode_feed,
    _head(Acquainted, 3): _decode_acquainted,
}
