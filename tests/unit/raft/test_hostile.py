"""Hostile frames at a listener: whoever sends whatever, a node goes on or stops with our own error.

`RAFT_FRAMES` says how many frames; a million are a soak.
"""

from __future__ import annotations

import os
import resource
from random import Random

import trio

import raft
from raft import codec, limits, messages
from raft.acquaintance import Acquaintance
from raft.configuration import Configuration
from raft.frames import encode_head
from raft.hello import Hello
from raft.messages import AppendEntries, InstallSnapshot
from raft.tcp import TcpLinks
from raft.testing import MemoryFiles, Registers
from tests.unit.raft.test_messages import ENCODED
from tests.unit.raft.test_tcp import CLUSTER_ID

FRAMES = int(os.environ.get("RAFT_FRAMES", "4000"))
BURST = 100
GROWTH_BYTES_MAX = 128 << 20


def directory_id_of(node_id: int) -> bytes:
    return node_id.to_bytes(16, "little")


async def begun_files(seed: int) -> MemoryFiles:
    """Returns the directory of a node 1 that has met its peers: their group has begun."""
    files = MemoryFiles(rng=Random(seed))
    acquaintance = Acquaintance(files, rng=Random(seed))
    await acquaintance.open()
    for peer in (2, 3):
        assert acquaintance.admits(peer, directory_id_of(peer), Configuration.of([1, 2, 3]))
    acquaintance.note_agreed(acquaintance.digest([1, 2, 3], node_id=1))
    await acquaintance.sync()
    return files


class Target:
    """A node behind real sockets, started again whenever it stops by itself."""

    def __init__(self, nobody: list[int]) -> None:
        self.peers = {peer: ("127.0.0.1", port) for peer, port in zip((2, 3), nobody)}
        self.files: MemoryFiles | None = None
        self.links: TcpLinks | None = None
        self.stops = self.refused_frames = self.refused_connections = 0
        self.started = trio.Event()

    async def run(self) -> None:
        while True:
            files = self.files or await begun_files(self.stops)
            self.links = TcpLinks(("127.0.0.1", 0), peers=self.peers, rng=Random(self.stops))
            node = raft.Node(
                1,
                voters=[1, 2, 3],
                cluster_id=CLUSTER_ID,
                files=files,
                state_machine=Registers(),
                rng=Random(self.stops),
                links=self.links,
                snapshot_entries=500,
            )
            is_log_good = True
            try:
                async with trio.open_nursery() as nursery:
                    await nursery.start(node.run)
                    self.started.set()
            except* raft.RaftError as group:
                # Two leaders in a term, say; or a log that its state machine does not understand,
                # which would stop it again.
                (failure,) = group.exceptions
                is_log_good = isinstance(failure, raft.SafetyViolationError)
            self.refused_frames += node.status().messages_refused
            self.refused_connections += self.links.refused
            self.started = trio.Event()
            self.stops += 1
            self.files = files.kill() if is_log_good else None


def spoil(rng: Random, data: bytes) -> bytes:
    """Changes, cuts, lengthens or replaces a message."""
    match rng.randrange(8):
        case 0:
            return rng.randbytes(rng.randrange(200))
        case 1:
            return data[: rng.randrange(len(data) + 1)]
        case 2:
            return data + rng.randbytes(rng.randrange(20))
        case 3 | 4:
            return data
        case _:
            changed = bytearray(data)
            for _ in range(rng.randint(1, 4)):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
            return bytes(changed)


def hostile_frame(rng: Random, good: list[bytes]) -> bytes:
    kind = rng.randrange(200)
    if kind == 0:
        return (limits.MESSAGE_BYTES_MAX + 1 + rng.randrange(1 << 20)).to_bytes(4, "little")
    if kind < 4:
        # Pieces of snapshots that never end, of all sizes.
        index, offset = rng.randrange(1, 1 << 40), rng.choice((0, rng.randrange(1 << 20)))
        data = bytes(rng.choice((0, 1, 1000, limits.SNAPSHOT_PIECE_BYTES)))
        total = rng.choice((len(data), limits.SNAPSHOT_BYTES_MAX))
        message = InstallSnapshot(rng.randrange(20), index, offset, total, data)
        data = messages.encode(message)
    elif kind < 8:
        data = messages.encode(AppendEntries((1 << 62) - 1, 1, 0, (1 << 62) - 1, ()))
    else:
        data = spoil(rng, rng.choice(good))
    return encode_head(data) + data


async def attack_as_peer(target: Target, rng: Random, node_id: int, count: int) -> int:
    """Says hello as a member, sends frames until the connection or the count ends."""
    assert target.links is not None
    hello = Hello(
        cluster_id=CLUSTER_ID, node_id=node_id, directory_id=directory_id_of(node_id)
    ).encode()
    sent = 0
    try:
        async with await trio.open_tcp_stream("127.0.0.1", target.links.port) as stream:
            await stream.send_all(encode_head(hello) + hello)
            await stream.receive_some(1000)
            while sent < count:
                frames = [hostile_frame(rng, ENCODED) for _ in range(min(BURST, count - sent))]
                sent += len(frames)
                await stream.send_all(b"".join(frames))
    except (OSError, trio.BrokenResourceError):
        pass
    return sent


async def attack_as_stranger(target: Target, rng: Random) -> int:
    """Sends something that is no hello of a member."""
    assert target.links is not None
    value = ["raft", 1, CLUSTER_ID, 2, bytes(16)]
    value[rng.randrange(5)] = rng.choice([None, -1, "", b"", 1 << 63, [], bytes(17), 7])
    hello = spoil(rng, codec.encode(value))
    data = encode_head(hello) + hello + rng.randbytes(rng.randrange(50))
    try:
        async with await trio.open_tcp_stream("127.0.0.1", target.links.port) as stream:
            await stream.send_all(data)
            await stream.send_eof()
            await stream.receive_some(1000)
    except (OSError, trio.BrokenResourceError):
        pass
    return 1


async def test_hostile_frames_at_a_listener_leave_a_node_that_works(
    ports: list[int],
) -> None:
    """No exception but ours, bounded memory, and the listener still takes a member in the end."""
    target = Target(ports)
    sent = 0

    async def attack(number: int) -> None:
        nonlocal sent
        rng = Random(number)
        while sent < FRAMES:
            await target.started.wait()
            if rng.random() < 0.3:
                sent += await attack_as_stranger(target, rng)
            else:
                node_id = rng.choice((2, 3))
                sent += await attack_as_peer(target, rng, node_id, rng.randint(1, 20) * BURST)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    async with trio.open_nursery() as nursery:
        nursery.start_soon(target.run)
        async with trio.open_nursery() as attackers:
            for number in range(4):
                attackers.start_soon(attack, number)
        with trio.fail_after(30):
            # It may be stopping from what came last.
            while await attack_as_peer(target, Random(1), 2, 1) != 1:
                await trio.sleep(0.01)
                await target.started.wait()
        nursery.cancel_scope.cancel()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10) - before
    print(
        f"{sent} frames, {target.refused_frames} refused, {target.refused_connections} connections"
        f" refused, {target.stops} stops, {grown >> 20} MiB more memory at most"
    )

    assert sent >= FRAMES
    assert target.refused_frames or FRAMES < 1000
    assert grown < GROWTH_BYTES_MAX
