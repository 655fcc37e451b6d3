"""LocalStore: the order of its flushes, and what a crash between two steps leaves."""

import contextlib
import errno
import fcntl
import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.objects.errors import (
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.local import LocalStore
from appliance.objects.store import RetryingStore

CALLS = ("open", "writev", "fsync", "replace", "link", "mkdir")


def record(
    monkeypatch: pytest.MonkeyPatch, before: Callable[[int, str], None] | None = None
) -> list[tuple[str, str]]:
    """Note the system calls that matter, by path below the root's parent."""
    log: list[tuple[str, str]] = []

    def wrap(name: str) -> None:
        real: Callable[..., Any] = getattr(os, name)

        def called(first: Any, *rest: Any, **named: Any) -> Any:
            target = rest[0] if name in {"replace", "link"} else first
            path = os.readlink(f"/proc/self/fd/{target}") if isinstance(target, int) else target
            if before is not None:
                before(len(log), name)
            result = real(first, *rest, **named)
            log.append((name, str(path)))
            return result

        monkeypatch.setattr(os, name, called)

    for name in CALLS:
        wrap(name)
    return log


@pytest.mark.parametrize("if_absent", [False, True])
async def test_put_flushes_file_then_names_it_then_flushes_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, if_absent: bool
) -> None:
    """DESIGN 7: object durable before anything acts on it."""
    store = LocalStore(str(tmp_path / "new" / "objects"))
    log = record(monkeypatch)
    await store.put("ab/k", [b"v"], if_absent=if_absent)
    monkeypatch.undo()

    root = tmp_path / "new" / "objects"
    flushed = [path for name, path in log if name == "fsync"]
    for made in ("new", "new/objects", "new/objects/ab"):
        at = log.index(("mkdir", str(tmp_path / made)))
        assert ("fsync", str((tmp_path / made).parent)) in log[at:], made
    named = log.index(("link" if if_absent else "replace", str(root / "ab/k")))
    assert any(name == "fsync" and "/.tmp/" in path for name, path in log[:named])
    assert log[-1] == ("fsync", str(root / "ab"))
    assert flushed[-1] == str(root / "ab")
    assert os.listdir(root / ".tmp") == []


@pytest.mark.parametrize("if_absent", [False, True])
async def test_crash_before_every_call_leaves_the_old_object_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, if_absent: bool
) -> None:
    """A key names all of an object or nothing; left-overs are never listed."""
    steps = 0
    while True:
        store = LocalStore(str(tmp_path / f"{if_absent}-{steps}"))
        if not if_absent:
            await store.put("ab/k", [b"old"])

        def stop(count: int, name: str, at: int = steps) -> None:
            if count == at:
                raise OSError(errno.EIO, "power cut")

        record(monkeypatch, stop)
        try:
            await store.put("ab/k", [b"new", b"er"], if_absent=if_absent)
            is_done = True
        except StoreUnavailableError:
            is_done = False
        monkeypatch.undo()

        info = await store.head("ab/k")
        if is_done:
            assert await store.get("ab/k") == b"newer"
            break
        assert info is None or await store.get("ab/k") in {b"old", b"newer"}
        assert [found.key async for found in store.list("")] == ([] if info is None else ["ab/k"])
        steps += 1

    assert steps >= 6


async def test_put_whose_name_could_not_be_flushed_is_not_found_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, autojump_clock: trio.testing.MockClock
) -> None:
    """What is read back need not be durable: the name may be gone after a power loss."""
    store = RetryingStore(LocalStore(str(tmp_path)), rng=random.Random(1), log=lambda _: None)
    await store.put("ab/first", [b"v"])
    names: list[str] = []

    def fail_once(_: int, name: str) -> None:
        names.append(name)
        if name == "fsync" and names.count("link") == 1 and names.count("fsync") == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    log = record(monkeypatch, fail_once)
    await store.put("ab/k", [b"v"], if_absent=True)
    monkeypatch.undo()

    assert await store.get("ab/k") == b"v"
    assert store.counters.errors["put"] == 1
    linked = max(i for i, (name, _) in enumerate(log) if name == "link")
    assert ("fsync", str(tmp_path / "ab")) in log[linked:]


async def test_left_overs_that_another_node_removes_meanwhile_do_not_stop_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nodes that share a folder write and remove there all the time."""
    await LocalStore(str(tmp_path)).check()
    (tmp_path / ".tmp" / "theirs").write_bytes(b"x")
    scandir = os.scandir

    def listed(path: str) -> contextlib.AbstractContextManager[Iterator[os.DirEntry[str]]]:
        with scandir(path) as entries:
            found = list(entries)
        (tmp_path / ".tmp" / "theirs").unlink()
        return contextlib.nullcontext(iter(found))

    monkeypatch.setattr(os, "scandir", listed)

    await LocalStore(str(tmp_path)).check()


async def test_a_filesystem_without_hard_links_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each upload would be refused later, with a text that speaks of rights."""

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StoreRefusedError, match="no hard links"):
        await LocalStore(str(tmp_path)).check()

    assert list((tmp_path / ".tmp").iterdir()) == []


async def test_left_overs_are_removed_a_day_later(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    await store.check()
    for name, age in [("old", 90000), ("young", 80000)]:
        path = tmp_path / ".tmp" / name
        path.write_bytes(b"x")
        now = path.stat().st_mtime
        os.utime(path, (now - age, now - age))
    await store.check()

    assert os.listdir(tmp_path / ".tmp") == ["young"]


async def test_two_stores_of_one_folder_do_not_meet(tmp_path: Path) -> None:
    """Two nodes of one machine: the temporary names of one process collide, and are skipped."""
    first, second = LocalStore(str(tmp_path)), LocalStore(str(tmp_path))
    await first.put("a", [b"1"])
    await second.put("b", [b"2"])

    assert [info.key async for info in first.list("")] == ["a", "b"]


async def test_many_parts_are_written_whole(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    await store.put("k", [b"%04d" % number for number in range(5000)])

    assert await store.get("k") == b"".join(b"%04d" % number for number in range(5000))


async def test_symlink_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"s")
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "k").symlink_to(tmp_path / "secret")
    store = LocalStore(str(tmp_path / "root"))

    with pytest.raises((StoreUnavailableError, ObjectNotFoundError)):
        await store.get("k")


async def test_root_that_is_a_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "root").write_bytes(b"x")

    with pytest.raises(StoreRefusedError, match="may write to"):
        await LocalStore(str(tmp_path / "root")).check()


@pytest.mark.parametrize("failing", ["flag", "write", "read"])
async def test_filesystem_without_direct_io_is_used_through_its_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    """A filesystem refuses the flag, or takes it and refuses the IO: the bytes are the same."""
    refused: list[str] = []

    def refuse(name: str) -> Callable[..., Any]:
        def called(*_: Any) -> Any:
            refused.append(name)
            raise OSError(errno.EINVAL, "Invalid argument")

        return called

    match failing:
        case "flag":
            monkeypatch.setattr(fcntl, "fcntl", refuse("fcntl"))
        case "write":
            monkeypatch.setattr(os, "pwritev", refuse("pwritev"))
        case _:
            monkeypatch.setattr(os, "preadv", refuse("preadv"))
    store = LocalStore(str(tmp_path))
    data = os.urandom((3 << 20) + 17)
    await store.put("k", [data[:1000], data[1000:]])

    assert await store.get("k") == data
    assert await store.get_range("k", 5, len(data) - 5) == data[5:]
    assert refused
    with pytest.raises(ObjectTruncatedError):
        await store.get_range("k", 4097, len(data))
    with pytest.raises(ObjectTruncatedError):
        await store.get_range("k", len(data) + 9000, 1 << 20)


async def test_short_write_is_a_failure_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that takes half of a block is full: no object, no left-over, and it is temporary."""
    store = LocalStore(str(tmp_path))
    real = os.pwritev

    def half(descriptor: int, views: list[memoryview], position: int, flags: int) -> int:
        return real(descriptor, [view[: len(view) // 2] for view in views], position, flags)

    monkeypatch.setattr(os, "pwritev", half)
    with pytest.raises(StoreUnavailableError, match="No space"):
        await store.put("k", [bytes(2 << 20)])
    monkeypatch.undo()

    assert await store.head("k") is None
    assert os.listdir(tmp_path / ".tmp") == []


async def test_large_puts_at_the_same_time_keep_their_bytes_apart(tmp_path: Path) -> None:
    """Threads share the pool of staging buffers, not a buffer."""
    store = LocalStore(str(tmp_path))
    bodies = {f"k{n}": bytes([n]) * ((2 << 20) + n) for n in range(12)}
    async with trio.open_nursery() as nursery:
        for key, body in bodies.items():
            nursery.start_soon(store.put, key, [body])

    for key, body in bodies.items():
        assert await store.get(key) == body


@pytest.mark.parametrize("call", ["get_range", "put"])
async def test_a_hung_disk_holds_up_no_deadline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """A call that never returns from the kernel can be left, and others go on."""
    store = LocalStore(str(tmp_path))
    await store.put("k", [bytes(1000)])
    back = threading.Event()
    real = os.open

    def hang(path: str, *rest: Any, **named: Any) -> int:
        if threading.current_thread() is not threading.main_thread() and not back.is_set():
            back.wait(30)
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", hang)
    with trio.move_on_after(0.05) as scope:
        await (store.get_range("k", 0, 10) if call == "get_range" else store.put("j", [b"x"]))
    assert scope.cancelled_caught
    assert not back.is_set()
    back.set()

    assert await store.get_range("k", 0, 10) == bytes(10)
