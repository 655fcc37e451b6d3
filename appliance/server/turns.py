"""Long answers, made in turns: while one is put together and encoded, others are served."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

import trio

from appliance import limits
from appliance.protocol import codec
from appliance.server.connection import Slot


class Turns:
    """Counts the lines of an answer, and lets others have their turn after so many."""

    def __init__(self) -> None:
        """Begin a turn."""
        self._room = limits.LINES_PER_TURN

    async def count(self, lines: int = 1) -> None:
        """Count lines that were made; returns at once while the turn goes on."""
        self._room -= lines
        if self._room <= 0:
            self._room = limits.LINES_PER_TURN
            await trio.lowlevel.checkpoint()


class Lines:
    """Lines of an answer that are made when they are encoded, not all at the same time.

    A hundred thousand objects take memory, and the garbage collector's time.
    """

    def __init__(self, items: Collection[Any], make: Callable[[Any], Any]) -> None:
        """Args: make: returns the line of an item; called once for each."""
        self._items = items
        self._make = make

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self._items)


async def encode(message: Any, version: int, field: str, inner: str = "") -> list[bytes]:
    """Return the pieces of a response body; see `codec.encode_response_in_blocks`."""
    pieces: list[bytes] = []
    for piece in codec.encode_response_in_blocks(
        message, version, field, inner, lines_max=limits.LINES_PER_TURN
    ):
        if pieces:
            await trio.lowlevel.checkpoint()
        pieces.append(piece)
    return pieces


async def complete(
    slot: Slot, version: int, correlation_id: int, message: Any, field: str, inner: str = ""
) -> None:
    """Encode an answer whose lines are in `field`, with more of them in `inner`, and set it."""
    pieces = await encode(message, version, field, inner)
    key = codec.response_key(message)
    slot.complete(*codec.frame_response(key, version, correlation_id, *pieces))
