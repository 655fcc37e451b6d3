"""SyncGroup, Heartbeat, LeaveGroup, and every timeout on a fake clock."""

import dataclasses

import pytest

from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import QUICK, Driver

NONE = ErrorCode.NONE
DELAY = dataclasses.replace(QUICK, initial_rebalance_delay_ms=3_000)


# ---- SyncGroup


def _completing(driver: Driver, count: int = 2) -> list[str]:
    """Return the members, the leader first, of a group that waits for its assignment."""
    ids = driver.stable(count)
    for who in ids:
        driver.join("g", who)
    assert driver.state() == "CompletingRebalance"
    assert driver.generation() == 2
    return ids


def test_sync_of_the_leader_wakes_all_when_it_is_durable():
    driver = Driver()
    leader, follower = _completing(driver)
    driver.is_automatic = False
    waiting = driver.sync("g", follower, 2)
    given = driver.sync("g", leader, 2, {leader: b"L", follower: b"F", "stranger": b"S"})
    assert driver.is_parked(waiting)
    assert driver.is_parked(given)
    assert driver.state() == "CompletingRebalance"

    driver.settle()
    answer = driver.answer(waiting)
    assert (answer.assignment, answer.protocol_type, answer.protocol_name) == (
        b"F",
        "consumer",
        "range",
    )
    assert driver.answer(given).assignment == b"L"
    assert driver.state() == "Stable"


def test_sync_after_the_group_is_stable_gives_the_assignment():
    driver = Driver()
    leader, follower = _completing(driver)
    driver.sync("g", leader, 2, {follower: b"F"})
    assert driver.answer(driver.sync("g", follower, 2)).assignment == b"F"
    assert driver.answer(driver.sync("g", leader, 2)).assignment == b""


def test_sync_repeated_by_the_leader_does_not_assign_twice():
    """Two assignments of one generation would be two owners of a partition."""
    driver = Driver()
    leader, follower = _completing(driver)
    driver.is_automatic = False
    first = driver.sync("g", leader, 2, {follower: b"1"})
    second = driver.sync("g", leader, 2, {follower: b"2"})
    assert driver.code(first) is ErrorCode.REBALANCE_IN_PROGRESS
    assert len(driver.in_flight) == 1
    driver.settle()
    assert driver.code(second) is NONE
    assert driver.answer(driver.sync("g", follower, 2)).assignment == b"1"


def test_sync_that_is_lost_begins_anew():
    driver = Driver()
    leader, follower = _completing(driver)
    driver.is_automatic = False
    tokens = [driver.sync("g", follower, 2), driver.sync("g", leader, 2, {leader: b"x"})]
    driver.lose(ErrorCode.REQUEST_TIMED_OUT)
    assert [driver.code(t) for t in tokens] == [ErrorCode.COORDINATOR_NOT_AVAILABLE] * 2
    assert driver.state() == "PreparingRebalance"
    assert driver.reload().generation() == 1


def test_sync_overtaken_by_a_rebalance_changes_nothing():
    driver = Driver()
    leader, _ = _completing(driver)
    driver.is_automatic = False
    token = driver.sync("g", leader, 2, {leader: b"x"})
    joining, parked = driver.join_fully()
    assert driver.code(token) is ErrorCode.REBALANCE_IN_PROGRESS
    driver.settle()
    assert driver.state() == "PreparingRebalance"
    assert driver.is_parked(parked)
    assert joining in driver.coordinator.groups["g"].members


@pytest.mark.parametrize(
    ("group", "generation", "more", "code"),
    [
        ("", 2, {}, ErrorCode.INVALID_GROUP_ID),
        ("other", 2, {}, ErrorCode.UNKNOWN_MEMBER_ID),
        ("g", 1, {}, ErrorCode.ILLEGAL_GENERATION),
        ("g", 3, {}, ErrorCode.ILLEGAL_GENERATION),
        ("g", 2, {"protocol_type": "connect"}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ("g", 2, {"protocol": "sticky"}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ("g", 2, {"protocol": None}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ("g", 2, {"protocol_type": None}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
        ("", 1, {"protocol": None}, ErrorCode.INCONSISTENT_GROUP_PROTOCOL),
    ],
)
def test_sync_that_does_not_fit_is_refused(group: str, generation: int, more: dict, code):
    driver = Driver()
    leader, _ = _completing(driver)
    assert driver.code(driver.sync(group, leader, generation, **more)) is code


def test_sync_before_the_first_generation_is_told_of_the_rebalance():
    """Kafka compares protocols only when both sides have one."""
    driver = Driver()
    member_id, _ = driver.join_fully()
    assert driver.state() == "PreparingRebalance"
    assert driver.code(driver.sync("g", member_id, 0)) is ErrorCode.REBALANCE_IN_PROGRESS


def test_sync_version_4_names_no_protocol():
    driver = Driver()
    leader, _ = _completing(driver)
    token = driver.sync("g", leader, 2, {}, protocol=None, protocol_type=None, version=4)
    assert driver.code(token) is NONE


def test_sync_of_a_stranger_is_unknown():
    driver = Driver()
    _completing(driver)
    assert driver.code(driver.sync("g", "stranger", 2)) is ErrorCode.UNKNOWN_MEMBER_ID


# ---- Heartbeat


def test_heartbeat_errors():
    driver = Driver()
    (leader,) = driver.stable(1)
    assert driver.heartbeat("", leader, 1) is ErrorCode.INVALID_GROUP_ID
    assert driver.heartbeat("other", leader, 1) is ErrorCode.UNKNOWN_MEMBER_ID
    assert driver.heartbeat("g", "stranger", 1) is ErrorCode.UNKNOWN_MEMBER_ID
    assert driver.heartbeat("g", leader, 2) is ErrorCode.ILLEGAL_GENERATION
    assert driver.heartbeat("g", leader, 0) is ErrorCode.ILLEGAL_GENERATION


def test_heartbeat_during_a_load_is_answered_well():
    """As in Kafka: a member must not lose what it owns while its coordinator starts."""
    driver = Driver(is_loaded=False)
    assert driver.heartbeat("g", "m", 1) is ErrorCode.NOT_COORDINATOR
    driver.coordinator.begin_load(driver.coordinator.partition_of("g"), driver.now_ms)
    assert driver.heartbeat("g", "m", 1) is NONE
    sync = driver.sync("g", "m", 1)
    assert driver.code(sync) is ErrorCode.REBALANCE_IN_PROGRESS  # fatal to clients: the other code
    leave = driver.leave("g", "m")
    assert driver.code(leave) is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS


def test_heartbeat_costs_no_heap_entry():
    driver = Driver()
    (leader,) = driver.stable(1)
    before = len(driver.coordinator._deadlines)
    for _ in range(1_000):
        driver.now_ms += 1
        assert driver.heartbeat("g", leader, 1) is NONE
    assert len(driver.coordinator._deadlines) == before


# ---- LeaveGroup


def test_leave_of_some_rebalances_and_of_all_empties_the_group():
    driver = Driver()
    a, b, c = driver.stable(3)
    driver.is_automatic = False
    token = driver.leave("g", a, "stranger", b)
    codes = [ErrorCode(m.error_code) for m in driver.answer(token).members]
    assert codes == [NONE, ErrorCode.UNKNOWN_MEMBER_ID, NONE]
    assert driver.state() == "PreparingRebalance"
    last = driver.leave("g", c)
    assert driver.is_parked(last)
    assert driver.state() == "Empty"
    driver.settle()
    assert driver.code(last) is NONE
    assert driver.reload().state() == "Empty"


def test_leave_whose_record_is_lost_says_so():
    driver = Driver()
    (only,) = driver.stable(1)
    driver.is_automatic = False
    token = driver.leave("g", only)
    driver.lose()
    assert driver.code(token) is ErrorCode.COORDINATOR_NOT_AVAILABLE


def test_leave_by_instance_id_removes_a_static_member():
    driver = Driver()
    token = driver.join(instance_id="a")
    driver.advance(0)
    who = driver.answer(token).member_id
    driver.sync("g", who, 1, {}, instance_id="a")
    answer = driver.answer(driver.leave("g", ("", "z"), ("", "a"), ("", None)))
    codes = [ErrorCode(m.error_code) for m in answer.members]
    assert codes == [ErrorCode.UNKNOWN_MEMBER_ID, NONE, ErrorCode.UNKNOWN_MEMBER_ID]
    assert [m.group_instance_id for m in answer.members] == ["z", "a", None]
    assert driver.state() == "Empty"


def test_leave_of_an_id_that_never_joined_lets_the_others_go_on():
    driver = Driver()
    a, b = driver.stable(2)
    pending = driver.answer(driver.join()).member_id
    tokens = [driver.join("g", who) for who in (a, b)]
    assert all(map(driver.is_parked, tokens))
    assert driver.code(driver.leave("g", pending)) is NONE
    assert [driver.code(token) for token in tokens] == [NONE, NONE]


def test_leave_of_a_parked_member_answers_its_join():
    driver = Driver()
    a, _ = driver.stable(2)
    token = driver.join("g", a)
    driver.leave("g", a)
    assert driver.code(token) is ErrorCode.UNKNOWN_MEMBER_ID


def test_leave_of_a_parked_follower_answers_its_sync():
    driver = Driver()
    _, follower = _completing(driver)
    token = driver.sync("g", follower, 2)
    driver.leave("g", follower)
    assert driver.code(token) is ErrorCode.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize("version", [0, 2])
def test_leave_of_old_versions_has_one_code(version: int):
    driver = Driver()
    (only,) = driver.stable(1)
    unknown = driver.leave("g", "stranger", version=version)
    assert driver.code(unknown) is ErrorCode.UNKNOWN_MEMBER_ID
    assert driver.code(driver.leave("g", only, version=version)) is NONE


def test_leave_of_unknown_group():
    driver = Driver()
    (member,) = driver.answer(driver.leave("other", "m")).members
    assert ErrorCode(member.error_code) is ErrorCode.UNKNOWN_MEMBER_ID
    assert driver.code(driver.leave("other", "m", version=1)) is ErrorCode.UNKNOWN_MEMBER_ID
    assert driver.code(driver.leave("", "m")) is ErrorCode.INVALID_GROUP_ID


# ---- timeouts


def test_session_of_a_silent_member_ends_to_the_millisecond():
    driver = Driver()
    a, b = driver.stable(2)
    driver.advance(5_000)
    assert driver.heartbeat("g", a, 1) is NONE
    driver.advance(4_999)
    assert b in driver.coordinator.groups["g"].members
    driver.advance(1)
    assert b not in driver.coordinator.groups["g"].members
    assert driver.heartbeat("g", a, 1) is ErrorCode.REBALANCE_IN_PROGRESS
    assert driver.heartbeat("g", b, 1) is ErrorCode.UNKNOWN_MEMBER_ID
    driver.rejoin("g", [a])
    assert driver.generation() == 2


def test_session_goes_on_with_a_commit():
    driver = Driver()
    (a,) = driver.stable(1)
    driver.advance(9_000)
    driver.commit("g", {("t", 0): 1}, member_id=a, generation=1)
    driver.advance(9_000)
    assert driver.heartbeat("g", a, 1) is NONE


def test_session_does_not_end_while_the_member_waits_for_us():
    """A parked member cannot heartbeat; its session starts anew with the answer."""
    driver = Driver()
    a, b = driver.stable(2, rebalance_ms=60_000)
    token = driver.join("g", a)
    for _ in range(6):
        driver.advance(9_000)
        assert driver.heartbeat("g", b, 1) is ErrorCode.REBALANCE_IN_PROGRESS
    assert driver.is_parked(token)
    driver.join("g", b)
    assert driver.code(token) is NONE
    waiting = driver.sync("g", b, 2)
    for _ in range(5):
        driver.advance(9_000)
        driver.heartbeat("g", a, 2)
    assert driver.is_parked(waiting)
    driver.sync("g", a, 2, {b: b"B"})
    assert driver.answer(waiting).assignment == b"B"
    driver.advance(9_999)
    assert b in driver.coordinator.groups["g"].members


def test_new_member_that_gave_up_goes_after_its_join_timeout():
    driver = Driver(dataclasses.replace(QUICK, new_member_join_timeout_ms=20_000))
    a, _ = driver.stable(2, session_ms=60_000, rebalance_ms=600_000)
    _, token = driver.join_fully()
    for _ in range(4):
        driver.advance(5_000)
        driver.heartbeat("g", a, 1)
    assert driver.code(token) is ErrorCode.UNKNOWN_MEMBER_ID


def test_rebalance_timeout_is_the_longest_and_removes_who_did_not_join():
    driver = Driver()
    a, _ = driver.join_fully(rebalance_ms=5_000, session_ms=60_000)
    b, _ = driver.join_fully(rebalance_ms=30_000, session_ms=60_000)
    driver.advance(0)
    driver.sync("g", b, 1)
    driver.sync("g", a, 1, {})
    token = driver.join("g", a, rebalance_ms=5_000, session_ms=60_000)
    driver.advance(29_999)
    assert driver.is_parked(token)
    driver.advance(1)
    answer = driver.answer(token)
    assert (answer.generation_id, answer.leader, len(answer.members)) == (2, a, 1)
    assert list(driver.coordinator.groups["g"].members) == [a]


def test_rebalance_without_its_leader_elects_another():
    driver = Driver()
    leader, b, c = driver.stable(3, session_ms=100_000)
    tokens = [driver.join("g", who, protocols=[("range", b"x")]) for who in (b, c)]
    driver.advance(60_000)
    answers = [driver.answer(token) for token in tokens]
    assert {answer.leader for answer in answers} == {b}
    assert [len(answer.members) for answer in answers] == [2, 0]
    assert leader not in driver.coordinator.groups["g"].members


def test_rebalance_of_static_members_alone_waits_for_their_sessions():
    """Static members that did not rejoin stay until their session ends."""
    driver = Driver()
    token = driver.join(instance_id="a", session_ms=100_000, rebalance_ms=5_000)
    driver.advance(0)
    a = driver.answer(token).member_id
    driver.sync("g", a, 1, {}, instance_id="a")
    dynamic, _ = driver.join_fully(session_ms=100_000, rebalance_ms=5_000)
    driver.leave("g", dynamic)
    driver.advance(60_000)
    assert driver.state() == "PreparingRebalance"
    assert list(driver.coordinator.groups["g"].members) == [a]
    driver.advance(41_000)
    assert driver.state() == "Empty"


def test_members_that_never_sync_are_removed_after_the_rebalance_timeout():
    driver = Driver()
    leader, follower = driver.stable(2, rebalance_ms=20_000)
    for who in (leader, follower):
        driver.join("g", who, rebalance_ms=20_000)
    driver.sync("g", leader, 2, {})
    assert driver.state() == "Stable"
    for _ in range(4):
        driver.advance(4_999)
        driver.heartbeat("g", leader, 2)
        assert driver.heartbeat("g", follower, 2) is NONE
    driver.advance(4)
    assert follower not in driver.coordinator.groups["g"].members
    assert driver.heartbeat("g", leader, 2) is ErrorCode.REBALANCE_IN_PROGRESS


def test_leader_that_never_syncs_is_removed_and_followers_join_again():
    driver = Driver()
    leader, follower = driver.stable(2, rebalance_ms=8_000)
    for who in (leader, follower):
        driver.join("g", who, rebalance_ms=8_000)
    token = driver.sync("g", follower, 2)
    driver.advance(8_000)
    assert driver.code(token) is ErrorCode.REBALANCE_IN_PROGRESS
    driver.rejoin("g", [follower])
    assert driver.generation() == 3


def test_initial_delay_gathers_members_and_is_extended():
    """Every member that comes within the delay extends it, up to the rebalance timeout."""
    driver = Driver(DELAY)
    _, first = driver.join_fully(rebalance_ms=7_000)
    driver.advance(2_000)
    _, second = driver.join_fully(rebalance_ms=7_000)
    driver.advance(1_000)
    assert driver.is_parked(first)
    driver.advance(2_000)
    _, third = driver.join_fully(rebalance_ms=7_000)
    driver.advance(1_000)
    assert driver.is_parked(third)
    driver.advance(500)
    driver.join_fully(rebalance_ms=7_000)
    driver.advance(499)
    assert driver.is_parked(third)
    driver.advance(1)
    assert {driver.answer(t).generation_id for t in (first, second, third)} == {1}
    assert len(driver.coordinator.groups["g"].members) == 4


def test_initial_delay_is_not_extended_without_new_members():
    driver = Driver(DELAY)
    _, token = driver.join_fully()
    driver.advance(2_999)
    assert driver.is_parked(token)
    driver.advance(1)
    assert driver.code(token) is NONE


def test_initial_rebalance_whose_members_all_left_ends_empty_and_is_forgotten():
    driver = Driver(DELAY)
    who, token = driver.join_fully()
    driver.leave("g", who)
    assert driver.code(token) is ErrorCode.UNKNOWN_MEMBER_ID
    driver.advance(3_000)
    assert driver.state() == "Empty"
    assert driver.generation() == 1


def test_cooperative_rebalances_in_quick_succession_keep_everybody():
    """KIP-429: everyone joins again right after a sync, to hand over what it revoked."""
    driver = Driver()
    ids = driver.stable(5)
    for round_ in range(2, 12):
        driver.rejoin("g", ids)
        assert driver.generation() == round_
    assert list(driver.coordinator.groups["g"].members) == ids


# ---- partitions come and go


def test_unload_answers_all_and_clears_every_deadline():
    driver = Driver()
    leader, follower = _completing(driver)
    driver.is_automatic = False
    tokens = [driver.sync("g", follower, 2), driver.sync("g", leader, 2, {})]
    _, joining = driver.join_fully("h")
    late = driver.in_flight[0]
    for group in "gh":
        partition = driver.coordinator.partition_of(group)
        driver.take(driver.coordinator.unload(partition, driver.now_ms))
    assert [driver.code(t) for t in tokens] == [ErrorCode.NOT_COORDINATOR] * 2
    assert driver.code(joining) is ErrorCode.NOT_COORDINATOR
    assert driver.coordinator.on_durable(late.append_id, driver.now_ms) == []
    assert driver.coordinator.unload(partition, driver.now_ms) == []
    assert driver.heartbeat("g", leader, 2) is ErrorCode.NOT_COORDINATOR


def test_loaded_members_have_a_fresh_session_and_go_on():
    driver = Driver()
    a, b = driver.stable(2)
    driver.now_ms += 1_000_000
    other = driver.reload()
    assert other.state() == "Stable"
    other.advance(9_999)
    assert list(other.coordinator.groups["g"].members) == [a, b]
    assert other.heartbeat("g", a, 1) is NONE
    other.advance(1)
    assert list(other.coordinator.groups["g"].members) == [a]


def test_loaded_group_tells_its_assignment():
    driver = Driver()
    _, b = driver.stable(2)
    other = driver.reload()
    assert other.answer(other.sync("g", b, 1)).assignment == b"for " + b.encode()
