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
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")
_S_iq = _Packer(">iq")
_S_iqb = _Packer(">iqb")
_S_iqh = _Packer(">iqh")
_S_iqhb = _Packer(">iqhb")


class DeleteRecordsRequest_DeleteRecordsPartition(Struct):
    __slots__ = ('partition_index', 'offset')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        offset: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.offset = offset


class DeleteRecordsRequest_DeleteRecordsTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class DeleteRecordsRequest(Struct):
    __slots__ = ('topics', 'timeout_ms')

    def __init__(
        self,
        *,
        topics: Any = MISSING,
        timeout_ms: Any = 0,
    ) -> None:
        self.topics = [] if topics is MISSING else topics
        self.timeout_ms = timeout_ms


DeleteRecordsRequest.DeleteRecordsTopic = DeleteRecordsRequest_DeleteRecordsTopic  # type: ignore[attr-defined]
DeleteRecordsRequest.DeleteRecordsPartition = DeleteRecordsRequest_DeleteRecordsPartition  # type: ignore[attr-defined]


def decode_delete_records_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 6 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n5 < 0:
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (n8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n8 < 0:
                raise_null('Partitions')
            else:
                if n8 * 12 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    i9 = DeleteRecordsRequest_DeleteRecordsPartition(partition_index=f10, offset=f11)
                    f7.append(i9)
            i3 = DeleteRecordsRequest_DeleteRecordsTopic(name=f4, partitions=f7)
            f1.append(i3)
    (f12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteRecordsRequest(topics=f1, timeout_ms=f12)
    return r, pos


def encode_delete_records_request_v0(r, w, extend):
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
                    w(_S_iq.pack(i5.partition_index, i5.offset))
    w(_S_i.pack(r.timeout_ms))


def decode_delete_records_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 6 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n5 < 0:
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (n8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n8 < 0:
                raise_null('Partitions')
            else:
                if n8 * 12 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    i9 = DeleteRecordsRequest_DeleteRecordsPartition(partition_index=f10, offset=f11)
                    f7.append(i9)
            i3 = DeleteRecordsRequest_DeleteRecordsTopic(name=f4, partitions=f7)
            f1.append(i3)
    (f12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteRecordsRequest(topics=f1, timeout_ms=f12)
    return r, pos


def encode_delete_records_request_v1(r, w, extend):
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
                    w(_S_iq.pack(i5.partition_index, i5.offset))
    w(_S_i.pack(r.timeout_ms))


def decode_delete_records_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 3 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            n5 = buf[pos]
            pos += 1
            if n5 > 127:
                n5, pos = read_uvarint(buf, pos - 1)
            n5 -= 1
            if n5 < 0:
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('Partitions')
            else:
                if n8 * 13 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    i9 = DeleteRecordsRequest_DeleteRecordsPartition(partition_index=f10, offset=f11)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c12, pos = read_uvarint(buf, pos)
                        if c12 * 2 > end - pos:
                            raise_short()
                        for _ in range(c12):
                            t13, pos = read_uvarint(buf, pos)
                            s14, pos = read_uvarint(buf, pos)
                            s14 += pos
                            if s14 > end:
                                raise_short()
                            pos = s14
                    f7.append(i9)
            i3 = DeleteRecordsRequest_DeleteRecordsTopic(name=f4, partitions=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c15, pos = read_uvarint(buf, pos)
                if c15 * 2 > end - pos:
                    raise_short()
                for _ in range(c15):
                    t16, pos = read_uvarint(buf, pos)
                    s17, pos = read_uvarint(buf, pos)
                    s17 += pos
                    if s17 > end:
                        raise_short()
                    pos = s17
            f1.append(i3)
    (f18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteRecordsRequest(topics=f1, timeout_ms=f18)
    if buf[pos] == 0:
        pos += 1
    else:
        c19, pos = read_uvarint(buf, pos)
        if c19 * 2 > end - pos:
            raise_short()
        for _ in range(c19):
            t20, pos = read_uvarint(buf, pos)
            s21, pos = read_uvarint(buf, pos)
            s21 += pos
            if s21 > end:
                raise_short()
            pos = s21
    return r, pos


def encode_delete_records_request_v2(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.name
            if x4 is None:
                raise_null('Name')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_iqb.pack(i8.partition_index, i8.offset, 0))
            w(b"\0")
    w(_S_ib.pack(r.timeout_ms, 0))


class DeleteRecordsResponse_DeleteRecordsPartitionResult(Struct):
    __slots__ = ('partition_index', 'low_watermark', 'error_code')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        low_watermark: Any = 0,
        error_code: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.low_watermark = low_watermark
        self.error_code = error_code


class DeleteRecordsResponse_DeleteRecordsTopicResult(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class DeleteRecordsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


DeleteRecordsResponse.DeleteRecordsTopicResult = DeleteRecordsResponse_DeleteRecordsTopicResult  # type: ignore[attr-defined]
DeleteRecordsResponse.DeleteRecordsPartitionResult = DeleteRecordsResponse_DeleteRecordsPartitionResult  # type: ignore[attr-defined]


def decode_delete_records_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Topics')
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Name')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 14 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iqh.unpack_from(buf, pos)
                    pos += 14
                    i10 = DeleteRecordsResponse_DeleteRecordsPartitionResult(partition_index=f11, low_watermark=f12, error_code=f13)
                    f8.append(i10)
            i4 = DeleteRecordsResponse_DeleteRecordsTopicResult(name=f5, partitions=f8)
            f2.append(i4)
    r = DeleteRecordsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_delete_records_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
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
                    w(_S_iqh.pack(i5.partition_index, i5.low_watermark, i5.error_code))


def decode_delete_records_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Topics')
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Name')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 14 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iqh.unpack_from(buf, pos)
                    pos += 14
                    i10 = DeleteRecordsResponse_DeleteRecordsPartitionResult(partition_index=f11, low_watermark=f12, error_code=f13)
                    f8.append(i10)
            i4 = DeleteRecordsResponse_DeleteRecordsTopicResult(name=f5, partitions=f8)
            f2.append(i4)
    r = DeleteRecordsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_delete_records_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
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
                    w(_S_iqh.pack(i5.partition_index, i5.low_watermark, i5.error_code))


def decode_delete_records_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Topics')
    else:
        if n3 * 3 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                raise_null('Name')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 15 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iqh.unpack_from(buf, pos)
                    pos += 14
                    i10 = DeleteRecordsResponse_DeleteRecordsPartitionResult(partition_index=f11, low_watermark=f12, error_code=f13)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c14, pos = read_uvarint(buf, pos)
                        if c14 * 2 > end - pos:
                            raise_short()
                        for _ in range(c14):
                            t15, pos = read_uvarint(buf, pos)
                            s16, pos = read_uvarint(buf, pos)
                            s16 += pos
                            if s16 > end:
                                raise_short()
                            pos = s16
                    f8.append(i10)
            i4 = DeleteRecordsResponse_DeleteRecordsTopicResult(name=f5, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c17, pos = read_uvarint(buf, pos)
                if c17 * 2 > end - pos:
                    raise_short()
                for _ in range(c17):
                    t18, pos = read_uvarint(buf, pos)
                    s19, pos = read_uvarint(buf, pos)
                    s19 += pos
                    if s19 > end:
                        raise_short()
                    pos = s19
            f2.append(i4)
    r = DeleteRecordsResponse(throttle_time_ms=f1, topics=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c20, pos = read_uvarint(buf, pos)
        if c20 * 2 > end - pos:
            raise_short()
        for _ in range(c20):
            t21, pos = read_uvarint(buf, pos)
            s22, pos = read_uvarint(buf, pos)
            s22 += pos
            if s22 > end:
                raise_short()
            pos = s22
    return r, pos


def encode_delete_records_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.name
            if x4 is None:
                raise_null('Name')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_iqhb.pack(i8.partition_index, i8.low_watermark, i8.error_code, 0))
            w(b"\0")
    w(b"\0")
