"""Settings of a node: plain data, from flags, environment, a TOML file and defaults, in this order.

A setting has one name, written in Kafka's dotted form or with underscores (`volume_size`,
`max.connections`); in the environment it is `PENSTOCK_` and the name in capitals with underscores
(`PENSTOCK_MAX_CONNECTIONS`); in the file it is a key, dotted or in tables.
"""

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from appliance.errors import OperatorError

ENV_PREFIX = "PENSTOCK_"
_ENV_NOT_SETTINGS = frozenset({"PENSTOCK_CONFIG"})
"""Names with our prefix that belong to the command line."""

_SERVICE_LINK = re.compile(
    r"PENSTOCK_(\w+_)?(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_\w+)?)"
)
"""What Kubernetes sets in pods beside a service of our name, with ..._PORT=tcp://…"""

_KAFKA_NAMES = {
    "advertised.listeners": "advertise",
    "listeners": "kafka",
    "log.dir": "data",
    "log.dirs": "data",
    "metadata.log.dir": "data",
    "node.id": "broker_id",
}
"""Settings of a Kafka broker and what does their work here."""

_KAFKA_TOPIC_DEFAULTS = ("log.", "message.", "compression.", "min.insync.", "unclean.leader.")
"""Beginnings of a Kafka broker's defaults for topics."""

_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
"""AWS takes fewer names today, others and its own old buckets have these."""

_PREFIX = re.compile(r"[A-Za-z0-9_=-][A-Za-z0-9._=-]*(?:/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)*")
_PREFIX_CHARS_MAX = 500
"""With an object's key, half of what S3 allows."""

_HOST_CHARS_MAX = 255
"""The longest DNS name is two shorter."""

_TABLES_MAX = 8
"""Tables within tables; no setting has a name of so many parts."""

_UNITS = {"": 1, "B": 1, "KIB": 1 << 10, "MIB": 1 << 20, "GIB": 1 << 30, "TIB": 1 << 40}
_INT32_MAX = 2**31 - 1
_INT64_MAX = 2**63 - 1
WILDCARDS = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
"""Addresses to listen on, and never to connect to."""

LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(OperatorError):
    """A setting is unknown or its value is not legal; the text says what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a node, checked.

    Attributes:
        data: folder of the node's own files (Raft journal; volume and objects by default).
        kafka: HOST:PORT of the Kafka listener.
        advertise: HOST:PORT told to clients, or empty: the address of `kafka`.
        admin: HOST:PORT of the HTTP listener.
        volume: path of the WAL volume, or empty: the file `volume` in `data`.
        volume_size: bytes of a volume file that is made; one that exists keeps its size.
        object_store: file:///folder or s3://bucket/prefix, or empty: `objects` in `data`.
        cluster_id: the cluster this node belongs to, or empty: any, made up on a first start.
        broker_id: this node's id in the cluster.
        process_roles: `broker,controller`, or `controller`: votes, and serves no data.
        controller_quorum_voters: ID@HOST:PORT of every voter, or empty: this node alone.
        node_listener: HOST:PORT of the links between nodes, or empty: as the voters' list says. A
            node that is not in that list joins when it is added.
        node_security_protocol: SSL, or PLAINTEXT between loopback or private addresses.
        node_ssl_folder: ca.pem, node.pem and node.key, or empty: the folder `tls` in `data`.
    """

    data: str = "./data"
    kafka: str = "127.0.0.1:9092"
    advertise: str = ""
    admin: str = "127.0.0.1:9644"
    volume: str = ""
    volume_size: int = 2 << 30
    object_store: str = ""
    cluster_id: str = ""
    broker_id: int = 1
    process_roles: str = "broker,controller"
    controller_quorum_voters: str = ""
    node_listener: str = ""
    node_security_protocol: str = "SSL"
    node_ssl_folder: str = ""
    socket_request_max_bytes: int = 104857600
    connections_max_idle_ms: int = 600000
    max_connections: int = 2147483647
    auto_create_topics_enable: bool = True
    num_partitions: int = 1
    queued_max_request_bytes: int = 256 << 20
    upload_trigger_bytes: int = 64 << 20
    upload_trigger_ms: int = 300000
    tail_cache_bytes: int = 256 << 20
    block_cache_bytes: int = 256 << 20
    producer_id_expiration_ms: int = 86400000
    group_initial_rebalance_delay_ms: int = 3000
    group_min_session_timeout_ms: int = 6000
    group_max_session_timeout_ms: int = 1800000
    group_max_size: int = 2147483647
    offset_metadata_max_bytes: int = 4096
    offsets_retention_minutes: int = 10080
    offsets_retention_check_interval_ms: int = 600000
    log_level: str = "info"

    @property
    def kafka_host(self) -> str:
        """Host of the Kafka listener."""
        return split_address(self.kafka)[0]

    @property
    def kafka_port(self) -> int:
        """Port of the Kafka listener; 0 lets the system choose."""
        return split_address(self.kafka)[1]

    @property
    def admin_host(self) -> str:
        """Host of the admin listener."""
        return split_address(self.admin)[0]

    @property
    def admin_port(self) -> int:
        """Port of the admin listener; 0 lets the system choose."""
        return split_address(self.admin)[1]

    @property
    def advertise_host(self) -> str:
        """Host that clients are told to connect to."""
        return split_address(self.advertise or self.kafka)[0]

    @property
    def advertise_port(self) -> int:
        """Port that clients are told to connect to; 0 stands for the bound one."""
        return split_address(self.advertise or self.kafka)[1]

    @property
    def volume_path(self) -> str:
        """Path of the WAL volume."""
        return self.volume or self.data.rstrip("/") + "/volume"

    @property
    def object_store_url(self) -> str:
        """URL of the object store; `file://` and a possibly relative path by default."""
        return self.object_store or "file://" + self.data.rstrip("/") + "/objects"

    @property
    def is_voter_only(self) -> bool:
        """Whether the node serves no data."""
        return self.process_roles == "controller"

    @property
    def voters(self) -> dict[int, tuple[str, int]]:
        """Host and port of every voter by its id; empty: this node alone."""
        return parse_voters(self.controller_quorum_voters)

    @property
    def node_ssl_path(self) -> str:
        """Folder of this node's certificate and key, and of the cluster's authority."""
        return self.node_ssl_folder or self.data.rstrip("/") + "/tls"

    def broker_configs(self) -> dict[str, tuple[str, str]]:
        """Return what DescribeConfigs tells of the broker: name -> (value, Kafka type)."""
        found = {
            name: (display(getattr(self, setting.attribute)), setting.kafka_type)
            for name, setting in SETTINGS.items()
            if setting.kafka_type
        }
        found["broker.id"] = (str(self.broker_id), "INT")
        found["advertised.listeners"] = (
            f"PLAINTEXT://{self.advertise or self.kafka}",
            "STRING",
        )
        found["listeners"] = (f"PLAINTEXT://{self.kafka}", "STRING")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How one setting is read.

    Attributes:
        name: as in the file.
        attribute: of `Settings`.
        parse: from text (or the TOML value) to the value; ValueError says what is legal.
        kafka_type: type name that DescribeConfigs reports, or empty: not a broker config of Kafka.
    """

    name: str
    attribute: str
    parse: Callable[[object], object]
    kafka_type: str = ""


def parse_size(value: object) -> int:
    """Return a size in bytes.

    Args:
        value: a whole number of bytes, or text such as 64MiB, 2GiB, 512KiB.

    Raises:
        ValueError: saying what is legal.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _INT64_MAX:
        return value
    if isinstance(value, str):
        text = value.strip()
        digits = len(text) - len(text.lstrip("0123456789"))
        number, unit = text[:digits], text[digits:].strip().upper()
        if number.isascii() and number.isdigit() and unit in _UNITS and len(number) <= 19:
            size = int(number) * _UNITS[unit]
            if 0 < size <= _INT64_MAX:
                return size
    raise ValueError("a size above zero, such as 64MiB, 2GiB or a number of bytes")


def split_address(value: str) -> tuple[str, int]:
    """Return host and port of HOST:PORT, [V6]:PORT.

    Raises:
        ValueError: saying what is legal.
    """
    host, colon, port = value.rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    if bracketed:
        host = host[1:-1]
    if (
        not colon
        or not 0 < len(host) <= _HOST_CHARS_MAX
        or (":" in host and not bracketed)
        or any(not c.isprintable() or c.isspace() or c in "/@,?#" for c in host)
        or not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535)
    ):
        raise ValueError("HOST:PORT with a port of 0 to 65535, such as 127.0.0.1:9092")
    return host, int(port)


def parse_voters(text: str) -> dict[int, tuple[str, int]]:
    """Return host and port by id of ID@HOST:PORT,…; empty: of nobody.

    Raises:
        ValueError: saying what is legal.
    """
    voters: dict[int, tuple[str, int]] = {}
    for part in text.split(",") if text else []:
        number, at, address = part.strip().partition("@")
        if not at or not (number.isascii() and number.isdigit() and len(number) <= 10):
            raise ValueError("ID@HOST:PORT of every voter, with commas between")
        if int(number) in voters:
            raise ValueError(f"one address for each voter, but {number} has two")
        voters[int(number)] = split_address(address)
    return voters


def display(value: object) -> str:
    """Return a value as Kafka and our file write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    raise ValueError("text")


def _path(value: object) -> str:
    if isinstance(value, str) and value and "\0" not in value:
        return value
    raise ValueError("a path")


def _address(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("HOST:PORT, such as 127.0.0.1:9092")
    split_address(value.strip())
    return value.strip()


def _optional(parse: Callable[[object], str]) -> Callable[[object], str]:
    return lambda value: "" if value == "" else parse(value)


def _voters(value: object) -> str:
    text = _text(value)
    parse_voters(text)
    return text


def _one_of(*legal: str) -> Callable[[object], str]:
    def parse(value: object) -> str:
        text = ",".join(part.strip() for part in _text(value).split(","))
        for word in legal:
            if text.lower() == word.lower():
                return word
        raise ValueError("one of " + ", ".join(f"`{word}`" for word in legal))

    return parse


def parse_s3(url: str) -> tuple[str, str]:
    """Return bucket and prefix of s3://BUCKET/PREFIX; the prefix is empty or ends in "/".

    Raises:
        ValueError: saying what is legal.
    """
    bucket, _, prefix = url.removeprefix("s3://").partition("/")
    if not url.startswith("s3://") or _BUCKET.fullmatch(bucket) is None:
        raise ValueError("s3://BUCKET/PREFIX, the bucket of letters, digits, dots, - and _")
    prefix = prefix.strip("/")
    if len(prefix) > _PREFIX_CHARS_MAX or (prefix and _PREFIX.fullmatch(prefix) is None):
        raise ValueError(
            "s3://BUCKET/PREFIX, the prefix of segments of letters, digits and . _ - = that begin"
            " with no dot"
        )
    return bucket, prefix + "/" if prefix else ""


def _store(value: object) -> str:
    legal = "file:///FOLDER or s3://BUCKET/PREFIX"
    if not isinstance(value, str):
        raise ValueError(legal)
    scheme, separator, rest = value.strip().partition("://")
    if not separator or scheme not in ("file", "s3"):
        raise ValueError(legal)
    if scheme == "file" and (not rest.startswith("/") or "\0" in rest):
        raise ValueError("file:///FOLDER with an absolute path")
    if scheme == "s3":
        parse_s3(value.strip())
    return value.strip()


def _whole(low: int, high: int) -> Callable[[object], int]:
    legal = f"a whole number from {low} to {high}"

    def parse(value: object) -> int:
        number = value
        if isinstance(value, str):
            text = value.strip()
            digits = text.removeprefix("-")
            if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
                raise ValueError(legal)
            number = int(text)
        if isinstance(number, bool) or not isinstance(number, int) or not low <= number <= high:
            raise ValueError(legal)
        return number

    return parse


def _size(low: int) -> Callable[[object], int]:
    def parse(value: object) -> int:
        size = parse_size(value)
        if size < low:
            raise ValueError(f"at least {low} bytes")
        return size

    return parse


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    raise ValueError("true or false")


def _level(value: object) -> str:
    if isinstance(value, str) and value.strip().lower() in LOG_LEVELS:
        return value.strip().lower()
    raise ValueError("one of " + ", ".join(LOG_LEVELS))


def parse_cluster_id(value: object) -> str:
    """Return a cluster's id.

    Raises:
        ValueError: saying what is legal.
    """
    if isinstance(value, str):
        text = value.strip()
        legal = text.isascii() and text.replace("-", "").replace("_", "").isalnum()
        if legal and len(text) <= 64:
            return text
    raise ValueError("up to 64 letters, digits, - and _")


_SPECIFIED = (
    ("data", _path, ""),
    ("kafka", _address, ""),
    ("advertise", _optional(_address), ""),
    ("admin", _address, ""),
    ("volume", _optional(_path), ""),
    ("volume_size", _size(8 << 20), ""),
    ("object_store", _optional(_store), ""),
    ("cluster_id", _optional(parse_cluster_id), ""),
    ("broker_id", _whole(0, 2**31 - 1), ""),
    ("process.roles", _one_of("broker,controller", "controller"), ""),
    ("controller.quorum.voters", _voters, ""),
    ("node.listener", _optional(_address), ""),
    ("node.security.protocol", _one_of("SSL", "PLAINTEXT"), ""),
    ("node.ssl.folder", _optional(_path), ""),
    ("socket.request.max.bytes", _size(1 << 20), "INT"),
    ("connections.max.idle.ms", _whole(1000, _INT64_MAX), "LONG"),
    ("max.connections", _whole(1, _INT32_MAX), "INT"),
    ("auto.create.topics.enable", _flag, "BOOLEAN"),
    ("num.partitions", _whole(1, 10_000), "INT"),
    ("queued.max.request.bytes", _size(1 << 20), "LONG"),
    ("upload.trigger.bytes", _size(1 << 16), ""),
    ("upload.trigger.ms", _whole(10, _INT32_MAX), ""),
    ("tail.cache.bytes", _size(8 << 20), ""),
    ("block.cache.bytes", _size(8 << 20), ""),
    ("producer.id.expiration.ms", _whole(1000, _INT32_MAX), "INT"),
    ("group.initial.rebalance.delay.ms", _whole(0, _INT32_MAX), "INT"),
    ("group.min.session.timeout.ms", _whole(0, _INT32_MAX), "INT"),
    ("group.max.session.timeout.ms", _whole(0, _INT32_MAX), "INT"),
    ("group.max.size", _whole(1, _INT32_MAX), "INT"),
    ("offset.metadata.max.bytes", _whole(0, 8000), "INT"),
    ("offsets.retention.minutes", _whole(1, _INT32_MAX), "INT"),
    ("offsets.retention.check.interval.ms", _whole(1, _INT32_MAX), "LONG"),
    ("log.level", _level, ""),
)

SETTINGS: dict[str, Setting] = {
    name: Setting(name=name, attribute=name.replace(".", "_"), parse=parse, kafka_type=kafka_type)
    for name, parse, kafka_type in _SPECIFIED
}
"""Every setting by its name."""

_BY_ATTRIBUTE = {setting.attribute: setting for setting in SETTINGS.values()}

assert sorted(_BY_ATTRIBUTE) == sorted(field.name for field in fields(Settings))


def load(
    flags: Mapping[str, object],
    env: Mapping[str, str],
    toml_text: str | None,
    *,
    toml_name: str = "the settings file",
    sources: dict[str, str] | None = None,
) -> Settings:
    """Return the settings of flags, environment, TOML file and defaults, the first that has one.

    Args:
        flags: attribute or setting name -> text; None counts as not given.
        env: the process's environment; names with PENSTOCK_ are settings.
        toml_text: the file's text, or None: no file.
        toml_name: what to call the file in messages.
        sources: filled with attribute -> where its value came from, but for defaults.

    Raises:
        SettingsError: a name or a value that is not legal, and where it came from.
    """
    values: dict[str, object] = {}
    found = {} if sources is None else sources
    if toml_text is not None:
        for name, value in _flatten(_parse_toml(toml_text, toml_name)).items():
            attribute = _take(values, name, value, where=toml_name)
            if attribute in found:
                raise SettingsError(
                    f"{_BY_ATTRIBUTE[attribute].name} stands twice in {toml_name}, in two"
                    " spellings: remove one"
                )
            found[attribute] = toml_name
    for name in sorted(env):
        if _names_setting(name, env[name]):
            attribute = name.removeprefix(ENV_PREFIX).lower()
            where = f"the environment ({name})"
            found[_take(values, attribute, env[name], where=where)] = name
    for name, value in flags.items():
        if value is not None:
            flag = "--" + name.replace("_", "-")
            found[_take(values, name, value, where=f"the command line ({flag})")] = flag
    settings = Settings(**values)  # type: ignore[arg-type]  # parsed by the table above
    _check_together(settings)
    return settings


def _check_together(settings: Settings) -> None:
    """Refuse values that are legal alone and senseless together."""
    if settings.socket_request_max_bytes > settings.queued_max_request_bytes:
        raise SettingsError(
            f"queued.max.request.bytes is {settings.queued_max_request_bytes}, but one request may"
            f" have socket.request.max.bytes = {settings.socket_request_max_bytes}: raise the first"
            " or lower the second"
        )
    if 2 * settings.socket_request_max_bytes > settings.tail_cache_bytes:
        raise SettingsError(
            f"tail.cache.bytes is {settings.tail_cache_bytes}, but it must hold twice one request"
            f" (socket.request.max.bytes = {settings.socket_request_max_bytes}): raise the first or"
            " lower the second"
        )
    if settings.group_min_session_timeout_ms > settings.group_max_session_timeout_ms:
        raise SettingsError(
            f"group.min.session.timeout.ms is {settings.group_min_session_timeout_ms}, above"
            f" group.max.session.timeout.ms = {settings.group_max_session_timeout_ms}: no consumer"
            " could join a group"
        )
    if not settings.advertise and split_address(settings.kafka)[0] in WILDCARDS:
        raise SettingsError(
            f"kafka is {settings.kafka}, which no client can connect to: give with advertise the"
            " address or name by which clients reach this node"
        )
    if settings.advertise and settings.advertise_host in WILDCARDS:
        raise SettingsError(
            f"advertise is {settings.advertise}, which no client can connect to: give the address"
            " or name by which clients reach this node"
        )
    _check_voters(settings)
    same = settings.kafka == settings.admin and settings.kafka_port != 0
    if same:
        raise SettingsError(
            f"kafka and admin are both {settings.kafka}: give one of them another port"
        )


def _check_voters(settings: Settings) -> None:
    voters = settings.voters
    if not voters:
        return
    if settings.broker_id not in voters and not settings.node_listener:
        raise SettingsError(
            f"controller.quorum.voters names {sorted(voters)}, but this node is broker_id"
            f" {settings.broker_id}: add it before their first start, or correct broker_id, or give"
            " node.listener to a node that `penstock cluster add` is to add"
        )
    if not settings.is_voter_only and sorted(voters) == [settings.broker_id]:
        return
    if not settings.is_voter_only:
        raise SettingsError(
            "a node that serves data is the only voter of its cluster in this version: give"
            " process.roles = controller, or leave controller.quorum.voters empty"
        )
    if not settings.cluster_id:
        raise SettingsError(
            "voters find each other by their cluster_id: give all of them the same one"
        )
    if settings.node_security_protocol == "PLAINTEXT":
        for node_id, (host, _) in sorted(voters.items()):
            if not is_private(host):
                raise SettingsError(
                    f"node.security.protocol is PLAINTEXT, but voter {node_id} is at {host}: only"
                    " loopback and private IP addresses may go without SSL"
                )
        if settings.node_listener and not is_private(split_address(settings.node_listener)[0]):
            raise SettingsError(
                f"node.security.protocol is PLAINTEXT, but node.listener is"
                f" {settings.node_listener}: only loopback and private IP addresses may go without"
                " SSL"
            )


def is_private(host: str) -> bool:
    """Whether only machines of the same private network can reach the host."""
    if host == "localhost":
        return True
    if host in WILDCARDS:
        return False
    try:
        return ipaddress.ip_address(host).is_private  # Loopback is private, too.
    except ValueError:
        return False


def _take(values: dict[str, object], name: str, value: object, *, where: str) -> str:
    """Parse one value into `values`; returns its attribute."""
    setting = SETTINGS.get(name) or _BY_ATTRIBUTE.get(name.replace(".", "_").replace("-", "_"))
    if setting is None:
        raise SettingsError(f"unknown setting {_shown(name)} in {where}{_suggestion(name)}")
    try:
        values[setting.attribute] = setting.parse(value)
    except ValueError as error:
        raise SettingsError(
            f"{setting.name} in {where} is {_shown(value)}; it must be {error}"
        ) from None
    return setting.attribute


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # A whole number of thousands of digits.
        return "a number that is far too large"
    return text if len(text) <= 80 else text[:77] + "..."


def _names_setting(variable: str, value: str) -> bool:
    if not variable.startswith(ENV_PREFIX) or variable in _ENV_NOT_SETTINGS:
        return False
    is_port = variable.endswith("_PORT") and "://" in value
    return not is_port and _SERVICE_LINK.fullmatch(variable) is None


def _suggestion(name: str) -> str:
    kafka_name = name[:100].lower().replace("_", ".")
    if kafka_name in _KAFKA_NAMES:
        return f"; what it sets in Kafka, {_KAFKA_NAMES[kafka_name]} sets here"
    if kafka_name.startswith(_KAFKA_TOPIC_DEFAULTS):
        return "; defaults of topics are set with kafka-configs.sh --entity-type brokers"
    wanted = name[:100].lower().replace("-", "_").replace(".", "_")
    close = difflib.get_close_matches(wanted, list(_BY_ATTRIBUTE), n=1, cutoff=0.6)
    if close:
        return f"; did you mean {_BY_ATTRIBUTE[close[0]].name}?"
    return f"; known settings are {', '.join(SETTINGS)}"


def _parse_toml(text: str, name: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and numbers of thousands of digits
        raise SettingsError(f"{name} is not TOML: {error}") from None
    except RecursionError:
        raise SettingsError(f"{name} is nested far too deep for a settings file") from None


def _flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    """Return dotted names -> values: `max.connections = 9` is a nested table to TOML."""
    found: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict) and prefix.count(".") < _TABLES_MAX:
            found.update(_flatten(value, f"{prefix}{key}."))
        else:
            found[prefix + key] = value
    return found
