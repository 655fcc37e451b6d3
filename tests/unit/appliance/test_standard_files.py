"""Standard error that is full, gone, read by nobody, or was closed at the start."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.standard_files import LINE_BYTES_MAX, LINES_MAX, LineWriter, say

WAIT_S = 20


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe, and who closes what is left of it.

    A test ends when no thread writes to it any more: the next test's pipe has the same number.
    """
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            pass


def read_all(number: int) -> bytes:
    with open(number, "rb", closefd=False) as file:
        return file.read()


def test_lines_are_written_in_order_and_whole(pipe: tuple[int, int]) -> None:
    """Each with one end; whatever Unicode is in them."""
    ours, theirs = pipe
    writer = LineWriter(theirs)
    for line in ("a", "b\n", "ä\udcff"):
        writer.write(line)
    writer.close(WAIT_S)
    os.close(theirs)

    assert read_all(ours) == "a\nb\nä\\udcff\n".encode()
    assert writer.lost == 0


@pytest.mark.parametrize("is_blocking", [True, False])
def test_a_pipe_that_nobody_reads_holds_nobody_up(pipe: tuple[int, int], is_blocking: bool) -> None:
    """What does not fit the queue is lost, counted, and told of once somebody reads."""
    ours, theirs = pipe
    os.set_blocking(theirs, is_blocking)
    writer = LineWriter(theirs, on_lost=lambda n: writer.write(f"lost {n}"))
    for _ in range(LINES_MAX + 200):
        writer.write("x" * 1000)
    lost = writer.lost
    text = b""
    while text.count(b"x\n") + lost < LINES_MAX + 200:
        text += os.read(ours, 1 << 20)
    writer.write("y")
    writer.close(WAIT_S)
    os.close(theirs)

    assert 0 < lost <= 200
    lines = (text + read_all(ours)).splitlines()
    told = [int(line.removeprefix(b"lost ")) for line in lines if line.startswith(b"lost ")]
    assert sum(told) == writer.lost == lost  # In pieces, if it got on in between.
    assert lines[-1] == b"y"


def test_closing_waits_for_a_pipe_that_nobody_reads_only_so_long(pipe: tuple[int, int]) -> None:
    """The end of the process does not hang on its log; what comes later is counted as lost."""
    ours, theirs = pipe
    writer = LineWriter(theirs)
    for _ in range(LINES_MAX):
        writer.write("x" * 1000)
    writer.close(0.01)
    before = writer.lost
    writer.write("late")
    late = writer.lost
    os.close(ours)
    writer.close(WAIT_S)

    assert late == before + 1


def test_a_full_disk_and_a_reader_that_is_gone_lose_lines_and_nothing_else(
    pipe: tuple[int, int],
) -> None:
    """ENOSPC, EPIPE: counted; nobody is told as long as it lasts."""
    os.close(pipe[0])
    full = os.open("/dev/full", os.O_WRONLY)
    for number in (full, pipe[1]):
        told: list[int] = []
        writer = LineWriter(number, on_lost=told.append)
        for _ in range(10):
            writer.write("x")
        writer.close(WAIT_S)

        assert writer.lost == 10
        assert sum(told) < 10
    os.close(full)


def test_a_line_is_cut_to_a_bound(pipe: tuple[int, int]) -> None:
    ours, theirs = pipe
    writer = LineWriter(theirs)
    os.set_blocking(ours, True)
    writer.write("x" * (LINE_BYTES_MAX + 1))
    received = b""
    while not received.endswith(b"\n"):
        received += os.read(ours, 1 << 20)
    writer.close(WAIT_S)

    assert len(received) == LINE_BYTES_MAX + 1


def test_a_last_word_is_said_or_left(pipe: tuple[int, int]) -> None:
    """To a file, to one in memory, to a full disk, to a pipe that nobody reads."""
    ours, theirs = pipe
    memory = io.StringIO()
    say("word", memory)
    with open("/dev/full", "w") as full:
        say("word", full)
    text = b"x" * (1 << 20)
    with open(theirs, "w", closefd=False) as file:
        say(text.decode(), file)
    received = b""
    while len(received) < len(text):
        received += os.read(ours, 1 << 20)

    assert memory.getvalue() == "word"
    assert received == text


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_what_was_closed_at_the_start_is_dev_null(closed: str, tmp_path: Path) -> None:
    """The next file does not get its number, and printing is no error."""
    found = tmp_path / "found"
    code = (
        "import os, sys; from appliance.standard_files import hold; hold();"
        "print('out'); print('err', file=sys.stderr); sys.stdin.read();"
        f"open({str(found)!r}, 'w').write(str(os.open('/', os.O_RDONLY)))"
    )
    subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, code],
        check=True,
        stdin=subprocess.DEVNULL,
    )

    assert int(found.read_text()) > 2
