"""One group: members, generation, votes, state.

Bookkeeping only; what happens when is in `phases.py`, `joining.py` and `membership.py`. Members
keep the order in which they came; whatever is chosen among them is chosen in this order, so that
equal histories give equal groups.
"""

from appliance.coordinator import limits
from appliance.coordinator.deadlines import Deadline
from appliance.coordinator.effects import Call
from appliance.coordinator.offsets import Offsets
from appliance.coordinator.states import TRANSITIONS, Event, State
from appliance.coordinator.subscription import PROTOCOL_TYPE, decode_topics
from appliance.coordinator.usage import Usage

Protocols = tuple[tuple[str, bytes], ...]
"""(assignor, metadata) in the member's order of preference."""


def member_bytes(instance_id: str | None, protocols: Protocols) -> int:
    """Return what a member costs; see `usage.py`."""
    size = sum(len(name) + len(metadata) for name, metadata in protocols)
    return limits.GROUP_BYTES + len(instance_id or "") + size


class Member:
    """One member of a group.

    Attributes:
        member_id: given by the coordinator.
        instance_id: of a static member (KIP-345), or None.
        client_id, client_host: for operators.
        rebalance_timeout_ms, session_timeout_ms: as it asked for.
        protocols: what it can be assigned by.
        assignment: of the current generation, or empty.
        is_new: it has not completed a join phase yet; a new one may expire while it is parked.
        joining: the parked JoinGroup, or None.
        syncing: the parked SyncGroup, or None.
        session: when it is given up.
        stored_id: of a static member whose id is on its way to the log: the one the log knows,
            shared with those whose place it took meanwhile; else None.
    """

    __slots__ = (
        "assignment",
        "client_host",
        "client_id",
        "instance_id",
        "is_new",
        "joining",
        "member_id",
        "protocols",
        "rebalance_timeout_ms",
        "session",
        "session_timeout_ms",
        "stored_id",
        "syncing",
    )

    def __init__(
        self,
        member_id: str,
        *,
        instance_id: str | None,
        client_id: str,
        client_host: str,
        rebalance_timeout_ms: int,
        session_timeout_ms: int,
        protocols: Protocols,
        assignment: bytes = b"",
    ) -> None:
        self.stored_id: list[str] | None = None
        self.member_id = member_id
        self.instance_id = instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.session_timeout_ms = session_timeout_ms
        self.protocols = protocols
        self.assignment = assignment
        self.is_new = False
        self.joining: Call | None = None
        self.syncing: Call | None = None
        self.session = Deadline(None)

    @property
    def size(self) -> int:
        """What it costs; see `usage.py`."""
        return member_bytes(self.instance_id, self.protocols)

    def metadata(self, protocol: str | None) -> bytes:
        """Return what the member says for an assignor, or nothing."""
        for name, metadata in self.protocols:
            if name == protocol:
                return metadata
        return b""


class Group:
    """One group.

    Attributes:
        group_id: Kafka's `group.id`.
        partition: of `__consumer_offsets`.
        state, previous_state, state_ms: current and last state, and since when, in
            steady time (None: not known).
        generation: counts the rebalances.
        protocol_type: "consumer", "connect", ...; None in a group that only stores offsets.
        protocol: the assignor of this generation, or None.
        leader: member id, or None.
        members: by member id, in the order they came.
        static: instance id -> member id.
        pending: member ids given out (KIP-394) that did not join yet, with their deadlines.
        unsynced: members of this generation that did not send SyncGroup yet.
        joined: members with a parked JoinGroup.
        was_joined: during the first rebalance: somebody came since its delay began.
        initial_remaining_ms: how far the first rebalance may still be put off.
        phase: end of the join phase, or of the sync phase.
        storing: generation whose assignment is on its way to the log, or None.
        records_sent: records of the group itself that are on their way to the log.
        subscribed: topics of a consumer group, or None: not known.
        offsets: what it committed.
        stored: value of the last durable record of the group, or None.
        size: bytes that it costs, but for its offsets; see `usage.py`.
    """

    __slots__ = (
        "generation",
        "group_id",
        "initial_remaining_ms",
        "joined",
        "leader",
        "members",
        "offsets",
        "partition",
        "pending",
        "phase",
        "previous_state",
        "protocol",
        "protocol_type",
        "records_sent",
        "size",
        "state",
        "state_ms",
        "static",
        "stored",
        "storing",
        "subscribed",
        "support",
        "unsynced",
        "usage",
        "was_joined",
    )

    def __init__(self, group_id: str, *, partition: int, now_ms: int, usage: Usage) -> None:
        self.group_id = group_id
        self.partition = partition
        self.state = State.EMPTY
        self.previous_state = State.DEAD
        self.state_ms: int | None = now_ms
        self.generation = 0
        self.protocol_type: str | None = None
        self.protocol: str | None = None
        self.leader: str | None = None
        self.members: dict[str, Member] = {}
        self.static: dict[str, str] = {}
        self.pending: dict[str, Deadline] = {}
        self.unsynced: dict[str, None] = {}
        self.support: dict[str, int] = {}
        self.joined = 0
        self.was_joined = False
        self.initial_remaining_ms = 0
        self.phase = Deadline(self)
        self.storing: int | None = None
        self.records_sent = 0
        self.subscribed: frozenset[str] | None = None
        self.offsets = Offsets(usage)
        self.stored: bytes | None = None
        self.usage = usage
        self.size = 0
        self._grow(limits.GROUP_BYTES)

    def _grow(self, by: int) -> None:
        self.size += by
        self.usage.member_bytes += by

    def release(self) -> None:
        """Take what it costs off the sums: it is dropped."""
        self._grow(-self.size)
        self.offsets.release()

    def count_in(self, usage: Usage) -> None:
        """Move what it costs to other sums."""
        self.usage.member_bytes -= self.size
        usage.member_bytes += self.size
        self.usage = usage
        self.offsets.count_in(usage)

    def add_pending(self, member_id: str) -> Deadline:
        """Remember a member id that was given out; returns the deadline to set."""
        deadline = self.pending[member_id] = Deadline((self, member_id))
        self._grow(limits.GROUP_BYTES)
        return deadline

    def take_pending(self, member_id: str) -> Deadline:
        """Forget such an id; returns the deadline to clear."""
        self._grow(-limits.GROUP_BYTES)
        return self.pending.pop(member_id)

    def on_settled(self) -> None:
        """Count a record of its own as durable or lost."""
        self.records_sent -= 1
        assert self.records_sent >= 0

    def set_stored(self, value: bytes | None) -> None:
        """Remember the last durable record; it counts twice, as its assignments are kept, too."""
        self._grow(2 * (len(value or b"") - len(self.stored or b"")))
        self.stored = value

    def on_event(self, event: Event, now_ms: int) -> None:
        """Go to the next state."""
        following = TRANSITIONS.get((self.state, event))
        assert following is not None, f"{event} of group {self.group_id!r} in {self.state}"
        self.previous_state = self.state
        self.state = following
        if event not in (Event.DELETING, Event.DELETE_FAILED):
            # A group whose deletion fails is as old as before, and the next cycle deletes it.
            self.state_ms = now_ms

    @property
    def can_rebalance(self) -> bool:
        """Whether a rebalance may begin now."""
        return (self.state, Event.JOINING) in TRANSITIONS

    @property
    def is_all_joined(self) -> bool:
        """Whether nobody is missing: every member is parked, every id given out is used."""
        return self.joined == len(self.members) and not self.pending

    @property
    def is_unused(self) -> bool:
        """Whether nothing would be lost with this object."""
        return (
            self.state is State.EMPTY
            and self.stored is None
            and self.records_sent == 0
            and not self.members
            and not self.pending
            and self.offsets.is_empty
        )

    @property
    def is_consumer(self) -> bool:
        """Whether its members speak the consumer protocol."""
        return self.protocol_type == PROTOCOL_TYPE

    def rebalance_timeout_ms(self) -> int:
        """Longest rebalance timeout of a member."""
        return max((m.rebalance_timeout_ms for m in self.members.values()), default=0)

    def is_subscribed(self, topic: str) -> bool:
        """Whether members read the topic, as far as is known."""
        return self.is_consumer if self.subscribed is None else topic in self.subscribed

    def supports(self, protocol_type: str, protocols: Protocols) -> bool:
        """Whether a member with these protocols may join."""
        if self.state is State.EMPTY:
            return bool(protocol_type) and bool(protocols)
        count = len(self.members)
        return protocol_type == self.protocol_type and any(
            self.support.get(name, 0) == count for name, _ in protocols
        )

    def add(self, member: Member, protocol_type: str) -> None:
        """Add a member whose protocols are supported."""
        assert member.member_id not in self.members
        member.session.owner = (self, member.member_id)
        if member.instance_id is not None:
            assert member.instance_id not in self.static
            self.static[member.instance_id] = member.member_id
        if not self.members:
            self.protocol_type = protocol_type
        assert protocol_type == self.protocol_type
        if self.leader is None:
            self.leader = member.member_id
        self.members[member.member_id] = member
        self._grow(member.size)
        self._count(member.protocols, 1)
        if member.joining is not None:
            self.joined += 1

    def remove(self, member_id: str) -> Member | None:
        """Remove a member; the caller has answered what it had parked and clears its deadline."""
        member = self.members.pop(member_id, None)
        if member is not None:
            assert member.joining is None
            assert member.syncing is None
            self._grow(-member.size)
            self._count(member.protocols, -1)
            if member.instance_id is not None:
                del self.static[member.instance_id]
        if self.leader == member_id:
            self.leader = next(iter(self.members), None)
        self.unsynced.pop(member_id, None)
        return member

    def replace_static(self, old: Member, new_id: str) -> Member:
        """Give a static member a new id; the old one is fenced from now on."""
        assert old.instance_id is not None
        assert old.joining is None
        assert old.syncing is None
        new = Member(
            new_id,
            instance_id=old.instance_id,
            client_id=old.client_id,
            client_host=old.client_host,
            rebalance_timeout_ms=old.rebalance_timeout_ms,
            session_timeout_ms=old.session_timeout_ms,
            protocols=old.protocols,
            assignment=old.assignment,
        )
        new.session.owner = (self, new_id)
        # In its place, so that the order of members does not depend on restarts of clients.
        self.members = {
            (new_id if key == old.member_id else key): (new if key == old.member_id else member)
            for key, member in self.members.items()
        }
        self.static[old.instance_id] = new_id
        if self.leader == old.member_id:
            self.leader = new_id
        if old.member_id in self.unsynced:
            del self.unsynced[old.member_id]
            self.unsynced[new_id] = None
        return new

    def set_protocols(self, member: Member, protocols: Protocols) -> None:
        """Change what a member supports."""
        self._count(member.protocols, -1)
        self._grow(-member.size)
        member.protocols = protocols
        self._grow(member.size)
        self._count(protocols, 1)

    def _count(self, protocols: Protocols, by: int) -> None:
        for name, _ in protocols:
            count = self.support.get(name, 0) + by
            if count:
                self.support[name] = count
            else:
                del self.support[name]

    def elect_joined_leader(self) -> bool:
        """Make sure that the leader is parked; False when nobody is."""
        leader = self.members.get(self.leader or "")
        if leader is not None and leader.joining is not None:
            return True
        for member in self.members.values():
            if member.joining is not None:
                self.leader = member.member_id
                return True
        return False

    def select_protocol(self) -> str:
        """Return the assignor that all support and most prefer; ties go to the earliest vote."""
        count = len(self.members)
        assert count > 0
        votes: dict[str, int] = {}
        for member in self.members.values():
            choice = next((n for n, _ in member.protocols if self.support.get(n) == count), None)
            assert choice is not None
            votes[choice] = votes.get(choice, 0) + 1
        return max(votes, key=votes.__getitem__)

    def next_generation(self, now_ms: int) -> None:
        """End the join phase: a new generation of those who are here, or of nobody."""
        # Kafka's counter is an int32 too; a group that rebalances every second ends in 68 years.
        self.generation = self.generation + 1 if self.generation < (1 << 31) - 1 else 0
        self.storing = None
        self.unsynced.clear()
        if self.members:
            self.protocol = self.select_protocol()
            self.on_event(Event.ALL_JOINED, now_ms)
        else:
            self.protocol = None
            self.leader = None
            self.on_event(Event.ALL_LEFT, now_ms)
        self.refresh_subscribed()

    def refresh_subscribed(self) -> None:
        """Learn the topics that members read; a group of an unknown protocol reads none we know."""
        self.subscribed = self._subscribed()

    def _subscribed(self) -> frozenset[str] | None:
        if not self.is_consumer:
            return None
        found: set[str] = set()
        for member in self.members.values():
            topics = decode_topics(member.metadata(self.protocol))
            if topics is None:
                return None
            found.update(topics)
        return frozenset(found)

    def load(
        self,
        *,
        generation: int,
        protocol_type: str | None,
        protocol: str | None,
        leader: str | None,
        state_ms: int | None,
        members: list[Member],
    ) -> None:
        """Become what a stored record says; only while a partition is loaded."""
        assert not self.members
        self.generation = generation
        self.protocol_type = protocol_type
        self.protocol = protocol
        self.state_ms = state_ms
        self.state = State.STABLE if members else State.EMPTY
        for member in members:
            self.add(member, protocol_type or "")
        self.leader = leader if leader in self.members else next(iter(self.members), None)
        self.refresh_subscribed()
