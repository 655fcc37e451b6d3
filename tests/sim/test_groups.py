"""Consumer groups on the whole node, in one deterministic run per seed; see `group_universe`.

A failure prints the seed, the last events and the command that replays it. TEST_SIM_SEED,
TEST_SIM_SEEDS and TEST_SIM_FIRST mean what they mean in `test_simulation`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.coordinator import joining, membership, offset_requests
from appliance.coordinator.effects import Append, Effects
from appliance.coordinator.group import Group
from appliance.coordinator.joining import Joining
from appliance.coordinator.offset_requests import OffsetRequests
from appliance.coordinator.offsets import Offsets
from appliance.coordinator.phases import Phases
from appliance.coordinator.records import OffsetRecord, TopicCommit
from appliance.coordinator.states import State
from appliance.protocol.errors import ErrorCode
from appliance.server.group_runtime import GroupRuntime
from tests.sim import seeds
from tests.sim.group_universe import GroupUniverse
from tests.sim.model import Violation

ROOT = Path(__file__).resolve().parents[2]


def run_seed(seed: int) -> GroupUniverse:
    """Run a seed; a failure tells how to see it again."""
    return seeds.run(GroupUniverse(seed), seed, test="groups_keep")


@pytest.mark.sim
@pytest.mark.parametrize("seed", seeds.wanted(8))
def test_groups_keep_their_laws_whatever_fails(seed: int) -> None:
    """One owner, no lost commit, stable within the timeouts; see `group_model`."""
    run_seed(seed)


def test_seeds_of_groups_reach_what_they_are_for() -> None:
    """Without restarts, rebalances, commits and fenced members nothing would be proved."""
    lives = calms = restarts = commits = generations = fenced = 0
    for seed in range(2000, 2006):
        universe = run_seed(seed)
        lives += universe.lives
        calms += universe.calms
        restarts += universe.restarts
        for team in universe.teams:
            commits += team.model.commits
            generations += team.model.generation
            fenced += len(team.model.fenced)

    assert lives > 12
    assert calms >= 6
    assert restarts > 2
    assert commits > 150
    assert generations > 50
    assert fenced > 5


def test_same_seed_of_groups_is_the_same_run() -> None:
    """Under another hash seed, too."""
    seed = 3
    here = run_seed(seed).digest.hexdigest()
    code = f"from tests.sim.test_groups import run_seed; print(run_seed({seed}).digest.hexdigest())"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip() == here


# Tests of the test: a coordinator that breaks one rule is caught.


def serve_any_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    check = OffsetRequests._commit_code

    def with_any(self: OffsetRequests, request: Any, call: Any) -> ErrorCode:
        group = self._registry.groups.get(request.group_id)
        if group is not None and request.member_id in group.members:
            request.generation_id_or_member_epoch = group.generation
        return check(self, request, call)

    monkeypatch.setattr(OffsetRequests, "_commit_code", with_any)


def serve_fenced(monkeypatch: pytest.MonkeyPatch) -> None:
    check = membership.member_code

    def lenient(group: Group, member_id: str, instance_id: str | None) -> ErrorCode:
        current = group.static.get(instance_id or "")
        return check(group, current or member_id, instance_id)

    def find(request: Any, group: Group) -> None:
        request.member_id = group.static.get(request.group_instance_id or "", request.member_id)

    heartbeat = membership.Membership._heartbeat_code

    def heartbeat_code(self: Any, group: Group, request: Any, now_ms: int) -> ErrorCode:
        find(request, group)
        return heartbeat(self, group, request, now_ms)

    for module in (joining, membership, offset_requests):
        monkeypatch.setattr(module, "member_code", lenient)
    monkeypatch.setattr(membership.Membership, "_heartbeat_code", heartbeat_code)


def answer_before_durable(monkeypatch: pytest.MonkeyPatch) -> None:
    append = GroupRuntime._append

    def append_and_go_on(self: GroupRuntime, one: Append, now_ms: int) -> Effects:
        refused = append(self, one, now_ms)
        return refused or self._coordinator.on_durable(one.append_id, now_ms)

    monkeypatch.setattr(GroupRuntime, "_append", append_and_go_on)


def rebalance_for_static(monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Joining._replace_static

    def replace_and_rebalance(self: Joining, effects: Effects, group: Group, *rest: Any) -> None:
        replace(self, effects, group, *rest)
        if group.state is State.STABLE:
            self._phases.begin(effects, group, rest[0].call.now_ms)

    monkeypatch.setattr(Joining, "_replace_static", replace_and_rebalance)


def keep_silent_members(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(self: Phases, *_: Any) -> None:
        pass

    monkeypatch.setattr(Phases, "on_session_over", nothing)


def use_generation_again(monkeypatch: pytest.MonkeyPatch) -> None:
    following = Group.next_generation

    def once_more(self: Group, now_ms: int) -> None:
        following(self, now_ms)
        self.generation = max(self.generation - 1, 1)

    monkeypatch.setattr(Group, "next_generation", once_more)


def forget_assignments(monkeypatch: pytest.MonkeyPatch) -> None:
    def store_nothing(
        self: Phases, effects: Effects, group: Group, _: Any, *, then: Any, otherwise: Any
    ) -> None:
        then(effects, 0)

    monkeypatch.setattr(Phases, "store", store_nothing)


def lose_a_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    apply = Offsets.apply
    count = 0

    def apply_most(self: Offsets, record: OffsetRecord | TopicCommit) -> None:
        nonlocal count
        count += 1
        if count % 50:
            apply(self, record)

    monkeypatch.setattr(Offsets, "apply", apply_most)


ABLATIONS: list[tuple[Callable[[pytest.MonkeyPatch], None], tuple[str, ...]]] = [
    (serve_any_generation, ("fenced", "owner")),
    (serve_fenced, ("fenced",)),
    (answer_before_durable, ("offset", "owner")),
    (rebalance_for_static, ("static",)),
    (keep_silent_members, ("fenced", "stable")),
    (use_generation_again, ("owner",)),
    (forget_assignments, ("owner", "static")),
    (lose_a_commit, ("offset",)),
]
"""(rule that is broken, laws of which one must be found broken)."""

ABLATION_SEEDS = 60


@pytest.mark.sim
@pytest.mark.parametrize(
    ("ablation", "laws"), ABLATIONS, ids=[line[0].__name__ for line in ABLATIONS]
)
def test_broken_rule_of_groups_is_caught(
    monkeypatch: pytest.MonkeyPatch,
    ablation: Callable[[pytest.MonkeyPatch], None],
    laws: tuple[str, ...],
) -> None:
    """Within few seeds the law that the rule is for is found broken."""
    ablation(monkeypatch)
    for seed in range(ABLATION_SEEDS):
        try:
            GroupUniverse(seed).run()
        except Violation as error:
            if str(error).startswith(laws):
                return
    raise AssertionError(f"{ABLATION_SEEDS} seeds did not notice {ablation.__name__}")
