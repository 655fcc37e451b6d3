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
_S_hiiq = _Packer(">hiiq")
_S_hiiqb = _Packer(">hiiqb")
_S_i = _Packer(">i")
_S_iii = _Packer(">iii")
_S_iiib = _Packer(">iiib")


class OffsetForLeaderEpochRequest_OffsetForLeaderPartition(Struct):
    __slots__ = ('partition', 'current_leader_epoch', 'leader_epoch')

    def __init__(
        self,
        *,
        partition: Any = 0,
        current_leader_epoch: Any = -1,
        leader_epoch: Any = 0,
    ) -> None:
        self.partition = partition
        self.current_leader_epoch = current_leader_epoch
        self.leader_epoch = leader_epoch


class OffsetForLeaderEpochRequest_OffsetForLeaderTopic(Struct):
    __slots__ = ('topic', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is MISSING else partitions


class OffsetForLeaderEpochRequest(Struct):
    __slots__ = ('replica_id', 'topics')

    def __init__(
        self,
        *,
        replica_id: Any = -2,
        topics: Any = MISSING,
    ) -> None:
        self.replica_id = replica_id
        self.topics = [] if topics is MISSING else topics


OffsetForLeaderEpochRequest.OffsetForLeaderTopic = OffsetForLeaderEpochRequest_OffsetForLeaderTopic  # type: ignore[attr-defined]
OffsetForLeaderEpochRequest.OffsetForLeaderPartition = OffsetForLeaderEpochRequest_OffsetForLeaderPartition  # type: ignore[attr-defined]


def decode_offset_for_leader_epoch_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
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
                if n8 * 12 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10, f11, f12) = _S_iii.unpack_from(buf, pos)
                    pos += 12
                    i9 = OffsetForLeaderEpochRequest_OffsetForLeaderPartition(partition=f10, current_leader_epoch=f11, leader_epoch=f12)
                    f7.append(i9)
            i3 = OffsetForLeaderEpochRequest_OffsetForLeaderTopic(topic=f4, partitions=f7)
            f1.append(i3)
    r = OffsetForLeaderEpochRequest(topics=f1)
    return r, pos


def encode_offset_for_leader_epoch_request_v2(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                for i5 in x4:
                    w(_S_iii.pack(i5.partition, i5.current_leader_epoch, i5.leader_epoch))


def decode_offset_for_leader_epoch_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Topics')
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
                if n9 * 12 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iii.unpack_from(buf, pos)
                    pos += 12
                    i10 = OffsetForLeaderEpochRequest_OffsetForLeaderPartition(partition=f11, current_leader_epoch=f12, leader_epoch=f13)
                    f8.append(i10)
            i4 = OffsetForLeaderEpochRequest_OffsetForLeaderTopic(topic=f5, partitions=f8)
            f2.append(i4)
    r = OffsetForLeaderEpochRequest(replica_id=f1, topics=f2)
    return r, pos


def encode_offset_for_leader_epoch_request_v3(r, w, extend):
    w(_S_i.pack(r.replica_id))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                for i5 in x4:
                    w(_S_iii.pack(i5.partition, i5.current_leader_epoch, i5.leader_epoch))


def decode_offset_for_leader_epoch_request_v4(buf, pos, end):
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
                if n9 * 13 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13) = _S_iii.unpack_from(buf, pos)
                    pos += 12
                    i10 = OffsetForLeaderEpochRequest_OffsetForLeaderPartition(partition=f11, current_leader_epoch=f12, leader_epoch=f13)
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
            i4 = OffsetForLeaderEpochRequest_OffsetForLeaderTopic(topic=f5, partitions=f8)
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
    r = OffsetForLeaderEpochRequest(replica_id=f1, topics=f2)
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


def encode_offset_for_leader_epoch_request_v4(r, w, extend):
    w(_S_i.pack(r.replica_id))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                for i8 in x6:
                    w(_S_iiib.pack(i8.partition, i8.current_leader_epoch, i8.leader_epoch, 0))
            w(b"\0")
    w(b"\0")


class OffsetForLeaderEpochResponse_EpochEndOffset(Struct):
    __slots__ = ('error_code', 'partition', 'leader_epoch', 'end_offset')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        partition: Any = 0,
        leader_epoch: Any = -1,
        end_offset: Any = -1,
    ) -> None:
        self.error_code = error_code
        self.partition = partition
        self.leader_epoch = leader_epoch
        self.end_offset = end_offset


class OffsetForLeaderEpochResponse_OffsetForLeaderTopicResult(Struct):
    __slots__ = ('topic', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.partitions = [] if partitions is MISSING else partitions


class OffsetForLeaderEpochResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult = OffsetForLeaderEpochResponse_OffsetForLeaderTopicResult  # type: ignore[attr-defined]
OffsetForLeaderEpochResponse.EpochEndOffset = OffsetForLeaderEpochResponse_EpochEndOffset  # type: ignore[attr-defined]


def decode_offset_for_leader_epoch_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Topics')
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
                if n9 * 18 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14) = _S_hiiq.unpack_from(buf, pos)
                    pos += 18
                    i10 = OffsetForLeaderEpochResponse_EpochEndOffset(error_code=f11, partition=f12, leader_epoch=f13, end_offset=f14)
                    f8.append(i10)
            i4 = OffsetForLeaderEpochResponse_OffsetForLeaderTopicResult(topic=f5, partitions=f8)
            f2.append(i4)
    r = OffsetForLeaderEpochResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_for_leader_epoch_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                for i5 in x4:
                    w(_S_hiiq.pack(i5.error_code, i5.partition, i5.leader_epoch, i5.end_offset))


def decode_offset_for_leader_epoch_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Topics')
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
                if n9 * 18 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14) = _S_hiiq.unpack_from(buf, pos)
                    pos += 18
                    i10 = OffsetForLeaderEpochResponse_EpochEndOffset(error_code=f11, partition=f12, leader_epoch=f13, end_offset=f14)
                    f8.append(i10)
            i4 = OffsetForLeaderEpochResponse_OffsetForLeaderTopicResult(topic=f5, partitions=f8)
            f2.append(i4)
    r = OffsetForLeaderEpochResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_offset_for_leader_epoch_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                for i5 in x4:
                    w(_S_hiiq.pack(i5.error_code, i5.partition, i5.leader_epoch, i5.end_offset))


def decode_offset_for_leader_epoch_response_v4(buf, pos, end):
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
                if n9 * 19 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14) = _S_hiiq.unpack_from(buf, pos)
                    pos += 18
                    i10 = OffsetForLeaderEpochResponse_EpochEndOffset(error_code=f11, partition=f12, leader_epoch=f13, end_offset=f14)
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
                    f8.append(i10)
            i4 = OffsetForLeaderEpochResponse_OffsetForLeaderTopicResult(topic=f5, partitions=f8)
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
            f2.append(i4)
    r = OffsetForLeaderEpochResponse(throttle_time_ms=f1, topics=f2)
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


def encode_offset_for_leader_epoch_response_v4(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                for i8 in x6:
                    w(_S_hiiqb.pack(i8.error_code, i8.partition, i8.leader_epoch, i8.end_offset, 0))
            w(b"\0")
    w(b"\0")
