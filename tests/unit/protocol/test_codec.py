"""Frames, headers, messages as values, and what importing costs."""

import pathlib
import re
import subprocess
import sys

import pytest

from appliance.errors import LocalProtocolError, RemoteProtocolError
from appliance.protocol import codec, errors, messages
from appliance.protocol.generated import MESSAGES

COVERED = {*range(4), *range(8, 17), *range(18, 24), *range(29, 38)}
COVERED |= {*range(42, 52), 55, 57, 60, 61, 74, 75}


def test_api_versions_lists_covered_keys_only():
    """What is advertised can be decoded, and unstable versions are not advertised."""
    assert set(codec.API_VERSIONS) == COVERED
    assert codec.API_VERSIONS[22] == (0, 5)
    assert codec.API_VERSIONS[0] == (3, 13)


def test_request_frame_round_trips_through_header():
    """A framed request is read back: size, header, body, and records as a slice of the frame."""
    request = messages.ProduceRequest(
        acks=-1,
        timeout_ms=5,
        topic_data=[
            messages.ProduceRequest.TopicProduceData(
                name="t",
                partition_data=[
                    messages.ProduceRequest.PartitionProduceData(index=3, records=b"batch")
                ],
            )
        ],
    )
    for version in range(3, 13):
        frame = b"".join(codec.encode_request_frame(0, version, 77, "me", request))
        view = memoryview(frame)
        assert int.from_bytes(frame[:4], "big") == len(frame) - 4
        head = codec.decode_request_header(view, 4)
        assert head[:4] == (0, version, 77, "me")
        decoded = codec.decode_request(0, version, view, head[4])
        assert decoded == request
        records = decoded.topic_data[0].partition_data[0].records
        assert type(records) is memoryview and records.obj is frame


@pytest.mark.parametrize("version", range(5))
def test_api_versions_response_header_is_version_zero(version: int):
    """KIP-511: a client that does not know the broker yet must be able to read the answer."""
    buffers, total = codec.encode_response_frame(18, version, 9, messages.ApiVersionsResponse())
    frame = b"".join(buffers)
    assert total == len(frame)
    assert int.from_bytes(frame[:4], "big") == total - 4
    assert frame[8:] == b"".join(codec.encode_response(messages.ApiVersionsResponse(), version))


def test_flexible_response_header_has_tag_buffer():
    """Response header 1 ends in an empty tag buffer."""
    buffers, total = codec.encode_response_frame(3, 9, 9, messages.MetadataResponse())
    frame = b"".join(buffers)
    assert total == len(frame) and frame[8] == 0
    assert codec.response_header_version(3, 8) == 0
    assert codec.response_header_version(3, 9) == 1


def test_fetch_response_records_stay_unjoined():
    """Records given as a list of views reach the socket as the same views."""
    views = [memoryview(b"a" * 600), memoryview(b"b" * 700)]
    response = messages.FetchResponse(
        responses=[
            messages.FetchResponse.FetchableTopicResponse(
                topic="t",
                partitions=[messages.FetchResponse.PartitionData(partition_index=0, records=views)],
            )
        ]
    )
    buffers = codec.encode_response(response, 12)
    assert all(any(part is view for part in buffers) for view in views)
    decoded = codec.decode_response(1, 12, memoryview(b"".join(buffers)))
    assert decoded.responses[0].partitions[0].records == b"".join(views)


def test_unknown_tagged_fields_are_skipped():
    """KIP-482: a newer peer may add tagged fields anywhere."""
    plain = b"".join(codec.encode_request(messages.HeartbeatRequest(group_id="g"), 4))
    assert plain.endswith(b"\0")
    tagged = plain[:-1] + b"\x02\x05\x03abc\xff\x7f\x00"
    assert codec.decode_request(12, 4, memoryview(tagged)).group_id == "g"


def test_known_tagged_field_that_lies_about_its_size_is_refused():
    """A tagged field neither ends early nor reaches into what follows it."""
    request = messages.FetchRequest(cluster_id="abc")
    raw = b"".join(codec.encode_request(request, 12))
    assert codec.decode_request(1, 12, memoryview(raw)) == request
    start = raw.index(b"\x04abc")
    for size in (3, 5):
        bad = raw[: start - 1] + bytes([size]) + raw[start:] + b"\0" * 8
        with pytest.raises(codec.ProtocolError):
            codec.decode_request(1, 12, memoryview(bad))


def test_bytes_fields_do_not_pin_the_receive_buffer():
    """Coordinators keep subscriptions for long; the buffer they came in is used again."""
    member = messages.JoinGroupRequest.JoinGroupRequestProtocol(name="range", metadata=b"abc")
    raw = bytearray(
        b"".join(codec.encode_request(messages.JoinGroupRequest(protocols=[member]), 9))
    )
    decoded = codec.decode_request(11, 9, memoryview(raw))
    raw[:] = bytes(len(raw))
    assert decoded.protocols[0].metadata == b"abc"


def test_messages_are_values():
    """Equal by fields, with a readable repr, fresh defaults and no room for misspelled fields."""
    one, two = messages.ListGroupsRequest(), messages.ListGroupsRequest()
    assert one == two
    one.states_filter.append("Stable")
    assert two.states_filter == [] and one != two
    assert repr(one) == "ListGroupsRequest(states_filter=['Stable'], types_filter=[])"
    with pytest.raises(TypeError):
        messages.ListGroupsRequest(state_filter=[])
    with pytest.raises(TypeError):
        messages.ListGroupsRequest([])
    with pytest.raises(AttributeError):
        one.state_filter = []
    with pytest.raises(AttributeError):
        messages.NoSuchRequest  # noqa: B018


def test_peer_errors_and_own_errors_are_told_apart():
    """The peer's version is the peer's fault; a value that does not fit is ours."""
    with pytest.raises(RemoteProtocolError):
        codec.decode_request(0, 99, memoryview(b""))
    with pytest.raises(RemoteProtocolError):
        codec.decode_request(17, 0, memoryview(b""))
    for message, version in (
        (messages.HeartbeatRequest(group_id=None), 0),
        (messages.HeartbeatRequest(generation_id=1 << 31), 0),
        (messages.HeartbeatRequest(group_id="x" * 40000), 0),
        (messages.HeartbeatRequest(), 99),
        (messages.HeartbeatResponse(), 0),
        (object(), 0),
    ):
        with pytest.raises(LocalProtocolError):
            codec.encode_request(message, version)


@pytest.mark.parametrize(
    "raw", [b"", b"\0", b"\0\1", b"\0\x63\0\0", b"\0\1\0\1\0", b"\0\1\0\1\0\4ab"]
)
def test_coordinator_record_cut_short_or_unknown_is_refused(raw: bytes):
    """A stored key of an unknown type must not be taken for another one."""
    with pytest.raises(codec.ProtocolError):
        codec.decode_coordinator_key(memoryview(raw))


def test_error_codes_are_kafkas():
    """Codes are contiguous, and retriable ones are known."""
    codes = sorted(int(code) for code in errors.ErrorCode)
    assert codes == list(range(-1, 134))
    assert errors.ErrorCode.NOT_LEADER_OR_FOLLOWER == 6
    assert errors.is_retriable(6) and errors.is_retriable(56)
    assert not errors.is_retriable(10) and not errors.is_retriable(9999)


def test_import_loads_no_api_module():
    """A node starts fast: generated modules and decompressors come at first use."""
    program = (
        "import sys\n"
        "from appliance.protocol import batch, codec, errors, messages\n"
        "print([m for m in sys.modules if m.startswith('appliance.protocol.generated.')"
        " or m in ('cramjam', 'trio')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_message_table_has_requests_and_responses_of_equal_versions():
    """An answer exists for each request version."""
    for (key, kind), line in MESSAGES.items():
        if kind == "request":
            assert MESSAGES[key, "response"][:2] == line[:2]


def _absent_fields() -> list[tuple[str, str, int, str, bool]]:
    """Yield (message, kind, version, field, ignorable) of every top-level field left out."""
    root = pathlib.Path(__file__).resolve().parents[3]
    found: list[tuple[str, str, int, str, bool]] = []
    name = kind = ""
    low = high = 0
    for line in (root / "packaging" / "protocol_tables.txt").read_text("utf-8").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if not line.startswith(" "):
            name, kind = words[:2]
            versions = next(w for w in words if w.startswith("versions=")).partition("=")[2]
            low, high = (int(n) for n in (*versions.split("-"), versions)[:2])
        elif line.startswith("  ") and line[2] != " " and words[0] != "struct" and kind != "header":
            first, _, last = words[2].rstrip("+").partition("-")
            until = high if words[2].endswith("+") else int(last or first)
            present = range(int(first), until + 1)
            found += [
                (name, kind, version, words[0], "ignorable" in words)
                for version in range(low, high + 1)
                if version not in present and words[1] in ("int32", "int64", "string", "bool")
            ]
    return found


@pytest.mark.parametrize(("name", "kind", "version", "field", "is_ignorable"), _absent_fields())
def test_a_value_without_a_field_is_refused_unless_ignorable(
    name: str, kind: str, version: int, field: str, is_ignorable: bool
) -> None:
    """Kafka's rule: what the peer's version cannot carry is an error of the sender, not dropped."""
    if kind not in ("request", "response"):
        return
    encode = codec.encode_request if kind == "request" else codec.encode_response
    message = getattr(messages, name)()
    attribute = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", field).lower()
    plain = b"".join(encode(message, version))
    value = getattr(message, attribute)
    other = (not value) if isinstance(value, bool) else 77 if isinstance(value, int) else "odd"
    setattr(message, attribute, other)

    if is_ignorable:
        assert b"".join(encode(message, version)) == plain
    else:
        with pytest.raises(LocalProtocolError, match="cannot carry"):
            encode(message, version)


def test_a_nested_value_without_a_field_is_refused() -> None:
    """The rule holds inside arrays and for structures, whose default is all of their defaults."""
    partition = messages.ProduceResponse.PartitionProduceResponse
    leader = messages.ProduceResponse.LeaderIdAndEpoch(leader_id=3, leader_epoch=7)

    def response(**fields: object) -> messages.ProduceResponse:
        return messages.ProduceResponse(
            responses=[
                messages.ProduceResponse.TopicProduceResponse(
                    name="t", partition_responses=[partition(index=1, **fields)]
                )
            ]
        )

    codec.encode_response(response(), 9)
    codec.encode_response(response(current_leader=leader), 10)
    with pytest.raises(LocalProtocolError, match="CurrentLeader"):
        codec.encode_response(response(current_leader=leader), 9)


def _long_answers():
    """Return (response, array of lines, array in each line) of answers that may be long."""
    metadata, created, ended = (
        messages.MetadataResponse,
        messages.CreateTopicsResponse,
        messages.DeleteTopicsResponse,
    )
    topics = [
        metadata.MetadataResponseTopic(
            name=f"t{n}",
            partitions=[
                metadata.MetadataResponsePartition(partition_index=p, replica_nodes=[1])
                for p in range(n)
            ],
        )
        for n in (0, 1, 7, 2, 0, 3, 5)
    ]
    broker = metadata.MetadataResponseBroker(node_id=1, host="h", port=9)
    yield metadata(brokers=[broker], topics=topics, controller_id=1), "topics", "partitions"
    yield metadata(brokers=[broker], topics=topics[2:3]), "topics", "partitions"
    yield metadata(brokers=[broker], topics=[]), "topics", "partitions"
    config = created.CreatableTopicConfigs(name="c", value="v", config_source=5)
    lines = [
        created.CreatableTopicResult(name=f"t{n}", configs=None if n == 4 else [config] * n)
        for n in range(200)
    ]
    yield created(topics=lines), "topics", "configs"
    results = [ended.DeletableTopicResult(name=f"t{n}") for n in range(9)]
    yield ended(responses=results), "responses", ""


@pytest.mark.parametrize("lines_max", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("number", range(5))
def test_pieces_of_a_long_answer_are_the_answer(number: int, lines_max: int):
    """Byte for byte, in every version, wherever it is cut; and the message stays as it was."""
    message, field, inner = list(_long_answers())[number]
    key = codec.response_key(message)
    low, high, _, _ = MESSAGES[key, "response"]
    lines = getattr(message, field)
    for version in range(low, high + 1):
        whole = b"".join(codec.encode_response(message, version))

        pieces = list(
            codec.encode_response_in_blocks(message, version, field, inner, lines_max=lines_max)
        )

        assert b"".join(pieces) == whole
        assert getattr(message, field) is lines
        if lines_max == 1:
            assert len(pieces) >= len(lines)
        framed, size = codec.frame_response(key, version, 7, *pieces)
        assert (b"".join(framed), size) == _framed(key, version, message)


def _framed(key: int, version: int, message: object) -> tuple[bytes, int]:
    buffers, size = codec.encode_response_frame(key, version, 7, message)
    return b"".join(buffers), size
