"""The fake network: what is on the way arrives only where a connection would have been."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest
import trio
import trio.testing

from raft.links import Owner
from raft.messages import RequestVote, encode
from raft.testing import Network
from raft.testing.network import LATE_S_MAX, Packet

POLL = encode(RequestVote(2, 9, 9, True, False))


class Process:
    """A process of a node on one disk, which knows some disks of others."""

    def __init__(self, node_id: int, disk: bytes, *, known: dict[int, bytes]) -> None:
        self.known = known
        self.heard: list[int] = []
        self.owner = Owner(
            node_id=node_id,
            cluster_id=bytes(16),
            directory_id=disk * 16,
            admits=lambda peer, directory_id: self.known[peer] * 16 == directory_id,
            receive=lambda peer, _: self.heard.append(peer),
            received=lambda: None,
            applied_index=lambda: 0,
            on_removed=lambda *_: None,
        )


@asynccontextmanager
async def running(*processes: Process, seed: int = 1) -> AsyncIterator[Network]:
    """A network with these processes."""
    network = Network(rng=Random(seed), latency_s=(0.001, 0.002))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(network.run)
        for process in processes:
            network.attach(process.owner)
        yield network
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    ("known_to_sender", "known_to_receiver", "arrives"),
    [(b"2", b"1", True), (b"o", b"1", False), (b"2", b"o", False)],
)
async def test_what_is_on_the_way_when_its_sender_ends_arrives_between_disks_that_are_known(
    known_to_sender: bytes,
    known_to_receiver: bytes,
    arrives: bool,
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Over TCP nothing was sent on a connection that one of both refused."""
    sender = Process(1, b"1", known={2: known_to_sender})
    receiver = Process(2, b"2", known={1: known_to_receiver})
    async with running(sender, receiver) as network:
        network.send(Packet(sender=1, receiver=2, data=POLL))
        network.detach(1)
        await trio.sleep(1)

        assert receiver.heard == ([1] if arrives else [])


async def test_what_a_wiped_disk_said_before_it_met_anybody_is_lost_with_its_process(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """That the old disk was known says nothing of the new one."""
    receiver = Process(2, b"2", known={1: b"1"})
    async with running(receiver, Process(1, b"1", known={2: b"2"})) as network:
        network.detach(1)
        network.forget(1)
        network.cut([1], [2])
        network.attach(Process(1, b"w", known={2: b"2"}).owner)
        network.heal()
        network.send(Packet(sender=1, receiver=2, data=POLL))
        network.detach(1)
        await trio.sleep(1)

        assert receiver.heard == []


async def test_late_copy_arrives_when_the_group_has_gone_on(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The first one in time, the other one seconds later."""
    receiver = Process(2, b"2", known={1: b"1"})
    async with running(Process(1, b"1", known={2: b"2"}), receiver) as network:
        network.lateness = 1.0
        network.send(Packet(sender=1, receiver=2, data=POLL))
        await trio.sleep(0.002)
        assert receiver.heard == [1]
        await trio.sleep(LATE_S_MAX)

        assert receiver.heard == [1, 1]


@pytest.mark.parametrize("lag_s", [{1: 0.1}, {2: 0.1}, {1: 0.04, 2: 0.06}])
async def test_what_a_slow_node_sends_and_gets_takes_longer(
    lag_s: dict[int, float], autojump_clock: trio.testing.MockClock
) -> None:
    """In either direction, and the sum of both."""
    receiver = Process(2, b"2", known={1: b"1"})
    async with running(Process(1, b"1", known={2: b"2"}), receiver) as network:
        network.lag_s.update(lag_s)
        network.send(Packet(sender=1, receiver=2, data=POLL))
        await trio.sleep(0.1)
        assert receiver.heard == []
        await trio.sleep(0.01)

        assert receiver.heard == [1]


async def test_power_loss_takes_along_what_had_not_left_the_machine(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """On some links all of it, on others nothing; what others have sent arrives."""
    known = {node_id: bytes([node_id]) for node_id in range(1, 10)}
    processes = {i: Process(i, known[i], known=known) for i in known}
    async with running(*processes.values(), seed=2) as network:
        for receiver in range(2, 10):
            for sender in (1, 1, receiver % 8 + 2):
                network.send(Packet(sender=sender, receiver=receiver, data=POLL))
        network.lose_sent(1)
        await trio.sleep(0.01)

        counts = [processes[receiver].heard.count(1) for receiver in range(2, 10)]
        assert set(counts) == {0, 2}
        assert all(len(processes[i].heard) == counts[i - 2] + 1 for i in range(2, 10))
