"""A full volume while the object store is away: retriable errors, no loss, recovery by itself."""

from __future__ import annotations

import os
from pathlib import Path

from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client
from tests.harness import NodeProcess, wait_until

KAFKA_STORAGE_ERROR = 56
KILLS = 6

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
            "request.timeout.ms": 1000,
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


def produce_error(node: NodeProcess) -> int:
    """Return the error code of one produce request, whose answer the node may hold for 0.2 s."""
    request = messages.ProduceRequest
    data = request.PartitionProduceData(
        index=0, records=bytes(batch.build([(b"k", b"v" * 900_000)], timestamp=1_700_000_000_000))
    )
    topic = request.TopicProduceData(name="full", partition_data=[data])
    client = Client(node.kafka)
    answer = client.call(0, 9, request(acks=-1, timeout_ms=200, topic_data=[topic]))
    client.socket.close()
    return answer.responses[0].partition_responses[0].error_code


def read_all(node: NodeProcess) -> list[bytes]:
    """Return the numbers of all records, from the start to the watermark."""
    consumer = Consumer(
        {
            "bootstrap.servers": node.kafka,
            "group.id": "unused",
            # There is no group coordinator: a commit at `close` would wait 45 s for one.
            "enable.auto.commit": False,
        }
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
    return got


def test_full_volume_refuses_restarts_and_recovers(tmp_path: Path) -> None:
    """Invariant 1; restarts on a full volume work, and uploads make room again."""
    node = NodeProcess(tmp_path, env=AWAY).start()
    try:
        first = produce(node, range(100), timeout_ms=3000)
        assert 0 < len(first) < 100
        assert node.get("/health")[0] == 200
        for _ in range(KILLS):
            assert produce_error(node) == KAFKA_STORAGE_ERROR
            node.kill()
            node.start()
        status, text = node.get("/ready")
        assert (status, "volume is full" in text) == (503, True)
        assert set(first) <= set(read_all(node))
        node.kill()
        node.env["PENSTOCK_OBJECT_STORE"] = f"file://{tmp_path}/objects"
        node.start()
        second = produce(node, range(100, 200), timeout_ms=60_000)
        assert len(second) == 100
        # The last record may have filled it again.
        wait_until(lambda: node.get("/ready") == (200, "ok\n"), "room")
        assert set(first + second) <= set(read_all(node))
    finally:
        node.close()
