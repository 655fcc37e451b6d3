"""Who gives way when more have connected than may be silent."""

from __future__ import annotations

from random import Random

import pytest

from raft import limits
from raft.greetings import Greetings, source_of


class Door:
    """Connections by name; who was dropped."""

    def __init__(self, seed: int = 0) -> None:
        self.greetings = Greetings(rng=Random(seed))
        self.dropped: list[str] = []
        self.open: dict[str, tuple[str, int]] = {}

    def come(self, name: str, *, source: str) -> None:
        number = self.greetings.begin(source, lambda: self.dropped.append(name))
        self.open[name] = source, number

    def end(self, name: str) -> None:
        self.greetings.end(*self.open.pop(name))

    def flood(self, count: int, *, source: str = "10.0.0.9", prefix: str = "s") -> None:
        for number in range(count):
            self.come(f"{prefix}{number}", source=source)


def test_newcomer_finds_room_and_one_gives_way() -> None:
    """Never more than the bound; who ended before makes room without that."""
    door = Door()
    door.flood(limits.GREETINGS_MAX)
    assert door.dropped == []
    door.end("s3")
    door.come("one", source="10.0.0.1")
    assert door.dropped == []
    door.come("two", source="10.0.0.1")

    assert len(door.dropped) == 1
    door.end(door.dropped[0])  # It ends as it is dropped: that makes no room twice.
    door.come("three", source="10.0.0.1")
    assert len(door.dropped) == 2


def test_flood_from_one_host_displaces_only_its_own() -> None:
    """However long it lasts, a member elsewhere has all the time of a handshake."""
    door = Door()
    door.come("member", source="10.0.0.1")
    door.flood(50 * limits.GREETINGS_MAX)

    assert "member" not in door.dropped
    assert len(door.dropped) == 1 + 49 * limits.GREETINGS_MAX


def test_younger_half_is_not_dropped() -> None:
    """A member on the flooding host itself is safe for as many newcomers as half the bound."""
    for seed in range(50):
        door = Door(seed)
        door.flood(2 * limits.GREETINGS_MAX, prefix="old")
        door.come("member", source="10.0.0.9")
        door.flood(limits.GREETINGS_MAX // 2, prefix="new")
        assert "member" not in door.dropped


@pytest.mark.parametrize("hosts", [1, 1000])
def test_flood_that_is_faster_than_a_hello_lets_some_members_through(hosts: int) -> None:
    """Of the oldest that gives way, and of the newest, not one would be left."""
    left = 0
    for seed in range(100):
        door = Door(seed)
        for number in range(4 * limits.GREETINGS_MAX):
            if number == 2 * limits.GREETINGS_MAX:
                door.come("member", source="10.0.0.0")
            door.come(f"s{number}", source=f"10.0.0.{number % hosts}")
            if number == 3 * limits.GREETINGS_MAX + limits.GREETINGS_MAX // 4:
                left += "member" not in door.dropped

    assert left > 0


def test_source_is_an_address_or_a_network() -> None:
    """Who has one address of version 6 has 2^64 of them."""
    assert source_of("127.0.0.1") == "127.0.0.1"
    assert source_of("2001:db8::1") == source_of("2001:db8::ffff:1") == "2001:db8::"
    assert source_of("2001:db8:0:1::1") != source_of("2001:db8::1")
    assert source_of("fe80::1%eth0") == "fe80::"
