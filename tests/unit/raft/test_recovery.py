"""A lost majority: the survivor goes on alone, with what it holds, and says what that is."""

from __future__ import annotations

from random import Random

import pytest
import trio
import trio.testing

import raft
from raft.configuration import Configuration
from raft.journal_format import Identity
from raft.recovery import force_recovery, inspect_survivor
from raft.testing import MemoryFiles
from raft.testing.cluster import CLUSTER_ID
from tests.unit.raft.test_group import group, leader_of


@pytest.mark.parametrize("snapshot_entries", [5, 1000])
async def test_survivor_goes_on_alone_and_the_others_stay_out(
    autojump_clock: trio.testing.MockClock, snapshot_entries: int
) -> None:
    """Its log counts; who comes back under an old name is a removed node."""
    async with group(snapshot_entries=snapshot_entries) as cluster:
        leader = await leader_of(cluster)
        for number in range(20):
            await leader.propose(b"x=%d" % number)
        await trio.sleep(2)
        survivor = next(n for n in cluster.voters if n != cluster.leaders[0])
        for node_id in cluster.voters:
            await cluster.stop(node_id, is_power_loss=True)
        member = cluster.members[survivor]
        identity = Identity(cluster_id=CLUSTER_ID, node_id=survivor)
        found = await inspect_survivor(member.files, identity=identity, voters=cluster.voters)
        assert found.configuration == Configuration.of(cluster.voters)
        assert found.last_index > 20
        done = await force_recovery(
            member.files, identity=identity, voters=cluster.voters, rng=Random(1)
        )
        assert done == found

        back = next(n for n in cluster.voters if n != survivor)
        for node_id in (survivor, back):
            await cluster.start(node_id)
        await trio.sleep(2)
        node = member.node
        assert node is not None
        assert cluster.leaders == [survivor]
        await node.propose(b"x=alone")
        assert member.machine.values == {"x": "alone"}
        assert node.status().voters == (survivor,)
        assert set(node.status().removed) == set(cluster.voters) - {survivor}


async def test_recovery_of_a_node_that_is_not_there_is_refused() -> None:
    """An empty directory is nobody's survivor."""
    with pytest.raises(raft.JournalCorruptError, match="missing"):
        await force_recovery(
            MemoryFiles(rng=Random(1)),
            identity=Identity(cluster_id=CLUSTER_ID, node_id=1),
            voters=[1, 2, 3],
            rng=Random(1),
        )
