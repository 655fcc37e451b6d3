"""Consumer groups in the comparison: joins, commits, and producing while many groups beat.

Speaks the protocol itself, with requests that are encoded once: a client library would be measured
instead of the broker. Members share connections as far as both brokers allow it: a parked JoinGroup
holds up the connection that it came by.
"""

from __future__ import annotations

import resource
import struct
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import trio

from appliance.protocol import codec, messages as m
from tests.bench.brokers import Broker, settle
from tests.bench.load import (
    CLIENT_DEFAULTS,
    WARM_UP_SHARE,
    Figures,
    Load,
    Scenario,
    fresh_topic,
    perf,
)

MEMBERS = 100
COMMITTERS = 32
COMMIT_S = 12
COMMIT_PARTITIONS = 10
GROUPS = 10_000
GROUPS_PER_CONNECTION = 4
HEARTBEAT_S = 3
PRODUCE_MB = 150
PRODUCE_MB_PER_S = 10
OPENING_MAX = 100
"""Connections that are opened at a time: below every listener's backlog."""
GIVE_UP_S = 300
SPARE_FILES = 500

HEARTBEAT, JOIN_GROUP, SYNC_GROUP, OFFSET_COMMIT, FIND_COORDINATOR = 12, 11, 14, 8, 10
VERSIONS = {HEARTBEAT: 4, JOIN_GROUP: 9, SYNC_GROUP: 5, OFFSET_COMMIT: 8, FIND_COORDINATOR: 4}
MEMBER_ID_REQUIRED, REBALANCE_IN_PROGRESS = 79, 27
COORDINATOR_BUSY = {14, 15, 16}
"""Loading, not available, not the coordinator: also answered while offsets' partitions are made."""


class Wire:
    """A connection with one request in flight."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream
        self._data = bytearray()

    async def exchange(self, request: bytes) -> bytes:
        """Send an encoded request; return the encoded answer behind its length."""
        await self._stream.send_all(request)
        data = self._data
        while len(data) < 4 or len(data) < 4 + struct.unpack_from(">i", data)[0]:
            piece = await self._stream.receive_some(1 << 16)
            if not piece:
                raise RuntimeError("the broker closed the connection")
            data += piece
        (size,) = struct.unpack_from(">i", data)
        answer = bytes(data[4 : 4 + size])
        del data[: 4 + size]
        return answer

    async def call(self, key: int, message: Any) -> Any:
        """Return the decoded answer to a request."""
        return decode(key, await self.exchange(encode(key, message)))


def encode(key: int, message: Any) -> bytes:
    """Return a request as it is sent."""
    return b"".join(codec.encode_request_frame(key, VERSIONS[key], 1, "bench", message))


def decode(key: int, answer: bytes) -> Any:
    """Return an answer as a message."""
    head = 4 + codec.response_header_version(key, VERSIONS[key])
    return codec.decode_response(key, VERSIONS[key], memoryview(answer), head)


@asynccontextmanager
async def wires(broker: Broker, count: int) -> AsyncIterator[list[Wire]]:
    """Open connections, close them at the end."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count + SPARE_FILES:
        raise RuntimeError(f"{count} connections need a limit of open files above {hard}")
    if soft < count + SPARE_FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count + SPARE_FILES, hard))
    host, port = broker.bootstrap.rsplit(":", 1)
    opened: list[Wire] = []
    limit = trio.CapacityLimiter(OPENING_MAX)
    async with AsyncExitStack() as stack:

        async def open_one() -> None:
            async with limit:
                stream = await trio.open_tcp_stream(host, int(port))
            await stack.enter_async_context(stream)
            opened.append(Wire(stream))

        async with trio.open_nursery() as nursery:
            for _ in range(count):
                nursery.start_soon(open_one)
        yield opened


class Member:
    """One member of one group on some connection.

    Attributes:
        generation: of its assignment.
    """

    def __init__(self, wire: Wire, group: str) -> None:
        self._wire = wire
        self._group = group
        self._member_id = ""
        self.generation = -1

    async def find(self) -> None:
        """Wait until the broker coordinates the group."""
        request = m.FindCoordinatorRequest(key_type=0, coordinator_keys=[self._group])
        while (await self._wire.call(FIND_COORDINATOR, request)).coordinators[0].error_code:
            await trio.sleep(0.05)

    async def join(self) -> None:
        """Join until there is an assignment."""
        while True:
            joined = await self._wire.call(JOIN_GROUP, self._join_request())
            if joined.error_code == MEMBER_ID_REQUIRED:
                self._member_id = joined.member_id
                continue
            if joined.error_code == 0:
                self._member_id = joined.member_id
                synced = await self._wire.call(SYNC_GROUP, self._sync_request(joined))
                if synced.error_code == 0:
                    self.generation = joined.generation_id
                    return
                joined = synced
            if joined.error_code not in COORDINATOR_BUSY | {REBALANCE_IN_PROGRESS}:
                raise RuntimeError(f"joining {self._group}: error {joined.error_code}")
            if joined.error_code in COORDINATOR_BUSY:
                await trio.sleep(0.05)

    def _join_request(self) -> Any:
        protocol = m.JoinGroupRequest.JoinGroupRequestProtocol
        # The generation, as consumers say it: whoever joins again says something new.
        metadata = b"\0\1\0\0\0\0\xff\xff\xff\xff\0\0\0\0" + struct.pack(">i", self.generation)
        return m.JoinGroupRequest(
            group_id=self._group,
            session_timeout_ms=45_000,
            rebalance_timeout_ms=300_000,
            member_id=self._member_id,
            protocol_type="consumer",
            protocols=[protocol(name="range", metadata=metadata)],
        )

    def _sync_request(self, joined: Any) -> Any:
        line = m.SyncGroupRequest.SyncGroupRequestAssignment
        return m.SyncGroupRequest(
            group_id=self._group,
            generation_id=joined.generation_id,
            member_id=self._member_id,
            protocol_type="consumer",
            protocol_name="range",
            assignments=[
                line(member_id=one.member_id, assignment=bytes(30)) for one in joined.members
            ],
        )

    def heartbeat(self) -> bytes:
        """Return an encoded heartbeat."""
        beat = m.HeartbeatRequest(
            group_id=self._group, generation_id=self.generation, member_id=self._member_id
        )
        return encode(HEARTBEAT, beat)


def _run(main: Callable[[], Coroutine[Any, Any, Figures]]) -> Figures:
    async def bounded() -> Figures:
        with trio.fail_after(GIVE_UP_S):
            return await main()

    return trio.run(bounded)


async def _join_all(members: list[Member]) -> float:
    """Let members join at once; return the seconds until all have their assignment."""
    began = time.monotonic()
    async with trio.open_nursery() as nursery:
        for member in members:
            nursery.start_soon(member.join)
    if len({member.generation for member in members}) != 1:
        raise RuntimeError("members of one group are in several generations")
    return time.monotonic() - began


def join(load: Load, broker: Broker) -> Figures:
    """100 members come to a new group at once (delay of the first rebalance included), then all
    join again, as after a change of topics."""

    async def main() -> Figures:
        count = max(3, int(MEMBERS * load.scale))
        async with wires(broker, count) as opened:
            group = f"crowd-{uuid.uuid4().hex[:8]}"
            members = [Member(wire, group) for wire in opened]
            await members[0].find()
            first_s = await _join_all(members)
            again_s = [await _join_all(members) for _ in range(5)]
        return {"join s": first_s, "join again ms": sorted(again_s)[2] * 1000}

    return _run(main)


def _commit_request(group: str, topic: str) -> bytes:
    request = m.OffsetCommitRequest
    line = request.OffsetCommitRequestPartition
    partitions = [
        line(partition_index=index, committed_offset=1, committed_metadata="")
        for index in range(COMMIT_PARTITIONS)
    ]
    topics = [request.OffsetCommitRequestTopic(name=topic, partitions=partitions)]
    message = request(group_id=group, generation_id_or_member_epoch=-1, topics=topics)
    return encode(OFFSET_COMMIT, message)


class Committer:
    """A consumer that stores offsets of all partitions of a topic, over and over."""

    def __init__(self, wire: Wire, group: str, topic: str) -> None:
        self._wire = wire
        self._request = _commit_request(group, topic)
        self._good = b""
        self.times_ms: list[float] = []

    async def begin(self) -> None:
        """Commit until the coordinator of the group is there."""
        while True:
            self._good = await self._wire.exchange(self._request)
            topics = decode(OFFSET_COMMIT, self._good).topics
            codes = {line.error_code for topic in topics for line in topic.partitions}
            if codes == {0}:
                return
            if not codes <= COORDINATOR_BUSY:
                raise RuntimeError(f"OffsetCommit answered {codes}")
            await trio.sleep(0.05)

    async def commit(self, seconds: float) -> None:
        """Commit as soon as the last commit is in; one in `WARM_UP_SHARE` seconds is warm-up."""
        began = time.monotonic()
        while (start := time.monotonic()) < began + seconds:
            if await self._wire.exchange(self._request) != self._good:
                raise RuntimeError("a commit was refused")
            if start >= began + seconds / WARM_UP_SHARE:
                self.times_ms.append((time.monotonic() - start) * 1000)


def commit(load: Load, broker: Broker) -> Figures:
    """32 consumers of as many groups, each committing 10 offsets as soon as the last are in."""
    seconds = COMMIT_S * load.scale

    async def main() -> Figures:
        with fresh_topic(broker, COMMIT_PARTITIONS) as topic:
            async with wires(broker, COMMITTERS) as opened:
                run_id = uuid.uuid4().hex[:8]
                await Member(opened[0], run_id).find()
                committers = [
                    Committer(wire, f"{run_id}-{number}", topic)
                    for number, wire in enumerate(opened)
                ]
                for committer in committers:
                    await committer.begin()
                before, began = broker.cpu_s(), time.monotonic()
                async with trio.open_nursery() as nursery:
                    for committer in committers:
                        nursery.start_soon(committer.commit, seconds)
                used_s, elapsed_s = broker.cpu_s() - before, time.monotonic() - began
        times_ms = sorted(one for committer in committers for one in committer.times_ms)
        return {
            "commits/s": len(times_ms) / (seconds - seconds / WARM_UP_SHARE),
            "p99 ms": times_ms[len(times_ms) * 99 // 100],
            "cores": used_s / elapsed_s,
        }

    return _run(main)


def beside_groups(load: Load, broker: Broker) -> Figures:
    """10 MB/s to one topic, alone, then while 10,000 groups of one member heartbeat every 3 s."""
    count, rate = load.records(PRODUCE_MB, 1024), PRODUCE_MB_PER_S * 1024

    async def main() -> Figures:
        groups = max(20, int(GROUPS * load.scale))
        with fresh_topic(broker, 4) as topic:

            def produce() -> Figures:
                return perf(
                    load, broker, topic, count=count, size=1024, rate=rate, props=CLIENT_DEFAULTS
                )

            alone = await trio.to_thread.run_sync(produce)
            settle([broker])
            async with wires(broker, groups // GROUPS_PER_CONNECTION) as opened:
                run_id = uuid.uuid4().hex[:8]
                teams = [
                    [
                        Member(wire, f"{run_id}-{number}-{index}")
                        for index in range(GROUPS_PER_CONNECTION)
                    ]
                    for number, wire in enumerate(opened)
                ]
                await teams[0][0].find()
                began = time.monotonic()
                beats: list[float] = []
                joined = 0

                async def one(wire: Wire, members: list[Member]) -> None:
                    nonlocal joined
                    for member in members:
                        await member.join()
                        joined += 1
                    requests, good = [member.heartbeat() for member in members], b""
                    while True:
                        started = trio.current_time()
                        for request in requests:
                            answer = await wire.exchange(request)
                            if answer != good and decode(HEARTBEAT, answer).error_code:
                                raise RuntimeError("a heartbeat was refused")
                            good = answer
                            beats.append(started)
                        await trio.sleep_until(started + HEARTBEAT_S)

                async with trio.open_nursery() as nursery:
                    for wire, members in zip(opened, teams):
                        nursery.start_soon(one, wire, members)
                    while joined < sum(map(len, teams)):
                        await trio.sleep(0.05)
                    joined_s = time.monotonic() - began
                    await trio.sleep(HEARTBEAT_S)
                    beats.clear()
                    began, before = time.monotonic(), broker.cpu_s()
                    beside = await trio.to_thread.run_sync(produce)
                    elapsed_s = time.monotonic() - began
                    used_s, beaten = broker.cpu_s() - before, len(beats)
                    nursery.cancel_scope.cancel()
        return {
            "p99 ms alone": alone["p99 ms"],
            "p99 ms": beside["p99 ms"],
            "heartbeats/s": beaten / elapsed_s,
            "join s": joined_s,
            "cores": used_s / elapsed_s,
        }

    return _run(main)


GROUP_SCENARIOS: dict[str, Scenario] = {
    "groups-join-100": join,
    "groups-commit": commit,
    "groups-10k-beside-produce": beside_groups,
}
