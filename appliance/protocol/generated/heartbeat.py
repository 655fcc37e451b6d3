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
_S_ihb = _Packer(">ihb")


class HeartbeatRequest(Struct):
    __slots__ = ('group_id', 'generation_id', 'member_id', 'group_instance_id')

    def __init__(
        self,
        *,
        group_id: Any = '',
        generation_id: Any = 0,
        member_id: Any = '',
        group_instance_id: Any = None,
    ) -> None:
        self.group_id = group_id
        self.generation_id = generation_id
        self.member_id = member_id
        self.group_instance_id = group_instance_id




def decode_heartbeat_request_v0(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    r = HeartbeatRequest(group_id=f1, generation_id=f4, member_id=f5)
    return r, pos


def encode_heartbeat_request_v0(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)


def decode_heartbeat_request_v1(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    r = HeartbeatRequest(group_id=f1, generation_id=f4, member_id=f5)
    return r, pos


def encode_heartbeat_request_v1(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)


def decode_heartbeat_request_v2(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
    r = HeartbeatRequest(group_id=f1, generation_id=f4, member_id=f5)
    return r, pos


def encode_heartbeat_request_v2(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)


def decode_heartbeat_request_v3(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n6,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n6 < 0:
        raise_null('MemberId')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = str(buf[pos:e7], "utf-8")
        pos = e7
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
    r = HeartbeatRequest(group_id=f1, generation_id=f4, member_id=f5, group_instance_id=f8)
    return r, pos


def encode_heartbeat_request_v3(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.group_instance_id
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)


def decode_heartbeat_request_v4(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('GroupId')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n6 = buf[pos]
    pos += 1
    if n6 > 127:
        n6, pos = read_uvarint(buf, pos - 1)
    n6 -= 1
    if n6 < 0:
        raise_null('MemberId')
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
        f8 = None
    else:
        e10 = pos + n9
        if e10 > end:
            raise_short()
        f8 = str(buf[pos:e10], "utf-8")
        pos = e10
    r = HeartbeatRequest(group_id=f1, generation_id=f4, member_id=f5, group_instance_id=f8)
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


def encode_heartbeat_request_v4(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation_id))
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.group_instance_id
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    w(b"\0")


class HeartbeatResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code




def decode_heartbeat_response_v0(buf, pos, end):
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = HeartbeatResponse(error_code=f1)
    return r, pos


def encode_heartbeat_response_v0(r, w, extend):
    w(_S_h.pack(r.error_code))


def decode_heartbeat_response_v1(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    r = HeartbeatResponse(throttle_time_ms=f1, error_code=f2)
    return r, pos


def encode_heartbeat_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))


def decode_heartbeat_response_v2(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    r = HeartbeatResponse(throttle_time_ms=f1, error_code=f2)
    return r, pos


def encode_heartbeat_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))


def decode_heartbeat_response_v3(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    r = HeartbeatResponse(throttle_time_ms=f1, error_code=f2)
    return r, pos


def encode_heartbeat_response_v3(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))


def decode_heartbeat_response_v4(buf, pos, end):
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    r = HeartbeatResponse(throttle_time_ms=f1, error_code=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c3, pos = read_uvarint(buf, pos)
        if c3 * 2 > end - pos:
            raise_short()
        for _ in range(c3):
            t4, pos = read_uvarint(buf, pos)
            s5, pos = read_uvarint(buf, pos)
            s5 += pos
            if s5 > end:
                raise_short()
            pos = s5
    return r, pos


def encode_heartbeat_response_v4(r, w, extend):
    w(_S_ihb.pack(r.throttle_time_ms, r.error_code, 0))
