"""The process: builds the real ports, runs the node, turns signals into a clean stop.

The only module that touches the system's clock, entropy, signals and listening sockets.
"""

import ctypes
import errno
import gc
import hashlib
import os
import random
import resource
import signal
import socket
import sys
import time
import traceback
from _thread import start_new_thread
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import trio

import raft
from appliance import __version__, limits
from appliance.data_folder import RAFT, DataFolder
from appliance.errors import FailedError, OperatorError
from appliance.node import MetadataMachine, Node, Ports
from appliance.objects.errors import StoreError
from appliance.objects.store import ObjectStore, RetryingStore
from appliance.partition.producers import CheckpointError
from appliance.server.opener import Aside
from appliance.settings import WILDCARDS, Settings, is_private, split_address
from appliance.standard_files import STANDARD_ERROR, LineWriter, say
from appliance.telemetry import Telemetry, configure_logging, take_library_logs
from raft.certificates import make_contexts
from raft.files import Directory
from raft.tcp import TcpLinks
from wal.direct import create_volume_file, open_device
from wal.errors import CorruptFrameError, DeviceError, FencedError, VolumeError

if TYPE_CHECKING:
    from appliance.voter import Voter

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_MALLOC_MMAP_BYTES = 32 << 20  # the largest that glibc takes
_MALLOC_KEPT_BYTES = 128 << 20
_STOP_S_MAX = 9
"""A stop that takes longer ends as it is: the drain takes 5 s at most, an operator waits 10."""

_LAST_LINES_S = 0.3
"""Time that the log gets at the end, when standard error may be a pipe that nobody reads."""

_OPEN_FILES_WANTED = 1 << 20
_EXIT_DEFECT = 1


def start_node(settings: Settings, sources: Mapping[str, str]) -> int:
    """Run one node until a signal; returns the exit code.

    Args:
        settings: checked.
        sources: where those came from that are no defaults, as by `settings.load`.

    Raises:
        OperatorError: data folder, volume, object store or ports cannot be used.
        FailedError: the node served and had to end.
    """
    telemetry = Telemetry(is_debug=settings.log_level == "debug")
    lines = LineWriter(
        STANDARD_ERROR, on_lost=lambda n: telemetry.log.warning("lines of this log are lost", n=n)
    )
    telemetry.lines = lines
    configure_logging(settings.log_level, lines.write, is_terminal=os.isatty(STANDARD_ERROR))
    take_library_logs()
    try:
        return _run(_Process(settings, sources, telemetry, lines))
    except (OperatorError, FailedError):
        raise
    except Exception:
        # Python would write it itself, and wait for ever for one who does not read.
        lines.close(_LAST_LINES_S)
        say(traceback.format_exc(), sys.stderr)
        return _EXIT_DEFECT
    finally:
        lines.close(_LAST_LINES_S)


def _run(process: "_Process") -> int:
    """Run a process to its end; see `start_node`."""
    gc.disable()  # Until the node serves: it looked through a growing image again and again.
    _keep_freed_memory()
    process.catch_signals()
    try:
        return trio.run(process.main)
    except* (OperatorError, FailedError) as group:
        raise _first(group) from None
    except* (
        VolumeError,
        CorruptFrameError,
        CheckpointError,
        raft.RaftError,
        DeviceError,
        FencedError,
    ) as group:
        error = _first(group)
        if not process.is_ready:
            raise OperatorError(str(error)) from None
        if isinstance(error, CorruptFrameError):
            raise FailedError(f"stopped: {error}") from None
        raise FailedError(f"stopped, nothing acknowledged is lost: {error}") from None


def _first(group: BaseExceptionGroup[Any]) -> Exception:
    error: Any = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _raise_open_files() -> int:
    """Raise the soft limit of open files to the hard one, as servers do; returns what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(_OPEN_FILES_WANTED, hard) if hard != resource.RLIM_INFINITY else _OPEN_FILES_WANTED
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft if soft != resource.RLIM_INFINITY else limits.CONNECTIONS_MAX


def _connections_max(open_files: int) -> int:
    """Return how many Kafka connections leave open files enough to everything else."""
    return max(open_files - limits.FILES_RESERVED, open_files // limits.FILES_RESERVED_SHARE)


def _keep_freed_memory() -> None:
    """Let the allocator reuse the pages of freed buffers: fresh ones cost ten times a copy.

    Of glibc only; other allocators decide for themselves.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except AttributeError:
        return
    mallopt(_M_MMAP_THRESHOLD, _MALLOC_MMAP_BYTES)
    mallopt(_M_TRIM_THRESHOLD, _MALLOC_KEPT_BYTES)
    mallopt(_M_ARENA_MAX, 1)  # Otherwise each thread keeps as much.


def _listen(address: str, what: str, flag: str) -> socket.socket:
    """Return a bound, listening socket.

    Raises:
        OperatorError: the port is taken or not allowed, or the host has no such address.
    """
    host, port = split_address(address)
    sock = None
    try:
        family, _, _, _, bound = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(bound)
        sock.listen(1024)
        sock.setblocking(False)
    except (OSError, UnicodeError) as error:  # UnicodeError: a label of a name is too long
        if sock is not None:
            sock.close()
        reason = getattr(error, "strerror", None) or str(error)
        if getattr(error, "errno", 0) == errno.EADDRINUSE:
            raise OperatorError(
                f"port {port} on {host} is in use: stop what holds it, or give another {flag}"
                f" ({what}); port 0 picks a free one"
            ) from error
        raise OperatorError(
            f"cannot listen on {address} ({what}): {reason}; give another {flag}"
        ) from error
    return sock


def _with_absolute_paths(settings: Settings) -> Settings:
    """Say where everything lies, whatever folder the process was started in."""
    url = settings.object_store_url
    if url.startswith("file://"):
        url = f"file://{Path(url.removeprefix('file://')).absolute()}"
    return replace(
        settings,
        data=str(Path(settings.data).absolute()),
        volume=str(Path(settings.volume_path).absolute()),
        object_store=url,
    )


def _open_volume(folder: DataFolder, settings: Settings, telemetry: Telemetry) -> Any:
    """Open the volume; a first start makes the file.

    Raises:
        OperatorError: it is missing though the node has had one.
        VolumeError: it cannot be used.
    """
    path = settings.volume_path
    try:
        is_there = Path(path).exists()
    except OSError as error:
        raise OperatorError(
            f"the WAL volume {path} cannot be used: {error.strerror}; correct its permissions or"
            " give another --volume"
        ) from error
    if not is_there:
        if folder.has_metadata:
            raise OperatorError(
                f"the WAL volume {path} is missing, but the data folder {folder.path} has had one:"
                " give its --volume or restore it; it may hold records that are nowhere else"
            )
        create_volume_file(path, settings.volume_size)
    return open_device(path, on_warning=lambda text: telemetry.log.warning(text, path=path))


async def _open_store(settings: Settings, telemetry: Telemetry) -> ObjectStore:
    """Return the object store of the URL, retrying what is temporary for ever.

    Raises:
        OperatorError: it refuses us: rights, bucket, region or certificate.
    """
    url = settings.object_store_url
    inner: ObjectStore
    try:
        if url.startswith("s3://"):
            from appliance.objects import s3  # noqa: PLC0415 - obstore is slow to import

            inner = s3.S3Store(s3.from_environment(url, os.environ))
        else:
            from appliance.objects.local import LocalStore  # noqa: PLC0415

            inner = LocalStore(url.removeprefix("file://"))
        store = RetryingStore(
            inner,
            rng=random.Random(os.urandom(16)),
            log=lambda text: telemetry.log.warning(text),
        )
        telemetry.store = store.counters
        await store.check()
    except StoreError as error:
        raise OperatorError(f"{url}: {error}") from error
    return store


def _raft_builder(
    data: Path, settings: Settings, links: TcpLinks | None
) -> Callable[[MetadataMachine], Any]:
    """Return what builds the Raft node: alone, or with links to the other voters."""
    voters = settings.voters

    def build(machine: MetadataMachine) -> Any:
        return raft.Node(
            settings.broker_id,
            voters=sorted(voters) or [settings.broker_id],
            cluster_id=hashlib.sha256(settings.cluster_id.encode()).digest()[:16],
            files=Directory(str(data / RAFT)),
            state_machine=machine,
            rng=random.Random(os.urandom(16)),
            links=links,
        )

    return build


def _links(settings: Settings) -> TcpLinks:
    """Return the links to the other voters.

    Raises:
        OperatorError: the certificates cannot be used.
    """
    server_tls = client_tls = None
    if settings.node_security_protocol == "SSL":
        folder = settings.node_ssl_path
        try:
            server_tls, client_tls = make_contexts(folder)
        except OSError as error:
            raise OperatorError(
                f"{folder} must hold ca.pem, node.pem and node.key for the links between voters"
                f" ({error}): `penstock certs` makes them, or give --node-security-protocol"
                " PLAINTEXT"
            ) from error
    peers = settings.voters
    own = peers.pop(settings.broker_id, None)
    if settings.node_listener:
        own = split_address(settings.node_listener)
    assert own is not None, "the settings were checked"
    return TcpLinks(
        own,
        peers=peers,
        rng=random.Random(os.urandom(16)),
        server_tls=server_tls,
        client_tls=client_tls,
    )


def _check_address(settings: Settings) -> Callable[[str], None]:
    """Return what refuses an address that the links must not use."""

    def check(address: str) -> None:
        host, port = split_address(address)
        if port == 0 or host in WILDCARDS:
            raise ValueError("no node can be reached there")
        if settings.node_security_protocol == "PLAINTEXT" and not is_private(host):
            raise ValueError("node.security.protocol is PLAINTEXT, and it is not private")

    return check


def _one_thread() -> Aside:
    """Return a port for computations that runs them in a thread, one after the other."""
    limiter = trio.CapacityLimiter(1)

    async def aside(work: Callable[[], Any]) -> Any:
        return await trio.to_thread.run_sync(work, abandon_on_cancel=False, limiter=limiter)

    return aside


class _Process:
    """One run of a node: its start, and what signals do to it.

    SIGTERM, SIGINT or SIGHUP: stop cleanly, exit 0; whatever hangs then (a thread in a call to S3,
    a disk that does not answer) ends with the process after `_STOP_S_MAX`: recovery is safe at any
    moment. SIGINT when it is stopping already: at once.
    """

    def __init__(
        self,
        settings: Settings,
        sources: Mapping[str, str],
        telemetry: Telemetry,
        lines: LineWriter,
    ) -> None:
        self.is_ready = False
        self._settings = _with_absolute_paths(settings)
        self._sources = sources
        self._telemetry = telemetry
        self._lines = lines
        self._started = time.monotonic()
        self._is_stopping = False
        self._stop_signal = ""
        self._scope = trio.CancelScope()
        self._token: trio.lowlevel.TrioToken | None = None
        self._node: Node | Voter | None = None

    def catch_signals(self) -> None:
        """Handle signals that ask for a stop from now on, also while the event loop is stuck."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` wants it ignored.
            signal.signal(signal.SIGHUP, self._on_signal)

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        if self._is_stopping:
            if number == signal.SIGINT:
                os._exit(130)
            return
        self._is_stopping = True
        self._stop_signal = signal.Signals(number).name
        # Not a task: the loop itself may hang. Not `threading`: its locks may be held just now.
        start_new_thread(self._end_in_time, ())
        if self._token is not None:
            try:
                self._token.run_sync_soon(self._stop)
            except trio.RunFinishedError:
                return

    def _end_in_time(self) -> None:
        time.sleep(_STOP_S_MAX)
        self._telemetry.log.warning(
            "not everything could be closed in time: the next start recovers"
        )
        self._lines.close(_LAST_LINES_S)
        os._exit(0)

    def _stop(self) -> None:
        """Drain a node that serves; a start is simply given up."""
        self._telemetry.log.info("stopping", signal=self._stop_signal)
        if self.is_ready and self._node is not None:
            self._node.stop()
        else:
            self._scope.cancel()

    async def main(self) -> int:
        """Run the node; the exit code is 0 when it was asked to stop."""
        self._token = trio.lowlevel.current_trio_token()
        log = self._telemetry.log
        settings = self._settings
        log.info(
            "starting",
            version=__version__,
            broker_id=settings.broker_id,
            roles=settings.process_roles,
            data=settings.data,
        )
        with self._scope:
            if self._is_stopping:
                self._scope.cancel()
            await self._hold_and_serve()
        log.info("stopped", ran_seconds=round(time.monotonic() - self._started, 3))
        return 0

    async def _hold_and_serve(self) -> None:
        open_files = _raise_open_files()
        folder = DataFolder(self._settings.data)
        try:
            settings = folder.identified(self._settings, os.urandom)
            if settings.is_voter_only:
                await self._vote(folder, settings)
                return
            kafka_socket = _listen(settings.kafka, "Kafka listener", "--kafka")
            admin_socket = _listen(settings.admin, "admin listener", "--admin")
            settings = _with_bound_ports(settings, kafka_socket, admin_socket)
            device = _open_volume(folder, settings, self._telemetry)
            try:
                store = await _open_store(settings, self._telemetry)
                ports = Ports(
                    device=device,
                    store=store,
                    raft_node=_raft_builder(folder.path, settings, None),
                    kafka_socket=kafka_socket,
                    admin_socket=admin_socket,
                    now_ms=lambda: time.time_ns() // 1_000_000,
                    random_bytes=os.urandom,
                    aside=_one_thread(),
                    volume_path=settings.volume_path,
                    volume_size_source=self._volume_size_source(),
                    telemetry=self._telemetry,
                    connections_max=_connections_max(open_files),
                )
                self._telemetry.log.info(
                    "settings of this start",
                    kafka=settings.kafka,
                    advertise=settings.advertise,
                    admin=settings.admin,
                    volume=settings.volume_path,
                    object_store=settings.object_store_url,
                    open_files=open_files,
                    connections_max=ports.connections_max,
                )
                await self._serve(Node(settings, ports), settings)
            finally:
                device.close()
        finally:
            folder.close()

    def _volume_size_source(self) -> str:
        """Return who gives the size of a volume file; empty for a device, which has its own."""
        is_file = Path(self._settings.volume_path).is_file()
        return self._sources.get("volume_size", "") if is_file else ""

    async def _vote(self, folder: DataFolder, settings: Settings) -> None:
        """Run a node that votes and serves no data."""
        from appliance.voter import Voter  # noqa: PLC0415 - it imports what a data node spares

        admin_socket = _listen(settings.admin, "admin listener", "--admin")
        host = split_address(settings.admin)[0]
        settings = replace(settings, admin=_bound(host, admin_socket))
        links = _links(settings) if settings.voters else None
        voter = Voter(
            cluster_id=settings.cluster_id,
            raft_node=_raft_builder(folder.path, settings, links),
            admin_socket=admin_socket,
            now_ms=lambda: time.time_ns() // 1_000_000,
            telemetry=self._telemetry,
            check_address=_check_address(settings),
            rpc=None if links is None else links.calls,
        )
        self._node = voter
        async with trio.open_nursery() as nursery:
            try:
                await nursery.start(voter.run)
            except* (OSError, UnicodeError) as group:  # UnicodeError: no name can be like this
                error = _first(group)
                raise OperatorError(
                    f"cannot listen for the other voters"
                    f" ({getattr(error, 'strerror', None) or error}): correct node.listener, or"
                    f" the address of {settings.broker_id} in controller.quorum.voters"
                ) from error
            self.is_ready = True
            self._log_ready()
            if self._is_stopping:
                voter.stop()
            _announce_voter(settings)

    def _log_ready(self) -> None:
        self._telemetry.log.info("ready", seconds=round(time.monotonic() - self._started, 3))

    async def _serve(self, node: Node, settings: Settings) -> None:
        self._node = node
        async with trio.open_nursery() as nursery:
            await nursery.start(node.run)
            self.is_ready = True
            self._log_ready()
            if self._is_stopping:
                node.stop()
            _announce(settings)
            gc.collect()
            gc.freeze()
            gc.set_threshold(*limits.COLLECTOR_THRESHOLDS)
            gc.enable()


def _with_bound_ports(
    settings: Settings, kafka_socket: socket.socket, admin_socket: socket.socket
) -> Settings:
    """Replace port 0 by what the system chose."""
    advertise = settings.advertise or settings.kafka
    if split_address(advertise)[1] == 0:
        advertise = _bound(split_address(advertise)[0], kafka_socket)
    return replace(
        settings,
        kafka=_bound(settings.kafka_host, kafka_socket),
        admin=_bound(settings.admin_host, admin_socket),
        advertise=advertise,
    )


def _bound(host: str, sock: socket.socket) -> str:
    port = sock.getsockname()[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _announce_voter(settings: Settings) -> None:
    lines = [
        f"penstock voter {settings.broker_id} is up",
        f"  voters          {settings.controller_quorum_voters or 'this node alone'}",
        f"  data            {settings.data}",
        f"  health, metrics http://{settings.admin}/metrics",
    ]
    say("\n".join(lines) + "\n", sys.stdout)


def _announce(settings: Settings) -> None:
    """Tell a person where things are; machines read the log and /ready."""
    lines = [
        "penstock is ready",
        f"  Kafka clients   {settings.advertise}",
        f"  data            {settings.data}",
        f"  WAL volume      {settings.volume_path}",
        f"  object store    {settings.object_store_url}",
        f"  health, metrics http://{settings.admin}/metrics",
    ]
    say("\n".join(lines) + "\n", sys.stdout)


if __name__ == "__main__":
    from appliance import cli

    sys.exit(cli.main(sys.argv[1:]))
