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
_S_q = _Packer(">q")
_S_qb = _Packer(">qb")


class SaslAuthenticateRequest(Struct):
    __slots__ = ('auth_bytes',)

    def __init__(
        self,
        *,
        auth_bytes: Any = b'',
    ) -> None:
        self.auth_bytes = auth_bytes




def decode_sasl_authenticate_request_v0(buf, pos, end):
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('AuthBytes')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = bytes(buf[pos:e3])
        pos = e3
    r = SaslAuthenticateRequest(auth_bytes=f1)
    return r, pos


def encode_sasl_authenticate_request_v0(r, w, extend):
    x1 = r.auth_bytes
    if x1 is None:
        raise_null('AuthBytes')
    else:
        w(_S_i.pack(len(x1)))
        w(x1)


def decode_sasl_authenticate_request_v1(buf, pos, end):
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('AuthBytes')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = bytes(buf[pos:e3])
        pos = e3
    r = SaslAuthenticateRequest(auth_bytes=f1)
    return r, pos


def encode_sasl_authenticate_request_v1(r, w, extend):
    x1 = r.auth_bytes
    if x1 is None:
        raise_null('AuthBytes')
    else:
        w(_S_i.pack(len(x1)))
        w(x1)


def decode_sasl_authenticate_request_v2(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('AuthBytes')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = bytes(buf[pos:e3])
        pos = e3
    r = SaslAuthenticateRequest(auth_bytes=f1)
    if buf[pos] == 0:
        pos += 1
    else:
        c4, pos = read_uvarint(buf, pos)
        if c4 * 2 > end - pos:
            raise_short()
        for _ in range(c4):
            t5, pos = read_uvarint(buf, pos)
            s6, pos = read_uvarint(buf, pos)
            s6 += pos
            if s6 > end:
                raise_short()
            pos = s6
    return r, pos


def encode_sasl_authenticate_request_v2(r, w, extend):
    x1 = r.auth_bytes
    if x1 is None:
        raise_null('AuthBytes')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(b"\0")


class SaslAuthenticateResponse(Struct):
    __slots__ = ('error_code', 'error_message', 'auth_bytes', 'session_lifetime_ms')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        auth_bytes: Any = b'',
        session_lifetime_ms: Any = 0,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.auth_bytes = auth_bytes
        self.session_lifetime_ms = session_lifetime_ms




def decode_sasl_authenticate_response_v0(buf, pos, end):
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n3 < 0:
        f2 = None
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (n6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n6 < 0:
        raise_null('AuthBytes')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = bytes(buf[pos:e7])
        pos = e7
    r = SaslAuthenticateResponse(error_code=f1, error_message=f2, auth_bytes=f5)
    return r, pos


def encode_sasl_authenticate_response_v0(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.auth_bytes
    if x2 is None:
        raise_null('AuthBytes')
    else:
        w(_S_i.pack(len(x2)))
        w(x2)


def decode_sasl_authenticate_response_v1(buf, pos, end):
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n3 < 0:
        f2 = None
    else:
        e4 = pos + n3
        if e4 > end:
            raise_short()
        f2 = str(buf[pos:e4], "utf-8")
        pos = e4
    (n6,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n6 < 0:
        raise_null('AuthBytes')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = bytes(buf[pos:e7])
        pos = e7
    (f8,) = _S_q.unpack_from(buf, pos)
    pos += 8
    r = SaslAuthenticateResponse(error_code=f1, error_message=f2, auth_bytes=f5, session_lifetime_ms=f8)
    return r, pos


def encode_sasl_authenticate_response_v1(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    x2 = r.auth_bytes
    if x2 is None:
        raise_null('AuthBytes')
    else:
        w(_S_i.pack(len(x2)))
        w(x2)
    w(_S_q.pack(r.session_lifetime_ms))


def decode_sasl_authenticate_response_v2(buf, pos, end):
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
        raise_null('AuthBytes')
    else:
        e7 = pos + n6
        if e7 > end:
            raise_short()
        f5 = bytes(buf[pos:e7])
        pos = e7
    (f8,) = _S_q.unpack_from(buf, pos)
    pos += 8
    r = SaslAuthenticateResponse(error_code=f1, error_message=f2, auth_bytes=f5, session_lifetime_ms=f8)
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
    return r, pos


def encode_sasl_authenticate_response_v2(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.auth_bytes
    if x3 is None:
        raise_null('AuthBytes')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(_S_qb.pack(r.session_lifetime_ms, 0))
