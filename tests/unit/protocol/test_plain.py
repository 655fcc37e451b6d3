"""Partitions of an OffsetCommit that are read at once are those that are read one by one."""

import struct
from typing import Any

import pytest
from hypothesis import given, strategies as st

from appliance.protocol import codec, messages, plain
from appliance.protocol.generated import offset_commit

_LINE = messages.OffsetCommitRequest.OffsetCommitRequestPartition
_TOPIC = messages.OffsetCommitRequest.OffsetCommitRequestTopic
_VERSIONS = range(2, 11)

_NUMBERS = st.tuples(
    st.integers(-(1 << 31), (1 << 31) - 1),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.integers(-(1 << 31), (1 << 31) - 1),
)
_METADATA = st.none() | st.just("") | st.text(max_size=3)


def _request(version: int, lines: list[Any]) -> Any:
    topic = {"topic_id": b"i" * 16} if version >= 10 else {"name": "topic"}
    return messages.OffsetCommitRequest(
        group_id="g", topics=[_TOPIC(**topic, partitions=lines), _TOPIC(**topic)]
    )


def _decode(version: int, wire: bytes) -> Any:
    return codec.decode_request(8, version, memoryview(b"??" + wire), 2)


def _line(numbers: tuple[int, int, int], metadata: str | None) -> Any:
    partition, offset, epoch = numbers
    return _LINE(
        partition_index=partition,
        committed_offset=offset,
        committed_leader_epoch=epoch,
        committed_metadata=metadata,
    )


@pytest.mark.parametrize("version", range(6, 11))
@pytest.mark.parametrize("metadata", ["", None])
def test_partitions_without_metadata_are_read_at_once(version: int, metadata: str | None):
    """In every version with leader epochs, with equal results."""
    triples = [(0, 5, 3), (7, 1 << 40, -1), (1, 0, 0)]
    request = _request(version, [_line(triple, metadata) for triple in triples])
    wire = b"".join(codec.encode_request(request, version))

    decoded = _decode(version, wire)

    lines = decoded.topics[0].partitions
    assert type(lines) is plain.PlainLines
    assert lines.columns() == (
        struct.pack(">3i", 0, 7, 1),
        tuple(struct.pack(">qi", offset, epoch) for _, offset, epoch in triples),
    )
    assert lines[1] == request.topics[0].partitions[1]
    assert lines[-1] == request.topics[0].partitions[-1]
    with pytest.raises(IndexError):
        lines[3]
    assert decoded == request
    assert b"".join(codec.encode_request(decoded, version)) == wire
    assert decoded.topics[1].partitions == []


@given(
    st.sampled_from(_VERSIONS),
    st.lists(st.tuples(_NUMBERS, _METADATA), max_size=4),
)
def test_any_partitions_are_read_alike(version: int, lines: list[Any]):
    """Whatever is said in some of them."""
    if version < 6:
        lines = [((partition, offset, -1), metadata) for (partition, offset, _), metadata in lines]
    request = _request(version, [_line(*line) for line in lines])

    assert _decode(version, b"".join(codec.encode_request(request, version))) == request


@given(st.sampled_from(range(6, 11)), st.binary(max_size=80), st.integers(0, 5))
def test_any_bytes_are_read_alike(version: int, tail: bytes, count: int):
    """Also those that no client sends: the same message, or the same refusal."""
    lines = [_line((1, 2, 3), "") for _ in range(count)]
    wire = b"".join(codec.encode_request(_request(version, lines), version))
    wire = wire[: len(wire) - len(tail)] + tail

    def outcome() -> Any:
        try:
            return _decode(version, wire)
        except codec.ProtocolError as error:
            return str(error)

    at_once = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offset_commit, "read_plain", lambda *_, **__: None)
        assert outcome() == at_once
