"""Compares Penstock with Apache Kafka in one run: same machine, same disk, same load, in turn.

    python -m tests.bench.kafka [--scenario NAME ...] [--repeat 3] [--warm] [--folder DIR] ...

TEST_KAFKA_LIBS names the folder of Kafka's jars. Three brokers, each with its defaults: Kafka,
which does not fsync; Kafka with an fsync after each batch, where the scenario asks what durability
costs; Penstock, where every acknowledgement is durable. Order alternates from repeat to repeat.
Before each run all brokers are idle and the disk has nothing left to write. Prints a table in
Markdown; the exit code tells whether all runs came to their end, not whether aims are met.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import load
from tests.bench.brokers import (
    BUILT,
    KAFKA,
    KAFKA_FSYNC,
    PENSTOCK,
    Broker,
    kafka,
    kafka_version,
    penstock,
    settle,
    why_no_kafka,
    working_folder,
)
from tests.bench.group_load import GROUP_SCENARIOS
from tests.bench.load import Figures, Load, Scenario
from tests.bench.report import WITH_FSYNC, number, table

SCENARIOS: dict[str, Scenario] = load.SCENARIOS | GROUP_SCENARIOS

FREE_BYTES_MIN = 20 << 30
"""Two Kafkas keep a deleted topic's files for a minute, Penstock its objects."""


def _positive(kind: type[int] | type[float]) -> Callable[[str], float]:
    def parse(text: str) -> float:
        value = kind(text)
        if value <= 0:
            raise argparse.ArgumentTypeError("must be above 0")
        return value

    return parse


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.kafka",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--scenario", action="append", choices=SCENARIOS, help="this one; may be repeated"
    )
    parser.add_argument("--repeat", type=_positive(int), default=3, help="runs of each broker")
    parser.add_argument(
        "--warm", action="store_true", help="one unmeasured run of each broker first (JIT)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="append each run as a JSON line")
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()), metavar="DIR",
        help="where all data goes while it runs: on the disk to measure",
    )  # fmt: skip
    parser.add_argument(
        "--tree", action="store_true", help="the source tree instead of dist/penstock.pyz"
    )
    parser.add_argument(
        "--scale", type=_positive(float), default=1.0, metavar="SHARE",
        help="share of volume and time, to try the tool: such figures say nothing",
    )  # fmt: skip
    return parser.parse_args()


@dataclass(kw_only=True)
class Comparison:
    """The runs of all scenarios and what they gave."""

    load: Load
    repeat: int
    warm: bool
    out: Path | None
    steps: int
    step: int = 0
    failures: int = 0
    measured: dict[str, dict[str, list[Figures]]] = field(default_factory=dict)

    def scenario(self, name: str, brokers: list[Broker]) -> None:
        """Run one scenario on its brokers in turn, forth and back."""
        runs: dict[str, list[Figures]] = {broker.name: [] for broker in brokers}
        self.measured[name] = runs
        for number_of_run in range(0 if self.warm else 1, self.repeat + 1):
            for broker in brokers if number_of_run % 2 else reversed(brokers):
                label = f"{name}, {broker.name}, run {number_of_run}"
                settle(brokers)
                figures = self._run(label if number_of_run else f"{name}, {broker.name}, warming",
                                    SCENARIOS[name], broker)  # fmt: skip
                if figures is not None and number_of_run:
                    runs[broker.name].append(figures)
                    self._record(
                        {"scenario": name, "broker": broker.name, "run": number_of_run} | figures
                    )

    def _run(self, label: str, scenario: Scenario, broker: Broker) -> Figures | None:
        """Run one step; one broker's failure must not hide the figures of the others."""
        self.step += 1
        print(f"[{self.step}/{self.steps}] {label}: ", end="", flush=True)
        try:
            figures = scenario(self.load, broker)
        except Exception as error:
            self.failures += 1
            print(f"FAILED: {error}", flush=True)
            return None
        print(", ".join(f"{number(value)} {name}" for name, value in figures.items()), flush=True)
        return figures

    def _record(self, row: Mapping[str, object]) -> None:
        if self.out is not None:
            with self.out.open("a") as file:
                file.write(json.dumps(row) + "\n")


def _brokers_of(scenario: str) -> list[str]:
    return [KAFKA, *([KAFKA_FSYNC] if scenario in WITH_FSYNC else []), PENSTOCK]


def _compare(arguments: argparse.Namespace, libs: Path) -> int:
    names: list[str] = arguments.scenario or list(SCENARIOS)
    comparison = Comparison(
        load=Load(libs=libs, scale=arguments.scale),
        repeat=arguments.repeat,
        warm=arguments.warm,
        out=arguments.out,
        steps=sum(len(_brokers_of(name)) for name in names) * (arguments.repeat + arguments.warm),
    )
    with ExitStack() as stack:
        folder = stack.enter_context(working_folder(arguments.folder))
        running = {KAFKA: stack.enter_context(kafka(KAFKA, folder / KAFKA, libs))}
        if WITH_FSYNC.intersection(names):
            running[KAFKA_FSYNC] = stack.enter_context(
                kafka(KAFKA_FSYNC, folder / KAFKA_FSYNC, libs, "log.flush.interval.messages=1")
            )
        running[PENSTOCK] = stack.enter_context(
            penstock(folder / PENSTOCK, from_tree=arguments.tree)
        )
        try:
            for name in names:
                comparison.scenario(name, [running[each] for each in _brokers_of(name)])
        finally:
            # Also after an interruption: what was measured until then took its time.
            judged = arguments.scale >= 1
            text = table(comparison.measured, repeat=arguments.repeat, judged=judged)
            print(f"\n{_surroundings(libs, arguments)}\n\n{text}", flush=True)
    return 1 if comparison.failures else 0


def _surroundings(libs: Path, arguments: argparse.Namespace) -> str:
    source = "the source tree" if arguments.tree else BUILT.name
    scale = "" if arguments.scale >= 1 else f"; scale {arguments.scale}: no verdict"
    return (
        f"Minimum / median / maximum of {arguments.repeat}; ratios of medians, to Kafka without"
        f" fsync unless said. Kafka {kafka_version(libs)}, Penstock of {source} on Python"
        f" {platform.python_version()}, Linux {platform.release()}, {os.cpu_count()} cores{scale}."
    )


def main() -> int:
    arguments = _arguments()
    # So that `finally` ends the brokers and removes the folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    named = os.environ.get("TEST_KAFKA_LIBS")
    libs = Path(named).absolute() if named else None
    reason = why_no_kafka(libs)
    if reason or libs is None:
        print(f"kafka: left out: {reason}")
        return 0
    if not arguments.tree and not BUILT.exists():
        print(f"kafka: {BUILT.relative_to(BUILT.parents[1])} is missing: make zipapp, or --tree")
        return 2
    arguments.folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(arguments.folder).free
    if free < FREE_BYTES_MIN * arguments.scale:
        print(
            f"kafka: {arguments.folder} has {free >> 30} GiB free,"
            f" {FREE_BYTES_MIN >> 30} are needed: give --folder"
        )
        return 2
    load_average = os.getloadavg()[0]
    if load_average > 0.5:
        print(
            f"kafka: the machine is not idle (load average {load_average:.1f}): figures will be off"
        )
    try:
        return _compare(arguments, libs)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
