"""A whole group in one process: random faults from a seed, then peace, then the verdict."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import trio
import trio._core._run as trio_run
import trio.testing

from raft.errors import NotLeaderError, OutcomeUnknownError
from raft.messages import InstallSnapshot, Message
from raft.testing.clients import CLIENTS, Clients
from raft.testing.climate import Climate
from raft.testing.cluster import Cluster
from raft.testing.faults import Faults, Trouble
from raft.testing.laws import Laws, Violation
from raft.testing.losses import CALL_S, Losses
from raft.testing.network import Network
from raft.testing.timeline import Recorder

__all__ = ["Faults", "Report", "seeded_scheduler", "simulate"]

CHECK_S = 0.02
PEACE_S = 60.0
PEACE_LATENCY_S = 0.0005, 0.003


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
        self.climate = Climate.draw(self._rng("climate"), faults.kinds)
        self._voters = voters
        self._observers = observers
        self._strangers = strangers
        self._seconds = seconds
        self._faults = faults
        self.report = Report(seed=seed)

    def _rng(self, name: str) -> Random:
        return Random(f"{self._seed}/{name}")

    async def main(self) -> None:
        self._laws = Laws()
        self._network = Network(
            rng=self._rng("network"),
            latency_s=self.climate.latency_s,
            on_message=self._on_message,
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
                snapshot_entries=self.climate.snapshot_entries,
            )
            self._losses = Losses(
                self._cluster,
                nursery=nursery,
                rng=self._rng("operator"),
                has_operator=self._faults.membership,
                note=self._note_loss,
            )
            self._trouble = Trouble(
                cluster=self._cluster,
                network=self._network,
                losses=self._losses,
                nursery=nursery,
                climate=self.climate,
                rng=self._rng,
                note=self._on_trouble,
                omitted=self._omitted,
            )
            self._clients = Clients(
                self._cluster, laws=self._laws, rng=self._rng, climate=self.climate
            )
            nursery.start_soon(self._network.run)
            async with trio.open_nursery() as clients:
                with self.climate.in_force():
                    await self._start()
                    nursery.start_soon(self._check)
                    for number in range(CLIENTS):
                        clients.start_soon(self._clients.run, number)
                    await self._trouble.run(self._seconds)
                await self._make_peace()
            self._judge()
            nursery.cancel_scope.cancel()

    async def _start(self) -> None:
        rng = self._rng("start")
        for node_id in self._cluster.members:
            if self.climate.are_all_started or rng.random() < 0.5:
                await self._cluster.start(node_id)

    def _on_message(self, sender: int, receiver: int, message: Message) -> None:
        self._laws.on_message(sender, receiver, message)
        self._trouble.on_message(sender, receiver, message)
        self.report.snapshot_pieces += isinstance(message, InstallSnapshot)
        if self._recorder is not None:
            self._recorder.on_message(trio.current_time(), sender, receiver, message)

    def _on_trouble(self, kind: str, number: int) -> None:
        self.report.faults[kind] = self.report.faults.get(kind, 0) + 1
        self._note_fault(kind, number)

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

    # Peace.

    async def _make_peace(self) -> None:
        self._note_fault("peace")
        self._trouble.mend()
        self._network.latency_s = PEACE_LATENCY_S
        for member in self._cluster.members.values():
            member.clock.rate = 1.0
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
        self._clients.stop()

    async def _is_whole(self) -> bool:
        """Whether one leader leads, commits, and everybody has the same state."""
        for member in list(self._cluster.members.values()):
            if member.node is None:
                await self._trouble.restart(member)
        if self._losses.is_busy:
            return False
        leaders = self._cluster.leaders
        if len(leaders) != 1:
            return False
        node = self._cluster.members[leaders[0]].node
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
        self._clients.judge()
        self.report.digest = self._network.digest.hexdigest()
        self.report.packets = self._network.packets
        self.report.terms_led = self._laws.terms_led
        self.report.writes_acknowledged = self._clients.writes_acknowledged
        self.report.outcomes_unknown = self._clients.outcomes_unknown
        self.report.repeated = self._clients.repeated
        self.report.reads_of_replaced = self._clients.reads_of_replaced
        self.report.members_changed = self._trouble.members_changed
        self.report.transfers = self._trouble.transfers
        self.report.disks_wiped = self._losses.wipes
        self.report.bits_flipped = self._losses.flips
        self.report.disks_refused = self._losses.refused
        self.report.disks_survived = self._losses.survived
        self.report.nodes_replaced = self._losses.replaced
