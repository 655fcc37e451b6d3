"""What one Metadata request may create."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio

from appliance import limits
from appliance.metadata import Image, commands
from appliance.protocol import codec, messages
from appliance.server import cluster
from appliance.server.connection import Slot
from appliance.server.context import Context


async def test_auto_creation_stops_at_the_bound_of_a_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Topics behind it are unknown, not created; the client asks again for those it needs."""
    monkeypatch.setattr(limits, "TOPICS_PER_REQUEST_MAX", 3)
    image = Image()
    image.apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
    ids = iter(range(2, 100))

    async def propose(command: Any) -> Any:
        await trio.lowlevel.checkpoint()
        return image.apply(command)

    context = SimpleNamespace(
        image=image,
        propose=propose,
        settings=SimpleNamespace(num_partitions=1, auto_create_topics_enable=True),
        random_bytes=lambda size: next(ids).to_bytes(size, "big"),
        now_ms=lambda: 0,
        broker_id=0,
        cluster_id="c",
        host="h",
        port=1,
    )
    sent: list[bytes] = []
    slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
    topic = messages.MetadataRequest.MetadataRequestTopic
    request = messages.MetadataRequest(
        topics=[topic(name=f"t{n}") for n in range(5)], allow_auto_topic_creation=True
    )
    await cluster.handle_metadata(cast("Context", context), cast("Slot", slot), 8, 1, request)

    answer = codec.decode_response(3, 8, memoryview(sent[0]), 8)
    assert sorted(image.topics_by_name) == ["t0", "t1", "t2"]
    assert [line.error_code for line in answer.topics] == [0, 0, 0, 3, 3]
