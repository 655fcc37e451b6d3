"""What the coordinator asks about topics; the metadata image answers."""

from typing import Protocol


class Topics(Protocol):
    """The topics of the cluster."""

    def name(self, topic_id: bytes) -> str | None:
        """Return the name of a topic id, or None."""
        ...

    def topic_id(self, name: str) -> bytes | None:
        """Return the id of a topic, or None."""
        ...

    def partition_count(self, name: str) -> int:
        """Return how many partitions a topic has, 0 for one that does not exist."""
        ...
