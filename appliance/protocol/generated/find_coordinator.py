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
_S_h = _Packer(">h")
_S_hi = _Packer(">hi")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")
_S_ih = _Packer(">ih")


class FindCoordinatorRequest(Struct):
    __slots__ = ('key', 'key_type', 'coordinator_keys')

    def __init__(
        self,
        *,
        key: Any = '',
        key_type: Any = 0,
        coordinator_keys: Any = MISSING,
    ) -> None:
        self.key = key
        self.key_type = key_type
        self.coordinator_keys = [] if coordinator_keys is MISSING else coordinator_keys




def decode_find_coordinator_request_v0(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('Key')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    r = FindCoordinatorRequest(key=f1)
    return r, pos


def encode_find_coordinator_request_v0(r, w, extend):
    if r.key_type != 0:
        raise_absent('KeyType')
    if r.coordinator_keys is None or r.coordinator_keys:
        raise_absent('CoordinatorKeys')
    x1 = r.key
    if x1 is None:
        raise_null('Key')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)


def decode_find_coordinator_request_v1(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('Key')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_b.unpack_from(buf, pos)
    pos += 1
    r = FindCoordinatorRequest(key=f1, key_type=f4)
    return r, pos


def encode_find_coordinator_request_v1(r, w, extend):
    if r.coordinator_keys is None or r.coordinator_keys:
        raise_absent('CoordinatorKeys')
    x1 = r.key
    if x1 is None:
        raise_null('Key')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_b.pack(r.key_type))


def decode_find_coordinator_request_v2(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('Key')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_b.unpack_from(buf, pos)
    pos += 1
    r = FindCoordinatorRequest(key=f1, key_type=f4)
    return r, pos


def encode_find_coordinator_request_v2(r, w, extend):
    if r.coordinator_keys is None or r.coordinator_keys:
        raise_absent('CoordinatorKeys')
    x1 = r.key
    if x1 is None:
        raise_null('Key')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_b.pack(r.key_type))


def decode_find_coordinator_request_v3(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Key')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_b.unpack_from(buf, pos)
    pos += 1
    r = FindCoordinatorRequest(key=f1, key_type=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c5, pos = read_uvarint(buf, pos)
        if c5 * 2 > end - pos:
            raise_short()
        for _ in range(c5):
            t6, pos = read_uvarint(buf, pos)
            s7, pos = read_uvarint(buf, pos)
            s7 += pos
            if s7 > end:
                raise_short()
            pos = s7
    return r, pos


def encode_find_coordinator_request_v3(r, w, extend):
    if r.coordinator_keys is None or r.coordinator_keys:
        raise_absent('CoordinatorKeys')
    x1 = r.key
    if x1 is None:
        raise_null('Key')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_bb.pack(r.key_type, 0))


def decode_find_coordinator_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('CoordinatorKeys')
    else:
        if n3 * 1 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            n5 = buf[pos]
            pos += 1
            if n5 > 127:
                n5, pos = read_uvarint(buf, pos - 1)
            n5 -= 1
            if n5 < 0:
                raise_null('CoordinatorKeys')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                i4 = str(buf[pos:e6], "utf-8")
                pos = e6
            f2.append(i4)
    r = FindCoordinatorRequest(key_type=f1, coordinator_keys=f2)
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


def encode_find_coordinator_request_v4(r, w, extend):
    if r.key != '':
        raise_absent('Key')
    w(_S_b.pack(r.key_type))
    x1 = r.coordinator_keys
    if x1 is None:
        raise_null('CoordinatorKeys')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('CoordinatorKeys')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(b"\0")


def decode_find_coordinator_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('CoordinatorKeys')
    else:
        if n3 * 1 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            n5 = buf[pos]
            pos += 1
            if n5 > 127:
                n5, pos = read_uvarint(buf, pos - 1)
            n5 -= 1
            if n5 < 0:
                raise_null('CoordinatorKeys')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                i4 = str(buf[pos:e6], "utf-8")
                pos = e6
            f2.append(i4)
    r = FindCoordinatorRequest(key_type=f1, coordinator_keys=f2)
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


def encode_find_coordinator_request_v5(r, w, extend):
    if r.key != '':
        raise_absent('Key')
    w(_S_b.pack(r.key_type))
    x1 = r.coordinator_keys
    if x1 is None:
        raise_null('CoordinatorKeys')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('CoordinatorKeys')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(b"\0")


def decode_find_coordinator_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('CoordinatorKeys')
    else:
        if n3 * 1 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            n5 = buf[pos]
            pos += 1
            if n5 > 127:
                n5, pos = read_uvarint(buf, pos - 1)
            n5 -= 1
            if n5 < 0:
                raise_null('CoordinatorKeys')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                i4 = str(buf[pos:e6], "utf-8")
                pos = e6
            f2.append(i4)
    r = FindCoordinatorRequest(key_type=f1, coordinator_keys=f2)
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


def encode_find_coordinator_request_v6(r, w, extend):
    if r.key != '':
        raise_absent('Key')
    w(_S_b.pack(r.key_type))
    x1 = r.coordinator_keys
    if x1 is None:
        raise_null('CoordinatorKeys')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('CoordinatorKeys')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(b"\0")


class FindCoordinatorResponse_Coordinator(Struct):
    __slots__ = ('key', 'node_id', 'host', 'port', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        key: Any = '',
        node_id: Any = 0,
        host: Any = '',
        port: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
    ) -> None:
        self.key = key
        self.node_id = node_id
        self.host = host
        self.port = port
        self.error_code = error_code
        self.error_message = error_message


class FindCoordinatorResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'error_message', 'node_id', 'host', 'port', 'coordinators')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
        node_id: Any = 0,
        host: Any = '',
        port: Any = 0,
        coordinators: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.node_id = node_id
        self.host = host
        self.port = port
        self.coordinators = [] if coordinators is MISSING else coordinators


FindCoordinatorResponse.Coordinator = FindCoordinatorResponse_Coordinator  # type: ignore[attr-defined]


def decode_find_coordinator_response_v0(buf, pos, end):
    (f1, f2) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n4 < 0:
        raise_null('Host')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = FindCoordinatorResponse(error_code=f1, node_id=f2, host=f3, port=f6)
    return r, pos


def encode_find_coordinator_response_v0(r, w, extend):
    if r.coordinators is None or r.coordinators:
        raise_absent('Coordinators')
    w(_S_hi.pack(r.error_code, r.node_id))
    x1 = r.host
    if x1 is None:
        raise_null('Host')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.port))


def decode_find_coordinator_response_v1(buf, pos, end):
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
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n8,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n8 < 0:
        raise_null('Host')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = FindCoordinatorResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, node_id=f6, host=f7, port=f10)
    return r, pos


def encode_find_coordinator_response_v1(r, w, extend):
    if r.coordinators is None or r.coordinators:
        raise_absent('Coordinators')
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.node_id))
    x2 = r.host
    if x2 is None:
        raise_null('Host')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    w(_S_i.pack(r.port))


def decode_find_coordinator_response_v2(buf, pos, end):
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
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n8,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n8 < 0:
        raise_null('Host')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = FindCoordinatorResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, node_id=f6, host=f7, port=f10)
    return r, pos


def encode_find_coordinator_response_v2(r, w, extend):
    if r.coordinators is None or r.coordinators:
        raise_absent('Coordinators')
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.node_id))
    x2 = r.host
    if x2 is None:
        raise_null('Host')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    w(_S_i.pack(r.port))


def decode_find_coordinator_response_v3(buf, pos, end):
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
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('Host')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = FindCoordinatorResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, node_id=f6, host=f7, port=f10)
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


def encode_find_coordinator_response_v3(r, w, extend):
    if r.coordinators is None or r.coordinators:
        raise_absent('Coordinators')
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.node_id))
    x3 = r.host
    if x3 is None:
        raise_null('Host')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(_S_ib.pack(r.port, 0))


def decode_find_coordinator_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Coordinators')
    else:
        if n3 * 14 > end - pos:
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
                raise_null('Key')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Host')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12, f13) = _S_ih.unpack_from(buf, pos)
            pos += 6
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
            i4 = FindCoordinatorResponse_Coordinator(key=f5, node_id=f8, host=f9, port=f12, error_code=f13, error_message=f14)
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
            f2.append(i4)
    r = FindCoordinatorResponse(throttle_time_ms=f1, coordinators=f2)
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


def encode_find_coordinator_response_v4(r, w, extend):
    if r.error_code != 0:
        raise_absent('ErrorCode')
    if r.node_id != 0:
        raise_absent('NodeId')
    if r.host != '':
        raise_absent('Host')
    if r.port != 0:
        raise_absent('Port')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.coordinators
    if x1 is None:
        raise_null('Coordinators')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.key
            if x4 is None:
                raise_null('Key')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.node_id))
            x6 = i3.host
            if x6 is None:
                raise_null('Host')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_ih.pack(i3.port, i3.error_code))
            x8 = i3.error_message
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(b"\0")
    w(b"\0")


def decode_find_coordinator_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Coordinators')
    else:
        if n3 * 14 > end - pos:
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
                raise_null('Key')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Host')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12, f13) = _S_ih.unpack_from(buf, pos)
            pos += 6
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
            i4 = FindCoordinatorResponse_Coordinator(key=f5, node_id=f8, host=f9, port=f12, error_code=f13, error_message=f14)
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
            f2.append(i4)
    r = FindCoordinatorResponse(throttle_time_ms=f1, coordinators=f2)
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


def encode_find_coordinator_response_v5(r, w, extend):
    if r.error_code != 0:
        raise_absent('ErrorCode')
    if r.node_id != 0:
        raise_absent('NodeId')
    if r.host != '':
        raise_absent('Host')
    if r.port != 0:
        raise_absent('Port')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.coordinators
    if x1 is None:
        raise_null('Coordinators')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.key
            if x4 is None:
                raise_null('Key')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.node_id))
            x6 = i3.host
            if x6 is None:
                raise_null('Host')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_ih.pack(i3.port, i3.error_code))
            x8 = i3.error_message
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(b"\0")
    w(b"\0")


def decode_find_coordinator_response_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Coordinators')
    else:
        if n3 * 14 > end - pos:
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
                raise_null('Key')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Host')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12, f13) = _S_ih.unpack_from(buf, pos)
            pos += 6
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
            i4 = FindCoordinatorResponse_Coordinator(key=f5, node_id=f8, host=f9, port=f12, error_code=f13, error_message=f14)
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
            f2.append(i4)
    r = FindCoordinatorResponse(throttle_time_ms=f1, coordinators=f2)
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


def encode_find_coordinator_response_v6(r, w, extend):
    if r.error_code != 0:
        raise_absent('ErrorCode')
    if r.node_id != 0:
        raise_absent('NodeId')
    if r.host != '':
        raise_absent('Host')
    if r.port != 0:
        raise_absent('Port')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.coordinators
    if x1 is None:
        raise_null('Coordinators')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.key
            if x4 is None:
                raise_null('Key')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.node_id))
            x6 = i3.host
            if x6 is None:
                raise_null('Host')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_ih.pack(i3.port, i3.error_code))
            x8 = i3.error_message
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(b"\0")
    w(b"\0")
