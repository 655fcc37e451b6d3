"""The process: builds the real ports, runs the node, turns signals into a clean stop.

The only module that touches the system's clock, entropy, signals and listening sockets.
"""

import base64
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
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import trio

import raft
from appliance.errors import OperatorError
from appliance.node import MetadataMachine, Node, Ports
from appliance.objects.errors import StoreError
from appliance.objects.store import ObjectStore, RetryingStore
from appliance.partition.producers import CheckpointError
from appliance.settings import Settings, split_address
from appliance.telemetry import Telemetry, configure_logging
from raft.files import Directory
from wal.direct import create_volume_file, open_device
from wal.errors import CorruptFrameError, DeviceError, FencedError, VolumeError

_STOP_S_MAX = 9
_OPEN_FILES_WANTED = 65536


def start_node(settings: Settings) -> int:
    """Run one node until a signal; returns the exit code.

    Raises:
        OperatorError: data folder, volume, object store or ports cannot be used.
    """
    configure_logging(settings.log_level)
    _raise_open_files()
    try:
        return trio.run(_main, settings)
    except* OperatorError as group:
        raise _first(group) from None
    except* (VolumeError, CorruptFrameError, CheckpointError) as group:
        raise OperatorError(str(_first(group))) from None
    except* raft.RaftError as group:
        raise OperatorError(str(_first(group))) from None
    except* (DeviceError, FencedError) as group:
        raise OperatorError(f"stopped, nothing acknowledged is lost: {_first(group)}") from None


def _first(group: BaseExceptionGroup[Any]) -> Exception:
    error: Any = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _raise_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(_OPEN_FILES_WANTED, hard) if hard != resource.RLIM_INFINITY else _OPEN_FILES_WANTED
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _listen(address: str, what: str, flag: str) -> socket.socket:
    """Return a bound, listening socket.

    Raises:
        OperatorError: the port is taken or not allowed.
    """
    host, port = split_address(address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(1024)
        sock.setblocking(False)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise OperatorError(
                f"port {port} on {host} is in use: stop what holds it, or give another {flag}"
                f" ({what}); port 0 picks a free one"
            ) from error
        raise OperatorError(
            f"cannot listen on {address} ({what}): {error.strerror}; give another {flag}"
        ) from error
    return sock


def _prepare_data(settings: Settings) -> Path:
    data = Path(settings.data)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "no permission to write")
    except OSError as error:
        raise OperatorError(
            f"cannot use the data folder {data}: {error.strerror}; give another --data"
        ) from error
    return data


def _hold_data(data: Path) -> int:
    """Hold the data folder for this process; says who holds it otherwise."""
    import fcntl  # noqa: PLC0415

    path = data / "lock"
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(fd, 64).decode("ascii", "replace").strip()
        os.close(fd)
        raise OperatorError(
            f"the data folder {data} is in use by process {holder or 'unknown'}: stop it, or give"
            " another --data"
        ) from error
    os.ftruncate(fd, 0)
    os.write(fd, str(os.getpid()).encode())
    return fd


def _with_identity(data: Path, settings: Settings) -> Settings:
    """Return settings with the cluster id of the data folder, which a first start makes up.

    `meta.properties` says which cluster and node a folder belongs to, as in Kafka.
    """
    path = data / "meta.properties"
    if path.exists():
        lines = path.read_text("utf-8", errors="replace").splitlines()
        known = dict(line.split("=", 1) for line in lines if "=" in line)
        cluster_id, node_id = known.get("cluster.id", ""), known.get("node.id", "")
        if not cluster_id or not node_id:
            raise OperatorError(f"{path} is damaged: it must name cluster.id and node.id")
        if settings.cluster_id not in ("", cluster_id):
            raise OperatorError(
                f"cluster_id is {settings.cluster_id}, but the data folder {data} belongs to"
                f" cluster {cluster_id}: correct the setting, or give another --data"
            )
        if str(settings.broker_id) != node_id:
            raise OperatorError(
                f"broker_id is {settings.broker_id}, but the data folder {data} belongs to node"
                f" {node_id}: correct the setting, or give another --data"
            )
        return replace(settings, cluster_id=cluster_id)
    cluster_id = settings.cluster_id or base64.urlsafe_b64encode(os.urandom(16)).decode()[:22]
    if cluster_id.startswith("-"):
        cluster_id = "A" + cluster_id[1:]
    text = f"version=1\ncluster.id={cluster_id}\nnode.id={settings.broker_id}\n"
    temporary = path.with_suffix(".tmp")
    try:
        with temporary.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
        folder = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        raise OperatorError(f"cannot write {path}: {error.strerror}") from error
    return replace(settings, cluster_id=cluster_id)


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

            inner = LocalStore(str(Path(url.removeprefix("file://")).absolute()))
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


def _raft_builder(data: Path, settings: Settings) -> Callable[[MetadataMachine], Any]:
    def build(machine: MetadataMachine) -> Any:
        return raft.Node(
            settings.broker_id,
            voters=[settings.broker_id],
            cluster_id=hashlib.sha256(settings.cluster_id.encode()).digest()[:16],
            files=Directory(str(data / "raft")),
            state_machine=machine,
            rng=random.Random(os.urandom(16)),
        )

    return build


async def _main(settings: Settings) -> int:
    telemetry = Telemetry()
    data = _prepare_data(settings)
    lock = _hold_data(data)
    settings = _with_identity(data, settings)
    kafka_socket = _listen(settings.kafka, "Kafka listener", "--kafka")
    admin_socket = _listen(settings.admin, "admin listener", "--admin")
    settings = _with_bound_ports(settings, kafka_socket, admin_socket)
    volume_path = settings.volume_path
    if not Path(volume_path).exists():
        create_volume_file(volume_path, settings.volume_size)
    device = open_device(
        volume_path, on_warning=lambda text: telemetry.log.warning(text, path=volume_path)
    )
    store = await _open_store(settings, telemetry)
    ports = Ports(
        device=device,
        store=store,
        raft_node=_raft_builder(data, settings),
        kafka_socket=kafka_socket,
        admin_socket=admin_socket,
        now_ms=lambda: time.time_ns() // 1_000_000,
        random_bytes=os.urandom,
        volume_path=volume_path,
        telemetry=telemetry,
    )
    node = Node(settings, ports)
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_watch_signals, node, nursery.cancel_scope)
            nursery.start_soon(_run_node, node, settings, nursery.cancel_scope)
    finally:
        device.close()
        os.close(lock)
    return 0


async def _run_node(node: Node, settings: Settings, scope: trio.CancelScope) -> None:
    async with trio.open_nursery() as nursery:
        await nursery.start(node.run)
        _announce(settings)
        gc.collect()
        gc.freeze()
    scope.cancel()


def _with_bound_ports(
    settings: Settings, kafka_socket: socket.socket, admin_socket: socket.socket
) -> Settings:
    """Replace port 0 by what the system chose."""

    def bound(address: str, port: int) -> str:
        host = split_address(address)[0]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    kafka_port = kafka_socket.getsockname()[1]
    advertise = settings.advertise or settings.kafka
    if split_address(advertise)[1] == 0:
        advertise = bound(advertise, kafka_port)
    return replace(
        settings,
        kafka=bound(settings.kafka, kafka_port),
        admin=bound(settings.admin, admin_socket.getsockname()[1]),
        advertise=advertise,
    )


def _announce(settings: Settings) -> None:
    """Tell a person where things are; machines read the log and /ready."""
    host = settings.advertise_host
    lines = [
        "penstock is ready",
        f"  Kafka clients   {settings.advertise}",
        f"  data            {Path(settings.data).absolute()}",
        f"  WAL volume      {Path(settings.volume_path).absolute()}",
        f"  object store    {_absolute(settings.object_store_url)}",
        f"  health, metrics http://{settings.admin}/metrics",
    ]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        lines.append(f"  warning: clients are told to connect to {host}; give --advertise")
    print("\n".join(lines), flush=True)


def _absolute(url: str) -> str:
    """Return a store's URL with the whole path of a local folder."""
    if not url.startswith("file://"):
        return url
    return f"file://{Path(url.removeprefix('file://')).absolute()}"


async def _watch_signals(node: Node, scope: trio.CancelScope) -> None:
    """SIGTERM or SIGINT: stop cleanly. SIGINT again, or too long: stop at once."""
    with trio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        asked = False
        async for number in signals:
            if asked and number == signal.SIGINT:
                os._exit(130)
            if not asked:
                asked = True
                node.stop()
                # A node that does not stop in time is ended: recovery is safe at any moment.
                trio.lowlevel.spawn_system_task(_end_after, scope)


async def _end_after(scope: trio.CancelScope) -> None:
    await trio.sleep(_STOP_S_MAX)
    os._exit(0 if scope.cancel_called else 1)


if __name__ == "__main__":
    from appliance import cli

    sys.exit(cli.main(sys.argv[1:]))
