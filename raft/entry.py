"""An entry of the log."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Entry"]


class Entry(NamedTuple):
    """One log entry; the field order is the engine's. The first byte of `command` is its type."""

    command: bytes
    index: int
    term: int
