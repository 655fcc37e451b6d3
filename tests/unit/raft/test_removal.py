"""What peers say of a removal: shown and kept, believed as far as it makes no difference."""

from __future__ import annotations

from random import Random

import pytest
import trio
import trio.testing

import raft
from raft.removal import FILE, Removal, read_removal
from raft.testing import Fault, MemoryFiles
from raft.testing.disk import Crashed
from tests.unit.raft.test_group import group, leader_of


async def test_what_was_told_is_kept_until_it_is_forgotten() -> None:
    """By each peer and by all; the first index of a peer counts."""
    files = MemoryFiles(rng=Random(1))
    removal = Removal(files)
    await removal.open()
    assert dict(removal.told) == {}
    removal.on_told(1, 57)
    removal.on_told(2, 60)
    removal.on_told(1, 58)
    await removal.sync()
    again = Removal(files)
    await again.open()
    with trio.fail_after(1):
        await again.wait_told()
    assert dict(again.told) == {1: 57, 2: 60}
    again.forget(1)
    again.forget(3)
    await again.sync()
    assert await read_removal(files) == {2: 60}

    again.forget_all()
    assert again.is_dirty
    await again.sync()
    assert await read_removal(files) == {}
    assert files.list_names() == []


@pytest.mark.parametrize("fault", [Fault.CRASH, Fault.EIO])
async def test_crash_at_any_operation_leaves_the_old_or_the_new(fault: Fault) -> None:
    """It is replaced as a whole, or the node ends."""
    for fail_at in range(20):
        files = MemoryFiles(rng=Random(fail_at))
        removal = Removal(files)
        await removal.open()
        removal.on_told(1, 57)
        await removal.sync()
        files.fail_at, files.fault = len(files.operations) + fail_at, fault
        removal.on_told(2, 60)
        try:
            await removal.sync()
            removal.forget_all()
            await removal.sync()
            break
        except (Crashed, raft.StorageFailedError):
            pass
        found = await read_removal(files.reboot())
        assert found in ({1: 57}, {1: 57, 2: 60}, {})
    assert fail_at == 7


async def test_damaged_file_is_as_good_as_none() -> None:
    """Whoever said it will say it again."""
    rng = Random(1)
    files = MemoryFiles(rng=rng)
    removal = Removal(files)
    await removal.open()
    removal.on_told(1, 57)
    await removal.sync()
    data = await files.read(FILE, bytes_max=1000)
    assert data is not None
    for position in range(8 * len(data)):
        damaged = bytearray(data)
        damaged[position // 8] ^= 1 << position % 8
        file = await files.create(FILE)
        file.write(bytes(damaged))
        assert await read_removal(files) == {}


async def test_lie_of_a_few_stops_no_voter(autojump_clock: trio.testing.MockClock) -> None:
    """Two of five sit at the addresses of voters that are down: the other three elect."""
    async with group(voters=5) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        gone = cluster.leaders[0]
        await cluster.stop(gone, is_power_loss=True)
        other = next(n for n in cluster.voters if n != gone)
        await cluster.stop(other, is_power_loss=True)
        rest = [cluster.members[n].node for n in cluster.voters if n not in (gone, other)]
        # Nobody is led just now: what is said counts.
        await trio.sleep(0.41)
        for node in rest:
            assert node is not None
            for liar in (gone, other):
                node._on_removed(liar, 1 << 40)
        assert any(node.status().told_removed for node in rest)

        with trio.fail_after(30):
            leader = await leader_of(cluster)
            await leader.propose(b"x=2")
        await trio.sleep(0.5)
        assert all(not node.status().told_removed for node in rest)


async def test_voter_that_a_majority_turns_away_stands_no_more_until_a_leader_speaks(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What was a lie, or is no longer so, is forgotten on the word of a leader, on disk, too."""
    async with group(voters=3) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        alone = next(n for n in cluster.voters if n != cluster.leaders[0])
        others = [n for n in cluster.voters if n != alone]
        cluster.network.cut([alone], others)
        await trio.sleep(2)
        member = cluster.members[alone]
        node = member.node
        assert node is not None
        for other in others:
            node._on_removed(other, 57)
        await trio.sleep(2)
        assert node.status().told_removed == dict.fromkeys(others, 57)
        assert node.leader is None
        assert await read_removal(member.files) == dict.fromkeys(others, 57)
        sent: list[int] = []
        send = cluster.network.send
        cluster.network.send = lambda packet: (sent.append(packet.sender), send(packet))
        await trio.sleep(5)
        assert alone not in sent

        cluster.network.heal()
        await trio.sleep(1)
        assert node.leader in others
        assert node.status().told_removed == {}
        assert await read_removal(member.files) == {}
