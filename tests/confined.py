"""Runs programs with less than this process has: no superuser's rights, a small disk.

Functions for `subprocess`' preexec_fn: they change the child only, and end with it.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path

from tests.harness import die_with_parent

_PR_CAPBSET_DROP = 24
_CAPABILITIES = (1, 2, 10)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_NET_BIND_SERVICE
_CLONE_NEWNS = 0x20000
_CLONE_NEWUSER = 0x10000000
_MS_REC_PRIVATE = 0x4000 | 1 << 18


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def as_ordinary_user() -> None:
    """File modes and ports below 1024 mean what they say, also to root."""
    die_with_parent()
    if os.geteuid() == 0:
        libc = _libc()
        for capability in _CAPABILITIES:
            _checked(libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0))


def on_small_disk(folder: Path, size_bytes: int) -> Callable[[], None]:
    """Return a preexec_fn: `folder` is an empty disk of that size, seen by the child only."""

    def prepare() -> None:
        die_with_parent()
        libc = _libc()
        user, group = os.geteuid(), os.getegid()
        _checked(libc.unshare(_CLONE_NEWNS | (0 if user == 0 else _CLONE_NEWUSER)))
        if user != 0:
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
            Path("/proc/self/setgroups").write_text("deny")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
        _checked(libc.mount(b"none", b"/", None, _MS_REC_PRIVATE, None))
        options = f"size={size_bytes},mode=0777".encode()
        _checked(libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, options))

    return prepare
