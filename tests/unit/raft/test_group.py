"""Several real nodes over fake ports: disks that fail under a snapshot, journals that are busy."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest
import trio
import trio.testing

import raft
from raft import limits
from raft.journal import Entry, Identity, Journal
from raft.testing import Cluster, Fault, Laws, MemoryFiles, Network


@asynccontextmanager
async def group(
    *,
    seed: int = 1,
    voters: int = 3,
    observers: int = 0,
    strangers: int = 0,
    snapshot_entries: int = 1000,
) -> AsyncIterator[Cluster]:
    laws = Laws()
    network = Network(rng=Random(seed), latency_s=(0.001, 0.002), on_message=laws.on_message)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(network.run)
        cluster = Cluster(
            nursery,
            rng=Random(seed),
            network=network,
            laws=laws,
            voters=voters,
            observers=observers,
            strangers=strangers,
            snapshot_entries=snapshot_entries,
        )
        await cluster.start_all()
        yield cluster
        cluster.check()
        nursery.cancel_scope.cancel()


async def leader_of(cluster: Cluster) -> raft.Node:
    while True:
        for node_id in cluster.leaders:
            node = cluster.members[node_id].node
            assert node is not None
            return node
        await trio.sleep(0.01)


async def test_group_elects_and_replicates(autojump_clock: trio.testing.MockClock) -> None:
    """Three voters and an observer: one leader, the same state everywhere."""
    async with group(observers=1) as cluster:
        leader = await leader_of(cluster)
        for number in range(20):
            await leader.propose(b"x=%d" % number)
        await trio.sleep(0.2)

        assert len(cluster.leaders) == 1
        for member in cluster.members.values():
            assert member.machine.values == {"x": "19"}
            assert member.node is not None
            assert member.node.leader == cluster.leaders[0]


async def test_follower_refuses_and_names_the_leader(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The hint is where to go; the command was not accepted."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"a")
        (follower, *_) = [m.node for m in cluster.members.values() if m.node not in (None, leader)]
        assert follower is not None
        with pytest.raises(raft.NotLeaderError) as caught:
            await follower.propose(b"b")
        assert caught.value.leader_hint == cluster.leaders[0]


async def test_restarted_group_applies_what_was_committed_without_a_new_command(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A follower that forgot how far the logs match learns it from a heartbeat."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        await trio.sleep(0.3)
        follower = next(n for n in cluster.voters if n != cluster.leaders[0])
        await cluster.stop(follower, is_power_loss=True)
        await cluster.start(follower)
        await trio.sleep(0.5)

        assert cluster.members[follower].machine.values == {"x": "1"}


async def test_late_follower_gets_a_snapshot_of_many_pieces(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """State first, then the entries behind it; pieces may be lost or doubled."""
    monkeypatch.setattr(limits, "SNAPSHOT_PIECE_BYTES", 64)
    async with group(snapshot_entries=20) as cluster:
        leader = await leader_of(cluster)
        late = next(n for n in cluster.voters if n != cluster.leaders[0])
        await cluster.stop(late, is_power_loss=False)
        for number in range(60):
            await leader.propose(b"key%d=%d" % (number, number))
        cluster.network.loss = cluster.network.duplication = 0.1
        await cluster.start(late)
        await trio.sleep(15)
        node = cluster.members[late].node
        assert node is not None

        assert cluster.members[late].machine.values["key59"] == "59"
        assert node.status().snapshot_index > 20


@pytest.mark.parametrize("fault", [Fault.CRASH, Fault.EIO])
async def test_crash_at_every_operation_of_a_follower_keeps_what_it_acknowledged(
    autojump_clock: trio.testing.MockClock, fault: Fault
) -> None:
    """Votes, entries, and an installed snapshot: the disk fails at any step of it."""

    async def run(fail_at: int | None) -> int:
        """Lets a late follower install a snapshot and go on; returns its file operations."""
        async with group(seed=3, snapshot_entries=6) as cluster:
            leader = await leader_of(cluster)
            late = next(n for n in cluster.voters if n != cluster.leaders[0])
            await cluster.stop(late, is_power_loss=False)
            for number in range(20):
                await leader.propose(b"x=%d" % number)
            member = cluster.members[late]
            member.files.fail_at, member.files.fault = fail_at, fault
            await cluster.start(late)
            await trio.sleep(2)
            for number in range(20, 24):
                await leader.propose(b"x=%d" % number)
            await trio.sleep(1)
            operations = len(member.files.operations)
            assert fail_at is None or member.node is None
            await cluster.stop(late, is_power_loss=True)
            await cluster.start(late)
            await trio.sleep(3)
            assert member.machine.values == {"x": "23"}
            cluster.check()
            return operations

    total = await run(None)
    assert total > 15
    for fail_at in range(total):
        await run(fail_at)


async def test_journal_takes_changes_while_it_flushes(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What is queued during a flush is not durable with it; what is dropped meanwhile never is."""
    files = MemoryFiles(rng=Random(1))
    files.loses_most = True
    journal = Journal(files, identity=Identity(cluster_id=bytes(16), node_id=1), rng=Random(1))
    await journal.open(create=True)
    for index in (1, 2, 3):
        journal.add(b"\x00old", index, 1)
    files.stall()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(journal.sync)
        await trio.testing.wait_all_tasks_blocked()
        journal.deleteEntriesFrom(1)
        journal.add(b"\x00new", 2, 2)
        journal.add(b"\x00new", 3, 2)
        journal.setCurrentTerm(2, 1)
        files.resume()

    assert (journal.durable_index, journal.term_durable) == (1, 0)
    assert journal.is_dirty
    await journal.sync()
    assert (journal.durable_index, journal.term_durable) == (3, 2)
    files.crash()
    again = Journal(
        files.reboot(), identity=Identity(cluster_id=bytes(16), node_id=1), rng=Random(1)
    )
    await again.open(create=False)
    assert again[:] == [
        Entry(b"\x00old", 1, 1),
        Entry(b"\x00new", 2, 2),
        Entry(b"\x00new", 3, 2),
    ]


async def test_slow_flushes_are_reported(autojump_clock: trio.testing.MockClock) -> None:
    """A flush longer than an election timeout changes nothing but the numbers."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        for member in cluster.members.values():
            member.files.sync_s = 0.9
        with trio.fail_after(5):
            await leader.propose(b"x=1")
        status = leader.status()

        assert status.role is raft.Role.LEADER
        assert status.journal_syncs_slow >= 1
        assert status.journal_sync_s_max >= 0.9
