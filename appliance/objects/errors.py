"""Errors of object storage, named by what the reader does next."""


class StoreError(Exception):
    """An object store did not do what it was asked; the text is one line, without credentials."""


class StoreUnavailableError(StoreError):
    """Temporary fault (timeout, lost connection, 429, 5xx): try again; a write may be done."""


class StoreRefusedError(StoreError):
    """Permanent fault (rights, bucket, region, certificate): the text names the remedy."""


class ObjectNotFoundError(StoreError):
    """The key names no object.

    Attributes:
        key: the key asked for.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"no object {key}")
        self.key = key


class ObjectExistsError(StoreError):
    """A put with `if_absent` met an object, which it left as it was.

    Attributes:
        key: the key of the object.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"object {key} exists")
        self.key = key


class ObjectTruncatedError(StoreError):
    """The object ends before the range asked for does.

    Attributes:
        key: the key of the object.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"object {key} is shorter than the range asked for")
        self.key = key


class CorruptObjectError(Exception):
    """Bytes of an object do not verify: restore the object, or delete the range it holds.

    Attributes:
        key: the object's key; empty when the bytes came without one.
        position: byte position in the object.
        reason: what did not hold.
    """

    def __init__(self, key: str, *, position: int, reason: str) -> None:
        super().__init__(f"object {key or '(unnamed)'} is corrupt at byte {position}: {reason}")
        self.key = key
        self.position = position
        self.reason = reason
