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

_S_T = _Packer(">?")
_S_TT = _Packer(">??")
_S_TTb = _Packer(">??b")
_S_TbT = _Packer(">?b?")
_S_b = _Packer(">b")
_S_bb = _Packer(">bb")
_S_h = _Packer(">h")
_S_i = _Packer(">i")


class DescribeConfigsRequest_DescribeConfigsResource(Struct):
    __slots__ = ('resource_type', 'resource_name', 'configuration_keys')

    def __init__(
        self,
        *,
        resource_type: Any = 0,
        resource_name: Any = '',
        configuration_keys: Any = MISSING,
    ) -> None:
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configuration_keys = [] if configuration_keys is MISSING else configuration_keys


class DescribeConfigsRequest(Struct):
    __slots__ = ('resources', 'include_synonyms', 'include_documentation')

    def __init__(
        self,
        *,
        resources: Any = MISSING,
        include_synonyms: Any = False,
        include_documentation: Any = False,
    ) -> None:
        self.resources = [] if resources is MISSING else resources
        self.include_synonyms = include_synonyms
        self.include_documentation = include_documentation


DescribeConfigsRequest.DescribeConfigsResource = DescribeConfigsRequest_DescribeConfigsResource  # type: ignore[attr-defined]


def decode_describe_configs_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 7 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('ResourceName')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                f8 = None
            else:
                if n9 * 2 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (n11,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n11 < 0:
                        raise_null('ConfigurationKeys')
                    else:
                        e12 = pos + n11
                        if e12 > end:
                            raise_short()
                        i10 = str(buf[pos:e12], "utf-8")
                        pos = e12
                    f8.append(i10)
            i3 = DescribeConfigsRequest_DescribeConfigsResource(resource_type=f4, resource_name=f5, configuration_keys=f8)
            f1.append(i3)
    (f13,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeConfigsRequest(resources=f1, include_synonyms=f13)
    return r, pos


def encode_describe_configs_request_v1(r, w, extend):
    if r.include_documentation != False:
        raise_absent('IncludeDocumentation')
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_b.pack(i2.resource_type))
            x3 = i2.resource_name
            if x3 is None:
                raise_null('ResourceName')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.configuration_keys
            if x4 is None:
                w(b"\xff\xff\xff\xff")
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    x6 = i5
                    if x6 is None:
                        raise_null('ConfigurationKeys')
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
    w(_S_T.pack(r.include_synonyms))


def decode_describe_configs_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 7 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('ResourceName')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                f8 = None
            else:
                if n9 * 2 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (n11,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n11 < 0:
                        raise_null('ConfigurationKeys')
                    else:
                        e12 = pos + n11
                        if e12 > end:
                            raise_short()
                        i10 = str(buf[pos:e12], "utf-8")
                        pos = e12
                    f8.append(i10)
            i3 = DescribeConfigsRequest_DescribeConfigsResource(resource_type=f4, resource_name=f5, configuration_keys=f8)
            f1.append(i3)
    (f13,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = DescribeConfigsRequest(resources=f1, include_synonyms=f13)
    return r, pos


def encode_describe_configs_request_v2(r, w, extend):
    if r.include_documentation != False:
        raise_absent('IncludeDocumentation')
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_b.pack(i2.resource_type))
            x3 = i2.resource_name
            if x3 is None:
                raise_null('ResourceName')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.configuration_keys
            if x4 is None:
                w(b"\xff\xff\xff\xff")
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    x6 = i5
                    if x6 is None:
                        raise_null('ConfigurationKeys')
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
    w(_S_T.pack(r.include_synonyms))


def decode_describe_configs_request_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (n2,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 7 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n6,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n6 < 0:
                raise_null('ResourceName')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (n9,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n9 < 0:
                f8 = None
            else:
                if n9 * 2 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    (n11,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n11 < 0:
                        raise_null('ConfigurationKeys')
                    else:
                        e12 = pos + n11
                        if e12 > end:
                            raise_short()
                        i10 = str(buf[pos:e12], "utf-8")
                        pos = e12
                    f8.append(i10)
            i3 = DescribeConfigsRequest_DescribeConfigsResource(resource_type=f4, resource_name=f5, configuration_keys=f8)
            f1.append(i3)
    (f13, f14) = _S_TT.unpack_from(buf, pos)
    pos += 2
    r = DescribeConfigsRequest(resources=f1, include_synonyms=f13, include_documentation=f14)
    return r, pos


def encode_describe_configs_request_v3(r, w, extend):
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_b.pack(i2.resource_type))
            x3 = i2.resource_name
            if x3 is None:
                raise_null('ResourceName')
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            x4 = i2.configuration_keys
            if x4 is None:
                w(b"\xff\xff\xff\xff")
            else:
                w(_S_i.pack(len(x4)))
                for i5 in x4:
                    x6 = i5
                    if x6 is None:
                        raise_null('ConfigurationKeys')
                    else:
                        x6 = x6.encode()
                        w(_S_h.pack(len(x6)))
                        w(x6)
    w(_S_TT.pack(r.include_synonyms, r.include_documentation))


def decode_describe_configs_request_v4(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Resources')
    else:
        if n2 * 4 > end - pos:
            raise_short()
        room -= n2
        if room < 0:
            raise_many()
        f1 = []
        for _ in range(n2):
            (f4,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n6 = buf[pos]
            pos += 1
            if n6 > 127:
                n6, pos = read_uvarint(buf, pos - 1)
            n6 -= 1
            if n6 < 0:
                raise_null('ResourceName')
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
                f8 = None
            else:
                if n9 * 1 > end - pos:
                    raise_short()
                room -= n9
                if room < 0:
                    raise_many()
                f8 = []
                for _ in range(n9):
                    n11 = buf[pos]
                    pos += 1
                    if n11 > 127:
                        n11, pos = read_uvarint(buf, pos - 1)
                    n11 -= 1
                    if n11 < 0:
                        raise_null('ConfigurationKeys')
                    else:
                        e12 = pos + n11
                        if e12 > end:
                            raise_short()
                        i10 = str(buf[pos:e12], "utf-8")
                        pos = e12
                    f8.append(i10)
            i3 = DescribeConfigsRequest_DescribeConfigsResource(resource_type=f4, resource_name=f5, configuration_keys=f8)
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
            f1.append(i3)
    (f16, f17) = _S_TT.unpack_from(buf, pos)
    pos += 2
    r = DescribeConfigsRequest(resources=f1, include_synonyms=f16, include_documentation=f17)
    if buf[pos] == 0:
        pos += 1
    else:
        c18, pos = read_uvarint(buf, pos)
        if c18 * 2 > end - pos:
            raise_short()
        for _ in range(c18):
            t19, pos = read_uvarint(buf, pos)
            s20, pos = read_uvarint(buf, pos)
            s20 += pos
            if s20 > end:
                raise_short()
            pos = s20
    return r, pos


def encode_describe_configs_request_v4(r, w, extend):
    x1 = r.resources
    if x1 is None:
        raise_null('Resources')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_b.pack(i3.resource_type))
            x4 = i3.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            x6 = i3.configuration_keys
            if x6 is None:
                w(b"\0")
            else:
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                for i8 in x6:
                    x9 = i8
                    if x9 is None:
                        raise_null('ConfigurationKeys')
                    else:
                        x9 = x9.encode()
                        n10 = len(x9) + 1
                        w(ONE[n10] if n10 < 128 else uvarint(n10))
                        w(x9)
            w(b"\0")
    w(_S_TTb.pack(r.include_synonyms, r.include_documentation, 0))


class DescribeConfigsResponse_DescribeConfigsSynonym(Struct):
    __slots__ = ('name', 'value', 'source')

    def __init__(
        self,
        *,
        name: Any = '',
        value: Any = '',
        source: Any = 0,
    ) -> None:
        self.name = name
        self.value = value
        self.source = source


class DescribeConfigsResponse_DescribeConfigsResourceResult(Struct):
    __slots__ = ('name', 'value', 'read_only', 'config_source', 'is_sensitive', 'synonyms', 'config_type', 'documentation')

    def __init__(
        self,
        *,
        name: Any = '',
        value: Any = '',
        read_only: Any = False,
        config_source: Any = -1,
        is_sensitive: Any = False,
        synonyms: Any = MISSING,
        config_type: Any = 0,
        documentation: Any = '',
    ) -> None:
        self.name = name
        self.value = value
        self.read_only = read_only
        self.config_source = config_source
        self.is_sensitive = is_sensitive
        self.synonyms = [] if synonyms is MISSING else synonyms
        self.config_type = config_type
        self.documentation = documentation


class DescribeConfigsResponse_DescribeConfigsResult(Struct):
    __slots__ = ('error_code', 'error_message', 'resource_type', 'resource_name', 'configs')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        error_message: Any = '',
        resource_type: Any = 0,
        resource_name: Any = '',
        configs: Any = MISSING,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.resource_type = resource_type
        self.resource_name = resource_name
        self.configs = [] if configs is MISSING else configs


class DescribeConfigsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is MISSING else results


DescribeConfigsResponse.DescribeConfigsResult = DescribeConfigsResponse_DescribeConfigsResult  # type: ignore[attr-defined]
DescribeConfigsResponse.DescribeConfigsResourceResult = DescribeConfigsResponse_DescribeConfigsResourceResult  # type: ignore[attr-defined]
DescribeConfigsResponse.DescribeConfigsSynonym = DescribeConfigsResponse_DescribeConfigsSynonym  # type: ignore[attr-defined]


def decode_describe_configs_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                f6 = None
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (n14,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n14 < 0:
                raise_null('Configs')
            else:
                if n14 * 11 > end - pos:
                    raise_short()
                room -= n14
                if room < 0:
                    raise_many()
                f13 = []
                for _ in range(n14):
                    (n17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n17 < 0:
                        raise_null('Name')
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = str(buf[pos:e18], "utf-8")
                        pos = e18
                    (n20,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n20 < 0:
                        f19 = None
                    else:
                        e21 = pos + n20
                        if e21 > end:
                            raise_short()
                        f19 = str(buf[pos:e21], "utf-8")
                        pos = e21
                    (f22, f23, f24) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    (n26,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n26 < 0:
                        raise_null('Synonyms')
                    else:
                        if n26 * 5 > end - pos:
                            raise_short()
                        room -= n26
                        if room < 0:
                            raise_many()
                        f25 = []
                        for _ in range(n26):
                            (n29,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n29 < 0:
                                raise_null('Name')
                            else:
                                e30 = pos + n29
                                if e30 > end:
                                    raise_short()
                                f28 = str(buf[pos:e30], "utf-8")
                                pos = e30
                            (n32,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n32 < 0:
                                f31 = None
                            else:
                                e33 = pos + n32
                                if e33 > end:
                                    raise_short()
                                f31 = str(buf[pos:e33], "utf-8")
                                pos = e33
                            (f34,) = _S_b.unpack_from(buf, pos)
                            pos += 1
                            i27 = DescribeConfigsResponse_DescribeConfigsSynonym(name=f28, value=f31, source=f34)
                            f25.append(i27)
                    i15 = DescribeConfigsResponse_DescribeConfigsResourceResult(name=f16, value=f19, read_only=f22, config_source=f23, is_sensitive=f24, synonyms=f25)
                    f13.append(i15)
            i4 = DescribeConfigsResponse_DescribeConfigsResult(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10, configs=f13)
            f2.append(i4)
    r = DescribeConfigsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_describe_configs_response_v1(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_h.pack(i2.error_code))
            x3 = i2.error_message
            if x3 is None:
                w(b"\xff\xff")
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_b.pack(i2.resource_type))
            x4 = i2.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.configs
            if x5 is None:
                raise_null('Configs')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    x7 = i6.name
                    if x7 is None:
                        raise_null('Name')
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
                    x8 = i6.value
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)
                    w(_S_TbT.pack(i6.read_only, i6.config_source, i6.is_sensitive))
                    x9 = i6.synonyms
                    if x9 is None:
                        raise_null('Synonyms')
                    else:
                        w(_S_i.pack(len(x9)))
                        for i10 in x9:
                            x11 = i10.name
                            if x11 is None:
                                raise_null('Name')
                            else:
                                x11 = x11.encode()
                                w(_S_h.pack(len(x11)))
                                w(x11)
                            x12 = i10.value
                            if x12 is None:
                                w(b"\xff\xff")
                            else:
                                x12 = x12.encode()
                                w(_S_h.pack(len(x12)))
                                w(x12)
                            w(_S_b.pack(i10.source))


def decode_describe_configs_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                f6 = None
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (n14,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n14 < 0:
                raise_null('Configs')
            else:
                if n14 * 11 > end - pos:
                    raise_short()
                room -= n14
                if room < 0:
                    raise_many()
                f13 = []
                for _ in range(n14):
                    (n17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n17 < 0:
                        raise_null('Name')
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = str(buf[pos:e18], "utf-8")
                        pos = e18
                    (n20,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n20 < 0:
                        f19 = None
                    else:
                        e21 = pos + n20
                        if e21 > end:
                            raise_short()
                        f19 = str(buf[pos:e21], "utf-8")
                        pos = e21
                    (f22, f23, f24) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    (n26,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n26 < 0:
                        raise_null('Synonyms')
                    else:
                        if n26 * 5 > end - pos:
                            raise_short()
                        room -= n26
                        if room < 0:
                            raise_many()
                        f25 = []
                        for _ in range(n26):
                            (n29,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n29 < 0:
                                raise_null('Name')
                            else:
                                e30 = pos + n29
                                if e30 > end:
                                    raise_short()
                                f28 = str(buf[pos:e30], "utf-8")
                                pos = e30
                            (n32,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n32 < 0:
                                f31 = None
                            else:
                                e33 = pos + n32
                                if e33 > end:
                                    raise_short()
                                f31 = str(buf[pos:e33], "utf-8")
                                pos = e33
                            (f34,) = _S_b.unpack_from(buf, pos)
                            pos += 1
                            i27 = DescribeConfigsResponse_DescribeConfigsSynonym(name=f28, value=f31, source=f34)
                            f25.append(i27)
                    i15 = DescribeConfigsResponse_DescribeConfigsResourceResult(name=f16, value=f19, read_only=f22, config_source=f23, is_sensitive=f24, synonyms=f25)
                    f13.append(i15)
            i4 = DescribeConfigsResponse_DescribeConfigsResult(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10, configs=f13)
            f2.append(i4)
    r = DescribeConfigsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_describe_configs_response_v2(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_h.pack(i2.error_code))
            x3 = i2.error_message
            if x3 is None:
                w(b"\xff\xff")
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_b.pack(i2.resource_type))
            x4 = i2.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.configs
            if x5 is None:
                raise_null('Configs')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    x7 = i6.name
                    if x7 is None:
                        raise_null('Name')
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
                    x8 = i6.value
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)
                    w(_S_TbT.pack(i6.read_only, i6.config_source, i6.is_sensitive))
                    x9 = i6.synonyms
                    if x9 is None:
                        raise_null('Synonyms')
                    else:
                        w(_S_i.pack(len(x9)))
                        for i10 in x9:
                            x11 = i10.name
                            if x11 is None:
                                raise_null('Name')
                            else:
                                x11 = x11.encode()
                                w(_S_h.pack(len(x11)))
                                w(x11)
                            x12 = i10.value
                            if x12 is None:
                                w(b"\xff\xff")
                            else:
                                x12 = x12.encode()
                                w(_S_h.pack(len(x12)))
                                w(x12)
                            w(_S_b.pack(i10.source))


def decode_describe_configs_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 11 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            (n7,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n7 < 0:
                f6 = None
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            (n11,) = _S_h.unpack_from(buf, pos)
            pos += 2
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            (n14,) = _S_i.unpack_from(buf, pos)
            pos += 4
            if n14 < 0:
                raise_null('Configs')
            else:
                if n14 * 14 > end - pos:
                    raise_short()
                room -= n14
                if room < 0:
                    raise_many()
                f13 = []
                for _ in range(n14):
                    (n17,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n17 < 0:
                        raise_null('Name')
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = str(buf[pos:e18], "utf-8")
                        pos = e18
                    (n20,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n20 < 0:
                        f19 = None
                    else:
                        e21 = pos + n20
                        if e21 > end:
                            raise_short()
                        f19 = str(buf[pos:e21], "utf-8")
                        pos = e21
                    (f22, f23, f24) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    (n26,) = _S_i.unpack_from(buf, pos)
                    pos += 4
                    if n26 < 0:
                        raise_null('Synonyms')
                    else:
                        if n26 * 5 > end - pos:
                            raise_short()
                        room -= n26
                        if room < 0:
                            raise_many()
                        f25 = []
                        for _ in range(n26):
                            (n29,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n29 < 0:
                                raise_null('Name')
                            else:
                                e30 = pos + n29
                                if e30 > end:
                                    raise_short()
                                f28 = str(buf[pos:e30], "utf-8")
                                pos = e30
                            (n32,) = _S_h.unpack_from(buf, pos)
                            pos += 2
                            if n32 < 0:
                                f31 = None
                            else:
                                e33 = pos + n32
                                if e33 > end:
                                    raise_short()
                                f31 = str(buf[pos:e33], "utf-8")
                                pos = e33
                            (f34,) = _S_b.unpack_from(buf, pos)
                            pos += 1
                            i27 = DescribeConfigsResponse_DescribeConfigsSynonym(name=f28, value=f31, source=f34)
                            f25.append(i27)
                    (f35,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    (n37,) = _S_h.unpack_from(buf, pos)
                    pos += 2
                    if n37 < 0:
                        f36 = None
                    else:
                        e38 = pos + n37
                        if e38 > end:
                            raise_short()
                        f36 = str(buf[pos:e38], "utf-8")
                        pos = e38
                    i15 = DescribeConfigsResponse_DescribeConfigsResourceResult(name=f16, value=f19, read_only=f22, config_source=f23, is_sensitive=f24, synonyms=f25, config_type=f35, documentation=f36)
                    f13.append(i15)
            i4 = DescribeConfigsResponse_DescribeConfigsResult(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10, configs=f13)
            f2.append(i4)
    r = DescribeConfigsResponse(throttle_time_ms=f1, results=f2)
    return r, pos


def encode_describe_configs_response_v3(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_h.pack(i2.error_code))
            x3 = i2.error_message
            if x3 is None:
                w(b"\xff\xff")
            else:
                x3 = x3.encode()
                w(_S_h.pack(len(x3)))
                w(x3)
            w(_S_b.pack(i2.resource_type))
            x4 = i2.resource_name
            if x4 is None:
                raise_null('ResourceName')
            else:
                x4 = x4.encode()
                w(_S_h.pack(len(x4)))
                w(x4)
            x5 = i2.configs
            if x5 is None:
                raise_null('Configs')
            else:
                w(_S_i.pack(len(x5)))
                for i6 in x5:
                    x7 = i6.name
                    if x7 is None:
                        raise_null('Name')
                    else:
                        x7 = x7.encode()
                        w(_S_h.pack(len(x7)))
                        w(x7)
                    x8 = i6.value
                    if x8 is None:
                        w(b"\xff\xff")
                    else:
                        x8 = x8.encode()
                        w(_S_h.pack(len(x8)))
                        w(x8)
                    w(_S_TbT.pack(i6.read_only, i6.config_source, i6.is_sensitive))
                    x9 = i6.synonyms
                    if x9 is None:
                        raise_null('Synonyms')
                    else:
                        w(_S_i.pack(len(x9)))
                        for i10 in x9:
                            x11 = i10.name
                            if x11 is None:
                                raise_null('Name')
                            else:
                                x11 = x11.encode()
                                w(_S_h.pack(len(x11)))
                                w(x11)
                            x12 = i10.value
                            if x12 is None:
                                w(b"\xff\xff")
                            else:
                                x12 = x12.encode()
                                w(_S_h.pack(len(x12)))
                                w(x12)
                            w(_S_b.pack(i10.source))
                    w(_S_b.pack(i6.config_type))
                    x13 = i6.documentation
                    if x13 is None:
                        w(b"\xff\xff")
                    else:
                        x13 = x13.encode()
                        w(_S_h.pack(len(x13)))
                        w(x13)


def decode_describe_configs_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('Results')
    else:
        if n3 * 7 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n7 = buf[pos]
            pos += 1
            if n7 > 127:
                n7, pos = read_uvarint(buf, pos - 1)
            n7 -= 1
            if n7 < 0:
                f6 = None
            else:
                e8 = pos + n7
                if e8 > end:
                    raise_short()
                f6 = str(buf[pos:e8], "utf-8")
                pos = e8
            (f9,) = _S_b.unpack_from(buf, pos)
            pos += 1
            n11 = buf[pos]
            pos += 1
            if n11 > 127:
                n11, pos = read_uvarint(buf, pos - 1)
            n11 -= 1
            if n11 < 0:
                raise_null('ResourceName')
            else:
                e12 = pos + n11
                if e12 > end:
                    raise_short()
                f10 = str(buf[pos:e12], "utf-8")
                pos = e12
            n14 = buf[pos]
            pos += 1
            if n14 > 127:
                n14, pos = read_uvarint(buf, pos - 1)
            n14 -= 1
            if n14 < 0:
                raise_null('Configs')
            else:
                if n14 * 9 > end - pos:
                    raise_short()
                room -= n14
                if room < 0:
                    raise_many()
                f13 = []
                for _ in range(n14):
                    n17 = buf[pos]
                    pos += 1
                    if n17 > 127:
                        n17, pos = read_uvarint(buf, pos - 1)
                    n17 -= 1
                    if n17 < 0:
                        raise_null('Name')
                    else:
                        e18 = pos + n17
                        if e18 > end:
                            raise_short()
                        f16 = str(buf[pos:e18], "utf-8")
                        pos = e18
                    n20 = buf[pos]
                    pos += 1
                    if n20 > 127:
                        n20, pos = read_uvarint(buf, pos - 1)
                    n20 -= 1
                    if n20 < 0:
                        f19 = None
                    else:
                        e21 = pos + n20
                        if e21 > end:
                            raise_short()
                        f19 = str(buf[pos:e21], "utf-8")
                        pos = e21
                    (f22, f23, f24) = _S_TbT.unpack_from(buf, pos)
                    pos += 3
                    n26 = buf[pos]
                    pos += 1
                    if n26 > 127:
                        n26, pos = read_uvarint(buf, pos - 1)
                    n26 -= 1
                    if n26 < 0:
                        raise_null('Synonyms')
                    else:
                        if n26 * 4 > end - pos:
                            raise_short()
                        room -= n26
                        if room < 0:
                            raise_many()
                        f25 = []
                        for _ in range(n26):
                            n29 = buf[pos]
                            pos += 1
                            if n29 > 127:
                                n29, pos = read_uvarint(buf, pos - 1)
                            n29 -= 1
                            if n29 < 0:
                                raise_null('Name')
                            else:
                                e30 = pos + n29
                                if e30 > end:
                                    raise_short()
                                f28 = str(buf[pos:e30], "utf-8")
                                pos = e30
                            n32 = buf[pos]
                            pos += 1
                            if n32 > 127:
                                n32, pos = read_uvarint(buf, pos - 1)
                            n32 -= 1
                            if n32 < 0:
                                f31 = None
                            else:
                                e33 = pos + n32
                                if e33 > end:
                                    raise_short()
                                f31 = str(buf[pos:e33], "utf-8")
                                pos = e33
                            (f34,) = _S_b.unpack_from(buf, pos)
                            pos += 1
                            i27 = DescribeConfigsResponse_DescribeConfigsSynonym(name=f28, value=f31, source=f34)
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
                            f25.append(i27)
                    (f38,) = _S_b.unpack_from(buf, pos)
                    pos += 1
                    n40 = buf[pos]
                    pos += 1
                    if n40 > 127:
                        n40, pos = read_uvarint(buf, pos - 1)
                    n40 -= 1
                    if n40 < 0:
                        f39 = None
                    else:
                        e41 = pos + n40
                        if e41 > end:
                            raise_short()
                        f39 = str(buf[pos:e41], "utf-8")
                        pos = e41
                    i15 = DescribeConfigsResponse_DescribeConfigsResourceResult(name=f16, value=f19, read_only=f22, config_source=f23, is_sensitive=f24, synonyms=f25, config_type=f38, documentation=f39)
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
                    f13.append(i15)
            i4 = DescribeConfigsResponse_DescribeConfigsResult(error_code=f5, error_message=f6, resource_type=f9, resource_name=f10, configs=f13)
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
            f2.append(i4)
    r = DescribeConfigsResponse(throttle_time_ms=f1, results=f2)
    if buf[pos] == 0:
        pos += 1
    else:
        c48, pos = read_uvarint(buf, pos)
        if c48 * 2 > end - pos:
            raise_short()
        for _ in range(c48):
            t49, pos = read_uvarint(buf, pos)
            s50, pos = read_uvarint(buf, pos)
            s50 += pos
            if s50 > end:
                raise_short()
            pos = s50
    return r, pos


def encode_describe_configs_response_v4(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_h.pack(i3.error_code))
            x4 = i3.error_message
            if x4 is None:
                w(b"\0")
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_b.pack(i3.resource_type))
            x6 = i3.resource_name
            if x6 is None:
                raise_null('ResourceName')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            x8 = i3.configs
            if x8 is None:
                raise_null('Configs')
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
                    w(_S_TbT.pack(i10.read_only, i10.config_source, i10.is_sensitive))
                    x15 = i10.synonyms
                    if x15 is None:
                        raise_null('Synonyms')
                    else:
                        n16 = len(x15) + 1
                        w(ONE[n16] if n16 < 128 else uvarint(n16))
                        for i17 in x15:
                            x18 = i17.name
                            if x18 is None:
                                raise_null('Name')
                            else:
                                x18 = x18.encode()
                                n19 = len(x18) + 1
                                w(ONE[n19] if n19 < 128 else uvarint(n19))
                                w(x18)
                            x20 = i17.value
                            if x20 is None:
                                w(b"\0")
                            else:
                                x20 = x20.encode()
                                n21 = len(x20) + 1
                                w(ONE[n21] if n21 < 128 else uvarint(n21))
                                w(x20)
                            w(_S_bb.pack(i17.source, 0))
                    w(_S_b.pack(i10.config_type))
                    x22 = i10.documentation
                    if x22 is None:
                        w(b"\0")
                    else:
                        x22 = x22.encode()
                        n23 = len(x22) + 1
                        w(ONE[n23] if n23 < 128 else uvarint(n23))
                        w(x22)
                    w(b"\0")
            w(b"\0")
    w(b"\0")
