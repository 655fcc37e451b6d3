"""ListGroups, DescribeGroups, DeleteGroups."""

import pytest

from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import RANGE, Driver, subscription

NONE = ErrorCode.NONE


def _many() -> Driver:
    driver = Driver()
    driver.stable(1, "stable")
    (who,) = driver.stable(1, "empty")
    driver.leave("empty", who)
    driver.commit("simple", {("t", 0): 1})
    a, b = driver.stable(2, "preparing")
    driver.join("preparing", a)
    for who in driver.stable(1, "completing"):
        driver.join("completing", who)
    assert b
    return driver


ALL = [
    ("completing", "consumer", "CompletingRebalance", "classic"),
    ("empty", "consumer", "Empty", "classic"),
    ("preparing", "consumer", "PreparingRebalance", "classic"),
    ("simple", "", "Empty", "classic"),
    ("stable", "consumer", "Stable", "classic"),
]


def test_list_names_every_group_with_its_state():
    assert _many().listed() == ALL


@pytest.mark.parametrize(
    ("states", "types", "count"),
    [
        (["Empty"], [], 2),
        ([" empty ", "STABLE"], [], 3),
        (["preparingrebalance"], ["Classic"], 1),
        (["nonsense"], [], 0),
        ([], ["CLASSIC", "consumer"], 5),
        ([], ["consumer"], 0),
        ([], ["nonsense"], 0),
    ],
)
def test_list_filters_by_state_and_type_in_any_case(states: list, types: list, count: int):
    assert len(_many().listed(states=states, types=types)) == count


def test_list_of_old_versions_has_no_filter():
    assert len(_many().listed(version=3)) == 5


def test_list_during_a_load_is_not_half_a_list():
    driver = Driver(is_loaded=False)
    assert driver.listed() == []
    load = driver.coordinator.begin_load(0, driver.now_ms)
    with pytest.raises(AssertionError):
        driver.listed()
    assert [r.error_code for r in driver.replies.values()][-1] == 14
    driver.take(driver.coordinator.finish_load(load, driver.now_ms))
    assert driver.listed() == []


def test_list_does_not_name_a_group_that_was_only_refused():
    driver = Driver()
    driver.join("g", protocols=())
    driver.is_automatic = False
    driver.commit("h", {("gone", 0): 1})
    assert driver.listed() == []


def test_describe_of_a_stable_group_has_all_fields():
    driver = Driver()
    token = driver.join(instance_id="i", client_id="app", protocols=[*RANGE, ("sticky", b"s")])
    driver.advance(0)
    who = driver.answer(token).member_id
    driver.sync("g", who, 1, {who: b"mine"}, instance_id="i")
    (group,) = driver.describe("g")
    (member,) = group.members

    assert (group.error_code, group.error_message, group.group_id) == (0, None, "g")
    assert (group.group_state, group.protocol_type) == ("Stable", "consumer")
    assert group.protocol_data == "range"
    assert group.authorized_operations == -(1 << 31)
    assert (member.member_id, member.group_instance_id) == (who, "i")
    assert (member.client_id, member.client_host) == ("app", "/127.0.0.1")
    assert (member.member_metadata, member.member_assignment) == (subscription("t"), b"mine")


def test_describe_in_other_states_has_no_protocol():
    driver = _many()
    preparing, empty, simple = driver.describe("preparing", "empty", "simple")
    assert (preparing.group_state, preparing.protocol_data) == ("PreparingRebalance", "")
    assert [m.member_metadata for m in preparing.members] == [b"", b""]
    assert (empty.group_state, empty.members) == ("Empty", [])
    assert (simple.group_state, simple.protocol_type) == ("Empty", "")


@pytest.mark.parametrize(("version", "code"), [(5, NONE), (6, ErrorCode.GROUP_ID_NOT_FOUND)])
def test_describe_of_an_unknown_group_is_dead(version: int, code: ErrorCode):
    (group,) = Driver().describe("g", version=version)
    assert (group.group_state, group.error_code) == ("Dead", code)
    assert (group.error_message is not None) == (version == 6)


def test_describe_tells_the_operations_if_asked():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    known, unknown = driver.describe("g", "x", with_operations=True)
    assert known.authorized_operations == 3400
    assert unknown.authorized_operations == -(1 << 31)


def test_describe_elsewhere_and_during_a_load():
    driver = Driver(is_loaded=False)
    assert driver.describe("g")[0].error_code == ErrorCode.NOT_COORDINATOR
    driver.coordinator.begin_load(driver.coordinator.partition_of("g"), driver.now_ms)
    assert driver.describe("g")[0].error_code == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS


def test_delete_is_answered_when_all_groups_are_durably_gone():
    driver = _many()
    driver.is_automatic = False
    token = driver.delete_groups("empty", "simple", "stable", "unknown", "empty")
    assert driver.is_parked(token)
    assert len(driver.in_flight) == 2
    assert driver.committed("simple") == {("t", 0): 1}
    driver.settle()
    assert driver.delete_codes(token) == {
        "empty": NONE,
        "simple": NONE,
        "stable": ErrorCode.NON_EMPTY_GROUP,
        "unknown": ErrorCode.GROUP_ID_NOT_FOUND,
    }
    names = [line[0] for line in driver.listed()]
    assert names == ["completing", "preparing", "stable"]
    assert set(driver.reload().coordinator.groups) == {"stable", "preparing", "completing"}


def test_delete_leaves_a_tombstone_for_every_key():
    """Compaction, and Kafka's tools, look at keys and know no groups."""
    driver = Driver()
    driver.commit("g", {("t", 0): 1, ("u", 3): 2})
    (who,) = driver.stable(1)
    driver.leave("g", who)
    driver.delete_groups("g")
    last = dict(driver.log[driver.coordinator.partition_of("g")])
    assert len(last) == 3
    assert set(last.values()) == {None}


def test_delete_that_is_lost_leaves_the_group():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    driver.is_automatic = False
    token = driver.delete_groups("g")
    again = driver.delete_groups("g")
    assert driver.delete_codes(again) == {"g": ErrorCode.GROUP_ID_NOT_FOUND}
    driver.lose()
    assert driver.delete_codes(token) == {"g": ErrorCode.COORDINATOR_NOT_AVAILABLE}
    assert driver.state() == "Empty"
    assert driver.committed("g") == {("t", 0): 1}


def test_delete_takes_commits_on_their_way_along():
    driver = Driver()
    driver.is_automatic = False
    driver.commit("g", {("t", 0): 1})
    driver.delete_groups("g")
    driver.settle()
    assert driver.coordinator.groups == {}
    assert driver.reload().coordinator.groups == {}


def test_delete_elsewhere_and_during_a_load():
    driver = Driver(is_loaded=False)
    token = driver.delete_groups("g")
    assert driver.delete_codes(token) == {"g": ErrorCode.NOT_COORDINATOR}
    driver.coordinator.begin_load(driver.coordinator.partition_of("g"), driver.now_ms)
    token = driver.delete_groups("g", version=0)
    assert driver.delete_codes(token) == {"g": ErrorCode.COORDINATOR_LOAD_IN_PROGRESS}


def test_delete_ends_when_the_partition_moves_away():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    driver.is_automatic = False
    token = driver.delete_groups("g")
    partition = driver.coordinator.partition_of("g")
    driver.take(driver.coordinator.unload(partition, driver.now_ms))
    assert driver.delete_codes(token) == {"g": ErrorCode.NOT_COORDINATOR}


# ---- sessions that are over, before their deadline was looked at


@pytest.mark.parametrize("is_automatic", [True, False])
def test_operators_do_not_meet_a_member_whose_session_is_over(is_automatic: bool):
    """What falls due is done in turns of some ms; an answer to an operator is not behind it."""
    driver = Driver()
    driver.stable(1, session_ms=6_000)
    driver.is_automatic = is_automatic
    driver.now_ms += 6_000

    assert driver.listed() == [("g", "consumer", "Empty", "classic")]
    token = driver.delete_groups("g")
    driver.settle()
    assert [result.error_code for result in driver.answer(token).results] == [NONE]


def test_describe_names_nobody_whose_session_is_over():
    driver = Driver()
    driver.stable(2, session_ms=6_000)
    driver.now_ms += 6_000

    (group,) = driver.describe("g")
    assert (group.group_state, group.members) == ("Empty", [])
