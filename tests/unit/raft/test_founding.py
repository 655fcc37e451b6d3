"""A new group begins when every first voter has flushed whose disk is whose, and said so."""

from __future__ import annotations

from collections.abc import Collection
from random import Random

import pytest
import trio
import trio.testing

from raft import codec
from raft.acquaintance import FILE as PEERS, Acquaintance
from raft.checked_file import checked_body, replace_checked
from raft.configuration import Configuration, Membership
from raft.founding import Founding
from raft.messages import Acquainted, Heartbeat
from raft.testing import Cluster, MemoryFiles
from tests.unit.raft.test_group import group, leader_of

VOTERS = (1, 2, 3)
ANYBODY = Configuration.of(VOTERS)


def make_founding(*met: int, voters: tuple[int, ...] = VOTERS) -> Founding:
    """Returns that of node 1, which has met these."""
    acquaintance = Acquaintance(MemoryFiles(rng=Random(1)), rng=Random(2))
    acquaintance.directory_id = b"1" * 16
    for peer in met:
        assert acquaintance.admits(peer, bytes([48 + peer]) * 16, ANYBODY)
    return Founding(1, voters, acquaintance, is_over=False)


def said(founding: Founding, *, is_over: bool = False) -> Acquainted:
    """Returns what a peer says that knows the same."""
    return Acquainted(founding.statement(is_asking=True).digest, False, is_over)


def test_group_begins_when_all_know_the_same() -> None:
    """The last one that says so is as good as the first."""
    founding = make_founding(2, 3)
    assert founding.awaited == (2, 3)
    assert founding.take(3, said(founding))
    assert not founding.is_over
    assert founding.awaited == (2,)
    assert founding.take(2, said(founding))
    assert founding.is_over
    assert founding.awaited == ()


def test_word_of_one_that_takes_part_is_enough() -> None:
    """It has heard all of them."""
    founding = make_founding(2, 3)
    assert founding.take(3, said(founding, is_over=True))
    assert founding.is_over


@pytest.mark.parametrize("is_over", [False, True])
def test_nobody_begins_with_those_alone_who_are_there(*, is_over: bool) -> None:
    """1 and 2 know the same, of themselves."""
    founding = make_founding(2)
    assert founding.take(2, said(founding, is_over=is_over))
    assert not founding.is_over


def test_what_was_agreed_on_before_one_more_was_met_does_not_count() -> None:
    """2 may not have met 3 yet, or not the same."""
    founding = make_founding(2)
    founding.take(2, said(founding))
    founding._acquaintance.admits(3, b"3" * 16, ANYBODY)
    founding.take(3, said(founding))
    assert founding.awaited == (2,)
    assert not founding.is_over


@pytest.mark.parametrize("sender", [1, 4])
def test_strangers_and_this_node_itself_have_no_say(sender: int) -> None:
    """An observer may know them all, too."""
    founding = make_founding(2, 3)
    assert not founding.take(sender, said(founding, is_over=True))
    assert not founding.is_over


def test_other_disks_and_other_first_voters_are_no_agreement() -> None:
    """One that comes back with an empty disk, or was started with another list."""
    founding, other = make_founding(2, 3), make_founding(2, 3, 4, voters=(1, 2, 3, 4))
    assert not founding.take(2, said(other, is_over=True))
    assert not founding.take(2, Acquainted(b"?" * 16, True, True))
    assert not founding.is_over


def test_list_that_has_grown_is_another_one() -> None:
    """What the first of these agreed on says nothing of 4, whom nobody has met."""
    founding = make_founding(2, 3)
    founding.end()
    for voters, is_over in ((VOTERS, True), ((1, 2, 3, 4), False), ((1, 2), False)):
        again = Founding(1, voters, founding._acquaintance, is_over=False)
        assert again.is_over is is_over


@pytest.mark.parametrize("is_power_lost", [False, True])
async def test_node_that_knew_it_takes_part_whoever_is_there_later(
    autojump_clock: trio.testing.MockClock, *, is_power_lost: bool
) -> None:
    """It is on its disk, also if nobody was elected yet."""
    async with group() as cluster:
        await trio.sleep(0.05)
        await cluster.stop_all(is_power_loss=is_power_lost)
        for node_id in (1, 2):
            await cluster.start(node_id)
        leader = await leader_of(cluster)
        assert await leader.propose(b"x=1")


async def test_first_voter_that_is_not_there_keeps_the_group_from_its_beginning(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Until it comes."""
    async with group(is_up=False) as cluster:
        for node_id in (1, 2):
            await cluster.start(node_id)
        await trio.sleep(100)
        node = cluster.members[1].node
        assert node is not None
        assert node.status().voters_awaited == (3,)
        assert node.status().term == 0
        await cluster.start(3)
        with trio.fail_after(5):
            await (await leader_of(cluster)).propose(b"x=1")
        assert node.status().voters_awaited == ()


def test_voter_that_was_added_shows_that_the_group_has_begun() -> None:
    """One that was started as a first voter, and asks as such, does not; nor do first voters."""
    heard = {
        (2, Acquainted(bytes(16), is_asking=True, is_over=True)): (True, False),
        (4, Acquainted(bytes(16), is_asking=True, is_over=False)): (True, False),
        (2, Heartbeat(1, 0, 0, 0, 0)): (False, False),
        (4, Heartbeat(1, 0, 0, 0, 0)): (True, True),
    }
    for (sender, message), (is_heard, is_over) in heard.items():
        founding = make_founding(2)
        assert founding.is_heard(sender, message) is is_heard
        assert founding.is_over is is_over


async def make_older(cluster: Cluster, node_id: int, *, unmet: Collection[int] = ()) -> None:
    """Lets older software have written the directory of a node that is down."""
    files = cluster.members[node_id].files
    data = await files.read(PEERS, bytes_max=1 << 20)
    own, known = node_id.to_bytes(16, "little"), dict[int, bytes]()
    if data is not None:
        _, own, known, _ = codec.decode(checked_body(data))
    met = {peer: directory for peer, directory in known.items() if peer not in unmet}
    await replace_checked(files, PEERS, codec.encode([1, own, met]))


@pytest.mark.parametrize("has_taken_part", [False, True])
async def test_directory_of_older_software_has_begun_if_it_took_part(
    autojump_clock: trio.testing.MockClock, *, has_taken_part: bool
) -> None:
    """Nobody asked then; one that has promised nothing asks now."""
    async with group(is_up=has_taken_part) as cluster:
        if has_taken_part:
            await (await leader_of(cluster)).propose(b"x=1")
            await trio.sleep(1)
            await cluster.stop_all(is_power_loss=False)
        for node_id in (1, 2):
            await make_older(cluster, node_id)
            await cluster.start(node_id)
        await trio.sleep(3)
        leaders = cluster.leaders
        assert len(leaders) == has_taken_part


async def test_group_of_older_software_has_begun_whoever_it_meets_later(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """1 and 2 led without 3, as they could then; once 3 has come they go on without it again."""
    async with group() as cluster:
        await (await leader_of(cluster)).propose(b"x=1")
        await trio.sleep(1)
        await cluster.stop_all(is_power_loss=False)
        cluster.wipe(3)
        for node_id in (1, 2):
            await make_older(cluster, node_id, unmet=[3])
        await cluster.start_all()
        with trio.fail_after(5):
            await (await leader_of(cluster)).propose(b"x=2")
        await trio.sleep(1)
        await cluster.stop_all(is_power_loss=False)
        for node_id in (1, 2):
            await cluster.start(node_id)
        with trio.fail_after(5):
            await (await leader_of(cluster)).propose(b"x=3")


async def test_directory_of_older_software_notes_that_it_has_begun(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Also if the log says who votes: what is not committed may be dropped from it."""
    async with group(strangers=1) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        await leader.change_member(4, Membership.OBSERVER)
        await trio.sleep(1)
        await cluster.stop(1, is_power_loss=False)
        await make_older(cluster, 1)
        await cluster.start(1)
        await trio.sleep(1)
        await cluster.stop(1, is_power_loss=False)
        data = await cluster.members[1].files.read(PEERS, bytes_max=1 << 20)
        assert data is not None
        version, *_, agreed = codec.decode(checked_body(data))
        assert version == 2
        assert agreed
