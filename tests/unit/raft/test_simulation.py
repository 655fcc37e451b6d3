"""Whole groups under random faults: the laws hold, and the checkers would notice if not."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections import Counter
from random import Random

import pytest

from raft import guards, limits
from raft.acquaintance import Acquaintance
from raft.journal_replay import Replay
from raft.testing import Faults, Laws, Operation, Violation, find_violation, minimize, simulate
from raft.testing.climate import Climate
from tests.unit.raft.test_scenarios import WITHOUT, admits_anybody

SEEDS = int(os.environ.get("RAFT_SIM_SEEDS", "2"))
SEEDS_LONG = 100
"""So many are a soak."""
FIRST = int(os.environ.get("RAFT_SIM_FIRST", "0"))


@pytest.mark.sim
@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
@pytest.mark.parametrize(("voters", "observers"), [(3, 0), (5, 1)])
def test_group_under_faults_keeps_the_laws(seed: int, voters: int, observers: int) -> None:
    """Safety at every moment, linearizable registers, and recovery after healing."""
    report = simulate(seed, voters=voters, observers=observers, seconds=10)

    assert report.terms_led


@pytest.mark.sim
@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEEDS))
def test_group_with_many_observers_keeps_the_laws(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fed by turns, packed, and asked seldom; "many" is more than one here, and a message short."""
    monkeypatch.setattr(limits, "OBSERVERS_FEW", 1)
    monkeypatch.setattr(limits, "OBSERVERS_AT_ONCE", 1)
    monkeypatch.setattr(limits, "OBSERVER_S", 0.001)
    monkeypatch.setattr(limits, "OBSERVER_BATCH_ENTRIES", 4)
    report = simulate(seed, voters=3, observers=4, seconds=10)

    assert report.terms_led


ENOUGH = {
    "writes_acknowledged": 100,
    "outcomes_unknown": 4,
    "snapshot_pieces": 4,
    "terms_led": 5,
    "disks_wiped": 2,
    "bits_flipped": 2,
    "disks_refused": 1,
    "nodes_replaced": 2,
    "reads_of_replaced": 1,
}


def test_seeds_reach_what_they_are_for() -> None:
    """Without this a quiet simulation would look like a good one; the rarest is in 1 of 13."""
    reached = Counter[str]()
    faults = set[str]()
    for seed in range(600, 700):
        report = simulate(seed, seconds=10)
        reached.update({name: getattr(report, name) for name in ENOUGH})
        faults.update(report.faults)
        if reached >= Counter(ENOUGH):
            break

    assert reached >= Counter(ENOUGH)
    assert faults == set(Faults.__slots__)


def test_lost_disks_without_an_operator_stay_alone() -> None:
    """As many as a group of five bears, and never more: the others go on to the end."""
    faults = Faults(
        network=False, partition=False, clock=False, membership=False, disk=True, process=True
    )
    reports = [simulate(seed, voters=5, seconds=10, faults=faults) for seed in range(2)]

    assert all(report.disks_wiped + report.disks_refused == 2 for report in reports)
    assert all(report.nodes_replaced == 0 for report in reports)


NOTHING = dict.fromkeys(Faults.__slots__, False)


def test_lost_disk_that_is_taken_for_a_good_one_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within few seeds, if nodes cannot tell one disk from another."""
    monkeypatch.setattr(Acquaintance, "admits", admits_anybody)
    monkeypatch.setattr(Acquaintance, "digest", lambda *_, **__: bytes(16))
    faults = Faults(**{**NOTHING, "process": True, "membership": True})
    with pytest.raises(Violation, match="was let into the group"):
        for seed in range(20):
            simulate(seed, seconds=10, faults=faults)


def test_damaged_disk_that_a_node_trips_over_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within few seeds, if it does not say what is wrong."""
    monkeypatch.setattr(Replay, "_corrupt", lambda *_: ValueError("damaged"))
    with pytest.raises(Violation, match="unexpected: ValueError"):
        for seed in range(20):
            simulate(seed, seconds=10, faults=Faults(**{**NOTHING, "disk": True}))


def test_same_seed_is_the_same_run() -> None:
    """Who, whom, when and what repeat, in this process and under other hash seeds."""
    here = simulate(7, seconds=5)
    assert simulate(7, seconds=5) == here
    assert simulate(8, seconds=5).digest != here.digest
    code = "from raft.testing import simulate; print(simulate(7, seconds=5).digest)"
    for hash_seed in ("0", "1"):
        found = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
            timeout=100,
        )
        assert found.stdout.strip() == here.digest


QUICKLY_FOUND = ["durable_commit", "majority_index", "count_matching"]
SLOWLY_FOUND = [
    "may_leave_before_flush",
    "is_vote_free",
    "is_single_change",
    "is_read_confirmed",
    "is_up_to_date",
    "is_majority",
    "is_snapshot_newer",
    "holds_entry",
]
"""Guards whose absence one run in two to sixteen shows: too long for every day."""


@pytest.mark.sim
@pytest.mark.parametrize("guard", [*QUICKLY_FOUND, *(SLOWLY_FOUND if SEEDS >= SEEDS_LONG else [])])
def test_missing_guard_is_found(monkeypatch: pytest.MonkeyPatch, guard: str) -> None:
    """Random faults alone make a group without the guard break a law."""
    scenario, instead = WITHOUT[guard][0]
    monkeypatch.setattr(guards, guard, instead)
    for seed in range(100):
        for voters, observers in ((3, 0), (5, 1)):
            try:
                simulate(seed, voters=voters, observers=observers, seconds=10)
            except Violation:
                return
    pytest.fail(f"nobody noticed that {guard} is missing; {scenario} is about it")


def test_failing_seed_is_reduced_to_the_faults_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few of many are left, and the run without the others fails the same way again."""

    def find(self: Laws, node_id: int, term: int) -> None:
        if term > 2:
            self.fail(f"{node_id} leads in term {term}")

    monkeypatch.setattr(Laws, "_on_leader", find)
    minimal = minimize(600, seconds=8)
    assert minimal is not None
    assert 1 <= len(minimal.needed) <= 4 < len(minimal.omitted)
    assert minimal.runs > 3
    with pytest.raises(Violation) as caught:
        simulate(600, seconds=minimal.seconds, omitted=minimal.omitted)
    assert str(caught.value) == str(minimal.violation)
    assert "leads in term 3" in str(caught.value)


def test_run_that_keeps_the_laws_cannot_be_reduced() -> None:
    """There is nothing to look for."""
    assert minimize(7, seconds=2) is None


def write(start: float, end: float, value: str, **more: object) -> Operation:
    return Operation(start=start, end=end, written=value, result=True, **more)  # type: ignore[arg-type]


def read(start: float, end: float, value: str | None) -> Operation:
    return Operation(start=start, end=end, result=value)


@pytest.mark.parametrize(
    "history",
    [
        [],
        [read(0, 1, None)],
        [write(0, 1, "a"), read(2, 3, "a")],
        [write(0, 9, "a"), read(1, 2, None), read(3, 4, "a")],
        [write(0, 5, "a"), write(1, 6, "b"), read(7, 8, "a")],
        [write(0, 1, "a"), write(2, math.inf, "b"), read(3, 4, "a"), read(5, 6, "b")],
        [write(0, 1, "a"), write(2, math.inf, "b"), read(3, 4, "a")],
        [write(0, 1, "a"), write(2, 3, "b", expected="a"), read(4, 5, "b")],
        [
            write(0, 1, "a"),
            Operation(start=2, end=3, written="b", expected="x", result=False),
            read(4, 5, "a"),
        ],
    ],
)
def test_linearizable_history_is_explained(history: list[Operation]) -> None:
    """There is an order of moments within the calls that gives these results."""
    assert find_violation(history) is None


@pytest.mark.parametrize(
    "history",
    [
        [read(0, 1, "a")],
        [write(0, 1, "a"), read(2, 3, None)],
        [write(0, 1, "a"), write(2, 3, "b"), read(4, 5, "a")],
        [write(0, 9, "a"), read(1, 2, "a"), read(3, 4, None)],
        [write(0, 1, "a"), write(2, math.inf, "b"), read(3, 4, "b"), read(5, 6, "a")],
        [write(0, 1, "a"), write(2, 3, "b", expected="x")],
        [write(0, 5, "a"), write(1, 6, "b"), read(7, 8, "a"), read(9, 10, "b")],
    ],
)
def test_history_that_is_not_linearizable_is_found(history: list[Operation]) -> None:
    """Stale, lost or reordered: no order explains it."""
    assert find_violation(history)


def test_climate_scales_bounds_while_it_is_in_force() -> None:
    """They are the product's again afterwards, whatever happened."""
    before = {name: value for name, value in vars(limits).items() if name.isupper()}
    climates = [Climate.draw(Random(seed), ["disk", "clock"]) for seed in range(20)]
    for climate in climates:
        with pytest.raises(KeyError), climate.in_force():
            assert {name: getattr(limits, name) for name in climate.bounds} == climate.bounds
            raise KeyError

    assert {name: value for name, value in vars(limits).items() if name.isupper()} == before
    assert all(any(climate.weights.values()) for climate in climates)
    assert len({repr(climate) for climate in climates}) == 20
    assert min(climate.bounds["BATCH_ENTRIES"] for climate in climates) == 1
