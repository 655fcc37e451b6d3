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

_S_i = _Packer(">i")
_S_iT = _Packer(">i?")
_S_iTh = _Packer(">i?h")
_S_ih = _Packer(">ih")


class AlterPartitionReassignmentsRequest_ReassignablePartition(Struct):
    __slots__ = ('partition_index', 'replicas')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        replicas: Any = None,
    ) -> None:
        self.partition_index = partition_index
        self.replicas = replicas


class AlterPartitionReassignmentsRequest_ReassignableTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class AlterPartitionReassignmentsRequest(Struct):
    __slots__ = ('timeout_ms', 'allow_replication_factor_change', 'topics')

    def __init__(
        self,
        *,
        timeout_ms: Any = 60000,
        allow_replication_factor_change: Any = True,
        topics: Any = MISSING,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.allow_replication_factor_change = allow_replication_factor_change
        self.topics = [] if topics is MISSING else topics


AlterPartitionReassignmentsRequest.ReassignableTopic = AlterPartitionReassignmentsRequest_ReassignableTopic  # type: ignore[attr-defined]
AlterPartitionReassignmentsRequest.ReassignablePartition = AlterPartitionReassignmentsRequest_ReassignablePartition  # type: ignore[attr-defined]


def decode_alter_partition_reassignments_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Topics')
    else:
        if n3 * 3 > end - pos:
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
                raise_null('Name')
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
                raise_null('Partitions')
            else:
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n13 = buf[pos]
                    pos += 1
                    if n13 > 127:
                        n13, pos = read_uvarint(buf, pos - 1)
                    n13 -= 1
                    if n13 < 0:
                        f12 = None
                    else:
                        if n13 * 4 > end - pos:
                            raise_short()
                        room -= n13
                        if room < 0:
                            raise_many()
                        f12 = list(unpack_from(f">{n13}i", buf, pos))
                        pos += n13 * 4
                    i10 = AlterPartitionReassignmentsRequest_ReassignablePartition(partition_index=f11, replicas=f12)
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
                    f8.append(i10)
            i4 = AlterPartitionReassignmentsRequest_ReassignableTopic(name=f5, partitions=f8)
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
    r = AlterPartitionReassignmentsRequest(timeout_ms=f1, topics=f2)
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


def encode_alter_partition_reassignments_request_v0(r, w, extend):
    if r.allow_replication_factor_change != True:
        raise_absent('AllowReplicationFactorChange')
    w(_S_i.pack(r.timeout_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.name
            if x4 is None:
                raise_null('Name')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_i.pack(i8.partition_index))
                    x9 = i8.replicas
                    if x9 is None:
                        w(b"\0")
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_alter_partition_reassignments_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_iT.unpack_from(buf, pos)
    pos += 5
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Topics')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Name')
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
                raise_null('Partitions')
            else:
                if n10 * 6 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        f13 = None
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = AlterPartitionReassignmentsRequest_ReassignablePartition(partition_index=f12, replicas=f13)
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
                    f9.append(i11)
            i5 = AlterPartitionReassignmentsRequest_ReassignableTopic(name=f6, partitions=f9)
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
            f3.append(i5)
    r = AlterPartitionReassignmentsRequest(timeout_ms=f1, allow_replication_factor_change=f2, topics=f3)
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
    return r, pos


def encode_alter_partition_reassignments_request_v1(r, w, extend):
    w(_S_iT.pack(r.timeout_ms, r.allow_replication_factor_change))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.name
            if x4 is None:
                raise_null('Name')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_i.pack(i8.partition_index))
                    x9 = i8.replicas
                    if x9 is None:
                        w(b"\0")
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


class AlterPartitionReassignmentsResponse_ReassignablePartitionResponse(Struct):
    __slots__ = ('partition_index', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message


class AlterPartitionReassignmentsResponse_ReassignableTopicResponse(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class AlterPartitionReassignmentsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'allow_replication_factor_change', 'error_code', 'error_message', 'responses')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        allow_replication_factor_change: Any = True,
        error_code: Any = 0,
        error_message: Any = '',
        responses: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.allow_replication_factor_change = allow_replication_factor_change
        self.error_code = error_code
        self.error_message = error_message
        self.responses = [] if responses is MISSING else responses


AlterPartitionReassignmentsResponse.ReassignableTopicResponse = AlterPartitionReassignmentsResponse_ReassignableTopicResponse  # type: ignore[attr-defined]
AlterPartitionReassignmentsResponse.ReassignablePartitionResponse = AlterPartitionReassignmentsResponse_ReassignablePartitionResponse  # type: ignore[attr-defined]


def decode_alter_partition_reassignments_response_v0(buf, pos, end):
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
        raise_null('Responses')
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
                raise_null('Name')
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
                raise_null('Partitions')
            else:
                if n13 * 8 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15, f16) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        f17 = None
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    i14 = AlterPartitionReassignmentsResponse_ReassignablePartitionResponse(partition_index=f15, error_code=f16, error_message=f17)
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
                    f12.append(i14)
            i8 = AlterPartitionReassignmentsResponse_ReassignableTopicResponse(name=f9, partitions=f12)
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
            f6.append(i8)
    r = AlterPartitionReassignmentsResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, responses=f6)
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


def encode_alter_partition_reassignments_response_v0(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.responses
    if x3 is None:
        raise_null('Responses')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.partitions
            if x8 is None:
                raise_null('Partitions')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_ih.pack(i10.partition_index, i10.error_code))
                    x11 = i10.error_message
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


def decode_alter_partition_reassignments_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_iTh.unpack_from(buf, pos)
    pos += 7
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
        raise_null('Responses')
    else:
        if n8 * 3 > end - pos:
            raise_short()
        room -= n8
        if room < 0:
            raise_many()
        f7 = []
        for _ in range(n8):
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('Name')
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
                raise_null('Partitions')
            else:
                if n14 * 8 > end - pos:
                    raise_short()
                room -= n14
                if room < 0:
                    raise_many()
                f13 = []
                for _ in range(n14):
                    (f16, f17) = _S_ih.unpack_from(buf, pos)
                    pos += 6
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
                    i15 = AlterPartitionReassignmentsResponse_ReassignablePartitionResponse(partition_index=f16, error_code=f17, error_message=f18)
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
                    f13.append(i15)
            i9 = AlterPartitionReassignmentsResponse_ReassignableTopicResponse(name=f10, partitions=f13)
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
            f7.append(i9)
    r = AlterPartitionReassignmentsResponse(throttle_time_ms=f1, allow_replication_factor_change=f2, error_code=f3, error_message=f4, responses=f7)
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


def encode_alter_partition_reassignments_response_v1(r, w, extend):
    w(_S_iTh.pack(r.throttle_time_ms, r.allow_replication_factor_change, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.responses
    if x3 is None:
        raise_null('Responses')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.name
            if x6 is None:
                raise_null('Name')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i5.partitions
            if x8 is None:
                raise_null('Partitions')
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    w(_S_ih.pack(i10.partition_index, i10.error_code))
                    x11 = i10.error_message
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
