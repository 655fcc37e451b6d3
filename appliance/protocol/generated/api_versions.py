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
_S_h = _Packer(">h")
_S_hh = _Packer(">hh")
_S_hhb = _Packer(">hhb")
_S_hhh = _Packer(">hhh")
_S_hhhb = _Packer(">hhhb")
_S_i = _Packer(">i")
_S_q = _Packer(">q")


class ApiVersionsRequest(Struct):
    __slots__ = ('client_software_name', 'client_software_version')

    def __init__(
        self,
        *,
        client_software_name: Any = '',
        client_software_version: Any = '',
    ) -> None:
        self.client_software_name = client_software_name
        self.client_software_version = client_software_version




def decode_api_versions_request_v0(buf, pos, end):
    r = ApiVersionsRequest()
    return r, pos


def encode_api_versions_request_v0(r, w, extend):
    pass


def decode_api_versions_request_v1(buf, pos, end):
    r = ApiVersionsRequest()
    return r, pos


def encode_api_versions_request_v1(r, w, extend):
    pass


def decode_api_versions_request_v2(buf, pos, end):
    r = ApiVersionsRequest()
    return r, pos


def encode_api_versions_request_v2(r, w, extend):
    pass


def decode_api_versions_request_v3(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('ClientSoftwareName')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('ClientSoftwareVersion')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = ApiVersionsRequest(client_software_name=f1, client_software_version=f4)
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


def encode_api_versions_request_v3(r, w, extend):
    x1 = r.client_software_name
    if x1 is None:
        raise_null('ClientSoftwareName')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.client_software_version
    if x3 is None:
        raise_null('ClientSoftwareVersion')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(b"\0")


def decode_api_versions_request_v4(buf, pos, end):
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('ClientSoftwareName')
    else:
        e3 = pos + n2
        if e3 > end:
            raise_short()
        f1 = str(buf[pos:e3], "utf-8")
        pos = e3
    n5 = buf[pos]
    pos += 1
    if n5 > 127:
        n5, pos = read_uvarint(buf, pos - 1)
    n5 -= 1
    if n5 < 0:
        raise_null('ClientSoftwareVersion')
    else:
        e6 = pos + n5
        if e6 > end:
            raise_short()
        f4 = str(buf[pos:e6], "utf-8")
        pos = e6
    r = ApiVersionsRequest(client_software_name=f1, client_software_version=f4)
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


def encode_api_versions_request_v4(r, w, extend):
    x1 = r.client_software_name
    if x1 is None:
        raise_null('ClientSoftwareName')
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.client_software_version
    if x3 is None:
        raise_null('ClientSoftwareVersion')
    else:
        x3 = x3.encode()
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        w(x3)
    w(b"\0")


class ApiVersionsResponse_FinalizedFeatureKey(Struct):
    __slots__ = ('name', 'max_version_level', 'min_version_level')

    def __init__(
        self,
        *,
        name: Any = '',
        max_version_level: Any = 0,
        min_version_level: Any = 0,
    ) -> None:
        self.name = name
        self.max_version_level = max_version_level
        self.min_version_level = min_version_level


class ApiVersionsResponse_SupportedFeatureKey(Struct):
    __slots__ = ('name', 'min_version', 'max_version')

    def __init__(
        self,
        *,
        name: Any = '',
        min_version: Any = 0,
        max_version: Any = 0,
    ) -> None:
        self.name = name
        self.min_version = min_version
        self.max_version = max_version


class ApiVersionsResponse_ApiVersion(Struct):
    __slots__ = ('api_key', 'min_version', 'max_version')

    def __init__(
        self,
        *,
        api_key: Any = 0,
        min_version: Any = 0,
        max_version: Any = 0,
    ) -> None:
        self.api_key = api_key
        self.min_version = min_version
        self.max_version = max_version


class ApiVersionsResponse(Struct):
    __slots__ = ('error_code', 'api_keys', 'throttle_time_ms', 'supported_features', 'finalized_features_epoch', 'finalized_features', 'zk_migration_ready')

    def __init__(
        self,
        *,
        error_code: Any = 0,
        api_keys: Any = MISSING,
        throttle_time_ms: Any = 0,
        supported_features: Any = MISSING,
        finalized_features_epoch: Any = -1,
        finalized_features: Any = MISSING,
        zk_migration_ready: Any = False,
    ) -> None:
        self.error_code = error_code
        self.api_keys = [] if api_keys is MISSING else api_keys
        self.throttle_time_ms = throttle_time_ms
        self.supported_features = [] if supported_features is MISSING else supported_features
        self.finalized_features_epoch = finalized_features_epoch
        self.finalized_features = [] if finalized_features is MISSING else finalized_features
        self.zk_migration_ready = zk_migration_ready


ApiVersionsResponse.ApiVersion = ApiVersionsResponse_ApiVersion  # type: ignore[attr-defined]
ApiVersionsResponse.SupportedFeatureKey = ApiVersionsResponse_SupportedFeatureKey  # type: ignore[attr-defined]
ApiVersionsResponse.FinalizedFeatureKey = ApiVersionsResponse_FinalizedFeatureKey  # type: ignore[attr-defined]


def decode_api_versions_response_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('ApiKeys')
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5, f6, f7) = _S_hhh.unpack_from(buf, pos)
            pos += 6
            i4 = ApiVersionsResponse_ApiVersion(api_key=f5, min_version=f6, max_version=f7)
            f2.append(i4)
    r = ApiVersionsResponse(error_code=f1, api_keys=f2)
    return r, pos


def encode_api_versions_response_v0(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.api_keys
    if x1 is None:
        raise_null('ApiKeys')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_hhh.pack(i2.api_key, i2.min_version, i2.max_version))


def decode_api_versions_response_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('ApiKeys')
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5, f6, f7) = _S_hhh.unpack_from(buf, pos)
            pos += 6
            i4 = ApiVersionsResponse_ApiVersion(api_key=f5, min_version=f6, max_version=f7)
            f2.append(i4)
    (f8,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ApiVersionsResponse(error_code=f1, api_keys=f2, throttle_time_ms=f8)
    return r, pos


def encode_api_versions_response_v1(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.api_keys
    if x1 is None:
        raise_null('ApiKeys')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_hhh.pack(i2.api_key, i2.min_version, i2.max_version))
    w(_S_i.pack(r.throttle_time_ms))


def decode_api_versions_response_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    (n3,) = _S_i.unpack_from(buf, pos)
    pos += 4
    if n3 < 0:
        raise_null('ApiKeys')
    else:
        if n3 * 6 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5, f6, f7) = _S_hhh.unpack_from(buf, pos)
            pos += 6
            i4 = ApiVersionsResponse_ApiVersion(api_key=f5, min_version=f6, max_version=f7)
            f2.append(i4)
    (f8,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ApiVersionsResponse(error_code=f1, api_keys=f2, throttle_time_ms=f8)
    return r, pos


def encode_api_versions_response_v2(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.api_keys
    if x1 is None:
        raise_null('ApiKeys')
    else:
        w(_S_i.pack(len(x1)))
        for i2 in x1:
            w(_S_hhh.pack(i2.api_key, i2.min_version, i2.max_version))
    w(_S_i.pack(r.throttle_time_ms))


def decode_api_versions_response_v3(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('ApiKeys')
    else:
        if n3 * 7 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5, f6, f7) = _S_hhh.unpack_from(buf, pos)
            pos += 6
            i4 = ApiVersionsResponse_ApiVersion(api_key=f5, min_version=f6, max_version=f7)
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
            f2.append(i4)
    (f11,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ApiVersionsResponse(error_code=f1, api_keys=f2, throttle_time_ms=f11)
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
            if t13 == 0:
                n16 = buf[pos]
                pos += 1
                if n16 > 127:
                    n16, pos = read_uvarint(buf, pos - 1)
                n16 -= 1
                if n16 < 0:
                    raise_null('SupportedFeatures')
                else:
                    if n16 * 6 > s14 - pos:
                        raise_short()
                    room -= n16
                    if room < 0:
                        raise_many()
                    v15 = []
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
                            if e20 > s14:
                                raise_short()
                            f18 = str(buf[pos:e20], "utf-8")
                            pos = e20
                        (f21, f22) = _S_hh.unpack_from(buf, pos)
                        pos += 4
                        i17 = ApiVersionsResponse_SupportedFeatureKey(name=f18, min_version=f21, max_version=f22)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c23, pos = read_uvarint(buf, pos)
                            if c23 * 2 > s14 - pos:
                                raise_short()
                            for _ in range(c23):
                                t24, pos = read_uvarint(buf, pos)
                                s25, pos = read_uvarint(buf, pos)
                                s25 += pos
                                if s25 > s14:
                                    raise_short()
                                pos = s25
                        v15.append(i17)
                if pos != s14:
                    raise_tag()
                r.supported_features = v15
            elif t13 == 1:
                (v26,) = _S_q.unpack_from(buf, pos)
                pos += 8
                if pos != s14:
                    raise_tag()
                r.finalized_features_epoch = v26
            elif t13 == 2:
                n28 = buf[pos]
                pos += 1
                if n28 > 127:
                    n28, pos = read_uvarint(buf, pos - 1)
                n28 -= 1
                if n28 < 0:
                    raise_null('FinalizedFeatures')
                else:
                    if n28 * 6 > s14 - pos:
                        raise_short()
                    room -= n28
                    if room < 0:
                        raise_many()
                    v27 = []
                    for _ in range(n28):
                        n31 = buf[pos]
                        pos += 1
                        if n31 > 127:
                            n31, pos = read_uvarint(buf, pos - 1)
                        n31 -= 1
                        if n31 < 0:
                            raise_null('Name')
                        else:
                            e32 = pos + n31
                            if e32 > s14:
                                raise_short()
                            f30 = str(buf[pos:e32], "utf-8")
                            pos = e32
                        (f33, f34) = _S_hh.unpack_from(buf, pos)
                        pos += 4
                        i29 = ApiVersionsResponse_FinalizedFeatureKey(name=f30, max_version_level=f33, min_version_level=f34)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c35, pos = read_uvarint(buf, pos)
                            if c35 * 2 > s14 - pos:
                                raise_short()
                            for _ in range(c35):
                                t36, pos = read_uvarint(buf, pos)
                                s37, pos = read_uvarint(buf, pos)
                                s37 += pos
                                if s37 > s14:
                                    raise_short()
                                pos = s37
                        v27.append(i29)
                if pos != s14:
                    raise_tag()
                r.finalized_features = v27
            elif t13 == 3:
                (v38,) = _S_T.unpack_from(buf, pos)
                pos += 1
                if pos != s14:
                    raise_tag()
                r.zk_migration_ready = v38
            pos = s14
    return r, pos


def encode_api_versions_response_v3(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.api_keys
    if x1 is None:
        raise_null('ApiKeys')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_hhhb.pack(i3.api_key, i3.min_version, i3.max_version, 0))
    w(_S_i.pack(r.throttle_time_ms))
    tags4 = []
    v5 = r.supported_features
    if v5 is None or v5:
        w6 = w, extend
        p7 = []
        w, extend = p7.append, p7.extend
        x8 = v5
        if x8 is None:
            raise_null('SupportedFeatures')
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
                w(_S_hhb.pack(i10.min_version, i10.max_version, 0))
        w, extend = w6
        tags4.append((0, b"".join(p7)))
    v13 = r.finalized_features_epoch
    if v13 != -1:
        w14 = w, extend
        p15 = []
        w, extend = p15.append, p15.extend
        w(_S_q.pack(v13))
        w, extend = w14
        tags4.append((1, b"".join(p15)))
    v16 = r.finalized_features
    if v16 is None or v16:
        w17 = w, extend
        p18 = []
        w, extend = p18.append, p18.extend
        x19 = v16
        if x19 is None:
            raise_null('FinalizedFeatures')
        else:
            n20 = len(x19) + 1
            w(ONE[n20] if n20 < 128 else uvarint(n20))
            for i21 in x19:
                x22 = i21.name
                if x22 is None:
                    raise_null('Name')
                else:
                    x22 = x22.encode()
                    n23 = len(x22) + 1
                    w(ONE[n23] if n23 < 128 else uvarint(n23))
                    w(x22)
                w(_S_hhb.pack(i21.max_version_level, i21.min_version_level, 0))
        w, extend = w17
        tags4.append((2, b"".join(p18)))
    v24 = r.zk_migration_ready
    if v24 != False:
        w25 = w, extend
        p26 = []
        w, extend = p26.append, p26.extend
        w(_S_T.pack(v24))
        w, extend = w25
        tags4.append((3, b"".join(p26)))
    w(uvarint(len(tags4)))
    for t27, d28 in tags4:
        w(uvarint(t27) + uvarint(len(d28)) + d28)


def decode_api_versions_response_v4(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_h.unpack_from(buf, pos)
    pos += 2
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('ApiKeys')
    else:
        if n3 * 7 > end - pos:
            raise_short()
        room -= n3
        if room < 0:
            raise_many()
        f2 = []
        for _ in range(n3):
            (f5, f6, f7) = _S_hhh.unpack_from(buf, pos)
            pos += 6
            i4 = ApiVersionsResponse_ApiVersion(api_key=f5, min_version=f6, max_version=f7)
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
            f2.append(i4)
    (f11,) = _S_i.unpack_from(buf, pos)
    pos += 4
    r = ApiVersionsResponse(error_code=f1, api_keys=f2, throttle_time_ms=f11)
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
            if t13 == 0:
                n16 = buf[pos]
                pos += 1
                if n16 > 127:
                    n16, pos = read_uvarint(buf, pos - 1)
                n16 -= 1
                if n16 < 0:
                    raise_null('SupportedFeatures')
                else:
                    if n16 * 6 > s14 - pos:
                        raise_short()
                    room -= n16
                    if room < 0:
                        raise_many()
                    v15 = []
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
                            if e20 > s14:
                                raise_short()
                            f18 = str(buf[pos:e20], "utf-8")
                            pos = e20
                        (f21, f22) = _S_hh.unpack_from(buf, pos)
                        pos += 4
                        i17 = ApiVersionsResponse_SupportedFeatureKey(name=f18, min_version=f21, max_version=f22)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c23, pos = read_uvarint(buf, pos)
                            if c23 * 2 > s14 - pos:
                                raise_short()
                            for _ in range(c23):
                                t24, pos = read_uvarint(buf, pos)
                                s25, pos = read_uvarint(buf, pos)
                                s25 += pos
                                if s25 > s14:
                                    raise_short()
                                pos = s25
                        v15.append(i17)
                if pos != s14:
                    raise_tag()
                r.supported_features = v15
            elif t13 == 1:
                (v26,) = _S_q.unpack_from(buf, pos)
                pos += 8
                if pos != s14:
                    raise_tag()
                r.finalized_features_epoch = v26
            elif t13 == 2:
                n28 = buf[pos]
                pos += 1
                if n28 > 127:
                    n28, pos = read_uvarint(buf, pos - 1)
                n28 -= 1
                if n28 < 0:
                    raise_null('FinalizedFeatures')
                else:
                    if n28 * 6 > s14 - pos:
                        raise_short()
                    room -= n28
                    if room < 0:
                        raise_many()
                    v27 = []
                    for _ in range(n28):
                        n31 = buf[pos]
                        pos += 1
                        if n31 > 127:
                            n31, pos = read_uvarint(buf, pos - 1)
                        n31 -= 1
                        if n31 < 0:
                            raise_null('Name')
                        else:
                            e32 = pos + n31
                            if e32 > s14:
                                raise_short()
                            f30 = str(buf[pos:e32], "utf-8")
                            pos = e32
                        (f33, f34) = _S_hh.unpack_from(buf, pos)
                        pos += 4
                        i29 = ApiVersionsResponse_FinalizedFeatureKey(name=f30, max_version_level=f33, min_version_level=f34)
                        if buf[pos] == 0:
                            pos += 1
                        else:
                            c35, pos = read_uvarint(buf, pos)
                            if c35 * 2 > s14 - pos:
                                raise_short()
                            for _ in range(c35):
                                t36, pos = read_uvarint(buf, pos)
                                s37, pos = read_uvarint(buf, pos)
                                s37 += pos
                                if s37 > s14:
                                    raise_short()
                                pos = s37
                        v27.append(i29)
                if pos != s14:
                    raise_tag()
                r.finalized_features = v27
            elif t13 == 3:
                (v38,) = _S_T.unpack_from(buf, pos)
                pos += 1
                if pos != s14:
                    raise_tag()
                r.zk_migration_ready = v38
            pos = s14
    return r, pos


def encode_api_versions_response_v4(r, w, extend):
    w(_S_h.pack(r.error_code))
    x1 = r.api_keys
    if x1 is None:
        raise_null('ApiKeys')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            w(_S_hhhb.pack(i3.api_key, i3.min_version, i3.max_version, 0))
    w(_S_i.pack(r.throttle_time_ms))
    tags4 = []
    v5 = r.supported_features
    if v5 is None or v5:
        w6 = w, extend
        p7 = []
        w, extend = p7.append, p7.extend
        x8 = v5
        if x8 is None:
            raise_null('SupportedFeatures')
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
                w(_S_hhb.pack(i10.min_version, i10.max_version, 0))
        w, extend = w6
        tags4.append((0, b"".join(p7)))
    v13 = r.finalized_features_epoch
    if v13 != -1:
        w14 = w, extend
        p15 = []
        w, extend = p15.append, p15.extend
        w(_S_q.pack(v13))
        w, extend = w14
        tags4.append((1, b"".join(p15)))
    v16 = r.finalized_features
    if v16 is None or v16:
        w17 = w, extend
        p18 = []
        w, extend = p18.append, p18.extend
        x19 = v16
        if x19 is None:
            raise_null('FinalizedFeatures')
        else:
            n20 = len(x19) + 1
            w(ONE[n20] if n20 < 128 else uvarint(n20))
            for i21 in x19:
                x22 = i21.name
                if x22 is None:
                    raise_null('Name')
                else:
                    x22 = x22.encode()
                    n23 = len(x22) + 1
                    w(ONE[n23] if n23 < 128 else uvarint(n23))
                    w(x22)
                w(_S_hhb.pack(i21.max_version_level, i21.min_version_level, 0))
        w, extend = w17
        tags4.append((2, b"".join(p18)))
    v24 = r.zk_migration_ready
    if v24 != False:
        w25 = w, extend
        p26 = []
        w, extend = p26.append, p26.extend
        w(_S_T.pack(v24))
        w, extend = w25
        tags4.append((3, b"".join(p26)))
    w(uvarint(len(tags4)))
    for t27, d28 in tags4:
        w(uvarint(t27) + uvarint(len(d28)) + d28)
