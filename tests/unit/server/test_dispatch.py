"""What a handler is called with, and what the connection is known by meanwhile."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from appliance.protocol import codec, messages
from appliance.server import dispatch
from appliance.server.connection import Connection, Slot

_OFFSET_COMMIT, _HEARTBEAT = 8, 12
_TOPIC = messages.OffsetCommitRequest.OffsetCommitRequestTopic
_LINE = messages.OffsetCommitRequest.OffsetCommitRequestPartition


def frame(key: int, request: Any, *, correlation_id: int, client_id: str | None) -> memoryview:
    version = {_OFFSET_COMMIT: 8, _HEARTBEAT: 4}[key]
    parts = codec.encode_request_frame(key, version, correlation_id, client_id, request)
    return memoryview(b"".join(parts))[4:]


def commit(offset: int) -> Any:
    lines = [_LINE(partition_index=0, committed_offset=offset, committed_leader_epoch=1)]
    return messages.OffsetCommitRequest(group_id="g", topics=[_TOPIC(name="t", partitions=lines)])


async def test_commit_like_the_last_one_is_of_the_client_that_it_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quotas are of a client id (KIP-13), and a connection need not have one for all requests."""
    seen: list[tuple[int, str | None, int]] = []

    def handle(_: object, slot: Any, version: int, correlation_id: int, request: Any) -> None:
        seen.append((slot.api_key, slot.connection.client_id, correlation_id))

    monkeypatch.setattr(dispatch, "HANDLERS", {_OFFSET_COMMIT: handle, _HEARTBEAT: handle})
    telemetry = SimpleNamespace(on_request=lambda key: None)
    context: Any = SimpleNamespace(telemetry=telemetry, image=SimpleNamespace(client_quotas={}))
    dispatcher = dispatch.Dispatcher(context)
    connection = cast("Connection", SimpleNamespace(client_id=None, repeated_commit=None))
    beat = messages.HeartbeatRequest(group_id="g", member_id="m")
    for key, request, client_id in (
        (_OFFSET_COMMIT, commit(1), "a"),
        (_HEARTBEAT, beat, "b"),
        (_OFFSET_COMMIT, commit(2), "a"),
    ):
        view = frame(key, request, correlation_id=len(seen), client_id=client_id)
        dispatcher(connection, Slot(connection), view)

    assert connection.repeated_commit is not None
    assert seen == [(_OFFSET_COMMIT, "a", 0), (_HEARTBEAT, "b", 1), (_OFFSET_COMMIT, "a", 2)]
