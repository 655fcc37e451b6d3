"""A stream that carries frames."""

from __future__ import annotations

import ssl

import trio

from raft import limits
from raft.errors import LinkError
from raft.frames import Frames, encode_frame

__all__ = ["RESETS", "FrameStream"]

RESETS = (
    OSError,
    trio.BrokenResourceError,
    trio.ClosedResourceError,
    ssl.SSLError,
    ssl.CertificateError,
)
"""What a stream raises whose connection has broken, or breaks the rules of TLS."""


class FrameStream:
    """One connection; whoever has it closes `stream`.

    Args:
        stream: plain or TLS.
        bytes_max: longest frame from the other end; `frames.bytes_max` changes it.
    """

    def __init__(self, stream: trio.abc.Stream, *, bytes_max: int) -> None:
        self.stream = stream
        self.frames = Frames(bytes_max=bytes_max)

    async def send(self, message: bytes) -> None:
        """Sends one frame."""
        await self.stream.send_all(encode_frame(message))

    async def read(self) -> bytes:
        """Returns the next frame.

        Raises:
            LinkError: the connection ended, or the frame is too long.
        """
        frames = self.frames
        while (frame := frames.take()) is None:
            data = await self.stream.receive_some(limits.READ_BYTES)
            if not data:
                raise LinkError("the connection ended")
            frames.feed(data)
        return frame
