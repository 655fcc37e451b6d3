"""The deadline heap."""

import pytest
from hypothesis import given, strategies as st

from appliance.coordinator import limits
from appliance.coordinator.deadlines import Deadline, Deadlines


def _due(deadlines: Deadlines, now_ms: int) -> list[str]:
    return [deadline.owner for deadline in deadlines.due(now_ms)]


def test_deadlines_fire_in_order_and_once():
    deadlines = Deadlines()
    for name, at_ms in (("b", 20), ("a", 10), ("c", 20)):
        deadlines.set(Deadline(name), at_ms)
    assert deadlines.next_ms() == 10
    assert _due(deadlines, 9) == []
    assert _due(deadlines, 20) == ["a", "b", "c"]
    assert deadlines.next_ms() is None


def test_deadline_moved_later_costs_no_entry_and_fires_later():
    deadlines, one = Deadlines(), Deadline("a")
    for at_ms in range(10, 1_000):
        deadlines.set(one, at_ms)
    assert len(deadlines) == 1
    assert _due(deadlines, 10) == []
    assert _due(deadlines, 998) == []
    assert _due(deadlines, 999) == ["a"]


def test_many_deadlines_fire_in_steps(monkeypatch: pytest.MonkeyPatch):
    """Those that were moved count, too; whoever asks for the next time learns of the rest."""
    monkeypatch.setattr(limits, "DEADLINE_ENTRIES_PER_CALL", 4)
    deadlines = Deadlines()
    many = [Deadline(str(number)) for number in range(10)]
    for deadline in many:
        deadlines.set(deadline, 10)
    for deadline in many[:3]:
        deadlines.set(deadline, 20)
    assert _due(deadlines, 10) == ["3"]
    assert deadlines.next_ms() == 10
    assert _due(deadlines, 10) == ["4", "5", "6", "7"]
    assert _due(deadlines, 10) == ["8", "9"]
    assert deadlines.next_ms() == 20
    assert _due(deadlines, 20) == ["0", "1", "2"]


def test_deadline_moved_earlier_or_cleared_and_set_again_fires_once():
    deadlines, one, other = Deadlines(), Deadline("a"), Deadline("b")
    deadlines.set(one, 100)
    deadlines.set(one, 10)
    deadlines.set(other, 50)
    deadlines.clear(other)
    deadlines.set(other, 50)
    deadlines.clear(other)
    assert _due(deadlines, 10) == ["a"]
    assert _due(deadlines, 200) == []


def test_deadline_set_while_others_fire_is_seen():
    deadlines, one, other = Deadlines(), Deadline("a"), Deadline("b")
    deadlines.set(one, 10)
    fired = []
    for deadline in deadlines.due(10):
        fired.append(deadline.owner)
        if deadline is one:
            deadlines.set(other, 10)
    assert fired == ["a", "b"]


def test_cancelled_entries_do_not_pile_up():
    deadlines = Deadlines()
    keep = Deadline("keep")
    deadlines.set(keep, 5)
    for index in range(20_000):
        one = Deadline(index)
        deadlines.set(one, 1_000_000 + index)
        deadlines.clear(one)
    assert len(deadlines) <= 2 * limits.DEADLINES_STALE_MIN
    assert _due(deadlines, 5) == ["keep"]


@given(st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(0, 30)), max_size=60))
def test_deadlines_agree_with_a_dictionary(steps: list[tuple[int, int | None]]):
    deadlines, model = Deadlines(), {}
    many = [Deadline(index) for index in range(5)]
    for now_ms, (index, at_ms) in enumerate(steps):
        if at_ms is None:
            deadlines.clear(many[index])
            model.pop(index, None)
        else:
            deadlines.set(many[index], now_ms + at_ms)
            model[index] = now_ms + at_ms
        due = sorted(i for i, when in model.items() if when <= now_ms)
        following = deadlines.next_ms()
        if due:
            assert following is not None and following <= now_ms
        assert sorted(_due(deadlines, now_ms)) == due
        for one in due:
            del model[one]
        if model:
            following = deadlines.next_ms()
            assert following is not None and following <= min(model.values())
