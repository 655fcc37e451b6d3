"""Admin clients and offset lookups of confluent-kafka and kafka-python against a real node."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import (
    Consumer,
    KafkaError,
    KafkaException,
    Producer,
    TopicCollection,
    TopicPartition,
)
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    ConfigSource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from tests.harness import NodeProcess

with warnings.catch_warnings():  # kafka-python reads its message tables the old way.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka import KafkaAdminClient

START = 1_700_000_000_000


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env={"PENSTOCK_UPLOAD_TRIGGER_MS": "300"}) as running:
        yield running


@pytest.fixture(scope="module")
def admin(node: NodeProcess) -> AdminClient:
    return AdminClient({"bootstrap.servers": node.kafka})


def name() -> str:
    return f"t-{uuid.uuid4().hex[:12]}"


def result(futures: dict[Any, Any]) -> Any:
    (future,) = futures.values()
    return future.result(10)


def error_of(futures: dict[Any, Any]) -> int:
    """Return the code that the one call was refused with."""
    with pytest.raises(KafkaException) as caught:
        result(futures)
    error: KafkaError = caught.value.args[0]
    return error.code()


def test_produce_above_the_limit_is_refused(node: NodeProcess, admin: AdminClient) -> None:
    """MESSAGE_TOO_LARGE reaches the producer, and nothing is stored."""
    topic = name()
    result(admin.create_topics([NewTopic(topic, 1, 1, config={"max.message.bytes": "1000"})]))
    producer = Producer({"bootstrap.servers": node.kafka})
    outcomes: list[KafkaError] = []
    producer.produce(topic, b"x" * 5000, on_delivery=lambda error, _: outcomes.append(error))
    assert producer.flush(30) == 0

    assert [error.code() for error in outcomes] == [KafkaError.MSG_SIZE_TOO_LARGE]


def test_offsets_by_time_and_watermarks(node: NodeProcess, admin: AdminClient) -> None:
    """Earliest, latest, maximum timestamp, by time; no match is the end."""
    topic = name()
    result(admin.create_topics([NewTopic(topic, 1, 1)]))
    producer = Producer({"bootstrap.servers": node.kafka, "compression.type": "lz4"})
    for number in range(100):
        producer.produce(topic, b"x", partition=0, timestamp=START + 10 * (99 - abs(number - 60)))
    assert producer.flush(30) == 0
    consumer = Consumer({"bootstrap.servers": node.kafka, "group.id": "unused"})
    where = TopicPartition(topic, 0)
    assert consumer.get_watermark_offsets(where, timeout=10) == (0, 100)

    def by_time(timestamp: int) -> int:
        return consumer.offsets_for_times([TopicPartition(topic, 0, timestamp)], timeout=10)[
            0
        ].offset

    assert by_time(START + 10 * 50) == 11
    assert by_time(START + 10 * 50 - 5) == 11
    assert by_time(0) == 0
    assert by_time(START + 10_000) == -1
    consumer.close()

    def listed(spec: OffsetSpec) -> tuple[int, int]:
        found = result(admin.list_offsets({where: spec}))
        return found.offset, found.timestamp

    assert listed(OffsetSpec.earliest()) == (0, -1)
    assert listed(OffsetSpec.latest()) == (100, -1)
    assert listed(OffsetSpec.max_timestamp()) == (60, START + 990)
    assert listed(OffsetSpec.for_timestamp(START + 985)) == (60, START + 990)


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"num_partitions": 2, "replication_factor": 1}, None),
        ({"num_partitions": 2, "replication_factor": -1}, None),
        ({"num_partitions": -1, "replication_factor": -1}, None),
        ({"num_partitions": 2, "replica_assignment": [[1], [1]]}, None),
        ({"num_partitions": 2, "replication_factor": 3}, KafkaError.INVALID_REPLICATION_FACTOR),
        ({"num_partitions": 1, "replica_assignment": [[5]]}, KafkaError.INVALID_REPLICA_ASSIGNMENT),
        (
            {"num_partitions": 1, "replication_factor": 1, "config": {"retention.ms": "soon"}},
            KafkaError.INVALID_CONFIG,
        ),
    ],
)
def test_create_topics(admin: AdminClient, settings: dict[str, Any], code: int | None) -> None:
    """Validation answers as creation does, and creates nothing."""
    topic = name()

    def create(*, validate_only: bool) -> dict[Any, Any]:
        return admin.create_topics([NewTopic(topic, **settings)], validate_only=validate_only)

    if code is not None:
        assert error_of(create(validate_only=True)) == code
        assert error_of(create(validate_only=False)) == code
        return
    result(create(validate_only=True))
    assert topic not in admin.list_topics(timeout=10).topics
    result(create(validate_only=False))
    assert topic in admin.list_topics(timeout=10).topics
    assert error_of(create(validate_only=True)) == KafkaError.TOPIC_ALREADY_EXISTS
    result(admin.delete_topics([topic]))
    assert topic not in admin.list_topics(timeout=10).topics
    assert error_of(admin.delete_topics([topic])) == KafkaError.UNKNOWN_TOPIC_OR_PART


def test_create_partitions(admin: AdminClient) -> None:
    """Partitions only grow, by as many assignments as there are new ones."""
    topic = name()
    result(admin.create_topics([NewTopic(topic, 2, 1)]))
    result(admin.create_partitions([NewPartitions(topic, 5)], validate_only=True))
    assert len(admin.list_topics(topic, timeout=10).topics[topic].partitions) == 2
    result(admin.create_partitions([NewPartitions(topic, 3)]))
    result(admin.create_partitions([NewPartitions(topic, 5, replica_assignment=[[1], [1]])]))
    assert len(admin.list_topics(topic, timeout=10).topics[topic].partitions) == 5
    for wrong in (5, 4):
        futures = admin.create_partitions([NewPartitions(topic, wrong)])
        assert error_of(futures) == KafkaError.INVALID_PARTITIONS
    futures = admin.create_partitions([NewPartitions(topic, 6, replica_assignment=[[9]])])
    assert error_of(futures) == KafkaError.INVALID_REPLICA_ASSIGNMENT
    futures = admin.create_partitions([NewPartitions(name(), 6)])
    assert error_of(futures) == KafkaError.UNKNOWN_TOPIC_OR_PART


def test_describe_topics_and_cluster(node: NodeProcess, admin: AdminClient) -> None:
    """One broker leads everything; who asks is told what may be done."""
    topic = name()
    result(admin.create_topics([NewTopic(topic, 3, 1)]))
    described = result(
        admin.describe_topics(TopicCollection([topic]), include_authorized_operations=True)
    )
    cluster = admin.describe_cluster(include_authorized_operations=True).result(10)

    assert described.name == topic
    assert not described.is_internal
    assert len(described.authorized_operations) == 8
    assert [p.id for p in described.partitions] == [0, 1, 2]
    assert {p.leader.id for p in described.partitions} == {1}
    assert {
        (*[n.id for n in p.replicas], *[n.id for n in p.isr]) for p in described.partitions
    } == {(1, 1)}
    assert cluster.controller.id == 1
    assert [f"{broker.host}:{broker.port}" for broker in cluster.nodes] == [node.kafka]
    assert len(cluster.authorized_operations) == 7
    assert cluster.cluster_id
    missing = admin.describe_topics(TopicCollection([name()]))
    assert error_of(missing) == KafkaError.UNKNOWN_TOPIC_OR_PART


def test_configs_of_a_topic_are_described_and_altered(admin: AdminClient) -> None:
    """Set, append, subtract and delete; the source says where a value comes from."""
    topic = name()
    result(admin.create_topics([NewTopic(topic, 1, 1, config={"retention.ms": "1000"})]))

    def alter(key: str, value: str | None, operation: AlterConfigOpType) -> dict[Any, Any]:
        entry = ConfigEntry(key, value, incremental_operation=operation)
        resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
        return admin.incremental_alter_configs([resource])

    def described() -> dict[str, Any]:
        return result(admin.describe_configs([ConfigResource(ResourceType.TOPIC, topic)]))

    found = described()
    assert found["retention.ms"].value == "1000"
    assert found["retention.ms"].source == ConfigSource.DYNAMIC_TOPIC_CONFIG.value
    assert found["segment.ms"].source == ConfigSource.DEFAULT_CONFIG.value
    assert "log.cleanup.policy" in found["cleanup.policy"].synonyms
    result(alter("retention.ms", "2000", AlterConfigOpType.SET))
    result(alter("cleanup.policy", "compact", AlterConfigOpType.APPEND))
    assert described()["retention.ms"].value == "2000"
    assert described()["cleanup.policy"].value == "delete,compact"
    result(alter("cleanup.policy", "delete", AlterConfigOpType.SUBTRACT))
    result(alter("retention.ms", None, AlterConfigOpType.DELETE))
    assert described()["cleanup.policy"].value == "compact"
    assert described()["retention.ms"].value == "604800000"
    wrong = alter("retention.ms", "x", AlterConfigOpType.SET)
    assert error_of(wrong) == KafkaError.INVALID_CONFIG


def test_configs_of_the_broker_are_described(admin: AdminClient) -> None:
    """An operator finds what clients and tools look for."""
    found = result(admin.describe_configs([ConfigResource(ResourceType.BROKER, "1")]))

    assert found["num.partitions"].value == "1"
    assert found["message.max.bytes"].value == "1048588"
    assert found["message.max.bytes"].source == ConfigSource.DEFAULT_CONFIG.value
    assert found["default.replication.factor"].value == "1"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_kafka_python_admin(node: NodeProcess) -> None:
    """The pure Python admin client creates, grows, describes, configures and deletes."""
    topic = name()
    admin = KafkaAdminClient(bootstrap_servers=node.kafka)
    try:
        admin.create_topics({topic: {"num_partitions": 2, "replication_factor": 1}})
        assert topic in admin.list_topics()
        admin.create_partitions({topic: 4})
        (described,) = admin.describe_topics([topic])
        assert len(described["partitions"]) == 4
        assert admin.describe_cluster()["brokers"]
        admin.delete_topics([topic])
        assert topic not in admin.list_topics()
    finally:
        admin.close()


def test_health_ready_and_metrics_are_served(node: NodeProcess) -> None:
    """The admin pages say what a probe and a scraper want to know."""
    assert node.get("/health")[0] == 200
    assert node.get("/ready")[0] == 200
    assert node.metric("penstock_") > 0


def test_transactional_producer_fails_at_once(node: NodeProcess) -> None:
    """librdkafka tells its application why, instead of looking for a coordinator for ever."""
    settings = {"bootstrap.servers": node.kafka, "transactional.id": "t", "log_level": 0}
    with pytest.raises(KafkaException, match="transactions are not served yet") as raised:
        Producer(settings).init_transactions(5)

    assert raised.value.args[0].fatal()
    assert raised.value.args[0].code() == KafkaError.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
