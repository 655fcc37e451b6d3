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
_S_16sb = _Packer(">16sb")
_S_16sh = _Packer(">16sh")
_S_h = _Packer(">h")
_S_hb = _Packer(">hb")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")


class DeleteTopicsRequest_DeleteTopicState(Struct):
    __slots__ = ('name', 'topic_id')

    def __init__(
        self,
        *,
        name: Any = None,
        topic_id: Any = ZERO_UUID,
    ) -> None:
        self.name = name
        self.topic_id = topic_id


class DeleteTopicsRequest(Struct):
    __slots__ = ('topics', 'topic_names', 'timeout_ms')

    def __init__(
        self,
        *,
        topics: Any = MISSING,
        topic_names: Any = MISSING,
        timeout_ms: Any = 0,
    ) -> None:
        self.topics = [] if topics is MISSING else topics
        self.topic_names = [] if topic_names is MISSING else topic_names
        self.timeout_ms = timeout_ms


DeleteTopicsRequest.DeleteTopicState = DeleteTopicsRequest_DeleteTopicState  # type: ignore[attr-defined]


def decode_delete_topics_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('TopicNames')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('TopicNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteTopicsRequest(topic_names=f1, timeout_ms=f6)
    return r, pos


def encode_delete_topics_request_v1(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.topic_names
    if x1 is None:
        raise_null('TopicNames')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('TopicNames')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
    w(_S_i.pack(r.timeout_ms))


def decode_delete_topics_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('TopicNames')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('TopicNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteTopicsRequest(topic_names=f1, timeout_ms=f6)
    return r, pos


def encode_delete_topics_request_v2(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.topic_names
    if x1 is None:
        raise_null('TopicNames')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('TopicNames')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
    w(_S_i.pack(r.timeout_ms))


def decode_delete_topics_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('TopicNames')
    else:
        if n2 * 2 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (n4,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n4 < 0:
                raise_null('TopicNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteTopicsRequest(topic_names=f1, timeout_ms=f6)
    return r, pos


def encode_delete_topics_request_v3(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.topic_names
    if x1 is None:
        raise_null('TopicNames')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            x3 = i2
            if x3 is None:
                raise_null('TopicNames')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
    w(_S_i.pack(r.timeout_ms))


def decode_delete_topics_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('TopicNames')
    else:
        if n2 * 1 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            n4 = buf[pos]
            pos += 1
            if n4 > 127:
                n4, pos = read_uvarint(buf, pos - 1)
            n4 -= 1
            if n4 < 0:
                raise_null('TopicNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteTopicsRequest(topic_names=f1, timeout_ms=f6)
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
    return r, pos


def encode_delete_topics_request_v4(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.topic_names
    if x1 is None:
        raise_null('TopicNames')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('TopicNames')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(_S_ib.pack(r.timeout_ms, 0))


def decode_delete_topics_request_v5(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('TopicNames')
    else:
        if n2 * 1 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            n4 = buf[pos]
            pos += 1
            if n4 > 127:
                n4, pos = read_uvarint(buf, pos - 1)
            n4 -= 1
            if n4 < 0:
                raise_null('TopicNames')
            else:
                e5 = pos + n4
                if e5 > end:
                    raise_short()
                i3 = str(buf[pos:e5], "utf-8")
                pos = e5
            f1.append(i3)
    (f6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteTopicsRequest(topic_names=f1, timeout_ms=f6)
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
    return r, pos


def encode_delete_topics_request_v5(r, w, extend):
    if r.topics is None or r.topics:
        raise_absent('Topics')
    x1 = r.topic_names
    if x1 is None:
        raise_null('TopicNames')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3
            if x4 is None:
                raise_null('TopicNames')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
    w(_S_ib.pack(r.timeout_ms, 0))


def decode_delete_topics_request_v6(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Topics')
    else:
        if n2 * 18 > end - pos:
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
                f4 = None
            else:
                e6 = pos + n5
                if e6 > end:
                    raise_short()
                f4 = str(buf[pos:e6], "utf-8")
                pos = e6
            (f7,) = _S_16s.unpack_from(buf, pos)
            pos += 16
            i3 = DeleteTopicsRequest_DeleteTopicState(name=f4, topic_id=f7)
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
    (f11,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = DeleteTopicsRequest(topics=f1, timeout_ms=f11)
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


def encode_delete_topics_request_v6(r, w, extend):
    x1 = r.topics
    if x1 is None:
        raise_null('Topics')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.name
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_16sb.pack(i3.topic_id, 0))
    w(_S_ib.pack(r.timeout_ms, 0))


class DeleteTopicsResponse_DeletableTopicResult(Struct):
    __slots__ = ('name', 'topic_id', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        name: Any = '',
        topic_id: Any = ZERO_UUID,
        error_code: Any = 0,
        error_message: Any = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.error_code = error_code
        self.error_message = error_message


class DeleteTopicsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'responses')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        responses: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.responses = [] if responses is MISSING else responses


DeleteTopicsResponse.DeletableTopicResult = DeleteTopicsResponse_DeletableTopicResult  # type: ignore[attr-defined]


def decode_delete_topics_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 4 > end - pos:
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
            i4 = DeleteTopicsResponse_DeletableTopicResult(name=f5, error_code=f8)
            f2.append(i4)
    r = DeleteTopicsResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_delete_topics_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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


def decode_delete_topics_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 4 > end - pos:
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
            i4 = DeleteTopicsResponse_DeletableTopicResult(name=f5, error_code=f8)
            f2.append(i4)
    r = DeleteTopicsResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_delete_topics_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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


def decode_delete_topics_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 4 > end - pos:
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
            i4 = DeleteTopicsResponse_DeletableTopicResult(name=f5, error_code=f8)
            f2.append(i4)
    r = DeleteTopicsResponse(throttle_time_ms=f1, responses=f2)
    return r, pos


def encode_delete_topics_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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


def decode_delete_topics_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 4 > end - pos:
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
            i4 = DeleteTopicsResponse_DeletableTopicResult(name=f5, error_code=f8)
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
            f2.append(i4)
    r = DeleteTopicsResponse(throttle_time_ms=f1, responses=f2)
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


def encode_delete_topics_response_v4(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            w(_S_hb.pack(i3.error_code, 0))
    w(b"\0")


def decode_delete_topics_response_v5(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 5 > end - pos:
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
            i4 = DeleteTopicsResponse_DeletableTopicResult(name=f5, error_code=f8, error_message=f9)
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
            f2.append(i4)
    r = DeleteTopicsResponse(throttle_time_ms=f1, responses=f2)
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
    return r, pos


def encode_delete_topics_response_v5(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
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
            w(b"\0")
    w(b"\0")


def decode_delete_topics_response_v6(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Responses')
    else:
        if n3 * 21 > end - pos:
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
                f5 = None
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
            i4 = DeleteTopicsResponse_DeletableTopicResult(name=f5, topic_id=f8, error_code=f9, error_message=f10)
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
    r = DeleteTopicsResponse(throttle_time_ms=f1, responses=f2)
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
    return r, pos


def encode_delete_topics_response_v6(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.responses
    if x1 is None:
        raise_null('Responses')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.name
            if x4 is None:
                w(b"\0")
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
            w(b"\0")
    w(b"\0")
