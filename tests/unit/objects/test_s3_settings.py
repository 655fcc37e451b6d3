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


@pytest.mark.parametrize("url", ["", "s3://", "http://b/x", "s3://k:s@b/x", "s3://b/../x"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(StoreRefusedError):
        from_environment(url, KEYS)


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
