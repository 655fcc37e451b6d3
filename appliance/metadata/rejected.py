"""What a command is refused with: Kafka's error code and a reason for people."""

from enum import IntEnum


class Code(IntEnum):
    """The error codes of Kafka that the metadata answers with."""

    INVALID_TOPIC_EXCEPTION = 17
    TOPIC_ALREADY_EXISTS = 36
    UNKNOWN_TOPIC_OR_PARTITION = 3
    INVALID_PARTITIONS = 37
    INVALID_REPLICATION_FACTOR = 38
    INVALID_REPLICA_ASSIGNMENT = 39
    INVALID_CONFIG = 40
    INVALID_REQUEST = 42
    KAFKA_STORAGE_ERROR = 56
    STALE_BROKER_EPOCH = 77
    RESOURCE_NOT_FOUND = 91
    BROKER_ID_NOT_REGISTERED = 102
    INCONSISTENT_CLUSTER_ID = 104


class Rejected(Exception):
    """A command that does not fit the image; the image is unchanged.

    Deterministic: every node rejects the same command at the same index.

    Attributes:
        error_code: Kafka's code, for the client.
        message: why, for people.
    """

    def __init__(self, error_code: int, message: str) -> None:
        super().__init__(int(error_code), message)
        self.error_code = int(error_code)
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} (error {self.error_code})"
