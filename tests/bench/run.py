"""`make bench`: measurements, each a program of its own; see RESULTS.md.

    python tests/bench/run.py [--folder DIR] [NAME ...] [-- OPTION ...]

Without a name all of them run, one after the other. Options after `--` go to the programs: give one
name then. A program that lacks what it compares with says so in one line and counts as run.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# One line each: name, module, what it measures.
BENCHMARKS = {
    "wal": ("tests.bench.wal_fio", "the WAL writer against fio"),
    "groups": ("tests.bench.groups", "consumer groups: loading, commits, joins, heartbeats"),
    "raft": ("tests.bench.raft", "a Raft group of three, next to etcd; elections, observers"),
    "raft-loop": ("tests.bench.raft_loop", "what snapshots and journals hold up the event loop"),
    "kafka": ("tests.bench.kafka", "one node against Apache Kafka, side by side"),
}


def _end_with_parent() -> None:
    """PR_SET_PDEATHSIG with SIGTERM: a program whose caller is killed still cleans up."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, metavar="DIR", help="temporary files go there")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    own, options = sys.argv[1:], []
    if "--" in own:
        cut = own.index("--")
        own, options = own[:cut], own[cut + 1 :]
    arguments = parser.parse_args(own)
    arguments.options = options
    for name in arguments.names:
        if name not in BENCHMARKS:
            parser.error(f"no benchmark is called {name}; there are {', '.join(BENCHMARKS)}")
    if options and len(arguments.names) != 1:
        parser.error("options after -- belong to one program: give its name")
    return arguments


def main() -> int:
    arguments = _arguments()
    env = dict(os.environ)
    if arguments.folder is not None:
        env["TMPDIR"] = str(arguments.folder.absolute())
    failed: list[str] = []
    for name in arguments.names or BENCHMARKS:
        module, title = BENCHMARKS[name]
        print(f"== {name}: {title}", flush=True)
        command = [sys.executable, "-m", module, *arguments.options]
        process = subprocess.Popen(command, cwd=ROOT, env=env, preexec_fn=_end_with_parent)
        try:
            if process.wait() != 0:
                failed.append(name)
        except KeyboardInterrupt:
            # The terminal told the program too: it cleans up, and needs a moment.
            process.wait()
            return 130
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
