"""The S3 adapter: obstore's blocking calls in a bounded pool of threads.

One attempt per call, retries are `RetryingStore`'s. Single PUTs. obstore is imported by
the first call: it is heavy, and a node on a local folder never needs it. Texts of errors are cut to
their first line, and known secrets are struck out of it.
"""

import configparser
import os
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import trio
import trio.to_thread

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.store import (
    CALLS_MAX,
    LIST_PAGE_MAX,
    Bytes,
    ObjectInfo,
    check_key,
    check_prefix,
    list_all,
)
from appliance.settings import parse_s3

CONNECT_S = 5
CALL_S = 30
"""One read, listing or deletion: 512 KiB in 30 s is 17 KiB/s."""

SMALL_PUT_BYTES = 8 << 20
"""A PUT up to this size has CALL_S (280 KiB/s): one whose answer is lost in silence is soon tried
again, and the check at start-up does not wait for a large object's time."""

PUT_S = 300
"""One PUT: 128 MiB in 300 s is 450 KiB/s."""

TEXT_MAX = 300
_T = TypeVar("_T")
_PRINTABLE = re.compile(r"[!-~]*")
_HOST = re.compile(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")
_CHECK_KEY = "check/write"
_BODY = b"penstock"
_INSTANCE_METADATA = "169.254.169.254"


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Settings:
    """Where the bucket is and who asks. Made by `from_environment`.

    Attributes:
        bucket: its name.
        prefix: of all keys; empty or ends in "/".
        endpoint: URL of the service; empty: AWS.
        region: of the bucket.
        access_key_id, secret_access_key, session_token: empty: found by the SDK's other ways
            (web identity, container, instance metadata).
        is_virtual_hosted: the bucket is part of the host's name, not of the path; of an endpoint's,
            too, when one is given.
    """

    bucket: str
    prefix: str
    endpoint: str
    region: str
    access_key_id: str
    secret_access_key: str
    session_token: str
    is_virtual_hosted: bool = False

    def __repr__(self) -> str:
        """Name the place, never the secrets."""
        return f"S3Settings(s3://{self.bucket}/{self.prefix}, endpoint={self.endpoint!r})"


def from_environment(url: str, environment: Mapping[str, str]) -> S3Settings:
    """Read the settings of `s3://bucket/prefix`.

    Args:
        url: bucket and optional prefix.
        environment: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION,
            AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE,
            AWS_SHARED_CREDENTIALS_FILE, AWS_VIRTUAL_HOSTED_STYLE_REQUEST, HOME.

    Raises:
        StoreRefusedError: one of them cannot be right; the text names it, without its value.
    """
    try:
        bucket, prefix = parse_s3(url)
    except ValueError as error:
        raise StoreRefusedError(f"object store: the URL must be {error}") from None

    def text(*names: str) -> str:
        """Return the first that is set: secrets in files and Kubernetes end in a line feed."""
        for name in names:
            if value := _checked(environment.get(name, ""), name):
                return value
        return ""

    access_key_id = text("AWS_ACCESS_KEY_ID")
    secret_access_key = text("AWS_SECRET_ACCESS_KEY")
    session_token = text("AWS_SESSION_TOKEN")
    if bool(access_key_id) != bool(secret_access_key):
        raise StoreRefusedError(
            "object store: set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither"
        )
    if not access_key_id:
        access_key_id, secret_access_key, session_token = _shared_credentials(environment)
    style = text("AWS_VIRTUAL_HOSTED_STYLE_REQUEST").lower()
    if style not in ("", "true", "false"):
        raise StoreRefusedError(
            "object store: AWS_VIRTUAL_HOSTED_STYLE_REQUEST must be true or false"
        )
    return S3Settings(
        bucket=bucket,
        prefix=prefix,
        endpoint=_endpoint(text("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")),
        region=text("AWS_REGION", "AWS_DEFAULT_REGION") or "us-east-1",
        access_key_id=access_key_id,
        secret_access_key=secret_access_key,
        session_token=session_token,
        is_virtual_hosted=style == "true",
    )


def _checked(value: str, name: str) -> str:
    """Return a value without white space around it; obstore panics at what no header may hold."""
    value = value.strip()
    if _PRINTABLE.fullmatch(value) is None:
        raise StoreRefusedError(
            f"object store: {name} holds white space or a character that is not ASCII: correct it"
        )
    return value


def _endpoint(url: str) -> str:
    """Return the URL of the service, checked; messages do not quote it: it may hold a password."""
    if not url:
        return ""
    try:
        parsed = urlsplit(url)
        host, port = parsed.hostname, parsed.port
    except ValueError:
        host, port = None, 0
        parsed = urlsplit("")
    if parsed.scheme not in {"http", "https"} or not host or _HOST.fullmatch(host) is None:
        port = 0
    if port == 0:
        raise StoreRefusedError(
            "object store: AWS_ENDPOINT_URL must be http://HOST:PORT or https://HOST:PORT, the"
            " port from 1 to 65535"
        )
    if "@" in parsed.netloc:
        raise StoreRefusedError(
            "object store: AWS_ENDPOINT_URL must hold no user and password: set AWS_ACCESS_KEY_ID"
            " and AWS_SECRET_ACCESS_KEY"
        )
    if "?" in url or "#" in url:
        raise StoreRefusedError("object store: AWS_ENDPOINT_URL must hold no ? and no #")
    return url


def _shared_credentials(environment: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the profile's keys of the shared credentials file, or empty strings."""
    path = environment.get("AWS_SHARED_CREDENTIALS_FILE") or os.path.join(
        environment.get("HOME", ""), ".aws", "credentials"
    )
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        # Not chained: the parser's text quotes the line, which may hold the secret.
        raise StoreRefusedError(f"object store: {path} is not a credentials file") from None
    profile = environment.get("AWS_PROFILE", "default")
    if not parser.has_section(profile):
        return "", "", ""
    section = parser[profile]
    access_key_id, secret_access_key, session_token = (
        _checked(section.get(name, ""), f"{name} in {path}")
        for name in ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
    )
    if bool(access_key_id) != bool(secret_access_key):
        raise StoreRefusedError(
            f"object store: profile {profile} in {path} must hold both aws_access_key_id and"
            " aws_secret_access_key, or neither"
        )
    return access_key_id, secret_access_key, session_token


class _UnsupportedError(StoreRefusedError):
    """The store has not learnt what it was asked."""


class _PanickedError(StoreUnavailableError):
    """obstore's Rust code gave up: a bug of it, or a setting that it does not take."""


class S3Store:
    """ObjectStore over one bucket.

    Conditional puts are the store's own where it has them, which `check` finds out. Otherwise, and
    as long as nobody knows, a look comes first: two writers at the same moment may then both
    succeed, so who must know reads back what it wrote.

    Cancelling a call leaves its thread running until obstore's timeout: a put may still land. A
    put's body is copied first, so the parts are free as soon as the call is cancelled.
    """

    def __init__(self, settings: S3Settings) -> None:
        """Name the bucket; nothing is imported or connected before the first call."""
        self._settings = settings
        self._limiter = trio.CapacityLimiter(CALLS_MAX)
        self._stores: dict[int, Any] = {}
        self._is_conditional: bool | None = None
        self._secrets = [
            secret
            for secret in (
                settings.secret_access_key,
                settings.session_token,
                settings.access_key_id,
            )
            if secret
        ]

    async def check(self) -> None:
        """Write, list and delete one small object, so that missing rights show at start-up.

        Some stores refuse conditional puts, some take them for plain ones: the second put tells.
        """
        try:
            await self._check()
        except _PanickedError as error:
            raise StoreRefusedError(f"{error}: check AWS_ENDPOINT_URL and AWS_REGION") from None

    async def _check(self) -> None:
        await self.put(_CHECK_KEY, [_BODY])
        try:
            await self._put(_CHECK_KEY, _BODY, mode="create")
        except ObjectExistsError:
            self._is_conditional = True
        except _UnsupportedError:
            self._is_conditional = False
        else:
            self._is_conditional = False
        await self.list_page("check/")
        await self.delete([_CHECK_KEY])

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        """See ObjectStore."""
        check_key(key)
        if len(parts) == 1:
            body = parts[0]
        else:
            body = await trio.to_thread.run_sync(b"".join, parts, limiter=self._limiter)
        if not if_absent:
            await self._put(key, body, mode="overwrite")
            return
        if not self._is_conditional and await self.head(key) is not None:
            raise ObjectExistsError(key)
        if self._is_conditional is not False:
            try:
                await self._put(key, body, mode="create")
                return
            except _UnsupportedError:
                self._is_conditional = False
        await self._put(key, body, mode="overwrite")

    async def _put(self, key: str, body: Bytes, *, mode: Literal["create", "overwrite"]) -> None:
        path = self._path(key)
        timeout_s = CALL_S if len(body) <= SMALL_PUT_BYTES else PUT_S

        def call() -> None:
            import obstore

            obstore.put(self._store(timeout_s), path, body, mode=mode, use_multipart=False)

        try:
            await self._run(call, key=key)
        except ObjectNotFoundError:
            raise self._no_bucket() from None

    async def get(self, key: str) -> bytes:
        """See ObjectStore."""
        path = self._path(key)

        def call() -> bytes:
            import obstore

            # As long as a PUT may take: this reads a whole object.
            return obstore.get(self._store(PUT_S), path).bytes().to_bytes()

        return await self._run(call, key=key)

    async def get_range(self, key: str, start: int, length: int) -> bytes:
        """See ObjectStore."""
        path = self._path(key)
        assert start >= 0
        assert length >= 1

        def call() -> bytes:
            import obstore

            return obstore.get_range(
                self._store(CALL_S), path, start=start, length=length
            ).to_bytes()

        data = await self._run(call, key=key, is_range=True)
        if len(data) != length:
            raise ObjectTruncatedError(key)
        return data

    async def head(self, key: str) -> ObjectInfo | None:
        """See ObjectStore."""
        path = self._path(key)

        def call() -> Any:
            import obstore

            return obstore.head(self._store(CALL_S), path)

        try:
            return self._info(await self._run(call, key=key))
        except ObjectNotFoundError:
            return None

    async def list_page(self, prefix: str, *, after: str = "") -> Sequence[ObjectInfo]:
        """See ObjectStore."""
        full = self._settings.prefix + check_prefix(prefix)
        offset = self._settings.prefix + after if after else None

        def call() -> Any:
            import obstore

            stream = obstore.list(
                self._store(CALL_S), full or None, offset=offset, chunk_size=LIST_PAGE_MAX
            )
            return next(iter(stream), [])

        try:
            page = await self._run(call, key=prefix)
        except ObjectNotFoundError:
            raise self._no_bucket() from None
        return [self._info(found) for found in page]

    def list(self, prefix: str, *, after: str = "") -> AsyncIterator[ObjectInfo]:
        """See ObjectStore."""
        return list_all(self, prefix, after)

    async def delete(self, keys: Sequence[str]) -> None:
        """See ObjectStore."""
        paths = [self._path(key) for key in keys]
        if not paths:
            return

        def call() -> None:
            import obstore

            obstore.delete(self._store(CALL_S), paths)

        try:
            await self._run(call, key=keys[0])
        except ObjectNotFoundError:
            return

    def _path(self, key: str) -> str:
        return self._settings.prefix + check_key(key)

    def _info(self, found: Any) -> ObjectInfo:
        modified = found["last_modified"]
        return ObjectInfo(
            key=found["path"][len(self._settings.prefix) :],
            size=found["size"],
            token=(found.get("e_tag") or "").strip('"'),
            modified_ms=int(modified.timestamp() * 1000),
        )

    def _store(self, timeout_s: int) -> Any:
        """Return obstore's client of a time limit. Two threads may both make one: harmless."""
        store = self._stores.get(timeout_s)
        if store is None:
            store = self._stores[timeout_s] = self._connect(timeout_s)
        return store

    def _connect(self, timeout_s: int) -> Any:
        from obstore.store import S3Store as Client

        settings = self._settings
        config: Any = {
            "region": settings.region,
            "virtual_hosted_style_request": settings.is_virtual_hosted,
            "conditional_put": "etag",
        }
        if settings.endpoint:
            config["endpoint"] = settings.endpoint
        if settings.access_key_id:
            config["access_key_id"] = settings.access_key_id
            config["secret_access_key"] = settings.secret_access_key
        if settings.session_token:
            config["session_token"] = settings.session_token
        return Client(
            settings.bucket,
            config=config,
            client_options={
                "allow_http": settings.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=CONNECT_S),
                "timeout": timedelta(seconds=timeout_s),
                "user_agent": "penstock",
            },
            retry_config={"max_retries": 0, "retry_timeout": timedelta(seconds=timeout_s)},
        )

    async def _run(self, work: Callable[[], _T], *, key: str, is_range: bool = False) -> _T:
        try:
            return await trio.to_thread.run_sync(
                work, limiter=self._limiter, abandon_on_cancel=True
            )
        except (AssertionError, TypeError, ImportError):
            raise
        except Exception as error:  # obstore's errors and the built-in ones it maps to
            # Not chained: the cause's text is a page that may hold credentials.
            raise self._translate(error, key, is_range=is_range) from None
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # Which cannot be imported.
                raise
            text = self._clean(str(error))
            raise _PanickedError(f"object store: obstore gave up: {text}") from None

    def _translate(self, error: Exception, key: str, *, is_range: bool) -> StoreError:
        import obstore.exceptions as theirs

        whole = str(error)
        text = self._clean(whole)
        if "NoSuchBucket" in whole:
            return self._no_bucket()
        if _INSTANCE_METADATA in whole:
            # Nobody gave credentials, and the machine has no role that would.
            text = (
                "object store: no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                f" write a profile to ~/.aws/credentials ({text})"
            )
            # A machine of AWS may be asked too early; elsewhere there is nobody to ask.
            is_elsewhere = bool(self._settings.endpoint)
            return (StoreRefusedError if is_elsewhere else StoreUnavailableError)(text)
        if "RequestTimeTooSkewed" in whole:
            return StoreRefusedError(
                f"object store: bucket {self._settings.bucket} refuses this machine's clock: "
                f"correct its time ({text})"
            )
        if _mentions(whole, "InvalidAccessKeyId", "UserNotFound"):  # Some servers: with a 404.
            return self._denied(text)
        if isinstance(error, FileNotFoundError | theirs.NotFoundError):
            return ObjectNotFoundError(key)
        if isinstance(error, theirs.AlreadyExistsError | theirs.PreconditionError):
            return ObjectExistsError(key)
        if is_range and ("416" in whole or "InvalidRange" in whole):
            return ObjectTruncatedError(key)
        if isinstance(
            error, PermissionError | theirs.PermissionDeniedError | theirs.UnauthenticatedError
        ):
            return self._denied(text)
        if _mentions(
            whole,
            "PermanentRedirect",
            "AuthorizationHeaderMalformed",
            "301 Moved",
            "redirect without LOCATION",  # obstore's words for a 301, whose body it drops
        ):
            return StoreRefusedError(
                f"object store: bucket {self._settings.bucket} is not in region "
                f"{self._settings.region}: set AWS_REGION ({text})"
            )
        if _mentions(whole, "certificate", "UnknownIssuer", "CertNotValid"):
            return StoreRefusedError(
                f"object store: the certificate of {self._settings.endpoint or 'AWS'} does not "
                f"verify: add its authority to the system's, or correct AWS_ENDPOINT_URL ({text})"
            )
        if isinstance(
            error,
            theirs.NotSupportedError
            | theirs.InvalidPathError
            | theirs.UnknownConfigurationKeyError
            | NotImplementedError,
        ) or _mentions(whole, "<Code>NotImplemented", "501 Not Implemented"):
            return _UnsupportedError(f"object store: not possible there: {text}")
        return StoreUnavailableError(f"object store: {text}")

    def _denied(self, text: str) -> StoreRefusedError:
        return StoreRefusedError(
            f"object store: access denied to bucket {self._settings.bucket}: check "
            f"AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the bucket's policy ({text})"
        )

    def _no_bucket(self) -> StoreRefusedError:
        return StoreRefusedError(
            f"object store: there is no bucket {self._settings.bucket} at "
            f"{self._settings.endpoint or 'AWS'}: create it, or correct the URL"
        )

    def _clean(self, text: str) -> str:
        line = (text.splitlines() or [""])[0]
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line[:TEXT_MAX]


def _mentions(text: str, *needles: str) -> bool:
    return any(needle in text for needle in needles)
