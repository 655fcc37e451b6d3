"""Accepting goes on whatever keeps a connection from being accepted."""

from __future__ import annotations

import errno
from typing import Any

import trio

from appliance.server.accepting import accept_all


class Listening:
    """A listening socket: gives what it is told to, in order, then is closed."""

    def __init__(self, *outcomes: Any) -> None:
        self._outcomes = list(outcomes)

    async def accept(self) -> tuple[Any, Any]:
        await trio.lowlevel.checkpoint()
        outcome = self._outcomes.pop(0) if self._outcomes else trio.ClosedResourceError()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome, ("127.0.0.1", ord(outcome))


async def test_failures_are_told_with_a_pause_and_end_nothing(autojump_clock: Any) -> None:
    """EMFILE and what else there may be; a client that left before is no failure."""
    taken: list[Any] = []
    failures: list[int | None] = []
    listening: Any = Listening(
        "a",
        OSError(errno.EMFILE, "Too many open files"),
        OSError(errno.ECONNABORTED, "aborted"),
        OSError(errno.ENETDOWN, "down"),
        "b",
    )
    started = trio.current_time()
    await accept_all(
        listening,
        lambda accepted, address: taken.append((accepted, address)),
        lambda error: failures.append(error.errno),
    )

    assert taken == [("a", ("127.0.0.1", 97)), ("b", ("127.0.0.1", 98))]
    assert failures == [errno.EMFILE, errno.ENETDOWN]
    assert trio.current_time() > started


async def test_a_closed_socket_ends_it(autojump_clock: Any) -> None:
    """As the system says so, or trio."""
    for last in (OSError(errno.EBADF, "closed"), trio.ClosedResourceError()):
        listening: Any = Listening(last, "never")
        await accept_all(listening, lambda *_: None, lambda _: None)
