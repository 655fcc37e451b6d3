"""Accepts Kafka connections and keeps them within their bounds."""

import errno
import socket

import trio

from appliance import limits
from appliance.errors import RemoteProtocolError
from appliance.server.buffers import ReceivePool
from appliance.server.connection import ENDS_THE_NODE, Connection, OutputBudget
from appliance.server.context import Context
from appliance.server.dispatch import Dispatcher
from appliance.server.sockets import ByteStream, Pollers, SocketStream

_OUT_OF_RESOURCES = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
_IDLE_CHECK_S_MAX = 30
_STALL_CHECK_S = 1


class Listener:
    """One listening socket and the connections accepted from it."""

    def __init__(self, sock: socket.socket | None, context: Context) -> None:
        """Make one that accepts nothing yet.

        Args:
            sock: bound, listening, non-blocking, and owned by the listener from now on; or None:
                streams come through `take` alone.
            context: of the node.
        """
        self._socket = None if sock is None else trio.socket.from_stdlib_socket(sock)
        self._context = context
        self._pool = ReceivePool(context.settings.queued_max_request_bytes)
        self._dispatch = Dispatcher(context)
        submitting = context.submitting
        self._pollers = Pollers(begin_look=submitting.begin_look, end_look=submitting.end_look)
        self._budget = OutputBudget()
        self.connections: dict[Connection, None] = {}
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
            or len(self.connections) >= self._connections_max()
        ):
            stream.close()
            self._context.telemetry.connections_refused += 1
            return
        self._sessions.start_soon(self._serve, stream)

    def _connections_max(self) -> int:
        context = self._context
        return context.number("max.connections", context.settings.max_connections)

    async def _accept(self, listening: trio.socket.SocketType) -> None:
        while True:
            try:
                accepted, address = await listening.accept()
            except OSError as error:
                if error.errno in _OUT_OF_RESOURCES:
                    # Closing the listener would end the service; waiting lets connections go.
                    self._context.telemetry.log.error(
                        "cannot accept a connection: raise the limit of open files",
                        error=error.strerror,
                    )
                    await trio.sleep(0.1)
                    continue
                if error.errno == errno.EBADF:
                    return
                continue
            stdlib_socket = socket.socket(
                accepted.family, accepted.type, accepted.proto, fileno=accepted.detach()
            )
            peer = f"{address[0]}:{address[1]}"
            self.take(SocketStream(stdlib_socket, peer, self._pollers))

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
        context.telemetry.connections_opened += 1
        try:
            await connection.run()
        except* RemoteProtocolError as group:
            context.telemetry.protocol_errors += 1
            context.telemetry.log.info(
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

    async def _close_idle(self) -> None:
        """Close connections that neither sent nor received for `connections.max.idle.ms`."""
        idle_s = self._context.settings.connections_max_idle_ms / 1000
        while True:
            await trio.sleep(min(max(idle_s / 4, 0.05), _IDLE_CHECK_S_MAX))
            before = trio.current_time() - idle_s
            for connection in list(self.connections):
                stuck = connection.blocked_since is not None
                if connection.last_active < before and (stuck or not connection.busy):
                    connection.close()

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
