"""DescribeClientQuotas and AlterClientQuotas (KIP-546)."""

from collections import Counter
from typing import Any

from appliance.metadata import client_quotas, commands
from appliance.metadata.client_quotas import (
    CLIENT_ID,
    CONNECTION_CREATION_RATE,
    CONSUMER_BYTE_RATE,
    CONTROLLER_MUTATION_RATE,
    IP,
    PRODUCER_BYTE_RATE,
    REQUEST_PERCENTAGE,
    USER,
    Entity,
    InvalidQuotaError,
)
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.proposing import propose
from appliance.server.refused import Refused

_DESCRIBE = 48
_ALTER = 49
_EXACT, _DEFAULT, _ANY = range(3)

_KEYS = (
    CONSUMER_BYTE_RATE,
    CONTROLLER_MUTATION_RATE,
    REQUEST_PERCENTAGE,
    PRODUCER_BYTE_RATE,
    CONNECTION_CREATION_RATE,
)
"""In the order in which Kafka names up to three of them; clients' tests compare lists."""

_Described = messages.DescribeClientQuotasResponse
_Altered = messages.AlterClientQuotasResponse


async def handle_alter(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Set and remove quotas, entity by entity; each is answered by itself."""
    entries: list[Any] = []
    counts = Counter(_key(entry) for entry in request.entries)
    for entry in request.entries:
        count = counts.pop(_key(entry), 0)
        if count == 0:
            continue
        code, text = 0, None
        try:
            if count > 1:
                raise Refused(ErrorCode.INVALID_REQUEST, "an entity is named twice")
            await _alter(context, entry, validate_only=request.validate_only)
        except Refused as error:
            code, text = error.code, error.message
        entries.append(
            _Altered.EntryData(
                error_code=code,
                error_message=text,
                entity=[
                    _Altered.EntityData(entity_type=kind, entity_name=name)
                    for kind, name in sorted(
                        {part.entity_type: part.entity_name for part in entry.entity}.items()
                    )
                ],
            )
        )
    response = _Altered(throttle_time_ms=0, entries=entries)
    slot.complete(*codec.encode_response_frame(_ALTER, version, correlation_id, response))


def _key(entry: Any) -> frozenset[tuple[str, str | None]]:
    return frozenset((part.entity_type, part.entity_name) for part in entry.entity)


async def _alter(context: Context, entry: Any, *, validate_only: bool) -> None:
    """Check one entity's changes, then replicate them."""
    wanted: dict[str, str] = {}
    delete: list[str] = []
    try:
        entity = client_quotas.check_entity(
            (part.entity_type, part.entity_name) for part in entry.entity
        )
        for change in entry.ops:
            if change.key in wanted or change.key in delete:
                raise Refused(ErrorCode.INVALID_REQUEST, f"{change.key} is named twice")
            if change.remove:
                delete.append(change.key)
                continue
            client_quotas.check_key(entity, change.key)
            client_quotas.check_value(change.key, change.value)
            wanted[change.key] = repr(change.value)
    except InvalidQuotaError as error:
        raise Refused(ErrorCode.INVALID_REQUEST, str(error)) from error
    present = context.image.client_quotas.get(entity, {})
    delete = [key for key in delete if key in present]
    if validate_only or not (wanted or delete):
        return
    command = commands.AlterClientQuotas(entity=entity, set=wanted, delete=tuple(delete))
    await propose(context, command)


def handle_describe(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer the quotas of the entities that fit a filter."""
    code, text, entries = 0, "", None
    try:
        wanted = _filter(request.components)
        entries = [
            _Described.EntryData(
                entity=[
                    _Described.EntityData(entity_type=kind, entity_name=name)
                    for kind, name in entity
                ],
                values=[
                    _Described.ValueData(key=key, value=float(value))
                    for key, value in sorted(quotas.items(), key=_place)
                ],
            )
            for entity, quotas in sorted(context.image.client_quotas.items(), key=_part_count)
            if _fits(entity, wanted, strict=request.strict)
        ]
    except Refused as error:
        code, text = error.code, error.message
    response = _Described(throttle_time_ms=0, error_code=code, error_message=text, entries=entries)
    slot.complete(*codec.encode_response_frame(_DESCRIBE, version, correlation_id, response))


def _place(quota: tuple[str, str]) -> int:
    return _KEYS.index(quota[0])


def _part_count(quotas: tuple[Entity, object]) -> int:
    return len(quotas[0])


def _filter(components: Any) -> dict[str, tuple[int, str | None]]:
    """Return entity type -> (match type, name), or refuse."""
    wanted: dict[str, tuple[int, str | None]] = {}
    for line in components:
        kind = line.entity_type
        if kind == "":
            raise Refused(ErrorCode.INVALID_REQUEST, "Invalid empty entity type.")
        if kind in wanted:
            raise Refused(ErrorCode.INVALID_REQUEST, f"Entity type {kind} is named twice")
        if kind not in (USER, CLIENT_ID, IP):
            raise Refused(ErrorCode.UNSUPPORTED_VERSION, f"Unsupported entity type {kind}")
        if line.match_type not in (_EXACT, _DEFAULT, _ANY):
            raise Refused(ErrorCode.INVALID_REQUEST, f"Unknown match type {line.match_type}")
        if (line.match_type == _EXACT) != (line.match is not None):
            raise Refused(ErrorCode.INVALID_REQUEST, "a name goes with an exact match alone")
        wanted[kind] = (line.match_type, line.match)
    if IP in wanted and len(wanted) > 1:
        raise Refused(ErrorCode.INVALID_REQUEST, "ip does not go with user or client-id")
    return wanted


def _fits(entity: Entity, wanted: dict[str, tuple[int, str | None]], *, strict: bool) -> bool:
    parts = dict(entity)
    if strict and parts.keys() != wanted.keys():
        return False
    return all(
        kind in parts and (match == _ANY or parts[kind] == name)
        for kind, (match, name) in wanted.items()
    )
