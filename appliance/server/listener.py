"""Accepts Kafka connections and keeps them within their bounds."""

import socket
from typing import Any

import trio

from appliance import limits
from appliance.errors import RemoteProtocolError
from appliance.server.accepting import accept_all
from appliance.server.buffers import ReceivePool
from appliance.server.connection import ENDS_THE_NODE, Connection, OutputBudget
from appliance.server.context import Context
from appliance.server.dispatch import Dispatcher
from appliance.server.sockets import ByteStream, Pollers, SocketStream

_IDLE_CHECK_S_MAX = 30
_STALL_CHECK_S = 1
_CONNECTION_LINES_MAX = 100


class Listener:
    """One listening socket and the connections accepted from it."""

    def __init__(
        self,
        sock: socket.socket | None,
        context: Context,
        *,
        connections_max: int = limits.CONNECTIONS_MAX,
    ) -> None:
        """Make one that accepts nothing yet.

        Args:
            sock: bound, listening, non-blocking, and owned by the listener from now on; or None:
                streams come through `take` alone.
            context: of the node.
            connections_max: what open files allow; `max.connections` may allow fewer.
        """
        self._files_allow = connections_max
        self._socket = None if sock is None else trio.socket.from_stdlib_socket(sock)
        self._context = context
        self._pool = ReceivePool(context.settings.queued_max_request_bytes)
        self._dispatch = Dispatcher(context)
        submitting = context.submitting
        self._pollers = Pollers(begin_look=submitting.begin_look, end_look=submitting.end_look)
        self._budget = OutputBudget()
        self.connections: dict[Connection, None] = {}
        self._held = 0
        self._accept_scope = trio.CancelScope()
        self._sessions: trio.Nursery | None = None

    def release_views(self) -> None:
        """Cache memory is about to be written again: connections copy what they still hold."""
        for connection in self.connections:
            if connection.busy:
                connection.release_views()

    def stop_accepting(self) -> None:
        """Close the listening socket; connections go on."""
        self._accept_scope.cancel()
        if self._socket is not None:
            self._socket.close()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Accept and serve until cancelled."""
        async with trio.open_nursery() as nursery:
            self._sessions = nursery
            await nursery.start(self._pollers.run)
            nursery.start_soon(self._close_idle)
            nursery.start_soon(self._close_stalled)
            task_status.started()
            try:
                if self._socket is not None:
                    with self._accept_scope:
                        await self._accept(self._socket)
                await trio.sleep_forever()
            finally:
                self._sessions = None

    def take(self, stream: ByteStream) -> None:
        """Serve a connected stream, or close it: there are too many, or `run` has ended."""
        if (
            self._sessions is None
            or self._accept_scope.cancel_called
            or len(self.connections) + self._held >= self._connections_max()
        ):
            stream.close()
            self._on_refused(stream)
            return
        if self._context.image.client_quotas:
            address = stream.peer.rpartition(":")[0]
            wait_s = self._context.throttle.on_connection(address)
            if wait_s > 0:
                self._context.telemetry.connections_refused += 1
                self._hold(stream, self._sessions, wait_s)
                return
        self._sessions.start_soon(self._serve, stream)

    def _hold(self, stream: ByteStream, sessions: trio.Nursery, wait_s: float) -> None:
        """Close a connection later, or at once where many wait for that."""
        if self._held >= limits.CONNECTIONS_HELD_MAX:
            stream.close()
            return
        self._held += 1
        sessions.start_soon(self._close_later, stream, wait_s)

    async def _close_later(self, stream: ByteStream, wait_s: float) -> None:
        try:
            await trio.sleep(wait_s)
        finally:
            self._held -= 1
            stream.close()

    def _connections_max(self) -> int:
        context = self._context
        allowed = context.number("max.connections", context.settings.max_connections)
        return min(allowed, self._files_allow)

    def _on_refused(self, stream: ByteStream) -> None:
        telemetry = self._context.telemetry
        telemetry.connections_refused += 1
        if self._sessions is None or self._accept_scope.cancel_called:
            return  # The node stops.
        telemetry.log_repeated(
            trio.current_time(),
            "warning",
            "refused a connection: there are as many as may be",
            lines_max=1,
            peer=stream.peer,
            connections=len(self.connections),
            bound_by="open files" if self._files_allow <= len(self.connections)
            else "max.connections",
        )  # fmt: skip

    async def _accept(self, listening: trio.socket.SocketType) -> None:
        await accept_all(listening, self._take_socket, self._on_accept_failure)

    def _take_socket(self, accepted: trio.socket.SocketType, address: Any) -> None:
        stdlib_socket = socket.socket(
            accepted.family, accepted.type, accepted.proto, fileno=accepted.detach()
        )
        try:
            stream = SocketStream(stdlib_socket, f"{address[0]}:{address[1]}", self._pollers)
        except OSError:
            stdlib_socket.close()  # Its client has left.
            return
        self.take(stream)

    def _on_accept_failure(self, error: OSError) -> None:
        self._context.telemetry.log_repeated(
            trio.current_time(),
            "error",
            "cannot accept a Kafka connection",
            lines_max=1,
            error=error.strerror,
        )

    async def _serve(self, stream: ByteStream) -> None:
        context = self._context
        connection = Connection(
            stream,
            context,
            self._budget,
            dispatch=self._dispatch,
            pool=self._pool,
            request_bytes_max=context.settings.socket_request_max_bytes,
        )
        self.connections[connection] = None
        telemetry = context.telemetry
        telemetry.connections_opened += 1
        if telemetry.is_debug:
            telemetry.log_repeated(
                trio.current_time(),
                "debug",
                "a client has connected",
                lines_max=_CONNECTION_LINES_MAX,
                peer=connection.peer,
                connections=len(self.connections),
            )
        try:
            await connection.run()
        except* RemoteProtocolError as group:
            telemetry.protocol_errors += 1
            telemetry.log_repeated(
                trio.current_time(),
                "info",
                "closed a connection that broke the protocol",
                peer=connection.peer,
                client=connection.client_id,
                reason=str(group.exceptions[0])[:200],
            )
        except* ENDS_THE_NODE:
            raise
        except* Exception as group:
            # A defect that one client's request met must not end the service of the others.
            connection.fail(group)
        finally:
            connection.close()
            self.connections.pop(connection, None)
            if telemetry.is_debug:
                telemetry.log_repeated(
                    trio.current_time(),
                    "debug",
                    "a client's connection is closed",
                    lines_max=_CONNECTION_LINES_MAX,
                    peer=connection.peer,
                    client=connection.client_id,
                    connections=len(self.connections),
                )

    async def _close_idle(self) -> None:
        """Close connections that neither sent nor received for `connections.max.idle.ms`."""
        idle_s = self._context.settings.connections_max_idle_ms / 1000
        while True:
            await trio.sleep(min(max(idle_s / 4, 0.05), _IDLE_CHECK_S_MAX))
            before = trio.current_time() - idle_s
            for connection in list(self.connections):
                stuck = connection.blocked_since is not None
                if connection.last_active < before and (stuck or not connection.busy):
                    self._on_idle(connection, is_stuck=stuck)
                    connection.close()

    def _on_idle(self, connection: Connection, *, is_stuck: bool) -> None:
        # An idle client is nobody's fault; one that takes no answers is somebody's.
        self._context.telemetry.log_repeated(
            trio.current_time(),
            "info" if is_stuck else "debug",
            "closed a connection that took no answers for connections.max.idle.ms"
            if is_stuck
            else "closed an idle connection",
            peer=connection.peer,
            client=connection.client_id,
            queued_bytes=connection.queued_bytes,
        )

    async def _close_stalled(self) -> None:
        """Close clients that take nothing, longest first, while too many answers are queued."""
        while True:
            await trio.sleep(_STALL_CHECK_S)
            if not self._budget.is_scarce:
                continue
            before = trio.current_time() - limits.SEND_STALL_S_MIN
            stalled = [
                (connection.blocked_since, number, connection)
                for number, connection in enumerate(self.connections)
                if connection.blocked_since is not None and connection.blocked_since < before
            ]
            for _, _, connection in sorted(stalled):
                if not self._budget.is_scarce:
                    break
                connection.evict()
