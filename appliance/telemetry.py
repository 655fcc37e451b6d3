"""Counters, latency histograms and the log of one node.

Counters are plain ints changed by the one trio thread: no locks, no labels on the hot path. They
become Prometheus metric families only when somebody scrapes (`Telemetry.collect`).
"""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
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
    "connections_refused": "Kafka connections closed at once: max.connections",
    "protocol_errors": "Kafka connections closed: bytes that no client sends",
    "handler_errors": "Kafka connections closed after an unexpected error of ours",
    "read_errors": "Reads that failed on the volume or in the object store",
    "uploads": "Objects uploaded",
    "upload_bytes": "Bytes of uploaded objects",
    "orphans_removed": "Objects removed that were never committed",
    "objects_deleted": "Objects deleted that no partition needed any more",
}
READ_SOURCES = ("tail", "volume", "objects")


class Telemetry:
    """What a node counts.

    Attributes:
        log: structured logger (`log.info("event", key=value)`).
        records_in, bytes_in, ...: counters; add to them, never subtract.
        gauges: name -> (help text, function); read at each scrape.
        store: counters of the object store (`RetryingStore.counters`), or None: there is none yet.
    """

    __slots__ = (
        *_COUNTERS, "_histograms", "_read_bytes", "_reads", "_requests", "_seconds",
        "gauges", "log", "store",
    )  # fmt: skip

    records_in: int
    bytes_in: int
    bytes_out: int
    connections_opened: int
    connections_refused: int
    protocol_errors: int
    handler_errors: int
    read_errors: int
    uploads: int
    upload_bytes: int
    orphans_removed: int
    objects_deleted: int

    def __init__(self) -> None:
        for name in _COUNTERS:
            setattr(self, name, 0)
        self.log = _structlog().get_logger()
        self.gauges: dict[str, tuple[str, Gauge]] = {}
        self.store: Any = None
        self._requests: dict[int, int] = {}
        self._histograms: dict[int, list[int]] = {}
        self._seconds: dict[int, float] = {}
        self._reads: dict[str, int] = dict.fromkeys(READ_SOURCES, 0)
        self._read_bytes: dict[str, int] = dict.fromkeys(READ_SOURCES, 0)

    def on_request(self, api: int) -> None:
        """Count a decoded request of an API key."""
        self._requests[api] = self._requests.get(api, 0) + 1

    def observe(self, api: int, seconds: float) -> None:
        """Count an answered request and its time, from decoded to answered."""
        histogram = self._histograms.get(api)
        if histogram is None:
            histogram = self._histograms[api] = [0] * (len(LATENCY_BOUNDS_S) + 1)
            self._seconds[api] = 0.0
        histogram[bisect_left(LATENCY_BOUNDS_S, seconds)] += 1
        self._seconds[api] += seconds

    def count_read(self, source: str, size: int) -> None:
        """Count bytes given to a fetch; source: "tail", "volume" or "objects"."""
        self._reads[source] += 1
        self._read_bytes[source] += size

    def requests(self, api: int) -> int:
        """Return how many requests of an API key came."""
        return self._requests.get(api, 0)

    def histogram(self, api: int) -> tuple[list[int], float]:
        """Return the bucket counts (not cumulative) and the sum of seconds of an API key."""
        empty = [0] * (len(LATENCY_BOUNDS_S) + 1)
        return list(self._histograms.get(api, empty)), self._seconds.get(api, 0.0)

    def collect(self, node: Any = None) -> Iterator[Any]:
        """Yield Prometheus metric families of everything counted.

        Args:
            node: a node whose gauges (partitions, connections, bytes in flight) are read as they
                are now; None: counters only.
        """
        from prometheus_client import core, process_collector

        for name, text in _COUNTERS.items():
            yield core.CounterMetricFamily(f"penstock_{name}", text, value=getattr(self, name))
        requests = core.CounterMetricFamily("penstock_requests", "Requests decoded", labels=["api"])
        for api in sorted(self._requests):
            requests.add_metric([_label(api)], self._requests[api])
        yield requests
        latency = core.HistogramMetricFamily(
            "penstock_request_seconds", "Time from decoded to answered", labels=["api"]
        )
        for api in sorted(self._histograms):
            latency.add_metric(
                [_label(api)],
                buckets=list(_cumulative(self._histograms[api])),
                sum_value=self._seconds[api],
            )
        yield latency
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
        if self.store is not None:
            yield from _store_families(core, self.store)
        for name, (text, read) in sorted({**self.gauges, **_node_gauges(node)}.items()):
            yield core.GaugeMetricFamily(f"penstock_{name}", text, value=read())
        yield from process_collector.ProcessCollector(registry=None).collect()


class Gauge(Protocol):
    """A value read at each scrape; must be quick."""

    def __call__(self) -> float:
        """Return the value now."""
        ...


def _node_gauges(node: Any) -> dict[str, tuple[str, Gauge]]:
    """Return the gauges of what has been started so far."""
    context = getattr(node, "context", None)
    listener = getattr(node, "listener", None)
    gauges: dict[str, tuple[str, Gauge]] = {}
    if node is not None:
        gauges["ready"] = ("1 when produce requests are served", lambda: float(node.ready()[0]))
    if context is not None:
        writer = context.writer
        gauges["partitions"] = ("Open partitions", lambda: sum(1 for _ in context.table))
        gauges["wal_pending_bytes"] = (
            "Bytes appended to the WAL and not yet durable",
            lambda: writer.end_lsn - writer.durable_lsn,
        )
        gauges["wal_spare_extents"] = (
            "Empty extents at hand for the WAL writer",
            lambda: writer.spare_extents,
        )
        image = context.image
        gauges["volume_extents"] = (
            "Extents of the WAL volume",
            lambda: image.volume.extent_count if image.volume is not None else 0,
        )
        gauges["volume_extents_free"] = (
            "Extents of the WAL volume that no log owns",
            lambda: image.free_extents,
        )
        gauges["wal_frames"] = ("Frames written since the start", lambda: writer.frames)
        gauges["wal_written_bytes"] = (
            "Bytes written to the WAL since the start, padding included",
            lambda: writer.bytes_written,
        )
    uploader = getattr(node, "uploader", None)
    if uploader is not None:
        gauges["wal_unsaved_bytes"] = (
            "Bytes of the WAL that are in no object yet",
            lambda: max(uploader.unsaved_bytes, 0),
        )
    if listener is not None:
        gauges["connections"] = ("Open Kafka connections", lambda: len(listener.connections))
    return gauges


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


def _cumulative(histogram: list[int]) -> Iterator[tuple[str, float]]:
    total = 0
    for bound, count in zip((*map(str, LATENCY_BOUNDS_S), "+Inf"), histogram, strict=True):
        total += count
        yield bound, total


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


def configure_logging(level: str) -> None:
    """Send the log to standard error: for people on a terminal, JSON lines otherwise.

    Args:
        level: debug, info, warning or error.
    """
    structlog = _structlog()
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.StackInfoRenderer(),
    ]
    if sys.stderr.isatty():
        processors.append(
            structlog.dev.ConsoleRenderer(
                colors=True,
                timestamp_key="time",
                exception_formatter=structlog.dev.plain_traceback,
            )
        )
    else:
        processors += [
            structlog.processors.format_exc_info,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(default=str),
        ]
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


MetricFamilies = Iterable[Any]
