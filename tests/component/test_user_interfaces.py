"""What AKHQ and kafka-ui ask of a broker, page by page, in the versions of their Java client.

Both use Kafka's Java clients: they ask ApiVersions first and take the highest version that both
sides know. The order of calls is that of a person who looks around, writes, reads and cleans up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client, _error_codes
from tests.harness import NodeProcess

M: Any = messages
JAVA_4_2 = {
    0: 13, 1: 18, 2: 11, 3: 13, 8: 10, 9: 10, 10: 6, 15: 6, 16: 5, 18: 4, 19: 7, 20: 6, 21: 2,
    22: 5, 29: 3, 30: 3, 31: 3, 32: 4, 33: 2, 34: 2, 35: 4, 37: 3, 42: 2, 44: 1, 45: 1, 46: 0,
    47: 0, 48: 1, 55: 2, 60: 2, 61: 0, 75: 0,
}  # fmt: skip
"""API key -> highest version of the client; the least is what the broker advertises."""

SECURITY_DISABLED = 54
ALL, TOPIC, BROKER = 1, 2, 4


class Ui:
    """One user interface: negotiates, asks, and remembers what it asked."""

    def __init__(self, address: str) -> None:
        self.client = Client(address)
        self.asked: set[int] = set()
        self.highest = dict(JAVA_4_2)
        request = M.ApiVersionsRequest(
            client_software_name="apache-kafka-java", client_software_version="4.2.0"
        )
        self.highest = {
            line.api_key: min(line.max_version, JAVA_4_2.get(line.api_key, -1))
            for line in self.ask(18, request).api_keys
        }

    def ask(self, key: int, message: Any, *, codes: frozenset[int] = frozenset((0,))) -> Any:
        """Return the answer; every error code in it is one of `codes`."""
        self.asked.add(key)
        answer = self.client.call(key, self.highest[key], message)
        assert set(_error_codes(answer)) <= codes, answer
        return answer

    def cluster(self) -> int:
        """The first page: brokers and the controller; returns the broker's id."""
        request = M.DescribeClusterRequest(
            include_cluster_authorized_operations=True, endpoint_type=1
        )
        answer = self.ask(60, request)
        (broker,) = answer.brokers
        assert answer.controller_id == broker.broker_id
        assert answer.cluster_id
        return broker.broker_id

    def broker_configs(self, broker_id: int) -> dict[str, Any]:
        """The configs of a broker, with synonyms and documentation."""
        return self.configs(BROKER, str(broker_id))

    def configs(self, kind: int, name: str) -> dict[str, Any]:
        request = M.DescribeConfigsRequest
        resource = request.DescribeConfigsResource(
            resource_type=kind, resource_name=name, configuration_keys=None
        )
        answer = self.ask(
            32, request(resources=[resource], include_synonyms=True, include_documentation=True)
        )
        (line,) = answer.results
        assert all(config.documentation for config in line.configs)
        return {config.name: config for config in line.configs}

    def log_dirs(self, topic: str) -> int:
        """Return the bytes that a topic takes, from the page of all log dirs."""
        (folder,) = self.ask(35, M.DescribeLogDirsRequest(topics=None)).results
        assert 0 < folder.usable_bytes <= folder.total_bytes
        return sum(
            line.partition_size
            for found in folder.topics
            if found.name == topic
            for line in found.partitions
        )

    def names(self) -> list[str]:
        """The list of topics."""
        answer = self.ask(3, M.MetadataRequest(topics=None, allow_auto_topic_creation=True))
        return [topic.name for topic in answer.topics]

    def describe(self, name: str) -> Any:
        """One topic with its partitions."""
        request = M.DescribeTopicPartitionsRequest
        wanted = request(topics=[request.TopicRequest(name=name)], response_partition_limit=2000)
        (topic,) = self.ask(75, wanted).topics
        assert all(line.leader_id in line.isr_nodes for line in topic.partitions)
        return topic

    def offsets(self, name: str, timestamp: int, count: int) -> list[int]:
        """One kind of offset of the first partitions."""
        request = M.ListOffsetsRequest
        lines = [
            request.ListOffsetsPartition(partition_index=index, timestamp=timestamp)
            for index in range(count)
        ]
        answer = self.ask(
            2,
            request(
                replica_id=-1,
                topics=[request.ListOffsetsTopic(name=name, partitions=lines)],
                timeout_ms=60_000,
            ),
        )
        return [line.offset for line in answer.topics[0].partitions]

    def create(self, name: str) -> None:
        request = M.CreateTopicsRequest
        topic = request.CreatableTopic(
            name=name,
            num_partitions=2,
            replication_factor=1,
            configs=[request.CreatableTopicConfig(name="retention.ms", value="86400000")],
        )
        self.ask(19, request(topics=[topic], timeout_ms=60_000))

    def grow(self, name: str, count: int) -> None:
        request = M.CreatePartitionsRequest
        topic = request.CreatePartitionsTopic(name=name, count=count, assignments=None)
        self.ask(37, request(topics=[topic], timeout_ms=60_000))

    def write(self, topic: Any, values: list[bytes]) -> None:
        """The producer of the page: idempotent, as Java's is."""
        got = self.ask(
            22, M.InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=2147483647)
        )
        data = batch.build(
            [(b"key", value) for value in values],
            timestamp=1_700_000_000_000,
            producer_id=got.producer_id,
            producer_epoch=got.producer_epoch,
            base_sequence=0,
        )
        request = M.ProduceRequest
        line = request.PartitionProduceData(index=0, records=bytes(data))
        wanted = request.TopicProduceData(topic_id=topic.topic_id, partition_data=[line])
        self.ask(0, request(acks=-1, timeout_ms=30_000, topic_data=[wanted]))

    def read(self, topic: Any) -> list[bytes | None]:
        """The page of messages: a consumer that assigns itself, in a fetch session."""
        request = M.FetchRequest

        def fetch(session_id: int, epoch: int, offset: int) -> Any:
            line = request.FetchPartition(
                partition=0, fetch_offset=offset, partition_max_bytes=1 << 20
            )
            wanted = request.FetchTopic(topic_id=topic.topic_id, partitions=[line])
            return self.ask(
                1,
                request(
                    max_wait_ms=10,
                    min_bytes=1,
                    max_bytes=50 << 20,
                    session_id=session_id,
                    session_epoch=epoch,
                    topics=[wanted],
                ),
            )

        first = fetch(0, 0, self.offsets(topic.name, -2, 1)[0])
        records = [
            record
            for view in batch.iterate_batches(
                memoryview(bytes(first.responses[0].partitions[0].records))
            )
            for record in batch.iterate_records(view)
        ]
        assert first.session_id > 0
        rest = fetch(first.session_id, 1, records[-1].offset + 1)
        assert rest.responses == []
        fetch(first.session_id, -1, records[-1].offset + 1)
        return [record.value for record in records]

    def commit(self, group: str, topic: Any, offset: int) -> None:
        """Set a group's offset, as its reset does."""
        request = M.OffsetCommitRequest
        line = request.OffsetCommitRequestPartition(partition_index=0, committed_offset=offset)
        wanted = request.OffsetCommitRequestTopic(topic_id=topic.topic_id, partitions=[line])
        self.ask(8, request(group_id=group, topics=[wanted]))

    def groups(self) -> dict[str, str]:
        """The list of groups, and the state of each."""
        answer = self.ask(16, M.ListGroupsRequest())
        return {line.group_id: line.group_state for line in answer.groups}

    def group(self, name: str, topic: Any) -> tuple[str, int]:
        """The page of one group: its state, and its offset of the first partition."""
        request = M.FindCoordinatorRequest(key_type=0, coordinator_keys=[name])
        (coordinator,) = self.ask(10, request).coordinators
        assert coordinator.host
        (described,) = self.ask(15, M.DescribeGroupsRequest(groups=[name])).groups
        fetch = M.OffsetFetchRequest
        wanted = fetch.OffsetFetchRequestGroup(group_id=name, topics=None)
        (found,) = self.ask(9, fetch(groups=[wanted], require_stable=False)).groups
        (line,) = (
            line
            for some in found.topics
            if some.topic_id == topic.topic_id
            for line in some.partitions
        )
        return described.group_state, line.committed_offset

    def delete_offsets(self, group: str, topic: str) -> None:
        request = M.OffsetDeleteRequest
        line = request.OffsetDeleteRequestPartition(partition_index=0)
        wanted = request.OffsetDeleteRequestTopic(name=topic, partitions=[line])
        self.ask(47, request(group_id=group, topics=[wanted]))

    def acls(self) -> None:
        """The page of ACLs says that there is no authorizer."""
        request = M.DescribeAclsRequest(
            resource_type_filter=ALL, pattern_type_filter=ALL, operation=1, permission_type=1
        )
        self.ask(29, request, codes=frozenset((SECURITY_DISABLED,)))

    def delete(self, name: str) -> None:
        request = M.DeleteTopicsRequest
        topic = request.DeleteTopicState(name=name)
        self.ask(20, request(topics=[topic], timeout_ms=60_000))


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        yield running


@pytest.fixture
def ui(node: NodeProcess) -> Iterator[Ui]:
    made = Ui(node.kafka)
    yield made
    made.client.socket.close()


VALUES = [b"one", b"two", b"three"]


def look_around(ui: Ui, name: str) -> int:
    """What both do first: cluster, topics, write, read, groups. Returns the broker's id."""
    broker_id = ui.cluster()
    assert ui.broker_configs(broker_id)["node.id"].value == str(broker_id)
    ui.create(name)
    assert name in ui.names()
    ui.grow(name, 3)
    topic = ui.describe(name)
    assert len(topic.partitions) == 3
    assert ui.configs(TOPIC, name)["retention.ms"].value == "86400000"
    assert ui.log_dirs(name) == 0
    ui.write(topic, VALUES)
    assert (ui.offsets(name, -2, 3), ui.offsets(name, -1, 3)) == ([0, 0, 0], [3, 0, 0])
    assert ui.log_dirs(name) > 0
    assert ui.read(topic) == VALUES
    group = f"{name}-readers"
    for offset in (3, 1):
        ui.commit(group, topic, offset)
        assert ui.groups()[group] == "Empty"
        assert ui.group(group, topic) == ("Empty", offset)
    ui.commit(f"{name}-others", topic, 2)
    ui.delete_offsets(f"{name}-others", name)
    ui.ask(42, M.DeleteGroupsRequest(groups_names=[group]))
    assert group not in ui.groups()
    ui.acls()
    return broker_id


def test_akhq(ui: Ui) -> None:
    """Its pages of nodes, topics, data and ACLs, and its older call to alter configs."""
    look_around(ui, "akhq")
    request = M.AlterConfigsRequest
    config = request.AlterableConfig(name="retention.ms", value="1000")
    resource = request.AlterConfigsResource(
        resource_type=TOPIC, resource_name="akhq", configs=[config]
    )
    ui.ask(33, request(resources=[resource]))
    assert ui.configs(TOPIC, "akhq")["retention.ms"].value == "1000"
    ui.delete("akhq")
    assert "akhq" not in ui.names()

    assert ui.asked == set(JAVA_4_2) - {21, 30, 31, 34, 44, 45, 46, 48, 55, 61}


def test_kafka_ui(ui: Ui) -> None:
    """Also its quorum, quotas, producers, and what it changes; ACLs are refused as unsecured."""
    broker_id = look_around(ui, "kafka-ui")
    quorum = M.DescribeQuorumRequest
    wanted = quorum.TopicData(
        topic_name="__cluster_metadata", partitions=[quorum.PartitionData(partition_index=0)]
    )
    (metadata,) = ui.ask(55, quorum(topics=[wanted])).topics
    assert metadata.partitions[0].leader_id == broker_id
    assert ui.ask(48, M.DescribeClientQuotasRequest(components=[], strict=False)).entries == []
    producers = M.DescribeProducersRequest
    line = producers.TopicRequest(name="kafka-ui", partition_indexes=[0, 1])
    first, second = ui.ask(61, producers(topics=[line])).topics[0].partitions
    assert (len(first.active_producers), len(second.active_producers)) == (1, 0)

    alter = M.IncrementalAlterConfigsRequest
    config = alter.AlterableConfig(name="cleanup.policy", config_operation=0, value="delete")
    resource = alter.AlterConfigsResource(
        resource_type=TOPIC, resource_name="kafka-ui", configs=[config]
    )
    ui.ask(44, alter(resources=[resource]))
    ui.ask(46, M.ListPartitionReassignmentsRequest(topics=None))
    move = M.AlterPartitionReassignmentsRequest
    place = move.ReassignablePartition(partition_index=0, replicas=[broker_id])
    moved = move.ReassignableTopic(name="kafka-ui", partitions=[place])
    ui.ask(45, move(topics=[moved], timeout_ms=60_000))
    (folder,) = ui.ask(35, M.DescribeLogDirsRequest(topics=None)).results
    dirs = M.AlterReplicaLogDirsRequest
    topic = dirs.AlterReplicaLogDirTopic(name="kafka-ui", partitions=[0])
    ui.ask(34, dirs(dirs=[dirs.AlterReplicaLogDir(path=folder.log_dir, topics=[topic])]))
    refused = frozenset((SECURITY_DISABLED,))
    acl = M.CreateAclsRequest.AclCreation(
        resource_type=TOPIC, resource_name="kafka-ui", principal="User:x", host="*", operation=3,
        permission_type=3,
    )  # fmt: skip
    ui.ask(30, M.CreateAclsRequest(creations=[acl]), codes=refused)
    acls = M.DeleteAclsRequest
    line = acls.DeleteAclsFilter(resource_type_filter=TOPIC, operation=3, permission_type=3)
    ui.ask(31, acls(filters=[line]), codes=refused)
    records = M.DeleteRecordsRequest
    cut = records.DeleteRecordsPartition(partition_index=0, offset=-1)
    purge = records.DeleteRecordsTopic(name="kafka-ui", partitions=[cut])
    ui.ask(21, records(topics=[purge], timeout_ms=60_000))
    assert ui.offsets("kafka-ui", -2, 1) == [3]
    ui.delete("kafka-ui")

    assert ui.asked == set(JAVA_4_2) - {33}
