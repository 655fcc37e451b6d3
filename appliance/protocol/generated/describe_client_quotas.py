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
_S_d = _Packer(">d")
_S_db = _Packer(">db")
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_ih = _Packer(">ih")


class DescribeClientQuotasRequest_ComponentData(Struct):
    __slots__ = ('entity_type', 'match_type', 'match')

    def __init__(
        self,
        *,
        entity_type: Any = '',
        match_type: Any = 0,
        match: Any = '',
    ) -> None:
        self.entity_type = entity_type
        self.match_type = match_type
        self.match = match


class DescribeClientQuotasRequest(Struct):
    __slots__ = ('components', 'strict')

    def __init__(
        self,
        *,
        components: Any = MISSING,
        strict: Any = False,
    ) -> None:
        self.components = [] if components is MISSING else components
        self.strict = strict


DescribeClientQuotasRequest.ComponentData = DescribeClientQuotasRequest_ComponentData  # type: ignore[attr-defined]


def decode_describe_client_quotas_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Components')
    else:
        if n2 * 5 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n5 < 0:
                raise_null('EntityType')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_b.unpack_from(buf, pos)
            pos += 1
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
            i3 = DescribeClientQuotasRequest_ComponentData(entity_type=f4, match_type=f7, match=f8)
            f1.append(i3)
    (f11,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeClientQuotasRequest(components=f1, strict=f11)
    return r, pos


def encode_describe_client_quotas_request_v0(r, w, extend):
    x1 = r.components
    if x1 is None:
        raise_null('Components')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.entity_type
            if x3 is None:
                raise_null('EntityType')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_b.pack(i2.match_type))
            x4 = i2.match
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    w(_S_T.pack(r.strict))


def decode_describe_client_quotas_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Components')
    else:
        if n2 * 4 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            n5 = buf[pos]
            pos += 1
            if n5 > 127:
                n5, pos = read_uvarint(buf, pos - 1)
            n5 -= 1
            if n5 < 0:
                raise_null('EntityType')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_b.unpack_from(buf, pos)
            pos += 1
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
            i3 = DescribeClientQuotasRequest_ComponentData(entity_type=f4, match_type=f7, match=f8)
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
            f1.append(i3)
    (f14,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeClientQuotasRequest(components=f1, strict=f14)
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


def encode_describe_client_quotas_request_v1(r, w, extend):
    x1 = r.components
    if x1 is None:
        raise_null('Components')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.entity_type
            if x4 is None:
                raise_null('EntityType')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_b.pack(i3.match_type))
            x6 = i3.match
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    w(_S_Tb.pack(r.strict, 0))


class DescribeClientQuotasResponse_ValueData(Struct):
    __slots__ = ('key', 'value')

    def __init__(
        self,
        *,
        key: Any = '',
        value: Any = 0.0,
    ) -> None:
        self.key = key
        self.value = value


class DescribeClientQuotasResponse_EntityData(Struct):
    __slots__ = ('entity_type', 'entity_name')

    def __init__(
        self,
        *,
        entity_type: Any = '',
        entity_name: Any = '',
    ) -> None:
        self.entity_type = entity_type
        self.entity_name = entity_name


class DescribeClientQuotasResponse_EntryData(Struct):
    __slots__ = ('entity', 'values')

    def __init__(
        self,
        *,
        entity: Any = MISSING,
        values: Any = MISSING,
    ) -> None:
        self.entity = [] if entity is MISSING else entity
        self.values = [] if values is MISSING else values


class DescribeClientQuotasResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'error_message', 'entries')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
        entries: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.entries = [] if entries is MISSING else entries


DescribeClientQuotasResponse.EntryData = DescribeClientQuotasResponse_EntryData  # type: ignore[attr-defined]
DescribeClientQuotasResponse.EntityData = DescribeClientQuotasResponse_EntityData  # type: ignore[attr-defined]
DescribeClientQuotasResponse.ValueData = DescribeClientQuotasResponse_ValueData  # type: ignore[attr-defined]


def decode_describe_client_quotas_response_v0(buf, pos, end):
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
        f6 = None
    else:
        if n7 * 8 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('Entity')
            else:
                if n10 * 4 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (n13,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n13 < 0:
                        raise_null('EntityType')
                    else:
                        e14 = pos + n13
                        if e14 > end:
                            raise_short()
                        f12 = str(buf[pos:e14], "utf-8")
                        pos = e14
                    (n16,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n16 < 0:
                        f15 = None
                    else:
                        e17 = pos + n16
                        if e17 > end:
                            raise_short()
                        f15 = str(buf[pos:e17], "utf-8")
                        pos = e17
                    i11 = DescribeClientQuotasResponse_EntityData(entity_type=f12, entity_name=f15)
                    f9.append(i11)
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Values')
            else:
                if n19 * 10 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        raise_null('Key')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (f24,) = _S_d.unpack_from(buf, pos)
                    pos += 8
                    i20 = DescribeClientQuotasResponse_ValueData(key=f21, value=f24)
                    f18.append(i20)
            i8 = DescribeClientQuotasResponse_EntryData(entity=f9, values=f18)
            f6.append(i8)
    r = DescribeClientQuotasResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, entries=f6)
    return r, pos


def encode_describe_client_quotas_response_v0(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.entries
    if x2 is None:
        w(b"\xff\xff\xff\xff")
    else:
        w(_S_i.pack(len(x2)))
        for i3 in x2:
            x4 = i3.entity
            if x4 is None:
                raise_null('Entity')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    x6 = i5.entity_type
                    if x6 is None:
                        raise_null('EntityType')
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
                    x7 = i5.entity_name
                    if x7 is None:
                        w(b"\xff\xff")
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
            x8 = i3.values
            if x8 is None:
                raise_null('Values')
            else:
                w(_S_i.pack(len(x8)))
                for i9 in x8:
                    x10 = i9.key
                    if x10 is None:
                        raise_null('Key')
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
                    w(_S_d.pack(i9.value))


def decode_describe_client_quotas_response_v1(buf, pos, end):
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
        f6 = None
    else:
        if n7 * 3 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Entity')
            else:
                if n10 * 3 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    n13 = buf[pos]
                    pos += 1
                    if n13 > 127:
                        n13, pos = read_uvarint(buf, pos - 1)
                    n13 -= 1
                    if n13 < 0:
                        raise_null('EntityType')
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
                        f15 = None
                    else:
                        e17 = pos + n16
                        if e17 > end:
                            raise_short()
                        f15 = str(buf[pos:e17], "utf-8")
                        pos = e17
                    i11 = DescribeClientQuotasResponse_EntityData(entity_type=f12, entity_name=f15)
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
                    f9.append(i11)
            n22 = buf[pos]
            pos += 1
            if n22 > 127:
                n22, pos = read_uvarint(buf, pos - 1)
            n22 -= 1
            if n22 < 0:
                raise_null('Values')
            else:
                if n22 * 10 > end - pos:
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
                        raise_null('Key')
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    (f27,) = _S_d.unpack_from(buf, pos)
                    pos += 8
                    i23 = DescribeClientQuotasResponse_ValueData(key=f24, value=f27)
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
                    f21.append(i23)
            i8 = DescribeClientQuotasResponse_EntryData(entity=f9, values=f21)
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
            f6.append(i8)
    r = DescribeClientQuotasResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, entries=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c34, pos = read_uvarint(buf, pos)
        if c34 * 2 > end - pos:
            raise_short()
        for _ in range(c34):
            t35, pos = read_uvarint(buf, pos)
            s36, pos = read_uvarint(buf, pos)
            s36 += pos
            if s36 > end:
                raise_short()
            pos = s36
    return r, pos


def encode_describe_client_quotas_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.entries
    if x3 is None:
        w(b"\0")
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.entity
            if x6 is None:
                raise_null('Entity')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.entity_type
                    if x9 is None:
                        raise_null('EntityType')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.entity_name
                    if x11 is None:
                        w(b"\0")
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    w(b"\0")
            x13 = i5.values
            if x13 is None:
                raise_null('Values')
            else:
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                for i15 in x13:
                    x16 = i15.key
                    if x16 is None:
                        raise_null('Key')
                    else:
                        x16 = x16.encode()
                        n17 = len(x16) + 1
                        w(ONE[n17] if n17 < 128 else uvarint(n17))
                        w(x16)
                    w(_S_db.pack(i15.value, 0))
            w(b"\0")
    w(b"\0")
