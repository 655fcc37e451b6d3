"""The comparison's own arithmetic: what it reads, what it judges, what it prints."""

from pathlib import Path

import pytest

from tests.bench.brokers import KAFKA, KAFKA_FSYNC, PENSTOCK, why_no_kafka
from tests.bench.kafka import SCENARIOS
from tests.bench.load import CPU, RSS, THROUGHPUT, parse_perf
from tests.bench.report import AIMS, WITH_FSYNC, at_least, at_most, result, spread, table

SUMMARY = (
    "{count} records sent, 102400.5 records/sec ({rate} MB/sec), 20.25 ms avg latency,"
    " 310.00 ms max latency, 7 ms 50th, 95 ms 95th, 180 ms 99th, 300 ms 99.9th.\n"
)


def _runs(figure: str, kafka: list[float], penstock: list[float]) -> dict[str, list[dict]]:
    return {
        KAFKA: [{figure: value} for value in kafka],
        PENSTOCK: [{figure: value} for value in penstock],
    }


def test_perf_with_warm_up_gives_the_last_summary():
    output = (
        "500 records sent, 100.0 records/sec (0.10 MB/sec), 2.0 ms avg latency, 9 ms max latency.\n"
        + SUMMARY.format(count=1000, rate="90.25")
        + SUMMARY.format(count=800, rate="100.00")
    )

    assert parse_perf(output) == {
        THROUGHPUT: 100.0,
        "max ms": 310.0,
        "p50 ms": 7.0,
        "p95 ms": 95.0,
        "p99 ms": 180.0,
        "p99.9 ms": 300.0,
    }


@pytest.mark.parametrize("output", ["", "org.apache.kafka.TimeoutException", "1 ms 99.9th."])
def test_perf_without_summary_is_an_error(output: str):
    with pytest.raises(ValueError, match="summary"):
        parse_perf(output)


@pytest.mark.parametrize(
    ("kafka", "penstock", "expected"),
    [
        ([100, 90, 300], [100, 400, 1], "met"),
        ([100, 90, 300], [99, 400, 1], "missed"),
        ([100, 90], [400, 400, 400], "incomplete"),
        ([100, 90, 300], [400, 400], "incomplete"),
        ([0, 0, 0], [1, 1, 1], "incomplete"),
    ],
)
def test_aim_compares_medians_of_complete_runs(
    kafka: list[float], penstock: list[float], expected: str
):
    runs = _runs(THROUGHPUT, kafka, penstock)

    assert result(at_least(1.0, THROUGHPUT), runs, 3) == expected


def test_aim_at_most_compares_with_its_own_reference():
    """A reader's effect is judged against Penstock alone, durability against Kafka's fsync."""
    runs = {
        KAFKA: [{"p99 ms with reader": 1.0, "p99 ms alone": 1.0}],
        KAFKA_FSYNC: [{"per s": 100.0}],
        PENSTOCK: [{"p99 ms with reader": 15.0, "p99 ms alone": 10.0, "per s": 109.0}],
    }
    beside = at_most(1.5, "p99 ms with reader", broker=PENSTOCK, of_figure="p99 ms alone")

    assert result(beside, runs, 1) == "met"
    assert result(at_most(1.5, "p99 ms with reader"), runs, 1) == "missed"
    assert result(at_least(1.1, "per s", broker=KAFKA_FSYNC), runs, 1) == "missed"


def test_spread_is_minimum_median_maximum():
    assert spread(_runs(CPU, [1234.5, 2, 30.04], []), KAFKA, CPU) == "2.00 / 30.0 / 1,234"
    assert spread(_runs(CPU, [1], []), PENSTOCK, CPU) == "-"


def test_table_has_a_row_for_each_aim_and_what_was_seen_beside():
    runs = {
        KAFKA: [{THROUGHPUT: 100.0, CPU: 6.0, RSS: 500.0}],
        PENSTOCK: [{THROUGHPUT: 120.0, CPU: 4.5, RSS: 100.0}],
    }

    lines = table({"produce-1k-1p": runs}, repeat=1, judged=True).splitlines()[2:]

    assert [line.split(" | ")[1] for line in lines] == [THROUGHPUT, CPU, RSS]
    assert [line.split(" | ")[5] for line in lines] == ["1.20x", "0.75x", "0.20x"]
    assert [line.split(" | ")[-1] for line in lines] == ["met |", "missed |", "- |"]


def test_table_of_small_runs_judges_nothing():
    runs = _runs(THROUGHPUT, [100], [120])

    text = table({"produce-1k-1p": runs}, repeat=1, judged=False)

    assert "met" not in text
    assert "incomplete" not in text


def test_aims_name_scenarios_that_exist():
    assert set(AIMS) == set(SCENARIOS)
    assert set(SCENARIOS) >= WITH_FSYNC


def test_without_jars_the_reason_says_how_to_get_them(tmp_path: Path, monkeypatch):
    java = tmp_path / "java"
    java.write_text("")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    unset, empty = why_no_kafka(None), why_no_kafka(tmp_path)

    for reason in (unset, empty):
        assert "TEST_KAFKA_LIBS" in reason or str(tmp_path) in reason
        assert "org.apache.kafka:kafka_2.13:4.3.1" in reason
        assert "org.apache.kafka:kafka-tools:4.3.1" in reason
        assert "\n" not in reason
    for jar in ("kafka_2.13-4.3.1.jar", "kafka-tools-4.3.1.jar", "log4j-core-2.24.3.jar"):
        (tmp_path / jar).write_text("")
    assert why_no_kafka(tmp_path) == ""
    java.unlink()
    assert "no java" in why_no_kafka(tmp_path)
