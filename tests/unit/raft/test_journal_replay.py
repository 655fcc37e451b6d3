"""Records of a journal: which ones may follow which, and what they come to."""

from __future__ import annotations

import struct

import pytest

from raft import limits
from raft.entry import Entry
from raft.errors import JournalCorruptError
from raft.journal_format import (
    GROUP_BYTES,
    HEADER,
    Identity,
    Kind,
    encode_entry,
    encode_group,
    encode_groups,
    encode_hard_state,
    encode_header,
    encode_record,
)
from raft.journal_replay import Replay

IDENTITY = Identity(cluster_id=bytes(range(16)), node_id=3)
SALT = 7
LOG = [encode_entry(Entry(bytes([index]), index, 2)) for index in (5, 6, 7)]
TERM = encode_hard_state(3, 1)
INDEX = struct.Struct("<Q")


def truncated(index: int) -> bytes:
    return encode_record(Kind.TRUNCATE, INDEX.pack(index))


def replay_of(*groups: bytes) -> Replay:
    data = encode_header(IDENTITY, salt=SALT) + b"".join(groups)
    return Replay(data, identity=IDENTITY, path="journal")


async def replayed(*records: bytes) -> Replay:
    replay = replay_of(encode_group(records, sequence=0, salt=SALT))
    await replay.run()
    return replay


@pytest.mark.parametrize(
    ("more", "indexes", "hard_state"),
    [
        ([], [5, 6, 7], (3, 1)),
        ([encode_entry(Entry(b"x", 8, 2))], [5, 6, 7, 8], (3, 1)),
        ([truncated(6)], [5], (3, 1)),
        ([truncated(5)], [], (3, 1)),
        ([truncated(6), encode_entry(Entry(b"x", 6, 3))], [5, 6], (3, 1)),
        ([encode_record(Kind.RESET, b"")], [], (3, 1)),
        ([encode_record(Kind.RESET, b""), encode_entry(Entry(b"x", 20, 1))], [20], (3, 1)),
        ([encode_hard_state(3, 1)], [5, 6, 7], (3, 1)),
        ([encode_hard_state(4, None), encode_hard_state(4, 2)], [5, 6, 7], (4, 2)),
    ],
)
async def test_records_that_may_follow_are_applied(
    more: list[bytes], indexes: list[int], hard_state: tuple[int, int | None]
) -> None:
    """In their order."""
    replay = await replayed(*LOG, TERM, *more)

    assert [entry.index for entry in replay.entries] == indexes
    assert (replay.term, replay.vote) == hard_state


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(encode_entry(Entry(b"x", 9, 2)), id="an entry that leaves one out"),
        pytest.param(encode_entry(Entry(b"x", 7, 2)), id="an entry twice"),
        pytest.param(encode_entry(Entry(b"x", 8, 1)), id="an entry of an older term"),
        pytest.param(encode_entry(Entry(b"", 8, 2)), id="an entry without a command"),
        pytest.param(truncated(8), id="truncated behind the end"),
        pytest.param(truncated(4), id="truncated before the beginning"),
        pytest.param(encode_record(Kind.TRUNCATE, b"\5"), id="a short index"),
        pytest.param(encode_hard_state(2, None), id="a term that falls"),
        pytest.param(encode_hard_state(3, 2), id="another vote of the term"),
        pytest.param(encode_hard_state(3, None), id="a vote taken back"),
        pytest.param(encode_record(Kind.HARD_STATE, bytes(17)), id="a long hard state"),
        pytest.param(encode_record(Kind.RESET, b"x"), id="a reset with a payload"),
        pytest.param(b"\0\0\0\0\5", id="a kind that is none"),
        pytest.param(b"\1\0\0\0\4", id="a payload that is cut off"),
        pytest.param(b"\0\0\0\0", id="a record that is cut off"),
    ],
)
async def test_record_that_may_not_follow_is_refused(record: bytes) -> None:
    """Its checksum is right: no crash explains it. The place is that of the record."""
    before = [*LOG, TERM]
    with pytest.raises(JournalCorruptError, match="a record is") as caught:
        await replayed(*before, record)

    start = HEADER.size + GROUP_BYTES - 1
    assert caught.value.position == start + sum(map(len, before))


async def test_truncation_of_nothing_is_refused() -> None:
    """There is no entry it could mean."""
    with pytest.raises(JournalCorruptError, match="a record is not valid"):
        await replayed(truncated(1))


async def test_groups_say_the_same_however_they_are_packed() -> None:
    """What goes on behind them has the next sequence, at the end of the last one."""
    records = [*LOG, TERM, truncated(6)]
    for bytes_max in (1, 50, 1000):
        groups = list(encode_groups(records, sequence=0, salt=SALT, bytes_max=bytes_max))
        replay = replay_of(*groups, bytes(100))
        await replay.run()

        assert [entry.index for entry in replay.entries] == [5]
        assert (replay.term, replay.vote) == (3, 1)
        assert (replay.salt, replay.sequence) == (SALT, len(groups))
        assert replay.position == HEADER.size + sum(map(len, groups))
        assert not replay.has_torn_tail()


async def test_torn_group_is_no_part_of_the_state() -> None:
    """The place to go on is where it began."""
    first = encode_group(LOG, sequence=0, salt=SALT)
    replay = replay_of(first, encode_group([TERM], sequence=1, salt=SALT)[:-1])
    await replay.run()

    assert (len(replay.entries), replay.term, replay.sequence) == (3, 0, 1)
    assert replay.position == HEADER.size + len(first)
    assert replay.has_torn_tail()


async def test_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No compaction lets one grow so long: it is not ours."""
    monkeypatch.setattr(limits, "JOURNAL_BYTES_MAX", HEADER.size)
    await replay_of().run()
    with pytest.raises(JournalCorruptError, match="too long"):
        await replay_of(b"x").run()
