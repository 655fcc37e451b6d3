"""OffsetCommit, OffsetFetch and OffsetDelete.

Source: KIP-320 (leader epoch), KIP-447 (require_stable), KIP-496 (OffsetDelete),
KIP-709 (batched OffsetFetch), KIP-848 (topic ids); `kafka.md` 3.6.
"""

from collections.abc import Iterable
from typing import Any

from appliance.coordinator import limits
from appliance.coordinator.appends import Appends
from appliance.coordinator.checks import is_text, member_code
from appliance.coordinator.commit_shapes import CommitShapes, answer_all, make_shape
from appliance.coordinator.effects import Call, Effects, Reply, new_tuple
from appliance.coordinator.gather import Gather
from appliance.coordinator.group import Group
from appliance.coordinator.offsets import offset_bytes
from appliance.coordinator.phases import Phases
from appliance.coordinator.policy import Policy
from appliance.coordinator.records import (
    CommittedOffset,
    GroupLogRecord,
    OffsetRecord,
    PlainRecords,
    TopicCommit,
    decode_offset_value,
    encode_offset_value,
)
from appliance.coordinator.registry import Registry
from appliance.coordinator.states import COMMIT, DELETE, SIMPLE_COMMIT, State
from appliance.coordinator.topics import Topics
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode
from appliance.protocol.plain import PlainLines
from appliance.protocol.primitives import ZERO_UUID

_NOT_FOUND = 9  # first version of OffsetCommit that knows GROUP_ID_NOT_FOUND
_COMMIT_BY_ID = 10  # first versions with topic ids
_FETCH_BY_ID = 10
_FETCH_BATCHED = 8
_FETCH_TOP_LEVEL = 2  # first version of OffsetFetch with a code for all


class OffsetRequests:
    """Committed offsets of all groups of a node."""

    def __init__(
        self,
        policy: Policy,
        registry: Registry,
        appends: Appends,
        *,
        phases: Phases,
        topics: Topics,
    ) -> None:
        self._policy = policy
        self._registry = registry
        self._appends = appends
        self._phases = phases
        self._topics = topics
        self._shapes = CommitShapes()

    # ---- OffsetCommit

    def commit(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve OffsetCommit; answered when the offsets are durable."""
        if self._commit_plain(effects, request, call):
            return
        response, good = self._commit_lines(request, call)
        code = ErrorCode.NONE
        records: list[OffsetRecord] = []
        if good:
            code = self._commit_code(request, call)
        if code is ErrorCode.NONE:
            records += self._commit_records(request, call, good)
            if records and not self._has_room(request.group_id, records):
                # Clients tell their user; of those that say "later" they would never tire.
                code = ErrorCode.INVALID_COMMIT_OFFSET_SIZE
                records.clear()
        if code is not ErrorCode.NONE:
            _refuse(good, code)
        if not records:
            effects.append(Reply(call, response))
            group = self._registry.groups.get(request.group_id)
            if group is not None:
                self._registry.drop_if_unused(group)
            return

        def then(effects: Effects, now_ms: int) -> None:
            effects.append(Reply(call, response))

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            _refuse(good, code)
            effects.append(Reply(call, response))

        partition = self._registry.partition_of(request.group_id)
        self._appends.start(effects, partition, records, then=then, otherwise=otherwise)

    def _commit_plain(self, effects: Effects, request: Any, call: Call) -> bool:
        """Serve the commit that consumers send all the time: plain, and nothing to refuse.

        Its lines are never looked at one by one, and its answer was given before. False: it is
        another one, and nothing happened but that its group may have been created.
        """
        if call.version >= _COMMIT_BY_ID or not request.topics:
            return False
        group_id = request.group_id
        named: list[tuple[str, bytes]] = []
        moved: list[tuple[bytes, ...]] = []
        for topic in request.topics:
            lines = topic.partitions
            if type(lines) is not PlainLines:
                return False
            named.append((topic.name, lines.partitions))
            moved.append(lines.positions)
        key = (call.version, group_id, *named)
        known = self._shapes.find(key)
        shape = make_shape(key) if known is None else known[0]
        if shape is None:
            return False
        for name, index in shape.bounds:
            if index >= self._topics.partition_count(name):
                return False
        most = limits.OFFSET_BYTES + limits.OFFSET_VALUE_BYTES_MAX
        if not self._registry.usage.has_offset_room(shape.count * most):
            return False
        if self._commit_code(request, call) is not ErrorCode.NONE:
            return False
        response, body = self._shapes.keep(key, shape) if known is None else known[1:]
        wall_ms = call.now_ms + self._registry.wall_ahead_ms
        commits: list[TopicCommit] = []
        for (name, indexes), positions in zip(shape.topics, moved):
            commits.append(new_tuple(TopicCommit, (group_id, name, indexes, positions, wall_ms)))
        records = PlainRecords(commits, shape.pieces)

        def then(effects: Effects, now_ms: int) -> None:
            effects.append(new_tuple(Reply, (call, response, body)))

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            # Not by the request: it need not be the same any more.
            effects.append(Reply(call, answer_all(shape.topics, code)))

        partition = self._registry.groups[group_id].partition
        self._appends.start(
            effects, partition, commits, then=then, otherwise=otherwise, encoded=records
        )
        return True

    def _commit_lines(self, request: Any, call: Call) -> tuple[Any, list[tuple[Any, Any, str]]]:
        """Return the response, and (its line, the request's, topic) of what may be committed."""
        topics: list[Any] = []
        good: list[tuple[Any, Any, str]] = []
        make_line = messages.OffsetCommitResponse.OffsetCommitResponsePartition
        for topic in request.topics:
            name, unknown = topic.name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            if call.version >= _COMMIT_BY_ID:
                name, unknown = self._topics.name(topic.topic_id) or "", ErrorCode.UNKNOWN_TOPIC_ID
            answer = messages.OffsetCommitResponse.OffsetCommitResponseTopic(
                name=name, topic_id=topic.topic_id
            )
            topics.append(answer)
            if name and not is_text(name):
                name, unknown = "", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            count = self._topics.partition_count(name)
            for asked in topic.partitions:
                index = asked.partition_index
                line = make_line(partition_index=index)
                answer.partitions.append(line)
                if not name:
                    line.error_code = int(unknown)
                elif 0 <= index < count:
                    good.append((line, asked, name))
                else:
                    line.error_code = int(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        return messages.OffsetCommitResponse(topics=topics), good

    def _commit_code(self, request: Any, call: Call) -> ErrorCode:
        """Return NONE when the group takes offsets from this client; may create the group."""
        group_id = request.group_id
        generation = request.generation_id_or_member_epoch
        group = self._registry.groups.get(group_id)
        if group is None:
            if not is_text(group_id):
                return ErrorCode.INVALID_GROUP_ID
            code = self._registry.check(group_id)
            if code is not ErrorCode.NONE:
                return code
            if generation >= 0:
                is_told = call.version >= _NOT_FOUND
                return ErrorCode.GROUP_ID_NOT_FOUND if is_told else ErrorCode.ILLEGAL_GENERATION
            # A consumer that only stores offsets, or an operator's tool.
            if not self._registry.usage.has_member_room(limits.GROUP_BYTES):
                return ErrorCode.INVALID_COMMIT_OFFSET_SIZE
            group = self._registry.create(group_id, call.now_ms)
        if group.state is State.DEAD:
            return COMMIT[State.DEAD]
        if generation < 0 and group.state is State.EMPTY:
            return SIMPLE_COMMIT[group.state]
        member_id, instance_id = request.member_id, request.group_instance_id
        if generation < 0 and not member_id and instance_id is None:
            return SIMPLE_COMMIT[group.state]
        code = member_code(group, member_id, instance_id)
        if code is not ErrorCode.NONE:
            return code
        if generation != group.generation:
            return ErrorCode.ILLEGAL_GENERATION
        code = COMMIT[group.state]
        if code is ErrorCode.NONE:
            self._phases.touch(group.members[member_id], call.now_ms)
        return code

    def _commit_records(
        self, request: Any, call: Call, good: list[tuple[Any, Any, str]]
    ) -> Iterable[OffsetRecord]:
        retention_ms = request.retention_time_ms if call.version <= 4 else -1
        wall_ms = call.now_ms + self._registry.wall_ahead_ms
        expire_ms = wall_ms + retention_ms if retention_ms >= 0 else -1
        is_by_id = call.version >= _COMMIT_BY_ID
        group_id = request.group_id
        for line, asked, name in good:
            metadata = asked.committed_metadata or ""
            if metadata and _utf16_units(metadata) > self._policy.offset_metadata_chars_max:
                line.error_code = int(ErrorCode.OFFSET_METADATA_TOO_LARGE)
                continue
            topic_id = self._topics.topic_id(name) if is_by_id else None
            committed = CommittedOffset(
                asked.committed_offset,
                # A stored expiry time leaves no room for the epoch; such old clients have none.
                asked.committed_leader_epoch if expire_ms == -1 else -1,
                metadata,
                wall_ms,
                expire_ms,
                topic_id or ZERO_UUID,
            )
            value = encode_offset_value(committed)
            yield OffsetRecord(group_id, name, asked.partition_index, value)

    def _has_room(self, group_id: str, records: list[OffsetRecord]) -> bool:
        """Whether the node may keep these offsets; those that only move always find room.

        And whether their records are of a sane size: each has the group id.
        """
        if len(records) * len(group_id.encode()) > limits.COMMIT_GROUP_IDS_BYTES_MAX:
            return False
        usage = self._registry.usage
        most = limits.OFFSET_BYTES + limits.OFFSET_VALUE_BYTES_MAX
        most += 3 * self._policy.offset_metadata_chars_max  # of UTF-16, as UTF-8
        if usage.has_offset_room(len(records) * most):
            return True
        offsets = self._registry.groups[group_id].offsets
        more = sum(
            offset_bytes(record.value) - offset_bytes(offsets.value(record.topic, record.partition))
            for record in records
        )
        return usage.has_offset_room(more)

    # ---- OffsetFetch

    def fetch(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve OffsetFetch; with `require_stable`, after the commits that are on their way."""
        cls = messages.OffsetFetchRequest.OffsetFetchRequestGroup
        batched = call.version >= _FETCH_BATCHED
        groups = request.groups
        if not batched:
            groups = [cls(group_id=request.group_id, topics=request.topics)]

        def build(parts: list[Any]) -> Any:
            if batched:
                return messages.OffsetFetchResponse(groups=parts)
            return _old_fetch_response(parts[0])

        gather = Gather(call, len(groups), build)
        gather.start(effects)
        for index, asked in enumerate(groups):
            self._fetch_one(effects, gather, index, asked=asked, call=call, request=request)

    def _fetch_one(
        self, effects: Effects, gather: Gather, index: int, *, asked: Any, call: Call, request: Any
    ) -> None:
        def then(effects: Effects, now_ms: int) -> None:
            gather.put(effects, index, self._fetched(asked, call))

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            # Consumers before 3.9 give up on everything else.
            gather.put(effects, index, _fetch_refused(asked, call, ErrorCode.NOT_COORDINATOR))

        is_stable = call.version >= 7 and request.require_stable
        group = self._registry.groups.get(asked.group_id)
        if is_stable and group is not None and group.offsets.has_pending:
            waits = self._appends.wait(group.partition, then=then, otherwise=otherwise)
            assert waits
        else:
            then(effects, call.now_ms)

    def _fetched(self, asked: Any, call: Call) -> Any:
        code = self._registry.check(asked.group_id)
        if code is not ErrorCode.NONE:
            return _fetch_refused(asked, call, code)
        group = self._registry.groups.get(asked.group_id)
        is_by_id = call.version >= _FETCH_BY_ID
        if asked.topics is None:
            topics = [] if group is None else self._fetched_all(group, is_by_id=is_by_id)
        else:
            topics = [
                self._fetched_topic(group, topic, is_by_id=is_by_id) for topic in asked.topics
            ]
        return messages.OffsetFetchResponse.OffsetFetchResponseGroup(
            group_id=asked.group_id, topics=topics
        )

    def _fetched_all(self, group: Group, *, is_by_id: bool) -> list[Any]:
        topics: list[Any] = []
        for name, partitions in group.offsets.by_topic.items():
            topic_id = ZERO_UUID
            if is_by_id:
                topic_id = self._topics.topic_id(name) or ZERO_UUID
                if topic_id == ZERO_UUID:
                    continue  # there is no way to say its name
            lines = [
                _fetch_line(index, decode_offset_value(value))
                for index, value in partitions.items()
            ]
            topics.append(
                messages.OffsetFetchResponse.OffsetFetchResponseTopics(
                    name=name, topic_id=topic_id, partitions=lines
                )
            )
        return topics

    def _fetched_topic(self, group: Group | None, topic: Any, *, is_by_id: bool) -> Any:
        name, topic_id = topic.name, ZERO_UUID
        code = ErrorCode.NONE
        if is_by_id:
            topic_id = topic.topic_id
            name = self._topics.name(topic_id) or ""
            code = ErrorCode.NONE if name else ErrorCode.UNKNOWN_TOPIC_ID
        lines: list[Any] = []
        for index in topic.partition_indexes:
            found = None if group is None else group.offsets.get(name, index)
            if found is not None and topic_id != ZERO_UUID:
                # An offset of a topic of the same name that was deleted since.
                if found.topic_id not in (ZERO_UUID, topic_id):
                    found = None
            lines.append(_fetch_line(index, found, code))
        return messages.OffsetFetchResponse.OffsetFetchResponseTopics(
            name=name, topic_id=topic_id, partitions=lines
        )

    # ---- OffsetDelete

    def delete(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve OffsetDelete; answered when the removal is durable."""
        group, code = self._group_to_delete_from(request.group_id)
        if group is None:
            effects.append(Reply(call, messages.OffsetDeleteResponse(error_code=int(code))))
            return
        response, records = self._delete_lines(group, request)

        def then(effects: Effects, now_ms: int) -> None:
            effects.append(Reply(call, response))

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            effects.append(Reply(call, messages.OffsetDeleteResponse(error_code=int(code))))

        if records:
            self._appends.start(effects, group.partition, records, then=then, otherwise=otherwise)
        else:
            then(effects, call.now_ms)

    def _group_to_delete_from(self, group_id: str) -> tuple[Group | None, ErrorCode]:
        if not group_id:
            return None, ErrorCode.INVALID_GROUP_ID
        code = self._registry.check(group_id)
        if code is not ErrorCode.NONE:
            return None, code
        group = self._registry.groups.get(group_id)
        if group is None:
            return None, ErrorCode.GROUP_ID_NOT_FOUND
        code = DELETE[group.state]
        # Of a living consumer group we know what it reads; of others we do not.
        if code is ErrorCode.NON_EMPTY_GROUP and group.is_consumer:
            code = ErrorCode.NONE
        return (group, code) if code is ErrorCode.NONE else (None, code)

    def _delete_lines(self, group: Group, request: Any) -> tuple[Any, list[GroupLogRecord]]:
        topics: list[Any] = []
        records: dict[tuple[str, int], GroupLogRecord] = {}
        known = group.offsets.known()
        for topic in request.topics:
            count = self._topics.partition_count(topic.name)
            is_read = group.is_subscribed(topic.name)
            answer = messages.OffsetDeleteResponse.OffsetDeleteResponseTopic(name=topic.name)
            topics.append(answer)
            for asked in topic.partitions:
                index = asked.partition_index
                code = ErrorCode.NONE
                if not 0 <= index < count:
                    code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                elif is_read:
                    code = ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC
                elif (topic.name, index) in known:
                    record = OffsetRecord(group.group_id, topic.name, index, None)
                    records[topic.name, index] = record
                answer.partitions.append(
                    messages.OffsetDeleteResponse.OffsetDeleteResponsePartition(
                        partition_index=index, error_code=int(code)
                    )
                )
        return messages.OffsetDeleteResponse(topics=topics), list(records.values())


def _refuse(lines: list[tuple[Any, Any, str]], code: ErrorCode) -> None:
    for line, _, _ in lines:
        line.error_code = int(code)


def _utf16_units(text: str) -> int:
    """Return the length of a text as Java counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) >> 1


def _fetch_line(index: int, found: CommittedOffset | None, code: ErrorCode = ErrorCode.NONE) -> Any:
    cls = messages.OffsetFetchResponse.OffsetFetchResponsePartitions
    if found is None:
        return cls(partition_index=index, committed_offset=-1, metadata="", error_code=int(code))
    return cls(
        partition_index=index,
        committed_offset=found.offset,
        committed_leader_epoch=found.leader_epoch,
        metadata=found.metadata,
    )


def _fetch_refused(asked: Any, call: Call, code: ErrorCode) -> Any:
    cls = messages.OffsetFetchResponse.OffsetFetchResponseGroup
    if call.version >= _FETCH_TOP_LEVEL:
        return cls(group_id=asked.group_id, error_code=int(code))
    topics = [
        messages.OffsetFetchResponse.OffsetFetchResponseTopics(
            name=topic.name,
            partitions=[_fetch_line(index, None, code) for index in topic.partition_indexes],
        )
        for topic in asked.topics
    ]
    return cls(group_id=asked.group_id, topics=topics)


def _old_fetch_response(group: Any) -> Any:
    """Return the answer of versions before groups were batched."""
    topic_class = messages.OffsetFetchResponse.OffsetFetchResponseTopic
    line_class = messages.OffsetFetchResponse.OffsetFetchResponsePartition
    return messages.OffsetFetchResponse(
        error_code=group.error_code,
        topics=[
            topic_class(
                name=topic.name,
                partitions=[
                    line_class(
                        partition_index=line.partition_index,
                        committed_offset=line.committed_offset,
                        committed_leader_epoch=line.committed_leader_epoch,
                        metadata=line.metadata,
                        error_code=line.error_code,
                    )
                    for line in topic.partitions
                ],
            )
            for topic in group.topics
        ],
    )
