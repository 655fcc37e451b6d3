"""Write dist/penstock.pyz: one file for every supported Python, the same bytes each time.

Wheels come by hash from requirements.lock, one set per Python version; equal wheels are kept once.
Each wheel (and our packages) becomes one deflated zip, a "tree", stored in the outer zip, so that
a warm start reads a directory of two dozen entries only.
"""

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
PACKAGES = ("appliance", "raft", "wal")
SIZE_MAX = 30 << 20
SHEBANG = b"#!/usr/bin/env python3\n"
EPOCH = (1980, 1, 1, 0, 0, 0)

MANYLINUX = (*tuple(f"manylinux_2_{minor}" for minor in range(28, 16, -1)), "manylinux2014")
"""glibc of the oldest systems we name, newest first."""

SOURCE_ONLY = ("pysyncobj",)
"""Pure Python, published without a wheel: the package's folder is taken from the source archive."""

DROPPED_FOLDERS = {"tests", "_tests", "test", "docs", "__pycache__"}
DROPPED_SUFFIXES = {".pyi", ".pyc", ".pyx", ".pxd", ".c", ".h", ".md", ".typed"}
DROPPED_INFO = {"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "entry_points.txt", "top_level.txt"}

Files = dict[str, bytes]


def main() -> int:
    """Build; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / "penstock.pyz")
    parser.add_argument("--machine", choices=("x86_64", "aarch64"), default="x86_64")
    parser.add_argument("--wheels", type=Path, default=ROOT / "build" / "wheels")
    options = parser.parse_args()
    lock = (ROOT / "packaging" / "requirements.lock").read_text()
    trees: dict[str, bytes] = {"penstock.zip": _zip(dict(_own_files()), zipfile.ZIP_DEFLATED)}
    needed: dict[str, list[str]] = {}
    for version in VERSIONS:
        needed[version] = ["penstock.zip"]
        for wheel in fetch_wheels(lock, version, options.machine, options.wheels):
            name = wheel.name.removesuffix(".whl").removesuffix(".tar.gz") + ".zip"
            if name not in trees:
                files = _wheel_files(wheel) if wheel.suffix == ".whl" else _source_files(wheel)
                trees[name] = _zip(dict(files), zipfile.ZIP_DEFLATED)
            needed[version].append(name)
    data = assemble(trees, needed, options.machine)
    if len(data) > SIZE_MAX:
        print(f"{options.output} would have {len(data)} bytes; {SIZE_MAX} are allowed")
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    partial = options.output.with_suffix(".partial")
    partial.write_bytes(data)
    partial.chmod(0o755)
    partial.replace(options.output)
    print(f"{options.output}: {len(data) / (1 << 20):.1f} MiB, {len(trees)} trees")
    return 0


def assemble(trees: dict[str, bytes], needed: dict[str, list[str]], machine: str) -> bytes:
    """Return the bytes of the zipapp."""
    digest = hashlib.sha256()
    for name in sorted(trees):
        digest.update(name.encode() + b"\0" + hashlib.sha256(trees[name]).digest())
    source = (ROOT / "packaging" / "bootstrap.py").read_text()
    digest.update(source.encode())
    facts = {
        '"@BUILD_ID@"': repr(digest.hexdigest()[:32]),
        '{"@TREES@": "@TREES@"}': repr({v: needed[v] for v in sorted(needed)}),
        '"@MACHINE@"': repr(machine),
    }
    for mark, value in facts.items():
        assert source.count(mark) == 1, mark
        source = source.replace(mark, value)
    outer: Files = {"__main__.py": source.encode()}
    outer.update((f"trees/{name}", data) for name, data in trees.items())
    return SHEBANG + _zip(outer, zipfile.ZIP_STORED)


def fetch_wheels(lock: str, version: str, machine: str, folder: Path) -> list[Path]:
    """Return the wheels of the lock for one Python version, downloaded by hash when missing.

    The lock's markers are decided here for the target: pip would decide them for itself.
    """
    lines = requirements_for(lock, version, machine)
    key = hashlib.sha256("".join(lines.values()).encode()).hexdigest()[:16]
    target = folder / f"{machine}-{version}-{key}"
    if not (target / "complete").exists():
        target.mkdir(parents=True, exist_ok=True)
        listed = target / "requirements.txt"
        listed.write_text("".join(lines[name] for name in lines if name not in SOURCE_ONLY))
        command = _download(listed, target)
        command += ["--only-binary=:all:", "--python-version", version, "--implementation", "cp"]
        command += [f"--platform={tag}_{machine}" for tag in MANYLINUX]
        command += ["--abi=cp" + version.replace(".", ""), "--abi=abi3", "--abi=none"]
        subprocess.run(command, check=True)
        listed.write_text("".join(lines[name] for name in SOURCE_ONLY))
        subprocess.run([*_download(listed, target), "--no-binary=:all:"], check=True)
        (target / "complete").touch()
    return sorted([*target.glob("*.whl"), *target.glob("*.tar.gz")])


def _download(listed: Path, target: Path) -> list[str]:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes"]
    return [*command, "--requirement", str(listed), "--dest", str(target)]


def requirements_for(lock: str, version: str, machine: str) -> dict[str, str]:
    """Return name -> line for what a version on Linux needs of the lock, without the markers."""
    found: dict[str, str] = {}
    environment = {
        **default_environment(),
        "python_version": version,
        "python_full_version": f"{version}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": "linux",
        "os_name": "posix",
        "platform_system": "Linux",
        "platform_machine": machine,
    }
    for block in lock.replace("\\\n", " ").splitlines():
        line = block.strip()
        if not line or line.startswith("#"):
            continue
        specified, *hashes = line.split("--hash=")
        requirement = Requirement(specified.strip())
        if requirement.marker is not None and not requirement.marker.evaluate(environment):
            continue
        hashed = "".join(f" --hash={each.strip()}" for each in hashes)
        found[requirement.name] = f"{requirement.name}{requirement.specifier}{hashed}\n"
    return found


def _own_files() -> Iterator[tuple[str, bytes]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and not _is_dropped(PurePosixPath(name)):
                yield name, path.read_bytes()
    yield "penstock-LICENSE", (ROOT / "LICENSE").read_bytes()


def _wheel_files(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a wheel's files as they lie in site-packages; scripts and headers are left out."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            path = PurePosixPath(name)
            if path.parts[0].endswith(".data"):
                if len(path.parts) < 3 or path.parts[1] not in ("purelib", "platlib"):
                    continue
                path = PurePosixPath(*path.parts[2:])
            if not name.endswith("/") and not _is_dropped(path):
                yield path.as_posix(), archive.read(name)


def _source_files(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the package of a source archive `name-version/name/...`, and its licence."""
    with tarfile.open(source) as archive:
        for member in archive:
            path = PurePosixPath(*PurePosixPath(member.name).parts[1:])
            file = archive.extractfile(member)
            if file is None or not path.parts:
                continue
            if path.parts[0] in SOURCE_ONLY and not _is_dropped(path):
                yield path.as_posix(), file.read()
            elif len(path.parts) == 1 and path.name.upper().startswith(("LICEN", "COPYING")):
                stem = source.name.removesuffix(".tar.gz")
                yield f"{stem}.dist-info/{path.name}", file.read()


def _is_dropped(path: PurePosixPath) -> bool:
    if path.parts[0].endswith(".dist-info"):
        return path.name in DROPPED_INFO  # Licences and METADATA stay: we pass the code on.
    return (
        not DROPPED_FOLDERS.isdisjoint(path.parts[:-1])
        or path.suffix in DROPPED_SUFFIXES
        or path.name.startswith(".")
    )


def _zip(files: Files, compression: int) -> bytes:
    """Return a zip file that depends on names and contents only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = compression
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
