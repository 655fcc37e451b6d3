"""The classic group protocol in the shortest form that answers requests: one group, a log that is
durable at once, one assignor. It is written from the protocol's description, not from our code.

All members have the same timeouts. Answers are tuples that begin with the error code.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from appliance.protocol.errors import ErrorCode

SESSION_MS, REBALANCE_MS, DELAY_MS, NEW_MS = 10_000, 25_003, 3_001, 61_007
NEVER = 1 << 62

EMPTY, PREPARING, COMPLETING, STABLE = (
    "Empty",
    "PreparingRebalance",
    "CompletingRebalance",
    "Stable",
)
OK = ErrorCode.NONE


@dataclass
class Person:
    """A member; `join` and `sync` are the tokens of its parked requests."""

    name: str
    instance: str | None
    text: bytes
    expires: int = NEVER
    join: int | None = None
    sync: int | None = None
    given: bytes = b""
    is_new: bool = True


@dataclass
class Reference:
    """The group, and every answer it gave by the token of the request."""

    now: int
    state: str = EMPTY
    generation: int = 0
    leader: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    pending: dict[str, int] = field(default_factory=dict)
    unsynced: list[str] = field(default_factory=list)
    phase: int = NEVER
    is_first: bool = False
    came: bool = False
    left_ms: int = 0
    offsets: dict[int, int] = field(default_factory=dict)
    stored: tuple[int, str, list[Person]] | None = None
    answers: dict[int, tuple[object, ...]] = field(default_factory=dict)

    # ---- helpers

    @property
    def exists(self) -> bool:
        is_used = self.stored is not None or self.people or self.pending or self.offsets
        return self.state != EMPTY or bool(is_used)

    def instance(self, name: str | None) -> Person | None:
        return next((p for p in self.people.values() if name and p.instance == name), None)

    def code(self, who: str, instance: str | None) -> ErrorCode:
        if instance is not None:
            current = self.instance(instance)
            if current is not None and current.name != who:
                return ErrorCode.FENCED_INSTANCE_ID
            if current is None:
                return ErrorCode.UNKNOWN_MEMBER_ID
        return OK if who in self.people else ErrorCode.UNKNOWN_MEMBER_ID

    def touch(self, person: Person) -> None:
        person.expires = self.now + SESSION_MS

    def store(self) -> None:
        self.stored = self.generation, self.leader, copy.deepcopy(list(self.people.values()))

    def refuse(self, person: Person, code: ErrorCode) -> None:
        for token in (person.join, person.sync):
            if token is not None:
                self.answers[token] = (code,)
        person.join = person.sync = None

    def remove(self, who: str) -> None:
        self.pending.pop(who, None)
        person = self.people.pop(who, None)
        if person is not None:
            self.refuse(person, ErrorCode.UNKNOWN_MEMBER_ID)
        if self.leader == who:
            self.leader = next(iter(self.people), "")
        if who in self.unsynced:
            self.unsynced.remove(who)

    # ---- phases

    def changed(self) -> None:
        """Somebody came, went or is another one."""
        if self.state != PREPARING:
            self.begin()
        else:
            self.maybe_complete()

    def begin(self) -> None:
        self.is_first = self.state == EMPTY
        if self.state == COMPLETING:
            for person in self.people.values():
                person.given = b""
                if person.sync is not None:
                    self.answers[person.sync] = (ErrorCode.REBALANCE_IN_PROGRESS,)
                    person.sync = None
                    self.touch(person)
        self.state, self.unsynced, self.came = PREPARING, [], False
        if self.is_first:
            self.phase, self.left_ms = self.now + DELAY_MS, REBALANCE_MS - DELAY_MS
        else:
            # Nobody is left who asked for time; ids that were given out are not waited for.
            self.phase = self.now + (REBALANCE_MS if self.people else 1)
            self.maybe_complete()

    def maybe_complete(self) -> None:
        is_all = all(p.join is not None for p in self.people.values()) and not self.pending
        if self.state == PREPARING and not self.is_first and is_all:
            self.complete()

    def complete(self) -> None:
        for person in list(self.people.values()):
            if person.join is None and person.instance is None:
                self.remove(person.name)
        here = [p.name for p in self.people.values() if p.join is not None]
        if self.people and not here:
            self.phase = self.now + REBALANCE_MS
            return
        self.phase = NEVER
        self.generation += 1
        if not self.people:
            self.state, self.leader = EMPTY, ""
            self.store()
            return
        self.state, self.phase = COMPLETING, self.now + REBALANCE_MS
        self.unsynced = list(self.people)
        self.leader = self.leader if self.leader in here else here[0]
        for person in self.people.values():
            person.is_new, person.given = False, b""
            if person.join is not None:
                self.answers[person.join] = self.joined(person)
                person.join = None
            self.touch(person)

    def joined(self, person: Person, *, skips: bool = False) -> tuple[object, ...]:
        everybody = [(p.name, p.instance, p.text) for p in self.people.values()]
        is_leader = person.name == self.leader
        shown = everybody if is_leader else []
        return OK, person.name, self.generation, self.leader, skips and is_leader, shown

    # ---- time

    def advance(self, by_ms: int) -> None:
        until = self.now + by_ms
        while True:
            due: list[tuple[int, str]] = [(at, who) for who, at in self.pending.items()]
            due += [(p.expires, p.name) for p in self.people.values()]
            due.append((self.phase, ""))
            at, who = min(due)
            if at > until:
                break
            self.now = max(self.now, at)
            if who:
                self.on_silence(who)
            else:
                self.on_phase()
        self.now = until

    def on_silence(self, who: str) -> None:
        person = self.people.get(who)
        if person is not None and not person.is_new and (person.join or person.sync):
            person.expires = NEVER  # until it is answered
            return
        self.remove(who)
        if person is not None:
            self.changed()
        else:
            self.maybe_complete()

    def on_phase(self) -> None:
        self.phase = NEVER
        if self.state == PREPARING and self.is_first and self.came and self.left_ms > 0:
            longer = min(DELAY_MS, self.left_ms)
            self.came, self.left_ms, self.phase = False, self.left_ms - longer, self.now + longer
        elif self.state == PREPARING:
            self.complete()
        elif self.unsynced:
            for who in list(self.unsynced):
                self.remove(who)
            self.begin()

    # ---- requests

    def join(self, token: int, who: str, instance: str | None, text: bytes) -> None:
        if not who:
            self.join_new(token, instance, text)
            return
        if who in self.pending and instance is None:
            del self.pending[who]
            self.add(token, who, None, text)
            return
        code = self.code(who, instance)
        if code != OK:
            self.answers[token] = (code,)
            return
        person = self.people[who]
        is_same = person.text == text
        is_asking = self.state == STABLE and who != self.leader
        if is_same and (self.state == COMPLETING or is_asking):
            self.answers[token] = self.joined(person)
            return
        self.park_join(person, token, text)
        self.changed()

    def park_join(self, person: Person, token: int, text: bytes) -> None:
        if person.join is not None:
            self.answers[person.join] = (ErrorCode.REBALANCE_IN_PROGRESS,)
        person.join, person.text = token, text

    def join_new(self, token: int, instance: str | None, text: bytes) -> None:
        who = f"{instance or 'c'}-{token:04}"
        if instance is None:
            self.pending[who] = self.now + SESSION_MS
            self.answers[token] = (ErrorCode.MEMBER_ID_REQUIRED, who)
            return
        old = self.instance(instance)
        if old is None:
            self.add(token, who, instance, text)
            return
        self.refuse(old, ErrorCode.FENCED_INSTANCE_ID)
        new = Person(who, instance, text, given=old.given, is_new=False)
        self.people = {
            p.name: p for p in (new if one is old else one for one in self.people.values())
        }
        self.unsynced = [who if one == old.name else one for one in self.unsynced]
        if self.leader == old.name:
            self.leader = who
        self.touch(new)
        if self.state == STABLE:
            self.answers[token] = self.joined(new, skips=True)
            self.store()
        else:
            new.join = token
            self.changed()

    def add(self, token: int, who: str, instance: str | None, text: bytes) -> None:
        self.people[who] = Person(who, instance, text, self.now + NEW_MS, join=token)
        self.leader = self.leader or who
        self.came = True
        self.changed()

    def sync(
        self, token: int, who: str, instance: str | None, generation: int, given: dict[str, bytes]
    ) -> None:
        code = self.code(who, instance)
        if code == OK and generation != self.generation:
            code = ErrorCode.ILLEGAL_GENERATION
        if code == OK and self.state == PREPARING:
            code = ErrorCode.REBALANCE_IN_PROGRESS
        if code != OK:
            self.answers[token] = (code,)
            return
        person = self.people[who]
        if who in self.unsynced:
            self.unsynced.remove(who)
        if self.state == STABLE:
            self.answers[token] = (OK, person.given)
            self.touch(person)
            return
        if person.sync is not None:
            self.answers[person.sync] = (ErrorCode.REBALANCE_IN_PROGRESS,)
        person.sync = token
        if who == self.leader:
            self.assign(given)

    def assign(self, given: dict[str, bytes]) -> None:
        self.state = STABLE
        for person in self.people.values():
            person.given = given.get(person.name, b"")
            if person.sync is not None:
                self.answers[person.sync] = (OK, person.given)
                person.sync = None
                self.touch(person)
        self.store()

    def heartbeat(self, token: int, who: str, instance: str | None, generation: int) -> None:
        code = self.code(who, instance)
        if code == OK and generation != self.generation:
            code = ErrorCode.ILLEGAL_GENERATION
        if code == OK:
            self.touch(self.people[who])
            if self.state == PREPARING:
                code = ErrorCode.REBALANCE_IN_PROGRESS
        self.answers[token] = (code,)

    def leave(self, token: int, who: str, instance: str | None) -> None:
        if not who:
            found = self.instance(instance)
            who, code = ("", ErrorCode.UNKNOWN_MEMBER_ID) if found is None else (found.name, OK)
        else:
            code = OK if who in self.pending else self.code(who, instance)
        self.answers[token] = (code,)
        if code == OK:
            self.remove(who)
            if self.state in (STABLE, COMPLETING):
                self.begin()
            else:
                self.maybe_complete()

    def commit(self, token: int, who: str, generation: int, *, partition: int, offset: int) -> None:
        self.answers[token] = (code := self.commit_code(who, generation),)
        if code == OK:
            self.offsets[partition] = offset

    def commit_code(self, who: str, generation: int) -> ErrorCode:
        if generation < 0 and self.state == EMPTY:
            return OK
        if not self.exists:
            return ErrorCode.GROUP_ID_NOT_FOUND
        if who not in self.people:
            return ErrorCode.UNKNOWN_MEMBER_ID
        if generation != self.generation:
            return ErrorCode.ILLEGAL_GENERATION
        if self.state == COMPLETING:
            return ErrorCode.REBALANCE_IN_PROGRESS
        self.touch(self.people[who])
        return OK

    def delete(self, token: int) -> None:
        if not self.exists:
            self.answers[token] = (ErrorCode.GROUP_ID_NOT_FOUND,)
        elif self.state != EMPTY:
            self.answers[token] = (ErrorCode.NON_EMPTY_GROUP,)
        else:
            self.answers[token] = (OK,)
            self.forget()

    def forget(self) -> None:
        """Be a group that never was."""
        fresh = Reference(self.now, answers=self.answers)
        self.__dict__.update(fresh.__dict__)

    def fail_over(self) -> None:
        """Be what the log says; whoever waited waits in vain."""
        offsets, stored = self.offsets, self.stored
        self.forget()
        self.offsets, self.stored = offsets, stored
        if stored is not None:
            self.generation, self.leader, people = stored
            self.people = {p.name: p for p in copy.deepcopy(people)}
            self.state = STABLE if people else EMPTY
        for person in self.people.values():
            person.is_new, person.join, person.sync = False, None, None
            self.touch(person)
