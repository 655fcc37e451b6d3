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
from appliance.protocol.plain import read_plain

_S_16s = _Packer(">16s")
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_ih = _Packer(">ih")
_S_ihb = _Packer(">ihb")
_S_iq = _Packer(">iq")
_S_iqi = _Packer(">iqi")
_S_q = _Packer(">q")
_S_qi = _Packer(">qi")
_S_qq = _Packer(">qq")


class OffsetCommitRequest_OffsetCommitRequestPartition(Struct):
    __slots__ = ('partition_index', 'committed_offset', 'committed_leader_epoch', 'committed_metadata')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        committed_offset: Any = 0,
        committed_leader_epoch: Any = -1,
        committed_metadata: Any = '',
    ) -> None:
        self.partition_index = partition_index
        self.committed_offset = committed_offset
        self.committed_leader_epoch = committed_leader_epoch
        self.committed_metadata = committed_metadata


class OffsetCommitRequest_OffsetCommitRequestTopic(Struct):
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


class OffsetCommitRequest(Struct):
    __slots__ = ('group_id', 'generation_id_or_member_epoch', 'member_id', 'group_instance_id', 'retention_time_ms', 'topics')

    def __init__(
        self,
        *,
        group_id: Any = '',
        generation_id_or_member_epoch: Any = -1,
        member_id: Any = '',
        group_instance_id: Any = None,
        retention_time_ms: Any = -1,
        topics: Any = MISSING,
    ) -> None:
        self.group_id = group_id
        self.generation_id_or_member_epoch = generation_id_or_member_epoch
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.retention_time_ms = retention_time_ms
        self.topics = [] if topics is MISSING else topics


OffsetCommitRequest.OffsetCommitRequestTopic = OffsetCommitRequest_OffsetCommitRequestTopic  # type: ignore[attr-defined]
OffsetCommitRequest.OffsetCommitRequestPartition = OffsetCommitRequest_OffsetCommitRequestPartition  # type: ignore[attr-defined]


def decode_offset_commit_request_v2(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    (f8,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n10 < 0:
        raise_null('Topics')
    else:
        if n10 * 6 > end - pos:
            raise_short()
        room -= n10
        if room < 0:
            raise_many()
        f9 = []
        for _ in range(n10):
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('Name')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n16 < 0:
                raise_null('Partitions')
            else:
                if n16 * 14 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    (f18, f19) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n21,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n21 < 0:
                        f20 = None
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    i17 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f18, committed_offset=f19, committed_metadata=f20)
                    f15.append(i17)
            i11 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f12, partitions=f15)
            f9.append(i11)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, retention_time_ms=f8, topics=f9)
    return r, pos


def encode_offset_commit_request_v2(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    w(_S_q.pack(r.retention_time_ms))
    x3 = r.topics
    if x3 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.name
            if x5 is None:
                raise_null('Name')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x6)))
                for i7 in x6:
                    w(_S_iq.pack(i7.partition_index, i7.committed_offset))
                    x8 = i7.committed_metadata
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)


def decode_offset_commit_request_v3(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    (f8,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n10 < 0:
        raise_null('Topics')
    else:
        if n10 * 6 > end - pos:
            raise_short()
        room -= n10
        if room < 0:
            raise_many()
        f9 = []
        for _ in range(n10):
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('Name')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n16 < 0:
                raise_null('Partitions')
            else:
                if n16 * 14 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    (f18, f19) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n21,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n21 < 0:
                        f20 = None
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    i17 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f18, committed_offset=f19, committed_metadata=f20)
                    f15.append(i17)
            i11 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f12, partitions=f15)
            f9.append(i11)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, retention_time_ms=f8, topics=f9)
    return r, pos


def encode_offset_commit_request_v3(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    w(_S_q.pack(r.retention_time_ms))
    x3 = r.topics
    if x3 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.name
            if x5 is None:
                raise_null('Name')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x6)))
                for i7 in x6:
                    w(_S_iq.pack(i7.partition_index, i7.committed_offset))
                    x8 = i7.committed_metadata
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)


def decode_offset_commit_request_v4(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    (f8,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n10 < 0:
        raise_null('Topics')
    else:
        if n10 * 6 > end - pos:
            raise_short()
        room -= n10
        if room < 0:
            raise_many()
        f9 = []
        for _ in range(n10):
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('Name')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n16 < 0:
                raise_null('Partitions')
            else:
                if n16 * 14 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    (f18, f19) = _S_iq.unpack_from(buf, pos)
                    pos += 12
                    (n21,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n21 < 0:
                        f20 = None
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    i17 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f18, committed_offset=f19, committed_metadata=f20)
                    f15.append(i17)
            i11 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f12, partitions=f15)
            f9.append(i11)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, retention_time_ms=f8, topics=f9)
    return r, pos


def encode_offset_commit_request_v4(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    w(_S_q.pack(r.retention_time_ms))
    x3 = r.topics
    if x3 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.name
            if x5 is None:
                raise_null('Name')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x6)))
                for i7 in x6:
                    w(_S_iq.pack(i7.partition_index, i7.committed_offset))
                    x8 = i7.committed_metadata
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)


def decode_offset_commit_request_v5(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Name')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 14 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18) = _S_iq.unpack_from(buf, pos)
                    pos += 12
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
                    i16 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f17, committed_offset=f18, committed_metadata=f19)
                    f14.append(i16)
            i10 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f11, partitions=f14)
            f8.append(i10)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, topics=f8)
    return r, pos


def encode_offset_commit_request_v5(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.topics
    if x3 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.name
            if x5 is None:
                raise_null('Name')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x6)))
                for i7 in x6:
                    w(_S_iq.pack(i7.partition_index, i7.committed_offset))
                    x8 = i7.committed_metadata
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)


def decode_offset_commit_request_v6(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Name')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 18 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = read_plain(buf, pos, n15, OffsetCommitRequest_OffsetCommitRequestPartition, is_flexible=False)
                if f14 is not None:
                    pos += n15 * 18
                else:
                    f14 = []
                    for _ in range(n15):
                        (f17, f18, f19) = _S_iqi.unpack_from(buf, pos)
                        pos += 16
                        (n21,) = _S_h.unpack_from(buf, pos)
                        pos += 2
                        if n21 < 0:
                            f20 = None
                        else:
                            e22 = pos + n21
                            if e22 > end:
                                raise_short()
                            f20 = str(buf[pos:e22], "utf-8")
                            pos = e22
                        i16 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f17, committed_offset=f18, committed_leader_epoch=f19, committed_metadata=f20)
                        f14.append(i16)
            i10 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f11, partitions=f14)
            f8.append(i10)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, topics=f8)
    return r, pos


def encode_offset_commit_request_v6(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.topics
    if x3 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.name
            if x5 is None:
                raise_null('Name')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x6)))
                for i7 in x6:
                    w(_S_iqi.pack(i7.partition_index, i7.committed_offset, i7.committed_leader_epoch))
                    x8 = i7.committed_metadata
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)


def decode_offset_commit_request_v7(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    (n9,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n9 < 0:
        f8 = None
    else:
        e10 = pos + n9
        if e10 > end:
            raise_short()
        f8 = str(buf[pos:e10], "utf-8")
        pos = e10
    (n12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n12 < 0:
        raise_null('Topics')
    else:
        if n12 * 6 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            (n15,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n15 < 0:
                raise_null('Name')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (n18,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n18 < 0:
                raise_null('Partitions')
            else:
                if n18 * 18 > end - pos:
                    raise_short()
                room -= n18
                if room < 0:
                    raise_many()
                f17 = read_plain(buf, pos, n18, OffsetCommitRequest_OffsetCommitRequestPartition, is_flexible=False)
                if f17 is not None:
                    pos += n18 * 18
                else:
                    f17 = []
                    for _ in range(n18):
                        (f20, f21, f22) = _S_iqi.unpack_from(buf, pos)
                        pos += 16
                        (n24,) = _S_h.unpack_from(buf, pos)
                        pos += 2
                        if n24 < 0:
                            f23 = None
                        else:
                            e25 = pos + n24
                            if e25 > end:
                                raise_short()
                            f23 = str(buf[pos:e25], "utf-8")
                            pos = e25
                        i19 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f20, committed_offset=f21, committed_leader_epoch=f22, committed_metadata=f23)
                        f17.append(i19)
            i13 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f14, partitions=f17)
            f11.append(i13)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, group_instance_id=f8, topics=f11)
    return r, pos


def encode_offset_commit_request_v7(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.group_instance_id
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.topics
    if x4 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.partitions
            if x7 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    w(_S_iqi.pack(i8.partition_index, i8.committed_offset, i8.committed_leader_epoch))
                    x9 = i8.committed_metadata
                    if x9 is None:
                        w(b"\xff\xff")
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)


def decode_offset_commit_request_v8(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n6 = buf[pos]
    pos += 1
    if n6 > 127:
        n6, pos = read_uvarint(buf, pos - 1)
    n6 -= 1
    if n6 < 0:
        raise_null('MemberId')
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
        f8 = None
    else:
        e10 = pos + n9
        if e10 > end:
            raise_short()
        f8 = str(buf[pos:e10], "utf-8")
        pos = e10
    n12 = buf[pos]
    pos += 1
    if n12 > 127:
        n12, pos = read_uvarint(buf, pos - 1)
    n12 -= 1
    if n12 < 0:
        raise_null('Topics')
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
                raise_null('Partitions')
            else:
                if n18 * 18 > end - pos:
                    raise_short()
                room -= n18
                if room < 0:
                    raise_many()
                f17 = read_plain(buf, pos, n18, OffsetCommitRequest_OffsetCommitRequestPartition, is_flexible=True)
                if f17 is not None:
                    pos += n18 * 18
                else:
                    f17 = []
                    for _ in range(n18):
                        (f20, f21, f22) = _S_iqi.unpack_from(buf, pos)
                        pos += 16
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
                        i19 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f20, committed_offset=f21, committed_leader_epoch=f22, committed_metadata=f23)
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
                        f17.append(i19)
            i13 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f14, partitions=f17)
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
            f11.append(i13)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, group_instance_id=f8, topics=f11)
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


def encode_offset_commit_request_v8(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.group_instance_id
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    x7 = r.topics
    if x7 is None:
        raise_null('Topics')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            x10 = i9.name
            if x10 is None:
                raise_null('Name')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            x12 = i9.partitions
            if x12 is None:
                raise_null('Partitions')
            else:
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                for i14 in x12:
                    w(_S_iqi.pack(i14.partition_index, i14.committed_offset, i14.committed_leader_epoch))
                    x15 = i14.committed_metadata
                    if x15 is None:
                        w(b"\0")
                    else:
                        x15 = x15.encode()
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(x15)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_offset_commit_request_v9(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n6 = buf[pos]
    pos += 1
    if n6 > 127:
        n6, pos = read_uvarint(buf, pos - 1)
    n6 -= 1
    if n6 < 0:
        raise_null('MemberId')
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
        f8 = None
    else:
        e10 = pos + n9
        if e10 > end:
            raise_short()
        f8 = str(buf[pos:e10], "utf-8")
        pos = e10
    n12 = buf[pos]
    pos += 1
    if n12 > 127:
        n12, pos = read_uvarint(buf, pos - 1)
    n12 -= 1
    if n12 < 0:
        raise_null('Topics')
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
                raise_null('Partitions')
            else:
                if n18 * 18 > end - pos:
                    raise_short()
                room -= n18
                if room < 0:
                    raise_many()
                f17 = read_plain(buf, pos, n18, OffsetCommitRequest_OffsetCommitRequestPartition, is_flexible=True)
                if f17 is not None:
                    pos += n18 * 18
                else:
                    f17 = []
                    for _ in range(n18):
                        (f20, f21, f22) = _S_iqi.unpack_from(buf, pos)
                        pos += 16
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
                        i19 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f20, committed_offset=f21, committed_leader_epoch=f22, committed_metadata=f23)
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
                        f17.append(i19)
            i13 = OffsetCommitRequest_OffsetCommitRequestTopic(name=f14, partitions=f17)
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
            f11.append(i13)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, group_instance_id=f8, topics=f11)
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


def encode_offset_commit_request_v9(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.group_instance_id
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    x7 = r.topics
    if x7 is None:
        raise_null('Topics')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            x10 = i9.name
            if x10 is None:
                raise_null('Name')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            x12 = i9.partitions
            if x12 is None:
                raise_null('Partitions')
            else:
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                for i14 in x12:
                    w(_S_iqi.pack(i14.partition_index, i14.committed_offset, i14.committed_leader_epoch))
                    x15 = i14.committed_metadata
                    if x15 is None:
                        w(b"\0")
                    else:
                        x15 = x15.encode()
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(x15)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_offset_commit_request_v10(buf, pos, end):
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
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n6 = buf[pos]
    pos += 1
    if n6 > 127:
        n6, pos = read_uvarint(buf, pos - 1)
    n6 -= 1
    if n6 < 0:
        raise_null('MemberId')
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
        f8 = None
    else:
        e10 = pos + n9
        if e10 > end:
            raise_short()
        f8 = str(buf[pos:e10], "utf-8")
        pos = e10
    n12 = buf[pos]
    pos += 1
    if n12 > 127:
        n12, pos = read_uvarint(buf, pos - 1)
    n12 -= 1
    if n12 < 0:
        raise_null('Topics')
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
                raise_null('Partitions')
            else:
                if n16 * 18 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = read_plain(buf, pos, n16, OffsetCommitRequest_OffsetCommitRequestPartition, is_flexible=True)
                if f15 is not None:
                    pos += n16 * 18
                else:
                    f15 = []
                    for _ in range(n16):
                        (f18, f19, f20) = _S_iqi.unpack_from(buf, pos)
                        pos += 16
                        n22 = buf[pos]
                        pos += 1
                        if n22 > 127:
                            n22, pos = read_uvarint(buf, pos - 1)
                        n22 -= 1
                        if n22 < 0:
                            f21 = None
                        else:
                            e23 = pos + n22
                            if e23 > end:
                                raise_short()
                            f21 = str(buf[pos:e23], "utf-8")
                            pos = e23
                        i17 = OffsetCommitRequest_OffsetCommitRequestPartition(partition_index=f18, committed_offset=f19, committed_leader_epoch=f20, committed_metadata=f21)
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
                        f15.append(i17)
            i13 = OffsetCommitRequest_OffsetCommitRequestTopic(topic_id=f14, partitions=f15)
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
            f11.append(i13)
    r = OffsetCommitRequest(group_id=f1, generation_id_or_member_epoch=f4, member_id=f5, group_instance_id=f8, topics=f11)
    if buf[pos] == 0:
        pos += 1
    else:
        c30, pos = read_uvarint(buf, pos)
        if c30 * 2 > end - pos:
            raise_short()
        for _ in range(c30):
            t31, pos = read_uvarint(buf, pos)
            s32, pos = read_uvarint(buf, pos)
            s32 += pos
            if s32 > end:
                raise_short()
            pos = s32
    return r, pos


def encode_offset_commit_request_v10(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation_id_or_member_epoch))
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.group_instance_id
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    x7 = r.topics
    if x7 is None:
        raise_null('Topics')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            w(_S_16s.pack(i9.topic_id))
            x10 = i9.partitions
            if x10 is None:
                raise_null('Partitions')
            else:
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                for i12 in x10:
                    w(_S_iqi.pack(i12.partition_index, i12.committed_offset, i12.committed_leader_epoch))
                    x13 = i12.committed_metadata
                    if x13 is None:
                        w(b"\0")
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    w(b"\0")
            w(b"\0")
    w(b"\0")


class OffsetCommitResponse_OffsetCommitResponsePartition(Struct):
    __slots__ = ('partition_index', 'error_code')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code


class OffsetCommitResponse_OffsetCommitResponseTopic(Struct):
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


class OffsetCommitResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


OffsetCommitResponse.OffsetCommitResponseTopic = OffsetCommitResponse_OffsetCommitResponseTopic  # type: ignore[attr-defined]
OffsetCommitResponse.OffsetCommitResponsePartition = OffsetCommitResponse_OffsetCommitResponsePartition  # type: ignore[attr-defined]


def decode_offset_commit_response_v2(buf, pos, end):
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
                if n8 * 6 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i9 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f10, error_code=f11)
                    f7.append(i9)
            i3 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f4, partitions=f7)
            f1.append(i3)
    r = OffsetCommitResponse(topics=f1)
    return r, pos


def encode_offset_commit_response_v2(r, w, extend):
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


def decode_offset_commit_response_v3(buf, pos, end):
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
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_commit_response_v3(r, w, extend):
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
                    w(_S_ih.pack(i5.partition_index, i5.error_code))


def decode_offset_commit_response_v4(buf, pos, end):
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
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_commit_response_v4(r, w, extend):
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
                    w(_S_ih.pack(i5.partition_index, i5.error_code))


def decode_offset_commit_response_v5(buf, pos, end):
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
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_commit_response_v5(r, w, extend):
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
                    w(_S_ih.pack(i5.partition_index, i5.error_code))


def decode_offset_commit_response_v6(buf, pos, end):
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
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_commit_response_v6(r, w, extend):
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
                    w(_S_ih.pack(i5.partition_index, i5.error_code))


def decode_offset_commit_response_v7(buf, pos, end):
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
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_commit_response_v7(r, w, extend):
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
                    w(_S_ih.pack(i5.partition_index, i5.error_code))


def decode_offset_commit_response_v8(buf, pos, end):
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
                if n9 * 7 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c13, pos = read_uvarint(buf, pos)
                        if c13 * 2 > end - pos:
                            raise_short()
                        for _ in range(c13):
                            t14, pos = read_uvarint(buf, pos)
                            s15, pos = read_uvarint(buf, pos)
                            s15 += pos
                            if s15 > end:
                                raise_short()
                            pos = s15
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
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
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
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


def encode_offset_commit_response_v8(r, w, extend):
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
                    w(_S_ihb.pack(i8.partition_index, i8.error_code, 0))
            w(b"\0")
    w(b"\0")


def decode_offset_commit_response_v9(buf, pos, end):
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
                if n9 * 7 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f11, error_code=f12)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c13, pos = read_uvarint(buf, pos)
                        if c13 * 2 > end - pos:
                            raise_short()
                        for _ in range(c13):
                            t14, pos = read_uvarint(buf, pos)
                            s15, pos = read_uvarint(buf, pos)
                            s15 += pos
                            if s15 > end:
                                raise_short()
                            pos = s15
                    f8.append(i10)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(name=f5, partitions=f8)
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
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
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


def encode_offset_commit_response_v9(r, w, extend):
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
                    w(_S_ihb.pack(i8.partition_index, i8.error_code, 0))
            w(b"\0")
    w(b"\0")


def decode_offset_commit_response_v10(buf, pos, end):
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
        if n3 * 18 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Partitions')
            else:
                if n7 * 7 > end - pos:
                    raise_short()
                room -= n7
                if room < 0:
                    raise_many()
                f6 = []
                for _ in range(n7):
                    (f9, f10) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i8 = OffsetCommitResponse_OffsetCommitResponsePartition(partition_index=f9, error_code=f10)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c11, pos = read_uvarint(buf, pos)
                        if c11 * 2 > end - pos:
                            raise_short()
                        for _ in range(c11):
                            t12, pos = read_uvarint(buf, pos)
                            s13, pos = read_uvarint(buf, pos)
                            s13 += pos
                            if s13 > end:
                                raise_short()
                            pos = s13
                    f6.append(i8)
            i4 = OffsetCommitResponse_OffsetCommitResponseTopic(topic_id=f5, partitions=f6)
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
            f2.append(i4)
    r = OffsetCommitResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_offset_commit_response_v10(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihb.pack(i6.partition_index, i6.error_code, 0))
            w(b"\0")
    w(b"\0")


class OffsetCommitKey(Struct):
    __slots__ = ('group', 'topic', 'partition')

    def __init__(
        self,
        *,
        group: Any = '',
        topic: Any = '',
        partition: Any = 0,
    ) -> None:
        self.group = group
        self.topic = topic
        self.partition = partition




def decode_offset_commit_key_v0(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('group')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('topic')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    (f7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = OffsetCommitKey(group=f1, topic=f4, partition=f7)
    return r, pos


def encode_offset_commit_key_v0(r, w, extend):
    x1 = r.group
    if x1 is None:
        raise_null('group')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.topic
    if x2 is None:
        raise_null('topic')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    w(_S_i.pack(r.partition))


class OffsetCommitValue(Struct):
    __slots__ = ('offset', 'leader_epoch', 'metadata', 'commit_timestamp', 'expire_timestamp', 'topic_id')

    def __init__(
        self,
        *,
        offset: Any = 0,
        leader_epoch: Any = -1,
        metadata: Any = '',
        commit_timestamp: Any = 0,
        expire_timestamp: Any = -1,
        topic_id: Any = ZERO_UUID,
    ) -> None:
        self.offset = offset
        self.leader_epoch = leader_epoch
        self.metadata = metadata
        self.commit_timestamp = commit_timestamp
        self.expire_timestamp = expire_timestamp
        self.topic_id = topic_id




def decode_offset_commit_value_v0(buf, pos, end):
    (f1,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n3,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n3 < 0:
        raise_null('metadata')
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (f5,) = _S_q.unpack_from(buf, pos)
    pos += 8
    r = OffsetCommitValue(offset=f1, metadata=f2, commit_timestamp=f5)
    return r, pos


def encode_offset_commit_value_v0(r, w, extend):
    w(_S_q.pack(r.offset))
    x1 = r.metadata
    if x1 is None:
        raise_null('metadata')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_q.pack(r.commit_timestamp))


def decode_offset_commit_value_v1(buf, pos, end):
    (f1,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n3,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n3 < 0:
        raise_null('metadata')
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (f5, f6) = _S_qq.unpack_from(buf, pos)
    pos += 16
    r = OffsetCommitValue(offset=f1, metadata=f2, commit_timestamp=f5, expire_timestamp=f6)
    return r, pos


def encode_offset_commit_value_v1(r, w, extend):
    w(_S_q.pack(r.offset))
    x1 = r.metadata
    if x1 is None:
        raise_null('metadata')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_qq.pack(r.commit_timestamp, r.expire_timestamp))


def decode_offset_commit_value_v2(buf, pos, end):
    (f1,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n3,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n3 < 0:
        raise_null('metadata')
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (f5,) = _S_q.unpack_from(buf, pos)
    pos += 8
    r = OffsetCommitValue(offset=f1, metadata=f2, commit_timestamp=f5)
    return r, pos


def encode_offset_commit_value_v2(r, w, extend):
    w(_S_q.pack(r.offset))
    x1 = r.metadata
    if x1 is None:
        raise_null('metadata')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_q.pack(r.commit_timestamp))


def decode_offset_commit_value_v3(buf, pos, end):
    (f1, f2) = _S_qi.unpack_from(buf, pos)
    pos += 12
    (n4,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n4 < 0:
        raise_null('metadata')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    (f6,) = _S_q.unpack_from(buf, pos)
    pos += 8
    r = OffsetCommitValue(offset=f1, leader_epoch=f2, metadata=f3, commit_timestamp=f6)
    return r, pos


def encode_offset_commit_value_v3(r, w, extend):
    w(_S_qi.pack(r.offset, r.leader_epoch))
    x1 = r.metadata
    if x1 is None:
        raise_null('metadata')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_q.pack(r.commit_timestamp))


def decode_offset_commit_value_v4(buf, pos, end):
    (f1, f2) = _S_qi.unpack_from(buf, pos)
    pos += 12
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('metadata')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    (f6,) = _S_q.unpack_from(buf, pos)
    pos += 8
    r = OffsetCommitValue(offset=f1, leader_epoch=f2, metadata=f3, commit_timestamp=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c7, pos = read_uvarint(buf, pos)
        if c7 * 2 > end - pos:
            raise_short()
        for _ in range(c7):
            t8, pos = read_uvarint(buf, pos)
            s9, pos = read_uvarint(buf, pos)
            s9 += pos
            if s9 > end:
                raise_short()
            if t8 == 0:
                (v10,) = _S_16s.unpack_from(buf, pos)
                pos += 16
                if pos != s9:
                    raise_tag()
                r.topic_id = v10
            pos = s9
    return r, pos


def encode_offset_commit_value_v4(r, w, extend):
    w(_S_qi.pack(r.offset, r.leader_epoch))
    x1 = r.metadata
    if x1 is None:
        raise_null('metadata')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_q.pack(r.commit_timestamp))
    tags3 = []
    v4 = r.topic_id
    if v4 != ZERO_UUID:
        w5 = w, extend
        p6 = []
        w, extend = p6.append, p6.extend
        w(_S_16s.pack(v4))
        w, extend = w5
        tags3.append((0, b"".join(p6)))
    w(uvarint(len(tags3)))
    for t7, d8 in tags3:
        w(uvarint(t7) + uvarint(len(d8)) + d8)
