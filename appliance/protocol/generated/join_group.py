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
_S_h = _Packer(">h")
_S_hi = _Packer(">hi")
_S_i = _Packer(">i")
_S_ihi = _Packer(">ihi")
_S_ii = _Packer(">ii")


class JoinGroupRequest_JoinGroupRequestProtocol(Struct):
    __slots__ = ('name', 'metadata')

    def __init__(
        self,
        *,
        name: Any = '',
        metadata: Any = b'',
    ) -> None:
        self.name = name
        self.metadata = metadata


class JoinGroupRequest(Struct):
    __slots__ = ('group_id', 'session_timeout_ms', 'rebalance_timeout_ms', 'member_id', 'group_instance_id', 'protocol_type', 'protocols', 'reason')

    def __init__(
        self,
        *,
        group_id: Any = '',
        session_timeout_ms: Any = 0,
        rebalance_timeout_ms: Any = -1,
        member_id: Any = '',
        group_instance_id: Any = None,
        protocol_type: Any = '',
        protocols: Any = MISSING,
        reason: Any = None,
    ) -> None:
        self.group_id = group_id
        self.session_timeout_ms = session_timeout_ms
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.protocol_type = protocol_type
        self.protocols = [] if protocols is MISSING else protocols
        self.reason = reason


JoinGroupRequest.JoinGroupRequestProtocol = JoinGroupRequest_JoinGroupRequestProtocol  # type: ignore[attr-defined]


def decode_join_group_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
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
        raise_null('ProtocolType')
    else:
        e10 = pos + n9
        if e10 > end:
            raise_short()
        f8 = str(buf[pos:e10], "utf-8")
        pos = e10
    (n12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n12 < 0:
        raise_null('Protocols')
    else:
        if n12 * 6 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            (n15,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n15 < 0:
                raise_null('Name')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (n18,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n18 < 0:
                raise_null('Metadata')
            else:
                e19 = pos + n18
                if e19 > end:
                    raise_short()
                f17 = bytes(buf[pos:e19])
                pos = e19
            i13 = JoinGroupRequest_JoinGroupRequestProtocol(name=f14, metadata=f17)
            f11.append(i13)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, member_id=f5, protocol_type=f8, protocols=f11)
    return r, pos


def encode_join_group_request_v0(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.session_timeout_ms))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.protocol_type
    if x3 is None:
        raise_null('ProtocolType')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.protocols
    if x4 is None:
        raise_null('Protocols')
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
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('MemberId')
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
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('Protocols')
    else:
        if n13 * 6 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('Name')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Metadata')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = bytes(buf[pos:e20])
                pos = e20
            i14 = JoinGroupRequest_JoinGroupRequestProtocol(name=f15, metadata=f18)
            f12.append(i14)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, protocol_type=f9, protocols=f12)
    return r, pos


def encode_join_group_request_v1(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.protocol_type
    if x3 is None:
        raise_null('ProtocolType')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.protocols
    if x4 is None:
        raise_null('Protocols')
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
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('MemberId')
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
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('Protocols')
    else:
        if n13 * 6 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('Name')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Metadata')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = bytes(buf[pos:e20])
                pos = e20
            i14 = JoinGroupRequest_JoinGroupRequestProtocol(name=f15, metadata=f18)
            f12.append(i14)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, protocol_type=f9, protocols=f12)
    return r, pos


def encode_join_group_request_v2(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.protocol_type
    if x3 is None:
        raise_null('ProtocolType')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.protocols
    if x4 is None:
        raise_null('Protocols')
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
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('MemberId')
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
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('Protocols')
    else:
        if n13 * 6 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('Name')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Metadata')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = bytes(buf[pos:e20])
                pos = e20
            i14 = JoinGroupRequest_JoinGroupRequestProtocol(name=f15, metadata=f18)
            f12.append(i14)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, protocol_type=f9, protocols=f12)
    return r, pos


def encode_join_group_request_v3(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.protocol_type
    if x3 is None:
        raise_null('ProtocolType')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.protocols
    if x4 is None:
        raise_null('Protocols')
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
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('MemberId')
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
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('Protocols')
    else:
        if n13 * 6 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('Name')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Metadata')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = bytes(buf[pos:e20])
                pos = e20
            i14 = JoinGroupRequest_JoinGroupRequestProtocol(name=f15, metadata=f18)
            f12.append(i14)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, protocol_type=f9, protocols=f12)
    return r, pos


def encode_join_group_request_v4(r, w, extend):
    if r.group_instance_id is not None:
        raise_absent('GroupInstanceId')
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
    x2 = r.member_id
    if x2 is None:
        raise_null('MemberId')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.protocol_type
    if x3 is None:
        raise_null('ProtocolType')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.protocols
    if x4 is None:
        raise_null('Protocols')
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
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('MemberId')
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
    (n13,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n13 < 0:
        raise_null('ProtocolType')
    else:
        e14 = pos + n13
        if e14 > end:
            raise_short()
        f12 = str(buf[pos:e14], "utf-8")
        pos = e14
    (n16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n16 < 0:
        raise_null('Protocols')
    else:
        if n16 * 6 > end - pos:
            raise_short()
        room -= n16
        if room < 0:
            raise_many()
        f15 = []
        for _ in range(n16):
            (n19,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n19 < 0:
                raise_null('Name')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            (n22,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n22 < 0:
                raise_null('Metadata')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = bytes(buf[pos:e23])
                pos = e23
            i17 = JoinGroupRequest_JoinGroupRequestProtocol(name=f18, metadata=f21)
            f15.append(i17)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, group_instance_id=f9, protocol_type=f12, protocols=f15)
    return r, pos


def encode_join_group_request_v5(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
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
    x4 = r.protocol_type
    if x4 is None:
        raise_null('ProtocolType')
    else:
        x4 = x4.encode()
        w(_S_h.pack(len(x4)))
        w(x4)
    x5 = r.protocols
    if x5 is None:
        raise_null('Protocols')
    else:
        w(_S_i.pack(len(x5)))
        for i6 in x5:
            x7 = i6.name
            if x7 is None:
                raise_null('Name')
            else:
                x7 = x7.encode()
                w(_S_h.pack(len(x7)))
                w(x7)
            x8 = i6.metadata
            if x8 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x8)))
                w(x8)


def decode_join_group_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('MemberId')
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
    n13 = buf[pos]
    pos += 1
    if n13 > 127:
        n13, pos = read_uvarint(buf, pos - 1)
    n13 -= 1
    if n13 < 0:
        raise_null('ProtocolType')
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
        raise_null('Protocols')
    else:
        if n16 * 3 > end - pos:
            raise_short()
        room -= n16
        if room < 0:
            raise_many()
        f15 = []
        for _ in range(n16):
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Name')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            n22 = buf[pos]
            pos += 1
            if n22 > 127:
                n22, pos = read_uvarint(buf, pos - 1)
            n22 -= 1
            if n22 < 0:
                raise_null('Metadata')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = bytes(buf[pos:e23])
                pos = e23
            i17 = JoinGroupRequest_JoinGroupRequestProtocol(name=f18, metadata=f21)
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
            f15.append(i17)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, group_instance_id=f9, protocol_type=f12, protocols=f15)
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
    return r, pos


def encode_join_group_request_v6(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
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
    x7 = r.protocol_type
    if x7 is None:
        raise_null('ProtocolType')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.protocols
    if x9 is None:
        raise_null('Protocols')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.name
            if x12 is None:
                raise_null('Name')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.metadata
            if x14 is None:
                raise_null('Metadata')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            w(b"\0")
    w(b"\0")


def decode_join_group_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('MemberId')
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
    n13 = buf[pos]
    pos += 1
    if n13 > 127:
        n13, pos = read_uvarint(buf, pos - 1)
    n13 -= 1
    if n13 < 0:
        raise_null('ProtocolType')
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
        raise_null('Protocols')
    else:
        if n16 * 3 > end - pos:
            raise_short()
        room -= n16
        if room < 0:
            raise_many()
        f15 = []
        for _ in range(n16):
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Name')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            n22 = buf[pos]
            pos += 1
            if n22 > 127:
                n22, pos = read_uvarint(buf, pos - 1)
            n22 -= 1
            if n22 < 0:
                raise_null('Metadata')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = bytes(buf[pos:e23])
                pos = e23
            i17 = JoinGroupRequest_JoinGroupRequestProtocol(name=f18, metadata=f21)
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
            f15.append(i17)
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, group_instance_id=f9, protocol_type=f12, protocols=f15)
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
    return r, pos


def encode_join_group_request_v7(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
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
    x7 = r.protocol_type
    if x7 is None:
        raise_null('ProtocolType')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.protocols
    if x9 is None:
        raise_null('Protocols')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.name
            if x12 is None:
                raise_null('Name')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.metadata
            if x14 is None:
                raise_null('Metadata')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            w(b"\0")
    w(b"\0")


def decode_join_group_request_v8(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('MemberId')
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
    n13 = buf[pos]
    pos += 1
    if n13 > 127:
        n13, pos = read_uvarint(buf, pos - 1)
    n13 -= 1
    if n13 < 0:
        raise_null('ProtocolType')
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
        raise_null('Protocols')
    else:
        if n16 * 3 > end - pos:
            raise_short()
        room -= n16
        if room < 0:
            raise_many()
        f15 = []
        for _ in range(n16):
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Name')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            n22 = buf[pos]
            pos += 1
            if n22 > 127:
                n22, pos = read_uvarint(buf, pos - 1)
            n22 -= 1
            if n22 < 0:
                raise_null('Metadata')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = bytes(buf[pos:e23])
                pos = e23
            i17 = JoinGroupRequest_JoinGroupRequestProtocol(name=f18, metadata=f21)
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
            f15.append(i17)
    n28 = buf[pos]
    pos += 1
    if n28 > 127:
        n28, pos = read_uvarint(buf, pos - 1)
    n28 -= 1
    if n28 < 0:
        f27 = None
    else:
        e29 = pos + n28
        if e29 > end:
            raise_short()
        f27 = str(buf[pos:e29], "utf-8")
        pos = e29
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, group_instance_id=f9, protocol_type=f12, protocols=f15, reason=f27)
    if buf[pos] == 0:
        pos += 1
    else:
        c30, pos = read_uvarint(buf, pos)
        if c30 * 2 > end - pos:
            raise_short()
        for _ in range(c30):
            t31, pos = read_uvarint(buf, pos)
            s32, pos = read_uvarint(buf, pos)
            s32 += pos
            if s32 > end:
                raise_short()
            pos = s32
    return r, pos


def encode_join_group_request_v8(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
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
    x7 = r.protocol_type
    if x7 is None:
        raise_null('ProtocolType')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.protocols
    if x9 is None:
        raise_null('Protocols')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.name
            if x12 is None:
                raise_null('Name')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.metadata
            if x14 is None:
                raise_null('Metadata')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            w(b"\0")
    x16 = r.reason
    if x16 is None:
        w(b"\0")
    else:
        x16 = x16.encode()
        n17 = len(x16) + 1
        w(ONE[n17] if n17 < 128 else uvarint(n17))
        w(x16)
    w(b"\0")


def decode_join_group_request_v9(buf, pos, end):
    room = ELEMENTS_MAX
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
    (f4, f5) = _S_ii.unpack_from(buf, pos)
    pos += 8
    n7 = buf[pos]
    pos += 1
    if n7 > 127:
        n7, pos = read_uvarint(buf, pos - 1)
    n7 -= 1
    if n7 < 0:
        raise_null('MemberId')
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
    n13 = buf[pos]
    pos += 1
    if n13 > 127:
        n13, pos = read_uvarint(buf, pos - 1)
    n13 -= 1
    if n13 < 0:
        raise_null('ProtocolType')
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
        raise_null('Protocols')
    else:
        if n16 * 3 > end - pos:
            raise_short()
        room -= n16
        if room < 0:
            raise_many()
        f15 = []
        for _ in range(n16):
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Name')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            n22 = buf[pos]
            pos += 1
            if n22 > 127:
                n22, pos = read_uvarint(buf, pos - 1)
            n22 -= 1
            if n22 < 0:
                raise_null('Metadata')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = bytes(buf[pos:e23])
                pos = e23
            i17 = JoinGroupRequest_JoinGroupRequestProtocol(name=f18, metadata=f21)
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
            f15.append(i17)
    n28 = buf[pos]
    pos += 1
    if n28 > 127:
        n28, pos = read_uvarint(buf, pos - 1)
    n28 -= 1
    if n28 < 0:
        f27 = None
    else:
        e29 = pos + n28
        if e29 > end:
            raise_short()
        f27 = str(buf[pos:e29], "utf-8")
        pos = e29
    r = JoinGroupRequest(group_id=f1, session_timeout_ms=f4, rebalance_timeout_ms=f5, member_id=f6, group_instance_id=f9, protocol_type=f12, protocols=f15, reason=f27)
    if buf[pos] == 0:
        pos += 1
    else:
        c30, pos = read_uvarint(buf, pos)
        if c30 * 2 > end - pos:
            raise_short()
        for _ in range(c30):
            t31, pos = read_uvarint(buf, pos)
            s32, pos = read_uvarint(buf, pos)
            s32 += pos
            if s32 > end:
                raise_short()
            pos = s32
    return r, pos


def encode_join_group_request_v9(r, w, extend):
    x1 = r.group_id
    if x1 is None:
        raise_null('GroupId')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_ii.pack(r.session_timeout_ms, r.rebalance_timeout_ms))
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
    x7 = r.protocol_type
    if x7 is None:
        raise_null('ProtocolType')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.protocols
    if x9 is None:
        raise_null('Protocols')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.name
            if x12 is None:
                raise_null('Name')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.metadata
            if x14 is None:
                raise_null('Metadata')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            w(b"\0")
    x16 = r.reason
    if x16 is None:
        w(b"\0")
    else:
        x16 = x16.encode()
        n17 = len(x16) + 1
        w(ONE[n17] if n17 < 128 else uvarint(n17))
        w(x16)
    w(b"\0")


class JoinGroupResponse_JoinGroupResponseMember(Struct):
    __slots__ = ('member_id', 'group_instance_id', 'metadata')

    def __init__(
        self,
        *,
        member_id: Any = '',
        group_instance_id: Any = None,
        metadata: Any = b'',
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.metadata = metadata


class JoinGroupResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'generation_id', 'protocol_type', 'protocol_name', 'leader', 'skip_assignment', 'member_id', 'members')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        generation_id: Any = -1,
        protocol_type: Any = None,
        protocol_name: Any = '',
        leader: Any = '',
        skip_assignment: Any = False,
        member_id: Any = '',
        members: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.generation_id = generation_id
        self.protocol_type = protocol_type
        self.protocol_name = protocol_name
        self.leader = leader
        self.skip_assignment = skip_assignment
        self.member_id = member_id
        self.members = [] if members is MISSING else members


JoinGroupResponse.JoinGroupResponseMember = JoinGroupResponse_JoinGroupResponseMember  # type: ignore[attr-defined]


def decode_join_group_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n4 < 0:
        raise_null('ProtocolName')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('Leader')
    else:
        e8 = pos + n7
        if e8 > end:
            raise_short()
        f6 = str(buf[pos:e8], "utf-8")
        pos = e8
    (n10,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n10 < 0:
        raise_null('MemberId')
    else:
        e11 = pos + n10
        if e11 > end:
            raise_short()
        f9 = str(buf[pos:e11], "utf-8")
        pos = e11
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('Members')
    else:
        if n13 * 6 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('MemberId')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Metadata')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = bytes(buf[pos:e20])
                pos = e20
            i14 = JoinGroupResponse_JoinGroupResponseMember(member_id=f15, metadata=f18)
            f12.append(i14)
    r = JoinGroupResponse(error_code=f1, generation_id=f2, protocol_name=f3, leader=f6, member_id=f9, members=f12)
    return r, pos


def encode_join_group_response_v0(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_hi.pack(r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.leader
    if x2 is None:
        raise_null('Leader')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_hi.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n4 < 0:
        raise_null('ProtocolName')
    else:
        e5 = pos + n4
        if e5 > end:
            raise_short()
        f3 = str(buf[pos:e5], "utf-8")
        pos = e5
    (n7,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n7 < 0:
        raise_null('Leader')
    else:
        e8 = pos + n7
        if e8 > end:
            raise_short()
        f6 = str(buf[pos:e8], "utf-8")
        pos = e8
    (n10,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n10 < 0:
        raise_null('MemberId')
    else:
        e11 = pos + n10
        if e11 > end:
            raise_short()
        f9 = str(buf[pos:e11], "utf-8")
        pos = e11
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('Members')
    else:
        if n13 * 6 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('MemberId')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n19 < 0:
                raise_null('Metadata')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = bytes(buf[pos:e20])
                pos = e20
            i14 = JoinGroupResponse_JoinGroupResponseMember(member_id=f15, metadata=f18)
            f12.append(i14)
    r = JoinGroupResponse(error_code=f1, generation_id=f2, protocol_name=f3, leader=f6, member_id=f9, members=f12)
    return r, pos


def encode_join_group_response_v1(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_hi.pack(r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.leader
    if x2 is None:
        raise_null('Leader')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('ProtocolName')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    (n8,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n8 < 0:
        raise_null('Leader')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (n11,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n11 < 0:
        raise_null('MemberId')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    (n14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n14 < 0:
        raise_null('Members')
    else:
        if n14 * 6 > end - pos:
            raise_short()
        room -= n14
        if room < 0:
            raise_many()
        f13 = []
        for _ in range(n14):
            (n17,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n17 < 0:
                raise_null('MemberId')
            else:
                e18 = pos + n17
                if e18 > end:
                    raise_short()
                f16 = str(buf[pos:e18], "utf-8")
                pos = e18
            (n20,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n20 < 0:
                raise_null('Metadata')
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = bytes(buf[pos:e21])
                pos = e21
            i15 = JoinGroupResponse_JoinGroupResponseMember(member_id=f16, metadata=f19)
            f13.append(i15)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_name=f4, leader=f7, member_id=f10, members=f13)
    return r, pos


def encode_join_group_response_v2(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.leader
    if x2 is None:
        raise_null('Leader')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('ProtocolName')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    (n8,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n8 < 0:
        raise_null('Leader')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (n11,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n11 < 0:
        raise_null('MemberId')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    (n14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n14 < 0:
        raise_null('Members')
    else:
        if n14 * 6 > end - pos:
            raise_short()
        room -= n14
        if room < 0:
            raise_many()
        f13 = []
        for _ in range(n14):
            (n17,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n17 < 0:
                raise_null('MemberId')
            else:
                e18 = pos + n17
                if e18 > end:
                    raise_short()
                f16 = str(buf[pos:e18], "utf-8")
                pos = e18
            (n20,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n20 < 0:
                raise_null('Metadata')
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = bytes(buf[pos:e21])
                pos = e21
            i15 = JoinGroupResponse_JoinGroupResponseMember(member_id=f16, metadata=f19)
            f13.append(i15)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_name=f4, leader=f7, member_id=f10, members=f13)
    return r, pos


def encode_join_group_response_v3(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.leader
    if x2 is None:
        raise_null('Leader')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('ProtocolName')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    (n8,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n8 < 0:
        raise_null('Leader')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (n11,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n11 < 0:
        raise_null('MemberId')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    (n14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n14 < 0:
        raise_null('Members')
    else:
        if n14 * 6 > end - pos:
            raise_short()
        room -= n14
        if room < 0:
            raise_many()
        f13 = []
        for _ in range(n14):
            (n17,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n17 < 0:
                raise_null('MemberId')
            else:
                e18 = pos + n17
                if e18 > end:
                    raise_short()
                f16 = str(buf[pos:e18], "utf-8")
                pos = e18
            (n20,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n20 < 0:
                raise_null('Metadata')
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = bytes(buf[pos:e21])
                pos = e21
            i15 = JoinGroupResponse_JoinGroupResponseMember(member_id=f16, metadata=f19)
            f13.append(i15)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_name=f4, leader=f7, member_id=f10, members=f13)
    return r, pos


def encode_join_group_response_v4(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.leader
    if x2 is None:
        raise_null('Leader')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.metadata
            if x7 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x7)))
                w(x7)


def decode_join_group_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        raise_null('ProtocolName')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    (n8,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n8 < 0:
        raise_null('Leader')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (n11,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n11 < 0:
        raise_null('MemberId')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    (n14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n14 < 0:
        raise_null('Members')
    else:
        if n14 * 8 > end - pos:
            raise_short()
        room -= n14
        if room < 0:
            raise_many()
        f13 = []
        for _ in range(n14):
            (n17,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n17 < 0:
                raise_null('MemberId')
            else:
                e18 = pos + n17
                if e18 > end:
                    raise_short()
                f16 = str(buf[pos:e18], "utf-8")
                pos = e18
            (n20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n20 < 0:
                f19 = None
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = str(buf[pos:e21], "utf-8")
                pos = e21
            (n23,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n23 < 0:
                raise_null('Metadata')
            else:
                e24 = pos + n23
                if e24 > end:
                    raise_short()
                f22 = bytes(buf[pos:e24])
                pos = e24
            i15 = JoinGroupResponse_JoinGroupResponseMember(member_id=f16, group_instance_id=f19, metadata=f22)
            f13.append(i15)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_name=f4, leader=f7, member_id=f10, members=f13)
    return r, pos


def encode_join_group_response_v5(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.leader
    if x2 is None:
        raise_null('Leader')
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.member_id
    if x3 is None:
        raise_null('MemberId')
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('Members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('MemberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.group_instance_id
            if x7 is None:
                w(b"\xff\xff")
            else:
                x7 = x7.encode()
                w(_S_h.pack(len(x7)))
                w(x7)
            x8 = i5.metadata
            if x8 is None:
                raise_null('Metadata')
            else:
                w(_S_i.pack(len(x8)))
                w(x8)


def decode_join_group_response_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('ProtocolName')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('Leader')
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
        raise_null('MemberId')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    n14 = buf[pos]
    pos += 1
    if n14 > 127:
        n14, pos = read_uvarint(buf, pos - 1)
    n14 -= 1
    if n14 < 0:
        raise_null('Members')
    else:
        if n14 * 4 > end - pos:
            raise_short()
        room -= n14
        if room < 0:
            raise_many()
        f13 = []
        for _ in range(n14):
            n17 = buf[pos]
            pos += 1
            if n17 > 127:
                n17, pos = read_uvarint(buf, pos - 1)
            n17 -= 1
            if n17 < 0:
                raise_null('MemberId')
            else:
                e18 = pos + n17
                if e18 > end:
                    raise_short()
                f16 = str(buf[pos:e18], "utf-8")
                pos = e18
            n20 = buf[pos]
            pos += 1
            if n20 > 127:
                n20, pos = read_uvarint(buf, pos - 1)
            n20 -= 1
            if n20 < 0:
                f19 = None
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = str(buf[pos:e21], "utf-8")
                pos = e21
            n23 = buf[pos]
            pos += 1
            if n23 > 127:
                n23, pos = read_uvarint(buf, pos - 1)
            n23 -= 1
            if n23 < 0:
                raise_null('Metadata')
            else:
                e24 = pos + n23
                if e24 > end:
                    raise_short()
                f22 = bytes(buf[pos:e24])
                pos = e24
            i15 = JoinGroupResponse_JoinGroupResponseMember(member_id=f16, group_instance_id=f19, metadata=f22)
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
            f13.append(i15)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_name=f4, leader=f7, member_id=f10, members=f13)
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
    return r, pos


def encode_join_group_response_v6(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_name
    if x1 is None:
        raise_null('ProtocolName')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.leader
    if x3 is None:
        raise_null('Leader')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.member_id
    if x5 is None:
        raise_null('MemberId')
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    x7 = r.members
    if x7 is None:
        raise_null('Members')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            x10 = i9.member_id
            if x10 is None:
                raise_null('MemberId')
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            x12 = i9.group_instance_id
            if x12 is None:
                w(b"\0")
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i9.metadata
            if x14 is None:
                raise_null('Metadata')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            w(b"\0")
    w(b"\0")


def decode_join_group_response_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        f4 = None
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        f7 = None
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
        raise_null('Leader')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    n14 = buf[pos]
    pos += 1
    if n14 > 127:
        n14, pos = read_uvarint(buf, pos - 1)
    n14 -= 1
    if n14 < 0:
        raise_null('MemberId')
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    n17 = buf[pos]
    pos += 1
    if n17 > 127:
        n17, pos = read_uvarint(buf, pos - 1)
    n17 -= 1
    if n17 < 0:
        raise_null('Members')
    else:
        if n17 * 4 > end - pos:
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
                raise_null('MemberId')
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = str(buf[pos:e21], "utf-8")
                pos = e21
            n23 = buf[pos]
            pos += 1
            if n23 > 127:
                n23, pos = read_uvarint(buf, pos - 1)
            n23 -= 1
            if n23 < 0:
                f22 = None
            else:
                e24 = pos + n23
                if e24 > end:
                    raise_short()
                f22 = str(buf[pos:e24], "utf-8")
                pos = e24
            n26 = buf[pos]
            pos += 1
            if n26 > 127:
                n26, pos = read_uvarint(buf, pos - 1)
            n26 -= 1
            if n26 < 0:
                raise_null('Metadata')
            else:
                e27 = pos + n26
                if e27 > end:
                    raise_short()
                f25 = bytes(buf[pos:e27])
                pos = e27
            i18 = JoinGroupResponse_JoinGroupResponseMember(member_id=f19, group_instance_id=f22, metadata=f25)
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
            f16.append(i18)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_type=f4, protocol_name=f7, leader=f10, member_id=f13, members=f16)
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


def encode_join_group_response_v7(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_type
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.protocol_name
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.leader
    if x5 is None:
        raise_null('Leader')
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    x7 = r.member_id
    if x7 is None:
        raise_null('MemberId')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.members
    if x9 is None:
        raise_null('Members')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.member_id
            if x12 is None:
                raise_null('MemberId')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.group_instance_id
            if x14 is None:
                w(b"\0")
            else:
                x14 = x14.encode()
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            x16 = i11.metadata
            if x16 is None:
                raise_null('Metadata')
            else:
                n17 = len(x16) + 1
                w(ONE[n17] if n17 < 128 else uvarint(n17))
                w(x16)
            w(b"\0")
    w(b"\0")


def decode_join_group_response_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        f4 = None
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        f7 = None
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
        raise_null('Leader')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    n14 = buf[pos]
    pos += 1
    if n14 > 127:
        n14, pos = read_uvarint(buf, pos - 1)
    n14 -= 1
    if n14 < 0:
        raise_null('MemberId')
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    n17 = buf[pos]
    pos += 1
    if n17 > 127:
        n17, pos = read_uvarint(buf, pos - 1)
    n17 -= 1
    if n17 < 0:
        raise_null('Members')
    else:
        if n17 * 4 > end - pos:
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
                raise_null('MemberId')
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = str(buf[pos:e21], "utf-8")
                pos = e21
            n23 = buf[pos]
            pos += 1
            if n23 > 127:
                n23, pos = read_uvarint(buf, pos - 1)
            n23 -= 1
            if n23 < 0:
                f22 = None
            else:
                e24 = pos + n23
                if e24 > end:
                    raise_short()
                f22 = str(buf[pos:e24], "utf-8")
                pos = e24
            n26 = buf[pos]
            pos += 1
            if n26 > 127:
                n26, pos = read_uvarint(buf, pos - 1)
            n26 -= 1
            if n26 < 0:
                raise_null('Metadata')
            else:
                e27 = pos + n26
                if e27 > end:
                    raise_short()
                f25 = bytes(buf[pos:e27])
                pos = e27
            i18 = JoinGroupResponse_JoinGroupResponseMember(member_id=f19, group_instance_id=f22, metadata=f25)
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
            f16.append(i18)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_type=f4, protocol_name=f7, leader=f10, member_id=f13, members=f16)
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


def encode_join_group_response_v8(r, w, extend):
    if r.skip_assignment != False:
        raise_absent('SkipAssignment')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_type
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.protocol_name
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.leader
    if x5 is None:
        raise_null('Leader')
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    x7 = r.member_id
    if x7 is None:
        raise_null('MemberId')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.members
    if x9 is None:
        raise_null('Members')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.member_id
            if x12 is None:
                raise_null('MemberId')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.group_instance_id
            if x14 is None:
                w(b"\0")
            else:
                x14 = x14.encode()
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            x16 = i11.metadata
            if x16 is None:
                raise_null('Metadata')
            else:
                n17 = len(x16) + 1
                w(ONE[n17] if n17 < 128 else uvarint(n17))
                w(x16)
            w(b"\0")
    w(b"\0")


def decode_join_group_response_v9(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        f4 = None
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        f7 = None
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
        raise_null('Leader')
    else:
        e12 = pos + n11
        if e12 > end:
            raise_short()
        f10 = str(buf[pos:e12], "utf-8")
        pos = e12
    (f13,) = _S_T.unpack_from(buf, pos)
    pos += 1
    n15 = buf[pos]
    pos += 1
    if n15 > 127:
        n15, pos = read_uvarint(buf, pos - 1)
    n15 -= 1
    if n15 < 0:
        raise_null('MemberId')
    else:
        e16 = pos + n15
        if e16 > end:
            raise_short()
        f14 = str(buf[pos:e16], "utf-8")
        pos = e16
    n18 = buf[pos]
    pos += 1
    if n18 > 127:
        n18, pos = read_uvarint(buf, pos - 1)
    n18 -= 1
    if n18 < 0:
        raise_null('Members')
    else:
        if n18 * 4 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            n21 = buf[pos]
            pos += 1
            if n21 > 127:
                n21, pos = read_uvarint(buf, pos - 1)
            n21 -= 1
            if n21 < 0:
                raise_null('MemberId')
            else:
                e22 = pos + n21
                if e22 > end:
                    raise_short()
                f20 = str(buf[pos:e22], "utf-8")
                pos = e22
            n24 = buf[pos]
            pos += 1
            if n24 > 127:
                n24, pos = read_uvarint(buf, pos - 1)
            n24 -= 1
            if n24 < 0:
                f23 = None
            else:
                e25 = pos + n24
                if e25 > end:
                    raise_short()
                f23 = str(buf[pos:e25], "utf-8")
                pos = e25
            n27 = buf[pos]
            pos += 1
            if n27 > 127:
                n27, pos = read_uvarint(buf, pos - 1)
            n27 -= 1
            if n27 < 0:
                raise_null('Metadata')
            else:
                e28 = pos + n27
                if e28 > end:
                    raise_short()
                f26 = bytes(buf[pos:e28])
                pos = e28
            i19 = JoinGroupResponse_JoinGroupResponseMember(member_id=f20, group_instance_id=f23, metadata=f26)
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
            f17.append(i19)
    r = JoinGroupResponse(throttle_time_ms=f1, error_code=f2, generation_id=f3, protocol_type=f4, protocol_name=f7, leader=f10, skip_assignment=f13, member_id=f14, members=f17)
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
    return r, pos


def encode_join_group_response_v9(r, w, extend):
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.generation_id))
    x1 = r.protocol_type
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.protocol_name
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.leader
    if x5 is None:
        raise_null('Leader')
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    w(_S_T.pack(r.skip_assignment))
    x7 = r.member_id
    if x7 is None:
        raise_null('MemberId')
    else:
        x7 = x7.encode()
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        w(x7)
    x9 = r.members
    if x9 is None:
        raise_null('Members')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.member_id
            if x12 is None:
                raise_null('MemberId')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.group_instance_id
            if x14 is None:
                w(b"\0")
            else:
                x14 = x14.encode()
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            x16 = i11.metadata
            if x16 is None:
                raise_null('Metadata')
            else:
                n17 = len(x16) + 1
                w(ONE[n17] if n17 < 128 else uvarint(n17))
                w(x16)
            w(b"\0")
    w(b"\0")
