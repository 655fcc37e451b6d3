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


class ListPartitionReassignmentsRequest_ListPartitionReassignmentsTopics(Struct):
    __slots__ = ('name', 'partition_indexes')

    def __init__(
        self,
        *,
        name: Any = '',
        partition_indexes: Any = MISSING,
    ) -> None:
        self.name = name
        self.partition_indexes = [] if partition_indexes is MISSING else partition_indexes


class ListPartitionReassignmentsRequest(Struct):
    __slots__ = ('timeout_ms', 'topics')

    def __init__(
        self,
        *,
        timeout_ms: Any = 60000,
        topics: Any = None,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.topics = topics


ListPartitionReassignmentsRequest.ListPartitionReassignmentsTopics = ListPartitionReassignmentsRequest_ListPartitionReassignmentsTopics  # type: ignore[attr-defined]


def decode_list_partition_reassignments_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
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
                raise_null('PartitionIndexes')
            else:
                if n9 * 4 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = list(unpack_from(f">{n9}i", buf, pos))
                pos += n9 * 4
            i4 = ListPartitionReassignmentsRequest_ListPartitionReassignmentsTopics(name=f5, partition_indexes=f8)
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
    r = ListPartitionReassignmentsRequest(timeout_ms=f1, topics=f2)
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
    return r, pos


def encode_list_partition_reassignments_request_v0(r, w, extend):
    w(_S_i.pack(r.timeout_ms))
    x1 = r.topics
    if x1 is None:
        w(b"\0")
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


class ListPartitionReassignmentsResponse_OngoingPartitionReassignment(Struct):
    __slots__ = ('partition_index', 'replicas', 'adding_replicas', 'removing_replicas')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        replicas: Any = MISSING,
        adding_replicas: Any = MISSING,
        removing_replicas: Any = MISSING,
    ) -> None:
        self.partition_index = partition_index
        self.replicas = [] if replicas is MISSING else replicas
        self.adding_replicas = [] if adding_replicas is MISSING else adding_replicas
        self.removing_replicas = [] if removing_replicas is MISSING else removing_replicas


class ListPartitionReassignmentsResponse_OngoingTopicReassignment(Struct):
    __slots__ = ('name', 'partitions')

    def __init__(
        self,
        *,
        name: Any = '',
        partitions: Any = MISSING,
    ) -> None:
        self.name = name
        self.partitions = [] if partitions is MISSING else partitions


class ListPartitionReassignmentsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'error_message', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.topics = [] if topics is MISSING else topics


ListPartitionReassignmentsResponse.OngoingTopicReassignment = ListPartitionReassignmentsResponse_OngoingTopicReassignment  # type: ignore[attr-defined]
ListPartitionReassignmentsResponse.OngoingPartitionReassignment = ListPartitionReassignmentsResponse_OngoingPartitionReassignment  # type: ignore[attr-defined]


def decode_list_partition_reassignments_response_v0(buf, pos, end):
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
        raise_null('Topics')
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
                    (f15,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        raise_null('Replicas')
                    else:
                        if n17 * 4 > end - pos:
                            raise_short()
                        room -= n17
                        if room < 0:
                            raise_many()
                        f16 = list(unpack_from(f">{n17}i", buf, pos))
                        pos += n17 * 4
                    n19 = buf[pos]
                    pos += 1
                    if n19 > 127:
                        n19, pos = read_uvarint(buf, pos - 1)
                    n19 -= 1
                    if n19 < 0:
                        raise_null('AddingReplicas')
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
                        raise_null('RemovingReplicas')
                    else:
                        if n21 * 4 > end - pos:
                            raise_short()
                        room -= n21
                        if room < 0:
                            raise_many()
                        f20 = list(unpack_from(f">{n21}i", buf, pos))
                        pos += n21 * 4
                    i14 = ListPartitionReassignmentsResponse_OngoingPartitionReassignment(partition_index=f15, replicas=f16, adding_replicas=f18, removing_replicas=f20)
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
                    f12.append(i14)
            i8 = ListPartitionReassignmentsResponse_OngoingTopicReassignment(name=f9, partitions=f12)
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
            f6.append(i8)
    r = ListPartitionReassignmentsResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, topics=f6)
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
    return r, pos


def encode_list_partition_reassignments_response_v0(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
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
                    w(_S_i.pack(i10.partition_index))
                    x11 = i10.replicas
                    if x11 is None:
                        raise_null('Replicas')
                    else:
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(pack(f">{len(x11)}i", *x11))
                    x13 = i10.adding_replicas
                    if x13 is None:
                        raise_null('AddingReplicas')
                    else:
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(pack(f">{len(x13)}i", *x13))
                    x15 = i10.removing_replicas
                    if x15 is None:
                        raise_null('RemovingReplicas')
                    else:
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        w(pack(f">{len(x15)}i", *x15))
                    w(b"\0")
            w(b"\0")
    w(b"\0")
