"""One node: what starts in which order, what owns what, and how it stops.

```
run
├── admin.serve                 /health /ready /metrics; first, so that it tells of the start
├── raft.Node.run               metadata: journal, snapshots, apply
├── wal.Writer.run              group commit; zero-fills extents of a file volume ahead of use
├── keep extents                keeps spare extents with the writer
├── Reader.run                  read-ahead of the block cache
├── Uploader.run                WAL -> objects -> commit -> free
├── ParkedFetches.run           deadlines of long polls
├── GroupRuntime.run            loads and deadlines of consumer groups
├── expire producers
├── watch rate                  growth of the WAL, for the metrics
└── Listener.run                Kafka clients; started last
```

A restart is a takeover of the node's own predecessor: fence its log, scan it, record its end, serve
its tail from where it lies, upload it in the background. There is one recovery path.
"""

import math
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import trio

import raft
from appliance import admin, limits
from appliance.errors import OperatorError
from appliance.ids import LogId
from appliance.metadata import Image, Rejected, commands
from appliance.objects.reader import Reader
from appliance.objects.store import ObjectStore
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Connection
from appliance.server.context import Context
from appliance.server.fetch_sessions import FetchSessions
from appliance.server.group_log import GroupLog
from appliance.server.group_recovery import RecoveredGroups
from appliance.server.group_runtime import GroupRuntime, policy
from appliance.server.listener import Listener
from appliance.server.opener import Aside
from appliance.server.parked import ParkedFetches
from appliance.server.reads import Reads
from appliance.server.replay import Replay
from appliance.server.submitting import Submitting
from appliance.server.table import PartitionTable
from appliance.server.throttle import Throttle
from appliance.settings import Settings
from appliance.telemetry import Rate, Telemetry
from appliance.uploader import Ownership, Uploader, producers_max
from wal import fencing, recovery, volume as wal_volume
from wal.format import Identity
from wal.limits import BLOCK_BYTES
from wal.memory import populate
from wal.writer import Writer

_READ_BYTES_MAX = 4 << 20
_READ_GAP_BYTES = 64 << 10
_EXPIRE_EVERY_S = 60
_RATE_EVERY_S = 5
_RATE_WINDOW_S = 60
_PROBE_BYTES = 1 << 20  # a batch as large as clients send by default


class MetadataMachine:
    """The metadata image as the Raft node's state machine, and who is told of changes."""

    def __init__(self) -> None:
        self.image = Image()
        self.on_applied: Callable[[Any], None] | None = None

    def apply(self, index: int, command: bytes) -> object:
        """Apply one committed command; deterministic."""
        decoded = commands.decode(command)
        try:
            result = self.image.apply(decoded)
        except Rejected as error:
            raise raft.CommandRejected(error) from error
        if self.on_applied is not None:
            self.on_applied(decoded)
        return result

    def snapshot(self) -> Iterable[bytes]:
        """Return the image's bytes in pieces."""
        return self.image.snapshot_pieces()

    def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
        """Replace the image by one that is made in steps, before anybody holds it."""
        image = Image()
        for _ in image.load(pieces):
            yield False
        self.image = image
        yield True


@dataclass(slots=True, kw_only=True)
class Ports:
    """Everything a node touches the outside with; `__main__` builds real ones, tests fakes.

    Attributes:
        device: the volume, opened.
        store: the object store, with retries.
        raft_node: builds the Raft node over durable files.
        kafka_socket: bound and listening, or None: streams come through `Listener.take`.
        admin_socket: bound and listening, or None.
        now_ms: wall clock.
        random_bytes: entropy.
        aside: computes while the event loop goes on; one piece of work at a time.
        volume_path: for messages and DescribeLogDirs.
        connections_max: Kafka connections that the limit of open files allows.
        volume_size_source: what gives `volume_size` to a volume file, or empty: nothing does.
    """

    device: Any
    store: ObjectStore
    raft_node: Callable[[MetadataMachine], Any]
    kafka_socket: socket.socket | None
    admin_socket: socket.socket | None
    now_ms: Callable[[], int]
    random_bytes: Callable[[int], bytes]
    aside: Aside
    volume_path: str
    telemetry: Telemetry
    connections_max: int = limits.CONNECTIONS_MAX
    volume_size_source: str = ""


class Logs:
    """Finds frames of any log on the volume, by the metadata's lists of extents."""

    def __init__(self, image: Image, device: Any, superblock: Any) -> None:
        self._image = image
        self._device = device
        self._superblock = superblock

    async def read_many(
        self,
        log_id: int,
        spans: Iterable[tuple[int, int, int]],
        take: Callable[[int, memoryview], None],
    ) -> None:
        """Read many spans, neighbours in one read; see `server.reads.LogSource`."""
        extent_bytes = self._superblock.extent_bytes
        extents = {
            extent.chain_sequence: self._superblock.extent_position(extent.index)
            for extent in self._image.logs[LogId(log_id)].extents
        }
        found: list[tuple[int, int, int]] = []
        for number, (lsn, position, length) in enumerate(spans):
            sequence, offset = divmod(lsn, extent_bytes)
            if sequence in extents:
                found.append((extents[sequence] + offset + position, length, number))
            if number % limits.BATCHES_PER_TURN == 0:
                await trio.lowlevel.checkpoint()
        found.sort()
        first = 0
        while first < len(found):
            start = found[first][0]
            end = start + found[first][1]
            last = first + 1
            while last < len(found):
                position, length, _ = found[last]
                if position > end + _READ_GAP_BYTES or position + length - start > _READ_BYTES_MAX:
                    break
                end = position + length
                last += 1
            data = await self._device.read(start, end - start)
            for position, length, number in found[first:last]:
                take(number, data[position - start : position - start + length])
            first = last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the start has found and claimed before the log is opened.

    Attributes:
        registered: answer to RegisterBroker: the own log and its writer.
    """

    image: Image
    superblock: Any
    cluster_id: str
    registered: Any
    ownership: Ownership


class Node:
    """A running node; `run` returns when it is asked to stop."""

    def __init__(self, settings: Settings, ports: Ports) -> None:
        self._settings = settings
        self._ports = ports
        self._telemetry = ports.telemetry
        self._machine = MetadataMachine()
        self._raft: Any = None
        self._stopping = trio.Event()
        self._ready = False
        self.context: Context | None = None
        self.uploader: Uploader | None = None
        self.listener: Listener | None = None
        self._extents_wanted = trio.Event()
        self._recovered_groups = RecoveredGroups()
        self._wal_rate = Rate(_RATE_WINDOW_S)
        self._is_full = False

    def stop(self) -> None:
        """Ask the node to stop: no new connections, drain, close cleanly."""
        self._stopping.set()

    async def propose(self, command: Any) -> Any:
        """Replicate one metadata command.

        Raises:
            Rejected: the state machine refused it, or it is out of bounds.
            raft.NotLeaderError, raft.OutcomeUnknownError.
        """
        try:
            encoded = commands.encode(command)
        except commands.InvalidCommandError as error:
            raise Rejected(ErrorCode.INVALID_REQUEST, str(error)) from error
        try:
            return await self._raft.propose(encoded)
        except raft.CommandRejected as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, Rejected):
                raise cause from None
            raise

    async def run(
        self, *, task_status: trio.TaskStatus[Context] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Start everything in order; `started` with the context when producers are served.

        Raises:
            OperatorError: the volume or its data need the operator.
            wal's DeviceError, FencedError: nothing may be acknowledged any more.
        """
        ports = self._ports
        async with trio.open_nursery() as nursery:
            # First: reading a long WAL takes time, and a supervisor wants to know what is going on.
            await self._start_admin(nursery)
            self._raft = ports.raft_node(self._machine)
            await nursery.start(self._raft.run)
            image = self._machine.image
            cluster_id, superblock = await self._open_volume(image, nursery)
            ownership = await self._check_store(image, cluster_id)
            registered = await self.propose(
                commands.RegisterBroker(
                    broker_id=self._settings.broker_id,
                    incarnation=int.from_bytes(ports.random_bytes(8), "big") >> 1,
                    host=self._settings.advertise_host,
                    port=self._settings.advertise_port,
                    rack=None,
                )
            )
            found = _Found(
                image=image,
                superblock=superblock,
                cluster_id=cluster_id,
                registered=registered,
                ownership=ownership,
            )
            context = await self._open_log(nursery, found)
            self.context = context
            await self._start_services(nursery, context)
            self._ready = True
            task_status.started(context)
            await self._stopping.wait()
            await self._drain(context)
            nursery.cancel_scope.cancel()

    async def _open_volume(self, image: Image, nursery: trio.Nursery) -> tuple[str, Any]:
        """Return the cluster id and the superblock of the volume, formatting an empty one."""
        ports = self._ports
        if image.cluster_id is None:
            await self.propose(
                commands.InitCluster(cluster_id=self._settings.cluster_id, now_ms=ports.now_ms())
            )
        cluster_id = str(image.cluster_id)
        if self._settings.cluster_id != cluster_id:
            raise OperatorError(
                f"cluster_id is {self._settings.cluster_id}, but the data folder belongs to"
                f" cluster {cluster_id}: correct the setting or choose another --data"
            )
        if image.volume is None:
            opened = await wal_volume.open_or_format(
                ports.device, cluster_id=cluster_id, uuid=ports.random_bytes(16)
            )
            await wal_volume.refuse_used(opened)
            await self.propose(
                commands.FormatVolume(
                    volume_uuid=opened.superblock.volume_uuid,
                    extent_bytes=opened.superblock.extent_bytes,
                    extent_count=opened.superblock.extent_count,
                )
            )
        else:
            opened = await wal_volume.open_volume(ports.device, cluster_id=cluster_id)
            if opened.superblock.volume_uuid != image.volume.volume_uuid:
                raise OperatorError(
                    f"{ports.volume_path} is another volume than the one this node's metadata"
                    " names: give the right --volume, or start with an empty --data folder"
                )
        if opened.superblock.extent_count < limits.EXTENTS_MIN:
            raise OperatorError(
                f"{ports.volume_path} has {opened.superblock.extent_count} extents, but a node"
                f" needs {limits.EXTENTS_MIN}: format it with a smaller --extent-size, or give a"
                " larger one"
            )
        self._warn_of_size(opened.superblock.size_bytes)
        return cluster_id, opened.superblock

    def _warn_of_size(self, size_bytes: int) -> None:
        """Say that a volume file keeps the size it was formatted with, where another is given."""
        ports, wanted = self._ports, self._settings.volume_size
        if ports.volume_size_source and wanted & -BLOCK_BYTES != size_bytes:
            text = (
                f"{ports.volume_path} keeps its {size_bytes} bytes, it does not get the volume_size"
                f" of {wanted} that {ports.volume_size_source} gives: correct or remove that; only"
                " a new node with an empty --data folder gets a volume of another size"
            )
            self._telemetry.log.warning(text)

    async def _check_store(self, image: Image, cluster_id: str) -> Ownership:
        """Refuse a wrong object store before anything changes; one that is away is asked later.

        The uploader asks again, and looks through all of it, before it uploads or deletes.
        """
        if not image.owner_id:
            await self.propose(commands.OwnStore(owner_id=self._ports.random_bytes(16)))
        ownership = Ownership(
            image=image,
            store=self._ports.store,
            cluster_id=cluster_id,
            place=self._settings.object_store_url,
        )
        counters = self._telemetry.store
        if counters is None or not counters.last_error:  # Of the check at the start.
            with trio.move_on_after(limits.STORE_CHECK_S):
                await ownership.check()
        return ownership

    async def _open_log(self, nursery: trio.Nursery, found: _Found) -> Context:
        """Take over the predecessors' logs, then open the own one."""
        table = self._make_table(found)
        checkpointed_log_id = await self._recover_logs(
            found.image, table, found.superblock, found.registered
        )
        writer = self._make_writer(found)
        logs = Logs(found.image, self._ports.device, found.superblock)
        objects = self._make_reader(found)
        context = self._make_context(found, table, writer, logs, objects)
        self.uploader = self._make_uploader(context, logs, found.ownership, checkpointed_log_id)
        await self._add_first_extents(context)
        await nursery.start(writer.run)
        nursery.start_soon(self._keep_extents, context)
        nursery.start_soon(objects.run)
        return context

    def _make_table(self, found: _Found) -> PartitionTable:
        """Return the partitions of the metadata, which from now on follow its changes."""
        table = PartitionTable(self._settings.broker_id)
        table.producer_budget.count_max = producers_max(found.superblock.extent_bytes)
        table.sync_all(found.image, sorted(found.image.topics_by_id))
        self._machine.on_applied = lambda command: _sync(table, found.image, command)
        return table

    def _make_writer(self, found: _Found) -> Writer:
        settings, superblock, registered = self._settings, found.superblock, found.registered
        try:
            writer = Writer(
                self._ports.device,
                superblock=superblock,
                slot=settings.broker_id % superblock.slot_count,
                identity=Identity(
                    broker_id=settings.broker_id,
                    writer_epoch=registered.writer_epoch,
                    incarnation=registered.incarnation,
                ),
                arena_bytes=settings.tail_cache_bytes,
                need_extents=lambda: self._extents_wanted.set(),
                clock=trio.current_time,
                populate=lambda arena: self._ports.aside(partial(populate, arena)),
            )
        except OSError as error:
            raise OperatorError(
                f"tail.cache.bytes is {settings.tail_cache_bytes}, memory that is not to be had"
                f" ({error.strerror}): lower it"
            ) from error
        # What fits no object would stay on the volume for ever.
        writer.batch_bytes_max = min(writer.batch_bytes_max, limits.UPLOAD_BYTES_MAX)
        writer.spares_kept = limits.EXTENTS_KEPT
        writer.on_frame = self._telemetry.wal_commit.observe
        return writer

    def _make_reader(self, found: _Found) -> Reader:
        objects = Reader(
            self._ports.store,
            cache_bytes=self._settings.block_cache_bytes,
            cluster_id=found.cluster_id,
        )
        self._telemetry.blocks = objects.counters
        return objects

    def _make_context(
        self, found: _Found, table: PartitionTable, writer: Writer, logs: Logs, objects: Reader
    ) -> Context:
        """Return what the handlers of requests share; commits answer those who wait for them."""
        ports, settings, telemetry = self._ports, self._settings, self._telemetry
        image, log_id = found.image, found.registered.log_id
        reads = Reads(
            image=image,
            writer=writer,
            log_id=log_id,
            logs=logs,
            objects=objects,
            count=telemetry.count_read,
            aside=ports.aside,
        )
        flush_later: dict[Connection, None] = {}
        flush = partial(_flush, flush_later)
        parked = ParkedFetches(flush=flush)
        groups = GroupRuntime(
            image=image,
            log=GroupLog(
                table=table, writer=writer, log_id=log_id, reads=reads, now_ms=ports.now_ms
            ),
            writer=writer,
            telemetry=telemetry,
            policy=policy(settings),
            flush_later=flush_later,
            flush=flush,
            now_ms=ports.now_ms,
            random_bytes=ports.random_bytes,
            recovered=self._recovered_groups,
        )

        def on_commit() -> None:
            groups.on_commit()
            if table.touched:
                parked.on_commit(table.touched)
            if flush_later:
                flush()

        writer.on_commit = on_commit
        return Context(
            settings=settings,
            telemetry=telemetry,
            image=image,
            propose=self.propose,
            table=table,
            writer=writer,
            log_id=log_id,
            reads=reads,
            parked=parked,
            groups=groups,
            broker_id=settings.broker_id,
            cluster_id=found.cluster_id,
            host=settings.advertise_host,
            port=settings.advertise_port,
            now_ms=ports.now_ms,
            random_bytes=ports.random_bytes,
            submitting=Submitting(writer),
            fetch_sessions=FetchSessions(ports.random_bytes, trio.current_time),
            throttle=Throttle(image, trio.current_time),
            raft_status=self.raft_status,
            volume_path=ports.volume_path,
            flush_later=flush_later,
            deleted_names={},
            producer_ids=[0, 0],
        )

    def _make_uploader(
        self, context: Context, logs: Logs, ownership: Ownership, checkpointed_log_id: int
    ) -> Uploader:
        settings = self._settings
        return Uploader(
            image=context.image,
            propose=self.propose,
            table=context.table,
            writer=context.writer,
            log_id=LogId(context.log_id),
            logs=logs,
            store=self._ports.store,
            ownership=ownership,
            cluster_id=context.cluster_id,
            now_ms=self._ports.now_ms,
            telemetry=self._telemetry,
            trigger_bytes=settings.upload_trigger_bytes,
            trigger_ms=settings.upload_trigger_ms,
            checkpointed_log_id=checkpointed_log_id,
            group_checkpoints=context.groups.checkpoint_records,
            wait_groups_loaded=context.groups.wait_loaded,
        )

    async def _add_first_extents(self, context: Context) -> None:
        """Give the writer extents, all at once: a node that is ready must have room for a batch."""
        ahead = limits.EXTENTS_AHEAD
        has_plenty = context.image.free_extents >= ahead + limits.EXTENTS_RESERVED
        try:
            await self._add_extents(context, ahead if has_plenty else 1)
        except Rejected:
            self._telemetry.log.warning(
                "the WAL volume is full: uploading before producers are served"
            )
        self._extents_wanted.set()

    async def _recover_logs(
        self, image: Image, table: PartitionTable, superblock: Any, registered: Any
    ) -> int:
        """Take over the predecessors' logs, oldest first.

        Returns:
            Id of the newest with a finished checkpoint, which says all that older logs know of
            producers; 0 when there is none.
        """
        checkpointed_log_id = recovered = recovered_bytes = 0
        started = trio.current_time()
        for log_id in sorted(image.logs):
            if log_id != registered.log_id and image.logs[log_id].extents:
                replay = await self._recover_log(image, table, superblock, log_id)
                if replay.has_checkpoint:
                    checkpointed_log_id = log_id
                recovered += 1
                recovered_bytes += replay.needed_lsn - replay.start_lsn
        if recovered:
            self._telemetry.log.info(
                "recovered what the runs before left on the WAL volume",
                logs=recovered,
                bytes=recovered_bytes,
                unsaved_batches=sum(partition.tail_count for partition in table.with_tail),
                seconds=round(trio.current_time() - started, 3),
            )
        return checkpointed_log_id

    async def _recover_log(
        self, image: Image, table: PartitionTable, superblock: Any, log_id: int
    ) -> Replay:
        """Fence, scan and seal a dead incarnation's log; put its unsaved tail into the index.

        The end is recorded before anything acts on it; a log sealed before is read up to that end.
        What follows the last batch and the last finished checkpoint is cut off: it is an unfinished
        checkpoint, for which nothing was freed, and a full volume has no extent to spare for it.
        """
        ports = self._ports
        log = image.logs[LogId(log_id)]
        if log.end_lsn is None:
            await fencing.write_fence(
                ports.device,
                superblock,
                slot=log.broker_id % superblock.slot_count,
                writer_epoch=log.writer_epoch,
            )
            await self.propose(commands.FenceLog(log_id=log_id))

        replay = Replay(
            table,
            self._recovered_groups,
            log_id=log_id,
            start_lsn=log.extents[0].chain_sequence * superblock.extent_bytes,
            now_ms=ports.now_ms(),
        )
        await recovery.scan(
            ports.device,
            superblock,
            chain=[(e.index, e.chain_sequence) for e in log.extents],
            identity=Identity(
                broker_id=log.broker_id,
                writer_epoch=log.writer_epoch,
                incarnation=log.incarnation,
            ),
            end_lsn=log.end_lsn,
            on_frame=replay.add_frame,
        )
        replay.finish()
        if log.end_lsn is None:
            await self.propose(commands.SealLog(log_id=log_id, end_lsn=replay.needed_lsn))
        return replay

    async def _add_extents(self, context: Context, count: int) -> None:
        extents = await self.propose(commands.AllocateExtents(log_id=context.log_id, count=count))
        context.writer.add_extents(extents)
        self._telemetry.log.debug(
            "extents for the WAL", extents=count, free=context.image.free_extents
        )
        self._tell_room(context)

    async def _keep_extents(self, context: Context) -> None:
        """Hand the writer extents ahead of need; a full volume makes the uploader hurry."""
        assert self.uploader is not None
        while True:
            await self._extents_wanted.wait()
            self._extents_wanted = trio.Event()
            while context.writer.spare_extents < limits.EXTENTS_AHEAD:
                is_needed = self.uploader.is_checkpointing and not context.writer.spare_extents
                reserved = 0 if is_needed else limits.EXTENTS_RESERVED
                try:
                    if context.image.free_extents <= reserved:
                        raise Rejected(ErrorCode.KAFKA_STORAGE_ERROR, "the volume is full")
                    await self._add_extents(context, 1)
                except Rejected:
                    self._tell_room(context)
                    self.uploader.hurry()
                    # Set since the loop began, it would make this a loop without a pause.
                    self._extents_wanted = trio.Event()
                    with trio.move_on_after(0.2):
                        await self._extents_wanted.wait()

    async def _start_services(self, nursery: trio.Nursery, context: Context) -> None:
        ports = self._ports
        assert self.uploader is not None
        context.groups.open()
        await nursery.start(self.uploader.run)
        nursery.start_soon(context.parked.run)
        await nursery.start(context.groups.run)
        nursery.start_soon(self._expire_producers, context)
        nursery.start_soon(self._watch_rate, context)
        self.listener = Listener(ports.kafka_socket, context, connections_max=ports.connections_max)
        context.writer.add_reader(self.listener)
        await nursery.start(self.listener.run)

    async def _start_admin(self, nursery: trio.Nursery) -> None:
        admin_socket = self._ports.admin_socket
        if admin_socket is not None:
            await nursery.start(
                lambda task_status=trio.TASK_STATUS_IGNORED: admin.serve(
                    admin_socket,
                    ready=self.ready,
                    collect=lambda: self._telemetry.collect(self),
                    log_repeated=self._telemetry.log_repeated,
                    task_status=task_status,
                )
            )

    def ready(self) -> tuple[bool, str]:
        """Whether a produce request would be acknowledged now, and why not."""
        if not self._ready or self.context is None:
            return False, "starting: reading the WAL"
        if self._stopping.is_set():
            return False, "stopping"
        writer = self.context.writer
        if writer.has_failed:
            return False, "the WAL has failed: ending"
        unanswered_s = writer.unanswered_s
        if unanswered_s > limits.WAL_UNANSWERED_S_MAX:
            return False, f"the WAL volume has not answered a write for {unanswered_s:.0f} s"
        if not self._has_room(self.context):
            return False, "the WAL volume is full: waiting for the object store"
        return True, "ok"

    def _free_extents(self, context: Context) -> int:
        """Return how many extents producers may still enter."""
        reserved, writer = limits.EXTENTS_RESERVED, context.writer
        free = max(context.image.free_extents - reserved, 0)
        return free + max(writer.spare_extents - writer.spares_kept, 0)

    def _has_room(self, context: Context) -> bool:
        # Without room, but with an extent to be had, produce waits for a moment only.
        probe = min(_PROBE_BYTES, context.writer.batch_bytes_max)
        return self._free_extents(context) > 0 or context.writer.room_for(probe)

    def _tell_room(self, context: Context) -> None:
        """Log that the volume is full, or no longer: once per change."""
        is_full = not self._has_room(context)
        if is_full == self._is_full:
            return
        self._is_full = is_full
        self._telemetry.log_repeated(
            trio.current_time(),
            "warning" if is_full else "info",
            "the WAL volume is full: producers wait for the object store"
            if is_full
            else "the WAL volume has room again",
            extents_free=context.image.free_extents,
            unsaved_bytes=0 if self.uploader is None else self.uploader.unsaved_bytes,
        )

    def raft_status(self) -> raft.Status | None:
        """Return the numbers of the metadata's Raft node, None before it was built."""
        return None if self._raft is None else self._raft.status()

    def store_may_be_away_s(self) -> float:
        """Return how long the volume lasts if the object store takes nothing from now on.

        The room that producers may use, by the mean rate of the last minute at which the log grew;
        infinite when it did not, and 0 when the volume is full.
        """
        context = self.context
        if context is None or context.image.volume is None:
            return 0.0
        writer = context.writer
        if not self._has_room(context):
            return 0.0
        room = (
            self._free_extents(context) * writer.extent_bytes
            + -writer.end_lsn % writer.extent_bytes
        )
        rate = self._wal_rate.per_second(trio.current_time(), writer.end_lsn)
        return room / rate if rate > 0 else math.inf

    async def _watch_rate(self, context: Context) -> None:
        while True:
            self._wal_rate.add(trio.current_time(), context.writer.end_lsn)
            self._telemetry.tell_repeated(trio.current_time())
            if context.writer.unanswered_s > limits.WAL_UNANSWERED_S_MAX:
                self._telemetry.log_repeated(
                    trio.current_time(),
                    "error",
                    "the WAL volume does not answer: nothing is acknowledged meanwhile",
                    lines_max=1,
                    seconds=round(context.writer.unanswered_s),
                )
            await trio.sleep(_RATE_EVERY_S)

    async def _expire_producers(self, context: Context) -> None:
        while True:
            await trio.sleep(_EXPIRE_EVERY_S)
            keep_ms = context.number(
                "producer.id.expiration.ms", self._settings.producer_id_expiration_ms
            )
            before = context.now_ms() - keep_ms
            for partition in list(context.table):
                partition.producers.expire(before)
                await trio.lowlevel.checkpoint()

    async def _drain(self, context: Context) -> None:
        """Stop accepting, let requests in flight be answered, within a bounded time."""
        listener = self.listener
        if listener is None:
            return
        listener.stop_accepting()
        context.writer.submit_nowait()
        with trio.move_on_after(limits.DRAIN_S):
            while context.writer.durable_lsn < context.writer.end_lsn:
                await trio.sleep(0.005)
        is_durable = context.writer.durable_lsn == context.writer.end_lsn
        connections = list(listener.connections)
        for connection in connections:
            connection.flush()
            connection.close()
        self._telemetry.tell_repeated()
        self._telemetry.log.info(
            "answered what was under way", is_all=is_durable, connections=len(connections)
        )


def _flush(connections: dict[Connection, None]) -> None:
    """Send what was answered meanwhile, and forget who waited for that."""
    for connection in connections:
        connection.flush()
    connections.clear()


def _sync(table: PartitionTable, image: Image, command: Any) -> None:
    """Bring the open partitions in step with one applied command."""
    match command:
        case commands.CreateTopic() | commands.DeleteTopic():
            table.sync_topic(image, command.topic_id)
        case commands.CreatePartitions() | commands.AlterTopicConfigs():
            table.sync_topic(image, image.topics_by_name[command.name].topic_id)
        case commands.AlterBrokerConfigs():
            table.sync_all(image, sorted(image.topics_by_id))
        case commands.DeleteRecords():
            table.raise_log_start(command.partition_id, command.log_start_offset)
        case _:
            pass
