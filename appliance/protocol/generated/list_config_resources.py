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

_S_b = _Packer(">b")
_S_bb = _Packer(">bb")
_S_ih = _Packer(">ih")


class ListConfigResourcesRequest(Struct):
    __slots__ = ('resource_types',)

    def __init__(
        self,
        *,
        resource_types: Any = MISSING,
    ) -> None:
        self.resource_types = [] if resource_types is MISSING else resource_types




def decode_list_config_resources_request_v0(buf, pos, end):
    r = ListConfigResourcesRequest()
    if buf[pos] == 0:
        pos += 1
    else:
        c1, pos = read_uvarint(buf, pos)
        if c1 * 2 > end - pos:
            raise_short()
        for _ in range(c1):
            t2, pos = read_uvarint(buf, pos)
            s3, pos = read_uvarint(buf, pos)
            s3 += pos
            if s3 > end:
                raise_short()
            pos = s3
    return r, pos


def encode_list_config_resources_request_v0(r, w, extend):
    if r.resource_types is None or r.resource_types:
        raise_absent('ResourceTypes')
    w(b"\0")


def decode_list_config_resources_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('ResourceTypes')
    else:
        if n2 * 1 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = list(unpack_from(f">{n2}b", buf, pos))
        pos += n2 * 1
    r = ListConfigResourcesRequest(resource_types=f1)
    if buf[pos] == 0:
        pos += 1
    else:
        c3, pos = read_uvarint(buf, pos)
        if c3 * 2 > end - pos:
            raise_short()
        for _ in range(c3):
            t4, pos = read_uvarint(buf, pos)
            s5, pos = read_uvarint(buf, pos)
            s5 += pos
            if s5 > end:
                raise_short()
            pos = s5
    return r, pos


def encode_list_config_resources_request_v1(r, w, extend):
    x1 = r.resource_types
    if x1 is None:
        raise_null('ResourceTypes')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(pack(f">{len(x1)}b", *x1))
    w(b"\0")


class ListConfigResourcesResponse_ConfigResource(Struct):
    __slots__ = ('resource_name', 'resource_type')

    def __init__(
        self,
        *,
        resource_name: Any = '',
        resource_type: Any = 16,
    ) -> None:
        self.resource_name = resource_name
        self.resource_type = resource_type


class ListConfigResourcesResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'config_resources')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        config_resources: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.config_resources = [] if config_resources is MISSING else config_resources


ListConfigResourcesResponse.ConfigResource = ListConfigResourcesResponse_ConfigResource  # type: ignore[attr-defined]


def decode_list_config_resources_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('ConfigResources')
    else:
        if n4 * 2 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('ResourceName')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            i5 = ListConfigResourcesResponse_ConfigResource(resource_name=f6)
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
            f3.append(i5)
    r = ListConfigResourcesResponse(throttle_time_ms=f1, error_code=f2, config_resources=f3)
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


def encode_list_config_resources_response_v0(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.config_resources
    if x1 is None:
        raise_null('ConfigResources')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(b"\0")
    w(b"\0")


def decode_list_config_resources_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1, f2) = _S_ih.unpack_from(buf, pos)
    pos += 6
    n4 = buf[pos]
    pos += 1
    if n4 > 127:
        n4, pos = read_uvarint(buf, pos - 1)
    n4 -= 1
    if n4 < 0:
        raise_null('ConfigResources')
    else:
        if n4 * 3 > end - pos:
            raise_short()
        room -= n4
        if room < 0:
            raise_many()
        f3 = []
        for _ in range(n4):
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                raise_null('ResourceName')
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            i5 = ListConfigResourcesResponse_ConfigResource(resource_name=f6, resource_type=f9)
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
            f3.append(i5)
    r = ListConfigResourcesResponse(throttle_time_ms=f1, error_code=f2, config_resources=f3)
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


def encode_list_config_resources_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.config_resources
    if x1 is None:
        raise_null('ConfigResources')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_bb.pack(i3.resource_type, 0))
    w(b"\0")
