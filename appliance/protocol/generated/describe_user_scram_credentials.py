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

_S_bi = _Packer(">bi")
_S_bib = _Packer(">bib")
_S_h = _Packer(">h")
_S_ih = _Packer(">ih")


class DescribeUserScramCredentialsRequest_UserName(Struct):
    __slots__ = ('name',)

    def __init__(
        self,
        *,
        name: Any = '',
    ) -> None:
        self.name = name


class DescribeUserScramCredentialsRequest(Struct):
    __slots__ = ('users',)

    def __init__(
        self,
        *,
        users: Any = MISSING,
    ) -> None:
        self.users = [] if users is MISSING else users


DescribeUserScramCredentialsRequest.UserName = DescribeUserScramCredentialsRequest_UserName  # type: ignore[attr-defined]


def decode_describe_user_scram_credentials_request_v0(buf, pos, end):
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
            i3 = DescribeUserScramCredentialsRequest_UserName(name=f4)
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
    r = DescribeUserScramCredentialsRequest(users=f1)
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
    return r, pos


def encode_describe_user_scram_credentials_request_v0(r, w, extend):
    x1 = r.users
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
    w(b"\0")


class DescribeUserScramCredentialsResponse_CredentialInfo(Struct):
    __slots__ = ('mechanism', 'iterations')

    def __init__(
        self,
        *,
        mechanism: Any = 0,
        iterations: Any = 0,
    ) -> None:
        self.mechanism = mechanism
        self.iterations = iterations


class DescribeUserScramCredentialsResponse_DescribeUserScramCredentialsResult(Struct):
    __slots__ = ('user', 'error_code', 'error_message', 'credential_infos')

    def __init__(
        self,
        *,
        user: Any = '',
        error_code: Any = 0,
        error_message: Any = '',
        credential_infos: Any = MISSING,
    ) -> None:
        self.user = user
        self.error_code = error_code
        self.error_message = error_message
        self.credential_infos = [] if credential_infos is MISSING else credential_infos


class DescribeUserScramCredentialsResponse(Struct):
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


DescribeUserScramCredentialsResponse.DescribeUserScramCredentialsResult = DescribeUserScramCredentialsResponse_DescribeUserScramCredentialsResult  # type: ignore[attr-defined]
DescribeUserScramCredentialsResponse.CredentialInfo = DescribeUserScramCredentialsResponse_CredentialInfo  # type: ignore[attr-defined]


def decode_describe_user_scram_credentials_response_v0(buf, pos, end):
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
        if n7 * 6 > end - pos:
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
                raise_null('User')
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
            n17 = buf[pos]
            pos += 1
            if n17 > 127:
                n17, pos = read_uvarint(buf, pos - 1)
            n17 -= 1
            if n17 < 0:
                raise_null('CredentialInfos')
            else:
                if n17 * 6 > end - pos:
                    raise_short()
                room -= n17
                if room < 0:
                    raise_many()
                f16 = []
                for _ in range(n17):
                    (f19, f20) = _S_bi.unpack_from(buf, pos)
                    pos += 5
                    i18 = DescribeUserScramCredentialsResponse_CredentialInfo(mechanism=f19, iterations=f20)
                    if buf[pos] == 0:
                        pos += 1
                    else:
                        c21, pos = read_uvarint(buf, pos)
                        if c21 * 2 > end - pos:
                            raise_short()
                        for _ in range(c21):
                            t22, pos = read_uvarint(buf, pos)
                            s23, pos = read_uvarint(buf, pos)
                            s23 += pos
                            if s23 > end:
                                raise_short()
                            pos = s23
                    f16.append(i18)
            i8 = DescribeUserScramCredentialsResponse_DescribeUserScramCredentialsResult(user=f9, error_code=f12, error_message=f13, credential_infos=f16)
            if buf[pos] == 0:
                pos += 1
            else:
                c24, pos = read_uvarint(buf, pos)
                if c24 * 2 > end - pos:
                    raise_short()
                for _ in range(c24):
                    t25, pos = read_uvarint(buf, pos)
                    s26, pos = read_uvarint(buf, pos)
                    s26 += pos
                    if s26 > end:
                        raise_short()
                    pos = s26
            f6.append(i8)
    r = DescribeUserScramCredentialsResponse(throttle_time_ms=f1, error_code=f2, error_message=f3, results=f6)
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
    return r, pos


def encode_describe_user_scram_credentials_response_v0(r, w, extend):
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
            x6 = i5.user
            if x6 is None:
                raise_null('User')
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
            x10 = i5.credential_infos
            if x10 is None:
                raise_null('CredentialInfos')
            else:
                n11 = len(x10) + 1
                w(ONE[n11] if n11 < 128 else uvarint(n11))
                for i12 in x10:
                    w(_S_bib.pack(i12.mechanism, i12.iterations, 0))
            w(b"\0")
    w(b"\0")
