"""What administrative tools ask of a broker, with the codes a Kafka 4.3 broker answered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client, _error_codes
from tests.harness import NodeProcess, log_lines

M: Any = messages
TOPIC = "known"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        made = Client(running.kafka)
        topic = M.CreateTopicsRequest.CreatableTopic(
            name=TOPIC, num_partitions=2, replication_factor=1
        )
        made.call(19, 7, M.CreateTopicsRequest(topics=[topic], timeout_ms=5000))
        made.socket.close()
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


def codes(answer: Any) -> list[int]:
    return list(_error_codes(answer))


@pytest.mark.parametrize(
    ("kind", "topics", "expected"),
    [
        (0, [(TOPIC, [0, 7]), ("missing", [0])], [0, 84, 3, 3]),
        (1, [(TOPIC, [1])], [0, 84]),
        (5, [(TOPIC, [0])], [42, 42]),
        (0, [], [0]),
        (0, None, [0]),
    ],
)
def test_election_is_not_needed_where_one_replica_leads(
    client: Client, kind: int, topics: Any, expected: list[int]
) -> None:
    """KIP-183, KIP-460: the leader stays; null topics name all of them and no partition."""
    request = M.ElectLeadersRequest
    wanted = None
    if topics is not None:
        wanted = [request.TopicPartitions(topic=name, partitions=some) for name, some in topics]
    answer = client.call(43, 2, request(election_type=kind, topic_partitions=wanted))

    assert codes(answer) == expected
    if topics is None:
        assert [line.topic for line in answer.replica_election_results] == [TOPIC]


@pytest.mark.parametrize(
    ("replicas", "index", "code"),
    [
        ([1], 0, 0),
        (None, 0, 85),
        ([], 0, 39),
        ([2], 0, 39),
        ([1, 2], 0, 39),
        ([1, 1], 0, 39),
        ([-1], 0, 39),
        ([1], 9, 3),
    ],
)
def test_reassignment_to_the_present_place_is_success(
    client: Client, replicas: list[int] | None, index: int, code: int
) -> None:
    """KIP-455: there is one broker, and nothing is ever under way."""
    request = M.AlterPartitionReassignmentsRequest
    line = request.ReassignablePartition(partition_index=index, replicas=replicas)
    topic = request.ReassignableTopic(name=TOPIC, partitions=[line])
    answer = client.call(45, 1, request(topics=[topic], allow_replication_factor_change=False))

    assert codes(answer) == [0, code]
    assert answer.allow_replication_factor_change is False
    assert client.call(46, 0, M.ListPartitionReassignmentsRequest(topics=None)).topics == []


@pytest.mark.parametrize(
    ("feature", "level", "kind", "code"),
    [
        ("metadata.version", 30, 1, 0),
        ("metadata.version", 31, 1, 95),
        ("metadata.version", 29, 1, 95),
        ("metadata.version", 29, 2, 95),
        ("metadata.version", 29, 3, 95),
        ("metadata.version", 30, 9, 95),
        ("metadata.version", -1, 2, 95),
        ("transaction.version", 2, 1, 95),
    ],
)
@pytest.mark.parametrize("version", [0, 1, 2])
def test_features_are_what_they_are(
    client: Client, version: int, feature: str, level: int, kind: int, code: int
) -> None:
    """KIP-584: setting what holds is success, everything else fails as a whole."""
    if version == 0 and kind == 9:
        kind, code = 1, 0
    request = M.UpdateFeaturesRequest
    update = request.FeatureUpdateKey(feature=feature, max_version_level=level)
    if version == 0:
        update.allow_downgrade = kind > 1
    else:
        update.upgrade_type = kind
    answer = client.call(57, version, request(feature_updates=[update]))

    assert answer.error_code == code
    assert len(answer.results) == (1 if version < 2 and code == 0 else 0)


def test_api_versions_report_the_features_that_hold(client: Client) -> None:
    """Without transaction.version a Java producer stays with what is served."""
    request = M.ApiVersionsRequest(client_software_name="t", client_software_version="1")
    answer = client.call(18, 4, request)

    assert [(f.name, f.min_version_level, f.max_version_level) for f in
            answer.finalized_features] == [("metadata.version", 30, 30)]  # fmt: skip
    assert answer.finalized_features_epoch >= 0
    assert [f.name for f in answer.supported_features] == ["metadata.version"]


@pytest.mark.parametrize("version", [0, 1, 2])
def test_quorum_is_one_voter_that_leads(client: Client, version: int) -> None:
    """KIP-595: the metadata's own log; of other partitions there is no quorum."""
    request = M.DescribeQuorumRequest

    def ask(topic: str, index: int) -> Any:
        part = request.PartitionData(partition_index=index)
        wanted = request.TopicData(topic_name=topic, partitions=[part])
        return client.call(55, version, request(topics=[wanted]))

    answer = ask("__cluster_metadata", 0)
    line = answer.topics[0].partitions[0]
    assert (answer.error_code, line.error_code, line.leader_id) == (0, 0, 1)
    assert [voter.replica_id for voter in line.current_voters] == [1]
    assert line.high_watermark == line.current_voters[0].log_end_offset > 0
    assert [node.node_id for node in answer.nodes] == ([1] if version == 2 else [])
    assert codes(ask("__cluster_metadata", 1)) == [0, 3]
    assert codes(ask(TOPIC, 0)) == [0, 3]


def test_producers_are_described_with_their_last_sequence(client: Client) -> None:
    """KIP-664: one line per producer; nothing of it is transactional."""
    data = bytes(
        batch.build(
            [(None, b"v")] * 3, timestamp=5, producer_id=77, producer_epoch=2, base_sequence=4
        )
    )
    line = M.ProduceRequest.PartitionProduceData(index=0, records=data)
    topic = M.ProduceRequest.TopicProduceData(name=TOPIC, partition_data=[line])
    client.call(0, 9, M.ProduceRequest(acks=-1, timeout_ms=5000, topic_data=[topic]))
    request = M.DescribeProducersRequest
    answer = client.call(
        61,
        0,
        request(
            topics=[
                request.TopicRequest(name=TOPIC, partition_indexes=[0, 1, 9, 0]),
                request.TopicRequest(name="not a name!", partition_indexes=[0]),
            ]
        ),
    )

    assert codes(answer) == [0, 0, 3, 17]
    first, second, *_ = answer.topics[0].partitions
    (producer,) = first.active_producers
    assert (producer.producer_id, producer.producer_epoch, producer.last_sequence) == (77, 2, 6)
    assert (producer.coordinator_epoch, producer.current_txn_start_offset) == (-1, -1)
    assert second.active_producers == []


def test_credentials_do_not_exist_and_cannot_be_made(client: Client) -> None:
    """KIP-554: what would look like protection is refused."""
    request = M.DescribeUserScramCredentialsRequest
    answer = client.call(
        50, 0, request(users=[request.UserName(name=name) for name in ("x", "y", "x")])
    )
    assert [(line.user, line.error_code) for line in answer.results] == [("x", 92), ("y", 91)]
    request = M.AlterUserScramCredentialsRequest
    made = request.ScramCredentialUpsertion(
        name="u", mechanism=1, iterations=8192, salt=b"s", salted_password=b"p"
    )
    assert codes(client.call(51, 0, request(deletions=[], upsertions=[made]))) == [33]


def test_resources_with_configs_are_listed(client: Client) -> None:
    """KIP-1142: all types when none is named; a type that is not known is refused."""

    def ask(kinds: list[int], version: int = 1) -> tuple[int, list[tuple[int, str]]]:
        request = M.ListConfigResourcesRequest()
        if version:
            request.resource_types = kinds
        answer = client.call(74, version, request)
        found = [(line.resource_type, line.resource_name) for line in answer.config_resources]
        return answer.error_code, found

    assert ask([]) == (0, [(2, TOPIC), (4, "1"), (8, "1")])
    assert ask([4, 4]) == (0, [(4, "1")])
    assert ask([8]) == (0, [(8, "1")])
    assert ask([16]) == ask([32]) == ask([], 0) == (0, [])
    assert ask([99]) == (35, [])


@pytest.mark.parametrize(
    ("kind", "name", "code", "count"),
    [
        (8, "1", 0, 1),
        (8, "7", 42, 0),
        (8, "", 42, 0),
        (16, "m", 0, 3),
        (16, "", 42, 0),
        (32, "g", 0, 17),
        (99, "x", 42, 0),
    ],
)
def test_resources_that_are_not_there_have_their_defaults(
    client: Client, kind: int, name: str, code: int, count: int
) -> None:
    """Loggers, client metrics and groups: what names one of them is no error."""
    request = M.DescribeConfigsRequest
    resource = request.DescribeConfigsResource(
        resource_type=kind, resource_name=name, configuration_keys=None
    )
    (line,) = client.call(32, 4, request(resources=[resource])).results

    assert (line.error_code, len(line.configs)) == (code, count)


def test_log_dir_is_the_volume_alone(client: Client) -> None:
    """KIP-113: every partition lies there already; elsewhere there is nothing."""
    path = client.call(35, 4, M.DescribeLogDirsRequest(topics=None)).results[0].log_dir
    request = M.AlterReplicaLogDirsRequest
    topic = request.AlterReplicaLogDirTopic(name=TOPIC, partitions=[0, 9])
    moves = [
        request.AlterReplicaLogDir(path=path, topics=[topic]),
        request.AlterReplicaLogDir(
            path="/elsewhere",
            topics=[request.AlterReplicaLogDirTopic(name=TOPIC, partitions=[1])],
        ),
    ]
    assert codes(client.call(34, 2, request(dirs=moves))) == [0, 3, 57]


BROKER = 4
SET, DELETE, APPEND, SUBTRACT = range(4)


def alter(
    client: Client, name: str, configs: list[tuple[str, int, str | None]], *, kind: int = BROKER
) -> tuple[int, str | None]:
    request = M.IncrementalAlterConfigsRequest
    resource = request.AlterConfigsResource(
        resource_type=kind,
        resource_name=name,
        configs=[
            request.AlterableConfig(name=key, config_operation=operation, value=value)
            for key, operation, value in configs
        ],
    )
    (line,) = client.call(44, 1, request(resources=[resource])).responses
    return line.error_code, line.error_message


def described(
    client: Client, name: str, config: str, *, kind: int = BROKER
) -> tuple[str | None, int, list[tuple[str, str, int]]] | None:
    """Return (value, source, synonyms), None when it is not described."""
    request = M.DescribeConfigsRequest
    resource = request.DescribeConfigsResource(
        resource_type=kind, resource_name=name, configuration_keys=[config]
    )
    answer = client.call(32, 4, request(resources=[resource], include_synonyms=True))
    for line in answer.results[0].configs:
        synonyms = [(one.name, one.value, one.source) for one in line.synonyms]
        return line.value, line.config_source, synonyms
    return None


def produce(client: Client, size: int) -> int:
    request = M.ProduceRequest
    data = request.PartitionProduceData(
        index=0, records=bytes(batch.build([(b"k", bytes(size))], timestamp=1))
    )
    topic = request.TopicProduceData(name=TOPIC, partition_data=[data])
    answer = client.call(0, 9, request(acks=-1, timeout_ms=5000, topic_data=[topic]))
    return answer.responses[0].partition_responses[0].error_code


def test_broker_configs_are_altered_while_it_runs(client: Client) -> None:
    """KIP-226: for one broker, for all, and back; topics without an override follow at once."""
    name = "message.max.bytes"
    default = (name, "1048588", 5)
    assert described(client, "1", name) == ("1048588", 5, [default])
    assert described(client, "", name) is None
    assert produce(client, 10_000) == 0
    assert alter(client, "", [(name, SET, "9000")]) == (0, None)
    assert produce(client, 10_000) == 10
    everywhere = (name, "9000", 3)
    assert described(client, "", name) == ("9000", 3, [everywhere])
    assert described(client, "1", name) == ("9000", 3, [everywhere, default])
    assert alter(client, "1", [(name, SET, "20000")]) == (0, None)
    assert produce(client, 10_000) == 0
    here = (name, "20000", 2)
    assert described(client, "1", name) == ("20000", 2, [here, everywhere, default])
    topic = described(client, TOPIC, "max.message.bytes", kind=2)
    assert topic == ("20000", 2, [here, everywhere, default])
    assert alter(client, TOPIC, [("max.message.bytes", SET, "7")], kind=2) == (0, None)
    assert produce(client, 100) == 10
    assert alter(client, TOPIC, [("max.message.bytes", DELETE, None)], kind=2) == (0, None)
    for resource in ("1", ""):
        assert alter(client, resource, [(name, DELETE, None)]) == (0, None)
    assert described(client, "1", name) == ("1048588", 5, [default])
    assert produce(client, 30_000) == 0


def test_lists_of_brokers_grow_and_shrink(client: Client) -> None:
    """APPEND and SUBTRACT begin with what holds, as for topics."""
    name = "log.cleanup.policy"
    assert alter(client, "1", [(name, APPEND, "compact")]) == (0, None)
    found = described(client, "1", name)
    assert found is not None
    assert found[:2] == ("delete,compact", 2)
    assert alter(client, "1", [(name, SUBTRACT, "compact")]) == (0, None)
    assert alter(client, "1", [(name, DELETE, None)]) == (0, None)


def test_replacing_all_configs_of_a_broker_forgets_the_others(client: Client) -> None:
    """AlterConfigs, the older call."""
    assert alter(client, "1", [("log.segment.bytes", SET, "2000000")]) == (0, None)
    request = M.AlterConfigsRequest
    resource = request.AlterConfigsResource(
        resource_type=BROKER,
        resource_name="1",
        configs=[request.AlterableConfig(name="num.io.threads", value="9")],
    )
    assert client.call(33, 2, request(resources=[resource])).responses[0].error_code == 0
    segment, threads = (
        described(client, "1", name) for name in ("log.segment.bytes", "num.io.threads")
    )
    assert segment is not None
    assert segment[1] == 5
    default = ("num.io.threads", "8", 5)
    assert threads == ("9", 2, [("num.io.threads", "9", 2), default])
    assert alter(client, "1", [("num.io.threads", DELETE, None)]) == (0, None)
    assert described(client, "1", "num.io.threads") == ("8", 5, [default])


@pytest.mark.parametrize(
    ("name", "config", "value"),
    [
        ("1", "num.partitions", "3"),
        ("1", "log.retention.hours", "3"),
        ("", "message.max.bytes", "many"),
        ("1", "max.connections", "-1"),
        ("1", "num.io.threads", "x"),
        ("2", "message.max.bytes", "3"),
    ],
)
def test_broker_configs_that_cannot_be_are_refused(
    client: Client, name: str, config: str, value: str
) -> None:
    """INVALID_REQUEST, also for a bad value: Kafka has kept that on purpose (KAFKA-13609)."""
    code, text = alter(client, name, [(config, SET, value)])

    assert code == 42
    assert text


def test_broker_tells_where_its_log_is_and_what_groups_it_serves(client: Client) -> None:
    """Facts that tools and test suites look up by Kafka's names."""
    path = client.call(35, 4, M.DescribeLogDirsRequest(topics=None)).results[0].log_dir

    assert described(client, "1", "log.dirs") == (path, 4, [("log.dirs", path, 4)])
    for name, value in (
        ("offsets.topic.replication.factor", "1"),
        ("group.coordinator.rebalance.protocols", "classic"),
    ):
        assert described(client, "1", name) == (value, 5, [(name, value, 5)])


@pytest.mark.parametrize(
    ("name", "default", "value"),
    [
        ("background.threads", "10", "11"),
        ("log.cleaner.backoff.ms", "15000", "15001"),
        ("log.cleaner.io.buffer.load.factor", "0.9", "0.8"),
        ("max.connections.per.ip.overrides", "", "127.0.0.1:9"),
        ("leader.replication.throttled.rate", None, "1000"),
    ],
)
def test_broker_config_without_effect_is_shown_before_it_is_set(
    client: Client, name: str, default: str | None, value: str
) -> None:
    """A tool reads what it is about to alter; quotas of replicas have no default in Kafka."""
    before = None if default is None else (default, 5, [(name, default, 5)])
    assert described(client, "1", name) == before
    assert alter(client, "1", [(name, SET, value)]) == (0, None)
    found = described(client, "1", name)
    assert alter(client, "1", [(name, DELETE, None)]) == (0, None)

    assert found is not None
    assert found[:2] == (value, 2)
    assert described(client, "1", name) == before


def test_unknown_broker_config_is_stored_and_its_value_hidden(client: Client) -> None:
    """As in Kafka: it may be a plugin's, and a secret."""
    assert alter(client, "1", [("a.plugin.password", SET, "secret")]) == (0, None)
    assert described(client, "1", "a.plugin.password") == (
        None,
        2,
        [("a.plugin.password", None, 2)],
    )
    assert alter(client, "1", [("a.plugin.password", DELETE, None)]) == (0, None)
    assert described(client, "1", "a.plugin.password") is None


def test_connections_are_bounded_by_a_config_altered_while_it_runs(
    client: Client, node: NodeProcess
) -> None:
    """`max.connections`: those above are closed at once."""
    assert alter(client, "", [("max.connections", SET, "1")]) == (0, None)
    refused = Client(node.kafka)
    with pytest.raises(OSError):
        refused.call(18, 0, M.ApiVersionsRequest())
    refused.socket.close()
    assert alter(client, "", [("max.connections", DELETE, None)]) == (0, None)
    other = Client(node.kafka)
    assert other.call(18, 0, M.ApiVersionsRequest()).error_code == 0
    other.socket.close()


@pytest.mark.parametrize(
    ("kind", "source", "config", "default", "synonyms", "unknown"),
    [
        (32, 8, "consumer.session.timeout.ms", "45000",
         [("group.consumer.session.timeout.ms", "45000", 5)], 40),
        (32, 8, "share.renew.acknowledge.enable", "true",
         [("group.share.renew.acknowledge.enable", "true", 5)], 40),
        (16, 7, "interval.ms", "300000", [], 42),
    ],
)  # fmt: skip
def test_configs_of_groups_and_client_metrics_are_stored_and_shown(
    client: Client, kind: int, source: int, config: str, default: str, synonyms: Any, unknown: int
) -> None:
    """KIP-848, KIP-714: tools can set, list, describe and delete them; each has a default."""
    value = "false" if default == "true" else "46000"

    def listed() -> list[str]:
        answer = client.call(74, 1, M.ListConfigResourcesRequest(resource_types=[kind]))
        return [line.resource_name for line in answer.config_resources]

    assert alter(client, "some", [(config, SET, value)], kind=kind) == (0, None)
    assert described(client, "some", config, kind=kind) == (
        value,
        source,
        [(config, value, source), *synonyms],
    )
    assert described(client, "other", config, kind=kind) == (default, 5, synonyms)
    assert listed() == ["some"]
    assert alter(client, "some", [("what.is.this", SET, "1")], kind=kind)[0] == unknown
    assert alter(client, "some", [(config, SET, "soon")], kind=kind)[0] == unknown
    assert alter(client, "", [(config, SET, "1")], kind=kind)[0] == 42
    assert alter(client, "some", [(config, DELETE, None)], kind=kind) == (0, None)
    assert listed() == []


LOGGER = 8
APPEND = 2


def test_level_of_the_log_is_altered_while_it_runs(node: NodeProcess, client: Client) -> None:
    """KIP-412, with one logger: what was below its level is heard from then on."""

    def connect() -> str:
        other = Client(node.kafka)
        host, port = other.socket.getsockname()
        assert other.call(18, 0, M.ApiVersionsRequest()).error_code == 0
        other.socket.close()
        return f"{host}:{port}"

    def are_heard() -> set[object]:
        text = "a client has connected"
        return {line["peer"] for line in log_lines(node) if line["message"] == text}

    assert described(client, "1", "root", kind=LOGGER) == ("INFO", 6, [])
    before = connect()
    assert alter(client, "1", [("root", SET, "DEBUG")], kind=LOGGER) == (0, None)
    assert described(client, "1", "root", kind=LOGGER) == ("DEBUG", 6, [])
    behind = connect()
    deadline = time.monotonic() + 10
    while behind not in are_heard() and time.monotonic() < deadline:
        time.sleep(0.01)

    assert behind in are_heard()
    assert before not in are_heard()
    assert alter(client, "1", [("root", SET, "INFO")], kind=LOGGER) == (0, None)


@pytest.mark.parametrize(
    ("broker", "name", "operation", "value", "code"),
    [
        ("1", "no.such", SET, "INFO", 40),
        ("1", "root", SET, "info", 40),
        ("1", "root", DELETE, None, 42),
        ("1", "root", APPEND, "INFO", 42),
        ("7", "root", SET, "INFO", 42),
        ("", "root", SET, "INFO", 42),
    ],
)
def test_loggers_that_cannot_be_altered_are_refused(
    client: Client, broker: str, name: str, operation: int, value: str | None, code: int
) -> None:
    """With Kafka's codes; nothing changes."""
    assert alter(client, broker, [(name, operation, value)], kind=LOGGER)[0] == code
    assert described(client, "1", "root", kind=LOGGER) == ("INFO", 6, [])
