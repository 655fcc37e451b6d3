"""`penstock certs`: a private authority for the links of a cluster that has none.

Keys are P-256, in files that only their owner reads; none is ever overwritten. A node is who the
DNS name `node-<id>` of its certificate says (`raft/WIRE.md`); further names are for people.
"""

import contextlib
import datetime as dt
import ipaddress
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from appliance import cli
from appliance.errors import OperatorError
from raft.certificates import certificate_name

_AUTHORITY, _AUTHORITY_KEY = "ca.pem", "ca.key"
_NODE, _NODE_KEY = "node.pem", "node.key"
_FILE_BYTES_MAX = 1 << 20
_SKEW = dt.timedelta(minutes=10)
"""Clocks of nodes may be so far behind."""

_SOON = dt.timedelta(days=30)
_HOST_CHARS_MAX = 253


def init(folder: str, *, days: int) -> int:
    """Make an authority: its certificate and its key; return the exit code.

    Raises:
        OperatorError: there is one, or the folder cannot be written.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"Penstock authority {os.urandom(4).hex()}")]
    )
    certificate = (
        _builder(name, name, key.public_key(), days=days)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(is_authority=True), critical=True)
        .add_extension(_authority_id(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_all(folder, {_AUTHORITY_KEY: _pem_of(key), _AUTHORITY: _pem(certificate)})
    print(f"{folder}/{_AUTHORITY}: an authority, valid until {_until(certificate)}")
    print(f"{folder}/{_AUTHORITY_KEY}: its key; who has it can join: keep it off the nodes")
    print(f"next: penstock certs issue ID --folder {folder}, for each node")
    return cli.EXIT_OK


def issue(node_id: int, *, folder: str, output: str | None, hosts: Sequence[str], days: int) -> int:
    """Make key and certificate of a node, beside a copy of the authority's; return the exit code.

    Raises:
        OperatorError: the authority cannot be used, a host is none, or the node has a key there.
    """
    authority = _read_certificate(f"{folder}/{_AUTHORITY}")
    authority_key = _read_key(f"{folder}/{_AUTHORITY_KEY}")
    if authority.public_key() != authority_key.public_key():
        raise OperatorError(f"{folder}/{_AUTHORITY_KEY} is not the key of {folder}/{_AUTHORITY}")
    left = authority.not_valid_after_utc - _now()
    if left <= dt.timedelta(0):
        raise OperatorError(
            f"the authority in {folder} expired {_until(authority)}: make another one with"
            " `penstock certs init` in another folder, and issue to all nodes anew"
        )
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.DNSName(certificate_name(node_id)), *map(_host, hosts)]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, certificate_name(node_id))])
    usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    certificate = (
        _builder(
            subject, authority.subject, key.public_key(), days=days,
            latest=authority.not_valid_after_utc,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(is_authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        .add_extension(_authority_id(authority_key.public_key()), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(authority_key, hashes.SHA256())
    )  # fmt: skip
    target = output or f"{folder}/{certificate_name(node_id)}"
    _write_all(
        target,
        {_NODE_KEY: _pem_of(key), _NODE: _pem(certificate), _AUTHORITY: _pem(authority)},
    )
    print(f"{target}/{_NODE}: {_names(certificate)}, valid until {_until(certificate)}")
    print(f"next: copy {target}/ to the folder `tls` in the data folder of node {node_id}")
    return cli.EXIT_OK


def show(path: str) -> int:
    """Print what a certificate, or those of a folder, say; return 1 when one is about to expire.

    Raises:
        OperatorError: there is none.
    """
    folder = Path(path)
    files = [path]
    if folder.is_dir():
        files = [f"{path}/{name}" for name in (_AUTHORITY, _NODE) if (folder / name).exists()]
        if not files:
            raise OperatorError(f"{path} holds neither {_AUTHORITY} nor {_NODE}")
    is_good = True
    for file in files:
        certificate = _read_certificate(file)
        left = certificate.not_valid_after_utc - _now()
        days = round(left / dt.timedelta(days=1))
        state = f"{days} days left" if left > dt.timedelta(0) else "EXPIRED"
        print(f"{file}: {_names(certificate)}, valid until {_until(certificate)}, {state}")
        is_good = is_good and left > _SOON
    return cli.EXIT_OK if is_good else cli.EXIT_FAILED


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    days: int,
    latest: dt.datetime | None = None,
) -> x509.CertificateBuilder:
    now = _now()
    until = now + dt.timedelta(days=days)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(until if latest is None else min(until, latest))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _authority_id(key: ec.EllipticCurvePublicKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key)


def _host(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(text))
    except ValueError:
        pass
    is_name = text.isascii() and text.replace("-", "").replace(".", "").isalnum()
    if not is_name or len(text) > _HOST_CHARS_MAX or text.startswith(("node-", ".", "-")):
        raise OperatorError(
            f"--host is {text!r}; it must be a DNS name or an IP address, and not begin with node-,"
            " which says who a node is"
        )
    return x509.DNSName(text)


def _names(certificate: x509.Certificate) -> str:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return certificate.subject.rfc4514_string()
    return ", ".join(str(name.value) for name in found)


def _until(certificate: x509.Certificate) -> str:
    return certificate.not_valid_after_utc.strftime("%Y-%m-%d %H:%M UTC")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _read_certificate(path: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(_read(path))
    except (ValueError, UnsupportedAlgorithm):
        raise OperatorError(f"{path} is no certificate in PEM") from None


def _read_key(path: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise OperatorError(f"{path} is no private key in PEM without a password") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise OperatorError(f"{path} is no key that `penstock certs init` made")
    return key


def _read(path: str) -> bytes:
    with _explained("read", path), Path(path).open("rb") as file:
        return file.read(_FILE_BYTES_MAX)


def _write_all(folder: str, files: dict[str, bytes]) -> None:
    """Write new files, all or none, for their owner alone.

    Raises:
        OperatorError: one of them is there already, or cannot be written.
    """
    with _explained("make", folder):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in files:
        if os.path.lexists(f"{folder}/{name}"):
            raise OperatorError(
                f"{folder}/{name} exists and is never overwritten: move it away, or give another"
                " folder"
            )
    written: list[str] = []
    try:
        for name, data in files.items():
            path = f"{folder}/{name}"
            with _explained("write", path):
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                written.append(path)
                with open(descriptor, "wb") as file:
                    os.fchmod(descriptor, stat.S_IRUSR | stat.S_IWUSR)
                    file.write(data)
                    file.flush()
                    os.fsync(descriptor)
    except OperatorError:
        for path in written:
            Path(path).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _explained(what: str, path: str) -> Iterator[None]:
    """Turn the system's complaint into the operator's."""
    try:
        yield
    except OSError as error:
        raise OperatorError(f"cannot {what} {path}: {error.strerror or error}") from None
