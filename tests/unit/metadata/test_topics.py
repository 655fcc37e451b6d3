"""Kafka's rules for topic names and configs."""

import csv
from pathlib import Path

import pytest

from appliance.metadata import topic_configs, topic_names
from appliance.metadata.rejected import Code
from appliance.protocol.errors import ErrorCode


@pytest.mark.parametrize("name", ["a", "A-b_c.9", "...", "x" * 249])
def test_invalid_reason_valid_name_is_none(name: str) -> None:
    """Letters, digits, dot, underscore, dash; up to 249."""
    assert topic_names.invalid_reason(name) is None


@pytest.mark.parametrize("name", ["", ".", "..", "a b", "ä", "a/b", "x" * 250, "a\n", "٣"])
def test_invalid_reason_bad_name_says_why(name: str) -> None:
    """Everything else is refused."""
    assert topic_names.invalid_reason(name)


def test_collide_dot_and_underscore() -> None:
    """Metric names do not tell `.` from `_`."""
    assert topic_names.collide("a.b_c", "a_b.c")
    assert not topic_names.collide("a.b", "a.b")
    assert not topic_names.collide("a-b", "a_b")


@pytest.mark.parametrize("name", sorted(topic_configs.CONFIGS))
def test_validate_default_is_valid(name: str) -> None:
    """Kafka's own defaults pass."""
    topic_configs.validate(name, topic_configs.effective({}, name))


_GOOD = [
    ("cleanup.policy", "compact,delete"),
    ("cleanup.policy", " compact , delete "),
    ("cleanup.policy", ""),
    ("retention.ms", "-1"),
    ("max.message.bytes", " 7 "),
    ("preallocate", "TRUE"),
    ("min.cleanable.dirty.ratio", "1e-2"),
    ("compression.gzip.level", "9"),
    ("leader.replication.throttled.replicas", "0:1,12:3"),
    ("leader.replication.throttled.replicas", "*"),
    ("remote.storage.enable", "false"),
]
_BAD = [
    ("nonsense", "1", "Unknown topic config name: nonsense"),
    ("cleanup.policy", "shred", "String must be one of: compact, delete"),
    ("cleanup.policy", "delete,", "String must be one of"),
    ("retention.ms", "-2", "Value must be at least -1"),
    ("retention.ms", "x", "Not a number of type LONG"),
    ("retention.ms", "1_0", "Not a number of type LONG"),
    ("retention.ms", "٣", "Not a number of type LONG"),
    ("retention.bytes", str(1 << 63), "Not a number of type LONG"),
    ("max.message.bytes", str(1 << 31), "Not a number of type INT"),
    ("max.message.bytes", "", "Not a number of type INT"),
    ("compression.gzip.level", "0", "between 1 and 9 or equal to -1"),
    ("compression.lz4.level", "18", "Value must be no more than 17"),
    ("compression.type", "brotli", "String must be one of: uncompressed, zstd"),
    ("message.timestamp.type", "createtime", "String must be one of"),
    ("min.cleanable.dirty.ratio", "nan", "Not a number of type DOUBLE"),
    ("min.cleanable.dirty.ratio", "1.5", "Value must be no more than 1"),
    ("preallocate", "yes", "Expected value to be either true or false"),
    ("leader.replication.throttled.replicas", "1", "literal '*'"),
    ("remote.storage.enable", "true", "Tiered Storage functionality is disabled"),
]


@pytest.mark.parametrize(("name", "value"), _GOOD)
def test_validate_good_value_passes(name: str, value: str) -> None:
    """Kafka trims values and parses lists with blanks."""
    topic_configs.validate(name, value)


@pytest.mark.parametrize(("name", "value", "text"), _BAD)
def test_validate_bad_value_says_what_kafka_says(name: str, value: str, text: str) -> None:
    """Type first, then range, then the config's own rule."""
    with pytest.raises(topic_configs.InvalidConfigError) as caught:
        topic_configs.validate(name, value)
    assert text in str(caught.value)


def test_validate_all_lags_in_conflict_are_refused() -> None:
    """Kafka refuses a least lag above the greatest."""
    with pytest.raises(topic_configs.InvalidConfigError, match="conflict topic config"):
        topic_configs.validate_all({"min.compaction.lag.ms": "9", "max.compaction.lag.ms": "8"})


def test_effective_override_wins() -> None:
    """Overrides are trimmed; others get Kafka's default."""
    assert topic_configs.effective({"retention.ms": " 5 "}, "retention.ms") == "5"
    assert topic_configs.effective({}, "cleanup.policy") == "delete"


def test_codes_are_kafkas() -> None:
    """The codes here are the protocol's."""
    for code in Code:
        assert ErrorCode[code.name] == code


_FACTS = list(
    csv.DictReader(
        Path(__file__).with_name("topic_configs.csv").read_text(encoding="utf-8").splitlines()
    )
)


@pytest.mark.parametrize("row", _FACTS, ids=lambda row: row["name"])
def test_table_agrees_with_kafkas_facts(row: dict[str, str]) -> None:
    """Names, types, defaults and synonyms of Kafka 4.3.1, read by reflection."""
    config = topic_configs.CONFIGS[row["name"]]
    synonyms = tuple(filter(None, row["synonym_or_mode"].split(";")))

    assert (config.type, config.default, config.synonyms) == (
        row["type"],
        row["default"],
        synonyms,
    )
