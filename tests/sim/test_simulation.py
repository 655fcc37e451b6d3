"""The whole node in one deterministic run per seed; see `universe`.

A failure prints the seed, the last events and the command that replays it:

    TEST_SIM_SEED=17 python -m pytest tests/sim -k promises

TEST_SIM_SEEDS sets how many seeds run, TEST_SIM_FIRST the first of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trio

import raft.testing.disk
from appliance.ids import LogId
from appliance.metadata import Image, commands, image
from appliance.node import Node
from appliance.objects.store import RetryingStore
from appliance.partition import Appends
from appliance.server import delete_records
from appliance.server.context import Context
from appliance.server.reads import Reads
from appliance.server.table import PartitionTable
from appliance.uploader import Uploader
from tests.sim import seeds
from tests.sim.full_volume import FullVolume
from tests.sim.model import Violation
from tests.sim.universe import Universe
from wal.writer import Writer

ROOT = Path(__file__).resolve().parents[2]


def run_seed(seed: int, *, white_box: bool = True) -> Universe:
    """Run a seed; a failure tells how to see it again."""
    return seeds.run(Universe(seed, white_box=white_box), seed, test="promises")


@pytest.mark.sim
@pytest.mark.parametrize("seed", seeds.wanted(200))
def test_promises_are_kept_whatever_fails(seed: int) -> None:
    """DESIGN 10, all of it that one node can break."""
    run_seed(seed)


def test_seeds_reach_what_they_are_for() -> None:
    """A simulation that reaches no crash, no upload and no full volume would prove nothing."""
    lives = batches = objects = read = laps = commits = deletions = 0
    for seed in range(1000, 1020):
        universe = run_seed(seed)
        lives += universe.lives
        batches += universe.model.acked_batches
        read += universe.model.read_records
        commits += universe.model.checked_commits
        deletions += universe.model.deletions
        objects += len(universe.store.objects)
        laps += universe.extents_freed > universe.extents

    assert lives > 60
    assert batches > 1600
    assert read > 1600
    assert commits > 100
    assert deletions > 20
    assert objects > 60
    assert laps > 0


def test_same_seed_is_the_same_run() -> None:
    """Who, whom, when and what repeat, in this process and under other hash seeds."""
    seeds = (3, 8)
    here = [run_seed(seed).digest.hexdigest() for seed in seeds]
    code = (
        "from tests.sim.test_simulation import run_seed\n"
        f"for seed in {seeds}: print(run_seed(seed).digest.hexdigest())"
    )

    assert [run_seed(seed).digest.hexdigest() for seed in seeds] == here
    for hash_seed in ("0", "1"):
        found = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.split() == here


def test_other_seeds_are_other_runs() -> None:
    """The scheduler, too, follows the seed."""
    assert len({run_seed(seed).digest.hexdigest() for seed in range(20, 25)}) == 5


# Tests of the test: a node that breaks one rule is caught.


def ack_before_durable(monkeypatch: pytest.MonkeyPatch) -> None:
    append_some = Writer.append_some_nowait
    submit = Writer.submit_nowait
    early: list[Appends] = []

    def append_some_and_forget(self: Writer, batches: Any, on_durable: Any) -> Any:
        placed = append_some(self, batches, None)
        early.append(on_durable)
        return placed

    def submit_and_ack(self: Writer) -> None:
        submit(self)
        while early:
            early.pop(0)()
        self.on_commit()

    monkeypatch.setattr(Writer, "append_some_nowait", append_some_and_forget)
    monkeypatch.setattr(Writer, "submit_nowait", submit_and_ack)


def free_before_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = Uploader.upload_once

    async def free_first(self: Uploader) -> None:
        await self._free(self._writer.durable_lsn)
        await upload(self)

    def free_whatever(self: Image, command: commands.FreeExtents) -> Any:
        log = self.logs[LogId(command.log_id)]
        below = command.below_chain_sequence
        return self._free(log, sum(extent.chain_sequence < below for extent in log.extents))

    monkeypatch.setattr(Uploader, "upload_once", free_first)
    monkeypatch.setitem(image._APPLY, commands.FreeExtents, free_whatever)


def leave_older_logs_open(monkeypatch: pytest.MonkeyPatch) -> None:
    propose = Node.propose

    async def but_no_seal(self: Node, command: Any) -> Any:
        if not isinstance(command, commands.SealLog):
            return await propose(self, command)
        return None

    monkeypatch.setattr(Node, "propose", but_no_seal)


def skip_checkpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(self: Uploader) -> int:
        return self._writer.end_lsn

    monkeypatch.setattr(Uploader, "_write_checkpoint", nothing)


def trust_stale_tail(monkeypatch: pytest.MonkeyPatch) -> None:
    async def from_volume(self: Reads, partition: Any, entries: list[Any]) -> Any:
        log_id = entries[0].log_id
        spans = [(e.lsn, e.position, e.length) for e in entries if e.log_id == log_id]
        views = [memoryview(b"")] * len(spans)
        await self._logs.read_many(log_id, spans, views.__setitem__)
        return views

    monkeypatch.setattr(Reads, "_from_volume", from_volume)


def commit_before_put(monkeypatch: pytest.MonkeyPatch) -> None:
    put = RetryingStore.put

    async def put_nothing(
        self: RetryingStore, key: str, parts: Any, *, if_absent: bool = False
    ) -> None:
        if not key.endswith(".pso"):  # Without its owner's name, the store would be refused.
            await put(self, key, parts, if_absent=if_absent)

    monkeypatch.setattr(RetryingStore, "put", put_nothing)


def skip_journal_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(self: Any) -> None:
        await trio.lowlevel.checkpoint()

    monkeypatch.setattr(raft.testing.disk._MemoryFile, "sync", nothing)


def answer_before_deletion_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async def in_memory_alone(context: Context, name: str, index: int, offset: int) -> int:
        partition = context.table.get(name, index)
        assert partition is not None
        below = partition.high_watermark if offset < 0 else offset
        context.table.raise_log_start(partition.partition_id, below)
        return partition.log_start_offset

    monkeypatch.setattr(delete_records, "_delete", in_memory_alone)


def serve_what_was_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PartitionTable, "raise_log_start", lambda *_: None)


def delete_one_record_more(monkeypatch: pytest.MonkeyPatch) -> None:
    apply = Image._delete_records

    def more(self: Image, command: commands.DeleteRecords) -> int:
        return apply(self, replace(command, log_start_offset=command.log_start_offset + 1))

    monkeypatch.setitem(image._APPLY, commands.DeleteRecords, more)


def without_white_box(seed: int) -> Universe:
    """What clients see is enough."""
    return Universe(seed, white_box=False)


ABLATIONS: list[
    tuple[Callable[[pytest.MonkeyPatch], None], Callable[[int], Universe], tuple[str, ...]]
] = [
    (ack_before_durable, Universe, ("3",)),
    (ack_before_durable, without_white_box, ("1", "2", "9")),
    (free_before_commit, Universe, ("5",)),
    (leave_older_logs_open, Universe, ("4",)),
    (skip_checkpoint, Universe, ("8",)),
    (trust_stale_tail, FullVolume, ("1", "2", "9")),
    (commit_before_put, Universe, ("6",)),
    (answer_before_deletion_is_kept, Universe, ("log start",)),
    (serve_what_was_deleted, Universe, ("log start",)),
    (delete_one_record_more, Universe, ("log start",)),
    (skip_journal_sync, Universe, ("the node ended",)),
]
"""(rule that is broken, world, invariants of which one must be found broken)."""

ABLATION_SEEDS = 150


@pytest.mark.sim
@pytest.mark.parametrize(
    ("ablation", "world", "verdicts"),
    ABLATIONS,
    ids=[f"{line[0].__name__}-{line[1].__name__}" for line in ABLATIONS],
)
def test_broken_rule_is_caught(
    monkeypatch: pytest.MonkeyPatch,
    ablation: Callable[[pytest.MonkeyPatch], None],
    world: Callable[[int], Universe],
    verdicts: tuple[str, ...],
) -> None:
    """Within few seeds the promise that the rule is for is found broken."""
    ablation(monkeypatch)
    for seed in range(ABLATION_SEEDS):
        try:
            world(seed).run()
        except Violation as error:
            if str(error).startswith(verdicts):
                return
    raise AssertionError(f"{ABLATION_SEEDS} seeds did not notice {ablation.__name__}")
