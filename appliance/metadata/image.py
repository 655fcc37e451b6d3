"""The metadata image: `apply` validates a command against it, then changes it.

One applier owns an image and others read it between commands. `apply` is deterministic, costs
no more than what it changes, and leaves the image untouched when it raises `Rejected`.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from appliance.ids import (
    BrokerEpoch,
    BrokerId,
    ExtentIndex,
    LogId,
    ObjectId,
    PartitionId,
    ProducerId,
    TopicId,
    WriterEpoch,
)
from appliance.metadata import (
    client_quotas,
    commands,
    limits,
    placement,
    snapshots,
    topic_configs,
    topic_names,
)
from appliance.metadata.rejected import Code, Rejected
from appliance.metadata.state import (
    Broker,
    ExtentRef,
    Log,
    LogState,
    ObjectRange,
    ObjectState,
    Partition,
    Registration,
    StoredObject,
    Topic,
    Volume,
)

_RESERVED_TOPIC_IDS = (bytes(16), bytes(15) + b"\x01")
_range_start = attrgetter("start")

_EXTENTS_PER_STEP = 1000
"""Extents looked at in one step of `Image.load`."""


class Image:
    """The cluster's metadata.

    Attributes:
        cluster_id, created_ms: None before `InitCluster`.
        owner_id: what the object store knows the cluster by; empty before `OwnStore`.
        volume: None before `FormatVolume`.
        brokers, logs, partitions, objects: by id.
        topics_by_name, topics_by_id: the same topics.
        broker_configs: dynamic configs by broker id, cluster-wide defaults under None.
        client_quotas: by entity; see there.
        named_configs: of groups and client metrics, by Kafka's number of the type and by name.
        quota_epoch: changes with every change of them.
        marked: ids of objects to be deleted from the store, in the order they were marked.
        topic_epoch: changes with every change of what clients see of topics and brokers.
    """

    def __init__(self) -> None:
        self.cluster_id: str | None = None
        self.created_ms: int | None = None
        self.owner_id = b""
        self.volume: Volume | None = None
        self.brokers: dict[BrokerId, Broker] = {}
        self.broker_configs: dict[BrokerId | None, dict[str, str]] = {}
        self.named_configs: dict[tuple[int, str], dict[str, str]] = {}
        self.client_quotas: dict[client_quotas.Entity, dict[str, str]] = {}
        self.quota_epoch = 0
        self.logs: dict[LogId, Log] = {}
        self.topics_by_name: dict[str, Topic] = {}
        self.topics_by_id: dict[TopicId, Topic] = {}
        self.partitions: dict[PartitionId, Partition] = {}
        self.objects: dict[ObjectId, StoredObject] = {}
        self.marked: dict[ObjectId, None] = {}
        self.topic_epoch = 0
        self.next_broker_epoch = BrokerEpoch(1)
        self.next_writer_epoch = WriterEpoch(1)
        self.next_log_id = LogId(1)
        self.next_partition_id = PartitionId(1)
        self.next_object_id = ObjectId(1)
        self.next_producer_id = ProducerId(0)
        # Derived, so not in snapshots: what a command changes is found without a search.
        self._free_extents: list[ExtentIndex] = []
        self._led: dict[BrokerId, dict[PartitionId, None]] = {}
        self._logs_of: dict[BrokerId, dict[LogId, None]] = {}
        self._unified_names: dict[str, str] = {}

    def apply(self, command: commands.Command) -> Any:
        """Apply one command; its docstring names the result.

        Raises:
            Rejected: the command does not fit; nothing changed.
        """
        return _APPLY[type(command)](self, command)

    def snapshot(self) -> bytes:
        """Return the image's bytes; equal images have equal bytes. Layout: `snapshots`."""
        return snapshots.dump(self)

    def snapshot_pieces(self) -> Iterator[bytes]:
        """Return the same in pieces, of the present state: see `snapshots.pieces`."""
        return snapshots.pieces(self)

    @classmethod
    def restore(cls, data: bytes) -> "Image":
        """Return the image of a snapshot.

        Raises:
            InvalidSnapshotError: damaged bytes or another format.
        """
        image = cls()
        for _ in image.load(iter((data,))):
            pass
        return image

    def load(self, pieces: Iterator[bytes]) -> Iterator[None]:
        """Fill a new image from a snapshot, cut anywhere, in steps of a millisecond or two.

        Raises:
            InvalidSnapshotError: damaged bytes or another format; the image is of no use.
        """
        yield from snapshots.paced(snapshots.load(pieces, into=self))
        yield from snapshots.paced(self._derive())

    @property
    def free_extents(self) -> int:
        """Number of extents that no log owns."""
        return len(self._free_extents)

    def too_many_reason(self, count: int) -> str | None:
        """Return why `count` more partitions are too many for the cluster, None when they are not.

        A command that the log holds already must give the same result on every node: the bound may
        rise with a release, and never fall.
        """
        have = len(self.partitions)
        if have + count <= limits.PARTITIONS_PER_CLUSTER_MAX:
            return None
        return (
            f"{count} partitions more, with the {have} there are, exceed the"
            f" {limits.PARTITIONS_PER_CLUSTER_MAX} that a cluster may have"
        )

    def led_by(self, broker_id: int) -> Sequence[PartitionId]:
        """Return the ids of the partitions that a broker leads, ascending."""
        return sorted(self._led.get(BrokerId(broker_id), ()))

    def find_object_range(self, partition_id: int, offset: int) -> ObjectRange | None:
        """Return the range that holds an offset; None when no committed object does."""
        partition = self.partitions.get(PartitionId(partition_id))
        if partition is None:
            return None
        position = bisect_right(partition.objects, offset, key=_range_start) - 1
        if position < 0 or offset >= partition.objects[position].end:
            return None
        return partition.objects[position]

    def _derive(self) -> Iterator[int]:
        """Fill what snapshots leave out; yield how many items were looked at since."""
        owned: set[ExtentIndex] = set()
        for log_id, log in self.logs.items():
            owned.update(extent.index for extent in log.extents)
            self._logs_of.setdefault(log.broker_id, {})[log_id] = None
            yield 1 + len(log.extents)
        count = 0 if self.volume is None else self.volume.extent_count
        for start in range(0, count, _EXTENTS_PER_STEP):
            indexes = range(start, min(start + _EXTENTS_PER_STEP, count))
            self._free_extents += [ExtentIndex(i) for i in indexes if i not in owned]
            yield len(indexes)
        for partition_id, partition in self.partitions.items():
            self._led.setdefault(partition.leader, {})[partition_id] = None
            yield 1
        for name in self.topics_by_name:
            self._unified_names[topic_names.unified(name)] = name
            yield 1

    # Cluster, brokers, volume.

    def _init_cluster(self, command: commands.InitCluster) -> str:
        if self.cluster_id is not None and self.cluster_id != command.cluster_id:
            raise Rejected(
                Code.INCONSISTENT_CLUSTER_ID,
                f"this is cluster {self.cluster_id}, not {command.cluster_id}",
            )
        if self.cluster_id is None:
            self.cluster_id = command.cluster_id
            self.created_ms = command.now_ms
        return self.cluster_id

    def _own_store(self, command: commands.OwnStore) -> bytes:
        if not self.owner_id:
            self.owner_id = command.owner_id
        return self.owner_id

    def _register_broker(self, command: commands.RegisterBroker) -> Registration:
        broker_id = BrokerId(command.broker_id)
        known = self.brokers.get(broker_id)
        if (
            known is not None
            and known.incarnation == command.incarnation
            and self.logs[known.log_id].state is LogState.OPEN
        ):
            moved = replace(known, host=command.host, port=command.port, rack=command.rack)
            if moved != known:
                self.brokers[broker_id] = moved
                self.topic_epoch += 1
            return _registration(known)
        led = self._led.get(broker_id, {})
        broker = Broker(
            broker_id=broker_id,
            incarnation=command.incarnation,
            host=command.host,
            port=command.port,
            rack=command.rack,
            broker_epoch=self.next_broker_epoch,
            writer_epoch=self.next_writer_epoch,
            log_id=self.next_log_id,
        )
        self.next_broker_epoch = BrokerEpoch(self.next_broker_epoch + 1)
        self.next_writer_epoch = WriterEpoch(self.next_writer_epoch + 1)
        self.next_log_id = LogId(self.next_log_id + 1)
        self._forget_empty_logs(broker_id)
        self.brokers[broker_id] = broker
        self.logs[broker.log_id] = Log(
            log_id=broker.log_id,
            broker_id=broker_id,
            writer_epoch=broker.writer_epoch,
            incarnation=command.incarnation,
            state=LogState.OPEN,
            extents=[],
            next_chain_sequence=0,
            end_lsn=None,
            uploaded_lsn=0,
        )
        self._logs_of.setdefault(broker_id, {})[broker.log_id] = None
        for partition_id in led:
            self.partitions[partition_id].leader_epoch += 1
        self.topic_epoch += 1
        return _registration(broker)

    def _forget_empty_logs(self, broker_id: BrokerId) -> None:
        # Nothing of theirs is on the volume. Kept until here for slow readers of the last run; an
        # older incarnation that still lives gets no more extents, for its log is not known.
        owned = self._logs_of.get(broker_id, {})
        for log_id in [i for i in owned if not self.logs[i].extents]:
            del owned[log_id], self.logs[log_id]

    def _format_volume(self, command: commands.FormatVolume) -> Volume:
        volume = Volume(
            volume_uuid=command.volume_uuid,
            extent_bytes=command.extent_bytes,
            extent_count=command.extent_count,
        )
        if self.volume is not None and self.volume != volume:
            raise Rejected(Code.INVALID_REQUEST, "the cluster has another volume already")
        if self.volume is None:
            self.volume = volume
            self._free_extents = [ExtentIndex(i) for i in range(volume.extent_count)]
        return volume

    # Logs and extents.

    def _log(self, log_id: int) -> Log:
        log = self.logs.get(LogId(log_id))
        if log is None and 0 < log_id < self.next_log_id:
            raise Rejected(Code.STALE_BROKER_EPOCH, f"log {log_id} is gone")
        if log is None:
            raise Rejected(Code.RESOURCE_NOT_FOUND, f"log {log_id} is not known")
        return log

    def _volume_of_logs(self) -> Volume:
        if self.volume is None:
            raise Rejected(Code.KAFKA_STORAGE_ERROR, "the cluster has no volume yet")
        return self.volume

    def _was_freed(self, log_id: int) -> bool:
        """Whether a log gave back all it had, lately or long ago."""
        log = self.logs.get(LogId(log_id))
        if log is None:
            return 0 < log_id < self.next_log_id
        return log.state is LogState.FREED

    def _allocate_extents(self, command: commands.AllocateExtents) -> list[ExtentRef]:
        self._volume_of_logs()
        log = self._log(command.log_id)
        if log.state is not LogState.OPEN:
            raise Rejected(
                Code.STALE_BROKER_EPOCH,
                f"log {log.log_id} is {log.state.name}: a newer incarnation took over",
            )
        first = command.first_chain_sequence
        if first is not None and first != log.next_chain_sequence:
            again = [extent for extent in log.extents if extent.chain_sequence >= first]
            if not again or again[0].chain_sequence != first:
                raise Rejected(
                    Code.INVALID_REQUEST,
                    f"log {log.log_id} continues at {log.next_chain_sequence}, not {first}",
                )
            return again
        if command.count > len(self._free_extents):
            raise Rejected(
                Code.KAFKA_STORAGE_ERROR,
                f"the volume has {len(self._free_extents)} free extents, {command.count} are"
                " needed",
            )
        given = [
            ExtentRef(heapq.heappop(self._free_extents), log.next_chain_sequence + i)
            for i in range(command.count)
        ]
        log.extents += given
        log.next_chain_sequence += command.count
        return given

    def _free(self, log: Log, count: int) -> tuple[ExtentIndex, ...]:
        freed = tuple(extent.index for extent in log.extents[:count])
        del log.extents[:count]
        for index in freed:
            heapq.heappush(self._free_extents, index)
        return freed

    def _free_extents_of(self, command: commands.FreeExtents) -> tuple[ExtentIndex, ...]:
        if self._was_freed(command.log_id):
            return ()
        volume = self._volume_of_logs()
        log = self._log(command.log_id)
        below = command.below_chain_sequence
        count = bisect_right(log.extents, below - 1, key=lambda e: e.chain_sequence)
        # Invariant 5: an extent with a frame that is in no committed object stays.
        if count and below * volume.extent_bytes > log.uploaded_lsn:
            raise Rejected(
                Code.INVALID_REQUEST,
                f"log {log.log_id} is uploaded to LSN {log.uploaded_lsn}; extents below"
                f" {below} end at {below * volume.extent_bytes}",
            )
        return self._free(log, count)

    def _fence_log(self, command: commands.FenceLog) -> Log | None:
        if self._was_freed(command.log_id):
            return self.logs.get(LogId(command.log_id))
        log = self._log(command.log_id)
        if log.state is LogState.OPEN:
            log.state = LogState.FENCED
        return log

    def _seal_log(self, command: commands.SealLog) -> Log:
        log = self._log(command.log_id)
        if log.end_lsn is not None and log.end_lsn != command.end_lsn:
            raise Rejected(
                Code.INVALID_REQUEST,
                f"log {log.log_id} was sealed at LSN {log.end_lsn}, not {command.end_lsn}",
            )
        if log.end_lsn is None:
            # A lower end than uploaded_lsn loses nothing: what is missing is in objects.
            log.state = LogState.SEALED
            log.end_lsn = command.end_lsn
            self._free_spares(log)
        return log

    def _free_spares(self, log: Log) -> None:
        """Take back what a sealed log never wrote to: restarts must not use a full volume up."""
        assert log.end_lsn is not None
        extent_bytes = self._volume_of_logs().extent_bytes
        while log.extents and log.extents[-1].chain_sequence * extent_bytes >= log.end_lsn:
            heapq.heappush(self._free_extents, log.extents.pop().index)
            log.next_chain_sequence -= 1

    def _check_uploaded(self, log: Log, uploaded_lsn: int) -> None:
        volume = self._volume_of_logs()
        end = log.next_chain_sequence * volume.extent_bytes
        if log.end_lsn is not None:
            end = min(end, log.end_lsn)
        if uploaded_lsn > max(end, log.uploaded_lsn):
            raise Rejected(
                Code.INVALID_REQUEST,
                f"log {log.log_id} ends at LSN {end}, below {uploaded_lsn}",
            )

    def _advance_log(self, command: commands.AdvanceLog) -> Log | None:
        if self._was_freed(command.log_id):
            return self.logs.get(LogId(command.log_id))
        log = self._log(command.log_id)
        self._check_uploaded(log, command.uploaded_lsn)
        log.uploaded_lsn = max(log.uploaded_lsn, command.uploaded_lsn)
        return log

    def _release_log(self, command: commands.ReleaseLog) -> tuple[ExtentIndex, ...]:
        if self._was_freed(command.log_id):
            return ()
        log = self._log(command.log_id)
        if log.end_lsn is None:
            raise Rejected(Code.INVALID_REQUEST, f"log {log.log_id} is {log.state.name}")
        if log.uploaded_lsn < log.end_lsn:
            raise Rejected(
                Code.INVALID_REQUEST,
                f"log {log.log_id} is uploaded to LSN {log.uploaded_lsn} of {log.end_lsn}",
            )
        log.state = LogState.FREED
        return self._free(log, len(log.extents))

    # Topics and partitions.

    def _create_topic(self, command: commands.CreateTopic) -> Topic:
        reason = topic_names.invalid_reason(command.name)
        if reason is not None:
            raise Rejected(Code.INVALID_TOPIC_EXCEPTION, reason)
        known = self.topics_by_name.get(command.name)
        if known is not None:
            if (
                known.topic_id == command.topic_id
                and known.created_ms == command.now_ms
                and len(known.partition_ids) == command.partitions
            ):
                return known
            raise Rejected(Code.TOPIC_ALREADY_EXISTS, f"Topic '{command.name}' already exists.")
        other = self._unified_names.get(topic_names.unified(command.name))
        if other is not None:
            raise Rejected(
                Code.INVALID_TOPIC_EXCEPTION,
                f"Topic '{command.name}' collides with existing topic: {other}",
            )
        topic_id = TopicId(command.topic_id)
        if topic_id in _RESERVED_TOPIC_IDS or topic_id in self.topics_by_id:
            raise Rejected(Code.INVALID_REQUEST, f"topic id {topic_id.hex()} is taken")
        configs = _checked_configs(command.configs)
        leaders = self._leaders(command.partitions, command.assignment)
        topic = Topic(
            topic_id=topic_id,
            name=command.name,
            partition_ids=self._add_partitions(topic_id, 0, leaders),
            configs=configs,
            created_ms=command.now_ms,
        )
        self._unified_names[topic_names.unified(topic.name)] = topic.name
        return self._put_topic(topic)

    def _leaders(
        self, count: int, assignment: Sequence[Sequence[int]] | None
    ) -> Sequence[BrokerId]:
        """Return the leader of each new partition, or reject; changes nothing."""
        reason = self.too_many_reason(count)
        if reason is not None:
            raise Rejected(Code.INVALID_PARTITIONS, reason)
        if assignment is None:
            led = {broker_id: len(self._led.get(broker_id, ())) for broker_id in self.brokers}
            leaders = placement.choose_leaders(led, count)
        else:
            leaders = placement.assigned_leaders(self.brokers, count, assignment)
        if self.next_partition_id + count > limits.I64_MAX:
            raise Rejected(Code.INVALID_PARTITIONS, "no partition ids are left")
        return leaders

    def _add_partitions(
        self, topic_id: TopicId, first_index: int, leaders: Sequence[BrokerId]
    ) -> tuple[PartitionId, ...]:
        first_id = self.next_partition_id
        self.next_partition_id = PartitionId(first_id + len(leaders))
        ids = tuple(PartitionId(i) for i in range(first_id, self.next_partition_id))
        for index, (partition_id, leader) in enumerate(zip(ids, leaders, strict=True), first_index):
            self.partitions[partition_id] = Partition(
                partition_id=partition_id,
                topic_id=topic_id,
                index=index,
                leader=leader,
                leader_epoch=0,
                log_start_offset=0,
                committed_end=0,
                objects=[],
            )
            self._led.setdefault(leader, {})[partition_id] = None
        return ids

    def _put_topic(self, topic: Topic) -> Topic:
        self.topics_by_name[topic.name] = topic
        self.topics_by_id[topic.topic_id] = topic
        self.topic_epoch += 1
        return topic

    def _topic(self, name: str) -> Topic:
        topic = self.topics_by_name.get(name)
        if topic is None:
            raise Rejected(Code.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic.")
        return topic

    def _delete_topic(self, command: commands.DeleteTopic) -> Topic | None:
        topic = self.topics_by_id.pop(TopicId(command.topic_id), None)
        if topic is None:
            return None
        del self.topics_by_name[topic.name]
        del self._unified_names[topic_names.unified(topic.name)]
        for partition_id in topic.partition_ids:
            partition = self.partitions.pop(partition_id)
            del self._led[partition.leader][partition_id]
            self._forget_ranges(partition.objects)
        self.topic_epoch += 1
        return topic

    def _create_partitions(self, command: commands.CreatePartitions) -> Topic:
        topic = self._topic(command.name)
        have = len(topic.partition_ids)
        if command.total == have:
            return topic
        if command.total < have:
            raise Rejected(
                Code.INVALID_PARTITIONS,
                f"The topic {topic.name} currently has {have} partition(s); {command.total} would"
                " not be an increase.",
            )
        leaders = self._leaders(command.total - have, command.assignment)
        added = self._add_partitions(topic.topic_id, have, leaders)
        return self._put_topic(replace(topic, partition_ids=topic.partition_ids + added))

    def _alter_topic_configs(self, command: commands.AlterTopicConfigs) -> Topic:
        topic = self._topic(command.name)
        for name in command.delete:
            if name not in topic_configs.CONFIGS:
                raise Rejected(Code.INVALID_CONFIG, f"Unknown topic config name: {name}")
        configs = _checked_configs(_altered(topic.configs, command.set, command.delete))
        if configs == topic.configs:
            return topic
        return self._put_topic(replace(topic, configs=configs))

    def _alter_broker_configs(self, command: commands.AlterBrokerConfigs) -> dict[str, str]:
        key = None if command.broker_id is None else BrokerId(command.broker_id)
        if key is not None and key not in self.brokers:
            raise Rejected(Code.BROKER_ID_NOT_REGISTERED, f"broker {key} is not registered")
        altered = _altered(self.broker_configs.get(key, {}), command.set, command.delete)
        if len(altered) > limits.CONFIGS_MAX:
            raise Rejected(Code.INVALID_CONFIG, f"more than {limits.CONFIGS_MAX} configs")
        if altered:
            self.broker_configs[key] = altered
        else:
            self.broker_configs.pop(key, None)
        return dict(altered)

    def _alter_client_quotas(self, command: commands.AlterClientQuotas) -> dict[str, str]:
        entity = tuple(command.entity)
        try:
            if client_quotas.check_entity(entity) != entity:
                raise client_quotas.InvalidQuotaError("an entity's parts are out of order")
            for key, text in sorted(command.set.items()):
                client_quotas.check_key(entity, key)
                client_quotas.check_value(key, float(text))
        except ValueError as error:
            raise Rejected(Code.INVALID_REQUEST, str(error)) from error
        altered = _altered(self.client_quotas.get(entity, {}), command.set, command.delete)
        if altered and len(self.client_quotas) >= limits.QUOTA_ENTITIES_MAX:
            if entity not in self.client_quotas:
                raise Rejected(
                    Code.INVALID_REQUEST, f"more than {limits.QUOTA_ENTITIES_MAX} entities"
                )
        if altered:
            self.client_quotas[entity] = altered
        else:
            self.client_quotas.pop(entity, None)
        self.quota_epoch += 1
        return dict(altered)

    def _alter_named_configs(self, command: commands.AlterNamedConfigs) -> dict[str, str]:
        key = command.resource_type, command.name
        known = self.named_configs.get(key)
        altered = _altered(known or {}, command.set, command.delete)
        if len(altered) > limits.CONFIGS_MAX:
            raise Rejected(Code.INVALID_CONFIG, f"more than {limits.CONFIGS_MAX} configs")
        if altered and known is None and len(self.named_configs) >= limits.NAMED_CONFIGS_MAX:
            raise Rejected(
                Code.INVALID_REQUEST, f"more than {limits.NAMED_CONFIGS_MAX} names with configs"
            )
        if altered:
            self.named_configs[key] = altered
        else:
            self.named_configs.pop(key, None)
        return dict(altered)

    def _delete_records(self, command: commands.DeleteRecords) -> int:
        partition = self.partitions.get(PartitionId(command.partition_id))
        if partition is None:
            raise Rejected(
                Code.UNKNOWN_TOPIC_OR_PARTITION, f"partition {command.partition_id} is not known"
            )
        if command.log_start_offset > partition.log_start_offset:
            partition.log_start_offset = command.log_start_offset
            count = bisect_right(partition.objects, command.log_start_offset, key=attrgetter("end"))
            self._forget_ranges(partition.objects[:count])
            # A new list: a snapshot that is being written holds the old one.
            partition.objects = partition.objects[count:]
        return partition.log_start_offset

    # Ids and objects.

    def _allocate_producer_ids(self, command: commands.AllocateProducerIds) -> ProducerId:
        if command.broker_id not in self.brokers:
            raise Rejected(
                Code.BROKER_ID_NOT_REGISTERED, f"broker {command.broker_id} is not registered"
            )
        first = self.next_producer_id
        _check_ids_left(first, command.count)
        self.next_producer_id = ProducerId(first + command.count)
        return first

    def _allocate_object_ids(self, command: commands.AllocateObjectIds) -> ObjectId:
        first = self.next_object_id
        _check_ids_left(first, command.count)
        self.next_object_id = ObjectId(first + command.count)
        return first

    def _commit_object(self, command: commands.CommitObject) -> StoredObject:
        object_id = ObjectId(command.object_id)
        known = self.objects.get(object_id)
        if known is not None:
            if (known.key, known.size) != (command.key, command.size):
                raise Rejected(Code.INVALID_REQUEST, f"object {object_id} is another one")
            return known
        live = 0
        for line in self._check_commit(command):
            partition = self.partitions[PartitionId(line.partition_id)]
            partition.committed_end = line.end_offset
            if line.end_offset <= partition.log_start_offset:
                continue  # Deleted while it was uploaded.
            live += 1
            partition.objects.append(
                ObjectRange(
                    object_id, line.start_offset, line.end_offset, line.max_timestamp, line.size
                )
            )
        stored = StoredObject(
            object_id=object_id,
            key=command.key,
            size=command.size,
            created_ms=command.created_ms,
            state=ObjectState.COMMITTED,
            live_ranges=live,
        )
        self.objects[object_id] = stored
        if not live:
            self._mark(stored)
        self.logs[LogId(command.log_id)].uploaded_lsn = command.uploaded_lsn
        return stored

    def _check_commit(self, command: commands.CommitObject) -> list[commands.ObjectRangeCommit]:
        """Return the ranges of living partitions, or reject; changes nothing."""
        if not 0 < command.object_id < self.next_object_id:
            raise Rejected(Code.INVALID_REQUEST, f"object id {command.object_id} is not given out")
        log = self._log(command.log_id)
        if log.state is LogState.FREED:
            raise Rejected(Code.STALE_BROKER_EPOCH, f"log {log.log_id} is FREED")
        if command.uploaded_lsn < log.uploaded_lsn:
            raise Rejected(
                Code.INVALID_REQUEST,
                f"log {log.log_id} is uploaded to LSN {log.uploaded_lsn} already",
            )
        self._check_uploaded(log, command.uploaded_lsn)
        live: dict[int, commands.ObjectRangeCommit] = {}
        for line in command.ranges:
            partition = self.partitions.get(PartitionId(line.partition_id))
            if partition is None:
                if not 0 < line.partition_id < self.next_partition_id:
                    raise Rejected(
                        Code.UNKNOWN_TOPIC_OR_PARTITION,
                        f"partition {line.partition_id} never was",
                    )
                continue
            if line.partition_id in live:
                raise Rejected(
                    Code.INVALID_REQUEST, f"partition {line.partition_id} has two ranges"
                )
            # Deleted records need not be uploaded: a range may begin up to the log start.
            latest = max(partition.committed_end, partition.log_start_offset)
            if (
                not partition.committed_end <= line.start_offset <= latest
                or line.start_offset >= line.end_offset
            ):
                raise Rejected(
                    Code.INVALID_REQUEST,
                    f"partition {line.partition_id} is committed to {partition.committed_end};"
                    f" [{line.start_offset}, {line.end_offset}) does not continue it",
                )
            live[line.partition_id] = line
        return list(live.values())

    def _forget_ranges(self, ranges: Sequence[ObjectRange]) -> None:
        """Drop a partition's need of objects; those that nobody needs become MARKED."""
        for line in ranges:
            stored = self.objects[line.object_id]
            stored.live_ranges -= 1
            assert stored.live_ranges >= 0
            if stored.live_ranges == 0:
                self._mark(stored)

    def _mark(self, stored: StoredObject) -> None:
        stored.state = ObjectState.MARKED
        self.marked[stored.object_id] = None

    def _drop_objects(self, command: commands.DropObjects) -> None:
        found = self._unneeded(command.object_ids)
        for stored in found:
            self._mark(stored)

    def _objects_deleted(self, command: commands.ObjectsDeleted) -> None:
        for stored in self._unneeded(command.object_ids):
            self.marked.pop(stored.object_id, None)
            self.objects.pop(stored.object_id, None)

    def _unneeded(self, object_ids: Sequence[int]) -> list[StoredObject]:
        """Return those of the objects that are known, or reject when one is needed."""
        found: list[StoredObject] = []
        for object_id in object_ids:
            stored = self.objects.get(ObjectId(object_id))
            if stored is None:
                continue
            if stored.live_ranges:
                raise Rejected(
                    Code.INVALID_REQUEST,
                    f"object {object_id} is needed by {stored.live_ranges} partitions",
                )
            found.append(stored)
        return found


def _registration(broker: Broker) -> Registration:
    return Registration(
        broker_id=broker.broker_id,
        incarnation=broker.incarnation,
        broker_epoch=broker.broker_epoch,
        writer_epoch=broker.writer_epoch,
        log_id=broker.log_id,
    )


def _checked_configs(configs: Mapping[str, str]) -> dict[str, str]:
    try:
        topic_configs.validate_all(configs)
    except topic_configs.InvalidConfigError as error:
        raise Rejected(Code.INVALID_CONFIG, str(error)) from error
    return dict(configs)


def _altered(
    present: Mapping[str, str], wanted: Mapping[str, str], delete: Sequence[str]
) -> dict[str, str]:
    both = sorted(wanted.keys() & set(delete))
    if both:
        raise Rejected(Code.INVALID_REQUEST, f"set and deleted at once: {', '.join(both)}")
    altered = {**present, **wanted}
    for name in delete:
        altered.pop(name, None)
    return altered


def _check_ids_left(first: int, count: int) -> None:
    if first + count > limits.I64_MAX:
        raise Rejected(Code.INVALID_REQUEST, "no ids are left")


_APPLY: dict[type[Any], Callable[[Image, Any], Any]] = {
    commands.InitCluster: Image._init_cluster,
    commands.RegisterBroker: Image._register_broker,
    commands.FormatVolume: Image._format_volume,
    commands.AllocateExtents: Image._allocate_extents,
    commands.FreeExtents: Image._free_extents_of,
    commands.FenceLog: Image._fence_log,
    commands.SealLog: Image._seal_log,
    commands.AdvanceLog: Image._advance_log,
    commands.ReleaseLog: Image._release_log,
    commands.CreateTopic: Image._create_topic,
    commands.DeleteTopic: Image._delete_topic,
    commands.CreatePartitions: Image._create_partitions,
    commands.AlterTopicConfigs: Image._alter_topic_configs,
    commands.AlterBrokerConfigs: Image._alter_broker_configs,
    commands.AllocateProducerIds: Image._allocate_producer_ids,
    commands.AllocateObjectIds: Image._allocate_object_ids,
    commands.CommitObject: Image._commit_object,
    commands.DeleteRecords: Image._delete_records,
    commands.DropObjects: Image._drop_objects,
    commands.ObjectsDeleted: Image._objects_deleted,
    commands.AlterClientQuotas: Image._alter_client_quotas,
    commands.AlterNamedConfigs: Image._alter_named_configs,
    commands.OwnStore: Image._own_store,
}
