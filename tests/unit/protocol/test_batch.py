"""Record batches: Kafka's own as golden values, every check, in-place edits, hostile records."""

import base64
import gzip
import json
import pathlib
import random
from typing import Any

import cramjam
import pytest
from fastcrc import crc32

from appliance.protocol import batch
from appliance.protocol.errors import ErrorCode

ROOT = pathlib.Path(__file__).resolve().parents[3]


def _goldens() -> list[dict[str, Any]]:
    with gzip.open(ROOT / "tests" / "golden" / "batches.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


GOLDENS = _goldens()


def _b64(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _sample(**arguments: Any) -> bytearray:
    return batch.build([(b"k", b"v"), (None, b"w"), (b"x", None)], timestamp=1000, **arguments)


def _with_body(compression: int, body: bytes) -> memoryview:
    head = bytearray(_sample()[: batch.BATCH_OVERHEAD])
    head[22] = compression
    return memoryview(bytes(head) + body)


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda g: g["name"])
def test_golden_batch_is_checked_and_decoded(golden: dict[str, Any]):
    """Header and records are those that Kafka put in, for every codec."""
    view = memoryview(bytes.fromhex(golden["hex"]))

    header = batch.check(view)

    assert header.base_offset == golden["baseOffset"]
    assert header.base_offset + header.last_offset_delta == golden["lastOffset"]
    assert (header.count, header.crc) == (golden["count"], golden["crc"])
    assert header.max_timestamp == golden["maxTimestamp"]
    assert header.leader_epoch == golden["partitionLeaderEpoch"]
    assert (header.producer_id, header.producer_epoch, header.base_sequence) == (
        golden["producerId"],
        golden["producerEpoch"],
        golden["baseSequence"],
    )
    assert bool(header.attributes & batch.TRANSACTIONAL) == golden["isTransactional"]
    assert bool(header.attributes & batch.CONTROL) == golden["isControl"]
    append_time = golden["timestampType"] == "LogAppendTime"
    assert bool(header.attributes & batch.LOG_APPEND_TIME) == append_time
    records = list(batch.iterate_records(view))
    assert all(type(r.value) is bytes or r.value is None for r in records)  # hashable, not pinned
    assert records == [
        (
            record["offset"],
            record["timestamp"],
            _b64(record["key"]),
            _b64(record["value"]),
            [(name, _b64(value)) for name, value in record["headers"]],
        )
        for record in golden["records"]
    ]


def test_golden_batches_joined_are_split_again():
    """Concatenated batches are found one by one; a cut one at the end is left out."""
    pieces = [bytes.fromhex(golden["hex"]) for golden in GOLDENS]
    joined = b"".join(pieces)
    assert [bytes(view) for view in batch.iterate_batches(memoryview(joined))] == pieces
    assert list(batch.iterate_batches(memoryview(joined)[:-1]))[-1] == pieces[-2]
    assert list(batch.iterate_batches(memoryview(b""))) == []


def test_built_batch_is_read_back():
    """What `build` writes passes `check` and gives its records."""
    view = memoryview(_sample(base_offset=7, producer_id=5, producer_epoch=1, base_sequence=2))
    header = batch.check(view)
    assert (header.base_offset, header.count, header.producer_id) == (7, 3, 5)
    assert list(batch.iterate_records(view)) == [
        (7, 1000, b"k", b"v", []),
        (8, 1000, None, b"w", []),
        (9, 1000, b"x", None, []),
    ]


def test_built_marker_carries_its_attributes():
    """Control and transactional bits are the caller's; the check has no opinion on them."""
    raw = batch.build([(b"\0\0\0\1", b"\0" * 6)], timestamp=1, attributes=0x30)
    assert batch.check(memoryview(raw)).attributes == batch.CONTROL | batch.TRANSACTIONAL


def _edit(position: int, data: bytes, *, crc: bool = True) -> bytearray:
    raw = _sample()
    raw[position : position + len(data)] = data
    if crc:
        raw[17:21] = crc32.iscsi(bytes(raw[21:])).to_bytes(4, "big")
    return raw


@pytest.mark.parametrize(
    ("raw", "fault", "code"),
    [
        (b"", "size", ErrorCode.INVALID_RECORD),
        (bytes(11), "size", ErrorCode.INVALID_RECORD),
        (bytes(12), "size", ErrorCode.CORRUPT_MESSAGE),
        (bytes(11) + b"\x0e", "size", ErrorCode.INVALID_RECORD),
        (bytes(_sample()[:60]), "size", ErrorCode.INVALID_RECORD),
        (bytes(16) + b"\1" + bytes(20), "size", ErrorCode.CORRUPT_MESSAGE),
        (bytes(11) + b"\x19" + bytes(4) + b"\1" + bytes(20), "magic", ErrorCode.INVALID_RECORD),
        (bytes(11) + b"\x19" + bytes(4) + b"\2" + bytes(20), "size", ErrorCode.CORRUPT_MESSAGE),
        (_edit(16, b"\1"), "magic", ErrorCode.INVALID_RECORD),
        (_edit(16, b"\3"), "magic", ErrorCode.CORRUPT_MESSAGE),
        (_edit(16, b"\xff"), "magic", ErrorCode.CORRUPT_MESSAGE),
        (_sample()[:-1], "size", ErrorCode.INVALID_RECORD),
        (_edit(8, b"\xff\xff\xff\xff"), "size", ErrorCode.CORRUPT_MESSAGE),
        (_edit(8, b"\0\0\0\x30"), "size", ErrorCode.CORRUPT_MESSAGE),
        (_sample() + _sample(), "several", ErrorCode.INVALID_RECORD),
        (_edit(17, b"\0\0\0\0", crc=False), "crc", ErrorCode.CORRUPT_MESSAGE),
        (_edit(70, b"\x7f", crc=False), "crc", ErrorCode.CORRUPT_MESSAGE),
        (_edit(57, b"\0\0\0\0"), "counts", ErrorCode.INVALID_RECORD),
        (_edit(57, b"\xff\xff\xff\xff"), "counts", ErrorCode.INVALID_RECORD),
        (_edit(23, b"\0\0\0\7"), "counts", ErrorCode.INVALID_RECORD),
        (_edit(23, b"\x80\0\0\0"), "counts", ErrorCode.INVALID_RECORD),
    ],
)
def test_check_bad_batch_names_the_fault(raw: bytes, fault: str, code: ErrorCode):
    """Each condition of a sound batch has its own fault and error code."""
    with pytest.raises(batch.CorruptBatchError) as caught:
        batch.check(memoryview(raw))
    assert (caught.value.fault, caught.value.code) == (fault, code)


def test_every_flipped_bit_behind_the_crc_is_found():
    """CRC32C covers all from byte 21."""
    raw = _sample()
    for position in range(21, len(raw)):
        for bit in range(8):
            raw[position] ^= 1 << bit
            with pytest.raises(batch.CorruptBatchError):
                batch.check(memoryview(raw))
            raw[position] ^= 1 << bit


def test_assign_writes_in_place_without_touching_the_crc():
    """Base offset and leader epoch lie outside the CRC."""
    raw = _sample()
    before = bytes(raw)
    batch.assign(memoryview(raw), 1 << 40, 9)
    header = batch.check(memoryview(raw))
    assert (header.base_offset, header.leader_epoch) == (1 << 40, 9)
    assert raw[8:12] == before[8:12] and raw[16:] == before[16:]


@pytest.mark.parametrize(
    "golden", [g for g in GOLDENS if g["name"].startswith("plain-")], ids=lambda g: g["name"]
)
def test_restamp_sets_log_append_time_with_a_sound_crc(golden: dict[str, Any]):
    """Every record then has the append time; base timestamp and records stay."""
    raw = bytearray.fromhex(golden["hex"])
    before = batch.read_header(memoryview(raw))
    batch.restamp_log_append_time(memoryview(raw), 123456)
    header = batch.check(memoryview(raw))
    assert header.attributes == before.attributes | batch.LOG_APPEND_TIME
    assert (header.max_timestamp, header.base_timestamp) == (123456, before.base_timestamp)
    assert {record.timestamp for record in batch.iterate_records(memoryview(raw))} == {123456}


@pytest.mark.parametrize("name", ["gzip", "lz4", "zstd"])
def test_records_larger_than_first_guess_are_unpacked(name: str):
    """The output buffer grows until the records fit: a batch of over 4 KiB compressed too."""
    # cramjam says "whole buffer" when the output is too small; growth depends on these words.
    value = bytes(300_000) + random.Random(1).randbytes(20_000)
    plain = batch.build([(b"k", value)], timestamp=1)
    compressed = bytes(getattr(cramjam, name).compress(bytes(plain[batch.BATCH_OVERHEAD :])))
    head = plain[: batch.BATCH_OVERHEAD]
    head[22] = {"gzip": 1, "lz4": 3, "zstd": 4}[name]
    (record,) = batch.iterate_records(memoryview(bytes(head) + compressed))
    assert record.value == value


def _xerial(block: bytes) -> bytes:
    return b"\x82SNAPPY\0\0\0\0\1\0\0\0\1" + len(block).to_bytes(4, "big") + block


@pytest.mark.parametrize(
    ("compression", "body"),
    [
        (1, bytes(cramjam.gzip.compress(bytes(1 << 20)))),
        (2, bytes(cramjam.snappy.compress_raw(bytes(1 << 20)))),
        (2, _xerial(bytes(cramjam.snappy.compress_raw(bytes(1 << 20))))),
        (2, b"\xff\xff\xff\xff\x0f\0"),
        (2, _xerial(b"\xff\xff\xff\xff\x0f\0")),
        (3, bytes(cramjam.lz4.compress(bytes(1 << 20)))),
        (4, bytes(cramjam.zstd.compress(bytes(1 << 20)))),
    ],
)
def test_bomb_is_refused_at_its_bound(compression: int, body: bytes):
    """Output never passes the bound, whatever the input promises."""
    with pytest.raises(batch.CorruptBatchError) as caught:
        list(batch.iterate_records(_with_body(compression, body), records_bytes_max=1 << 18))
    assert caught.value.fault == batch.BatchFault.COMPRESSION


@pytest.mark.parametrize("compression", [5, 6, 7])
def test_unknown_compression_is_refused(compression: int):
    """Compression types above zstd do not exist."""
    with pytest.raises(batch.CorruptBatchError) as caught:
        list(batch.iterate_records(_with_body(compression, b"")))
    assert caught.value.code == ErrorCode.UNSUPPORTED_COMPRESSION_TYPE


@pytest.mark.parametrize(
    "body",
    [
        b"",  # no record at all
        b"\x7f",  # a length that reaches behind the batch
        b"\1",  # a negative length
        b"\xff" * 11,  # a varint that does not end
        bytes(_sample()[61:]) + b"\0",  # bytes behind the last record
        b"\x0e\0\0\0\2k\2v" * 3,  # no room for the header count
        b"\x10\0\0\0\1\1\2\1\1",  # a header without a name
    ],
)
def test_records_that_do_not_parse_are_refused(body: bytes):
    """Records must fill the batch, exactly as many as the header counts."""
    with pytest.raises(batch.CorruptBatchError) as caught:
        list(batch.iterate_records(_with_body(0, body)))
    assert caught.value.fault == batch.BatchFault.RECORDS


LEVELS = {0: 0, 1: 6, 2: 0, 3: 9, 4: 3}


@pytest.mark.parametrize("source", LEVELS)
@pytest.mark.parametrize("target", LEVELS)
def test_recompressed_batch_has_the_same_records(source: int, target: int) -> None:
    """Only length, codec and CRC of the header change; records stay what they were."""
    pairs = [(b"k%d" % number, b"value" * number) for number in range(2000)]
    plain = batch.build(
        pairs, timestamp=7, producer_id=5, producer_epoch=1, base_sequence=9, leader_epoch=3
    )
    first = batch.recompress(memoryview(plain), source, LEVELS[source])
    second = batch.recompress(memoryview(first), target, LEVELS[target])
    header = batch.check(memoryview(second))

    assert header.attributes & 7 == target
    assert header[6:] == batch.read_header(memoryview(plain))[6:]
    assert [(r.key, r.value) for r in batch.iterate_records(memoryview(second))] == pairs
    assert target == 0 or len(second) < len(plain) / 5


@pytest.mark.parametrize("level", [1, 9, 12])
def test_lz4_blocks_depend_on_no_other(level: int) -> None:
    """Java's consumers read no other frames; what does not get smaller is stored as it is."""
    values = [random.Random(1).randbytes(150_000), bytes(150_000)]
    plain = batch.build([(None, value) for value in values], timestamp=7)
    packed = batch.recompress(memoryview(plain), 3, level)
    data = bytes(packed[batch.BATCH_OVERHEAD :])
    position, blocks = 7, []
    while size := int.from_bytes(data[position : position + 4], "little"):
        blocks.append(size)
        position += 4 + (size & 0x7FFFFFFF)

    assert data[:6] == b"\x04\x22\x4d\x18\x60\x40"
    assert position + 4 == len(data)
    assert [size >> 31 for size in blocks] == [1, 1, 0, 0, 0]
    assert [r.value for r in batch.iterate_records(memoryview(packed))] == values


def test_recompression_meets_a_wall() -> None:
    """A bomb is refused, and so is what cannot be decompressed."""
    plain = batch.build([(None, bytes(1 << 20))], timestamp=7)
    small = batch.recompress(memoryview(plain), 4, 3)
    with pytest.raises(batch.CorruptBatchError):
        batch.recompress(memoryview(small), 3, 9, records_bytes_max=1 << 19)
    small[batch.BATCH_OVERHEAD] ^= 0xFF
    with pytest.raises(batch.CorruptBatchError):
        batch.recompress(memoryview(small), 3, 9)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 119, 120, 239, 240, 241, 8191, 8192])
def test_build_gives_back_records_of_any_size_and_number(size: int) -> None:
    """Small records are put together in a shorter way than others."""
    records = [
        (b"k" * key_size if number % 3 else None, b"v" * (size - key_size) if number % 5 else None)
        for number in range(300)
        for key_size in (size * (number % 7) // 7,)
    ]
    raw = batch.build(records, timestamp=1000)

    assert batch.check(memoryview(raw)).count == 300
    found = list(batch.iterate_records(memoryview(raw)))
    assert [(one.key, one.value) for one in found] == records
    assert [one.offset for one in found] == list(range(300))


def test_build_gives_back_records_of_one_size() -> None:
    """They share what is ahead of them, which is longer from some number of them on."""
    records = [(b"key%3d" % number, b"value") for number in range(300)]

    raw = batch.build(records, timestamp=1000)

    batch.check(memoryview(raw))
    assert [(one.key, one.value) for one in batch.iterate_records(memoryview(raw))] == records
