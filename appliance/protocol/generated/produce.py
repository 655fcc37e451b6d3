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

_S_16s = _Packer(">16s")
_S_h = _Packer(">h")
_S_hi = _Packer(">hi")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")
_S_ihqq = _Packer(">ihqq")
_S_ihqqq = _Packer(">ihqqq")
_S_ii = _Packer(">ii")
_S_iib = _Packer(">iib")


class ProduceRequest_PartitionProduceData(Struct):
    __slots__ = ('index', 'records')

    def __init__(
        self,
        *,
        index: Any = 0,
        records: Any = None,
    ) -> None:
        self.index = index
        self.records = records


class ProduceRequest_TopicProduceData(Struct):
    __slots__ = ('name', 'topic_id', 'partition_data')

    def __init__(
        self,
        *,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        partition_data: Any = MISSING,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_data = [] if partition_data is MISSING else partition_data


class ProduceRequest(Struct):
    __slots__ = ('transactional_id', 'acks', 'timeout_ms', 'topic_data')

    def __init__(
        self,
        *,
        transactional_id: Any = None,
        acks: Any = 0,
        timeout_ms: Any = 0,
        topic_data: Any = MISSING,
    ) -> None:
        self.transactional_id = transactional_id
        self.acks = acks
        self.timeout_ms = timeout_ms
        self.topic_data = [] if topic_data is MISSING else topic_data


ProduceRequest.TopicProduceData = ProduceRequest_TopicProduceData  # type: ignore[attr-defined]
ProduceRequest.PartitionProduceData = ProduceRequest_PartitionProduceData  # type: ignore[attr-defined]


def decode_produce_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    return r, pos


def encode_produce_request_v3(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x2 = r.topic_data
    if x2 is None:
        raise_null('TopicData')
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
            x5 = i3.partition_data
            if x5 is None:
                raise_null('PartitionData')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.index))
                    x7 = i6.records
                    if x7 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n8 = sum(map(len, x7)) if type(x7) is list else len(x7)
                        w(_S_i.pack(n8))
                        if type(x7) is list:
                            extend(x7)
                        else:
                            w(x7)


def decode_produce_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    return r, pos


def encode_produce_request_v4(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x2 = r.topic_data
    if x2 is None:
        raise_null('TopicData')
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
            x5 = i3.partition_data
            if x5 is None:
                raise_null('PartitionData')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.index))
                    x7 = i6.records
                    if x7 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n8 = sum(map(len, x7)) if type(x7) is list else len(x7)
                        w(_S_i.pack(n8))
                        if type(x7) is list:
                            extend(x7)
                        else:
                            w(x7)


def decode_produce_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    return r, pos


def encode_produce_request_v5(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x2 = r.topic_data
    if x2 is None:
        raise_null('TopicData')
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
            x5 = i3.partition_data
            if x5 is None:
                raise_null('PartitionData')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.index))
                    x7 = i6.records
                    if x7 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n8 = sum(map(len, x7)) if type(x7) is list else len(x7)
                        w(_S_i.pack(n8))
                        if type(x7) is list:
                            extend(x7)
                        else:
                            w(x7)


def decode_produce_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    return r, pos


def encode_produce_request_v6(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x2 = r.topic_data
    if x2 is None:
        raise_null('TopicData')
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
            x5 = i3.partition_data
            if x5 is None:
                raise_null('PartitionData')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.index))
                    x7 = i6.records
                    if x7 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n8 = sum(map(len, x7)) if type(x7) is list else len(x7)
                        w(_S_i.pack(n8))
                        if type(x7) is list:
                            extend(x7)
                        else:
                            w(x7)


def decode_produce_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    return r, pos


def encode_produce_request_v7(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x2 = r.topic_data
    if x2 is None:
        raise_null('TopicData')
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
            x5 = i3.partition_data
            if x5 is None:
                raise_null('PartitionData')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.index))
                    x7 = i6.records
                    if x7 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n8 = sum(map(len, x7)) if type(x7) is list else len(x7)
                        w(_S_i.pack(n8))
                        if type(x7) is list:
                            extend(x7)
                        else:
                            w(x7)


def decode_produce_request_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    return r, pos


def encode_produce_request_v8(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x2 = r.topic_data
    if x2 is None:
        raise_null('TopicData')
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
            x5 = i3.partition_data
            if x5 is None:
                raise_null('PartitionData')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    w(_S_i.pack(i6.index))
                    x7 = i6.records
                    if x7 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n8 = sum(map(len, x7)) if type(x7) is list else len(x7)
                        w(_S_i.pack(n8))
                        if type(x7) is list:
                            extend(x7)
                        else:
                            w(x7)


def decode_produce_request_v9(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 3 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 6 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
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
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            if buf[pos] == 0:
                pos += 1
            else:
                c22, pos = read_uvarint(buf, pos)
                if c22 * 2 > end - pos:
                    raise_short()
                for _ in range(c22):
                    t23, pos = read_uvarint(buf, pos)
                    s24, pos = read_uvarint(buf, pos)
                    s24 += pos
                    if s24 > end:
                        raise_short()
                    pos = s24
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c25, pos = read_uvarint(buf, pos)
        if c25 * 2 > end - pos:
            raise_short()
        for _ in range(c25):
            t26, pos = read_uvarint(buf, pos)
            s27, pos = read_uvarint(buf, pos)
            s27 += pos
            if s27 > end:
                raise_short()
            pos = s27
    return r, pos


def encode_produce_request_v9(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x3 = r.topic_data
    if x3 is None:
        raise_null('TopicData')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.partition_data
            if x8 is None:
                raise_null('PartitionData')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_i.pack(i10.index))
                    x11 = i10.records
                    if x11 is None:
                        w(b"\0")
                    else:
                        n12 = sum(map(len, x11)) if type(x11) is list else len(x11)
                        n13 = n12 + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        if type(x11) is list:
                            extend(x11)
                        else:
                            w(x11)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_produce_request_v10(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 3 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 6 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
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
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            if buf[pos] == 0:
                pos += 1
            else:
                c22, pos = read_uvarint(buf, pos)
                if c22 * 2 > end - pos:
                    raise_short()
                for _ in range(c22):
                    t23, pos = read_uvarint(buf, pos)
                    s24, pos = read_uvarint(buf, pos)
                    s24 += pos
                    if s24 > end:
                        raise_short()
                    pos = s24
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c25, pos = read_uvarint(buf, pos)
        if c25 * 2 > end - pos:
            raise_short()
        for _ in range(c25):
            t26, pos = read_uvarint(buf, pos)
            s27, pos = read_uvarint(buf, pos)
            s27 += pos
            if s27 > end:
                raise_short()
            pos = s27
    return r, pos


def encode_produce_request_v10(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x3 = r.topic_data
    if x3 is None:
        raise_null('TopicData')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.partition_data
            if x8 is None:
                raise_null('PartitionData')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_i.pack(i10.index))
                    x11 = i10.records
                    if x11 is None:
                        w(b"\0")
                    else:
                        n12 = sum(map(len, x11)) if type(x11) is list else len(x11)
                        n13 = n12 + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        if type(x11) is list:
                            extend(x11)
                        else:
                            w(x11)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_produce_request_v11(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 3 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 6 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
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
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            if buf[pos] == 0:
                pos += 1
            else:
                c22, pos = read_uvarint(buf, pos)
                if c22 * 2 > end - pos:
                    raise_short()
                for _ in range(c22):
                    t23, pos = read_uvarint(buf, pos)
                    s24, pos = read_uvarint(buf, pos)
                    s24 += pos
                    if s24 > end:
                        raise_short()
                    pos = s24
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c25, pos = read_uvarint(buf, pos)
        if c25 * 2 > end - pos:
            raise_short()
        for _ in range(c25):
            t26, pos = read_uvarint(buf, pos)
            s27, pos = read_uvarint(buf, pos)
            s27 += pos
            if s27 > end:
                raise_short()
            pos = s27
    return r, pos


def encode_produce_request_v11(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x3 = r.topic_data
    if x3 is None:
        raise_null('TopicData')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.partition_data
            if x8 is None:
                raise_null('PartitionData')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_i.pack(i10.index))
                    x11 = i10.records
                    if x11 is None:
                        w(b"\0")
                    else:
                        n12 = sum(map(len, x11)) if type(x11) is list else len(x11)
                        n13 = n12 + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        if type(x11) is list:
                            extend(x11)
                        else:
                            w(x11)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_produce_request_v12(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 3 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Name')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                raise_null('PartitionData')
            else:
                if n13 * 6 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = buf[pos:e18]
                        pos = e18
                    i14 = ProduceRequest_PartitionProduceData(index=f15, records=f16)
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
                    f12.append(i14)
            i8 = ProduceRequest_TopicProduceData(name=f9, partition_data=f12)
            if buf[pos] == 0:
                pos += 1
            else:
                c22, pos = read_uvarint(buf, pos)
                if c22 * 2 > end - pos:
                    raise_short()
                for _ in range(c22):
                    t23, pos = read_uvarint(buf, pos)
                    s24, pos = read_uvarint(buf, pos)
                    s24 += pos
                    if s24 > end:
                        raise_short()
                    pos = s24
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c25, pos = read_uvarint(buf, pos)
        if c25 * 2 > end - pos:
            raise_short()
        for _ in range(c25):
            t26, pos = read_uvarint(buf, pos)
            s27, pos = read_uvarint(buf, pos)
            s27 += pos
            if s27 > end:
                raise_short()
            pos = s27
    return r, pos


def encode_produce_request_v12(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x3 = r.topic_data
    if x3 is None:
        raise_null('TopicData')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.partition_data
            if x8 is None:
                raise_null('PartitionData')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_i.pack(i10.index))
                    x11 = i10.records
                    if x11 is None:
                        w(b"\0")
                    else:
                        n12 = sum(map(len, x11)) if type(x11) is list else len(x11)
                        n13 = n12 + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        if type(x11) is list:
                            extend(x11)
                        else:
                            w(x11)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_produce_request_v13(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5) = _S_hi.unpack_from(buf, pos)
    pos += 6
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('TopicData')
    else:
        if n7 * 18 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (f9,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('PartitionData')
            else:
                if n11 * 6 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n15 = buf[pos]
                    pos += 1
                    if n15 > 127:
                        n15, pos = read_uvarint(buf, pos - 1)
                    n15 -= 1
                    if n15 < 0:
                        f14 = None
                    else:
                        e16 = pos + n15
                        if e16 > end:
                            raise_short()
                        f14 = buf[pos:e16]
                        pos = e16
                    i12 = ProduceRequest_PartitionProduceData(index=f13, records=f14)
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
                    f10.append(i12)
            i8 = ProduceRequest_TopicProduceData(topic_id=f9, partition_data=f10)
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
            f6.append(i8)
    r = ProduceRequest(transactional_id=f1, acks=f4, timeout_ms=f5, topic_data=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c23, pos = read_uvarint(buf, pos)
        if c23 * 2 > end - pos:
            raise_short()
        for _ in range(c23):
            t24, pos = read_uvarint(buf, pos)
            s25, pos = read_uvarint(buf, pos)
            s25 += pos
            if s25 > end:
                raise_short()
            pos = s25
    return r, pos


def encode_produce_request_v13(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_hi.pack(r.acks, r.timeout_ms))
    x3 = r.topic_data
    if x3 is None:
        raise_null('TopicData')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            w(_S_16s.pack(i5.topic_id))
            x6 = i5.partition_data
            if x6 is None:
                raise_null('PartitionData')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_i.pack(i8.index))
                    x9 = i8.records
                    if x9 is None:
                        w(b"\0")
                    else:
                        n10 = sum(map(len, x9)) if type(x9) is list else len(x9)
                        n11 = n10 + 1
                        w(ONE[n11] if n11 < 128 else uvarint(n11))
                        if type(x9) is list:
                            extend(x9)
                        else:
                            w(x9)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


class ProduceResponse_NodeEndpoint(Struct):
    __slots__ = ('node_id', 'host', 'port', 'rack')

    def __init__(
        self,
        *,
        node_id: Any = 0,
        host: Any = '',
        port: Any = 0,
        rack: Any = None,
    ) -> None:
        self.node_id = node_id
        self.host = host
        self.port = port
        self.rack = rack


class ProduceResponse_LeaderIdAndEpoch(Struct):
    __slots__ = ('leader_id', 'leader_epoch')

    def __init__(
        self,
        *,
        leader_id: Any = -1,
        leader_epoch: Any = -1,
    ) -> None:
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch


class ProduceResponse_BatchIndexAndErrorMessage(Struct):
    __slots__ = ('batch_index', 'batch_index_error_message')

    def __init__(
        self,
        *,
        batch_index: Any = 0,
        batch_index_error_message: Any = None,
    ) -> None:
        self.batch_index = batch_index
        self.batch_index_error_message = batch_index_error_message


class ProduceResponse_PartitionProduceResponse(Struct):
    __slots__ = ('index', 'error_code', 'base_offset', 'log_append_time_ms', 'log_start_offset', 'record_errors', 'error_message', 'current_leader')

    def __init__(
        self,
        *,
        index: Any = 0,
        error_code: Any = 0,
        base_offset: Any = 0,
        log_append_time_ms: Any = -1,
        log_start_offset: Any = -1,
        record_errors: Any = MISSING,
        error_message: Any = None,
        current_leader: Any = MISSING,
    ) -> None:
        self.index = index
        self.error_code = error_code
        self.base_offset = base_offset
        self.log_append_time_ms = log_append_time_ms
        self.log_start_offset = log_start_offset
        self.record_errors = [] if record_errors is MISSING else record_errors
        self.error_message = error_message
        self.current_leader = ProduceResponse_LeaderIdAndEpoch() if current_leader is MISSING else current_leader


class ProduceResponse_TopicProduceResponse(Struct):
    __slots__ = ('name', 'topic_id', 'partition_responses')

    def __init__(
        self,
        *,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        partition_responses: Any = MISSING,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_responses = [] if partition_responses is MISSING else partition_responses


class ProduceResponse(Struct):
    __slots__ = ('responses', 'throttle_time_ms', 'node_endpoints')

    def __init__(
        self,
        *,
        responses: Any = MISSING,
        throttle_time_ms: Any = 0,
        node_endpoints: Any = MISSING,
    ) -> None:
        self.responses = [] if responses is MISSING else responses
        self.throttle_time_ms = throttle_time_ms
        self.node_endpoints = [] if node_endpoints is MISSING else node_endpoints


ProduceResponse.TopicProduceResponse = ProduceResponse_TopicProduceResponse  # type: ignore[attr-defined]
ProduceResponse.PartitionProduceResponse = ProduceResponse_PartitionProduceResponse  # type: ignore[attr-defined]
ProduceResponse.BatchIndexAndErrorMessage = ProduceResponse_BatchIndexAndErrorMessage  # type: ignore[attr-defined]
ProduceResponse.LeaderIdAndEpoch = ProduceResponse_LeaderIdAndEpoch  # type: ignore[attr-defined]
ProduceResponse.NodeEndpoint = ProduceResponse_NodeEndpoint  # type: ignore[attr-defined]


def decode_produce_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 22 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13) = _S_ihqq.unpack_from(buf, pos)
                    pos += 22
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13)
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            f1.append(i3)
    (f14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f14)
    return r, pos


def encode_produce_response_v3(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x4 = i2.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqq.pack(i5.index, i5.error_code, i5.base_offset, i5.log_append_time_ms))
    w(_S_i.pack(r.throttle_time_ms))


def decode_produce_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 22 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13) = _S_ihqq.unpack_from(buf, pos)
                    pos += 22
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13)
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            f1.append(i3)
    (f14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f14)
    return r, pos


def encode_produce_response_v4(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x4 = i2.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqq.pack(i5.index, i5.error_code, i5.base_offset, i5.log_append_time_ms))
    w(_S_i.pack(r.throttle_time_ms))


def decode_produce_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 30 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14)
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            f1.append(i3)
    (f15,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f15)
    return r, pos


def encode_produce_response_v5(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x4 = i2.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqqq.pack(i5.index, i5.error_code, i5.base_offset, i5.log_append_time_ms, i5.log_start_offset))
    w(_S_i.pack(r.throttle_time_ms))


def decode_produce_response_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 30 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14)
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            f1.append(i3)
    (f15,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f15)
    return r, pos


def encode_produce_response_v6(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x4 = i2.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqqq.pack(i5.index, i5.error_code, i5.base_offset, i5.log_append_time_ms, i5.log_start_offset))
    w(_S_i.pack(r.throttle_time_ms))


def decode_produce_response_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 30 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14)
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            f1.append(i3)
    (f15,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f15)
    return r, pos


def encode_produce_response_v7(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x4 = i2.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqqq.pack(i5.index, i5.error_code, i5.base_offset, i5.log_append_time_ms, i5.log_start_offset))
    w(_S_i.pack(r.throttle_time_ms))


def decode_produce_response_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 36 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n16,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n16 < 0:
                        raise_null('RecordErrors')
                    else:
                        if n16 * 6 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18,) = _S_i.unpack_from(buf, pos)
                            pos += 4
                            (n20,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n20 < 0:
                                f19 = None
                            else:
                                e21 = pos + n20
                                if e21 > end:
                                    raise_short()
                                f19 = str(buf[pos:e21], "utf-8")
                                pos = e21
                            i17 = ProduceResponse_BatchIndexAndErrorMessage(batch_index=f18, batch_index_error_message=f19)
                            f15.append(i17)
                    (n23,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n23 < 0:
                        f22 = None
                    else:
                        e24 = pos + n23
                        if e24 > end:
                            raise_short()
                        f22 = str(buf[pos:e24], "utf-8")
                        pos = e24
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14, record_errors=f15, error_message=f22)
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            f1.append(i3)
    (f25,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f25)
    return r, pos


def encode_produce_response_v8(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x4 = i2.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqqq.pack(i5.index, i5.error_code, i5.base_offset, i5.log_append_time_ms, i5.log_start_offset))
                    x6 = i5.record_errors
                    if x6 is None:
                        raise_null('RecordErrors')
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_i.pack(i7.batch_index))
                            x8 = i7.batch_index_error_message
                            if x8 is None:
                                w(b"\xff\xff")
                            else:
                                x8 = x8.encode()
                                w(_S_h.pack(len(x8)))
                                w(x8)
                    x9 = i5.error_message
                    if x9 is None:
                        w(b"\xff\xff")
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
    w(_S_i.pack(r.throttle_time_ms))


def decode_produce_response_v9(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 33 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n16 = buf[pos]
                    pos += 1
                    if n16 > 127:
                        n16, pos = read_uvarint(buf, pos - 1)
                    n16 -= 1
                    if n16 < 0:
                        raise_null('RecordErrors')
                    else:
                        if n16 * 6 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18,) = _S_i.unpack_from(buf, pos)
                            pos += 4
                            n20 = buf[pos]
                            pos += 1
                            if n20 > 127:
                                n20, pos = read_uvarint(buf, pos - 1)
                            n20 -= 1
                            if n20 < 0:
                                f19 = None
                            else:
                                e21 = pos + n20
                                if e21 > end:
                                    raise_short()
                                f19 = str(buf[pos:e21], "utf-8")
                                pos = e21
                            i17 = ProduceResponse_BatchIndexAndErrorMessage(batch_index=f18, batch_index_error_message=f19)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c22, pos = read_uvarint(buf, pos)
                                if c22 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c22):
                                    t23, pos = read_uvarint(buf, pos)
                                    s24, pos = read_uvarint(buf, pos)
                                    s24 += pos
                                    if s24 > end:
                                        raise_short()
                                    pos = s24
                            f15.append(i17)
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = str(buf[pos:e27], "utf-8")
                        pos = e27
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14, record_errors=f15, error_message=f25)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c28, pos = read_uvarint(buf, pos)
                        if c28 * 2 > end - pos:
                            raise_short()
                        for _ in range(c28):
                            t29, pos = read_uvarint(buf, pos)
                            s30, pos = read_uvarint(buf, pos)
                            s30 += pos
                            if s30 > end:
                                raise_short()
                            pos = s30
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c31, pos = read_uvarint(buf, pos)
                if c31 * 2 > end - pos:
                    raise_short()
                for _ in range(c31):
                    t32, pos = read_uvarint(buf, pos)
                    s33, pos = read_uvarint(buf, pos)
                    s33 += pos
                    if s33 > end:
                        raise_short()
                    pos = s33
            f1.append(i3)
    (f34,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f34)
    if buf[pos] == 0:
        pos += 1
    else:
        c35, pos = read_uvarint(buf, pos)
        if c35 * 2 > end - pos:
            raise_short()
        for _ in range(c35):
            t36, pos = read_uvarint(buf, pos)
            s37, pos = read_uvarint(buf, pos)
            s37 += pos
            if s37 > end:
                raise_short()
            pos = s37
    return r, pos


def encode_produce_response_v9(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x6 = i3.partition_responses
            if x6 is None:
                raise_null('PartitionResponses')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    if i8.current_leader.leader_id != -1 or i8.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    w(_S_ihqqq.pack(i8.index, i8.error_code, i8.base_offset, i8.log_append_time_ms, i8.log_start_offset))
                    x9 = i8.record_errors
                    if x9 is None:
                        raise_null('RecordErrors')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            w(_S_i.pack(i11.batch_index))
                            x12 = i11.batch_index_error_message
                            if x12 is None:
                                w(b"\0")
                            else:
                                x12 = x12.encode()
                                n13 = len(x12) + 1
                                w(ONE[n13] if n13 < 128 else uvarint(n13))
                                w(x12)
                            w(b"\0")
                    x14 = i8.error_message
                    if x14 is None:
                        w(b"\0")
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    w(b"\0")
            w(b"\0")
    w(_S_ib.pack(r.throttle_time_ms, 0))


def decode_produce_response_v10(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 33 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n16 = buf[pos]
                    pos += 1
                    if n16 > 127:
                        n16, pos = read_uvarint(buf, pos - 1)
                    n16 -= 1
                    if n16 < 0:
                        raise_null('RecordErrors')
                    else:
                        if n16 * 6 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18,) = _S_i.unpack_from(buf, pos)
                            pos += 4
                            n20 = buf[pos]
                            pos += 1
                            if n20 > 127:
                                n20, pos = read_uvarint(buf, pos - 1)
                            n20 -= 1
                            if n20 < 0:
                                f19 = None
                            else:
                                e21 = pos + n20
                                if e21 > end:
                                    raise_short()
                                f19 = str(buf[pos:e21], "utf-8")
                                pos = e21
                            i17 = ProduceResponse_BatchIndexAndErrorMessage(batch_index=f18, batch_index_error_message=f19)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c22, pos = read_uvarint(buf, pos)
                                if c22 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c22):
                                    t23, pos = read_uvarint(buf, pos)
                                    s24, pos = read_uvarint(buf, pos)
                                    s24 += pos
                                    if s24 > end:
                                        raise_short()
                                    pos = s24
                            f15.append(i17)
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = str(buf[pos:e27], "utf-8")
                        pos = e27
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14, record_errors=f15, error_message=f25)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c28, pos = read_uvarint(buf, pos)
                        if c28 * 2 > end - pos:
                            raise_short()
                        for _ in range(c28):
                            t29, pos = read_uvarint(buf, pos)
                            s30, pos = read_uvarint(buf, pos)
                            s30 += pos
                            if s30 > end:
                                raise_short()
                            if t29 == 0:
                                (f32, f33) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v31 = ProduceResponse_LeaderIdAndEpoch(leader_id=f32, leader_epoch=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i9.current_leader = v31
                            pos = s30
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c37, pos = read_uvarint(buf, pos)
                if c37 * 2 > end - pos:
                    raise_short()
                for _ in range(c37):
                    t38, pos = read_uvarint(buf, pos)
                    s39, pos = read_uvarint(buf, pos)
                    s39 += pos
                    if s39 > end:
                        raise_short()
                    pos = s39
            f1.append(i3)
    (f40,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f40)
    if buf[pos] == 0:
        pos += 1
    else:
        c41, pos = read_uvarint(buf, pos)
        if c41 * 2 > end - pos:
            raise_short()
        for _ in range(c41):
            t42, pos = read_uvarint(buf, pos)
            s43, pos = read_uvarint(buf, pos)
            s43 += pos
            if s43 > end:
                raise_short()
            if t42 == 0:
                n45 = buf[pos]
                pos += 1
                if n45 > 127:
                    n45, pos = read_uvarint(buf, pos - 1)
                n45 -= 1
                if n45 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n45 * 11 > s43 - pos:
                        raise_short()
                    room -= n45
                    if room < 0:
                        raise_many()
                    v44 = []
                    for _ in range(n45):
                        (f47,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n49 = buf[pos]
                        pos += 1
                        if n49 > 127:
                            n49, pos = read_uvarint(buf, pos - 1)
                        n49 -= 1
                        if n49 < 0:
                            raise_null('Host')
                        else:
                            e50 = pos + n49
                            if e50 > s43:
                                raise_short()
                            f48 = str(buf[pos:e50], "utf-8")
                            pos = e50
                        (f51,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n53 = buf[pos]
                        pos += 1
                        if n53 > 127:
                            n53, pos = read_uvarint(buf, pos - 1)
                        n53 -= 1
                        if n53 < 0:
                            f52 = None
                        else:
                            e54 = pos + n53
                            if e54 > s43:
                                raise_short()
                            f52 = str(buf[pos:e54], "utf-8")
                            pos = e54
                        i46 = ProduceResponse_NodeEndpoint(node_id=f47, host=f48, port=f51, rack=f52)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c55, pos = read_uvarint(buf, pos)
                            if c55 * 2 > s43 - pos:
                                raise_short()
                            for _ in range(c55):
                                t56, pos = read_uvarint(buf, pos)
                                s57, pos = read_uvarint(buf, pos)
                                s57 += pos
                                if s57 > s43:
                                    raise_short()
                                pos = s57
                        v44.append(i46)
                if pos != s43:
                    raise_tag()
                r.node_endpoints = v44
            pos = s43
    return r, pos


def encode_produce_response_v10(r, w, extend):
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x6 = i3.partition_responses
            if x6 is None:
                raise_null('PartitionResponses')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_ihqqq.pack(i8.index, i8.error_code, i8.base_offset, i8.log_append_time_ms, i8.log_start_offset))
                    x9 = i8.record_errors
                    if x9 is None:
                        raise_null('RecordErrors')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            w(_S_i.pack(i11.batch_index))
                            x12 = i11.batch_index_error_message
                            if x12 is None:
                                w(b"\0")
                            else:
                                x12 = x12.encode()
                                n13 = len(x12) + 1
                                w(ONE[n13] if n13 < 128 else uvarint(n13))
                                w(x12)
                            w(b"\0")
                    x14 = i8.error_message
                    if x14 is None:
                        w(b"\0")
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    tags16 = []
                    v17 = i8.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags16.append((0, b"".join(p19)))
                    w(uvarint(len(tags16)))
                    for t20, d21 in tags16:
                        w(uvarint(t20) + uvarint(len(d21)) + d21)
            w(b"\0")
    w(_S_i.pack(r.throttle_time_ms))
    tags22 = []
    v23 = r.node_endpoints
    if v23 is None or v23:
        w24 = w, extend
        p25 = []
        w, extend = p25.append, p25.extend
        x26 = v23
        if x26 is None:
            raise_null('NodeEndpoints')
        else:
            n27 = len(x26) + 1
            w(ONE[n27] if n27 < 128 else uvarint(n27))
            for i28 in x26:
                w(_S_i.pack(i28.node_id))
                x29 = i28.host
                if x29 is None:
                    raise_null('Host')
                else:
                    x29 = x29.encode()
                    n30 = len(x29) + 1
                    w(ONE[n30] if n30 < 128 else uvarint(n30))
                    w(x29)
                w(_S_i.pack(i28.port))
                x31 = i28.rack
                if x31 is None:
                    w(b"\0")
                else:
                    x31 = x31.encode()
                    n32 = len(x31) + 1
                    w(ONE[n32] if n32 < 128 else uvarint(n32))
                    w(x31)
                w(b"\0")
        w, extend = w24
        tags22.append((0, b"".join(p25)))
    w(uvarint(len(tags22)))
    for t33, d34 in tags22:
        w(uvarint(t33) + uvarint(len(d34)) + d34)


def decode_produce_response_v11(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 33 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n16 = buf[pos]
                    pos += 1
                    if n16 > 127:
                        n16, pos = read_uvarint(buf, pos - 1)
                    n16 -= 1
                    if n16 < 0:
                        raise_null('RecordErrors')
                    else:
                        if n16 * 6 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18,) = _S_i.unpack_from(buf, pos)
                            pos += 4
                            n20 = buf[pos]
                            pos += 1
                            if n20 > 127:
                                n20, pos = read_uvarint(buf, pos - 1)
                            n20 -= 1
                            if n20 < 0:
                                f19 = None
                            else:
                                e21 = pos + n20
                                if e21 > end:
                                    raise_short()
                                f19 = str(buf[pos:e21], "utf-8")
                                pos = e21
                            i17 = ProduceResponse_BatchIndexAndErrorMessage(batch_index=f18, batch_index_error_message=f19)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c22, pos = read_uvarint(buf, pos)
                                if c22 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c22):
                                    t23, pos = read_uvarint(buf, pos)
                                    s24, pos = read_uvarint(buf, pos)
                                    s24 += pos
                                    if s24 > end:
                                        raise_short()
                                    pos = s24
                            f15.append(i17)
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = str(buf[pos:e27], "utf-8")
                        pos = e27
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14, record_errors=f15, error_message=f25)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c28, pos = read_uvarint(buf, pos)
                        if c28 * 2 > end - pos:
                            raise_short()
                        for _ in range(c28):
                            t29, pos = read_uvarint(buf, pos)
                            s30, pos = read_uvarint(buf, pos)
                            s30 += pos
                            if s30 > end:
                                raise_short()
                            if t29 == 0:
                                (f32, f33) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v31 = ProduceResponse_LeaderIdAndEpoch(leader_id=f32, leader_epoch=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i9.current_leader = v31
                            pos = s30
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c37, pos = read_uvarint(buf, pos)
                if c37 * 2 > end - pos:
                    raise_short()
                for _ in range(c37):
                    t38, pos = read_uvarint(buf, pos)
                    s39, pos = read_uvarint(buf, pos)
                    s39 += pos
                    if s39 > end:
                        raise_short()
                    pos = s39
            f1.append(i3)
    (f40,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f40)
    if buf[pos] == 0:
        pos += 1
    else:
        c41, pos = read_uvarint(buf, pos)
        if c41 * 2 > end - pos:
            raise_short()
        for _ in range(c41):
            t42, pos = read_uvarint(buf, pos)
            s43, pos = read_uvarint(buf, pos)
            s43 += pos
            if s43 > end:
                raise_short()
            if t42 == 0:
                n45 = buf[pos]
                pos += 1
                if n45 > 127:
                    n45, pos = read_uvarint(buf, pos - 1)
                n45 -= 1
                if n45 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n45 * 11 > s43 - pos:
                        raise_short()
                    room -= n45
                    if room < 0:
                        raise_many()
                    v44 = []
                    for _ in range(n45):
                        (f47,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n49 = buf[pos]
                        pos += 1
                        if n49 > 127:
                            n49, pos = read_uvarint(buf, pos - 1)
                        n49 -= 1
                        if n49 < 0:
                            raise_null('Host')
                        else:
                            e50 = pos + n49
                            if e50 > s43:
                                raise_short()
                            f48 = str(buf[pos:e50], "utf-8")
                            pos = e50
                        (f51,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n53 = buf[pos]
                        pos += 1
                        if n53 > 127:
                            n53, pos = read_uvarint(buf, pos - 1)
                        n53 -= 1
                        if n53 < 0:
                            f52 = None
                        else:
                            e54 = pos + n53
                            if e54 > s43:
                                raise_short()
                            f52 = str(buf[pos:e54], "utf-8")
                            pos = e54
                        i46 = ProduceResponse_NodeEndpoint(node_id=f47, host=f48, port=f51, rack=f52)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c55, pos = read_uvarint(buf, pos)
                            if c55 * 2 > s43 - pos:
                                raise_short()
                            for _ in range(c55):
                                t56, pos = read_uvarint(buf, pos)
                                s57, pos = read_uvarint(buf, pos)
                                s57 += pos
                                if s57 > s43:
                                    raise_short()
                                pos = s57
                        v44.append(i46)
                if pos != s43:
                    raise_tag()
                r.node_endpoints = v44
            pos = s43
    return r, pos


def encode_produce_response_v11(r, w, extend):
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x6 = i3.partition_responses
            if x6 is None:
                raise_null('PartitionResponses')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_ihqqq.pack(i8.index, i8.error_code, i8.base_offset, i8.log_append_time_ms, i8.log_start_offset))
                    x9 = i8.record_errors
                    if x9 is None:
                        raise_null('RecordErrors')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            w(_S_i.pack(i11.batch_index))
                            x12 = i11.batch_index_error_message
                            if x12 is None:
                                w(b"\0")
                            else:
                                x12 = x12.encode()
                                n13 = len(x12) + 1
                                w(ONE[n13] if n13 < 128 else uvarint(n13))
                                w(x12)
                            w(b"\0")
                    x14 = i8.error_message
                    if x14 is None:
                        w(b"\0")
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    tags16 = []
                    v17 = i8.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags16.append((0, b"".join(p19)))
                    w(uvarint(len(tags16)))
                    for t20, d21 in tags16:
                        w(uvarint(t20) + uvarint(len(d21)) + d21)
            w(b"\0")
    w(_S_i.pack(r.throttle_time_ms))
    tags22 = []
    v23 = r.node_endpoints
    if v23 is None or v23:
        w24 = w, extend
        p25 = []
        w, extend = p25.append, p25.extend
        x26 = v23
        if x26 is None:
            raise_null('NodeEndpoints')
        else:
            n27 = len(x26) + 1
            w(ONE[n27] if n27 < 128 else uvarint(n27))
            for i28 in x26:
                w(_S_i.pack(i28.node_id))
                x29 = i28.host
                if x29 is None:
                    raise_null('Host')
                else:
                    x29 = x29.encode()
                    n30 = len(x29) + 1
                    w(ONE[n30] if n30 < 128 else uvarint(n30))
                    w(x29)
                w(_S_i.pack(i28.port))
                x31 = i28.rack
                if x31 is None:
                    w(b"\0")
                else:
                    x31 = x31.encode()
                    n32 = len(x31) + 1
                    w(ONE[n32] if n32 < 128 else uvarint(n32))
                    w(x31)
                w(b"\0")
        w, extend = w24
        tags22.append((0, b"".join(p25)))
    w(uvarint(len(tags22)))
    for t33, d34 in tags22:
        w(uvarint(t33) + uvarint(len(d34)) + d34)


def decode_produce_response_v12(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Responses')
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
                raise_null('PartitionResponses')
            else:
                if n8 * 33 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13, f14) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n16 = buf[pos]
                    pos += 1
                    if n16 > 127:
                        n16, pos = read_uvarint(buf, pos - 1)
                    n16 -= 1
                    if n16 < 0:
                        raise_null('RecordErrors')
                    else:
                        if n16 * 6 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18,) = _S_i.unpack_from(buf, pos)
                            pos += 4
                            n20 = buf[pos]
                            pos += 1
                            if n20 > 127:
                                n20, pos = read_uvarint(buf, pos - 1)
                            n20 -= 1
                            if n20 < 0:
                                f19 = None
                            else:
                                e21 = pos + n20
                                if e21 > end:
                                    raise_short()
                                f19 = str(buf[pos:e21], "utf-8")
                                pos = e21
                            i17 = ProduceResponse_BatchIndexAndErrorMessage(batch_index=f18, batch_index_error_message=f19)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c22, pos = read_uvarint(buf, pos)
                                if c22 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c22):
                                    t23, pos = read_uvarint(buf, pos)
                                    s24, pos = read_uvarint(buf, pos)
                                    s24 += pos
                                    if s24 > end:
                                        raise_short()
                                    pos = s24
                            f15.append(i17)
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = str(buf[pos:e27], "utf-8")
                        pos = e27
                    i9 = ProduceResponse_PartitionProduceResponse(index=f10, error_code=f11, base_offset=f12, log_append_time_ms=f13, log_start_offset=f14, record_errors=f15, error_message=f25)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c28, pos = read_uvarint(buf, pos)
                        if c28 * 2 > end - pos:
                            raise_short()
                        for _ in range(c28):
                            t29, pos = read_uvarint(buf, pos)
                            s30, pos = read_uvarint(buf, pos)
                            s30 += pos
                            if s30 > end:
                                raise_short()
                            if t29 == 0:
                                (f32, f33) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v31 = ProduceResponse_LeaderIdAndEpoch(leader_id=f32, leader_epoch=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i9.current_leader = v31
                            pos = s30
                    f7.append(i9)
            i3 = ProduceResponse_TopicProduceResponse(name=f4, partition_responses=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c37, pos = read_uvarint(buf, pos)
                if c37 * 2 > end - pos:
                    raise_short()
                for _ in range(c37):
                    t38, pos = read_uvarint(buf, pos)
                    s39, pos = read_uvarint(buf, pos)
                    s39 += pos
                    if s39 > end:
                        raise_short()
                    pos = s39
            f1.append(i3)
    (f40,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f40)
    if buf[pos] == 0:
        pos += 1
    else:
        c41, pos = read_uvarint(buf, pos)
        if c41 * 2 > end - pos:
            raise_short()
        for _ in range(c41):
            t42, pos = read_uvarint(buf, pos)
            s43, pos = read_uvarint(buf, pos)
            s43 += pos
            if s43 > end:
                raise_short()
            if t42 == 0:
                n45 = buf[pos]
                pos += 1
                if n45 > 127:
                    n45, pos = read_uvarint(buf, pos - 1)
                n45 -= 1
                if n45 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n45 * 11 > s43 - pos:
                        raise_short()
                    room -= n45
                    if room < 0:
                        raise_many()
                    v44 = []
                    for _ in range(n45):
                        (f47,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n49 = buf[pos]
                        pos += 1
                        if n49 > 127:
                            n49, pos = read_uvarint(buf, pos - 1)
                        n49 -= 1
                        if n49 < 0:
                            raise_null('Host')
                        else:
                            e50 = pos + n49
                            if e50 > s43:
                                raise_short()
                            f48 = str(buf[pos:e50], "utf-8")
                            pos = e50
                        (f51,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n53 = buf[pos]
                        pos += 1
                        if n53 > 127:
                            n53, pos = read_uvarint(buf, pos - 1)
                        n53 -= 1
                        if n53 < 0:
                            f52 = None
                        else:
                            e54 = pos + n53
                            if e54 > s43:
                                raise_short()
                            f52 = str(buf[pos:e54], "utf-8")
                            pos = e54
                        i46 = ProduceResponse_NodeEndpoint(node_id=f47, host=f48, port=f51, rack=f52)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c55, pos = read_uvarint(buf, pos)
                            if c55 * 2 > s43 - pos:
                                raise_short()
                            for _ in range(c55):
                                t56, pos = read_uvarint(buf, pos)
                                s57, pos = read_uvarint(buf, pos)
                                s57 += pos
                                if s57 > s43:
                                    raise_short()
                                pos = s57
                        v44.append(i46)
                if pos != s43:
                    raise_tag()
                r.node_endpoints = v44
            pos = s43
    return r, pos


def encode_produce_response_v12(r, w, extend):
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            x6 = i3.partition_responses
            if x6 is None:
                raise_null('PartitionResponses')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_ihqqq.pack(i8.index, i8.error_code, i8.base_offset, i8.log_append_time_ms, i8.log_start_offset))
                    x9 = i8.record_errors
                    if x9 is None:
                        raise_null('RecordErrors')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            w(_S_i.pack(i11.batch_index))
                            x12 = i11.batch_index_error_message
                            if x12 is None:
                                w(b"\0")
                            else:
                                x12 = x12.encode()
                                n13 = len(x12) + 1
                                w(ONE[n13] if n13 < 128 else uvarint(n13))
                                w(x12)
                            w(b"\0")
                    x14 = i8.error_message
                    if x14 is None:
                        w(b"\0")
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    tags16 = []
                    v17 = i8.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags16.append((0, b"".join(p19)))
                    w(uvarint(len(tags16)))
                    for t20, d21 in tags16:
                        w(uvarint(t20) + uvarint(len(d21)) + d21)
            w(b"\0")
    w(_S_i.pack(r.throttle_time_ms))
    tags22 = []
    v23 = r.node_endpoints
    if v23 is None or v23:
        w24 = w, extend
        p25 = []
        w, extend = p25.append, p25.extend
        x26 = v23
        if x26 is None:
            raise_null('NodeEndpoints')
        else:
            n27 = len(x26) + 1
            w(ONE[n27] if n27 < 128 else uvarint(n27))
            for i28 in x26:
                w(_S_i.pack(i28.node_id))
                x29 = i28.host
                if x29 is None:
                    raise_null('Host')
                else:
                    x29 = x29.encode()
                    n30 = len(x29) + 1
                    w(ONE[n30] if n30 < 128 else uvarint(n30))
                    w(x29)
                w(_S_i.pack(i28.port))
                x31 = i28.rack
                if x31 is None:
                    w(b"\0")
                else:
                    x31 = x31.encode()
                    n32 = len(x31) + 1
                    w(ONE[n32] if n32 < 128 else uvarint(n32))
                    w(x31)
                w(b"\0")
        w, extend = w24
        tags22.append((0, b"".join(p25)))
    w(uvarint(len(tags22)))
    for t33, d34 in tags22:
        w(uvarint(t33) + uvarint(len(d34)) + d34)


def decode_produce_response_v13(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Responses')
    else:
        if n2 * 18 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                raise_null('PartitionResponses')
            else:
                if n6 * 33 > end - pos:
                    raise_short()
                room -= n6
                if room < 0:
                    raise_many()
                f5 = []
                for _ in range(n6):
                    (f8, f9, f10, f11, f12) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('RecordErrors')
                    else:
                        if n14 * 6 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = []
                        for _ in range(n14):
                            (f16,) = _S_i.unpack_from(buf, pos)
                            pos += 4
                            n18 = buf[pos]
                            pos += 1
                            if n18 > 127:
                                n18, pos = read_uvarint(buf, pos - 1)
                            n18 -= 1
                            if n18 < 0:
                                f17 = None
                            else:
                                e19 = pos + n18
                                if e19 > end:
                                    raise_short()
                                f17 = str(buf[pos:e19], "utf-8")
                                pos = e19
                            i15 = ProduceResponse_BatchIndexAndErrorMessage(batch_index=f16, batch_index_error_message=f17)
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
                            f13.append(i15)
                    n24 = buf[pos]
                    pos += 1
                    if n24 > 127:
                        n24, pos = read_uvarint(buf, pos - 1)
                    n24 -= 1
                    if n24 < 0:
                        f23 = None
                    else:
                        e25 = pos + n24
                        if e25 > end:
                            raise_short()
                        f23 = str(buf[pos:e25], "utf-8")
                        pos = e25
                    i7 = ProduceResponse_PartitionProduceResponse(index=f8, error_code=f9, base_offset=f10, log_append_time_ms=f11, log_start_offset=f12, record_errors=f13, error_message=f23)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c26, pos = read_uvarint(buf, pos)
                        if c26 * 2 > end - pos:
                            raise_short()
                        for _ in range(c26):
                            t27, pos = read_uvarint(buf, pos)
                            s28, pos = read_uvarint(buf, pos)
                            s28 += pos
                            if s28 > end:
                                raise_short()
                            if t27 == 0:
                                (f30, f31) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v29 = ProduceResponse_LeaderIdAndEpoch(leader_id=f30, leader_epoch=f31)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c32, pos = read_uvarint(buf, pos)
                                    if c32 * 2 > s28 - pos:
                                        raise_short()
                                    for _ in range(c32):
                                        t33, pos = read_uvarint(buf, pos)
                                        s34, pos = read_uvarint(buf, pos)
                                        s34 += pos
                                        if s34 > s28:
                                            raise_short()
                                        pos = s34
                                if pos != s28:
                                    raise_tag()
                                i7.current_leader = v29
                            pos = s28
                    f5.append(i7)
            i3 = ProduceResponse_TopicProduceResponse(topic_id=f4, partition_responses=f5)
            if buf[pos] == 0:
                pos += 1
            else:
                c35, pos = read_uvarint(buf, pos)
                if c35 * 2 > end - pos:
                    raise_short()
                for _ in range(c35):
                    t36, pos = read_uvarint(buf, pos)
                    s37, pos = read_uvarint(buf, pos)
                    s37 += pos
                    if s37 > end:
                        raise_short()
                    pos = s37
            f1.append(i3)
    (f38,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ProduceResponse(responses=f1, throttle_time_ms=f38)
    if buf[pos] == 0:
        pos += 1
    else:
        c39, pos = read_uvarint(buf, pos)
        if c39 * 2 > end - pos:
            raise_short()
        for _ in range(c39):
            t40, pos = read_uvarint(buf, pos)
            s41, pos = read_uvarint(buf, pos)
            s41 += pos
            if s41 > end:
                raise_short()
            if t40 == 0:
                n43 = buf[pos]
                pos += 1
                if n43 > 127:
                    n43, pos = read_uvarint(buf, pos - 1)
                n43 -= 1
                if n43 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n43 * 11 > s41 - pos:
                        raise_short()
                    room -= n43
                    if room < 0:
                        raise_many()
                    v42 = []
                    for _ in range(n43):
                        (f45,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n47 = buf[pos]
                        pos += 1
                        if n47 > 127:
                            n47, pos = read_uvarint(buf, pos - 1)
                        n47 -= 1
                        if n47 < 0:
                            raise_null('Host')
                        else:
                            e48 = pos + n47
                            if e48 > s41:
                                raise_short()
                            f46 = str(buf[pos:e48], "utf-8")
                            pos = e48
                        (f49,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n51 = buf[pos]
                        pos += 1
                        if n51 > 127:
                            n51, pos = read_uvarint(buf, pos - 1)
                        n51 -= 1
                        if n51 < 0:
                            f50 = None
                        else:
                            e52 = pos + n51
                            if e52 > s41:
                                raise_short()
                            f50 = str(buf[pos:e52], "utf-8")
                            pos = e52
                        i44 = ProduceResponse_NodeEndpoint(node_id=f45, host=f46, port=f49, rack=f50)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c53, pos = read_uvarint(buf, pos)
                            if c53 * 2 > s41 - pos:
                                raise_short()
                            for _ in range(c53):
                                t54, pos = read_uvarint(buf, pos)
                                s55, pos = read_uvarint(buf, pos)
                                s55 += pos
                                if s55 > s41:
                                    raise_short()
                                pos = s55
                        v42.append(i44)
                if pos != s41:
                    raise_tag()
                r.node_endpoints = v42
            pos = s41
    return r, pos


def encode_produce_response_v13(r, w, extend):
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partition_responses
            if x4 is None:
                raise_null('PartitionResponses')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.index, i6.error_code, i6.base_offset, i6.log_append_time_ms, i6.log_start_offset))
                    x7 = i6.record_errors
                    if x7 is None:
                        raise_null('RecordErrors')
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_i.pack(i9.batch_index))
                            x10 = i9.batch_index_error_message
                            if x10 is None:
                                w(b"\0")
                            else:
                                x10 = x10.encode()
                                n11 = len(x10) + 1
                                w(ONE[n11] if n11 < 128 else uvarint(n11))
                                w(x10)
                            w(b"\0")
                    x12 = i6.error_message
                    if x12 is None:
                        w(b"\0")
                    else:
                        x12 = x12.encode()
                        n13 = len(x12) + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        w(x12)
                    tags14 = []
                    v15 = i6.current_leader
                    if v15.leader_id != -1 or v15.leader_epoch != -1:
                        w16 = w, extend
                        p17 = []
                        w, extend = p17.append, p17.extend
                        w(_S_iib.pack(v15.leader_id, v15.leader_epoch, 0))
                        w, extend = w16
                        tags14.append((0, b"".join(p17)))
                    w(uvarint(len(tags14)))
                    for t18, d19 in tags14:
                        w(uvarint(t18) + uvarint(len(d19)) + d19)
            w(b"\0")
    w(_S_i.pack(r.throttle_time_ms))
    tags20 = []
    v21 = r.node_endpoints
    if v21 is None or v21:
        w22 = w, extend
        p23 = []
        w, extend = p23.append, p23.extend
        x24 = v21
        if x24 is None:
            raise_null('NodeEndpoints')
        else:
            n25 = len(x24) + 1
            w(ONE[n25] if n25 < 128 else uvarint(n25))
            for i26 in x24:
                w(_S_i.pack(i26.node_id))
                x27 = i26.host
                if x27 is None:
                    raise_null('Host')
                else:
                    x27 = x27.encode()
                    n28 = len(x27) + 1
                    w(ONE[n28] if n28 < 128 else uvarint(n28))
                    w(x27)
                w(_S_i.pack(i26.port))
                x29 = i26.rack
                if x29 is None:
                    w(b"\0")
                else:
                    x29 = x29.encode()
                    n30 = len(x29) + 1
                    w(ONE[n30] if n30 < 128 else uvarint(n30))
                    w(x29)
                w(b"\0")
        w, extend = w22
        tags20.append((0, b"".join(p23)))
    w(uvarint(len(tags20)))
    for t31, d32 in tags20:
        w(uvarint(t31) + uvarint(len(d32)) + d32)
