"""The aims of the comparison and the table that says whether they are met."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.brokers import KAFKA, KAFKA_FSYNC, PENSTOCK
from tests.bench.load import CPU, RSS, THROUGHPUT

Runs = Mapping[str, Sequence[Mapping[str, float]]]
"""Broker -> the figures of each of its runs."""

TITLES = {KAFKA: "Kafka", KAFKA_FSYNC: "Kafka, fsync each batch", PENSTOCK: "Penstock"}
NOTHING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Penstock's median of `figure` is at least or at most `limit` times that of the reference."""

    figure: str
    limit: float
    at_least: bool
    broker: str = KAFKA
    of_figure: str = ""

    def text(self) -> str:
        beside = {KAFKA: "", KAFKA_FSYNC: " of fsync", PENSTOCK: f" of {self.of_figure}"}
        return f"{'>=' if self.at_least else '<='} {self.limit:.1f}x{beside[self.broker]}"


def at_least(limit: float, figure: str, *, broker: str = KAFKA) -> Aim:
    return Aim(figure=figure, limit=limit, at_least=True, broker=broker)


def at_most(limit: float, figure: str, *, broker: str = KAFKA, of_figure: str = "") -> Aim:
    return Aim(figure=figure, limit=limit, at_least=False, broker=broker, of_figure=of_figure)


AIMS: dict[str, tuple[Aim, ...]] = {
    "produce-1k-12p": (at_least(1.0, THROUGHPUT), at_most(0.6, CPU)),
    "produce-1k-1p": (at_least(1.0, THROUGHPUT), at_most(0.6, CPU)),
    "produce-1k-12p-client-defaults": (at_least(0.8, THROUGHPUT), at_most(0.8, CPU)),
    "rate-50MBs": (at_most(1.2, "p99 ms"),),
    "rate-10MBs": (at_most(1.5, "p99 ms"),),
    "round-trip-100b": (at_least(1.1, "per s", broker=KAFKA_FSYNC),),
    "consume-16k-4p": (at_least(0.9, THROUGHPUT), at_most(1.0, CPU)),
    "catch-up": (
        at_least(0.8, "reader MB/s"),
        at_most(1.5, "p99 ms with reader", broker=PENSTOCK, of_figure="p99 ms alone"),
    ),
    "many-topics": (at_most(3.0, "create s"), at_most(2.0, "list ms")),
    "groups-join-100": (at_most(1.0, "join s"), at_most(1.0, "join again ms")),
    "groups-commit": (at_least(1.0, "commits/s"),),
    "groups-10k-beside-produce": (at_most(1.0, "p99 ms"),),
}

WITH_FSYNC = frozenset(
    {
        "produce-1k-12p",
        "produce-1k-1p",
        "produce-1k-12p-client-defaults",
        "rate-50MBs",
        "rate-10MBs",
        "round-trip-100b",
        "groups-commit",
    }
)
"""Scenarios that also run on a Kafka that syncs each batch, as Penstock does."""

ALSO_SHOWN = (
    *(CPU, RSS, "p50 ms", "p99 ms", "p99 ms alone", "delete s"),
    *("heartbeats/s", "cores", "join s"),
)
"""Figures without an aim that the table shows where a scenario has them."""


def number(value: float) -> str:
    """Return three digits or more: no more is known."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _values(runs: Runs, broker: str, figure: str) -> list[float]:
    return sorted(figures[figure] for figures in runs.get(broker, ()) if figure in figures)


def spread(runs: Runs, broker: str, figure: str) -> str:
    """Return a broker's minimum, median and maximum."""
    values = _values(runs, broker, figure)
    if not values:
        return NOTHING
    return " / ".join(map(number, (values[0], statistics.median(values), values[-1])))


def ratio(runs: Runs, figure: str, *, broker: str = KAFKA, of_figure: str = "") -> float | None:
    """Return Penstock's median over the reference's; None if either is missing or zero."""
    ours = _values(runs, PENSTOCK, figure)
    theirs = _values(runs, broker, of_figure or figure)
    if not ours or not theirs or statistics.median(theirs) == 0:
        return None
    return statistics.median(ours) / statistics.median(theirs)


def result(aim: Aim, runs: Runs, repeat: int) -> str:
    """Return whether the aim is met; a failed or missing run of either broker is no success."""
    ours, theirs = runs.get(PENSTOCK, ()), runs.get(aim.broker, ())
    reached = ratio(runs, aim.figure, broker=aim.broker, of_figure=aim.of_figure)
    if reached is None or len(ours) < repeat or len(theirs) < repeat:
        return "incomplete"
    met = reached >= aim.limit if aim.at_least else reached <= aim.limit
    return "met" if met else "missed"


def _row(scenario: str, figure: str, runs: Runs, *, aim: Aim | None, verdict: str) -> str:
    broker = KAFKA if aim is None else aim.broker
    reached = ratio(runs, figure, broker=broker, of_figure="" if aim is None else aim.of_figure)
    cells = [
        scenario,
        figure,
        *(spread(runs, each, figure) for each in TITLES),
        NOTHING if reached is None else f"{reached:.2f}x",
        NOTHING if aim is None else aim.text(),
        verdict,
    ]
    return f"| {' | '.join(cells)} |"


def table(measured: Mapping[str, Runs], *, repeat: int, judged: bool) -> str:
    """Return the table of all scenarios in Markdown; ratios of medians, by default to Kafka's.

    Args:
        measured: Scenario -> its runs.
        repeat: Runs that each broker should have of each scenario.
        judged: Whether the runs were large enough to tell whether aims are met.
    """
    titles = ["scenario", "figure", *TITLES.values(), "ratio", "aim", "result"]
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for scenario, runs in measured.items():
        aims = AIMS.get(scenario, ())
        aimed = {aim.figure for aim in aims}
        for aim in aims:
            verdict = result(aim, runs, repeat) if judged else NOTHING
            lines.append(_row(scenario, aim.figure, runs, aim=aim, verdict=verdict))
        lines += [
            _row(scenario, figure, runs, aim=None, verdict=NOTHING)
            for figure in ALSO_SHOWN
            if figure not in aimed and _values(runs, PENSTOCK, figure)
        ]
    return "\n".join(lines)
