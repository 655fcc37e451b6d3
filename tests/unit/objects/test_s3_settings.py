"""S3 settings and the translation of obstore's errors; calls are in the contract suite."""

from pathlib import Path

import pytest

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.s3 import S3Store, from_environment
from appliance.settings import SettingsError, load

KEYS = {"AWS_ACCESS_KEY_ID": "AKIATEST", "AWS_SECRET_ACCESS_KEY": "hush-hush"}


def test_settings_come_from_url_and_environment() -> None:
    found = from_environment(
        "s3://bucket/a/b/", {**KEYS, "AWS_ENDPOINT_URL": "http://h:1", "AWS_REGION": "eu-west-1"}
    )

    assert (found.bucket, found.prefix, found.endpoint) == ("bucket", "a/b/", "http://h:1")
    assert (found.region, found.secret_access_key) == ("eu-west-1", "hush-hush")
    assert "hush" not in repr(found)


def test_credentials_come_from_the_shared_file(tmp_path: Path) -> None:
    path = tmp_path / "credentials"
    path.write_text(
        "[default]\naws_access_key_id = A\naws_secret_access_key = B%C\n"
        "[other]\naws_access_key_id=D\naws_secret_access_key=E\naws_session_token=F\n"
    )
    file = {"AWS_SHARED_CREDENTIALS_FILE": str(path)}

    plain = from_environment("s3://b", file)
    other = from_environment("s3://b", {**file, "AWS_PROFILE": "other"})
    assert (plain.access_key_id, plain.secret_access_key, plain.session_token) == ("A", "B%C", "")
    assert (other.access_key_id, other.secret_access_key, other.session_token) == ("D", "E", "F")


def test_broken_credentials_file_is_refused_without_quoting_it(tmp_path: Path) -> None:
    path = tmp_path / "credentials"
    path.write_text("hush-hush without a section\n")

    with pytest.raises(StoreRefusedError) as caught:
        from_environment("s3://b", {"AWS_SHARED_CREDENTIALS_FILE": str(path)})

    assert "hush" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "url",
    ["", "s3://", "http://b/x", "s3://k:s@b/x", "s3://b/../x", "s3://b/a b", "s3://b@d/x",
     "s3://b/x?versionId=1", "s3://b/x#f", "s3://b?x", "s3://B_!/x", "s3://b/a//c", "s3://-b"],
)  # fmt: skip
def test_other_urls_are_refused_by_the_start_and_by_the_settings(url: str) -> None:
    """One parser: what `config check` passes, a start takes."""
    with pytest.raises(StoreRefusedError):
        from_environment(url, KEYS)
    if url:
        with pytest.raises(SettingsError):
            load({"object_store": url}, {}, None)


@pytest.mark.parametrize("url", ["s3://b", "s3://b/", "s3://my.old_Bucket-1/a/b=c/"])
def test_right_urls_are_taken_by_both(url: str) -> None:
    assert load({"object_store": url}, {}, None).object_store == url
    assert from_environment(url, KEYS).bucket == url.split("/")[2]


@pytest.mark.parametrize(
    "endpoint",
    ["http://", "http:// h", "http://h:99999", "http://h:0", "http://h:x", "http://h\x01",
     "ftp://h", "http://[::1", "http://u:hush@h:1", "http://h/?q", "http://h/#f", "http://h\u00fc"],
)  # fmt: skip
def test_endpoint_that_obstore_would_panic_at_is_refused_unquoted(endpoint: str) -> None:
    with pytest.raises(StoreRefusedError, match="AWS_ENDPOINT_URL") as caught:
        from_environment("s3://b", {**KEYS, "AWS_ENDPOINT_URL": endpoint})

    assert "hush" not in str(caught.value)


def test_white_space_around_values_is_taken_off() -> None:
    """Secrets of Kubernetes and of files end in a line feed."""
    names = ("AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    found = from_environment(
        "s3://b", {**dict.fromkeys(names, " v\n"), "AWS_ENDPOINT_URL": "http://[::1]:9\n"}
    )

    assert found.endpoint == "http://[::1]:9"
    assert {found.region, found.access_key_id, found.session_token} == {"v"}
    for name in names:
        with pytest.raises(StoreRefusedError, match=name) as caught:
            from_environment("s3://b", {**KEYS, name: "hush\nhush"})
        assert "hush" not in str(caught.value)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_one_key_without_the_other_is_refused_with_a_remedy(name: str, tmp_path: Path) -> None:
    with pytest.raises(StoreRefusedError, match="set both"):
        from_environment("s3://b", {name: "x"})
    path = tmp_path / "credentials"
    path.write_text(f"[default]\n{name.lower()} = x\n")
    with pytest.raises(StoreRefusedError, match="must hold both"):
        from_environment("s3://b", {"AWS_SHARED_CREDENTIALS_FILE": str(path)})


def test_virtual_hosted_style_is_a_choice() -> None:
    name = "AWS_VIRTUAL_HOSTED_STYLE_REQUEST"
    assert not from_environment("s3://b", KEYS).is_virtual_hosted
    assert from_environment("s3://b", {**KEYS, name: "True"}).is_virtual_hosted
    with pytest.raises(StoreRefusedError, match=name):
        from_environment("s3://b", {**KEYS, name: "yes"})


async def test_panic_of_obstore_is_refused_at_the_check_and_temporary_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is no Exception, and must not end a node that serves."""

    class PanicException(BaseException):  # noqa: N818 - pyo3's name
        pass

    def panic(_: int) -> None:
        raise PanicException("called unwrap() on hush-hush\nmore")

    store = S3Store(from_environment("s3://b", KEYS))
    monkeypatch.setattr(store, "_store", panic)
    with pytest.raises(StoreRefusedError, match="AWS_ENDPOINT_URL") as caught:
        await store.check()
    assert "hush" not in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(StoreUnavailableError):
        await store.get("k")


def test_endpoint_without_scheme_is_refused() -> None:
    with pytest.raises(StoreRefusedError, match="http://"):
        from_environment("s3://b", {**KEYS, "AWS_ENDPOINT_URL": "127.0.0.1:9000"})


def test_errors_translate_by_what_to_do_next() -> None:
    import obstore.exceptions as theirs

    store = S3Store(from_environment("s3://b", KEYS))
    for error, expected in [
        (FileNotFoundError("404"), ObjectNotFoundError),
        (FileNotFoundError("x\n<Code>NoSuchBucket</Code>"), StoreRefusedError),
        (theirs.AlreadyExistsError("412"), ObjectExistsError),
        (theirs.PermissionDeniedError("403"), StoreRefusedError),
        (theirs.UnauthenticatedError("401"), StoreRefusedError),
        (theirs.GenericError("503 Slow Down"), StoreUnavailableError),
        (theirs.GenericError("301\nPermanentRedirect"), StoreRefusedError),
        (theirs.GenericError("Received redirect without LOCATION"), StoreRefusedError),
        (FileNotFoundError("404\n<Code>InvalidAccessKeyId</Code>"), StoreRefusedError),
        (theirs.GenericError("invalid peer certificate: UnknownIssuer"), StoreRefusedError),
        (TimeoutError("timed out"), StoreUnavailableError),
    ]:
        assert type(store._translate(error, "k", is_range=False)) is expected, error
    clock = theirs.PermissionDeniedError("403\n<Code>RequestTimeTooSkewed</Code>")
    assert "clock" in str(store._translate(clock, "k", is_range=False))
    ranged = store._translate(theirs.GenericError("416 InvalidRange"), "k", is_range=True)
    assert type(ranged) is ObjectTruncatedError


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [("", StoreUnavailableError), ("http://127.0.0.1:9000", StoreRefusedError)],
)
def test_missing_credentials_are_named(endpoint: str, expected: type) -> None:
    """obstore asks the machine's role when it finds none; what it says of that helps nobody."""
    import obstore.exceptions as theirs

    store = S3Store(from_environment("s3://b", {"AWS_ENDPOINT_URL": endpoint}))
    error = store._translate(
        theirs.GenericError("Error performing PUT http://169.254.169.254/latest/api/token"),
        "k",
        is_range=False,
    )

    assert type(error) is expected
    assert "AWS_ACCESS_KEY_ID" in str(error)


def test_error_text_is_one_line_without_secrets() -> None:
    import obstore.exceptions as theirs

    store = S3Store(from_environment("s3://b", KEYS))
    error = store._translate(
        theirs.GenericError("AKIATEST said hush-hush\nDebug { hush-hush }"), "k", is_range=False
    )

    assert str(error) == "object store: *** said ***"
