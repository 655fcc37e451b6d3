"""Whose disk is whose: by whom it met first, and by what the membership says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from random import Random

import trio
import trio.testing

import raft
from raft.acquaintance import Acquaintance
from raft.configuration import Configuration
from raft.entry import Entry
from raft.links import Owner
from raft.messages import AppendEntries, Message, RequestVote, decode, encode
from raft.states import EntryKind
from raft.testing import MemoryFiles, Registers
from tests.unit.raft.test_group import group, leader_of

OLD, WIPED = b"o" * 16, b"w" * 16
NOTHING_SAID = Configuration.of([1, 2, 3])
SAID = Configuration.of([1, 2, 3], directories={2: OLD})


def make_acquaintance() -> Acquaintance:
    return Acquaintance(MemoryFiles(rng=Random(1)), rng=Random(2))


def test_first_disk_of_a_peer_is_the_one() -> None:
    """Nothing is known of it, here or in the membership."""
    acquaintance = make_acquaintance()

    assert acquaintance.admits(2, OLD, NOTHING_SAID)
    assert acquaintance.admits(2, OLD, NOTHING_SAID)
    assert not acquaintance.admits(2, WIPED, NOTHING_SAID)


def test_wiped_disk_that_comes_first_is_refused_where_the_membership_knows_better() -> None:
    """It is not noted either."""
    acquaintance = make_acquaintance()

    assert not acquaintance.admits(2, WIPED, SAID)
    assert acquaintance.admits(2, OLD, SAID)
    assert acquaintance.strangers(SAID) == set()


def test_wiped_disk_that_was_let_in_is_a_stranger_once_the_membership_says_so() -> None:
    """It came before this node had the log. No disk is admitted under that name any more."""
    acquaintance = make_acquaintance()
    assert acquaintance.admits(2, WIPED, NOTHING_SAID)

    assert acquaintance.strangers(SAID) == {2}
    assert not acquaintance.admits(2, WIPED, SAID)
    assert not acquaintance.admits(2, OLD, SAID)


class OpenLinks:
    """A connection that was let in stays open, as over TCP."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, Message]] = []
        self.owner: Owner | None = None

    def send(self, peer: int, *messages: bytes) -> None:
        self.sent += [(peer, decode(message)) for message in messages]

    def set_members(self, addresses: Mapping[int, str], *, removed: Collection[int]) -> None:
        """Everybody is there."""

    async def run(
        self, owner: Owner, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        self.owner = owner
        task_status.started()
        await trio.sleep_forever()


async def test_wiped_disk_that_was_let_in_is_not_heard_any_more(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Its connection may stay open; nothing that comes on it counts."""
    links = OpenLinks()
    node = raft.Node(
        3,
        voters=[1, 2],
        observers=[3],
        cluster_id=bytes(16),
        files=MemoryFiles(rng=Random(1)),
        state_machine=Registers(),
        rng=Random(2),
        links=links,
    )
    poll = encode(RequestVote(2, 9, 9, True, False))

    async def hears(peer: int) -> bool:
        assert links.owner is not None
        links.sent.clear()
        links.owner.receive(peer, poll)
        links.owner.received()
        await trio.testing.wait_all_tasks_blocked()
        return peer in [receiver for receiver, _ in links.sent]

    async with trio.open_nursery() as nursery:
        await nursery.start(node.run)
        assert links.owner is not None
        assert links.owner.admits(1, b"1" * 16)
        assert links.owner.admits(2, WIPED)
        assert await hears(2)
        change = Entry(bytes([EntryKind.MEMBERSHIP]) + SAID.encode(), 2, 1)
        links.owner.receive(1, encode(AppendEntries(1, 1, 0, 1, (change,))))
        links.owner.received()
        await trio.testing.wait_all_tasks_blocked()

        assert await hears(1)
        assert not await hears(2)
        assert node.status().peers_without_disk == (2,)
        nursery.cancel_scope.cancel()


async def test_wiped_disk_is_told_of_until_its_node_is_removed(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Then nothing is left to be done about it."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        lost = next(n for n in cluster.voters if n not in cluster.leaders)
        await cluster.stop(lost, is_power_loss=True)
        cluster.wipe(lost)
        await cluster.start(lost)
        await trio.sleep(1)
        assert leader.status().peers_without_disk == (lost,)

        await leader.change_member(lost, raft.Membership.REMOVED)
        await trio.sleep(1)
        assert leader.status().peers_without_disk == ()
