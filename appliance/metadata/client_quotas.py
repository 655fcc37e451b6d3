"""Client quotas of Kafka 4.3: entities, keys, what values fit, and which quota holds for whom.

An entity is `((type, name or None), ...)`, ascending by type; a name of None is the default of its
type. Values are kept as the shortest text of their float, so that nodes agree on every byte.
Source: KIP-13, KIP-55, KIP-257, KIP-546.
"""

import ipaddress
import math
from collections.abc import Iterable, Mapping

Entity = tuple[tuple[str, str | None], ...]

USER = "user"
CLIENT_ID = "client-id"
IP = "ip"
PRODUCER_BYTE_RATE = "producer_byte_rate"
CONSUMER_BYTE_RATE = "consumer_byte_rate"
REQUEST_PERCENTAGE = "request_percentage"
CONTROLLER_MUTATION_RATE = "controller_mutation_rate"
CONNECTION_CREATION_RATE = "connection_creation_rate"

_WHOLE_MAX = {
    PRODUCER_BYTE_RATE: (1 << 63) - 1,
    CONSUMER_BYTE_RATE: (1 << 63) - 1,
    CONNECTION_CREATION_RATE: (1 << 31) - 1,
}
_CLIENT_KEYS = frozenset(
    (PRODUCER_BYTE_RATE, CONSUMER_BYTE_RATE, REQUEST_PERCENTAGE, CONTROLLER_MUTATION_RATE)
)
_IP_KEYS = frozenset((CONNECTION_CREATION_RATE,))
_NEARLY_WHOLE = 1e-6


class InvalidQuotaError(ValueError):
    """An entity, a key or a value that Kafka refuses; the text says why."""


def check_entity(parts: Iterable[tuple[str, str | None]]) -> Entity:
    """Return an entity in its one order.

    Raises:
        InvalidQuotaError: no such entity can have quotas.
    """
    found: dict[str, str | None] = {}
    for kind, name in parts:
        if kind not in (USER, CLIENT_ID, IP):
            raise InvalidQuotaError(f"Unhandled client quota entity type: {kind}")
        if name == "":
            raise InvalidQuotaError(f"Empty {kind} not supported")
        found[kind] = name
    if not found:
        raise InvalidQuotaError("Invalid empty client quota entity")
    if IP in found and len(found) > 1:
        raise InvalidQuotaError("an ip entity stands alone, without user or client-id")
    address = found.get(IP)
    if address is not None:
        try:
            ipaddress.ip_address(address)
        except ValueError as error:
            raise InvalidQuotaError(f"{address} is not a valid IP address") from error
    return tuple(sorted(found.items()))


def check_key(entity: Entity, key: str) -> None:
    """Raise InvalidQuotaError for a key that this kind of entity does not have."""
    keys = _IP_KEYS if entity[0][0] == IP else _CLIENT_KEYS
    if key not in keys:
        raise InvalidQuotaError(f"Invalid configuration key {key}")


def check_value(key: str, value: float) -> None:
    """Raise InvalidQuotaError for a value that a key cannot have."""
    if math.isnan(value) or value <= 0:
        raise InvalidQuotaError(f"Quota {key} must be greater than 0")
    most = _WHOLE_MAX.get(key)
    if most is None:
        if math.isinf(value):
            raise InvalidQuotaError(f"Proposed value for {key} is too large")
        return
    if value > most:
        raise InvalidQuotaError(f"Proposed value for {key} is too large")
    if abs(value - round(value)) > _NEARLY_WHOLE:
        raise InvalidQuotaError(f"{key} cannot be a fractional value.")


def canonical_address(text: str) -> str:
    """Return an address in its one form, IPv4 as such; what is none comes back as it is."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def find(
    quotas: Mapping[Entity, Mapping[str, str]], key: str, *, user: str, client_id: str
) -> tuple[float, Entity] | None:
    """Return (limit, whom it is shared by) of the most specific quota, None when there is none.

    A quota of a user alone is shared by all clients of that user, one of a client id by all users;
    a default gives a share of its own to each who falls under it.
    """
    for owner, name, shared in (
        (user, client_id, True),
        (user, None, True),
        (user, "", False),
        (None, client_id, True),
        (None, None, True),
        (None, "", False),
    ):
        entity: Entity = ((USER, owner),)
        if shared:
            entity = ((CLIENT_ID, name), (USER, owner))
        text = quotas.get(entity, {}).get(key)
        if text is not None:
            share: Entity = ((CLIENT_ID, client_id), (USER, user)) if shared else ((USER, user),)
            return float(text), share
    for name in (client_id, None):
        text = quotas.get(((CLIENT_ID, name),), {}).get(key)
        if text is not None:
            return float(text), ((CLIENT_ID, client_id),)
    return None
