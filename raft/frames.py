"""Frames of a byte stream: a length (u32, little-endian), then so many bytes. Pure."""

from __future__ import annotations

from struct import Struct

from raft.errors import LinkError

__all__ = ["LENGTH_BYTES", "Frames", "encode_frame", "encode_head"]

_LENGTH = Struct("<I")
LENGTH_BYTES = 4
assert _LENGTH.size == LENGTH_BYTES


def encode_head(message: bytes) -> bytes:
    """Returns what goes before the message."""
    return _LENGTH.pack(len(message))


def encode_frame(message: bytes) -> bytes:
    """Returns the frame of a message."""
    return encode_head(message) + message


class Frames:
    """Takes bytes as they come and gives frames; a too long one is never buffered.

    Args:
        bytes_max: longest frame; may be changed between frames.
    """

    def __init__(self, *, bytes_max: int) -> None:
        self._buffer = bytearray()
        self.bytes_max = bytes_max

    def feed(self, data: bytes | bytearray) -> None:
        """Takes the next bytes of the stream."""
        self._buffer += data

    def take_whole(self, data: bytes) -> bytes | None:
        """Returns the frame if these bytes are one and no more, as most are; else feeds them."""
        length = len(data) - LENGTH_BYTES
        if (
            self._buffer
            or not 0 <= length <= self.bytes_max
            or _LENGTH.unpack_from(data)[0] != length
        ):
            self._buffer += data
            return None
        return data[LENGTH_BYTES:]

    def take(self) -> bytes | None:
        """Returns the next frame, or None: more bytes are needed.

        Raises:
            LinkError: it is announced to be too long.
        """
        buffer = self._buffer
        if len(buffer) < LENGTH_BYTES:
            return None
        (length,) = _LENGTH.unpack_from(buffer)
        if length > self.bytes_max:
            raise LinkError(f"a frame of {length} bytes, at most {self.bytes_max} allowed")
        end = LENGTH_BYTES + length
        if len(buffer) < end:
            return None
        with memoryview(buffer) as view:
            frame = bytes(view[LENGTH_BYTES:end])
        del buffer[:end]
        return frame
