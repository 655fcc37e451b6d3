"""Bytes packed as one Zstandard frame (RFC 8878), and no other thing that a decoder would take."""

from __future__ import annotations

from raft.errors import CodecError

__all__ = ["pack", "unpack"]

_MAGIC = b"\x28\xb5\x2f\xfd"
_LEVEL = 1
_SINGLE_SEGMENT, _REFUSED = 0x20, 0x0F  # a checksum, a dictionary, and what is reserved
_WINDOW_LOG_MAX = 20  # 1 MiB; what `pack` makes needs half of it
_RAW, _RUN, _COMPRESSED = 0, 1, 2


def pack(data: bytes) -> bytes:
    """Returns a shorter form of the data if there is one, else the data: in 2 us for a kilobyte."""
    import cramjam  # costs start-up time, and few nodes ever need it

    packed = bytes(cramjam.zstd.compress(data, _LEVEL))
    return packed if len(packed) < len(data) else data


def unpack(packed: bytes, size: int) -> bytes:
    """Returns the `size` bytes of which `pack` made the others; never makes more of them.

    Raises:
        CodecError: the bytes are anything else.
    """
    if len(packed) == size:
        return packed
    # A decoder takes several frames, some of them empty, and any window: whoever sent them decides
    # what it allocates.
    if len(packed) > size or _frame_end(packed, size) != len(packed):
        raise CodecError("packed bytes that are no frame of this size")
    import cramjam

    data = bytearray(size)
    try:
        length = cramjam.zstd.decompress_into(packed, data)
    except cramjam.DecompressionError as error:
        raise CodecError(f"packed bytes: {error}") from error
    if length != size:
        raise CodecError(f"packed bytes became {length}, not {size}")
    return bytes(data)


def _frame_end(data: bytes, size: int) -> int:
    """Returns where the frame at the beginning ends; -1: it is none for so many bytes."""
    if len(data) < 6 or not data.startswith(_MAGIC):
        return -1
    descriptor = data[4]
    position = 5
    if descriptor & _REFUSED:
        return -1
    if not descriptor & _SINGLE_SEGMENT:
        if 10 + (data[position] >> 3) > _WINDOW_LOG_MAX:
            return -1
        position += 1
    field_bytes = 1 << (descriptor >> 6)
    if field_bytes == 1 and not descriptor & _SINGLE_SEGMENT:
        return -1  # It does not say its size.
    announced = int.from_bytes(data[position : position + field_bytes], "little")
    if announced + (256 if field_bytes == 2 else 0) != size:
        return -1
    position += field_bytes
    is_last = False
    while not is_last:
        head = int.from_bytes(data[position : position + 3], "little")
        if len(data) - position < 3:
            return -1
        is_last, kind, block_bytes = bool(head & 1), head >> 1 & 3, head >> 3
        if kind not in (_RAW, _RUN, _COMPRESSED):
            return -1
        position += 3 + (1 if kind == _RUN else block_bytes)
    return position
