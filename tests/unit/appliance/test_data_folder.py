"""The data folder is made to stay."""

import os
from pathlib import Path

import pytest

from appliance.data_folder import DataFolder


def test_every_new_folder_is_durable_in_its_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut after the first acknowledgement must not take the folder with the volume."""
    flushed: list[str] = []
    fsync = os.fsync

    def recorded(fd: int) -> None:
        flushed.append(os.readlink(f"/proc/self/fd/{fd}"))
        fsync(fd)

    monkeypatch.setattr(os, "fsync", recorded)
    DataFolder(str(tmp_path / "a" / "b" / "data")).close()

    assert flushed == [str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b")]
    assert (tmp_path / "a" / "b" / "data").stat().st_mode & 0o777 == 0o700

    DataFolder(str(tmp_path / "a" / "b" / "data")).close()

    assert len(flushed) == 3
