"""From a request's bytes to its handler; the only place that maps the unexpected to an answer."""

from collections.abc import Callable
from typing import Any

import trio

from appliance.errors import RemoteProtocolError
from appliance.protocol import codec, plain
from appliance.server import (
    client_quotas,
    cluster,
    configs,
    delete_records,
    fetch,
    groups,
    list_offsets,
    placement,
    produce,
    producers,
    quorum,
    security,
    topics,
)
from appliance.server.connection import Connection, Slot, Waiting
from appliance.server.context import Context

Handler = Callable[[Context, Slot, int, int, Any], Waiting | None]

_OFFSET_COMMIT = 8
_API_VERSIONS = 18
_SASL = (17, 36)

HANDLERS: dict[int, Handler] = {
    0: produce.handle,
    1: fetch.handle,
    2: list_offsets.handle,
    3: cluster.handle_metadata,
    8: groups.handle,
    9: groups.handle,
    10: groups.handle_find_coordinator,
    11: groups.handle,
    12: groups.handle,
    13: groups.handle,
    14: groups.handle,
    15: groups.handle,
    16: groups.handle,
    18: cluster.handle_api_versions,
    19: topics.handle_create,
    20: topics.handle_delete,
    21: delete_records.handle,
    22: cluster.handle_init_producer_id,
    23: list_offsets.handle_leader_epoch,
    29: security.handle_describe_acls,
    30: security.handle_create_acls,
    31: security.handle_delete_acls,
    32: configs.handle_describe,
    33: configs.handle_alter,
    34: placement.handle_alter_replica_log_dirs,
    35: cluster.handle_describe_log_dirs,
    37: topics.handle_create_partitions,
    42: groups.handle,
    43: placement.handle_elect_leaders,
    44: configs.handle_incremental_alter,
    45: placement.handle_alter_reassignments,
    46: placement.handle_list_reassignments,
    47: groups.handle,
    48: client_quotas.handle_describe,
    49: client_quotas.handle_alter,
    50: security.handle_describe_scram,
    51: security.handle_alter_scram,
    55: quorum.handle_describe_quorum,
    57: quorum.handle_update_features,
    60: cluster.handle_describe_cluster,
    61: producers.handle,
    74: configs.handle_list_resources,
    75: cluster.handle_describe_topic_partitions,
}
"""API key -> handler. A handler answers into the slot, at once or later."""

assert sorted(HANDLERS) == sorted(cluster.advertised())


def _unserved_reason(key: int) -> str:
    if key in _SASL:
        return "this client wants SASL: the listener knows no users (security.protocol=PLAINTEXT)"
    return f"API key {key} is not served"


class Dispatcher:
    """Decodes requests and calls their handlers; counts and times them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, connection: Connection, slot: Slot, request: memoryview) -> Waiting | None:
        """Serve one request.

        Raises:
            RemoteProtocolError: bytes that no Kafka client sends; the connection is closed.
        """
        context = self._context
        repeated = connection.repeated_commit
        if repeated is not None and (found := repeated.decode(request)) is not None:
            key, version = _OFFSET_COMMIT, repeated.version
            correlation_id, body = found
            connection.client_id = repeated.client_id
        else:
            key, version, correlation_id, client_id, position = codec.decode_request_header(request)
            connection.client_id = client_id
            if key not in HANDLERS:
                raise RemoteProtocolError(_unserved_reason(key))
            if not cluster.is_served(key, version):
                if key == _API_VERSIONS:
                    cluster.handle_api_versions(context, slot, 0, correlation_id, None)
                    return None
                raise RemoteProtocolError(f"version {version} of API key {key} is not served")
            body = codec.decode_request(key, version, request, position)
            if key == _OFFSET_COMMIT:
                connection.repeated_commit = plain.repeated_commit(
                    version, request, body, client_id=client_id
                )
        context.telemetry.on_request(key)
        slot.api_key = key
        handler = HANDLERS[key]
        if context.image.client_quotas:
            return self._measured(handler, slot, version, correlation_id, body, len(request))
        return handler(context, slot, version, correlation_id, body)

    def _measured(
        self,
        handler: Handler,
        slot: Slot,
        version: int,
        correlation_id: int,
        body: Any,
        size: int,
    ) -> Waiting | None:
        """Serve one request while there are client quotas."""
        throttle, client_id = self._context.throttle, slot.connection.client_id
        began = trio.current_time()
        throttle_time_ms = throttle.on_request(client_id, slot.api_key, size)
        if throttle_time_ms:
            slot.throttle = (version, throttle_time_ms)
        waiting = handler(self._context, slot, version, correlation_id, body)
        throttle.on_handled(client_id, trio.current_time() - began)
        return waiting
