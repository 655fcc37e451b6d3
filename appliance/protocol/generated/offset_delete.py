"""Made by packaging/generate_codec.py from packaging/protocol_tables.txt: do not edit."""
# ruff: noqa
# fmt: off
# pyright: basic, reportUndefinedVariable=false, reportAttributeAccessIssue=false

from struct import Struct as _Packer, pack, unpack_from
from typing import Any

from appliance.protocol.primitives import (
    ELEMENTS_MAX,
    MISSING,
    ONE,
    ZERO_UUID,
    Struct,
    raise_absent,
    raise_many,
    raise_null,
    raise_short,
    raise_tag,
    read_uvarint,
    uvarint,
)

_S_h = _Packer(">h")
_S_hi = _Packer(">hi")
_S_i = _Packer(">i")
_S_ih = _Packer(">ih")


class OffsetDeleteRequest_OffsetDeleteRequestPartition(Struct):
    __slots__ = ('partition_index',)

    def __init__(
        self,
        *,
        partition_index: Any = 0,
    ) -> None:
        self.partition_index = partition_index


class OffsetDeleteRequest_OffsetDeleteRequestTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class OffsetDeleteRequest(Struct):
    __slots__ = ('group_id', 'topics')

    def __init__(
        self,
        *,
        group_id: Any = '',
        topics: Any = MISSING,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is MISSING else topics


OffsetDeleteRequest.OffsetDeleteRequestTopic = OffsetDeleteRequest_OffsetDeleteRequestTopic  # type: ignore[attr-defined]
OffsetDeleteRequest.OffsetDeleteRequestPartition = OffsetDeleteRequest_OffsetDeleteRequestPartition  # type: ignore[attr-defined]


def decode_offset_delete_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (n5,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n5 < 0:
        raise_null('Topics')
    else:
        if n5 * 6 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('Name')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n11 < 0:
                raise_null('Partitions')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    i12 = OffsetDeleteRequest_OffsetDeleteRequestPartition(partition_index=f13)
                    f10.append(i12)
            i6 = OffsetDeleteRequest_OffsetDeleteRequestTopic(name=f7, partitions=f10)
            f4.append(i6)
    r = OffsetDeleteRequest(group_id=f1, topics=f4)
    return r, pos


def encode_offset_delete_request_v0(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.topics
    if x2 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x2)))
        for i3 in x2:
            x4 = i3.name
            if x4 is None:
                raise_null('Name')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i3.partitions
            if x5 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.partition_index))


class OffsetDeleteResponse_OffsetDeleteResponsePartition(Struct):
    __slots__ = ('partition_index', 'error_code')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code


class OffsetDeleteResponse_OffsetDeleteResponseTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class OffsetDeleteResponse(Struct):
    __slots__ = ('error_code', 'throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


OffsetDeleteResponse.OffsetDeleteResponseTopic = OffsetDeleteResponse_OffsetDeleteResponseTopic  # type: ignore[attr-defined]
OffsetDeleteResponse.OffsetDeleteResponsePartition = OffsetDeleteResponse_OffsetDeleteResponsePartition  # type: ignore[attr-defined]


def decode_offset_delete_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 6 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 6 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i11 = OffsetDeleteResponse_OffsetDeleteResponsePartition(partition_index=f12, error_code=f13)
                    f9.append(i11)
            i5 = OffsetDeleteResponse_OffsetDeleteResponseTopic(name=f6, partitions=f9)
            f3.append(i5)
    r = OffsetDeleteResponse(error_code=f1, throttle_time_ms=f2, topics=f3)
    return r, pos


def encode_offset_delete_response_v0(r, w, extend):
    w(_S_hi.pack(r.error_code, r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.name
            if x3 is None:
                raise_null('Name')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_ih.pack(i5.partition_index, i5.error_code))
