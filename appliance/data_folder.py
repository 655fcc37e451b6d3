"""The data folder of a node: who holds it, and which cluster and node it belongs to."""

import base64
import contextlib
import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from appliance.errors import OperatorError
from appliance.settings import Settings, parse_cluster_id

RAFT = "raft"
"""Folder of the metadata: once it is there, the node has had a life before."""

_IDENTITY = "meta.properties"
_IDENTITY_BYTES_MAX = 1 << 16
_VERSIONS = ("0", "1")
"""Of `meta.properties`, Kafka's own name and format for it."""


class DataFolder:
    """A data folder that this process holds until `close`."""

    def __init__(self, path: str) -> None:
        """Make the folder if need be, and hold it.

        Raises:
            OperatorError: it cannot be used, or another process holds it.
        """
        self.path = Path(path)
        with self._explained("use the data folder", self.path):
            _make(self.path, mode=0o700)
            if not os.access(self.path, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        self._lock = self._hold()

    def close(self) -> None:
        """Let the folder go."""
        os.close(self._lock)

    @property
    def has_metadata(self) -> bool:
        """Whether a node has run here before."""
        return (self.path / RAFT).is_dir()

    def identified(self, settings: Settings, random_bytes: Callable[[int], bytes]) -> Settings:
        """Return settings with the cluster id of this folder, which a first start makes up.

        Raises:
            OperatorError: the folder belongs to another cluster or node, or does not say to which.
        """
        path = self.path / _IDENTITY
        if not path.exists():
            if self.has_metadata:
                # A made-up cluster id would only shut the node out of its own files.
                raise OperatorError(
                    f"{path} is missing, but the folder holds a node's metadata: restore the file"
                    " (cluster.id is shown by `penstock volume info`), or give another --data"
                )
            settings = replace(settings, cluster_id=settings.cluster_id or _new_id(random_bytes))
            self._write_identity(path, settings)
            return settings
        cluster_id, node_id = self.identity()
        self._check_belongs(settings, cluster_id, node_id)
        return replace(settings, cluster_id=cluster_id)

    def identity(self) -> tuple[str, str]:
        """Return cluster id and node id of this folder.

        Raises:
            OperatorError: it does not say, or not in a way that is known.
        """
        path = self.path / _IDENTITY
        with self._explained("read", path), path.open("rb") as file:
            text = file.read(_IDENTITY_BYTES_MAX).decode("utf-8", "replace")
        known = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
        cluster_id, node_id = known.get("cluster.id", ""), known.get("node.id", "")
        if not (_is_cluster_id(cluster_id) and node_id.isascii() and node_id.isdigit()):
            raise OperatorError(
                f"{path} is damaged, it must name cluster.id and node.id: restore it (cluster.id"
                " is shown by `penstock volume info`), or give another --data"
            )
        if known.get("version", "1") not in _VERSIONS:
            raise OperatorError(
                f"{path} has version {known['version']}, this program knows 1: start the newer"
                " program, or give another --data"
            )
        return cluster_id, node_id

    def _check_belongs(self, settings: Settings, cluster_id: str, node_id: str) -> None:
        if settings.cluster_id not in ("", cluster_id):
            raise OperatorError(
                f"cluster_id is {settings.cluster_id}, but the data folder {self.path} belongs to"
                f" cluster {cluster_id}: correct the setting, or give another --data"
            )
        if str(settings.broker_id) != node_id:
            raise OperatorError(
                f"broker_id is {settings.broker_id}, but the data folder {self.path} belongs to"
                f" node {node_id}: correct the setting, or give another --data"
            )

    def _write_identity(self, path: Path, settings: Settings) -> None:
        text = f"version=1\ncluster.id={settings.cluster_id}\nnode.id={settings.broker_id}\n"
        temporary = path.with_suffix(".tmp")
        with self._explained("write", path):
            with temporary.open("w") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(path)
            folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
            os.fsync(folder)
            os.close(folder)

    def _hold(self) -> int:
        path = self.path / "lock"
        with self._explained("open", path):
            fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(fd, 64).decode("ascii", "replace").strip()
            os.close(fd)
            raise OperatorError(
                f"the data folder {self.path} is in use by process {holder or 'unknown'}: stop it,"
                " or give another --data"
            ) from error
        try:
            with self._explained("write", path):
                os.ftruncate(fd, 0)
                os.write(fd, str(os.getpid()).encode())
        except OperatorError:
            os.close(fd)
            raise
        return fd

    @contextlib.contextmanager
    def _explained(self, what: str, path: Path) -> Iterator[None]:
        """Turn the system's complaint into the operator's."""
        try:
            yield
        except OSError as error:
            remedy = (
                "free space there"
                if error.errno in (errno.ENOSPC, errno.EDQUOT)
                else "correct it or its permissions"
            )
            raise OperatorError(
                f"cannot {what} {path}: {error.strerror}; {remedy}, or give another --data"
            ) from error


def _is_cluster_id(text: str) -> bool:
    try:
        return parse_cluster_id(text) == text != ""
    except ValueError:
        return False


def _make(path: Path, *, mode: int = 0o777) -> None:
    """Make a folder and its parents, each durable in its own: records are acknowledged in there."""
    if path.is_dir():
        return
    if path.parent != path:
        _make(path.parent)
    try:
        path.mkdir(mode=mode, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    if not os.access(path.parent, os.R_OK):
        return  # Not to be opened, so not to be flushed either.
    parent = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)


def _new_id(random_bytes: Callable[[int], bytes]) -> str:
    """Return a cluster id as Kafka makes them: 16 random bytes in URL-safe base64."""
    made = base64.urlsafe_b64encode(random_bytes(16)).decode()[:22]
    return "A" + made[1:] if made.startswith("-") else made
