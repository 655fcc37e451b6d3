"""Fetch sessions: the partitions of a reader kept here, so that it names changes alone (KIP-227).

| Session id | Epoch | Meaning |
|---|---|---|
| 0 | -1 | all partitions are in the request; no session |
| any | 0 | the same, and a session is wanted; one that is named ends |
| not 0 | -1 | the same without one; the session ends |
| not 0 | above 0 | changes of that session, and its next epoch |

A full cache gives up the session that was not used for two minutes, else the smallest one that
lives for two minutes and is smaller than the one wanted. A reader without a session is served all
the same, and one whose session is gone begins another.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from appliance import limits
from appliance.protocol.errors import ErrorCode

_EPOCH_MAX = 0x7FFFFFFF
FULL_EPOCHS = (0, -1)
"""Session epochs of a request that names all its partitions."""
_TOPIC_ID_VERSION = 13
_UNKNOWN = -1

Key = tuple[bytes | str, int]


class SessionTopic:
    """A topic as a session's requests name it."""

    __slots__ = ("topic", "topic_id")

    def __init__(self, topic: str, topic_id: bytes) -> None:
        self.topic = topic
        self.topic_id = topic_id


class SessionLine:
    """One partition of a session: what was asked last, and what was answered last."""

    __slots__ = (
        "current_leader_epoch",
        "fetch_offset",
        "high_watermark",
        "log_start_offset",
        "partition",
        "partition_max_bytes",
        "topic",
    )

    def __init__(self, topic: SessionTopic, line: Any) -> None:
        self.topic = topic
        self.partition: int = line.partition
        self.high_watermark = _UNKNOWN
        self.log_start_offset = _UNKNOWN
        self.ask(line)

    def ask(self, line: Any) -> None:
        """Take over what a request says of the partition."""
        self.fetch_offset: int = line.fetch_offset
        self.partition_max_bytes: int = line.partition_max_bytes
        self.current_leader_epoch: int = line.current_leader_epoch

    def is_news(self, code: int, high_watermark: int, log_start_offset: int, *, data: bool) -> bool:
        """Whether an answer must name the partition; remembers it as answered.

        After an error it is named again, so that the reader learns that it is over.
        """
        is_news = (
            data
            or code != 0
            or high_watermark != self.high_watermark
            or log_start_offset != self.log_start_offset
        )
        self.high_watermark = _UNKNOWN if code else high_watermark
        self.log_start_offset = log_start_offset
        return is_news


class FetchSession:
    """The partitions of one reader, in the order in which they get their turn."""

    __slots__ = ("created", "epoch", "lines", "session_id", "topics", "used", "uses_topic_ids")

    def __init__(self, session_id: int, *, uses_topic_ids: bool, now: float) -> None:
        self.session_id = session_id
        self.uses_topic_ids = uses_topic_ids
        self.epoch = 1
        self.created = self.used = now
        self.topics: dict[bytes | str, SessionTopic] = {}
        self.lines: dict[Key, SessionLine] = {}

    def update(self, request: Any) -> None:
        """Add, change and forget partitions."""
        by_id = self.uses_topic_ids
        for topic in request.forgotten_topics_data:
            key = topic.topic_id if by_id else topic.topic
            for index in topic.partitions:
                self.lines.pop((key, index), None)
        for topic in request.topics:
            key = topic.topic_id if by_id else topic.topic
            known = self.topics.get(key)
            if known is None:
                known = self.topics[key] = SessionTopic(topic.topic, topic.topic_id)
            for line in topic.partitions:
                cached = self.lines.get((key, line.partition))
                if cached is None:
                    self.lines[key, line.partition] = SessionLine(known, line)
                else:
                    cached.ask(line)
        if len(self.topics) > 2 * len(self.lines):
            used = {key for key, _ in self.lines}
            self.topics = {key: topic for key, topic in self.topics.items() if key in used}

    def advance(self) -> None:
        """Expect the next epoch."""
        self.epoch = 1 if self.epoch == _EPOCH_MAX else self.epoch + 1

    def give_turn_to_others(self, keys: list[Key]) -> None:
        """Put partitions that were just read behind the others."""
        for key in keys:
            line = self.lines.pop(key, None)
            if line is not None:
                self.lines[key] = line


class FetchSessions:
    """The sessions of a node, least recently used first."""

    def __init__(self, random_bytes: Callable[[int], bytes], clock: Callable[[], float]) -> None:
        self._random_bytes = random_bytes
        self._clock = clock
        self._sessions: OrderedDict[int, FetchSession] = OrderedDict()
        self._lines = 0

    def __len__(self) -> int:
        return len(self._sessions)

    def begin(self, request: Any, version: int) -> FetchSession | ErrorCode | None:
        """Return the session of an incremental request, why it is refused, or None for a full one.

        A session that ends is forgotten; a request that leaves one empty is a full one.
        """
        session_id, epoch = request.session_id, request.session_epoch
        if epoch in FULL_EPOCHS:
            self._remove(session_id)
            return None
        session = self._sessions.get(session_id)
        if session is None:
            return ErrorCode.FETCH_SESSION_ID_NOT_FOUND
        if session.epoch != epoch:
            return ErrorCode.INVALID_FETCH_SESSION_EPOCH
        if session.uses_topic_ids != (version >= _TOPIC_ID_VERSION):
            return ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR
        before = len(session.lines)
        session.update(request)
        self._lines += len(session.lines) - before
        if self._lines > limits.FETCH_SESSION_LINES_MAX:
            # Like an eviction: the reader goes on with all its partitions in each request.
            self._remove(session_id)
            return ErrorCode.FETCH_SESSION_ID_NOT_FOUND
        if not session.lines:
            self._remove(session_id)
            return None
        session.used = self._clock()
        session.advance()
        self._sessions.move_to_end(session_id)
        return session

    def create(self, request: Any, version: int) -> FetchSession | None:
        """Return a new session with the partitions of a full request; None without room for it."""
        size = sum(len(topic.partitions) for topic in request.topics)
        now = self._clock()
        if size == 0 or not self._make_room(size, now):
            return None
        session_id = 0
        while session_id == 0 or session_id in self._sessions:
            session_id = int.from_bytes(self._random_bytes(4), "big") >> 1
        by_id = version >= _TOPIC_ID_VERSION
        session = FetchSession(session_id, uses_topic_ids=by_id, now=now)
        session.update(request)
        self._lines += len(session.lines)
        self._sessions[session_id] = session
        return session

    def _make_room(self, size: int, now: float) -> bool:
        """Whether a session of so many partitions fits, after one was given up if need be."""
        if (
            len(self._sessions) < limits.FETCH_SESSIONS_MAX
            and self._lines + size <= limits.FETCH_SESSION_LINES_MAX
        ):
            return True
        before = now - limits.FETCH_SESSION_KEEP_S
        victim = next(iter(self._sessions.values()), None)
        if victim is not None and victim.used >= before:
            old = (s for s in self._sessions.values() if s.created < before)
            victim = min(old, key=lambda s: len(s.lines), default=None)
            if victim is not None and len(victim.lines) >= size:
                victim = None
        if victim is None:
            return False
        self._remove(victim.session_id)
        return self._lines + size <= limits.FETCH_SESSION_LINES_MAX

    def _remove(self, session_id: int) -> None:
        session = self._sessions.pop(session_id, None)
        if session is not None:
            self._lines -= len(session.lines)
