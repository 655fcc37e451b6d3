"""Start to ready of the built file, and what an idle node costs; see RESULTS.md.

    tests/bench/start.py [PYTHON ...]      # default: the running one

Needs `make zipapp`. Warm: the cache is filled and the data folder is new each time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.harness import NodeProcess  # noqa: E402

STARTS = 10
IDLE_S = 10
CONNECTIONS = 5000


def main() -> int:
    for python in sys.argv[1:] or [sys.executable]:
        folder = Path(tempfile.mkdtemp(prefix="penstock-start-"))
        try:
            measure(python, folder)
        finally:
            shutil.rmtree(folder)
    return 0


def measure(python: str, folder: Path) -> None:
    built = ROOT / "dist" / "penstock.pyz"
    env = {"XDG_CACHE_HOME": str(folder / "cache"), "PENSTOCK_VOLUME_SIZE": "2GiB"}
    times: list[float] = []
    for number in range(STARTS + 1):
        node = NodeProcess(folder / f"n{number}", command=[python, str(built)], env=env)
        began = time.monotonic()
        try:
            node.start()
            times.append(time.monotonic() - began)
            if number == STARTS:
                idle(node)
        finally:
            node.close()
        shutil.rmtree(folder / f"n{number}")
    cold, *warm = times
    print(
        f"{python}: cold {cold:.2f} s; warm min {min(warm):.2f}, median"
        f" {statistics.median(warm):.2f}, max {max(warm):.2f} s",
        flush=True,
    )


def idle(node: NodeProcess) -> None:
    """Print memory and CPU of a node with nothing to do, without and with connections."""
    time.sleep(2)
    alone = memory_bytes(node)
    print(f"  idle: RSS {alone / 1e6:.1f} MB, CPU {cpu_percent(node):.2f} % of a core")
    host, port = node.kafka.split(":")
    with contextlib.ExitStack() as stack:
        for _ in range(CONNECTIONS):
            stack.enter_context(socket.create_connection((host, int(port))))
        time.sleep(2)
        each = (memory_bytes(node) - alone) / CONNECTIONS
        print(
            f"  {CONNECTIONS} idle connections: {each / 1000:.1f} kB each,"
            f" CPU {cpu_percent(node):.2f} % of a core"
        )


def memory_bytes(node: NodeProcess) -> int:
    assert node.process is not None
    resident = Path(f"/proc/{node.process.pid}/statm").read_text().split()[1]
    return int(resident) * os.sysconf("SC_PAGESIZE")


def cpu_percent(node: NodeProcess) -> float:
    """Return the share of a core over IDLE_S seconds."""
    assert node.process is not None

    def ticks() -> int:
        fields = Path(f"/proc/{node.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    before = ticks()
    time.sleep(IDLE_S)
    return (ticks() - before) / os.sysconf("SC_CLK_TCK") / IDLE_S * 100


if __name__ == "__main__":
    sys.exit(main())
