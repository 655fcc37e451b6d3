"""Every file cut at every byte and with every bit flipped: refused, or as good as undamaged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from random import Random

import pytest

from raft import codec
from raft.acquaintance import FILE as PEERS, Acquaintance
from raft.bootstrap import FILE as BOOTSTRAP, read_bootstrap
from raft.checked_file import replace_checked
from raft.configuration import Configuration
from raft.errors import JournalCorruptError, SnapshotCorruptError
from raft.journal_format import FILE as JOURNAL, HEADER
from raft.testing import MemoryFiles
from tests.unit.raft.test_journal import reopen, write_sample
from tests.unit.raft.test_node import Register, make_node, running, snapshot_directory

NOBODY = Configuration.of([1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A file, how it is read, and what a damaged one may give; None: it must be refused."""

    data: bytes
    read: Callable[[bytes], Awaitable[object]]
    of_cut: Callable[[int], object]
    of_flipped: object = None


async def journal() -> Sample:
    """Every record kind; cut, it gives the groups that are complete."""
    files = MemoryFiles(rng=Random(1))
    ends, states = await write_sample(files)

    def of_cut(length: int) -> object:
        if length < HEADER.size:
            return None
        complete = [state for end, state in zip(ends, states, strict=True) if end <= length]
        return complete[-1] if complete else ([], 0, None)

    return Sample(data=files.content(JOURNAL), read=reopen, of_cut=of_cut)


async def snapshot_that_is_needed() -> Sample:
    """The journal was cut behind it."""
    return await _snapshot(is_compacted=True)


async def snapshot_beside_a_whole_log() -> Sample:
    """Ignored when it is damaged: the log gives the same state."""
    return await _snapshot(is_compacted=False)


async def _snapshot(*, is_compacted: bool) -> Sample:
    files, register, name = await snapshot_directory(is_compacted=is_compacted)
    log = files.content(JOURNAL)

    async def read(data: bytes) -> object:
        victim, again = MemoryFiles(rng=Random(1)), Register()
        victim.replace_content(JOURNAL, log)
        victim.replace_content(name, data)
        if is_compacted:
            try:
                await make_node(victim, again).run()
            finally:
                assert not again.commands
        async with running(victim, again):
            return again.commands

    expected = None if is_compacted else register.commands
    return Sample(
        data=files.content(name), read=read, of_cut=lambda _: expected, of_flipped=expected
    )


async def peers() -> Sample:
    """Directory ids of this node and of two others."""
    files = MemoryFiles(rng=Random(1))
    acquaintance = Acquaintance(files, rng=Random(2))
    await acquaintance.open()
    for peer in (2, 300):
        assert acquaintance.admits(peer, Random(peer).randbytes(16), NOBODY)
    acquaintance.note_agreed(acquaintance.digest([1, 2, 300], node_id=1))
    await acquaintance.sync()

    async def read(data: bytes) -> object:
        victim = MemoryFiles(rng=Random(1))
        victim.replace_content(PEERS, data)
        again = Acquaintance(victim, rng=Random(3))
        await again.open()
        return again.directory_id, again.known, again.agreed

    noted = acquaintance.directory_id, acquaintance.known, acquaintance.agreed
    assert await read(files.content(PEERS)) == noted
    return Sample(data=files.content(PEERS), read=read, of_cut=lambda _: None)


async def bootstrap() -> Sample:
    """The first voters."""
    files = MemoryFiles(rng=Random(1))
    await replace_checked(files, BOOTSTRAP, codec.encode([1, [1, 2, 300]]))

    async def read(data: bytes) -> object:
        victim = MemoryFiles(rng=Random(1))
        victim.replace_content(BOOTSTRAP, data)
        return await read_bootstrap(victim)

    assert await read(files.content(BOOTSTRAP)) == (1, 2, 300)
    return Sample(data=files.content(BOOTSTRAP), read=read, of_cut=lambda _: None)


SAMPLES = [journal, snapshot_that_is_needed, snapshot_beside_a_whole_log, peers, bootstrap]


async def check(sample: Sample, damaged: bytes, expected: object, what: str) -> None:
    try:
        found = await sample.read(damaged)
    except (JournalCorruptError, SnapshotCorruptError):
        found = None
    assert found == expected, what


def flipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    for position, byte in enumerate(data):
        for bit in range(8):
            flipped_byte = bytes([byte ^ 1 << bit])
            yield f"bit {bit} of {position}", data[:position] + flipped_byte + data[position + 1 :]


@pytest.mark.parametrize("make", SAMPLES)
async def test_file_cut_at_every_byte_is_never_misread(
    autojump_clock: object, make: Callable[[], Awaitable[Sample]]
) -> None:
    """What is read is what was complete there, or nothing."""
    sample = await make()

    for length in range(len(sample.data)):
        await check(sample, sample.data[:length], sample.of_cut(length), f"cut at {length}")


@pytest.mark.parametrize("make", SAMPLES)
async def test_file_with_any_bit_flipped_is_never_used(
    autojump_clock: object, make: Callable[[], Awaitable[Sample]]
) -> None:
    """Not even as an earlier state; only what nobody needs may be damaged."""
    sample = await make()

    for what, damaged in flipped(sample.data):
        await check(sample, damaged, sample.of_flipped, what)
