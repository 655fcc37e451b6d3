"""What an operator can get wrong at a start: one line that says what to do, exit code 2."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from confluent_kafka import Producer

from tests.confined import as_ordinary_user, on_small_disk
from tests.harness import ROOT, NodeProcess, die_with_parent, log_lines

VOLUME_BYTES = 16 << 20


def start(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    preexec_fn: Callable[[], None] = die_with_parent,
) -> subprocess.CompletedProcess[str]:
    """Run `penstock start` until it ends by itself."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PENSTOCK_", "AWS_"))}
    return subprocess.run(
        [sys.executable, "-m", "appliance", "start", *map(str, arguments)],
        cwd=ROOT,
        env=inherited
        | {
            "PENSTOCK_KAFKA": "127.0.0.1:0",
            "PENSTOCK_ADMIN": "127.0.0.1:0",
            "PENSTOCK_VOLUME_SIZE": str(VOLUME_BYTES),
        }
        | (env or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=preexec_fn,
    )


def refused(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    preexec_fn: Callable[[], None] = die_with_parent,
) -> str:
    """Return the one line with which a start is refused."""
    done = start(*arguments, env=env, preexec_fn=preexec_fn)
    # Above the last line the log may have had something to say.
    *logged, line = done.stderr.splitlines()
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert line.startswith("penstock: "), done.stderr
    assert all(text.startswith("{") for text in logged), done.stderr
    return line


def produced(node: NodeProcess) -> bool:
    """Whether a record is acknowledged."""
    acked: list[object] = []
    producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
    producer.produce("t", b"x" * 5000, on_delivery=lambda error, _: acked.append(error))
    return producer.flush(20) == 0 and acked == [None]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a node that served a record, and stopped."""
    folder = tmp_path_factory.mktemp("used")
    node = NodeProcess(folder, env={"PENSTOCK_VOLUME_SIZE": str(VOLUME_BYTES)})
    try:
        node.start()
        assert produced(node)
        assert node.stop() == 0
    finally:
        node.close()
    return folder / "data"


@pytest.fixture
def used(original: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return shutil.copytree(original, tmp_path / "data")


def test_data_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """The message names the file and the setting."""
    file = tmp_path / "file"
    file.write_text("mine")

    assert f"{file}: Not a directory; " in refused("--data", file)
    assert "--data" in refused("--data", file / "below")
    assert file.read_text() == "mine"


@pytest.mark.parametrize("size", [0, 8, 4096, 1 << 20, 9 << 20])
def test_a_foreign_file_as_volume_is_refused_and_never_written(size: int, tmp_path: Path) -> None:
    """Never a write to something that is not ours, however small it is."""
    file = tmp_path / "precious"
    content = (b"precious data " * (size // 14 + 1))[:size]
    file.write_bytes(content)

    line = refused("--data", tmp_path / "data", "--volume", file)

    assert str(file) in line
    assert "choose another path" in line
    assert file.read_bytes() == content


def test_a_volume_that_is_no_file_is_refused(tmp_path: Path) -> None:
    """Folders and character devices are no volumes; a missing folder is not made."""
    data = ("--data", tmp_path / "data", "--volume")

    assert "neither a file nor a block device" in refused(*data, tmp_path)
    assert "neither a file nor a block device" in refused(*data, "/dev/null")
    assert "make its folder" in refused(*data, tmp_path / "no" / "volume")
    assert "File name too long" in refused(*data, tmp_path / ("long" * 100))


def test_a_volume_of_another_cluster_is_refused(used: Path, tmp_path: Path) -> None:
    """The volume says whose it is."""
    assert "belongs to cluster" in refused(
        "--data", tmp_path / "other", "--volume", used / "volume"
    )


def test_a_newer_volume_is_refused(used: Path) -> None:
    """The format version stands behind the magic; see wal/FORMAT.md."""
    with (used / "volume").open("r+b") as file:
        for position in (0, 4096):
            file.seek(position + 8)
            file.write(struct.pack("<I", 99))

    line = refused("--data", used)

    assert "volume" in line
    assert "newer" in line


def test_a_volume_that_shrank_is_refused(used: Path) -> None:
    """Records may lie in the missing part."""
    os.truncate(used / "volume", VOLUME_BYTES // 2)

    assert "restore its full size" in refused("--data", used)


def sizes_warned_of(node: NodeProcess) -> list[str]:
    """Start and stop a node; return what it says about the size of its volume."""
    node.log_path.unlink(missing_ok=True)
    node.start()
    assert node.stop() == 0
    messages = [str(line["message"]) for line in log_lines(node)]
    return [message for message in messages if "volume_size" in message]


def test_a_size_that_a_volume_file_does_not_have_is_warned_of(used: Path) -> None:
    """It would pass unseen until the volume is full; it endangers no record, so the node serves."""
    node = NodeProcess(used.parent, env={"PENSTOCK_VOLUME_SIZE": "32MiB"})
    with contextlib.closing(node):
        (line,) = sizes_warned_of(node)
        for text in (f"{used}/volume", str(VOLUME_BYTES), str(32 << 20), "PENSTOCK_VOLUME_SIZE"):
            assert text in line
        os.truncate(used / "volume", 32 << 20)
        assert sizes_warned_of(node) == [line]  # As large as that, but formatted smaller.

        node.env["PENSTOCK_VOLUME_SIZE"] = str(VOLUME_BYTES + 1)  # Rounded down to whole blocks.
        assert sizes_warned_of(node) == []
        del node.env["PENSTOCK_VOLUME_SIZE"]
        assert sizes_warned_of(node) == []


def test_a_volume_that_is_gone_is_not_made_anew(used: Path) -> None:
    """An empty volume in its place would hide that records are missing."""
    (used / "volume").rename(used / "elsewhere")

    line = refused("--data", used)

    assert "is missing" in line
    assert "--volume" in line
    assert not (used / "volume").exists()


def test_another_volume_of_the_same_cluster_is_refused(used: Path, tmp_path: Path) -> None:
    """Metadata and volume belong together by the volume's id."""
    cluster_id = (used / "meta.properties").read_text().split("cluster.id=")[1].split()[0]
    (used / "volume").unlink()
    command = [sys.executable, "-m", "appliance", "volume", "format", str(used / "volume")]
    command += ["--cluster-id", cluster_id, "--volume-size", str(VOLUME_BYTES)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    assert "another volume" in refused("--data", used)


def test_a_volume_with_records_and_no_metadata_is_refused_until_it_is_cleared(used: Path) -> None:
    """A lost journal must not turn acknowledged records into free space."""
    shutil.rmtree(used / "raft")
    line = refused("--data", used)
    assert "holds records, but this node's metadata is empty" in line

    command = line.split("`penstock ")[1].split("`")[0].split()
    subprocess.run([sys.executable, "-m", "appliance", *command], cwd=ROOT, check=True)

    # Objects of the lost metadata may be all that is left of its records.
    line = refused("--data", used)
    assert "belongs to another cluster" in line
    (folder,) = (used / "objects").glob("[!.]*")
    assert f"delete {folder.name}/ there" in line
    shutil.rmtree(folder)

    # The fences of its earlier life went, too: they would stop this writer.
    with NodeProcess(used.parent) as node:
        assert produced(node)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "must name cluster.id and node.id"),
        (b"\xff\xfe\x00", "must name cluster.id and node.id"),
        (b"version=1\ncluster.id=\nnode.id=1\n", "must name cluster.id and node.id"),
        (b"version=1\ncluster.id=../a\nnode.id=1\n", "must name cluster.id and node.id"),
        (b"version=1\ncluster.id=a\nnode.id=one\n", "must name cluster.id and node.id"),
        (b"version=9\ncluster.id=a\nnode.id=1\n", "has version 9"),
        (b"version=1\ncluster.id=a\nnode.id=2\n", "belongs to node 2"),
        (b"version=1\ncluster.id=a\nnode.id=1\n", "belongs to node 1 of cluster"),
        (None, "meta.properties is missing"),
    ],
)
def test_a_damaged_identity_is_refused_and_left_alone(
    content: bytes | None, text: str, used: Path
) -> None:
    """The file says which cluster and node the folder belongs to; it is never made up twice."""
    path = used / "meta.properties"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)

    assert text in refused("--data", used)
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_corrupt_journal_is_refused_and_left_alone(used: Path) -> None:
    """Starting on a part of the metadata could lose acknowledged records."""
    journal = used / "raft" / "journal"
    good = journal.read_bytes()
    damaged = bytearray(good)
    damaged[200] ^= 0xFF
    for bad in (b"", b"garbage" * 100, good[:10], bytes(damaged)):
        journal.write_bytes(bad)

        assert "Do not delete it" in refused("--data", used)
        assert journal.read_bytes() == bad


def test_a_second_start_says_who_holds_the_folder_or_the_volume(tmp_path: Path) -> None:
    """One process for each folder and each volume file."""
    with NodeProcess(tmp_path) as node:
        assert node.process is not None
        data = tmp_path / "data"

        assert f"in use by process {node.process.pid}" in refused("--data", data)
        line = refused("--data", tmp_path / "other", "--volume", data / "volume")
        assert f"{data}/volume is in use" in line
        assert node.get("/ready")[0] == 200


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    """With the flag that gives another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"

        for flag in ("--kafka", "--admin"):
            line = refused("--data", tmp_path / "data", flag, address)
            assert "is in use" in line
            assert f"give another {flag}" in line


@pytest.mark.parametrize(
    ("flag", "address", "text"),
    [
        ("--kafka", "no-such-host.invalid:0", "--kafka"),
        ("--kafka", "256.1.1.1:0", "--kafka"),
        ("--kafka", f"{'a' * 70}.example:0", "--kafka"),
        ("--admin", "203.0.113.1:0", "Cannot assign requested address"),
        ("--kafka", "::1:9092", "HOST:PORT"),
        ("--kafka", "127.0.0.1", "HOST:PORT"),
        ("--kafka", f"{'a.' * 200}example:0", "HOST:PORT"),
        ("--advertise", f"{'a' * 2000}:9092", "HOST:PORT"),
        ("--advertise", "0.0.0.0:9092", "no client can connect to"),
        ("--advertise", "[::]:9092", "no client can connect to"),
    ],
)
def test_addresses_that_cannot_work_are_refused(
    flag: str, address: str, text: str, tmp_path: Path
) -> None:
    """Hosts that do not resolve or are not ours, and wildcards told to clients."""
    assert text in refused("--data", tmp_path / "data", flag, address)


def test_no_permission_is_named(tmp_path: Path) -> None:
    """Each file of a node, and a port of the system."""
    node = NodeProcess(tmp_path / "node")
    with node:
        assert node.stop() == 0
    data = tmp_path / "node" / "data"
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    assert "Permission denied" in refused("--data", locked / "x", preexec_fn=as_ordinary_user)
    assert "Permission denied" in refused("--data", locked, preexec_fn=as_ordinary_user)
    for name in ("lock", "meta.properties", "volume", "raft/journal", "raft", "objects"):
        mode = (data / name).stat().st_mode
        (data / name).chmod(0)
        line = refused("--data", data, preexec_fn=as_ordinary_user)
        (data / name).chmod(mode)
        assert name in line
        assert "Permission denied" in line
    volume = ("--data", tmp_path / "other", "--volume", locked / "below" / "volume")
    (locked / "below").mkdir(mode=0o000)
    assert f"{locked}/below/volume" in (line := refused(*volume, preexec_fn=as_ordinary_user))
    assert "Permission denied" in line
    line = refused("--data", data, "--kafka", "127.0.0.1:80", preexec_fn=as_ordinary_user)
    assert "cannot listen on 127.0.0.1:80" in line


@pytest.mark.parametrize(
    ("room", "name"),
    [(4096, "meta.properties"), (1 << 20, "volume"), (VOLUME_BYTES + 8192, "journal")],
)
def test_a_full_disk_at_the_start_is_named(room: int, name: str, tmp_path: Path) -> None:
    """Whatever it was that found no room: identity, volume or journal."""
    disk = tmp_path / "disk"
    disk.mkdir()

    line = refused("--data", disk / "data", preexec_fn=on_small_disk(disk, room))

    assert name in line
    assert "No space left on device" in line
    assert "free space" in line


def test_an_object_store_that_can_never_work_is_refused(tmp_path: Path) -> None:
    """A file instead of a folder, a folder that cannot be made, an endpoint that is no URL."""
    file = tmp_path / "file"
    file.write_text("x")
    data = ("--data", tmp_path / "data", "--object-store")

    assert str(file) in refused(*data, f"file://{file}")
    assert "/proc/x" in refused(*data, "file:///proc/x")
    assert "AWS_ENDPOINT_URL" in refused(*data, "s3://b", env={"AWS_ENDPOINT_URL": "x"})


def test_a_tail_cache_that_no_machine_has_memory_for_is_refused(tmp_path: Path) -> None:
    """Most sizes that are not to be had are a typing error in the unit."""
    line = refused("--data", tmp_path / "data", env={"PENSTOCK_TAIL_CACHE_BYTES": "1024TiB"})

    assert "tail.cache.bytes" in line
    assert "Cannot allocate memory" in line


def test_unknown_settings_are_named_with_a_suggestion(tmp_path: Path) -> None:
    """Wherever they stand."""
    config = tmp_path / "penstock.toml"
    config.write_text("volume_sise = 1\n")

    assert "did you mean volume_size?" in refused("--config", config)
    assert "did you mean kafka?" in refused(env={"PENSTOCK_KAFFKA": "x"})
    assert "Did you mean '--data'?" in refused("--dta", "x")
