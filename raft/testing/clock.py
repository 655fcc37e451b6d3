"""A node's own clock."""

from __future__ import annotations

from collections.abc import Callable

import trio

__all__ = ["SkewedClock"]


class SkewedClock:
    """Seconds since its making, at `rate` of the true ones.

    Fault model: it drifts (`rate`), stands still (`rate` 0), and jumps in either direction.
    """

    def __init__(self, rate: float = 1.0, *, source: Callable[[], float] = trio.current_time):
        self._source = source
        self._rate = rate
        self._base = 0.0
        self._since = source()

    def __call__(self) -> float:
        return self._base + (self._source() - self._since) * self._rate

    @property
    def rate(self) -> float:
        """Its seconds per true second."""
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._base, self._since = self(), self._source()
        self._rate = rate

    def jump(self, seconds: float) -> None:
        """Moves it; backwards if negative."""
        self._base += seconds
