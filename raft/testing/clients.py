"""Clients of a simulated group: what they ask of it, what they were told, and whether that holds.

They read, write and compare-and-write registers at any node, while it lives or not. Half of the
writes are made in a session and repeated until their outcome is known; of the others some are given
up early. An operation without an answer may have happened at any time, or never.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import trio

from raft.errors import NotLeaderError, OutcomeUnknownError
from raft.node import Node
from raft.testing.climate import Climate
from raft.testing.cluster import Cluster, Member
from raft.testing.laws import Laws, Violation
from raft.testing.linearizability import Operation, find_violation
from raft.testing.losses import CALL_S

__all__ = ["CLIENTS", "Clients"]

CLIENTS = 6
READER = 0
"""The client that only reads, behind a barrier, and asks anybody."""

KEYS = ("a", "b", "c", "d", "e", "f")
RETRIES = 60


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


class Clients:
    """All clients of one group, by numbers from 0 to `CLIENTS`.

    Args:
        cluster: the group; nodes come and go.
        laws: know what was applied, and what a read must see.
        rng: gives each client randomness of its own, by its name.
        climate: how often they ask, and for how many registers.

    Attributes:
        writes_acknowledged, outcomes_unknown: of all writes.
        repeated: writes that were answered when they were said again.
        reads_of_replaced: asked of a leader while there was another one in a later term.
    """

    def __init__(
        self, cluster: Cluster, *, laws: Laws, rng: Callable[[str], Random], climate: Climate
    ) -> None:
        self._cluster = cluster
        self._laws = laws
        self._rng = rng
        self._climate = climate
        self._is_over = False
        self._histories: dict[str, list[Operation]] = {key: [] for key in KEYS}
        self._acknowledged: set[str] = set()
        self.writes_acknowledged = 0
        self.outcomes_unknown = 0
        self.repeated = 0
        self.reads_of_replaced = 0

    def stop(self) -> None:
        """No client begins another operation."""
        self._is_over = True

    async def run(self, number: int) -> None:
        """One client reads and writes until `stop`."""
        rng = self._rng(f"client {number}")
        target = rng.choice(self._cluster.voters)
        client = _Client(rng=rng, number=number)
        while not self._is_over:
            await trio.sleep(rng.expovariate(1 / self._climate.call_s))
            client.count += 1
            hint = await self._call(client, target)
            anybody = rng.choice(list(self._cluster.members))
            # Some go by no hint: they meet leaders that were replaced, too.
            if number == READER or rng.random() < 0.3:
                hint = self._leader(rng)
            target = hint or anybody

    def _leader(self, rng: Random) -> int | None:
        """Returns one of those that believe they lead."""
        leaders = self._cluster.leaders
        return rng.choice(leaders) if leaders else None

    async def _call(self, client: _Client, target: int) -> int | None:
        """Does one operation; returns where to go next, None: anywhere."""
        rng = client.rng
        key = rng.choice(KEYS[: self._climate.keys])
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
            self.writes_acknowledged += 1
            self._acknowledged.add(command)
        else:
            self.outcomes_unknown += 1
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
        self.reads_of_replaced += self._is_replaced(member)
        start, led_index = trio.current_time(), self._laws.led_index
        with trio.move_on_after(CALL_S):
            try:
                if client.number != READER and client.rng.random() < 0.5:
                    result: Any = await node.propose(f"{key}?".encode())
                else:
                    await node.read_barrier()
                    if member.node is node:
                        self._laws.check_read(member, led_index=led_index)
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
        patience_s = CALL_S if sequence else client.rng.choice((0.4, CALL_S))
        with trio.move_on_after(patience_s):
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
                self.repeated += is_open
                return outcome
            is_open = is_open or not outcome.is_certain
            target = outcome.hint or client.rng.choice(list(self._cluster.members))
            await trio.sleep(0.1)
        return _Outcome(is_certain=not is_open)

    def judge(self) -> None:
        """Returns if what was acknowledged was applied once, and reads agree with some order.

        Raises:
            Violation
        """
        applied = self._laws.applied_commands()
        for command in self._acknowledged:
            if applied.count(command) != 1:
                raise Violation(
                    f"{command!r} was acknowledged and applied {applied.count(command)} times"
                )
        doubled = {c for c in applied if "=" in c and applied.count(c) > 1}
        if doubled:
            raise Violation(f"applied more than once: {sorted(doubled)}")
        for key, history in self._histories.items():
            unexplained = find_violation(history)
            if unexplained is not None:
                raise Violation(f"register {key} is not linearizable: {unexplained[:8]}")
