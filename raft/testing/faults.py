"""Random faults: which, where and at what moment.

A fault strikes now, or lies in wait: for a message of some kind, right after which its sender or
its receiver is struck. What goes wrong in Raft goes wrong between two steps that are microseconds
apart, which chance alone hardly ever hits: after a vote was sent and before the next one is asked
for, after the first of four followers got an entry. Most of what is stopped, cut off or stalled
comes back by itself, soon; the rest waits for a lull, or for peace.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, fields
from random import Random

import trio

from raft.configuration import Membership
from raft.errors import (
    NotLeaderError,
    OutcomeUnknownError,
    StorageFailedError,
    TransferFailedError,
)
from raft.members import is_membership
from raft.messages import AppendEntries, Message
from raft.testing.climate import Climate
from raft.testing.cluster import Cluster, Member
from raft.testing.disk import Crashed, Fault
from raft.testing.laws import Violation
from raft.testing.losses import CALL_S, Losses
from raft.testing.network import Network, kind_of

__all__ = ["Faults", "Trouble"]

CHANGE = "change of the membership"
MOMENTS = {
    "RequestVote": 1,
    "Vote": 2,
    "AppendEntries": 6,
    "Appended": 2,
    "Refused": 1,
    "InstallSnapshot": 1,
    "SnapshotReceived": 1,
    "TimeoutNow": 1,
    CHANGE: 1,
}
"""Kinds of message that faults wait for, and how often; CHANGE: an AppendEntries with one."""

WAIT_S_MAX = 2.0
"""A fault that waits in vain strikes then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Which kinds of fault happen."""

    network: bool = True
    """Loss, duplication, reordering, late copies, slow nodes, connections that break in
    mid-frame."""
    partition: bool = True
    """Links cut, in one or both directions."""
    disk: bool = True
    """Slow and stalled flushes, EIO, ENOSPC, power loss within an operation, flipped bits."""
    clock: bool = True
    """Drift, jumps, paused processes."""
    process: bool = True
    """Kill -9, power loss, wiped disks."""
    membership: bool = True
    """Nodes become observers, voters, observers again, or are removed; leaders hand over. Lost
    nodes are replaced."""

    @property
    def kinds(self) -> list[str]:
        """Names of those that happen."""
        return [each.name for each in fields(self) if getattr(self, each.name)]


@dataclass(slots=True, kw_only=True, eq=False)
class _Ambush:
    """Waits for the next message of a kind; then `victim` is its sender, or its receiver."""

    kind: str
    is_sender_meant: bool
    sprung: trio.Event
    victim: int = 0


class Trouble:
    """Makes faults until it is cancelled.

    Args:
        cluster: whom they meet.
        network: of the cluster.
        losses: of the cluster.
        nursery: where changes of the membership end, after all faults.
        climate: how often, and which.
        rng: returns the randomness of this name.
        note: is told of each fault and its number.
        omitted: numbers of faults that do not happen.
    """

    def __init__(
        self,
        *,
        cluster: Cluster,
        network: Network,
        losses: Losses,
        nursery: trio.Nursery,
        climate: Climate,
        rng: Callable[[str], Random],
        note: Callable[[str, int], None],
        omitted: frozenset[int],
    ) -> None:
        self._cluster = cluster
        self._network = network
        self._losses = losses
        self._members_nursery = nursery
        self._climate = climate
        self._rng = rng
        self._note = note
        self._omitted = omitted
        self._voters_min = max(1, len(cluster.voters) - climate.voters_less)
        self._victim_before = 0
        self._partitions = 0
        self._ambushes: list[_Ambush] = []
        # Who is stopped stays so until what is done to its disk is done.
        self._lock = trio.Lock()
        self._is_over = False
        self.members_changed = 0
        self.transfers = 0

    async def run(self, seconds: float) -> None:
        """Makes faults for so long.

        Raises:
            Violation: a node has stopped by itself that had no reason.
        """
        moments, climate = self._rng("faults"), self._climate
        kinds = [kind for kind, weight in climate.weights.items() if weight]
        weights = [climate.weights[kind] for kind in kinds]
        for member in self._cluster.members.values():
            member.files.sync_s = moments.choice(climate.flush_s)
        with trio.move_on_after(seconds):
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                for number in itertools.count():
                    # Some come close together, and there are quiet times.
                    pace = moments.choice((0.5, 0.5, 4.0)) * climate.faults_per_s
                    await trio.sleep(moments.expovariate(pace))
                    # Of its own, so that without one fault the others are the same.
                    rng = self._rng(f"fault {number}")
                    if rng.random() < 0.06:
                        self.mend()
                    await self._restart_some(rng)
                    if kinds:
                        (kind,) = rng.choices(kinds, weights)
                        if number not in self._omitted:
                            self._note(kind, number)
                            self._begin(kind, rng)
        self._is_over = True

    def _begin(self, kind: str, rng: Random) -> None:
        # It takes its time, while other things break.
        if kind == "membership":
            # What has begun is not taken back when the faults are over.
            for _ in range(rng.choice((1, 1, 2, 3))):
                own = Random(rng.random())
                self._members_nursery.start_soon(self._break_membership, own)
        else:
            self._nursery.start_soon(getattr(self, f"_break_{kind}"), rng)

    def mend(self) -> None:
        """Ends whatever lasts, but brings nobody up."""
        network = self._network
        network.heal()
        network.loss = network.duplication = network.reordering = 0.0
        network.lateness = network.breakage = 0.0
        network.lag_s.clear()
        for member in self._cluster.members.values():
            self._cluster.resume(member.node_id)
            member.files.resume()

    # Moments.

    def on_message(self, sender: int, receiver: int, message: Message) -> None:
        """A node sent a message."""
        if self._ambushes:
            kinds = [kind_of(message)]
            if isinstance(message, AppendEntries) and any(map(is_membership, message.entries)):
                kinds.append(CHANGE)
            for ambush in [each for each in self._ambushes if each.kind in kinds]:
                self._ambushes.remove(ambush)
                ambush.victim = sender if ambush.is_sender_meant else receiver
                ambush.sprung.set()

    async def _victim(self, rng: Random) -> Member:
        """Returns whom a fault meets, at the moment when it should."""
        victim = await self._find_victim(rng)
        self._victim_before = victim.node_id
        return victim

    async def _find_victim(self, rng: Random) -> Member:
        # Misfortunes seldom come singly: cut off, and then without power, too.
        before = self._cluster.members.get(self._victim_before)
        if before is not None and rng.random() < 0.25:
            return before
        if rng.random() < 0.5:
            ambush = _Ambush(
                kind=rng.choices(list(MOMENTS), list(MOMENTS.values()))[0],
                is_sender_meant=rng.random() < 0.7,
                sprung=trio.Event(),
            )
            self._ambushes.append(ambush)
            with trio.move_on_after(WAIT_S_MAX):
                await ambush.sprung.wait()
                if rng.random() < 0.5:
                    await trio.sleep(rng.choice((0.002, 0.02, 0.2)) * rng.random())
            if ambush in self._ambushes:
                self._ambushes.remove(ambush)
            member = self._cluster.members.get(ambush.victim)
            if member is not None:
                return member
        return self._aim(rng)

    def _aim(self, rng: Random) -> Member:
        """Returns a node: mostly a leader, for it matters most."""
        leaders = self._cluster.leaders
        if leaders and rng.random() < 0.6:
            return self._cluster.members[rng.choice(leaders)]
        return rng.choice(list(self._cluster.members.values()))

    async def _soon(self, rng: Random) -> bool:
        """Waits until what was broken mends by itself; False: it does not."""
        if rng.random() < 0.3:
            return False
        await trio.sleep(rng.choice((0.2, 2.0, 5.0)) * rng.random())
        return True

    # Lives.

    async def _restart_some(self, rng: Random) -> None:
        async with self._lock:
            for member in list(self._cluster.members.values()):
                if member.node is None and rng.random() < 0.5:
                    await self.restart(member)

    async def restart(self, member: Member) -> None:
        """Begins a new life of a node that is down.

        Raises:
            Violation: it has ended its last one by itself, and had no reason.
        """
        failure = member.failure
        if self._losses.is_refusal(member):
            failure = None
        if failure is not None and not isinstance(failure, StorageFailedError | Crashed):
            raise Violation(f"{member.node_id} stopped: {failure!r}")
        if failure is not None:
            # Its files are as the failure left them.
            is_power_loss = isinstance(failure, Crashed)
            await self._cluster.stop(member.node_id, is_power_loss=is_power_loss)
        self._cluster.begin(member.node_id)

    async def _stop(self, member: Member, rng: Random) -> None:
        self._cluster.resume(member.node_id)
        await self._cluster.stop(member.node_id, is_power_loss=rng.random() < 0.7)

    def _is_there(self, member: Member) -> bool:
        """Whether it is switched on and off with the others still."""
        return self._cluster.members.get(member.node_id) is member

    # Kinds of fault.

    async def _break_network(self, rng: Random) -> None:
        network = self._network
        network.loss = rng.choice((0.0, 0.0, 0.02, 0.1)) * rng.random()
        network.duplication = rng.choice((0.0, 0.1, 0.8)) * rng.random()
        network.reordering = rng.choice((0.0, 0.1, 0.5)) * rng.random()
        network.lateness = rng.choice((0.0, 0.05, 0.4)) * rng.random()
        network.breakage = rng.choice((0.0, 0.0, 0.02, 0.1)) * rng.random()
        network.lag_s.clear()
        if rng.random() < 0.5:
            network.lag_s[self._aim(rng).node_id] = rng.choice((0.01, 0.05, 0.2))

    async def _break_partition(self, rng: Random) -> None:
        victim = (await self._victim(rng)).node_id
        others = [node_id for node_id in self._cluster.members if node_id != victim]
        rng.shuffle(others)
        network = self._network
        if rng.random() < 0.8:
            network.heal()
        middle = rng.randrange(len(others) + 1)
        here, there = others[:middle], others[middle:]
        match rng.randrange(9):
            case 0:
                pass
            case 1:
                network.cut_link(victim, others[0])
            case 2:
                network.cut_link(others[0], victim)
            case 3 | 4 | 5:
                network.cut([victim], others)
            case 6:
                network.cut([victim, *here], there)
            case 7:
                # Both halves reach it, and not each other.
                network.cut(here, there)
            case _:
                is_mute = rng.random() < 0.5
                for other in others:
                    network.cut_link(*((victim, other) if is_mute else (other, victim)))
        self._partitions += 1
        number = self._partitions
        # What was cut meanwhile lasts.
        if await self._soon(rng) and number == self._partitions:
            network.heal()

    async def _break_disk(self, rng: Random) -> None:
        match rng.randrange(5):
            case 0:
                self._aim(rng).files.sync_s = rng.choice((0.0, 0.001, 0.01, 0.1, 0.5))
            case 1:
                files = (await self._victim(rng)).files
                files.stall()
                if await self._soon(rng):
                    files.resume()
            case 2:
                for member in self._cluster.members.values():
                    member.files.resume()
            case 3:
                async with self._lock:
                    candidates = self._losses.candidates()
                    if candidates:
                        victim = rng.choice(candidates)
                        await self._stop(victim, rng)
                        self._losses.flip(victim, rng)
            case _:
                files = (await self._victim(rng)).files
                files.fault = rng.choice((Fault.EIO, Fault.ENOSPC, Fault.CRASH, Fault.CRASH))
                files.fail_at = len(files.operations) + rng.randrange(rng.choice((1, 4, 20)))

    async def _break_clock(self, rng: Random) -> None:
        member = await self._victim(rng)
        match rng.randrange(4):
            case 0:
                if member.paused_at is None:
                    member.clock.rate = rng.uniform(0.8, 1.25)
            case 1:
                member.clock.jump(rng.choice((-3600.0, -1.0, 0.5, 1.0, 3600.0)))
            case 2:
                if member.paused_at is None and member.node is not None:
                    self._cluster.pause(member.node_id)
                    if await self._soon(rng) and self._is_there(member):
                        self._cluster.resume(member.node_id)
            case _:
                for paused in self._cluster.members:
                    self._cluster.resume(paused)

    async def _break_process(self, rng: Random) -> None:
        victim = await self._victim(rng)
        async with self._lock:
            # All at once now and then: nothing but the disks is left.
            is_everybody = rng.random() < 0.1
            victims = list(self._cluster.members.values()) if is_everybody else [victim]
            for member in filter(self._is_there, victims):
                await self._stop(member, rng)
            candidates = self._losses.candidates()
            if candidates and rng.random() < 0.3:
                lost = rng.choice(candidates)
                await self._stop(lost, rng)
                self._losses.wipe(lost)
        if await self._soon(rng):
            async with self._lock:
                for member in filter(self._is_there, victims):
                    if member.node is None:
                        await self.restart(member)

    async def _break_membership(self, rng: Random) -> None:
        await trio.sleep(rng.choice((0.0, 0.01, 0.3)) * rng.random())
        leaders = self._cluster.leaders
        if not leaders or self._is_over:
            return
        leader = rng.choice(leaders)
        node = self._cluster.members[leader].node
        assert node is not None
        status = node.status()
        if rng.random() < 0.3:
            target = rng.choice(status.voters)
            with trio.move_on_after(CALL_S):
                with contextlib.suppress(NotLeaderError, TransferFailedError, OutcomeUnknownError):
                    await node.transfer_leadership(target)
                    self.transfers += 1
            return
        target = rng.choice([m.node_id for m in self._cluster.members.values() if not m.is_lost])
        if target in status.voters:
            is_enough = len(status.voters) > self._voters_min
            kind = Membership.OBSERVER if is_enough else None
        elif target in status.observers:
            kind = Membership.REMOVED if rng.random() < 0.25 else Membership.VOTER
        else:
            # One that was removed asks in vain, and a stranger that would vote at once.
            kind = Membership.VOTER if rng.random() < 0.1 else Membership.OBSERVER
        if kind is not None:
            self.members_changed += await self._losses.change(leader, target, kind)
