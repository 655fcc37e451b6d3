"""`penstock certs`: what it makes opens the links of a cluster, and nothing else does."""

from __future__ import annotations

import datetime as dt
import ssl
import stat
from pathlib import Path
from random import Random

import pytest
import trio
from cryptography import x509

from appliance import cli
from appliance.cli import certs
from raft.certificates import certificate_name, make_contexts
from raft.tcp import TcpLinks
from tests.unit.raft.test_tcp import HELLO, Heard, frame, is_closed


def issued(folder: Path, node_id: int, *words: str, authority: str = "ca") -> str:
    """Returns the folder of a node's certificate, under an authority that is made if need be."""
    root = folder / authority
    if not root.exists():
        assert cli.main(["certs", "init", "--folder", str(root)]) == 0
    output = folder / f"{authority}-{node_id}"
    words = ("--folder", str(root), "--output", str(output), *words)
    assert cli.main(["certs", "issue", str(node_id), *words]) == 0
    return str(output)


def names_of(folder: str) -> list[str]:
    certificate = x509.load_pem_x509_certificate(Path(folder, "node.pem").read_bytes())
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    return [str(name.value) for name in found.value]


def test_issued_certificate_names_the_node_and_its_hosts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The id decides who it is; names and addresses are for people. The expiry is shown."""
    folder = issued(tmp_path, 7, "--host", "kafka7.example", "--host", "10.0.0.7")
    shown = capsys.readouterr().out

    assert names_of(folder) == ["node-7", "kafka7.example", "10.0.0.7"]
    assert shown.count("valid until 20") == 2
    assert cli.main(["certs", "show", folder]) == 0
    shown = capsys.readouterr().out
    assert "node-7, kafka7.example, 10.0.0.7, valid until" in shown
    assert "825 days left" in shown
    assert "3650 days left" in shown


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    """Also where the folder was there before, and whatever the umask."""
    (tmp_path / "ca-1").mkdir(mode=0o755)
    folder = Path(issued(tmp_path, 1))

    for path in [*folder.iterdir(), *(tmp_path / "ca").iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE((tmp_path / "ca").stat().st_mode) == 0o700
    assert sorted(path.name for path in folder.iterdir()) == ["ca.pem", "node.key", "node.pem"]


@pytest.mark.parametrize("name", ["ca.key", "ca.pem"])
def test_authority_is_never_overwritten(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its key is all that makes the cluster's certificates its own; a dangling link counts."""
    (tmp_path / name).symlink_to(tmp_path / "nothing")
    assert cli.main(["certs", "init", "--folder", str(tmp_path)]) == 2

    assert "is never overwritten" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_key_of_a_node_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing else beside it changes."""
    folder = Path(issued(tmp_path, 1))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code = cli.main(
        ["certs", "issue", "1", "--folder", str(tmp_path / "ca"), "--output", str(folder)]
    )

    assert code == 2
    assert "node.key exists and is never overwritten" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["issue", "1"], "cannot read"),
        (["issue", "x"], "'x' is not a valid integer"),
        (["issue", "-1"], "No such option"),
        (["init", "--days", "0"], "0 is not in the range"),
        (["show", "."], "holds neither ca.pem nor node.pem"),
        (["show", "nowhere"], "cannot read nowhere"),
    ],
)
def test_wrong_use_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    text: str,
) -> None:
    """Nothing is made."""
    monkeypatch.chdir(tmp_path)
    assert cli.main(["certs", *words]) == 2

    shown = capsys.readouterr().err
    assert text in shown
    assert shown.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["node-2", "", "a b", "*", "ü", "x" * 300])
def test_host_that_is_none_is_refused(
    tmp_path: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Above all one that would make the node another one."""
    issued(tmp_path, 1)
    code = cli.main(["certs", "issue", "3", "--folder", str(tmp_path / "ca"), "--host", host])

    assert code == 2
    assert "--host is" in capsys.readouterr().err
    assert not (tmp_path / "ca" / "node-3").exists()


def test_key_of_another_authority_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before certificates are made that nobody accepts."""
    issued(tmp_path, 1)
    issued(tmp_path, 1, authority="other")
    (tmp_path / "ca" / "ca.key").write_bytes((tmp_path / "other" / "ca.key").read_bytes())

    assert cli.main(["certs", "issue", "2", "--folder", str(tmp_path / "ca")]) == 2
    assert "is not the key of" in capsys.readouterr().err


def test_expiry_is_told_before_and_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`show` fails for a month before; an expired authority issues nothing."""
    folder = issued(tmp_path, 1, "--days", "31")
    assert cli.main(["certs", "show", folder]) == 0
    now = certs._now()
    monkeypatch.setattr(certs, "_now", lambda: now + dt.timedelta(days=2))
    assert cli.main(["certs", "show", folder]) == 1
    assert "29 days left" in capsys.readouterr().out
    monkeypatch.setattr(certs, "_now", lambda: now + dt.timedelta(days=4000))
    assert cli.main(["certs", "show", folder]) == 1
    assert "EXPIRED" in capsys.readouterr().out

    assert cli.main(["certs", "issue", "2", "--folder", str(tmp_path / "ca")]) == 2
    assert "expired" in capsys.readouterr().err


def test_certificate_does_not_outlive_its_authority(tmp_path: Path) -> None:
    """Nobody would accept it then."""
    cli.main(["certs", "init", "--folder", str(tmp_path / "ca"), "--days", "10"])
    folder = issued(tmp_path, 1)
    found = [
        x509.load_pem_x509_certificate(Path(folder, name).read_bytes()).not_valid_after_utc
        for name in ("node.pem", "ca.pem")
    ]
    assert found[0] == found[1]


async def test_links_open_to_what_was_issued_and_to_nobody_else(tmp_path: Path) -> None:
    """Node 2 of this authority is heard as node 2; another node and another authority are not."""
    heard = Heard()
    server_tls, client_tls = make_contexts(issued(tmp_path, 1))
    links = TcpLinks(
        ("127.0.0.1", 0),
        peers={2: ("127.0.0.1", 1)},
        rng=Random(1),
        server_tls=server_tls,
        client_tls=client_tls,
    )
    strangers = [
        issued(tmp_path, 3),  # says that it is node 2
        issued(tmp_path, 2, authority="other"),
    ]
    async with trio.open_nursery() as nursery:
        await nursery.start(links.run, heard.owner(1))
        for folder in strangers:
            _, tls = make_contexts(folder)
            tls.load_verify_locations(tmp_path / "ca" / "ca.pem")
            assert await _is_turned_away(links.port, tls)
            assert heard.messages == []
        _, tls = make_contexts(issued(tmp_path, 2))
        stream = await _connected(links.port, tls)
        await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
        with trio.fail_after(10):
            await heard.wake.wait()
        await trio.aclose_forcefully(stream)
        nursery.cancel_scope.cancel()
    assert heard.messages == [(2, b"m")]


async def _connected(port: int, tls: ssl.SSLContext) -> trio.SSLStream[trio.SocketStream]:
    tcp = await trio.open_tcp_stream("127.0.0.1", port)
    return trio.SSLStream(tcp, tls, server_hostname=certificate_name(1))


async def _is_turned_away(port: int, tls: ssl.SSLContext) -> bool:
    stream = await _connected(port, tls)
    try:
        await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
        return await is_closed(stream)
    except trio.BrokenResourceError:
        return True
    finally:
        await trio.aclose_forcefully(stream)
