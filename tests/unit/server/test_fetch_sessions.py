"""Fetch sessions: epochs, changes, bounds and who gives way (KIP-227)."""

from __future__ import annotations

import random
from typing import Any

import pytest

from appliance import limits
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode
from appliance.server.fetch_sessions import FetchSession, FetchSessions

F = messages.FetchRequest


class World:
    """A cache under a clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.sessions = FetchSessions(random.Random(1).randbytes, lambda: self.now)

    def create(self, *indexes: int, version: int = 12) -> FetchSession | None:
        return self.sessions.create(request(indexes), version)

    def open(self, *indexes: int, version: int = 12) -> FetchSession:
        session = self.create(*indexes, version=version)
        assert session is not None
        return session


def request(
    indexes: Any = (), *, session_id: int = 0, epoch: int = 0, forget: Any = (), offset: int = 0
) -> Any:
    lines = [
        F.FetchPartition(partition=index, fetch_offset=offset, partition_max_bytes=100)
        for index in indexes
    ]
    return F(
        session_id=session_id,
        session_epoch=epoch,
        topics=[F.FetchTopic(topic="t", partitions=lines)] if lines else [],
        forgotten_topics_data=[F.ForgottenTopic(topic="t", partitions=list(forget))],
    )


def test_session_takes_changes_and_counts_epochs() -> None:
    """Named partitions are added or changed, forgotten ones go, the others stay."""
    world = World()
    session = world.open(0, 1, 2)
    change = request([1, 3], session_id=session.session_id, epoch=1, forget=[0], offset=9)

    assert session.session_id > 0
    assert world.sessions.begin(change, 12) is session
    assert {index: line.fetch_offset for (_, index), line in session.lines.items()} == {
        1: 9, 2: 0, 3: 9,
    }  # fmt: skip
    assert session.epoch == 2


@pytest.mark.parametrize(
    ("epoch", "version", "code"),
    [
        (2, 12, ErrorCode.INVALID_FETCH_SESSION_EPOCH),
        (-5, 12, ErrorCode.INVALID_FETCH_SESSION_EPOCH),
        (1, 13, ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR),
    ],
)
def test_request_that_does_not_continue_is_refused(epoch: int, version: int, code: int) -> None:
    """The session stays as it was."""
    world = World()
    session = world.open(0)
    wrong = request([1], session_id=session.session_id, epoch=epoch)

    assert world.sessions.begin(wrong, version) == code
    assert world.sessions.begin(request(session_id=session.session_id, epoch=1), 12) is session
    assert len(session.lines) == 1


def test_session_that_is_not_known_is_refused() -> None:
    """Also after it was closed, or begun anew."""
    world = World()
    for epoch in (-1, 0):
        session_id = world.open(0).session_id
        assert world.sessions.begin(request([0], session_id=session_id, epoch=epoch), 12) is None
        again = request(session_id=session_id, epoch=1)
        assert world.sessions.begin(again, 12) is ErrorCode.FETCH_SESSION_ID_NOT_FOUND
    assert len(world.sessions) == world.sessions._lines == 0


def test_session_without_partitions_ends() -> None:
    """The request that left it empty is a full one."""
    world = World()
    session_id = world.open(0).session_id

    assert world.sessions.begin(request(session_id=session_id, epoch=1, forget=[0]), 12) is None
    assert len(world.sessions) == 0
    assert world.create() is None


def test_epoch_begins_anew_at_its_end() -> None:
    """After the highest epoch comes 1: 0 would be a full request."""
    session = World().open(0)
    session.epoch = 0x7FFFFFFF
    session.advance()

    assert session.epoch == 1


def test_full_cache_gives_up_the_idle_then_the_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody younger than two minutes gives way, nobody larger, and none of the same size."""
    monkeypatch.setattr(limits, "FETCH_SESSIONS_MAX", 2)
    world = World()
    small, large = world.open(0), world.open(0, 1, 2)

    assert world.create(0, 1) is None
    world.now += limits.FETCH_SESSION_KEEP_S + 1
    for session in (small, large):
        world.sessions.begin(request(session_id=session.session_id, epoch=1), 12)
    assert world.create(0) is None
    world.open(0, 1)
    assert small.session_id not in world.sessions._sessions
    world.now += limits.FETCH_SESSION_KEEP_S + 1
    world.open(0)
    assert large.session_id not in world.sessions._sessions


def test_partitions_of_all_sessions_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new session is not opened above it; one that grows above it ends."""
    monkeypatch.setattr(limits, "FETCH_SESSION_LINES_MAX", 5)
    world = World()
    session = world.open(0, 1, 2)
    other = world.open(0)

    assert world.create(0, 1) is None
    grown = request(range(9), session_id=session.session_id, epoch=1)
    assert world.sessions.begin(grown, 12) is ErrorCode.FETCH_SESSION_ID_NOT_FOUND
    assert world.sessions._lines == len(other.lines) == 1


def test_only_news_are_answered() -> None:
    """Data, a moved watermark or log start, an error, and its end."""
    (line,) = World().open(0).lines.values()

    assert line.is_news(0, 10, 0, data=False)
    assert not line.is_news(0, 10, 0, data=False)
    assert line.is_news(0, 10, 0, data=True)
    assert line.is_news(0, 11, 0, data=False)
    assert line.is_news(0, 11, 5, data=False)
    assert line.is_news(3, 11, 5, data=False)
    assert line.is_news(3, 11, 5, data=False)
    assert line.is_news(0, 11, 5, data=False)
    assert not line.is_news(0, 11, 5, data=False)


def test_partitions_that_were_read_get_behind_the_others() -> None:
    """With a small limit of bytes, everybody gets a turn."""
    session = World().open(0, 1, 2)
    session.give_turn_to_others([("t", 0), ("t", 9)])

    assert [index for _, index in session.lines] == [1, 2, 0]
