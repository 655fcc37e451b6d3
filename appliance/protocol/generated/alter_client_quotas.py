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
_S_dT = _Packer(">d?")
_S_dTb = _Packer(">d?b")
_S_h = _Packer(">h")
_S_i = _Packer(">i")


class AlterClientQuotasRequest_OpData(Struct):
    __slots__ = ('key', 'value', 'remove')

    def __init__(
        self,
        *,
        key: Any = '',
        value: Any = 0.0,
        remove: Any = False,
    ) -> None:
        self.key = key
        self.value = value
        self.remove = remove


class AlterClientQuotasRequest_EntityData(Struct):
    __slots__ = ('entity_type', 'entity_name')

    def __init__(
        self,
        *,
        entity_type: Any = '',
        entity_name: Any = '',
    ) -> None:
        self.entity_type = entity_type
        self.entity_name = entity_name


class AlterClientQuotasRequest_EntryData(Struct):
    __slots__ = ('entity', 'ops')

    def __init__(
        self,
        *,
        entity: Any = MISSING,
        ops: Any = MISSING,
    ) -> None:
        self.entity = [] if entity is MISSING else entity
        self.ops = [] if ops is MISSING else ops


class AlterClientQuotasRequest(Struct):
    __slots__ = ('entries', 'validate_only')

    def __init__(
        self,
        *,
        entries: Any = MISSING,
        validate_only: Any = False,
    ) -> None:
        self.entries = [] if entries is MISSING else entries
        self.validate_only = validate_only


AlterClientQuotasRequest.EntryData = AlterClientQuotasRequest_EntryData  # type: ignore[attr-defined]
AlterClientQuotasRequest.EntityData = AlterClientQuotasRequest_EntityData  # type: ignore[attr-defined]
AlterClientQuotasRequest.OpData = AlterClientQuotasRequest_OpData  # type: ignore[attr-defined]


def decode_alter_client_quotas_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Entries')
    else:
        if n2 * 8 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n5 < 0:
                raise_null('Entity')
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
                        raise_null('EntityType')
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
                    i6 = AlterClientQuotasRequest_EntityData(entity_type=f7, entity_name=f10)
                    f4.append(i6)
            (n14,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n14 < 0:
                raise_null('Ops')
            else:
                if n14 * 11 > end - pos:
                    raise_short()
                room -= n14
                if room < 0:
                    raise_many()
                f13 = []
                for _ in range(n14):
                    (n17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n17 < 0:
                        raise_null('Key')
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = str(buf[pos:e18], "utf-8")
                        pos = e18
                    (f19, f20) = _S_dT.unpack_from(buf, pos)
                    pos += 9
                    i15 = AlterClientQuotasRequest_OpData(key=f16, value=f19, remove=f20)
                    f13.append(i15)
            i3 = AlterClientQuotasRequest_EntryData(entity=f4, ops=f13)
            f1.append(i3)
    (f21,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = AlterClientQuotasRequest(entries=f1, validate_only=f21)
    return r, pos


def encode_alter_client_quotas_request_v0(r, w, extend):
    x1 = r.entries
    if x1 is None:
        raise_null('Entries')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.entity
            if x3 is None:
                raise_null('Entity')
            else:
                w(_S_i.pack(len(x3)))
                for i4 in x3:
                    x5 = i4.entity_type
                    if x5 is None:
                        raise_null('EntityType')
                    else:
                        x5 = x5.encode()
                        w(_S_h.pack(len(x5)))
                        w(x5)
                    x6 = i4.entity_name
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
            x7 = i2.ops
            if x7 is None:
                raise_null('Ops')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.key
                    if x9 is None:
                        raise_null('Key')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    w(_S_dT.pack(i8.value, i8.remove))
    w(_S_T.pack(r.validate_only))


def decode_alter_client_quotas_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Entries')
    else:
        if n2 * 3 > end - pos:
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
                raise_null('Entity')
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
                        raise_null('EntityType')
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
                    i6 = AlterClientQuotasRequest_EntityData(entity_type=f7, entity_name=f10)
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
            n17 = buf[pos]
            pos += 1
            if n17 > 127:
                n17, pos = read_uvarint(buf, pos - 1)
            n17 -= 1
            if n17 < 0:
                raise_null('Ops')
            else:
                if n17 * 11 > end - pos:
                    raise_short()
                room -= n17
                if room < 0:
                    raise_many()
                f16 = []
                for _ in range(n17):
                    n20 = buf[pos]
                    pos += 1
                    if n20 > 127:
                        n20, pos = read_uvarint(buf, pos - 1)
                    n20 -= 1
                    if n20 < 0:
                        raise_null('Key')
                    else:
                        e21 = pos + n20
                        if e21 > end:
                            raise_short()
                        f19 = str(buf[pos:e21], "utf-8")
                        pos = e21
                    (f22, f23) = _S_dT.unpack_from(buf, pos)
                    pos += 9
                    i18 = AlterClientQuotasRequest_OpData(key=f19, value=f22, remove=f23)
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
                    f16.append(i18)
            i3 = AlterClientQuotasRequest_EntryData(entity=f4, ops=f16)
            if buf[pos] == 0:
                pos += 1
            else:
                c27, pos = read_uvarint(buf, pos)
                if c27 * 2 > end - pos:
                    raise_short()
                for _ in range(c27):
                    t28, pos = read_uvarint(buf, pos)
                    s29, pos = read_uvarint(buf, pos)
                    s29 += pos
                    if s29 > end:
                        raise_short()
                    pos = s29
            f1.append(i3)
    (f30,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = AlterClientQuotasRequest(entries=f1, validate_only=f30)
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


def encode_alter_client_quotas_request_v1(r, w, extend):
    x1 = r.entries
    if x1 is None:
        raise_null('Entries')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.entity
            if x4 is None:
                raise_null('Entity')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    x7 = i6.entity_type
                    if x7 is None:
                        raise_null('EntityType')
                    else:
                        x7 = x7.encode()
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        w(x7)
                    x9 = i6.entity_name
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    w(b"\0")
            x11 = i3.ops
            if x11 is None:
                raise_null('Ops')
            else:
                n12 = len(x11) + 1
                w(ONE[n12] if n12 < 128 else uvarint(n12))
                for i13 in x11:
                    x14 = i13.key
                    if x14 is None:
                        raise_null('Key')
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    w(_S_dTb.pack(i13.value, i13.remove, 0))
            w(b"\0")
    w(_S_Tb.pack(r.validate_only, 0))


class AlterClientQuotasResponse_EntityData(Struct):
    __slots__ = ('entity_type', 'entity_name')

    def __init__(
        self,
        *,
        entity_type: Any = '',
        entity_name: Any = '',
    ) -> None:
        self.entity_type = entity_type
        self.entity_name = entity_name


class AlterClientQuotasResponse_EntryData(Struct):
    __slots__ = ('error_code', 'error_message', 'entity')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        entity: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.entity = [] if entity is MISSING else entity


class AlterClientQuotasResponse(Struct):
    __slots__ = ('throttle_time_ms', 'entries')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        entries: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.entries = [] if entries is MISSING else entries


AlterClientQuotasResponse.EntryData = AlterClientQuotasResponse_EntryData  # type: ignore[attr-defined]
AlterClientQuotasResponse.EntityData = AlterClientQuotasResponse_EntityData  # type: ignore[attr-defined]


def decode_alter_client_quotas_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Entries')
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
                    i11 = AlterClientQuotasResponse_EntityData(entity_type=f12, entity_name=f15)
                    f9.append(i11)
            i4 = AlterClientQuotasResponse_EntryData(error_code=f5, error_message=f6, entity=f9)
            f2.append(i4)
    r = AlterClientQuotasResponse(throttle_time_ms=f1, entries=f2)
    return r, pos


def encode_alter_client_quotas_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.entries
    if x1 is None:
        raise_null('Entries')
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
            x4 = i2.entity
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


def decode_alter_client_quotas_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Entries')
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
                    i11 = AlterClientQuotasResponse_EntityData(entity_type=f12, entity_name=f15)
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
            i4 = AlterClientQuotasResponse_EntryData(error_code=f5, error_message=f6, entity=f9)
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
            f2.append(i4)
    r = AlterClientQuotasResponse(throttle_time_ms=f1, entries=f2)
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


def encode_alter_client_quotas_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.entries
    if x1 is None:
        raise_null('Entries')
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
            x6 = i3.entity
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
            w(b"\0")
    w(b"\0")
