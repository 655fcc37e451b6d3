"""What a user of a group calls: sessions, reads, leadership, members."""

from __future__ import annotations

from random import Random

import pytest
import trio
import trio.testing

import raft
from raft import limits
from raft.sessions import SessionRejected, Sessions
from raft.states import Outcome, Role
from raft.syncobj import Engine
from raft.testing import MemoryFiles, Registers
from tests.unit.raft.test_group import group, leader_of


async def test_group_grows_from_one_to_three_and_loses_the_first(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """One change at a time, each node an observer first; then any node may go."""
    async with group(voters=1, strangers=2, snapshot_entries=10) as cluster:
        leader = await leader_of(cluster)
        for number in range(30):
            await leader.propose(b"x=%d" % number)
        for node_id in (2, 3):
            await leader.change_member(node_id, raft.Membership.OBSERVER)
            with trio.fail_after(10):
                while True:
                    try:
                        await leader.change_member(node_id, raft.Membership.VOTER)
                        break
                    except raft.MembershipRefusedError:
                        await trio.sleep(0.1)
        await leader.transfer_leadership(2)
        await trio.sleep(0.2)
        leader = await leader_of(cluster)
        assert leader is cluster.members[2].node
        await leader.change_member(1, raft.Membership.REMOVED)
        await cluster.stop(1, is_power_loss=True)
        await leader.propose(b"x=last")
        await trio.sleep(0.5)

        assert leader.status().voters == (2, 3)
        assert leader.status().removed == (1,)
        assert cluster.members[3].machine.values == {"x": "last"}


async def test_answer_that_brings_nothing_costs_no_turn(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other follower has committed it; when nothing is said, nothing is done."""
    tick, ticks = Engine.tick, 0

    def counted(engine: Engine) -> None:
        nonlocal ticks
        ticks += engine.role is Role.LEADER
        tick(engine)

    async with group() as cluster:
        leader = await leader_of(cluster)
        monkeypatch.setattr(Engine, "tick", counted)
        for number in range(100):
            await leader.propose(b"x=%d" % number)
        # It is told, sent, and perhaps waits for its own flush.
        assert ticks <= 250
        await trio.sleep(1)
        ticks = 0
        await trio.sleep(10)
        # A heartbeat each; its answers need none.
        assert ticks <= 1.2 * 10 / limits.HEARTBEAT_S


async def test_change_that_is_no_step_is_refused(autojump_clock: trio.testing.MockClock) -> None:
    """The text says what must be so first; nothing is in the log."""
    async with group(strangers=1) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"a")
        last = leader.status().last_index
        for node_id, kind, text in (
            (4, raft.Membership.VOTER, "becomes an observer"),
            (cluster.leaders[0], raft.Membership.REMOVED, "transfer its leadership"),
            (4, raft.Membership.REMOVED, "one node at a time"),
        ):
            with pytest.raises(raft.MembershipRefusedError, match=text):
                await leader.change_member(node_id, kind)

        assert leader.status().last_index == last


async def test_read_barrier_sees_what_was_acknowledged_and_writes_nothing(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """One round of heartbeats, no entry; a follower names the leader."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        last = leader.status().last_index
        async with trio.open_nursery() as nursery:
            for _ in range(50):
                nursery.start_soon(leader.read_barrier)
        assert leader.status().last_index == last
        follower = next(m.node for m in cluster.members.values() if m.node is not leader)
        assert follower is not None
        with pytest.raises(raft.NotLeaderError):
            await follower.read_barrier()


async def test_single_voter_reads_without_waiting(autojump_clock: trio.testing.MockClock) -> None:
    """Alone it is its own majority; its sessions and barriers take no time."""
    files, register = MemoryFiles(rng=Random(1)), Registers()
    node = raft.Node(
        1,
        voters=[1],
        cluster_id=bytes(16),
        files=files,
        state_machine=register,
        rng=Random(1),
        snapshot_entries=5,
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(node.run)
        start = trio.current_time()
        client = await node.open_session()
        assert await node.propose(b"x=1", client=client, sequence=1) is True
        assert await node.propose(b"x=1", client=client, sequence=1) is True
        await node.read_barrier()
        assert trio.current_time() == start
        assert register.history == ["x=1"]
        with pytest.raises(raft.SessionRejected) as caught:
            await node.propose(b"x=2", client=client + 99, sequence=1)
        assert caught.value.is_expired
        for number in range(20):
            await node.propose(b"y=%d" % number)
        await trio.sleep(3)
        assert node.status().snapshot_index > 10
        nursery.cancel_scope.cancel()
    again = Registers()
    node = raft.Node(
        1,
        voters=[1],
        cluster_id=bytes(16),
        files=files.kill(),
        state_machine=again,
        rng=Random(1),
        snapshot_entries=5,
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(node.run)
        assert await node.propose(b"x=1", client=client, sequence=1) is True
        assert again.history.count("x=1") == 1
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("observers", [0, 1, 20])
async def test_single_voter_with_links_commits_without_waiting(
    autojump_clock: trio.testing.MockClock, observers: int
) -> None:
    """Nobody's answer brings the turn in which it commits: its own flush must."""
    async with group(voters=1, observers=observers) as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x")
        start = trio.current_time()
        for number in range(10):
            await leader.propose(b"x=%d" % number)

        assert trio.current_time() - start < limits.HEARTBEAT_S / 2


async def test_watch_leader_tells_changes(autojump_clock: trio.testing.MockClock) -> None:
    """Now, and whenever it changes; a slow reader gets the newest."""
    async with group() as cluster:
        await leader_of(cluster)
        await trio.sleep(0.3)
        first = cluster.leaders[0]
        watcher = next(n for n in cluster.voters if n != first)
        node = cluster.members[watcher].node
        assert node is not None
        seen: list[int | None] = []

        async def watch() -> None:
            async for leader in node.watch_leader():
                seen.append(leader)

        async with trio.open_nursery() as nursery:
            nursery.start_soon(watch)
            await trio.sleep(0.1)
            await cluster.stop(first, is_power_loss=False)
            await trio.sleep(3)
            nursery.cancel_scope.cancel()

        assert seen[0] == first
        assert seen[-1] == cluster.leaders[0] != first


async def test_watch_and_transfer_end_with_the_node(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Nothing comes any more, and nobody knows who leads."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        me = cluster.leaders[0]
        target = next(n for n in cluster.voters if n != me)
        await cluster.stop(target, is_power_loss=False)
        await leader.propose(b"a")
        ended: list[str] = []

        async def watch() -> None:
            async for _ in leader.watch_leader():
                pass
            ended.append("watch")

        async def transfer() -> None:
            with pytest.raises(raft.OutcomeUnknownError):
                await leader.transfer_leadership(target)
            ended.append("transfer")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(watch)
            nursery.start_soon(transfer)
            await trio.testing.wait_all_tasks_blocked()
            await cluster.stop(me, is_power_loss=False)
            with trio.fail_after(0.1):
                while len(ended) < 2:
                    await trio.sleep(0.01)


async def test_transfer_to_who_cannot_is_given_up(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The leader leads on, and takes commands again."""
    async with group(observers=1) as cluster:
        leader = await leader_of(cluster)
        me = cluster.leaders[0]
        target = next(n for n in cluster.voters if n != me)
        for wrong in (me, 4, 99):
            with pytest.raises(raft.TransferFailedError):
                await leader.transfer_leadership(wrong)
        await cluster.stop(target, is_power_loss=False)
        await leader.propose(b"a")
        with pytest.raises(raft.TransferFailedError):
            await leader.transfer_leadership(target)
        await leader.propose(b"b")


def test_sessions_drop_the_least_recently_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounded, in the same way everywhere: the order is that of the log."""
    monkeypatch.setattr(limits, "SESSIONS_MAX", 2)
    sessions = Sessions()
    for index in (10, 11):
        assert sessions.open(index) == index
    assert sessions.apply(10, 1, lambda: "ten") == (Outcome.APPLIED, "ten")
    sessions.open(12)

    outcome, error = sessions.apply(11, 1, lambda: "eleven")
    assert outcome is Outcome.REJECTED
    assert isinstance(error, SessionRejected)
    copy = Sessions()
    for client, answer in sessions.dump():
        copy.load([client, *answer])
    assert copy.apply(10, 1, lambda: "again") == (Outcome.APPLIED, "ten")
    assert copy.dump() == [(12, (0, False, None)), (10, (1, False, "ten"))]


def test_session_repeats_a_refusal() -> None:
    """A rejected command is not tried again either."""
    sessions = Sessions()
    sessions.open(1)

    def refuse() -> object:
        raise raft.CommandRejected("no", 7)

    assert sessions.apply(1, 1, refuse)[0] is Outcome.REJECTED
    outcome, error = sessions.apply(1, 1, lambda: "yes")
    assert outcome is Outcome.REJECTED
    assert isinstance(error, raft.CommandRejected)
    assert error.args == ("no", "7")
