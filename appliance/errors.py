"""Errors of the appliance, named by what the reader does next."""


class OperatorError(Exception):
    """Something only the operator can mend; the text is one line and says what to do."""


class FailedError(Exception):
    """A node that served had to end; a restart recovers. The text is one line."""


class RemoteProtocolError(Exception):
    """The peer sent bytes that its protocol does not allow: close the connection."""


class LocalProtocolError(Exception):
    """We were about to send something the protocol does not allow: a bug of ours."""
