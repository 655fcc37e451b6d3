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
_S_TbT = _Packer(">?b?")
_S_TbTb = _Packer(">?b?b")
_S_Tbb = _Packer(">?bb")
_S_b = _Packer(">b")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")
_S_ih = _Packer(">ih")


class DescribeClusterRequest(Struct):
    __slots__ = ('include_cluster_authorized_operations', 'endpoint_type', 'include_fenced_brokers')

    def __init__(
        self,
        *,
        include_cluster_authorized_operations: Any = False,
        endpoint_type: Any = 1,
        include_fenced_brokers: Any = False,
    ) -> None:
        self.include_cluster_authorized_operations = include_cluster_authorized_operations
        self.endpoint_type = endpoint_type
        self.include_fenced_brokers = include_fenced_brokers




def decode_describe_cluster_request_v0(buf, pos, end):
    (f1,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeClusterRequest(include_cluster_authorized_operations=f1)
    if buf[pos] == 0:
        pos += 1
    else:
        c2, pos = read_uvarint(buf, pos)
        if c2 * 2 > end - pos:
            raise_short()
        for _ in range(c2):
            t3, pos = read_uvarint(buf, pos)
            s4, pos = read_uvarint(buf, pos)
            s4 += pos
            if s4 > end:
                raise_short()
            pos = s4
    return r, pos


def encode_describe_cluster_request_v0(r, w, extend):
    if r.endpoint_type != 1:
        raise_absent('EndpointType')
    if r.include_fenced_brokers != False:
        raise_absent('IncludeFencedBrokers')
    w(_S_Tb.pack(r.include_cluster_authorized_operations, 0))


def decode_describe_cluster_request_v1(buf, pos, end):
    (f1, f2) = _S_Tb.unpack_from(buf, pos)
    pos += 2
    r = DescribeClusterRequest(include_cluster_authorized_operations=f1, endpoint_type=f2)
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


def encode_describe_cluster_request_v1(r, w, extend):
    if r.include_fenced_brokers != False:
        raise_absent('IncludeFencedBrokers')
    w(_S_Tbb.pack(r.include_cluster_authorized_operations, r.endpoint_type, 0))


def decode_describe_cluster_request_v2(buf, pos, end):
    (f1, f2, f3) = _S_TbT.unpack_from(buf, pos)
    pos += 3
    r = DescribeClusterRequest(include_cluster_authorized_operations=f1, endpoint_type=f2, include_fenced_brokers=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c4, pos = read_uvarint(buf, pos)
        if c4 * 2 > end - pos:
            raise_short()
        for _ in range(c4):
            t5, pos = read_uvarint(buf, pos)
            s6, pos = read_uvarint(buf, pos)
            s6 += pos
            if s6 > end:
                raise_short()
            pos = s6
    return r, pos


def encode_describe_cluster_request_v2(r, w, extend):
    w(_S_TbTb.pack(r.include_cluster_authorized_operations, r.endpoint_type, r.include_fenced_brokers, 0))


class DescribeClusterResponse_DescribeClusterBroker(Struct):
    __slots__ = ('broker_id', 'host', 'port', 'rack', 'is_fenced')

    def __init__(
        self,
        *,
        broker_id: Any = 0,
        host: Any = '',
        port: Any = 0,
        rack: Any = None,
        is_fenced: Any = False,
    ) -> None:
        self.broker_id = broker_id
        self.host = host
        self.port = port
        self.rack = rack
        self.is_fenced = is_fenced


class DescribeClusterResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'error_message', 'endpoint_type', 'cluster_id', 'controller_id', 'brokers', 'cluster_authorized_operations')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        error_message: Any = None,
        endpoint_type: Any = 1,
        cluster_id: Any = '',
        controller_id: Any = -1,
        brokers: Any = MISSING,
        cluster_authorized_operations: Any = -2147483648,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.endpoint_type = endpoint_type
        self.cluster_id = cluster_id
        self.controller_id = controller_id
        self.brokers = [] if brokers is MISSING else brokers
        self.cluster_authorized_operations = cluster_authorized_operations


DescribeClusterResponse.DescribeClusterBroker = DescribeClusterResponse_DescribeClusterBroker  # type: ignore[attr-defined]


def decode_describe_cluster_response_v0(buf, pos, end):
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
        raise_null('ClusterId')
    else:
        e8 = pos + n7
        if e8 > end:
            raise_short()
        f6 = str(buf[pos:e8], "utf-8")
        pos = e8
    (f9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n11 = buf[pos]
    pos += 1
    if n11 > 127:
        n11, pos = read_uvarint(buf, pos - 1)
    n11 -= 1
    if n11 < 0:
        raise_null('Brokers')
    else:
        if n11 * 11 > end - pos:
            raise_short()
        room -= n11
        if room < 0:
            raise_many()
        f10 = []
        for _ in range(n11):
            (f13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n15 = buf[pos]
            pos += 1
            if n15 > 127:
                n15, pos = read_uvarint(buf, pos - 1)
            n15 -= 1
            if n15 < 0:
                raise_null('Host')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (f17,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i12 = DescribeClusterResponse_DescribeClusterBroker(broker_id=f13, host=f14, port=f17, rack=f18)
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
            f10.append(i12)
    (f24,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DescribeClusterResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, cluster_id=f6, controller_id=f9, brokers=f10, cluster_authorized_operations=f24)
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
    return r, pos


def encode_describe_cluster_response_v0(r, w, extend):
    if r.endpoint_type != 1:
        raise_absent('EndpointType')
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.cluster_id
    if x3 is None:
        raise_null('ClusterId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(_S_i.pack(r.controller_id))
    x5 = r.brokers
    if x5 is None:
        raise_null('Brokers')
    else:
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        for i7 in x5:
            if i7.is_fenced != False:
                raise_absent('IsFenced')
            w(_S_i.pack(i7.broker_id))
            x8 = i7.host
            if x8 is None:
                raise_null('Host')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_i.pack(i7.port))
            x10 = i7.rack
            if x10 is None:
                w(b"\0")
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            w(b"\0")
    w(_S_ib.pack(r.cluster_authorized_operations, 0))


def decode_describe_cluster_response_v1(buf, pos, end):
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
    (f6,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('ClusterId')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n12 = buf[pos]
    pos += 1
    if n12 > 127:
        n12, pos = read_uvarint(buf, pos - 1)
    n12 -= 1
    if n12 < 0:
        raise_null('Brokers')
    else:
        if n12 * 11 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            (f14,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n16 = buf[pos]
            pos += 1
            if n16 > 127:
                n16, pos = read_uvarint(buf, pos - 1)
            n16 -= 1
            if n16 < 0:
                raise_null('Host')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (f18,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i13 = DescribeClusterResponse_DescribeClusterBroker(broker_id=f14, host=f15, port=f18, rack=f19)
            if buf[pos] == 0:
                pos += 1
            else:
                c22, pos = read_uvarint(buf, pos)
                if c22 * 2 > end - pos:
                    raise_short()
                for _ in range(c22):
                    t23, pos = read_uvarint(buf, pos)
                    s24, pos = read_uvarint(buf, pos)
                    s24 += pos
                    if s24 > end:
                        raise_short()
                    pos = s24
            f11.append(i13)
    (f25,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DescribeClusterResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, endpoint_type=f6, cluster_id=f7, controller_id=f10, brokers=f11, cluster_authorized_operations=f25)
    if buf[pos] == 0:
        pos += 1
    else:
        c26, pos = read_uvarint(buf, pos)
        if c26 * 2 > end - pos:
            raise_short()
        for _ in range(c26):
            t27, pos = read_uvarint(buf, pos)
            s28, pos = read_uvarint(buf, pos)
            s28 += pos
            if s28 > end:
                raise_short()
            pos = s28
    return r, pos


def encode_describe_cluster_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_b.pack(r.endpoint_type))
    x3 = r.cluster_id
    if x3 is None:
        raise_null('ClusterId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(_S_i.pack(r.controller_id))
    x5 = r.brokers
    if x5 is None:
        raise_null('Brokers')
    else:
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        for i7 in x5:
            if i7.is_fenced != False:
                raise_absent('IsFenced')
            w(_S_i.pack(i7.broker_id))
            x8 = i7.host
            if x8 is None:
                raise_null('Host')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_i.pack(i7.port))
            x10 = i7.rack
            if x10 is None:
                w(b"\0")
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            w(b"\0")
    w(_S_ib.pack(r.cluster_authorized_operations, 0))


def decode_describe_cluster_response_v2(buf, pos, end):
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
    (f6,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('ClusterId')
    else:
        e9 = pos + n8
        if e9 > end:
            raise_short()
        f7 = str(buf[pos:e9], "utf-8")
        pos = e9
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n12 = buf[pos]
    pos += 1
    if n12 > 127:
        n12, pos = read_uvarint(buf, pos - 1)
    n12 -= 1
    if n12 < 0:
        raise_null('Brokers')
    else:
        if n12 * 12 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            (f14,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n16 = buf[pos]
            pos += 1
            if n16 > 127:
                n16, pos = read_uvarint(buf, pos - 1)
            n16 -= 1
            if n16 < 0:
                raise_null('Host')
            else:
                e17 = pos + n16
                if e17 > end:
                    raise_short()
                f15 = str(buf[pos:e17], "utf-8")
                pos = e17
            (f18,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            (f22,) = _S_T.unpack_from(buf, pos)
            pos += 1
            i13 = DescribeClusterResponse_DescribeClusterBroker(broker_id=f14, host=f15, port=f18, rack=f19, is_fenced=f22)
            if buf[pos] == 0:
                pos += 1
            else:
                c23, pos = read_uvarint(buf, pos)
                if c23 * 2 > end - pos:
                    raise_short()
                for _ in range(c23):
                    t24, pos = read_uvarint(buf, pos)
                    s25, pos = read_uvarint(buf, pos)
                    s25 += pos
                    if s25 > end:
                        raise_short()
                    pos = s25
            f11.append(i13)
    (f26,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DescribeClusterResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, endpoint_type=f6, cluster_id=f7, controller_id=f10, brokers=f11, cluster_authorized_operations=f26)
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


def encode_describe_cluster_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_b.pack(r.endpoint_type))
    x3 = r.cluster_id
    if x3 is None:
        raise_null('ClusterId')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(_S_i.pack(r.controller_id))
    x5 = r.brokers
    if x5 is None:
        raise_null('Brokers')
    else:
        n6 = len(x5) + 1
        w(ONE[n6] if n6 < 128 else uvarint(n6))
        for i7 in x5:
            w(_S_i.pack(i7.broker_id))
            x8 = i7.host
            if x8 is None:
                raise_null('Host')
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(_S_i.pack(i7.port))
            x10 = i7.rack
            if x10 is None:
                w(b"\0")
            else:
                x10 = x10.encode()
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(x10)
            w(_S_Tb.pack(i7.is_fenced, 0))
    w(_S_ib.pack(r.cluster_authorized_operations, 0))
