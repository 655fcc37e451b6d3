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
_S_Tb = _Packer(">?b")
_S_h = _Packer(">h")
_S_hT = _Packer(">h?")
_S_hTb = _Packer(">h?b")
_S_hb = _Packer(">hb")
_S_hbb = _Packer(">hbb")
_S_i = _Packer(">i")
_S_ih = _Packer(">ih")


class UpdateFeaturesRequest_FeatureUpdateKey(Struct):
    __slots__ = ('feature', 'max_version_level', 'allow_downgrade', 'upgrade_type')

    def __init__(
        self,
        *,
        feature: Any = '',
        max_version_level: Any = 0,
        allow_downgrade: Any = False,
        upgrade_type: Any = 1,
    ) -> None:
        self.feature = feature
        self.max_version_level = max_version_level
        self.allow_downgrade = allow_downgrade
        self.upgrade_type = upgrade_type


class UpdateFeaturesRequest(Struct):
    __slots__ = ('timeout_ms', 'feature_updates', 'validate_only')

    def __init__(
        self,
        *,
        timeout_ms: Any = 60000,
        feature_updates: Any = MISSING,
        validate_only: Any = False,
    ) -> None:
        self.timeout_ms = timeout_ms
        self.feature_updates = [] if feature_updates is MISSING else feature_updates
        self.validate_only = validate_only


UpdateFeaturesRequest.FeatureUpdateKey = UpdateFeaturesRequest_FeatureUpdateKey  # type: ignore[attr-defined]


def decode_update_features_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('FeatureUpdates')
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
                raise_null('Feature')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8, f9) = _S_hT.unpack_from(buf, pos)
            pos += 3
            i4 = UpdateFeaturesRequest_FeatureUpdateKey(feature=f5, max_version_level=f8, allow_downgrade=f9)
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
    r = UpdateFeaturesRequest(timeout_ms=f1, feature_updates=f2)
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


def encode_update_features_request_v0(r, w, extend):
    if r.validate_only != False:
        raise_absent('ValidateOnly')
    w(_S_i.pack(r.timeout_ms))
    x1 = r.feature_updates
    if x1 is None:
        raise_null('FeatureUpdates')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            if i3.upgrade_type != 1:
                raise_absent('UpgradeType')
            x4 = i3.feature
            if x4 is None:
                raise_null('Feature')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_hTb.pack(i3.max_version_level, i3.allow_downgrade, 0))
    w(b"\0")


def decode_update_features_request_v1(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('FeatureUpdates')
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
                raise_null('Feature')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8, f9) = _S_hb.unpack_from(buf, pos)
            pos += 3
            i4 = UpdateFeaturesRequest_FeatureUpdateKey(feature=f5, max_version_level=f8, upgrade_type=f9)
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
    (f13,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = UpdateFeaturesRequest(timeout_ms=f1, feature_updates=f2, validate_only=f13)
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


def encode_update_features_request_v1(r, w, extend):
    w(_S_i.pack(r.timeout_ms))
    x1 = r.feature_updates
    if x1 is None:
        raise_null('FeatureUpdates')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            if i3.allow_downgrade != False:
                raise_absent('AllowDowngrade')
            x4 = i3.feature
            if x4 is None:
                raise_null('Feature')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_hbb.pack(i3.max_version_level, i3.upgrade_type, 0))
    w(_S_Tb.pack(r.validate_only, 0))


def decode_update_features_request_v2(buf, pos, end):
    room = ELEMENTS_MAX
    (f1,) = _S_i.unpack_from(buf, pos)
    pos += 4
    n3 = buf[pos]
    pos += 1
    if n3 > 127:
        n3, pos = read_uvarint(buf, pos - 1)
    n3 -= 1
    if n3 < 0:
        raise_null('FeatureUpdates')
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
                raise_null('Feature')
            else:
                e7 = pos + n6
                if e7 > end:
                    raise_short()
                f5 = str(buf[pos:e7], "utf-8")
                pos = e7
            (f8, f9) = _S_hb.unpack_from(buf, pos)
            pos += 3
            i4 = UpdateFeaturesRequest_FeatureUpdateKey(feature=f5, max_version_level=f8, upgrade_type=f9)
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
    (f13,) = _S_T.unpack_from(buf, pos)
    pos += 1
    r = UpdateFeaturesRequest(timeout_ms=f1, feature_updates=f2, validate_only=f13)
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


def encode_update_features_request_v2(r, w, extend):
    w(_S_i.pack(r.timeout_ms))
    x1 = r.feature_updates
    if x1 is None:
        raise_null('FeatureUpdates')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            if i3.allow_downgrade != False:
                raise_absent('AllowDowngrade')
            x4 = i3.feature
            if x4 is None:
                raise_null('Feature')
            else:
                x4 = x4.encode()
                n5 = len(x4) + 1
                w(ONE[n5] if n5 < 128 else uvarint(n5))
                w(x4)
            w(_S_hbb.pack(i3.max_version_level, i3.upgrade_type, 0))
    w(_S_Tb.pack(r.validate_only, 0))


class UpdateFeaturesResponse_UpdatableFeatureResult(Struct):
    __slots__ = ('feature', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        feature: Any = '',
        error_code: Any = 0,
        error_message: Any = '',
    ) -> None:
        self.feature = feature
        self.error_code = error_code
        self.error_message = error_message


class UpdateFeaturesResponse(Struct):
    __slots__ = ('throttle_time_ms', 'error_code', 'error_message', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        error_code: Any = 0,
        error_message: Any = '',
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.results = [] if results is MISSING else results


UpdateFeaturesResponse.UpdatableFeatureResult = UpdateFeaturesResponse_UpdatableFeatureResult  # type: ignore[attr-defined]


def decode_update_features_response_v0(buf, pos, end):
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
        raise_null('Results')
    else:
        if n7 * 5 > end - pos:
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
                raise_null('Feature')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n14 = buf[pos]
            pos += 1
            if n14 > 127:
                n14, pos = read_uvarint(buf, pos - 1)
            n14 -= 1
            if n14 < 0:
                f13 = None
            else:
                e15 = pos + n14
                if e15 > end:
                    raise_short()
                f13 = str(buf[pos:e15], "utf-8")
                pos = e15
            i8 = UpdateFeaturesResponse_UpdatableFeatureResult(feature=f9, error_code=f12, error_message=f13)
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
            f6.append(i8)
    r = UpdateFeaturesResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, results=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c19, pos = read_uvarint(buf, pos)
        if c19 * 2 > end - pos:
            raise_short()
        for _ in range(c19):
            t20, pos = read_uvarint(buf, pos)
            s21, pos = read_uvarint(buf, pos)
            s21 += pos
            if s21 > end:
                raise_short()
            pos = s21
    return r, pos


def encode_update_features_response_v0(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.results
    if x3 is None:
        raise_null('Results')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.feature
            if x6 is None:
                raise_null('Feature')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_h.pack(i5.error_code))
            x8 = i5.error_message
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(b"\0")
    w(b"\0")


def decode_update_features_response_v1(buf, pos, end):
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
        raise_null('Results')
    else:
        if n7 * 5 > end - pos:
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
                raise_null('Feature')
            else:
                e11 = pos + n10
                if e11 > end:
                    raise_short()
                f9 = str(buf[pos:e11], "utf-8")
                pos = e11
            (f12,) = _S_h.unpack_from(buf, pos)
            pos += 2
            n14 = buf[pos]
            pos += 1
            if n14 > 127:
                n14, pos = read_uvarint(buf, pos - 1)
            n14 -= 1
            if n14 < 0:
                f13 = None
            else:
                e15 = pos + n14
                if e15 > end:
                    raise_short()
                f13 = str(buf[pos:e15], "utf-8")
                pos = e15
            i8 = UpdateFeaturesResponse_UpdatableFeatureResult(feature=f9, error_code=f12, error_message=f13)
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
            f6.append(i8)
    r = UpdateFeaturesResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, results=f6)
    if buf[pos] == 0:
        pos += 1
    else:
        c19, pos = read_uvarint(buf, pos)
        if c19 * 2 > end - pos:
            raise_short()
        for _ in range(c19):
            t20, pos = read_uvarint(buf, pos)
            s21, pos = read_uvarint(buf, pos)
            s21 += pos
            if s21 > end:
                raise_short()
            pos = s21
    return r, pos


def encode_update_features_response_v1(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    x3 = r.results
    if x3 is None:
        raise_null('Results')
    else:
        n4 = len(x3) + 1
        w(ONE[n4] if n4 < 128 else uvarint(n4))
        for i5 in x3:
            x6 = i5.feature
            if x6 is None:
                raise_null('Feature')
            else:
                x6 = x6.encode()
                n7 = len(x6) + 1
                w(ONE[n7] if n7 < 128 else uvarint(n7))
                w(x6)
            w(_S_h.pack(i5.error_code))
            x8 = i5.error_message
            if x8 is None:
                w(b"\0")
            else:
                x8 = x8.encode()
                n9 = len(x8) + 1
                w(ONE[n9] if n9 < 128 else uvarint(n9))
                w(x8)
            w(b"\0")
    w(b"\0")


def decode_update_features_response_v2(buf, pos, end):
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
    r = UpdateFeaturesResponse(throttle_time_ms=f1, error_code=f2, error_message=f3)
    if buf[pos] == 0:
        pos += 1
    else:
        c6, pos = read_uvarint(buf, pos)
        if c6 * 2 > end - pos:
            raise_short()
        for _ in range(c6):
            t7, pos = read_uvarint(buf, pos)
            s8, pos = read_uvarint(buf, pos)
            s8 += pos
            if s8 > end:
                raise_short()
            pos = s8
    return r, pos


def encode_update_features_response_v2(r, w, extend):
    w(_S_ih.pack(r.throttle_time_ms, r.error_code))
    x1 = r.error_message
    if x1 is None:
        w(b"\0")
    else:
        x1 = x1.encode()
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        w(x1)
    w(b"\0")
