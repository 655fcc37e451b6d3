"""Records on their way to the log, and what waits for them.

Each append has two endings, and exactly one of them happens: durable, in the order of the log; or
lost. Unloading a partition ends all of its appends as lost, and what the log reports of them
afterwards is ignored.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from appliance.coordinator.effects import Append, Effects, new_tuple
from appliance.coordinator.records import (
    GroupLogRecord,
    GroupRecord,
    TopicCommit,
    encode_all,
)
from appliance.coordinator.registry import Registry
from appliance.protocol.errors import ErrorCode

Then = Callable[[Effects, int], None]
"""(effects, now_ms): the records are durable, and in the state."""

Otherwise = Callable[[Effects, int, ErrorCode], None]
"""(effects, now_ms, code for the client): they are lost."""

_CODES: dict[ErrorCode, ErrorCode] = {
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION: ErrorCode.COORDINATOR_NOT_AVAILABLE,
    ErrorCode.NOT_ENOUGH_REPLICAS: ErrorCode.COORDINATOR_NOT_AVAILABLE,
    ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND: ErrorCode.COORDINATOR_NOT_AVAILABLE,
    ErrorCode.REQUEST_TIMED_OUT: ErrorCode.COORDINATOR_NOT_AVAILABLE,
    ErrorCode.NOT_LEADER_OR_FOLLOWER: ErrorCode.NOT_COORDINATOR,
    ErrorCode.KAFKA_STORAGE_ERROR: ErrorCode.NOT_COORDINATOR,
    ErrorCode.MESSAGE_TOO_LARGE: ErrorCode.UNKNOWN_SERVER_ERROR,
    ErrorCode.RECORD_LIST_TOO_LARGE: ErrorCode.UNKNOWN_SERVER_ERROR,
    ErrorCode.INVALID_FETCH_SIZE: ErrorCode.UNKNOWN_SERVER_ERROR,
}


def client_code(code: ErrorCode) -> ErrorCode:
    """Return what a client of the coordinator is told when an append failed with `code`."""
    return _CODES.get(code, code)


class _InFlight:
    __slots__ = ("joined", "otherwise", "partition", "records", "then")

    def __init__(
        self,
        partition: int,
        records: Sequence[GroupLogRecord],
        then: Then,
        otherwise: Otherwise,
    ) -> None:
        self.partition = partition
        self.records = records
        self.then = then
        self.otherwise = otherwise
        self.joined: list[tuple[Then, Otherwise]] | None = None  # by who waits for it, too


class Appends:
    """All appends in flight of a node."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._last_id = 0
        self._in_flight: dict[int, OrderedDict[int, _InFlight]] = {}
        self._partition: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._partition)

    def start(
        self,
        effects: Effects,
        partition: int,
        records: Sequence[GroupLogRecord],
        *,
        then: Then,
        otherwise: Otherwise,
        encoded: Sequence[tuple[bytes, bytes | None]] | None = None,
    ) -> None:
        """Ask for an append; one of the two endings is called later.

        Args:
            effects: of the call.
            partition: of the records.
            records: at least one; not to be changed any more.
            then, otherwise: the endings.
            encoded: (key, value) of all records, if it is at hand.
        """
        assert records
        append_id = self._last_id = self._last_id + 1
        groups = self._registry.groups
        commits = 0
        for record in records:
            group = groups[record.group_id]
            if isinstance(record, TopicCommit):
                group.offsets.on_sent(record)
                commits += len(record.indexes)
            elif isinstance(record, GroupRecord):
                group.records_sent += 1
            else:
                group.offsets.on_sent(record)
                if record.value is not None:
                    commits += 1
        flying = self._in_flight.get(partition)
        if flying is None:
            flying = self._in_flight[partition] = OrderedDict()
        flying[append_id] = _InFlight(partition, records, then, otherwise)
        self._partition[append_id] = partition
        if encoded is None:
            encoded = encode_all(records)
        effects.append(new_tuple(Append, (append_id, partition, encoded, commits)))

    def wait(self, partition: int, *, then: Then, otherwise: Otherwise) -> bool:
        """Join the last append in flight of a partition; False when there is none."""
        flying = self._in_flight.get(partition)
        if not flying:
            return False
        last = next(reversed(flying.values()))
        if last.joined is None:
            last.joined = []
        last.joined.append((then, otherwise))
        return True

    def on_durable(self, effects: Effects, append_id: int, now_ms: int) -> None:
        """Take over the records, then do what waited for them."""
        one = self._take(append_id, is_durable=True)
        if one is None:
            return
        groups = self._registry.groups
        may_be_unused = False  # A group of which this is a commit is none.
        for record in one.records:
            group = groups[record.group_id]
            if isinstance(record, TopicCommit):
                group.offsets.on_settled(record)
                group.offsets.apply(record)
                continue
            may_be_unused = True
            if isinstance(record, GroupRecord):
                group.on_settled()
                group.set_stored(record.value)
            else:
                group.offsets.on_settled(record)
                group.offsets.apply(record)
        one.then(effects, now_ms)
        for then, _ in one.joined or ():
            then(effects, now_ms)
        if may_be_unused:
            self._drop_unused(one)

    def on_failed(self, effects: Effects, append_id: int, now_ms: int, code: ErrorCode) -> None:
        """Undo what was done ahead of the records."""
        one = self._take(append_id, is_durable=False)
        if one is None:
            return
        self._fail(effects, one, now_ms, client_code(code))

    def drop(self, effects: Effects, partition: int, now_ms: int) -> None:
        """End all appends of a partition that this node no longer leads."""
        flying = self._in_flight.pop(partition, OrderedDict())
        for append_id, one in flying.items():
            del self._partition[append_id]
            self._fail(effects, one, now_ms, ErrorCode.NOT_COORDINATOR)

    def _take(self, append_id: int, *, is_durable: bool) -> _InFlight | None:
        partition = self._partition.pop(append_id, None)
        if partition is None:
            assert 0 < append_id <= self._last_id
            return None
        flying = self._in_flight[partition]
        # A later commit that is visible before an earlier one would be taken back by it.
        assert not is_durable or next(iter(flying)) == append_id
        return flying.pop(append_id)

    def _fail(self, effects: Effects, one: _InFlight, now_ms: int, code: ErrorCode) -> None:
        groups = self._registry.groups
        for record in one.records:
            group = groups[record.group_id]
            if isinstance(record, GroupRecord):
                group.on_settled()
            else:
                group.offsets.on_settled(record)
        one.otherwise(effects, now_ms, code)
        for _, otherwise in one.joined or ():
            otherwise(effects, now_ms, code)
        self._drop_unused(one)

    def _drop_unused(self, one: _InFlight) -> None:
        last = None
        for record in one.records:
            if record.group_id != last:
                last = record.group_id
                group = self._registry.groups.get(last)
                if group is not None:
                    self._registry.drop_if_unused(group)
