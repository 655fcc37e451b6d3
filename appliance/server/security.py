"""ACLs and SCRAM credentials, as a broker without an authorizer and without SASL answers."""

from collections import Counter
from typing import Any

from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context

_DESCRIBE_ACLS = 29
_CREATE_ACLS = 30
_DELETE_ACLS = 31
_DESCRIBE_SCRAM = 50
_ALTER_SCRAM = 51
_DISABLED = int(ErrorCode.SECURITY_DISABLED)
_NO_AUTHORIZER = "No Authorizer is configured: everybody may do everything"


def handle_describe_acls(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer SECURITY_DISABLED: an empty list would say that nobody may do anything."""
    response = messages.DescribeAclsResponse(
        throttle_time_ms=0, error_code=_DISABLED, error_message=_NO_AUTHORIZER, resources=[]
    )
    slot.complete(*codec.encode_response_frame(_DESCRIBE_ACLS, version, correlation_id, response))


def handle_create_acls(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer SECURITY_DISABLED for each."""
    message = messages.CreateAclsResponse
    line = message.AclCreationResult(error_code=_DISABLED, error_message=_NO_AUTHORIZER)
    response = message(throttle_time_ms=0, results=[line] * len(request.creations))
    slot.complete(*codec.encode_response_frame(_CREATE_ACLS, version, correlation_id, response))


def handle_delete_acls(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer SECURITY_DISABLED for each."""
    message = messages.DeleteAclsResponse
    line = message.DeleteAclsFilterResult(
        error_code=_DISABLED, error_message=_NO_AUTHORIZER, matching_acls=[]
    )
    response = message(throttle_time_ms=0, filter_results=[line] * len(request.filters))
    slot.complete(*codec.encode_response_frame(_DELETE_ACLS, version, correlation_id, response))


def handle_describe_scram(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer that no user has credentials; those who are asked for by name are not found."""
    message = messages.DescribeUserScramCredentialsResponse
    counts = Counter(user.name for user in request.users or ())
    results: list[Any] = []
    for name, count in counts.items():
        code, text = ErrorCode.RESOURCE_NOT_FOUND, f"no such user credential: {name}"
        if count > 1:
            code, text = ErrorCode.DUPLICATE_RESOURCE, f"the user is named twice: {name}"
        results.append(
            message.DescribeUserScramCredentialsResult(
                user=name, error_code=int(code), error_message=text, credential_infos=[]
            )
        )
    response = message(throttle_time_ms=0, error_code=0, error_message="", results=results)
    slot.complete(*codec.encode_response_frame(_DESCRIBE_SCRAM, version, correlation_id, response))


def handle_alter_scram(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Refuse: a stored credential would look like protection, and SASL is not served."""
    message = messages.AlterUserScramCredentialsResponse
    refusals: dict[str, tuple[ErrorCode, str]] = {}
    for line in request.upsertions:
        refusals[line.name] = (ErrorCode.UNSUPPORTED_SASL_MECHANISM, "SASL is not served")
    for line in request.deletions:
        refusals.setdefault(
            line.name, (ErrorCode.RESOURCE_NOT_FOUND, "there is no such user credential")
        )
    results = [
        message.AlterUserScramCredentialsResult(user=name, error_code=int(code), error_message=text)
        for name, (code, text) in refusals.items()
    ]
    response = message(throttle_time_ms=0, results=results)
    slot.complete(*codec.encode_response_frame(_ALTER_SCRAM, version, correlation_id, response))
