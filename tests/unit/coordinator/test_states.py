"""The state machine row by row, and what is answered in each state, on real groups."""

import itertools

import pytest

from appliance.coordinator.group import Group
from appliance.coordinator.states import (
    COMMIT,
    DELETE,
    HEARTBEAT,
    SIMPLE_COMMIT,
    TRANSITIONS,
    Event,
    State,
)
from appliance.coordinator.usage import Usage
from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import Driver

E, P, C, S, D = (
    State.EMPTY,
    State.PREPARING_REBALANCE,
    State.COMPLETING_REBALANCE,
    State.STABLE,
    State.DEAD,
)
ROWS = {
    (E, Event.JOINING): P,
    (E, Event.DELETING): D,
    (E, Event.UNLOADED): D,
    (P, Event.ALL_JOINED): C,
    (P, Event.ALL_LEFT): E,
    (P, Event.UNLOADED): D,
    (C, Event.JOINING): P,
    (C, Event.ASSIGNED): S,
    (C, Event.UNLOADED): D,
    (S, Event.JOINING): P,
    (S, Event.UNLOADED): D,
    (D, Event.DELETE_FAILED): E,
    (D, Event.UNLOADED): D,
}


def _group(state: State) -> Group:
    group = Group("g", partition=0, now_ms=5, usage=Usage())
    group.state = state
    return group


@pytest.mark.parametrize(("state", "event"), sorted(ROWS, key=str))
def test_row_leads_to_its_state(state: State, event: Event):
    """A pair of the table leads where the table says, and remembers whence."""
    group = _group(state)
    group.on_event(event, 9)

    assert group.state is ROWS[state, event] is TRANSITIONS[state, event]
    assert group.previous_state is state
    assert group.state_ms == (5 if event in (Event.DELETING, Event.DELETE_FAILED) else 9)


@pytest.mark.parametrize(
    ("state", "event"), sorted(set(itertools.product(State, Event)) - ROWS.keys(), key=str)
)
def test_missing_row_is_a_bug(state: State, event: Event):
    """A pair that is not in the table cannot happen."""
    assert (state, event) not in TRANSITIONS
    with pytest.raises(AssertionError):
        _group(state).on_event(event, 9)


def _in_state(state: State) -> tuple[Driver, str]:
    """Return a group with two members (if it can have any) in a state, and the leader's id."""
    driver = Driver()
    leader, other = driver.stable(2)
    match state:
        case State.EMPTY | State.DEAD:
            driver.leave("g", leader, other)
            if state is State.DEAD:
                driver.is_automatic = False
                driver.delete_groups("g")
        case State.PREPARING_REBALANCE:
            driver.join("g", leader)
        case State.COMPLETING_REBALANCE:
            driver.join("g", leader)
            driver.join("g", other)
        case State.STABLE:
            pass
    assert driver.state() == state.value
    return driver, other


@pytest.mark.parametrize("state", State)
def test_heartbeat_is_answered_as_the_table_says(state: State):
    driver, member_id = _in_state(state)
    assert driver.heartbeat("g", member_id, driver.generation()) is HEARTBEAT[state]


@pytest.mark.parametrize("state", State)
def test_commit_of_a_member_is_answered_as_the_table_says(state: State):
    driver, member_id = _in_state(state)
    driver.is_automatic = state is not State.DEAD
    token = driver.commit("g", {("t", 0): 1}, member_id=member_id, generation=driver.generation())
    assert driver.commit_codes(token) == [COMMIT[state]]


@pytest.mark.parametrize("state", State)
def test_commit_without_a_member_is_answered_as_the_table_says(state: State):
    driver, _ = _in_state(state)
    token = driver.commit("g", {("t", 0): 1})
    assert driver.commit_codes(token) == [SIMPLE_COMMIT[state]]


@pytest.mark.parametrize("state", State)
def test_delete_is_answered_as_the_table_says(state: State):
    driver, _ = _in_state(state)
    token = driver.delete_groups("g")
    assert driver.delete_codes(token) == {"g": DELETE[state]}


@pytest.mark.parametrize("state", State)
def test_sync_is_answered_by_state(state: State):
    """Only a stable group has an assignment to tell; a completing one waits for the leader's."""
    driver, member_id = _in_state(state)
    token = driver.sync("g", member_id, driver.generation())
    if state is State.COMPLETING_REBALANCE:
        assert driver.is_parked(token)
        return
    assert (
        driver.code(token)
        is {
            State.EMPTY: ErrorCode.UNKNOWN_MEMBER_ID,
            State.PREPARING_REBALANCE: ErrorCode.REBALANCE_IN_PROGRESS,
            State.STABLE: ErrorCode.NONE,
            State.DEAD: ErrorCode.COORDINATOR_NOT_AVAILABLE,
        }[state]
    )


@pytest.mark.parametrize("state", State)
def test_leave_and_join_of_a_dead_group_are_retried_elsewhere(state: State):
    """While a deletion is on its way nobody gets in or out; else everybody does."""
    driver, member_id = _in_state(state)
    left = driver.leave("g", member_id)
    joining = driver.join("g")
    if state is State.DEAD:
        assert driver.code(left) is ErrorCode.COORDINATOR_NOT_AVAILABLE
        assert driver.code(joining) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    else:
        assert driver.code(left) is ErrorCode.NONE
        assert driver.code(joining) is ErrorCode.MEMBER_ID_REQUIRED
