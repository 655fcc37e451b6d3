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
_S_T = _Packer(">?")
_S_Tb = _Packer(">?b")
_S_h = _Packer(">h")
_S_hb = _Packer(">hb")
_S_i = _Packer(">i")
_S_iq = _Packer(">iq")
_S_iqi = _Packer(">iqi")


class OffsetFetchRequest_OffsetFetchRequestTopics(Struct):
    __slots__ = ('name', 'topic_id', 'partition_indexes')

    def __init__(
        self,
        *,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        partition_indexes: Any = MISSING,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_indexes = [] if partition_indexes is MISSING else partition_indexes


class OffsetFetchRequest_OffsetFetchRequestGroup(Struct):
    __slots__ = ('group_id', 'member_id', 'member_epoch', 'topics')

    def __init__(
        self,
        *,
        group_id: Any = '',
        member_id: Any = None,
        member_epoch: Any = -1,
        topics: Any = MISSING,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.topics = [] if topics is MISSING else topics


class OffsetFetchRequest_OffsetFetchRequestTopic(Struct):
    __slots__ = ('name', 'partition_indexes')

    def __init__(
        self,
        *,
        name: Any = '',
        partition_indexes: Any = MISSING,
    ) -> None:
        self.name = name
        self.partition_indexes = [] if partition_indexes is MISSING else partition_indexes


class OffsetFetchRequest(Struct):
    __slots__ = ('group_id', 'topics', 'groups', 'require_stable')

    def __init__(
        self,
        *,
        group_id: Any = '',
        topics: Any = MISSING,
        groups: Any = MISSING,
        require_stable: Any = False,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is MISSING else topics
        self.groups = [] if groups is MISSING else groups
        self.require_stable = require_stable


OffsetFetchRequest.OffsetFetchRequestTopic = OffsetFetchRequest_OffsetFetchRequestTopic  # type: ignore[attr-defined]
OffsetFetchRequest.OffsetFetchRequestGroup = OffsetFetchRequest_OffsetFetchRequestGroup  # type: ignore[attr-defined]
OffsetFetchRequest.OffsetFetchRequestTopics = OffsetFetchRequest_OffsetFetchRequestTopics  # type: ignore[attr-defined]


def decode_offset_fetch_request_v1(buf, pos, end):
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
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
            f4.append(i6)
    r = OffsetFetchRequest(group_id=f1, topics=f4)
    return r, pos


def encode_offset_fetch_request_v1(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    if r.require_stable != False:
        raise_absent('RequireStable')
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
            x5 = i3.partition_indexes
            if x5 is None:
                raise_null('PartitionIndexes')
            else:
                w(_S_i.pack(len(x5)))
                w(pack(f">{len(x5)}i", *x5))


def decode_offset_fetch_request_v2(buf, pos, end):
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
        f4 = None
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
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
            f4.append(i6)
    r = OffsetFetchRequest(group_id=f1, topics=f4)
    return r, pos


def encode_offset_fetch_request_v2(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    if r.require_stable != False:
        raise_absent('RequireStable')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.topics
    if x2 is None:
        w(b"\xff\xff\xff\xff")
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
            x5 = i3.partition_indexes
            if x5 is None:
                raise_null('PartitionIndexes')
            else:
                w(_S_i.pack(len(x5)))
                w(pack(f">{len(x5)}i", *x5))


def decode_offset_fetch_request_v3(buf, pos, end):
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
        f4 = None
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
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
            f4.append(i6)
    r = OffsetFetchRequest(group_id=f1, topics=f4)
    return r, pos


def encode_offset_fetch_request_v3(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    if r.require_stable != False:
        raise_absent('RequireStable')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.topics
    if x2 is None:
        w(b"\xff\xff\xff\xff")
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
            x5 = i3.partition_indexes
            if x5 is None:
                raise_null('PartitionIndexes')
            else:
                w(_S_i.pack(len(x5)))
                w(pack(f">{len(x5)}i", *x5))


def decode_offset_fetch_request_v4(buf, pos, end):
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
        f4 = None
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
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
            f4.append(i6)
    r = OffsetFetchRequest(group_id=f1, topics=f4)
    return r, pos


def encode_offset_fetch_request_v4(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    if r.require_stable != False:
        raise_absent('RequireStable')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.topics
    if x2 is None:
        w(b"\xff\xff\xff\xff")
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
            x5 = i3.partition_indexes
            if x5 is None:
                raise_null('PartitionIndexes')
            else:
                w(_S_i.pack(len(x5)))
                w(pack(f">{len(x5)}i", *x5))


def decode_offset_fetch_request_v5(buf, pos, end):
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
        f4 = None
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
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
            f4.append(i6)
    r = OffsetFetchRequest(group_id=f1, topics=f4)
    return r, pos


def encode_offset_fetch_request_v5(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    if r.require_stable != False:
        raise_absent('RequireStable')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.topics
    if x2 is None:
        w(b"\xff\xff\xff\xff")
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
            x5 = i3.partition_indexes
            if x5 is None:
                raise_null('PartitionIndexes')
            else:
                w(_S_i.pack(len(x5)))
                w(pack(f">{len(x5)}i", *x5))


def decode_offset_fetch_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        f4 = None
    else:
        if n5 * 3 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('Name')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
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
            f4.append(i6)
    r = OffsetFetchRequest(group_id=f1, topics=f4)
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
    return r, pos


def encode_offset_fetch_request_v6(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    if r.require_stable != False:
        raise_absent('RequireStable')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.topics
    if x3 is None:
        w(b"\0")
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
            x8 = i5.partition_indexes
            if x8 is None:
                raise_null('PartitionIndexes')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(pack(f">{len(x8)}i", *x8))
            w(b"\0")
    w(b"\0")


def decode_offset_fetch_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        f4 = None
    else:
        if n5 * 3 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('Name')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('PartitionIndexes')
            else:
                if n11 * 4 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = list(unpack_from(f">{n11}i", buf, pos))
                pos += n11 * 4
            i6 = OffsetFetchRequest_OffsetFetchRequestTopic(name=f7, partition_indexes=f10)
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
            f4.append(i6)
    (f15,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = OffsetFetchRequest(group_id=f1, topics=f4, require_stable=f15)
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
    return r, pos


def encode_offset_fetch_request_v7(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.topics
    if x3 is None:
        w(b"\0")
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
            x8 = i5.partition_indexes
            if x8 is None:
                raise_null('PartitionIndexes')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(pack(f">{len(x8)}i", *x8))
            w(b"\0")
    w(_S_Tb.pack(r.require_stable, 0))


def decode_offset_fetch_request_v8(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Groups')
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
                raise_null('GroupId')
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
                f7 = None
            else:
                if n8 * 3 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    n11 = buf[pos]
                    pos += 1
                    if n11 > 127:
                        n11, pos = read_uvarint(buf, pos - 1)
                    n11 -= 1
                    if n11 < 0:
                        raise_null('Name')
                    else:
                        e12 = pos + n11
                        if e12 > end:
                            raise_short()
                        f10 = str(buf[pos:e12], "utf-8")
                        pos = e12
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('PartitionIndexes')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i9 = OffsetFetchRequest_OffsetFetchRequestTopics(name=f10, partition_indexes=f13)
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
                    f7.append(i9)
            i3 = OffsetFetchRequest_OffsetFetchRequestGroup(group_id=f4, topics=f7)
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
            f1.append(i3)
    (f21,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = OffsetFetchRequest(groups=f1, require_stable=f21)
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


def encode_offset_fetch_request_v8(r, w, extend):
    if r.group_id != '':
        raise_absent('GroupId')
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                w(b"\0")
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partition_indexes
                    if x11 is None:
                        raise_null('PartitionIndexes')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(pack(f">{len(x11)}i", *x11))
                    w(b"\0")
            w(b"\0")
    w(_S_Tb.pack(r.require_stable, 0))


def decode_offset_fetch_request_v9(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 8 > end - pos:
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
                raise_null('GroupId')
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
                f7 = None
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (f10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                f11 = None
            else:
                if n12 * 3 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    n15 = buf[pos]
                    pos += 1
                    if n15 > 127:
                        n15, pos = read_uvarint(buf, pos - 1)
                    n15 -= 1
                    if n15 < 0:
                        raise_null('Name')
                    else:
                        e16 = pos + n15
                        if e16 > end:
                            raise_short()
                        f14 = str(buf[pos:e16], "utf-8")
                        pos = e16
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('PartitionIndexes')
                    else:
                        if n18 * 4 > end - pos:
                            raise_short()
                        room -= n18
                        if room < 0:
                            raise_many()
                        f17 = list(unpack_from(f">{n18}i", buf, pos))
                        pos += n18 * 4
                    i13 = OffsetFetchRequest_OffsetFetchRequestTopics(name=f14, partition_indexes=f17)
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
                    f11.append(i13)
            i3 = OffsetFetchRequest_OffsetFetchRequestGroup(group_id=f4, member_id=f7, member_epoch=f10, topics=f11)
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
            f1.append(i3)
    (f25,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = OffsetFetchRequest(groups=f1, require_stable=f25)
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
            pos = s28
    return r, pos


def encode_offset_fetch_request_v9(r, w, extend):
    if r.group_id != '':
        raise_absent('GroupId')
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.member_id
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_i.pack(i3.member_epoch))
            x8 = i3.topics
            if x8 is None:
                w(b"\0")
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    x11 = i10.name
                    if x11 is None:
                        raise_null('Name')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    x13 = i10.partition_indexes
                    if x13 is None:
                        raise_null('PartitionIndexes')
                    else:
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(pack(f">{len(x13)}i", *x13))
                    w(b"\0")
            w(b"\0")
    w(_S_Tb.pack(r.require_stable, 0))


def decode_offset_fetch_request_v10(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 8 > end - pos:
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
                raise_null('GroupId')
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
                f7 = None
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (f10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                f11 = None
            else:
                if n12 * 18 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14,) = _S_16s.unpack_from(buf, pos)
                    pos += 16
                    n16 = buf[pos]
                    pos += 1
                    if n16 > 127:
                        n16, pos = read_uvarint(buf, pos - 1)
                    n16 -= 1
                    if n16 < 0:
                        raise_null('PartitionIndexes')
                    else:
                        if n16 * 4 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = list(unpack_from(f">{n16}i", buf, pos))
                        pos += n16 * 4
                    i13 = OffsetFetchRequest_OffsetFetchRequestTopics(topic_id=f14, partition_indexes=f15)
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
                    f11.append(i13)
            i3 = OffsetFetchRequest_OffsetFetchRequestGroup(group_id=f4, member_id=f7, member_epoch=f10, topics=f11)
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
            f1.append(i3)
    (f23,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = OffsetFetchRequest(groups=f1, require_stable=f23)
    if buf[pos] == 0:
        pos += 1
    else:
        c24, pos = read_uvarint(buf, pos)
        if c24 * 2 > end - pos:
            raise_short()
        for _ in range(c24):
            t25, pos = read_uvarint(buf, pos)
            s26, pos = read_uvarint(buf, pos)
            s26 += pos
            if s26 > end:
                raise_short()
            pos = s26
    return r, pos


def encode_offset_fetch_request_v10(r, w, extend):
    if r.group_id != '':
        raise_absent('GroupId')
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.member_id
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_i.pack(i3.member_epoch))
            x8 = i3.topics
            if x8 is None:
                w(b"\0")
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_16s.pack(i10.topic_id))
                    x11 = i10.partition_indexes
                    if x11 is None:
                        raise_null('PartitionIndexes')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(pack(f">{len(x11)}i", *x11))
                    w(b"\0")
            w(b"\0")
    w(_S_Tb.pack(r.require_stable, 0))


class OffsetFetchResponse_OffsetFetchResponsePartitions(Struct):
    __slots__ = ('partition_index', 'committed_offset', 'committed_leader_epoch', 'metadata', 'error_code')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        committed_offset: Any = 0,
        committed_leader_epoch: Any = -1,
        metadata: Any = '',
        error_code: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.metadata = metadata
        self.error_code = error_code


class OffsetFetchResponse_OffsetFetchResponseTopics(Struct):
    __slots__ = ('name', 'topic_id', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partitions = [] if partitions is MISSING else partitions


class OffsetFetchResponse_OffsetFetchResponseGroup(Struct):
    __slots__ = ('group_id', 'topics', 'error_code')

    def __init__(
        self,
        *,
        group_id: Any = '',
        topics: Any = MISSING,
        error_code: Any = 0,
    ) -> None:
        self.group_id = group_id
        self.topics = [] if topics is MISSING else topics
        self.error_code = error_code


class OffsetFetchResponse_OffsetFetchResponsePartition(Struct):
    __slots__ = ('partition_index', 'committed_offset', 'committed_leader_epoch', 'metadata', 'error_code')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        committed_offset: Any = 0,
        committed_leader_epoch: Any = -1,
        metadata: Any = '',
        error_code: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.metadata = metadata
        self.error_code = error_code


class OffsetFetchResponse_OffsetFetchResponseTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class OffsetFetchResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics', 'error_code', 'groups')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
        error_code: Any = 0,
        groups: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics
        self.error_code = error_code
        self.groups = [] if groups is MISSING else groups


OffsetFetchResponse.OffsetFetchResponseTopic = OffsetFetchResponse_OffsetFetchResponseTopic  # type: ignore[attr-defined]
OffsetFetchResponse.OffsetFetchResponsePartition = OffsetFetchResponse_OffsetFetchResponsePartition  # type: ignore[attr-defined]
OffsetFetchResponse.OffsetFetchResponseGroup = OffsetFetchResponse_OffsetFetchResponseGroup  # type: ignore[attr-defined]
OffsetFetchResponse.OffsetFetchResponseTopics = OffsetFetchResponse_OffsetFetchResponseTopics  # type: ignore[attr-defined]
OffsetFetchResponse.OffsetFetchResponsePartitions = OffsetFetchResponse_OffsetFetchResponsePartitions  # type: ignore[attr-defined]


def decode_offset_fetch_response_v1(buf, pos, end):
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
                if n8 * 16 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n13,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n13 < 0:
                        f12 = None
                    else:
                        e14 = pos + n13
                        if e14 > end:
                            raise_short()
                        f12 = str(buf[pos:e14], "utf-8")
                        pos = e14
                    (f15,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i9 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f10, committed_offset=f11, metadata=f12, error_code=f15)
                    f7.append(i9)
            i3 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f4, partitions=f7)
            f1.append(i3)
    r = OffsetFetchResponse(topics=f1)
    return r, pos


def encode_offset_fetch_response_v1(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iq.pack(i5.partition_index, i5.committed_offset))
                    x6 = i5.metadata
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    w(_S_h.pack(i5.error_code))


def decode_offset_fetch_response_v2(buf, pos, end):
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
                if n8 * 16 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n13,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n13 < 0:
                        f12 = None
                    else:
                        e14 = pos + n13
                        if e14 > end:
                            raise_short()
                        f12 = str(buf[pos:e14], "utf-8")
                        pos = e14
                    (f15,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i9 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f10, committed_offset=f11, metadata=f12, error_code=f15)
                    f7.append(i9)
            i3 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f4, partitions=f7)
            f1.append(i3)
    (f16,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = OffsetFetchResponse(topics=f1, error_code=f16)
    return r, pos


def encode_offset_fetch_response_v2(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iq.pack(i5.partition_index, i5.committed_offset))
                    x6 = i5.metadata
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    w(_S_h.pack(i5.error_code))
    w(_S_h.pack(r.error_code))


def decode_offset_fetch_response_v3(buf, pos, end):
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
                if n9 * 16 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n14,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n14 < 0:
                        f13 = None
                    else:
                        e15 = pos + n14
                        if e15 > end:
                            raise_short()
                        f13 = str(buf[pos:e15], "utf-8")
                        pos = e15
                    (f16,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i10 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f11, committed_offset=f12, metadata=f13, error_code=f16)
                    f8.append(i10)
            i4 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    (f17,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = OffsetFetchResponse(throttle_time_ms=f1, topics=f2, error_code=f17)
    return r, pos


def encode_offset_fetch_response_v3(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iq.pack(i5.partition_index, i5.committed_offset))
                    x6 = i5.metadata
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    w(_S_h.pack(i5.error_code))
    w(_S_h.pack(r.error_code))


def decode_offset_fetch_response_v4(buf, pos, end):
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
                if n9 * 16 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n14,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n14 < 0:
                        f13 = None
                    else:
                        e15 = pos + n14
                        if e15 > end:
                            raise_short()
                        f13 = str(buf[pos:e15], "utf-8")
                        pos = e15
                    (f16,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i10 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f11, committed_offset=f12, metadata=f13, error_code=f16)
                    f8.append(i10)
            i4 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    (f17,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = OffsetFetchResponse(throttle_time_ms=f1, topics=f2, error_code=f17)
    return r, pos


def encode_offset_fetch_response_v4(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iq.pack(i5.partition_index, i5.committed_offset))
                    x6 = i5.metadata
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    w(_S_h.pack(i5.error_code))
    w(_S_h.pack(r.error_code))


def decode_offset_fetch_response_v5(buf, pos, end):
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
                if n9 * 20 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iqi.unpack_from(buf, pos)
                    pos += 16
                    (n15,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n15 < 0:
                        f14 = None
                    else:
                        e16 = pos + n15
                        if e16 > end:
                            raise_short()
                        f14 = str(buf[pos:e16], "utf-8")
                        pos = e16
                    (f17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i10 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f11, committed_offset=f12, committed_leader_epoch=f13, metadata=f14, error_code=f17)
                    f8.append(i10)
            i4 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    (f18,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = OffsetFetchResponse(throttle_time_ms=f1, topics=f2, error_code=f18)
    return r, pos


def encode_offset_fetch_response_v5(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iqi.pack(i5.partition_index, i5.committed_offset, i5.committed_leader_epoch))
                    x6 = i5.metadata
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    w(_S_h.pack(i5.error_code))
    w(_S_h.pack(r.error_code))


def decode_offset_fetch_response_v6(buf, pos, end):
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
                if n9 * 20 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iqi.unpack_from(buf, pos)
                    pos += 16
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
                        f14 = str(buf[pos:e16], "utf-8")
                        pos = e16
                    (f17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i10 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f11, committed_offset=f12, committed_leader_epoch=f13, metadata=f14, error_code=f17)
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
                    f8.append(i10)
            i4 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f5, partitions=f8)
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
            f2.append(i4)
    (f24,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = OffsetFetchResponse(throttle_time_ms=f1, topics=f2, error_code=f24)
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


def encode_offset_fetch_response_v6(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iqi.pack(i8.partition_index, i8.committed_offset, i8.committed_leader_epoch))
                    x9 = i8.metadata
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    w(_S_hb.pack(i8.error_code, 0))
            w(b"\0")
    w(_S_hb.pack(r.error_code, 0))


def decode_offset_fetch_response_v7(buf, pos, end):
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
                if n9 * 20 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iqi.unpack_from(buf, pos)
                    pos += 16
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
                        f14 = str(buf[pos:e16], "utf-8")
                        pos = e16
                    (f17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    i10 = OffsetFetchResponse_OffsetFetchResponsePartition(partition_index=f11, committed_offset=f12, committed_leader_epoch=f13, metadata=f14, error_code=f17)
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
                    f8.append(i10)
            i4 = OffsetFetchResponse_OffsetFetchResponseTopic(name=f5, partitions=f8)
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
            f2.append(i4)
    (f24,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = OffsetFetchResponse(throttle_time_ms=f1, topics=f2, error_code=f24)
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


def encode_offset_fetch_response_v7(r, w, extend):
    if r.groups is None or r.groups:
        raise_absent('Groups')
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
                    w(_S_iqi.pack(i8.partition_index, i8.committed_offset, i8.committed_leader_epoch))
                    x9 = i8.metadata
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    w(_S_hb.pack(i8.error_code, 0))
            w(b"\0")
    w(_S_hb.pack(r.error_code, 0))


def decode_offset_fetch_response_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 5 > end - pos:
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
                raise_null('GroupId')
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
                raise_null('Topics')
            else:
                if n9 * 3 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    n12 = buf[pos]
                    pos += 1
                    if n12 > 127:
                        n12, pos = read_uvarint(buf, pos - 1)
                    n12 -= 1
                    if n12 < 0:
                        raise_null('Name')
                    else:
                        e13 = pos + n12
                        if e13 > end:
                            raise_short()
                        f11 = str(buf[pos:e13], "utf-8")
                        pos = e13
                    n15 = buf[pos]
                    pos += 1
                    if n15 > 127:
                        n15, pos = read_uvarint(buf, pos - 1)
                    n15 -= 1
                    if n15 < 0:
                        raise_null('Partitions')
                    else:
                        if n15 * 20 > end - pos:
                            raise_short()
                        room -= n15
                        if room < 0:
                            raise_many()
                        f14 = []
                        for _ in range(n15):
                            (f17, f18, f19) = _S_iqi.unpack_from(buf, pos)
                            pos += 16
                            n21 = buf[pos]
                            pos += 1
                            if n21 > 127:
                                n21, pos = read_uvarint(buf, pos - 1)
                            n21 -= 1
                            if n21 < 0:
                                f20 = None
                            else:
                                e22 = pos + n21
                                if e22 > end:
                                    raise_short()
                                f20 = str(buf[pos:e22], "utf-8")
                                pos = e22
                            (f23,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            i16 = OffsetFetchResponse_OffsetFetchResponsePartitions(partition_index=f17, committed_offset=f18, committed_leader_epoch=f19, metadata=f20, error_code=f23)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c24, pos = read_uvarint(buf, pos)
                                if c24 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c24):
                                    t25, pos = read_uvarint(buf, pos)
                                    s26, pos = read_uvarint(buf, pos)
                                    s26 += pos
                                    if s26 > end:
                                        raise_short()
                                    pos = s26
                            f14.append(i16)
                    i10 = OffsetFetchResponse_OffsetFetchResponseTopics(name=f11, partitions=f14)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c27, pos = read_uvarint(buf, pos)
                        if c27 * 2 > end - pos:
                            raise_short()
                        for _ in range(c27):
                            t28, pos = read_uvarint(buf, pos)
                            s29, pos = read_uvarint(buf, pos)
                            s29 += pos
                            if s29 > end:
                                raise_short()
                            pos = s29
                    f8.append(i10)
            (f30,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i4 = OffsetFetchResponse_OffsetFetchResponseGroup(group_id=f5, topics=f8, error_code=f30)
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
            f2.append(i4)
    r = OffsetFetchResponse(throttle_time_ms=f1, groups=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c34, pos = read_uvarint(buf, pos)
        if c34 * 2 > end - pos:
            raise_short()
        for _ in range(c34):
            t35, pos = read_uvarint(buf, pos)
            s36, pos = read_uvarint(buf, pos)
            s36 += pos
            if s36 > end:
                raise_short()
            pos = s36
    return r, pos


def encode_offset_fetch_response_v8(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partitions
                    if x11 is None:
                        raise_null('Partitions')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_iqi.pack(i13.partition_index, i13.committed_offset, i13.committed_leader_epoch))
                            x14 = i13.metadata
                            if x14 is None:
                                w(b"\0")
                            else:
                                x14 = x14.encode()
                                n15 = len(x14) + 1
                                w(ONE[n15] if n15 < 128 else uvarint(n15))
                                w(x14)
                            w(_S_hb.pack(i13.error_code, 0))
                    w(b"\0")
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")


def decode_offset_fetch_response_v9(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 5 > end - pos:
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
                raise_null('GroupId')
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
                raise_null('Topics')
            else:
                if n9 * 3 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    n12 = buf[pos]
                    pos += 1
                    if n12 > 127:
                        n12, pos = read_uvarint(buf, pos - 1)
                    n12 -= 1
                    if n12 < 0:
                        raise_null('Name')
                    else:
                        e13 = pos + n12
                        if e13 > end:
                            raise_short()
                        f11 = str(buf[pos:e13], "utf-8")
                        pos = e13
                    n15 = buf[pos]
                    pos += 1
                    if n15 > 127:
                        n15, pos = read_uvarint(buf, pos - 1)
                    n15 -= 1
                    if n15 < 0:
                        raise_null('Partitions')
                    else:
                        if n15 * 20 > end - pos:
                            raise_short()
                        room -= n15
                        if room < 0:
                            raise_many()
                        f14 = []
                        for _ in range(n15):
                            (f17, f18, f19) = _S_iqi.unpack_from(buf, pos)
                            pos += 16
                            n21 = buf[pos]
                            pos += 1
                            if n21 > 127:
                                n21, pos = read_uvarint(buf, pos - 1)
                            n21 -= 1
                            if n21 < 0:
                                f20 = None
                            else:
                                e22 = pos + n21
                                if e22 > end:
                                    raise_short()
                                f20 = str(buf[pos:e22], "utf-8")
                                pos = e22
                            (f23,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            i16 = OffsetFetchResponse_OffsetFetchResponsePartitions(partition_index=f17, committed_offset=f18, committed_leader_epoch=f19, metadata=f20, error_code=f23)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c24, pos = read_uvarint(buf, pos)
                                if c24 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c24):
                                    t25, pos = read_uvarint(buf, pos)
                                    s26, pos = read_uvarint(buf, pos)
                                    s26 += pos
                                    if s26 > end:
                                        raise_short()
                                    pos = s26
                            f14.append(i16)
                    i10 = OffsetFetchResponse_OffsetFetchResponseTopics(name=f11, partitions=f14)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c27, pos = read_uvarint(buf, pos)
                        if c27 * 2 > end - pos:
                            raise_short()
                        for _ in range(c27):
                            t28, pos = read_uvarint(buf, pos)
                            s29, pos = read_uvarint(buf, pos)
                            s29 += pos
                            if s29 > end:
                                raise_short()
                            pos = s29
                    f8.append(i10)
            (f30,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i4 = OffsetFetchResponse_OffsetFetchResponseGroup(group_id=f5, topics=f8, error_code=f30)
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
            f2.append(i4)
    r = OffsetFetchResponse(throttle_time_ms=f1, groups=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c34, pos = read_uvarint(buf, pos)
        if c34 * 2 > end - pos:
            raise_short()
        for _ in range(c34):
            t35, pos = read_uvarint(buf, pos)
            s36, pos = read_uvarint(buf, pos)
            s36 += pos
            if s36 > end:
                raise_short()
            pos = s36
    return r, pos


def encode_offset_fetch_response_v9(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partitions
                    if x11 is None:
                        raise_null('Partitions')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_iqi.pack(i13.partition_index, i13.committed_offset, i13.committed_leader_epoch))
                            x14 = i13.metadata
                            if x14 is None:
                                w(b"\0")
                            else:
                                x14 = x14.encode()
                                n15 = len(x14) + 1
                                w(ONE[n15] if n15 < 128 else uvarint(n15))
                                w(x14)
                            w(_S_hb.pack(i13.error_code, 0))
                    w(b"\0")
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")


def decode_offset_fetch_response_v10(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 5 > end - pos:
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
                raise_null('GroupId')
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
                raise_null('Topics')
            else:
                if n9 * 18 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11,) = _S_16s.unpack_from(buf, pos)
                    pos += 16
                    n13 = buf[pos]
                    pos += 1
                    if n13 > 127:
                        n13, pos = read_uvarint(buf, pos - 1)
                    n13 -= 1
                    if n13 < 0:
                        raise_null('Partitions')
                    else:
                        if n13 * 20 > end - pos:
                            raise_short()
                        room -= n13
                        if room < 0:
                            raise_many()
                        f12 = []
                        for _ in range(n13):
                            (f15, f16, f17) = _S_iqi.unpack_from(buf, pos)
                            pos += 16
                            n19 = buf[pos]
                            pos += 1
                            if n19 > 127:
                                n19, pos = read_uvarint(buf, pos - 1)
                            n19 -= 1
                            if n19 < 0:
                                f18 = None
                            else:
                                e20 = pos + n19
                                if e20 > end:
                                    raise_short()
                                f18 = str(buf[pos:e20], "utf-8")
                                pos = e20
                            (f21,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            i14 = OffsetFetchResponse_OffsetFetchResponsePartitions(partition_index=f15, committed_offset=f16, committed_leader_epoch=f17, metadata=f18, error_code=f21)
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
                            f12.append(i14)
                    i10 = OffsetFetchResponse_OffsetFetchResponseTopics(topic_id=f11, partitions=f12)
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
                    f8.append(i10)
            (f28,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i4 = OffsetFetchResponse_OffsetFetchResponseGroup(group_id=f5, topics=f8, error_code=f28)
            if buf[pos] == 0:
                pos += 1
            else:
                c29, pos = read_uvarint(buf, pos)
                if c29 * 2 > end - pos:
                    raise_short()
                for _ in range(c29):
                    t30, pos = read_uvarint(buf, pos)
                    s31, pos = read_uvarint(buf, pos)
                    s31 += pos
                    if s31 > end:
                        raise_short()
                    pos = s31
            f2.append(i4)
    r = OffsetFetchResponse(throttle_time_ms=f1, groups=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c32, pos = read_uvarint(buf, pos)
        if c32 * 2 > end - pos:
            raise_short()
        for _ in range(c32):
            t33, pos = read_uvarint(buf, pos)
            s34, pos = read_uvarint(buf, pos)
            s34 += pos
            if s34 > end:
                raise_short()
            pos = s34
    return r, pos


def encode_offset_fetch_response_v10(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_16s.pack(i8.topic_id))
                    x9 = i8.partitions
                    if x9 is None:
                        raise_null('Partitions')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            w(_S_iqi.pack(i11.partition_index, i11.committed_offset, i11.committed_leader_epoch))
                            x12 = i11.metadata
                            if x12 is None:
                                w(b"\0")
                            else:
                                x12 = x12.encode()
                                n13 = len(x12) + 1
                                w(ONE[n13] if n13 < 128 else uvarint(n13))
                                w(x12)
                            w(_S_hb.pack(i11.error_code, 0))
                    w(b"\0")
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")
