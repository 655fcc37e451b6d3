"""What the handlers of one node share; built in `appliance.node`, never global."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from appliance.metadata import Image, broker_configs
from appliance.partition import Partition
from appliance.server.fetch_sessions import FetchSessions
from appliance.server.group_runtime import GroupRuntime
from appliance.server.parked import ParkedFetches
from appliance.server.reads import Reads
from appliance.server.submitting import Submitting
from appliance.server.table import PartitionTable
from appliance.server.throttle import Throttle
from appliance.settings import Settings
from appliance.telemetry import Telemetry
from wal.writer import Writer


class Propose(Protocol):
    """Replicates one metadata command and returns the state machine's answer."""

    def __call__(self, command: Any) -> Awaitable[Any]: ...


@dataclass(slots=True, kw_only=True)
class Context:
    """One node's parts, as the Kafka handlers see them.

    Attributes:
        settings: of the node.
        telemetry: plain counters.
        image: the applied metadata; read only.
        propose: changes the metadata; raises `metadata.Rejected` and raft's errors.
        table: the open partitions.
        writer: the WAL of this incarnation.
        log_id: the metadata's id of that WAL.
        reads: the read path below the tail cache.
        parked: fetches that wait for data.
        groups: the group coordinator and its log.
        broker_id, cluster_id: identity.
        host, port: what clients are told to connect to.
        now_ms: wall clock, ms since 1970.
        random_bytes: `n -> n` bytes of entropy for ids.
        submitting: told at the end of each socket wake-up.
        fetch_sessions: partitions of readers that name changes alone.
        throttle: asked while the metadata holds client quotas.
        raft_status: numbers of the metadata's Raft node.
        deleted_names: topics deleted lately, in that order; whoever looks whether one is gone
            must see that, though the look creates it anew (`auto.create.topics.enable`).
    """

    settings: Settings
    telemetry: Telemetry
    image: Image
    propose: Propose
    table: PartitionTable
    writer: Writer
    log_id: int
    reads: Reads
    parked: ParkedFetches
    groups: GroupRuntime
    broker_id: int
    cluster_id: str
    host: str
    port: int
    now_ms: Callable[[], int]
    random_bytes: Callable[[int], bytes]
    submitting: Submitting
    fetch_sessions: FetchSessions
    throttle: Throttle
    raft_status: Callable[[], Any]
    volume_path: str
    flush_later: dict[Any, None]
    deleted_names: dict[str, None]
    producer_ids: list[int]
    """`[next, end)` of the block of producer ids that this node may hand out."""

    def number(self, name: str, setting: int) -> int:
        """Return a config that can be altered while the node runs; the setting is its default."""
        return broker_configs.number(self.image.broker_configs, self.broker_id, name, setting)

    def partition(self, topic: bytes | str, index: int) -> Partition | None:
        """Return an open partition by topic name (str) or id (bytes)."""
        return self.table.get(topic, index)
