"""The state machine replicated by this package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

__all__ = ["CommandRejected", "StateMachine"]


class CommandRejected(Exception):
    """Deterministic refusal: raised by `apply` before any change; re-raised by `propose`."""


class StateMachine(Protocol):
    """Deterministic: the same commands in the same order give the same state on every node.

    All methods run in the event loop and must not block: a large state is copied, encoded and
    restored in steps of a millisecond or two, which the driver takes between those of others.
    """

    def apply(self, index: int, command: bytes) -> object:
        """Applies one committed command; `index` grows, but has gaps (elections take some).

        Raises:
            CommandRejected: the command is refused and nothing has changed. Anything else that is
                raised ends `Node.run`: the state may be half changed.
        """
        ...

    def snapshot(self) -> Iterable[bytes]:
        """Returns the state as pieces of bytes: a cheap copy.

        Later `apply` calls must not change it; the pieces are drawn over many turns of the loop.
        """
        ...

    def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
        """Replaces the state by that of a snapshot, in steps; a generator does well.

        Args:
            pieces: of the snapshot, cut anywhere; each is given once and forgotten.

        Yields:
            False after each step; True once, when the new state has just taken the old one's place.
            Until then the old one is in force, may be changed by `apply`, and stays if the driver
            gives up. Later steps are for tidying up.

        Raises:
            Exception: it ends `Node.run`.
        """
        ...
