"""The engine is the one whose private methods the guards were written for, or nothing runs."""

from __future__ import annotations

import ast
import importlib.util
import re
import sys
import tomllib
from pathlib import Path

import pysyncobj
import pytest

import raft
from raft import syncobj

SOURCE = Path(importlib.util.find_spec("pysyncobj.syncobj").origin)
RAFT = Path(raft.__file__).parent


def engine_in(folder: Path, data: bytes | None, *, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts an engine of this source in the place of the installed one."""
    if data is not None:
        (folder / SOURCE.name).write_bytes(data)
    monkeypatch.setattr(pysyncobj, "__path__", [str(folder)])
    monkeypatch.delitem(sys.modules, "pysyncobj.syncobj")


def test_engine_of_the_pinned_source_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it lies."""
    engine_in(tmp_path, SOURCE.read_bytes(), monkeypatch=monkeypatch)

    assert syncobj._load_spec().origin == str(tmp_path / SOURCE.name)


def test_engine_that_differs_in_a_byte_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even in a comment; the text says which one to install."""
    data = SOURCE.read_bytes()
    engine_in(tmp_path, data + b"\n", monkeypatch=monkeypatch)
    version = next(
        text.removeprefix("pysyncobj==")
        for text in tomllib.loads((RAFT.parent / "pyproject.toml").read_text())["project"][
            "dependencies"
        ]
        if text.startswith("pysyncobj==")
    )

    with pytest.raises(raft.EngineMismatchError, match=f"install pysyncobj {version}"):
        syncobj._load_spec()


def test_engine_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without its one module."""
    engine_in(tmp_path, None, monkeypatch=monkeypatch)

    with pytest.raises(raft.EngineMismatchError, match="pysyncobj is not installed"):
        syncobj._load_spec()


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
