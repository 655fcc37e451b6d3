"""Settings: precedence, names, legal values and the texts about illegal ones."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from appliance import settings
from appliance.settings import SettingsError, load, parse_size, split_address


def test_defaults_are_the_documented_ones() -> None:
    """Nothing given: a node on loopback with its data in ./data."""
    found = load({}, {}, None)

    assert (found.kafka, found.admin) == ("127.0.0.1:9092", "127.0.0.1:9644")
    assert found.volume_size == 2 << 30
    assert found.volume_path == "./data/volume"
    assert found.object_store_url == "file://./data/objects"
    assert (found.advertise_host, found.advertise_port) == ("127.0.0.1", 9092)


def test_precedence_is_flag_environment_file_default() -> None:
    """The first source that has a setting decides."""
    toml = 'data = "/toml"\nbroker_id = 7\nnum.partitions = 5\nvolume_size = "64MiB"'
    env = {"PENSTOCK_DATA": "/env", "PENSTOCK_BROKER_ID": "8", "HOME": "/home"}

    found = load({"data": "/flag", "kafka": None}, env, toml)

    assert (found.data, found.broker_id, found.num_partitions) == ("/flag", 8, 5)
    assert found.volume_size == 64 << 20


@pytest.mark.parametrize(
    "toml",
    ["max.connections = 9", "[max]\nconnections = 9", '"max.connections" = 9', "max_connections=9"],
)
def test_dotted_names_may_be_tables_keys_or_underscored(toml: str) -> None:
    """One setting, each way TOML has of writing its name."""
    assert load({}, {}, toml).max_connections == 9


@pytest.mark.parametrize(
    ("flags", "env", "toml", "texts"),
    [
        ({}, {}, "max.conections = 1", ["max.conections", "did you mean max.connections?"]),
        ({}, {"PENSTOCK_KAFKAA": "x"}, None, ["PENSTOCK_KAFKAA", "did you mean kafka?"]),
        ({}, {"PENSTOCK_KAFKA_PORT": "9092"}, None, ["PENSTOCK_KAFKA_PORT"]),
        ({}, {}, "log.retention.hours = 1", ["log.retention.hours", "--entity-type brokers"]),
        ({}, {}, "message.max.bytes = 1", ["message.max.bytes", "--entity-type brokers"]),
        ({}, {}, "advertised.listeners = 'x'", ["what it sets in Kafka, advertise sets here"]),
        ({"kafka": "0.0.0.0:9092"}, {}, None, ["0.0.0.0:9092", "give with advertise"]),
        ({}, {}, "zzzzzz = 1", ["'zzzzzz'", "known settings are data, kafka"]),
        ({"kafka": "nine"}, {}, None, ["--kafka", "'nine'", "HOST:PORT"]),
        ({"kafka": "h:99999"}, {}, None, ["0 to 65535"]),
        ({"volume_size": "2 GB"}, {}, None, ["--volume-size", "64MiB"]),
        ({"volume_size": "1KiB"}, {}, None, ["at least 8388608 bytes"]),
        ({"object_store": "gs://x"}, {}, None, ["--object-store", "s3://BUCKET/PREFIX"]),
        ({"object_store": "file://x"}, {}, None, ["absolute"]),
        ({}, {}, 'object_store = "file:///x\\u0000y"', ["absolute"]),
        ({"object_store": "s3:///x"}, {}, None, ["bucket"]),
        ({}, {"PENSTOCK_NUM_PARTITIONS": "0"}, None, ["num.partitions", "from 1 to 10000"]),
        ({}, {}, "num.partitions = true", ["True", "whole number"]),
        ({}, {}, 'auto.create.topics.enable = "yes"', ["true or false"]),
        ({}, {}, "log.level = 'loud'", ["one of debug, info, warning, error"]),
        ({}, {}, "data = ", ["the settings file is not TOML"]),
        ({}, {}, "cluster_id = 'a b'", ["letters, digits"]),
        ({}, {}, "max = 3", ["unknown setting 'max'"]),
        ({}, {}, "queued.max.request.bytes = '2MiB'", ["socket.request.max.bytes"]),
        ({}, {}, "tail.cache.bytes = '64MiB'", ["tail.cache.bytes", "socket.request.max.bytes"]),
        ({"admin": "127.0.0.1:9092"}, {}, None, ["kafka and admin are both"]),
    ],
)
def test_what_is_not_legal_is_named_with_its_place_and_remedy(
    flags: dict[str, str], env: dict[str, str], toml: str | None, texts: list[str]
) -> None:
    """The operator reads what is wrong, where it stands and what would be right."""
    with pytest.raises(SettingsError) as caught:
        load(flags, env, toml)

    for text in texts:
        assert text in str(caught.value)


@pytest.mark.parametrize(
    ("text", "size"),
    [("1", 1), ("512 KiB", 512 << 10), ("64MiB", 64 << 20), ("2gib", 2 << 30), (7, 7)],
)
def test_sizes_have_binary_units(text: object, size: int) -> None:
    """Sizes are whole numbers of bytes, KiB, MiB, GiB or TiB."""
    assert parse_size(text) == size


@given(st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.none(), st.floats()))
def test_a_parser_fed_anything_returns_a_value_or_says_what_is_legal(value: object) -> None:
    """No value of any kind makes a parser fail in another way than ValueError."""
    for setting in settings.SETTINGS.values():
        try:
            setting.parse(value)
        except ValueError as error:
            assert str(error)


def test_addresses_of_ipv6_are_bracketed() -> None:
    """[::1]:9092 is an address; ::1:9092 could mean two things."""
    assert split_address("[::1]:9092") == ("::1", 9092)
    with pytest.raises(ValueError, match="HOST:PORT"):
        split_address("::1:9092")


def test_broker_configs_have_kafka_names_and_types() -> None:
    """DescribeConfigs shows what a Kafka operator looks for."""
    found = load({}, {}, "max.connections = 12").broker_configs()

    assert found["max.connections"] == ("12", "INT")
    assert found["auto.create.topics.enable"] == ("true", "BOOLEAN")
    assert {kind for _, kind in found.values()} <= {"INT", "LONG", "BOOLEAN", "STRING"}


def test_every_default_passes_its_own_parser() -> None:
    """A printed configuration can be read again."""
    default = load({}, {}, None)
    for setting in settings.SETTINGS.values():
        value = getattr(default, setting.attribute)
        assert setting.parse(settings.display(value)) == value


def test_version_is_the_projects() -> None:
    """The program and its package metadata tell one version."""
    import appliance

    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())
    assert appliance.__version__ == project["project"]["version"]


def test_only_settings_have_the_prefix_of_settings() -> None:
    """A variable of the tests with that prefix, exported, would make `penstock start` refuse it."""
    root = Path(__file__).parents[3]
    documents = ("Makefile", "README.md", "OPERATIONS.md", "CONTRIBUTING.md")
    listed = [root / name for name in documents]
    for folder in ("appliance", "packaging", "raft", "tests", "wal"):
        listed += [p for p in (root / folder).rglob("*") if p.suffix in (".py", ".md", ".sh")]
    misspelt = {"KAFKAA", "KAFFKA", "KAFKA_PORT"}
    names = {setting.attribute.upper() for setting in settings.SETTINGS.values()} | misspelt

    found = {name for p in listed for name in re.findall(r"PENSTOCK_([A-Z0-9_]+)", p.read_text())}

    assert found - names == {"CONFIG"}


VOTERS = {"controller.quorum.voters": "1@127.0.0.1:1,2@10.0.0.2:2, 3@[::1]:3", "cluster_id": "c"}


def test_voters_are_addresses_by_id() -> None:
    """One text for all of them, as in Kafka."""
    found = load({**VOTERS, "process.roles": "controller"}, {}, None)

    assert found.voters == {1: ("127.0.0.1", 1), 2: ("10.0.0.2", 2), 3: ("::1", 3)}
    assert found.is_voter_only


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"broker_id": "4"}, "or correct broker_id"),
        ({"process.roles": "broker,controller"}, "process.roles = controller"),
        ({"cluster_id": ""}, "the same one"),
        ({"controller.quorum.voters": "1@127.0.0.1:1,2@8.8.8.8:2"}, "voter 2 is at 8.8.8.8"),
        ({"controller.quorum.voters": "1@127.0.0.1:1,2@host:2"}, "private IP addresses"),
        ({"controller.quorum.voters": "1@127.0.0.1:1,1@127.0.0.1:2"}, "1 has two"),
        ({"controller.quorum.voters": "127.0.0.1:1"}, "ID@HOST:PORT"),
        ({"process.roles": "broker"}, "one of"),
    ],
)
def test_voters_that_cannot_work_are_refused(change: dict[str, str], text: str) -> None:
    """The message says what to give instead."""
    flags = {**VOTERS, "process.roles": "controller", "node.security.protocol": "PLAINTEXT"}
    with pytest.raises(settings.SettingsError, match=text):
        load({**flags, **change}, {}, None)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("a." * 5000 + "a = 1", "unknown setting 'a.a.a"),
        ("data = " + "[" * 5000 + "]" * 5000, "too deep"),
        ("data = " + "{a=" * 3000 + "1" + "}" * 3000, "too deep"),
        ("volume_size = " + "9" * 10_000, "not TOML"),
        ("volume_size = 0x" + "f" * 10_000, "far too large"),
        ("x" * 200_000 + " = 1", "unknown setting 'xxx"),
        ("max.connections = 9\nmax_connections = 10", "twice"),
    ],
)
def test_file_of_any_bytes_is_answered_in_one_line(toml: str, says: str) -> None:
    """Whatever is in the file, the operator reads what to change and no traceback."""
    with pytest.raises(SettingsError, match=says) as caught:
        load({}, {}, toml)

    assert len(str(caught.value)) < 1000


def test_what_kubernetes_sets_beside_a_service_of_our_name_is_no_setting() -> None:
    links = {
        "SERVICE_HOST": "10.0.0.1",
        "SERVICE_PORT": "9092",
        "SERVICE_PORT_KAFKA": "9092",
        "PORT": "tcp://10.0.0.1:9092",
        "PORT_9092_TCP": "tcp://10.0.0.1:9092",
        "PORT_9092_TCP_PROTO": "tcp",
        "PORT_9092_TCP_PORT": "9092",
        "PORT_9092_TCP_ADDR": "10.0.0.1",
        "ADMIN_SERVICE_HOST": "10.0.0.2",
        "ADMIN_PORT": "tcp://10.0.0.2:9644",
    }

    env = {settings.ENV_PREFIX + name: value for name, value in links.items()}
    assert load({}, env, None) == load({}, {}, None)
