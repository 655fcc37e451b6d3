"""Connections that have not said who they are: bounded, and a newcomer always finds room.

Whoever is silent can be told from a member by nothing but time: a member's hello is there a few
round trips after it has connected, a silent stranger's never. So when all places are taken, one of
those that wait gives way to the newcomer:

1. one of the source that holds most of them: who floods from one host displaces only its own;
2. of these the older half, for one of the younger half may be a member whose hello is on its way;
3. a random one of them: whoever connects faster than hellos come would always drive out the
   oldest before its hello came, and no member would ever get through; by chance some do.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from random import Random

from raft import limits

__all__ = ["Greetings", "source_of"]

_HOST_BITS = 64


class Greetings:
    """Who has connected and not said who it is, by source, in the order in which they came.

    Args:
        rng: picks who gives way.

    Invariant:
        1. At most `limits.GREETINGS_MAX` are counted; for each one more, one was dropped.
    """

    def __init__(self, *, rng: Random) -> None:
        self._rng = rng
        self._numbers = itertools.count()
        self._drops: dict[str, dict[int, Callable[[], None]]] = {}
        self._count = 0

    def begin(self, source: str, drop: Callable[[], None]) -> int:
        """Counts a new connection, for which another one is dropped if need be.

        Args:
            source: where it comes from.
            drop: ends it; called once at most, and not after `end`.

        Returns:
            Its number.
        """
        if self._count >= limits.GREETINGS_MAX:
            self._make_room()
        number = next(self._numbers)
        self._drops.setdefault(source, {})[number] = drop
        self._count += 1
        assert self._count <= limits.GREETINGS_MAX
        return number

    def end(self, source: str, number: int) -> None:
        """Forgets a connection that said who it is, or ended, if it was not dropped."""
        drops = self._drops.get(source, {})
        if drops.pop(number, None) is not None:
            self._count -= 1
            if not drops:
                del self._drops[source]

    def _make_room(self) -> None:
        most = max(map(len, self._drops.values()))
        waiting = sorted(
            (number, source)
            for source, drops in self._drops.items()
            if len(drops) == most
            for number in drops
        )
        number, source = waiting[self._rng.randrange((len(waiting) + 1) // 2)]
        drop = self._drops[source][number]
        self.end(source, number)
        drop()


def source_of(host: str) -> str:
    """Returns what counts as one source: an IPv4 address, or the network of an IPv6 address.

    Whoever has one address of version 6 has most often a network of 2^64 of them.
    """
    address = ip_address(host)
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> _HOST_BITS << _HOST_BITS))
    return str(address)
