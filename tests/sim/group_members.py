"""Consumers of a group as clients write them: join, share out, fetch, process, commit, heartbeat.

A `Seat` is what an operator configured; a `Member` is one process on it. A process may crash,
leave, or stop in the middle of anything and go on later, believing what it believed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import trio

from appliance.protocol import messages as m
from appliance.protocol.errors import ErrorCode
from tests.sim.clients import (
    COORDINATOR_RETRIABLE,
    FIND_COORDINATOR,
    OFFSET_COMMIT,
    OFFSET_FETCH,
    Client,
    Wire,
)
from tests.sim.group_assignor import (
    COOPERATIVE,
    assign,
    decode_assignment,
    decode_subscription,
    encode_assignment,
    encode_subscription,
)
from tests.sim.group_model import GroupModel, Place
from tests.sim.model import Violation

if TYPE_CHECKING:
    from tests.sim.group_universe import GroupUniverse

JOIN_GROUP, HEARTBEAT, LEAVE_GROUP, SYNC_GROUP, DESCRIBE_GROUPS = 11, 12, 13, 14, 15
MEMBER_ID_REQUIRED_VERSION = 4
SILENCE_SLACK_S = 0.5
"""How much later than its session a silent member may be given up."""

LOST = {
    ErrorCode.UNKNOWN_MEMBER_ID,
    ErrorCode.ILLEGAL_GENERATION,
    ErrorCode.GROUP_ID_NOT_FOUND,
}
"""The member is no member any more, or missed a generation: it owns nothing."""


@dataclass(eq=False, slots=True)
class Team:
    """One group: what its seats have in common.

    Attributes:
        places: all partitions of its topics.
        ids: topic ids, for the versions that know no names.
        session_s, rebalance_s: the longest of a seat.
    """

    model: GroupModel
    assignor: str
    topics: list[str]
    places: list[Place]
    ids: dict[str, bytes]
    session_s: float
    rebalance_s: float
    seats: list[Seat] = field(default_factory=list)

    @property
    def group_id(self) -> str:
        return self.model.group_id

    @property
    def is_cooperative(self) -> bool:
        return self.assignor == COOPERATIVE

    def members(self) -> list[Member]:
        """Return all processes that have not ended."""
        return [member for seat in self.seats for member in seat.processes]


@dataclass(eq=False, slots=True)
class Seat:
    """One configured consumer, and its processes that have not ended: more than one is a mistake.

    The versions are of the requests that it sends, by API key.
    """

    team: Team
    name: str
    instance_id: str | None
    session_s: float
    rebalance_s: float
    heartbeat_s: float
    versions: dict[int, int]
    started: int = 0
    processes: list[Member] = field(default_factory=list)


class Member(Client):
    """One process.

    Attributes:
        generation: it has an assignment of, or -1.
        owned: partitions it believes to own.
        positions: next offset of those it has looked up.
        must_join: it knows that it has to join again.
        scope: cancelled by a crash.
    """

    universe: GroupUniverse

    def __init__(self, universe: GroupUniverse, seat: Seat) -> None:
        seat.started += 1
        super().__init__(universe, f"{seat.name}.{seat.started}")
        self.seat = seat
        self.team = seat.team
        self.model = seat.team.model
        self.scope = trio.CancelScope()
        self.topics = list(self.team.topics)
        self.member_id = ""
        self.generation = -1
        self.owned: dict[Place, None] = {}
        self.positions: dict[Place, int] = {}
        self.must_join = True
        self.rejoins_at = float("inf")
        self.is_leaving = False
        self.paused_until = 0.0
        self._beats_at = 0.0
        self._heard: tuple[object, float] | None = None
        seat.processes.append(self)

    # ---- what the universe does to it

    async def run(self) -> None:
        """Run until it leaves, is fenced or crashes."""
        try:
            with self.scope:
                await super().run()
        finally:
            self.seat.processes.remove(self)
            self.universe.trace(self.name, "over")

    def crash(self) -> None:
        """End without a word."""
        self.scope.cancel()

    def subscribe(self, topics: list[str]) -> None:
        """Change what it reads."""
        if topics != self.topics:
            self.topics = topics
            self.must_join = True

    @property
    def is_settled(self) -> bool:
        """Whether it has its assignment, knows where to go on, and wants nothing else."""
        return (
            self.generation >= 0
            and not self.must_join
            and self.rejoins_at == float("inf")
            and not self._missing()
            and not self.is_leaving
        )

    # ---- the client

    async def work(self, wire: Wire) -> None:
        await self._find(wire)
        while not self.is_done.is_set():
            was_paused = await self._breathe()
            if self.is_leaving and not self._owes_round:
                await self._leave(wire)
                return
            if was_paused and self.rng.random() < 0.5:
                await self._commit(wire, list(self.owned))  # before it learns what it missed
                continue
            if self.must_join or trio.current_time() >= self.rejoins_at:
                await self._join(wire)
            elif self._missing():
                await self._fetch(wire)
            else:
                await self._go_on(wire)

    @property
    def _owes_round(self) -> bool:
        """Whether what it has just given up would be nobody's if it left now.

        A static member leaves without a word (KIP-345), so nobody else would ask for the round in
        which others get it (KIP-429); so it is with Kafka's own clients.
        """
        is_silent = self.team.is_cooperative and self.seat.instance_id is not None
        return is_silent and self.must_join and self.generation >= 0

    def on_lost(self) -> None:
        self._heard = None  # whether the node heard the last request is not known

    async def _call(self, wire: Wire, api_key: int, message: Any) -> Any:
        answer = await wire.call(api_key, self.seat.versions[api_key], message)
        await self._breathe()
        return answer

    async def _breathe(self) -> bool:
        """Stand still while it is paused; return whether it was."""
        was_paused = False
        while (left_s := self.paused_until - trio.current_time()) > 0:
            was_paused = True
            await trio.sleep(min(left_s, 0.2))  # a calm ends it early
        return was_paused

    async def _find(self, wire: Wire) -> None:
        while True:
            found = await wire.call(
                FIND_COORDINATOR, 0, m.FindCoordinatorRequest(key=self.team.group_id)
            )
            if found.error_code == 0:
                return
            self._check_retriable("FindCoordinator", found.error_code)
            await trio.sleep(0.1)

    def _check_retriable(self, what: str, code: int) -> None:
        if code not in COORDINATOR_RETRIABLE:
            raise Violation(f"{self.name}: {what} answered {ErrorCode(code).name}")

    async def _on_error(self, what: str, code: int) -> None:
        """Do what a client does about an error of the group protocol."""
        self.universe.trace(self.name, f"{what}: {ErrorCode(code).name}")
        self._heard = None
        if code in LOST:
            if code == ErrorCode.UNKNOWN_MEMBER_ID:
                self.member_id = ""
            self.generation = -1
            self.owned.clear()
            self.positions.clear()
            self.must_join = True
        elif code == ErrorCode.REBALANCE_IN_PROGRESS:
            self.must_join = True
        elif code == ErrorCode.FENCED_INSTANCE_ID:
            if self.seat.started < 2:
                raise Violation(f"{self.name}: {what} is fenced by nobody")
            self.is_done.set()
        else:
            self._check_retriable(what, code)
            await trio.sleep(self.rng.uniform(0.05, 0.2))

    # ---- joining

    async def _join(self, wire: Wire) -> None:
        self.must_join = True  # until there is an assignment, whatever comes between
        if self.owned and not self.team.is_cooperative:
            await self._commit(wire, list(self.owned))  # before others take over
            self.owned.clear()
            self.positions.clear()
            if self.is_done.is_set():
                return
        topics = list(self.topics)
        request = m.JoinGroupRequest
        generation = self.generation if self.team.is_cooperative else -1
        metadata = encode_subscription(topics, self.owned, generation)
        sends = self.member_id
        answer = await self._call(
            wire,
            JOIN_GROUP,
            request(
                group_id=self.team.group_id,
                session_timeout_ms=int(self.seat.session_s * 1000),
                rebalance_timeout_ms=int(self.seat.rebalance_s * 1000),
                member_id=sends,
                group_instance_id=self.seat.instance_id,
                protocol_type="consumer",
                protocols=[
                    request.JoinGroupRequestProtocol(name=name, metadata=metadata)
                    for name in (self.team.assignor, "roundrobin")
                ],
            ),
        )
        code = answer.error_code
        if code == ErrorCode.MEMBER_ID_REQUIRED:
            is_due = self.seat.versions[JOIN_GROUP] >= MEMBER_ID_REQUIRED_VERSION
            if sends or self.seat.instance_id is not None or not is_due:
                raise Violation(f"{self.name}: MEMBER_ID_REQUIRED for {sends!r}")
            self.member_id = answer.member_id
        elif code:
            await self._on_error("JoinGroup", code)
        else:
            self._check_joined(sends, answer)
            self.member_id = answer.member_id
            await self._sync(wire, answer, topics)

    def _check_joined(self, sends: str, answer: Any) -> None:
        if sends and answer.member_id != sends:
            raise Violation(f"{self.name}: joined as {sends}, is {answer.member_id}")
        if answer.protocol_name != self.team.assignor:
            raise Violation(f"{self.name}: the assignor is {answer.protocol_name}")
        is_leader = answer.leader == answer.member_id
        if is_leader and answer.member_id not in [one.member_id for one in answer.members]:
            raise Violation(f"{self.name}: the leader is not among the members")

    def _plan(self, joined: Any) -> list[Any]:
        """Return the assignments that a leader sends."""
        if joined.leader != joined.member_id or joined.skip_assignment:
            return []
        plan, is_withheld = assign(
            [decode_subscription(one.member_id, bytes(one.metadata)) for one in joined.members],
            self.team.places,
            is_cooperative=self.team.is_cooperative,
        )
        if is_withheld:
            # Their owner may be gone, and then nobody else asks for a second round. Not sooner:
            # each rebalance begins the session of a static member anew, also of one that is dead.
            self.rejoins_at = trio.current_time() + self.team.session_s + self.team.rebalance_s
        line = m.SyncGroupRequest.SyncGroupRequestAssignment
        return [
            line(member_id=who, assignment=encode_assignment(places))
            for who, places in plan.items()
        ]

    async def _sync(self, wire: Wire, joined: Any, topics: list[str]) -> None:
        generation = joined.generation_id
        self.rejoins_at = float("inf")
        answer = await wire.call(
            SYNC_GROUP,
            self.seat.versions[SYNC_GROUP],
            m.SyncGroupRequest(
                group_id=self.team.group_id,
                generation_id=generation,
                member_id=self.member_id,
                group_instance_id=self.seat.instance_id,
                protocol_type="consumer",
                protocol_name=joined.protocol_name,
                assignments=self._plan(joined),
            ),
        )
        if answer.error_code:
            await self._on_error("SyncGroup", answer.error_code)
            return
        given = decode_assignment(bytes(answer.assignment))
        self.universe.trace(self.name, f"generation {generation}: {given}")
        self._heard = self.universe.life, trio.current_time()
        # Now, not when a pause is over: who is replaced meanwhile was not replaced before.
        self.model.on_assigned(self.member_id, self.seat.instance_id, generation, given)
        await self._breathe()
        self.generation = generation
        self.must_join = self.topics != topics
        revoked = [place for place in self.owned if place not in given]
        self.owned = dict.fromkeys(given)
        self._check_exclusive()
        if revoked:
            self.must_join = True  # so that others may have them
        for place in revoked:
            self.positions.pop(place, None)

    def _check_exclusive(self) -> None:
        """Nobody else of this generation believes to own what was given to this member."""
        for other in self.team.members():
            if other.generation != self.generation or other.seat is self.seat:
                continue
            both = [place for place in self.owned if place in other.owned]
            if both:
                raise Violation(
                    f"owner: {both} of {self.team.group_id} in generation {self.generation} is of"
                    f" {self.name} and of {other.name}"
                )

    # ---- a member at work

    def _missing(self) -> list[Place]:
        return [place for place in self.owned if place not in self.positions]

    async def _go_on(self, wire: Wire) -> None:
        rng = self.rng
        if trio.current_time() >= self._beats_at:
            self._beats_at = trio.current_time() + self.seat.heartbeat_s
            await self._heartbeat(wire)
        elif self.owned and rng.random() < 0.6:
            places = rng.sample(list(self.owned), rng.randint(1, len(self.owned)))
            for place in places:
                self.positions[place] += rng.randint(1, 5)
            if rng.random() < 0.7:
                await self._commit(wire, places)
        await trio.sleep(rng.uniform(0.2, 0.6) * self.seat.heartbeat_s)

    async def _heartbeat(self, wire: Wire) -> None:
        before = self._before()
        is_loading = self.universe.is_loading
        answer = await self._call(
            wire,
            HEARTBEAT,
            m.HeartbeatRequest(
                group_id=self.team.group_id,
                generation_id=self.generation,
                member_id=self.member_id,
                group_instance_id=self.seat.instance_id,
            ),
        )
        if answer.error_code:
            await self._on_error("Heartbeat", answer.error_code)
        elif not is_loading:  # meanwhile Kafka answers NONE, too
            self._check_served("Heartbeat", before)

    def _before(self) -> tuple[int, int, bool, bool]:
        """Return what is true as a request is sent: generations, and whether it may be served."""
        is_fenced = self.member_id in self.model.fenced
        is_silent = False
        if self._heard is not None and self.seat.instance_id is None:
            life, at = self._heard
            silent_s = trio.current_time() - at
            is_same = life is self.universe.life
            is_silent = is_same and silent_s > self.seat.session_s + SILENCE_SLACK_S
        return self.generation, self.model.generation, is_fenced, is_silent

    def _check_served(self, what: str, before: tuple[int, int, bool, bool]) -> None:
        generation, floor, is_fenced, is_silent = before
        self._heard = self.universe.life, trio.current_time()
        self.model.check_current(what, self.member_id, generation, floor)
        self.model.check_unfenced(what, self.member_id, was_fenced=is_fenced)
        if is_silent:
            raise Violation(f"fenced: {what} of {self.member_id} was served after its session")

    async def _commit(self, wire: Wire, places: list[Place]) -> None:
        request = m.OffsetCommitRequest
        topics: dict[str, Any] = {}
        sent: dict[Place, int] = {}
        for place in places:
            if place not in self.positions:
                continue
            name, index = place
            if name not in topics:
                topics[name] = request.OffsetCommitRequestTopic(
                    name=name, topic_id=self.team.ids[name], partitions=[]
                )
            offset = sent[place] = self.positions[place]
            self.model.on_commit_sent(place, offset)
            topics[name].partitions.append(
                request.OffsetCommitRequestPartition(
                    partition_index=index, committed_offset=offset, committed_metadata=""
                )
            )
        if not sent:
            return
        before = self._before()
        answer = await self._call(
            wire,
            OFFSET_COMMIT,
            request(
                group_id=self.team.group_id,
                generation_id_or_member_epoch=self.generation,
                member_id=self.member_id,
                group_instance_id=self.seat.instance_id,
                topics=list(topics.values()),
            ),
        )
        by_id = {topic_id: name for name, topic_id in self.team.ids.items()}
        is_by_id = self.seat.versions[OFFSET_COMMIT] >= 10
        for topic in answer.topics:
            name = by_id[topic.topic_id] if is_by_id else topic.name
            for line in topic.partitions:
                place = (name, line.partition_index)
                offset = sent.pop(place)
                if line.error_code:
                    await self._on_error("OffsetCommit", line.error_code)
                    return
                self._check_served("OffsetCommit", before)
                owner = self.seat.instance_id or self.member_id
                self.model.on_committed(owner, before[0], place, offset)
        if sent:
            raise Violation(f"{self.name}: commits of {list(sent)} without an answer")

    async def _fetch(self, wire: Wire) -> None:
        """Look up where to go on."""
        places = self._missing()
        generation = self.generation
        floors = {place: self.model.committed(place) for place in places}
        found = await fetch_offsets(
            wire,
            self.team,
            places,
            version=self.seat.versions[OFFSET_FETCH],
            require_stable=self.rng.random() < 0.5,
        )
        await self._breathe()
        if isinstance(found, int):
            await self._on_error("OffsetFetch", found)
            return
        for place, offset in found.items():
            self.model.on_fetched(place, floors[place], offset)
            if generation == self.generation and place in self.owned:
                self.positions[place] = max(offset, 0)

    async def _leave(self, wire: Wire) -> None:
        self.is_done.set()
        if self.seat.instance_id is not None or not self.member_id:
            return
        version = self.seat.versions[LEAVE_GROUP]
        request = m.LeaveGroupRequest(group_id=self.team.group_id)
        if version < 3:
            request.member_id = self.member_id
        else:
            request.members = [request.MemberIdentity(member_id=self.member_id)]
        answer = await wire.call(LEAVE_GROUP, version, request)
        codes = [answer.error_code, *(one.error_code for one in answer.members)]
        for code in codes:
            if code and code != ErrorCode.UNKNOWN_MEMBER_ID:
                self._check_retriable("LeaveGroup", code)


async def fetch_offsets(
    wire: Wire, team: Team, places: list[Place], *, version: int, require_stable: bool
) -> dict[Place, int] | int:
    """Return committed offsets by partition, or the error code of the group."""
    request = m.OffsetFetchRequest
    indexes: dict[str, list[int]] = {}
    for name, index in places:
        indexes.setdefault(name, []).append(index)
    if version < 8:
        message = request(
            group_id=team.group_id,
            require_stable=require_stable,
            topics=[
                request.OffsetFetchRequestTopic(name=name, partition_indexes=wanted)
                for name, wanted in indexes.items()
            ],
        )
    else:
        group = request.OffsetFetchRequestGroup(
            group_id=team.group_id,
            topics=[
                request.OffsetFetchRequestTopics(
                    name=name, topic_id=team.ids[name], partition_indexes=wanted
                )
                for name, wanted in indexes.items()
            ],
        )
        message = request(groups=[group], require_stable=require_stable)
    answer = await wire.call(OFFSET_FETCH, version, message)
    part = answer if version < 8 else answer.groups[0]
    if part.error_code:
        return part.error_code
    names = {topic_id: name for name, topic_id in team.ids.items()}
    found: dict[Place, int] = {}
    for topic in part.topics:
        name = names[topic.topic_id] if version >= 10 else topic.name
        for line in topic.partitions:
            if line.error_code:
                return line.error_code
            found[name, line.partition_index] = line.committed_offset
    if sorted(found) != sorted(places):
        raise Violation(f"OffsetFetch of {places} answered {list(found)}")
    return found
