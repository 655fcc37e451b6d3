"""What one request that names many topics or resources takes of the node."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio

from appliance import limits
from appliance.metadata import Image, commands, limits as metadata_limits
from appliance.protocol import codec, messages
from appliance.server import cluster, configs, topics
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.refused import Refused

NAMES = 12_000


class Tasks(trio.abc.Instrument):
    """Counts the tasks alive, and the turns of the loop."""

    def __init__(self) -> None:
        self.alive = self.alive_max = self.turns = 0

    def task_spawned(self, task: trio.lowlevel.Task) -> None:
        self.alive += 1
        self.alive_max = max(self.alive, self.alive_max)

    def task_exited(self, task: trio.lowlevel.Task) -> None:
        self.alive -= 1

    def before_io_wait(self, timeout: float) -> None:
        self.turns += 1


async def test_request_that_names_many_topics_holds_few_tasks() -> None:
    """A name of some bytes is worth no task of some kilobytes; others get their turns."""
    context = SimpleNamespace(image=Image())
    sent: list[bytes] = []
    slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
    request = messages.DeleteTopicsRequest(topic_names=[f"t{n}" for n in range(NAMES)])
    tasks = Tasks()
    trio.lowlevel.add_instrument(tasks)
    await topics.handle_delete(cast("Context", context), cast("Slot", slot), 3, 1, request)
    trio.lowlevel.remove_instrument(tasks)

    answer: Any = codec.decode_response(20, 3, memoryview(sent[0]), 8)
    assert [line.name for line in answer.responses] == request.topic_names
    assert {line.error_code for line in answer.responses} == {3, 42}
    assert tasks.alive_max <= limits.TOPICS_AT_ONCE_MAX
    assert tasks.turns > NAMES / limits.LINES_PER_TURN


def _many() -> list[tuple[int, int, Any, Any]]:
    """Return (API key, version, handler, request) of requests that name what is not there."""
    names = [f"t{n}" for n in range(NAMES)]
    metadata, describe = messages.MetadataRequest, messages.DescribeConfigsRequest
    alter, incremental = messages.AlterConfigsRequest, messages.IncrementalAlterConfigsRequest
    pages = messages.DescribeTopicPartitionsRequest
    resource = {"resource_type": 2, "configs": []}
    return [
        (3, 4, cluster.handle_metadata,
         metadata(topics=[metadata.MetadataRequestTopic(name=name) for name in names])),
        (32, 1, configs.handle_describe,
         describe(resources=[
             describe.DescribeConfigsResource(
                 resource_type=2, resource_name=name, configuration_keys=None
             )
             for name in names
         ])),
        (33, 0, configs.handle_alter,
         alter(resources=[alter.AlterConfigsResource(**resource, resource_name=name)
                          for name in names])),
        (44, 0, configs.handle_incremental_alter,
         incremental(resources=[incremental.AlterConfigsResource(**resource, resource_name=name)
                                for name in names])),
        (75, 0, cluster.handle_describe_topic_partitions,
         pages(topics=[pages.TopicRequest(name=name) for name in names], cursor=None)),
    ]  # fmt: skip


@pytest.mark.parametrize(("key", "version", "handler", "request_"), _many())
async def test_request_that_names_much_gives_others_their_turns(
    key: int, version: int, handler: Any, request_: Any
) -> None:
    """Every line of an answer takes a few microseconds; a hundred thousand must not in a row."""
    context = SimpleNamespace(
        image=Image(),
        settings=SimpleNamespace(auto_create_topics_enable=False),
        broker_id=0,
        cluster_id="c",
        host="h",
        port=1,
    )
    sent: list[int] = []
    slot = SimpleNamespace(complete=lambda _, size: sent.append(size))
    tasks = Tasks()
    trio.lowlevel.add_instrument(tasks)
    await handler(cast("Context", context), cast("Slot", slot), version, 1, request_)
    trio.lowlevel.remove_instrument(tasks)

    assert sent[0] > NAMES
    assert tasks.turns >= NAMES // limits.LINES_PER_TURN - 1


@pytest.mark.parametrize("validate_only", [False, True])
async def test_one_request_cannot_fill_the_memory_with_partitions(
    validate_only: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Topics side by side stop at the bound of the cluster; a journal with more could not start."""
    monkeypatch.setattr(metadata_limits, "PARTITIONS_PER_CLUSTER_MAX", 25)
    image = Image()
    image.apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
    ids = iter(range(2, 100))

    async def propose(command: Any) -> Any:
        await trio.lowlevel.checkpoint()
        return image.apply(command)

    context = SimpleNamespace(
        image=image,
        broker_id=0,
        propose=propose,
        random_bytes=lambda size: next(ids).to_bytes(size, "big"),
        now_ms=lambda: 0,
    )
    sent: list[bytes] = []
    slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
    topic = messages.CreateTopicsRequest.CreatableTopic
    request = messages.CreateTopicsRequest(
        topics=[topic(name=f"t{n}", num_partitions=10, replication_factor=1) for n in range(5)]
        + [topic(name="u", num_partitions=30, replication_factor=1)],
        validate_only=validate_only,
    )
    await topics.handle_create(cast("Context", context), cast("Slot", slot), 4, 1, request)

    answer: Any = codec.decode_response(19, 4, memoryview(sent[0]), 8)
    refused = [line.name for line in answer.topics if line.error_code == 37]
    # Which two come first is nobody's promise.
    assert refused[-1] == "u"
    assert len(refused) == (1 if validate_only else 4)
    assert len(image.partitions) == (0 if validate_only else 20)


async def test_long_answer_to_a_creation_is_made_in_turns() -> None:
    """Each topic is answered with all its configs: for 10,000 topics 330,000 lines."""
    image = Image()
    image.apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
    count = 400
    sent: list[bytes] = []
    slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
    topic = messages.CreateTopicsRequest.CreatableTopic
    config = messages.CreateTopicsRequest.CreatableTopicConfig(name="retention.ms", value="7")
    request = messages.CreateTopicsRequest(
        topics=[
            topic(name=f"t{n}", num_partitions=1, replication_factor=1, configs=[config])
            for n in range(count)
        ],
        validate_only=True,
    )
    context = SimpleNamespace(image=image, broker_id=0, random_bytes=bytes)
    tasks = Tasks()
    trio.lowlevel.add_instrument(tasks)
    await topics.handle_create(cast("Context", context), cast("Slot", slot), 7, 1, request)
    trio.lowlevel.remove_instrument(tasks)

    answer: Any = codec.decode_response(19, 7, memoryview(sent[0]), 9)
    shown = {c.name: c.value for line in answer.topics for c in line.configs}
    assert [line.error_code for line in answer.topics] == [0] * count
    assert shown["retention.ms"] == "7"
    assert tasks.turns >= count * len(shown) // limits.LINES_PER_TURN - 1


@pytest.mark.parametrize("length", [10, limits.REFUSAL_CHARS_MAX, 40_000])
def test_reason_that_quotes_the_client_is_bounded(length: int) -> None:
    """Older versions have room for 32,767 bytes of text; one more and there is no answer at all."""
    refused = Refused(42, "x" * length)

    assert len(refused.message) == min(length, limits.REFUSAL_CHARS_MAX)


def test_names_of_deleted_topics_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one deleted first is forgotten; to be deleted again makes a name young."""
    monkeypatch.setattr(limits, "DELETED_NAMES_MAX", 2)
    names: dict[str, None] = {}
    for name in ("a", "b", "a", "c"):
        topics.remember_deleted(names, name)

    assert list(names) == ["a", "c"]
