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


def build(folder: Path, versions: str) -> Path:
    """Build a zipapp for these versions of Python."""
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
    path = folder / "app.pyz"
    with zipfile.ZipFile(path, "w") as outer:
        outer.writestr("__main__.py", source)
        outer.writestr("trees/tree", tree.getvalue())
    return path


def run(folder: Path, versions: str, standard_files: str) -> int:
    """Build a zipapp for these versions of Python, and run it; returns its exit code."""
    path = build(folder, versions)
    command = f'exec "$0" -I -S "$1" {standard_files}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, str(path)],
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


def refused(path: Path, env: dict[str, str]) -> str:
    """Run a zipapp that refuses to; returns what it says, which is one line."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", path],
        cwd=path.parent,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("penstock: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    """A download that went wrong, a bad disk: whoever reads the line gets the file again."""
    path = build(tmp_path, VERSION)
    data = path.read_bytes()
    assert data.count(SAYS) == 1
    path.write_bytes(data.replace(SAYS, SAYS.upper()))

    line = refused(path, {"XDG_CACHE_HOME": str(tmp_path)})

    assert f"{path} is damaged" in line
    assert sorted(p.name for p in (tmp_path / "penstock").iterdir()) == [
        f"0-{VERSION}.lock",
        f"0-{VERSION}.used",
    ]


def test_without_a_home_folder_no_cache_is_made_where_it_is_started(tmp_path: Path) -> None:
    """Users without a name have none; a folder named `~` would be found by nobody."""
    path = build(tmp_path, VERSION)

    assert "XDG_CACHE_HOME" in refused(path, {"HOME": "~"})
    assert sorted(tmp_path.iterdir()) == [path]
