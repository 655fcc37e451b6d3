"""The classic group protocol as tables: what follows on what, and what is answered where.

```
             JOINING                 ALL_JOINED                ASSIGNED
   Empty ------------> Preparing -----------------> Completing ---------> Stable
     ^  <--------------  |  ^  ^                        |                   |
     |     ALL_LEFT         |  +------- JOINING --------+                   |
     | DELETE_FAILED        +---------------- JOINING ----------------------+
     v
   Dead  <- DELETING from Empty, UNLOADED from anywhere
```

Source: KIP-62, KIP-394, KIP-345; the states and their names are Kafka's.
"""

from enum import Enum

from appliance.protocol.errors import ErrorCode


class State(Enum):
    """State of a group; the value is what DescribeGroups and ListGroups call it."""

    EMPTY = "Empty"
    PREPARING_REBALANCE = "PreparingRebalance"
    COMPLETING_REBALANCE = "CompletingRebalance"
    STABLE = "Stable"
    DEAD = "Dead"

    __hash__ = object.__hash__  # Enum's own is a call of Python for each look into a table.


class Event(Enum):
    """What moves a group from one state to another."""

    JOINING = "a member came, left, failed or changed: everybody must join again"
    ALL_JOINED = "the join phase is over and there are members"
    ALL_LEFT = "the join phase is over and nobody is left"
    ASSIGNED = "the leader's assignment is durable"
    DELETING = "the group's tombstones are on their way"
    DELETE_FAILED = "they did not become durable"
    UNLOADED = "another node coordinates the group now"


TRANSITIONS: dict[tuple[State, Event], State] = {
    (State.EMPTY, Event.JOINING): State.PREPARING_REBALANCE,
    (State.EMPTY, Event.DELETING): State.DEAD,
    (State.EMPTY, Event.UNLOADED): State.DEAD,
    (State.PREPARING_REBALANCE, Event.ALL_JOINED): State.COMPLETING_REBALANCE,
    (State.PREPARING_REBALANCE, Event.ALL_LEFT): State.EMPTY,
    (State.PREPARING_REBALANCE, Event.UNLOADED): State.DEAD,
    (State.COMPLETING_REBALANCE, Event.JOINING): State.PREPARING_REBALANCE,
    (State.COMPLETING_REBALANCE, Event.ASSIGNED): State.STABLE,
    (State.COMPLETING_REBALANCE, Event.UNLOADED): State.DEAD,
    (State.STABLE, Event.JOINING): State.PREPARING_REBALANCE,
    (State.STABLE, Event.UNLOADED): State.DEAD,
    (State.DEAD, Event.DELETE_FAILED): State.EMPTY,
    (State.DEAD, Event.UNLOADED): State.DEAD,
}
"""(state, event) -> next state; a pair that is missing cannot happen."""

HEARTBEAT: dict[State, ErrorCode] = {
    State.EMPTY: ErrorCode.UNKNOWN_MEMBER_ID,
    State.PREPARING_REBALANCE: ErrorCode.REBALANCE_IN_PROGRESS,
    State.COMPLETING_REBALANCE: ErrorCode.NONE,
    State.STABLE: ErrorCode.NONE,
    State.DEAD: ErrorCode.COORDINATOR_NOT_AVAILABLE,
}
"""Answer to the heartbeat of a member with the right generation."""

COMMIT: dict[State, ErrorCode] = {
    State.EMPTY: ErrorCode.UNKNOWN_MEMBER_ID,
    State.PREPARING_REBALANCE: ErrorCode.NONE,
    State.COMPLETING_REBALANCE: ErrorCode.REBALANCE_IN_PROGRESS,
    State.STABLE: ErrorCode.NONE,
    State.DEAD: ErrorCode.COORDINATOR_NOT_AVAILABLE,
}
"""Answer to the OffsetCommit of a member with the right generation: members may save what they
processed while a rebalance is being prepared, but not after they learnt of the new generation."""

SIMPLE_COMMIT: dict[State, ErrorCode] = {
    State.EMPTY: ErrorCode.NONE,
    State.PREPARING_REBALANCE: ErrorCode.UNKNOWN_MEMBER_ID,
    State.COMPLETING_REBALANCE: ErrorCode.UNKNOWN_MEMBER_ID,
    State.STABLE: ErrorCode.UNKNOWN_MEMBER_ID,
    State.DEAD: ErrorCode.COORDINATOR_NOT_AVAILABLE,
}
"""Answer to an OffsetCommit without member and generation."""

DELETE: dict[State, ErrorCode] = {
    State.EMPTY: ErrorCode.NONE,
    State.PREPARING_REBALANCE: ErrorCode.NON_EMPTY_GROUP,
    State.COMPLETING_REBALANCE: ErrorCode.NON_EMPTY_GROUP,
    State.STABLE: ErrorCode.NON_EMPTY_GROUP,
    State.DEAD: ErrorCode.GROUP_ID_NOT_FOUND,
}
"""Answer to DeleteGroups, and to OffsetDelete of a group that is no consumer group."""
