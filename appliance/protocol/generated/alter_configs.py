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
_S_b = _Packer(">b")
_S_h = _Packer(">h")
_S_i = _Packer(">i")


class AlterConfigsRequest_AlterableConfig(Struct):
    __slots__ = ('name', 'value')

    def __init__(
        self,
        *,
        name: Any = '',
        value: Any = '',
    ) -> None:
        self.name = name
        self.value = value


class AlterConfigsRequest_AlterConfigsResource(Struct):
    __slots__ = ('resource_type', 'resource_name', 'configs')

    def __init__(
        self,
        *,
        resource_type: Any = 0,
        resource_name: Any = '',
        configs: Any = MISSING,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configs = [] if configs is MISSING else configs


class AlterConfigsRequest(Struct):
    __slots__ = ('resources', 'validate_only')

    def __init__(
        self,
        *,
        resources: Any = MISSING,
        validate_only: Any = False,
    ) -> None:
        self.resources = [] if resources is MISSING else resources
        self.validate_only = validate_only


AlterConfigsRequest.AlterConfigsResource = AlterConfigsRequest_AlterConfigsResource  # type: ignore[attr-defined]
AlterConfigsRequest.AlterableConfig = AlterConfigsRequest_AlterableConfig  # type: ignore[attr-defined]


def decode_alter_configs_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 7 > end - pos:
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
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                raise_null('Configs')
            else:
                if n9 * 4 > end - pos:
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
                    i10 = AlterConfigsRequest_AlterableConfig(name=f11, value=f14)
                    f8.append(i10)
            i3 = AlterConfigsRequest_AlterConfigsResource(resource_type=f4, resource_name=f5, configs=f8)
            f1.append(i3)
    (f17,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = AlterConfigsRequest(resources=f1, validate_only=f17)
    return r, pos


def encode_alter_configs_request_v0(r, w, extend):
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
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
            x4 = i2.configs
            if x4 is None:
                raise_null('Configs')
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
                    x7 = i5.value
                    if x7 is None:
                        w(b"\xff\xff")
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
    w(_S_T.pack(r.validate_only))


def decode_alter_configs_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 7 > end - pos:
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
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                raise_null('Configs')
            else:
                if n9 * 4 > end - pos:
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
                    i10 = AlterConfigsRequest_AlterableConfig(name=f11, value=f14)
                    f8.append(i10)
            i3 = AlterConfigsRequest_AlterConfigsResource(resource_type=f4, resource_name=f5, configs=f8)
            f1.append(i3)
    (f17,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = AlterConfigsRequest(resources=f1, validate_only=f17)
    return r, pos


def encode_alter_configs_request_v1(r, w, extend):
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
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
            x4 = i2.configs
            if x4 is None:
                raise_null('Configs')
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
                    x7 = i5.value
                    if x7 is None:
                        w(b"\xff\xff")
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
    w(_S_T.pack(r.validate_only))


def decode_alter_configs_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 4 > end - pos:
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
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Configs')
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
                        f14 = None
                    else:
                        e16 = pos + n15
                        if e16 > end:
                            raise_short()
                        f14 = str(buf[pos:e16], "utf-8")
                        pos = e16
                    i10 = AlterConfigsRequest_AlterableConfig(name=f11, value=f14)
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
                    f8.append(i10)
            i3 = AlterConfigsRequest_AlterConfigsResource(resource_type=f4, resource_name=f5, configs=f8)
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
    r = AlterConfigsRequest(resources=f1, validate_only=f23)
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


def encode_alter_configs_request_v2(r, w, extend):
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
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
            x6 = i3.configs
            if x6 is None:
                raise_null('Configs')
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
                    x11 = i8.value
                    if x11 is None:
                        w(b"\0")
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    w(b"\0")
            w(b"\0")
    w(_S_Tb.pack(r.validate_only, 0))


class AlterConfigsResponse_AlterConfigsResourceResponse(Struct):
    __slots__ = ('error_code', 'error_message', 'resource_type', 'resource_name')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        resource_type: Any = 0,
        resource_name: Any = '',
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name


class AlterConfigsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'responses')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        responses: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.responses = [] if responses is MISSING else responses


AlterConfigsResponse.AlterConfigsResourceResponse = AlterConfigsResponse_AlterConfigsResourceResponse  # type: ignore[attr-defined]


def decode_alter_configs_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 7 > end - pos:
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
            i4 = AlterConfigsResponse_AlterConfigsResourceResponse(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10)
            f2.append(i4)
    r = AlterConfigsResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_alter_configs_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            w(_S_b.pack(i2.resource_type))
            x4 = i2.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_alter_configs_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 7 > end - pos:
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
            i4 = AlterConfigsResponse_AlterConfigsResourceResponse(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10)
            f2.append(i4)
    r = AlterConfigsResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_alter_configs_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            w(_S_b.pack(i2.resource_type))
            x4 = i2.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_alter_configs_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 6 > end - pos:
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
            i4 = AlterConfigsResponse_AlterConfigsResourceResponse(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10)
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
            f2.append(i4)
    r = AlterConfigsResponse(throttle_time_ms=f1, responses=f2)
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


def encode_alter_configs_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            w(_S_b.pack(i3.resource_type))
            x6 = i3.resource_name
            if x6 is None:
                raise_null('ResourceName')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    w(b"\0")
