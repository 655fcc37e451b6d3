"""What clients are told when the metadata cannot be changed here and now."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio

import raft
from appliance.metadata import Image, commands
from appliance.protocol import codec, messages as m
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.dispatch import HANDLERS
from appliance.server.table import PartitionTable
from appliance.settings import Settings

TOPIC = 2
BROKER = 4
GROUP = 32
UNKNOWN = raft.OutcomeUnknownError("the journal failed")
ELSEWHERE = raft.NotLeaderError(2)


def context_that_fails(error: Exception) -> Context:
    """Return a node's context, with a topic `t` of some records, whose journal fails so."""

    async def propose(_: object) -> None:
        await trio.lowlevel.checkpoint()
        raise error

    image = Image()
    image.apply(commands.RegisterBroker(broker_id=1, incarnation=1, host="h", port=1, rack=None))
    image.apply(
        commands.CreateTopic(
            name="t", topic_id=bytes(15) + b"t", partitions=1, assignment=None, configs={}, now_ms=0
        )
    )
    table = PartitionTable(1)
    table.sync_all(image, sorted(image.topics_by_id))
    partition = table.get("t", 0)
    assert partition is not None
    partition.log_end_offset = partition.high_watermark = 5
    return cast(
        "Context",
        SimpleNamespace(
            volume_path="volume",
            image=image,
            table=table,
            propose=propose,
            random_bytes=lambda size: b"n" * size,
            now_ms=lambda: 0,
            settings=Settings(),
            broker_id=1,
            deleted_names={},
            producer_ids=[0, 0],
            host="h",
            port=1,
            cluster_id="c",
        ),
    )


def altered(resource_type: int, name: str, config: str, value: str) -> Any:
    message = m.IncrementalAlterConfigsRequest
    line = message.AlterableConfig(name=config, config_operation=0, value=value)
    resource = message.AlterConfigsResource(
        resource_type=resource_type, resource_name=name, configs=[line]
    )
    return message(resources=[resource], validate_only=False)


def requests() -> Iterator[tuple[int, int, Any]]:
    """Yield (API key, version, request) of everything that changes the metadata."""
    create, grow, delete = m.CreateTopicsRequest, m.CreatePartitionsRequest, m.DeleteRecordsRequest
    alter, quotas = m.AlterConfigsRequest, m.AlterClientQuotasRequest
    topic = create.CreatableTopic(name="new", num_partitions=1, replication_factor=1)
    yield 19, 4, create(topics=[topic], validate_only=False)
    yield 20, 3, m.DeleteTopicsRequest(topic_names=["t"])
    topic = grow.CreatePartitionsTopic(name="t", count=2, assignments=None)
    yield 37, 1, grow(topics=[topic], validate_only=False)
    partition = delete.DeleteRecordsPartition(partition_index=0, offset=3)
    yield 21, 1, delete(topics=[delete.DeleteRecordsTopic(name="t", partitions=[partition])])
    yield 22, 1, m.InitProducerIdRequest(transactional_id=None)
    yield (
        3,
        4,
        m.MetadataRequest(
            topics=[m.MetadataRequest.MetadataRequestTopic(name="new")],
            allow_auto_topic_creation=True,
        ),
    )
    config = alter.AlterableConfig(name="retention.ms", value="7")
    resource = alter.AlterConfigsResource(resource_type=TOPIC, resource_name="t", configs=[config])
    yield 33, 0, alter(resources=[resource], validate_only=False)
    yield 44, 0, altered(TOPIC, "t", "retention.ms", "7")
    yield 44, 0, altered(BROKER, "", "log.retention.ms", "7")
    yield 44, 0, altered(GROUP, "g", "consumer.session.timeout.ms", "50000")
    entity = quotas.EntityData(entity_type="client-id", entity_name="c")
    change = quotas.OpData(key="producer_byte_rate", value=1e6, remove=False)
    entry = quotas.EntryData(entity=[entity], ops=[change])
    yield 49, 0, quotas(entries=[entry], validate_only=False)


def codes(answer: Any) -> set[int]:
    """Return every code of an answer but NONE."""
    found: set[int] = set()
    for name in getattr(answer, "__slots__", None) or vars(answer):
        value = getattr(answer, name)
        if name == "error_code" and value != 0:
            found.add(value)
        elif isinstance(value, list):
            for line in cast("list[Any]", value):
                found |= codes(line) if not isinstance(line, int | str | bytes) else set()
    return found


NOT_LEADING = {21: ErrorCode.NOT_LEADER_OR_FOLLOWER, 22: ErrorCode.COORDINATOR_LOAD_IN_PROGRESS}
OUTCOME_UNKNOWN = {22: ErrorCode.COORDINATOR_LOAD_IN_PROGRESS}


@pytest.mark.parametrize(("key", "version", "request_"), [*requests()])
@pytest.mark.parametrize("error", [ELSEWHERE, UNKNOWN])
async def test_metadata_that_cannot_be_changed_is_a_code_to_try_again_at(
    error: Exception, key: int, version: int, request_: Any
) -> None:
    """A full disk ends the node by one line, and not by a traceback for each client before it."""
    sent: list[bytes] = []
    slot = SimpleNamespace(api_key=key, complete=lambda parts, _: sent.append(b"".join(parts)))
    serving: Any = HANDLERS[key](
        context_that_fails(error), cast("Slot", slot), version, 1, request_
    )
    await serving

    wanted = (
        NOT_LEADING.get(key, ErrorCode.NOT_CONTROLLER)
        if error is ELSEWHERE
        else OUTCOME_UNKNOWN.get(key, ErrorCode.REQUEST_TIMED_OUT)
    )
    assert codes(codec.decode_response(key, version, memoryview(sent[0]), 8)) == {wanted}
