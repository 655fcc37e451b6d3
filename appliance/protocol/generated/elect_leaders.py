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
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")
_S_ih = _Packer(">ih")


class ElectLeadersRequest_TopicPartitions(Struct):
    __slots__ = ('topic', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is MISSING else partitions


class ElectLeadersRequest(Struct):
    __slots__ = ('election_type', 'topic_partitions', 'timeout_ms')

    def __init__(
        self,
        *,
        election_type: Any = 0,
        topic_partitions: Any = MISSING,
        timeout_ms: Any = 60000,
    ) -> None:
        self.election_type = election_type
        self.topic_partitions = [] if topic_partitions is MISSING else topic_partitions
        self.timeout_ms = timeout_ms


ElectLeadersRequest.TopicPartitions = ElectLeadersRequest_TopicPartitions  # type: ignore[attr-defined]


def decode_elect_leaders_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 6 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n5 < 0:
                raise_null('Topic')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (n8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n8 < 0:
                raise_null('Partitions')
            else:
                if n8 * 4 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = list(unpack_from(f">{n8}i", buf, pos))
                pos += n8 * 4
            i3 = ElectLeadersRequest_TopicPartitions(topic=f4, partitions=f7)
            f1.append(i3)
    (f9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ElectLeadersRequest(topic_partitions=f1, timeout_ms=f9)
    return r, pos


def encode_elect_leaders_request_v0(r, w, extend):
    if r.election_type != 0:
        raise_absent('ElectionType')
    x1 = r.topic_partitions
    if x1 is None:
        w(b"\xff\xff\xff\xff")
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.topic
            if x3 is None:
                raise_null('Topic')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x4)))
                w(pack(f">{len(x4)}i", *x4))
    w(_S_i.pack(r.timeout_ms))


def decode_elect_leaders_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        f2 = None
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Topic')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 4 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = list(unpack_from(f">{n9}i", buf, pos))
                pos += n9 * 4
            i4 = ElectLeadersRequest_TopicPartitions(topic=f5, partitions=f8)
            f2.append(i4)
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ElectLeadersRequest(election_type=f1, topic_partitions=f2, timeout_ms=f10)
    return r, pos


def encode_elect_leaders_request_v1(r, w, extend):
    w(_S_b.pack(r.election_type))
    x1 = r.topic_partitions
    if x1 is None:
        w(b"\xff\xff\xff\xff")
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.topic
            if x3 is None:
                raise_null('Topic')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x4)))
                w(pack(f">{len(x4)}i", *x4))
    w(_S_i.pack(r.timeout_ms))


def decode_elect_leaders_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_b.unpack_from(buf, pos)
    pos += 1
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        f2 = None
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
                raise_null('Topic')
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
                if n9 * 4 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = list(unpack_from(f">{n9}i", buf, pos))
                pos += n9 * 4
            i4 = ElectLeadersRequest_TopicPartitions(topic=f5, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c10, pos = read_uvarint(buf, pos)
                if c10 * 2 > end - pos:
                    raise_short()
                for _ in range(c10):
                    t11, pos = read_uvarint(buf, pos)
                    s12, pos = read_uvarint(buf, pos)
                    s12 += pos
                    if s12 > end:
                        raise_short()
                    pos = s12
            f2.append(i4)
    (f13,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ElectLeadersRequest(election_type=f1, topic_partitions=f2, timeout_ms=f13)
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
    return r, pos


def encode_elect_leaders_request_v2(r, w, extend):
    w(_S_b.pack(r.election_type))
    x1 = r.topic_partitions
    if x1 is None:
        w(b"\0")
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.topic
            if x4 is None:
                raise_null('Topic')
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
                w(pack(f">{len(x6)}i", *x6))
            w(b"\0")
    w(_S_ib.pack(r.timeout_ms, 0))


class ElectLeadersResponse_PartitionResult(Struct):
    __slots__ = ('partition_id', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        partition_id: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
    ) -> None:
        self.partition_id = partition_id
        self.error_code = error_code
        self.error_message = error_message


class ElectLeadersResponse_ReplicaElectionResult(Struct):
    __slots__ = ('topic', 'partition_result')

    def __init__(
        self,
        *,
        topic: Any = '',
        partition_result: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.partition_result = [] if partition_result is MISSING else partition_result


class ElectLeadersResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'replica_election_results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        replica_election_results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.replica_election_results = [] if replica_election_results is MISSING else replica_election_results


ElectLeadersResponse.ReplicaElectionResult = ElectLeadersResponse_ReplicaElectionResult  # type: ignore[attr-defined]
ElectLeadersResponse.PartitionResult = ElectLeadersResponse_PartitionResult  # type: ignore[attr-defined]


def decode_elect_leaders_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('ReplicaElectionResults')
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Topic')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                raise_null('PartitionResult')
            else:
                if n9 * 8 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    (n14,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n14 < 0:
                        f13 = None
                    else:
                        e15 = pos + n14
                        if e15 > end:
                            raise_short()
                        f13 = str(buf[pos:e15], "utf-8")
                        pos = e15
                    i10 = ElectLeadersResponse_PartitionResult(partition_id=f11, error_code=f12, error_message=f13)
                    f8.append(i10)
            i4 = ElectLeadersResponse_ReplicaElectionResult(topic=f5, partition_result=f8)
            f2.append(i4)
    r = ElectLeadersResponse(throttle_time_ms=f1, replica_election_results=f2)
    return r, pos


def encode_elect_leaders_response_v0(r, w, extend):
    if r.error_code != 0:
        raise_absent('ErrorCode')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.replica_election_results
    if x1 is None:
        raise_null('ReplicaElectionResults')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.topic
            if x3 is None:
                raise_null('Topic')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.partition_result
            if x4 is None:
                raise_null('PartitionResult')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_ih.pack(i5.partition_id, i5.error_code))
                    x6 = i5.error_message
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)


def decode_elect_leaders_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    (n4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n4 < 0:
        raise_null('ReplicaElectionResults')
    else:
        if n4 * 6 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Topic')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('PartitionResult')
            else:
                if n10 * 8 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12, f13) = _S_ih.unpack_from(buf, pos)
                    pos += 6
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
                    i11 = ElectLeadersResponse_PartitionResult(partition_id=f12, error_code=f13, error_message=f14)
                    f9.append(i11)
            i5 = ElectLeadersResponse_ReplicaElectionResult(topic=f6, partition_result=f9)
            f3.append(i5)
    r = ElectLeadersResponse(throttle_time_ms=f1, error_code=f2, replica_election_results=f3)
    return r, pos


def encode_elect_leaders_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.replica_election_results
    if x1 is None:
        raise_null('ReplicaElectionResults')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.topic
            if x3 is None:
                raise_null('Topic')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.partition_result
            if x4 is None:
                raise_null('PartitionResult')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_ih.pack(i5.partition_id, i5.error_code))
                    x6 = i5.error_message
                    if x6 is None:
                        w(b"\xff\xff")
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)


def decode_elect_leaders_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('ReplicaElectionResults')
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
                raise_null('Topic')
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
                raise_null('PartitionResult')
            else:
                if n10 * 8 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
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
                    i11 = ElectLeadersResponse_PartitionResult(partition_id=f12, error_code=f13, error_message=f14)
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
                    f9.append(i11)
            i5 = ElectLeadersResponse_ReplicaElectionResult(topic=f6, partition_result=f9)
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
            f3.append(i5)
    r = ElectLeadersResponse(throttle_time_ms=f1, error_code=f2, replica_election_results=f3)
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
    return r, pos


def encode_elect_leaders_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.replica_election_results
    if x1 is None:
        raise_null('ReplicaElectionResults')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.topic
            if x4 is None:
                raise_null('Topic')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.partition_result
            if x6 is None:
                raise_null('PartitionResult')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_ih.pack(i8.partition_id, i8.error_code))
                    x9 = i8.error_message
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    w(b"\0")
            w(b"\0")
    w(b"\0")
