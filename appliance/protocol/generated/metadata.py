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
_S_16sT = _Packer(">16s?")
_S_T = _Packer(">?")
_S_TT = _Packer(">??")
_S_TTT = _Packer(">???")
_S_TTTb = _Packer(">???b")
_S_TTb = _Packer(">??b")
_S_h = _Packer(">h")
_S_hb = _Packer(">hb")
_S_hii = _Packer(">hii")
_S_hiii = _Packer(">hiii")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")


class MetadataRequest_MetadataRequestTopic(Struct):
    __slots__ = ('topic_id', 'name')

    def __init__(
        self,
        *,
        topic_id: Any = ZERO_UUID,
        name: Any = '',
    ) -> None:
        self.topic_id = topic_id
        self.name = name


class MetadataRequest(Struct):
    __slots__ = ('topics', 'allow_auto_topic_creation', 'include_cluster_authorized_operations', 'include_topic_authorized_operations')

    def __init__(
        self,
        *,
        topics: Any = MISSING,
        allow_auto_topic_creation: Any = True,
        include_cluster_authorized_operations: Any = False,
        include_topic_authorized_operations: Any = False,
    ) -> None:
        self.topics = [] if topics is MISSING else topics
        self.allow_auto_topic_creation = allow_auto_topic_creation
        self.include_cluster_authorized_operations = include_cluster_authorized_operations
        self.include_topic_authorized_operations = include_topic_authorized_operations


MetadataRequest.MetadataRequestTopic = MetadataRequest_MetadataRequestTopic  # type: ignore[attr-defined]


def decode_metadata_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    r = MetadataRequest(topics=f1)
    return r, pos


def encode_metadata_request_v0(r, w, extend):
    if r.allow_auto_topic_creation != True:
        raise_absent('AllowAutoTopicCreation')
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
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


def decode_metadata_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    r = MetadataRequest(topics=f1)
    return r, pos


def encode_metadata_request_v1(r, w, extend):
    if r.allow_auto_topic_creation != True:
        raise_absent('AllowAutoTopicCreation')
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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


def decode_metadata_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    r = MetadataRequest(topics=f1)
    return r, pos


def encode_metadata_request_v2(r, w, extend):
    if r.allow_auto_topic_creation != True:
        raise_absent('AllowAutoTopicCreation')
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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


def decode_metadata_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    r = MetadataRequest(topics=f1)
    return r, pos


def encode_metadata_request_v3(r, w, extend):
    if r.allow_auto_topic_creation != True:
        raise_absent('AllowAutoTopicCreation')
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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


def decode_metadata_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    (f7,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f7)
    return r, pos


def encode_metadata_request_v4(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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
    w(_S_T.pack(r.allow_auto_topic_creation))


def decode_metadata_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    (f7,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f7)
    return r, pos


def encode_metadata_request_v5(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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
    w(_S_T.pack(r.allow_auto_topic_creation))


def decode_metadata_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    (f7,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f7)
    return r, pos


def encode_metadata_request_v6(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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
    w(_S_T.pack(r.allow_auto_topic_creation))


def decode_metadata_request_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    (f7,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f7)
    return r, pos


def encode_metadata_request_v7(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    if r.include_topic_authorized_operations != False:
        raise_absent('IncludeTopicAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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
    w(_S_T.pack(r.allow_auto_topic_creation))


def decode_metadata_request_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        f1 = None
    else:
        if n2 * 2 > end - pos:
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
            f1.append(i3)
    (f7, f8, f9) = _S_TTT.unpack_from(buf, pos)
    pos += 3
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f7, include_cluster_authorized_operations=f8, include_topic_authorized_operations=f9)
    return r, pos


def encode_metadata_request_v8(r, w, extend):
    x1 = r.topics
    if x1 is None:
        w(b"\xff\xff\xff\xff")
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
    w(_S_TTT.pack(r.allow_auto_topic_creation, r.include_cluster_authorized_operations, r.include_topic_authorized_operations))


def decode_metadata_request_v9(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
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
            i3 = MetadataRequest_MetadataRequestTopic(name=f4)
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
    (f10, f11, f12) = _S_TTT.unpack_from(buf, pos)
    pos += 3
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f10, include_cluster_authorized_operations=f11, include_topic_authorized_operations=f12)
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


def encode_metadata_request_v9(r, w, extend):
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
            w(b"\0")
    w(_S_TTTb.pack(r.allow_auto_topic_creation, r.include_cluster_authorized_operations, r.include_topic_authorized_operations, 0))


def decode_metadata_request_v10(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        if n2 * 18 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            i3 = MetadataRequest_MetadataRequestTopic(topic_id=f4, name=f5)
            if buf[pos] == 0:
                pos += 1
            else:
                c8, pos = read_uvarint(buf, pos)
                if c8 * 2 > end - pos:
                    raise_short()
                for _ in range(c8):
                    t9, pos = read_uvarint(buf, pos)
                    s10, pos = read_uvarint(buf, pos)
                    s10 += pos
                    if s10 > end:
                        raise_short()
                    pos = s10
            f1.append(i3)
    (f11, f12, f13) = _S_TTT.unpack_from(buf, pos)
    pos += 3
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f11, include_cluster_authorized_operations=f12, include_topic_authorized_operations=f13)
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
    return r, pos


def encode_metadata_request_v10(r, w, extend):
    x1 = r.topics
    if x1 is None:
        w(b"\0")
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.name
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(b"\0")
    w(_S_TTTb.pack(r.allow_auto_topic_creation, r.include_cluster_authorized_operations, r.include_topic_authorized_operations, 0))


def decode_metadata_request_v11(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        if n2 * 18 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            i3 = MetadataRequest_MetadataRequestTopic(topic_id=f4, name=f5)
            if buf[pos] == 0:
                pos += 1
            else:
                c8, pos = read_uvarint(buf, pos)
                if c8 * 2 > end - pos:
                    raise_short()
                for _ in range(c8):
                    t9, pos = read_uvarint(buf, pos)
                    s10, pos = read_uvarint(buf, pos)
                    s10 += pos
                    if s10 > end:
                        raise_short()
                    pos = s10
            f1.append(i3)
    (f11, f12) = _S_TT.unpack_from(buf, pos)
    pos += 2
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f11, include_topic_authorized_operations=f12)
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


def encode_metadata_request_v11(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\0")
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.name
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(b"\0")
    w(_S_TTb.pack(r.allow_auto_topic_creation, r.include_topic_authorized_operations, 0))


def decode_metadata_request_v12(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        if n2 * 18 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            i3 = MetadataRequest_MetadataRequestTopic(topic_id=f4, name=f5)
            if buf[pos] == 0:
                pos += 1
            else:
                c8, pos = read_uvarint(buf, pos)
                if c8 * 2 > end - pos:
                    raise_short()
                for _ in range(c8):
                    t9, pos = read_uvarint(buf, pos)
                    s10, pos = read_uvarint(buf, pos)
                    s10 += pos
                    if s10 > end:
                        raise_short()
                    pos = s10
            f1.append(i3)
    (f11, f12) = _S_TT.unpack_from(buf, pos)
    pos += 2
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f11, include_topic_authorized_operations=f12)
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


def encode_metadata_request_v12(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\0")
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.name
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(b"\0")
    w(_S_TTb.pack(r.allow_auto_topic_creation, r.include_topic_authorized_operations, 0))


def decode_metadata_request_v13(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        if n2 * 18 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                f5 = None
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            i3 = MetadataRequest_MetadataRequestTopic(topic_id=f4, name=f5)
            if buf[pos] == 0:
                pos += 1
            else:
                c8, pos = read_uvarint(buf, pos)
                if c8 * 2 > end - pos:
                    raise_short()
                for _ in range(c8):
                    t9, pos = read_uvarint(buf, pos)
                    s10, pos = read_uvarint(buf, pos)
                    s10 += pos
                    if s10 > end:
                        raise_short()
                    pos = s10
            f1.append(i3)
    (f11, f12) = _S_TT.unpack_from(buf, pos)
    pos += 2
    r = MetadataRequest(topics=f1, allow_auto_topic_creation=f11, include_topic_authorized_operations=f12)
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


def encode_metadata_request_v13(r, w, extend):
    if r.include_cluster_authorized_operations != False:
        raise_absent('IncludeClusterAuthorizedOperations')
    x1 = r.topics
    if x1 is None:
        w(b"\0")
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_16s.pack(i3.topic_id))
            x4 = i3.name
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(b"\0")
    w(_S_TTb.pack(r.allow_auto_topic_creation, r.include_topic_authorized_operations, 0))


class MetadataResponse_MetadataResponsePartition(Struct):
    __slots__ = ('error_code', 'partition_index', 'leader_id', 'leader_epoch', 'replica_nodes', 'isr_nodes', 'offline_replicas')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        partition_index: Any = 0,
        leader_id: Any = 0,
        leader_epoch: Any = -1,
        replica_nodes: Any = MISSING,
        isr_nodes: Any = MISSING,
        offline_replicas: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.partition_index = partition_index
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.replica_nodes = [] if replica_nodes is MISSING else replica_nodes
        self.isr_nodes = [] if isr_nodes is MISSING else isr_nodes
        self.offline_replicas = [] if offline_replicas is MISSING else offline_replicas


class MetadataResponse_MetadataResponseTopic(Struct):
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


class MetadataResponse_MetadataResponseBroker(Struct):
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


class MetadataResponse(Struct):
    __slots__ = ('throttle_time_ms', 'brokers', 'cluster_id', 'controller_id', 'topics', 'cluster_authorized_operations', 'error_code')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        brokers: Any = MISSING,
        cluster_id: Any = None,
        controller_id: Any = -1,
        topics: Any = MISSING,
        cluster_authorized_operations: Any = -2147483648,
        error_code: Any = 0,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.brokers = [] if brokers is MISSING else brokers
        self.cluster_id = cluster_id
        self.controller_id = controller_id
        self.topics = [] if topics is MISSING else topics
        self.cluster_authorized_operations = cluster_authorized_operations
        self.error_code = error_code


MetadataResponse.MetadataResponseBroker = MetadataResponse_MetadataResponseBroker  # type: ignore[attr-defined]
MetadataResponse.MetadataResponseTopic = MetadataResponse_MetadataResponseTopic  # type: ignore[attr-defined]
MetadataResponse.MetadataResponsePartition = MetadataResponse_MetadataResponsePartition  # type: ignore[attr-defined]


def decode_metadata_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Brokers')
    else:
        if n2 * 10 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Host')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i3 = MetadataResponse_MetadataResponseBroker(node_id=f4, host=f5, port=f8)
            f1.append(i3)
    (n10,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n10 < 0:
        raise_null('Topics')
    else:
        if n10 * 8 > end - pos:
            raise_short()
        room -= n10
        if room < 0:
            raise_many()
        f9 = []
        for _ in range(n10):
            (f12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n14,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n14 < 0:
                raise_null('Name')
            else:
                e15 = pos + n14
                if e15 > end:
                    raise_short()
                f13 = str(buf[pos:e15], "utf-8")
                pos = e15
            (n17,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n17 < 0:
                raise_null('Partitions')
            else:
                if n17 * 18 > end - pos:
                    raise_short()
                room -= n17
                if room < 0:
                    raise_many()
                f16 = []
                for _ in range(n17):
                    (f19, f20, f21) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n23,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n23 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n23 * 4 > end - pos:
                            raise_short()
                        room -= n23
                        if room < 0:
                            raise_many()
                        f22 = list(unpack_from(f">{n23}i", buf, pos))
                        pos += n23 * 4
                    (n25,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n25 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n25 * 4 > end - pos:
                            raise_short()
                        room -= n25
                        if room < 0:
                            raise_many()
                        f24 = list(unpack_from(f">{n25}i", buf, pos))
                        pos += n25 * 4
                    i18 = MetadataResponse_MetadataResponsePartition(error_code=f19, partition_index=f20, leader_id=f21, replica_nodes=f22, isr_nodes=f24)
                    f16.append(i18)
            i11 = MetadataResponse_MetadataResponseTopic(error_code=f12, name=f13, partitions=f16)
            f9.append(i11)
    r = MetadataResponse(brokers=f1, topics=f9)
    return r, pos


def encode_metadata_response_v0(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
    x4 = r.topics
    if x4 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x4)))
        for i5 in x4:
            if i5.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i5.error_code))
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
                    w(_S_hii.pack(i8.error_code, i8.partition_index, i8.leader_id))
                    x9 = i8.replica_nodes
                    if x9 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x9)))
                        w(pack(f">{len(x9)}i", *x9))
                    x10 = i8.isr_nodes
                    if x10 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x10)))
                        w(pack(f">{len(x10)}i", *x10))


def decode_metadata_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Brokers')
    else:
        if n2 * 12 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Host')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i3 = MetadataResponse_MetadataResponseBroker(node_id=f4, host=f5, port=f8, rack=f9)
            f1.append(i3)
    (f12,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n14,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n14 < 0:
        raise_null('Topics')
    else:
        if n14 * 9 > end - pos:
            raise_short()
        room -= n14
        if room < 0:
            raise_many()
        f13 = []
        for _ in range(n14):
            (f16,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n18,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n18 < 0:
                raise_null('Name')
            else:
                e19 = pos + n18
                if e19 > end:
                    raise_short()
                f17 = str(buf[pos:e19], "utf-8")
                pos = e19
            (f20,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n22,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n22 < 0:
                raise_null('Partitions')
            else:
                if n22 * 18 > end - pos:
                    raise_short()
                room -= n22
                if room < 0:
                    raise_many()
                f21 = []
                for _ in range(n22):
                    (f24, f25, f26) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n28,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n28 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n28 * 4 > end - pos:
                            raise_short()
                        room -= n28
                        if room < 0:
                            raise_many()
                        f27 = list(unpack_from(f">{n28}i", buf, pos))
                        pos += n28 * 4
                    (n30,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n30 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n30 * 4 > end - pos:
                            raise_short()
                        room -= n30
                        if room < 0:
                            raise_many()
                        f29 = list(unpack_from(f">{n30}i", buf, pos))
                        pos += n30 * 4
                    i23 = MetadataResponse_MetadataResponsePartition(error_code=f24, partition_index=f25, leader_id=f26, replica_nodes=f27, isr_nodes=f29)
                    f21.append(i23)
            i15 = MetadataResponse_MetadataResponseTopic(error_code=f16, name=f17, is_internal=f20, partitions=f21)
            f13.append(i15)
    r = MetadataResponse(brokers=f1, controller_id=f12, topics=f13)
    return r, pos


def encode_metadata_response_v1(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    w(_S_i.pack(r.controller_id))
    x5 = r.topics
    if x5 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x5)))
        for i6 in x5:
            if i6.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i6.error_code))
            x7 = i6.name
            if x7 is None:
                raise_null('Name')
            else:
                x7 = x7.encode()
                w(_S_h.pack(len(x7)))
                w(x7)
            w(_S_T.pack(i6.is_internal))
            x8 = i6.partitions
            if x8 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x8)))
                for i9 in x8:
                    w(_S_hii.pack(i9.error_code, i9.partition_index, i9.leader_id))
                    x10 = i9.replica_nodes
                    if x10 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x10)))
                        w(pack(f">{len(x10)}i", *x10))
                    x11 = i9.isr_nodes
                    if x11 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))


def decode_metadata_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Brokers')
    else:
        if n2 * 12 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('Host')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i3 = MetadataResponse_MetadataResponseBroker(node_id=f4, host=f5, port=f8, rack=f9)
            f1.append(i3)
    (n13,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n13 < 0:
        f12 = None
    else:
        e14 = pos + n13
        if e14 > end:
            raise_short()
        f12 = str(buf[pos:e14], "utf-8")
        pos = e14
    (f15,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n17,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n17 < 0:
        raise_null('Topics')
    else:
        if n17 * 9 > end - pos:
            raise_short()
        room -= n17
        if room < 0:
            raise_many()
        f16 = []
        for _ in range(n17):
            (f19,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n21,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n21 < 0:
                raise_null('Name')
            else:
                e22 = pos + n21
                if e22 > end:
                    raise_short()
                f20 = str(buf[pos:e22], "utf-8")
                pos = e22
            (f23,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n25,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n25 < 0:
                raise_null('Partitions')
            else:
                if n25 * 18 > end - pos:
                    raise_short()
                room -= n25
                if room < 0:
                    raise_many()
                f24 = []
                for _ in range(n25):
                    (f27, f28, f29) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n31,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n31 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n31 * 4 > end - pos:
                            raise_short()
                        room -= n31
                        if room < 0:
                            raise_many()
                        f30 = list(unpack_from(f">{n31}i", buf, pos))
                        pos += n31 * 4
                    (n33,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n33 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n33 * 4 > end - pos:
                            raise_short()
                        room -= n33
                        if room < 0:
                            raise_many()
                        f32 = list(unpack_from(f">{n33}i", buf, pos))
                        pos += n33 * 4
                    i26 = MetadataResponse_MetadataResponsePartition(error_code=f27, partition_index=f28, leader_id=f29, replica_nodes=f30, isr_nodes=f32)
                    f24.append(i26)
            i18 = MetadataResponse_MetadataResponseTopic(error_code=f19, name=f20, is_internal=f23, partitions=f24)
            f16.append(i18)
    r = MetadataResponse(brokers=f1, cluster_id=f12, controller_id=f15, topics=f16)
    return r, pos


def encode_metadata_response_v2(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            if i7.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hii.pack(i10.error_code, i10.partition_index, i10.leader_id))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))


def decode_metadata_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
            f2.append(i4)
    (n14,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n14 < 0:
        f13 = None
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    (f16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n18 < 0:
        raise_null('Topics')
    else:
        if n18 * 9 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            (f20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('Name')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('Partitions')
            else:
                if n26 * 18 > end - pos:
                    raise_short()
                room -= n26
                if room < 0:
                    raise_many()
                f25 = []
                for _ in range(n26):
                    (f28, f29, f30) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n32,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n32 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n32 * 4 > end - pos:
                            raise_short()
                        room -= n32
                        if room < 0:
                            raise_many()
                        f31 = list(unpack_from(f">{n32}i", buf, pos))
                        pos += n32 * 4
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n34 * 4 > end - pos:
                            raise_short()
                        room -= n34
                        if room < 0:
                            raise_many()
                        f33 = list(unpack_from(f">{n34}i", buf, pos))
                        pos += n34 * 4
                    i27 = MetadataResponse_MetadataResponsePartition(error_code=f28, partition_index=f29, leader_id=f30, replica_nodes=f31, isr_nodes=f33)
                    f25.append(i27)
            i19 = MetadataResponse_MetadataResponseTopic(error_code=f20, name=f21, is_internal=f24, partitions=f25)
            f17.append(i19)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f13, controller_id=f16, topics=f17)
    return r, pos


def encode_metadata_response_v3(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            if i7.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hii.pack(i10.error_code, i10.partition_index, i10.leader_id))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))


def decode_metadata_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
            f2.append(i4)
    (n14,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n14 < 0:
        f13 = None
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    (f16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n18 < 0:
        raise_null('Topics')
    else:
        if n18 * 9 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            (f20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('Name')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('Partitions')
            else:
                if n26 * 18 > end - pos:
                    raise_short()
                room -= n26
                if room < 0:
                    raise_many()
                f25 = []
                for _ in range(n26):
                    (f28, f29, f30) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n32,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n32 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n32 * 4 > end - pos:
                            raise_short()
                        room -= n32
                        if room < 0:
                            raise_many()
                        f31 = list(unpack_from(f">{n32}i", buf, pos))
                        pos += n32 * 4
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n34 * 4 > end - pos:
                            raise_short()
                        room -= n34
                        if room < 0:
                            raise_many()
                        f33 = list(unpack_from(f">{n34}i", buf, pos))
                        pos += n34 * 4
                    i27 = MetadataResponse_MetadataResponsePartition(error_code=f28, partition_index=f29, leader_id=f30, replica_nodes=f31, isr_nodes=f33)
                    f25.append(i27)
            i19 = MetadataResponse_MetadataResponseTopic(error_code=f20, name=f21, is_internal=f24, partitions=f25)
            f17.append(i19)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f13, controller_id=f16, topics=f17)
    return r, pos


def encode_metadata_response_v4(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            if i7.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hii.pack(i10.error_code, i10.partition_index, i10.leader_id))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))


def decode_metadata_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
            f2.append(i4)
    (n14,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n14 < 0:
        f13 = None
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    (f16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n18 < 0:
        raise_null('Topics')
    else:
        if n18 * 9 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            (f20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('Name')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('Partitions')
            else:
                if n26 * 22 > end - pos:
                    raise_short()
                room -= n26
                if room < 0:
                    raise_many()
                f25 = []
                for _ in range(n26):
                    (f28, f29, f30) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n32,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n32 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n32 * 4 > end - pos:
                            raise_short()
                        room -= n32
                        if room < 0:
                            raise_many()
                        f31 = list(unpack_from(f">{n32}i", buf, pos))
                        pos += n32 * 4
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n34 * 4 > end - pos:
                            raise_short()
                        room -= n34
                        if room < 0:
                            raise_many()
                        f33 = list(unpack_from(f">{n34}i", buf, pos))
                        pos += n34 * 4
                    (n36,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n36 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n36 * 4 > end - pos:
                            raise_short()
                        room -= n36
                        if room < 0:
                            raise_many()
                        f35 = list(unpack_from(f">{n36}i", buf, pos))
                        pos += n36 * 4
                    i27 = MetadataResponse_MetadataResponsePartition(error_code=f28, partition_index=f29, leader_id=f30, replica_nodes=f31, isr_nodes=f33, offline_replicas=f35)
                    f25.append(i27)
            i19 = MetadataResponse_MetadataResponseTopic(error_code=f20, name=f21, is_internal=f24, partitions=f25)
            f17.append(i19)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f13, controller_id=f16, topics=f17)
    return r, pos


def encode_metadata_response_v5(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            if i7.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hii.pack(i10.error_code, i10.partition_index, i10.leader_id))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))
                    x13 = i10.offline_replicas
                    if x13 is None:
                        raise_null('OfflineReplicas')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(pack(f">{len(x13)}i", *x13))


def decode_metadata_response_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
            f2.append(i4)
    (n14,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n14 < 0:
        f13 = None
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    (f16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n18 < 0:
        raise_null('Topics')
    else:
        if n18 * 9 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            (f20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('Name')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('Partitions')
            else:
                if n26 * 22 > end - pos:
                    raise_short()
                room -= n26
                if room < 0:
                    raise_many()
                f25 = []
                for _ in range(n26):
                    (f28, f29, f30) = _S_hii.unpack_from(buf, pos)
                    pos += 10
                    (n32,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n32 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n32 * 4 > end - pos:
                            raise_short()
                        room -= n32
                        if room < 0:
                            raise_many()
                        f31 = list(unpack_from(f">{n32}i", buf, pos))
                        pos += n32 * 4
                    (n34,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n34 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n34 * 4 > end - pos:
                            raise_short()
                        room -= n34
                        if room < 0:
                            raise_many()
                        f33 = list(unpack_from(f">{n34}i", buf, pos))
                        pos += n34 * 4
                    (n36,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n36 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n36 * 4 > end - pos:
                            raise_short()
                        room -= n36
                        if room < 0:
                            raise_many()
                        f35 = list(unpack_from(f">{n36}i", buf, pos))
                        pos += n36 * 4
                    i27 = MetadataResponse_MetadataResponsePartition(error_code=f28, partition_index=f29, leader_id=f30, replica_nodes=f31, isr_nodes=f33, offline_replicas=f35)
                    f25.append(i27)
            i19 = MetadataResponse_MetadataResponseTopic(error_code=f20, name=f21, is_internal=f24, partitions=f25)
            f17.append(i19)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f13, controller_id=f16, topics=f17)
    return r, pos


def encode_metadata_response_v6(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            if i7.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hii.pack(i10.error_code, i10.partition_index, i10.leader_id))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))
                    x13 = i10.offline_replicas
                    if x13 is None:
                        raise_null('OfflineReplicas')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(pack(f">{len(x13)}i", *x13))


def decode_metadata_response_v7(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
            f2.append(i4)
    (n14,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n14 < 0:
        f13 = None
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    (f16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n18 < 0:
        raise_null('Topics')
    else:
        if n18 * 9 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            (f20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('Name')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('Partitions')
            else:
                if n26 * 26 > end - pos:
                    raise_short()
                room -= n26
                if room < 0:
                    raise_many()
                f25 = []
                for _ in range(n26):
                    (f28, f29, f30, f31) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    (n33,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n33 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n33 * 4 > end - pos:
                            raise_short()
                        room -= n33
                        if room < 0:
                            raise_many()
                        f32 = list(unpack_from(f">{n33}i", buf, pos))
                        pos += n33 * 4
                    (n35,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n35 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n35 * 4 > end - pos:
                            raise_short()
                        room -= n35
                        if room < 0:
                            raise_many()
                        f34 = list(unpack_from(f">{n35}i", buf, pos))
                        pos += n35 * 4
                    (n37,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n37 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n37 * 4 > end - pos:
                            raise_short()
                        room -= n37
                        if room < 0:
                            raise_many()
                        f36 = list(unpack_from(f">{n37}i", buf, pos))
                        pos += n37 * 4
                    i27 = MetadataResponse_MetadataResponsePartition(error_code=f28, partition_index=f29, leader_id=f30, leader_epoch=f31, replica_nodes=f32, isr_nodes=f34, offline_replicas=f36)
                    f25.append(i27)
            i19 = MetadataResponse_MetadataResponseTopic(error_code=f20, name=f21, is_internal=f24, partitions=f25)
            f17.append(i19)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f13, controller_id=f16, topics=f17)
    return r, pos


def encode_metadata_response_v7(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            if i7.topic_authorized_operations != -2147483648:
                raise_absent('TopicAuthorizedOperations')
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hiii.pack(i10.error_code, i10.partition_index, i10.leader_id, i10.leader_epoch))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))
                    x13 = i10.offline_replicas
                    if x13 is None:
                        raise_null('OfflineReplicas')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(pack(f">{len(x13)}i", *x13))


def decode_metadata_response_v8(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 12 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                f10 = None
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
            f2.append(i4)
    (n14,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n14 < 0:
        f13 = None
    else:
        e15 = pos + n14
        if e15 > end:
            raise_short()
        f13 = str(buf[pos:e15], "utf-8")
        pos = e15
    (f16,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n18,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n18 < 0:
        raise_null('Topics')
    else:
        if n18 * 13 > end - pos:
            raise_short()
        room -= n18
        if room < 0:
            raise_many()
        f17 = []
        for _ in range(n18):
            (f20,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n22,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n22 < 0:
                raise_null('Name')
            else:
                e23 = pos + n22
                if e23 > end:
                    raise_short()
                f21 = str(buf[pos:e23], "utf-8")
                pos = e23
            (f24,) = _S_T.unpack_from(buf, pos)
            pos += 1
            (n26,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n26 < 0:
                raise_null('Partitions')
            else:
                if n26 * 26 > end - pos:
                    raise_short()
                room -= n26
                if room < 0:
                    raise_many()
                f25 = []
                for _ in range(n26):
                    (f28, f29, f30, f31) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    (n33,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n33 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n33 * 4 > end - pos:
                            raise_short()
                        room -= n33
                        if room < 0:
                            raise_many()
                        f32 = list(unpack_from(f">{n33}i", buf, pos))
                        pos += n33 * 4
                    (n35,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n35 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n35 * 4 > end - pos:
                            raise_short()
                        room -= n35
                        if room < 0:
                            raise_many()
                        f34 = list(unpack_from(f">{n35}i", buf, pos))
                        pos += n35 * 4
                    (n37,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n37 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n37 * 4 > end - pos:
                            raise_short()
                        room -= n37
                        if room < 0:
                            raise_many()
                        f36 = list(unpack_from(f">{n37}i", buf, pos))
                        pos += n37 * 4
                    i27 = MetadataResponse_MetadataResponsePartition(error_code=f28, partition_index=f29, leader_id=f30, leader_epoch=f31, replica_nodes=f32, isr_nodes=f34, offline_replicas=f36)
                    f25.append(i27)
            (f38,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i19 = MetadataResponse_MetadataResponseTopic(error_code=f20, name=f21, is_internal=f24, partitions=f25, topic_authorized_operations=f38)
            f17.append(i19)
    (f39,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f13, controller_id=f16, topics=f17, cluster_authorized_operations=f39)
    return r, pos


def encode_metadata_response_v8(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_i.pack(i2.node_id))
            x3 = i2.host
            if x3 is None:
                raise_null('Host')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_i.pack(i2.port))
            x4 = i2.rack
            if x4 is None:
                w(b"\xff\xff")
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
    x5 = r.cluster_id
    if x5 is None:
        w(b"\xff\xff")
    else:
        x5 = x5.encode()
        w(_S_h.pack(len(x5)))
        w(x5)
    w(_S_i.pack(r.controller_id))
    x6 = r.topics
    if x6 is None:
        raise_null('Topics')
    else:
        w(_S_i.pack(len(x6)))
        for i7 in x6:
            w(_S_h.pack(i7.error_code))
            x8 = i7.name
            if x8 is None:
                raise_null('Name')
            else:
                x8 = x8.encode()
                w(_S_h.pack(len(x8)))
                w(x8)
            w(_S_T.pack(i7.is_internal))
            x9 = i7.partitions
            if x9 is None:
                raise_null('Partitions')
            else:
                w(_S_i.pack(len(x9)))
                for i10 in x9:
                    w(_S_hiii.pack(i10.error_code, i10.partition_index, i10.leader_id, i10.leader_epoch))
                    x11 = i10.replica_nodes
                    if x11 is None:
                        raise_null('ReplicaNodes')
                    else:
                        w(_S_i.pack(len(x11)))
                        w(pack(f">{len(x11)}i", *x11))
                    x12 = i10.isr_nodes
                    if x12 is None:
                        raise_null('IsrNodes')
                    else:
                        w(_S_i.pack(len(x12)))
                        w(pack(f">{len(x12)}i", *x12))
                    x13 = i10.offline_replicas
                    if x13 is None:
                        raise_null('OfflineReplicas')
                    else:
                        w(_S_i.pack(len(x13)))
                        w(pack(f">{len(x13)}i", *x13))
            w(_S_i.pack(i7.topic_authorized_operations))
    w(_S_i.pack(r.cluster_authorized_operations))


def decode_metadata_response_v9(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
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
            f2.append(i4)
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
    (f19,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n21 = buf[pos]
    pos += 1
    if n21 > 127:
        n21, pos = read_uvarint(buf, pos - 1)
    n21 -= 1
    if n21 < 0:
        raise_null('Topics')
    else:
        if n21 * 10 > end - pos:
            raise_short()
        room -= n21
        if room < 0:
            raise_many()
        f20 = []
        for _ in range(n21):
            (f23,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n25 = buf[pos]
            pos += 1
            if n25 > 127:
                n25, pos = read_uvarint(buf, pos - 1)
            n25 -= 1
            if n25 < 0:
                raise_null('Name')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (f27,) = _S_T.unpack_from(buf, pos)
            pos += 1
            n29 = buf[pos]
            pos += 1
            if n29 > 127:
                n29, pos = read_uvarint(buf, pos - 1)
            n29 -= 1
            if n29 < 0:
                raise_null('Partitions')
            else:
                if n29 * 18 > end - pos:
                    raise_short()
                room -= n29
                if room < 0:
                    raise_many()
                f28 = []
                for _ in range(n29):
                    (f31, f32, f33, f34) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    n36 = buf[pos]
                    pos += 1
                    if n36 > 127:
                        n36, pos = read_uvarint(buf, pos - 1)
                    n36 -= 1
                    if n36 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n36 * 4 > end - pos:
                            raise_short()
                        room -= n36
                        if room < 0:
                            raise_many()
                        f35 = list(unpack_from(f">{n36}i", buf, pos))
                        pos += n36 * 4
                    n38 = buf[pos]
                    pos += 1
                    if n38 > 127:
                        n38, pos = read_uvarint(buf, pos - 1)
                    n38 -= 1
                    if n38 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n38 * 4 > end - pos:
                            raise_short()
                        room -= n38
                        if room < 0:
                            raise_many()
                        f37 = list(unpack_from(f">{n38}i", buf, pos))
                        pos += n38 * 4
                    n40 = buf[pos]
                    pos += 1
                    if n40 > 127:
                        n40, pos = read_uvarint(buf, pos - 1)
                    n40 -= 1
                    if n40 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n40 * 4 > end - pos:
                            raise_short()
                        room -= n40
                        if room < 0:
                            raise_many()
                        f39 = list(unpack_from(f">{n40}i", buf, pos))
                        pos += n40 * 4
                    i30 = MetadataResponse_MetadataResponsePartition(error_code=f31, partition_index=f32, leader_id=f33, leader_epoch=f34, replica_nodes=f35, isr_nodes=f37, offline_replicas=f39)
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
                    f28.append(i30)
            (f44,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i22 = MetadataResponse_MetadataResponseTopic(error_code=f23, name=f24, is_internal=f27, partitions=f28, topic_authorized_operations=f44)
            if buf[pos] == 0:
                pos += 1
            else:
                c45, pos = read_uvarint(buf, pos)
                if c45 * 2 > end - pos:
                    raise_short()
                for _ in range(c45):
                    t46, pos = read_uvarint(buf, pos)
                    s47, pos = read_uvarint(buf, pos)
                    s47 += pos
                    if s47 > end:
                        raise_short()
                    pos = s47
            f20.append(i22)
    (f48,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f16, controller_id=f19, topics=f20, cluster_authorized_operations=f48)
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
    return r, pos


def encode_metadata_response_v9(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_i.pack(i3.node_id))
            x4 = i3.host
            if x4 is None:
                raise_null('Host')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.port))
            x6 = i3.rack
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    x8 = r.cluster_id
    if x8 is None:
        w(b"\0")
    else:
        x8 = x8.encode()
        n9 = len(x8) + 1
        w(ONE[n9] if n9 < 128 else uvarint(n9))
        w(x8)
    w(_S_i.pack(r.controller_id))
    x10 = r.topics
    if x10 is None:
        raise_null('Topics')
    else:
        n11 = len(x10) + 1
        w(ONE[n11] if n11 < 128 else uvarint(n11))
        for i12 in x10:
            w(_S_h.pack(i12.error_code))
            x13 = i12.name
            if x13 is None:
                raise_null('Name')
            else:
                x13 = x13.encode()
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                w(x13)
            w(_S_T.pack(i12.is_internal))
            x15 = i12.partitions
            if x15 is None:
                raise_null('Partitions')
            else:
                n16 = len(x15) + 1
                w(ONE[n16] if n16 < 128 else uvarint(n16))
                for i17 in x15:
                    w(_S_hiii.pack(i17.error_code, i17.partition_index, i17.leader_id, i17.leader_epoch))
                    x18 = i17.replica_nodes
                    if x18 is None:
                        raise_null('ReplicaNodes')
                    else:
                        n19 = len(x18) + 1
                        w(ONE[n19] if n19 < 128 else uvarint(n19))
                        w(pack(f">{len(x18)}i", *x18))
                    x20 = i17.isr_nodes
                    if x20 is None:
                        raise_null('IsrNodes')
                    else:
                        n21 = len(x20) + 1
                        w(ONE[n21] if n21 < 128 else uvarint(n21))
                        w(pack(f">{len(x20)}i", *x20))
                    x22 = i17.offline_replicas
                    if x22 is None:
                        raise_null('OfflineReplicas')
                    else:
                        n23 = len(x22) + 1
                        w(ONE[n23] if n23 < 128 else uvarint(n23))
                        w(pack(f">{len(x22)}i", *x22))
                    w(b"\0")
            w(_S_ib.pack(i12.topic_authorized_operations, 0))
    w(_S_ib.pack(r.cluster_authorized_operations, 0))


def decode_metadata_response_v10(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
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
            f2.append(i4)
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
    (f19,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n21 = buf[pos]
    pos += 1
    if n21 > 127:
        n21, pos = read_uvarint(buf, pos - 1)
    n21 -= 1
    if n21 < 0:
        raise_null('Topics')
    else:
        if n21 * 26 > end - pos:
            raise_short()
        room -= n21
        if room < 0:
            raise_many()
        f20 = []
        for _ in range(n21):
            (f23,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n25 = buf[pos]
            pos += 1
            if n25 > 127:
                n25, pos = read_uvarint(buf, pos - 1)
            n25 -= 1
            if n25 < 0:
                raise_null('Name')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (f27, f28) = _S_16sT.unpack_from(buf, pos)
            pos += 17
            n30 = buf[pos]
            pos += 1
            if n30 > 127:
                n30, pos = read_uvarint(buf, pos - 1)
            n30 -= 1
            if n30 < 0:
                raise_null('Partitions')
            else:
                if n30 * 18 > end - pos:
                    raise_short()
                room -= n30
                if room < 0:
                    raise_many()
                f29 = []
                for _ in range(n30):
                    (f32, f33, f34, f35) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    n37 = buf[pos]
                    pos += 1
                    if n37 > 127:
                        n37, pos = read_uvarint(buf, pos - 1)
                    n37 -= 1
                    if n37 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n37 * 4 > end - pos:
                            raise_short()
                        room -= n37
                        if room < 0:
                            raise_many()
                        f36 = list(unpack_from(f">{n37}i", buf, pos))
                        pos += n37 * 4
                    n39 = buf[pos]
                    pos += 1
                    if n39 > 127:
                        n39, pos = read_uvarint(buf, pos - 1)
                    n39 -= 1
                    if n39 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n39 * 4 > end - pos:
                            raise_short()
                        room -= n39
                        if room < 0:
                            raise_many()
                        f38 = list(unpack_from(f">{n39}i", buf, pos))
                        pos += n39 * 4
                    n41 = buf[pos]
                    pos += 1
                    if n41 > 127:
                        n41, pos = read_uvarint(buf, pos - 1)
                    n41 -= 1
                    if n41 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n41 * 4 > end - pos:
                            raise_short()
                        room -= n41
                        if room < 0:
                            raise_many()
                        f40 = list(unpack_from(f">{n41}i", buf, pos))
                        pos += n41 * 4
                    i31 = MetadataResponse_MetadataResponsePartition(error_code=f32, partition_index=f33, leader_id=f34, leader_epoch=f35, replica_nodes=f36, isr_nodes=f38, offline_replicas=f40)
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
                    f29.append(i31)
            (f45,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i22 = MetadataResponse_MetadataResponseTopic(error_code=f23, name=f24, topic_id=f27, is_internal=f28, partitions=f29, topic_authorized_operations=f45)
            if buf[pos] == 0:
                pos += 1
            else:
                c46, pos = read_uvarint(buf, pos)
                if c46 * 2 > end - pos:
                    raise_short()
                for _ in range(c46):
                    t47, pos = read_uvarint(buf, pos)
                    s48, pos = read_uvarint(buf, pos)
                    s48 += pos
                    if s48 > end:
                        raise_short()
                    pos = s48
            f20.append(i22)
    (f49,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f16, controller_id=f19, topics=f20, cluster_authorized_operations=f49)
    if buf[pos] == 0:
        pos += 1
    else:
        c50, pos = read_uvarint(buf, pos)
        if c50 * 2 > end - pos:
            raise_short()
        for _ in range(c50):
            t51, pos = read_uvarint(buf, pos)
            s52, pos = read_uvarint(buf, pos)
            s52 += pos
            if s52 > end:
                raise_short()
            pos = s52
    return r, pos


def encode_metadata_response_v10(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_i.pack(i3.node_id))
            x4 = i3.host
            if x4 is None:
                raise_null('Host')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.port))
            x6 = i3.rack
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    x8 = r.cluster_id
    if x8 is None:
        w(b"\0")
    else:
        x8 = x8.encode()
        n9 = len(x8) + 1
        w(ONE[n9] if n9 < 128 else uvarint(n9))
        w(x8)
    w(_S_i.pack(r.controller_id))
    x10 = r.topics
    if x10 is None:
        raise_null('Topics')
    else:
        n11 = len(x10) + 1
        w(ONE[n11] if n11 < 128 else uvarint(n11))
        for i12 in x10:
            w(_S_h.pack(i12.error_code))
            x13 = i12.name
            if x13 is None:
                raise_null('Name')
            else:
                x13 = x13.encode()
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                w(x13)
            w(_S_16sT.pack(i12.topic_id, i12.is_internal))
            x15 = i12.partitions
            if x15 is None:
                raise_null('Partitions')
            else:
                n16 = len(x15) + 1
                w(ONE[n16] if n16 < 128 else uvarint(n16))
                for i17 in x15:
                    w(_S_hiii.pack(i17.error_code, i17.partition_index, i17.leader_id, i17.leader_epoch))
                    x18 = i17.replica_nodes
                    if x18 is None:
                        raise_null('ReplicaNodes')
                    else:
                        n19 = len(x18) + 1
                        w(ONE[n19] if n19 < 128 else uvarint(n19))
                        w(pack(f">{len(x18)}i", *x18))
                    x20 = i17.isr_nodes
                    if x20 is None:
                        raise_null('IsrNodes')
                    else:
                        n21 = len(x20) + 1
                        w(ONE[n21] if n21 < 128 else uvarint(n21))
                        w(pack(f">{len(x20)}i", *x20))
                    x22 = i17.offline_replicas
                    if x22 is None:
                        raise_null('OfflineReplicas')
                    else:
                        n23 = len(x22) + 1
                        w(ONE[n23] if n23 < 128 else uvarint(n23))
                        w(pack(f">{len(x22)}i", *x22))
                    w(b"\0")
            w(_S_ib.pack(i12.topic_authorized_operations, 0))
    w(_S_ib.pack(r.cluster_authorized_operations, 0))


def decode_metadata_response_v11(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
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
            f2.append(i4)
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
    (f19,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n21 = buf[pos]
    pos += 1
    if n21 > 127:
        n21, pos = read_uvarint(buf, pos - 1)
    n21 -= 1
    if n21 < 0:
        raise_null('Topics')
    else:
        if n21 * 26 > end - pos:
            raise_short()
        room -= n21
        if room < 0:
            raise_many()
        f20 = []
        for _ in range(n21):
            (f23,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n25 = buf[pos]
            pos += 1
            if n25 > 127:
                n25, pos = read_uvarint(buf, pos - 1)
            n25 -= 1
            if n25 < 0:
                raise_null('Name')
            else:
                e26 = pos + n25
                if e26 > end:
                    raise_short()
                f24 = str(buf[pos:e26], "utf-8")
                pos = e26
            (f27, f28) = _S_16sT.unpack_from(buf, pos)
            pos += 17
            n30 = buf[pos]
            pos += 1
            if n30 > 127:
                n30, pos = read_uvarint(buf, pos - 1)
            n30 -= 1
            if n30 < 0:
                raise_null('Partitions')
            else:
                if n30 * 18 > end - pos:
                    raise_short()
                room -= n30
                if room < 0:
                    raise_many()
                f29 = []
                for _ in range(n30):
                    (f32, f33, f34, f35) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    n37 = buf[pos]
                    pos += 1
                    if n37 > 127:
                        n37, pos = read_uvarint(buf, pos - 1)
                    n37 -= 1
                    if n37 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n37 * 4 > end - pos:
                            raise_short()
                        room -= n37
                        if room < 0:
                            raise_many()
                        f36 = list(unpack_from(f">{n37}i", buf, pos))
                        pos += n37 * 4
                    n39 = buf[pos]
                    pos += 1
                    if n39 > 127:
                        n39, pos = read_uvarint(buf, pos - 1)
                    n39 -= 1
                    if n39 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n39 * 4 > end - pos:
                            raise_short()
                        room -= n39
                        if room < 0:
                            raise_many()
                        f38 = list(unpack_from(f">{n39}i", buf, pos))
                        pos += n39 * 4
                    n41 = buf[pos]
                    pos += 1
                    if n41 > 127:
                        n41, pos = read_uvarint(buf, pos - 1)
                    n41 -= 1
                    if n41 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n41 * 4 > end - pos:
                            raise_short()
                        room -= n41
                        if room < 0:
                            raise_many()
                        f40 = list(unpack_from(f">{n41}i", buf, pos))
                        pos += n41 * 4
                    i31 = MetadataResponse_MetadataResponsePartition(error_code=f32, partition_index=f33, leader_id=f34, leader_epoch=f35, replica_nodes=f36, isr_nodes=f38, offline_replicas=f40)
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
                    f29.append(i31)
            (f45,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i22 = MetadataResponse_MetadataResponseTopic(error_code=f23, name=f24, topic_id=f27, is_internal=f28, partitions=f29, topic_authorized_operations=f45)
            if buf[pos] == 0:
                pos += 1
            else:
                c46, pos = read_uvarint(buf, pos)
                if c46 * 2 > end - pos:
                    raise_short()
                for _ in range(c46):
                    t47, pos = read_uvarint(buf, pos)
                    s48, pos = read_uvarint(buf, pos)
                    s48 += pos
                    if s48 > end:
                        raise_short()
                    pos = s48
            f20.append(i22)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f16, controller_id=f19, topics=f20)
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
    return r, pos


def encode_metadata_response_v11(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_i.pack(i3.node_id))
            x4 = i3.host
            if x4 is None:
                raise_null('Host')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.port))
            x6 = i3.rack
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    x8 = r.cluster_id
    if x8 is None:
        w(b"\0")
    else:
        x8 = x8.encode()
        n9 = len(x8) + 1
        w(ONE[n9] if n9 < 128 else uvarint(n9))
        w(x8)
    w(_S_i.pack(r.controller_id))
    x10 = r.topics
    if x10 is None:
        raise_null('Topics')
    else:
        n11 = len(x10) + 1
        w(ONE[n11] if n11 < 128 else uvarint(n11))
        for i12 in x10:
            w(_S_h.pack(i12.error_code))
            x13 = i12.name
            if x13 is None:
                raise_null('Name')
            else:
                x13 = x13.encode()
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                w(x13)
            w(_S_16sT.pack(i12.topic_id, i12.is_internal))
            x15 = i12.partitions
            if x15 is None:
                raise_null('Partitions')
            else:
                n16 = len(x15) + 1
                w(ONE[n16] if n16 < 128 else uvarint(n16))
                for i17 in x15:
                    w(_S_hiii.pack(i17.error_code, i17.partition_index, i17.leader_id, i17.leader_epoch))
                    x18 = i17.replica_nodes
                    if x18 is None:
                        raise_null('ReplicaNodes')
                    else:
                        n19 = len(x18) + 1
                        w(ONE[n19] if n19 < 128 else uvarint(n19))
                        w(pack(f">{len(x18)}i", *x18))
                    x20 = i17.isr_nodes
                    if x20 is None:
                        raise_null('IsrNodes')
                    else:
                        n21 = len(x20) + 1
                        w(ONE[n21] if n21 < 128 else uvarint(n21))
                        w(pack(f">{len(x20)}i", *x20))
                    x22 = i17.offline_replicas
                    if x22 is None:
                        raise_null('OfflineReplicas')
                    else:
                        n23 = len(x22) + 1
                        w(ONE[n23] if n23 < 128 else uvarint(n23))
                        w(pack(f">{len(x22)}i", *x22))
                    w(b"\0")
            w(_S_ib.pack(i12.topic_authorized_operations, 0))
    w(b"\0")


def decode_metadata_response_v12(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
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
            f2.append(i4)
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
    (f19,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n21 = buf[pos]
    pos += 1
    if n21 > 127:
        n21, pos = read_uvarint(buf, pos - 1)
    n21 -= 1
    if n21 < 0:
        raise_null('Topics')
    else:
        if n21 * 26 > end - pos:
            raise_short()
        room -= n21
        if room < 0:
            raise_many()
        f20 = []
        for _ in range(n21):
            (f23,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
            (f27, f28) = _S_16sT.unpack_from(buf, pos)
            pos += 17
            n30 = buf[pos]
            pos += 1
            if n30 > 127:
                n30, pos = read_uvarint(buf, pos - 1)
            n30 -= 1
            if n30 < 0:
                raise_null('Partitions')
            else:
                if n30 * 18 > end - pos:
                    raise_short()
                room -= n30
                if room < 0:
                    raise_many()
                f29 = []
                for _ in range(n30):
                    (f32, f33, f34, f35) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    n37 = buf[pos]
                    pos += 1
                    if n37 > 127:
                        n37, pos = read_uvarint(buf, pos - 1)
                    n37 -= 1
                    if n37 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n37 * 4 > end - pos:
                            raise_short()
                        room -= n37
                        if room < 0:
                            raise_many()
                        f36 = list(unpack_from(f">{n37}i", buf, pos))
                        pos += n37 * 4
                    n39 = buf[pos]
                    pos += 1
                    if n39 > 127:
                        n39, pos = read_uvarint(buf, pos - 1)
                    n39 -= 1
                    if n39 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n39 * 4 > end - pos:
                            raise_short()
                        room -= n39
                        if room < 0:
                            raise_many()
                        f38 = list(unpack_from(f">{n39}i", buf, pos))
                        pos += n39 * 4
                    n41 = buf[pos]
                    pos += 1
                    if n41 > 127:
                        n41, pos = read_uvarint(buf, pos - 1)
                    n41 -= 1
                    if n41 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n41 * 4 > end - pos:
                            raise_short()
                        room -= n41
                        if room < 0:
                            raise_many()
                        f40 = list(unpack_from(f">{n41}i", buf, pos))
                        pos += n41 * 4
                    i31 = MetadataResponse_MetadataResponsePartition(error_code=f32, partition_index=f33, leader_id=f34, leader_epoch=f35, replica_nodes=f36, isr_nodes=f38, offline_replicas=f40)
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
                    f29.append(i31)
            (f45,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i22 = MetadataResponse_MetadataResponseTopic(error_code=f23, name=f24, topic_id=f27, is_internal=f28, partitions=f29, topic_authorized_operations=f45)
            if buf[pos] == 0:
                pos += 1
            else:
                c46, pos = read_uvarint(buf, pos)
                if c46 * 2 > end - pos:
                    raise_short()
                for _ in range(c46):
                    t47, pos = read_uvarint(buf, pos)
                    s48, pos = read_uvarint(buf, pos)
                    s48 += pos
                    if s48 > end:
                        raise_short()
                    pos = s48
            f20.append(i22)
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f16, controller_id=f19, topics=f20)
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
    return r, pos


def encode_metadata_response_v12(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_i.pack(i3.node_id))
            x4 = i3.host
            if x4 is None:
                raise_null('Host')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.port))
            x6 = i3.rack
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    x8 = r.cluster_id
    if x8 is None:
        w(b"\0")
    else:
        x8 = x8.encode()
        n9 = len(x8) + 1
        w(ONE[n9] if n9 < 128 else uvarint(n9))
        w(x8)
    w(_S_i.pack(r.controller_id))
    x10 = r.topics
    if x10 is None:
        raise_null('Topics')
    else:
        n11 = len(x10) + 1
        w(ONE[n11] if n11 < 128 else uvarint(n11))
        for i12 in x10:
            w(_S_h.pack(i12.error_code))
            x13 = i12.name
            if x13 is None:
                w(b"\0")
            else:
                x13 = x13.encode()
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                w(x13)
            w(_S_16sT.pack(i12.topic_id, i12.is_internal))
            x15 = i12.partitions
            if x15 is None:
                raise_null('Partitions')
            else:
                n16 = len(x15) + 1
                w(ONE[n16] if n16 < 128 else uvarint(n16))
                for i17 in x15:
                    w(_S_hiii.pack(i17.error_code, i17.partition_index, i17.leader_id, i17.leader_epoch))
                    x18 = i17.replica_nodes
                    if x18 is None:
                        raise_null('ReplicaNodes')
                    else:
                        n19 = len(x18) + 1
                        w(ONE[n19] if n19 < 128 else uvarint(n19))
                        w(pack(f">{len(x18)}i", *x18))
                    x20 = i17.isr_nodes
                    if x20 is None:
                        raise_null('IsrNodes')
                    else:
                        n21 = len(x20) + 1
                        w(ONE[n21] if n21 < 128 else uvarint(n21))
                        w(pack(f">{len(x20)}i", *x20))
                    x22 = i17.offline_replicas
                    if x22 is None:
                        raise_null('OfflineReplicas')
                    else:
                        n23 = len(x22) + 1
                        w(ONE[n23] if n23 < 128 else uvarint(n23))
                        w(pack(f">{len(x22)}i", *x22))
                    w(b"\0")
            w(_S_ib.pack(i12.topic_authorized_operations, 0))
    w(b"\0")


def decode_metadata_response_v13(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Brokers')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_i.unpack_from(buf, pos)
            pos += 4
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('Host')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_i.unpack_from(buf, pos)
            pos += 4
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
            i4 = MetadataResponse_MetadataResponseBroker(node_id=f5, host=f6, port=f9, rack=f10)
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
            f2.append(i4)
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
    (f19,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n21 = buf[pos]
    pos += 1
    if n21 > 127:
        n21, pos = read_uvarint(buf, pos - 1)
    n21 -= 1
    if n21 < 0:
        raise_null('Topics')
    else:
        if n21 * 26 > end - pos:
            raise_short()
        room -= n21
        if room < 0:
            raise_many()
        f20 = []
        for _ in range(n21):
            (f23,) = _S_h.unpack_from(buf, pos)
            pos += 2
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
            (f27, f28) = _S_16sT.unpack_from(buf, pos)
            pos += 17
            n30 = buf[pos]
            pos += 1
            if n30 > 127:
                n30, pos = read_uvarint(buf, pos - 1)
            n30 -= 1
            if n30 < 0:
                raise_null('Partitions')
            else:
                if n30 * 18 > end - pos:
                    raise_short()
                room -= n30
                if room < 0:
                    raise_many()
                f29 = []
                for _ in range(n30):
                    (f32, f33, f34, f35) = _S_hiii.unpack_from(buf, pos)
                    pos += 14
                    n37 = buf[pos]
                    pos += 1
                    if n37 > 127:
                        n37, pos = read_uvarint(buf, pos - 1)
                    n37 -= 1
                    if n37 < 0:
                        raise_null('ReplicaNodes')
                    else:
                        if n37 * 4 > end - pos:
                            raise_short()
                        room -= n37
                        if room < 0:
                            raise_many()
                        f36 = list(unpack_from(f">{n37}i", buf, pos))
                        pos += n37 * 4
                    n39 = buf[pos]
                    pos += 1
                    if n39 > 127:
                        n39, pos = read_uvarint(buf, pos - 1)
                    n39 -= 1
                    if n39 < 0:
                        raise_null('IsrNodes')
                    else:
                        if n39 * 4 > end - pos:
                            raise_short()
                        room -= n39
                        if room < 0:
                            raise_many()
                        f38 = list(unpack_from(f">{n39}i", buf, pos))
                        pos += n39 * 4
                    n41 = buf[pos]
                    pos += 1
                    if n41 > 127:
                        n41, pos = read_uvarint(buf, pos - 1)
                    n41 -= 1
                    if n41 < 0:
                        raise_null('OfflineReplicas')
                    else:
                        if n41 * 4 > end - pos:
                            raise_short()
                        room -= n41
                        if room < 0:
                            raise_many()
                        f40 = list(unpack_from(f">{n41}i", buf, pos))
                        pos += n41 * 4
                    i31 = MetadataResponse_MetadataResponsePartition(error_code=f32, partition_index=f33, leader_id=f34, leader_epoch=f35, replica_nodes=f36, isr_nodes=f38, offline_replicas=f40)
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
                    f29.append(i31)
            (f45,) = _S_i.unpack_from(buf, pos)
            pos += 4
            i22 = MetadataResponse_MetadataResponseTopic(error_code=f23, name=f24, topic_id=f27, is_internal=f28, partitions=f29, topic_authorized_operations=f45)
            if buf[pos] == 0:
                pos += 1
            else:
                c46, pos = read_uvarint(buf, pos)
                if c46 * 2 > end - pos:
                    raise_short()
                for _ in range(c46):
                    t47, pos = read_uvarint(buf, pos)
                    s48, pos = read_uvarint(buf, pos)
                    s48 += pos
                    if s48 > end:
                        raise_short()
                    pos = s48
            f20.append(i22)
    (f49,) = _S_h.unpack_from(buf, pos)
    pos += 2
    r = MetadataResponse(throttle_time_ms=f1, brokers=f2, cluster_id=f16, controller_id=f19, topics=f20, error_code=f49)
    if buf[pos] == 0:
        pos += 1
    else:
        c50, pos = read_uvarint(buf, pos)
        if c50 * 2 > end - pos:
            raise_short()
        for _ in range(c50):
            t51, pos = read_uvarint(buf, pos)
            s52, pos = read_uvarint(buf, pos)
            s52 += pos
            if s52 > end:
                raise_short()
            pos = s52
    return r, pos


def encode_metadata_response_v13(r, w, extend):
    if r.cluster_authorized_operations != -2147483648:
        raise_absent('ClusterAuthorizedOperations')
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.brokers
    if x1 is None:
        raise_null('Brokers')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_i.pack(i3.node_id))
            x4 = i3.host
            if x4 is None:
                raise_null('Host')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_i.pack(i3.port))
            x6 = i3.rack
            if x6 is None:
                w(b"\0")
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(b"\0")
    x8 = r.cluster_id
    if x8 is None:
        w(b"\0")
    else:
        x8 = x8.encode()
        n9 = len(x8) + 1
        w(ONE[n9] if n9 < 128 else uvarint(n9))
        w(x8)
    w(_S_i.pack(r.controller_id))
    x10 = r.topics
    if x10 is None:
        raise_null('Topics')
    else:
        n11 = len(x10) + 1
        w(ONE[n11] if n11 < 128 else uvarint(n11))
        for i12 in x10:
            w(_S_h.pack(i12.error_code))
            x13 = i12.name
            if x13 is None:
                w(b"\0")
            else:
                x13 = x13.encode()
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                w(x13)
            w(_S_16sT.pack(i12.topic_id, i12.is_internal))
            x15 = i12.partitions
            if x15 is None:
                raise_null('Partitions')
            else:
                n16 = len(x15) + 1
                w(ONE[n16] if n16 < 128 else uvarint(n16))
                for i17 in x15:
                    w(_S_hiii.pack(i17.error_code, i17.partition_index, i17.leader_id, i17.leader_epoch))
                    x18 = i17.replica_nodes
                    if x18 is None:
                        raise_null('ReplicaNodes')
                    else:
                        n19 = len(x18) + 1
                        w(ONE[n19] if n19 < 128 else uvarint(n19))
                        w(pack(f">{len(x18)}i", *x18))
                    x20 = i17.isr_nodes
                    if x20 is None:
                        raise_null('IsrNodes')
                    else:
                        n21 = len(x20) + 1
                        w(ONE[n21] if n21 < 128 else uvarint(n21))
                        w(pack(f">{len(x20)}i", *x20))
                    x22 = i17.offline_replicas
                    if x22 is None:
                        raise_null('OfflineReplicas')
                    else:
                        n23 = len(x22) + 1
                        w(ONE[n23] if n23 < 128 else uvarint(n23))
                        w(pack(f">{len(x22)}i", *x22))
                    w(b"\0")
            w(_S_ib.pack(i12.topic_authorized_operations, 0))
    w(_S_hb.pack(r.error_code, 0))
