"""Who a node is with mutual TLS: what its certificate says."""

from __future__ import annotations

import ssl
from typing import Any

__all__ = ["certificate_name", "make_contexts", "names_of"]


def make_contexts(folder: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Returns (server, client) contexts of a folder with `ca.pem`, `node.pem` and `node.key`.

    Both demand a certificate of that authority and TLS 1.3.

    Raises:
        OSError: a file is missing, or is no certificate or key (ssl.SSLError).
    """
    contexts: list[ssl.SSLContext] = []
    for purpose in (ssl.Purpose.CLIENT_AUTH, ssl.Purpose.SERVER_AUTH):
        context = ssl.create_default_context(purpose, cafile=f"{folder}/ca.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(f"{folder}/node.pem", f"{folder}/node.key")
        contexts.append(context)
    return contexts[0], contexts[1]


def certificate_name(node_id: int) -> str:
    """Returns the DNS name that a node's certificate must carry."""
    return f"node-{node_id}"


def names_of(certificate: Any) -> set[str]:
    """Returns the DNS names in what `SSLObject.getpeercert` returned."""
    names = (certificate or {}).get("subjectAltName", ())
    return {name for kind, name in names if kind == "DNS"}
