"""Why a file could not be read, in words for a person."""


class UnreadableFile(Exception):  # noqa: N818 — it is an answer, not a fault
    """The whole file is refused. `message` is a Russian sentence that says what is wrong and what to do."""

    def __init__(self, file: str, message: str) -> None:
        super().__init__(file, message)
        self.file = file
        self.message = message

    def __str__(self) -> str:
        return self.message
