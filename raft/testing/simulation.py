"""A whole group in one process: random faults from a seed, then peace, then the verdict."""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

import trio
import trio._core._run as trio_run
import trio.testing

from raft.configuration import Membership
from raft.errors import (
    NotLeaderError,
    OutcomeUnknownError,
    StorageFailedError,
    TransferFailedError,
)
from raft.messages import InstallSnapshot, Message
from raft.node import Node
from raft.testing.cluster import Cluster, Member
from raft.testing.disk import Crashed, Fault
from raft.testing.laws import Laws, Violation
from raft.testing.linearizability import Operation, find_violation
from raft.testing.losses import CALL_S, Losses
from raft.testing.network import Network
from raft.testing.timeline import Recorder

__all__ = ["Faults", "Report", "seeded_scheduler", "simulate"]

CLIENTS = 5
READER = 0
"""The client that only reads, behind a barrier, and asks anybody."""

KEYS = ("a", "b", "c", "d", "e", "f")
CHECK_S = 0.02
PEACE_S = 60.0
RETRIES = 60
SNAPSHOT_ENTRIES = 25  # small, so that snapshots happen


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Which kinds of fault happen."""

    network: bool = True
    """Loss, duplication, reordering, connections that break in mid-frame."""
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


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run did; equal for equal seeds."""

    seed: int
    digest: str = ""
    packets: int = 0
    terms_led: int = 0
    writes_acknowledged: int = 0
    outcomes_unknown: int = 0
    repeated: int = 0
    reads_of_replaced: int = 0
    """Asked of a leader while there was another one in a later term."""
    members_changed: int = 0
    transfers: int = 0
    snapshot_pieces: int = 0
    disks_wiped: int = 0
    bits_flipped: int = 0
    disks_refused: int = 0
    disks_survived: int = 0
    nodes_replaced: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    peace_s: float = 0.0


@contextlib.contextmanager
def seeded_scheduler(seed: object) -> Iterator[None]:
    """Makes trio's scheduler a function of the seed; trio's minor version is pinned for this."""
    private: Any = trio_run
    before = private._ALLOW_DETERMINISTIC_SCHEDULING
    private._ALLOW_DETERMINISTIC_SCHEDULING = True
    state = private._r.getstate()
    private._r.seed(f"{seed}/scheduler")
    try:
        yield
    finally:
        private._ALLOW_DETERMINISTIC_SCHEDULING = before
        private._r.setstate(state)


def simulate(
    seed: int,
    *,
    voters: int = 3,
    observers: int = 0,
    strangers: int = 1,
    seconds: float = 20.0,
    faults: Faults | None = None,
    recorder: Recorder | None = None,
    omitted: Collection[int] = (),
) -> Report:
    """Runs a group for so many virtual seconds with faults, heals it and judges.

    Args:
        seed: of everything.
        voters: at the start.
        observers: at the start.
        strangers: nodes that may become members.
        seconds: of faults; virtual.
        faults: that may happen; all by default.
        recorder: is told what happens; changes nothing.
        omitted: numbers of faults that do not happen after all; the others stay what they are.

    Raises:
        Violation: a law does not hold, an acknowledged command is lost or doubled, a register is
            not linearizable, the group does not recover within `PEACE_S`, or anything else fails.
    """
    run = _Run(seed, voters, observers, strangers, seconds, faults or Faults(), recorder, omitted)
    try:
        with seeded_scheduler(seed):
            trio.run(run.main, clock=trio.testing.MockClock(autojump_threshold=0))
    except BaseExceptionGroup as group:
        if group.subgroup(KeyboardInterrupt) is not None:
            raise KeyboardInterrupt from None
        error: BaseException = group.subgroup(Violation) or group
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        if isinstance(error, Violation):
            raise error from group
        # An assertion of the code under test, most likely.
        raise Violation(f"unexpected: {error!r}") from group
    return run.report


@dataclass(slots=True, kw_only=True)
class _Client:
    rng: Random
    number: int
    count: int = 0
    session: int | None = None
    sequence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """Of a write. Certain without a result: it was not accepted."""

    is_certain: bool
    result: Any = None
    hint: int | None = None


class _Run:
    def __init__(
        self,
        seed: int,
        voters: int,
        observers: int,
        strangers: int,
        seconds: float,
        faults: Faults,
        recorder: Recorder | None,
        omitted: Collection[int],
    ) -> None:
        self._recorder = recorder
        self._omitted = frozenset(omitted)
        self._seed = seed
        self._voters = voters
        self._observers = observers
        self._strangers = strangers
        self._seconds = seconds
        self._faults = faults
        self._is_peace = False
        self._histories: dict[str, list[Operation]] = {key: [] for key in KEYS}
        self._acknowledged: set[str] = set()
        self.report = Report(seed=seed)

    def _rng(self, name: str) -> Random:
        return Random(f"{self._seed}/{name}")

    async def main(self) -> None:
        self._laws = Laws()
        self._network = Network(
            rng=self._rng("network"), latency_s=(0.0005, 0.003), on_message=self._on_message
        )
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            self._cluster = Cluster(
                nursery,
                rng=self._rng("cluster"),
                network=self._network,
                laws=self._laws,
                voters=self._voters,
                observers=self._observers,
                strangers=self._strangers,
                snapshot_entries=SNAPSHOT_ENTRIES,
            )
            self._losses = Losses(
                self._cluster,
                nursery=nursery,
                rng=self._rng("operator"),
                has_operator=self._faults.membership,
                note=self._note_loss,
            )
            nursery.start_soon(self._network.run)
            await self._cluster.start_all()
            nursery.start_soon(self._check)
            async with trio.open_nursery() as clients:
                for number in range(CLIENTS):
                    clients.start_soon(self._client, number)
                await self._make_trouble()
                await self._make_peace()
            self._judge()
            nursery.cancel_scope.cancel()

    def _on_message(self, sender: int, receiver: int, message: Message) -> None:
        self._laws.on_message(sender, receiver, message)
        self.report.snapshot_pieces += isinstance(message, InstallSnapshot)
        if self._recorder is not None:
            self._recorder.on_message(trio.current_time(), sender, receiver, message)

    def _note_fault(self, text: str, number: int | None = None) -> None:
        if self._recorder is not None:
            self._recorder.on_fault(trio.current_time(), text, number)

    def _note_loss(self, text: str, node_id: int) -> None:
        if self._recorder is not None:
            self._recorder.on_loss(trio.current_time(), text, node_id)

    async def _check(self) -> None:
        while True:
            if self._recorder is not None:
                self._recorder.look(trio.current_time(), self._cluster.members.values())
            self._cluster.check()
            self._losses.check()
            await trio.sleep(CHECK_S)

    # Clients.

    async def _client(self, number: int) -> None:
        rng = self._rng(f"client {number}")
        target = rng.choice(self._cluster.voters)
        client = _Client(rng=rng, number=number)
        while not self._is_peace:
            await trio.sleep(rng.expovariate(20))
            client.count += 1
            hint = await self._call(client, target)
            anybody = rng.choice(list(self._cluster.members))
            # The reader goes by no hint: it meets leaders that were replaced, too.
            target = anybody if number == READER else hint or anybody

    async def _call(self, client: _Client, target: int) -> int | None:
        """Does one operation; returns where to go next, None: anywhere."""
        rng, key = client.rng, client.rng.choice(KEYS)
        if client.number == READER or rng.random() < 0.4:
            return await self._read(client, target, key)
        command = f"{key}={client.number}.{client.count}"
        expected: str | None = None
        if rng.random() < 0.3:
            seen = [o.written for o in self._histories[key][-3:] if o.written is not None]
            expected = rng.choice(seen) if seen else None
        if expected is not None:
            command += f" if {expected}"
        start = trio.current_time()
        if rng.random() < 0.5:
            outcome = await self._write_once(client, target, command)
        else:
            outcome = await self._write(client, target, command)
        if outcome.is_certain and outcome.result is None:
            return outcome.hint
        if outcome.is_certain:
            self.report.writes_acknowledged += 1
            self._acknowledged.add(command)
        else:
            self.report.outcomes_unknown += 1
        self._histories[key].append(
            Operation(
                start=start,
                end=trio.current_time() if outcome.is_certain else math.inf,
                written=f"{client.number}.{client.count}",
                expected=expected,
                result=outcome.result,
            )
        )
        return outcome.hint

    def _node(self, node_id: int) -> Node | None:
        # A node that was replaced is none any more.
        member = self._cluster.members.get(node_id)
        return None if member is None else member.node

    async def _read(self, client: _Client, target: int, key: str) -> int | None:
        """Reads by the log, or behind a barrier."""
        member = self._cluster.members.get(target)
        if member is None or member.node is None:
            return None
        node, machine = member.node, member.machine
        self.report.reads_of_replaced += self._is_replaced(member)
        start = trio.current_time()
        with trio.move_on_after(CALL_S):
            try:
                if client.number != READER and client.rng.random() < 0.5:
                    result: Any = await node.propose(f"{key}?".encode())
                else:
                    await node.read_barrier()
                    result = machine.values.get(key)
            except NotLeaderError as error:
                return error.leader_hint
            except OutcomeUnknownError:
                return None
            end = trio.current_time()
            self._histories[key].append(Operation(start=start, end=end, result=result))
            return target
        return None

    def _is_replaced(self, member: Member) -> bool:
        """Whether it leads, and another one does so in a later term."""
        terms = [
            (each.node.status().term, each is member)
            for each in self._cluster.members.values()
            if each.node is not None and each.is_leading
        ]
        return len(terms) > 1 and any(mine for _, mine in terms) and not max(terms)[1]

    async def _write(
        self, client: _Client, target: int, command: str, *, sequence: int = 0
    ) -> _Outcome:
        node = self._node(target)
        if node is None:
            return _Outcome(is_certain=True)
        with trio.move_on_after(CALL_S):
            try:
                session = client.session if sequence else None
                result = await node.propose(command.encode(), client=session, sequence=sequence)
                return _Outcome(is_certain=True, result=result, hint=target)
            except NotLeaderError as error:
                return _Outcome(is_certain=True, hint=error.leader_hint)
            except OutcomeUnknownError:
                pass
        return _Outcome(is_certain=False)

    async def _write_once(self, client: _Client, target: int, command: str) -> _Outcome:
        """Writes in a session: repeats an unknown outcome until it is known."""
        node = self._node(target)
        if client.session is None and node is not None:
            with trio.move_on_after(CALL_S):
                try:
                    client.session = await node.open_session()
                except NotLeaderError as error:
                    return _Outcome(is_certain=True, hint=error.leader_hint)
                except OutcomeUnknownError:
                    pass
        if client.session is None:
            return _Outcome(is_certain=True)
        client.sequence += 1
        is_open = False
        for _ in range(RETRIES):
            outcome = await self._write(client, target, command, sequence=client.sequence)
            if outcome.is_certain and outcome.result is not None:
                self.report.repeated += is_open
                return outcome
            is_open = is_open or not outcome.is_certain
            target = outcome.hint or client.rng.choice(list(self._cluster.members))
            await trio.sleep(0.1)
        return _Outcome(is_certain=not is_open)

    # Faults.

    async def _make_trouble(self) -> None:
        moments = self._rng("faults")
        kinds = [f.name for f in fields(self._faults) if getattr(self._faults, f.name)]
        until = trio.current_time() + self._seconds
        for number in itertools.count():
            await trio.sleep(moments.expovariate(1.5))
            if trio.current_time() >= until:
                return
            # Of its own, so that without one fault the others are the same.
            rng = self._rng(f"fault {number}")
            await self._restart_failed(rng)
            if kinds:
                kind = rng.choice(kinds)
                if number in self._omitted:
                    continue
                self.report.faults[kind] = self.report.faults.get(kind, 0) + 1
                self._note_fault(kind, number)
                if kind == "membership":
                    # It takes its time, while other things break.
                    self._nursery.start_soon(self._break_membership, rng)
                else:
                    await getattr(self, f"_break_{kind}")(rng)

    async def _restart_failed(self, rng: Random) -> None:
        for member in list(self._cluster.members.values()):
            if member.node is None and rng.random() < 0.7:
                await self._restart(member)

    async def _restart(self, member: Member) -> None:
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

    def _aim(self, rng: Random) -> Member:
        """Returns whom a fault meets: a leader half of the time, for it matters most."""
        leaders = self._cluster.leaders
        if leaders and rng.random() < 0.5:
            return self._cluster.members[leaders[0]]
        return rng.choice(list(self._cluster.members.values()))

    async def _break_network(self, rng: Random) -> None:
        level = rng.choice((0.0, 0.02, 0.1))
        self._network.loss = level * rng.random()
        self._network.duplication = level * rng.random()
        self._network.reordering = level * rng.random()
        self._network.breakage = level * rng.random()

    async def _break_partition(self, rng: Random) -> None:
        nodes = list(self._cluster.members)
        rng.shuffle(nodes)
        match rng.randrange(5):
            case 0 | 1:
                self._network.heal()
            case 2:
                self._network.cut_link(nodes[0], nodes[1])
            case 3:
                middle = rng.randrange(1, len(nodes))
                self._network.cut(nodes[:middle], nodes[middle:])
            case _:
                leaders = self._cluster.leaders or nodes[:1]
                self._network.cut(leaders, [n for n in nodes if n not in leaders])

    async def _break_disk(self, rng: Random) -> None:
        member = rng.choice(list(self._cluster.members.values()))
        match rng.randrange(5):
            case 0:
                member.files.sync_s = rng.choice((0.0, 0.001, 0.01, 0.1, 1.0))
            case 1:
                member.files.stall()
            case 2:
                member.files.resume()
            case 3:
                candidates = self._losses.candidates()
                if candidates:
                    victim = rng.choice(candidates)
                    await self._stop(victim, rng)
                    self._losses.flip(victim, rng)
            case _:
                member.files.fault = rng.choice((Fault.EIO, Fault.ENOSPC, Fault.CRASH))
                member.files.fail_at = len(member.files.operations) + rng.randrange(20)

    async def _break_clock(self, rng: Random) -> None:
        member = self._aim(rng)
        match rng.randrange(4):
            case 0:
                if member.paused_at is None:
                    member.clock.rate = rng.uniform(0.8, 1.25)
            case 1:
                member.clock.jump(rng.choice((-3600.0, -1.0, 0.5, 1.0, 3600.0)))
            case 2:
                if member.paused_at is None and member.node is not None:
                    self._cluster.pause(member.node_id)
            case _:
                for paused in self._cluster.members:
                    self._cluster.resume(paused)

    async def _break_process(self, rng: Random) -> None:
        members = list(self._cluster.members.values())
        # All at once now and then: nothing but the disks is left.
        victims = members if rng.random() < 0.1 else [self._aim(rng)]
        for member in victims:
            await self._stop(member, rng)
        candidates = self._losses.candidates()
        if candidates and rng.random() < 0.2:
            victim = rng.choice(candidates)
            await self._stop(victim, rng)
            self._losses.wipe(victim)

    async def _stop(self, member: Member, rng: Random) -> None:
        self._cluster.resume(member.node_id)
        await self._cluster.stop(member.node_id, is_power_loss=rng.random() < 0.6)

    async def _break_membership(self, rng: Random) -> None:
        leaders = self._cluster.leaders
        node = self._node(leaders[0]) if leaders else None
        targets = [m.node_id for m in self._cluster.members.values() if not m.is_lost]
        target = rng.choice(targets)
        if node is None or self._is_peace:
            return
        status = node.status()
        is_enough = len(status.voters) > self._voters - 1
        kind = None
        if rng.random() < 0.3:
            with trio.move_on_after(CALL_S):
                with contextlib.suppress(NotLeaderError, TransferFailedError, OutcomeUnknownError):
                    await node.transfer_leadership(target)
                    self.report.transfers += 1
        elif target in status.observers and rng.random() < 0.15:
            kind = Membership.REMOVED
        elif target in status.voters and is_enough:
            kind = Membership.OBSERVER
        elif target in status.observers:
            kind = Membership.VOTER
        elif target not in (*status.voters, *status.removed):
            kind = Membership.OBSERVER
        if kind is not None:
            is_done = await self._losses.change(leaders[0], target, kind)
            self.report.members_changed += is_done

    # Peace.

    async def _make_peace(self) -> None:
        self._note_fault("peace")
        self._network.heal()
        self._network.loss = self._network.duplication = self._network.reordering = 0.0
        self._network.breakage = 0.0
        for member in self._cluster.members.values():
            self._cluster.resume(member.node_id)
            member.clock.rate = 1.0
            member.files.resume()
            member.files.sync_s = 0.0
            member.files.fail_at = None
        start = trio.current_time()
        with trio.move_on_after(PEACE_S) as scope:
            while not await self._is_whole():
                await trio.sleep(0.05)
        if scope.cancelled_caught:
            states = [m.node and m.node.status() for m in self._cluster.members.values()]
            raise Violation(f"liveness: no common state {PEACE_S} s after healing: {states}")
        self.report.peace_s = trio.current_time() - start
        self._is_peace = True

    async def _is_whole(self) -> bool:
        """Whether one leader leads, commits, and everybody has the same state."""
        for member in list(self._cluster.members.values()):
            if member.node is None:
                await self._restart(member)
        if self._losses.is_busy:
            return False
        leaders = self._cluster.leaders
        if len(leaders) != 1:
            return False
        node = self._node(leaders[0])
        assert node is not None
        try:
            with trio.fail_after(CALL_S):
                await node.propose(b"peace")
        except (NotLeaderError, OutcomeUnknownError, trio.TooSlowError):
            return False
        await trio.sleep(1.0)
        status = node.status()
        members = [self._cluster.members[n] for n in (*status.voters, *status.observers)]
        # Without an operator a lost disk stays lost.
        machines = [member.machine for member in members if not member.is_lost]
        return all(
            (m.values, m.history) == (machines[0].values, machines[0].history) for m in machines
        )

    # The verdict.

    def _judge(self) -> None:
        self._cluster.check()
        applied = self._laws.applied_commands()
        for command in self._acknowledged:
            if applied.count(command) != 1:
                raise Violation(
                    f"{command!r} was acknowledged and applied {applied.count(command)} times"
                )
        doubled = {c for c in applied if c != "peace" and "?" not in c and applied.count(c) > 1}
        if doubled:
            raise Violation(f"applied more than once: {sorted(doubled)}")
        for key, history in self._histories.items():
            unexplained = find_violation(history)
            if unexplained is not None:
                raise Violation(f"register {key} is not linearizable: {unexplained[:8]}")
        self.report.digest = self._network.digest.hexdigest()
        self.report.packets = self._network.packets
        self.report.terms_led = self._laws.terms_led
        self.report.disks_wiped = self._losses.wipes
        self.report.bits_flipped = self._losses.flips
        self.report.disks_refused = self._losses.refused
        self.report.disks_survived = self._losses.survived
        self.report.nodes_replaced = self._losses.replaced
