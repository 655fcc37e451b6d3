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

_S_T = _Packer(">?")
_S_Tb = _Packer(">?b")
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")


class DescribeGroupsRequest(Struct):
    __slots__ = ('groups', 'include_authorized_operations')

    def __init__(
        self,
        *,
        groups: Any = MISSING,
        include_authorized_operations: Any = False,
    ) -> None:
        self.groups = [] if groups is MISSING else groups
        self.include_authorized_operations = include_authorized_operations




def decode_describe_groups_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = DescribeGroupsRequest(groups=f1)
    return r, pos


def encode_describe_groups_request_v0(r, w, extend):
    if r.include_authorized_operations != False:
        raise_absent('IncludeAuthorizedOperations')
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('Groups')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)


def decode_describe_groups_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = DescribeGroupsRequest(groups=f1)
    return r, pos


def encode_describe_groups_request_v1(r, w, extend):
    if r.include_authorized_operations != False:
        raise_absent('IncludeAuthorizedOperations')
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('Groups')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)


def decode_describe_groups_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = DescribeGroupsRequest(groups=f1)
    return r, pos


def encode_describe_groups_request_v2(r, w, extend):
    if r.include_authorized_operations != False:
        raise_absent('IncludeAuthorizedOperations')
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('Groups')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)


def decode_describe_groups_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeGroupsRequest(groups=f1, include_authorized_operations=f6)
    return r, pos


def encode_describe_groups_request_v3(r, w, extend):
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('Groups')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
    w(_S_T.pack(r.include_authorized_operations))


def decode_describe_groups_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeGroupsRequest(groups=f1, include_authorized_operations=f6)
    return r, pos


def encode_describe_groups_request_v4(r, w, extend):
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('Groups')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
    w(_S_T.pack(r.include_authorized_operations))


def decode_describe_groups_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 1 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            n4 = buf[pos]
            pos += 1
            if n4 > 127:
                n4, pos = read_uvarint(buf, pos - 1)
            n4 -= 1
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeGroupsRequest(groups=f1, include_authorized_operations=f6)
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
            pos = s9
    return r, pos


def encode_describe_groups_request_v5(r, w, extend):
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('Groups')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(_S_Tb.pack(r.include_authorized_operations, 0))


def decode_describe_groups_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 1 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            n4 = buf[pos]
            pos += 1
            if n4 > 127:
                n4, pos = read_uvarint(buf, pos - 1)
            n4 -= 1
            if n4 < 0:
                raise_null('Groups')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeGroupsRequest(groups=f1, include_authorized_operations=f6)
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
            pos = s9
    return r, pos


def encode_describe_groups_request_v6(r, w, extend):
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('Groups')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(_S_Tb.pack(r.include_authorized_operations, 0))


class DescribeGroupsResponse_DescribedGroupMember(Struct):
    __slots__ = ('member_id', 'group_instance_id', 'client_id', 'client_host', 'member_metadata', 'member_assignment')

    def __init__(
        self,
        *,
        member_id: Any = '',
        group_instance_id: Any = None,
        client_id: Any = '',
        client_host: Any = '',
        member_metadata: Any = b'',
        member_assignment: Any = b'',
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.member_metadata = member_metadata
        self.member_assignment = member_assignment


class DescribeGroupsResponse_DescribedGroup(Struct):
    __slots__ = ('error_code', 'error_message', 'group_id', 'group_state', 'protocol_type', 'protocol_data', 'members', 'authorized_operations')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = None,
        group_id: Any = '',
        group_state: Any = '',
        protocol_type: Any = '',
        protocol_data: Any = '',
        members: Any = MISSING,
        authorized_operations: Any = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.group_id = group_id
        self.group_state = group_state
        self.protocol_type = protocol_type
        self.protocol_data = protocol_data
        self.members = [] if members is MISSING else members
        self.authorized_operations = authorized_operations


class DescribeGroupsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'groups')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        groups: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.groups = [] if groups is MISSING else groups


DescribeGroupsResponse.DescribedGroup = DescribeGroupsResponse_DescribedGroup  # type: ignore[attr-defined]
DescribeGroupsResponse.DescribedGroupMember = DescribeGroupsResponse_DescribedGroupMember  # type: ignore[attr-defined]


def decode_describe_groups_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Groups')
    else:
        if n2 * 14 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('GroupId')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n9 < 0:
                raise_null('GroupState')
            else:
                e10 = pos + n9
                if e10 > end:
                    raise_short()
                f8 = str(buf[pos:e10], "utf-8")
                pos = e10
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('ProtocolType')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n15 < 0:
                raise_null('ProtocolData')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (n18,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n18 < 0:
                raise_null('Members')
            else:
                if n18 * 14 > end - pos:
                    raise_short()
                room -= n18
                if room < 0:
                    raise_many()
                f17 = []
                for _ in range(n18):
                    (n21,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n21 < 0:
                        raise_null('MemberId')
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    (n24,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n24 < 0:
                        raise_null('ClientId')
                    else:
                        e25 = pos + n24
                        if e25 > end:
                            raise_short()
                        f23 = str(buf[pos:e25], "utf-8")
                        pos = e25
                    (n27,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n27 < 0:
                        raise_null('ClientHost')
                    else:
                        e28 = pos + n27
                        if e28 > end:
                            raise_short()
                        f26 = str(buf[pos:e28], "utf-8")
                        pos = e28
                    (n30,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n30 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e31 = pos + n30
                        if e31 > end:
                            raise_short()
                        f29 = bytes(buf[pos:e31])
                        pos = e31
                    (n33,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n33 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e34 = pos + n33
                        if e34 > end:
                            raise_short()
                        f32 = bytes(buf[pos:e34])
                        pos = e34
                    i19 = DescribeGroupsResponse_DescribedGroupMember(member_id=f20, client_id=f23, client_host=f26, member_metadata=f29, member_assignment=f32)
                    f17.append(i19)
            i3 = DescribeGroupsResponse_DescribedGroup(error_code=f4, group_id=f5, group_state=f8, protocol_type=f11, protocol_data=f14, members=f17)
            f1.append(i3)
    r = DescribeGroupsResponse(groups=f1)
    return r, pos


def encode_describe_groups_response_v0(r, w, extend):
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            if i2.error_message is not None:
                raise_absent('ErrorMessage')
            if i2.authorized_operations != -2147483648:
                raise_absent('AuthorizedOperations')
            w(_S_h.pack(i2.error_code))
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.group_state
            if x4 is None:
                raise_null('GroupState')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.protocol_type
            if x5 is None:
                raise_null('ProtocolType')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i2.protocol_data
            if x6 is None:
                raise_null('ProtocolData')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i2.members
            if x7 is None:
                raise_null('Members')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.member_id
                    if x9 is None:
                        raise_null('MemberId')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.client_id
                    if x10 is None:
                        raise_null('ClientId')
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
                    x11 = i8.client_host
                    if x11 is None:
                        raise_null('ClientHost')
                    else:
                        x11 = x11.encode()
                        w(_S_h.pack(len(x11)))
                        w(x11)
                    x12 = i8.member_metadata
                    if x12 is None:
                        raise_null('MemberMetadata')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(x12)
                    x13 = i8.member_assignment
                    if x13 is None:
                        raise_null('MemberAssignment')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(x13)


def decode_describe_groups_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 14 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('GroupId')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('GroupState')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('ProtocolType')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('ProtocolData')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Members')
            else:
                if n19 * 14 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        raise_null('MemberId')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (n25,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n25 < 0:
                        raise_null('ClientId')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (n28,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n28 < 0:
                        raise_null('ClientHost')
                    else:
                        e29 = pos + n28
                        if e29 > end:
                            raise_short()
                        f27 = str(buf[pos:e29], "utf-8")
                        pos = e29
                    (n31,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n31 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e32 = pos + n31
                        if e32 > end:
                            raise_short()
                        f30 = bytes(buf[pos:e32])
                        pos = e32
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e35 = pos + n34
                        if e35 > end:
                            raise_short()
                        f33 = bytes(buf[pos:e35])
                        pos = e35
                    i20 = DescribeGroupsResponse_DescribedGroupMember(member_id=f21, client_id=f24, client_host=f27, member_metadata=f30, member_assignment=f33)
                    f18.append(i20)
            i4 = DescribeGroupsResponse_DescribedGroup(error_code=f5, group_id=f6, group_state=f9, protocol_type=f12, protocol_data=f15, members=f18)
            f2.append(i4)
    r = DescribeGroupsResponse(throttle_time_ms=f1, groups=f2)
    return r, pos


def encode_describe_groups_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            if i2.error_message is not None:
                raise_absent('ErrorMessage')
            if i2.authorized_operations != -2147483648:
                raise_absent('AuthorizedOperations')
            w(_S_h.pack(i2.error_code))
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.group_state
            if x4 is None:
                raise_null('GroupState')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.protocol_type
            if x5 is None:
                raise_null('ProtocolType')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i2.protocol_data
            if x6 is None:
                raise_null('ProtocolData')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i2.members
            if x7 is None:
                raise_null('Members')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.member_id
                    if x9 is None:
                        raise_null('MemberId')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.client_id
                    if x10 is None:
                        raise_null('ClientId')
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
                    x11 = i8.client_host
                    if x11 is None:
                        raise_null('ClientHost')
                    else:
                        x11 = x11.encode()
                        w(_S_h.pack(len(x11)))
                        w(x11)
                    x12 = i8.member_metadata
                    if x12 is None:
                        raise_null('MemberMetadata')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(x12)
                    x13 = i8.member_assignment
                    if x13 is None:
                        raise_null('MemberAssignment')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(x13)


def decode_describe_groups_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 14 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('GroupId')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('GroupState')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('ProtocolType')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('ProtocolData')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Members')
            else:
                if n19 * 14 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        raise_null('MemberId')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (n25,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n25 < 0:
                        raise_null('ClientId')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (n28,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n28 < 0:
                        raise_null('ClientHost')
                    else:
                        e29 = pos + n28
                        if e29 > end:
                            raise_short()
                        f27 = str(buf[pos:e29], "utf-8")
                        pos = e29
                    (n31,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n31 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e32 = pos + n31
                        if e32 > end:
                            raise_short()
                        f30 = bytes(buf[pos:e32])
                        pos = e32
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e35 = pos + n34
                        if e35 > end:
                            raise_short()
                        f33 = bytes(buf[pos:e35])
                        pos = e35
                    i20 = DescribeGroupsResponse_DescribedGroupMember(member_id=f21, client_id=f24, client_host=f27, member_metadata=f30, member_assignment=f33)
                    f18.append(i20)
            i4 = DescribeGroupsResponse_DescribedGroup(error_code=f5, group_id=f6, group_state=f9, protocol_type=f12, protocol_data=f15, members=f18)
            f2.append(i4)
    r = DescribeGroupsResponse(throttle_time_ms=f1, groups=f2)
    return r, pos


def encode_describe_groups_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            if i2.error_message is not None:
                raise_absent('ErrorMessage')
            if i2.authorized_operations != -2147483648:
                raise_absent('AuthorizedOperations')
            w(_S_h.pack(i2.error_code))
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.group_state
            if x4 is None:
                raise_null('GroupState')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.protocol_type
            if x5 is None:
                raise_null('ProtocolType')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i2.protocol_data
            if x6 is None:
                raise_null('ProtocolData')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i2.members
            if x7 is None:
                raise_null('Members')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.member_id
                    if x9 is None:
                        raise_null('MemberId')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.client_id
                    if x10 is None:
                        raise_null('ClientId')
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
                    x11 = i8.client_host
                    if x11 is None:
                        raise_null('ClientHost')
                    else:
                        x11 = x11.encode()
                        w(_S_h.pack(len(x11)))
                        w(x11)
                    x12 = i8.member_metadata
                    if x12 is None:
                        raise_null('MemberMetadata')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(x12)
                    x13 = i8.member_assignment
                    if x13 is None:
                        raise_null('MemberAssignment')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(x13)


def decode_describe_groups_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 18 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('GroupId')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('GroupState')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('ProtocolType')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('ProtocolData')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Members')
            else:
                if n19 * 14 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        raise_null('MemberId')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (n25,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n25 < 0:
                        raise_null('ClientId')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (n28,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n28 < 0:
                        raise_null('ClientHost')
                    else:
                        e29 = pos + n28
                        if e29 > end:
                            raise_short()
                        f27 = str(buf[pos:e29], "utf-8")
                        pos = e29
                    (n31,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n31 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e32 = pos + n31
                        if e32 > end:
                            raise_short()
                        f30 = bytes(buf[pos:e32])
                        pos = e32
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e35 = pos + n34
                        if e35 > end:
                            raise_short()
                        f33 = bytes(buf[pos:e35])
                        pos = e35
                    i20 = DescribeGroupsResponse_DescribedGroupMember(member_id=f21, client_id=f24, client_host=f27, member_metadata=f30, member_assignment=f33)
                    f18.append(i20)
            (f36,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i4 = DescribeGroupsResponse_DescribedGroup(error_code=f5, group_id=f6, group_state=f9, protocol_type=f12, protocol_data=f15, members=f18, authorized_operations=f36)
            f2.append(i4)
    r = DescribeGroupsResponse(throttle_time_ms=f1, groups=f2)
    return r, pos


def encode_describe_groups_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            if i2.error_message is not None:
                raise_absent('ErrorMessage')
            w(_S_h.pack(i2.error_code))
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.group_state
            if x4 is None:
                raise_null('GroupState')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.protocol_type
            if x5 is None:
                raise_null('ProtocolType')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i2.protocol_data
            if x6 is None:
                raise_null('ProtocolData')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i2.members
            if x7 is None:
                raise_null('Members')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.member_id
                    if x9 is None:
                        raise_null('MemberId')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.client_id
                    if x10 is None:
                        raise_null('ClientId')
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
                    x11 = i8.client_host
                    if x11 is None:
                        raise_null('ClientHost')
                    else:
                        x11 = x11.encode()
                        w(_S_h.pack(len(x11)))
                        w(x11)
                    x12 = i8.member_metadata
                    if x12 is None:
                        raise_null('MemberMetadata')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(x12)
                    x13 = i8.member_assignment
                    if x13 is None:
                        raise_null('MemberAssignment')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(x13)
            w(_S_i.pack(i2.authorized_operations))


def decode_describe_groups_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 18 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('GroupId')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('GroupState')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('ProtocolType')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('ProtocolData')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Members')
            else:
                if n19 * 16 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        raise_null('MemberId')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (n25,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n25 < 0:
                        f24 = None
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (n28,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n28 < 0:
                        raise_null('ClientId')
                    else:
                        e29 = pos + n28
                        if e29 > end:
                            raise_short()
                        f27 = str(buf[pos:e29], "utf-8")
                        pos = e29
                    (n31,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n31 < 0:
                        raise_null('ClientHost')
                    else:
                        e32 = pos + n31
                        if e32 > end:
                            raise_short()
                        f30 = str(buf[pos:e32], "utf-8")
                        pos = e32
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e35 = pos + n34
                        if e35 > end:
                            raise_short()
                        f33 = bytes(buf[pos:e35])
                        pos = e35
                    (n37,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n37 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e38 = pos + n37
                        if e38 > end:
                            raise_short()
                        f36 = bytes(buf[pos:e38])
                        pos = e38
                    i20 = DescribeGroupsResponse_DescribedGroupMember(member_id=f21, group_instance_id=f24, client_id=f27, client_host=f30, member_metadata=f33, member_assignment=f36)
                    f18.append(i20)
            (f39,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i4 = DescribeGroupsResponse_DescribedGroup(error_code=f5, group_id=f6, group_state=f9, protocol_type=f12, protocol_data=f15, members=f18, authorized_operations=f39)
            f2.append(i4)
    r = DescribeGroupsResponse(throttle_time_ms=f1, groups=f2)
    return r, pos


def encode_describe_groups_response_v4(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            if i2.error_message is not None:
                raise_absent('ErrorMessage')
            w(_S_h.pack(i2.error_code))
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.group_state
            if x4 is None:
                raise_null('GroupState')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.protocol_type
            if x5 is None:
                raise_null('ProtocolType')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            x6 = i2.protocol_data
            if x6 is None:
                raise_null('ProtocolData')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i2.members
            if x7 is None:
                raise_null('Members')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.member_id
                    if x9 is None:
                        raise_null('MemberId')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.group_instance_id
                    if x10 is None:
                        w(b"\xff\xff")
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
                    x11 = i8.client_id
                    if x11 is None:
                        raise_null('ClientId')
                    else:
                        x11 = x11.encode()
                        w(_S_h.pack(len(x11)))
                        w(x11)
                    x12 = i8.client_host
                    if x12 is None:
                        raise_null('ClientHost')
                    else:
                        x12 = x12.encode()
                        w(_S_h.pack(len(x12)))
                        w(x12)
                    x13 = i8.member_metadata
                    if x13 is None:
                        raise_null('MemberMetadata')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(x13)
                    x14 = i8.member_assignment
                    if x14 is None:
                        raise_null('MemberAssignment')
                    else:
                        w(_S_i.pack(len(x14)))
                        w(x14)
            w(_S_i.pack(i2.authorized_operations))


def decode_describe_groups_response_v5(buf, pos, end):
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
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('GroupId')
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
                raise_null('GroupState')
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
                raise_null('ProtocolType')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            n16 = buf[pos]
            pos += 1
            if n16 > 127:
                n16, pos = read_uvarint(buf, pos - 1)
            n16 -= 1
            if n16 < 0:
                raise_null('ProtocolData')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Members')
            else:
                if n19 * 7 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        raise_null('MemberId')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        f24 = None
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    n28 = buf[pos]
                    pos += 1
                    if n28 > 127:
                        n28, pos = read_uvarint(buf, pos - 1)
                    n28 -= 1
                    if n28 < 0:
                        raise_null('ClientId')
                    else:
                        e29 = pos + n28
                        if e29 > end:
                            raise_short()
                        f27 = str(buf[pos:e29], "utf-8")
                        pos = e29
                    n31 = buf[pos]
                    pos += 1
                    if n31 > 127:
                        n31, pos = read_uvarint(buf, pos - 1)
                    n31 -= 1
                    if n31 < 0:
                        raise_null('ClientHost')
                    else:
                        e32 = pos + n31
                        if e32 > end:
                            raise_short()
                        f30 = str(buf[pos:e32], "utf-8")
                        pos = e32
                    n34 = buf[pos]
                    pos += 1
                    if n34 > 127:
                        n34, pos = read_uvarint(buf, pos - 1)
                    n34 -= 1
                    if n34 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e35 = pos + n34
                        if e35 > end:
                            raise_short()
                        f33 = bytes(buf[pos:e35])
                        pos = e35
                    n37 = buf[pos]
                    pos += 1
                    if n37 > 127:
                        n37, pos = read_uvarint(buf, pos - 1)
                    n37 -= 1
                    if n37 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e38 = pos + n37
                        if e38 > end:
                            raise_short()
                        f36 = bytes(buf[pos:e38])
                        pos = e38
                    i20 = DescribeGroupsResponse_DescribedGroupMember(member_id=f21, group_instance_id=f24, client_id=f27, client_host=f30, member_metadata=f33, member_assignment=f36)
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
                            pos = s41
                    f18.append(i20)
            (f42,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i4 = DescribeGroupsResponse_DescribedGroup(error_code=f5, group_id=f6, group_state=f9, protocol_type=f12, protocol_data=f15, members=f18, authorized_operations=f42)
            if buf[pos] == 0:
                pos += 1
            else:
                c43, pos = read_uvarint(buf, pos)
                if c43 * 2 > end - pos:
                    raise_short()
                for _ in range(c43):
                    t44, pos = read_uvarint(buf, pos)
                    s45, pos = read_uvarint(buf, pos)
                    s45 += pos
                    if s45 > end:
                        raise_short()
                    pos = s45
            f2.append(i4)
    r = DescribeGroupsResponse(throttle_time_ms=f1, groups=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c46, pos = read_uvarint(buf, pos)
        if c46 * 2 > end - pos:
            raise_short()
        for _ in range(c46):
            t47, pos = read_uvarint(buf, pos)
            s48, pos = read_uvarint(buf, pos)
            s48 += pos
            if s48 > end:
                raise_short()
            pos = s48
    return r, pos


def encode_describe_groups_response_v5(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            if i3.error_message is not None:
                raise_absent('ErrorMessage')
            w(_S_h.pack(i3.error_code))
            x4 = i3.group_id
            if x4 is None:
                raise_null('GroupId')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.group_state
            if x6 is None:
                raise_null('GroupState')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.protocol_type
            if x8 is None:
                raise_null('ProtocolType')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            x10 = i3.protocol_data
            if x10 is None:
                raise_null('ProtocolData')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            x12 = i3.members
            if x12 is None:
                raise_null('Members')
            else:
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                for i14 in x12:
                    x15 = i14.member_id
                    if x15 is None:
                        raise_null('MemberId')
                    else:
                        x15 = x15.encode()
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(x15)
                    x17 = i14.group_instance_id
                    if x17 is None:
                        w(b"\0")
                    else:
                        x17 = x17.encode()
                        n18 = len(x17) + 1
                        w(ONE[n18] if n18 < 128 else uvarint(n18))
                        w(x17)
                    x19 = i14.client_id
                    if x19 is None:
                        raise_null('ClientId')
                    else:
                        x19 = x19.encode()
                        n20 = len(x19) + 1
                        w(ONE[n20] if n20 < 128 else uvarint(n20))
                        w(x19)
                    x21 = i14.client_host
                    if x21 is None:
                        raise_null('ClientHost')
                    else:
                        x21 = x21.encode()
                        n22 = len(x21) + 1
                        w(ONE[n22] if n22 < 128 else uvarint(n22))
                        w(x21)
                    x23 = i14.member_metadata
                    if x23 is None:
                        raise_null('MemberMetadata')
                    else:
                        n24 = len(x23) + 1
                        w(ONE[n24] if n24 < 128 else uvarint(n24))
                        w(x23)
                    x25 = i14.member_assignment
                    if x25 is None:
                        raise_null('MemberAssignment')
                    else:
                        n26 = len(x25) + 1
                        w(ONE[n26] if n26 < 128 else uvarint(n26))
                        w(x25)
                    w(b"\0")
            w(_S_ib.pack(i3.authorized_operations, 0))
    w(b"\0")


def decode_describe_groups_response_v6(buf, pos, end):
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
        if n3 * 13 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
                raise_null('GroupId')
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
                raise_null('GroupState')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            n16 = buf[pos]
            pos += 1
            if n16 > 127:
                n16, pos = read_uvarint(buf, pos - 1)
            n16 -= 1
            if n16 < 0:
                raise_null('ProtocolType')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('ProtocolData')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            n22 = buf[pos]
            pos += 1
            if n22 > 127:
                n22, pos = read_uvarint(buf, pos - 1)
            n22 -= 1
            if n22 < 0:
                raise_null('Members')
            else:
                if n22 * 7 > end - pos:
                    raise_short()
                room -= n22
                if room < 0:
                    raise_many()
                f21 = []
                for _ in range(n22):
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        raise_null('MemberId')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    n28 = buf[pos]
                    pos += 1
                    if n28 > 127:
                        n28, pos = read_uvarint(buf, pos - 1)
                    n28 -= 1
                    if n28 < 0:
                        f27 = None
                    else:
                        e29 = pos + n28
                        if e29 > end:
                            raise_short()
                        f27 = str(buf[pos:e29], "utf-8")
                        pos = e29
                    n31 = buf[pos]
                    pos += 1
                    if n31 > 127:
                        n31, pos = read_uvarint(buf, pos - 1)
                    n31 -= 1
                    if n31 < 0:
                        raise_null('ClientId')
                    else:
                        e32 = pos + n31
                        if e32 > end:
                            raise_short()
                        f30 = str(buf[pos:e32], "utf-8")
                        pos = e32
                    n34 = buf[pos]
                    pos += 1
                    if n34 > 127:
                        n34, pos = read_uvarint(buf, pos - 1)
                    n34 -= 1
                    if n34 < 0:
                        raise_null('ClientHost')
                    else:
                        e35 = pos + n34
                        if e35 > end:
                            raise_short()
                        f33 = str(buf[pos:e35], "utf-8")
                        pos = e35
                    n37 = buf[pos]
                    pos += 1
                    if n37 > 127:
                        n37, pos = read_uvarint(buf, pos - 1)
                    n37 -= 1
                    if n37 < 0:
                        raise_null('MemberMetadata')
                    else:
                        e38 = pos + n37
                        if e38 > end:
                            raise_short()
                        f36 = bytes(buf[pos:e38])
                        pos = e38
                    n40 = buf[pos]
                    pos += 1
                    if n40 > 127:
                        n40, pos = read_uvarint(buf, pos - 1)
                    n40 -= 1
                    if n40 < 0:
                        raise_null('MemberAssignment')
                    else:
                        e41 = pos + n40
                        if e41 > end:
                            raise_short()
                        f39 = bytes(buf[pos:e41])
                        pos = e41
                    i23 = DescribeGroupsResponse_DescribedGroupMember(member_id=f24, group_instance_id=f27, client_id=f30, client_host=f33, member_metadata=f36, member_assignment=f39)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c42, pos = read_uvarint(buf, pos)
                        if c42 * 2 > end - pos:
                            raise_short()
                        for _ in range(c42):
                            t43, pos = read_uvarint(buf, pos)
                            s44, pos = read_uvarint(buf, pos)
                            s44 += pos
                            if s44 > end:
                                raise_short()
                            pos = s44
                    f21.append(i23)
            (f45,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i4 = DescribeGroupsResponse_DescribedGroup(error_code=f5, error_message=f6, group_id=f9, group_state=f12, protocol_type=f15, protocol_data=f18, members=f21, authorized_operations=f45)
            if buf[pos] == 0:
                pos += 1
            else:
                c46, pos = read_uvarint(buf, pos)
                if c46 * 2 > end - pos:
                    raise_short()
                for _ in range(c46):
                    t47, pos = read_uvarint(buf, pos)
                    s48, pos = read_uvarint(buf, pos)
                    s48 += pos
                    if s48 > end:
                        raise_short()
                    pos = s48
            f2.append(i4)
    r = DescribeGroupsResponse(throttle_time_ms=f1, groups=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c49, pos = read_uvarint(buf, pos)
        if c49 * 2 > end - pos:
            raise_short()
        for _ in range(c49):
            t50, pos = read_uvarint(buf, pos)
            s51, pos = read_uvarint(buf, pos)
            s51 += pos
            if s51 > end:
                raise_short()
            pos = s51
    return r, pos


def encode_describe_groups_response_v6(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.error_message
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.group_id
            if x6 is None:
                raise_null('GroupId')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.group_state
            if x8 is None:
                raise_null('GroupState')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            x10 = i3.protocol_type
            if x10 is None:
                raise_null('ProtocolType')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            x12 = i3.protocol_data
            if x12 is None:
                raise_null('ProtocolData')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i3.members
            if x14 is None:
                raise_null('Members')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                for i16 in x14:
                    x17 = i16.member_id
                    if x17 is None:
                        raise_null('MemberId')
                    else:
                        x17 = x17.encode()
                        n18 = len(x17) + 1
                        w(ONE[n18] if n18 < 128 else uvarint(n18))
                        w(x17)
                    x19 = i16.group_instance_id
                    if x19 is None:
                        w(b"\0")
                    else:
                        x19 = x19.encode()
                        n20 = len(x19) + 1
                        w(ONE[n20] if n20 < 128 else uvarint(n20))
                        w(x19)
                    x21 = i16.client_id
                    if x21 is None:
                        raise_null('ClientId')
                    else:
                        x21 = x21.encode()
                        n22 = len(x21) + 1
                        w(ONE[n22] if n22 < 128 else uvarint(n22))
                        w(x21)
                    x23 = i16.client_host
                    if x23 is None:
                        raise_null('ClientHost')
                    else:
                        x23 = x23.encode()
                        n24 = len(x23) + 1
                        w(ONE[n24] if n24 < 128 else uvarint(n24))
                        w(x23)
                    x25 = i16.member_metadata
                    if x25 is None:
                        raise_null('MemberMetadata')
                    else:
                        n26 = len(x25) + 1
                        w(ONE[n26] if n26 < 128 else uvarint(n26))
                        w(x25)
                    x27 = i16.member_assignment
                    if x27 is None:
                        raise_null('MemberAssignment')
                    else:
                        n28 = len(x27) + 1
                        w(ONE[n28] if n28 < 128 else uvarint(n28))
                        w(x27)
                    w(b"\0")
            w(_S_ib.pack(i3.authorized_operations, 0))
    w(b"\0")
