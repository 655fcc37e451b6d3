"""`make bench`: the WAL writer against fio, in one run, as ratios; see RESULTS.md.

Comparison with Apache Kafka needs a Kafka on the machine: RESULTS.md says how that was run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "tests" / "bench" / "wal_fio.py"), *sys.argv[1:]]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
