"""Answers to commits of which nothing is refused: they depend on what is committed to alone.

Consumers commit for the same partitions all their life, so most answers were given before.
"""

from typing import Any

from appliance.coordinator import limits
from appliance.protocol import codec, messages

Named = tuple[tuple[str, tuple[int, ...]], ...]
"""(topic, partitions) in the order of the request."""


class CommitAnswers:
    """Those of versions that name topics, with their encoding; forgotten all when too many."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Named], tuple[Any, bytes]] = {}
        self._lines = 0

    def get(self, version: int, named: Named) -> tuple[Any, bytes]:
        """Return an answer without errors, not to be changed, and its encoding."""
        key = version, named
        found = self._known.get(key)
        if found is None:
            response = _response(named)
            found = response, b"".join(codec.encode_response(response, version))
            self._lines += sum(1 + len(indexes) for _, indexes in named)
            if self._lines > limits.ANSWER_LINES_KEPT_MAX:
                self._known.clear()
                self._lines = 0
            else:
                self._known[key] = found
        return found


def _response(named: Named) -> Any:
    cls = messages.OffsetCommitResponse
    topics = [
        cls.OffsetCommitResponseTopic(
            name=name,
            partitions=[
                cls.OffsetCommitResponsePartition(partition_index=index) for index in indexes
            ],
        )
        for name, indexes in named
    ]
    return cls(topics=topics)
