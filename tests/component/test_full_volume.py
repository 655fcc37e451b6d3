"""A full volume while the object store is away: retriable errors, no loss, recovery by itself."""

from __future__ import annotations

import os
from pathlib import Path

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from tests.harness import NodeProcess

AWAY = {
    "PENSTOCK_OBJECT_STORE": "s3://bucket/prefix",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "us-east-1",
    "PENSTOCK_VOLUME_SIZE": "64MiB",
    "PENSTOCK_UPLOAD_TRIGGER_BYTES": "4MiB",
}


def produce(node: NodeProcess, numbers: range, *, timeout_ms: int) -> list[bytes]:
    """Send records of 900 kB; returns those acknowledged."""
    acked: list[bytes] = []
    producer = Producer(
        {
            "bootstrap.servers": node.kafka,
            "enable.idempotence": True,
            "message.timeout.ms": timeout_ms,
            "retry.backoff.max.ms": 200,
            "log_level": 0,
        }
    )
    for number in numbers:
        value = b"%06d" % number + os.urandom(900_000)
        producer.produce(
            "full",
            value,
            partition=0,
            on_delivery=lambda error, m: None if error else acked.append(m.value()[:6]),
        )
    producer.flush(60)
    return acked


def test_full_volume_refuses_restarts_and_recovers(tmp_path: Path) -> None:
    """Invariant 1; a restart on a full volume works, and uploads make room again."""
    node = NodeProcess(tmp_path, env=AWAY).start()
    try:
        first = produce(node, range(100), timeout_ms=5000)
        assert 0 < len(first) < 100
        assert node.get("/health")[0] == 200
        node.kill()
        node.start()
        node.kill()
        node.env["PENSTOCK_OBJECT_STORE"] = f"file://{tmp_path}/objects"
        node.start()
        second = produce(node, range(100, 200), timeout_ms=60_000)
        assert len(second) == 100

        consumer = Consumer(
            {"bootstrap.servers": node.kafka, "group.id": "unused", "session.timeout.ms": 1000}
        )
        _, end = consumer.get_watermark_offsets(TopicPartition("full", 0), timeout=20)
        consumer.assign([TopicPartition("full", 0, OFFSET_BEGINNING)])
        got: list[bytes] = []
        for _ in range(200):
            got += [m.value()[:6] for m in consumer.consume(50, 0.3)]
            if len(got) == end:
                break
        consumer.close()
        assert len(set(got)) == len(got) == end
        assert set(first + second) <= set(got)
    finally:
        node.close()
