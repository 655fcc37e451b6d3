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
from collections.abc import Callable
from typing import Any

import trio

import raft
from appliance import admin
from appliance.metadata import commands
from appliance.node import MetadataMachine
from appliance.telemetry import Telemetry

__all__ = ["Voter"]


class Voter:
    """A running voter; `run` returns when it is asked to stop.

    Args:
        cluster_id: of the cluster, as the voters' settings say.
        raft_node: builds the Raft node over durable files and links.
        admin_socket: bound and listening, or None.
        now_ms: wall clock.
        telemetry: of this process.
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
    ) -> None:
        self._cluster_id = cluster_id
        self._admin_socket = admin_socket
        self._now_ms = now_ms
        self._telemetry = telemetry
        self._machine = MetadataMachine()
        self._raft: raft.Node = raft_node(self._machine)
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
                        task_status=task_status,
                    )
                )
            await nursery.start(self._raft.run)
            nursery.start_soon(self._found_cluster)
            task_status.started()
            await self._stopping.wait()
            await self._hand_over()
            nursery.cancel_scope.cancel()

    def ready(self) -> tuple[bool, str]:
        """Whether the metadata takes commands somewhere, and why not."""
        if self._stopping.is_set():
            return False, "stopping"
        if self._raft.leader is None:
            return False, "no leader: a majority of the voters must be up and reach each other"
        return True, "ok"

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

    async def _hand_over(self) -> None:
        """Spare the others an election timeout."""
        status = self._raft.status()
        for voter in status.voters:
            if voter == status.node_id or self._raft.leader != status.node_id:
                continue
            try:
                await self._raft.transfer_leadership(voter)
            except (raft.NotLeaderError, raft.TransferFailedError):
                continue
