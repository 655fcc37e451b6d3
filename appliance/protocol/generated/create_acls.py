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


class CreateAclsRequest_AclCreation(Struct):
    __slots__ = ('resource_type', 'resource_name', 'resource_pattern_type', 'principal', 'host', 'operation', 'permission_type')

    def __init__(
        self,
        *,
        resource_type: Any = 0,
        resource_name: Any = '',
        resource_pattern_type: Any = 3,
        principal: Any = '',
        host: Any = '',
        operation: Any = 0,
        permission_type: Any = 0,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.resource_pattern_type = resource_pattern_type
        self.principal = principal
        self.host = host
        self.operation = operation
        self.permission_type = permission_type


class CreateAclsRequest(Struct):
    __slots__ = ('creations',)

    def __init__(
        self,
        *,
        creations: Any = MISSING,
    ) -> None:
        self.creations = [] if creations is MISSING else creations


CreateAclsRequest.AclCreation = CreateAclsRequest_AclCreation  # type: ignore[attr-defined]


def decode_create_acls_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Creations')
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
                raise_null('ResourceName')
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
                raise_null('Principal')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n13 < 0:
                raise_null('Host')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (f15, f16) = _S_bb.unpack_from(buf, pos)
            pos += 2
            i3 = CreateAclsRequest_AclCreation(resource_type=f4, resource_name=f5, resource_pattern_type=f8, principal=f9, host=f12, operation=f15, permission_type=f16)
            f1.append(i3)
    r = CreateAclsRequest(creations=f1)
    return r, pos


def encode_create_acls_request_v1(r, w, extend):
    x1 = r.creations
    if x1 is None:
        raise_null('Creations')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_b.pack(i2.resource_type))
            x3 = i2.resource_name
            if x3 is None:
                raise_null('ResourceName')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_b.pack(i2.resource_pattern_type))
            x4 = i2.principal
            if x4 is None:
                raise_null('Principal')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.host
            if x5 is None:
                raise_null('Host')
            else:
                x5 = x5.encode()
                w(_S_h.pack(len(x5)))
                w(x5)
            w(_S_bb.pack(i2.operation, i2.permission_type))


def decode_create_acls_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Creations')
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
                raise_null('ResourceName')
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
                raise_null('Principal')
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
                raise_null('Host')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (f15, f16) = _S_bb.unpack_from(buf, pos)
            pos += 2
            i3 = CreateAclsRequest_AclCreation(resource_type=f4, resource_name=f5, resource_pattern_type=f8, principal=f9, host=f12, operation=f15, permission_type=f16)
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
    r = CreateAclsRequest(creations=f1)
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


def encode_create_acls_request_v2(r, w, extend):
    x1 = r.creations
    if x1 is None:
        raise_null('Creations')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_b.pack(i3.resource_type))
            x4 = i3.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_b.pack(i3.resource_pattern_type))
            x6 = i3.principal
            if x6 is None:
                raise_null('Principal')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.host
            if x8 is None:
                raise_null('Host')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_bbb.pack(i3.operation, i3.permission_type, 0))
    w(b"\0")


def decode_create_acls_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Creations')
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
                raise_null('ResourceName')
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
                raise_null('Principal')
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
                raise_null('Host')
            else:
                e14 = pos + n13
                if e14 > end:
                    raise_short()
                f12 = str(buf[pos:e14], "utf-8")
                pos = e14
            (f15, f16) = _S_bb.unpack_from(buf, pos)
            pos += 2
            i3 = CreateAclsRequest_AclCreation(resource_type=f4, resource_name=f5, resource_pattern_type=f8, principal=f9, host=f12, operation=f15, permission_type=f16)
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
    r = CreateAclsRequest(creations=f1)
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


def encode_create_acls_request_v3(r, w, extend):
    x1 = r.creations
    if x1 is None:
        raise_null('Creations')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_b.pack(i3.resource_type))
            x4 = i3.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_b.pack(i3.resource_pattern_type))
            x6 = i3.principal
            if x6 is None:
                raise_null('Principal')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.host
            if x8 is None:
                raise_null('Host')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_bbb.pack(i3.operation, i3.permission_type, 0))
    w(b"\0")


class CreateAclsResponse_AclCreationResult(Struct):
    __slots__ = ('error_code', 'error_message')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message


class CreateAclsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is MISSING else results


CreateAclsResponse.AclCreationResult = CreateAclsResponse_AclCreationResult  # type: ignore[attr-defined]


def decode_create_acls_response_v1(buf, pos, end):
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
            i4 = CreateAclsResponse_AclCreationResult(error_code=f5, error_message=f6)
            f2.append(i4)
    r = CreateAclsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_create_acls_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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


def decode_create_acls_response_v2(buf, pos, end):
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
            i4 = CreateAclsResponse_AclCreationResult(error_code=f5, error_message=f6)
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
    r = CreateAclsResponse(throttle_time_ms=f1, results=f2)
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


def encode_create_acls_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(b"\0")
    w(b"\0")


def decode_create_acls_response_v3(buf, pos, end):
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
            i4 = CreateAclsResponse_AclCreationResult(error_code=f5, error_message=f6)
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
    r = CreateAclsResponse(throttle_time_ms=f1, results=f2)
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


def encode_create_acls_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(b"\0")
    w(b"\0")
