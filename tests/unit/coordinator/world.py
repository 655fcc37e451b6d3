"""Consumers as clients write them, one group, one coordinator that may fail over.

Used by the model test and by the determinism test; a client does its next natural step when told.
"""

from dataclasses import dataclass, field
from typing import Any

from appliance.coordinator import Policy
from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import Driver

PARTITIONS = range(6)
SESSION_MS, REBALANCE_MS, DELAY_MS = 10_000, 20_000, 3_000
POLICY = Policy(session_timeout_ms_min=1_000, initial_rebalance_delay_ms=DELAY_MS)

_AGAIN = {
    ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
    ErrorCode.COORDINATOR_NOT_AVAILABLE,
    ErrorCode.NOT_COORDINATOR,
    ErrorCode.REBALANCE_IN_PROGRESS,
}
_FORGET = {ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.ILLEGAL_GENERATION}


@dataclass
class Client:
    """A consumer.

    Attributes:
        token: its request that is not answered yet, or None.
        phase: what it waits for or does.
        given: as a leader, what it assigned to whom.
        owned: partitions it believes to own.
    """

    name: str
    instance_id: str | None = None
    version: int = 9
    is_alive: bool = False
    member_id: str = ""
    generation: int = -1
    phase: str = "out"
    token: int | None = None
    given: dict[str, bytes] = field(default_factory=dict)
    owned: list[int] = field(default_factory=list)


class World:
    """See the module."""

    def __init__(self) -> None:
        self.driver = Driver(POLICY)
        self.driver.is_automatic = False
        self.clients: list[Client] = []
        for index in range(8):
            instance_id = f"static-{index}" if index % 4 == 3 else None
            self.clients.append(Client(f"c{index}", instance_id, 3 if index % 4 == 2 else 9))
        self.owners: dict[tuple[int, int], str] = {}
        self.sent: dict[tuple[str, int], int] = {}
        self.acked: dict[tuple[str, int], int] = {}
        self.commits: dict[int, tuple[str, int, int]] = {}
        self.removals: set[int] = set()
        self.deletions: set[int] = set()
        self.born = 0  # the request that last deleted the group: its generations begin anew
        self._is_of_before = False
        self.next_offset = 0

    # ---- clients

    def start(self, client: Client) -> None:
        client.is_alive = True
        client.member_id, client.generation = "", -1
        client.phase, client.token, client.owned = "out", None, []

    def stop(self, client: Client, *, is_clean: bool) -> None:
        client.is_alive = False
        if is_clean and client.instance_id is None and client.member_id:
            self.driver.leave("g", client.member_id)

    def step(self, client: Client) -> None:
        """Let a client do the next thing."""
        if not client.is_alive:
            return
        if client.token is not None:
            if not self.driver.is_parked(client.token):
                token, client.token = client.token, None
                self._notice_deletions()
                # What was asked of a group that is deleted says nothing of the one that came after.
                self._is_of_before = token < self.born
                getattr(self, f"_on_{client.phase}")(client, self.driver.answer(token))
            return
        if client.phase == "out":
            client.phase = "join"
            client.token = self.driver.join(
                "g",
                client.member_id,
                instance_id=client.instance_id,
                session_ms=SESSION_MS,
                rebalance_ms=REBALANCE_MS,
                version=client.version if client.instance_id is None else 9,
                client_id=client.name,
            )
        elif client.phase == "member":
            code = self.driver.heartbeat(
                "g", client.member_id, client.generation, instance_id=client.instance_id
            )
            if code is not ErrorCode.NONE:
                self._on_error(client, code)

    def _on_error(self, client: Client, code: ErrorCode) -> None:
        client.phase = "out"
        if code in _FORGET:
            client.member_id, client.generation, client.owned = "", -1, []
        elif code is ErrorCode.FENCED_INSTANCE_ID:
            client.is_alive = False
        else:
            assert code in _AGAIN, code

    def _on_join(self, client: Client, answer: Any) -> None:
        code = ErrorCode(answer.error_code)
        client.phase = "out"
        if code is ErrorCode.MEMBER_ID_REQUIRED:
            client.member_id = answer.member_id
            return
        if code is not ErrorCode.NONE:
            self._on_error(client, code)
            return
        client.member_id, client.generation = answer.member_id, answer.generation_id
        given: dict[str, bytes] = {}
        if answer.leader == client.member_id and not answer.skip_assignment:
            members = [member.member_id for member in answer.members]
            assert client.member_id in members
            for who in members:
                mine = [p for p in PARTITIONS if members[p % len(members)] == who]
                given[who] = bytes(mine)
        client.phase = "sync"
        client.given = given
        client.token = self.driver.sync(
            "g", client.member_id, client.generation, given, instance_id=client.instance_id
        )

    def _on_sync(self, client: Client, answer: Any) -> None:
        code = ErrorCode(answer.error_code)
        client.phase = "out"
        if code is not ErrorCode.NONE:
            self._on_error(client, code)
            return
        client.phase = "member"
        client.owned = list(answer.assignment)
        if self._is_of_before:
            return
        for partition in client.owned:
            who = client.instance_id or client.member_id
            owner = self.owners.setdefault((client.generation, partition), who)
            assert owner == who, f"{partition} of generation {client.generation}: {owner}, {who}"

    def reconnect(self, client: Client, *, is_same: bool) -> None:
        """Let a client lose its connection: it sends the same again, or begins anew."""
        if client.token is None or not self.driver.is_parked(client.token):
            return
        if is_same and client.phase == "sync":
            # Another assignment than before: the first one must win for everybody.
            members = list(client.given)
            given = {who: client.given[other] for who, other in zip(members, reversed(members))}
            client.token = self.driver.sync(
                "g", client.member_id, client.generation, given, instance_id=client.instance_id
            )
            return
        client.token = None
        client.phase = "out"

    def commit(self, client: Client) -> None:
        """Let a member commit one of its partitions."""
        if client.is_alive and client.phase == "member" and client.owned:
            self._commit("g", client.owned[0], client)

    def commit_simple(self, partition: int) -> None:
        """Let a consumer without membership commit."""
        self._commit("simple", partition, Client("simple"))

    def _commit(self, group: str, partition: int, client: Client) -> None:
        self.next_offset += 1
        self.sent[group, partition] = self.next_offset
        token = self.driver.commit(
            group,
            {("t", partition): self.next_offset},
            member_id=client.member_id,
            generation=client.generation,
            instance_id=client.instance_id,
        )
        self.commits[token] = group, partition, self.next_offset

    def remove(self, group: str, partition: int | None) -> None:
        """Delete one offset, or all of a group."""
        if partition is None:
            token = self.driver.delete_groups(group)
            if group == "g":
                self.deletions.add(token)
        else:
            token = self.driver.delete_offsets(group, {"t": [partition]})
        self.removals.add(token)
        for key in list(self.acked):
            if key[0] == group and partition in (None, key[1]):
                del self.acked[key]

    def _notice_deletions(self) -> None:
        for token in [token for token in self.deletions if not self.driver.is_parked(token)]:
            self.deletions.remove(token)
            if self.driver.answer(token).results[0].error_code == ErrorCode.NONE:
                self._begin_anew(token)

    def _begin_anew(self, token: int) -> None:
        self.born = max(self.born, token)
        self.owners.clear()

    # ---- the node

    def fail_over(self) -> None:
        """Let another node take over: what was parked or in flight is gone."""
        old = self.driver
        self.driver = old.reload()
        self.driver.is_automatic = False
        # Tokens go on, so that an old token is never taken for a new one.
        self.driver._tokens = old._tokens
        self.driver._uuids = old._uuids
        self._disconnect()

    def move(self) -> None:
        """Let the partitions go to another node and come back."""
        driver = self.driver
        now_ms = driver.now_ms
        for partition in range(50):
            driver.take(driver.coordinator.unload(partition, now_ms))
        driver.in_flight.clear()
        for token in driver.versions:
            assert token in driver.replies, "a parked request is not sent away"
        for partition in range(50):
            log = driver.log.get(partition, [])
            driver.take(driver.coordinator.load(partition, log, now_ms))

    def _disconnect(self) -> None:
        for token in self.deletions:  # Of unknown outcome.
            self._begin_anew(token)
        self.deletions.clear()
        self.commits.clear()
        self.removals.clear()
        for client in self.clients:
            if client.token is not None:
                client.token = None
                client.phase = "out"

    # ---- laws

    def check(self) -> None:
        driver = self.driver
        for token, (group, partition, offset) in list(self.commits.items()):
            if driver.is_parked(token):
                continue
            del self.commits[token]
            if driver.commit_codes(token) == [ErrorCode.NONE] and not self.removals:
                self.acked[group, partition] = max(offset, self.acked.get((group, partition), 0))
        self.removals = {token for token in self.removals if driver.is_parked(token)}
        for group in ("g", "simple"):
            found = driver.committed(group)
            for (known, partition), offset in self.acked.items():
                if known == group:
                    now = found.get(("t", partition), -1)
                    assert offset <= now <= self.sent[group, partition], (group, partition)
                    self.acked[known, partition] = now
        for group in driver.coordinator.groups.values():
            assert group.joined == sum(m.joining is not None for m in group.members.values())
            assert set(group.static.values()) <= set(group.members)
            assert group.leader is None or group.leader in group.members
            assert all(who in group.members for who in group.unsynced)

    def check_replay(self) -> None:
        """Replay and checkpoint give what is durable here."""
        here = self.driver.coordinator
        there = self.driver.reload().coordinator
        for partition in range(50):
            raw = here.snapshot(partition, 7)
            assert raw == there.snapshot(partition, 7)
            third = Driver(POLICY, is_loaded=False).coordinator
            load = third.begin_load(partition, self.driver.now_ms)
            assert load.restore(raw) == 7
            third.finish_load(load, self.driver.now_ms)
            assert third.snapshot(partition, 7) == raw
        for group_id, group in there.groups.items():
            mine = here.groups[group_id]
            assert mine.offsets.by_topic == group.offsets.by_topic
            is_settled = mine.state.value in ("Stable", "Empty") and not mine.records_sent
            if is_settled and mine.generation == group.generation:
                assert list(mine.members) == list(group.members)
                assert mine.state is group.state
                assert (mine.leader, mine.protocol) == (group.leader, group.protocol)
                assert mine.subscribed == group.subscribed
                assert mine.protocol_type == group.protocol_type
                for who, member in mine.members.items():
                    assert member.assignment == group.members[who].assignment
                    assert member.instance_id == group.members[who].instance_id

    def settle(self) -> None:
        """A live group becomes stable within the timeouts, and every partition has one owner."""
        self.driver.is_automatic = True
        self.driver.settle()
        # The session of the dead, one join phase with them, one sync phase, one first rebalance.
        limit = self.driver.now_ms + 2 * SESSION_MS + 2 * REBALANCE_MS + 2 * DELAY_MS
        while not self._is_settled():
            assert self.driver.now_ms < limit, "the group does not become stable"
            for client in self.clients:
                self.step(client)
            self.check()
            self.driver.advance(500)
        self.check_replay()
        for partition in range(50):
            self.driver.take(self.driver.coordinator.unload(partition, self.driver.now_ms))
        for token in self.driver.versions:
            assert token in self.driver.replies, f"request {token} is never answered"
        assert self.driver.coordinator.next_deadline() is None

    def _is_settled(self) -> bool:
        alive = [client for client in self.clients if client.is_alive]
        group = self.driver.coordinator.groups.get("g")
        if group is None:
            return not alive
        if not alive:
            return group.state.value == "Empty" and not group.pending
        if group.state.value != "Stable" or any(c.phase != "member" for c in alive):
            return False
        if {client.member_id for client in alive} != set(group.members):
            return False
        if any(client.generation != group.generation for client in alive):
            return False
        owned = sorted(partition for client in alive for partition in client.owned)
        assert owned == list(PARTITIONS)
        return True
