"""Errors that a person is shown."""


class Refused(Exception):  # noqa: N818 — it is an answer, not a fault
    """The deed is refused. `message` is a Russian sentence that says what is wrong and what to do.

    `details` may list more of the same kind (files, cells); pages show them below the message.
    """

    def __init__(self, message: str, details: list[str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details or []
