"""Counters, latency histograms and the log of one node.

Counters are plain ints changed by the one trio thread: no locks, no labels on the hot path. They
become Prometheus metric families only when somebody scrapes (`Telemetry.collect`).
"""

import logging
import math
import sys
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

LATENCY_BOUNDS_S = (
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
    0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
)  # fmt: skip
"""Upper ends of the histogram's buckets, inclusive; one more bucket holds what is above."""

_API_NAMES = {
    0: "Produce", 1: "Fetch", 2: "ListOffsets", 3: "Metadata", 8: "OffsetCommit", 9: "OffsetFetch",
    10: "FindCoordinator", 11: "JoinGroup", 12: "Heartbeat", 13: "LeaveGroup", 14: "SyncGroup",
    15: "DescribeGroups", 16: "ListGroups", 17: "SaslHandshake", 18: "ApiVersions",
    19: "CreateTopics", 20: "DeleteTopics", 21: "DeleteRecords", 22: "InitProducerId",
    23: "OffsetForLeaderEpoch", 24: "AddPartitionsToTxn", 25: "AddOffsetsToTxn", 26: "EndTxn",
    28: "TxnOffsetCommit", 32: "DescribeConfigs", 33: "AlterConfigs", 35: "DescribeLogDirs",
    36: "SaslAuthenticate", 37: "CreatePartitions", 42: "DeleteGroups",
    44: "IncrementalAlterConfigs", 47: "OffsetDelete", 60: "DescribeCluster",
    61: "DescribeProducers", 68: "ConsumerGroupHeartbeat", 69: "ConsumerGroupDescribe",
    75: "DescribeTopicPartitions",
}  # fmt: skip
"""Label of an API key; a key that is not here is labelled with its number."""

_COUNTERS = {
    "records_in": "Records accepted from producers",
    "bytes_in": "Bytes of record batches accepted from producers",
    "bytes_out": "Bytes of record batches sent to consumers",
    "connections_opened": "Kafka connections accepted",
    "connections_refused": "Kafka connections not served: they were too many, or came too fast",
    "protocol_errors": "Kafka connections closed: bytes that no client sends",
    "handler_errors": "Kafka connections closed after an unexpected error of ours",
    "read_errors": "Reads that failed on the volume or in the object store",
    "offsets_committed": "Offsets of partitions that consumer groups committed",
    "uploads": "Objects uploaded",
    "upload_bytes": "Bytes of uploaded objects",
    "orphans_removed": "Objects removed that were never committed",
    "objects_deleted": "Objects deleted that no partition needed any more",
}
READ_SOURCES = ("tail", "volume", "objects")

REPEATS_MAX = 10
"""Lines of one kind in `REPEATS_S`, where a client or a fault could cause any number of them."""

REPEATS_S = 60

TEXT_CHARS_MAX = 8000
"""A longer text in a line is cut: a peer, or a traceback, must not fill the log."""


class Histogram:
    """Counts durations into buckets.

    Attributes:
        counts: per bucket of `LATENCY_BOUNDS_S`, not cumulative.
        seconds: sum of all.
    """

    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.counts = [0] * (len(LATENCY_BOUNDS_S) + 1)
        self.seconds = 0.0

    @property
    def count(self) -> int:
        """How many were observed."""
        return sum(self.counts)

    def observe(self, seconds: float) -> None:
        """Count one."""
        self.counts[bisect_left(LATENCY_BOUNDS_S, seconds)] += 1
        self.seconds += seconds

    def buckets(self) -> Iterator[tuple[str, float]]:
        """Yield (upper end, how many up to it)."""
        total = 0
        for bound, count in zip((*map(str, LATENCY_BOUNDS_S), "+Inf"), self.counts, strict=True):
            total += count
            yield bound, total


class Rate:
    """The growth of a number over the last `window_s` seconds; pure."""

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._samples: deque[tuple[float, int]] = deque()

    def add(self, now: float, value: int) -> None:
        """Take a sample; samples older than the window go, but for one."""
        samples = self._samples
        samples.append((now, value))
        while len(samples) > 2 and samples[1][0] <= now - self._window_s:
            samples.popleft()

    def per_second(self, now: float, value: int) -> float:
        """Return the mean growth from the oldest sample to this value; 0 without a sample."""
        if not self._samples or now <= self._samples[0][0]:
            return 0.0
        since, before = self._samples[0]
        return (value - before) / (now - since)


class _Repeated:
    """Lines of one kind since a moment."""

    __slots__ = ("count", "is_told_at", "level", "lines_max")

    def __init__(self, level: str, is_told_at: float, lines_max: int) -> None:
        self.level = level
        self.is_told_at = is_told_at
        self.lines_max = lines_max
        self.count = 0


LOG_LEVELS = {
    "TRACE": "debug",
    "DEBUG": "debug",
    "INFO": "info",
    "WARN": "warning",
    "ERROR": "error",
    "FATAL": "critical",
}
"""Kafka's name of a level -> ours; there is nothing below debug."""


class Telemetry:
    """What a node counts.

    Attributes:
        log: structured logger (`log.info("event", key=value)`).
        is_debug: whether debug lines are written: where finding out what to say costs something.
        lines: counts lines of the log that were lost (`LineWriter.lost`), or None: nobody does.
        log_level: Kafka's name of the level that was set while the node ran, or nothing.
        records_in, bytes_in, ...: counters; add to them, never subtract.
        gauges: name -> (help text, function); read at each scrape.
        store: counters of the object store (`RetryingStore.counters`), or None: there is none yet.
        blocks: counters of the cache of object blocks (`Reader.counters`), or None: likewise.
        wal_commit: seconds of each frame.
    """

    __slots__ = (
        *_COUNTERS, "_latency", "_read_bytes", "_reads", "_repeated", "_requests", "blocks",
        "gauges", "is_debug", "lines", "log", "log_level", "store", "wal_commit",
    )  # fmt: skip

    records_in: int
    bytes_in: int
    bytes_out: int
    connections_opened: int
    connections_refused: int
    protocol_errors: int
    handler_errors: int
    read_errors: int
    offsets_committed: int
    uploads: int
    upload_bytes: int
    orphans_removed: int
    objects_deleted: int

    def __init__(self, *, is_debug: bool = False) -> None:
        for name in _COUNTERS:
            setattr(self, name, 0)
        self.log = _structlog().get_logger()
        self.is_debug = is_debug
        self.lines: Any = None
        self._repeated: dict[str, _Repeated] = {}
        self.log_level = ""
        self.gauges: dict[str, tuple[str, Gauge]] = {}
        self.store: Any = None
        self.blocks: Any = None
        self.wal_commit = Histogram()
        self._requests: Counter[int] = Counter()
        self._latency: dict[int, Histogram] = {}
        self._reads: dict[str, int] = dict.fromkeys(READ_SOURCES, 0)
        self._read_bytes: dict[str, int] = dict.fromkeys(READ_SOURCES, 0)

    def log_repeated(
        self, now: float, level: str, event: str, *, lines_max: int = REPEATS_MAX, **fields: Any
    ) -> None:
        """Log what may come any number of times: so many lines a minute, then how many more.

        Args:
            now: trio time.
            level: debug, info, warning or error.
            event: a fixed text; it names the kind.
            lines_max: of this kind in a minute.
            fields: of the line.
        """
        if level == "debug" and not self.is_debug:
            return
        found = self._repeated.get(event)
        if found is not None and now >= found.is_told_at:
            self.tell_repeated(now)
            found = None
        if found is None:
            found = self._repeated[event] = _Repeated(level, now + REPEATS_S, lines_max)
        found.count += 1
        if found.count <= lines_max:
            getattr(self.log, level)(event, **fields)

    def tell_repeated(self, now: float = math.inf) -> None:
        """Log how many lines were left out in minutes that have passed; call it now and then."""
        for event, found in list(self._repeated.items()):
            if now < found.is_told_at:
                continue
            del self._repeated[event]
            more = found.count - found.lines_max
            if more > 0:
                getattr(self.log, found.level)("and more of the same", of=event, more=more)

    def set_log_level(self, level: str) -> None:
        """Log from a level of `LOG_LEVELS` on."""
        structlog = _structlog()
        wrapper = structlog.make_filtering_bound_logger(LOG_LEVELS[level])
        structlog.configure(wrapper_class=wrapper)
        self.log_level = level
        self.is_debug = LOG_LEVELS[level] == "debug"

    def on_request(self, api: int) -> None:
        """Count a decoded request of an API key."""
        self._requests[api] += 1

    def observe(self, api: int, seconds: float) -> None:
        """Count an answered request and its time, from the turn that decoded it."""
        histogram = self._latency.get(api)
        if histogram is None:
            histogram = self._latency[api] = Histogram()
        histogram.observe(seconds)

    def count_read(self, source: str, size: int) -> None:
        """Count bytes given to a fetch; source: "tail", "volume" or "objects"."""
        self._reads[source] += 1
        self._read_bytes[source] += size

    def requests(self, api: int) -> int:
        """Return how many requests of an API key came."""
        return self._requests[api]

    def histogram(self, api: int) -> tuple[list[int], float]:
        """Return the bucket counts (not cumulative) and the sum of seconds of an API key."""
        found = self._latency.get(api) or Histogram()
        return list(found.counts), found.seconds

    def _cache_family(self, core: Any, what: str, tail: int, attribute: str) -> Any:
        family = core.CounterMetricFamily(
            f"penstock_cache_{what}",
            f"Cache {what}: reads for fetches (tail), blocks of objects (blocks)",
            labels=["cache"],
        )
        family.add_metric(["tail"], tail)
        family.add_metric(["blocks"], 0 if self.blocks is None else getattr(self.blocks, attribute))
        return family

    def collect(self, node: Any = None) -> Iterator[Any]:
        """Yield Prometheus metric families of everything counted.

        Args:
            node: a node whose parts are read as they are now; None: counters only.
        """
        from prometheus_client import core, process_collector

        for name, text in _COUNTERS.items():
            yield core.CounterMetricFamily(f"penstock_{name}", text, value=getattr(self, name))
        requests = core.CounterMetricFamily("penstock_requests", "Requests decoded", labels=["api"])
        for api in sorted(self._requests):
            requests.add_metric([_label(api)], self._requests[api])
        yield requests
        yield _histograms(
            core,
            "penstock_request_seconds",
            "Time from the turn in which a request was decoded until it was answered",
            "api",
            {_label(api): found for api, found in sorted(self._latency.items())},
        )
        commit = core.HistogramMetricFamily(
            "penstock_wal_commit_seconds",
            "Time from a frame's write being handed to the volume to its acknowledgement:"
            " the write, the fence read, and the frames before it",
        )
        commit.add_metric([], list(self.wal_commit.buckets()), sum_value=self.wal_commit.seconds)
        yield commit
        yield core.CounterMetricFamily(
            "penstock_wal_frames", "Frames acknowledged", value=self.wal_commit.count
        )
        reads = core.CounterMetricFamily(
            "penstock_reads", "Reads for fetches by where the bytes were", labels=["source"]
        )
        read_bytes = core.CounterMetricFamily(
            "penstock_read_bytes", "Bytes read for fetches by where they were", labels=["source"]
        )
        for source in READ_SOURCES:
            reads.add_metric([source], self._reads[source])
            read_bytes.add_metric([source], self._read_bytes[source])
        yield reads
        yield read_bytes
        if self.lines is not None:
            yield core.CounterMetricFamily(
                "penstock_log_lines_lost",
                "Lines of the log that standard error did not take",
                value=self.lines.lost,
            )
        if self.store is not None:
            yield from _store_families(core, self.store)
        yield self._cache_family(core, "hits", self._reads["tail"], "hits")
        elsewhere = self._reads["volume"] + self._reads["objects"]
        yield self._cache_family(core, "misses", elsewhere, "misses")
        if node is not None:
            yield from _node_families(core, node)
        for name, (text, read) in sorted(self.gauges.items()):
            yield core.GaugeMetricFamily(f"penstock_{name}", text, value=read())
        yield from process_collector.ProcessCollector(registry=None).collect()


class Gauge(Protocol):
    """A value read at each scrape; must be quick."""

    def __call__(self) -> float:
        """Return the value now."""
        ...


def _node_families(core: Any, node: Any) -> Iterator[Any]:
    """Yield what is read off the parts of a node that have been started so far."""
    gauge, counter = core.GaugeMetricFamily, core.CounterMetricFamily
    yield gauge(
        "penstock_ready", "1 when a produce request would be acknowledged", float(node.ready()[0])
    )
    status = node.raft_status()
    if status is not None:
        yield from _raft_families(core, status)
    context = node.context
    if context is None:
        return
    writer, image = context.writer, context.image
    yield gauge("penstock_partitions", "Partitions of this node", len(image.partitions))
    yield counter(
        "penstock_wal_writes", "Writes handed to the WAL volume: one per frame", writer.frames
    )
    yield counter(
        "penstock_wal_written_bytes", "Bytes of those writes, padding included",
        writer.bytes_written,
    )  # fmt: skip
    yield gauge(
        "penstock_wal_pending_bytes", "Bytes appended to the WAL and not yet durable",
        writer.end_lsn - writer.durable_lsn,
    )  # fmt: skip
    yield gauge(
        "penstock_wal_spare_extents", "Empty extents at hand for the WAL writer",
        writer.spare_extents,
    )  # fmt: skip
    volume = image.volume
    extents, size = (volume.extent_count, volume.extent_bytes) if volume is not None else (0, 0)
    yield gauge("penstock_volume_extents", "Extents of the WAL volume", extents)
    yield gauge(
        "penstock_volume_extents_free", "Extents of the WAL volume that no log owns",
        image.free_extents,
    )  # fmt: skip
    yield gauge("penstock_volume_bytes", "Bytes of the extents of the WAL volume", extents * size)
    yield gauge(
        "penstock_volume_used_bytes", "Bytes of the extents of the WAL volume that a log owns",
        (extents - image.free_extents) * size,
    )  # fmt: skip
    if node.uploader is not None:
        yield gauge(
            "penstock_wal_unsaved_bytes", "Bytes of this node's WAL that are in no object yet",
            max(node.uploader.unsaved_bytes, 0),
        )  # fmt: skip
    yield gauge(
        "penstock_store_may_be_away_seconds",
        "Time until the WAL volume is full if the object store took nothing from now on and"
        " producers wrote as in the last minute; +Inf when they wrote nothing",
        node.store_may_be_away_s(),
    )
    yield from _group_families(core, context.groups)
    if node.listener is not None:
        yield gauge(
            "penstock_connections", "Open Kafka connections", len(node.listener.connections)
        )


def _group_families(core: Any, groups: Any) -> Iterator[Any]:
    """Yield the numbers of the group coordinator."""
    states, members = groups.count()
    family = core.GaugeMetricFamily("penstock_groups", "Consumer groups", labels=["state"])
    for state in ("Empty", "PreparingRebalance", "CompletingRebalance", "Stable", "Dead"):
        family.add_metric([state], states[state])
    yield family
    yield core.GaugeMetricFamily("penstock_group_members", "Members of all groups", members)
    yield core.GaugeMetricFamily(
        "penstock_groups_loading", "1 while groups are read from the log", float(groups.is_loading)
    )
    yield core.CounterMetricFamily(
        "penstock_group_rebalances", "Rebalances of groups that came to their assignment phase",
        groups.rebalances,
    )  # fmt: skip


def _raft_families(core: Any, status: Any) -> Iterator[Any]:
    """Yield the numbers of the metadata's Raft node."""
    gauge, counter = core.GaugeMetricFamily, core.CounterMetricFamily
    leads = status.leader == status.node_id
    yield gauge("penstock_raft_node_id", "Id of this node", status.node_id)
    yield gauge("penstock_raft_voters", "Nodes that vote on the metadata", len(status.voters))
    yield gauge("penstock_raft_is_leader", "1 when this node leads the metadata", float(leads))
    yield gauge(
        "penstock_raft_leader", "Node that leads the metadata, -1 when none is known",
        -1 if status.leader is None else status.leader,
    )  # fmt: skip
    yield gauge("penstock_raft_term", "Term of the metadata's Raft group", status.term)
    yield gauge("penstock_raft_commit_index", "Last committed entry", status.commit_index)
    yield gauge("penstock_raft_applied_index", "Last applied entry", status.applied_index)
    yield gauge("penstock_raft_last_index", "Last entry of the journal", status.last_index)
    yield gauge("penstock_raft_journal_bytes", "Size of the journal file", status.journal_bytes)
    yield counter("penstock_raft_journal_syncs", "Flushes of the journal", status.journal_syncs)
    yield gauge(
        "penstock_raft_journal_sync_seconds_max", "Longest flush of the journal since the start",
        status.journal_sync_s_max,
    )  # fmt: skip
    yield counter(
        "penstock_raft_journal_syncs_slow",
        "Flushes of the journal that took longer than a follower waits for its leader",
        status.journal_syncs_slow,
    )
    yield gauge("penstock_raft_snapshot_index", "Last entry in the snapshot", status.snapshot_index)
    yield gauge("penstock_raft_snapshot_bytes", "Size of the snapshot", status.snapshot_bytes)
    yield gauge(
        "penstock_raft_proposals_pending", "Commands proposed and not yet applied",
        status.proposals_pending,
    )  # fmt: skip


def _store_families(core: Any, counters: Any) -> Iterator[Any]:
    calls = core.CounterMetricFamily(
        "penstock_store_calls", "Calls of the object store, retries included", labels=["operation"]
    )
    failed = core.CounterMetricFamily(
        "penstock_store_errors", "Calls of the object store that failed", labels=["operation"]
    )
    for operation in sorted(counters.calls):
        calls.add_metric([operation], counters.calls[operation])
        failed.add_metric([operation], counters.errors[operation])
    yield calls
    yield failed
    yield _histograms(
        core,
        "penstock_store_seconds",
        "Time of a call of the object store that was answered, without retries",
        "operation",
        dict(sorted(counters.seconds.items())),
    )
    yield core.CounterMetricFamily(
        "penstock_store_put_bytes", "Bytes put into the object store", value=counters.put_bytes
    )
    yield core.CounterMetricFamily(
        "penstock_store_get_bytes", "Bytes got from the object store", value=counters.get_bytes
    )
    yield core.GaugeMetricFamily(
        "penstock_store_failures_in_row",
        "Failed calls of the object store since the last success",
        value=counters.failures_in_row,
    )


def _label(api: int) -> str:
    return _API_NAMES.get(api, str(api))


def _histograms(core: Any, name: str, text: str, label: str, found: Mapping[str, Histogram]) -> Any:
    family = core.HistogramMetricFamily(name, text, labels=[label])
    for value, histogram in found.items():
        family.add_metric([value], list(histogram.buckets()), sum_value=histogram.seconds)
    return family


def _structlog() -> Any:
    """Import structlog without rich, which it would load for tracebacks we print plainly.

    That import alone takes 100 ms of the start and 10 MB.
    """
    if "structlog" not in sys.modules and "rich" not in sys.modules:
        sys.modules["rich"] = None  # type: ignore[assignment]  # "not importable", says the manual
        try:
            import structlog
        finally:
            del sys.modules["rich"]
    import structlog

    return structlog


class _Lines:
    """structlog's end of the log: hands rendered lines on."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.debug = self.info = self.warning = self.error = self.critical = write


class _Handler(logging.Handler):
    """What libraries log with the standard library, above all trio's listener: our lines, too."""

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning"
        error = record.exc_info[1] if record.exc_info else None
        getattr(_structlog().get_logger(), level)(
            record.getMessage(), logger=record.name, **({"exc_info": error} if error else {})
        )


def _cut(_: Any, __: str, fields: Any) -> Any:
    """A processor: no text of a line is longer than a bound."""
    for name, value in fields.items():
        if isinstance(value, str) and len(value) > TEXT_CHARS_MAX:
            fields[name] = f"{value[: TEXT_CHARS_MAX // 2]} ... {value[-TEXT_CHARS_MAX // 2 :]}"
    return fields


def configure_logging(level: str, write: Callable[[str], None], *, is_terminal: bool) -> None:
    """Send the log of this process to `write`.

    Args:
        level: debug, info, warning or error.
        write: takes a line; must not fail, and be quick.
        is_terminal: lines for people; JSON otherwise.
    """
    structlog = _structlog()
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.StackInfoRenderer(),
    ]
    if is_terminal:
        processors += [
            _cut,
            structlog.dev.ConsoleRenderer(
                colors=True,
                timestamp_key="time",
                exception_formatter=structlog.dev.plain_traceback,
            ),
        ]
    else:
        processors += [
            structlog.processors.format_exc_info,
            _cut,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(default=str),
        ]
    lines = _Lines(write)
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=False,
    )


def take_library_logs() -> None:
    """Put what libraries say from warnings on into the log, and what nobody could catch."""
    logging.basicConfig(level=logging.WARNING, handlers=[_Handler()], force=True)
    logging.captureWarnings(True)
    sys.unraisablehook = _on_unraisable


def _on_unraisable(args: Any) -> None:
    _structlog().get_logger().error(
        "an error that nothing could catch", where=repr(args.object), exc_info=args.exc_value
    )


MetricFamilies = Iterable[Any]
