"""The first voters: who changes them in the settings makes no second group of the same name."""

from __future__ import annotations

from random import Random

import pytest
import trio
import trio.testing

import raft
from raft.bootstrap import read_bootstrap, settle_bootstrap
from raft.configuration import Configuration
from raft.journal import Journal
from raft.journal_format import Identity
from raft.members import Own
from raft.recovery import inspect_survivor
from raft.sessions import Sessions
from raft.testing import Fault, MemoryFiles, Registers
from raft.testing.cluster import CLUSTER_ID
from raft.testing.disk import Crashed
from tests.unit.raft.test_group import group, leader_of

GIVEN = Configuration.of([1, 2, 3])


@pytest.mark.parametrize("voters", [(3,), (3, 4, 5), (1, 2, 3, 4)])
async def test_node_that_is_started_with_other_voters_is_refused(
    autojump_clock: trio.testing.MockClock, voters: tuple[int, ...]
) -> None:
    """Alone it would lead a group of its own, beside the one that goes on without it."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        await trio.sleep(1)
        first = cluster.voters
        await cluster.stop(3, is_power_loss=False)
        cluster.voters = voters
        await cluster.start(3)
        failure = cluster.members[3].failure
        assert isinstance(failure, raft.ForeignDirectoryError)
        assert "began with the voters 1, 2, 3, not" in str(failure)

        cluster.voters = first
        await cluster.stop(3, is_power_loss=False)
        await cluster.start(3)
        assert cluster.members[3].node is not None


@pytest.mark.parametrize(
    ("is_known_by_log", "message"),
    [(False, "added and removed while"), (True, "voters 1, 2, 3, and .* as one of them")],
)
async def test_node_without_links_is_no_way_around_it(
    autojump_clock: trio.testing.MockClock, *, is_known_by_log: bool, message: str
) -> None:
    """Settings that name nobody make it the only voter, whatever the log says."""
    async with group(strangers=1) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        if is_known_by_log:
            await leader.change_member(4, raft.Membership.OBSERVER)
        await trio.sleep(1)
        await cluster.stop(3, is_power_loss=True)
        node = raft.Node(
            3,
            voters=[3],
            cluster_id=CLUSTER_ID,
            files=cluster.members[3].files,
            state_machine=Registers(),
            rng=Random(1),
        )
        with pytest.raises(raft.ForeignDirectoryError, match=message):
            await node.run()


async def test_node_that_began_alone_is_refused_as_one_of_several(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The others would be a majority without what it has acknowledged; alone it may have links."""
    async with group() as cluster:
        await cluster.stop(1, is_power_loss=False)
        member = cluster.members[1]
        member.files = MemoryFiles(rng=Random(1))
        node = raft.Node(
            1,
            voters=[1],
            cluster_id=CLUSTER_ID,
            files=member.files,
            state_machine=Registers(),
            rng=Random(1),
        )
        async with trio.open_nursery() as nursery:
            await nursery.start(node.run)
            await node.propose(b"x=1")
            nursery.cancel_scope.cancel()
        member.files = member.files.kill()
        await cluster.start(1)
        assert isinstance(member.failure, raft.ForeignDirectoryError)
        assert "began with the voters 1, not 1, 2, 3" in str(member.failure)

        cluster.voters = (1,)
        for node_id in (1, 2, 3):
            # The others are another group's, and no law holds for both.
            await cluster.stop(node_id, is_power_loss=False)
        await cluster.start(1)
        assert member.node is not None
        assert await read_bootstrap(member.files) == (1,)


async def test_directory_of_older_software_notes_the_voters_of_its_next_start(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """It has met peers, so it began with some; with which, only the settings say."""
    async with group() as cluster:
        await (await leader_of(cluster)).propose(b"x=1")
        await trio.sleep(1)
        await cluster.stop(3, is_power_loss=False)
        files = cluster.members[3].files
        await files.remove("bootstrap")
        await cluster.start(3)

        assert cluster.members[3].node is not None
        assert await read_bootstrap(files) == (1, 2, 3)


async def test_voters_may_be_corrected_before_the_first_election(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Nothing was promised to anybody yet."""
    async with group() as cluster:
        await cluster.stop_all(is_power_loss=False)
        assert await read_bootstrap(cluster.members[1].files) == (1, 2, 3)
        cluster.voters = (1, 2)
        for node_id in (1, 2):
            await cluster.start(node_id)
        leader = await leader_of(cluster)

        assert leader.status().voters == (1, 2)
        assert await read_bootstrap(cluster.members[1].files) == (1, 2)


async def test_log_counts_more_than_settings_once_it_says_who_votes(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Whatever a node is started with then; recovery believes the directory, too."""
    async with group(voters=2, strangers=1) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        await leader.change_member(3, raft.Membership.OBSERVER)
        await trio.sleep(1)
        await cluster.stop(2, is_power_loss=False)
        cluster.voters = (2, 7)
        await cluster.start(2)
        await trio.sleep(1)
        node = cluster.members[2].node
        assert node is not None
        assert node.status().voters == (1, 2)


async def test_recovery_believes_the_directory_and_not_who_calls_it(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A voter that is forgotten would not be removed, and might come back."""
    async with group() as cluster:
        await (await leader_of(cluster)).propose(b"x=1")
        await trio.sleep(1)
        await cluster.stop(3, is_power_loss=False)
        identity = Identity(cluster_id=CLUSTER_ID, node_id=3)
        found = await inspect_survivor(cluster.members[3].files, identity=identity, voters=[3])
        assert found.configuration.voters == (1, 2, 3)


@pytest.mark.parametrize("fault", [Fault.CRASH, Fault.EIO])
async def test_crash_at_any_operation_leaves_all_of_it_or_nothing(fault: Fault) -> None:
    """It is written once, before the node takes part, and the next start does it again."""
    for fail_at in range(10):
        files = MemoryFiles(rng=Random(fail_at))
        journal, own = await new_journal(files), Own(configuration=None, sessions=Sessions())
        files.fail_at, files.fault = len(files.operations) + fail_at, fault
        try:
            await settle(files, journal, own)
            break
        except (Crashed, raft.StorageFailedError):
            files = files.reboot() if fault is Fault.CRASH else files.kill()
        assert await read_bootstrap(files) in (None, GIVEN.voters)
        journal = await new_journal(files)
        assert await settle(files, journal, own) == GIVEN
        assert await read_bootstrap(files) == GIVEN.voters
    assert fail_at > 3


async def settle(files: MemoryFiles, journal: Journal, own: Own) -> Configuration:
    return await settle_bootstrap(files, GIVEN, node_id=1, journal=journal, own=own, has_peers=True)


async def new_journal(files: MemoryFiles) -> Journal:
    journal = Journal(files, identity=Identity(cluster_id=CLUSTER_ID, node_id=1), rng=Random(1))
    await journal.open(create=True)
    return journal
