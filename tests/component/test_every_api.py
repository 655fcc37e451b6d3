"""Every advertised version of every API against a real node, spoken with our own codec."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance import limits
from appliance.protocol import batch, codec, messages
from appliance.server import cluster
from tests.harness import NodeProcess

TOPIC = "every-api"


class Client:
    """One blocking connection."""

    client_id = "test"

    def __init__(self, address: str) -> None:
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=10)
        self.count = 0

    def send(self, key: int, version: int, message: Any) -> None:
        self.count += 1
        parts = codec.encode_request_frame(key, version, self.count, self.client_id, message)
        self.socket.sendall(b"".join(parts))

    def receive(self) -> bytes:
        (size,) = struct.unpack(">i", self.exactly(4))
        return self.exactly(size)

    def exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self.socket.recv(size - len(data))
            if not piece:
                raise ConnectionError("closed")
            data += piece
        return data

    def call(self, key: int, version: int, message: Any) -> Any:
        self.send(key, version, message)
        return self.answer(key, version)

    def answer(self, key: int, version: int) -> Any:
        """Receive the answer of the last request sent."""
        data = self.receive()
        assert struct.unpack(">i", data[:4])[0] == self.count
        head = 4 + codec.response_header_version(key, version)
        return codec.decode_response(key, version, memoryview(data), head)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env={"PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "0"}) as running:
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


@pytest.fixture(scope="module")
def topic_id(node: NodeProcess) -> bytes:
    made = Client(node.kafka)
    request = messages.CreateTopicsRequest
    answer = made.call(
        19,
        7,
        request(
            topics=[request.CreatableTopic(name=TOPIC, num_partitions=2, replication_factor=1)],
            timeout_ms=5000,
        ),
    )
    made.socket.close()
    assert answer.topics[0].error_code == 0
    return answer.topics[0].topic_id


def requests_of(key: int, version: int, topic_id: bytes) -> Any:
    m: Any = messages
    match key:
        case 0:
            data = m.ProduceRequest.PartitionProduceData(
                index=0, records=bytes(batch.build([(b"k", b"v")], timestamp=1_700_000_000_000))
            )
            topic = m.ProduceRequest.TopicProduceData(
                name=TOPIC, topic_id=topic_id, partition_data=[data]
            )
            return m.ProduceRequest(acks=-1, timeout_ms=5000, topic_data=[topic])
        case 1:
            part = m.FetchRequest.FetchPartition(
                partition=0, fetch_offset=0, partition_max_bytes=1 << 20
            )
            topic = m.FetchRequest.FetchTopic(topic=TOPIC, topic_id=topic_id, partitions=[part])
            return m.FetchRequest(
                max_wait_ms=100, min_bytes=1, max_bytes=1 << 20, session_epoch=-1, topics=[topic]
            )
        case 2:
            part = m.ListOffsetsRequest.ListOffsetsPartition(partition_index=0, timestamp=-1)
            topic = m.ListOffsetsRequest.ListOffsetsTopic(name=TOPIC, partitions=[part])
            return m.ListOffsetsRequest(topics=[topic])
        case 3:
            topic = m.MetadataRequest.MetadataRequestTopic(name=TOPIC)
            return m.MetadataRequest(topics=[topic])
        case 8:
            part = m.OffsetCommitRequest.OffsetCommitRequestPartition(
                partition_index=0, committed_offset=7, committed_metadata="m"
            )
            topic = m.OffsetCommitRequest.OffsetCommitRequestTopic(
                name=TOPIC, topic_id=topic_id, partitions=[part]
            )
            return m.OffsetCommitRequest(
                group_id="simple", generation_id_or_member_epoch=-1, topics=[topic]
            )
        case 9 if version >= 8:
            cls = m.OffsetFetchRequest
            topic = cls.OffsetFetchRequestTopics(
                name=TOPIC, topic_id=topic_id, partition_indexes=[0, 1]
            )
            return cls(
                groups=[
                    cls.OffsetFetchRequestGroup(group_id="simple", topics=[topic]),
                    cls.OffsetFetchRequestGroup(group_id="nobody", topics=None),
                ],
                require_stable=True,
            )
        case 9:
            topic = m.OffsetFetchRequest.OffsetFetchRequestTopic(
                name=TOPIC, partition_indexes=[0, 1]
            )
            return m.OffsetFetchRequest(group_id="simple", topics=[topic])
        case 11:
            return join_request(f"joined-{version}")
        case 12:
            return m.HeartbeatRequest(group_id="simple", generation_id=1, member_id="nobody")
        case 13:
            if version >= 3:
                who = m.LeaveGroupRequest.MemberIdentity(member_id="nobody")
                return m.LeaveGroupRequest(group_id="simple", members=[who])
            return m.LeaveGroupRequest(group_id="simple", member_id="nobody")
        case 14:
            return m.SyncGroupRequest(
                group_id="simple",
                generation_id=1,
                member_id="nobody",
                protocol_type="consumer",
                protocol_name="range",
            )
        case 15:
            return m.DescribeGroupsRequest(groups=["simple", "nobody"])
        case 16:
            return m.ListGroupsRequest()
        case 42:
            return m.DeleteGroupsRequest(groups_names=["nobody"])
        case 47:
            part = m.OffsetDeleteRequest.OffsetDeleteRequestPartition(partition_index=1)
            topic = m.OffsetDeleteRequest.OffsetDeleteRequestTopic(name=TOPIC, partitions=[part])
            return m.OffsetDeleteRequest(group_id="simple", topics=[topic])
        case 10:
            if version >= 4:
                return m.FindCoordinatorRequest(key_type=0, coordinator_keys=["g"])
            return m.FindCoordinatorRequest(key="g", key_type=0)
        case 18:
            return m.ApiVersionsRequest(client_software_name="test", client_software_version="1.0")
        case 19:
            topic = m.CreateTopicsRequest.CreatableTopic(
                name="validated", num_partitions=1, replication_factor=1
            )
            return m.CreateTopicsRequest(topics=[topic], timeout_ms=1000, validate_only=True)
        case 20:
            if version >= 6:
                return m.DeleteTopicsRequest(
                    topics=[m.DeleteTopicsRequest.DeleteTopicState(name="missing")]
                )
            return m.DeleteTopicsRequest(topic_names=["missing"])
        case 21:
            part = m.DeleteRecordsRequest.DeleteRecordsPartition(partition_index=0, offset=0)
            topic = m.DeleteRecordsRequest.DeleteRecordsTopic(name=TOPIC, partitions=[part])
            return m.DeleteRecordsRequest(topics=[topic], timeout_ms=1000)
        case 22:
            return m.InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=1000)
        case 23:
            part = m.OffsetForLeaderEpochRequest.OffsetForLeaderPartition(
                partition=0, leader_epoch=0
            )
            topic = m.OffsetForLeaderEpochRequest.OffsetForLeaderTopic(
                topic=TOPIC, partitions=[part]
            )
            return m.OffsetForLeaderEpochRequest(topics=[topic])
        case 29:
            return m.DescribeAclsRequest(resource_type_filter=1, operation=1, permission_type=1)
        case 30:
            creation = m.CreateAclsRequest.AclCreation(
                resource_type=2, resource_name="x", principal="User:a", host="*", operation=3,
                permission_type=3,
            )  # fmt: skip
            return m.CreateAclsRequest(creations=[creation])
        case 31:
            line = m.DeleteAclsRequest.DeleteAclsFilter(
                resource_type_filter=1, operation=1, permission_type=1
            )
            return m.DeleteAclsRequest(filters=[line])
        case 32:
            resource = m.DescribeConfigsRequest.DescribeConfigsResource
            return m.DescribeConfigsRequest(
                resources=[
                    resource(resource_type=2, resource_name=TOPIC, configuration_keys=None),
                    resource(resource_type=4, resource_name="1", configuration_keys=None),
                ],
                include_synonyms=True,
            )
        case 33:
            resource = m.AlterConfigsRequest.AlterConfigsResource(
                resource_type=2,
                resource_name=TOPIC,
                configs=[m.AlterConfigsRequest.AlterableConfig(name="retention.ms", value="9")],
            )
            return m.AlterConfigsRequest(resources=[resource])
        case 34:
            topic = m.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic(name=TOPIC, partitions=[0])
            place = m.AlterReplicaLogDirsRequest.AlterReplicaLogDir(path="/", topics=[topic])
            return m.AlterReplicaLogDirsRequest(dirs=[place])
        case 35:
            return m.DescribeLogDirsRequest(topics=None)
        case 37:
            topic = m.CreatePartitionsRequest.CreatePartitionsTopic(
                name=TOPIC, count=3, assignments=None
            )
            return m.CreatePartitionsRequest(topics=[topic], validate_only=True)
        case 43:
            topic = m.ElectLeadersRequest.TopicPartitions(topic=TOPIC, partitions=[0])
            return m.ElectLeadersRequest(topic_partitions=[topic])
        case 45:
            line = m.AlterPartitionReassignmentsRequest.ReassignablePartition(
                partition_index=0, replicas=[1]
            )
            topic = m.AlterPartitionReassignmentsRequest.ReassignableTopic(
                name=TOPIC, partitions=[line]
            )
            return m.AlterPartitionReassignmentsRequest(topics=[topic])
        case 46:
            return m.ListPartitionReassignmentsRequest(topics=None)
        case 48:
            return m.DescribeClientQuotasRequest(components=[])
        case 49:
            part = m.AlterClientQuotasRequest.EntityData(entity_type="client-id", entity_name="q")
            change = m.AlterClientQuotasRequest.OpData(key="consumer_byte_rate", value=9.0)
            entry = m.AlterClientQuotasRequest.EntryData(entity=[part], ops=[change])
            return m.AlterClientQuotasRequest(entries=[entry], validate_only=True)
        case 50:
            return m.DescribeUserScramCredentialsRequest(users=None)
        case 51:
            line = m.AlterUserScramCredentialsRequest.ScramCredentialDeletion(name="x", mechanism=1)
            return m.AlterUserScramCredentialsRequest(deletions=[line], upsertions=[])
        case 55:
            part = m.DescribeQuorumRequest.PartitionData(partition_index=0)
            topic = m.DescribeQuorumRequest.TopicData(
                topic_name="__cluster_metadata", partitions=[part]
            )
            return m.DescribeQuorumRequest(topics=[topic])
        case 57:
            line = m.UpdateFeaturesRequest.FeatureUpdateKey(
                feature="metadata.version", max_version_level=30
            )
            return m.UpdateFeaturesRequest(feature_updates=[line])
        case 44:
            resource = m.IncrementalAlterConfigsRequest.AlterConfigsResource(
                resource_type=2,
                resource_name=TOPIC,
                configs=[
                    m.IncrementalAlterConfigsRequest.AlterableConfig(
                        name="cleanup.policy", config_operation=2, value="delete"
                    )
                ],
            )
            return m.IncrementalAlterConfigsRequest(resources=[resource])
        case 60:
            return m.DescribeClusterRequest()
        case 61:
            topic = m.DescribeProducersRequest.TopicRequest(name=TOPIC, partition_indexes=[0])
            return m.DescribeProducersRequest(topics=[topic])
        case 74:
            return m.ListConfigResourcesRequest()
        case 75:
            return m.DescribeTopicPartitionsRequest(
                topics=[m.DescribeTopicPartitionsRequest.TopicRequest(name=TOPIC)],
                response_partition_limit=1,
            )
    raise AssertionError(key)


def join_request(group_id: str, member_id: str = "") -> Any:
    protocol = messages.JoinGroupRequest.JoinGroupRequestProtocol(name="range", metadata=b"meta")
    return messages.JoinGroupRequest(
        group_id=group_id,
        session_timeout_ms=10_000,
        rebalance_timeout_ms=10_000,
        member_id=member_id,
        protocol_type="consumer",
        protocols=[protocol],
    )


EVERY = [
    (key, version)
    for key, (low, high) in sorted(cluster.advertised().items())
    for version in range(3 if key == 0 else low, high + 1)
]


EXPECTED = {
    10: {0, 15},
    11: {0, 79},  # a first JoinGroup is told its member id
    12: {25},
    13: {0, 25},
    14: {25},
    15: {0, 69},
    20: {0, 3},
    29: {54},
    30: {54},
    31: {54},
    34: {57},
    42: {69},
    43: {0, 84},
    47: {0, 69},
    51: {91},
}
"""Error codes of requests that name nobody who exists, or what is not there."""


@pytest.mark.parametrize(("key", "version"), EVERY)
def test_every_advertised_version_is_answered(
    client: Client, topic_id: bytes, key: int, version: int
) -> None:
    """What is advertised works: an answer that decodes, without an unexpected error."""
    answer = client.call(key, version, requests_of(key, version, topic_id))

    codes = set(_error_codes(answer))
    assert codes <= EXPECTED.get(key, {0}), answer


def _error_codes(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        for item in value:
            yield from _error_codes(item)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            if name == "error_code":
                yield getattr(value, name)
            else:
                yield from _error_codes(getattr(value, name))


def test_unsupported_api_versions_gets_version_zero_body(client: Client) -> None:
    """KIP-511: error 35 in a version 0 body that still lists the keys."""
    client.socket.sendall(struct.pack(">ihhih", 10, 18, 99, 7, -1))
    data = client.receive()
    answer = codec.decode_response(18, 0, memoryview(data), 4)

    assert answer.error_code == 35
    assert {line.api_key for line in answer.api_keys} == set(cluster.advertised())


@pytest.mark.parametrize(
    "data",
    [
        struct.pack(">i", 0x7FFFFFFF),
        struct.pack(">i", -5),
        struct.pack(">ihhih", 10, 999, 0, 1, -1),
        struct.pack(">ihhih", 10, 0, 99, 1, -1),
        struct.pack(">i", 40) + b"\xff" * 40,
        b"GET / HTTP/1.1\r\n\r\n" + b"x" * 100,
    ],
)
def test_garbage_closes_the_connection_and_nobody_else_notices(
    node: NodeProcess, client: Client, data: bytes
) -> None:
    """A hostile peer loses its connection; another client goes on being served."""
    other = Client(node.kafka)
    client.socket.sendall(data)
    with pytest.raises((ConnectionError, OSError)):
        client.receive()

    assert other.call(60, 0, messages.DescribeClusterRequest()).error_code == 0
    other.socket.close()


def test_duplicate_of_an_idempotent_batch_answers_the_first_offset(
    client: Client, topic_id: bytes
) -> None:
    """KIP-98: the same (epoch, first, last) sequence is success with the original offset."""

    def produce(sequence: int, epoch: int = 0, count: int = 2) -> Any:
        records = bytes(
            batch.build(
                [(None, b"v")] * count,
                timestamp=1_700_000_000_000,
                producer_id=producer,
                producer_epoch=epoch,
                base_sequence=sequence,
            )
        )
        request = messages.ProduceRequest
        topic = request.TopicProduceData(
            name=TOPIC,
            partition_data=[request.PartitionProduceData(index=1, records=records)],
        )
        answer = client.call(0, 9, request(acks=-1, timeout_ms=5000, topic_data=[topic]))
        return answer.responses[0].partition_responses[0]

    producer = client.call(
        22, 4, messages.InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=1000)
    ).producer_id
    first = produce(0)
    second = produce(2)

    assert (first.error_code, second.error_code) == (0, 0)
    assert produce(0).base_offset == first.base_offset
    assert produce(2).base_offset == second.base_offset
    assert produce(9).error_code == 45
    assert produce(0, epoch=1).error_code == 0
    assert produce(4).error_code == 47


def test_pipelined_requests_are_answered_in_order(client: Client, topic_id: bytes) -> None:
    """Answers leave in request order, produce and others mixed."""
    for _ in range(20):
        client.send(0, 9, requests_of(0, 9, topic_id))
        client.send(60, 0, messages.DescribeClusterRequest())
    ids = [struct.unpack(">i", client.receive()[:4])[0] for _ in range(40)]

    assert ids == list(range(1, 41))


def test_acks_zero_gets_no_answer_and_is_stored(client: Client, topic_id: bytes) -> None:
    """acks=0: nothing is sent; the next answer is the next request's."""
    request = requests_of(0, 9, topic_id)
    request.acks = 0
    before = client.call(2, 7, requests_of(2, 7, topic_id)).topics[0].partitions[0].offset
    client.send(0, 9, request)
    for _ in range(50):
        offset = client.call(2, 7, requests_of(2, 7, topic_id)).topics[0].partitions[0].offset
        if offset == before + 1:
            break

    assert offset == before + 1


def test_what_acks_zero_producers_send_before_they_leave_is_stored(
    node: NodeProcess, client: Client, topic_id: bytes
) -> None:
    """The batch and the end of the stream come together; neither record nor connection is left."""
    request = requests_of(0, 9, topic_id)
    request.acks = 0
    offset = client.call(2, 7, requests_of(2, 7, topic_id)).topics[0].partitions[0].offset
    before = node.metric("penstock_connections ")
    for _ in range(10):
        producer = Client(node.kafka)
        producer.call(18, 3, requests_of(18, 3, topic_id))
        producer.send(0, 9, request)
        producer.socket.close()
    for _ in range(100):
        end = client.call(2, 7, requests_of(2, 7, topic_id)).topics[0].partitions[0].offset
        left = node.metric("penstock_connections ") - before
        if end == offset + 10 and left == 0:
            break
        time.sleep(0.05)

    assert (end, left) == (offset + 10, 0)


def test_metrics_tell_the_state_of_volume_and_wal(
    node: NodeProcess, client: Client, topic_id: bytes
) -> None:
    """An operator sees how full the volume is and how much waits for the object store."""
    client.call(0, 9, requests_of(0, 9, topic_id))

    assert (
        0 < node.metric("penstock_volume_extents_free ") < node.metric("penstock_volume_extents ")
    )
    assert node.metric("penstock_wal_frames_total ") > 0
    assert node.metric("penstock_wal_unsaved_bytes ") > 0


def _produce(client: Client, topic: str, data: bytes, version: int = 8) -> Any:
    answer = client.call(
        0,
        version,
        messages.ProduceRequest(
            acks=-1,
            timeout_ms=5000,
            topic_data=[
                messages.ProduceRequest.TopicProduceData(
                    name=topic,
                    partition_data=[
                        messages.ProduceRequest.PartitionProduceData(index=0, records=data)
                    ],
                )
            ],
        ),
    )
    return answer.responses[0].partition_responses[0]


def _create(client: Client, name: str, **configs: str) -> None:
    request = messages.CreateTopicsRequest
    answer = client.call(
        19,
        5,
        request(
            topics=[
                request.CreatableTopic(
                    name=name,
                    num_partitions=1,
                    replication_factor=1,
                    configs=[
                        request.CreatableTopicConfig(name=key.replace("_", "."), value=value)
                        for key, value in configs.items()
                    ],
                )
            ]
        ),
    )
    assert answer.topics[0].error_code == 0


def test_compacted_topic_refuses_records_without_a_key(client: Client) -> None:
    """Every record needs a key; those without are named, up to a bound, and nothing is stored."""
    _create(client, "compacted", cleanup_policy="compact")
    sound = batch.build([(b"k", b"v"), (b"k", None)], timestamp=1)
    mixed = batch.build([(b"k", b"v"), (None, b"v")], timestamp=1)
    many = batch.build([(None, b"")] * 5000, timestamp=1)

    refused = _produce(client, "compacted", mixed)
    assert (refused.error_code, refused.base_offset) == (87, -1)
    assert [line.batch_index for line in refused.record_errors] == [1]
    assert len(_produce(client, "compacted", many).record_errors) == limits.RECORD_ERRORS_MAX
    assert _produce(client, "compacted", mixed, version=7).error_code == 87
    assert _produce(client, "compacted", sound).base_offset == 0
    damaged = bytearray(sound)
    damaged[-1] ^= 1
    assert _produce(client, "compacted", damaged).error_code == 2
    assert _produce(client, "compacted", sound).base_offset == 2


def test_batch_with_a_base_offset_is_refused(client: Client) -> None:
    """Offsets are the broker's to give: a client's batch begins at 0."""
    _create(client, "based")
    data = batch.build([(b"k", b"v")], timestamp=1, base_offset=3)
    assert _produce(client, "based", data).error_code == 87


def test_timestamps_are_found_in_batches_of_many_records(client: Client) -> None:
    """ListOffsets opens a batch that takes several turns of the loop, and answers its record."""
    _create(client, "timed")
    for timestamp in (1000, 2000):
        _produce(client, "timed", batch.build([(b"k", b"v")] * 3000, timestamp=timestamp))
    request = messages.ListOffsetsRequest
    found = []
    for wanted in (1, 1001, -3, 2001):
        answer = client.call(
            2,
            7,
            request(
                replica_id=-1,
                topics=[
                    request.ListOffsetsTopic(
                        name="timed",
                        partitions=[
                            request.ListOffsetsPartition(partition_index=0, timestamp=wanted)
                        ],
                    )
                ],
            ),
        )
        line = answer.topics[0].partitions[0]
        found.append((line.error_code, line.offset, line.timestamp))

    assert found == [(0, 0, 1000), (0, 3000, 2000), (0, 3000, 2000), (0, -1, -1)]


def test_topics_beyond_the_bound_of_a_request_are_refused(client: Client) -> None:
    """What one request may create, grow or delete is bounded; the rest of it is answered."""
    count = limits.TOPICS_PER_REQUEST_MAX + 3
    names = [f"/{number}" for number in range(count)]  # no legal names: nothing is created
    create = messages.CreateTopicsRequest
    created = client.call(
        19,
        5,
        create(
            topics=[
                create.CreatableTopic(name=name, num_partitions=1, replication_factor=1)
                for name in names
            ]
        ),
    )
    grow = messages.CreatePartitionsRequest
    grown = client.call(
        37,
        1,
        grow(
            topics=[
                grow.CreatePartitionsTopic(name=name, count=3, assignments=None) for name in names
            ]
        ),
    )
    deleted = client.call(20, 4, messages.DeleteTopicsRequest(topic_names=names))

    for lines, before in ((created.topics, 17), (grown.results, 3), (deleted.responses, 3)):
        assert [line.error_code for line in lines] == [before] * (count - 3) + [42] * 3


def test_batch_larger_than_the_volume_can_hold_is_refused_for_good(tmp_path: Path) -> None:
    """A producer must not repeat for ever what never fits an extent: MESSAGE_TOO_LARGE."""
    with NodeProcess(tmp_path, env={"PENSTOCK_VOLUME_SIZE": "16MiB"}) as small:
        client = Client(small.kafka)
        _create(client, "large", max_message_bytes="4000000")
        large = batch.build([(b"k", bytes(2_000_000))], timestamp=1)
        assert _produce(client, "large", large).error_code == 10
        assert _produce(client, "large", batch.build([(b"k", b"v")], timestamp=1)).error_code == 0
        client.socket.close()


def test_what_is_named_many_times_is_answered_once(client: Client) -> None:
    """An answer must not grow with repetitions: a name of few bytes stands for much more."""
    _create(client, "repeated")
    m = messages
    topic = m.MetadataRequest.MetadataRequestTopic(name="repeated")
    metadata = client.call(
        3, 9, m.MetadataRequest(topics=[topic] * 5000, allow_auto_topic_creation=False)
    )
    resource = m.DescribeConfigsRequest.DescribeConfigsResource(
        resource_type=2, resource_name="repeated", configuration_keys=None
    )
    configs = client.call(32, 4, m.DescribeConfigsRequest(resources=[resource] * 5000))

    assert [line.name for line in metadata.topics] == ["repeated"]
    assert [line.resource_name for line in configs.results] == ["repeated"]


def test_a_command_out_of_bounds_is_refused_not_a_defect(client: Client) -> None:
    """What the metadata cannot hold is answered, and the connection goes on."""
    request = messages.CreateTopicsRequest
    value = ",".join(["0:1"] * 30_000)
    answer = client.call(
        19,
        5,
        request(
            topics=[
                request.CreatableTopic(
                    name="bounded",
                    num_partitions=1,
                    replication_factor=1,
                    configs=[
                        request.CreatableTopicConfig(
                            name="leader.replication.throttled.replicas", value=value
                        )
                    ],
                )
            ]
        ),
    )
    assert answer.topics[0].error_code in (40, 42)
    assert client.call(60, 0, messages.DescribeClusterRequest()).error_code == 0
