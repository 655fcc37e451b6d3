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


class ListGroupsRequest(Struct):
    __slots__ = ('states_filter', 'types_filter')

    def __init__(
        self,
        *,
        states_filter: Any = MISSING,
        types_filter: Any = MISSING,
    ) -> None:
        self.states_filter = [] if states_filter is MISSING else states_filter
        self.types_filter = [] if types_filter is MISSING else types_filter




def decode_list_groups_request_v0(buf, pos, end):
    r = ListGroupsRequest()
    return r, pos


def encode_list_groups_request_v0(r, w, extend):
    if r.states_filter is None or r.states_filter:
        raise_absent('StatesFilter')
    if r.types_filter is None or r.types_filter:
        raise_absent('TypesFilter')
    pass


def decode_list_groups_request_v1(buf, pos, end):
    r = ListGroupsRequest()
    return r, pos


def encode_list_groups_request_v1(r, w, extend):
    if r.states_filter is None or r.states_filter:
        raise_absent('StatesFilter')
    if r.types_filter is None or r.types_filter:
        raise_absent('TypesFilter')
    pass


def decode_list_groups_request_v2(buf, pos, end):
    r = ListGroupsRequest()
    return r, pos


def encode_list_groups_request_v2(r, w, extend):
    if r.states_filter is None or r.states_filter:
        raise_absent('StatesFilter')
    if r.types_filter is None or r.types_filter:
        raise_absent('TypesFilter')
    pass


def decode_list_groups_request_v3(buf, pos, end):
    r = ListGroupsRequest()
    if buf[pos] == 0:
        pos += 1
    else:
        c1, pos = read_uvarint(buf, pos)
        if c1 * 2 > end - pos:
            raise_short()
        for _ in range(c1):
            t2, pos = read_uvarint(buf, pos)
            s3, pos = read_uvarint(buf, pos)
            s3 += pos
            if s3 > end:
                raise_short()
            pos = s3
    return r, pos


def encode_list_groups_request_v3(r, w, extend):
    if r.states_filter is None or r.states_filter:
        raise_absent('StatesFilter')
    if r.types_filter is None or r.types_filter:
        raise_absent('TypesFilter')
    w(b"\0")


def decode_list_groups_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('StatesFilter')
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
                raise_null('StatesFilter')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = ListGroupsRequest(states_filter=f1)
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


def encode_list_groups_request_v4(r, w, extend):
    if r.types_filter is None or r.types_filter:
        raise_absent('TypesFilter')
    x1 = r.states_filter
    if x1 is None:
        raise_null('StatesFilter')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('StatesFilter')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(b"\0")


def decode_list_groups_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('StatesFilter')
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
                raise_null('StatesFilter')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('TypesFilter')
    else:
        if n7 * 1 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('TypesFilter')
            else:
                e10 = pos + n9
                if e10 > end:
                    raise_short()
                i8 = str(buf[pos:e10], "utf-8")
                pos = e10
            f6.append(i8)
    r = ListGroupsRequest(states_filter=f1, types_filter=f6)
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
    return r, pos


def encode_list_groups_request_v5(r, w, extend):
    x1 = r.states_filter
    if x1 is None:
        raise_null('StatesFilter')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('StatesFilter')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    x6 = r.types_filter
    if x6 is None:
        raise_null('TypesFilter')
    else:
        n7 = len(x6) + 1
        w(ONE[n7] if n7 < 128 else uvarint(n7))
        for i8 in x6:
            x9 = i8
            if x9 is None:
                raise_null('TypesFilter')
            else:
                x9 = x9.encode()
                n10 = len(x9) + 1
                w(ONE[n10] if n10 < 128 else uvarint(n10))
                w(x9)
    w(b"\0")


class ListGroupsResponse_ListedGroup(Struct):
    __slots__ = ('group_id', 'protocol_type', 'group_state', 'group_type')

    def __init__(
        self,
        *,
        group_id: Any = '',
        protocol_type: Any = '',
        group_state: Any = '',
        group_type: Any = '',
    ) -> None:
        self.group_id = group_id
        self.protocol_type = protocol_type
        self.group_state = group_state
        self.group_type = group_type


class ListGroupsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'groups')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        groups: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.groups = [] if groups is MISSING else groups


ListGroupsResponse.ListedGroup = ListGroupsResponse_ListedGroup  # type: ignore[attr-defined]


def decode_list_groups_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Groups')
    else:
        if n3 * 4 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
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
                raise_null('ProtocolType')
            else:
                e10 = pos + n9
                if e10 > end:
                    raise_short()
                f8 = str(buf[pos:e10], "utf-8")
                pos = e10
            i4 = ListGroupsResponse_ListedGroup(group_id=f5, protocol_type=f8)
            f2.append(i4)
    r = ListGroupsResponse(error_code=f1, groups=f2)
    return r, pos


def encode_list_groups_response_v0(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.protocol_type
            if x4 is None:
                raise_null('ProtocolType')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_list_groups_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Groups')
    else:
        if n4 * 4 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
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
                raise_null('ProtocolType')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            i5 = ListGroupsResponse_ListedGroup(group_id=f6, protocol_type=f9)
            f3.append(i5)
    r = ListGroupsResponse(throttle_time_ms=f1, error_code=f2, groups=f3)
    return r, pos


def encode_list_groups_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.protocol_type
            if x4 is None:
                raise_null('ProtocolType')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_list_groups_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('Groups')
    else:
        if n4 * 4 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
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
                raise_null('ProtocolType')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            i5 = ListGroupsResponse_ListedGroup(group_id=f6, protocol_type=f9)
            f3.append(i5)
    r = ListGroupsResponse(throttle_time_ms=f1, error_code=f2, groups=f3)
    return r, pos


def encode_list_groups_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.groups
    if x1 is None:
        raise_null('Groups')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.group_id
            if x3 is None:
                raise_null('GroupId')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.protocol_type
            if x4 is None:
                raise_null('ProtocolType')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_list_groups_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Groups')
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
                raise_null('ProtocolType')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            i5 = ListGroupsResponse_ListedGroup(group_id=f6, protocol_type=f9)
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
            f3.append(i5)
    r = ListGroupsResponse(throttle_time_ms=f1, error_code=f2, groups=f3)
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


def encode_list_groups_response_v3(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
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
            x6 = i3.protocol_type
            if x6 is None:
                raise_null('ProtocolType')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    w(b"\0")


def decode_list_groups_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Groups')
    else:
        if n4 * 4 > end - pos:
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
                raise_null('ProtocolType')
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
            i5 = ListGroupsResponse_ListedGroup(group_id=f6, protocol_type=f9, group_state=f12)
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
            f3.append(i5)
    r = ListGroupsResponse(throttle_time_ms=f1, error_code=f2, groups=f3)
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
    return r, pos


def encode_list_groups_response_v4(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
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
            x6 = i3.protocol_type
            if x6 is None:
                raise_null('ProtocolType')
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
            w(b"\0")
    w(b"\0")


def decode_list_groups_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Groups')
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
                raise_null('ProtocolType')
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
                raise_null('GroupType')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            i5 = ListGroupsResponse_ListedGroup(group_id=f6, protocol_type=f9, group_state=f12, group_type=f15)
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
    r = ListGroupsResponse(throttle_time_ms=f1, error_code=f2, groups=f3)
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


def encode_list_groups_response_v5(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
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
            x6 = i3.protocol_type
            if x6 is None:
                raise_null('ProtocolType')
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
            x10 = i3.group_type
            if x10 is None:
                raise_null('GroupType')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            w(b"\0")
    w(b"\0")
