"""What a person at a terminal sees, and what a machine reads instead."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

from tests.harness import ROOT, NodeProcess, die_with_parent

SECRETS = {"AWS_ACCESS_KEY_ID": "AKIDSECRETSECRET", "AWS_SECRET_ACCESS_KEY": "HIDDEN/SECRET+KEY"}
UNREACHABLE = SECRETS | {
    "PENSTOCK_OBJECT_STORE": "s3://bucket/prefix",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "PENSTOCK_VOLUME_SIZE": "16MiB",
    "PENSTOCK_LOG_LEVEL": "debug",
}


def on_terminal(*arguments: str, env: dict[str, str], until: str = "") -> str:
    """Run a command on a terminal of its own; return what it showed, ended after `until`."""
    ours, theirs = pty.openpty()
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PENSTOCK_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "appliance", *arguments],
        cwd=ROOT,
        env={**plain, **env, "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=die_with_parent,
    )
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # EIO: the last writer has gone.
        while data := os.read(ours, 65536):
            shown += data
            if until and until in shown.decode("utf-8", "replace"):
                process.send_signal(signal.SIGTERM)
                until = ""
    os.close(ours)
    assert process.wait(timeout=20) == 0, shown
    return shown.decode()


def test_the_log_is_pretty_on_a_terminal_and_json_otherwise(tmp_path: Path) -> None:
    """People get colours, machines one object per line; nobody gets a secret."""
    start = ["start", "--data", str(tmp_path / "a"), "--kafka", "127.0.0.1:0"]
    shown = on_terminal(*start, "--admin", "127.0.0.1:0", env=UNREACHABLE, until="/metrics")
    with NodeProcess(tmp_path / "b", env=UNREACHABLE) as node:
        node.stop()
        written = node.log_path.read_text() + (node.folder / "stdout").read_text()
        lines = node.log_path.read_text().splitlines()

    assert "penstock is ready" in shown
    assert "\x1b[" in shown
    assert "object store: " in shown
    assert {"level", "time", "message"} <= set(json.loads(lines[0]))
    for secret in SECRETS.values():
        assert secret not in shown + written


def test_long_work_shows_its_progress_on_a_terminal_only(tmp_path: Path) -> None:
    """A bar on standard error; a pipe gets results alone."""
    make = ["volume", "format", str(tmp_path / "v"), "--cluster-id", "c", "--volume-size", "16MiB"]
    shown = on_terminal(*make, env={})
    piped = subprocess.run(
        [sys.executable, "-m", "appliance", "volume", "info", str(tmp_path / "v")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "reserving" in shown
    assert "100%" in shown
    assert "extents of" in shown
    assert piped.stderr == ""
    assert "reading" in on_terminal("volume", "info", str(tmp_path / "v"), env={})
