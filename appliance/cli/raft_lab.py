"""`penstock raft-lab`: simulated groups of voters under faults, seed after seed."""

import re
import shutil
import sys
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from appliance import cli
from appliance.errors import OperatorError

_TRACE_LINES = 60
_MINIMIZE_S = 120
_FAULTS_MAX = 100_000  # of a run; one of an hour has some 5,000


def run(options: Mapping[str, str | None]) -> int:
    """Run the seeds; return the exit code.

    Raises:
        OperatorError: an option is not legal, or the page cannot be written.
    """
    from raft.testing import Recorder, Violation, simulate

    voters = _whole(options, "nodes", 1, 9)
    observers = _whole(options, "observers", 0, 100)
    first, count = _whole(options, "seed", 0, 1 << 62), _whole(options, "seeds", 1, 1 << 62)
    seconds = _whole(options, "seconds", 1, 3600)
    faults = _faults(options.get("faults"))
    omitted = _omitted(options)
    until = None
    if options.get("hours") is not None:
        until = time.monotonic() + 3600 * _decimal(options, "hours")
    page = options.get("html")
    seed = first
    while until is not None or seed < first + count:
        recorder = Recorder()
        start = time.monotonic()
        violation = None
        group = {"voters": voters, "observers": observers, "seconds": seconds, "faults": faults}
        try:
            report = simulate(seed, recorder=recorder, omitted=omitted, **group)
            line = (
                f"seed {seed}: ok, {report.terms_led} terms, {report.writes_acknowledged} writes,"
                f" {report.outcomes_unknown} unknown, {report.packets} messages,"
                f" {sum(report.faults.values())} faults, {report.disks_wiped} disks wiped,"
                f" {report.bits_flipped} bits flipped, {time.monotonic() - start:.1f} s"
            )
        except Violation as error:
            violation = error
            line = f"seed {seed}: {error}"
        print(line, flush=True)
        is_last = until is None and seed == first + count - 1
        if violation is not None and options.get("omit") is None:
            line, again, recorder = _minimal(seed, group)
            print(f"{line}\nagain: {again}", flush=True)
        if violation is not None or is_last or sys.stdout.isatty():
            print("\n".join(recorder.picture(shutil.get_terminal_size().columns - 1)), flush=True)
        if page is not None:
            _write(page, recorder.render(line))
        if violation is not None:
            print("\n".join(recorder.trace(_TRACE_LINES)), file=sys.stderr)
            return cli.EXIT_FAILED
        seed += 1
        if until is not None and time.monotonic() > until:
            break
    return cli.EXIT_OK


def _minimal(seed: int, group: dict[str, Any]):  # noqa: ANN202 - loads late, as below
    """Return what is left of a failing run without the faults it does not need.

    In one line, as the command that repeats it, and recorded.
    """
    from raft.testing import minimize

    print(f"looking for the faults that are needed, {_MINIMIZE_S} s at most", flush=True)
    deadline = time.monotonic() + _MINIMIZE_S
    minimal = minimize(seed, is_enough=lambda: time.monotonic() > deadline, **group)
    # It failed a moment ago, and a seed always gives the same run.
    assert minimal is not None
    events = [(time, text) for time, text in minimal.recorder.faults]
    events += [(time, f"{node}: {text}") for time, node, text in minimal.recorder.losses]
    kept = ", ".join(text for _, text in sorted(events)) or "none"
    line = f"seed {seed} with these faults alone: {kept}: {minimal.violation}"
    reduced = group | {"seconds": int(minimal.seconds)}
    return line, _command(seed, reduced, minimal.omitted), minimal.recorder


def _command(seed: int, group: dict[str, Any], omitted: Collection[int]) -> str:
    """Return the command that runs it; whoever has another default sees the same."""
    kinds = asdict(group["faults"])
    words = [f"penstock raft-lab --nodes {group['voters']} --observers {group['observers']}"]
    words += [f"--seed {seed} --seconds {group['seconds']}"]
    words += [f"--faults {','.join(kind for kind, is_wanted in kinds.items() if is_wanted)}"]
    if omitted:
        words += [f"--omit {print_omitted(omitted)}"]
    return " ".join(words)


def print_omitted(numbers: Collection[int]) -> str:
    """Return numbers of faults as `--omit` takes them: those in a row as the first and the last."""
    rows: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if rows and rows[-1][1] == number - 1:
            rows[-1] = rows[-1][0], number
        else:
            rows.append((number, number))
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in rows)


def read_omitted(text: str) -> set[int]:
    """Return the numbers of faults in the value of `--omit`.

    Raises:
        OperatorError: it is no list of them.
    """
    numbers: set[int] = set()
    for part in text.split(","):
        found = re.fullmatch(r"\s*([0-9]{1,10})(?:-([0-9]{1,10}))?\s*", part)
        first, last = map(int, (found[1], found[2] or found[1])) if found else (1, 0)
        if not first <= last < _FAULTS_MAX:
            raise OperatorError(
                f"--omit is {text!r}; it must be numbers of faults below {_FAULTS_MAX},"
                " such as 3,7-12"
            )
        numbers.update(range(first, last + 1))
    return numbers


def _omitted(options: Mapping[str, str | None]) -> set[int]:
    text = options.get("omit")
    if text is None:
        return set()
    if options.get("hours") is not None or _whole(options, "seeds", 1, 1 << 62) > 1:
        raise OperatorError("--omit is about the faults of one seed; leave --seeds and --hours out")
    return read_omitted(text)


def _faults(text: str | None):  # noqa: ANN202 - a type of the laboratory, which loads late
    from raft.testing import Faults

    names = [field.name for field in fields(Faults)]
    wanted = names if text is None else [name.strip() for name in text.split(",")]
    for name in wanted:
        if name not in names:
            raise OperatorError(f"--faults has {name!r}; known kinds are {', '.join(names)}")
    return Faults(**{name: name in wanted for name in names})


def _whole(options: Mapping[str, str | None], name: str, low: int, high: int) -> int:
    text = options.get(name) or ""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and low <= int(text) <= high):
        raise OperatorError(f"--{name} is {text!r}; it must be a whole number of {low} to {high}")
    return int(text)


def _decimal(options: Mapping[str, str | None], name: str) -> float:
    text = options.get(name) or ""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 10_000:
        raise OperatorError(f"--{name} is {text!r}; it must be a number above 0")
    return value


def _write(path: str, text: str) -> None:
    try:
        Path(path).write_text(text, "utf-8")
    except OSError as error:
        raise OperatorError(f"cannot write {path}: {error.strerror}") from error
