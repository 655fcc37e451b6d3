"""Several real nodes over fake ports: disks that fail under a snapshot, journals that are busy."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from random import Random

import pytest
import trio
import trio.testing

import raft
from raft import limits, messages
from raft.entry import Entry
from raft.journal import Journal
from raft.journal_format import Identity
from raft.messages import Appended, Feed, Heartbeat, InstallSnapshot, Message, Vote
from raft.replication import Mode, Progress
from raft.snapshot import Snapshot, SnapshotStore
from raft.testing import Cluster, Fault, Laws, MemoryFiles, Network, Violation
from raft.testing.network import Packet
from tests.unit.raft.test_messages import ENCODED

CRASH_STEP = int(os.environ.get("RAFT_CRASH_STEP", "20"))
FUZZ_FRAMES = int(os.environ.get("RAFT_FUZZ_FRAMES", "3000"))


@asynccontextmanager
async def group(
    *,
    seed: int = 1,
    voters: int = 3,
    observers: int = 0,
    strangers: int = 0,
    snapshot_entries: int = 1000,
    is_up: bool = True,
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
        if is_up:
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


def overhear(cluster: Cluster, note: Callable[[int, int, Message], None]) -> None:
    """Lets `note` see every message from now on, behind the laws."""
    inner = cluster.network._on_message

    def both(sender: int, receiver: int, message: Message) -> None:
        inner(sender, receiver, message)
        note(sender, receiver, message)

    cluster.network._on_message = both


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


@pytest.mark.parametrize("victims", ["leader", "follower", "late", "all"])
async def test_power_loss_at_every_operation_of_snapshots_keeps_what_was_acknowledged(
    autojump_clock: trio.testing.MockClock, victims: str
) -> None:
    """Written, sent, received, installed, journals anew: one node loses power in it, or all do."""

    async def propose(cluster: Cluster, command: bytes) -> bool:
        for node_id in cluster.leaders:
            node = cluster.members[node_id].node
            with trio.move_on_after(1):
                try:
                    assert node is not None
                    await node.propose(command)
                    return True
                except (raft.NotLeaderError, raft.OutcomeUnknownError):
                    pass
        await trio.sleep(0.3)
        return False

    async def run(fail_at: int | None) -> int:
        """Returns the most operations that one of the victims did."""
        acknowledged: list[int] = []
        async with group(seed=3, snapshot_entries=6) as cluster:
            await leader_of(cluster)
            leader = cluster.leaders[0]
            follower, late = (n for n in cluster.voters if n != leader)
            await cluster.stop(late, is_power_loss=False)
            chosen = {"leader": [leader], "follower": [follower], "late": [late]}
            broken = [cluster.members[n] for n in chosen.get(victims, cluster.voters)]
            before = [len(member.files.operations) for member in broken]
            for member, count in zip(broken, before, strict=True):
                member.files.fail_at = None if fail_at is None else count + fail_at
            for number in range(20):
                if number == 14:
                    await cluster.start(late)
                if await propose(cluster, b"key%d=%d" % (number, number)):
                    acknowledged.append(number)
            await trio.sleep(1)
            done = [len(m.files.operations) - c for m, c in zip(broken, before, strict=True)]
            for node_id in cluster.voters:
                await cluster.stop(node_id, is_power_loss=True)
            await cluster.start_all()
            await leader_of(cluster)
            await trio.sleep(3)
            for member in cluster.members.values():
                assert member.node is not None
                assert member.machine.values.items() >= {
                    (f"key{number}", str(number)) for number in acknowledged
                }
        assert len(acknowledged) == 20 or fail_at is not None
        return max(done)

    total = await run(None)
    assert total > 25
    for fail_at in range(0, total, CRASH_STEP):
        await run(fail_at)


async def test_pieces_of_a_snapshot_take_no_memory_whatever_a_peer_sends(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of them at a time is on its way to the disk; the others are dropped, and come again."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        sender = cluster.leaders[0]
        receiver = next(n for n in cluster.voters if n != sender)
        member, term = cluster.members[receiver], leader.status().term
        await leader.propose(b"x=1")
        await trio.sleep(0.3)
        size, total = 1000, 1 << 20
        assert member.node is not None
        engine = member.node._driver.engine
        assert engine is not None

        def send(offset: int, data: bytes) -> None:
            piece = InstallSnapshot(term, 1000, offset, total, data)
            member.node._receive(sender, messages.encode(piece))
            member.node._driver.on_news()

        for number in range(100):
            send(number * size, bytes(size))
        await trio.testing.wait_all_tasks_blocked(0.0001)
        staged = "received-staged.new"
        assert len(member.files.content(staged)) < 5 * size
        while (done := len(member.files.content(staged))) < 50 * size:
            send(done, bytes(size))
            await trio.testing.wait_all_tasks_blocked(0.0001)
        assert engine._guarded.received is None
        assert member.node._snapshotting._pieces_in == []

        # Another one begins; what is complete and no snapshot is refused before it is read.
        reads: list[str] = []
        read = member.files.read

        async def count_reads(name: str, **more: int) -> bytes | None:
            reads.append(name)
            return await read(name, **more)

        monkeypatch.setattr(member.files, "read", count_reads)
        refused = member.node.status().messages_refused
        total = 2 * size
        for offset in (0, size):
            send(offset, bytes([7]) * size)
            await trio.testing.wait_all_tasks_blocked(0.0001)
        assert member.node.status().messages_refused == refused + 1
        assert staged not in reads
        assert staged not in member.files.list_names()
        await leader.propose(b"x=2")
        await trio.sleep(0.3)
        assert member.machine.values == {"x": "2"}


@pytest.mark.parametrize("is_overtaken", [False, True])
async def test_snapshot_that_is_overtaken_while_it_is_restored_changes_nothing(
    autojump_clock: trio.testing.MockClock, is_overtaken: bool
) -> None:
    """A follower has all entries and hears that they are committed half-way through the state."""
    async with group(seed=1) as cluster:
        leader = await leader_of(cluster)
        sender = cluster.leaders[0]
        receiver = next(n for n in cluster.voters if n != sender)
        member = cluster.members[receiver]
        await leader.propose(b"before=1")
        await trio.sleep(0.3)
        cluster.network.hold(sender, receiver, "Heartbeat")
        async with trio.open_nursery() as nursery:
            for number in range(4):
                nursery.start_soon(leader.propose, b"x%d=%d" % (number, number))
        leader.request_snapshot()
        await trio.sleep(0.01)
        machine, status = member.machine, leader.status()
        assert machine.history == ["before=1"]
        assert member.entries[-1].index == status.snapshot_index == 7
        data = cluster.members[sender].files.content(f"snapshot-{7:020d}")
        steps: list[bool] = []
        restore = machine.restore

        def restore_slowly(pieces: Iterator[bytes]) -> Iterator[bool]:
            for number in range(20):
                if number == 5 and is_overtaken:
                    for packet in cluster.network.held:
                        cluster.network.forge(packet)
                steps.append(False)
                yield False
            steps.append(True)
            yield from restore(pieces)

        machine.restore = restore_slowly
        piece = InstallSnapshot(status.term, 7, 0, len(data), data)
        cluster.network.unhold()
        cluster.network.forge(Packet(sender=sender, receiver=receiver, data=messages.encode(piece)))
        await trio.sleep(0.001)

        assert 5 < len(steps) < 20 if is_overtaken else steps[-1]
        assert sorted(machine.history) == ["before=1", "x0=0", "x1=1", "x2=2", "x3=3"]
        names = member.files.list_names()
        assert not any(name.startswith("received-") for name in names)
        assert any(name.startswith("snapshot-") for name in names) is not is_overtaken
        await leader.propose(b"after=1")
        await trio.sleep(0.3)
        await cluster.stop(receiver, is_power_loss=True)
        await cluster.start(receiver)
        await trio.sleep(1)
        assert member.machine.history == cluster.members[sender].machine.history
        assert len(member.machine.history) == 6


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


@asynccontextmanager
async def loaded(leader: raft.Node) -> AsyncIterator[None]:
    """Some seven hundred commands a second."""

    async def propose() -> None:
        for number in itertools.count():
            await leader.propose(b"x=%d" % number)
            await trio.sleep(0.003)

    async with trio.open_nursery() as nursery:
        for _ in range(4):
            nursery.start_soon(propose)
        yield
        nursery.cancel_scope.cancel()


async def test_snapshot_that_takes_longer_than_the_next_one_arrives_under_load(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The leader writes no newer one meanwhile, and keeps the log until the follower is back."""
    monkeypatch.setattr(limits, "SNAPSHOT_PIECE_BYTES", 1 << 10)
    async with group(snapshot_entries=50) as cluster:
        leader = await leader_of(cluster)
        late = next(n for n in cluster.voters if n not in cluster.leaders)
        await cluster.stop(late, is_power_loss=False)
        for number in range(60):
            await leader.propose(b"%d=%s" % (number, b"v" * 4000))
        async with loaded(leader):
            await trio.sleep(0.5)
            await cluster.start(late)
            node = cluster.members[late].node
            assert node is not None
            with trio.fail_after(10):
                while node.applied_index < leader.applied_index - 50:
                    await trio.sleep(0.05)
        await trio.sleep(1)

        assert leader.status().first_index > leader.status().last_index - 60


async def test_follower_that_only_answers_does_not_let_the_log_grow(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its disk hangs, and what the leader keeps for it is bounded."""
    monkeypatch.setattr(limits, "SNAPSHOT_HELD_BYTES_MAX", 20_000)
    async with group(snapshot_entries=50) as cluster:
        leader = await leader_of(cluster)
        late = next(n for n in cluster.voters if n not in cluster.leaders)
        cluster.members[late].files.stall()
        async with loaded(leader):
            longest = 0
            for _ in range(100):
                await trio.sleep(0.05)
                longest = max(longest, leader.status().journal_bytes)
        cluster.members[late].files.resume()

        assert 15_000 < longest < 25_000


async def test_observers_that_are_sent_to_seldom_need_no_snapshot(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The leader cuts its log while they wait for their turn: they get what is cut before."""
    monkeypatch.setattr(limits, "OBSERVERS_FEW", 1)
    monkeypatch.setattr(limits, "OBSERVERS_AT_ONCE", 1)
    monkeypatch.setattr(limits, "OBSERVER_S", 0.04)
    async with group(observers=2, snapshot_entries=20) as cluster:
        leader = await leader_of(cluster)
        await trio.sleep(0.5)
        # Ordinary entries went to both before; from here on no piece of a snapshot may.
        for observer in cluster.observers:
            cluster.network.hold(cluster.leaders[0], observer, "InstallSnapshot")
        for number in range(200):
            await leader.propose(b"x=%d" % number)
        await trio.sleep(0.5)

        assert leader.status().first_index > 150
        assert cluster.network.held == []
        for observer in cluster.observers:
            assert cluster.members[observer].machine.values == {"x": "199"}


async def test_many_observers_get_the_same_and_answer_once_a_round(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few at a time, packed; whole messages while there are many, and the rest in the end."""
    monkeypatch.setattr(limits, "OBSERVERS_FEW", 2)
    monkeypatch.setattr(limits, "OBSERVERS_AT_ONCE", 2)
    monkeypatch.setattr(limits, "OBSERVER_BATCH_ENTRIES", 8)
    monkeypatch.setattr(limits, "OBSERVER_S", 0.02)
    async with group(observers=5) as cluster:
        leader = await leader_of(cluster)
        await trio.sleep(0.5)
        feeds: dict[int, list[Feed]] = {observer: [] for observer in cluster.observers}
        answers = dict.fromkeys(cluster.observers, 0)

        def note(sender: int, receiver: int, message: Message) -> None:
            if isinstance(message, Feed):
                feeds[receiver].append(message)
            elif isinstance(message, Appended) and sender in answers:
                answers[sender] += 1

        overhear(cluster, note)
        for number in range(20):
            async with trio.open_nursery() as nursery:
                for part in range(10):
                    nursery.start_soon(leader.propose, b"x%d=%d" % (part, number))
        await trio.sleep(1)

        expected = {f"x{part}": "19" for part in range(10)}
        for observer in cluster.observers:
            assert cluster.members[observer].machine.values == expected
            assert answers[observer] == sum(message.is_asked for message in feeds[observer])
            assert answers[observer] < len(feeds[observer]) / 1.5
            brought = [len(message.entries) for message in feeds[observer]]
            assert sum(brought) == 200
            assert brought.count(8) >= 20


async def test_observer_is_asked_before_it_seems_silent(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a slow line many bytes without an answer take longer than silence is borne."""
    monkeypatch.setattr(limits, "OBSERVERS_FEW", 1)
    monkeypatch.setattr(limits, "OBSERVERS_AT_ONCE", 2)
    monkeypatch.setattr(limits, "OBSERVER_BATCH_ENTRIES", 1)
    monkeypatch.setattr(limits, "OBSERVER_S", 0.1)
    async with group(observers=2) as cluster:
        leader = await leader_of(cluster)
        await trio.sleep(0.5)
        asked: list[bool] = []

        def note(_: int, receiver: int, message: Message) -> None:
            if isinstance(message, Feed) and receiver == cluster.observers[0]:
                asked.append(message.is_asked)

        overhear(cluster, note)
        async with trio.open_nursery() as nursery:
            for number in range(12):
                nursery.start_soon(leader.propose, b"x%d=" % number + bytes(300_000))
        await trio.sleep(1)

        assert len(asked) == 12
        unasked = "".join("x" if is_asked else "." for is_asked in asked).split("x")
        assert max(map(len, unasked)) == 4


async def test_round_ends_with_the_last_observer(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is waited for who is none any more: the leader would turn for that all the time."""
    monkeypatch.setattr(limits, "OBSERVERS_FEW", 0)
    monkeypatch.setattr(limits, "OBSERVERS_AT_ONCE", 1)
    monkeypatch.setattr(limits, "OBSERVER_S", 2.0)
    async with group(observers=2) as cluster:
        leader = await leader_of(cluster)
        await trio.sleep(5)
        for number, observer in enumerate(cluster.observers):
            await leader.propose(b"x=%d" % number)
            await leader.change_member(observer, raft.Membership.REMOVED)
        engine = leader._driver.engine
        assert engine is not None
        turns = 0
        tick = engine.tick

        def count() -> None:
            nonlocal turns
            turns += 1
            assert turns < 200
            tick()

        monkeypatch.setattr(engine, "tick", count)
        await trio.sleep(5)

        assert engine._guarded._feeds == {}
        assert turns > 40


async def test_observer_that_lost_what_it_was_asked_is_asked_again(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing waits for an answer that nobody gives: neither it nor the others behind it."""
    monkeypatch.setattr(limits, "OBSERVERS_FEW", 1)
    monkeypatch.setattr(limits, "OBSERVERS_AT_ONCE", 1)
    monkeypatch.setattr(limits, "OBSERVER_BATCH_ENTRIES", 4)
    async with group(observers=3) as cluster:
        leader = await leader_of(cluster)
        await trio.sleep(0.5)
        lost = cluster.observers[0]
        cluster.network.hold(cluster.leaders[0], lost, "Feed")
        for number in range(100):
            await leader.propose(b"x=%d" % number)
        await trio.sleep(0.5)
        for observer in cluster.observers[1:]:
            assert cluster.members[observer].machine.values == {"x": "99"}
        assert cluster.members[lost].machine.values != {"x": "99"}
        cluster.network.unhold()
        await trio.sleep(1)

        assert cluster.members[lost].machine.values == {"x": "99"}


async def test_one_of_many_silent_observers_can_become_a_voter_at_any_time(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Each hears few heartbeats in a quiet group, and still answers often enough to count."""
    async with group(observers=limits.OBSERVERS_FEW + 1) as cluster:
        leader = await leader_of(cluster)
        observer = cluster.observers[0]
        for number in range(12):
            await trio.sleep(1 + number * limits.HEARTBEAT_S / 2)
            await leader.change_member(observer, raft.Membership.VOTER)
            await leader.change_member(observer, raft.Membership.OBSERVER)


async def test_clocks_that_go_back_stop_neither_elections_nor_heartbeats(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A deadline an hour away is none: whoever finds one sets it anew."""
    async with group() as cluster:
        await leader_of(cluster)
        for member in cluster.members.values():
            member.clock.jump(-3600)
        await trio.sleep(3)
        assert len(cluster.leaders) == 1
        await cluster.stop(cluster.leaders[0], is_power_loss=False)
        for member in cluster.members.values():
            member.clock.jump(-3600)
        with trio.fail_after(5):
            await (await leader_of(cluster)).propose(b"x=1")


async def test_answers_before_the_leaders_own_flush_commit_when_that_ends(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """They cost the leader no turn before, and nothing waits for the next heartbeat."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=0")
        cluster.members[cluster.leaders[0]].files.sync_s = 0.01
        for number in range(1, 20):
            began = trio.current_time()
            await leader.propose(b"x=%d" % number)
            assert trio.current_time() - began == pytest.approx(0.01, abs=0.001)


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
        assert status.journal_sync_s_max == pytest.approx(0.9)


async def test_leader_whose_disk_hangs_lets_another_one_lead(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Its heartbeats do not wait for the disk, and would keep the others from it for ever."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        await leader.propose(b"x=1")
        hanging = cluster.leaders[0]
        cluster.members[hanging].files.stall()
        with trio.fail_after(2 * limits.LEADER_FLUSH_S_MAX):
            with pytest.raises(raft.OutcomeUnknownError):
                await leader.propose(b"x=2")
            await (await leader_of(cluster)).propose(b"x=3")
        assert hanging not in cluster.leaders

        cluster.members[hanging].files.resume()
        await trio.sleep(2)
        assert cluster.members[hanging].machine.values == {"x": "3"}


async def test_only_voter_whose_disk_hangs_goes_on_leading(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Nobody else could."""
    async with group(voters=1, observers=1) as cluster:
        leader = await leader_of(cluster)
        cluster.members[1].files.stall()
        with trio.move_on_after(3 * limits.LEADER_FLUSH_S_MAX):
            await leader.propose(b"x=1")
        cluster.members[1].files.resume()
        with trio.fail_after(1):
            await leader.propose(b"x=2")


async def test_flush_that_does_not_end_is_reported(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A disk that hangs may never say that it did."""
    async with group() as cluster:
        leader = await leader_of(cluster)
        assert leader.status().journal_syncs_slow == 0
        cluster.members[cluster.leaders[0]].files.stall()
        with trio.move_on_after(5):
            await leader.propose(b"x=1")
        status = leader.status()

        assert status.journal_syncs_slow == 1
        assert status.journal_sync_s_max >= 4


async def test_hostile_frames_raise_nothing_but_our_errors(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Whatever a member sends, a node ignores it, obeys, or stops with an error of this package."""
    rng = Random(8)
    async with group() as cluster:
        await leader_of(cluster)
        for _ in range(FUZZ_FRAMES // 100):
            for node_id, member in cluster.members.items():
                if member.node is None:
                    # It stops rather than believe that two nodes lead, and comes back as it was.
                    assert isinstance(member.failure, raft.SafetyViolationError), member.failure
                    cluster.laws.on_start(member)
                    await cluster.start(node_id)
            for _ in range(100):
                data = bytearray(rng.choice(ENCODED))
                for _ in range(rng.randrange(4)):
                    data[rng.randrange(len(data))] = rng.randrange(256)
                sender, receiver = rng.sample(cluster.voters, 2)
                if cluster.members[receiver].node is not None:
                    cluster.network.forge(
                        Packet(sender=sender, receiver=receiver, data=bytes(data))
                    )
            await trio.sleep(0.001)
        statuses = [m.node.status() for m in cluster.members.values() if m.node is not None]
        assert any(status.messages_refused for status in statuses)
        # Lies about terms and logs break the laws: nobody promised them with such members.
        cluster.laws.violations.clear()
        cluster.laws.check = lambda _members: None  # type: ignore[method-assign]


def test_laws_notice_what_they_are_for() -> None:
    """Two leaders or two votes in a term are not overlooked."""
    laws = Laws()
    laws.on_message(1, 2, Heartbeat(3, 1, 0, 0, 0))
    laws.on_message(1, 3, Vote(4, 4, False, True))
    laws.check([])
    laws.on_message(2, 3, Heartbeat(3, 1, 0, 0, 0))
    laws.on_message(1, 2, Vote(4, 4, False, True))
    with pytest.raises(Violation, match=r"1 and 2 lead in term 3; 1 voted for 3 and 2 in term 4"):
        laws.check([])


def test_progress_probes_then_streams_within_its_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message until the logs meet, then a bounded window; silence goes back to asking."""
    monkeypatch.setattr(limits, "WINDOW_MESSAGES_MAX", 3)
    progress = Progress(next_index=10, match_index=1)
    progress.on_sent(12, 100)
    assert not progress.has_room
    progress.on_refused(9, retry_index=5)
    assert (progress.mode, progress.next_index) == (Mode.PROBE, 5)
    progress.on_refused(9, retry_index=7)  # the second of two: old
    assert progress.next_index == 5
    progress.on_sent(6, 100)
    progress.on_matching(6)
    assert (progress.mode, progress.next_index) == (Mode.REPLICATE, 7)
    for last in (7, 8, 9):
        assert progress.has_room
        progress.on_sent(last, 100)
    assert not progress.has_room
    progress.on_matching(8)
    assert progress.has_room
    assert progress.next_index == 10
    assert [progress.on_heartbeat() for _ in range(limits.HEARTBEATS_SILENT_MAX)][-1]
    assert (progress.mode, progress.next_index) == (Mode.PROBE, 9)


def test_last_message_before_the_window_is_full_is_asked_to_be_answered() -> None:
    """Otherwise nothing would ever be sent again; so it is by number, and by bytes."""
    rng = Random(1)
    for bytes_max in (1, 100_000, limits.FEED_BYTES_MAX):
        progress = Progress(next_index=10, match_index=1)
        assert progress.is_room_short
        progress.on_sent(10, 1)
        progress.on_matching(10)
        for _ in range(1000):
            is_asked = progress.is_room_short
            progress.on_sent(progress.next_index, rng.randint(1, bytes_max))
            assert is_asked or progress.has_room
            while not progress.has_room:
                progress.on_matching(rng.randint(progress.match_index + 1, progress.next_index - 1))


def test_progress_of_a_snapshot_ends_with_its_acknowledgement() -> None:
    """Pieces in turn; a repeated answer sends nothing twice."""
    progress = Progress(next_index=10, match_index=1)
    progress.begin_snapshot(50)
    assert not progress.has_room
    assert not progress.on_snapshot_received(49, 100)
    assert progress.on_snapshot_received(50, 100)
    assert not progress.on_snapshot_received(50, 100)
    progress.on_matching(30)
    assert progress.mode is Mode.SNAPSHOT
    progress.on_matching(50)
    assert (progress.mode, progress.next_index) == (Mode.PROBE, 51)


async def test_late_snapshot_of_ones_own_does_not_hide_a_newer_one(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What is sent to others is the newest that is in force, whichever was finished last."""
    store = SnapshotStore(
        MemoryFiles(rng=Random(1)), identity=Identity(cluster_id=bytes(16), node_id=1)
    )
    newer = Snapshot(
        previous=Entry(b"\0a", 9, 2), last=Entry(b"\0b", 10, 2), pieces=[b"newer"], state_bytes=5
    )
    await store.write(
        previous=newer.previous, last=newer.last, pieces=newer.pieces, is_received=True
    )
    assert store.newest() is None
    await store.adopt(newer)
    await store.write(previous=Entry(b"\0a", 4, 1), last=Entry(b"\0b", 5, 1), pieces=[b"older"])

    newest = store.newest()
    assert newest is not None
    assert newest[0] == 10
    piece = await store.read_piece(10, 0)
    assert piece is not None
    assert len(piece) == newest[1]
    await store.stage(piece, offset=0)
    assert await store.take_staged(10) == newer
