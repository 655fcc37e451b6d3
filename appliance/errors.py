"""Errors of the appliance, named by what the reader does next."""


class OperatorError(Exception):
    """Something only the operator can mend; the text is one line and says what to do."""


class RemoteProtocolError(Exception):
    """The peer sent bytes that its protocol does not allow: close the connection."""


class LocalProtocolError(Exception):
    """We were about to send something the protocol does not allow: a bug of ours."""
