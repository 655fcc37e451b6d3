"""Fetch: whole batches as they lie in memory, on the volume or in objects; long polls.

Answers hold memoryviews of the tail cache and go out in one gathered send. Source: KIP-74, KIP-227,
KIP-320, KIP-516; `kafka.md` 3.4.
"""

from typing import Any

import trio

from appliance import limits
from appliance.objects.errors import CorruptObjectError, StoreError
from appliance.partition import Partition
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import ENDS_THE_NODE, Slot, Waiting
from appliance.server.context import Context
from appliance.server.fetch_sessions import FULL_EPOCHS, FetchSession, Key
from appliance.server.reads import Views

_FETCH = 1
_READ_COMMITTED = 1
_LEADER_VERSION = 16
"""First version whose answer names the leader to whom is fenced (KIP-951)."""

_TopicResponse = messages.FetchResponse.FetchableTopicResponse
_PartitionData = messages.FetchResponse.PartitionData


class _Line:
    """One partition of a fetch request."""

    __slots__ = ("bytes_max", "code", "index", "offset", "partition", "topic", "views")

    def __init__(self, topic: Any, line: Any, partition: Partition | None, code: int) -> None:
        self.topic = topic
        self.index: int = line.partition
        self.offset: int = line.fetch_offset
        self.bytes_max: int = line.partition_max_bytes
        self.partition = partition
        self.code = code
        self.views: Views | None = []


class _Fetch:
    """One fetch request, from its check to its answer; a `Waiter` while it is parked."""

    __slots__ = (
        "bytes_max",
        "bytes_min",
        "cached",
        "context",
        "correlation_id",
        "deadline",
        "done",
        "is_fenced",
        "isolation_level",
        "lines",
        "parked_bytes",
        "partitions",
        "request",
        "session",
        "slot",
        "version",
    )

    def __init__(
        self,
        context: Context,
        slot: Slot,
        version: int,
        correlation_id: int,
        request: Any,
        session: FetchSession | None,
    ) -> None:
        """Check every partition.

        Args:
            session: of an incremental request, None for a full one.
        """
        self.session = session
        # A full request is kept only when its answer may open a session.
        self.request = request if request.session_epoch == 0 else None
        self.context = context
        self.slot = slot
        self.version = version
        self.correlation_id = correlation_id
        self.isolation_level = request.isolation_level
        scarce = slot.connection.budget.is_scarce
        most = limits.FETCH_SCARCE_BYTES_MAX if scarce else limits.FETCH_RESPONSE_BYTES_MAX
        if context.image.client_quotas:
            most = min(most, context.throttle.fetch_bytes_max(slot.connection.client_id))
        self.bytes_max = min(max(request.max_bytes, 0), most)
        # As in Kafka: nobody waits for more than an answer may hold.
        self.bytes_min = min(request.min_bytes, self.bytes_max)
        self.deadline = 0.0
        self.done = self.is_fenced = False
        self.parked_bytes = 0
        self.lines: list[_Line] = []
        if session is not None:
            self.cached = list(session.lines.items())
            for (key, index), asked in self.cached:
                partition = context.table.get(key, index)
                code = self._check(key, asked, partition)
                self.lines.append(_Line(asked.topic, asked, partition, code))
        for topic in request.topics if session is None else ():
            key = topic.topic_id if version >= 13 else topic.topic
            for line in topic.partitions:
                partition = context.table.get(key, line.partition)
                self.lines.append(_Line(topic, line, partition, self._check(key, line, partition)))
        if len(self.lines) > 1 and session is None:
            # A partition counts once, as in Kafka: each commit looks at every line that waits.
            self.lines = list(
                {(id(e.partition or e.topic), e.index): e for e in self.lines}.values()
            )
        self.partitions = [line.partition for line in self.lines if line.partition is not None]

    def _check(self, key: bytes | str, line: Any, partition: Partition | None) -> int:
        if partition is None:
            if self.version >= 13 and not self.context.table.has_topic(key):
                return ErrorCode.UNKNOWN_TOPIC_ID
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        epoch = line.current_leader_epoch
        if epoch >= 0 and epoch != partition.leader_epoch:
            if epoch < partition.leader_epoch:
                self.is_fenced = True
                return ErrorCode.FENCED_LEADER_EPOCH
            return ErrorCode.UNKNOWN_LEADER_EPOCH
        if not partition.log_start_offset <= line.fetch_offset <= partition.log_end_offset:
            return ErrorCode.OFFSET_OUT_OF_RANGE
        if line.partition_max_bytes < 0:
            return ErrorCode.UNKNOWN_SERVER_ERROR  # Kafka's answer to what no client sends.
        return 0

    def is_satisfied(self) -> bool:
        """Whether not to wait: for `min_bytes`, an error, or what is to be read elsewhere."""
        total = 0
        for line in self.lines:
            if line.code or line.partition is None or line.partition.deleted:
                return True
            partition = line.partition
            if line.offset < partition.log_start_offset:
                return True
            if line.offset < partition.high_watermark:
                if line.offset < partition.tail_start_offset:
                    return True
                total += partition.readable_bytes(line.offset, line.bytes_max)
                if total >= self.bytes_min:
                    return True
                if not self.context.reads.is_cached(partition, line.offset):
                    return True  # Those who wait are answered from the cache alone.
        return total >= self.bytes_min

    def collect(self) -> bool:
        """Gather what the tail cache holds; True when nothing has to be read from elsewhere."""
        room = self.bytes_max
        found = False
        complete = True
        for line in self.lines:
            line.views = []
            if line.code or line.partition is None:
                continue
            if room <= 0 and found:
                continue
            line.views = self.context.reads.tail_views(
                line.partition, line.offset, min(line.bytes_max, room), at_least_one=not found
            )
            if line.views is None:
                complete = False
            elif line.views:
                found = True
                room -= sum(map(len, line.views))
        return complete

    async def collect_slowly(self) -> None:
        """Gather from the volume and the object store, in the request's order of partitions.

        All partitions together wait for the object store for the time that one may: the client's
        patience is for its request.
        """
        room = self.bytes_max
        found = failed = False
        store_deadline = trio.current_time() + limits.STORE_READ_S_MAX
        connection = self.slot.connection
        held = 0
        for line in self.lines:
            line.views = []
            if connection.budget.is_scarce:
                room = min(room, limits.FETCH_SCARCE_BYTES_MAX - held)
            if line.code or line.partition is None or (room <= 0 and found):
                continue
            is_stored = line.offset < line.partition.tail_start_offset
            own_deadline = trio.current_time() + limits.STORE_READ_S_MAX
            # Counted before it is read: a thousand clients may read at once.
            wanted = max(min(line.bytes_max, room), 0)
            connection.count_queued(wanted)
            try:
                with trio.fail_at(store_deadline if is_stored else own_deadline):
                    line.views = await self.context.reads.read(
                        line.partition, line.offset, wanted, at_least_one=not found
                    )
            except (StoreError, CorruptObjectError, trio.TooSlowError) as error:
                self.context.telemetry.read_errors += 1
                if not failed:
                    self.context.telemetry.log_repeated(
                        trio.current_time(),
                        "warning",
                        "read failed",
                        topic=line.partition.topic_name,
                        error=str(error) or "the object store does not answer",
                    )
                failed = True
                if not found:
                    line.code = ErrorCode.KAFKA_STORAGE_ERROR
            size = sum(map(len, line.views))
            connection.count_queued(size - wanted)
            held += size
            found = found or size > 0
            room -= size
        connection.count_queued(-held)  # The answer is counted when it is set.

    def respond(self) -> None:
        """Answer with what the tail cache has now; called when parked.

        An error ends the connection: whoever calls is the WAL's completion, or serves others.
        """
        connection = self.slot.connection
        connection.count_queued(-self.parked_bytes)
        if self.slot.abandoned:
            return
        try:
            self._answer_parked()
        except ENDS_THE_NODE:
            raise
        except Exception as error:
            connection.fail(error)
        else:
            self.context.flush_later[connection] = None

    def _answer_parked(self) -> None:
        for line in self.lines:
            if line.partition is not None and line.partition.deleted:
                line.code = (
                    ErrorCode.UNKNOWN_TOPIC_ID
                    if self.version >= 13
                    else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                )
        self.check_log_start()
        self.collect()
        self.send()

    def check_log_start(self) -> None:
        """Refuse what was deleted since the request was checked."""
        for line in self.lines:
            if line.partition is not None and line.offset < line.partition.log_start_offset:
                line.code = line.code or ErrorCode.OFFSET_OUT_OF_RANGE

    def send(self) -> None:
        """Encode the answer into the slot."""
        if self.context.image.client_quotas and self._is_throttled():
            session_id = 0 if self.session is None else self.session.session_id
            response = messages.FetchResponse(session_id=session_id, responses=[])
            self.slot.complete(
                *codec.encode_response_frame(_FETCH, self.version, self.correlation_id, response)
            )
            return
        session = self.session
        lines = self.lines
        if session is not None:
            lines = self._news(session)
        elif self.request is not None:
            session = self.context.fetch_sessions.create(self.request, self.version)
            if session is not None:
                self._remember(session)
        topics: list[Any] = []
        last: Any = None
        for line in lines:
            if line.topic is not last:
                last = line.topic
                topics.append(
                    _TopicResponse(topic=last.topic, topic_id=last.topic_id, partitions=[])
                )
            topics[-1].partitions.append(self._answer(line))
        response = messages.FetchResponse(
            throttle_time_ms=0,
            error_code=0,
            session_id=0 if session is None else session.session_id,
            responses=topics,
        )
        if self.is_fenced and self.version >= _LEADER_VERSION:
            context = self.context
            response.node_endpoints = [
                messages.FetchResponse.NodeEndpoint(
                    node_id=context.broker_id, host=context.host, port=context.port, rack=None
                )
            ]
        buffers, size = codec.encode_response_frame(
            _FETCH, self.version, self.correlation_id, response
        )
        self.context.telemetry.bytes_out += size
        self.slot.complete(buffers, size)

    def _news(self, session: FetchSession) -> list[_Line]:
        """Return the lines of an incremental request that changed since they were answered."""
        news: list[_Line] = []
        read: list[Key] = []
        for line, (key, cached) in zip(self.lines, self.cached, strict=True):
            partition = line.partition
            watermark, start = (
                (-1, -1)
                if partition is None
                else (partition.high_watermark, partition.log_start_offset)
            )
            if cached.is_news(int(line.code), watermark, start, data=bool(line.views)):
                news.append(line)
                if line.views:
                    read.append(key)
        session.give_turn_to_others(read)
        return news

    def _remember(self, session: FetchSession) -> None:
        """Note what the answer to a full request says of each partition of its new session."""
        by_id = session.uses_topic_ids
        for line in self.lines:
            key = line.topic.topic_id if by_id else line.topic.topic
            cached = session.lines[key, line.index]
            if line.partition is not None:
                cached.is_news(
                    int(line.code),
                    line.partition.high_watermark,
                    line.partition.log_start_offset,
                    data=False,
                )

    def _is_throttled(self) -> bool:
        """Whether the client's quota makes this answer an empty one (KIP-219)."""
        slot = self.slot
        size = sum(len(view) for line in self.lines for view in line.views or ())
        throttle_time_ms = self.context.throttle.on_fetch(slot.connection.client_id, size)
        if slot.throttle is not None:
            throttle_time_ms = max(throttle_time_ms, slot.throttle[1])
        if throttle_time_ms:
            slot.throttle = (self.version, throttle_time_ms)
        return throttle_time_ms > 0

    def _answer(self, line: _Line) -> Any:
        partition = line.partition
        if partition is None or line.code:
            answer = _PartitionData(
                partition_index=line.index,
                error_code=int(line.code),
                high_watermark=-1,
                last_stable_offset=-1,
                log_start_offset=-1,
                aborted_transactions=[] if partition is None else None,
                records=b"",
            )
            if (
                line.code == ErrorCode.FENCED_LEADER_EPOCH
                and partition is not None
                and self.version >= _LEADER_VERSION
            ):
                answer.current_leader = messages.FetchResponse.LeaderIdAndEpoch(
                    leader_id=self.context.broker_id, leader_epoch=partition.leader_epoch
                )
            return answer
        return _PartitionData(
            partition_index=line.index,
            error_code=0,
            high_watermark=partition.high_watermark,
            last_stable_offset=partition.high_watermark,
            log_start_offset=partition.log_start_offset,
            aborted_transactions=[] if self.isolation_level == _READ_COMMITTED else None,
            preferred_read_replica=-1,
            records=line.views or b"",
        )


def handle(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> Waiting | None:
    """Answer at once, park, or read what memory does not hold."""
    session = None
    if request.session_id or request.session_epoch not in FULL_EPOCHS:
        session = context.fetch_sessions.begin(request, version)
        if isinstance(session, ErrorCode):
            response = messages.FetchResponse(error_code=int(session), session_id=0, responses=[])
            slot.complete(*codec.encode_response_frame(_FETCH, version, correlation_id, response))
            return None
    fetch = _Fetch(context, slot, version, correlation_id, request, session)
    wait_ms = request.max_wait_ms
    if wait_ms > 0 and not fetch.is_satisfied() and fetch.lines:
        fetch.deadline = trio.current_time() + min(wait_ms / 1000, limits.RESPONSE_DELAY_S_MAX)
        slot.on_close = lambda: context.parked.forget(fetch)
        # What waits counts like an answer: a client cannot park more than it may have queued.
        fetch.parked_bytes = len(fetch.lines) * limits.FETCH_LINE_BYTES
        slot.connection.count_queued(fetch.parked_bytes)
        context.parked.park(fetch)
        return None
    if fetch.collect():
        fetch.send()
        return None
    slot.is_detached = True
    return _send_slowly(fetch)


async def _send_slowly(fetch: _Fetch) -> None:
    await fetch.collect_slowly()
    if not fetch.slot.abandoned:
        fetch.check_log_start()
        fetch.send()
