"""A network in memory: implements `raft.Links` for every node.

Fault model:
    - A message takes `latency_s` (a random time in the range); with probability `reordering` it
      takes up to ten times as long, otherwise the messages of a link stay in order.
    - With probability `loss` it is lost, with probability `duplication` it arrives twice, with
      probability `lateness` once more up to `LATE_S_MAX` later: when the group has gone on.
    - When a node loses its power, so is what is on the way from it, on some of its links: it had
      not left the machine.
    - What a node sends and gets takes its `lag_s` longer.
    - With probability `breakage` the connection of its link breaks in the middle of its frame: it
      is lost, and so is what is on the way on this link; the next message opens a connection.
    - A link is one direction between two nodes. A cut link loses what is sent on it, and what is
      on the way at the moment of the cut.
    - Two nodes of which one refuses the disk of the other hear nothing of each other. What is on
      the way when its sender ends arrives if the disks were known when the two last met.
    - A node whose links are `pause`d gets and sends nothing; what comes for it waits.
    - `hold` puts messages of a kind aside, for the test to `release`, repeat or `drop`.
    With no latency a message arrives within `send`.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

import trio

from raft import limits, messages
from raft.frames import Frames, encode_head
from raft.links import Owner
from raft.messages import Appended, Message, RequestVote, Vote

__all__ = ["Network", "Packet", "kind_of"]

LATE_S_MAX = 3.0
"""Several elections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """A message on a link."""

    sender: int
    receiver: int
    data: bytes

    @property
    def link(self) -> tuple[int, int]:
        """Sender and receiver."""
        return self.sender, self.receiver

    @property
    def message(self) -> Message:
        """The decoded message."""
        return messages.decode(self.data)


def kind_of(message: Message) -> str:
    """Returns the name a test gives to messages like this one."""
    match message:
        case RequestVote(is_poll=True):
            return "RequestPoll"
        case Vote(is_poll=True):
            return "Poll"
        case Appended(is_matching=False):
            return "Refused"
        case _:
            return type(message).__name__


class Network:
    """The links between all nodes.

    Args:
        rng: randomness of the faults.
        latency_s: (least, most); (0, 0) delivers at once.
        on_message: sees every message as it is sent, even if it is lost then.
    """

    def __init__(
        self,
        *,
        rng: Random,
        latency_s: tuple[float, float] = (0.0, 0.0),
        on_message: Callable[[int, int, Message], None] = lambda *_: None,
    ) -> None:
        self._rng = rng
        self._on_message = on_message
        self.latency_s = latency_s
        self.loss = self.duplication = self.reordering = self.lateness = self.breakage = 0.0
        self.lag_s: dict[int, float] = {}
        self._frames: dict[tuple[int, int], Frames] = {}
        self._breaking: set[tuple[int, int]] = set()
        self.broken = 0
        self.held: list[Packet] = []
        self.digest = blake2b(digest_size=8)
        self.packets = 0
        self._rules: list[tuple[int, int, str, bool]] = []
        self._blocked: set[tuple[int, int]] = set()
        self._paused: dict[int, list[Packet]] = {}
        self._owners: dict[int, Owner] = {}
        self._acquainted: set[tuple[int, int]] = set()
        self._queue: list[tuple[float, int, Packet]] = []
        self._numbers = itertools.count()
        self._last_due: dict[tuple[int, int], float] = {}
        self._wake = trio.Event()

    def links(self, node_id: int) -> _NodeLinks:
        """Returns the port of a node."""
        return _NodeLinks(self, node_id)

    def attach(self, owner: Owner) -> None:
        """A process is up: it shows itself to whom it can reach."""
        for peer in self._owners.values():
            if self.is_open(owner.node_id, peer.node_id):
                self._do_know(owner, peer)
        self._owners[owner.node_id] = owner

    def _do_know(self, one: Owner, other: Owner) -> bool:
        """Whether each knows the disk of the other, as a handshake would find."""
        is_known = one.admits(other.node_id, other.directory_id)
        is_known = other.admits(one.node_id, one.directory_id) and is_known
        pair = _pair(one.node_id, other.node_id)
        (self._acquainted.add if is_known else self._acquainted.discard)(pair)
        return is_known

    def detach(self, node_id: int) -> None:
        """The node's process is gone: nothing comes from it or gets to it any more."""
        self._owners.pop(node_id, None)
        self._paused.pop(node_id, None)

    def forget(self, node_id: int) -> None:
        """What is on the way to or from this node is lost; its next disk is nobody's."""
        self._acquainted = {pair for pair in self._acquainted if node_id not in pair}
        self._queue = [each for each in self._queue if node_id not in each[2].link]
        heapq.heapify(self._queue)
        for node, packets in self._paused.items():
            self._paused[node] = [p for p in packets if node_id not in p.link]

    def lose_sent(self, node_id: int) -> None:
        """The node's power is lost: so is, on some links, what it has sent and is on the way."""
        links = {each[2].link for each in self._queue if each[2].sender == node_id}
        lost = {link for link in sorted(links) if self._rng.random() < 0.5}
        self._queue = [each for each in self._queue if each[2].link not in lost]
        heapq.heapify(self._queue)

    # Faults.

    def cut(self, *groups: Iterable[int]) -> None:
        """Separates the groups from each other, besides what is cut already."""
        for here, there in itertools.permutations([tuple(group) for group in groups], 2):
            self._blocked.update(itertools.product(here, there))

    def cut_link(self, sender: int, receiver: int) -> None:
        """Cuts one direction."""
        self._blocked.add((sender, receiver))

    def break_link(self, sender: int, receiver: int) -> None:
        """Breaks the connection in the middle of the next message of this direction."""
        self._breaking.add((sender, receiver))

    def heal(self) -> None:
        """Mends every link."""
        self._blocked.clear()

    def is_open(self, sender: int, receiver: int) -> bool:
        """Whether messages of this link arrive."""
        return (sender, receiver) not in self._blocked

    def pause(self, node_id: int) -> None:
        """What comes for the node waits, and what it sends is lost, until `resume`."""
        self._paused.setdefault(node_id, [])

    def resume(self, node_id: int) -> None:
        """Delivers what waited."""
        for packet in self._paused.pop(node_id, []):
            self.deliver(packet)

    def hold(self, sender: int, receiver: int, kind: str, *, copies: bool = False) -> None:
        """Puts messages of the kind (or copies of them) on this link aside from now on."""
        self._rules.append((sender, receiver, kind, copies))

    def unhold(self) -> None:
        """Ends every `hold`; what was put aside stays."""
        self._rules.clear()

    # Traffic.

    def send(self, packet: Packet) -> None:
        """Takes one message from a node."""
        if packet.sender in self._paused or packet.sender not in self._owners:
            return
        message = packet.message
        self._on_message(packet.sender, packet.receiver, message)
        if not self.is_open(packet.sender, packet.receiver):
            return
        for sender, receiver, kind, copies in self._rules:
            if (sender, receiver) == (packet.sender, packet.receiver):
                if kind == kind_of(message):
                    self.held.append(packet)
                    if not copies:
                        return
        if self.loss and self._rng.random() < self.loss:
            return
        is_doubled = self.duplication and self._rng.random() < self.duplication
        for _ in range(2 if is_doubled else 1):
            self._post(packet)

    def _post(self, packet: Packet) -> None:
        if self.latency_s[1] == 0:
            self.deliver(packet)
            return
        link = packet.sender, packet.receiver
        now = trio.current_time()
        due = now + self._rng.uniform(*self.latency_s) + sum(map(self._lag_of, link))
        if self.reordering and self._rng.random() < self.reordering:
            due += self._rng.random() * 10 * self.latency_s[1]
        else:
            due = self._last_due[link] = max(due, self._last_due.get(link, 0))
        self._post_at(due, packet)
        if self.lateness and self._rng.random() < self.lateness:
            self._post_at(now + self._rng.random() * LATE_S_MAX, packet)

    def _lag_of(self, node_id: int) -> float:
        return self.lag_s.get(node_id, 0.0)

    def _post_at(self, due: float, packet: Packet) -> None:
        heapq.heappush(self._queue, (due, next(self._numbers), packet))
        self._wake.set()

    def deliver(self, packet: Packet) -> None:
        """Hands a message over, whatever `hold` says."""
        if packet.receiver in self._paused:
            self._paused[packet.receiver].append(packet)
            return
        if packet.receiver not in self._owners or not self.is_open(*packet.link):
            return
        sender = self._owners.get(packet.sender)
        if sender is not None:
            is_known = self._do_know(self._owners[packet.receiver], sender)
        else:
            # It is down now and spoke before, unless no connection had come about.
            is_known = _pair(*packet.link) in self._acquainted
        if is_known:
            self._carry(packet)

    def _carry(self, packet: Packet) -> None:
        """Hands a message over as the bytes of a connection, cut anywhere."""
        frames = self._frames.setdefault(packet.link, Frames(bytes_max=limits.MESSAGE_BYTES_MAX))
        frame = encode_head(packet.data) + packet.data
        is_breaking = packet.link in self._breaking
        is_breaking = is_breaking or bool(self.breakage and self._rng.random() < self.breakage)
        cut = self._rng.randrange(len(frame))
        frames.feed(frame[:cut])
        assert frames.take() is None, "a part of a frame is no message"
        if is_breaking:
            self._break(packet.link)
            return
        frames.feed(frame[cut:])
        data = frames.take()
        assert data == packet.data
        self.forge(packet)

    def _break(self, link: tuple[int, int]) -> None:
        self.broken += 1
        self._breaking.discard(link)
        del self._frames[link]
        self._queue = [each for each in self._queue if each[2].link != link]
        heapq.heapify(self._queue)

    def forge(self, packet: Packet) -> None:
        """Hands a message to a node that is up, whatever links are cut."""
        owner = self._owners[packet.receiver]
        self.packets += 1
        self.digest.update(f"{trio.current_time()} {packet.sender} {packet.receiver}".encode())
        self.digest.update(packet.data)
        owner.receive(packet.sender, packet.data)
        owner.received()

    async def run(self) -> None:
        """Delivers what has a latency, until cancelled."""
        while True:
            self._wake = trio.Event()
            while self._queue and self._queue[0][0] <= trio.current_time():
                self.deliver(heapq.heappop(self._queue)[2])
            due = self._queue[0][0] if self._queue else math.inf
            with trio.move_on_at(due):
                await self._wake.wait()


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


class _NodeLinks:
    """One node's end of the network."""

    def __init__(self, network: Network, node_id: int) -> None:
        self._network = network
        self._node_id = node_id

    def send(self, peer: int, *messages: bytes) -> None:
        for message in messages:
            self._network.send(Packet(sender=self._node_id, receiver=peer, data=message))

    def set_members(self, addresses: Mapping[int, str], *, removed: Collection[int]) -> None:
        """Everybody reaches everybody; whom to hear is left to the node, as a rule of its own."""

    async def run(
        self, owner: Owner, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        self._network.attach(owner)
        task_status.started()
        await trio.sleep_forever()
