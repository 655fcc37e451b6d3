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
_S_hb = _Packer(">hb")
_S_i = _Packer(">i")
_S_ih = _Packer(">ih")


class LeaveGroupRequest_MemberIdentity(Struct):
    __slots__ = ('member_id', 'group_instance_id', 'reason')

    def __init__(
        self,
        *,
        member_id: Any = '',
        group_instance_id: Any = None,
        reason: Any = None,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.reason = reason


class LeaveGroupRequest(Struct):
    __slots__ = ('group_id', 'member_id', 'members')

    def __init__(
        self,
        *,
        group_id: Any = '',
        member_id: Any = '',
        members: Any = MISSING,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.members = [] if members is MISSING else members


LeaveGroupRequest.MemberIdentity = LeaveGroupRequest_MemberIdentity  # type: ignore[attr-defined]


def decode_leave_group_request_v0(buf, pos, end):
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
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('MemberId')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = LeaveGroupRequest(group_id=f1, member_id=f4)
    return r, pos


def encode_leave_group_request_v0(r, w, extend):
    if r.members is None or r.members:
        raise_absent('Members')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)


def decode_leave_group_request_v1(buf, pos, end):
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
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('MemberId')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = LeaveGroupRequest(group_id=f1, member_id=f4)
    return r, pos


def encode_leave_group_request_v1(r, w, extend):
    if r.members is None or r.members:
        raise_absent('Members')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)


def decode_leave_group_request_v2(buf, pos, end):
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
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('MemberId')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = LeaveGroupRequest(group_id=f1, member_id=f4)
    return r, pos


def encode_leave_group_request_v2(r, w, extend):
    if r.members is None or r.members:
        raise_absent('Members')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)


def decode_leave_group_request_v3(buf, pos, end):
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
        raise_null('Members')
    else:
        if n5 * 4 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('MemberId')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i6 = LeaveGroupRequest_MemberIdentity(member_id=f7, group_instance_id=f10)
            f4.append(i6)
    r = LeaveGroupRequest(group_id=f1, members=f4)
    return r, pos


def encode_leave_group_request_v3(r, w, extend):
    if r.member_id != '':
        raise_absent('MemberId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.members
    if x2 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x2)))
        for i3 in x2:
            x4 = i3.member_id
            if x4 is None:
                raise_null('MemberId')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i3.group_instance_id
            if x5 is None:
                w(b"\xff\xff")
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)


def decode_leave_group_request_v4(buf, pos, end):
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
        raise_null('Members')
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
                raise_null('MemberId')
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
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i6 = LeaveGroupRequest_MemberIdentity(member_id=f7, group_instance_id=f10)
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
            f4.append(i6)
    r = LeaveGroupRequest(group_id=f1, members=f4)
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


def encode_leave_group_request_v4(r, w, extend):
    if r.member_id != '':
        raise_absent('MemberId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.members
    if x3 is None:
        raise_null('Members')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.group_instance_id
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(b"\0")
    w(b"\0")


def decode_leave_group_request_v5(buf, pos, end):
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
        raise_null('Members')
    else:
        if n5 * 4 > end - pos:
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
                raise_null('MemberId')
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
                f10 = None
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
                f13 = None
            else:
                e15 = pos + n14
                if e15 > end:
                    raise_short()
                f13 = str(buf[pos:e15], "utf-8")
                pos = e15
            i6 = LeaveGroupRequest_MemberIdentity(member_id=f7, group_instance_id=f10, reason=f13)
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
            f4.append(i6)
    r = LeaveGroupRequest(group_id=f1, members=f4)
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


def encode_leave_group_request_v5(r, w, extend):
    if r.member_id != '':
        raise_absent('MemberId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.members
    if x3 is None:
        raise_null('Members')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.group_instance_id
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            x10 = i5.reason
            if x10 is None:
                w(b"\0")
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            w(b"\0")
    w(b"\0")


class LeaveGroupResponse_MemberResponse(Struct):
    __slots__ = ('member_id', 'group_instance_id', 'error_code')

    def __init__(
        self,
        *,
        member_id: Any = '',
        group_instance_id: Any = '',
        error_code: Any = 0,
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.error_code = error_code


class LeaveGroupResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'members')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        members: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.members = [] if members is MISSING else members


LeaveGroupResponse.MemberResponse = LeaveGroupResponse_MemberResponse  # type: ignore[attr-defined]


def decode_leave_group_response_v0(buf, pos, end):
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = LeaveGroupResponse(error_code=f1)
    return r, pos


def encode_leave_group_response_v0(r, w, extend):
    if r.members is None or r.members:
        raise_absent('Members')
    w(_S_h.pack(r.error_code))


def decode_leave_group_response_v1(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    r = LeaveGroupResponse(throttle_time_ms=f1, error_code=f2)
    return r, pos


def encode_leave_group_response_v1(r, w, extend):
    if r.members is None or r.members:
        raise_absent('Members')
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))


def decode_leave_group_response_v2(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    r = LeaveGroupResponse(throttle_time_ms=f1, error_code=f2)
    return r, pos


def encode_leave_group_response_v2(r, w, extend):
    if r.members is None or r.members:
        raise_absent('Members')
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))


def decode_leave_group_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Members')
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
                raise_null('MemberId')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                f9 = None
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i5 = LeaveGroupResponse_MemberResponse(member_id=f6, group_instance_id=f9, error_code=f12)
            f3.append(i5)
    r = LeaveGroupResponse(throttle_time_ms=f1, error_code=f2, members=f3)
    return r, pos


def encode_leave_group_response_v3(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.members
    if x1 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.member_id
            if x3 is None:
                raise_null('MemberId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.group_instance_id
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            w(_S_h.pack(i2.error_code))


def decode_leave_group_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Members')
    else:
        if n4 * 5 > end - pos:
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
                raise_null('MemberId')
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
                f9 = None
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i5 = LeaveGroupResponse_MemberResponse(member_id=f6, group_instance_id=f9, error_code=f12)
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
            f3.append(i5)
    r = LeaveGroupResponse(throttle_time_ms=f1, error_code=f2, members=f3)
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


def encode_leave_group_response_v4(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.members
    if x1 is None:
        raise_null('Members')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.member_id
            if x4 is None:
                raise_null('MemberId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.group_instance_id
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")


def decode_leave_group_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Members')
    else:
        if n4 * 5 > end - pos:
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
                raise_null('MemberId')
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
                f9 = None
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i5 = LeaveGroupResponse_MemberResponse(member_id=f6, group_instance_id=f9, error_code=f12)
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
            f3.append(i5)
    r = LeaveGroupResponse(throttle_time_ms=f1, error_code=f2, members=f3)
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


def encode_leave_group_response_v5(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.members
    if x1 is None:
        raise_null('Members')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.member_id
            if x4 is None:
                raise_null('MemberId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.group_instance_id
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")
