"""What each side of a connection says first, and what a node that was removed hears instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from raft import codec
from raft.errors import CodecError, LinkError
from raft.links import Owner

__all__ = ["RAFT", "RPC", "Farewell", "Hello"]

RAFT, RPC = "raft", "rpc"
"""What a connection carries."""

REMOVED = "removed"
"""It carries nothing: the dialler was removed."""

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """What a node that was removed is answered, instead of a hello."""

    cluster_id: bytes
    node_id: int
    index: int

    @classmethod
    def of(cls, owner: Owner) -> Farewell:
        """What the node says now."""
        return cls(cluster_id=owner.cluster_id, node_id=owner.node_id, index=owner.applied_index())

    def encode(self) -> bytes:
        """Encodes it for a frame."""
        return codec.encode([REMOVED, VERSION, self.cluster_id, self.node_id, self.index])

    @classmethod
    def try_decode(cls, data: bytes) -> Farewell | None:
        """Decodes a frame; None: it is no farewell of this version."""
        try:
            value: Any = codec.decode(data)
        except CodecError:
            return None
        if type(value) is not list or len(value) != 5 or value[:2] != [REMOVED, VERSION]:
            return None
        _, _, cluster_id, node_id, index = value
        if any(type(i) is not int or not 0 <= i < 1 << 62 for i in (node_id, index)):
            return None
        return cls(cluster_id=cluster_id, node_id=node_id, index=index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What each side says first."""

    cluster_id: bytes
    node_id: int
    directory_id: bytes
    protocol: str = RAFT

    @classmethod
    def of(cls, owner: Owner, protocol: str) -> Hello:
        """What the node says of itself."""
        return cls(
            cluster_id=owner.cluster_id,
            node_id=owner.node_id,
            directory_id=owner.directory_id,
            protocol=protocol,
        )

    def encode(self) -> bytes:
        """Encodes it for a frame."""
        return codec.encode(
            [self.protocol, VERSION, self.cluster_id, self.node_id, self.directory_id]
        )

    @classmethod
    def decode(cls, data: bytes) -> Hello:
        """Decodes a frame.

        Raises:
            LinkError: it is no hello of this version.
        """
        try:
            value: Any = codec.decode(data)
        except CodecError as error:
            raise LinkError(f"no hello: {error}") from error
        if type(value) is not list or len(value) != 5 or value[1] != VERSION:
            raise LinkError("no hello of this version")
        protocol, _, cluster_id, node_id, directory_id = value
        if protocol not in (RAFT, RPC):
            raise LinkError("no hello of a known protocol")
        if type(node_id) is not int or not 0 <= node_id < 1 << 62:
            raise LinkError("no node id")
        if any(type(i) is not bytes or len(i) != 16 for i in (cluster_id, directory_id)):
            raise LinkError("no cluster or directory id")
        return cls(
            cluster_id=cluster_id, node_id=node_id, directory_id=directory_id, protocol=protocol
        )
