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

_S_b = _Packer(">b")
_S_bb = _Packer(">bb")
_S_bbb = _Packer(">bbb")
_S_h = _Packer(">h")
_S_i = _Packer(">i")


class DeleteAclsRequest_DeleteAclsFilter(Struct):
    __slots__ = ('resource_type_filter', 'resource_name_filter', 'pattern_type_filter', 'principal_filter', 'host_filter', 'operation', 'permission_type')

    def __init__(
        self,
        *,
        resource_type_filter: Any = 0,
        resource_name_filter: Any = '',
        pattern_type_filter: Any = 3,
        principal_filter: Any = '',
        host_filter: Any = '',
        operation: Any = 0,
        permission_type: Any = 0,
    ) -> None:
        self.resource_type_filter = resource_type_filter
        self.resource_name_filter = resource_name_filter
        self.pattern_type_filter = pattern_type_filter
        self.principal_filter = principal_filter
        self.host_filter = host_filter
        self.operation = operation
        self.permission_type = permission_type


class DeleteAclsRequest(Struct):
    __slots__ = ('filters',)

    def __init__(
        self,
        *,
        filters: Any = MISSING,
    ) -> None:
        self.filters = [] if filters is MISSING else filters


DeleteAclsRequest.DeleteAclsFilter = DeleteAclsRequest_DeleteAclsFilter  # type: ignore[attr-defined]


def decode_delete_acls_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Filters')
    else:
        if n2 * 10 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_b.unpack_from(buf, pos)
            pos += 1
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
            (f15, f16) = _S_bb.unpack_from(buf, pos)
            pos += 2
            i3 = DeleteAclsRequest_DeleteAclsFilter(resource_type_filter=f4, resource_name_filter=f5, pattern_type_filter=f8, principal_filter=f9, host_filter=f12, operation=f15, permission_type=f16)
            f1.append(i3)
    r = DeleteAclsRequest(filters=f1)
    return r, pos


def encode_delete_acls_request_v1(r, w, extend):
    x1 = r.filters
    if x1 is None:
        raise_null('Filters')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_b.pack(i2.resource_type_filter))
            x3 = i2.resource_name_filter
            if x3 is None:
                w(b"\xff\xff")
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_b.pack(i2.pattern_type_filter))
            x4 = i2.principal_filter
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.host_filter
            if x5 is None:
                w(b"\xff\xff")
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            w(_S_bb.pack(i2.operation, i2.permission_type))


def decode_delete_acls_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Filters')
    else:
        if n2 * 8 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_b.unpack_from(buf, pos)
            pos += 1
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
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                f12 = None
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (f15, f16) = _S_bb.unpack_from(buf, pos)
            pos += 2
            i3 = DeleteAclsRequest_DeleteAclsFilter(resource_type_filter=f4, resource_name_filter=f5, pattern_type_filter=f8, principal_filter=f9, host_filter=f12, operation=f15, permission_type=f16)
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
            f1.append(i3)
    r = DeleteAclsRequest(filters=f1)
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


def encode_delete_acls_request_v2(r, w, extend):
    x1 = r.filters
    if x1 is None:
        raise_null('Filters')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_b.pack(i3.resource_type_filter))
            x4 = i3.resource_name_filter
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_b.pack(i3.pattern_type_filter))
            x6 = i3.principal_filter
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.host_filter
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_bbb.pack(i3.operation, i3.permission_type, 0))
    w(b"\0")


def decode_delete_acls_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Filters')
    else:
        if n2 * 8 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_b.unpack_from(buf, pos)
            pos += 1
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
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                f12 = None
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (f15, f16) = _S_bb.unpack_from(buf, pos)
            pos += 2
            i3 = DeleteAclsRequest_DeleteAclsFilter(resource_type_filter=f4, resource_name_filter=f5, pattern_type_filter=f8, principal_filter=f9, host_filter=f12, operation=f15, permission_type=f16)
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
            f1.append(i3)
    r = DeleteAclsRequest(filters=f1)
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


def encode_delete_acls_request_v3(r, w, extend):
    x1 = r.filters
    if x1 is None:
        raise_null('Filters')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_b.pack(i3.resource_type_filter))
            x4 = i3.resource_name_filter
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_b.pack(i3.pattern_type_filter))
            x6 = i3.principal_filter
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.host_filter
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_bbb.pack(i3.operation, i3.permission_type, 0))
    w(b"\0")


class DeleteAclsResponse_DeleteAclsMatchingAcl(Struct):
    __slots__ = ('error_code', 'error_message', 'resource_type', 'resource_name', 'pattern_type', 'principal', 'host', 'operation', 'permission_type')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        resource_type: Any = 0,
        resource_name: Any = '',
        pattern_type: Any = 3,
        principal: Any = '',
        host: Any = '',
        operation: Any = 0,
        permission_type: Any = 0,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type


class DeleteAclsResponse_DeleteAclsFilterResult(Struct):
    __slots__ = ('error_code', 'error_message', 'matching_acls')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        matching_acls: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.matching_acls = [] if matching_acls is MISSING else matching_acls


class DeleteAclsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'filter_results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        filter_results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.filter_results = [] if filter_results is MISSING else filter_results


DeleteAclsResponse.DeleteAclsFilterResult = DeleteAclsResponse_DeleteAclsFilterResult  # type: ignore[attr-defined]
DeleteAclsResponse.DeleteAclsMatchingAcl = DeleteAclsResponse_DeleteAclsMatchingAcl  # type: ignore[attr-defined]


def decode_delete_acls_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('FilterResults')
    else:
        if n3 * 8 > end - pos:
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
                f6 = None
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('MatchingAcls')
            else:
                if n10 * 14 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_h.unpack_from(buf, pos)
                    pos += 2
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
                    (f16,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    (n18,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n18 < 0:
                        raise_null('ResourceName')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    (f20,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        raise_null('Principal')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (n25,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n25 < 0:
                        raise_null('Host')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (f27, f28) = _S_bb.unpack_from(buf, pos)
                    pos += 2
                    i11 = DeleteAclsResponse_DeleteAclsMatchingAcl(error_code=f12, error_message=f13, resource_type=f16, resource_name=f17, pattern_type=f20, principal=f21, host=f24, operation=f27, permission_type=f28)
                    f9.append(i11)
            i4 = DeleteAclsResponse_DeleteAclsFilterResult(error_code=f5, error_message=f6, matching_acls=f9)
            f2.append(i4)
    r = DeleteAclsResponse(throttle_time_ms=f1, filter_results=f2)
    return r, pos


def encode_delete_acls_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.filter_results
    if x1 is None:
        raise_null('FilterResults')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_h.pack(i2.error_code))
            x3 = i2.error_message
            if x3 is None:
                w(b"\xff\xff")
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.matching_acls
            if x4 is None:
                raise_null('MatchingAcls')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_h.pack(i5.error_code))
                    x6 = i5.error_message
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    w(_S_b.pack(i5.resource_type))
                    x7 = i5.resource_name
                    if x7 is None:
                        raise_null('ResourceName')
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
                    w(_S_b.pack(i5.pattern_type))
                    x8 = i5.principal
                    if x8 is None:
                        raise_null('Principal')
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)
                    x9 = i5.host
                    if x9 is None:
                        raise_null('Host')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    w(_S_bb.pack(i5.operation, i5.permission_type))


def decode_delete_acls_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('FilterResults')
    else:
        if n3 * 5 > end - pos:
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
                raise_null('MatchingAcls')
            else:
                if n10 * 11 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_h.unpack_from(buf, pos)
                    pos += 2
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
                    (f16,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('ResourceName')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    (f20,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        raise_null('Principal')
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
                        raise_null('Host')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (f27, f28) = _S_bb.unpack_from(buf, pos)
                    pos += 2
                    i11 = DeleteAclsResponse_DeleteAclsMatchingAcl(error_code=f12, error_message=f13, resource_type=f16, resource_name=f17, pattern_type=f20, principal=f21, host=f24, operation=f27, permission_type=f28)
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
                    f9.append(i11)
            i4 = DeleteAclsResponse_DeleteAclsFilterResult(error_code=f5, error_message=f6, matching_acls=f9)
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
            f2.append(i4)
    r = DeleteAclsResponse(throttle_time_ms=f1, filter_results=f2)
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


def encode_delete_acls_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.filter_results
    if x1 is None:
        raise_null('FilterResults')
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
            x6 = i3.matching_acls
            if x6 is None:
                raise_null('MatchingAcls')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_h.pack(i8.error_code))
                    x9 = i8.error_message
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    w(_S_b.pack(i8.resource_type))
                    x11 = i8.resource_name
                    if x11 is None:
                        raise_null('ResourceName')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    w(_S_b.pack(i8.pattern_type))
                    x13 = i8.principal
                    if x13 is None:
                        raise_null('Principal')
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    x15 = i8.host
                    if x15 is None:
                        raise_null('Host')
                    else:
                        x15 = x15.encode()
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(x15)
                    w(_S_bbb.pack(i8.operation, i8.permission_type, 0))
            w(b"\0")
    w(b"\0")


def decode_delete_acls_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('FilterResults')
    else:
        if n3 * 5 > end - pos:
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
                raise_null('MatchingAcls')
            else:
                if n10 * 11 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_h.unpack_from(buf, pos)
                    pos += 2
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
                    (f16,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('ResourceName')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    (f20,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        raise_null('Principal')
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
                        raise_null('Host')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (f27, f28) = _S_bb.unpack_from(buf, pos)
                    pos += 2
                    i11 = DeleteAclsResponse_DeleteAclsMatchingAcl(error_code=f12, error_message=f13, resource_type=f16, resource_name=f17, pattern_type=f20, principal=f21, host=f24, operation=f27, permission_type=f28)
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
                    f9.append(i11)
            i4 = DeleteAclsResponse_DeleteAclsFilterResult(error_code=f5, error_message=f6, matching_acls=f9)
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
            f2.append(i4)
    r = DeleteAclsResponse(throttle_time_ms=f1, filter_results=f2)
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


def encode_delete_acls_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.filter_results
    if x1 is None:
        raise_null('FilterResults')
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
            x6 = i3.matching_acls
            if x6 is None:
                raise_null('MatchingAcls')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_h.pack(i8.error_code))
                    x9 = i8.error_message
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    w(_S_b.pack(i8.resource_type))
                    x11 = i8.resource_name
                    if x11 is None:
                        raise_null('ResourceName')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    w(_S_b.pack(i8.pattern_type))
                    x13 = i8.principal
                    if x13 is None:
                        raise_null('Principal')
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    x15 = i8.host
                    if x15 is None:
                        raise_null('Host')
                    else:
                        x15 = x15.encode()
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(x15)
                    w(_S_bbb.pack(i8.operation, i8.permission_type, 0))
            w(b"\0")
    w(b"\0")
