"""The process that makes PDFs, one after another: `python -m documents.rendering.child`.

It holds WeasyPrint and nothing of the application: no Django, no database, no secrets. Its memory goes with it.
"""

import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from documents.rendering.frames import Say, hear, say

OUR_CODE = Path(__file__).resolve().parents[2]


def main() -> None:
    """Hear a page, ask for the files that it needs, say what became of it; so until nothing more is said."""
    answers = _private_output()
    try:
        _, page = hear(sys.stdin.buffer)
        try:
            engine = import_module("documents.rendering.weasy")
        except OSError:  # the way a missing shared library shows itself
            say(answers, Say.LACKS_PANGO)
            return
        while True:
            _answer(answers, engine, page)
            _, page = hear(sys.stdin.buffer)
    except EOFError:
        return


def _answer(answers: IO[bytes], engine: Any, page: bytes) -> None:
    try:
        made: bytes = engine.write_pdf(page.decode(), _asking(sys.stdin.buffer, answers))
    except LookupError as missing:
        say(answers, Say.LACKS_FILE, str(missing).encode())
    except Exception as error:
        say(answers, Say.FAILED, _places(error).encode())
    else:
        say(answers, Say.PDF, made)


def _private_output() -> IO[bytes]:
    """Standard output for answers alone: what libraries print goes to standard error."""
    kept = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return kept


def _asking(questions: IO[bytes], answers: IO[bytes]) -> Callable[[str], bytes | None]:
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
