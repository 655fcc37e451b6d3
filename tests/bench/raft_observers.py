"""Many observers in one process, which only acknowledge: what they cost the leader is measured.

    python -m tests.bench.raft_observers ADDRESSES IDS

They speak over links of their own, as nodes do, but keep nothing, flush nothing and apply nothing:
on a machine with two cores a hundred whole nodes would cost their own work, not the leader's.
"""

from __future__ import annotations

import json
import os
import sys
import time
from functools import lru_cache
from random import Random
from typing import Any

import trio

import raft.tcp
from raft import codec, messages
from raft.links import Owner
from raft.messages import Appended, HeartbeatReply, SnapshotReceived
from raft.sockets import Poller
from raft.tcp import TcpLinks
from tests.bench.raft_node import CLUSTER_ID, say

VOTERS = (1, 2, 3)
_APPEND_ENTRIES, _HEARTBEAT, _INSTALL_SNAPSHOT, _FEED = 3, 5, 7, 10
_HEAD_BYTES = 64  # everything before the entries


class SharedPoller(Poller):
    """One for all of them: a poller, and a pass of the event loop, for each would cost as much."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self._is_running = False

    async def run(self) -> None:
        if self._is_running:
            await trio.sleep_forever()
        self._is_running = True
        await super().run()


class Observer:
    """Follows whoever sends; `next_index` is what it would hold."""

    def __init__(self, node_id: int, addresses: dict[str, list[Any]]) -> None:
        self._id = node_id
        self.next_index = 2  # every log begins with the same entry
        self.snapshots = 0
        self._links = TcpLinks(
            ("127.0.0.1", addresses[str(node_id)][1]),
            peers={voter: tuple(addresses[str(voter)]) for voter in VOTERS},
            rng=Random(),
        )

    async def run(self) -> None:
        await self._links.run(
            Owner(
                node_id=self._id,
                cluster_id=CLUSTER_ID,
                directory_id=self._id.to_bytes(16, "little"),
                admits=lambda _peer, _directory_id: True,
                receive=self._receive,
                received=lambda: None,
                applied_index=lambda: 0,
                on_removed=lambda _peer, _index: None,
            )
        )

    def _receive(self, peer: int, message: bytes) -> None:
        # Entries are neither unpacked, nor decoded, nor copied: that would cost the leader's core.
        kind, term, *fields = _head(message[:_HEAD_BYTES])
        if kind == _HEARTBEAT:
            answer: Any = HeartbeatReply(term, fields[0])
        elif kind in (_APPEND_ENTRIES, _FEED):
            previous, _, _, is_asked, count = fields
            is_matching = previous < self.next_index
            if is_matching:
                self.next_index = max(self.next_index, previous + count + 1)
                if not is_asked:
                    return
            answer = Appended(
                term,
                previous,
                previous + count + 1 if is_matching else self.next_index,
                is_matching,
            )
        elif kind == _INSTALL_SNAPSHOT:
            _, _, index, offset, total, data = codec.decode(message)
            answer = SnapshotReceived(term, index, offset + len(data))
            if answer.offset == total:
                self.snapshots += 1
                self.next_index = max(self.next_index, index + 1)
                answer = Appended(term, index, index + 1, True)
        else:
            return
        self._links.send(peer, messages.encode(answer))


@lru_cache(maxsize=1000)
def _head(data: bytes) -> list[Any]:
    """Returns kind, term and what else is before the entries; all observers get the same."""
    reader = codec.Reader(data)
    reader.read_array()
    fields = [reader.read_value(), reader.read_value()]
    if fields[0] == _HEARTBEAT:
        fields.append(reader.read_value())
    elif fields[0] == _FEED:
        fields += [reader.read_value() for _ in range(5)]
    elif fields[0] == _APPEND_ENTRIES:
        fields += [*(reader.read_value() for _ in range(3)), True, reader.read_array()]
    return fields


async def run(addresses: dict[str, list[Any]], ids: list[int]) -> None:
    shared = SharedPoller()
    raft.tcp.Poller = lambda _done: shared  # type: ignore[assignment, misc]
    observers = [Observer(node_id, addresses) for node_id in ids]
    async with trio.open_nursery() as nursery:
        for observer in observers:
            nursery.start_soon(observer.run)
        stdin = trio.lowlevel.FdStream(os.dup(0))
        buffer = b""
        while data := await stdin.receive_some():
            *lines, buffer = (buffer + data).split(b"\n")
            for line in lines:
                (name,) = json.loads(line)
                if name == "cpu":
                    say({"answer": time.process_time()})
                    continue
                assert name == "least"
                least = min(each.next_index for each in observers) - 1
                say({"answer": [least, sum(each.snapshots for each in observers)]})
        nursery.cancel_scope.cancel()


if __name__ == "__main__":
    trio.run(run, json.loads(sys.argv[1]), json.loads(sys.argv[2]))
