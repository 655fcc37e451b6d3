"""What the words of a scenario mean: nodes by their numbers, messages by their kinds and fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from raft.messages import Message
from raft.node import Node
from raft.testing.cluster import Cluster, Member

__all__ = ["KINDS_HELD", "Nodes", "message_of"]

_KINDS = {kind.__name__: kind for kind in get_args(Message)}
KINDS_HELD = (*sorted(_KINDS), "Poll", "Refused", "RequestPoll")
"""Kinds of messages that a network tells from each other."""


class Nodes:
    """The nodes of a group, by words; AssertionError: there is no such one."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster

    def member(self, word: str) -> Member:
        """Returns a node, up or down."""
        member = self._cluster.members.get(int(word)) if word.isdigit() else None
        assert member is not None, f"there is no node {word}"
        return member

    def member_down(self, word: str) -> Member:
        """Returns a node that is down."""
        member = self.member(word)
        assert member.node is None, f"{word} is up"
        return member

    def id(self, word: str) -> int:
        """Returns the id of a node, up or down."""
        return self.member(word).node_id

    def node(self, word: str) -> Node:
        """Returns a node that is up."""
        node = self.member(word).node
        assert node is not None, f"{word} is down"
        return node

    def engine(self, word: str) -> Any:
        """Returns the engine of a node that is up."""
        node = self.node(word)
        assert node._driver.engine is not None
        return node._driver.engine._guarded


def message_of(kind: str, fields: Sequence[str]) -> Message:
    """Returns the message with these fields, numbers or `true` and `false`.

    Raises:
        ValueError: one of them is none; AssertionError: there are no such messages.
    """
    found = _KINDS.get(kind)
    assert found is not None, f"{kind} is no kind of message"
    assert len(fields) == len(found._fields), f"its fields are {', '.join(found._fields)}"
    return found(*map(_value, fields))


def _value(word: str) -> int | bool:
    return {"false": False, "true": True}[word] if word in ("false", "true") else int(word)
