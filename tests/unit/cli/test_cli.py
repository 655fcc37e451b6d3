"""The command line: exit codes, one-line errors, help; a start that loads no click."""

import contextlib
import socket
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import appliance.__main__ as process
from appliance import __version__, cli
from appliance.cli import cluster, quotas
from appliance.errors import FailedError, OperatorError
from appliance.settings import Settings


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Settings of the nodes that were started, in place of starting them."""
    found: list[Settings] = []

    def start_node(settings: Settings, sources: dict[str, str]) -> int:
        found.append(settings)
        return 0

    monkeypatch.setattr(process, "start_node", start_node)
    return found


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, for scripts."""
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"penstock {__version__}\n"


@pytest.mark.parametrize(
    "argv",
    [["--help"], ["start", "--help"], ["config", "check", "--help"], ["volume", "format", "-h"]],
)
def test_help_succeeds(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Help goes to standard output."""
    assert cli.main(argv) == 0
    assert "Usage: penstock" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "text"),
    [
        (["strat"], "start"),
        (["start", "--kafak", "x:1"], "--kafka"),
        (["start", "--kafka"], "--kafka"),
        (["start", "extra"], "extra"),
        (["start", "--kafka", "nope"], "HOST:PORT"),
        (["start", "--config", "/nonexistent/file"], "/nonexistent/file"),
        (["config", "check", "--volume-size", "big"], "64MiB"),
        (["volume", "format", "x", "--cluster-id", "a", "--extent-size", "-"], "--extent-size"),
        (["volume", "format", "x", "--cluster-id", "a b"], "letters, digits"),
        (["volume", "info", "/nonexistent/volume"], "/nonexistent/volume"),
        (["volume", "info"], "PATH"),
        (["volume", "format", "x" * 300, "--cluster-id", "a"], "File name too long"),
        (["cluster", "add", "4@h:1", "--admin", f"{'a' * 70}.example:1"], "does not answer"),
        (["volume", "info", "x", "--admin", "h:1"], "No such option"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(
    argv: list[str], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the operator must mend is said in one line, without a traceback."""
    assert cli.main(argv) == 2

    shown = capsys.readouterr().err
    assert len(shown.splitlines()) == 1
    assert shown.startswith("penstock: ")
    assert text in shown


def test_start_passes_flags_environment_and_file(
    started: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All sources meet in the settings of the node."""
    config = tmp_path / "penstock.toml"
    config.write_text("num.partitions = 3\nbroker_id = 4\n")
    monkeypatch.setenv("PENSTOCK_BROKER_ID", "5")

    assert cli.main(["start", "--config", str(config), "--volume-size=64MiB"]) == 0

    (settings,) = started
    assert (settings.num_partitions, settings.broker_id) == (3, 5)
    assert settings.volume_size == 64 << 20


def test_the_config_file_may_be_named_in_the_environment(
    started: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PENSTOCK_CONFIG is --config."""
    config = tmp_path / "penstock.toml"
    config.write_text("broker_id = 4\n")
    monkeypatch.setenv("PENSTOCK_CONFIG", str(config))

    assert cli.main(["start"]) == 0
    assert started[0].broker_id == 4


def test_both_readers_of_start_flags_agree(started: list[Settings]) -> None:
    """The quick reader and click give the same settings; `--` makes click read them."""
    flags = ["--data", "/d", "--kafka=h:1", "--broker-id", "9"]

    assert cli.main(["start", *flags]) == 0
    assert cli.plain_start_flags(["start", *flags, "--"]) is None
    assert cli.main(["start", *flags, "--"]) == 0

    assert started[0] == started[1]


@pytest.mark.parametrize("flag", ["--max-connections", "--max.connections", "--max_connections"])
def test_a_setting_without_a_flag_is_told_from_a_mistake(
    flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The suggestion was the flag that looks most like it, which is another setting."""
    assert cli.main(["start", flag, "5"]) == 2
    assert capsys.readouterr().err == (
        "penstock: max.connections has no flag: set it in the file of --config, or as"
        " PENSTOCK_MAX_CONNECTIONS\n"
    )


def test_an_operator_error_of_the_node_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The node's own complaints are shown the same way."""

    def start_node(settings: Settings, sources: dict[str, str]) -> int:
        raise OperatorError("port 9092 is in use:\ngive another --kafka")

    monkeypatch.setattr(process, "start_node", start_node)

    assert cli.main(["start"]) == 2
    assert capsys.readouterr().err == "penstock: port 9092 is in use: give another --kafka\n"


def test_a_node_that_failed_has_an_exit_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """1: start it again; 2 would tell a supervisor that the operator must come first."""

    def start_node(settings: Settings, sources: dict[str, str]) -> int:
        raise FailedError("stopped: write of 4096 bytes failed")

    monkeypatch.setattr(process, "start_node", start_node)

    assert cli.main(["start"]) == 1
    assert capsys.readouterr().err == "penstock: stopped: write of 4096 bytes failed\n"


def test_config_check_prints_a_file_that_reads_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Its output is a settings file with the same meaning."""
    assert cli.main(["config", "check", "--data", 'a"\\b\t']) == 0
    printed = capsys.readouterr().out
    assert tomllib.loads(printed)["data"] == 'a"\\b\t'
    config = tmp_path / "c.toml"
    config.write_text(printed)

    assert cli.main(["config", "check", "--config", str(config)]) == 0
    assert tomllib.loads(capsys.readouterr().out) == tomllib.loads(printed)


def test_config_check_says_where_each_value_came_from_and_no_secret(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The flag, the variable or the file that won; credentials are no settings."""
    config = tmp_path / "c.toml"
    config.write_text("broker_id = 4\nkafka = '127.0.0.1:1'\nadmin = '127.0.0.1:1'\n")
    monkeypatch.setenv("PENSTOCK_KAFKA", "127.0.0.1:2")
    monkeypatch.setenv("PENSTOCK_ADMIN", "127.0.0.1:2")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "very-secret")

    argv = ["config", "check", "--config", str(config), "--admin", "127.0.0.1:3"]
    assert cli.main(argv) == 0

    printed = capsys.readouterr().out
    lines = {
        line.split(" = ")[0]: " ".join(line.split(" = ")[1].split())
        for line in printed.splitlines()
    }
    assert lines["broker_id"] == f"4 # {config}"
    assert lines["kafka"] == '"127.0.0.1:2" # PENSTOCK_KAFKA'
    assert lines["admin"] == '"127.0.0.1:3" # --admin'
    assert lines["volume_size"].endswith("# default")
    assert "very-secret" not in printed


@pytest.mark.parametrize("flag", [flag for flag in cli.START_FLAGS if flag != "config"])
def test_every_flag_is_also_a_variable_and_a_key_of_the_file(
    flag: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One name, three places, one meaning."""
    value = {
        "kafka": "h:1", "advertise": "h:2", "admin": "h:3", "volume-size": "64MiB",
        "object-store": "s3://b/p", "broker-id": "7", "log-level": "debug",
        "process-roles": "controller", "controller-quorum-voters": "1@h:1", "node-listener": "h:4",
        "node-security-protocol": "PLAINTEXT",
    }.get(flag, "x")  # fmt: skip
    name = flag.replace("-", "_")
    config = tmp_path / "c.toml"
    config.write_text(f'{name} = "{value}"\n')

    def checked(*argv: str) -> dict[str, object]:
        assert cli.main(["config", "check", *argv]) == 0
        return tomllib.loads(capsys.readouterr().out)

    by_flag, by_file = checked(f"--{flag}", value), checked("--config", str(config))
    monkeypatch.setenv(f"PENSTOCK_{name.upper()}", value)
    by_variable = checked()
    monkeypatch.delenv(f"PENSTOCK_{name.upper()}")

    assert by_flag == by_file == by_variable != checked()


@pytest.mark.parametrize(
    "argv", [[], ["start"], ["config", "check"], ["volume", "format"], ["volume", "info"],
             ["volume", "dump"], ["cluster", "status"], ["cluster", "add"], ["cluster", "remove"],
             ["cluster", "transfer-leader"], ["cluster", "recover"], ["quotas", "show"],
             ["quotas", "set"], ["certs", "init"], ["certs", "issue"], ["certs", "show"]],
)  # fmt: skip
def test_help_teaches_by_examples(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each example is a line that a person can copy."""
    assert cli.main([*argv, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Example" in shown
    assert "\n  " + " ".join(["  penstock", *argv]) in shown


def test_a_plain_start_loads_neither_click_nor_rich() -> None:
    """Both cost a tenth of a second that nobody should wait for."""
    code = (
        "import sys, appliance.__main__ as p; p.start_node = lambda *_: 0;"
        "from appliance import cli; cli.main(['start', '--data', 'x']);"
        "print({'click', 'rich', 'prometheus_client', 'asyncio'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert "click" not in done.stdout
    assert "rich" not in done.stdout
    assert "prometheus_client" not in done.stdout


@pytest.mark.parametrize(
    "argv", [["--help"], ["config", "check"], ["cluster", "status", "127.0.0.1:1"]]
)
def test_output_that_is_not_taken_is_told_in_one_line(argv: list[str]) -> None:
    """A full disk behind `> file`."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "appliance", *argv],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=Path(__file__).parents[3],
        )

    assert done.returncode != 0
    assert done.stderr.startswith("penstock: ")
    assert done.stderr.count("\n") == 1


def test_volume_format_info_and_dump(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A formatted file is described, and not formatted twice by mistake."""
    path = str(tmp_path / "volume")
    make = ["volume", "format", path, "--cluster-id", "here", "--volume-size", "64MiB"]
    make += ["--extent-size", "1MiB"]

    assert cli.main(make) == 0, capsys.readouterr().err
    assert cli.main(["volume", "info", path]) == 0
    assert "here" in capsys.readouterr().out
    assert cli.main(["volume", "dump", path]) == 0
    assert "no extent has been written to" in capsys.readouterr().out
    assert cli.main(make) == 2
    assert "--volume-size" in capsys.readouterr().err
    again = ["volume", "format", path, "--cluster-id", "here"]
    assert cli.main(again) == 2
    assert "formatted already" in capsys.readouterr().err
    assert cli.main([*again, "--force"]) == 0


def test_cluster_status_takes_admin_as_the_other_commands_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """--admin and plain addresses are the same; nobody listens on these."""
    argv = ["cluster", "status", "127.0.0.1:1", "--admin", "127.0.0.1:2", "--admin=127.0.0.1:3"]
    assert cli.main(argv) == 1

    rows = capsys.readouterr().out.splitlines()[1:]
    assert [row.split()[0] for row in rows] == ["127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3"]


@pytest.mark.parametrize("has_begun", [False, True])
def test_cluster_status_says_what_can_be_done_about_a_lost_disk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, has_begun: bool
) -> None:
    """While a new cluster waits nobody leads, and nobody can be removed."""
    awaited = [] if has_begun else [3]
    members = cluster._Members(voters=[1, 2, 3], without_disk=[3], voters_awaited=awaited)
    numbers = {"penstock_raft_node_id": 1.0, "penstock_raft_leader": -1.0}
    monkeypatch.setattr(cluster, "_ask", lambda _: numbers)
    monkeypatch.setattr(cluster, "ask_json", lambda *_: members)

    assert cli.main(["cluster", "status", "127.0.0.1:1"]) == 1
    shown = capsys.readouterr().out
    assert ("`penstock cluster remove 3`" in shown) is has_begun
    assert ("start all of them with empty ones" in shown) is not has_begun


def test_quotas_show_says_that_there_are_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty answer could be taken for a failure."""
    monkeypatch.setattr(quotas, "ask_node", lambda *_: quotas.Quotas([]))

    assert cli.main(["quotas", "show"]) == 0
    assert capsys.readouterr().out == "no quotas are set\n"


_NO_ANSWERS = {
    "another protocol": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a status that is none": b"HTTP/1.1 abc\r\n\r\n",
    "too long a header": b"HTTP/1.1 200 OK\r\nx: " + b"a" * 100_000 + b"\r\n\r\n",
    "half an answer": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "half a refusal": b"HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "JSON without an end": b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 100_000,
    "JSON of another kind": b'HTTP/1.1 200 OK\r\n\r\n{"voters": 1, "quotas": 1, "text": []}',
    "no JSON": b"HTTP/1.1 200 OK\r\n\r\nhello",
}


@pytest.fixture(params=_NO_ANSWERS.values(), ids=_NO_ANSWERS)
def stranger(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of something that listens and is no node."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    # Whoever has seen enough resets it.
                    with connection, contextlib.suppress(ConnectionError):
                        connection.recv(1 << 16)
                        connection.sendall(request.param)

        worker = threading.Thread(target=serve, daemon=True)
        worker.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        worker.join()


def test_whatever_answers_in_place_of_a_node_is_told_in_one_line(
    stranger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong port is soon given, and anything may listen there."""
    assert cli.main(["cluster", "status", stranger]) == 1
    capsys.readouterr()
    for argv in (["cluster", "add", "4@h:1"], ["cluster", "remove", "4"], ["quotas", "show"]):
        assert cli.main([*argv, "--admin", stranger]) == 2

        line = capsys.readouterr().err
        assert line.startswith(f"penstock: {stranger} ")
        assert line.count("\n") == 1
