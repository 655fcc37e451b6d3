"""Accepts connections for ever, also when there is nothing to accept them with."""

import errno
from collections.abc import Callable
from typing import Any

import trio

_PAUSE_S = 0.1
"""After a connection that could not be accepted: the next try would fail as well."""


async def accept_all(
    listening: trio.socket.SocketType,
    take: Callable[[trio.socket.SocketType, Any], None],
    on_failure: Callable[[OSError], None],
) -> None:
    """Accept until the socket is closed, or the call cancelled.

    Args:
        listening: bound and listening.
        take: owns each connected socket from its call on; gets its peer's address, too, which the
            socket does not tell any more once that has left.
        on_failure: called with what kept a connection from being accepted, up to ten times a
            second; most likely there are too many open files.
    """
    while True:
        try:
            accepted, address = await listening.accept()
        except trio.ClosedResourceError:
            return
        except OSError as error:
            if error.errno == errno.EBADF:
                return
            if error.errno == errno.ECONNABORTED:
                continue  # It left again before we came to it.
            # Closing the listener would end the service; waiting lets connections go.
            on_failure(error)
            await trio.sleep(_PAUSE_S)
            continue
        take(accepted, address)
