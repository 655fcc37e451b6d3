"""What commits of one group for the same partitions have in common.

A consumer commits for the same partitions all its life, and only their offsets move. What comes
before each offset in the log was made for an earlier commit, and the answer to one of which nothing
is refused, which depends on the partitions alone, even for another group's.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from appliance.coordinator import limits
from appliance.coordinator.checks import is_text
from appliance.coordinator.records import plain_pieces
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.protocol.plain import partition_numbers

Key = tuple[Any, ...]
"""Version, group, then (topic, `PlainLines.partitions`) for each topic of the request."""

Topics = tuple[tuple[str, tuple[int, ...]], ...]

_SHAPE_BYTES = 500  # of what there is but for the lines, about
_LINE_BYTES = 88  # of each but for the group id and the topic's name, which it has, too


class Shape(NamedTuple):
    """What plain commits have in common.

    Attributes:
        version: of the request.
        topics: (topic, partitions) in the order of the request.
        bounds: (topic, its highest partition).
        count: of all lines.
        pieces: see `plain_pieces`; not to be changed.
        size: bytes that it costs, about.
    """

    version: int
    topics: Topics
    bounds: tuple[tuple[str, int], ...]
    count: int
    pieces: list[bytes]
    size: int


class CommitShapes:
    """Those of earlier commits, and their answers; forgotten all when they are too many."""

    def __init__(self) -> None:
        self._known: dict[Key, tuple[Shape, Any, bytes]] = {}
        self._bytes = 0
        self._answers: dict[tuple[int, Topics], tuple[Any, bytes]] = {}
        self._lines = 0
        self.find = self._known.get
        """Return (shape, response, encoded response) of a commit, or None: there was none alike."""

    def keep(self, key: Key, shape: Shape) -> tuple[Any, bytes]:
        """Keep a shape; returns an answer without errors, not to be changed, and its encoding."""
        if self._bytes + shape.size > limits.COMMIT_SHAPES_BYTES_MAX:
            self._forget()
        response, body = self._answer(shape)
        self._bytes += shape.size
        self._known[key] = shape, response, body
        return response, body

    def _answer(self, shape: Shape) -> tuple[Any, bytes]:
        found = self._answers.get((shape.version, shape.topics))
        if found is None:
            response = answer_all(shape.topics, ErrorCode.NONE)
            found = response, b"".join(codec.encode_response(response, shape.version))
            lines = len(shape.topics) + shape.count
            if self._lines + lines > limits.ANSWER_LINES_KEPT_MAX:
                self._forget()
            self._lines += lines
            self._answers[shape.version, shape.topics] = found
        return found

    def _forget(self) -> None:
        # Both, or shapes would keep answers that are counted no more.
        self._known.clear()
        self._answers.clear()
        self._bytes = self._lines = 0


def make_shape(key: Key) -> Shape | None:
    """Return the shape of a commit, or None: it needs a look at its lines, or would be too large.

    Nobody has asked yet whether there are such partitions.
    """
    version, group_id, *named = key
    topics: list[tuple[str, tuple[int, ...]]] = []
    for name, raw in named:
        indexes = partition_numbers(raw)
        if min(indexes) < 0 or len(set(indexes)) < len(indexes) or not is_text(name):
            return None
        topics.append((name, indexes))
    if not is_text(group_id) or len(dict(topics)) < len(topics):
        return None
    size = _size(group_id, topics)
    if size > limits.COMMIT_SHAPE_BYTES_MAX:
        return None
    return Shape(
        version,
        topics=tuple(topics),
        bounds=tuple((name, max(indexes)) for name, indexes in topics),
        count=sum(len(indexes) for _, indexes in topics),
        pieces=plain_pieces(group_id, topics),
        size=size,
    )


def _size(group_id: str, topics: Iterable[tuple[str, tuple[int, ...]]]) -> int:
    line_bytes = _LINE_BYTES + len(group_id.encode())
    lines = sum(len(indexes) * (line_bytes + len(name.encode())) for name, indexes in topics)
    return _SHAPE_BYTES + lines


def answer_all(topics: Iterable[tuple[str, Iterable[int]]], code: ErrorCode) -> Any:
    """Return a response with one code for all."""
    cls = messages.OffsetCommitResponse
    error_code = int(code)
    return cls(
        topics=[
            cls.OffsetCommitResponseTopic(
                name=name,
                partitions=[
                    cls.OffsetCommitResponsePartition(partition_index=index, error_code=error_code)
                    for index in indexes
                ],
            )
            for name, indexes in topics
        ]
    )
