"""OffsetCommit, OffsetFetch, OffsetDelete, and expiry on a fake clock."""

import dataclasses
import struct
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, strategies as st

from appliance.coordinator import limits
from appliance.coordinator.offsets import Offsets, offset_bytes
from appliance.coordinator.records import (
    CommittedOffset,
    OffsetRecord,
    PlainRecords,
    TopicCommit,
    encode_all,
    encode_offset_value,
    plain_pieces,
)
from appliance.coordinator.usage import Usage
from appliance.protocol import batch, messages
from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import (
    NOW_MS,
    OLD_T_ID,
    QUICK,
    T_ID,
    TOPICS,
    Driver,
    subscription,
)

NONE = ErrorCode.NONE
DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS


# ---- OffsetCommit


def test_commit_is_answered_and_visible_when_it_is_durable():
    driver = Driver()
    driver.is_automatic = False
    token = driver.commit("g", {("t", 0): 5, ("u", 1): 6}, leader_epoch=3, metadata="m")
    assert driver.is_parked(token)
    assert driver.committed("g") == {}
    driver.settle()
    assert driver.commit_codes(token) == [NONE, NONE]
    (group,) = driver.answer(driver.fetch({"g": {"t": [0, 1]}})).groups
    first, second = group.topics[0].partitions
    assert (first.committed_offset, first.committed_leader_epoch, first.metadata) == (5, 3, "m")
    assert (second.committed_offset, second.committed_leader_epoch) == (-1, -1)
    assert (second.metadata, second.error_code) == ("", 0)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (ErrorCode.NOT_ENOUGH_REPLICAS, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (ErrorCode.REQUEST_TIMED_OUT, ErrorCode.COORDINATOR_NOT_AVAILABLE),
        (ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.NOT_COORDINATOR),
        (ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NOT_COORDINATOR),
        (ErrorCode.RECORD_LIST_TOO_LARGE, ErrorCode.UNKNOWN_SERVER_ERROR),
    ],
)
def test_commit_that_is_lost_changes_nothing(code: ErrorCode, told: ErrorCode):
    driver = Driver()
    driver.is_automatic = False
    token = driver.commit("g", {("t", 0): 5})
    driver.lose(code)
    assert driver.commit_codes(token) == [told]
    assert driver.coordinator.groups == {}


def test_answers_to_commits_that_are_kept_are_bounded(monkeypatch: pytest.MonkeyPatch):
    """The next one alike is the same object; too many are forgotten, and given anew."""
    monkeypatch.setattr(limits, "ANSWER_LINES_KEPT_MAX", 5)
    driver = Driver()

    def answer(*partitions: int) -> Any:
        return driver.answer(driver.commit("g", {("t", index): 5 for index in partitions}))

    first = answer(0, 1)
    assert answer(0, 1) is first
    assert answer(2) is not first
    assert answer(0, 1) is first
    assert [line.partition_index for line in answer(3).topics[0].partitions] == [3]
    again = answer(0, 1)
    assert again == first
    assert again is not first


def test_commits_alike_with_others_in_between_count_what_they_cost():
    """Those that move what the last one moved are not counted; a deletion in between is."""
    driver = Driver()
    for metadata in ("", "", "longer", "", ""):  # The driver counts anew after each.
        driver.commit("g", {("t", 0): 1, ("t", 1): 1, ("u", 0): 1}, metadata=metadata)
        driver.commit("g", {("t", 0): 2, ("t", 1): 2})
        driver.commit("g", {("t", 0): 3, ("t", 1): 3})
        driver.delete_offsets("g", {"t": [1]})
        driver.commit("g", {("t", 0): 4, ("t", 1): 4})
        driver.commit("g", {("t", 1): 5}, metadata=metadata)
        driver.commit("g", {("t", 0): 6, ("t", 1): 6})
        driver.delete_offsets("g", {"t": [0, 1]})
        driver.commit("g", {("t", 0): 7, ("t", 1): 7})
    assert driver.committed("g") == {("t", 0): 7, ("t", 1): 7, ("u", 0): 1}


def test_what_was_moved_since_somebody_looked_is_seen():
    """Whoever looks, at whatever was applied before."""
    usage = Usage()
    indexes = (0, 1)
    for look in (
        lambda offsets: offsets.value("t", 1),
        lambda offsets: offsets.by_topic["t"][1],
        lambda offsets: list(offsets.expired(NOW_MS, DAY_MS, since_ms=lambda one: one.commit_ms)),
        lambda offsets: offsets.count_in(usage),
        lambda offsets: offsets.apply(OffsetRecord("g", "t", 0, None)),
        lambda offsets: offsets.apply(TopicCommit("g", "u", (5,), (bytes(12),), NOW_MS)),
    ):
        offsets = Offsets(Usage())
        for number in range(3):
            positions = tuple(struct.pack(">qi", number, -1) for _ in indexes)
            offsets.apply(TopicCommit("g", "t", indexes, positions, NOW_MS))
        look(offsets)
        committed = offsets.get("t", 1)
        assert committed == CommittedOffset(2, -1, "", NOW_MS)
        assert len(offsets) == sum(map(len, offsets.by_topic.values()))
        assert offsets.size == sum(
            offset_bytes(value)
            for partitions in offsets.by_topic.values()
            for value in partitions.values()
        )


def test_what_is_kept_of_commits_is_bounded(monkeypatch: pytest.MonkeyPatch):
    """In bytes, too: group ids and topic names are the clients'."""
    monkeypatch.setattr(limits, "COMMIT_SHAPES_BYTES_MAX", 1500)
    driver = Driver()

    def answer(group: str) -> Any:
        return driver.answer(driver.commit(group, {("t", 0): 5}))

    first = answer("a")
    assert answer("b") is first
    assert answer("a" * 300) is not first
    assert answer("a") == first


def measured_commit(
    driver: Driver, group_id: str, lines: dict[tuple[str, int], int]
) -> tuple[object, int]:
    """Commit; returns the token, and the most memory that it took."""
    tracemalloc.start()
    token = driver.commit(group_id, lines)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return token, peak


def test_commit_of_a_long_group_id_for_partitions_that_are_not_costs_what_it_weighs():
    """Its records would have the group id each, gigabytes for a request of two megabytes."""
    driver = Driver()
    lines = {("nope", partition): 5 for partition in range(2000)}
    token, peak = measured_commit(driver, "g" * 30_000, lines)

    assert set(driver.commit_codes(token)) == {ErrorCode.UNKNOWN_TOPIC_OR_PARTITION}
    assert peak < 8 << 20


def test_commit_of_a_long_group_id_for_very_many_partitions_is_refused(
    monkeypatch: pytest.MonkeyPatch,
):
    """As by Kafka, whose broker takes no batch of records that large; before they are made."""
    monkeypatch.setitem(TOPICS, "t", 1000)
    driver = Driver()
    lines = {("t", partition): 5 for partition in range(1000)}
    token, peak = measured_commit(driver, "g" * 30_000, lines)

    assert set(driver.commit_codes(token)) == {ErrorCode.INVALID_COMMIT_OFFSET_SIZE}
    assert peak < 8 << 20
    assert driver.commit_codes(driver.commit("g" * 10_000, lines)) == [NONE] * 1000


def test_commit_too_large_to_be_kept_is_served_without(monkeypatch: pytest.MonkeyPatch):
    """However long its group id, what is kept of all commits stays within its bound."""
    monkeypatch.setattr(limits, "COMMIT_SHAPE_BYTES_MAX", 1000)
    driver = Driver()
    group = "g" * 200
    first = driver.answer(driver.commit(group, {("t", 0): 5}))
    assert driver.answer(driver.commit(group, {("t", 0): 6})) is first
    tokens = [driver.commit(group, {("t", 0): offset, ("t", 1): 9}) for offset in (7, 8)]

    assert driver.answer(tokens[0]) is not driver.answer(tokens[1])
    assert [driver.commit_codes(token) for token in tokens] == [[NONE, NONE]] * 2
    assert driver.committed(group) == {("t", 0): 8, ("t", 1): 9}


@given(
    st.text(max_size=5),
    st.dictionaries(
        st.sampled_from(["t", "u", "t" * 200]),
        st.dictionaries(st.integers(0, 199), st.integers(-(1 << 63), (1 << 63) - 1), min_size=1),
        min_size=1,
    ),
)
def test_plain_records_are_those_of_the_general_code(
    group: str, offsets: dict[str, dict[int, int]]
):
    """In the log they are the same bytes."""
    topics = tuple((topic, tuple(found)) for topic, found in offsets.items())
    commits = [
        TopicCommit(
            group,
            topic,
            indexes,
            tuple(struct.pack(">qi", offsets[topic][index], 7) for index in indexes),
            NOW_MS,
        )
        for topic, indexes in topics
    ]
    plain = PlainRecords(commits, plain_pieces(group, topics))
    general = encode_all(
        OffsetRecord(
            group,
            topic,
            index,
            encode_offset_value(CommittedOffset(offsets[topic][index], 7, "", NOW_MS)),
        )
        for topic, indexes in topics
        for index in indexes
    )

    assert list(plain) == general
    assert len(plain) == len(general)
    assert [plain[number] for number in range(len(plain))] == general
    built = batch.build_encoded(
        plain.pieces(), len(plain), timestamp=NOW_MS, base_offset=3, leader_epoch=4
    )
    assert built == batch.build(general, timestamp=NOW_MS, base_offset=3, leader_epoch=4)


def test_commit_that_names_a_partition_twice_ends_with_the_second():
    """As in Kafka: both lines are answered, and both are in the log."""
    driver = Driver()
    request = messages.OffsetCommitRequest
    line = request.OffsetCommitRequestPartition
    lines = [line(partition_index=0, committed_offset=offset) for offset in (5, 6)]
    topics = [request.OffsetCommitRequestTopic(name="t", partitions=lines)]

    token = driver.send(
        8, request(group_id="g", generation_id_or_member_epoch=-1, topics=topics), 8
    )

    assert driver.commit_codes(token) == [NONE, NONE]
    assert driver.committed("g") == {("t", 0): 6}
    assert sum(map(len, driver.log.values())) == 2


def test_commit_that_is_lost_leaves_the_kept_answer_alone():
    driver = Driver()
    assert driver.commit_codes(driver.commit("g", {("t", 0): 5})) == [NONE]
    driver.is_automatic = False
    lost = driver.commit("g", {("t", 0): 6})
    driver.lose()
    good = driver.commit("g", {("t", 0): 7})
    driver.settle()
    assert driver.commit_codes(lost) == [ErrorCode.COORDINATOR_NOT_AVAILABLE]
    assert driver.commit_codes(good) == [NONE]


def test_offsets_are_bounded_for_the_node(monkeypatch: pytest.MonkeyPatch):
    """Those that only move are stored at any fill; a client is told that others are too much."""
    driver = Driver()
    driver.commit("g", {("t", 0): 5, ("t", 1): 5}, metadata="m")
    usage = driver.coordinator.usage
    one = offset_bytes(encode_offset_value(CommittedOffset(6, -1, "", NOW_MS)))
    monkeypatch.setattr(limits, "OFFSETS_BYTES_MAX", usage.offset_bytes + one - 2)
    refused = ErrorCode.INVALID_COMMIT_OFFSET_SIZE
    assert driver.commit_codes(driver.commit("g", {("t", 0): 6, ("u", 0): 6})) == [refused] * 2
    assert driver.commit_codes(driver.commit("new", {("t", 0): 6})) == [refused]
    assert list(driver.coordinator.groups) == ["g"]
    assert driver.commit_codes(driver.commit("g", {("t", 0): 7, ("t", 1): 7})) == [NONE, NONE]
    assert driver.commit_codes(driver.commit("g", {("u", 0): 7})) == [NONE]
    assert driver.committed("g") == {("t", 0): 7, ("t", 1): 7, ("u", 0): 7}


def test_groups_of_offsets_alone_are_bounded_for_the_node(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MEMBERS_BYTES_MAX", 2 * limits.GROUP_BYTES)
    driver = Driver()
    codes = [driver.commit_codes(driver.commit(f"g{n}", {("t", 0): 5})) for n in range(3)]
    assert codes == [[NONE], [NONE], [ErrorCode.INVALID_COMMIT_OFFSET_SIZE]]


def test_commits_apply_in_the_order_of_the_log():
    driver = Driver()
    driver.is_automatic = False
    for offset in (5, 9, 7):
        driver.commit("g", {("t", 0): offset})
    driver.settle(2)
    assert driver.committed("g") == {("t", 0): 9}
    driver.settle()
    assert driver.committed("g") == {("t", 0): 7}
    driver.commit("g", {("t", 0): 8})
    driver.commit("g", {("t", 0): 10})
    with pytest.raises(AssertionError):
        driver.coordinator.on_durable(driver.in_flight[1].append_id, driver.now_ms)


@pytest.mark.parametrize(
    ("version", "code"),
    [(8, ErrorCode.ILLEGAL_GENERATION), (9, ErrorCode.GROUP_ID_NOT_FOUND)],
)
def test_commit_with_a_generation_to_an_unknown_group(version: int, code: ErrorCode):
    driver = Driver()
    token = driver.commit("g", {("t", 0): 5}, member_id="m", generation=1, version=version)
    assert driver.commit_codes(token) == [code]
    assert driver.coordinator.groups == {}


def test_commit_of_a_member_is_fenced_by_generation_and_id():
    driver = Driver()
    (who,) = driver.stable(1)
    for member_id, generation, code in [
        (who, 1, NONE),
        (who, 0, ErrorCode.ILLEGAL_GENERATION),
        (who, 2, ErrorCode.ILLEGAL_GENERATION),
        (who, -1, ErrorCode.ILLEGAL_GENERATION),
        ("stranger", 1, ErrorCode.UNKNOWN_MEMBER_ID),
        ("", 1, ErrorCode.UNKNOWN_MEMBER_ID),
        ("", -1, ErrorCode.UNKNOWN_MEMBER_ID),
    ]:
        token = driver.commit("g", {("t", 0): 5}, member_id=member_id, generation=generation)
        assert driver.commit_codes(token) == [code], (member_id, generation)


def test_commit_to_a_group_whose_members_left():
    driver = Driver()
    (who,) = driver.stable(1)
    driver.leave("g", who)
    assert driver.commit_codes(driver.commit("g", {("t", 0): 5})) == [NONE]
    token = driver.commit("g", {("t", 0): 6}, member_id=who, generation=1)
    assert driver.commit_codes(token) == [ErrorCode.UNKNOWN_MEMBER_ID]
    assert driver.committed("g") == {("t", 0): 5}


def test_commit_metadata_is_bounded_as_java_counts_it():
    driver = Driver()
    for metadata, code in [
        ("x" * 4096, NONE),
        ("x" * 4097, ErrorCode.OFFSET_METADATA_TOO_LARGE),
        ("\U0001f600" * 2048, NONE),
        ("\U0001f600" * 2049, ErrorCode.OFFSET_METADATA_TOO_LARGE),
        (None, NONE),
    ]:
        token = driver.commit("g", {("t", 0): 5}, metadata=metadata)
        assert driver.commit_codes(token) == [code]


def test_commit_of_unknown_partitions_refuses_these_alone():
    driver = Driver()
    token = driver.commit("g", {("t", 0): 5, ("t", 8): 6, ("gone", 0): 7})
    unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    assert driver.commit_codes(token) == [NONE, unknown, unknown]
    assert driver.committed("g") == {("t", 0): 5}


def test_commit_to_no_coordinator_during_load_and_with_a_long_group_id():
    driver = Driver(is_loaded=False)
    offsets = {("t", 0): 5, ("gone", 0): 1}
    unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    token = driver.commit("g", offsets)
    assert driver.commit_codes(token) == [ErrorCode.NOT_COORDINATOR, unknown]
    driver.coordinator.begin_load(driver.coordinator.partition_of("g"), driver.now_ms)
    token = driver.commit("g", offsets)
    assert driver.commit_codes(token) == [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, unknown]
    token = driver.commit("g" * 40_000, offsets)
    assert driver.commit_codes(token) == [ErrorCode.INVALID_GROUP_ID, unknown]


def test_commit_and_fetch_of_the_empty_group_id_are_allowed():
    driver = Driver()
    driver.commit("", {("t", 0): 5})
    assert driver.committed("") == {("t", 0): 5}
    assert driver.heartbeat("", "m", 0) is ErrorCode.INVALID_GROUP_ID


def test_commit_by_topic_id_names_the_topic():
    driver = Driver()
    token = driver.commit("g", {("t", 0): 5, ("gone", 0): 6}, version=10)
    assert driver.commit_codes(token) == [NONE, ErrorCode.UNKNOWN_TOPIC_ID]
    assert driver.answer(token).topics[0].topic_id == T_ID
    assert driver.committed("g") == {("t", 0): 5}


# ---- OffsetFetch


@pytest.mark.parametrize("version", [1, 2, 5, 7, 8, 9, 10])
def test_fetch_of_an_unknown_group_is_no_offset_and_no_error(version: int):
    driver = Driver()
    answer = driver.answer(driver.fetch({"g": {"t": [0]}}, version=version))
    group = answer if version < 8 else answer.groups[0]
    (line,) = group.topics[0].partitions
    assert (group.error_code, line.committed_offset, line.error_code) == (0, -1, 0)


def test_fetch_of_many_groups_and_of_all_topics():
    driver = Driver()
    driver.commit("a", {("t", 0): 1, ("u", 2): 2})
    driver.commit("b", {("t", 3): 3})
    answer = driver.answer(driver.fetch({"a": None, "b": {"t": [3]}, "c": None}))
    found = {
        group.group_id: [
            (t.name, p.partition_index, p.committed_offset)
            for t in group.topics
            for p in t.partitions
        ]
        for group in answer.groups
    }
    assert found == {"a": [("t", 0, 1), ("u", 2, 2)], "b": [("t", 3, 3)], "c": []}
    old = driver.answer(driver.fetch({"a": None}, version=7))
    assert [t.name for t in old.topics] == ["t", "u"]
    assert driver.answer(driver.fetch({})).groups == []


@pytest.mark.parametrize("version", [1, 2, 7, 8, 10])
def test_fetch_during_a_load_says_so_in_each_version(version: int):
    driver = Driver(is_loaded=False)
    driver.coordinator.begin_load(driver.coordinator.partition_of("g"), driver.now_ms)
    answer = driver.answer(driver.fetch({"g": {"t": [0]}}, version=version))
    code = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    if version == 1:
        assert answer.topics[0].partitions[0].error_code == code
    elif version < 8:
        assert (answer.error_code, answer.topics) == (code, [])
    else:
        assert (answer.groups[0].error_code, answer.groups[0].topics) == (code, [])


def test_fetch_of_stable_offsets_waits_for_what_is_on_its_way():
    driver = Driver()
    driver.commit("g", {("t", 0): 5})
    driver.is_automatic = False
    driver.commit("g", {("t", 0): 6})
    plain = driver.fetch({"g": {"t": [0]}})
    stable = driver.fetch({"g": {"t": [0]}, "h": None}, is_stable=True)
    assert driver.answer(plain).groups[0].topics[0].partitions[0].committed_offset == 5
    assert driver.is_parked(stable)
    driver.settle()
    groups = driver.answer(stable).groups
    assert groups[0].topics[0].partitions[0].committed_offset == 6
    assert groups[1].topics == []


def test_fetch_of_stable_offsets_that_are_lost_sends_the_client_away():
    driver = Driver()
    driver.is_automatic = False
    driver.commit("g", {("t", 0): 6})
    token = driver.fetch({"g": {"t": [0]}}, is_stable=True, version=7)
    driver.lose()
    assert driver.code(token) is ErrorCode.NOT_COORDINATOR


def test_fetch_by_topic_id():
    driver = Driver()
    driver.commit("g", {("t", 0): 5}, version=10)
    driver.commit("g", {("v", 0): 6})
    answer = driver.answer(driver.fetch({"g": {"t": [0], "gone": [0]}}, version=10))
    known, gone = answer.groups[0].topics
    assert (known.topic_id, known.partitions[0].committed_offset) == (T_ID, 5)
    assert gone.partitions[0].error_code == ErrorCode.UNKNOWN_TOPIC_ID
    assert gone.partitions[0].committed_offset == -1
    # "v" has no id: there is no way to say its name in this version.
    everything = driver.answer(driver.fetch({"g": None}, version=10)).groups[0].topics
    assert [topic.topic_id for topic in everything] == [T_ID]


def test_fetch_by_topic_id_does_not_give_an_offset_of_a_deleted_namesake():
    driver = Driver()
    driver.commit("g", {("t", 0): 5}, version=10)
    driver.topics.ids["t"] = OLD_T_ID
    found = driver.coordinator.groups["g"].offsets.get("t", 0)
    assert found is not None and found.topic_id == T_ID
    token = driver.fetch({"g": {"t": [0]}}, version=10)
    assert driver.answer(token).groups[0].topics[0].partitions[0].committed_offset == -1


# ---- OffsetDelete


def test_delete_of_offsets_is_answered_when_durable():
    driver = Driver()
    driver.commit("g", {("t", 0): 1, ("t", 1): 2})
    driver.is_automatic = False
    token = driver.delete_offsets("g", {"t": [0, 7, 8], "gone": [0]})
    assert driver.committed("g") == {("t", 0): 1, ("t", 1): 2}
    driver.settle()
    codes = [p.error_code for t in driver.answer(token).topics for p in t.partitions]
    unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    assert codes == [0, 0, unknown, unknown]
    assert driver.committed("g") == {("t", 1): 2}
    assert driver.reload().committed("g") == {("t", 1): 2}


def test_delete_of_offsets_that_is_lost_changes_nothing():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    driver.is_automatic = False
    token = driver.delete_offsets("g", {"t": [0]})
    driver.lose()
    assert driver.code(token) is ErrorCode.COORDINATOR_NOT_AVAILABLE
    assert driver.committed("g") == {("t", 0): 1}


def test_delete_of_an_offset_on_its_way_removes_it_too():
    driver = Driver()
    driver.is_automatic = False
    driver.commit("g", {("t", 0): 1})
    driver.delete_offsets("g", {"t": [0]})
    driver.settle()
    assert driver.committed("g") == {}


def test_delete_of_offsets_of_topics_that_are_read_is_refused():
    driver = Driver()
    (who,) = driver.stable(1)
    offsets = {("t", 0): 1, ("u", 0): 2}
    driver.commit("g", offsets, member_id=who, generation=1)
    token = driver.delete_offsets("g", {"t": [0], "u": [0]})
    codes = [p.error_code for t in driver.answer(token).topics for p in t.partitions]
    assert codes == [ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC, 0]
    assert driver.committed("g") == {("t", 0): 1}


def test_delete_of_offsets_of_a_group_of_unknown_metadata_is_refused():
    driver = Driver()
    driver.stable(1, protocols=[("range", b"\0")])
    token = driver.delete_offsets("g", {"u": [0]})
    (line,) = driver.answer(token).topics[0].partitions
    assert line.error_code == ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC


def test_delete_of_offsets_of_other_groups():
    driver = Driver()
    assert driver.code(driver.delete_offsets("g", {})) is ErrorCode.GROUP_ID_NOT_FOUND
    assert driver.code(driver.delete_offsets("", {})) is ErrorCode.INVALID_GROUP_ID
    _, token = driver.join_fully(protocol_type="connect")
    driver.advance(0)
    assert driver.code(token) is NONE
    assert driver.code(driver.delete_offsets("g", {})) is ErrorCode.NON_EMPTY_GROUP
    empty = Driver(is_loaded=False)
    assert empty.code(empty.delete_offsets("g", {})) is ErrorCode.NOT_COORDINATOR


# ---- expiry


def test_offsets_of_a_simple_group_expire_by_their_commit():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    driver.advance(DAY_MS)
    driver.commit("g", {("t", 1): 2})
    driver.advance(WEEK_MS - DAY_MS - 1_000)
    assert driver.committed("g") == {("t", 0): 1, ("t", 1): 2}
    driver.advance(700_000)
    assert driver.committed("g") == {("t", 1): 2}
    driver.advance(DAY_MS)
    assert driver.coordinator.groups == {}
    assert driver.reload().coordinator.groups == {}


def test_offsets_of_a_group_expire_after_its_members_left():
    driver = Driver()
    (who,) = driver.stable(1, session_ms=1_000_000)
    driver.commit("g", {("t", 0): 1}, member_id=who, generation=1)
    for _ in range(1_000):
        driver.advance(900_000)
        assert driver.heartbeat("g", who, 1) is NONE
    driver.leave("g", who)
    driver.advance(WEEK_MS - 1_000)
    assert driver.committed("g") == {("t", 0): 1}
    driver.advance(700_000)
    assert driver.coordinator.groups == {}


def test_offsets_of_topics_no_longer_read_expire_in_a_living_group():
    driver = Driver()
    (who,) = driver.stable(1, session_ms=1_000_000)
    offsets = {("t", 0): 1, ("u", 0): 2}
    driver.commit("g", offsets, member_id=who, generation=1)
    for _ in range(700):
        driver.advance(900_000)
        driver.heartbeat("g", who, 1)
    assert driver.committed("g") == {("t", 0): 1}


@pytest.mark.parametrize("protocols", [[("range", b"\0")]])
def test_offsets_of_living_groups_we_do_not_understand_stay(protocols: list):
    driver = Driver()
    (who,) = driver.stable(1, session_ms=1_000_000, protocols=protocols)
    driver.commit("g", {("t", 0): 1}, member_id=who, generation=1)
    for _ in range(700):
        driver.advance(900_000)
        driver.heartbeat("g", who, 1)
    assert driver.committed("g") == {("t", 0): 1}


def test_offset_with_its_own_retention_time_expires_by_it():
    """Versions 2 to 4 of OffsetCommit."""
    driver = Driver()
    driver.commit("g", {("t", 0): 1}, version=4, retention_ms=3_600_000)
    driver.commit("g", {("t", 1): 2}, version=4, retention_ms=-1)
    driver.advance(3_599_000)
    assert driver.reload().committed("g") == {("t", 0): 1, ("t", 1): 2}
    driver.advance(700_000)
    assert driver.committed("g") == {("t", 1): 2}


def test_expiry_that_is_lost_is_tried_again():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    driver.is_automatic = False
    driver.advance(WEEK_MS + 700_000)
    assert driver.state() == "Dead"
    assert driver.committed("g") == {("t", 0): 1}
    driver.lose()
    assert driver.state() == "Empty"
    driver.is_automatic = True
    driver.advance(700_000)
    assert driver.coordinator.groups == {}


def test_expiry_leaves_a_commit_on_its_way_alone():
    driver = Driver()
    driver.commit("g", {("t", 0): 1})
    driver.advance(WEEK_MS - 10_000)
    driver.is_automatic = False
    driver.commit("g", {("t", 0): 2})
    driver.advance(700_000)
    driver.settle()
    assert driver.committed("g") == {("t", 0): 2}


def test_expiry_makes_appends_of_bounded_size(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "RECORDS_PER_APPEND_MAX", 3)
    driver = Driver()
    groups = [f"g{i}" for i in range(200)]
    for group in groups:
        driver.commit(group, {("t", 0): 1})
    driver.is_automatic = False
    driver.advance(WEEK_MS + 700_000)
    assert max(len(append.records) for append in driver.in_flight) == 4
    driver.settle()
    assert driver.coordinator.groups == {}


def test_group_without_offsets_goes_with_the_next_cycle():
    driver = Driver()
    (who,) = driver.stable(1)
    driver.leave("g", who)
    driver.advance(700_000)
    assert driver.coordinator.groups == {}
    assert driver.reload().coordinator.groups == {}


def test_group_that_is_just_joined_is_not_expired():
    driver = Driver(dataclasses.replace(QUICK, offsets_retention_check_interval_ms=10))
    token = driver.join(session_ms=5_000)
    driver.advance(4_000)
    parked = driver.join("g", driver.answer(token).member_id)
    driver.advance(0)
    assert driver.code(parked) is NONE


def test_deleted_topics_take_their_offsets_along():
    driver = Driver()
    driver.commit("a", {("t", 0): 1, ("t", 1): 2, ("u", 0): 3})
    driver.commit("b", {("t", 0): 4})
    driver.is_automatic = False
    driver.commit("c", {("t", 0): 5})
    driver.take(driver.coordinator.on_partitions_deleted([("t", 0)]))
    driver.settle()
    assert driver.committed("a") == {("t", 1): 2, ("u", 0): 3}
    assert driver.committed("b") == {}
    assert driver.committed("c") == {}
    assert driver.coordinator.on_partitions_deleted([("x", 0)]) == []


def test_subscription_of_a_member_counts_whatever_stands_behind_the_topics():
    driver = Driver()
    driver.stable(1, protocols=[("range", subscription("t", "u", extra=b"more"))])
    assert driver.coordinator.groups["g"].subscribed == {"t", "u"}


def test_wall_clock_that_is_set_ends_no_session_and_moves_retention():
    """What the log keeps is wall clock; sessions and rebalances go by steady time."""
    driver = Driver()
    coordinator = driver.coordinator
    (who,) = driver.stable(1)
    driver.commit("g", {("t", 0): 1}, member_id=who, generation=1)
    coordinator.set_wall_clock(driver.now_ms, driver.now_ms + 2 * WEEK_MS)
    driver.advance(9_000)
    assert driver.heartbeat("g", who, 1) is NONE
    driver.commit("simple", {("t", 0): 1})
    found = coordinator.groups["simple"].offsets.get("t", 0)
    assert found is not None
    assert found.commit_ms == driver.now_ms + 2 * WEEK_MS
    driver.leave("g", who)
    driver.advance(WEEK_MS - 10_000)
    assert driver.committed("simple") == {("t", 0): 1}
    assert driver.committed("g") == {("t", 0): 1}

    other = Driver(is_loaded=False)
    other.now_ms = 5_000  # another machine, just started
    other.coordinator.set_wall_clock(5_000, driver.now_ms + 2 * WEEK_MS)
    for partition in range(50):
        records = driver.log.get(partition, [])
        other.take(other.coordinator.load(partition, records, other.now_ms))
    assert other.committed("g") == {("t", 0): 1}
    other.advance(700_000)
    assert other.coordinator.groups == {}
