"""The Django project's own steps: migrations, static files, the demo school. What is done already is not done again."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from launcher.place import Place
from launcher.process import write_private
from launcher.say import Refusal, note
from launcher.services import outside_of, owner_environment


def migrate(place: Place, environment: Mapping[str, str]) -> None:
    """Bring the database to the code's migrations, as the owner of its tables.

    An outside database is asked every time: somebody else may have replaced it. What was done to it says nothing of the
    installation's own.
    """
    stamp = place.state / "migrated"
    sources = [*_files(place.root, "[!.]*/migrations/*.py"), place.root / "requirements" / "embedded.lock"]
    fingerprint = _content_fingerprint(sources)
    outside = outside_of(os.environ).database
    if not outside and _reads(stamp) == fingerprint:
        return
    note("Обновляется база данных…")
    migrate_anew(place, environment)
    if not outside:
        write_private(stamp, fingerprint)


def migrate_anew(place: Place, environment: Mapping[str, str]) -> None:
    """The same for a database that is thrown away: what is known of the installation's says nothing of it."""
    run_manage(place, owner_environment(environment), "migrate", "--no-input", "--verbosity=0")


def forget_migrations(place: Place) -> None:
    """Somebody migrates by hand: ask the database again next time."""
    (place.state / "migrated").unlink(missing_ok=True)


def collect_static(place: Place, environment: Mapping[str, str]) -> None:
    stamp = place.state / "static"
    sources = [*_files(place.root, "static/**/*"), *_files(place.root, "[!.]*/static/**/*")]
    fingerprint = _listing_fingerprint([*sources, place.root / "requirements" / "embedded.lock"], environment)
    if _reads(stamp) == fingerprint and (place.data / "static").is_dir():
        return
    note("Собираются файлы оформления…")
    run_manage(place, environment, "collectstatic", "--no-input", "--clear", "--verbosity=0")
    write_private(stamp, fingerprint)


def ask_manage(place: Place, environment: Mapping[str, str], *arguments: str) -> Any:
    """The JSON that a management command prints."""
    return json.loads(run_manage(place, environment, *arguments))


def run_manage(place: Place, environment: Mapping[str, str], *arguments: str) -> str:
    """Run a management command and return its standard output. Raises Refusal, with what it said, when it fails."""
    result = subprocess.run(
        manage_command(place, arguments),
        env=dict(environment),
        cwd=place.root,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise Refusal(f"Не удалось выполнить «manage {arguments[0]}»:\n{(result.stderr or result.stdout).strip()}")
    return result.stdout


def exec_manage(place: Place, environment: Mapping[str, str], arguments: Iterable[str]) -> None:
    """Become that command: same streams, directory, signals and exit status. Does not return."""
    sys.stdout.flush()
    sys.stderr.flush()
    command = manage_command(place, arguments)
    os.execve(command[0], command, dict(environment))  # noqa: S606 - no shell is wanted


def manage_command(place: Place, arguments: Iterable[str]) -> list[str]:
    return [os.fspath(place.python), os.fspath(place.root / "manage.py"), *arguments]


def _files(root: Path, pattern: str) -> list[Path]:
    return sorted(path for path in root.glob(pattern) if path.is_file())


def _content_fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(os.fsencode(path.name) + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _listing_fingerprint(paths: Iterable[Path], environment: Mapping[str, str]) -> str:
    """Names, sizes and times: static files are too many to read; the settings that choose how they are stored."""
    lines = [f"{path}\0{path.stat().st_size}\0{path.stat().st_mtime_ns}" for path in paths]
    lines.append(environment.get("OPORA_DEBUG", ""))
    return hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()


def _reads(path: Path) -> str | None:
    try:
        return path.read_text()
    except OSError:
        return None
