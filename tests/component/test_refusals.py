"""What is refused, with which code: as a Kafka 4.3 broker answered the same requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from appliance.protocol.errors import ErrorCode
from appliance.server import config_texts
from tests.component.test_every_api import Client
from tests.harness import NodeProcess

M: Any = messages
TOPIC = "known"
ID = b"\x02" * 16
NO_ID = bytes(16)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    # Extents of 1 MiB, so that a batch can be too large for one.
    with NodeProcess(folder, env={"PENSTOCK_VOLUME_SIZE": "16MiB"}) as running:
        made = Client(running.kafka)
        made.call(19, 7, creation(TOPIC, 3, configs={"max.message.bytes": "20000000"}))
        made.socket.close()
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


def creation(
    name: str,
    partitions: int = -1,
    replicas: int = -1,
    *,
    assignment: list[tuple[int, list[int]]] | None = None,
    configs: dict[str, str | None] | None = None,
    validate_only: bool = False,
    times: int = 1,
) -> Any:
    request = M.CreateTopicsRequest
    topic = request.CreatableTopic(
        name=name,
        num_partitions=partitions,
        replication_factor=replicas,
        assignments=[
            request.CreatableReplicaAssignment(partition_index=index, broker_ids=brokers)
            for index, brokers in assignment or []
        ],
        configs=[
            request.CreatableTopicConfig(name=key, value=value)
            for key, value in (configs or {}).items()
        ],
    )
    return request(topics=[topic] * times, timeout_ms=5000, validate_only=validate_only)


LAG: dict[str, str | None] = {"min.compaction.lag.ms": "10", "max.compaction.lag.ms": "5"}


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (creation(TOPIC, 1, 1), ErrorCode.TOPIC_ALREADY_EXISTS),
        (creation(TOPIC, 1, 1, validate_only=True), ErrorCode.TOPIC_ALREADY_EXISTS),
        (creation("v", 1, 1, validate_only=True), ErrorCode.NONE),
        (creation("defaults"), ErrorCode.NONE),
        (creation("rf", 1, 0), ErrorCode.INVALID_REPLICATION_FACTOR),
        (creation("rf", 1, -2), ErrorCode.INVALID_REPLICATION_FACTOR),
        (creation("rf", 1, 3), ErrorCode.INVALID_REPLICATION_FACTOR),
        (creation("n", 0, 1), ErrorCode.INVALID_PARTITIONS),
        (creation("n", -2, 1), ErrorCode.INVALID_PARTITIONS),
        (creation("n", 0, 3), ErrorCode.INVALID_PARTITIONS),
        (creation("a b", 1, 1), ErrorCode.INVALID_TOPIC_EXCEPTION),
        (creation("", 1, 1), ErrorCode.INVALID_TOPIC_EXCEPTION),
        (creation("twice", 1, 1, times=2), ErrorCode.INVALID_REQUEST),
        (creation("m", assignment=[(0, [1]), (1, [1])], validate_only=True), ErrorCode.NONE),
        (creation("m", 1, -1, assignment=[(0, [1])]), ErrorCode.INVALID_REQUEST),
        (creation("m", -1, 1, assignment=[(0, [1])]), ErrorCode.INVALID_REQUEST),
        (creation("m", assignment=[(0, [1]), (2, [1])]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (creation("m", assignment=[(0, [1]), (0, [1])]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (creation("m", assignment=[(0, [7])]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (creation("m", assignment=[(0, [1, 1])]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (creation("m", assignment=[(0, [])]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (creation("c", 1, 1, configs={"no.such": "1"}), ErrorCode.INVALID_CONFIG),
        (creation("c", 1, 1, configs={"retention.ms": "soon"}), ErrorCode.INVALID_CONFIG),
        (creation("c", 1, 1, configs={"retention.ms": None}), ErrorCode.INVALID_CONFIG),
        (creation("c", 1, 1, configs=LAG, validate_only=True), ErrorCode.INVALID_CONFIG),
    ],
)
def test_create_topics(client: Client, request_: Any, code: ErrorCode) -> None:
    """Each topic is answered once, with Kafka's code."""
    answer = client.call(19, 7, request_)

    assert [line.error_code for line in answer.topics] == [code]


def test_name_that_collides_with_an_internal_topic_is_refused(client: Client) -> None:
    """`__consumer.offsets` in the way of `__consumer_offsets`: no group could ever be served."""
    name = "__consumer.offsets"
    created = client.call(19, 7, creation(name, 1, 1))
    listed = client.call(
        3,
        8,
        M.MetadataRequest(
            topics=[M.MetadataRequest.MetadataRequestTopic(name=name)],
            allow_auto_topic_creation=True,
        ),
    )

    assert created.topics[0].error_code == ErrorCode.INVALID_TOPIC_EXCEPTION
    assert listed.topics[0].error_code == ErrorCode.INVALID_TOPIC_EXCEPTION


@pytest.mark.parametrize("version", [1, 4, 8, 12])
def test_deleted_topic_is_seen_to_be_gone_by_a_request_that_creates_it(
    client: Client, version: int
) -> None:
    """As in Kafka, which creates topics behind the answer: what was deleted is unknown first."""
    name = f"used-{version}"
    topic = M.MetadataRequest.MetadataRequestTopic(name=name)
    request = M.MetadataRequest(topics=[topic], allow_auto_topic_creation=True)

    def look() -> tuple[int, int]:
        (line,) = client.call(3, version, request).topics
        return line.error_code, len(line.partitions)

    unknown, known = (ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 0), (ErrorCode.NONE, 1)
    assert look() == known
    for _ in range(2):
        deletion = M.DeleteTopicsRequest(topic_names=[name], timeout_ms=5000)
        assert client.call(20, 5, deletion).responses[0].error_code == ErrorCode.NONE
        assert [look(), look()] == [unknown, known]


@pytest.mark.parametrize("version", [2, 4, 5])
def test_reason_that_quotes_a_long_value_is_answered(client: Client, version: int) -> None:
    """Value and reason together exceed the 32,767 bytes of a text before version 5."""
    answer = client.call(
        19, version, creation("long", 1, 1, configs={"retention.ms": "x" * 32_767})
    )

    (line,) = answer.topics
    assert line.error_code == ErrorCode.INVALID_CONFIG
    assert line.error_message.startswith("Invalid value xxx")


def growth(
    count: int, assignment: list[list[int]] | None = None, *, topic: str = TOPIC, times: int = 1
) -> Any:
    request = M.CreatePartitionsRequest
    assignments = None
    if assignment is not None:
        assignments = [request.CreatePartitionsAssignment(broker_ids=b) for b in assignment]
    line = request.CreatePartitionsTopic(name=topic, count=count, assignments=assignments)
    return request(topics=[line] * times, timeout_ms=5000, validate_only=True)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (growth(4), ErrorCode.NONE),
        (growth(4, [[1]]), ErrorCode.NONE),
        (growth(3), ErrorCode.INVALID_PARTITIONS),
        (growth(0), ErrorCode.INVALID_PARTITIONS),
        (growth(-1), ErrorCode.INVALID_PARTITIONS),
        (growth(4, topic="missing"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (growth(5, [[1]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (growth(4, [[1], [1]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (growth(4, [[9]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (growth(4, [[]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        (growth(4, times=2), ErrorCode.INVALID_REQUEST),
    ],
)
def test_create_partitions(client: Client, request_: Any, code: ErrorCode) -> None:
    """Each topic is answered once, with Kafka's code."""
    answer = client.call(37, 3, request_)

    assert [line.error_code for line in answer.results] == [code]


def change(
    configs: list[tuple[str, int, str | None]],
    *,
    kind: int = 2,
    name: str = TOPIC,
    times: int = 1,
) -> Any:
    request = M.IncrementalAlterConfigsRequest
    resource = request.AlterConfigsResource(
        resource_type=kind,
        resource_name=name,
        configs=[
            request.AlterableConfig(name=key, config_operation=operation, value=value)
            for key, operation, value in configs
        ],
    )
    return request(resources=[resource] * times, validate_only=True)


RETENTION: list[tuple[str, int, str | None]] = [("retention.ms", 0, "5")]


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        (change(RETENTION), [0]),
        (change([("no.such", 1, None)]), [0]),
        (change([("no.such", 0, "1")]), [ErrorCode.INVALID_CONFIG]),
        (change([("retention.ms", 0, "x")]), [ErrorCode.INVALID_CONFIG]),
        (change([("retention.ms", 0, None)]), [ErrorCode.INVALID_REQUEST]),
        (change([("retention.ms", 2, "1")]), [ErrorCode.INVALID_CONFIG]),
        (change([(key, 0, value) for key, value in LAG.items()]), [ErrorCode.INVALID_CONFIG]),
        (change([*RETENTION, ("retention.ms", 1, None)]), [ErrorCode.INVALID_REQUEST]),
        (change(RETENTION, name="missing"), [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]),
        (change(RETENTION, name="a b"), [ErrorCode.INVALID_TOPIC_EXCEPTION]),
        (change(RETENTION, name=""), [ErrorCode.INVALID_REQUEST]),
        (change(RETENTION, kind=3), [ErrorCode.INVALID_REQUEST]),
        (change(RETENTION, kind=4, name="7"), [ErrorCode.INVALID_REQUEST]),
        (change(RETENTION, times=2), [ErrorCode.INVALID_REQUEST] * 2),
    ],
)
def test_incremental_alter_configs(client: Client, request_: Any, codes: list[int]) -> None:
    """Each resource is answered, with Kafka's code."""
    answer = client.call(44, 1, request_)

    assert [line.error_code for line in answer.responses] == codes


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        (2, "missing", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (2, "a b", ErrorCode.INVALID_TOPIC_EXCEPTION),
        (2, "", ErrorCode.INVALID_TOPIC_EXCEPTION),
        (4, "9", ErrorCode.INVALID_REQUEST),
        (4, "x", ErrorCode.INVALID_REQUEST),
        (4, "", ErrorCode.NONE),
        (3, "x", ErrorCode.INVALID_REQUEST),
    ],
)
def test_describe_configs_refusals(client: Client, kind: int, name: str, code: int) -> None:
    """A resource that is not there is told from a name that cannot be one."""
    request = M.DescribeConfigsRequest
    resource = request.DescribeConfigsResource(resource_type=kind, resource_name=name)
    answer = client.call(32, 4, request(resources=[resource]))

    assert answer.results[0].error_code == code


@pytest.mark.parametrize(("kind", "name"), [(2, TOPIC), (4, "1")])
def test_describe_configs_explains_every_config(client: Client, kind: int, name: str) -> None:
    """Synonyms come best first and begin with the value that holds; each config has a text."""
    request = M.DescribeConfigsRequest
    resource = request.DescribeConfigsResource(
        resource_type=kind, resource_name=name, configuration_keys=[]
    )
    answer = client.call(
        32, 4, request(resources=[resource], include_synonyms=True, include_documentation=True)
    )
    configs = {line.name: line for line in answer.results[0].configs}

    assert len(configs) == len(answer.results[0].configs) >= 33
    for line in configs.values():
        assert line.documentation
        assert line.config_type != 0
        for synonym in line.synonyms[:1]:
            assert (synonym.value, synonym.source) == (line.value, line.config_source)
    if kind == 2:
        assert set(configs) == set(config_texts.TOPIC)
        assert [(s.name, s.source) for s in configs["max.message.bytes"].synonyms] == [
            ("max.message.bytes", 1),
            ("message.max.bytes", 5),
        ]
        assert configs["retention.ms"].synonyms == []
    else:
        assert configs["message.max.bytes"].value == "1048588"
        assert configs["node.id"].value == "1"


def deletion(*states: tuple[str | None, bytes]) -> Any:
    request = M.DeleteTopicsRequest
    topics = [request.DeleteTopicState(name=name, topic_id=topic_id) for name, topic_id in states]
    return request(topics=topics, timeout_ms=5000)


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        (deletion(("missing", NO_ID)), [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]),
        (deletion((None, ID)), [ErrorCode.UNKNOWN_TOPIC_ID]),
        (deletion((TOPIC, ID)), [ErrorCode.INVALID_REQUEST]),
        (deletion((None, NO_ID)), [ErrorCode.INVALID_REQUEST]),
        (deletion((TOPIC, NO_ID), (TOPIC, NO_ID)), [ErrorCode.INVALID_REQUEST]),
    ],
)
def test_delete_topics(client: Client, request_: Any, codes: list[int]) -> None:
    """A topic is named by name or id, once."""
    answer = client.call(20, 6, request_)

    assert [line.error_code for line in answer.responses] == codes


def offsets(*timestamps: int) -> Any:
    request = M.ListOffsetsRequest
    lines = [
        request.ListOffsetsPartition(partition_index=0, timestamp=timestamp)
        for timestamp in timestamps
    ]
    return request(topics=[request.ListOffsetsTopic(name=TOPIC, partitions=lines)])


@pytest.mark.parametrize(
    ("version", "timestamps", "code"),
    [
        (6, (-3,), ErrorCode.UNSUPPORTED_VERSION),
        (7, (-4,), ErrorCode.UNSUPPORTED_VERSION),
        (8, (-5,), ErrorCode.UNSUPPORTED_VERSION),
        (10, (-6,), ErrorCode.UNSUPPORTED_VERSION),
        (11, (-7,), ErrorCode.UNSUPPORTED_VERSION),
        (11, (-1, -2), ErrorCode.INVALID_REQUEST),
        (1, (-1,), ErrorCode.NONE),
        (11, (-6,), ErrorCode.NONE),
    ],
)
def test_list_offsets(client: Client, version: int, timestamps: Any, code: int) -> None:
    """A special timestamp has no meaning in versions before its own."""
    answer = client.call(2, version, offsets(*timestamps))

    assert [line.error_code for line in answer.topics[0].partitions] == [code]


def produced(records: bytes) -> Any:
    request = M.ProduceRequest
    data = request.PartitionProduceData(index=0, records=records)
    topic = request.TopicProduceData(name=TOPIC, partition_data=[data])
    return request(acks=-1, timeout_ms=5000, topic_data=[topic])


def test_produce_of_a_batch_that_no_extent_holds_is_too_large(client: Client) -> None:
    """An error that a client does not retry for ever, although max.message.bytes is larger."""
    records = bytes(batch.build([(b"k", b"v" * (3 << 20))], timestamp=1))
    answer = client.call(0, 9, produced(records))

    line = answer.responses[0].partition_responses[0]
    assert line.error_code == ErrorCode.MESSAGE_TOO_LARGE


def test_produce_of_a_batch_with_an_offset_is_refused(client: Client) -> None:
    """A client's batch has base offset 0; the broker alone gives offsets."""
    records = bytearray(batch.build([(b"k", b"v")], timestamp=1))
    records[7] = 5
    answer = client.call(0, 9, produced(bytes(records)))

    line = answer.responses[0].partition_responses[0]
    assert line.error_code == ErrorCode.INVALID_RECORD


def test_metadata_names_a_topic_once_and_tells_what_is_allowed(client: Client) -> None:
    """Doubled names are one answer; operations are told to who asks (KIP-430)."""
    request = M.MetadataRequest
    topic = request.MetadataRequestTopic(name=TOPIC)
    answer = client.call(
        3, 10, request(topics=[topic, topic], include_topic_authorized_operations=True)
    )

    assert [line.name for line in answer.topics] == [TOPIC]
    assert answer.topics[0].topic_authorized_operations == 3576
    assert answer.cluster_authorized_operations == -(1 << 31)


@pytest.mark.parametrize(("name", "code"), [("none-of-it", 3), ("a b", 17)])
def test_metadata_tells_what_is_allowed_of_a_topic_that_is_not_there(
    client: Client, name: str, code: int
) -> None:
    """As of the others, if asked; of an id that nobody knows nothing is told (KIP-430)."""
    request = M.MetadataRequest
    topics = [
        request.MetadataRequestTopic(name=name),
        request.MetadataRequestTopic(topic_id=b"?" * 16, name=None),
    ]
    answers = [
        client.call(
            3,
            12,
            request(
                topics=topics,
                allow_auto_topic_creation=False,
                include_topic_authorized_operations=is_asked,
            ),
        )
        for is_asked in (True, False)
    ]

    told = [
        [(line.error_code, line.topic_authorized_operations) for line in answer.topics]
        for answer in answers
    ]
    nothing = -(1 << 31)
    assert told == [[(code, 3576), (100, nothing)], [(code, nothing), (100, nothing)]]


@pytest.mark.parametrize(("cursor", "code"), [((TOPIC, -1), 42), (("other", 0), 42), (None, 0)])
def test_describe_topic_partitions_cursor(client: Client, cursor: Any, code: int) -> None:
    """A cursor must point into what is asked for (KIP-966)."""
    request = M.DescribeTopicPartitionsRequest
    made = (
        None if cursor is None else request.Cursor(topic_name=cursor[0], partition_index=cursor[1])
    )
    answer = client.call(75, 0, request(topics=[request.TopicRequest(name=TOPIC)], cursor=made))

    assert [line.error_code for line in answer.topics] == [code]


def test_describe_log_dirs_tells_of_asked_partitions_and_of_space(client: Client) -> None:
    """No partitions named: none answered; the volume's size and free extents are told."""
    request = M.DescribeLogDirsRequest
    asked = [request.DescribableLogDirTopic(topic=TOPIC, partitions=[2, 9])]
    one = client.call(35, 4, request(topics=asked)).results[0]
    none = client.call(
        35, 4, request(topics=[request.DescribableLogDirTopic(topic=TOPIC, partitions=[])])
    ).results[0]

    assert [p.partition_index for p in one.topics[0].partitions] == [2]
    assert none.topics == []
    assert 0 < one.usable_bytes < one.total_bytes <= 16 << 20
