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

_S_16sT = _Packer(">16s?")
_S_h = _Packer(">h")
_S_hiii = _Packer(">hiii")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")


class DescribeTopicPartitionsRequest_Cursor(Struct):
    __slots__ = ('topic_name', 'partition_index')

    def __init__(
        self,
        *,
        topic_name: Any = '',
        partition_index: Any = 0,
    ) -> None:
        self.topic_name = topic_name
        self.partition_index = partition_index


class DescribeTopicPartitionsRequest_TopicRequest(Struct):
    __slots__ = ('name',)

    def __init__(
        self,
        *,
        name: Any = '',
    ) -> None:
        self.name = name


class DescribeTopicPartitionsRequest(Struct):
    __slots__ = ('topics', 'response_partition_limit', 'cursor')

    def __init__(
        self,
        *,
        topics: Any = MISSING,
        response_partition_limit: Any = 2000,
        cursor: Any = None,
    ) -> None:
        self.topics = [] if topics is MISSING else topics
        self.response_partition_limit = response_partition_limit
        self.cursor = cursor


DescribeTopicPartitionsRequest.TopicRequest = DescribeTopicPartitionsRequest_TopicRequest  # type: ignore[attr-defined]
DescribeTopicPartitionsRequest.Cursor = DescribeTopicPartitionsRequest_Cursor  # type: ignore[attr-defined]


def decode_describe_topic_partitions_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 2 > end - pos:
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
            i3 = DescribeTopicPartitionsRequest_TopicRequest(name=f4)
            if buf[pos] == 0:
                pos += 1
            else:
                c7, pos = read_uvarint(buf, pos)
                if c7 * 2 > end - pos:
                    raise_short()
                for _ in range(c7):
                    t8, pos = read_uvarint(buf, pos)
                    s9, pos = read_uvarint(buf, pos)
                    s9 += pos
                    if s9 > end:
                        raise_short()
                    pos = s9
            f1.append(i3)
    (f10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    pos += 1
    if buf[pos - 1] > 127:
        f11 = None
    else:
        n13 = buf[pos]
        pos += 1
        if n13 > 127:
            n13, pos = read_uvarint(buf, pos - 1)
        n13 -= 1
        if n13 < 0:
            raise_null('TopicName')
        else:
            e14 = pos + n13
            if e14 > end:
                raise_short()
            f12 = str(buf[pos:e14], "utf-8")
            pos = e14
        (f15,) = _S_i.unpack_from(buf, pos)
        pos += 4
        f11 = DescribeTopicPartitionsRequest_Cursor(topic_name=f12, partition_index=f15)
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
    r = DescribeTopicPartitionsRequest(topics=f1, response_partition_limit=f10, cursor=f11)
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


def encode_describe_topic_partitions_request_v0(r, w, extend):
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
            w(b"\0")
    w(_S_i.pack(r.response_partition_limit))
    if r.cursor is None:
        w(b"\xff")
    else:
        w(b"\x01")
        x6 = r.cursor.topic_name
        if x6 is None:
            raise_null('TopicName')
        else:
            x6 = x6.encode()
            n7 = len(x6) + 1
            w(ONE[n7] if n7 < 128 else uvarint(n7))
            w(x6)
        w(_S_ib.pack(r.cursor.partition_index, 0))
    w(b"\0")


class DescribeTopicPartitionsResponse_Cursor(Struct):
    __slots__ = ('topic_name', 'partition_index')

    def __init__(
        self,
        *,
        topic_name: Any = '',
        partition_index: Any = 0,
    ) -> None:
        self.topic_name = topic_name
        self.partition_index = partition_index


class DescribeTopicPartitionsResponse_DescribeTopicPartitionsResponsePartition(Struct):
    __slots__ = ('error_code', 'partition_index', 'leader_id', 'leader_epoch', 'replica_nodes', 'isr_nodes', 'eligible_leader_replicas', 'last_known_elr', 'offline_replicas')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        partition_index: Any = 0,
        leader_id: Any = 0,
        leader_epoch: Any = -1,
        replica_nodes: Any = MISSING,
        isr_nodes: Any = MISSING,
        eligible_leader_replicas: Any = None,
        last_known_elr: Any = None,
        offline_replicas: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.partition_index = partition_index
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.replica_nodes = [] if replica_nodes is MISSING else replica_nodes
        self.isr_nodes = [] if isr_nodes is MISSING else isr_nodes
        self.eligible_leader_replicas = eligible_leader_replicas
        self.last_known_elr = last_known_elr
        self.offline_replicas = [] if offline_replicas is MISSING else offline_replicas


class DescribeTopicPartitionsResponse_DescribeTopicPartitionsResponseTopic(Struct):
    __slots__ = ('error_code', 'name', 'topic_id', 'is_internal', 'partitions', 'topic_authorized_operations')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        is_internal: Any = False,
        partitions: Any = MISSING,
        topic_authorized_operations: Any = -2147483648,
    ) -> None:
        self.error_code = error_code
        self.name = name
        self.topic_id = topic_id
        self.is_internal = is_internal
        self.partitions = [] if partitions is MISSING else partitions
        self.topic_authorized_operations = topic_authorized_operations


class DescribeTopicPartitionsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics', 'next_cursor')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
        next_cursor: Any = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics
        self.next_cursor = next_cursor


DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic = DescribeTopicPartitionsResponse_DescribeTopicPartitionsResponseTopic  # type: ignore[attr-defined]
DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition = DescribeTopicPartitionsResponse_DescribeTopicPartitionsResponsePartition  # type: ignore[attr-defined]
DescribeTopicPartitionsResponse.Cursor = DescribeTopicPartitionsResponse_Cursor  # type: ignore[attr-defined]


def decode_describe_topic_partitions_response_v0(buf, pos, end):
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
        if n3 * 26 > end - pos:
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
                f6 = None
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9, f10) = _S_16sT.unpack_from(buf, pos)
            pos += 17
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                raise_null('Partitions')
            else:
                if n12 * 20 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14, f15, f16, f17) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    n19 = buf[pos]
                    pos += 1
                    if n19 > 127:
                        n19, pos = read_uvarint(buf, pos - 1)
                    n19 -= 1
                    if n19 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n19 * 4 > end - pos:
                            raise_short()
                        room -= n19
                        if room < 0:
                            raise_many()
                        f18 = list(unpack_from(f">{n19}i", buf, pos))
                        pos += n19 * 4
                    n21 = buf[pos]
                    pos += 1
                    if n21 > 127:
                        n21, pos = read_uvarint(buf, pos - 1)
                    n21 -= 1
                    if n21 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n21 * 4 > end - pos:
                            raise_short()
                        room -= n21
                        if room < 0:
                            raise_many()
                        f20 = list(unpack_from(f">{n21}i", buf, pos))
                        pos += n21 * 4
                    n23 = buf[pos]
                    pos += 1
                    if n23 > 127:
                        n23, pos = read_uvarint(buf, pos - 1)
                    n23 -= 1
                    if n23 < 0:
                        f22 = None
                    else:
                        if n23 * 4 > end - pos:
                            raise_short()
                        room -= n23
                        if room < 0:
                            raise_many()
                        f22 = list(unpack_from(f">{n23}i", buf, pos))
                        pos += n23 * 4
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        f24 = None
                    else:
                        if n25 * 4 > end - pos:
                            raise_short()
                        room -= n25
                        if room < 0:
                            raise_many()
                        f24 = list(unpack_from(f">{n25}i", buf, pos))
                        pos += n25 * 4
                    n27 = buf[pos]
                    pos += 1
                    if n27 > 127:
                        n27, pos = read_uvarint(buf, pos - 1)
                    n27 -= 1
                    if n27 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n27 * 4 > end - pos:
                            raise_short()
                        room -= n27
                        if room < 0:
                            raise_many()
                        f26 = list(unpack_from(f">{n27}i", buf, pos))
                        pos += n27 * 4
                    i13 = DescribeTopicPartitionsResponse_DescribeTopicPartitionsResponsePartition(error_code=f14, partition_index=f15, leader_id=f16, leader_epoch=f17, replica_nodes=f18, isr_nodes=f20, eligible_leader_replicas=f22, last_known_elr=f24, offline_replicas=f26)
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
                    f11.append(i13)
            (f31,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i4 = DescribeTopicPartitionsResponse_DescribeTopicPartitionsResponseTopic(error_code=f5, name=f6, topic_id=f9, is_internal=f10, partitions=f11, topic_authorized_operations=f31)
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
            f2.append(i4)
    pos += 1
    if buf[pos - 1] > 127:
        f35 = None
    else:
        n37 = buf[pos]
        pos += 1
        if n37 > 127:
            n37, pos = read_uvarint(buf, pos - 1)
        n37 -= 1
        if n37 < 0:
            raise_null('TopicName')
        else:
            e38 = pos + n37
            if e38 > end:
                raise_short()
            f36 = str(buf[pos:e38], "utf-8")
            pos = e38
        (f39,) = _S_i.unpack_from(buf, pos)
        pos += 4
        f35 = DescribeTopicPartitionsResponse_Cursor(topic_name=f36, partition_index=f39)
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
                pos = s42
    r = DescribeTopicPartitionsResponse(throttle_time_ms=f1, topics=f2, next_cursor=f35)
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
            pos = s45
    return r, pos


def encode_describe_topic_partitions_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.name
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_16sT.pack(i3.topic_id, i3.is_internal))
            x6 = i3.partitions
            if x6 is None:
                raise_null('Partitions')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_hiii.pack(i8.error_code, i8.partition_index, i8.leader_id, i8.leader_epoch))
                    x9 = i8.replica_nodes
                    if x9 is None:
                        raise_null('ReplicaNodes')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    x11 = i8.isr_nodes
                    if x11 is None:
                        raise_null('IsrNodes')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(pack(f">{len(x11)}i", *x11))
                    x13 = i8.eligible_leader_replicas
                    if x13 is None:
                        w(b"\0")
                    else:
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(pack(f">{len(x13)}i", *x13))
                    x15 = i8.last_known_elr
                    if x15 is None:
                        w(b"\0")
                    else:
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(pack(f">{len(x15)}i", *x15))
                    x17 = i8.offline_replicas
                    if x17 is None:
                        raise_null('OfflineReplicas')
                    else:
                        n18 = len(x17) + 1
                        w(ONE[n18] if n18 < 128 else uvarint(n18))
                        w(pack(f">{len(x17)}i", *x17))
                    w(b"\0")
            w(_S_ib.pack(i3.topic_authorized_operations, 0))
    if r.next_cursor is None:
        w(b"\xff")
    else:
        w(b"\x01")
        x19 = r.next_cursor.topic_name
        if x19 is None:
            raise_null('TopicName')
        else:
            x19 = x19.encode()
            n20 = len(x19) + 1
            w(ONE[n20] if n20 < 128 else uvarint(n20))
            w(x19)
        w(_S_ib.pack(r.next_cursor.partition_index, 0))
    w(b"\0")
