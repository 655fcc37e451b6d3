"""Runs the group coordinator: carries out what it returns, tells it the time and what is durable.

```
request -> Coordinator.serve -> Reply: into the slot of whoever asked, on whichever connection
                             -> Append: into the WAL -> durable -> on_commit -> the replies it held
deadlines -> Coordinator.on_time
restart -> checkpoint of the WAL, then the log behind it -> Coordinator.finish_load
```
No request costs a task: a parked JoinGroup is a slot that is completed later.
"""

import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any

import trio

from appliance import limits
from appliance.coordinator import (
    PARTITION_COUNT,
    Append,
    Call,
    Coordinator,
    Effects,
    InvalidCheckpointError,
    InvalidRecordError,
    Load,
    Policy,
    Reply,
    checkpoint,
)
from appliance.ids import TopicId
from appliance.metadata import Image, topic_names
from appliance.objects.errors import CorruptObjectError, StoreError
from appliance.protocol import batch, codec
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Connection, Slot
from appliance.server.group_log import GroupLog, replay_found
from appliance.server.group_recovery import FoundBatch, RecoveredGroups
from appliance.settings import Settings
from appliance.telemetry import Telemetry
from wal.errors import BatchTooLargeError, WalFullError
from wal.writer import Writer

_JOIN_GROUP = 11
_STORED_OFFSET_BYTES = 64  # of a checkpoint, about
_new_tuple = tuple.__new__  # A named tuple's own takes twice as long.


def policy(settings: Settings) -> Policy:
    """Return the coordinator's part of the settings."""
    return Policy(
        session_timeout_ms_min=settings.group_min_session_timeout_ms,
        session_timeout_ms_max=settings.group_max_session_timeout_ms,
        group_size_max=settings.group_max_size,
        initial_rebalance_delay_ms=settings.group_initial_rebalance_delay_ms,
        offsets_retention_ms=settings.offsets_retention_minutes * 60_000,
        offsets_retention_check_interval_ms=settings.offsets_retention_check_interval_ms,
        offset_metadata_chars_max=settings.offset_metadata_max_bytes,
    )


class ImageTopics:
    """What the coordinator asks about topics, answered by the metadata."""

    def __init__(self, image: Image) -> None:
        self._image = image

    def name(self, topic_id: bytes) -> str | None:
        """See `coordinator.Topics`."""
        topic = self._image.topics_by_id.get(TopicId(topic_id))
        return None if topic is None else topic.name

    def topic_id(self, name: str) -> bytes | None:
        """See `coordinator.Topics`."""
        topic = self._image.topics_by_name.get(name)
        return None if topic is None else topic.topic_id

    def partition_count(self, name: str) -> int:
        """See `coordinator.Topics`."""
        topic = self._image.topics_by_name.get(name)
        return 0 if topic is None else len(topic.partition_ids)


class GroupRuntime:
    """The group coordinator of this node, at work.

    Attributes:
        is_open: `__consumer_offsets` exists, so there is somebody to ask.
    """

    def __init__(
        self,
        *,
        image: Image,
        log: GroupLog,
        writer: Writer,
        telemetry: Telemetry,
        policy: Policy,
        flush_later: dict[Connection, None],
        flush: Callable[[], None],
        now_ms: Callable[[], int],
        random_bytes: Callable[[int], bytes],
        recovered: RecoveredGroups,
    ) -> None:
        """Coordinate nothing yet.

        Args:
            image: the applied metadata.
            log: of the groups.
            writer: the WAL of this incarnation.
            telemetry: counters and log.
            policy: broker configs.
            flush_later: connections with answers that nobody sent yet.
            flush: sends these.
            now_ms: wall clock, ms since 1970.
            random_bytes: entropy for member ids.
            recovered: what a recovery found in the WAL.
        """
        self.is_open = False
        self._image = image
        self._log = log
        self._writer = writer
        self._telemetry = telemetry
        self._flush_later = flush_later
        self._flush = flush
        self._wall_ms = now_ms
        self._random_bytes = random_bytes
        self._coordinator = Coordinator(policy, ImageTopics(image))
        self._recovered = recovered
        self._loads: dict[int, Load] = {}
        self._is_loaded = trio.Event()
        self._replaying = trio.Lock()  # Others get their turn after one task's share, not 50.
        self._restored: dict[int, bytes] = {}
        self._tails: dict[int, list[FoundBatch]] = {}
        self._waiting: deque[tuple[float, Append]] = deque()
        # A client with one request in flight must not lose its session by waiting for a commit.
        self._append_wait_s = min(limits.GROUP_APPEND_WAIT_S, policy.session_timeout_ms_min / 2000)
        self._waiting_bytes = 0
        self._has_waiting = trio.Event()
        self._earlier = trio.Event()
        self._wakes_ms = 0
        self._next_offset = [0] * PARTITION_COUNT
        self._replayed = 0
        self._behind = [0] * PARTITION_COUNT
        self._behind_max = [limits.GROUP_RECORDS_BEHIND_MAX] * PARTITION_COUNT

    # ---- what others see

    @property
    def rebalances(self) -> int:
        """Generations that groups began since the start of the node."""
        return self._coordinator.rebalances

    @property
    def is_loading(self) -> bool:
        """Whether groups are still being read from the log."""
        return bool(self._loads)

    def count(self) -> tuple[Counter[str], int]:
        """Return the number of groups by state, and of their members."""
        groups = self._coordinator.groups.values()
        states = Counter(group.state.value for group in groups)
        return states, sum(len(group.members) for group in groups)

    # ---- requests

    def serve(self, slot: Slot, version: int, correlation_id: int, request: Any) -> None:
        """Serve a request; the answer is in its slot now or later."""
        now_ms = int(slot.started * 1000) or _now_ms()
        connection = slot.connection
        call = _new_tuple(Call, ((slot, correlation_id), version, now_ms, "", "", ""))
        if slot.api_key == _JOIN_GROUP:
            host = "/" + connection.peer.rpartition(":")[0]
            call = call._replace(
                client_id=connection.client_id or "", client_host=host, uuid=self._uuid()
            )
        self._do(self._coordinator.serve(slot.api_key, request, call), now_ms, own=connection)
        if self._flush_later:
            self._flush()

    def on_topic_deleted(self, name: str, partition_count: int) -> None:
        """Forget what groups committed of a topic that is gone."""
        gone = ((name, index) for index in range(partition_count))
        self._do(self._coordinator.on_partitions_deleted(gone), _now_ms())
        self._writer.submit_nowait()

    def _uuid(self) -> str:
        return str(uuid.UUID(bytes=self._random_bytes(16), version=4))

    # ---- effects

    def _do(self, effects: Effects, now_ms: int, own: Connection | None = None) -> None:
        """Carry out what a call of the coordinator wants, in its order.

        Args:
            effects: from the call.
            now_ms: the time that the call was given.
            own: the connection whose loop called: it sends its answers itself.
        """
        for effect in effects:  # also over those that come while it runs
            if isinstance(effect, Reply):
                self._reply(effect, own)
            else:
                effects += self._append(effect, now_ms)
        next_ms = self._coordinator.next_deadline()
        if next_ms is not None and next_ms + limits.GROUP_TICK_MS <= self._wakes_ms:
            self._earlier.set()

    def _reply(self, reply: Reply, own: Connection | None) -> None:
        call, response, body = reply
        slot, correlation_id = call.token
        if slot.abandoned:
            return
        # Not raised when it fails: whose request led here need not be who asked.
        if body:
            slot.complete(*codec.frame_response(slot.api_key, call.version, correlation_id, body))
        else:
            slot.answer(call.version, correlation_id, response)
        if slot.connection is not own:
            self._flush_later[slot.connection] = None

    def _append(self, append: Append, now_ms: int) -> Effects:
        """Append records now or when there is room; returns what follows from a refusal."""
        if not self._waiting:
            try:
                self._log.append(append)
                return []
            except BatchTooLargeError:
                return self._failed(append, now_ms, ErrorCode.MESSAGE_TOO_LARGE)
            except WalFullError:
                pass
        size = _records_bytes(append)
        if (
            len(self._waiting) >= limits.GROUP_APPENDS_WAITING_MAX
            or self._waiting_bytes + size > limits.GROUP_APPENDS_WAITING_BYTES_MAX
        ):
            return self._failed(append, now_ms, ErrorCode.NOT_ENOUGH_REPLICAS)
        self._waiting_bytes += size
        self._waiting.append((trio.current_time() + self._append_wait_s, append))
        self._has_waiting.set()
        return []

    def _failed(self, append: Append, now_ms: int, code: ErrorCode) -> Effects:
        return self._coordinator.on_append_failed(append.append_id, now_ms, code)

    def on_commit(self) -> None:
        """Go on with what became durable; the caller sends the answers and starts the next write.

        Called from the WAL's completion, after all acks of it: appending from within an ack would
        change the frames that are being acknowledged.
        """
        durable = self._log.take_durable()
        if durable:
            now_ms = _now_ms()
            behind: dict[int, None] = {}
            effects: Effects = []
            for append, next_offset in durable:
                index = append.partition
                self._behind[index] += next_offset - self._next_offset[index]
                self._next_offset[index] = next_offset
                if self._behind[index] >= self._behind_max[index]:
                    behind[index] = None
                self._telemetry.offsets_committed += append.commits
                effects += self._coordinator.on_durable(append.append_id, now_ms)
            self._do(effects, now_ms)
            for index in behind:
                self._checkpoint(index)
        if self._waiting:
            self._append_waiting()

    def _append_waiting(self) -> None:
        """Append what there is room for; give up what waited too long."""
        now = trio.current_time()
        waiting = self._waiting
        while waiting:
            deadline, append = waiting[0]
            now_ms = _now_ms()
            try:
                self._log.append(append)
                self._stop_waiting()
            except WalFullError as error:
                is_temporary = not isinstance(error, BatchTooLargeError)
                if is_temporary and now < deadline:
                    return
                self._stop_waiting()
                code = ErrorCode.MESSAGE_TOO_LARGE
                if is_temporary:
                    code = ErrorCode.NOT_ENOUGH_REPLICAS
                self._do(self._failed(append, now_ms, code), now_ms)

    def _stop_waiting(self) -> None:
        _, append = self._waiting.popleft()
        self._waiting_bytes -= _records_bytes(append)

    # ---- checkpoints

    def _checkpoint(self, index: int) -> None:
        """Write a checkpoint because many records are behind the last one."""
        covered = self._next_offset[index]
        raw = self._coordinator.snapshot(index, covered)
        if self._log.append_checkpoint(index, covered, raw):
            self._on_checkpoint(index, raw)
        else:
            self._behind_max[index] = self._behind[index] + limits.GROUP_RECORDS_BEHIND_MAX

    def _on_checkpoint(self, index: int, raw: bytes) -> None:
        # In proportion to the state, so that large ones are not written all the time.
        self._behind[index] = 0
        live = len(raw) // _STORED_OFFSET_BYTES
        self._behind_max[index] = max(limits.GROUP_RECORDS_BEHIND_MAX, live)

    def checkpoint_records(self, bytes_max: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield (id of a partition, offset, piece) of checkpoints of all groups.

        What is still being loaded is written as it was found: its extent is about to be freed.
        """
        if not self.is_open:
            return
        for index in range(PARTITION_COUNT):
            covered = self._next_offset[index]
            if index in self._restored:
                raw, covered = self._restored[index], 0  # it says itself how far it goes
            elif covered and self._coordinator.is_loaded(index):
                raw = self._coordinator.snapshot(index, covered)
                self._on_checkpoint(index, raw)
            else:
                continue
            partition_id = self._log.partition(index).partition_id
            for piece in checkpoint.split(raw, bytes_max):
                yield partition_id, covered, piece

    # ---- loads

    def open(self) -> None:
        """Coordinate the groups of `__consumer_offsets`, if it exists; again is no harm.

        What is in the log is loaded by `run`.
        """
        if self.is_open or topic_names.OFFSETS not in self._image.topics_by_name:
            return
        self.is_open = True
        now_ms = _now_ms()
        self._coordinator.set_wall_clock(now_ms, self._wall_ms())
        for index in range(PARTITION_COUNT):
            partition = self._log.partition(index)
            load = self._coordinator.begin_load(index, now_ms)
            self._next_offset[index] = partition.log_end_offset
            if partition.log_end_offset == partition.log_start_offset:
                self._do(self._coordinator.finish_load(load, now_ms), now_ms)
                continue
            self._loads[index] = load
            raw, self._tails[index] = self._recovered.take(partition.partition_id)
            if raw is not None:
                self._restored[index] = raw

    async def wait_loaded(self) -> None:
        """Wait until all groups that were in the log are served, or known to be unreadable."""
        await self._is_loaded.wait()

    async def _load_all(self) -> None:
        """Read all groups that are in the log."""
        if self._loads:
            await self._load_partitions()
        self._is_loaded.set()

    async def _load_partitions(self) -> None:
        """Load the partitions side by side: one may need the object store, and others not."""
        started = trio.current_time()
        checkpoints = len(self._restored)
        async with trio.open_nursery() as nursery:
            for load in list(self._loads.values()):
                nursery.start_soon(self._load, load)
        self._telemetry.log.info(
            "consumer groups are loaded",
            groups=len(self._coordinator.groups),
            checkpoints=checkpoints,
            records=self._replayed,
            seconds=round(trio.current_time() - started, 3),
        )

    async def _load(self, load: Load) -> None:
        """Load one partition; one that cannot be read is left to NOT_COORDINATOR, as in Kafka."""
        index = load.partition
        end_offset = self._next_offset[index]
        try:
            load, start_offset = self._restore(load, end_offset)
            await self._replay(load, start_offset, end_offset)
            now_ms = _now_ms()
            effects = self._coordinator.finish_load(load, now_ms)
            self._behind[index] = end_offset - start_offset
            self._replayed += end_offset - start_offset
            self._restored.pop(index, None)
        except (InvalidRecordError, batch.CorruptBatchError, CorruptObjectError, StoreError) as bad:
            self._telemetry.log.error(
                "cannot load consumer groups: they are not served",
                topic=topic_names.OFFSETS,
                partition=index,
                error=str(bad),
            )
            now_ms = _now_ms()
            effects = self._coordinator.unload(index, now_ms)
        del self._loads[index]
        self._do(effects, now_ms)
        self._writer.submit_nowait()

    async def _replay(self, load: Load, start_offset: int, end_offset: int) -> None:
        """Read [start, end) of the log; what the recovery has of it is not read again."""
        index = load.partition
        tail = self._tails.pop(index, [])
        if tail:
            await self._log.read(index, start_offset, tail[0].base_offset, load.replay)
            start_offset = max(start_offset, tail[0].base_offset)
            async with self._replaying:
                await replay_found(tail, start_offset, load.replay)
            start_offset = max(start_offset, tail[-1].next_offset)
        await self._log.read(index, start_offset, end_offset, load.replay)

    def _restore(self, load: Load, end_offset: int) -> tuple[Load, int]:
        """Begin with the checkpoint, if there is a good one; returns the load and its offset."""
        index = load.partition
        first_offset = self._log.partition(index).log_start_offset
        raw = self._restored.get(index)
        if raw is None:
            return load, first_offset
        try:
            start_offset = load.restore(raw)
            if start_offset <= end_offset:
                return load, max(start_offset, first_offset)
            reason = f"it covers offset {start_offset} of a log that ends at {end_offset}"
        except InvalidCheckpointError as error:
            reason = str(error)
        self._telemetry.log.warning(
            "a checkpoint of consumer groups is of no use: reading the whole log",
            partition=index,
            reason=reason,
        )
        del self._restored[index]
        now_ms = _now_ms()
        self._do(self._coordinator.unload(index, now_ms), now_ms)
        return self._coordinator.begin_load(index, now_ms), first_offset

    # ---- tasks

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Load what is in the log, then serve deadlines for ever.

        Cancellation: what is on its way to the log stays there; nobody is answered any more.
        """
        self.open()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._load_all)
            nursery.start_soon(self._keep_time)
            nursery.start_soon(self._wait_room)
            task_status.started()

    async def _keep_time(self) -> None:
        """Do what is due, and follow the wall clock."""
        while True:
            now_ms = _now_ms()
            self._coordinator.set_wall_clock(now_ms, self._wall_ms())
            self._wakes_ms = now_ms  # Nobody needs to wake us before we sleep.
            self._do(self._coordinator.on_time(now_ms), now_ms)
            self._writer.submit_nowait()
            self._flush()
            self._earlier = trio.Event()
            wakes_ms = now_ms + limits.WALL_CLOCK_MS
            next_ms = self._coordinator.next_deadline()
            if next_ms is not None and next_ms <= now_ms:
                await trio.lowlevel.checkpoint()  # More is due than one call does.
                continue
            if next_ms is not None:
                wakes_ms = min(wakes_ms, max(next_ms, now_ms + limits.GROUP_TICK_MS))
            self._wakes_ms = wakes_ms
            with trio.move_on_at((wakes_ms + 1) / 1000):  # one more: _now_ms cuts
                await self._earlier.wait()

    async def _wait_room(self) -> None:
        """Append what waits for memory or the next extent."""
        while True:
            # Before each wait: room is told to those who wait for it, and may have come already.
            self._append_waiting()
            self._writer.submit_nowait()
            self._flush()
            if self._waiting:
                with trio.move_on_at(self._waiting[0][0]):
                    await self._writer.wait_room()
            else:
                self._has_waiting = trio.Event()
                await self._has_waiting.wait()


def _records_bytes(append: Append) -> int:
    return sum(len(key) + len(value or b"") for key, value in append.records)


def _now_ms() -> int:
    """Return steady time, ms."""
    return int(trio.current_time() * 1000)
