"""One voter: every acknowledged command survives every crash, exactly once and in order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
import trio
import trio.testing

import raft
from raft import codec, limits
from raft.snapshot import PREFIX
from raft.testing import Crashed, Fault, MemoryFiles
from raft.testing.simulation import seeded_scheduler

CLUSTER_ID = b"0123456789abcdef"
GOLDEN = Path(__file__).with_name("golden_v1.json")


class Register:
    """Keeps the commands in order; refuses b"refuse", fails at b"fail"."""

    def __init__(self) -> None:
        self.commands: list[bytes] = []
        self.indexes: list[int] = []

    def apply(self, index: int, command: bytes) -> object:
        if command == b"refuse":
            raise raft.CommandRejected("refused", index)
        if command == b"fail":
            raise KeyError("a bug")
        self.commands.append(command)
        self.indexes.append(index)
        return len(self.commands)

    def snapshot(self) -> list[bytes]:
        data = codec.encode([list(self.commands), list(self.indexes)])
        return [data[i : i + 7] for i in range(0, len(data), 7)]

    def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
        self.commands, self.indexes = codec.decode(b"".join(pieces))
        yield True


def make_node(
    files: raft.Files, register: Register, *, snapshot_entries: int = 1000, create: bool = True
) -> raft.Node:
    return raft.Node(
        1,
        voters=[1],
        cluster_id=CLUSTER_ID,
        files=files,
        state_machine=register,
        rng=Random(9),
        snapshot_entries=snapshot_entries,
        create=create,
    )


@asynccontextmanager
async def running(
    files: raft.Files, register: Register, *, snapshot_entries: int = 1000
) -> AsyncIterator[raft.Node]:
    node = make_node(files, register, snapshot_entries=snapshot_entries)
    async with trio.open_nursery() as nursery:
        await nursery.start(node.run)
        yield node
        nursery.cancel_scope.cancel()


def find(error: BaseException, kind: type[BaseException]) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return any(find(inner, kind) for inner in error.exceptions)
    return isinstance(error, kind)


async def test_node_start_leads_at_once(autojump_clock: trio.testing.MockClock) -> None:
    """A single voter waits for nobody: no election timeout passes."""
    files = MemoryFiles(rng=Random(1))
    start = trio.current_time()
    async with running(files, Register()) as node:
        assert trio.current_time() == start
        assert node.leader == 1
        status = node.status()
        assert status.role is raft.Role.LEADER
        assert status.commit_index == status.applied_index == status.last_index


async def test_propose_returns_result_without_waiting_for_a_timer(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The result of `apply` comes back in the same instant of virtual time."""
    async with running(MemoryFiles(rng=Random(1)), Register()) as node:
        start = trio.current_time()

        assert [await node.propose(b"a"), await node.propose(b"b")] == [1, 2]
        assert trio.current_time() == start
        await node.wait_applied(node.applied_index)


async def test_nothing_is_applied_before_it_is_durable(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Neither a result nor any other effect of `apply` gets out before the entry is flushed."""
    files = MemoryFiles(rng=Random(1))

    class Careful(Register):
        def apply(self, index: int, command: bytes) -> object:
            inode = files._names["journal"]
            assert command in bytes(inode.data[: inode.durable_end])
            assert files._durable_names["journal"] is inode
            return super().apply(index, command)

    register = Careful()
    async with (
        running(files, register, snapshot_entries=20) as node,
        trio.open_nursery() as nursery,
    ):
        for number in range(60):
            nursery.start_soon(node.propose, b"command-%04d" % number)
            if number % 7 == 0:
                await trio.lowlevel.checkpoint()
    assert len(register.commands) == 60
    # A process that was killed may have left bytes that were never flushed: they are, first.
    files = files.kill()
    for inode in files._names.values():
        inode.durable_end = inode.durable_bytes = 0
    files._durable_names = {}
    async with running(files, Careful()):
        pass


async def test_state_that_cannot_be_restored_stops_the_start(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A snapshot of a newer state machine is an error of this package, and changes nothing."""
    files, _, _ = await snapshot_directory(is_compacted=True)

    class Older(Register):
        def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
            raise ValueError("state format 2; this one knows 1")

    files = files.kill()
    before = {name: files.content(name) for name in files.list_names()}
    with pytest.raises(raft.StateMachineFailedError, match="state format 2"):
        await make_node(files, Older()).run()
    assert {name: files.content(name) for name in files.list_names()} == before


async def test_files_of_known_commands_are_the_golden_ones(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A changed byte is a changed format: raise VERSION and keep reading the old one."""
    golden = json.loads(GOLDEN.read_text("ascii"))
    files = await golden_files()
    found = {name: files.content(name).hex() for name in files.list_names()}

    assert found == golden
    old = MemoryFiles(rng=Random(2))
    for name, data in golden.items():
        old.replace_content(name, bytes.fromhex(data))
    register = Register()
    async with running(old, register) as node:
        assert register.commands == [b"first", b"second", b"third", b"fourth"]
        assert node.status().term == 2


async def golden_files() -> MemoryFiles:
    """Return the directory of a node with a snapshot, and commands behind it."""
    files = MemoryFiles(rng=Random(1))
    async with running(files, Register()) as node:
        for command in (b"first", b"second", b"third"):
            await node.propose(command)
        node.request_snapshot()
        await trio.sleep(3)
        await node.propose(b"fourth")
    return files


async def test_propose_many_share_one_flush(autojump_clock: trio.testing.MockClock) -> None:
    """All proposals that wait are one group."""
    async with running(MemoryFiles(rng=Random(1)), Register()) as node:
        before = node.status().journal_syncs
        async with trio.open_nursery() as nursery:
            for number in range(500):
                nursery.start_soon(node.propose, b"%d" % number)

        assert node.status().journal_syncs - before <= 2


async def test_propose_more_than_bound_waits_and_ends(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound of pending proposals delays, it refuses nothing."""
    monkeypatch.setattr(limits, "PROPOSALS_PENDING_MAX", 4)
    register = Register()
    async with running(MemoryFiles(rng=Random(1)), register) as node:
        async with trio.open_nursery() as nursery:
            for number in range(50):
                nursery.start_soon(node.propose, b"%d" % number)
        assert sorted(register.commands) == sorted(b"%d" % n for n in range(50))
        assert node.status().proposals_pending == 0


async def test_propose_rejected_command_reraises_and_goes_on(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """CommandRejected is a result; it repeats itself at replay without harm."""
    files, register = MemoryFiles(rng=Random(1)), Register()
    async with running(files, register) as node:
        with pytest.raises(raft.CommandRejected, match="refused"):
            await node.propose(b"refuse")
        await node.propose(b"a")
    again = Register()
    async with running(files.kill(), again):
        assert again.commands == register.commands == [b"a"]


async def test_apply_failing_stops_the_node(autojump_clock: trio.testing.MockClock) -> None:
    """Any other exception ends `run`; who waits learns that the outcome is unknown."""
    node = make_node(MemoryFiles(rng=Random(1)), Register())
    unknown: list[bool] = []
    raised: BaseException = AssertionError("run did not end")

    async def propose(command: bytes) -> None:
        try:
            await node.propose(command)
        except raft.OutcomeUnknownError:
            unknown.append(True)

    with pytest.raises(raft.StateMachineFailedError) as caught:
        async with trio.open_nursery() as outer:

            async def run_node() -> None:
                async with trio.open_nursery() as nursery:
                    await nursery.start(node.run)
                    outer.start_soon(propose, b"fail")
                    outer.start_soon(node.wait_applied, 2)

            try:
                await run_node()
            except BaseExceptionGroup as group:
                (raised,) = group.exceptions
            await trio.sleep(1)
        raise raised

    assert unknown == [True]
    assert caught.value.index == 3
    with pytest.raises(raft.NotLeaderError):
        await node.propose(b"late")


async def test_nobody_waits_for_a_node_that_has_stopped(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Neither who asks in the very moment of the end, and may be in time, nor who comes later."""
    node = make_node(MemoryFiles(rng=Random(1)), Register())
    unknown: list[str] = []

    async def ask(name: str, call: Callable[[], Awaitable[object]]) -> None:
        try:
            await call()
        except raft.OutcomeUnknownError:
            unknown.append(name)

    with trio.fail_after(10):
        async with trio.open_nursery() as outer:
            async with trio.open_nursery() as nursery:
                await nursery.start(node.run)
                await node.propose(b"a")
                outer.start_soon(ask, "read", node.read_barrier)
                # Its index may be known by then, and the node gone when it waits for that.
                await trio.lowlevel.checkpoint()
                nursery.cancel_scope.cancel()
            outer.start_soon(ask, "wait", lambda: node.wait_applied(2))

    assert "wait" in unknown


async def test_who_gives_up_waiting_leaves_nothing_behind(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """However often somebody asks for what is never applied, nothing grows."""
    async with running(MemoryFiles(rng=Random(1)), Register()) as node:
        for _ in range(10):
            with trio.move_on_after(1):
                await node.wait_applied(1000)

        assert not node._waiters


async def test_propose_cancelled_is_still_applied_once(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A cancelled proposal is unknown to its caller; the node does not mind."""
    register = Register()
    async with running(MemoryFiles(rng=Random(1)), register) as node:
        with trio.CancelScope() as scope:
            scope.cancel()
            await node.propose(b"early")
        with trio.move_on_after(0):
            await node.propose(b"late")
        await node.propose(b"next")
        assert register.commands[-1] == b"next"
        assert len(register.commands) == len(set(register.commands))
        assert node.status().proposals_pending == 0


async def test_propose_too_large_is_refused(autojump_clock: trio.testing.MockClock) -> None:
    """The limit is checked before anything happens; exactly the limit is fine."""
    async with running(MemoryFiles(rng=Random(1)), Register()) as node:
        with pytest.raises(raft.CommandTooLargeError):
            await node.propose(bytes(limits.COMMAND_BYTES_MAX + 1))
        assert await node.propose(bytes(limits.COMMAND_BYTES_MAX)) == 1


async def test_propose_before_run_is_refused() -> None:
    """A node that does not run leads nothing."""
    with pytest.raises(raft.NotLeaderError):
        await make_node(MemoryFiles(rng=Random(1)), Register()).propose(b"a")


async def test_snapshot_compacts_and_restores(autojump_clock: trio.testing.MockClock) -> None:
    """The log is cut behind a durable snapshot; two snapshots are kept; a restart uses both."""
    files, register = MemoryFiles(rng=Random(1)), Register()
    async with running(files, register, snapshot_entries=20) as node:
        for number in range(200):
            await node.propose(b"%d" % number)
        await trio.sleep(5)
        status = node.status()
        assert status.snapshot_index > 150
        assert status.first_index == status.snapshot_index - 1
    assert len([n for n in files.list_names() if n.startswith(PREFIX)]) == 2
    again = Register()
    async with running(files.kill(), again, snapshot_entries=20) as node:
        assert (again.commands, again.indexes) == (register.commands, register.indexes)
        assert await node.propose(b"more") == 201


async def test_start_reads_the_older_snapshot_only_in_place_of_a_damaged_one(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start takes the memory of one state, not of all that are kept."""
    files, register = MemoryFiles(rng=Random(1)), Register()
    async with running(files, register) as node:
        for number in range(2):
            await node.propose(b"%d" % number)
            journal = files.content("journal")
            node.request_snapshot()
            await trio.sleep(3)
    older, newer = [name for name in files.list_names() if name.startswith(PREFIX)]
    files = files.kill()
    names: list[str] = []
    read = MemoryFiles.read

    async def note(self: MemoryFiles, name: str, *, bytes_max: int, start: int = 0) -> bytes | None:
        names.append(name)
        return await read(self, name, bytes_max=bytes_max, start=start)

    monkeypatch.setattr(MemoryFiles, "read", note)
    again = Register()
    async with running(files, again):
        assert again.commands == register.commands
    assert newer in names
    assert older not in names

    # The journal was not cut yet when the newer one was damaged.
    files = files.kill()
    files.replace_content("journal", journal)
    files.replace_content(newer, files.content(newer)[:-1])
    names.clear()
    again = Register()
    async with running(files, again):
        assert again.commands == register.commands
    assert older in names


async def snapshot_directory(*, is_compacted: bool) -> tuple[MemoryFiles, Register, str]:
    """A directory with a snapshot, before or after the journal was cut."""
    files, register = MemoryFiles(rng=Random(1)), Register()
    try:
        async with running(files, register) as node:
            for number in range(10):
                await node.propose(b"%d" % number)
            if not is_compacted:
                journal = files.content("journal")
            node.request_snapshot()
            await trio.sleep(3)
    except Crashed:
        pass
    if not is_compacted:
        files.replace_content("journal", journal)
    (name,) = [n for n in files.list_names() if n.startswith(PREFIX)]
    return files, register, name


async def test_journal_behind_its_snapshot_is_refused(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A journal that lost its tail, or is missing, is not silently replaced by the snapshot."""
    files, _, name = await snapshot_directory(is_compacted=True)
    journal, snapshot = files.content("journal"), files.content(name)
    for data in (journal[:64], None):
        victim = MemoryFiles(rng=Random(1))
        if data is not None:
            victim.replace_content("journal", data)
        victim.replace_content(name, snapshot)
        with pytest.raises(raft.JournalCorruptError, match="eplace this node's directory"):
            await make_node(victim, Register()).run()


async def test_empty_directory_without_create_is_refused() -> None:
    """A lost directory is noticed by who knows that it must exist."""
    with pytest.raises(raft.JournalCorruptError):
        await make_node(MemoryFiles(rng=Random(1)), Register(), create=False).run()


async def work(files: MemoryFiles, acked: list[bytes], tag: bytes, register: Register) -> None:
    """Proposes with three tasks and small snapshots until done or crashed."""
    with seeded_scheduler(1):
        async with running(files, register, snapshot_entries=6) as node:

            async def client(name: int) -> None:
                for number in range(9):
                    command = b"%s-%d-%d" % (tag, name, number)
                    await node.propose(command)
                    acked.append(command)

            async with trio.open_nursery() as nursery:
                for name in range(3):
                    nursery.start_soon(client, name)
            await trio.sleep(3)


def check_survival(acked: list[bytes], register: Register) -> None:
    assert set(acked) <= set(register.commands)
    assert len(set(register.commands)) == len(register.commands)
    for name in {command.rsplit(b"-", 1)[0] for command in register.commands}:
        numbers = [int(c.rsplit(b"-", 1)[1]) for c in register.commands if c.startswith(name)]
        assert numbers == list(range(len(numbers)))
    assert register.indexes == sorted(set(register.indexes))


@pytest.mark.parametrize("how", ["power", "kill", "kill, then power"])
async def test_crash_at_every_operation_keeps_acknowledged_commands(
    autojump_clock: trio.testing.MockClock, how: str
) -> None:
    """Power loss or kill -9 at every file operation, then another one during what follows."""
    probe = MemoryFiles(rng=Random(0))
    await work(probe, [], b"a", Register())
    total = len(probe.operations)
    kinds = {operation.split()[0] for operation in probe.operations}
    assert kinds == {"create", "write", "sync", "rename", "sync_directory", "remove"}

    power, kill = MemoryFiles.reboot, MemoryFiles.kill
    ends: list[Callable[[MemoryFiles], MemoryFiles]] = {
        "power": [power, power, power],
        "kill": [kill, kill, kill],
        "kill, then power": [kill, power, power],
    }[how]
    for fail_at in range(total):
        rng = Random(f"{how}/{fail_at}")
        files, acked = MemoryFiles(rng=rng), []
        seen: list[Register] = []
        for tag, after in zip((b"a", b"b", b"c"), ends, strict=True):
            files.fail_at = fail_at if tag == b"a" else rng.randrange(30)
            seen.append(Register())
            try:
                await work(files, acked, tag, seen[-1])
            except BaseException as error:
                if not find(error, Crashed):
                    raise
            files.crash()
            files = after(files)
        last = Register()
        async with running(files, last, snapshot_entries=6) as node:
            check_survival(acked, last)
            await node.propose(b"d-0-0")


async def test_io_error_at_every_operation_stops_the_node(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """EIO is never retried: `run` ends, nothing more is acknowledged, a restart has it all."""
    probe = MemoryFiles(rng=Random(0))
    await work(probe, [], b"a", Register())
    for fail_at in range(len(probe.operations)):
        files, acked = MemoryFiles(rng=Random(fail_at)), []
        files.fail_at, files.fault = fail_at, Fault.EIO
        with pytest.raises(BaseException) as caught:
            await work(files, acked, b"a", Register())
        assert find(caught.value, raft.StorageFailedError)
        files.crash()
        last = Register()
        async with running(files.reboot(), last, snapshot_entries=6):
            check_survival(acked, last)


async def test_real_directory_restarts_and_locks(tmp_path: object) -> None:
    """The real adapter, with its own flushes; a second process is refused."""
    register = Register()
    directory = raft.Directory(f"{tmp_path}/raft")
    async with running(directory, register, snapshot_entries=10) as node:
        for number in range(50):
            await node.propose(b"%d" % number)
        with pytest.raises(raft.StorageFailedError, match="another process"):
            raft.Directory(f"{tmp_path}/raft")
    directory.close()
    again, directory = Register(), raft.Directory(f"{tmp_path}/raft", sync_inline=True)
    async with running(directory, again):
        assert again.commands == register.commands
    directory.close()


async def test_pickle_is_never_used(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pickle entry point raises; commands, snapshots and recovery do not notice."""
    import _pickle
    import pickle

    import pysyncobj.pickle as engine_pickle

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("pickle was used")

    for module in (pickle, _pickle, engine_pickle):
        for name in ("loads", "load", "dumps", "dump", "Unpickler", "Pickler", "_loads", "_dumps"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, refuse)
    files, acked = MemoryFiles(rng=Random(1)), []
    await work(files, acked, b"a", Register())
    again = Register()
    async with running(files.kill(), again):
        check_survival(acked, again)


async def test_same_seed_gives_same_bytes(autojump_clock: trio.testing.MockClock) -> None:
    """Files are a function of commands, seed and virtual time."""
    contents = []
    for _ in range(2):
        files = MemoryFiles(rng=Random(1))
        with seeded_scheduler(1):
            async with running(files, Register(), snapshot_entries=6) as node:
                for number in range(20):
                    await node.propose(b"%d" % number)
                await trio.sleep(3)
        contents.append({name: files.content(name) for name in files.list_names()})

    assert contents[0] == contents[1]


def test_import_does_not_start_anything() -> None:
    """The package defines and pins, no more: no thread, no asyncio."""
    code = (
        "import sys, trio, threading, raft;"
        "assert threading.active_count() == 1; assert 'asyncio' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)
