"""The first code of the zipapp, around a tree of a few lines."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).resolve().parents[2] / "packaging" / "bootstrap.py"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
SAYS = b"import os\ndef main(argv):\n    os.write(2, b'said')\n    return 7\n"


def run(folder: Path, versions: str, standard_files: str) -> int:
    """Build a zipapp for these versions of Python, and run it; returns its exit code."""
    source = BOOTSTRAP.read_text()
    for mark, value in {
        '"@BUILD_ID@"': "'0'",
        '{"@TREES@": "@TREES@"}': repr({versions: ["tree"]}),
        '"@MACHINE@"': repr(os.uname().machine),
    }.items():
        assert source.count(mark) == 1
        source = source.replace(mark, value)
    tree = io.BytesIO()
    with zipfile.ZipFile(tree, "w") as inner:
        inner.writestr("appliance/__init__.py", b"")
        inner.writestr("appliance/cli.py", SAYS)
    with zipfile.ZipFile(folder / "app.pyz", "w") as outer:
        outer.writestr("__main__.py", source)
        outer.writestr("trees/tree", tree.getvalue())
    command = f'exec "$0" -I -S "$1" {standard_files}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, str(folder / "app.pyz")],
        env={"XDG_CACHE_HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode


@pytest.mark.parametrize("standard_files", ["", "2>&-", "0<&- 1>&- 2>&-"])
def test_closed_standard_files_are_not_taken_by_files_of_ours(
    standard_files: str, tmp_path: Path
) -> None:
    """What is printed would go into the lock file, which is open as long as the process runs."""
    assert run(tmp_path, VERSION, standard_files) == 7

    assert (tmp_path / "penstock" / f"0-{VERSION}.used").read_bytes() == b""


@pytest.mark.parametrize("standard_files", ["2>&-", "0<&- 1>&- 2>&-", "2>/dev/full"])
def test_a_refusal_that_nobody_can_read_has_its_exit_code(
    standard_files: str, tmp_path: Path
) -> None:
    """A supervisor goes by it; a traceback's would say that another start may help."""
    assert run(tmp_path, "1.4", standard_files) == 2
