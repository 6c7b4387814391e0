"""Why a file could not be read, in words for a person."""

SAVE_AGAIN = "сохраните его заново как XLSX"


class Problem(Exception):  # noqa: N818 — an answer on its way to becoming `UnreadableFile`
    """What is wrong with a file whose name the reader need not know.

    `cause` continues «не удалось прочитать: …», `advice` is what the person can do.
    """

    def __init__(self, cause: str, advice: str = SAVE_AGAIN) -> None:
        super().__init__(cause, advice)
        self.cause = cause
        self.advice = advice


class UnreadableFile(Exception):  # noqa: N818 — it is an answer, not a fault
    """The whole file is refused. `message` is a Russian sentence that says what is wrong and what to do.

    `trace` says where our own code stumbled, if it did: places only, never the file's content.
    """

    def __init__(self, file: str, message: str, trace: str = "") -> None:
        super().__init__(file, message, trace)
        self.file = file
        self.message = message
        self.trace = trace

    def __str__(self) -> str:
        return self.message


def unreadable(file: str, problem: Problem, trace: str = "") -> UnreadableFile:
    """«Файл «9А.xlsx» не удалось прочитать: он повреждён, сохраните его заново как XLSX»."""
    return UnreadableFile(file, f"Файл «{file}» не удалось прочитать: {problem.cause}, {problem.advice}", trace)
