"""Consumer groups in the simulated world: storms of crashes, and calms in which they must settle.

**Storm.** Members start, leave, crash, pause, change what they read and are started twice by
mistake; connections break; the node is killed, stopped and met with disk errors.
**Calm.** Nothing fails any more. Each group must become stable within its timeouts; then static
members are restarted, in some seeds together with the node, and nobody may notice.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import trio

from appliance.objects.memory import Faults
from appliance.protocol import messages as m
from tests.sim.clients import OFFSET_COMMIT, OFFSET_FETCH, Client, Producer, Wire
from tests.sim.group_assignor import COOPERATIVE, EAGER, decode_assignment
from tests.sim.group_members import (
    DESCRIBE_GROUPS,
    HEARTBEAT,
    JOIN_GROUP,
    LEAVE_GROUP,
    SYNC_GROUP,
    Member,
    Seat,
    Team,
    fetch_offsets,
)
from tests.sim.group_model import GroupModel, Place
from tests.sim.model import Violation
from tests.sim.universe import LIVENESS_S, START_STEPS, STEPS, Doom, Life, Universe

MEMBERS_MAX = 20
STORMS_MAX = 2
SLACK_S = 5.0
"""Time of a calm that is not of the timeouts: heartbeats that tell of a rebalance, backoffs."""


class GroupUniverse(Universe):
    """Groups of up to 20 members, one seed.

    Attributes:
        calms: calms that all groups survived.
        restarts: static members that were restarted and kept their assignment.
    """

    def __init__(self, seed: int, *, white_box: bool = True) -> None:
        super().__init__(seed, white_box=white_box)
        rng = self.rng("groups")
        self.batches_left = rng.choice([0, 60, 200])
        self.read_stall_share = rng.choice([0.0, 0.0, 0.2])
        self.delay_s = rng.choice([0.0, 0.5, 3.0])
        self.settings = dataclasses.replace(
            self.settings,
            group_initial_rebalance_delay_ms=int(self.delay_s * 1000),
            group_min_session_timeout_ms=100,
        )
        self.teams: list[Team] = []
        self.calms = self.restarts = 0
        self._is_stormy = False
        self._storms = rng.randint(1, STORMS_MAX)
        self._stir_s = rng.choice([2.0, 5.0, 12.0])  # of one seat
        self._power_s = rng.choice([3.0, 10.0, 40.0])
        self._cut_s = rng.choice([0.5, 3.0, 100.0])
        self._members: trio.Nursery | None = None

    @property
    def is_loading(self) -> bool:
        """Whether the node reads groups from its log."""
        context = None if self.life is None else self.life.node.context
        return context is None or context.groups.is_loading

    # ---- what fails, while there is a storm

    def _doom(self) -> Doom | None:
        rng = self._rng
        if not self._is_stormy or rng.random() < 0.6:
            return None
        return Doom(point=rng.choice(STEPS + START_STEPS), count=rng.choice([1, 2, 3, 7]))

    def _arm(self, life: Life) -> None:
        if self._is_stormy:
            super()._arm(life)

    async def _weather(self) -> None:
        rng = self.rng("weather")
        while self.is_safe:
            self.store.is_down = self._is_stormy and rng.random() < 0.15
            share = 0.3 if self._is_stormy and rng.random() < 0.3 else 0.0
            self.store.faults = Faults(unavailable=share)
            await trio.sleep(rng.uniform(0.5, 5.0))

    async def _cut_connections(self) -> None:
        rng = self.rng("cuts")
        while self.is_safe:
            await trio.sleep(rng.uniform(0.1, 2.0) * self._cut_s)
            life = self.life
            if self._is_stormy and life is not None:
                streams = [stream for stream in life.streams if not stream.is_broken]
                if streams:
                    rng.choice(streams).cut()

    async def _power(self) -> None:
        """End the node's lives at any time."""
        rng = self.rng("power")
        while True:
            await trio.sleep(rng.uniform(0.1, 2.0) * self._power_s)
            life = self.life
            if not self._is_stormy or life is None or life.is_dead:
                continue
            if life.is_ready and rng.random() < 0.2:
                self.trace("universe", "stop")
                life.node.stop()
            else:
                life.power_off("power")

    async def _stir(self) -> None:
        """Do things to members."""
        rng = self.rng("stir")
        seats = [seat for team in self.teams for seat in team.seats]
        while True:
            await trio.sleep(rng.uniform(0.1, 2.0) * self._stir_s / len(seats))
            if self._is_stormy:
                self._stir_one(rng.choice(seats), rng.random())

    def _stir_one(self, seat: Seat, drawn: float) -> None:
        rng = self._rng
        if not seat.processes:
            if drawn < 0.7:
                self.start(seat)
            return
        member = seat.processes[-1]
        if trio.current_time() < member.paused_until and rng.random() < 0.7:
            return
        if drawn < 0.2:
            self.trace(member.name, "crashes")
            member.crash()
        elif drawn < 0.35:
            self.trace(member.name, "leaves")
            member.is_leaving = True
        elif drawn < 0.65:
            if member.is_settled or rng.random() < 0.2:  # who wakes amid a join learns it anyway
                self._pause(member)
        elif drawn < 0.8:
            self.trace(member.name, "restarts")
            member.crash()
            self.start(seat)
        elif drawn < 0.9 and seat.instance_id is None:
            # A static member that is restarted with other topics tells nobody of them: KIP-345.
            topics = seat.team.topics
            member.subscribe(rng.sample(topics, rng.randint(1, len(topics))))

    def _pause(self, member: Member) -> None:
        """Let a member stand still; the others may rebalance meanwhile."""
        rng, seat = self._rng, member.seat
        length_s = rng.uniform(0.1, 2.5) * seat.session_s
        if rng.random() < 0.5:
            length_s = rng.uniform(0.9, 2.0) * seat.team.rebalance_s
            other = rng.choice(seat.team.seats)
            if not other.processes:
                self.start(other)
            elif other is not seat:
                other.processes[-1].is_leaving = True
        self.trace(member.name, f"pauses {length_s}")
        member.paused_until = trio.current_time() + length_s
        if seat.instance_id is not None and rng.random() < 0.3:
            self.start(seat)  # by mistake, or because an operator took it for dead

    def start(self, seat: Seat) -> Member:
        """Start a process on a seat."""
        assert self._members is not None
        member = Member(self, seat)
        self._members.start_soon(member.run)
        return member

    # ---- the scenario

    async def _scenario(self, nursery: trio.Nursery) -> None:
        self._members = nursery
        self.topics = await self._create_topics()
        self._found_teams()
        producer = Producer(self, "p0", self.topics, idempotent=True)
        nursery.start_soon(producer.run)
        nursery.start_soon(self._power)
        nursery.start_soon(self._stir)
        for seat in [seat for team in self.teams for seat in team.seats]:
            if self._rng.random() < 0.7:
                self.start(seat)
        for _ in range(self._storms):
            self.trace("universe", "storm")
            self._is_stormy = True
            await trio.sleep(self._rng.uniform(10, 40))
            await self._calm()
        for member in [member for team in self.teams for member in team.members()]:
            member.crash()
        await self._liveness([producer], [], [])
        for team in self.teams:
            await _Look(self, team).look()

    def _found_teams(self) -> None:
        rng = self.rng("teams")
        left = MEMBERS_MAX if rng.random() < 0.15 else rng.randint(2, 8)
        ids = {topic: key[0] for key, topic in self.topics}
        places: list[Place] = [(topic, key[1]) for key, topic in self.topics]
        while left > 0 and len(self.teams) < 3:
            count = rng.randint(1, left)
            left -= count
            model = GroupModel(f"group-{len(self.teams)}")
            session_s = rng.choice([2.0, 4.0, 8.0])
            team = Team(
                model=model,
                assignor=rng.choice([EAGER, COOPERATIVE]),
                topics=list(ids),
                places=places,
                ids=ids,
                session_s=session_s,
                rebalance_s=rng.choice([2.0, 4.0, 8.0]),
            )
            statics = rng.choice([0.0, 0.5, 1.0])
            for number in range(count):
                is_static = rng.random() < statics
                name = f"{model.group_id}-{number}"
                rebalance_s = rng.uniform(0.5, 1.0) * team.rebalance_s
                team.seats.append(
                    Seat(
                        team=team,
                        name=name,
                        instance_id=f"static-{number}" if is_static else None,
                        session_s=session_s,
                        rebalance_s=rebalance_s,
                        # Whoever learns of a rebalance after its timeout is out, for ever again.
                        heartbeat_s=min(session_s, rebalance_s) * rng.choice([0.1, 0.25]),
                        versions={
                            JOIN_GROUP: rng.choice([5, 7, 9] if is_static else [2, 4, 5, 9]),
                            SYNC_GROUP: rng.choice([3, 5]),
                            HEARTBEAT: rng.choice([3, 4]),
                            LEAVE_GROUP: rng.choice([1, 3, 5]),
                            OFFSET_COMMIT: rng.choice([7, 8, 9, 10]),
                            OFFSET_FETCH: rng.choice([7, 8, 9, 10]),
                        },
                    )
                )
            self.teams.append(team)

    # ---- calms

    async def _calm(self) -> None:
        """End all faults; see everybody settle, and stay so."""
        self.trace("universe", "calm")
        self._is_stormy = False
        self.store.is_down = False
        self.store.faults = Faults()
        life = self.life
        if life is not None:
            life.doom = None
            life.files.fail_at = None
            life.device._faults.clear()
        for team in self.teams:
            for member in team.members():
                member.paused_until = 0.0
                member.subscribe(team.topics)
        for team in self.teams:
            await self._wait_settled(team)
            await _Look(self, team).look()
        for team in self.teams:
            await self._restart_static(team)
        self.calms += 1

    def limit_s(self, team: Team) -> float:
        """Return how long a group may take.

        The dead, a join and a sync phase with them, and once more; each rebalance is told of by
        heartbeats. Cooperative members need up to three, and their leader waits before the last.
        """
        beats_s = 4 * max(seat.heartbeat_s for seat in team.seats)
        rounds = 3 if team.is_cooperative else 2
        timeouts_s = rounds * (team.session_s + team.rebalance_s) + 2 * self.delay_s
        return timeouts_s + rounds * beats_s + SLACK_S

    async def _wait_settled(self, team: Team) -> None:
        await self._wait_until("the node is not ready", self._is_ready)
        life, began = self.life, trio.current_time()
        while not self._is_settled(team):
            if self.life is not life or not self._is_ready():
                # It ended by an error that it had met before the calm.
                await self._wait_until("the node is not ready", self._is_ready)
                life, began = self.life, trio.current_time()
            if trio.current_time() - began > self.limit_s(team):
                states = [(one.name, one.generation, one.must_join) for one in team.members()]
                raise Violation(f"stable: {team.group_id} does not settle: {states}")
            await trio.sleep(0.1)
        self.trace("universe", f"{team.group_id} settled: {len(team.members())} members")

    def _is_settled(self, team: Team) -> bool:
        members = team.members()
        if self.is_loading or not all(member.is_settled for member in members):
            return False
        if len({member.generation for member in members}) > 1:
            return False
        if any(len(seat.processes) > 1 for seat in team.seats):
            return False
        if members and members[0].generation < team.model.generation:
            return False
        owned = sorted(place for member in members for place in member.owned)
        return not members or owned == sorted(team.places)

    async def _restart_static(self, team: Team) -> None:
        """Restart a static member, perhaps together with the node; nobody may notice."""
        rng = self._rng
        seats = [seat for seat in team.seats if seat.instance_id is not None and seat.processes]
        if not seats:
            return
        # Whoever was paused until now beats first: its session may be about to end.
        await trio.sleep(2 * max(one.heartbeat_s for one in team.seats))
        seat = rng.choice(seats)
        others = [member for member in team.members() if member.seat is not seat]
        old = seat.processes[0]
        before = old.generation, sorted(old.owned)
        self.trace("universe", f"{old.name} restarts, had {before}")
        old.crash()
        await trio.sleep(rng.uniform(0.01, 0.5) * seat.session_s)
        if rng.random() < 0.3:
            assert self.life is not None
            self.life.power_off("with a static member")
            await self._wait_until("the node is not ready", self._is_ready)
        new = self.start(seat)
        with trio.move_on_after(self.limit_s(team)) as scope:
            while not new.is_settled:
                await trio.sleep(0.05)
        if scope.cancelled_caught:
            raise Violation(f"static: {new.name} is not assigned")
        if (new.generation, sorted(new.owned)) != before:
            raise Violation(
                f"static: {new.name} had {before} and has {new.generation} {sorted(new.owned)}"
            )
        for other in others:
            if other.generation != new.generation or other.must_join:
                raise Violation(f"static: {other.name} noticed the restart of {new.name}")
        self.restarts += 1


class _Look(Client):
    """Compares what the node says of a settled group with what its members know."""

    def __init__(self, universe: GroupUniverse, team: Team) -> None:
        super().__init__(universe, f"look at {team.group_id}")
        self._team = team

    async def look(self) -> None:
        """Look once."""
        with trio.move_on_after(LIVENESS_S) as scope:
            await self.run()
        if scope.cancelled_caught:
            raise Violation(f"stable: {self._team.group_id} cannot be looked at")

    async def work(self, wire: Wire) -> None:
        team = self._team
        floors = {place: team.model.committed(place) for place in team.places}
        version = self.rng.choice([7, 8, 9, 10])
        while True:
            found = await fetch_offsets(
                wire, team, team.places, version=version, require_stable=True
            )
            if not isinstance(found, int):
                break
            await trio.sleep(0.1)
        for place, offset in found.items():
            team.model.on_fetched(place, floors[place], offset)
        with trio.move_on_after(2 * team.session_s + 2 * team.rebalance_s + SLACK_S) as scope:
            while not self._is_as_expected(await self._describe(wire)):
                await trio.sleep(0.1)
        if scope.cancelled_caught:
            raise Violation(f"stable: {team.group_id} is {await self._describe(wire)}")

    async def _describe(self, wire: Wire) -> Any:
        request = m.DescribeGroupsRequest(groups=[self._team.group_id])
        (found,) = (await wire.call(DESCRIBE_GROUPS, 5, request)).groups
        return found

    def _is_as_expected(self, found: Any) -> bool:
        members = self._team.members()
        if not members:
            return found.group_state in ("Empty", "Dead")
        if found.group_state != "Stable":
            return False
        told = {
            one.member_id: sorted(decode_assignment(bytes(one.member_assignment)))
            for one in found.members
        }
        return told == {member.member_id: sorted(member.owned) for member in members}
