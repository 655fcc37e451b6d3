"""Incremental fetches against a real node (KIP-227)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client
from tests.harness import NodeProcess

M: Any = messages
TOPIC = "sessions"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        yield running


class Reader(Client):
    """One connection with a topic of its own."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(address)
        self.name = name
        topic = M.CreateTopicsRequest.CreatableTopic(
            name=name, num_partitions=3, replication_factor=1
        )
        answer = self.call(19, 7, M.CreateTopicsRequest(topics=[topic], timeout_ms=5000))
        assert answer.topics[0].error_code == 0
        self.topic_id = answer.topics[0].topic_id

    def produce(self, index: int, size: int = 1) -> None:
        data = bytes(batch.build([(None, bytes(size))], timestamp=5))
        line = M.ProduceRequest.PartitionProduceData(index=index, records=data)
        topic = M.ProduceRequest.TopicProduceData(name=self.name, partition_data=[line])
        answer = self.call(0, 9, M.ProduceRequest(acks=-1, timeout_ms=5000, topic_data=[topic]))
        assert answer.responses[0].partition_responses[0].error_code == 0

    def fetch(
        self,
        version: int,
        session_id: int,
        epoch: int,
        offsets: dict[int, int],
        *,
        forget: tuple[int, ...] = (),
        bytes_max: int = 1 << 20,
    ) -> Any:
        lines = [
            M.FetchRequest.FetchPartition(
                partition=index, fetch_offset=offset, partition_max_bytes=1 << 20
            )
            for index, offset in offsets.items()
        ]
        names = {"topic": self.name, "topic_id": self.topic_id}
        return self.call(
            1,
            version,
            M.FetchRequest(
                max_wait_ms=0,
                min_bytes=0,
                max_bytes=bytes_max,
                session_id=session_id,
                session_epoch=epoch,
                topics=[M.FetchRequest.FetchTopic(**names, partitions=lines)] if lines else [],
                forgotten_topics_data=[
                    M.FetchRequest.ForgottenTopic(**names, partitions=list(forget))
                ]
                if forget
                else [],
            ),
        )


@pytest.fixture
def reader(node: NodeProcess, request: pytest.FixtureRequest) -> Iterator[Reader]:
    name = "".join(c if c.isalnum() else "-" for c in request.node.name)
    made = Reader(node.kafka, name)
    yield made
    made.socket.close()


def told(answer: Any) -> dict[int, tuple[int, int]]:
    """Return partition -> (error code, high watermark)."""
    return {
        line.partition_index: (line.error_code, line.high_watermark)
        for topic in answer.responses
        for line in topic.partitions
    }


@pytest.mark.parametrize("version", [7, 12, 13, 18])
def test_only_what_changed_is_answered(reader: Reader, version: int) -> None:
    """All partitions at first, then those with news; forgotten ones never."""
    first = reader.fetch(version, 0, 0, {0: 0, 1: 0, 2: 0})
    session = first.session_id
    assert session > 0
    assert told(first) == {0: (0, 0), 1: (0, 0), 2: (0, 0)}
    second = reader.fetch(version, session, 1, {})
    assert (second.session_id, told(second)) == (session, {})
    reader.produce(1)
    assert told(reader.fetch(version, session, 2, {})) == {1: (0, 1)}
    assert told(reader.fetch(version, session, 3, {1: 1})) == {}
    reader.produce(0)
    reader.produce(2)
    assert told(reader.fetch(version, session, 4, {}, forget=(0,))) == {2: (0, 1)}
    assert told(reader.fetch(version, session, 5, {2: 7})) == {2: (1, -1)}
    assert told(reader.fetch(version, session, 6, {2: 1})) == {2: (0, 1)}
    assert told(reader.fetch(version, session, 7, {2: 1})) == {}


@pytest.mark.parametrize("version", [12, 18])
def test_request_that_does_not_continue_gets_its_code(reader: Reader, version: int) -> None:
    """70 unknown session, 71 wrong epoch, 106 names where ids were; the session goes on."""
    session = reader.fetch(version, 0, 0, {0: 0}).session_id
    codes = [
        reader.fetch(version, session, 9, {}).error_code,
        reader.fetch(version, session ^ 1, 1, {}).error_code,
        reader.fetch(version, 0, 1, {}).error_code,
        reader.fetch(30 - version, session, 1, {}).error_code,
        reader.fetch(version, session, 1, {}).error_code,
    ]
    assert codes == [71, 70, 70, 106, 0]
    closing = reader.fetch(version, session, -1, {0: 0})
    assert (closing.session_id, told(closing)) == (0, {0: (0, 0)})
    assert reader.fetch(version, session, 2, {}).error_code == 70


def test_fetch_without_a_session_opens_none(reader: Reader) -> None:
    """Epoch -1 and versions before sessions: everything in each answer, session id 0."""
    for version in (4, 6, 7, 12, 18):
        answer = reader.fetch(version, 0, -1, {0: 0, 1: 0})
        assert (answer.session_id, len(told(answer))) == (0, 2)


def test_read_partitions_give_their_turn_to_others(reader: Reader) -> None:
    """A limit of bytes that holds one batch does not starve the partitions behind."""
    for index in range(3):
        for _ in range(2):
            reader.produce(index, size=1000)
    answer = reader.fetch(18, 0, 0, {0: 0, 1: 0, 2: 0}, bytes_max=100)
    session = answer.session_id
    seen = [answer_with_data(answer)]
    for epoch in range(1, 4):
        seen.append(answer_with_data(reader.fetch(18, session, epoch, {}, bytes_max=100)))

    assert seen == [0, 0, 1, 2]


def answer_with_data(answer: Any) -> int:
    """Return the one partition that has records."""
    (index,) = (
        line.partition_index
        for topic in answer.responses
        for line in topic.partitions
        if len(line.records or b"")
    )
    return index


def test_deleted_topic_is_told_of(reader: Reader) -> None:
    """The reader learns it by an error in its session, and forgets the partition."""
    session = reader.fetch(18, 0, 0, {0: 0}).session_id
    reader.call(20, 5, M.DeleteTopicsRequest(topic_names=[reader.name], timeout_ms=5000))

    assert told(reader.fetch(18, session, 1, {})) == {0: (100, -1)}
    gone = reader.fetch(18, session, 2, {}, forget=(0,))
    assert (gone.session_id, told(gone)) == (0, {})
