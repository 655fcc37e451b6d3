"""Ports of the loopback that are kept for who listens on them later, once or again and again.

A port that was merely free a moment ago may be given to anybody who binds port 0 meanwhile. Linux
gives to nobody else what a socket is bound to, but lets a second one bind it and listen, as long as
the first does not listen and both have SO_REUSEADDR, which servers set.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator


def keep_port() -> socket.socket:
    """Return a socket that keeps the port that it is bound to until it is closed."""
    keeper = socket.socket()
    keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    keeper.bind(("127.0.0.1", 0))
    return keeper


@contextlib.contextmanager
def kept_ports(count: int) -> Iterator[list[int]]:
    """Keep so many ports; whoever connects to one on which nobody listens is refused."""
    with contextlib.ExitStack() as stack:
        keepers = [stack.enter_context(keep_port()) for _ in range(count)]
        yield [keeper.getsockname()[1] for keeper in keepers]
