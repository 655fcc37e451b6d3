"""Mutated, cut and invented bytes give a value or the one documented error, in bounded memory.

TEST_FUZZ_INPUTS sets the number of inputs per subject (default 3000; a soak run takes 200000).
"""

import gzip
import json
import os
import pathlib
import random
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from appliance.protocol import batch, codec, messages
from appliance.protocol.generated import MESSAGES
from appliance.protocol.primitives import ELEMENTS_MAX

ROOT = pathlib.Path(__file__).resolve().parents[3]
INPUTS = int(os.environ.get("TEST_FUZZ_INPUTS", "3000"))

# Peak memory of one decode: an element is an object with slots, its smallest form some 2 bytes.
PEAK_BYTES_FIXED = 256 << 10
PEAK_BYTES_PER_INPUT_BYTE = 256


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(ROOT / "tests" / "golden" / name, "rt") as lines:
        yield from map(json.loads, lines)


def _subjects() -> list[tuple[str, int, int, bytes]]:
    names = {line[3]: (key, kind) for (key, kind), line in MESSAGES.items()}
    found = []
    for vector in _lines("messages.jsonl.gz"):
        if vector["m"] in names:
            key, kind = names[vector["m"]]
            found.append((kind, key, vector["v"], bytes.fromhex(vector["hex"])))
    return found


SUBJECTS = _subjects()
_INTERESTING = (
    b"\xff\xff\xff\xff\x0f",
    b"\x7f\xff\xff\xff",
    b"\x80\0\0\0",
    b"\xff\xff",
    b"\0",
    b"\x80",
)


def _mutate(rng: random.Random, raw: bytes) -> bytes:
    data = bytearray(raw)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0 if at < len(data):
                data[at] = rng.randrange(256)
            case 1 if at < len(data):
                data[at] ^= 1 << rng.randrange(8)
            case 2:
                del data[at:]
            case 3:
                piece = rng.choice(_INTERESTING)
                data[at : at + len(piece)] = piece
            case 4:
                data[at:at] = rng.randbytes(rng.randint(1, 8))
            case _:
                del data[at : at + rng.randint(1, 8)]
    return bytes(data)


def _decode(kind: str, key: int, version: int, raw: bytes) -> Any:
    view = memoryview(raw)
    if kind == "request":
        return codec.decode_request(key, version, view)
    if kind == "response":
        return codec.decode_response(key, version, view)
    head = (key if kind == "coordinator-key" else version).to_bytes(2, "big")
    view = memoryview(head + raw)
    if kind == "coordinator-key":
        return codec.decode_coordinator_key(view)
    return codec.decode_coordinator_value(_KEYS[key], view)


_KEYS = {
    1: codec.decode_coordinator_key(memoryview(b"\0\1" + bytes(8))),
    2: codec.decode_coordinator_key(memoryview(b"\0\2" + bytes(2))),
}


def _peak_of(call: Callable[[], Any], allowed: type[Exception]) -> int:
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    try:
        call()
    except allowed:
        pass
    return tracemalloc.get_traced_memory()[1] - before


@pytest.fixture
def traced() -> Iterator[None]:
    """All modules are loaded before memory is counted."""
    for subject in SUBJECTS:
        _decode(*subject)
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.usefixtures("traced")
def test_mutated_messages_give_value_or_protocol_error():
    """Nothing but ProtocolError leaves the decoder, and memory follows the size of the input."""
    rng = random.Random(20)
    for number in range(INPUTS):
        kind, key, version, raw = rng.choice(SUBJECTS)
        data = _mutate(rng, raw)
        peak = _peak_of(lambda: _decode(kind, key, version, data), codec.ProtocolError)  # noqa: B023
        allowed = PEAK_BYTES_FIXED + PEAK_BYTES_PER_INPUT_BYTE * len(data)
        assert peak < allowed, (number, kind, key, version, data.hex())


@pytest.mark.slow
def test_cut_messages_give_value_or_protocol_error():
    """Every prefix of every message: a cut is never an exception of another kind."""
    for kind, key, version, raw in SUBJECTS:
        for length in range(len(raw)) if len(raw) <= 48 else range(0, len(raw), len(raw) // 32):
            try:
                _decode(kind, key, version, raw[:length])
            except codec.ProtocolError:
                pass


@pytest.mark.slow
def test_random_bytes_give_value_or_protocol_error():
    """Bytes of no origin at all, as request, response and request header."""
    rng = random.Random(21)
    for _ in range(INPUTS):
        kind, key, version, _ = rng.choice(SUBJECTS)
        data = bytes(rng.choice((0, 1, 2, 127, 128, 255, rng.randrange(256))) for _ in range(40))
        for call in (
            lambda: _decode(kind, key, version, data),  # noqa: B023
            lambda: codec.decode_request_header(memoryview(data)),  # noqa: B023
        ):
            try:
                call()
            except codec.ProtocolError:
                pass


@pytest.mark.usefixtures("traced")
def test_announced_lengths_allocate_nothing():
    """A length is believed only as far as bytes are left for it."""
    huge = b"\xff\xff\xff\xff\x0f"
    for kind, key, version, raw in SUBJECTS:
        for at in range(min(len(raw), 24)):
            for piece in (huge, b"\x7f\xff\xff\xff"):
                data = raw[:at] + piece + bytes(8)
                peak = _peak_of(lambda: _decode(kind, key, version, data), codec.ProtocolError)  # noqa: B023
                assert peak < PEAK_BYTES_FIXED, (kind, key, version, data.hex())


@pytest.mark.parametrize("count", [2, 1 << 20, 0x7FFFFFFF])
def test_array_count_is_refused_before_its_elements_are_read(count: int):
    """Elements have a smallest size: a count that cannot fit is refused at once."""
    element = b"\0\1t" + bytes(4)  # a DeleteRecords topic without partitions: six bytes at least
    with pytest.raises(codec.ProtocolError, match="reaches behind the end"):
        codec.decode_request(21, 0, memoryview(count.to_bytes(4, "big") + element))


@pytest.mark.slow
def test_elements_of_nested_arrays_are_bounded_together():
    """Many arrays below the bound do not add up to more than one message may hold."""
    inner = 5000  # partitions of one topic in DeleteRecords version 0
    one = b"\0\1t" + inner.to_bytes(4, "big") + bytes(12 * inner)
    count = ELEMENTS_MAX // inner + 1
    data = count.to_bytes(4, "big") + one * count + bytes(4)
    with pytest.raises(codec.ProtocolError, match="array elements"):
        codec.decode_request(21, 0, memoryview(data))


def test_tagged_array_reads_no_further_than_its_tag():
    """Otherwise each of many repeated tags could parse all that follows it: quadratic work."""
    plain = b"".join(codec.encode_response(messages.ApiVersionsResponse(), 3))
    assert plain.endswith(b"\0")
    # tag 0 (SupportedFeatures) of one byte announces two features that lie behind it
    data = plain[:-1] + b"\x01\x00\x01\x03" + b"\x02f\0\1\0\1\0" * 2
    with pytest.raises(codec.ProtocolError):
        codec.decode_response(18, 3, memoryview(data))


@pytest.mark.slow
def test_mutated_batches_give_records_or_corrupt_batch_error():
    """`check`, `iterate_batches` and `iterate_records` raise CorruptBatchError and nothing else."""
    rng = random.Random(22)
    raws = [bytes.fromhex(line["hex"]) for line in _lines("batches.jsonl.gz")]
    for _ in range(INPUTS):
        raw = rng.choice(raws)
        if rng.random() < 0.5:
            data = _mutate(rng, raw)
        else:  # leave the header alone, so that the records are what is wrong
            data = raw[: batch.BATCH_OVERHEAD] + _mutate(rng, raw[batch.BATCH_OVERHEAD :])
        view = memoryview(data)
        for call in (
            lambda: batch.check(view),  # noqa: B023
            lambda: list(batch.iterate_batches(view)),  # noqa: B023
            lambda: list(batch.iterate_records(view, records_bytes_max=1 << 20)),  # noqa: B023
        ):
            try:
                call()
            except batch.CorruptBatchError:
                pass
