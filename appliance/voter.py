"""A node that votes and holds the metadata, but serves no data: `process.roles=controller`.

```
run
├── admin.serve         /health /ready /metrics
├── raft.Node.run       one of the voters
└── found the cluster   the leader's first command, once in the life of a cluster
```
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import trio

import raft
from appliance import admin, limits
from appliance.admin.control import Control
from appliance.admin.http import Answer
from appliance.metadata import commands
from appliance.node import MetadataMachine
from appliance.telemetry import Telemetry
from raft.rpc import Handler
from raft.rpc_stream import Stream

__all__ = ["Rpc", "Voter"]

_CONTROL = "control"


class Rpc(Protocol):
    """Calls between nodes."""

    def handle(self, method: str, handler: Handler) -> None:
        """Answers a method from now on."""
        ...

    async def call(self, peer: int, method: str, request: bytes) -> bytes:
        """Returns another node's answer.

        Raises:
            raft.PeerUnreachableError, raft.PeerLostError, raft.CallFailedError
        """
        ...


def _removal_text(told: Mapping[int, int]) -> str:
    who = ", ".join(f"node {node} (as of log index {index})" for node, index in told.items())
    return (
        f"this node was removed from its cluster for ever, says {who}: stop it if `penstock cluster"
        " status` on the others agrees, and do not let it recover alone"
    )


def _awaited_text(status: raft.Status) -> str:
    awaited = ", ".join(map(str, status.voters_awaited))
    text = (
        f"the new cluster waits for node {awaited}: it begins when all of controller.quorum.voters"
        " have met, started with the same list"
    )
    wiped = set(status.voters_awaited).intersection(status.peers_without_disk)
    if not wiped:
        # A node whose data folder is lost cannot tell a cluster that refuses it from a new one.
        return (
            f"{text}; if the cluster is not new, this node's data folder is, and the others refuse"
            " it: `penstock cluster status` there says so"
        )
    shown = ", ".join(map(str, sorted(wiped)))
    return (
        f"{text}; node {shown} came with another data folder than before: give it that one, or, if"
        " no node was ever ready, start all of them with empty ones"
    )


class Voter:
    """A running voter; `run` returns when it is asked to stop.

    Args:
        cluster_id: of the cluster, as the voters' settings say.
        raft_node: builds the Raft node over durable files and links.
        admin_socket: bound and listening, or None.
        now_ms: wall clock.
        telemetry: of this process.
        check_address: whether the links may use the address of a member; ValueError says why not.
        rpc: calls between nodes, or None: there is no other.
    """

    # What a node with data shows besides; the metrics ask.
    context = uploader = listener = None

    def __init__(
        self,
        *,
        cluster_id: str,
        raft_node: Callable[[MetadataMachine], Any],
        admin_socket: socket.socket | None,
        now_ms: Callable[[], int],
        telemetry: Telemetry,
        check_address: Callable[[str], None],
        rpc: Rpc | None,
    ) -> None:
        self._cluster_id = cluster_id
        self._admin_socket = admin_socket
        self._now_ms = now_ms
        self._telemetry = telemetry
        self._machine = MetadataMachine()
        self._raft: raft.Node = raft_node(self._machine)
        self._control = Control(
            raft_node=self._raft,
            image=lambda: self._machine.image,
            check_address=check_address,
            forward=self._forward,
        )
        self._rpc = rpc
        if rpc is not None:
            rpc.handle(_CONTROL, self._on_control)
        self._stopping = trio.Event()

    def stop(self) -> None:
        """Ask the node to stop."""
        self._stopping.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Start everything; `started` when this voter takes part, whoever leads.

        Raises:
            raft.RaftError: the process must end.
        """
        async with trio.open_nursery() as nursery:
            admin_socket = self._admin_socket
            if admin_socket is not None:
                await nursery.start(
                    lambda task_status=trio.TASK_STATUS_IGNORED: admin.serve(
                        admin_socket,
                        ready=self.ready,
                        collect=lambda: self._telemetry.collect(self),
                        control=self._control,
                        log_repeated=self._telemetry.log_repeated,
                        task_status=task_status,
                    )
                )
            await nursery.start(self._raft.run)
            nursery.start_soon(self._found_cluster)
            nursery.start_soon(self._warn_of_removal)
            nursery.start_soon(self._warn_of_absence)
            task_status.started()
            await self._stopping.wait()
            with trio.move_on_after(limits.DRAIN_S):
                await self._hand_over()
            nursery.cancel_scope.cancel()

    # Questions of operators, taken to the leader: `<name>\n<body>`, answered `<status>\n<body>`.

    async def _forward(self, leader: int, name: str, body: bytes) -> Answer:
        if self._rpc is None:
            raise raft.PeerUnreachableError("this node has no links to others")
        answer = await self._rpc.call(leader, _CONTROL, name.encode() + b"\n" + body)
        status, _, found = answer.partition(b"\n")
        if not (status.isdigit() and len(status) == 3):
            raise raft.PeerLostError("the answer is none")
        return Answer(int(status), found)

    async def _on_control(self, stream: Stream) -> None:
        name, _, body = (await stream.receive_all()).partition(b"\n")
        text = name.decode("ascii", "replace")
        answer = await self._control.answer(text, body, may_forward=False)
        await stream.send(b"%d\n" % answer.status + answer.body)

    def ready(self) -> tuple[bool, str]:
        """Whether the metadata takes commands somewhere, and why not."""
        if self._stopping.is_set():
            return False, "stopping"
        status = self._raft.status()
        if status.node_id in status.removed:
            return False, "this node was removed from its cluster for ever: stop it"
        if status.told_removed:
            return False, _removal_text(status.told_removed)
        if not self._is_member(status):
            return False, "no member yet: `penstock cluster add` on one of the voters lets it vote"
        if status.voters_awaited:
            return False, _awaited_text(status)
        if self._raft.leader is None:
            return False, "no leader: a majority of the voters must be up and reach each other"
        return True, "ok"

    @staticmethod
    def _is_member(status: raft.Status) -> bool:
        return status.node_id in status.voters or status.node_id in status.observers

    def raft_status(self) -> raft.Status:
        """Return the numbers of the Raft node."""
        return self._raft.status()

    async def _found_cluster(self) -> None:
        """Whoever leads first writes the first command; whoever leads later finds it there."""
        async for _ in self._raft.watch_leader():
            try:
                await self._raft.read_barrier()
                if self._machine.image.cluster_id is None:
                    command = commands.InitCluster(
                        cluster_id=self._cluster_id, now_ms=self._now_ms()
                    )
                    await self._raft.propose(commands.encode(command))
            except (raft.NotLeaderError, raft.OutcomeUnknownError, raft.CommandRejected):
                continue  # Another one leads, or did it.

    async def _warn_of_removal(self) -> None:
        """Say once that others have removed this node: what they say again is no news."""
        told: Mapping[int, int] = {}
        while not told:
            await self._raft.wait_told_removed()
            told = self._raft.status().told_removed
        self._telemetry.log.error(_removal_text(told))

    async def _warn_of_absence(self) -> None:
        """Say once what a new cluster waits for."""
        await trio.sleep(limits.VOTERS_AWAITED_S)
        status = self._raft.status()
        if status.voters_awaited:
            self._telemetry.log.warning(_awaited_text(status))

    async def _hand_over(self) -> None:
        """Spare the others an election timeout."""
        status = self._raft.status()
        for voter in status.voters:
            if voter == status.node_id or self._raft.leader != status.node_id:
                continue
            try:
                await self._raft.transfer_leadership(voter)
            except (raft.NotLeaderError, raft.TransferFailedError, raft.OutcomeUnknownError):
                continue
