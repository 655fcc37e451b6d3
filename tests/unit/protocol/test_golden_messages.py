"""Bytes and values of every covered message and version, against Kafka's own serializers."""

import base64
import gzip
import importlib
import importlib.util
import json
import pathlib
import sys
from typing import Any

import pytest

from appliance.protocol import codec, messages
from appliance.protocol.generated import MESSAGES, MODULES

ROOT = pathlib.Path(__file__).resolve().parents[3]


def _load_generator() -> Any:
    path = ROOT / "packaging" / "generate_codec.py"
    spec = importlib.util.spec_from_file_location("generate_codec", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate_codec"] = module
    spec.loader.exec_module(module)
    return module


generator = _load_generator()
TABLE = {message.name: message for message in generator.parse()}


def _vectors() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    with gzip.open(ROOT / "tests" / "golden" / "messages.jsonl.gz", "rt") as lines:
        for line in lines:
            vector = json.loads(line)
            found.setdefault(vector["m"], []).append(vector)
    return found


VECTORS = _vectors()


def _functions(name: str, version: int) -> tuple[Any, Any]:
    module = importlib.import_module(f"appliance.protocol.generated.{MODULES[name]}")
    snake = generator.snake(name)
    return (
        getattr(module, f"decode_{snake}_v{version}"),
        getattr(module, f"encode_{snake}_v{version}"),
    )


def _from_json(message: Any, cls: Any, fields: list[Any], value: dict[str, Any]) -> Any:
    """Return the message object of a value in Kafka's JSON form."""
    arguments = {}
    for one in fields:
        key = one.name[0].lower() + one.name[1:]
        if key in value:
            arguments[one.attribute] = _convert(message, one, one.type, value[key])
    return cls(**arguments)


def _convert(message: Any, one: Any, kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind.startswith("[]"):
        return [_convert(message, one, kind[2:], item) for item in value]
    if kind in ("bytes", "records"):
        return base64.b64decode(value)
    if kind == "uuid":
        return base64.urlsafe_b64decode(value + "==")
    if kind in generator.FIXED or kind == "string":
        return value
    children = one.children or message.structs[kind]
    owner = getattr(messages, message.name)
    return _from_json(message, getattr(owner, kind), children, value)


def test_every_covered_message_and_version_has_vectors():
    """A message without a vector is a message nobody checked."""
    covered = {
        (m.name, v) for m in TABLE.values() for v in range(m.versions.low, m.versions.high + 1)
    }
    assert covered == {(v["m"], v["v"]) for vectors in VECTORS.values() for v in vectors}


@pytest.mark.parametrize("name", sorted(VECTORS))
def test_decode_golden_bytes_gives_kafkas_value_and_encodes_back(name: str):
    """Decoding gives Kafka's value, uses every byte, and encoding gives Kafka's bytes."""
    message = TABLE[name]
    for vector in VECTORS[name]:
        raw = bytes.fromhex(vector["hex"])
        decode, encode = _functions(name, vector["v"])
        expected = _from_json(message, getattr(messages, name), message.fields, vector["json"])

        decoded, position = decode(memoryview(raw), 0, len(raw))
        parts: list[Any] = []
        encode(expected, parts.append, parts.extend)
        again: list[Any] = []
        encode(decoded, again.append, again.extend)

        assert position == len(raw)
        assert b"".join(parts) == raw, vector
        assert b"".join(again) == raw, vector
        assert decoded == expected, vector


@pytest.mark.parametrize("kind", ["request", "response"])
def test_public_functions_give_golden_bytes(kind: str):
    """`decode_*` and `encode_*` find the function of every key and version, at any position."""
    names = {line[3]: key for (key, known), line in MESSAGES.items() if known == kind}
    for name, api_key in names.items():
        for vector in VECTORS[name]:
            raw = bytes.fromhex(vector["hex"])
            view = memoryview(b"\x55" * 7 + raw)
            decoded = getattr(codec, f"decode_{kind}")(api_key, vector["v"], view, 7)
            assert b"".join(getattr(codec, f"encode_{kind}")(decoded, vector["v"])) == raw


@pytest.mark.parametrize("vector", VECTORS["RequestHeader"], ids=lambda v: f"v{v['v']}")
def test_request_header_golden_bytes_are_read(vector: dict[str, Any]):
    """The client id is never compact; unknown keys and versions are read as header version 1."""
    raw = bytes.fromhex(vector["hex"])
    value = vector["json"]
    key, version, correlation_id, client_id, position = codec.decode_request_header(memoryview(raw))
    assert (key, version) == (value["requestApiKey"], value["requestApiVersion"])
    assert (correlation_id, client_id) == (value["correlationId"], value["clientId"])
    known = (key, "request") in MESSAGES and version <= MESSAGES[key, "request"][1]
    flexible = known and codec.request_header_version(key, version) == 2
    if flexible == (vector["v"] == 2):
        assert position == len(raw)


def test_coordinator_records_golden_bytes_round_trip():
    """Stored keys begin with their type, stored values with their version."""
    for name, record_type in (("OffsetCommit", 1), ("GroupMetadata", 2)):
        for vector in VECTORS[f"{name}Key"]:
            stored = record_type.to_bytes(2, "big") + bytes.fromhex(vector["hex"])
            key = codec.decode_coordinator_key(memoryview(stored))
            assert type(key) is getattr(messages, f"{name}Key")
            assert codec.encode_coordinator_record(key) == stored
        for vector in VECTORS[f"{name}Value"]:
            stored = vector["v"].to_bytes(2, "big") + bytes.fromhex(vector["hex"])
            value = codec.decode_coordinator_value(key, memoryview(stored))
            assert type(value) is getattr(messages, f"{name}Value")
            assert codec.encode_coordinator_record(value, vector["v"]) == stored


def test_generated_files_are_up_to_date():
    """Generation is deterministic and what it writes is what is checked in."""
    files = generator.modules()
    assert files == generator.modules()
    assert generator.stale_files(files) == []
