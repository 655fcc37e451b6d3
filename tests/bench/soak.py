"""`make soak`: the long versions of the tests; every seed is printed.

python tests/bench/soak.py [--kill-rounds 500] [--fuzz 200000] [--torture 1000] [--sim 1000]
                            [--model 1000] [--raft 1000] [--raft-frames 1000000]
                            [--raft-network-s 300] [--groups-s 300]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kill-rounds", default="500")
    parser.add_argument("--fuzz", default="200000")
    parser.add_argument("--torture", default="1000")
    parser.add_argument("--sim", default="1000")
    parser.add_argument("--model", default="1000")
    parser.add_argument("--raft", default="1000")  # for 3 voters, and as many for 5
    parser.add_argument("--raft-frames", default="1000000", help="hostile frames at a listener")
    parser.add_argument("--raft-network-s", default="300", help="real nodes in namespaces")
    parser.add_argument("--groups-s", default="300", help="time of the soak of consumer groups")
    arguments = parser.parse_args()
    env = os.environ | {
        "TEST_KILL_ROUNDS": arguments.kill_rounds,
        "TEST_FUZZ_INPUTS": arguments.fuzz,
        "TEST_TORTURE_SEEDS": arguments.torture,
        "TEST_SIM_SEEDS": arguments.sim,
        "TEST_MODEL_EXAMPLES": arguments.model,
        "RAFT_SIM_SEEDS": arguments.raft,
        "RAFT_FRAMES": arguments.raft_frames,
        "RAFT_CRASH_STEP": "1",
    }
    folders = ["tests/unit/protocol", "tests/unit/wal", "tests/unit/coordinator"]
    folders += ["tests/unit/raft", "tests/sim", "tests/kill"]
    # -s: the kill test prints what it did.
    options = ["-s", "-o", "faulthandler_timeout=0"]
    command = [sys.executable, "-m", "pytest", *options, *folders]
    tests = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
    command = [sys.executable, "-m", "tests.bench.group_soak", "--seconds", arguments.groups_s]
    groups = subprocess.run(command, cwd=ROOT, check=False).returncode
    command = [sys.executable, "-m", "tests.bench.raft_namespaces"]
    command += ["--seconds", arguments.raft_network_s]
    network = subprocess.run(command, cwd=ROOT, check=False).returncode
    return tests or groups or network


if __name__ == "__main__":
    sys.exit(main())
