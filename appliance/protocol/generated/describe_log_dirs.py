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
_S_iqqT = _Packer(">iqq?")
_S_iqqTb = _Packer(">iqq?b")
_S_qq = _Packer(">qq")
_S_qqT = _Packer(">qq?")
_S_qqTb = _Packer(">qq?b")
_S_qqb = _Packer(">qqb")


class DescribeLogDirsRequest_DescribableLogDirTopic(Struct):
    __slots__ = ('topic', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is MISSING else partitions


class DescribeLogDirsRequest(Struct):
    __slots__ = ('topics',)

    def __init__(
        self,
        *,
        topics: Any = MISSING,
    ) -> None:
        self.topics = [] if topics is MISSING else topics


DescribeLogDirsRequest.DescribableLogDirTopic = DescribeLogDirsRequest_DescribableLogDirTopic  # type: ignore[attr-defined]


def decode_describe_log_dirs_request_v1(buf, pos, end):
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
            i3 = DescribeLogDirsRequest_DescribableLogDirTopic(topic=f4, partitions=f7)
            f1.append(i3)
    r = DescribeLogDirsRequest(topics=f1)
    return r, pos


def encode_describe_log_dirs_request_v1(r, w, extend):
    x1 = r.topics
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


def decode_describe_log_dirs_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
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
                raise_null('Topic')
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
                raise_null('Partitions')
            else:
                if n8 * 4 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = list(unpack_from(f">{n8}i", buf, pos))
                pos += n8 * 4
            i3 = DescribeLogDirsRequest_DescribableLogDirTopic(topic=f4, partitions=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c9, pos = read_uvarint(buf, pos)
                if c9 * 2 > end - pos:
                    raise_short()
                for _ in range(c9):
                    t10, pos = read_uvarint(buf, pos)
                    s11, pos = read_uvarint(buf, pos)
                    s11 += pos
                    if s11 > end:
                        raise_short()
                    pos = s11
            f1.append(i3)
    r = DescribeLogDirsRequest(topics=f1)
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
    return r, pos


def encode_describe_log_dirs_request_v2(r, w, extend):
    x1 = r.topics
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
    w(b"\0")


def decode_describe_log_dirs_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
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
                raise_null('Topic')
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
                raise_null('Partitions')
            else:
                if n8 * 4 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = list(unpack_from(f">{n8}i", buf, pos))
                pos += n8 * 4
            i3 = DescribeLogDirsRequest_DescribableLogDirTopic(topic=f4, partitions=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c9, pos = read_uvarint(buf, pos)
                if c9 * 2 > end - pos:
                    raise_short()
                for _ in range(c9):
                    t10, pos = read_uvarint(buf, pos)
                    s11, pos = read_uvarint(buf, pos)
                    s11 += pos
                    if s11 > end:
                        raise_short()
                    pos = s11
            f1.append(i3)
    r = DescribeLogDirsRequest(topics=f1)
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
    return r, pos


def encode_describe_log_dirs_request_v3(r, w, extend):
    x1 = r.topics
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
    w(b"\0")


def decode_describe_log_dirs_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
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
                raise_null('Topic')
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
                raise_null('Partitions')
            else:
                if n8 * 4 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = list(unpack_from(f">{n8}i", buf, pos))
                pos += n8 * 4
            i3 = DescribeLogDirsRequest_DescribableLogDirTopic(topic=f4, partitions=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c9, pos = read_uvarint(buf, pos)
                if c9 * 2 > end - pos:
                    raise_short()
                for _ in range(c9):
                    t10, pos = read_uvarint(buf, pos)
                    s11, pos = read_uvarint(buf, pos)
                    s11 += pos
                    if s11 > end:
                        raise_short()
                    pos = s11
            f1.append(i3)
    r = DescribeLogDirsRequest(topics=f1)
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
    return r, pos


def encode_describe_log_dirs_request_v4(r, w, extend):
    x1 = r.topics
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
    w(b"\0")


def decode_describe_log_dirs_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
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
                raise_null('Topic')
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
                raise_null('Partitions')
            else:
                if n8 * 4 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = list(unpack_from(f">{n8}i", buf, pos))
                pos += n8 * 4
            i3 = DescribeLogDirsRequest_DescribableLogDirTopic(topic=f4, partitions=f7)
            if buf[pos] == 0:
                pos += 1
            else:
                c9, pos = read_uvarint(buf, pos)
                if c9 * 2 > end - pos:
                    raise_short()
                for _ in range(c9):
                    t10, pos = read_uvarint(buf, pos)
                    s11, pos = read_uvarint(buf, pos)
                    s11 += pos
                    if s11 > end:
                        raise_short()
                    pos = s11
            f1.append(i3)
    r = DescribeLogDirsRequest(topics=f1)
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
    return r, pos


def encode_describe_log_dirs_request_v5(r, w, extend):
    x1 = r.topics
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
    w(b"\0")


class DescribeLogDirsResponse_DescribeLogDirsPartition(Struct):
    __slots__ = ('partition_index', 'partition_size', 'offset_lag', 'is_future_key')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        partition_size: Any = 0,
        offset_lag: Any = 0,
        is_future_key: Any = False,
    ) -> None:
        self.partition_index = partition_index
        self.partition_size = partition_size
        self.offset_lag = offset_lag
        self.is_future_key = is_future_key


class DescribeLogDirsResponse_DescribeLogDirsTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class DescribeLogDirsResponse_DescribeLogDirsResult(Struct):
    __slots__ = ('error_code', 'log_dir', 'topics', 'total_bytes', 'usable_bytes', 'is_cordoned')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        log_dir: Any = '',
        topics: Any = MISSING,
        total_bytes: Any = -1,
        usable_bytes: Any = -1,
        is_cordoned: Any = False,
    ) -> None:
        self.error_code = error_code
        self.log_dir = log_dir
        self.topics = [] if topics is MISSING else topics
        self.total_bytes = total_bytes
        self.usable_bytes = usable_bytes
        self.is_cordoned = is_cordoned


class DescribeLogDirsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.results = [] if results is MISSING else results


DescribeLogDirsResponse.DescribeLogDirsResult = DescribeLogDirsResponse_DescribeLogDirsResult  # type: ignore[attr-defined]
DescribeLogDirsResponse.DescribeLogDirsTopic = DescribeLogDirsResponse_DescribeLogDirsTopic  # type: ignore[attr-defined]
DescribeLogDirsResponse.DescribeLogDirsPartition = DescribeLogDirsResponse_DescribeLogDirsPartition  # type: ignore[attr-defined]


def decode_describe_log_dirs_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
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
                raise_null('LogDir')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('Topics')
            else:
                if n10 * 6 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (n13,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n13 < 0:
                        raise_null('Name')
                    else:
                        e14 = pos + n13
                        if e14 > end:
                            raise_short()
                        f12 = str(buf[pos:e14], "utf-8")
                        pos = e14
                    (n16,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n16 < 0:
                        raise_null('Partitions')
                    else:
                        if n16 * 21 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18, f19, f20, f21) = _S_iqqT.unpack_from(buf, pos)
                            pos += 21
                            i17 = DescribeLogDirsResponse_DescribeLogDirsPartition(partition_index=f18, partition_size=f19, offset_lag=f20, is_future_key=f21)
                            f15.append(i17)
                    i11 = DescribeLogDirsResponse_DescribeLogDirsTopic(name=f12, partitions=f15)
                    f9.append(i11)
            i4 = DescribeLogDirsResponse_DescribeLogDirsResult(error_code=f5, log_dir=f6, topics=f9)
            f2.append(i4)
    r = DescribeLogDirsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_describe_log_dirs_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_h.pack(i2.error_code))
            x3 = i2.log_dir
            if x3 is None:
                raise_null('LogDir')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.topics
            if x4 is None:
                raise_null('Topics')
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
                    x7 = i5.partitions
                    if x7 is None:
                        raise_null('Partitions')
                    else:
                        w(_S_i.pack(len(x7)))
                        for i8 in x7:
                            w(_S_iqqT.pack(i8.partition_index, i8.partition_size, i8.offset_lag, i8.is_future_key))


def decode_describe_log_dirs_response_v2(buf, pos, end):
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
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('LogDir')
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
                raise_null('Topics')
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
                        raise_null('Name')
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
                        raise_null('Partitions')
                    else:
                        if n16 * 22 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18, f19, f20, f21) = _S_iqqT.unpack_from(buf, pos)
                            pos += 21
                            i17 = DescribeLogDirsResponse_DescribeLogDirsPartition(partition_index=f18, partition_size=f19, offset_lag=f20, is_future_key=f21)
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
                            f15.append(i17)
                    i11 = DescribeLogDirsResponse_DescribeLogDirsTopic(name=f12, partitions=f15)
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
                    f9.append(i11)
            i4 = DescribeLogDirsResponse_DescribeLogDirsResult(error_code=f5, log_dir=f6, topics=f9)
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
            f2.append(i4)
    r = DescribeLogDirsResponse(throttle_time_ms=f1, results=f2)
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


def encode_describe_log_dirs_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.log_dir
            if x4 is None:
                raise_null('LogDir')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partitions
                    if x11 is None:
                        raise_null('Partitions')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_iqqTb.pack(i13.partition_index, i13.partition_size, i13.offset_lag, i13.is_future_key, 0))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_describe_log_dirs_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Results')
    else:
        if n4 * 5 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            (f6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('LogDir')
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
                raise_null('Topics')
            else:
                if n11 * 3 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('Name')
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
                        raise_null('Partitions')
                    else:
                        if n17 * 22 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20, f21, f22) = _S_iqqT.unpack_from(buf, pos)
                            pos += 21
                            i18 = DescribeLogDirsResponse_DescribeLogDirsPartition(partition_index=f19, partition_size=f20, offset_lag=f21, is_future_key=f22)
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
                            f16.append(i18)
                    i12 = DescribeLogDirsResponse_DescribeLogDirsTopic(name=f13, partitions=f16)
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
                    f10.append(i12)
            i5 = DescribeLogDirsResponse_DescribeLogDirsResult(error_code=f6, log_dir=f7, topics=f10)
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
            f3.append(i5)
    r = DescribeLogDirsResponse(throttle_time_ms=f1, error_code=f2, results=f3)
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


def encode_describe_log_dirs_response_v3(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.log_dir
            if x4 is None:
                raise_null('LogDir')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partitions
                    if x11 is None:
                        raise_null('Partitions')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_iqqTb.pack(i13.partition_index, i13.partition_size, i13.offset_lag, i13.is_future_key, 0))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_describe_log_dirs_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Results')
    else:
        if n4 * 21 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            (f6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('LogDir')
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
                raise_null('Topics')
            else:
                if n11 * 3 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('Name')
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
                        raise_null('Partitions')
                    else:
                        if n17 * 22 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20, f21, f22) = _S_iqqT.unpack_from(buf, pos)
                            pos += 21
                            i18 = DescribeLogDirsResponse_DescribeLogDirsPartition(partition_index=f19, partition_size=f20, offset_lag=f21, is_future_key=f22)
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
                            f16.append(i18)
                    i12 = DescribeLogDirsResponse_DescribeLogDirsTopic(name=f13, partitions=f16)
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
                    f10.append(i12)
            (f29, f30) = _S_qq.unpack_from(buf, pos)
            pos += 16
            i5 = DescribeLogDirsResponse_DescribeLogDirsResult(error_code=f6, log_dir=f7, topics=f10, total_bytes=f29, usable_bytes=f30)
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
            f3.append(i5)
    r = DescribeLogDirsResponse(throttle_time_ms=f1, error_code=f2, results=f3)
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


def encode_describe_log_dirs_response_v4(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.log_dir
            if x4 is None:
                raise_null('LogDir')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partitions
                    if x11 is None:
                        raise_null('Partitions')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_iqqTb.pack(i13.partition_index, i13.partition_size, i13.offset_lag, i13.is_future_key, 0))
                    w(b"\0")
            w(_S_qqb.pack(i3.total_bytes, i3.usable_bytes, 0))
    w(b"\0")


def decode_describe_log_dirs_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('Results')
    else:
        if n4 * 22 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            (f6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('LogDir')
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
                raise_null('Topics')
            else:
                if n11 * 3 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('Name')
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
                        raise_null('Partitions')
                    else:
                        if n17 * 22 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20, f21, f22) = _S_iqqT.unpack_from(buf, pos)
                            pos += 21
                            i18 = DescribeLogDirsResponse_DescribeLogDirsPartition(partition_index=f19, partition_size=f20, offset_lag=f21, is_future_key=f22)
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
                            f16.append(i18)
                    i12 = DescribeLogDirsResponse_DescribeLogDirsTopic(name=f13, partitions=f16)
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
                    f10.append(i12)
            (f29, f30, f31) = _S_qqT.unpack_from(buf, pos)
            pos += 17
            i5 = DescribeLogDirsResponse_DescribeLogDirsResult(error_code=f6, log_dir=f7, topics=f10, total_bytes=f29, usable_bytes=f30, is_cordoned=f31)
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
            f3.append(i5)
    r = DescribeLogDirsResponse(throttle_time_ms=f1, error_code=f2, results=f3)
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
    return r, pos


def encode_describe_log_dirs_response_v5(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.log_dir
            if x4 is None:
                raise_null('LogDir')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.topics
            if x6 is None:
                raise_null('Topics')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.partitions
                    if x11 is None:
                        raise_null('Partitions')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_iqqTb.pack(i13.partition_index, i13.partition_size, i13.offset_lag, i13.is_future_key, 0))
                    w(b"\0")
            w(_S_qqTb.pack(i3.total_bytes, i3.usable_bytes, i3.is_cordoned, 0))
    w(b"\0")
