"""A state machine for tests: named registers, and the list of everything applied.

A command is text: `name=value` writes, `name?` reads, `name=value if old` compares and writes, and
any other word only leaves its trace. `refuse` is refused, `fail` raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from raft import codec
from raft.state_machine import CommandRejected

__all__ = ["FAILING", "Registers"]

FAILING = ("refuse", "fail")


class Registers:
    """Implements `raft.StateMachine`.

    Args:
        on_apply: sees every index and command.
        history_max: commands remembered in `history`, the newest.

    `is_restored` is set by `restore`, for who wants to look at what it brought.
    """

    def __init__(
        self, on_apply: Callable[[int, bytes], None] = lambda *_: None, *, history_max: int = 1000
    ) -> None:
        self._on_apply = on_apply
        self.history_max = history_max
        self.values: dict[str, str] = {}
        self.history: list[str] = []
        self.is_restored = False

    def apply(self, index: int, command: bytes) -> object:
        self._on_apply(index, command)
        text = command.decode("ascii")
        if text == "refuse":
            raise CommandRejected("refused")
        if text == "fail":
            raise KeyError("a bug in the state machine")
        self.history = [*self.history[-self.history_max + 1 :], text]
        if text.endswith("?"):
            return self.values.get(text[:-1])
        name, is_write, rest = text.partition("=")
        if not is_write:
            return len(self.history)
        value, is_conditional, old = rest.partition(" if ")
        if is_conditional and self.values.get(name) != old:
            return False
        self.values[name] = value
        return True

    def snapshot(self) -> list[bytes]:
        return [codec.encode([self.values, self.history])]

    def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
        read: list[bytes] = []
        for piece in pieces:
            read.append(piece)
            yield False
        self.values, self.history = codec.decode(b"".join(read))
        self.is_restored = True
        yield True
