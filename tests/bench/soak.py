"""`make soak`: the long versions of the tests, in two lanes side by side; every seed is printed.

    python -m tests.bench.soak [--kill-rounds 500] [--fuzz 200000] [--torture 1000] [--sim 500]
                               [--model 1000] [--raft 1000] [--raft-frames 1000000]
                               [--raft-network-s 300] [--groups-s 300] [--only raft ...]

What each part prints goes to build/soak/PART.log; a line a minute tells how far they are. Ends with
a line for each part, and with 1 if one of them failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

import trio

from tests.harness import ROOT, die_with_parent

LOGS = ROOT / "build" / "soak"
# Two cores, two lanes that take about as long; real processes share theirs with nobody else's.
LANES = (("raft", "coordinator"), ("kill", "groups", "network", "protocol", "wal", "sim"))
PROGRESS_S = 60


def commands(arguments: argparse.Namespace) -> dict[str, list[str]]:
    """Return the command of each part."""
    # -s: the kill test prints what it did.
    pytest = [sys.executable, "-m", "pytest", "-s", "-o", "faulthandler_timeout=0"]
    tests = [sys.executable, "-m"]
    return {
        "raft": [*pytest, "tests/unit/raft"],
        "coordinator": [*pytest, "tests/unit/coordinator"],
        "protocol": [*pytest, "tests/unit/protocol"],
        "wal": [*pytest, "tests/unit/wal"],
        "sim": [*pytest, "tests/sim"],
        "kill": [*pytest, "tests/kill"],
        "groups": [*tests, "tests.bench.group_soak", "--seconds", arguments.groups_s],
        "network": [*tests, "tests.bench.raft_namespaces", "--seconds", arguments.raft_network_s],
    }


def environment(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the variables that make the tests long."""
    return os.environ | {
        "TEST_KILL_ROUNDS": arguments.kill_rounds,
        "TEST_FUZZ_INPUTS": arguments.fuzz,
        "TEST_TORTURE_SEEDS": arguments.torture,
        "TEST_SIM_SEEDS": arguments.sim,
        "TEST_MODEL_EXAMPLES": arguments.model,
        "RAFT_SIM_SEEDS": arguments.raft,
        "RAFT_FRAMES": arguments.raft_frames,
        "RAFT_CRASH_STEP": "1",
        "PYTHONUNBUFFERED": "1",  # The logs tell how far a part is.
    }


class Part:
    """One command and what came of it."""

    def __init__(self, name: str, command: list[str], env: dict[str, str]) -> None:
        self.name = name
        self.log = LOGS / f"{name}.log"
        self.is_running = False
        self.failed = True
        self._command = command
        self._env = env

    async def run(self) -> None:
        started = time.monotonic()
        self.is_running = True
        print(f"{self.name}: started, see {self.log.relative_to(ROOT)}", flush=True)
        with self.log.open("wb") as log:
            # Not by trio, which starts processes in a thread: the part would die with that thread.
            process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._env,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
            )
            code = await trio.to_thread.run_sync(process.wait, abandon_on_cancel=True)
        self.is_running = False
        self.failed = code != 0
        verdict = f"FAILED with {code}" if self.failed else "passed"
        minutes = (time.monotonic() - started) / 60
        print(f"{self.name}: {verdict} after {minutes:.1f} min: {self.last_line()}", flush=True)

    def last_line(self) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 1000))
            lines = log.read().decode(errors="replace").split("\n")
        return next((line.strip()[-110:] for line in reversed(lines) if line.strip()), "")


async def soak(parts: dict[str, Part]) -> int:
    """Run the lanes; return the exit code."""

    async def lane(names: tuple[str, ...]) -> None:
        for name in names:
            if name in parts:
                await parts[name].run()

    async def progress() -> None:
        started = time.monotonic()
        while True:
            await trio.sleep(PROGRESS_S)
            for part in parts.values():
                if part.is_running:
                    minutes = (time.monotonic() - started) / 60
                    print(f"{minutes:5.0f} min  {part.name}: {part.last_line()}", flush=True)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(progress)
        async with trio.open_nursery() as lanes:
            for names in LANES:
                lanes.start_soon(lane, names)
        nursery.cancel_scope.cancel()
    failed = [part.name for part in parts.values() if part.failed]
    print(f"failed: {', '.join(failed)}" if failed else "everything passed", flush=True)
    return 1 if failed else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kill-rounds", default="500")
    parser.add_argument("--fuzz", default="200000")
    parser.add_argument("--torture", default="1000")
    parser.add_argument("--sim", default="500", help="seeds of the node, and as many of groups")
    parser.add_argument("--model", default="1000")
    parser.add_argument("--raft", default="1000")  # for 3 voters, and as many for 5
    parser.add_argument("--raft-frames", default="1000000", help="hostile frames at a listener")
    parser.add_argument("--raft-network-s", default="300", help="real nodes in namespaces")
    parser.add_argument("--groups-s", default="300", help="time of the soak of consumer groups")
    names = [name for lane in LANES for name in lane]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="PART")
    arguments = parser.parse_args()
    LOGS.mkdir(parents=True, exist_ok=True)
    env = environment(arguments)
    found = commands(arguments)
    return trio.run(soak, {name: Part(name, found[name], env) for name in arguments.only})


if __name__ == "__main__":
    sys.exit(main())
