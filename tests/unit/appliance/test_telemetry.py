"""Counters, histograms and the log."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog

from appliance.telemetry import (
    LATENCY_BOUNDS_S,
    REPEATS_MAX,
    REPEATS_S,
    Telemetry,
    configure_logging,
)


def _samples(telemetry: Telemetry) -> dict[tuple[str, tuple[str, ...]], float]:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in telemetry.collect()
        for sample in family.samples
    }


def test_observe_counts_into_the_bucket_whose_upper_end_holds_it() -> None:
    """Ends are inclusive, as Prometheus' `le` says; the last bucket has no end."""
    telemetry = Telemetry()
    for seconds in (0.0, LATENCY_BOUNDS_S[0], 0.0002, 99.0):
        telemetry.observe(1, seconds)

    counts, total = telemetry.histogram(1)

    assert counts[:2] == [2, 1]
    assert counts[-1] == 1
    assert sum(counts) == 4
    assert total == pytest.approx(99.0003)


def test_collect_makes_buckets_cumulative_and_names_the_api() -> None:
    """Metrics are labelled with the API's name, unknown ones with the number."""
    telemetry = Telemetry()
    telemetry.observe(0, 0.003)
    telemetry.observe(0, 0.2)
    telemetry.on_request(9999)

    samples = _samples(telemetry)

    assert samples["penstock_request_seconds_bucket", ("Produce", "0.005")] == 1
    assert samples["penstock_request_seconds_bucket", ("Produce", "+Inf")] == 2
    assert samples["penstock_request_seconds_count", ("Produce",)] == 2
    assert samples["penstock_requests_total", ("9999",)] == 1


def test_counters_reads_and_gauges_are_collected() -> None:
    """What the node counts is what the scraper sees."""
    telemetry = Telemetry()
    telemetry.bytes_in += 5
    telemetry.count_read("tail", 7)
    telemetry.gauges["open_things"] = ("Things", lambda: 3)

    samples = _samples(telemetry)

    assert samples["penstock_bytes_in_total", ()] == 5
    assert samples["penstock_read_bytes_total", ("tail",)] == 7
    assert samples["penstock_open_things", ()] == 3


def test_a_misspelt_counter_is_an_error() -> None:
    """Counters are declared; a typing slip does not make a new one."""
    with pytest.raises(AttributeError):
        Telemetry().bytes_inn = 1  # type: ignore[attr-defined]


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the log of this process says, from info on."""
    found: list[str] = []
    configure_logging("info", found.append, is_terminal=False)
    yield found
    structlog.reset_defaults()


def test_log_without_a_terminal_is_json_lines_above_the_level(lines: list[str]) -> None:
    """Machines read one JSON object per line."""
    log = Telemetry().log
    log.debug("hidden")
    log.warning("shown", n=1, what=b"x")

    (line,) = lines
    event = json.loads(line)
    assert (event["message"], event["level"], event["n"]) == ("shown", "warning", 1)


def test_a_long_text_is_cut_and_stays_json(lines: list[str]) -> None:
    """A peer, or a deep traceback, does not fill the log."""
    Telemetry().log.info("x", reason="a" * 1_000_000)

    (line,) = lines
    assert json.loads(line)["reason"].startswith("aaa")
    assert len(line) < 10_000


def test_what_repeats_is_logged_so_often_a_minute_and_then_counted(lines: list[str]) -> None:
    """However many there are; a kind is its text."""
    telemetry = Telemetry()
    for _ in range(500):
        telemetry.log_repeated(100.0, "info", "a", n=1)
    telemetry.log_repeated(100.0, "warning", "b")
    telemetry.tell_repeated(100.0 + REPEATS_S - 1)
    assert len(lines) == REPEATS_MAX + 1

    telemetry.tell_repeated(100.0 + REPEATS_S)
    telemetry.tell_repeated(100.0 + REPEATS_S)
    telemetry.log_repeated(200.0, "info", "a", n=1)

    events = [json.loads(line) for line in lines]
    told = [event for event in events if event["message"] == "and more of the same"]
    assert [(event["of"], event["more"], event["level"]) for event in told] == [
        ("a", 500 - REPEATS_MAX, "info")
    ]
    assert [event["message"] for event in events].count("a") == REPEATS_MAX + 1


def test_the_first_line_of_the_next_minute_comes_after_what_the_last_one_left_out(
    lines: list[str],
) -> None:
    """Also where nobody calls `tell_repeated`."""
    telemetry = Telemetry()
    for now in (1.0, 2.0, 3.0, 70.0):
        telemetry.log_repeated(now, "error", "a", lines_max=1)

    events = [json.loads(line) for line in lines]
    assert [event["message"] for event in events] == ["a", "and more of the same", "a"]
    assert events[1]["more"] == 2


def test_debug_lines_cost_nothing_when_off(lines: list[str]) -> None:
    """Nothing is counted or kept for them."""
    telemetry = Telemetry()
    for _ in range(100):
        telemetry.log_repeated(1.0, "debug", "a")
    telemetry.tell_repeated()

    assert lines == []


def test_every_level_of_the_settings_is_known(lines: list[str]) -> None:
    """Settings and log agree on the names."""
    from appliance.settings import LOG_LEVELS

    for level in LOG_LEVELS:
        configure_logging(level, lines.append, is_terminal=True)


def test_what_libraries_log_becomes_one_line_of_ours() -> None:
    """trio's listener above all, with the traceback in the line; and destructors that fail."""
    code = (
        "import logging;"
        "from appliance.telemetry import configure_logging, take_library_logs;"
        "configure_logging('info', print, is_terminal=False); take_library_logs();"
        "log = logging.getLogger('trio.serve_listeners');"
        "log.info('hidden');\n"
        "class A:\n def __del__(self): raise ValueError('late')\n"
        "try: 1 / 0\nexcept Exception: log.error('accept %s', 7, exc_info=True)\n"
        "a = A(); del a"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["message"], first["logger"]) == ("accept 7", "trio.serve_listeners")
    assert "ZeroDivisionError" in first["exception"]
    assert "late" in second["exception"]
    assert done.stderr == ""
