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

_S_16sh = _Packer(">16sh")
_S_TbT = _Packer(">?b?")
_S_TbTb = _Packer(">?b?b")
_S_h = _Packer(">h")
_S_i = _Packer(">i")
_S_iT = _Packer(">i?")
_S_iTb = _Packer(">i?b")
_S_ih = _Packer(">ih")


class CreateTopicsRequest_CreatableTopicConfig(Struct):
    __slots__ = ('name', 'value')

    def __init__(
        self,
        *,
        name: Any = '',
        value: Any = '',
    ) -> None:
        self.name = name
        self.value = value


class CreateTopicsRequest_CreatableReplicaAssignment(Struct):
    __slots__ = ('partition_index', 'broker_ids')

    def __init__(
        self,
        *,
        partition_index: Any = 0,
        broker_ids: Any = MISSING,
    ) -> None:
        self.partition_index = partition_index
        self.broker_ids = [] if broker_ids is MISSING else broker_ids


class CreateTopicsRequest_CreatableTopic(Struct):
    __slots__ = ('name', 'num_partitions', 'replication_factor', 'assignments', 'configs')

    def __init__(
        self,
        *,
        name: Any = '',
        num_partitions: Any = 0,
        replication_factor: Any = 0,
        assignments: Any = MISSING,
        configs: Any = MISSING,
    ) -> None:
        self.name = name
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.assignments = [] if assignments is MISSING else assignments
        self.configs = [] if configs is MISSING else configs


class CreateTopicsRequest(Struct):
    __slots__ = ('topics', 'timeout_ms', 'validate_only')

    def __init__(
        self,
        *,
        topics: Any = MISSING,
        timeout_ms: Any = 60000,
        validate_only: Any = False,
    ) -> None:
        self.topics = [] if topics is MISSING else topics
        self.timeout_ms = timeout_ms
        self.validate_only = validate_only


CreateTopicsRequest.CreatableTopic = CreateTopicsRequest_CreatableTopic  # type: ignore[attr-defined]
CreateTopicsRequest.CreatableReplicaAssignment = CreateTopicsRequest_CreatableReplicaAssignment  # type: ignore[attr-defined]
CreateTopicsRequest.CreatableTopicConfig = CreateTopicsRequest_CreatableTopicConfig  # type: ignore[attr-defined]


def decode_create_topics_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 16 > end - pos:
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
            (f7, f8) = _S_ih.unpack_from(buf, pos)
            pos += 6
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('Assignments')
            else:
                if n10 * 8 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n14,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n14 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = CreateTopicsRequest_CreatableReplicaAssignment(partition_index=f12, broker_ids=f13)
                    f9.append(i11)
            (n16,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n16 < 0:
                raise_null('Configs')
            else:
                if n16 * 4 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    (n19,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n19 < 0:
                        raise_null('Name')
                    else:
                        e20 = pos + n19
                        if e20 > end:
                            raise_short()
                        f18 = str(buf[pos:e20], "utf-8")
                        pos = e20
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        f21 = None
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    i17 = CreateTopicsRequest_CreatableTopicConfig(name=f18, value=f21)
                    f15.append(i17)
            i3 = CreateTopicsRequest_CreatableTopic(name=f4, num_partitions=f7, replication_factor=f8, assignments=f9, configs=f15)
            f1.append(i3)
    (f24, f25) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreateTopicsRequest(topics=f1, timeout_ms=f24, validate_only=f25)
    return r, pos


def encode_create_topics_request_v2(r, w, extend):
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
            w(_S_ih.pack(i2.num_partitions, i2.replication_factor))
            x4 = i2.assignments
            if x4 is None:
                raise_null('Assignments')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_i.pack(i5.partition_index))
                    x6 = i5.broker_ids
                    if x6 is None:
                        raise_null('BrokerIds')
                    else:
                        w(_S_i.pack(len(x6)))
                        w(pack(f">{len(x6)}i", *x6))
            x7 = i2.configs
            if x7 is None:
                raise_null('Configs')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.value
                    if x10 is None:
                        w(b"\xff\xff")
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
    w(_S_iT.pack(r.timeout_ms, r.validate_only))


def decode_create_topics_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 16 > end - pos:
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
            (f7, f8) = _S_ih.unpack_from(buf, pos)
            pos += 6
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('Assignments')
            else:
                if n10 * 8 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n14,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n14 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = CreateTopicsRequest_CreatableReplicaAssignment(partition_index=f12, broker_ids=f13)
                    f9.append(i11)
            (n16,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n16 < 0:
                raise_null('Configs')
            else:
                if n16 * 4 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    (n19,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n19 < 0:
                        raise_null('Name')
                    else:
                        e20 = pos + n19
                        if e20 > end:
                            raise_short()
                        f18 = str(buf[pos:e20], "utf-8")
                        pos = e20
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        f21 = None
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    i17 = CreateTopicsRequest_CreatableTopicConfig(name=f18, value=f21)
                    f15.append(i17)
            i3 = CreateTopicsRequest_CreatableTopic(name=f4, num_partitions=f7, replication_factor=f8, assignments=f9, configs=f15)
            f1.append(i3)
    (f24, f25) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreateTopicsRequest(topics=f1, timeout_ms=f24, validate_only=f25)
    return r, pos


def encode_create_topics_request_v3(r, w, extend):
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
            w(_S_ih.pack(i2.num_partitions, i2.replication_factor))
            x4 = i2.assignments
            if x4 is None:
                raise_null('Assignments')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_i.pack(i5.partition_index))
                    x6 = i5.broker_ids
                    if x6 is None:
                        raise_null('BrokerIds')
                    else:
                        w(_S_i.pack(len(x6)))
                        w(pack(f">{len(x6)}i", *x6))
            x7 = i2.configs
            if x7 is None:
                raise_null('Configs')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.value
                    if x10 is None:
                        w(b"\xff\xff")
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
    w(_S_iT.pack(r.timeout_ms, r.validate_only))


def decode_create_topics_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 16 > end - pos:
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
            (f7, f8) = _S_ih.unpack_from(buf, pos)
            pos += 6
            (n10,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n10 < 0:
                raise_null('Assignments')
            else:
                if n10 * 8 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    (n14,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n14 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = CreateTopicsRequest_CreatableReplicaAssignment(partition_index=f12, broker_ids=f13)
                    f9.append(i11)
            (n16,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n16 < 0:
                raise_null('Configs')
            else:
                if n16 * 4 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    (n19,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n19 < 0:
                        raise_null('Name')
                    else:
                        e20 = pos + n19
                        if e20 > end:
                            raise_short()
                        f18 = str(buf[pos:e20], "utf-8")
                        pos = e20
                    (n22,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n22 < 0:
                        f21 = None
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    i17 = CreateTopicsRequest_CreatableTopicConfig(name=f18, value=f21)
                    f15.append(i17)
            i3 = CreateTopicsRequest_CreatableTopic(name=f4, num_partitions=f7, replication_factor=f8, assignments=f9, configs=f15)
            f1.append(i3)
    (f24, f25) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreateTopicsRequest(topics=f1, timeout_ms=f24, validate_only=f25)
    return r, pos


def encode_create_topics_request_v4(r, w, extend):
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
            w(_S_ih.pack(i2.num_partitions, i2.replication_factor))
            x4 = i2.assignments
            if x4 is None:
                raise_null('Assignments')
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    w(_S_i.pack(i5.partition_index))
                    x6 = i5.broker_ids
                    if x6 is None:
                        raise_null('BrokerIds')
                    else:
                        w(_S_i.pack(len(x6)))
                        w(pack(f">{len(x6)}i", *x6))
            x7 = i2.configs
            if x7 is None:
                raise_null('Configs')
            else:
                w(_S_i.pack(len(x7)))
                for i8 in x7:
                    x9 = i8.name
                    if x9 is None:
                        raise_null('Name')
                    else:
                        x9 = x9.encode()
                        w(_S_h.pack(len(x9)))
                        w(x9)
                    x10 = i8.value
                    if x10 is None:
                        w(b"\xff\xff")
                    else:
                        x10 = x10.encode()
                        w(_S_h.pack(len(x10)))
                        w(x10)
    w(_S_iT.pack(r.timeout_ms, r.validate_only))


def decode_create_topics_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
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
            (f7, f8) = _S_ih.unpack_from(buf, pos)
            pos += 6
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Assignments')
            else:
                if n10 * 6 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = CreateTopicsRequest_CreatableReplicaAssignment(partition_index=f12, broker_ids=f13)
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
                    f9.append(i11)
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Configs')
            else:
                if n19 * 3 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        raise_null('Name')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        f24 = None
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    i20 = CreateTopicsRequest_CreatableTopicConfig(name=f21, value=f24)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c27, pos = read_uvarint(buf, pos)
                        if c27 * 2 > end - pos:
                            raise_short()
                        for _ in range(c27):
                            t28, pos = read_uvarint(buf, pos)
                            s29, pos = read_uvarint(buf, pos)
                            s29 += pos
                            if s29 > end:
                                raise_short()
                            pos = s29
                    f18.append(i20)
            i3 = CreateTopicsRequest_CreatableTopic(name=f4, num_partitions=f7, replication_factor=f8, assignments=f9, configs=f18)
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
            f1.append(i3)
    (f33, f34) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreateTopicsRequest(topics=f1, timeout_ms=f33, validate_only=f34)
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


def encode_create_topics_request_v5(r, w, extend):
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
            w(_S_ih.pack(i3.num_partitions, i3.replication_factor))
            x6 = i3.assignments
            if x6 is None:
                raise_null('Assignments')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_i.pack(i8.partition_index))
                    x9 = i8.broker_ids
                    if x9 is None:
                        raise_null('BrokerIds')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            x11 = i3.configs
            if x11 is None:
                raise_null('Configs')
            else:
                n12 = len(x11) + 1
                w(ONE[n12] if n12 < 128 else uvarint(n12))
                for i13 in x11:
                    x14 = i13.name
                    if x14 is None:
                        raise_null('Name')
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    x16 = i13.value
                    if x16 is None:
                        w(b"\0")
                    else:
                        x16 = x16.encode()
                        n17 = len(x16) + 1
                        w(ONE[n17] if n17 < 128 else uvarint(n17))
                        w(x16)
                    w(b"\0")
            w(b"\0")
    w(_S_iTb.pack(r.timeout_ms, r.validate_only, 0))


def decode_create_topics_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
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
            (f7, f8) = _S_ih.unpack_from(buf, pos)
            pos += 6
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Assignments')
            else:
                if n10 * 6 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = CreateTopicsRequest_CreatableReplicaAssignment(partition_index=f12, broker_ids=f13)
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
                    f9.append(i11)
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Configs')
            else:
                if n19 * 3 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        raise_null('Name')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        f24 = None
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    i20 = CreateTopicsRequest_CreatableTopicConfig(name=f21, value=f24)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c27, pos = read_uvarint(buf, pos)
                        if c27 * 2 > end - pos:
                            raise_short()
                        for _ in range(c27):
                            t28, pos = read_uvarint(buf, pos)
                            s29, pos = read_uvarint(buf, pos)
                            s29 += pos
                            if s29 > end:
                                raise_short()
                            pos = s29
                    f18.append(i20)
            i3 = CreateTopicsRequest_CreatableTopic(name=f4, num_partitions=f7, replication_factor=f8, assignments=f9, configs=f18)
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
            f1.append(i3)
    (f33, f34) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreateTopicsRequest(topics=f1, timeout_ms=f33, validate_only=f34)
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


def encode_create_topics_request_v6(r, w, extend):
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
            w(_S_ih.pack(i3.num_partitions, i3.replication_factor))
            x6 = i3.assignments
            if x6 is None:
                raise_null('Assignments')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_i.pack(i8.partition_index))
                    x9 = i8.broker_ids
                    if x9 is None:
                        raise_null('BrokerIds')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            x11 = i3.configs
            if x11 is None:
                raise_null('Configs')
            else:
                n12 = len(x11) + 1
                w(ONE[n12] if n12 < 128 else uvarint(n12))
                for i13 in x11:
                    x14 = i13.name
                    if x14 is None:
                        raise_null('Name')
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    x16 = i13.value
                    if x16 is None:
                        w(b"\0")
                    else:
                        x16 = x16.encode()
                        n17 = len(x16) + 1
                        w(ONE[n17] if n17 < 128 else uvarint(n17))
                        w(x16)
                    w(b"\0")
            w(b"\0")
    w(_S_iTb.pack(r.timeout_ms, r.validate_only, 0))


def decode_create_topics_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
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
            (f7, f8) = _S_ih.unpack_from(buf, pos)
            pos += 6
            n10 = buf[pos]
            pos += 1
            if n10 > 127:
                n10, pos = read_uvarint(buf, pos - 1)
            n10 -= 1
            if n10 < 0:
                raise_null('Assignments')
            else:
                if n10 * 6 > end - pos:
                    raise_short()
                room -= n10
                if room < 0:
                    raise_many()
                f9 = []
                for _ in range(n10):
                    (f12,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    n14 = buf[pos]
                    pos += 1
                    if n14 > 127:
                        n14, pos = read_uvarint(buf, pos - 1)
                    n14 -= 1
                    if n14 < 0:
                        raise_null('BrokerIds')
                    else:
                        if n14 * 4 > end - pos:
                            raise_short()
                        room -= n14
                        if room < 0:
                            raise_many()
                        f13 = list(unpack_from(f">{n14}i", buf, pos))
                        pos += n14 * 4
                    i11 = CreateTopicsRequest_CreatableReplicaAssignment(partition_index=f12, broker_ids=f13)
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
                    f9.append(i11)
            n19 = buf[pos]
            pos += 1
            if n19 > 127:
                n19, pos = read_uvarint(buf, pos - 1)
            n19 -= 1
            if n19 < 0:
                raise_null('Configs')
            else:
                if n19 * 3 > end - pos:
                    raise_short()
                room -= n19
                if room < 0:
                    raise_many()
                f18 = []
                for _ in range(n19):
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        raise_null('Name')
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    n25 = buf[pos]
                    pos += 1
                    if n25 > 127:
                        n25, pos = read_uvarint(buf, pos - 1)
                    n25 -= 1
                    if n25 < 0:
                        f24 = None
                    else:
                        e26 = pos + n25
                        if e26 > end:
                            raise_short()
                        f24 = str(buf[pos:e26], "utf-8")
                        pos = e26
                    i20 = CreateTopicsRequest_CreatableTopicConfig(name=f21, value=f24)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c27, pos = read_uvarint(buf, pos)
                        if c27 * 2 > end - pos:
                            raise_short()
                        for _ in range(c27):
                            t28, pos = read_uvarint(buf, pos)
                            s29, pos = read_uvarint(buf, pos)
                            s29 += pos
                            if s29 > end:
                                raise_short()
                            pos = s29
                    f18.append(i20)
            i3 = CreateTopicsRequest_CreatableTopic(name=f4, num_partitions=f7, replication_factor=f8, assignments=f9, configs=f18)
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
            f1.append(i3)
    (f33, f34) = _S_iT.unpack_from(buf, pos)
    pos += 5
    r = CreateTopicsRequest(topics=f1, timeout_ms=f33, validate_only=f34)
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


def encode_create_topics_request_v7(r, w, extend):
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
            w(_S_ih.pack(i3.num_partitions, i3.replication_factor))
            x6 = i3.assignments
            if x6 is None:
                raise_null('Assignments')
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    w(_S_i.pack(i8.partition_index))
                    x9 = i8.broker_ids
                    if x9 is None:
                        raise_null('BrokerIds')
                    else:
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(pack(f">{len(x9)}i", *x9))
                    w(b"\0")
            x11 = i3.configs
            if x11 is None:
                raise_null('Configs')
            else:
                n12 = len(x11) + 1
                w(ONE[n12] if n12 < 128 else uvarint(n12))
                for i13 in x11:
                    x14 = i13.name
                    if x14 is None:
                        raise_null('Name')
                    else:
                        x14 = x14.encode()
                        n15 = len(x14) + 1
                        w(ONE[n15] if n15 < 128 else uvarint(n15))
                        w(x14)
                    x16 = i13.value
                    if x16 is None:
                        w(b"\0")
                    else:
                        x16 = x16.encode()
                        n17 = len(x16) + 1
                        w(ONE[n17] if n17 < 128 else uvarint(n17))
                        w(x16)
                    w(b"\0")
            w(b"\0")
    w(_S_iTb.pack(r.timeout_ms, r.validate_only, 0))


class CreateTopicsResponse_CreatableTopicConfigs(Struct):
    __slots__ = ('name', 'value', 'read_only', 'config_source', 'is_sensitive')

    def __init__(
        self,
        *,
        name: Any = '',
        value: Any = '',
        read_only: Any = False,
        config_source: Any = -1,
        is_sensitive: Any = False,
    ) -> None:
        self.name = name
        self.value = value
        self.read_only = read_only
        self.config_source = config_source
        self.is_sensitive = is_sensitive


class CreateTopicsResponse_CreatableTopicResult(Struct):
    __slots__ = ('name', 'topic_id', 'error_code', 'error_message', 'topic_config_error_code', 'num_partitions', 'replication_factor', 'configs')

    def __init__(
        self,
        *,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        error_code: Any = 0,
        error_message: Any = '',
        topic_config_error_code: Any = 0,
        num_partitions: Any = -1,
        replication_factor: Any = -1,
        configs: Any = MISSING,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message
        self.topic_config_error_code = topic_config_error_code
        self.num_partitions = num_partitions
        self.replication_factor = replication_factor
        self.configs = [] if configs is MISSING else configs


class CreateTopicsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'topics')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        topics: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.topics = [] if topics is MISSING else topics


CreateTopicsResponse.CreatableTopicResult = CreateTopicsResponse_CreatableTopicResult  # type: ignore[attr-defined]
CreateTopicsResponse.CreatableTopicConfigs = CreateTopicsResponse_CreatableTopicConfigs  # type: ignore[attr-defined]


def decode_create_topics_response_v2(buf, pos, end):
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
            i4 = CreateTopicsResponse_CreatableTopicResult(name=f5, error_code=f8, error_message=f9)
            f2.append(i4)
    r = CreateTopicsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_create_topics_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
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
            w(_S_h.pack(i2.error_code))
            x4 = i2.error_message
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_create_topics_response_v3(buf, pos, end):
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
            i4 = CreateTopicsResponse_CreatableTopicResult(name=f5, error_code=f8, error_message=f9)
            f2.append(i4)
    r = CreateTopicsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_create_topics_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
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
            w(_S_h.pack(i2.error_code))
            x4 = i2.error_message
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_create_topics_response_v4(buf, pos, end):
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
            i4 = CreateTopicsResponse_CreatableTopicResult(name=f5, error_code=f8, error_message=f9)
            f2.append(i4)
    r = CreateTopicsResponse(throttle_time_ms=f1, topics=f2)
    return r, pos


def encode_create_topics_response_v4(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
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
            w(_S_h.pack(i2.error_code))
            x4 = i2.error_message
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)


def decode_create_topics_response_v5(buf, pos, end):
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
        if n3 * 12 > end - pos:
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
                if n15 * 6 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('Name')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    n21 = buf[pos]
                    pos += 1
                    if n21 > 127:
                        n21, pos = read_uvarint(buf, pos - 1)
                    n21 -= 1
                    if n21 < 0:
                        f20 = None
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    (f23, f24, f25) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    i16 = CreateTopicsResponse_CreatableTopicConfigs(name=f17, value=f20, read_only=f23, config_source=f24, is_sensitive=f25)
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
                    f14.append(i16)
            i4 = CreateTopicsResponse_CreatableTopicResult(name=f5, error_code=f8, error_message=f9, num_partitions=f12, replication_factor=f13, configs=f14)
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
                    if t30 == 0:
                        (v32,) = _S_h.unpack_from(buf, pos)
                        pos += 2
                        if pos != s31:
                            raise_tag()
                        i4.topic_config_error_code = v32
                    pos = s31
            f2.append(i4)
    r = CreateTopicsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_create_topics_response_v5(r, w, extend):
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
            w(_S_h.pack(i3.error_code))
            x6 = i3.error_message
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_ih.pack(i3.num_partitions, i3.replication_factor))
            x8 = i3.configs
            if x8 is None:
                w(b"\0")
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    x11 = i10.name
                    if x11 is None:
                        raise_null('Name')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    x13 = i10.value
                    if x13 is None:
                        w(b"\0")
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    w(_S_TbTb.pack(i10.read_only, i10.config_source, i10.is_sensitive, 0))
            tags15 = []
            v16 = i3.topic_config_error_code
            if v16 != 0:
                w17 = w, extend
                p18 = []
                w, extend = p18.append, p18.extend
                w(_S_h.pack(v16))
                w, extend = w17
                tags15.append((0, b"".join(p18)))
            w(uvarint(len(tags15)))
            for t19, d20 in tags15:
                w(uvarint(t19) + uvarint(len(d20)) + d20)
    w(b"\0")


def decode_create_topics_response_v6(buf, pos, end):
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
        if n3 * 12 > end - pos:
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
                if n15 * 6 > end - pos:
                    raise_short()
                room -= n15
                if room < 0:
                    raise_many()
                f14 = []
                for _ in range(n15):
                    n18 = buf[pos]
                    pos += 1
                    if n18 > 127:
                        n18, pos = read_uvarint(buf, pos - 1)
                    n18 -= 1
                    if n18 < 0:
                        raise_null('Name')
                    else:
                        e19 = pos + n18
                        if e19 > end:
                            raise_short()
                        f17 = str(buf[pos:e19], "utf-8")
                        pos = e19
                    n21 = buf[pos]
                    pos += 1
                    if n21 > 127:
                        n21, pos = read_uvarint(buf, pos - 1)
                    n21 -= 1
                    if n21 < 0:
                        f20 = None
                    else:
                        e22 = pos + n21
                        if e22 > end:
                            raise_short()
                        f20 = str(buf[pos:e22], "utf-8")
                        pos = e22
                    (f23, f24, f25) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    i16 = CreateTopicsResponse_CreatableTopicConfigs(name=f17, value=f20, read_only=f23, config_source=f24, is_sensitive=f25)
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
                    f14.append(i16)
            i4 = CreateTopicsResponse_CreatableTopicResult(name=f5, error_code=f8, error_message=f9, num_partitions=f12, replication_factor=f13, configs=f14)
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
                    if t30 == 0:
                        (v32,) = _S_h.unpack_from(buf, pos)
                        pos += 2
                        if pos != s31:
                            raise_tag()
                        i4.topic_config_error_code = v32
                    pos = s31
            f2.append(i4)
    r = CreateTopicsResponse(throttle_time_ms=f1, topics=f2)
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
    return r, pos


def encode_create_topics_response_v6(r, w, extend):
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
            w(_S_h.pack(i3.error_code))
            x6 = i3.error_message
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_ih.pack(i3.num_partitions, i3.replication_factor))
            x8 = i3.configs
            if x8 is None:
                w(b"\0")
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    x11 = i10.name
                    if x11 is None:
                        raise_null('Name')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    x13 = i10.value
                    if x13 is None:
                        w(b"\0")
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    w(_S_TbTb.pack(i10.read_only, i10.config_source, i10.is_sensitive, 0))
            tags15 = []
            v16 = i3.topic_config_error_code
            if v16 != 0:
                w17 = w, extend
                p18 = []
                w, extend = p18.append, p18.extend
                w(_S_h.pack(v16))
                w, extend = w17
                tags15.append((0, b"".join(p18)))
            w(uvarint(len(tags15)))
            for t19, d20 in tags15:
                w(uvarint(t19) + uvarint(len(d20)) + d20)
    w(b"\0")


def decode_create_topics_response_v7(buf, pos, end):
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
        if n3 * 28 > end - pos:
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
            (f8, f9) = _S_16sh.unpack_from(buf, pos)
            pos += 18
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (f13, f14) = _S_ih.unpack_from(buf, pos)
            pos += 6
            n16 = buf[pos]
            pos += 1
            if n16 > 127:
                n16, pos = read_uvarint(buf, pos - 1)
            n16 -= 1
            if n16 < 0:
                f15 = None
            else:
                if n16 * 6 > end - pos:
                    raise_short()
                room -= n16
                if room < 0:
                    raise_many()
                f15 = []
                for _ in range(n16):
                    n19 = buf[pos]
                    pos += 1
                    if n19 > 127:
                        n19, pos = read_uvarint(buf, pos - 1)
                    n19 -= 1
                    if n19 < 0:
                        raise_null('Name')
                    else:
                        e20 = pos + n19
                        if e20 > end:
                            raise_short()
                        f18 = str(buf[pos:e20], "utf-8")
                        pos = e20
                    n22 = buf[pos]
                    pos += 1
                    if n22 > 127:
                        n22, pos = read_uvarint(buf, pos - 1)
                    n22 -= 1
                    if n22 < 0:
                        f21 = None
                    else:
                        e23 = pos + n22
                        if e23 > end:
                            raise_short()
                        f21 = str(buf[pos:e23], "utf-8")
                        pos = e23
                    (f24, f25, f26) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    i17 = CreateTopicsResponse_CreatableTopicConfigs(name=f18, value=f21, read_only=f24, config_source=f25, is_sensitive=f26)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c27, pos = read_uvarint(buf, pos)
                        if c27 * 2 > end - pos:
                            raise_short()
                        for _ in range(c27):
                            t28, pos = read_uvarint(buf, pos)
                            s29, pos = read_uvarint(buf, pos)
                            s29 += pos
                            if s29 > end:
                                raise_short()
                            pos = s29
                    f15.append(i17)
            i4 = CreateTopicsResponse_CreatableTopicResult(name=f5, topic_id=f8, error_code=f9, error_message=f10, num_partitions=f13, replication_factor=f14, configs=f15)
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
                        (v33,) = _S_h.unpack_from(buf, pos)
                        pos += 2
                        if pos != s32:
                            raise_tag()
                        i4.topic_config_error_code = v33
                    pos = s32
            f2.append(i4)
    r = CreateTopicsResponse(throttle_time_ms=f1, topics=f2)
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


def encode_create_topics_response_v7(r, w, extend):
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
            w(_S_16sh.pack(i3.topic_id, i3.error_code))
            x6 = i3.error_message
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_ih.pack(i3.num_partitions, i3.replication_factor))
            x8 = i3.configs
            if x8 is None:
                w(b"\0")
            else:
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                for i10 in x8:
                    x11 = i10.name
                    if x11 is None:
                        raise_null('Name')
                    else:
                        x11 = x11.encode()
                        n12 = len(x11) + 1
                        w(ONE[n12] if n12 < 128 else uvarint(n12))
                        w(x11)
                    x13 = i10.value
                    if x13 is None:
                        w(b"\0")
                    else:
                        x13 = x13.encode()
                        n14 = len(x13) + 1
                        w(ONE[n14] if n14 < 128 else uvarint(n14))
                        w(x13)
                    w(_S_TbTb.pack(i10.read_only, i10.config_source, i10.is_sensitive, 0))
            tags15 = []
            v16 = i3.topic_config_error_code
            if v16 != 0:
                w17 = w, extend
                p18 = []
                w, extend = p18.append, p18.extend
                w(_S_h.pack(v16))
                w, extend = w17
                tags15.append((0, b"".join(p18)))
            w(uvarint(len(tags15)))
            for t19, d20 in tags15:
                w(uvarint(t19) + uvarint(len(d20)) + d20)
    w(b"\0")
