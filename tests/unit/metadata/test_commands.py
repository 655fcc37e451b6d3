"""Encoding of commands: round trips, refusals, hostile bytes."""

import dataclasses

import cbor2
import pytest
from hypothesis import given, strategies as st

from appliance.metadata import InvalidCommandError, commands as c

RANGE = c.ObjectRangeCommit(
    partition_id=1, start_offset=0, end_offset=2**62, size=9, max_timestamp=-1
)
SAMPLES: list[c.Command] = [
    c.InitCluster(cluster_id="AbC", now_ms=1),
    c.RegisterBroker(broker_id=1, incarnation=2**64 - 1, host="h", port=9092, rack=None),
    c.RegisterBroker(broker_id=0, incarnation=0, host="h", port=0, rack="r"),
    c.FormatVolume(volume_uuid=bytes(16), extent_bytes=1 << 26, extent_count=32),
    c.AllocateExtents(log_id=1, count=2),
    c.AllocateExtents(log_id=1, count=2, first_chain_sequence=0),
    c.FreeExtents(log_id=1, below_chain_sequence=7),
    c.FenceLog(log_id=1),
    c.SealLog(log_id=1, end_lsn=4096),
    c.AdvanceLog(log_id=1, uploaded_lsn=4096),
    c.ReleaseLog(log_id=1),
    c.CreateTopic(
        name="t",
        topic_id=b"i" * 16,
        partitions=2,
        assignment=((1, 2), (2, 1)),
        configs={"b": "1", "aa": "2"},
        now_ms=5,
    ),
    c.CreateTopic(name="t", topic_id=b"i" * 16, partitions=2, configs={}, now_ms=5),
    c.DeleteTopic(topic_id=b"i" * 16),
    c.CreatePartitions(name="t", total=4),
    c.AlterTopicConfigs(name="t", set={"a": ""}, delete=("b",)),
    c.AlterBrokerConfigs(broker_id=None, set={}, delete=()),
    c.AlterBrokerConfigs(broker_id=2, set={"x": "y"}, delete=()),
    c.AllocateProducerIds(broker_id=1, count=1000),
    c.AllocateObjectIds(count=1),
    c.CommitObject(
        object_id=1, key="k", size=3, created_ms=2, log_id=1, uploaded_lsn=0, ranges=(RANGE,)
    ),
    c.DeleteRecords(partition_id=1, log_start_offset=3),
    c.DropObjects(object_ids=(1, 2)),
    c.ObjectsDeleted(object_ids=()),
    c.AlterClientQuotas(
        entity=(("client-id", None), ("user", "u")),
        set={"producer_byte_rate": "1.0"},
        delete=("request_percentage",),
    ),
    c.AlterNamedConfigs(resource_type=32, name="g", set={"a": "b"}, delete=("c",)),
    c.OwnStore(owner_id=b"o" * 16),
]


@pytest.mark.parametrize("command", SAMPLES, ids=lambda x: type(x).__name__)
def test_command_encoded_and_decoded_is_equal(command: c.Command) -> None:
    """Encoding loses nothing and is canonical."""
    data = c.encode(command)

    assert c.decode(data) == command
    assert c.encode(c.decode(data)) == data


def test_samples_cover_every_command() -> None:
    """A new command needs a sample."""
    assert {type(x) for x in SAMPLES} == {cls for cls, _ in c._KINDS.values()}
    for cls, fields in c._KINDS.values():
        assert [f.name for f in dataclasses.fields(cls)] == list(fields)


@pytest.mark.parametrize("command", SAMPLES, ids=lambda x: type(x).__name__)
def test_decode_damaged_bytes_refuses_or_gives_a_canonical_command(command: c.Command) -> None:
    """Every truncation is refused; a flipped bit gives another valid command or an error."""
    data = c.encode(command)
    for end in range(len(data)):
        with pytest.raises(InvalidCommandError):
            c.decode(data[:end])
    with pytest.raises(InvalidCommandError):
        c.decode(data + b"\x00")
    for position in range(len(data)):
        for bit in range(8):
            damaged = bytearray(data)
            damaged[position] ^= 1 << bit
            _decode_or_refuse(bytes(damaged))


def _decode_or_refuse(data: bytes) -> None:
    try:
        decoded = c.decode(data)
    except InvalidCommandError:
        return
    assert c.encode(decoded) == data


@given(st.binary(max_size=200))
def test_decode_random_bytes_raises_only_its_own_error(data: bytes) -> None:
    """Invariant 10: no peer's bytes get further than InvalidCommandError."""
    _decode_or_refuse(data)


_WIRE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.binary(max_size=17) | st.builds(cbor2.CBORTag, st.integers(0, 300), st.integers()),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["log_id", "count", "name", "set"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(st.integers(0, 21), _WIRE, st.integers(0, 2))
def test_decode_random_structure_raises_only_its_own_error(
    kind: int, fields: object, version: int
) -> None:
    """Well-formed CBOR of the wrong shape is refused."""
    _decode_or_refuse(cbor2.dumps([version, kind, fields], canonical=True))


@pytest.mark.parametrize(
    "wire",
    [
        [2, 6, {"log_id": 1}],
        [True, 6, {"log_id": 1}],
        [1, 99, {"log_id": 1}],
        [1, True, {"log_id": 1}],
        [1, 6, {"log_id": 1, "more": 1}],
        [1, 6, {}],
        [1, 6, {"log_id": True}],
        [1, 6, {"log_id": 1.0}],
        [1, 6, {"log_id": -1}],
        [1, 6, {"log_id": 1 << 63}],
        [1, 6, {"log_id": "1"}],
        [1, 11, {"topic_id": b"short"}],
        [1, 6, {"log_id": cbor2.CBORTag(2, b"\x01")}],
    ],
)
def test_decode_wrong_field_is_refused(wire: object) -> None:
    """Types, ranges, lengths, unknown and missing fields, tags."""
    with pytest.raises(InvalidCommandError):
        c.decode(cbor2.dumps(wire, canonical=True))


@pytest.mark.parametrize(
    "data",
    [
        b"\x9f\x01\x06\xa1\x66log_id\x01\xff",
        b"\x83\x01\x06\xbf\x66log_id\x01\xff",
        b"\x83\x01\x06\xa1\x66log_id\x18\x01",
        b"\x83\x01\x06\xa2\x66log_id\x01\x66log_id\x01",
        b"\x81" * 1000,
    ],
)
def test_decode_not_canonical_is_refused(data: bytes) -> None:
    """One command has one encoding (RFC 8949 4.2); nesting is bounded."""
    with pytest.raises(InvalidCommandError):
        c.decode(data)


def test_encode_out_of_range_is_refused() -> None:
    """Nothing is proposed that other nodes would not decode."""
    bad = dataclasses.replace(RANGE, end_offset=0)
    for command in (
        c.FenceLog(log_id=-1),
        c.AllocateObjectIds(count=0),
        c.CreatePartitions(name="\ud800", total=1),
        c.CommitObject(
            object_id=1, key="k", size=0, created_ms=0, log_id=1, uploaded_lsn=0, ranges=[bad]
        ),
        object(),
    ):
        with pytest.raises(InvalidCommandError):
            c.encode(command)  # type: ignore[arg-type]
