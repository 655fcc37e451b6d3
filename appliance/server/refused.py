"""How a handler refuses one part of a request while it answers the others."""

from appliance import limits


class Refused(Exception):
    """One topic or resource that cannot be served, with Kafka's code and a reason."""

    def __init__(self, code: int, message: str) -> None:
        if len(message) > limits.REFUSAL_CHARS_MAX:
            message = message[: limits.REFUSAL_CHARS_MAX - 3] + "..."
        super().__init__(message)
        self.code = int(code)
        self.message = message
