"""Which nodes the links know: where they are, and which ones were removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["AddressBook"]


class AddressBook:
    """Who may be dialled and heard.

    Args:
        addresses: (host, port) by node id of those who are known from the start.

    Attributes:
        addresses: of all who are known now.
        removed: who is turned away, and told why.
    """

    def __init__(self, addresses: Mapping[int, tuple[str, int]]) -> None:
        self.addresses = dict(addresses)
        self.removed: frozenset[int] = frozenset()

    def set_members(self, addresses: Mapping[int, str], *, removed: Collection[int]) -> None:
        """Learns members that have an address in the log, and forgets who was removed."""
        self.addresses.update({peer: _split(text) for peer, text in sorted(addresses.items())})
        self.removed = frozenset(removed)
        for peer in removed:
            self.addresses.pop(peer, None)


def _split(text: str) -> tuple[str, int]:
    """Returns host and port; of what has no port a port that nobody listens on."""
    host, _, port = text.rpartition(":")
    is_number = port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535
    return host.removeprefix("[").removesuffix("]"), int(port) if is_number else 0
