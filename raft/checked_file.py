"""A small file that is replaced as a whole, with its checksum behind it.

Written beside it as `NAME.new`, flushed, renamed, directory flushed: after a crash it is the old
one or the new one. The checksum is the CRC-32C of all before it (u32, little-endian).
"""

from __future__ import annotations

from fastcrc import crc32

from raft.errors import CodecError
from raft.files import Files

__all__ = ["checked_body", "replace_checked"]

_CRC_BYTES = 4


async def replace_checked(files: Files, name: str, body: bytes) -> None:
    """Returns when the file with this body, and no other, survives a power loss.

    Raises:
        StorageFailedError
    """
    name_new = f"{name}.new"
    file = await files.create(name_new)
    try:
        file.write(body + _checksum(body))
        await file.sync()
    finally:
        file.close()
    await files.rename(name_new, name)
    await files.sync_directory()


def checked_body(data: bytes) -> bytes:
    """Returns what a file holds before its checksum.

    Raises:
        CodecError: that is wrong.
    """
    body = data[:-_CRC_BYTES]
    if _checksum(body) != data[-_CRC_BYTES:]:
        raise CodecError("the checksum is wrong")
    return body


def _checksum(body: bytes) -> bytes:
    return crc32.iscsi(body).to_bytes(_CRC_BYTES, "little")
