"""The virtual environment: made once, and brought up to the lock files when they change.

One that somebody else made (`OPORA_VENV`, no stamp of ours in it) is used as it is.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from launcher.place import Place, locked
from launcher.process import failure
from launcher.say import Refusal, note
from launcher.system import ensure_pango, require_python_venv

RUNNING, DEVELOPING = "embedded", "dev"
# Each lock holds all that the ones before it hold.
LOCKS = (RUNNING, DEVELOPING)


def ensure_installed(place: Place, kind: str) -> None:
    """Python's packages and, beside them, the system's that PDF needs. Raises Refusal when the former fail."""
    if not has_packages(place, kind):
        require_python_venv()
    with ThreadPoolExecutor(1) as beside:
        pango = beside.submit(ensure_pango)
        ensure_packages(place, kind)
        pango.result()


def ensure_packages(place: Place, kind: str) -> None:
    """Install what `requirements/KIND.lock` names, unless it is there. Raises Refusal when that fails."""
    if has_packages(place, kind):
        return
    try:
        place.venv.parent.mkdir(parents=True, exist_ok=True)
        with locked(place.venv.with_name(f"{place.venv.name}.lock")):
            if not has_packages(place, kind):
                _install(place, kind)
    except PermissionError as error:
        raise Refusal(
            f"Нельзя писать в {place.venv}: {error}. Укажите другой каталог: OPORA_VENV=/каталог ./opora …"
        ) from error


def has_packages(place: Place, kind: str) -> bool:
    stamp = _read_stamp(place)
    wider = LOCKS[LOCKS.index(kind) :]
    return _is_foreign(place) or any(stamp.get(lock) == _fingerprint(place, lock) for lock in wider)


def _is_foreign(place: Place) -> bool:
    return place.python.exists() and not _stamp(place).exists() and not _unfinished(place).exists()


def _install(place: Place, kind: str) -> None:
    """While the work goes on the environment is marked: whoever comes after an interruption makes a new one."""
    if _read_stamp(place) and place.python.exists():
        _stamp(place).rename(_unfinished(place))
    else:
        _make_venv(place)
    note("Устанавливаются пакеты Python…")
    _pip_install(place, place.root / "requirements" / f"{kind}.lock")
    _stamp(place).write_text(json.dumps({kind: _fingerprint(place, kind)}))
    _unfinished(place).unlink()


def _make_venv(place: Place) -> None:
    shutil.rmtree(place.venv, ignore_errors=True)
    place.venv.mkdir()
    _unfinished(place).touch()
    if _logged(place, [sys.executable, "-I", "-m", "venv", place.venv]):
        raise failure(place, "pip", f"Не удалось создать окружение Python в {place.venv}:")


def _pip_install(place: Place, lock: Path) -> None:
    # Compiling is left to the first import: most modules are never imported.
    options = ["--require-hashes", "--no-input", "--no-compile", "--disable-pip-version-check", "--progress-bar=off"]
    if _logged(place, [place.python, "-m", "pip", "install", *options, "-r", lock]):
        raise failure(place, "pip", "Не удалось установить пакеты Python (нужна сеть):")


def _logged(place: Place, command: list[str | Path]) -> int:
    with open(place.logs / "pip.log", "ab") as log:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_clean(os.environ), check=False
        ).returncode


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def _stamp(place: Place) -> Path:
    return place.venv / "opora.json"


def _unfinished(place: Place) -> Path:
    return place.venv / "opora.unfinished"


def _read_stamp(place: Place) -> dict[str, str]:
    """Lock name → fingerprint of what is installed; empty when nothing whole is."""
    try:
        found = json.loads(_stamp(place).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _fingerprint(place: Place, lock: str) -> str:
    """Changes with the lock file, with the interpreter, and when the environment moves (its scripts hold its path)."""
    parts = [os.path.realpath(place.python), os.fspath(place.venv)]
    content = (place.root / "requirements" / f"{lock}.lock").read_text()
    return hashlib.sha256("\0".join([*parts, content]).encode(errors="surrogateescape")).hexdigest()
