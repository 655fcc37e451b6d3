"""Messages between nodes: exactly what the schema says, or a CodecError."""

from __future__ import annotations

import tracemalloc
from random import Random

import pytest

from raft import codec, limits, messages, packing
from raft.entry import Entry
from raft.errors import CodecError
from raft.messages import (
    Acquainted,
    Appended,
    AppendEntries,
    Feed,
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
    Feed(3, 7, 2, 9, True, (Entry(b"\x00a", 8, 2), Entry(b"\x01", 9, 3))),
    Feed(3, 7, 2, 90, False, tuple(Entry(b"\x00abcd%d" % i, i, 3) for i in range(8, 90))),
    Feed(3, 7, 2, 9, True, ()),
    Appended(3, 7, 10, True),
    Heartbeat(3, 100, 7, 7, 2),
    HeartbeatReply(3, 100),
    InstallSnapshot(3, 7, 0, 5, b"bytes"),
    SnapshotReceived(3, 7, 5),
    TimeoutNow(3),
    Acquainted(b"d" * 16, True, False),
]


def feed(entries: int = 200, *, rng: Random | None = None) -> Feed:
    """Returns one with commands that are alike, or random ones."""
    commands = [
        b"\x00" + (rng.randbytes(80) if rng else b"topic-%d leader 1" % i) for i in range(entries)
    ]
    return Feed(3, 7, 2, 900, False, [Entry(c, 8 + i, 3) for i, c in enumerate(commands)])


ENCODED = [
    *map(messages.encode, SAMPLES),
    *(messages.encode_feed(feed(count), is_packed=True) for count in (1, 3, 50, 200)),
]
"""Also packed."""


@pytest.mark.parametrize("message", SAMPLES)
def test_message_round_trips(message: Message) -> None:
    """What is encoded is decoded to the same."""
    assert messages.decode(messages.encode(message)) == message


def test_every_message_is_a_sample() -> None:
    """A new kind gets its tests with it."""
    assert {type(message) for message in SAMPLES} == set(messages._KINDS)


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
    for _ in range(10_000):
        data = bytearray(rng.choice(ENCODED))
        for _ in range(rng.randint(1, 3)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            messages.decode(bytes(data[: rng.randint(1, len(data))]))
        except CodecError:
            pass


def test_entries_are_encoded_as_any_array_is() -> None:
    """The shorter way gives the same bytes."""
    commands = [b"\x01", bytes(22), bytes(23), bytes(255), bytes(256), bytes(70_000), b"\x00"]
    entries = [Entry(command, 8 + i, 2 + 10 * i) for i, command in enumerate(commands)]
    for count in range(len(entries)):
        message = AppendEntries(300, 7, 2, 6, entries[:count])
        pairs = [[entry.term, entry.command] for entry in message.entries]

        assert messages.encode(message) == codec.encode([3, 300, 7, 2, 6, pairs])


def test_feed_is_packed_if_that_makes_it_shorter() -> None:
    """Otherwise it is as it was."""
    alike, short, noise = feed(), feed(1), feed(rng=Random(1))
    for message in (alike, short, noise):
        plain = messages.encode(message)
        packed = messages.encode_feed(message, is_packed=True)

        assert (len(packed) < len(plain) / 3) is (message is alike)
        assert messages.encode(message) is packed
        assert messages.decode(packed) == message._replace(entries=tuple(message.entries))
        assert messages.decode(plain) == messages.decode(packed)


def test_offset_in_a_snapshot_is_bounded() -> None:
    """As the file is that both sides would have."""
    last = limits.SNAPSHOT_BYTES_MAX
    assert messages.decode(codec.encode([8, 3, 7, last])) == SnapshotReceived(3, 7, last)
    for bad in ([8, 3, 7, last + 1], [7, 3, 7, last + 1, last, b""], [7, 3, 7, 0, last + 1, b""]):
        with pytest.raises(CodecError):
            messages.decode(codec.encode(bad))


def with_packed(count: int, size: int, packed: bytes) -> bytes:
    return codec.encode([10, 3, 7, 2, 900, False, count, size, packed])


def test_packed_entries_are_exactly_what_they_are_said_to_be() -> None:
    """Another number, another size, a stream cut off or with something behind: all refused."""
    pairs = codec.encode([[3, b"\x00%d" % i] for i in range(50)])
    packed = packing.pack(pairs)
    size = len(pairs)
    assert len(messages.decode(with_packed(50, size, packed)).entries) == 50  # type: ignore[union-attr]
    for bad in (
        with_packed(49, size, packed),
        with_packed(51, size, packed),
        with_packed(0, size, packed),
        with_packed(50, size - 1, packed),
        with_packed(50, size + 1, packed),
        with_packed(50, len(packed) - 1, packed),
        with_packed(50, size, packed[:-1]),
        with_packed(50, size, packed + b"\x00"),
        with_packed(50, size, packed + packed),
        with_packed(50, size, b""),
        with_packed(50, size + 1, packing.pack(pairs + b"\x00")),
        with_packed(50, size, pairs + b"\x00"),
        with_packed(50, 2 * size, packing.pack(pairs + pairs)),
        with_packed(1, 3, codec.encode({3: 3})),
        with_packed(1, 1, b"\x81"),
        with_packed(0, 0, b""),
    ):
        with pytest.raises(CodecError):
            messages.decode(bad)


def test_packed_entries_are_bounded_before_they_are_unpacked() -> None:
    """A few kilobytes never become more than a feed may have."""
    bomb = packing.pack(bytes(100 << 20))
    many = codec.array_head(limits.OBSERVER_BATCH_ENTRIES + 1)
    many += b"\x82\x03\x41\x00" * (limits.OBSERVER_BATCH_ENTRIES + 1)
    tracemalloc.start()
    for count, size, packed in (
        (1024, limits.FEED_BYTES_MAX, bomb),
        (1024, limits.FEED_BYTES_MAX + 1, bomb),
        (1024, 100 << 20, bomb),
        (limits.OBSERVER_BATCH_ENTRIES + 1, len(many), packing.pack(many)),
        (limits.OBSERVER_BATCH_ENTRIES + 1, len(many), many),
    ):
        with pytest.raises(CodecError):
            messages.decode(with_packed(count, size, packed))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * limits.FEED_BYTES_MAX


def test_packed_entries_are_nothing_but_pairs_before_they_are_made() -> None:
    """Of a few bytes nobody lets us make ever so many objects to find that they are no entries."""
    inner = codec.array_head(3000) + b"\x80" * 3000
    lists = codec.array_head(100) + inner * 100
    deep = codec.array_head(100) + (b"\x82" + inner + b"\x41\x00") * 100
    behind = codec.array_head(100) + (b"\x82\x03" + inner) * 100
    tracemalloc.start()
    for pairs in (lists, deep, behind):
        with pytest.raises(CodecError):
            messages.decode(with_packed(100, len(pairs), packing.pack(pairs)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 << 20


def test_message_is_nothing_but_its_fields_before_they_are_made() -> None:
    """However long a frame may be: what it holds is looked at first, whatever it says it is."""
    lists = codec.array_head(1 << 20) + b"\x80" * (1 << 20)
    entries = codec.array_head(1 << 20) + b"\x82\x02\x41\x00" * (1 << 20)
    frames = [
        lists,
        entries,
        b"\x86\x03\x03\x07\x02\x06" + lists,
        b"\x86\x03\x03\x07\x02\x06" + entries,
        b"\x98\x06\x03\x03\x07\x02\x06" + lists,
        b"\x86\x07\x03\x07\x00\x05" + lists,
        b"\x89\x0a\x03\x07\x02\x06\xf5\x01\x05" + lists,
        b"\x86\x05\x03\x07\x02\x06" + lists,
    ]
    tracemalloc.start()
    for data in frames:
        with pytest.raises(CodecError):
            messages.decode(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 2 << 20


def test_packed_entries_are_read_as_any_array_is() -> None:
    """Whatever is changed: the shorter way takes what a decoder of any value takes."""
    rng = Random(1)
    sizes, terms = [1, 22, 23, 24, 255, 256, 70_000], [0, 1, 23, 24, 255, 256, 70_000, 1 << 40]
    pairs = codec.encode(
        [[term, bytes([term % 7]) * rng.choice(sizes)] for term in sorted(terms * 2)]
    )
    for number in range(500):
        data = bytearray(pairs)
        for _ in range(number % 3):
            data[rng.choice((rng.randrange(60), rng.randrange(len(data))))] = rng.randrange(256)
        if number % 5 == 4:
            del data[rng.randrange(len(data)) :]
        try:
            expected = codec.decode(bytes(data))
        except CodecError:
            expected = None
        try:
            entries, end = messages._read_entries(
                bytes(data), 0, term=1 << 50, previous_index=0, last_term=0
            )
            found = [[term, command] for command, _, term in entries] if end == len(data) else None
        except CodecError:
            found = None
        if found is not None or (expected is not None and are_entries(expected)):
            assert found == expected


def are_entries(value: object) -> bool:
    if type(value) is not list or not all(
        type(pair) is list and list(map(type, pair)) == [int, bytes] and pair[1] for pair in value
    ):
        return False
    terms = [pair[0] for pair in value]
    return terms == sorted(terms) and all(0 <= term <= 1 << 50 for term in terms)


def test_longest_feed_fits() -> None:
    """What a leader may put into one is taken by an observer."""
    rng = Random(1)
    rest, longest = limits.BATCH_BYTES, limits.COMMAND_BYTES_MAX
    commands = [rng.randbytes(rest // 1024) for _ in range(1023)], [rng.randbytes(longest)] * 2
    for some in commands:
        message = feed(0)._replace(
            term=(1 << 62) - 1, entries=[Entry(c, 8 + i, 1 << 61) for i, c in enumerate(some)]
        )

        assert len(messages.decode(messages.encode(message)).entries) == len(some)  # type: ignore[union-attr]
