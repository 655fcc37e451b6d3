"""JoinGroup: ids, votes, protocols, sizes, static members."""

import dataclasses

import pytest

from appliance.coordinator import limits
from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import QUICK, RANGE, Driver, subscription

NONE = ErrorCode.NONE


def test_join_with_group_id_empty_is_refused():
    driver = Driver()
    assert driver.code(driver.join("")) is ErrorCode.INVALID_GROUP_ID
    assert driver.code(driver.join("g" * 40_000)) is ErrorCode.INVALID_GROUP_ID


@pytest.mark.parametrize("session_ms", [999, QUICK.session_timeout_ms_max + 1])
def test_join_with_session_timeout_out_of_bounds_is_refused(session_ms: int):
    driver = Driver()
    token = driver.join(session_ms=session_ms)
    assert driver.code(token) is ErrorCode.INVALID_SESSION_TIMEOUT
    assert driver.coordinator.groups == {}


@pytest.mark.parametrize("session_ms", [1_000, QUICK.session_timeout_ms_max])
def test_join_with_session_timeout_at_the_bound_is_taken(session_ms: int):
    driver = Driver()
    assert driver.code(driver.join(session_ms=session_ms)) is ErrorCode.MEMBER_ID_REQUIRED


def test_join_to_no_coordinator_and_during_load():
    """16 sends a client away, 14 lets it come again; neither costs it its id."""
    driver = Driver(is_loaded=False)
    token = driver.join("g", "m")
    assert driver.code(token) is ErrorCode.NOT_COORDINATOR
    partition = driver.coordinator.partition_of("g")
    load = driver.coordinator.begin_load(partition, driver.now_ms)
    loading = driver.join("g", "m")
    assert driver.code(loading) is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    assert driver.answer(loading).member_id == "m"

    driver.take(driver.coordinator.finish_load(load, driver.now_ms))
    assert driver.code(driver.join("g", "m")) is ErrorCode.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize("version", [4, 9])
def test_first_join_gets_an_id_and_comes_again(version: int):
    """KIP-394: a client that is lost between the two leaves no member behind."""
    driver = Driver()
    token = driver.join(version=version, client_id="app")
    answer = driver.answer(token)
    assert ErrorCode(answer.error_code) is ErrorCode.MEMBER_ID_REQUIRED
    assert answer.member_id == "app-0001"
    assert driver.coordinator.groups["g"].members == {}
    driver.advance(10_000)
    assert driver.coordinator.groups == {}
    assert driver.code(driver.join(member_id="app-0001")) is ErrorCode.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize("version", [0, 3])
def test_old_join_is_a_member_at_once(version: int):
    driver = Driver()
    token = driver.join(version=version)
    driver.advance(0)
    answer = driver.answer(token)
    assert (answer.error_code, answer.generation_id, answer.leader) == (0, 1, answer.member_id)


def test_join_version_0_has_one_timeout():
    driver = Driver()
    driver.join(version=0, session_ms=7_000)
    (member,) = driver.coordinator.groups["g"].members.values()
    assert member.rebalance_timeout_ms == 7_000


def test_join_of_unknown_member_or_group_forgets_the_id():
    driver = Driver()
    assert driver.code(driver.join("other", "m")) is ErrorCode.UNKNOWN_MEMBER_ID
    driver.stable(1)
    assert driver.code(driver.join("g", "m")) is ErrorCode.UNKNOWN_MEMBER_ID


@pytest.mark.parametrize(
    ("protocol_type", "protocols"),
    [("connect", RANGE), ("consumer", (("sticky", b""),)), ("", RANGE), ("consumer", ())],
)
def test_join_with_nothing_in_common_is_refused(protocol_type: str, protocols: tuple):
    driver = Driver()
    driver.stable(1)
    token = driver.join(protocol_type=protocol_type, protocols=protocols)
    assert driver.code(token) is ErrorCode.INCONSISTENT_GROUP_PROTOCOL


@pytest.mark.parametrize(("protocol_type", "protocols"), [("", RANGE), ("consumer", ())])
def test_join_of_an_empty_group_needs_a_protocol(protocol_type: str, protocols: tuple):
    driver = Driver()
    token = driver.join(protocol_type=protocol_type, protocols=protocols)
    assert driver.code(token) is ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    assert driver.coordinator.groups == {}


def test_join_with_too_many_or_too_long_protocols_is_refused():
    driver = Driver()
    many = [(f"p{i}", b"") for i in range(limits.PROTOCOLS_PER_MEMBER_MAX + 1)]
    for protocols in (many, [("p" * 40_000, b"")]):
        token = driver.join(protocols=protocols)
        assert driver.code(token) is ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    token = driver.join(instance_id="i" * 40_000)
    assert driver.code(token) is ErrorCode.INVALID_REQUEST


def test_votes_choose_the_protocol_most_members_prefer():
    """Only what everybody supports is voted on."""
    driver = Driver()
    lists = [["a", "b", "c"], ["b", "a"], ["x", "b", "a"]]
    ids = [
        driver.join_fully(protocols=[(name, name.encode()) for name in names]) for names in lists
    ]
    driver.advance(0)
    answers = [driver.answer(token) for _, token in ids]
    last = {a.member_id: a for a in answers}

    assert {a.protocol_name for a in last.values()} == {"b"}
    leader = last[answers[0].leader]
    assert [m.metadata for m in leader.members] == [b"b"] * 3
    assert all(a.members == [] for a in answers if a is not leader)


def test_group_over_its_size_is_refused_and_members_stay():
    driver = Driver(dataclasses.replace(QUICK, group_size_max=2))
    ids = driver.stable(2)
    assert driver.code(driver.join()) is ErrorCode.GROUP_MAX_SIZE_REACHED
    driver.rejoin("g", ids)
    assert driver.generation() == 2


def test_rejoin_over_the_size_removes_who_comes_last():
    """After the bound was lowered the last members to rejoin go."""
    driver = Driver()
    ids = driver.stable(3)
    smaller = Driver(dataclasses.replace(QUICK, group_size_max=2), is_loaded=False)
    for partition in range(50):
        smaller.take(smaller.coordinator.load(partition, driver.log.get(partition, []), 0))
    assert smaller.state() == "PreparingRebalance"
    tokens = [smaller.join("g", who) for who in ids]
    assert smaller.code(tokens[2]) is ErrorCode.GROUP_MAX_SIZE_REACHED
    assert [smaller.code(token) for token in tokens[:2]] == [NONE, NONE]
    assert list(smaller.coordinator.groups["g"].members) == ids[:2]


def test_ids_given_out_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PENDING_MEMBERS_PER_GROUP_MAX", 2)
    driver = Driver()
    codes = [driver.code(driver.join()) for _ in range(3)]
    assert codes[2] is ErrorCode.GROUP_MAX_SIZE_REACHED


def test_what_members_say_of_themselves_is_bounded_for_the_node(monkeypatch: pytest.MonkeyPatch):
    """A request may be 100 MB long, and a group lives as long as its client likes."""
    driver = Driver()
    ids = driver.stable(1)
    monkeypatch.setattr(limits, "MEMBERS_BYTES_MAX", driver.coordinator.usage.member_bytes + 5999)
    before = driver.coordinator.usage.member_bytes
    large = [("range", subscription("t", extra=bytes(6000)))]
    assert driver.code(driver.join("other", protocols=large)) is ErrorCode.GROUP_MAX_SIZE_REACHED
    assert "other" not in driver.coordinator.groups
    assert driver.code(driver.join("g", ids[0], protocols=large)) is (
        ErrorCode.GROUP_MAX_SIZE_REACHED
    )
    assert driver.coordinator.usage.member_bytes == before
    assert driver.heartbeat("g", ids[0], 1) is NONE
    driver.rejoin("g", ids)
    assert driver.generation() == 2


def test_assignments_are_bounded_for_the_node(monkeypatch: pytest.MonkeyPatch):
    driver = Driver()
    member_id, token = driver.join_fully()
    driver.advance(1)
    assert driver.code(token) is NONE
    monkeypatch.setattr(limits, "MEMBERS_BYTES_MAX", driver.coordinator.usage.member_bytes + 6000)
    token = driver.sync("g", member_id, 1, {member_id: bytes(3001)})
    assert driver.code(token) is ErrorCode.GROUP_MAX_SIZE_REACHED
    token = driver.sync("g", member_id, 1, {member_id: bytes(1000)})
    assert driver.code(token) is NONE


def test_rejoin_of_a_follower_with_the_same_metadata_is_answered_at_once():
    """The answer was lost on the way; nobody else is disturbed."""
    driver = Driver()
    _, follower = driver.stable(2)
    answer = driver.answer(driver.join("g", follower))
    assert (answer.error_code, answer.generation_id, answer.members) == (0, 1, [])
    assert driver.state() == "Stable"


def test_rejoin_of_the_leader_or_with_new_metadata_rebalances():
    driver = Driver()
    leader, follower = driver.stable(2)
    token = driver.join("g", leader)
    assert driver.is_parked(token)
    assert driver.state() == "PreparingRebalance"
    driver.rejoin("g", [follower, leader])
    changed = driver.join("g", follower, protocols=[("range", subscription("u"))])
    assert driver.is_parked(changed)


def test_rejoin_while_completing():
    """The same again gives the same generation, the leader its list; a change begins anew."""
    driver = Driver()
    leader, follower = driver.stable(2)
    first = [driver.join("g", who) for who in (leader, follower)]
    assert driver.state() == "CompletingRebalance"
    again = driver.answer(driver.join("g", leader))
    assert again == driver.answer(first[0])
    assert len(again.members) == 2
    waiting = driver.sync("g", follower, 2)
    changed = driver.join("g", follower, protocols=[("range", subscription("u"))])
    assert driver.code(waiting) is ErrorCode.REBALANCE_IN_PROGRESS
    assert driver.is_parked(changed)


def test_join_sent_twice_has_the_first_one_answered():
    driver = Driver()
    leader, _ = driver.stable(2)
    first = driver.join("g", leader)
    second = driver.join("g", leader)
    assert driver.code(first) is ErrorCode.REBALANCE_IN_PROGRESS
    assert driver.is_parked(second)


def _static(driver: Driver, version: int = 9) -> tuple[str, str]:
    """Return (leader, follower) of a stable group of two static members "a" and "b"."""
    tokens = [driver.join(instance_id=name, version=version) for name in "ab"]
    driver.advance(0)
    first, second = (driver.answer(token) for token in tokens)
    driver.sync("g", second.member_id, 1, instance_id="b")
    given = {first.member_id: b"A", second.member_id: b"B"}
    driver.sync("g", first.member_id, 1, given, instance_id="a")
    assert driver.state() == "Stable"
    return first.member_id, second.member_id


def test_static_member_that_comes_back_takes_its_place_without_a_rebalance():
    """KIP-345; the old one is fenced everywhere."""
    driver = Driver()
    leader, old = _static(driver)
    answer = driver.answer(driver.join(instance_id="b"))
    new = answer.member_id

    assert (answer.error_code, answer.generation_id, answer.leader) == (0, 1, leader)
    assert new.startswith("b-") and new != old
    assert driver.state() == "Stable"
    fenced = ErrorCode.FENCED_INSTANCE_ID
    assert driver.heartbeat("g", old, 1, instance_id="b") is fenced
    assert driver.code(driver.join("g", old, instance_id="b")) is fenced
    assert driver.code(driver.sync("g", old, 1, instance_id="b")) is fenced
    token = driver.commit("g", {("t", 0): 1}, member_id=old, generation=1, instance_id="b")
    assert driver.commit_codes(token) == [fenced]
    (left,) = driver.answer(driver.leave("g", (old, "b"))).members
    assert ErrorCode(left.error_code) is fenced
    assert driver.heartbeat("g", old, 1) is ErrorCode.UNKNOWN_MEMBER_ID
    assert driver.answer(driver.sync("g", new, 1, instance_id="b")).assignment == b"B"
    assert driver.reload().coordinator.groups["g"].static == {"a": leader, "b": new}


@pytest.mark.parametrize(("version", "is_skipped"), [(9, True), (8, False)])
def test_static_leader_that_comes_back_does_not_assign_again(version: int, is_skipped: bool):
    """KIP-814 says so; before it, the member is told of a leader that it is not."""
    driver = Driver()
    old, follower = _static(driver)
    answer = driver.answer(driver.join(instance_id="a", version=version))

    assert answer.skip_assignment is is_skipped
    assert answer.leader == (answer.member_id if is_skipped else old)
    members = [m.member_id for m in answer.members]
    assert members == ([answer.member_id, follower] if is_skipped else [])


def test_static_member_is_answered_when_its_place_is_durable():
    driver = Driver()
    _static(driver)
    driver.is_automatic = False
    token = driver.join(instance_id="b")
    assert driver.is_parked(token)
    driver.settle()
    assert driver.code(token) is NONE


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (ErrorCode.NOT_ENOUGH_REPLICAS, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NOT_COORDINATOR),
        (ErrorCode.MESSAGE_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR),
    ],
)
def test_static_member_whose_place_is_lost_leaves_the_old_one(code: ErrorCode, told: ErrorCode):
    driver = Driver()
    leader, old = _static(driver)
    driver.is_automatic = False
    token = driver.join(instance_id="b", protocols=[("range", subscription("u"))])
    driver.lose(code)

    assert driver.code(token) is told
    group = driver.coordinator.groups["g"]
    assert group.static == {"a": leader, "b": old}
    assert group.subscribed == {"t"}
    assert group.joined == 0
    assert driver.heartbeat("g", old, 1, instance_id="b") is NONE


def test_static_member_that_restarts_twice_falls_back_to_what_the_log_knows():
    """Neither new id reached the log: who takes over knows the first one."""
    driver = Driver()
    leader, old = _static(driver)
    driver.is_automatic = False
    driver.join(instance_id="b")
    again = driver.join(instance_id="b")
    driver.lose()

    assert driver.code(again) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert driver.coordinator.groups["g"].static == {"a": leader, "b": old}
    assert driver.reload().coordinator.groups["g"].static == {"a": leader, "b": old}


def test_static_member_that_restarts_twice_falls_back_to_its_first_place():
    """The first new id reached the log, the second did not."""
    driver = Driver()
    leader, _ = _static(driver)
    driver.is_automatic = False
    driver.join(instance_id="b")
    first = driver.coordinator.groups["g"].static["b"]
    again = driver.join(instance_id="b")
    driver.settle(1)
    driver.lose()

    assert driver.code(again) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert driver.coordinator.groups["g"].static == {"a": leader, "b": first}
    assert driver.reload().coordinator.groups["g"].static == {"a": leader, "b": first}


def test_static_member_with_other_topics_is_known_to_read_them():
    """No rebalance, as in Kafka; but offsets of what it reads now are not deleted."""
    driver = Driver()
    _static(driver)
    driver.join(instance_id="b", protocols=[("range", subscription("u"))])
    assert driver.state() == "Stable"
    assert driver.coordinator.groups["g"].subscribed == {"t", "u"}
    assert driver.reload().coordinator.groups["g"].subscribed == {"t", "u"}


def test_static_member_while_its_place_is_on_its_way_may_come_again():
    driver = Driver()
    _static(driver)
    driver.is_automatic = False
    first = driver.join(instance_id="b")
    second = driver.join(instance_id="b")
    assert driver.code(first) is ErrorCode.FENCED_INSTANCE_ID
    driver.settle()
    assert driver.code(second) is NONE


def test_static_member_with_another_protocol_rebalances():
    driver = Driver()
    both = (*RANGE, ("sticky", b""))
    ids = [driver.join(instance_id=name, protocols=both) for name in "ab"]
    driver.advance(0)
    leader, follower = (driver.answer(token).member_id for token in ids)
    driver.sync("g", follower, 1, instance_id="b")
    driver.sync("g", leader, 1, {}, instance_id="a")
    token = driver.join(instance_id="b", protocols=both[1:])
    assert driver.is_parked(token)
    assert driver.state() == "PreparingRebalance"


def test_static_member_that_comes_back_while_completing_rebalances():
    """The leader may just be assigning to the old id."""
    driver = Driver()
    leader, old = _static(driver)
    driver.join("g", leader, instance_id="a")
    driver.join("g", old, instance_id="b")
    assert driver.state() == "CompletingRebalance"
    parked = driver.sync("g", old, 2, instance_id="b")
    token = driver.join(instance_id="b")
    assert driver.code(parked) is ErrorCode.FENCED_INSTANCE_ID
    assert driver.is_parked(token)
    assert driver.state() == "PreparingRebalance"


def test_static_member_that_comes_back_while_preparing_is_counted_once():
    driver = Driver()
    leader, _ = _static(driver)
    driver.join("g", leader, instance_id="a")
    parked = driver.join(instance_id="b")
    assert driver.code(parked) is NONE
    assert driver.generation() == 2
    assert driver.state() == "CompletingRebalance"


def test_static_id_of_another_member_is_fenced_and_unknown_one_unknown():
    driver = Driver()
    leader, _ = _static(driver)
    assert driver.heartbeat("g", leader, 1, instance_id="b") is ErrorCode.FENCED_INSTANCE_ID
    assert driver.heartbeat("g", leader, 1, instance_id="z") is ErrorCode.UNKNOWN_MEMBER_ID
    pending = driver.answer(driver.join()).member_id
    token = driver.join("g", pending, instance_id="z")
    assert driver.code(token) is ErrorCode.UNKNOWN_MEMBER_ID


def test_join_phases_that_end_together_end_in_steps():
    """No call of the coordinator does the work of a thousand groups; none is forgotten."""
    driver = Driver(dataclasses.replace(QUICK, initial_rebalance_delay_ms=3_000))
    tokens = [driver.join_fully(f"g{number}")[1] for number in range(100)]
    driver.now_ms += 3_000
    counts: list[int] = []
    while (due := driver.coordinator.next_deadline()) is not None and due <= driver.now_ms:
        effects = driver.coordinator.on_time(driver.now_ms)
        counts.append(len(effects))
        driver.take(effects)

    assert max(counts) <= limits.DEADLINES_PER_CALL
    assert sum(counts) == 100
    assert {driver.code(token) for token in tokens} == {NONE}
