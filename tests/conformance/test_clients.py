"""Real clients against a real node: what goes in comes out, byte for byte."""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

from tests.harness import NodeProcess

COMPRESSIONS = ["none", "gzip", "snappy", "lz4", "zstd"]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env={"PENSTOCK_UPLOAD_TRIGGER_MS": "300"}) as running:
        yield running


def create(node: NodeProcess, topic: str, partitions: int, **config: str) -> None:
    """Create a topic; the client must live until its future is done."""
    admin = AdminClient({"bootstrap.servers": node.kafka})
    settings = {name.replace("_", "."): value for name, value in config.items()}
    admin.create_topics([NewTopic(topic, partitions, 1, config=settings)])[topic].result(10)


def consume(bootstrap: str, topic: str, partitions: int, count: int, **extra: object) -> list:
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "unused",
            "enable.auto.commit": False,
            "fetch.wait.max.ms": 50,
            "fetch.message.max.bytes": 20_000_000,
            "receive.message.max.bytes": 120_000_000,
            **extra,
        }
    )
    consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in range(partitions)])
    got = []
    for _ in range(600):
        for message in consumer.consume(10_000, 0.1):
            assert message.error() is None, message.error()
            got.append(message)
        if len(got) >= count:
            break
    consumer.close()
    assert len(got) == count
    return got


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("idempotent", [False, True])
def test_confluent_every_compression_returns_the_same_records(
    node: NodeProcess, compression: str, idempotent: bool
) -> None:
    """Keys, values, headers and timestamps come back unchanged and in order."""
    topic = f"c-{compression}-{idempotent}-{uuid.uuid4().hex[:6]}"
    create(node, topic, 3)
    rng = random.Random(compression)
    producer = Producer(
        {
            "bootstrap.servers": node.kafka,
            "compression.type": compression,
            "enable.idempotence": idempotent,
            "linger.ms": 5,
        }
    )
    sent: dict[int, list] = {0: [], 1: [], 2: []}
    errors: list = []
    for number in range(600):
        value = rng.randbytes(rng.choice([1, 10, 100, 3000])) if number % 17 else None
        key = None if number % 5 == 0 else b"k%d" % (number % 11)
        headers = [("h", b"%d" % number), ("empty", b""), ("null", None)] if number % 3 else None
        partition = number % 3
        timestamp = 1_700_000_000_000 + number
        producer.produce(
            topic,
            value,
            key,
            partition,
            timestamp=timestamp,
            headers=headers,
            on_delivery=lambda error, _: errors.append(error) if error else None,
        )
        sent[partition].append((key, value, headers, timestamp))
    assert producer.flush(30) == 0
    assert errors == []

    got: dict[int, list] = {0: [], 1: [], 2: []}
    for message in consume(node.kafka, topic, 3, 600):
        assert message.offset() == len(got[message.partition()])
        got[message.partition()].append(
            (message.key(), message.value(), message.headers(), message.timestamp()[1])
        )
    assert got == sent


@pytest.mark.parametrize("size", [1, 1000, 1 << 20, 10 << 20])
def test_confluent_record_sizes_up_to_ten_mebibytes(node: NodeProcess, size: int) -> None:
    """A record of any size up to max.message.bytes is stored and returned."""
    topic = f"size-{size}"
    create(node, topic, 1, max_message_bytes=str(12 << 20))
    producer = Producer({"bootstrap.servers": node.kafka, "message.max.bytes": 12 << 20})
    value = random.Random(size).randbytes(size)
    producer.produce(topic, value)
    assert producer.flush(30) == 0

    assert consume(node.kafka, topic, 1, 1)[0].value() == value


def test_confluent_record_above_the_limit_is_refused(node: NodeProcess) -> None:
    """MESSAGE_TOO_LARGE reaches the producer, and nothing is stored."""
    topic = "too-large"
    create(node, topic, 1, max_message_bytes="1000")
    producer = Producer({"bootstrap.servers": node.kafka})
    outcomes: list = []
    producer.produce(topic, b"x" * 5000, on_delivery=lambda error, _: outcomes.append(error))
    producer.flush(10)
    assert outcomes[0].code() == KafkaError.MSG_SIZE_TOO_LARGE


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_kafka_python_produces_and_consumes(node: NodeProcess) -> None:
    """kafka-python, with its newest versions of Produce and Fetch."""
    from kafka import KafkaConsumer, KafkaProducer, TopicPartition as Partition

    topic = f"kp-{uuid.uuid4().hex[:6]}"
    producer = KafkaProducer(bootstrap_servers=node.kafka, acks="all", compression_type="gzip")
    for number in range(100):
        producer.send(topic, b"v%d" % number, key=b"k").get(10)
    producer.close()
    consumer = KafkaConsumer(bootstrap_servers=node.kafka, consumer_timeout_ms=10_000)
    consumer.assign([Partition(topic, 0)])
    consumer.seek_to_beginning()
    got = []
    for record in consumer:
        got.append(record.value)
        if len(got) == 100:
            break
    consumer.close()
    assert got == [b"v%d" % number for number in range(100)]


def test_aiokafka_produces_and_consumes(node: NodeProcess) -> None:
    """aiokafka, with old versions of the protocol."""
    import asyncio

    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition as Partition

    topic = f"aio-{uuid.uuid4().hex[:6]}"

    async def both() -> list[bytes]:
        producer = AIOKafkaProducer(bootstrap_servers=node.kafka, enable_idempotence=True)
        await producer.start()
        for number in range(50):
            await producer.send_and_wait(topic, b"v%d" % number)
        await producer.stop()
        consumer = AIOKafkaConsumer(bootstrap_servers=node.kafka)
        await consumer.start()
        consumer.assign([Partition(topic, 0)])
        await consumer.seek_to_beginning()
        got = [(await asyncio.wait_for(consumer.getone(), 10)).value for _ in range(50)]
        await consumer.stop()
        return got

    assert asyncio.run(both()) == [b"v%d" % number for number in range(50)]


def test_reads_from_objects_equal_reads_from_the_tail(node: NodeProcess) -> None:
    """After the upload, a consumer from the start sees every record once, in order."""
    topic = f"objects-{uuid.uuid4().hex[:6]}"
    create(node, topic, 2)
    producer = Producer({"bootstrap.servers": node.kafka, "linger.ms": 1})
    values = [os.urandom(2000) for _ in range(2000)]
    before = node.metric("penstock_uploads_total")
    for number, value in enumerate(values):
        producer.produce(topic, value, partition=number % 2)
    assert producer.flush(30) == 0
    for _ in range(200):
        if node.metric("penstock_uploads_total") > before:
            break
        consume(node.kafka, topic, 2, 2000)
    assert node.metric("penstock_uploads_total") > before

    got: dict[int, list] = {0: [], 1: []}
    for message in consume(node.kafka, topic, 2, 2000):
        got[message.partition()].append(message.value())
    assert got == {0: values[0::2], 1: values[1::2]}


def test_list_offsets_finds_timestamps(node: NodeProcess) -> None:
    """Earliest, latest and by time; no match is the end."""
    topic = f"times-{uuid.uuid4().hex[:6]}"
    producer = Producer({"bootstrap.servers": node.kafka})
    start = 1_700_000_000_000
    for number in range(100):
        producer.produce(topic, b"x", partition=0, timestamp=start + 10 * number)
    assert producer.flush(30) == 0
    consumer = Consumer({"bootstrap.servers": node.kafka, "group.id": "unused"})
    assert consumer.get_watermark_offsets(TopicPartition(topic, 0), timeout=10) == (0, 100)
    found = consumer.offsets_for_times([TopicPartition(topic, 0, start + 345)], timeout=10)
    late = consumer.offsets_for_times([TopicPartition(topic, 0, start + 10_000)], timeout=10)
    consumer.close()
    assert found[0].offset == 35
    assert late[0].offset in (-1, 100)


def test_admin_topics_partitions_and_configs(node: NodeProcess) -> None:
    """Create, grow, configure, describe and delete a topic as an operator does."""
    admin = AdminClient({"bootstrap.servers": node.kafka})
    topic = f"admin-{uuid.uuid4().hex[:6]}"
    admin.create_topics([NewTopic(topic, 1, 1, config={"retention.ms": "1000"})])[topic].result(10)
    with pytest.raises(Exception, match="already exists"):
        admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(10)
    admin.create_partitions([NewPartitions(topic, 4)])[topic].result(10)
    assert len(admin.list_topics(topic, timeout=10).topics[topic].partitions) == 4
    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)
    configs = next(iter(admin.describe_configs([resource]).values())).result(10)
    assert configs["retention.ms"].value == "1000"
    assert configs["cleanup.policy"].value == "delete"
    with pytest.raises(Exception, match="retention"):
        admin.create_topics([NewTopic("bad", 1, 1, config={"retention.ms": "soon"})])["bad"].result(
            10
        )
    admin.delete_topics([topic])[topic].result(10)
    assert topic not in admin.list_topics(timeout=10).topics


def test_health_ready_and_metrics_are_served(node: NodeProcess) -> None:
    """The admin pages say what a probe and a scraper want to know."""
    assert node.get("/health")[0] == 200
    assert node.get("/ready")[0] == 200
    assert node.metric("penstock_") > 0
