"""DeleteRecords against a real node: what readers see, and what a kill leaves."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client
from tests.harness import NodeProcess, wait_until

M: Any = messages
TOPIC = "cut"

Connect = Callable[[NodeProcess], Client]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Opens connections and closes them at the end."""
    with contextlib.ExitStack() as stack:

        def opened(node: NodeProcess) -> Client:
            client = Client(node.kafka)
            stack.callback(client.socket.close)
            return client

        yield opened


def create(client: Client, name: str, **configs: str) -> None:
    topic = M.CreateTopicsRequest.CreatableTopic(
        name=name,
        num_partitions=2,
        replication_factor=1,
        configs=[
            M.CreateTopicsRequest.CreatableTopicConfig(name=key.replace("_", "."), value=value)
            for key, value in configs.items()
        ],
    )
    assert client.call(19, 5, M.CreateTopicsRequest(topics=[topic])).topics[0].error_code == 0


def produce(client: Client, count: int, *, timestamp: int = 1000) -> int:
    data = bytes(batch.build([(b"k", b"v")] * count, timestamp=timestamp))
    line = M.ProduceRequest.PartitionProduceData(index=0, records=data)
    topic = M.ProduceRequest.TopicProduceData(name=TOPIC, partition_data=[line])
    answer = client.call(0, 9, M.ProduceRequest(acks=-1, timeout_ms=5000, topic_data=[topic]))
    line = answer.responses[0].partition_responses[0]
    assert line.error_code == 0
    return line.log_start_offset


def delete(client: Client, offset: int, *, topic: str = TOPIC, index: int = 0) -> tuple[int, int]:
    line = M.DeleteRecordsRequest.DeleteRecordsPartition(partition_index=index, offset=offset)
    wanted = M.DeleteRecordsRequest.DeleteRecordsTopic(name=topic, partitions=[line])
    answer = client.call(21, 2, M.DeleteRecordsRequest(topics=[wanted], timeout_ms=5000))
    line = answer.topics[0].partitions[0]
    return line.error_code, line.low_watermark


def fetching(offset: int, *, bytes_min: int = 0, wait_ms: int = 0) -> Any:
    line = M.FetchRequest.FetchPartition(
        partition=0, fetch_offset=offset, partition_max_bytes=1 << 20
    )
    topic = M.FetchRequest.FetchTopic(topic=TOPIC, partitions=[line])
    return M.FetchRequest(
        max_wait_ms=wait_ms, min_bytes=bytes_min, max_bytes=1 << 20, topics=[topic]
    )


def fetch(client: Client, offset: int) -> Any:
    return client.call(1, 11, fetching(offset)).responses[0].partitions[0]


def list_offset(client: Client, timestamp: int) -> int:
    line = M.ListOffsetsRequest.ListOffsetsPartition(partition_index=0, timestamp=timestamp)
    topic = M.ListOffsetsRequest.ListOffsetsTopic(name=TOPIC, partitions=[line])
    answer = client.call(2, 11, M.ListOffsetsRequest(topics=[topic]))
    assert answer.topics[0].partitions[0].error_code == 0
    return answer.topics[0].partitions[0].offset


def test_readers_respect_the_log_start_and_errors_are_kafkas(
    tmp_path: Path, connect: Connect
) -> None:
    """KIP-107: every answer tells the new log start; a lower one changes nothing."""
    with NodeProcess(tmp_path) as node:
        client = connect(node)
        create(client, TOPIC)
        create(client, "kept", cleanup_policy="compact")
        create(client, "both", cleanup_policy="compact,delete")
        produce(client, 10, timestamp=9000)
        produce(client, 10)
        client.send(1, 11, fetching(5, bytes_min=1 << 20, wait_ms=60_000))
        other = connect(node)

        assert delete(other, 15) == (0, 15)
        parked = client.answer(1, 11).responses[0].partitions[0]
        assert (parked.error_code, parked.log_start_offset) == (1, -1)
        assert delete(client, 3) == (0, 15)
        assert delete(client, 21) == (1, -1)
        assert delete(client, -2) == (1, -1)
        assert delete(client, 0, index=5) == (3, -1)
        assert delete(client, 0, topic="missing") == (3, -1)
        assert delete(client, -1, topic="kept") == (44, -1)
        assert delete(client, -1, topic="both") == (0, 0)
        assert delete(client, -1, topic="__consumer_offsets") == (17, -1)
        assert fetch(client, 14).error_code == 1
        read = fetch(client, 15)
        assert (read.error_code, read.log_start_offset) == (0, 15)
        assert batch.read_header(memoryview(read.records)).base_offset == 10
        assert [list_offset(client, t) for t in (-2, -1, -3, -4, -5, -6, 0, 9000)] == [
            15, 20, 15, 15, -1, 15, 15, -1,
        ]  # fmt: skip
        assert delete(client, -1) == (0, 20)
        assert fetch(client, 20).error_code == 0
        assert produce(client, 1) == 20


@pytest.mark.parametrize("log_start", [5, 10, 15, 30])
@pytest.mark.parametrize("uploaded", [0, 1])
def test_log_start_in_the_unsaved_tail_survives_kills(
    tmp_path: Path, connect: Connect, log_start: int, uploaded: int
) -> None:
    """A kill right after the answer, then another: the log start holds and appends go on."""
    with NodeProcess(tmp_path) as node:
        client = connect(node)
        create(client, TOPIC)
        for _ in range(3):
            produce(client, 10)
        if uploaded:
            node.kill()
            node.start()
            client = connect(node)
            wait_uploaded(client)
            produce(client, 10)
        assert delete(client, log_start) == (0, log_start)
        for end in (30 + 10 * uploaded, 31 + 10 * uploaded):
            node.kill()
            node.start()
            client = connect(node)

            assert list_offset(client, -2) == log_start
            assert list_offset(client, -1) == end
            assert fetch(client, log_start - 1).error_code == 1
            assert fetch(client, log_start).error_code == 0
            assert produce(client, 1) == log_start
            assert fetch(client, end).records != b""
        wait_uploaded(client)
        assert fetch(client, log_start).error_code == 0
        assert node.process is not None
        assert node.process.poll() is None


def wait_uploaded(client: Client) -> None:
    """The predecessor's log is uploaded right after a start."""
    wait_until(lambda: list_offset(client, -6) > 0 and list_offset(client, -5) >= 0, "uploaded")
