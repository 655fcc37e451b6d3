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
_S_ihqq = _Packer(">ihqq")
_S_ihqqi = _Packer(">ihqqi")
_S_ihqqib = _Packer(">ihqqib")
_S_iiq = _Packer(">iiq")
_S_iiqb = _Packer(">iiqb")
_S_iq = _Packer(">iq")


class ListOffsetsRequest_ListOffsetsPartition(Struct):
    __slots__ = ('partition_index', 'current_leader_epoch', 'timestamp')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        current_leader_epoch: Any = -1,
        timestamp: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.current_leader_epoch = current_leader_epoch
        self.timestamp = timestamp


class ListOffsetsRequest_ListOffsetsTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class ListOffsetsRequest(Struct):
    __slots__ = ('replica_id', 'isolation_level', 'topics', 'timeout_ms')

    def __init__(
        self,
        *,
        replica_id: Any = 0,
        isolation_level: Any = 0,
        topics: Any = MISSING,
        timeout_ms: Any = 0,
    ) -> None:
        self.replica_id = replica_id
        self.isolation_level = isolation_level
        self.topics = [] if topics is MISSING else topics
        self.timeout_ms = timeout_ms


ListOffsetsRequest.ListOffsetsTopic = ListOffsetsRequest_ListOffsetsTopic  # type: ignore[attr-defined]
ListOffsetsRequest.ListOffsetsPartition = ListOffsetsRequest_ListOffsetsPartition  # type: ignore[attr-defined]


def decode_list_offsets_request_v1(buf, pos, end):
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
                if n9 * 12 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    i10 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f11, timestamp=f12)
                    f8.append(i10)
            i4 = ListOffsetsRequest_ListOffsetsTopic(name=f5, partitions=f8)
            f2.append(i4)
    r = ListOffsetsRequest(replica_id=f1, topics=f2)
    return r, pos


def encode_list_offsets_request_v1(r, w, extend):
    if r.isolation_level != 0:
        raise_absent('IsolationLevel')
    w(_S_i.pack(r.replica_id))
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
                    w(_S_iq.pack(i5.partition_index, i5.timestamp))


def decode_list_offsets_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
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
                if n10 * 12 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, timestamp=f13)
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    return r, pos


def encode_list_offsets_request_v2(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iq.pack(i5.partition_index, i5.timestamp))


def decode_list_offsets_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
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
                if n10 * 12 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, timestamp=f13)
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    return r, pos


def encode_list_offsets_request_v3(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iq.pack(i5.partition_index, i5.timestamp))


def decode_list_offsets_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
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
                if n10 * 16 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    return r, pos


def encode_list_offsets_request_v4(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiq.pack(i5.partition_index, i5.current_leader_epoch, i5.timestamp))


def decode_list_offsets_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
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
                if n10 * 16 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    return r, pos


def encode_list_offsets_request_v5(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiq.pack(i5.partition_index, i5.current_leader_epoch, i5.timestamp))


def decode_list_offsets_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 17 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
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
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c18, pos = read_uvarint(buf, pos)
                if c18 * 2 > end - pos:
                    raise_short()
                for _ in range(c18):
                    t19, pos = read_uvarint(buf, pos)
                    s20, pos = read_uvarint(buf, pos)
                    s20 += pos
                    if s20 > end:
                        raise_short()
                    pos = s20
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c21, pos = read_uvarint(buf, pos)
        if c21 * 2 > end - pos:
            raise_short()
        for _ in range(c21):
            t22, pos = read_uvarint(buf, pos)
            s23, pos = read_uvarint(buf, pos)
            s23 += pos
            if s23 > end:
                raise_short()
            pos = s23
    return r, pos


def encode_list_offsets_request_v6(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiqb.pack(i8.partition_index, i8.current_leader_epoch, i8.timestamp, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 17 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
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
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c18, pos = read_uvarint(buf, pos)
                if c18 * 2 > end - pos:
                    raise_short()
                for _ in range(c18):
                    t19, pos = read_uvarint(buf, pos)
                    s20, pos = read_uvarint(buf, pos)
                    s20 += pos
                    if s20 > end:
                        raise_short()
                    pos = s20
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c21, pos = read_uvarint(buf, pos)
        if c21 * 2 > end - pos:
            raise_short()
        for _ in range(c21):
            t22, pos = read_uvarint(buf, pos)
            s23, pos = read_uvarint(buf, pos)
            s23 += pos
            if s23 > end:
                raise_short()
            pos = s23
    return r, pos


def encode_list_offsets_request_v7(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiqb.pack(i8.partition_index, i8.current_leader_epoch, i8.timestamp, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_request_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 17 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
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
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c18, pos = read_uvarint(buf, pos)
                if c18 * 2 > end - pos:
                    raise_short()
                for _ in range(c18):
                    t19, pos = read_uvarint(buf, pos)
                    s20, pos = read_uvarint(buf, pos)
                    s20 += pos
                    if s20 > end:
                        raise_short()
                    pos = s20
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c21, pos = read_uvarint(buf, pos)
        if c21 * 2 > end - pos:
            raise_short()
        for _ in range(c21):
            t22, pos = read_uvarint(buf, pos)
            s23, pos = read_uvarint(buf, pos)
            s23 += pos
            if s23 > end:
                raise_short()
            pos = s23
    return r, pos


def encode_list_offsets_request_v8(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiqb.pack(i8.partition_index, i8.current_leader_epoch, i8.timestamp, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_request_v9(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 17 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
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
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c18, pos = read_uvarint(buf, pos)
                if c18 * 2 > end - pos:
                    raise_short()
                for _ in range(c18):
                    t19, pos = read_uvarint(buf, pos)
                    s20, pos = read_uvarint(buf, pos)
                    s20 += pos
                    if s20 > end:
                        raise_short()
                    pos = s20
            f3.append(i5)
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c21, pos = read_uvarint(buf, pos)
        if c21 * 2 > end - pos:
            raise_short()
        for _ in range(c21):
            t22, pos = read_uvarint(buf, pos)
            s23, pos = read_uvarint(buf, pos)
            s23 += pos
            if s23 > end:
                raise_short()
            pos = s23
    return r, pos


def encode_list_offsets_request_v9(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiqb.pack(i8.partition_index, i8.current_leader_epoch, i8.timestamp, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_request_v10(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 17 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
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
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c18, pos = read_uvarint(buf, pos)
                if c18 * 2 > end - pos:
                    raise_short()
                for _ in range(c18):
                    t19, pos = read_uvarint(buf, pos)
                    s20, pos = read_uvarint(buf, pos)
                    s20 += pos
                    if s20 > end:
                        raise_short()
                    pos = s20
            f3.append(i5)
    (f21,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3, timeout_ms=f21)
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
    return r, pos


def encode_list_offsets_request_v10(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiqb.pack(i8.partition_index, i8.current_leader_epoch, i8.timestamp, 0))
            w(b"\0")
    w(_S_ib.pack(r.timeout_ms, 0))


def decode_list_offsets_request_v11(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ib.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Partitions')
            else:
                if n10 * 17 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13, f14) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    i11 = ListOffsetsRequest_ListOffsetsPartition(partition_index=f12, current_leader_epoch=f13, timestamp=f14)
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
                    f9.append(i11)
            i5 = ListOffsetsRequest_ListOffsetsTopic(name=f6, partitions=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c18, pos = read_uvarint(buf, pos)
                if c18 * 2 > end - pos:
                    raise_short()
                for _ in range(c18):
                    t19, pos = read_uvarint(buf, pos)
                    s20, pos = read_uvarint(buf, pos)
                    s20 += pos
                    if s20 > end:
                        raise_short()
                    pos = s20
            f3.append(i5)
    (f21,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ListOffsetsRequest(replica_id=f1, isolation_level=f2, topics=f3, timeout_ms=f21)
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
    return r, pos


def encode_list_offsets_request_v11(r, w, extend):
    w(_S_ib.pack(r.replica_id, r.isolation_level))
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
                    w(_S_iiqb.pack(i8.partition_index, i8.current_leader_epoch, i8.timestamp, 0))
            w(b"\0")
    w(_S_ib.pack(r.timeout_ms, 0))


class ListOffsetsResponse_ListOffsetsPartitionResponse(Struct):
    __slots__ = ('partition_index', 'error_code', 'timestamp', 'offset', 'leader_epoch')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
        timestamp: Any = -1,
        offset: Any = -1,
        leader_epoch: Any = -1,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.timestamp = timestamp
        self.offset = offset
        self.leader_epoch = leader_epoch


class ListOffsetsResponse_ListOffsetsTopicResponse(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class ListOffsetsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


ListOffsetsResponse.ListOffsetsTopicResponse = ListOffsetsResponse_ListOffsetsTopicResponse  # type: ignore[attr-defined]
ListOffsetsResponse.ListOffsetsPartitionResponse = ListOffsetsResponse_ListOffsetsPartitionResponse  # type: ignore[attr-defined]


def decode_list_offsets_response_v1(buf, pos, end):
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
                if n8 * 22 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12, f13) = _S_ihqq.unpack_from(buf, pos)
                    pos += 22
                    i9 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f10, error_code=f11, timestamp=f12, offset=f13)
                    f7.append(i9)
            i3 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f4, partitions=f7)
            f1.append(i3)
    r = ListOffsetsResponse(topics=f1)
    return r, pos


def encode_list_offsets_response_v1(r, w, extend):
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
                    if i5.leader_epoch != -1:
                        raise_absent('LeaderEpoch')
                    w(_S_ihqq.pack(i5.partition_index, i5.error_code, i5.timestamp, i5.offset))


def decode_list_offsets_response_v2(buf, pos, end):
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
                if n9 * 22 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14) = _S_ihqq.unpack_from(buf, pos)
                    pos += 22
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14)
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_list_offsets_response_v2(r, w, extend):
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
                    if i5.leader_epoch != -1:
                        raise_absent('LeaderEpoch')
                    w(_S_ihqq.pack(i5.partition_index, i5.error_code, i5.timestamp, i5.offset))


def decode_list_offsets_response_v3(buf, pos, end):
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
                if n9 * 22 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14) = _S_ihqq.unpack_from(buf, pos)
                    pos += 22
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14)
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_list_offsets_response_v3(r, w, extend):
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
                    if i5.leader_epoch != -1:
                        raise_absent('LeaderEpoch')
                    w(_S_ihqq.pack(i5.partition_index, i5.error_code, i5.timestamp, i5.offset))


def decode_list_offsets_response_v4(buf, pos, end):
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
                if n9 * 26 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_list_offsets_response_v4(r, w, extend):
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
                    w(_S_ihqqi.pack(i5.partition_index, i5.error_code, i5.timestamp, i5.offset, i5.leader_epoch))


def decode_list_offsets_response_v5(buf, pos, end):
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
                if n9 * 26 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_list_offsets_response_v5(r, w, extend):
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
                    w(_S_ihqqi.pack(i5.partition_index, i5.error_code, i5.timestamp, i5.offset, i5.leader_epoch))


def decode_list_offsets_response_v6(buf, pos, end):
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
                if n9 * 27 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c16, pos = read_uvarint(buf, pos)
                        if c16 * 2 > end - pos:
                            raise_short()
                        for _ in range(c16):
                            t17, pos = read_uvarint(buf, pos)
                            s18, pos = read_uvarint(buf, pos)
                            s18 += pos
                            if s18 > end:
                                raise_short()
                            pos = s18
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_list_offsets_response_v6(r, w, extend):
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
                    w(_S_ihqqib.pack(i8.partition_index, i8.error_code, i8.timestamp, i8.offset, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_response_v7(buf, pos, end):
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
                if n9 * 27 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c16, pos = read_uvarint(buf, pos)
                        if c16 * 2 > end - pos:
                            raise_short()
                        for _ in range(c16):
                            t17, pos = read_uvarint(buf, pos)
                            s18, pos = read_uvarint(buf, pos)
                            s18 += pos
                            if s18 > end:
                                raise_short()
                            pos = s18
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_list_offsets_response_v7(r, w, extend):
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
                    w(_S_ihqqib.pack(i8.partition_index, i8.error_code, i8.timestamp, i8.offset, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_response_v8(buf, pos, end):
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
                if n9 * 27 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c16, pos = read_uvarint(buf, pos)
                        if c16 * 2 > end - pos:
                            raise_short()
                        for _ in range(c16):
                            t17, pos = read_uvarint(buf, pos)
                            s18, pos = read_uvarint(buf, pos)
                            s18 += pos
                            if s18 > end:
                                raise_short()
                            pos = s18
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_list_offsets_response_v8(r, w, extend):
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
                    w(_S_ihqqib.pack(i8.partition_index, i8.error_code, i8.timestamp, i8.offset, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_response_v9(buf, pos, end):
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
                if n9 * 27 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c16, pos = read_uvarint(buf, pos)
                        if c16 * 2 > end - pos:
                            raise_short()
                        for _ in range(c16):
                            t17, pos = read_uvarint(buf, pos)
                            s18, pos = read_uvarint(buf, pos)
                            s18 += pos
                            if s18 > end:
                                raise_short()
                            pos = s18
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_list_offsets_response_v9(r, w, extend):
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
                    w(_S_ihqqib.pack(i8.partition_index, i8.error_code, i8.timestamp, i8.offset, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_response_v10(buf, pos, end):
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
                if n9 * 27 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c16, pos = read_uvarint(buf, pos)
                        if c16 * 2 > end - pos:
                            raise_short()
                        for _ in range(c16):
                            t17, pos = read_uvarint(buf, pos)
                            s18, pos = read_uvarint(buf, pos)
                            s18 += pos
                            if s18 > end:
                                raise_short()
                            pos = s18
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_list_offsets_response_v10(r, w, extend):
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
                    w(_S_ihqqib.pack(i8.partition_index, i8.error_code, i8.timestamp, i8.offset, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")


def decode_list_offsets_response_v11(buf, pos, end):
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
                if n9 * 27 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqi.unpack_from(buf, pos)
                    pos += 26
                    i10 = ListOffsetsResponse_ListOffsetsPartitionResponse(partition_index=f11, error_code=f12, timestamp=f13, offset=f14, leader_epoch=f15)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c16, pos = read_uvarint(buf, pos)
                        if c16 * 2 > end - pos:
                            raise_short()
                        for _ in range(c16):
                            t17, pos = read_uvarint(buf, pos)
                            s18, pos = read_uvarint(buf, pos)
                            s18 += pos
                            if s18 > end:
                                raise_short()
                            pos = s18
                    f8.append(i10)
            i4 = ListOffsetsResponse_ListOffsetsTopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = ListOffsetsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_list_offsets_response_v11(r, w, extend):
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
                    w(_S_ihqqib.pack(i8.partition_index, i8.error_code, i8.timestamp, i8.offset, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")
