"""The command line: `penstock start` and what else there is, one module for each group.

Importing this module costs nothing; click is loaded only where its help or messages are needed, so
that `start` begins at once.
"""

import contextlib
import os
import sys
from collections.abc import Sequence

from appliance import standard_files
from appliance.errors import FailedError, OperatorError

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_OPERATOR = 2
EXIT_INTERRUPTED = 130

START_FLAGS = (
    "config", "data", "kafka", "advertise", "admin", "volume", "volume-size", "object-store",
    "cluster-id", "broker-id", "process-roles", "controller-quorum-voters",
    "node-listener", "node-security-protocol", "log-level",
)  # fmt: skip
"""Options of `start`, each with one value."""


def run() -> None:
    """Run the command line of this process and exit: the console script."""
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run a command line (without the program's name) and return the exit code.

    0 is success, 2 means that the operator must change something, 1 that a node which served had to
    end and may be started again; both are said in one line on standard error. Anything else that
    goes wrong is a defect and keeps its traceback.
    """
    standard_files.hold()
    arguments = list(argv)
    try:
        flags = plain_start_flags(arguments)
        if flags is not None:
            from appliance.cli import start

            return start.start(flags)
        from appliance.cli import commands

        code = commands.run(arguments)
        sys.stdout.flush()
        return code
    except OperatorError as error:
        _say(error)
        return EXIT_OPERATOR
    except FailedError as error:
        _say(error)
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output is gone (`| head`). Closing quietly is all that is wanted.
        sys.stderr.close()
        return EXIT_OK
    except OSError as error:
        if error.filename is not None:
            raise  # A file of ours: a defect, for none is used without an explanation.
        _drop_output()
        _say(OSError(f"cannot write to standard output: {error.strerror}"))
        return EXIT_FAILED


def _drop_output() -> None:
    """Let what was not written go, or Python would try again, and complain, when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC), sys.stdout.fileno())


def _say(error: Exception) -> None:
    """Write an error in one line."""
    standard_files.say(f"penstock: {' '.join(str(error).split())}\n", sys.stderr)


def plain_start_flags(argv: list[str]) -> dict[str, str] | None:
    """Return the flags of a `start` with nothing unusual in it, or None: let click look at it."""
    if not argv or argv[0] != "start":
        return None
    flags: dict[str, str] = {}
    rest = iter(argv[1:])
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in START_FLAGS:
            return None
        if not equals:
            value = next(rest, "-")
            if value.startswith("-"):
                return None
        flags[name.replace("-", "_")] = value
    return flags
