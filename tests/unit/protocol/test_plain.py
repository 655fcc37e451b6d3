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
    assert plain.partition_numbers(lines.partitions) == (0, 7, 1)
    assert lines.positions == tuple(struct.pack(">qi", *numbers) for _, *numbers in triples)
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


def _frame(version: int, request: Any, *, correlation_id: int = 1, client: str = "c") -> memoryview:
    parts = codec.encode_request_frame(8, version, correlation_id, client, request)
    return memoryview(b"".join(parts))[4:]


def _decode_frame(view: memoryview) -> tuple[int, Any]:
    _, version, correlation_id, _, position = codec.decode_request_header(view)
    return correlation_id, codec.decode_request(8, version, view, position)


def _one_topic(lines: list[Any], **more: Any) -> Any:
    return messages.OffsetCommitRequest(
        **({"group_id": "g"} | more), topics=[_TOPIC(name="topic", partitions=lines)]
    )


@pytest.mark.parametrize("version", range(6, 10))
def test_commit_like_the_last_one_is_told_by_its_bytes(version: int):
    """Only the correlation id and the numbers of its lines are others."""
    request = _one_topic([_line((1, 2, 3), ""), _line((4, 5, 6), "")])
    first = _frame(version, request)
    repeated = plain.repeated_commit(version, first, _decode_frame(first)[1], client_id="c")
    assert repeated is not None

    request.topics[0].partitions = [_line((7, 1 << 50, -1), ""), _line((1, 9, 6), "")]
    found = repeated.decode(_frame(version, request, correlation_id=-5))

    assert found == (-5, request)
    for other in (
        _frame(version, request, client="d"),
        _frame(version, request, client="longer"),
        _frame(version - 1, request),
        _frame(version, _one_topic(request.topics[0].partitions, group_id="h")),
        _frame(version, _one_topic(request.topics[0].partitions, member_id="m")),
        _frame(version, _one_topic([_line((1, 2, 3), None), _line((1, 2, 3), None)])),
    ):
        assert repeated.decode(other) is None


@pytest.mark.parametrize("count", [1, 2, 70])
@pytest.mark.parametrize("version", range(6, 10))
def test_commits_in_turn_for_other_partitions_are_told_each_time(version: int, count: int):
    """Some consumers commit for one partition after the other; what was kept is not mixed up."""
    turns = [
        _one_topic([_line((first + at, number << 33, at), "") for at in range(count)])
        for number, first in enumerate((0, 0, 9, 0, 9, 9, 0))
    ]
    first = _frame(version, turns[0])
    repeated = plain.repeated_commit(version, first, _decode_frame(first)[1], client_id="c")
    assert repeated is not None

    for number, request in enumerate(turns):
        view = _frame(version, request, correlation_id=number)
        found = repeated.decode(view)
        assert found == (number, request) == _decode_frame(view)
        lines, fresh = found[1].topics[0].partitions, _decode_frame(view)[1].topics[0].partitions
        assert (lines.partitions, lines.positions) == (fresh.partitions, fresh.positions)


@given(st.sampled_from(range(6, 11)), st.data())
def test_any_bytes_are_told_alike(version: int, data: st.DataObject):
    """Whatever comes behind a commit: it is the message that the general code reads, or left."""
    lines = st.lists(st.tuples(_NUMBERS, st.just("")), min_size=1, max_size=3)
    first = _frame(version, _request_of(version, data.draw(lines)))
    repeated = plain.repeated_commit(version, first, _decode_frame(first)[1], client_id="c")
    assert repeated is not None

    raw = bytearray(
        data.draw(st.just(first) | lines.map(lambda x: _frame(version, _request_of(version, x))))
    )
    for _ in range(data.draw(st.integers(0, 2))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    found = repeated.decode(memoryview(raw))

    if found is not None:
        assert found == _decode_frame(memoryview(raw))


def _request_of(version: int, lines: list[Any]) -> Any:
    topic = {"topic_id": b"i" * 16} if version >= 10 else {"name": "topic"}
    return messages.OffsetCommitRequest(
        group_id="g", topics=[_TOPIC(**topic, partitions=[_line(*line) for line in lines])]
    )


@pytest.mark.parametrize(
    "request_",
    [
        _request(8, [_line((1, 2, 3), "")]),
        _one_topic([]),
        _one_topic([_line((1, 2, 3), "m")]),
        _one_topic([_line((1, 2, 3), "")] * 300),
    ],
)
def test_commits_of_other_kinds_are_not_told(request_: Any):
    """Several topics, no lines, metadata, long ones: they are decoded each time."""
    view = _frame(8, request_)
    assert plain.repeated_commit(8, view, _decode_frame(view)[1], client_id="c") is None


def test_lines_of_any_number_have_positions():
    lines = [_line((number, number << 33, -number), "") for number in range(200)]
    view = _frame(8, _one_topic(lines))
    found = _decode_frame(view)[1].topics[0].partitions

    assert plain.partition_numbers(found.partitions) == tuple(range(200))
    assert found.positions == tuple(
        struct.pack(">qi", number << 33, -number) for number in range(200)
    )
