"""How long snapshots and journals hold up the event loop of a node; see RESULTS.md.

    python -m tests.bench.raft_loop [--rows 1000000] [--runs 5]

Processes on loopback, a state of rows of 100 bytes. The leader writes a snapshot and its journal
anew; then the third voter comes for the first time, receives the snapshot, installs and restores
it, and starts again from its own. Printed is the longest pass of each event loop, by the clock,
by the clock without the thread's waits for a processor, and by the time it ran; and its longest
step, measured the second way. The aim, 5 ms, is judged by that: what other processes take of the
machine is not the loop's doing, but a wait for a disk or a lock is.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.raft_group import Group, NodeOfGroup, temporary_folder

AIM_MS = 5.0
DEPTH, COMMAND_BYTES = 32, 100

Times = dict[str, list[dict[str, Any]]]


def measured(node: NodeOfGroup, times: Times, what: str, name: str, *arguments: Any) -> None:
    node.call("reset")
    if node.call(name, *arguments) is None:
        print(f"{what}: the leader was deposed, this run does not count", flush=True)
        return
    times.setdefault(what, []).append(node.call("times"))


def run(folder: Path, rows: int, times: Times) -> None:
    group = Group(folder, options=["--measure-loop"])
    try:
        group.start(1)
        group.start(2)
        leader = group.nodes[group.wait_leader()]
        leader.call("fill", rows)
        measured(leader, times, "commit only", "load", DEPTH, 3.0, COMMAND_BYTES)
        measured(leader, times, "write a snapshot and the journal anew", "snapshot", 0, 0)
        measured(leader, times, "the same beside commits", "snapshot", DEPTH, COMMAND_BYTES)
        leader.call("reset")
        late = group.start(3)
        late.call("reset")
        wait_rows(late, rows)
        times.setdefault("send a snapshot", []).append(leader.call("times"))
        times.setdefault("receive, install and restore it", []).append(late.call("times"))
        group.kill(3)
        late = group.start(3)
        wait_rows(late, rows)
        times.setdefault("start from it", []).append(late.call("times"))
    finally:
        group.close()


def wait_rows(node: NodeOfGroup, rows: int) -> None:
    until = time.monotonic() + 60
    while node.call("status")["rows"] < rows:
        if time.monotonic() > until:
            raise RuntimeError("the snapshot did not arrive")
        time.sleep(0.1)
    time.sleep(1)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    times: Times = {}
    for _ in range(arguments.runs):
        with temporary_folder() as folder:
            run(folder, arguments.rows, times)
    print(f"{arguments.rows} rows of 100 bytes, {arguments.runs} runs; ms, the largest of all runs")
    print(f"load average {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")
    print(
        "| what | clock | without waits for a processor | thread time | longest step | over 5 ms"
        " | aim |"
    )
    print("|---|---|---|---|---|---|---|")
    for what, found in times.items():
        longest = max(each["longest_ms"] for each in found)
        own = max(each["longest_own_ms"] for each in found)
        cpu = max(each["longest_cpu_ms"] for each in found)
        over = max(each["over_5ms"] for each in found)
        step = max(found, key=lambda each: each["longest_step_ms"])
        task = f"{step['longest_step_ms']:.1f}: {step['longest_step'].rpartition('.')[2]}"
        verdict = "met" if own <= AIM_MS else "missed"
        aim = f"<= {AIM_MS:.0f} without waits for a processor, {verdict}"
        print(f"| {what} | {longest:.1f} | {own:.1f} | {cpu:.1f} | {task} | {over:.0f} | {aim} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
