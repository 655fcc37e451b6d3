"""kill -9 at random moments: everything acknowledged is there, once and in order."""

from __future__ import annotations

import os
import random
import threading
import time
from pathlib import Path

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from tests.harness import NodeProcess

ROUNDS = int(os.environ.get("PENSTOCK_KILL_ROUNDS", "20"))
SEED = int(os.environ.get("PENSTOCK_KILL_SEED", "1"))
PARTITIONS = 4


class Load(threading.Thread):
    """Produces numbered records with idempotence; remembers what was acknowledged."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        super().__init__(daemon=True)
        self.topic = topic
        self.acked: dict[int, list[int]] = {p: [] for p in range(PARTITIONS)}
        self.sent = 0
        self.failed: list[str] = []
        self.stop = threading.Event()
        self.producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "enable.idempotence": True,
                "linger.ms": 1,
                "message.timeout.ms": 120_000,
                "reconnect.backoff.max.ms": 100,
                "retry.backoff.ms": 20,
                "retry.backoff.max.ms": 100,
                "logger": None,
                "log_level": 0,
            }
        )

    def run(self) -> None:
        numbers = [0] * PARTITIONS
        rng = random.Random(SEED)
        while not self.stop.is_set():
            # Bounded: a client whose broker is down must not fill its own queue.
            while self.sent - self.count() - len(self.failed) > 2000 and not self.stop.is_set():
                self.producer.poll(0.01)
            partition = self.sent % PARTITIONS
            number = numbers[partition]
            numbers[partition] += 1
            self.sent += 1
            value = b"%012d" % number + b"x" * rng.choice([10, 200, 3000])
            self.producer.produce(
                self.topic,
                value,
                partition=partition,
                on_delivery=lambda error, _, p=partition, n=number: (
                    self.failed.append(str(error)) if error else self.acked[p].append(n)
                ),
            )
            self.producer.poll(0)
            if self.sent % 50 == 0:
                time.sleep(0.005)
        self.producer.flush(60)

    def count(self) -> int:
        """Records acknowledged so far."""
        return sum(map(len, self.acked.values()))

    def wait_progress(self) -> None:
        """Return when the present node has acknowledged something: a round must bite."""
        before = self.count()
        deadline = time.monotonic() + 30
        while self.count() == before:
            assert time.monotonic() < deadline, "no record is acknowledged any more"
            time.sleep(0.005)


def read_all(bootstrap: str, topic: str) -> dict[int, list[int]]:
    consumer = Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "unused", "fetch.wait.max.ms": 20}
    )
    ends = {}
    for partition in range(PARTITIONS):
        _, ends[partition] = consumer.get_watermark_offsets(
            TopicPartition(topic, partition), timeout=20
        )
    consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in range(PARTITIONS)])
    got: dict[int, list[int]] = {p: [] for p in range(PARTITIONS)}
    deadline = time.monotonic() + 60
    while sum(map(len, got.values())) < sum(ends.values()) and time.monotonic() < deadline:
        for message in consumer.consume(10_000, 0.2):
            assert message.error() is None, message.error()
            assert message.offset() == len(got[message.partition()])
            got[message.partition()].append(int(message.value()[:12]))
    consumer.close()
    assert sum(map(len, got.values())) == sum(ends.values())
    return got


@pytest.mark.slow
def test_kill_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Invariants 1, 2, 8 over restarts, uploads included (local object store)."""
    rng = random.Random(SEED)
    node = NodeProcess(
        tmp_path,
        env={
            "PENSTOCK_UPLOAD_TRIGGER_MS": "150",
            "PENSTOCK_UPLOAD_TRIGGER_BYTES": "1MiB",
        },
    ).start()
    try:
        admin = AdminClient({"bootstrap.servers": node.kafka})
        admin.create_topics([NewTopic("kill", PARTITIONS, 1)])["kill"].result(10)
        load = Load(node.kafka, "kill")
        load.start()
        for _ in range(ROUNDS):
            load.wait_progress()
            time.sleep(rng.uniform(0.0, 0.5))
            node.kill()
            node.start()
        time.sleep(0.5)
        load.stop.set()
        load.join(timeout=90)
        assert not load.is_alive()
        got = read_all(node.kafka, "kill")
        for partition in range(PARTITIONS):
            assert got[partition] == sorted(set(got[partition])), "order or duplicates"
            missing = set(load.acked[partition]) - set(got[partition])
            assert not missing, f"partition {partition} lost {sorted(missing)[:10]}"
        assert not load.failed, load.failed[:5]
        assert load.count() > 10 * ROUNDS
    finally:
        node.close()
