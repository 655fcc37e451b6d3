"""Messages between nodes: exactly what the schema says, or a CodecError."""

from __future__ import annotations

from random import Random

import pytest

from raft import codec, limits, messages
from raft.errors import CodecError
from raft.journal import Entry
from raft.messages import (
    Appended,
    AppendEntries,
    Heartbeat,
    HeartbeatReply,
    InstallSnapshot,
    Message,
    RequestVote,
    SnapshotReceived,
    TimeoutNow,
    Vote,
)

SAMPLES: list[Message] = [
    RequestVote(3, 7, 2, True, False),
    Vote(3, 2, False, True),
    AppendEntries(3, 7, 2, 6, (Entry(b"\x00a", 8, 2), Entry(b"\x01", 9, 3))),
    AppendEntries(3, 7, 2, 6, ()),
    Appended(3, 7, 10, True),
    Heartbeat(3, 100, 7, 7, 2),
    HeartbeatReply(3, 100),
    InstallSnapshot(3, 7, 0, 5, b"bytes"),
    SnapshotReceived(3, 7, 5),
    TimeoutNow(3),
]


@pytest.mark.parametrize("message", SAMPLES)
def test_message_round_trips(message: Message) -> None:
    """What is encoded is decoded to the same."""
    assert messages.decode(messages.encode(message)) == message


def test_every_message_is_a_sample() -> None:
    """A new kind gets its tests with it."""
    assert {type(message) for message in SAMPLES} == {k for k, _ in messages._SCHEMAS.values()}


@pytest.mark.parametrize("message", SAMPLES)
def test_message_with_another_field_is_refused(message: Message) -> None:
    """Missing, extra, of another type or out of range: never half understood."""
    good = codec.decode(messages.encode(message))
    bad = [good[:-1], [*good, 0], [99, *good[1:]], [], {}, 5, [good]]
    for position in range(1, len(good)):
        for value in (None, -1, 1 << 62, "text", 1.5, [[]], [1]):
            bad.append([*good[:position], value, *good[position + 1 :]])
    for value in bad:
        with pytest.raises(CodecError):
            messages.decode(codec.encode(value))


@pytest.mark.parametrize(
    "pairs",
    [
        [[1, b"\x00"]],  # below the term before
        [[4, b"\x00"]],  # above the sender's
        [[3, b"\x00"], [2, b"\x00"]],
        [[2, b""]],
        [[2, bytes(limits.COMMAND_BYTES_MAX + 33)]],
        [[2, b"\x00", 1]],
        [[2, "text"]],
        [[True, b"\x00"]],
        [5],
    ],
)
def test_entries_out_of_order_are_refused(pairs: list[object]) -> None:
    """The terms of a log never fall, and no leader sends entries of later terms."""
    with pytest.raises(CodecError):
        messages.decode(codec.encode([3, 3, 7, 2, 6, pairs]))


def test_oversized_message_is_refused_before_it_is_decoded() -> None:
    """The bound comes first."""
    with pytest.raises(CodecError, match="bytes"):
        messages.decode(bytes(limits.MESSAGE_BYTES_MAX + 1))


def test_mutated_messages_give_message_or_error() -> None:
    """A decoder fed anything returns a value or raises its own error."""
    rng = Random(5)
    encoded = [messages.encode(message) for message in SAMPLES]
    for _ in range(10_000):
        data = bytearray(rng.choice(encoded))
        for _ in range(rng.randint(1, 3)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            messages.decode(bytes(data[: rng.randint(1, len(data))]))
        except CodecError:
            pass
