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
_S_ii = _Packer(">ii")
_S_q = _Packer(">q")


class GroupMetadataKey(Struct):
    __slots__ = ('group',)

    def __init__(
        self,
        *,
        group: Any = '',
    ) -> None:
        self.group = group




def decode_group_metadata_key_v0(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('group')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    r = GroupMetadataKey(group=f1)
    return r, pos


def encode_group_metadata_key_v0(r, w, extend):
    x1 = r.group
    if x1 is None:
        raise_null('group')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)


class GroupMetadataValue_MemberMetadata(Struct):
    __slots__ = ('member_id', 'group_instance_id', 'client_id', 'client_host', 'rebalance_timeout', 'session_timeout', 'subscription', 'assignment')

    def __init__(
        self,
        *,
        member_id: Any = '',
        group_instance_id: Any = None,
        client_id: Any = '',
        client_host: Any = '',
        rebalance_timeout: Any = -1,
        session_timeout: Any = 0,
        subscription: Any = b'',
        assignment: Any = b'',
    ) -> None:
        self.member_id = member_id
        self.group_instance_id = group_instance_id
        self.client_id = client_id
        self.client_host = client_host
        self.rebalance_timeout = rebalance_timeout
        self.session_timeout = session_timeout
        self.subscription = subscription
        self.assignment = assignment


class GroupMetadataValue(Struct):
    __slots__ = ('protocol_type', 'generation', 'protocol', 'leader', 'current_state_timestamp', 'members')

    def __init__(
        self,
        *,
        protocol_type: Any = '',
        generation: Any = 0,
        protocol: Any = '',
        leader: Any = '',
        current_state_timestamp: Any = -1,
        members: Any = MISSING,
    ) -> None:
        self.protocol_type = protocol_type
        self.generation = generation
        self.protocol = protocol
        self.leader = leader
        self.current_state_timestamp = current_state_timestamp
        self.members = [] if members is MISSING else members


GroupMetadataValue.MemberMetadata = GroupMetadataValue_MemberMetadata  # type: ignore[attr-defined]


def decode_group_metadata_value_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('protocolType')
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
        f5 = None
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
    (n12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n12 < 0:
        raise_null('members')
    else:
        if n12 * 18 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            (n15,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n15 < 0:
                raise_null('memberId')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (n18,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n18 < 0:
                raise_null('clientId')
            else:
                e19 = pos + n18
                if e19 > end:
                    raise_short()
                f17 = str(buf[pos:e19], "utf-8")
                pos = e19
            (n21,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n21 < 0:
                raise_null('clientHost')
            else:
                e22 = pos + n21
                if e22 > end:
                    raise_short()
                f20 = str(buf[pos:e22], "utf-8")
                pos = e22
            (f23,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n25,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n25 < 0:
                raise_null('subscription')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = bytes(buf[pos:e26])
                pos = e26
            (n28,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n28 < 0:
                raise_null('assignment')
            else:
                e29 = pos + n28
                if e29 > end:
                    raise_short()
                f27 = bytes(buf[pos:e29])
                pos = e29
            i13 = GroupMetadataValue_MemberMetadata(member_id=f14, client_id=f17, client_host=f20, session_timeout=f23, subscription=f24, assignment=f27)
            f11.append(i13)
    r = GroupMetadataValue(protocol_type=f1, generation=f4, protocol=f5, leader=f8, members=f11)
    return r, pos


def encode_group_metadata_value_v0(r, w, extend):
    x1 = r.protocol_type
    if x1 is None:
        raise_null('protocolType')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation))
    x2 = r.protocol
    if x2 is None:
        w(b"\xff\xff")
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.leader
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('memberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.client_id
            if x7 is None:
                raise_null('clientId')
            else:
                x7 = x7.encode()
                w(_S_h.pack(len(x7)))
                w(x7)
            x8 = i5.client_host
            if x8 is None:
                raise_null('clientHost')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_i.pack(i5.session_timeout))
            x9 = i5.subscription
            if x9 is None:
                raise_null('subscription')
            else:
                w(_S_i.pack(len(x9)))
                w(x9)
            x10 = i5.assignment
            if x10 is None:
                raise_null('assignment')
            else:
                w(_S_i.pack(len(x10)))
                w(x10)


def decode_group_metadata_value_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('protocolType')
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
        f5 = None
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
    (n12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n12 < 0:
        raise_null('members')
    else:
        if n12 * 22 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            (n15,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n15 < 0:
                raise_null('memberId')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (n18,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n18 < 0:
                raise_null('clientId')
            else:
                e19 = pos + n18
                if e19 > end:
                    raise_short()
                f17 = str(buf[pos:e19], "utf-8")
                pos = e19
            (n21,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n21 < 0:
                raise_null('clientHost')
            else:
                e22 = pos + n21
                if e22 > end:
                    raise_short()
                f20 = str(buf[pos:e22], "utf-8")
                pos = e22
            (f23, f24) = _S_ii.unpack_from(buf, pos)
            pos += 8
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('subscription')
            else:
                e27 = pos + n26
                if e27 > end:
                    raise_short()
                f25 = bytes(buf[pos:e27])
                pos = e27
            (n29,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n29 < 0:
                raise_null('assignment')
            else:
                e30 = pos + n29
                if e30 > end:
                    raise_short()
                f28 = bytes(buf[pos:e30])
                pos = e30
            i13 = GroupMetadataValue_MemberMetadata(member_id=f14, client_id=f17, client_host=f20, rebalance_timeout=f23, session_timeout=f24, subscription=f25, assignment=f28)
            f11.append(i13)
    r = GroupMetadataValue(protocol_type=f1, generation=f4, protocol=f5, leader=f8, members=f11)
    return r, pos


def encode_group_metadata_value_v1(r, w, extend):
    x1 = r.protocol_type
    if x1 is None:
        raise_null('protocolType')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation))
    x2 = r.protocol
    if x2 is None:
        w(b"\xff\xff")
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.leader
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    x4 = r.members
    if x4 is None:
        raise_null('members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('memberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.client_id
            if x7 is None:
                raise_null('clientId')
            else:
                x7 = x7.encode()
                w(_S_h.pack(len(x7)))
                w(x7)
            x8 = i5.client_host
            if x8 is None:
                raise_null('clientHost')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_ii.pack(i5.rebalance_timeout, i5.session_timeout))
            x9 = i5.subscription
            if x9 is None:
                raise_null('subscription')
            else:
                w(_S_i.pack(len(x9)))
                w(x9)
            x10 = i5.assignment
            if x10 is None:
                raise_null('assignment')
            else:
                w(_S_i.pack(len(x10)))
                w(x10)


def decode_group_metadata_value_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('protocolType')
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
        f5 = None
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
    (f11,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('members')
    else:
        if n13 * 22 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('memberId')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n19 < 0:
                raise_null('clientId')
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('clientHost')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24, f25) = _S_ii.unpack_from(buf, pos)
            pos += 8
            (n27,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n27 < 0:
                raise_null('subscription')
            else:
                e28 = pos + n27
                if e28 > end:
                    raise_short()
                f26 = bytes(buf[pos:e28])
                pos = e28
            (n30,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n30 < 0:
                raise_null('assignment')
            else:
                e31 = pos + n30
                if e31 > end:
                    raise_short()
                f29 = bytes(buf[pos:e31])
                pos = e31
            i14 = GroupMetadataValue_MemberMetadata(member_id=f15, client_id=f18, client_host=f21, rebalance_timeout=f24, session_timeout=f25, subscription=f26, assignment=f29)
            f12.append(i14)
    r = GroupMetadataValue(protocol_type=f1, generation=f4, protocol=f5, leader=f8, current_state_timestamp=f11, members=f12)
    return r, pos


def encode_group_metadata_value_v2(r, w, extend):
    x1 = r.protocol_type
    if x1 is None:
        raise_null('protocolType')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation))
    x2 = r.protocol
    if x2 is None:
        w(b"\xff\xff")
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.leader
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    w(_S_q.pack(r.current_state_timestamp))
    x4 = r.members
    if x4 is None:
        raise_null('members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('memberId')
            else:
                x6 = x6.encode()
                w(_S_h.pack(len(x6)))
                w(x6)
            x7 = i5.client_id
            if x7 is None:
                raise_null('clientId')
            else:
                x7 = x7.encode()
                w(_S_h.pack(len(x7)))
                w(x7)
            x8 = i5.client_host
            if x8 is None:
                raise_null('clientHost')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_ii.pack(i5.rebalance_timeout, i5.session_timeout))
            x9 = i5.subscription
            if x9 is None:
                raise_null('subscription')
            else:
                w(_S_i.pack(len(x9)))
                w(x9)
            x10 = i5.assignment
            if x10 is None:
                raise_null('assignment')
            else:
                w(_S_i.pack(len(x10)))
                w(x10)


def decode_group_metadata_value_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        raise_null('protocolType')
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
        f5 = None
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
    (f11,) = _S_q.unpack_from(buf, pos)
    pos += 8
    (n13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n13 < 0:
        raise_null('members')
    else:
        if n13 * 24 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            (n16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n16 < 0:
                raise_null('memberId')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (n19,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n19 < 0:
                f18 = None
            else:
                e20 = pos + n19
                if e20 > end:
                    raise_short()
                f18 = str(buf[pos:e20], "utf-8")
                pos = e20
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('clientId')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (n25,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n25 < 0:
                raise_null('clientHost')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (f27, f28) = _S_ii.unpack_from(buf, pos)
            pos += 8
            (n30,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n30 < 0:
                raise_null('subscription')
            else:
                e31 = pos + n30
                if e31 > end:
                    raise_short()
                f29 = bytes(buf[pos:e31])
                pos = e31
            (n33,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n33 < 0:
                raise_null('assignment')
            else:
                e34 = pos + n33
                if e34 > end:
                    raise_short()
                f32 = bytes(buf[pos:e34])
                pos = e34
            i14 = GroupMetadataValue_MemberMetadata(member_id=f15, group_instance_id=f18, client_id=f21, client_host=f24, rebalance_timeout=f27, session_timeout=f28, subscription=f29, assignment=f32)
            f12.append(i14)
    r = GroupMetadataValue(protocol_type=f1, generation=f4, protocol=f5, leader=f8, current_state_timestamp=f11, members=f12)
    return r, pos


def encode_group_metadata_value_v3(r, w, extend):
    x1 = r.protocol_type
    if x1 is None:
        raise_null('protocolType')
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.generation))
    x2 = r.protocol
    if x2 is None:
        w(b"\xff\xff")
    else:
        x2 = x2.encode()
        w(_S_h.pack(len(x2)))
        w(x2)
    x3 = r.leader
    if x3 is None:
        w(b"\xff\xff")
    else:
        x3 = x3.encode()
        w(_S_h.pack(len(x3)))
        w(x3)
    w(_S_q.pack(r.current_state_timestamp))
    x4 = r.members
    if x4 is None:
        raise_null('members')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            x6 = i5.member_id
            if x6 is None:
                raise_null('memberId')
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
            x8 = i5.client_id
            if x8 is None:
                raise_null('clientId')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            x9 = i5.client_host
            if x9 is None:
                raise_null('clientHost')
            else:
                x9 = x9.encode()
                w(_S_h.pack(len(x9)))
                w(x9)
            w(_S_ii.pack(i5.rebalance_timeout, i5.session_timeout))
            x10 = i5.subscription
            if x10 is None:
                raise_null('subscription')
            else:
                w(_S_i.pack(len(x10)))
                w(x10)
            x11 = i5.assignment
            if x11 is None:
                raise_null('assignment')
            else:
                w(_S_i.pack(len(x11)))
                w(x11)


def decode_group_metadata_value_v4(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('protocolType')
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
        f5 = None
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
    (f11,) = _S_q.unpack_from(buf, pos)
    pos += 8
    n13 = buf[pos]
    pos += 1
    if n13 > 127:
        n13, pos = read_uvarint(buf, pos - 1)
    n13 -= 1
    if n13 < 0:
        raise_null('members')
    else:
        if n13 * 15 > end - pos:
            raise_short()
        room -= n13
        if room < 0:
            raise_many()
        f12 = []
        for _ in range(n13):
            n16 = buf[pos]
            pos += 1
            if n16 > 127:
                n16, pos = read_uvarint(buf, pos - 1)
            n16 -= 1
            if n16 < 0:
                raise_null('memberId')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                f18 = None
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
                raise_null('clientId')
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
                raise_null('clientHost')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (f27, f28) = _S_ii.unpack_from(buf, pos)
            pos += 8
            n30 = buf[pos]
            pos += 1
            if n30 > 127:
                n30, pos = read_uvarint(buf, pos - 1)
            n30 -= 1
            if n30 < 0:
                raise_null('subscription')
            else:
                e31 = pos + n30
                if e31 > end:
                    raise_short()
                f29 = bytes(buf[pos:e31])
                pos = e31
            n33 = buf[pos]
            pos += 1
            if n33 > 127:
                n33, pos = read_uvarint(buf, pos - 1)
            n33 -= 1
            if n33 < 0:
                raise_null('assignment')
            else:
                e34 = pos + n33
                if e34 > end:
                    raise_short()
                f32 = bytes(buf[pos:e34])
                pos = e34
            i14 = GroupMetadataValue_MemberMetadata(member_id=f15, group_instance_id=f18, client_id=f21, client_host=f24, rebalance_timeout=f27, session_timeout=f28, subscription=f29, assignment=f32)
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
            f12.append(i14)
    r = GroupMetadataValue(protocol_type=f1, generation=f4, protocol=f5, leader=f8, current_state_timestamp=f11, members=f12)
    if buf[pos] == 0:
        pos += 1
    else:
        c38, pos = read_uvarint(buf, pos)
        if c38 * 2 > end - pos:
            raise_short()
        for _ in range(c38):
            t39, pos = read_uvarint(buf, pos)
            s40, pos = read_uvarint(buf, pos)
            s40 += pos
            if s40 > end:
                raise_short()
            pos = s40
    return r, pos


def encode_group_metadata_value_v4(r, w, extend):
    x1 = r.protocol_type
    if x1 is None:
        raise_null('protocolType')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_i.pack(r.generation))
    x3 = r.protocol
    if x3 is None:
        w(b"\0")
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    x5 = r.leader
    if x5 is None:
        w(b"\0")
    else:
        x5 = x5.encode()
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        w(x5)
    w(_S_q.pack(r.current_state_timestamp))
    x7 = r.members
    if x7 is None:
        raise_null('members')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            x10 = i9.member_id
            if x10 is None:
                raise_null('memberId')
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
            x14 = i9.client_id
            if x14 is None:
                raise_null('clientId')
            else:
                x14 = x14.encode()
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(x14)
            x16 = i9.client_host
            if x16 is None:
                raise_null('clientHost')
            else:
                x16 = x16.encode()
                n17 = len(x16) + 1
                w(ONE[n17] if n17 < 128 else uvarint(n17))
                w(x16)
            w(_S_ii.pack(i9.rebalance_timeout, i9.session_timeout))
            x18 = i9.subscription
            if x18 is None:
                raise_null('subscription')
            else:
                n19 = len(x18) + 1
                w(ONE[n19] if n19 < 128 else uvarint(n19))
                w(x18)
            x20 = i9.assignment
            if x20 is None:
                raise_null('assignment')
            else:
                n21 = len(x20) + 1
                w(ONE[n21] if n21 < 128 else uvarint(n21))
                w(x20)
            w(b"\0")
    w(b"\0")
