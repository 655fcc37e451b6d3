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

_S_16s = _Packer(">16s")
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_ihi = _Packer(">ihi")
_S_ihqq = _Packer(">ihqq")
_S_ihqqq = _Packer(">ihqqq")
_S_ii = _Packer(">ii")
_S_iib = _Packer(">iib")
_S_iiibii = _Packer(">iiibii")
_S_iiiib = _Packer(">iiiib")
_S_iiiibii = _Packer(">iiiibii")
_S_iiqiqi = _Packer(">iiqiqi")
_S_iiqiqib = _Packer(">iiqiqib")
_S_iiqqi = _Packer(">iiqqi")
_S_iq = _Packer(">iq")
_S_iqb = _Packer(">iqb")
_S_iqi = _Packer(">iqi")
_S_iqqi = _Packer(">iqqi")
_S_q = _Packer(">q")
_S_qi = _Packer(">qi")
_S_qib = _Packer(">qib")
_S_qq = _Packer(">qq")
_S_qqb = _Packer(">qqb")


class FetchRequest_ForgottenTopic(Struct):
    __slots__ = ('topic', 'topic_id', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        topic_id: Any = ZERO_UUID,
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions = [] if partitions is MISSING else partitions


class FetchRequest_FetchPartition(Struct):
    __slots__ = ('partition', 'current_leader_epoch', 'fetch_offset', 'last_fetched_epoch', 'log_start_offset', 'partition_max_bytes', 'replica_directory_id', 'high_watermark')

    def __init__(
        self,
        *,
        partition: Any = 0,
        current_leader_epoch: Any = -1,
        fetch_offset: Any = 0,
        last_fetched_epoch: Any = -1,
        log_start_offset: Any = -1,
        partition_max_bytes: Any = 0,
        replica_directory_id: Any = ZERO_UUID,
        high_watermark: Any = 9223372036854775807,
    ) -> None:
        self.partition = partition
        self.current_leader_epoch = current_leader_epoch
        self.fetch_offset = fetch_offset
        self.last_fetched_epoch = last_fetched_epoch
        self.log_start_offset = log_start_offset
        self.partition_max_bytes = partition_max_bytes
        self.replica_directory_id = replica_directory_id
        self.high_watermark = high_watermark


class FetchRequest_FetchTopic(Struct):
    __slots__ = ('topic', 'topic_id', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        topic_id: Any = ZERO_UUID,
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions = [] if partitions is MISSING else partitions


class FetchRequest_ReplicaState(Struct):
    __slots__ = ('replica_id', 'replica_epoch')

    def __init__(
        self,
        *,
        replica_id: Any = -1,
        replica_epoch: Any = -1,
    ) -> None:
        self.replica_id = replica_id
        self.replica_epoch = replica_epoch


class FetchRequest(Struct):
    __slots__ = ('cluster_id', 'replica_id', 'replica_state', 'max_wait_ms', 'min_bytes', 'max_bytes', 'isolation_level', 'session_id', 'session_epoch', 'topics', 'forgotten_topics_data', 'rack_id')

    def __init__(
        self,
        *,
        cluster_id: Any = None,
        replica_id: Any = -1,
        replica_state: Any = MISSING,
        max_wait_ms: Any = 0,
        min_bytes: Any = 0,
        max_bytes: Any = 2147483647,
        isolation_level: Any = 0,
        session_id: Any = 0,
        session_epoch: Any = -1,
        topics: Any = MISSING,
        forgotten_topics_data: Any = MISSING,
        rack_id: Any = '',
    ) -> None:
        self.cluster_id = cluster_id
        self.replica_id = replica_id
        self.replica_state = FetchRequest_ReplicaState() if replica_state is MISSING else replica_state
        self.max_wait_ms = max_wait_ms
        self.min_bytes = min_bytes
        self.max_bytes = max_bytes
        self.isolation_level = isolation_level
        self.session_id = session_id
        self.session_epoch = session_epoch
        self.topics = [] if topics is MISSING else topics
        self.forgotten_topics_data = [] if forgotten_topics_data is MISSING else forgotten_topics_data
        self.rack_id = rack_id


FetchRequest.ReplicaState = FetchRequest_ReplicaState  # type: ignore[attr-defined]
FetchRequest.FetchTopic = FetchRequest_FetchTopic  # type: ignore[attr-defined]
FetchRequest.FetchPartition = FetchRequest_FetchPartition  # type: ignore[attr-defined]
FetchRequest.ForgottenTopic = FetchRequest_ForgottenTopic  # type: ignore[attr-defined]


def decode_fetch_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5) = _S_iiiib.unpack_from(buf, pos)
    pos += 17
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('Topics')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Topic')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('Partitions')
            else:
                if n13 * 16 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15, f16, f17) = _S_iqi.unpack_from(buf, pos)
                    pos += 16
                    i14 = FetchRequest_FetchPartition(partition=f15, fetch_offset=f16, partition_max_bytes=f17)
                    f12.append(i14)
            i8 = FetchRequest_FetchTopic(topic=f9, partitions=f12)
            f6.append(i8)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, topics=f6)
    return r, pos


def encode_fetch_request_v4(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    if r.forgotten_topics_data is None or r.forgotten_topics_data:
        raise_absent('ForgottenTopicsData')
    w(_S_iiiib.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iqi.pack(i5.partition, i5.fetch_offset, i5.partition_max_bytes))


def decode_fetch_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5) = _S_iiiib.unpack_from(buf, pos)
    pos += 17
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('Topics')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Topic')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('Partitions')
            else:
                if n13 * 24 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15, f16, f17, f18) = _S_iqqi.unpack_from(buf, pos)
                    pos += 24
                    i14 = FetchRequest_FetchPartition(partition=f15, fetch_offset=f16, log_start_offset=f17, partition_max_bytes=f18)
                    f12.append(i14)
            i8 = FetchRequest_FetchTopic(topic=f9, partitions=f12)
            f6.append(i8)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, topics=f6)
    return r, pos


def encode_fetch_request_v5(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    if r.forgotten_topics_data is None or r.forgotten_topics_data:
        raise_absent('ForgottenTopicsData')
    w(_S_iiiib.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iqqi.pack(i5.partition, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))


def decode_fetch_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5) = _S_iiiib.unpack_from(buf, pos)
    pos += 17
    (n7,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n7 < 0:
        raise_null('Topics')
    else:
        if n7 * 6 > end - pos:
            raise_short()
        room -= n7
        if room < 0:
            raise_many()
        f6 = []
        for _ in range(n7):
            (n10,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n10 < 0:
                raise_null('Topic')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (n13,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n13 < 0:
                raise_null('Partitions')
            else:
                if n13 * 24 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15, f16, f17, f18) = _S_iqqi.unpack_from(buf, pos)
                    pos += 24
                    i14 = FetchRequest_FetchPartition(partition=f15, fetch_offset=f16, log_start_offset=f17, partition_max_bytes=f18)
                    f12.append(i14)
            i8 = FetchRequest_FetchTopic(topic=f9, partitions=f12)
            f6.append(i8)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, topics=f6)
    return r, pos


def encode_fetch_request_v6(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    if r.forgotten_topics_data is None or r.forgotten_topics_data:
        raise_absent('ForgottenTopicsData')
    w(_S_iiiib.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iqqi.pack(i5.partition, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))


def decode_fetch_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Topic')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 24 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18, f19, f20) = _S_iqqi.unpack_from(buf, pos)
                    pos += 24
                    i16 = FetchRequest_FetchPartition(partition=f17, fetch_offset=f18, log_start_offset=f19, partition_max_bytes=f20)
                    f14.append(i16)
            i10 = FetchRequest_FetchTopic(topic=f11, partitions=f14)
            f8.append(i10)
    (n22,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n22 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n22 * 6 > end - pos:
            raise_short()
        room -= n22
        if room < 0:
            raise_many()
        f21 = []
        for _ in range(n22):
            (n25,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n25 < 0:
                raise_null('Topic')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (n28,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n28 < 0:
                raise_null('Partitions')
            else:
                if n28 * 4 > end - pos:
                    raise_short()
                room -= n28
                if room < 0:
                    raise_many()
                f27 = list(unpack_from(f">{n28}i", buf, pos))
                pos += n28 * 4
            i23 = FetchRequest_ForgottenTopic(topic=f24, partitions=f27)
            f21.append(i23)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f21)
    return r, pos


def encode_fetch_request_v7(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iqqi.pack(i5.partition, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))
    x6 = r.forgotten_topics_data
    if x6 is None:
        raise_null('ForgottenTopicsData')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            x8 = i7.topic
            if x8 is None:
                raise_null('Topic')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                w(pack(f">{len(x9)}i", *x9))


def decode_fetch_request_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Topic')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 24 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18, f19, f20) = _S_iqqi.unpack_from(buf, pos)
                    pos += 24
                    i16 = FetchRequest_FetchPartition(partition=f17, fetch_offset=f18, log_start_offset=f19, partition_max_bytes=f20)
                    f14.append(i16)
            i10 = FetchRequest_FetchTopic(topic=f11, partitions=f14)
            f8.append(i10)
    (n22,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n22 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n22 * 6 > end - pos:
            raise_short()
        room -= n22
        if room < 0:
            raise_many()
        f21 = []
        for _ in range(n22):
            (n25,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n25 < 0:
                raise_null('Topic')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (n28,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n28 < 0:
                raise_null('Partitions')
            else:
                if n28 * 4 > end - pos:
                    raise_short()
                room -= n28
                if room < 0:
                    raise_many()
                f27 = list(unpack_from(f">{n28}i", buf, pos))
                pos += n28 * 4
            i23 = FetchRequest_ForgottenTopic(topic=f24, partitions=f27)
            f21.append(i23)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f21)
    return r, pos


def encode_fetch_request_v8(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iqqi.pack(i5.partition, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))
    x6 = r.forgotten_topics_data
    if x6 is None:
        raise_null('ForgottenTopicsData')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            x8 = i7.topic
            if x8 is None:
                raise_null('Topic')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                w(pack(f">{len(x9)}i", *x9))


def decode_fetch_request_v9(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Topic')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 28 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18, f19, f20, f21) = _S_iiqqi.unpack_from(buf, pos)
                    pos += 28
                    i16 = FetchRequest_FetchPartition(partition=f17, current_leader_epoch=f18, fetch_offset=f19, log_start_offset=f20, partition_max_bytes=f21)
                    f14.append(i16)
            i10 = FetchRequest_FetchTopic(topic=f11, partitions=f14)
            f8.append(i10)
    (n23,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n23 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n23 * 6 > end - pos:
            raise_short()
        room -= n23
        if room < 0:
            raise_many()
        f22 = []
        for _ in range(n23):
            (n26,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n26 < 0:
                raise_null('Topic')
            else:
                e27 = pos + n26
                if e27 > end:
                    raise_short()
                f25 = str(buf[pos:e27], "utf-8")
                pos = e27
            (n29,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n29 < 0:
                raise_null('Partitions')
            else:
                if n29 * 4 > end - pos:
                    raise_short()
                room -= n29
                if room < 0:
                    raise_many()
                f28 = list(unpack_from(f">{n29}i", buf, pos))
                pos += n29 * 4
            i24 = FetchRequest_ForgottenTopic(topic=f25, partitions=f28)
            f22.append(i24)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f22)
    return r, pos


def encode_fetch_request_v9(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iiqqi.pack(i5.partition, i5.current_leader_epoch, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))
    x6 = r.forgotten_topics_data
    if x6 is None:
        raise_null('ForgottenTopicsData')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            x8 = i7.topic
            if x8 is None:
                raise_null('Topic')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                w(pack(f">{len(x9)}i", *x9))


def decode_fetch_request_v10(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Topic')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 28 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18, f19, f20, f21) = _S_iiqqi.unpack_from(buf, pos)
                    pos += 28
                    i16 = FetchRequest_FetchPartition(partition=f17, current_leader_epoch=f18, fetch_offset=f19, log_start_offset=f20, partition_max_bytes=f21)
                    f14.append(i16)
            i10 = FetchRequest_FetchTopic(topic=f11, partitions=f14)
            f8.append(i10)
    (n23,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n23 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n23 * 6 > end - pos:
            raise_short()
        room -= n23
        if room < 0:
            raise_many()
        f22 = []
        for _ in range(n23):
            (n26,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n26 < 0:
                raise_null('Topic')
            else:
                e27 = pos + n26
                if e27 > end:
                    raise_short()
                f25 = str(buf[pos:e27], "utf-8")
                pos = e27
            (n29,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n29 < 0:
                raise_null('Partitions')
            else:
                if n29 * 4 > end - pos:
                    raise_short()
                room -= n29
                if room < 0:
                    raise_many()
                f28 = list(unpack_from(f">{n29}i", buf, pos))
                pos += n29 * 4
            i24 = FetchRequest_ForgottenTopic(topic=f25, partitions=f28)
            f22.append(i24)
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f22)
    return r, pos


def encode_fetch_request_v10(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iiqqi.pack(i5.partition, i5.current_leader_epoch, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))
    x6 = r.forgotten_topics_data
    if x6 is None:
        raise_null('ForgottenTopicsData')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            x8 = i7.topic
            if x8 is None:
                raise_null('Topic')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                w(pack(f">{len(x9)}i", *x9))


def decode_fetch_request_v11(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    (n9,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 6 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (n12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n12 < 0:
                raise_null('Topic')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            (n15,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 28 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18, f19, f20, f21) = _S_iiqqi.unpack_from(buf, pos)
                    pos += 28
                    i16 = FetchRequest_FetchPartition(partition=f17, current_leader_epoch=f18, fetch_offset=f19, log_start_offset=f20, partition_max_bytes=f21)
                    f14.append(i16)
            i10 = FetchRequest_FetchTopic(topic=f11, partitions=f14)
            f8.append(i10)
    (n23,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n23 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n23 * 6 > end - pos:
            raise_short()
        room -= n23
        if room < 0:
            raise_many()
        f22 = []
        for _ in range(n23):
            (n26,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n26 < 0:
                raise_null('Topic')
            else:
                e27 = pos + n26
                if e27 > end:
                    raise_short()
                f25 = str(buf[pos:e27], "utf-8")
                pos = e27
            (n29,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n29 < 0:
                raise_null('Partitions')
            else:
                if n29 * 4 > end - pos:
                    raise_short()
                room -= n29
                if room < 0:
                    raise_many()
                f28 = list(unpack_from(f">{n29}i", buf, pos))
                pos += n29 * 4
            i24 = FetchRequest_ForgottenTopic(topic=f25, partitions=f28)
            f22.append(i24)
    (n31,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n31 < 0:
        raise_null('RackId')
    else:
        e32 = pos + n31
        if e32 > end:
            raise_short()
        f30 = str(buf[pos:e32], "utf-8")
        pos = e32
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f22, rack_id=f30)
    return r, pos


def encode_fetch_request_v11(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
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
                    if i5.last_fetched_epoch != -1:
                        raise_absent('LastFetchedEpoch')
                    w(_S_iiqqi.pack(i5.partition, i5.current_leader_epoch, i5.fetch_offset, i5.log_start_offset, i5.partition_max_bytes))
    x6 = r.forgotten_topics_data
    if x6 is None:
        raise_null('ForgottenTopicsData')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            x8 = i7.topic
            if x8 is None:
                raise_null('Topic')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                w(pack(f">{len(x9)}i", *x9))
    x10 = r.rack_id
    if x10 is None:
        raise_null('RackId')
    else:
        x10 = x10.encode()
        w(_S_h.pack(len(x10)))
        w(x10)


def decode_fetch_request_v12(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    n9 = buf[pos]
    pos += 1
    if n9 > 127:
        n9, pos = read_uvarint(buf, pos - 1)
    n9 -= 1
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 3 > end - pos:
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
                raise_null('Topic')
            else:
                e13 = pos + n12
                if e13 > end:
                    raise_short()
                f11 = str(buf[pos:e13], "utf-8")
                pos = e13
            n15 = buf[pos]
            pos += 1
            if n15 > 127:
                n15, pos = read_uvarint(buf, pos - 1)
            n15 -= 1
            if n15 < 0:
                raise_null('Partitions')
            else:
                if n15 * 33 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    (f17, f18, f19, f20, f21, f22) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i16 = FetchRequest_FetchPartition(partition=f17, current_leader_epoch=f18, fetch_offset=f19, last_fetched_epoch=f20, log_start_offset=f21, partition_max_bytes=f22)
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
                    f14.append(i16)
            i10 = FetchRequest_FetchTopic(topic=f11, partitions=f14)
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
            f8.append(i10)
    n30 = buf[pos]
    pos += 1
    if n30 > 127:
        n30, pos = read_uvarint(buf, pos - 1)
    n30 -= 1
    if n30 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n30 * 3 > end - pos:
            raise_short()
        room -= n30
        if room < 0:
            raise_many()
        f29 = []
        for _ in range(n30):
            n33 = buf[pos]
            pos += 1
            if n33 > 127:
                n33, pos = read_uvarint(buf, pos - 1)
            n33 -= 1
            if n33 < 0:
                raise_null('Topic')
            else:
                e34 = pos + n33
                if e34 > end:
                    raise_short()
                f32 = str(buf[pos:e34], "utf-8")
                pos = e34
            n36 = buf[pos]
            pos += 1
            if n36 > 127:
                n36, pos = read_uvarint(buf, pos - 1)
            n36 -= 1
            if n36 < 0:
                raise_null('Partitions')
            else:
                if n36 * 4 > end - pos:
                    raise_short()
                room -= n36
                if room < 0:
                    raise_many()
                f35 = list(unpack_from(f">{n36}i", buf, pos))
                pos += n36 * 4
            i31 = FetchRequest_ForgottenTopic(topic=f32, partitions=f35)
            if buf[pos] == 0:
                pos += 1
            else:
                c37, pos = read_uvarint(buf, pos)
                if c37 * 2 > end - pos:
                    raise_short()
                for _ in range(c37):
                    t38, pos = read_uvarint(buf, pos)
                    s39, pos = read_uvarint(buf, pos)
                    s39 += pos
                    if s39 > end:
                        raise_short()
                    pos = s39
            f29.append(i31)
    n41 = buf[pos]
    pos += 1
    if n41 > 127:
        n41, pos = read_uvarint(buf, pos - 1)
    n41 -= 1
    if n41 < 0:
        raise_null('RackId')
    else:
        e42 = pos + n41
        if e42 > end:
            raise_short()
        f40 = str(buf[pos:e42], "utf-8")
        pos = e42
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f29, rack_id=f40)
    if buf[pos] == 0:
        pos += 1
    else:
        c43, pos = read_uvarint(buf, pos)
        if c43 * 2 > end - pos:
            raise_short()
        for _ in range(c43):
            t44, pos = read_uvarint(buf, pos)
            s45, pos = read_uvarint(buf, pos)
            s45 += pos
            if s45 > end:
                raise_short()
            if t44 == 0:
                n47 = buf[pos]
                pos += 1
                if n47 > 127:
                    n47, pos = read_uvarint(buf, pos - 1)
                n47 -= 1
                if n47 < 0:
                    v46 = None
                else:
                    e48 = pos + n47
                    if e48 > s45:
                        raise_short()
                    v46 = str(buf[pos:e48], "utf-8")
                    pos = e48
                if pos != s45:
                    raise_tag()
                r.cluster_id = v46
            pos = s45
    return r, pos


def encode_fetch_request_v12(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
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
                    w(_S_iiqiqib.pack(i8.partition, i8.current_leader_epoch, i8.fetch_offset, i8.last_fetched_epoch, i8.log_start_offset, i8.partition_max_bytes, 0))
            w(b"\0")
    x9 = r.forgotten_topics_data
    if x9 is None:
        raise_null('ForgottenTopicsData')
    else:
        n10 = len(x9) + 1
        w(ONE[n10] if n10 < 128 else uvarint(n10))
        for i11 in x9:
            x12 = i11.topic
            if x12 is None:
                raise_null('Topic')
            else:
                x12 = x12.encode()
                n13 = len(x12) + 1
                w(ONE[n13] if n13 < 128 else uvarint(n13))
                w(x12)
            x14 = i11.partitions
            if x14 is None:
                raise_null('Partitions')
            else:
                n15 = len(x14) + 1
                w(ONE[n15] if n15 < 128 else uvarint(n15))
                w(pack(f">{len(x14)}i", *x14))
            w(b"\0")
    x16 = r.rack_id
    if x16 is None:
        raise_null('RackId')
    else:
        x16 = x16.encode()
        n17 = len(x16) + 1
        w(ONE[n17] if n17 < 128 else uvarint(n17))
        w(x16)
    tags18 = []
    v19 = r.cluster_id
    if v19 is not None:
        w20 = w, extend
        p21 = []
        w, extend = p21.append, p21.extend
        x22 = v19
        if x22 is None:
            w(b"\0")
        else:
            x22 = x22.encode()
            n23 = len(x22) + 1
            w(ONE[n23] if n23 < 128 else uvarint(n23))
            w(x22)
        w, extend = w20
        tags18.append((0, b"".join(p21)))
    w(uvarint(len(tags18)))
    for t24, d25 in tags18:
        w(uvarint(t24) + uvarint(len(d25)) + d25)


def decode_fetch_request_v13(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    n9 = buf[pos]
    pos += 1
    if n9 > 127:
        n9, pos = read_uvarint(buf, pos - 1)
    n9 -= 1
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 18 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (f11,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                raise_null('Partitions')
            else:
                if n13 * 33 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15, f16, f17, f18, f19, f20) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i14 = FetchRequest_FetchPartition(partition=f15, current_leader_epoch=f16, fetch_offset=f17, last_fetched_epoch=f18, log_start_offset=f19, partition_max_bytes=f20)
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
                    f12.append(i14)
            i10 = FetchRequest_FetchTopic(topic_id=f11, partitions=f12)
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
            f8.append(i10)
    n28 = buf[pos]
    pos += 1
    if n28 > 127:
        n28, pos = read_uvarint(buf, pos - 1)
    n28 -= 1
    if n28 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n28 * 18 > end - pos:
            raise_short()
        room -= n28
        if room < 0:
            raise_many()
        f27 = []
        for _ in range(n28):
            (f30,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n32 = buf[pos]
            pos += 1
            if n32 > 127:
                n32, pos = read_uvarint(buf, pos - 1)
            n32 -= 1
            if n32 < 0:
                raise_null('Partitions')
            else:
                if n32 * 4 > end - pos:
                    raise_short()
                room -= n32
                if room < 0:
                    raise_many()
                f31 = list(unpack_from(f">{n32}i", buf, pos))
                pos += n32 * 4
            i29 = FetchRequest_ForgottenTopic(topic_id=f30, partitions=f31)
            if buf[pos] == 0:
                pos += 1
            else:
                c33, pos = read_uvarint(buf, pos)
                if c33 * 2 > end - pos:
                    raise_short()
                for _ in range(c33):
                    t34, pos = read_uvarint(buf, pos)
                    s35, pos = read_uvarint(buf, pos)
                    s35 += pos
                    if s35 > end:
                        raise_short()
                    pos = s35
            f27.append(i29)
    n37 = buf[pos]
    pos += 1
    if n37 > 127:
        n37, pos = read_uvarint(buf, pos - 1)
    n37 -= 1
    if n37 < 0:
        raise_null('RackId')
    else:
        e38 = pos + n37
        if e38 > end:
            raise_short()
        f36 = str(buf[pos:e38], "utf-8")
        pos = e38
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f27, rack_id=f36)
    if buf[pos] == 0:
        pos += 1
    else:
        c39, pos = read_uvarint(buf, pos)
        if c39 * 2 > end - pos:
            raise_short()
        for _ in range(c39):
            t40, pos = read_uvarint(buf, pos)
            s41, pos = read_uvarint(buf, pos)
            s41 += pos
            if s41 > end:
                raise_short()
            if t40 == 0:
                n43 = buf[pos]
                pos += 1
                if n43 > 127:
                    n43, pos = read_uvarint(buf, pos - 1)
                n43 -= 1
                if n43 < 0:
                    v42 = None
                else:
                    e44 = pos + n43
                    if e44 > s41:
                        raise_short()
                    v42 = str(buf[pos:e44], "utf-8")
                    pos = e44
                if pos != s41:
                    raise_tag()
                r.cluster_id = v42
            pos = s41
    return r, pos


def encode_fetch_request_v13(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_iiqiqib.pack(i6.partition, i6.current_leader_epoch, i6.fetch_offset, i6.last_fetched_epoch, i6.log_start_offset, i6.partition_max_bytes, 0))
            w(b"\0")
    x7 = r.forgotten_topics_data
    if x7 is None:
        raise_null('ForgottenTopicsData')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            w(_S_16s.pack(i9.topic_id))
            x10 = i9.partitions
            if x10 is None:
                raise_null('Partitions')
            else:
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(pack(f">{len(x10)}i", *x10))
            w(b"\0")
    x12 = r.rack_id
    if x12 is None:
        raise_null('RackId')
    else:
        x12 = x12.encode()
        n13 = len(x12) + 1
        w(ONE[n13] if n13 < 128 else uvarint(n13))
        w(x12)
    tags14 = []
    v15 = r.cluster_id
    if v15 is not None:
        w16 = w, extend
        p17 = []
        w, extend = p17.append, p17.extend
        x18 = v15
        if x18 is None:
            w(b"\0")
        else:
            x18 = x18.encode()
            n19 = len(x18) + 1
            w(ONE[n19] if n19 < 128 else uvarint(n19))
            w(x18)
        w, extend = w16
        tags14.append((0, b"".join(p17)))
    w(uvarint(len(tags14)))
    for t20, d21 in tags14:
        w(uvarint(t20) + uvarint(len(d21)) + d21)


def decode_fetch_request_v14(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6, f7) = _S_iiiibii.unpack_from(buf, pos)
    pos += 25
    n9 = buf[pos]
    pos += 1
    if n9 > 127:
        n9, pos = read_uvarint(buf, pos - 1)
    n9 -= 1
    if n9 < 0:
        raise_null('Topics')
    else:
        if n9 * 18 > end - pos:
            raise_short()
        room -= n9
        if room < 0:
            raise_many()
        f8 = []
        for _ in range(n9):
            (f11,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n13 = buf[pos]
            pos += 1
            if n13 > 127:
                n13, pos = read_uvarint(buf, pos - 1)
            n13 -= 1
            if n13 < 0:
                raise_null('Partitions')
            else:
                if n13 * 33 > end - pos:
                    raise_short()
                room -= n13
                if room < 0:
                    raise_many()
                f12 = []
                for _ in range(n13):
                    (f15, f16, f17, f18, f19, f20) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i14 = FetchRequest_FetchPartition(partition=f15, current_leader_epoch=f16, fetch_offset=f17, last_fetched_epoch=f18, log_start_offset=f19, partition_max_bytes=f20)
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
                    f12.append(i14)
            i10 = FetchRequest_FetchTopic(topic_id=f11, partitions=f12)
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
            f8.append(i10)
    n28 = buf[pos]
    pos += 1
    if n28 > 127:
        n28, pos = read_uvarint(buf, pos - 1)
    n28 -= 1
    if n28 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n28 * 18 > end - pos:
            raise_short()
        room -= n28
        if room < 0:
            raise_many()
        f27 = []
        for _ in range(n28):
            (f30,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n32 = buf[pos]
            pos += 1
            if n32 > 127:
                n32, pos = read_uvarint(buf, pos - 1)
            n32 -= 1
            if n32 < 0:
                raise_null('Partitions')
            else:
                if n32 * 4 > end - pos:
                    raise_short()
                room -= n32
                if room < 0:
                    raise_many()
                f31 = list(unpack_from(f">{n32}i", buf, pos))
                pos += n32 * 4
            i29 = FetchRequest_ForgottenTopic(topic_id=f30, partitions=f31)
            if buf[pos] == 0:
                pos += 1
            else:
                c33, pos = read_uvarint(buf, pos)
                if c33 * 2 > end - pos:
                    raise_short()
                for _ in range(c33):
                    t34, pos = read_uvarint(buf, pos)
                    s35, pos = read_uvarint(buf, pos)
                    s35 += pos
                    if s35 > end:
                        raise_short()
                    pos = s35
            f27.append(i29)
    n37 = buf[pos]
    pos += 1
    if n37 > 127:
        n37, pos = read_uvarint(buf, pos - 1)
    n37 -= 1
    if n37 < 0:
        raise_null('RackId')
    else:
        e38 = pos + n37
        if e38 > end:
            raise_short()
        f36 = str(buf[pos:e38], "utf-8")
        pos = e38
    r = FetchRequest(replica_id=f1, max_wait_ms=f2, min_bytes=f3, max_bytes=f4, isolation_level=f5, session_id=f6, session_epoch=f7, topics=f8, forgotten_topics_data=f27, rack_id=f36)
    if buf[pos] == 0:
        pos += 1
    else:
        c39, pos = read_uvarint(buf, pos)
        if c39 * 2 > end - pos:
            raise_short()
        for _ in range(c39):
            t40, pos = read_uvarint(buf, pos)
            s41, pos = read_uvarint(buf, pos)
            s41 += pos
            if s41 > end:
                raise_short()
            if t40 == 0:
                n43 = buf[pos]
                pos += 1
                if n43 > 127:
                    n43, pos = read_uvarint(buf, pos - 1)
                n43 -= 1
                if n43 < 0:
                    v42 = None
                else:
                    e44 = pos + n43
                    if e44 > s41:
                        raise_short()
                    v42 = str(buf[pos:e44], "utf-8")
                    pos = e44
                if pos != s41:
                    raise_tag()
                r.cluster_id = v42
            pos = s41
    return r, pos


def encode_fetch_request_v14(r, w, extend):
    if r.replica_state.replica_id != -1 or r.replica_state.replica_epoch != -1:
        raise_absent('ReplicaState')
    w(_S_iiiibii.pack(r.replica_id, r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_iiqiqib.pack(i6.partition, i6.current_leader_epoch, i6.fetch_offset, i6.last_fetched_epoch, i6.log_start_offset, i6.partition_max_bytes, 0))
            w(b"\0")
    x7 = r.forgotten_topics_data
    if x7 is None:
        raise_null('ForgottenTopicsData')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            w(_S_16s.pack(i9.topic_id))
            x10 = i9.partitions
            if x10 is None:
                raise_null('Partitions')
            else:
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(pack(f">{len(x10)}i", *x10))
            w(b"\0")
    x12 = r.rack_id
    if x12 is None:
        raise_null('RackId')
    else:
        x12 = x12.encode()
        n13 = len(x12) + 1
        w(ONE[n13] if n13 < 128 else uvarint(n13))
        w(x12)
    tags14 = []
    v15 = r.cluster_id
    if v15 is not None:
        w16 = w, extend
        p17 = []
        w, extend = p17.append, p17.extend
        x18 = v15
        if x18 is None:
            w(b"\0")
        else:
            x18 = x18.encode()
            n19 = len(x18) + 1
            w(ONE[n19] if n19 < 128 else uvarint(n19))
            w(x18)
        w, extend = w16
        tags14.append((0, b"".join(p17)))
    w(uvarint(len(tags14)))
    for t20, d21 in tags14:
        w(uvarint(t20) + uvarint(len(d21)) + d21)


def decode_fetch_request_v15(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6) = _S_iiibii.unpack_from(buf, pos)
    pos += 21
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('Topics')
    else:
        if n8 * 18 > end - pos:
            raise_short()
        room -= n8
        if room < 0:
            raise_many()
        f7 = []
        for _ in range(n8):
            (f10,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                raise_null('Partitions')
            else:
                if n12 * 33 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14, f15, f16, f17, f18, f19) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i13 = FetchRequest_FetchPartition(partition=f14, current_leader_epoch=f15, fetch_offset=f16, last_fetched_epoch=f17, log_start_offset=f18, partition_max_bytes=f19)
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
                    f11.append(i13)
            i9 = FetchRequest_FetchTopic(topic_id=f10, partitions=f11)
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
            f7.append(i9)
    n27 = buf[pos]
    pos += 1
    if n27 > 127:
        n27, pos = read_uvarint(buf, pos - 1)
    n27 -= 1
    if n27 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n27 * 18 > end - pos:
            raise_short()
        room -= n27
        if room < 0:
            raise_many()
        f26 = []
        for _ in range(n27):
            (f29,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n31 = buf[pos]
            pos += 1
            if n31 > 127:
                n31, pos = read_uvarint(buf, pos - 1)
            n31 -= 1
            if n31 < 0:
                raise_null('Partitions')
            else:
                if n31 * 4 > end - pos:
                    raise_short()
                room -= n31
                if room < 0:
                    raise_many()
                f30 = list(unpack_from(f">{n31}i", buf, pos))
                pos += n31 * 4
            i28 = FetchRequest_ForgottenTopic(topic_id=f29, partitions=f30)
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
            f26.append(i28)
    n36 = buf[pos]
    pos += 1
    if n36 > 127:
        n36, pos = read_uvarint(buf, pos - 1)
    n36 -= 1
    if n36 < 0:
        raise_null('RackId')
    else:
        e37 = pos + n36
        if e37 > end:
            raise_short()
        f35 = str(buf[pos:e37], "utf-8")
        pos = e37
    r = FetchRequest(max_wait_ms=f1, min_bytes=f2, max_bytes=f3, isolation_level=f4, session_id=f5, session_epoch=f6, topics=f7, forgotten_topics_data=f26, rack_id=f35)
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
            if t39 == 0:
                n42 = buf[pos]
                pos += 1
                if n42 > 127:
                    n42, pos = read_uvarint(buf, pos - 1)
                n42 -= 1
                if n42 < 0:
                    v41 = None
                else:
                    e43 = pos + n42
                    if e43 > s40:
                        raise_short()
                    v41 = str(buf[pos:e43], "utf-8")
                    pos = e43
                if pos != s40:
                    raise_tag()
                r.cluster_id = v41
            elif t39 == 1:
                (f45, f46) = _S_iq.unpack_from(buf, pos)
                pos += 12
                v44 = FetchRequest_ReplicaState(replica_id=f45, replica_epoch=f46)
                if buf[pos] == 0:
                    pos += 1
                else:
                    c47, pos = read_uvarint(buf, pos)
                    if c47 * 2 > s40 - pos:
                        raise_short()
                    for _ in range(c47):
                        t48, pos = read_uvarint(buf, pos)
                        s49, pos = read_uvarint(buf, pos)
                        s49 += pos
                        if s49 > s40:
                            raise_short()
                        pos = s49
                if pos != s40:
                    raise_tag()
                r.replica_state = v44
            pos = s40
    return r, pos


def encode_fetch_request_v15(r, w, extend):
    if r.replica_id != -1:
        raise_absent('ReplicaId')
    w(_S_iiibii.pack(r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_iiqiqib.pack(i6.partition, i6.current_leader_epoch, i6.fetch_offset, i6.last_fetched_epoch, i6.log_start_offset, i6.partition_max_bytes, 0))
            w(b"\0")
    x7 = r.forgotten_topics_data
    if x7 is None:
        raise_null('ForgottenTopicsData')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            w(_S_16s.pack(i9.topic_id))
            x10 = i9.partitions
            if x10 is None:
                raise_null('Partitions')
            else:
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(pack(f">{len(x10)}i", *x10))
            w(b"\0")
    x12 = r.rack_id
    if x12 is None:
        raise_null('RackId')
    else:
        x12 = x12.encode()
        n13 = len(x12) + 1
        w(ONE[n13] if n13 < 128 else uvarint(n13))
        w(x12)
    tags14 = []
    v15 = r.cluster_id
    if v15 is not None:
        w16 = w, extend
        p17 = []
        w, extend = p17.append, p17.extend
        x18 = v15
        if x18 is None:
            w(b"\0")
        else:
            x18 = x18.encode()
            n19 = len(x18) + 1
            w(ONE[n19] if n19 < 128 else uvarint(n19))
            w(x18)
        w, extend = w16
        tags14.append((0, b"".join(p17)))
    v20 = r.replica_state
    if v20.replica_id != -1 or v20.replica_epoch != -1:
        w21 = w, extend
        p22 = []
        w, extend = p22.append, p22.extend
        w(_S_iqb.pack(v20.replica_id, v20.replica_epoch, 0))
        w, extend = w21
        tags14.append((1, b"".join(p22)))
    w(uvarint(len(tags14)))
    for t23, d24 in tags14:
        w(uvarint(t23) + uvarint(len(d24)) + d24)


def decode_fetch_request_v16(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6) = _S_iiibii.unpack_from(buf, pos)
    pos += 21
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('Topics')
    else:
        if n8 * 18 > end - pos:
            raise_short()
        room -= n8
        if room < 0:
            raise_many()
        f7 = []
        for _ in range(n8):
            (f10,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                raise_null('Partitions')
            else:
                if n12 * 33 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14, f15, f16, f17, f18, f19) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i13 = FetchRequest_FetchPartition(partition=f14, current_leader_epoch=f15, fetch_offset=f16, last_fetched_epoch=f17, log_start_offset=f18, partition_max_bytes=f19)
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
                    f11.append(i13)
            i9 = FetchRequest_FetchTopic(topic_id=f10, partitions=f11)
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
            f7.append(i9)
    n27 = buf[pos]
    pos += 1
    if n27 > 127:
        n27, pos = read_uvarint(buf, pos - 1)
    n27 -= 1
    if n27 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n27 * 18 > end - pos:
            raise_short()
        room -= n27
        if room < 0:
            raise_many()
        f26 = []
        for _ in range(n27):
            (f29,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n31 = buf[pos]
            pos += 1
            if n31 > 127:
                n31, pos = read_uvarint(buf, pos - 1)
            n31 -= 1
            if n31 < 0:
                raise_null('Partitions')
            else:
                if n31 * 4 > end - pos:
                    raise_short()
                room -= n31
                if room < 0:
                    raise_many()
                f30 = list(unpack_from(f">{n31}i", buf, pos))
                pos += n31 * 4
            i28 = FetchRequest_ForgottenTopic(topic_id=f29, partitions=f30)
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
            f26.append(i28)
    n36 = buf[pos]
    pos += 1
    if n36 > 127:
        n36, pos = read_uvarint(buf, pos - 1)
    n36 -= 1
    if n36 < 0:
        raise_null('RackId')
    else:
        e37 = pos + n36
        if e37 > end:
            raise_short()
        f35 = str(buf[pos:e37], "utf-8")
        pos = e37
    r = FetchRequest(max_wait_ms=f1, min_bytes=f2, max_bytes=f3, isolation_level=f4, session_id=f5, session_epoch=f6, topics=f7, forgotten_topics_data=f26, rack_id=f35)
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
            if t39 == 0:
                n42 = buf[pos]
                pos += 1
                if n42 > 127:
                    n42, pos = read_uvarint(buf, pos - 1)
                n42 -= 1
                if n42 < 0:
                    v41 = None
                else:
                    e43 = pos + n42
                    if e43 > s40:
                        raise_short()
                    v41 = str(buf[pos:e43], "utf-8")
                    pos = e43
                if pos != s40:
                    raise_tag()
                r.cluster_id = v41
            elif t39 == 1:
                (f45, f46) = _S_iq.unpack_from(buf, pos)
                pos += 12
                v44 = FetchRequest_ReplicaState(replica_id=f45, replica_epoch=f46)
                if buf[pos] == 0:
                    pos += 1
                else:
                    c47, pos = read_uvarint(buf, pos)
                    if c47 * 2 > s40 - pos:
                        raise_short()
                    for _ in range(c47):
                        t48, pos = read_uvarint(buf, pos)
                        s49, pos = read_uvarint(buf, pos)
                        s49 += pos
                        if s49 > s40:
                            raise_short()
                        pos = s49
                if pos != s40:
                    raise_tag()
                r.replica_state = v44
            pos = s40
    return r, pos


def encode_fetch_request_v16(r, w, extend):
    if r.replica_id != -1:
        raise_absent('ReplicaId')
    w(_S_iiibii.pack(r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_iiqiqib.pack(i6.partition, i6.current_leader_epoch, i6.fetch_offset, i6.last_fetched_epoch, i6.log_start_offset, i6.partition_max_bytes, 0))
            w(b"\0")
    x7 = r.forgotten_topics_data
    if x7 is None:
        raise_null('ForgottenTopicsData')
    else:
        n8 = len(x7) + 1
        w(ONE[n8] if n8 < 128 else uvarint(n8))
        for i9 in x7:
            w(_S_16s.pack(i9.topic_id))
            x10 = i9.partitions
            if x10 is None:
                raise_null('Partitions')
            else:
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                w(pack(f">{len(x10)}i", *x10))
            w(b"\0")
    x12 = r.rack_id
    if x12 is None:
        raise_null('RackId')
    else:
        x12 = x12.encode()
        n13 = len(x12) + 1
        w(ONE[n13] if n13 < 128 else uvarint(n13))
        w(x12)
    tags14 = []
    v15 = r.cluster_id
    if v15 is not None:
        w16 = w, extend
        p17 = []
        w, extend = p17.append, p17.extend
        x18 = v15
        if x18 is None:
            w(b"\0")
        else:
            x18 = x18.encode()
            n19 = len(x18) + 1
            w(ONE[n19] if n19 < 128 else uvarint(n19))
            w(x18)
        w, extend = w16
        tags14.append((0, b"".join(p17)))
    v20 = r.replica_state
    if v20.replica_id != -1 or v20.replica_epoch != -1:
        w21 = w, extend
        p22 = []
        w, extend = p22.append, p22.extend
        w(_S_iqb.pack(v20.replica_id, v20.replica_epoch, 0))
        w, extend = w21
        tags14.append((1, b"".join(p22)))
    w(uvarint(len(tags14)))
    for t23, d24 in tags14:
        w(uvarint(t23) + uvarint(len(d24)) + d24)


def decode_fetch_request_v17(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6) = _S_iiibii.unpack_from(buf, pos)
    pos += 21
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('Topics')
    else:
        if n8 * 18 > end - pos:
            raise_short()
        room -= n8
        if room < 0:
            raise_many()
        f7 = []
        for _ in range(n8):
            (f10,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                raise_null('Partitions')
            else:
                if n12 * 33 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14, f15, f16, f17, f18, f19) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i13 = FetchRequest_FetchPartition(partition=f14, current_leader_epoch=f15, fetch_offset=f16, last_fetched_epoch=f17, log_start_offset=f18, partition_max_bytes=f19)
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
                            if t21 == 0:
                                (v23,) = _S_16s.unpack_from(buf, pos)
                                pos += 16
                                if pos != s22:
                                    raise_tag()
                                i13.replica_directory_id = v23
                            pos = s22
                    f11.append(i13)
            i9 = FetchRequest_FetchTopic(topic_id=f10, partitions=f11)
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
    n28 = buf[pos]
    pos += 1
    if n28 > 127:
        n28, pos = read_uvarint(buf, pos - 1)
    n28 -= 1
    if n28 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n28 * 18 > end - pos:
            raise_short()
        room -= n28
        if room < 0:
            raise_many()
        f27 = []
        for _ in range(n28):
            (f30,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n32 = buf[pos]
            pos += 1
            if n32 > 127:
                n32, pos = read_uvarint(buf, pos - 1)
            n32 -= 1
            if n32 < 0:
                raise_null('Partitions')
            else:
                if n32 * 4 > end - pos:
                    raise_short()
                room -= n32
                if room < 0:
                    raise_many()
                f31 = list(unpack_from(f">{n32}i", buf, pos))
                pos += n32 * 4
            i29 = FetchRequest_ForgottenTopic(topic_id=f30, partitions=f31)
            if buf[pos] == 0:
                pos += 1
            else:
                c33, pos = read_uvarint(buf, pos)
                if c33 * 2 > end - pos:
                    raise_short()
                for _ in range(c33):
                    t34, pos = read_uvarint(buf, pos)
                    s35, pos = read_uvarint(buf, pos)
                    s35 += pos
                    if s35 > end:
                        raise_short()
                    pos = s35
            f27.append(i29)
    n37 = buf[pos]
    pos += 1
    if n37 > 127:
        n37, pos = read_uvarint(buf, pos - 1)
    n37 -= 1
    if n37 < 0:
        raise_null('RackId')
    else:
        e38 = pos + n37
        if e38 > end:
            raise_short()
        f36 = str(buf[pos:e38], "utf-8")
        pos = e38
    r = FetchRequest(max_wait_ms=f1, min_bytes=f2, max_bytes=f3, isolation_level=f4, session_id=f5, session_epoch=f6, topics=f7, forgotten_topics_data=f27, rack_id=f36)
    if buf[pos] == 0:
        pos += 1
    else:
        c39, pos = read_uvarint(buf, pos)
        if c39 * 2 > end - pos:
            raise_short()
        for _ in range(c39):
            t40, pos = read_uvarint(buf, pos)
            s41, pos = read_uvarint(buf, pos)
            s41 += pos
            if s41 > end:
                raise_short()
            if t40 == 0:
                n43 = buf[pos]
                pos += 1
                if n43 > 127:
                    n43, pos = read_uvarint(buf, pos - 1)
                n43 -= 1
                if n43 < 0:
                    v42 = None
                else:
                    e44 = pos + n43
                    if e44 > s41:
                        raise_short()
                    v42 = str(buf[pos:e44], "utf-8")
                    pos = e44
                if pos != s41:
                    raise_tag()
                r.cluster_id = v42
            elif t40 == 1:
                (f46, f47) = _S_iq.unpack_from(buf, pos)
                pos += 12
                v45 = FetchRequest_ReplicaState(replica_id=f46, replica_epoch=f47)
                if buf[pos] == 0:
                    pos += 1
                else:
                    c48, pos = read_uvarint(buf, pos)
                    if c48 * 2 > s41 - pos:
                        raise_short()
                    for _ in range(c48):
                        t49, pos = read_uvarint(buf, pos)
                        s50, pos = read_uvarint(buf, pos)
                        s50 += pos
                        if s50 > s41:
                            raise_short()
                        pos = s50
                if pos != s41:
                    raise_tag()
                r.replica_state = v45
            pos = s41
    return r, pos


def encode_fetch_request_v17(r, w, extend):
    if r.replica_id != -1:
        raise_absent('ReplicaId')
    w(_S_iiibii.pack(r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_iiqiqi.pack(i6.partition, i6.current_leader_epoch, i6.fetch_offset, i6.last_fetched_epoch, i6.log_start_offset, i6.partition_max_bytes))
                    tags7 = []
                    v8 = i6.replica_directory_id
                    if v8 != ZERO_UUID:
                        w9 = w, extend
                        p10 = []
                        w, extend = p10.append, p10.extend
                        w(_S_16s.pack(v8))
                        w, extend = w9
                        tags7.append((0, b"".join(p10)))
                    w(uvarint(len(tags7)))
                    for t11, d12 in tags7:
                        w(uvarint(t11) + uvarint(len(d12)) + d12)
            w(b"\0")
    x13 = r.forgotten_topics_data
    if x13 is None:
        raise_null('ForgottenTopicsData')
    else:
        n14 = len(x13) + 1
        w(ONE[n14] if n14 < 128 else uvarint(n14))
        for i15 in x13:
            w(_S_16s.pack(i15.topic_id))
            x16 = i15.partitions
            if x16 is None:
                raise_null('Partitions')
            else:
                n17 = len(x16) + 1
                w(ONE[n17] if n17 < 128 else uvarint(n17))
                w(pack(f">{len(x16)}i", *x16))
            w(b"\0")
    x18 = r.rack_id
    if x18 is None:
        raise_null('RackId')
    else:
        x18 = x18.encode()
        n19 = len(x18) + 1
        w(ONE[n19] if n19 < 128 else uvarint(n19))
        w(x18)
    tags20 = []
    v21 = r.cluster_id
    if v21 is not None:
        w22 = w, extend
        p23 = []
        w, extend = p23.append, p23.extend
        x24 = v21
        if x24 is None:
            w(b"\0")
        else:
            x24 = x24.encode()
            n25 = len(x24) + 1
            w(ONE[n25] if n25 < 128 else uvarint(n25))
            w(x24)
        w, extend = w22
        tags20.append((0, b"".join(p23)))
    v26 = r.replica_state
    if v26.replica_id != -1 or v26.replica_epoch != -1:
        w27 = w, extend
        p28 = []
        w, extend = p28.append, p28.extend
        w(_S_iqb.pack(v26.replica_id, v26.replica_epoch, 0))
        w, extend = w27
        tags20.append((1, b"".join(p28)))
    w(uvarint(len(tags20)))
    for t29, d30 in tags20:
        w(uvarint(t29) + uvarint(len(d30)) + d30)


def decode_fetch_request_v18(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3, f4, f5, f6) = _S_iiibii.unpack_from(buf, pos)
    pos += 21
    n8 = buf[pos]
    pos += 1
    if n8 > 127:
        n8, pos = read_uvarint(buf, pos - 1)
    n8 -= 1
    if n8 < 0:
        raise_null('Topics')
    else:
        if n8 * 18 > end - pos:
            raise_short()
        room -= n8
        if room < 0:
            raise_many()
        f7 = []
        for _ in range(n8):
            (f10,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                raise_null('Partitions')
            else:
                if n12 * 33 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14, f15, f16, f17, f18, f19) = _S_iiqiqi.unpack_from(buf, pos)
                    pos += 32
                    i13 = FetchRequest_FetchPartition(partition=f14, current_leader_epoch=f15, fetch_offset=f16, last_fetched_epoch=f17, log_start_offset=f18, partition_max_bytes=f19)
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
                            if t21 == 0:
                                (v23,) = _S_16s.unpack_from(buf, pos)
                                pos += 16
                                if pos != s22:
                                    raise_tag()
                                i13.replica_directory_id = v23
                            elif t21 == 1:
                                (v24,) = _S_q.unpack_from(buf, pos)
                                pos += 8
                                if pos != s22:
                                    raise_tag()
                                i13.high_watermark = v24
                            pos = s22
                    f11.append(i13)
            i9 = FetchRequest_FetchTopic(topic_id=f10, partitions=f11)
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
            f7.append(i9)
    n29 = buf[pos]
    pos += 1
    if n29 > 127:
        n29, pos = read_uvarint(buf, pos - 1)
    n29 -= 1
    if n29 < 0:
        raise_null('ForgottenTopicsData')
    else:
        if n29 * 18 > end - pos:
            raise_short()
        room -= n29
        if room < 0:
            raise_many()
        f28 = []
        for _ in range(n29):
            (f31,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n33 = buf[pos]
            pos += 1
            if n33 > 127:
                n33, pos = read_uvarint(buf, pos - 1)
            n33 -= 1
            if n33 < 0:
                raise_null('Partitions')
            else:
                if n33 * 4 > end - pos:
                    raise_short()
                room -= n33
                if room < 0:
                    raise_many()
                f32 = list(unpack_from(f">{n33}i", buf, pos))
                pos += n33 * 4
            i30 = FetchRequest_ForgottenTopic(topic_id=f31, partitions=f32)
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
            f28.append(i30)
    n38 = buf[pos]
    pos += 1
    if n38 > 127:
        n38, pos = read_uvarint(buf, pos - 1)
    n38 -= 1
    if n38 < 0:
        raise_null('RackId')
    else:
        e39 = pos + n38
        if e39 > end:
            raise_short()
        f37 = str(buf[pos:e39], "utf-8")
        pos = e39
    r = FetchRequest(max_wait_ms=f1, min_bytes=f2, max_bytes=f3, isolation_level=f4, session_id=f5, session_epoch=f6, topics=f7, forgotten_topics_data=f28, rack_id=f37)
    if buf[pos] == 0:
        pos += 1
    else:
        c40, pos = read_uvarint(buf, pos)
        if c40 * 2 > end - pos:
            raise_short()
        for _ in range(c40):
            t41, pos = read_uvarint(buf, pos)
            s42, pos = read_uvarint(buf, pos)
            s42 += pos
            if s42 > end:
                raise_short()
            if t41 == 0:
                n44 = buf[pos]
                pos += 1
                if n44 > 127:
                    n44, pos = read_uvarint(buf, pos - 1)
                n44 -= 1
                if n44 < 0:
                    v43 = None
                else:
                    e45 = pos + n44
                    if e45 > s42:
                        raise_short()
                    v43 = str(buf[pos:e45], "utf-8")
                    pos = e45
                if pos != s42:
                    raise_tag()
                r.cluster_id = v43
            elif t41 == 1:
                (f47, f48) = _S_iq.unpack_from(buf, pos)
                pos += 12
                v46 = FetchRequest_ReplicaState(replica_id=f47, replica_epoch=f48)
                if buf[pos] == 0:
                    pos += 1
                else:
                    c49, pos = read_uvarint(buf, pos)
                    if c49 * 2 > s42 - pos:
                        raise_short()
                    for _ in range(c49):
                        t50, pos = read_uvarint(buf, pos)
                        s51, pos = read_uvarint(buf, pos)
                        s51 += pos
                        if s51 > s42:
                            raise_short()
                        pos = s51
                if pos != s42:
                    raise_tag()
                r.replica_state = v46
            pos = s42
    return r, pos


def encode_fetch_request_v18(r, w, extend):
    if r.replica_id != -1:
        raise_absent('ReplicaId')
    w(_S_iiibii.pack(r.max_wait_ms, r.min_bytes, r.max_bytes, r.isolation_level, r.session_id, r.session_epoch))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_iiqiqi.pack(i6.partition, i6.current_leader_epoch, i6.fetch_offset, i6.last_fetched_epoch, i6.log_start_offset, i6.partition_max_bytes))
                    tags7 = []
                    v8 = i6.replica_directory_id
                    if v8 != ZERO_UUID:
                        w9 = w, extend
                        p10 = []
                        w, extend = p10.append, p10.extend
                        w(_S_16s.pack(v8))
                        w, extend = w9
                        tags7.append((0, b"".join(p10)))
                    v11 = i6.high_watermark
                    if v11 != 9223372036854775807:
                        w12 = w, extend
                        p13 = []
                        w, extend = p13.append, p13.extend
                        w(_S_q.pack(v11))
                        w, extend = w12
                        tags7.append((1, b"".join(p13)))
                    w(uvarint(len(tags7)))
                    for t14, d15 in tags7:
                        w(uvarint(t14) + uvarint(len(d15)) + d15)
            w(b"\0")
    x16 = r.forgotten_topics_data
    if x16 is None:
        raise_null('ForgottenTopicsData')
    else:
        n17 = len(x16) + 1
        w(ONE[n17] if n17 < 128 else uvarint(n17))
        for i18 in x16:
            w(_S_16s.pack(i18.topic_id))
            x19 = i18.partitions
            if x19 is None:
                raise_null('Partitions')
            else:
                n20 = len(x19) + 1
                w(ONE[n20] if n20 < 128 else uvarint(n20))
                w(pack(f">{len(x19)}i", *x19))
            w(b"\0")
    x21 = r.rack_id
    if x21 is None:
        raise_null('RackId')
    else:
        x21 = x21.encode()
        n22 = len(x21) + 1
        w(ONE[n22] if n22 < 128 else uvarint(n22))
        w(x21)
    tags23 = []
    v24 = r.cluster_id
    if v24 is not None:
        w25 = w, extend
        p26 = []
        w, extend = p26.append, p26.extend
        x27 = v24
        if x27 is None:
            w(b"\0")
        else:
            x27 = x27.encode()
            n28 = len(x27) + 1
            w(ONE[n28] if n28 < 128 else uvarint(n28))
            w(x27)
        w, extend = w25
        tags23.append((0, b"".join(p26)))
    v29 = r.replica_state
    if v29.replica_id != -1 or v29.replica_epoch != -1:
        w30 = w, extend
        p31 = []
        w, extend = p31.append, p31.extend
        w(_S_iqb.pack(v29.replica_id, v29.replica_epoch, 0))
        w, extend = w30
        tags23.append((1, b"".join(p31)))
    w(uvarint(len(tags23)))
    for t32, d33 in tags23:
        w(uvarint(t32) + uvarint(len(d33)) + d33)


class FetchResponse_NodeEndpoint(Struct):
    __slots__ = ('node_id', 'host', 'port', 'rack')

    def __init__(
        self,
        *,
        node_id: Any = 0,
        host: Any = '',
        port: Any = 0,
        rack: Any = None,
    ) -> None:
        self.node_id = node_id
        self.host = host
        self.port = port
        self.rack = rack


class FetchResponse_AbortedTransaction(Struct):
    __slots__ = ('producer_id', 'first_offset')

    def __init__(
        self,
        *,
        producer_id: Any = 0,
        first_offset: Any = 0,
    ) -> None:
        self.producer_id = producer_id
        self.first_offset = first_offset


class FetchResponse_SnapshotId(Struct):
    __slots__ = ('end_offset', 'epoch')

    def __init__(
        self,
        *,
        end_offset: Any = -1,
        epoch: Any = -1,
    ) -> None:
        self.end_offset = end_offset
        self.epoch = epoch


class FetchResponse_LeaderIdAndEpoch(Struct):
    __slots__ = ('leader_id', 'leader_epoch')

    def __init__(
        self,
        *,
        leader_id: Any = -1,
        leader_epoch: Any = -1,
    ) -> None:
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch


class FetchResponse_EpochEndOffset(Struct):
    __slots__ = ('epoch', 'end_offset')

    def __init__(
        self,
        *,
        epoch: Any = -1,
        end_offset: Any = -1,
    ) -> None:
        self.epoch = epoch
        self.end_offset = end_offset


class FetchResponse_PartitionData(Struct):
    __slots__ = ('partition_index', 'error_code', 'high_watermark', 'last_stable_offset', 'log_start_offset', 'diverging_epoch', 'current_leader', 'snapshot_id', 'aborted_transactions', 'preferred_read_replica', 'records')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
        high_watermark: Any = 0,
        last_stable_offset: Any = -1,
        log_start_offset: Any = -1,
        diverging_epoch: Any = MISSING,
        current_leader: Any = MISSING,
        snapshot_id: Any = MISSING,
        aborted_transactions: Any = MISSING,
        preferred_read_replica: Any = -1,
        records: Any = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.high_watermark = high_watermark
        self.last_stable_offset = last_stable_offset
        self.log_start_offset = log_start_offset
        self.diverging_epoch = FetchResponse_EpochEndOffset() if diverging_epoch is MISSING else diverging_epoch
        self.current_leader = FetchResponse_LeaderIdAndEpoch() if current_leader is MISSING else current_leader
        self.snapshot_id = FetchResponse_SnapshotId() if snapshot_id is MISSING else snapshot_id
        self.aborted_transactions = [] if aborted_transactions is MISSING else aborted_transactions
        self.preferred_read_replica = preferred_read_replica
        self.records = records


class FetchResponse_FetchableTopicResponse(Struct):
    __slots__ = ('topic', 'topic_id', 'partitions')

    def __init__(
        self,
        *,
        topic: Any = '',
        topic_id: Any = ZERO_UUID,
        partitions: Any = MISSING,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions = [] if partitions is MISSING else partitions


class FetchResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'session_id', 'responses', 'node_endpoints')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        session_id: Any = 0,
        responses: Any = MISSING,
        node_endpoints: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.session_id = session_id
        self.responses = [] if responses is MISSING else responses
        self.node_endpoints = [] if node_endpoints is MISSING else node_endpoints


FetchResponse.FetchableTopicResponse = FetchResponse_FetchableTopicResponse  # type: ignore[attr-defined]
FetchResponse.PartitionData = FetchResponse_PartitionData  # type: ignore[attr-defined]
FetchResponse.EpochEndOffset = FetchResponse_EpochEndOffset  # type: ignore[attr-defined]
FetchResponse.LeaderIdAndEpoch = FetchResponse_LeaderIdAndEpoch  # type: ignore[attr-defined]
FetchResponse.SnapshotId = FetchResponse_SnapshotId  # type: ignore[attr-defined]
FetchResponse.AbortedTransaction = FetchResponse_AbortedTransaction  # type: ignore[attr-defined]
FetchResponse.NodeEndpoint = FetchResponse_NodeEndpoint  # type: ignore[attr-defined]


def decode_fetch_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
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
                if n9 * 30 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14) = _S_ihqq.unpack_from(buf, pos)
                    pos += 22
                    (n16,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n16 < 0:
                        f15 = None
                    else:
                        if n16 * 16 > end - pos:
                            raise_short()
                        room -= n16
                        if room < 0:
                            raise_many()
                        f15 = []
                        for _ in range(n16):
                            (f18, f19) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i17 = FetchResponse_AbortedTransaction(producer_id=f18, first_offset=f19)
                            f15.append(i17)
                    (n21,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n21 < 0:
                        f20 = None
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = buf[pos:e22]
                        pos = e22
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, aborted_transactions=f15, records=f20)
                    f8.append(i10)
            i4 = FetchResponse_FetchableTopicResponse(topic=f5, partitions=f8)
            f2.append(i4)
    r = FetchResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_fetch_response_v4(r, w, extend):
    if r.session_id != 0:
        raise_absent('SessionId')
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
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
                if n9 * 38 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 16 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
                            f16.append(i18)
                    (n22,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n22 < 0:
                        f21 = None
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = buf[pos:e23]
                        pos = e23
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, records=f21)
                    f8.append(i10)
            i4 = FetchResponse_FetchableTopicResponse(topic=f5, partitions=f8)
            f2.append(i4)
    r = FetchResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_fetch_response_v5(r, w, extend):
    if r.session_id != 0:
        raise_absent('SessionId')
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
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
                if n9 * 38 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n17,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 16 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
                            f16.append(i18)
                    (n22,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n22 < 0:
                        f21 = None
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = buf[pos:e23]
                        pos = e23
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, records=f21)
                    f8.append(i10)
            i4 = FetchResponse_FetchableTopicResponse(topic=f5, partitions=f8)
            f2.append(i4)
    r = FetchResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_fetch_response_v6(r, w, extend):
    if r.session_id != 0:
        raise_absent('SessionId')
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 6 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('Topic')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n11 < 0:
                raise_null('Partitions')
            else:
                if n11 * 38 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13, f14, f15, f16, f17) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n19,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n19 < 0:
                        f18 = None
                    else:
                        if n19 * 16 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = []
                        for _ in range(n19):
                            (f21, f22) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i20 = FetchResponse_AbortedTransaction(producer_id=f21, first_offset=f22)
                            f18.append(i20)
                    (n24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n24 < 0:
                        f23 = None
                    else:
                        e25 = pos + n24
                        if e25 > end:
                            raise_short()
                        f23 = buf[pos:e25]
                        pos = e25
                    i12 = FetchResponse_PartitionData(partition_index=f13, error_code=f14, high_watermark=f15, last_stable_offset=f16, log_start_offset=f17, aborted_transactions=f18, records=f23)
                    f10.append(i12)
            i6 = FetchResponse_FetchableTopicResponse(topic=f7, partitions=f10)
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    return r, pos


def encode_fetch_response_v7(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 6 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('Topic')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n11 < 0:
                raise_null('Partitions')
            else:
                if n11 * 38 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13, f14, f15, f16, f17) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n19,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n19 < 0:
                        f18 = None
                    else:
                        if n19 * 16 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = []
                        for _ in range(n19):
                            (f21, f22) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i20 = FetchResponse_AbortedTransaction(producer_id=f21, first_offset=f22)
                            f18.append(i20)
                    (n24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n24 < 0:
                        f23 = None
                    else:
                        e25 = pos + n24
                        if e25 > end:
                            raise_short()
                        f23 = buf[pos:e25]
                        pos = e25
                    i12 = FetchResponse_PartitionData(partition_index=f13, error_code=f14, high_watermark=f15, last_stable_offset=f16, log_start_offset=f17, aborted_transactions=f18, records=f23)
                    f10.append(i12)
            i6 = FetchResponse_FetchableTopicResponse(topic=f7, partitions=f10)
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    return r, pos


def encode_fetch_response_v8(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v9(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 6 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('Topic')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n11 < 0:
                raise_null('Partitions')
            else:
                if n11 * 38 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13, f14, f15, f16, f17) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n19,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n19 < 0:
                        f18 = None
                    else:
                        if n19 * 16 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = []
                        for _ in range(n19):
                            (f21, f22) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i20 = FetchResponse_AbortedTransaction(producer_id=f21, first_offset=f22)
                            f18.append(i20)
                    (n24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n24 < 0:
                        f23 = None
                    else:
                        e25 = pos + n24
                        if e25 > end:
                            raise_short()
                        f23 = buf[pos:e25]
                        pos = e25
                    i12 = FetchResponse_PartitionData(partition_index=f13, error_code=f14, high_watermark=f15, last_stable_offset=f16, log_start_offset=f17, aborted_transactions=f18, records=f23)
                    f10.append(i12)
            i6 = FetchResponse_FetchableTopicResponse(topic=f7, partitions=f10)
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    return r, pos


def encode_fetch_response_v9(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v10(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 6 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('Topic')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n11 < 0:
                raise_null('Partitions')
            else:
                if n11 * 38 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13, f14, f15, f16, f17) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n19,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n19 < 0:
                        f18 = None
                    else:
                        if n19 * 16 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = []
                        for _ in range(n19):
                            (f21, f22) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i20 = FetchResponse_AbortedTransaction(producer_id=f21, first_offset=f22)
                            f18.append(i20)
                    (n24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n24 < 0:
                        f23 = None
                    else:
                        e25 = pos + n24
                        if e25 > end:
                            raise_short()
                        f23 = buf[pos:e25]
                        pos = e25
                    i12 = FetchResponse_PartitionData(partition_index=f13, error_code=f14, high_watermark=f15, last_stable_offset=f16, log_start_offset=f17, aborted_transactions=f18, records=f23)
                    f10.append(i12)
            i6 = FetchResponse_FetchableTopicResponse(topic=f7, partitions=f10)
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    return r, pos


def encode_fetch_response_v10(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    if i5.preferred_read_replica != -1:
                        raise_absent('PreferredReadReplica')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v11(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    (n5,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 6 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (n8,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n8 < 0:
                raise_null('Topic')
            else:
                e9 = pos + n8
                if e9 > end:
                    raise_short()
                f7 = str(buf[pos:e9], "utf-8")
                pos = e9
            (n11,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n11 < 0:
                raise_null('Partitions')
            else:
                if n11 * 42 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13, f14, f15, f16, f17) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    (n19,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n19 < 0:
                        f18 = None
                    else:
                        if n19 * 16 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = []
                        for _ in range(n19):
                            (f21, f22) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i20 = FetchResponse_AbortedTransaction(producer_id=f21, first_offset=f22)
                            f18.append(i20)
                    (f23,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n25,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n25 < 0:
                        f24 = None
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = buf[pos:e26]
                        pos = e26
                    i12 = FetchResponse_PartitionData(partition_index=f13, error_code=f14, high_watermark=f15, last_stable_offset=f16, log_start_offset=f17, aborted_transactions=f18, preferred_read_replica=f23, records=f24)
                    f10.append(i12)
            i6 = FetchResponse_FetchableTopicResponse(topic=f7, partitions=f10)
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    return r, pos


def encode_fetch_response_v11(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    if i5.diverging_epoch.epoch != -1 or i5.diverging_epoch.end_offset != -1:
                        raise_absent('DivergingEpoch')
                    if i5.current_leader.leader_id != -1 or i5.current_leader.leader_epoch != -1:
                        raise_absent('CurrentLeader')
                    if i5.snapshot_id.end_offset != -1 or i5.snapshot_id.epoch != -1:
                        raise_absent('SnapshotId')
                    w(_S_ihqqq.pack(i5.partition_index, i5.error_code, i5.high_watermark, i5.last_stable_offset, i5.log_start_offset))
                    x6 = i5.aborted_transactions
                    if x6 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        w(_S_i.pack(len(x6)))
                        for i7 in x6:
                            w(_S_qq.pack(i7.producer_id, i7.first_offset))
                    w(_S_i.pack(i5.preferred_read_replica))
                    x8 = i5.records
                    if x8 is None:
                        w(b"\xff\xff\xff\xff")
                    else:
                        n9 = sum(map(len, x8)) if type(x8) is list else len(x8)
                        w(_S_i.pack(n9))
                        if type(x8) is list:
                            extend(x8)
                        else:
                            w(x8)


def decode_fetch_response_v12(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 3 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            n8 = buf[pos]
            pos += 1
            if n8 > 127:
                n8, pos = read_uvarint(buf, pos - 1)
            n8 -= 1
            if n8 < 0:
                raise_null('Topic')
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
                raise_null('Partitions')
            else:
                if n11 * 37 > end - pos:
                    raise_short()
                room -= n11
                if room < 0:
                    raise_many()
                f10 = []
                for _ in range(n11):
                    (f13, f14, f15, f16, f17) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n19 = buf[pos]
                    pos += 1
                    if n19 > 127:
                        n19, pos = read_uvarint(buf, pos - 1)
                    n19 -= 1
                    if n19 < 0:
                        f18 = None
                    else:
                        if n19 * 17 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = []
                        for _ in range(n19):
                            (f21, f22) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i20 = FetchResponse_AbortedTransaction(producer_id=f21, first_offset=f22)
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
                            f18.append(i20)
                    (f26,) = _S_i.unpack_from(buf, pos)
                    pos += 4
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
                        f27 = buf[pos:e29]
                        pos = e29
                    i12 = FetchResponse_PartitionData(partition_index=f13, error_code=f14, high_watermark=f15, last_stable_offset=f16, log_start_offset=f17, aborted_transactions=f18, preferred_read_replica=f26, records=f27)
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
                            if t31 == 0:
                                (f34, f35) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v33 = FetchResponse_EpochEndOffset(epoch=f34, end_offset=f35)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c36, pos = read_uvarint(buf, pos)
                                    if c36 * 2 > s32 - pos:
                                        raise_short()
                                    for _ in range(c36):
                                        t37, pos = read_uvarint(buf, pos)
                                        s38, pos = read_uvarint(buf, pos)
                                        s38 += pos
                                        if s38 > s32:
                                            raise_short()
                                        pos = s38
                                if pos != s32:
                                    raise_tag()
                                i12.diverging_epoch = v33
                            elif t31 == 1:
                                (f40, f41) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v39 = FetchResponse_LeaderIdAndEpoch(leader_id=f40, leader_epoch=f41)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c42, pos = read_uvarint(buf, pos)
                                    if c42 * 2 > s32 - pos:
                                        raise_short()
                                    for _ in range(c42):
                                        t43, pos = read_uvarint(buf, pos)
                                        s44, pos = read_uvarint(buf, pos)
                                        s44 += pos
                                        if s44 > s32:
                                            raise_short()
                                        pos = s44
                                if pos != s32:
                                    raise_tag()
                                i12.current_leader = v39
                            elif t31 == 2:
                                (f46, f47) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v45 = FetchResponse_SnapshotId(end_offset=f46, epoch=f47)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c48, pos = read_uvarint(buf, pos)
                                    if c48 * 2 > s32 - pos:
                                        raise_short()
                                    for _ in range(c48):
                                        t49, pos = read_uvarint(buf, pos)
                                        s50, pos = read_uvarint(buf, pos)
                                        s50 += pos
                                        if s50 > s32:
                                            raise_short()
                                        pos = s50
                                if pos != s32:
                                    raise_tag()
                                i12.snapshot_id = v45
                            pos = s32
                    f10.append(i12)
            i6 = FetchResponse_FetchableTopicResponse(topic=f7, partitions=f10)
            if buf[pos] == 0:
                pos += 1
            else:
                c51, pos = read_uvarint(buf, pos)
                if c51 * 2 > end - pos:
                    raise_short()
                for _ in range(c51):
                    t52, pos = read_uvarint(buf, pos)
                    s53, pos = read_uvarint(buf, pos)
                    s53 += pos
                    if s53 > end:
                        raise_short()
                    pos = s53
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c54, pos = read_uvarint(buf, pos)
        if c54 * 2 > end - pos:
            raise_short()
        for _ in range(c54):
            t55, pos = read_uvarint(buf, pos)
            s56, pos = read_uvarint(buf, pos)
            s56 += pos
            if s56 > end:
                raise_short()
            pos = s56
    return r, pos


def encode_fetch_response_v12(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
                    w(_S_ihqqq.pack(i8.partition_index, i8.error_code, i8.high_watermark, i8.last_stable_offset, i8.log_start_offset))
                    x9 = i8.aborted_transactions
                    if x9 is None:
                        w(b"\0")
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            w(_S_qqb.pack(i11.producer_id, i11.first_offset, 0))
                    w(_S_i.pack(i8.preferred_read_replica))
                    x12 = i8.records
                    if x12 is None:
                        w(b"\0")
                    else:
                        n13 = sum(map(len, x12)) if type(x12) is list else len(x12)
                        n14 = n13 + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        if type(x12) is list:
                            extend(x12)
                        else:
                            w(x12)
                    tags15 = []
                    v16 = i8.diverging_epoch
                    if v16.epoch != -1 or v16.end_offset != -1:
                        w17 = w, extend
                        p18 = []
                        w, extend = p18.append, p18.extend
                        w(_S_iqb.pack(v16.epoch, v16.end_offset, 0))
                        w, extend = w17
                        tags15.append((0, b"".join(p18)))
                    v19 = i8.current_leader
                    if v19.leader_id != -1 or v19.leader_epoch != -1:
                        w20 = w, extend
                        p21 = []
                        w, extend = p21.append, p21.extend
                        w(_S_iib.pack(v19.leader_id, v19.leader_epoch, 0))
                        w, extend = w20
                        tags15.append((1, b"".join(p21)))
                    v22 = i8.snapshot_id
                    if v22.end_offset != -1 or v22.epoch != -1:
                        w23 = w, extend
                        p24 = []
                        w, extend = p24.append, p24.extend
                        w(_S_qib.pack(v22.end_offset, v22.epoch, 0))
                        w, extend = w23
                        tags15.append((2, b"".join(p24)))
                    w(uvarint(len(tags15)))
                    for t25, d26 in tags15:
                        w(uvarint(t25) + uvarint(len(d26)) + d26)
            w(b"\0")
    w(b"\0")


def decode_fetch_response_v13(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 18 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 37 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 17 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
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
                            f16.append(i18)
                    (f24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = buf[pos:e27]
                        pos = e27
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, preferred_read_replica=f24, records=f25)
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
                            if t29 == 0:
                                (f32, f33) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v31 = FetchResponse_EpochEndOffset(epoch=f32, end_offset=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i10.diverging_epoch = v31
                            elif t29 == 1:
                                (f38, f39) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v37 = FetchResponse_LeaderIdAndEpoch(leader_id=f38, leader_epoch=f39)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c40, pos = read_uvarint(buf, pos)
                                    if c40 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c40):
                                        t41, pos = read_uvarint(buf, pos)
                                        s42, pos = read_uvarint(buf, pos)
                                        s42 += pos
                                        if s42 > s30:
                                            raise_short()
                                        pos = s42
                                if pos != s30:
                                    raise_tag()
                                i10.current_leader = v37
                            elif t29 == 2:
                                (f44, f45) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v43 = FetchResponse_SnapshotId(end_offset=f44, epoch=f45)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c46, pos = read_uvarint(buf, pos)
                                    if c46 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c46):
                                        t47, pos = read_uvarint(buf, pos)
                                        s48, pos = read_uvarint(buf, pos)
                                        s48 += pos
                                        if s48 > s30:
                                            raise_short()
                                        pos = s48
                                if pos != s30:
                                    raise_tag()
                                i10.snapshot_id = v43
                            pos = s30
                    f8.append(i10)
            i6 = FetchResponse_FetchableTopicResponse(topic_id=f7, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c49, pos = read_uvarint(buf, pos)
                if c49 * 2 > end - pos:
                    raise_short()
                for _ in range(c49):
                    t50, pos = read_uvarint(buf, pos)
                    s51, pos = read_uvarint(buf, pos)
                    s51 += pos
                    if s51 > end:
                        raise_short()
                    pos = s51
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c52, pos = read_uvarint(buf, pos)
        if c52 * 2 > end - pos:
            raise_short()
        for _ in range(c52):
            t53, pos = read_uvarint(buf, pos)
            s54, pos = read_uvarint(buf, pos)
            s54 += pos
            if s54 > end:
                raise_short()
            pos = s54
    return r, pos


def encode_fetch_response_v13(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.partition_index, i6.error_code, i6.high_watermark, i6.last_stable_offset, i6.log_start_offset))
                    x7 = i6.aborted_transactions
                    if x7 is None:
                        w(b"\0")
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_qqb.pack(i9.producer_id, i9.first_offset, 0))
                    w(_S_i.pack(i6.preferred_read_replica))
                    x10 = i6.records
                    if x10 is None:
                        w(b"\0")
                    else:
                        n11 = sum(map(len, x10)) if type(x10) is list else len(x10)
                        n12 = n11 + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        if type(x10) is list:
                            extend(x10)
                        else:
                            w(x10)
                    tags13 = []
                    v14 = i6.diverging_epoch
                    if v14.epoch != -1 or v14.end_offset != -1:
                        w15 = w, extend
                        p16 = []
                        w, extend = p16.append, p16.extend
                        w(_S_iqb.pack(v14.epoch, v14.end_offset, 0))
                        w, extend = w15
                        tags13.append((0, b"".join(p16)))
                    v17 = i6.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags13.append((1, b"".join(p19)))
                    v20 = i6.snapshot_id
                    if v20.end_offset != -1 or v20.epoch != -1:
                        w21 = w, extend
                        p22 = []
                        w, extend = p22.append, p22.extend
                        w(_S_qib.pack(v20.end_offset, v20.epoch, 0))
                        w, extend = w21
                        tags13.append((2, b"".join(p22)))
                    w(uvarint(len(tags13)))
                    for t23, d24 in tags13:
                        w(uvarint(t23) + uvarint(len(d24)) + d24)
            w(b"\0")
    w(b"\0")


def decode_fetch_response_v14(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 18 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 37 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 17 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
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
                            f16.append(i18)
                    (f24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = buf[pos:e27]
                        pos = e27
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, preferred_read_replica=f24, records=f25)
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
                            if t29 == 0:
                                (f32, f33) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v31 = FetchResponse_EpochEndOffset(epoch=f32, end_offset=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i10.diverging_epoch = v31
                            elif t29 == 1:
                                (f38, f39) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v37 = FetchResponse_LeaderIdAndEpoch(leader_id=f38, leader_epoch=f39)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c40, pos = read_uvarint(buf, pos)
                                    if c40 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c40):
                                        t41, pos = read_uvarint(buf, pos)
                                        s42, pos = read_uvarint(buf, pos)
                                        s42 += pos
                                        if s42 > s30:
                                            raise_short()
                                        pos = s42
                                if pos != s30:
                                    raise_tag()
                                i10.current_leader = v37
                            elif t29 == 2:
                                (f44, f45) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v43 = FetchResponse_SnapshotId(end_offset=f44, epoch=f45)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c46, pos = read_uvarint(buf, pos)
                                    if c46 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c46):
                                        t47, pos = read_uvarint(buf, pos)
                                        s48, pos = read_uvarint(buf, pos)
                                        s48 += pos
                                        if s48 > s30:
                                            raise_short()
                                        pos = s48
                                if pos != s30:
                                    raise_tag()
                                i10.snapshot_id = v43
                            pos = s30
                    f8.append(i10)
            i6 = FetchResponse_FetchableTopicResponse(topic_id=f7, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c49, pos = read_uvarint(buf, pos)
                if c49 * 2 > end - pos:
                    raise_short()
                for _ in range(c49):
                    t50, pos = read_uvarint(buf, pos)
                    s51, pos = read_uvarint(buf, pos)
                    s51 += pos
                    if s51 > end:
                        raise_short()
                    pos = s51
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c52, pos = read_uvarint(buf, pos)
        if c52 * 2 > end - pos:
            raise_short()
        for _ in range(c52):
            t53, pos = read_uvarint(buf, pos)
            s54, pos = read_uvarint(buf, pos)
            s54 += pos
            if s54 > end:
                raise_short()
            pos = s54
    return r, pos


def encode_fetch_response_v14(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.partition_index, i6.error_code, i6.high_watermark, i6.last_stable_offset, i6.log_start_offset))
                    x7 = i6.aborted_transactions
                    if x7 is None:
                        w(b"\0")
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_qqb.pack(i9.producer_id, i9.first_offset, 0))
                    w(_S_i.pack(i6.preferred_read_replica))
                    x10 = i6.records
                    if x10 is None:
                        w(b"\0")
                    else:
                        n11 = sum(map(len, x10)) if type(x10) is list else len(x10)
                        n12 = n11 + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        if type(x10) is list:
                            extend(x10)
                        else:
                            w(x10)
                    tags13 = []
                    v14 = i6.diverging_epoch
                    if v14.epoch != -1 or v14.end_offset != -1:
                        w15 = w, extend
                        p16 = []
                        w, extend = p16.append, p16.extend
                        w(_S_iqb.pack(v14.epoch, v14.end_offset, 0))
                        w, extend = w15
                        tags13.append((0, b"".join(p16)))
                    v17 = i6.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags13.append((1, b"".join(p19)))
                    v20 = i6.snapshot_id
                    if v20.end_offset != -1 or v20.epoch != -1:
                        w21 = w, extend
                        p22 = []
                        w, extend = p22.append, p22.extend
                        w(_S_qib.pack(v20.end_offset, v20.epoch, 0))
                        w, extend = w21
                        tags13.append((2, b"".join(p22)))
                    w(uvarint(len(tags13)))
                    for t23, d24 in tags13:
                        w(uvarint(t23) + uvarint(len(d24)) + d24)
            w(b"\0")
    w(b"\0")


def decode_fetch_response_v15(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 18 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 37 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 17 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
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
                            f16.append(i18)
                    (f24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = buf[pos:e27]
                        pos = e27
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, preferred_read_replica=f24, records=f25)
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
                            if t29 == 0:
                                (f32, f33) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v31 = FetchResponse_EpochEndOffset(epoch=f32, end_offset=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i10.diverging_epoch = v31
                            elif t29 == 1:
                                (f38, f39) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v37 = FetchResponse_LeaderIdAndEpoch(leader_id=f38, leader_epoch=f39)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c40, pos = read_uvarint(buf, pos)
                                    if c40 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c40):
                                        t41, pos = read_uvarint(buf, pos)
                                        s42, pos = read_uvarint(buf, pos)
                                        s42 += pos
                                        if s42 > s30:
                                            raise_short()
                                        pos = s42
                                if pos != s30:
                                    raise_tag()
                                i10.current_leader = v37
                            elif t29 == 2:
                                (f44, f45) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v43 = FetchResponse_SnapshotId(end_offset=f44, epoch=f45)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c46, pos = read_uvarint(buf, pos)
                                    if c46 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c46):
                                        t47, pos = read_uvarint(buf, pos)
                                        s48, pos = read_uvarint(buf, pos)
                                        s48 += pos
                                        if s48 > s30:
                                            raise_short()
                                        pos = s48
                                if pos != s30:
                                    raise_tag()
                                i10.snapshot_id = v43
                            pos = s30
                    f8.append(i10)
            i6 = FetchResponse_FetchableTopicResponse(topic_id=f7, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c49, pos = read_uvarint(buf, pos)
                if c49 * 2 > end - pos:
                    raise_short()
                for _ in range(c49):
                    t50, pos = read_uvarint(buf, pos)
                    s51, pos = read_uvarint(buf, pos)
                    s51 += pos
                    if s51 > end:
                        raise_short()
                    pos = s51
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c52, pos = read_uvarint(buf, pos)
        if c52 * 2 > end - pos:
            raise_short()
        for _ in range(c52):
            t53, pos = read_uvarint(buf, pos)
            s54, pos = read_uvarint(buf, pos)
            s54 += pos
            if s54 > end:
                raise_short()
            pos = s54
    return r, pos


def encode_fetch_response_v15(r, w, extend):
    if r.node_endpoints is None or r.node_endpoints:
        raise_absent('NodeEndpoints')
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.partition_index, i6.error_code, i6.high_watermark, i6.last_stable_offset, i6.log_start_offset))
                    x7 = i6.aborted_transactions
                    if x7 is None:
                        w(b"\0")
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_qqb.pack(i9.producer_id, i9.first_offset, 0))
                    w(_S_i.pack(i6.preferred_read_replica))
                    x10 = i6.records
                    if x10 is None:
                        w(b"\0")
                    else:
                        n11 = sum(map(len, x10)) if type(x10) is list else len(x10)
                        n12 = n11 + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        if type(x10) is list:
                            extend(x10)
                        else:
                            w(x10)
                    tags13 = []
                    v14 = i6.diverging_epoch
                    if v14.epoch != -1 or v14.end_offset != -1:
                        w15 = w, extend
                        p16 = []
                        w, extend = p16.append, p16.extend
                        w(_S_iqb.pack(v14.epoch, v14.end_offset, 0))
                        w, extend = w15
                        tags13.append((0, b"".join(p16)))
                    v17 = i6.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags13.append((1, b"".join(p19)))
                    v20 = i6.snapshot_id
                    if v20.end_offset != -1 or v20.epoch != -1:
                        w21 = w, extend
                        p22 = []
                        w, extend = p22.append, p22.extend
                        w(_S_qib.pack(v20.end_offset, v20.epoch, 0))
                        w, extend = w21
                        tags13.append((2, b"".join(p22)))
                    w(uvarint(len(tags13)))
                    for t23, d24 in tags13:
                        w(uvarint(t23) + uvarint(len(d24)) + d24)
            w(b"\0")
    w(b"\0")


def decode_fetch_response_v16(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 18 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 37 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 17 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
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
                            f16.append(i18)
                    (f24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = buf[pos:e27]
                        pos = e27
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, preferred_read_replica=f24, records=f25)
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
                            if t29 == 0:
                                (f32, f33) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v31 = FetchResponse_EpochEndOffset(epoch=f32, end_offset=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i10.diverging_epoch = v31
                            elif t29 == 1:
                                (f38, f39) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v37 = FetchResponse_LeaderIdAndEpoch(leader_id=f38, leader_epoch=f39)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c40, pos = read_uvarint(buf, pos)
                                    if c40 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c40):
                                        t41, pos = read_uvarint(buf, pos)
                                        s42, pos = read_uvarint(buf, pos)
                                        s42 += pos
                                        if s42 > s30:
                                            raise_short()
                                        pos = s42
                                if pos != s30:
                                    raise_tag()
                                i10.current_leader = v37
                            elif t29 == 2:
                                (f44, f45) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v43 = FetchResponse_SnapshotId(end_offset=f44, epoch=f45)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c46, pos = read_uvarint(buf, pos)
                                    if c46 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c46):
                                        t47, pos = read_uvarint(buf, pos)
                                        s48, pos = read_uvarint(buf, pos)
                                        s48 += pos
                                        if s48 > s30:
                                            raise_short()
                                        pos = s48
                                if pos != s30:
                                    raise_tag()
                                i10.snapshot_id = v43
                            pos = s30
                    f8.append(i10)
            i6 = FetchResponse_FetchableTopicResponse(topic_id=f7, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c49, pos = read_uvarint(buf, pos)
                if c49 * 2 > end - pos:
                    raise_short()
                for _ in range(c49):
                    t50, pos = read_uvarint(buf, pos)
                    s51, pos = read_uvarint(buf, pos)
                    s51 += pos
                    if s51 > end:
                        raise_short()
                    pos = s51
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c52, pos = read_uvarint(buf, pos)
        if c52 * 2 > end - pos:
            raise_short()
        for _ in range(c52):
            t53, pos = read_uvarint(buf, pos)
            s54, pos = read_uvarint(buf, pos)
            s54 += pos
            if s54 > end:
                raise_short()
            if t53 == 0:
                n56 = buf[pos]
                pos += 1
                if n56 > 127:
                    n56, pos = read_uvarint(buf, pos - 1)
                n56 -= 1
                if n56 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n56 * 11 > s54 - pos:
                        raise_short()
                    room -= n56
                    if room < 0:
                        raise_many()
                    v55 = []
                    for _ in range(n56):
                        (f58,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n60 = buf[pos]
                        pos += 1
                        if n60 > 127:
                            n60, pos = read_uvarint(buf, pos - 1)
                        n60 -= 1
                        if n60 < 0:
                            raise_null('Host')
                        else:
                            e61 = pos + n60
                            if e61 > s54:
                                raise_short()
                            f59 = str(buf[pos:e61], "utf-8")
                            pos = e61
                        (f62,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n64 = buf[pos]
                        pos += 1
                        if n64 > 127:
                            n64, pos = read_uvarint(buf, pos - 1)
                        n64 -= 1
                        if n64 < 0:
                            f63 = None
                        else:
                            e65 = pos + n64
                            if e65 > s54:
                                raise_short()
                            f63 = str(buf[pos:e65], "utf-8")
                            pos = e65
                        i57 = FetchResponse_NodeEndpoint(node_id=f58, host=f59, port=f62, rack=f63)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c66, pos = read_uvarint(buf, pos)
                            if c66 * 2 > s54 - pos:
                                raise_short()
                            for _ in range(c66):
                                t67, pos = read_uvarint(buf, pos)
                                s68, pos = read_uvarint(buf, pos)
                                s68 += pos
                                if s68 > s54:
                                    raise_short()
                                pos = s68
                        v55.append(i57)
                if pos != s54:
                    raise_tag()
                r.node_endpoints = v55
            pos = s54
    return r, pos


def encode_fetch_response_v16(r, w, extend):
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.partition_index, i6.error_code, i6.high_watermark, i6.last_stable_offset, i6.log_start_offset))
                    x7 = i6.aborted_transactions
                    if x7 is None:
                        w(b"\0")
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_qqb.pack(i9.producer_id, i9.first_offset, 0))
                    w(_S_i.pack(i6.preferred_read_replica))
                    x10 = i6.records
                    if x10 is None:
                        w(b"\0")
                    else:
                        n11 = sum(map(len, x10)) if type(x10) is list else len(x10)
                        n12 = n11 + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        if type(x10) is list:
                            extend(x10)
                        else:
                            w(x10)
                    tags13 = []
                    v14 = i6.diverging_epoch
                    if v14.epoch != -1 or v14.end_offset != -1:
                        w15 = w, extend
                        p16 = []
                        w, extend = p16.append, p16.extend
                        w(_S_iqb.pack(v14.epoch, v14.end_offset, 0))
                        w, extend = w15
                        tags13.append((0, b"".join(p16)))
                    v17 = i6.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags13.append((1, b"".join(p19)))
                    v20 = i6.snapshot_id
                    if v20.end_offset != -1 or v20.epoch != -1:
                        w21 = w, extend
                        p22 = []
                        w, extend = p22.append, p22.extend
                        w(_S_qib.pack(v20.end_offset, v20.epoch, 0))
                        w, extend = w21
                        tags13.append((2, b"".join(p22)))
                    w(uvarint(len(tags13)))
                    for t23, d24 in tags13:
                        w(uvarint(t23) + uvarint(len(d24)) + d24)
            w(b"\0")
    tags25 = []
    v26 = r.node_endpoints
    if v26 is None or v26:
        w27 = w, extend
        p28 = []
        w, extend = p28.append, p28.extend
        x29 = v26
        if x29 is None:
            raise_null('NodeEndpoints')
        else:
            n30 = len(x29) + 1
            w(ONE[n30] if n30 < 128 else uvarint(n30))
            for i31 in x29:
                w(_S_i.pack(i31.node_id))
                x32 = i31.host
                if x32 is None:
                    raise_null('Host')
                else:
                    x32 = x32.encode()
                    n33 = len(x32) + 1
                    w(ONE[n33] if n33 < 128 else uvarint(n33))
                    w(x32)
                w(_S_i.pack(i31.port))
                x34 = i31.rack
                if x34 is None:
                    w(b"\0")
                else:
                    x34 = x34.encode()
                    n35 = len(x34) + 1
                    w(ONE[n35] if n35 < 128 else uvarint(n35))
                    w(x34)
                w(b"\0")
        w, extend = w27
        tags25.append((0, b"".join(p28)))
    w(uvarint(len(tags25)))
    for t36, d37 in tags25:
        w(uvarint(t36) + uvarint(len(d37)) + d37)


def decode_fetch_response_v17(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 18 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 37 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 17 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
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
                            f16.append(i18)
                    (f24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = buf[pos:e27]
                        pos = e27
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, preferred_read_replica=f24, records=f25)
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
                            if t29 == 0:
                                (f32, f33) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v31 = FetchResponse_EpochEndOffset(epoch=f32, end_offset=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i10.diverging_epoch = v31
                            elif t29 == 1:
                                (f38, f39) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v37 = FetchResponse_LeaderIdAndEpoch(leader_id=f38, leader_epoch=f39)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c40, pos = read_uvarint(buf, pos)
                                    if c40 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c40):
                                        t41, pos = read_uvarint(buf, pos)
                                        s42, pos = read_uvarint(buf, pos)
                                        s42 += pos
                                        if s42 > s30:
                                            raise_short()
                                        pos = s42
                                if pos != s30:
                                    raise_tag()
                                i10.current_leader = v37
                            elif t29 == 2:
                                (f44, f45) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v43 = FetchResponse_SnapshotId(end_offset=f44, epoch=f45)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c46, pos = read_uvarint(buf, pos)
                                    if c46 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c46):
                                        t47, pos = read_uvarint(buf, pos)
                                        s48, pos = read_uvarint(buf, pos)
                                        s48 += pos
                                        if s48 > s30:
                                            raise_short()
                                        pos = s48
                                if pos != s30:
                                    raise_tag()
                                i10.snapshot_id = v43
                            pos = s30
                    f8.append(i10)
            i6 = FetchResponse_FetchableTopicResponse(topic_id=f7, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c49, pos = read_uvarint(buf, pos)
                if c49 * 2 > end - pos:
                    raise_short()
                for _ in range(c49):
                    t50, pos = read_uvarint(buf, pos)
                    s51, pos = read_uvarint(buf, pos)
                    s51 += pos
                    if s51 > end:
                        raise_short()
                    pos = s51
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c52, pos = read_uvarint(buf, pos)
        if c52 * 2 > end - pos:
            raise_short()
        for _ in range(c52):
            t53, pos = read_uvarint(buf, pos)
            s54, pos = read_uvarint(buf, pos)
            s54 += pos
            if s54 > end:
                raise_short()
            if t53 == 0:
                n56 = buf[pos]
                pos += 1
                if n56 > 127:
                    n56, pos = read_uvarint(buf, pos - 1)
                n56 -= 1
                if n56 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n56 * 11 > s54 - pos:
                        raise_short()
                    room -= n56
                    if room < 0:
                        raise_many()
                    v55 = []
                    for _ in range(n56):
                        (f58,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n60 = buf[pos]
                        pos += 1
                        if n60 > 127:
                            n60, pos = read_uvarint(buf, pos - 1)
                        n60 -= 1
                        if n60 < 0:
                            raise_null('Host')
                        else:
                            e61 = pos + n60
                            if e61 > s54:
                                raise_short()
                            f59 = str(buf[pos:e61], "utf-8")
                            pos = e61
                        (f62,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n64 = buf[pos]
                        pos += 1
                        if n64 > 127:
                            n64, pos = read_uvarint(buf, pos - 1)
                        n64 -= 1
                        if n64 < 0:
                            f63 = None
                        else:
                            e65 = pos + n64
                            if e65 > s54:
                                raise_short()
                            f63 = str(buf[pos:e65], "utf-8")
                            pos = e65
                        i57 = FetchResponse_NodeEndpoint(node_id=f58, host=f59, port=f62, rack=f63)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c66, pos = read_uvarint(buf, pos)
                            if c66 * 2 > s54 - pos:
                                raise_short()
                            for _ in range(c66):
                                t67, pos = read_uvarint(buf, pos)
                                s68, pos = read_uvarint(buf, pos)
                                s68 += pos
                                if s68 > s54:
                                    raise_short()
                                pos = s68
                        v55.append(i57)
                if pos != s54:
                    raise_tag()
                r.node_endpoints = v55
            pos = s54
    return r, pos


def encode_fetch_response_v17(r, w, extend):
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.partition_index, i6.error_code, i6.high_watermark, i6.last_stable_offset, i6.log_start_offset))
                    x7 = i6.aborted_transactions
                    if x7 is None:
                        w(b"\0")
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_qqb.pack(i9.producer_id, i9.first_offset, 0))
                    w(_S_i.pack(i6.preferred_read_replica))
                    x10 = i6.records
                    if x10 is None:
                        w(b"\0")
                    else:
                        n11 = sum(map(len, x10)) if type(x10) is list else len(x10)
                        n12 = n11 + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        if type(x10) is list:
                            extend(x10)
                        else:
                            w(x10)
                    tags13 = []
                    v14 = i6.diverging_epoch
                    if v14.epoch != -1 or v14.end_offset != -1:
                        w15 = w, extend
                        p16 = []
                        w, extend = p16.append, p16.extend
                        w(_S_iqb.pack(v14.epoch, v14.end_offset, 0))
                        w, extend = w15
                        tags13.append((0, b"".join(p16)))
                    v17 = i6.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags13.append((1, b"".join(p19)))
                    v20 = i6.snapshot_id
                    if v20.end_offset != -1 or v20.epoch != -1:
                        w21 = w, extend
                        p22 = []
                        w, extend = p22.append, p22.extend
                        w(_S_qib.pack(v20.end_offset, v20.epoch, 0))
                        w, extend = w21
                        tags13.append((2, b"".join(p22)))
                    w(uvarint(len(tags13)))
                    for t23, d24 in tags13:
                        w(uvarint(t23) + uvarint(len(d24)) + d24)
            w(b"\0")
    tags25 = []
    v26 = r.node_endpoints
    if v26 is None or v26:
        w27 = w, extend
        p28 = []
        w, extend = p28.append, p28.extend
        x29 = v26
        if x29 is None:
            raise_null('NodeEndpoints')
        else:
            n30 = len(x29) + 1
            w(ONE[n30] if n30 < 128 else uvarint(n30))
            for i31 in x29:
                w(_S_i.pack(i31.node_id))
                x32 = i31.host
                if x32 is None:
                    raise_null('Host')
                else:
                    x32 = x32.encode()
                    n33 = len(x32) + 1
                    w(ONE[n33] if n33 < 128 else uvarint(n33))
                    w(x32)
                w(_S_i.pack(i31.port))
                x34 = i31.rack
                if x34 is None:
                    w(b"\0")
                else:
                    x34 = x34.encode()
                    n35 = len(x34) + 1
                    w(ONE[n35] if n35 < 128 else uvarint(n35))
                    w(x34)
                w(b"\0")
        w, extend = w27
        tags25.append((0, b"".join(p28)))
    w(uvarint(len(tags25)))
    for t36, d37 in tags25:
        w(uvarint(t36) + uvarint(len(d37)) + d37)


def decode_fetch_response_v18(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2, f3) = _S_ihi.unpack_from(buf, pos)
    pos += 10
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('Responses')
    else:
        if n5 * 18 > end - pos:
            raise_short()
        room -= n5
        if room < 0:
            raise_many()
        f4 = []
        for _ in range(n5):
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('Partitions')
            else:
                if n9 * 37 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihqqq.unpack_from(buf, pos)
                    pos += 30
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        if n17 * 17 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_qq.unpack_from(buf, pos)
                            pos += 16
                            i18 = FetchResponse_AbortedTransaction(producer_id=f19, first_offset=f20)
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
                            f16.append(i18)
                    (f24,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        f25 = None
                    else:
                        e27 = pos + n26
                        if e27 > end:
                            raise_short()
                        f25 = buf[pos:e27]
                        pos = e27
                    i10 = FetchResponse_PartitionData(partition_index=f11, error_code=f12, high_watermark=f13, last_stable_offset=f14, log_start_offset=f15, aborted_transactions=f16, preferred_read_replica=f24, records=f25)
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
                            if t29 == 0:
                                (f32, f33) = _S_iq.unpack_from(buf, pos)
                                pos += 12
                                v31 = FetchResponse_EpochEndOffset(epoch=f32, end_offset=f33)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c34, pos = read_uvarint(buf, pos)
                                    if c34 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c34):
                                        t35, pos = read_uvarint(buf, pos)
                                        s36, pos = read_uvarint(buf, pos)
                                        s36 += pos
                                        if s36 > s30:
                                            raise_short()
                                        pos = s36
                                if pos != s30:
                                    raise_tag()
                                i10.diverging_epoch = v31
                            elif t29 == 1:
                                (f38, f39) = _S_ii.unpack_from(buf, pos)
                                pos += 8
                                v37 = FetchResponse_LeaderIdAndEpoch(leader_id=f38, leader_epoch=f39)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c40, pos = read_uvarint(buf, pos)
                                    if c40 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c40):
                                        t41, pos = read_uvarint(buf, pos)
                                        s42, pos = read_uvarint(buf, pos)
                                        s42 += pos
                                        if s42 > s30:
                                            raise_short()
                                        pos = s42
                                if pos != s30:
                                    raise_tag()
                                i10.current_leader = v37
                            elif t29 == 2:
                                (f44, f45) = _S_qi.unpack_from(buf, pos)
                                pos += 12
                                v43 = FetchResponse_SnapshotId(end_offset=f44, epoch=f45)
                                if buf[pos] == 0:
                                    pos += 1
                                else:
                                    c46, pos = read_uvarint(buf, pos)
                                    if c46 * 2 > s30 - pos:
                                        raise_short()
                                    for _ in range(c46):
                                        t47, pos = read_uvarint(buf, pos)
                                        s48, pos = read_uvarint(buf, pos)
                                        s48 += pos
                                        if s48 > s30:
                                            raise_short()
                                        pos = s48
                                if pos != s30:
                                    raise_tag()
                                i10.snapshot_id = v43
                            pos = s30
                    f8.append(i10)
            i6 = FetchResponse_FetchableTopicResponse(topic_id=f7, partitions=f8)
            if buf[pos] == 0:
                pos += 1
            else:
                c49, pos = read_uvarint(buf, pos)
                if c49 * 2 > end - pos:
                    raise_short()
                for _ in range(c49):
                    t50, pos = read_uvarint(buf, pos)
                    s51, pos = read_uvarint(buf, pos)
                    s51 += pos
                    if s51 > end:
                        raise_short()
                    pos = s51
            f4.append(i6)
    r = FetchResponse(throttle_time_ms=f1, error_code=f2, session_id=f3, responses=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c52, pos = read_uvarint(buf, pos)
        if c52 * 2 > end - pos:
            raise_short()
        for _ in range(c52):
            t53, pos = read_uvarint(buf, pos)
            s54, pos = read_uvarint(buf, pos)
            s54 += pos
            if s54 > end:
                raise_short()
            if t53 == 0:
                n56 = buf[pos]
                pos += 1
                if n56 > 127:
                    n56, pos = read_uvarint(buf, pos - 1)
                n56 -= 1
                if n56 < 0:
                    raise_null('NodeEndpoints')
                else:
                    if n56 * 11 > s54 - pos:
                        raise_short()
                    room -= n56
                    if room < 0:
                        raise_many()
                    v55 = []
                    for _ in range(n56):
                        (f58,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n60 = buf[pos]
                        pos += 1
                        if n60 > 127:
                            n60, pos = read_uvarint(buf, pos - 1)
                        n60 -= 1
                        if n60 < 0:
                            raise_null('Host')
                        else:
                            e61 = pos + n60
                            if e61 > s54:
                                raise_short()
                            f59 = str(buf[pos:e61], "utf-8")
                            pos = e61
                        (f62,) = _S_i.unpack_from(buf, pos)
                        pos += 4
                        n64 = buf[pos]
                        pos += 1
                        if n64 > 127:
                            n64, pos = read_uvarint(buf, pos - 1)
                        n64 -= 1
                        if n64 < 0:
                            f63 = None
                        else:
                            e65 = pos + n64
                            if e65 > s54:
                                raise_short()
                            f63 = str(buf[pos:e65], "utf-8")
                            pos = e65
                        i57 = FetchResponse_NodeEndpoint(node_id=f58, host=f59, port=f62, rack=f63)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c66, pos = read_uvarint(buf, pos)
                            if c66 * 2 > s54 - pos:
                                raise_short()
                            for _ in range(c66):
                                t67, pos = read_uvarint(buf, pos)
                                s68, pos = read_uvarint(buf, pos)
                                s68 += pos
                                if s68 > s54:
                                    raise_short()
                                pos = s68
                        v55.append(i57)
                if pos != s54:
                    raise_tag()
                r.node_endpoints = v55
            pos = s54
    return r, pos


def encode_fetch_response_v18(r, w, extend):
    w(_S_ihi.pack(r.throttle_time_ms, r.error_code, r.session_id))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.partitions
            if x4 is None:
                raise_null('Partitions')
            else:
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                for i6 in x4:
                    w(_S_ihqqq.pack(i6.partition_index, i6.error_code, i6.high_watermark, i6.last_stable_offset, i6.log_start_offset))
                    x7 = i6.aborted_transactions
                    if x7 is None:
                        w(b"\0")
                    else:
                        n8 = len(x7) + 1
                        w(ONE[n8] if n8 < 128 else uvarint(n8))
                        for i9 in x7:
                            w(_S_qqb.pack(i9.producer_id, i9.first_offset, 0))
                    w(_S_i.pack(i6.preferred_read_replica))
                    x10 = i6.records
                    if x10 is None:
                        w(b"\0")
                    else:
                        n11 = sum(map(len, x10)) if type(x10) is list else len(x10)
                        n12 = n11 + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        if type(x10) is list:
                            extend(x10)
                        else:
                            w(x10)
                    tags13 = []
                    v14 = i6.diverging_epoch
                    if v14.epoch != -1 or v14.end_offset != -1:
                        w15 = w, extend
                        p16 = []
                        w, extend = p16.append, p16.extend
                        w(_S_iqb.pack(v14.epoch, v14.end_offset, 0))
                        w, extend = w15
                        tags13.append((0, b"".join(p16)))
                    v17 = i6.current_leader
                    if v17.leader_id != -1 or v17.leader_epoch != -1:
                        w18 = w, extend
                        p19 = []
                        w, extend = p19.append, p19.extend
                        w(_S_iib.pack(v17.leader_id, v17.leader_epoch, 0))
                        w, extend = w18
                        tags13.append((1, b"".join(p19)))
                    v20 = i6.snapshot_id
                    if v20.end_offset != -1 or v20.epoch != -1:
                        w21 = w, extend
                        p22 = []
                        w, extend = p22.append, p22.extend
                        w(_S_qib.pack(v20.end_offset, v20.epoch, 0))
                        w, extend = w21
                        tags13.append((2, b"".join(p22)))
                    w(uvarint(len(tags13)))
                    for t23, d24 in tags13:
                        w(uvarint(t23) + uvarint(len(d24)) + d24)
            w(b"\0")
    tags25 = []
    v26 = r.node_endpoints
    if v26 is None or v26:
        w27 = w, extend
        p28 = []
        w, extend = p28.append, p28.extend
        x29 = v26
        if x29 is None:
            raise_null('NodeEndpoints')
        else:
            n30 = len(x29) + 1
            w(ONE[n30] if n30 < 128 else uvarint(n30))
            for i31 in x29:
                w(_S_i.pack(i31.node_id))
                x32 = i31.host
                if x32 is None:
                    raise_null('Host')
                else:
                    x32 = x32.encode()
                    n33 = len(x32) + 1
                    w(ONE[n33] if n33 < 128 else uvarint(n33))
                    w(x32)
                w(_S_i.pack(i31.port))
                x34 = i31.rack
                if x34 is None:
                    w(b"\0")
                else:
                    x34 = x34.encode()
                    n35 = len(x34) + 1
                    w(ONE[n35] if n35 < 128 else uvarint(n35))
                    w(x34)
                w(b"\0")
        w, extend = w27
        tags25.append((0, b"".join(p28)))
    w(uvarint(len(tags25)))
    for t36, d37 in tags25:
        w(uvarint(t36) + uvarint(len(d37)) + d37)
