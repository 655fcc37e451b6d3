"""Leader epochs after a restart: who knows an older one is fenced, who knows a newer one waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client, _create, _produce
from tests.harness import NodeProcess

M: Any = messages
TOPIC = "epochs"
FENCED, UNKNOWN = 74, 75
BEFORE = 3
"""Records that the first leader took."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    """A node that was killed after some records: the epoch of its partitions is one higher."""
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        made = Client(running.kafka)
        _create(made, TOPIC)
        data = bytes(batch.build([(b"k", b"v")] * BEFORE, timestamp=5))
        assert _produce(made, TOPIC, data).error_code == 0
        made.socket.close()
        running.kill()
        running.start()
        made = Client(running.kafka)
        assert _produce(made, TOPIC, data).base_offset == BEFORE
        made.socket.close()
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


def topic_of(client: Client) -> tuple[bytes, int]:
    """Return the topic's id and the leader epoch that Metadata tells."""
    request = M.MetadataRequest
    wanted = request.MetadataRequestTopic(name=TOPIC)
    (topic,) = client.call(3, 12, request(topics=[wanted])).topics
    return topic.topic_id, topic.partitions[0].leader_epoch


@pytest.mark.parametrize("version", [9, 12, 13, 16, 18])
@pytest.mark.parametrize(("newer", "code"), [(-1, FENCED), (0, 0), (1, UNKNOWN), (None, 0)])
def test_fetch_checks_the_epoch_that_the_reader_knows(
    client: Client, version: int, newer: int | None, code: int
) -> None:
    """KIP-320: an error at once, in a long poll too. KIP-951: who is fenced learns the leader."""
    topic_id, epoch = topic_of(client)
    request = M.FetchRequest
    line = request.FetchPartition(
        partition=0,
        fetch_offset=0,
        partition_max_bytes=1 << 20,
        current_leader_epoch=-1 if newer is None else epoch + newer,
    )
    wanted = request.FetchTopic(topic=TOPIC, topic_id=topic_id, partitions=[line])
    answer = client.call(
        1,
        version,
        request(
            max_wait_ms=60_000,
            min_bytes=1 << 20 if code else 1,
            max_bytes=1 << 20,
            session_epoch=-1,
            topics=[wanted],
        ),
    )
    (found,) = answer.responses[0].partitions

    assert found.error_code == code
    leader = (found.current_leader.leader_id, found.current_leader.leader_epoch)
    is_told = code == FENCED and version >= 16
    assert leader == ((1, epoch) if is_told else (-1, -1))
    assert [node.port for node in answer.node_endpoints] == (
        [int(client.socket.getpeername()[1])] if is_told else []
    )


@pytest.mark.parametrize(("newer", "code"), [(-1, FENCED), (0, 0), (1, UNKNOWN)])
def test_offsets_are_told_to_who_knows_the_epoch(client: Client, newer: int, code: int) -> None:
    """ListOffsets and OffsetForLeaderEpoch check as Fetch does."""
    _, epoch = topic_of(client)
    request = M.ListOffsetsRequest
    line = request.ListOffsetsPartition(
        partition_index=0, timestamp=-1, current_leader_epoch=epoch + newer
    )
    topic = request.ListOffsetsTopic(name=TOPIC, partitions=[line])
    (found,) = client.call(2, 7, request(topics=[topic])).topics[0].partitions
    assert (found.error_code, found.offset) == (code, -1 if code else 2 * BEFORE)
    request = M.OffsetForLeaderEpochRequest
    line = request.OffsetForLeaderPartition(
        partition=0, current_leader_epoch=epoch + newer, leader_epoch=epoch
    )
    topic = request.OffsetForLeaderTopic(topic=TOPIC, partitions=[line])
    (found,) = client.call(23, 4, request(topics=[topic])).topics[0].partitions
    assert (found.error_code, found.end_offset) == (code, -1 if code else 2 * BEFORE)


def test_end_of_an_earlier_epoch_is_known(client: Client) -> None:
    """A reader that stopped there goes on without a gap; of what never was nothing is told."""
    _, epoch = topic_of(client)
    request = M.OffsetForLeaderEpochRequest

    def ask(wanted: int) -> tuple[int, int, int]:
        line = request.OffsetForLeaderPartition(partition=0, leader_epoch=wanted)
        topic = request.OffsetForLeaderTopic(topic=TOPIC, partitions=[line])
        (found,) = client.call(23, 4, request(topics=[topic])).topics[0].partitions
        return found.error_code, found.leader_epoch, found.end_offset

    assert ask(epoch) == (0, epoch, 2 * BEFORE)
    assert ask(epoch - 1) == (0, epoch - 1, BEFORE)
    assert ask(epoch + 1) == (0, -1, -1)
