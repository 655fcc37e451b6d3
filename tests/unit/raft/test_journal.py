"""The journal file: torn tails are dropped, damage is refused, nothing wrong is ever read.

Cuts and flipped bits, at every place, are in `test_damage.py`.
"""

from __future__ import annotations

import itertools
from random import Random

import pytest

from raft import limits
from raft.entry import Entry
from raft.errors import ForeignDirectoryError, JournalCorruptError, NewerFormatError
from raft.journal import Journal
from raft.journal_format import FILE, GROUP, SECTOR_BYTES, Identity
from raft.testing import MemoryFiles

IDENTITY = Identity(cluster_id=bytes(range(1, 17)), node_id=3)
State = tuple[list[Entry], int, int | None]


def make_journal(files: MemoryFiles, identity: Identity = IDENTITY) -> Journal:
    return Journal(files, identity=identity, rng=Random(7))


def state_of(journal: Journal) -> State:
    return journal[:], journal.getCurrentTerm(), journal.getVotedForNodeId()


async def write_sample(files: MemoryFiles) -> tuple[list[int], list[State]]:
    """Writes a file with every record kind; returns the end of each group and the state there."""
    journal = make_journal(files)
    await journal.open(create=True)
    ends, states = [len(files.content(FILE))], [state_of(journal)]

    async def sync() -> None:
        await journal.sync()
        ends.append(len(files.content(FILE)))
        states.append(state_of(journal))

    journal.setCurrentTerm(1, 3)
    journal.add(b"\x01", 1, 1)
    await sync()
    for index in range(2, 8):
        journal.add(b"\x00" + bytes([index]) * 40, index, 1)
    await sync()
    journal.deleteEntriesFrom(4)
    journal.setCurrentTerm(2, None)
    journal.add(b"\x00other", 5, 2)
    await sync()
    journal.clear()
    journal.add(b"\x00reset", 20, 2)
    await sync()
    journal.add(b"\x00" + b"long" * 200, 21, 2)
    journal.setCurrentTerm(3, 3)
    await sync()
    journal.close()
    return ends, states


async def reopen(data: bytes) -> State:
    files = MemoryFiles(rng=Random(1))
    files.replace_content(FILE, data)
    journal = make_journal(files)
    await journal.open(create=False)
    state = state_of(journal)
    # What was recovered is on disk in a form that is read again the same way.
    again = make_journal(files)
    await again.open(create=False)
    assert state_of(again) == state
    return state


async def test_journal_reopened_is_the_same() -> None:
    """Every record kind is replayed to the state that was written."""
    files = MemoryFiles(rng=Random(1))
    _, states = await write_sample(files)

    assert await reopen(files.content(FILE)) == states[-1]


async def test_journal_goes_on_over_the_zeros_behind_its_last_group() -> None:
    """They are no torn tail: the file is not replaced, and grows no longer."""
    files = MemoryFiles(rng=Random(1))
    ends, states = await write_sample(files)
    files = files.reboot()
    data = files.content(FILE)
    assert len(data) == ends[0] + limits.JOURNAL_FILL_BYTES
    assert not any(data[ends[-1] :])

    journal = make_journal(files)
    await journal.open(create=False)
    assert state_of(journal) == states[-1]
    journal.add(b"\x00more", 22, 3)
    await journal.sync()

    assert not any(name.startswith(("create", "rename")) for name in files.operations)
    again = files.reboot().content(FILE)
    assert len(again) == len(data)
    assert await reopen(again) == state_of(journal)


async def test_journal_longer_than_its_zeros_gets_more_of_them() -> None:
    """Behind the group that did not fit."""
    files = MemoryFiles(rng=Random(1))
    journal = make_journal(files)
    await journal.open(create=True)
    ends: list[int] = []
    for index in range(1, 5):
        journal.add(b"\x00" + bytes([index]) * (limits.JOURNAL_FILL_BYTES // 3), index, 1)
        await journal.sync()
        ends.append(journal.file_bytes)

    data = files.reboot().content(FILE)
    assert len(data.rstrip(b"\0")) == ends[3]
    assert len(data) == ends[2] + limits.JOURNAL_FILL_BYTES
    assert (await reopen(data))[0] == journal[:]


@pytest.mark.parametrize("behind", [SECTOR_BYTES, 100_000])
async def test_journal_with_a_flipped_bit_in_its_zeros_loses_nothing(behind: int) -> None:
    """What nobody wrote may be damaged."""
    files = MemoryFiles(rng=Random(1))
    ends, states = await write_sample(files)
    data = bytearray(files.reboot().content(FILE))
    data[ends[-1] + behind] = 1

    assert await reopen(bytes(data)) == states[-1]


@pytest.mark.parametrize("first_bytes", [0, 200, 425, 440, 700])
async def test_journal_group_of_which_any_sectors_arrived_is_a_torn_tail(
    first_bytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it begins in the sector of the group before, wherever its header is cut."""
    monkeypatch.setattr(limits, "JOURNAL_FILL_BYTES", 16 << 10)
    files = MemoryFiles(rng=Random(1))
    journal = make_journal(files)
    await journal.open(create=True)
    journal.add(b"\x00" + bytes(first_bytes), 1, 1)
    await journal.sync()
    before, start = bytes(files.reboot().content(FILE)), journal.file_bytes
    journal.add(b"\x00" + bytes(700) + b"more" * 200, 2, 1)
    await journal.sync()
    after, end = files.reboot().content(FILE), journal.file_bytes
    places = range(start - start % SECTOR_BYTES, end, SECTOR_BYTES)

    for arrived in itertools.product([False, True], repeat=len(places)):
        data = bytearray(before)
        for place in itertools.compress(places, arrived):
            data[place : place + SECTOR_BYTES] = after[place : place + SECTOR_BYTES]
        entries, _, _ = await reopen(bytes(data))
        assert entries == journal[: 2 if data == after else 1]


async def test_journal_zeroed_last_sectors_are_a_torn_tail() -> None:
    """Sectors that never arrived in the last group are a crash, not damage."""
    files = MemoryFiles(rng=Random(1))
    ends, states = await write_sample(files)
    data = bytearray(files.content(FILE))
    start = -(-ends[-2] // SECTOR_BYTES) * SECTOR_BYTES
    assert start < len(data)
    data[start:] = bytes(len(data) - start)

    assert await reopen(bytes(data)) == states[-2]


async def test_journal_zeroed_sector_before_good_groups_is_refused() -> None:
    """Zeros in the middle are damage: the next group was written after the flush."""
    files = MemoryFiles(rng=Random(1))
    ends, _ = await write_sample(files)
    data = bytearray(files.content(FILE))
    data[ends[0] : ends[1]] = bytes(ends[1] - ends[0])

    with pytest.raises(JournalCorruptError, match="good groups follow") as caught:
        await reopen(bytes(data))
    assert caught.value.position == ends[0]
    assert FILE in str(caught.value)


async def test_journal_groups_swapped_is_refused() -> None:
    """A group is valid only in its place."""
    files = MemoryFiles(rng=Random(1))
    ends, _ = await write_sample(files)
    data = files.content(FILE)
    swapped = data[: ends[0]] + data[ends[1] : ends[2]] + data[ends[0] : ends[1]] + data[ends[2] :]

    with pytest.raises(JournalCorruptError):
        await reopen(swapped)


async def test_journal_of_another_node_is_refused() -> None:
    """Cluster and node are bound to the file."""
    files = MemoryFiles(rng=Random(1))
    await write_sample(files)

    for cluster_id, node_id in ((bytes(16), 3), (IDENTITY.cluster_id, 4)):
        other = make_journal(files, Identity(cluster_id=cluster_id, node_id=node_id))
        with pytest.raises(ForeignDirectoryError):
            await other.open(create=True)


async def test_journal_of_newer_format_is_refused() -> None:
    """A newer version is named as such, not as damage."""
    from fastcrc import crc32

    files = MemoryFiles(rng=Random(1))
    await write_sample(files)
    data = bytearray(files.content(FILE))
    data[8] = 2
    data[60:64] = crc32.iscsi(bytes(data[:60])).to_bytes(4, "little")

    with pytest.raises(NewerFormatError):
        await reopen(bytes(data))


async def test_journal_missing_is_refused_unless_created() -> None:
    """A missing file is not silently a new one."""
    with pytest.raises(JournalCorruptError, match="missing"):
        await make_journal(MemoryFiles(rng=Random(1))).open(create=False)


async def test_journal_large_turn_is_split_into_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn longer than a group is several groups, each flushed."""
    monkeypatch.setattr("raft.limits.GROUP_BYTES_MAX", 200)
    files = MemoryFiles(rng=Random(1))
    journal = make_journal(files)
    await journal.open(create=True)
    for index in range(1, 20):
        journal.add(b"\x00" + b"x" * 50, index, 0)
    await journal.sync()

    assert files.content(FILE).count(b"RGRP") > 4
    assert (await reopen(files.content(FILE)))[0] == journal[:]
    assert GROUP.size == 32
