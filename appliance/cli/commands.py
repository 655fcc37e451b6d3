"""The command tree, by click: help, messages about wrong usage, and all commands but a plain start.

Texts of options are the operator's manual: they state the unit, the default and the legal values.
"""

from typing import Any

import click

from appliance import __version__, cli
from appliance.cli import start as start_command
from appliance.errors import OperatorError
from appliance.settings import ENV_PREFIX, SETTINGS, Settings, display

_DEFAULTS = Settings()
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def run(argv: list[str]) -> int:
    """Run a command line and return the exit code; wrong usage is said in one line or two.

    Raises:
        OperatorError: from the command itself.
    """
    try:
        result = main.main(args=argv, prog_name="penstock", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return cli.EXIT_OPERATOR
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        if isinstance(error, click.NoSuchOption):
            _refuse_flag_of_setting(error.option_name)
        where = context.command_path if context is not None else "penstock"
        click.echo(f"penstock: {error.format_message()} Try '{where} --help'.", err=True)
        return cli.EXIT_OPERATOR
    except click.Abort:
        click.echo("penstock: aborted", err=True)
        return cli.EXIT_INTERRUPTED
    return result if isinstance(result, int) else cli.EXIT_OK


def _refuse_flag_of_setting(option: str) -> None:
    """Say where a setting is given that has no flag.

    Raises:
        OperatorError: the option has the name of one.
    """
    if option.removeprefix("--") in cli.START_FLAGS:
        return  # It has a flag, of another command.
    attribute = option.removeprefix("--").replace("-", "_").replace(".", "_")
    for name, setting in SETTINGS.items():
        if setting.attribute == attribute:
            variable = ENV_PREFIX + attribute.upper()
            raise OperatorError(
                f"{name} has no flag: set it in the file of --config, or as {variable}"
            )


@click.group(context_settings=_HELP, no_args_is_help=True)
@click.version_option(__version__, prog_name="penstock", message="%(prog)s %(version)s")
def main() -> None:
    """Penstock, a Kafka-compatible streaming appliance.

    `penstock start` runs a node with its data in ./data; Kafka clients connect to 127.0.0.1:9092.

    \b
    Examples:
      penstock start --data /var/lib/penstock
      penstock config check
      penstock volume info /var/lib/penstock/volume
    """


def _setting_options(command: Any) -> Any:
    """Add every flag of `start`; they are read by `settings.load`, which knows what is legal."""
    texts = [
        ("config", "FILE", "TOML file with settings."),
        ("data", "DIR", f"Folder of the node's own files. [default: {_DEFAULTS.data}]"),
        ("kafka", "HOST:PORT", f"Kafka listener; port 0 picks one. [default: {_DEFAULTS.kafka}]"),
        ("advertise", "HOST:PORT", "Address told to clients. [default: the one of --kafka]"),
        ("admin", "HOST:PORT", f"/health, /ready, /metrics. [default: {_DEFAULTS.admin}]"),
        ("volume", "PATH", "WAL volume, a file or block device. [default: DIR/volume]"),
        ("volume-size", "SIZE", "Size of a volume file that is made; it keeps it. [default: 2GiB]"),
        (
            "object-store",
            "URL",
            "file:///FOLDER or s3://BUCKET/PREFIX. [default: the folder DIR/objects]",
        ),
        ("cluster-id", "ID", "Refuse data of any other cluster. [default: made up once]"),
        ("broker-id", "N", f"Id of this node. [default: {_DEFAULTS.broker_id}]"),
        (
            "process-roles",
            "ROLES",
            f"`controller` votes and serves no data. [default: {_DEFAULTS.process_roles}]",
        ),
        (
            "controller-quorum-voters",
            "VOTERS",
            "ID@HOST:PORT of every voter, the same on all. [default: this node alone]",
        ),
        (
            "node-listener",
            "HOST:PORT",
            "Links between nodes. [default: as in --controller-quorum-voters]",
        ),
        (
            "node-security-protocol",
            "PROTOCOL",
            f"SSL, or PLAINTEXT on private networks. [default: {_DEFAULTS.node_security_protocol}]",
        ),
        (
            "log-level",
            "LEVEL",
            f"debug, info, warning or error. [default: {_DEFAULTS.log_level}]",
        ),
    ]
    assert tuple(name for name, _, _ in texts) == cli.START_FLAGS
    for name, metavar, text in reversed(texts):
        command = click.option(f"--{name}", metavar=metavar, help=text)(command)
    return command


@main.command(name="start")
@_setting_options
def start(**flags: str | None) -> int:
    """Run a node until SIGTERM or SIGINT.

    Each setting comes from the first that has it: a flag, an environment variable
    (PENSTOCK_VOLUME_SIZE for --volume-size, PENSTOCK_MAX_CONNECTIONS for max.connections), the file
    of --config, the default. `penstock config check` shows all of them. S3 takes the usual
    AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.

    \b
    Examples:
      penstock start
      penstock start --data /var/lib/penstock --kafka 0.0.0.0:9092 --advertise kafka.example:9092
      penstock start --object-store s3://bucket/prefix --volume /dev/nvme1n1
      PENSTOCK_LOG_LEVEL=debug penstock start --kafka 127.0.0.1:0 --admin 127.0.0.1:0
    """
    return start_command.start(flags)


@main.group(name="config", no_args_is_help=True)
def config() -> None:
    """Look at settings."""


@config.command(name="check")
@_setting_options
def config_check(**flags: str | None) -> None:
    """Check the settings as `start` would, and print them as a TOML file.

    Behind each value stands where it came from. Credentials of S3 are no settings: they are read
    from AWS_* or the shared credentials file, and never shown.

    \b
    Examples:
      penstock config check --config penstock.toml
      penstock config check --config old.toml --log-level debug > new.toml
    """
    sources: dict[str, str] = {}
    settings = start_command.read_settings(flags, sources=sources)
    for name, setting in SETTINGS.items():
        value = getattr(settings, setting.attribute)
        text = display(value) if not isinstance(value, str) else _quoted(value)
        source = sources.get(setting.attribute, "default")
        click.echo(f"{f'{name} = {text}':48} # {' '.join(source.split())}")


def _quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


@main.group(name="volume", no_args_is_help=True)
def volume() -> None:
    """Make and look at WAL volumes."""


@volume.command(name="format")
@click.argument("path", metavar="PATH")
@click.option("--cluster-id", metavar="ID", required=True, help="Cluster that will use the volume.")
@click.option("--extent-size", metavar="SIZE", help="Unit of allocation. [default: 64MiB]")
@click.option(
    "--volume-size", metavar="SIZE", help="Size of the file that is made. [default: 2GiB]"
)
@click.option("--force", is_flag=True, help="Overwrite whatever the volume holds.")
def volume_format(
    path: str, cluster_id: str, extent_size: str | None, volume_size: str | None, force: bool
) -> None:
    """Write the superblocks of an empty volume onto a file or block device.

    Not needed for a file: `start` makes its own. Without --force, nothing is written where the
    first or the last MiB is not empty: file systems, partition tables and volumes have their labels
    there.

    \b
    Examples:
      penstock volume format /dev/nvme1n1 --cluster-id my-cluster
      penstock volume format /mnt/wal/volume --cluster-id my-cluster --volume-size 64GiB
    """
    from appliance.cli import volume as commands

    commands.format_(
        path,
        cluster_id=cluster_id,
        extent_size=extent_size,
        volume_size=volume_size,
        force=force,
    )


@volume.command(name="info")
@click.argument("path", metavar="PATH")
def volume_info(path: str) -> None:
    """Print what a volume is and which writers are fenced; reads only, beside a running node too.

    \b
    Example:
      penstock volume info ./data/volume
    """
    from appliance.cli import volume as commands

    commands.info(path)


@volume.command(name="dump")
@click.argument("path", metavar="PATH")
def volume_dump(path: str) -> None:
    """Print the extents that writers have begun, and the frames in them; reads only.

    \b
    Example:
      penstock volume dump ./data/volume | less
    """
    from appliance.cli import volume as commands

    commands.dump(path)


@main.group(name="cluster", no_args_is_help=True)
def cluster() -> None:
    """Look at the voters of a cluster, and change them.

    \b
    To replace a machine: start the new one with a --broker-id that was never used, an empty --data,
    the --controller-quorum-voters of the cluster and its own --node-listener; then
      penstock cluster add 4@10.0.0.4:9093
      penstock cluster remove 3
    and stop the old one. The commands that change something run on the machine of any voter.
    """


@cluster.command(name="status", short_help="Who leads, and how far each voter is.")
@click.argument("addresses", metavar="[HOST:PORT]...", nargs=-1)
@click.option("--admin", metavar="HOST:PORT", multiple=True,
              help=f"The same. [default: {_DEFAULTS.admin}]")  # fmt: skip
def cluster_status(addresses: tuple[str, ...], admin: tuple[str, ...]) -> int:
    """Print who leads the metadata and how far each voter is; give the --admin of each node.

    The exit code is 1 when no leader is known or a node does not answer.

    \b
    Examples:
      penstock cluster status
      penstock cluster status 127.0.0.1:9644 127.0.0.1:9645 127.0.0.1:9646
    """
    from appliance.cli import cluster as commands

    return commands.status((*addresses, *admin) or (_DEFAULTS.admin,))


_admin_option = click.option(
    "--admin", metavar="HOST:PORT", multiple=True,
    help=f"Admin listener of a voter on this machine. [default: {_DEFAULTS.admin}]",
)  # fmt: skip


@cluster.command(name="add", short_help="Make a running node a voter.")
@click.argument("member", metavar="ID@HOST:PORT")
@_admin_option
def cluster_add(member: str, admin: tuple[str, ...]) -> int:
    """Make a node a voter: it follows the log first, and votes as soon as it holds it.

    The node must run already, with the cluster's --cluster-id and --controller-quorum-voters, a
    --broker-id that is not in that list and was never used, and HOST:PORT as its --node-listener.
    One change at a time. When the node needs longer, repeat the command. For a member that has
    moved, this tells the others its new address.

    \b
    Examples:
      penstock cluster add 4@10.0.0.4:9093
      penstock cluster add 4@10.0.0.4:9093 --admin 127.0.0.1:9645
    """
    from appliance.cli import cluster as commands

    return commands.add(member, admin=admin or (_DEFAULTS.admin,))


@cluster.command(name="remove", short_help="Take a node out for ever.")
@click.argument("node", metavar="ID")
@_admin_option
def cluster_remove(node: str, admin: tuple[str, ...]) -> int:
    """Take a voter out, for ever: the others do not hear it any more under this id.

    Also for a machine that is lost, or came back with an empty disk. It is refused when too few of
    the other voters answer: the cluster would stop. Stop the removed node afterwards.

    \b
    Example:
      penstock cluster remove 3
    """
    from appliance.cli import cluster as commands

    return commands.remove(node, admin=admin or (_DEFAULTS.admin,))


@cluster.command(name="transfer-leader", short_help="Let another voter lead.")
@click.argument("node", metavar="[ID]", required=False)
@_admin_option
def cluster_transfer_leader(node: str | None, admin: tuple[str, ...]) -> int:
    """Let another voter lead, this one or any: before a machine is stopped or removed.

    \b
    Examples:
      penstock cluster transfer-leader
      penstock cluster transfer-leader 2
    """
    from appliance.cli import cluster as commands

    return commands.transfer_leader(node, admin=admin or (_DEFAULTS.admin,))


@cluster.command(name="recover", short_help="Go on alone after a majority is lost for ever.")
@click.option("--data", metavar="DIR", required=True, help="Data folder of the survivor.")
@click.option("--controller-quorum-voters", "voters", metavar="VOTERS", required=True,
              help="As the voters were started.")  # fmt: skip
@click.option("--accept-loss", is_flag=True, help="Do it. Without this it is only shown.")
def cluster_recover(data: str, voters: str, accept_loss: bool) -> int:
    """Let one voter go on alone after a majority of them is lost for ever; it must be stopped.

    Commands that were acknowledged and are not in its journal are lost; commands in its journal
    that were never acknowledged are kept. Of several survivors take the one with the highest last
    term, then the highest last index, and only one: the others are removed for ever and must not be
    started again.

    \b
    Example:
      penstock cluster recover --data ./data --controller-quorum-voters 1@a:9093,2@b:9093,3@c:9093
    """
    from appliance.cli import cluster as commands

    return commands.recover(data, voters=voters, accept_loss=accept_loss)


@main.group(name="quotas", no_args_is_help=True)
def quotas() -> None:
    """Client quotas of a cluster of voters.

    Any voter on this machine takes the commands to the leader. A node that serves data takes
    Kafka's tools instead.
    """


@quotas.command(name="show", short_help="Print all quotas.")
@_admin_option
def quotas_show(admin: tuple[str, ...]) -> int:
    """Print every entity that has quotas, as they are committed now.

    \b
    Example:
      penstock quotas show
    """
    from appliance.cli import quotas as commands

    return commands.show(admin=admin or (_DEFAULTS.admin,))


@quotas.command(name="set", short_help="Set or remove quotas of one entity.")
@click.argument("settings", metavar="[KEY=NUMBER]...", nargs=-1)
@click.option("--client-id", metavar="NAME", help="Client; <default>: those without their own.")
@click.option("--user", metavar="NAME", help="User; <default>: those without their own.")
@click.option("--ip", metavar="ADDRESS", help="Address; <default>: those without their own.")
@click.option("--remove", "removed", metavar="KEY", multiple=True, help="Quota to remove.")
@_admin_option
def quotas_set(
    settings: tuple[str, ...], client_id: str | None, user: str | None, ip: str | None,
    removed: tuple[str, ...], admin: tuple[str, ...],
) -> int:  # fmt: skip
    """Set quotas of a client, a user, both together, or an address; others stay.

    Keys: producer_byte_rate and consumer_byte_rate (bytes a second), request_percentage,
    controller_mutation_rate; for --ip connection_creation_rate.

    \b
    Examples:
      penstock quotas set --client-id loader producer_byte_rate=1048576
      penstock quotas set --user '<default>' --remove request_percentage
    """
    from appliance.cli import quotas as commands

    return commands.change(
        entity={"client-id": client_id, "user": user, "ip": ip},
        settings=settings,
        removed=removed,
        admin=admin or (_DEFAULTS.admin,),
    )


@main.group(name="certs", no_args_is_help=True)
def certs() -> None:
    """Certificates for the links between the nodes of a cluster.

    Nodes speak to each other by mutual TLS. With an authority of your own, put its certificate as
    ca.pem, and a node's as node.pem and node.key, into the folder `tls` of the data folder; the
    certificate of node 1 needs the DNS name node-1. Without one:

    \b
      penstock certs init --folder ./ca
      penstock certs issue 1 --folder ./ca --output ./data1/tls
      penstock certs issue 2 --folder ./ca --output ./data2/tls
    """


_days_type = click.IntRange(1, 36_500)
_folder_option = click.option(
    "--folder", metavar="DIR", default="./ca", help="Of the authority. [default: ./ca]"
)


@certs.command(name="init", short_help="Make an authority.")
@_folder_option
@click.option("--days", metavar="N", type=_days_type, default=3650, help="[default: 3650]")
def certs_init(folder: str, days: int) -> int:
    """Make a private authority: ca.pem, which every node gets, and ca.key, which no node needs.

    Existing files are never overwritten.

    \b
    Example:
      penstock certs init --folder penstock-ca
    """
    from appliance.cli import certs as commands

    return commands.init(folder, days=days)


@certs.command(name="issue", short_help="Make key and certificate of a node.")
@click.argument("node", metavar="ID", type=click.IntRange(0, 2**31 - 1))
@_folder_option
@click.option("--output", metavar="DIR", help="Of the three files. [default: DIR/node-ID]")
@click.option("--host", "hosts", metavar="NAME", multiple=True,
              help="Further DNS name or IP address in the certificate.")  # fmt: skip
@click.option("--days", metavar="N", type=_days_type, default=825, help="[default: 825]")
def certs_issue(
    node: int, folder: str, output: str | None, hosts: tuple[str, ...], days: int
) -> int:
    """Make node.key and node.pem for one node, and put ca.pem beside them.

    The certificate says who the node is: ID is its --broker-id. It is valid for --days, and not
    longer than the authority. To renew it, issue into another folder, replace the files and start
    the node again.

    \b
    Examples:
      penstock certs issue 1 --output /var/lib/penstock/tls
      penstock certs issue 2 --host kafka2.example --host 10.0.0.2
    """
    from appliance.cli import certs as commands

    return commands.issue(node, folder=folder, output=output, hosts=hosts, days=days)


@certs.command(name="show", short_help="Names and expiry.")
@click.argument("path", metavar="PATH")
def certs_show(path: str) -> int:
    """Print names and expiry of a certificate, or of those in a folder.

    The exit code is 1 when one of them has less than 30 days left.

    \b
    Example:
      penstock certs show ./data/tls
    """
    from appliance.cli import certs as commands

    return commands.show(path)


@main.command(name="raft-lab")
@click.option("--nodes", metavar="N", default="3", help="Voters, 1 to 9. [default: 3]")
@click.option("--observers", metavar="N", default="0", help="Nodes without a vote. [default: 0]")
@click.option("--seed", metavar="N", default="1", help="First seed. [default: 1]")
@click.option("--seeds", metavar="N", default="1", help="How many runs. [default: 1]")
@click.option("--hours", metavar="H", help="Run seeds for so long instead.")
@click.option("--seconds", metavar="S", default="20", help="Virtual time of a run. [default: 20]")
@click.option("--faults", metavar="LIST", help="Kinds, with commas between. [default: all]")
@click.option("--omit", metavar="LIST", help="Faults of the seed to leave out, such as 3,7-12.")
@click.option("--html", metavar="FILE", help="Write the last run as a page: nodes, terms, faults.")
def raft_lab(**options: str | None) -> int:
    """Run groups of voters in one process, with random faults, and check what Raft promises.

    A run is a function of its seed, and is drawn: # leads, - follows, ? is a candidate, a digit is
    a new term, x a wiped or damaged disk, ! a fault. When a law breaks, the seed, the few faults
    that are needed for it, the command that repeats that run (without the others, by --omit) and
    the last events are printed, and the exit code is 1. Faults: network, partition, disk, clock,
    process, membership.

    \b
    Examples:
      penstock raft-lab --nodes 5 --seed 7 --html timeline.html
      penstock raft-lab --nodes 5 --faults partition,disk,clock --hours 1
    """
    from appliance.cli import raft_lab as commands

    return commands.run(options)
