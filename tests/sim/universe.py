"""One seed: a node through many lives, its clients, its faults, and the verdict.

**Safety phase.** Producers, consumers and an admin work while the node is crashed, stopped and met
with disk and store errors. **Liveness phase.** The faults end; everything acknowledged must be
readable, every producer must get its answers, uploads must catch up, extents and orphans must go.

The bounds of the product are scaled down, so that a second holds many laps of the volume, many
uploads and a full volume. Nothing else of the product is replaced but its ports.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import trio
import trio.testing

import raft
from appliance import limits
from appliance.metadata import Rejected, commands
from appliance.metadata.state import ObjectState
from appliance.node import MetadataMachine, Node, Ports
from appliance.objects import keys, memory, object_format, reader
from appliance.objects.memory import Faults, MemoryStore
from appliance.objects.store import RetryingStore
from appliance.partition import Appends, Partition
from appliance.protocol import batch, messages as m
from appliance.server.context import Context
from appliance.settings import Settings
from appliance.telemetry import Telemetry
from raft.errors import StorageFailedError
from raft.testing import Crashed, Fault
from raft.testing.simulation import seeded_scheduler
from tests.sim.clients import (
    EARLIEST,
    FETCH,
    METADATA,
    Admin,
    Client,
    Committer,
    Consumer,
    Deleter,
    Producer,
    Wire,
    create_topic,
    list_offset,
    open_records,
)
from tests.sim.faults import SimDevice, SimFiles, SimStore
from tests.sim.model import Key, Model, Violation
from tests.sim.network import MemoryStream, make_pair
from wal import limits as wal_limits
from wal.errors import DeviceError
from wal.format import (
    FRAME_HEADER_BYTES,
    DirectoryEntry,
    decode_directory,
    decode_extent_header,
    decode_fence,
    decode_frame_header,
)
from wal.layout import FIRST_EXTENT_POSITION, fence_position

EXTENT_BYTES = 64 << 10
START_MS = 1_700_000_000_000
TRACE_LINES = 60
LIVENESS_S = 300.0
CLUSTER_ID = "simulated"

SCALED: list[tuple[Any, str, int]] = [
    (wal_limits, "EXTENT_BYTES_DEFAULT", EXTENT_BYTES),
    (wal_limits, "FRAME_BYTES_MAX", 32 << 10),
    (wal_limits, "ARENA_BYTES_MIN", 192 << 10),
    (wal_limits, "ARENA_CLEAR_AHEAD_BYTES", 48 << 10),
    (wal_limits, "SCAN_READ_BYTES", 32 << 10),
    (limits, "UPLOAD_BYTES_MAX", 96 << 10),
    (limits, "OBJECT_BLOCK_BYTES", 8 << 10),
    (limits, "RECEIVE_BUFFER_BYTES", 8 << 10),
    (limits, "RECEIVE_POOL_BYTES_MAX", 64 << 10),
    (limits, "CHECKPOINT_BYTES_MAX", 200),
    (limits, "ORPHANS_AGAIN_S", 15),
    (limits, "GROUP_RECORDS_BEHIND_MAX", 5),
    (limits, "GROUP_READ_BYTES", 300),
    (limits, "PRODUCER_ID_BLOCK", 2),
    (limits, "CONNECTION_REQUESTS_MAX", 8),
    (limits, "CONNECTION_OUTPUT_BYTES_MAX", 256 << 10),
    (limits, "FETCH_RESPONSE_BYTES_MAX", 128 << 10),
    (memory, "LIST_PAGE_MAX", 3),
    (reader, "TAIL_BYTES", 400),
]
"""Bounds of the product, scaled to the volume of a simulation."""

STEPS = (
    "put", "put done", "before CommitObject", "after CommitObject", "before AdvanceLog",
    "after AdvanceLog", "before FreeExtents", "after FreeExtents", "before ReleaseLog",
    "after ReleaseLog", "before AllocateObjectIds", "after AllocateObjectIds",
    "before AllocateExtents", "after AllocateExtents", "commit done", "commit acknowledged",
    "delete", "delete done",
)  # fmt: skip
"""Points of a node at work: between any two steps of upload and commit."""

START_STEPS = (
    "before InitCluster", "after InitCluster", "before FormatVolume", "after FormatVolume",
    "before RegisterBroker", "after RegisterBroker", "before FenceLog", "after FenceLog", "read",
    "write", "write done", "before SealLog", "after SealLog", "raft write", "raft sync",
    "raft sync_directory", "raft rename", "raft remove", "raft create", "before AllocateExtents",
)  # fmt: skip
"""Points of a start: fence, scan, seal, register."""


@contextlib.contextmanager
def scaled_limits() -> Iterator[bool]:
    """Scale the product's bounds down for a while."""
    before = [(module, name, getattr(module, name)) for module, name, _ in SCALED]
    for module, name, value in SCALED:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


class SimMachine:
    """The state machine of one life, with DESIGN's invariants around it."""

    def __init__(self, life: Life, machine: MetadataMachine) -> None:
        self._life = life
        self._machine = machine

    def apply(self, index: int, command: bytes) -> object:
        try:
            return self._apply(index, command)
        except Violation as error:
            self._life.universe.fail(error)
            raise

    def _apply(self, index: int, command: bytes) -> object:
        universe = self._life.universe
        decoded = commands.decode(command)
        is_new = index > universe.applied_index
        if is_new:
            universe.applied[index] = command
            universe.applied_index = index
            self._before(decoded)
        elif universe.applied.get(index) != command:
            raise Violation(f"7: command {index} is another one after a restart")
        try:
            return self._machine.apply(index, command)
        finally:
            if is_new:
                universe.trace("metadata", f"{index} {type(decoded).__name__}")
                self._after(decoded)
            if index % 8 == 0:
                self._check_image(index)

    def snapshot(self) -> Any:
        return self._machine.snapshot()

    def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
        return self._machine.restore(pieces)

    def _check_image(self, index: int) -> None:
        digest = hashlib.sha256(self._machine.image.snapshot()).digest()
        if self._life.universe.images.setdefault(index, digest) != digest:
            raise Violation(f"7: the image at index {index} differs after a restart")

    def _before(self, command: Any) -> None:
        image = self._machine.image
        if isinstance(command, commands.FreeExtents | commands.ReleaseLog):
            log = image.logs.get(command.log_id)
            if log is None:
                return
            below = (
                command.below_chain_sequence
                if isinstance(command, commands.FreeExtents)
                else log.next_chain_sequence
            )
            for extent in log.extents:
                if extent.chain_sequence < below:
                    self._life.universe.extents_freed += 1
                    self._check_extent(log, extent)

    def _check_extent(self, log: Any, extent: Any) -> None:
        """Invariant 5, by the frames on the medium: all they hold is in objects, or deleted."""
        image = self._machine.image
        for entry in frames_of(self._life.device.medium, log, extent):
            partition = image.partitions.get(entry.partition_id)
            end = entry.base_offset + entry.last_offset_delta + 1
            if entry.kind or partition is None:
                continue
            needed_from = max(partition.committed_end, partition.log_start_offset)
            if end > needed_from:
                raise Violation(
                    f"5: extent {extent} of log {log.log_id} is freed; it holds offset {end - 1} of"
                    f" partition {entry.partition_id}, needed from {needed_from} on"
                )

    def _after(self, command: Any) -> None:
        universe = self._life.universe
        image = self._machine.image
        if isinstance(command, commands.CommitObject) and command.object_id in image.objects:
            universe.check_object(image.objects[command.object_id], image)
        elif isinstance(command, commands.RegisterBroker):
            for partition_id, partition in image.partitions.items():
                before = universe.leader_epochs.get(partition_id, -1)
                if partition.leader_epoch <= before:
                    raise Violation(f"7: leader epoch of {partition_id} after {before}")
                universe.leader_epochs[partition_id] = partition.leader_epoch
            if universe.writer_epoch >= image.next_writer_epoch:
                raise Violation("7: the writer epoch went back")
            universe.writer_epoch = image.next_writer_epoch


def frames_of(medium: bytearray, log: Any, extent: Any) -> Iterator[Any]:
    """Yield the directory entries of a log's frames in one extent."""
    view = memoryview(medium)
    start = FIRST_EXTENT_POSITION + extent.index * EXTENT_BYTES
    header = decode_extent_header(view[start : start + 4096])
    if (
        header is None
        or header.identity.incarnation != log.incarnation
        or header.chain_sequence != extent.chain_sequence
    ):
        return
    offset = 4096
    while offset < EXTENT_BYTES:
        frame = decode_frame_header(view[start + offset : start + offset + FRAME_HEADER_BYTES])
        lsn = extent.chain_sequence * EXTENT_BYTES + offset
        if frame is None or frame.incarnation != log.incarnation or frame.lsn != lsn:
            return
        if log.end_lsn is not None and lsn >= log.end_lsn:
            return
        end = start + offset + FRAME_HEADER_BYTES + frame.body_bytes
        entries = decode_directory(view[start + offset : end], frame) or ()
        yield from map(DirectoryEntry._make, entries)
        offset += frame.frame_bytes


class SimNode(Node):
    """The node; each metadata command is a step to crash before and after."""

    life: Life

    async def propose(self, command: Any) -> Any:
        name = type(command).__name__
        self.life.point(f"before {name}")
        try:
            return await super().propose(command)
        except Rejected as error:
            self.life.universe.trace("node", f"rejected {name}: {error}")
            raise
        finally:
            self.life.point(f"after {name}")


class _Log:
    """The node's log, into the trace."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._universe = life.universe

    def _line(self, event: str, **fields: Any) -> None:
        fields.pop("exc_info", None)
        self._universe.trace("log", f"{event} {fields}")

    debug = info = warning = _line

    def error(self, event: str, **fields: Any) -> None:
        """Something that must not happen: no client of ours deserves it."""
        error = fields.get("exc_info")
        if self._life.is_dead or self._life.has_disk_error:
            self._line(event, **fields)  # A request met the end of the node.
            return
        raise Violation(f"the node logged an error: {event}: {error!r}") from (
            error if isinstance(error, BaseException) else None
        )


@dataclass(slots=True, kw_only=True)
class Doom:
    """How a life ends: at a point's nth time, or at a time; by a crash, a stop or a disk error."""

    point: str = ""
    count: int = 0
    after_s: float = 0.0
    is_stop: bool = False


async def _at_once(work: Callable[[], Any]) -> Any:
    """Compute on the event loop: the clock would jump over a thread."""
    await trio.lowlevel.checkpoint()
    return work()


class Life:
    """One run of the node's process, from its start to its end."""

    def __init__(self, universe: Universe, number: int, doom: Doom | None) -> None:
        self.universe = universe
        self.number = number
        self.doom = doom
        self.rng = universe.rng(f"life {number}")
        self.is_dead = False
        self.is_ready = False
        self.has_disk_error = False
        self.commits_in_flight = 0
        self.counts: Counter[str] = Counter()
        self.scope = trio.CancelScope()
        self.streams: list[MemoryStream] = []
        self._stall_rng = universe.rng(f"stall {number}")
        latency_rng = universe.rng(f"latency {number}")
        slow = universe.latency_s

        def latency_s() -> float:
            if latency_rng.random() < 0.02:
                return latency_rng.uniform(0.05, 1.0)
            return latency_rng.uniform(0.5, 1.5) * slow

        self.device = SimDevice(
            len(universe.medium),
            medium=universe.medium,
            latency_s=latency_s,
            rng=universe.rng(f"device {number}"),
        )
        self.device.life = self
        if number == 0 and self.rng.random() < 0.5:
            self.device.mark_unwritten(0, len(universe.medium))
        self.files = SimFiles.found(universe.files, rng=universe.rng(f"files {number}"))
        self.files.life = self
        telemetry = Telemetry()
        telemetry.log = _Log(self)
        store = RetryingStore(
            SimStore(self, universe.store, universe.rng(f"store {number}")),
            rng=universe.rng(f"retry {number}"),
            log=lambda text: universe.trace("store", text),
        )
        telemetry.store = store.counters
        entropy = universe.rng(f"entropy {number}")
        self.node = SimNode(
            universe.settings,
            Ports(
                device=self.device,
                store=store,
                raft_node=self._raft_node,
                kafka_socket=None,
                admin_socket=None,
                now_ms=universe.now_ms,
                random_bytes=entropy.randbytes,
                aside=_at_once,
                volume_path="memory",
                telemetry=telemetry,
            ),
        )
        self.node.life = self
        self.store = store

    def _raft_node(self, machine: MetadataMachine) -> Any:
        return raft.Node(
            1,
            voters=[1],
            cluster_id=bytes(16),
            files=self.files,
            state_machine=SimMachine(self, machine),
            rng=self.universe.rng(f"raft {self.number}"),
            snapshot_entries=self.universe.snapshot_entries,
        )

    def read_stall_s(self) -> float:
        """How long a read of the volume waits before it begins."""
        rng = self._stall_rng
        if rng.random() < self.universe.read_stall_share:
            return rng.uniform(0.1, 4.0)
        return 0.0

    @property
    def image(self) -> Any:
        """The metadata of this life."""
        return self.node._machine.image

    def point(self, name: str) -> None:
        """A moment between two steps; raises Crashed when this life ends here, or has ended."""
        if self.is_dead:
            raise Crashed
        self.counts[name] += 1
        doom = self.doom
        if doom is not None and doom.point == name and doom.count == self.counts[name]:
            self.power_off(f"{name} #{doom.count}")
            raise Crashed

    def power_off(self, reason: str) -> None:
        """Nothing of this life reaches the outside any more."""
        if self.is_dead:
            return
        self.is_dead = True
        self.universe.trace("universe", f"power off: {reason}")
        for stream in self.streams:
            stream.cut()
        self.device.crash(self.rng)
        self.files.crash()
        self.scope.cancel()

    def check_delete(self, keys: Sequence[str]) -> None:
        """Invariant 6: nothing that the metadata names is deleted."""
        named = {o.key for o in self.image.objects.values() if o.state is ObjectState.COMMITTED}
        for key in keys:
            if key in named:
                raise Violation(f"6: object {key} is deleted, and named by the metadata")

    async def run(self) -> None:
        """Run the node until it ends, in whatever way; Violation when that is not allowed."""
        self.universe.trace("universe", f"life {self.number} {self.doom}")
        try:
            with self.scope:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._end)
                    await self.store.check()
                    await nursery.start(self.node.run)
                    self.is_ready = True
                    self.universe.trace("universe", "ready")
                    await self._stopped(nursery)
        except BaseException as error:
            self._judge(error)
        self.power_off("ended")

    async def _stopped(self, nursery: trio.Nursery) -> None:
        """Return when the node has stopped by itself."""
        while len(nursery.child_tasks) > 1:
            await trio.sleep(0.05)
        nursery.cancel_scope.cancel()

    async def _end(self) -> None:
        doom = self.doom
        if doom is None or not doom.after_s:
            await trio.sleep_forever()
            return
        await trio.sleep(doom.after_s)
        if doom.is_stop:
            while not self.is_ready:
                await trio.sleep(0.1)
            self.universe.trace("universe", "stop")
            self.node.stop()
            await trio.sleep(20)
            raise Violation("the node did not stop within 20 s")
        self.power_off("time")

    def _judge(self, error: BaseException) -> None:
        """Accept the end of a life, or raise what is wrong with it."""
        for one in flatten(error):
            if isinstance(one, Violation):
                raise one
        if any(isinstance(one, trio.Cancelled) for one in flatten(error)):
            raise error
        for one in flatten(error):
            if self.is_dead or isinstance(one, Crashed):
                continue
            stopped = raft.OutcomeUnknownError | raft.NotLeaderError
            allowed = DeviceError | StorageFailedError | stopped
            if isinstance(one, allowed) and self.has_disk_error:
                continue
            raise Violation(f"the node ended: {one!r}") from one
        self.universe.trace("universe", f"ended by {[repr(e)[:80] for e in flatten(error)]}")

    def check_bounds(self) -> None:
        """Invariant 10."""
        node = self.node
        if node.listener is None or self.is_dead:
            return
        for connection in node.listener.connections:
            slots = len(connection._slots)
            if slots > limits.CONNECTION_REQUESTS_MAX + 1 + 64:
                raise Violation(f"10: {slots} requests wait on one connection")
            bound = limits.CONNECTION_OUTPUT_BYTES_MAX + (64 + 2) * limits.FETCH_RESPONSE_BYTES_MAX
            if connection.queued_bytes > bound:
                raise Violation(f"10: {connection.queued_bytes} bytes are queued")
        pool = node.listener._pool
        # One connection may always hold its request.
        if pool.held_bytes > self.universe.settings.queued_max_request_bytes + 2 * EXTENT_BYTES:
            raise Violation(f"10: {pool.held_bytes} bytes of receive memory")
        status = node._raft.status()
        if status.proposals_pending > 1024:
            raise Violation("10: proposals")
        if status.term < self.universe.term:
            raise Violation("7: the term went back")
        self.universe.term = max(self.universe.term, status.term)


def flatten(error: BaseException) -> list[BaseException]:
    """Return the leaves of an exception group."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for one in error.exceptions for leaf in flatten(one)]
    return [error]


class Universe:
    """Everything of one seed."""

    def __init__(self, seed: int, *, white_box: bool = True) -> None:
        self.seed = seed
        self.white_box = white_box
        self.model = Model()
        self.lines: deque[str] = deque(maxlen=TRACE_LINES)
        self.digest = hashlib.sha256()
        self.events = 0
        self.error: BaseException | None = None
        rng = self.rng("world")
        self._rng = rng
        self.extents = rng.randint(8, 14)
        self.extents_freed = 0
        self.medium = bytearray(FIRST_EXTENT_POSITION + self.extents * EXTENT_BYTES)
        self.latency_s = rng.choice([0.0002, 0.002, 0.01])
        self.read_stall_share = rng.choice([0.0, 0.1, 0.4])
        self.snapshot_entries = rng.choice([10, 40, 1000])
        self.files: Any = SimFiles(rng=self.rng("files"))
        self.store = MemoryStore(rng=self.rng("weather of calls"), faults=Faults())
        self.settings = Settings(
            cluster_id=CLUSTER_ID,
            kafka="simulated:9092",
            upload_trigger_bytes=rng.choice([48 << 10, 128 << 10, 300 << 10]),
            upload_trigger_ms=rng.choice([300, 1500, 5000]),
            tail_cache_bytes=rng.choice([0, 512 << 10]),
            block_cache_bytes=rng.choice([8 << 10, 1 << 20]),
            queued_max_request_bytes=rng.choice([32 << 10, 1 << 20]),
        )
        self.applied: dict[int, bytes] = {}
        self.applied_index = 0
        self.images: dict[int, bytes] = {}
        self.leader_epochs: dict[int, int] = {}
        self.writer_epoch = 0
        self.ends: dict[int, int] = {}  # of the logs of older writers
        self.term = 0
        self.life: Life | None = None
        self.lives = 0
        self.is_safe = True  # in the safety phase
        self.batches_left = rng.choice([120, 250, 400])
        self.safety_s = rng.uniform(8, 30)
        self._scope = trio.CancelScope()
        self._connections = 0

    # What everybody uses.

    def rng(self, name: str) -> random.Random:
        """Return a generator of its own for a name."""
        return random.Random(f"{self.seed}/{name}")

    def trace(self, who: str, what: str) -> None:
        """Record an event; the same seed records the same."""
        line = f"{trio.current_time():.6f} {who}: {what}"
        self.digest.update(line.encode())
        self.lines.append(line)
        self.events += 1

    def now_ms(self) -> int:
        return START_MS + int(trio.current_time() * 1000)

    def fail(self, error: BaseException) -> None:
        """End the run with this verdict."""
        if self.error is None:
            self.error = error
        self._scope.cancel()

    def connect(self, name: str) -> MemoryStream | None:
        """Return a client's stream to the node, None when nobody listens."""
        life = self.life
        if life is None or life.is_dead or not life.is_ready or life.node.listener is None:
            return None
        self._connections += 1
        client, server = make_pair(f"{name}:{self._connections}", rng=self.rng(f"net {name}"))
        life.streams.append(client)
        life.node.listener.take(server)
        return client

    def may_produce(self) -> bool:
        """Whether a producer may make another batch."""
        if self.batches_left <= 0 or not self.is_safe:
            return False
        self.batches_left -= 1
        return True

    # The run.

    def run(self) -> None:
        """Run the seed; raises Violation."""
        with seeded_scheduler(self.seed), scaled_limits(), self._watch_acks():
            try:
                trio.run(self._main, clock=trio.testing.MockClock(autojump_threshold=0))
            except BaseExceptionGroup as group:
                for one in flatten(group):
                    if isinstance(one, Violation):
                        self.error = self.error or one
                if self.error is None:
                    raise
            except Violation as error:
                self.error = error
        if self.error is not None:
            raise self.error

    @contextlib.contextmanager
    def _watch_acks(self) -> Iterator[bool]:
        """Invariant 3, at the moment of each acknowledgement."""
        if not self.white_box:
            yield
            return
        call = Appends.__call__

        def checked(appends: Appends) -> None:
            for partition, next_offset in appends.ends:
                self._check_durable(partition, next_offset)
            call(appends)

        Appends.__call__ = checked  # type: ignore[method-assign]
        try:
            yield
        finally:
            Appends.__call__ = call  # type: ignore[method-assign]

    def _check_durable(self, partition: Partition, next_offset: int) -> None:
        life = self.life
        assert life is not None
        context = life.node.context
        assert context is not None
        entry = partition.entry(partition.find(next_offset - 1))
        _, position = context.writer.address(entry.lsn)
        position += entry.position
        view = memoryview(self.medium)[position : position + entry.length]
        try:
            header = batch.check(view)
        except batch.CorruptBatchError as error:
            self._refuse(f"3: acknowledged before it is on the volume: {error}")
        else:
            if header.base_offset != entry.base_offset:
                self._refuse(f"3: offset {entry.base_offset} is not on the volume")
        slot = self.settings.broker_id
        at = fence_position(slot)
        fence = decode_fence(memoryview(self.medium)[at : at + 4096], slot)
        if fence is not None and fence.writer_epoch >= context.writer._identity.writer_epoch:
            self._refuse("3: acknowledged though fenced")
        if life.is_dead:
            self._refuse("3: acknowledged after the end")
        self._check_older_logs(context)

    def _check_older_logs(self, context: Context) -> None:
        """Invariant 4: it is settled for ever where the logs of older writers end."""
        ours = context.writer._identity
        for log in context.image.logs.values():
            if log.incarnation == ours.incarnation:
                continue
            if log.writer_epoch >= ours.writer_epoch:
                self._refuse(f"4: log {log.log_id} is newer than the one that acknowledges")
            if log.end_lsn is None:
                self._refuse(f"4: log {log.log_id} of an older writer may still grow")
            if self.ends.setdefault(log.log_id, log.end_lsn) != log.end_lsn:
                self._refuse(f"4: log {log.log_id} ends elsewhere than before")

    def _refuse(self, text: str) -> NoReturn:
        error = Violation(text)
        self.fail(error)
        raise error

    async def _main(self) -> None:
        with self._scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._live)
                nursery.start_soon(self._weather)
                nursery.start_soon(self._cut_connections)
                nursery.start_soon(self._watch_bounds)
                await self._scenario(nursery)
                nursery.cancel_scope.cancel()
        if self.life is not None:
            self.life.power_off("over")

    # The node's lives.

    async def _live(self) -> None:
        while True:
            doom = self._doom() if self.is_safe else None
            life = self.life = Life(self, self.lives, doom)
            self.lives += 1
            if self.is_safe:
                self._arm(life)
            await life.run()
            await self._after_life(life)
            await trio.sleep(self._rng.uniform(0.01, 1.5))

    def _doom(self) -> Doom | None:
        rng = self._rng
        drawn = rng.random()
        if drawn < 0.35:
            return Doom(point=rng.choice(STEPS), count=rng.choice([1, 2, 3, 7, 20]), after_s=12)
        if drawn < 0.60:
            return Doom(point=rng.choice(START_STEPS), count=rng.choice([1, 1, 2, 3]), after_s=8)
        if drawn < 0.70:
            return Doom(after_s=rng.uniform(0.0, 0.1))
        if drawn < 0.85:
            return Doom(after_s=rng.uniform(0.1, 10.0))
        if drawn < 0.92:
            return Doom(after_s=rng.uniform(0.5, 8.0), is_stop=True)
        return Doom(after_s=12)

    def _arm(self, life: Life) -> None:
        """Give a life disk errors, by seed."""
        rng = self._rng
        drawn = rng.random()
        if drawn < 0.06:
            life.device.fail_next(skip=rng.randint(0, 60))
        elif drawn < 0.12:
            life.device.fail_next(is_write=False, skip=rng.randint(0, 60))
        elif drawn < 0.20:
            life.files.fail_at = rng.randint(0, 60)
        elif drawn < 0.24:
            life.files.fail_at = rng.randint(0, 60)
            life.files.fault = Fault.EIO

    async def _after_life(self, life: Life) -> None:
        """What the disk, the directory and the store hold when the power is back."""
        rng = life.rng
        is_kill = rng.random() < 0.3
        self.files = life.files.kill() if is_kill else life.files.reboot()
        if rng.random() < 0.7:
            self.store.crash(rng)

    async def _weather(self) -> None:
        """Change how the object store behaves."""
        rng = self.rng("weather")
        store = self.store
        while self.is_safe:
            drawn = rng.random()
            store.is_down = False
            store.faults = Faults()
            length_s = rng.uniform(0.5, 6.0)
            if drawn < 0.15:
                store.is_down = True
                length_s = rng.uniform(1.0, 20.0)
            elif drawn < 0.55:
                store.faults = Faults(
                    unavailable=rng.choice([0.0, 0.3]),
                    lost=rng.choice([0.0, 0.1]),
                    ambiguous=rng.choice([0.0, 0.3]),
                    slow=rng.choice([0.0, 0.3]),
                    slow_s=rng.choice([0.2, 2.0, 8.0]),
                )
            if rng.random() < 0.1:
                store.crash(rng)  # a put that outlived its client lands, or never will
            self.trace("weather", f"{store.is_down} {store.faults}")
            await trio.sleep(length_s)

    async def _cut_connections(self) -> None:
        """Break single connections, with whatever is in flight on them."""
        rng = self.rng("cuts")
        pause_s = rng.choice([0.5, 3.0, 100.0])
        while self.is_safe:
            await trio.sleep(rng.uniform(0.1, 2.0) * pause_s)
            life = self.life
            if life is not None and self.is_safe:
                streams = [stream for stream in life.streams if not stream.is_broken]
                if streams:
                    rng.choice(streams).cut()

    async def _watch_bounds(self) -> None:
        while True:
            await trio.sleep(0.25)
            if self.life is not None and self.life.is_ready:
                self.life.check_bounds()

    # The scenario.

    async def _scenario(self, nursery: trio.Nursery) -> None:
        rng = self._rng
        lines = await self._create_topics()
        self.topics = lines
        producers = [
            Producer(
                self,
                f"p{number}",
                rng.sample(lines, rng.randint(1, min(4, len(lines)))),
                idempotent=number < 2,
            )
            for number in range(rng.randint(2, 4))
        ]
        consumers = [
            Consumer(self, f"c{number}", rng.sample(lines, rng.randint(1, min(3, len(lines)))))
            for number in range(rng.randint(1, 3))
        ]
        admins: list[Admin | Committer | Deleter] = [
            Admin(self, "admin"),
            Committer(self, "committer", *lines[0]),
        ]
        if rng.random() < 0.5:
            admins.append(Deleter(self, "deleter", lines))
        clients: list[Client] = [*producers, *consumers, *admins]
        for client in clients:
            nursery.start_soon(client.run)
        with trio.move_on_after(self.safety_s):
            while self.batches_left > 0:
                await trio.sleep(0.5)
        await self._liveness(producers, consumers, admins)

    async def _create_topics(self) -> list[tuple[Key, str]]:
        lines: list[tuple[Key, str]] = []
        for number in range(self._rng.randint(1, 2)):
            name = f"topic-{number}"
            creator = _Creator(self, name, self._rng.randint(1, 4))
            await creator.run()
            lines += [((creator.topic_id, index), name) for index in range(creator.partitions)]
        return lines

    async def _liveness(
        self,
        producers: list[Producer],
        consumers: list[Consumer],
        admins: list[Admin | Committer | Deleter],
    ) -> None:
        self.trace("universe", "liveness phase")
        self.is_safe = False
        self.store.is_down = False
        self.store.faults = Faults()
        for admin in admins:
            admin.is_stopping = True
        for producer in producers:
            producer.is_filling = False
        life = self.life
        if life is not None:
            life.doom = None
            life.files.fail_at = None
            life.device._faults.clear()
        await self._wait("a producer waits for answers", [p.is_done for p in producers])
        for consumer in consumers:
            consumer.is_stopping = True
        await self._wait("a client does not end", [c.is_done for c in [*consumers, *admins]])
        await self._wait_until("what clients held does not come back", self._has_no_connections)
        await self._wait_uploaded()
        assert self.life is not None
        self.trace("universe", "last restart")
        self.life.power_off("last restart")
        await self._wait_uploaded()
        await self._wait_until("orphans stay", self._has_no_orphans)
        for admin in admins:
            if isinstance(admin, Committer):  # once more, behind the last restart
                admin.is_done = trio.Event()
                with trio.move_on_after(LIVENESS_S) as scope:
                    await admin.run()
                if scope.cancelled_caught:
                    raise Violation("liveness: committed offsets cannot be read")
        for key, topic in self.topics:
            reading = _ReadAll(self, key, topic)
            with trio.move_on_after(LIVENESS_S) as scope:
                await reading.run()
            if scope.cancelled_caught:
                raise Violation(f"liveness: {key} cannot be read to its end")
            self.model.check_complete(key, reading.values, log_start=reading.log_start)
        for stored in list(self.life.image.objects.values()):
            self.check_object(stored, self.life.image)

    async def _wait(self, what: str, events: list[trio.Event]) -> None:
        with trio.move_on_after(LIVENESS_S) as scope:
            for event in events:
                await event.wait()
        if scope.cancelled_caught:
            raise Violation(f"liveness: {what}")

    async def _wait_until(self, what: str, holds: Any) -> None:
        with trio.move_on_after(LIVENESS_S) as scope:
            while not holds():
                await trio.sleep(0.2)
        if scope.cancelled_caught:
            raise Violation(f"liveness: {what}")

    async def _wait_uploaded(self) -> None:
        await self._wait_until("the node is not ready", self._is_ready)
        await self._wait_until("uploads do not catch up", self._is_uploaded)
        await self._wait_until("extents do not come back", self._has_free_extents)

    def _is_ready(self) -> bool:
        life = self.life
        return life is not None and not life.is_dead and life.is_ready and life.node.ready()[0]

    def _has_no_connections(self) -> bool:
        listener = None if self.life is None else self.life.node.listener
        return listener is None or not (
            listener.connections or listener._pool.held_bytes or listener._budget.queued_bytes
        )

    def _is_uploaded(self) -> bool:
        assert self.life is not None
        context = self.life.node.context
        return context is not None and all(
            partition.tail_count == 0
            and max(partition.committed_end, partition.log_start_offset) == partition.high_watermark
            for partition in context.table
        )

    def _has_free_extents(self) -> bool:
        assert self.life is not None
        image = self.life.image
        used = sum(len(log.extents) for log in image.logs.values())
        return used <= limits.EXTENTS_AHEAD + 2

    def _has_no_orphans(self) -> bool:
        assert self.life is not None
        named = {stored.key for stored in self.life.image.objects.values()}
        named.add(f"{CLUSTER_ID}/owner")
        return all(key in named for key in self.store.objects)

    def check_object(self, stored: Any, image: Any) -> None:
        """Invariant 6: a named object exists and verifies, and holds what the metadata says."""
        data = self.store.objects.get(stored.key)
        if data is None:
            raise Violation(f"6: object {stored.key} is named and does not exist")
        index = object_format.parse_object(data, key=stored.key)
        assert keys.parse_object_id(stored.key) == stored.object_id
        for partition_id, partition in image.partitions.items():
            for where in partition.objects:
                if where.object_id != stored.object_id:
                    continue
                end = where.start
                for block in index.blocks(partition_id):
                    if block.base_offset != end:
                        raise Violation(f"6: {stored.key} has a gap of {partition_id} at {end}")
                    end = block.next_offset
                if end != where.end:
                    raise Violation(f"6: {stored.key} ends at {end} of {partition_id}")


class _Creator(Client):
    """Creates a topic, through whatever crashes."""

    def __init__(self, universe: Universe, name: str, partitions: int) -> None:
        super().__init__(universe, f"creator {name}")
        self._topic = name
        self.partitions = partitions
        self.topic_id = b""

    async def work(self, wire: Wire) -> None:
        await create_topic(wire, self._topic, self.partitions, {})
        request = m.MetadataRequest
        answer = await wire.call(
            METADATA,
            12,
            request(
                topics=[request.MetadataRequestTopic(topic_id=bytes(16), name=self._topic)],
                allow_auto_topic_creation=False,
            ),
        )
        topic = answer.topics[0]
        if topic.error_code or len(topic.partitions) != self.partitions:
            raise Violation(f"topic {self._topic} was created and is not there")
        self.topic_id = topic.topic_id


class _ReadAll(Client):
    """Reads a partition from its start to its end."""

    def __init__(self, universe: Universe, key: Key, topic: str) -> None:
        super().__init__(universe, f"reader {topic} {key[1]}")
        self._key = key
        self._topic = topic
        self.values: list[bytes] = []
        self.log_start = -1

    async def work(self, wire: Wire) -> None:
        request = m.FetchRequest
        model = self.universe.model
        if self.log_start < 0:
            floor = model.partition(self._key).log_start
            self.log_start = await list_offset(wire, self._key, self._topic, EARLIEST, version=7)
            model.on_log_start(self._key, self.log_start, floor=floor)
        while True:
            end = self.log_start + len(self.values)
            line = request.FetchPartition(
                partition=self._key[1],
                fetch_offset=end,
                partition_max_bytes=self.rng.choice([5_000, 60_000]),
            )
            topic = request.FetchTopic(topic=self._topic, topic_id=self._key[0], partitions=[line])
            answer = await wire.call(
                FETCH,
                13,
                request(
                    max_wait_ms=0,
                    min_bytes=1,
                    max_bytes=1 << 20,
                    session_epoch=-1,
                    topics=[topic],
                ),
            )
            part = answer.responses[0].partitions[0]
            if part.error_code:
                raise Violation(f"1: {self._key} answers {part.error_code} at {end}")
            for offset, name in open_records(part.records, self._key, end):
                if offset != end:
                    raise Violation(f"9: {self._key} has a gap at {end}")
                self.values.append(name)
                end += 1
            if end >= part.high_watermark:
                return
