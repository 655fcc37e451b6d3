"""Which broker leads a new partition."""

import heapq
from collections.abc import Container, Mapping, Sequence

from appliance.ids import BrokerId
from appliance.metadata.rejected import Code, Rejected


def choose_leaders(led: Mapping[BrokerId, int], count: int) -> list[BrokerId]:
    """Return a leader for each of `count` new partitions: who leads least, then the lowest id.

    Raises:
        Rejected: there is no broker.
    """
    if not led:
        raise Rejected(Code.INVALID_REPLICATION_FACTOR, "no broker is registered")
    heap = sorted((number, broker_id) for broker_id, number in led.items())
    leaders: list[BrokerId] = []
    for _ in range(count):
        number, broker_id = heap[0]
        heapq.heapreplace(heap, (number + 1, broker_id))
        leaders.append(broker_id)
    return leaders


def assigned_leaders(
    brokers: Container[int], count: int, assignment: Sequence[Sequence[int]]
) -> list[BrokerId]:
    """Return the first broker of each line of a manual assignment.

    Raises:
        Rejected: wrong number of lines, an empty or repetitive line, or an unknown broker.
    """
    if len(assignment) != count:
        raise Rejected(
            Code.INVALID_REPLICA_ASSIGNMENT, f"{count} partitions, {len(assignment)} assignments"
        )
    for line in assignment:
        if not line or len(set(line)) != len(line):
            raise Rejected(Code.INVALID_REPLICA_ASSIGNMENT, "each partition needs distinct brokers")
        for broker_id in line:
            if broker_id not in brokers:
                raise Rejected(
                    Code.INVALID_REPLICA_ASSIGNMENT, f"broker {broker_id} is not registered"
                )
    return [BrokerId(line[0]) for line in assignment]
