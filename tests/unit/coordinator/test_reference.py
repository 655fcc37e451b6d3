"""The coordinator gives, request by request, the answers of a model of a tenth of its size."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, note, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from appliance.coordinator import Policy
from appliance.protocol.errors import ErrorCode
from tests.unit.coordinator.driver import Driver, subscription
from tests.unit.coordinator.reference import (
    DELAY_MS,
    NEW_MS,
    REBALANCE_MS,
    SESSION_MS,
    STABLE,
    Reference,
)

POLICY = Policy(
    session_timeout_ms_min=1_000,
    initial_rebalance_delay_ms=DELAY_MS,
    new_member_join_timeout_ms=NEW_MS,
    offsets_retention_check_interval_ms=1 << 40,  # never, here
)
TEXTS = (subscription("t"), subscription("t", extra=b"other"))

_ANY = st.integers(0, 1 << 16)
_INSTANCE = st.sampled_from(["i", "j"])
_BACK = st.sampled_from([0, 0, 0, 0, 1])


class Side(RuleBasedStateMachine):
    """Both, side by side; every request costs a millisecond, so that no two deadlines are one."""

    def __init__(self) -> None:
        super().__init__()
        self.driver = Driver(POLICY)
        self.model = Reference(self.driver.now_ms)
        self.asked: dict[int, str] = {}
        self.names: list[tuple[str, str | None]] = []  # ids that were given out, with instances
        self.offset = 0

    # ---- what both are told

    def ask(self, what: str) -> int:
        """Let a moment pass; return the token of the request that follows."""
        self.let(1)
        token = self.driver._tokens + 1
        self.asked[token] = what
        note(f"{token}: {what}")
        return token

    def let(self, by_ms: int) -> None:
        self.driver.advance(by_ms)
        self.model.advance(by_ms)

    def someone(self, which: int) -> tuple[str, str | None]:
        """Return a member, or one who was one or never became one."""
        people = list(self.model.people.values())
        if people and which % 4:
            person = people[which % len(people)]
            return person.name, person.instance
        return self.names[which % len(self.names)] if self.names else ("stranger", None)

    def _join(self, who: str, instance: str | None, text: bytes) -> None:
        token = self.ask("join")
        self.model.join(token, who, instance, text)
        self.driver.join(
            "g",
            who,
            instance_id=instance,
            protocols=(("range", text),),
            session_ms=SESSION_MS,
            rebalance_ms=REBALANCE_MS,
        )

    @rule(which=st.integers(0, 1))
    def come(self, which: int) -> None:
        token = self.driver._tokens + 1
        self._join("", None, TEXTS[which])
        name = f"c-{token:04}"
        self.names.append((name, None))
        if which:  # Others take their time.
            self._join(name, None, TEXTS[which])

    @rule(instance=_INSTANCE)
    def come_static(self, instance: str) -> None:
        token = self.driver._tokens + 1
        self._join("", instance, TEXTS[0])
        self.names.append((f"{instance}-{token:04}", instance))

    @rule(which=_ANY, text=st.integers(0, 1))
    def join_again(self, which: int, text: int) -> None:
        self._join(*self.someone(which), TEXTS[text])

    @rule(text=st.integers(0, 1))
    def join_all(self, text: int) -> None:
        people = [(p.name, p.instance) for p in self.model.people.values()]
        people += [(name, None) for name in self.model.pending]
        for who, instance in people:
            self._join(who, instance, TEXTS[text])

    def _sync(self, who: str, instance: str | None, generation: int, given: dict[str, bytes]):
        token = self.ask("sync")
        self.model.sync(token, who, instance, generation, given)
        self.driver.sync("g", who, generation, given, instance_id=instance)

    @rule(which=_ANY, back=_BACK)
    def sync(self, which: int, back: int) -> None:
        who, instance = self.someone(which)
        given = {one: b"%d for %s" % (which, one.encode()) for one in self.model.people}
        self._sync(who, instance, self.model.generation - back, given)

    @rule()
    def sync_all(self) -> None:
        people = [(p.name, p.instance) for p in self.model.people.values()]
        given = {one: b"for " + one.encode() for one, _ in people}
        for who, instance in people:
            self._sync(who, instance, self.model.generation, given)

    @rule(which=_ANY, back=_BACK)
    def heartbeat(self, which: int, back: int) -> None:
        self._heartbeat(*self.someone(which), self.model.generation - back)

    def _heartbeat(self, who: str, instance: str | None, generation: int) -> None:
        self.model.heartbeat(self.ask("heartbeat"), who, instance, generation)
        self.driver.heartbeat("g", who, generation, instance_id=instance)

    @rule(which=_ANY)
    def leave(self, which: int) -> None:
        who, instance = self.someone(which)
        self.model.leave(self.ask("leave"), who, instance)
        self.driver.leave("g", (who, instance))

    @rule(instance=_INSTANCE)
    def remove_static(self, instance: str) -> None:
        self.model.leave(self.ask("leave"), "", instance)
        self.driver.leave("g", ("", instance))

    @rule(which=_ANY, back=_BACK, partition=st.integers(0, 2))
    def commit(self, which: int, back: int, partition: int) -> None:
        who, _ = self.someone(which)
        self._commit(who, max(self.model.generation - back, 0), partition)

    @rule(partition=st.integers(0, 2))
    def commit_simple(self, partition: int) -> None:
        self._commit("", -1, partition)

    def _commit(self, who: str, generation: int, partition: int) -> None:
        self.offset += 1
        token = self.ask("commit")
        self.model.commit(token, who, generation, partition=partition, offset=self.offset)
        place = {("t", partition): self.offset}
        self.driver.commit("g", place, member_id=who, generation=generation)

    @initialize(dynamic=st.integers(0, 3), static=st.integers(0, 2), is_gathered=st.booleans())
    def found(self, dynamic: int, static: int, *, is_gathered: bool) -> None:
        """Begin with a group that is stable, mostly: chance alone brings it there too rarely."""
        for _ in range(dynamic):
            self.come(1)
        for instance in ("i", "j")[:static]:
            self.come_static(instance)
        if is_gathered or dynamic:
            self.gather()

    @rule()
    def gather(self) -> None:
        """Let all join and sync, as members do; some of it may come too late."""
        self.join_all(0)
        if self.model.is_first:
            self.let(3 * DELAY_MS)
        self.sync_all()

    @rule(which=_ANY)
    def heartbeat_most(self, which: int) -> None:
        """Let time pass while all members but one are alive."""
        for _ in range(4):
            self.let(SESSION_MS // 3)
            people = list(self.model.people.values())
            for index, person in enumerate(people):
                if index != which % (2 * len(people)):
                    self._heartbeat(person.name, person.instance, self.model.generation)

    @rule(is_sure=_BACK)
    def delete(self, is_sure: int) -> None:
        if not is_sure:
            return
        self.model.delete(self.ask("delete"))
        self.driver.delete_groups("g")

    @rule(by_ms=st.sampled_from([10, 900, 2_950, 9_000, 26_000, 70_000]))
    def wait(self, by_ms: int) -> None:
        self.let(by_ms)

    @rule()
    def fail_over(self) -> None:
        old = self.driver
        self.driver = old.reload()
        self.driver._tokens, self.driver._uuids = old._tokens, old._uuids
        self.driver.replies, self.driver.versions = old.replies, old.versions
        self.model.fail_over()

    # ---- what both say

    def told(self, token: int) -> tuple[object, ...]:
        """Return an answer in the model's form."""
        answer: Any = self.driver.replies[token]
        what = self.asked[token]
        if what == "commit":
            return (ErrorCode(answer.topics[0].partitions[0].error_code),)
        if what == "delete":
            return (ErrorCode(answer.results[0].error_code),)
        if what == "leave":
            assert answer.error_code == 0
            return (ErrorCode(answer.members[0].error_code),)
        code = ErrorCode(answer.error_code)
        if what == "join" and code is ErrorCode.MEMBER_ID_REQUIRED:
            return code, answer.member_id
        if what == "join" and code is ErrorCode.NONE:
            shown = [(x.member_id, x.group_instance_id, x.metadata) for x in answer.members]
            skips = answer.skip_assignment
            return code, answer.member_id, answer.generation_id, answer.leader, skips, shown
        if what == "sync" and code is ErrorCode.NONE:
            return code, answer.assignment
        return (code,)

    @invariant()
    def answers_are_equal(self) -> None:
        mine = {token: self.told(token) for token in self.asked if token in self.driver.replies}

        assert mine == self.model.answers

    @invariant()
    def groups_are_equal(self) -> None:
        model = self.model
        offsets = {place[1]: offset for place, offset in self.driver.committed("g").items()}
        group = self.driver.coordinator.groups.get("g")

        assert offsets == model.offsets
        assert (group is not None) == model.exists
        if group is not None:
            assert group.state.value == model.state
            assert group.generation == model.generation
            assert list(group.members) == list(model.people)
            assert set(group.pending) == set(model.pending)
        if group is not None and model.state == STABLE:
            assert group.leader == model.leader
            given = {who: member.assignment for who, member in group.members.items()}
            assert given == {who: person.given for who, person in model.people.items()}


TestReference = pytest.mark.slow(Side.TestCase)
TestReference.settings = settings(
    max_examples=int(os.environ.get("TEST_MODEL_EXAMPLES", "100")),
    stateful_step_count=50,
    deadline=None,
    derandomize="TEST_MODEL_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
