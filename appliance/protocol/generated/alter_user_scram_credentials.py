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
_S_bi = _Packer(">bi")
_S_h = _Packer(">h")
_S_i = _Packer(">i")


class AlterUserScramCredentialsRequest_ScramCredentialUpsertion(Struct):
    __slots__ = ('name', 'mechanism', 'iterations', 'salt', 'salted_password')

    def __init__(
        self,
        *,
        name: Any = '',
        mechanism: Any = 0,
        iterations: Any = 0,
        salt: Any = b'',
        salted_password: Any = b'',
    ) -> None:
        self.name = name
        self.mechanism = mechanism
        self.iterations = iterations
        self.salt = salt
        self.salted_password = salted_password


class AlterUserScramCredentialsRequest_ScramCredentialDeletion(Struct):
    __slots__ = ('name', 'mechanism')

    def __init__(
        self,
        *,
        name: Any = '',
        mechanism: Any = 0,
    ) -> None:
        self.name = name
        self.mechanism = mechanism


class AlterUserScramCredentialsRequest(Struct):
    __slots__ = ('deletions', 'upsertions')

    def __init__(
        self,
        *,
        deletions: Any = MISSING,
        upsertions: Any = MISSING,
    ) -> None:
        self.deletions = [] if deletions is MISSING else deletions
        self.upsertions = [] if upsertions is MISSING else upsertions


AlterUserScramCredentialsRequest.ScramCredentialDeletion = AlterUserScramCredentialsRequest_ScramCredentialDeletion  # type: ignore[attr-defined]
AlterUserScramCredentialsRequest.ScramCredentialUpsertion = AlterUserScramCredentialsRequest_ScramCredentialUpsertion  # type: ignore[attr-defined]


def decode_alter_user_scram_credentials_request_v0(buf, pos, end):
    room = ELEMENTS_MAX
    n2 = buf[pos]
    pos += 1
    if n2 > 127:
        n2, pos = read_uvarint(buf, pos - 1)
    n2 -= 1
    if n2 < 0:
        raise_null('Deletions')
    else:
        if n2 * 3 > end - pos:
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
            (f7,) = _S_b.unpack_from(buf, pos)
            pos += 1
            i3 = AlterUserScramCredentialsRequest_ScramCredentialDeletion(name=f4, mechanism=f7)
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
    n12 = buf[pos]
    pos += 1
    if n12 > 127:
        n12, pos = read_uvarint(buf, pos - 1)
    n12 -= 1
    if n12 < 0:
        raise_null('Upsertions')
    else:
        if n12 * 9 > end - pos:
            raise_short()
        room -= n12
        if room < 0:
            raise_many()
        f11 = []
        for _ in range(n12):
            n15 = buf[pos]
            pos += 1
            if n15 > 127:
                n15, pos = read_uvarint(buf, pos - 1)
            n15 -= 1
            if n15 < 0:
                raise_null('Name')
            else:
                e16 = pos + n15
                if e16 > end:
                    raise_short()
                f14 = str(buf[pos:e16], "utf-8")
                pos = e16
            (f17, f18) = _S_bi.unpack_from(buf, pos)
            pos += 5
            n20 = buf[pos]
            pos += 1
            if n20 > 127:
                n20, pos = read_uvarint(buf, pos - 1)
            n20 -= 1
            if n20 < 0:
                raise_null('Salt')
            else:
                e21 = pos + n20
                if e21 > end:
                    raise_short()
                f19 = bytes(buf[pos:e21])
                pos = e21
            n23 = buf[pos]
            pos += 1
            if n23 > 127:
                n23, pos = read_uvarint(buf, pos - 1)
            n23 -= 1
            if n23 < 0:
                raise_null('SaltedPassword')
            else:
                e24 = pos + n23
                if e24 > end:
                    raise_short()
                f22 = bytes(buf[pos:e24])
                pos = e24
            i13 = AlterUserScramCredentialsRequest_ScramCredentialUpsertion(name=f14, mechanism=f17, iterations=f18, salt=f19, salted_password=f22)
            if buf[pos] == 0:
                pos += 1
            else:
                c25, pos = read_uvarint(buf, pos)
                if c25 * 2 > end - pos:
                    raise_short()
                for _ in range(c25):
                    t26, pos = read_uvarint(buf, pos)
                    s27, pos = read_uvarint(buf, pos)
                    s27 += pos
                    if s27 > end:
                        raise_short()
                    pos = s27
            f11.append(i13)
    r = AlterUserScramCredentialsRequest(deletions=f1, upsertions=f11)
    if buf[pos] == 0:
        pos += 1
    else:
        c28, pos = read_uvarint(buf, pos)
        if c28 * 2 > end - pos:
            raise_short()
        for _ in range(c28):
            t29, pos = read_uvarint(buf, pos)
            s30, pos = read_uvarint(buf, pos)
            s30 += pos
            if s30 > end:
                raise_short()
            pos = s30
    return r, pos


def encode_alter_user_scram_credentials_request_v0(r, w, extend):
    x1 = r.deletions
    if x1 is None:
        raise_null('Deletions')
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
            w(_S_bb.pack(i3.mechanism, 0))
    x6 = r.upsertions
    if x6 is None:
        raise_null('Upsertions')
    else:
        n7 = len(x6) + 1
        w(ONE[n7] if n7 < 128 else uvarint(n7))
        for i8 in x6:
            x9 = i8.name
            if x9 is None:
                raise_null('Name')
            else:
                x9 = x9.encode()
                n10 = len(x9) + 1
                w(ONE[n10] if n10 < 128 else uvarint(n10))
                w(x9)
            w(_S_bi.pack(i8.mechanism, i8.iterations))
            x11 = i8.salt
            if x11 is None:
                raise_null('Salt')
            else:
                n12 = len(x11) + 1
                w(ONE[n12] if n12 < 128 else uvarint(n12))
                w(x11)
            x13 = i8.salted_password
            if x13 is None:
                raise_null('SaltedPassword')
            else:
                n14 = len(x13) + 1
                w(ONE[n14] if n14 < 128 else uvarint(n14))
                w(x13)
            w(b"\0")
    w(b"\0")


class AlterUserScramCredentialsResponse_AlterUserScramCredentialsResult(Struct):
    __slots__ = ('user', 'error_code', 'error_message')

    def __init__(
        self,
        *,
        user: Any = '',
        error_code: Any = 0,
        error_message: Any = '',
    ) -> None:
        self.user = user
        self.error_code = error_code
        self.error_message = error_message


class AlterUserScramCredentialsResponse(Struct):
    __slots__ = ('throttle_time_ms', 'results')

    def __init__(
        self,
        *,
        throttle_time_ms: Any = 0,
        results: Any = MISSING,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results = [] if results is MISSING else results


AlterUserScramCredentialsResponse.AlterUserScramCredentialsResult = AlterUserScramCredentialsResponse_AlterUserScramCredentialsResult  # type: ignore[attr-defined]


def decode_alter_user_scram_credentials_response_v0(buf, pos, end):
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
                raise_null('User')
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
            i4 = AlterUserScramCredentialsResponse_AlterUserScramCredentialsResult(user=f5, error_code=f8, error_message=f9)
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
    r = AlterUserScramCredentialsResponse(throttle_time_ms=f1, results=f2)
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


def encode_alter_user_scram_credentials_response_v0(r, w, extend):
    w(_S_i.pack(r.throttle_time_ms))
    x1 = r.results
    if x1 is None:
        raise_null('Results')
    else:
        n2 = len(x1) + 1
        w(ONE[n2] if n2 < 128 else uvarint(n2))
        for i3 in x1:
            x4 = i3.user
            if x4 is None:
                raise_null('User')
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
