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

_S_H = _Packer(">H")
_S_Hb = _Packer(">Hb")
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_i16sqqq = _Packer(">i16sqqq")
_S_i16sqqqb = _Packer(">i16sqqqb")
_S_ib = _Packer(">ib")
_S_ih = _Packer(">ih")
_S_ihiiq = _Packer(">ihiiq")
_S_iiq = _Packer(">iiq")
_S_iq = _Packer(">iq")
_S_iqb = _Packer(">iqb")
_S_iqqq = _Packer(">iqqq")
_S_iqqqb = _Packer(">iqqqb")


class DescribeQuorumRequest_PartitionData(Struct):
    __slots__ = ('partition_index',)

    def __init__(
        self,
        *,
        partition_index: Any = 0,
    ) -> None:
        self.partition_index = partition_index


class DescribeQuorumRequest_TopicData(Struct):
    __slots__ = ('topic_name', 'partitions')

    def __init__(
        self,
        *,
        topic_name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is MISSING else partitions


class DescribeQuorumRequest(Struct):
    __slots__ = ('topics',)

    def __init__(
        self,
        *,
        topics: Any = MISSING,
    ) -> None:
        self.topics = [] if topics is MISSING else topics


DescribeQuorumRequest.TopicData = DescribeQuorumRequest_TopicData  # type: ignore[attr-defined]
DescribeQuorumRequest.PartitionData = DescribeQuorumRequest_PartitionData  # type: ignore[attr-defined]


def decode_describe_quorum_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
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
                raise_null('TopicName')
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
                if n8 * 5 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    i9 = DescribeQuorumRequest_PartitionData(partition_index=f10)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c11, pos = read_uvarint(buf, pos)
                        if c11 * 2 > end - pos:
                            raise_short()
                        for _ in range(c11):
                            t12, pos = read_uvarint(buf, pos)
                            s13, pos = read_uvarint(buf, pos)
                            s13 += pos
                            if s13 > end:
                                raise_short()
                            pos = s13
                    f7.append(i9)
            i3 = DescribeQuorumRequest_TopicData(topic_name=f4, partitions=f7)
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
            f1.append(i3)
    r = DescribeQuorumRequest(topics=f1)
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
    return r, pos


def encode_describe_quorum_request_v0(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                    w(_S_ib.pack(i8.partition_index, 0))
            w(b"\0")
    w(b"\0")


def decode_describe_quorum_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
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
                raise_null('TopicName')
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
                if n8 * 5 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    i9 = DescribeQuorumRequest_PartitionData(partition_index=f10)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c11, pos = read_uvarint(buf, pos)
                        if c11 * 2 > end - pos:
                            raise_short()
                        for _ in range(c11):
                            t12, pos = read_uvarint(buf, pos)
                            s13, pos = read_uvarint(buf, pos)
                            s13 += pos
                            if s13 > end:
                                raise_short()
                            pos = s13
                    f7.append(i9)
            i3 = DescribeQuorumRequest_TopicData(topic_name=f4, partitions=f7)
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
            f1.append(i3)
    r = DescribeQuorumRequest(topics=f1)
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
    return r, pos


def encode_describe_quorum_request_v1(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                    w(_S_ib.pack(i8.partition_index, 0))
            w(b"\0")
    w(b"\0")


def decode_describe_quorum_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
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
                raise_null('TopicName')
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
                if n8 * 5 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = []
                for _ in range(n8):
                    (f10,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    i9 = DescribeQuorumRequest_PartitionData(partition_index=f10)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c11, pos = read_uvarint(buf, pos)
                        if c11 * 2 > end - pos:
                            raise_short()
                        for _ in range(c11):
                            t12, pos = read_uvarint(buf, pos)
                            s13, pos = read_uvarint(buf, pos)
                            s13 += pos
                            if s13 > end:
                                raise_short()
                            pos = s13
                    f7.append(i9)
            i3 = DescribeQuorumRequest_TopicData(topic_name=f4, partitions=f7)
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
            f1.append(i3)
    r = DescribeQuorumRequest(topics=f1)
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
    return r, pos


def encode_describe_quorum_request_v2(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                    w(_S_ib.pack(i8.partition_index, 0))
            w(b"\0")
    w(b"\0")


class DescribeQuorumResponse_Listener(Struct):
    __slots__ = ('name', 'host', 'port')

    def __init__(
        self,
        *,
        name: Any = '',
        host: Any = '',
        port: Any = 0,
    ) -> None:
        self.name = name
        self.host = host
        self.port = port


class DescribeQuorumResponse_Node(Struct):
    __slots__ = ('node_id', 'listeners')

    def __init__(
        self,
        *,
        node_id: Any = 0,
        listeners: Any = MISSING,
    ) -> None:
        self.node_id = node_id
        self.listeners = [] if listeners is MISSING else listeners


class DescribeQuorumResponse_ReplicaState(Struct):
    __slots__ = ('replica_id', 'replica_directory_id', 'log_end_offset', 'last_fetch_timestamp', 'last_caught_up_timestamp')

    def __init__(
        self,
        *,
        replica_id: Any = 0,
        replica_directory_id: Any = ZERO_UUID,
        log_end_offset: Any = 0,
        last_fetch_timestamp: Any = -1,
        last_caught_up_timestamp: Any = -1,
    ) -> None:
        self.replica_id = replica_id
        self.replica_directory_id = replica_directory_id
        self.log_end_offset = log_end_offset
        self.last_fetch_timestamp = last_fetch_timestamp
        self.last_caught_up_timestamp = last_caught_up_timestamp


class DescribeQuorumResponse_PartitionData(Struct):
    __slots__ = ('partition_index', 'error_code', 'error_message', 'leader_id', 'leader_epoch', 'high_watermark', 'current_voters', 'observers')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
        leader_id: Any = 0,
        leader_epoch: Any = 0,
        high_watermark: Any = 0,
        current_voters: Any = MISSING,
        observers: Any = MISSING,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.high_watermark = high_watermark
        self.current_voters = [] if current_voters is MISSING else current_voters
        self.observers = [] if observers is MISSING else observers


class DescribeQuorumResponse_TopicData(Struct):
    __slots__ = ('topic_name', 'partitions')

    def __init__(
        self,
        *,
        topic_name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.topic_name = topic_name
        self.partitions = [] if partitions is MISSING else partitions


class DescribeQuorumResponse(Struct):
    __slots__ = ('error_code', 'error_message', 'topics', 'nodes')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        topics: Any = MISSING,
        nodes: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.topics = [] if topics is MISSING else topics
        self.nodes = [] if nodes is MISSING else nodes


DescribeQuorumResponse.TopicData = DescribeQuorumResponse_TopicData  # type: ignore[attr-defined]
DescribeQuorumResponse.PartitionData = DescribeQuorumResponse_PartitionData  # type: ignore[attr-defined]
DescribeQuorumResponse.ReplicaState = DescribeQuorumResponse_ReplicaState  # type: ignore[attr-defined]
DescribeQuorumResponse.Node = DescribeQuorumResponse_Node  # type: ignore[attr-defined]
DescribeQuorumResponse.Listener = DescribeQuorumResponse_Listener  # type: ignore[attr-defined]


def decode_describe_quorum_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
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
                if n9 * 25 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihiiq.unpack_from(buf, pos)
                    pos += 22
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        raise_null('CurrentVoters')
                    else:
                        if n17 * 13 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20) = _S_iq.unpack_from(buf, pos)
                            pos += 12
                            i18 = DescribeQuorumResponse_ReplicaState(replica_id=f19, log_end_offset=f20)
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
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        raise_null('Observers')
                    else:
                        if n25 * 13 > end - pos:
                            raise_short()
                        room -= n25
                        if room < 0:
                            raise_many()
                        f24 = []
                        for _ in range(n25):
                            (f27, f28) = _S_iq.unpack_from(buf, pos)
                            pos += 12
                            i26 = DescribeQuorumResponse_ReplicaState(replica_id=f27, log_end_offset=f28)
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
                            f24.append(i26)
                    i10 = DescribeQuorumResponse_PartitionData(partition_index=f11, error_code=f12, leader_id=f13, leader_epoch=f14, high_watermark=f15, current_voters=f16, observers=f24)
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
                    f8.append(i10)
            i4 = DescribeQuorumResponse_TopicData(topic_name=f5, partitions=f8)
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
            f2.append(i4)
    r = DescribeQuorumResponse(error_code=f1, topics=f2)
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


def encode_describe_quorum_response_v0(r, w, extend):
    if r.nodes is None or r.nodes:
        raise_absent('Nodes')
    w(_S_h.pack(r.error_code))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                    w(_S_ihiiq.pack(i8.partition_index, i8.error_code, i8.leader_id, i8.leader_epoch, i8.high_watermark))
                    x9 = i8.current_voters
                    if x9 is None:
                        raise_null('CurrentVoters')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            if i11.replica_directory_id != ZERO_UUID:
                                raise_absent('ReplicaDirectoryId')
                            w(_S_iqb.pack(i11.replica_id, i11.log_end_offset, 0))
                    x12 = i8.observers
                    if x12 is None:
                        raise_null('Observers')
                    else:
                        n13 = len(x12) + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        for i14 in x12:
                            if i14.replica_directory_id != ZERO_UUID:
                                raise_absent('ReplicaDirectoryId')
                            w(_S_iqb.pack(i14.replica_id, i14.log_end_offset, 0))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_describe_quorum_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
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
                if n9 * 25 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12, f13, f14, f15) = _S_ihiiq.unpack_from(buf, pos)
                    pos += 22
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        raise_null('CurrentVoters')
                    else:
                        if n17 * 29 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20, f21, f22) = _S_iqqq.unpack_from(buf, pos)
                            pos += 28
                            i18 = DescribeQuorumResponse_ReplicaState(replica_id=f19, log_end_offset=f20, last_fetch_timestamp=f21, last_caught_up_timestamp=f22)
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
                    n27 = buf[pos]
                    pos += 1
                    if n27 > 127:
                        n27, pos = read_uvarint(buf, pos - 1)
                    n27 -= 1
                    if n27 < 0:
                        raise_null('Observers')
                    else:
                        if n27 * 29 > end - pos:
                            raise_short()
                        room -= n27
                        if room < 0:
                            raise_many()
                        f26 = []
                        for _ in range(n27):
                            (f29, f30, f31, f32) = _S_iqqq.unpack_from(buf, pos)
                            pos += 28
                            i28 = DescribeQuorumResponse_ReplicaState(replica_id=f29, log_end_offset=f30, last_fetch_timestamp=f31, last_caught_up_timestamp=f32)
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
                            f26.append(i28)
                    i10 = DescribeQuorumResponse_PartitionData(partition_index=f11, error_code=f12, leader_id=f13, leader_epoch=f14, high_watermark=f15, current_voters=f16, observers=f26)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c36, pos = read_uvarint(buf, pos)
                        if c36 * 2 > end - pos:
                            raise_short()
                        for _ in range(c36):
                            t37, pos = read_uvarint(buf, pos)
                            s38, pos = read_uvarint(buf, pos)
                            s38 += pos
                            if s38 > end:
                                raise_short()
                            pos = s38
                    f8.append(i10)
            i4 = DescribeQuorumResponse_TopicData(topic_name=f5, partitions=f8)
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
                    pos = s41
            f2.append(i4)
    r = DescribeQuorumResponse(error_code=f1, topics=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c42, pos = read_uvarint(buf, pos)
        if c42 * 2 > end - pos:
            raise_short()
        for _ in range(c42):
            t43, pos = read_uvarint(buf, pos)
            s44, pos = read_uvarint(buf, pos)
            s44 += pos
            if s44 > end:
                raise_short()
            pos = s44
    return r, pos


def encode_describe_quorum_response_v1(r, w, extend):
    if r.nodes is None or r.nodes:
        raise_absent('Nodes')
    w(_S_h.pack(r.error_code))
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
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
                    w(_S_ihiiq.pack(i8.partition_index, i8.error_code, i8.leader_id, i8.leader_epoch, i8.high_watermark))
                    x9 = i8.current_voters
                    if x9 is None:
                        raise_null('CurrentVoters')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        for i11 in x9:
                            if i11.replica_directory_id != ZERO_UUID:
                                raise_absent('ReplicaDirectoryId')
                            w(_S_iqqqb.pack(i11.replica_id, i11.log_end_offset, i11.last_fetch_timestamp, i11.last_caught_up_timestamp, 0))
                    x12 = i8.observers
                    if x12 is None:
                        raise_null('Observers')
                    else:
                        n13 = len(x12) + 1
                        w(ONE[n13] if n13 < 128 else uvarint(n13))
                        for i14 in x12:
                            if i14.replica_directory_id != ZERO_UUID:
                                raise_absent('ReplicaDirectoryId')
                            w(_S_iqqqb.pack(i14.replica_id, i14.log_end_offset, i14.last_fetch_timestamp, i14.last_caught_up_timestamp, 0))
                    w(b"\0")
            w(b"\0")
    w(b"\0")


def decode_describe_quorum_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        f2 = None
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    n6 = buf[pos]
    pos += 1
    if n6 > 127:
        n6, pos = read_uvarint(buf, pos - 1)
    n6 -= 1
    if n6 < 0:
        raise_null('Topics')
    else:
        if n6 * 3 > end - pos:
            raise_short()
        room -= n6
        if room < 0:
            raise_many()
        f5 = []
        for _ in range(n6):
            n9 = buf[pos]
            pos += 1
            if n9 > 127:
                n9, pos = read_uvarint(buf, pos - 1)
            n9 -= 1
            if n9 < 0:
                raise_null('TopicName')
            else:
                e10 = pos + n9
                if e10 > end:
                    raise_short()
                f8 = str(buf[pos:e10], "utf-8")
                pos = e10
            n12 = buf[pos]
            pos += 1
            if n12 > 127:
                n12, pos = read_uvarint(buf, pos - 1)
            n12 -= 1
            if n12 < 0:
                raise_null('Partitions')
            else:
                if n12 * 26 > end - pos:
                    raise_short()
                room -= n12
                if room < 0:
                    raise_many()
                f11 = []
                for _ in range(n12):
                    (f14, f15) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        f16 = None
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = str(buf[pos:e18], "utf-8")
                        pos = e18
                    (f19, f20, f21) = _S_iiq.unpack_from(buf, pos)
                    pos += 16
                    n23 = buf[pos]
                    pos += 1
                    if n23 > 127:
                        n23, pos = read_uvarint(buf, pos - 1)
                    n23 -= 1
                    if n23 < 0:
                        raise_null('CurrentVoters')
                    else:
                        if n23 * 45 > end - pos:
                            raise_short()
                        room -= n23
                        if room < 0:
                            raise_many()
                        f22 = []
                        for _ in range(n23):
                            (f25, f26, f27, f28, f29) = _S_i16sqqq.unpack_from(buf, pos)
                            pos += 44
                            i24 = DescribeQuorumResponse_ReplicaState(replica_id=f25, replica_directory_id=f26, log_end_offset=f27, last_fetch_timestamp=f28, last_caught_up_timestamp=f29)
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
                                    pos = s32
                            f22.append(i24)
                    n34 = buf[pos]
                    pos += 1
                    if n34 > 127:
                        n34, pos = read_uvarint(buf, pos - 1)
                    n34 -= 1
                    if n34 < 0:
                        raise_null('Observers')
                    else:
                        if n34 * 45 > end - pos:
                            raise_short()
                        room -= n34
                        if room < 0:
                            raise_many()
                        f33 = []
                        for _ in range(n34):
                            (f36, f37, f38, f39, f40) = _S_i16sqqq.unpack_from(buf, pos)
                            pos += 44
                            i35 = DescribeQuorumResponse_ReplicaState(replica_id=f36, replica_directory_id=f37, log_end_offset=f38, last_fetch_timestamp=f39, last_caught_up_timestamp=f40)
                            if buf[pos] == 0:
                                pos += 1
                            else:
                                c41, pos = read_uvarint(buf, pos)
                                if c41 * 2 > end - pos:
                                    raise_short()
                                for _ in range(c41):
                                    t42, pos = read_uvarint(buf, pos)
                                    s43, pos = read_uvarint(buf, pos)
                                    s43 += pos
                                    if s43 > end:
                                        raise_short()
                                    pos = s43
                            f33.append(i35)
                    i13 = DescribeQuorumResponse_PartitionData(partition_index=f14, error_code=f15, error_message=f16, leader_id=f19, leader_epoch=f20, high_watermark=f21, current_voters=f22, observers=f33)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c44, pos = read_uvarint(buf, pos)
                        if c44 * 2 > end - pos:
                            raise_short()
                        for _ in range(c44):
                            t45, pos = read_uvarint(buf, pos)
                            s46, pos = read_uvarint(buf, pos)
                            s46 += pos
                            if s46 > end:
                                raise_short()
                            pos = s46
                    f11.append(i13)
            i7 = DescribeQuorumResponse_TopicData(topic_name=f8, partitions=f11)
            if buf[pos] == 0:
                pos += 1
            else:
                c47, pos = read_uvarint(buf, pos)
                if c47 * 2 > end - pos:
                    raise_short()
                for _ in range(c47):
                    t48, pos = read_uvarint(buf, pos)
                    s49, pos = read_uvarint(buf, pos)
                    s49 += pos
                    if s49 > end:
                        raise_short()
                    pos = s49
            f5.append(i7)
    n51 = buf[pos]
    pos += 1
    if n51 > 127:
        n51, pos = read_uvarint(buf, pos - 1)
    n51 -= 1
    if n51 < 0:
        raise_null('Nodes')
    else:
        if n51 * 6 > end - pos:
            raise_short()
        room -= n51
        if room < 0:
            raise_many()
        f50 = []
        for _ in range(n51):
            (f53,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n55 = buf[pos]
            pos += 1
            if n55 > 127:
                n55, pos = read_uvarint(buf, pos - 1)
            n55 -= 1
            if n55 < 0:
                raise_null('Listeners')
            else:
                if n55 * 5 > end - pos:
                    raise_short()
                room -= n55
                if room < 0:
                    raise_many()
                f54 = []
                for _ in range(n55):
                    n58 = buf[pos]
                    pos += 1
                    if n58 > 127:
                        n58, pos = read_uvarint(buf, pos - 1)
                    n58 -= 1
                    if n58 < 0:
                        raise_null('Name')
                    else:
                        e59 = pos + n58
                        if e59 > end:
                            raise_short()
                        f57 = str(buf[pos:e59], "utf-8")
                        pos = e59
                    n61 = buf[pos]
                    pos += 1
                    if n61 > 127:
                        n61, pos = read_uvarint(buf, pos - 1)
                    n61 -= 1
                    if n61 < 0:
                        raise_null('Host')
                    else:
                        e62 = pos + n61
                        if e62 > end:
                            raise_short()
                        f60 = str(buf[pos:e62], "utf-8")
                        pos = e62
                    (f63,) = _S_H.unpack_from(buf, pos)
                    pos += 2
                    i56 = DescribeQuorumResponse_Listener(name=f57, host=f60, port=f63)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c64, pos = read_uvarint(buf, pos)
                        if c64 * 2 > end - pos:
                            raise_short()
                        for _ in range(c64):
                            t65, pos = read_uvarint(buf, pos)
                            s66, pos = read_uvarint(buf, pos)
                            s66 += pos
                            if s66 > end:
                                raise_short()
                            pos = s66
                    f54.append(i56)
            i52 = DescribeQuorumResponse_Node(node_id=f53, listeners=f54)
            if buf[pos] == 0:
                pos += 1
            else:
                c67, pos = read_uvarint(buf, pos)
                if c67 * 2 > end - pos:
                    raise_short()
                for _ in range(c67):
                    t68, pos = read_uvarint(buf, pos)
                    s69, pos = read_uvarint(buf, pos)
                    s69 += pos
                    if s69 > end:
                        raise_short()
                    pos = s69
            f50.append(i52)
    r = DescribeQuorumResponse(error_code=f1, error_message=f2, topics=f5, nodes=f50)
    if buf[pos] == 0:
        pos += 1
    else:
        c70, pos = read_uvarint(buf, pos)
        if c70 * 2 > end - pos:
            raise_short()
        for _ in range(c70):
            t71, pos = read_uvarint(buf, pos)
            s72, pos = read_uvarint(buf, pos)
            s72 += pos
            if s72 > end:
                raise_short()
            pos = s72
    return r, pos


def encode_describe_quorum_response_v2(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.topics
    if x3 is None:
        raise_null('Topics')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.topic_name
            if x6 is None:
                raise_null('TopicName')
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
                    w(_S_iiq.pack(i10.leader_id, i10.leader_epoch, i10.high_watermark))
                    x13 = i10.current_voters
                    if x13 is None:
                        raise_null('CurrentVoters')
                    else:
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        for i15 in x13:
                            w(_S_i16sqqqb.pack(i15.replica_id, i15.replica_directory_id, i15.log_end_offset, i15.last_fetch_timestamp, i15.last_caught_up_timestamp, 0))
                    x16 = i10.observers
                    if x16 is None:
                        raise_null('Observers')
                    else:
                        n17 = len(x16) + 1
                        w(ONE[n17] if n17 < 128 else uvarint(n17))
                        for i18 in x16:
                            w(_S_i16sqqqb.pack(i18.replica_id, i18.replica_directory_id, i18.log_end_offset, i18.last_fetch_timestamp, i18.last_caught_up_timestamp, 0))
                    w(b"\0")
            w(b"\0")
    x19 = r.nodes
    if x19 is None:
        raise_null('Nodes')
    else:
        n20 = len(x19) + 1
        w(ONE[n20] if n20 < 128 else uvarint(n20))
        for i21 in x19:
            w(_S_i.pack(i21.node_id))
            x22 = i21.listeners
            if x22 is None:
                raise_null('Listeners')
            else:
                n23 = len(x22) + 1
                w(ONE[n23] if n23 < 128 else uvarint(n23))
                for i24 in x22:
                    x25 = i24.name
                    if x25 is None:
                        raise_null('Name')
                    else:
                        x25 = x25.encode()
                        n26 = len(x25) + 1
                        w(ONE[n26] if n26 < 128 else uvarint(n26))
                        w(x25)
                    x27 = i24.host
                    if x27 is None:
                        raise_null('Host')
                    else:
                        x27 = x27.encode()
                        n28 = len(x27) + 1
                        w(ONE[n28] if n28 < 128 else uvarint(n28))
                        w(x27)
                    w(_S_Hb.pack(i24.port, 0))
            w(b"\0")
    w(b"\0")
