"""`./opora test`: every check and test; with arguments only those tests."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher.packages import DEVELOPING, ensure_installed
from launcher.place import Place, make_data
from launcher.process import run_to_its_end
from launcher.say import note, tell
from launcher.system import chromium, install_line
from launcher.throwaway import throw_away_services

# Each has a database, a worker and a browser of its own; the server takes a hundred connections.
MOST_AT_ONCE = 6

# A stranger's production: what `check --deploy` has to find clean.
PRODUCTION = {
    "OPORA_DEBUG": "",
    "PUBLIC_URL": "https://opora.example",
    "ALLOWED_HOSTS": "opora.example",
    "SECRET_KEY": "q7-a-key-for-the-check-only-Zx93kd02hh21mmPq58sKw-vbn64-tyu",
}


def run(place: Place, arguments: Sequence[str]) -> int:
    """Returns 0 when everything passed, otherwise 1 (or pytest's own status when only tests were asked for)."""
    make_data(place)
    ensure_installed(place, DEVELOPING)
    with throw_away_services(place, os.environ, careless=True) as services:
        environment = services | _browser()
        if arguments:
            return _pytest(place, environment, arguments, Path.cwd())
        failed = _failed(place, environment)
    note(f"Не прошло: {', '.join(failed)}" if failed else "Всё прошло.")
    return 1 if failed else 0


def _failed(place: Place, environment: Mapping[str, str]) -> list[str]:
    """The names of the checks that did not pass. The slowest of the short ones has the tests' time for its own."""
    with _beside(place, [os.fspath(place.python), "-m", "mypy", "."], environment) as ends_well:
        failed = [name for name, command in _checks(place).items() if not _passes(place, name, command, environment)]
        if not _tests_pass(place, environment):
            failed.append("pytest")
        note("── mypy (рядом с тестами)")
        if not ends_well():
            failed.append("mypy")
    return failed


@contextmanager
def _beside(place: Place, command: list[str], environment: Mapping[str, str]) -> Iterator[Callable[[], bool]]:
    """Start a command; the block gets what waits for its end, prints its words and tells whether it ended well."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, env=dict(environment), cwd=place.root, stdin=subprocess.DEVNULL, stdout=words, stderr=words
        )

        def ends_well() -> bool:
            status = process.wait()
            words.seek(0)
            tell(words.read().decode(errors="replace").rstrip())
            note(f"   {'НЕ ПРОШЛО' if status else 'прошло'}")
            return status == 0

        try:
            yield ends_well
        finally:
            process.kill()
            process.wait()


def _checks(place: Place) -> dict[str, list[str]]:
    python = os.fspath(place.python)
    scripts = place.venv / "bin"
    manage = [python, "manage.py"]
    return {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "lint-imports": [python, os.fspath(scripts / "lint-imports")],
        "makemigrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "check --deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }


def _passes(place: Place, name: str, command: list[str], environment: Mapping[str, str]) -> bool:
    note(f"── {name}")
    began = time.monotonic()
    variables = {**environment, **PRODUCTION} if name == "check --deploy" else dict(environment)
    status = run_to_its_end(command, env=variables, cwd=place.root)
    note(f"   {'НЕ ПРОШЛО' if status else 'прошло'} за {time.monotonic() - began:.0f} с")
    return status == 0


def _tests_pass(place: Place, environment: Mapping[str, str]) -> bool:
    """All tests, some files at once; the browser journeys when there is a browser."""
    note("── pytest")
    if chromium():
        return _pytest(place, environment, _side_by_side(), place.root) == 0
    passed = _pytest(place, environment, [*_side_by_side(), "-m", "not browser"], place.root) == 0
    note(f"Без браузера: пути в Chromium не проверялись. Чтобы проверить их: {install_line(['chromium'])}")
    return passed


def _side_by_side() -> list[str]:
    """The tests of a file stay together: they share what is made once. Files that take long begin first.

    One more than there are processors: those of the launcher mostly wait for what they have started.
    """
    processors = len(os.sched_getaffinity(0))
    return [f"--numprocesses={min(processors + 1, MOST_AT_ONCE)}", "--dist=loadfile", "--no-loadscope-reorder"]


def _pytest(place: Place, environment: Mapping[str, str], arguments: Sequence[str], directory: Path) -> int:
    settings = ["--rootdir", os.fspath(place.root), "-c", os.fspath(place.root / "pyproject.toml")]
    command = [os.fspath(place.python), "-m", "pytest", *settings, *arguments]
    return run_to_its_end(command, env=environment, cwd=directory)


def _browser() -> dict[str, str]:
    found = chromium()
    return {"OPORA_CHROMIUM": found} if found else {}
