"""Commands without a result: bounded by number and bytes; who waits gets its turn."""

from __future__ import annotations

from random import Random

import pytest
import trio
import trio.testing

import raft
from raft import limits
from raft.proposals import Proposal, Proposals
from raft.states import Outcome
from raft.testing import MemoryFiles, Registers


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PROPOSALS_PENDING_MAX", 8)
    monkeypatch.setattr(limits, "PROPOSALS_BYTES_MAX", 100)


class Queue:
    """Proposals, and which of them have begun."""

    def __init__(self) -> None:
        self.proposals = Proposals()
        self.begun: dict[str, Proposal] = {}

    async def propose(self, name: str, command_bytes: int) -> None:
        await self.proposals.take_place(command_bytes)
        self.begun[name] = self.proposals.begin(command_bytes)

    async def finish(self, name: str) -> None:
        self.begun.pop(name).finish(Outcome.APPLIED, None)
        await trio.testing.wait_all_tasks_blocked()


async def test_long_commands_wait_for_room_and_all_are_applied(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """While the disk stands still no more than the bound is with the engine; nothing is refused."""
    files, machine = MemoryFiles(rng=Random(1)), Registers()
    node = raft.Node(
        1, voters=[1], cluster_id=bytes(16), files=files, state_machine=machine, rng=Random(9)
    )
    commands = [f"command-{number}".ljust(40, "-") for number in range(10)]
    async with trio.open_nursery() as nursery:
        await nursery.start(node.run)
        files.stall()
        async with trio.open_nursery() as clients:
            for command in commands:
                clients.start_soon(node.propose, command.encode())
                await trio.testing.wait_all_tasks_blocked()
            assert node.status().proposals_pending == 2
            files.resume()
        assert sorted(machine.history) == commands
        assert node.status().proposals_pending == 0
        nursery.cancel_scope.cancel()


async def test_short_commands_do_not_pass_a_long_one(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Otherwise it would wait for ever behind a stream of short ones."""
    queue = Queue()
    async with trio.open_nursery() as nursery:
        await queue.propose("first", 60)
        await queue.propose("second", 20)
        for name, command_bytes in (("long", 90), ("short", 10), ("last", 1)):
            nursery.start_soon(queue.propose, name, command_bytes)
            await trio.testing.wait_all_tasks_blocked()

        await queue.finish("first")
        assert sorted(queue.begun) == ["second"]
        await queue.finish("second")
        assert sorted(queue.begun) == ["long", "short"]
        await queue.finish("short")
        assert sorted(queue.begun) == ["last", "long"]


async def test_who_gives_up_waiting_makes_way(autojump_clock: trio.testing.MockClock) -> None:
    """A cancelled long command holds nobody up, and takes no room."""
    queue = Queue()
    async with trio.open_nursery() as nursery:
        await queue.propose("first", 60)
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as given_up:
                given_up.start_soon(queue.propose, "long", 90)
                await trio.testing.wait_all_tasks_blocked()
                nursery.start_soon(queue.propose, "short", 40)
                await trio.testing.wait_all_tasks_blocked()
                assert sorted(queue.begun) == ["first"]
                scope.cancel()
        await trio.testing.wait_all_tasks_blocked()

        assert sorted(queue.begun) == ["first", "short"]


async def test_a_place_given_back_is_the_next_one_s(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What is not begun, on a node that does not lead, leaves its room too."""
    proposals = Proposals()
    for _ in range(3 * limits.PROPOSALS_PENDING_MAX):
        with trio.fail_after(1):
            await proposals.take_place(limits.PROPOSALS_BYTES_MAX)
        proposals.release(limits.PROPOSALS_BYTES_MAX)


async def test_commands_without_bytes_are_counted(autojump_clock: trio.testing.MockClock) -> None:
    """An empty one costs memory, too: the bound of their number stays."""
    queue = Queue()
    async with trio.open_nursery() as nursery:
        for number in range(limits.PROPOSALS_PENDING_MAX + 1):
            nursery.start_soon(queue.propose, str(number), 0)
            await trio.testing.wait_all_tasks_blocked()

        assert len(queue.begun) == len(queue.proposals) == limits.PROPOSALS_PENDING_MAX
        await queue.finish("0")
        assert len(queue.begun) == limits.PROPOSALS_PENDING_MAX
