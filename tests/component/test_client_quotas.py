"""Client quotas against a real node: stored, described, enforced (KIP-546, KIP-219)."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client, _error_codes
from tests.harness import NodeProcess

M: Any = messages
TOPIC = "limited"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        made = Client(running.kafka)
        topic = M.CreateTopicsRequest.CreatableTopic(
            name=TOPIC, num_partitions=1, replication_factor=1
        )
        made.call(19, 7, M.CreateTopicsRequest(topics=[topic], timeout_ms=5000))
        made.socket.close()
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


@pytest.fixture
def limited(client: Client, node: NodeProcess, request: pytest.FixtureRequest) -> Iterator[Client]:
    """A client with an id of its own, that has used nothing of any quota yet."""
    made = Client(node.kafka)
    made.client_id = request.node.name
    yield made
    made.socket.close()
    alter(client, {"client-id": made.client_id}, **dict.fromkeys(KEYS))


KEYS = (
    "producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate",
)  # fmt: skip


def alter(
    client: Client, entity: dict[str, str | None], *, dry: bool = False, **ops: float | None
) -> list[int]:
    request = M.AlterClientQuotasRequest
    entry = request.EntryData(
        entity=[request.EntityData(entity_type=k, entity_name=v) for k, v in entity.items()],
        ops=[
            request.OpData(key=key, value=value or 0.0, remove=value is None)
            for key, value in ops.items()
        ],
    )
    return list(_error_codes(client.call(49, 1, request(entries=[entry], validate_only=dry))))


def describe(client: Client, *parts: tuple[str, int, str | None], strict: bool = False) -> Any:
    request = M.DescribeClientQuotasRequest
    components = [
        request.ComponentData(entity_type=kind, match_type=how, match=name)
        for kind, how, name in parts
    ]
    answer = client.call(48, 1, request(components=components, strict=strict))
    if answer.entries is None:
        return answer.error_code
    return [
        (
            tuple((part.entity_type, part.entity_name) for part in line.entity),
            {value.key: value.value for value in line.values},
        )
        for line in answer.entries
    ]


def test_answers_list_entities_and_quotas_in_kafkas_order(client: Client) -> None:
    """A client id comes before its user, a user alone before its client ids (Kafka 4.3.1)."""
    request = M.AlterClientQuotasRequest
    keys = ("producer_byte_rate", "consumer_byte_rate", "request_percentage")
    both = [("user", "alice"), ("client-id", "app")]
    entries = [
        request.EntryData(
            entity=[request.EntityData(entity_type=kind, entity_name=name) for kind, name in parts],
            ops=[request.OpData(key=key, value=1000.0, remove=False) for key in keys],
        )
        for parts in (both, both[:1])
    ]

    altered = client.call(49, 1, request(entries=entries, validate_only=False)).entries
    component = M.DescribeClientQuotasRequest.ComponentData
    wanted = M.DescribeClientQuotasRequest(
        components=[component(entity_type="user", match_type=0, match="alice")], strict=False
    )
    described = client.call(48, 1, wanted).entries

    kinds = [[part.entity_type for part in line.entity] for line in altered]
    assert kinds == [["client-id", "user"], ["user"]]
    kinds = [[part.entity_type for part in line.entity] for line in described]
    assert kinds == [["user"], ["client-id", "user"]]
    for line in described:
        assert [value.key for value in line.values] == [keys[1], keys[2], keys[0]]
    for entity in (dict(both), dict(both[:1])):
        assert alter(client, entity, **dict.fromkeys(keys)) == [0]


@pytest.mark.parametrize(
    ("entity", "ops", "code"),
    [
        ({}, {"producer_byte_rate": 5.0}, 42),
        ({"group": "g"}, {"producer_byte_rate": 5.0}, 42),
        ({"client-id": ""}, {"producer_byte_rate": 5.0}, 42),
        ({"ip": "127.0.0.1", "user": "u"}, {"producer_byte_rate": 5.0}, 42),
        ({"ip": "127.0.0.1"}, {"producer_byte_rate": 5.0}, 42),
        ({"ip": "a host"}, {"connection_creation_rate": 5.0}, 42),
        ({"user": "u"}, {"connection_creation_rate": 5.0}, 42),
        ({"user": "u"}, {"producer_byte_rate": 0.0}, 42),
        ({"user": "u"}, {"producer_byte_rate": 1.5}, 42),
        ({"user": "u"}, {"producer_byte_rate": math.nan}, 42),
        ({"user": "u"}, {"producer_byte_rate": 1e19}, 42),
        ({"user": "u"}, {"odd": 1.0}, 42),
        ({"user": "u"}, {"odd": None}, 0),
        ({"user": "u"}, {}, 0),
        ({"user": "u"}, {"producer_byte_rate": 1e9}, 0),
    ],
)
def test_alteration_is_checked(client: Client, entity: Any, ops: Any, code: int) -> None:
    """With the codes of a Kafka 4.3 broker; a dry run stores nothing."""
    assert alter(client, entity, dry=True, **ops) == [code]
    assert describe(client, ("user", 0, "u")) == []


def test_quotas_are_described_by_filter_and_survive_a_kill(node: NodeProcess) -> None:
    """Exact, default and any; strict leaves out entities of more parts."""
    client = Client(node.kafka)
    alter(client, {"client-id": "c1"}, producer_byte_rate=1e9, request_percentage=5000.5)
    alter(client, {"client-id": None}, producer_byte_rate=2e9)
    alter(client, {"user": "u", "client-id": "c1"}, consumer_byte_rate=3e9)
    one = ((("client-id", "c1"),), {"producer_byte_rate": 1e9, "request_percentage": 5000.5})
    default = ((("client-id", None),), {"producer_byte_rate": 2e9})
    both = ((("client-id", "c1"), ("user", "u")), {"consumer_byte_rate": 3e9})
    for _ in range(2):
        assert sorted(describe(client), key=str) == sorted([one, default, both], key=str)
        assert describe(client, ("client-id", 0, "c1")) == [one, both]
        assert describe(client, ("client-id", 0, "c1"), strict=True) == [one]
        assert describe(client, ("client-id", 1, None)) == [default]
        assert describe(client, ("client-id", 2, None), strict=True) == [one, default]
        assert describe(client, ("user", 2, None)) == [both]
        assert describe(client, strict=True) == []
        client.socket.close()
        node.kill()
        node.start()
        client = Client(node.kafka)
    for entity, quotas in (one, default, both):
        assert alter(client, dict(entity), **dict.fromkeys(quotas)) == [0]
    assert describe(client) == []
    client.socket.close()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([("user", 0, "u"), ("user", 2, None)], 42),
        ([("group", 0, "u")], 35),
        ([("", 0, "u")], 42),
        ([("user", 9, "u")], 42),
        ([("user", 0, None)], 42),
        ([("user", 1, "u")], 42),
        ([("user", 2, "u")], 42),
        ([("ip", 0, "u"), ("user", 0, "u")], 42),
    ],
)
def test_filter_is_checked(client: Client, parts: Any, code: int) -> None:
    """With the codes of a Kafka 4.3 broker, and null entries."""
    assert describe(client, *parts) == code


def producing(size: int, *, acks: int = -1) -> Any:
    data = bytes(batch.build([(None, bytes(size))], timestamp=5))
    line = M.ProduceRequest.PartitionProduceData(index=0, records=data)
    topic = M.ProduceRequest.TopicProduceData(name=TOPIC, partition_data=[line])
    return M.ProduceRequest(acks=acks, timeout_ms=5000, topic_data=[topic])


def fetching() -> Any:
    line = M.FetchRequest.FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=1 << 20)
    topic = M.FetchRequest.FetchTopic(topic=TOPIC, partitions=[line])
    return M.FetchRequest(max_wait_ms=0, min_bytes=1, max_bytes=1 << 20, topics=[topic])


def test_produce_is_answered_at_once_and_its_connection_is_not_read_for_a_while(
    client: Client, limited: Client
) -> None:
    """KIP-219: the answer tells the time, the next request waits for it; others do not."""
    alter(client, {"client-id": limited.client_id}, producer_byte_rate=10_000.0)
    answer = limited.call(0, 9, producing(107_000))
    began = time.monotonic()

    assert answer.responses[0].partition_responses[0].error_code == 0
    throttle_s = answer.throttle_time_ms / 1000
    assert 0.6 < throttle_s < 1
    limited.call(60, 0, M.DescribeClusterRequest())
    # Half of it: this process may come late to look at the clock.
    assert time.monotonic() - began > throttle_s / 2


def test_produce_without_acknowledgement_mutes_too(client: Client, limited: Client) -> None:
    """acks=0: there is no answer that could tell the time."""
    alter(client, {"client-id": limited.client_id}, producer_byte_rate=10_000.0)
    began = time.monotonic()
    limited.send(0, 9, producing(103_000, acks=0))
    limited.call(60, 0, M.DescribeClusterRequest())

    assert time.monotonic() - began > 0.2


def test_fetch_above_the_quota_is_empty(client: Client, limited: Client) -> None:
    """The bytes come when the rate allows them."""
    limited.call(0, 9, producing(60_000))
    alter(client, {"client-id": limited.client_id}, consumer_byte_rate=10_000.0)
    first = limited.call(1, 11, fetching())
    second = limited.call(1, 11, fetching())

    assert first.throttle_time_ms == 0
    assert len(first.responses[0].partitions[0].records) > 60_000
    assert second.throttle_time_ms > 0
    assert (second.error_code, second.responses) == (0, [])


def test_request_time_throttles_every_api(client: Client, limited: Client) -> None:
    """KIP-124: also those that carry no records."""
    alter(client, {"client-id": limited.client_id}, request_percentage=0.0001)
    times = [limited.call(60, 0, M.DescribeClusterRequest()).throttle_time_ms for _ in range(3)]

    assert max(times) > 0


def test_creating_and_deleting_too_many_partitions_is_refused_for_a_while(
    client: Client, limited: Client, node: NodeProcess
) -> None:
    """KIP-599: THROTTLING_QUOTA_EXCEEDED with the time; older clients are served, and wait."""
    assert alter(client, {"client-id": limited.client_id}, controller_mutation_rate=1.0) == [0]

    def another() -> Client:
        """A connection that is not muted, of the same client."""
        made = Client(node.kafka)
        made.client_id = limited.client_id
        return made

    def create(name: str, count: int, version: int) -> tuple[int, int]:
        topic = M.CreateTopicsRequest.CreatableTopic(
            name=name, num_partitions=count, replication_factor=1
        )
        one = another()
        request = M.CreateTopicsRequest(topics=[topic], timeout_ms=5000)
        answer = one.call(19, version, request)
        one.socket.close()
        return answer.topics[0].error_code, answer.throttle_time_ms

    code, throttle_ms = create("mutated-1", 200, 7)
    assert code == 0
    assert 100_000 < throttle_ms <= 189_000
    code, throttle_ms = create("mutated-2", 1, 7)
    assert code == 89
    assert throttle_ms > 100_000
    code, throttle_ms = create("mutated-3", 1, 5)
    assert code == 0
    assert throttle_ms > 100_000
    request = M.DeleteTopicsRequest
    one = another()
    topics = [request.DeleteTopicState(name="mutated-1", topic_id=bytes(16))]
    answer = one.call(20, 6, request(topics=topics, timeout_ms=5000))
    one.socket.close()
    assert answer.responses[0].error_code == 89
    grown = M.CreatePartitionsRequest
    one = another()
    topics = [grown.CreatePartitionsTopic(name="mutated-1", count=201, assignments=None)]
    answer = one.call(37, 3, grown(topics=topics, timeout_ms=5000))
    one.socket.close()
    assert answer.results[0].error_code == 89


def test_connections_above_the_rate_of_their_address_are_closed(
    client: Client, node: NodeProcess
) -> None:
    """KIP-612: after a pause, without an answer; who is connected goes on, later others too."""
    here = {"ip": "127.0.0.1"}
    assert alter(client, here, connection_creation_rate=1.0) == [0]
    many = [Client(node.kafka) for _ in range(40)]
    answered = 0
    for one in many:
        with suppress(ConnectionError):
            answered += one.call(18, 0, M.ApiVersionsRequest()).error_code == 0
        one.socket.close()
    assert alter(client, here, connection_creation_rate=None) == [0]

    assert 0 < answered < 40
    after = Client(node.kafka)
    assert after.call(18, 0, M.ApiVersionsRequest()).error_code == 0
    after.socket.close()
