"""The process that makes PDFs, one after another: `python -m documents.rendering.child`.

It holds WeasyPrint and nothing of the application: no Django, no database, no secrets. Its memory goes with it.
"""

import json
import os
import select
import sys
import traceback
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from documents.rendering.frames import Say, hear, say

PATIENCE = 60  # seconds without a page after which it ends: its memory is wanted for other things
# Hands out an own file by its path, None where there is none.
Asked = Callable[[str], bytes | None]


def main() -> None:
    """Hear a page, ask for the files that it needs, say what became of it; until nothing is said for a while."""
    answers = _private_output()
    try:
        what, content = hear(sys.stdin.buffer)
        try:
            engine = import_module("documents.rendering.weasy")
        except OSError:  # the way a missing shared library shows itself
            say(answers, Say.LACKS_PANGO)
            return
        ask = _asking(sys.stdin.buffer, answers)
        while True:
            _answer(answers, engine, ask, what, content)
            if not select.select([sys.stdin.buffer], [], [], PATIENCE)[0]:
                return
            what, content = hear(sys.stdin.buffer)
    except EOFError:
        return


def _answer(answers: IO[bytes], engine: Any, ask: Asked, what: Say, content: bytes) -> None:
    sheets: list[int] = []
    try:
        if what is Say.GROUP:
            made, sheets = engine.write_group(json.loads(content), ask)
        else:
            made = engine.write_pdf(content.decode(), ask)
    except LookupError as missing:
        say(answers, Say.LACKS_FILE, str(missing).encode())
    except Exception as error:
        say(answers, Say.FAILED, _places(error).encode())
    else:
        if what is Say.GROUP:
            say(answers, Say.SHEETS, json.dumps(sheets).encode())
        say(answers, Say.PDF, made)


def _private_output() -> IO[bytes]:
    """Standard output for answers alone: what libraries print goes to standard error."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _asking(questions: IO[bytes], answers: IO[bytes]) -> Asked:
    """Own files, each asked for once in the life of this process: every document wants the same fonts and styles."""

    @cache
    def ask(path: str) -> bytes | None:
        say(answers, Say.WANT, path.encode())
        what, content = hear(questions)
        return content if what is Say.FILE else None

    return ask


def _places(error: BaseException) -> str:
    """Where it happened: no values, because values are people's data."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return f"{type(error).__name__} at {' > '.join(f'{Path(f.filename).name}:{f.lineno}' for f in frames)}"


if __name__ == "__main__":
    main()
