"""The engine is the one whose private methods the guards were written for, or nothing runs."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

import pytest

import raft
from raft import engine_sources, syncobj

SOURCE = Path(importlib.util.find_spec("pysyncobj.syncobj").origin)
RAFT = Path(raft.__file__).parent


VERSION = next(
    text.removeprefix("pysyncobj==")
    for text in tomllib.loads((RAFT.parent / "pyproject.toml").read_text())["project"][
        "dependencies"
    ]
    if text.startswith("pysyncobj==")
)


def copied(folder: Path) -> Path:
    """Copies the installed package into a folder."""
    return Path(shutil.copytree(SOURCE.parent, folder / "pysyncobj"))


def spec_in(folder: Path) -> ModuleSpec | None:
    """Finds the package in a folder."""
    return PathFinder.find_spec("pysyncobj", [str(folder)])


def test_engine_of_the_pinned_sources_is_taken(tmp_path: Path) -> None:
    """Wherever it lies."""
    package = copied(tmp_path)

    assert engine_sources.checked(spec_in(tmp_path)).origin == str(package / "__init__.py")


@pytest.mark.parametrize("name", sorted(engine_sources.SOURCES))
def test_engine_that_differs_in_a_byte_is_refused(name: str, tmp_path: Path) -> None:
    """Even in a comment; the text says which one to install."""
    path = copied(tmp_path) / name
    path.write_bytes(path.read_bytes() + b"\n")

    with pytest.raises(
        raft.EngineMismatchError, match=f"{path} has .*: install pysyncobj {VERSION}"
    ):
        engine_sources.checked(spec_in(tmp_path))


def test_engine_that_is_not_there_is_named(tmp_path: Path) -> None:
    """No package, and one without a module."""
    with pytest.raises(raft.EngineMismatchError, match="pysyncobj is not installed"):
        engine_sources.checked(spec_in(tmp_path))
    path = copied(tmp_path) / "node.py"
    path.unlink()

    with pytest.raises(raft.EngineMismatchError, match=f"{path} is missing"):
        engine_sources.checked(spec_in(tmp_path))


def test_another_engine_is_refused_before_any_of_it_runs(tmp_path: Path) -> None:
    """Its own error would come first, and say nothing of the version."""
    (copied(tmp_path) / "transport.py").write_text("1 / 0\n")
    done = subprocess.run(
        [sys.executable, "-c", "import raft"],
        cwd=RAFT.parent,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    last = done.stderr.splitlines()[-1]
    assert last.startswith("raft.errors.EngineMismatchError: ")
    assert "ZeroDivisionError" not in done.stderr


def test_every_module_that_runs_is_pinned() -> None:
    """Nothing that the engine imports may change unseen."""
    code = (
        "import sys, raft.syncobj;"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'pysyncobj'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=RAFT.parent, capture_output=True, text=True, check=True
    )

    assert sorted(Path(path).name for path in done.stdout.split()) == [*engine_sources.SOURCES]


def test_every_private_name_in_use_is_one_of_the_engine() -> None:
    """One that is not would be set and read by us alone, without any effect."""
    used = {
        name
        for path in sorted(RAFT.glob("*.py"))
        for name in re.findall(r"\b_SyncObj__(\w+)", path.read_text())
    }
    tree = ast.parse(SOURCE.read_text())
    engine = next(
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "SyncObj"
    )
    methods, attributes = set(), set()
    for node in ast.walk(engine):
        if isinstance(node, ast.FunctionDef):
            methods.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            attributes.add(node.attr)

    assert len(used) > 20
    assert sorted(used - {n.removeprefix("__") for n in methods | attributes}) == []
    overridden = {name.removeprefix("_SyncObj") for name in syncobj.PRIVATE_NAMES}
    assert overridden <= methods


def test_names_put_in_place_of_the_engines_are_there() -> None:
    """The module's globals that are replaced."""
    text = (RAFT / "syncobj.py").read_text()
    replaced = set(re.findall(r"^        module\.(\w+) = ", text, re.MULTILINE))
    module = importlib.util.module_from_spec(syncobj._SPEC)
    syncobj._LOADER.exec_module(module)

    assert len(replaced) == 6
    assert sorted(name for name in replaced if not hasattr(module, name)) == []
