"""Consumer groups of one node: loading after a restart, commits, heartbeats, joins; see RESULTS.md.

    tests/bench/groups.py [--groups 10000] [--offsets 10] [--members 5000] [--commits 20000]

Speaks the protocol itself: a client library would be measured instead of the node.
"""

from __future__ import annotations

import argparse
import os
import select
import shutil
import socket
import struct
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

import trio

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from appliance.protocol import codec, messages as m  # noqa: E402
from tests.harness import NodeProcess, log_lines  # noqa: E402

TOPIC = "read"
IN_FLIGHT = 64
HEARTBEAT_S = 3
BEAT_TICK_S = 0.002
MEASURE_S = 15
JOINERS = 100
COMMITTERS = 32
COMMIT_S = 6


class Connection:
    """One blocking connection with several requests in flight."""

    def __init__(self, address: str) -> None:
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self._file = self.socket.makefile("rb")
        self._sent: list[tuple[int, int]] = []

    def send(self, key: int, version: int, message: Any) -> None:
        self._sent.append((key, version))
        self.socket.sendall(b"".join(codec.encode_request_frame(key, version, 1, "b", message)))

    def receive(self) -> Any:
        key, version = self._sent.pop(0)
        (size,) = struct.unpack(">i", self._file.read(4))
        data = memoryview(self._file.read(size))
        return codec.decode_response(
            key, version, data, 4 + codec.response_header_version(key, version)
        )

    def call(self, key: int, version: int, message: Any) -> Any:
        self.send(key, version, message)
        return self.receive()

    def close(self) -> None:
        self._file.close()
        self.socket.close()


def commit_request(group: str, offset: int, partitions: int) -> Any:
    line = m.OffsetCommitRequest.OffsetCommitRequestPartition
    topic = m.OffsetCommitRequest.OffsetCommitRequestTopic(
        name=TOPIC,
        partitions=[
            line(partition_index=index, committed_offset=offset, committed_metadata="")
            for index in range(partitions)
        ],
    )
    return m.OffsetCommitRequest(group_id=group, generation_id_or_member_epoch=-1, topics=[topic])


def commit_all(connection: Connection, requests: list[Any]) -> float:
    """Send commits, IN_FLIGHT at a time; returns the seconds until all were answered."""
    began = time.monotonic()
    answered = 0
    for number, request in enumerate(requests):
        if number - answered >= IN_FLIGHT:
            _check(connection.receive())
            answered += 1
        connection.send(8, 8, request)
    while answered < len(requests):
        _check(connection.receive())
        answered += 1
    return time.monotonic() - began


def _check(answer: Any) -> None:
    codes = {line.error_code for topic in answer.topics for line in topic.partitions}
    assert codes == {0}, codes


def prepare(node: NodeProcess, partitions: int) -> None:
    connection = Connection(node.kafka)
    create = m.CreateTopicsRequest
    topic = create.CreatableTopic(name=TOPIC, num_partitions=partitions, replication_factor=1)
    assert connection.call(19, 5, create(topics=[topic])).topics[0].error_code == 0
    find = m.FindCoordinatorRequest(key_type=0, coordinator_keys=["g"])
    assert connection.call(10, 4, find).coordinators[0].error_code == 0
    connection.close()


def restart(node: NodeProcess) -> str:
    """Kill -9 and start; returns what it took until every group is served."""
    node.kill()
    known = len(log_lines(node))
    began = time.monotonic()
    node.start()
    ready = time.monotonic() - began
    connection = Connection(node.kafka)
    while connection.call(16, 4, m.ListGroupsRequest()).error_code:
        time.sleep(0.005)
    served = time.monotonic() - began
    connection.close()
    loaded: list[dict[str, Any]] = []
    while not loaded:
        lines = log_lines(node)[known:]
        loaded = [line for line in lines if line["message"] == "consumer groups are loaded"]
    return (
        f"{loaded[0]['groups']} groups loaded in {loaded[0]['seconds']} s from"
        f" {loaded[0]['checkpoints']} checkpoints and {loaded[0]['records']} records; start to"
        f" ready {ready:.2f} s, to all groups served {served:.2f} s"
    )


def load(node: NodeProcess, groups: int, offsets: int, commits: int) -> None:
    connection = Connection(node.kafka)
    seconds = commit_all(
        connection, [commit_request(f"group-{n}", 1, offsets) for n in range(groups)]
    )
    print(f"{groups} commits of {offsets} offsets: {groups / seconds:.0f}/s", flush=True)
    connection.close()
    print(f"log only: {restart(node)}", flush=True)
    print(f"again: {restart(node)}", flush=True)
    connection = Connection(node.kafka)
    writes = node.metric("penstock_wal_writes_total ")
    seconds = commit_all(
        connection,
        [commit_request(f"group-{n % groups}", 2 + n, 1) for n in range(commits)],
    )
    writes = node.metric("penstock_wal_writes_total ") - writes
    print(
        f"{commits} commits of one offset: {commits / seconds:.0f}/s, {writes:.0f} WAL writes",
        flush=True,
    )
    connection.close()
    print(f"long log: {restart(node)}", flush=True)


def commits(node: NodeProcess, partitions: int) -> None:
    """CPU of the node for consumers that commit as soon as the last commit is in."""
    streams: dict[int, tuple[socket.socket, bytes, bytes]] = {}
    with select.epoll() as poll:
        for number in range(COMMITTERS):
            connection = Connection(node.kafka)
            request = commit_request(f"committing-{number}", 1, partitions)
            _check(connection.call(8, 8, request))
            data = b"".join(codec.encode_request_frame(8, 8, 1, "b", request))
            stream = connection.socket
            stream.sendall(data)
            streams[stream.fileno()] = stream, data, stream.recv(65536)
            poll.register(stream.fileno(), select.EPOLLIN)
        for seconds in (COMMIT_S / 4, COMMIT_S):  # the first is warm-up
            writes = node.metric("penstock_wal_writes_total ")
            used, began = cpu_s(node), time.monotonic()
            count = _commit_for(seconds, poll, streams)
            used, elapsed = cpu_s(node) - used, time.monotonic() - began
            writes = node.metric("penstock_wal_writes_total ") - writes
    for stream, _, _ in streams.values():
        stream.close()
    print(
        f"{COMMITTERS} consumers: {count / elapsed:.0f} commits/s of {partitions} offsets,"
        f" {used / count * 1e6:.0f} us of CPU each, {count / writes:.1f} a WAL write",
        flush=True,
    )


def _commit_for(
    seconds: float, poll: select.epoll, streams: dict[int, tuple[socket.socket, bytes, bytes]]
) -> int:
    """Return how many commits were answered; (stream, request, good answer) by file number."""
    until = time.monotonic() + seconds
    for stream, data, _ in streams.values():
        stream.sendall(data)
    count, owed = 0, len(streams)
    while owed:
        is_over = time.monotonic() >= until
        for number, _ in poll.poll():
            stream, data, good = streams[number]
            assert stream.recv(65536) == good
            count += 1
            if is_over:
                owed -= 1
            else:
                stream.sendall(data)
    return count


def cpu_s(node: NodeProcess) -> float:
    assert node.process is not None
    fields = Path(f"/proc/{node.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def join_request(group: str, member_id: str = "") -> Any:
    protocol = m.JoinGroupRequest.JoinGroupRequestProtocol(name="range", metadata=b"\0" * 30)
    return m.JoinGroupRequest(
        group_id=group,
        session_timeout_ms=45_000,
        rebalance_timeout_ms=300_000,
        member_id=member_id,
        protocol_type="consumer",
        protocols=[protocol],
    )


def sync_request(group: str, joined: Any) -> Any:
    line = m.SyncGroupRequest.SyncGroupRequestAssignment
    return m.SyncGroupRequest(
        group_id=group,
        generation_id=joined.generation_id,
        member_id=joined.member_id,
        protocol_type="consumer",
        protocol_name="range",
        assignments=[line(member_id=x.member_id, assignment=b"\0" * 30) for x in joined.members],
    )


async def exchange(stream: trio.SocketStream, key: int, version: int, message: Any) -> Any:
    await stream.send_all(b"".join(codec.encode_request_frame(key, version, 1, "b", message)))
    head = 4 + codec.response_header_version(key, version)
    data = b""
    while len(data) < 4 or len(data) < 4 + struct.unpack_from(">i", data)[0]:
        piece = await stream.receive_some(65536)
        assert piece
        data += piece
    return codec.decode_response(key, version, memoryview(data)[4:], head)


async def member(address: str, group: str) -> tuple[trio.SocketStream, Any]:
    """Join a group; returns the connection and the answer, assigned."""
    host, port = address.rsplit(":", 1)
    stream = await trio.open_tcp_stream(host, int(port))
    first = await exchange(stream, 11, 9, join_request(group))
    assert first.error_code == 79
    while True:
        joined = await exchange(stream, 11, 9, join_request(group, first.member_id))
        if joined.error_code == 0:
            synced = await exchange(stream, 14, 5, sync_request(group, joined))
            if synced.error_code == 0:
                return stream, joined


async def joins(node: NodeProcess) -> None:
    """Time until 100 members of one group that come at once have their assignment."""
    began = trio.current_time()
    found: list[trio.SocketStream] = []

    async def one() -> None:
        found.append((await member(node.kafka, "crowd"))[0])

    async with trio.open_nursery() as nursery:
        for _ in range(JOINERS):
            nursery.start_soon(one)
    print(f"{JOINERS} members join one group: {trio.current_time() - began:.2f} s", flush=True)
    for stream in found:
        await stream.aclose()


class Beats:
    """Members that beat every 3 s, evenly spread; by plain calls, so that the load costs little."""

    def __init__(self) -> None:
        self._members: list[tuple[socket.socket, bytes]] = []
        self._owed: deque[socket.socket] = deque()
        self._good = b""
        self.count = 0

    def add(self, stream: trio.SocketStream, group: str, joined: Any) -> None:
        """Take a member of a group."""
        beat = m.HeartbeatRequest(
            group_id=group, generation_id=joined.generation_id, member_id=joined.member_id
        )
        shared = socket.fromfd(stream.socket.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        shared.setblocking(False)
        data = b"".join(codec.encode_request_frame(12, 4, 1, "b", beat))
        self._members.append((shared, data))

    async def run(self) -> None:
        """Beat for ever."""
        began = trio.current_time()
        sent = 0
        try:
            while True:
                due = int((trio.current_time() - began) * len(self._members) / HEARTBEAT_S)
                for _ in range(len(self._owed)):
                    self._receive(self._owed.popleft())
                for number in range(sent, due):
                    shared, data = self._members[number % len(self._members)]
                    shared.send(data)
                    self._owed.append(shared)
                sent = due
                await trio.sleep(BEAT_TICK_S)
        finally:
            for shared, _ in self._members:
                shared.close()

    def _receive(self, shared: socket.socket) -> None:
        try:
            answer = shared.recv(4096)
        except BlockingIOError:
            self._owed.append(shared)
            return
        if not self._good:
            message = codec.decode_response(12, 4, memoryview(answer)[4:], 5)
            assert message.error_code == 0
            self._good = answer
        assert answer == self._good
        self.count += 1


async def heartbeats(node: NodeProcess, members: int) -> None:
    """CPU of the node while members, each with its connection and group, beat every 3 s."""
    limit = trio.CapacityLimiter(200)
    beats = Beats()
    streams: list[trio.SocketStream] = []

    async def one(group: str) -> None:
        async with limit:
            stream, joined = await member(node.kafka, group)
        streams.append(stream)
        beats.add(stream, group, joined)

    async with trio.open_nursery() as nursery:
        for number in range(members):
            nursery.start_soon(one, f"beating-{number}")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(beats.run)
        await trio.sleep(2 * HEARTBEAT_S)
        before, count = cpu_s(node), beats.count
        await trio.sleep(MEASURE_S)
        used = (cpu_s(node) - before) / MEASURE_S
        count = (beats.count - count) / MEASURE_S
        print(
            f"{members} members: {count:.0f} heartbeats/s, {used:.1%} of a core,"
            f" {used / count * 1e6:.0f} us each",
            flush=True,
        )
        nursery.cancel_scope.cancel()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=10_000)
    parser.add_argument("--offsets", type=int, default=10)
    parser.add_argument("--members", type=int, default=5_000)
    parser.add_argument("--commits", type=int, default=200_000)
    parser.add_argument("only", nargs="*", help="load, commits, joins, heartbeats; default: all")
    arguments = parser.parse_args()
    wanted = arguments.only or ["load", "commits", "joins", "heartbeats"]
    folder = Path(tempfile.mkdtemp(prefix="penstock-groups-"))
    env = {"PENSTOCK_VOLUME_SIZE": "2GiB", "PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "0"}
    node = NodeProcess(folder, env=env)
    try:
        node.start()
        prepare(node, arguments.offsets)
        if "load" in wanted:
            load(node, arguments.groups, arguments.offsets, arguments.commits)
        if "commits" in wanted:
            commits(node, arguments.offsets)
        if "joins" in wanted:
            trio.run(joins, node)
        if "heartbeats" in wanted:
            trio.run(heartbeats, node, arguments.members)
    finally:
        node.close()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
