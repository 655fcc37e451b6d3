"""Long polls on an idle node: nothing else happens that could carry their answers along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode
from tests.component.test_every_api import Client
from tests.harness import NodeProcess

TOPIC = "idle"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


def create(client: Client) -> None:
    request: Any = messages.CreateTopicsRequest
    topic = request.CreatableTopic(name=TOPIC, num_partitions=1, replication_factor=1)
    answer = client.call(19, 5, request(topics=[topic], timeout_ms=5000))
    assert answer.topics[0].error_code in (0, ErrorCode.TOPIC_ALREADY_EXISTS)


def fetch(*, wait_ms: int) -> Any:
    m: Any = messages.FetchRequest
    part = m.FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=1 << 20)
    topic = m.FetchTopic(topic=TOPIC, partitions=[part])
    return m(max_wait_ms=wait_ms, min_bytes=1, max_bytes=1 << 20, session_epoch=-1, topics=[topic])


def test_fetch_of_an_idle_partition_is_answered_when_its_wait_is_over(client: Client) -> None:
    """max_wait_ms ends a long poll although nothing is produced anywhere."""
    create(client)
    answer = client.call(1, 12, fetch(wait_ms=50))

    assert answer.responses[0].partitions[0].error_code == 0
    assert len(answer.responses[0].partitions[0].records) == 0


def test_parked_fetch_of_a_deleted_topic_is_answered_at_once(
    node: NodeProcess, client: Client
) -> None:
    """Errors do not wait: neither for max_wait_ms nor for somebody else's commit."""
    create(client)
    client.send(1, 12, fetch(wait_ms=600_000))
    other = Client(node.kafka)
    deleted = other.call(20, 5, messages.DeleteTopicsRequest(topic_names=[TOPIC], timeout_ms=5000))
    other.socket.close()
    assert deleted.responses[0].error_code == 0
    answer = client.answer(1, 12)

    line = answer.responses[0].partitions[0]
    assert line.error_code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
