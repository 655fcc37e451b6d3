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
_S_ih = _Packer(">ih")
_S_qiiqiq = _Packer(">qiiqiq")
_S_qiiqiqb = _Packer(">qiiqiqb")


class DescribeProducersRequest_TopicRequest(Struct):
    __slots__ = ('name', 'partition_indexes')

    def __init__(
        self,
        *,
        name: Any = '',
        partition_indexes: Any = MISSING,
    ) -> None:
        self.name = name
        self.partition_indexes = [] if partition_indexes is MISSING else partition_indexes


class DescribeProducersRequest(Struct):
    __slots__ = ('topics',)

    def __init__(
        self,
        *,
        topics: Any = MISSING,
    ) -> None:
        self.topics = [] if topics is MISSING else topics


DescribeProducersRequest.TopicRequest = DescribeProducersRequest_TopicRequest  # type: ignore[attr-defined]


def decode_describe_producers_request_v0(buf, pos, end):
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
                raise_null('Name')
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
                raise_null('PartitionIndexes')
            else:
                if n8 * 4 > end - pos:
                    raise_short()
                room -= n8
                if room < 0:
                    raise_many()
                f7 = list(unpack_from(f">{n8}i", buf, pos))
                pos += n8 * 4
            i3 = DescribeProducersRequest_TopicRequest(name=f4, partition_indexes=f7)
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
    r = DescribeProducersRequest(topics=f1)
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


def encode_describe_producers_request_v0(r, w, extend):
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
            x6 = i3.partition_indexes
            if x6 is None:
                raise_null('PartitionIndexes')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(pack(f">{len(x6)}i", *x6))
            w(b"\0")
    w(b"\0")


class DescribeProducersResponse_ProducerState(Struct):
    __slots__ = ('producer_id', 'producer_epoch', 'last_sequence', 'last_timestamp', 'coordinator_epoch', 'current_txn_start_offset')

    def __init__(
        self,
        *,
        producer_id: Any = 0,
        producer_epoch: Any = 0,
        last_sequence: Any = -1,
        last_timestamp: Any = -1,
        coordinator_epoch: Any = 0,
        current_txn_start_offset: Any = -1,
    ) -> None:
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.last_sequence = last_sequence
        self.last_timestamp = last_timestamp
        self.coordinator_epoch = coordinator_epoch
        self.current_txn_start_offset = current_txn_start_offset


class DescribeProducersResponse_PartitionResponse(Struct):
    __slots__ = ('partition_index', 'error_code', 'error_message', 'active_producers')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        error_code: Any = 0,
        error_message: Any = None,
        active_producers: Any = MISSING,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.active_producers = [] if active_producers is MISSING else active_producers


class DescribeProducersResponse_TopicResponse(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class DescribeProducersResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


DescribeProducersResponse.TopicResponse = DescribeProducersResponse_TopicResponse  # type: ignore[attr-defined]
DescribeProducersResponse.PartitionResponse = DescribeProducersResponse_PartitionResponse  # type: ignore[attr-defined]
DescribeProducersResponse.ProducerState = DescribeProducersResponse_ProducerState  # type: ignore[attr-defined]


def decode_describe_producers_response_v0(buf, pos, end):
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
                if n9 * 9 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (f11, f12) = _S_ih.unpack_from(buf, pos)
                    pos += 6
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        f13 = None
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
                        raise_null('ActiveProducers')
                    else:
                        if n17 * 37 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = []
                        for _ in range(n17):
                            (f19, f20, f21, f22, f23, f24) = _S_qiiqiq.unpack_from(buf, pos)
                            pos += 36
                            i18 = DescribeProducersResponse_ProducerState(producer_id=f19, producer_epoch=f20, last_sequence=f21, last_timestamp=f22, coordinator_epoch=f23, current_txn_start_offset=f24)
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
                            f16.append(i18)
                    i10 = DescribeProducersResponse_PartitionResponse(partition_index=f11, error_code=f12, error_message=f13, active_producers=f16)
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
                    f8.append(i10)
            i4 = DescribeProducersResponse_TopicResponse(name=f5, partitions=f8)
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
            f2.append(i4)
    r = DescribeProducersResponse(throttle_time_ms=f1, topics=f2)
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


def encode_describe_producers_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
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
                    w(_S_ih.pack(i8.partition_index, i8.error_code))
                    x9 = i8.error_message
                    if x9 is None:
                        w(b"\0")
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
                    x11 = i8.active_producers
                    if x11 is None:
                        raise_null('ActiveProducers')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        for i13 in x11:
                            w(_S_qiiqiqb.pack(i13.producer_id, i13.producer_epoch, i13.last_sequence, i13.last_timestamp, i13.coordinator_epoch, i13.current_txn_start_offset, 0))
                    w(b"\0")
            w(b"\0")
    w(b"\0")
