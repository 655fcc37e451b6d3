"""How a handler refuses one part of a request while it answers the others."""


class Refused(Exception):
    """One topic or resource that cannot be served, with Kafka's code and a reason."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = int(code)
        self.message = message
