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


class AlterReplicaLogDirsRequest_AlterReplicaLogDirTopic(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class AlterReplicaLogDirsRequest_AlterReplicaLogDir(Struct):
    __slots__ = ('path', 'topics')

    def __init__(
        self,
        *,
        path: Any = '',
        topics: Any = MISSING,
    ) -> None:
        self.path = path
        self.topics = [] if topics is MISSING else topics


class AlterReplicaLogDirsRequest(Struct):
    __slots__ = ('dirs',)

    def __init__(
        self,
        *,
        dirs: Any = MISSING,
    ) -> None:
        self.dirs = [] if dirs is MISSING else dirs


AlterReplicaLogDirsRequest.AlterReplicaLogDir = AlterReplicaLogDirsRequest_AlterReplicaLogDir  # type: ignore[attr-defined]
AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic = AlterReplicaLogDirsRequest_AlterReplicaLogDirTopic  # type: ignore[attr-defined]


def decode_alter_replica_log_dirs_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Dirs')
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
                raise_null('Path')
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (n8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n8 < 0:
                raise_null('Topics')
            else:
                if n8 * 6 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (n11,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n11 < 0:
                        raise_null('Name')
                    else:
                        e12 = pos + n11
                        if e12 > end:
                            raise_short()
                        f10 = str(buf[pos:e12], "utf-8")
                        pos = e12
                    (n14,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n14 < 0:
                        raise_null('Partitions')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i9 = AlterReplicaLogDirsRequest_AlterReplicaLogDirTopic(name=f10, partitions=f13)
                    f7.append(i9)
            i3 = AlterReplicaLogDirsRequest_AlterReplicaLogDir(path=f4, topics=f7)
            f1.append(i3)
    r = AlterReplicaLogDirsRequest(dirs=f1)
    return r, pos


def encode_alter_replica_log_dirs_request_v1(r, w, extend):
    x1 = r.dirs
    if x1 is None:
        raise_null('Dirs')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.path
            if x3 is None:
                raise_null('Path')
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
                        w(pack(f">{len(x7)}i", *x7))


def decode_alter_replica_log_dirs_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Dirs')
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
                raise_null('Path')
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
                raise_null('Topics')
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
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i9 = AlterReplicaLogDirsRequest_AlterReplicaLogDirTopic(name=f10, partitions=f13)
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
                    f7.append(i9)
            i3 = AlterReplicaLogDirsRequest_AlterReplicaLogDir(path=f4, topics=f7)
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
            f1.append(i3)
    r = AlterReplicaLogDirsRequest(dirs=f1)
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


def encode_alter_replica_log_dirs_request_v2(r, w, extend):
    x1 = r.dirs
    if x1 is None:
        raise_null('Dirs')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.path
            if x4 is None:
                raise_null('Path')
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
                        w(pack(f">{len(x11)}i", *x11))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


class AlterReplicaLogDirsResponse_AlterReplicaLogDirPartitionResult(Struct):
    __slots__ = ('partition_index', 'error_code')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code


class AlterReplicaLogDirsResponse_AlterReplicaLogDirTopicResult(Struct):
    __slots__ = ('topic_name', 'partitions')

    def __init__(
        self,
        *,
        topic_name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is MISSING else partitions


class AlterReplicaLogDirsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is MISSING else results


AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult = AlterReplicaLogDirsResponse_AlterReplicaLogDirTopicResult  # type: ignore[attr-defined]
AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult = AlterReplicaLogDirsResponse_AlterReplicaLogDirPartitionResult  # type: ignore[attr-defined]


def decode_alter_replica_log_dirs_response_v1(buf, pos, end):
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
                raise_null('TopicName')
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
                if n9 * 6 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = AlterReplicaLogDirsResponse_AlterReplicaLogDirPartitionResult(partition_index=f11, error_code=f12)
                    f8.append(i10)
            i4 = AlterReplicaLogDirsResponse_AlterReplicaLogDirTopicResult(topic_name=f5, partitions=f8)
            f2.append(i4)
    r = AlterReplicaLogDirsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_alter_replica_log_dirs_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2.topic_name
            if x3 is None:
                raise_null('TopicName')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_ih.pack(i5.partition_index, i5.error_code))


def decode_alter_replica_log_dirs_response_v2(buf, pos, end):
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
                raise_null('TopicName')
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
                if n9 * 7 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    i10 = AlterReplicaLogDirsResponse_AlterReplicaLogDirPartitionResult(partition_index=f11, error_code=f12)
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
            i4 = AlterReplicaLogDirsResponse_AlterReplicaLogDirTopicResult(topic_name=f5, partitions=f8)
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
            f2.append(i4)
    r = AlterReplicaLogDirsResponse(throttle_time_ms=f1, results=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c19, pos = read_uvarint(buf, pos)
        if c19 * 2 > end - pos:
            raise_short()
        for _ in range(c19):
            t20, pos = read_uvarint(buf, pos)
            s21, pos = read_uvarint(buf, pos)
            s21 += pos
            if s21 > end:
                raise_short()
            pos = s21
    return r, pos


def encode_alter_replica_log_dirs_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.topic_name
            if x4 is None:
                raise_null('TopicName')
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
                    w(_S_ihb.pack(i8.partition_index, i8.error_code, 0))
            w(b"\0")
    w(b"\0")
