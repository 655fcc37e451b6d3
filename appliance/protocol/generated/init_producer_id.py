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
_S_ib = _Packer(">ib")
_S_ihqh = _Packer(">ihqh")
_S_ihqhb = _Packer(">ihqhb")
_S_iqh = _Packer(">iqh")
_S_iqhb = _Packer(">iqhb")


class InitProducerIdRequest(Struct):
    __slots__ = ('transactional_id', 'transaction_timeout_ms', 'producer_id', 'producer_epoch')

    def __init__(
        self,
        *,
        transactional_id: Any = '',
        transaction_timeout_ms: Any = 0,
        producer_id: Any = -1,
        producer_epoch: Any = -1,
    ) -> None:
        self.transactional_id = transactional_id
        self.transaction_timeout_ms = transaction_timeout_ms
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch




def decode_init_producer_id_request_v0(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = InitProducerIdRequest(transactional_id=f1, transaction_timeout_ms=f4)
    return r, pos


def encode_init_producer_id_request_v0(r, w, extend):
    if r.producer_id != -1:
        raise_absent('ProducerId')
    if r.producer_epoch != -1:
        raise_absent('ProducerEpoch')
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.transaction_timeout_ms))


def decode_init_producer_id_request_v1(buf, pos, end):
    (n2,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = InitProducerIdRequest(transactional_id=f1, transaction_timeout_ms=f4)
    return r, pos


def encode_init_producer_id_request_v1(r, w, extend):
    if r.producer_id != -1:
        raise_absent('ProducerId')
    if r.producer_epoch != -1:
        raise_absent('ProducerEpoch')
    x1 = r.transactional_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(_S_i.pack(r.transaction_timeout_ms))


def decode_init_producer_id_request_v2(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = InitProducerIdRequest(transactional_id=f1, transaction_timeout_ms=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c5, pos = read_uvarint(buf, pos)
        if c5 * 2 > end - pos:
            raise_short()
        for _ in range(c5):
            t6, pos = read_uvarint(buf, pos)
            s7, pos = read_uvarint(buf, pos)
            s7 += pos
            if s7 > end:
                raise_short()
            pos = s7
    return r, pos


def encode_init_producer_id_request_v2(r, w, extend):
    if r.producer_id != -1:
        raise_absent('ProducerId')
    if r.producer_epoch != -1:
        raise_absent('ProducerEpoch')
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_ib.pack(r.transaction_timeout_ms, 0))


def decode_init_producer_id_request_v3(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5, f6) = _S_iqh.unpack_from(buf, pos)
    pos += 14
    r = InitProducerIdRequest(transactional_id=f1, transaction_timeout_ms=f4, producer_id=f5, producer_epoch=f6)
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


def encode_init_producer_id_request_v3(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_iqhb.pack(r.transaction_timeout_ms, r.producer_id, r.producer_epoch, 0))


def decode_init_producer_id_request_v4(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5, f6) = _S_iqh.unpack_from(buf, pos)
    pos += 14
    r = InitProducerIdRequest(transactional_id=f1, transaction_timeout_ms=f4, producer_id=f5, producer_epoch=f6)
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


def encode_init_producer_id_request_v4(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_iqhb.pack(r.transaction_timeout_ms, r.producer_id, r.producer_epoch, 0))


def decode_init_producer_id_request_v5(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        f1 = None
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    (f4, f5, f6) = _S_iqh.unpack_from(buf, pos)
    pos += 14
    r = InitProducerIdRequest(transactional_id=f1, transaction_timeout_ms=f4, producer_id=f5, producer_epoch=f6)
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


def encode_init_producer_id_request_v5(r, w, extend):
    x1 = r.transactional_id
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(_S_iqhb.pack(r.transaction_timeout_ms, r.producer_id, r.producer_epoch, 0))


class InitProducerIdResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'producer_id', 'producer_epoch')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        producer_id: Any = -1,
        producer_epoch: Any = 0,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch




def decode_init_producer_id_response_v0(buf, pos, end):
    (f1, f2, f3, f4) = _S_ihqh.unpack_from(buf, pos)
    pos += 16
    r = InitProducerIdResponse(throttle_time_ms=f1, error_code=f2, producer_id=f3, producer_epoch=f4)
    return r, pos


def encode_init_producer_id_response_v0(r, w, extend):
    w(_S_ihqh.pack(r.throttle_time_ms, r.error_code, r.producer_id, r.producer_epoch))


def decode_init_producer_id_response_v1(buf, pos, end):
    (f1, f2, f3, f4) = _S_ihqh.unpack_from(buf, pos)
    pos += 16
    r = InitProducerIdResponse(throttle_time_ms=f1, error_code=f2, producer_id=f3, producer_epoch=f4)
    return r, pos


def encode_init_producer_id_response_v1(r, w, extend):
    w(_S_ihqh.pack(r.throttle_time_ms, r.error_code, r.producer_id, r.producer_epoch))


def decode_init_producer_id_response_v2(buf, pos, end):
    (f1, f2, f3, f4) = _S_ihqh.unpack_from(buf, pos)
    pos += 16
    r = InitProducerIdResponse(throttle_time_ms=f1, error_code=f2, producer_id=f3, producer_epoch=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c5, pos = read_uvarint(buf, pos)
        if c5 * 2 > end - pos:
            raise_short()
        for _ in range(c5):
            t6, pos = read_uvarint(buf, pos)
            s7, pos = read_uvarint(buf, pos)
            s7 += pos
            if s7 > end:
                raise_short()
            pos = s7
    return r, pos


def encode_init_producer_id_response_v2(r, w, extend):
    w(_S_ihqhb.pack(r.throttle_time_ms, r.error_code, r.producer_id, r.producer_epoch, 0))


def decode_init_producer_id_response_v3(buf, pos, end):
    (f1, f2, f3, f4) = _S_ihqh.unpack_from(buf, pos)
    pos += 16
    r = InitProducerIdResponse(throttle_time_ms=f1, error_code=f2, producer_id=f3, producer_epoch=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c5, pos = read_uvarint(buf, pos)
        if c5 * 2 > end - pos:
            raise_short()
        for _ in range(c5):
            t6, pos = read_uvarint(buf, pos)
            s7, pos = read_uvarint(buf, pos)
            s7 += pos
            if s7 > end:
                raise_short()
            pos = s7
    return r, pos


def encode_init_producer_id_response_v3(r, w, extend):
    w(_S_ihqhb.pack(r.throttle_time_ms, r.error_code, r.producer_id, r.producer_epoch, 0))


def decode_init_producer_id_response_v4(buf, pos, end):
    (f1, f2, f3, f4) = _S_ihqh.unpack_from(buf, pos)
    pos += 16
    r = InitProducerIdResponse(throttle_time_ms=f1, error_code=f2, producer_id=f3, producer_epoch=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c5, pos = read_uvarint(buf, pos)
        if c5 * 2 > end - pos:
            raise_short()
        for _ in range(c5):
            t6, pos = read_uvarint(buf, pos)
            s7, pos = read_uvarint(buf, pos)
            s7 += pos
            if s7 > end:
                raise_short()
            pos = s7
    return r, pos


def encode_init_producer_id_response_v4(r, w, extend):
    w(_S_ihqhb.pack(r.throttle_time_ms, r.error_code, r.producer_id, r.producer_epoch, 0))


def decode_init_producer_id_response_v5(buf, pos, end):
    (f1, f2, f3, f4) = _S_ihqh.unpack_from(buf, pos)
    pos += 16
    r = InitProducerIdResponse(throttle_time_ms=f1, error_code=f2, producer_id=f3, producer_epoch=f4)
    if buf[pos] == 0:
        pos += 1
    else:
        c5, pos = read_uvarint(buf, pos)
        if c5 * 2 > end - pos:
            raise_short()
        for _ in range(c5):
            t6, pos = read_uvarint(buf, pos)
            s7, pos = read_uvarint(buf, pos)
            s7 += pos
            if s7 > end:
                raise_short()
            pos = s7
    return r, pos


def encode_init_producer_id_response_v5(r, w, extend):
    w(_S_ihqhb.pack(r.throttle_time_ms, r.error_code, r.producer_id, r.producer_epoch, 0))
