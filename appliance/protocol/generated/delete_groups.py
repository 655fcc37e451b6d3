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


class DeleteGroupsRequest(Struct):
    __slots__ = ('groups_names',)

    def __init__(
        self,
        *,
        groups_names: Any = MISSING,
    ) -> None:
        self.groups_names = [] if groups_names is MISSING else groups_names




def decode_delete_groups_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('GroupsNames')
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
                raise_null('GroupsNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = DeleteGroupsRequest(groups_names=f1)
    return r, pos


def encode_delete_groups_request_v0(r, w, extend):
    x1 = r.groups_names
    if x1 is None:
        raise_null('GroupsNames')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('GroupsNames')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)


def decode_delete_groups_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('GroupsNames')
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
                raise_null('GroupsNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = DeleteGroupsRequest(groups_names=f1)
    return r, pos


def encode_delete_groups_request_v1(r, w, extend):
    x1 = r.groups_names
    if x1 is None:
        raise_null('GroupsNames')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('GroupsNames')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)


def decode_delete_groups_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('GroupsNames')
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
                raise_null('GroupsNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    r = DeleteGroupsRequest(groups_names=f1)
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


def encode_delete_groups_request_v2(r, w, extend):
    x1 = r.groups_names
    if x1 is None:
        raise_null('GroupsNames')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('GroupsNames')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(b"\0")


class DeleteGroupsResponse_DeletableGroupResult(Struct):
    __slots__ = ('group_id', 'error_code')

    def __init__(
        self,
        *,
        group_id: Any = '',
        error_code: Any = 0,
    ) -> None:
        self.group_id = group_id
        self.error_code = error_code


class DeleteGroupsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is MISSING else results


DeleteGroupsResponse.DeletableGroupResult = DeleteGroupsResponse_DeletableGroupResult  # type: ignore[attr-defined]


def decode_delete_groups_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
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
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i4 = DeleteGroupsResponse_DeletableGroupResult(group_id=f5, error_code=f8)
            f2.append(i4)
    r = DeleteGroupsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_delete_groups_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(_S_h.pack(i2.error_code))


def decode_delete_groups_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
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
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i4 = DeleteGroupsResponse_DeletableGroupResult(group_id=f5, error_code=f8)
            f2.append(i4)
    r = DeleteGroupsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_delete_groups_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(_S_h.pack(i2.error_code))


def decode_delete_groups_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 4 > end - pos:
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
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            i4 = DeleteGroupsResponse_DeletableGroupResult(group_id=f5, error_code=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c9, pos = read_uvarint(buf, pos)
                if c9 * 2 > end - pos:
                    raise_short()
                for _ in range(c9):
                    t10, pos = read_uvarint(buf, pos)
                    s11, pos = read_uvarint(buf, pos)
                    s11 += pos
                    if s11 > end:
                        raise_short()
                    pos = s11
            f2.append(i4)
    r = DeleteGroupsResponse(throttle_time_ms=f1, results=f2)
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


def encode_delete_groups_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")
