"""Starts real nodes as processes, on ephemeral ports and in temporary folders, and ends them."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import trio

import raft
from appliance.metadata import Image
from appliance.node import MetadataMachine
from raft.files import Directory
from tests.ports import keep_port

ROOT = Path(__file__).resolve().parent.parent
READY_S_MAX = 30


def read_image(node: NodeProcess, scratch: Path) -> Image:
    """Return the metadata of a node that does not run, from a copy of its files."""
    shutil.copytree(node.folder / "data" / "raft", scratch)
    # With the note of its first voters the copy of one of several would not lead alone.
    (scratch / "bootstrap").unlink(missing_ok=True)
    properties = dict(
        line.split("=", 1)
        for line in (node.folder / "data" / "meta.properties").read_text().splitlines()
    )
    machine = MetadataMachine()

    async def main() -> None:
        voter = int(properties["node.id"])
        raft_node = raft.Node(
            voter,
            voters=[voter],
            cluster_id=hashlib.sha256(properties["cluster.id"].encode()).digest()[:16],
            files=Directory(str(scratch)),
            state_machine=machine,
            rng=random.Random(1),
            create=False,
        )
        async with trio.open_nursery() as nursery:
            await nursery.start(raft_node.run)
            nursery.cancel_scope.cancel()

    trio.run(main)
    shutil.rmtree(scratch)
    return machine.image


def die_with_parent() -> None:
    """PR_SET_PDEATHSIG: a node does not survive a killed test run."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class NodeProcess:
    """One `penstock start`, restartable on the same folder."""

    def __init__(
        self,
        folder: Path,
        *,
        command: list[str] | None = None,
        env: dict[str, str] | None = None,
        stderr: int | None = None,
    ) -> None:
        """Name it; `stderr` is a file for its log instead of `node.log`."""
        self.folder = folder
        self.command = command or [sys.executable, "-m", "appliance"]
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("PENSTOCK_")}
        self.env["PENSTOCK_VOLUME_SIZE"] = "512MiB"
        self.env |= env or {}
        self.stderr = stderr
        self.process: subprocess.Popen[bytes] | None = None
        self.kafka = ""
        self.admin = ""
        self.port = 0
        self._keeper: socket.socket | None = None

    @property
    def log_path(self) -> Path:
        return self.folder / "node.log"

    def start(self, *, wait: bool = True, admin_port: int = 0) -> NodeProcess:
        """Start it; a restart listens on the same port, so that clients come back."""
        if not self.port:
            self._keeper = keep_port()
            self.port = self._keeper.getsockname()[1]
        self.folder.mkdir(parents=True, exist_ok=True)
        out = self.folder / "stdout"
        out.write_bytes(b"")
        with out.open("wb") as stdout, self.log_path.open("ab") as stderr:
            self.process = subprocess.Popen(
                [
                    *self.command,
                    "start",
                    "--data",
                    str(self.folder / "data"),
                    "--kafka",
                    f"127.0.0.1:{self.port}",
                    "--admin",
                    f"127.0.0.1:{admin_port}",
                ],
                cwd=ROOT,
                env=self.env,
                stdout=stdout,
                stderr=stderr if self.stderr is None else self.stderr,
                preexec_fn=die_with_parent,
            )
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self) -> None:
        deadline = time.monotonic() + READY_S_MAX
        while time.monotonic() < deadline:
            text = (self.folder / "stdout").read_text()
            if "health, metrics" in text and text.endswith("\n"):
                fields = {line[2:18].strip(): line[18:].strip() for line in text.splitlines()[1:]}
                self.kafka = fields["Kafka clients"]
                self.admin = fields["health, metrics"].removesuffix("/metrics")
                return
            assert self.process is not None
            if self.process.poll() is not None:
                end = self.log_path.read_text()[-3000:]
                raise AssertionError(f"node ended with {self.process.returncode}:\n{end}")
            time.sleep(0.02)
        raise AssertionError(f"node is not ready:\n{self.log_path.read_text()[-3000:]}")

    def kill(self) -> None:
        """kill -9 and wait."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=15)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.kill()
        if self._keeper is not None:
            self._keeper.close()

    def get(self, path: str) -> tuple[int, str]:
        """GET a page of the admin listener."""
        try:
            with urllib.request.urlopen(self.admin + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def metric(self, name: str) -> float:
        """Return the sum of a metric's samples."""
        total = 0.0
        for line in self.get("/metrics")[1].splitlines():
            if line.startswith(name) and not line.startswith("#"):
                total += float(line.rsplit(" ", 1)[1])
        return total

    def __enter__(self) -> NodeProcess:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()


def wait_until(is_so: Callable[[], bool], what: str, *, seconds: float = READY_S_MAX) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)


def log_lines(node: NodeProcess) -> list[dict[str, object]]:
    """Return the node's log as parsed JSON lines."""
    text = node.log_path.read_text()
    lines = text[: text.rfind("\n") + 1].splitlines()  # The last one may be just being written.
    return [json.loads(line) for line in lines if line.startswith("{")]
