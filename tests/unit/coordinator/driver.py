"""A coordinator under a fake clock and a fake log.

Fault model: appends become durable when the test says so, in order, or fail; the clock moves only
by `advance`, which stops at every deadline. Every request must be answered exactly once.
"""

from collections import deque
from collections.abc import Iterable
from typing import Any

from appliance.coordinator import Append, Call, Coordinator, Effects, Policy, Reply, limits
from appliance.coordinator.offsets import offset_bytes
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode

TOPICS = {"t": 8, "u": 8, "v": 1}
"""Topic -> partitions."""

T_ID, U_ID, OLD_T_ID = b"t" * 16, b"u" * 16, b"o" * 16

NOW_MS = 1_700_000_000_000

QUICK = Policy(initial_rebalance_delay_ms=0, session_timeout_ms_min=1_000)


class FakeTopics:
    """The topics above."""

    def __init__(self) -> None:
        self.ids = {"t": T_ID, "u": U_ID}

    def name(self, topic_id: bytes) -> str | None:
        return next((name for name, known in self.ids.items() if known == topic_id), None)

    def topic_id(self, name: str) -> bytes | None:
        return self.ids.get(name)

    def partition_count(self, name: str) -> int:
        return TOPICS.get(name, 0)


def subscription(*topics: str, extra: bytes = b"") -> bytes:
    """Return a consumer's metadata, version 0, with anything behind the topics."""
    parts = [b"\0\0", len(topics).to_bytes(4, "big")]
    for topic in topics:
        parts += [len(topic).to_bytes(2, "big"), topic.encode()]
    return b"".join(parts) + b"\xff\xff\xff\xff" + extra


RANGE = (("range", subscription("t")),)


class Driver:
    """See the module."""

    def __init__(self, policy: Policy = QUICK, *, is_loaded: bool = True) -> None:
        self.policy = policy
        self.now_ms = NOW_MS
        self.topics = FakeTopics()
        self.coordinator = Coordinator(policy, self.topics)
        self.log: dict[int, list[tuple[bytes, bytes | None]]] = {}
        self.in_flight: deque[Append] = deque()
        self.replies: dict[int, Any] = {}
        self.versions: dict[int, int] = {}
        self._tokens = 0
        self._uuids = 0
        self.is_automatic = True
        if is_loaded:
            for partition in range(50):
                self.take(self.coordinator.load(partition, [], self.now_ms))

    # ---- effects

    def take(self, effects: Effects) -> None:
        """Do what the coordinator wants."""
        for effect in effects:
            if isinstance(effect, Reply):
                token = effect.call.token
                assert token not in self.replies, f"request {token} is answered twice"
                self.replies[token] = effect.response
                version = self.versions[token]
                assert version == effect.call.version
                body = b"".join(codec.encode_response(effect.response, version))
                assert effect.body in (b"", body)  # and every answer can be sent
            else:
                assert all(isinstance(key, bytes) for key, _ in effect.records)
                self.in_flight.append(effect)
        if self.is_automatic:
            self.settle()
        self.check_usage()

    def check_usage(self) -> None:
        """The sums are what counting everything anew gives."""
        groups = self.coordinator.groups.values()
        members = offsets = 0
        for group in groups:
            members += limits.GROUP_BYTES * (1 + len(group.pending))
            members += sum(member.size for member in group.members.values())
            members += 2 * len(group.stored or b"")
            for partitions in group.offsets.by_topic.values():
                offsets += sum(map(offset_bytes, partitions.values()))
        usage = self.coordinator.usage
        assert (usage.member_bytes, usage.offset_bytes) == (members, offsets)

    def settle(self, count: int = 1 << 30) -> None:
        """Make the oldest appends durable."""
        while self.in_flight and count:
            append = self.in_flight.popleft()
            count -= 1
            self.log.setdefault(append.partition, []).extend(append.records)
            self.take(self.coordinator.on_durable(append.append_id, self.now_ms))

    def lose(self, code: ErrorCode = ErrorCode.NOT_ENOUGH_REPLICAS) -> None:
        """Let all appends in flight fail, the oldest first."""
        while self.in_flight:
            append = self.in_flight.popleft()
            self.take(self.coordinator.on_append_failed(append.append_id, self.now_ms, code))

    def advance(self, by_ms: int) -> None:
        """Let time pass, deadline by deadline."""
        until = self.now_ms + by_ms
        while True:
            following = self.coordinator.next_deadline()
            if following is None or following > until:
                break
            self.now_ms = max(self.now_ms, following)
            self.take(self.coordinator.on_time(self.now_ms))
        self.now_ms = until

    def reload(self) -> "Driver":
        """Return another node that read the same log."""
        other = Driver(self.policy, is_loaded=False)
        other.now_ms = self.now_ms
        for partition in range(50):
            other.take(other.coordinator.load(partition, self.log.get(partition, []), self.now_ms))
            other.log[partition] = list(self.log.get(partition, []))
        return other

    # ---- requests

    def send(self, api_key: int, request: Any, version: int, **more: str) -> int:
        """Send a request as it arrives from the wire; returns its token."""
        self._tokens += 1
        token = self._tokens
        wire = b"".join(codec.encode_request(request, version))
        request = codec.decode_request(api_key, version, memoryview(wire))
        self._uuids += 1
        call = Call(
            token,
            version,
            self.now_ms,
            client_id=more.get("client_id", "c"),
            client_host=more.get("client_host", "/127.0.0.1"),
            uuid=f"{self._uuids:04}",
        )
        self.versions[token] = version
        self.take(self.coordinator.serve(api_key, request, call))
        return token

    def answer(self, token: int) -> Any:
        """Return the answer of a request that must have been answered."""
        assert token in self.replies, "not answered yet"
        return self.replies[token]

    def code(self, token: int) -> ErrorCode:
        """Return the error code of an answer."""
        return ErrorCode(self.answer(token).error_code)

    def is_parked(self, token: int) -> bool:
        return token not in self.replies

    def join(
        self,
        group: str = "g",
        member_id: str = "",
        *,
        instance_id: str | None = None,
        protocols: Iterable[tuple[str, bytes]] = RANGE,
        protocol_type: str = "consumer",
        session_ms: int = 10_000,
        rebalance_ms: int = 60_000,
        version: int = 9,
        client_id: str = "c",
    ) -> int:
        cls = messages.JoinGroupRequest
        request = cls(
            group_id=group,
            session_timeout_ms=session_ms,
            rebalance_timeout_ms=rebalance_ms,
            member_id=member_id,
            group_instance_id=instance_id,
            protocol_type=protocol_type,
            protocols=[
                cls.JoinGroupRequestProtocol(name=name, metadata=metadata)
                for name, metadata in protocols
            ],
        )
        return self.send(11, request, version, client_id=client_id)

    def join_fully(self, group: str = "g", **more: Any) -> tuple[str, int]:
        """Ask for a member id and join with it; returns (member id, token)."""
        first = self.join(group, **more)
        assert self.code(first) is ErrorCode.MEMBER_ID_REQUIRED
        member_id = self.answer(first).member_id
        return member_id, self.join(group, member_id, **more)

    def sync(
        self,
        group: str,
        member_id: str,
        generation: int,
        assignments: dict[str, bytes] | None = None,
        *,
        instance_id: str | None = None,
        protocol_type: str | None = "consumer",
        protocol: str | None = "range",
        version: int = 5,
    ) -> int:
        cls = messages.SyncGroupRequest
        request = cls(
            group_id=group,
            generation_id=generation,
            member_id=member_id,
            group_instance_id=instance_id,
            protocol_type=protocol_type,
            protocol_name=protocol,
            assignments=[
                cls.SyncGroupRequestAssignment(member_id=who, assignment=what)
                for who, what in (assignments or {}).items()
            ],
        )
        return self.send(14, request, version)

    def heartbeat(
        self,
        group: str,
        member_id: str,
        generation: int,
        *,
        instance_id: str | None = None,
        version: int = 4,
    ) -> ErrorCode:
        request = messages.HeartbeatRequest(
            group_id=group,
            generation_id=generation,
            member_id=member_id,
            group_instance_id=instance_id,
        )
        return self.code(self.send(12, request, version))

    def leave(self, group: str, *members: str | tuple[str, str | None], version: int = 5) -> int:
        cls = messages.LeaveGroupRequest
        pairs = [(m, None) if isinstance(m, str) else m for m in members]
        if version < 3:
            request = cls(group_id=group, member_id=pairs[0][0])
        else:
            request = cls(
                group_id=group,
                members=[
                    cls.MemberIdentity(member_id=who, group_instance_id=instance)
                    for who, instance in pairs
                ],
            )
        return self.send(13, request, version)

    def commit(
        self,
        group: str,
        offsets: dict[tuple[str, int], int],
        *,
        member_id: str = "",
        generation: int = -1,
        instance_id: str | None = None,
        metadata: str | None = "",
        leader_epoch: int = -1,
        retention_ms: int = -1,
        version: int = 9,
    ) -> int:
        cls = messages.OffsetCommitRequest
        topics: dict[str, Any] = {}
        for (topic, partition), offset in offsets.items():
            known = topics.get(topic)
            if known is None:
                topic_id = self.topics.topic_id(topic) or b"?" * 16
                known = topics[topic] = cls.OffsetCommitRequestTopic(name=topic, topic_id=topic_id)
            known.partitions.append(
                cls.OffsetCommitRequestPartition(
                    partition_index=partition,
                    committed_offset=offset,
                    committed_leader_epoch=leader_epoch,
                    committed_metadata=metadata,
                )
            )
        request = cls(
            group_id=group,
            generation_id_or_member_epoch=generation,
            member_id=member_id,
            group_instance_id=instance_id,
            retention_time_ms=retention_ms,
            topics=list(topics.values()),
        )
        return self.send(8, request, version)

    def commit_codes(self, token: int) -> list[ErrorCode]:
        answer = self.answer(token)
        return [ErrorCode(p.error_code) for topic in answer.topics for p in topic.partitions]

    def fetch(
        self,
        groups: dict[str, dict[str, list[int]] | None],
        *,
        is_stable: bool = False,
        version: int = 9,
    ) -> int:
        cls = messages.OffsetFetchRequest
        if version < 8:
            ((group, topics),) = groups.items()
            request = cls(
                group_id=group,
                require_stable=is_stable,
                topics=None
                if topics is None
                else [
                    cls.OffsetFetchRequestTopic(name=name, partition_indexes=indexes)
                    for name, indexes in topics.items()
                ],
            )
        else:
            request = cls(
                require_stable=is_stable,
                groups=[
                    cls.OffsetFetchRequestGroup(
                        group_id=group,
                        topics=None
                        if topics is None
                        else [
                            cls.OffsetFetchRequestTopics(
                                name=name,
                                topic_id=self.topics.topic_id(name) or b"?" * 16,
                                partition_indexes=indexes,
                            )
                            for name, indexes in topics.items()
                        ],
                    )
                    for group, topics in groups.items()
                ],
            )
        return self.send(9, request, version)

    def committed(self, group: str) -> dict[tuple[str, int], int]:
        """Return everything a group committed, as OffsetFetch says."""
        (answer,) = self.answer(self.fetch({group: None})).groups
        assert answer.error_code == 0
        return {
            (topic.name, line.partition_index): line.committed_offset
            for topic in answer.topics
            for line in topic.partitions
        }

    def delete_offsets(self, group: str, topics: dict[str, list[int]]) -> int:
        cls = messages.OffsetDeleteRequest
        request = cls(
            group_id=group,
            topics=[
                cls.OffsetDeleteRequestTopic(
                    name=name,
                    partitions=[
                        cls.OffsetDeleteRequestPartition(partition_index=index) for index in indexes
                    ],
                )
                for name, indexes in topics.items()
            ],
        )
        return self.send(47, request, 0)

    def delete_groups(self, *groups: str, version: int = 2) -> int:
        return self.send(42, messages.DeleteGroupsRequest(groups_names=list(groups)), version)

    def delete_codes(self, token: int) -> dict[str, ErrorCode]:
        return {line.group_id: ErrorCode(line.error_code) for line in self.answer(token).results}

    def describe(self, *groups: str, version: int = 6, with_operations: bool = False) -> list[Any]:
        request = messages.DescribeGroupsRequest(
            groups=list(groups), include_authorized_operations=with_operations
        )
        return self.answer(self.send(15, request, version)).groups

    def listed(
        self, *, states: Iterable[str] = (), types: Iterable[str] = (), version: int = 5
    ) -> list[tuple[str, str, str, str]]:
        request = messages.ListGroupsRequest(states_filter=list(states), types_filter=list(types))
        answer = self.answer(self.send(16, request, version))
        assert answer.error_code == 0
        return [
            (one.group_id, one.protocol_type, one.group_state, one.group_type)
            for one in answer.groups
        ]

    # ---- common histories

    def stable(self, count: int = 2, group: str = "g", **more: Any) -> list[str]:
        """Bring `count` dynamic members into a stable group; the first one leads."""
        ids = []
        for _ in range(count):
            member_id, _ = self.join_fully(group, **more)
            ids.append(member_id)
        self.rejoin(group, ids, **more)
        return ids

    def rejoin(self, group: str, ids: list[str], **more: Any) -> None:
        """Let all of a group's dynamic members join and sync, whatever the state."""
        more.pop("instance_id", None)
        tokens = {who: self.join(group, who, **more) for who in ids}
        if any(self.is_parked(token) for token in tokens.values()):
            self.advance(self.policy.initial_rebalance_delay_ms)
        answers = {who: self.answer(token) for who, token in tokens.items()}
        if any(a.generation_id != answers[ids[-1]].generation_id for a in answers.values()):
            answers = {who: self.answer(self.join(group, who, **more)) for who in ids}
        leader = answers[ids[0]].leader
        generation = answers[ids[0]].generation_id
        for who in ids:
            if who != leader:
                self.sync(group, who, generation)
        given = {who: b"for " + who.encode() for who in ids}
        self.sync(group, leader, generation, given)
        assert self.state(group) == "Stable"

    def state(self, group: str = "g") -> str:
        return self.coordinator.groups[group].state.value

    def generation(self, group: str = "g") -> int:
        return self.coordinator.groups[group].generation
