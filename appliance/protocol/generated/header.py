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
_S_hhi = _Packer(">hhi")
_S_i = _Packer(">i")
_S_ib = _Packer(">ib")


class RequestHeader(Struct):
    __slots__ = ('request_api_key', 'request_api_version', 'correlation_id', 'client_id')

    def __init__(
        self,
        *,
        request_api_key: Any = 0,
        request_api_version: Any = 0,
        correlation_id: Any = 0,
        client_id: Any = '',
    ) -> None:
        self.request_api_key = request_api_key
        self.request_api_version = request_api_version
        self.correlation_id = correlation_id
        self.client_id = client_id




def decode_request_header_v1(buf, pos, end):
    (f1, f2, f3) = _S_hhi.unpack_from(buf, pos)
    pos += 8
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        f4 = None
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = RequestHeader(request_api_key=f1, request_api_version=f2, correlation_id=f3, client_id=f4)
    return r, pos


def encode_request_header_v1(r, w, extend):
    w(_S_hhi.pack(r.request_api_key, r.request_api_version, r.correlation_id))
    x1 = r.client_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)


def decode_request_header_v2(buf, pos, end):
    (f1, f2, f3) = _S_hhi.unpack_from(buf, pos)
    pos += 8
    (n5,) = _S_h.unpack_from(buf, pos)
    pos += 2
    if n5 < 0:
        f4 = None
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = RequestHeader(request_api_key=f1, request_api_version=f2, correlation_id=f3, client_id=f4)
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


def encode_request_header_v2(r, w, extend):
    w(_S_hhi.pack(r.request_api_key, r.request_api_version, r.correlation_id))
    x1 = r.client_id
    if x1 is None:
        w(b"\xff\xff")
    else:
        x1 = x1.encode()
        w(_S_h.pack(len(x1)))
        w(x1)
    w(b"\0")


class ResponseHeader(Struct):
    __slots__ = ('correlation_id',)

    def __init__(
        self,
        *,
        correlation_id: Any = 0,
    ) -> None:
        self.correlation_id = correlation_id




def decode_response_header_v0(buf, pos, end):
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ResponseHeader(correlation_id=f1)
    return r, pos


def encode_response_header_v0(r, w, extend):
    w(_S_i.pack(r.correlation_id))


def decode_response_header_v1(buf, pos, end):
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ResponseHeader(correlation_id=f1)
    if buf[pos] == 0:
        pos += 1
    else:
        c2, pos = read_uvarint(buf, pos)
        if c2 * 2 > end - pos:
            raise_short()
        for _ in range(c2):
            t3, pos = read_uvarint(buf, pos)
            s4, pos = read_uvarint(buf, pos)
            s4 += pos
            if s4 > end:
                raise_short()
            pos = s4
    return r, pos


def encode_response_header_v1(r, w, extend):
    w(_S_ib.pack(r.correlation_id, 0))
