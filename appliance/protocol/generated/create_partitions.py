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
_S_iT = _Packer(">i?")
_S_iTb = _Packer(">i?b")


class CreatePartitionsRequest_CreatePartitionsAssignment(Struct):
    __slots__ = ('broker_ids',)

    def __init__(
        self,
        *,
        broker_ids: Any = MISSING,
    ) -> None:
        self.broker_ids = [] if broker_ids is MISSING else broker_ids


class CreatePartitionsRequest_CreatePartitionsTopic(Struct):
    __slots__ = ('name', 'count', 'assignments')

    def __init__(
        self,
        *,
        name: Any = '',
        count: Any = 0,
        assignments: Any = MISSING,
    ) -> None:
        self.name = name
        self.count = count
        self.assignments = [] if assignments is MISSING else assignments


class CreatePartitionsRequest(Struct):
    __slots__ = ('topics', 'timeout_ms', 'validate_only')

    def __init__(
        self,
        *,
        topics: Any = MISSING,
        timeout_ms: Any = 0,
        validate_only: Any = False,
    ) -> None:
        self.topics = [] if topics is MISSING else topics
        self.timeout_ms = timeout_ms
        self.validate_only = validate_only


CreatePartitionsRequest.CreatePartitionsTopic = CreatePartitionsRequest_CreatePartitionsTopic  # type: ignore[attr-defined]
CreatePartitionsRequest.CreatePartitionsAssignment = CreatePartitionsRequest_CreatePartitionsAssignment  # type: ignore[attr-defined]


def decode_create_partitions_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 10 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n5 < 0:
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                f8 = None
            else:
                if n9 * 4 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (n12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n12 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n12 * 4 > end - pos:
                            raise_short()
                        room -= n12
                        if room < 0:
                            raise_many()
                        f11 = list(unpack_from(f">{n12}i", buf, pos))
                        pos += n12 * 4
                    i10 = CreatePartitionsRequest_CreatePartitionsAssignment(broker_ids=f11)
                    f8.append(i10)
            i3 = CreatePartitionsRequest_CreatePartitionsTopic(name=f4, count=f7, assignments=f8)
            f1.append(i3)
    (f13, f14) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreatePartitionsRequest(topics=f1, timeout_ms=f13, validate_only=f14)
    return r, pos


def encode_create_partitions_request_v0(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.name
            if x3 is None:
                raise_null('Name')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.count))
            x4 = i2.assignments
            if x4 is None:
                w(b"\xff\xff\xff\xff")
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    x6 = i5.broker_ids
                    if x6 is None:
                        raise_null('BrokerIds')
                    else:
                        w(_S_i.pack(len(x6)))
                        w(pack(f">{len(x6)}i", *x6))
    w(_S_iT.pack(r.timeout_ms, r.validate_only))


def decode_create_partitions_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 10 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n5 < 0:
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                f8 = None
            else:
                if n9 * 4 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (n12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n12 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n12 * 4 > end - pos:
                            raise_short()
                        room -= n12
                        if room < 0:
                            raise_many()
                        f11 = list(unpack_from(f">{n12}i", buf, pos))
                        pos += n12 * 4
                    i10 = CreatePartitionsRequest_CreatePartitionsAssignment(broker_ids=f11)
                    f8.append(i10)
            i3 = CreatePartitionsRequest_CreatePartitionsTopic(name=f4, count=f7, assignments=f8)
            f1.append(i3)
    (f13, f14) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreatePartitionsRequest(topics=f1, timeout_ms=f13, validate_only=f14)
    return r, pos


def encode_create_partitions_request_v1(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.name
            if x3 is None:
                raise_null('Name')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.count))
            x4 = i2.assignments
            if x4 is None:
                w(b"\xff\xff\xff\xff")
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    x6 = i5.broker_ids
                    if x6 is None:
                        raise_null('BrokerIds')
                    else:
                        w(_S_i.pack(len(x6)))
                        w(pack(f">{len(x6)}i", *x6))
    w(_S_iT.pack(r.timeout_ms, r.validate_only))


def decode_create_partitions_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 7 > end - pos:
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
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                f8 = None
            else:
                if n9 * 2 > end - pos:
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
                        raise_null('BrokerIds')
                    else:
                        if n12 * 4 > end - pos:
                            raise_short()
                        room -= n12
                        if room < 0:
                            raise_many()
                        f11 = list(unpack_from(f">{n12}i", buf, pos))
                        pos += n12 * 4
                    i10 = CreatePartitionsRequest_CreatePartitionsAssignment(broker_ids=f11)
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
                    f8.append(i10)
            i3 = CreatePartitionsRequest_CreatePartitionsTopic(name=f4, count=f7, assignments=f8)
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
            f1.append(i3)
    (f19, f20) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreatePartitionsRequest(topics=f1, timeout_ms=f19, validate_only=f20)
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


def encode_create_partitions_request_v2(r, w, extend):
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
            w(_S_i.pack(i3.count))
            x6 = i3.assignments
            if x6 is None:
                w(b"\0")
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.broker_ids
                    if x9 is None:
                        raise_null('BrokerIds')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            w(b"\0")
    w(_S_iTb.pack(r.timeout_ms, r.validate_only, 0))


def decode_create_partitions_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 7 > end - pos:
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
                raise_null('Name')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                f8 = None
            else:
                if n9 * 2 > end - pos:
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
                        raise_null('BrokerIds')
                    else:
                        if n12 * 4 > end - pos:
                            raise_short()
                        room -= n12
                        if room < 0:
                            raise_many()
                        f11 = list(unpack_from(f">{n12}i", buf, pos))
                        pos += n12 * 4
                    i10 = CreatePartitionsRequest_CreatePartitionsAssignment(broker_ids=f11)
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
                    f8.append(i10)
            i3 = CreatePartitionsRequest_CreatePartitionsTopic(name=f4, count=f7, assignments=f8)
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
            f1.append(i3)
    (f19, f20) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreatePartitionsRequest(topics=f1, timeout_ms=f19, validate_only=f20)
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


def encode_create_partitions_request_v3(r, w, extend):
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
            w(_S_i.pack(i3.count))
            x6 = i3.assignments
            if x6 is None:
                w(b"\0")
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.broker_ids
                    if x9 is None:
                        raise_null('BrokerIds')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            w(b"\0")
    w(_S_iTb.pack(r.timeout_ms, r.validate_only, 0))


class CreatePartitionsResponse_CreatePartitionsTopicResult(Struct):
    __slots__ = ('name', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        name: Any = '',
        error_code: Any = 0,
        error_message: Any = None,
    ) -> None:
        self.name = name
        self.error_code = error_code
        self.error_message = error_message


class CreatePartitionsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is MISSING else results


CreatePartitionsResponse.CreatePartitionsTopicResult = CreatePartitionsResponse_CreatePartitionsTopicResult  # type: ignore[attr-defined]


def decode_create_partitions_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
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
                raise_null('Name')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
            i4 = CreatePartitionsResponse_CreatePartitionsTopicResult(name=f5, error_code=f8, error_message=f9)
            f2.append(i4)
    r = CreatePartitionsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_create_partitions_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.name
            if x3 is None:
                raise_null('Name')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_h.pack(i2.error_code))
            x4 = i2.error_message
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_create_partitions_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
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
                raise_null('Name')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
            i4 = CreatePartitionsResponse_CreatePartitionsTopicResult(name=f5, error_code=f8, error_message=f9)
            f2.append(i4)
    r = CreatePartitionsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_create_partitions_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.name
            if x3 is None:
                raise_null('Name')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_h.pack(i2.error_code))
            x4 = i2.error_message
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_create_partitions_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 5 > end - pos:
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
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
            i4 = CreatePartitionsResponse_CreatePartitionsTopicResult(name=f5, error_code=f8, error_message=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c12, pos = read_uvarint(buf, pos)
                if c12 * 2 > end - pos:
                    raise_short()
                for _ in range(c12):
                    t13, pos = read_uvarint(buf, pos)
                    s14, pos = read_uvarint(buf, pos)
                    s14 += pos
                    if s14 > end:
                        raise_short()
                    pos = s14
            f2.append(i4)
    r = CreatePartitionsResponse(throttle_time_ms=f1, results=f2)
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


def encode_create_partitions_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(_S_h.pack(i3.error_code))
            x6 = i3.error_message
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    w(b"\0")


def decode_create_partitions_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 5 > end - pos:
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
            (f8,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
            i4 = CreatePartitionsResponse_CreatePartitionsTopicResult(name=f5, error_code=f8, error_message=f9)
            if buf[pos] == 0:
                pos += 1
            else:
                c12, pos = read_uvarint(buf, pos)
                if c12 * 2 > end - pos:
                    raise_short()
                for _ in range(c12):
                    t13, pos = read_uvarint(buf, pos)
                    s14, pos = read_uvarint(buf, pos)
                    s14 += pos
                    if s14 > end:
                        raise_short()
                    pos = s14
            f2.append(i4)
    r = CreatePartitionsResponse(throttle_time_ms=f1, results=f2)
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


def encode_create_partitions_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
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
            w(_S_h.pack(i3.error_code))
            x6 = i3.error_message
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    w(b"\0")
