"""Metadata commands of requests, and what a client is told of those that were not carried out."""

from typing import Any

import raft
from appliance.metadata import Rejected
from appliance.protocol.errors import ErrorCode
from appliance.server.context import Context
from appliance.server.refused import Refused


async def propose(
    context: Context,
    command: Any,
    *,
    not_leading: ErrorCode = ErrorCode.NOT_CONTROLLER,
    outcome_unknown: ErrorCode = ErrorCode.REQUEST_TIMED_OUT,
) -> Any:
    """Have a command carried out; returns its result.

    Args:
        context: of the node.
        command: of `appliance.metadata.commands`.
        not_leading: answer when another node leads the metadata; clients try again at it.
        outcome_unknown: answer for a journal that failed, whose node ends and says why; likewise.

    Raises:
        Refused: by the metadata, or by one of these codes.
    """
    try:
        return await context.propose(command)
    except Rejected as error:
        raise Refused(error.error_code, error.message) from error
    except raft.NotLeaderError as error:
        raise Refused(not_leading, str(error)) from error
    except raft.OutcomeUnknownError as error:
        raise Refused(outcome_unknown, str(error)) from error
