"""Directed scenarios, and what each guard is for: without it, its scenario fails.

The table says which function of `raft.guards` (or method) is taken away, what takes its place, and
which scenarios notice.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from raft import guards, limits
from raft.acquaintance import Acquaintance
from raft.guarded import Guarded
from raft.journal_replay import Replay
from raft.testing import ScenarioError, run_scenario

SCENARIOS = Path(__file__).with_name("scenarios")
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.txt"))


def always(value: object) -> Callable[..., Any]:
    return lambda *_, **__: value


def admits_who_came_first(self: Acquaintance, peer: int, directory_id: bytes, _: object) -> bool:
    return self._known.setdefault(peer, directory_id) == directory_id


def admits_anybody(self: Acquaintance, peer: int, directory_id: bytes, _: object) -> bool:
    self._known.setdefault(peer, directory_id)
    return True


async def stops_reading(*_: object) -> None:
    """Takes every group for a torn tail."""


WITHOUT: dict[str, list[tuple[str, Callable[..., Any]]]] = {
    "may_leave_before_flush": [
        ("vote_lost_in_power_loss", always(True)),
        ("slow_disk_of_the_leader", always(False)),
    ],
    "durable_commit": [("leader_counts_itself_when_durable", lambda commit_index, _: commit_index)],
    "majority_index": [("cut_in_mid_frame", max)],
    "may_begin": [
        ("first_voter_that_was_not_there", always(True)),
        ("first_voters_lost_one_by_one", always(True)),
        (
            "first_voter_that_was_not_there",
            lambda _, *, known, voters: 2 * len(known) > len(voters),
        ),
    ],
    "is_of_own_term": [("figure_8", always(True))],
    "is_majority": [
        ("duplicate_vote", lambda senders, voters: 2 * len(senders) > len(voters)),
    ],
    "is_vote_free": [
        ("second_vote", always(True)),
        ("vote_given_again", lambda vote, _: vote is None),
    ],
    "is_up_to_date": [("short_log_is_not_elected", always(True))],
    "is_poll_needed": [("deaf_node", always(False))],
    "is_leader_alive": [("impatient_candidate", always(False))],
    "check_one_leader": [("two_leaders_in_a_term", always(None))],
    "count_matching": [("late_copy_of_entries", always(0))],
    "check_truncation": [("contradicting_leader", always(None))],
    "acknowledged_next": [
        ("claim_beyond_the_message", lambda _, *, last_index: last_index + 1),
    ],
    "proven_commit": [
        (
            "commit_over_a_stale_tail",
            lambda commit_index, *, matched_index, last_index: min(commit_index, last_index),
        )
    ],
    "retry_index": [("long_conflict", lambda _, previous_index, **__: previous_index)],
    "is_answer_current": [("answer_of_an_old_term", always(True))],
    "is_claim_possible": [("impossible_claim", always(True))],
    "is_refusal_fresh": [("old_refusal", always(True))],
    "apply_failure": [("failing_command", lambda _, error: error)],
    "is_snapshot_newer": [("old_snapshot_again", always(True))],
    "holds_entry": [("snapshot_keeps_what_follows", always(False))],
    "is_read_confirmed": [("stale_read", always(True))],
    "may_change_membership": [("two_changes_at_once", always(True))],
    "is_single_change": [("change_of_a_removed_node", always(True))],
    "is_caught_up": [("voter_that_is_not_there", lambda *_, **__: True)],
    "is_heard": [
        ("voter_that_never_spoke", always(True)),
        ("voter_that_went_away", lambda answered_s_ago: answered_s_ago < float("inf")),
    ],
    "may_commit": [("removal_that_would_stop_the_group", always(True))],
    "is_member": [("removed_node_asks_for_votes", always(True))],
}
METHODS: list[tuple[type, str, str, Callable[..., Any]]] = [
    (Guarded, "on_state_changed", "isolated_leader_lets_go", always(None)),
    (Acquaintance, "admits", "wiped_disk", admits_anybody),
    (Acquaintance, "admits", "wiped_disk_and_a_newcomer", admits_who_came_first),
    (Acquaintance, "admits", "wiped_disk_of_a_former_voter", admits_who_came_first),
    (Replay, "_decode_group", "flipped_bit", stops_reading),
]


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CATCH_UP_ENTRIES_MAX", 3)


def run(name: str) -> None:
    run_scenario((SCENARIOS / f"{name}.txt").read_text("ascii"))


@pytest.mark.parametrize("name", NAMES)
def test_scenario_holds(name: str) -> None:
    """Every line of the scenario, and the laws after each."""
    run(name)


@pytest.mark.parametrize(
    ("guard", "scenario", "instead"),
    [(guard, *case) for guard, cases in WITHOUT.items() for case in cases],
)
def test_scenario_without_its_guard_fails(
    monkeypatch: pytest.MonkeyPatch, guard: str, scenario: str, instead: Callable[..., Any]
) -> None:
    """The scenario is a test of the guard: it notices that it is gone."""
    assert callable(getattr(guards, guard))
    monkeypatch.setattr(guards, guard, instead)
    with pytest.raises((ScenarioError, BaseExceptionGroup)):
        run(scenario)


@pytest.mark.parametrize(("owner", "method", "scenario", "instead"), METHODS)
def test_scenario_without_its_method_fails(
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    method: str,
    scenario: str,
    instead: Callable[..., Any],
) -> None:
    """The same for guards that are methods."""
    monkeypatch.setattr(owner, method, instead)
    with pytest.raises((ScenarioError, BaseExceptionGroup)):
        run(scenario)


def test_every_guard_has_a_scenario() -> None:
    """No rule without a test that notices its absence."""
    names = {
        name
        for name, value in vars(guards).items()
        if getattr(value, "__module__", "") == guards.__name__
    }
    assert names == set(WITHOUT)


@pytest.mark.parametrize(
    "line",
    [
        "elect 9",
        "electt 1",
        "elect",
        "cluster 3",
        "heartbeat 2",
        "pass 3s",
        "pass 30ms 9",
        "cut 1 | 9",
        "cut 1 2",
        "cut 1 > 9",
        "break 1 > 9",
        "hold 1 > 2 Votte",
        "copy 1 > 9 Vote",
        "release 1 > 2 first",
        "send 3 > 2 Votte 2 2 false true",
        "send 3 > 2 Vote 2 2 false",
        "open 2 c",
        "propose 1 7",
        "start 1",
        "wipe 1",
        "flip 1 journal 70 3",
        "member 1 2 votar m",
        "expect 1 leadz",
        "expect 9 leads",
        "expect x ok",
        "expect a okay",
    ],
)
def test_line_that_says_nothing_fails_with_its_number(line: str) -> None:
    """A scenario with a slip of the pen would pass, whatever the group does."""
    with pytest.raises(ScenarioError, match=r"^line 4: "):
        run_scenario(f"cluster 3\nelect 1\npropose 1 a\n{line}\n")


@pytest.mark.parametrize("text", ["", "# nothing", "elect 1", "cluster 3 observer 1", "cluster x"])
def test_scenario_without_a_group_fails(text: str) -> None:
    """Who takes part is the first thing it says."""
    with pytest.raises(ScenarioError):
        run_scenario(text)
