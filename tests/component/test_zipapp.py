"""The zipapp as users get it: built twice, started by every Python there is."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "dist" / "penstock.pyz"
VERSIONS = ("3.11", "3.12", "3.13")
SIZE_MAX = 30 << 20

pytestmark = pytest.mark.skipif(not BUILT.exists(), reason="make zipapp has not run")


def _pythons() -> dict[str, str]:
    """Return version -> a CPython of it: on the path, the running one, or pyenv's."""
    found: dict[str, str] = {}
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in VERSIONS:
        candidates = [*sorted(map(str, pyenv.glob(f"{version}.*/bin/python")))]
        on_path = shutil.which(f"python{version}")
        if on_path:
            candidates.append(on_path)
        if sys.version_info[:2] == tuple(map(int, version.split("."))):
            candidates.append(sys.executable)
        for candidate in candidates:
            # A shim may exist for a version that is not selected.
            done = subprocess.run(
                [candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.stdout.strip() == version:
                found[version] = candidate
                break
    return found


PYTHONS = _pythons()


def _start(python: str, cache: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the zipapp with nothing of this environment but the path."""
    return subprocess.Popen(
        [python, *arguments],
        env={"PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(cache), "HOME": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _run(python: str, cache: Path, *arguments: str) -> tuple[int, str, str]:
    process = _start(python, cache, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def _build(output: Path, hash_seed: str) -> bytes:
    subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "build_zipapp.py"), "--output", str(output)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return output.read_bytes()


@pytest.mark.slow
def test_two_builds_are_equal_byte_by_byte(tmp_path: Path) -> None:
    """The file depends on the tree only: not on time, order, zone or hash seed."""
    first = _build(tmp_path / "one.pyz", "1")
    second = _build(tmp_path / "elsewhere" / "two.pyz", "2")

    assert first == second
    assert len(first) <= SIZE_MAX


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS)
def test_a_bare_python_starts_it_cold_and_warm(version: str, tmp_path: Path) -> None:
    """No library is needed, and the second start writes nothing."""
    if version not in PYTHONS:
        pytest.skip(f"no CPython {version} here")
    python = PYTHONS[version]
    code, out, err = _run(python, tmp_path, "-I", "-W", "error", str(BUILT), "--version")
    assert (code, err) == (0, "")
    assert out.startswith("penstock 0.")
    (unpacked,) = [path for path in (tmp_path / "penstock").iterdir() if path.is_dir()]
    before = sorted(str(path) for path in unpacked.rglob("*"))

    code, again, err = _run(python, tmp_path, str(BUILT), "--version")

    assert (code, again, err) == (0, out, "")
    assert sorted(str(path) for path in unpacked.rglob("*")) == before
    assert any(name.endswith(".pyc") for name in before)


@pytest.mark.slow
def test_every_native_library_loads(tmp_path: Path) -> None:
    """The wheels inside belong to the Python that unpacked them."""
    libraries = "cbor2, cramjam, fastcrc, msgspec, obstore, trio, pysyncobj, structlog, h11"
    for _version, python in sorted(PYTHONS.items()):
        code, _, err = _run(python, tmp_path, str(BUILT), "--version")
        assert (code, err) == (0, "")
    for version, python in sorted(PYTHONS.items()):
        (folder,) = (tmp_path / "penstock").glob(f"*-{version}")

        code, _, err = _run(
            python, tmp_path, "-I", "-S", "-c",
            f"import sys; sys.path.append({str(folder)!r}); import {libraries}",
        )  # fmt: skip

        assert (code, err) == (0, "")


@pytest.mark.parametrize("flag", ["-O", "-OO"])
def test_optimized_python_is_refused(flag: str, tmp_path: Path) -> None:
    """Without assertions a broken invariant would be served, so it does not start."""
    code, out, err = _run(sys.executable, tmp_path, flag, str(BUILT), "--version")

    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "-O" in err


@pytest.mark.slow
def test_first_starts_at_the_same_time_share_one_unpacking(tmp_path: Path) -> None:
    """The lock lets one unpack; the others wait and use its folder."""
    started = [_start(sys.executable, tmp_path, str(BUILT), "--version") for _ in range(4)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in started]

    assert [(err, code) for (_, err), code in ended] == [("", 0)] * 4
    assert len([path for path in (tmp_path / "penstock").iterdir() if path.is_dir()]) == 1


@pytest.mark.slow
def test_a_killed_first_start_leaves_nothing_that_the_next_one_trusts(tmp_path: Path) -> None:
    """A half-unpacked folder has another name and is removed."""
    process = _start(sys.executable, tmp_path, str(BUILT), "--version")
    folder = tmp_path / "penstock"
    while not list(folder.glob("*.tmp-*/*")):
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert list(folder.glob("*.tmp-*"))

    code, out, err = _run(sys.executable, tmp_path, str(BUILT), "--version")

    assert (code, err) == (0, "")
    assert out.startswith("penstock ")
    assert not list(folder.glob("*.tmp-*"))


def test_a_damaged_cache_is_mended(tmp_path: Path) -> None:
    """Cleaners of temporary files may have been there, or a full disk."""
    assert _run(sys.executable, tmp_path, str(BUILT), "--version")[0] == 0
    (unpacked,) = [path for path in (tmp_path / "penstock").iterdir() if path.is_dir()]
    files = sorted(str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file())
    late = next(unpacked.glob("obstore/*.so"))  # Imported by the first call of S3.
    for damage in (
        lambda: shutil.rmtree(unpacked / "appliance"),
        late.unlink,
        lambda: late.write_bytes(b""),
        (unpacked / "MANIFEST").unlink,
    ):
        damage()

        code, _, err = _run(sys.executable, tmp_path, str(BUILT), "--version")

        assert (code, err) == (0, "")
        found = sorted(str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file())
        assert found == files
        assert [p for p in (tmp_path / "penstock").iterdir() if p.is_dir()] == [unpacked]


OTHER = "0" * 32 + "-3.11"
LONG_AGO = 1_000_000_000


def _other_build(cache: Path, name: str, *, used: float) -> Path:
    """Put the unpacked folder of another build there, last started at a time."""
    unpacked = cache / "penstock" / name
    unpacked.mkdir(parents=True)
    (unpacked / "MANIFEST").write_text("1 x\n")
    (unpacked / "x").write_bytes(b"x")
    for suffix in (".lock", ".used"):
        unpacked.with_name(name + suffix).touch()
    os.utime(unpacked.with_name(name + ".used"), (used, used))
    return unpacked


def test_a_build_that_nobody_used_for_long_is_removed(tmp_path: Path) -> None:
    """Each release would leave its folder for ever; what is not ours stays."""
    old = _other_build(tmp_path, OTHER, used=LONG_AGO)
    young = _other_build(tmp_path, "1" + OTHER[1:], used=time.time() - 86400)
    foreign = _other_build(tmp_path, "notes", used=LONG_AGO)
    foreign.with_name("notes.used").unlink()
    left = old.with_name("2" + OTHER[1:] + ".tmp-killed")
    left.mkdir()
    old.with_name("2" + OTHER[1:] + ".lock").touch()

    assert _run(sys.executable, tmp_path, str(BUILT), "--version")[0] == 0

    assert not list(old.parent.glob(f"{OTHER}*"))
    assert not left.exists()
    assert (young / "x").exists()
    assert (foreign / "x").exists()


def test_a_build_that_runs_is_not_removed(tmp_path: Path) -> None:
    """A node may serve for months, and modules are imported late."""
    old = _other_build(tmp_path, OTHER, used=LONG_AGO)
    with old.with_name(OTHER + ".used").open() as used:
        fcntl.flock(used, fcntl.LOCK_SH)

        assert _run(sys.executable, tmp_path, str(BUILT), "--version")[0] == 0

    assert (old / "x").exists()


def _unpacked(cache: Path) -> Path:
    """Let the built file unpack itself; return the folder."""
    assert _run(sys.executable, cache, str(BUILT), "--version")[0] == 0
    (unpacked,) = [path for path in (cache / "penstock").iterdir() if path.is_dir()]
    return unpacked


def test_a_process_holds_its_build_as_long_as_it_runs(tmp_path: Path) -> None:
    """Whoever wants to remove it finds the lock taken, and a time that is not long ago."""
    unpacked = _unpacked(tmp_path)
    path = unpacked.with_name(unpacked.name + ".used")
    os.utime(path, (LONG_AGO, LONG_AGO))
    process = _start(
        sys.executable, tmp_path, str(BUILT), "start", "--data", str(tmp_path / "data"),
        "--kafka", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--volume-size", "512MiB",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "penstock is ready\n"
        with path.open() as used, pytest.raises(BlockingIOError):
            fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert time.time() - path.stat().st_mtime < 86400
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0
    with path.open() as used:
        fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_start_while_its_build_is_removed_makes_it_again(tmp_path: Path) -> None:
    """It waits for whoever removes, and does not trust the lock of a file that is gone."""
    unpacked = _unpacked(tmp_path)
    path = unpacked.with_name(unpacked.name + ".used")
    with path.open() as used:
        fcntl.flock(used, fcntl.LOCK_EX)
        process = _start(sys.executable, tmp_path, str(BUILT), "--version")
        while f"/{path.name}" not in " ".join(_open_files(process.pid)):
            assert process.poll() is None
        shutil.rmtree(unpacked)
        path.unlink()
    _, err = process.communicate(timeout=120)

    assert (process.returncode, err) == (0, "")
    assert path.exists()
    assert (unpacked / "MANIFEST").exists()


def _open_files(pid: int) -> list[str]:
    """Return the names of the files that a process has open."""
    found = []
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                found.append(os.readlink(link))
    return found


def test_a_cache_that_lies_is_named_with_the_remedy(tmp_path: Path) -> None:
    """Bytes that have the right length and are not ours are not looked for at each start."""
    assert _run(sys.executable, tmp_path, str(BUILT), "--version")[0] == 0
    (unpacked,) = [path for path in (tmp_path / "penstock").iterdir() if path.is_dir()]
    for path in [*(unpacked / "appliance" / "cli").rglob("__init__*.py*")]:
        path.write_bytes(b"(" * path.stat().st_size)

    code, out, err = _run(sys.executable, tmp_path, str(BUILT), "--version")

    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert f"{unpacked} is damaged" in err
    shutil.rmtree(unpacked)
    assert _run(sys.executable, tmp_path, str(BUILT), "--version")[0] == 0


def test_a_cache_that_others_may_write_to_is_refused(tmp_path: Path) -> None:
    """Code is run from the cache: nobody else may put any there."""
    folder = tmp_path / "penstock"
    folder.mkdir()
    folder.chmod(0o777)

    code, out, err = _run(sys.executable, tmp_path, str(BUILT), "--version")

    assert (code, out) == (2, "")
    assert "XDG_CACHE_HOME" in err


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The message names the folder and the remedy; not even root can make a folder there."""
    cache = tmp_path / "file"
    cache.write_bytes(b"")

    code, out, err = _run(sys.executable, cache, str(BUILT), "--version")

    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert str(cache) in err
    assert "XDG_CACHE_HOME" in err
