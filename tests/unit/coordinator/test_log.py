"""Records, replay and checkpoints: what is written, and what is read from anything."""

import gzip
import json
import pathlib
import struct

import fastcrc
import pytest
from hypothesis import given, strategies as st

from appliance.coordinator import (
    Coordinator,
    InvalidCheckpointError,
    InvalidRecordError,
    checkpoint,
    group_partition,
    limits,
)
from appliance.coordinator.checkpoint import StoredGroup
from appliance.coordinator.group import Group
from appliance.coordinator.records import (
    CommittedOffset,
    GroupRecord,
    OffsetRecord,
    Skipped,
    decode,
    decode_group_value,
    decode_key,
    decode_offset_value,
    encode,
    encode_offset_key,
    encode_offset_value,
)
from appliance.coordinator.subscription import decode_topics
from appliance.protocol import codec, messages
from tests.unit.coordinator.driver import NOW_MS, QUICK, Driver, FakeTopics, subscription

ROOT = pathlib.Path(__file__).resolve().parents[3]
_TEXT = st.text(max_size=20)
_I64 = st.integers(-(1 << 63), (1 << 63) - 1)
_I32 = st.integers(-(1 << 31), (1 << 31) - 1)
_COMMITTED = st.builds(
    CommittedOffset,
    _I64,
    _I32,
    st.just("") | _TEXT,
    _I64,
    st.just(-1),
    st.sampled_from([bytes(16), b"i" * 16]),
)


# ---- records


@given(_TEXT, _TEXT, _I32)
def test_offset_key_is_kafkas(group: str, topic: str, partition: int):
    raw = encode_offset_key(group, topic, partition)
    key = messages.OffsetCommitKey(group=group, topic=topic, partition=partition)
    assert raw == codec.encode_coordinator_record(key)
    assert decode_key(raw) == (group, topic, partition)


@given(_COMMITTED)
def test_offset_value_is_kafkas(committed: CommittedOffset):
    """The fast path reads and writes what the general codec does."""
    raw = encode_offset_value(committed)
    version = 3 if committed.topic_id == bytes(16) else 4
    value = messages.OffsetCommitValue(
        offset=committed.offset,
        leader_epoch=committed.leader_epoch,
        metadata=committed.metadata,
        commit_timestamp=committed.commit_ms,
        topic_id=committed.topic_id,
    )
    assert raw == codec.encode_coordinator_record(value, version)
    assert decode_offset_value(raw) == committed


def test_offset_value_with_an_expiry_time_is_version_1():
    committed = CommittedOffset(5, -1, "m", 7, expire_ms=9)
    raw = encode_offset_value(committed)
    assert raw[:2] == b"\0\1"
    assert decode_offset_value(raw) == committed


def test_golden_values_of_every_version_are_read():
    """Bytes made by Kafka's own serializers."""
    seen = set()
    with gzip.open(ROOT / "tests" / "golden" / "messages.jsonl.gz", "rt") as lines:
        for line in lines:
            vector = json.loads(line)
            if vector["m"] not in ("OffsetCommitValue", "GroupMetadataValue"):
                continue
            raw = vector["v"].to_bytes(2, "big") + bytes.fromhex(vector["hex"])
            seen.add((vector["m"], vector["v"]))
            if vector["m"] == "GroupMetadataValue":
                assert decode_group_value(raw).generation == vector["json"]["generation"]
                continue
            found = decode_offset_value(raw)
            assert (found.offset, found.metadata, found.commit_ms) == (
                vector["json"]["offset"],
                vector["json"]["metadata"],
                vector["json"]["commitTimestamp"],
            )
    assert len(seen) == 10


def test_records_round_trip_with_tombstones():
    value = bytes.fromhex("0003") + b"\0\0" + bytes(4) + b"\xff\xff" * 2 + bytes(12)
    for record in (
        OffsetRecord("g", "t", 1, encode_offset_value(CommittedOffset(1, 2, "x", 3))),
        OffsetRecord("g", "t", 1, None),
        GroupRecord("g", value),
        GroupRecord("g", None),
    ):
        assert decode(*encode(record)) == record


@pytest.mark.parametrize("record_type", [-1, 3, 8, 16, 100])
def test_record_of_another_type_is_skipped_with_a_reason(record_type: int):
    found = decode(struct.pack(">h", record_type) + b"whatever", b"x")
    assert found == Skipped(f"record type {record_type} is not served")


def test_record_of_the_oldest_type_is_a_commit():
    key = b"\0\0" + encode_offset_key("g", "t", 1)[2:]
    assert decode(key, None) == OffsetRecord("g", "t", 1, None)


@given(st.binary(max_size=40), st.none() | st.binary(max_size=60))
def test_any_bytes_are_a_record_or_its_own_error(key: bytes, value: bytes | None):
    for head in (b"", b"\0\0", b"\0\1", b"\0\2"):
        try:
            found = decode(head + key, value)
        except InvalidRecordError:
            continue
        assert isinstance(found, OffsetRecord | GroupRecord | Skipped)


@pytest.mark.parametrize("version", [-1, 5, 100])
def test_value_of_an_unknown_version_is_refused(version: int):
    raw = struct.pack(">h", version) + encode_offset_value(CommittedOffset(1, 2, "", 3))[2:]
    with pytest.raises(InvalidRecordError):
        decode_offset_value(raw)


@pytest.mark.parametrize("length", [0x8000, 0xFFFF])
def test_key_with_a_negative_length_is_refused(length: int):
    key = b"\0\1" + struct.pack(">H", length) + b"x" * length + b"\0\1t" + bytes(4)
    with pytest.raises(InvalidRecordError):
        decode_key(key)


# ---- which partition


@pytest.mark.parametrize(
    ("group_id", "code"),
    [
        ("", 0),
        ("a", 97),
        ("group", 98629247),
        ("hello", 99162322),
        ("Aa", 2112),
        ("BB", 2112),
        ("polygenelubricants", -(1 << 31)),
        ("hello world", 1794106052),
        ("\U0001f600", 1772899),
        ("Hello World", -862545276),
    ],
)
def test_partition_is_javas_hash(group_id: str, code: int):
    """`Math.abs(hashCode())`, and 0 for the one value that has no absolute one."""
    assert _java_hash(group_id) == code
    magnitude = 0 if code == -(1 << 31) else abs(code)
    assert group_partition(group_id) == magnitude % 50
    assert group_partition(group_id, 7) == magnitude % 7


def _java_hash(text: str) -> int:
    """The definition: sum of unit[i] * 31 ** (n - 1 - i), as a signed 32-bit integer."""
    raw = text.encode("utf-16-be")
    units = [raw[i] << 8 | raw[i + 1] for i in range(0, len(raw), 2)]
    total = sum(unit * 31 ** (len(units) - 1 - i) for i, unit in enumerate(units))
    return (total + (1 << 31)) % (1 << 32) - (1 << 31)


# ---- load


def _load(records: list, partition: int | None = None) -> Coordinator:
    coordinator = Coordinator(QUICK, FakeTopics())
    index = group_partition("g") if partition is None else partition
    assert coordinator.load(index, records, NOW_MS) == []
    return coordinator


def _commit(offset: int, group: str = "g", partition: int = 0) -> tuple[bytes, bytes]:
    key = encode_offset_key(group, "t", partition)
    return key, encode_offset_value(CommittedOffset(offset, -1, "", NOW_MS))


def _offsets(group: Group) -> dict[int, int]:
    stored = group.offsets.by_topic["t"]
    return {index: decode_offset_value(value).offset for index, value in stored.items()}


def test_load_takes_the_last_record_of_a_key():
    gone = encode_offset_key("g", "t", 1), None
    records = [_commit(1), _commit(2), _commit(3, partition=1), gone, _commit(4)]
    group = _load(records).groups["g"]
    assert _offsets(group) == {0: 4}


def test_load_forgets_a_group_with_its_tombstone_and_takes_it_up_again():
    tombstone = (b"\0\2\0\1g", None)
    assert _load([_commit(1), tombstone]).groups == {}
    group = _load([_commit(1), _commit(9, partition=1), tombstone, _commit(2)]).groups["g"]
    assert _offsets(group) == {0: 2}
    assert _load([tombstone, (encode_offset_key("g", "t", 1), None)]).groups == {}


def test_load_skips_and_counts_what_is_not_ours():
    coordinator = Coordinator(QUICK, FakeTopics())
    load = coordinator.begin_load(group_partition("g"), NOW_MS)
    load.replay([(b"\0\3\0\1g", b"x"), (b"\0\x09", None), _commit(1, "other"), _commit(2)])
    coordinator.finish_load(load, NOW_MS)
    assert load.skipped == {
        "record type 3 is not served": 1,
        "record type 9 is not served": 1,
        "its group belongs to another partition": 1,
    }
    assert list(coordinator.groups) == ["g"]


def test_load_with_a_small_key_cache_gives_the_same(monkeypatch: pytest.MonkeyPatch):
    records = [_commit(i, partition=i % 7) for i in range(100)]
    expected = _load(records).snapshot(group_partition("g"), 0)
    monkeypatch.setattr(limits, "REPLAY_CACHE_ENTRIES_MAX", 3)
    assert _load(records).snapshot(group_partition("g"), 0) == expected


@pytest.mark.parametrize("what", ["member", "instance", "timeout", "bytes", "version"])
def test_load_of_a_damaged_group_fails_and_the_partition_goes_on_loading(what: str):
    cls = messages.GroupMetadataValue
    members = [
        cls.MemberMetadata(member_id=name, group_instance_id=f"i{name}", session_timeout=1_000)
        for name in "ab"
    ]
    if what == "member":
        members[1].member_id = "a"
    elif what == "instance":
        members[1].group_instance_id = "ia"
    elif what == "timeout":
        members[1].session_timeout = -5
    value = codec.encode_coordinator_record(cls(protocol_type="consumer", members=members), 3)
    value = value[:-1] if what == "bytes" else b"\0\x09" + value[2:] if what == "version" else value
    driver = Driver(is_loaded=False)
    load = driver.coordinator.begin_load(group_partition("g"), NOW_MS)
    load.replay([(b"\0\2\0\1g", value)])
    with pytest.raises(InvalidRecordError):
        driver.coordinator.finish_load(load, NOW_MS)
    assert driver.code(driver.join("g")) == 14
    assert driver.coordinator.unload(group_partition("g"), NOW_MS) == []
    assert driver.code(driver.join("g")) == 16


@pytest.mark.parametrize("version", [0, 1, 2, 3, 4])
def test_load_of_groups_of_every_version(version: int):
    """Before version 1 there is no rebalance timeout, before 2 no time of the state."""
    cls = messages.GroupMetadataValue
    member = cls.MemberMetadata(member_id="m", session_timeout=5_000, subscription=b"\0")
    value = cls(protocol_type="consumer", generation=3, protocol="range", leader="m")
    value.members.append(member)
    group = _load([(b"\0\2\0\1g", codec.encode_coordinator_record(value, version))]).groups["g"]
    (loaded,) = group.members.values()
    assert loaded.rebalance_timeout_ms == 5_000
    assert (group.state.value, group.generation, group.state_ms) == ("Stable", 3, None)
    assert group.leader == "m"


@pytest.mark.parametrize("timestamp", [-(1 << 63), -2, (1 << 63) - 1])
def test_load_of_a_group_with_no_time_at_all_goes_on(timestamp: int):
    """The next record of the group can be written, whatever the last one said."""
    value = messages.GroupMetadataValue(
        protocol_type="consumer", generation=(1 << 31) - 1, current_state_timestamp=timestamp
    )
    driver = Driver(is_loaded=False)
    driver.coordinator.set_wall_clock(driver.now_ms, driver.now_ms + 10**12)
    records = [(b"\0\2\0\1g", codec.encode_coordinator_record(value, 3))]
    driver.take(driver.coordinator.load(group_partition("g"), records, driver.now_ms))
    (who,) = driver.stable(1)
    assert driver.generation() == 0
    driver.leave("g", who)
    assert driver.reload().state() == "Empty"


def test_offsets_of_an_empty_group_without_a_time_expire_by_their_commit():
    """Groups written before Kafka 2.1 do not say when they became empty."""
    value = messages.GroupMetadataValue(protocol_type="consumer", generation=3)
    records = [_commit(1), (b"\0\2\0\1g", codec.encode_coordinator_record(value, 1))]
    driver = Driver(is_loaded=False)
    driver.take(driver.coordinator.load(group_partition("g"), records, NOW_MS))
    driver.advance(QUICK.offsets_retention_ms - 700_000)
    assert driver.committed("g") == {("t", 0): 1}
    driver.advance(1_400_000)
    assert driver.coordinator.groups == {}


# ---- checkpoint


def _history() -> Driver:
    driver = Driver()
    driver.stable(2)
    driver.commit("g", {("t", 0): 1}, member_id="c-0001", generation=1)
    driver.commit("g", {("t", 5): 6}, metadata="m\u00e9ta")
    for index in range(60):
        driver.commit(f"simple-{index}", {("t", 0): index, ("u", 3): 2}, version=10)
    driver.commit("old", {("v", 0): 1}, version=4, retention_ms=5)
    return driver


def test_checkpoint_gives_what_the_log_gives():
    driver = _history()
    for partition in range(50):
        raw = driver.coordinator.snapshot(partition, 12)
        other = Coordinator(QUICK, FakeTopics())
        load = other.begin_load(partition, NOW_MS)
        assert load.restore(raw) == 12
        other.finish_load(load, NOW_MS)
        assert other.snapshot(partition, 12) == raw
        assert _load(driver.log.get(partition, []), partition).snapshot(partition, 12) == raw


def test_checkpoint_and_the_log_behind_it_give_the_whole():
    driver = _history()
    partition = group_partition("g")
    cut = len(driver.log[partition])
    raw = driver.coordinator.snapshot(partition, cut)
    driver.commit("g", {("t", 1): 77})
    driver.leave("g", *list(driver.coordinator.groups["g"].members))
    other = Coordinator(QUICK, FakeTopics())
    load = other.begin_load(partition, NOW_MS)
    load.replay(driver.log[partition][load.restore(raw) :])
    other.finish_load(load, NOW_MS)
    assert other.groups["g"].state.value == "Empty"
    assert other.snapshot(partition, 0) == driver.coordinator.snapshot(partition, 0)


def test_checkpoint_of_what_is_on_its_way_is_without_it():
    driver = Driver()
    partition = group_partition("g")
    before = driver.coordinator.snapshot(partition, 0)
    driver.is_automatic = False
    driver.commit("g", {("t", 0): 1})
    assert driver.coordinator.snapshot(partition, 0) == before


def test_checkpoint_with_any_bit_flipped_or_cut_is_refused():
    driver = _history()
    partition = group_partition("g")
    raw = driver.coordinator.snapshot(partition, 1)
    damaged = [raw[:size] for size in range(0, len(raw), 7)] + [raw + b"x"]
    for bit in range(0, len(raw) * 8, 13):
        copy = bytearray(raw)
        copy[bit >> 3] ^= 1 << (bit & 7)
        damaged.append(bytes(copy))
    for one in damaged:
        with pytest.raises(InvalidCheckpointError):
            list(checkpoint.decode(one, partition=partition)[1])


@pytest.mark.parametrize("expire_ms", [-1, 5])
def test_checkpoint_with_metadata_that_no_record_holds_is_refused(expire_ms: int):
    """Right by its CRC: what wrote it was no node of ours, but the log still tells all."""
    long = CommittedOffset(1, 2, "m" * (limits.TEXT_BYTES_MAX + 1), 3, -1, b"i" * 16)
    stored = StoredGroup("g", None, {"t": {0: encode_offset_value(long)}})
    raw = bytearray(checkpoint.encode(0, 0, [stored]))
    assert next(checkpoint.decode(bytes(raw), partition=0)[1]) == stored
    position = raw.index(b"i" * 16)
    raw[position : position + 16] = bytes(16) if expire_ms == -1 else b"i" * 16
    struct.pack_into(">q", raw, position - 8, expire_ms)
    struct.pack_into(">I", raw, len(raw) - 4, fastcrc.crc32.iscsi(bytes(raw[:-4])))
    with pytest.raises(InvalidCheckpointError):
        list(checkpoint.decode(bytes(raw), partition=0)[1])


def test_checkpoint_of_another_partition_is_refused():
    raw = checkpoint.encode(3, 0, [])
    with pytest.raises(InvalidCheckpointError):
        checkpoint.decode(raw, partition=4)
    stranger = checkpoint.encode(0, 0, [StoredGroup("g", b"x", {})])
    load = Coordinator(QUICK, FakeTopics()).begin_load(0, NOW_MS)
    with pytest.raises(InvalidCheckpointError):
        load.restore(stranger)


@given(st.binary(max_size=200), st.integers(0, 3))
def test_checkpoint_of_any_bytes_is_refused_or_read(body: bytes, count: int):
    """Also with a right head and CRC: a decoder returns a value or raises its own error."""
    raw = struct.pack(">4siqI", b"PGC1", 0, 5, count) + body
    raw += struct.pack(">I", fastcrc.crc32.iscsi(raw))
    try:
        next_offset, groups = checkpoint.decode(raw, partition=0)
        assert len(list(groups)) == count
    except InvalidCheckpointError:
        return
    assert next_offset == 5


# ---- subscriptions


def test_subscription_topics_are_read_from_every_version():
    with_more = subscription("t", "u", extra=b"\0\0\0\1\0\1t")
    assert decode_topics(with_more) == ["t", "u"]
    assert decode_topics(b"\0\3" + with_more[2:]) == ["t", "u"]
    assert decode_topics(subscription()) == []


@given(st.binary(max_size=30))
def test_subscription_of_any_bytes_is_topics_or_none(raw: bytes):
    assert decode_topics(raw) is None or all(isinstance(t, str) for t in decode_topics(raw) or [])
