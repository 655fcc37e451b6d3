"""Counters, histograms and the log."""

import json
import subprocess
import sys

import pytest

from appliance.telemetry import LATENCY_BOUNDS_S, Telemetry, configure_logging


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


def test_log_without_a_terminal_is_json_lines_above_the_level() -> None:
    """Machines read one JSON object per line."""
    code = (
        "from appliance.telemetry import Telemetry, configure_logging;"
        "log = Telemetry().log; configure_logging('info');"
        "log.debug('hidden'); log.warning('shown', n=1, what=b'x')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    (line,) = done.stderr.splitlines()
    event = json.loads(line)
    assert (event["message"], event["level"], event["n"]) == ("shown", "warning", 1)
    assert done.stdout == ""


def test_every_level_of_the_settings_is_known() -> None:
    """Settings and log agree on the names."""
    from appliance.settings import LOG_LEVELS

    for level in LOG_LEVELS:
        configure_logging(level)
    configure_logging("info")
