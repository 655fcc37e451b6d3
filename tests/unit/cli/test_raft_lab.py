"""`penstock raft-lab`: runs, says what it did, and draws it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from appliance import cli
from raft.testing import Laws


def test_a_run_says_what_it_did_and_draws_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The page holds every node, needs no network, and shows faults, terms and lost disks."""
    page = tmp_path / "timeline.html"
    assert cli.main(["raft-lab", "--seed", "1", "--seconds", "3", "--html", str(page)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("seed 1: ok, ")
    assert ", 1 disks wiped, 0 bits flipped, " in shown
    rows = shown.splitlines()[1:]
    # Node 5 takes the place of 1, whose disk was wiped.
    assert [row[:6] for row in rows[:5]] == [f"node {number}" for number in range(1, 6)]
    assert ["x" in row for row in rows[:5]] == [True, False, False, False, False]
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


def test_a_broken_law_is_shown_with_its_seed_and_events(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads it can repeat it."""

    def find(self: Laws, node_id: int, term: int) -> None:
        if term > 1:
            self.fail(f"{node_id} leads in term {term}")

    monkeypatch.setattr(Laws, "_on_leader", find)
    arguments = ["raft-lab", "--seeds", "9", "--seconds", "10", "--faults", "process,partition"]
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


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--nodes", "0"], "1 to 9"),
        (["--nodes", "x"], "1 to 9"),
        (["--faults", "fire"], "known kinds are network, partition"),
        (["--hours", "-1"], "above 0"),
    ],
)
def test_wrong_options_are_one_line(
    arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They say what is legal."""
    assert cli.main(["raft-lab", *arguments]) == 2
    assert text in capsys.readouterr().err
