"""A real S3 server as a process: VersityGW over a folder, else moto.

`python tests/s3server.py` builds VersityGW into build/tools when Go is there; `make` does it before
the tests. Without Go or network it says so and moto, a Python S3 server, is used: it keeps objects
in memory, checks no credentials and is slow, but answers by the same rules.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

MODULE = "github.com/versity/versitygw/cmd/versitygw"
VERSION = "v1.8.0"
TOOLS = Path(__file__).resolve().parent.parent / "build" / "tools"
VERSITYGW = TOOLS / f"versitygw-{VERSION}"
BUILD_S_MAX = 600
READY_S_MAX = 30
BUCKET = "penstock"
ACCESS_KEY, SECRET_KEY = "AKIDTEST", "not-a-secret"

_MOTO = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=int(sys.argv[1]), verbose=False)
server.start()
sys.stdin.read()
"""


def build() -> bool:
    """Build VersityGW unless it is built; True when it is there afterwards."""
    if VERSITYGW.exists():
        return True
    go = shutil.which("go")
    if go is None:
        print("tests/s3server.py: no Go on this machine; S3 tests use moto")
        return False
    staging = TOOLS / f"build-{os.getpid()}"
    staging.mkdir(parents=True)
    try:
        print(f"tests/s3server.py: building {MODULE}@{VERSION}, about a minute, once")
        done = subprocess.run(
            [go, "install", f"{MODULE}@{VERSION}"],
            env=os.environ | {"GOBIN": str(staging)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_S_MAX,
            check=False,
        )
        if done.returncode == 0:
            (staging / "versitygw").rename(VERSITYGW)
            return True
        reason = (done.stdout.strip().splitlines() or ["unknown"])[-1]
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = str(error)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    print(f"tests/s3server.py: VersityGW is not to be had, S3 tests use moto: {reason}")
    return False


def die_with_parent() -> None:
    """PR_SET_PDEATHSIG: a server does not survive a killed test run."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class S3Server:
    """One server on a port of its own with one empty bucket.

    Attributes:
        kind: "versitygw" or "moto".
        address: (host, port).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kind = "versitygw" if VERSITYGW.exists() else "moto"
        self.address = ("127.0.0.1", 0)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.address[1]}"

    def environment(self, endpoint: str | None = None) -> dict[str, str]:
        """Return what a client needs; `endpoint` is that of a proxy in between."""
        return {
            "AWS_ENDPOINT_URL": endpoint or self.endpoint,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_REGION": "us-east-1",
        }

    def start(self) -> S3Server:
        self.folder.mkdir(parents=True, exist_ok=True)
        for attempt in range(5):
            # The port is free now, and somebody else's a moment later at worst: then once more.
            with socket.create_server(("127.0.0.1", 0)) as probe:
                self.address = probe.getsockname()[:2]
            self._launch()
            if self._wait_ready():
                return self
            self.close()
            assert attempt < 4, (self.folder / "server.log").read_text()[-2000:]
        raise AssertionError("not reached")

    def _launch(self) -> None:
        if self.kind == "versitygw":
            (self.folder / "data" / BUCKET).mkdir(parents=True, exist_ok=True)
            (self.folder / "meta").mkdir(exist_ok=True)
            command = [
                *(str(VERSITYGW), "--port", f"127.0.0.1:{self.address[1]}", "--quiet", "posix"),
                *("--sidecar", str(self.folder / "meta"), str(self.folder / "data")),
            ]
        else:
            command = [sys.executable, "-W", "ignore", "-c", _MOTO, str(self.address[1])]
        keys = {"ROOT_ACCESS_KEY": ACCESS_KEY, "ROOT_SECRET_KEY": SECRET_KEY}
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=os.environ | keys,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )

    def _wait_ready(self) -> bool:
        assert self._process is not None
        deadline = time.monotonic() + READY_S_MAX
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(self.address, timeout=1).close()
            except OSError:
                time.sleep(0.02)
                continue
            if self.kind == "moto":
                request = urllib.request.Request(f"{self.endpoint}/{BUCKET}", method="PUT")
                urllib.request.urlopen(request, timeout=10).close()
            return self._process.poll() is None
        return False

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __enter__(self) -> S3Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()


if __name__ == "__main__":
    build()
