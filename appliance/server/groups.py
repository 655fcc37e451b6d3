"""FindCoordinator, and all requests of the group protocol: the coordinator's, once it is there."""

from typing import Any

from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server import topics
from appliance.server.connection import Slot, Waiting
from appliance.server.context import Context

_FIND_COORDINATOR = 10
_LIST_GROUPS = 16
_BATCHED = 4  # first version of FindCoordinator with several keys
_GROUP, _TRANSACTION, _SHARE = range(3)


def handle(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> Waiting | None:
    """Hand a request to the coordinator; the first one ever creates its topic."""
    if not context.groups.is_open and slot.api_key != _LIST_GROUPS:
        return _open_and_serve(context, slot, version, correlation_id, request)
    context.groups.serve(slot, version, correlation_id, request)
    return None


async def _open_and_serve(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    # Failing that, the coordinator sends the client to look for another one.
    await topics.create_offsets(context)
    context.groups.serve(slot, version, correlation_id, request)


async def handle_find_coordinator(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer this node for groups; who asks for another kind is told not to ask again."""
    code, text = ErrorCode.NONE, None
    if request.key_type == _GROUP:
        if not context.groups.is_open:
            code = await topics.create_offsets(context)
        if code is not ErrorCode.NONE:
            code, text = ErrorCode.COORDINATOR_NOT_AVAILABLE, "the offsets topic cannot be created"
    elif request.key_type == _TRANSACTION:
        # The one code that both librdkafka and Java take for final, as InitProducerId says it.
        code = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
        text = "transactions are not served yet"
    elif request.key_type == _SHARE:
        # As of a broker without share groups: nobody shall ask again.
        code, text = ErrorCode.INVALID_REQUEST, "share groups are not served"
    else:
        code, text = ErrorCode.INVALID_REQUEST, f"unknown key type {request.key_type}"
    response = _answer(context, version, request, code, text)
    slot.complete(
        *codec.encode_response_frame(_FIND_COORDINATOR, version, correlation_id, response)
    )


def _answer(context: Context, version: int, request: Any, code: ErrorCode, text: str | None) -> Any:
    message = messages.FindCoordinatorResponse
    node_id, host, port = -1, "", -1
    if code is ErrorCode.NONE:
        node_id, host, port = context.broker_id, context.host, context.port
    if version < _BATCHED:
        return message(
            error_code=int(code), error_message=text, node_id=node_id, host=host, port=port
        )
    return message(
        coordinators=[
            message.Coordinator(
                key=key,
                node_id=node_id,
                host=host,
                port=port,
                error_code=int(code),
                error_message=text,
            )
            for key in dict.fromkeys(request.coordinator_keys)
        ]
    )
