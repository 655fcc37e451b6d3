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
_S_ih = _Packer(">ih")


class DescribeAclsRequest(Struct):
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




def decode_describe_acls_request_v1(buf, pos, end):
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    (n3,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n3 < 0:
        f2 = None
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (f5,) = _S_b.unpack_from(buf, pos)
    pos += 1
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
    (f12, f13) = _S_bb.unpack_from(buf, pos)
    pos += 2
    r = DescribeAclsRequest(resource_type_filter=f1, resource_name_filter=f2, pattern_type_filter=f5, principal_filter=f6, host_filter=f9, operation=f12, permission_type=f13)
    return r, pos


def encode_describe_acls_request_v1(r, w, extend):
    w(_S_b.pack(r.resource_type_filter))
    x1 = r.resource_name_filter
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_b.pack(r.pattern_type_filter))
    x2 = r.principal_filter
    if x2 is None:
        w(b"\xff\xff")
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.host_filter
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    w(_S_bb.pack(r.operation, r.permission_type))


def decode_describe_acls_request_v2(buf, pos, end):
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        f2 = None
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (f5,) = _S_b.unpack_from(buf, pos)
    pos += 1
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
        f9 = None
    else:
        e11 = pos + n10
        if e11 > end:
            raise_short()
        f9 = str(buf[pos:e11], "utf-8")
        pos = e11
    (f12, f13) = _S_bb.unpack_from(buf, pos)
    pos += 2
    r = DescribeAclsRequest(resource_type_filter=f1, resource_name_filter=f2, pattern_type_filter=f5, principal_filter=f6, host_filter=f9, operation=f12, permission_type=f13)
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
    return r, pos


def encode_describe_acls_request_v2(r, w, extend):
    w(_S_b.pack(r.resource_type_filter))
    x1 = r.resource_name_filter
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_b.pack(r.pattern_type_filter))
    x3 = r.principal_filter
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.host_filter
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    w(_S_bbb.pack(r.operation, r.permission_type, 0))


def decode_describe_acls_request_v3(buf, pos, end):
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        f2 = None
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (f5,) = _S_b.unpack_from(buf, pos)
    pos += 1
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
        f9 = None
    else:
        e11 = pos + n10
        if e11 > end:
            raise_short()
        f9 = str(buf[pos:e11], "utf-8")
        pos = e11
    (f12, f13) = _S_bb.unpack_from(buf, pos)
    pos += 2
    r = DescribeAclsRequest(resource_type_filter=f1, resource_name_filter=f2, pattern_type_filter=f5, principal_filter=f6, host_filter=f9, operation=f12, permission_type=f13)
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
    return r, pos


def encode_describe_acls_request_v3(r, w, extend):
    w(_S_b.pack(r.resource_type_filter))
    x1 = r.resource_name_filter
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_b.pack(r.pattern_type_filter))
    x3 = r.principal_filter
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.host_filter
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    w(_S_bbb.pack(r.operation, r.permission_type, 0))


class DescribeAclsResponse_AclDescription(Struct):
    __slots__ = ('principal', 'host', 'operation', 'permission_type')

    def __init__(
        self,
        *,
        principal: Any = '',
        host: Any = '',
        operation: Any = 0,
        permission_type: Any = 0,
    ) -> None:
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type


class DescribeAclsResponse_DescribeAclsResource(Struct):
    __slots__ = ('resource_type', 'resource_name', 'pattern_type', 'acls')

    def __init__(
        self,
        *,
        resource_type: Any = 0,
        resource_name: Any = '',
        pattern_type: Any = 3,
        acls: Any = MISSING,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.pattern_type = pattern_type
        self.acls = [] if acls is MISSING else acls


class DescribeAclsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'error_message', 'resources')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
        resources: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.resources = [] if resources is MISSING else resources


DescribeAclsResponse.DescribeAclsResource = DescribeAclsResponse_DescribeAclsResource  # type: ignore[attr-defined]
DescribeAclsResponse.AclDescription = DescribeAclsResponse_AclDescription  # type: ignore[attr-defined]


def decode_describe_acls_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n4 < 0:
        f3 = None
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('Resources')
    else:
        if n7 * 8 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (f13,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Acls')
            else:
                if n15 * 6 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (n18,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n18 < 0:
                        raise_null('Principal')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    (n21,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n21 < 0:
                        raise_null('Host')
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    (f23, f24) = _S_bb.unpack_from(buf, pos)
                    pos += 2
                    i16 = DescribeAclsResponse_AclDescription(principal=f17, host=f20, operation=f23, permission_type=f24)
                    f14.append(i16)
            i8 = DescribeAclsResponse_DescribeAclsResource(resource_type=f9, resource_name=f10, pattern_type=f13, acls=f14)
            f6.append(i8)
    r = DescribeAclsResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, resources=f6)
    return r, pos


def encode_describe_acls_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.resources
    if x2 is None:
        raise_null('Resources')
    else:
        w(_S_i.pack(len(x2)))
        for i3 in x2:
            w(_S_b.pack(i3.resource_type))
            x4 = i3.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            w(_S_b.pack(i3.pattern_type))
            x5 = i3.acls
            if x5 is None:
                raise_null('Acls')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    x7 = i6.principal
                    if x7 is None:
                        raise_null('Principal')
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
                    x8 = i6.host
                    if x8 is None:
                        raise_null('Host')
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)
                    w(_S_bb.pack(i6.operation, i6.permission_type))


def decode_describe_acls_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
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
        raise_null('Resources')
    else:
        if n7 * 5 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (f13,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n15 = buf[pos]
            pos += 1
            if n15 > 127:
                n15, pos = read_uvarint(buf, pos - 1)
            n15 -= 1
            if n15 < 0:
                raise_null('Acls')
            else:
                if n15 * 5 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('Principal')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    n21 = buf[pos]
                    pos += 1
                    if n21 > 127:
                        n21, pos = read_uvarint(buf, pos - 1)
                    n21 -= 1
                    if n21 < 0:
                        raise_null('Host')
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    (f23, f24) = _S_bb.unpack_from(buf, pos)
                    pos += 2
                    i16 = DescribeAclsResponse_AclDescription(principal=f17, host=f20, operation=f23, permission_type=f24)
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
                    f14.append(i16)
            i8 = DescribeAclsResponse_DescribeAclsResource(resource_type=f9, resource_name=f10, pattern_type=f13, acls=f14)
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
            f6.append(i8)
    r = DescribeAclsResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, resources=f6)
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
    return r, pos


def encode_describe_acls_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.resources
    if x3 is None:
        raise_null('Resources')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            w(_S_b.pack(i5.resource_type))
            x6 = i5.resource_name
            if x6 is None:
                raise_null('ResourceName')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_b.pack(i5.pattern_type))
            x8 = i5.acls
            if x8 is None:
                raise_null('Acls')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    x11 = i10.principal
                    if x11 is None:
                        raise_null('Principal')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    x13 = i10.host
                    if x13 is None:
                        raise_null('Host')
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    w(_S_bbb.pack(i10.operation, i10.permission_type, 0))
            w(b"\0")
    w(b"\0")


def decode_describe_acls_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
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
        raise_null('Resources')
    else:
        if n7 * 5 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (f13,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n15 = buf[pos]
            pos += 1
            if n15 > 127:
                n15, pos = read_uvarint(buf, pos - 1)
            n15 -= 1
            if n15 < 0:
                raise_null('Acls')
            else:
                if n15 * 5 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('Principal')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    n21 = buf[pos]
                    pos += 1
                    if n21 > 127:
                        n21, pos = read_uvarint(buf, pos - 1)
                    n21 -= 1
                    if n21 < 0:
                        raise_null('Host')
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    (f23, f24) = _S_bb.unpack_from(buf, pos)
                    pos += 2
                    i16 = DescribeAclsResponse_AclDescription(principal=f17, host=f20, operation=f23, permission_type=f24)
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
                    f14.append(i16)
            i8 = DescribeAclsResponse_DescribeAclsResource(resource_type=f9, resource_name=f10, pattern_type=f13, acls=f14)
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
            f6.append(i8)
    r = DescribeAclsResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, resources=f6)
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
    return r, pos


def encode_describe_acls_response_v3(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.resources
    if x3 is None:
        raise_null('Resources')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            w(_S_b.pack(i5.resource_type))
            x6 = i5.resource_name
            if x6 is None:
                raise_null('ResourceName')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_b.pack(i5.pattern_type))
            x8 = i5.acls
            if x8 is None:
                raise_null('Acls')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    x11 = i10.principal
                    if x11 is None:
                        raise_null('Principal')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    x13 = i10.host
                    if x13 is None:
                        raise_null('Host')
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    w(_S_bbb.pack(i10.operation, i10.permission_type, 0))
            w(b"\0")
    w(b"\0")
