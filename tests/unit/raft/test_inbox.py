"""What of the messages that came is taken in one turn."""

from __future__ import annotations

from typing import Any

import pytest

from raft import codec, messages
from raft.entry import Entry
from raft.inbox import Inbox
from raft.messages import Feed, Message


class Taker:
    """Stands in for the engine."""

    def __init__(self) -> None:
        self.taken: list[Message] = []

    def receive(self, _sender: int, message: Message) -> None:
        self.taken.append(message)


def packed(entries: int, command_bytes: int) -> bytes:
    commands = [Entry(bytes(command_bytes), 2 + i, 1) for i in range(entries)]
    data = messages.encode_feed(Feed(1, 1, 1, 0, True, commands), is_packed=True)
    assert len(data) < 16_000
    return data


NO_ENTRIES = codec.encode([10, 1, 1, 1, 0, True, 1, 2, b"\x81\x80"])


@pytest.mark.parametrize(
    ("data", "at_once"),
    [
        (packed(1, 1_000), 30),
        (packed(1000, 10), 1),
        (packed(2, 1_000_000), 1),
        (packed(1000, 2_000), 1),
        (NO_ENTRIES, 1),
    ],
)
def test_turn_takes_few_messages_that_were_packed_or_are_none(data: bytes, at_once: int) -> None:
    """Their bytes say little of what it takes to unpack them; the others wait for their turn."""
    inbox = Inbox()
    for _ in range(40):
        inbox.put(2, data)
    taker: Any = Taker()
    inbox.drain(taker)

    assert 40 - len(inbox) == len(taker.taken) + inbox.refused == at_once
