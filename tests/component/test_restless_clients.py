"""Many clients that do all that sockets allow, at once: what they sent is done, and nothing stays.

A seed says what each of them asks for, in which pieces it sends, when it reads, and how it leaves:
as a client should, half-closed, in the middle of a request, by a reset.
"""

from __future__ import annotations

import random
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance import limits
from appliance.protocol import batch, codec, messages
from tests.component.test_every_api import Client
from tests.harness import NodeProcess

M: Any = messages
TOPIC = "restless"
CLIENTS = 60
QUEUED_BYTES = 8 << 20
HOLDERS = QUEUED_BYTES * 3 // 4 // limits.RECEIVE_BUFFER_BYTES
WAIT_S_MAX = 30
"""Of a test that fails; those that pass need a few seconds."""

PRODUCE, FETCH, LIST_OFFSETS, METADATA, COMMIT, FIND, JOIN, HEARTBEAT, API_VERSIONS = (
    0, 1, 2, 3, 8, 10, 11, 12, 18,
)  # fmt: skip
VERSIONS = {
    PRODUCE: 9, FETCH: 12, LIST_OFFSETS: 7, METADATA: 9, COMMIT: 8, FIND: 3, JOIN: 3, HEARTBEAT: 4,
    API_VERSIONS: 3,
}  # fmt: skip
STORED = CLIENTS
"""The partition with a few MiB that the cache does not hold for long."""
QUIET = CLIENTS + 1
"""The partition to which nobody writes."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    env = {
        "PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "50",
        "PENSTOCK_QUEUED_MAX_REQUEST_BYTES": str(QUEUED_BYTES),
        "PENSTOCK_SOCKET_REQUEST_MAX_BYTES": "4MiB",
        "PENSTOCK_TAIL_CACHE_BYTES": "8MiB",
    }
    with NodeProcess(folder, env=env) as running:
        yield running


def produce(topic: str, index: int, values: list[bytes], *, acks: int) -> Any:
    records = bytes(batch.build([(None, value) for value in values], timestamp=1_700_000_000_000))
    line = M.ProduceRequest.PartitionProduceData(index=index, records=records)
    data = M.ProduceRequest.TopicProduceData(name=topic, partition_data=[line])
    return M.ProduceRequest(acks=acks, timeout_ms=10_000, topic_data=[data])


def fetch(topic: str, index: int, *, offset: int = 0, wait_ms: int = 0) -> Any:
    part = M.FetchRequest.FetchPartition(
        partition=index, fetch_offset=offset, partition_max_bytes=1 << 20
    )
    asked = M.FetchRequest.FetchTopic(topic=topic, partitions=[part])
    return M.FetchRequest(
        max_wait_ms=wait_ms, min_bytes=1, max_bytes=1 << 20, session_epoch=-1, topics=[asked]
    )


def other_request(rng: random.Random, topic: str, name: str, number: int) -> tuple[int, Any]:
    """Return a request that changes no log of records."""
    match rng.randrange(9):
        case 0:
            return API_VERSIONS, M.ApiVersionsRequest(
                client_software_name="restless", client_software_version="1"
            )
        case 1:
            asked = M.MetadataRequest.MetadataRequestTopic(name=topic)
            return METADATA, M.MetadataRequest(topics=[asked])
        case 2:
            part = M.ListOffsetsRequest.ListOffsetsPartition(partition_index=0, timestamp=-1)
            asked = M.ListOffsetsRequest.ListOffsetsTopic(name=topic, partitions=[part])
            return LIST_OFFSETS, M.ListOffsetsRequest(topics=[asked])
        case 3:
            return FIND, M.FindCoordinatorRequest(key="g", key_type=0)
        case 4:
            part = M.OffsetCommitRequest.OffsetCommitRequestPartition(
                partition_index=0, committed_offset=number
            )
            asked = M.OffsetCommitRequest.OffsetCommitRequestTopic(name=topic, partitions=[part])
            return COMMIT, M.OffsetCommitRequest(
                group_id=name, generation_id_or_member_epoch=-1, topics=[asked]
            )
        case 5:
            protocol = M.JoinGroupRequest.JoinGroupRequestProtocol(name="range", metadata=b"")
            return JOIN, M.JoinGroupRequest(
                group_id=f"{topic}-{name}-{number}",
                session_timeout_ms=6000,
                rebalance_timeout_ms=6000,
                member_id="",
                protocol_type="consumer",
                protocols=[protocol],
            )
        case 6:
            return FETCH, fetch(topic, QUIET, wait_ms=rng.randrange(150))
        case 7:
            return FETCH, fetch(topic, STORED)
        case _:
            return HEARTBEAT, M.HeartbeatRequest(group_id="g", generation_id=1, member_id="nobody")


class Restless:
    """One client, which writes to a partition of its own.

    Attributes:
        wanted: values that the log must hold afterwards, in this order.
        allowed: those that it may hold, too: they were on their way when the client broke off.
    """

    def __init__(self, node: NodeProcess, topic: str, index: int, *, seed: int) -> None:
        host, port = node.kafka.rsplit(":", 1)
        self._address = host, int(port)
        self._topic = topic
        self._index = index
        self._rng = random.Random(f"{seed} {index}")
        self.name = f"{topic}-{index}"
        self.is_limited = False  # by a quota: it must not have too much to wait for
        self.wanted: list[bytes] = []
        self.allowed: set[bytes] = set()
        self._unsure = False
        self._count = 0
        self._owed: deque[tuple[int, int]] = deque()
        self._received = bytearray()

    async def run(self) -> None:
        rng = self._rng
        self._socket = sock = trio.socket.socket()
        leave = rng.choice(
            [self._end, self._end_half, self._leave, self._leave, self._tear, self._break,
             self._be_refused, self._reset, self._close_unread]
        )  # fmt: skip
        # Whoever ended his side has seconds to take what he is owed.
        if rng.random() < 0.3 and leave != self._end_half:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await sock.connect(self._address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        is_rude = leave in (self._reset, self._close_unread)
        bursts = 1 if self.is_limited else rng.randint(0, 4)
        for number in range(bursts):
            self._unsure = is_rude and number == bursts - 1
            data = self._requests(rng.choice([2] if self.is_limited else [1, 1, 3, 10, 40]))
            if self._unsure:
                await self._send(data)
            else:
                await self._exchange(data)
        await leave()
        sock.close()

    # ---- asking

    def _framed(self, key: int, message: Any) -> bytes:
        self._count += 1
        parts = codec.encode_request_frame(key, VERSIONS[key], self._count, self.name, message)
        return b"".join(parts)

    def _asked(self, key: int, message: Any) -> bytes:
        data = self._framed(key, message)
        self._owed.append((self._count, key))
        return data

    def _value(self) -> bytes:
        size = self._rng.choice([0, 0, 100, 1000, 1000, 30_000])
        value = b"%d:%d:" % (self._index, self._count) + bytes(size)
        if self._unsure:
            self.allowed.add(value)
        else:
            self.wanted.append(value)
        return value

    def _silent(self) -> bytes:
        """Return a produce request that gets no answer."""
        return self._framed(PRODUCE, produce(self._topic, self._index, [self._value()], acks=0))

    def _requests(self, count: int) -> bytes:
        rng = self._rng
        parts: list[bytes] = []
        is_beating = rng.random() < 0.2
        if is_beating and not self.is_limited and rng.random() < 0.5:
            count = limits.CONNECTION_REQUESTS_MAX + 200
        for _ in range(count):
            kind = rng.random()
            if is_beating:
                beat = M.HeartbeatRequest(group_id="g", generation_id=1, member_id="nobody")
                parts.append(self._asked(HEARTBEAT, beat))
            elif kind < 0.3:
                parts.append(self._silent())
            elif kind < 0.5:
                acks = rng.choice([1, -1])
                message = produce(self._topic, self._index, [self._value()], acks=acks)
                parts.append(self._asked(PRODUCE, message))
            else:
                parts.append(self._asked(*other_request(rng, self._topic, self.name, self._count)))
        return b"".join(parts)

    async def _exchange(self, data: bytes) -> None:
        """Send and receive side by side; whoever only sends may wait for himself."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._send, data)
            await trio.sleep(self._rng.choice([0, 0, 0.05, 0.3]))
            await self._receive()

    async def _send(self, data: bytes) -> None:
        rng = self._rng
        pieces: list[bytes] = [data]
        match rng.randrange(3):
            case 0 if len(data) < 1000:
                pieces = [data[i : i + 1] for i in range(len(data))]
            case 1:
                cuts = sorted(rng.randrange(len(data)) for _ in range(3))
                pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
            case _:
                pass
        try:
            for piece in pieces:
                view = memoryview(piece)
                while view:
                    view = view[await self._socket.send(view) :]
                if len(pieces) < 10:
                    await trio.sleep(rng.choice([0, 0.001, 0.05]))
        except OSError:
            assert self._unsure  # Nobody else is reset.

    # ---- being answered

    async def _receive(self) -> None:
        """Receive all answers that are owed, each once and in their order."""
        while self._owed:
            data = await self._socket.recv(1 << 16)
            assert data, f"{self.name} is owed {len(self._owed)} answers"
            self._take(data)
        assert not self._received

    def _take(self, data: bytes) -> None:
        received = self._received
        received += data
        while len(received) >= 4:
            (size,) = struct.unpack_from(">i", received)
            if len(received) < 4 + size:
                return
            correlation_id, key = self._owed.popleft()
            assert struct.unpack_from(">i", received, 4) == (correlation_id,)
            if key in (PRODUCE, COMMIT):
                self._check(key, memoryview(bytes(received[4 : 4 + size])))
            del received[: 4 + size]

    def _check(self, key: int, answer: memoryview) -> None:
        version = VERSIONS[key]
        head = 4 + codec.response_header_version(key, version)
        decoded = codec.decode_response(key, version, answer, head)
        if key == PRODUCE:
            assert decoded.responses[0].partition_responses[0].error_code == 0
        else:
            assert decoded.topics[0].partitions[0].error_code == 0

    async def _wait_end(self) -> None:
        """The node closes its side, and has nothing more to say."""
        with trio.fail_after(WAIT_S_MAX):
            try:
                while data := await self._socket.recv(1 << 16):
                    self._take(data)
            except ConnectionError:
                assert self._unsure
        assert self._unsure or (not self._owed and not self._received)

    # ---- leaving

    async def _end(self) -> None:
        await self._exchange(self._requests(2))

    async def _end_half(self) -> None:
        await self._send(self._requests(self._rng.choice([1, 2 if self.is_limited else 20])))
        self._socket.shutdown(socket.SHUT_WR)
        await self._wait_end()

    async def _leave(self) -> None:
        count = self._rng.choice([1, 3] if self.is_limited else [1, 5, 300])
        await self._send(b"".join(self._silent() for _ in range(count)))

    async def _tear(self) -> None:
        whole = self._silent()
        torn = self._asked(PRODUCE, produce(self._topic, self._index, [bytes(9000)], acks=-1))
        await self._send(whole + torn[: self._rng.randrange(1, len(torn))])

    async def _break(self) -> None:
        data = self._silent() + struct.pack(">i", -1)
        self._unsure = True
        await self._send(data)
        await self._wait_end()

    async def _be_refused(self) -> None:
        """What follows a refused request without an answer is not served, as in Kafka."""
        bad = self._framed(PRODUCE, produce(self._topic, -1, [b"nowhere"], acks=0))
        behind = self._framed(PRODUCE, produce(self._topic, self._index, [b"behind"], acks=0))
        data = self._silent() + bad + behind
        self._unsure = True
        await self._send(data)
        await self._wait_end()

    async def _reset(self) -> None:
        await trio.sleep(self._rng.choice([0, 0.01, 0.1]))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def _close_unread(self) -> None:
        await trio.sleep(self._rng.choice([0, 0.01, 0.1]))


def log_of(client: Client, topic: str, index: int) -> list[bytes]:
    """Return the values of a partition."""
    values: list[bytes] = []
    while True:
        answer = client.call(FETCH, VERSIONS[FETCH], fetch(topic, index, offset=len(values)))
        (line,) = answer.responses[0].partitions
        assert line.error_code == 0
        found = [
            bytes(record.value or b"")
            for view in batch.iterate_batches(memoryview(bytes(line.records)))
            for record in batch.iterate_records(view)
            if record.offset >= len(values)
        ]
        if not found:
            return values
        values += found


def wait_until(is_so: Callable[[], bool]) -> bool:
    """Whether something comes true."""
    deadline = time.monotonic() + WAIT_S_MAX
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def open_files(node: NodeProcess) -> int:
    assert node.process is not None
    return len(list(Path(f"/proc/{node.process.pid}/fd").iterdir()))


def unread_bytes(ports: set[int], node_port: int) -> int:
    """Return what the node has not taken yet of what came from some ports."""
    total = 0
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, _, queues, *_ = line.split()
        if int(local.split(":")[1], 16) == node_port and int(remote.split(":")[1], 16) in ports:
            total += int(queues.split(":")[1], 16)
    return total


def is_all_memory_free(node: NodeProcess) -> bool:
    """Whether so many requests may be on their way at once as `queued.max.request.bytes` allows."""
    clients = [Client(node.kafka) for _ in range(HOLDERS)]
    for client in clients:
        client.socket.sendall(struct.pack(">i", 500_000) + bytes(20_000))
    ports = {client.socket.getsockname()[1] for client in clients}
    node_port = int(node.kafka.rsplit(":", 1)[1])
    deadline = time.monotonic() + limits.RECEIVE_STALL_S_MIN / 2
    while (is_left := unread_bytes(ports, node_port) > 0) and time.monotonic() < deadline:
        time.sleep(0.02)
    for client in clients:
        client.socket.close()
    return not is_left


def create(client: Client, topic: str) -> None:
    asked = M.CreateTopicsRequest.CreatableTopic(
        name=topic, num_partitions=CLIENTS + 2, replication_factor=1
    )
    client.call(19, 7, M.CreateTopicsRequest(topics=[asked], timeout_ms=5000))
    for _ in range(3):
        message = produce(topic, STORED, [bytes(700_000)], acks=-1)
        answer = client.call(PRODUCE, VERSIONS[PRODUCE], message)
        assert answer.responses[0].partition_responses[0].error_code == 0


def limit(client: Client, some: list[Restless]) -> None:
    """Let clients ask for little: after each answer they are not read for a second."""
    cls = M.AlterClientQuotasRequest
    entries = [
        cls.EntryData(
            entity=[cls.EntityData(entity_type="client-id", entity_name=one.name)],
            ops=[cls.OpData(key="request_percentage", value=0.0001, remove=False)],
        )
        for one in some
    ]
    for one in some:
        one.is_limited = True
    client.call(49, 1, cls(entries=entries, validate_only=False))


@pytest.mark.parametrize(("seed", "is_limited"), [(1, False), (2, True)])
def test_what_restless_clients_sent_is_done_and_nothing_of_them_stays(
    node: NodeProcess, seed: int, is_limited: bool
) -> None:
    """Whole requests before an orderly end are executed once, answers come once and in order."""
    topic = f"{TOPIC}-{seed}"
    client = Client(node.kafka)
    create(client, topic)
    restless = [Restless(node, topic, index, seed=seed) for index in range(CLIENTS)]
    if is_limited:
        limit(client, restless[::2])
    files = open_files(node)

    async def main() -> None:
        with trio.fail_after(WAIT_S_MAX):
            async with trio.open_nursery() as nursery:
                for one in restless:
                    nursery.start_soon(one.run)

    trio.run(main)
    assert wait_until(lambda: node.metric("penstock_connections ") == 1)
    for one in restless:
        found = log_of(client, topic, restless.index(one))
        assert [value for value in found if value not in one.allowed] == one.wanted, one.name
        assert len(set(found)) == len(found)
    assert is_all_memory_free(node)
    assert wait_until(lambda: node.metric("penstock_connections ") == 1)
    assert wait_until(lambda: open_files(node) == files)
    assert node.metric("penstock_handler_errors_total") == 0
    client.socket.close()
