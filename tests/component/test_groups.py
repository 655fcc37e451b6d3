"""The group protocol against a real node, spoken with our own codec."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance.coordinator import PARTITION_COUNT, group_partition
from appliance.coordinator.records import GroupRecord, OffsetRecord, decode
from appliance.protocol import batch, messages as m
from tests.component.test_every_api import Client, join_request
from tests.harness import NodeProcess, log_lines

TOPIC = "read-by-groups"
OFFSETS = "__consumer_offsets"
ENV = {
    "PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    "PENSTOCK_GROUP_MIN_SESSION_TIMEOUT_MS": "100",
}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env=ENV) as running:
        first = Client(running.kafka)
        topic = m.MetadataRequest.MetadataRequestTopic(name=TOPIC)
        assert first.call(3, 12, m.MetadataRequest(topics=[topic])).topics[0].error_code == 0
        first.socket.close()
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


@pytest.fixture
def other(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


def find(client: Client, *groups: str, key_type: int = 0) -> list[Any]:
    request = m.FindCoordinatorRequest(key_type=key_type, coordinator_keys=list(groups))
    return client.call(10, 6, request).coordinators


def join(client: Client, group_id: str, version: int = 9) -> Any:
    """Join as a new member; returns the answer."""
    request = join_request(group_id)
    answer = client.call(11, version, request)
    if answer.error_code == 79:
        answer = client.call(11, version, join_request(group_id, answer.member_id))
    return answer


def sync(client: Client, group_id: str, joined: Any, version: int = 5) -> Any:
    """Send SyncGroup; the leader assigns everybody its own id."""
    assignment = m.SyncGroupRequest.SyncGroupRequestAssignment
    members = [line.member_id for line in joined.members]
    return client.call(
        14,
        version,
        m.SyncGroupRequest(
            group_id=group_id,
            generation_id=joined.generation_id,
            member_id=joined.member_id,
            protocol_type="consumer",
            protocol_name="range",
            assignments=[assignment(member_id=i, assignment=i.encode()) for i in members],
        ),
    )


def commit_request(group_id: str, offset: int, joined: Any = None) -> Any:
    part = m.OffsetCommitRequest.OffsetCommitRequestPartition(
        partition_index=0, committed_offset=offset, committed_metadata=""
    )
    topic = m.OffsetCommitRequest.OffsetCommitRequestTopic(name=TOPIC, partitions=[part])
    return m.OffsetCommitRequest(
        group_id=group_id,
        generation_id_or_member_epoch=joined.generation_id if joined else -1,
        member_id=joined.member_id if joined else "",
        topics=[topic],
    )


def commit(client: Client, group_id: str, offset: int, joined: Any = None, version: int = 9) -> int:
    answer = client.call(8, version, commit_request(group_id, offset, joined))
    return answer.topics[0].partitions[0].error_code


def committed(client: Client, group_id: str) -> int:
    cls = m.OffsetFetchRequest
    topic = cls.OffsetFetchRequestTopics(name=TOPIC, partition_indexes=[0])
    group = cls.OffsetFetchRequestGroup(group_id=group_id, topics=[topic])
    answer = client.call(9, 9, cls(groups=[group], require_stable=True)).groups[0]
    while answer.error_code == 14:  # loading
        answer = client.call(9, 9, cls(groups=[group], require_stable=True)).groups[0]
    assert answer.error_code == 0
    return answer.topics[0].partitions[0].committed_offset


def metadata_of(client: Client, name: str) -> Any:
    topic = m.MetadataRequest.MetadataRequestTopic(name=name)
    request = m.MetadataRequest(topics=[topic], allow_auto_topic_creation=False)
    return client.call(3, 12, request).topics[0]


def read_log(client: Client, partition: int) -> list[Any]:
    """Return the decoded records of a partition of the offsets topic."""
    cls = m.FetchRequest
    part = cls.FetchPartition(partition=partition, fetch_offset=0, partition_max_bytes=1 << 20)
    request = cls(
        max_wait_ms=0,
        min_bytes=0,
        max_bytes=1 << 20,
        topics=[cls.FetchTopic(topic=OFFSETS, partitions=[part])],
    )
    data = client.call(1, 12, request).responses[0].partitions[0].records
    found = []
    for view in batch.iterate_batches(memoryview(bytes(data))):
        batch.check(view)
        for record in batch.iterate_records(view):
            assert record.key is not None
            found.append(decode(record.key, record.value))
    return found


@pytest.mark.parametrize("version", range(10))
def test_whole_life_of_a_member_in_every_version(client: Client, version: int) -> None:
    """Find, join, sync, beat, commit, fetch, describe, list, leave: no version meets an error."""
    group_id = f"life-{version}"
    assert find(client, group_id)[0].error_code == 0
    joined = join(client, group_id, version)
    assert (joined.error_code, joined.leader) == (0, joined.member_id)
    synced = sync(client, group_id, joined, min(version, 5))
    assert (synced.error_code, synced.assignment) == (0, joined.member_id.encode())
    beat = m.HeartbeatRequest(
        group_id=group_id, generation_id=joined.generation_id, member_id=joined.member_id
    )
    assert client.call(12, min(version, 4), beat).error_code == 0
    assert commit(client, group_id, 40 + version, joined, max(version, 2)) == 0
    assert committed(client, group_id) == 40 + version
    described = client.call(15, min(version, 6), m.DescribeGroupsRequest(groups=[group_id]))
    (group,) = described.groups
    assert (group.group_state, group.protocol_data) == ("Stable", "range")
    assert group.members[0].client_host == "/127.0.0.1"
    assert group.members[0].client_id == "test"
    listed = client.call(16, min(version, 5), m.ListGroupsRequest()).groups
    assert group_id in [line.group_id for line in listed]
    leave = m.LeaveGroupRequest(group_id=group_id, member_id=joined.member_id)
    if version >= 3:
        who = m.LeaveGroupRequest.MemberIdentity(member_id=joined.member_id)
        leave = m.LeaveGroupRequest(group_id=group_id, members=[who])
    assert client.call(13, min(version, 5), leave).error_code == 0
    deleted = client.call(42, min(version, 2), m.DeleteGroupsRequest(groups_names=[group_id]))
    assert deleted.results[0].error_code == 0
    assert committed(client, group_id) == -1


def test_parked_join_blocks_nobody_and_answers_leave_in_order(
    client: Client, other: Client
) -> None:
    """A parked JoinGroup holds back its own connection's later answers, and nothing else."""
    first = join(client, "parked")
    assert sync(client, "parked", first).error_code == 0
    told = other.call(11, 9, join_request("parked")).member_id
    other.send(11, 9, join_request("parked", told))  # parked: the first member has to join again
    other.send(60, 0, m.DescribeClusterRequest())
    beat = m.HeartbeatRequest(
        group_id="parked", generation_id=first.generation_id, member_id=first.member_id
    )
    for _ in range(1000):
        if client.call(12, 4, beat).error_code == 27:
            break
    assert client.call(12, 4, beat).error_code == 27
    assert commit(client, "parked", 5, first) == 0  # while a rebalance is being prepared
    again = client.call(11, 9, join_request("parked", first.member_id))
    ids = [struct.unpack(">i", other.receive()[:4])[0] for _ in range(2)]

    assert again.error_code == 0
    assert len(again.members) == 2
    assert ids == [other.count - 1, other.count]


def test_session_of_a_silent_member_ends(client: Client, other: Client) -> None:
    """Time alone ends a session: the deadline task is woken for it, without any request."""
    request = join_request("silent")
    request.session_timeout_ms = request.rebalance_timeout_ms = 1000
    request.member_id = client.call(11, 9, request).member_id
    joined = client.call(11, 9, request)
    assert sync(client, "silent", joined).error_code == 0
    wanted = m.DescribeGroupsRequest(groups=["silent"])
    while other.call(15, 5, wanted).groups[0].members:
        assert other.call(15, 5, wanted).groups[0].group_state in ("Stable", "Empty")

    assert other.call(15, 5, wanted).groups[0].group_state == "Empty"


def test_log_holds_kafkas_own_records(client: Client) -> None:
    """Commits and generations lie in the partition that Kafka would choose, in its schemas."""
    joined = join(client, "logged")
    sync(client, "logged", joined)
    commit(client, "logged", 3, joined)
    records = [r for r in read_log(client, group_partition("logged")) if r.group_id == "logged"]

    assert [type(record) for record in records] == [GroupRecord, OffsetRecord]
    assert (records[1].topic, records[1].committed.offset) == (TOPIC, 3)


def test_offsets_topic_is_internal_and_not_for_clients(client: Client) -> None:
    """Clients see and read it; they do not write, delete, create or grow it."""
    find(client, "any")
    line = metadata_of(client, OFFSETS)
    assert (line.is_internal, len(line.partitions)) == (True, PARTITION_COUNT)
    assert not metadata_of(client, TOPIC).is_internal
    cls = m.DescribeTopicPartitionsRequest
    asked = cls(topics=[cls.TopicRequest(name=OFFSETS)], response_partition_limit=1)
    assert client.call(75, 0, asked).topics[0].is_internal
    records = bytes(batch.build([(b"k", b"v")], timestamp=1))
    data = m.ProduceRequest.PartitionProduceData(index=0, records=records)
    topic = m.ProduceRequest.TopicProduceData(name=OFFSETS, partition_data=[data])
    produce = m.ProduceRequest(acks=-1, timeout_ms=1000, topic_data=[topic])
    assert client.call(0, 9, produce).responses[0].partition_responses[0].error_code == 17
    delete = m.DeleteTopicsRequest(topic_names=[OFFSETS])
    assert client.call(20, 5, delete).responses[0].error_code == 42
    grow = m.CreatePartitionsRequest
    wanted = grow.CreatePartitionsTopic(name=OFFSETS, count=60, assignments=None)
    assert client.call(37, 3, grow(topics=[wanted])).results[0].error_code == 42
    create = m.CreateTopicsRequest
    made = create.CreatableTopic(name="__transaction_state", num_partitions=1, replication_factor=1)
    assert client.call(19, 5, create(topics=[made])).topics[0].error_code == 42
    made = create.CreatableTopic(name=OFFSETS, num_partitions=50, replication_factor=1)
    assert client.call(19, 5, create(topics=[made])).topics[0].error_code == 36
    resource = m.DescribeConfigsRequest.DescribeConfigsResource(
        resource_type=2, resource_name=OFFSETS, configuration_keys=["cleanup.policy"]
    )
    configs = client.call(32, 4, m.DescribeConfigsRequest(resources=[resource])).results[0].configs
    assert configs[0].value == "compact"


def test_find_coordinator_answers_each_key_and_kind(node: NodeProcess, client: Client) -> None:
    """This node for groups; no other kind is served, and nobody shall ask again.

    A client repeats 15, COORDINATOR_NOT_AVAILABLE, for ever; 53 ends a transactional producer.
    """
    host, port = node.kafka.split(":")
    found = find(client, "a", "b")
    assert [(c.key, c.error_code, c.host, c.port) for c in found] == [
        ("a", 0, host, int(port)), ("b", 0, host, int(port)),
    ]  # fmt: skip
    (refused,) = find(client, "t", key_type=1)
    assert refused.error_code == 53
    assert refused.error_message == "transactions are not served yet"
    assert [c.error_code for c in find(client, "t", key_type=2)] == [42]
    assert [c.error_code for c in find(client, "t", key_type=9)] == [42]


def test_offsets_of_a_deleted_topic_go(client: Client) -> None:
    """A topic of the same name that is made later begins without them."""
    topic = m.MetadataRequest.MetadataRequestTopic(name="doomed")
    client.call(3, 12, m.MetadataRequest(topics=[topic]))
    request = commit_request("reader", 9)
    request.topics[0].name = "doomed"
    assert client.call(8, 9, request).topics[0].partitions[0].error_code == 0
    deleted = client.call(20, 5, m.DeleteTopicsRequest(topic_names=["doomed"]))
    assert deleted.responses[0].error_code == 0
    cls = m.OffsetFetchRequest
    group = cls.OffsetFetchRequestGroup(group_id="reader", topics=None)
    answer = client.call(9, 9, cls(groups=[group], require_stable=True)).groups[0]

    assert answer.topics == []


def test_metrics_of_groups(node: NodeProcess, client: Client) -> None:
    """An operator sees groups, members, rebalances and commits."""
    before = node.metric("penstock_offsets_committed_total ")
    joined = join(client, "counted")
    sync(client, "counted", joined)
    commit(client, "counted", 1, joined)

    assert node.metric("penstock_offsets_committed_total ") == before + 1
    assert node.metric('penstock_groups{state="Stable"}') >= 1
    assert node.metric("penstock_group_members ") >= 1
    assert node.metric("penstock_group_rebalances_total ") >= 1


def test_settings_bound_members_and_metadata(tmp_path: Path) -> None:
    """Kafka's names for what a group may be; each is obeyed."""
    env = ENV | {"PENSTOCK_GROUP_MAX_SIZE": "1", "PENSTOCK_OFFSET_METADATA_MAX_BYTES": "2"}
    with NodeProcess(tmp_path, env=env) as small:
        client = Client(small.kafka)
        topic = m.MetadataRequest.MetadataRequestTopic(name=TOPIC)
        client.call(3, 12, m.MetadataRequest(topics=[topic]))
        joined = join(client, "g")
        assert sync(client, "g", joined).error_code == 0
        assert join(client, "g").error_code == 81
        request = commit_request("g", 1, joined)
        request.topics[0].partitions[0].committed_metadata = "long"
        assert client.call(8, 9, request).topics[0].partitions[0].error_code == 12
        short = join_request("g")
        short.session_timeout_ms = 99
        assert client.call(11, 9, short).error_code == 26
        client.socket.close()


@pytest.mark.parametrize("trigger_ms", ["50", "300000"])
def test_restarts_lose_no_commit_and_keep_members(tmp_path: Path, trigger_ms: str) -> None:
    """After kill -9 groups come back from the checkpoint and the log behind it, members too."""
    env = ENV | {"PENSTOCK_UPLOAD_TRIGGER_MS": trigger_ms}
    node = NodeProcess(tmp_path, env=env).start()
    try:
        client = Client(node.kafka)
        topic = m.MetadataRequest.MetadataRequestTopic(name=TOPIC)
        client.call(3, 12, m.MetadataRequest(topics=[topic]))
        joined = join(client, "member")
        sync(client, "member", joined)
        for number in range(4):
            for group in range(60):
                assert commit(client, f"simple-{group}", number * 100 + group) == 0
            assert commit(client, "member", number, joined) == 0
            if trigger_ms == "50" and number == 1:
                before = node.metric("penstock_uploads_total ")
                while node.metric("penstock_uploads_total ") == before:
                    commit(client, "filler", 1)
            node.kill()
            client.socket.close()
            node.start()
            client = Client(node.kafka)
            found = [committed(client, f"simple-{group}") for group in range(60)]
            assert found == [number * 100 + group for group in range(60)]
            assert committed(client, "member") == number
            beat = m.HeartbeatRequest(
                group_id="member", generation_id=joined.generation_id, member_id=joined.member_id
            )
            assert client.call(12, 4, beat).error_code == 0
        client.socket.close()
        loads = [x for x in log_lines(node) if x["message"] == "consumer groups are loaded"]
        assert len(loads) == 4
        if trigger_ms == "300000":
            assert (loads[0]["checkpoints"], loads[0]["records"]) == (0, 62)
        # A restart uploads what its predecessor left, and checkpoints before it frees that.
        assert loads[-1]["checkpoints"]
    finally:
        node.close()
