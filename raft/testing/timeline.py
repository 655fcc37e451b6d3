"""What happened in a run, drawn as a page that needs nothing but a browser."""

from __future__ import annotations

import html
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from raft.messages import Message
from raft.states import Role
from raft.testing.cluster import Member
from raft.testing.network import kind_of

__all__ = ["Recorder", "State"]

MESSAGES_MAX = 4000
STATES_MAX = 20_000
_STYLE = """<style>
body{font:13px system-ui,sans-serif;margin:16px} svg{border:1px solid #ccc}
text{font-size:11px} .l{font-weight:bold;fill:#c00}
.m{stroke:#888;stroke-width:.6;opacity:.5} .f{stroke:#c00;stroke-dasharray:3 3}
</style>"""
_LEGEND = """<p>A row is a node, a colour is a term: dark where the node leads, grey where it is
down. Red lines are faults, red words in a row what became of a disk, thin lines the last messages.
Point at anything to read it.</p>"""
_MARGIN = 9
_SIGNS = {None: " ", Role.LEADER: "#", Role.FOLLOWER: "-", Role.CANDIDATE: "?"}
_LEFT, _TOP, _ROW, _WIDTH, _BAR = 90, 70, 70, 2400, 22


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a node was from a moment on; `role` None: down."""

    time: float
    role: Role | None
    term: int
    commit_index: int


class Recorder:
    """The last messages, and all states and faults of a run (up to bounds)."""

    def __init__(self) -> None:
        self.states: dict[int, list[State]] = {}
        self.messages: deque[tuple[float, int, int, str]] = deque(maxlen=MESSAGES_MAX)
        self.faults: list[tuple[float, str]] = []
        self.losses: list[tuple[float, int, str]] = []
        self.fault_numbers: list[int] = []
        self.end = 0.0

    def on_message(self, now: float, sender: int, receiver: int, message: Message) -> None:
        """A node sent a message."""
        self.messages.append((now, sender, receiver, f"{kind_of(message)}{tuple(message)}"))

    def on_fault(self, now: float, text: str, number: int | None = None) -> None:
        """Something was broken or mended; the number is the simulation's, to leave it out."""
        self.faults.append((now, text if number is None else f"{text} {number}"))
        if number is not None:
            self.fault_numbers.append(number)

    def on_loss(self, now: float, text: str, node_id: int) -> None:
        """Something happened to the disk of a node."""
        self.losses.append((now, node_id, text))

    def look(self, now: float, members: Iterable[Member]) -> None:
        """Notes every node whose state has changed; a node that is not there any more is down."""
        self.end = now
        present = {member.node_id: member for member in members}
        for node_id in self.states:
            if node_id not in present:
                self._note(State(time=now, role=None, term=0, commit_index=0), node_id)
        for member in present.values():
            status = None if member.node is None else member.node.status()
            state = State(
                time=now,
                role=None if status is None else status.role,
                term=0 if status is None else status.term,
                commit_index=0 if status is None else status.commit_index,
            )
            self._note(state, member.node_id)

    def _note(self, state: State, node_id: int) -> None:
        known = self.states.setdefault(node_id, [])
        last = known[-1] if known else None
        if last is None or (last.role, last.term, last.commit_index) != (
            state.role,
            state.term,
            state.commit_index,
        ):
            if len(known) < STATES_MAX:
                known.append(state)

    def picture(self, width: int) -> list[str]:
        """Returns the run as lines of text: a row for each node, time from left to right.

        `#` leads, `-` follows, `?` stands for election, a space is down; a digit is the last one of
        a term, where the node enters it. `x` is a disk that was wiped, damaged or refused, `!` are
        faults.
        """
        columns = max(width - _MARGIN, 10)
        step = max(self.end, 0.001) / columns
        lines: list[str] = []
        for node in sorted(self.states):
            row = [" "] * columns
            states = self.states[node]
            ends = [state.time for state in states[1:]] + [self.end]
            term, terms = 0, dict[int, str]()
            for state, end in zip(states, ends, strict=True):
                first = min(int(state.time / step), columns - 1)
                last = min(int(end / step), columns - 1)
                row[first : last + 1] = [_SIGNS[state.role]] * (last + 1 - first)
                if state.role is not None and state.term != term:
                    term = state.term
                    terms[first] = str(term % 10)
            # Last, or the next state, which may be in the same column, would hide it.
            for column, digit in terms.items():
                row[column] = digit
            for time, lost, _ in self.losses:
                if lost == node:
                    row[min(int(time / step), columns - 1)] = "x"
            lines.append(f"{f'node {node}':<{_MARGIN}}{''.join(row)}")
        marks = [" "] * columns
        for time, _ in self.faults:
            marks[min(int(time / step), columns - 1)] = "!"
        lines.append(f"{'faults':<{_MARGIN}}{''.join(marks)}")
        end = f"{self.end:.1f} s"
        lines.append(f"{'':<{_MARGIN}}0{end:>{columns - 1}}")
        return lines

    def trace(self, count: int) -> list[str]:
        """Returns the last messages and faults as lines, so many of each, in order.

        Heartbeats and their answers are left out where they say nothing that was not said before.
        """
        told: dict[tuple[int, int], tuple[str, str]] = {}
        messages: list[tuple[float, int, int, str]] = []
        for message in self.messages:
            _, sender, receiver, text = message
            kind, _, values = text.partition("(")
            if kind in ("Heartbeat", "HeartbeatReply"):
                # The second field is the number of the round.
                term, _, rest = values.split(", ", 2) if kind == "Heartbeat" else (values, "", "")
                said = kind, f"{term.split(',')[0]} {rest}"
                if told.get((sender, receiver)) == said:
                    continue
                told[sender, receiver] = said
            messages.append(message)
        messages = messages[-count:]
        lines = [(t, f"{t:9.4f}  {a} > {b}  {text[:120]}") for t, a, b, text in messages]
        lines += [(t, f"{t:9.4f}  fault: {text}") for t, text in self.faults[-count:]]
        lines += [(t, f"{t:9.4f}  node {node}: {text}") for t, node, text in self.losses[-count:]]
        return [line for _, line in sorted(lines)]

    # The page.

    def render(self, title: str) -> str:
        """Returns a page: nodes as rows, terms as colours, leaders dark, faults as lines."""
        rows = {node: number for number, node in enumerate(sorted(self.states))}
        height = _TOP + _ROW * len(rows) + 40
        parts = [
            '<!doctype html><meta charset="utf-8">',
            f"<title>{html.escape(title)}</title>",
            _STYLE,
            f"<h1>{html.escape(title)}</h1>",
            _LEGEND,
            f'<div style="overflow-x:auto"><svg width="{_LEFT + _WIDTH + 20}" height="{height}">',
        ]
        parts += self._draw_faults(height)
        for node, row in rows.items():
            parts += self._draw_node(node, _TOP + _ROW * row)
        parts += self._draw_losses(rows)
        parts += self._draw_messages(rows)
        parts.append("</svg></div>")
        return "\n".join(parts)

    def _x(self, time: float) -> float:
        return round(_LEFT + _WIDTH * time / max(self.end, 0.001), 1)

    def _draw_node(self, node: int, y: int) -> Iterable[str]:
        yield f'<text x="8" y="{y + 15}">node {node}</text>'
        states = self.states[node]
        ends = [state.time for state in states[1:]] + [self.end]
        for state, end in zip(states, ends, strict=True):
            x, width = self._x(state.time), max(self._x(end) - self._x(state.time), 0.5)
            if state.role is None:
                colour, text = "#bbb", "down"
            else:
                light = 35 if state.role is Role.LEADER else 80
                colour = f"hsl({state.term * 67 % 360} 70% {light}%)"
                text = f"{state.role.name.lower()}, term {state.term}, commit {state.commit_index}"
            yield (
                f'<rect x="{x}" y="{y}" width="{width:.1f}" height="{_BAR}" fill="{colour}">'
                f"<title>{state.time:.3f} s: {text}</title></rect>"
            )

    def _draw_faults(self, height: int) -> Iterable[str]:
        for number, (time, text) in enumerate(self.faults):
            x, y = self._x(time), 14 + 12 * (number % 4)
            text = html.escape(text)
            yield f'<line class="f" x1="{x}" x2="{x}" y1="{y}" y2="{height - 20}"/>'
            yield f'<text x="{x + 2}" y="{y}" fill="#c00">{text}</text>'

    def _draw_losses(self, rows: dict[int, int]) -> Iterable[str]:
        for time, node, text in self.losses:
            if node in rows:
                x, y = self._x(time), _TOP + _ROW * rows[node] + _BAR + 12
                yield f'<text class="l" x="{x}" y="{y}">x {html.escape(text)}</text>'

    def _draw_messages(self, rows: dict[int, int]) -> Iterable[str]:
        for time, sender, receiver, text in self.messages:
            if sender in rows and receiver in rows:
                x = self._x(time)
                y1, y2 = (_TOP + _ROW * rows[node] + _BAR // 2 for node in (sender, receiver))
                text = html.escape(f"{time:.4f} s: {sender} to {receiver} {text[:200]}")
                yield (
                    f'<line class="m" x1="{x}" y1="{y1}" x2="{x + 2}" y2="{y2}">'
                    f"<title>{text}</title></line>"
                )
