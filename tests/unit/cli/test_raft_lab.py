"""`penstock raft-lab`: runs, says what it did, and draws it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from appliance import cli
from appliance.cli import raft_lab
from raft.testing import Laws, simulate


def test_a_run_says_what_it_did_and_draws_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The page holds every node, needs no network, and shows faults, terms and lost disks."""
    seed = next(seed for seed in range(100) if simulate(seed, seconds=3).disks_wiped == 1)
    page = tmp_path / "timeline.html"
    assert cli.main(["raft-lab", "--seed", str(seed), "--seconds", "3", "--html", str(page)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"seed {seed}: ok, ")
    assert ", 1 disks wiped, 0 bits flipped, " in shown
    rows = shown.splitlines()[1:]
    # Node 5 takes the place of a voter, whose disk was wiped.
    assert [row[:6] for row in rows[:5]] == [f"node {number}" for number in range(1, 6)]
    assert sum("x" in row for row in rows[:3]) == 1
    assert not any("x" in row for row in rows[3:5])
    assert all("1" in row[9:] for row in rows[:3])  # the voters are in term 1
    assert any("-" in row[9:] for row in rows[:3])
    assert any("#" in row for row in rows[:3])
    assert rows[5].startswith("faults")
    assert rows[5].count("!") > 1
    assert rows[6].startswith(" " * 9 + "0")
    assert len({len(row) for row in rows}) == 1
    text = page.read_text("utf-8")
    for what in ("node 1", "node 2", "node 3", "term 1", "leader", "peace", "wiped", "by 5"):
        assert what in text
    assert "http" not in text


@pytest.fixture
def broken_law(monkeypatch: pytest.MonkeyPatch) -> None:
    """There must not be a second term."""

    def find(self: Laws, node_id: int, term: int) -> None:
        if term > 1:
            self.fail(f"{node_id} leads in term {term}")

    monkeypatch.setattr(Laws, "_on_leader", find)


@pytest.mark.usefixtures("broken_law")
def test_a_broken_law_is_shown_with_its_seed_and_events(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever reads it can repeat it."""
    arguments = ["raft-lab", "--seed", "3", "--seconds", "10", "--faults", "process,partition"]
    assert cli.main(arguments) == 1
    captured = capsys.readouterr()
    assert re.search(r"seed \d: \d leads in term 2", captured.out)
    # One fault is enough for a second term, and the run ends where the law breaks.
    found = re.search(
        r"seed \d with these faults alone: (process|partition) \d+: \d leads", captured.out
    )
    assert found
    assert re.search(r"node \d .*#.*\n", captured.out)
    assert "fault: " in captured.err
    assert "RequestVote(" in captured.err


@pytest.mark.usefixtures("broken_law")
def test_a_reduced_run_is_repeated_by_the_command_that_is_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It ends with the same words, picture and events, at once."""
    arguments = ["--seed", "3", "--seconds", "6", "--faults", "process,partition"]
    assert cli.main(["raft-lab", *arguments]) == 1
    reduced = capsys.readouterr()
    (again,) = re.findall(r"^again: (penstock raft-lab .*)$", reduced.out, re.MULTILINE)
    (found,) = re.findall(r"^seed 3 with these faults alone: .*$", reduced.out, re.MULTILINE)
    program, *words = shlex.split(again)
    assert cli.main(words) == 1
    repeated = capsys.readouterr()

    assert program == "penstock"
    assert found.endswith(repeated.out.splitlines()[0].partition(": ")[2])
    assert "looking for" not in repeated.out
    assert repeated.out.splitlines()[1:] == reduced.out.partition(again)[2].splitlines()[1:]
    assert repeated.err == reduced.err


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ({0}, "0"),
        ({4, 3}, "3-4"),
        ({0, 1, 2, 5, 7, 8}, "0-2,5,7-8"),
        (set(range(2000)), "0-1999"),
    ],
)
def test_numbers_of_faults_are_read_as_they_are_printed(numbers: set[int], text: str) -> None:
    """None is lost on the way."""
    assert raft_lab.print_omitted(numbers) == text
    assert raft_lab.read_omitted(text) == numbers


def test_faults_that_are_left_out_do_not_happen(capsys: pytest.CaptureFixture[str]) -> None:
    """The others stay as they are."""
    counts: list[int] = []
    for omitted in ([], ["--omit", "0"], ["--omit", "0-9999"]):
        assert cli.main(["raft-lab", "--seed", "1", "--seconds", "3", *omitted]) == 0
        shown = capsys.readouterr().out
        found = re.search(r" (\d+) faults, (\d+) disks wiped", shown)
        assert found
        counts.append(int(found[1]))

    assert counts == [counts[0], counts[0] - 1, 0]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--nodes", "0"], "1 to 9"),
        (["--nodes", "x"], "1 to 9"),
        (["--faults", "fire"], "known kinds are network, partition"),
        (["--hours", "-1"], "above 0"),
        (["--omit", ""], "such as 3,7-12"),
        (["--omit", "7-3"], "such as 3,7-12"),
        (["--omit", "1,x"], "such as 3,7-12"),
        (["--omit", "-1"], "such as 3,7-12"),
        (["--omit", "0-99999999999"], "such as 3,7-12"),
        (["--omit", "3", "--seeds", "2"], "one seed"),
        (["--omit", "3", "--hours", "1"], "one seed"),
    ],
)
def test_wrong_options_are_one_line(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They say what is legal."""
    assert cli.main(["raft-lab", *arguments]) == 2
    assert text in capsys.readouterr().err
