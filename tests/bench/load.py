"""The load of the comparison: what clients do to a broker, and the figures they see.

Producing comes from Apache Kafka's own ProducerPerformance (`acks=all`), the rest from
confluent-kafka. The load shares the machine with the broker: ratios count, not absolutes. MB are
MiB, GB are GiB. Each scenario runs on fresh topics and deletes them.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from tests.bench.brokers import Broker, java, settle
from tests.harness import die_with_parent

Figures = dict[str, float]

THROUGHPUT = "MB/s"
CPU = "CPU s/GB"
RSS = "RSS MB"

LARGE_BATCHES = ("batch.size=524288", "linger.ms=5", "buffer.memory=134217728",
                 "max.request.size=4194304")  # fmt: skip
CLIENT_DEFAULTS = ()
UNLIMITED = -1

CALL_S_MAX = 60
PRODUCE_S_MAX = 600
CONSUME_SILENCE_S_MAX = 5
CONSUME_RECORDS_MAX = 10_000
TOPIC_SETTLE_S = 0.5
WARM_UP_SHARE = 6
"""One in so many records or round trips is the client's warm-up, and not in the figures."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """Where Kafka's tools are, and how much of each scenario's volume and time is used."""

    libs: Path
    scale: float = 1.0

    def records(self, megabytes: int, record_bytes: int) -> int:
        return max(600, int(megabytes * self.scale * (1 << 20)) // record_bytes)


def admin(broker: Broker) -> AdminClient:
    """Return an admin client; brokers that end are no news to it."""
    return AdminClient({"bootstrap.servers": broker.bootstrap, "log_level": 0})


@contextmanager
def fresh_topic(broker: Broker, partitions: int) -> Iterator[str]:
    """Create a topic, delete it at the end."""
    client, name = admin(broker), f"bench-{uuid.uuid4().hex[:8]}"
    client.create_topics([NewTopic(name, partitions, 1)])[name].result(CALL_S_MAX)
    time.sleep(TOPIC_SETTLE_S)
    try:
        yield name
    finally:
        client.delete_topics([name])[name].result(CALL_S_MAX)


def parse_perf(output: str) -> Figures:
    """Return the figures of ProducerPerformance's last summary, which is the one without warm-up.

    Raises:
        ValueError: there is no summary.
    """
    summaries = [line for line in output.splitlines() if "99.9th" in line]
    if not summaries:
        raise ValueError(f"ProducerPerformance printed no summary:\n{output[-800:]}")
    number = r"([\d.]+)"
    found = re.search(
        rf"\({number} MB/sec\).* {number} ms max latency, {number} ms 50th, {number} ms 95th,"
        rf" {number} ms 99th, {number} ms 99.9th",
        summaries[-1],
    )
    if found is None:
        raise ValueError(f"ProducerPerformance printed an unknown summary: {summaries[-1]}")
    names = (THROUGHPUT, "max ms", "p50 ms", "p95 ms", "p99 ms", "p99.9 ms")
    return dict(zip(names, map(float, found.groups())))


def perf(
    load: Load,
    broker: Broker,
    topic: str,
    *,
    count: int,
    size: int,
    rate: int,
    props: tuple[str, ...],
) -> Figures:
    """Run ProducerPerformance: `count` records of `size` bytes at `rate` records per second."""
    command = java(
        load.libs, "org.apache.kafka.tools.ProducerPerformance",
        "--bootstrap-server", broker.bootstrap, "--topic", topic,
        "--num-records", str(count), "--record-size", str(size), "--throughput", str(rate),
        "--warmup-records", str(count // WARM_UP_SHARE), "--command-property", "acks=all", *props,
    )  # fmt: skip
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=PRODUCE_S_MAX,
        preexec_fn=die_with_parent,
    )
    if done.returncode != 0:
        raise RuntimeError(
            f"ProducerPerformance ended with {done.returncode}: {done.stderr[-800:]}"
        )
    return parse_perf(done.stdout)


def consume_all(broker: Broker, topic: str, count: int) -> Figures:
    """Read `count` records from the start of all partitions, without a group."""
    consumer = Consumer(
        {
            "bootstrap.servers": broker.bootstrap,
            "group.id": "bench",
            "enable.auto.commit": False,
            "fetch.message.max.bytes": 4 << 20,
            "queued.max.messages.kbytes": 256 << 10,
            "fetch.wait.max.ms": 100,
            "log_level": 0,
        }
    )
    try:
        partitions = consumer.list_topics(topic, CALL_S_MAX).topics[topic].partitions
        consumer.assign([TopicPartition(topic, each, OFFSET_BEGINNING) for each in partitions])
        seen = size = 0
        start = time.monotonic()
        while seen < count:
            # Never more than is left: the call would wait for it until its timeout, on the clock.
            wanted = min(CONSUME_RECORDS_MAX, count - seen)
            messages = consumer.consume(wanted, CONSUME_SILENCE_S_MAX)
            if not messages:
                raise RuntimeError(f"only {seen} of {count} records arrived")
            for message in messages:
                if message.error() is not None:
                    raise RuntimeError(str(message.error()))
                size += len(message.value())
            seen += len(messages)
        return {THROUGHPUT: size / (time.monotonic() - start) / (1 << 20)}
    finally:
        consumer.close()


def _cost(broker: Broker, cpu_s_before: float, total_bytes: int) -> Figures:
    return {CPU: (broker.cpu_s() - cpu_s_before) / (total_bytes / (1 << 30)), RSS: broker.rss_mb()}


Scenario = Callable[[Load, Broker], Figures]


def produce(
    megabytes: int, *, partitions: int, props: tuple[str, ...], megabytes_per_s: int = 0
) -> Scenario:
    """Records of 1 KiB, as fast as the client can or at a fixed rate."""

    def run(load: Load, broker: Broker) -> Figures:
        count = load.records(megabytes, 1024)
        rate = megabytes_per_s * 1024 or UNLIMITED
        with fresh_topic(broker, partitions) as topic:
            before = broker.cpu_s()
            figures = perf(load, broker, topic, count=count, size=1024, rate=rate, props=props)
            return figures | _cost(broker, before, count * 1024)

    return run


def consume(megabytes: int, *, record_bytes: int, partitions: int) -> Scenario:
    """Read back what was produced just before; the broker's own work on that is over by then."""

    def run(load: Load, broker: Broker) -> Figures:
        count = load.records(megabytes, record_bytes)
        with fresh_topic(broker, partitions) as topic:
            perf(load, broker, topic, count=count, size=record_bytes, rate=-1, props=LARGE_BATCHES)
            settle([broker])
            before = broker.cpu_s()
            figures = consume_all(broker, topic, count)
            return figures | _cost(broker, before, count * record_bytes)

    return run


def round_trip(load: Load, broker: Broker) -> Figures:
    """One record of 100 B in flight at a time, as a careful application does it, for 6 s."""
    with fresh_topic(broker, 1) as topic:
        producer = Producer(
            {
                "bootstrap.servers": broker.bootstrap,
                "acks": "all",
                "linger.ms": 0,
                "socket.nagle.disable": True,
                "log_level": 0,
            }
        )
        failures: list[str] = []

        def on_delivery(error: object, _message: object) -> None:
            if error is not None:
                failures.append(str(error))

        times_ms: list[float] = []
        end = time.monotonic() + 6 * load.scale
        while time.monotonic() < end or len(times_ms) < 2 * WARM_UP_SHARE:
            start = time.perf_counter()
            producer.produce(topic, b"x" * 100, on_delivery=on_delivery)
            left = producer.flush(10)
            times_ms.append((time.perf_counter() - start) * 1000)
            if left or failures:
                raise RuntimeError(f"a record was not acknowledged: {failures or 'after 10 s'}")
    times_ms = sorted(times_ms[len(times_ms) // WARM_UP_SHARE :])
    return {
        "per s": 1000 / statistics.mean(times_ms),
        "p50 ms": times_ms[len(times_ms) // 2],
        "p99 ms": times_ms[len(times_ms) * 99 // 100],
        "max ms": times_ms[-1],
    }


def catch_up(load: Load, broker: Broker) -> Figures:
    """20 MB/s to one topic for 10 s, alone, then while another topic of 1 GB is read."""
    old_count, live_count = load.records(1024, 1024), load.records(200, 1024)
    with fresh_topic(broker, 4) as live, fresh_topic(broker, 4) as old:

        def produce_live() -> Figures:
            return perf(load, broker, live, count=live_count, size=1024, rate=20 * 1024,
                        props=LARGE_BATCHES)  # fmt: skip

        perf(load, broker, old, count=old_count, size=1024, rate=UNLIMITED, props=LARGE_BATCHES)
        settle([broker])
        alone = produce_live()
        with ThreadPoolExecutor(1) as pool:
            reader = pool.submit(consume_all, broker, old, old_count)
            beside = produce_live()
            read = reader.result()
    return {
        "reader MB/s": read[THROUGHPUT],
        "p99 ms alone": alone["p99 ms"],
        "p99 ms with reader": beside["p99 ms"],
    }


def many_topics(load: Load, broker: Broker) -> Figures:
    """Create 500 topics of 2 partitions in calls of 50, list all of them, delete them."""
    client, run_id = admin(broker), uuid.uuid4().hex[:6]
    client.list_topics(timeout=CALL_S_MAX)
    names = [f"many-{run_id}-{number}" for number in range(max(50, int(500 * load.scale)))]
    groups = [names[first : first + 50] for first in range(0, len(names), 50)]
    start = time.monotonic()
    for group in groups:
        for future in client.create_topics([NewTopic(name, 2, 1) for name in group]).values():
            future.result(CALL_S_MAX)
    created = time.monotonic()
    for _ in range(20):
        client.list_topics(timeout=CALL_S_MAX)
    listed = time.monotonic()
    for group in groups:
        for future in client.delete_topics(group).values():
            future.result(CALL_S_MAX)
    return {
        "create s": created - start,
        "list ms": (listed - created) / 20 * 1000,
        "delete s": time.monotonic() - listed,
    }


SCENARIOS: dict[str, Scenario] = {
    "produce-1k-12p": produce(1500, partitions=12, props=LARGE_BATCHES),
    "produce-1k-1p": produce(1500, partitions=1, props=LARGE_BATCHES),
    "produce-1k-12p-client-defaults": produce(800, partitions=12, props=CLIENT_DEFAULTS),
    "rate-50MBs": produce(750, partitions=4, props=LARGE_BATCHES, megabytes_per_s=50),
    "rate-10MBs": produce(150, partitions=4, props=CLIENT_DEFAULTS, megabytes_per_s=10),
    "round-trip-100b": round_trip,
    "consume-16k-4p": consume(2000, record_bytes=16384, partitions=4),
    "catch-up": catch_up,
    "many-topics": many_topics,
}
