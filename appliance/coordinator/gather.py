"""One answer made of parts that come at different times."""

from collections.abc import Callable
from typing import Any

from appliance.coordinator.effects import Call, Effects, Reply


class Gather:
    """Answers a request when the last of its parts is there."""

    __slots__ = ("_build", "_call", "_missing", "parts")

    def __init__(self, call: Call, count: int, build: Callable[[list[Any]], Any]) -> None:
        """Expect `count` parts; `build` makes the response of them, in their order."""
        self._call = call
        self._build = build
        self._missing = count
        self.parts: list[Any] = [None] * count

    def start(self, effects: Effects) -> None:
        """Answer at once when there is nothing to wait for; call it before the first part comes."""
        if self._missing == 0:
            effects.append(Reply(self._call, self._build(self.parts)))

    def put(self, effects: Effects, index: int, part: Any) -> None:
        """Take a part; each comes once."""
        assert self._missing > 0
        assert self.parts[index] is None
        self.parts[index] = part
        self._missing -= 1
        if self._missing == 0:
            effects.append(Reply(self._call, self._build(self.parts)))
