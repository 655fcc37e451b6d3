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
_S_ih = _Packer(">ih")


class SyncGroupRequest_SyncGroupRequestAssignment(Struct):
    __slots__ = ('member_id', 'assignment')

    def __init__(
        self,
        *,
        member_id: Any = '',
        assignment: Any = b'',
    ) -> None:
        self.member_id = member_id
        self.assignment = assignment


class SyncGroupRequest(Struct):
    __slots__ = ('group_id', 'generation_id', 'member_id', 'group_instance_id', 'protocol_type', 'protocol_name', 'assignments')

    def __init__(
        self,
        *,
        group_id: Any = '',
        generation_id: Any = 0,
        member_id: Any = '',
        group_instance_id: Any = None,
        protocol_type: Any = None,
        protocol_name: Any = None,
        assignments: Any = MISSING,
    ) -> None:
        self.group_id = group_id
        self.generation_id = generation_id
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.assignments = [] if assignments is MISSING else assignments


SyncGroupRequest.SyncGroupRequestAssignment = SyncGroupRequest_SyncGroupRequestAssignment  # type: ignore[attr-defined]


def decode_sync_group_request_v0(buf, pos, end):
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
        raise_null('Assignments')
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
                raise_null('MemberId')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Assignment')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = bytes(buf[pos:e16])
                pos = e16
            i10 = SyncGroupRequest_SyncGroupRequestAssignment(member_id=f11, assignment=f14)
            f8.append(i10)
    r = SyncGroupRequest(group_id=f1, generation_id=f4, member_id=f5, assignments=f8)
    return r, pos


def encode_sync_group_request_v0(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.assignments
    if x3 is None:
        raise_null('Assignments')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.member_id
            if x5 is None:
                raise_null('MemberId')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.assignment
            if x6 is None:
                raise_null('Assignment')
            else:
                w(_S_i.pack(len(x6)))
                w(x6)


def decode_sync_group_request_v1(buf, pos, end):
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
        raise_null('Assignments')
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
                raise_null('MemberId')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Assignment')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = bytes(buf[pos:e16])
                pos = e16
            i10 = SyncGroupRequest_SyncGroupRequestAssignment(member_id=f11, assignment=f14)
            f8.append(i10)
    r = SyncGroupRequest(group_id=f1, generation_id=f4, member_id=f5, assignments=f8)
    return r, pos


def encode_sync_group_request_v1(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.assignments
    if x3 is None:
        raise_null('Assignments')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.member_id
            if x5 is None:
                raise_null('MemberId')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.assignment
            if x6 is None:
                raise_null('Assignment')
            else:
                w(_S_i.pack(len(x6)))
                w(x6)


def decode_sync_group_request_v2(buf, pos, end):
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
        raise_null('Assignments')
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
                raise_null('MemberId')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Assignment')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = bytes(buf[pos:e16])
                pos = e16
            i10 = SyncGroupRequest_SyncGroupRequestAssignment(member_id=f11, assignment=f14)
            f8.append(i10)
    r = SyncGroupRequest(group_id=f1, generation_id=f4, member_id=f5, assignments=f8)
    return r, pos


def encode_sync_group_request_v2(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.assignments
    if x3 is None:
        raise_null('Assignments')
    else:
        w(_S_i.pack(len(x3)))
        for i4 in x3:
            x5 = i4.member_id
            if x5 is None:
                raise_null('MemberId')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i4.assignment
            if x6 is None:
                raise_null('Assignment')
            else:
                w(_S_i.pack(len(x6)))
                w(x6)


def decode_sync_group_request_v3(buf, pos, end):
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
        raise_null('Assignments')
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
                raise_null('MemberId')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (n18,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n18 < 0:
                raise_null('Assignment')
            else:
                e19 = pos + n18
                if e19 > end:
                    raise_short()
                f17 = bytes(buf[pos:e19])
                pos = e19
            i13 = SyncGroupRequest_SyncGroupRequestAssignment(member_id=f14, assignment=f17)
            f11.append(i13)
    r = SyncGroupRequest(group_id=f1, generation_id=f4, member_id=f5, group_instance_id=f8, assignments=f11)
    return r, pos


def encode_sync_group_request_v3(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
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
    x4 = r.assignments
    if x4 is None:
        raise_null('Assignments')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.assignment
            if x7 is None:
                raise_null('Assignment')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_sync_group_request_v4(buf, pos, end):
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
        raise_null('Assignments')
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
                raise_null('MemberId')
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
                raise_null('Assignment')
            else:
                e19 = pos + n18
                if e19 > end:
                    raise_short()
                f17 = bytes(buf[pos:e19])
                pos = e19
            i13 = SyncGroupRequest_SyncGroupRequestAssignment(member_id=f14, assignment=f17)
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
            f11.append(i13)
    r = SyncGroupRequest(group_id=f1, generation_id=f4, member_id=f5, group_instance_id=f8, assignments=f11)
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


def encode_sync_group_request_v4(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation_id))
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
    x7 = r.assignments
    if x7 is None:
        raise_null('Assignments')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            x10 = i9.member_id
            if x10 is None:
                raise_null('MemberId')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            x12 = i9.assignment
            if x12 is None:
                raise_null('Assignment')
            else:
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            w(b"\0")
    w(b"\0")


def decode_sync_group_request_v5(buf, pos, end):
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
        f11 = None
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
        f14 = None
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
        raise_null('Assignments')
    else:
        if n18 * 3 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            n21 = buf[pos]
            pos += 1
            if n21 > 127:
                n21, pos = read_uvarint(buf, pos - 1)
            n21 -= 1
            if n21 < 0:
                raise_null('MemberId')
            else:
                e22 = pos + n21
                if e22 > end:
                    raise_short()
                f20 = str(buf[pos:e22], "utf-8")
                pos = e22
            n24 = buf[pos]
            pos += 1
            if n24 > 127:
                n24, pos = read_uvarint(buf, pos - 1)
            n24 -= 1
            if n24 < 0:
                raise_null('Assignment')
            else:
                e25 = pos + n24
                if e25 > end:
                    raise_short()
                f23 = bytes(buf[pos:e25])
                pos = e25
            i19 = SyncGroupRequest_SyncGroupRequestAssignment(member_id=f20, assignment=f23)
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
    r = SyncGroupRequest(group_id=f1, generation_id=f4, member_id=f5, group_instance_id=f8, protocol_type=f11, protocol_name=f14, assignments=f17)
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
    return r, pos


def encode_sync_group_request_v5(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation_id))
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
    x7 = r.protocol_type
    if x7 is None:
        w(b"\0")
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.protocol_name
    if x9 is None:
        w(b"\0")
    else:
        x9 = x9.encode()
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        w(x9)
    x11 = r.assignments
    if x11 is None:
        raise_null('Assignments')
    else:
        n12 = len(x11) + 1
        w(ONE[n12] if n12 < 128 else uvarint(n12))
        for i13 in x11:
            x14 = i13.member_id
            if x14 is None:
                raise_null('MemberId')
            else:
                x14 = x14.encode()
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            x16 = i13.assignment
            if x16 is None:
                raise_null('Assignment')
            else:
                n17 = len(x16) + 1
                w(ONE[n17] if n17 < 128 else uvarint(n17))
                w(x16)
            w(b"\0")
    w(b"\0")


class SyncGroupResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'protocol_type', 'protocol_name', 'assignment')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        protocol_type: Any = None,
        protocol_name: Any = None,
        assignment: Any = b'',
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.assignment = assignment




def decode_sync_group_response_v0(buf, pos, end):
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Assignment')
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = bytes(buf[pos:e4])
        pos = e4
    r = SyncGroupResponse(error_code=f1, assignment=f2)
    return r, pos


def encode_sync_group_response_v0(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.assignment
    if x1 is None:
        raise_null('Assignment')
    else:
        w(_S_i.pack(len(x1)))
        w(x1)


def decode_sync_group_response_v1(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Assignment')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = bytes(buf[pos:e5])
        pos = e5
    r = SyncGroupResponse(throttle_time_ms=f1, error_code=f2, assignment=f3)
    return r, pos


def encode_sync_group_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.assignment
    if x1 is None:
        raise_null('Assignment')
    else:
        w(_S_i.pack(len(x1)))
        w(x1)


def decode_sync_group_response_v2(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Assignment')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = bytes(buf[pos:e5])
        pos = e5
    r = SyncGroupResponse(throttle_time_ms=f1, error_code=f2, assignment=f3)
    return r, pos


def encode_sync_group_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.assignment
    if x1 is None:
        raise_null('Assignment')
    else:
        w(_S_i.pack(len(x1)))
        w(x1)


def decode_sync_group_response_v3(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Assignment')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = bytes(buf[pos:e5])
        pos = e5
    r = SyncGroupResponse(throttle_time_ms=f1, error_code=f2, assignment=f3)
    return r, pos


def encode_sync_group_response_v3(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.assignment
    if x1 is None:
        raise_null('Assignment')
    else:
        w(_S_i.pack(len(x1)))
        w(x1)


def decode_sync_group_response_v4(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Assignment')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = bytes(buf[pos:e5])
        pos = e5
    r = SyncGroupResponse(throttle_time_ms=f1, error_code=f2, assignment=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c6, pos = read_uvarint(buf, pos)
        if c6 * 2 > end - pos:
            raise_short()
        for _ in range(c6):
            t7, pos = read_uvarint(buf, pos)
            s8, pos = read_uvarint(buf, pos)
            s8 += pos
            if s8 > end:
                raise_short()
            pos = s8
    return r, pos


def encode_sync_group_response_v4(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.assignment
    if x1 is None:
        raise_null('Assignment')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(b"\0")


def decode_sync_group_response_v5(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        f3 = None
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        f6 = None
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
        raise_null('Assignment')
    else:
        e11 = pos + n10
        if e11 > end:
            raise_short()
        f9 = bytes(buf[pos:e11])
        pos = e11
    r = SyncGroupResponse(throttle_time_ms=f1, error_code=f2, protocol_type=f3, protocol_name=f6, assignment=f9)
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
    return r, pos


def encode_sync_group_response_v5(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.protocol_type
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.protocol_name
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.assignment
    if x5 is None:
        raise_null('Assignment')
    else:
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    w(b"\0")
