"""A group of real nodes over fake disks, clocks and network."""

from __future__ import annotations

import itertools
from random import Random

import trio

from raft.entry import Entry
from raft.errors import RaftError
from raft.node import Node
from raft.states import Role
from raft.testing.clock import SkewedClock
from raft.testing.disk import Crashed, MemoryFiles
from raft.testing.laws import Laws
from raft.testing.network import Network
from raft.testing.registers import Registers

__all__ = ["Cluster", "Member"]

CLUSTER_ID = b"raft testing lab"
assert len(CLUSTER_ID) == 16


class Member:
    """One node through all its lives.

    `node` is None while it is down; `failure` is what ended its last life by itself. `is_damaged`
    until its next start: bits of its disk were flipped. `is_lost` for ever: its disk is not the one
    with which it promised what it did.
    """

    def __init__(self, node_id: int, *, files: MemoryFiles, clock: SkewedClock) -> None:
        self.node_id = node_id
        self.files = files
        self.clock = clock
        self.node: Node | None = None
        self.machine = Registers()
        self.failure: BaseException | None = None
        self.paused_at: float | None = None
        self.is_damaged = False
        self.is_lost = False
        self._scope = trio.CancelScope()
        self._started = trio.Event()
        self._ended = trio.Event()

    @property
    def is_started(self) -> bool:
        """Whether it is up and has read its disk."""
        return self.node is not None and self._started.is_set()

    @property
    def entries(self) -> list[Entry]:
        """Its log, durable or not."""
        return [] if self.node is None else self.node._journal[:]

    @property
    def is_leading(self) -> bool:
        """Whether it is up and believes that it leads."""
        return self.node is not None and self.node.status().role is Role.LEADER


class Cluster:
    """Nodes 1, 2, 3 …: voters first, then observers, then strangers.

    Args:
        nursery: where the nodes live.
        rng: randomness of disks and elections.
        network: between the nodes.
        laws: that are told what happens.
        voters: how many.
        observers: how many.
        strangers: nodes that run but are no members yet.
        clock_rate: of every node's clock.
        snapshot_entries: log entries after which a node writes a snapshot.
    """

    def __init__(
        self,
        nursery: trio.Nursery,
        *,
        rng: Random,
        network: Network,
        laws: Laws,
        voters: int = 3,
        observers: int = 0,
        strangers: int = 0,
        clock_rate: float = 1.0,
        snapshot_entries: int = 1000,
    ) -> None:
        self._nursery = nursery
        self._rng = rng
        self._snapshot_entries = snapshot_entries
        self._clock_rate = clock_rate
        self.network = network
        self.laws = laws
        self.voters = tuple(range(1, voters + 1))
        self.observers = tuple(range(voters + 1, voters + observers + 1))
        self.members: dict[int, Member] = {}
        self._ids = itertools.count(1)
        for _ in range(voters + observers + strangers):
            self.add()

    def add(self) -> Member:
        """Adds a stranger with an empty disk; it is down. No id is given twice."""
        node_id = next(self._ids)
        self.members[node_id] = Member(
            node_id, files=MemoryFiles(rng=self._fork_rng()), clock=SkewedClock(self._clock_rate)
        )
        return self.members[node_id]

    def _fork_rng(self) -> Random:
        return Random(self._rng.getrandbits(64))

    async def start_all(self) -> None:
        """Starts every node that is down."""
        for node_id in self.members:
            await self.start(node_id)

    async def start(self, node_id: int) -> None:
        """Begins a new life of a node that is down; returns when it serves, or has failed."""
        member = self.members[node_id]
        if member.node is None:
            self.begin(node_id)
        await member._started.wait()

    def begin(self, node_id: int) -> None:
        """Begins a new life; it may never come to serve, if its disk is stalled."""
        member = self.members[node_id]
        assert member.node is None
        member.failure = None
        member.machine = Registers(
            lambda index, command: self.laws.on_apply(member, index, command), history_max=200
        )
        member.node = Node(
            node_id,
            voters=self.voters,
            observers=self.observers,
            cluster_id=CLUSTER_ID,
            files=member.files,
            state_machine=member.machine,
            rng=self._fork_rng(),
            links=self.network.links(node_id),
            clock=member.clock,
            snapshot_entries=self._snapshot_entries,
        )
        self.laws.on_start(member)
        member._ended = trio.Event()
        member._scope = trio.CancelScope()
        member._started = trio.Event()
        self._nursery.start_soon(self._live, member, member.node, member._started)

    async def _live(self, member: Member, node: Node, started: trio.Event) -> None:
        try:
            with member._scope:
                async with trio.open_nursery() as nursery:
                    await nursery.start(node.run)
                    started.set()
        except BaseException as error:
            failure = _find(error, (RaftError, Crashed))
            if failure is None:
                raise
            member.failure = failure
        finally:
            self.network.detach(member.node_id)
            member.node = None
            started.set()
            member._ended.set()

    async def stop(self, node_id: int, *, is_power_loss: bool) -> None:
        """Ends a life: kill -9, or with the power of the machine."""
        await self._end(self.members[node_id], is_power_loss=is_power_loss)

    async def stop_all(self, *, is_power_loss: bool) -> None:
        """Ends the life of every node, one after the other."""
        for node_id in self.members:
            await self.stop(node_id, is_power_loss=is_power_loss)

    async def _end(self, member: Member, *, is_power_loss: bool) -> None:
        self.network.detach(member.node_id)
        files = member.files
        if is_power_loss:
            self.network.lose_sent(member.node_id)
            files.crash()
            member.files = files.reboot()
        else:
            member.files = files.kill()
        member.files.sync_s = files.sync_s
        files.resume()
        member._scope.cancel()
        if member.node is not None:
            await member._ended.wait()

    async def retire(self, node_id: int) -> None:
        """Switches a node off for ever."""
        self.resume(node_id)
        # Nobody is to start it again while it ends.
        await self._end(self.members.pop(node_id), is_power_loss=True)

    def wipe(self, node_id: int) -> None:
        """Replaces the disk of a node that is down by an empty one."""
        member = self.members[node_id]
        assert member.node is None
        member.files = MemoryFiles(rng=self._fork_rng())
        member.is_damaged, member.is_lost = False, True
        # The connections of the old process ended with it.
        self.network.forget(node_id)

    def flip_bit(self, node_id: int, name: str, position: int, bit: int) -> None:
        """Damages a durable byte on the disk of a node that is down."""
        member = self.members[node_id]
        assert member.node is None
        member.files.flip_bit(name, position, bit)
        member.is_damaged = True

    def pause(self, node_id: int) -> None:
        """The process stands still, as after SIGSTOP."""
        member = self.members[node_id]
        member.paused_at = trio.current_time()
        member.clock.rate = 0.0
        self.network.pause(node_id)

    def resume(self, node_id: int) -> None:
        """The process goes on and finds that `clock` has moved meanwhile."""
        member = self.members[node_id]
        if member.paused_at is not None:
            member.clock.rate = self._clock_rate
            member.clock.jump((trio.current_time() - member.paused_at) * self._clock_rate)
            member.paused_at = None
            self.network.resume(node_id)

    def check(self) -> None:
        """Raises Violation if a law does not hold."""
        self.laws.check(self.members.values())

    @property
    def leaders(self) -> list[int]:
        """Nodes that believe they lead."""
        return [member.node_id for member in self.members.values() if member.is_leading]


def _find(error: BaseException, kinds: tuple[type[BaseException], ...]) -> BaseException | None:
    """Returns the first error of these kinds if there are no others besides cancellations."""
    if isinstance(error, BaseExceptionGroup):
        found = [_find(inner, kinds) for inner in error.exceptions]
        return found[0] if all(found) else None
    return error if isinstance(error, kinds) else None
